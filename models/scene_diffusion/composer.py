"""Training scenes with exact truth: a random scene graph, drawn; its caption, boxes, strokes and masks.

Placing, painting and stroke making serve the strokes of users' scenes too (`tools/strokes.py`), so that the generator
is asked for what it was trained on.
"""

from collections.abc import Mapping
from typing import NamedTuple

import cv2
import numpy as np

from models.scene_diffusion.drawings import Look, Part, draw, random_look
from models.scene_diffusion.drawings.shapes import dark, ellipse
from tools.canvas import draw_lines
from tools.layout import COPY_STEP, FEET, Box, layout
from tools.scene import Caption, SceneGraph, SceneObject, drawing_order, verbalise
from tools.vocabulary import RGB, vocabulary

PEN = 0.008
"""Width of the strokes that users' scenes are drawn with, a share of the canvas."""
_SHIFT = 4


class Placed(NamedTuple):
    """A part on the canvas: unit-square points, and the object it belongs to."""

    object: str
    part: Part


class Example(NamedTuple):
    """A training scene.

    Attributes:
        image: (size, size, 3) uint8.
        scribble: (size, size) uint8, ink 255 on 0.
        boxes: object id → box in the unit square.
        placed: what it was drawn from.
        shapes: object id → which of its noun's shapes it has.
    """

    scene: SceneGraph
    caption: Caption
    image: np.ndarray
    scribble: np.ndarray
    boxes: dict[str, Box]
    placed: list[Placed]
    shapes: dict[str, int]


def arrange(
    scene: SceneGraph,
    boxes: dict[str, Box],
    looks: dict[str, Look],
    lines: Mapping[str, list[np.ndarray]] | None = None,
) -> list[Placed]:
    """All parts of a scene on the canvas in painter's order; what is in a vessel lies between its back and front.

    `lines` are the ink of some objects, in their unit boxes, instead of the outlines of their parts.
    """
    items = {item.id: item for item in scene.objects}
    supports = scene.supports()
    order = drawing_order(scene)
    placed: list[Placed] = []

    def add(identity: str) -> None:
        drawing = draw(items[identity], looks[identity], (lines or {}).get(identity))
        places = copies_of(items[identity], boxes[identity])
        if identity not in supports and abs(boxes[identity][3] - FEET) < 0.01:
            placed.extend(Placed(identity, _shadow(place)) for place in places)
        held = [i for i in order if supports.get(i) == ("in", identity)]
        placed.extend(_put(identity, drawing.back, places))
        for child in held if vocabulary().nouns[items[identity].noun].mouth is not None else []:
            add(child)
        placed.extend(_put(identity, drawing.front, places))

    for identity in order:
        relation, holder = supports.get(identity, ("", ""))
        if relation != "in" or vocabulary().nouns[items[holder].noun].mouth is None:
            add(identity)
    return placed


def _shadow(box: Box) -> Part:
    """The soft shadow at the foot of what stands on the ground."""
    x0, _, x1, y1 = box
    return Part(ellipse((x0 + x1) / 2, y1, 0.5 * (x1 - x0), 0.022), (60, 50, 60), ink=False, shade=0, alpha=0.16)


def copies_of(item: SceneObject, box: Box) -> list[Box]:
    """The box of each copy of an object, in a row."""
    x0, y0, x1, y1 = box
    width = (x1 - x0) / (1 + COPY_STEP * (item.count - 1))
    return [(x0 + COPY_STEP * width * i, y0, x0 + width * (COPY_STEP * i + 1), y1) for i in range(item.count)]


def _put(identity: str, parts: list[Part], places: list[Box]) -> list[Placed]:
    return [
        Placed(identity, part._replace(points=part.points * [x1 - x0, y1 - y0] + [x0, y0]))
        for x0, y0, x1, y1 in places
        for part in parts
    ]


def paint(placed: list[Placed], size: int, ground: RGB, wall: RGB) -> np.ndarray:
    """The scene in colour: (size, size, 3) uint8."""
    backdrop = np.empty((size, size, 3), np.float32)
    horizon = round((FEET - 0.13) * size)
    backdrop[:horizon] = wall
    backdrop[horizon:] = ground
    backdrop[horizon:] += np.linspace(6, -10, size - horizon, dtype=np.float32)[:, None, None]
    return paint_on(backdrop, placed)


