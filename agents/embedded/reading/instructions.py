"""An instruction taken apart into its clauses."""

import re

from agents.embedded.reading.clauses import ASIDES, BREAKS, DENIALS, Clause, clause_at, mannered_at
from agents.embedded.reading.language import is_adverb, phrases_at, unknown_verb_at, verb_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.word_classes import between_adjectives, is_look
from agents.embedded.reading.words import NUMBERS, Word, joined, preposition_at, words_of

_WAITING = (
    "wait",
    "let",
    "leave",
    "allow",
    "need",
    "want",
    "begins",
    "starts",
    "plan",
    "hope",
    "like",
    "ready",
    "able",
)
_ADDING = ("put", "pour", "fill", "serve", "show", "wait", "take", "discard")
"""Effects of verbs that have an object of their own after another verb: "stir and add the cream"."""


_CONDITIONS = ("when", "whenever", "once", "if", "while")
"""What begins a condition."""
_BECOMING = frozenset(
    "turn go become start begin get look feel puff rise soften brown bubble thicken smell pull".split()
)
"""What things do by themselves."""
_ACTING = frozenset(
    "it them the a an your some each this off on over up down out back away together into onto in around with".split()
)
"""What follows what one is told to do, and not what happens."""
_AIMS = frozenset(("open", "save", "fit", "match", "see", "hide", "give", "prevent", "avoid"))
"""What one does not do besides, where something else is done to that end: "cut a piece to fit the gap"."""


def clauses_of(text: str) -> list[Clause]:
    """The clauses of an instruction in order; none if it does not start with an action."""
    return clauses_in(words_of(text), text)


def clauses_in(words: list[Word], text: str = "") -> list[Clause]:
    """`clauses_of`, for the words of `text`."""
    if joined(words, 0, 1) == "avoid":  # all that the sentence speaks of
        words = words[next((i + 1 for i, word in enumerate(words) if word.text in (".", ";")), len(words)) :]
    starts = [i for i in range(_condition_end(words), len(words)) if _starts_clause(words, i)]
    if starts and not _is_gerund(words, starts[0]):  # "turning now and then" is no further thing to do
        starts = [i for i in starts if not _is_gerund(words, i)]
    if not starts or not _only_leads_in(words[: starts[0]]):
        return []
    ends = [*starts[1:], len(words)]
    lead = words[: starts[0]]
    clauses = [
        clause_at(words[start:end], text)
        for start, end in zip(starts, ends, strict=True)
        if not (start and start != starts[0] and words[start - 1].text == "or")  # of two ways, the first is gone
        and not _is_denied(words, start)
    ]
    for clause in clauses:
        purpose = joined(words, words.index(clause.words[0]) - 1, 1) == "to"
        clause.whole = clause.whole and not purpose  # "tilt the pan to spread them"
    _share_objects(clauses)
    if lead and clauses and (place := preposition_at(lead, 0)):
        clauses[0].places += [(place[0], phrase) for phrase in phrases_at(lead, place[1])[0]]
        clauses[0].whole = False  # "in a bowl, mix the eggs": its own words do not say so in the passive
    return clauses


def _condition_end(words: list[Word]) -> int:
    """Where what has to be so first ends, if a text begins with it: "When they flop and turn yellow,"; else 0."""
    if joined(words, 0, 1) not in _CONDITIONS and joined(words, 0, 2) not in ("as soon", "each time", "every time"):
        return 0
    end = next((i for i, word in enumerate(words) if word.text in (".", ";", ":", "then")), len(words))
    commas = (i + 1 for i, word in enumerate(words[:end]) if word.text == ",")
    return next((i for i in commas if _starts_clause(words, i)), 0)


def _share_objects(clauses: list[Clause]) -> None:
    """Of "peel and core six apples", both verbs act on the apples; of "drain and add the peas", only the last."""
    for i in reversed(range(len(clauses) - 1)):
        clause, following = clauses[i], clauses[i + 1]
        rest = [word.text for word in clause.words[clause.after :]]
        alone = rest[:1] in (["and"], [","]) and all(is_adverb(word) for word in rest[1:])  # "peel and thinly slice"
        shares = following.objects and following.effect not in _ADDING and not following.particle
        if alone and shares and clause.verb not in lexicon().words["no_objects"] and clause.verb not in _WAITING:
            verb, shared = clause.words[: clause.after], following.words[following.after : following.objects[-1].end]
            clauses[i] = clause_at([*verb, *shared], clause.text)


