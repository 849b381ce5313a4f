"""Multi-Object Quick, Draw!: scenes of one to four drawings, placed by affine maps, and the relations between them.

The data set of the Painter paper (arXiv 2308.08520) is not published: these scenes follow its description. A relation
is stated only where the boxes of the ink make it true (`holds`).
"""

from typing import NamedTuple

import numpy as np

from models.painter.augment import into_box, varied
from models.painter.quickdraw import Drawing
from tools.canvas import Sketch, Stroke

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the unit square, y down."""
RELATIONS = ("left of", "right of", "above", "below", "inside", "next to", "bigger than", "smaller than")
NEAR = 0.12
"""Widest gap, in canvases, between things that are next to each other."""
FACTOR = 1.5
"""By how much the area of what is bigger exceeds the other's."""
SMALLEST = 0.22
"""Longer side of the smallest object, in canvases."""
TRIES = 40


class Placed(NamedTuple):
    """A drawing in a scene: its strokes (n, 2) each in the unit square, what part each is, the box of its ink."""

    word: str
    strokes: list[np.ndarray]
    parts: tuple[str, ...]
    box: Box


def box_of(strokes: list[np.ndarray]) -> Box:
    """The box of all points."""
    points = np.concatenate(strokes)
    (x0, y0), (x1, y1) = points.min(0).tolist(), points.max(0).tolist()
    return x0, y0, x1, y1


def area(box: Box) -> float:
    """Of the unit square."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _gap(a: Box, b: Box, axis: int) -> float:
    """Between the boxes along an axis, negative where they overlap."""
    return max(a[axis] - b[axis + 2], b[axis] - a[axis + 2])


def holds(relation: str, a: Box, b: Box) -> bool:
    """Whether a thing in box `a` is `relation` one in box `b`."""
    inside = a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3]
    facing = -_gap(a, b, 1) >= 0.5 * min(a[3] - a[1], b[3] - b[1])
    return {
        "left of": a[2] <= b[0],
        "right of": a[0] >= b[2],
        "above": a[3] <= b[1],
        "below": a[1] >= b[3],
        "inside": inside and area(a) < area(b),
        "next to": 0 <= _gap(a, b, 0) <= NEAR and facing,
        "bigger than": area(a) >= FACTOR * area(b) > 0,
        "smaller than": area(b) >= FACTOR * area(a) > 0,
    }[relation]


def relations_between(a: Box, b: Box) -> list[str]:
    """All relations that hold."""
    return [relation for relation in RELATIONS if holds(relation, a, b)]


def place(drawing: Drawing, box: Box, rng: np.random.Generator, strength: float = 1.0) -> Placed:
    """The drawing, varied, in the middle of a box, which it touches on two sides at least."""
    strokes = into_box(varied(drawing.strokes, rng, strength), box)
    return Placed(drawing.word, strokes, drawing.parts, box_of(strokes))


def compose(drawings: list[Drawing], rng: np.random.Generator) -> list[Placed]:
    """The drawings beside each other, now and then one inside another; those that find no room are left out.

    One alone fills most of the canvas; of several of a word the first is placed, so that words name things.
    """
    if len(drawings) == 1:
        return [place(drawings[0], random_box(rng, 0.6, 0.96), rng)]
    placed: list[Placed] = []
    largest = {2: 0.62, 3: 0.5}.get(len(drawings), 0.42)
    for drawing in drawings:
        if any(drawing.word == other.word for other in placed):
            continue
        if len(placed) == 1 and rng.random() < 0.2:
            placed = [place(drawings[0], random_box(rng, 0.7, 0.96), rng)]
            placed.append(place(drawing, within(placed[0].box, rng), rng))
            continue
        for _ in range(TRIES):
            item = place(drawing, random_box(rng, SMALLEST, largest), rng)
            if all(_gap(item.box, other.box, 0) > 0.01 or _gap(item.box, other.box, 1) > 0.01 for other in placed):
                placed.append(item)
                break
    return placed


def random_box(rng: np.random.Generator, smallest: float, largest: float) -> Box:
    """A square anywhere on the canvas."""
    side = rng.uniform(smallest, largest)
    x, y = rng.uniform(0.01, 0.99 - side, 2).tolist()
    return x, y, x + side, y + side


def within(box: Box, rng: np.random.Generator) -> Box:
    """A box of about a third of its sides in the middle of another."""
    share = rng.uniform(0.3, 0.45)
    width, height = box[2] - box[0], box[3] - box[1]
    side = max(share * min(width, height), 0.05)
    x = box[0] + (width - side) * rng.uniform(0.35, 0.65)
    y = box[1] + (height - side) * rng.uniform(0.35, 0.65)
    return x, y, x + side, y + side


def sketch_of_scene(placed: list[Placed]) -> Sketch:
    """All strokes in order, each with the word of its object."""
    strokes = [Stroke(points=[(x, y) for x, y in s.tolist()], object=p.word) for p in placed for s in p.strokes]
    return Sketch(strokes=strokes, source="quickdraw")
