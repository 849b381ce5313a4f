"""Cutting, peeling, beating, stirring, mashing: what changes the form of food."""

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.world.effects.heating import scramble
from agents.embedded.world.effects.moment import (
    FOOD,
    Moment,
    at_work,
    effect,
    goal_of,
    handled,
    is_ingredient,
    objects_of,
    place_of,
    with_tool,
)
from agents.embedded.world.making import topped
from agents.embedded.world.things import DRY, Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

SAWN = ("plank", "pipe")
SNIPPED = (
    "paper", "cardboard", "foil", "ribbon", "yarn", "flower", "plant", "leaf", "curtain", "towel", "blanket",
    "envelope",
)  # fmt: skip
"""What scissors are for, where something is cut and no tool is named."""
VESSELS = ("cup", "glass", "pot", "pan", "bowl", "jug", "teapot", "paint can", "bucket", "jar")


def _foods(world: World, clause: Clause) -> list[Thing]:
    return [thing for thing in objects_of(world, clause) if thing.noun in FOOD]


def _vessel(world: World, clause: Clause, default: str) -> Thing:
    """The vessel in which something is stirred, beaten or mashed."""
    places = sorted(clause.at("in"), key=lambda phrase: phrase.kind != "thing")  # "in warm water in a bowl"
    if (named := next(filter(None, (world.resolve(phrase, into=True) for phrase in places)), None)) and named.fills:
        return named
    for thing in objects_of(world, clause):
        support = world.support(thing)
        if support.noun in VESSELS and not _is_supply(support):
            return support
    recent = [thing for thing in world.focus if thing.noun in VESSELS and thing.id in world.things]
    recent = [thing for thing in recent if not _is_supply(thing)]
    return recent[-1] if recent else world.tool(default)


def _is_supply(vessel: Thing) -> bool:
    """Whether it is the jar that flour or honey comes in, in which nothing is mixed."""
    return vessel.noun == "jar" and vessel.content in (*DRY, "honey")


@effect
def cut(world: World, clause: Clause) -> Moment:
    """Food is sliced on the board, with the knife beside; wood is sawn, paper and the like cut with scissors."""
    foods = _foods(world, clause) if clause.objects or not clause.at("from") else []
    place = place_of(world, clause, "on", "in")
    if not foods:
        material = [thing for thing in [place_of(world, clause, "from")] if thing]
        cut_off = objects_of(world, clause) if clause.objects or not material else []
        for thing in cut_off or material:
            thing.become("short")
        # What has a picture comes first: the scissors lie next to it.
        things = sorted([*cut_off, *material], key=lambda thing: thing.noun not in vocabulary().nouns)
        usual = _cutter(clause, things)
        tool = with_tool(world, clause, usual, things[0]) if things and usual else Moment()
        return Moment([*things, *tool.shown], tool.poses, tool.relations)
    for food in foods:
        if suits(food.noun, "sliced"):
            food.become("sliced")
        if place or not (food.place and world.support(food).noun == "plate"):
            world.move(food, place or world.tool("cutting board"))
    holder = place or world.support(foods[0])
    holder = world.holder_of(foods[0]) if holder is foods[0] else holder
    knife = with_tool(world, clause, "knife", holder or foods[0], "right of")
    return Moment([*foods, *filter(None, [holder]), *knife.shown], knife.poses, knife.relations)


def _cutter(clause: Clause, things: list[Thing]) -> str | None:
    """The tool that cuts what is no food: the one named, a saw or scissors where that goes without saying."""
    if clause.verb.startswith("saw") or any(thing.noun in SAWN for thing in things):
        return "saw"
    snipped = clause.verb.startswith(("cut", "snip")) and any(thing.noun in SNIPPED for thing in things)
    return "scissors" if snipped or clause.at("with") else None


