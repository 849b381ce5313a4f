"""What a text has spoken of: what "it" and "them" stand for, in the text's own words."""

from dataclasses import dataclass, field, replace

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import Phrase
from agents.embedded.reading.words import NUMBERS
from agents.embedded.world.things import CLOSETS, LIQUID, TOPPED
from agents.embedded.world.topic import Topic, is_flaw
from tools.vocabulary import vocabulary

PLURAL = ("them", "they", "these")
_SINGULARS = ("gas", "lens", "canvas", "molasses", "atlas", "christmas")
_PLURALS = ("people", "children", "men", "women", "feet", "teeth", "mice", "scissors", "pliers")
_ADDING = frozenset(("sprinkle", "spread", "pour", "rub", "add", "dab", "put on"))
"""Effects and verbs whose objects go onto something else, of which the text goes on to speak."""
_ROLES = ("object", "part", "place", "added", "gone")
_RANKS = {"object": 0, "part": 0, "added": 1, "gone": 1, "place": 2}
_TOPIC, _MADE_DRINK, _MADE_TOPIC, _LAST = 0.5, 0.9, 2.5, 3
"""Where among them the topic stands, if there or still to be made, and what is a tool, a part or a measure."""
_LEAVING = frozenset(("let", "leave", "allow"))
_POURING = frozenset(("pour", "pour out", "serve", "ladle", "strain", "drink", "sip", "decant"))
_MEDIA = frozenset(("oil", "water"))
"""What things are cooked in: seldom what is cooked."""
_COOKING = frozenset(("bake", "roast", "fry", "serve", "cook", "sauté", "grill"))
_TAKING = frozenset(("take", "discard"))
_HARD = frozenset(("vessels", "containers", "furniture", "rooms", "appliances"))
_SEALING = frozenset(("seal", "unpack"))
"""Verbs that are said of what something is packed in."""
_PACKED = frozenset(("box", "envelope", "jar", "bottle", "trash bag", "suitcase", "gift"))
_EATEN = frozenset(("dishes", "ingredients", "vegetables", "fruit"))
_TOOLS = frozenset(("utensils", "tools", "cleaning", "vessels", "containers", "appliances"))
"""Kinds of things that work is done with, or in."""
_STIFF = frozenset(("utensils", "tools", "furniture", "rooms", "hardware", "clothing", "people", "animals"))
"""Kinds of things that neither flow nor are spread."""
_NEVER_COOKED = _STIFF | frozenset(("cleaning", "electronics", "garden"))
_SLIGHT = frozenset(
    "edge edges rim corner corners tip tips end ends side sides seam seams slit slits row rows stroke strokes roof "
    "sleeve sleeves cuff cuffs collar label lid cap cork dust dirt rust crumbs suds lint grease grime limescale clump "
    "clumps bits excess thumb finger fingers hand hands toe toes minute minutes hour hours day days week weeks "
    "while night time degree degrees inch inches cm mm cup cups spoonful teaspoon tablespoon pinch splash handful "
    "length rinse cycle".split()
)
"""Parts, dirt, times, measures and rounds of work: what "it" means only if there is nothing better."""
_PARTS = _SLIGHT | frozenset(("top", "bottom", "front", "back", "inside", "outside", "middle"))


@dataclass(frozen=True)
class Mention:
    """A noun phrase, or a list of them, that was spoken of.

    Attributes:
        name: how to speak of it again: "the onion", "the salt and pepper".
        plural: whether that is a plural.
        phrases: the phrases themselves.
        role: whether something was done to it ("object"), to a part of it ("part"), or with or at it ("place");
            "added" if it went onto another thing, "gone" if it was taken off one.
    """

    name: str
    plural: bool
    phrases: tuple[Phrase, ...]
    role: str


