"""Drawings of what grows, and of what one gardens with."""

import numpy as np

from models.scene_diffusion.drawings.openings import content
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
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
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

LEAF = (98, 160, 78)
METAL = (172, 178, 188)
DARK_METAL = (92, 92, 100)
WOOD = (196, 148, 100)
BARK = (140, 94, 62)
GLOW = (255, 226, 110)
Place = tuple[float, float]


WIDTHS = ((0.25, 0.8), (0.55, 1.0))
"""How wide a leaf is at shares of its length, by its greatest width."""


def _leaf(base: Place, tip: Place, fat: float, aspect: float, rgb: RGB) -> list[Part]:
    """A pointed leaf with its rib; `fat` is its half width by its length, in a box `aspect` times as wide as high."""
    root, along = np.array(base), np.subtract(tip, base)
    across = np.array([-along[1] / aspect, along[0] * aspect]) * fat
    sides = [
        smooth(base, *((root + s * along + sign * w * across).tolist() for s, w in WIDTHS), tip, closed=False)
        for sign in (1, -1)
    ]
    outline = np.concatenate([sides[0], sides[1][::-1]])
    rib = line(np.array([root + 0.1 * along, root + 0.8 * along]), dark(rgb, 0.2))
    return [Part(outline, rgb), rib._replace(ink=False)]


def _cloud(cx: float, cy: float, rx: float, ry: float, lobes: int) -> Points:
    """A crown of round lobes."""
    t = np.linspace(0, 2 * np.pi, 12 * lobes, endpoint=False)
    reach = 0.84 + 0.16 * np.abs(np.sin(lobes * t / 2))
    return np.stack([cx + rx * reach * np.cos(t), cy + ry * reach * np.sin(t)], 1)


def _foliage(shape: int, foot: float, aspect: float, rgb: RGB) -> list[Part]:
    """What grows from (0.5, foot) up to the top of the box: broad leaves, a sprout with leaf pairs, or long blades."""
    pale, deep = light(rgb, 0.2), dark(rgb, 0.14)
    if shape == 1:
        stem = Part(rectangle(0.47, 0.2 * foot, 0.53, foot), deep)
        pairs = [(0.96, 0.78, 0.36, deep), (0.72, 0.5, 0.5, rgb), (0.46, 0.22, 0.42, pale)]
        sides = [((0.5, a * foot), (0.5 + s * half, b * foot), c) for a, b, half, c in pairs for s in (-1, 1)]
        leaves = [part for base, tip, colour in sides for part in _leaf(base, tip, 0.26, aspect, colour)]
        return [stem, *leaves, *_leaf((0.5, 0.36 * foot), (0.5, 0.0), 0.26, aspect, rgb)]
    if shape == 2:
        root, fat = foot, 0.13
        stems: list[Part] = []
        tips = [(0.0, 0.5, deep), (1.0, 0.46, deep), (0.12, 0.14, rgb), (0.88, 0.2, rgb), (0.34, 0.04, pale)]
        tips += [(0.68, 0.0, pale), (0.5, 0.22, rgb)]
    else:
        root, fat = 0.8 * foot, 0.21
        stems = [Part(rectangle(0.46, 0.6 * foot, 0.54, foot), deep)]
        tips = [(0.22, 0.08, deep), (0.8, 0.06, deep), (0.0, 0.38, rgb), (1.0, 0.36, rgb), (0.5, 0.0, rgb)]
        tips += [(0.06, 0.76, pale), (0.94, 0.74, pale), (0.34, 0.36, pale), (0.68, 0.36, pale)]
    spread = 0.1 if shape == 2 else 0.0
    fan = [_leaf((0.5 + spread * (x - 0.5), root), (x, y * foot), fat, aspect, rgb) for x, y, rgb in tips]
    return [*stems, *(part for leaf in fan for part in leaf)]


def plant(look: Look, item: SceneObject) -> Drawing:
    return Drawing([], _foliage(look.shape, 1.0, 0.9 / 1.1, look.body))


def potted_plant(look: Look, item: SceneObject) -> Drawing:
    foot = 0.58
    waist, bottom = ((0.34, 0.27), (0.4, 0.36), (0.43, 0.22))[look.shape]
    pot = turned(0.5, (0.4, 0.54), (waist + 0.02, 0.78), (bottom, 1.0))
    rim = Part(rectangle(0.06, 0.5, 0.94, 0.63, 0.03), look.body)
    front = [Part(pot, look.body), *patterned(pot, look, 0.62, 1.0), rim, shine(0.22, 0.76, 0.04, 0.09)]
    if look.shape == 2:
        front[-2:] = [Part(ellipse(0.5, 0.54, 0.42, 0.05), vocabulary().substances["soil"].rgb), front[-1]]
    return Drawing(_foliage((look.shape + 2) % 3, foot, 1.2 / (1.9 * foot), LEAF), front)


