"""Drawings of what one cleans with: towels, sponges, brushes, brooms."""

from collections.abc import Iterable

from models.scene_diffusion.drawings.cloth import folded
from models.scene_diffusion.drawings.cups import block, disc, in_cups, marks, ribbon, shape
from models.scene_diffusion.drawings.household import pill as pill
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    curve,
    dark,
    ellipse,
    light,
    line,
    pair,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    soft,
    stretched,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

WOOD, METAL, STRAW, FOAM, WHITE = (190, 142, 96), (160, 166, 174), (240, 226, 190), (240, 247, 251), (250, 250, 250)


def _lines(ends: Iterable[tuple[float, float, float, float]], rgb: RGB) -> list[Part]:
    """Straight creases or bristles."""
    return [line(points((x0, y0), (x1, y1)), rgb) for x0, y0, x1, y1 in ends]


def _bubbles(*places: tuple[float, float, float], aspect: float) -> list[Part]:
    """Round soap bubbles, each with a highlight."""
    parts = []
    for x, y, r in places:
        parts += [Part(ellipse(x, y, r / aspect, r), FOAM), shine(x - 0.3 * r / aspect, y - 0.3 * r, 0.2 * r, 0.25 * r)]
    return parts


def towel(look: Look, item: SceneObject) -> Drawing:
    rgb, accent = look.body, look.accent
    if "folded" in item.states:
        return folded(rgb, accent)
    if look.shape == 1:
        rail = [Part(rectangle(0.0, 0.03, 1.0, 0.12), METAL), *pair(ellipse(0.03, 0.075, 0.03, 0.075), METAL)]
        back, front = rectangle(0.16, 0.02, 0.94, 0.84), soft(0.08, 0.0, 0.86, 1.0, 0.05, 1.55)
        stripes = [Part(rectangle(0.08, y, 0.86, y + h), accent) for y, h in ((0.64, 0.06), (0.76, 0.12))]
        return Drawing([], [*rail, Part(back, dark(rgb, 0.2)), Part(front, rgb), *stripes])
    if look.shape == 2:
        left = ((0.5, 0.98), (0.03, 0.96), (0.07, 0.6), (0.22, 0.5), (0.34, 0.12))
        heap = smooth(*left, (0.52, 0.0), (0.64, 0.26), (0.84, 0.38), (0.94, 0.72), (0.97, 0.96))
        folds = ((0.46, 0.14, 0.28, 0.84), (0.52, 0.2, 0.56, 0.74), (0.66, 0.42, 0.8, 0.86), (0.22, 0.6, 0.14, 0.88))
        return Drawing([], [Part(heap, rgb, shade=0.2), *_lines(folds, dark(rgb))])
    ends = [(0.03 * (i % 2) - 0.02, i / 10) for i in range(11)]
    bands = [rectangle(x, 0.0, x + 0.1, 1.0) for x in (0.14, 0.76)]
    cloth = points(*ends, *[(1.0 - x, y) for x, y in reversed(ends)])
    shapes = [shape * [0.78, 1] + (1 - shape[:, 1:]) * [0.22, 0] for shape in (cloth, *bands)]
    return Drawing([], [Part(shape, accent if i else rgb) for i, shape in enumerate(shapes)])


