"""Drawings of what works by electricity and of what measures: screens, keys, clocks, a camera, a battery."""

import numpy as np

from models.scene_diffusion.drawings.cases import IRON, METAL, box, boxes, circles, feet, keypad, tube
from models.scene_diffusion.drawings.cups import block, disc, in_cups, shape, spokes
from models.scene_diffusion.drawings.limbs import grown, limb
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    between,
    dark,
    ellipse,
    light,
    line,
    points,
    rectangle,
    shine,
    turned,
    within,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB


def _contrast(rgb: RGB) -> RGB:
    """For keys on a case of any colour."""
    return light(rgb, 0.6) if sum(rgb) < 330 else dark(rgb, 0.45 if sum(rgb) < 660 else 0.25)


def _screen(corners: Points) -> list[Part]:
    """A pane with two slanting reflections."""
    bands = [within(corners, (a + 0.2, 0), (b + 0.2, 0), (b, 1), (a, 1)) for a, b in ((0.12, 0.34), (0.42, 0.5))]
    sheen = [Part(band, (255, 255, 255), ink=False, shade=0, alpha=0.28) for band in bands]
    return [Part(corners, (104, 150, 190)), *sheen]


def laptop(look: Look, item: SceneObject) -> Drawing:
    """A lid and a base that share the hinge."""
    far, hinge, near = (
        (((0.12, 0), (0.88, 0)), ((0.88, 0.64), (0.12, 0.64)), ((1, 0.93), (0, 0.93))),
        (((0.04, 0), (0.96, 0)), ((0.96, 0.72), (0.04, 0.72)), ((1, 0.93), (0, 0.93))),
        (((0, 0.06), (0.64, 0)), ((0.74, 0.6), (0.1, 0.7)), ((1, 0.84), (0.34, 0.95))),
    )[look.shape]
    lid, base = points(*far, *hinge), points(hinge[1], hinge[0], *near)
    edge = np.concatenate([base[[3, 2]], base[[2, 3]] + [0, 0.06]])
    keys = keypad(within(base, (0.06, 0.06), (0.94, 0.06), (0.94, 0.6), (0.06, 0.6)), 3, 9, _contrast(look.body))
    pad = Part(within(base, (0.38, 0.66), (0.62, 0.66), (0.62, 0.94), (0.38, 0.94)), dark(look.body, 0.15))
    parts = [Part(lid, look.body), *_screen(within(lid, (0.06, 0.08), (0.94, 0.08), (0.94, 0.92), (0.06, 0.92)))]
    return Drawing([], [*parts, Part(base, light(look.body, 0.15)), *keys, pad, Part(edge, dark(look.body, 0.2))])


