"""What the passive of an instruction is about: its object in its own words, and where in the clause that ends."""

import re
from typing import NamedTuple

from agents.embedded.reading.clauses import BREAKS, Clause
from agents.embedded.reading.language import Phrase, is_adverb, phrases_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import Word, joined, preposition_at, singular
from agents.embedded.telling.noun_ends import ENDS, follows_noun, is_noun_end, listed_on, whole_noun, with_its_place
from agents.embedded.world.discourse import Discourse, holder_in
from agents.embedded.world.mentions import (
    MIXTURE,
    SOAKING,
    STIRRING,
    Mention,
    is_abstract,
    is_never_cooked,
    is_plural,
    is_plural_word,
    is_slight,
    is_waste,
    mentioned,
)
from tools.vocabulary import vocabulary

SILENT = frozenset(
    "wait watch try start begin continue repeat look have need enjoy reach ensure face use go come be let make do "
    "stop stay relax remember think know want help listen".split()
)
"""Verbs that say nothing of their object, or have none; "let" and "make" are told if they say what becomes of it."""
MIXING_IN = ("stir in", "mix in", "fold in", "beat in", "whisk in", "blend in", "work in")
"""Verbs of what becomes part of what is there."""
_TIMES = frozenset("minute minutes min mins hour hours second seconds day days week weeks while time times".split())
_SOME = frozenset("each both all one two three some half another the other rest".split())
_COUNTED = ("appliances", "furniture", "vessels", "electronics", "vehicles", "lights")
"""Kinds of things of which one does not speak without "a" or "the"."""
_ASKING = ("what", "whatever", "where", "how", "who", "which", "whichever", "anything", "something")
_OWN = ("your", "my", "his", "her", "our", "their")


_AROUND = re.compile(r" (?:around|near|between|under) ")


class Subject(NamedTuple):
    """What something was done to.

    Attributes:
        text: as the instruction has it: "a pair of shoes"; a pronoun replaced by what it stands for.
        plural: whether it takes "are".
        about: what that refers to.
        end: the position of the clause's first word after it.
    """

    text: str
    plural: bool
    about: Mention | None
    end: int


