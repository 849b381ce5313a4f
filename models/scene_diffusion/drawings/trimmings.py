"""What one collects, threads and decorates with: beads, a wreath, pine cones, coins, cardboard."""

import numpy as np

from models.scene_diffusion.drawings.cups import disc, hollow, in_cups, marks, ribbon, shape
from models.scene_diffusion.drawings.greenery import leaf_from
from models.scene_diffusion.drawings.pieces import placed
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    points,
    shine,
    smooth,
    stretched,
    within,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

RED, TWIG, NEEDLES = (206, 52, 56), (110, 76, 50), (74, 128, 78)
STRING = (128, 104, 84)


def bow(rgb: RGB, x0: float, x1: float, height: float) -> list[Part]:
    """Two loops and a knot, from the top of the box down."""
    loop = smooth((0.0, 0.5), (0.26, 0.02), (0.48, 0.1), (0.48, 0.9), (0.26, 0.98))
    hole = smooth((0.14, 0.5), (0.36, 0.3), (0.4, 0.5), (0.36, 0.74))
    knot = smooth((0.4, 0.24), (0.6, 0.24), (0.62, 0.76), (0.38, 0.76))
    parts = [Part(loop * [s, 1] + [0.5, 0], rgb) for s in (-1, 1)]
    parts += [Part(hole * [s, 1] + [0.5, 0], dark(rgb, 0.35), ink=False) for s in (-1, 1)]
    parts.append(Part(knot, light(rgb, 0.15)))
    return [part._replace(points=part.points * [x1 - x0, height] + [x0, 0]) for part in parts]


