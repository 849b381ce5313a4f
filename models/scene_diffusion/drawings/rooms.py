"""Drawings of what a room is made of, and of what is in it beside furniture: doors, walls, rugs, pillows, books."""

from models.scene_diffusion.drawings.cloth import folded
from models.scene_diffusion.drawings.openings import girdle, open_vessel
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    arched,
    band,
    bars,
    between,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    pair,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    soft,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary

WOOD, METAL, SAND = (176, 128, 86), (92, 92, 100), (224, 198, 144)
GLASS, WATER, WHITE = (186, 220, 240), (150, 204, 236), (250, 248, 242)
RED, BLUE, YELLOW, GREEN = (206, 74, 66), (84, 138, 200), (240, 196, 84), (98, 160, 100)


def _laid(a: float, b: float, top: float, bottom: float, inset: float) -> Points:
    """Between shares `a` and `b` of the width of what lies flat, narrower by `inset` at its far side."""
    corners = ((a, top), (b, top), (b, bottom), (a, bottom))
    return points(*[(0.5 + (x - 0.5) * (1 - inset * (1 - y)), y) for x, y in corners])


def _gleams(x0: float, y0: float, x1: float, y1: float) -> list[Part]:
    """Two slanting reflections on glass."""
    slants = [points((a, 0.85), (b, 0.85), (b + 0.3, 0.15), (a + 0.3, 0.15)) for a, b in ((0.1, 0.28), (0.4, 0.48))]
    placed = [slant * [x1 - x0, y1 - y0] + [x0, y0] for slant in slants]
    return [Part(slant, WHITE, ink=False, shade=0, alpha=0.55) for slant in placed]


def _parts(*shapes: tuple[Points, RGB]) -> list[Part]:
    return [Part(shape, rgb) for shape, rgb in shapes]


def _fish(x: float, y: float) -> list[Part]:
    tail = points((x + 0.05, y), (x + 0.12, y - 0.07), (x + 0.12, y + 0.07))
    eye = Part(ellipse(x - 0.04, y - 0.015, 0.01, 0.015), METAL, ink=False)
    return [Part(tail, (240, 142, 52)), Part(ellipse(x, y, 0.075, 0.07), (240, 142, 52)), eye]


def door(look: Look, item: SceneObject) -> Drawing:
    rgb, pale, rise = look.body, light(look.body, 0.2), (0.001, 0.001, 0.24)[look.shape]
    frame = (arched(0.0, 0.0, 1.0, 1.0, rise), WOOD if sum(rgb) > 560 else mix(rgb, WHITE, 0.6))
    hole = arched(0.1, 0.05, 0.9, 1.0, rise)
    if "open" in item.states:
        leaf = points((0.1, 0.05 + rise), (0.52, 0.13), (0.52, 0.94), (0.1, 1.0))
        panels = [points((0.17, y), (0.44, y + 0.03), (0.44, y + 0.29), (0.17, y + 0.3)) for y in (0.22, 0.6)]
        knob = (ellipse(0.48, 0.55, 0.03, 0.02), YELLOW)
        return Drawing([], _parts(frame, (hole, (74, 70, 84)), (leaf, rgb), (panels[0], pale), (panels[1], pale), knob))
    detail = bars((0.18, 0.54), 0.11, 0.47, 0.28, pale) + bars((0.18, 0.54), 0.57, 0.93, 0.28, pale)
    if look.shape == 1:
        detail = [*bars((0.24,), 0.12, 0.46, 0.52, GLASS), *_gleams(0.24, 0.12, 0.76, 0.46), *detail[2:]]
    elif look.shape == 2:
        detail = [line(points((x, 0.1), (x, 1.0)), dark(rgb, 0.4)) for x in (0.3, 0.5, 0.7)]
        detail += [*bars((0.1,), 0.28, 0.32, 0.5, METAL), *bars((0.1,), 0.76, 0.8, 0.5, METAL)]
    return Drawing([], [*_parts(frame, (hole, rgb)), *detail, Part(ellipse(0.82, 0.53, 0.045, 0.025), YELLOW)])


