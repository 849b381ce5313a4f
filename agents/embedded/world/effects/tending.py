"""Washing, serving, waiting, seasoning: what is done to things without changing their form."""

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.lexicon import suits
from agents.embedded.world.effects.heating import brown
from agents.embedded.world.effects.moment import (
    COOKWARE,
    FOOD,
    WASHABLE,
    Moment,
    effect,
    goal_of,
    objects_of,
    on_fire,
    place_of,
)
from agents.embedded.world.effects.moving import pour, put
from agents.embedded.world.effects.working import change
from agents.embedded.world.making import topped
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary


@effect
def wash(world: World, clause: Clause) -> Moment:
    """What fits is held under the running tap, what does not is scrubbed."""
    things = objects_of(world, clause)
    cleaned = place_of(world, clause, "in", "on", "from", "with")
    under_tap = any(phrase.word in ("water", "tap") for phrase in clause.at("under"))
    unfit = any(thing.noun not in WASHABLE for thing in things) or (cleaned and cleaned.noun not in WASHABLE)
    if unfit and not under_tap:
        if clause.verb.startswith("rinse"):
            return change(world, clause, "soak")
        return change(world, clause, "scrub" if things and things[0].kind not in ("furniture", "rooms") else "wipe")
    if not things:
        return Moment()
    tap = world.tool("tap")
    for thing in things:
        thing.no_longer("dirty")
        thing.become("washed" if thing.noun in FOOD else "clean")
        world.move(thing, None)
    return Moment([*things, tap], {tap.id: "pouring"}, [(thing.id, "left of", tap.id) for thing in things])


@effect
def serve(world: World, clause: Clause) -> Moment:
    """Drinks stay in their cup, food comes on a plate, soup into a bowl."""
    if any(phrase.kind == "substance" for phrase in clause.objects) and clause.at("in"):
        return pour(world, clause)
    if clause.at("in", "on") and clause.objects and place_of(world, clause, "in", "on"):
        return put(world, clause)
    things = objects_of(world, clause)
    for thing in things:
        if thing.noun in FOOD and (
            thing.place is None
            or world.support(thing).noun in (*COOKWARE, "cutting board")
            or world.support(thing) is thing
        ):
            world.move(thing, world.tool("plate"))
        if world.support(thing).noun not in COOKWARE:
            world.support(thing).place = None
    extra = [thing for phrase in clause.at("with") if (thing := world.resolve(phrase))]
    held = [other for thing in things for other in (world.holder_of(thing), *world.held_by(thing)) if other]
    return Moment(
        [*things, *held, *extra],
        {},
        [
            (other.id, "next to", things[0].id)
            for other in extra
            if things and other.place is None and other is not things[0]
        ],
    )


@effect
def cover(world: World, clause: Clause) -> Moment:
    """A vessel is closed, or something is laid over what is covered."""
    things = objects_of(world, clause)
    if things and any(phrase.kind == "substance" for phrase in clause.at("with")):
        stuffs, goal = clause.at("with"), world.support(things[0])
        places = [("over", phrase) for phrase in clause.objects]
        if goal.fills or goal.carries:
            return put(world, Clause("put", "put", stuffs, places))
    lids = [thing for phrase in clause.at("with") if (thing := world.resolve(phrase))]
    covered = [world.support(thing) if thing.noun in FOOD else thing for thing in things]
    for thing in covered:
        thing.become("closed")
    for lid in lids[:1]:
        if covered and lid is not covered[0]:
            world.lay(lid, "on", covered[0])
    return Moment([*covered, *lids])


@effect
def uncover(world: World, clause: Clause) -> Moment:
    """A thing is opened; an opened tap runs."""
    things = objects_of(world, clause)
    if any(thing.noun == "tap" for thing in things):
        return turn_on(world, clause)
    for thing in things:
        if "folded" in thing.states and not suits(thing.noun, "open"):
            thing.no_longer("folded")
        else:
            thing.become("open")
    return Moment(things)


@effect
def wait(world: World, clause: Clause) -> Moment:
    """Time passes: what lies in hot water colours it."""
    things = [world.support(thing) for thing in objects_of(world, clause)]
    rests = any(word.text in ("rest", "stand") for word in clause.words) and not clause.at("in")
    for thing in things:
        world.infuse(thing)
        baked = any("baked" in other.states for other in (thing, *world.held_by(thing)))
        inside = any(phrase.word == "oven" for phrase in clause.at("in"))
        if (rests or baked) and (holder := world.holder_of(thing)) and holder.noun == "oven" and not inside:
            thing.place = None  # roasts rest outside, and what is baked is left in its tin
    if clause.until == "cool" and not clause.at("in"):
        return cool(world, clause)
    return Moment(
        [other for thing in things for other in (thing, *world.held_by(thing), world.holder_of(thing)) if other]
    )


