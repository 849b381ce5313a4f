"""Statements taken apart: "The water boils.", "The eggs are beaten with the milk.", "Magma rises to the surface."

Only stories are read so. The state of a caption ("A cup stands on the table") is a description, read elsewhere.
"""

from agents.embedded.reading.clauses import Clause, read_on
from agents.embedded.reading.instructions import clauses_in
from agents.embedded.reading.language import Phrase, phrases_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import Word, joined, name_length, preposition_at, words_of

_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being", "get", "gets", "has", "have", "had"))
_MAY = frozenset(("can", "will", "may", "must", "then", "do", "does", "starts", "start", "begins", "begin"))
_LEADS = frozenset(("when", "once", "if", "while", "after", "before", "as", "because", "since"))
_DOERS = ("person", "people", "man", "woman", "child", "someone", "they", "you", "we", "i")
_PEOPLE = ("person", "hand")


def statements_of(text: str) -> list[Clause]:
    """The clauses of a statement in order, each with its subject; none if no verb of the tables is found."""
    words = words_of(text)
    start = _after_lead(words)
    found: list[Clause] = []
    subject: list[Phrase] = []
    while (at := _verb(words, start)) is not None:
        verb, passive, first, after = at
        subject = _subject(words[:first], start) or subject
        if not subject:
            return found
        if not passive and any(phrase.word in _PEOPLE for phrase in subject):
            return [
                *found,
                *clauses_in(_bidden(words[first:], verb, after - first), text),
            ]  # what people do is as bidden
        end = _end(words, after)
        found.append(_clause(words[after:end], verb, passive, subject))
        start = end + 1
    return found


def _after_lead(words: list[Word]) -> int:
    """Where the main sentence begins: after "When it is hot," or "In the ground,"."""
    if words and (words[0].text in _LEADS or preposition_at(words, 0)):
        return next((i + 1 for i, word in enumerate(words) if word.text == ","), 0)
    return 0


def _subject(words: list[Word], start: int) -> list[Phrase]:
    """The phrases that a statement begins with; nothing if it begins otherwise."""
    while start < len(words) and words[start].text in ("and", "then", "or", ","):
        start += 1
    return phrases_at(words, start)[0]


def _verb(words: list[Word], start: int) -> tuple[str, bool, int, int] | None:
    """The next verb: its base form, whether it is passive, where it and what helps it begin, and where it ends."""
    being, first = False, None
    for i in range(start, len(words)):
        word = words[i].text
        if word in _BEING or word in _MAY:
            being, first = being or word in _BEING, i if first is None else first
        elif word in lexicon().words["adverbs"] or word.endswith("ly"):
            continue
        elif (found := _form(words, i, being, first is not None)) and _can_be_verb(words, i, start):
            verb, after = found
            passive = being and joined(words, i, after - i) not in lexicon().gerunds
            return verb, passive, i if first is None else first, after
        else:
            being, first = False, None
    return None


def _can_be_verb(words: list[Word], i: int, start: int) -> bool:
    """Whether word `i` has something before it that can be its subject: "the slices" is no verb."""
    before = joined(words, i - 1, 1) if i else ""
    in_name = any(name_length(words, j) > i - j for j in range(max(start, i - 3), i))  # "sugar cubes"
    return not in_name and before not in lexicon().words["determiners"] and (i > start or before in ("and", ","))


def _form(words: list[Word], i: int, being: bool, helped: bool) -> tuple[str, int] | None:
    """The base form of the verb at `i` and where it ends: of an ending that the words before it call for."""
    table = lexicon()
    for n in (2, 1):
        form = joined(words, i, n)
        if being:
            verb = table.participles.get(form) or table.gerunds.get(form)
        elif i > 0 and words[i - 1].text in _DOERS and (form in table.gerunds or form in table.verbs):
            verb = table.gerunds.get(form, form)  # "person sprinkling salt"
        elif helped or (i > 0 and words[i - 1].text.endswith("s")):
            verb = form if form in table.happens or form in table.verbs else table.thirds.get(form)
        else:
            verb = table.thirds.get(form) or (form if form in table.happens else None)
        if verb and (being or helped or name_length(words, i) < n):
            return verb, i + n
    return None


def _end(words: list[Word], i: int) -> int:
    """Where a clause ends: at a full stop, or at what joins a further verb to it."""
    for j in range(i, len(words)):
        if words[j].text in (".", ";", "!", "?"):
            return j
        if words[j].text in (",", "and", "or", "which", "that") and _form(words, j + 1, False, False):
            return j
    return len(words)


def _bidden(words: list[Word], verb: str, n: int) -> list[Word]:
    """ "slices the apple and puts it on a plate" as one would bid it, of which the first `n` words are the verb."""
    table, bare = lexicon(), [words[0]._replace(text=part) for part in verb.split()]
    for i in range(n, len(words)):
        text, before = words[i].text, words[i - 1].text
        base = table.thirds.get(text) if before in ("and", ",", "then") and not name_length(words, i) else None
        bare.append(words[i]._replace(text=base or text))
    return bare


def _clause(words: list[Word], verb: str, passive: bool, subject: list[Phrase]) -> Clause:
    table = lexicon()
    clause = Clause(verb, table.happens.get(verb) or table.verbs[verb], subject=subject)
    read_on(words, 0, clause, all_places=True)
    if passive:
        clause.objects, clause.subject = subject, []
        clause.subject = subject if clause.effect in ("travel", "become") else []
        clause.effect = {"convey": "convey", "absorb": "convey", "appear": "show"}.get(clause.effect, clause.effect)
    elif verb not in table.happens:
        clause.objects = clause.objects or subject
    return clause
