"""The words of `lexicon.toml`, ready to look up: verbs in any form, words for looks, words without a picture."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tools.vocabulary import vocabulary


@dataclass(frozen=True)
class Change:
    """What a verb makes of the thing it acts on; see [changes] of `lexicon.toml`."""

    verbs: tuple[str, ...]
    becomes: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    tool: str | None = None
    where: str = "next to"
    to: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The tables. `verbs` maps a base form to its effect, `gerunds` an -ing form to its base form.

    `happens` are the verbs of statements only, by effect; `thirds` maps "boils" to "boil", `participles` "boiled";
    `irregular` maps "freeze" to "frozen"; `senses` a word to what it can mean, each with the words that say so;
    `said_of` a verb to the nouns that alone it is said of,
    `clearer` a word to what it is in full, with the words of the goals in which it is that.
    """

    verbs: dict[str, str]
    changes: dict[str, Change]
    gerunds: dict[str, str]
    happens: dict[str, str]
    thirds: dict[str, str]
    participles: dict[str, str]
    irregular: dict[str, str]
    conditions: dict[str, str]
    made_of: dict[str, list[str]]
    looks: dict[str, str]
    senses: dict[str, list[tuple[str, frozenset[str]]]]
    clearer: dict[str, list[tuple[str, frozenset[str]]]]
    said_of: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]


def _gerunds(verb: str) -> list[str]:
    """The -ing forms that a verb may have: "putting" and "puting" for "put", of which English uses one."""
    head, _, particle = verb.partition(" ")
    stem = head[:-1] if head.endswith("e") and not head.endswith("ee") else head
    forms = [stem + "ing", head + head[-1] + "ing"]
    return [f"{form} {particle}".strip() for form in forms]


def _third(verb: str) -> str:
    """ "boils" for "boil"."""
    head, _, particle = verb.partition(" ")
    ending = "es" if head.endswith(("s", "x", "ch", "sh", "o", "z")) else "s"
    form = head[:-1] + "ies" if head.endswith("y") and head[-2] not in "aeiou" else head + ending
    return f"{form} {particle}".strip()


def _participles(verb: str, irregular: dict[str, str]) -> list[str]:
    """The participles that a verb may have, of which English uses one."""
    if verb in irregular:
        return [irregular[verb]]
    head, _, particle = verb.partition(" ")
    if head in irregular:
        return [f"{irregular[head]} {particle}".strip()]
    stem = head[:-1] if head.endswith("e") else head
    forms = [stem + "ed", head + head[-1] + "ed", *([head[:-1] + "ied"] if head.endswith("y") else [])]
    return [f"{form} {particle}".strip() for form in forms]


def participle(verb: str) -> str:
    """What English uses as the participle of a verb, known or not: "chop" → "chopped", "take out" → "taken out"."""
    irregular = lexicon().irregular
    head, _, particle = verb.partition(" ")
    if head not in irregular:
        for prefix in ("un", "re", "over"):
            rest = head.removeprefix(prefix)
            if rest != head and rest in irregular:
                return f"{prefix}{irregular[rest]} {particle}".strip()
    ending = irregular.get(verb) or irregular.get(head)
    if ending is None:
        consonant = head[-1] not in "aeiouwxy" and len(head) > 2 and head[-2] in "aeiou" and head[-3] not in "aeiou"
        quick = head[-3:-2] == "u" and head[-4:-3] == "q"  # "equip", "squat"
        stem = head.removeprefix("un").removeprefix("re") if len(head) > 5 else head
        if head.endswith("e"):
            ending = head + "d"
        elif head.endswith("y") and head[-2] not in "aeiou":
            ending = head[:-1] + "ied"
        elif (consonant and sum(letter in "aeiouy" for letter in stem) == 1) or quick:
            ending = head + head[-1] + "ed"
        else:
            ending = head + "ed"
    return ending if verb in irregular else f"{ending} {particle}".strip()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables of `lexicon.toml`, read once."""
    table = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    changes = {
        name: Change(
            tuple(row["verbs"]),
            tuple(row.get("becomes", ())),
            tuple(row.get("loses", ())),
            row.get("tool"),
            row.get("where", "next to"),
            row.get("to", False),
        )
        for name, row in table["changes"].items()
    }
    verbs = {verb: effect for effect, listed in table["verbs"].items() for verb in listed}
    verbs |= {verb: name for name, change in changes.items() for verb in change.verbs}
    happens = {verb: effect for effect, listed in table["happens"].items() for verb in listed}
    known = vocabulary()
    looks = {state: state for state in (*known.drawn_states, *known.told_states)}
    looks |= {word: state for state, listed in table["looks"].items() for word in listed}
    return Lexicon(
        verbs=verbs,
        changes=changes,
        gerunds={form: verb for verb in verbs for form in _gerunds(verb)},
        happens=happens,
        thirds={_third(verb): verb for verb in (*verbs, *happens)},
        participles={form: verb for verb in (*verbs, *happens) for form in _participles(verb, table["participles"])},
        irregular=table["participles"],
        conditions={word: name for name, listed in table["conditions"].items() for word in listed},
        made_of=table["made_of"],
        looks=looks,
        senses={
            word: [(sense["noun"], frozenset(sense["beside"])) for sense in listed]
            for word, listed in table["senses"].items()
        },
        clearer={
            word: [(row["full"], frozenset(row["goal"])) for row in rows] for word, rows in table["clearer"].items()
        },
        said_of={verb: frozenset(nouns) for verb, nouns in table["said_of"].items()},
        words={name: frozenset(listed) for name, listed in table["words"].items()},
    )


def suits(noun: str, state: str) -> bool:
    """Whether `state` can be drawn on `noun`: as the vocabulary says, and whatever is open can pour."""
    row = vocabulary().row(noun)
    return state in row.states or (state == "pouring" and row.mouth is not None)
