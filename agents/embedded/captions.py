"""Re-captions by rule: each step's action and the state after it; and how alike the states of two steps are."""

from math import sqrt

from agents.embedded.instructions import cleaned
from agents.embedded.language import phrase_at, verb_at
from agents.embedded.lexicon import lexicon, suits
from agents.embedded.scenes import scene
from agents.embedded.story import Step, follow
from agents.embedded.words import NUMBERS, words_of
from agents.embedded.world import Thing, World
from agents.recaptioner import LinkedObject, Recaption
from agents.similarity import Similarity
from tools.vocabulary import vocabulary

MOST_ADJECTIVES = 2
"""How many states a caption names of one thing, beside its colour; the pictures show all."""
_NUMBER_WORDS = {number: word for word, number in reversed(NUMBERS.items())}
_LYING_KINDS = (
    "utensils", "ingredients", "fruit", "vegetables", "dishes", "tools", "hardware", "craft", "clothing", "cleaning",
    "unknown",
)  # fmt: skip
_STANDING = ("salt shaker", "spray bottle", "mop", "broom", "ladder", "pump", "trash bag", "snowman", "grater", "gift")
_OUTDOORS = {"garden bed", "tree", "fence", "wheelbarrow", "rake", "shovel", "fire", "grill", "hose", "snowman"}
_INDOORS = {"mop", "broom", "vacuum cleaner", "ladder", "refrigerator", "washing machine", "hand"}
_FIXED = ("window", "wall", "curtain", "mirror", "door", "floor", "garden bed", "rug", "picture frame", "hand")
"""What is part of a place, and of which one does not say where it stands."""


def recaption(instructions: list[str], captions: list[Recaption]) -> Recaption:
    """The re-caption of the last instruction, after those before it and their captions."""
    world, steps = _told(instructions[:-1], captions)
    action = _resolved(world, cleaned(instructions[-1]))
    step = follow(world, instructions[-1])
    seen = {identity: number for number, earlier in enumerate(steps, 1) for identity in earlier.shown}
    return Recaption(
        action=action,
        state=_state(step, set(seen)),
        objects=_linked(step, seen),
    )


def _linked(step: Step, seen: dict[str, int]) -> list[LinkedObject]:
    """What the step shows, each thing linked to the latest earlier step that showed it."""
    return [
        LinkedObject(name=step.things[i].name, link="similar" if i in seen else "new", step=seen.get(i))
        for i in step.shown
    ]


def similarity(instructions: list[str], captions: list[Recaption]) -> Similarity:
    """How alike the states of the steps are: what both show counts by how much it stayed the same.

    Steps near each other share place and light even where they share no object, so that W has a
    floor that falls with their distance. (Sharing is limited to shared objects: the floor alone paints nothing.)

    W: (N, N) in [0, 1], symmetric, its diagonal 1.
    """
    _, steps = _told(instructions, captions)
    floors = [max(0.0, round(NEAREST - FADING * distance, 2)) for distance in range(len(steps))]
    rows = [
        [max(_alike(a, b), floors[abs(i - j)]) if i != j else 1.0 for j, b in enumerate(steps)]
        for i, a in enumerate(steps)
    ]
    return Similarity(matrix=rows)


def _told(instructions: list[str], captions: list[Recaption]) -> tuple[World, list[Step]]:
    """The world after the instructions, and their steps. A colour that a caption names stays with its thing."""
    world, steps = World(), []
    for number, instruction in enumerate(instructions):
        steps.append(follow(world, instruction))
        if number < len(captions):
            _recolour(world, captions[number])
    return world, steps


def _recolour(world: World, caption: Recaption) -> None:
    for item in scene(caption.state).objects if caption.state else []:
        thing = world.last(item.noun)
        if thing and item.colour:
            thing.colour = item.colour


def _resolved(world: World, action: str) -> str:
    """The action with its pronouns named; an "it" of the action's own ("until it boils") stays."""
    parts, at = [], 0
    words = words_of(action)
    named = False
    for i, word in enumerate(words[1:], 1):
        if word.text in ("until", "when", "once", "while"):
            break
        phrase = phrase_at(words, i)
        if phrase and phrase.kind == "thing":
            named = True
        if phrase is None or phrase.kind != "pronoun" or named:
            continue
        into = words[i - 1].text in ("in", "into", "on", "onto", "over", "to", "fill", "refill")
        if thing := world.resolve(phrase, into=into):
            verb = verb_at(words, 0)
            drunk = not into and verb and lexicon().verbs[verb[0]] in ("wait", "stir", "serve", "cool")
            name = thing.content if drunk and thing.content not in (None, "nothing") else _name(thing)
            parts += [action[at : word.start], f"the {name}"]
            at = word.end
    return "".join(parts) + action[at:]


def _name(thing: Thing) -> str:
    """What to call a thing: as the text did, in the plural if there are more."""
    noun = vocabulary().row(thing.noun)
    if thing.count == 1:
        return noun.singular if thing.name == noun.name else thing.name
    return noun.plural if thing.name in (noun.name, noun.singular) else _plural(thing.name)


def _plural(name: str) -> str:
    head, of, rest = name.partition(" of ")
    return head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s") + of + rest


