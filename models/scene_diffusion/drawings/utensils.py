"""Drawings of what one works with in a kitchen: cutlery, whisk, boards."""

from itertools import pairwise

import numpy as np

from models.scene_diffusion.drawings.cups import STEEL, block, disc, hollow, hoop, in_cups, ribbon
from models.scene_diffusion.drawings.kitchenware import foil as foil
from models.scene_diffusion.drawings.kitchenware import wire_rack as wire_rack
from models.scene_diffusion.drawings.openings import content, girdle, open_vessel
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    angular,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    points,
    rectangle,
    ring,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject

METAL = (172, 178, 188)
WOOD = (176, 128, 86)
DARK = (66, 64, 72)


def spoon(look: Look, item: SceneObject) -> Drawing:
    head = (ellipse(0.5, 0.17, 0.46, 0.17), ellipse(0.5, 0.15, 0.38, 0.15), ellipse(0.5, 0.18, 0.5, 0.15))[look.shape]
    stem = points((0.42, 0.3), (0.58, 0.3), (0.64, 1.0), (0.36, 1.0))
    hollow = head * [0.66, 0.66] + [0.5 * 0.34, 0.17 * 0.34]
    return Drawing([], [Part(stem, look.body), Part(head, look.body), Part(hollow, dark(look.body, 0.18), ink=False)])


def knife(look: Look, item: SceneObject) -> Drawing:
    grip = ((92, 66, 50), (60, 60, 68), (176, 62, 56))[look.shape]
    blade = points((0.28, 0.62), (0.28, 0.0), (0.62, 0.12), (0.76, 0.35), (0.76, 0.62))
    return Drawing([], [Part(blade, (206, 212, 220)), Part(rectangle(0.26, 0.62, 0.7, 1.0, 0.12), grip)])


def fork(look: Look, item: SceneObject) -> Drawing:
    neck = points((0.4, 0.4), (0.6, 0.4), (0.64, 1.0), (0.36, 1.0))
    head = smooth((0.06, 0.22), (0.12, 0.38), (0.4, 0.47), (0.6, 0.47), (0.88, 0.38), (0.94, 0.22), (0.5, 0.26))
    tines = [Part(rectangle(x, 0.0, x + 0.15, 0.28, 0.05), look.body) for x in (0.05, 0.3, 0.55, 0.8)]
    return Drawing([], [Part(neck, look.body), *tines, Part(head, look.body)])


def cutting_board(look: Look, item: SceneObject) -> Drawing:
    top = points((0.14, 0.1), (0.86, 0.1), (1.0, 0.78), (0.0, 0.78))
    edge = points((0.0, 0.78), (1.0, 0.78), (1.0, 1.0), (0.0, 1.0))
    grain = [
        line(points((0.1 + d, 0.3 + d), (0.8 - d, 0.3 + d)), dark(look.body, 0.16))._replace(ink=False)
        for d in (0.0, 0.14, 0.28)
    ]
    hole = [Part(ellipse(0.87, 0.28, 0.025, 0.06), dark(look.body, 0.5))] if look.shape == 1 else []
    return Drawing([Part(edge, dark(look.body, 0.2)), Part(top, light(look.body, 0.12)), *grain, *hole], [])


def _capsule(x0: float, y0: float, x1: float, y1: float, aspect: float) -> Points:
    """A rectangle with half circles for its left and right ends; `aspect` is the box's width by its height."""
    radius = 0.499 * (y1 - y0)
    return rectangle(x0 * aspect, y0, x1 * aspect, y1, radius) / [aspect, 1]


def whisk(look: Look, item: SceneObject) -> Drawing:
    widest = (0.24, 0.3, 0.16)[look.shape]
    hilt = (look.body, WOOD, DARK)[look.shape]
    wires = []
    for half in (0.49, 0.3, 0.1):
        loop = turned(0.5, (0.01, 0.0), (0.75 * half, 0.05), (half, widest), (0.6 * half, 0.44), (0.07, 0.64))
        wires.append(Part(loop, look.body, alpha=0.28, shade=0))
    grip = Part(turned(0.5, (0.13, 0.6), (0.2, 0.72), (0.17, 0.9), (0.2, 1.0)), hilt)
    return Drawing([], [*wires, grip, Part(rectangle(0.32, 0.6, 0.68, 0.65), dark(look.body, 0.3))])


