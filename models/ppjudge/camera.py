"""How the frames of a process are shown: between bars, with edges of a sheet, in changing light, from an unsteady hand.

None of it is a fault of the process, so that marks do not know of it: the judge learns to look past it.
"""

from typing import NamedTuple

import cv2
import numpy as np

BARS, EDGES, LIGHT, HAND = 0.3, 0.2, 0.25, 0.25
"""How often each is seen."""


class Window(NamedTuple):
    """Where a picture is on the canvas in pixels, its corner and its sides, and the colour (3,) around it."""

    x: int
    y: int
    width: int
    height: int
    colour: np.ndarray


def framed(frames: np.ndarray, reference: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The frames (T, S, S, 3) and their reference (S, S, 3), now and then between bars."""
    if rng.random() < BARS:
        window = _window(frames.shape[1], rng)
        frames = np.stack([_between_bars(frame, window) for frame in frames])
        reference = _between_bars(reference, window)
    return frames, reference


def filmed(frames: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The frames (T, S, S, 3) as somebody might film them, often as they are. It comes last: no mark measures it."""
    if rng.random() < HAND:
        frames = np.stack([_unsteady(frame, rng) for frame in frames])
    if rng.random() < LIGHT:
        gains = rng.normal(1, 0.03, (len(frames), 1, 1, 1)) * rng.normal(1, 0.012, (len(frames), 1, 1, 3))
        frames = (frames * gains).clip(0, 255).astype(np.uint8)
    if rng.random() < EDGES:
        frames = np.stack([_with_edges(frame, rng) for frame in frames])
    return frames


def _unsteady(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The frame a little moved and nearer or further."""
    size = len(frame)
    matrix = cv2.getRotationMatrix2D((size / 2, size / 2), float(rng.normal(0, 0.6)), float(rng.normal(1, 0.015)))
    matrix[:, 2] = matrix[:, 2] + rng.normal(0, 0.01 * size, 2)
    return cv2.warpAffine(frame, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE)


def _window(size: int, rng: np.random.Generator) -> Window:
    """Bars at both sides, or above and below; white, black or gray."""
    inner = round(size * rng.uniform(0.55, 0.95))
    start = (size - inner) // 2
    colour = np.full(3, (255, 255, 0, int(rng.integers(256)))[rng.integers(4)])
    return Window(start, 0, inner, size, colour) if rng.random() < 0.6 else Window(0, start, size, inner, colour)


def _between_bars(frame: np.ndarray, window: Window) -> np.ndarray:
    x, y, width, height, colour = window
    shown = np.empty_like(frame)
    shown[:] = colour
    shown[y : y + height, x : x + width] = cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA)
    return shown


def _with_edges(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Some sides of the frame have a thin dark line, as where a sheet of frames was cut."""
    shown = frame.copy()
    for side in (shown[0], shown[-1], shown[:, 0], shown[:, -1]):
        if rng.random() < 0.4:
            side[:] = rng.integers(60)
    return shown
