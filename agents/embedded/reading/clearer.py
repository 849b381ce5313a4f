"""Words that the goal of a how-to makes plain: the glass that is wiped in "Wash the windows" is a window glass."""

from agents.embedded.reading.language import verb_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.plainer import plainer
from agents.embedded.reading.words import PREPOSITIONS, Word, joined, longest, name_length, singular, words_of
from tools.vocabulary import vocabulary

_BEFORE_VERBS = (",", ".", ";", "and", "then")


def clarified(text: str, goal: str, earlier: str = "") -> str:
    """An instruction in plainer words, and with such words in full: it means the same where nobody knows the goal.

    `earlier` are the instructions before it, which may have named a thing in full: a baking sheet is then "the sheet".
    """
    text = plainer(text)
    said = {form for word in words_of(goal) for form in (word.text, singular(word.text))}
    words = words_of(text)
    for i in reversed(range(len(words))):
        if (i == 0 or words[i - 1].text in _BEFORE_VERBS) and verb_at(words, i):
            continue  # "brush off the powder"
        key = words[i].text if words[i].text in lexicon().clearer else singular(words[i].text)
        meant = (
            full
            for full, goals in lexicon().clearer.get(key, ())
            if any(all(part in said for part in mark.split()) for mark in goals)
        )
        named = bool(full := next(meant, ""))
        if not named and (whole := _whole_of(key, goal) or _latest_whole_of(key, earlier)):
            full, named = whole, joined(words, i - 1, 1) in ("the", "your", "my") and i > 0
        if "'s" in full and joined(words, max(0, i - 1), 1) not in ("the", "its", "his", "her"):
            continue  # "loose fur"
        if named and _stands_alone(words, i) and joined(words, i + 1, 1) != "of":
            text = text[: words[i].start] + full + words[i].text.removeprefix(key) + text[words[i].end :]
    return text


def _whole_of(tail: str, text: str) -> str | None:
    """What a text names that is called so again: the surfboard that is "the board", the tote bag "the bag"."""
    if tail not in lexicon().words["tails"]:
        return None
    names, words = vocabulary().names, words_of(text)
    found = [joined(words, i, n) for i in range(len(words)) if (n := longest(words, i, names))]
    other = (name for name in found if name.endswith(tail) and names[name] != names.get(tail))
    return next(other, None)


def _latest_whole_of(tail: str, earlier: str) -> str | None:
    """What was last called so, by a name of several words: the baking sheet, if no other sheet was spoken of since."""
    words = words_of(earlier)
    last = next((i for i in reversed(range(len(words))) if singular(words[i].text) == tail), -1)
    if tail not in lexicon().words["later_tails"] or last < 1:
        return None
    names = vocabulary().names
    whole = f"{words[last - 1].text} {tail}"
    return whole if whole in names and names[whole] != names.get(tail) else None


def _stands_alone(words: list[Word], i: int) -> bool:
    """Whether nothing before a word says yet which one is meant: not "a mixing bowl", "a tapestry needle"."""
    table, before = lexicon(), joined(words, i - 1, 1) if i else ""
    if name_length(words, i) > 1 or (i and name_length(words, i - 1) > 1):
        return False
    listed = any(before in table.words[name] for name in ("determiners", "adjectives", "units", "fresh"))
    owned = before in ("its", "his", "her", "their") or before.endswith("'s")
    listed |= before in table.looks or before.endswith("ed")
    return not owned and (
        not before.isalpha() or before in ("and", "or") or listed or before in table.verbs or before in PREPOSITIONS
    )
