"""Re-captions by rule: each step's action and the state after it."""

from agents.embedded.instructions import cleaned
from agents.embedded.language import Phrase, phrase_at, verb_at
from agents.embedded.lexicon import lexicon
from agents.embedded.naming import adjectives, described, head_of, listed, name_of, names_in
from agents.embedded.scenes import INDOORS, OUTDOORS
from agents.embedded.story import Step, follow
from agents.embedded.words import words_of
from agents.embedded.world import Thing, World
from agents.recaptioner import LinkedObject, Recaption

_LYING_KINDS = (
    "utensils", "ingredients", "fruit", "vegetables", "dishes", "tools", "hardware", "craft", "clothing", "cleaning",
    "unknown",
)  # fmt: skip
_STANDING = ("salt shaker", "spray bottle", "mop", "broom", "ladder", "pump", "trash bag", "snowman", "grater", "gift")
_LYING = ("flower", "bouquet", "leaf", "branch", "hose")
_FLAT = ("blanket", "pillow", "towel", "newspaper", "light bulb")
_DRIVEN = ("nail", "screw")
"""What is in a wall or board, and does not hang on it."""
_PLACING = ("under", "underneath", "around", "to", "behind", "against", "through", "below", "beneath")
_NEVER_BESIDE = ("hand", "floor")
_FIXED = ("window", "wall", "curtain", "mirror", "door", "floor", "garden bed", "rug", "picture frame", "hand")
"""What is part of a place, and of which one does not say where it stands."""


def recaption(instructions: list[str], captions: list[Recaption], goal: str = "") -> Recaption:
    """The re-caption of the last instruction of a how-to with this goal, after those before it and their captions."""
    world, steps = retold(instructions[:-1], captions, goal)
    world.turn_page()
    action = _resolved(world, cleaned(instructions[-1]))
    step = follow(world, instructions[-1])
    seen = {identity: number for number, earlier in enumerate(steps, 1) for identity in earlier.shown}
    return Recaption(action=action, state=_state(step, steps, set(seen)), objects=_linked(step, steps, instructions))


def _state(step: Step, before: list[Step], seen: set[str]) -> str:
    """How things are after a step: what was done, and how it looks if that is sure; else what was done before."""
    if not (step.sure or step.told):
        step = next((earlier for earlier in reversed(before) if earlier.told), step)
    looks = _pictured(step, seen) if step.sure or not step.told else ""
    return " ".join(filter(None, (step.told, looks)))


def _linked(step: Step, before: list[Step], instructions: list[str]) -> list[LinkedObject]:
    """What the step shows, each thing linked to the latest earlier step that showed or named it.

    What this instruction is the first to name is new, even if an earlier picture showed one: "a knife" for "slice".
    So is what it tells apart from another of its kind by its colour.
    """
    seen = {identity: number for number, earlier in enumerate(before, 1) for identity in earlier.shown}
    known = before[-1].things if before else {}
    others = {(thing.noun, thing.colour) for thing in known.values() if thing.colour}
    named = [names_in(instruction) for instruction in instructions]
    links = []
    for thing in (step.things[identity] for identity in step.shown):
        names = {thing.noun, head_of(thing.name)}
        earlier = [number for number, words in enumerate(named[:-1], 1) if names & words]
        first = (names & named[-1] and not earlier) or (
            thing.id not in known and any(noun == thing.noun and thing.colour not in (None, c) for noun, c in others)
        )
        number = None if first else seen.get(thing.id) or (earlier[-1] if earlier else None)
        links.append(LinkedObject(name=thing.name, link="similar" if number else "new", step=number))
    return links


def retold(instructions: list[str], captions: list[Recaption], goal: str = "") -> tuple[World, list[Step]]:
    """The world after the instructions, and their steps. A colour that a caption names stays with its thing."""
    world, steps = World(goal), []
    for number, instruction in enumerate(instructions):
        steps.append(follow(world, instruction))
        if number < len(captions):
            _recolour(world, captions[number])
    return world, steps


def _recolour(world: World, caption: Recaption) -> None:
    words = words_of(caption.state)
    for phrase in filter(None, (phrase_at(words, i) for i in range(len(words)))):
        if phrase.kind == "thing" and phrase.colour and (thing := world.last(phrase.word)):
            thing.colour = phrase.colour


def _resolved(world: World, action: str) -> str:
    """The action with its pronouns named; an "it" of the action's own ("until it boils") stays."""
    parts, at = [], 0
    words = words_of(action)
    verb = (verb_at(words, 0) or ("", 0))[0]
    named = False
    for i, word in enumerate(words[1:], 1):
        if word.text in ("until", "when", "once", "while"):
            break
        phrase = phrase_at(words, i)
        named = named or bool(phrase and (phrase.kind == "thing" or (phrase.kind == "other" and phrase.article)))
        if phrase is None or phrase.kind != "pronoun" or named:
            continue
        into = words[i - 1].text in ("in", "into", "on", "onto", "over", "to", "fill", "refill")
        if mention := world.discourse.meant(phrase.word, verb, into=into):
            parts += [action[at : word.start], _drunk(world, phrase, verb) or mention.name]
            at = word.end
    return "".join(parts) + action[at:]


