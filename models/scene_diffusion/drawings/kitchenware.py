"""Drawings of what a kitchen roasts, cools and brews with, and of the roast."""

import numpy as np

from models.scene_diffusion.drawings.cups import IRON, STEEL, WHITE, block, disc, hollow, in_cups, ribbon, shape
from models.scene_diffusion.drawings.pieces import GREEN, lobed, mirrored
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    between,
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
    soft,
    stretched,
    turned,
    within,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

BONE, LEMON = (248, 240, 222), (247, 204, 70)
GLASS, WATER, COFFEE = (206, 228, 240), (150, 204, 236), (96, 58, 36)


def _crumpled(net: Points, rgb: RGB) -> list[Part]:
    """A sheet of facets that shine or lie in shade, from a (rows, columns, 2) net of its folds."""
    rng = np.random.default_rng(3)
    net = net.copy()
    net[1:-1, 1:-1] += rng.uniform(-0.07, 0.07, net[1:-1, 1:-1].shape)
    net += rng.uniform(-0.02, 0.02, net.shape)
    facets, creases = [], []
    for r, c in np.ndindex(len(net) - 1, net.shape[1] - 1):
        quad = np.array([net[r, c], net[r, c + 1], net[r + 1, c + 1], net[r + 1, c]])
        quad = np.roll(quad, rng.integers(2), 0)
        facets += [
            Part(quad[k], mix(dark(rgb, 0.2), WHITE, rng.uniform(0, 1)), ink=False) for k in ([0, 1, 2], [0, 2, 3])
        ]
        creases += [line(quad[[0, 2]], dark(rgb, 0.12))] if (r + c) % 2 else []
    edge = np.concatenate([net[0], net[1:, -1], net[-1, -2::-1], net[-2:0:-1, 0]])
    return [Part(edge, rgb), *facets, *creases, Part(edge, rgb, alpha=0)]


def foil(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (206, 212, 222), 0.5)
    u, v = np.meshgrid(np.linspace(0, 1, 6), np.linspace(0, 1, 4))
    if look.shape == 1:
        rise = np.sin(np.pi * (0.05 + 0.9 * u)) ** 0.5
        tent = np.stack([0.03 + 0.94 * u, 0.92 - 0.86 * (1 - v) * rise], -1)
        hem = [(x, 0.94 + 0.05 * (-1) ** i) for i, x in enumerate(np.linspace(0.0, 1.0, 15))]
        rim = Part(points(*hem, (0.97, 0.84), (0.7, 0.78), (0.4, 0.83), (0.03, 0.8)), light(rgb, 0.3))
        return Drawing([], [*_crumpled(tent, rgb), rim])
    if look.shape == 0:
        corners = points((0.16, 0.1), (0.97, 0.05), (0.84, 0.96), (0.03, 0.9))
        net = within(corners, *np.stack([u, v], -1).reshape(-1, 2)).reshape(4, 6, 2)
        curl = Part(smooth((0.93, 0.5), (0.74, 0.56), (0.58, 0.7), (0.56, 0.98), (0.7, 0.8)), light(rgb, 0.6))
        return Drawing([], [*_crumpled(net, rgb), curl])
    teeth = [(x, 0.93 + 0.06 * (i % 2)) for i, x in enumerate(np.linspace(0.0, 0.86, 21))]
    parts = [Part(points(*teeth, (0.98, 0.2), (0.14, 0.2)), rgb, shade=0.3)]
    for x, w in ((0.26, 0.1), (0.42, 0.04), (0.72, 0.12)):
        gleam = points((x, 0.3), (x + w, 0.3), (x + w - 0.1, 0.9), (x - 0.1, 0.9))
        parts.append(Part(gleam, WHITE, ink=False, alpha=0.55))
    ways = ((0.56, 0.36), (0.5, 0.6), (0.52, 0.84)), ((0.9, 0.46), (0.84, 0.7)), ((0.2, 0.5), (0.14, 0.8))
    parts += [line(curve(*way), dark(rgb, 0.15)) for way in ways]
    parts += [Part(soft(0.1, 0.0, 1.0, 0.34, 0.17, 1.76), light(rgb, 0.2), shade=0.2), shine(0.4, 0.12, 0.2, 0.04)]
    spiral = line(ellipse(0.92, 0.17, 0.035, 0.07, 40, 360), dark(rgb, 0.5))
    return Drawing([], [*parts, Part(ellipse(0.92, 0.17, 0.07, 0.15), dark(rgb, 0.1)), spiral])


