"""Drawings of what is served: sandwiches, pancakes, pizza, cake."""

import numpy as np

from models.scene_diffusion.drawings.kitchenware import whole_chicken as whole_chicken
from models.scene_diffusion.drawings.pieces import GREEN, lobed, mirrored, placed, spots
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    between,
    dark,
    ellipse,
    light,
    line,
    mix,
    points,
    rectangle,
    shine,
    smooth,
)
from models.scene_diffusion.drawings.sweets import PALE, TOMATO, around, cylinder, drip, mark
from models.scene_diffusion.drawings.sweets import cake as cake
from models.scene_diffusion.drawings.sweets import candy as candy
from models.scene_diffusion.drawings.sweets import donut as donut
from models.scene_diffusion.drawings.sweets import ice_cream as ice_cream
from models.scene_diffusion.drawings.sweets import muffin as muffin
from models.scene_diffusion.drawings.sweets import pie as pie
from tools.scene import SceneObject
from tools.vocabulary import RGB

CRUST = (214, 154, 86)
CHEESE = (250, 206, 84)


def _filling(y: float) -> list[Part]:
    lettuce, cheese = Part(drip(0.01, 0.99, y, y + 0.18, 7), GREEN), Part(drip(0.06, 0.94, y, y + 0.1, 3), CHEESE)
    return [Part(rectangle(0.05, y, 0.95, y + 0.24), TOMATO), lettuce, cheese]


def sandwich(look: Look, item: SceneObject) -> Drawing:
    rgb = dark(look.body, 0.12) if "toasted" in item.states else light(look.body, 0.25)
    if "sliced" in item.states:
        back, front = (placed(_triangle(rgb), box) for box in ((0.26, 0.0, 1.0, 0.8), (0.0, 0.2, 0.74, 1.0)))
        return Drawing([], back + front)
    if look.shape:
        return _bun(rgb, burger=look.shape == 1)
    sides = [(0.92, 0.12), (1.0, 0.36), (0.5, 0.38), (0.0, 0.36), (0.08, 0.12)]
    top = Part(smooth((0.14, 0.02), (0.34, 0.0), (0.5, 0.03), (0.66, 0.0), (0.86, 0.02), *sides), rgb)
    lower, upper = (Part(rectangle(0.0, y, 1.0, y + 0.2, 0.06), dark(rgb, 0.2)) for y in (0.8, 0.3))
    bars = [line(points((0.5 + 0.8 * x, 0.06), (0.5 + x, 0.3)), dark(rgb, 0.5)) for x in (-0.36, -0.12, 0.12, 0.36)]
    return Drawing(
        [], [lower, *_filling(0.62), *_filling(0.47)[1:], upper, top, *bars[: 4 * ("toasted" in item.states)]]
    )


def _triangle(rgb: RGB) -> list[Part]:
    """Half a sandwich: the bread on top, and the cut side with its layers."""
    top = points((0.0, 0.44), (0.5, 0.0), (1.0, 0.44))
    layers = ((0.44, 0.6, rgb), (0.6, 0.68, GREEN), (0.68, 0.76, TOMATO), (0.76, 0.84, CHEESE), (0.84, 1.0, rgb))
    return [Part(top, light(rgb, 0.2)), *(Part(rectangle(0.0, a, 1.0, b), c) for a, b, c in layers)]


def _bun(rgb: RGB, burger: bool) -> Drawing:
    lid = smooth((0.06, 0.46), (0.08, 0.18), (0.3, 0.02), (0.7, 0.02), (0.92, 0.18), (0.94, 0.46), (0.5, 0.5))
    base = smooth((0.06, 0.74), (0.5, 0.72), (0.94, 0.74), (0.92, 0.94), (0.5, 1.0), (0.08, 0.94))
    top = spots(PALE, 0.022, 1.4, (0.26, 0.2), (0.42, 0.1), (0.58, 0.18), (0.74, 0.14), (0.4, 0.28), (0.8, 0.3))
    meat = [Part(rectangle(0.0, 0.62, 1.0, 0.8, 0.06), (120, 76, 54))] if burger else []
    if not burger:
        cuts = [smooth((x, 0.34), (x + 0.03, 0.18), (x + 0.13, 0.08), closed=False) for x in (0.16, 0.38, 0.6)]
        top = [line(cut, dark(rgb)) for cut in cuts]
    return Drawing([], [Part(base, rgb), *meat, *_filling(0.46)[len(meat) :], Part(lid, rgb), *top])


