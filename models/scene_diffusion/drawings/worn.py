"""More of what one wears: a helmet, a dress, a scarf, a belt, sunglasses."""

import numpy as np

from models.scene_diffusion.drawings.cloth import stack
from models.scene_diffusion.drawings.cups import block, disc, hollow, in_cups, ribbon
from models.scene_diffusion.drawings.limbs import grown
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    arched,
    band,
    between,
    both,
    curve,
    dark,
    ellipse,
    inset,
    light,
    line,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    symmetric,
)
from tools.scene import SceneObject

GOLD = (236, 190, 84)
METAL = (172, 178, 188)
INSIDE = (58, 50, 56)
WHITE = (255, 255, 255)


def helmet(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body)
    if look.shape == 1:
        shell = curve((0.0, 0.58), (0.1, 0.3), (0.4, 0.06), (0.8, 0.0), (1.14, 0.14), (1.28, 0.48), (1.26, 0.66))
        rim = curve((1.26, 0.66), (0.9, 0.58), (0.6, 0.62), (0.3, 0.6), (0.0, 0.58))
        slots = [((0.2, 0.42), (0.5, 0.2), (0.62, 0.24), (0.4, 0.42))]
        slots += [((0.52, 0.44), (0.8, 0.2), (0.9, 0.26), (0.72, 0.44))]
        slots += [((0.84, 0.44), (1.02, 0.24), (1.12, 0.34), (1.02, 0.46))]
        straps = [ribbon(INSIDE, curve((x, 0.56), (0.5 + 0.3 * x, 0.78), (0.64, 0.96)), 0.06) for x in (0.3, 0.98)]
        vents = [Part(smooth(*slot), INSIDE) for slot in slots]
        top = Part(np.concatenate([shell, rim]), body, shade=0.2)
        return in_cups(item, *straps, block(look.accent, 0.57, 0.9, 0.72, 1.0, 0.02), top, *vents)
    if look.shape == 2:
        back = (0.66, 0.0), (1.1, 0.12), (1.3, 0.5), (1.2, 0.92), (0.96, 1.0)
        shell = smooth((0.06, 0.46), (0.22, 0.12), *back, (0.36, 1.0), (0.1, 0.94), (0.0, 0.74))
        visor = smooth((0.04, 0.42), (0.3, 0.32), (0.74, 0.36), (0.84, 0.5), (0.72, 0.64), (0.3, 0.7), (0.02, 0.64))
        stripe = ribbon(look.accent, curve((0.26, 0.16), (0.7, 0.1), (1.18, 0.3)), 0.09)._replace(ink=False)
        chin = [line(curve((0.14, 0.82), (0.4, 0.84), (0.72, 0.76)), shade), disc(METAL, 0.9, 0.5, 0.06)]
        pane = [Part(visor, (70, 90, 120)), shine(0.3, 0.46, 0.14, 0.04)]
        return in_cups(item, Part(shell, body, shade=0.2), stripe, *chin, *pane)
    dome = points(*ellipse(0.65, 0.78, 0.53, 0.7, 180, 360).tolist())
    front = (1.3, 0.86), (1.1, 0.97), (0.65, 1.0), (0.2, 0.97)
    brim = smooth((0.0, 0.86), (0.14, 0.76), (0.65, 0.72), (1.16, 0.76), *front)
    ridges = both(line(curve((0.8, 0.13), (0.96, 0.4), (0.98, 0.74)), shade), cx=0.65)
    crest = Part(arched(0.53, 0.0, 0.77, 0.76, 0.12), light(body, 0.2))
    badge = block(look.accent, 0.55, 0.5, 0.75, 0.66, 0.04)
    return in_cups(item, Part(dome, body, shade=0.2), *ridges, crest, Part(brim, body), badge)


