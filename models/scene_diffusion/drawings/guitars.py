"""Drawings of guitars."""

import numpy as np

from models.scene_diffusion.drawings.cups import block, disc, in_cups, marks, shape
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    both,
    curve,
    dark,
    light,
    line,
    points,
    smooth,
    turned,
)
from tools.scene import SceneObject

DARK = (58, 58, 66)
METAL = (172, 178, 188)


def _neck(foot: float, look: Look) -> list[Part]:
    """The neck of a guitar down to there, with its head and pegs, in cups."""
    pegs = both(*[disc(METAL, 0.63, y, 0.055, 0.04) for y in (0.09, 0.21)], cx=0.45)
    top = shape(dark(look.body), (0.36, 0.32), (0.3, 0.02), (0.45, 0.0), (0.6, 0.02), (0.54, 0.32))
    if look.shape == 1:
        pegs = [disc(METAL, 0.3, y, 0.05, 0.04) for y in (0.08, 0.19, 0.3)]
        top = shape(look.body, (0.36, 0.36), (0.31, 0.04), (0.46, 0.0), (0.64, 0.1), (0.54, 0.2), (0.54, 0.36))
    frets = [line(points((0.37, y), (0.53, y)), METAL) for y in np.arange(0.46, foot - 0.06, 0.17)]
    strings = marks((236, 232, 220), (0.45, 0.32, 0.45, 1.5))
    return [*pegs, top, block((110, 76, 54), 0.37, 0.32, 0.53, foot), *frets, *strings]


def guitar(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.4)
    bridge = block(shade, 0.27, 1.46, 0.63, 1.57, 0.03)
    if look.shape == 1:
        left = (
            (0.38, 1.02),
            (0.3, 1.0),
            (0.2, 0.74),
            (0.06, 0.72),
            (0.04, 0.98),
            (0.11, 1.22),
            (0.0, 1.56),
            (0.14, 1.86),
        )
        right = (
            (0.46, 1.89),
            (0.78, 1.86),
            (0.9, 1.54),
            (0.78, 1.22),
            (0.82, 0.96),
            (0.76, 0.8),
            (0.63, 0.88),
            (0.6, 1.02),
        )
        guard = smooth((0.3, 1.1), (0.66, 1.08), (0.74, 1.36), (0.8, 1.64), (0.6, 1.7), (0.32, 1.6))
        pickups = [block(DARK, 0.3, y, 0.6, y + 0.1, 0.02) for y in (1.18, 1.34)]
        parts = [Part(smooth(*left, *right), body), Part(guard, light(look.accent, 0.3)), *_neck(1.12, look)]
        return in_cups(item, *parts, *pickups, bridge, disc(METAL, 0.74, 1.62, 0.05))
    waist = ((0.16, 0.76), (0.36, 0.9), (0.3, 1.16), (0.45, 1.44), (0.44, 1.68), (0.28, 1.86), (0.0, 1.9))
    sound = [disc(light(body, 0.5), 0.45, 1.18, 0.18), disc(DARK, 0.45, 1.18, 0.13)]
    outline = turned(0.45, (0.0, 0.74), *waist)
    if look.shape == 2:
        cut = ((0.46, 0.84), (0.3, 0.74), (0.13, 0.84), (0.15, 1.1), (0.0, 1.44), (0.1, 1.8))
        outline = smooth(
            *cut, (0.45, 1.9), (0.8, 1.8), (0.9, 1.44), (0.75, 1.14), (0.86, 0.92), (0.74, 0.82), (0.56, 0.98)
        )
        sound = both(line(curve((0.76, 1.2), (0.68, 1.18), (0.7, 1.34), (0.76, 1.46), (0.68, 1.52)), DARK), cx=0.45)
    return in_cups(item, Part(outline, body, shade=0.2), *sound, *_neck((1.1, 0.0, 1.24)[look.shape], look), bridge)
