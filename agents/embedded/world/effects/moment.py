"""What all effects share: the moment that they return, the table that they enter, and how they find their things."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.lexicon import suits
from agents.embedded.world.things import CLOSETS, TOPPED, Thing, holds
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary


def _of_kinds(*kinds: str) -> frozenset[str]:
    return frozenset(noun.name for noun in vocabulary().nouns.values() if noun.kind in kinds)


FOOD = _of_kinds("ingredients", "fruit", "vegetables", "dishes") - {"tea bag", "sugar cube", "salt shaker", "ice cube"}
COOKWARE = ("kettle", "pot", "pan")
WASHABLE = FOOD | _of_kinds("vessels", "containers", "utensils", "dishes")
"""What is washed under the tap; anything else is scrubbed where it is."""
TOOLS = _of_kinds("utensils", "tools", "hardware", "cleaning", "craft", "garden")
GOALS = _of_kinds("vessels", "containers") - {"kettle", "paint can", "watering can", "bottle", "jar"}
GOALS |= {"bread", "blender", "sink", "bathtub"}
"""Where something is put when the text does not say where, if it spoke of one."""


@dataclass
class Moment:
    """What is to be seen while an instruction is carried out.

    Attributes:
        shown: things by importance.
        poses: states that things have for the moment, by id.
        relations: (id, relation, id) that hold for the moment.
    """

    shown: list[Thing] = field(default_factory=list)
    poses: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)

    def pouring(self) -> set[str]:
        """The ids of what pours, which then has no other look and stands in nothing."""
        return {identity for identity, pose in self.poses.items() if pose == "pouring"}


Effect = Callable[[World, Clause], Moment]
EFFECTS: dict[str, Effect] = {}


def effect(function: Effect) -> Effect:
    """Enters a function into the table of effects under its name."""
    EFFECTS[function.__name__.removesuffix("_")] = function
    return function


def is_ingredient(thing: Thing) -> bool:
    """Whether a thing is food; of what has no picture, one takes the cook's word for it."""
    return thing.noun in FOOD or thing.noun not in vocabulary().nouns


def objects_of(world: World, clause: Clause) -> list[Thing]:
    """The things that the verb acts on; what the text last spoke of if it names none."""
    found = [thing for phrase in clause.objects if (thing := world.resolve(phrase))]
    if found or clause.objects:
        return found
    return [world.main] if world.main and world.main.id in world.things else []


def place_of(world: World, clause: Clause, *prepositions: str) -> Thing | None:
    """The thing after one of the prepositions."""
    found = [(phrase, thing) for phrase in clause.at(*prepositions) if (thing := world.resolve(phrase, into=True))]
    if not found:
        return None
    phrase, thing = found[0]
    poured = phrase.kind == "substance" and "in" in prepositions and phrase in clause.at("in")
    return _bowl_of(world, phrase.word) if poured and thing.noun in ("bottle", "jar") else thing


def _bowl_of(world: World, substance: str) -> Thing:
    """The bowl into which milk or flour is poured where something is dipped or soaked in it."""
    bowl = next((t for t in world.things.values() if t.noun == "bowl" and t.content == substance), None)
    if bowl is None:
        used = world.last("bowl")
        bowl = world.new("bowl") if used and (used.content or world.held_by(used)) else world.tool("bowl")
        world.mix_in(bowl, substance)
    return bowl


def goal_of(world: World, clause: Clause, *moved: Thing) -> Thing | None:
    """Where something is put: as the text says, or the vessel or plate of which it last spoke."""
    if named := place_of(world, clause, "in", "on", "over", "to"):
        if named.noun in COOKWARE and any(phrase.word == "stove" for phrase in clause.at("on")):
            on_fire(world, named)
        if named.noun in FOOD and named.noun not in TOPPED and world.support(named).opens:
            return world.support(named)  # "add it to the avocado", which is in a bowl
        if named.noun not in CLOSETS:
            world.holders.add(named.id)
        return named
    inside = place_of(world, clause, "at")  # "at the bottom of the backpack"
    if inside and inside.opens:
        return inside
    if clause.at("next to", "left of", "right of", "under", "above"):
        return None
    if clause.at("in", "on", "to"):  # what all of it stands on, or no place at all: "in half"
        return None
    there = [thing for thing in world.focus if thing.id in world.things and thing not in moved]
    there = [thing for thing in there if all(holds(thing, other) for other in moved)]
    recent = [thing for thing in there if thing.noun in GOALS or (thing.id in world.holders and thing.opens)]
    return recent[-1] if recent else None


def on_fire(world: World, vessel: Thing) -> Thing:
    """Puts cookware on the lit stove."""
    stove = world.tool("stove")
    stove.become("lit")
    if vessel.noun in (*COOKWARE, "teapot"):
        for other in world.held_by(stove):
            world.move(other, None)
        world.move(vessel, stove)
    return stove


def with_tool(world: World, clause: Clause, noun: str, at: Thing, relation: str = "next to") -> Moment:
    """A tool at work: the one that the text names after "with", else the usual one."""
    named = [thing for phrase in clause.at("with") if (thing := world.resolve(phrase)) and thing.noun in TOOLS]
    tool = named[0] if named else world.tool(noun)
    tool.place = None
    return Moment([tool], at_work(tool), [(tool.id, relation, at.id)])


_MATERIALS = ("ribbon", "yarn", "nail", "paper", "tape", "plank")
"""What is used up by the work that it does."""


def at_work(*tools: Thing) -> dict[str, str]:
    """The poses of tools at work."""
    return {tool.id: "moving" for tool in tools if suits(tool.noun, "moving") and tool.noun not in _MATERIALS}


_BY_HAND = {
    **dict.fromkeys(("hold", "hold up", "hold down", "grip", "grasp", "squeeze", "pinch", "carry"), "held"),
    **dict.fromkeys(("shake", "shake out", "wave", "swing", "swirl", "wiggle", "swish", "jiggle", "spin"), "moving"),
}
"""What a hand does to a thing, by verb."""


def handled(world: World, clause: Clause) -> dict[str, str]:
    """The pose of what the text says is held or shaken."""
    pose = _BY_HAND.get(clause.verb)
    solid = clause.objects and clause.objects[0].kind != "substance"
    things = objects_of(world, clause)[:1] if pose and solid else []
    return {thing.id: str(pose) for thing in things if suits(thing.noun, str(pose))}
