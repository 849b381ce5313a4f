"""Words that mean different things: which one is meant, by what else the sentence speaks of."""

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import Word, singular

_PLACES = ("garden bed", "sink")
"""Of places that a word only stands for, there is one: holes are dug in a bed."""


def sense_at(words: list[Word], i: int) -> tuple[str, bool] | None:
    """The noun or substance that the word at `i` means beside the others, and whether it is a plural.

    The noun is "" for what has no picture. None if nothing in the sentence says so: then the word means what the
    vocabulary has for it, if anything.
    """
    senses, word = lexicon().senses, words[i].text
    key = word if word in senses else singular(word)
    if key not in senses:
        return None
    others = {form for other in (*words[:i], *words[i + 1 :]) for form in (other.text, singular(other.text))}
    meant = next((noun for noun, beside in senses[key] if beside & others), None)
    return (meant, word != key and meant not in _PLACES) if meant is not None else None
