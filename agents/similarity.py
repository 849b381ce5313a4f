"""Similarity: the N×N matrix of how alike the states of the steps look, from the conversation or by rule."""

from functools import partial

import numpy as np
from pydantic import BaseModel

from agents.llm import Door
from agents.recaptioner import Recaption

Matrix = list[list[float]]

SLACK = 0.5
"""How far outside [0, 1] a value may lie and still be a careless 0 or 1."""


class Similarity(BaseModel):
    """W: rows of values in [0, 1], one row and column a step."""

    matrix: Matrix


def relate(instructions: list[str], captions: list[Recaption], door: Door) -> tuple[Matrix, list[str]]:
    """W (N, N) in [0, 1], symmetric with a diagonal of 1, and notes on what was mended in the answer."""
    if len(instructions) < 2:
        return [[1.0] for _ in instructions], []
    check = partial(_repaired, n=len(instructions))
    return door.ask("similarity", Similarity, check=check, instructions=instructions, captions=captions)


def _repaired(answer: Similarity, n: int) -> tuple[Matrix, list[str]]:
    return repair(answer.matrix, n)


def repair(matrix: Matrix, n: int) -> tuple[Matrix, list[str]]:
    """W as it was meant, where that is clear, and notes on what was mended.

    Percentages become fractions, values a little outside [0, 1] are clipped, the diagonal is set to 1 and the two
    values of a pair become their mean.

    Args:
        matrix: rows of values, as a model gave them.
        n: the number of steps.

    Raises:
        ValueError: if the matrix is not n by n, or a value makes no sense.
    """
    if len(matrix) != n or any(len(row) != n for row in matrix):
        raise ValueError(f"the matrix must have {n} rows of {n} values, not rows of {[len(row) for row in matrix]}")
    values = np.array(matrix, dtype=float)
    if not np.isfinite(values).all():
        raise ValueError("every value of the matrix must be a number from 0 to 1")
    notes = []
    if _in_percent(values):
        values /= 100
        notes.append("similarity: percentages read as fractions")
    if (np.diag(values) != 1).any():
        np.fill_diagonal(values, 1)
        notes.append("similarity: diagonal set to 1")
    if (values < -SLACK).any() or (values > 1 + SLACK).any():
        raise ValueError(f"the values of the matrix must be from 0 to 1, not from {values.min():g} to {values.max():g}")
    if outside := int(((values < 0) | (values > 1)).sum()):
        values = values.clip(0, 1)
        notes.append(f"similarity: {outside} values clipped to 0-1")
    if uneven := int((values != values.T).sum()) // 2:
        values = (values + values.T) / 2
        notes.append(f"similarity: {uneven} uneven pairs set to their mean")
    return values.tolist(), notes


def _in_percent(values: np.ndarray) -> bool:
    """Whether the scale is clearly 0 to 100: its diagonal says so, and nothing looks like a fraction."""
    fractions = (values > 0) & (values < 1)
    return bool((np.diag(values) == 100).all() and values.min() >= 0 and values.max() <= 100 and not fractions.any())