def window(look: Look, item: SceneObject) -> Drawing:
    rgb, rise = look.body, (0.001, 0.38, 0.001)[look.shape]
    sill = bars((0,), 0.9, 1.0, 1, light(rgb, 0.15))
    frame = Part(arched(0.04, 0.0, 0.96, 0.92, rise), rgb)
    if "open" in item.states:
        hill = points((0.13, 0.84), *curve((0.13, 0.66), (0.4, 0.54), (0.87, 0.7)), (0.87, 0.84))
        leaves = pair(points((0.0, 0.0), (0.27, 0.1), (0.27, 0.82), (0.0, 0.94)), rgb)
        panes = pair(points((0.06, 0.12), (0.21, 0.18), (0.21, 0.75), (0.06, 0.82)), GLASS)
        view = [*bars((0.13,), 0.08, 0.84, 0.74, WATER), Part(hill, (132, 184, 98), ink=False)]
        return Drawing([], [*bars((0.04,), 0.0, 0.92, 0.92, rgb), *view, *sill, *leaves, *panes])
    cross = bars((0.46,), 0.06, 0.86, 0.08, rgb) + (bars((0.1,), 0.42, 0.49, 0.8, rgb) if look.shape != 2 else [])
    drape = points((0.13, 0.08), *curve((0.45, 0.08), (0.4, 0.3), (0.22, 0.56)), (0.24, 0.84), (0.13, 0.84))
    cloth = pair(drape, look.accent) if look.shape == 2 else []
    gleams = [part for x in (0.14, 0.54) for y in (0.14, 0.5) for part in _gleams(x, y, x + 0.32, y + 0.3)]
    glass = Part(arched(0.13, 0.08, 0.87, 0.84, 0.85 * rise), GLASS)
    return Drawing([], [frame, glass, *gleams, *cloth, *cross, *sill])


def wall(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    rows, joint = (5, 4, 7)[kind], dark(rgb, 0.25)
    step, parts = 0.9 / rows, bars((0,), 0.06, 1.0, 1, rgb)
    for row in range(rows):
        y, shift = 0.1 + row * step, 0.12 * (row % 2) * (kind != 1)
        xs = [shift + 0.25 * i for i in range(4)]
        if kind != 2:
            parts += [line(points((0.0, y), (1.0, y)), joint)]
            parts += [line(points((x, y), (x, y + step)), joint)._replace(ink=row % 2 == 0) for x in xs if x]
        chosen = xs[(2, 0, 2, 1, 3, 0, 2)[row]]
        parts += bars((chosen,), y, y + step, min(0.25, 1 - chosen), light(rgb, 0.3) if row % 2 else dark(rgb, 0.14))
    return Drawing([], [*parts, *bars((0,), 0.0, 0.1, 1, light(rgb, 0.25))])


def floor(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    columns, cuts = (9, 7, 1)[kind], ((0.0, 1.0), (0.0, 0.28, 0.6, 1.0), (0.0, 0.16, 0.36, 0.62, 1.0))[kind]
    parts = [Part(_laid(0, 1, 0.0, 1.0, 0.36), rgb)]
    for row, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False)):
        tiles = [_laid(i / columns, (i + 1) / columns, a, b, 0.36) for i in range(columns) if (i + row) % 2]
        parts += [Part(tile, light(rgb, 0.45) if kind == 1 else dark(rgb, 0.14)) for tile in tiles]
    ends = ((), (), ((0.3, 0, 0.16), (0.6, 0.16, 0.36), (0.2, 0.36, 0.62), (0.75, 0.36, 0.62), (0.45, 0.62, 1)))[kind]
    parts += [line(_laid(x, x, a, b, 0.36)[1:3], dark(rgb, 0.45)) for x, a, b in ends]
    edge = bars((0,), 0.84, 1.0, 1, dark(rgb, 0.25))
    return Drawing([], [*[part._replace(points=part.points * [1, 0.85]) for part in parts], *edge])