def tv(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 2:
        sticks = ((0.5, 0.24, 0.3, 0.01), (0.5, 0.24, 0.7, 0.01), (0.2, 0.9, 0.15, 0.99), (0.8, 0.9, 0.85, 0.99))
        parts = [tube(item, 0.06, IRON, stick[:2], stick[2:]) for stick in sticks]
        parts += boxes(item, look.body, 0.18, (0, 0.2, 1, 0.93))
        parts += boxes(item, dark(look.body, 0.4), 0.16, (0.06, 0.28, 0.76, 0.85))
        parts += _screen(rectangle(0.09, 0.32, 0.73, 0.81))
        parts += [Part(rectangle(0.82, y, 0.94, y + 0.02), IRON, ink=False) for y in (0.72, 0.77)]
        return Drawing([], parts + circles(item, look.accent, 0.13, (0.88, 0.4), (0.88, 0.58)))
    bottom = 0.86 + 0.04 * look.shape
    foot = points((-0.02, 0.88), (0.02, 0.88), (0.09, 1), (0.05, 1), (0, 0.93), (-0.05, 1), (-0.09, 1))
    parts = [Part(rectangle(0.44, 0.84, 0.56, 0.96), IRON), *boxes(item, look.body, 0.04, (0.26, 0.94, 0.74, 1))]
    parts = [Part(foot + [x, 0], IRON) for x in (0.2, 0.8)] if look.shape == 1 else parts
    parts += boxes(item, look.body, 0.08, (0, 0, 1, bottom)) + _screen(rectangle(0.045, 0.065, 0.955, bottom - 0.11))
    return Drawing([], parts + circles(item, (222, 70, 60), 0.035, (0.93, bottom - 0.05), ink=False))


def cell_phone(look: Look, item: SceneObject) -> Drawing:
    pad = keypad(rectangle(0.12, 0.58, 0.88, 0.94), 4, 3, _contrast(look.body), True)
    if look.shape == 2:
        parts = boxes(item, look.body, 0.13, (0.04, 0, 0.96, 0.48), (0, 0.52, 1, 1))
        parts += boxes(item, IRON, 0.05, (0.16, 0.45, 0.84, 0.55))
        return Drawing([], [*parts, *_screen(rectangle(0.18, 0.09, 0.82, 0.38)), *pad])
    if look.shape == 1:
        parts = boxes(item, IRON, 0.05, (0.74, 0, 0.92, 0.2)) + boxes(item, look.body, 0.14, (0, 0.1, 1, 1))
        return Drawing([], [*parts, *_screen(rectangle(0.16, 0.2, 0.84, 0.5)), *pad])
    tints = ((214, 64, 58), (247, 204, 70), (98, 168, 84), (240, 142, 52), (246, 244, 238), (138, 98, 186))
    keys = keypad(rectangle(0.18, 0.36, 0.82, 0.78), 2, 3, look.body)
    parts = [*boxes(item, look.body, 0.14, (0, 0, 1, 1)), *_screen(rectangle(0.12, 0.13, 0.88, 0.83))[:1]]
    parts += [key._replace(fill=rgb) for key, rgb in zip(keys, tints, strict=True)]
    parts += [Part(rectangle(0.38, 0.05, 0.62, 0.075), dark(look.body, 0.5), ink=False)]
    parts += [Part(rectangle(0.22, 0.19, 0.78, 0.28), (255, 255, 255), ink=False, shade=0, alpha=0.7)]
    return Drawing([], parts + circles(item, light(look.body, 0.5), 0.05, (0.5, 0.915)))


def tv_remote(look: Look, item: SceneObject) -> Drawing:
    waisted = turned(0.5, (0.46, 0), (0.5, 0.2), (0.36, 0.6), (0.46, 1))
    body = (box(item, 0, 0, 1, 1, 0.1), box(item, 0, 0, 1, 1, 0.22), waisted)[look.shape]
    pad = rectangle(*((0.12, 0.18, 0.88, 0.64), (0.16, 0.52, 0.84, 0.88), (0.18, 0.32, 0.82, 0.7))[look.shape])
    button = _contrast(look.body)
    parts = [Part(body, look.body), *circles(item, (222, 70, 60), 0.065, (0.7, 0.09)), *keypad(pad, 4, 3, button, True)]
    if look.shape == 1:
        parts += circles(item, button, 0.17, (0.5, 0.33))
        return Drawing([], parts + circles(item, look.body, 0.07, (0.5, 0.33)))
    y = (0.7, 0, 0.22)[look.shape]
    tints = ((0.18, (214, 64, 58)), (0.35, (98, 168, 84)), (0.52, (247, 204, 70)), (0.69, (74, 134, 206)))
    parts += [Part(rectangle(x, y, x + 0.13, y + 0.05), rgb, ink=False) for x, rgb in tints]
    return Drawing([], parts + circles(item, button, 0.11, (0.5, 0.87)))


def computer_keyboard(look: Look, item: SceneObject) -> Drawing:
    key, inset, y = _contrast(look.body), (0, 0.07, 0.04)[look.shape], (0, 0, 0.14)[look.shape]
    top = points((inset, y), (1 - inset, y), (1, 0.86), (0, 0.86))
    right, columns = (0.7, 7) if look.shape == 2 else (0.98, 9)
    parts = [Part(rectangle(0.005, 0.86, 0.995, 1), dark(look.body, 0.3)), Part(top, look.body)]
    parts += keypad(within(top, (0.02, 0.06), (right, 0.06), (right, 0.66), (0.02, 0.66)), 2, columns, key, True)
    for x0, x1, count in ((0.02, 0.24, 2), (0.24, 0.6, 1), (0.6, right, columns - 6)):
        parts += keypad(within(top, (x0, 0.66), (x1, 0.66), (x1, 0.96), (x0, 0.96)), 1, count, key, True)
    if look.shape != 2:
        return Drawing([], parts)
    parts += keypad(within(top, (0.75, 0.06), (0.98, 0.06), (0.98, 0.96), (0.75, 0.96)), 3, 3, look.accent, True)
    return Drawing([], [tube(item, 0.06, IRON, (0.5, 0.2), (0.53, 0.06), (0.72, 0.04)), *parts])


def computer_mouse(look: Look, item: SceneObject) -> Drawing:
    egg = turned(0.5, (0.02, 0.2), (0.34, 0.28), (0.49, 0.6), (0.4, 0.88), (0.2, 0.99))
    pear = turned(0.5, (0.02, 0), (0.34, 0.06), (0.46, 0.4), (0.5, 0.76), (0.36, 0.97), (0.2, 1))
    body = (egg, pear, box(item, 0, 0.2, 1, 1, 0.14))[look.shape]
    top, seam = (0.2, 0, 0.2)[look.shape], (0.54, 0.44, 0.5)[look.shape]
    cord = tube(item, 0.05, IRON, (0.5, 0.26), (0.48, 0.12), (0.6, 0.06), (0.72, 0.02))
    parts = [Part(body, look.body), Part(between(body, -1, seam), light(look.body, 0.22))]
    parts += [line(points((0.5, top), (0.5, seam)), dark(look.body, 0.5)), shine(0.26, 0.76, 0.06, 0.07)]
    parts += boxes(item, look.accent, 0.05, (0.42, top + 0.1, 0.58, top + 0.28))
    return Drawing([], parts if look.shape == 1 else [cord, *parts])


def clock(look: Look, item: SceneObject) -> Drawing:
    cy, radius = ((0.57, 0.52), (0.5, 0.65), (0.47, 0.56))[look.shape]
    parts = []
    if look.shape == 0:
        parts += [tube(item, 0.1, IRON, (0.5 + x, 0.86), (0.5 + x * 1.4, 0.985)) for x in (-0.22, 0.22)]
        parts += [Part(ellipse(x, 0.17, 0.21, 0.15), look.body) for x in (0.21, 0.79)]
        parts.append(tube(item, 0.07, IRON, (0.5, 0.2), (0.5, 0.01)))
    elif look.shape == 2:
        parts += [*feet(0.1, 0.76), *boxes(item, look.body, 0.2, (0, 0, 1, 0.95))]
    parts += circles(item, look.body, radius, (0.5, cy)) if look.shape != 2 else []
    parts += circles(item, (252, 250, 242), radius * 0.77, (0.5, cy))
    reach = radius / 1.3
    spots = [(0.5 + 0.64 * reach * np.sin(a), cy - 0.64 * reach * np.cos(a)) for a in np.radians(range(0, 360, 30))]
    parts += circles(item, IRON, 0.03, *spots, ink=False)
    hands = (0.5 - 0.34 * reach, cy - 0.2 * reach), (0.5 + 0.32 * reach, cy - 0.44 * reach)
    parts += [tube(item, 0.06, IRON, (0.5, cy), tip) for tip in hands]
    return Drawing([], parts + circles(item, (222, 70, 60), 0.045, (0.5, cy)))


def battery(look: Look, item: SceneObject) -> Drawing:
    poles = ([(0.3, 0, 0.7, 0.2)],) * 2 + ([(0.12, 0, 0.4, 0.2), (0.6, 0, 0.88, 0.2)],)
    cap = ((214, 150, 84), METAL, (214, 150, 84))[look.shape]
    parts = [*boxes(item, METAL, 0.04, *poles[look.shape]), Part(rectangle(0, 0.12, 1, 1), look.body)]
    parts.append(Part(rectangle(0, 0.12, 1, (0.36, 0.24, 0.3)[look.shape]), cap))
    signs = [(0.3, 0.48, 0.7, 0.54), (0.43, 0.41, 0.57, 0.61), (0.32, 0.82, 0.68, 0.87)]
    pale = [Part(rectangle(*sign), light(look.body, 0.85), ink=False) for sign in signs]
    if look.shape == 1:
        flash = points((0.58, 0.3), (0.2, 0.68), (0.46, 0.68), (0.38, 0.94), (0.8, 0.56), (0.54, 0.56))
        return Drawing([], [*parts, Part(flash, (250, 210, 70))])
    return Drawing([], [*parts, *pale, shine(0.16, 0.62, 0.05, 0.2)])


def _lens(x: float, y: float, radius: float) -> list[Part]:
    rings = [disc(rgb, x, y, share * radius) for rgb, share in ((METAL, 1), (IRON, 0.78), ((96, 142, 186), 0.48))]
    return [*rings, shine(x - 0.15 * radius, y - 0.18 * radius, 0.14 * radius, 0.12 * radius)]


def camera(look: Look, item: SceneObject) -> Drawing:
    body, shade, pale = look.body, dark(look.body), light(look.accent, 0.5)
    if look.shape == 1:
        prism = shape(shade, (0.42, 0.24), (0.5, 0.0), (0.9, 0.0), (0.98, 0.24))
        case = grown(body, rectangle(0.1, 0.18, 1.3, 0.95, 0.1), rectangle(0.0, 0.14, 0.34, 0.95, 0.12))
        knobs = [block(IRON, 1.06, 0.1, 1.22, 0.22, 0.02), disc((222, 70, 60), 0.17, 0.13, 0.1, 0.06)]
        return in_cups(item, *knobs, case, prism, block(pale, 0.58, 0.06, 0.82, 0.16), *_lens(0.7, 0.56, 0.36))
    if look.shape == 2:
        parts = [block(METAL, 0.1, 0.0, 0.34, 0.16, 0.03), block(METAL, 0.9, 0.04, 1.18, 0.16, 0.02)]
        parts += [block(METAL, 0.0, 0.1, 1.3, 0.95, 0.1), block(body, 0.0, 0.34, 1.3, 0.82)]
        parts += [block(IRON, 0.54, 0.15, 0.76, 0.28), disc((222, 70, 60), 0.16, 0.22, 0.05)]
        return in_cups(item, *parts, *_lens(0.65, 0.6, 0.29))
    hump = shape(shade, (0.36, 0.2), (0.46, 0.0), (0.84, 0.0), (0.94, 0.2))
    parts = [block((222, 70, 60), 0.12, 0.06, 0.3, 0.24, 0.04), hump, block(body, 0.0, 0.14, 1.3, 0.95, 0.14)]
    return in_cups(item, *parts, block(pale, 1.0, 0.24, 1.18, 0.36, 0.02), *_lens(0.65, 0.56, 0.32))


def watch(look: Look, item: SceneObject) -> Drawing:
    body, bold = look.body, dark(look.body)
    wide, narrow = ((0.18, 0.14), (0.21, 0.18), (0.2, 0.15))[look.shape]
    strap = points((0.3 - narrow, 0.0), (0.3 + narrow, 0.0), (0.3 + wide, 0.5), (0.3 - wide, 0.5))
    parts = [Part(strap, body), Part(strap * [1, -1] + [0, 1.4], body)]
    crown = block(METAL, 0.5, 0.65, 0.6, 0.75, 0.02)
    hands = [line(points((0.3, 0.56), (0.3, 0.7), (0.4, 0.76)), IRON)]
    if look.shape == 1:
        screen = [crown, block(IRON, 0.02, 0.4, 0.56, 1.0, 0.12), block((104, 150, 190), 0.09, 0.47, 0.49, 0.93, 0.06)]
        return in_cups(item, *parts, *screen, line(points((0.29, 0.56), (0.29, 0.72), (0.4, 0.72)), (255, 255, 255)))
    if look.shape == 2:
        parts += [line(points((0.13, y), (0.47, y)), bold) for y in (0.12, 0.24, 0.36, 1.04, 1.16, 1.28)]
        dial = [crown, disc(bold, 0.29, 0.7, 0.29), disc(light(look.accent, 0.75), 0.29, 0.7, 0.2)]
        return in_cups(item, *parts, *dial, *hands)
    holes = [disc(bold, 0.3, y, 0.022) for y in (1.14, 1.22, 1.3)]
    buckle = [block(METAL, 0.1, 0.0, 0.5, 0.15, 0.03), block(body, 0.19, 0.05, 0.41, 0.11)]
    dots = [line(tick, IRON)._replace(ink=False) for tick in spokes(0.29, 0.7, 0.22, 12, 0.8, 0.95)]
    face = [crown, disc(METAL, 0.29, 0.7, 0.29), disc((252, 250, 242), 0.29, 0.7, 0.22), *dots]
    return in_cups(item, *parts, *holes, *buckle, *face, *hands)


def thermometer(look: Look, item: SceneObject) -> Drawing:
    red = (222, 70, 60)
    if look.shape == 2:
        stem = shape(METAL, (0.165, 0.36), (0.235, 0.36), (0.235, 1.36), (0.2, 1.5), (0.165, 1.36))
        dial = [disc(METAL, 0.2, 0.2, 0.2), disc(look.body, 0.2, 0.2, 0.15), line(points((0.2, 0.2), (0.28, 0.1)), red)]
        scale = [line(tick, IRON)._replace(ink=False) for tick in spokes(0.2, 0.2, 0.15, 10, 0.7, 0.95)]
        return in_cups(item, stem, block(IRON, 0.13, 0.38, 0.27, 0.5, 0.03), *dial, *scale)
    y, low, top, half = ((0.0, 1.3, 0.5, 0.1), (0.14, 1.26, 0.6, 0.06))[look.shape]
    glass = grown(look.body, limb((0.2, y + half, half), (0.2, low, half)), ellipse(0.2, low, 2 * half, 2 * half))
    liquid = grown(red, limb((0.2, top, 0.4 * half), (0.2, low, 0.4 * half)), ellipse(0.2, low, 1.3 * half, 1.3 * half))
    ticks = [line(points((0.32, z), (0.39, z)), IRON) for z in (0.2, 0.36, 0.52, 0.68, 0.84, 1.0)]
    if look.shape == 1:
        ticks = [line(points((x, z), (x + 0.08, z)), IRON) for z in (0.3, 0.48, 0.66, 0.84, 1.02) for x in (0.03, 0.29)]
        return in_cups(item, block(look.accent, 0.0, 0.0, 0.4, 1.5, 0.12), *ticks, glass, liquid._replace(ink=False))
    return in_cups(item, glass, liquid, *ticks)
