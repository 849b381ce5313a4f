"""Bodies of people and animals: limbs and polygons that grow together, their marks, eyes and mouths.

They are worked out in cups, as `size` is, facing left, and then fitted to the unit box.
"""

from functools import cache

import cv2
import numpy as np

from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Part,
    Points,
    dark,
    ellipse,
    light,
    line,
    points,
    smooth,
)
from tools.vocabulary import RGB

INK = (44, 40, 48)
WHITE = (252, 250, 246)
Two = tuple[float, float]
Shapes = tuple[tuple[int, bytes], ...]
"""Polygons (2 columns) and limbs (3), frozen: what is grown together once is kept, as there are but three of a kind."""

_SCALE = 160


def limb(*joints: tuple[float, float, float]) -> Points:
    """A bent limb through (x, y, radius): (n, 3), for `_mask` to thicken."""
    path = smooth(*[(x, y) for x, y, _ in joints], closed=False)
    at = np.linspace(0, len(joints) - 1, len(path))
    return np.column_stack([path, np.interp(at, np.arange(len(joints)), [r for _, _, r in joints])])


def _mask(shapes: Shapes) -> np.ndarray:
    """Polygons and limbs as one mask with soft corners, of what lies between -0.2 and 3 cups."""
    mask = np.zeros((round(3.2 * _SCALE),) * 2, np.uint8)
    for columns, data in shapes:
        shape = np.frombuffer(data).reshape(-1, columns)
        pixels = np.round((shape[:, :2] + 0.2) * _SCALE * 16).astype(np.int32)
        if columns == 2:
            cv2.fillPoly(mask, [pixels], 255, cv2.LINE_AA, 4)
            continue
        for a, b, radius in zip(pixels, pixels[1:], shape[1:, 2], strict=False):
            cv2.line(mask, a.tolist(), b.tolist(), 255, round(2 * radius * _SCALE), cv2.LINE_AA, 4)
    return cv2.GaussianBlur(mask, (0, 0), 0.015 * _SCALE)


@cache
def _outlines(shapes: Shapes, within: Shapes = ()) -> list[Points]:
    """The outlines of polygons and limbs grown together, or of what of them lies well within others."""
    mask = _mask(shapes)
    if within:
        mask = np.minimum(mask, cv2.erode(_mask(within), np.ones((7, 7), np.uint8)))
    contours, _ = cv2.findContours((mask > 127).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    kept = [contour[:, 0].astype(float) for contour in contours if len(contour) > 12]
    even = [np.mean([np.roll(contour, shift, 0) for shift in range(-3, 4)], 0) for contour in kept]
    return [contour[::3] / _SCALE - 0.2 for contour in even]


def _frozen(*shapes: Points) -> Shapes:
    return tuple((shape.shape[1], shape.tobytes()) for shape in shapes)


def grown(rgb: RGB, *shapes: Points) -> Part:
    """Polygons and limbs grown together."""
    return Part(max(_outlines(_frozen(*shapes)), key=len), rgb)


def markings(rgb: RGB, hide: Part, *shapes: Points, ink: bool = False) -> list[Part]:
    """Stripes or spots, as far as they lie on a hide; its outline stays free."""
    return [Part(o, rgb, ink=ink, shade=0) for o in _outlines(_frozen(*shapes), _frozen(hide.points))]


def ball(rgb: RGB, x: float, y: float, rx: float, ry: float = 0.0, ink: bool = True) -> Part:
    """A circle, or an ellipse."""
    return Part(ellipse(x, y, rx, ry or rx), rgb, ink=ink, shade=0.14 if ink else 0)


def eye_at(x: float, y: float, radius: float = 0.045) -> list[Part]:
    """A dark eye with a light rim."""
    return [ball(WHITE, x, y, 1.35 * radius, ink=False), ball(INK, x, y, radius)]


def smile(x: float, y: float, half: float) -> Part:
    """The line of a mouth."""
    return line(smooth((x - half, y), (x, y + 0.5 * half), (x + half, y), closed=False), INK)


def unlike(rgb: RGB, share: float = 0.45) -> RGB:
    """A shade for marks: dark on light, light on dark."""
    return dark(rgb, share) if sum(rgb) > 330 else light(rgb, share)


def beast(
    rgb: RGB, trunk: list[Points], near: Two, far: Two, frame: tuple[float, float, float], hoof: RGB | None = None
) -> tuple[list[Part], Part]:
    """What stands on four legs at given x, `frame` being their top, end and radius; and of its parts the hide."""
    top, end, radius = frame

    def leg(x: float, end: float) -> Points:
        return limb((x, top, 1.35 * radius), (x, (top + end) / 2, radius), (x, end - radius, radius))

    def shoe(x: float, end: float) -> Part:
        a, b = radius, 1.2 * radius
        return Part(points((x - a, end - 0.12), (x + a, end - 0.12), (x + b, end), (x - b, end)), hoof or rgb)

    hide = grown(rgb, *trunk, *[leg(x, end) for x in near])
    behind = [grown(dark(rgb, 0.2), leg(x, end - 0.04)) for x in far]
    if not hoof:
        return [*behind, hide], hide
    return [*behind, *[shoe(x, end - 0.04) for x in far], hide, *[shoe(x, end) for x in near]], hide


def fitted(parts: list[Part], mirrored: bool = False) -> Drawing:
    """Parts drawn in cups brought into the unit box, whatever room they take."""
    every = np.concatenate([part.points for part in parts])
    low, span = every.min(0), np.ptp(every, axis=0)
    flip = [-1 if mirrored else 1, 1]
    return Drawing([], [part._replace(points=((part.points - low) / span - 0.5) * flip + 0.5) for part in parts])
