"""Drawings of what stands in streets: lights, signs, hydrants, houses."""

import numpy as np

from models.scene_diffusion.drawings.cups import (
    IRON,
    RUBBER,
    STEEL,
    WHITE,
    WOOD,
    block,
    disc,
    in_cups,
    marks,
    ribbon,
    shape,
)
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    angular,
    curve,
    dark,
    ellipse,
    light,
    line,
    points,
    shine,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

GLASS, LAMP, RED = (186, 220, 240), (252, 226, 130), (226, 74, 62)
BRICK, SLATE = (178, 88, 66), (104, 110, 128)


def traffic_light(look: Look, item: SceneObject) -> Drawing:
    rgb, grim = look.body, dark(look.body, 0.25)
    parts = [block(grim, 0.27, 1.4, 0.43, 2.24), block(grim, 0.1, 2.16, 0.6, 2.3, 0.05)]
    if look.shape == 1:
        wings = [points((0.0, y), (0.7, y), (0.56, y + 0.3), (0.14, y + 0.3)) for y in (0.16, 0.62, 1.08)]
        parts += [*[Part(wing, rgb) for wing in wings], block(rgb, 0.12, 0.0, 0.58, 1.5, 0.1)]
    else:
        parts.append(block(rgb, 0.0, 0.0, 0.7, 1.5, (0.12, 0.0, 0.34)[look.shape]))
    for y, glow in ((0.3, RED), (0.75, (250, 206, 70)), (1.2, (96, 190, 96))):
        visor = ribbon(dark(rgb, 0.6), ellipse(0.35, y, 0.2, 0.2, 195, 345), 0.05)
        parts += [disc(glow, 0.35, y, 0.18), shine(0.3, y - 0.04, 0.04, 0.04), visor]
    return in_cups(item, *parts)


def fire_hydrant(look: Look, item: SceneObject) -> Drawing:
    rgb, half = look.body, (0.28, 0.33, 0.25)[look.shape]
    trim = (dark(rgb, 0.2), light(rgb, 0.4), look.accent)[look.shape]
    dome = (
        ellipse(0.475, 0.46, 0.3, 0.36, 180, 360),
        angular(0.475, (0.2, 0.1), (0.34, 0.24), (0.34, 0.46)),
        turned(0.475, (0.06, 0.08), (0.2, 0.2), (0.27, 0.46)),
    )[look.shape]
    arms = [*[block(trim, x, 0.66, x + 0.12, 0.98, 0.03) for x in (0.0, 0.83)], block(rgb, 0.1, 0.7, 0.85, 0.94)]
    body = [block(trim, 0.38, 0.0, 0.57, 0.16, 0.03), Part(dome, rgb), *arms]
    body += [block(rgb, 0.475 - half, 0.5, 0.475 + half, 1.4), block(trim, 0.1, 0.42, 0.85, 0.54, 0.03)]
    body += [block(trim, 0.04, 1.34, 0.91, 1.5, 0.04), disc(trim, 0.475, 0.82, 0.19)]
    seams = marks(dark(rgb, 0.3), *[(x, 1.12, x, 1.28) for x in (0.34, 0.475, 0.61)])
    return in_cups(item, *body, disc(dark(trim, 0.25), 0.475, 0.82, 0.08), *seams, shine(0.36, 0.3, 0.04, 0.06))


def _stop(rgb: RGB, x: float, y: float, width: float, height: float) -> list[Part]:
    """The word STOP, in letters of that size."""
    glyphs: list[list[Points]] = [
        [curve((1, 0.16), (0.6, 0), (0.1, 0.1), (0.1, 0.38), (0.9, 0.62), (0.9, 0.9), (0.4, 1), (0, 0.84))],
        [points((-0.1, 0), (1.1, 0)), points((0.5, 0), (0.5, 1))],
        [ellipse(0.5, 0.5, 0.5, 0.5)],
        [points((0, 1.08), (0, -0.08)), curve((0, 0), (0.8, 0.02), (1, 0.28), (0.8, 0.54), (0, 0.56))],
    ]
    strokes = [
        (stroke + [1.45 * i, 0]) * [width, height] + [x, y] for i, glyph in enumerate(glyphs) for stroke in glyph
    ]
    return [ribbon(rgb, stroke, 0.045)._replace(ink=False, shade=0) for stroke in strokes]


