"""What a step did, in its own words: "Slice a baguette into pieces." → "A baguette is sliced into pieces."

True of whatever was done, known or not, since nothing is added to what the instruction says: its verb becomes a
participle, its object the subject; pronouns are replaced by what they stand for; reasons and conditions left out.
"""

import re
from dataclasses import dataclass

from agents.embedded.reading.clauses import BREAKS, Clause
from agents.embedded.reading.language import is_adverb, phrases_at, unknown_verb_at, verb_at
from agents.embedded.reading.lexicon import lexicon, participle
from agents.embedded.reading.word_classes import is_look, starts_noun
from agents.embedded.reading.words import Word, joined, name_length, preposition_at
from agents.embedded.telling.noun_ends import ENDS
from agents.embedded.telling.subjects import (
    SILENT,
    Subject,
    renamed,
    source,
    subject_of,
    takes_are,
    without_owner,
)
from agents.embedded.world.discourse import Discourse
from agents.embedded.world.mentions import Mention, mentioned

MOST_TOLD = 4
"""How many clauses of a step are told; the last ones, as the earlier ones lead up to them."""


_RELATIVES = ("that", "which", "that's", "you've")
_TO_AND_FRO = ("back and forth", "up and down", "in and out", "over and under", "to and fro")
_IMPLIED = {"blow": "air", "breathe": "air"}
"""What verbs act on by their meaning, where no object follows."""


@dataclass
class Told:
    """A clause told: `subject` "is" (or "are", if `plural`) `done`; `about` is what the subject refers to.

    Of "use a saw", nothing is `done` yet.
    """

    subject: str
    plural: bool
    done: str
    about: Mention | None = None


def told(discourse: Discourse, clause: Clause, before: Told | None = None) -> Told | None:
    """A clause in the passive, None if it says nothing of a thing; `before` is the clause before it in the step."""
    if not clause.words:
        return None
    if clause.verb in ("carry on", "keep going"):
        return None
    if (worked_at := _at_place(discourse, clause)) is not None:
        return worked_at
    subject = _implied(clause) or subject_of(discourse, clause, before.about if before else None)
    subject = subject or _restricted(discourse, clause)
    if subject is None:
        return _at_place(discourse, clause, through=True)
    text, plural, about, end = subject
    if joined(clause.words, end, 1) in ("is", "are", "has", "have"):
        return None  # "check it is straight": what is so is not done
    plural = plural and not text.endswith(" one")
    if clause.verb in ("let", "allow"):
        return _let(discourse, clause, end, Told(text, plural, "", about=about))
    if clause.verb.split()[0] in SILENT and not (_is_made(clause) or _is_begun(clause)):
        return Told(text, plural, "") if clause.verb == "use" and clause.objects else None
    verb = f"{clause.verb} {clause.particle}".strip()
    done = f"{clause.manner} {participle(verb)} {_tail(discourse, clause, end, about)}".strip()
    done = re.sub(r"^got (?=off|out|up|down)", "taken ", done)
    if before and not before.done and clause.words[0].start and " with " not in done:
        done = f"{done} with {before.subject}"  # "use a saw to cut the wood"
    return Told(text, plural, done, about=about)


def _at_place(discourse: Discourse, clause: Clause, through: bool = False) -> Told | None:
    """ "Write in the card with a pencil" → the card "is written in with a pencil"; None for what has another object.

    What one sews `through` is that only if nothing else is sewn.
    """
    words, i = clause.words, clause.after
    found = preposition_at(words, i) if clause.verb in lexicon().words["at_place"] and not clause.particle else None
    if not found or (found[0] in ("with", "for", "to", "from", "at") and not (through and words[i].text == "through")):
        return None
    phrases, end = phrases_at(words, found[1])
    if not phrases:
        return None
    text = without_owner(source(clause, found[1], end))
    about = mentioned(phrases, "object", "", text)
    done = f"{participle(clause.verb)} {source(clause, i, found[1])} {_tail(discourse, clause, end, about)}".strip()
    return Told(text, takes_are(text, phrases), done, about) if about else None


def _is_made(clause: Clause) -> bool:
    """Whether "make" or "do" has an object that is made or done: "make a hat"."""
    this = joined(clause.words, clause.after, 2) in ("this right", "that right")  # "do this right after lunch"
    return clause.verb in ("make", "do") and bool(clause.objects) and clause.objects[0].marked and not this


def _is_begun(clause: Clause) -> bool:
    """Whether "start" or "repeat" has a thing as its object: "start the bandage at the toes"."""
    return clause.verb in ("start", "stop", "repeat") and any(
        p.article and p.kind in ("thing", "other") for p in clause.objects
    )


