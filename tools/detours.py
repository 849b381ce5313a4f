"""Detours: a chain of sub-graphs with wrong stages put in, each mended at once, so that their net effect is nothing.

Source: Think in Strokes, Not Pixels (arXiv 2604.04746): edits (modify, swap, remove) beside additions teach relations
that additions alone do not. The paper has a language model rewrite the steps; here the edit is made in the graph, so
that it is known what is wrong, and the words follow from it.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Literal, NamedTuple, TypeVar, get_args

import networkx as nx
import numpy as np

from tools.process_text import Stage, instruction, placed, reference, stages_of
from tools.scene import INVERSE, Relation, RelationName, SceneGraph, SceneObject, part_of, phrase, verbalise
from tools.vocabulary import vocabulary

Kind = Literal["add", "modify", "swap", "remove"]
KINDS: tuple[Kind, ...] = get_args(Kind)
T = TypeVar("T")


class Edit(NamedTuple):
    """A wrong scene, the words that lead to it, and those that lead back."""

    scene: SceneGraph
    ins: str
    refine: str


def with_detours(chain: Sequence[SceneGraph], kinds: Sequence[Kind], rng: np.random.Generator) -> list[Stage]:
    """The stages of a chain G1 ⊂ … ⊂ Gk = G with a detour of each of `kinds` somewhere among them.

    A detour is a pair of stages, the wrong one (`ins`) and its mending (`refine`), that follows a stage which can take
    it; after the pair the scene is that stage's again. All else is `stages_of(chain)`.

    Raises:
        ValueError: if a kind is unknown, if no stage can take it (nothing is removed from a scene of one object), or
            if `chain` is empty or no chain.
    """
    if not chain:
        raise ValueError("an empty chain has no detours")
    following: list[list[Stage]] = [[] for _ in chain]
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"unknown kind of detour {kind!r}: one of {', '.join(KINDS)}")
        fitting = [i for i, scene in enumerate(chain) if len(scene.objects) > (kind == "remove")]
        if not fitting:
            raise ValueError(f"no stage of the chain can take a {kind!r} detour: it has too few objects")
        place = _one(fitting, rng)
        wrong, ins, refine = _EDITS[kind](chain[place], chain[-1], rng)
        following[place] += [Stage(wrong, "ins", ins, kind), Stage(chain[place], "refine", refine, kind)]
    return [stage for own, detours in zip(stages_of(chain), following, strict=True) for stage in (own, *detours)]


def _add(scene: SceneGraph, goal: SceneGraph, rng: np.random.Generator) -> Edit:
    """Something that is not in the goal, beside something that is there."""
    taken = {item.id for item in goal.objects}
    identity = next(name for i in range(len(taken) + 1) if (name := f"extra{i}") not in taken)
    noun = _one(_foreign(goal), rng)
    extra = SceneObject(id=identity, noun=noun, name=noun, colour=_one([None, *vocabulary().row(noun).colours], rng))
    beside: list[RelationName] = ["left of", "right of", "next to"]
    edge = Relation(subject=identity, relation=_one(beside, rng), object=_one(scene.objects, rng).id)
    wrong = _edited(scene, [*scene.objects, extra], [*scene.relations, edge])
    return Edit(wrong, instruction(scene, wrong), f"Remove {reference(extra, wrong)}.")


def _modify(scene: SceneGraph, goal: SceneGraph, rng: np.random.Generator) -> Edit:
    """Another colour, number, state or content. Only a colour or content that is named can be wrong."""
    item = _one(scene.objects, rng)
    words = vocabulary()
    values: dict[str, list] = {"count": [count for count in range(1, 5) if count != item.count]}
    if item.colour:
        values["colour"] = [colour for colour in words.colours if colour != item.colour]
    if item.content:
        values["content"] = [content for content in (*words.substances, "nothing") if content != item.content]
    if states := [state for state in words.row(item.noun).states if state not in (*item.states, "pouring")]:
        values["states"] = [[state, *item.states[1:]] for state in states]
    field = _one(list(values), rng)
    changed = item.model_copy(update={field: _one(values[field], rng)})
    wrong = _replaced(scene, changed)
    ins, refine = (
        _change(field, old, new, reference(old, there), back)
        for old, new, there, back in ((item, changed, scene, False), (changed, item, wrong, True))
    )
    return Edit(wrong, ins, refine)


def _change(field: str, old: SceneObject, new: SceneObject, name: str, back: bool) -> str:
    """What makes an object, called `name`, as it shall be."""
    match field:
        case "count":
            text = f"Turn {name} into {_counted(new)}"
        case "content":
            text = f"Empty {name}" if new.content == "nothing" else f"Fill {name} with {new.content}"
        case "colour":
            text = f"Make {name} {new.colour}"
        case _:
            states = [state for state in new.states if state not in old.states]
            if not states:
                return f"Make {name} no longer {old.states[0]}."
            text = f"Make {name} {states[0]}"
    return f"{text} again." if back else f"{text}."


def _counted(item: SceneObject) -> str:
    words = phrase(SceneObject(id=item.id, noun=item.noun, count=item.count)).split(" ", 1)
    return " ".join(["one" if item.count == 1 else words[0], words[1]])


def _swap(scene: SceneGraph, goal: SceneGraph, rng: np.random.Generator) -> Edit:
    """Two objects in each other's place (half the time, where that shows), or another thing in the place of one."""
    exchanges = [found for pair in combinations(scene.objects, 2) if (found := _exchanged(scene, *pair))]
    return _one(exchanges, rng) if exchanges and rng.random() < 0.5 else _substituted(scene, goal, rng)


