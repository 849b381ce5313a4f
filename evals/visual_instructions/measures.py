"""Distances between the steps of a guide, and means with confidence intervals over guides."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from evals.visual_instructions.guides import Guide, Subject, crop
from evals.visual_instructions.networks import Network
from tools.vocabulary import vocabulary

Item = tuple[int | str, ...]
"""What of a guide is measured, by its steps, which count from 1, and the words for its things."""
Values = dict[Subject, dict[Item, float]]
"""What was measured of each guide."""

STUDENT_T = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131),
    *(2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""The 97.5 % quantile of Student's t with 1, 2, … 30 degrees of freedom."""
NORMAL = 1.960


class Estimate(NamedTuple):
    """A mean and half the width of its 95 % interval; None where a single case has none.

    Attributes:
        n: cases.
        case: what one is. "guide" where there are several, else a "value" within the only one: the interval then speaks
            of that guide alone, and too surely, since pairs of the same steps hang together.
    """

    mean: float
    half_width: float | None
    n: int
    case: str


def looked_at(network: Network, guide: Guide) -> dict[str, dict[Item, float]]:
    """What a network makes of a guide.

    Returns:
        Distances "step to next" (continuity) and "any two steps" (consistency); and between crops of different steps,
        of the "same thing", which both plan with the same words ("a red cup"), and of "other things", of another noun,
        which tell how much the first are worth. "recognised": 1 for a crop that shows its noun, else 0;
        what the embedded networks have not learned is passed over.
    """
    found = {} if network.nouns else _between_steps(network.distances(guide.pictures))
    places = [(step, name) for step, things in enumerate(guide.things, 1) for name in things]
    things = [guide.things[step - 1][name] for step, name in places]
    if not things:
        return found
    crops = [crop(guide.pictures[step - 1], thing.box) for (step, _), thing in zip(places, things, strict=True)]
    between = network.distances(crops)
    same: dict[Item, float] = {}
    other: dict[Item, float] = {}
    for a, b in combinations(range(len(places)), 2):
        (step, name), (later, also) = places[a], places[b]
        if name == also:
            same[step, later, name] = float(between[a, b])
        elif step != later and things[a].noun != things[b].noun:
            other[step, later, name, also] = float(between[a, b])
    found |= {"same thing": same, "other things": other}
    if network.nouns:
        right = [noun == thing.noun for noun, thing in zip(network.nouns(crops), things, strict=True)]
        hits = {place: float(hit) for place, hit in zip(places, right, strict=True)}
        learned = [place for place, thing in zip(places, things, strict=True) if vocabulary().nouns[thing.noun].learned]
        found["recognised"] = {place: hits[place] for place in learned}
    return found


def _between_steps(between: np.ndarray) -> dict[str, dict[Item, float]]:
    pairs: dict[Item, float] = {(i + 1, j + 1): float(between[i, j]) for i, j in combinations(range(len(between)), 2)}
    following = [(step, step + 1) for step in range(1, len(between))]
    return {"step to next": {pair: pairs[pair] for pair in following}, "any two steps": pairs}


def estimate(values: Mapping[Subject, Mapping[Item, float]]) -> Estimate | None:
    """The mean over guides, each counting once; of a single guide that over its items. None if there is nothing."""
    guides = [items for items in values.values() if items]
    if not guides:
        return None
    if len(guides) > 1:
        cases, case = [float(np.mean(list(items.values()))) for items in guides], "guide"
    else:
        cases, case = list(guides[0].values()), "value"
    return Estimate(float(np.mean(cases)), _half_width(cases), len(cases), case)


def difference(a: Values, b: Values) -> Estimate | None:
    """How much higher b is than a, item by item of the guides that both have; None if they have none in common."""
    both = {
        subject: {item: b[subject][item] - value for item, value in items.items() if item in b[subject]}
        for subject, items in a.items()
        if subject in b
    }
    return estimate(both)


def _half_width(cases: list[float]) -> float | None:
    freedom = len(cases) - 1
    if freedom < 1:
        return None
    quantile = STUDENT_T[freedom - 1] if freedom <= len(STUDENT_T) else NORMAL
    return float(quantile * np.std(cases, ddof=1) / len(cases) ** 0.5)


def wilson(hits: int, n: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share; None without cases."""
    if not n:
        return None
    share, z = hits / n, NORMAL**2 / n
    middle, half = share + z / 2, (z * (share * (1 - share) + z / 4)) ** 0.5
    return max(0.0, (middle - half) / (1 + z)), min(1.0, (middle + half) / (1 + z))
