"""Drawings of what is baked, iced or sweet."""

import numpy as np

from models.scene_diffusion.drawings.pieces import lobed, spots
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    angular,
    band,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

TOMATO = (214, 64, 58)
PALE = (252, 246, 232)


def drip(x0: float, x1: float, top: float, bottom: float, count: int) -> Points:
    """A band with a scalloped lower edge: a lettuce leaf, icing that runs down."""
    x = np.linspace(x0, x1, 10 * count + 1)
    y = bottom - (bottom - top) * 0.5 * (1 - np.sqrt(np.abs(np.sin(np.linspace(0, count * np.pi, len(x))))))
    return np.concatenate([points((x1, top), (x0, top)), np.stack([x, y], 1)])


def cylinder(cx: float, top: float, bottom: float, rx: float, ry: float, side: RGB, face: RGB) -> list[Part]:
    """Something round seen from a little above: its wall and its upper side."""
    wall = np.concatenate([ellipse(cx, bottom - ry, rx, ry, 0, 180), ellipse(cx, top + ry, rx, ry, 180, 0)])
    return [Part(wall, side), Part(ellipse(cx, top + ry, rx, ry), face, shade=0.05)]


def mark(shape: Points, rgb: RGB) -> Part:
    return line(shape, rgb)._replace(ink=False)


def donut(look: Look, item: SceneObject) -> Drawing:
    dough = (222, 168, 100)
    icing = Part(lobed(0.5, 0.45, 0.48, 0.45, (9, 7, 13)[look.shape], (0.1, 0.14, 0.05)[look.shape]), look.body)
    hole = [
        Part(ellipse(0.5, 0.43, 0.17, 0.14), dark(dough, 0.1)),
        Part(ellipse(0.5, 0.47, 0.13, 0.08), dark(dough, 0.55)),
    ]
    angle = np.radians(np.arange(0, 360, 30) + 8.0)
    middle = np.stack([0.5 + 0.31 * np.cos(angle), 0.43 + 0.28 * np.sin(angle)], 1)
    if look.shape == 1:  # lines of icing from the hole to the rim
        out = (middle - [0.5, 0.43]) * 0.36
        top = [mark(np.stack([m - o, m + o]), look.accent) for m, o in zip(middle, out, strict=True)]
    elif look.shape == 2:
        top = spots(look.accent, 0.03, 1.33, *middle.tolist())
    else:
        lean = np.stack([0.035 * np.cos(5 * angle), 0.045 * np.sin(5 * angle)], 1)
        top = [mark(np.stack([m - a, m + a]), look.accent) for m, a in zip(middle, lean, strict=True)]
    return Drawing([], [Part(ellipse(0.5, 0.54, 0.5, 0.46), dough), icing, *top, *hole])


