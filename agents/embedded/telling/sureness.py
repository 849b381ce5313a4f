"""What is sure after an instruction: all of it if every word was understood, else only what its words say.

Where they do not say where a thing is, what fills it, or that it is there at all, captions and pictures do not either.
"""

import re

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.phrases import is_cut
from agents.embedded.reading.words import singular
from agents.embedded.telling.noun_ends import whole_noun
from agents.embedded.telling.passive import Told
from agents.embedded.world.effects.moment import COOKWARE, TOOLS, Moment
from agents.embedded.world.foreground import is_work
from agents.embedded.world.things import TOPPED, Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

_EFFECTS = frozenset(
    "fill pour put boil heat fry cook toast melt stir beat cut peel crack wash serve cover uncover wait turn_on "
    "turn_off water plant squeeze mash drain bake blend scramble microwave freeze cool convey travel take form "
    "sprinkle spread replace flip".split()
)
"""Effects after which things look as the world says."""

_ON_FIRE = ("fry", "boil", "scramble")
"""Effects for which cookware and a stove go without saying."""
IMPLIED = TOOLS | {"stove", "tap", "kettle", "oven", "cutting board", "plate", "watering can"}
"""What a picture may show though the text does not name it: a tap for "rinse", a knife for "slice"."""
_PUT_IN = re.compile(
    r"\b(?:put|set|packed|placed|laid|tucked|pushed|pressed|slid|slipped|hung)\b.* (?:in|on|out|back)$"
    r"|^(?:refitted|reattached|installed)$"
)
"""What was put somewhere that is not named: "set in", "pressed on", "hung out"."""

_WITH_ONE_TOOL = ("paint", "sand", "hoover", "sweep", "scrub", "scour", "prune", "shear", "dig")
_KEEPING = ("wait", "cool", "heat", "boil", "cook", "stir", "fry", "bake", "cover", "freeze")
"""Effects that leave in a vessel what is in it."""


def is_told_of(world: World, thing: Thing) -> bool:
    """Whether the text names a thing that is shown, what is in it and what holds it; or it goes without saying."""
    said = thing.content in (None, "nothing", "tea", *world.spoken)
    holder = world.things.get(thing.place[1]) if thing.place else None
    return said and all(noun in world.spoken or noun in IMPLIED for noun in (thing.noun, (holder or thing).noun))


def is_sure(world: World, clause: Clause) -> bool:
    """Whether all words of a clause have a meaning in the world, and things are where it says."""
    known = clause.effect in _EFFECTS or clause.effect in lexicon().changes
    if not (clause.whole and known) or clause.particle:
        return False
    on_top = [phrase for phrase in clause.at("on") if phrase.kind == "pronoun" and not phrase.name]
    if any((there := world.resolve(phrase, into=True)) and there.noun not in TOPPED for phrase in on_top):
        return False  # on top of what, it does not say
    phrases = [*clause.objects, *(phrase for _, phrase in clause.places)]
    return all(_is_known(clause, phrase) for phrase in phrases) and _is_placed(world, clause)


def _is_known(clause: Clause, phrase: Phrase) -> bool:
    """Whether a phrase is a thing, a substance or the ground, and all its words say so."""
    if phrase.kind == "pronoun" or is_cut(phrase):
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
    return all(thing.fills or thing.carries or vocabulary().nouns[thing.noun].face is not None for thing in known)


def meant_by(world: World, clause: Clause, moment: Moment, understood: bool) -> set[str]:
    """The ids of the things that a clause names, by what is in them too, or that go without saying where it is done."""
    phrases = [*clause.objects, *(phrase for _, phrase in clause.places), *([clause.product] if clause.product else [])]
    words = {phrase.word for phrase in phrases} | {singular(phrase.word) for phrase in phrases if phrase.plural}
    pouring = moment.pouring() if not understood else set()  # from what it comes, nobody knows
    within = {t.id: {t.content, *t.parts} if t.id not in pouring else set() for t in moment.shown}
    named = [t for t in moment.shown if {t.noun, *within[t.id]} & (words | world.spoken)]
    named += [thing for p in phrases if is_cut(p) and (thing := world.spoken_of(p)) in moment.shown]
    named += [thing for thing in moment.shown if thing.noun == _verbs_tool(clause)]
    fires = {thing.place[1] for thing in named if thing.place}
    implied = [t for t in moment.shown if understood and t.noun in IMPLIED]
    implied += [t for t in moment.shown if t.id in fires and t.noun in ("stove", "oven")]
    if clause.effect in _ON_FIRE and named:  # whatever else is said: nothing fries without a pan
        implied += [t for t in moment.shown if t.noun == "stove" or t.noun in COOKWARE]
    return {thing.id for thing in (*named, *implied)}


