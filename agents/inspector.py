"""Inspector, text side: does the plan contradict the prompt? What the prompt still lacks is pending, never an error.

Source: Think in Strokes (arXiv 2604.04746). The picture side is measured in `tools/refine.py`, and seen by the critic.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from agents import embedded
from agents.llm import Door
from tools.scene import SceneGraph, SceneObject, verbalise
from tools.trajectory import Finding

Attribute = Literal["noun", "count", "colour", "state", "content", "relation"]


class Contradiction(BaseModel):
    """Something in the plan that the prompt says is otherwise; `object` is an object id of the plan."""

    object: str
    attribute: Attribute
    wanted: str
    refine: str


class Inspection(BaseModel):
    """All contradictions of a plan."""

    contradictions: list[Contradiction] = []


def inspect_plan(prompt: str, plan: SceneGraph, step: int, round: int, door: Door) -> list[Finding]:
    """A finding for each contradiction between a plan and its prompt.

    Args:
        prompt: the text that the picture illustrates.
        plan: the scene graph that is drawn.
        step: the step of the how-to, from 0.
        round: the round of refinement, from 0.
        door: who answers; the embedded rules compare colours, contents and numbers.
    """
    if door.embedded:
        found = contradictions(prompt, plan)
    else:
        ids = {item.id for item in plan.objects}
        told = {"caption": verbalise(plan).text, "objects": [item.model_dump() for item in plan.objects]}
        answer = door.ask("inspector", Inspection, prompt=prompt, plan=told)
        found = [item for item in answer.contradictions if item.object in ids]
    return [
        Finding(
            step=step,
            round=round,
            side="text",
            kind="contradiction",
            object=item.object,
            measured=0,
            wanted=1,
            refine=item.refine,
        )
        for item in found
    ]


def contradictions(prompt: str, plan: SceneGraph) -> list[Contradiction]:
    """Each object that the plan gives another colour, content or number than the prompt does."""
    found = []
    for item, wanted in _pairs(prompt, plan):
        told: dict[Attribute, str | int | None] = {
            "colour": wanted.colour,
            "content": wanted.content,
            "count": wanted.count if wanted.count > 1 else None,
        }
        for attribute, value in told.items():
            given = getattr(item, attribute)
            if value is not None and given != value:
                refine = f"the {item.noun}'s {attribute} is {value}, not {given or 'unsaid'}"
                found.append(Contradiction(object=item.id, attribute=attribute, wanted=str(value), refine=refine))
    return found


def corrected(plan: SceneGraph, prompt: str) -> SceneGraph:
    """The plan with the prompt's colours, contents and numbers."""
    fixed = plan.model_copy(deep=True)
    for item, wanted in _pairs(prompt, fixed):
        item.colour = wanted.colour or item.colour
        item.content = wanted.content or item.content
        item.count = wanted.count if wanted.count > 1 else item.count
    return fixed


def _pairs(prompt: str, plan: SceneGraph) -> Iterator[tuple[SceneObject, SceneObject]]:
    """Objects of the plan with those of the prompt, where each noun is there once in both."""
    told = embedded.scene(prompt).objects
    for item in plan.objects:
        same = [other for other in told if other.noun == item.noun]
        if len(same) == 1 and sum(other.noun == item.noun for other in plan.objects) == 1:
            yield item, same[0]
