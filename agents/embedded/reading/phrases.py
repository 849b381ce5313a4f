"""Noun phrases, read by rule: "two sliced red apples", "a cup of hot tea", "it"."""

import re
from dataclasses import dataclass, field
from typing import Literal

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.senses import sense_at
from agents.embedded.reading.word_classes import DEGREES, between_adjectives, describes, goes_on, is_bidden, is_look
from agents.embedded.reading.word_classes import starts_noun as starts_noun
from agents.embedded.reading.words import NUMBERS, Word, joined, longest, name_length
from tools.vocabulary import vocabulary

DEEPEST = 2
"""A bowl of slices of lemon is read, what goes on after that is not."""
_SIZES = ("mm", "cm", "m", "inch", "ml", "g", "kg", "litre", "liter", "watt", "volt")
_AFTER = ("back", "apart", "upside", "inside", "aside", "underneath", "on", "off")
"""What ends a noun phrase of unknown words: "the lid back"."""
_NO_NOUNS = ("adverbs", "determiners", "adjectives", "copulas", "functions", "pronouns")
_RESULTS = ("dry", "clean", "warm", "cool", "still", "up", "down", "calm")
"""What "her" may be after something is done: "pat her dry"."""
_ARTICLES = ("a", "an", "the", "some", "another")
_SERVED = ("tea", "coffee", "cocoa", "soup", "porridge", "lemonade", "juice")
"""What is in cups where there are cups of it; cups of other things measure it out."""
_STOCKS = ("stock", "broth")
_POURED = ("water", "milk")
"""A cup of it may be a cup, two cups are not."""
_TRACES = (
    "splash",
    "tablespoon",
    "teaspoon",
    "spoonful",
    "pinch",
    "drop",
    "dash",
    "squeeze",
    "knob",
    "sprinkle",
    "squirt",
)
"""Measures of what is not seen among more."""
_WEIGHT = re.compile(r"\d+[a-z]+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_ADVERB_ENDINGS = ("ly", "wise", "wards")

_BODY = ("hand", "human head", "human foot")
_WHOLES = ("appliances", "vehicles", "rooms", "furniture")
"""Kinds of things that stand for their parts."""


@dataclass(eq=False)
class Phrase:
    """A noun phrase: "two sliced red apples", "a cup of hot tea", "it".

    Attributes:
        kind: a thing of the vocabulary, a substance, the ground, a pronoun, or a word that cannot be drawn.
        word: the noun, the substance, the ground, or the word itself.
        name: what the text called it; "" for what "on top" leaves unsaid.
        count: 0 if the text does not say.
        content: the phrase of what is in it, or "nothing" if it is said to be empty.
        article: whether a determiner begins it.
        fresh: "another cup" is not the cup of before.
        which: "old" or "new".
        marked: whether something says that it is a noun: a determiner, a number or a plural.
        trace: whether there is only a little of it: "a pinch of salt".
        exact: whether no word of it was passed over: of "tomato mixture", only the tomato is known.
        start, end: the positions of its first word and after its last.
    """

    kind: Literal["thing", "substance", "ground", "pronoun", "other"]
    word: str
    name: str
    count: int = 0
    plural: bool = False
    colour: str | None = None
    states: list[str] = field(default_factory=list)
    content: "Phrase | Literal['nothing'] | None" = None
    definite: bool = False
    fresh: bool = False
    article: bool = False
    which: str | None = None
    marked: bool = False
    exact: bool = True
    trace: bool = False
    start: int = 0
    end: int = 0


def phrase_at(words: list[Word], i: int, depth: int = 0) -> Phrase | None:
    """The noun phrase that starts at word `i`, if one does; `depth` says within how many others it stands."""
    phrase = Phrase("other", "", "", start=i)
    if is_bidden(words, i):
        return None
    i = _modifiers(words, i, phrase)
    if i >= len(words):
        return None
    owned = starts_noun(words, phrase.start + 1) and joined(words, phrase.start + 1, 1) not in (*_ARTICLES, *_RESULTS)
    if words[phrase.start].text == "her" and not owned:  # "give her a treat"
        return Phrase("pronoun", "her", "her", start=phrase.start, end=phrase.start + 1)
    if words[i].text in lexicon().words["pronouns"] and i == phrase.start:
        plural = words[i].text in ("them", "they", "these")
        return Phrase("pronoun", words[i].text, words[i].text, plural=plural, start=i, end=i + 1)
    if depth < DEEPEST and (measured := _measured(words, i, phrase, depth)):
        return measured
    i = _head(words, i, phrase)
    if not phrase.word:
        return None
    phrase.end = _owned(words, i, phrase)
    if depth < DEEPEST:
        _contents(words, phrase, depth)
    return phrase


def _owned(words: list[Word], i: int, phrase: Phrase) -> int:
    """What has no picture is seen on whose it is: "the dog's coat" is the dog. Returns where that ends."""
    body = phrase.word in _BODY and i > 1 and words[i - 2].text.endswith("'s")  # "the dog's face"
    owner, mark, rest = words[i - 2].text.partition("'s") if body else phrase.word.partition("'s")
    noun = vocabulary().find_noun(owner.split()[-1]) if (phrase.kind == "other" or body) and mark else None
    if noun is None:
        return i
    phrase.kind, phrase.word, phrase.name, phrase.plural, phrase.exact = "thing", noun, owner, False, False
    return i if rest or not starts_noun(words, i) else i + 1


def _modifiers(words: list[Word], i: int, phrase: Phrase) -> int:
    """Reads determiners, numbers, colours, looks and other adjectives; returns where the head must start."""
    table, known = lexicon(), vocabulary()
    while i < len(words):
        word = words[i].text
        if name_length(words, i) > 1:
            return i
        if word in table.words["determiners"] or word in table.words["fresh"]:
            phrase.article = True
            phrase.definite |= word not in ("a", "an", "some", "any", "another")
            phrase.fresh |= word in table.words["fresh"]
            phrase.marked = True
            if joined(words, i + 1, 1) == "of" and joined(words, i + 2, 1) in table.words["determiners"]:
                i += 1  # "all of the eggs"
            if word in ("these", "this") and (i + 1 == len(words) or not starts_noun(words, i + 1)):
                return i
        elif word == "one" and phrase.which and not starts_noun(words, i + 1):
            return i
        elif word in NUMBERS or (word.isdecimal() and len(word) < 5):
            phrase.count = min(6, max(1, NUMBERS.get(word) or int(word)))
            phrase.marked = True
            if joined(words, i + 1, 1) == "of":
                i += 1
            if joined(words, i + 1, 1).isdecimal() and joined(words, i + 2, 1) in _SIZES:
                i += 2  # "a pair of 8 mm needles"
        elif _DECIMAL.fullmatch(word):
            phrase.marked = True
        elif known.find_colour(word) and goes_on(words, i + 1):
            phrase.colour = known.find_colour(word)
        elif (state := table.looks.get(word)) and goes_on(words, i + 1):
            phrase.states.append(state)
        elif word == "empty" and starts_noun(words, i + 1):
            phrase.content = "nothing"
        elif word.endswith("-filled") and starts_noun(words, i + 1):
            substance = known.find_substance(word.removesuffix("-filled"))
            phrase.content = Phrase("substance", substance, substance) if substance else None
        elif (word in DEGREES or word.endswith("ly")) and i + 1 < len(words) and is_look(words, i + 1):
            pass
        elif word in (",", "and", "or") and _may_go_on(words, phrase) and between_adjectives(words, i):
            pass
        elif not (describes(words, i) and goes_on(words, i + 1)):
            return i
        elif word in ("old", "new"):
            phrase.which = word
        i += 1
    return i


def _may_go_on(words: list[Word], phrase: Phrase) -> bool:
    """Whether what was read so far begins a noun phrase for sure: it has a determiner, or follows its verb."""
    i = phrase.start
    return phrase.marked or (i > 0 and words[i - 1].text.isalpha() and words[i - 1].text not in ("and", "or", "then"))


def is_cut(phrase: Phrase) -> bool:
    """Whether a phrase only says how something was cut: "the chunks"."""
    return phrase.kind == "other" and phrase.name.removesuffix("s") in lexicon().words["cut_units"]


def _measured(words: list[Word], i: int, phrase: Phrase, depth: int) -> Phrase | None:
    """The thing that is measured out: the lemon of "a slice of lemon", the honey of "two spoons of honey"."""
    table = lexicon()
    if name_length(words, i) > 1 or joined(words, phrase.start - 1, 1) in ("open", "close", "shake") and phrase.start:
        return None  # "open a can of tuna"
    unit = words[i].text if words[i].text in table.words["units"] else words[i].text.removesuffix("s")
    known = unit in table.words["units"] or name_length(words, i)
    unit = "handful" if unit.endswith("ful") and not known else unit  # a capful, two scoopfuls
    half = unit in ("half", "quarter") and joined(words, i + 1, 1) in table.words["determiners"]
    weighed = bool(phrase.count and not name_length(words, i)) or _WEIGHT.fullmatch(words[i].text) is not None
    cups = unit == "cup" and not phrase.definite
    if not (unit in table.words["units"] or weighed or cups) or not (half or joined(words, i + 1, 1) == "of"):
        return None
    inner = phrase_at(words, i + (1 if half else 2), depth + 1)
    if inner is None or inner.kind in ("pronoun", "ground"):
        return None
    served = inner.word in _SERVED and not inner.name.endswith(_STOCKS)
    if cups and (served or inner.word in _POURED and phrase.article):
        return None
    inner.start, inner.trace = phrase.start, unit in _TRACES
    if unit in table.words["cut_units"] and inner.word != "bread" and "sliced" not in inner.states:
        inner.states.append("sliced")
    elif unit in ("drop", "spoonful", "teaspoon", "tablespoon", "spoon") or unit not in table.words["units"]:
        phrase.count = 0  # "1 kg of strawberries" are no single one
    if inner.count == 0 and unit not in ("few", "couple"):
        inner.count = phrase.count
    return inner


def _head(words: list[Word], i: int, phrase: Phrase) -> int:
    """Reads the noun itself, of a compound its last part: "cheese sandwich" is a sandwich, "lemon juice" juice."""
    known, first = vocabulary(), i
    while i < len(words):
        sense = sense_at(words, i) if name_length(words, i) < 2 else None
        if n := longest(words, i, known.grounds):
            phrase.kind, phrase.word = "ground", joined(words, i, n)
        elif sense:
            n = 1
            phrase.word, phrase.plural = sense[0] or joined(words, first, i + 1 - first), sense[1]
            phrase.kind = "substance" if sense[0] in known.substances else "thing" if sense[0] else "other"
            phrase.marked |= phrase.plural
        elif (n := longest(words, i, known.names)) >= (m := longest(words, i, known.substance_names)) and n:
            name = joined(words, i, n)
            phrase.kind, phrase.word = "thing", known.names[name]
            noun = known.nouns[phrase.word]
            part = name in known.stand_ins and noun.kind in _WHOLES  # its pedals are no two bicycles
            if i > first and noun.name in _BODY and name in known.stand_ins:
                phrase.kind, phrase.word = "other", joined(words, first, i + n - first)  # the arm of a wiper
            phrase.plural = name not in (noun.name, noun.singular, *noun.synonyms) and not part
            phrase.marked |= phrase.plural
        elif m:
            n = m
            phrase.kind, phrase.word, phrase.plural = "substance", known.substance_names[joined(words, i, n)], False
        elif phrase.kind == "thing" and not phrase.plural and words[i].text.rstrip("s") in lexicon().words["cut_units"]:
            phrase.states.append("sliced")
            return i + 1
        elif phrase.kind == "other" and starts_noun(words, i) and not _ends_unknown(words, i, first, phrase.article):
            n = 1
            phrase.word = joined(words, first, i + 1 - first)
            phrase.plural = words[i].text.endswith("s") and not words[i].text.endswith("ss")
            phrase.marked |= phrase.plural
        else:
            return i
        phrase.exact = phrase.exact and i == first
        if joined(words, i + n, 1) in lexicon().words["manner_nouns"]:
            phrase.kind, phrase.word = "other", joined(words, i + n, 1)
            return i + n + 1
        i += n
        phrase.name = joined(words, first, i - first) if phrase.kind == "other" else joined(words, i - n, n)
        if phrase.kind in ("thing", "substance") and _compound_ends(words, i):
            return i
    return i


def _ends_unknown(words: list[Word], i: int, first: int, article: bool) -> bool:
    """An unknown noun has at most three words, none of them a verb, an adverb, a number or a determiner.

    After "the", a word that is also a verb is a noun: "the drain".
    """
    table, word = lexicon(), words[i].text
    acts = (
        (word in table.verbs and not (article and i == first))
        or (word in table.gerunds and not (article and i == first))
        or (i == first and word.endswith("ing") and not article)
    ) and word not in table.words["in_ing"]
    listed = any(
        word in table.words[name] for name in _NO_NOUNS if not (name == "adjectives" and article and i == first)
    )
    listed |= i > first and (word in _AFTER or word in table.looks)
    acts |= (word.endswith("ed") and len(word) > 4) or len(word) == 1
    number = word in NUMBERS and not (word == "one" and article and i == first)  # "the new one"
    return i - first >= 3 or acts or listed or word.endswith(_ADVERB_ENDINGS) or number


def _compound_ends(words: list[Word], i: int) -> bool:
    """Whether the compound before `i` is complete: what follows is no further noun."""
    return not (name_length(words, i) or (i < len(words) and words[i].text.rstrip("s") in lexicon().words["cut_units"]))


def _contents(words: list[Word], phrase: Phrase, depth: int) -> None:
    """Reads "of tea", "filled with water", "full of soup" after a vessel."""
    if phrase.kind != "thing":
        return
    for link in ("filled with", "full of", "of"):
        n = len(link.split())
        if (
            joined(words, phrase.end, n) == link
            and (inner := phrase_at(words, phrase.end + n, depth + 1))
            and inner.kind in ("thing", "substance")
        ):
            if phrase.word == "spoon" and link == "of":
                inner.start, inner.states = phrase.start, [*inner.states]
                phrase.__dict__.update(inner.__dict__)
            else:
                phrase.content, phrase.end = inner, inner.end
            return
