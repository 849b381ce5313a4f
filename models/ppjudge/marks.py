"""The marks that synthetic processes get: a rule, no opinion. It stands in for the experts of PPAD.

- A **stability** starts from 9, and every defect takes a share of what is left above 1: `SENSITIVITY` of the attribute
  × how much of the defect is felt by then.
- A **depth** is how much of detail, colour or composition the frames have gained since the first one, measured in
  pixels (`richness`), damped while it has come in fewer than three rises, and by defects as above.
- **Consistency** is how near the canvas has come to the picture that was asked for, less the share of the reference
  that is never painted, and by defects as above.

Marks are given after each frame, from what has happened until then. Several "experts" repeat them with errors of
their own, and their mean is the mark.
"""

import cv2
import numpy as np

from models.ppjudge.config import ATTRIBUTES, HIGHEST, LOWEST

CLEAN = 9.0
"""A stability that nothing disturbs."""
SENSITIVITY: dict[str, dict[str, float]] = {
    "wrong order": {
        "consistency": 0.2,
        "style stability": 0.1,
        "colour stability": 0.2,
        "composition stability": 0.4,
        "process stability": 0.95,
    },
    "regression": {"composition stability": 0.1, "process stability": 0.85},
    "overpainting": {"colour stability": 0.2, "composition stability": 0.3, "process stability": 0.8},
    "layout jump": {"consistency": 0.1, "composition stability": 0.95, "process stability": 0.25},
    "hue jump": {"consistency": 0.1, "colour stability": 0.95, "process stability": 0.15, "colour depth": 0.2},
    "style jump": {"consistency": 0.1, "style stability": 0.95, "colour stability": 0.1, "detail depth": 0.2},
    "foreign frame": {
        "style stability": 0.85,
        "colour stability": 0.6,
        "composition stability": 0.9,
        "process stability": 0.5,
    },
}
"""What share of an attribute a defect takes where it is felt in full; attributes not named keep theirs."""
RICH = np.array([0.06, 3.5, 0.35])
"""Detail, colour and composition of a picture that is called rich: about one in ten of the finished ones."""
EXPERTS, BIAS, ERROR = 5, 0.25, 0.35
"""How many give marks, and the standard deviations of each one's habit and of each single mark."""


def richness(frame: np.ndarray) -> np.ndarray:
    """Detail, colour and composition of a picture (S, S, 3) uint8, looked at with 64 pixels: (3,) from 0.

    Detail is the mean size of the Laplacian; colour the effective number of colours (the exponential of the entropy of
    a histogram of 5 × 5 × 5 cells, less 1); composition the mean over 8 × 8 cells of their contrast, each counted up
    to a limit: how much of the canvas has structure.
    """
    small = cv2.resize(frame, (64, 64), interpolation=cv2.INTER_AREA)
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    detail = np.abs(cv2.Laplacian(gray, cv2.CV_32F)).mean()
    share = cv2.calcHist([small], [0, 1, 2], None, [5, 5, 5], [0, 256] * 3).ravel() / 64**2
    colours = np.exp(-(share[share > 0] * np.log(share[share > 0])).sum()) - 1
    contrast = gray.reshape(8, 8, 8, 8).std((1, 3))
    return np.array([detail, colours, np.minimum(1, contrast / 0.12).mean()])


def growth(frames: np.ndarray) -> np.ndarray:
    """How much richer each of the frames (T, S, S, 3) is than the first, and how gradually: (T, 3) in [0, 1]."""
    found = np.stack([richness(frame) for frame in frames]) / RICH
    gained = (found - found[0]).clip(0, 1)
    rises = np.concatenate([np.zeros((1, 3)), (np.diff(found, axis=0) > 0.04).cumsum(0)])
    return gained * np.minimum(1, rises / 3)


def nearness(frames: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """How far each frame has come from the first one to the picture: (T,) in [0, 1]."""
    wanted = _small(picture)
    away = np.array([np.sqrt(((_small(frame) - wanted) ** 2).mean()) for frame in frames])
    blank = np.sqrt(((1 - wanted) ** 2).mean())
    return (1 - away / max(blank, away[0], 0.02)).clip(0, 1)


def _small(frame: np.ndarray) -> np.ndarray:
    return cv2.resize(frame, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def rule(depths: np.ndarray, near: np.ndarray, felt: dict[str, np.ndarray]) -> np.ndarray:
    """The marks after each frame: (T, 8) on 1–10.

    Args:
        depths: (T, 3), of `growth`.
        near: (T,), of `nearness`, times what the reference and the process have in common.
        felt: defect → (T,) in [0, 1].
    """
    marks = np.full((len(near), len(ATTRIBUTES)), CLEAN)
    marks[:, 0] = LOWEST + (CLEAN - LOWEST) * near
    marks[:, 5:] = LOWEST + (HIGHEST - LOWEST) * depths**0.7
    for name, amount in felt.items():
        for attribute, sensitivity in SENSITIVITY[name].items():
            column = ATTRIBUTES.index(attribute)
            marks[:, column] = LOWEST + (marks[:, column] - LOWEST) * (1 - sensitivity * amount)
    return marks


def by_experts(marks: np.ndarray, rng: np.random.Generator, experts: int = EXPERTS) -> np.ndarray:
    """The mean of several experts' marks: each is off by a habit, and by an error for each attribute; (T, 8)."""
    habits = rng.normal(0, BIAS, (experts, 1))
    errors = rng.normal(0, ERROR, (experts, len(ATTRIBUTES)))
    given = (marks + (habits + errors)[:, None]).clip(LOWEST, HIGHEST)
    return given.mean(0)
