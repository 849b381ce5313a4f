"""Scenes that training never saw, to measure generators on: with a held-out pair of nouns, and GenEval's six tasks.

The tasks are those of GenEval (Ghosh et al., arXiv 2310.11513) with this vocabulary's nouns, colours and relations;
wherever a prompt has two nouns they never meet in training.
"""

from collections.abc import Callable

import numpy as np

from models.scene_diffusion.composer import Example, arrange, compose
from models.scene_diffusion.crops import SEEN, seen_shares
from models.scene_diffusion.drawings import random_look
from models.scene_diffusion.random_scenes import is_held_out, is_small, random_scene
from tools.layout import layout
from tools.scene import Relation, SceneGraph, SceneObject
from tools.vocabulary import vocabulary


def all_seen(scene: SceneGraph, seed: int = 0) -> bool:
    """Whether nothing in a scene is mostly behind something else, which no picture could show."""
    rng = np.random.default_rng(seed)
    looks = {item.id: random_look(item, rng) for item in scene.objects}
    shares = seen_shares(arrange(scene, layout(scene, seed), looks))
    return all(shares.get(item.id, 0) >= SEEN for item in scene.objects)


def held_out_examples(count: int, seed: int) -> list[Example]:
    """Examples of random scenes with a held-out pair."""
    rng = np.random.default_rng(seed)
    found: list[Example] = []
    while len(found) < count:
        scene = random_scene(rng, held_out=True)
        if all_seen(scene):
            found.append(compose(scene, rng))
    return found


def _nouns(rng: np.random.Generator, count: int, paint: bool = False, small: bool = False) -> list[str]:
    """One noun or a held-out pair, all as likely."""
    learned = [vocabulary().nouns[name] for name in vocabulary().learned]
    names = [noun.name for noun in learned if (noun.paint or not paint) and (is_small(noun) or not small)]
    while True:
        picked = [str(name) for name in rng.choice(names, count, replace=False)]
        if count == 1 or is_held_out(*picked):
            return picked


def _scene(nouns: list[str], rng: np.random.Generator, relation: str | None = None, **attributes: list) -> SceneGraph:
    """Nouns with attributes, a list each, the first in `relation` to the second."""
    items = [
        SceneObject(id=f"o{index}", noun=noun, **{key: values[index] for key, values in attributes.items()})
        for index, noun in enumerate(nouns)
    ]
    edges = [{"subject": "o0", "relation": relation, "object": "o1"}] if relation else []
    grounds = list(vocabulary().grounds)
    return SceneGraph(
        objects=items,
        relations=[Relation.model_validate(edge) for edge in edges],
        ground=grounds[rng.integers(len(grounds))],
    )


def _colours(rng: np.random.Generator, count: int) -> list[str]:
    return [str(colour) for colour in rng.choice(list(vocabulary().colours), count, replace=False)]


TASKS: dict[str, Callable[[np.random.Generator], SceneGraph]] = {
    "single object": lambda rng: _scene(_nouns(rng, 1), rng),
    "two objects": lambda rng: _scene(_nouns(rng, 2), rng),
    "counting": lambda rng: _scene(_nouns(rng, 1, small=True), rng, count=[int(rng.integers(2, 5))]),
    "colours": lambda rng: _scene(_nouns(rng, 1, paint=True), rng, colour=_colours(rng, 1)),
    "position": lambda rng: _scene(_nouns(rng, 2), rng, str(rng.choice(["left of", "right of", "above", "below"]))),
    "colour attribution": lambda rng: _scene(_nouns(rng, 2, paint=True), rng, colour=_colours(rng, 2)),
}
"""GenEval's tasks: name → a random scene."""


def task_examples(task: str, count: int, seed: int) -> list[Example]:
    """Examples of a task's scenes."""
    rng = np.random.default_rng([seed, list(TASKS).index(task)])
    return [compose(TASKS[task](rng), rng) for _ in range(count)]
