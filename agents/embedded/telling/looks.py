"""How things look after a step, in words: the second sentence of a state."""

import re
from dataclasses import replace

from agents.embedded.reading.language import phrase_at
from agents.embedded.reading.words import words_of
from agents.embedded.telling.lasting import lasting
from agents.embedded.telling.naming import adjectives, called, described, head_of, listed, name_of, names_in
from agents.embedded.telling.story import Step
from agents.embedded.world.foreground import MOST_SHOWN, is_work
from agents.embedded.world.mentions import is_plural_word
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
_TINS = ("pan", "tin", "dish", "mould", "mold", "envelope")
"""How things are called in which something is baked."""
_MOST_IN_VIEW = 2
_MOST_INSIDE = 3
_MOST_KEPT = 2
"""Things that are told of beside those of the step, as they are still where they were."""
_SUPPLIES = ("salt shaker", "sugar cube", "ribbon", "yarn", "thread", "rope")
_WITH_WHICH = ("utensils", "tools", "cleaning")
"""What, beside words without a picture, an earlier step needed, and a later one that does not name it does not."""
_PASSING = ("refrigerator", "washing machine", "microwave")
"""Machines in which something is for a while, and which one then leaves."""
_BODY = ("hand", "human head", "human foot")
_NEVER_BESIDE = (*_BODY, "floor")
_FIXED = (
    "window", "wall", "curtain", "mirror", "door", "floor", "garden bed", "rug", "picture frame", "tap", "toilet",
    "light switch", *_BODY,
)  # fmt: skip
"""What is part of a place, and of which one does not say where it stands."""


_SAYS_WHERE = re.compile(
    r"\b(?:tied|wrapped|wound) (?:to|around|together|with)\b"
    r"|\b(?:put|placed|set|pushed|slid) (?:under|below|behind|beneath)\b"
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
    return pictured(_undenied(step), seen) if surely else _glimpse(step)


def _poured_out(step: Step) -> Step:
    """A step after which what was poured out is empty: while it pours, it is not."""
    spent = {i: replace(thing, content=None, stuff=None) for i, thing in step.things.items() if thing.spent}
    return replace(step, things=step.things | spent)


def _glimpse(step: Step) -> str:
    """What is surely there and the words of the step leave out: "The jam is in the pot.", "The pan is in view." """
    known = [i for i in dict.fromkeys((step.work, step.topic, *step.shown)) if i in step.things]
    things = [step.things[i] for i in known if i and step.things[i].noun in vocabulary().nouns]
    lying = [thing for thing in things if thing.kind not in _WITH_WHICH or _is_named(step, thing)]
    inside = [thing for thing in step.things.values() if thing.place and thing.place[1] in known[:1] and is_work(thing)]
    for thing in [*inside, *lying[:2]]:
        if holder := _surely_holding(step, thing):
            held = [other for other in inside if _surely_holding(step, other) is holder and other.place == thing.place]
            held = held[-_MOST_KEPT:] if thing in held else [thing]
            *most, last = dict.fromkeys(_plainly(step, other) for other in held)
            are = "are" if most else _is(held[0], step)
            within = f"{', '.join(most)} and {last}" if most else last
            return _cased(f"{within} {are} {_where_in(thing, holder)} {_plainly(step, holder)}.")
    unsaid = [t for t in things if not _is_named(step, t) or _is_poured_into(step, t)]
    aside = {*_NEVER_BESIDE, *_PASSING} - ({step.about} & {*_PASSING})
    unsaid = [t for t in unsaid if t.noun not in aside and t.id not in step.adrift]
    stuffs = {*step.absorbed, "water"}
    unsaid = [t for t in unsaid if not (_is_only_its_content(step, t) and t.content in stuffs)]
    unsaid = [t for t in unsaid if f"filled with {t.stuff}" not in step.told]
    unsaid = [t for t in unsaid if {t.noun, t.content} & {*step.spoken, step.about}][:_MOST_IN_VIEW]
    if not unsaid:
        return ""
    names = list(dict.fromkeys(_plainly(step, thing) for thing in unsaid))
    are = "are" if len(names) > 1 else _is(unsaid[0], step)
    return _cased(f"{' and '.join(names)} {are} in view.")


def _where_in(thing: Thing, holder: Thing) -> str:
    """ "On" the plate, but "in" a tin, though what is drawn for it is flat."""
    relation = thing.place[0] if thing.place else "in"
    if thing.noun == "light bulb" or holder.noun == "whole chicken":
        return "in"
    return "in" if relation == "on" and holder.name.endswith(_TINS) and holder.name != "pan" else relation


def _is_poured_into(step: Step, thing: Thing) -> bool:
    """Whether a thing is what this step fills: that it is full, the words of the step do not say."""
    goals = {goal for _, relation, goal in step.moment.relations if relation == "above"}
    return thing.id in goals & step.filled and thing.noun in step.spoken and (thing.opens or thing.noun == "tray")


def _surely_holding(step: Step, thing: Thing) -> Thing | None:
    """What a thing is surely in or on, where what was done does not name both."""
    holder = step.things.get(thing.place[1]) if thing.place and thing.id in step.settled else None
    if holder and thing.kind == "vessels" and holder.kind in ("containers", "vessels"):
        return None  # what was in the pan is in the tin
    if holder and (holder.noun in (*_BODY, *_SUPPLIES) or (holder.count > 1 and thing.count == 1)):
        return None  # one ice cube is not in two glasses
    told = holder is not None and holder.noun in (*step.spoken, step.about, "oven", "stove")
    told = told or (holder is not None and holder.id == step.over_fire)
    return holder if holder and told and not (_is_named(step, thing) and _is_named(step, holder)) else None


def _plainly(step: Step, thing: Thing) -> str:
    """A thing with how it looks for good and what surely fills it: "the sliced onions"; of a vessel not named, that."""
    if _is_only_its_content(step, thing):
        return f"the {thing.stuff}"
    words = ["the", *lasting(thing), *([thing.colour] if thing.colour else []), called(thing)]
    if thing.id in step.filled and thing.content in step.spoken:
        words += ["filled with", str(thing.stuff)]
    return " ".join(words)


def _is_only_its_content(step: Step, thing: Thing) -> bool:
    """Whether the text speaks of a substance and not of the vessel that it is drawn in."""
    return thing.noun not in (*step.spoken, step.about) and thing.content in step.spoken


def _is(thing: Thing, step: Step) -> str:
    plural = is_plural_word(str(thing.stuff) if _is_only_its_content(step, thing) else called(thing).split(" of ")[0])
    return "are" if plural else "is"


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]