def curtain(look: Look, item: SceneObject) -> Drawing:
    rgb, accent, kind = look.body, look.accent, look.shape
    rod = [*bars((0.03,), 0.03, 0.08, 0.94, WOOD), *pair(ellipse(0.03, 0.055, 0.03, 0.055), WOOD)]
    wide = (0.49, 0.5, 0.4)[kind]
    if kind == 0:
        edge = curve((wide, 0.08), (0.45, 0.34), (0.2, 0.63), (0.27, 0.8), (0.34, 0.99), (0.03, 1.0))
        folds = [((x, 0.12), (0.9 * x, 0.36), (0.04 + 0.28 * x, 0.6)) for x in (0.16, 0.32)]
        extra = pair(rectangle(0.03, 0.61, 0.22, 0.67), accent)
    else:
        edge = curve(*[(wide - (wide - 0.03) * i / 8, 1.0 - 0.04 * (i % 2)) for i in range(9)])
        folds = [((x * wide, 0.2), (x * wide - 0.01, 0.5), (x * wide + 0.01, 0.94)) for x in (0.3, 0.53, 0.77)]
        extra = [part for x in (0.08, 0.2, 0.34) for part in pair(ellipse(x, 0.07, 0.03, 0.045), accent)]
    if kind == 1:
        extra = [part for x in (0.03, 0.265) for part in pair(-arched(-x - 0.235, -0.22, -x, -0.02, 0.1), accent)]
    drapes = pair(points((0.03, 0.08), (wide, 0.08), *edge), rgb)
    creases = [part._replace(closed=False) for fold in folds for part in pair(smooth(*fold, closed=False), dark(rgb))]
    return Drawing([], [*rod, *drapes, *creases, *extra])


def rug(look: Look, item: SceneObject) -> Drawing:
    rgb, accent = look.body, look.accent
    if look.shape == 1:
        rings = [(0.5, rgb), (0.41, accent), (0.36, rgb), (0.15, accent)]
        return Drawing([], [Part(ellipse(0.5, 0.5, r, r), tint) for r, tint in rings])
    teeth = [(0.13 - 0.13 * i / 14 + 0.035 * (i % 2), i / 14) for i in range(15)]
    fringe = pair(points(*teeth, (0.3, 1.0), (0.3, 0.0)), light(accent))
    if look.shape == 0:
        woven = [(_laid(0.12, 0.88, 0.15, 0.83, 0.26), accent), (_laid(0.15, 0.85, 0.22, 0.75, 0.26), rgb)]
        woven.append((points((0.5, 0.3), (0.62, 0.48), (0.5, 0.68), (0.38, 0.48)), accent))
    else:
        woven = [(_laid(a, a + 0.06, 0.0, 1.0, 0.26), accent) for a in (0.12, 0.24, 0.7, 0.82)]
    base = Part(_laid(0.04, 0.96, 0.0, 1.0, 0.26), rgb)
    return Drawing([], [*fringe, base, *[Part(shape, tint) for shape, tint in woven]])


