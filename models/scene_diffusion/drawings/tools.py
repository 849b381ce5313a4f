"""Drawings of what one repairs and builds with: hammers, saws, drills, ladders."""

import numpy as np

from models.scene_diffusion.drawings.cups import (
    RUBBER,
    STEEL,
    WOOD,
    block,
    disc,
    hollow,
    hoop,
    in_cups,
    marks,
    ribbon,
    shape,
)
from models.scene_diffusion.drawings.household import magnifying_glass as magnifying_glass
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
    points,
    rectangle,
    shine,
    smooth,
    stretched,
    turned,
    within,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

BRASS = (226, 184, 84)


def hammer(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 1:
        rims = [block(dark(rgb, 0.25), x, 0.0, x + 0.14, 0.6, 0.05) for x in (0.0, 0.86)]
        shaft = Part(angular(0.5, (0.09, 0.5), (0.13, 1.6)), WOOD)
        return in_cups(item, shaft, block(rgb, 0.08, 0.04, 0.92, 0.56), *rims, shine(0.3, 0.2, 0.12, 0.05))
    shaft = Part(angular(0.5, (0.1, 0.2), (0.13, 0.85), (0.2, 1.0), (0.22, 1.5), (0.16, 1.6)), rgb)
    if look.shape == 2:
        head = [block(dark(STEEL, 0.2), 0.2, 0.06, 0.8, 0.4)]
        head += [block(STEEL, x, 0.0, x + 0.24, 0.46, 0.05) for x in (0.0, 0.76)]
    else:
        claw = smooth((0.32, 0.08), (0.6, 0.04), (0.84, 0.14), (1.0, 0.52), (0.82, 0.38), (0.62, 0.36), (0.32, 0.36))
        head = [Part(claw, STEEL), block(dark(STEEL, 0.15), 0.12, 0.08, 0.36, 0.36)]
        head.append(block(STEEL, 0.0, 0.0, 0.16, 0.44, 0.04))
    grip = marks(dark(rgb), *[(0.35, y, 0.65, y) for y in (1.14, 1.26, 1.38)])
    return in_cups(item, shaft, *grip, *head, shine(0.5, 0.16, 0.1, 0.04))


def screwdriver(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    tip = (((0.1, 0.0), (0.1, 0.08), (0.05, 0.22)), ((0.01, 0.0), (0.08, 0.12), (0.05, 0.22)))[look.shape % 2]
    grip = (
        turned(0.2, (0.1, 0.66), (0.11, 0.76), (0.2, 0.9), (0.19, 1.35), (0.12, 1.5)),
        turned(0.2, (0.13, 0.6), (0.1, 0.7), (0.15, 0.85), (0.19, 1.2), (0.19, 1.4), (0.1, 1.5)),
        rectangle(0.0, 0.5, 0.4, 1.5, 0.1),
    )[look.shape]
    collar = ((0.06, 0.7, 0.34, 0.8), (0.06, 0.6, 0.34, 0.68), (0.0, 0.96, 0.4, 1.08))[look.shape]
    flutes = marks(dark(rgb), *[(x, 1.12, x, 1.36) for x in (0.11, 0.2, 0.29)])
    parts = [block(STEEL, 0.15, 0.16, 0.25, 0.8), Part(angular(0.2, *tip), STEEL), Part(grip, rgb)]
    return in_cups(item, *parts, block(look.accent, *collar), *flutes, shine(0.11, 0.92, 0.03, 0.1))


def wrench(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    jaw = [(0.42, 0.02), (0.42, 0.26), (0.3, 0.35), (0.18, 0.26), (0.18, 0.02)]
    top = [*ellipse(0.3, 0.3, 0.3, 0.3, 66, -64), *jaw, *ellipse(0.3, 0.3, 0.3, 0.3, 244, 114)]
    end = [*ellipse(0.3, 1.23, 0.29, 0.27, 244, -64)]
    detail = [Part(stretched(ellipse(0.5, 0.5, 0.5, 0.5)[::5], 8, (0.15, 1.08, 0.45, 1.38)), dark(rgb, 0.6))]
    if look.shape == 1:
        notch = [(0.2, 1.48), (0.2, 1.3), (0.3, 1.22), (0.4, 1.3), (0.4, 1.48)]
        end = [*ellipse(0.3, 1.23, 0.29, 0.27, 244, 112), *notch, *ellipse(0.3, 1.23, 0.29, 0.27, 68, -64)]
        detail = []
    elif look.shape == 2:
        top = [(0.42, 0.7), (0.52, 0.46), (0.52, 0.36), (0.24, 0.36), (0.24, 0.26), (0.6, 0.1), (0.4, 0.0), (0.1, 0.14)]
        top += [(0.02, 0.4), (0.18, 0.7)]
        detail += [block(dark(rgb, 0.3), 0.2, 0.44, 0.46, 0.58, 0.03)]
        detail += marks(dark(rgb, 0.6), (0.29, 0.46, 0.29, 0.56), (0.37, 0.46, 0.37, 0.56))
    groove = block(dark(rgb, 0.2), 0.24, 0.66, 0.36, 0.94, 0.05)._replace(ink=False)
    return in_cups(item, shape(rgb, *top, *end), groove, *detail, shine(0.12, 0.3, 0.03, 0.08))


def _teeth(y0: float, x1: float, y1: float, count: int) -> list[tuple[float, float]]:
    """A toothed edge from the left to the right."""
    edge = np.linspace((0.0, y0), (x1, y1), 2 * count + 1)
    edge[1::2, 1] += 0.07
    return [(x, y) for x, y in edge.tolist()]


def saw(look: Look, item: SceneObject) -> Drawing:
    rgb, blank = look.body, (206, 212, 220)
    upper, lower = [(1.2, 0.06), (1.6, 0.0), (1.87, 0.08)], [(1.88, 0.62), (1.6, 0.7), (1.2, 0.6), (1.3, 0.34)]
    handle = hollow(rgb, smooth((1.89, 0.36), *lower, *upper), ellipse(1.6, 0.36, 0.14, 0.17))
    if look.shape == 1:
        bow = points((0.075, 0.62), (0.075, 0.18), (0.18, 0.08), (1.2, 0.08), (1.36, 0.16), (1.36, 0.6))
        blade = [shape(blank, (1.36, 0.46), (0.0, 0.46), *_teeth(0.58, 1.36, 0.58, 14))]
        return in_cups(item, *blade, ribbon(rgb, bow, 0.15), *handle)
    if look.shape == 2:
        blade = [shape(blank, (1.4, 0.1), (0.0, 0.1), *_teeth(0.6, 1.4, 0.6, 12)), block(rgb, 0.0, 0.0, 1.4, 0.2)]
    else:
        blade = [shape(blank, (1.4, 0.06), (0.03, 0.22), *_teeth(0.4, 1.4, 0.6, 12))]
    rivets = [disc(BRASS, x, y, 0.035) for x, y in ((1.33, 0.16), (1.36, 0.54))]
    return in_cups(item, *blade, *handle, *rivets, shine(0.6, 0.34, 0.3, 0.03))


def drill(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    barrel = (
        rectangle(0.5, 0.0, 1.34, 0.46, 0.12),
        smooth((0.5, 0.08), (0.9, 0.0), (1.26, 0.02), (1.38, 0.22), (1.3, 0.46), (0.9, 0.48), (0.5, 0.4)),
        points((0.5, 0.08), (0.72, 0.0), (1.4, 0.0), (1.4, 0.34), (1.2, 0.5), (0.5, 0.42)),
    )[look.shape]
    cord = curve((1.16, 1.0), (1.1, 1.16), (0.8, 1.16), (0.6, 1.0), (0.34, 1.16))
    foot = (
        [block(RUBBER, 0.72, 0.92, 1.4, 1.2, 0.06), block(look.accent, 0.8, 1.0, 1.3, 1.1)],
        [ribbon(RUBBER, cord, 0.07), block(RUBBER, 0.92, 0.92, 1.38, 1.06, 0.05)],
        [block(RUBBER, 0.54, 0.44, 0.7, 0.92, 0.06), block(look.accent, 0.9, 0.96, 1.4, 1.2, 0.04)],
    )[look.shape]
    bit = shape(STEEL, (0.0, 0.24), (0.08, 0.2), (0.34, 0.2), (0.34, 0.28), (0.08, 0.28))
    twist = marks(dark(STEEL, 0.5), *[(x, 0.2, x + 0.05, 0.28) for x in (0.1, 0.18, 0.26)])
    chuck = shape(RUBBER, (0.26, 0.16), (0.5, 0.08), (0.5, 0.4), (0.26, 0.32))
    grip = shape(rgb, (0.86, 0.4), (1.22, 0.4), (1.34, 1.0), (0.98, 1.0))
    trigger = Part(smooth((0.88, 0.46), (0.8, 0.52), (0.84, 0.66), (0.94, 0.68)), RUBBER)
    vents = marks(dark(rgb, 0.5), *[(x, 0.12, x, 0.3) for x in (1.06, 1.13, 1.2)])
    body = [grip, *foot, trigger, Part(barrel, rgb), *vents]
    return in_cups(item, bit, *twist, chuck, *body, shine(0.76, 0.14, 0.14, 0.04))


def nail(look: Look, item: SceneObject) -> Drawing:
    rgb, half = look.body, (0.045, 0.06, 0.055)[look.shape]
    rims = (
        rectangle(0.0, 0.0, 0.22, 0.08, 0.03),
        ellipse(0.11, 0.12, 0.11, 0.12, 180, 360),
        angular(0.11, (0.11, 0.0), (0.1, 0.06), (0.05, 0.14)),
    )
    lines = ((0.14, 0.19), (0.2, 0.28, 0.36, 0.44, 0.52), ())[look.shape]
    thread = [line(points((0.11 - half, y), (0.11 + half, y - 0.03)), dark(rgb, 0.5)) for y in lines]
    shank = Part(angular(0.11, (half, 0.05), (half, 0.54), (0.004, 0.7)), rgb)
    return in_cups(item, shank, *thread, Part(rims[look.shape], light(rgb, 0.15)), shine(0.1, 0.3, 0.012, 0.14))


def ladder(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, light(look.body, 0.2)
    if look.shape == 1:
        legs = [shape(dark(rgb), (x, 0.1), (x + 0.1, 0.1), (x + 0.38, 2.3), (x + 0.28, 2.3)) for x in (0.4, 0.72)]
        steps = [(0.42 - 0.16 * y, y) for y in (0.5, 0.96, 1.42, 1.88)]
        treads = [shape(pale, (x, y), (x + 0.5, y), (x + 0.5, y + 0.14), (x - 0.03, y + 0.14)) for x, y in steps]
        rails = [shape(rgb, (x, 0.1), (x + 0.12, 0.1), (x - 0.26, 2.5), (x - 0.38, 2.5)) for x in (0.38, 0.86)]
        return in_cups(item, *legs, *treads, *rails, block(rgb, 0.3, 0.0, 1.06, 0.16, 0.03))
    lean, thick = (0.14, 0.1) if look.shape == 0 else (0.0, 0.17)
    rail = points((lean, 0.0), (lean + 0.15, 0.0), (0.15, 2.5), (0.0, 2.5))
    heights = np.arange(0.18, 2.3, 0.32 if look.shape == 0 else 0.47)
    steps = [(0.07 + lean * (1 - y / 2.5), y) for y in heights]
    rungs = [block(pale, x, y, 1.1 - x, y + thick) for x, y in steps]
    feet = [block(RUBBER, x, 2.36, x + 0.15, 2.5) for x in (0.0, 0.95)] if look.shape == 2 else []
    return in_cups(item, *rungs, Part(rail, rgb), Part(rail * [-1, 1] + [1.1, 0], rgb), *feet)


def tape_measure(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    bow = ellipse(0.34, 0.36, 0.34, 0.36, 190, 330)[::2]
    snail = points((0.72, 0.75), (0.0, 0.75), (0.0, 0.3), *bow, (0.72, 0.5))
    case = (rectangle(0.0, 0.0, 0.68, 0.75, 0.14), ellipse(0.34, 0.375, 0.34, 0.375), snail)[look.shape]
    tongue = [block((252, 232, 140), 0.5, 0.58, 0.87, 0.71), block(STEEL, 0.85, 0.53, 0.9, 0.75)]
    ticks = marks((80, 70, 50), *[(x, 0.59, x, y) for x, y in ((0.72, 0.66), (0.76, 0.64), (0.8, 0.66))])
    hub = [disc(light(rgb, 0.65), 0.33, 0.36, 0.2), disc(look.accent, 0.33, 0.36, 0.09)]
    return in_cups(item, *tongue, *ticks, Part(case, rgb), *hub, shine(0.17, 0.14, 0.06, 0.03))


def ruler(look: Look, item: SceneObject) -> Drawing:
    rgb, ink = light(look.body, 0.15), dark(look.body, 0.75)
    tilt, low = (0.16, 0.28) if look.shape == 1 else (0.0, 0.35)
    ticks = [(0.1 + 0.1 * i, 0.18 if i % 4 == 0 else 0.1) for i in range(16)]
    lines = marks(ink, *[(x + tilt, 0.0, x + tilt * (1 - y / low), y) for x, y in ticks])
    lines = [mark._replace(ink=i % 4 == 0) for i, mark in enumerate(lines)]
    if look.shape == 2:
        lines += [*marks(ink, *[(x, 0.35, x, 0.35 - y) for x, y in ticks[:-2]]), disc(ink, 1.69, 0.175, 0.05)]
    edge = block(dark(rgb, 0.3), 0.0, 0.2, 1.8 - tilt, 0.35)
    return in_cups(item, edge, shape(rgb, (tilt, 0.0), (1.8, 0.0), (1.8 - tilt, low), (0.0, low)), *lines)


def tape(look: Look, item: SceneObject) -> Drawing:
    rgb, card = look.body, (206, 170, 124)
    if look.shape == 1:
        side = shape(rgb, (0.0, 0.2), *ellipse(0.4, 0.52, 0.4, 0.23, 180, 0), (0.8, 0.2))
        top = [disc(light(rgb, 0.3), 0.4, 0.22, 0.4, 0.22), disc(card, 0.4, 0.22, 0.22, 0.12)]
        top += [disc(dark(card, 0.5), 0.4, 0.24, 0.18, 0.09)._replace(ink=False), shine(0.12, 0.5, 0.03, 0.1)]
        end = shape(light(rgb, 0.35), (0.5, 0.54), (0.62, 0.48), (0.62, 0.68), (0.58, 0.67), (0.54, 0.71), (0.5, 0.69))
        return in_cups(item, side, end, *top)
    core = 0.2 if look.shape == 0 else 0.13
    roll = [*hoop(rgb, 0.36, 0.375, 0.36, core - 0.05), *hoop(card, 0.36, 0.375, core, core - 0.05)]
    groove = line(ellipse(0.36, 0.375, 0.29, 0.29, 190, 300), dark(rgb, 0.35))._replace(ink=False)
    strip = points((0.36, 0.64), (0.8, 0.64), (0.77, 0.68), (0.8, 0.71), (0.77, 0.75), (0.36, 0.745))
    if look.shape == 2:
        strip = points((0.6, 0.1), (0.725, 0.3), (0.8, 0.75), (0.74, 0.71), (0.7, 0.75), (0.64, 0.7), (0.6, 0.4))
    return in_cups(item, Part(strip, light(rgb, 0.3)), *roll, groove, shine(0.2, 0.2, 0.05, 0.05))


def pliers(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    tips = (
        ((0.12, 0.56), (0.08, 0.38), (0.15, 0.06), (0.26, 0.0), (0.3, 0.06)),
        ((0.17, 0.6), (0.17, 0.46), (0.26, 0.0), (0.31, 0.0)),
        ((0.12, 0.58), (0.04, 0.36), (0.16, 0.06), (0.33, 0.0), (0.33, 0.09), (0.2, 0.28)),
    )[look.shape]
    bow = ((0.1, 0.94), (0.07, 1.36)) if look.shape == 1 else ((0.22, 0.76), (0.09, 0.92), (0.1, 1.14), (0.07, 1.35))
    shank, grip = curve((0.45, 0.56), (0.34, 0.66), *bow[:2]), curve((0.26, 0.72), *bow)
    half = [ribbon(STEEL, shank, 0.15), ribbon(rgb, grip, 0.15), shape(STEEL, (0.32, 0.7), *tips, (0.335, 0.5))]
    half += marks(dark(STEEL, 0.5), *[(0.26, y, 0.31, y) for y in (0.12, 0.18, 0.24) if look.shape != 2])
    pivot = [disc(STEEL, 0.35, 0.6, 0.13), disc(dark(STEEL, 0.3), 0.35, 0.6, 0.05)]
    return in_cups(item, *both(*half, cx=0.35), *pivot, shine(0.14, 1.1, 0.02, 0.1))


def axe(look: Look, item: SceneObject) -> Drawing:
    rgb, double, low = look.body, look.shape == 1, (0.52, 0.52, 0.66)[look.shape]
    ways = ((0.76, 0.04), (0.74, 0.9), (0.76, 1.74)), ((0.5, 0.0), (0.5, 1.74))
    way = (*ways, ((0.74, 0.06), (0.72, 0.6), (0.84, 1.2), (0.76, 1.74)))[look.shape]
    edge, inner = curve((0.1, 0.0), (0.0, 0.48), (0.1, 0.94)), curve((0.22, 0.8), (0.14, 0.48), (0.22, 0.1))
    cheek = curve((0.64, 0.2), (0.36, 0.16), (0.1, 0.0)), edge, curve((0.1, 0.94), (0.36, low + 0.1), (0.64, low))
    head = [Part(np.concatenate(cheek), STEEL), Part(np.concatenate([edge, inner]), light(STEEL, 0.5))]
    if double:
        head = both(*[part._replace(points=part.points * [0.72, 0.86]) for part in head])
    foot = way[-1][0]
    handle = [ribbon(rgb, curve(*way), 0.17), block(dark(rgb, 0.2), foot - 0.12, 1.66, foot + 0.12, 1.8, 0.05)]
    poll = block(dark(STEEL, 0.15), *((0.36, 0.12, 0.64, 0.5) if double else (0.58, 0.16, 1.0, 0.56)), 0.04)
    return in_cups(item, *handle, *head, poll)


def chisel(look: Look, item: SceneObject) -> Drawing:
    rgb, low = look.body, (0.0, 0.18, 0.0)[look.shape]
    neck = [(0.31, 0.66), (0.23, 0.78), (0.23, 0.92), (0.13, 0.92), (0.13, 0.78), (0.05, 0.66)]
    blade = shape(STEEL, (0.05, low), (0.31, 0.0), *neck)
    edge = shape(light(STEEL, 0.6), (0.05, low), (0.31, 0.0), (0.31, 0.16), (0.05, low + 0.16))
    grip = (
        turned(0.18, (0.1, 0.88), (0.18, 0.98), (0.14, 1.18), (0.18, 1.38), (0.14, 1.5)),
        turned(0.18, (0.1, 0.88), (0.11, 0.96), (0.18, 1.2), (0.18, 1.38), (0.12, 1.5)),
        rectangle(0.0, 0.88, 0.36, 1.5, 0.06),
    )[look.shape]
    bands = [block(BRASS, 0.06, 0.84, 0.3, 0.94, 0.02)]
    bands += [block(STEEL, 0.02, 1.38, 0.34, 1.45)] if look.shape != 1 else []
    ridge = line(points((0.18, low / 2 + 0.18), (0.18, 0.66)), dark(STEEL, 0.3))._replace(ink=False)
    return in_cups(item, blade, edge, ridge, Part(grip, rgb), *bands, shine(0.1, 1.1, 0.025, 0.12))


def _grit(rgb: RGB, *corners: tuple[float, float]) -> list[Part]:
    """A sheet full of grains, some of them coarse enough for a sketch."""
    sheet, tints = points(*corners), (dark(rgb, 0.45), light(rgb, 0.4))
    spots = within(sheet, *[(0.05 + 0.9 * (0.618 * i % 1), 0.07 + 0.013 * i) for i in range(67)]).tolist()
    grains = [disc(tints[i % 2], x, y, 0.013)._replace(ink=i % 7 == 0) for i, (x, y) in enumerate(spots)]
    return [Part(sheet, rgb), *grains]


def sandpaper(look: Look, item: SceneObject) -> Drawing:
    rgb, back = look.body, light(look.body, 0.6)
    if look.shape == 1:
        roll = [disc(back, 1.07, 0.45, 0.13, 0.45), disc(dark(rgb, 0.5), 1.07, 0.45, 0.06, 0.33)]
        return in_cups(item, *_grit(rgb, (0.0, 0.04), (1.05, 0.0), (1.05, 0.9), (0.0, 0.86)), *roll)
    if look.shape == 2:
        under = _grit(mix(rgb, look.accent, 0.4), (0.4, 0.0), (1.2, 0.14), (1.1, 0.8), (0.3, 0.66))
        return in_cups(item, *under, *_grit(rgb, (0.0, 0.2), (0.86, 0.2), (0.86, 0.9), (0.0, 0.9)))
    sheet = _grit(rgb, (0.0, 0.0), (1.2, 0.0), (1.2, 0.9), (0.0, 0.9))
    bare = shape(dark(rgb, 0.5), (1.2, 0.46), (1.2, 0.9), (0.74, 0.9))._replace(ink=False)
    curl = curve((1.2, 0.44), (0.98, 0.46), (0.8, 0.54)), curve((0.8, 0.54), (0.8, 0.72), (0.72, 0.9))
    return in_cups(item, *sheet, bare, Part(np.concatenate(curl), back))
