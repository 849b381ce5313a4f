"""What a how-to is about: the car of "Wash the car by hand", which its steps need not name again."""

import re
from dataclasses import dataclass, replace

from agents.embedded.reading.clearer import clarified
from agents.embedded.reading.instructions import clauses_of
from agents.embedded.reading.language import Phrase, is_adverb, phrase_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import starts_noun
from agents.embedded.reading.words import joined, preposition_at, words_of

_MAKING = frozenset(
    "make grow sow build bake cook knit crochet sew brew fold roll light start draw write mix boil create construct "
    "assemble pitch".split()
)
"""Verbs whose object is there at the end and need not be at the beginning."""
_FLAWS = frozenset(
    "hole crack stain leak scratch dent tear clog wine grease wax gum ink mud mould mildew rust limescale".split()
)
"""What is gone at the end: the topic is what it was in."""
_MEASURE = re.compile(
    r"^((?:make|mix|brew|prepare|bake|cook|roast|grow|blend|boil|whip up|stir up) )(?:an? |the |some )?(?:\w+ )?"
    r"(?:batch|pitcher|jug|pot|stack|dozen|round|tray|pan|sheet|bowl|loaf|glass|cup|mug) of (?=\w)",
    re.IGNORECASE,
)
"""What is made is not the pitcher, but the sangria in it."""
_WHERE = re.compile(
    r"(?<=\w),? (?:at home|from scratch|for (?=\w)|in (?=an? )|with (?=\w)|the (?:easy|right|quick) way)"
)
"""What follows the noun of a goal that has no verb."""
_ASKED = re.compile(r"^\s*(?:how (?:to|do i|do you|can i|would i)|a guide to|show me how to)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """What a goal's verb acts on.

    Attributes:
        phrase: the noun phrase.
        verb: the goal's verb; "" if the goal has none.
        made: whether it is there only once it has been made.
        flaw: what is wrong with it: the hole in a wall.
    """

    phrase: Phrase
    verb: str
    made: bool
    flaw: str = ""


def topic_of(goal: str) -> Topic | None:
    """The topic of a goal, None if it names nothing: of a flaw, what it is in; of a goal without a verb, its noun."""
    asked = _ASKED.match(goal) is not None
    goal = clarified(_MEASURE.sub(r"\1", _ASKED.sub("", goal)), goal)
    clauses = clauses_of(goal)
    first = joined(words_of(goal), 0, 1)
    if not clauses and asked and starts_noun(words_of(goal), 1):  # a verb that the tables do not know
        rest = goal[len(first) :]
        phrase = _first_phrase(rest, 0, "thing", "substance") or _first_phrase(rest, 0)
        return Topic(_unless_part(rest, phrase, "thing"), first, _is_making(first)) if phrase else None
    if not clauses:
        goal = _WHERE.split(goal)[0]
        phrase = _first_phrase(goal, 0, "thing", "substance") or _first_phrase(goal, 0)
        return Topic(_as_made(_unless_part(goal, phrase, "thing", "substance")), "", True) if phrase else None
    clause, verb = clauses[0], clauses[0].verb
    while len(clauses) > 1 and clause.words[-1].start > clauses[1].words[0].start:  # "fold and fry dumplings"
        clause = clauses.pop(1)
        goal = goal[clause.words[0].start :]
    phrase = next((phrase for phrase in clause.objects if phrase.kind != "pronoun"), None)
    flaw = phrase.word if phrase and is_flaw(phrase) else ""
    if phrase and flaw:
        around = [place for preposition, place in clause.places if preposition in ("in", "on", "from")]
        unknown = _first_phrase(goal, phrase.end)  # "in drywall"
        phrase = next(iter(around), unknown or phrase)
    if phrase is None and joined(words_of(goal), clause.after, 1) != "with":  # with what is not about what
        phrase = _first_phrase(goal, clause.after)
    if phrase is None:
        return None
    made = _is_making(verb)
    last = clause.objects[-1] if clause.objects else phrase
    if made and last is not phrase and _goes_on(goal, last.end):  # "make ginger and lemon cordial"
        words = words_of(goal)[phrase.start : last.end + 1]
        whole = goal[words[0].start : words[-1].end]
        return Topic(replace(phrase, kind="other", word=whole, name=whole, end=last.end + 1), verb, made)
    phrase = _unless_part(goal, phrase, "thing")
    return Topic(_as_made(phrase) if made else phrase, verb, made, flaw)


def is_flaw(phrase: Phrase) -> bool:
    """Whether a phrase names what may be wrong with a thing."""
    return bool({phrase.word, phrase.name.split()[-1]} & _FLAWS)


def _unless_part(goal: str, phrase: Phrase, *kinds: str) -> Phrase:
    """A phrase, of unknown kind if more follows: of "a bird feeder", only the bird is known."""
    if phrase.kind not in kinds or not _goes_on(goal, phrase.end):
        return phrase
    words, end = words_of(goal), phrase.end
    while _goes_on(goal, end):
        end += 1
    whole = f"{phrase.name} {joined(words, phrase.end, end - phrase.end)}"
    return replace(phrase, kind="other", word=whole, name=whole, end=end)


def _as_made(phrase: Phrase) -> Phrase:
    """Bread that is made is a loaf."""
    is_loaf = phrase.kind == "thing" and phrase.name == "bread"
    return replace(phrase, word="loaf", name="loaf") if is_loaf else phrase


def _goes_on(text: str, end: int) -> bool:
    """Whether a noun follows that is not known."""
    words = words_of(text)
    following = joined(words, end, 1)
    if not following.isalpha() or following in lexicon().words["determiners"] | {"like"}:
        return False
    return starts_noun(words, end) and not is_adverb(words[end].text)


def _is_making(verb: str) -> bool:
    return verb.split()[0] in _MAKING or verb in ("put up", "set up")


def _first_phrase(text: str, start: int, *kinds: str) -> Phrase | None:
    """The first noun phrase of any of some kinds, past what is no part of one: the jacket of "a down jacket"."""
    words = words_of(text)
    for i in range(start, len(words)):
        determiner = words[i].text in lexicon().words["determiners"]
        phrase = None if determiner and preposition_at(words, i + 1) else phrase_at(words, i)
        if phrase and phrase.name and phrase.kind in (kinds or ("thing", "substance", "other")):
            return phrase
    return None
