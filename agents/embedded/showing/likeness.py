"""How alike the states of two steps are, from what both show."""

from math import sqrt

from agents.embedded.telling.captions import retold
from agents.embedded.telling.story import Step
from agents.embedded.world.things import Thing
from agents.recaptioner import Recaption
from agents.similarity import Similarity

NEAREST, FADING = 0.88, 0.18
"""The similarity of steps by their distance alone, fitted to what GPT-4 wrote for arXiv 2406.04337 (even goals)."""
_WEIGHTS = {"place": 0.1, "content": 0.15, "states": 0.15}
"""How much of a thing's likeness each of its attributes is; the rest is that it is there at all."""
_MAIN, _COMPANY = 2.5, 0.75
"""The weights of the main thing of a step and of what is with it."""


def similarity(instructions: list[str], captions: list[Recaption]) -> Similarity:
    """How alike the states of the steps are: what both show counts by how much it stayed the same.

    Steps near each other share place and light even where they share no object, so that W has a
    floor that falls with their distance. (Sharing is limited to shared objects: the floor alone paints nothing.)

    W: (N, N) in [0, 1], symmetric, its diagonal 1.
    """
    _, steps = retold(instructions, captions)
    floors = [max(0.0, round(NEAREST - FADING * distance, 2)) for distance in range(len(steps))]
    rows = [
        [max(_alike(a, b), floors[abs(i - j)]) if i != j else 1.0 for j, b in enumerate(steps)]
        for i, a in enumerate(steps)
    ]
    return Similarity(matrix=rows)


def _alike(a: Step, b: Step) -> float:
    """Σ over shared things of weight × likeness, over the geometric mean of the two steps' weights."""
    weights_a, weights_b = _step_weights(a), _step_weights(b)
    if not weights_a or not weights_b:
        return 0.0
    shared = sum(
        sqrt(weights_a[i] * weights_b[i]) * _likeness(a.things[i], b.things[i]) for i in weights_a if i in weights_b
    )
    return round(min(1.0, shared / sqrt(sum(weights_a.values()) * sum(weights_b.values()))), 2)


def _step_weights(step: Step) -> dict[str, float]:
    return {identity: _MAIN if position == 0 else _COMPANY for position, identity in enumerate(step.shown)}


def _likeness(a: Thing, b: Thing) -> float:
    likeness = 1.0 - sum(_WEIGHTS.values())
    likeness += _WEIGHTS["place"] * (a.place == b.place)
    likeness += _WEIGHTS["content"] * (a.content == b.content)
    likeness += _WEIGHTS["states"] * (set(a.states) == set(b.states))
    return likeness
