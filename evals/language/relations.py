"""Similarity of the steps' states against GPT-4's: rank correlation and error off the diagonal, and three baselines.

GPT-4's matrix is symmetrised by the mean (58 of the paper's 201 are uneven), so that each pair of steps counts once.
Spearman is the mean over the goals where both rows vary, and pooled over all pairs. Baselines:

- constant: the mean of all other goals' values, which ranks nothing;
- words: the Jaccard overlap of the two actions' content words;
- nearness: how few steps lie between the two, whatever they say. GPT-4's values fall with the distance above all.

For their errors, overlap and nearness are put on the scale of the values by the one straight line that fits the other
goals best (least squares, clipped to [0, 1]); "rescaled" is what the same does to ours.
"""

from typing import Any, NamedTuple

import numpy as np

from evals.language.figures import spearman
from evals.language.names import content_words


class Pairs(NamedTuple):
    """The values of a goal off the diagonal, each (N(N−1)/2,): GPT-4's, ours, and those of the baselines."""

    gold: np.ndarray
    ours: np.ndarray
    words: np.ndarray
    nearness: np.ndarray


def shared_words(actions: list[str]) -> np.ndarray:
    """Jaccard overlap of the content words of each two actions: (N, N) in [0, 1]."""
    words = [content_words(action) for action in actions]
    return np.array([[len(a & b) / len(a | b) if a | b else 0.0 for b in words] for a in words])


def pairs_of(actions: list[str], gold: np.ndarray, ours: np.ndarray) -> Pairs:
    """The values above the diagonal."""
    above = np.triu_indices(len(actions), 1)
    return Pairs(gold[above], ours[above], shared_words(actions)[above], (above[0] - above[1]).astype(float))


def relation_figures(goals: list[tuple[list[str], np.ndarray, np.ndarray]]) -> dict[str, Any]:
    """The figures for goals of (actions, GPT-4's matrix, our matrix)."""
    rows = [pairs_of(*goal) for goal in goals if len(goal[0]) > 1]
    if not rows:
        return {"pairs": 0}
    gold, ours, words, nearness = (np.concatenate(column) for column in zip(*rows, strict=True))
    varying = [rho for row in rows if (rho := spearman(row.gold, row.ours)) is not None]
    return {
        "pairs": len(gold),
        "varying_goals": len(varying),
        "spearman": mean(varying),
        "spearman_of_words": mean([rho for row in rows if (rho := spearman(row.gold, row.words)) is not None]),
        "spearman_of_nearness": mean([rho for row in rows if (rho := spearman(row.gold, row.nearness)) is not None]),
        "spearman_pooled": spearman(gold, ours),
        "spearman_pooled_of_words": spearman(gold, words),
        "spearman_pooled_of_nearness": spearman(gold, nearness),
        "error": float(np.abs(gold - ours).mean()),
        "bias": float((ours - gold).mean()),
        "error_rescaled": rescaled_error(rows, "ours"),
        "error_of_constant": rescaled_error(rows, None),
        "error_of_words": rescaled_error(rows, "words"),
        "error_of_nearness": rescaled_error(rows, "nearness"),
    }


def mean(values: list[float]) -> float | None:
    """The mean, None of nothing."""
    return float(np.mean(values)) if values else None


def rescaled_error(rows: list[Pairs], name: str | None) -> float | None:
    """Mean absolute error of a column put on GPT-4's scale by the line that fits the other goals; None: a constant."""
    if len(rows) < 2:
        return None
    errors: list[float] = []
    for index, row in enumerate(rows):
        others = rows[:index] + rows[index + 1 :]
        gold = np.concatenate([other.gold for other in others])
        given = np.concatenate([getattr(other, name) for other in others]) if name else np.zeros(len(gold))
        slope = ((given - given.mean()) * (gold - gold.mean())).mean() / given.var() if given.var() else 0.0
        line = gold.mean() + slope * ((getattr(row, name) if name else 0.0) - given.mean())
        errors += np.abs(row.gold - np.clip(line, 0, 1)).tolist()
    return mean(errors)
