"""Drawings of what drives, sails and flies."""

import numpy as np

from models.scene_diffusion.drawings.cups import (
    IRON,
    RUBBER,
    STEEL,
    WHITE,
    WOOD,
    block,
    disc,
    hoop,
    in_cups,
    marks,
    ribbon,
    shape,
    spokes,
)
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    angular,
    between,
    curve,
    dark,
    ellipse,
    light,
    line,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

GLASS, LAMP, RED, LEATHER = (186, 220, 240), (252, 226, 130), (226, 74, 62), (86, 66, 58)


def _wheels(radius: float, ground: float, *xs: float) -> list[Part]:
    """Wheels on the ground."""
    sizes = ((RUBBER, 1.0), (STEEL, 0.56), (IRON, 0.18))
    return [disc(rgb, x, ground - radius, share * radius) for x in xs for rgb, share in sizes]


def _panes(y0: float, y1: float, width: float, *xs: float) -> list[Part]:
    """A row of windows."""
    return [block(GLASS, x, y0, x + width, y1, 0.05) for x in xs]


def _trim(rgb: RGB, x0: float, y0: float, x1: float, y1: float) -> Part:
    """A stripe on a hull."""
    return block(rgb, x0 + 0.03, y0, x1 - 0.03, y1)._replace(ink=False)


def bicycle(look: Look, item: SceneObject) -> Drawing:
    rgb, rear, front = look.body, (0.52, 1.08), (1.88, 1.08)
    wires = [wire for hub in (rear, front) for wire in spokes(*hub, 0.52, 8, 0.1, 0.85)]
    parts = [line(wire, (150, 156, 166))._replace(ink=False) for wire in wires]
    for hub in (rear, front):
        parts += hoop(rgb, *hub, 0.44, 0.36) if look.shape == 2 else []
        parts += [*hoop(RUBBER, *hub, 0.52, 0.44), disc(STEEL, *hub, 0.07)]
    crank, seat, head = (1.06, 1.14), (0.86, 0.46), (1.6, 0.44)
    tubes = [[rear, crank], [rear, seat], [front, (1.52, 0.24)], [seat, head], [crank, head], [crank, (0.8, 0.3)]]
    if look.shape == 1:
        tubes[3:5] = [[crank, (1.36, 1.06), (1.54, 0.8), head], [(0.94, 0.76), (1.3, 0.8), (1.6, 0.52)]]
        parts += [ribbon(rgb, ellipse(*hub, 0.5, 0.5, 190, 320), 0.1) for hub in (rear, front)]
    parts += [ribbon(rgb, curve(*tube) if len(tube) > 2 else points(*tube), 0.12) for tube in tubes]
    bar = (
        curve((1.3, 0.1), (1.4, 0.05), (1.54, 0.14), (1.56, 0.26)),
        curve((1.2, 0.2), (1.34, 0.05), (1.5, 0.06), (1.54, 0.26)),
        curve((1.52, 0.24), (1.6, 0.05), (1.84, 0.06), (1.9, 0.24), (1.74, 0.34)),
    )[look.shape]
    saddle = smooth((0.58, 0.22), (0.72, 0.16), (1.0, 0.24), (1.04, 0.3), (0.8, 0.34), (0.6, 0.34))
    parts += [ribbon(RUBBER, bar, 0.09), Part(saddle, LEATHER), disc(STEEL, *crank, 0.13)]
    if look.shape == 1:
        parts.append(shape(WOOD, (1.66, 0.14), (2.2, 0.14), (2.12, 0.5), (1.72, 0.5)))
    return in_cups(item, *parts, *marks(RUBBER, (1.06, 1.14, 1.16, 1.34), (1.08, 1.35, 1.26, 1.35)))


