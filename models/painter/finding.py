"""Finds a thing on a canvas by looking: which of the strokes that are near each other look most like it.

The network may say boxes and numbers of strokes itself, as in the Painter paper; one as small as the embedded Painter
is much surer of what it sees alone and large.
"""

from typing import NamedTuple

import cv2
import numpy as np

from models.painter.augment import into_box
from models.painter.generation import likelihoods
from models.painter.language import on_grid
from models.painter.measures import along
from models.painter.modeling import Painter
from models.painter.phrasings import PHRASINGS
from models.painter.quickdraw import fitted
from models.painter.scenes import Box
from models.painter.tasks import Example
from tools.canvas import Sketch, Stroke, rasterise

SIDE = 128
"""Of the canvas on which distances are measured, in pixels."""
A_STROKE_LATER = 0.02
"""Canvases by which strokes count as further apart for each that was drawn between them, to `BETWEEN` of them."""
BETWEEN = 5
SMALLEST, LARGEST = 0.005, 0.3
"""Between which gaps, in canvases, groups are compared."""
MOST = 64
"""Groups that are considered, the most distinct ones."""
MIDDLE = (0.07, 0.07, 0.93, 0.93)
"""Where a thing is put to be looked at alone."""
UNLIKE = -6.0
"""Logarithm of the probability below which a sketch is nothing like a thing."""
NOTHING = -3.0
"""What counts as that of an empty rest: enough for a thing alone to be found whole, too little to take others too."""
TOGETHER = 32
"""Sketches that are looked at in one batch."""


class Group(NamedTuple):
    """Strokes by their numbers, and how distinct they are.

    Attributes:
        distinct: the logarithm of the gap to the nearest other stroke over the widest gap between the group's own.
    """

    strokes: frozenset[int]
    distinct: float


def strokes_that_show(painter: Painter, sketch: Sketch, name: str, sparing: float = 0.0) -> set[int]:
    """The numbers of the strokes that alone look most like a thing, and without which the rest looks least like it.

    Args:
        sketch: at least one stroke, on the grid.
        name: a category.
        sparing: by how much, in logarithms of probability, a group of strokes may be less likely that has less ink:
            where it is in doubt whether a stroke belongs to the thing, it does not.
    """
    everything = frozenset(range(len(sketch.strokes)))
    groups = groups_of(sketch)
    shown = looks_like(painter, [alone(sketch, group.strokes) for group in groups], name)
    parts = [group.strokes for group in groups if group.strokes != everything]
    left = looks_like(painter, [alone(sketch, everything - part) for part in parts], name)
    rest = {part: max(likelihood, UNLIKE) for part, likelihood in zip(parts, left, strict=True)}
    scores = [
        likelihood + group.distinct - rest.get(group.strokes, NOTHING)
        for group, likelihood in zip(groups, shown, strict=True)
    ]
    enough = max(scores) - sparing
    likely = [group.strokes for group, score in zip(groups, scores, strict=True) if score >= enough]
    least = min(likely, key=lambda strokes: _ink(sketch, strokes))
    return set(least)


def looks_like(painter: Painter, sketches: list[Sketch], name: str) -> list[float]:
    """The logarithm of the probability with which each of the sketches, on the grid, is classified as the name."""
    named = [Example("classify", PHRASINGS["classify"][0], sketch, name) for sketch in sketches]
    found: list[float] = []
    for start in range(0, len(named), TOGETHER):
        found += likelihoods(painter, named[start : start + TOGETHER])
    return found


def alone(sketch: Sketch, numbers: set[int] | frozenset[int]) -> Sketch:
    """Some strokes of a sketch, as large as a thing alone on the canvas is taught."""
    strokes = fitted([np.array(sketch.strokes[number].points) for number in sorted(numbers)])
    return on_grid(Sketch(strokes=[Stroke(points=stroke.tolist()) for stroke in into_box(strokes, MIDDLE)]))


def _ink(sketch: Sketch, numbers: frozenset[int]) -> int:
    """The length of some strokes of a sketch, in points along them."""
    return len(along(Sketch(strokes=[sketch.strokes[number] for number in numbers])))


def share_within(stroke: Stroke, box: Box) -> float:
    """Share of a stroke's length that is in a box."""
    points = along(Sketch(strokes=[stroke]))
    return float(((points >= box[:2]) & (points <= box[2:])).all(1).mean())


def groups_of(sketch: Sketch) -> list[Group]:
    """The groups of single-linkage clustering, from each stroke alone to all together; `MOST` of them at most."""
    apart = _distances(sketch)
    count = len(apart)
    of = [frozenset([number]) for number in range(count)]
    gaps = {group: [0.0, np.inf] for group in of}  # widest inside, narrowest to others
    rows, columns = np.tril_indices(count, -1)
    for pair in np.argsort(apart[rows, columns], kind="stable"):
        one, other = of[rows[pair]], of[columns[pair]]
        if one != other:
            gap = float(apart[rows[pair], columns[pair]])
            gaps[one][1] = gaps[other][1] = gap
            both = one | other
            gaps[both] = [gap, np.inf]
            for number in both:
                of[number] = both
    found = [Group(group, _ratio(*pair)) for group, pair in gaps.items()]
    return sorted(found, key=lambda group: -group.distinct)[:MOST]


def _ratio(inside: float, outside: float) -> float:
    return float(np.log(np.clip(outside, SMALLEST, LARGEST) / max(inside, SMALLEST)))


def _distances(sketch: Sketch) -> np.ndarray:
    """How far apart strokes are, each from each, in canvases: (n, n)."""
    inks = np.stack([rasterise(Sketch(strokes=[stroke]), SIDE, 1 / SIDE) > 0 for stroke in sketch.strokes])
    away = [cv2.distanceTransform((~ink).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE) for ink in inks]
    gaps = np.array([[distance[ink].min(initial=SIDE) for ink in inks] for distance in away]) / SIDE
    numbers = np.arange(len(gaps))
    between = (abs(numbers[:, None] - numbers) - 1).clip(0, BETWEEN)
    return gaps + A_STROKE_LATER * between
