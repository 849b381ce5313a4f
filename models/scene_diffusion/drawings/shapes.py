"""Parts of drawings: polygons and lines in the unit box of an object (x right, y down), and ways to make them."""

from typing import NamedTuple

import numpy as np

from tools.vocabulary import RGB

Points = np.ndarray
"""(n, 2) float, in the unit box of the object."""


class Part(NamedTuple):
    """A filled polygon, or with `fill` None a line. `ink` parts are outlined, and become strokes of a sketch."""

    points: Points
    fill: RGB | None
    closed: bool = True
    ink: bool = True
    shade: float = 0.14
    alpha: float = 1.0


class Look(NamedTuple):
    """What a caption leaves unsaid: tints, pattern and which of three shapes."""

    body: RGB
    accent: RGB
    pattern: str = "plain"
    shape: int = 0


class Drawing(NamedTuple):
    """Parts behind what the object holds, and parts in front of it."""

    back: list[Part]
    front: list[Part]


def inked(drawing: Drawing, lines: list[Points]) -> Drawing:
    """The drawing with other ink: its shapes cover what they covered, and the lines are what is seen of it."""
    back, front = ([part._replace(ink=False) for part in parts] for parts in drawing)
    return Drawing(back, [*front, *(Part(line, None, closed=False) for line in lines)])