def _evenly(path: Points, step: float) -> Points:
    """Spots on a path, about `step` apart."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    count = int(length[-1] / step)
    at = (np.arange(count) + 0.5) * length[-1] / count
    return np.stack([np.interp(at, length, path[:, k]) for k in (0, 1)], 1)


def beads(look: Look, item: SceneObject) -> Drawing:
    path, radius = (
        (curve((0.12, 0.12), (0.2, 0.34), (0.45, 0.56), (0.7, 0.6), (0.95, 0.56), (1.2, 0.34), (1.28, 0.12)), 0.1),
        (ellipse(0.7, 0.35, 0.62, 0.27, -90, 270), 0.075),
        (curve((0.14, 0.4), (0.42, 0.2), (0.7, 0.35), (0.98, 0.5), (1.26, 0.3)), 0.14),
    )[look.shape]
    ends = (
        (curve((0.12, 0.14), (0.06, 0.08), (0.0, 0.0)), curve((1.28, 0.14), (1.34, 0.08), (1.4, 0.0))),
        (),
        (curve((0.2, 0.36), (0.06, 0.5), (0.0, 0.7)), curve((1.2, 0.32), (1.36, 0.16), (1.4, 0.0))),
    )[look.shape]
    every = {"plain": 99, "band": 3, "stripes": 2, "dots": 4}[look.pattern]
    parts = [line(way, STRING) for way in (path, *ends)]
    for i, (x, y) in enumerate(_evenly(path, 1.9 * radius)):
        rgb = look.accent if i % every == every - 1 else look.body
        parts += [disc(rgb, x, y, radius), shine(x - 0.35 * radius, y - 0.4 * radius, 0.25 * radius, 0.2 * radius)]
    return in_cups(item, *parts)


def _around(count: int, turn: float = 0.0) -> Points:
    """Unit vectors all round."""
    angle = np.radians(np.arange(count) * 360 / count + turn)
    return np.stack([np.cos(angle), np.sin(angle)], 1)


def _ball(rgb: RGB, at: Points, radius: float) -> Part:
    """A berry, or a bauble."""
    return Part(ellipse(0.0, 0.0, radius, radius) + at, rgb)


def wreath(look: Look, item: SceneObject) -> Drawing:
    rgb, tints = look.body, (look.body, dark(look.body, 0.18), light(look.body, 0.18))
    if look.shape == 1:
        parts = [line(ellipse(0.75, 0.75, 0.55, 0.55), TWIG)]
        for i, ray in enumerate(_around(18)):
            tips = [0.75 + reach * ray + ray[::-1] * [-0.16, 0.16] for reach in (0.7, 0.36)]
            leaves = [leaf_from((0.75 + 0.54 * ray).tolist(), tip.tolist(), 0.28, 1, tints[i % 3]) for tip in tips]
            parts += [part for leaf in leaves for part in leaf]
        return in_cups(item, *parts, *[_ball(RED, 0.75 + 0.54 * ray, 0.05) for ray in _around(9, 10)])
    spikes = np.tile([1.0, 0.88], 28)[:, None]
    parts = hollow(rgb, 0.75 + 0.74 * spikes * _around(56), 0.75 + 0.36 * (2 - spikes) * _around(56))
    for i, start in enumerate((0.42, 0.54)):
        needles = np.stack([start * _around(28, 50 * start), (start + 0.11) * _around(28, 50 * start + 8)], 1)
        parts += [line(0.75 + needle, tints[1 + i])._replace(ink=False) for needle in needles]
    if look.shape == 2:
        balls = [_ball((RED, look.accent)[i % 2], 0.75 + 0.55 * ray, 0.11) for i, ray in enumerate(_around(8, 22))]
        return in_cups(item, *parts, *balls)
    triple = points((-0.05, 0.02), (0.05, 0.03), (0.0, -0.06))
    berries = [_ball(RED, spot, 0.06) for ray in _around(5, -90)[[0, 1, 4]] for spot in 0.75 + 0.55 * ray + triple]
    tail = shape(dark(RED, 0.15), (0.75, 1.2), (0.85, 1.2), (1.05, 1.44), (0.95, 1.42), (0.89, 1.5))
    loops = [part._replace(points=part.points + [0, 0.96]) for part in bow(RED, 0.38, 1.12, 0.34)]
    return in_cups(item, *parts, *berries, *both(tail, cx=0.75), *loops)


def _cone(rgb: RGB, rows: int, most: int, flare: float) -> list[Part]:
    """A hanging cone that fills the unit square: rows of scales, those near the stalk over those near the tip."""
    scale = points(*ellipse(0.0, -0.1, 0.55, 0.5, 180, 360).tolist(), (0.42, 0.34), (0.0, 0.72), (-0.42, 0.34))
    parts = []
    for row in range(rows)[::-1]:
        t = row / (rows - 1)
        half, count = 0.44 * np.sin(np.pi * (0.28 + 0.6 * t)), max(1, round(most * (1 - 0.7 * t**2)) - row % 2)
        for x in (np.arange(count) - (count - 1) / 2) * 2 * half / count:
            body = scale * [2.4 * half / count, 1.5 / rows] + [0.5 + x, 0.1 + 0.76 * t]
            body[:, 0] += flare * x * (body[:, 1] - body[:, 1].min()) * rows
            tip = (body - body.mean(0)) * 0.5 + body.mean(0) + [flare * x * 0.3, 0.4 / rows]
            parts += [Part(body, rgb), Part(tip, light(rgb, 0.3), ink=False)]
    return parts


def pine_cone(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 1:
        return in_cups(item, *placed(_cone(rgb, 6, 5, 0.25), (0.06, 0.95, 0.69, 0.0)))
    if look.shape == 2:
        tips = (0.0, 0.62), (0.12, 0.72), (0.64, 0.0), (0.73, 0.14)
        needles = [part for tip in tips for part in leaf_from((0.14, 0.12), tip, 0.045, 1, NEEDLES)]
        slim = placed(_cone(rgb, 7, 4, 0.1), (0.19, 0.0, 0.81, 1.0))
        leant = [part._replace(points=stretched(part.points, -38, (0.0, 0.1, 0.84, 0.94))) for part in slim]
        stem = ribbon(TWIG, curve((0.26, 0.26), (0.14, 0.12), (0.0, 0.06)), 0.07)
        return in_cups(item, *needles, stem, *leant)
    twig = ribbon(TWIG, curve((0.375, 0.24), (0.37, 0.1), (0.42, 0.0)), 0.07)
    return in_cups(item, twig, *placed(_cone(rgb, 7, 4, 0.1), (0.0, 0.12, 0.75, 0.95)))


def _sheet(rgb: RGB, depth: tuple[float, float], *corners: tuple[float, float]) -> list[Part]:
    """A sheet by its four corners, with a corrugated edge of this depth along the last two."""
    face, u = points(*corners), np.linspace(0.0, 1.0, 109)
    edge = np.concatenate([face[:1:-1], face[2:] + depth])
    wave = within(edge, *np.stack([u, 0.5 + 0.42 * np.cos(18 * np.pi * u)], 1).tolist())
    return [Part(face, rgb, shade=0.08), Part(edge, dark(rgb, 0.4)), line(wave, light(rgb, 0.3))]


def cardboard(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (236, 192, 128), 0.55)
    if "folded" in item.states:
        back = _sheet(dark(rgb, 0.12), (0.0, -0.13), (0.06, 0.94), (1.4, 0.76), (1.4, 0.13), (0.06, 0.3))
        front = _sheet(rgb, (0.0, -0.13), (0.06, 0.94), (1.2, 1.1), (1.2, 0.5), (0.06, 0.3))
        return in_cups(item, *back, *front)
    if look.shape == 1:
        sheet = _sheet(rgb, (0.02, 0.17), (0.0, 0.18), (1.28, 0.0), (1.38, 0.76), (0.1, 0.93))
        flutes = [(x, 0.18 - 0.14 * x, 0.1 + x, 0.93 - 0.13 * x) for x in np.arange(0.13, 1.2, 0.13)]
        return in_cups(item, *sheet, *marks(dark(rgb, 0.1), *flutes))
    if look.shape == 2:
        sheet = _sheet(rgb, (0.0, 0.17), (0.0, 0.0), (1.4, 0.0), (1.4, 0.93), (0.0, 0.93))
        edge = (0.66, 0.0), (0.74, 0.14), (0.88, 0.16), (0.94, 0.34), (1.1, 0.38), (1.2, 0.54), (1.4, 0.56)
        ends = (0.8, 0.13), (0.92, 0.26), (1.04, 0.34), (1.16, 0.46), (1.28, 0.53)
        ribs = [line(points((x, 0.02), (x, y)), dark(rgb)) for x, y in ends]
        return in_cups(item, *sheet, shape(dark(rgb, 0.16), *edge, (1.4, 0.0)), *ribs)
    sheet = _sheet(rgb, (0.0, 0.2), (0.3, 0.1), (1.4, 0.1), (1.1, 0.86), (0.0, 0.86))
    side = shape(dark(rgb, 0.25), (1.1, 0.86), (1.4, 0.1), (1.4, 0.3), (1.1, 1.06))
    flutes = [(0.3 + x, 0.1, x, 0.86) for x in np.arange(0.11, 1.1, 0.11)]
    return in_cups(item, side, *sheet, *marks(dark(rgb, 0.1), *flutes))


def coin(look: Look, item: SceneObject) -> Drawing:
    rgb, pale, deep = look.body, light(look.body, 0.3), dark(look.body, 0.3)
    star = np.tile([1.0, 0.45], 5)[:, None] * _around(10, -90)
    if look.shape == 1:
        parts = []
        for x, y in ((0.31, 0.4), (0.29, 0.3), (0.305, 0.2), (0.295, 0.1)):
            low = ellipse(x, y + 0.1, 0.29, 0.1, 0, 180)
            side = Part(np.concatenate([ellipse(x, y, 0.29, 0.1, 180, 360), low]), dark(rgb, 0.15))
            reeds = marks(deep, *[(a, b - 0.08, a, b - 0.02) for a, b in low[4:-4:3]])
            parts += [side, disc(rgb, x, y, 0.29, 0.1), *reeds]
        return in_cups(item, *parts, Part(star * [0.17, 0.065] + [0.295, 0.1], pale))
    if look.shape == 2:
        body = [disc(deep, 0.36, 0.3, 0.24, 0.3), disc(rgb, 0.25, 0.3, 0.25, 0.3), disc(pale, 0.25, 0.3, 0.19, 0.23)]
        return in_cups(item, *body, Part(star * [0.12, 0.16] + [0.25, 0.3], rgb))
    foot = (0.35, 0.41), (0.4, 0.41), (0.4, 0.47), (0.22, 0.47), (0.22, 0.41), (0.28, 0.41)
    one = shape(deep, (0.22, 0.2), (0.29, 0.13), (0.35, 0.13), *foot, (0.28, 0.24), (0.22, 0.26))
    reeds = marks(deep, *[(*(0.3 + 0.26 * ray), *(0.3 + 0.3 * ray)) for ray in _around(32)])
    return in_cups(item, disc(rgb, 0.3, 0.3, 0.3), *reeds, disc(pale, 0.3, 0.3, 0.235), one)
