"""Work of house, workshop and garden: what changes things by rule, and what needs a place or a machine of its own."""

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.world.effects.moment import (
    FOOD,
    TOOLS,
    Moment,
    at_work,
    effect,
    goal_of,
    objects_of,
    place_of,
    with_tool,
)
from agents.embedded.world.effects.moving import put
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

BAKED = {"dough": "loaf", "batter": "cake"}
"""What comes out of the oven, where the text does not say."""
_ON_THE_TABLE = ("knead", "roll_out")
"""What is done with dough out of its bowl."""
AROUND = ("tie", "wrap", "twist")
"""What goes around a thing is on it."""
_APPLYING = ("spray", "rub", "scrub", "oil", "glue")
_FASTENED = ("hardware", "tools", "furniture", "rooms", "vehicles", "appliances", "lights", "electronics")
"""Kinds of things that are worked on with a hammer, a wrench or a screwdriver."""
_TIES = ("yarn", "ribbon", "chain", "trash bag")
"""What is tied with nothing but itself."""
_BUILDING = ("hammer", "wrench", "screwdriver")
SOIL = ("flower pot", "garden bed")


def change(world: World, clause: Clause, name: str) -> Moment:
    """A verb of [changes]: what it acts on takes on states and gives up others, with the verb's tool beside it."""
    rule = lexicon().changes[name]
    things = objects_of(world, clause)
    goal = place_of(world, clause, "in", "on", "over", "to", "from", "under", "next to")
    if not things and goal is None:
        return Moment()
    weighed = name == "measure" and any(p.kind == "substance" or p.content for p in clause.objects)
    if goal is not None and goal.opens and weighed and clause.at("in"):
        return _measured_into(world, clause, goal)
    if goal is not None and goal.opens and rule.to and any(thing.noun in FOOD for thing in things):
        return put(world, clause)
    if goal is not None and goal.fills and name in _APPLYING and all(p.kind == "substance" for p in clause.objects):
        return put(world, clause)  # "squirt soap into the bowl"
    if goal is not None and (not things or goal in things or not (clause.objects or rule.to)):
        things, goal = [goal], None
    stuffs = {world.resolve(phrase).id for phrase in clause.objects if phrase.kind == "substance"}
    for thing in things:
        if thing.id not in stuffs:  # what happens to soil does not happen to its pot
            _take_on(thing, rule.becomes, rule.loses)
        if name in _ON_THE_TABLE and thing.noun == "dough":
            thing.place = None
    _recolour(things, clause)
    solid = things[0].id not in stuffs  # paint that is rolled onto a wall leaves its can where it is
    if (
        goal is not None
        and rule.to
        and solid
        and things[0] is not goal
        and (not clause.at("next to", "from") or name in AROUND)
    ):
        if goal.opens:
            world.move(things[0], goal)
        else:
            world.lay(things[0], "on", goal)
    tool = _tool(world, clause, None if weighed else rule.tool, goal or things[0], rule.where)
    beside = [(things[0].id, "next to", goal.id)] if goal and things[0].place is None and goal is not things[0] else []
    return Moment([*things, *filter(None, [goal]), *tool.shown], tool.poses, [*beside, *tool.relations])


def _measured_into(world: World, clause: Clause, goal: Thing) -> Moment:
    """Of "a cup of oats", the oats go into the blender."""
    contents = [phrase.content if isinstance(phrase.content, Phrase) else phrase for phrase in clause.objects]
    for stuff in contents:
        if stuff.kind == "substance":
            world.mix_in(goal, stuff.word)
    return Moment([goal])


def _take_on(thing: Thing, becomes: tuple[str, ...], loses: tuple[str, ...]) -> None:
    thing.no_longer(*loses)
    for state in becomes:
        if not (state == "broken" and thing.noun in FOOD):  # torn leaves have no crack
            thing.become(state)


def _recolour(things: list[Thing], clause: Clause) -> None:
    """ "Paint the wall blue", "paint the frame with red paint"."""
    paints: list[Phrase] = [phrase for phrase in clause.at("with", "in") if phrase.kind == "substance"]
    colour = next((phrase.colour for phrase in paints if phrase.colour), clause.colour)
    if colour and clause.effect == "paint":
        for thing in things[:1]:
            thing.colour = colour


