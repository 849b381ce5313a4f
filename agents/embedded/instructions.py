"""An instruction taken apart: its clauses, each a verb with what it acts on, where, and until when."""

import re
from dataclasses import dataclass, field

from agents.embedded.language import Phrase, phrase_at, phrases_at, verb_at
from agents.embedded.lexicon import lexicon
from agents.embedded.words import Word, joined, name_length, preposition_at, words_of
from tools.vocabulary import vocabulary

_BREAKS = (",", ";", ".", ":", "and", "or", "then", "&", "!", "?")
_ASIDES = frozenset(("for", "so", "while", "when", "once", "after", "before", "if", "because", "as"))


@dataclass
class Clause:
    """One verb with what it acts on: "pour | the hot water | from the kettle | into the cup".

    Attributes:
        places: (preposition, phrase), the preposition in its plainest form.
        until: the condition that ends it: "boil", "melt", "brown" …
        colour: what something is painted: "paint the wall blue".
        product: what the objects become: "shape the clay into a bowl".
        subject: who or what does it, in a statement.
    """

    verb: str
    effect: str
    objects: list[Phrase] = field(default_factory=list)
    places: list[tuple[str, Phrase]] = field(default_factory=list)
    until: str | None = None
    colour: str | None = None
    product: Phrase | None = None
    subject: list[Phrase] = field(default_factory=list)

    def at(self, *prepositions: str) -> list[Phrase]:
        """The phrases after any of the prepositions."""
        return [phrase for preposition, phrase in self.places if preposition in prepositions]


def clauses_of(text: str) -> list[Clause]:
    """The clauses of an instruction in order; none if it does not start with an action."""
    return clauses_in(words_of(text))


def clauses_in(words: list[Word]) -> list[Clause]:
    """`clauses_of`, for words."""
    starts = [i for i in range(len(words)) if _starts_clause(words, i)]
    if _is_unknown_verb(words):
        clause = clause_at(words, words[0].text, "show")
        clause.effect = "put" if clause.at("in", "on", "over", "from") else "show"
        return [clause]
    if not starts or not _only_leads_in(words[: starts[0]]):
        return []
    ends = [*starts[1:], len(words)]
    lead = words[: starts[0]]
    clauses = [
        clause_at(words[start:end])
        for start, end in zip(starts, ends, strict=True)
        if not (start and start != starts[0] and words[start - 1].text == "or")  # of two ways, the first is gone
    ]
    if lead and (place := preposition_at(lead, 0)):
        clauses[0].places += [(place[0], phrase) for phrase in phrases_at(lead, place[1])[0]]
    return clauses


def _starts_clause(words: list[Word], i: int) -> bool:
    """Whether a verb at `i` is what one is told to do: after a break, or after the "to" of "use a spoon to stir"."""
    found = verb_at(words, i)
    if not found:
        return False
    j = i
    while j > 0 and words[j - 1].text in lexicon().words["adverbs"] - {"to"}:
        j -= 1
    if j > 0 and words[j - 1].text == "to":
        return lexicon().verbs[found[0]] not in ("serve", "show", "form")
    return j == 0 or words[j - 1].text in _BREAKS


def _only_leads_in(words: list[Word]) -> bool:
    """Whether what stands before the first verb is only "first,", "in a bowl," or "when the water boils,"."""
    rest = [word.text for word in words if word.text not in lexicon().words["adverbs"]]
    return not rest or rest == [","] or rest[-1] == "," and (rest[0] in _ASIDES or preposition_at(words, 0) is not None)


def _is_unknown_verb(words: list[Word]) -> bool:
    """Whether a text starts like "Nudge the egg": with a word of no kind that the tables know, and a noun phrase."""
    if not words[1:] or verb_at(words, 0) or preposition_at(words, 0):
        return False
    table, word = lexicon().words, words[0].text
    if word.endswith("ing") and not name_length(words, 0):
        return word not in table["adjectives"]
    following = [other.text for other in words[1:3] if other.text not in ("up", "down", "off", "out", "away")]
    if not following or following[0] not in table["determiners"]:
        return False
    named = phrase_at(words, 0)
    listed = {
        listed
        for name in ("determiners", "pronouns", "adjectives", "adverbs", "copulas", "functions")
        for listed in table[name]
    }
    return word.isalpha() and word not in listed | _ASIDES and not (named and named.kind != "other")


