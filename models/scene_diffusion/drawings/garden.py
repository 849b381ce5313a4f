"""Drawings of what grows, and of what one gardens with."""

import numpy as np

from models.scene_diffusion.drawings.cups import block, disc, hoop, in_cups, ribbon, shape
from models.scene_diffusion.drawings.greenery import LEAF, leaf_from
from models.scene_diffusion.drawings.greenery import flower as flower
from models.scene_diffusion.drawings.greenery import plant as plant
from models.scene_diffusion.drawings.greenery import potted_plant as potted_plant
from models.scene_diffusion.drawings.greenery import tree as tree
from models.scene_diffusion.drawings.limbs import grown, limb
from models.scene_diffusion.drawings.openings import content
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    angular,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    patterned,
    points,
    rectangle,
    ring,
    shine,
    smooth,
    turned,
)
from models.scene_diffusion.drawings.trimmings import pine_cone as pine_cone
from tools.scene import SceneObject
from tools.vocabulary import vocabulary

METAL = (172, 178, 188)
DARK_METAL = (92, 92, 100)
WOOD = (196, 148, 100)


def garden_bed(look: Look, item: SceneObject) -> Drawing:
    filling = vocabulary().substances[item.content if item.content in vocabulary().substances else "soil"].rgb
    mound = smooth((0.06, 0.6), (0.11, 0.26), (0.25, 0.08), (0.5, 0.0), (0.75, 0.07), (0.89, 0.26), (0.94, 0.6))
    crumbs = [
        Part(ellipse(x, y, 0.018, 0.04), dark(filling, 0.3), ink=False, shade=0)
        for x, y in ((0.16, 0.3), (0.33, 0.2), (0.48, 0.32), (0.63, 0.18), (0.82, 0.3))
    ]
    near = smooth((0.07, 0.7), (0.09, 0.44), (0.3, 0.4), (0.5, 0.44), (0.72, 0.39), (0.91, 0.44), (0.93, 0.7))
    if look.shape == 1:
        crumbs += [
            leaf_from((x, 0.4), (x + 0.055 * s, 0.02), 0.34, 3.6, LEAF)[0]
            for x in (0.2, 0.4, 0.6, 0.8)
            for s in (-1, 1)
        ]
        tints = [mix(look.body, METAL, 0.2 + 0.5 * (i % 2)) for i in range(6)]
        edge = [Part(ellipse(0.09 + 0.164 * i, 0.79, 0.092, 0.21), rgb) for i, rgb in enumerate(tints)]
    elif look.shape == 2:
        edge = [Part(rectangle(0.0, y, 1.0, y + 0.24), look.body) for y in (0.52, 0.76)]
        edge += [Part(rectangle(x, 0.46, x + 0.05, 1.0), dark(look.body, 0.2)) for x in (0.03, 0.475, 0.92)]
    else:
        edge = [Part(rectangle(i / 10, 0.5 + 0.04 * (i % 2), (i + 1) / 10, 1.0), look.body) for i in range(10)]
    return Drawing([Part(mound, filling), *crumbs], [Part(near, filling, ink=False), *edge])


def shovel(look: Look, item: SceneObject) -> Drawing:
    blade = (
        smooth((0.06, 0.6), (0.5, 0.58), (0.94, 0.6), (0.96, 0.8), (0.72, 0.95), (0.5, 1.0), (0.28, 0.95), (0.04, 0.8)),
        rectangle(0.02, 0.6, 0.98, 1.0, 0.04),
        points((0.0, 0.6), (1.0, 0.6), (0.92, 0.8), (0.5, 1.0), (0.08, 0.8)),
    )[look.shape]
    grip = Part(rectangle(0.2, 0.0, 0.8, 0.06, 0.025), dark(WOOD, 0.2))
    if look.shape == 1:
        grip = Part(ellipse(0.5, 0.06, 0.18, 0.06), dark(WOOD, 0.2))
    elif look.shape == 0:
        grip = Part(ring(0.5, 0.1, 0.4, 0.1, 0.58, 90, 360), dark(WOOD, 0.2))
    ridge = line(points((0.5, 0.66), (0.5, 0.86)), dark(look.body))
    socket = Part(points((0.36, 0.5), (0.64, 0.5), (0.7, 0.66), (0.3, 0.66)), dark(look.body, 0.12))
    shaft = Part(rectangle(0.39, 0.05 if look.shape else 0.17, 0.61, 0.56), WOOD)
    return Drawing([], [grip, shaft, Part(blade, look.body), socket, ridge])


