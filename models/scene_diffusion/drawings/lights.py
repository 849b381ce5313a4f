"""Drawings of what is lit: lamps, candles, grill and fire."""

import numpy as np

from models.scene_diffusion.drawings.cases import IRON, METAL, box, boxes, circles, glow, tube
from models.scene_diffusion.drawings.household import flashlight as flashlight
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    between,
    dark,
    ellipse,
    inset,
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

FIRE = (242, 128, 44)
GLOW = (255, 214, 84)


def _fire(cx: float, foot: float, half: float, height: float, lean: float = 0.0, rgb: RGB = FIRE) -> list[Part]:
    """A tongue of flame with a yellow heart."""
    side = [(0.0, 0.0), (0.62, 0.04), (1.0, 0.32), (0.45, 0.63), (0.0, 1.0)]
    parts = []
    for share, fill in ((1.0, rgb), (0.58, GLOW)):
        left, right = (smooth(*[(w * sign, y) for w, y in side], closed=False) for sign in (-half, half))
        shape = np.concatenate([left, right[::-1]]) * [1, -height]
        shape[:, 0] += lean * (shape[:, 1] / height) ** 2
        parts.append(Part(shape * share + [cx, foot], fill, ink=share == 1, shade=0.05))
    return parts


def lamp(look: Look, item: SceneObject) -> Drawing:
    lit = "lit" in item.states
    shade = mix(look.body, (255, 232, 130), 0.5) if lit else look.body
    if look.shape == 1:
        cone = points((0.52, 0.42), (0.98, 0.34), (1, 0.98), (0.5, 0.98))
        rays = [glow(cone), *circles(item, GLOW, 0.14, (0.76, 0.4), ink=False)] if lit else []
        arm = [tube(item, 0.08, METAL, (0.08, 0.56), end) for end in ((0.3, 0.94), (0.56, 0.18))]
        foot = Part(smooth((0, 1), (0.06, 0.92), (0.54, 0.92), (0.6, 1), closed=False), look.body)
        head = Part(points((0.42, 0.16), (0.6, 0), (0.72, 0.04), (1, 0.34), (0.5, 0.46)), shade)
        return Drawing([], [*rays, *arm, *circles(item, look.body, 0.09, (0.08, 0.56)), foot, head])
    hood = ellipse(0.5, 0.5, 0.5, 0.5, 180, 360) if look.shape else points((0.26, 0), (0.74, 0), (1, 0.46), (0, 0.46))
    level = float(hood[:, 1].max())
    vase = turned(0.5, (0.06, 0.42), (0.08, 0.5), (0.24, 0.66), (0.24, 0.8), (0.1, 0.92), (0.28, 1))
    stand = vase if look.shape == 0 else turned(0.5, (0.05, 0.48), (0.05, 0.9), (0.3, 0.95), (0.34, 1))
    cone = points((0.06, level), (0.94, level), (1, 1), (0, 1))
    rays = [glow(cone), *circles(item, GLOW, 0.18, (0.5, level), ink=False)] if lit else []
    parts = [Part(stand, look.accent if look.shape == 0 else look.body), Part(hood, shade)]
    return Drawing([], [*rays, *parts, Part(between(hood, level - 0.06, level), look.accent)])


def light_bulb(look: Look, item: SceneObject) -> Drawing:
    lit = "lit" in item.states
    glass = (
        turned(0.5, (0.02, 0), (0.36, 0.08), (0.48, 0.3), (0.4, 0.5), (0.22, 0.68), (0.2, 0.78)),
        np.concatenate([ellipse(0.5, 0.35, 0.5, 0.35, 65, -245), points((0.3, 0.78), (0.7, 0.78))]),
        turned(0.5, (0.02, 0), (0.36, 0.03), (0.49, 0.12), (0.44, 0.3), (0.26, 0.62), (0.2, 0.78)),
    )[look.shape]
    wire = ((0.42, 0.74), (0.36, 0.42), (0.44, 0.34), (0.5, 0.44), (0.56, 0.34), (0.64, 0.42), (0.58, 0.74))
    parts = [Part(glass, (255, 218, 84) if lit else light(look.body, 0.4), shade=0.1)]
    parts += [glow(inset(glass, 0.6, 0.5), 0.9) if lit else shine(0.26, 0.26, 0.07, 0.09)]
    parts += [line(smooth(*wire, closed=False), (222, 120, 40) if lit else IRON)]
    parts += boxes(item, METAL, 0.03, *[(0.28, y, 0.72, y + 0.08) for y in (0.75, 0.82, 0.89)])
    parts.append(Part(points((0.38, 0.96), (0.62, 0.96), (0.56, 1), (0.44, 1)), IRON))
    if not lit:
        return Drawing([], parts)
    ends = ((0.5, 0.2), (0.5, 0)), ((0.18, 0.3), (0.04, 0.14)), ((0.82, 0.3), (0.96, 0.14))
    rays = [tube(item, 0.05, GLOW, *ray) for ray in (*ends, ((0.1, 0.52), (0, 0.53)), ((0.9, 0.52), (1, 0.53)))]
    return Drawing([], rays + [part._replace(points=(part.points - [0.5, 1]) * 0.74 + [0.5, 1]) for part in parts])


