"""The written how-tos of `library/`: found by title, or by the words of the goal; a plan of each."""

import re
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from agents.embedded.reading.lexicon import lexicon
from agents.planner import Plan

CLOSE_ENOUGH = 0.8
"""The share of words that a goal and a title must have in common, misspellings counted as far as they agree."""
MOST_STEPS = 20
_EMPTY = frozenset(
    (
        "how",
        "to",
        "a",
        "an",
        "the",
        "of",
        "some",
        "cup",
        "glass",
        "bowl",
        "plate",
        "slice",
        "my",
        "your",
        "i",
        "do",
        "you",
        "can",
        "please",
        "me",
        "for",
        "with",
        "and",
        "at",
        "home",
        "good",
        "perfect",
        "nice",
        "simple",
        "easy",
        "recipe",
        "guide",
        "instructions",
        "steps",
        "in",
        "is",
        "we",
        "show",
        "us",
    )
)
_MAKING = frozenset(("make", "prepare", "cook", "brew", "do", "get", "fix"))


class UnknownGoal(ValueError):
    """No how-to of the library is about the goal."""

    def __init__(self, goal: str) -> None:
        shown = goal if len(goal) <= 60 else goal[:59] + "…"
        nearest = ", ".join(repr(title) for title in nearest_titles(goal))
        super().__init__(
            f"no written how-to for {shown!r}; the nearest are {nearest}. Configure a language model (--llm URL), "
            f"give the steps yourself (--steps FILE), or ask for a known goal."
        )


class HowTo(NamedTuple):
    """A written how-to: its title, other titles for it, and its steps."""

    title: str
    also: tuple[str, ...]
    steps: tuple[str, ...]


BUILT_IN = Path(__file__).parent / "library"


class BadHowTo(ValueError):
    """A library cannot be read: the folder or file, and what is wrong with it."""


def plan(goal: str) -> Plan:
    """The plan of the built-in library's how-to for a goal.

    Raises:
        UnknownGoal: if there is none, with the nearest ones and the ways on.
    """
    found = find(goal, how_tos())
    if found is None:
        raise UnknownGoal(goal)
    return Plan(title=found.title, instructions=list(found.steps), source="from the built-in library")


def written(goal: str, folder: Path) -> Plan | None:
    """The plan of a how-to in a user's own library, if one is about the goal.

    Raises:
        BadHowTo: if the library cannot be read.
    """
    found = find(goal, how_tos(folder))
    return found and Plan(title=found.title, instructions=list(found.steps), source=f"from the library {folder.name}")


@lru_cache(maxsize=4)
def how_tos(folder: Path = BUILT_IN) -> tuple[HowTo, ...]:
    """All written how-tos of a folder, by title.

    Raises:
        BadHowTo: if there are none, or one is not a how-to.
    """
    found = tuple(_read(path) for path in sorted(folder.glob("*.md")))
    if not found:
        raise BadHowTo(f"no how-tos in {str(folder)!r}: give a folder of .md files such as {BUILT_IN.name}/make-tea.md")
    return found


def _read(path: Path) -> HowTo:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadHowTo(f"{str(path)!r} cannot be read as text: save it as UTF-8") from None
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    also = re.search(r"^also: (.+)$", text, re.MULTILINE)
    steps = tuple(re.findall(r"^\d+\. (.+?)\s*$", text, re.MULTILINE))
    if not title or not 1 <= len(steps) <= MOST_STEPS:
        problem = f"{len(steps)} numbered steps" if title else "no line '# title'"
        remedy = f"write '# title' and 1 to {MOST_STEPS} lines like '1. Fill the cup.'"
        raise BadHowTo(f"{str(path)!r} has {problem}: {remedy}")
    names = tuple(name.strip() for name in also.group(1).split(",")) if also else ()
    return HowTo(title.group(1).strip(), names, steps)


def find(goal: str, written: tuple[HowTo, ...]) -> HowTo | None:
    """The how-to for a goal: of its very title, else of nearly its words; None if none is close."""
    scored = [(_closeness(goal, name), how_to) for how_to in written for name in (how_to.title, *how_to.also)]
    best, how_to = max(scored, key=lambda pair: pair[0])
    return how_to if best >= CLOSE_ENOUGH else None


def nearest_titles(goal: str, n: int = 3) -> list[str]:
    """The titles of the `n` how-tos whose words or spelling come closest to a goal."""

    def score(how_to: HowTo) -> float:
        spelling = SequenceMatcher(None, goal.lower()[:200], how_to.title).ratio()
        return max(_closeness(goal, name) for name in (how_to.title, *how_to.also)) + 0.2 * spelling

    return [how_to.title for how_to in sorted(how_tos(), key=score, reverse=True)[:n]]


def _closeness(goal: str, title: str) -> float:
    """In [0, 1]: twice the shared words over all words of both; making words are all one."""
    ours, theirs = _core(goal), _core(title)
    if not ours or not theirs:
        return 0.0
    shared = 0.0
    for word in theirs:
        if close := get_close_matches(word, ours, n=1, cutoff=0.8):
            shared += SequenceMatcher(None, word, close[0]).ratio()
    return 2 * shared / (len(ours) + len(theirs))


def _core(text: str) -> list[str]:
    """The words that matter: "making a cup of tea" → tea. Only what is made counts, not that it is made."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()[:300])
    plain = [_plain(word) for word in words if word not in _EMPTY]
    return list(dict.fromkeys(word for word in plain if word not in _MAKING))


def _plain(word: str) -> str:
    """The base form of a verb, the singular of a noun: "making" → make, "fried" → fry, "eggs" → egg."""
    word = lexicon().gerunds.get(word, word)
    if word.endswith("ied"):
        return word[:-3] + "y"
    if word.endswith("oes"):
        return word[:-2]
    if len(word) > 5 and word.endswith("ed"):
        return word[:-2] if word[:-2] in lexicon().verbs or word[:-1] not in lexicon().verbs else word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
