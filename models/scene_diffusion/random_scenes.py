"""Random scene graphs to train on: nouns with states, colours and contents that suit them, in relations that can hold.

What how-tos show often is drawn often: kitchens and workshops more than giraffes. One pair of nouns in twenty never
meets in training; what is measured on scenes with such a pair was not learned by heart.
"""

import hashlib
import itertools
from functools import lru_cache

import numpy as np

from tools.layout import POUR_AS_THEY_STAND
from tools.scene import Relation, RelationName, SceneGraph, SceneObject
from tools.vocabulary import Noun, vocabulary

WEIGHTS = {
    "vessels": 2.5,
    "containers": 2.5,
    "ingredients": 2.0,
    "utensils": 1.5,
    "fruit": 1.5,
    "vegetables": 1.5,
    "cleaning": 1.3,
    "tools": 1.2,
    "hardware": 1.2,
    "garden": 1.2,
    "craft": 1.2,
    "appliances": 1.2,
    "lights": 1.2,
    "electronics": 1.2,
    "furniture": 1.0,
    "rooms": 1.0,
    "dishes": 1.0,
    "clothing": 0.8,
    "people": 0.5,
    "animals": 0.5,
    "vehicles": 0.4,
    "streets": 0.4,
    "sports": 0.3,
}
"""How often a noun of each kind is drawn, relative to the others."""

HEATED = ("pot", "pan", "kettle")
DRY = ("toaster", "garden bed", "box", "basket", "vase", "fish tank")
"""What holds things, but nothing that is poured."""
LARGE = ("furniture", "rooms", "vehicles", "streets", "people", "animals", "appliances", "lights", "electronics")
"""Kinds that are neither held nor carried."""
HELD_OUT = 20
"""One pair of nouns in so many is kept out of training."""


def is_held_out(one: str, other: str) -> bool:
    """Whether two nouns never meet in training: the SHA-256 of "a|b", a before b in the alphabet, divides by 20."""
    digest = hashlib.sha256("|".join(sorted((one, other))).encode()).digest()
    return int.from_bytes(digest[:8], "big") % HELD_OUT == 0


def _learned() -> list[Noun]:
    return [vocabulary().nouns[name] for name in vocabulary().learned]


@lru_cache(maxsize=1)
def filled() -> tuple[str, ...]:
    """The nouns that substances fill."""
    open_ = [noun.name for noun in _learned() if noun.mouth is not None and noun.name not in DRY]
    return (*open_, "bottle", "jar", "plate", "tray")


@lru_cache(maxsize=1)
def pourers() -> tuple[str, ...]:
    """The nouns that can be tilted to pour."""
    return tuple(noun.name for noun in _learned() if pours(noun))


def pours(noun: Noun) -> bool:
    """Whether a noun is tilted to pour; a tap pours as it stands."""
    return "pouring" in noun.states and noun.name not in POUR_AS_THEY_STAND


@lru_cache(maxsize=1)
def _chances() -> tuple[list[str], np.ndarray]:
    nouns = _learned()
    weights = np.array([WEIGHTS[noun.kind] for noun in nouns])
    return [noun.name for noun in nouns], weights / weights.sum()


def random_object(identity: str, name: str, rng: np.random.Generator) -> SceneObject:
    """An object with a random state, colour, content and number that suit it."""
    table = vocabulary()
    noun = table.nouns[name]
    own = [state for state in noun.states if state not in (*table.common_states, *table.handled_states)]
    chosen = [own[rng.integers(len(own))]] if own and rng.random() < 0.45 else []
    if set(table.handled_states) <= set(noun.states) and "pouring" not in chosen and rng.random() < 0.12:
        chosen.append(table.handled_states[rng.integers(len(table.handled_states))])
    elif rng.random() < 0.06:
        chosen.append(table.common_states[rng.integers(len(table.common_states))])
    colours = list(table.colours) if noun.paint else list(noun.colours)
    liquids = [substance.name for substance in table.substances.values() if not substance.like]
    pouring = "pouring" in chosen and pours(noun)
    content = liquids[rng.integers(len(liquids))] if (name in filled() or pouring) and rng.random() < 0.55 else None
    if name in filled() and content is None and rng.random() < 0.3:
        content = "nothing"
    return SceneObject(
        id=identity,
        noun=name,
        colour=colours[rng.integers(len(colours))] if rng.random() < 0.75 else None,
        states=chosen,
        content=content,
        count=int(rng.integers(2, 5)) if is_small(noun) and rng.random() < 0.2 else 1,
    )


