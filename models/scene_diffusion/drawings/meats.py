"""Drawings of meat, fish and seafood, raw and cooked."""

import numpy as np

from models.scene_diffusion.drawings.pieces import mirrored, placed, shrunk, spots
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    across,
    band,
    both,
    curve,
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
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

FAT = (246, 222, 172)
BONE = (248, 240, 222)
FRIED = (164, 92, 36)


def _cooked(look: Look, item: SceneObject) -> RGB:
    return mix(look.body, FRIED, 0.75) if "fried" in item.states else look.body


def _grilled(item: SceneObject, rgb: RGB, *starts: tuple[float, float]) -> list[Part]:
    """The dark stripes of a grill, if it was fried."""
    stripes = [points((x, y), (x + 0.05, y - 0.03), (x + 0.16, y + 0.27), (x + 0.11, y + 0.3)) for x, y in starts]
    return [Part(stripe, dark(rgb, 0.5), ink=False) for stripe in stripes if "fried" in item.states]


def meat(look: Look, item: SceneObject) -> Drawing:
    rgb, fat = _cooked(look, item), (252, 228, 206)
    steak = smooth((0.0, 0.46), (0.14, 0.08), (0.5, 0.0), (0.88, 0.12), (0.99, 0.54), (0.6, 0.99), (0.1, 0.9))
    if "sliced" in item.states:
        cuts = [steak * [0.56, 1.0] + [x, 0.0] for x in (0.44, 0.22, 0.0)]
        return Drawing([], [part for o in cuts for part in (Part(o, fat), Part(inset(o), rgb))])
    grill = _grilled(item, rgb, (0.2, 0.38), (0.42, 0.4), (0.64, 0.38))
    if look.shape == 2:
        knobs = [Part(ellipse(x, y, 0.07, 0.11), BONE) for x in (0.07, 0.93) for y in (0.4, 0.6)]
        body = Part(ellipse(0.5, 0.5, 0.37, 0.5), rgb, shade=0.2)
        stick = Part(rectangle(0.06, 0.42, 0.94, 0.58), BONE)
        return Drawing([], [*knobs, stick, body, *grill, shine(0.36, 0.26, 0.1, 0.08)])
    if look.shape == 1:
        outline = ellipse(0.5, 0.5, 0.5, 0.5)
        bones = [ellipse(0.5, 0.36, 0.13, 0.18), ellipse(0.5, 0.36, 0.06, 0.09)]
    else:
        outline, tee = steak, ((0.3, 0.13), (0.84, 0.2), (0.82, 0.34), (0.62, 0.31), (0.54, 0.72), (0.44, 0.7))
        bones = [points(*tee, (0.52, 0.29), (0.29, 0.27))]
    return Drawing([], [Part(outline, fat), Part(inset(outline), rgb), *grill, *[Part(bone, BONE) for bone in bones]])


def chicken(look: Look, item: SceneObject) -> Drawing:
    rgb = _cooked(look, item)
    heel, back, top, belly = ((0.68, 0.34, 0.14, 0.7), (0.6, 0.26, 0.02, 0.8), (0.74, 0.46, 0.3, 0.82))[look.shape]
    shank = ((0.76, 0.18), (0.82, 0.27), (0.67, belly))
    leg = smooth((0.0, heel), (0.06, back), (0.3, top), *shank, (0.42, 0.99), (0.14, 0.95))
    bone = points((0.7, 0.26), (0.88, 0.05), (0.95, 0.13), (0.77, 0.36))
    knobs = [Part(ellipse(x, y, 0.06, 0.08), BONE) for x, y in ((0.88, 0.08), (0.94, 0.18))]
    parts = [*knobs, Part(bone, BONE), Part(leg, rgb, shade=0.22), shine(0.24, 0.42, 0.07, 0.08)]
    if "fried" in item.states:
        crumbs = ((0.14, 0.6), (0.36, 0.32), (0.4, 0.6), (0.24, 0.8), (0.54, 0.4), (0.5, 0.78))
        parts += [Part(ellipse(x, y, 0.035, 0.03), dark(rgb, 0.3), ink=False) for x, y in crumbs]
    if "sliced" in item.states:
        cut = smooth((0.0, 0.96), (0.02, 0.6), (0.16, 0.4), (0.3, 0.6), (0.32, 0.96))
        flesh = (cut - [0.16, 1.0]) * [0.78, 0.86] + [0.16, 0.99]
        for x in (0.34, 0.18, 0.02):
            parts += [Part(cut + [x, 0], rgb), Part(flesh + [x, 0], (250, 228, 198), ink=False)]
    mirrored = [part._replace(points=part.points * [-1, 1] + [1, 0]) for part in parts]
    return Drawing([], mirrored if look.shape == 1 else parts)


