"""What a text has spoken of: what "it" and "them" stand for, in the text's own words."""

from dataclasses import dataclass, field, replace

from agents.embedded.lexicon import lexicon
from agents.embedded.phrases import Phrase
from agents.embedded.words import NUMBERS
from tools.vocabulary import vocabulary

PLURAL = ("them", "they", "these")
_SINGULARS = ("gas", "lens", "canvas", "molasses", "atlas", "christmas")
_PLURALS = ("people", "children", "men", "women", "feet", "teeth", "mice", "scissors", "pliers")
_ADDING = frozenset(("sprinkle", "spread", "pour", "rub", "add", "dab", "put on"))
"""Effects and verbs whose objects go onto something else, of which the text goes on to speak."""
_RANKS = {"object": 0, "added": 1, "gone": 1, "place": 2}
_TAKING = frozenset(("take", "discard"))
_HARD = frozenset(("vessels", "containers", "furniture", "rooms", "appliances"))


@dataclass(frozen=True)
class Mention:
    """A noun phrase, or a list of them, that was spoken of.

    Attributes:
        name: how to speak of it again: "the onion", "the salt and pepper".
        plural: whether that is a plural.
        phrases: the phrases themselves.
        role: whether something was done to it ("object"), or with or at it ("place"); "added" if it went onto another
            thing, "gone" if it was taken off one.
    """

    name: str
    plural: bool
    phrases: tuple[Phrase, ...]
    role: str


def is_plural(phrase: Phrase) -> bool:
    """Whether a phrase takes "are"."""
    if phrase.kind == "pronoun":
        return phrase.word in PLURAL
    counted = phrase.count > 1 and phrase.kind != "substance"
    return counted or is_plural_word(phrase.name.split(" of ")[0].split()[-1])


def is_plural_word(word: str) -> bool:
    """Whether a noun is a plural, as far as its ending shows."""
    if word in _PLURALS or word in NUMBERS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _SINGULARS


def named(phrases: list[Phrase]) -> str:
    """How to speak again of what phrases name: "the onion and garlic"."""
    *most, last = [phrase.name for phrase in phrases]
    return f"the {', '.join(most)} and {last}" if most else f"the {last}"


@dataclass
class Discourse:
    """The mentions of each instruction so far, the latest last."""

    pages: list[list[Mention]] = field(default_factory=lambda: [[]])

    def turn_page(self) -> None:
        """Begins a new instruction; one that spoke of nothing leaves no page."""
        if self.pages[-1]:
            self.pages.append([])

    def mention(self, mention: Mention | None) -> None:
        """Takes in what was spoken of."""
        if mention is not None:
            self.pages[-1].append(mention)

    def again(self, mention: Mention) -> None:
        """Takes in that something was done to what was spoken of before."""
        self.pages[-1].append(replace(mention, role="object"))

    def meant(self, word: str, verb: str = "", but: Mention | None = None, into: bool = False) -> Mention | None:
        """What a pronoun stands for, "" what is left unsaid: the latest object of this instruction, else the first of
        the latest that fits. `verb` is what is done to it, `but` what it is not; `into` if something goes in or on it.
        """
        pages = [[mention for mention in page if _fits(mention, word, verb, but)] for page in self.pages]
        if into and (holding := [mention for page in pages for mention in page if _holds(mention)]):
            return holding[-1]
        for role in ("object", "place", "added", "gone"):
            if found := [mention for mention in pages[-1] if mention.role == role]:
                return found[-1]
        earlier = next((page for page in reversed(pages[:-1]) if page), None)
        return min(earlier, key=lambda mention: _RANKS[mention.role]) if earlier else None

    def at_hand(self) -> Mention | None:
        """What something is put on or into where the text does not say: "top up with water", "season with salt"."""
        for page in reversed(self.pages):
            for mention in reversed(page):
                substance = all(phrase.kind == "substance" for phrase in mention.phrases)
                if mention.role in ("object", "place") and not substance and not is_abstract(mention):
                    return mention
        return None


def mentioned(phrases: list[Phrase], role: str, effect: str = "", text: str = "") -> Mention | None:
    """The mention of phrases that were spoken of together, such as the objects of a clause; `text` is how."""
    spoken = [phrase for phrase in phrases if phrase.kind != "pronoun" and phrase.name]
    if not spoken:
        return None
    if role == "object" and effect in (_ADDING | _TAKING):
        role = "added" if effect in _ADDING else "gone"
    last = text.lower().split()[-1] if text and len(spoken) == 1 and " of " not in text else ""
    name = named(spoken)
    if last and not name.endswith(last):
        name = f"{name} {last}"  # "picture hook", of which only the picture is known
    return Mention(name, len(spoken) > 1 or is_plural(spoken[0]), tuple(spoken), role)


def _holds(mention: Mention) -> bool:
    """Whether something can be put in or on what was spoken of."""
    row = vocabulary().row(mention.phrases[-1].word)
    known = mention.phrases[-1].kind == "thing"
    return known and (row.mouth is not None or row.inside is not None or row.stand is not None or row.name == "bread")


def is_abstract(mention: Mention) -> bool:
    """Whether it is nothing that one speaks of again: the heat, the top."""
    return {phrase.word for phrase in mention.phrases} <= lexicon().words["abstract"]


def _fits(mention: Mention, word: str, verb: str, but: Mention | None) -> bool:
    """Whether a pronoun can stand for what was spoken of."""
    if (but is not None and mention.name == but.name) or is_abstract(mention):
        return False
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    if verb.split(" ")[0] in lexicon().words["soft"] and kinds & _HARD:
        return False
    if word in ("him", "her"):
        return bool(kinds & {"people", "animals"})
    if word in PLURAL:
        return mention.plural
    substance = all(phrase.kind == "substance" for phrase in mention.phrases)
    return word not in ("it", "this") or not mention.plural or substance