def dress(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.35)
    bow = both(Part(points((0.5, 0.42), (0.62, 0.36), (0.62, 0.48)), look.accent))
    bow.append(Part(ellipse(0.5, 0.42, 0.035, 0.025), dark(look.accent)))
    if "folded" in item.states:
        straps = both(Part(points((0.6, 0.0), (0.74, 0.0), (0.62, 0.3), (0.5, 0.3), (0.5, 0.2)), light(body, 0.2)))
        return Drawing([], [*stack(body), *straps, Part(rectangle(0.02, 0.36, 0.98, 0.48), look.accent), *bow])
    bodice = points((0.5, 0.14), (0.58, 0.1), (0.62, 0.0), (0.71, 0.0), (0.7, 0.14), (0.77, 0.22), (0.68, 0.42))
    hem = curve((0.68, 0.42), (0.84, 0.68), (1.0, 0.93), (0.74, 0.99), (0.5, 1.0))
    if look.shape == 1:
        sleeve = smooth((0.66, 0.02), (0.86, 0.04), (0.99, 0.2), (0.92, 0.27), (0.75, 0.22))
        hem = curve((0.68, 0.42), (0.84, 0.56), (0.95, 0.8), (1.0, 0.96), (0.74, 0.99), (0.5, 1.0))
        collar = both(Part(smooth((0.5, 0.09), (0.6, 0.0), (0.68, 0.03), (0.64, 0.15), (0.54, 0.16)), look.accent))
        buttons = [Part(ellipse(0.5, y, 0.02, 0.014), look.accent) for y in (0.2, 0.28, 0.36)]
        cloth = symmetric(np.concatenate([points((0.5, 0.04), (0.66, 0.02), (0.76, 0.2)), hem]))
        pleats = [line(curve((0.5 + 0.2 * x, 0.5), (0.5 + x, 0.98)), shade) for x in (-0.26, 0.0, 0.26)]
        belt = Part(points((0.31, 0.39), (0.69, 0.39), (0.71, 0.45), (0.29, 0.45)), look.accent)
        sleeves = both(Part(sleeve, light(body, 0.15)))
        return Drawing([], [*sleeves, Part(cloth, body), *pleats, *collar, *buttons, belt])
    if look.shape == 2:
        tiers = [Part(_flounce(*tier), rgb) for tier, rgb in zip(TIERS, (body, light(body, 0.2), body), strict=True)]
        top = points((0.5, 0.16), (0.6, 0.11), (0.7, 0.16), (0.72, 0.26), (0.66, 0.4))
        straps = both(Part(points((0.59, 0.14), (0.62, 0.0), (0.67, 0.0), (0.68, 0.16)), look.accent))
        belt = Part(rectangle(0.33, 0.36, 0.67, 0.42), look.accent)
        return Drawing([], [*straps, *tiers, Part(symmetric(top), body), belt])
    cloth = symmetric(np.concatenate([bodice, hem]))
    folds = both(line(curve((0.58, 0.5), (0.64, 0.72), (0.7, 0.97)), shade))
    sash = Part(points((0.33, 0.38), (0.67, 0.38), (0.7, 0.46), (0.3, 0.46)), look.accent)
    return Drawing([], [Part(cloth, body), *patterned(between(cloth, 0.46, 1.0), look, 0.5, 0.96), *folds, sash, *bow])


TIERS = ((0.36, 0.5, 0.74, 1.0), (0.28, 0.42, 0.52, 0.8), (0.16, 0.28, 0.36, 0.58))


def _flounce(inner: float, outer: float, top: float, low: float) -> Points:
    """A ring of cloth that widens to a wavy hem."""
    waves = np.linspace(0, 1, 49)
    hem = np.stack([0.5 + outer * (1 - 2 * waves), low - 0.025 * (1 - np.cos(10 * np.pi * waves))], 1)
    return np.concatenate([points((0.5 - inner, top), (0.5 + inner, top)), hem])


def _strip(path: Points, width: float, look: Look, *ends: int) -> list[Part]:
    """A length of a scarf, in cups: striped near the named ends of its path (0 or -1), and with a fringe there."""
    parts = []
    for end in ends:
        run = (path if end == 0 else path[::-1])[:3]
        along = (run[0] - run[2]) / np.hypot(*(run[0] - run[2]))
        aside = along[::-1] * [-1, 1]
        feet = [run[0] + share * width * aside for share in (-0.42, -0.14, 0.14, 0.42)]
        parts += [ribbon(look.body, np.array([foot - 0.02 * along, foot + 0.12 * along]), 0.05) for foot in feet]
    parts.append(ribbon(look.body, path, width))
    for end in ends:
        stripes = [path[a:b] if end == 0 else path[::-1][a:b] for a, b in ((3, 6), (8, 11))]
        parts += [ribbon(look.accent, stripe, width) for stripe in stripes]
    return parts


def scarf(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.35)
    if "folded" in item.states:
        fringe = [Part(rectangle(x, 0.94, x + 0.06, 1.1, 0.02), body) for x in np.arange(0.1, 0.86, 0.12)]
        stripes = [Part(rectangle(0.02, y, 0.98, y + 0.09), look.accent) for y in (0.46, 0.6)]
        return Drawing([], [part._replace(points=part.points / [1, 1.1]) for part in (*fringe, *stack(body), *stripes)])
    if look.shape == 1:
        path = curve((0.15, 0.12), (0.2, 0.42), (0.44, 0.62), (0.76, 0.68), (1.0, 0.88), (1.05, 1.18))
        return in_cups(item, *_strip(path, 0.26, look, 0, -1))
    neck = [disc(dark(body, 0.45), 0.6, 0.2, 0.34, 0.12)]
    loop = np.concatenate([ellipse(0.6, 0.26, 0.56, 0.26), ellipse(0.6, 0.19, 0.36, 0.12)[::-1]])
    wraps = [line(curve((0.1, 0.34), (0.5, 0.46), (1.06, 0.26)), shade)]
    long = _strip(curve((0.46, 1.18), (0.42, 0.8), (0.46, 0.36)), 0.3, look, 0)
    short = _strip(curve((1.02, 1.0), (0.86, 0.7), (0.62, 0.36)), 0.28, look, 0)
    if look.shape == 2:
        short = _strip(curve((0.14, 1.18), (0.24, 0.8), (0.3, 0.36)), 0.28, look, 0)
        long = _strip(curve((1.06, 1.18), (0.96, 0.8), (0.9, 0.36)), 0.28, look, 0)
        return in_cups(item, *neck, *short, *long, Part(loop, body), *wraps)
    knot = Part(smooth((0.32, 0.3), (0.6, 0.28), (0.68, 0.5), (0.5, 0.58), (0.3, 0.5)), light(body, 0.15))
    return in_cups(item, *neck, *short, *long, Part(loop, body), *wraps, knot)


