"""What machines are made of: cases, tubes and dials whose corners are round in any box, keys, feet, a glow."""

import numpy as np

from models.scene_diffusion.drawings.shapes import Part, Points, band, curve, ellipse, rectangle, within
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

METAL = (172, 178, 188)
IRON = (92, 92, 100)


def size_of(item: SceneObject) -> Points:
    """The width and height of a thing in cups."""
    return np.array(vocabulary().nouns[item.noun].size)


def circles(item: SceneObject, rgb: RGB, radius: float, *centres: tuple[float, float], ink: bool = True) -> list[Part]:
    """True circles, their radius in cups."""
    rx, ry = radius / size_of(item)
    return [Part(ellipse(x, y, rx, ry), rgb, ink=ink) for x, y in centres]


def box(item: SceneObject, x0: float, y0: float, x1: float, y1: float, radius: float) -> Points:
    """A rectangle whose corners are true arcs, their radius in cups."""
    width, height = size_of(item)
    return rectangle(x0 * width, y0 * height, x1 * width, y1 * height, radius) / [width, height]


def boxes(item: SceneObject, rgb: RGB, radius: float, *corners: tuple[float, float, float, float]) -> list[Part]:
    """Such rectangles, each from corner to corner."""
    return [Part(box(item, *corner, radius), rgb) for corner in corners]


def tube(item: SceneObject, width: float, rgb: RGB, *pairs: tuple[float, float]) -> Part:
    """A curved bar through the points, its width in cups."""
    return Part(band(curve(*pairs) * size_of(item), width) / size_of(item), rgb)


def keypad(corners: Points, rows: int, columns: int, rgb: RGB, ink: bool = False) -> list[Part]:
    """A grid of keys in a quadrilateral."""
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    unit = rectangle(0.14, 0.14, 0.86, 0.86)
    return [Part(within(corners, *((unit + cell) / [columns, rows])), rgb, ink=ink, shade=0) for cell in cells]


def feet(*lefts: float, width: float = 0.14) -> list[Part]:
    """What it stands on."""
    return [Part(rectangle(x, 0.92, x + width, 1), IRON) for x in lefts]


def glow(shape: Points, alpha: float = 0.42) -> Part:
    """Light that falls on what is behind it."""
    return Part(shape, (255, 226, 128), ink=False, shade=0, alpha=alpha)