def cake(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, mix(look.body, (255, 244, 224), 0.5)
    if "sliced" in item.states:
        return _cake_slice(look)
    if look.shape == 2:
        tiers = []
        for top, bottom, rx, ry in ((0.4, 1.0, 0.5, 0.14), (0.1, 0.66, 0.32, 0.09)):
            wall, face = cylinder(0.5, top, bottom, rx, ry, rgb, pale)
            tiers += [wall, Part(around(0.5, top + ry, rx, ry, 0.12), look.accent), face]
        return Drawing([], [*tiers, Part(ellipse(0.5, 0.09, 0.06, 0.09), TOMATO)])
    top = 0.2 if look.shape else 0.06
    wall, face = cylinder(0.5, top, 1.0, 0.5, 0.16, rgb, pale)
    body = [wall, Part(around(0.5, top + 0.16, 0.5, 0.16, 0.16), pale), face]
    if look.shape == 1:
        return Drawing(
            [], body + [p for x, y in ((0.26, 0.36), (0.74, 0.36), (0.5, 0.42)) for p in _candle(x, y, look.accent)]
        )
    places = ((0.5, 0.08), (0.28, 0.12), (0.72, 0.12), (0.16, 0.2), (0.84, 0.2), (0.34, 0.26), (0.66, 0.26))
    return Drawing([], [*body, *(Part(ellipse(x, y, 0.05, 0.075), TOMATO) for x, y in places)])


def around(cx: float, y: float, rx: float, ry: float, hang: float) -> Points:
    """Icing that runs over the front rim of a round cake."""
    x = np.linspace(-1, 1, 91)
    rim = y + ry * np.sqrt(1 - x**2)
    lower = rim + hang * (0.4 + 0.6 * np.sqrt(np.abs(np.sin(3.5 * np.pi * (x + 1)))))
    return np.concatenate([np.stack([cx + rx * x, rim], 1), np.stack([cx + rx * x, lower], 1)[::-1]])


def _candle(x: float, y: float, rgb: RGB) -> list[Part]:
    flame = smooth((x, y - 0.36), (x + 0.024, y - 0.27), (x, y - 0.22), (x - 0.024, y - 0.27))
    return [Part(rectangle(x - 0.02, y - 0.22, x + 0.02, y), rgb), Part(flame, (255, 190, 60))]


def _cake_slice(look: Look) -> Drawing:
    sponge = (248, 222, 160)
    top = Part(points((0.0, 0.42), (0.76, 0.12), (1.0, 0.42)), light(look.body, 0.2))
    layers = ((0.42, 1.0, sponge), (0.62, 0.72, look.body), (0.9, 1.0, look.body))
    side = [Part(rectangle(0.0, a, 1.0, b), c) for a, b, c in layers]
    return Drawing(
        [], [*side, top, Part(drip(0.0, 1.0, 0.42, 0.6, 6), look.body), Part(ellipse(0.66, 0.14, 0.08, 0.12), TOMATO)]
    )


def ice_cream(look: Look, item: SceneObject) -> Drawing:
    rgb, wafer = look.body, (226, 172, 98)
    cone = [Part(points((0.16, 0.52), (0.84, 0.52), (0.54, 1.0), (0.46, 1.0)), wafer)]
    for a, b, y in ((0.22, -0.16, 0.75), (-0.02, -0.25, 0.65), (0.3, -0.08, 0.88)):
        cone += [mark(points((0.5 + s * a, 0.55), (0.5 + s * b, y)), dark(wafer)) for s in (-1, 1)]
    if look.shape == 2:
        for half, y in ((0.45, 0.48), (0.36, 0.35), (0.26, 0.23)):
            right = [(0.5 + half, y - 0.04), (0.5 + half, y + 0.04), (0.5, y + 0.1)]
            cone.append(Part(smooth((0.5 - half, y + 0.07), (0.5 - half, y), (0.5, y - 0.12), *right), rgb))
        tip = smooth((0.3, 0.17), (0.42, 0.08), (0.54, 0.0), (0.6, 0.04), (0.7, 0.14), (0.5, 0.18))
        return Drawing([], [*cone, Part(tip, rgb)])
    scoops = ((0.5, 0.33, 0.5, 0.26),) if look.shape == 0 else ((0.5, 0.23, 0.38, 0.18), (0.5, 0.41, 0.48, 0.18))
    balls = [Part(ellipse(*scoop), rgb, shade=0.18) for scoop in scoops]
    skirt = Part(drip(0.1, 0.9, 0.44, 0.66, 5), rgb)
    places = ((0.36, 0.2), (0.62, 0.18), (0.7, 0.32), (0.5, 0.28), (0.38, 0.4), (0.6, 0.42))
    crumbs = [mark(points((x, y), (x + 0.07, y + 0.02)), look.accent) for x, y in places[: 6 * (look.shape == 0)]]
    cherry = Part(ellipse(0.5, 0.06, 0.11, 0.06), TOMATO)
    return Drawing([], [*cone, skirt, *balls, *crumbs, cherry, shine(0.2, 0.3, 0.06, 0.05)])


def pie(look: Look, item: SceneObject) -> Drawing:
    rgb, berry, tin = mix(look.body, (226, 170, 96), 0.6), (168, 44, 62), (196, 202, 210)
    if "sliced" in item.states:
        layers = ((0.0, 0.44, 0.56, rgb), (0.02, 0.54, 0.9, berry), (0.02, 0.86, 1.0, dark(rgb, 0.12)))
        sides = [Part(rectangle(x, top, 0.96 - x, bottom), fill) for x, top, bottom, fill in layers]
        slits = [line(points((x, y), (x + 0.1, y + 0.08)), dark(rgb, 0.4)) for x, y in ((0.46, 0.26), (0.62, 0.2))]
        rim = Part(lobed(0.9, 0.24, 0.1, 0.26, 6, 0.2), rgb)
        return Drawing([], [*sides, Part(points((0.0, 0.44), (0.8, 0.04), (0.96, 0.44)), rgb), *slits, rim])
    dish = Part(angular(0.5, (0.46, 0.44), (0.36, 1.0)), tin)
    if look.shape == 1:
        pleats = [line(points((x, 0.68), (0.08 + 0.84 * x, 0.96)), dark(tin)) for x in (0.22, 0.36, 0.5, 0.64, 0.78)]
        dome = Part(ellipse(0.5, 0.56, 0.43, 0.56, 180, 360), rgb, shade=0.18)
        crimps = [Part(ellipse(x, 0.57, 0.065, 0.08), rgb, shade=0) for x in np.linspace(0.065, 0.935, 9)]
        slits = [line(curve((0.5 + x, 0.36), (0.5 + 0.7 * x, 0.14)), dark(rgb, 0.4)) for x in (-0.2, 0.0, 0.2)]
        return Drawing([], [dish, *pleats, dome, *slits, *crimps])
    crust = [dish, Part(lobed(0.5, 0.4, 0.5, 0.4, 18, 0.07), rgb)]
    if look.shape == 2:
        leaf = smooth((0.0, 0.0), (0.09, -0.05), (0.22, 0.0), (0.09, 0.05))
        turns = [np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) for a in np.radians(range(0, 360, 72))]
        cuts = [Part((leaf + [0.06, 0]) @ turn * [1, 0.8] + [0.5, 0.38], berry) for turn in turns]
        return Drawing([], [*crust, Part(ellipse(0.5, 0.38, 0.4, 0.3), light(rgb, 0.25)), *cuts])
    chords = [ellipse(0.5, 0.38, 0.4, 0.29, a, b)[[0, -1]] for a, b in ((155, 262), (122, 310), (75, 338))]
    lattice = [part for chord in chords for part in both(Part(band(chord, 0.06), rgb))]
    return Drawing([], [*crust, Part(ellipse(0.5, 0.38, 0.4, 0.29), berry), *lattice])


