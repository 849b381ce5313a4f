"""Re-captions by rule: each step's action and the state after it."""

import re

from agents.embedded.reading.clearer import clarified
from agents.embedded.reading.instructions import clauses_of, cleaned
from agents.embedded.reading.language import phrase_at, unknown_verb_at, verb_at
from agents.embedded.reading.words import PREPOSITIONS, joined, singular, words_of
from agents.embedded.telling.lasting import with_looks
from agents.embedded.telling.looks import looks_of
from agents.embedded.telling.naming import head_of, names_in
from agents.embedded.telling.story import Step, follow
from agents.embedded.telling.subjects import is_slices
from agents.embedded.world.world import World
from agents.recaptioner import LinkedObject, Recaption

_POURED_EGGS = re.compile(
    r"\b((?:pour|tip|add) the) eggs\b|\b(the) eggs(?= are (?:poured|tipped|added)\b)", re.IGNORECASE
)
"""The eggs that are poured once they were beaten."""
_AGAIN = re.compile(
    r"(?:repeat|do) (?:(?:this|that|it)\b(?! yourself)|(?:\d+|two|three|a few|several) (?:more )?times\b)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"^wait (?:until|till) (?:the|your) ([^.,;]+? (?:is|are|has|have|turns?|starts?|looks?) [^.,;]+)", re.IGNORECASE
)


def recaption(instructions: list[str], captions: list[Recaption], goal: str = "") -> Recaption:
    """The re-caption of the last instruction of a how-to with this goal, after those before it and their captions."""
    earlier = ["\n".join(instructions[:number]) for number in range(len(instructions))]
    instructions = [clarified(text, goal, before) for text, before in zip(instructions, earlier, strict=True)]
    world, steps = retold(instructions[:-1], captions, goal)
    world.turn_page()
    beaten = "egg" in world.mixed and ((egg := world.last("egg")) is None or egg.place is None)
    action = _in_full(world, _resolved(world, cleaned(instructions[-1])))
    step = follow(world, instructions[-1])
    step.told = step.told or _awaited(instructions[-1]) or _repeated(instructions[-1], steps)
    if beaten and step.told:
        action, step.told = (_POURED_EGGS.sub(_as_beaten, text) for text in (action, step.told))
    if steps:
        action, step.told = (with_looks(text, steps[-1], step) for text in (action, step.told))
    seen = {identity: number for number, earlier in enumerate(steps, 1) for identity in earlier.shown}
    state = " ".join(filter(None, (step.told, looks_of(step, set(seen))))) or _as_before(instructions[-1], steps)
    return Recaption(action=action, state=state, objects=_linked(step, steps, instructions))


def _as_beaten(eggs: re.Match) -> str:
    return f"{eggs[1] or eggs[2]} beaten eggs"


def _awaited(instruction: str) -> str:
    """What is so once one has waited for it: "Wait until the roots are long." → "The roots are long."; else ""."""
    found = _UNTIL.match(instruction)
    return f"The {found.group(1)}." if found else ""


def _repeated(instruction: str, before: list[Step]) -> str:
    """What was done in the step before, if this one is to repeat it."""
    again = _AGAIN.match(instruction)
    return before[-1].told if before and again else ""


def _as_before(instruction: str, before: list[Step]) -> str:
    """The state after an instruction of which nothing is known: to wait changes nothing, all else is as it says."""
    clauses = clauses_of(instruction)
    waits = bool(clauses) and all(clause.effect == "wait" for clause in clauses)
    told = (earlier.told for earlier in reversed(before) if earlier.told and waits)
    return next(told, cleaned(instruction))


def _linked(step: Step, before: list[Step], instructions: list[str]) -> list[LinkedObject]:
    """What the step shows, each thing linked to the latest earlier step that showed or named it.

    What this instruction is the first to name is new, even if an earlier picture showed one: "a knife" for "slice".
    So is what it tells apart from another of its kind by its colour.
    """
    seen = {identity: number for number, earlier in enumerate(before, 1) for identity in earlier.shown}
    known = before[-1].things if before else {}
    others = {(thing.noun, thing.colour) for thing in known.values() if thing.colour}
    named = [names_in(instruction) for instruction in instructions]
    links = []
    for thing in (step.things[identity] for identity in step.shown):
        names = {thing.noun, head_of(thing.name)}
        earlier = [number for number, words in enumerate(named[:-1], 1) if names & words]
        first = (names & named[-1] and not earlier) or (
            thing.id not in known and any(noun == thing.noun and thing.colour not in (None, c) for noun, c in others)
        )
        number = None if first else seen.get(thing.id) or (earlier[-1] if earlier else None)
        links.append(LinkedObject(name=thing.name, link="similar" if number else "new", step=number))
    return links


def retold(instructions: list[str], captions: list[Recaption], goal: str = "") -> tuple[World, list[Step]]:
    """The world after the instructions, and their steps. A colour that a caption names stays with its thing."""
    world, steps = World(goal), []
    for number, instruction in enumerate(instructions):
        steps.append(follow(world, instruction))
        if number < len(captions):
            _recolour(world, captions[number])
    return world, steps


def _recolour(world: World, caption: Recaption) -> None:
    words = words_of(caption.state)
    for phrase in filter(None, (phrase_at(words, i) for i in range(len(words)))):
        if phrase.kind == "thing" and phrase.colour and (thing := world.last(phrase.word)):
            thing.colour = phrase.colour


def _in_full(world: World, action: str) -> str:
    """The action with "the slices" in full: "the cucumber slices"."""
    words, cut = words_of(action), world.discourse.cut
    for i in reversed(range(len(words) - 1)) if cut else []:
        alone = joined(words, i + 2, 1) != "of" and words[i].text not in ("a", "an", "some")
        if alone and is_slices(joined(words, i, 2)):
            action = f"{action[: words[i + 1].start]}{singular(cut.name)} {action[words[i + 1].start :]}"
    return action


def _resolved(world: World, action: str) -> str:
    """The action with its pronouns named; an "it" of the action's own ("until it boils") stays."""
    parts, at = [], 0
    words = words_of(action)
    verb = (verb_at(words, 0) or unknown_verb_at(words, 0) or ("", 0))[0]
    named = stuff = False
    for i, word in enumerate(words[1:], 1):
        if word.text in ("until", "when", "once", "while"):
            break
        phrase = phrase_at(words, i)
        named = named or bool(phrase and (phrase.kind == "thing" or (phrase.kind == "other" and phrase.article)))
        stuff = stuff or bool(phrase and phrase.kind == "substance" and phrase.article)
        acted_on = stuff and words[i - 1].text not in PREPOSITIONS  # "turn the water on and check it"
        if phrase is None or phrase.kind != "pronoun" or named or acted_on or word.text == "everything":
            continue
        into = words[i - 1].text in ("in", "into", "on", "onto", "over", "to", "fill", "refill")
        if mention := world.discourse.meant(phrase.word, verb, into=into):
            parts += [action[at : word.start], mention.name]
            at = word.end
    return "".join(parts) + action[at:]
