"""Drawings of what one plays with: balls, boards, bats, a kite, a guitar, a tent."""

import numpy as np

from models.scene_diffusion.drawings.cups import in_cups, shape
from models.scene_diffusion.drawings.guitars import guitar as guitar
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    between,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    points,
    rectangle,
    shine,
    smooth,
    stretched,
    turned,
)
from tools.scene import SceneObject

DARK = (58, 58, 66)
METAL = (172, 178, 188)


def _narrowed(board: Points, share: float = 0.92) -> Points:
    """A board less wide, so that what is cut from it leaves its outline free."""
    middle = (board[:, 0].min() + board[:, 0].max()) / 2
    return (board - [middle, 0]) * [share, 1] + [middle, 0]


def _leaning(parts: list[Part], angle: float, size: tuple[float, float]) -> list[Part]:
    """Parts turned about the middle of a box that is `size` wide and high."""
    low, high = 0.5 - 0.5 / np.array(size), 0.5 + 0.5 / np.array(size)
    return [part._replace(points=stretched((part.points - 0.5) * size + 0.5, angle, (*low, *high))) for part in parts]


def sports_ball(look: Look, item: SceneObject) -> Drawing:
    ball = [Part(ellipse(0.5, 0.5, 0.5, 0.5), look.body, shade=0.22)]
    if look.shape == 0:
        turns = np.radians(np.arange(5) * 72 - 90)
        star = np.stack([np.cos(turns), np.sin(turns)], 1)
        patches = [Part(0.5 + 0.17 * star, dark(look.body, 0.8))]
        for a, (x, y) in zip(turns, star, strict=True):
            rim = [(0.5 + r * np.cos(a + t), 0.5 + r * np.sin(a + t)) for r, t in ((0.5, -0.3), (0.34, 0), (0.5, 0.3))]
            seam = points((0.5 + 0.17 * x, 0.5 + 0.17 * y), (0.5 + 0.36 * x, 0.5 + 0.36 * y))
            patches += [line(seam, dark(look.body, 0.5)), Part(points(*rim), dark(look.body, 0.8))]
        return Drawing([], [*ball, *patches])
    if look.shape == 1:
        seams = [points((0.5, 0.0), (0.5, 1.0)), points((0.0, 0.5), (1.0, 0.5))]
        seams += [ellipse(-0.06, 0.5, 0.36, 0.44, -53, 53), ellipse(1.06, 0.5, 0.36, 0.44, 127, 233)]
        return Drawing([], [*ball, *[line(seam, dark(look.body, 0.6)) for seam in seams], shine(0.3, 0.26, 0.08, 0.06)])
    seams = [ellipse(x, 0.5, 0.4, 0.46, a - 56, a + 56) for x, a in ((-0.1, 0), (1.1, 180))]
    knots = [knot for seam in seams for knot in seam[4:30:6]]
    stitches = [points((x - 0.05, y - 0.02), (x + 0.05, y + 0.02)) for x, y in knots]
    return Drawing([], [*ball, *[line(shape, look.accent) for shape in (*seams, *stitches)]])


def frisbee(look: Look, item: SceneObject) -> Drawing:
    under = np.concatenate([ellipse(0.5, 0.42, 0.5, 0.58, 0, 180), ellipse(0.5, 0.42, 0.5, 0.42, 180, 360)])
    outer, inner = (
        (Part(ellipse(0.5, 0.4, 0.36, 0.28), light(look.body, 0.2)), Part(ellipse(0.5, 0.4, 0.14, 0.11), look.accent)),
        (Part(ellipse(0.5, 0.42, 0.32, 0.25), dark(look.body)), Part(ellipse(0.5, 0.46, 0.31, 0.2), (236, 230, 220))),
        (Part(ellipse(0.5, 0.4, 0.4, 0.32), look.accent), Part(ellipse(0.5, 0.41, 0.33, 0.26), look.body)),
    )[look.shape]
    top = Part(ellipse(0.5, 0.42, 0.5, 0.42), look.body)
    return Drawing([], [Part(under, dark(look.body, 0.25)), top, outer, inner])