def _tool(world: World, clause: Clause, usual: str | None, at: Thing, where: str) -> Moment:
    """The tool that the text names after "with", or the usual one, at the thing worked on."""
    named = [thing for phrase in clause.at("with") if (thing := world.resolve(phrase)) and thing is not at]
    by_hand = any(phrase.word == "hand" for _, phrase in clause.places)
    unfit = usual in _BUILDING and (at.kind not in _FASTENED or at.noun not in vocabulary().nouns)
    unfit |= usual == "ribbon" and at.noun in _TIES
    unfit |= usual == "pump" and not suits(at.noun, "inflated") and at.noun not in ("wheel", "bicycle")
    if not named and (usual is None or by_hand or unfit):
        return Moment()
    tools = named or [world.tool(str(usual))]
    if tools[0] is at:
        return Moment()
    for tool in tools:
        tool.place = None
    if where == "on":
        world.lay(tools[0], "on", at)
        return Moment(tools, at_work(*tools[:1]))
    return Moment(
        tools, at_work(*(tool for tool in tools if tool.noun in TOOLS)), [(tool.id, where, at.id) for tool in tools]
    )


@effect
def water(world: World, clause: Clause) -> Moment:
    """A watering can pours over what is watered."""
    things = objects_of(world, clause) or [world.tool("potted plant")]
    can = with_tool(world, clause, "watering can", things[0]).shown[0]
    can.content = "water"
    things[0].become("wet")
    poses = {can.id: "pouring"} if can.noun in ("watering can", "jug", "bucket") else {}
    return Moment([things[0], can], poses, [(can.id, "above" if poses else "next to", things[0].id)])


@effect
def plant(world: World, clause: Clause) -> Moment:
    """What is planted stands in soil: in a pot or bed, with the trowel beside."""
    things = objects_of(world, clause)
    goal = place_of(world, clause, "in", "on", "under")
    pots = [thing for thing in world.focus if thing.id in world.things and thing.content == "soil"]
    if pots and any(phrase.name in ("hole", "holes") for phrase in clause.at("in")):
        goal = pots[-1]  # a hole that was poked in it
    if goal is None and any(word.text in ("outside", "outdoors") for word in clause.words):
        goal = world.tool("garden bed")
    goal = goal or next((world.last(n) for n in SOIL if world.last(n)), None)
    goal = goal or world.tool("garden bed")
    for thing in things:
        thing.become("planted")
        world.move(thing, goal)
    if goal.noun == "flower pot" and goal.content is None:
        goal.content = "soil"
    trowel = with_tool(world, clause, "trowel", goal)
    return Moment([*things, goal, *trowel.shown], trowel.poses, trowel.relations)


@effect
def bake(world: World, clause: Clause) -> Moment:
    """Food gets done in the hot oven; dough becomes a loaf, batter a cake."""
    there, before = [thing for thing in world.things.values() if "baked" in thing.states], set(world.things)
    things = objects_of(world, clause)
    raw = [thing for thing in things if thing.noun in BAKED and thing.id not in before]
    if there and raw:  # the dough of which it was made is no more
        for thing in raw:
            world.take_away(thing)
        things = there
    oven = place_of(world, clause, "in", "on")
    oven = oven if oven and oven.noun in ("oven", "grill", "fire", "stove") else world.tool("oven")
    oven.become("lit")
    things = [held for thing in things for held in (world.held_by(thing) if thing.noun == "tray" else []) or [thing]]
    done = [_baked(world, thing) for thing in things]
    for thing in done:
        if thing.noun != "tray":
            thing.become("baked")
        holder = world.support(thing)
        if oven not in (holder, thing):
            world.move(holder, oven)
    held = [other for thing in done for other in (world.holder_of(thing), *world.held_by(thing)) if other]
    return Moment([*done, *held, oven])