def pancake(look: Look, item: SceneObject) -> Drawing:
    rgb, count = light(look.body, 0.1), (3, 2, 4)[look.shape]
    thick, parts = 0.52 / count, []
    for index, shift in enumerate((0.0, 0.02, -0.01, 0.01)[:count]):
        bottom = 1 - index * thick
        parts += cylinder(0.5 + shift, bottom - thick - 0.48, bottom, 0.48, 0.24, mix(rgb, (252, 228, 172), 0.5), rgb)
    syrup = Part(lobed(0.5, 0.25, 0.36, 0.19, 7, 0.25), (176, 96, 36), shade=0.05)
    if look.shape == 1:
        berries = [Part(ellipse(x, y, 0.055, 0.14), (196, 52, 78)) for x, y in ((0.4, 0.2), (0.58, 0.2), (0.49, 0.3))]
        return Drawing([], [*parts, syrup, *berries])
    top = points((0.4, 0.14), (0.52, 0.0), (0.62, 0.14), (0.5, 0.28))
    edge = points((0.4, 0.14), (0.5, 0.28), (0.62, 0.14), (0.62, 0.26), (0.5, 0.4), (0.4, 0.26))
    runs = [Part(around(0.5, 0.26, 0.36, 0.18, 0.4), syrup.fill)] if look.shape == 2 else []
    return Drawing([], [*parts, *runs, syrup, Part(edge, CHEESE), Part(top, (255, 236, 150))])


def pizza(look: Look, item: SceneObject) -> Drawing:
    if "sliced" in item.states:
        return Drawing(
            [], [part for start in (240, 180, 300, 120, 0, 60) for part in _wedge(look, start, start + 60, 0.05)]
        )
    return Drawing([], _wedge(look, 80, 380, 0.0) if look.shape == 2 else _wedge(look, 0, 360, 0.0))


def _wedge(look: Look, start: int, end: int, apart: float) -> list[Part]:
    """A pizza from one angle to another, moved outwards from the middle."""
    middle = np.radians((start + end) / 2)
    centre = np.array([0.5 + apart * np.cos(middle), 0.46 + apart * np.sin(middle)])
    size = np.array([0.5, 0.46]) - apart

    def at(angle: float, reach: float) -> tuple[float, float]:
        x, y = centre + size * reach * [np.cos(np.radians(angle)), np.sin(np.radians(angle))]
        return float(x), float(y)

    def sector(reach: float, drop: float) -> Points:
        tip = [centre] if end - start < 360 else np.zeros((0, 2))
        return np.concatenate([ellipse(centre[0], centre[1], size[0] * reach, size[1] * reach, start, end), tip]) + [
            0,
            drop,
        ]

    parts = [Part(sector(1, 0.08), dark(CRUST, 0.25)), Part(sector(1, 0), CRUST), Part(sector(0.85, 0), look.body)]
    meat = (196, 60, 50) if look.body[1] > 130 else PALE
    for angle in range(start + 30, end, 60):
        parts.append(Part(ellipse(*at(angle, 0.6), 0.07, 0.085), meat))
        small = Part(ellipse(*at(angle + 16, 0.34), 0.03, 0.04), (70, 60, 70), ink=False)
        basil = Part(ellipse(*at(angle - 22, 0.66), 0.05, 0.035), GREEN, ink=False)
        parts += ([basil], [basil, small], [small])[look.shape]
    return parts


