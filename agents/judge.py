"""Judge: a model that sees says which of two sets of pictures illustrates the same steps better.

Source: the four criteria of Coherent Zero-Shot Visual Instruction Generation (arXiv 2406.04337); their wording in
`prompts/judge.j2` is ours. A model that prefers what it is shown first is common (arXiv 2306.05685), so both orders
are asked, and only a preference that outlives the exchange counts.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont
from pydantic import BaseModel

from agents.llm import Door

Choice = Literal["first", "second", "tie"]
CRITERIA = ("textual_alignment", "continuity", "consistency", "relevance")
CELL, COLUMNS, GAP = 384, 4, 12
"""Pixels of a picture on a sheet, pictures in a row of it, and pixels between them."""


class Verdict(BaseModel):
    """Which guide is the better one by each criterion, by its place; the reason comes first, so that it is thought."""

    reason: str
    textual_alignment: Choice
    continuity: Choice
    consistency: Choice
    relevance: Choice

    def of(self, criterion: str) -> Choice:
        """The choice by a criterion."""
        choice: Choice = getattr(self, criterion)
        return choice


class Comparison(NamedTuple):
    """The verdict with guide a shown first, and the one with b shown first."""

    a_first: Verdict
    b_first: Verdict

    def preferred(self, criterion: str) -> Literal["a", "b", "tie"]:
        """The guide that both orders prefer; a tie if they do not agree on one."""
        match self.a_first.of(criterion), self.b_first.of(criterion):
            case "first", "second":
                return "a"
            case "second", "first":
                return "b"
        return "tie"

    def follows_place(self, criterion: str) -> bool:
        """Whether the same place was preferred in both orders, whatever was shown there."""
        return self.a_first.of(criterion) == self.b_first.of(criterion) != "tie"


def compare(
    goal: str, instructions: Sequence[str], a: Sequence[Image.Image], b: Sequence[Image.Image], door: Door
) -> Comparison:
    """What a model says of two sets of pictures for the same steps, asked in both orders.

    Args:
        goal: what the guide explains.
        instructions: one for each step.
        a: the pictures of one guide, one a step.
        b: those of the other.
        door: who looks; it must lead to a model that takes images.

    Raises:
        LanguageModelError: if the model cannot see, or does not answer.
    """
    one, other = sheet(a), sheet(b)

    def verdict(*shown: Image.Image) -> Verdict:
        return door.ask("judge", Verdict, images=shown, goal=goal, instructions=list(instructions))

    return Comparison(verdict(one, other), verdict(other, one))


def sheet(pictures: Sequence[Image.Image]) -> Image.Image:
    """All pictures of a guide on one, in rows and numbered from 1; each keeps its proportions."""
    columns = min(COLUMNS, len(pictures))
    pitch = CELL + GAP
    whole = Image.new("RGB", (columns * pitch + GAP, math.ceil(len(pictures) / columns) * pitch + GAP), "white")
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(28)
    for index, picture in enumerate(pictures):
        x, y = GAP + index % columns * pitch, GAP + index // columns * pitch
        scale = CELL / max(picture.size)
        fitted = picture.convert("RGB").resize((round(picture.width * scale), round(picture.height * scale)))
        whole.paste(fitted, (x, y))
        pen.rectangle((x, y, x + 44, y + 38), fill="white")
        pen.text((x + 22, y + 18), str(index + 1), font=font, fill="black", anchor="mm")
    return whole
