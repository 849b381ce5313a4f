"""Drawings as others might have drawn them: turned, leaning, wider, wobbly; the few of a category made many."""

import numpy as np

from models.painter.quickdraw import fitted


def varied(
    strokes: list[np.ndarray], rng: np.random.Generator, strength: float = 1.0, mirrored: bool = True
) -> list[np.ndarray]:
    """The strokes under a random affine map and a slow wobble, fitted again: (n, 2) each.

    Args:
        strokes: (n, 2) each, the longer side of all 1.
        rng: what is varied.
        strength: 1 for training drawings; 0 leaves the shape as it is.
        mirrored: whether half of them are mirrored too.
    """
    matrix = _affine(rng, strength)
    if mirrored and rng.random() < 0.5:
        matrix = matrix @ np.diag([-1.0, 1.0])
    phase, pace = rng.uniform(0, 2 * np.pi, (2, 2)), rng.uniform(3, 7, (2, 2))
    bend = 0.02 * strength * rng.random()
    moved = []
    for stroke in strokes:
        waves = np.sin(phase[None] + stroke[:, None] * pace[None]).sum(-1)
        shaken = rng.normal(0, 0.004 * strength, stroke.shape)
        moved.append(((stroke + bend * waves + shaken) @ matrix.T).astype(np.float32))
    return fitted(moved)


def _affine(rng: np.random.Generator, strength: float) -> np.ndarray:
    angle = rng.normal(0, 0.1) * strength
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag(np.exp(rng.normal(0, 0.1, 2) * strength))
    lean = np.array([[1, rng.normal(0, 0.08) * strength], [0, 1]])
    return turn @ lean @ stretch


def into_box(strokes: list[np.ndarray], box: tuple[float, float, float, float]) -> list[np.ndarray]:
    """Strokes scaled as they are to fit the middle of a box (x0, y0, x1, y1)."""
    low, high = np.array(box[:2]), np.array(box[2:])
    extent = np.concatenate(strokes).max(0)
    scale = float(((high - low) / np.maximum(extent, 1e-6)).min())
    offset = low + (high - low - extent * scale) / 2
    return [stroke * scale + offset for stroke in strokes]