def wire_rack(look: Look, item: SceneObject) -> Drawing:
    rgb, corners = look.body, points((0.3, 0.02), (1.9, 0.02), (2.18, 0.36), (0.02, 0.36))
    feet = ((0.34, 0.1), (1.86, 0.1), (0.1, 0.34), (2.1, 0.34))
    legs = [ribbon(rgb, points((x, y), (x, y + 0.15)), 0.05) for x, y in feet]
    if look.shape == 2:
        across = np.linspace(-0.9, 0.9, 10)
        high = 0.16 * np.sqrt(1 - across**2)
        wires = [points((1.1 + x, 0.19 - h), (1.1 + 1.06 * x, 0.19 + h)) for x, h in zip(across, high, strict=True)]
        rim = hollow(rgb, ellipse(1.1, 0.19, 1.09, 0.18), ellipse(1.1, 0.19, 1.03, 0.145))
        legs = [ribbon(rgb, points((x, y), (x, y + 0.15)), 0.05) for x, y in ((0.4, 0.22), (1.8, 0.22), (1.1, 0.34))]
    else:
        wires = [within(corners, (x, 0), (x, 1)) for x in np.linspace(0, 1, (13, 9)[look.shape])[1:-1]]
        wires += [within(corners, (0, y), (1, y)) for y in ((), (0.3, 0.6))[look.shape]]
        rim = hollow(rgb, corners, within(corners, (0.015, 0.08), (0.985, 0.08), (0.98, 0.88), (0.02, 0.88)))
    return in_cups(item, *legs, *(line(wire, rgb) for wire in wires), *rim)


def coffee_maker(look: Look, item: SceneObject) -> Drawing:
    return in_cups(item, *(_filter_machine, _espresso_machine, _french_press)[look.shape](look))


def _filter_machine(look: Look) -> list[Part]:
    rgb = look.body
    jug = turned(0.74, (0.2, 0.72), (0.24, 0.84), (0.36, 1.06), (0.35, 1.32), (0.26, 1.45))
    case = [block(dark(rgb), 0.04, 0.2, 0.4, 1.5), block(rgb, 0.0, 1.44, 1.3, 1.7, 0.06)]
    case += [disc(look.accent, 1.1, 1.57, 0.07), block(rgb, 0.0, 0.0, 1.2, 0.46, 0.1)]
    case += [block(light(rgb), 0.2, 0.14, 0.8, 0.26, 0.04), block(GLASS, 0.14, 0.6, 0.28, 1.3, 0.04)]
    case += [block(WATER, 0.14, 0.9, 0.28, 1.3, 0.04)]
    cone = shape(dark(rgb, 0.4), (0.46, 0.46), (1.02, 0.46), (0.92, 0.62), (0.56, 0.62))
    handle = ribbon(IRON, curve((0.94, 0.78), (1.2, 0.8), (1.22, 1.06), (1.08, 1.26)), 0.09)
    pot = [handle, Part(jug, GLASS), Part(between(jug, 1.04, 1.45), COFFEE), block(IRON, 0.52, 0.66, 0.96, 0.76, 0.04)]
    return [*case, cone, *pot, shine(0.56, 1.16, 0.04, 0.1)]


def _espresso_machine(look: Look) -> list[Part]:
    rgb = look.body
    parts = [block(dark(rgb), 0.16, 0.5, 1.14, 1.5), block(rgb, 0.04, 0.08, 1.26, 0.64, 0.08)]
    parts += [block(STEEL, 0.0, 1.44, 1.3, 1.7, 0.05), block(IRON, 0.12, 1.48, 1.18, 1.54)]
    parts += [block(light(rgb), 0.2, 0.0, 1.1, 0.08), ribbon(STEEL, curve((0.2, 0.6), (0.2, 0.9), (0.12, 1.2)), 0.06)]
    parts += [disc(WHITE, 0.34, 0.34, 0.17), ribbon(IRON, points((0.34, 0.34), (0.42, 0.26)), 0.03)]
    parts += [disc(look.accent, x, 0.34, 0.09) for x in (0.78, 1.04)]
    parts += [block(COFFEE, x, 0.84, x + 0.05, 1.16) for x in (0.53, 0.66)]
    parts += [
        block(STEEL, 0.42, 0.62, 0.82, 0.78, 0.03),
        shape(STEEL, (0.48, 0.78), (0.76, 0.78), (0.72, 0.88), (0.52, 0.88)),
    ]
    parts += [ribbon(IRON, curve((0.8, 0.7), (1.0, 0.72), (1.24, 0.8)), 0.11), disc(WHITE, 0.87, 1.24, 0.1, 0.09)]
    return [*parts, Part(turned(0.62, (0.25, 1.1), (0.24, 1.26), (0.14, 1.46)), WHITE)]


