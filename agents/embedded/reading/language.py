"""Plain English, read by rule: lists of noun phrases, and verbs."""

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import Phrase as Phrase
from agents.embedded.reading.phrases import phrase_at as phrase_at
from agents.embedded.reading.word_classes import LINKS, SUBORDINATE, is_bidden, starts_noun
from agents.embedded.reading.words import NUMBERS, Word, joined, name_length, preposition_at
from tools.vocabulary import vocabulary

PARTICLES = frozenset(("in", "on", "up", "off", "out", "down", "away", "back", "over", "apart", "together", "aside"))
_SURE_PARTICLES = PARTICLES - {"in", "on", "over", "down"}
"""Those that make one verb of it and themselves whatever it is: "bail out the water"."""
_STARTING = ("on", "at", "for")
"""What, after the first word of an instruction, shows that it is a verb though it may be a noun elsewhere."""
_SEASONING = ("salt", "pepper", "sugar", "butter", "oil", "flour")
"""What is mixed in, though one may also salt and butter: "mix in soda and salt until smooth"."""
DIRT = ("mud", "dirt", "crumbs", "cobwebs", "grime", "hair", "sand")
"""What is brushed off together with dust."""
_DOWN = frozenset("shut break hold tape pin nail screw glue pat sand tamp tie strap weigh melt boil cool tear".split())
"""Verbs that are one with "down" whatever follows."""
_CLOSING = ("lid", "cap", "cover")
"""What is put on, and not what something is put on."""
_IN_LIQUID = frozenset(
    "cook simmer boil fry soak dip coat roll dredge toss marinate poach bake rinse wash stew steep cover serve store "
    "leave keep hang sit rest".split()
)
"""What is done to a thing in a measure of something."""
_SPOONFULS = frozenset(
    "cup knob pinch pound splash glug dash drop squeeze drizzle bit scoop dollop pool layer couple few sprig".split()
)
"""Measures of what is added, no vessels."""
_POURING = ("pour", "drizzle", "ladle", "spoon", "sprinkle", "scatter")
_NO_VERBS = ("determiners", "pronouns", "adjectives", "adverbs", "copulas", "functions")


def phrases_at(words: list[Word], i: int) -> tuple[list[Phrase], int]:
    """The phrases of a list that starts at `i` ("salt, pepper and two eggs"), and the position after it."""
    found: list[Phrase] = []
    while phrase := phrase_at(words, i):
        found.append(phrase)
        i = phrase.end
        j = i
        while j < len(words) and words[j].text in (",", "and", "or"):
            j += 1
        if j == i or verb_at(words, j) or is_bidden(words, j) or j >= len(words) or words[j].text in SUBORDINATE:
            break
        if joined(words, j + 1, 1) in ("it", "them") or _is_told(words, j):
            break  # "the dirt, or hose it", "the mussels, clap on the lid"
        if not phrase_at(words, j):
            break
        i = j
    return found, found[-1].end if found else i


def _is_told(words: list[Word], j: int) -> bool:
    """Whether the unknown word after a comma is what to do, by the "on the lid" that follows it."""
    word = words[j].text
    bare = words[j - 1].text == "," and word.isalpha() and not word.endswith(("s", "ed", "ing", "ly"))
    if not bare or name_length(words, j) or any(word in lexicon().words[name] for name in _NO_VERBS):
        return False
    return joined(words, j + 1, 2) == "on the" and joined(words, j + 3, 1) in _CLOSING


def verb_at(words: list[Word], i: int) -> tuple[str, int] | None:
    """The verb in base form that starts at `i`, and the position after it.

    A word that is also a noun ("butter", "toast", "salt") is a verb only if a noun phrase follows.
    """
    table = lexicon()
    for n in (2, 1):
        form = joined(words, i, n)
        verb = form if form in table.verbs else table.gerunds.get(form)
        if not verb or (n == 2 and joined(words, i + n, 1) == "half" and not _measures(words, i + n)):
            continue  # "fold in half"
        named = name_length(words, i)
        strictly = form == "empty" or (form in table.looks and form != "pouring")
        strictly |= n == 1 and i > 0 and vocabulary().find_colour(form) is not None  # "white sugar, brown sugar"
        follows = i + n
        while joined(words, follows, 1) in table.words["adverbs"] - {"to"}:
            follows += 1
        also_noun = named or strictly or form in table.words["units"]
        listed = i > 0 and named and words[i - 1].text in (",", "and", "or")  # "oil, fish sauce and salt"
        if strictly and _in_a_row(words, i, i + n):
            return verb, i + n
        if words[i].text == "dust" and joined(words, i - 1, 1) == "and" and joined(words, i - 2, 1) in DIRT:
            continue  # "brush off mud and dust with a brush"
        if i == 0 and named <= n and (joined(words, n, 1).endswith("ly") or joined(words, n, 1) in _STARTING):
            return verb, n  # "Whisk quickly", "Microwave on high"
        if named > n or (also_noun and not _takes_object(words, follows, strictly or bool(listed))):
            continue
        return verb, i + n
    return None


