"""Refiner: what an inspection found becomes the one sentence of a `<refine>`.

Source: Think in Strokes (arXiv 2604.04746).
"""

from pydantic import BaseModel, Field

from agents.llm import Door
from tools.scene import SceneGraph, verbalise
from tools.trajectory import Finding


class Refinement(BaseModel):
    """The correction, as one imperative sentence."""

    refine: str = Field(min_length=1, max_length=300)


def refinement(finding: Finding, plan: SceneGraph, door: Door) -> str:
    """What the painter is told to mend.

    Args:
        finding: what is wrong with one object; its own `refine` is the answer where no model is asked.
        plan: the scene graph of the whole picture.
        door: who answers.
    """
    if door.embedded:
        return finding.refine
    found = f"{finding.kind}: {finding.refine} (measured {finding.measured:.2f}, wanted {finding.wanted:.2f})"
    answer = door.ask("refiner", Refinement, plan=verbalise(plan).text, object=finding.object, found=found)
    return answer.refine
