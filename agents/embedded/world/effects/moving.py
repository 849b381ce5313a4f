"""Filling, pouring, putting and taking."""

from agents.embedded.reading.clauses import BREAKS, Clause, out_of_cup
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.words import joined
from agents.embedded.world.effects.moment import (
    COOKWARE,
    FOOD,
    GOALS,
    Moment,
    effect,
    goal_of,
    objects_of,
    place_of,
)
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World

KEPT = (
    "water", "oil", "milk", "honey", "flour", "soil", "soapy water", "paint", "glue", "vinegar", "alcohol", "soy sauce",
    "vanilla", "spices", "mustard", "seeds", "grease", "filler", "liquid soap",
)  # fmt: skip
"""Substances of which one pours out what is needed, even if one calls it "the milk"."""
EATEN = ("ingredients", "fruit", "vegetables", "dishes", "unknown")
"""Kinds of things that go into the vessel at hand where the text does not say."""
_EMPTYING = ("empty", "pour out", "tip out")
_SOLUBLE = ("sugar cube", "egg", "butter", "salt shaker")
"""What is no thing of its own any more once it was stirred or beaten in."""
_SHOWN_AT = ("in", "on", "with", "to", "over", "next to", "under", "at")
SUPPLIES = ("kettle", "teapot", "jug", "bottle", "jar", "watering can")


@effect
def show(world: World, clause: Clause) -> Moment:
    """What is spoken of is shown, where it is."""
    return Moment([*objects_of(world, clause), *filter(None, [place_of(world, clause, *_SHOWN_AT)])])


@effect
def do(world: World, clause: Clause) -> Moment:
    """What is done to a thing does not show, but the thing does."""
    return show(world, clause)


@effect
def fill(world: World, clause: Clause) -> Moment:
    """A vessel is filled: with water at the tap, with anything else from what it comes in."""
    for phrase in clause.objects:
        world.resolve(phrase, into=True)
    vessels = [thing for thing in objects_of(world, clause) if thing.fills]
    if not vessels:
        return put(world, clause)
    vessel = vessels[0]
    given = [out_of_cup(phrase) for phrase in clause.at("with")] or [
        phrase.content for phrase in clause.objects if isinstance(phrase.content, Phrase)
    ]
    things = [thing for phrase in given if phrase.kind == "thing" and (thing := world.resolve(phrase))]
    stuff = next((phrase for phrase in given if phrase.kind == "substance"), None)
    if stuff is None and things:
        for thing in things:
            world.move(thing, vessel)
        return Moment([vessel, *things])
    at_tap = any(phrase.word == "tap" for _, phrase in clause.places)
    from_tap = at_tap or (
        vessel.noun in (*COOKWARE, "bottle") and not (stuff and {"hot", "boiling"} & set(stuff.states))
    )
    if stuff is not None and (stuff.word != "water" or not from_tap):
        source = place_of(world, clause, "from") or world.vessel_of(stuff, but=vessel)
        return _flow(world, source, vessel, stuff)
    world.mix_in(vessel, "water")
    world.move(vessel, None)
    tap = world.tool("tap")
    return Moment([vessel, tap], {tap.id: "pouring"}, [(vessel.id, "left of", tap.id)])


@effect
def pour(world: World, clause: Clause) -> Moment:
    """A liquid goes from one vessel into another, which it fills and may heat."""
    source = place_of(world, clause, "from")
    stuffs = [phrase for phrase in clause.objects if phrase.kind == "substance"]
    if not stuffs and not source:
        return _pour_out(world, clause)
    if not stuffs and all(world.resolve(phrase) is not source for phrase in clause.objects) and clause.objects:
        return take(world, clause)  # a plant is tipped out of its pot
    goal = goal_of(world, clause, *filter(None, [source]))
    if source is None and goal is None and clause.at("on"):
        return Moment([world.vessel_of(stuffs[0])])  # flour on the counter
    if source is None:
        goal = goal or (world.tool("cup") if {"hot", "boiling"} & set(stuffs[0].states) else world.tool("glass"))
        source = world.vessel_of(stuffs[0], but=goal)
        if source.noun == "kettle" and goal.noun == "kettle":
            goal = world.tool("cup")
    if goal is None or goal is source:
        goal = world.tool("cup" if source.is_hot else "glass")
    others = [world.resolve(phrase) for phrase in clause.objects if phrase.kind != "substance"]
    for thing in others:
        if thing not in (None, source, goal):
            world.move(thing, goal)
    moment = _flow(world, source, goal, stuffs[0] if stuffs else None)
    for phrase in stuffs[1:]:
        moment.shown += _flow(world, world.vessel_of(phrase, but=goal), goal, phrase).shown[1:2]
    return moment


