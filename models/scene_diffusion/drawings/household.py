"""Drawings of what stands and lies about a house: flashlight, magnifying glass, chest of drawers, pills."""

import numpy as np

from models.scene_diffusion.drawings.cases import glow
from models.scene_diffusion.drawings.cups import (
    IRON,
    STEEL,
    WHITE,
    WOOD,
    block,
    disc,
    hoop,
    in_cups,
    marks,
    ribbon,
    shape,
)
from models.scene_diffusion.drawings.pieces import mirrored
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    bars,
    curve,
    dark,
    ellipse,
    light,
    line,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
)
from models.scene_diffusion.drawings.sweets import drip
from tools.scene import SceneObject
from tools.vocabulary import RGB

GLOW, GLASS = (255, 214, 84), (206, 228, 240)
RED, BLUE = (206, 74, 66), (84, 138, 200)


def flashlight(look: Look, item: SceneObject) -> Drawing:
    rgb, lit = look.body, "lit" in item.states
    glass = GLOW if lit else GLASS
    lens = [disc(rgb, 1.38, 0.3, 0.1, 0.29), disc(glass, 1.4, 0.3, 0.07, 0.22), disc(WHITE, 1.41, 0.3, 0.03, 0.08)]
    if look.shape == 1:
        grip = [block(rgb, 0.06, 0.2, 0.9, 0.4, 0.05), block(look.accent, 0.0, 0.17, 0.14, 0.43, 0.04)]
        grip += [block(dark(rgb, 0.2), x, 0.19, x + 0.04, 0.41) for x in (0.22, 0.32, 0.42, 0.52)]
        grip += [shape(rgb, (0.86, 0.2), (1.38, 0.02), (1.38, 0.58), (0.86, 0.4))]
    elif look.shape == 2:
        handle = ribbon(look.accent, curve((0.2, 0.34), (0.22, 0.08), (0.5, 0.05), (0.86, 0.06), (0.98, 0.26)), 0.09)
        grip = [handle, block(rgb, 0.06, 0.26, 1.12, 0.58, 0.08)]
        grip += [shape(rgb, (1.0, 0.22), (1.38, 0.01), (1.38, 0.59), (1.0, 0.58))]
    else:
        grip = [block(rgb, 0.04, 0.16, 1.0, 0.44, 0.08), block(look.accent, 0.0, 0.18, 0.12, 0.42, 0.05)]
        grip += [shape(rgb, (0.9, 0.16), (1.1, 0.02), (1.38, 0.01), (1.38, 0.59), (1.1, 0.58), (0.9, 0.44))]
        grip += [block(look.accent, 1.1, 0.02, 1.2, 0.58), block(look.accent, 0.46, 0.1, 0.74, 0.2, 0.04)]
    parts = [*grip, *lens, shine(0.7, 0.27, 0.14, 0.025)]
    if lit:
        parts = [part._replace(points=part.points * 0.7 + [0.0, 0.09]) for part in parts]
        rays = [ribbon(GLOW, points((1.08, 0.3 + 0.1 * k), (1.46, 0.3 + 0.23 * k)), 0.045) for k in (-1, 0, 1)]
        parts = [glow(points((0.92, 0.15), (1.5, 0.0), (1.5, 0.6), (0.92, 0.45)), 0.7), *rays, *parts]
    return in_cups(item, *parts)