@effect
def cool(world: World, clause: Clause) -> Moment:
    """What was hot is hot no more."""
    things = [world.support(thing) for thing in objects_of(world, clause)]
    for thing in things:
        thing.no_longer("steaming", "boiling", "hot")
        holder = world.holder_of(thing)
        if thing.noun in COOKWARE or (holder is not None and holder.noun in ("oven", "microwave")):
            thing.place = None
    cooled = [*objects_of(world, clause), *things]
    return Moment([other for thing in cooled for other in (thing, *world.held_by(thing))])


@effect
def sprinkle(world: World, clause: Clause) -> Moment:
    """Salt stands beside what it is sprinkled on; anything else is put on it. With a brush or cloth, dust is wiped."""
    if clause.verb == "dust" and any(vocabulary().row(phrase.word).kind == "cleaning" for phrase in clause.at("with")):
        return change(world, clause, "wipe")
    named = [thing for phrase in [*clause.objects, *clause.at("with")] if (thing := world.resolve(phrase))]
    spices = [thing for thing in named if thing.noun in ("salt shaker", "sugar cube")]
    if clause.verb in ("season", "salt") and not spices:
        spices = [world.tool("salt shaker")]
    scattered = [thing for thing in named if thing.noun in ("leaf", "cheese", "onion")]
    given = {thing.id for phrase in clause.at("with") if (thing := world.resolve(phrase))}
    scatters = not given and clause.verb not in ("season", "salt", "sweeten")  # "scatter the cheese over it"
    put_on = given | {thing.id for thing in [*spices, *(scattered if scatters else [])]}
    target = place_of(world, clause, "over", "on", "in") or next((t for t in named if t.id not in put_on), None)
    target = target or goal_of(world, clause, *named) or world.tool("plate")
    at = world.support(target)
    if target.noun in FOOD:
        salt = spices and spices[0].noun == "salt shaker"
        if spices or not scattered:
            target.become("salted" if salt or not spices else "sweetened")
    target = topped(world, target) if scattered and not spices else target
    for thing in scattered if not spices else []:
        world.lay(thing, "in" if target.opens else "on", target)
    beside = [(spice.id, "next to", at.id) for spice in spices]
    return Moment(
        [
            target,
            *spices,
            *(t for t in scattered if not spices),
            *([at] if at is not target else []),
            *filter(None, [world.holder_of(at)]),
        ],
        {},
        beside,
    )


_KINDLING = ("light", "ignite", "kindle")
_BURNING = ("fire", "candle", "grill", "lamp")


def _device(world: World, clause: Clause) -> Thing:
    """What is turned on or off: the thing that is named, else the stove."""
    if any(phrase.word == "water" for phrase in clause.objects):
        return world.tool("tap")
    if clause.verb in _KINDLING and world.about() in _BURNING:
        return world.tool(world.about())
    named = objects_of(world, clause) if clause.objects else []
    return named[0] if named else world.tool("stove")


@effect
def turn_on(world: World, clause: Clause) -> Moment:
    """The tap runs, stove, lamp and candle burn."""
    device = _device(world, clause)
    if device.noun == "kettle":
        device.become("steaming")
        return Moment([device])
    if device.noun == "tap":
        return Moment([device], {device.id: "pouring"}, [])
    if device.kind in ("appliances", "lights", "electronics") or suits(device.noun, "lit"):
        device.become("lit")
    for thing in world.held_by(device) if device.noun == "washing machine" else ():
        for state in ("wet", "clean"):
            thing.become(state)
    return Moment([device, *world.held_by(device)])


@effect
def turn_off(world: World, clause: Clause) -> Moment:
    """What burnt is off, what boiled only steams."""
    device = _device(world, clause)
    device.no_longer("lit")
    source = place_of(world, clause, "from")
    for held in world.held_by(device):
        if "boiling" in held.states:
            held.become("steaming")
    if source is None or source is device:
        return Moment([device, *world.held_by(device)])
    return Moment([device, source], {}, [(device.id, "next to", source.id)])


@effect
def flip(world: World, clause: Clause) -> Moment:
    """What lies in the pan gets brown on the other side; what is turned out onto a rack is there."""
    things = objects_of(world, clause)
    goal = place_of(world, clause, "on") if clause.verb == "turn" else None
    for thing in things if goal else []:
        world.move(thing, goal)
    for thing in things:
        if (holder := world.holder_of(thing)) and holder.noun == "pan":
            brown(world, thing)
            on_fire(world, holder)
    return Moment([other for thing in things for other in (thing, world.holder_of(thing)) if other])
