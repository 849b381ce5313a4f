"""Scene grapher: a prompt becomes a scene graph over the one vocabulary (row V11)."""

from collections import Counter
from typing import cast

from pydantic import BaseModel, Field

from agents.llm import Door
from tools.scene import Relation, RelationName, SceneGraph, SceneObject
from tools.vocabulary import vocabulary

MAX_OBJECTS = 4
"""How many objects a model is asked for at most: more cannot be told apart in one small picture."""
MAX_COUNT = 6


class DescribedObject(BaseModel):
    """An object in the model's own words."""

    id: str
    name: str = Field("", description="what the text calls it, singular")
    noun: str = Field(description="the listed noun that comes nearest")
    count: int = 1
    colour: str | None = None
    states: list[str] = []
    content: str | None = Field(None, description="the substance that fills it; 'nothing' if it is empty")


class DescribedRelation(BaseModel):
    """`subject` and `object` are object ids."""

    subject: str
    relation: str
    object: str


class Description(BaseModel):
    """A scene graph before its words are looked up; a `SceneGraph` is one whose words are all known."""

    objects: list[DescribedObject] = Field(min_length=1)
    relations: list[DescribedRelation] = []
    ground: str = "wooden table"


def scene_graph(prompt: str, door: Door) -> tuple[SceneGraph, dict[str, str]]:
    """What the picture of a prompt must show.

    Returns:
        The scene graph, and for each word that could not be drawn as it stands what was drawn and why, for the
        picture's manifest.
    """
    words = vocabulary()
    reference = {
        "nouns": list(words.nouns),
        "colours": list(words.colours),
        "states": [*words.drawn_states, *words.told_states],
        "substances": list(words.substances),
        "relations": list(words.relations),
        "grounds": list(words.grounds),
        "max_objects": MAX_OBJECTS,
    }
    scene, substitutions = door.ask("scene_grapher", Description, check=look_up, reference=reference, prompt=prompt)
    return scene, _stand_ins(prompt, scene) | substitutions


def _stand_ins(prompt: str, scene: SceneGraph) -> dict[str, str]:
    """The words without a picture of their own for which something in the scene stands: a ribbon for a rope."""
    drawn = {word for item in scene.objects for word in (item.noun, item.content)}
    found = vocabulary().stand_ins_in(prompt)
    for item in scene.objects:
        if item.noun not in found.values():
            found |= vocabulary().stand_ins_in(item.name)
    return {word: f"{noun}: it has no picture of its own" for word, noun in found.items() if noun in drawn}


def ground_of(scenes: list[SceneGraph]) -> str:
    """The ground that most of a guide's pictures stand on: a guide stays in one place."""
    return Counter(scene.ground for scene in scenes).most_common(1)[0][0]


def look_up(description: Description) -> tuple[SceneGraph, dict[str, str]]:
    """The scene graph over the vocabulary that comes nearest to a description, and what was put for what.

    Raises:
        ValueError: if ids are not unique. Objects beyond `MAX_OBJECTS`, the least important ones, are left out.
    """
    substitutions: dict[str, str] = {}
    described = description.objects[:MAX_OBJECTS]
    for item in description.objects[MAX_OBJECTS:]:
        substitutions[item.name or item.noun] = f"left out: more than {MAX_OBJECTS} objects"
    objects = [_known_object(item, substitutions) for item in described]
    ids = {item.id for item in objects}
    relations = []
    for edge in description.relations:
        relation = _known_relation(edge.relation)
        if relation and edge.subject != edge.object and {edge.subject, edge.object} <= ids:
            relations.append(Relation(subject=edge.subject, relation=relation, object=edge.object))
    ground = description.ground if description.ground in vocabulary().grounds else "wooden table"
    return SceneGraph(objects=objects, relations=relations, ground=ground), substitutions


def _known_object(item: DescribedObject, substitutions: dict[str, str]) -> SceneObject:
    words = vocabulary()
    noun, rule = words.nearest_noun(item.noun)
    name = item.name or item.noun
    if words.find_noun(name) != noun:
        substitutions[name] = f"{noun}: {_rule_for(name, noun) if rule == 'known' else rule}"
    content = _known_content(item.content) if item.content else None
    if item.content and not content:
        substitutions[item.content] = "left out: no known substance"
    colour = words.find_colour(item.colour) if item.colour else None
    if item.colour and not colour:
        substitutions[item.colour] = "left out: no known colour"
    known_states = [state for state in item.states if state in (*words.drawn_states, *words.told_states)]
    substitutions |= {state: "left out: no known state" for state in item.states if state not in known_states}
    return SceneObject(
        id=item.id,
        noun=noun,
        name=name,
        count=min(max(item.count, 1), MAX_COUNT),
        colour=colour,
        states=known_states,
        content=content,
    )


def _rule_for(name: str, noun: str) -> str:
    """Why a name became a known noun: the vocabulary's own rule where it agrees, else the grapher's choice."""
    nearest, rule = vocabulary().nearest_noun(name)
    return rule if nearest == noun else "chosen by the scene grapher"


def _known_content(word: str) -> str | None:
    return "nothing" if word.lower().strip() in ("nothing", "empty") else vocabulary().find_substance(word)


def _known_relation(word: str) -> RelationName | None:
    word = word.lower().strip()
    known = (name for name, synonyms in vocabulary().relations.items() if word in (name, *synonyms))
    return cast(RelationName | None, next(known, None))