def _drunk(world: World, phrase: Phrase, verb: str) -> str | None:
    """What is in the cup that "it" means, where it is that which is stirred or served."""
    thing = world.resolve(phrase)
    told = thing is not None and thing.content not in (None, "nothing")
    return f"the {thing.content}" if told and lexicon().verbs.get(verb) in ("wait", "stir", "serve", "cool") else None


def _pictured(step: Step, seen: set[str]) -> str:
    """How the main thing looks after the step, where it is, and what is with it."""
    if not step.shown:
        return ""
    subject = _subject(step)
    if step.told and subject.noun in _FIXED and subject.place is None:
        return ""  # "The door is opened." says it all
    text = _stands(step, subject)
    told = {subject.id, *_chain(step, subject)}
    inside = [
        step.things[i]
        for i in step.shown
        if i not in told and step.things[i].place and step.things[i].place[1] == subject.id
    ]
    beside = [
        step.things[i] for i in step.shown if i not in told and step.things[i] not in inside and _beside(step.things[i])
    ]
    beside = [thing for thing in beside if thing.noun in step.spoken or thing.id in step.moment.poses]
    beside = [thing for thing in beside if thing.noun not in _NEVER_BESIDE and not _placed_by(step.told, thing)][:1]
    it = "it" if subject.count == 1 else "them"
    company = []
    if inside:
        company.append(f"{listed(inside, seen)} {inside[0].place[0]} {it}")
    if beside:
        company.append(f"{listed(beside, seen)} next to {it}")
    text += f", with {' and with '.join(company)}" if company else ""
    return text[:1].upper() + text[1:] + "."


def _placed_by(told: str, thing: Thing) -> bool:
    """Whether what was done says where a thing is: "put under the sink", "tied to the balloon"."""
    words = words_of(told)
    placing = [i for i, word in enumerate(words) if word.text in _PLACING and words[i - 1].text != "next"]
    phrases = [phrase_at(words, i + 1) for i in placing]
    return any(phrase is not None and thing.noun == phrase.word for phrase in phrases)


def _stands(step: Step, subject: Thing) -> str:
    """How and where the main thing is: "a red cup stands on the table", "the window is clean"."""
    if subject.noun in _FIXED and subject.place is None:
        looks = " and ".join([*adjectives(subject), *([subject.colour] if subject.colour else [])])
        is_ = "is" if subject.count == 1 else "are"
        return f"the {name_of(subject)} {is_} {looks}" if looks else f"the {name_of(subject)} {is_} here"
    lying = subject.kind in _LYING_KINDS and subject.noun not in _STANDING
    lying |= subject.noun in _FLAT or (subject.noun in _LYING and subject.place is None)
    holder = step.things.get(subject.place[1]) if subject.place else None
    hanging = holder is not None and holder.noun in ("wall", "fence")
    if hanging and subject.noun in _DRIVEN:
        return f"{described(subject)} {'is' if subject.count == 1 else 'are'} in {described(holder, 'the')}"
    verb = ("hang" if hanging else "lie" if lying else "stand") + ("s" if subject.count == 1 else "")
    return f"{described(subject)} {verb} {_where(step, subject)}"


def _subject(step: Step) -> Thing:
    """What the sentence is about: the main thing, or what holds it if that holds more, or stands on the stove."""
    main = step.things[step.shown[0]]
    carried = [step.things[i] for i in step.shown if step.things[i].place == ("on", main.id)]
    if main.noun == "stove" and carried:
        return carried[0]
    holder = step.things.get(main.place[1]) if main.place else None
    if holder is None or holder.noun == "stove" or main.noun == "stove":
        return main
    together = sum(1 for i in step.shown if (place := step.things[i].place) and place[1] == holder.id)
    return holder if holder.place or together > 1 else main


def _where(step: Step, thing: Thing) -> str:
    """Where a thing is: "on the lit stove", "in a pan on the lit stove", "on the table"."""
    if thing.place is None or thing.place[1] not in step.things:
        return f"on the {_ground(step)}"
    relation, holder = thing.place[0], step.things[thing.place[1]]
    return f"{relation} {described(holder, 'the')}"


def _ground(step: Step) -> str:
    """What all of it stands on: grass in a garden or a street, the floor in a room, else the table."""
    nouns = {thing.noun for thing in step.things.values()}
    kinds = {thing.kind for thing in step.things.values() if thing.noun != "hand"}
    if kinds & {"vehicles", "streets"} or nouns & OUTDOORS:
        return "grass"
    indoors = kinds & {"furniture", "rooms", "people", "animals"} or nouns & INDOORS
    return "wooden floor" if indoors else "table"


def _chain(step: Step, thing: Thing) -> list[str]:
    """The ids of what carries a thing."""
    found = []
    while thing.place and thing.place[1] in step.things:
        thing = step.things[thing.place[1]]
        found.append(thing.id)
    return found


def _beside(thing: Thing) -> bool:
    """Whether a thing simply stands on the table, and is there after the step too."""
    return thing.place is None and thing.noun not in ("tap", "stove")
