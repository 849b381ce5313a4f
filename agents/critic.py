"""Critic: a model that sees compares a picture with its plan. Without such a model there is none; nothing is guessed.

Source: Think in Strokes (arXiv 2604.04746), the picture side of inspection; `tools/refine.py` measures it besides. Its
critiques are grounded in a scene graph; the self-sampled ones that it compares them with know only the prompt.
"""

from typing import Literal

from PIL import Image
from pydantic import BaseModel, Field

from agents.llm import Door
from tools.layout import Box
from tools.scene import SceneGraph, verbalise
from tools.trajectory import Finding
from tools.vocabulary import vocabulary

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)

SURE = 0.5
"""A fault of which the critic is less sure is not mended."""


class Fault(BaseModel):
    """What is wrong with a planned object in the picture."""

    object: str
    kind: Literal["missing", "shape", "colour", "count", "content", "place"]
    confidence: float = Field(1, ge=0, le=1)
    refine: str


class Critique(BaseModel):
    """All faults of a picture, the worst first."""

    faults: list[Fault] = []


def criticise(
    picture: Image.Image, plan: SceneGraph, boxes: dict[str, Box], step: int, round: int, door: Door
) -> list[Finding]:
    """A finding for each fault that a model sees in a picture.

    Args:
        picture: the picture, RGB.
        plan: what it must show.
        boxes: the layout, object id → box in the unit square.
        step: the step of the how-to, from 0.
        round: the round of refinement, from 0.
        door: who looks; it must lead to a model that takes images.

    Raises:
        LanguageModelError: if the model cannot see, or does not answer.
    """
    told = {"caption": verbalise(plan).text, "objects": [item.model_dump() for item in plan.objects]}
    critique = door.ask("critic", Critique, images=[picture.convert("RGB")], plan=told)
    return [
        _finding(fault, fault.object, boxes[fault.object], step, round)
        for fault in critique.faults
        if fault.object in boxes and fault.confidence >= SURE
    ]


def criticise_freely(
    picture: Image.Image, prompt: str, plan: SceneGraph, boxes: dict[str, Box], step: int, round: int, door: Door
) -> list[Finding]:
    """As `criticise`, self-sampled: the model is told the prompt alone, and names faults in its own words.

    What it names is looked for in the plan; what is not there is mended in the whole picture.
    """
    critique = door.ask("self_critic", Critique, images=[picture.convert("RGB")], prompt=prompt)
    found = [(fault, _planned(fault.object, plan)) for fault in critique.faults if fault.confidence >= SURE]
    return [
        _finding(fault, identity or fault.object, boxes[identity] if identity else WHOLE, step, round)
        for fault, identity in found
    ]


def _planned(name: str, plan: SceneGraph) -> str | None:
    """The id of the planned object that a model's words name."""
    words = name.lower().split()
    noun = vocabulary().find_noun(name) or (vocabulary().find_noun(words[-1]) if words else None)
    return next(
        (item.id for item in plan.objects if noun == item.noun or (words and name in (item.id, item.name))), None
    )


def _finding(fault: Fault, identity: str, box: Box, step: int, round: int) -> Finding:
    return Finding(
        step=step,
        round=round,
        side="picture",
        kind="critique",
        object=identity,
        measured=1 - fault.confidence,
        wanted=1,
        box=box,
        refine=fault.refine,
    )
