"""Asks the Painter in a person's words: synonyms become the words that it knows, others are refused by name."""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from models.painter.outlines import SHAPES
from models.painter.placing import Placement, moved, together
from models.painter.scenes import RELATIONS
from tools.canvas import Sketch, Stroke
from tools.layout import Box
from tools.strokes import PAINTER, category_of
from tools.vocabulary import LONGEST_NAME, vocabulary

if TYPE_CHECKING:
    from models.painter.predictor import PainterPredictor

MOST_THINGS = 4
"""In a sentence."""
JOINING = {"a", "an", "the", "and", "with", "is", "are", "that", "which"}
"""Words of a sentence that name nothing."""
TAUGHT_RELATION = {"on": "above", "in": "inside"}
"""Relations of scenes that the Painter knows under another name."""


class UnknownCategory(ValueError):
    """A word that the Painter has not learned, in one line with those nearest to it."""


class Wish(NamedTuple):
    """What is to be drawn: categories or nouns of the vocabulary, and how they are placed."""

    words: list[str]
    placements: list[Placement]


def without_article(phrase: str) -> str:
    """A phrase in small letters without its first article, if it has one."""
    return re.sub(r"^(a|an|the)\s+", "", " ".join(phrase.lower().split()))


def category(painter: "PainterPredictor", phrase: str) -> str | None:
    """The category that a phrase names, by its own name or as the vocabulary's synonym, or None."""
    for name in (" ".join(phrase.lower().split()), without_article(phrase)):
        if name in painter.words:
            return name
    noun = vocabulary().find_noun(name)
    shown = category_of(noun) if noun and name not in vocabulary().stand_ins else None
    return shown.lower() if shown and shown.lower() in painter.words else None


def drawable(painter: "PainterPredictor", phrase: str) -> str | None:
    """The category of a phrase's own name, else the noun whose outlines the Painter has learned, else its category."""
    name = without_article(phrase)
    if name in painter.words or name in vocabulary().stand_ins:
        return category(painter, phrase)
    noun = vocabulary().find_noun(name)
    return noun if noun in painter.outlines else category(painter, phrase)


def known(painter: "PainterPredictor", phrase: str) -> str:
    """The category that a phrase names.

    Raises:
        UnknownCategory: if there is none.
    """
    if found := category(painter, phrase):
        return found
    name = without_article(phrase)
    near = get_close_matches(name, painter.words, 3, 0.6) or sorted(painter.words)[:: max(1, len(painter.words) // 5)]
    raise UnknownCategory(
        f"the Painter has not learned {name[:60]!r}: choose one of its {len(painter.words)} words, such as "
        f"{', '.join(near[:5])}; or let --strokes llm draw it"
    )


def wish(painter: "PainterPredictor", text: str) -> Wish:
    """What a text asks for: one thing, or several and how they are placed ("a kitten to the left of a puppy").

    Raises:
        UnknownCategory: if it names something that the Painter has not learned.
        ValueError: if it names nothing, or too many things.
    """
    words, place = _with_taught_relations(" ".join(re.findall(r"[\w'-]+", text.lower()))).split(), 0
    found: list[str] = []
    kept: list[str] = []
    while place < len(words):
        count, named = _longest(painter, words[place:])
        if named and named in found and kept[-1:] != ["the"]:
            raise ValueError(f"{named!r} twice: a sketch has each thing once; say 'the {named}' for the same one")
        if named and named not in found:
            found.append(named)
        kept.append(named or " ".join(words[place : place + count]))
        place += count
    if not found:
        raise ValueError(f'{text[:60]!r} names nothing to draw: say what, such as "a cat left of a dog"')
    if len(found) > MOST_THINGS:
        raise ValueError(f"{len(found)} things in one sketch: at most {MOST_THINGS}; leave some out")
    return Wish(found, _placements(found, kept))


def _placements(things: list[str], phrases: list[str]) -> list[Placement]:
    """What the phrases of a sentence say of places: "a cat left of a dog and above a sun", "a dog with a sun above"."""
    found: list[Placement] = []
    named: list[int] = []
    waiting: list[tuple[int | None, str]] = []  # relations, each of what, that lack what they are to
    for place, phrase in enumerate(phrases):
        if phrase in RELATIONS:
            again = place > 0 and phrases[place - 1] == "and" and found and not waiting
            waiting.append((found[-1].thing if again else named[-1] if named else None, phrase))
            after = phrases[place + 1 : place + 3]
            lacks = not after or (after[0] == "and" and after[-1] not in RELATIONS)
            if lacks and len(named) > 1:  # "a dog with a sun above"
                found += [Placement(named[-1], relation, named[0]) for _, relation in waiting]
                waiting = []
        elif phrase in things:
            thing = things.index(phrase)
            if waiting and waiting[0][0] is None and not named:  # "above the dog a cat"
                named.append(thing)
                continue
            for subject, relation in waiting:
                pair = (thing, named[-1]) if subject is None else (subject, thing)
                found += [Placement(pair[0], relation, pair[1])] if pair[0] != pair[1] else []
            waiting = []
            named.append(thing)
    return found


def _with_taught_relations(text: str) -> str:
    relations = vocabulary().relations.items()
    taught = {said: TAUGHT_RELATION.get(name, name) for name, others in relations for said in (name, *others)}
    longest_first = sorted(taught.keys() - JOINING, key=len, reverse=True)
    return re.sub(rf"\b({'|'.join(longest_first)})\b", lambda found: taught[found[1]], text)


def _longest(painter: "PainterPredictor", words: list[str]) -> tuple[int, str | None]:
    """How many words come first that belong together, and the category if they name one."""
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in painter.words:
            return count, phrase
        if phrase in RELATIONS or phrase in JOINING:
            return count, None
        if words[0] not in JOINING and (found := drawable(painter, phrase)):
            return count, found
    return 1, known(painter, words[0])


def draw(painter: "PainterPredictor", text: str, box: Box | None, seeds: list[int]) -> list[Sketch]:
    """A sketch of what a text asks for, for each seed; several things are drawn one by one and placed as it says.

    Raises:
        ValueError: as for `wish`, if a box is given for several things, or if what is said of places cannot hold.
    """
    words, placements = wish(painter, text)
    if box and len(words) > 1:
        raise ValueError(f"a box for {len(words)} things: give it for one, or leave out --box")
    drawn = []
    for seed in seeds:
        things = _things(painter, words, box, seed)
        drawn.append(things[0] if len(words) == 1 else together(things, placements, seed))
    return [Sketch(strokes=strokes, source=PAINTER) for strokes in drawn]


def _things(painter: "PainterPredictor", words: list[str], box: Box | None, seed: int) -> list[list[Stroke]]:
    """Categories as people draw them, nouns of the vocabulary as its drawings show them; large, or in a box."""
    categories = [word for word in words if word in painter.words]
    count = len(categories)
    sketched = painter.draw_each(categories, [box] * count, None, [seed] * count) if categories else []
    things = dict(zip(categories, sketched, strict=True))
    for noun in words:
        if noun not in things:
            strokes = painter.outline(noun, (), seed % SHAPES, seed)
            things[noun] = moved(strokes, box) if box else strokes
    return [things[word] for word in words]


def thing_or_part(painter: "PainterPredictor", phrase: str) -> str:
    """A thing, or a part of one, as the Painter is asked for it: "the wheels of the van" → "wheels of the van".

    Raises:
        UnknownCategory: if the thing is unknown.
    """
    part, of, thing = without_article(phrase).rpartition(" of ")
    if not of or category(painter, phrase):
        return known(painter, phrase)
    return f"{part} of the {known(painter, thing)}"