def chest_of_drawers(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, light(look.body, 0.15)
    low, rows, columns = ((0.92, 3, 1), (0.94, 4, 1), (0.8, 3, 2))[look.shape]
    front = pale if look.shape < 2 else light(look.accent, 0.1)
    cells = [(0.09 + 0.82 * c / columns, 0.13 + (low - 0.16) * r / rows) for r in range(rows) for c in range(columns)]
    wide, high = 0.82 / columns - 0.02 * (columns - 1), (low - 0.16) / rows - 0.03
    parts = [*bars((0.06, 0.84), low - 0.02, 1.0, 0.1, dark(rgb, 0.2)), *bars((0.04,), 0.06, low, 0.92, rgb)]
    parts += bars((0,), 0.0, 0.09, 1.0, pale)
    for x, y in cells:
        parts += [Part(rectangle(x, y, x + wide, y + high), front), *_handles(look.shape, x, y + high / 2, wide)]
    if "open" in item.states:
        x, y = cells[columns]
        parts += _pulled(x, y, wide, high, front) + _handles(look.shape, x, y + 0.5 * high + 0.16, wide)
    return Drawing([], parts)


def _handles(kind: int, x: float, y: float, wide: float) -> list[Part]:
    """The knobs or the bar of a drawer."""
    if kind == 1:
        return [Part(rectangle(x + 0.3 * wide, y - 0.018, x + 0.7 * wide, y + 0.018), IRON)]
    return [Part(ellipse(x + k * wide, y, 0.026, 0.028), STEEL) for k in ((0.25, 0.75) if kind == 0 else (0.5,))]


def _pulled(x: float, y: float, wide: float, high: float, rgb: RGB) -> list[Part]:
    """A drawer pulled out, with clothes in it."""
    inside = points((x, y), (x + wide, y), (x + wide + 0.06, y + 0.16), (x - 0.06, y + 0.16))
    parts = [Part(inside, dark(rgb, 0.6))]
    for left, tint in ((x + 0.06 * wide, RED), (x + 0.54 * wide, BLUE)):
        cloth = ((0.0, 0.2), (0.04, 0.03), (0.34, 0.02), (0.4, 0.2))
        parts.append(Part(smooth(*((left + a * wide, y + b) for a, b in cloth)), tint))
    return [*parts, Part(rectangle(x - 0.06, y + 0.14, x + wide + 0.06, y + 0.2 + high), rgb)]


def ironing_board(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    low = 0.34 if kind == 2 else 0.2
    nose = ((0.96, 0.0), (0.4, 0.0), (0.14, 0.15), (0.01, 0.5), (0.14, 0.85), (0.4, 1.0), (0.98, 1.0))
    top = curve(*nose) * [1, low]
    steel = WOOD if kind == 2 else STEEL
    legs = [ribbon(steel, points(a, b), 0.09) for a, b in (((0.76, 0.2), (2.2, 1.34)), ((2.1, 0.2), (0.6, 1.34)))]
    legs += [block(dark(steel, 0.4), x - 0.26, 1.3, x + 0.26, 1.39, 0.03) for x in (0.6, 2.2)]
    legs = [part._replace(points=part.points / [2.7, 1.4]) for part in legs]
    hem = Part(drip(0.1, 0.97, 0.12, 0.36, 9), look.accent) if kind == 1 else Part(top + [0, 0.05], dark(rgb, 0.25))
    cover = rectangle(0.2, 0.0, 0.94, low) if look.pattern == "dots" else top
    rest = [Part(rectangle(0.78, 0.05, 0.94, 0.26), STEEL)] if kind == 2 else []
    parts = [*legs, hem, Part(top, rgb), *patterned(cover, look, 0.0, low), Part(top, rgb, alpha=0), *rest]
    return Drawing([], mirrored(parts) if kind == 1 else parts)


def _capsule(rgb: RGB, x: float, y: float, angle: float, size: float = 1.0) -> list[Part]:
    """A capsule about a point, one half coloured and the other white."""
    a = np.radians(angle)
    turn = size * np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    bulge = ellipse(0.1, 0, 0.1, 0.1, -90, 90)
    halves = (
        Part(np.concatenate([bulge * s, points((0, 0.1 * s), (0, -0.1 * s))]), tint)
        for s, tint in ((1, WHITE), (-1, rgb))
    )
    return [part._replace(points=part.points @ turn + [x, y]) for part in (*halves, shine(-0.1, -0.05, 0.05, 0.02))]


def _tablet(rgb: RGB, x: float, y: float, radius: float) -> list[Part]:
    """A round tablet that lies, with a line to break it."""
    return [
        disc(dark(rgb, 0.2), x, y + 0.05, radius, 0.6 * radius),
        disc(rgb, x, y, radius, 0.6 * radius),
        line(points((x - 0.6 * radius, y + 0.2 * radius), (x + 0.6 * radius, y - 0.2 * radius)), dark(rgb)),
    ]


def pill(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 2:
        wells = [(x, y) for x in (0.14, 0.375, 0.61) for y in (0.12, 0.33)]
        rims = [disc(WHITE, x, y, 0.1, 0.09)._replace(ink=False) for x, y in wells]
        pills = [disc(rgb, x, y, 0.075, 0.065) for x, y in wells]
        return in_cups(item, block((206, 212, 220), 0.0, 0.0, 0.75, 0.45, 0.04), *rims, *pills)
    if look.shape == 1:
        stack = [part for y in (0.3, 0.16) for part in _tablet(rgb, 0.17, y, 0.165)]
        return in_cups(item, *stack, *_capsule(rgb, 0.5, 0.14, -22), *_capsule(rgb, 0.52, 0.34, 10))
    tablets = _tablet(WHITE, 0.18, 0.34, 0.14) + _tablet(rgb, 0.55, 0.33, 0.16)
    return in_cups(item, *_capsule(rgb, 0.3, 0.16, -24, 1.3), *tablets)


def magnifying_glass(look: Look, item: SceneObject) -> Drawing:
    radius, frame = ((0.36, look.body), (0.34, STEEL), (0.4, look.accent))[look.shape]
    grip = ribbon(look.body, points((0.5, 2 * radius + 0.02), (0.5, 1.26)), (0.11, 0.08, 0.14)[look.shape])
    lens = disc((206, 232, 244), 0.45, radius + 0.04, radius - 0.07)
    gleam = marks((255, 255, 255), (0.3, radius, 0.44, radius - 0.14), (0.34, radius + 0.1, 0.56, radius - 0.12))
    handle = grip._replace(points=grip.points - (0.05, 0.0))
    return in_cups(item, handle, lens, *gleam, *hoop(frame, 0.45, radius + 0.04, radius + 0.03, radius - 0.07))