def is_plural(phrase: Phrase) -> bool:
    """Whether a phrase takes "are"."""
    if phrase.kind == "pronoun":
        return phrase.word in PLURAL
    counted = phrase.count > 1 and phrase.kind != "substance" and not phrase.name.startswith("pair of ")
    return counted or is_plural_word(phrase.name.split(" of ")[0].split()[-1])


def is_plural_word(word: str) -> bool:
    """Whether a noun is a plural, as far as its ending shows."""
    if word in _PLURALS or word in NUMBERS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _SINGULARS


def named(phrases: list[Phrase]) -> str:
    """How to speak again of what phrases name: "the onion and garlic"."""
    *most, last = [_as_many(phrase) for phrase in phrases]
    return f"the {', '.join(most)} and {last}" if most else f"the {last}"


def _as_many(phrase: Phrase) -> str:
    """A phrase's name in its number: of "six pieces of thread", the threads; of a mass there is no plural."""
    last = phrase.name.split()[-1]
    counted = phrase.kind == "thing" and phrase.count > 1 and not is_plural_word(last)
    masses = lexicon().words["masses"] | lexicon().words["uncounted"]
    return f"{phrase.name}s" if counted and phrase.name not in masses - {"thread"} else phrase.name


@dataclass
class Discourse:
    """The mentions of each instruction so far, the latest last, and what the how-to is about."""

    pages: list[list[Mention]] = field(default_factory=lambda: [[]])
    subject: Topic | None = None

    def __post_init__(self) -> None:
        self.topic = mentioned([self.subject.phrase], "object") if self.subject else None

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
        """What a pronoun stands for, "" what is left unsaid.

        That is the latest object of this instruction, else the first of the latest that fits; the topic, if that is
        only a tool, a vessel, a part or a measure, or if what is to be done is what the goal says. `verb` is what is
        done to it, `but` what it is not; `into` if something goes in or on it.
        """
        pages = [[mention for mention in page if _fits(mention, word, verb, but)] for page in self.pages]
        if into and (holder := holder_in(pages)):
            return holder
        flows = verb if verb.split(" ")[0] in lexicon().words["flowing"] else ""
        topic = self.topic if self.topic and _fits(self.topic, word, flows, but) else None
        here = [mention for mention in pages[-1] if not (topic and is_slight(mention))]
        if topic and self._is_there(topic) and self._acts_on_a_part():
            here = [mention for mention in here if mention.role != "place"]
        if verb in ("pour", "strain"):  # not the jug over which the sieve is set
            here = [mention for mention in here if mention.role != "place" or not _holds(mention)]
        for role in ("added", *_ROLES) if verb in _LEAVING else _ROLES:
            if found := [mention for mention in here if mention.role == role and not _is_mixed_in(mention, role, verb)]:
                return found[-1]
        earlier = next((page for page in reversed(pages[:-1]) if page), [])
        if topic is None:
            return min(earlier, key=lambda mention: _RANKS[mention.role]) if earlier else None
        if not any(pages[-2:-1]) or (verb and self.subject and verb == self.subject.verb):
            return topic  # what was spoken of longer ago is no nearer
        there = self._is_there(topic)
        rank = _TOPIC if there else _MADE_TOPIC if topic.phrases[0].kind == "thing" else _MADE_DRINK
        if (
            there
            and self.subject
            and not self.subject.flaw
            and (again := [mention for mention in earlier if _is_same(mention, topic)])
        ):
            return again[-1]  # "the inner tube is pulled out" that is to be patched
        best = min(earlier, key=lambda mention: self._rank(mention, there, verb), default=topic)
        if verb in _POURING and self.is_dish() and _holds(best):
            return topic  # not the blender is poured
        return best if self._rank(best, there, verb) < rank else topic

    def _acts_on_a_part(self) -> bool:
        """Whether this instruction named parts of the topic alone: "drape the back over the chair"."""
        objects = [mention for mention in self.pages[-1] if mention.role == "object"]
        return bool(objects) and all(is_abstract(mention) or is_slight(mention) for mention in objects)

    def _rank(self, mention: Mention, there: bool, verb: str) -> float:
        """How far a mention of an earlier step is from being "it"; beside a topic that is there, a tool is far.

        What was put on something is near to what is then left to dry.
        """
        if mention.role == "added" and (verb in _COOKING or (self.is_dish() and _is_seasoning(mention))):
            return _LAST
        if all(isinstance(phrase.content, Phrase) for phrase in mention.phrases):
            return _RANKS["added"]  # of "a glass of milk", the glass is only the measure
        flawed = self.subject is not None and self.subject.flaw and any(map(is_flaw, mention.phrases))
        if flawed or (mention.role == "added" and verb in _LEAVING and not _is_mixed_in(mention, "added", verb)):
            return 0
        kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
        far = (bool(kinds) and kinds <= _TOOLS) or mention.role == "part"
        return _LAST if is_slight(mention) or (there and far) else _RANKS[mention.role]

    def _is_there(self, topic: Mention) -> bool:
        """Whether what the how-to is about is there yet: it need not be made, or the text has spoken of it."""
        words = {phrase.word for page in self.pages for mention in page for phrase in mention.phrases}
        return self.subject is not None and (not self.subject.made or topic.phrases[0].word in words)

    def is_dish(self) -> bool:
        """Whether the topic is food that is being made."""
        if self.topic is None or self.subject is None or not self.subject.made:
            return False
        dish = self.topic.phrases[0]
        return dish.kind == "substance" or (dish.kind == "thing" and vocabulary().row(dish.word).kind in _EATEN)

    def last_stuff(self) -> Mention | None:
        """The substance that an earlier instruction worked on, into which more is mixed."""
        mentions = [mention for page in self.pages[:-1] for mention in page if mention.role in ("object", "added")]
        stuffs = [mention for mention in mentions if all(phrase.kind == "substance" for phrase in mention.phrases)]
        return stuffs[-1] if stuffs and mentions[-1] is stuffs[-1] else None

    def at_hand(self) -> Mention | None:
        """What something is put on or into where the text does not say: "top up with water", "season with salt".

        That is what was last acted on; the dish, if that was long ago or only a vessel.
        """
        for age, page in enumerate(reversed(self.pages)):
            for mention in reversed(page):
                substance = all(phrase.kind == "substance" for phrase in mention.phrases)
                slight = is_abstract(mention) or (self.topic and is_slight(mention)) or _is_closet(mention)
                if mention.role in ("object", "part", "place") and not substance and not slight:
                    spoken = mention.phrases[0]
                    vessel = spoken.kind == "thing" and vocabulary().row(spoken.word).kind in ("vessels", "containers")
                    return self.topic if self.is_dish() and (vessel or age > 1) else mention
        return self.topic if self.subject and not self.subject.made else None


