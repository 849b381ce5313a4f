"""What things have become by the time that a text calls them so: bread and cheese a sandwich, batter a pancake."""

from typing import TYPE_CHECKING

from agents.embedded.language import Phrase
from agents.embedded.lexicon import lexicon, suits
from agents.embedded.things import Thing
from tools.vocabulary import vocabulary

if TYPE_CHECKING:
    from agents.embedded.world import World


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
            made.states = [state for state in source.states if suits(phrase.word, state)]
            for other in [*world.all_upon(source), source]:
                world.take_away(other)
            return made
    return None
