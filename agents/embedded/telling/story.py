"""A how-to told to the world, instruction by instruction, and what each step shows."""

import re
from copy import deepcopy
from dataclasses import dataclass

from agents.embedded.reading.clauses import Clause
from agents.embedded.reading.instructions import clauses_of, cleaned
from agents.embedded.reading.language import Phrase, phrase_at
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.statements import statements_of
from agents.embedded.reading.words import words_of
from agents.embedded.telling.naming import called
from agents.embedded.telling.passive import Told, sentence, told
from agents.embedded.telling.spoken import take_in
from agents.embedded.telling.sureness import is_sure, is_told_of, meant_by, settle
from agents.embedded.world.effects import EFFECTS, Moment, change, handled
from agents.embedded.world.foreground import is_work, shown_of, topic_of_work, work_of
from agents.embedded.world.making import members, raw_of
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from tools.vocabulary import vocabulary

_FINDING_OUT = r"\b(?:see|check|ask|test|tell|find|know|decide|wonder|taste|look)\b"
_ONLY_IF = re.compile(
    rf"(?:if (?!you\b)|(?!.*{_FINDING_OUT}.* if )[^.,;]* if (?:it|they|there|the|any)\b)[^.;]*[.;]?\s*$", re.IGNORECASE
)
"""An instruction that is carried out only if something is so."""


@dataclass
class Step:
    """What a step shows.

    Attributes:
        shown: ids by importance, the main thing first.
        moment: poses and relations that hold only while it is done.
        things: all things as they are after the step, and those that it used up.
        told: what was done, in the instruction's own words.
        sure: whether every word of the instruction was understood, so that `things` are as it says.
        spoken: the nouns and substances that the instruction and those before it named.
        work: the id of what is worked on, in this step or the one before it.
        topic: the id of what the how-to is about, once it is there.
        about: its noun.
        guessed: the ids of what is shown though no word speaks of it.
        adrift: the ids of what was put where the world does not have it.
        settled: the ids of what is surely where the world has it.
        filled: the ids of what surely holds what the world has in it.
        ground: what all of it stands on, if the text has said so.
        over_fire: the id of the pan in which one cooks, though nobody names it.
        absorbed: the substances that were added to something.
    """

    shown: list[str]
    moment: Moment
    things: dict[str, Thing]
    told: str = ""
    sure: bool = False
    spoken: frozenset[str] = frozenset()
    work: str | None = None
    topic: str | None = None
    about: str = ""
    guessed: frozenset[str] = frozenset()
    adrift: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    ground: str | None = None
    over_fire: str | None = None
    absorbed: frozenset[str] = frozenset()


def follow(world: World, instruction: str) -> Step:
    """Carries out an instruction in the world; what it shows. Text without an action shows what it names."""
    world.turn_page()
    moment = Moment()
    clauses = clauses_of(instruction) or statements_of(instruction)
    said: list[Told] = []
    sure, meant = bool(clauses), set[str]()
    for clause in clauses:
        if new := told(world.discourse, clause, said[-1] if said else None):
            said.append(new)
            _bring_in_topic(world, clause, new)
        there = set(world.things)
        written = clause.objects
        if _is_them(clause) and new and new.about and len(new.about.phrases) > 1:
            clause.objects = list(new.about.phrases)  # both the onion and the garlic
        elif not clause.objects and new and new.about and clause.effect in ("take", "discard"):
            clause.objects = list(new.about.phrases)
        elif _is_pronoun(clause.objects) and new and new.about:
            world.take_as(clause.objects[0], new.about.phrases)  # what is told is what is shown
        before = {identity: (thing.place, thing.content) for identity, thing in world.things.items()}
        moment = _then(world, moment, clause)
        clause.objects = written if not written or _is_pronoun(written) else clause.objects
        understood = is_sure(world, clause)
        meant |= meant_by(world, clause, moment, understood)
        vessel = _filled(world, moment, there) if new and clause.particle == "in" else None
        if new and vessel:
            new.done = re.sub(r" in$", f" into the {called(vessel)}", new.done)
        settle(world, clause, new, understood, before, vessel)
        take_in(world, clause, new)
        sure = sure and understood
    if not moment.shown:
        named = _named(world, instruction)
        world.spoken |= {thing.content or thing.noun for thing in named}
        moment.shown = named or ([world.main] if world.main and world.main.id in world.things else [])
    things = {thing.id: thing for thing in world.discarded} | world.things  # what is thrown away is seen a last time
    shown = shown_of(world, things, moment.shown, _acted_on(world, said))
    sight = world.spoken | {world.about()}
    meant |= {i for i in shown if {things[i].noun, things[i].content} & sight}
    meant |= {place[1] for i in meant & world.settled if i in things and (place := things[i].place)}
    topic = topic_of_work(world, things)
    work = work_of(world, things, [identity for identity in shown if identity not in _means(world, clauses)])
    things = deepcopy(things)
    for thing in things.values():
        thing.stuff = world.called.get(thing.content or "", thing.content)
    world.read += 1 if sure else -1
    if not sure:
        world.doubted |= set(shown)
    text = sentence(said) or (cleaned(instruction) if clauses and not clauses[0].words else "")
    text = f"If needed, {text[:1].lower()}{text[1:]}" if text and _ONLY_IF.match(instruction) else text
    sure = (
        sure
        and world.read >= 0
        and not world.doubted & set(shown)
        and all(is_told_of(world, things[identity]) for identity in shown[:1])
    )
    spoken = frozenset(world.spoken | world.substance())
    where = (frozenset(world.adrift), frozenset(world.settled), frozenset(world.filled), world.ground, world.over_fire)
    absorbed = world.discourse.added_stuff()
    guessed = frozenset(set(shown) - meant)
    return Step(shown, moment, things, text, sure, spoken, work, topic, world.about(), guessed, *where, absorbed)