def _implied(clause: Clause) -> Subject | None:
    """What a verb without an object acts on by its meaning: of "blow at the bottom", the air."""
    alone = not (clause.objects or clause.particle) and preposition_at(clause.words, clause.after)
    return Subject(_IMPLIED[clause.verb], False, None, 1) if alone and clause.verb in _IMPLIED else None


def _restricted(discourse: Discourse, clause: Clause) -> Subject | None:
    """The object of which only some are meant: "the branches that cross" → "some branches"."""
    i, phrases = clause.after, clause.objects
    if len(phrases) != 1 or phrases[0].kind not in ("thing", "other", "substance"):
        return None
    article = phrases[0].article or joined(clause.words, i, 1) in ("a", "an")
    if not (article or phrases[0].plural or phrases[0].kind == "substance"):
        return None
    if phrases[0].start != i or joined(clause.words, phrases[0].end, 1) not in _RELATIVES:
        return None
    text, plural = source(clause, i, phrases[0].end), phrases[0].plural
    meant = discourse.meant("them", clause.verb) if phrases[0].name == "ones" else None
    if meant:
        text = f"some of {meant.name}"
    elif plural:
        text = f"some {source(clause, i + phrases[0].article, phrases[0].end)}"
    return Subject(text, plural, meant or mentioned(phrases, "object", clause.effect, text), len(clause.words))


def _let(discourse: Discourse, clause: Clause, i: int, subject: Told) -> Told | None:
    """ "Let it cool in the tin" → it "is left to cool in the tin"."""
    words = clause.words
    i += joined(words, i, 1) == "to"
    verb = joined(words, i, 1)
    if not verb.isalpha() or verb in ENDS or preposition_at(words, i) or is_adverb(verb) or verb in BREAKS:
        return None
    if verb in ("be", "have", "go", "know", "get", "it", "left"):
        return None
    subject.done = f"left to {verb} {_tail(discourse, clause, i + 1, subject.about)}".strip()
    return subject


def _tail(discourse: Discourse, clause: Clause, i: int, about: Mention | None) -> str:
    """The rest of a clause, up to what says why, until when or on what condition; pronouns named."""
    words, first, parts = clause.words, i, list[tuple[int, int]]()
    while i < len(words):
        word = words[i].text
        if word == "as" and "as" in (joined(words, i + 2, 1), joined(words, i - 2, 1)):
            i += 1  # "as thin as a leaf"
        elif word == "," and joined(words, i + 1, 2) == "such as" and (after := _after_examples(words, i + 3)):
            parts.append((first, i))
            first = i = after  # "soft bedding, such as a towel, inside the box"
        elif word == "for" and i == first and (after := _after_whose(words, i)):
            first = i = after  # "a card for a friend to the front"
        elif _ends(clause, i) or (i == first and _is_doing(words, i)):
            break
        elif found := preposition_at(words, i):
            if joined(words, found[1], 1).endswith("ing") and verb_at(words, found[1]):
                break  # "by turning it"
            i = max(found[1], phrases_at(words, found[1])[1])
        else:
            i += 1
    cut_off = joined(words, i, 1) in ENDS
    parts.append((first, i))
    text = " ".join(filter(None, (renamed(discourse, clause, *part, about) for part in parts))).split("(")[0]
    text = _TRAILING.sub("", text).strip()
    if cut_off:  # "rolled away from you", "watered the day before"
        text = _WHEN.sub("", text).strip()
        text = text if _WITH_IT_ON.search(text) else _LEADING_ON.sub("", text).strip()
    return without_owner(text.replace("with your hands", "by hand"))


def _ends(clause: Clause, i: int) -> bool:
    """Whether what is told ends before word `i`: at a reason, a condition or a further clause."""
    word = clause.words[i].text
    if word == "for" and clause.effect == "replace":
        return False  # "swapped for a new one"
    if word == "still" and joined(clause.words, i + 1, 1).endswith("ing"):
        return True  # "strip off the leaves still hanging on"
    return word in ENDS or (word in BREAKS and not _joins(clause.words, i)) or _is_purpose(clause, i)


def _is_doing(words: list[Word], i: int) -> bool:
    """Whether word `i` begins what the thing before it does: "the screw | holding the handle in place"."""
    word = words[i].text
    return (
        len(word) > 5
        and word.endswith("ing")
        and word not in lexicon().words["in_ing"]
        and not preposition_at(words, i)
    )


def _after_examples(words: list[Word], i: int) -> int:
    """Where a sentence goes on after "such as a towel,"; 0 if it does not."""
    end = phrases_at(words, i)[1]
    return end + 1 if joined(words, end, 1) == "," and preposition_at(words, end + 1) else 0


def _after_whose(words: list[Word], i: int) -> int:
    """Where a sentence goes on after the "for a friend" of its object, by saying where; 0 if it does not."""
    phrases, end = phrases_at(words, i + 1)
    found = preposition_at(words, end) if phrases and phrases[0].article else None
    where = joined(words, end, 1) in ("to", "into", "onto", "in", "on", "over") and found
    return end if where and joined(words, found[1], 1) in lexicon().words["determiners"] else 0


