"""What changes in the embedded tracker's world from instruction to instruction, as entity, attribute and value."""

from copy import deepcopy
from typing import NamedTuple

from agents.embedded.telling.story import follow
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World

Things = dict[str, Thing]

STATES = {
    "temperature": ("hot", "cold", "warm", "steaming", "boiling", "frozen"),
    "wetness": ("wet", "dry", "dried", "watered"),
    "cleanness": ("dirty", "clean", "washed", "polished"),
    "shape": ("sliced", "mashed", "folded", "rolled", "crumpled", "flat", "inflated", "short", "carved", "melted"),
    "texture": ("smooth", "soft", "sanded", "sharp"),
    "wholeness": ("broken", "cracked", "repaired", "peeled"),
    "openness": ("open", "closed"),
    "colour": ("painted", "ripe"),
    "composition": ("stirred", "mixed", "sweetened", "salted"),
    "cooking": ("cooked", "boiled", "fried", "toasted", "baked"),
    "power": ("lit",),
    "connection": ("attached", "tied", "glued", "loose", "tight"),
    "cover": ("buttered", "wrapped", "decorated", "oiled"),
}
"""The attribute of which each of the tracker's states is a value; any other is of "state"."""
ATTRIBUTE_OF = {state: attribute for attribute, states in STATES.items() for state in states}


class Change(NamedTuple):
    """`attribute` of `entity` has become `after`."""

    entity: str
    attribute: str
    after: str


def told(instructions: list[str]) -> list[tuple[Things, Things]]:
    """All things before and after each instruction."""
    world, found = World(), []
    for instruction in instructions:
        before = deepcopy(world.things)
        follow(world, instruction)
        found.append((before, deepcopy(world.things)))
    return found


def changes(before: Things, after: Things) -> list[Change]:
    """What is different: places, contents, colours, states, and what is no longer there.

    A thing spoken of for the first time has changed in what it is then told to be; that it lies on the table is not
    told. A substance that has come into a vessel has moved there, be it seen in the mixture or not.
    """
    found = []
    for identity, thing in after.items():
        old = before.get(identity)
        if thing.place != (old.place if old else None):
            found.append(Change(thing.name, "location", place_name(after, thing)))
        if thing.content and thing.content != (old.content if old else None):
            found.append(Change(thing.name, "content", f"{_fullness(thing.content)} {thing.content}"))
        if old or thing.place:
            came = sorted({thing.content or "nothing", *thing.parts} - _held(old) - {"nothing"})
            found += [Change(substance, "location", thing.name) for substance in came]
        if thing.colour and old and thing.colour != old.colour:
            found.append(Change(thing.name, "colour", thing.colour))
        new = [state for state in thing.states if not old or state not in old.states]
        found += [Change(thing.name, ATTRIBUTE_OF.get(state, "state"), state) for state in new]
        ended = [state for state in old.states if state not in thing.states] if old and not new else []
        found += [Change(thing.name, ATTRIBUTE_OF.get(state, "state"), f"not {state}") for state in ended]
    return found + [Change(thing.name, "existence", "gone") for i, thing in before.items() if i not in after]


def _held(vessel: Thing | None) -> set[str]:
    """The substances that have been in a vessel."""
    return {vessel.content or "nothing", *vessel.parts} if vessel else set()


def _fullness(content: str) -> str:
    return "empty" if content == "nothing" else "full"


def place_name(things: Things, thing: Thing) -> str:
    """The name of what a thing is in or on; the table if nothing."""
    holder = things.get(thing.place[1]) if thing.place else None
    return holder.name if holder else "table"
