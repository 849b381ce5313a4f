"""Critic: a model that sees compares a picture with its plan. Without such a model there is none; nothing is guessed.

Source: Think in Strokes (arXiv 2604.04746), the picture side of inspection; `tools/refine.py` measures it besides.
"""

from typing import Literal

from PIL import Image
from pydantic import BaseModel, Field

from agents.llm import Door
from tools.layout import Box
from tools.scene import SceneGraph, verbalise
from tools.trajectory import Finding

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
        Finding(
            step=step,
            round=round,
            side="picture",
            kind="critique",
            object=fault.object,
            measured=1 - fault.confidence,
            wanted=1,
            box=boxes[fault.object],
            refine=fault.refine,
        )
        for fault in critique.faults
        if fault.object in boxes and fault.confidence >= SURE
    ]
