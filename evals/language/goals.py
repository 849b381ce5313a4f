"""The goals of arXiv 2406.04337 as GPT-4 told them (project page instruct-vis-zero), and our answers to them."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents.recaptioner import LinkedObject, Recaption
from evals.language.names import head, plain_words, same

FILE = "visual_instructions/goals.json"


class GoldObject(NamedTuple):
    """An object as GPT-4 linked it; `step` (1-based) is None where it gave none that makes sense."""

    name: str
    similar: bool
    step: int | None


class Goal(NamedTuple):
    """A goal, its parts by step; `relation` (N, N) is symmetrised by the mean."""

    title: str
    actions: list[str]
    states: list[str]
    objects: list[list[GoldObject]]
    relation: np.ndarray


class Answer(NamedTuple):
    """What we say of a goal: a caption a step, and W (N, N)."""

    captions: list[Recaption]
    relation: np.ndarray


def read_goals(path: Path) -> list[Goal]:
    """The goals of `goals.json`."""
    goals = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        relation = np.array(row["relation"], dtype=float)
        goals.append(
            Goal(
                row["goal"],
                [step["action"].strip() for step in row["steps"]],
                [step["state_of_main_object"].strip() for step in row["steps"]],
                [[gold_object(item, i) for item in step["object"]] for i, step in enumerate(row["steps"], 1)],
                (relation + relation.T) / 2,
            )
        )
    return goals


def gold_object(item: list[Any], step: int) -> GoldObject:
    """An object of a step (1-based), however its link is spelled.

    GPT-4 writes "similar", "similiar", "similar(total similar)", "texture similar", "shape similar", "same as step 2".
    """
    name, link = item[0], str(item[1]).lower()
    if "sim" not in link and "same" not in link:
        return GoldObject(name, False, None)
    told = re.search(r"\d+", link)
    number = item[2] if len(item) > 2 and isinstance(item[2], int) else int(told.group()) if told else 0
    return GoldObject(name, True, number if 1 <= number < step else None)


def matched(gold: list[GoldObject], ours: list[LinkedObject]) -> list[tuple[GoldObject, LinkedObject]]:
    """GPT-4's objects of a step with ours that mean the same, one to one; equal head nouns are paired first."""
    pairs: dict[int, tuple[GoldObject, LinkedObject]] = {}
    left = list(ours)
    for by_head in (True, False):
        for number, item in enumerate(gold):
            fitting = [other for other in left if not by_head or head(item.name) == head(other.name)]
            other = next((other for other in fitting if same(item.name, other.name)), None)
            if number not in pairs and other is not None:
                pairs[number] = (item, other)
                left = [one for one in left if one is not other]
    return [pairs[number] for number in sorted(pairs)]


def right_steps(goal: Goal, item: GoldObject, step: int) -> set[int | None]:
    """To which steps (1-based) an object of step `step` (from 0) may be linked.

    The one that GPT-4 tells, and the latest earlier one in which it has the same object.
    """
    earlier = (i + 1 for i in reversed(range(step)) if any(same(item.name, one.name) for one in goal.objects[i]))
    return {item.step, next(earlier, None)} - {None}


def in_earlier_action(goal: Goal, name: str, step: int) -> bool:
    """The baseline: whether the head word of a name is in the action of a step before `step` (from 0)."""
    return any(head(name) in plain_words(action) for action in goal.actions[:step])