def _fish_steak(body: Points, x0: float, x1: float, rgb: RGB) -> list[Part]:
    """A piece cut from a fish, and its pink flesh on the right."""
    piece = across(body, x0, x1)
    edge = piece[piece[:, 0] > x1 - 0.005, 1]
    flesh = ellipse(x1, (edge.min() + edge.max()) / 2, 0.04, np.ptp(edge) / 2)
    return [Part(piece, rgb), Part(flesh, (246, 170, 150)), Part(inset(flesh, 0.25), BONE, ink=False)]


def fish(look: Look, item: SceneObject) -> Drawing:
    rgb = _cooked(look, item)
    high, low = ((0.13, 0.93), (0.05, 1.0), (0.24, 0.88))[look.shape]
    above = ((0.0, 0.54), (0.12, 0.15 + high), (0.36, high), (0.62, 0.12 + high), (0.84, 0.46))
    body = smooth(*above, (0.84, 0.6), (0.62, low - 0.1), (0.36, low), (0.12, low - 0.13))
    tail = smooth((0.76, 0.53), (0.98, 0.04), (0.93, 0.53), (0.98, 0.98))
    crest = smooth((0.26, 0.3), (0.38, 0.0), (0.64, 0.06), (0.6, 0.4))
    keel = smooth((0.36, 0.8), (0.46, 1.0), (0.58, 0.98), (0.54, 0.7))
    fin = dark(rgb, 0.15) if "fried" in item.states else mix(rgb, look.accent, 0.5)
    parts = [Part(shape, fin) for shape in (tail, crest, keel)]
    if "sliced" in item.states:
        pieces = [_fish_steak(body, x0, x1, rgb) for x0, x1 in ((0.0, 0.3), (0.37, 0.54), (0.61, 0.76))]
        parts = [parts[0], *[part for piece in pieces for part in piece]]
    elif look.shape == 1:
        bands = [Part(across(body, x, x + 0.08), look.accent, ink=False) for x in (0.32, 0.56)]
        parts += [Part(body, rgb), *bands]
    else:
        arcs = [ellipse(x, y, 0.05, 0.08, -80, 80) for x, y in ((0.4, 0.42), (0.4, 0.64), (0.54, 0.53))]
        parts += [Part(body, rgb), *[line(arc, dark(rgb, 0.25)) for arc in arcs if "fried" not in item.states]]
    parts += _grilled(item, rgb, (0.3, 0.38), (0.44, 0.4), (0.58, 0.42))
    gill, eye = line(ellipse(0.2, 0.54, 0.06, 0.2, -70, 70), dark(rgb, 0.4)), ellipse(0.13, 0.46, 0.034, 0.07)
    return Drawing([], [*parts, gill, Part(eye, (252, 252, 252)), Part(inset(eye, 0.5), (40, 40, 48), ink=False)])


def _rasher(rgb: RGB, waves: float, height: float, stripe: float) -> list[Part]:
    """A strip of bacon on edge, as many waves long, with stripes of fat."""
    x = np.linspace(0, 1, 61)
    y, edge = 0.5 + height * np.sin(2 * np.pi * waves * x), 0.5 - height

    def strip(above: float, below: float) -> Points:
        return np.concatenate([np.stack([x, y + edge * above], 1), np.stack([x, y + edge * below], 1)[::-1]])

    fat = (252, 222, 200)
    return [Part(strip(-1, 1), rgb), Part(strip(0.52, 0.7), fat, ink=False), Part(strip(stripe, stripe + 0.5), fat)]


def bacon(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (200, 70, 66), 0.4)
    if "fried" in item.states:
        return Drawing([], _rasher(mix(rgb, (120, 52, 28), 0.75), 3.0, 0.18, -0.3))
    if look.shape == 1:
        strip = _rasher(rgb, 1.5, 0.14, -0.3)
        return Drawing([], placed(strip, (0.06, 0.0, 1.0, 0.56)) + placed(strip, (0.0, 0.44, 0.94, 1.0)))
    return Drawing([], _rasher(rgb, 2.5, 0.14, -0.55) if look.shape else _rasher(rgb, 1.5, 0.2, -0.3))


