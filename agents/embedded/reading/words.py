"""Texts as words: sentences, numbers, prepositions, and the longest names of the tables."""

import re
from collections.abc import Container
from typing import NamedTuple

from tools.vocabulary import vocabulary

NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "couple": 2,
    "few": 3,
    "several": 3,
    "pair": 2,
}
PREPOSITIONS = {
    word: plain
    for plain, words in {
        "in": ("in", "into", "inside"),
        "on": ("on", "onto", "on top of", "upon", "between"),
        "over": ("over", "across"),
        "above": ("above",),
        "under": ("under", "below", "beneath"),
        "from": ("from", "out of", "out", "off", "off of"),
        "with": ("with", "along with", "using", "through"),
        "next to": ("next to", "beside", "near", "by", "around", "against", "along", "alongside", "behind"),
        "left of": ("left of", "to the left of", "on the left of"),
        "right of": ("right of", "to the right of", "on the right of"),
        "to": ("to",),
        "at": ("at", "toward", "towards"),
        "of": ("of",),
        "for": ("for", "without", "as"),
    }.items()
    for word in words
}
"""Each preposition in its plainest form."""
_AFTER_ROUND = ("the", "your", "its", "it", "them", "each", "all", "both", "a", *NUMBERS)
_AS_YOU_CAN = r"as (?:you (?:can|like|want|need)|possible)\b"
_AS_MUCH = rf"\bas \w+ {_AS_YOU_CAN}|\bas (?:much|many)\b(?=[\w ]+ {_AS_YOU_CAN})|\b{_AS_YOU_CAN}|\bevery so often\b"
"""What says how much, and nothing more: "as tightly as you can", "as much rust as possible"."""
LONGEST_NAME = 4
"""Words in the longest name or preposition of the tables."""


class Word(NamedTuple):
    """A word or punctuation mark in lower case, and where it stands in the text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words and marks of a text but for what HTML writes as "&quot;", what stands in brackets, and `_AS_MUCH`."""
    text = re.sub(rf"&#?\w+;|\([^()]*\)|{_AS_MUCH}", lambda m: " " * len(m.group()), text)
    return [
        Word(m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in re.finditer(r"\d+[.,]\d+|[^\W_]+(?:['’-][^\W_]+)*|[.,;:!?]", text)
    ]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a full stop within a number does not end one."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def joined(words: list[Word], i: int, n: int) -> str:
    """The `n` words from `i` on, with spaces between; nothing if there are fewer."""
    return " ".join(word.text for word in words[i : i + n]) if i + n <= len(words) else ""


def longest(words: list[Word], i: int, table: Container[str]) -> int:
    """How many words from `i` on form the longest entry of `table`, 0 if none does."""
    return next((n for n in range(LONGEST_NAME, 0, -1) if (name := joined(words, i, n)) and name in table), 0)


def preposition_at(words: list[Word], i: int) -> tuple[str, int] | None:
    """The preposition that starts at `i`, in its plainest form, and the position after it."""
    if joined(words, i, 1) == "round" and joined(words, i + 1, 1) in _AFTER_ROUND:
        return "next to", i + 1  # "sew round the edge", not "a round tin"
    n = longest(words, i, PREPOSITIONS)
    return (PREPOSITIONS[joined(words, i, n)], i + n) if n else None


def name_length(words: list[Word], i: int) -> int:
    """How many words from `i` on form the longest name of a thing, a substance or a ground; 0 if none does."""
    known = vocabulary()
    return max(
        longest(words, i, known.names), longest(words, i, known.substance_names), longest(words, i, known.grounds)
    )


def singular(word: str) -> str:
    """One of what an unknown plural names: "berries" → "berry", "torches" → "torch", "cloves" → "clove"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s") or word