def kite(look: Look, item: SceneObject) -> Drawing:
    top, right, bottom, left = (
        ((0.5, 0.0), (1.0, 0.26), (0.5, 0.68), (0.0, 0.26)),
        ((0.72, 0.0), (1.0, 0.34), (0.34, 0.66), (0.0, 0.1)),
        ((0.5, 0.0), (1.0, 0.46), (0.5, 0.6), (0.0, 0.46)),
    )[look.shape]
    cross = (0.5, (0.26, 0.24, 0.42)[look.shape])
    x, y = bottom
    tail = smooth((x, y), (x + 0.1, y + 0.1), (x - 0.08, y + 0.2), (x + 0.08, 0.96), (x + 0.02, 1.0), closed=False)
    bow = points((-0.11, -0.035), (0.0, -0.01), (0.11, -0.035), (0.11, 0.035), (0.0, 0.01), (-0.11, 0.035))
    bows = [Part(bow + knot, look.accent) for knot in tail[8:25:8]]
    quarters = zip((top, right, bottom, left), (right, bottom, left, top), (0.0, 0.2, 0.0, 0.2), strict=True)
    sails = [Part(points(cross, a, b), dark(look.body, shade) if shade else look.body) for a, b, shade in quarters]
    return Drawing([], [line(tail, DARK), *bows, *sails])


def _ski(x: float, half: float, look: Look) -> list[Part]:
    board = turned(x, (0.0, 0.0), (0.6 * half, 0.03), (half, 0.14), (0.8 * half, 0.55), (half, 0.96), (0.7 * half, 1.0))
    bindings = [Part(rectangle(x - 0.85 * half, y, x + 0.85 * half, y + 0.07), DARK) for y in (0.48, 0.6)]
    return [Part(board, look.body), Part(between(_narrowed(board), 0.17, 0.25), look.accent, ink=False), *bindings]


def _ski_pole(x: float) -> list[Part]:
    stick, grip = rectangle(x - 0.02, 0.2, x + 0.02, 1.0), rectangle(x - 0.05, 0.14, x + 0.05, 0.3, 0.03)
    return [Part(stick, METAL), Part(grip, DARK), Part(ellipse(x, 0.92, 0.08, 0.014), DARK)]