PATTERNS = ("plain",) * 6 + ("band", "stripes", "dots")


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """`a` with a share of `b` in it."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def dark(rgb: RGB, share: float = 0.3) -> RGB:
    """A darker shade."""
    return mix(rgb, (20, 20, 32), share)


def light(rgb: RGB, share: float = 0.4) -> RGB:
    """A lighter tint."""
    return mix(rgb, (255, 255, 255), share)


def points(*pairs: tuple[float, float]) -> Points:
    """A polygon or line of straight segments."""
    return np.array(pairs, dtype=float)


def ellipse(cx: float, cy: float, rx: float, ry: float, start: float = 0, end: float = 360) -> Points:
    """An ellipse, or its arc from `start` to `end` degrees (clockwise from the right)."""
    angle = np.radians(np.linspace(start, end, 33))
    return np.stack([cx + rx * np.cos(angle), cy + ry * np.sin(angle)], 1)


def rectangle(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Points:
    """A rectangle with round corners."""
    if not radius:
        return points((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    corners = [
        (x1 - radius, y0 + radius, -90),
        (x1 - radius, y1 - radius, 0),
        (x0 + radius, y1 - radius, 90),
        (x0 + radius, y0 + radius, 180),
    ]
    return np.concatenate([ellipse(x, y, radius, radius, a, a + 90)[::4] for x, y, a in corners])


def soft(x0: float, y0: float, x1: float, y1: float, radius: float, aspect: float) -> Points:
    """A rectangle with corners that are round in a box `aspect` times as wide as high."""
    return rectangle(x0 * aspect, y0, x1 * aspect, y1, radius) / [aspect, 1]


def smooth(*pairs: tuple[float, float], closed: bool = True) -> Points:
    """A Catmull-Rom curve through the points."""
    knots = np.array(pairs, dtype=float)
    wrapped = (
        np.concatenate([knots[-1:], knots, knots[:2]]) if closed else np.concatenate([knots[:1], knots, knots[-1:]])
    )
    t = np.linspace(0, 1, 9)[:-1, None]
    pieces = []
    for a, b, c, d in zip(wrapped, wrapped[1:], wrapped[2:], wrapped[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*pieces, knots[:1] if closed else knots[-1:]])


def curve(*pairs: tuple[float, float]) -> Points:
    """An open curve through the points."""
    return smooth(*pairs, closed=False)


def turned(cx: float, *profile: tuple[float, float]) -> Points:
    """A symmetric body from its right profile: (half width, height) from top to bottom."""
    right = smooth(*[(cx + half, y) for half, y in profile], closed=False)
    left = right[::-1] * [-1, 1] + [2 * cx, 0]
    return np.concatenate([right, left])


def angular(cx: float, *profile: tuple[float, float]) -> Points:
    """A symmetric body with straight sides: (half width, height) from top to bottom."""
    return points(*[(cx + half, y) for half, y in profile], *[(cx - half, y) for half, y in profile[::-1]])


def symmetric(half: Points) -> Points:
    """A symmetric polygon from its right half, from top to bottom."""
    return np.concatenate([half, half[::-1] * [-1, 1] + [1, 0]])


def arched(x0: float, top: float, x1: float, bottom: float, rise: float) -> Points:
    """A rectangle with a round top, `rise` high."""
    half = (x1 - x0) / 2
    return points((x0, bottom), *ellipse(x0 + half, top + rise, half, rise, 180, 360).tolist(), (x1, bottom))


def ring(cx: float, cy: float, rx: float, ry: float, share: float, start: float = 180, sweep: float = 180) -> Points:
    """A thick arc of `sweep` degrees, clockwise from `start`, its inside a share of its outside."""
    outer, inner = (ellipse(cx, cy, k * rx, k * ry, start, start + sweep) for k in (1, share))
    return np.concatenate([outer, inner[::-1]])


def band(path: Points, width: float) -> Points:
    """What runs along a path, as wide as that."""
    along = np.gradient(path, axis=0)
    aside = along[:, ::-1] * [-0.5 * width, 0.5 * width] / np.linalg.norm(along, axis=1, keepdims=True)
    return np.concatenate([path + aside, (path - aside)[::-1]])


def stretched(shape: Points, angle: float, box: tuple[float, float, float, float] = (0, 0, 1, 1)) -> Points:
    """The points turned by `angle` degrees about the middle and fitted to `box` as the unit square would be."""
    a = np.radians(angle)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    x0, y0, x1, y1 = box
    return ((shape - 0.5) @ turn + 0.5) * [x1 - x0, y1 - y0] + [x0, y0]


def inset(shape: Points, x: float = 0.84, y: float | None = None) -> Points:
    """The shape, its width and height reduced to these shares about its middle; both to `x`, without `y`."""
    middle = (shape.min(0) + shape.max(0)) / 2
    return (shape - middle) * [x, x if y is None else y] + middle


def within(corners: Points, *spots: tuple[float, float]) -> Points:
    """Spots of the unit square as they lie in a quadrilateral: upper left, upper right, lower right, lower left."""
    return np.array([[(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v] for u, v in spots]) @ corners


def between(shape: Points, y0: float, y1: float) -> Points:
    """The part of a polygon between two heights (Sutherland-Hodgman, two half-planes)."""
    for level, sign in ((y0, 1), (y1, -1)):
        kept = []
        for a, b in zip(shape, np.roll(shape, -1, 0), strict=True):
            inside_a, inside_b = sign * (a[1] - level) >= 0, sign * (b[1] - level) >= 0
            if inside_a:
                kept.append(a)
            if inside_a != inside_b:
                kept.append(a + (b - a) * (level - a[1]) / (b[1] - a[1]))
        shape = np.array(kept) if kept else np.zeros((0, 2))
        if not len(shape):
            break
    return shape


def across(shape: Points, x0: float, x1: float) -> Points:
    """The part of a polygon between two uprights."""
    return between(shape[:, ::-1], x0, x1)[:, ::-1]


def patterned(body: Points, look: Look, top: float, bottom: float) -> list[Part]:
    """Band, stripes or dots on a body, in the look's accent."""
    height, accent = bottom - top, look.accent
    if look.pattern == "band":
        bands = [(top + 0.35 * height, top + 0.62 * height)]
    elif look.pattern == "stripes":
        bands = [(top + s * height, top + (s + 0.13) * height) for s in (0.2, 0.46, 0.72)]
    elif look.pattern == "dots":
        middle = body[:, 0].mean()
        half = np.ptp(between(body, top + 0.3 * height, top + 0.7 * height)[:, 0]) / 2
        spots = [(-0.6, 0.3), (0, 0.36), (0.6, 0.3), (-0.3, 0.66), (0.3, 0.66)]
        return [
            Part(ellipse(middle + x * half, top + y * height, 0.17 * half, 0.1 * height), accent, ink=False, shade=0)
            for x, y in spots
        ]
    else:
        return []
    strips = [between(body, a, b) for a, b in bands]
    return [Part(strip, accent, ink=False) for strip in strips if len(strip) > 2]


def shine(cx: float, cy: float, rx: float, ry: float) -> Part:
    """A soft highlight."""
    return Part(ellipse(cx, cy, rx, ry), (255, 255, 255), ink=False, shade=0, alpha=0.45)


def line(shape: Points, rgb: RGB | None = None) -> Part:
    """An open line of a drawing."""
    return Part(shape, rgb, closed=False)


def both(*parts: Part, cx: float = 0.5) -> list[Part]:
    """Parts, and their mirror images about an upright axis."""
    return [part._replace(points=part.points * [s, 1] + [(1 - s) * cx, 0]) for s in (1, -1) for part in parts]


def pair(shape: Points, rgb: RGB) -> list[Part]:
    """A shape and its mirror image."""
    return both(Part(shape, rgb))


def bars(xs: tuple[float, ...], y0: float, y1: float, width: float, rgb: RGB) -> list[Part]:
    """Upright bars: legs, posts, slats."""
    return [Part(rectangle(x, y0, x + width, y1), rgb) for x in xs]