def _french_press(look: Look) -> list[Part]:
    rgb, glass = look.body, rectangle(0.14, 0.5, 0.9, 1.58, 0.03)
    grip = ribbon(rgb, curve((0.86, 0.58), (1.18, 0.6), (1.22, 0.9), (1.16, 1.3), (0.86, 1.4)), 0.13)
    rod = [block(STEEL, 0.49, 0.1, 0.55, 0.9), disc(rgb, 0.52, 0.1, 0.11, 0.1)]
    press = [block(STEEL, 0.16, 0.84, 0.88, 0.92), Part(between(glass, 0.92, 1.58), COFFEE)]
    frame = [block(rgb, 0.1, y, 0.94, y + h, 0.03) for y, h in ((1.52, 0.18), (1.16, 0.08), (0.56, 0.08))]
    lid = [shape(STEEL, (0.14, 0.52), (0.0, 0.46), (0.16, 0.4)), Part(ellipse(0.52, 0.5, 0.42, 0.26, 180, 360), rgb)]
    gleams = [shine(0.3, 0.74, 0.04, 0.08), shine(0.28, 1.06, 0.04, 0.08)]
    return [grip, Part(glass, GLASS), *rod, *press, *frame, *lid, *gleams]


def whole_chicken(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (204, 116, 44), 0.55)
    shank = ((1.34, 0.36), (1.5, 0.22), (1.58, 0.31), (1.44, 0.56))
    thigh = smooth((0.74, 0.74), (0.82, 0.46), (1.08, 0.36), *shank, (1.3, 0.86), (1.0, 0.98))
    bone = ribbon(BONE, points((1.48, 0.33), (1.6, 0.14)), 0.1)
    leg = [
        disc(BONE, 1.57, 0.08, 0.07),
        disc(BONE, 1.64, 0.17, 0.07),
        bone,
        Part(thigh, rgb, shade=0.22),
        shine(1.0, 0.54, 0.1, 0.06),
    ]
    if look.shape == 0:
        back = ((0.04, 0.76), (0.1, 0.42), (0.36, 0.12), (0.72, 0.05), (1.06, 0.2), (1.34, 0.52))
        bird = smooth(*back, (1.38, 0.84), (1.1, 1.06), (0.6, 1.08), (0.2, 1.02))
        tip = ((0.74, 0.84), (0.58, 0.8), (0.46, 0.74), (0.5, 0.92), (0.36, 0.84))
        folded = Part(smooth((0.28, 0.62), (0.4, 0.5), (0.62, 0.6), *tip), dark(rgb, 0.12))
        far = [part._replace(points=part.points - [0.24, 0.02]) for part in leg]
        return in_cups(item, *far, Part(bird, rgb, shade=0.22), shine(0.42, 0.28, 0.16, 0.09), folded, *leg)
    if look.shape == 1:
        body = [Part(ellipse(0.85, 0.56, 0.56, 0.54), rgb, shade=0.2), shine(0.64, 0.26, 0.14, 0.1)]
        greens = [Part(lobed(x, 0.93, 0.34, 0.17, 8, 0.2), GREEN) for x in (0.34, 1.36, 0.85)]
        near = [part._replace(points=part.points * 0.8 + [0.38, 0.22]) for part in leg]
        return in_cups(item, *greens, *body, *both(*near, cx=0.85))
    back = ((0.06, 0.62), (0.2, 0.2), (0.5, 0.03), (0.84, 0.12), (1.12, 0.4), (1.36, 0.6))
    plump = smooth(*back, (1.36, 0.86), (1.1, 1.0), (0.6, 1.0), (0.16, 0.94))
    wing = smooth((0.24, 0.66), (0.34, 0.5), (0.54, 0.52), (0.72, 0.7), (0.56, 0.72), (0.38, 0.8))
    sides = [Part(lobed(x, 0.95, 0.3, 0.15, 8, 0.2), GREEN) for x in (0.3, 1.3)]
    for x in (0.62, 0.94):
        sides += [disc(LEMON, x, 0.97, 0.13), disc(light(LEMON, 0.6), x, 0.97, 0.09)]
    frill = Part(stretched(lobed(0.5, 0.5, 0.5, 0.5, 7, 0.25), 0, (1.38, 0.06, 1.66, 0.3)), WHITE)
    parts = [Part(plump, rgb, shade=0.22), Part(wing, dark(rgb, 0.12)), *leg[3:], frill, *sides]
    return Drawing([], mirrored(in_cups(item, *parts, shine(0.42, 0.22, 0.12, 0.08)).front))
