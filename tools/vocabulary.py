"""The one vocabulary: nouns, colours, states and relations of `vocabulary.toml`, and how words are looked up in it.

Planner, captions, sketches and the embedded generator all read this table (row V11), so that a word means the same
picture everywhere. Words outside it are mapped to the nearest known noun by a stated rule, never silently.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

RGB = tuple[int, int, int]
LONGEST_NAME = 4
"""Words in the longest name of the table."""
SHORTEST_SPELLING, LIKEST = 6, 0.87
"""A word this long may be another one misspelt, if they are this alike: "body" is no "boy", "number" no "lumber"."""


@dataclass(frozen=True)
class Noun:
    """A thing that can be drawn.

    Attributes:
        kind: the group it belongs to, and the file of its drawing.
        size: width and height relative to a cup, 1 unit high.
        mouth: height of the opening in the noun's box (0 top, 1 bottom), for what holds things.
        inside: height at which things stand in it, for what is open to the front.
        face: height at which things stick to it, for what is upright: a nail in a wall, a star on paper.
        stand: height at which things stand on it, for what carries things.
        colours: its usual colours, the first when nothing is said.
        paint: whether it comes in any colour.
        states: the drawn states that can be seen on it.
        learned: whether the weights shipped have been trained on it.
        synonyms: other words for it, `stands_for` among them: those that mean something without a picture of its own.
    """

    name: str
    kind: str
    size: tuple[float, float]
    colours: tuple[str, ...]
    singular: str
    plural: str
    synonyms: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    quickdraw: str | None = None
    mouth: float | None = None
    inside: float | None = None
    face: float | None = None
    stand: float | None = None
    paint: bool = False
    states: tuple[str, ...] = ()
    learned: bool = True


@dataclass(frozen=True)
class Substance:
    """What fills a vessel: its colour, and the vessel it is drawn in when none is named.

    Attributes:
        like: the substance by whose name the generator paints it, where its weights have not been trained on its own.
    """

    name: str
    rgb: RGB
    vessel: str
    like: str = ""
    synonyms: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The whole table.

    `names` maps every singular, plural and synonym to its noun; `stand_ins` those without a picture of their own to the
    noun or substance that is drawn for them.
    """

    nouns: dict[str, Noun]
    colours: dict[str, RGB]
    colour_synonyms: dict[str, str]
    grounds: dict[str, tuple[RGB, RGB]]
    substances: dict[str, Substance]
    drawn_states: tuple[str, ...]
    common_states: tuple[str, ...]
    handled_states: tuple[str, ...]
    told_states: tuple[str, ...]
    relations: dict[str, tuple[str, ...]]
    names: dict[str, str]
    substance_names: dict[str, str]
    stand_ins: dict[str, str]

    @property
    def learned(self) -> list[str]:
        """The nouns of which training scenes are made, in the order of the table."""
        return [noun.name for noun in self.nouns.values() if noun.learned]

    def find_noun(self, word: str) -> str | None:
        """The noun that `word` (singular, plural or synonym) names, or None."""
        return self.names.get(word.lower().strip())

    def row(self, word: str) -> Noun:
        """The row of a noun; of a word without a picture, that of the noun drawn for it, under its own name.

        Such a thing neither holds nor carries anything, and shows only what any noun can be.
        """
        if word in self.nouns:
            return self.nouns[word]
        drawn = self.nouns[self.nearest_noun(word)[0]]
        return replace(
            drawn, name=word, singular=word, plural=plural_of(word), synonyms=(), stands_for=(),
            states=self.common_states, mouth=None, inside=None, face=None, stand=None,
        )  # fmt: skip

    def find_colour(self, word: str) -> str | None:
        """The colour that `word` names, or None."""
        word = self.colour_synonyms.get(word.lower(), word.lower())
        return word if word in self.colours else None

    def find_substance(self, word: str) -> str | None:
        """The substance that `word` names, or None."""
        return self.substance_names.get(word.lower().strip())

    def stand_ins_in(self, text: str) -> dict[str, str]:
        """The words of a text that have no picture of their own, each with the noun or substance drawn for it."""
        words, found, i = re.findall(r"[\w'-]+", text.lower()), {}, 0
        while i < len(words):
            names = (" ".join(words[i : i + n]) for n in range(LONGEST_NAME, 0, -1))
            name = next((name for name in names if name in self.names or name in self.substance_names), words[i])
            if name in self.stand_ins:
                found[name] = self.stand_ins[name]
            i += name.count(" ") + 1
        return found

    def nearest_noun(self, phrase: str) -> tuple[str, str]:
        """The noun to draw for a phrase that may not be in the table, and the rule that chose it.

        In turn: the phrase itself; its last word that is known ("electric kettle" → kettle); the closest spelling;
        a box. The rule is recorded in the manifest of the picture.
        """
        phrase = phrase.lower().strip()
        if noun := self.find_noun(phrase):
            return noun, "known"
        for word in reversed(phrase.split()):
            if noun := self.find_noun(word):
                return noun, f"last known word {word!r}"
        longer = [name for name in self.names if len(name) >= SHORTEST_SPELLING]
        if len(phrase) >= SHORTEST_SPELLING and (close := get_close_matches(phrase, longer, n=1, cutoff=LIKEST)):
            return self.names[close[0]], f"closest spelling {close[0]!r}"
        return "box", "no known word: a box stands for it"


