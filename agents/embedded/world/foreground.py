"""What of a moment a picture shows: the most important things, with what holds them."""

from agents.embedded.world.things import Thing, singular_name
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

MOST_SHOWN = 4
PLACES = ("furniture", "rooms", "vehicles", "streets")
"""Kinds of things that work is done on or at."""
_PARTS = ("battery",)
_INNER = ("light bulb",)
"""What is in something else until a step takes it out."""
CLOSED = ("kettle", "teapot")
"""What is in these is not seen."""
_GROWING = ("grow", "sow", "plant")
"""What these are done to is not there before a step names it."""
_REPLACING = ("replace", "change", "swap", "remove", "install")
"""What these are done to is seen once a step names it, if it is part of something: a laptop battery."""
_WITH_WHICH = ("utensils", "tools", "cleaning", "people")
_TOOLS = (
    "stove", "tap", "iron", "vacuum cleaner", "hair drier", "scissors", "paintbrush", "pump", "glove", "watering can",
    "shovel", "trowel", "rake", "hose", "pencil", "key", "needle", "lawn mower", "thermometer",
)  # fmt: skip
"""Kinds of things, and things of other kinds, with which something is done to another."""


def is_work(thing: Thing) -> bool:
    """Whether a thing is what something is done to, not with."""
    return thing.noun in vocabulary().nouns and thing.kind not in _WITH_WHICH and thing.noun not in _TOOLS


def work_of(world: World, things: dict[str, Thing], shown: list[str]) -> str | None:
    """The id of what is worked on: of what is shown, else of what was worked on last; else what the how-to is about."""
    here = [i for i in shown if is_work(things[i]) and things[i].noun in world.spoken and i != world.place]
    world.works += here[:1]
    there = [identity for identity in world.works if identity in world.things]
    return there[-1] if there else topic_of_work(world, things)


def topic_of_work(world: World, things: dict[str, Thing]) -> str | None:
    """The id of what the how-to is about, if that can be drawn and need not be made first."""
    subject = world.discourse.subject
    if subject is None or subject.made or subject.phrase.kind != "thing":
        return None
    inside = subject.verb in _REPLACING and not (subject.phrase.exact and subject.phrase.word not in _INNER)
    if (subject.verb in _GROWING or inside) and subject.phrase.word not in world.spoken:
        return None  # there are only seeds, or a trench; the battery is still in its laptop
    topic = world.last(subject.phrase.word) or world.resolve(subject.phrase)
    if topic is None or topic.noun not in vocabulary().nouns:
        return None
    if topic.name in vocabulary().stand_ins:
        topic.name = singular_name(topic.noun, subject.phrase.name)  # the tap of which the valve is a part
    things.setdefault(topic.id, topic)
    return topic.id


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
    there = [world.things[identity] for identity in shown if identity in world.things]
    places = [thing.id for thing in there if thing.kind in PLACES or _is_device(world, thing)]
    if places:
        world.place = places[0]
        return shown
    still_there = world.place in world.things and world.things[str(world.place)].place is None
    return [*shown, str(world.place)] if still_there and len(shown) < MOST_SHOWN - 1 else shown


def _is_device(world: World, thing: Thing) -> bool:
    """Whether a thing is the laptop or phone that the goal names, of which only a part may be worked on."""
    return thing.kind == "electronics" and thing.noun in world.asked and thing.noun not in _PARTS


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
