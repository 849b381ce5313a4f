"""What things have become by the time that a text calls them so: bread and cheese a sandwich, batter a pancake."""

from dataclasses import replace
from typing import TYPE_CHECKING

from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.world.things import Thing
from tools.vocabulary import vocabulary

if TYPE_CHECKING:
    from agents.embedded.world.world import World


_RAW = ("batter", "dough")
_COLLECTIVES = {
    "vegetables": "vegetables",
    "veggies": "vegetables",
    "veg": "vegetables",
    "chopped vegetables": "vegetables",
    "fruit": "fruit",
}
"""Words for all things of a kind that are there."""


def members(world: "World", phrase: Phrase) -> list[Phrase]:
    """The phrases of what "the vegetables" are: those that were named before."""
    kind = _COLLECTIVES.get(phrase.name)
    there = [thing for thing in world.things.values() if thing.kind == kind and thing.noun in vocabulary().nouns]
    if not there or not phrase.definite:
        return [phrase]
    return [replace(phrase, kind="thing", word=thing.noun, name=thing.name, plural=thing.count > 1) for thing in there]


def topped(world: "World", base: Thing) -> Thing:
    """What dough has become with something on it, where the how-to makes a pizza or a pie."""
    if base.noun != "dough" or world.about() not in ("pizza", "cake"):
        return base
    made = world.new(world.about())
    made.place = base.place
    for other in world.held_by(base):
        other.place = ("on", made.id)
    world.take_away(base)
    world.spoken.add(made.noun)
    return made


def raw_of(world: "World") -> Thing | None:
    """The batter or dough that there is, of which what is to be baked is made."""
    there = [thing for thing in world.things.values() if thing.content in _RAW or thing.noun in _RAW]
    recent = [thing for thing in world.focus if thing in there]
    return (recent or there)[-1] if there else None


def made_of(world: "World", phrase: Phrase) -> Thing | None:
    """What other things have become: a sandwich is the bread and what is on it, a pancake the batter in the pan."""
    for part in lexicon().made_of.get(phrase.word, ()):
        if part in vocabulary().substances:
            order = [*(t for t in world.things.values() if t not in world.focus), *world.focus]
            holder = next((t for t in reversed(order) if t.content == part and t.fills and t.id in world.things), None)
            if holder:
                holder.content = None
                made = world.new(phrase.word)
                world.move(made, holder)
                return made
        elif source := world.last(part):
            made = world.new(phrase.word)
            made.place, made.colour, made.count = source.place, source.colour, source.count
            made.counted = source.counted
            made.states = [state for state in source.states if suits(phrase.word, state)]
            for other in [*world.all_upon(source), source]:
                world.take_away(other)
            return made
    return None


def turn_into(world: "World", sources: list[Thing], phrase: Phrase) -> Thing | None:
    """What things become takes their place: clay that is shaped into a bowl is the bowl. None for no thing."""
    made = world.resolve(phrase)
    sources = [source for source in sources if source is not made and source.id in world.things]
    if made is None:
        return None
    for source in sources:
        if source.opens and (source.content or world.held_by(source)):  # what is in it becomes so
            source.content, made.place = None, made.place or ("in", source.id)
            continue
        made.place = made.place or (source.place if source.place and source.place[1] != made.id else None)
        made.colour = made.colour or source.colour
        for other in [*world.all_upon(source), source]:
            if other is not made:
                world.take_away(other)
    return made
