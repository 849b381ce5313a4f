"""What is surely there after a step of which not every word was understood: "The jam is in the pot." """

from agents.embedded.telling.lasting import lasting
from agents.embedded.telling.naming import called, head_of, names_in
from agents.embedded.telling.story import Step
from agents.embedded.world.foreground import is_work
from agents.embedded.world.mentions import is_plural_word
from agents.embedded.world.things import Thing
from tools.vocabulary import vocabulary

_TINS = ("pan", "tin", "dish", "mould", "mold", "envelope")
"""How things are called in which something is baked."""
_MOST_IN_VIEW = 2
_MOST_KEPT = 2
"""Things that are told of beside those of the step, as they are still where they were."""
PASSING = ("refrigerator", "washing machine", "microwave")
"""Machines in which something is for a while, and which one then leaves."""
SUPPLIES = ("salt shaker", "sugar cube", "ribbon", "yarn", "thread", "rope")
WITH_WHICH = ("utensils", "tools", "cleaning")
"""What, beside words without a picture, an earlier step needed, and a later one that does not name it does not."""
BODY = ("hand", "human head", "human foot")
NEVER_BESIDE = (*BODY, "floor")


def glimpse(step: Step) -> str:
    """What is surely there and the words of the step leave out: "The jam is in the pot.", "The pan is in view." """
    known = [i for i in dict.fromkeys((step.work, step.topic, *step.shown)) if i in step.things]
    things = [step.things[i] for i in known if i and step.things[i].noun in vocabulary().nouns]
    lying = [thing for thing in things if thing.kind not in WITH_WHICH or is_named(step, thing)]
    inside = [thing for thing in step.things.values() if thing.place and thing.place[1] in known[:1] and is_work(thing)]
    for thing in [*inside, *lying[:2]]:
        if holder := _surely_holding(step, thing):
            held = [other for other in inside if _surely_holding(step, other) is holder and other.place == thing.place]
            held = held[-_MOST_KEPT:] if thing in held else [thing]
            *most, last = dict.fromkeys(plainly(step, other) for other in held)
            are = "are" if most else is_or_are(held[0], step)
            within = f"{', '.join(most)} and {last}" if most else last
            return cased(f"{within} {are} {where_in(thing, holder)} {plainly(step, holder)}.")
    unsaid = [t for t in things if not is_named(step, t) or _is_poured_into(step, t)]
    aside = {*NEVER_BESIDE, *PASSING} - ({step.about} & {*PASSING})
    unsaid = [t for t in unsaid if t.noun not in aside and t.id not in step.adrift]
    stuffs = {*step.absorbed, "water"}
    unsaid = [t for t in unsaid if not (is_only_its_content(step, t) and t.content in stuffs)]
    unsaid = [t for t in unsaid if f"filled with {t.stuff}" not in step.told]
    unsaid = [t for t in unsaid if {t.noun, t.content} & {*step.spoken, step.about}][:_MOST_IN_VIEW]
    if not unsaid:
        return ""
    names = list(dict.fromkeys(plainly(step, thing) for thing in unsaid))
    are = "are" if len(names) > 1 else is_or_are(unsaid[0], step)
    return cased(f"{' and '.join(names)} {are} in view.")


def where_in(thing: Thing, holder: Thing) -> str:
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
    if holder and (holder.noun in (*BODY, *SUPPLIES) or (holder.count > 1 and thing.count == 1)):
        return None  # one ice cube is not in two glasses
    told = holder is not None and holder.noun in (*step.spoken, step.about, "oven", "stove")
    told = told or (holder is not None and holder.id == step.over_fire)
    return holder if holder and told and not (is_named(step, thing) and is_named(step, holder)) else None


def plainly(step: Step, thing: Thing) -> str:
    """A thing with how it looks for good and what surely fills it: "the sliced onions"; of a vessel not named, that."""
    if is_only_its_content(step, thing):
        return f"the {thing.stuff}"
    words = ["the", *lasting(thing), *([thing.colour] if thing.colour else []), called(thing)]
    if thing.id in step.filled and thing.content in step.spoken:
        words += ["filled with", str(thing.stuff)]
    return " ".join(words)


def is_only_its_content(step: Step, thing: Thing) -> bool:
    """Whether the text speaks of a substance and not of the vessel that it is drawn in."""
    return thing.noun not in (*step.spoken, step.about) and thing.content in step.spoken


def is_or_are(thing: Thing, step: Step) -> str:
    """ "Are" of the onions, "is" of the soup."""
    plural = is_plural_word(str(thing.stuff) if is_only_its_content(step, thing) else called(thing).split(" of ")[0])
    return "are" if plural else "is"


def cased(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def is_named(step: Step, thing: Thing) -> bool:
    """Whether what was done names a thing, or what is in it if no text named the thing."""
    stuff = {thing.content, head_of(str(thing.stuff))} if is_only_its_content(step, thing) else set()
    return bool({thing.noun, head_of(thing.name), *stuff} & names_in(step.told))
