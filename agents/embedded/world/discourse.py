"""What a text has spoken of: what "it" and "them" stand for, in the text's own words."""

from dataclasses import dataclass, field, replace

from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import Phrase
from agents.embedded.world.mentions import (
    COOKING,
    LEAVING,
    Mention,
    can_hold,
    fits,
    is_abstract,
    is_closet,
    is_mixed_in,
    is_same,
    is_seasoning,
    is_slight,
    mentioned,
)
from agents.embedded.world.topic import Topic, is_flaw
from tools.vocabulary import vocabulary

_ROLES = ("object", "part", "place", "added", "gone")
_RANKS = {"object": 0, "part": 0, "added": 1, "gone": 1, "place": 2}
_TOPIC, _MADE_DRINK, _MADE_TOPIC, _LAST = 0.5, 0.9, 2.5, 3
"""Where among them the topic stands, if there or still to be made, and what is a tool, a part or a measure."""
_POURING = frozenset(("pour", "pour out", "serve", "ladle", "strain", "drink", "sip", "decant"))
_EATEN = frozenset(("dishes", "ingredients", "vegetables", "fruit"))
_TOOLS = frozenset(("utensils", "tools", "cleaning", "vessels", "containers", "appliances"))
"""Kinds of things that work is done with, or in."""


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
        pages = [[mention for mention in page if fits(mention, word, verb, but)] for page in self.pages]
        if into and (holder := holder_in(pages)):
            return holder
        flows = verb if verb.split(" ")[0] in lexicon().words["flowing"] else ""
        topic = self.topic if self.topic and fits(self.topic, word, flows, but) else None
        here = [mention for mention in pages[-1] if not (topic and is_slight(mention))]
        if topic and self._is_there(topic) and self._acts_on_a_part():
            here = [mention for mention in here if mention.role != "place"]
        if any(mention.role == "gone" for mention in here):  # "take it out of the fridge and pat it dry"
            here = [mention for mention in here if mention.role != "place" or not is_closet(mention)]
        if verb in ("pour", "strain"):  # not the jug over which the sieve is set
            here = [mention for mention in here if mention.role != "place" or not can_hold(mention)]
        for role in ("added", *_ROLES) if verb in LEAVING else _ROLES:
            if found := [mention for mention in here if mention.role == role and not is_mixed_in(mention, role, verb)]:
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
            and (again := [mention for mention in earlier if is_same(mention, topic)])
        ):
            return again[-1]  # "the inner tube is pulled out" that is to be patched
        best = min(earlier, key=lambda mention: self._rank(mention, there, verb), default=topic)
        if verb in _POURING and self.is_dish() and can_hold(best):
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
        if mention.role == "added" and (verb in COOKING or (self.is_dish() and is_seasoning(mention))):
            return _LAST
        if all(isinstance(phrase.content, Phrase) for phrase in mention.phrases):
            return _RANKS["added"]  # of "a glass of milk", the glass is only the measure
        flawed = self.subject is not None and self.subject.flaw and any(map(is_flaw, mention.phrases))
        if flawed or (mention.role == "added" and verb in LEAVING and not is_mixed_in(mention, "added", verb)):
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
                slight = is_abstract(mention) or (self.topic and is_slight(mention)) or is_closet(mention)
                if mention.role in ("object", "part", "place") and not substance and not slight:
                    spoken = mention.phrases[0]
                    vessel = spoken.kind == "thing" and vocabulary().row(spoken.word).kind in ("vessels", "containers")
                    return self.topic if self.is_dish() and (vessel or age > 1) else mention
        return self.topic if self.subject and not self.subject.made else None


def holder_in(pages: list[list[Mention]]) -> Mention | None:
    """What something goes into or onto: the latest that can hold it; of this instruction, whatever was worked on."""
    *earlier, here = pages
    worked_on = [mention for mention in here if mention.role == "object" and mention.phrases[-1].kind == "thing"]
    holding = [mention for page in earlier for mention in page if can_hold(mention)]
    return next(iter([*[mention for mention in here if can_hold(mention)][-1:], *worked_on[-1:], *holding[-1:]]), None)