def spatula(look: Look, item: SceneObject) -> Drawing:
    head = (
        points((0.0, 0.0), (1.0, 0.0), (0.86, 0.34), (0.6, 0.4), (0.4, 0.4), (0.14, 0.34)),
        smooth((0.1, 0.1), (0.6, 0.0), (0.95, 0.06), (0.95, 0.32), (0.6, 0.42), (0.4, 0.42), (0.04, 0.32)),
        points((0.04, 0.04), (0.96, 0.0), (0.96, 0.34), (0.62, 0.4), (0.38, 0.4), (0.04, 0.34)),
    )[look.shape]
    inside = dark(look.body, 0.5) if look.body[0] > 100 else light(look.body, 0.5)
    slots = [Part(rectangle(x, 0.08, x + 0.1, 0.3), inside) for x in (0.24, 0.45, 0.66)]
    holes = [Part(ellipse(x, y, 0.09, 0.026), inside) for x in (0.28, 0.72) for y in (0.1, 0.27)]
    holes.append(Part(ellipse(0.5, 0.185, 0.09, 0.026), inside))
    neck = Part(rectangle(0.42, 0.36, 0.58, 0.68), METAL)
    hilt = WOOD if look.shape == 1 else look.body
    grip = Part(turned(0.5, (0.14, 0.62), (0.2, 0.72), (0.2, 0.96), (0.12, 1.0)), hilt)
    return Drawing([], [neck, grip, Part(head, look.body), *(slots, [], holes)[look.shape]])


def ladle(look: Look, item: SceneObject) -> Drawing:
    deep = (0.26, 0.2, 0.3)[look.shape]
    rim = 0.99 - deep
    cup = np.concatenate([ellipse(0.46, rim, 0.46, deep, 0, 180), ellipse(0.46, rim, 0.46, 0.055, 180, 360)])
    hook = ((0.76, 0.18), (0.6, 0.12), (0.48, 0.18), (0.36, 0.14), (0.46, 0.03), (0.72, 0.0), (0.98, 0.1))
    stem = smooth((0.82, rim + 0.03), *hook, (0.96, rim))
    grip = (DARK, WOOD)[look.shape - 1]
    parts = [Part(stem, look.body) if look.shape == 0 else Part(rectangle(0.8, 0.2, 0.93, rim + 0.05), look.body)]
    parts += [Part(turned(0.86, (0.08, 0.0), (0.13, 0.06), (0.13, 0.3), (0.07, 0.38)), grip)] if look.shape else []
    inside = Part(ellipse(0.46, rim, 0.46, 0.055), dark(look.body, 0.35))
    return Drawing([], [*parts, Part(cup, look.body), inside, shine(0.24, rim + 0.5 * deep, 0.06, 0.05)])


def grater(look: Look, item: SceneObject) -> Drawing:
    front = points((0.14, 0.22), (0.68, 0.22), (0.78, 1.0), (0.0, 1.0))
    side = points((0.68, 0.22), (0.86, 0.24), (1.0, 0.94), (0.78, 1.0))
    arch = np.concatenate([ellipse(0.48, 0.24, 0.32, 0.24, 180, 360), ellipse(0.48, 0.24, 0.2, 0.15, 180, 360)[::-1]])
    hole = dark(look.body, 0.6)
    teeth = []
    for y in (0.36, 0.53, 0.7, 0.87):
        across = 0.25 - 0.1 * y, 0.57 + 0.1 * y
        if look.shape == 1:
            teeth.append(Part(rectangle(across[0] - 0.04, y - 0.03, across[1] + 0.04, y + 0.03), hole))
        else:
            xs = np.linspace(*across, 3)
            teeth += [Part(ellipse(x, y, 0.07, 0.05, 0, 360 if look.shape else 180), hole) for x in xs]
    grip = (DARK, look.accent, WOOD)[look.shape]
    return Drawing([], [Part(arch, grip), Part(side, dark(look.body, 0.2)), Part(front, light(look.body, 0.1)), *teeth])


