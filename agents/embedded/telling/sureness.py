"""Whether an instruction was understood word by word, so that the world after it may be described as it stands.

Where it was not, a caption only repeats what was done (`telling`).
"""

from agents.embedded.reading.instructions import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.telling.subjects import whole_noun
from agents.embedded.world.effects.moment import TOOLS
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

_EFFECTS = frozenset(
    "fill pour put boil heat fry cook toast melt stir beat cut peel crack wash serve cover uncover wait turn_on "
    "turn_off water plant squeeze mash drain bake blend scramble microwave freeze cool convey travel take form "
    "sprinkle spread replace flip".split()
)
"""Effects after which things look as the world says."""

_IMPLIED = TOOLS | {"stove", "tap", "kettle", "oven", "cutting board", "plate", "watering can"}
"""What a picture may show though the text does not name it: a tap for "rinse", a knife for "slice"."""


def is_told_of(world: World, thing: Thing) -> bool:
    """Whether the text names a thing that is shown, and what is in it; or it goes without saying."""
    said = thing.content in (None, "nothing", "tea", *world.spoken)
    return said and (thing.noun in world.spoken or thing.noun in _IMPLIED)


def is_sure(world: World, clause: Clause) -> bool:
    """Whether all words of a clause have a meaning in the world, and things are where it says."""
    known = clause.effect in _EFFECTS or clause.effect in lexicon().changes
    if not (clause.whole and known) or clause.particle:
        return False
    phrases = [*clause.objects, *(phrase for _, phrase in clause.places)]
    return all(_is_known(clause, phrase) for phrase in phrases) and _is_placed(world, clause)


def _is_known(clause: Clause, phrase: Phrase) -> bool:
    """Whether a phrase is a thing, a substance or the ground, and all its words say so."""
    if phrase.kind == "pronoun":
        return True
    if (
        phrase.kind == "other"
        or not phrase.exact
        or (clause.words and whole_noun(clause.words, phrase.end) > phrase.end)
    ):
        return False
    return not isinstance(phrase.content, Phrase) or _is_known(clause, phrase.content)


def _is_placed(world: World, clause: Clause) -> bool:
    """Whether what is said to be in or on a thing can be."""
    named = [phrase.word for preposition, phrase in clause.places if preposition in ("in", "on")]
    known = [Thing(noun, noun, noun) for noun in named if noun in vocabulary().nouns]
    return all(thing.fills or thing.carries or thing.noun in ("tap", "wall") for thing in known)