def sponge(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    spots = ((0.14, 0.66, 0.05), (0.3, 0.86, 0.04), (0.44, 0.64, 0.06), (0.6, 0.84, 0.05), (0.7, 0.6, 0.035))
    holes = [Part(ellipse(x, y, r, 1.5 * r), dark(rgb, 0.28), ink=False) for x, y, r in spots]
    if kind == 1:
        half = ((0.0, 0.5), (0.1, 0.08), (0.36, 0.04), (0.5, 0.14), (0.64, 0.04), (0.9, 0.08))
        body = Part(smooth(*half, *[(1 - x, 1 - y) for x, y in half]), rgb)
        above = [hole._replace(points=[1, 1.04] - hole.points * [0.9, 0.8]) for hole in holes]
        return Drawing([], [body, *holes, *above])
    parts = [*_block(0.0, 0.36, 1.0, rgb), *holes]
    if kind == 0:
        parts += _block(0.0, 0.32, 0.48, (74, 140, 92) if rgb[0] > 150 else (238, 200, 90))
    else:
        parts += _bubbles((0.3, 0.2, 0.2), (0.5, 0.26, 0.15), (0.16, 0.32, 0.13), (0.86, 0.86, 0.1), aspect=1.67)
    return Drawing([], parts)


def soap(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    bar = (
        soft(0.0, 0.16, 1.0, 0.78, 0.2, 1.64),
        ellipse(0.5, 0.46, 0.5, 0.34),
        soft(0.06, 0.12, 0.94, 0.72, 0.2, 1.64),
    )
    stamp = (bar[kind] - bar[kind].mean(0)) * [0.6, 0.5] + bar[kind].mean(0)
    tint = light(rgb, 0.35) if sum(rgb) < 700 else dark(rgb, 0.08)
    parts = [Part(bar[kind] + [0, 0.2], dark(rgb, 0.14)), Part(bar[kind], rgb), Part(stamp, tint)]
    if kind == 2:
        parts.append(Part(points((0.0, 0.78), (1.0, 0.78), (0.88, 1.0), (0.12, 1.0)), look.accent))
    return Drawing([], [*parts, *_bubbles((0.84, 0.16, 0.15), (0.66, 0.1, 0.09), (0.95, 0.4, 0.07), aspect=1.64)])


def brush(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    x0, x1, y = ((0.06, 0.94, 0.64), (0.0, 0.46, 0.52), (0.04, 0.96, 0.68))[kind]
    bristles = points((x0 + 0.03, y), (x1 - 0.03, y), (x1, 1.0), (x0, 1.0))
    tufts = [(x0 + 0.05 + i * (x1 - x0 - 0.1) / 7, y, x0 + 0.02 + i * (x1 - x0 - 0.04) / 7, 1.0) for i in range(8)]
    if kind == 0:
        left = ((0.5, 0.72), (0.02, 0.64), (0.07, 0.18), (0.3, 0.2), (0.5, 0.0))
        block = [Part(smooth(*left, (0.7, 0.2), (0.93, 0.18), (0.98, 0.64)), rgb)]
    elif kind == 1:
        upper = ((0.0, 0.4), (0.06, 0.2), (0.4, 0.22), (0.7, 0.06), (0.96, 0.0))
        block = [Part(smooth(*upper, (1.0, 0.16), (0.72, 0.38), (0.46, 0.62), (0.04, 0.64)), rgb)]
        block.append(Part(ellipse(0.92, 0.1, 0.02, 0.05), dark(rgb, 0.5)))
    else:
        block = [
            Part(soft(0.12, 0.0, 0.88, 0.6, 0.26, 2.5), rgb),
            Part(soft(0.28, 0.18, 0.72, 0.44, 0.12, 2.5), dark(rgb, 0.5)),
        ]
        block.append(Part(soft(0.0, 0.44, 1.0, 0.74, 0.12, 2.5), rgb))
    return Drawing([], [Part(bristles, STRAW), *_lines(tufts, dark(STRAW, 0.35)), *block])


def toothbrush(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    lean = (0.0, 0.14)[kind % 2]
    right = ((0.52, 0.01), (0.78, 0.01), (0.84, 0.22), (0.74, 0.38), (0.96 - lean, 0.6), (0.98, 0.85))
    handle = smooth(*right, (0.8, 1.0), (0.5, 0.99), (0.4, 0.85), (0.42 - lean, 0.6), (0.54, 0.38), (0.5, 0.2))
    grips = [soft(0.54, 0.62, 0.84, 0.92, 0.02, 0.2)]
    if kind == 2:
        handle = turned(0.66, (0.16, 0.0), (0.16, 0.24), (0.12, 0.4), (0.32, 0.56), (0.3, 1.0))
        grips = [rectangle(0.38, y, 0.94, y + 0.05) for y in (0.62, 0.72, 0.82)]
    tufts = [
        Part(rectangle(0.12 * (i % 2) * (kind == 0), y, 0.56, y + 0.052), look.accent if i % 3 else (250, 250, 250))
        for i, y in enumerate((0.02, 0.072, 0.124, 0.176))
    ]
    return Drawing([], [*tufts, Part(handle, rgb), *[Part(grip, look.accent) for grip in grips]])


def mop(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    y, spread, half = ((0.64, 0.0, 0.2), (0.74, 0.85, 0.46), (0.56, 0.1, 0.24))[kind]
    strands = []
    for x in (0.1, 0.9, 0.26, 0.74, 0.42, 0.58, 0.5):
        root, middle = 0.5 + (x - 0.5) * spread, 0.5 + (x - 0.5) * (0.8, 0.85, 0.9)[kind]
        tip = ((x + 0.1, 0.97), (x, 1.0), (x - 0.1, 0.97))
        upper = ((middle - 0.1, 0.5 + y / 2), (root - 0.04, y), (root + 0.04, y), (middle + 0.1, 0.5 + y / 2))
        strands.append(Part(smooth(*upper, *tip), rgb))
    collar = Part(soft(0.5 - half, y - 0.05, 0.5 + half, y + 0.02, 0.02, 0.33), look.accent)
    return Drawing([], [Part(rectangle(0.44, 0.0, 0.56, y), WOOD), *strands, collar])


def broom(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    if kind == 0:
        head, x, y = turned(0.5, (0.12, 0.48), (0.28, 0.6), (0.42, 0.8), (0.5, 1.0)), 0.2, 0.64
        caps = [soft(0.5 - half, y, 0.5 + half, y + 0.035, 0.01, 0.35) for half, y in ((0.19, 0.5), (0.32, 0.59))]
    elif kind == 1:
        head, x, y = points((0.06, 0.72), (0.94, 0.72), (1.0, 1.0), (0.0, 1.0)), 0.4, 0.76
        caps = [soft(0.02, 0.66, 0.98, 0.73, 0.02, 0.35)]
    else:
        head, x, y = points((0.2, 0.62), (0.8, 0.62), (1.0, 0.94), (0.0, 1.0)), 0.3, 0.68
        caps = [smooth((0.38, 0.54), (0.62, 0.54), (0.84, 0.64), (0.5, 0.65), (0.16, 0.64))]
    straws = [(0.5 + x * s, y, 0.5 + 0.42 * s, 0.95) for s in (-0.7, 0.0, 0.7)]
    parts = [Part(rectangle(0.44, 0.0, 0.56, 0.74), WOOD), Part(head, rgb), *_lines(straws, dark(rgb, 0.35))]
    return Drawing([], [*parts, *[Part(cap, look.accent) for cap in caps]])


def dustpan(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    top, inset, half = ((0.4, 0.12, 0.08), (0.34, 0.1, 0.08), (0.52, 0.14, 0.04))[kind]
    tray = points((inset, top), (1 - inset, top), (1.0, 1.0), (0.0, 1.0))
    if kind == 1:
        tray = points((0.0, 1.0), *ellipse(0.5, 0.76, 0.5, 0.42, 180, 360).tolist(), (1.0, 1.0))
    inner = (tray - [0.5, 1.0]) * [0.86, 0.78] + [0.5, 0.97]
    grip = [Part(soft(0.5 - half, 0.0, 0.5 + half, top + 0.05, 0.08 if kind < 2 else 0.02, 1.5), rgb)]
    grip.append(Part(ellipse(0.5, 0.09, 0.025, 0.04), dark(rgb, 0.6)))
    if kind == 2:
        grip[1] = Part(soft(0.44, 0.0, 0.56, 0.3, 0.07, 1.5), look.accent)
    ribs = [(0.5 + 0.62 * s * (1 - inset), 0.35 + 0.65 * top, 0.5 + 0.8 * s, 0.94) for s in (-0.4, -0.2, 0.0, 0.2, 0.4)]
    return Drawing([], [*grip, Part(tray, rgb), Part(inner, dark(rgb, 0.16)), *_lines(ribs, dark(rgb, 0.4))])


def spray_bottle(look: Look, item: SceneObject) -> Drawing:
    rgb, cap, kind = look.body, look.accent, look.shape
    shoulder = (((0.18, 0.38), (0.4, 0.52)), ((0.4, 0.4), (0.32, 0.64)), ((0.16, 0.38), (0.26, 0.54)))[kind]
    body = turned(0.6, (0.14, 0.3), *shoulder, (0.4, 0.88), (0.38, 1.0))
    right = ((0.12, 0.04), (0.24, 0.0), (0.8, 0.0), (0.9, 0.08), (0.74, 0.17))
    head = points(*right, (0.74, 0.25), (0.46, 0.25), (0.42, 0.14), (0.12, 0.13))
    trigger = smooth((0.28, 0.12), (0.38, 0.14), (0.32, 0.25), (0.22, 0.34), (0.16, 0.32), (0.26, 0.23))
    drop = Part(smooth((0.6, 0.6), (0.71, 0.76), (0.6, 0.85), (0.49, 0.76)), light(rgb, 0.6))
    front = patterned(body, look, 0.5, 1.0) or [drop]
    top = [Part(trigger, dark(cap, 0.25)), Part(head, cap), Part(rectangle(0.0, 0.03, 0.13, 0.14), dark(cap, 0.4))]
    collar = Part(rectangle(0.44, 0.24, 0.76, 0.32), dark(cap, 0.25))
    return Drawing([], [Part(body, rgb), *front, *top, collar, shine(0.36, 0.76, 0.03, 0.09)])


def trash_bag(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    right = ((0.6, 0.26), (0.8, 0.38), (0.97, 0.62), (0.98, 0.86), (0.86, 0.99))
    body = smooth(*right, (0.5, 0.99), *[(1 - x, y) for x, y in reversed(right)])
    if kind == 0:
        ears = pair(smooth((0.48, 0.26), (0.3, 0.16), (0.24, 0.0), (0.42, 0.04), (0.52, 0.2)), rgb)
    elif kind == 1:
        ears = pair(smooth((0.48, 0.22), (0.2, 0.22), (0.12, 0.08), (0.3, 0.0), (0.46, 0.12)), look.accent)
    else:
        crown = ((0.44, 0.26), (0.26, 0.06), (0.38, 0.1), (0.5, 0.0), (0.62, 0.1), (0.74, 0.06), (0.56, 0.26))
        ears = [Part(points(*crown), rgb)]
    tie = Part(soft(0.38, 0.2, 0.62, 0.29, 0.04, 0.86), look.accent if kind else dark(rgb, 0.3))
    creases = ((0.44, 0.34, 0.3, 0.56), (0.5, 0.34, 0.5, 0.5), (0.56, 0.34, 0.7, 0.56), (0.2, 0.8, 0.3, 0.9))
    folds = _lines((*creases, (0.8, 0.8, 0.72, 0.9)), light(rgb, 0.35) if sum(rgb) < 300 else dark(rgb, 0.3))
    return Drawing([], [*ears, Part(body, rgb, shade=0.2), *folds, tie, shine(0.24, 0.58, 0.05, 0.09)])


def _block(back: float, top: float, bottom: float, rgb: RGB) -> list[Part]:
    """Three faces of a block as wide as its box."""
    lower = bottom - top + back
    return [
        Part(points((0.2, back), (1.0, back), (0.8, top), (0.0, top)), light(rgb, 0.35)),
        Part(rectangle(0.0, top, 0.8, bottom), rgb),
        Part(points((0.8, top), (1.0, back), (1.0, lower), (0.8, bottom)), dark(rgb, 0.15)),
    ]


def toilet_plunger(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    stick = [Part(rectangle(0.44, 0.02, 0.56, 0.66, 0.03), WOOD)]
    if kind == 1:
        pole = rectangle(0.45, 0.04, 0.55, 0.66), soft(0.26, 0.0, 0.74, 0.07, 0.035, 0.47)
        stick = [Part(piece, look.accent) for piece in pole]
    if kind == 2:
        folds = (0.93, 0.5), (0.83, 0.44), (0.73, 0.37), (0.64, 0.28)
        rings = [Part(ellipse(0.5, y, rx, 0.065), rgb) for y, rx in folds]
        return Drawing([], [*stick, *rings, Part(soft(0.36, 0.52, 0.64, 0.62, 0.02, 0.47), dark(rgb, 0.2))])
    cup = turned(0.5, (0.12, 0.56), (0.16, 0.64), (0.4, 0.74), (0.48, 0.94 - 0.06 * kind))
    lip = [Part(soft(0.0, 0.88, 1.0, 1.0, 0.05, 0.47), dark(rgb, 0.15))]
    if kind == 1:
        lip = [Part(turned(0.5, (0.28, 0.88), (0.26, 0.96), (0.2, 1.0)), dark(rgb, 0.3))]
        lip += [Part(soft(0.0, 0.84, 1.0, 0.92, 0.035, 0.47), dark(rgb, 0.15))]
    return Drawing([], [*stick, Part(cup, rgb), *lip, shine(0.26, 0.78, 0.05, 0.04)])


def razor(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    if kind == 2:
        body = turned(0.5, (0.36, 0.24), (0.46, 0.4), (0.36, 0.7), (0.38, 0.94), (0.2, 1.0))
        heads = [Part(soft(x, 0.0, x + 0.3, 0.22, 0.06, 0.54), METAL) for x in (0.02, 0.35, 0.68)]
        extra = [Part(soft(0.0, 0.14, 1.0, 0.3, 0.05, 0.54), dark(rgb, 0.3))]
        extra += [Part(soft(0.4, 0.44, 0.6, 0.6, 0.05, 0.54), look.accent)]
        return Drawing([], [*heads, Part(body, rgb), *extra])
    if kind == 1:
        guard = [Part(smooth((0.0, 0.1), (0.5, 0.0), (1.0, 0.1), (0.97, 0.17), (0.5, 0.11), (0.03, 0.17)), METAL)]
        guard += [Part(soft(0.04, 0.14, 0.96, 0.2, 0.02, 0.54), dark(METAL, 0.2))]
        knurls = [(0.42, y, 0.58, y + 0.05) for y in (0.46, 0.56, 0.66, 0.76, 0.86)]
        grip = [Part(soft(0.4, 0.36, 0.6, 1.0, 0.04, 0.54), rgb), *_lines(knurls, dark(rgb, 0.4))]
        return Drawing([], [Part(rectangle(0.44, 0.16, 0.56, 0.4), METAL), *guard, *grip])
    handle = turned(0.5, (0.12, 0.2), (0.1, 0.4), (0.16, 0.7), (0.13, 0.94), (0.0, 1.0))
    head = [Part(soft(0.0, 0.0, 1.0, 0.27, 0.06, 0.54), rgb), Part(soft(0.06, 0.05, 0.94, 0.2, 0.02, 0.54), METAL)]
    blades = _lines([(0.1, y, 0.9, y) for y in (0.1, 0.15)], dark(METAL, 0.5))
    ribs = _lines([(0.4, y, 0.6, y) for y in (0.62, 0.7, 0.78)], dark(rgb, 0.4))
    return Drawing([], [Part(handle, rgb), *head, *blades, *ribs])


def comb(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    rows = (((0.02, 1.28, 10),), ((0.0, 0.74, 7),), ((0.02, 0.68, 4), (0.7, 1.28, 7)))[kind]
    teeth = []
    for x0, x1, count in rows:
        step = (x1 - x0) / (count - 0.45)
        for x in (x0 + step * i for i in range(count)):
            teeth += [(x, 0.2), (x + 0.04 * step, 0.53), (x + 0.51 * step, 0.53), (x + 0.55 * step, 0.2)]
    back = (
        curve((1.3, 0.2), (1.22, 0.06), (0.65, 0.0), (0.08, 0.06), (0.0, 0.2)),
        curve((0.78, 0.22), (1.3, 0.12), (1.3, 0.07), (0.7, 0.02), (0.08, 0.02), (0.0, 0.2)),
        points((1.3, 0.2), (1.3, 0.0), (0.0, 0.0), (0.0, 0.2)),
    )[kind]
    return in_cups(item, shape(rgb, *teeth, *back.tolist()), shine(0.4, 0.1, 0.2, 0.02))


def toothpaste(look: Look, item: SceneObject) -> Drawing:
    rgb, kind, accent = look.body, look.shape, look.accent
    x, wide = (0.3, 0.24, 0.22)[kind], (0.05, 0.05, 0.02)[kind]
    tube = points((x, 0.16), (x + 0.1, wide), (1.22, 0.0), (1.22, 0.5), (x + 0.1, 0.5 - wide), (x, 0.34))
    end = [block(dark(rgb, 0.15), 1.18, 0.0, 1.3, 0.5, 0.02)]
    if kind == 2:
        tube = points((x, 0.1), (x + 0.1, 0.02), (1.06, 0.14), (1.06, 0.5), (x + 0.1, 0.48), (x, 0.4))
        end = [disc(dark(rgb, 0.1), 1.1, 0.3, 0.2), line(ellipse(1.1, 0.3, 0.11, 0.11, 0, 300), dark(rgb, 0.4))]
    label = ribbon(accent, curve((x + 0.16, 0.3), (0.6, 0.2), (0.8, 0.32), (1.04, 0.22)), 0.1)
    cap = [block(accent, 0.0, 0.08, x, 0.42, 0.03)]
    cap += marks(dark(accent), *[(0.02, y, x - 0.02, y) for y in (0.17, 0.25, 0.33)])
    if kind == 0:
        way = curve((0.24, 0.25), (0.1, 0.24), (0.06, 0.33), (0.24, 0.39), (0.22, 0.45), (0.0, 0.44))
        cap = [ribbon(WHITE, way, 0.11), block(light(rgb, 0.4), 0.2, 0.15, x + 0.02, 0.35)]
    return in_cups(item, *end, Part(tube, rgb), label, *cap, shine(0.6, 0.1, 0.14, 0.02))


def bandage(look: Look, item: SceneObject) -> Drawing:
    rgb, pad = light(look.body, 0.4), light(look.body, 0.75)
    if look.shape == 2:
        holes = [(x, y) for x in (0.12, 0.24, 0.96, 1.08) for y in (0.28, 0.4, 0.52)]
        patch = [Part(rectangle(0.0, 0.05, 1.2, 0.75, 0.25), rgb), block(pad, 0.36, 0.16, 0.84, 0.64, 0.06)]
        return in_cups(item, *patch, *[disc(dark(rgb), *hole, 0.02) for hole in holes])
    parts = []
    for angle in ((-25,), (25, -25))[look.shape]:
        strap = [Part(rectangle(-0.13, 0.3, 1.13, 0.7, 0.199), rgb), block(pad, 0.3, 0.3, 0.7, 0.7)]
        strap += [disc(dark(rgb), x, y, 0.02) for x in (0.04, 0.17, 0.83, 0.96) for y in (0.42, 0.58)]
        parts += [part._replace(points=stretched(part.points, angle, (0.1, -0.1, 1.1, 0.9))) for part in strap]
    return in_cups(item, *parts)