def is_small(noun: Noun) -> bool:
    """Whether several fit in a picture, or one in a bowl."""
    return noun.size[0] < 1.0 and noun.mouth is None and noun.kind not in LARGE


def random_nouns(rng: np.random.Generator) -> list[str]:
    """One to four nouns, what carries or holds before what it does; heating and pouring are more common than chance."""
    names, chances = _chances()
    count = rng.choice([1, 2, 3, 4], p=[0.38, 0.34, 0.2, 0.08])
    picked = [str(name) for name in rng.choice(names, count, replace=False, p=chances)]
    kind = rng.random()
    if kind < 0.1:
        picked = ["stove", HEATED[rng.integers(len(HEATED))], *picked[1:2]]
    elif kind < 0.2:
        picked = [filled()[rng.integers(len(filled()))], pourers()[rng.integers(len(pourers()))], *picked[1:2]]
    return list(dict.fromkeys(picked))


def random_scene(rng: np.random.Generator, held_out: bool = False) -> SceneGraph:
    """A scene of one to four objects with relations that suit them: one to train on, or one with a held-out pair."""
    picked = random_nouns(rng)
    while any(itertools.starmap(is_held_out, itertools.combinations(picked, 2))) != held_out:
        picked = random_nouns(rng)
    items = [random_object(f"o{i}", noun, rng) for i, noun in enumerate(picked)]
    if len(items) > 1 and items[0].noun in filled() and items[1].noun in pourers() and rng.random() < 0.8:
        items[1].states = ["pouring"]
    edges: list[Relation] = []
    for i, item in enumerate(items[1:], 1):
        other = items[rng.integers(i)]
        if relation := _suitable(item, other, rng):
            edges.append(Relation(subject=item.id, relation=relation, object=other.id))
    grounds = list(vocabulary().grounds)
    ground = grounds[rng.integers(len(grounds))]
    return SceneGraph(objects=items, relations=_with_pourers_above(items, edges), ground=ground)


def _suitable(item: SceneObject, other: SceneObject, rng: np.random.Generator) -> RelationName | None:
    table = vocabulary()
    noun, holder = table.nouns[item.noun], table.nouns[other.noun]
    tilted = "pouring" in item.states and pours(noun)
    if tilted:
        return "above" if holder.mouth is not None and "pouring" not in other.states else None
    if other.noun == "stove" and item.noun in HEATED:
        return "on"
    fits = noun.kind not in LARGE and noun.size[0] <= holder.size[0] and "pouring" not in other.states
    if holder.mouth is not None and fits and noun.mouth is None and rng.random() < 0.7:
        return "in"
    if holder.stand is not None and fits and other.noun != "stove" and rng.random() < 0.85:
        return "on"
    free: tuple[RelationName | None, ...] = ("left of", "right of", "next to", None)
    return free[rng.integers(4)]


def _with_pourers_above(items: list[SceneObject], edges: list[Relation]) -> list[Relation]:
    """What pours needs something to pour into: otherwise it stands, and what is in it cannot be seen."""
    above = {edge.subject for edge in edges if edge.relation == "above"}
    for item in items:
        if "pouring" in item.states and pours(vocabulary().nouns[item.noun]) and item.id not in above:
            item.states.remove("pouring")
            item.content = item.content if item.noun in filled() else None
    return edges
