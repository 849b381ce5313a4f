"""Drawings of what grows: plants, flowers, trees."""

import numpy as np

from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
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
from tools.vocabulary import RGB, vocabulary

LEAF = (98, 160, 78)
BARK = (140, 94, 62)
GLOW = (255, 226, 110)
Place = tuple[float, float]


WIDTHS = ((0.25, 0.8), (0.55, 1.0))
"""How wide a leaf is at shares of its length, by its greatest width."""


def leaf_from(base: Place, tip: Place, fat: float, aspect: float, rgb: RGB) -> list[Part]:
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
        leaves = [part for base, tip, colour in sides for part in leaf_from(base, tip, 0.26, aspect, colour)]
        return [stem, *leaves, *leaf_from((0.5, 0.36 * foot), (0.5, 0.0), 0.26, aspect, rgb)]
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
    fan = [leaf_from((0.5 + spread * (x - 0.5), root), (x, y * foot), fat, aspect, rgb) for x, y, rgb in tips]
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
    return [leaf_from(centre, tip, fat, aspect, rgb)[0] for tip in tips]


def flower(look: Look, item: SceneObject) -> Drawing:
    stem = Part(rectangle(0.455, 0.4, 0.545, 1.0), dark(LEAF, 0.12))
    leaves = [p for x, y in ((0.1, 0.66), (0.92, 0.6)) for p in leaf_from((0.5, 0.94), (x, y), 0.16, 0.8 / 1.4, LEAF)]
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
