"""A person reviews the plan (row G8): what is asked, what may be answered, and the asking at a terminal.

The `review` node of `instruct` interrupts with a `PlanReview`; whoever resumes the run, in Studio, in a chat or at the
terminal, answers with what a `PlanDecision` can be read from.
"""

import sys
from typing import Any, Literal

from langgraph.types import interrupt
from pydantic import BaseModel, Field, ValidationError, model_validator

from agents.embedded import contradictions
from agents.planner import MAX_STEPS
from graphs.state import InstructState

WAITING = 3
"""The exit status of a run that waits for a person who is not at the terminal."""


class PlanReview(BaseModel):
    """The question. `doubts` are ambiguities and contradictions; `problem` says why an answer could not be used."""

    review: Literal["plan"] = "plan"
    goal: str
    title: str
    instructions: list[str]
    doubts: list[str] = []
    problem: str = ""
    answers: str = '"accept", a list of instructions, {"instructions": […]} or {"goal": "another goal"}'


class PlanDecision(BaseModel, extra="forbid"):
    """The answer: the plan as it is, other instructions, or another goal to plan for."""

    instructions: list[str] | None = Field(None, min_length=1, max_length=MAX_STEPS)
    goal: str | None = Field(None, min_length=1, max_length=4000)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, answer: Any) -> Any:
        if answer in (None, True, "", "accept", "yes", "ok"):
            return {}
        if isinstance(answer, list):
            answer = {"instructions": answer}
        if isinstance(answer, dict) and isinstance(answer.get("instructions"), list):
            lines = [line.strip() if isinstance(line, str) else line for line in answer["instructions"]]
            return answer | {"instructions": [line for line in lines if line != ""]}
        return answer


def decide(state: InstructState) -> PlanDecision:
    """Asks about the plan of a run, until the answer can be used."""
    doubts = [*contradictions(state["instructions"]), *state.get("notes", {}).values()]
    question = PlanReview(
        goal=state["goal"], title=state["title"], instructions=state["instructions"], doubts=list(dict.fromkeys(doubts))
    )
    while True:
        try:
            return PlanDecision.model_validate(interrupt(question.model_dump()))
        except ValidationError as fault:
            error = fault.errors()[0]
            place = ".".join(map(str, error["loc"])) or "the answer"
            question = question.model_copy(update={"problem": f"{place}: {error['msg']}"})


def ask_at_terminal(question: dict[str, Any]) -> Any:
    """Shows a plan and reads what the person wants; None if they go away, or are not there."""
    import click
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    review = PlanReview.model_validate(question)
    console.print(f"\n[bold]{review.title}", markup=True)
    for number, instruction in enumerate(review.instructions, 1):
        console.print(f" {number:2}. {instruction}", markup=False)
    for doubt in [*review.doubts, *([review.problem] if review.problem else [])]:
        console.print(f"  ! {doubt}", style="yellow", markup=False)
    if not sys.stdin.isatty():
        return None
    while True:
        console.print(r"\[Enter] draw it   \[e] edit the steps   \[g] another goal   \[q] leave it for later")
        try:
            choice = input("> ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            return None
        match choice:
            case "":
                return "accept"
            case "e":
                if text := click.edit("\n".join(review.instructions) + "\n", require_save=True):
                    return {"instructions": [line for line in text.splitlines() if line.strip()]}
            case "g":
                if goal := input("Goal: ").strip():
                    return {"goal": goal}
            case "q":
                return None