def stop_sign(look: Look, item: SceneObject) -> Drawing:
    rgb, angle = look.body, np.radians(np.arange(22.5, 360, 45))
    ink, rim = (WHITE, WHITE) if sum(rgb) < 510 else (RUBBER, RED)
    octagon = np.stack([np.cos(angle), np.sin(angle)], 1) * 0.595
    parts = [block((STEEL, WOOD, STEEL)[look.shape], 0.49, 0.9, 0.61, 2.2)]
    if look.shape == 1:
        blades = [(0.3, 2.2), (0.36, 2.06), (0.44, 2.16), (0.55, 2.0), (0.64, 2.16), (0.74, 2.06), (0.8, 2.2)]
        parts.append(shape((132, 184, 98), *blades))
    elif look.shape == 2:
        parts += [block(rgb, 0.2, 1.2, 0.9, 1.44, 0.03), *marks(ink, (0.3, 1.32, 0.8, 1.32))]
    parts += [Part(octagon + 0.55, rim), Part(octagon * (0.92, 0.86, 0.92)[look.shape] + 0.55, rgb)]
    return in_cups(item, *parts, *_stop(ink, 0.16, 0.41, 0.146, 0.28))


def parking_meter(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    post = [block(STEEL, 0.27, 0.9, 0.43, 1.9), Part(angular(0.35, (0.14, 1.84), (0.24, 1.92), (0.24, 2.0)), IRON)]
    if look.shape == 1:
        head = [block(rgb, 0.0, 0.0, 0.7, 1.06, 0.1), block((196, 220, 190), 0.12, 0.14, 0.58, 0.4, 0.03)]
        head += [disc(WHITE, x, y, 0.05) for x in (0.2, 0.35, 0.5) for y in (0.54, 0.7)]
        digits = marks(RUBBER, (0.2, 0.27, 0.32, 0.27), (0.38, 0.27, 0.5, 0.27))
        return in_cups(item, *post, *head, *digits, block(RUBBER, 0.2, 0.86, 0.5, 0.92))
    dome = points(*ellipse(0.35, 0.36, 0.35, 0.36, 180, 360), (0.66, 0.74), (0.5, 1.02), (0.2, 1.02), (0.04, 0.74))
    if look.shape == 2:
        dome = turned(0.35, (0.02, 0.0), (0.28, 0.1), (0.35, 0.36), (0.24, 0.6), (0.3, 0.7), (0.3, 0.98), (0.2, 1.04))
    dial = [Part(ellipse(0.35, 0.42, 0.25, 0.27, 180, 360), WHITE)]
    dial += [shape(RED, (0.35, 0.4), *ellipse(0.35, 0.4, 0.2, 0.21, 180, 235))._replace(ink=False)]
    slot = [disc(STEEL, 0.35, 0.78, 0.13), block(RUBBER, 0.33, 0.71, 0.37, 0.85)]
    return in_cups(item, *post, Part(dome, rgb), *dial, *marks(RUBBER, (0.35, 0.4, 0.44, 0.22)), *slot)


def _windows(y: float, *xs: float) -> list[Part]:
    """Windows of a house."""
    parts = []
    for x in xs:
        parts += [block(WHITE, x, y, x + 0.42, y + 0.46), block(GLASS, x + 0.05, y + 0.05, x + 0.37, y + 0.41)]
        parts += marks(WHITE, (x + 0.21, y + 0.05, x + 0.21, y + 0.41), (x + 0.05, y + 0.23, x + 0.37, y + 0.23))
    return parts


def house(look: Look, item: SceneObject) -> Drawing:
    rgb, wood = look.body, dark(look.accent, 0.15)
    x, top = ((0.99, 1.36), (0.4, 1.26), (0.99, 1.46))[look.shape]
    door = [block(wood, x, top, x + 0.42, 2.1), disc(LAMP, x + 0.34, (top + 2.1) / 2, 0.035)]
    if look.shape == 0:
        walls = shape(rgb, (0.24, 2.1), (0.24, 0.96), (1.2, 0.12), (2.16, 0.96), (2.16, 2.1))
        roof = ribbon(SLATE, points((0.06, 1.1), (1.2, 0.1), (2.34, 1.1)), 0.2)
        parts = [block(BRICK, 1.66, 0.14, 1.92, 0.8), walls, roof, disc(GLASS, 1.2, 0.74, 0.16)]
        return in_cups(item, *parts, *door, *_windows(1.26, 0.42, 1.56))
    if look.shape == 1:
        parts = [block(dark(BRICK, 0.2), 0.5, 0.0, 0.78, 0.5), block(rgb, 0.14, 0.8, 2.26, 2.1)]
        parts.append(shape(BRICK, (0.4, 0.2), (2.0, 0.2), (2.4, 0.88), (0.0, 0.88)))
        tiles = [line(points((x, y), (x + 0.16, y)), dark(BRICK)) for x, y in ((0.7, 0.44), (1.5, 0.44), (1.1, 0.66))]
        return in_cups(item, *parts, *tiles, *door, *_windows(1.2, 1.08, 1.66))
    parts = [block(rgb, 0.3, 0.5, 2.1, 2.1), shape((126, 86, 62), (1.2, 0.0), (2.4, 0.56), (0.0, 0.56))]
    return in_cups(item, *parts, *door, *_windows(0.74, 0.46, 0.99, 1.52), *_windows(1.42, 0.46, 1.52))