def hot_dog(look: Look, item: SceneObject) -> Drawing:
    bun, rgb = (240, 192, 122), light(look.body, 0.08)
    back = smooth((0.06, 0.5), (0.1, 0.12), (0.3, 0.0), (0.7, 0.0), (0.9, 0.12), (0.94, 0.5))
    left = [(0.3, 0.78), (0.06, 0.68), (0.0, 0.46), (0.06, 0.22), (0.3, 0.14)]
    sausage = smooth(*left, *[(1 - x, y) for x, y in left[::-1]])
    hem = [(0.5, 1.0), (0.14, 0.96), (0.05, 0.76), (0.09, 0.6), (0.3, 0.68)]
    front = smooth(*hem, *[(1 - x, y) for x, y in hem[:0:-1]])
    x = np.linspace(0.1, 0.9, 90)
    y = 0.4 + 0.1 * np.sin(x * (32, 22, 42)[look.shape])
    wave = np.concatenate([np.stack([x, y - 0.08], 1), np.stack([x, y + 0.08], 1)[::-1]])
    lettuce = [Part(drip(0.08, 0.92, 0.56, 0.84, 8), GREEN)] if look.shape == 1 else []
    parts = [
        Part(back, dark(bun, 0.12)),
        Part(sausage, rgb, shade=0.18),
        Part(wave, CHEESE),
        *lettuce,
        Part(front, bun),
    ]
    return Drawing([], [*parts, shine(0.26, 0.82, 0.1, 0.05)])


def sushi(look: Look, item: SceneObject) -> Drawing:
    nori, salmon, pale = (52, 58, 56), (246, 132, 92), sum(look.body) > 400
    if look.shape == 2 and pale:  # a slice of fish on a block of rice
        fish = smooth((0.0, 0.5), (0.08, 0.16), (0.4, 0.0), (0.8, 0.04), (1.0, 0.34), (0.96, 0.56), (0.5, 0.4))
        bands = [
            mark(smooth((x, 0.1), (x + 0.06, 0.24), (x + 0.04, 0.4), closed=False), PALE) for x in (0.28, 0.5, 0.72)
        ]
        return Drawing([], [Part(rectangle(0.06, 0.3, 0.94, 1.0, 0.14), look.body), Part(fish, salmon), *bands])
    parts = cylinder(0.5, 0.0, 1.0, 0.5, 0.3, look.body, PALE)
    if look.shape == 2:  # roe on top
        places = [(0.5 + 0.3 * np.cos(a), 0.28 + 0.16 * np.sin(a)) for a in np.radians(range(0, 360, 45))]
        return Drawing([], [*parts, *(Part(ellipse(x, y, 0.1, 0.12), salmon) for x, y in [*places, (0.5, 0.28)])])
    parts += [Part(ellipse(0.5, 0.3, 0.37, 0.22), nori), Part(ellipse(0.5, 0.3, 0.32, 0.18), PALE)] if pale else []
    middle = [Part(ellipse(0.42, 0.28, 0.17, 0.13), salmon), Part(ellipse(0.63, 0.34, 0.12, 0.1), GREEN)]
    seeds = (
        spots(dark(PALE), 0.02, 1.3, (0.16, 0.6), (0.34, 0.82), (0.5, 0.7), (0.68, 0.84), (0.84, 0.62)) if pale else []
    )
    return Drawing([], [*parts, *(middle if look.shape == 0 else middle[::-1]), *seeds])


def taco(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (240, 194, 104), 0.5)
    back, front = ellipse(0.54, 1.0, 0.46, 0.9, 180, 360), ellipse(0.44, 1.0, 0.44, 0.74, 180, 360)
    fills = (GREEN, TOMATO, GREEN, CHEESE, GREEN, TOMATO, GREEN)
    middles = [(0.5 + 0.43 * np.cos(a), 1.0 + 0.8 * np.sin(a)) for a in np.radians(np.linspace(194, 344, 7))]
    filling = [Part(lobed(x, y, 0.1, 0.15, 5, 0.16), fill) for (x, y), fill in zip(middles, fills, strict=True)]
    filling = filling[::2] + filling[1::2]
    if look.shape == 1:
        frill = Part(between(lobed(0.5, 1.0, 0.5, 1.0, 22, 0.08), 0.0, 1.0), GREEN)
        filling = [frill, *(Part(ellipse(x, y + 0.06, 0.08, 0.12), TOMATO) for x, y in middles[1:6:2])]
    brown = spots(dark(rgb, 0.16), 0.03, 1.4, (0.24, 0.72), (0.42, 0.52), (0.5, 0.8), (0.66, 0.62), (0.74, 0.86))
    parts = [Part(back, dark(rgb, 0.16)), *filling, Part(front, rgb), *brown]
    if look.shape < 2:
        return Drawing([], mirrored(parts) if look.shape else parts)
    return Drawing([], placed(parts, (0.3, 0.0, 1.0, 0.74)) + placed(parts, (0.0, 0.26, 0.74, 1.0)))
