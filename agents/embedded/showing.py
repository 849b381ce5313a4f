"""What of a moment a picture shows: the most important things, with what holds them."""

from agents.embedded.world import Thing, World
from tools.vocabulary import vocabulary

MOST_SHOWN = 4
PLACES = ("furniture", "rooms", "vehicles", "streets")
"""Kinds of things that work is done on or at."""
CLOSED = ("kettle", "teapot")
"""What is in these is not seen."""


def shown_of(world: World, things: dict[str, Thing], moment: list[Thing], acted_on: list[Thing]) -> list[str]:
    """The ids of what is shown, by importance.

    What was acted on is always among it; of what only stands by, words without a picture are not.
    """
    seen = [thing for thing in moment if thing.id in things]
    acted_on = [thing for thing in acted_on if thing.id in things]
    if acted_on and not any(thing in seen or thing.content for thing in acted_on):
        seen = [acted_on[0], *seen]
    known = vocabulary().nouns
    surely = [thing for thing in seen if not thing.bare and (thing.noun in known or thing in acted_on)]
    shown = [thing.id for thing in surely] or [thing.id for thing in seen]
    shown = _people_last(things, list(dict.fromkeys(shown)))
    held = [i for i in shown if not _is_closed_in(things, i)]
    return _with_place_of_work(world, _with_holders(things, held)[:MOST_SHOWN])


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
        if place and place[1] in things and place[1] not in found and things[place[1]].noun in vocabulary().nouns:
            found.append(place[1])
    return found
