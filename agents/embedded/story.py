"""A how-to told to the world, instruction by instruction, and what each step shows."""

from copy import deepcopy
from dataclasses import dataclass

from agents.embedded.effects import EFFECTS, Moment, change
from agents.embedded.instructions import Clause, clauses_of
from agents.embedded.language import phrase_at
from agents.embedded.lexicon import lexicon, suits
from agents.embedded.statements import statements_of
from agents.embedded.words import words_of
from agents.embedded.world import Thing, World

MOST_SHOWN = 4
PLACES = ("furniture", "rooms", "vehicles", "streets")
"""Kinds of things that work is done on or at."""
CLOSED = ("kettle", "teapot")
"""What is in these is not seen."""


@dataclass
class Step:
    """What a step shows.

    Attributes:
        shown: ids by importance, the main thing first.
        moment: poses and relations that hold only while it is done.
        things: all things as they are after the step, and those that it used up.
    """

    shown: list[str]
    moment: Moment
    things: dict[str, Thing]


def follow(world: World, instruction: str) -> Step:
    """Carries out an instruction in the world; what it shows. Text without an action shows what it names."""
    world.turn_page()
    moment = Moment()
    for clause in clauses_of(instruction) or statements_of(instruction):
        moment = _then(world, moment, clause)
    if not moment.shown:
        moment.shown = _named(world, instruction) or (
            [world.main] if world.main and world.main.id in world.things else []
        )
    things = {thing.id: thing for thing in world.discarded} | world.things  # what is thrown away is seen a last time
    shown = list(dict.fromkeys(thing.id for thing in moment.shown if thing.id in things))
    surely = [identity for identity in shown if not things[identity].bare]
    shown = _people_last(things, surely or shown)
    shown = _with_holders(things, [i for i in shown if not _is_closed_in(things, i)])[:MOST_SHOWN]
    shown = _with_place_of_work(world, shown)
    things = deepcopy(things)
    for thing in things.values():
        thing.stuff = world.called.get(thing.content or "", thing.content)
    return Step(shown, moment, things)


def _then(world: World, moment: Moment, clause: Clause) -> Moment:
    """The moment after a further clause: what it moved has ended the pose in which it was."""
    before = {thing.id: thing.place for thing in world.things.values()}
    if clause.effect in ("pour", "put"):
        clause.objects = [world.as_mixture(phrase) for phrase in clause.objects]
    if clause.product and clause.product.kind == "thing" and clause.effect != "become":
        clause.effect = "form"
    changes = clause.effect in lexicon().changes
    new = change(world, clause, clause.effect) if changes else EFFECTS[clause.effect](world, clause)
    if clause.until:
        _finish(world, clause.until, new)
    for thing in reversed(new.shown):
        world.speak_of(thing)
    for phrase in clause.objects:
        if phrase.kind in ("thing", "pronoun") and (thing := world.resolve(phrase)):
            world.speak_of(thing)
    world.main = new.shown[0] if new.shown else world.main
    moved = {thing.id for thing in world.things.values() if thing.id in before and thing.place != before[thing.id]}
    ended = {edge[0] for edge in moment.relations if edge[0] in moved}
    tools = {edge[2] for edge in moment.relations if edge[0] in ended and edge[2] in moment.poses}
    return Moment(
        [*new.shown, *(thing for thing in moment.shown if thing.id not in tools)],
        {k: v for k, v in moment.poses.items() if k not in moved | tools} | new.poses,
        [edge for edge in moment.relations if edge[0] not in ended] + new.relations,
    )


def _finish(world: World, condition: str, moment: Moment) -> None:
    """What "until …" brings about on the things that are shown."""
    for thing in moment.shown:
        holder = world.holder_of(thing)
        on_fire = holder is not None and holder.noun == "stove"
        if condition in ("boil", "steam") and on_fire:
            state = "boiling" if condition == "boil" and suits(thing.noun, "boiling") else "steaming"
            if suits(thing.noun, state):
                thing.become(state)
        elif condition == "melt" and suits(thing.noun, "melted"):
            thing.become("melted")
        elif condition == "brown" and suits(thing.noun, "toasted"):
            thing.become("toasted")


def _named(world: World, text: str) -> list[Thing]:
    """The things that a text names, in order."""
    words, found, i = words_of(text), [], 0
    while i < len(words):
        phrase = phrase_at(words, i)
        if phrase and phrase.kind in ("thing", "substance"):
            found.append(world.resolve(phrase))
        i = phrase.end if phrase and phrase.kind in ("thing", "substance") else i + 1
    return found


def _people_last(things: dict[str, Thing], shown: list[str]) -> list[str]:
    """What is worked on matters more than who works."""
    return sorted(shown, key=lambda identity: things[identity].noun in ("person", "hand"))


def _with_place_of_work(world: World, shown: list[str]) -> list[str]:
    """The wall, bed or car that a how-to is about stays in the picture while a tool is got ready."""
    places = [identity for identity in shown if world.things.get(identity, Thing("", "cup", "")).kind in PLACES]
    if places:
        world.place = places[0]
        return shown
    there = world.place in world.things and world.things[str(world.place)].place is None
    return [*shown, str(world.place)] if there and len(shown) < MOST_SHOWN - 1 else shown


def _is_closed_in(things: dict[str, Thing], identity: str) -> bool:
    """Whether a thing is out of sight, in a kettle or teapot with something to drink."""
    place = things[identity].place
    holder = things.get(place[1]) if place else None
    return holder is not None and holder.noun in CLOSED and holder.content is not None


def _with_holders(things: dict[str, Thing], shown: list[str]) -> list[str]:
    """What holds a shown thing is shown too, after it."""
    found = list(shown)
    for identity in shown:
        place = things[identity].place
        if place and place[1] in things and place[1] not in found:
            found.append(place[1])
    return found