def holder_in(pages: list[list[Mention]]) -> Mention | None:
    """What something goes into or onto: the latest that can hold it; of this instruction, whatever was worked on."""
    *earlier, here = pages
    worked_on = [mention for mention in here if mention.role == "object" and mention.phrases[-1].kind == "thing"]
    holding = [mention for page in earlier for mention in page if _holds(mention)]
    return next(iter([*[mention for mention in here if _holds(mention)][-1:], *worked_on[-1:], *holding[-1:]]), None)


def mentioned(phrases: list[Phrase], role: str, effect: str = "", text: str = "") -> Mention | None:
    """The mention of phrases that were spoken of together, such as the objects of a clause; `text` is how."""
    spoken = [phrase for phrase in phrases if phrase.kind != "pronoun" and phrase.name]
    if not spoken:
        return None
    if role == "object" and effect in (_ADDING | _TAKING):
        role = "added" if effect in _ADDING else "gone"
    if role == "object" and _PARTS & set(text.lower().partition(" of ")[0].split()) and " of " in text:
        role = "part"
    last = text.lower().split()[-1] if text and len(spoken) == 1 and " of " not in text else ""
    name = named(spoken)
    if last and not name.endswith(last):
        name = f"{name} {last}"  # "picture hook", of which only the picture is known
    plural = len(spoken) > 1 or is_plural(spoken[0]) or (name != named(spoken) and is_plural_word(last))
    return Mention(name, plural, tuple(spoken), role)


