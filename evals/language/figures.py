"""What all parts share: rows of the table, misses, and the few statistics."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from agents.llm import BudgetExceeded, LanguageModelError

Item = TypeVar("Item")
Result = TypeVar("Result")
PATIENCE = 3
"""Questions in a row that may stay without an answer; after that the server is taken to be down."""


class Row(NamedTuple):
    """A line of the table.

    Attributes:
        key: where the figure is in the dict, dots between the levels.
        goal: what the figure should reach; it should stay below if `lower`.
        baseline: the key of what a simple rule reaches on the same data.
        n: the key of the number of cases.
    """

    label: str
    key: str
    goal: float | None = None
    baseline: str | None = None
    n: str | None = None
    lower: bool = False


class Miss(NamedTuple):
    """A case that went wrong: its kind, where it is in the data, and the case itself."""

    kind: str
    where: str
    case: str


def look_up(figures: dict[str, Any], key: str | None) -> Any:
    """The figure at a key, None if there is none."""
    value: Any = figures
    for part in key.split(".") if key else ():
        value = value.get(part) if isinstance(value, dict) else None
    return value if key else None


def share(hits: Sequence[bool]) -> float | None:
    """The share of cases that are right; None without cases."""
    return sum(hits) / len(hits) if hits else None


def evenly(items: Sequence[Item], count: int | None) -> list[Item]:
    """`count` of the items, evenly spread; all of them if None."""
    if count is None or len(items) <= count:
        return list(items)
    return [items[i * len(items) // count] for i in range(count)]


def precision_recall(found: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 of `found` matches; 0 where there is nothing to divide by."""
    precision = found / predicted if predicted else 0.0
    recall = found / gold if gold else 0.0
    both = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}


def ranks(values: np.ndarray) -> np.ndarray:
    """The ranks of values (n,), equal ones sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def spearman(a: np.ndarray, b: np.ndarray) -> float | None:
    """Spearman's rank correlation of two rows (n,); None if one of them does not vary."""
    a, b = ranks(a), ranks(b)
    if len(a) < 2 or not a.std() or not b.std():
        return None
    return float(np.corrcoef(a, b)[0, 1])


def answers(ask: Callable[[Item], Result], questions: Iterable[Item]) -> list[Result | None]:
    """The answer to each question, None where the model has none that fits.

    Raises:
        LanguageModelError: if several in a row fail, none is answered, or the budget is spent.
    """
    found: list[Result | None] = []
    failed = 0
    for question in questions:
        try:
            found.append(ask(question))
            failed = 0
        except LanguageModelError as fault:
            found.append(None)
            failed, last = failed + 1, fault
            if failed == PATIENCE or isinstance(fault, BudgetExceeded):
                raise
    if failed and failed == len(found):
        raise last
    return found
