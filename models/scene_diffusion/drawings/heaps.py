"""Drawings of what lies in a heap: different fruits, different vegetables, and what is chopped from those."""

import numpy as np

from models.scene_diffusion.drawings import draw
from models.scene_diffusion.drawings.cases import size_of
from models.scene_diffusion.drawings.cups import disc, in_cups, ribbon
from models.scene_diffusion.drawings.pieces import GREEN, floret, placed, spots
from models.scene_diffusion.drawings.shapes import Drawing, Look, Part, curve, ellipse, light
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

RED, ORANGE = (214, 64, 58), (240, 142, 52)

Laid = tuple[str, float, float, float, float, int]
"""A noun, the middle of its place in cups, its scale, its turn in degrees and its shape."""

FRUITS: tuple[tuple[Laid, ...], ...] = (
    (
        ("pear", 1.06, 0.36, 0.74, 12, 0),
        ("banana", 0.58, 0.34, 0.84, 0, 1),
        ("grapes", 1.38, 0.58, 0.76, -8, 0),
        ("apple", 0.33, 0.69, 0.8, 0, 1),
        ("orange", 0.86, 0.68, 0.8, 0, 0),
        ("strawberry", 1.2, 0.81, 0.56, 30, 0),
    ),
    (
        ("pineapple", 0.84, 0.46, 0.58, 0, 0),
        ("grapes", 0.4, 0.48, 0.66, 10, 1),
        ("banana", 1.26, 0.54, 0.7, 8, 0),
        ("orange", 1.26, 0.73, 0.68, 0, 2),
        ("lemon", 0.27, 0.78, 0.64, 0, 1),
        ("apple", 0.74, 0.7, 0.76, 0, 1),
        ("cherry", 1.0, 0.8, 0.52, 0, 1),
    ),
    (
        ("orange", 0.88, 0.26, 0.66, 0, 0),
        ("pear", 0.5, 0.42, 0.74, -14, 1),
        ("apple", 1.18, 0.5, 0.68, 0, 2),
        ("banana", 1.36, 0.74, 0.54, -6, 1),
        ("plum", 0.2, 0.78, 0.76, 0, 0),
        ("lemon", 0.96, 0.78, 0.66, 0, 0),
        ("strawberry", 0.56, 0.78, 0.66, -12, 0),
    ),
)
VEGETABLES: tuple[tuple[Laid, ...], ...] = (
    (
        ("cabbage", 0.5, 0.4, 0.84, 0, 2),
        ("broccoli", 1.2, 0.37, 0.72, 6, 0),
        ("carrot", 1.4, 0.66, 0.66, 50, 0),
        ("cucumber", 0.42, 0.86, 0.58, 4, 2),
        ("pepper", 0.9, 0.62, 0.82, 0, 0),
        ("tomato", 1.24, 0.78, 0.6, 0, 0),
    ),
    (
        ("corn", 0.42, 0.44, 0.66, -24, 0),
        ("eggplant", 1.34, 0.42, 0.66, 24, 0),
        ("cabbage", 0.86, 0.36, 0.76, 0, 1),
        ("carrot", 0.42, 0.78, 0.6, -72, 0),
        ("tomato", 0.84, 0.74, 0.7, 0, 1),
        ("pepper", 1.32, 0.7, 0.66, 8, 2),
    ),
    (
        ("carrot", 0.3, 0.48, 0.66, -30, 0),
        ("carrot", 0.56, 0.42, 0.66, -10, 1),
        ("pepper", 0.98, 0.34, 0.74, -6, 1),
        ("cabbage", 1.32, 0.56, 0.68, 0, 2),
        ("onion", 0.32, 0.76, 0.62, 0, 0),
        ("mushroom", 1.12, 0.8, 0.5, 0, 0),
        ("tomato", 0.72, 0.74, 0.72, 0, 0),
    ),
)


def _laid(thing: Laid, rgb: RGB | None) -> list[Part]:
    """One thing of a heap, in cups."""
    noun, x, y, scale, angle, shape = thing
    body = rgb or vocabulary().colours[vocabulary().nouns[noun].colours[0]]
    one, a = SceneObject(id="o", noun=noun), np.radians(angle)
    parts = draw(one, Look(body=body, accent=body, shape=shape)).front
    turn = scale * np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return [part._replace(points=((part.points - 0.5) * size_of(one)) @ turn + [x, y]) for part in parts]


def _heap(item: SceneObject, things: tuple[Laid, ...], tinted: str, rgb: RGB) -> Drawing:
    """Things that lie on each other, those of one noun in a colour of their own."""
    return in_cups(item, *(part for thing in things for part in _laid(thing, rgb if thing[0] == tinted else None)))


def fruit(look: Look, item: SceneObject) -> Drawing:
    return _heap(item, FRUITS[look.shape], "apple", look.body)


def vegetables(look: Look, item: SceneObject) -> Drawing:
    if "sliced" not in item.states:
        return _heap(item, VEGETABLES[look.shape], "pepper", look.body)
    places = [(row, column) for row in range(4) for column in range(row + 2)]
    kinds = [(row + 2 * column + look.shape) % 5 for row, column in places]
    centres = [(0.85 + 0.31 * (column - (row + 1) / 2), 0.19 + 0.21 * row) for row, column in places]
    pieces = [_piece(kind, x, y, look.body) for kind, (x, y) in zip(kinds, centres, strict=True)]
    return in_cups(item, *(part for piece in pieces for part in piece))


def _piece(kind: int, x: float, y: float, rgb: RGB) -> list[Part]:
    """What was cut from a carrot, a cucumber, a pepper, a tomato or a broccoli."""
    if kind == 0:
        core = Part(ellipse(x, y, 0.11, 0.11), (250, 176, 88), ink=False)
        return [disc(ORANGE, x, y, 0.16), core, *spots(ORANGE, 0.035, 1.0, (x, y))]
    if kind == 1:
        seeds = spots((246, 246, 206), 0.025, 1.0, *((x + a, y + b) for a in (-0.05, 0.05) for b in (-0.05, 0.05)))
        return [disc(GREEN, x, y, 0.18), Part(ellipse(x, y, 0.14, 0.14), (206, 228, 156), ink=False), *seeds]
    if kind == 2:
        bow = curve((x - 0.2, y + 0.08), (x - 0.08, y - 0.06), (x + 0.1, y - 0.04), (x + 0.2, y + 0.1))
        return [ribbon(rgb, bow, 0.14), ribbon(light(rgb, 0.5), bow[4:-4] + [0, 0.03], 0.035)._replace(ink=False)]
    if kind == 3:
        seeds = spots((250, 226, 150), 0.024, 1.0, (x - 0.08, y - 0.03), (x + 0.08, y - 0.03), (x, y + 0.05))
        flesh = Part(ellipse(x, y - 0.1, 0.15, 0.2, 0, 180), light(RED, 0.35), ink=False)
        return [Part(ellipse(x, y - 0.1, 0.2, 0.26, 0, 180), RED), flesh, *seeds]
    clouds = ((0.28, 0.42, 0.28), (0.72, 0.42, 0.28), (0.5, 0.3, 0.3))
    return placed(floret(light(GREEN, 0.1), *clouds), (x - 0.18, y - 0.18, x + 0.18, y + 0.18))