def _scooter(rgb: RGB) -> list[Part]:
    back = smooth((0.02, 0.96), (0.12, 0.66), (0.5, 0.54), (0.96, 0.6), (1.1, 1.0), (1.04, 1.2), (0.4, 1.14))
    shield = [(1.5, 0.28), (1.72, 0.34), (1.96, 1.0), (1.86, 1.22), (0.9, 1.22), (0.9, 1.06), (1.6, 1.06)]
    seat = Part(smooth((0.16, 0.5), (0.5, 0.44), (0.98, 0.46), (1.0, 0.58), (0.5, 0.6)), LEATHER)
    guard = shape(rgb, *ellipse(2.02, 1.2, 0.38, 0.36, 180, 360))
    return [*_wheels(0.3, 1.5, 0.42, 2.02), seat, shape(rgb, *shield), Part(back, rgb), guard]


def _racer(rgb: RGB, accent: RGB) -> list[Part]:
    nose = [(1.5, 0.26), (1.86, 0.36), (2.02, 0.62), (1.8, 0.72), (1.5, 1.2), (1.1, 1.26), (0.92, 1.0), (1.1, 0.62)]
    tail = [(0.0, 0.36), (0.5, 0.5), (1.0, 0.56), (1.1, 0.84), (0.74, 0.84), (0.3, 0.58)]
    body = [shape(rgb, *tail), shape(GLASS, (1.44, 0.28), (1.56, 0.04), (1.86, 0.38)), shape(rgb, *nose)]
    return [*body, shape(accent, (1.2, 0.84), (1.84, 0.58), (1.76, 0.74), (1.2, 1.0))]


