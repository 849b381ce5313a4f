"""The world of a how-to: things with a place, a content and states, changed instruction by instruction."""

from agents.embedded.discourse import Discourse
from agents.embedded.language import Phrase
from agents.embedded.lexicon import lexicon, suits
from agents.embedded.making import made_of
from agents.embedded.things import CLOSETS, DRY, EATEN, MIXTURES, STRENGTH, TOPPED, VESSELS, singular, singular_name
from agents.embedded.things import HEATED as HEATED
from agents.embedded.things import Thing as Thing
from agents.embedded.topic import topic_of
from tools.vocabulary import vocabulary


class World:
    """All things, the latest last, and what the text last spoke of."""

    def __init__(self, goal: str = "") -> None:
        self.things: dict[str, Thing] = {}
        self.focus: list[Thing] = []
        """What "it" and "them" may mean, the latest last."""
        self.called: dict[str, str] = {}
        """What the text last called each substance."""
        self.place: str | None = None
        """The id of the wall, bed or car on which work was last done."""
        self.works: list[str] = []
        """The ids of what was worked on, the latest last."""
        self.main: Thing | None = None
        """What an instruction without an object means: "Stir.", "Serve."."""
        self.gone: dict[str, str] = {}
        """The nouns of what was thrown away or used up, and the verb that did it."""
        self.discarded: list[Thing] = []
        """What the current instruction threw away."""
        self.spoken: set[str] = set()
        """The nouns and substances that the text has named."""
        self.doubted: set[str] = set()
        """The ids of what was shown by steps that were not wholly understood."""
        self.adrift: set[str] = set()
        """The ids of what was last put where this world does not have it."""
        self.mixed: set[str] = set()
        """The nouns that have become part of a batter."""
        self.discourse = Discourse(subject=topic_of(goal))
        self._resolved: dict[Phrase, Thing | None] = {}

    def new(self, noun: str, name: str = "") -> Thing:
        """A new thing, on the table."""
        same = sum(thing.noun == noun for thing in self.things.values())
        thing = Thing(id=noun if not same else f"{noun}{same + 1}", noun=noun, name=name or noun)
        self.things[thing.id] = thing
        return thing

    def last(self, noun: str) -> Thing | None:
        """The thing of this noun that was spoken of last."""
        recent = [thing for thing in self.focus if thing.noun == noun and thing.id in self.things]
        return (
            recent[-1]
            if recent
            else next((thing for thing in reversed(self.things.values()) if thing.noun == noun), None)
        )

    def tool(self, noun: str) -> Thing:
        """The thing of this noun, new if there is none."""
        return self.last(noun) or self.new(noun)

    def speak_of(self, thing: Thing) -> None:
        """Makes a thing the one that "it" means."""
        self.focus = [other for other in self.focus if other is not thing] + [thing]

    def held_by(self, holder: Thing) -> list[Thing]:
        """What is directly on or in a thing."""
        return [thing for thing in self.things.values() if thing.place and thing.place[1] == holder.id]

    def holder_of(self, thing: Thing) -> Thing | None:
        """What a thing is on or in."""
        return self.things[thing.place[1]] if thing.place else None

    def resolve(self, phrase: Phrase, into: bool = False) -> Thing | None:
        """The thing that a phrase means, new if it was not there; None for what cannot be drawn.

        A substance means the vessel that holds it. `into` says that something goes in or on what is meant. A phrase
        means one thing however often it is asked for.
        """
        if phrase not in self._resolved:
            self._resolved[phrase] = self._resolve(phrase, into)
        return self._resolved[phrase]

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
        match phrase.kind:
            case "pronoun":
                return self._meant(phrase, into)
            case "thing" if into and phrase.name in ("table", "floor") and self.last(phrase.word) is None:
                return None  # what all of it stands on
            case "thing":
                return self._thing(phrase)
            case "substance":
                return self.vessel_of(phrase)
            case "ground":
                return None
        if not into and phrase.name.removesuffix("s") in lexicon().words["cut_units"]:
            return next((thing for thing in reversed(self.focus) if "sliced" in thing.states), None)
        return self._nameless(phrase)

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
        thing.colour = phrase.colour
        thing.bare = not (phrase.article or phrase.count or phrase.plural)
        return thing

    def as_mixture(self, phrase: Phrase) -> Phrase:
        """The phrase of what a thing has become: eggs that were beaten are batter."""
        if phrase.kind == "thing" and phrase.word in self.mixed and self.last(phrase.word) is None:
            self.called["batter"] = f"{phrase.word} mixture"
            return Phrase("substance", "batter", self.called["batter"], definite=phrase.definite)
        return phrase

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
        known = [] if phrase.fresh else [thing for thing in self.things.values() if thing.noun == phrase.word]
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
            thing.count = phrase.count
        thing.colour = phrase.colour or thing.colour
        for state in phrase.states:
            if state in vocabulary().told_states or suits(thing.noun, state):
                thing.become(state)
        if isinstance(phrase.content, Phrase):
            self.describe_content(thing, phrase.content)
        elif phrase.content:
            thing.content = "nothing"
        return thing

    def _of_name(self, phrase: Phrase) -> Thing | None:
        """What is called by the last word of its name, where nothing else is: "the bags" of two tea bags."""
        last = phrase.name.removesuffix("s")
        named = [thing for thing in self.things.values() if thing.name.removesuffix("s").endswith(" " + last)]
        return named[-1] if named and not any(t.noun == phrase.word for t in self.things.values()) else None

    def matter(self, phrase: Phrase) -> Thing | None:
        """What a statement about nature means: as an instruction's, but a substance is a thing of its own."""
        if phrase.kind != "substance" or any(thing.content == phrase.word for thing in self.things.values()):
            return self.resolve(phrase)
        return self.last(phrase.name) or self.new(phrase.name)

    def all_upon(self, thing: Thing) -> list[Thing]:
        """All that lies on or in a thing, the topmost first."""
        return [found for held in self.held_by(thing) for found in (*self.all_upon(held), held)]

    def describe_content(self, vessel: Thing, content: Phrase) -> None:
        """Takes over what the text says is in a vessel: "a pot of boiling water", "a bowl of eggs"."""
        if content.kind == "substance":
            vessel.content = content.word
            if {"hot", "boiling", "steaming"} & set(content.states) and suits(vessel.noun, "steaming"):
                vessel.become(
                    "boiling" if "boiling" in content.states and suits(vessel.noun, "boiling") else "steaming"
                )
        elif inner := self.resolve(content):
            self.move(inner, vessel)

    def vessel_of(self, phrase: Phrase, but: Thing | None = None) -> Thing:
        """The vessel that holds a substance: the latest, of hot water a hot one; a usual one if there is none."""
        if self.called.get(phrase.word) != phrase.word:  # flour stays flour, though baking soda is added
            self.called[phrase.word] = phrase.name
        hot = bool({"hot", "boiling", "boiled", "steaming", "warm"} & set(phrase.states))
        order = [*(t for t in self.things.values() if t not in self.focus), *self.focus]
        holding = [
            t
            for t in order
            if t.id in self.things and t.content == phrase.word and t is not but and not (hot and "cold" in t.states)
        ]
        if "cold" in phrase.states:
            holding = [thing for thing in holding if not thing.is_hot]
        if not holding and phrase.definite:
            holding = [t for t in order if t.id in self.things and phrase.word in t.parts and t is not but]
        if holding:
            preferred = [thing for thing in holding if thing.is_hot] if hot else []
            return (preferred or holding)[-1]
        vessel = self._source(phrase, hot, but)
        vessel.content = phrase.word
        vessel.parts.add(phrase.word)
        if hot and suits(vessel.noun, "steaming"):
            vessel.become("steaming")
        return vessel

    def _source(self, phrase: Phrase, hot: bool, but: Thing | None) -> Thing:
        """The vessel in which a substance comes: the usual one, but a bottle if that one is in use."""
        if phrase.word == "soil" and (bed := self.last("garden bed")):
            return bed
        usual = VESSELS.get(phrase.name) or VESSELS.get(phrase.word) or vocabulary().substances[phrase.word].vessel
        noun = HEATED.get(phrase.word, usual) if hot else usual
        for candidate in (noun, "bowl" if phrase.word in DRY else "bottle"):
            vessel = self.last(candidate)
            if vessel is None or (vessel is not but and vessel.content in (None, phrase.word)):
                return vessel or self.new(candidate)
        return self.new(noun)

    def move(self, thing: Thing, holder: Thing | None) -> None:
        """Puts a thing in or on another, or on the table."""
        if holder is None:
            thing.place = None
            return
        if holder.noun in ("bottle", "jar") and thing.kind in EATEN:
            thing.place = None  # food does not lie on their caps
            return
        self.lay(thing, "in" if holder.opens else "on", holder)
        if holder.content == "nothing":
            holder.content = None
        self.infuse(holder)

    def lay(self, thing: Thing, relation: str, holder: Thing) -> None:
        """Puts a thing on or in another, unless that is itself on or in it."""
        above: Thing | None = holder
        while above is not None:
            if above is thing:
                return
            above = self.holder_of(above)
        thing.place = (relation, holder.id)

    def mix_in(self, vessel: Thing, substance: str, hot: bool = False) -> None:
        """Puts a substance into a vessel, where it mixes with what is there."""
        vessel.parts.add(substance)
        there = vessel.content if vessel.content not in (None, "nothing") else substance
        strongest = min(there, substance, key=STRENGTH.index)
        vessel.content = MIXTURES.get(frozenset((there, substance)), strongest)
        if hot and suits(vessel.noun, "steaming") and "boiling" not in vessel.states:
            vessel.become("steaming")
        self.infuse(vessel)

    def infuse(self, vessel: Thing) -> None:
        """Hot water on a tea bag, or on leaves in a teapot, is tea."""
        leaves = {thing.noun for thing in self.held_by(vessel)} & {"tea bag", "leaf"}
        if vessel.content == "water" and leaves and (vessel.is_hot or (vessel.noun == "jug" and "tea bag" in leaves)):
            vessel.content = "tea"

    def take_away(self, thing: Thing) -> None:
        """Removes what is used up or has become part of something else."""
        for held in self.held_by(thing):
            held.place = None
        del self.things[thing.id]

    def throw_away(self, thing: Thing, verb: str) -> None:
        """Removes what is wanted no more; to use it after that is a contradiction."""
        self.take_away(thing)
        self.discarded.append(thing)
        if not any(other.noun == thing.noun for other in self.things.values()):
            self.gone[thing.noun] = verb

    def support(self, thing: Thing) -> Thing:
        """What a thing stands in or on in the end, short of stove and board: itself if that is the table."""
        while (holder := self.holder_of(thing)) and holder.noun not in ("stove", "cutting board", *CLOSETS):
            thing = holder
        return thing
