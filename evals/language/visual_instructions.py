"""Re-captions and links against GPT-4's on 121 goals of arXiv 2406.04337 (its project page, instruct-vis-zero).

GPT-4's `action` sentences are the instructions; the re-captioner gets them turn by turn, similarity gets them all.
Even-indexed goals are for development, odd-indexed ones are held: what goes wrong on these is counted and not shown.

- States: the share of steps whose state names GPT-4's main object, the first of its objects, by its head noun or by
  another word of the same row of the vocabulary. Baseline: the action itself.
- Links: of GPT-4's objects that we name in the same step too, whether new or similar is right; of those that both call
  similar, whether the step is. A link to the latest earlier step with the same object is right; "GPT-4's own number"
  takes only that. Baseline: an object is similar if the head word of its name is in an earlier action.
- Similarity W, and the baselines named after the semicolon: see `relations.py`.

Not covered: whether a state is true, only of what it speaks.
"""

from pathlib import Path
from typing import Any

import numpy as np

from agents.llm import Door
from agents.recaptioner import recaption
from agents.similarity import relate
from evals.language.figures import Row, answers, evenly, share
from evals.language.goals import FILE, Answer, Goal, in_earlier_action, matched, read_goals, right_steps
from evals.language.misses import instruction_misses
from evals.language.names import text_names
from evals.language.relations import relation_figures


def _rows(part: str) -> list[Row]:
    return [
        Row(f"{part}: {label}", f"{part}.{key}", None, f"{part}.{baseline}" if baseline else None, f"{part}.{n}", lower)
        for label, key, baseline, n, lower in (
            ("state names the main object", "state", "state_of_action", "steps", False),
            ("GPT-4's objects among ours", "named", None, "objects", False),
            ("new or similar", "link", "link_of_earlier_word", "named_objects", False),
            ("similar to the right step", "link_step", None, "similar_objects", False),
            ("… to GPT-4's own number", "link_step_strict", None, "similar_objects", False),
            ("W, Spearman in a goal; words", "spearman", "spearman_of_words", "varying_goals", False),
            ("W, Spearman in a goal; nearness", "spearman", "spearman_of_nearness", "varying_goals", False),
            ("W, Spearman pooled; words", "spearman_pooled", "spearman_pooled_of_words", "pairs", False),
            ("W, Spearman pooled; nearness", "spearman_pooled", "spearman_pooled_of_nearness", "pairs", False),
            ("W, error; constant", "error", "error_of_constant", "pairs", True),
            ("W, error; words", "error", "error_of_words", "pairs", True),
            ("W, error; nearness", "error", "error_of_nearness", "pairs", True),
            ("W, error rescaled; nearness", "error_rescaled", "error_of_nearness", "pairs", True),
        )
    ]


ROWS = (*_rows("dev"), *_rows("held"), Row("goals without an answer", "unanswered", goal=0, lower=True))


def ask(goal: Goal, door: Door) -> Answer:
    """The captions and the similarity of a goal."""
    captions = recaption(goal.actions, door)
    matrix, _ = relate(goal.actions, captions, door)
    return Answer(captions, np.array(matrix))


def measure(data: Path, door: Door, limit: int | None = None) -> dict[str, Any]:
    """All figures, for even-indexed goals ("dev") and odd-indexed ones ("held")."""
    goals = evenly(list(enumerate(read_goals(data / FILE))), limit)
    given = answers(lambda pair: ask(pair[1], door), goals)
    figures: dict[str, Any] = {"unanswered": sum(answer is None for answer in given), "misses": []}
    for name, parity in (("dev", 0), ("held", 1)):
        pairs = [
            (goal, answer)
            for (index, goal), answer in zip(goals, given, strict=True)
            if index % 2 == parity and answer is not None
        ]
        relations = [(goal.actions, goal.relation, answer.relation) for goal, answer in pairs]
        figures[name] = {**state_figures(pairs), **link_figures(pairs), **relation_figures(relations)}
        if name == "dev":
            figures["misses"] = [miss for goal, answer in pairs for miss in instruction_misses(goal, answer)]
    return figures


def state_figures(pairs: list[tuple[Goal, Answer]]) -> dict[str, Any]:
    """How often a state names the main object; how often the action and GPT-4's own state do."""
    steps = [
        (goal.objects[i][0].name, answer.captions[i].state, goal.actions[i], goal.states[i])
        for goal, answer in pairs
        for i in range(len(goal.actions))
        if goal.objects[i]
    ]
    return {
        "steps": len(steps),
        "state": share([text_names(ours, main) for main, ours, _, _ in steps]),
        "state_of_action": share([text_names(action, main) for main, _, action, _ in steps]),
        "state_of_gpt4": share([text_names(theirs, main) for main, _, _, theirs in steps]),
    }


def link_figures(pairs: list[tuple[Goal, Answer]]) -> dict[str, Any]:
    """How right the links are, on those of GPT-4's objects that we name."""
    everything = 0
    kind: list[bool] = []
    plain: list[bool] = []
    step: list[bool] = []
    strict: list[bool] = []
    for goal, answer in pairs:
        for i, gold in enumerate(goal.objects):
            everything += len(gold)
            for item, ours in matched(gold, answer.captions[i].objects):
                kind.append((ours.link == "similar") == item.similar)
                plain.append(in_earlier_action(goal, item.name, i) == item.similar)
                if item.similar and item.step and ours.link == "similar":
                    step.append(ours.step in right_steps(goal, item, i))
                    strict.append(ours.step == item.step)
    return {
        "objects": everything,
        "named_objects": len(kind),
        "named": len(kind) / everything if everything else None,
        "link": share(kind),
        "link_of_earlier_word": share(plain),
        "similar_objects": len(step),
        "link_step": share(step),
        "link_step_strict": share(strict),
    }
