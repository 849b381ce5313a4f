"""Drawings of what one builds and repairs with or of: planks, pipes, wheels, locks."""

import numpy as np

from models.scene_diffusion.drawings.cups import (
    IRON,
    RUBBER,
    STEEL,
    WHITE,
    block,
    disc,
    hollow,
    hoop,
    in_cups,
    marks,
    ribbon,
    shape,
    spokes,
)
from models.scene_diffusion.drawings.fittings import hook as hook
from models.scene_diffusion.drawings.fittings import light_switch as light_switch
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    angular,
    between,
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
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

BRASS = (226, 184, 84)
WATER = vocabulary().substances["water"].rgb


def plank(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    top = shape(light(rgb, 0.25), (0.14, 0.0), (2.4, 0.0), (2.28, 0.2), (0.0, 0.2))
    end = shape(dark(rgb, 0.2), (2.28, 0.2), (2.4, 0.0), (2.4, 0.2), (2.28, 0.4))
    waves = [curve((x, y), (x + 0.3, y + 0.02), (x + 0.7, y - 0.01)) for x, y in ((0.2, 0.28), (1.3, 0.32))]
    grain = marks(dark(rgb, 0.12), (0.3, 0.07, 0.9, 0.07), (1.2, 0.13, 1.8, 0.13))
    grain += [line(wave, dark(rgb, 0.25)) for wave in waves] if look.shape != 2 else []
    if look.shape == 1:
        grain += [disc(dark(rgb, 0.35), x, 0.3, 0.09, 0.045) for x in (1.1, 2.12)]
    elif look.shape == 2:
        grain += [line(points((0.0, 0.3), (2.28, 0.3), (2.4, 0.1)), dark(rgb, 0.5))]
        grain += [disc(IRON, x, y, 0.025) for x in (0.14, 2.14) for y in (0.25, 0.35)]
    return in_cups(item, top, block(rgb, 0.0, 0.2, 2.28, 0.4), end, *grain)


def pipe(look: Look, item: SceneObject) -> Drawing:
    rgb, pouring = look.body, "pouring" in item.states
    low = 0.38 if pouring else 0.6
    if look.shape == 1:
        collars = [(1.0, 0.02, 1.18, 0.58), (1.84, 0.0, 2.0, 0.6)]
        end = [disc(dark(rgb, 0.2), 0.18, 0.3, 0.15, 0.3), disc(dark(rgb, 0.65), 0.16, 0.3, 0.1, 0.2)]
        tube, left, y = block(rgb, 0.18, 0.09, 1.9, 0.51), 0.06, 0.36
    else:
        collars = [(0.0, low - 0.1, 0.4, low), ((1.86, 0.0, 2.0, 0.35), (1.86, 0.25, 2.0, 0.6))[look.shape // 2]]
        way = ((0.2, low), (0.2, 0.28), (0.3, 0.18), (0.6, 0.17))
        on = (((1.2, 0.17), (1.9, 0.17)), (), ((0.95, 0.22), (1.25, 0.4), (1.7, 0.43), (1.9, 0.43)))[look.shape]
        tube, left, y, end = ribbon(rgb, curve(*way, *on), 0.32), 0.1, low, []
    run = [(left + 0.2, y), (left + 0.2, 0.54), (left + 0.42, 0.6), (0.0, 0.6), (left, 0.54), (left, y)]
    stream = [Part(points(*run), WATER, shade=0.05)] if pouring else []
    joints = [block(dark(rgb, 0.25), *corners, 0.03) for corners in collars]
    return in_cups(item, tube, *joints, *end, *stream, shine(0.72, 0.15, 0.2, 0.03))


def hose(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    end = [(1.0, 1.13), (1.25, 1.08), (1.35, 0.92), (1.36, 0.74)]
    nozzle = angular(1.36, (0.04, 0.36), (0.06, 0.5), (0.13, 0.58), (0.13, 0.66), (0.08, 0.78))
    if look.shape == 0:
        angle, radius = np.radians(np.linspace(1170, 90, 100)), np.linspace(0.12, 0.56, 100)
        coil = np.stack([0.6 + radius * np.cos(angle), 0.575 + radius * np.sin(angle)], 1)
        body = [ribbon(rgb, np.concatenate([coil, curve((0.72, 1.135), *end)]), 0.125)]
    elif look.shape == 1:
        body = [ribbon(rgb, curve((0.9, 1.0), *end), 0.15)]
        body += [disc(rgb, 0.6, y, 0.6, 0.32) for y in (0.87, 0.69, 0.51, 0.33)]
        body += [disc(dark(rgb, 0.6), 0.6, 0.31, 0.42, 0.18)]
    else:
        way = curve((0.1, 0.94), (0.12, 0.3), (0.4, 0.1), (0.62, 0.5), (0.7, 1.0), *end)
        body = [ribbon(rgb, way, 0.18), block(BRASS, 0.0, 0.9, 0.2, 1.2, 0.03)]
    return in_cups(item, *body, Part(nozzle, BRASS), block(RUBBER, 1.22, 0.57, 1.5, 0.66))


def wheel(look: Look, item: SceneObject) -> Drawing:
    rgb, at = look.body, (0.7, 0.7)
    if look.shape == 0:
        wires = [line(wire, (136, 142, 152)) for wire in spokes(*at, 0.7, 10, 0.1, 0.8)]
        rims = [*hoop(rgb, *at, 0.7, 0.59), *hoop(STEEL, *at, 0.59, 0.53)]
        return in_cups(item, *wires, *rims, disc(STEEL, *at, 0.1))
    if look.shape == 1:
        nuts = [Part(ellipse(0, 0, 0.04, 0.04) + end, RUBBER, ink=False) for _, end in spokes(*at, 0.7, 5, 0, 0.3)]
        hub = [disc(STEEL, *at, 0.42), disc(light(STEEL, 0.5), *at, 0.32), *nuts, disc(look.accent, *at, 0.1)]
        return in_cups(item, disc(rgb, *at, 0.7), *hub, shine(0.36, 0.3, 0.1, 0.06))
    knobs = [ribbon(rgb, knob, 0.17) for knob in spokes(*at, 0.7, 14, 0.8, 1.0)]
    bars = [ribbon(STEEL, bar, 0.11) for bar in spokes(*at, 0.7, 5, 0.1, 0.52)]
    hub = [disc(IRON, *at, 0.39), *bars, *hoop(STEEL, *at, 0.41, 0.34), disc(look.accent, *at, 0.13)]
    return in_cups(item, *knobs, disc(rgb, *at, 0.65), *hub)


def pump(look: Look, item: SceneObject) -> Drawing:
    rgb, half = look.body, (0.19, 0.25, 0.16)[look.shape]
    way = curve((0.4, 1.46), (0.64, 1.5), (0.74, 1.3), (0.7, 0.9), (0.72, 0.7))
    tube = [ribbon(RUBBER, way, 0.08), block(STEEL, 0.64, 0.54, 0.8, 0.72, 0.02)]
    grip = [block(RUBBER, 0.0, 0.0, 0.66, 0.14, 0.07)]
    if look.shape == 2:
        grip = hollow(RUBBER, rectangle(0.1, 0.0, 0.56, 0.3, 0.08), rectangle(0.19, 0.08, 0.47, 0.22, 0.04))
    barrel = [block(rgb, 0.33 - half, 0.56, 0.33 + half, 1.58)]
    barrel += [block(look.accent, 0.31 - half, 0.48, 0.35 + half, 0.6, 0.03), shine(0.24, 0.86, 0.03, 0.16)]
    foot = [Part(angular(0.33, (0.24, 1.56), (0.33, 1.64), (0.33, 1.7)), RUBBER)]
    if look.shape != 1:
        foot += [disc(WHITE, 0.33, 1.34, 0.12), line(points((0.33, 1.34), (0.39, 1.28)), (214, 64, 58))]
    return in_cups(item, *tube, block(STEEL, 0.29, 0.1, 0.37, 0.6), *grip, *barrel, *foot)


def paintbrush(look: Look, item: SceneObject) -> Drawing:
    rgb, fine = look.body, look.shape == 1
    top = 0.1 if look.shape == 2 else 0.0
    tuft = points((0.0, 0.4), (0.01, top), (0.1, 0.04), (0.19, 0.0), (0.28, 0.03), (0.37, 0.0), (0.38, 0.4))
    handle = (
        turned(0.19, (0.19, 0.6), (0.12, 0.78), (0.17, 1.05), (0.14, 1.36), (0.08, 1.5)),
        turned(0.19, (0.1, 0.6), (0.19, 0.84), (0.14, 1.1), (0.05, 1.5)),
        turned(0.19, (0.19, 0.6), (0.18, 0.78), (0.17, 1.05), (0.15, 1.36), (0.08, 1.5)),
    )[look.shape]
    if fine:
        tuft = turned(0.19, (0.005, 0.0), (0.11, 0.16), (0.14, 0.28), (0.1, 0.42))
    ferrule = block(STEEL, 0.08 if fine else 0.0, 0.38, 0.3 if fine else 0.38, 0.61)
    seams = marks(dark(STEEL, 0.5), (0.1, 0.45, 0.28, 0.45), (0.1, 0.54, 0.28, 0.54))
    hole = [] if fine else [disc(dark(rgb, 0.6), 0.19, 1.38, 0.035)]
    parts = [Part(tuft, (226, 196, 142)), Part(between(tuft, 0.0, 0.17), look.accent), Part(handle, rgb), ferrule]
    return in_cups(item, *parts, *seams, *hole, shine(0.14, 1.0, 0.025, 0.12))


def key(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    shaft = [(0.14, 0.3), (0.26, 0.3), (0.26, 0.66), (0.4, 0.66), (0.4, 0.75), (0.26, 0.75), (0.26, 0.82)]
    bit = [(0.36, 0.82), (0.36, 0.92), (0.26, 0.92), (0.26, 1.0), (0.14, 1.0)]
    rings = [(0.2, 0.2, 0.2, 0.1)]
    if look.shape == 2:
        rings = [(x, y, 0.12, 0.055) for x, y in ((0.12, 0.27), (0.28, 0.27), (0.2, 0.12))]
    bow = [part for ring in rings for part in hoop(rgb, *ring)]
    if look.shape == 1:
        bow = hollow(rgb, rectangle(0.0, 0.0, 0.4, 0.38, 0.09), rectangle(0.12, 0.08, 0.28, 0.16, 0.03))
    return in_cups(item, shape(rgb, *shaft, *bit), *bow, block(dark(rgb, 0.15), 0.1, 0.4, 0.3, 0.46, 0.02))


def lock(look: Look, item: SceneObject) -> Drawing:
    rgb, black = look.body, dark(look.body, 0.75)
    free, top = (0.34, 0.46) if "open" in item.states else (0.5, 0.4)
    body = (
        rectangle(0.0, top, 0.75, 0.95, 0.1),
        ellipse(0.375, (top + 0.95) / 2, 0.375, (0.95 - top) / 2),
        rectangle(0.0, top, 0.75, 0.95, 0.03),
    )[look.shape]
    shackle = points((0.16, free), *ellipse(0.375, 0.28, 0.215, 0.215, 180, 360), (0.59, 0.6))
    hole = [Part(angular(0.375, (0.03, 0.66), (0.07, 0.84)), black), disc(black, 0.375, 0.66, 0.075)]
    if look.shape == 2:
        hole = [block(WHITE, x, 0.56, x + 0.15, 0.8, 0.03) for x in (0.1, 0.3, 0.5)]
        hole += marks(RUBBER, *[(x, 0.62, x, 0.74) for x in (0.175, 0.375, 0.575)])
    return in_cups(item, ribbon(STEEL, shackle, 0.13), Part(body, rgb), *hole, shine(0.2, top + 0.1, 0.06, 0.03))


def glove(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    thumb = curve((0.22, 0.84), (0.1, 0.66), (0.0, 0.46), (0.06, 0.38), (0.16, 0.44), (0.26, 0.56))
    tops = [(0.33, 0.1, 0.095), (0.51, 0.0, 0.095), (0.67, 0.06, 0.085), (0.82, 0.2, 0.08)]
    if look.shape == 1:
        tops = [(0.57, 0.0, 0.33)]
    fingers = [[(c - h, 0.5), *ellipse(c, y + h, h, h, 180, 360), (c + h, 0.5)] for c, y, h in tops]
    hand = [shape(rgb, *thumb, *[point for finger in fingers for point in finger], (0.8, 0.84))]
    if look.shape == 1:
        hand += patterned(points(*fingers[0], (0.8, 0.84), (0.24, 0.84)), look, 0.1, 0.8)
    elif look.shape == 2:
        hand += [disc(light(rgb, 0.35), 0.52, 0.64, 0.24, 0.11)._replace(ink=False)]
    cuff = block(look.accent if look.shape == 2 else dark(rgb, 0.15), 0.16, 0.8, 0.86, 1.1, 0.05)
    hem = line(points((0.18, 1.0), (0.84, 1.0)), dark(cuff.fill or rgb, 0.4))
    return in_cups(item, *hand, cuff, hem, shine(0.33, 0.26, 0.025, 0.08))


def chain(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    count, half, high, sway = ((3, 0.27, 0.3, 0), (4, 0.2, 0.22, 0.08), (2, 0.38, 0.3, 0))[look.shape]
    step = (1.6 - 2 * half) / (count - 1)
    knots = [(half + i * step, 0.3 + sway * (-1) ** i) for i in range(count)]
    outer, inner = ellipse(0, 0, half, high), ellipse(0, 0, half - 0.1, high - 0.1)
    if look.shape == 2:
        outer, inner = rectangle(-half, -0.3, half, 0.3, 0.2), rectangle(0.12 - half, -0.18, half - 0.12, 0.18, 0.1)
    links = [part for knot in knots for part in hollow(rgb, outer + knot, inner + knot)]
    ends = [(np.array(a), np.array(b)) for a, b in zip(knots, knots[1:], strict=False)]
    bars = [ribbon(dark(rgb, 0.22), np.linspace(a + 0.09 * (b - a), b + 0.09 * (a - b), 9), 0.13) for a, b in ends]
    return in_cups(item, *links, *bars)


def _twisted(rgb: RGB, path: Points, width: float, gap: float = 0.17) -> list[Part]:
    """A rope along a path, its strands a slant line every `gap`."""
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    steps = np.arange(0.6 * gap, along[-1] - 0.5 * gap, gap)
    ends = [[np.interp(steps + shift, along, path[:, k]) for k in (0, 1)] for shift in (0, 0.01, 0.45 * gap)]
    start, near, end = (np.stack(spot, 1) for spot in ends)
    aside = (near - start)[:, ::-1] * [-50, 50] * width * 0.96
    strands = [line(points(a + s, b - s), dark(rgb, 0.45)) for a, b, s in zip(start, end, aside, strict=True)]
    return [ribbon(rgb, path, width), *strands]


def rope(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 0:
        tail = _twisted(rgb, curve((0.7, 0.9), (1.0, 0.92), (1.14, 0.8), (1.18, 0.62), (1.24, 0.44)), 0.12)
        loops = [_twisted(rgb, ellipse(0.52, y, 0.46, 0.24, -90, 270), 0.12, 0.22) for y in (0.7, 0.52, 0.34)]
        return in_cups(item, *tail, *[part for loop in loops for part in loop])
    if look.shape == 1:
        bights = [_twisted(rgb, ellipse(x, 0.5, rx, 1.25 * rx), 0.11) for x in (0.36, 0.94) for rx in (0.3, 0.17)]
        wraps = [_twisted(dark(rgb, 0.15), points((x, 0.24), (x, 0.76)), 0.11) for x in (0.54, 0.65, 0.76)]
        return in_cups(item, *[part for turn in [*bights, *wraps] for part in turn])
    noose = _twisted(rgb, ellipse(0.42, 0.4, 0.36, 0.34, -90, 270), 0.12)
    tail = _twisted(rgb, curve((0.7, 0.62), (0.9, 0.84), (1.1, 0.9), (1.22, 0.76), (1.24, 0.5)), 0.12)
    turns = [points((x - 0.1, x + 0.04), (x + 0.08, x - 0.16)) for x in (0.7, 0.78)]
    return in_cups(item, *noose, *tail, *[ribbon(dark(rgb, 0.12), turn, 0.1) for turn in turns])


def _plug(rgb: RGB, x: float, y: float, s: int = 1) -> list[Part]:
    """A mains plug with two pins, to the right of where the cable goes in, or with `s` -1 to the left."""
    body = angular(0, (0.04, 0.0), (0.06, 0.1), (0.15, 0.16), (0.15, 0.32))[:, ::-1]
    pins = [block(STEEL, 0.3, dy - 0.03, 0.46, dy + 0.03, 0.02) for dy in (-0.085, 0.085)]
    return [part._replace(points=part.points * [s, 1] + [x, y]) for part in (*pins, Part(body, rgb))]


def cable(look: Look, item: SceneObject) -> Drawing:
    rgb, thick, lighter = look.body, 0.085, light(look.body, 0.25)
    if look.shape == 0:
        rings = [[ellipse(0.4, y, 0.4 - d, 0.34 - d) for d in (0, thick)] for y in (0.66, 0.56, 0.46)]
        loops = [part for outer, inner in rings for part in hollow(rgb, outer, inner)]
        way = curve((0.4, 0.96), (0.8, 0.93), (0.94, 0.7), (0.66, 0.3), (0.7, 0.17), (0.86, 0.16))
        return in_cups(item, *loops, ribbon(rgb, way, thick), *_plug(lighter, 0.84, 0.16))
    if look.shape == 1:
        way = curve((0.12, 0.84), (0.5, 0.9), (0.7, 0.7), (0.5, 0.5), (0.24, 0.36), (0.36, 0.17), (0.86, 0.16))
        socket = [block(lighter, 0.0, 0.66, 0.4, 1.0, 0.08)]
        socket += [disc(dark(rgb, 0.7), x, 0.83, 0.03) for x in (0.12, 0.26)]
        return in_cups(item, ribbon(rgb, way, thick), *socket, *_plug(lighter, 0.84, 0.16))
    bends = (0.9, 0.15), (1.06, 0.32), (0.7, 0.48), (0.24, 0.56), (0.16, 0.8), (0.5, 0.9)
    way = curve((0.44, 0.16), *bends, (1.06, 0.86))
    end = [block(dark(rgb, 0.15), 1.0, 0.74, 1.22, 0.98, 0.05), block(STEEL, 1.2, 0.79, 1.3, 0.93)]
    return in_cups(item, ribbon(rgb, way, thick), *end, *_plug(lighter, 0.46, 0.16, -1))


def brick(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    top = points((0.2, 0.0), (1.2, 0.0), (1.0, 0.24), (0.0, 0.24))
    faces = [Part(top, light(rgb, 0.25)), block(rgb, 0.0, 0.24, 1.0, 0.7)]
    faces.append(shape(dark(rgb, 0.22), (1.0, 0.24), (1.2, 0.0), (1.2, 0.46), (1.0, 0.7)))
    if look.shape == 2:
        return in_cups(item, *faces, *[block(dark(rgb, 0.5), x, 0.34, x + 0.36, 0.6, 0.03) for x in (0.1, 0.54)])
    if look.shape == 0:
        holes = [disc(dark(rgb, 0.5), x, 0.12, 0.1, 0.06) for x in (0.3, 0.6, 0.9)]
    else:
        holes = [Part(inset(top, 0.7, 0.6), dark(rgb, 0.2)), Part(between(inset(top, 0.7, 0.6), 0.1, 1), rgb)]
    places = (0.16, 0.4), (0.4, 0.6), (0.62, 0.36), (0.84, 0.56), (0.3, 0.44), (0.7, 0.62)
    pits = [disc(dark(rgb, 0.25), x, y, 0.02, 0.014)._replace(ink=False) for x, y in places]
    return in_cups(item, *faces, *holes, *pits)
