"""Parts drawn in cups, in which circles are round, and the box of a thing that they are brought into."""

import numpy as np

from models.scene_diffusion.drawings.shapes import Drawing, Part, Points, band, ellipse, line, points, rectangle
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

STEEL, IRON, RUBBER = (172, 178, 188), (92, 92, 100), (66, 66, 74)
WOOD, WHITE = (196, 150, 104), (250, 248, 242)


def in_cups(item: SceneObject, *parts: Part) -> Drawing:
    """Parts drawn in cups, in which circles are round, brought into the unit box of the item."""
    size = np.array(vocabulary().nouns[item.noun].size)
    return Drawing([], [part._replace(points=part.points / size) for part in parts])


def block(rgb: RGB, x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Part:
    """A rectangle."""
    return Part(rectangle(x0, y0, x1, y1, radius), rgb)


def disc(rgb: RGB, cx: float, cy: float, rx: float, ry: float = 0.0) -> Part:
    """A circle, or an ellipse."""
    return Part(ellipse(cx, cy, rx, ry or rx), rgb)


def shape(rgb: RGB, *pairs: tuple[float, float]) -> Part:
    """A polygon."""
    return Part(points(*pairs), rgb)


def hollow(rgb: RGB, outer: Points, inner: Points) -> list[Part]:
    """A shape with a hole, without a seam between its two outlines."""
    whole = np.concatenate([outer, outer[:1], inner[:1], inner[::-1]])
    return [Part(whole, rgb, ink=False), Part(outer, rgb, alpha=0), Part(inner, rgb, alpha=0)]


def hoop(rgb: RGB, cx: float, cy: float, outer: float, inner: float) -> list[Part]:
    """A round ring."""
    return hollow(rgb, ellipse(cx, cy, outer, outer), ellipse(cx, cy, inner, inner))


def ribbon(rgb: RGB, path: Points, width: float) -> Part:
    """A band along a path."""
    return Part(band(path, width), rgb)


def marks(rgb: RGB, *ends: tuple[float, float, float, float]) -> list[Part]:
    """Straight lines from (x, y) to (x, y), too fine for a sketch."""
    return [line(points((x0, y0), (x1, y1)), rgb)._replace(ink=False) for x0, y0, x1, y1 in ends]


def spokes(cx: float, cy: float, radius: float, count: int, start: float, end: float) -> list[Points]:
    """Lines outward from a hub, between two shares of the radius."""
    angles = np.radians(np.arange(count) * 360 / count - 90)
    turns = np.stack([np.cos(angles), np.sin(angles)], 1) * radius
    return [points((cx, cy) + start * turn, (cx, cy) + end * turn) for turn in turns]