def clause_at(words: list[Word], verb: str = "", effect: str = "") -> Clause:
    """The clause of a verb and what follows it; `verb` is a first word that the tables do not know as one."""
    table = lexicon()
    verb, i = verb_at(words, 0) or (verb, 1 + (joined(words, 1, 1) in ("up", "down", "off", "out", "away")))
    return read_on(words, i, Clause(verb, effect or table.verbs[verb]))


def read_on(words: list[Word], i: int, clause: Clause, all_places: bool = False) -> Clause:
    """Reads what follows a verb into its clause; of unknown places, only what is surely a noun if not `all_places`."""
    table, verb = lexicon(), clause.verb
    while i < len(words) and words[i].text in table.words["adverbs"] and words[i].text != "to":
        i += 1
    clause.objects, i = phrases_at(words, i)
    while i < len(words):
        word = words[i].text
        if word == ":":
            listed, i = phrases_at(words, i + 1)
            clause.objects += listed
            continue
        if word in ("until", "till"):
            clause.until = _condition(words[i:])
            break
        if word in _ASIDES:
            break
        if found := preposition_at(words, i):
            preposition, after = found
            phrases, end = phrases_at(words, after)
            _particle(clause, word, bool(phrases))
            if phrases and word == "into" and _makes(clause, phrases[0]):
                clause.product = phrases.pop(0)
            sure = [phrase for phrase in phrases if all_places or phrase.marked or phrase.kind != "other"]
            clause.places += [(preposition, phrase) for phrase in sure]
            i = max(end, after)
        else:
            clause.colour = clause.colour or vocabulary().find_colour(word)
            clause.until = clause.until or (
                table.conditions.get(word) if verb in ("let", "make", "cook", "leave") else None
            )
            i += 1
    if re.search(r"\bto (?:a|the) (?:rolling )?(?:boil|simmer)\b", " ".join(word.text for word in words)):
        clause.effect = "boil"
    elif verb == "bring":
        clause.effect = "put"
    return clause


def _makes(clause: Clause, into: Phrase) -> bool:
    """Whether what stands after "into" is what comes out, not where it goes."""
    row = vocabulary().row(into.word)
    holds = row.mouth is not None or row.inside is not None
    last = into.word.split()[-1]
    if into.kind == "other" and {last, last.removesuffix("s")} & (lexicon().words["vague"] | lexicon().words["units"]):
        return False
    makes = clause.effect == "form" or (clause.verb in lexicon().words["makers"] and not holds)
    return makes and into.kind in ("thing", "other") and into.marked and not into.definite


def _particle(clause: Clause, word: str, leads: bool) -> None:
    """A verb split by its object, "turn the stove on", is looked up as one; of those that lead on, "press it into"."""
    whole = f"{clause.verb} {word}"
    if leads and word not in ("into", "onto"):
        return
    clause.effect = lexicon().verbs.get(whole, clause.effect)


def _condition(words: list[Word]) -> str | None:
    conditions = lexicon().conditions
    return next((conditions[word.text] for word in words if word.text in conditions), None)


def cleaned(text: str) -> str:
    """The instruction as one plain imperative sentence: no numbering, no "first,", "Pouring" → "Pour"."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^(?:step\s*)?\d+\s*[.):-]\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"^(?:first|then|next|now|finally|lastly|afterwards|after that)\b,?\s*", "", text, flags=re.IGNORECASE
    )
    words = words_of(text)
    for i in reversed(range(len(words))):
        if _starts_clause(words, i):
            verb, end = verb_at(words, i)
            text = text[: words[i].start] + verb + text[words[end - 1].end :]
    text = text.rstrip(" .!;,:")
    return text[:1].upper() + text[1:] + "." if text else ""
