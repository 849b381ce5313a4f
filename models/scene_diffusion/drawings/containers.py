"""Drawings of what holds things about the house: buckets, baskets, vases, boxes."""

import numpy as np

from models.scene_diffusion.drawings.openings import arch, content, girdle, open_vessel
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    band,
    curve,
    dark,
    ellipse,
    inset,
    light,
    line,
    patterned,
    points,
    rectangle,
    ring,
    shine,
    smooth,
    soft,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

METAL, WHITE = (150, 156, 166), (250, 248, 242)


def bucket(look: Look, item: SceneObject) -> Drawing:
    bottom, ry = ((0.34, 0.12), (0.38, 0.08), (0.42, 0.08))[look.shape]
    bail = [Part(arch(0.5, 0.18, 0.44, 0.2, (0.05, 0.045)), METAL)] if look.shape else []
    look = look._replace(pattern="plain") if look.shape == 2 else look
    vessel = open_vessel(turned(0.5, (0.49, 0.16), (bottom, 1.0)), (0.5, 0.16, 0.49, ry), look, item, bail)
    extra = [Part(girdle((0.49, 0.16), (0.475, 0.24), ry), light(look.body, 0.15))]
    if look.shape == 2:
        joints = [points((0.5 + x, 0.3), (0.5 + 0.86 * x, 1.0)) for x in (-0.26, 0, 0.26)]
        extra += [line(joint, dark(look.body)) for joint in joints]
        extra += [Part(girdle((0.502 - y / 12, y), (0.495 - y / 12, y + 0.08), 0.07), METAL) for y in (0.32, 0.76)]
    if look.shape == 0:
        extra += [Part(arch(0.5, 0.24, 0.45, 0.36, (0.035, 0.035), 0), METAL)]
    return Drawing(vessel.back, [*vessel.front, *extra])


def basket(look: Look, item: SceneObject) -> Drawing:
    bottom = (0.36, 0.42, 0.4)[look.shape]
    frame = points((0.1, 0.42), (0.22, 0.0), (0.78, 0.0), (0.9, 0.42))
    handle = (
        [arch(0.5, 0.42, 0.42, 0.42, (0.055, 0.08))],
        [np.concatenate([frame, ((frame - [0.5, 0.42]) * [0.84, 0.76] + [0.5, 0.42])[::-1]])],
        [arch(x, 0.42, 0.2, 0.42, (0.05, 0.08)) for x in (0.26, 0.74)],
    )[look.shape]
    arcs = [Part(arc, dark(look.body, 0.15)) for arc in handle]
    vessel = open_vessel(turned(0.5, (0.49, 0.4), (bottom, 1.0)), (0.5, 0.4, 0.49, 0.1), look, item, arcs)
    weave = []
    for row in range(4):
        y, half = 0.6 + 0.11 * row, 0.47 + (bottom - 0.47) * (0.3 + 0.22 * row)
        xs = np.linspace(-0.86, 0.86, 7) if row % 2 else np.linspace(-0.71, 0.71, 6)
        weave += [Part(ellipse(0.5 + x * half, y, 0.11 * half, 0.035), dark(look.body, 0.22), ink=False) for x in xs]
    rim = Part(girdle((0.5, 0.4), (0.49, 0.5), 0.1), look.accent if look.shape == 2 else light(look.body, 0.25))
    return Drawing(vessel.back, [vessel.front[0], *weave, rim])


def vase(look: Look, item: SceneObject) -> Drawing:
    profile = (
        ((0.3, 0.08), (0.2, 0.22), (0.5, 0.52), (0.26, 0.92), (0.28, 1.0)),
        ((0.48, 0.08), (0.3, 0.4), (0.24, 0.75), (0.36, 1.0)),
        ((0.22, 0.08), (0.17, 0.36), (0.48, 0.7), (0.3, 1.0)),
    )[look.shape]
    ears = [Part(arch(0.5, 0.3, 0.36, 0.2, (0.07, 0.05), start), look.accent) for start in (90, 270)]
    rim = (0.5, 0.08, profile[0][0], 0.06)
    return open_vessel(turned(0.5, *profile), rim, look, item, ears if look.shape == 2 else [])