def strainer(look: Look, item: SceneObject) -> Drawing:
    cx, rx, deep = ((0.5, 0.42, 0.7), (0.36, 0.36, 0.8), (0.5, 0.42, 0.8))[look.shape]
    bottom, lip = ellipse(cx, 0.2, rx, deep, 0, 180), ellipse(cx, 0.2, rx, 0.17, 0, 180)
    hole = dark(look.body, 0.55)
    if look.shape == 1:
        extra = [Part(_capsule(0.66, 0.12, 1.0, 0.27, 1.9), DARK)]
        wires = [ellipse(cx, 0.2, k * rx, deep - 0.02, 0, 180) for k in (0.25, 0.62)]
        wires += [ellipse(cx, 0.2 + 0.62 * d, rx * (1 - d * d) ** 0.5, 0.17, 8, 172) for d in (0.33, 0.66)]
        holes = [line(wire, dark(look.body, 0.28)) for wire in wires]
    else:
        extra = [Part(ellipse(x, 0.27, 0.11, 0.12), look.body) for x in (0.11, 0.89)]
        extra += [Part(ellipse(x, 0.27, 0.06, 0.06), hole, shade=0) for x in (0.08, 0.92)]
        foot = points((0.3, 0.85), (0.7, 0.85), (0.76, 1.0), (0.24, 1.0))
        extra += [Part(foot, dark(look.body, 0.15))] if look.shape == 0 else []
        spots = [(x, 0.5) for x in (-0.64, -0.32, 0, 0.32, 0.64)] + [(x, 0.7) for x in (-0.46, -0.16, 0.16, 0.46)]
        size = (0.032, 0.055) if look.shape == 0 else (0.022, 0.075)
        holes = [Part(ellipse(cx + x * rx, y - 0.1 * x * x, *size), hole) for x, y in spots]
    back = [*extra, Part(ellipse(cx, 0.2, rx, 0.17), dark(look.body, 0.22))]
    if filling := content(item):
        back.append(Part(ellipse(cx, 0.23, 0.88 * rx, 0.12), filling))
    return Drawing(back, [Part(np.concatenate([bottom, lip[::-1]]), look.body), *holes])


def rolling_pin(look: Look, item: SceneObject) -> Drawing:
    inset = (0.2, 0.2, 0.14)[look.shape]
    ends = [_capsule(x, 0.24, x + 0.24, 0.76, 5) for x in (0.0, 0.76)]
    if look.shape == 2:
        ends = [rectangle(0.05, 0.38, 0.95, 0.62), ellipse(0.07, 0.5, 0.07, 0.34), ellipse(0.93, 0.5, 0.07, 0.34)]
    drum = rectangle(5 * inset, 0.0, 5 - 5 * inset, 1.0, 0.18) / [5, 1]
    strokes = [points((x, y), (x + 0.22, y)) for x, y in ((0.26, 0.36), (0.5, 0.66))]
    grain = [line(stroke, dark(look.body, 0.2))._replace(ink=False) for stroke in strokes]
    knob = (dark(look.body), look.accent, light(look.body, 0.3))[look.shape]
    return Drawing([], [*[Part(end, knob) for end in ends], Part(drum, look.body), *grain])


def straw(look: Look, item: SceneObject) -> Drawing:
    knots = (
        ((0.26, 1.0), (0.74, 0.01)),
        ((0.26, 1.0), (0.26, 0.34), (0.77, 0.03)),
        ((0.5, 1.0), (0.5, 0.02)),
    )[look.shape]
    size = np.array([0.25, 1.4])
    way = np.concatenate([np.linspace(a, b, 24) for a, b in pairwise(points(*knots) * size)])
    along = np.gradient(way, axis=0)
    aside = along[:, ::-1] * [-1, 1] / np.linalg.norm(along, axis=1)[:, None] * (0.06, 0.06, 0.12)[look.shape]
    right, left = (way + aside) / size, (way - aside) / size
    lean, inner, outer = (3, 3, 0)[look.shape], 0.88 * right + 0.12 * left, 0.88 * left + 0.12 * right
    bands = [
        np.concatenate([inner[i : i + 3], outer[i + lean : i + lean + 3][::-1]]) for i in range(1, len(way) - 5, 6)
    ]
    rx, ry = ((0.22, 0.012), (0.2, 0.02), (0.46, 0.02))[look.shape]
    end = way[-1] / size
    mouth = ellipse(end[0], end[1], rx, ry)
    tube = Part(np.concatenate([right, left[::-1]]), look.body)
    return Drawing(
        [], [tube, *[Part(band, look.accent, ink=False) for band in bands], Part(mouth, dark(look.body, 0.5))]
    )