def skis(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        left, right = (_leaning(_ski(0.5, 0.21, look), angle, (0.7, 2.2)) for angle in (-11, 11))
        return Drawing([], [*left, *right])
    if look.shape == 2:
        return Drawing([], [*_ski_pole(0.08), *_ski_pole(0.92), *_ski(0.33, 0.15, look), *_ski(0.67, 0.15, look)])
    return Drawing([], [*_ski(0.23, 0.22, look), *_ski(0.77, 0.22, look)])


def snowboard(look: Look, item: SceneObject) -> Drawing:
    board = (
        turned(0.5, (0.0, 0.0), (0.3, 0.02), (0.49, 0.12), (0.44, 0.5), (0.49, 0.88), (0.3, 0.98), (0.0, 1.0)),
        turned(0.5, (0.0, 0.0), (0.3, 0.04), (0.48, 0.16), (0.34, 0.5), (0.48, 0.84), (0.3, 0.96), (0.0, 1.0)),
        turned(0.5, (0.0, 0.0), (0.3, 0.02), (0.49, 0.12), (0.44, 0.5), (0.46, 0.9), (0.36, 1.0), (0.0, 0.95)),
    )[look.shape]
    cloth = _narrowed(board)
    bolt = points((0.24, 0.42), (0.62, 0.42), (0.52, 0.49), (0.74, 0.49), (0.36, 0.6), (0.46, 0.52), (0.26, 0.52))
    bars = ([(0.44, 0.56)], [], [(0.08, 0.12), (0.48, 0.52), (0.86, 0.9)])[look.shape]
    art = [between(cloth, *bar) for bar in bars] or [bolt]
    parts = [Part(board, look.body), *[Part(shape, look.accent, ink=False) for shape in art]]
    for y in (0.3, 0.7):
        strap = Part(rectangle(0.14, y - 0.02, 0.86, y + 0.02), METAL)
        parts += [Part(rectangle(0.2, y - 0.07, 0.8, y + 0.07), DARK), strap]
    return Drawing([], parts)


def skateboard(look: Look, item: SceneObject) -> Drawing:
    nose, tail = ((0.02, 0.02), (0.16, 0.02), (0.06, 0.06))[look.shape]
    top = smooth(
        (0.0, nose), (0.14, 0.12), (0.5, 0.13), (0.86, 0.12), (1.0, tail), (0.88, 0.28), (0.5, 0.3), (0.12, 0.28)
    )
    edge = ((0.0, nose), (0.12, 0.28), (0.5, 0.3), (0.88, 0.28), (1.0, tail), (1.0, tail + 0.12))
    side = smooth(*edge, (0.86, 0.5), (0.5, 0.53), (0.14, 0.5), (0.0, nose + 0.12))
    parts = [
        Part(points((x - 0.05, 0.44), (x + 0.05, 0.44), (x + 0.02, 0.8), (x - 0.02, 0.8)), METAL) for x in (0.23, 0.77)
    ]
    wheel, hub = (look.accent, METAL) if look.shape else (DARK, look.accent)
    for x in (0.23, 0.77):
        parts += [Part(ellipse(x, 0.76, 0.077, 0.24), wheel), Part(ellipse(x, 0.76, 0.03, 0.09), hub)]
    stripe = line(smooth((0.14, 0.41), (0.5, 0.43), (0.86, 0.41), closed=False), light(look.body, 0.6))
    stripes = [stripe._replace(ink=False)] if look.shape == 2 else []
    return Drawing([*parts, Part(side, look.body), *stripes, Part(top, light(look.body, 0.25))], [])


def surfboard(look: Look, item: SceneObject) -> Drawing:
    board = (
        turned(0.5, (0.0, 0.0), (0.26, 0.14), (0.48, 0.42), (0.48, 0.7), (0.28, 0.95), (0.0, 1.0)),
        turned(0.5, (0.0, 0.0), (0.26, 0.02), (0.45, 0.16), (0.49, 0.55), (0.36, 0.92), (0.2, 1.0)),
        turned(0.5, (0.0, 0.0), (0.3, 0.12), (0.48, 0.4), (0.48, 0.66), (0.38, 0.9), (0.3, 1.0), (0.0, 0.9)),
    )[look.shape]
    inside = _narrowed(board, 0.9)
    bars = ([(0.28, 0.36), (0.4, 0.43)], [], [(0.1, 0.2), (0.66, 0.72)])[look.shape]
    parts = [Part(board, look.body), *[Part(between(inside, *bar), look.accent, ink=False) for bar in bars]]
    parts.append(line(points((0.5, 0.04), (0.5, 0.88)), dark(look.body, 0.3)))
    if look.shape == 1:
        turns = np.radians(np.arange(5) * 72 - 90)
        petals = [ellipse(0.5 + 0.2 * np.cos(a), 0.34 + 0.065 * np.sin(a), 0.13, 0.042) for a in turns]
        parts += [Part(petal, look.accent) for petal in petals] + [Part(ellipse(0.5, 0.34, 0.09, 0.03), (250, 214, 92))]
    fins = [smooth((x, 0.84), (x + 0.05, 0.9), (x, 0.93), (x - 0.05, 0.9)) for x in (0.3, 0.7)]
    return Drawing([], parts + [Part(fin, DARK) for fin in fins])


def baseball_bat(look: Look, item: SceneObject) -> Drawing:
    thick, thin, neck = ((0.49, 0.17, 0.64), (0.49, 0.24, 0.56), (0.49, 0.2, 0.74))[look.shape]
    barrel = ((0.0, 0.0), (0.36, 0.012), (thick, 0.06), (0.92 * thick, 0.3))
    bat = turned(0.5, *barrel, (thin, neck), (thin, 0.95), (0.36, 0.975), (0.3, 1.0))
    tape = Part(between(_narrowed(bat, 0.96), 0.78, 0.94), (DARK, look.accent, light(look.body, 0.4))[look.shape])
    wraps = [line(points((0.5 - thin, y), (0.5 + thin, y + 0.02)), dark(tape.fill or DARK)) for y in (0.81, 0.85, 0.89)]
    marks = (
        [Part(ellipse(0.5, 0.24, 0.22, 0.04), light(look.body, 0.35), ink=False)],
        [Part(between(_narrowed(bat), 0.08, 0.12), look.accent, ink=False)],
        [Part(between(_narrowed(bat), y, y + 0.025), look.accent, ink=False) for y in (0.36, 0.41)],
    )[look.shape]
    return Drawing([], [Part(bat, look.body, shade=0.22), *marks, tape, *[wrap._replace(ink=False) for wrap in wraps]])


def _finger(cx: float, cy: float, rx: float, ry: float, angle: float) -> Points:
    return stretched(ellipse(0.5, 0.5, rx, ry), angle, (cx - 0.5, cy - 0.5, cx + 0.5, cy + 0.5))


def _baseball(cx: float, cy: float, radius: float) -> list[Part]:
    curves = [
        ellipse(cx + side * 1.3 * radius, cy, radius, 1.1 * radius, a - 40, a + 40) for side, a in ((-1, 0), (1, 180))
    ]
    return [Part(ellipse(cx, cy, radius, radius), (250, 248, 240)), *[line(curve, (206, 70, 60)) for curve in curves]]


def baseball_glove(look: Look, item: SceneObject) -> Drawing:
    thread, pocket = light(look.body, 0.5), dark(look.body, 0.25)
    if look.shape == 1:
        cleft = ((0.02, 0.5), (0.1, 0.2), (0.26, 0.2), (0.34, 0.3), (0.4, 0.06), (0.7, 0.0))
        mitt = smooth(*cleft, (0.98, 0.3), (0.96, 0.7), (0.7, 0.96), (0.3, 0.96))
        stitch = line(ellipse(0.52, 0.56, 0.38, 0.37, -70, 200), thread)._replace(ink=False)
        return Drawing(
            [],
            [Part(mitt, look.body), stitch, Part(ellipse(0.52, 0.56, 0.28, 0.27), pocket), *_baseball(0.5, 0.56, 0.15)],
        )
    spread = (
        (0.44, 0.28, 0.27, -6),
        (0.62, 0.26, 0.26, 4),
        (0.78, 0.32, 0.25, 14),
        (0.89, 0.44, 0.22, 22),
        (0.12, 0.52, 0.26, -12),
    )
    fingers = [Part(_finger(x, y, 0.11, length, angle), look.body) for x, y, length, angle in spread]
    web = [Part(points((0.14, 0.3), (0.36, 0.12), (0.4, 0.5), (0.2, 0.62)), light(look.body, 0.25))]
    web += [line(points(a, b), dark(look.body)) for a, b in (((0.14, 0.3), (0.4, 0.48)), ((0.36, 0.12), (0.2, 0.6)))]
    palm = smooth((0.12, 0.56), (0.3, 0.46), (0.6, 0.4), (0.94, 0.5), (0.93, 0.84), (0.6, 1.0), (0.16, 0.92))
    parts = [*web, *fingers, Part(palm, look.body), Part(ellipse(0.52, 0.68, 0.26, 0.2), pocket)]
    if look.shape == 0:
        return Drawing([], [*parts, *_baseball(0.52, 0.65, 0.16)])
    parts.append(line(ellipse(0.52, 0.68, 0.34, 0.26, 10, 170), thread)._replace(ink=False))
    return Drawing([], [part._replace(points=part.points * [-1, 1] + [1, 0]) for part in parts])


def _strings(cy: float, rx: float, ry: float) -> list[Part]:
    """A grid in an ellipse about x = 0.5."""
    reach = [(share, (1 - share * share) ** 0.5) for share in (-0.6, -0.2, 0.2, 0.6)]
    down = [points((0.5 + x * rx, cy - y * ry), (0.5 + x * rx, cy + y * ry)) for x, y in reach]
    across = [points((0.5 - x * rx, cy + y * ry), (0.5 + x * rx, cy + y * ry)) for y, x in reach]
    return [line(string, light(METAL, 0.35)) for string in down + across]


def tennis_racket(look: Look, item: SceneObject) -> Drawing:
    ry, neck, grip = ((0.3, 0.76, 0.72), (0.27, 0.62, 0.64), (0.33, 0.82, 0.8))[look.shape]
    throat = points(
        (0.14, 1.5 * ry), (0.86, 1.5 * ry), (0.6, neck), (0.6, grip + 0.02), (0.4, grip + 0.02), (0.4, neck)
    )
    gap = points((0.3, 1.5 * ry), (0.7, 1.5 * ry), (0.5, neck - 0.02))
    handle = turned(0.5, (0.09, grip), (0.11, 0.96), (0.15, 1.0))
    wraps = [line(points((0.41, y + 0.03), (0.59, y)), look.accent) for y in np.arange(grip + 0.02, 0.95, 0.06)]
    parts = [
        Part(throat, look.body),
        Part(gap, (226, 222, 214)) if look.shape != 1 else Part(gap, dark(look.body, 0.2)),
    ]
    parts += [Part(handle, DARK), *[wrap._replace(ink=False) for wrap in wraps]]
    parts += [Part(ellipse(0.5, ry, 0.5, ry), look.body), Part(ellipse(0.5, ry, 0.37, ry - 0.055), (248, 248, 242))]
    return Drawing([], parts + _strings(ry, 0.37, ry - 0.055))


def _doorway(look: Look, opened: bool, top: tuple[float, float], half: float, foot: float) -> list[Part]:
    """The way into a tent, in cups: closed with a zip, or with its flaps turned aside."""
    x, _ = top
    if not opened:
        return [line(points(top, (x, foot)), dark(look.body, 0.5))]
    flap = shape(light(look.body, 0.35), top, (x + half, foot), (x + 1.5 * half, foot), (x + 1.1 * half, foot - 0.4))
    return [shape(DARK, top, (x + half, foot), (x - half, foot)), *both(flap, cx=x)]


def tent(look: Look, item: SceneObject) -> Drawing:
    body, shade, opened = look.body, dark(look.body, 0.22), "open" in item.states
    if look.shape == 1:
        dome = curve((0.0, 1.6), (0.1, 1.1), (0.5, 0.4), (1.2, 0.0), (1.9, 0.4), (2.3, 1.1), (2.4, 1.6))
        poles = [line(curve((0.5, 1.58), (0.7, 0.7), (1.2, 0.02), (1.7, 0.7), (1.9, 1.58)), dark(body, 0.45))]
        door = Part(curve((0.72, 1.58), (0.82, 0.9), (1.2, 0.5), (1.58, 0.9), (1.68, 1.58)), look.accent)
        return in_cups(item, Part(dome, body), *poles, door, *_doorway(look, opened, (1.2, 0.56), 0.3, 1.58))
    if look.shape == 2:
        sticks = both(line(points((1.3, 0.3), (1.08, 0.0)), (120, 84, 56)), cx=1.2)
        front = shape(body, (1.2, 0.16), (2.2, 1.56), (0.2, 1.56))
        trim = both(shape(look.accent, (1.2, 0.16), (2.2, 1.56), (1.98, 1.56)), cx=1.2)
        peg = shape(DARK, (2.3, 1.44), (2.4, 1.48), (2.34, 1.6))
        ropes = both(line(points((1.9, 1.12), (2.34, 1.54)), DARK), peg, cx=1.2)
        return in_cups(item, *ropes, *sticks, front, *trim, *_doorway(look, opened, (1.2, 0.5), 0.35, 1.56))
    side = shape(shade, (0.8, 0.08), (1.9, 0.14), (2.34, 1.36), (1.46, 1.6))
    front = shape(body, (0.8, 0.08), (1.46, 1.6), (0.06, 1.6))
    pole = line(points((0.8, 0.12), (0.8, 0.0)), (120, 84, 56))
    ropes = [line(points(*ends), DARK) for ends in (((0.8, 0.08), (0.0, 1.3)), ((1.9, 0.14), (2.4, 1.2)))]
    seam = line(curve((1.12, 0.1), (1.5, 0.8), (1.76, 1.5)), dark(body, 0.45))
    return in_cups(item, pole, *ropes, side, seam, front, *_doorway(look, opened, (0.8, 0.3), 0.27, 1.6))