def _starts_clause(words: list[Word], i: int) -> bool:
    """Whether a verb at `i` is what one is told to do: after a break, or after the "to" of "use a spoon to stir"."""
    found = mannered_at(words, i) or verb_at(words, i) or unknown_verb_at(words, i)
    if not found or (i > 0 and mannered_at(words, i - 1)):
        return False
    if joined(words, max(0, i - 3), 1) in lexicon().words["determiners"] and between_adjectives(words, i - 1):
        return False  # "any dead or brown wood"
    j = _before_adverbs(words, i)
    if _goes_on_until(words, j, i):
        return False
    if j > 0 and words[j - 1].text == "to":
        if found[1] >= len(words) - 1 and words[0].text != "use":
            return False  # "shake the tray to coat"
        if joined(words, j - 2, 1) == "enough" and j > 2 and is_look(words, j - 3):
            return False  # "long enough to wrap"
        if any(word.text in _WAITING for word in words[max(0, j - 6) : j]):
            return False  # "let it begin to rise"
        into = any(word.text in ("to", "into", "onto") for word in words[i : i + 5])  # "to fit it into the lamp"
        if found[0] in _AIMS and words[0].text != "use" and not into:
            return False
        return lexicon().verbs.get(found[0], "show") not in ("serve", "show", "form")
    follows = words[j - 1].text in BREAKS or words[j - 1].text in DENIALS
    return j == 0 or (follows and not (_may_be_noun(words, i, found[1]) and joined(words, j - 1, 1) == ","))


def _goes_on_until(words: list[Word], j: int, i: int) -> bool:
    """Whether the verb at `i`, its adverbs from `j` on, is what things do by themselves: "until they puff and turn"."""
    if joined(words, j - 1, 1) != "and" or j == 0:
        return False
    begins = next((k + 1 for k in reversed(range(j)) if words[k].text in (".", ";", ",", "then")), 0)
    if not any(word.text in ("until", "till", "so", "because") for word in words[begins:j]):
        return False
    following = joined(words, i + 1, 1)
    acts = following in _ACTING or following.isdigit() or following in NUMBERS or following.endswith("ing")
    return (words[i].text in _BECOMING and not acts) or (verb_at(words, i) is None and not acts)


def _may_be_noun(words: list[Word], i: int, end: int) -> bool:
    """Whether the verb from `i` to `end` may go on a list, having no object: "the tire, jack and wrench"."""
    following = joined(words, end, 1)
    if following == "and":
        return verb_at(words, end + 1) is None and unknown_verb_at(words, end + 1) is None
    phrase = phrases_at(words, end)[0][:1]
    return bool(phrase) and phrase[0].kind == "other" and not phrase[0].marked  # "skin side down"


def _is_gerund(words: list[Word], i: int) -> bool:
    return words[i].text.endswith("ing") and words[i].text not in lexicon().verbs


def _before_adverbs(words: list[Word], i: int) -> int:
    """Where the adverbs before word `i` begin."""
    while i > 0 and is_adverb(words[i - 1].text) and words[i - 1].text not in ("to", *DENIALS):
        i -= 1
    return i


def is_denied(text: str) -> bool:
    """Whether a sentence only says what not to do: "Don't squash them." """
    words = words_of(text)
    return bool(words) and words[0].text in DENIALS


def _is_denied(words: list[Word], i: int) -> bool:
    """Whether one is told not to do what the verb at `i` says: "don't rub it", "never rub it"."""
    i = _before_adverbs(words, i) - 1
    i -= joined(words, i, 1) == "to"  # "try not to burn it"
    return i >= 0 and words[i].text in DENIALS


def _only_leads_in(words: list[Word]) -> bool:
    """Whether what stands before the first verb is only "first,", "in a bowl," or "when the water boils,"."""
    rest = [word.text for word in words if not is_adverb(word.text)]
    leads = (
        not rest
        or rest[0] in lexicon().verbs
        or rest[0] in (",", "go", "come")
        or rest[0] in (*ASIDES, *DENIALS)
        or preposition_at(words, 0) is not None
    )
    return leads or rest[-1] == "," or rest[-1] in DENIALS


def cleaned(text: str) -> str:
    """The instruction as one plain imperative sentence: no numbering, no "first,", "Pouring" → "Pour"."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^(?:step\s*)?\d+\s*[.):-]\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"^(?:first|then|next|now|finally|lastly|afterwards|after that)\b,?\s*", "", text, flags=re.IGNORECASE
    )
    words = words_of(text)
    for i in reversed(range(len(words))):
        if _starts_clause(words, i) and not (i and _is_gerund(words, i)):  # "…, mixing with a fork" stays
            verb, end = mannered_at(words, i) or verb_at(words, i) or unknown_verb_at(words, i)
            if mannered_at(words, i):
                verb = f"{words[i].text} {verb}"
            if i and words[i - 1].text in (".", "!", "?"):
                verb = verb[:1].upper() + verb[1:]
            text = text[: words[i].start] + verb + text[words[end - 1].end :]
    text = text.rstrip(" .!;,:")
    return text[:1].upper() + text[1:] + "." if text else ""
