"""How food looks once it was cut, fried or mashed: later steps call it so, as pictures are drawn from their words."""

from agents.embedded.reading.language import phrase_at
from agents.embedded.reading.words import words_of
from agents.embedded.telling.naming import adjectives
from agents.embedded.telling.story import Step
from agents.embedded.telling.subjects import whole_noun
from agents.embedded.world.things import Thing

_LASTING = ("sliced", "peeled", "mashed", "fried", "toasted")
"""Looks that no later step can undo."""


def with_looks(text: str, before: Step, after: Step) -> str:
    """A text in which things that were cut, fried and so on are called so: "the potatoes" → "the mashed potatoes".

    What is drawn of a step is what its own words say; what only looks so after this step is not called so yet.
    """
    words = words_of(text)
    for i in reversed(range(len(words))):
        phrase = phrase_at(words, i) if words[i].text == "the" else None
        plain = phrase and phrase.kind == "thing" and phrase.end == i + 2 + phrase.name.count(" ")
        if not phrase or not plain or phrase.states:
            continue
        there = [thing for thing in before.things.values() if thing.noun == phrase.word]
        looks = [look for thing in there for look in lasting(thing) if look[:5] not in phrase.name]
        still = all(thing.id in after.things and lasting(after.things[thing.id]) == lasting(thing) for thing in there)
        if len(there) == 1 and still and whole_noun(words, phrase.end) == phrase.end:
            text = " ".join([text[: words[i].end], *looks[-1:]]) + text[words[i].end :]
    return text


def lasting(thing: Thing) -> list[str]:
    """The looks of a thing that stay."""
    return [look for look in adjectives(thing) if look in _LASTING]
