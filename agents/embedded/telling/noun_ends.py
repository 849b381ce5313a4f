"""Where a noun phrase ends: words that the tables do not know, further members of a list, its "of …"."""

from agents.embedded.reading.clauses import ASIDES, BREAKS
from agents.embedded.reading.language import PARTICLES, Phrase, is_adverb, phrase_at, phrases_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import starts_noun
from agents.embedded.reading.words import NUMBERS, Word, joined, preposition_at
from tools.vocabulary import vocabulary

ENDS = frozenset(
    (
        *(*ASIDES, "until", "till", "don't", "not", "never", "without", "that", "which", "who", "where", "you", "it's"),
        *("that's", "who's", "you've", "you're", "you'll", "you'd", "they're", "they've", "it'll", "rather"),
    )
)
_MEASURES = frozenset(
    "cup cups tsp tbsp teaspoon teaspoons tablespoon tablespoons oz ounces pound pounds lb lbs g kg ml can cans "
    "stick sticks cloves".split()
)
_AFTER = frozenset(
    "underneath upside inside outside twice overnight about well halfway lengthwise a flat face "
    "nose laid set cut shut ajar alone".split()
)
"""Words that no noun ends in, but that follow one: "folded lengthwise"."""
_NO_NOUNS = ("determiners", "adjectives", "pronouns", "functions", "adverbs")
_RELATIVE_PLACES = frozenset(
    ("area", "space", "skin", "part", "side", "edge", "soil", "inside", "outside", "top", "end")
)
_BESIDE = ("around", "near", "between", "under")
_LEADING = {"close": "to", "near": "to", "flush": "with", "level": "with"}
"""Adverbs after a noun phrase only before these words: "flush with the wall", but "the oil level"."""
_MORE = ("more", "fresh", "new", "some", "extra")
_UNDER_WATER = ("running", "warm", "cold", "cool", "hot", "water")
"""What something is rinsed under, and not where it is."""


def whole_noun(words: list[Word], end: int) -> int:
    """Where a noun phrase ends whose last words are unknown: "a picture | hook", "a cup | heavy cream"."""
    follows = end < len(words) and follows_noun(words[end].text)
    if (
        words[end - 1].text in _MEASURES
        and not follows
        and (measured := phrase_at(words, end))
        and measured.kind != "pronoun"
    ):
        end = measured.end
    while end < len(words) and words[end].text.isalpha() and starts_noun(words, end):
        leads_on = joined(words, end + 1, 1) == _LEADING.get(words[end].text)
        if leads_on or (follows_noun(words[end].text) and not _is_between(words, end)):
            break
        end += 1
    return end


def _is_between(words: list[Word], i: int) -> bool:
    """Whether the adjective at `i` has a noun of its own after it: "the tough | outer leaves off the head"."""
    word, following = words[i].text, joined(words, i + 1, 1)
    if word not in lexicon().words["adjectives"] or word in _AFTER or not following.isalpha():
        return False
    return starts_noun(words, i + 1) and not follows_noun(following) and preposition_at(words, i + 1) is None


def listed_on(words: list[Word], objects: list[Phrase], end: int) -> tuple[list[Phrase], int]:
    """The objects of a list, and its end, past members of unknown words: "the orange, a star | anise and honey"."""
    found, at, joins = list(objects), end, False
    while at < len(words) and words[at].text in (",", "and", "or"):
        start = at + 1 + (joined(words, at + 1, 1) in ("and", "or"))
        member = phrase_at(words, start)
        after = next((j for j in range(start, len(words)) if is_noun_end(words, j)), len(words)) if not member else 0
        if (
            joined(words, start, 1) == "each"
            or joined(words, start + 1, 1) in ("it", "them")  # "the dirt, or hose it"
            or start in (after, len(words))
            or (member and member.kind == "pronoun")
            or is_adverb(words[start].text)
            or (words[start].text in ("sit", "stand", "lie", "go", "come") and joined(words, start + 1, 1) in PARTICLES)
        ):
            break
        joins = words[start - 1].text != ","
        found = [*found, member] if member else found
        at = after if not member else member.end if member.plural else whole_noun(words, member.end)
    return (found, at) if joins else (objects, end)


def is_noun_end(words: list[Word], i: int) -> bool:
    """Whether a noun phrase of whatever words ends before word `i`."""
    return words[i].text in (*ENDS, *BREAKS) or preposition_at(words, i) is not None


def follows_noun(word: str) -> bool:
    """Whether a word after a noun phrase is surely no part of it: an adverb, a particle, a colour, a participle."""
    table = lexicon()
    listed = any(word in table.words[name] for name in _NO_NOUNS) or word in table.looks or word in _AFTER
    ending = is_adverb(word) or (
        word.endswith(("ing", "ed", "wise", "wards", "pward", "nward", "tward")) and word not in table.words["in_ing"]
    )
    return (
        listed or ending or word in PARTICLES or word in NUMBERS or word in ENDS or bool(vocabulary().find_colour(word))
    )


def with_its_place(words: list[Word], end: int) -> int:
    """Where a noun phrase ends with its "of …", or the "around …" of an area."""
    while end < len(words):
        around = words[end - 1].text in _RELATIVE_PLACES and joined(words, end, 1) in _BESIDE
        around &= joined(words, end - 2, 1) not in _MORE and joined(words, end + 1, 1) not in _UNDER_WATER
        if joined(words, end, 1) != "of" and not around:
            return end
        inner = phrases_at(words, end + 1)[1]
        if inner <= end + 1 and joined(words, end, 2) not in ("of color", "of colour"):
            return end
        inner = max(inner, end + 2)
        end = inner
    return end
