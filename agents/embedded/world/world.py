"""The world of a how-to: things with a place, a content and states, changed instruction by instruction."""

from collections.abc import Iterable
from dataclasses import replace

from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.phrases import is_cut
from agents.embedded.reading.words import singular, words_of
from agents.embedded.world.discourse import Discourse
from agents.embedded.world.making import made_of
from agents.embedded.world.places import is_about_outdoors
from agents.embedded.world.things import (
    LIQUID,
    SOFT,
    TOPPED,
    Thing,
    singular_name,
)
from agents.embedded.world.topic import is_flaw, topic_of
from agents.embedded.world.vessels import Vessels
from tools.vocabulary import vocabulary

_LIQUIDS = ("liquid", "brine", "marinade")
"""What is in the vessel in use, whatever went into it."""


def _may_be(thing: Thing, phrase: Phrase) -> bool:
    """Whether a phrase can mean a thing: one of its noun, but no plant the clippings, nor they it."""
    offcuts = lexicon().words["offcuts"]
    return thing.noun == phrase.word and (singular(thing.name) in offcuts) == (singular(phrase.name) in offcuts)


class World(Vessels):
    """All things, and what the text means by its words."""

    def __init__(self, goal: str = "") -> None:
        super().__init__()
        self.place: str | None = None
        """The id of the wall, bed or car on which work was last done."""
        self.works: list[str] = []
        """The ids of what was worked on, the latest last."""
        self.main: Thing | None = None
        """What an instruction without an object means: "Stir.", "Serve."."""
        self.spoken: set[str] = set()
        """The nouns and substances that the text has named."""
        self.read = 0
        """How many more instructions were wholly understood than were not."""
        self.doubted: set[str] = set()
        """The ids of what was shown by steps that were not wholly understood."""
        self.adrift: set[str] = set()
        """The ids of what was last put where this world does not have it."""
        self.filled: set[str] = set()
        """The ids of what surely holds what this world has in it."""
        self.over_fire: str | None = None
        """The id of the pan in which one cooks, though nobody names it."""
        self.settled: set[str] = set()
        """The ids of what is surely where this world has it."""
        self.holders: set[str] = set()
        """The ids of what the text put something in or on."""
        self.asked = {noun for word in words_of(goal) if (noun := vocabulary().find_noun(word.text))}
        """The nouns that the goal names."""
        self.discourse = Discourse(subject=topic_of(goal))
        self.ground = "grass" if is_about_outdoors(self.discourse.subject) else None
        """What things were last put on, of what all of a picture may stand on."""
        self.mixed: set[str] = set()
        """The nouns that have become part of a batter."""
        self._resolved: dict[Phrase, Thing | None] = {}

    def resolve(self, phrase: Phrase, into: bool = False) -> Thing | None:
        """The thing that a phrase means, new if it was not there; None for what cannot be drawn.

        A substance means the vessel that holds it. `into` says that something goes in or on what is meant. A phrase
        means one thing however often it is asked for.
        """
        if phrase not in self._resolved:
            self._resolved[phrase] = self._resolve(phrase, into)
        return self._resolved[phrase]

    def take_as(self, pronoun: Phrase, meant: Iterable[Phrase]) -> None:
        """Makes a pronoun mean the latest of some phrases, if that is a thing that is there."""
        things = [self.last(phrase.word) for phrase in meant if phrase.kind == "thing"]
        if things and things[-1]:
            self._resolved[pronoun] = things[-1]

    def about(self) -> str:
        """The noun that the how-to is about; "" if it has no picture."""
        subject = self.discourse.subject
        return subject.phrase.word if subject and subject.phrase.kind == "thing" else ""

    def substance(self) -> set[str]:
        """The substance that the how-to makes: the tea of "make iced tea"."""
        subject = self.discourse.subject
        return {subject.phrase.word} if subject and subject.made and subject.phrase.kind == "substance" else set()

    def turn_page(self) -> None:
        """Begins a new instruction."""
        self.discarded, self._resolved = [], {}
        for thing in self.things.values():
            if thing.noun == "iron":
                thing.place = None  # it stays on nothing
            if thing.spent:
                thing.content, thing.spent = None, False
        self.discourse.turn_page()

    def _resolve(self, phrase: Phrase, into: bool) -> Thing | None:
        if phrase.kind in ("substance", "other") and phrase.definite and (mixed := self.ingredients_of(phrase)):
            return mixed
        match phrase.kind:
            case "pronoun":
                return self._meant(phrase, into)
            case "thing" if into and phrase.name in ("table", "floor") and self.last(phrase.word) is None:
                return None  # what all of it stands on
            case "thing":
                return self._thing(phrase)
            case "substance" | "other" if self._is_flaw(phrase):
                return self._thing(self.discourse.subject.phrase)
            case "substance":
                return self.vessel_of(phrase)
            case "ground":
                return None
        if not into and is_cut(phrase):
            cut = (thing for thing in reversed(self.focus) if "sliced" in thing.states or thing.noun == "bread")
            whole = next(cut, None)
            if whole and phrase.article and not phrase.definite and not phrase.plural and whole.noun == "bread":
                whole.count = 1  # "place a slice in the pan"
            return whole
        return self._nameless(phrase)

    def _is_flaw(self, phrase: Phrase) -> bool:
        """Whether a phrase is what is wrong with the thing that the how-to is about: the wax on a tablecloth."""
        subject = self.discourse.subject
        known = subject is not None and subject.flaw and subject.phrase.kind == "thing"
        return bool(known and is_flaw(phrase))

    def _nameless(self, phrase: Phrase) -> Thing | None:
        """The thing that a word without a picture means: one called by the same last word, else a new one."""
        last = phrase.word.split()[-1]
        if {phrase.word, last} & lexicon().words["vague"] or not last[0].isalpha():
            return None
        same = [thing for thing in self.things.values() if last in (word := thing.name.split()[-1], word + "s")]
        if same:
            return same[-1]
        thing = self.new(singular(phrase.word) if phrase.plural else phrase.word)
        thing.count = phrase.count or (2 if phrase.plural else 1)
        thing.counted, thing.colour = phrase.count > 0, phrase.colour
        thing.bare = not (phrase.article or phrase.count or phrase.plural)
        return thing

    def as_mixture(self, phrase: Phrase) -> Phrase:
        """The phrase of what a thing has become: eggs that were beaten are batter."""
        if phrase.kind == "thing" and phrase.word in self.mixed and self.last(phrase.word) is None:
            self.called["batter"] = f"{phrase.word} mixture"
            return Phrase("substance", "batter", self.called["batter"], definite=phrase.definite)
        vessels = [t for t in self.focus if t.id in self.things and t.kind == "vessels" and t.content in LIQUID]
        if phrase.kind == "other" and phrase.definite and phrase.word.split()[-1] in _LIQUIDS and vessels:
            return Phrase("substance", str(vessels[-1].content), phrase.name, definite=True)
        return phrase

    @staticmethod
    def is_vessel(phrase: Phrase) -> bool:
        """Whether a phrase names what things are poured into."""
        row = vocabulary().nouns.get(phrase.word)
        return phrase.kind == "thing" and row is not None and row.kind == "vessels" and row.mouth is not None

    def as_stuff(self, phrase: Phrase) -> Phrase:
        """The substance that "it" means, which goes into a vessel without the one that it is in."""
        mention = self.discourse.meant(phrase.word) if phrase.kind == "pronoun" else None
        stuffs = mention.phrases if mention else ()
        return replace(stuffs[0], definite=True) if stuffs and all(p.kind == "substance" for p in stuffs) else phrase

    def _meant(self, phrase: Phrase, into: bool) -> Thing | None:
        mention = self.discourse.meant(phrase.word, into=into)
        for spoken in reversed(mention.phrases) if mention else ():
            if (thing := self.spoken_of(spoken)) and thing.id in self.things:
                return thing
        recent = [thing for thing in self.focus if thing.id in self.things]
        fitting = [
            thing
            for thing in recent
            if (thing.opens or thing.carries or thing.noun in TOPPED if into else thing.noun != "stove")
        ]
        if phrase.plural:
            fitting = [thing for thing in fitting if thing.count > 1] or fitting
        return fitting[-1] if fitting else None

    def spoken_of(self, phrase: Phrase) -> Thing | None:
        """The thing that a phrase meant when it was said."""
        if phrase.kind == "thing":
            return self.last(phrase.word)
        return self._resolve(phrase, False) if phrase.kind in ("other", "substance") else None

    def _thing(self, phrase: Phrase) -> Thing:
        if phrase.word == "bread" and phrase.definite and not self.last("bread") and (loaf := self.last("loaf")):
            return loaf
        if phrase.definite and (called := self._of_name(phrase)):
            return called
        known = [] if phrase.fresh else [thing for thing in self.things.values() if _may_be(thing, phrase)]
        known = [thing for thing in known if not self._is_other_vessel(thing, phrase)]
        if phrase.which:
            same = [thing for thing in known if thing.which == phrase.which]
            known = same or [thing for thing in known if thing.which is None and phrase.which != "new"]
        matching = [thing for thing in known if not phrase.colour or thing.colour in (None, phrase.colour)]
        latest = self.last(phrase.word)
        same_colour = [thing for thing in matching if phrase.colour and thing.colour == phrase.colour]
        if same_colour:
            thing = same_colour[-1]
        elif matching:
            thing = latest if latest in matching else matching[-1]
        else:
            thing = made_of(self, phrase) or self.new(phrase.word)
            thing.count = phrase.count or (max(2, thing.count) if phrase.plural else 1)
        part = thing in known and phrase.name in vocabulary().stand_ins and thing.name not in vocabulary().stand_ins
        if (phrase.plural or phrase.count or thing.count == 1) and not part:
            thing.name = singular_name(phrase.word, phrase.name)  # six flowers are no six bouquets
        thing.which = phrase.which or thing.which
        if phrase.count:
            thing.count, thing.counted = phrase.count, True
        thing.colour = phrase.colour or thing.colour
        for state in phrase.states:
            if state == "broken" and thing.kind in SOFT:
                continue  # a damaged stem has no crack
            if state in vocabulary().told_states or suits(thing.noun, state):
                thing.become(state)
        if phrase.name.endswith(" of paint"):
            thing.content, thing.stuff = "paint", "paint"  # whatever else was in it
        if isinstance(phrase.content, Phrase):
            self.describe_content(thing, phrase.content)
        elif phrase.content:
            thing.content = "nothing"
        return thing

    def _is_other_vessel(self, thing: Thing, phrase: Phrase) -> bool:
        """Whether "a small saucepan" is said where "the big pot" is in use: they only have the same picture."""
        said = phrase.article and not phrase.definite and singular(phrase.name) != singular(thing.name)
        return said and thing.kind == "vessels" and bool(thing.content or self.held_by(thing))

    def _of_name(self, phrase: Phrase) -> Thing | None:
        """What is called by the last word of its name, where nothing else is: "the bags" of two tea bags."""
        last = phrase.name.removesuffix("s")
        named = [
            thing
            for thing in self.things.values()
            if (name := thing.name.removesuffix("s")).endswith(" " + last)
            or (thing.kind == "vessels" and name.endswith(last))  # "the pan" of a saucepan
        ]
        return named[-1] if named and not any(t.noun == phrase.word for t in self.things.values()) else None

    def matter(self, phrase: Phrase) -> Thing | None:
        """What a statement about nature means: as an instruction's, but a substance is a thing of its own."""
        if phrase.kind != "substance" or any(thing.content == phrase.word for thing in self.things.values()):
            return self.resolve(phrase)
        return self.last(phrase.name) or self.new(phrase.name)

    def describe_content(self, vessel: Thing, content: Phrase) -> None:
        """Takes over what the text says is in a vessel: "a pot of boiling water", "a bowl of eggs".

        The wheel of a bicycle holds no bicycle.
        """
        if content.kind == "substance":
            vessel.content = content.word
            self.called[content.word] = content.name
            if {"hot", "boiling", "steaming"} & set(content.states) and suits(vessel.noun, "steaming"):
                vessel.become(
                    "boiling" if "boiling" in content.states and suits(vessel.noun, "boiling") else "steaming"
                )
        elif (inner := self.resolve(content)) and (vessel.fills or vessel.carries):
            self.move(inner, vessel)