def _verbs_tool(clause: Clause) -> str | None:
    """The tool that a verb names, or that nothing else does: the iron of "iron the sleeves"."""
    change = lexicon().changes.get(clause.effect)
    verb = clause.verb.split()[0]
    return change.tool if change and change.tool and (verb in change.tool.split() or verb in _WITH_ONE_TOOL) else None


def settle(
    world: World,
    clause: Clause,
    said: Told | None,
    understood: bool,
    before: dict[str, tuple[tuple[str, str] | None, str | None]],
    vessel: Thing | None,
) -> None:
    """Notes what is surely where the world has it: where the words put it, or where a clause that was understood did.

    What any other clause acts on or moves may be anywhere. `before` says where all things were, and what was in them;
    `vessel` is what something was put "in" of which only that is said.
    """
    world.ground = next((phrase.word for phrase in clause.at("in", "on") if phrase.kind == "ground"), world.ground)
    goals = [phrase for phrase in clause.at("in", "on") if phrase.kind in ("thing", "other")]
    goals += [phrase for phrase in clause.at("to", "over") if phrase.kind == "thing"]
    if clause.effect in ("wait", "cool") and not goals:
        return
    phrases = [*(said.about.phrases if said and said.about else ()), *clause.objects]
    acted_on = {thing.id for phrase in phrases if phrase.kind != "ground" and (thing := world.spoken_of(phrase))}
    moved = {i for i, thing in world.things.items() if thing.place != before.get(i, (None, None))[0]}
    changed = {i for i, thing in world.things.items() if thing.content != before.get(i, (None, None))[1]}
    places = [place for phrase in goals if (place := world.resolve(phrase, into=True))] + ([vessel] if vessel else [])
    put = {i for i in acted_on if i in world.things and places and _is_there(world, world.things[i], places)}
    held = {i: world.holder_of(world.things[i]) for i in acted_on | moved if i in world.things}
    if any(holder and holder.id != world.over_fire for holder in held.values()):
        world.over_fire = None  # work goes on elsewhere
    if clause.effect in _ON_FIRE:  # nothing fries without a pan, though nobody names it
        pans = {i: holder for i, holder in held.items() if holder and holder.noun in COOKWARE}
        put |= set(pans)
        world.over_fire = next((pan.id for pan in pans.values()), None)
    bare = said is not None and _PUT_IN.search(said.done) is not None
    surely = acted_on | moved if understood and not goals and not bare else (moved if understood else set()) | put
    world.settled = (world.settled - acted_on - moved) | surely
    solid = {p for p in phrases if p.kind != "substance" and p.word != "salt shaker"}
    astray = {thing.id for phrase in solid if (thing := world.spoken_of(phrase))} & acted_on - surely
    parts = {
        thing.id for phrase in phrases if (thing := world.spoken_of(phrase)) and _is_part(phrase, thing)
    } & acted_on
    world.settled -= parts
    world.adrift = (world.adrift - acted_on) | (astray if places or bare else set())
    emptied = set() if clause.effect in _KEEPING else acted_on
    named = {phrase.word for phrase in (*clause.objects, *goals)}
    named |= {phrase.content.word for phrase in clause.objects if isinstance(phrase.content, Phrase)}
    told = {i for i in changed if understood or {world.things[i].noun, world.things[i].content} <= named}
    told = {i for i in told if not any(is_work(held) for held in world.held_by(world.things[i]))}
    world.filled = (world.filled - changed - emptied) | told


def _is_part(phrase: Phrase, thing: Thing) -> bool:
    """Whether a phrase speaks of a part of what is drawn for it: the keycaps of a keyboard, which go without it."""
    parts = vocabulary().stand_ins
    return phrase.kind == "thing" and phrase.name in parts and thing.name not in parts


def _is_there(world: World, thing: Thing, places: list[Thing]) -> bool:
    """Whether a thing is in or on one of the places, or with it."""
    above, holder = [thing.id], world.holder_of(thing)
    while holder is not None:
        above.append(holder.id)
        holder = world.holder_of(holder)
    return any(place.id in above or (place.place is not None and place.place[1] in above[1:]) for place in places)