@effect
def peel(world: World, clause: Clause) -> Moment:
    """Food loses its peel on the board, with the knife beside; an egg needs no knife."""
    foods = _foods(world, clause)
    for food in foods:
        food.become("peeled")
        world.move(
            food, place_of(world, clause, "on", "in") or world.tool("plate" if food.noun == "egg" else "cutting board")
        )
    if not foods or foods[0].noun == "egg":
        return Moment([*foods, *(world.things[food.place[1]] for food in foods[:1])])
    board = world.holder_of(foods[0])
    knife = with_tool(world, clause, "knife", board, "right of")
    return Moment([*foods, board, *knife.shown], knife.poses, knife.relations)


@effect
def crack(world: World, clause: Clause) -> Moment:
    """Eggs out of their shells, in a bowl or a pan."""
    eggs = [thing for thing in objects_of(world, clause) if thing.noun == "egg"]
    if not eggs:
        return cut(world, clause) if _foods(world, clause) else Moment(objects_of(world, clause))
    goal = goal_of(world, clause, *eggs)
    goal = goal if goal and goal.opens else world.tool("bowl")
    for egg in eggs:
        egg.become("cracked")
        world.move(egg, goal)
    return Moment([*eggs, goal, *filter(None, [world.holder_of(goal)])])


@effect
def beat(world: World, clause: Clause) -> Moment:
    """What is in a bowl becomes one mixture; the fork is in it."""
    bowl = _vessel(world, clause, "bowl")
    for phrase in clause.objects:
        if phrase.kind == "substance" and not phrase.trace:
            world.mix_in(bowl, phrase.word)
    eggs = [thing for thing in world.held_by(bowl) if thing.noun == "egg"] + [
        thing for thing in _foods(world, clause) if thing.noun == "egg"
    ]
    for egg in {egg.id: egg for egg in eggs}.values():
        world.take_away(egg)
        world.mixed.add(egg.noun)
    for thing in world.held_by(bowl):
        if thing.noun in ("sugar cube", "butter"):
            world.take_away(thing)
    if eggs or bowl.content == "batter":
        bowl.content = "batter"
    whisk = with_tool(world, clause, "whisk", bowl)
    if bowl.opens:
        world.move(whisk.shown[0], bowl)
    return Moment([bowl, *whisk.shown], whisk.poses, [] if bowl.opens else whisk.relations)


def _become_batter(world: World, vessel: Thing) -> None:
    """Flour that is mixed with eggs, butter or a mash is batter."""
    wet = [t for t in world.held_by(vessel) if t.noun in ("egg", "butter") or {"mashed", "melted"} & set(t.states)]
    if vessel.content != "flour" or not wet:
        return
    for thing in wet:
        world.take_away(thing)
    vessel.content = "batter"
    world.spoken.add("batter")


@effect
def stir(world: World, clause: Clause) -> Moment:
    """What is in a vessel is stirred with a spoon; sugar dissolves."""
    things = objects_of(world, clause)
    if clause.verb in ("shake", "swirl") and things and not is_ingredient(things[0]):
        return Moment(things, handled(world, clause))
    vessel = _vessel(world, clause, "bowl")
    if vessel.noun == "pan" and vessel.content == "batter" and vessel.place and "egg" in world.mixed:
        return scramble(world, clause)
    for phrase in clause.objects + [p for p in clause.at("with") if p.kind == "substance"]:
        thing = world.resolve(phrase) if phrase.kind in ("thing", "other") else None
        if phrase.kind == "substance" and phrase.word not in vessel.parts:
            world.mix_in(vessel, phrase.word)
        elif thing and is_ingredient(thing) and world.support(thing).noun not in VESSELS:
            world.move(thing, vessel)
    for thing in world.held_by(vessel):
        if thing.noun == "sugar cube":
            world.take_away(thing)
    _become_batter(world, vessel)
    if any(phrase.word in lexicon().made_of for phrase in clause.at("in")):
        vessel.content = None  # all of it became something else: "into a ball of dough"
    spoon = with_tool(world, clause, "trowel" if vessel.content == "soil" else "spoon", vessel).shown[0]
    if vessel.opens:
        world.move(spoon, vessel)
    held = [*filter(None, [world.holder_of(vessel)]), *world.held_by(vessel)]
    return Moment([vessel, spoon, *held], at_work(spoon))