def motorcycle(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    fork = ribbon(STEEL, points((1.56, 0.26), (1.96, 1.12)), 0.1)
    bar = ribbon(RUBBER, curve((1.6, 0.32), (1.54, 0.1), (1.44, 0.05), (1.28, 0.1)), 0.09)
    lamp = [disc(STEEL, 1.76, 0.38, 0.14), disc(LAMP, 1.8, 0.38, 0.1)]
    if look.shape == 1:
        return in_cups(item, fork, *_scooter(rgb), bar, *lamp, shine(0.42, 0.74, 0.16, 0.04))
    wheels = _wheels(0.4, 1.5, 0.42, 1.98)
    seat = Part(smooth((0.34, 0.5), (0.5, 0.44), (0.96, 0.54), (1.04, 0.7), (0.64, 0.72), (0.38, 0.62)), LEATHER)
    tank = Part(smooth((0.92, 0.56), (1.12, 0.34), (1.5, 0.32), (1.66, 0.46), (1.54, 0.7), (1.0, 0.74)), rgb)
    engine = [block(IRON, 0.86, 0.7, 1.46, 1.2, 0.06), disc(STEEL, 1.16, 1.0, 0.16)]
    engine += [ribbon(STEEL, points((1.3, 1.2), (0.7, 1.26), (0.06, 1.24)), 0.12)]
    if look.shape == 2:
        fairing = _racer(rgb, look.accent)
        return in_cups(item, *wheels, fork, *engine, fairing[0], seat, tank, bar, *fairing[1:])
    guards = [ribbon(rgb, ellipse(x, 1.12, 0.42, 0.46, a, b), 0.14) for x, a, b in ((0.48, 186, 320), (1.92, 220, 354))]
    return in_cups(item, *wheels, *guards, *engine, seat, tank, fork, bar, *lamp, shine(1.26, 0.44, 0.12, 0.04))


def car(look: Look, item: SceneObject) -> Drawing:
    rgb, door = look.body, (1.29, 0.98, 1.31)[look.shape]
    nose = ((2.15, 0.48), (2.65, 0.58), (2.78, 0.74), (2.8, 1.08))
    hull = (
        curve((0.0, 1.08), (0.02, 0.62), (0.44, 0.5), (0.8, 0.08), (1.2, 0.0), (1.7, 0.04), *nose),
        points((0.0, 1.08), (0.0, 0.5), (0.16, 0.06), (0.3, 0.0), (1.7, 0.0), (2.06, 0.46), (2.7, 0.54), *nose[2:]),
        curve((0.0, 1.08), (0.04, 0.82), (0.24, 0.6), (0.6, 0.22), (1.1, 0.0), (1.6, 0.06), (2.0, 0.44), *nose[1:]),
    )[look.shape]
    foot, edge, bow, toe, top, low = (
        (0.66, 0.9, 1.62, 1.98, 0.12, 0.48),
        (0.18, 0.32, 1.62, 1.88, 0.12, 0.46),
        (0.64, 0.9, 1.62, 1.86, 0.16, 0.5),
    )[look.shape]
    panes = [shape(GLASS, (foot, low), (edge, top), (door - 0.05, top), (door - 0.05, low))]
    panes.append(shape(GLASS, (door + 0.05, top), (bow, top), (toe, low), (door + 0.05, low)))
    seam = line(points((door, low + 0.04), (door, 1.0)), dark(rgb, 0.5))
    trim = [block(dark(rgb, 0.45), 0.04, 1.0, 2.76, 1.12, 0.04), seam]
    trim += [*marks(dark(rgb, 0.6), (door + 0.1, 0.64, door + 0.26, 0.64)), shine(0.8, 0.62, 0.2, 0.03)]
    trim += [disc(LAMP, 2.66, 0.72, 0.08, 0.1), block(RED, 0.02, 0.66, 0.12, 0.84, 0.04)]
    trim += [Part(ellipse(x, 1.06, 0.32, 0.32, 180, 360), dark(rgb, 0.6), ink=False) for x in (0.62, 2.14)]
    return in_cups(item, Part(hull, rgb), *panes, *trim, *_wheels(0.27, 1.3, 0.62, 2.14))


def bus(look: Look, item: SceneObject) -> Drawing:
    rgb, steps = look.body, 0.14 + 0.57 * np.arange(5)
    base = [block(dark(rgb, 0.5), 0.02, 1.3, 2.98, 1.4, 0.03), block(RED, 0.0, 1.06, 0.08, 1.22)]
    base += [disc(LAMP, 2.9, 1.12, 0.07), *_wheels(0.27, 1.6, 0.6, 2.2), shine(0.6, 0.07, 0.4, 0.03)]
    if look.shape == 2:
        body = [block(rgb, 2.1, 0.66, 3.0, 1.38, 0.1), block(rgb, 0.0, 0.0, 2.4, 1.38, 0.12)]
        body += [*_panes(0.2, 0.62, 0.34, 0.12, 0.54, 0.96, 1.38), block(GLASS, 1.86, 0.2, 2.3, 0.62, 0.05)]
        body += marks(RUBBER, (0.04, 0.82, 2.36, 0.82), (0.04, 1.0, 2.36, 1.0), (2.6, 0.84, 2.84, 0.84))
    elif look.shape == 1:
        body = [block(rgb, 0.0, 0.0, 3.0, 1.4, 0.14), _trim(light(rgb, 0.55), 0.0, 0.6, 3.0, 0.7)]
        body += [*_panes(0.14, 0.52, 0.42, *steps), *_panes(0.8, 1.12, 0.42, *steps[:4])]
        body.append(block(GLASS, 2.56, 0.8, 3.0, 1.16, 0.05))
    else:
        body = [block(rgb, 0.0, 0.0, 3.0, 1.4, 0.14), _trim(look.accent, 0.0, 0.86, 3.0, 0.98)]
        body += [*_panes(0.2, 0.66, 0.46, *steps[:4]), block(GLASS, 2.84, 0.2, 3.0, 0.8, 0.04)]
        body += [block(GLASS, 2.5, 0.5, 2.78, 1.34, 0.03), line(points((2.64, 0.5), (2.64, 1.34)), IRON)]
    return in_cups(item, *body, *base)


def _steam_engine(rgb: RGB, accent: RGB) -> list[Part]:
    chimney = Part(angular(2.4, (0.22, 0.0), (0.2, 0.1), (0.11, 0.2), (0.13, 0.5)), IRON)
    dome = Part(turned(1.6, (0.04, 0.18), (0.16, 0.26), (0.17, 0.5)), accent)
    boiler = [block(rgb, 0.7, 0.42, 2.74, 1.06, 0.12), *[block(IRON, x, 0.42, x + 0.08, 1.06) for x in (1.3, 2.0)]]
    cab = [block(rgb, 0.08, 0.12, 0.94, 1.1), block(GLASS, 0.28, 0.28, 0.74, 0.62, 0.05)]
    cab.append(block(dark(rgb, 0.45), 0.0, 0.04, 1.02, 0.18, 0.05))
    front = [disc(LAMP, 2.76, 0.52, 0.1), shape(RED, (2.66, 1.08), (2.86, 1.08), (3.1, 1.5), (2.66, 1.5))]
    wheels = [*_wheels(0.29, 1.5, 0.5, 1.18, 1.86), *_wheels(0.2, 1.5, 2.42), block(STEEL, 0.5, 1.2, 1.86, 1.28, 0.03)]
    base = [block(IRON, 0.06, 1.02, 2.8, 1.16), *wheels, shine(1.7, 0.56, 0.22, 0.04)]
    return [chimney, dome, *boiler, *cab, *front, *base]


def train(look: Look, item: SceneObject) -> Drawing:
    rgb, rail = look.body, block(IRON, 0.0, 1.42, 3.1, 1.5)
    if look.shape == 0:
        return in_cups(item, *_steam_engine(rgb, look.accent))
    if look.shape == 1:
        nose = curve((1.9, 0.1), (2.4, 0.24), (2.86, 0.66), (3.08, 1.04), (3.0, 1.26))
        wire = ribbon(IRON, points((0.7, 0.12), (0.5, 0.03), (1.1, 0.03)), 0.05)
        body = [shape(rgb, (0.0, 1.26), (0.0, 0.1), *nose), _trim(look.accent, 0.0, 0.84, 2.96, 0.98)]
        panes = [*_panes(0.3, 0.68, 0.34, 0.14, 0.6, 1.06, 1.52), disc(LAMP, 2.94, 1.1, 0.06)]
        panes.append(shape(GLASS, (2.2, 0.28), (2.46, 0.34), (2.78, 0.68), (2.3, 0.68)))
        return in_cups(item, rail, wire, *_wheels(0.16, 1.44, 0.4, 0.76, 2.0, 2.36), *body, *panes)
    base = [rail, block(IRON, 1.2, 1.0, 1.6, 1.1), *_wheels(0.16, 1.44, 0.3, 0.62, 1.0, 1.86, 2.24, 2.7)]
    cars = [block(dark(rgb, 0.45), x0, 0.0, x1, 0.16, 0.05) for x0, x1 in ((0.04, 1.26), (1.5, 2.96))]
    cars += [block(rgb, 0.0, 0.12, 1.3, 1.26, 0.08), block(rgb, 1.46, 0.12, 3.1, 1.26, 0.12)]
    cars += [_trim(look.accent, x0, 0.86, x1, 0.98) for x0, x1 in ((0.0, 1.3), (1.46, 3.1))]
    panes = [*_panes(0.32, 0.7, 0.3, 0.1, 0.5, 0.9, 1.6, 2.0), block(GLASS, 2.66, 0.26, 3.08, 0.72, 0.05)]
    return in_cups(item, *base, *cars, *panes, disc(LAMP, 3.0, 1.1, 0.07))


def truck(look: Look, item: SceneObject) -> Drawing:
    rgb, black = look.body, dark(look.body, 0.6)
    base = [disc(LAMP, 2.92, 1.04, 0.07, 0.09)]
    base += _wheels(0.27, 1.6, *((0.56, 2.44), (0.46, 1.06, 2.44), (0.4, 0.96, 2.56))[look.shape])
    cab = [shape(rgb, (2.04, 1.34), (2.04, 0.36), (2.62, 0.36), (2.86, 0.78), (3.0, 0.86), (3.0, 1.34))]
    cab += [shape(GLASS, (2.2, 0.78), (2.2, 0.48), (2.56, 0.48), (2.72, 0.78)), *marks(black, (2.2, 0.92, 2.32, 0.92))]
    box = rectangle(0.0, 0.0, 1.96, 1.24, 0.06)
    cargo = [Part(box, rgb), *patterned(box, look, 0.1, 0.86), _trim(look.accent, 0.0, 0.92, 1.96, 1.06)]
    if look.shape == 1:
        load = smooth((0.1, 0.3), (0.5, 0.06), (1.0, 0.0), (1.5, 0.08), (1.8, 0.3), (1.0, 0.4))
        bed = [(0.0, 0.22), (2.3, 0.22), (2.3, 0.34), (1.92, 0.38), (1.78, 1.2), (0.3, 1.2)]
        ribs = [line(points((x, 0.3), (x + 0.06, 1.14)), dark(rgb, 0.4)) for x in (0.6, 1.0, 1.4)]
        cargo, cab = [Part(load, (190, 150, 100))], [*cab, shape(rgb, *bed), *ribs]
    elif look.shape == 2:
        cargo = [block(rgb, 0.0, 0.0, 1.78, 1.24, 0.04), block(STEEL, 1.84, 0.06, 1.94, 1.2, 0.03)]
        cargo += [line(points((x, 0.08), (x, 1.16)), dark(rgb, 0.4)) for x in (0.36, 0.72, 1.08, 1.44)]
        outline = [(1.96, 1.34), (1.96, 0.2), (2.42, 0.2), (2.54, 0.72), (2.94, 0.78), (3.0, 0.9), (3.0, 1.34)]
        cab = [shape(rgb, *outline), shape(GLASS, (2.1, 0.7), (2.1, 0.34), (2.34, 0.34), (2.42, 0.7))]
        cab += marks(black, (2.1, 0.86, 2.22, 0.86), (2.7, 0.9, 2.7, 1.06), (2.78, 0.9, 2.78, 1.06))
    return in_cups(item, block(IRON, 0.1, 1.18, 2.9, 1.34), *cargo, *cab, *base, shine(0.4, 0.5, 0.04, 0.12))


def _propeller_plane(rgb: RGB, accent: RGB) -> list[Part]:
    upper = [(0.0, 0.5), (0.8, 0.42), (1.6, 0.36), (2.4, 0.46), (2.72, 0.66)]
    hull = [Part(smooth(*upper, (2.6, 0.94), (1.8, 1.0), (0.9, 0.8)), rgb)]
    fin = shape(rgb, (0.06, 0.52), (0.0, 0.02), (0.3, 0.0), (0.6, 0.48))
    gear = [ribbon(STEEL, points((x, 0.9), (x, 1.16)), 0.07) for x in (1.3, 2.2)]
    blades = [*[disc(IRON, 2.92, y, 0.06, 0.26) for y in (0.44, 0.94)], disc(RED, 2.84, 0.69, 0.14, 0.1)]
    cabin = [shape(GLASS, (1.4, 0.56), (1.44, 0.3), (2.0, 0.3), (2.26, 0.56)), *marks(IRON, (1.76, 0.3, 1.76, 0.56))]
    wing = [block(accent, 1.1, 0.16, 2.3, 0.31, 0.06), block(accent, 0.08, 0.56, 0.68, 0.66, 0.04)]
    return [*gear, *_wheels(0.17, 1.3, 1.3, 2.2), fin, *blades, *hull, *cabin, *wing, shine(1.3, 0.72, 0.24, 0.03)]


def airplane(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 1:
        return in_cups(item, *_propeller_plane(rgb, look.accent))
    upper = [(0.0, 0.56), (0.3, 0.5), (1.5, 0.44), (2.4, 0.46), (2.8, 0.6), (3.0, 0.78)]
    hull = Part(smooth(*upper, (2.7, 0.92), (1.6, 0.96), (0.6, 0.84)), rgb)
    fin = shape(look.accent if look.shape == 2 else rgb, (0.3, 0.54), (0.04, 0.0), (0.34, 0.0), (0.8, 0.52))
    panes = [disc(GLASS, x, 0.62, 0.05, 0.06) for x in np.arange(0.9, 2.3, 0.2)]
    panes.append(shape(GLASS, (2.48, 0.52), (2.66, 0.55), (2.82, 0.66), (2.5, 0.66)))
    rudder = shape(dark(rgb, 0.15), (0.26, 0.62), (0.7, 0.62), (0.24, 0.82), (0.06, 0.82))
    wing = shape(dark(rgb, 0.12), (1.3, 0.78), (1.94, 0.8), (1.0, 1.3), (0.7, 1.3))
    if look.shape == 0:
        engine = [block(IRON, 1.44, 0.94, 1.86, 1.14, 0.09), disc(STEEL, 1.86, 1.04, 0.06, 0.1)]
        return in_cups(item, fin, hull, *panes, rudder, *engine, wing)
    far = shape(dark(rgb, 0.25), (1.5, 0.5), (2.0, 0.5), (1.36, 0.1), (1.14, 0.1))
    gear = [*[ribbon(STEEL, points((x, 0.9), (x, 1.16)), 0.06) for x in (2.1, 2.6)], *_wheels(0.13, 1.3, 2.1, 2.6)]
    stripe = Part(between(hull.points, 0.72, 0.8), look.accent, ink=False)
    return in_cups(item, far, *gear, fin, hull, stripe, *panes, rudder, wing)


def boat(look: Look, item: SceneObject) -> Drawing:
    rgb, top = look.body, (1.06, 0.9, 1.0)[look.shape]
    keel = curve((2.3, 1.3), (2.1, 1.58), (1.9, 1.7), (0.5, 1.7), (0.28, 1.58), (0.1, 1.3))
    hull = points((0.0, top), (2.4, top - 0.04), *keel)
    body = [Part(hull, rgb), shine(0.5, top + 0.22, 0.16, 0.04)]
    if look.shape == 1:
        body += [disc(GLASS, x, y, 0.09) for x, y in ((0.7, 1.2), (1.2, 1.2), (1.7, 1.2))]
        body += [block(WHITE, 0.9, 0.26, 1.6, 0.56), block(WHITE, 0.6, 0.5, 1.9, top - 0.01)]
        body += [disc(GLASS, x, 0.7, 0.09) for x in (0.84, 1.24, 1.66)]
        return in_cups(item, block(look.accent, 1.1, 0.0, 1.42, 0.28), block(RUBBER, 1.1, 0.0, 1.42, 0.1), *body)
    body[1:1] = patterned(hull, look, top, 1.7)
    if look.shape == 0:
        sails = [shape(WHITE, (1.22, 0.94), (1.22, 0.02), *curve((1.3, 0.04), (1.86, 0.4), (2.16, 0.94)))]
        sails += [shape(look.accent, (1.04, 0.16), (1.04, 0.94), (0.24, 0.94))]
        return in_cups(item, block(WOOD, 1.08, 0.0, 1.17, top + 0.02), *sails, *body)
    flag = [block(IRON, 0.42, 0.0, 0.48, top + 0.02), shape(RED, (0.48, 0.02), (0.86, 0.14), (0.48, 0.28))]
    cabin = [shape(WHITE, (0.9, 0.44), (1.66, 0.44), (1.84, top + 0.02), (0.9, top + 0.02))]
    cabin += [block(look.accent, 0.8, 0.36, 1.76, 0.48, 0.04), block(GLASS, 1.0, 0.56, 1.2, 0.82)]
    cabin += [shape(GLASS, (1.32, 0.56), (1.58, 0.56), (1.68, 0.82), (1.32, 0.82))]
    return in_cups(item, *flag, *cabin, *body, block(dark(rgb, 0.3), 0.02, top - 0.03, 2.38, top + 0.1))
