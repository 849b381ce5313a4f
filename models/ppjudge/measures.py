"""How far marks agree, as Sec. 5.2 of arXiv 2507.09242 measures it, and intervals of shares."""

from typing import NamedTuple

import numpy as np

from models.ppjudge.config import HIGHEST


class Agreement(NamedTuple):
    """Of predicted and true marks on 1–10.

    Attributes:
        srcc, pcc: correlation of ranks and of marks; 0 where either does not vary.
        acc: share of marks that are equal once rounded to whole ones.
        mse: mean squared error on 1–10; `mse_unit` with both divided by 10.
    """

    srcc: float
    pcc: float
    acc: float
    mse: float
    mse_unit: float


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks (n,) from 0; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = counts.cumsum()
    return ((ends - counts + ends - 1) / 2)[inverse]


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's, of (n,) and (n,); 0 where either does not vary."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def agreement(predicted: np.ndarray, true: np.ndarray) -> Agreement:
    """Of marks (n,) and (n,) on 1–10; halves are rounded up."""
    error = float(((predicted - true) ** 2).mean())
    equal = np.floor(predicted + 0.5) == np.floor(true + 0.5)
    return Agreement(
        correlation(ranks(predicted), ranks(true)),
        correlation(predicted, true),
        float(equal.mean()),
        error,
        error / HIGHEST**2,
    )


class Share(NamedTuple):
    """Successes out of trials, with Wilson's 95 % interval."""

    successes: int
    trials: int
    low: float
    high: float

    def __str__(self) -> str:
        share = self.successes / max(1, self.trials)
        return f"{share:.3f} ({self.low:.3f} – {self.high:.3f}), {self.successes} of {self.trials}"


def wilson(successes: int, trials: int, z: float = 1.96) -> Share:
    """The share with its interval (Wilson 1927); [0, 1] without trials."""
    if not trials:
        return Share(0, 0, 0.0, 1.0)
    share, extra = successes / trials, z**2 / trials
    middle = (share + extra / 2) / (1 + extra)
    reach = z / (1 + extra) * (share * (1 - share) / trials + extra / (4 * trials)) ** 0.5
    return Share(successes, trials, max(0.0, middle - reach), min(1.0, middle + reach))