def _in_a_row(words: list[Word], i: int, end: int) -> bool:
    """Whether the word up to `end` stands between verbs: "wash, dry and fold the towels"."""
    table = lexicon()
    before = i > 1 and words[i - 1].text == "," and words[i - 2].text in table.verbs
    after = joined(words, end, 1) == "and" and joined(words, end + 1, 1) in table.verbs
    return before and after and joined(words, end + 2, 1) in table.words["determiners"] | table.words["pronouns"]


def _takes_object(words: list[Word], i: int, strictly: bool) -> bool:
    begins = lexicon().words["determiners"] | lexicon().words["pronouns"] | NUMBERS.keys() | {"half"}
    word = joined(words, i, 1)
    after_noun = i > 1 and words[i - 2].text in (",", "and", "or")  # "the hammer and nail on the bench"
    if word in PARTICLES and joined(words, i + 1, 1) in begins and not is_adverb(words[i - 1].text):
        joint = f"{words[i - 1].text} {word}" in lexicon().verbs
        adds = word in ("in", "on") and words[i - 1].text in lexicon().words[f"adds_{word}"]
        joint |= adds and not name_length(words, i - 1)  # "splash in a little"
        return word in _SURE_PARTICLES or joint or not after_noun  # "brush out the mats"
    if word in ("into", "onto", "toward", "towards"):
        return not (after_noun and _is_eaten(words[i - 1].text))  # "ladle into bowls"
    bidden = i == 1 or (i > 1 and words[i - 2].text in ("and", "then"))
    if bidden and joined(words, i, 1) == "with" and not _is_eaten(words[i - 1].text):
        return True  # "spray with vinegar", "cut a few slits and brush with egg"
    if bidden and words[i - 1].text in ("saw", "file") and joined(words, i, 1) in ("around", "along", "through"):
        return True  # "clamp the board and saw around the line"
    if bidden and words[i - 1].text == "set" and joined(words, i, 1) in ("in", "on", "over"):
        return True  # "cut a slice and set in the middle"
    mixed = words[0].text in lexicon().words["mixers"] or words[0].text in ("combine", "sift")
    eaten = mixed and i > 1 and words[i - 1].text in _SEASONING  # "soda and salt until"
    if (
        bidden
        and not eaten
        and (joined(words, i, 1) in ("until", "till", "well", "again") or joined(words, i, 1).endswith("ly"))
    ):
        return True  # "add the milk, then whisk until frothy", "tie it up and water regularly"
    if bidden and joined(words, i, 1) == "for" and _is_time(words, i + 1):
        return True  # "cover the pan and stew for an hour"
    if i >= len(words) or preposition_at(words, i) or not words[i].text[0].isalnum():
        return False
    if words[i].text in lexicon().thirds and not name_length(words, i):
        return False  # "water flows"
    return words[i].text in begins or (not strictly and starts_noun(words, i))


def _is_time(words: list[Word], i: int) -> bool:
    """Whether a time begins at `i`: "about 60 minutes", "an hour"."""
    return any(word.text.rstrip("s") in ("minute", "min", "hour", "second", "day") for word in words[i : i + 4])


def _is_eaten(name: str) -> bool:
    known = vocabulary()
    return name in known.substance_names or known.row(name).kind in ("ingredients", "fruit", "vegetables", "dishes")