def mirror(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    stand = []
    if kind == 0:
        stand = [*bars((0.0, 0.92), 0.2, 1.0, 0.08, rgb), *bars((0,), 0.87, 0.94, 1, dark(rgb, 0.15))]
        outer, inner = ellipse(0.5, 0.44, 0.42, 0.44), ellipse(0.5, 0.44, 0.31, 0.36)
    elif kind == 1:
        stand = [*bars((0,), 0.84, 1.0, 1, dark(rgb, 0.12)), Part(ellipse(0.5, 0.92, 0.04, 0.028), METAL)]
        outer, inner = soft(0.1, 0.0, 0.9, 0.85, 0.12, 0.7), soft(0.21, 0.08, 0.79, 0.77, 0.08, 0.7)
    else:
        outer, inner = arched(0.0, 0.0, 1.0, 1.0, 0.35), arched(0.14, 0.1, 0.86, 0.9, 0.26)
    return Drawing([], [*stand, Part(outer, rgb), Part(inner, (206, 226, 238)), *_gleams(0.28, 0.18, 0.76, 0.7)])


def picture_frame(look: Look, item: SceneObject) -> Drawing:
    kind, ground = look.shape, bars((0.16,), 0.7, 0.8, 0.68, (GREEN, WOOD, BLUE)[look.shape])
    if kind == 0:
        peaks = points((0.16, 0.8), (0.36, 0.36), (0.54, 0.66), (0.64, 0.52), (0.84, 0.8))
        picture = [*_parts((peaks, (112, 136, 168)), (ellipse(0.7, 0.34, 0.06, 0.075), YELLOW)), *ground]
    elif kind == 1:
        pear = smooth((0.5, 0.28), (0.58, 0.44), (0.67, 0.6), (0.5, 0.76), (0.33, 0.6), (0.42, 0.44))
        leaf = smooth((0.5, 0.3), (0.53, 0.24), (0.62, 0.23), (0.58, 0.3))
        picture = [*ground, *_parts((leaf, GREEN), (pear, YELLOW))]
    else:
        sails = points((0.5, 0.25), (0.5, 0.56), (0.3, 0.56)), points((0.53, 0.3), (0.53, 0.56), (0.68, 0.56))
        hull = points((0.28, 0.59), (0.72, 0.59), (0.64, 0.76), (0.36, 0.76))
        picture = [*_parts((sails[0], WHITE), (sails[1], RED), (hull, WOOD)), *ground]
    mount = bars((0.12,), 0.15, 0.85, 0.76, WHITE) + bars((0.16,), 0.2, 0.8, 0.68, (172, 214, 242))
    return Drawing([], [Part(soft(0.0, 0.0, 1.0, 1.0, (0.0, 0.12, 0.04)[kind], 1.25), look.body), *mount, *picture])


def pillow(look: Look, item: SceneObject) -> Drawing:
    rgb, puff = look.body, (0.06, 0.0, 0.05)[look.shape]
    right = ((0.5, puff * 0.5), (0.75, puff), (1.0, 0.06), (0.95, 0.3), (0.95, 0.7), (1.0, 0.94), (0.75, 1 - puff))
    body = smooth(*right, *[(1 - x, 1 - y) for x, y in right])
    starts = ((0.06, 0.12, 1, 1), (0.94, 0.12, -1, 1), (0.06, 0.88, 1, -1), (0.94, 0.88, -1, -1))
    curves = [((x, y), (x + s * 0.08, y + t * 0.1), (x + s * 0.13, y + t * 0.2)) for x, y, s, t in starts]
    detail = [line(smooth(*curve, closed=False), dark(rgb, 0.3)) for curve in curves]
    if look.shape == 1:
        detail.append(Part(ellipse(0.5, 0.5, 0.05, 0.075), look.accent))
    elif look.shape == 2:
        detail = [Part(soft(0.14, 0.19, 0.86, 0.81, 0.14, 1.5), light(rgb, 0.2))]
    pattern = patterned(body, look, 0.12, 0.88) if look.shape == 0 else []
    return Drawing([], [Part(body, rgb, shade=0.2), *pattern, *detail, shine(0.32, 0.32, 0.08, 0.07)])


def blanket(look: Look, item: SceneObject) -> Drawing:
    rgb, accent, kind = look.body, look.accent, look.shape
    if "folded" in item.states:
        return folded(rgb, accent)
    hem = curve(*[(0.75 - 0.75 * i / 6, 1.0 - 0.1 * (i % 2)) for i in range(7)])
    parts = [Part(points(*curve((0.1, 0.03), (0.4, 0.0), (0.65, 0.04), (0.9, 0.0)), (1.0, 0.6), *hem), rgb)]
    if kind == 0:
        parts += [Part(_laid(x, x + 0.05, 0.04, 0.92, 0.2), accent, ink=False) for x in (0.18, 0.42, 0.66)]
        parts += [Part(_laid(0.02, 0.98, y, y + 0.07, 0.2), accent, ink=False, alpha=0.7) for y in (0.22, 0.52)]
    elif kind == 1:
        squares = [(i, j) for i in range(5) for j in range(3) if (i + j) % 2]
        parts += [Part(_laid(i / 5, (i + 1) / 5, 0.03 + 0.3 * j, 0.33 + 0.3 * j, 0.2), accent) for i, j in squares]
    else:
        parts += [Part(_laid(0.0, 0.86, 0.66, 0.78, 0.2), accent)]
        parts += [line(points((x, 0.2), (x + (x - 0.5) * 0.15, 0.6)), dark(rgb, 0.25)) for x in (0.3, 0.5, 0.7)]
    return Drawing([], [*parts, Part(points((1.0, 0.6), (0.75, 1.0), (0.74, 0.64)), light(rgb, 0.55))])


def toilet(look: Look, item: SceneObject) -> Drawing:
    rgb, lid, kind = look.body, light(look.body, 0.3), look.shape
    stem = ((0.97, 0.75), (0.9, 1.0)) if kind == 2 else ((0.93, 0.7), (0.7, 0.82), (0.68, 0.92), (0.76, 1.0))
    bowl = points((0.1, 0.5), *curve((0.99, 0.52), *stem), (0.18, 1.0), (0.16, 0.7))
    wide, low = ((0.34, 0.56), (0.42, 0.28), (0.34, 0.56))[kind]
    tank = _parts((soft(0.02, 0.04, wide, low, 0.05, 0.82), rgb), (soft(0.0, 0.0, wide + 0.02, 0.08, 0.03, 0.82), rgb))
    tank += bars((0.22,), 0.13, 0.17, 0.08, METAL)
    if kind == 1:
        tank = [*bars((0.13,), 0.2, 0.56, 0.07, METAL), *tank[:2], *bars((0.3,), 0.18, 0.42, 0.02, METAL)]
    seat = (ellipse(0.62, 0.54, 0.38, 0.1), rgb)
    if "open" in item.states:
        raised = (smooth((0.3, 0.5), (0.29, 0.12), (0.38, 0.06), (0.48, 0.14), (0.44, 0.5)), lid)
        water = Part(ellipse(0.62, 0.555, 0.19, 0.035), WATER, ink=False)
        hole = (ellipse(0.62, 0.54, 0.28, 0.06), (96, 104, 116))
        return Drawing([], [*tank, *_parts(raised, (bowl, rgb), seat, hole), water])
    return Drawing([], [*tank, *_parts((bowl, rgb), seat, (ellipse(0.62, 0.51, 0.37, 0.09), lid))])


def book(look: Look, item: SceneObject) -> Drawing:
    rgb, accent, page = look.body, look.accent, (250, 244, 226)
    if "open" in item.states:
        leaf = points(*curve((0.5, 0.12), (0.3, 0.0), (0.11, 0.08)), *curve((0.11, 0.78), (0.3, 0.7), (0.5, 0.82)))
        text = [line(points((x, y), (x + 0.26, y)), (150, 146, 150)) for x in (0.17, 0.57) for y in (0.24, 0.4, 0.56)]
        return Drawing([], [Part(soft(0.0, 0.05, 1.0, 1.0, 0.06, 1.3), rgb), *pair(leaf, page), *text])
    if look.shape == 1:
        side = points((0.76, 0.62), (0.98, 0.16), (0.98, 0.5), (0.76, 0.96))
        spine = points((0.0, 0.44), (0.76, 0.62), (0.76, 1.0), (0.0, 0.8))
        under = points((0.76, 0.94), (1.0, 0.46), (1.0, 0.54), (0.76, 1.0))
        top = points((0.26, 0.0), (1.0, 0.12), (0.76, 0.62), (0.0, 0.44))
        label = points((0.34, 0.16), (0.72, 0.23), (0.62, 0.43), (0.24, 0.35))
        return Drawing([], _parts((side, page), (spine, dark(rgb, 0.2)), (under, rgb), (top, rgb), (label, accent)))
    pages = bars((0.1,), 0.88, 0.97, 0.85, page) + bars((0.05,), 0.93, 1.0, 0.95, dark(rgb, 0.15))
    cover = [Part(soft(0.0, 0.0, 1.0, 0.91, 0.04, 1.3), rgb), *bars((0.0,), 0.0, 1.0, 0.14, dark(rgb, 0.2))]
    title = [*bars((0.32,), 0.18, 0.42, 0.5, accent), line(points((0.4, 0.3), (0.74, 0.3)), dark(accent, 0.5))]
    if look.shape == 2:
        ribbon = points((0.78, 0.88), (0.86, 0.88), (0.86, 1.0), (0.82, 0.95), (0.78, 1.0))
        discs = ellipse(0.57, 0.44, 0.19, 0.25), ellipse(0.57, 0.44, 0.1, 0.13)
        title = _parts((discs[0], accent), (discs[1], light(rgb)), (ribbon, RED))
    return Drawing([], [*pages, *cover, *title])


def fish_tank(look: Look, item: SceneObject) -> Drawing:
    rgb, kind, substance = look.body, look.shape, vocabulary().substances.get(item.content or "water")
    body = rectangle(0.02, 0.1, 0.98, 1.0)
    opening = points((0.08, 0.0), (0.92, 0.0), (1.0, 0.13), (0.0, 0.13))
    front = bars((0,), 0.93, 1.0, 1, rgb) + bars((0,), 0.1, 0.17, 1, rgb)
    if kind == 1:
        body = turned(0.5, (0.32, 0.1), (0.44, 0.26), (0.5, 0.5), (0.42, 0.84), (0.24, 1.0))
        opening, front = ellipse(0.5, 0.1, 0.33, 0.1), []
    inside = (opening - [0.5, 0.08]) * [0.9, 0.6] + [0.5, 0.08]
    back = _parts((opening, rgb), (inside, dark(rgb, 0.3)), (body, (236, 243, 246)), (between(body, 0.86, 1.0), SAND))
    if substance:
        back.append(Part(between(body, 0.26, 0.88), mix(substance.rgb, rgb, 0.3)))
        for x, y in ((0.27, 0.4), (0.8, 0.5)):
            back.append(Part(smooth((x, 0.9), (x - 0.05, 0.7), (x, y), (x + 0.05, 0.66)), GREEN))
        if kind == 2:
            gate = ((0.38, 0.9), (0.38, 0.54), (0.44, 0.54), (0.44, 0.66), (0.56, 0.66), (0.56, 0.54), (0.62, 0.54))
            back += _parts((points(*gate, (0.62, 0.9)), METAL), (arched(0.46, 0.72, 0.54, 0.9, 0.07), dark(METAL)))
        back += _fish(0.42, 0.44) + _fish(*((0.64, 0.66), (0.64, 0.66), (0.68, 0.4))[kind])
    return Drawing(back, [Part(body, (226, 240, 248), shade=0, alpha=0.15), *front])


def bathtub(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    pipe = band(curve((2.3, 0.42), (2.3, 0.12), (2.2, 0.04), (2.08, 0.08), (2.06, 0.2)), 0.08) / [2.6, 1.2]
    behind = [Part(pipe, METAL), Part(soft(0.85, 0.14, 0.93, 0.2, 0.02, 2.2), METAL, ink=False)]
    if kind == 2:
        rest = curve((0.02, 0.3), (0.0, 0.2), (0.0, 0.03), (0.07, 0.0), (0.2, 0.14), (0.46, 0.18))
        behind.append(Part(rest, dark(rgb, 0.1)))
    profile = (
        ((0.48, 0.3), (0.46, 0.52), (0.36, 0.84), (0.28, 0.92)),
        ((0.48, 0.3), (0.48, 0.6), (0.48, 1.0)),
        ((0.48, 0.3), (0.44, 0.6), (0.32, 0.86), (0.36, 1.0)),
    )[kind]
    tub = open_vessel(turned(0.5, *profile), (0.5, 0.3, 0.48, 0.12), look._replace(pattern="plain"), item, behind)
    rim = Part(girdle((0.5, 0.29), (0.495, 0.38), 0.12), light(rgb, 0.3))
    front = [tub.front[0], rim, shine(0.16, 0.54, 0.02, 0.08)]
    if kind == 0:
        claw = smooth((0.14, 0.8), (0.26, 0.86), (0.24, 0.94), (0.2, 1.0), (0.12, 1.0), (0.17, 0.92))
        front = [*pair(claw, METAL), *front]
    elif kind == 1:
        front.insert(1, Part(soft(0.1, 0.56, 0.9, 0.92, 0.06, 2.2), light(rgb, 0.2)))
    return Drawing(tub.back, front)
