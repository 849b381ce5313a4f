"""What holds something: its mouth, its handles, and the colour of what is in it."""

import numpy as np

from models.scene_diffusion.drawings.shapes import Drawing, Look, Part, Points, dark, ellipse, patterned, shine
from tools.scene import SceneObject
from tools.vocabulary import RGB, vocabulary


def content(item: SceneObject) -> RGB | None:
    """The colour of what is in it, if something that can be seen is."""
    return vocabulary().substances[item.content].rgb if item.content in vocabulary().substances else None


def open_vessel(
    body: Points, rim: tuple[float, float, float, float], look: Look, item: SceneObject, extra: list[Part]
) -> Drawing:
    """A body with an elliptical opening: the inside and the liquid lie behind, the body in front."""
    cx, cy, rx, ry = rim
    back = [*extra, Part(ellipse(cx, cy, rx, ry), dark(look.body, 0.22), shade=0.05)]
    if liquid := content(item):
        back.append(Part(ellipse(cx, cy + 0.22 * ry, 0.88 * rx, 0.72 * ry), liquid, shade=0.06))
    lower = body[body[:, 1] >= cy - 1e-6]
    front = [Part(np.concatenate([lower, ellipse(cx, cy, rx, ry, 0, 180)[::-1]]), look.body)]
    front += patterned(front[0].points, look, cy + ry, float(lower[:, 1].max()))
    front.append(shine(cx - 0.55 * rx, cy + ry + 0.3 * (lower[:, 1].max() - cy - ry), 0.07, 0.16))
    return Drawing(back, front)


def arch(
    cx: float, cy: float, rx: float, ry: float, thick: tuple[float, float], start: float = 180, sweep: float = 180
) -> Points:
    """A part of a ring, clockwise: the half over its centre, or that below it with `start` 0."""
    outer, inner = (ellipse(cx, cy, rx - x, ry - y, start, start + sweep) for x, y in ((0, 0), thick))
    return np.concatenate([outer, inner[::-1]])


def girdle(top: tuple[float, float], bottom: tuple[float, float], ry: float) -> Points:
    """The band round a vessel between two (half width, height) about x = 0.5."""
    upper, lower = (ellipse(0.5, y, half, ry, 0, 180) for half, y in (top, bottom))
    return np.concatenate([lower, upper[::-1]])