def _exchanged(scene: SceneGraph, a: SceneObject, b: SceneObject) -> Edit | None:
    """Both in each other's place, each with what is on or in it; None where that cannot be, or shows nothing."""
    carried = nx.DiGraph([(edge.subject, edge.object) for edge in scene.relations if edge.relation in ("on", "in")])
    carried.add_nodes_from((a.id, b.id))
    if phrase(a) == phrase(b) or nx.has_path(carried, a.id, b.id) or nx.has_path(carried, b.id, a.id):
        return None
    other = {a.id: b.id, b.id: a.id}
    edges = [
        Relation(
            subject=other.get(edge.subject, edge.subject),
            relation=edge.relation,
            object=edge.object if edge.relation in ("on", "in") else other.get(edge.object, edge.object),
        )
        for edge in scene.relations
    ]
    wrong = _edited(scene, scene.objects, edges)
    if _seen(edges) == _seen(scene.relations) or verbalise(wrong).text == verbalise(scene).text:
        return None
    both = f"{reference(a, scene)} and {reference(b, scene)}"
    return Edit(wrong, f"Exchange the places of {both}.", f"Put {both} back in each other's place.")


def _seen(edges: list[Relation]) -> set[tuple[str, str, str]]:
    """Relations as they show: one told from either side is the same."""
    turned = {(edge.object, INVERSE[edge.relation], edge.subject) for edge in edges if edge.relation in INVERSE}
    return turned | {(edge.subject, edge.relation, edge.object) for edge in edges}


def _substituted(scene: SceneGraph, goal: SceneGraph, rng: np.random.Generator) -> Edit:
    """Another thing, of the same kind if there is one, in the place of an object, with what of its looks suits it."""
    item = _one(scene.objects, rng)
    words = vocabulary()
    foreign = _foreign(goal)
    noun = words.row(_one([n for n in foreign if words.row(n).kind == words.row(item.noun).kind] or foreign, rng))
    other = item.model_copy(
        update={
            "noun": noun.name,
            "name": noun.name,
            "colour": item.colour if noun.paint or item.colour in noun.colours else None,
            "states": [state for state in item.states if state in (*noun.states, *words.told_states)],
            "content": item.content if noun.mouth is not None else None,
        }
    )
    wrong = _replaced(scene, other)
    ins = f"Replace {reference(item, scene)} with {phrase(other)}."
    return Edit(wrong, ins, f"Put {phrase(item)} back in place of {reference(other, wrong)}.")


def _remove(scene: SceneGraph, goal: SceneGraph, rng: np.random.Generator) -> Edit:
    """An object that nothing is on or in, taken out with its relations."""
    holders = {holder for _, holder in scene.supports().values()}
    item = _one([item for item in scene.objects if item.id not in holders], rng)
    rest = {other.id for other in scene.objects} - {item.id}
    ins = f"Remove {reference(item, scene)}."
    return Edit(part_of(scene, rest), ins, f"Put back {placed(item.id, scene, rest)}.")


_EDITS: dict[Kind, Callable[[SceneGraph, SceneGraph, np.random.Generator], Edit]] = {
    "add": _add,
    "modify": _modify,
    "swap": _swap,
    "remove": _remove,
}


def _one(choices: Sequence[T], rng: np.random.Generator) -> T:
    return choices[int(rng.integers(len(choices)))]


def _foreign(goal: SceneGraph) -> list[str]:
    """The nouns of things that the goal has none of."""
    own = {item.noun for item in goal.objects}
    return [noun for noun in vocabulary().nouns if noun not in own]


def _replaced(scene: SceneGraph, item: SceneObject) -> SceneGraph:
    return _edited(scene, [item if old.id == item.id else old for old in scene.objects], scene.relations)


def _edited(scene: SceneGraph, objects: list[SceneObject], relations: list[Relation]) -> SceneGraph:
    return SceneGraph(objects=objects, relations=relations, ground=scene.ground)
