"""Boiling, frying, toasting, melting: what happens on the stove."""

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import suits
from agents.embedded.world.effects.moment import (
    COOKWARE,
    FOOD,
    Moment,
    effect,
    is_ingredient,
    objects_of,
    on_fire,
    place_of,
    with_tool,
)
from agents.embedded.world.things import HEATED, Thing
from agents.embedded.world.world import World

_BOILED = ("water", "noodles", "rice")
"""What is in a pot in which nothing is fried."""
OVENS = ("oven", "grill", "fire", "microwave", "toaster")
"""What gets hot of itself."""


def _to_heat(world: World, clause: Clause, default: str) -> tuple[Thing, list[Thing]]:
    """The cookware that goes on the fire, and the things in it."""
    liquids = [phrase for phrase in clause.at("in") if phrase.kind == "substance"]
    if liquids and len(liquids) == len(clause.at("in")):  # "in olive oil" comes in a bottle
        place = _cookware_with(world, liquids[0], default) if liquids[0].word != "oil" else None
    else:
        place = place_of(world, clause, "in")
    if place is not None and not (place.opens or place.carries or place.noun in COOKWARE):
        place = None
    stuffs = [phrase for phrase in clause.objects if phrase.kind == "substance"]
    if stuffs and place is None:
        held = [thing for thing in world.things.values() if thing.content == stuffs[0].word and thing.noun in COOKWARE]
        cookware = [thing for thing in world.things.values() if thing.noun in COOKWARE]
        with_it = [thing for thing in cookware if stuffs[0].word in thing.parts or _is_cooked_in(thing, stuffs[0])]
        held = held or (with_it if stuffs[0].definite else []) or _in_use(world)
        pots = [thing for thing in world.things.values() if thing.noun == "pot" and world.held_by(thing)]
        if stuffs[0].word == "soup" and pots:
            held = pots
        place = held[-1] if held else world.tool(HEATED.get(stuffs[0].word, default))
    if stuffs and place is not None:
        place.parts.add(stuffs[0].word)
        place.content = (
            stuffs[0].word if place.content in (None, "nothing") or stuffs[0].word == "soup" else place.content
        )
        return place, []
    with_it = [thing for phrase in clause.at("with") if (thing := world.resolve(phrase)) and is_ingredient(thing)]
    things = [*objects_of(world, clause), *with_it]
    vessels = [thing for thing in things if thing.noun in (*COOKWARE, "stove")]
    foods = [thing for thing in things if is_ingredient(thing)]
    if place is None and foods:
        holder = world.holder_of(foods[0])
        in_use = [t for t in _in_use(world) if default != "pan" or t.content not in _BOILED] or [world.last(default)]
        place = holder if holder and holder.noun in COOKWARE else in_use[-1]
    place = place or (vessels or [thing for thing in things if thing.opens] or [world.tool(default)])[0]
    if place.noun == "stove":
        return (world.held_by(place) or [world.tool(default)])[0], foods
    for food in foods:
        if not (food.place and world.support(food) is world.support(place)):
            world.move(food, place)
    return place, foods


def _is_cooked_in(thing: Thing, liquid: Phrase) -> bool:
    """Whether what is in a pot is boiled in water that the text only now speaks of."""
    return liquid.word == "water" and thing.content in _BOILED


def _cookware_with(world: World, liquid: Phrase, default: str) -> Thing:
    """The pot with the water in which something is boiled, the one in use if it is empty."""
    holding = [t for t in world.things.values() if t.noun in COOKWARE and t.content == liquid.word]
    empty = [thing for thing in _in_use(world) if thing.content in (None, "nothing")]
    vessel = (holding or empty or [world.tool(HEATED.get(liquid.word, default) if default != "pot" else default)])[-1]
    if vessel.content in (None, "nothing"):
        world.mix_in(vessel, liquid.word)
    return vessel


def _in_use(world: World) -> list[Thing]:
    """The pots and pans on the stove of which the text last spoke."""
    stoves = [thing.id for thing in world.things.values() if thing.noun == "stove"]
    return [
        t for t in world.focus if t.noun in ("pot", "pan") and t.id in world.things and t.place and t.place[1] in stoves
    ]


@effect
def boil(world: World, clause: Clause) -> Moment:
    """Water boils in kettle or pot on the lit stove, with what is in it."""
    vessel, foods = _to_heat(world, clause, "pot")
    stove = on_fire(world, vessel)
    if vessel.content in (None, "nothing") and vessel.noun != "stove":
        world.mix_in(vessel, "water")
    return _bubbling(world, vessel, stove, foods)