def _pour_out(world: World, clause: Clause) -> Moment:
    """A vessel is named and no liquid: "pour it into the cup", "pour a glass of milk"."""
    named = objects_of(world, clause)
    if not named:
        return show(world, clause)
    source = named[0]
    if clause.verb in _EMPTYING and not clause.at("in", "on", "over", "to") and (source.fills or source.content):
        source.content = "nothing"
        return Moment([source])
    content = clause.objects[0].content if clause.objects else None
    goal = goal_of(world, clause, source)
    if isinstance(content, Phrase) and content.kind == "substance" and not clause.at("in", "on", "over", "to"):
        source.content = None
        return _flow(world, world.vessel_of(content, but=source), source, content)
    if not source.opens and source.noun != "bottle" and clause.verb in _EMPTYING:
        return Moment([source, *filter(None, [goal])])  # what was in the drawer lies on the towel
    if not source.opens and source.noun != "bottle":
        return put(world, clause)
    moment = _flow(world, source, goal or world.tool("cup"), None)
    source.spent = clause.objects[:1] != [] and clause.objects[0].kind == "pronoun" and source.noun not in SUPPLIES
    return moment


def _flow(world: World, source: Thing, goal: Thing, stuff: Phrase | None) -> Moment:
    """The liquid flows from source to goal."""
    goal = world.support(goal) if not goal.opens and world.support(goal).opens else goal
    substance = stuff.word if stuff else source.content if source.content not in (None, "nothing") else "water"
    said = set(stuff.states) if stuff else set()
    if source.content in (None, "nothing") and source.fills:
        source.content = substance
    hot = (source.is_hot or bool({"hot", "boiling", "boiled"} & said)) and "cold" not in said
    if goal.noun == "tap":
        source.content = "nothing"
        return Moment([source, goal], {}, [(source.id, "next to", goal.id)])
    seen_through = stuff is not None and stuff.trace and (goal.content not in (None, "nothing") or world.held_by(goal))
    if goal.fills and not seen_through:
        world.mix_in(goal, substance, hot)
    elif goal.noun == "bread" or goal.carries:
        goal.become("sweetened" if substance == "honey" else "wet")
    if source.noun in COOKWARE:
        source.place = None
        source.no_longer("boiling")
    used_up = stuff is not None and stuff.definite and substance not in KEPT
    source.spent = used_up and (source.noun not in SUPPLIES or substance == "batter")
    moment = Moment([goal, source, *world.held_by(goal)])
    if suits(source.noun, "pouring") and (goal.opens or goal.carries):
        moment.poses[source.id] = "pouring"
        moment.relations.append((source.id, "above", goal.id))
    else:
        moment.relations.append((source.id, "next to", world.support(goal).id))
    return moment


def keep_cold(world: World, holder: Thing) -> None:
    """What stands in a freezer freezes, in a refrigerator it gets cold; so does all that is on it."""
    if holder.noun == "refrigerator" and holder.name in ("refrigerator", "fridge", "freezer"):
        for thing in world.all_upon(holder):
            thing.become("frozen" if holder.name == "freezer" else "cold")


@effect
def put(world: World, clause: Clause) -> Moment:
    """Things are put in or on another; a liquid is poured; from a jar, it is spooned."""
    liquids = [phrase for phrase in clause.objects if phrase.kind == "substance"]
    solids = [thing for phrase in clause.objects if phrase.kind != "substance" and (thing := world.resolve(phrase))]
    if not clause.objects:
        solids = objects_of(world, clause)
    goal = None
    if (
        clause.at("in", "on", "over", "to", "at")
        or liquids
        or _is_put_in(clause)
        or all(thing.kind in EATEN for thing in solids)
    ):
        goal = goal_of(world, clause, *solids) or _usual_place(world, solids, liquids)
    goal_first = goal is not None and goal.noun in GOALS - {"plate", "bread"}
    moment = Moment([goal, *solids] if goal and goal_first else [*solids, *filter(None, [goal])])
    for phrase in liquids:
        source = place_of(world, clause, "from") or world.vessel_of(phrase, but=goal)
        if goal is not None and source is not goal:
            flow = _flow(world, source, goal, phrase)
            shown = [*moment.shown, *flow.shown] if solids and goal_first else [*flow.shown, *moment.shown]
            moment = Moment(shown, flow.poses | moment.poses, flow.relations + moment.relations)
    if clause.verb.split()[0] in lexicon().words["mixers"]:
        return _mixed_in(world, solids, goal, moment)
    for thing in solids:
        moment.relations += _lay(world, clause, thing, goal)
    if goal is not None:
        moment.shown += [thing for thing in (world.holder_of(goal), *world.held_by(goal)) if thing]
        moment.shown += [other for thing in solids for other in world.held_by(thing)]
    for thing in filter(None, map(world.resolve, clause.at("with"))):
        if goal is not None and thing.noun in FOOD:
            world.move(thing, goal)
        moment.shown.insert(2, thing)
    moment.shown += [thing for phrase in clause.at("next to", "from", "under") if (thing := world.resolve(phrase))]
    return moment


