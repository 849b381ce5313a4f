"""What comes to be, goes, moves of itself and ends: shaping by hand, and what statements about nature tell."""

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.language import Phrase
from agents.embedded.world.effects.moment import Moment, effect, objects_of
from agents.embedded.world.effects.moving import put
from agents.embedded.world.effects.working import change
from agents.embedded.world.making import turn_into
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World


@effect
def form(world: World, clause: Clause) -> Moment:
    """What is shaped into something is that from then on; something that was not there is made of what was at hand."""
    known = set(world.things)
    things = objects_of(world, clause)
    if clause.product is None and (not things or things[0].id in known):
        return change(world, clause, "knead")
    if clause.product and clause.product.kind == "other":
        return change(world, clause, "knead")  # "into legs": of clay, it is still the clay that is seen
    made = turn_into(world, things, clause.product) if clause.product else things[0]
    if made is None:
        return Moment(things)
    return Moment([made, *filter(None, [world.holder_of(made)])])


def _matters(world: World, phrases: list[Phrase]) -> list[Thing]:
    return [thing for phrase in phrases if (thing := world.matter(phrase))]


@effect
def travel(world: World, clause: Clause) -> Moment:
    """What moves is where it moves to; of what it leaves, nothing is known but that it is not there."""
    things = _matters(world, clause.subject)
    goals = _matters(world, clause.at("in", "on", "to", "over", "with", "above", "under", "next to", "at"))
    goals = goals or (_matters(world, clause.objects) if clause.verb in ("enter", "reach") else [])
    for thing in things:
        if goals and goals[0] is not thing:
            world.lay(thing, "in" if goals[0].opens else "on", goals[0])
        elif not goals:
            thing.place = None
    return Moment([*things, *goals[:1]])


@effect
def perish(world: World, clause: Clause) -> Moment:
    """What ends is seen a last time."""
    things = _matters(world, clause.objects or clause.subject)
    for thing in things:
        if thing.content is not None:
            thing.content = "nothing"  # the water is gone, its vessel is not
        elif thing.id in world.things:
            world.take_away(thing)
            world.discarded.append(thing)
    return Moment(things)


@effect
def become(world: World, clause: Clause) -> Moment:
    """What becomes something else is no more."""
    products = [clause.product] if clause.product else clause.objects or [p for _, p in clause.places]
    sources = _matters(world, clause.subject)
    if not products or products[0].kind == "pronoun":
        return Moment(sources)
    product = products[0]
    made = world.matter(product)
    if made is None:
        return Moment(sources)
    for source in sources:
        if source is not made and source.id in world.things and world.holder_of(made) is not source:
            made.place = made.place or source.place
            if source.content is None:
                world.take_away(source)
    return Moment([made])


@effect
def appear(world: World, clause: Clause) -> Moment:
    """What is told of is there; what is produced lies beside what produces it."""
    return Moment([*_matters(world, clause.objects), *_matters(world, clause.subject)])


@effect
def absorb(world: World, clause: Clause) -> Moment:
    """What is taken in is in what takes it in."""
    takers = _matters(world, clause.subject)
    things = _matters(world, clause.objects)
    for thing in things:
        if takers and takers[0] is not thing:
            world.lay(thing, "in" if takers[0].opens else "on", takers[0])
    return Moment([*takers, *things])


@effect
def convey(world: World, clause: Clause) -> Moment:
    """What something carries along moves as if of itself; without a place, it is shown."""
    moved = clause.objects or clause.subject
    if clause.places:
        return travel(world, Clause(clause.verb, "travel", [], clause.places, subject=moved))
    return put(world, Clause(clause.verb, "put", moved))