def funnel(look: Look, item: SceneObject) -> Drawing:
    waist, spout, foot = ((0.66, 0.12, 0.08), (0.72, 0.1, 0.08), (0.56, 0.17, 0.14))[look.shape]
    cone = angular(0.5, (0.42, 0.12), (spout, waist))
    if look.shape == 1:
        cone = turned(0.5, (0.42, 0.12), (0.4, 0.36), (0.28, 0.56), (spout, waist))
    tube = points((0.5 - spout, waist - 0.02), (0.5 + spout, waist - 0.02), (0.5 + foot, 0.92), (0.5 - foot, 1.0))
    ear = [Part(ring(0.86, 0.34, 0.13, 0.11, 0.5, 0, 360), look.body)] if look.shape == 0 else []
    plain = look._replace(pattern="plain")
    back, front = open_vessel(cone, (0.5, 0.12, 0.49, 0.11), plain, item, ear)
    lip = Part(girdle((0.5, 0.12), (0.49, 0.17), 0.12), light(look.body, 0.2))
    return Drawing(back, [Part(tube, dark(look.body, 0.12)), front[0], lip, shine(0.34, 0.4, 0.04, 0.09)])


def peeler(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 1:
        blade = turned(0.2, (0.01, 0.0), (0.13, 0.1), (0.14, 0.5), (0.05, 0.66))
        head = hollow(STEEL, blade, rectangle(0.17, 0.12, 0.23, 0.54, 0.03))
        way = curve((0.24, 0.2), (0.42, 0.14), (0.56, 0.26), (0.5, 0.44), (0.42, 0.6), (0.54, 0.76))
        peel = ribbon((240, 160, 80), way, 0.09)
        grip = Part(turned(0.2, (0.09, 0.6), (0.19, 0.74), (0.14, 1.0), (0.19, 1.22), (0.12, 1.3)), rgb)
        return in_cups(item, *head, peel, grip, shine(0.12, 0.92, 0.025, 0.1))
    bar = [block(STEEL, 0.02, 0.05, 0.58, 0.2, 0.03), block(dark(STEEL, 0.6), 0.12, 0.1, 0.48, 0.15, 0.02)]
    pins = [disc(rgb, x, 0.12, 0.06, 0.12) for x in (0.06, 0.54)]
    if look.shape == 2:
        way = curve((0.06, 0.1), (0.08, 0.5), (0.16, 1.0), (0.3, 1.24), (0.44, 1.0), (0.52, 0.5), (0.54, 0.1))
        return in_cups(item, ribbon(rgb, way, 0.12), *bar, *pins)
    fork = ribbon(rgb, curve((0.06, 0.1), (0.08, 0.38), (0.3, 0.62), (0.52, 0.38), (0.54, 0.1)), 0.1)
    grip = Part(turned(0.3, (0.08, 0.52), (0.14, 0.7), (0.11, 0.9), (0.15, 1.2), (0.09, 1.3)), rgb)
    return in_cups(item, *bar, fork, grip, *pins, shine(0.24, 1.0, 0.025, 0.1))


def tongs(look: Look, item: SceneObject) -> Drawing:
    rgb, tip = look.body, (look.body, look.accent, dark(look.body, 0.2))[look.shape]
    if look.shape == 2:
        arm = [ribbon(rgb, curve((0.16, 0.26), (0.35, 0.62), (0.58, 1.06), (0.5, 1.46)), 0.09)]
        arm += [*hoop(rgb, 0.13, 0.15, 0.13, 0.07), disc(tip, 0.54, 1.4, 0.1, 0.1)]
        return in_cups(item, *both(*arm, cx=0.35), disc(tip, 0.35, 0.62, 0.06))
    arm = [ribbon(rgb, curve((0.33, 0.06), (0.2, 0.34), (0.12, 0.8), (0.13, 1.16)), 0.12)]
    arm += [Part(turned(0.13, (0.05, 1.04), (0.13, 1.26), (0.12, 1.42), (0.0, 1.5)), tip)]
    arm += [disc(dark(tip), 0.13, 1.3, 0.04, 0.1)]
    lock = [*hoop(rgb, 0.35, 0.1, 0.1, 0.05)] if look.shape else [block(dark(rgb, 0.2), 0.24, 0.0, 0.46, 0.18, 0.06)]
    return in_cups(item, *both(*arm, cx=0.35), *lock)