def trowel(look: Look, item: SceneObject) -> Drawing:
    neck = Part(rectangle(0.4, 0.42, 0.6, 0.66), DARK_METAL)
    if look.shape == 2:
        bar = smooth((0.04, 0.66), (0.2, 0.58), (0.8, 0.58), (0.96, 0.66), (0.9, 0.74), (0.1, 0.74))
        tines = [points((x, 0.68), (x + 0.18, 0.68), (x + 0.14, 1.0), (x + 0.04, 1.0)) for x in (0.03, 0.41, 0.79)]
        head = [*(Part(tine, METAL) for tine in tines), Part(bar, METAL)]
    else:
        scoops = (
            smooth((0.12, 0.58), (0.88, 0.58), (0.95, 0.72), (0.5, 1.0), (0.05, 0.72)),
            smooth((0.08, 0.57), (0.92, 0.57), (0.94, 0.84), (0.66, 0.985), (0.34, 0.985), (0.06, 0.84)),
        )
        head = [Part(scoops[look.shape], METAL), line(points((0.5, 0.64), (0.5, 0.86)), dark(METAL))]
    grip = turned(0.5, (0.2, 0.0), (0.34, 0.06), (0.3, 0.2), (0.36, 0.34), (0.3, 0.46), (0.16, 0.5))
    return Drawing([], [neck, *head, Part(grip, look.body), shine(0.34, 0.2, 0.06, 0.1)])


def rake(look: Look, item: SceneObject) -> Drawing:
    shaft = [Part(rectangle(0.44, 0.16, 0.56, 0.78), WOOD), Part(rectangle(0.42, 0.0, 0.58, 0.18, 0.04), look.body)]
    if look.shape:
        bar = Part(rectangle(0.0, 0.72, 1.0, 0.84, 0.03), look.body)
        teeth = [points((x, 0.82), (x + 0.1, 0.82), (x + 0.05, 1.0)) for x in np.linspace(0.0, 0.9, 6)]
        if look.shape == 2:
            teeth = [rectangle(x, 0.78, x + 0.12, 1.0, 0.05) for x in np.linspace(0.03, 0.85, 4)]
            brace = points((0.5, 0.46), (0.86, 0.76), (0.72, 0.76), (0.5, 0.56), (0.28, 0.76), (0.14, 0.76))
            shaft.append(Part(brace, look.body))
        return Drawing([], [*shaft, *(Part(tooth, dark(look.body, 0.1)) for tooth in teeth), bar])
    tines = [
        Part(points((0.46, 0.56), (0.54, 0.56), (x + 0.12, 0.92), (x + 0.07, 1.0), (x, 0.92)), look.body)
        for x in np.linspace(0.0, 0.88, 6)
    ]
    band = smooth((0.2, 0.77), (0.5, 0.72), (0.8, 0.77), (0.84, 0.81), (0.5, 0.77), (0.16, 0.81))
    collar = points((0.4, 0.52), (0.6, 0.52), (0.66, 0.64), (0.34, 0.64))
    return Drawing([], [*shaft, *tines, Part(band, dark(look.body, 0.2)), Part(collar, look.body)])


def scissors(look: Look, item: SceneObject) -> Drawing:
    parts = []
    spread = (0.36, 0.16, 0.26)[look.shape]
    for s in (-1, 1):
        bend, tip = (0.5 + s * (0.12 + 0.5 * spread), 0.24), (0.5 + s * spread, 0.0)
        blade = smooth((0.5 + 0.01 * s, 0.6), bend, tip, closed=False)
        blade = np.concatenate([blade, points((0.5 - 0.04 * s, 0.42), (0.5 - 0.12 * s, 0.6))])
        shank = points((0.5 + 0.08 * s, 0.5), (0.5 - 0.06 * s, 0.46), (0.5 - 0.34 * s, 0.66), (0.5 - 0.12 * s, 0.74))
        loop = ring(0.5 - 0.26 * s, 0.8, 0.24, 0.2, 0.56, -60 if s > 0 else 240, 360)
        if look.shape == 2:
            grip = [(0.0, 0.5), (0.16, 0.6), (0.44, 0.8), (0.48, 0.98), (0.36, 1.0), (0.2, 0.84), (0.0, 0.66)]
            shank = loop = smooth(*[(0.5 - x * s, y) for x, y in grip])
        parts += [Part(blade, METAL), Part(shank, look.body), Part(loop, look.body)]
    return Drawing([], [*parts, Part(ellipse(0.5, 0.55, 0.06, 0.045), DARK_METAL)])