def subject_of(discourse: Discourse, clause: Clause, before: Mention | None) -> Subject | None:
    """What a clause acts on; `before` is what the clause of the same step before it did."""
    words, i = clause.words, clause.after
    while i < len(words) and is_adverb(words[i].text) and words[i].text != "to":
        i += 1
    if joined(words, i, 1) == "one" and _some(words, i) == i + 1 and (many := discourse.meant("them", clause.verb)):
        return Subject(f"one of {many.name}", False, many, i + 1)
    if end := _some(words, i):
        text = source(clause, i, end)
        plural = words[i].text in ("both", "all", "some", "two", "three")
        return Subject(text, plural and (words[i].text != "some" or before is None or before.plural), None, end)
    if joined(words, i, 1).partition("'")[0] in _ASKING:
        if words[i].text == "where":
            return None  # "mark where it goes"
        end = next((j for j in range(i + 1, len(words)) if is_noun_end(words, j)), len(words))
        return Subject(source(clause, i, end), False, None, end) if end > i + 1 else None  # "cover what's left"
    objects, end = phrases_at(words, i)
    if all(phrase.word.split()[-1] in _TIMES for phrase in objects):
        return _unsaid(discourse, clause, before, i)
    if objects[0].kind == "pronoun":
        place = _place_of(clause)
        mention = discourse.meant(objects[0].word, clause.verb, place, into=clause.effect == "fill")
        word = objects[0].word
        if len(objects) > 1 or word in ("everything", "this", "these"):
            return Subject(source(clause, i, end), len(objects) > 1 or is_plural(objects[0]), None, end)
        if mention is None:
            word = {"them": "they", "him": "he", "her": "she"}.get(word, word)
            return Subject(word, is_plural(objects[0]), None, end)
        return Subject(mention.name, mention.plural, mention, end)
    acts = joined(words, end, 1) in lexicon().verbs
    if clause.verb in ("let", "allow") and end - i > 2 and words[end - 1].text in lexicon().verbs and not acts:
        end -= 1  # "let the oil drain": the last word is what it does
    elif clause.verb not in ("let", "allow"):
        ends = objects[-1].plural and is_plural_word(words[end - 1].text)
        whole = end if ends else whole_noun(words, end)
        end = end if joined(words, whole, 1) in ("up", "down") else whole  # "set the bird | breast side up"
        objects, end = listed_on(words, objects, end)
    effect = clause.verb if clause.verb in ("rub", "add", "dab") else clause.effect
    effect = "" if clause.at("with") else effect  # "rub the chicken with butter"
    goals = [phrase for phrase in clause.at("in", "on", "over", "to") if phrase.word not in lexicon().words["abstract"]]
    goes_in = goals or clause.verb.endswith(" in")
    into = all(phrase.kind == "substance" for phrase in objects) and goes_in
    mixed = clause.verb in MIXING_IN
    role = "added" if clause.particle in ("in", "on") or into or mixed else "object"
    on_it = any(phrase.kind == "pronoun" and not phrase.name for phrase in clause.at("on"))
    role = "added" if on_it else role  # "stack more books on top"
    role = "gone" if any(word.text == "away" for word in words) else role
    off = any(word.text in ("off", "away", "up" if clause.verb.split()[0] in SOAKING else "off") for word in words)
    is_from = any(phrase.kind == "thing" for phrase in clause.at("from"))
    role = "waste" if is_waste(clause.verb, objects, off, off and is_from) else role
    about = mentioned(objects, role, effect, source(clause, i, end))
    end = with_its_place(words, end)
    said = clause.verb in ("check", "see", "ensure", "make sure")
    if joined(words, i, 1) == "that" and (said or joined(words, i + 1, 1) in lexicon().words["determiners"]):
        return None  # "demand that the voice is heard"
    if joined(words, end, 1).partition("'")[0] in ("you", "that", "which", "who"):
        return None  # "everything you want to bring"
    text = without_owner(renamed(discourse, clause, i, end, None))
    if discourse.cut and len(objects) == 1 and objects[0].definite and is_slices(text):
        return _slices(text, discourse.cut, end)
    if joined(words, end, 1) == ":" and (listed := phrases_at(words, end + 1))[0]:
        return Subject(source(clause, end + 1, listed[1]), True, about, listed[1])  # "gather: milk and eggs"
    return Subject(_with_article(text, objects[0]), takes_are(text, objects), about, end)


def is_slices(text: str) -> bool:
    """Whether a text names only what was cut: "the slices", "each piece", but not "the flesh"."""
    first, _, unit = text.lower().partition(" ")
    determined = first in lexicon().words["determiners"]
    return determined and unit.removesuffix("s") in lexicon().words["cut_units"] - {"flesh", "pulp", "half"}


def _slices(text: str, cut: Phrase, end: int) -> Subject:
    """ "The slices" of what was cut up last: "the cucumber slices"."""
    whole, _, unit = text.rpartition(" ")
    plural = is_plural_word(unit)
    text = f"{whole} {singular(cut.name)} {unit}"
    return Subject(text, plural, Mention(text, plural, (cut,), "object"), end)


def takes_are(text: str, objects: list[Phrase]) -> bool:
    """Whether what is so written takes "are": "two layers of waste", "salt and pepper", not "a pair of shoes"."""
    if len(objects) > 1:
        return " or " not in text or " and " in text or "," in text or is_plural(objects[-1])
    measure, of, _ = _AROUND.split(text.lower(), maxsplit=1)[0].partition(" of ")
    last = measure.split()[-1]
    first = measure.partition(" and ")[0].split()[-1]
    coloured = first in lexicon().looks or vocabulary().find_colour(first)  # "the black and white cow"
    if not of and " and " in measure and not measure.endswith(" half") and not coloured:
        return True
    if not of and not objects[0].name.endswith(last):
        return is_plural_word(last)  # "paint splatters", of which only the paint is known
    if not of or last in ("couple", "few", "number", "lot", "lots", "variety", "all", "some", "rest", "most", "half"):
        return is_plural(objects[0])
    return is_plural_word(last)


