"""What a clause spoke of, taken into the discourse: in which role, and what is no more to be spoken of."""

import re
from dataclasses import replace

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import joined
from agents.embedded.telling.passive import Told
from agents.embedded.telling.subjects import MIXING_IN
from agents.embedded.world.mentions import MIXTURE, STIRRING, Mention, is_eaten, is_mix, mentioned
from agents.embedded.world.world import World

_DROPPED_IN = re.compile(r"^\w+ in(?: along with .*| with .*)?$")
"""What became part of a dish: "dropped in along with a cinnamon stick"."""

_DIVIDING = ("cut", "roll", "divide", "shape", "form", "tear", "break", "split", "twist", "fold")
"""Verbs that make several things, with a name of their own, of one."""


_JOINING = (*STIRRING, "add", "put", "melt", "warm", "heat", "bring", "sift", "toss", "cream", "fold", "pour", "cook")
"""Verbs of what becomes one, if it is several things to eat."""
_SHAPES = ("circle", "line", "row", "zigzag", "spiral", "ring", "pile", "stack")
"""What things are laid out in, and not where."""


def take_in(world: World, clause: Clause, said: Told | None) -> None:
    """Takes in what a clause spoke of."""
    phrases = [*clause.objects, *(phrase for _, phrase in clause.places), *([clause.product] if clause.product else [])]
    contents = [phrase.content for phrase in phrases if isinstance(phrase.content, Phrase)]
    world.spoken |= {phrase.word for phrase in (*phrases, *contents)}
    for preposition, phrase in clause.places:
        in_shape = preposition == "in" and phrase.word in _SHAPES and not phrase.definite
        if preposition != "of" and not in_shape:
            world.discourse.mention(mentioned([phrase], "means" if preposition == "with" else "place"))
    together = clause.verb.split()[0] in _JOINING or clause.effect == "boil"
    if together and said and said.about and is_mix(said.about):
        world.discourse.joined = said.about
    if clause.effect == "cut" and said and said.about:
        world.discourse.cut = said.about.phrases[0] if len(said.about.phrases) == 1 and is_eaten(said.about) else None
    onto, pieces = _onto(world, clause, said), _pieces(clause)
    if said and said.about:
        repeated = not clause.objects or clause.objects[0].kind == "pronoun"
        added = onto or (world.discourse.is_dish() and _DROPPED_IN.search(said.done))
        cut_up = pieces is not None and said.about.plural
        about = replace(said.about, role="added" if added else "gone") if added or cut_up else said.about
        repeated = repeated and not added
        if repeated and clause.verb in STIRRING and about.role == "added" and world.discourse.is_dish():
            about = MIXTURE
        (world.discourse.again if repeated else world.discourse.mention)(about)
    elif clause.verb != "use" and said is None:
        world.discourse.mention(mentioned(clause.objects, "object", clause.effect))
    if pieces:
        world.discourse.mention(mentioned([pieces], "object"))
    if onto:
        world.discourse.again(onto)
    if said and said.about and said.about.role == "waste":
        _clean_off(world, said.about)


def _clean_off(world: World, waste: Mention) -> None:
    """What was cleaned off a thing is seen a last time; not the vessel that the text has named."""
    for phrase in waste.phrases:
        thing = world.spoken_of(phrase)
        vessel = phrase.kind == "substance" and thing and thing.noun in world.spoken
        if thing and thing.id in world.things and not vessel and thing.noun != world.about():
            world.take_away(thing)
            if phrase.kind != "substance":
                world.discarded.append(thing)


def _pieces(clause: Clause) -> Phrase | None:
    """What comes of cutting or shaping that has a name of its own: the pillows into which dough is cut."""
    units = lexicon().words["units"] | lexicon().words["vague"] | lexicon().words["cut_units"]
    divides = clause.effect in ("cut", "form", "peel") or clause.verb in _DIVIDING
    for phrase in [*clause.at("in"), *([clause.product] if clause.product else [])] if divides else []:
        into = joined(clause.words, phrase.start - 1, 1) == "into" and phrase.start > 0
        many = len(clause.objects) > 1 or any(whole.plural for whole in clause.objects)  # carrot sticks are carrots
        named = not many or phrase.name.rpartition(" ")[2].removesuffix("s") not in units
        if into and phrase.plural and not phrase.definite and named:
            return phrase
    return None


def _onto(world: World, clause: Clause, said: Told | None) -> Mention | None:
    """What "it" is in "stuff a lemon inside it", or what oil is stirred into: what goes there is only added to it."""
    places = [phrase for preposition, phrase in clause.places if preposition not in ("with", "of", "next to")]
    pronouns = [phrase for phrase in places if phrase.kind == "pronoun" and phrase.name]  # not "on top"
    if clause.verb in MIXING_IN and clause.objects and not places and not world.discourse.is_dish():
        return world.discourse.last_stuff()
    if not pronouns or not clause.objects or (len(clause.objects) == 1 and clause.objects[0].kind == "pronoun"):
        return None
    return world.discourse.meant(pronouns[0].word, but=said.about if said else None, into=True)