def paint_on(backdrop: np.ndarray, placed: list[Placed]) -> np.ndarray:
    """The parts before a backdrop (S, S, 3) of levels to 255: (S, S, 3) uint8."""
    image = backdrop.astype(np.float32)
    for _, part in placed:
        _paint_part(image, part, len(image))
    return image.clip(0, 255).astype(np.uint8)


def _paint_part(image: np.ndarray, part: Part, size: int) -> None:
    low = np.floor(part.points.min(0) * size).astype(int) - 3
    high = np.ceil(part.points.max(0) * size).astype(int) + 4
    (x0, y0), (x1, y1) = low.clip(0, size), high.clip(0, size)
    if x1 <= x0 or y1 <= y0:
        return
    fixed = [np.round((part.points * size - [x0, y0]) * 2**_SHIFT).astype(np.int32)]
    region = image[y0:y1, x0:x1]
    mask = np.zeros(region.shape[:2], np.uint8)
    pen = max(1, round(size / 150))
    if part.closed and part.fill is not None:
        cv2.fillPoly(mask, fixed, 255, cv2.LINE_AA, _SHIFT)
        ramp = np.linspace(part.shade, -part.shade, x1 - x0, dtype=np.float32)[None, :, None]
        colour = np.array(part.fill, np.float32) + ramp * 110
        region += (colour - region) * (mask[..., None] * (part.alpha / 255))
        if not part.ink:
            return
        mask[:] = 0
    rgb = dark(part.fill, 0.55 if part.closed else 0.1) if part.fill else (70, 66, 74)
    cv2.polylines(mask, fixed, part.closed, 255, pen if part.closed else pen + 1, cv2.LINE_AA, _SHIFT)
    region += (np.array(rgb, np.float32) - region) * (mask[..., None] * (0.9 / 255))


def visible_lines(placed: list[Placed], resolution: int = 512) -> list[tuple[str, np.ndarray]]:
    """The outlines that nothing covers, as (object id, (n, 2) points in the unit square)."""
    owner = np.full((resolution, resolution), -1, np.int32)
    for index, (_, part) in enumerate(placed):
        if part.closed and part.fill is not None and part.alpha > 0.3:
            cv2.fillPoly(owner, [np.round(part.points * resolution).astype(np.int32)], index)
    lines = []
    for index, (identity, part) in enumerate(placed):
        if not part.ink:
            continue
        outline = np.concatenate([part.points, part.points[:1]]) if part.closed else part.points
        outline = _resampled(outline, 0.012)
        pixel = (outline * resolution).astype(int).clip(0, resolution - 1)
        seen = owner[pixel[:, 1], pixel[:, 0]] <= index
        for run in _runs(seen):
            if run.stop - run.start > 2 or (seen.all() and not part.closed):  # no crumbs, but whole dots and dashes
                lines.append((identity, outline[run]))
    return lines


def _resampled(outline: np.ndarray, spacing: float) -> np.ndarray:
    """Points at most `spacing` apart along a polyline, its own points kept."""
    pieces = []
    for a, b in zip(outline, outline[1:], strict=False):
        n = max(1, int(np.ceil(np.linalg.norm(b - a) / spacing)))
        pieces.append(a + (b - a) * np.arange(n)[:, None] / n)
    return np.concatenate([*pieces, outline[-1:]])


def _runs(seen: np.ndarray) -> list[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(np.int8), [0]])))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def compose(scene: SceneGraph, rng: np.random.Generator, size: int = 256) -> Example:
    """A scene drawn with random looks and places, its strokes exactly as a user's scene gets them."""
    boxes = layout(scene, int(rng.integers(2**31)))
    looks = {item.id: random_look(item, rng) for item in scene.objects}
    placed = arrange(scene, boxes, looks)
    image = paint(placed, size, *vocabulary().grounds[scene.ground])
    lines = [np.round(points, 4) for _, points in visible_lines(placed)]
    shapes = {identity: look.shape for identity, look in looks.items()}
    return Example(scene, verbalise(scene), image, draw_lines(lines, size, PEN), boxes, placed, shapes)