def _joins(words: list[Word], i: int) -> bool:
    """Whether a break stands within a list of describing words: "dry and clean"."""
    if words[i].text == "and" and preposition_at(words, i - 1) and preposition_at(words, i + 1):
        return True  # "above and below the joint"
    to_and_fro = f"{joined(words, i - 1, 1)} and {joined(words, i + 1, 1)}" in _TO_AND_FRO
    return to_and_fro or (words[i].text == "and" and i + 2 == len(words) and words[i + 1].text in lexicon().looks)


def _is_purpose(clause: Clause, i: int) -> bool:
    """Whether "to" at `i` says what for: "to wet the grounds", but "left to dry", "from top to bottom"."""
    words = clause.words
    if words[i].text != "to" or clause.verb in ("leave", "set aside", "keep", "let", "allow"):
        return False
    form = joined(words, i + 1, 1)
    if joined(words, i - 2, 1) == "from":
        return False  # "from heel to tip"
    sure = form in lexicon().verbs and not name_length(words, i + 1) and form not in lexicon().words["abstract"]
    return (
        sure
        or verb_at(words, i + 1) is not None
        or unknown_verb_at(words, i + 1) is not None
        or form in ("get", "be", "meet")
        or (form.isalpha() and (joined(words, i + 2, 2) in ("as much", "as many") or joined(words, i + 2, 1) == "any"))
        or (_is_unknown(words, i + 1) and starts_noun(words, i + 2) and clause.verb.split()[0] not in _GIVING)
    )


_GIVING = frozenset("move transfer tie attach clip fasten glue pass give add pour bring send hand feed fix".split())
"""Verbs that say to what: "transfer the jam to mason jars", but "touch it to discharge static"."""


def _is_unknown(words: list[Word], i: int) -> bool:
    """Whether word `i` is no noun, adjective or other word that the tables know."""
    word, tables = joined(words, i, 1), lexicon().words
    if not word.isalpha():
        return False
    listed = any(word in listed for name, listed in tables.items() if name not in ("soft", "solid", "hollow"))
    known = listed or is_look(words, i) or word in lexicon().looks or name_length(words, i)
    return not known and not preposition_at(words, i) and not word.endswith("ing")


_WHEN = re.compile(r"\b(?:the|a) (?:day|night|evening|morning|afternoon|week|hour|height|size|point|spot|way)$")
"""What is left of "the day before", "at the height where it hangs"."""
_WITH_IT_ON = re.compile(r"\bwith (?:the|its|a) \w+ (?:on|off|in|up|down)$")
_LEADING_ON = re.compile(r"(?:\s*\b(?:from|to|at|by|of|in|on|into|onto|for|with|around|toward|towards))+$")
_TRAILING = re.compile(
    r"(?:[\s,;:–—-]+|\b(?:and|or|then|to|just|so|too|first|again|as well|enough|suitable|ready|necessary|except|like"
    r"|than)$)+$"
)


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(clauses: list[Told]) -> str:
    """What a step did in one sentence: "The filter is folded and rinsed, and the coffee is added."; "" for nothing."""
    groups: list[list[Told]] = []
    for clause in [clause for clause in clauses if clause.done][-MOST_TOLD:]:
        if groups and groups[-1][0].subject == clause.subject or groups and _same(groups[-1][0], clause):
            if all(clause.done != other.done for other in groups[-1]):
                groups[-1].append(clause)
        else:
            groups.append([clause])
    parts = [_part(group) for group in groups]
    if not parts:
        return ""
    *most, last = parts
    text = f"{', '.join(most)}, and {last}" if most else last
    return _cased(text) + "."


def _same(a: Told, b: Told) -> bool:
    return a.about is not None and b.about is not None and a.about == b.about


def _part(group: list[Told]) -> str:
    """The clauses of one subject: "the tube is pulled out and pumped up"."""
    *most, last = [clause.done for clause in group]
    done = f"{', '.join(most)} and {last}" if most else last
    return f"{group[0].subject} {'are' if group[0].plural else 'is'} {done}"


_TOLD = re.compile(r"\b(?:is|are)\s+([a-zé-]+)(.*)$")


def is_told(text: str) -> bool:
    """Whether a sentence tells what was done, as `sentence` does, and does not only say how something looks."""
    match = _TOLD.search(text.rstrip(" .").lower())
    if not match:
        return False
    word, rest = match.groups()
    done = (
        word in lexicon().participles
        or word in lexicon().irregular.values()
        or (word.endswith("ed") and word not in lexicon().looks)
    )
    return done and (word not in lexicon().looks or bool(rest.strip()))
