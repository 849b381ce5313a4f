"""How things look after a step, in words: the second sentence of a state."""

import re
from dataclasses import replace

from agents.embedded.reading.language import phrase_at
from agents.embedded.reading.words import words_of
from agents.embedded.telling.glimpse import (
    BODY,
    NEVER_BESIDE,
    PASSING,
    SUPPLIES,
    WITH_WHICH,
    cased,
    glimpse,
    is_named,
    is_or_are,
    where_in,
)
from agents.embedded.telling.naming import adjectives, described, listed, name_of
from agents.embedded.telling.story import Step
from agents.embedded.world.foreground import MOST_SHOWN, is_work
from agents.embedded.world.places import INDOORS, is_outdoors
from agents.embedded.world.things import Thing
from tools.vocabulary import vocabulary

_LYING_KINDS = (
    "utensils", "ingredients", "fruit", "vegetables", "dishes", "tools", "hardware", "craft", "clothing", "cleaning",
    "unknown",
)  # fmt: skip
_STANDING = ("salt shaker", "spray bottle", "mop", "broom", "ladder", "pump", "trash bag", "snowman", "grater", "gift")
_LYING = ("flower", "bouquet", "leaf", "branch", "hose")
_FLAT = (
    "scissors", "blanket", "pillow", "towel", "newspaper", "light bulb", "surfboard", "snowboard", "skis",
    "tennis racket", "baseball bat", "baseball glove", "frisbee", "tv remote", "cell phone",
)  # fmt: skip
_DRIVEN = ("nail", "screw")
"""What is in a wall or board, and does not hang on it."""
_PLACING = ("under", "underneath", "around", "to", "behind", "against", "through", "below", "beneath")
_HOLDERS = ("stove", "oven", "cutting board", "bowl", "pan", "pot")
"""What holds things while one works, though the text does not name it."""
_MOST_INSIDE = 3
_FIXED = (
    "window", "wall", "curtain", "mirror", "door", "floor", "garden bed", "rug", "picture frame", "tap", "toilet",
    "light switch", *BODY,
)  # fmt: skip
"""What is part of a place, and of which one does not say where it stands."""


_SAYS_WHERE = re.compile(
    r"\b(?:tied|wrapped|wound) (?:to|around|together|with)\b"
    r"|\b(?:put|placed|set|pushed|slid) (?:under|below|behind|beneath)\b"
    r"|\bleft to (?:cool|rest|dry|stand|sit)(?: \w+)? (?:in|on) (?:the|a|an)\b"
)
"""What was done to something of which one need not say where it lies."""
_BUILT_IN = ("sink", "pipe")
"""What stands on nothing."""


def looks_of(step: Step, seen: set[str]) -> str:
    """How things look after a step: all that is known; where not every word was understood, only what is surely so."""
    if re.search(r"\b(?:eaten|drunk)\b", step.told):
        return ""
    main = set(step.shown[:1])
    step = _poured_out(step)
    step = _with_topic(replace(step, shown=[identity for identity in step.shown if identity not in step.guessed]))
    surely = step.sure and not step.guessed & main
    return pictured(_undenied(step), seen) if surely else glimpse(step)


def _poured_out(step: Step) -> Step:
    """A step after which what was poured out is empty: while it pours, it is not."""
    spent = {i: replace(thing, content=None, stuff=None) for i, thing in step.things.items() if thing.spent}
    return replace(step, things=step.things | spent)


def _undenied(step: Step) -> Step:
    """A step without what would deny or only repeat: things put where the world has none, and tools of before."""
    shown = [identity for identity in step.shown if not _is_stale(step, step.things[identity])]
    if step.topic in shown and shown[0] != step.shown[0]:
        shown = [step.topic, *(identity for identity in shown if identity != step.topic)]
    rooted = {i for i in shown if step.things[i].kind in ("plants", "garden") and _ground(step) == "grass"}
    if step.adrift & set(shown) - rooted:  # what is planted may be said to stand there
        shown = [i for i in shown if i not in step.adrift and (i == step.topic or is_named(step, step.things[i]))]
        shown = [i for i in shown if not _on_its_way(step, step.things[i])]
    return replace(step, shown=shown)


def _on_its_way(step: Step, thing: Thing) -> bool:
    """Whether a thing is in or on what is not where the world has it."""
    return thing.place is not None and thing.place[1] in step.adrift


def _is_stale(step: Step, thing: Thing) -> bool:
    """Whether a thing is a tool or supply of an earlier step, and no part of this one."""
    here = thing.id in step.moment.poses or any(thing.id == edge[0] for edge in step.moment.relations)
    known = thing.noun in vocabulary().nouns and (thing.opens or thing.name not in vocabulary().stand_ins)
    supply = thing.noun in SUPPLIES or thing.kind in WITH_WHICH or not known
    supply |= thing.noun == "paper" and step.topic is not None  # a label; what is made may be of paper
    held = any((place := step.things[i].place) and place[1] == thing.id for i in step.shown)
    return bool(
        step.told
        and supply
        and not here
        and not held
        and thing.place is None
        and thing.id != step.topic
        and thing.noun != step.about
        and not is_named(step, thing)
    )


def _with_topic(step: Step) -> Step:
    """A step that shows what the how-to is about too, if that is there."""
    there = step.topic is None or step.topic in step.shown or is_fixed(step.things[step.topic])
    return step if there else replace(step, shown=[*step.shown, str(step.topic)])


