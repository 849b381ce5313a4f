"""Where all things are: on what, in what, and what mixes when things meet."""

from agents.embedded.reading.lexicon import suits
from agents.embedded.world.things import CLOSETS, EATEN, FLAVOURS, MIXTURES, STRENGTH, Thing, holds


class Inventory:
    """All things, the latest last, and what the text last spoke of."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.focus: list[Thing] = []
        """What "it" and "them" may mean, the latest last."""
        self.gone: dict[str, str] = {}
        """The nouns of what was thrown away or used up, and the verb that did it."""
        self.discarded: list[Thing] = []
        """What the current instruction threw away."""

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

    def all_upon(self, thing: Thing) -> list[Thing]:
        """All that lies on or in a thing, the topmost first."""
        return [found for held in self.held_by(thing) for found in (*self.all_upon(held), held)]

    def move(self, thing: Thing, holder: Thing | None) -> None:
        """Puts a thing in or on another, or on the table."""
        if holder is None:
            thing.place = None
            return
        if holder.noun in ("bottle", "jar") and thing.kind in EATEN:
            thing.place = None  # food does not lie on their caps
            return
        if not holds(holder, thing):
            thing.place = None
            return
        self.lay(thing, "in" if holder.opens else "on", holder)
        if holder.content == "nothing" or (holder.content == "oil" and thing.kind in EATEN):
            holder.content = None  # not the oil is seen, but what is fried in it
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
        if substance in FLAVOURS and vessel.content in (None, "nothing") and self.held_by(vessel):
            return
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