def _is_same(mention: Mention, topic: Mention) -> bool:
    """Whether what was spoken of is the topic by another or a shorter name: the tube of a bicycle inner tube."""
    one, other = mention.phrases[0], topic.phrases[0]
    return len(mention.phrases) == 1 and other.name.endswith(one.name) and mention.role in ("object", "gone")


def _is_closet(mention: Mention) -> bool:
    """Whether it is only where something was for a while: the fridge."""
    return {phrase.word for phrase in mention.phrases} <= set(CLOSETS)


def _is_seasoning(mention: Mention) -> bool:
    """Whether it is only what food is seasoned or made with: salt, oil."""
    return all(phrase.kind == "substance" or phrase.word in ("salt shaker", "sugar cube") for phrase in mention.phrases)


def _is_mixed_in(mention: Mention, role: str, verb: str) -> bool:
    """Whether it is no thing of its own any more when left to stand: honey on oats, but not paint on a wall."""
    setting = {"paint", "glue"} & {phrase.word for phrase in mention.phrases}
    return role == "added" and verb in _LEAVING and not setting and all(p.kind == "substance" for p in mention.phrases)


def _holds(mention: Mention) -> bool:
    """Whether something can be put in or on what was spoken of."""
    row = vocabulary().row(mention.phrases[-1].word)
    known = mention.phrases[-1].kind == "thing"
    return known and (row.mouth is not None or row.inside is not None or row.stand is not None or row.name in TOPPED)


def is_never_cooked(mention: Mention, verb: str) -> bool:
    """Whether a verb speaks of cooking and a mention only of a tool: the thermometer that is clipped to the pot."""
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    return verb.split(" ")[0] in lexicon().words["cooking"] and bool(kinds) and kinds <= _NEVER_COOKED


def _is_liquid(mention: Mention) -> bool:
    """Whether it runs, and is no sheet or block of what does when it is warm."""
    liquid = {phrase.word for phrase in mention.phrases} <= set(LIQUID)
    return liquid and mention.name.endswith(mention.phrases[-1].name)


def is_abstract(mention: Mention) -> bool:
    """Whether it is nothing that one speaks of again: the heat, the top."""
    return {phrase.word for phrase in mention.phrases} <= lexicon().words["abstract"]


def is_slight(mention: Mention) -> bool:
    """Whether it is a part, dirt, a time or a measure, of which one seldom speaks again."""
    return all(phrase.name.split()[-1] in _SLIGHT for phrase in mention.phrases)


def _fits(mention: Mention, word: str, verb: str, but: Mention | None) -> bool:
    """Whether a pronoun can stand for what was spoken of."""
    if (but is not None and mention.name == but.name) or is_abstract(mention):
        return False
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    if verb.split(" ")[0] in lexicon().words["soft"] and kinds & _HARD:
        return False
    if verb.split(" ")[0] in lexicon().words["solid"] and _is_liquid(mention):
        return False
    if verb.split(" ")[0] in lexicon().words["flowing"] and kinds and kinds <= _STIFF:
        return False
    if verb in ("taste", "eat", "drink", "sip") and kinds & _HARD:
        return False
    if is_never_cooked(mention, verb):
        return False
    if verb in _COOKING and {phrase.word for phrase in mention.phrases} <= _MEDIA:
        return False
    if verb in _SEALING and kinds and not _PACKED & {phrase.word for phrase in mention.phrases}:
        return False
    if word in ("him", "her"):
        return bool(kinds & {"people", "animals"})
    if word in PLURAL:
        return mention.plural
    substance = all(phrase.kind == "substance" for phrase in mention.phrases)
    return word not in ("it", "this") or not mention.plural or substance
