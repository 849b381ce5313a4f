"""Re-captioner: turn by turn, what each step does and the state after it (arXiv 2406.04337)."""

from functools import partial
from typing import Literal

from pydantic import BaseModel, Field

from agents.llm import Door


class LinkedObject(BaseModel):
    """An object of a step: new, or similar to the one of an earlier step (1-based)."""

    name: str
    link: Literal["new", "similar"] = "new"
    step: int | None = None


class Recaption(BaseModel):
    """One step, told for a picture."""

    action: str = Field(description="what is being done, one sentence")
    state: str = Field(description="how the main object and what is with it look after the step, one or two sentences")
    objects: list[LinkedObject] = Field(description="the things a picture of this step must show")


def image_prompt(captions: list[Recaption], step: int, form: str = "after") -> str:
    """The prompt of a step's picture (`step` from 0): its action and a state.

    `form` "after" takes the state after this step; "previous" the state before it, as the authors' figure does;
    "action" no state at all (the ablation).
    """
    state = {"after": captions[step].state, "previous": captions[step - 1].state if step else "", "action": ""}[form]
    return f"{captions[step].action} {state}".strip()


def recaption(instructions: list[str], door: Door, goal: str = "") -> list[Recaption]:
    """One caption an instruction, in turns: each is told what all the earlier ones said.

    Args:
        instructions: the steps of a how-to.
        door: to the language model, or to the rules in its place.
        goal: what the how-to is for, such as its title: what "it" means where no step has named it.
    """
    captions: list[Recaption] = []
    for _ in instructions:
        captions.append(next_caption(instructions, captions, door, goal))
    return captions


def next_caption(instructions: list[str], captions: list[Recaption], door: Door, goal: str = "") -> Recaption:
    """The caption that follows those there are; later instructions are not shown to the model."""
    step = len(captions) + 1
    mend = partial(_mend_links, step=step)
    return door.ask(
        "recaptioner", Recaption, check=mend, instructions=instructions[:step], captions=captions, goal=goal
    )


def plain_captions(instructions: list[str]) -> list[Recaption]:
    """The ablation without re-captioning: an instruction is its own action, and no state is known."""
    return [Recaption(action=instruction, state="", objects=[]) for instruction in instructions]


def _mend_links(caption: Recaption, step: int) -> Recaption:
    """A link to a step that is not an earlier one is no link: the object is new."""

    def mended(item: LinkedObject) -> LinkedObject:
        if item.link == "similar" and item.step is not None and 1 <= item.step < step:
            return item
        return LinkedObject(name=item.name)

    return caption.model_copy(update={"objects": [mended(item) for item in caption.objects]})
