"""Planner: a goal becomes instructions."""

from pathlib import Path

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from agents.llm import Door

MAX_STEPS = 20


class Plan(BaseModel):
    """The steps of a how-to, in order, each one plain sentence."""

    title: str
    instructions: list[str] = Field(min_length=1, max_length=MAX_STEPS)
    ambiguity: str | None = Field(None, description="what the goal leaves open, if it matters")
    source: SkipJsonSchema[str] = Field("", description="where the plan came from; filled in by us")


def plan(goal: str, door: Door, library: Path | None = None) -> Plan:
    """The instructions that reach a goal, at most `MAX_STEPS`.

    Args:
        goal: what the user wants to know, such as "how to make tea"; not empty.
        door: who answers.
        library: a folder of the user's own how-tos, which come before any other answer.

    Raises:
        BadHowTo: if the library cannot be read.
        UnknownGoal: if the built-in library is all there is, and it has no how-to for the goal.
    """
    if library:
        from agents.embedded import written

        if own := written(goal, library):
            return own
    answer = door.ask("planner", Plan, check=_without_blanks, reference={"max_steps": MAX_STEPS}, goal=goal)
    return answer if door.embedded else answer.model_copy(update={"source": door.describe("planner")})


def _without_blanks(answer: Plan) -> Plan:
    instructions = [line.strip() for line in answer.instructions if line.strip()]
    if not instructions:
        raise ValueError("every instruction is blank")
    return answer.model_copy(update={"instructions": instructions})