def _buckle(x: float, y: float, width: float, height: float, thick: float) -> list[Part]:
    """A frame with a prong, its left upper corner and size in cups."""
    outer = rectangle(x, y, x + width, y + height, 0.05)
    inner = rectangle(x + thick, y + thick, x + width - thick, y + height - thick, 0.02)
    prong = block(GOLD, x + 0.5 * thick, y + height / 2 - 0.03, x + width - 0.2 * thick, y + height / 2 + 0.03, 0.02)
    return [*hollow(GOLD, outer, inner), prong]


def belt(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.45)
    if look.shape == 1:
        path = curve((0.16, 0.14), (0.7, 0.12), (1.16, 0.14), (1.3, 0.4), (1.16, 0.66), (0.7, 0.68), (0.16, 0.66))
        tip = smooth((0.2, 0.56), (0.06, 0.58), (0.0, 0.66), (0.06, 0.76), (0.2, 0.78))
        holes = [disc(shade, x, 0.67, 0.026) for x in (0.18, 0.34, 0.5, 0.66)]
        return in_cups(item, grown(body, band(path, 0.2), tip), *holes, *_buckle(0.0, 0.0, 0.3, 0.3, 0.06))
    if look.shape == 2:
        path = curve((0.0, 0.34), (0.4, 0.4), (0.9, 0.42), (1.24, 0.38))
        strap = grown(body, band(path, 0.4), ellipse(1.24, 0.39, 0.16, 0.2))
        holes = [disc(shade, x, 0.41, 0.035) for x in (0.86, 1.02, 1.18)]
        return in_cups(item, strap, *holes, *_buckle(0.22, 0.0, 0.5, 0.8, 0.11))
    upper, lower = ellipse(0.7, 0.23, 0.69, 0.23, 180, 360), ellipse(0.7, 0.5, 0.69, 0.23, 180, 360)
    back = Part(np.concatenate([upper, lower[::-1]]), dark(body, 0.25))
    near = [points((1.0, -1.0)) * arc + [0.0, y] for arc, y in ((upper, 0.46), (lower, 1.0))]
    front = Part(np.concatenate([near[0], near[1][::-1]]), body)
    holes = [disc(shade, x, y, 0.024, 0.03) for x, y in ((0.96, 0.57), (1.08, 0.53), (1.19, 0.48))]
    end = line(curve((1.27, 0.32), (1.33, 0.44), (1.27, 0.6)), shade)
    return in_cups(item, back, front, *holes, end, *_buckle(0.48, 0.38, 0.38, 0.42, 0.07))


def sunglasses(look: Look, item: SceneObject) -> Drawing:
    body, glass = look.body, (92, 108, 136)
    rim = smooth((0.73, 0.08), (0.96, 0.04), (1.24, 0.05), (1.22, 0.34), (1.02, 0.54), (0.82, 0.46))
    bridge = ribbon(body, curve((0.5, 0.18), (0.65, 0.1), (0.8, 0.18)), 0.07)
    hinge = Part(points((1.16, 0.03), (1.3, 0.0), (1.3, 0.14), (1.18, 0.2)), body)
    if look.shape == 1:
        rim = smooth((0.74, 0.14), (0.92, 0.05), (1.18, 0.05), (1.28, 0.2), (1.18, 0.46), (0.98, 0.54), (0.8, 0.42))
        bridge = ribbon(body, curve((0.5, 0.04), (0.65, 0.03), (0.8, 0.04)), 0.06)
    if look.shape == 2:
        rim = ellipse(0.98, 0.29, 0.26, 0.26)
        hinge = Part(points((1.16, 0.14), (1.3, 0.1), (1.3, 0.2), (1.2, 0.26)), body)
    gleams = [points((a, 0.4), (a + 0.14, 0.14), (b + 0.14, 0.14), (b, 0.4)) for a, b in ((0.86, 0.94), (0.99, 1.02))]
    shine = [Part(gleam + [d, 0], WHITE, ink=False, shade=0, alpha=0.35) for gleam in gleams for d in (0.0, -0.66)]
    return in_cups(item, bridge, *both(hinge, Part(rim, body), Part(inset(rim, 0.8), glass), cx=0.65), *shine)
