"""Puts things that were drawn alone into one sketch, so that what a sentence says of their places is true.

Sizes and places are tried at random, large ones first. The network can draw a scene at once too (`draw_scene`), as
it was taught; a small one seldom keeps to the sentence.
"""

from typing import NamedTuple

import numpy as np

from models.painter.augment import into_box
from models.painter.quickdraw import fitted
from models.painter.scenes import FACTOR, NEAR, Box, holds
from tools.canvas import Stroke

ATTEMPTS = 20_000
MARGIN, GAP = 0.02, 0.02
"""Canvases that stay free at the edges, and between things."""
LARGEST, SMALLEST = 0.75, 0.16
"""Longer sides of things, in canvases, from the first attempt to the last."""
INSIDE = 0.8
"""Longer side of a thing inside another, in sides of that, at most."""


class Placement(NamedTuple):
    """What a sentence says: the thing by its number, one of RELATIONS, the other thing's number."""

    thing: int
    relation: str
    other: int


def together(things: list[list[Stroke]], placements: list[Placement], seed: int = 0) -> list[Stroke]:
    """The strokes of all things, each scaled and moved as it is, where all that is said of their places holds.

    Raises:
        ValueError: if no such places are found.
    """
    sides = np.array([np.concatenate(_shape(strokes)).max(0) for strokes in things])
    boxes = places(sides, placements, np.random.default_rng(seed))
    return [stroke for strokes, box in zip(things, boxes, strict=True) for stroke in moved(strokes, box)]


def moved(strokes: list[Stroke], box: Box) -> list[Stroke]:
    """Strokes scaled as they are to fit the middle of a box."""
    lines = into_box(_shape(strokes), box)
    return [stroke.model_copy(update={"points": line.tolist()}) for stroke, line in zip(strokes, lines, strict=True)]


def _shape(strokes: list[Stroke]) -> list[np.ndarray]:
    return fitted([np.array(stroke.points) for stroke in strokes])


def places(sides: np.ndarray, placements: list[Placement], rng: np.random.Generator) -> list[Box]:
    """Boxes of things with sides (n, 2), the longer one 1, that are placed so and else do not touch.

    Raises:
        ValueError: if none are found.
    """
    inside = [(one.thing, one.other) for one in placements if one.relation == "inside"]
    for _ in inside:  # of what is in what is in a third
        inside += [(a, d) for a, b in inside for c, d in inside if b == c and (a, d) not in inside]
    held = {frozenset(pair) for pair in inside}
    depths = [sum(thing == number for thing, _ in inside) for number in range(len(sides))]
    placements = sorted(placements, key=lambda one: depths[one.thing])  # what holds others is placed before them
    for attempt in range(ATTEMPTS):
        most = LARGEST - (LARGEST - SMALLEST) * attempt / ATTEMPTS
        extents = np.maximum(sides, 0.01) * rng.uniform(0.6, 1, (len(sides), 1)) * most
        boxes = _tried(extents, placements, rng)
        apart = all(
            _apart(boxes[one], boxes[other]) or frozenset((one, other)) in held
            for one in range(len(boxes))
            for other in range(one)
        )
        on_canvas = all(min(box) >= MARGIN and max(box) <= 1 - MARGIN for box in boxes)
        if on_canvas and apart and all(holds(said, boxes[thing], boxes[other]) for thing, said, other in placements):
            return boxes
    raise ValueError("no places were found where all that is said of them holds: say less of where things are")


def _tried(extents: np.ndarray, placements: list[Placement], rng: np.random.Generator) -> list[Box]:
    """Boxes with sides `extents` (n, 2) anywhere, but what is inside or next to another where it should be."""
    for thing, relation, other in placements:
        if relation == "inside":
            siblings = sum(one.relation == "inside" and one.other == other for one in placements)
            extents[thing] *= min(1, INSIDE / siblings * (extents[other] / extents[thing]).min())
        elif relation in ("bigger than", "smaller than"):
            less, more = (other, thing) if relation == "bigger than" else (thing, other)
            extents[less] *= min(1, (extents[more].prod() / extents[less].prod() / FACTOR) ** 0.5) * rng.uniform(0.6, 1)
    corners = rng.uniform(MARGIN, 1 - MARGIN - extents)
    for thing, relation, other in placements:
        spare = extents[other] - extents[thing]
        if relation == "inside":
            corners[thing] = corners[other] + spare * rng.uniform(0.05, 0.95, 2)
        elif relation == "next to":
            beside = rng.uniform(GAP, NEAR)
            shift = extents[other][0] + beside if rng.random() < 0.5 else -extents[thing][0] - beside
            corners[thing] = corners[other] + [shift, spare[1] * rng.uniform(0.2, 1)]
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in np.hstack([corners, corners + extents]).tolist()]


def _apart(a: Box, b: Box) -> bool:
    return any(max(a[axis] - b[axis + 2], b[axis] - a[axis + 2]) >= GAP for axis in (0, 1))