def _adjectives(thing: Thing) -> list[str]:
    """How a thing looks: its drawn states, before them the latest of the others that adds something."""
    drawn = [state for state in thing.states if state in (*vocabulary().drawn_states, "cracked")]
    told = [state for state in thing.states if state not in drawn][-1:]
    told = [state for state in told if state != "cooked" or not drawn]
    drawn = [state for state in drawn if not (state == "sliced" and thing.noun == "bread")]
    return [_said(thing, state) for state in (told + drawn)[-MOST_ADJECTIVES:]]


def _said(thing: Thing, state: str) -> str:
    """A state in the words that suit the thing: a machine is not lit, mashed eggs are scrambled."""
    if state == "lit" and not suits(thing.noun, "lit"):
        return "switched-on"
    return "scrambled" if (thing.noun, state) == ("egg", "mashed") else state


def _described(thing: Thing, article: str = "a") -> str:
    """The noun phrase of a thing with how it looks: "two sliced lemons", "the lit stove"."""
    words = [*_adjectives(thing), *([thing.colour] if thing.colour else []), _name(thing)]
    if thing.content == "nothing":
        words.insert(0, "empty")
    text = " ".join(words)
    if thing.count > 1 and {"sliced", "mashed"} & set(thing.states):
        text = f"the {text}" if article == "the" else text
    elif article == "the":
        text = f"the {_NUMBER_WORDS[thing.count]} {text}" if thing.count > 1 else f"the {text}"
    elif thing.count > 1:
        text = f"{_NUMBER_WORDS[thing.count]} {text}"
    elif thing.noun not in vocabulary().substances:
        text = f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
    return text if thing.content in (None, "nothing") else f"{text} filled with {thing.stuff}"


def _state(step: Step, seen: set[str]) -> str:
    """How the main thing looks after the step, where it is, and what is with it."""
    if not step.shown:
        return ""
    subject = _subject(step)
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
    it = "it" if subject.count == 1 else "them"
    company = []
    if inside:
        company.append(f"{_listed(inside, seen)} {inside[0].place[0]} {it}")
    if beside:
        company.append(f"{_listed(beside, seen)} next to {it}")
    text += f", with {' and with '.join(company)}" if company else ""
    return text[:1].upper() + text[1:] + "."


def _stands(step: Step, subject: Thing) -> str:
    """How and where the main thing is: "a red cup stands on the table", "the window is clean"."""
    if subject.noun in _FIXED and subject.place is None:
        looks = " and ".join([*_adjectives(subject), *([subject.colour] if subject.colour else [])])
        is_ = "is" if subject.count == 1 else "are"
        return f"the {_name(subject)} {is_} {looks}" if looks else f"the {_name(subject)} {is_} here"
    lying = subject.kind in _LYING_KINDS and subject.noun not in _STANDING
    verb = ("lie" if lying else "stand") + ("s" if subject.count == 1 else "")
    return f"{_described(subject)} {verb} {_where(step, subject)}"


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
    return f"{relation} {_described(holder, 'the')}"


def _ground(step: Step) -> str:
    """What all of it stands on: grass in a garden or a street, the floor in a room, else the table."""
    kinds, nouns = {thing.kind for thing in step.things.values()}, {thing.noun for thing in step.things.values()}
    if kinds & {"vehicles", "streets"} or nouns & _OUTDOORS:
        return "grass"
    indoors = kinds & {"furniture", "rooms", "people", "animals"} or nouns & _INDOORS
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


def _listed(things: list[Thing], seen: set[str]) -> str:
    *most, last = [_described(thing, "the" if thing.id in seen else "a") for thing in things]
    return f"{', '.join(most)} and {last}" if most else last


NEAREST, FADING = 0.88, 0.18
"""The similarity of steps by their distance alone, fitted to what GPT-4 wrote for arXiv 2406.04337 (even goals)."""
_WEIGHTS = {"place": 0.1, "content": 0.15, "states": 0.15}
"""How much of a thing's likeness each of its attributes is; the rest is that it is there at all."""
_MAIN, _COMPANY = 2.5, 0.75
"""The weights of the main thing of a step and of what is with it."""


def _alike(a: Step, b: Step) -> float:
    """Σ over shared things of weight × likeness, over the geometric mean of the two steps' weights."""
    weights_a, weights_b = _step_weights(a), _step_weights(b)
    if not weights_a or not weights_b:
        return 0.0
    shared = sum(
        sqrt(weights_a[i] * weights_b[i]) * _likeness(a.things[i], b.things[i]) for i in weights_a if i in weights_b
    )
    return round(min(1.0, shared / sqrt(sum(weights_a.values()) * sum(weights_b.values()))), 2)


def _step_weights(step: Step) -> dict[str, float]:
    return {identity: _MAIN if position == 0 else _COMPANY for position, identity in enumerate(step.shown)}


def _likeness(a: Thing, b: Thing) -> float:
    likeness = 1.0 - sum(_WEIGHTS.values())
    likeness += _WEIGHTS["place"] * (a.place == b.place)
    likeness += _WEIGHTS["content"] * (a.content == b.content)
    likeness += _WEIGHTS["states"] * (set(a.states) == set(b.states))
    return likeness
