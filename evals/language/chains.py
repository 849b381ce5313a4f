"""Whether every chain of sub-graphs keeps its promises (row P of Think in Strokes, arXiv 2604.04746).

For a scene G of whatever text: G1 ⊂ … ⊂ Gk with k ≤ 5; each stage has all the objects and relations of the one before,
unchanged, and at least one object more; a relation is there exactly when both its ends are; the last stage is G. Tried
on all GenEval prompts, 200 of GPT-4's states (arXiv 2406.04337) and 200 captions of how-tos, evenly spread.
"""

from pathlib import Path
from typing import Any

from agents.embedded.library import how_tos
from agents.llm import Door
from agents.recaptioner import image_prompt, recaption
from agents.scene_grapher import scene_graph
from evals.language import geneval, goals
from evals.language.figures import Miss, Row, answers, evenly, share
from tools.scene import MAX_STAGES, SceneGraph, chain_of_subgraphs

CAPTIONS = 200
"""How many of each kind of caption are tried."""
ROWS = (
    Row("GenEval prompts", "geneval", 1.0, None, "geneval_texts"),
    Row("GPT-4's states", "states", 1.0, None, "states_texts"),
    Row("captions of built-in how-tos", "library", 1.0, None, "library_texts"),
    Row("texts without an answer", "unanswered", goal=0, lower=True),
)


def broken_promise(scene: SceneGraph, chain: list[SceneGraph]) -> str | None:
    """The first promise that a chain of sub-graphs breaks, None if it keeps all."""
    if not chain or len(chain) > MAX_STAGES:
        return f"{len(chain)} stages"
    if chain[-1] != scene:
        return "the last stage is not the whole scene"
    for earlier, later in zip([SceneGraph(objects=[])] + chain, chain, strict=False):
        if not all(item in later.objects for item in earlier.objects):
            return "an object is lost or changed"
        if len(later.objects) <= len(earlier.objects):
            return "a stage adds no object"
        if not all(edge in later.relations for edge in earlier.relations):
            return "a relation is lost"
    for stage in chain:
        ids = {item.id for item in stage.objects}
        if stage.relations != [edge for edge in scene.relations if {edge.subject, edge.object} <= ids]:
            return "a relation without both its ends, or both ends without their relation"
    return None


def library_captions() -> list[str]:
    """The image prompts of all steps of the built-in how-tos, as the embedded re-captioner tells them."""
    captions = [recaption(list(how_to.steps), Door()) for how_to in how_tos()]
    return [image_prompt(told, step) for told in captions for step in range(len(told))]


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """The share of chains that keep all promises, by the kind of text."""
    states = [state for goal in goals.read_goals(data / goals.FILE) for state in goal.states if state]
    prompts = [row["prompt"] for row in geneval.read_prompts(data / geneval.FILE)]
    kinds = {
        "geneval": evenly(prompts, limit),
        "states": evenly(states, limit or CAPTIONS),
        "library": evenly(library_captions(), limit or CAPTIONS),
    }
    figures: dict[str, Any] = {"unanswered": 0, "misses": []}
    for kind, texts in kinds.items():
        scenes = answers(lambda text: scene_graph(text, door)[0], texts)
        told = [(text, scene) for text, scene in zip(texts, scenes, strict=True) if scene is not None]
        broken = [(text, broken_promise(scene, chain_of_subgraphs(scene))) for text, scene in told]
        figures[kind] = share([promise is None for _, promise in broken])
        figures[f"{kind}_texts"] = len(broken)
        figures["unanswered"] += len(texts) - len(told)
        figures["misses"] += [Miss(promise, kind, text) for text, promise in broken if promise]
    return figures
