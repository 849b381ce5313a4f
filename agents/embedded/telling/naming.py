"""What to call a thing in a caption, and how it looks."""

from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.words import NUMBERS, joined, longest, singular, words_of
from agents.embedded.world.things import Thing
from tools.vocabulary import plural_of, vocabulary

MOST_ADJECTIVES = 2
"""How many states a caption names of one thing, beside its colour; the pictures show all."""
_UNSEEN = frozenset(
    ("attached", "tied", "glued", "tight", "flat", "short", "soft", "mixed", "stirred", "repaired", "sharp")
)
"""States of which one does not speak again once it was told how they came about."""
_FILLED = ("vessels", "containers", "tools", "craft", "hardware")
"""Kinds of things of which one says what fills them once: a can of paint is a can when filled with filler."""
_TORN = ("newspaper", "paper", "cardboard", "towel", "blanket", "pillow", "curtain", "foil", "envelope", "book", "leaf")
"""What does not break, besides clothes."""
_NUMBER_WORDS = {number: word for word, number in reversed(NUMBERS.items())}


def name_of(thing: Thing) -> str:
    """What to call a thing: as the text did, in the plural if there are more."""
    noun = vocabulary().row(thing.noun)
    if thing.noun == "dough" and thing.count == 1 and {"flat", "rolled", "folded"} & set(thing.states):
        return "sheet of dough"
    if thing.count == 1 and noun.singular.startswith("pair of "):
        return f"pair of {thing.name.removeprefix('pair of ')}"
    if thing.count == 1:
        return noun.singular if thing.name == noun.name else thing.name
    return noun.plural if thing.name in (noun.name, noun.singular) else _plural(thing.name)


def called(thing: Thing) -> str:
    """The text's own word for a thing, after "the": "the corn", which alone would be an ear of corn."""
    return thing.name if thing.count == 1 else name_of(thing)


def _plural(name: str) -> str:
    head, of, rest = name.partition(" of ")
    return plural_of(head) + of + rest


def adjectives(thing: Thing) -> list[str]:
    """How a thing looks: its drawn states, before them the latest of the others that shows."""
    drawn = [state for state in thing.states if state in (*vocabulary().drawn_states, "cracked")]
    told = [state for state in thing.states if state not in drawn and state not in _UNSEEN][-1:]
    told = [state for state in told if state != "cooked" or not drawn]
    drawn = [state for state in drawn if not (state == "sliced" and thing.noun == "bread")]
    told = [state for state in told if not (state in ("salted", "sweetened") and thing.kind in _FILLED)]
    return [_said(thing, state) for state in (told + drawn)[-MOST_ADJECTIVES:]]


def _said(thing: Thing, state: str) -> str:
    """A state in the words that suit the thing: a machine is not lit, mashed eggs are scrambled."""
    if state == "lit" and not suits(thing.noun, "lit"):
        return "switched-on"
    if state == "broken" and (thing.kind == "clothing" or thing.noun in _TORN):
        return "torn"
    return "scrambled" if (thing.noun, state) == ("egg", "mashed") else state


def described(thing: Thing, article: str = "a") -> str:
    """The noun phrase of a thing with how it looks: "two sliced lemons", "the lit stove"."""
    uncounted = lexicon().words["uncounted"]
    filled = thing.content not in (None, "nothing") and not thing.spent
    measured = filled and thing.kind in _FILLED and " of " in name_of(thing)
    name = vocabulary().row(thing.noun).singular if measured else name_of(thing)
    words = [*adjectives(thing), *([thing.colour] if thing.colour else []), name]
    if thing.content == "nothing":
        words.insert(0, "empty")
    text = " ".join(words)
    if thing.count > 1 and {"sliced", "mashed"} & set(thing.states):
        text = f"the {text}" if article == "the" else text
    elif article == "the":
        text = f"the {_NUMBER_WORDS[thing.count]} {text}" if thing.count > 1 and thing.counted else f"the {text}"
    elif thing.count > 1:
        text = f"{_NUMBER_WORDS[thing.count]} {text}" if thing.counted else text
    elif thing.noun not in vocabulary().substances and (" of " in text or thing.name not in uncounted):
        text = f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
    return text if thing.content in (None, "nothing") or thing.spent else f"{text} filled with {thing.stuff}"


def listed(things: list[Thing], seen: set[str]) -> str:
    """Things in a row: "the cup, a spoon and two eggs"; `seen` are ids that were told of before."""
    *most, last = [described(thing, "the" if thing.id in seen else "a") for thing in things]
    return f"{', '.join(most)} and {last}" if most else last


def head_of(name: str) -> str:
    """The word that says what is named, in the singular: "slices of bread" → "slice", "picture hooks" → "hook"."""
    return singular(name.split(" of ")[0].split()[-1])


def names_in(text: str) -> set[str]:
    """The nouns of the vocabulary that a text names, and its words in the singular, but for the loaf of a loaf pan."""
    words, known = words_of(text), vocabulary()
    within = {j for i in range(len(words)) for j in range(i, i + longest(words, i, known.names) - 1)}
    found = {singular(word.text) for i, word in enumerate(words) if i not in within}
    return found | {
        known.names[joined(words, i, n)] for i in range(len(words)) if (n := longest(words, i, known.names))
    }