def wheelbarrow(look: Look, item: SceneObject) -> Drawing:
    upper = [(0.14, 0.84), (0.4, 0.76), (0.7, 0.6), (0.88, 0.2), (0.98, 0.0)]
    pole = smooth(*upper, (1.0, 0.06), (0.92, 0.3), (0.74, 0.7), (0.44, 0.86), (0.16, 0.9))
    leg = Part(points((0.56, 0.66), (0.63, 0.66), (0.74, 1.0), (0.66, 1.0)), DARK_METAL)
    wheel = [Part(ellipse(0.17, 0.79, 0.12, 0.21), (70, 70, 78)), Part(ellipse(0.17, 0.79, 0.06, 0.106), look.accent)]
    rim = ellipse(0.42, 0.3, 0.4, 0.1)
    back = [leg, Part(pole, DARK_METAL if look.shape == 1 else WOOD), Part(rim, dark(look.body, 0.35), shade=0.05)]
    if filling := content(item):
        heap = smooth((0.05, 0.32), (0.2, 0.2), (0.42, 0.13), (0.64, 0.2), (0.79, 0.32), (0.42, 0.39))
        back.append(Part(heap, filling))
    lip = ellipse(0.42, 0.3, 0.4, 0.1, 0, 180)
    foot = (
        [(0.1, 0.5), (0.22, 0.7), (0.56, 0.74), (0.74, 0.54)],
        [(0.16, 0.68), (0.3, 0.78), (0.56, 0.78), (0.7, 0.68)],
        [(0.14, 0.74), (0.66, 0.74)],
    )[look.shape]
    tub = np.concatenate([lip, points(*foot)])
    details = patterned(tub, look, 0.4, 0.72)
    if look.shape == 2:
        seams = [points((0.06, 0.46), (0.78, 0.46)), points((0.1, 0.6), (0.72, 0.6))]
        details = [line(seam, dark(look.body, 0.35)) for seam in seams]
    return Drawing(back, [Part(tub, look.body), *details, *wheel])