def _baked(world: World, thing: Thing) -> Thing:
    becomes = BAKED.get(thing.content or thing.noun)
    if becomes is None:
        return thing
    made = world.new(world.about() if world.about() in FOOD else becomes)
    made.name = vocabulary().row(made.noun).singular
    topic = world.discourse.subject.phrase if world.discourse.subject else None
    made.count = 2 if topic and topic.plural and topic.word == made.noun else 1
    world.spoken.add(made.noun)
    if thing.content:
        thing.content = None
        made.place = ("in" if thing.opens else "on", thing.id)
        return made
    made.place = thing.place
    world.take_away(thing)
    return made


@effect
def microwave(world: World, clause: Clause) -> Moment:
    """What is heated stands by the lit microwave."""
    return _machine(world, clause, "microwave", "hot", "lit")


@effect
def freeze(world: World, clause: Clause) -> Moment:
    """What is frozen stands by the refrigerator."""
    return _machine(world, clause, "refrigerator", "frozen", None)


def _machine(world: World, clause: Clause, noun: str, becomes: str, runs: str | None) -> Moment:
    """A machine at work on the things named, which stand beside it."""
    things = objects_of(world, clause)
    machine = place_of(world, clause, "in", "with") or world.tool(noun)
    if runs:
        machine.become(runs)
    for thing in things:
        thing.become(becomes)
        if thing is not machine:
            world.support(thing).place = None
    beside = [(world.support(thing).id, "next to", machine.id) for thing in things[:1] if thing is not machine]
    return Moment([*things, machine], {}, beside)


@effect
def blend(world: World, clause: Clause) -> Moment:
    """What is in the blender becomes one liquid."""
    blender = place_of(world, clause, "in", "with")
    blender = blender if blender and blender.opens else world.tool("blender")
    for thing in objects_of(world, clause):
        if thing.noun in FOOD:
            world.move(thing, blender)
    stuffs = [phrase.word for phrase in clause.objects if phrase.kind == "substance"]
    holding = [thing for thing in world.things.values() if thing.content in stuffs]
    if holding and blender not in holding and not world.held_by(blender):  # in its pot
        for thing in [held for vessel in holding for held in world.held_by(vessel)]:
            if thing.noun in FOOD:
                world.take_away(thing)
        return Moment(sorted(holding, key=lambda vessel: vessel.place is None)[:1])
    solids = [thing for thing in world.held_by(blender) if thing.noun in FOOD or thing.noun == "ice cube"]
    for thing in solids:
        world.take_away(thing)
    if stuffs:
        blender.content = stuffs[0]
    elif solids or blender.content is None:
        blender.content = "juice" if blender.content in (None, "nothing", "water") else blender.content
    topic = world.discourse.subject
    if solids and not stuffs and topic and topic.made and topic.phrase.kind == "substance":
        blender.content = topic.phrase.word  # the smoothie of the title
        world.called[topic.phrase.word] = topic.phrase.name
    return Moment([blender])


@effect
def discard(world: World, clause: Clause) -> Moment:
    """What is thrown away is seen a last time, beside where it was."""
    things = [thing for thing in objects_of(world, clause) if thing.id in world.things]
    moment = Moment(list(things))
    for thing in things:
        holder = world.holder_of(thing)
        if holder is not None:
            moment.shown.append(holder)
        world.throw_away(thing, clause.verb)
    goal = goal_of(world, clause, *things) if clause.at("in", "on", "to") else None
    return Moment([*moment.shown, *filter(None, [goal])])


@effect
def replace(world: World, clause: Clause) -> Moment:
    """A new thing takes the place of the old one, which is put aside."""
    things = objects_of(world, clause)
    new = next((thing for phrase in clause.at("with", "for") if (thing := world.resolve(phrase))), None)
    if not clause.objects:
        return Moment(things)
    if not things or new is None or new is things[0]:
        for thing in things:
            thing.no_longer("broken", "dirty")
            thing.become("repaired")
        return Moment(things)
    new.place, things[0].place = things[0].place, None
    return Moment([new, *filter(None, [world.holder_of(new)]), things[0]], {}, [(things[0].id, "next to", new.id)])
