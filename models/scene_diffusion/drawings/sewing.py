"""What one sews with: a spool of thread and a needle."""

import numpy as np

from models.scene_diffusion.drawings.cups import STEEL, disc, in_cups, ribbon
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    curve,
    dark,
    ellipse,
    light,
    line,
    points,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

WOOD = (226, 184, 130)


def _flange(y: float, half: float, thick: float) -> list[Part]:
    """An end of a spool, seen a little from above."""
    rim = [*ellipse(0.32, y + thick, half, 0.07, 0, 180).tolist(), *ellipse(0.32, y, half, 0.07, 180, 360).tolist()]
    return [Part(points(*rim), WOOD), disc(light(WOOD), 0.32, y, half, 0.07)]


def thread(look: Look, item: SceneObject) -> Drawing:
    top, middle, low = ((0.23, 0.23, 0.23), (0.08, 0.16, 0.24), (0.15, 0.27, 0.15))[look.shape]
    wound = Part(turned(0.32, (top, 0.14), (middle, 0.46), (low, 0.78)), look.body, shade=0.2)
    halves = [(y, middle + (low - middle if y > 0.46 else top - middle) * abs(y - 0.46) / 0.32) for y in TURNS]
    turns = [line(curve((0.32 - r, y - 0.03), (0.32, y + 0.05), (0.32 + r, y)), dark(look.body)) for y, r in halves]
    end = ribbon(look.body, curve((0.5, 0.62), (0.62, 0.58), (0.63, 0.7), (0.57, 0.8), (0.62, 0.88), (0.7, 0.85)), 0.03)
    lid = _flange(0.08, (0.31, 0.12, 0.31)[look.shape], 0.06)
    hole = disc(dark(WOOD), 0.32, 0.08, 0.07, 0.025)
    return in_cups(item, end, *_flange(0.78, 0.32, 0.05), wound, *turns, *lid, hole)


TURNS = (0.24, 0.36, 0.48, 0.6)


HOLE: RGB = (70, 74, 84)


def _needle(eye: tuple[float, float], tip: tuple[float, float]) -> list[Part]:
    """A needle from its eye to its tip, in cups."""
    start, way = points(eye), points(tip) - points(eye)
    length = float(np.hypot(*way[0]))
    frame = np.concatenate([way, way[:, ::-1] * [-1, 1]]) / length
    rim = [(-0.15, 0.0), (-0.12, 0.045), (0.0, 0.075), (0.16, 0.06), (0.6 * length, 0.035)]
    rim += [(length, 0.0), *[(along, -aside) for along, aside in rim[:0:-1]]]
    hole = ((-0.09, 0.0), (-0.04, 0.028), (0.08, 0.024), (0.14, 0.0), (0.08, -0.024), (-0.04, -0.028))
    return [Part(smooth(*rim) @ frame + start, STEEL), Part(smooth(*hole) @ frame + start, HOLE)]


def needle(look: Look, item: SceneObject) -> Drawing:
    eye, tip, *ways = (
        ((1.24, 0.13), (0.0, 0.66), (1.24, 0.13), (1.38, 0.42), (1.12, 0.56), (0.86, 0.5), (0.66, 0.64), (0.7, 0.83)),
        ((0.15, 0.1), (1.4, 0.16), (0.15, 0.1), (0.03, 0.34), (0.3, 0.58), (0.66, 0.4), (0.96, 0.6), (1.3, 0.82)),
        ((0.14, 0.12), (1.4, 0.7), (0.14, 0.12), (0.02, 0.4), (0.14, 0.74), (0.46, 0.8), (0.5, 0.56), (0.28, 0.83)),
    )[look.shape]
    return in_cups(item, *_needle(eye, tip), ribbon(look.accent, curve(*ways), 0.05))
