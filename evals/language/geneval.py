"""The scene grapher on the 553 prompts of GenEval (arXiv 2310.11513), whose checks tell what each prompt says.

An entry of a prompt's `include` list is found if one of the scene's objects is called by its class: by the object's
own name (singular or plural, adjectives before it allowed), or by a name of the same noun of the vocabulary. What is
merely drawn for a word without a picture does not count: a "giraffe" drawn as a horse is a giraffe and no horse.

Shares of entries, those not found counting as wrong: objects found; counts that are the entry's (over all entries, and
over those of more than one); colours, of those that name one; relations, of those with a place, told from either side.
Extra: the share of prompts with no object but the entries. Not covered: pictures, GenEval's own subject.
"""

import json
from pathlib import Path
from typing import Any

from agents.llm import Door
from agents.scene_grapher import scene_graph
from evals.language.figures import Miss, Row, answers, evenly, share
from evals.language.names import plain_words
from tools.scene import INVERSE, SceneGraph, SceneObject
from tools.vocabulary import vocabulary

FILE = "geneval/prompts/evaluation_metadata.jsonl"
ROWS = (
    Row("objects", "objects", 0.98, None, "entries"),
    Row("counts", "counts", 0.95, None, "entries"),
    Row("counts of more than one", "counts_many", 0.95, None, "many"),
    Row("colours", "colours", 0.95, None, "coloured"),
    Row("relations", "relations", 0.95, None, "related"),
    Row("prompts with nothing beyond them", "nothing_extra", n="prompts"),
    Row("prompts all right", "prompts_right", n="prompts"),
    Row("prompts without an answer", "unanswered", goal=0, lower=True),
)
Entry = dict[str, Any]


def read_prompts(path: Path) -> list[Entry]:
    """The prompts with their checks."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_called(item: SceneObject, name: str) -> bool:
    """Whether an object is called by a class, or by a name of the same noun; never by the noun drawn for it."""
    ours, theirs = plain_words(item.name or item.noun), plain_words(name)
    if ours[-len(theirs) :] == theirs:
        return True
    noun = vocabulary().find_noun(name)
    return noun is not None and vocabulary().find_noun(item.name or item.noun) == noun


def found_objects(include: list[Entry], scene: SceneGraph) -> list[SceneObject | None]:
    """The object of the scene for each entry, one to one."""
    left, found = list(scene.objects), []
    for entry in include:
        fitting = [item for item in left if is_called(item, entry["class"])]
        fitting.sort(key=lambda item: item.colour != _colour(entry))
        found.append(fitting[0] if fitting else None)
        left = [item for item in left if item is not found[-1]]
    return found


def _colour(entry: Entry) -> str | None:
    return vocabulary().find_colour(entry["color"]) if "color" in entry else None


def stands(scene: SceneGraph, subject: SceneObject, relation: str, other: SceneObject) -> bool:
    """Whether the scene has a relation, told from either side."""
    edges = {(edge.subject, edge.relation, edge.object) for edge in scene.relations}
    return (subject.id, relation, other.id) in edges or (other.id, INVERSE[relation], subject.id) in edges


def verdicts(include: list[Entry], scene: SceneGraph | None) -> list[dict[str, bool]]:
    """For each entry: whether the object is there, and its count, colour and relation, as far as the entry has them."""
    found = found_objects(include, scene) if scene else [None] * len(include)
    told = []
    for entry, item in zip(include, found, strict=True):
        verdict = {"objects": item is not None, "counts": False}
        if item is not None and scene is not None:
            others = [other for other in scene.objects if other is not item and other not in found]
            copies = [other.count for other in others if is_called(other, entry["class"])]
            verdict["counts"] = item.count + sum(copies) == entry["count"]
        if entry["count"] > 1:
            verdict["counts_many"] = verdict["counts"]
        if "color" in entry:
            verdict["colours"] = item is not None and item.colour == _colour(entry)
        if "position" in entry:
            relation, index = entry["position"]
            other = found[index]
            verdict["relations"] = bool(scene and item and other and stands(scene, item, relation, other))
        told.append(verdict)
    return told


def nothing_extra(include: list[Entry], scene: SceneGraph | None) -> bool:
    """Whether a scene shows no other objects than the entries."""
    return scene is not None and all(
        any(is_called(item, entry["class"]) for entry in include) for item in scene.objects
    )


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """Shares of entries that the scene graphs have right."""
    prompts = evenly(read_prompts(data / FILE), limit)
    scenes = answers(lambda row: scene_graph(row["prompt"], door)[0], prompts)
    told = [verdicts(row["include"], scene) for row, scene in zip(prompts, scenes, strict=True)]
    alone = [nothing_extra(row["include"], scene) for row, scene in zip(prompts, scenes, strict=True)]

    def of(key: str) -> list[bool]:
        return [verdict[key] for verdicts_ in told for verdict in verdicts_ if key in verdict]

    misses = [
        Miss(f"{row['tag']}: {', '.join(wrong)}", row["prompt"], _drawn(scene))
        for row, scene, verdicts_, only in zip(prompts, scenes, told, alone, strict=True)
        if (wrong := _wrong(verdicts_, only))
    ]
    return {
        "prompts": len(prompts),
        "unanswered": sum(scene is None for scene in scenes),
        **{key: share(of(key)) for key in ("objects", "counts", "counts_many", "colours", "relations")},
        "entries": len(of("objects")),
        "many": len(of("counts_many")),
        "coloured": len(of("colours")),
        "related": len(of("relations")),
        "nothing_extra": share(alone),
        "prompts_right": share([not _wrong(verdicts_, only) for verdicts_, only in zip(told, alone, strict=True)]),
        "misses": misses,
    }


def _wrong(verdicts_: list[dict[str, bool]], only: bool) -> list[str]:
    """What is wrong with a prompt, in words."""
    wrong = {key for verdict in verdicts_ for key, right in verdict.items() if not right} - {"counts_many"}
    return sorted(wrong) + ([] if only else ["something extra"])


def _drawn(scene: SceneGraph | None) -> str:
    """A scene in a line, each object with its own name."""
    if scene is None:
        return "no answer"
    items = [
        " ".join([f"{item.count}×" if item.count > 1 else "", item.colour or "", *item.states, item.name]).strip()
        + ("" if item.name == item.noun else f" [{item.noun}]")
        for item in scene.objects
    ]
    return "; ".join(items + [f"{edge.subject} {edge.relation} {edge.object}" for edge in scene.relations])