def plural_of(noun: str) -> str:
    """The plural of a noun: berries, boxes; of tweezers and forceps, which are two as they are, the same."""
    if noun.endswith(("ers", "eps", "eurs")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "es" if noun.endswith(("s", "x", "ch", "sh")) else noun + "s"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The table of `vocabulary.toml`, read once."""
    table = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
    nouns: dict[str, Noun] = {}
    substances: dict[str, Substance] = {}
    names: dict[str, str] = {}
    substance_names: dict[str, str] = {}
    stand_ins: dict[str, str] = {}
    common = tuple(table["states"]["any"])
    for kind, rows in table["nouns"].items():
        for name, row in rows.items():
            row = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
            handled = table["states"]["handled"] if kind in table["states"]["by_hand"] else ()
            row["states"] = (*row.get("states", ()), *handled, *common)
            row["synonyms"] = (*row.get("synonyms", ()), *row.get("stands_for", ()))
            nouns[name] = Noun(**{"name": name, "kind": kind, "singular": name, "plural": plural_of(name), **row})
    for noun in nouns.values():
        for word in (noun.name, noun.singular, noun.plural, *noun.synonyms):
            names.setdefault(word, noun.name)
            names.setdefault(plural_of(word), noun.name)
        stand_ins |= {form: noun.name for word in noun.stands_for for form in (word, plural_of(word))}
    for name, row in table["substances"].items():
        stands_for = tuple(row.get("stands_for", ()))
        synonyms = (*row.get("synonyms", ()), *stands_for)
        like = row.get("like", "")
        substances[name] = Substance(name, tuple(row["rgb"]), row["vessel"], like, synonyms, stands_for)
        substance_names |= {word: name for word in (name, *synonyms)}
        stand_ins |= {word: name for word in stands_for}
    return Vocabulary(
        nouns=nouns,
        colours={name: tuple(rgb) for name, rgb in table["colours"].items()},
        colour_synonyms=table["colour_synonyms"],
        grounds={name: (tuple(ground), tuple(wall)) for name, (ground, wall) in table["grounds"].items()},
        substances=substances,
        drawn_states=tuple(table["states"]["drawn"]),
        common_states=common,
        handled_states=tuple(table["states"]["handled"]),
        told_states=tuple(table["states"]["told"]),
        relations={name: tuple(words) for name, words in table["relations"].items()},
        names=names,
        substance_names=substance_names,
        stand_ins=stand_ins,
    )