def muffin(look: Look, item: SceneObject) -> Drawing:
    rgb, paper = look.body, mix(look.accent, (250, 236, 214), 0.35)
    folds = [line(points((0.5 + x, 0.56), (0.5 + 0.74 * x, 0.98)), dark(paper)) for x in (-0.24, -0.08, 0.08, 0.24)]
    cup = [Part(angular(0.5, (0.4, 0.5), (0.29, 1.0)), paper), *folds]
    if look.shape == 1:
        tiers = ((0.5, 0.5, 0.13), (0.39, 0.34, 0.12), (0.25, 0.2, 0.1))
        swirl = [Part(ellipse(0.5, y, wide, high), rgb) for wide, y, high in tiers]
        return Drawing([], [*cup, *swirl, Part(ellipse(0.5, 0.08, 0.09, 0.085), TOMATO)])
    places = ((0.3, 0.24), (0.52, 0.14), (0.7, 0.28), (0.2, 0.46), (0.46, 0.36), (0.62, 0.48), (0.82, 0.46))
    if look.shape == 0:
        dome = turned(0.5, (0.0, 0.0), (0.1, 0.01), (0.26, 0.1), (0.38, 0.3), (0.5, 0.44), (0.44, 0.6), (0.0, 0.62))
        chips = [Part(ellipse(x, y, 0.045, 0.04), (84, 52, 36)) for x, y in places]
        return Drawing([], [*cup, Part(dome, rgb, shade=0.18), *chips])
    upper = ((0.0, 0.0), (0.16, 0.04), (0.24, 0.2), (0.44, 0.26), (0.48, 0.5))
    icing = turned(0.5, *upper, (0.34, 0.62), (0.16, 0.56), (0.0, 0.64))
    crumbs = [line(points((x, y), (x + 0.05 - x * y / 4, y + 0.05)), look.accent) for x, y in places]
    return Drawing([], [*cup, Part(icing, rgb, shade=0.1), *crumbs])


def candy(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, light(look.body, 0.7)
    half_wing = ((0.7, 0.5), (0.84, 0.12), (0.96, 0.04), (0.95, 0.28), (1.0, 0.5))
    if look.shape == 2:
        half_wing = ((0.68, 0.5), (0.94, 0.06), (0.92, 0.28), (1.0, 0.36), (0.94, 0.5))
    knots = (*half_wing, *((x, 1 - y) for x, y in half_wing[3:0:-1]))
    wing = points(*knots) if look.shape == 2 else smooth(*knots)
    folds = [line(points((0.8, 0.5 + 0.4 * k), (0.91, 0.5 + k)), dark(rgb)) for k in (-0.2, 0.2)]
    wings = both(Part(wing, light(rgb, 0.25)), *folds)
    if look.shape == 1:
        stripe = points((0.34, 0.04), (0.44, 0.04), (0.36, 0.96), (0.26, 0.96))
        stripes = [Part(stripe + [x, 0], pale) for x in (0.0, 0.16, 0.32)]
        return Drawing([], [*wings, Part(rectangle(0.2, 0.04, 0.8, 0.96, 0.08), rgb), *stripes])
    ball = Part(ellipse(0.5, 0.5, 0.28, 0.5), rgb, shade=0.18)
    if look.shape == 2:
        places = ((0.36, 0.4), (0.5, 0.24), (0.64, 0.4), (0.42, 0.68), (0.58, 0.68))
        return Drawing([], [*wings, ball, *(Part(ellipse(x, y, 0.04, 0.072), pale) for x, y in places)])
    arcs = [ellipse(0.5, 0.5, 0.28, 0.5, start, start + 60) for start in range(0, 360, 120)]
    return Drawing([], [*wings, ball, *(Part(np.concatenate([arc, points((0.5, 0.5))]), pale) for arc in arcs)])
