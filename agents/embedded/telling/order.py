"""Instructions that contradict each other: what is used after it was thrown away, or before it is made (row V9)."""

from typing import NamedTuple

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.instructions import clauses_of
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.telling.story import follow
from agents.embedded.world.world import World

_MAKING = frozenset(("show", "bake", "stir", "beat", "blend", "knead", "fold", "boil", "roll", "cut", "press"))
"""Effects that bring about what they name: "make a dough", "mix it into a dough"."""


class _Mention(NamedTuple):
    step: int
    definite: bool
    made: bool


def contradictions(instructions: list[str]) -> list[str]:
    """A line for each use of a thing that is gone, or not there yet: which step, which thing, and why."""
    return [*_used_when_gone(instructions), *_used_before_made(instructions)]


def _used_when_gone(instructions: list[str]) -> list[str]:
    world, found = World(), []
    gone: dict[str, tuple[int, str]] = {}
    for number, instruction in enumerate(instructions, 1):
        for phrase in _phrases(instruction):
            if phrase.kind == "thing" and phrase.definite and not phrase.fresh and phrase.word in gone:
                step, verb = gone.pop(phrase.word)
                found.append(f"step {number} uses the {phrase.name}, but step {step} says to {verb} the {phrase.name}")
        follow(world, instruction)
        gone |= {noun: (number, verb) for noun, verb in world.gone.items() if world.last(noun) is None}
        world.gone = {}
    return found


def _used_before_made(instructions: list[str]) -> list[str]:
    mentions: dict[str, list[_Mention]] = {}
    for number, instruction in enumerate(instructions, 1):
        for clause in clauses_of(instruction):
            for phrase in _of_clause(clause):
                if phrase.word in lexicon().made_of:
                    made = not phrase.definite and clause.effect in _MAKING
                    mentions.setdefault(phrase.word, []).append(_Mention(number, phrase.definite, made))
    found = []
    for word, listed in mentions.items():
        making = next((mention.step for mention in listed if mention.made), None)
        if making and listed[0].definite and listed[0].step < making:
            found.append(f"step {listed[0].step} uses the {word}, which is only made in step {making}")
    return found


def _phrases(instruction: str) -> list[Phrase]:
    return [phrase for clause in clauses_of(instruction) for phrase in _of_clause(clause)]


def _of_clause(clause: Clause) -> list[Phrase]:
    return [*clause.objects, *(phrase for _, phrase in clause.places)]