def _some(words: list[Word], i: int) -> int:
    """Where "each one", "both" or "half" ends that stands for a noun; 0 if none begins at `i`."""
    j = i
    while joined(words, j, 1) in _SOME:
        j += 1
    ends = j >= len(words) or preposition_at(words, j) or words[j].text in (*ENDS, *BREAKS)
    ends = ends or (j > i and words[j - 1].text in ("one", "rest", "each") and follows_noun(words[j].text))
    return j if j > i and words[j - 1].text != "the" and ends and joined(words, j, 1) != "of" else 0


def _with_article(text: str, phrase: Phrase) -> str:
    """ "Preheat oven" speaks of the oven."""
    bare = phrase.kind == "thing" and not phrase.marked and text.lower().startswith(phrase.name)
    return f"the {text.lower()}" if bare and vocabulary().row(phrase.word).kind in _COUNTED else text


def _unsaid(discourse: Discourse, clause: Clause, before: Mention | None, i: int) -> Subject | None:
    """What is meant where no object is said: "peel the carrot and chop into cubes", "bake for an hour"."""
    verb = clause.verb.split()[0]
    following = joined(clause.words, i, 1)
    times = phrases_at(clause.words, i)[0]
    follows = following in ("", *BREAKS, *ENDS) or preposition_at(clause.words, i) is not None
    follows |= bool(times) and all(phrase.word.split()[-1] in _TIMES for phrase in times)  # "flush a few times"
    if not follows or verb in SILENT or verb in lexicon().words["no_objects"]:
        return None
    if verb in lexicon().words["upon"]:
        mention = (clause.effect == "fill" and holder_in(discourse.pages)) or discourse.at_hand()
    else:
        goes_on = before is not None and before.role != "gone" and not is_never_cooked(before, clause.verb)
        mention = before if goes_on else discourse.meant("", clause.verb, _place_of(clause))
        mention = discourse.topic if verb == "serve" and discourse.is_dish() else mention
        mention = discourse.topic if clause.verb == "finish" else mention
        mention = MIXTURE if not goes_on and verb in STIRRING and discourse.is_in_vessel() else mention
        unheard = discourse.subject and not any(discourse.pages) and clause.verb != discourse.subject.verb
        mention = None if unheard and mention == discourse.topic else mention  # "pull over on flat ground"
    if mention is not None and (is_abstract(mention) or is_slight(mention)):
        mention = discourse.meant("", clause.verb)
    return Subject(mention.name, mention.plural, mention, i) if mention else None


def _place_of(clause: Clause) -> Mention | None:
    """Where something is done, which is not what it is done to: the pan of "remove it from the pan"."""
    return mentioned([phrase for _, phrase in clause.places if phrase.kind != "pronoun"][:1], "place")


def renamed(discourse: Discourse, clause: Clause, i: int, end: int, about: Mention | None) -> str:
    """The text from word `i` to `end`, with what its pronouns stand for, which is not what it is done to."""
    parts, at = [], i
    for j in range(i + 1 if about is None else i, end):
        word = clause.words[j].text
        if word in ("it", "them", "him") and preposition_at(clause.words, j - 1) and j > 0:
            before = clause.words[j - 1].text
            into = before in ("in", "into", "onto", "inside")
            over = before in ("over", "around", "across")
            if mention := discourse.under(word, about) if over else discourse.meant(word, but=about, into=into):
                parts += [source(clause, at, j), mention.name]
                at = j + 1
    return " ".join(filter(None, [*parts, source(clause, at, end)]))


def source(clause: Clause, i: int, end: int) -> str:
    """The text of the words from `i` to `end`, as it is written."""
    if i >= end:
        return ""
    text = re.sub(r"\([^()]*\)|&#?\w+;", " ", clause.text[clause.words[i].start : clause.words[end - 1].end])
    return re.sub(r"\s+", " ", text).strip()


def without_owner(text: str) -> str:
    """ "Your shoes" → "the shoes"."""
    first, _, rest = text.partition(" ")
    if first.lower() in _OWN and rest:
        return f"the {rest}"
    return re.sub(r"\b(?:your|my)\b", "the", text)