def stone(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        outline = points((0.0, 0.7), (0.16, 0.26), (0.46, 0.0), (0.8, 0.16), (1.0, 0.6), (0.9, 1.0), (0.08, 1.0))
        top = points((0.16, 0.26), (0.46, 0.0), (0.8, 0.16), (0.6, 0.44), (0.3, 0.5))
        side = points((0.8, 0.16), (1.0, 0.6), (0.9, 1.0), (0.66, 1.0), (0.6, 0.44))
        faces = [Part(top, light(look.body, 0.3)), Part(side, dark(look.body, 0.18))]
        return Drawing([], [Part(outline, look.body), *faces])
    bumps = [(0.08, 0.4), (0.3, 0.22), (0.56, 0.0), (0.82, 0.14), (0.98, 0.52)]
    body = smooth((0.0, 0.8), *bumps, (0.98, 0.88), (0.7, 1.0), (0.14, 0.99))
    grains = [ellipse(x, y, 0.03, 0.035) for x, y in ((0.6, 0.36), (0.76, 0.6), (0.3, 0.74))]
    specks = [Part(grain, dark(look.body, 0.25), ink=False, shade=0) for grain in grains]
    parts = [Part(body, look.body, shade=0.24), *specks, shine(0.5, 0.24, 0.1, 0.08)]
    if look.shape == 2:
        parts = [part._replace(points=part.points * [0.78, 1]) for part in parts]
        pebble = smooth((0.6, 0.86), (0.68, 0.62), (0.84, 0.54), (0.98, 0.72), (0.98, 0.96), (0.7, 1.0))
        parts.append(Part(pebble, light(look.body, 0.25)))
    return Drawing([], parts)


def fence(look: Look, item: SceneObject) -> Drawing:
    rail = dark(look.body, 0.16)
    if look.shape == 1:
        posts = [Part(rectangle(x, 0.0, x + 0.1, 1.0), rail) for x in (0.0, 0.45, 0.9)]
        boards = [Part(rectangle(0.02, y, 0.98, y + 0.21), look.body) for y in (0.1, 0.41, 0.72)]
        return Drawing([], [*boards, *posts])
    xs = np.linspace(0.0, 0.87, 6)
    if look.shape == 2:
        pickets = [rectangle(x, 0.0, x + 0.13, 1.0, 0.05) for x in xs]
    else:
        pickets = [points((x, 1.0), (x, 0.2), (x + 0.065, 0.0), (x + 0.13, 0.2), (x + 0.13, 1.0)) for x in xs]
    rails = [Part(rectangle(0.0, y, 1.0, y + 0.11), rail) for y in (0.32, 0.7)]
    return Drawing([], [*rails, *(Part(picket, look.body) for picket in pickets)])


def log(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, (230, 194, 144)
    if look.shape == 2:
        right = curve((1.32, 0.2), (1.34, 0.5), (1.42, 0.64), (1.7, 0.8))
        foot = curve((1.3, 0.76), (1.1, 0.68), (0.85, 0.8), (0.6, 0.68), (0.4, 0.76), (0.0, 0.8))
        bark = [shape(rgb, *right.tolist(), *foot.tolist(), *(right[::-1] * [-1, 1] + [1.7, 0]).tolist())]
        cx, cy, rx, ry = 0.85, 0.2, 0.47, 0.2
        cracks = [curve((x, 0.46), (x - 0.02, 0.62)) for x in (0.6, 0.86, 1.12)]
    else:
        stub = shape(rgb, (0.5, 0.2), (0.42, 0.0), (0.6, 0.0), (0.74, 0.2))
        trunk = points((1.48, 0.8), *ellipse(0.14, 0.46, 0.14, 0.34, 90, 270).tolist(), (1.48, 0.12))
        bark, (cx, cy, rx, ry) = [stub, Part(trunk, rgb)], (1.48, 0.46, 0.22, 0.34)
        starts = (0.2, 0.36), (0.7, 0.3), (0.34, 0.62), (0.8, 0.56)
        cracks = [curve((x, y), (x + 0.2, y + 0.02), (x + 0.42, y)) for x, y in starts]
    face = [disc(pale, cx, cy, rx, ry), *[line(ellipse(cx, cy, k * rx, k * ry), dark(pale)) for k in (0.68, 0.36)]]
    if look.shape == 1:
        face[1:] = [disc(dark(rgb, 0.6), cx, cy, 0.66 * rx, 0.7 * ry)]
        face += leaf_from((0.54, 0.16), (1.02, 0.13), 0.24, 1.0, LEAF)
    return in_cups(item, *bark, *[line(crack, dark(rgb, 0.4)) for crack in cracks], *face)


def branch(look: Look, item: SceneObject) -> Drawing:
    rgb, leaves = look.body, []
    if look.shape == 0:
        wood = [limb((0.05, 0.72, 0.07), (0.5, 0.52, 0.06), (1.0, 0.4, 0.045), (1.66, 0.1, 0.03))]
        wood += [limb((0.4, 0.56, 0.05), (0.6, 0.3, 0.04), (0.66, 0.06, 0.03))]
        wood += [limb((0.96, 0.4, 0.04), (1.5, 0.6, 0.03))]
        spots = ((0.66, 0.2, 0.94, 0.04), (1.2, 0.3, 1.3, 0.02), (1.3, 0.52, 1.62, 0.42), (1.4, 0.56, 1.56, 0.8))
        leaves = [part for x, y, a, b in spots for part in leaf_from((x, y), (a, b), 0.3, 1.0, LEAF)]
    elif look.shape == 1:
        wood = [limb((0.06, 0.6, 0.08), (0.5, 0.5, 0.08), (0.9, 0.44, 0.07), (1.66, 0.05, 0.05))]
        wood += [limb((0.86, 0.46, 0.07), (1.2, 0.56, 0.06), (1.64, 0.75, 0.05))]
    else:
        wood = [limb((0.06, 0.3, 0.08), (0.5, 0.42, 0.075), (0.9, 0.34, 0.07), (1.4, 0.5, 0.06), (1.65, 0.4, 0.05))]
        wood += [limb((0.8, 0.36, 0.05), (0.96, 0.2, 0.04), (1.04, 0.04, 0.03))]
        wood += [limb((0.4, 0.42, 0.05), (0.56, 0.6, 0.04), (0.6, 0.76, 0.03))]
    return in_cups(item, grown(rgb, *wood), *leaves)


def lawn_mower(look: Look, item: SceneObject) -> Drawing:
    rgb, kind, tyre = look.body, look.shape, (66, 66, 74)
    if kind == 1:
        bar = ribbon(DARK_METAL, curve((0.7, 1.1), (1.2, 0.6), (1.6, 0.1)), 0.08)
        blades = [curve((x, 0.96), (x + 0.1, 1.2), (x + 0.26, 1.48)) for x in (0.32, 0.54, 0.76, 0.98)]
        reel = [block(METAL, 0.2, 0.96, 1.3, 1.48), *[line(blade, dark(METAL, 0.5)) for blade in blades]]
        reel.append(block(rgb, 0.14, 0.84, 1.36, 1.02, 0.06))
        rings = (tyre, 1.0), (rgb, 0.7), (tyre, 0.2)
        wheels = [disc(tint, x, 1.26, k * 0.2, k * 0.44) for x in (0.2, 1.3) for tint, k in rings]
        return in_cups(item, bar, block(tyre, 1.2, 0.0, 2.0, 0.14, 0.06), *reel, *wheels)
    pole = ribbon(DARK_METAL, curve((1.0, 1.2), (1.4, 0.7), (1.74, 0.14), (1.94, 0.1)), 0.08)
    parts = [pole, block(tyre, 1.7, 0.03, 2.0, 0.17, 0.06)]
    if kind == 2:
        bag = smooth((1.2, 0.9), (1.3, 0.68), (1.8, 0.64), (1.96, 0.9), (1.9, 1.36), (1.2, 1.4))
        seams = [line(points((x, 0.84), (x, 1.22)), dark(look.accent)) for x in (1.46, 1.66)]
        parts += [Part(bag, look.accent), *seams]
        hood = smooth((0.12, 1.2), (0.3, 0.84), (0.7, 0.74), (1.1, 0.84), (1.3, 1.2))
        parts += [Part(hood, dark(rgb, 0.2)), block(tyre, 0.46, 0.9, 0.94, 1.04, 0.06)]
    else:
        parts += [block(DARK_METAL, 0.42, 0.76, 0.92, 1.1, 0.04), block(look.accent, 0.34, 0.62, 1.0, 0.8, 0.08)]
    deck = smooth((0.0, 1.5), (0.04, 1.2), (0.24, 1.06), (1.16, 1.06), (1.36, 1.2), (1.4, 1.5))
    rounds = (tyre, 1.0), (METAL, 0.45)
    wheels = [disc(tint, x, 1.7 - r, k * r) for x, r in ((0.28, 0.22), (1.14, 0.27)) for tint, k in rounds]
    return in_cups(item, *parts, Part(deck, rgb), *wheels)


def birdhouse(look: Look, item: SceneObject) -> Drawing:
    rgb, y = look.body, (0.72, 0.6, 0.84)[look.shape]
    if look.shape == 1:
        parts = [block(WOOD, 0.46, 0.9, 0.64, 1.4), shape(rgb, (0.12, 0.3), (0.98, 0.1), (0.98, 1.02), (0.12, 1.02))]
        parts += [shape(look.accent, (0.0, 0.26), (1.1, 0.0), (1.1, 0.14), (0.0, 0.4))]
        parts += [block(dark(rgb, 0.2), 0.04, 1.0, 1.06, 1.12)]
    else:
        top, wide, foot = ((0.0, 0.41, 0.5), (0.2, 0.45, 1.24))[look.shape // 2]
        right = shape(look.accent, (0.55, top), (0.55, top + 0.2), (1.02, foot + 0.14), (1.1, foot))
        parts = [*hoop(DARK_METAL, 0.55, 0.12, 0.12, 0.07)] if top else []
        parts.append(Part(angular(0.55, (0.0, 0.2), (wide, foot), (wide, 1.3)), rgb))
        parts += [*both(right, cx=0.55), block(dark(rgb, 0.2), 0.04, 1.28, 1.06, 1.4)]
    perch = block(WOOD, 0.51, y + 0.24, 0.59, y + 0.36, 0.03)
    return in_cups(item, *parts, disc(dark(rgb, 0.7), 0.55, y, 0.17), perch)
