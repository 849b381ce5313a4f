"""Judges' preferences between the guides of two columns, their position bias, and their agreement."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from agents.judge import CRITERIA, Comparison, compare
from agents.llm import Door
from evals.language.figures import answers
from evals.visual_instructions.guides import Guide, Subject
from evals.visual_instructions.measures import wilson

Pair = tuple[Guide, Guide]


class Judging(NamedTuple):
    """What a judge said of each pair of guides; None where it gave no answer."""

    model: str
    comparisons: dict[Subject, Comparison | None]


def pairs(a: Sequence[Guide], b: Sequence[Guide]) -> list[Pair]:
    """Guides of two columns with the same goal, seed and instructions."""
    others = {guide.subject: guide for guide in b}
    return [(guide, others[guide.subject]) for guide in a if guide.subject in others]


def judge(model: str, matched: Sequence[Pair], door: Door) -> Judging:
    """Asks a judge of every pair, in both orders.

    Raises:
        LanguageModelError: if several in a row stay without an answer, none is answered, or the budget is spent.
    """

    def ask(pair: Pair) -> Comparison:
        a, b = pair
        return compare(a.subject.goal, a.subject.instructions, a.pictures, b.pictures, door)

    return Judging(model, dict(zip((a.subject for a, _ in matched), answers(ask, matched), strict=True)))


def preferences(judging: Judging) -> dict[str, Counter[str]]:
    """By criterion, how often a, b or neither was preferred."""
    heard = _heard(judging)
    return {criterion: Counter(said.preferred(criterion) for said in heard) for criterion in CRITERIA}


def position_bias(judging: Judging) -> dict[str, Any]:
    """How much the place decides: a judge without bias prefers each place half the time, and keeps to no place.

    Returns:
        `follows_place` of `comparisons` kept to a place when the guides were exchanged; `first` of `decided` answers
        preferred what was shown first, with the 95 % `interval` of that share.
    """
    heard = [(said, criterion) for said in _heard(judging) for criterion in CRITERIA]
    choices = Counter(order.of(criterion) for said, criterion in heard for order in said)
    decided = choices["first"] + choices["second"]
    return {
        "follows_place": sum(said.follows_place(criterion) for said, criterion in heard),
        "comparisons": len(heard),
        "first": choices["first"],
        "decided": decided,
        "interval": wilson(choices["first"], decided),
    }


def agreement(one: Judging, other: Judging) -> dict[str, float | None]:
    """Cohen's kappa of two judges' preferences, by criterion and for all of them together."""
    both = [
        (said, also)
        for subject, said in one.comparisons.items()
        if said is not None and (also := other.comparisons.get(subject)) is not None
    ]
    told = {
        criterion: [(said.preferred(criterion), also.preferred(criterion)) for said, also in both]
        for criterion in CRITERIA
    }
    return {**{name: cohen_kappa(cases) for name, cases in told.items()}, "all": cohen_kappa(sum(told.values(), []))}


def cohen_kappa(cases: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two raters' labels: agreement beyond that of chance, 1 at most.

    None without cases, or where both always give the same label and chance would explain all.
    """
    if not cases:
        return None
    n, observed = len(cases), sum(one == other for one, other in cases) / len(cases)
    ones, others = Counter(one for one, _ in cases), Counter(other for _, other in cases)
    expected = sum(ones[label] * others[label] for label in ones) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _heard(judging: Judging) -> list[Comparison]:
    return [said for said in judging.comparisons.values() if said is not None]