def _petals(count: int, reach: float, fat: float, rgb: RGB) -> list[Part]:
    """Petals about the middle of a flower's head, as round as its box is."""
    turns = np.radians(np.arange(count) * 360 / count - 90)
    aspect, centre = 0.8 / 1.4, (0.5, 0.29)
    tips = [(0.5 + reach * np.cos(t), 0.29 + reach * aspect * np.sin(t)) for t in turns]
    return [_leaf(centre, tip, fat, aspect, rgb)[0] for tip in tips]


def flower(look: Look, item: SceneObject) -> Drawing:
    stem = Part(rectangle(0.455, 0.4, 0.545, 1.0), dark(LEAF, 0.12))
    leaves = [p for x, y in ((0.1, 0.66), (0.92, 0.6)) for p in _leaf((0.5, 0.94), (x, y), 0.16, 0.8 / 1.4, LEAF)]
    if look.shape == 1:
        back = Part(smooth((0.5, 0.0), (0.76, 0.2), (0.5, 0.5), (0.24, 0.2)), dark(look.body, 0.18))
        half = points((0.0, 0.58), (0.34, 0.53), (0.47, 0.38), (0.48, 0.2), (0.44, 0.03), (0.2, 0.14), (-0.02, 0.38))
        sides = [Part(half * [s, 1] + [0.5, 0], look.body) for s in (-1, 1)]
        head = [back, *sides, shine(0.2, 0.3, 0.05, 0.09)]
    elif look.shape == 2:
        head = [*_petals(12, 0.5, 0.2, look.body), Part(ellipse(0.5, 0.29, 0.2, 0.115), (120, 78, 48))]
    else:
        around = np.radians(np.arange(6) * 60)
        petals = [ellipse(0.5 + 0.3 * np.cos(t), 0.29 + 0.175 * np.sin(t), 0.2, 0.115) for t in around]
        eye = (246, 198, 70) if look.body[2] > 90 else (120, 78, 48)  # not yellow on yellow
        head = [*(Part(petal, look.body) for petal in petals), Part(ellipse(0.5, 0.29, 0.15, 0.086), eye)]
    return Drawing([], [stem, *leaves, *head])


def tree(look: Look, item: SceneObject) -> Drawing:
    trunk = Part(points((0.43, 0.6), (0.57, 0.6), (0.62, 1.0), (0.38, 1.0)), BARK)
    spots = [(0.3, 0.3), (0.52, 0.18), (0.7, 0.34), (0.22, 0.5), (0.46, 0.44), (0.76, 0.54), (0.58, 0.62)]
    if look.shape == 1:
        tiers = [(0.42, 0.88, 0.5), (0.2, 0.64, 0.4), (0.0, 0.4, 0.29)]
        right = [points((0.5, a), (0.5 + w, b), (0.5 + w / 2, b - 0.03), (0.5, b)) for a, b, w in tiers]
        crown = [Part(np.concatenate([half, half[2:0:-1] * [-1, 1] + [1, 0]]), look.body) for half in right]
        spots = [
            (0.5, 0.2),
            (0.38, 0.36),
            (0.6, 0.34),
            (0.28, 0.6),
            (0.5, 0.54),
            (0.72, 0.58),
            (0.4, 0.78),
            (0.66, 0.8),
        ]
    elif look.shape == 2:
        crown = [Part(_cloud(x, 0.5, 0.26, 0.2, 7), dark(look.body, 0.08)) for x in (0.26, 0.74)]
        crown.append(Part(_cloud(0.5, 0.33, 0.36, 0.33, 7), look.body))
    else:
        crown = [Part(_cloud(0.5, 0.37, 0.5, 0.37, 9), look.body), shine(0.32, 0.22, 0.1, 0.06)]
    bulbs = []
    if "lit" in item.states:
        bulbs = [Part(ellipse(x, y, 0.1, 0.076), GLOW, ink=False, shade=0, alpha=0.45) for x, y in spots]
        bulbs += [Part(ellipse(x, y, 0.048, 0.036), light(GLOW, 0.3), shade=0) for x, y in spots]
    return Drawing([], [trunk, *crown, *bulbs])


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
            _leaf((x, 0.4), (x + 0.055 * s, 0.02), 0.34, 3.6, LEAF)[0] for x in (0.2, 0.4, 0.6, 0.8) for s in (-1, 1)
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
