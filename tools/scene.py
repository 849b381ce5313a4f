"""Scene graphs: objects, attributes and relations; the nested chain of sub-graphs; the caption.

A scene graph is what a step's picture must show. From it come, in one place each and for training scenes and users'
alike, the order of drawing (`chain_of_subgraphs`), the words (`verbalise`) and the places (`tools/layout.py`).
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import networkx as nx
from pydantic import BaseModel, Field, model_validator

from tools.vocabulary import vocabulary

RelationName = Literal["on", "in", "above", "below", "left of", "right of", "next to"]
MAX_STAGES = 5


class SceneObject(BaseModel):
    """One object: `noun` is a word of the vocabulary, `name` what the text called it."""

    id: str
    noun: str
    name: str = ""
    count: int = Field(1, ge=1, le=6)
    colour: str | None = None
    states: list[str] = []
    content: str | None = Field(None, description="the substance that fills it; 'nothing' if it is empty")


class Relation(BaseModel):
    """`subject` stands in `relation` to `object`; both are object ids."""

    subject: str
    relation: RelationName
    object: str


class SceneGraph(BaseModel):
    """Objects and relations of one picture, and the ground they stand on.

    Raises:
        ValueError: if two objects have one id, or a relation names an object that is not there.
    """

    objects: list[SceneObject]
    relations: list[Relation] = []
    ground: str = "wooden table"

    @model_validator(mode="after")
    def _consistent(self) -> "SceneGraph":
        ids = [item.id for item in self.objects]
        if len(set(ids)) < len(ids):
            raise ValueError(f"object ids must differ: {ids!r}")
        for edge in self.relations:
            if edge.subject == edge.object or not {edge.subject, edge.object} <= set(ids):
                raise ValueError(
                    f"{edge.relation!r} needs two objects of the scene, not {edge.subject!r} and {edge.object!r}"
                )
        return self

    def graph(self) -> nx.MultiDiGraph:
        """The networkx view: a node an object, an edge a relation."""
        graph = nx.MultiDiGraph()
        graph.add_nodes_from((item.id, {"object": item}) for item in self.objects)
        graph.add_edges_from((edge.subject, edge.object, edge.relation) for edge in self.relations)
        return graph

    def supports(self) -> dict[str, tuple[str, str]]:
        """For each object that is on or in another: (relation, the other's id). The first such relation counts."""
        found: dict[str, tuple[str, str]] = {}
        for edge in self.relations:
            if edge.relation in ("on", "in") and edge.subject not in found:
                if not _leads_to(found, edge.object, edge.subject):
                    found[edge.subject] = (edge.relation, edge.object)
        return found


def _leads_to(supports: dict[str, tuple[str, str]], start: str, goal: str) -> bool:
    while start in supports:
        start = supports[start][1]
        if start == goal:
            return True
    return start == goal


def drawing_order(scene: SceneGraph) -> list[str]:
    """Object ids, what carries or holds another before the other (stable otherwise)."""
    supports = scene.supports()
    dependency = nx.DiGraph()
    dependency.add_nodes_from(item.id for item in scene.objects)
    dependency.add_edges_from((holder, held) for held, (_, holder) in supports.items())
    position = {item.id: index for index, item in enumerate(scene.objects)}
    return list(nx.lexicographical_topological_sort(dependency, key=position.__getitem__))


def chain_of_subgraphs(scene: SceneGraph, stages: int = MAX_STAGES) -> list[SceneGraph]:
    """The nested chain G1 ⊂ … ⊂ Gk = G, k ≤ `stages` (Think in Strokes, arXiv 2604.04746, section on data).

    Each sub-graph adds at least one object; a relation is there only when both its ends are. An object comes with
    all its attributes, so no stage contradicts a later one.
    """
    order = drawing_order(scene)
    k = min(stages, len(order))
    chain = []
    for part in range(1, k + 1):
        chain.append(part_of(scene, set(order[: round(part * len(order) / k)])))
    return chain


def part_of(scene: SceneGraph, kept: set[str]) -> SceneGraph:
    """The sub-graph of some objects, with the relations that have both ends among them."""
    return SceneGraph(
        objects=[item for item in scene.objects if item.id in kept],
        relations=[edge for edge in scene.relations if {edge.subject, edge.object} <= kept],
        ground=scene.ground,
    )


class Caption(NamedTuple):
    """A caption and, for each object id, the (start, end) characters of the words that name it."""

    text: str
    spans: dict[str, list[tuple[int, int]]]


_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def phrase(item: SceneObject) -> str:
    """The noun phrase of an object: "a steaming red kettle", "two eggs", "a cup filled with tea"."""
    noun = vocabulary().nouns[item.noun]
    words = [*item.states, *([item.colour] if item.colour else [])]
    if item.content == "nothing":
        words.insert(0, "empty")
    words.append(noun.singular if item.count == 1 else noun.plural)
    text = " ".join(words)
    if item.count > 1:
        text = f"{_NUMBERS[item.count]} {text}"
    else:
        text = f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
    return text if item.content in (None, "nothing") else f"{text} filled with {item.content}"


def verbalise(scene: SceneGraph) -> Caption:
    """The caption of a scene, the same words for training scenes and for a user's (row V11).

    Objects come in drawing order, each with the relation that ties it to one named before, then the ground.
    """
    text = ""
    spans: dict[str, list[tuple[int, int]]] = {}
    told: set[str] = set()
    for identity in drawing_order(scene):
        item = next(item for item in scene.objects if item.id == identity)
        if text:
            text += ", "
        start = len(text)
        text += phrase(item)
        spans[identity] = [(start, len(text))]
        for relation, other in _relations_to(scene, identity, told):
            text += f" {relation} the "
            start = len(text)
            text += vocabulary().nouns[other.noun].name
            spans[other.id].append((start, len(text)))
        told.add(identity)
    return Caption(f"{text}, {scene.ground}", spans)


INVERSE = {"left of": "right of", "right of": "left of", "above": "below", "below": "above", "next to": "next to"}


def _relations_to(scene: SceneGraph, identity: str, told: set[str]) -> Iterator[tuple[str, SceneObject]]:
    """How an object stands to those named before it; relations told from their side are turned round."""
    items = {item.id: item for item in scene.objects}
    for edge in scene.relations:
        if edge.subject == identity and edge.object in told:
            yield edge.relation, items[edge.object]
        elif edge.object == identity and edge.subject in told and edge.relation in INVERSE:
            yield INVERSE[edge.relation], items[edge.subject]
