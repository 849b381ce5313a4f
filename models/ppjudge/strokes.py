"""Pictures rendered in brush strokes from coarse to fine, after Hertzmann's "Painterly Rendering" (SIGGRAPH 1998)."""

from typing import NamedTuple

import cv2
import numpy as np

LEVELS = (0.14, 0.07, 0.035, 0.018)
"""Radius of the brush at each level, a share of the canvas."""
MOST = 350
"""Strokes of a level, at most."""
GOOD = 12.0
"""Where the canvas is nearer to the picture than this, in levels of 255, no stroke is needed."""


class Stroke(NamedTuple):
    """A straight stroke in pixels, as wide as its pen."""

    start: tuple[int, int]
    end: tuple[int, int]
    colour: list[float]
    pen: int


def dream(rng: np.random.Generator, size: int) -> np.ndarray:
    """A picture of nothing: soft noise of many scales in a few colours, with shapes on it; (size, size, 3) uint8."""
    base = np.zeros((size, size), np.float32)
    for cells in (2, 4, 8, 16, 32):
        noise = rng.normal(0, 1 / cells**0.8, (cells, cells)).astype(np.float32)
        base += cv2.resize(noise, (size, size), interpolation=cv2.INTER_CUBIC)
    rank = (base - base.min()) / (np.ptp(base) + 1e-6)
    palette = rng.integers(15, 245, (int(rng.integers(3, 7)), 3)).astype(np.float32)
    at = rank * (len(palette) - 1)
    low = np.floor(at).astype(int).clip(0, len(palette) - 2)
    share = (at - low)[..., None]
    picture = palette[low] * (1 - share) + palette[low + 1] * share
    for _ in range(int(rng.integers(0, 6))):
        corners = rng.uniform(0, size, 2) + rng.normal(0, 0.18 * size, (int(rng.integers(3, 8)), 2))
        mask = cv2.fillConvexPoly(np.zeros((size, size), np.uint8), cv2.convexHull(corners.astype(np.int32)), 255)
        colour = rng.integers(10, 250, 3) + rng.normal(0, 10, (size, size, 1))
        picture = np.where(mask[..., None] > 0, 0.85 * colour + 0.15 * picture, picture)
    return picture.clip(0, 255).astype(np.uint8)


def strokes_of(picture: np.ndarray, canvas: np.ndarray, radius: float, rng: np.random.Generator) -> list[Stroke]:
    """Strokes of one brush where canvas and picture differ, the worst places first."""
    soft = cv2.GaussianBlur(picture, (0, 0), max(0.6, 0.6 * radius))
    error = cv2.blur(cv2.absdiff(canvas, soft).mean(2, dtype=np.float32), (max(1, round(2 * radius)),) * 2)
    gray = cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY)
    across, down = cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    size, step = len(picture), max(1.5, radius)
    places = np.stack(np.meshgrid(np.arange(step / 2, size, step), np.arange(step / 2, size, step)), -1).reshape(-1, 2)
    places = (places + rng.uniform(-step / 2, step / 2, places.shape)).clip(0, size - 1).astype(int)
    errors = error[places[:, 1], places[:, 0]]
    places = places[np.argsort(-errors)[: min(MOST, int((errors > GOOD).sum()))]]
    x, y = places.T
    along = np.stack([-down[y, x], across[y, x]], 1) + rng.normal(0, 1, places.shape)
    reach = radius * rng.uniform(1, 3, (len(places), 1)) * along / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-6)
    colours = (soft[y, x] + rng.normal(0, 4, (len(places), 3))).clip(0, 255)
    ends = np.concatenate([places - reach, places + reach], 1).round().astype(int).tolist()
    pen = max(1, round(1.6 * radius))
    return [
        Stroke((x0, y0), (x1, y1), colour, pen) for (x0, y0, x1, y1), colour in zip(ends, colours.tolist(), strict=True)
    ]


def brush_frames(
    picture: np.ndarray, frames: int, refinement: float, content: float, rng: np.random.Generator
) -> np.ndarray:
    """A picture (S, S, 3) painted in `frames` frames: (T, S, S, 3) uint8.

    Args:
        refinement: share of the finer levels' strokes that never come.
        content: share of the canvas, at one side, that stays blank.
    """
    size = len(picture)
    canvas = np.full_like(picture, int(rng.integers(225, 256)) if rng.random() < 0.8 else int(rng.integers(0, 40)))
    work = canvas.copy()
    todo: list[Stroke] = []
    for level, share in enumerate(LEVELS):
        brush = strokes_of(picture, work, share * size, rng)
        for stroke in brush:
            lay(work, stroke)
        todo += brush if level == 0 else brush[: round(len(brush) * max(0.0, 1 - refinement * (1 + level / 3)))]
    done_by = _brush_moments(len(todo), frames, rng)
    edge, pictures, done = round(size * content), [], 0
    for until in done_by:
        for stroke in todo[done:until]:
            if max(stroke.start[0], stroke.end[0]) >= edge:
                lay(canvas, stroke)
        done = until
        pictures.append(canvas.copy())
    return np.stack(pictures)


def _brush_moments(count: int, frames: int, rng: np.random.Generator) -> list[int]:
    """Strokes done at each frame: few of the first, large ones, many of the last, small ones."""
    gaps = rng.uniform(0.6, 1.4, frames)
    gaps[0] *= rng.random()
    return np.round((gaps.cumsum() / gaps.sum()) ** rng.uniform(1.5, 3) * count).astype(int).tolist()


def lay(canvas: np.ndarray, stroke: Stroke) -> None:
    """Puts a stroke on the canvas."""
    cv2.line(canvas, stroke.start, stroke.end, stroke.colour, stroke.pen, cv2.LINE_AA)
