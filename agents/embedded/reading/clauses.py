"""A clause of an instruction: a verb with what it acts on, where, and until when."""

import re
from dataclasses import dataclass, field, replace

from agents.embedded.reading.language import (
    PARTICLES,
    Phrase,
    is_adverb,
    particle_at,
    phrases_at,
    unknown_verb_at,
    verb_at,
)
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import Word, joined, preposition_at
from tools.vocabulary import vocabulary

BREAKS = (",", ";", ".", ":", "and", "or", "then", "&", "!", "?", "but")
ASIDES = frozenset("for so while when whenever once after before if because as unless but instead".split())
"""What begins a part of a sentence that is read no further."""
_MIXING = frozenset(
    ("add", "mix", "stir", "combine", "whisk", "beat", "sift", "blend", "dissolve", "mix in", "stir in")
)
"""Verbs with which "a cup of flour" is flour, as with those of the effects of `_HEATING`."""
_HEATING = ("boil", "heat", "cook", "fry", "melt")
_RESULTS = ("dry", "clean", "smooth", "flat", "tight", "open", "warm", "cold")
_MEASURING = ("cup", "glass", "bowl", "jug", "spoon")
DENIALS = ("don't", "not", "never", "avoid", "without")


@dataclass
class Clause:
    """One verb with what it acts on: "pour | the hot water | from the kettle | into the cup".

    Attributes:
        places: (preposition, phrase), the preposition in its plainest form.
        until: the condition that ends it: "boil", "melt", "brown" …
        colour: what something is painted: "paint the wall blue".
        result: how it is in the end: "rub him dry".
        product: what the objects become: "shape the clay into a bowl".
        subject: who or what does it, in a statement.
        whole: whether every word of it was understood.
        words: its words, of which `after` is the first after the verb and its particle.
        text: the text in which they stand.
        manner: a word before the verb that is told with it: "half fill the kettle".
        particle: what makes one verb of it and the word after it, if the tables do not: "tip in the coffee".
    """

    verb: str
    effect: str
    objects: list[Phrase] = field(default_factory=list)
    places: list[tuple[str, Phrase]] = field(default_factory=list)
    until: str | None = None
    colour: str | None = None
    result: str | None = None
    product: Phrase | None = None
    subject: list[Phrase] = field(default_factory=list)
    whole: bool = True
    words: list[Word] = field(default_factory=list)
    after: int = 0
    text: str = ""
    particle: str = ""
    manner: str = ""

    def at(self, *prepositions: str) -> list[Phrase]:
        """The phrases after any of the prepositions."""
        return [phrase for preposition, phrase in self.places if preposition in prepositions]


def clause_at(words: list[Word], text: str = "") -> Clause:
    """The clause of the verb that words begin with, and of what follows it."""
    table = lexicon()
    manner = mannered_at(words, 0)
    verb, i = manner or verb_at(words, 0) or unknown_verb_at(words, 0) or ("", 1)
    clause = Clause(verb, table.verbs.get(verb, "show"), words=words, text=text)
    clause.manner = words[0].text if manner else ""
    while i < len(words) and is_adverb(words[i].text) and words[i].text not in PARTICLES and words[i].text != "to":
        i += 1
    if particle_at(words, i, verb):
        clause.particle = words[i].text
        whole = f"{verb} {clause.particle}"
        clause.effect = "put" if clause.particle in ("in", "on") else table.verbs.get(whole, clause.effect)
        i += 1
    clause.after = i
    clause = read_on(words, i, clause)
    if verb not in table.verbs:
        clause.whole = False
        clause.effect = "put" if clause.at("in", "on", "over", "from") else "show"
        if verb in table.words["mixers"]:
            clause.effect = "stir"  # "cream the butter and sugar"
    return clause


def mannered_at(words: list[Word], i: int) -> tuple[str, int] | None:
    """The verb after a word that says how, and the position after it, where its object follows: "half fill the"."""
    if joined(words, i, 1) not in lexicon().words["manners"] or joined(words, i + 1, 1) not in lexicon().verbs:
        return None
    following = joined(words, i + 2, 1)
    begins = lexicon().words["determiners"] | {"it", "them"}
    return (words[i + 1].text, i + 2) if following in begins else None