def _bubbling(world: World, vessel: Thing, stove: Thing, foods: list[Thing]) -> Moment:
    for state in ("boiling", "steaming"):
        if suits(vessel.noun, state):
            vessel.become(state)
            break
    for food in (*foods, *world.held_by(vessel)):
        if food.noun in FOOD and "cooked" not in food.states:
            food.become("cooked")
    return Moment([vessel, stove, *world.held_by(vessel)])


@effect
def heat(world: World, clause: Clause) -> Moment:
    """A vessel gets hot on the lit stove; an oven or a grill is lit itself."""
    if ovens := [thing for thing in objects_of(world, clause) if thing.noun in OVENS]:
        ovens[0].become("lit")
        return Moment(ovens)
    whole = all(phrase.kind != "substance" for phrase in clause.objects)
    if whole and (oven := place_of(world, clause, "in")) and oven.noun == "microwave":
        for thing in objects_of(world, clause):
            world.move(thing, oven)
        return Moment([oven, *objects_of(world, clause)])
    machines = [thing for thing in objects_of(world, clause) if thing.kind == "appliances" and thing.noun != "stove"]
    if machines:
        return Moment(machines)
    within = [holder for thing in objects_of(world, clause) if (holder := world.holder_of(thing))]
    if any(holder.noun == "microwave" for holder in within):
        return Moment([*within, *objects_of(world, clause)])
    vessel, foods = _to_heat(world, clause, "pan")
    stove = on_fire(world, vessel)
    if vessel.content not in (None, "nothing", "oil") and suits(vessel.noun, "steaming"):
        vessel.become("steaming")
    return Moment([vessel, stove, *foods, *world.held_by(vessel)])


@effect
def cook(world: World, clause: Clause) -> Moment:
    """Food gets done in pan or pot on the lit stove; in a pan, and in oil, it is fried."""
    vessel, foods = _to_heat(world, clause, "pan")
    dry = vessel.noun == "pan" or vessel.parts == {"oil"}
    if dry and vessel.content not in ("water", "milk", "soup"):
        return _fried(world, vessel, foods)
    return _bubbling(world, vessel, on_fire(world, vessel), foods)


@effect
def fry(world: World, clause: Clause) -> Moment:
    """Food is fried in a pan on the lit stove."""
    vessel, foods = _to_heat(world, clause, "pan")
    return _fried(world, vessel, foods)


def _fried(world: World, vessel: Thing, foods: list[Thing]) -> Moment:
    stove = on_fire(world, vessel)
    for food in {thing.id: thing for thing in (*foods, *world.held_by(vessel))}.values():
        brown(world, food)
        if vessel.content == "batter" and food.noun in ("egg", "bread"):
            vessel.content = None
            food.become("mashed" if food.noun == "egg" else "toasted")
    return Moment([*foods, vessel, stove, *world.held_by(vessel)])


def brown(world: World, food: Thing) -> None:
    """What frying does to each food."""
    if food.noun == "butter":
        food.become("melted")
    elif food.noun == "bread":
        food.become("toasted")
        for inner in world.held_by(food):
            if inner.noun == "cheese":
                inner.become("melted")
    elif food.noun == "egg" and not {"mashed", "sliced"} & set(food.states):
        food.become("fried")
    elif food.noun in FOOD and "cooked" not in food.states:
        food.become("cooked")


@effect
def scramble(world: World, clause: Clause) -> Moment:
    """Eggs are stirred in the pan until they set in a heap."""
    pan = place_of(world, clause, "in") or world.tool("pan")
    eggs = next((thing for thing in world.held_by(pan) if thing.noun == "egg"), None) or world.tool("egg")
    world.move(eggs, pan)
    eggs.become("mashed")
    pan.content = None
    stove = on_fire(world, pan)
    spoon = with_tool(world, clause, "spoon", pan)
    world.move(spoon.shown[0], pan)
    return Moment([eggs, pan, stove, *spoon.shown], spoon.poses)


@effect
def toast(world: World, clause: Clause) -> Moment:
    """Bread gets brown: in a pan on the stove if one is named, else it stays where it is."""
    breads = [thing for thing in objects_of(world, clause) if thing.noun == "bread"] or [world.tool("bread")]
    breads[0].become("toasted")
    if place := place_of(world, clause, "in", "on"):
        world.move(breads[0], place)
        if place.noun in COOKWARE:
            return Moment([breads[0], place, on_fire(world, place)])
    return Moment([breads[0], *filter(None, [world.holder_of(breads[0])])])


@effect
def melt(world: World, clause: Clause) -> Moment:
    """Butter or cheese melts in a pan on the lit stove."""
    pan, foods = _to_heat(world, clause, "pan")
    stove = on_fire(world, pan)
    for food in foods:
        if suits(food.noun, "melted"):
            food.become("melted")
    return Moment([*foods, pan, stove])