def _is_put_in(clause: Clause) -> bool:
    """Whether things are put in what is not named: "set the plant in"."""
    end = clause.objects[-1].end if clause.objects else 0
    return joined(clause.words, end, 1) == "in" and joined(clause.words, end + 1, 1) in ("", *BREAKS)


def _mixed_in(world: World, solids: list[Thing], goal: Thing | None, moment: Moment) -> Moment:
    """What is stirred, beaten or folded in is in the vessel at hand; what dissolves there is seen no more."""
    vessels = [thing for thing in world.focus if thing.noun in GOALS and thing.opens and thing.id in world.things]
    vessel = goal if goal and goal.opens else vessels[-1] if vessels else world.tool("bowl")
    for thing in solids:
        if thing.noun in _SOLUBLE and thing.id in world.things:
            world.take_away(thing)
            world.mixed |= {"egg"} & {thing.noun}
        elif thing is not vessel:
            world.move(thing, vessel)
    rest = [thing for thing in moment.shown if thing not in (vessel, goal)]
    return Moment([vessel, *rest], moment.poses, moment.relations)


def _usual_place(world: World, solids: list[Thing], liquids: list[Phrase]) -> Thing | None:
    """Where things belong when nothing is said."""
    if any(thing.noun == "tea bag" for thing in solids):
        return world.tool("cup")
    if any(thing.noun == "ice cube" for thing in solids):
        return world.tool("glass")
    if liquids:
        return world.tool("bowl" if liquids[0].word in ("batter", "soup") else "cup")
    return world.tool("plate") if solids and all(thing.noun in FOOD for thing in solids) else None


def _lay(world: World, clause: Clause, thing: Thing, goal: Thing | None) -> list[tuple[str, str, str]]:
    """Puts one thing in its place; returns the relation of what cannot be held by it."""
    beside = next(
        (
            (p, other)
            for p in ("next to", "left of", "right of", "under", "above")
            if (other := place_of(world, clause, p))
        ),
        None,
    )
    if beside and not clause.at("in", "on", "over", "to"):
        world.move(thing, None)
        return [(thing.id, {"under": "below"}.get(beside[0], beside[0]), beside[1].id)]
    if goal is None or goal is thing:
        world.move(thing, None)
        return []
    if thing.noun == "salt shaker":
        if not goal.opens or goal.content not in (None, "nothing") or world.held_by(goal):
            goal.become("salted")
        return [(thing.id, "next to", goal.id)]
    if goal.noun == "tap":
        return [(thing.id, "left of", goal.id)]
    if clause.at("in") and not (goal.opens or goal.carries or goal.noun in FOOD):
        world.move(thing, None)
        return [(thing.id, "next to", goal.id)]
    thing.no_longer("cold")
    world.move(thing, goal)
    keep_cold(world, goal)
    return [] if thing.place else [(thing.id, "next to", goal.id)]  # a jar that is filled is not seen into


@effect
def take(world: World, clause: Clause) -> Moment:
    """A thing is taken out of or off another, and lies next to it."""
    things = objects_of(world, clause)
    source = place_of(world, clause, "from")
    goal = place_of(world, clause, "in", "on", "to")
    if goal is not None and goal.fills and all(phrase.kind == "substance" for phrase in clause.objects):
        return put(world, clause)  # "scrape the batter into a tin": its bowl stays where it is
    moment = Moment(list(things))
    for thing in things:
        holder = source or world.holder_of(thing)
        tray = world.holder_of(thing)
        if source is not None and tray is not None and tray is not source and world.holder_of(tray) is source:
            world.move(tray, goal)  # the cake comes out of the oven on its tray
            moment.shown += [tray]
            continue
        world.move(thing, goal)
        if goal is None and holder is not None and holder is not thing and holder.noun != "stove":
            moment.relations.append((thing.id, "next to", holder.id))
            moment.shown.insert(0, holder)
            world.infuse(holder)
    moment.shown += [goal] if goal else []
    beside = clause.at("with", "over", "next to")
    moment.shown += [thing for phrase in beside if (thing := world.resolve(phrase))]
    return moment