@effect
def spread(world: World, clause: Clause) -> Moment:
    """Butter on bread; the knife lies beside."""
    named = objects_of(world, clause)
    if not clause.objects and not clause.places:
        return Moment(named)  # "tilt the pan to spread"
    bread = place_of(world, clause, "on", "over")
    if bread and bread.noun not in FOOD:
        tool = with_tool(world, clause, "spatula", bread)
        return Moment(
            [bread, *(thing for thing in named if thing is not bread), *tool.shown], tool.poses, tool.relations
        )
    bread = bread or next((thing for thing in named if thing.noun == "bread"), None)
    if bread is None and (around := place_of(world, clause, "next to", "to", "in")):
        return Moment([around, *named])
    if bread is None and clause.objects and not any(thing.noun in FOOD for thing in named):
        return Moment(named)
    bread = bread or world.tool("bread")
    if clause.verb == "butter" or any(thing.noun == "butter" for thing in named):
        bread.become("buttered")
    if bread.place is None and bread.noun == "bread":
        world.move(bread, world.tool("plate"))
    bread = topped(world, bread)
    holder = world.holder_of(bread) or bread
    knife = with_tool(world, clause, "knife", holder)
    return Moment(
        [bread, holder, *knife.shown, *(thing for thing in named if thing is not bread)], knife.poses, knife.relations
    )


@effect
def mash(world: World, clause: Clause) -> Moment:
    """Food becomes a heap, the fork beside."""
    foods = _foods(world, clause)
    for food in foods:
        if suits(food.noun, "mashed"):
            food.become("mashed")
    support = world.support(foods[0]) if foods else None
    if support is None or support is foods[0]:
        support = place_of(world, clause, "in", "on") or world.tool("bowl")
    for food in foods:
        world.move(food, support)
    for thing in world.held_by(support):
        if thing.noun == "butter":
            world.take_away(thing)
    if support.content == "water":
        support.content = support.place = None
        support.no_longer("boiling", "steaming")
    fork = with_tool(world, clause, "fork", support)
    return Moment([*foods, support, *fork.shown], fork.poses, fork.relations)


@effect
def squeeze(world: World, clause: Clause) -> Moment:
    """The juice of cut fruit goes into a vessel; the fruit is left beside it."""
    fruits = _foods(world, clause)
    goal = goal_of(world, clause, *fruits) if clause.objects and clause.objects[0].word == "juice" else None
    if goal and goal.opens and not fruits:
        world.mix_in(goal, "juice")
        return Moment(
            [goal, *[thing for thing in world.focus if thing.kind == "fruit" and thing.id in world.things][-1:]]
        )
    if not fruits and clause.objects:
        return Moment([*objects_of(world, clause), *filter(None, [goal_of(world, clause)])])
    fruits = fruits or [world.tool("lemon")]
    goal = goal_of(world, clause, *fruits)
    goal = goal if goal and goal.opens else world.tool("glass")
    if goal.content in (None, "nothing"):
        world.mix_in(goal, "juice")
    moment = Moment([goal, *fruits])
    for fruit in fruits:
        if suits(fruit.noun, "sliced"):
            fruit.become("sliced")
        world.move(fruit, None)
        moment.relations.append((fruit.id, "next to", goal.id))
    return moment


@effect
def drain(world: World, clause: Clause) -> Moment:
    """The water goes, the food stays."""
    things = objects_of(world, clause)
    foods = [thing for thing in things if thing.noun in FOOD]
    holding = [thing for thing in things if world.held_by(thing)]
    vessel = world.support(foods[0]) if foods else (holding or [goal_of(world, clause)])[0] or world.tool("pot")
    goal = place_of(world, clause, "in")
    vessel.content = None
    vessel.place = None
    vessel.no_longer("boiling", "steaming")
    if goal and goal is not vessel and goal.noun != "tap":
        for food in foods:
            world.move(food, goal)
        return Moment([*foods, goal, vessel])
    return Moment([vessel, *world.held_by(vessel)])