def is_fixed(thing: Thing) -> bool:
    """Whether a thing is part of a place and stays where it is."""
    return thing.noun in _FIXED and thing.place is None


def _is_sure(thing: Thing, step: Step) -> bool:
    """Whether the text names a thing, and it has a picture; stove and oven need no name."""
    return thing.noun in vocabulary().nouns and (thing.noun in step.spoken or thing.noun in _HOLDERS)


def pictured(step: Step, seen: set[str]) -> str:
    """How the main thing looks after the step, where it is, and what is with it."""
    if not step.shown:
        return ""
    subject = _subject(step)
    if _SAYS_WHERE.search(step.told):
        return cased(f"{described(subject, 'the')} {is_or_are(subject, step)} in view.") if subject.colour else ""
    if step.told and subject.noun in _FIXED and subject.place is None:
        return ""  # "The door is opened." says it all
    text = _stands(step, subject)
    told = {subject.id, *_chain(step, subject)}
    inside = [step.things[i] for i in [*step.shown, *_held(step, subject)] if i not in told]
    inside = [thing for thing in inside if thing.place and thing.place[1] == subject.id]
    inside = list({thing.id: thing for thing in inside}.values())
    inside = sorted(inside, key=lambda thing: not is_named(step, thing))[:_MOST_INSIDE]
    beside = [
        step.things[i] for i in step.shown if i not in told and step.things[i] not in inside and _beside(step.things[i])
    ]
    beside = [
        thing for thing in beside if thing.noun in step.spoken or thing.id in (*step.moment.pouring(), step.topic)
    ]
    beside = [thing for thing in beside if thing.noun in step.spoken or thing.content or thing.id == step.topic]
    beside = [thing for thing in beside if thing.noun not in NEVER_BESIDE and not _placed_by(step.told, thing)]
    topic = [thing for thing in beside if thing.id == step.topic]
    beside = [thing for thing in beside if thing.name != subject.name]  # one jug is enough
    beside = [*topic, *[thing for thing in beside if thing not in topic][:1]]
    it = "it" if subject.count == 1 else "them"
    company = []
    if inside:
        for relation in dict.fromkeys(where_in(thing, subject) for thing in inside):
            held = [thing for thing in inside if where_in(thing, subject) == relation]
            company.append(f"{listed(held, seen)} {relation} {it}")
    if beside:
        company.append(f"{listed(beside, seen)} next to {it}")
    text += f", with {' and with '.join(company)}" if company else ""
    return text[:1].upper() + text[1:] + "."


def _held(step: Step, subject: Thing) -> list[str]:
    """What else is in or on the main thing, if that is what one carries about: the eggs in the pan."""
    if subject.kind not in ("vessels", "containers", "utensils", "clothing"):
        return []
    held = [thing for thing in step.things.values() if thing.place and thing.place[1] == subject.id]
    more = [thing.id for thing in held if thing.id not in step.shown and _is_sure(thing, step) and is_work(thing)]
    return more[: max(0, MOST_SHOWN - len({*step.shown, subject.id, *_chain(step, subject)}))]


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
    if subject.noun in _BUILT_IN and subject.place is None:
        return f"{described(subject, 'the')} is here"
    lying = subject.kind in _LYING_KINDS and subject.noun not in _STANDING
    lying |= subject.noun in _FLAT or (subject.noun in _LYING and subject.place is None)
    holder = step.things.get(subject.place[1]) if subject.place else None
    hanging = holder is not None and (holder.noun in ("wall", "fence") or (holder.noun in _DRIVEN and not lying))
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
    if main.noun == "oven" and (beside := [step.things[i] for i in step.shown if _is_apart(step.things[i])]):
        return beside[0]
    holder = step.things.get(main.place[1]) if main.place else None
    if holder is None or holder.noun == "stove" or main.noun == "stove":
        return main
    together = sum(1 for i in step.shown if (place := step.things[i].place) and place[1] == holder.id)
    return holder if holder.place or together > 1 else main


def _is_apart(thing: Thing) -> bool:
    """Whether a thing stands by itself and is no place of work: the chicken by the oven."""
    return thing.place is None and is_work(thing) and thing.noun not in (*_FIXED, "oven")


def _where(step: Step, thing: Thing) -> str:
    """Where a thing is: "on the lit stove", "in a pan on the lit stove", "on the table"."""
    if thing.place is None or thing.place[1] not in step.things:
        return f"on the {_ground(step)}"
    relation, holder = thing.place[0], step.things[thing.place[1]]
    return f"{where_in(thing, holder) if relation == 'on' else relation} {described(holder, 'the')}"


def _ground(step: Step) -> str:
    """What all of it stands on: grass in a garden or a street, the floor in a room, else the table."""
    if step.ground:
        return step.ground
    here = [thing for identity, thing in step.things.items() if thing.noun not in PASSING or identity in step.shown]
    nouns = {step.about, *(thing.noun for thing in here)}
    known = [thing for thing in step.things.values() if thing.noun in vocabulary().nouns and thing.noun not in BODY]
    kinds = {thing.kind for thing in known}
    if is_outdoors(nouns, kinds, {thing.name for thing in known}):
        return "grass"
    indoors = kinds & {"furniture", "people", "animals"} or nouns & INDOORS
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
