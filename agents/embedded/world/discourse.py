"""What a text has spoken of: what "it" and "them" stand for, in the text's own words."""

from dataclasses import dataclass, field, replace

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import Phrase
from agents.embedded.reading.words import singular
from agents.embedded.world.mentions import (
    COOKING,
    DOUGH,
    GARDEN_TOOLS,
    LEAVING,
    MIXTURE,
    Mention,
    can_hold,
    fits,
    is_abstract,
    is_cleared,
    is_closet,
    is_eaten,
    is_hollow,
    is_kneaded,
    is_lid,
    is_liquid,
    is_mix,
    is_mixed_in,
    is_plural_word,
    is_same,
    is_seasoning,
    is_slight,
    is_solid,
    is_wasted,
    mentioned,
)
from agents.embedded.world.topic import Topic, is_flaw
from tools.vocabulary import vocabulary

_ROLES = ("object", "part", "place", "added", "gone", "waste", "means")
_RANKS = {"means": 3, "object": 0, "part": 0, "added": 1, "gone": 1, "place": 2, "waste": 2}
_TOPIC, _MADE_DRINK, _MADE_TOPIC, _LAST = 0.5, 0.9, 2.5, 3
"""Where among them the topic stands, if there or still to be made, and what is a tool, a part or a measure."""
_POURING = frozenset(("pour", "pour out", "serve", "ladle", "strain", "drink", "sip", "decant"))
_BOILING = frozenset(("bring", "boil", "simmer", "heat", "cook"))
_STORING = frozenset(("keep", "store", "leave", "chill", "refrigerate", "shake", "freeze", "serve", "let"))
"""What is done to a jar, and not to its lid."""
_LEVELLING = LEAVING | {"pat", "press", "firm", "smooth", "level", "tamp", "water", "rub", "spread", "wipe"}
"""What is done to that with which many things were covered: the soil on bulbs, the glue on boards."""
_CLEANING = frozenset(("wipe", "rinse", "wash", "clean", "dry"))
"""What is done to a tool in the end."""
_EMPTIED = frozenset(("close", "shut", "empty", "rinse", "wash", "clean", "fill", "wipe", "refill", "return", "throw"))
"""What is done to a vessel from which something was taken."""
_EATEN = frozenset(("dishes", "ingredients", "vegetables", "fruit"))
_TOOLS = frozenset(("utensils", "tools", "cleaning", "vessels", "containers", "appliances"))
"""Kinds of things that work is done with, or in."""


