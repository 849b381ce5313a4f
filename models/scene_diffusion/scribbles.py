"""Strokes of training scenes: as the studio draws them, as hands do, as edge detectors do, and people's own drawings.

People's drawings are those of Google's Quick, Draw! (CC BY 4.0), given by a file; without one the rest is used.
"""

from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from models.painter import quickdraw
from models.scene_diffusion.composer import PEN, Example, copies_of, visible_lines
from tools.canvas import draw_lines
from tools.vocabulary import vocabulary

Drawings = dict[str, list[list[np.ndarray]]]
"""Noun → drawings of it; each is a list of strokes, (n, 2) points in the unit square that the drawing fills."""
ALTERED = {"pouring", "sliced", "mashed", "melted", "folded", "peeled", "open"}
"""States that change the shape: the plain drawing of the noun would not fit."""


def read_drawings(path: Path) -> Drawings:
    """People's drawings of the vocabulary's nouns, from a Quick, Draw! file or a folder of them."""
    nouns = defaultdict(list)
    for noun in vocabulary().nouns.values():
        nouns[noun.quickdraw or noun.name].append(noun.name)
    drawings: Drawings = defaultdict(list)
    for drawing in quickdraw.read_drawings(path):
        for name in nouns.get(drawing.word, []):
            drawings[name].append(_stretched(drawing.strokes))
    return dict(drawings)


def _stretched(strokes: list[np.ndarray]) -> list[np.ndarray]:
    """The strokes of a drawing from the origin on, so that they fill the unit square."""
    reach = np.maximum(np.concatenate(strokes).max(0), 0.01)
    return [stroke / reach for stroke in strokes]


def random_scribble(example: Example, rng: np.random.Generator, drawings: Drawings | None = None) -> np.ndarray:
    """The strokes of a scene in one of the ways in which they may come: (size, size) uint8, ink 255 on 0."""
    size = len(example.image)
    way = rng.random()
    if way < 0.25:
        return example.scribble
    if way < 0.4:
        return edges(example.image)
    lines = visible_lines(example.placed)
    if drawings and rng.random() < 0.5:
        lines = with_drawings(lines, example, rng, drawings)
    lines = rough(lines, rng) if way < 0.6 else lines
    return draw_lines(hand_drawn(lines, rng), size, rng.uniform(0.75, 1.4) * PEN)


def hand_drawn(lines: list[tuple[str, np.ndarray]], rng: np.random.Generator) -> list[np.ndarray]:
    """The lines as a hand would draw them: a little off, a few left out."""
    kept = [points for _, points in lines if rng.random() > 0.03]
    drawn = []
    for points in kept:
        wobble = rng.normal(0, 0.003, (len(points), 2)).cumsum(0)
        drawn.append(points + (wobble - wobble.mean(0)).clip(-0.008, 0.008) + rng.normal(0, 0.002, 2))
    return drawn


def rough(lines: list[tuple[str, np.ndarray]], rng: np.random.Generator) -> list[tuple[str, np.ndarray]]:
    """Corners and straight strokes instead of curves; up to a third of the lines left out, long ones last."""
    keep = np.quantile([len(points) for _, points in lines], rng.uniform(0, 0.33)) if lines else 0
    tolerance = float(rng.uniform(0.003, 0.009))
    return [
        (identity, cv2.approxPolyDP(points.astype(np.float32), tolerance, False)[:, 0].astype(float))
        for identity, points in lines
        if len(points) >= keep
    ]


def edges(image: np.ndarray) -> np.ndarray:
    """What an edge detector makes of the picture (Canny), as wide as a pen."""
    found = cv2.Canny(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), 60, 140)
    return cv2.dilate(found, np.ones((2, 2), np.uint8))


def with_drawings(
    lines: list[tuple[str, np.ndarray]], example: Example, rng: np.random.Generator, drawings: Drawings
) -> list[tuple[str, np.ndarray]]:
    """The lines with most of the things that people have drawn as people drew them, in the same boxes."""
    kept = list(lines)
    for item in example.scene.objects:
        if item.noun not in drawings or ALTERED & set(item.states) or rng.random() < 0.3:
            continue
        drawn = drawings[item.noun][rng.integers(len(drawings[item.noun]))]
        kept = [(identity, points) for identity, points in kept if identity != item.id]
        for x0, y0, x1, y1 in copies_of(item, example.boxes[item.id]):
            kept += [(item.id, stroke * [x1 - x0, y1 - y0] + [x0, y0]) for stroke in drawn]
    return kept