def flower_pot(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        round_ = turned(0.5, (0.44, 0.14), (0.5, 0.45), (0.4, 0.85), (0.28, 1.0))
        return open_vessel(round_, (0.5, 0.14, 0.44, 0.13), look, item, [])
    foot = 1.0 if look.shape == 0 else 0.94
    dish = turned(0.5, (0.46, 0.86), (0.44, 0.96), (0.36, 1.0))
    saucer = [Part(dish, dark(look.body, 0.2))] if look.shape == 2 else []
    vessel = open_vessel(turned(0.5, (0.48, 0.14), (0.3, foot)), (0.5, 0.14, 0.48, 0.13), look, item, saucer)
    collar = Part(girdle((0.5, 0.14), (0.47, 0.34), 0.13), light(look.body, 0.12))
    return Drawing(vessel.back, [*vessel.front, collar])


def watering_can(look: Look, item: SceneObject) -> Drawing:
    (top, rim), *below = (
        ((0.18, 0.36), (0.25, 1.0)),
        ((0.14, 0.36), (0.26, 0.6), (0.25, 0.88), (0.2, 1.0)),
        ((0.23, 0.46), (0.26, 1.0)),
    )[look.shape]
    body = turned(0.56, (top, rim), *below)
    side, over = arch(0.76, 0.56, 0.24, 0.3, (0.05, 0.08), 270), arch(0.56, 0.4, 0.22, 0.4, (0.045, 0.075))
    handles = ([side], [arch(0.72, 0.48, 0.28, 0.48, (0.05, 0.08), 200, 235)], [side, over])[look.shape]
    spout = points((0.36, 0.62), (0.14, 0.16), (0.08, 0.24), (0.34, 0.92))
    rose = points((0.17, 0.02), (0.2, 0.16), (0.05, 0.36), (0.0, 0.26))
    back = [Part(handle, look.accent) for handle in handles]
    back += [Part(spout, look.body), Part(rose, METAL)]
    front = [Part(body, look.body), *patterned(body, look, rim + 0.06, 1.0)]
    mouth = Part(ellipse(0.56, rim, top, 0.07), dark(look.body, 0.4))
    return Drawing(back, [*front, mouth, shine(0.42, 0.66, 0.03, 0.12)])


def paint_can(look: Look, item: SceneObject) -> Drawing:
    paint = content(item) or look.accent
    bail = [Part(arch(0.5, 0.16, 0.44, 0.16, (0.045, 0.04)), METAL)] if look.shape == 1 else []
    plain = look._replace(pattern="plain")
    vessel = open_vessel(turned(0.5, (0.47, 0.12), (0.47, 1.0)), (0.5, 0.12, 0.47, 0.08), plain, item, bail)
    extra = [Part(girdle((0.5, 0.12), (0.5, 0.2), 0.08), METAL)]
    if look.shape == 0:
        run = ((0.32, 0.24), (0.32, 0.48), (0.41, 0.49), (0.47, 0.4), (0.53, 0.74), (0.64, 0.76), (0.67, 0.26))
        extra += [Part(arch(0.5, 0.24, 0.48, 0.36, (0.03, 0.03), 0), METAL), Part(smooth(*run), paint)]
    elif look.shape == 1:
        drop = smooth((0.5, 0.46), (0.62, 0.68), (0.5, 0.8), (0.38, 0.68))
        extra += [Part(ellipse(0.5, 0.64, 0.3, 0.24), light(look.body, 0.75)), Part(drop, paint)]
    else:
        hem = enumerate((0.2, 0.42, 0.34, 0.62, 0.4, 0.52, 0.36, 0.44, 0.2))
        extra[:0] = [Part(smooth(*[(0.97 - 0.1175 * i, y) for i, y in hem], (0.2, 0.18), (0.8, 0.18)), paint)]
    return Drawing(vessel.back, [*vessel.front, *extra])


def tray(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 2:
        rim, floor = ellipse(0.5, 0.4, 0.5, 0.4), ellipse(0.5, 0.44, 0.43, 0.29)
        side = ellipse(0.5, 0.4, 0.5, 0.6, 0, 180)
    else:
        x = (0.0, 0.07)[look.shape]
        rim = points((x + 0.07, 0.0), (0.93 - x, 0.0), (1.0 - x, 0.76), (x, 0.76))
        floor = (rim - [0.5, 0.38]) * [0.9, 0.74] + [0.5, 0.4]
        side = points((x, 0.76), (1.0 - x, 0.76), (0.97 - x, 1.0), (x + 0.03, 1.0))
    grips = [Part(ellipse(cx, 0.4, 0.1, 0.24), dark(look.body)) for cx in (0.1, 0.9)] if look.shape == 1 else []
    filling = content(item)
    top = [Part(rim, light(look.body, 0.15)), Part(floor, filling or look.body)]
    return Drawing([*grips, Part(side, dark(look.body, 0.25)), *top], [])


def box(look: Look, item: SceneObject) -> Drawing:
    x, y = (0.16, 0.12) if "open" in item.states else (0.0, 0.0)
    inset = x + 0.12
    back = [
        Part(points((x, 0.28), (inset, y), (1 - inset, y), (1 - x, 0.28)), dark(look.body, 0.5)),
        Part(rectangle(inset, y, 1 - inset, 0.32), dark(look.body, 0.3)),
    ]
    front = [Part(rectangle(x, 0.28, 1 - x, 1.0), look.body)]
    if look.shape == 0:
        front.append(Part(rectangle(0.44, 0.28, 0.56, 0.6), light(look.body, 0.4)))
    elif look.shape == 1:
        front.append(Part(rectangle(0.38, 0.44, 0.62, 0.54, 0.05), dark(look.body, 0.5)))
    else:
        front += [line(points((x + 0.05, level), (0.95 - x, level)), dark(look.body, 0.4)) for level in (0.52, 0.76)]
        front += [Part(rectangle(a, 0.28, a + 0.1, 1.0), light(look.body, 0.2)) for a in (x, 0.9 - x)]
    if "open" in item.states:
        side = points((x, 0.28), (inset, y), (0.08, 0.0), (0.0, 0.22))
        flaps = [side, side * [-1, 1] + [1, 0], points((inset, y), (1 - inset, y), (0.8, 0.0), (0.2, 0.0))]
        back += [Part(flap, light(look.body, 0.25)) for flap in flaps]
        front.append(Part(points((x, 0.28), (1 - x, 0.28), (0.9, 0.46), (0.1, 0.46)), light(look.body, 0.25)))
    return Drawing(back, front)


def tin_can(look: Look, item: SceneObject) -> Drawing:
    rgb, kind, half = look.body, look.shape, (0.49, 0.38, 0.49)[look.shape]
    sides = ((0.5, 0.26), (0.5, 0.86), (0.4, 0.96)) if kind == 1 else ((0.49, 0.5), (0.49, 0.88), (0.4, 0.96))
    can = turned(0.5, (half, 0.12), *sides, (0.2, 0.995), (0.0, 1.0))
    back, front = open_vessel(can, (0.5, 0.12, half, 0.1), look._replace(pattern="plain"), item, [])
    if "open" in item.states:
        lid = ellipse(0.5, 0.0, 0.84 * half, 0.15)
        back = [Part(lid, light(METAL, 0.4)), Part(inset(lid, 0.7), METAL), *back]
    elif not content(item):
        tab = Part(ellipse(0.5, 0.1, 0.1, 0.03), METAL), Part(ellipse(0.62, 0.13, 0.14, 0.035), dark(METAL, 0.3))
        back = [*back, Part(ellipse(0.5, 0.12, 0.84 * half, 0.075), light(METAL, 0.5)), *tab]
    if kind == 1:
        crest = curve((0.01, 0.64), (0.3, 0.52), (0.65, 0.62), (0.99, 0.46))
        wave = np.concatenate([crest, crest[::-1] + [0, 0.15]])
        bands = [Part(girdle((half, 0.12), (0.44, 0.18), 0.1), METAL), Part(wave, look.accent)]
    elif kind == 2:
        ribs = (0.12, 0.3, 0.44, 0.58, 0.72, 0.84)
        bands = [Part(girdle((0.5, y), (0.5, y + 0.06), 0.1), dark(rgb, 0.12)) for y in ribs]
    else:
        bands = [Part(girdle((0.5, y), (0.5, y + 0.09), 0.1), METAL) for y in (0.12, 0.81)]
        bands += [Part(ellipse(0.5, 0.6, 0.26, 0.18), light(rgb, 0.75))]
        bands += [Part(ellipse(0.5, 0.6, 0.15, 0.11), look.accent)]
    return Drawing(back, [front[0], *bands, shine(0.16, 0.5, 0.05, 0.16)])


def _recycling(cx: float, cy: float, rx: float, ry: float, rgb: RGB) -> list[Part]:
    """Three arrows that chase each other."""
    parts = []
    for start in (-80, 40, 160):
        tail, (ends, tip) = ring(0, 0, 1, 1, 0.6, start, 60), np.radians((start + 60, start + 100))
        head = [(r * np.cos(a), r * np.sin(a)) for r, a in ((1.25, ends), (0.8, tip), (0.35, ends))]
        arrow = np.concatenate([tail[:33], points(*head), tail[33:]])
        parts.append(Part(arrow * [rx, ry] + [cx, cy], rgb))
    return parts


def _wheelie_bin(rgb: RGB, filling: RGB | None) -> Drawing:
    lid, opening = soft(0.08, 0.0, 0.92, 0.16, 0.05, 0.76), points((0.06, 0.2), (0.12, 0.1), (0.88, 0.1), (0.94, 0.2))
    back = [Part(lid, dark(rgb, 0.15)), Part(opening, dark(rgb, 0.55))]
    back += [Part(inset(opening, 0.9, 0.7), filling)] if filling else []
    front = [Part(ellipse(x, 0.93, 0.09, 0.07), (66, 66, 74)) for x in (0.2, 0.8)]
    front += [Part(points((0.05, 0.24), (0.95, 0.24), (0.82, 0.97), (0.18, 0.97)), rgb)]
    front += [Part(soft(0.0, 0.18, 1.0, 0.28, 0.04, 0.76), dark(rgb, 0.15))]
    return Drawing(back, [*front, *_recycling(0.5, 0.6, 0.17, 0.13, WHITE)])


def trash_can(look: Look, item: SceneObject) -> Drawing:
    rgb, plain = look.body, look._replace(pattern="plain")
    if look.shape == 1:
        return _wheelie_bin(rgb, content(item))
    cx, half, foot = (0.5, 0.48, 0.34) if look.shape else (0.55, 0.4, 0.32)
    back, front = open_vessel(turned(cx, (half, 0.14), (foot, 1.0)), (cx, 0.14, half, 0.08), plain, item, [])
    rim = Part(girdle((half + 0.02, 0.14), (half + 0.01, 0.2), 0.08) + [cx - 0.5, 0], light(rgb, 0.2))
    if look.shape == 2:
        slants = [(x, s) for x in np.linspace(-0.72, 0.72, 5) for s in (-0.3, 0.3)]
        net = [line(points((0.5 + x * half, 0.26), (0.5 + (x + s) * foot, 0.96)), dark(rgb, 0.45)) for x, s in slants]
        ball = smooth((0.4, 0.2), (0.3, 0.06), (0.42, 0.04), (0.5, 0.0), (0.6, 0.05), (0.7, 0.08), (0.64, 0.2))
        paper = [Part(ball + [x, 0.05 - 0.2 * abs(x)], WHITE) for x in (-0.16, 0.14, 0.0)]
        return Drawing(back if content(item) else [*back, *paper], [front[0], *net, rim])
    grooves = [line(points((cx + x * half, 0.28), (cx + x * foot, 0.98)), dark(rgb, 0.35)) for x in (-0.5, 0.0, 0.5)]
    hoop, lid = girdle((0.37, 0.6), (0.365, 0.66), 0.07) + [cx - 0.5, 0], ellipse(0.2, 0.76, 0.2, 0.23)
    cover = [Part(lid, light(rgb, 0.15)), Part(inset(lid, 0.72), rgb)]
    grip = Part(arch(0.2, 0.76, 0.1, 0.05, (0.03, 0.025)), METAL)
    return Drawing(back, [front[0], *grooves, Part(hoop, dark(rgb, 0.15)), rim, *cover, grip])


def mortar_and_pestle(look: Look, item: SceneObject) -> Drawing:
    profile = (
        ((0.46, 0.36), (0.45, 0.6), (0.3, 0.84), (0.24, 0.9), (0.34, 1.0)),
        ((0.5, 0.36), (0.5, 0.62), (0.42, 0.9), (0.36, 1.0)),
        ((0.44, 0.36), (0.4, 0.6), (0.16, 0.78), (0.16, 0.86), (0.36, 1.0)),
    )[look.shape]
    half = profile[0][0]
    vessel = open_vessel(turned(0.5, *profile), (0.5, 0.36, half, 0.13), look._replace(pattern="plain"), item, [])
    rim = Part(girdle((half, 0.36), (half, 0.45), 0.13), light(look.body, 0.2))
    x = (0.93, 0.88, 0.12)[look.shape]
    pestle = band(np.linspace((0.5, 0.44), (x, 0.06), 9), 0.13)
    knob = ellipse(x, 0.07, 0.08, 0.07)
    stick = [Part(pestle, light(look.body, 0.3)), Part(knob, light(look.body, 0.3))]
    return Drawing([*vessel.back, *stick], [*vessel.front, rim])