def read_on(words: list[Word], i: int, clause: Clause, all_places: bool = False) -> Clause:
    """Reads what follows a verb into its clause; of unknown places, only what is surely a noun if not `all_places`."""
    table, verb = lexicon(), clause.verb
    while i < len(words) and is_adverb(words[i].text) and words[i].text != "to":
        i += 1
    objects, i = phrases_at(words, i)
    clause.objects = [_measured_out(clause, phrase) for phrase in objects]
    while i < len(words):
        word = words[i].text
        if word == ":":
            listed, i = phrases_at(words, i + 1)
            clause.objects += listed
            continue
        if word in ("until", "till"):
            clause.until = _condition(words[i:])
            break
        if word in ASIDES or word in DENIALS:
            break
        if word == "at" and (end := _degrees_to(words, i + 1)):
            i = end
            continue
        if found := preposition_at(words, i):
            preposition, after = found
            if end := _on_it(words, i):
                clause.places.append((preposition, Phrase("pronoun", "it", "", start=i, end=end)))
                i = end
                continue
            phrases, end = phrases_at(words, after)
            _particle(clause, word, bool(phrases))
            if phrases and word == "into" and _makes(clause, phrases[0]):
                clause.product = phrases.pop(0)
            sure = [phrase for phrase in phrases if all_places or phrase.marked or phrase.kind != "other"]
            clause.places += [(preposition, phrase) for phrase in sure]
            i = max(end, after)
        else:
            clause.colour = clause.colour or vocabulary().find_colour(word)
            clause.result = clause.result or (word if clause.objects and _is_result(words, i) else None)
            condition = table.conditions.get(word) if verb in ("let", "make", "cook", "leave") else None
            clause.until = clause.until or condition
            known = is_adverb(word) or word in BREAKS or condition or vocabulary().find_colour(word) or clause.result
            clause.whole = clause.whole and bool(known)
            i += 1
    if clause.at("in") and clause.effect in ("put", "pour"):  # "spoon half a cup of oats into a jar"
        clause.objects = [out_of_cup(phrase) for phrase in clause.objects]
    if re.search(r"\bto (?:a|the) (?:rolling )?(?:boil|simmer)\b", " ".join(word.text for word in words)):
        clause.effect = "boil"
    elif verb == "bring":
        clause.effect = "put"
    return clause


def _degrees_to(words: list[Word], i: int) -> int:
    """Where a temperature from `i` ends: "350°F", "180 degrees Celsius"; 0 if there is none."""
    if not joined(words, i, 1).isdigit() or joined(words, i + 1, 1) not in ("f", "c", "degrees"):
        return 0
    return i + 2 + (joined(words, i + 2, 1) in ("f", "c", "fahrenheit", "celsius"))


def _is_result(words: list[Word], i: int) -> bool:
    """Whether word `i`, after an object, ends what is done by how the object is then: "wipe it clean"."""
    ends = i + 1 >= len(words) or words[i + 1].text in BREAKS or preposition_at(words, i + 1) is not None
    return words[i].text in _RESULTS and ends


def _measured_out(clause: Clause, phrase: Phrase) -> Phrase:
    """The flour of "add a cup of flour", of which the cup is only the measure."""
    mixed = clause.verb in _MIXING or clause.particle == "in" or clause.effect in _HEATING
    return out_of_cup(phrase) if mixed else phrase


def out_of_cup(phrase: Phrase) -> Phrase:
    """What a cup only measures out, as it goes into something else."""
    content = phrase.content
    if not isinstance(content, Phrase) or content.kind != "substance" or phrase.word not in _MEASURING:
        return phrase
    return replace(content, start=phrase.start, end=phrase.end, article=phrase.article, marked=phrase.marked)


def _on_it(words: list[Word], i: int) -> int:
    """Where "on top" or "inside" ends that names no thing, and means the one at hand; 0 if none begins at `i`."""
    end = i + 2 if joined(words, i, 2) == "on top" else i + 1 if words[i].text == "inside" else 0
    return end if end and (end >= len(words) or words[end].text in BREAKS) else 0


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
    taken_in = clause.effect == "take" and word == "in" and bool(clause.objects)  # "lift the puppy in"
    clause.effect = lexicon().verbs.get(whole, "put" if taken_in else clause.effect)


def _condition(words: list[Word]) -> str | None:
    conditions = lexicon().conditions
    return next((conditions[word.text] for word in words if word.text in conditions), None)