@dataclass
class Discourse:
    """The mentions of each instruction so far, the latest last, what the how-to is about, and what was cut up and
    what was put together last."""

    pages: list[list[Mention]] = field(default_factory=lambda: [[]])
    subject: Topic | None = None
    cut: Phrase | None = None
    joined: Mention | None = None

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
        meant = self._ordinary(word, verb, but, into)
        if (owner := self._owner(verb)) and (meant not in self.pages[-1] or owner in self.pages[-1]):
            return owner
        if verb == "knead" and self._has_dough() and not (meant and is_kneaded(meant)):
            return DOUGH
        return meant

    def _owner(self, verb: str) -> Mention | None:
        """The latest mention of what alone a verb is said of: the toilet that is flushed."""
        nouns = lexicon().said_of.get(verb.split(" ")[0], frozenset())
        mentions = [*filter(None, [self.topic]), *(mention for page in self.pages for mention in page)]
        known = [m for m in mentions if any({p.word, singular(p.name.split()[-1])} & nouns for p in m.phrases)]
        if not known and self.topic and (part_of := nouns & set(self.topic.name.split())):
            noun = min(part_of)  # of a toilet flapper, the toilet
            return Mention(f"the {noun}", False, (Phrase("thing", noun, noun, definite=True),), "object")
        whole = [mention for mention in known if singular(mention.name.split()[-1]) in nouns]  # not its tank
        return next(iter([*whole[-1:], *known[-1:]]), None)

    def _has_dough(self) -> bool:
        """Whether flour was spoken of, so that what is kneaded is dough."""
        return any(p.word in ("flour", "dough") for page in self.pages for mention in page for p in mention.phrases)

    def under(self, word: str, but: Mention | None) -> Mention | None:
        """What a pronoun stands for over or on which something goes: rather the topic than a liquid."""
        worked_on = [mention for mention in self.pages[-1] if mention.role == "object"]
        means = [mention for mention in self.pages[-1] if mention.role == "means" and word == "it"]
        if means and all(mention.plural for mention in worked_on):
            return means[-1]  # "fill the glasses with ice and pour the tea over it"
        meant = self._ordinary(word, "", but, False)
        there = self.topic is not None and self._is_there(self.topic) and not self.is_dish()
        return self.topic if meant and is_liquid(meant) and there and fits(self.topic, word, "", but) else meant

    def _ordinary(self, word: str, verb: str, but: Mention | None, into: bool) -> Mention | None:
        """What a pronoun stands for, a hole or a mark only if there is nothing else."""
        pages = [[mention for mention in page if fits(mention, word, verb, but)] for page in self.pages]
        solid = [[mention for mention in page if not is_hollow(mention, verb)] for page in pages]
        return self._nearest(solid, word, verb, but, into) or self._nearest(pages, word, verb, but, into)

    def _nearest(
        self, pages: list[list[Mention]], word: str, verb: str, but: Mention | None, into: bool
    ) -> Mention | None:
        means = [mention for mention in pages[-1] if mention.role == "means" and word == "it" and not into]
        pages = [[mention for mention in page if mention.role != "means"] for page in pages]
        if into and (holder := holder_in(pages)):
            return holder
        flows = verb if verb.split(" ")[0] in lexicon().words["flowing"] else ""
        topic = self.topic if self.topic and fits(self.topic, word, flows, but) else None
        here = self._at_hand_here(pages[-1], topic, verb)
        first = "added" if verb in LEAVING else "waste" if is_cleared(verb) else "object"
        for role in (first, *_ROLES):
            if found := [mention for mention in here if mention.role == role and not is_mixed_in(mention, role, verb)]:
                return found[-1]
        pages = [[mention for mention in page if not is_wasted(mention, verb)] for page in pages]
        if together := self._together(word, verb, but, means, topic):
            return together
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
            and (again := [mention for mention in earlier if is_same(mention, topic)])
        ):
            return again[-1]  # "the inner tube is pulled out" that is to be patched
        best = min(earlier, key=lambda mention: self._rank(mention, there, verb), default=topic)
        if verb in _POURING and self.is_dish() and can_hold(best):
            return topic  # not the blender is poured
        return best if self._rank(best, there, verb) < rank else topic

    def _at_hand_here(self, page: list[Mention], topic: Mention | None, verb: str) -> list[Mention]:
        """What of this instruction a pronoun can stand for."""
        here = [mention for mention in page if not (topic and is_slight(mention))]
        if topic and self._is_there(topic) and self._acts_on_a_part():
            here = [mention for mention in here if mention.role != "place"]
        if any(mention.role == "gone" for mention in here):  # "take it out of the fridge and pat it dry"
            here = [mention for mention in here if mention.role != "place" or not is_closet(mention)]
        if any(mention.role == "gone" and not _is_tool(mention) for mention in here):
            emptied = verb.split(" ")[0] in _EMPTIED
            here = [mention for mention in here if mention.role != "place" or emptied]
        if verb.split(" ")[0] in _BOILING and self.is_dish():  # not the salt that was added
            here = [mention for mention in here if mention.role != "added" or not is_seasoning(mention)]
        if verb.split(" ")[0] in _STORING and any(page and page is not self.pages[-1] for page in self.pages):
            here = [mention for mention in here if not is_lid(mention)]  # "screw on the lid and keep it cool"
        if verb in ("pour", "strain"):  # not the jug over which the sieve is set, nor the glass that was filled
            here = [mention for mention in here if not can_hold(mention) or not self._is_poured_into(mention)]
        return here

    def _together(
        self, word: str, verb: str, but: Mention | None, means: list[Mention], topic: Mention | None
    ) -> Mention | None:
        """What stands for several things at once, or for that with which something was done to many."""
        worked_on = [mention for mention in self.pages[-1] if mention.role in ("object", "added")]
        many = any(mention.plural or is_hollow(mention, verb) for mention in worked_on)
        done = verb.split(" ")[0]
        if means and many and (done in _LEVELLING | _CLEANING or not (is_eaten(means[-1]) or _is_tool(means[-1]))):
            return means[-1]  # "cover the bulbs with soil and pat it down"
        if word == "it" and self._is_mixed() and done not in _EMPTIED | {"open", "seal", "cover"}:
            return MIXTURE
        return self._both(but) if word == "them" and not (topic and topic.plural) else None

    def _is_poured_into(self, mention: Mention) -> bool:
        """Whether a vessel of this instruction is where something is poured, not from where."""
        return mention.role == "place" or (self.is_dish() and mention.phrases[0].word in ("glass", "cup", "bowl"))

    def _both(self, but: Mention | None) -> Mention | None:
        """What two clauses of the last instruction acted on, if none of it is many: the onion and the garlic."""
        page = next((page for page in reversed(self.pages[:-1]) if page), [])
        worked_on = [mention for mention in page if mention.role == "object"]
        alone = all(not is_slight(one) and is_eaten(one) and not is_plural_word(one.name) for one in worked_on)
        if len(worked_on) < 2 or not alone or (but and any(but.name == one.name for one in worked_on)):
            return None
        return mentioned([phrase for mention in worked_on for phrase in mention.phrases], "object")

    def _is_mixed(self) -> bool:
        """Whether what was spoken of last is a list of things to eat that were put together, for a dish."""
        page = next((page for page in reversed(self.pages) if page), [])
        said = [mention for mention in page if mention.role not in ("place", "waste", "means")]
        joined_up = bool(said) and self.joined is not None and said[-1].phrases == self.joined.phrases
        return joined_up and self.is_dish() and all(map(is_mix, said))

    def _acts_on_a_part(self) -> bool:
        """Whether this instruction named parts of the topic alone: "drape the back over the chair"."""
        objects = [mention for mention in self.pages[-1] if mention.role == "object"]
        return bool(objects) and all(is_abstract(mention) or is_slight(mention) for mention in objects)

    def _rank(self, mention: Mention, there: bool, verb: str) -> float:
        """How far a mention of an earlier step is from being "it"; beside a topic that is there, a tool is far.

        What was put on something is near to what is then left to dry.
        """
        if mention.role == "added" and (verb in COOKING or (self.is_dish() and is_seasoning(mention))):
            return _LAST
        if all(isinstance(phrase.content, Phrase) for phrase in mention.phrases):
            return _RANKS["added"]  # of "a glass of milk", the glass is only the measure
        flawed = self.subject is not None and self.subject.flaw and any(map(is_flaw, mention.phrases))
        laid_on = mention.role == "added" and all(phrase.kind != "thing" for phrase in mention.phrases)  # not a book
        if flawed or (laid_on and verb in LEAVING and not is_mixed_in(mention, "added", verb)):
            return 0
        far = _is_tool(mention) or mention.role == "part"
        far |= {phrase.word for phrase in mention.phrases} <= GARDEN_TOOLS
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

    def is_in_vessel(self) -> bool:
        """Whether the last instruction that spoke of anything put a substance into a vessel, or one with others."""
        page = next((page for page in reversed(self.pages) if page), [])
        stuff = [mention for mention in page if mention.role != "place" and is_seasoning(mention)]
        vessels = [m for m in page if m.role == "place" and can_hold(m) and m.phrases[-1].word != "tray"]
        drink = self.is_dish() and self.topic is not None and self.topic.phrases[0].kind == "substance"
        last = [mention for mention in page if mention.role not in ("place", "means")]
        return bool(stuff and vessels and last and stuff[-1] is last[-1]) and not drink  # tea with milk is still tea

    def added_stuff(self) -> frozenset[str]:
        """The substances that were added to something."""
        added = [mention for page in self.pages for mention in page if mention.role == "added"]
        return frozenset(p.word for mention in added for p in mention.phrases if p.kind == "substance")

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
                substance = is_seasoning(mention) and not is_solid(mention)
                slight = (
                    is_abstract(mention)
                    or (self.topic and is_slight(mention) and mention.role != "place")
                    or is_closet(mention)
                )
                worked_on = mention.role in ("object", "part", "place") or is_solid(mention)
                if worked_on and not substance and not slight:
                    spoken = mention.phrases[0]
                    vessel = spoken.kind == "thing" and vocabulary().row(spoken.word).kind in ("vessels", "containers")
                    return self.topic if self.is_dish() and (vessel or age > 1) else mention
        return self.topic if self.subject and not self.subject.made else None


def _is_tool(mention: Mention) -> bool:
    kinds = {vocabulary().row(phrase.word).kind for phrase in mention.phrases if phrase.kind == "thing"}
    return bool(kinds) and kinds <= _TOOLS


def holder_in(pages: list[list[Mention]]) -> Mention | None:
    """What something goes into or onto: the latest that can hold it; of this instruction, whatever was worked on."""
    *earlier, here = pages
    worked_on = [mention for mention in here if mention.role == "object" and mention.phrases[-1].kind == "thing"]
    holding = [mention for page in earlier for mention in page if can_hold(mention)]
    return next(iter([*[mention for mention in here if can_hold(mention)][-1:], *worked_on[-1:], *holding[-1:]]), None)