def sausage(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(_cooked(look, item), (190, 84, 52), 0.4)
    outer = ((0.06, 0.2), (0.1, 0.56), (0.28, 0.9), (0.5, 0.99), (0.72, 0.9), (0.9, 0.56), (0.94, 0.2))
    bow = smooth(*outer, (0.84, 0.1), (0.76, 0.24), (0.66, 0.4), (0.5, 0.45), (0.34, 0.4), (0.24, 0.24), (0.16, 0.1))
    tips = both(Part(smooth((0.9, 0.16), (0.86, 0.0), (0.94, 0.05), (1.0, 0.02), (0.95, 0.2)), dark(rgb)))
    if "sliced" in item.states:
        discs = [(x, y, k) for x, y in ((0.46, 0.58), (0.3, 0.66), (0.13, 0.72)) for k in (1.0, 0.8)]
        faces = [Part(ellipse(x, y, 0.13 * k, 0.28 * k), mix(FAT, rgb, k**3), ink=k == 1) for x, y, k in discs]
        fat = spots(FAT, 0.018, 2.2, *((x + d, y + 2 * d) for x, y, _ in discs for d in (-0.04, 0.03)))
        return Drawing([], [tips[0], Part(across(bow, 0.5, 1.0), rgb), *faces, *fat])
    places = ((0.3, 0.64), (0.5, 0.72), (0.7, 0.64))
    if look.shape == 1:
        places, ends = ((0.3, 0.6), (0.5, 0.5), (0.7, 0.4)), ((1.0, 0.2, -105), (0.3, 0.4, 75))
        bow = np.concatenate([ellipse(x, y, 0.2, 0.2, a, a + 180) for x, y, a in ends]) / [1.3, 0.6]
        knot = points((0.1, 0.74), (0.0, 0.64), (0.03, 0.8), (0.0, 0.96))
        tips = [Part(knot, dark(rgb)), Part(1 - knot, dark(rgb))]
    marks = [line(curve((x - 0.03, y - 0.12), (x + 0.03, y + 0.1)), dark(rgb, 0.5)) for x, y in places]
    scored = look.shape > 0 or "fried" in item.states
    whole = [*tips, Part(bow, rgb, shade=0.2), *(marks if scored else [shine(0.34, 0.66, 0.08, 0.06)])]
    if look.shape < 2:
        return Drawing([], whole)
    return Drawing([], placed(whole, (0.0, 0.0, 0.9, 0.76)) + placed(whole, (0.1, 0.24, 1.0, 1.0)))


def shrimp(look: Look, item: SceneObject) -> Drawing:
    fried = "fried" in item.states
    bare = fried or look.shape == 1
    rgb = (226, 150, 62) if fried else mix(look.body, (238, 128, 84), 0.45)
    turn = np.radians(np.linspace(225 if bare else 200, 465, 46))
    out = np.stack([np.cos(turn), np.sin(turn)], 1)
    outer, inner = ([0.54, 0.48] + out * reach[:, None] for reach in (np.full(46, 0.46), np.linspace(0.12, 0.3, 46)))
    middle, aside, back = (outer[0] + inner[0]) / 2, (inner[0] - outer[0]) / 2, np.array([-0.1, 0.12])
    cap = [middle + aside * np.cos(a) + back * np.sin(a) for a in np.linspace(np.pi, 0, 12)]
    body = Part(np.concatenate([outer, inner[::-1], cap[::-1]]), rgb, shade=0.2)
    rings = [line(np.stack([outer[i], inner[i]]), dark(rgb)) for i in range(8, 45, 7)]
    fin = smooth((0.46, 0.84), (0.26, 0.68), (0.1, 0.72), (0.12, 0.84), (0.3, 0.84))
    tail = [Part(fin, dark(rgb, 0.1)), Part(fin * [1, -1] + [0, 1.68], dark(rgb, 0.1))]
    if bare:
        crumbs = [tuple((outer[i] * 0.6 + inner[i] * 0.4).tolist()) for i in range(2, 44, 4)] if fried else []
        return Drawing([], [*tail, body, *rings, *spots(dark(rgb, 0.3), 0.018, 1.2, *crumbs)])
    head = smooth((0.18, 0.24), (0.09, 0.4), (0.0, 0.7), (0.2, 0.62), (0.4, 0.48), (0.34, 0.3))
    feelers = [line(curve((0.05, 0.56), (0.0, 0.3), (x, 0.0)), dark(rgb)) for x in (0.04, 0.18)]
    legs = [line(np.stack([inner[i], inner[i] + [-0.05, 0.11]]), dark(rgb)) for i in (10, 16, 22)]
    eye = Part(ellipse(0.17, 0.44, 0.03, 0.036), (40, 40, 48))
    parts = [*feelers, *tail, body, *rings, *legs, Part(head, rgb), eye]
    return Drawing([], mirrored(parts) if look.shape == 2 else parts)


def mussel(look: Look, item: SceneObject) -> Drawing:
    rgb, flesh = mix(look.body, (70, 76, 104), 0.3), (242, 150, 72)
    rim = ((0.0, 0.86), (0.12, 0.44), (0.44, 0.06), (0.84, 0.06), (1.0, 0.42), (0.8, 0.84), (0.4, 1.0))
    shell = smooth(*rim, (0.08, 0.99))
    growth = [shrunk(shell, k, 0.02, 0.92)[14:46] for k in (0.8, 0.6, 0.4)]
    whole = [Part(shell, rgb, shade=0.2), *(line(arc, light(rgb, 0.35)) for arc in growth)]
    if "open" in item.states:
        lower = Part(shell * [1, 0.56] + [0, 0.44], light(rgb, 0.1))
        pearl = Part(shrunk(lower.points, 0.86, 0.5, 0.72), (214, 220, 234))
        meat = Part(shrunk(lower.points, 0.6, 0.52, 0.72), flesh)
        return Drawing([], [*placed(whole, (0.0, 0.0, 0.9, 0.98)), lower, pearl, meat])
    if look.shape == 1:
        angle = np.radians(np.linspace(195, 345, 71))
        edge = 0.92 + 0.08 * np.abs(np.sin(np.linspace(0, 7 * np.pi, 71)))
        arc = np.stack([0.5 + 0.52 * edge * np.cos(angle), 0.9 + 0.9 * edge * np.sin(angle)], 1)
        fan = Part(np.concatenate([arc, points((0.56, 0.96), (0.44, 0.96))]), light(rgb, 0.2))
        ribs = [line(np.stack([[0.5, 0.88], 0.9 * arc[i] + [0.05, 0.09]]), dark(rgb)) for i in range(10, 70, 10)]
        foot = Part(smooth((0.34, 0.84), (0.66, 0.84), (0.62, 1.0), (0.38, 1.0)), dark(rgb, 0.15))
        return Drawing([], [foot, fan, *ribs])
    if look.shape == 2:
        return Drawing([], placed(whole, (1.0, 0.0, 0.3, 0.76)) + placed(whole, (0.0, 0.26, 0.74, 1.0)))
    return Drawing([], whole)


def crab(look: Look, item: SceneObject) -> Drawing:
    rgb, shape = look.body, ((0.3, 0.28, 0.84, -70), (0.25, 0.33, 0.86, -130), (0.35, 0.24, 0.85, -20))[look.shape]
    wide, high, x, turn = shape
    eye = 0.9 - 2 * high
    bends = [((0.68, 0.66 + h), (0.86, 0.58 + 1.3 * h), (0.97 - h / 2, 0.76 + h)) for h in (0.0, 0.1, 0.2)]
    legs = [Part(band(curve(*bend), 0.045), dark(rgb, 0.12)) for bend in bends]
    arm, stalk = band(curve((0.66, 0.6), (0.86, 0.54), (x, 0.36)), 0.07), rectangle(0.575, eye, 0.605, 0.56)
    claw = np.concatenate([ellipse(x, 0.2, 0.14, 0.2, turn, turn + 300), points((x, 0.22))])
    limbs = both(*legs, Part(arm, rgb), Part(claw, rgb), Part(stalk, rgb))
    eyes = both(Part(ellipse(0.59, eye, 0.045, 0.07), BONE), *spots((40, 40, 48), 0.018, 1.5, (0.59, eye)))
    smile = line(curve((0.4, 0.74), (0.5, 0.8), (0.6, 0.74)), dark(rgb, 0.4))
    return Drawing([], [*limbs, Part(ellipse(0.5, 0.98 - high, wide, high), rgb, shade=0.18), *eyes, smile])
