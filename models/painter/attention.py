"""Where the Painter looks: its cross-attention over the canvas as pictures.

A picture has a panel for each stroke or word of an answer: the canvas as it was seen then, and over it, the redder the
more, the attention of its tokens, as the mean over heads and blocks. What was said before there was anything to look at
has no panel.
"""

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from models.painter.generation import Request, answers
from models.painter.grammar import SketchGrammar
from models.painter.language import sketch_of
from models.painter.modeling import Painter
from models.painter.tokens import COLUMN
from tools.canvas import Sketch, rasterise

PANEL, COLUMNS, MOST = 192, 6, 48
"""Pixels of a panel, panels in a row, and panels of a picture at most."""


class Look(NamedTuple):
    """What was said, the canvas (S, S) uint8 that was seen, and the share of attention of its cells (side, side)."""

    said: str
    canvas: np.ndarray
    share: np.ndarray


def looks_of(painter: Painter, request: Request) -> list[Look]:
    """Where the Painter looks for each stroke, or for each word, of its answer to a request."""
    drawing = isinstance(request.grammar, SketchGrammar)
    answer = answers(painter, [request], maps=True)[0]
    assert answer.maps is not None, "they were asked for"
    tokens, looks = painter.tokens, []
    seen = _canvases(painter, request, answer.ids)
    parts: list[list[int]] = []
    for place, index in enumerate(answer.ids):
        if index not in (tokens.image, tokens.end):
            if not parts or not drawing or tokens.kinds[index] == COLUMN:
                parts.append([])
            parts[-1].append(place)
    for number, part in enumerate(parts, 1):
        canvas = seen[part[0]]
        if canvas is not None:
            said = f"stroke {number}" if drawing else tokens.text([answer.ids[part[0]]])
            looks.append(Look(said, canvas, answer.maps[part].mean(0)))
    return looks


def _canvases(painter: Painter, request: Request, ids: list[int]) -> list[np.ndarray | None]:
    """The canvas that each token of an answer sees, None before there is any."""
    config, known = painter.config, request.example.canvas.strokes
    canvas = rasterise(Sketch(strokes=known), config.canvas, config.pen) if known else request.image
    seen = []
    for place, index in enumerate(ids):
        if index == painter.tokens.image:
            drawn = known + sketch_of(painter.tokens.words(ids[:place])).strokes
            canvas = rasterise(Sketch(strokes=drawn), config.canvas, config.pen)
        seen.append(canvas)
    return seen


def attention_picture(looks: list[Look]) -> Image.Image:
    """The looks as panels, row by row.

    Raises:
        ValueError: if there are none.
    """
    if not looks:
        raise ValueError("the Painter looked at nothing: it drew all of it before it looked at the canvas again")
    shown = looks[:MOST]
    rows = -(-len(shown) // COLUMNS)
    page = Image.new("RGB", (min(len(shown), COLUMNS) * PANEL, rows * PANEL), "white")
    pen = ImageDraw.Draw(page)
    for place, look in enumerate(shown):
        y, x = (PANEL * part for part in divmod(place, COLUMNS))
        page.paste(_panel(look), (x, y))
        pen.text((x + 4, y + 2), look.said, fill="black")
    return page


def _panel(look: Look) -> Image.Image:
    share = look.share / max(float(look.share.max()), 1e-9)
    heat = cv2.resize(share.astype(np.float32), (PANEL, PANEL), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    ink = cv2.resize(look.canvas, (PANEL, PANEL), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    paper = np.stack([np.ones_like(heat), 1 - 0.75 * heat, 1 - 0.85 * heat], -1)
    return Image.fromarray((255 * paper * (1 - ink[..., None])).astype(np.uint8))
