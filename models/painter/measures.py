"""Measures of drawings: pictures' signal to noise, distance between strokes, statistics, intervals."""

import math
from typing import NamedTuple

import numpy as np

from tools.canvas import Sketch, rasterise

SPACING = 0.01
"""Distance between the points by which strokes are compared, in canvases."""


class Estimate(NamedTuple):
    """A mean, the bounds of its 95 % interval (resampled), and of how many it is."""

    mean: float
    low: float
    high: float
    examples: int


def estimate(values: list[float] | np.ndarray, seed: int = 0, draws: int = 1000) -> Estimate:
    """The mean of values with its interval by resampling them."""
    array = np.asarray(values, float)
    if not len(array):
        return Estimate(math.nan, math.nan, math.nan, 0)
    rng = np.random.default_rng(seed)
    means = array[rng.integers(len(array), size=(draws, len(array)))].mean(1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return Estimate(float(array.mean()), low, high, len(array))


def squared_error(first: np.ndarray, second: np.ndarray) -> float:
    """Mean squared difference of pictures of uint8, in [0, 1]."""
    return float(((first.astype(float) - second.astype(float)) ** 2).mean() / 255**2)


def psnr(errors: list[float] | np.ndarray) -> float:
    """Peak signal to noise ratio in dB of the mean squared error of all pictures together.

    Averaged before the logarithm: pictures without any error would make a mean of ratios infinite.
    """
    mean = float(np.mean(errors))
    return -10 * math.log10(mean) if mean > 0 else math.inf


def along(sketch: Sketch) -> np.ndarray:
    """Points along all strokes, SPACING apart: (n, 2)."""
    parts = []
    for stroke in sketch.strokes:
        points = np.asarray(stroke.points, float)
        lengths = np.r_[0, np.hypot(*np.diff(points, axis=0).T)].cumsum()
        steps = np.linspace(0, lengths[-1], int(lengths[-1] / SPACING) + 1)
        parts.append(np.column_stack([np.interp(steps, lengths, axis) for axis in points.T]))
    return np.concatenate(parts) if parts else np.zeros((0, 2))


def chamfer(first: Sketch, second: Sketch) -> float:
    """Mean distance from points of each sketch to the nearest of the other, in canvases; √2 if one is empty."""
    a, b = along(first), along(second)
    if not len(a) or not len(b):
        return math.sqrt(2) if len(a) + len(b) else 0.0
    distances = np.hypot(*(a[:, None] - b[None]).transpose(2, 0, 1))
    return float(distances.min(1).mean() + distances.min(0).mean()) / 2


def most_alike(sketches: list[Sketch]) -> int:
    """The place of the sketch whose Chamfer distance to the others is least."""
    apart = np.zeros((len(sketches), len(sketches)))
    for i, j in zip(*np.triu_indices(len(sketches), 1), strict=True):
        apart[i, j] = apart[j, i] = chamfer(sketches[i], sketches[j])
    return int(apart.sum(1).argmin())


def pixels_kept(before: Sketch, after: Sketch, others: Sketch, size: int, pen: float) -> float:
    """Share of the pixels of what should stay that are as they were: 1 if nothing of it was touched.

    Args:
        before: the canvas before the removal.
        after: and after.
        others: what should stay.
        size: side of the canvas in pixels.
        pen: share of the canvas.
    """
    ink = rasterise(others, size, pen) > 0
    same = rasterise(before, size, pen) == rasterise(after, size, pen)
    # Where the removed thing crossed the others the pixels may change rightly: those are as in `others` alone.
    right = same | (rasterise(after, size, pen) == rasterise(others, size, pen))
    return float(right[ink].mean()) if ink.any() else 1.0


class Statistics(NamedTuple):
    """Of sketches: mean strokes each, points a stroke, and length of all ink in canvases."""

    strokes: float
    points: float
    length: float


def statistics(sketches: list[Sketch]) -> Statistics:
    """How sketches are drawn."""
    lines = [np.asarray(stroke.points, float) for sketch in sketches for stroke in sketch.strokes]
    lengths = sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines)
    count = max(len(sketches), 1)
    return Statistics(len(lines) / count, sum(map(len, lines)) / max(len(lines), 1), lengths / count)