def unknown_verb_at(words: list[Word], i: int) -> tuple[str, int] | None:
    """A verb that the tables do not know, by what stands there: "nudge the egg", "bail it out", "Nudging the egg".

    It is a word of no kind that they know, and after it or its particle comes what begins an object.
    """
    word = joined(words, i, 1)
    table = lexicon().words
    if not word.isalpha() or is_adverb(word) or word in SUBORDINATE | LINKS or preposition_at(words, i):
        return None
    if is_bidden(words, i) and not word.endswith("ing"):
        return word, i + 1
    if i == 0 and word in table["adjectives"] and joined(words, 1, 1) in _SURE_PARTICLES:
        return word, 1  # "square off the hole"
    if any(word in table[name] for name in _NO_VERBS) or word in NUMBERS:
        return None
    if i and _is_told(words, i):
        return word, i + 1
    if name_length(words, i) and not (_begins(words, i) and joined(words, i + 1, 1) in _SURE_PARTICLES | {"down"}):
        return None  # "hose off the dirt", "plane down the edge"
    if i == 0 and word.endswith("ing") and len(word) > 4 and len(words) > 1:
        return base_form(word), 1
    follows = i + 1 + (joined(words, i + 1, 1) in (_SURE_PARTICLES | {"down"} if i else PARTICLES))
    following = joined(words, follows, 1)
    if following not in table["determiners"] | {"it", "them", "him", "her"} or word.endswith(("s", "ed")):
        return None
    surely = name_length(words, i) > 0 or not (named := phrase_at(words, i)) or named.kind == "other"
    return (word, i + 1) if surely else None


def _begins(words: list[Word], i: int) -> bool:
    """Whether word `i` may begin a clause."""
    return i == 0 or words[i - 1].text in (",", ";", ".", ":", "and", "then")


def base_form(gerund: str) -> str:
    """The likeliest base form of an unknown verb in -ing: "nudging" → "nudge", "popping" → "pop"."""
    stem = gerund.removesuffix("ing")
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    short = len(stem) > 2 and stem[-2] in "aeiou" and stem[-3] not in "aeiou" and stem[-1] not in "nrtwxy"
    return stem + "e" if stem.endswith(("dg", "ng", "v", "c", "z", "u")) or short else stem


def is_adverb(word: str) -> bool:
    """Whether a word only says how, or when, something is done."""
    listed = lexicon().words["adverbs"]
    return word in listed or (word.endswith("ly") and len(word) > 4 and word not in vocabulary().names)


def _measures(words: list[Word], i: int) -> bool:
    """Whether what is measured out begins at `i`: "half a cup of water"."""
    return any(joined(words, j, 1) == "of" for j in range(i + 1, i + 5))


def particle_at(words: list[Word], i: int, verb: str) -> bool:
    """Whether word `i` after a verb makes one verb with it: "tip in the coffee", not "cook in the oven"."""
    word = joined(words, i, 1)
    if word not in PARTICLES or i + 1 >= len(words) or not starts_noun(words, i + 1) or preposition_at(words, i + 1):
        return False
    if (joined(words, i + 1, 1) in ("half", "thirds") or joined(words, i + 1, 2) in ("two", "two .")) and not _measures(
        words, i + 1
    ):
        return False  # "fold in half"
    if word == "down" and verb in _DOWN:
        return True
    closing = joined(words, i, 2) == "on the" and joined(words, i + 2, 1) in _CLOSING
    if word in _SURE_PARTICLES or closing:
        return True
    if f"{verb} {word}" in lexicon().verbs:
        return True
    phrase = phrase_at(words, i + 1)
    if word == "on" and any(unit.text in ("coat", "layer") for unit in words[i + 2 : i + 5]):
        return True  # "roll on a thin coat of primer"
    if word == "over" and verb in _POURING and phrase is not None and phrase.kind == "substance":
        return True  # "pour over the water"
    if phrase is not None and phrase.word in lexicon().words["manner_nouns"]:
        return False  # "whisk quickly in a zigzag motion"
    if word == "in" and phrase is not None and phrase.kind == "substance" and verb not in _IN_LIQUID:
        if any(unit.text in _SPOONFULS or unit.text.endswith("ful") for unit in words[phrase.start : phrase.end]):
            return True  # "chuck in a handful of flour"
    if phrase is None or verb not in lexicon().words[f"adds_{word}" if word in ("in", "on") else "makers"]:
        return False
    if word == "in":  # "stir in the cream", "stir in the bowl"
        row = vocabulary().row(phrase.word)
        return (
            phrase.kind != "thing" or isinstance(phrase.content, Phrase) or (row.mouth is None and row.inside is None)
        )
    return True
