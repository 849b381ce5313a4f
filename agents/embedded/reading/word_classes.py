"""What a word can be where it stands: an adjective, what goes on a noun phrase, or a verb, though it is a noun too."""

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import NUMBERS, Word, joined, longest, name_length, preposition_at
from tools.vocabulary import vocabulary

SUBORDINATE = frozenset(
    ("until", "till", "when", "whenever", "once", "while", "after", "before", "so", "as", "if", "because", "for")
)
LINKS = frozenset(("and", "or", "but", "then"))
_ADJECTIVE_ENDINGS = (
    "able",
    "ible",
    "ful",
    "less",
    "ous",
    "ive",
    "ic",
    "ish",
    "al",
    "id",
    "tight",
    "proof",
    "ary",
    "ed",
    "ent",
    "ant",
    "ar",
)
_RANKS = ("first", "last", "next", "straight", "only")
"""Adverbs that are adjectives after a determiner."""
DEGREES = (
    "very",
    "quite",
    "fairly",
    "really",
    "freshly",
    "well",
    "extra",
    "finely",
    "lightly",
    "roughly",
    "thinly",
    "too",
)
_PLACES = ("inside", "outside", "top", "bottom", "back", "front", "underside")
"""Prepositions and adverbs that are nouns after "the"."""
_FLAT = ("even", "level", "straight")
"""Adjectives only beside others: "long, even strokes"."""
_SHORTENED = ("'re", "'ve", "'ll", "'d", "n't", "that's", "it's", "there's", "he's", "she's", "one's")
"""How words end that hold a verb."""
_CLOSED = ("adverbs", "determiners", "pronouns", "functions", "copulas")


def is_bidden(words: list[Word], i: int) -> bool:
    """Whether word `i`, noun or not, begins a clause and an object comes right after it: "sand the edges"."""
    table = lexicon().words
    if i and words[i - 1].text not in (",", ";", ".", ":", "and", "then"):
        return False
    following = joined(words, i + 1, 1)
    if following not in table["determiners"] - {"that", "all", "both"} | {"it", "them"}:
        return False
    word = words[i].text
    closed = word not in ("sit", "string") and any(word in table[name] for name in (*_CLOSED, "units"))
    closed |= word in NUMBERS or word in SUBORDINATE or word in LINKS
    return word.isalpha() and not (closed or word.endswith("ly") or preposition_at(words, i))


def describes(words: list[Word], i: int) -> bool:
    """Whether word `i` is an adjective: one of the table, or an unknown word that ends like one."""
    word, following = words[i].text, joined(words, i + 1, 1)
    table = lexicon().words
    listed = word in table["adjectives"] or "-" in word
    listed |= word in _RANKS and i > 0 and words[i - 1].text in table["determiners"]  # "the first row"
    listed |= word.endswith("ing") and i + 1 < len(words) and name_length(words, i + 1) > 0  # "standing water"
    ends = len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS) and not name_length(words, i)
    return listed or (ends and following not in table["adverbs"])  # "the collar first"


def goes_on(words: list[Word], i: int) -> bool:
    """Whether a noun phrase can go on at `i`, after an adjective."""
    return starts_noun(words, i) or between_adjectives(words, i)


def between_adjectives(words: list[Word], i: int) -> bool:
    """Whether the comma or "or" at `i` stands within one noun phrase: "a rigid, airtight container"."""
    if joined(words, i, 1) not in (",", "and", "or") or i + 1 >= len(words):
        return False
    if not is_look(words, i - 1) and words[i - 1].text not in _FLAT:
        return False
    if longest(words, i + 1, vocabulary().grounds):
        return False  # "an orange, gray counter"
    return (is_look(words, i + 1) or words[i + 1].text in _FLAT) and starts_noun(words, i + 2)


def is_look(words: list[Word], i: int) -> bool:
    """Whether word `i` says how something is: an adjective, a state or a colour."""
    word = words[i].text
    return describes(words, i) or word in lexicon().looks or vocabulary().find_colour(word) is not None


def starts_noun(words: list[Word], i: int) -> bool:
    """Whether word `i` can go on a noun phrase: not a mark, a preposition, a verb of being or the end."""
    if i >= len(words) or not words[i].text[0].isalnum() or words[i].text in ("and", "or", "then"):
        return False
    if words[i].text in lexicon().words["functions"] or words[i].text.endswith(_SHORTENED):
        return False
    if i and words[i].text in _PLACES and words[i - 1].text in lexicon().words["determiners"]:
        return True
    return name_length(words, i) > 0 or not (
        preposition_at(words, i) or words[i].text in lexicon().words["copulas"] or words[i].text in SUBORDINATE
    )