def candle(look: Look, item: SceneObject) -> Drawing:
    lit = "lit" in item.states
    half, foot, top = (0.5, 0.24, 0.22)[look.shape], (1, 0.9, 0.86)[look.shape], 0.34 if lit else 0.2
    drops = ((-1, 0), (1, 0), (1, 0.14), (0.7, 0.06), (0.2, 0.07), (-0.08, 0.22), (-0.36, 0.08), (-1, 0.12))
    drip = smooth(*[(0.5 + half * x * 0.88, top + y) for x, y in drops])
    parts = [tube(item, 0.05, IRON, (0.5, top + 0.02), (0.48, top - 0.08), (0.53, top - 0.18))]
    parts += [Part(rectangle(0.5 - half, top, 0.5 + half, foot), look.body), Part(drip, light(look.body, 0.35))]
    if look.shape == 1:
        parts += circles(item, look.accent, 0.07, (0.86, 0.9)) + circles(item, dark(look.accent), 0.03, (0.87, 0.9))
        parts.append(Part(points((0, 0.88), (0.86, 0.88), (0.7, 1), (0.16, 1)), look.accent))
    elif look.shape == 2:
        parts.append(Part(turned(0.5, (0.4, 0.76), (0.3, 0.82), (0.12, 0.86), (0.14, 0.93), (0.5, 1)), look.accent))
    return Drawing([], parts + (_fire(0.5, top - 0.02, 0.32, 0.32) if lit else []))


def grill(look: Look, item: SceneObject) -> Drawing:
    screen = points((0.1, 0), (0.9, 0), (0.94, 0.3), (0.06, 0.3))
    trough = points((0.06, 0.3), (0.94, 0.3), (0.8, 0.6), (0.2, 0.6))
    lids = ellipse(0.5, 0.3, 0.44, 0.3, 180, 360), box(item, 0.12, 0, 0.88, 0.36, 0.16), screen
    bowls = ellipse(0.5, 0.3, 0.44, 0.36, 0, 180), rectangle(0.1, 0.3, 0.9, 0.62), trough
    lid, bowl = lids[look.shape], bowls[look.shape]
    spread = ((0.32, 0.68), (0.2, 0.8), (0.84, 0.16))[look.shape]
    parts = [Part(lid, look.body), Part((lid - [0.5, 0.3]) * 0.8 + [0.5, 0.3], dark(look.body, 0.45))]
    parts += [tube(item, 0.08, METAL, (x, 0.56), (foot, 0.985)) for x, foot in zip(spread, (0.18, 0.82), strict=True)]
    parts += circles(item, IRON, 0.14, (0.82, 0.92)) if look.shape != 2 else []
    parts += boxes(item, (176, 128, 86), 0.03, (0, 0.32, 0.12, 0.38), (0.88, 0.32, 1, 0.38))
    if "lit" in item.states:
        flames = [_fire(x, 0.31, 0.09, h) for x, h in ((0.26, 0.2), (0.74, 0.22), (0.42, 0.26), (0.58, 0.2))]
        parts += [part for flame in flames for part in flame]
    parts += [Part(bowl, look.body), shine(0.24, 0.42, 0.03, 0.05), Part(rectangle(0.06, 0.285, 0.94, 0.325), METAL)]
    knobs = ((0.3, 0.5), (0.5, 0.5), (0.7, 0.5)) if look.shape == 1 else ()
    return Drawing([], parts + circles(item, look.accent, 0.07, *knobs))


def fire(look: Look, item: SceneObject) -> Drawing:
    deep = mix(look.body, (206, 52, 34), 0.55)
    tongues = (
        [(0.26, 0.2, 0.56, -0.06, deep), (0.74, 0.2, 0.6, 0.06, deep), (0.5, 0.3, 0.9, 0.03, look.body)],
        [(0.5, 0.36, 0.9, -0.08, deep), (0.34, 0.22, 0.52, -0.06, look.body), (0.63, 0.24, 0.62, 0.05, look.body)],
        [(0.22, 0.18, 0.7, -0.02, look.body), (0.78, 0.18, 0.62, 0.06, look.body), (0.5, 0.26, 0.9, -0.05, look.body)],
    )[look.shape]
    flames = [part for x, half, height, lean, rgb in tongues for part in _fire(x, 0.9, half, height, lean, rgb)]
    if look.shape == 1:
        return Drawing([], flames + [Part(ellipse(x, 0.92, 0.11, 0.08), METAL) for x in (0.11, 0.89, 0.3, 0.7, 0.5)])
    for x0, x1 in ((0.06, 0.92), (0.94, 0.08)):
        flames.append(tube(item, 0.17, (150, 98, 62), (x0, 0.84), (x1, 0.94)))
        flames += circles(item, (222, 178, 122), 0.09, (x1 + (0.02 if x1 > 0.5 else -0.02), 0.94))
    return Drawing([], flames)
