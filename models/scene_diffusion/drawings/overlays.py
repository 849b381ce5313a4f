"""What is added to any drawing: steam, bubbles, dirt, drops, a crack, a hand, marks of motion; and a tilt."""

import cv2
import numpy as np

from models.scene_diffusion.drawings.limbs import grown, limb
from models.scene_diffusion.drawings.shapes import Drawing, Look, Part, dark, ellipse, points, rectangle, smooth
from tools.layout import TILT, tilted_size
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

STEAM = (196, 206, 218)
BUBBLE = (236, 246, 250)
DIRT = (122, 92, 58)
WATER = (120, 190, 240)
SKIN = ((244, 204, 172), (206, 150, 112), (138, 94, 66))
MOTION = (96, 104, 118)
SPOTS = ((0.3, 0.3), (0.68, 0.42), (0.42, 0.6), (0.62, 0.78), (0.24, 0.74), (0.5, 0.2), (0.8, 0.6))
"""Where dirt and drops sit in the box of the largest part, as far as they lie on it."""


def with_states(drawing: Drawing, item: SceneObject, look: Look) -> Drawing:
    """The drawing with the states that look alike on everything."""
    states = set(item.states)
    back, front = list(drawing.back), list(drawing.front)
    if "dirty" in states:
        front += [Part(_blot(x, y, item), DIRT, ink=False, shade=0, alpha=0.75) for x, y in _on_body(drawing)]
    if "wet" in states:
        front += [Part(_drop(x, y, item), WATER, shade=0.05) for x, y in _on_body(drawing)]
    if "broken" in states:
        front.append(Part(_crack(_on_body(drawing)[0]), dark(look.body, 0.7), shade=0))
    if "boiling" in states:
        back += _bubbles(item)
    if states & {"steaming", "boiling"}:
        front += _steam(item)
    if "held" in states:
        front += _hand(item, look)
    if "moving" in states:
        front += _motion(item)
    return Drawing(back, front)


def _on_body(drawing: Drawing) -> list[tuple[float, float]]:
    """Spots that lie on the largest part, at least its middle."""
    closed = [part for part in [*drawing.front, *drawing.back] if part.closed]
    body = max(closed, key=lambda part: cv2.contourArea(part.points.astype(np.float32))).points
    low, high = body.min(0), body.max(0)
    outline = (body * 1000).astype(np.float32)
    spots = [tuple((low + (high - low) * spot).tolist()) for spot in SPOTS]
    inside = [(x, y) for x, y in spots if cv2.pointPolygonTest(outline, (x * 1000, y * 1000), True) > 20]
    middle = (low + high) / 2
    return inside or [(float(middle[0]), float(middle[1]))]


def _reach(item: SceneObject, size: float) -> tuple[float, float]:
    """A length of `size` cups in units of the object's box; less on what is small."""
    width, height = vocabulary().nouns[item.noun].size
    size = min(size, 0.16 * max(width, height))
    return size / width, size / height


def _blot(x: float, y: float, item: SceneObject) -> np.ndarray:
    rx, ry = _reach(item, 0.13)
    ring = ((1, 0), (0.5, 0.6), (-0.2, 1), (-0.9, 0.3), (-0.6, -0.6), (0.3, -0.9))
    return smooth(*[(x + rx * a, y + ry * b) for a, b in ring])


def _drop(x: float, y: float, item: SceneObject) -> np.ndarray:
    rx, ry = _reach(item, 0.1)
    return smooth((x, y - 1.5 * ry), (x + 0.7 * rx, y), (x + 0.5 * rx, y + 0.8 * ry), (x, y + ry), (x - 0.7 * rx, y))


def _crack(middle: tuple[float, float]) -> np.ndarray:
    x, y = middle
    way = ((-0.16, -0.2), (-0.02, -0.08), (-0.09, 0.03), (0.06, 0.12), (0.0, 0.24))
    right = [(x + a + 0.035, y + b - 0.01) for a, b in way[1:-1]]
    return points(*[(x + a, y + b) for a, b in way], *right[::-1])


def _bubbles(item: SceneObject) -> list[Part]:
    mouth = vocabulary().nouns[item.noun].mouth or 0.2
    return [Part(ellipse(x, mouth + y, 0.035, 0.04), BUBBLE) for x, y in ((0.3, 0.02), (0.42, -0.04), (0.56, 0.03))]


def _steam(item: SceneObject) -> list[Part]:
    height = 0.32 / vocabulary().nouns[item.noun].size[1]
    rise = ((0, 0), (0.05, 0.33), (-0.04, 0.66), (0.03, 1))
    return [
        Part(smooth(*[(x + dx, -0.06 - height * dy) for dx, dy in rise], closed=False), STEAM, closed=False)
        for x in (0.28, 0.46, 0.64)
    ]


def _hand(item: SceneObject, look: Look) -> list[Part]:
    """A fist that holds the right side, its sleeve to the right."""
    skin = SKIN[look.shape]
    fist = grown(
        skin, rectangle(0.2, 0.48, 0.8, 1.02, 0.14), limb((0.4, 0.62, 0.15), (0.44, 0.42, 0.11), (0.3, 0.36, 0.09))
    )
    fingers = [grown(skin, limb((0.14, y, 0.08), (0.44, y, 0.08))) for y in (0.6, 0.74, 0.88, 1.01)]
    sleeve = Part(rectangle(0.72, 0.5, 1.25, 1.06, 0.04), look.accent)
    size = np.array(vocabulary().nouns[item.noun].size)
    scale = 0.6 / size
    return [
        part._replace(points=(part.points - [0.3, 0.75]) * scale + [0.88, 0.66]) for part in (sleeve, fist, *fingers)
    ]


def _motion(item: SceneObject) -> list[Part]:
    """Two arcs on each side."""
    width, height = vocabulary().nouns[item.noun].size
    arcs = []
    for side in (-1, 1):
        for off, half in ((0.12, 0.2), (0.26, 0.3)):
            x, reach = 0.5 + side * (0.5 + off / width), half * min(1.0, 0.9 / height)
            bow = side * 0.09 / width
            arc = smooth((x - bow, 0.4 - reach), (x, 0.4), (x - bow, 0.4 + reach), closed=False)
            arcs.append(Part(arc, MOTION, closed=False))
    return arcs


def tilted(drawing: Drawing, item: SceneObject) -> Drawing:
    """Tilted to the left, as wide and high as `tilted_size` says, with a stream from the spout."""
    size = np.array(vocabulary().nouns[item.noun].size)
    angle = np.radians(TILT)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    extent = tilted_size(*size)

    def tilt(parts: list[Part]) -> list[Part]:
        return [part._replace(points=((part.points - 0.5) * size) @ turn / extent + 0.5) for part in parts]

    back, front = tilt(drawing.back), tilt(drawing.front)
    x, y = min((point for part in back + front for point in part.points.tolist()), key=lambda point: point[0])
    stream = smooth((x + 0.03, y), (x, y + 0.06), (x + 0.005, 1.0), (x + 0.045, 1.0), (x + 0.05, y + 0.06))
    return Drawing([*back, Part(stream, _poured(item), shade=0.04)], front)


def _poured(item: SceneObject) -> RGB:
    table = vocabulary().substances
    return table[item.content if item.content in table else "water"].rgb