def _means(world: World, clauses: list[Clause]) -> set[str]:
    """The ids of what something is done with: the jug of "wet the dog with a jug"."""
    with_it = [phrase for clause in clauses if clause.objects for phrase in clause.at("with") if phrase.kind == "thing"]
    return {thing.id for phrase in with_it if (thing := world.resolve(phrase))}


def recall(world: World, told: list[str], actions: list[str]) -> None:
    """Takes in what is told of actions and the actions leave unsaid: the pie of "Bake for an hour." """
    world.turn_page()
    if any(is_work(thing) for thing in world.things.values()):
        return  # the descriptions say more
    said = {thing.noun for action in actions for thing in _named(World(), action)}
    left = [thing for text in told for thing in _named(World(), text) if thing.noun not in said]
    for noun, name in {thing.noun: thing.name for thing in left if thing.noun in vocabulary().nouns}.items():
        if world.last(noun) is None:
            world.speak_of(world.new(noun, name))
            world.spoken.add(noun)
            world.main = world.main or world.last(noun)


def _is_pronoun(phrases: list[Phrase]) -> bool:
    """Whether "it" or "them" is all that a clause acts on."""
    return len(phrases) == 1 and phrases[0].kind == "pronoun"


def _is_them(clause: Clause) -> bool:
    """Whether a clause acts on "them"."""
    return _is_pronoun(clause.objects) and clause.objects[0].plural


def _bring_in_topic(world: World, clause: Clause, said: Told) -> None:
    """What the how-to is about is there once a clause acts on it, though no step has named it."""
    topic = world.discourse.topic
    if topic is None or said.about != topic or topic.phrases[0].kind != "thing":
        return
    done = clause.effect in ("flip", "serve")  # by then it is not raw
    raw = raw_of(world) if not done and topic.phrases[0].word != "dough" else None
    there = world.last(topic.phrases[0].word) or raw or world.resolve(topic.phrases[0])
    if there and not clause.objects:
        world.main = there


def _filled(world: World, moment: Moment, there: set[str]) -> Thing | None:
    """The vessel in use, named before, into which something was put: that of "pour in the milk"."""
    goals = [goal for _, relation, goal in moment.relations if relation == "above"]
    goals += [thing.place[1] for thing in moment.shown if thing.place and thing.place[0] == "in"]
    vessels = [world.things[goal] for goal in goals if goal in there and goal in world.things]
    known = [thing for thing in vessels if thing.noun in world.spoken or thing.id == world.over_fire]
    return next((thing for thing in known if thing.opens), None)


def _acted_on(world: World, said: list[Told]) -> list[Thing]:
    """What any of the clauses acted on, the last one's first."""
    mentions = [clause.about for clause in reversed(said) if clause.about]
    return [thing for mention in mentions for phrase in mention.phrases if (thing := world.spoken_of(phrase))]


def _then(world: World, moment: Moment, clause: Clause) -> Moment:
    """The moment after a further clause: what it moved has ended the pose in which it was."""
    before = {thing.id: thing.place for thing in world.things.values()}
    clause.objects = [member for phrase in clause.objects for member in members(world, phrase)]
    if clause.effect in ("pour", "put"):
        clause.objects = [world.as_mixture(phrase) for phrase in clause.objects]
    if clause.effect == "put" and any(world.is_vessel(phrase) for phrase in clause.at("in", "to")):
        clause.objects = [world.as_stuff(phrase) for phrase in clause.objects]
    if clause.product and clause.product.kind == "thing" and clause.effect != "become":
        clause.effect = "form"
    changes = clause.effect in lexicon().changes
    new = change(world, clause, clause.effect) if changes else EFFECTS[clause.effect](world, clause)
    new.poses = handled(world, clause) | new.poses
    if clause.until:
        _finish(world, clause.until, new)
    for phrase in clause.objects if clause.result else []:
        if phrase.kind in ("thing", "pronoun") and (thing := world.resolve(phrase)):
            thing.become(clause.result)
    for thing in reversed(new.shown):
        world.speak_of(thing)
    for phrase in clause.objects:
        if phrase.kind in ("thing", "pronoun") and (thing := world.resolve(phrase)):
            world.speak_of(thing)
    world.main = new.shown[0] if new.shown else world.main
    moved = {thing.id for thing in world.things.values() if thing.id in before and thing.place != before[thing.id]}
    ended = {edge[0] for edge in moment.relations if edge[0] in moved}
    tools = {edge[2] for edge in moment.relations if edge[0] in ended and edge[2] in moment.pouring()}
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
