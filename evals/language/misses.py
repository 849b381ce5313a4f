"""What goes wrong on the goals of arXiv 2406.04337, by what stood in the way, for whoever mends the rules."""

import numpy as np

from evals.language.figures import Miss
from evals.language.goals import Answer, Goal, in_earlier_action, matched, right_steps
from evals.language.names import rows_of, same, text_names

FAR = 0.35
"""How far from GPT-4's a value of similarity must be to be listed."""


def instruction_misses(goal: Goal, answer: Answer) -> list[Miss]:
    """All misses of a goal."""
    return [*state_misses(goal, answer), *link_misses(goal, answer), *relation_misses(goal, answer)]


def state_misses(goal: Goal, answer: Answer) -> list[Miss]:
    """Steps whose state does not name the main object."""
    misses = []
    for i, (caption, gold) in enumerate(zip(answer.captions, goal.objects, strict=True)):
        if gold and not text_names(caption.state, main := gold[0].name):
            kind = f"state does not name the main object, {_spoken(goal, main, i)}" if caption.state else "no state"
            case = f"{main!r}: {goal.actions[i]} → {caption.state}"
            misses.append(Miss(kind, f"{goal.title}, step {i + 1}", case))
    return misses


def _spoken(goal: Goal, name: str, step: int) -> str:
    """Where the actions speak of a thing, and whether the vocabulary has it."""
    known = "known" if rows_of(name) else "unknown"
    if text_names(goal.actions[step], name):
        return f"{known}, in the action"
    earlier = any(text_names(action, name) for action in goal.actions[:step])
    return f"{known}, in an earlier action only" if earlier else f"{known}, in no action so far"


def link_misses(goal: Goal, answer: Answer) -> list[Miss]:
    """GPT-4's objects that we do not name, and links that differ."""
    misses = []
    for i, gold in enumerate(goal.objects):
        where, caption = f"{goal.title}, step {i + 1}", answer.captions[i]
        found = matched(gold, caption.objects)
        shown = ", ".join(item.name for item in caption.objects)
        for item in gold:
            if not any(item is other for other, _ in found):
                told = "our state names it" if text_names(caption.state, item.name) else "nor in our state"
                kind = f"object not among ours, {told}, {_spoken(goal, item.name, i)}"
                misses.append(Miss(kind, where, f"{item.name!r}: {goal.actions[i]} → {shown}"))
        for item, ours in found:
            case = f"{item.name!r} is {_told(item.similar, item.step)}, ours {_told(ours.link == 'similar', ours.step)}"
            kind = _link_kind(goal, i, item.similar, ours.link == "similar", item.name)
            if not kind and item.similar and item.step and ours.step not in right_steps(goal, item, i):
                kind = f"link to {'a later' if (ours.step or 0) > item.step else 'an earlier'} step"
            if kind:
                misses.append(Miss(kind, where, f"{case}: {goal.actions[i]}"))
    return misses


def _link_kind(goal: Goal, step: int, gold: bool, ours: bool, name: str) -> str:
    """What is wrong with a link's being similar, nothing if nothing is."""
    earlier = "an earlier action names it" if in_earlier_action(goal, name, step) else "no earlier action names it"
    return "" if gold == ours else f"{_told(gold)} called {_told(ours)}, {earlier}"


def _told(similar: bool, step: int | None = None) -> str:
    return f"similar to {step}" if similar and step else "similar" if similar else "new"


def relation_misses(goal: Goal, answer: Answer) -> list[Miss]:
    """Pairs of steps whose similarity is far from GPT-4's, by how far they are apart and what they share."""
    misses = []
    for i, j in zip(*np.triu_indices(len(goal.actions), 1), strict=True):
        theirs, ours = goal.relation[i, j], answer.relation[i, j]
        if abs(ours - theirs) < FAR:
            continue
        shared = [one.name for one in goal.objects[j] if any(same(one.name, other.name) for other in goal.objects[i])]
        shown = [any(same(name, item.name) for item in answer.captions[k].objects) for name in shared for k in (i, j)]
        share = "GPT-4 has no object in both" if not shared else "both of ours show the object" if all(shown) else ""
        share = share or "ours lack the object that GPT-4 has in both"
        way = "too high" if ours > theirs else "0" if ours == 0 else "too low"
        kind = f"similarity {way}, {'neighbours' if j == i + 1 else 'further apart'}, {share}"
        case = f"{theirs:.2f}, ours {ours:.2f} {shared}: {goal.actions[i]} | {goal.actions[j]}"
        misses.append(Miss(kind, f"{goal.title}, steps {i + 1} and {j + 1}", case))
    return misses
