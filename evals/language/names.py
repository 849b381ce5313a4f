"""When two names mean the same thing: the same head noun, or the same row of the vocabulary."""

import re

from agents.embedded.reading.words import joined, longest, words_of
from tools.vocabulary import vocabulary

_PARTS = frozenset(
    "slice piece bit chunk cube strip bunch handful pinch sheet layer pile half wedge pair set bar".split()
)
"""Of "slices of bread" the head is the bread."""
_FOLLOWERS = frozenset("of with in on at for from to into and that which under over inside near by".split())
_STOPWORDS = frozenset(
    "a an the and or of to in into on onto over at by for from with without until up down out off it its them they "
    "is are be being been as so that this these those then while using through after before when your his her "
    "their any all some each other more".split()
)
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "dice": "die", "buses": "bus", "knives": "knife", "wives": "wife", "lives": "life",
    "leaves": "leaf", "halves": "half", "loaves": "loaf", "shelves": "shelf", "scarves": "scarf", "calves": "calf",
    "boxes": "box", "foxes": "fox",
}  # fmt: skip
_IN_IES = frozenset(("cookies", "smoothies", "brownies", "movies", "veggies", "hoodies"))
_IN_OES = frozenset(("canoes", "shoes", "horseshoes"))


def singular(word: str) -> str:
    """A noun's singular, near enough to compare with: "leaves" → leaf, "tomatoes" → tomato, "dishes" → dish."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4 and word not in _IN_IES:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "oes")) and len(word) > 5 and word not in _IN_OES:
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def plain_words(text: str) -> list[str]:
    """The words of a text in the singular."""
    return [singular(word.text) for word in words_of(text) if word.text[0].isalnum()]


def content_words(text: str) -> set[str]:
    """The words of a text that say something."""
    return set(plain_words(text)) - _STOPWORDS


def head(name: str) -> str:
    """The head noun of a name: "blackboard eraser" → eraser, "vase with flowers" → vase, "slice of bread" → bread."""
    words = plain_words(re.sub(r"\(.*?\)", " ", name)) or plain_words(name) or [""]
    if len(words) > 2 and words[1] == "of" and words[0] in _PARTS:
        words = words[2:]
    end = next((i for i in range(1, len(words)) if words[i] in _FOLLOWERS), len(words))
    return words[end - 1]


def rows_of(name: str) -> set[str]:
    """The noun and the substance that a name is in the vocabulary: of the whole phrase, else of its head."""
    words = vocabulary()
    for phrase in (name, head(name)):
        found = {f"noun {noun}"} if (noun := words.find_noun(phrase)) else set()
        found |= {f"substance {substance}"} if (substance := words.find_substance(phrase)) else set()
        if found:
            return found
    return set()


def same(a: str, b: str) -> bool:
    """Whether two names mean one kind of thing."""
    return head(a) == head(b) or bool(rows_of(a) & rows_of(b))


def rows_in(text: str) -> list[str]:
    """The nouns and substances of the vocabulary that a text names, in order, the longest names first."""
    words, known = words_of(text), vocabulary()
    found: list[str] = []
    i = 0
    while i < len(words):
        n = max(longest(words, i, known.names), longest(words, i, known.substance_names))
        found += sorted(rows_of(joined(words, i, n))) if n else []
        i += n or 1
    return found


def text_names(text: str, name: str) -> bool:
    """Whether a text names a thing: by its head noun, or by another word of the same row."""
    return head(name) in plain_words(text) or not rows_of(name).isdisjoint(rows_in(text))