def _undenied(step: Step) -> Step:
    """A step without what would deny or only repeat: things put where the world has none, and tools of before."""
    shown = [identity for identity in step.shown if not _is_stale(step, step.things[identity])]
    if step.topic in shown and shown[0] != step.shown[0]:
        shown = [step.topic, *(identity for identity in shown if identity != step.topic)]
    rooted = {i for i in shown if step.things[i].kind in ("plants", "garden") and _ground(step) == "grass"}
    if step.adrift & set(shown) - rooted:  # what is planted may be said to stand there
        shown = [i for i in shown if i not in step.adrift and (i == step.topic or _is_named(step, step.things[i]))]
        shown = [i for i in shown if not _on_its_way(step, step.things[i])]
    return replace(step, shown=shown)


def _on_its_way(step: Step, thing: Thing) -> bool:
    """Whether a thing is in or on what is not where the world has it."""
    return thing.place is not None and thing.place[1] in step.adrift


def _is_named(step: Step, thing: Thing) -> bool:
    """Whether what was done names a thing, or what is in it if no text named the thing."""
    stuff = {thing.content, head_of(str(thing.stuff))} if _is_only_its_content(step, thing) else set()
    return bool({thing.noun, head_of(thing.name), *stuff} & names_in(step.told))


def _is_stale(step: Step, thing: Thing) -> bool:
    """Whether a thing is a tool or supply of an earlier step, and no part of this one."""
    here = thing.id in step.moment.poses or any(thing.id == edge[0] for edge in step.moment.relations)
    known = thing.noun in vocabulary().nouns and (thing.opens or thing.name not in vocabulary().stand_ins)
    supply = thing.noun in _SUPPLIES or thing.kind in _WITH_WHICH or not known
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
        and not _is_named(step, thing)
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
        return _cased(f"{_plainly(step, subject)} {_is(subject, step)} in view.") if subject.colour else ""
    if step.told and subject.noun in _FIXED and subject.place is None:
        return ""  # "The door is opened." says it all
    text = _stands(step, subject)
    told = {subject.id, *_chain(step, subject)}
    inside = [step.things[i] for i in [*step.shown, *_held(step, subject)] if i not in told]
    inside = [thing for thing in inside if thing.place and thing.place[1] == subject.id]
    inside = list({thing.id: thing for thing in inside}.values())
    inside = sorted(inside, key=lambda thing: not _is_named(step, thing))[:_MOST_INSIDE]
    beside = [
        step.things[i] for i in step.shown if i not in told and step.things[i] not in inside and _beside(step.things[i])
    ]
    beside = [
        thing for thing in beside if thing.noun in step.spoken or thing.id in (*step.moment.pouring(), step.topic)
    ]
    beside = [thing for thing in beside if thing.noun not in _NEVER_BESIDE and not _placed_by(step.told, thing)]
    topic = [thing for thing in beside if thing.id == step.topic]
    beside = [thing for thing in beside if thing.name != subject.name]  # one jug is enough
    beside = [*topic, *[thing for thing in beside if thing not in topic][:1]]
    it = "it" if subject.count == 1 else "them"
    company = []
    if inside:
        for relation in dict.fromkeys(_where_in(thing, subject) for thing in inside):
            held = [thing for thing in inside if _where_in(thing, subject) == relation]
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
    return f"{_where_in(thing, holder) if relation == 'on' else relation} {described(holder, 'the')}"


def _ground(step: Step) -> str:
    """What all of it stands on: grass in a garden or a street, the floor in a room, else the table."""
    if step.ground:
        return step.ground
    here = [thing for identity, thing in step.things.items() if thing.noun not in _PASSING or identity in step.shown]
    nouns = {step.about, *(thing.noun for thing in here)}
    known = [thing for thing in step.things.values() if thing.noun in vocabulary().nouns and thing.noun not in _BODY]
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
