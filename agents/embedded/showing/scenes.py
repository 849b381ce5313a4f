"""An image prompt read into a scene graph: actions are carried out, descriptions read, at most four objects kept."""

from collections.abc import Iterable

from agents.embedded.reading.instructions import clauses_of, is_denied
from agents.embedded.reading.language import phrase_at
from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.reading.words import sentences_of, words_of
from agents.embedded.showing.description import Draft, describe
from agents.embedded.showing.in_sight import bring_in_places, bring_in_told
from agents.embedded.telling.naming import names_in
from agents.embedded.telling.passive import is_told
from agents.embedded.telling.story import Step, follow, recall
from agents.embedded.telling.sureness import IMPLIED
from agents.embedded.world.effects.moment import COOKWARE
from agents.embedded.world.foreground import CLOSED, MOST_SHOWN
from agents.embedded.world.places import INDOORS, is_outdoors
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from tools.layout import POUR_AS_THEY_STAND
from tools.scene import Relation, SceneGraph, SceneObject
from tools.vocabulary import vocabulary

_SUPPLIES = ("jar", "bottle", "jug")


def scene(prompt: str) -> SceneGraph:
    """The picture that a prompt asks for.

    Sentences that tell an action are carried out, those that describe are read as they stand and win; a pouring
    vessel stays in its pose. What tells that an action was done ("The onion is chopped.") adds nothing to the action,
    and is carried out where that is all. What has no picture is shown by the nearest noun, under the user's name.
    """
    sentences = [(sentence, bool(clauses_of(sentence))) for sentence in sentences_of(prompt)]
    sentences = [pair for pair in sentences if pair[1] or not is_denied(pair[0])] or sentences
    if all(is_told(sentence) for sentence, _ in sentences):
        sentences = [(sentence, True) for sentence, _ in sentences]
    said = [sentence for sentence, is_action in sentences if not is_action and is_told(sentence)]
    sentences = [(sentence, is_action) for sentence, is_action in sentences if is_action or not is_told(sentence)]
    told = _described(sentence for sentence, is_action in sentences if not is_action)
    world, draft = _world_of(told, names_in(prompt)), Draft()
    recall(world, said, [sentence for sentence, is_action in sentences if is_action])
    for sentence, is_action in sentences:
        if is_action:
            _act(draft, follow(world, sentence))
    acted = set(draft.objects)
    for sentence, is_action in sentences:
        if not is_action:
            describe(draft, sentence)
    if acted:
        _leave_out_unknown(draft, acted)
        _leave_out_supplies(draft, names_in(prompt))
    actions = [sentence for sentence, is_action in sentences if is_action]
    if actions:
        bring_in_told(draft, said, names_in(" . ".join(actions)), lambda noun: _is_gone(world, actions, noun))
        bring_in_places(draft, actions)
    _stand_in(draft, prompt)
    return _finished(draft)


def _is_gone(world: World, actions: list[str], noun: str) -> bool:
    """Whether the actions acted on a thing and have used it up, or put it where it is not seen."""
    clauses = [clause for action in actions for clause in clauses_of(action)]
    acted_on = {phrase.word for clause in clauses for phrase in (*clause.objects, *clause.at("on", "over", "in"))}
    thing = world.last(noun)
    holder = world.holder_of(thing) if thing else None
    return noun in acted_on and (thing is None or (holder is not None and holder.noun in CLOSED))


def _described(sentences: Iterable[str]) -> Draft:
    draft = Draft()
    for sentence in sentences:
        describe(draft, sentence)
    return draft


def _world_of(draft: Draft, named: set[str]) -> World:
    """A world with what the descriptions tell, so that an action's "the water" is found in the pot that they name."""
    world = World()
    for item in draft.objects.values():
        world.things[item.id] = Thing(
            item.id, item.noun, item.name, item.count, item.colour, list(item.states), item.content
        )
    for edge in draft.relations:
        if edge.relation in ("in", "on"):
            world.things[edge.subject].place = (edge.relation, edge.object)
    if "egg" in named and any(thing.content == "batter" for thing in world.things.values()):
        world.mixed.add("egg")
    for thing in reversed(world.things.values()):
        world.speak_of(thing)
        world.spoken |= ({thing.noun} & named) | ({thing.content} if thing.content else set())
    world.main = next(iter(world.things.values()), None)
    return world


def _act(draft: Draft, step: Step) -> None:
    """Enters what an action shows into the draft."""
    draft.ground = step.ground or draft.ground
    shown = [identity for identity in step.shown if identity not in step.guessed]
    for identity in shown:
        thing = step.things[identity]
        known = step.sure or identity in step.filled or thing.content in (*step.spoken, "nothing")
        known &= step.sure or thing.kind in ("vessels", "containers") or not thing.opens
        draft.objects[identity] = SceneObject(
            id=identity,
            noun=thing.noun,
            name=thing.name,
            count=1 if {"sliced", "mashed"} & set(thing.states) else thing.count,
            colour=thing.colour,
            states=_looks(thing, step.moment.poses.get(identity)),
            content=thing.content if known else None,
        )
    for identity in shown:
        place = step.things[identity].place
        holder = step.things[place[1]].noun if place else ""
        surely = step.sure or identity in step.settled or holder in (*step.spoken, *IMPLIED, *COOKWARE)
        if place and place[1] in shown and surely and identity not in step.moment.pouring():
            draft.relate_ids(identity, *place)
    for subject, relation, other in step.moment.relations:
        if subject in shown and other in shown and step.things[subject].place is None:
            draft.relate_ids(subject, relation, other)


def _looks(thing: Thing, pose: str | None) -> list[str]:
    """The drawn states of a thing, with its pose of the moment; while it pours, nothing else."""
    if pose == "pouring":
        return [pose]
    looks = [look for state in thing.states if suits(thing.noun, look := looks_like(state))]
    return [*looks, pose] if pose else looks


def looks_like(state: str) -> str:
    """The drawn state for a told one."""
    return lexicon().looks.get(state, state)


def _leave_out_unknown(draft: Draft, kept: set[str]) -> None:
    """Beside what is done, words without a picture would be boxes of which nobody sees what they are."""
    gone = {item.id for item in draft.objects.values() if item.noun not in vocabulary().nouns} - kept
    _remove(draft, gone)


def _leave_out_supplies(draft: Draft, named: set[str]) -> None:
    """A jar that nobody named is not needed where what was in it went, or is seen elsewhere."""
    for item in list(draft.objects.values()):
        beside = {edge.object for edge in draft.relations if edge.subject == item.id}
        others = [other for other in draft.objects.values() if other is not item]
        beside = beside if item.noun in _SUPPLIES else set()
        filled = [other for other in others if other.content]
        pours = "pouring" in item.states
        seen = any(
            other.content == item.content or (other.id in beside and other.noun not in _SUPPLIES) for other in filled
        )
        if item.content and seen and item.noun not in named and not (pours and item.noun not in _SUPPLIES):
            _remove(draft, {item.id})


def _remove(draft: Draft, gone: set[str]) -> None:
    draft.objects = {identity: item for identity, item in draft.objects.items() if identity not in gone}
    draft.relations = [edge for edge in draft.relations if not {edge.subject, edge.object} & gone]


def _stand_in(draft: Draft, prompt: str) -> None:
    """A prompt of which nothing is known shows its main word, whatever is drawn for it."""
    if not draft.objects:
        word = _main_words(prompt)[:60]
        draft.objects[word] = SceneObject(id=word, noun=word, name=word)


def _main_words(prompt: str) -> str:
    """The first noun phrase of a text of which nothing is known, or how it begins."""
    words = words_of(prompt)
    phrases = [phrase for i in range(min(len(words), 40)) if (phrase := phrase_at(words, i)) and phrase.definite]
    return phrases[0].name if phrases else " ".join(word.text for word in words[:3] if word.text[0].isalnum())


def _finished(draft: Draft) -> SceneGraph:
    _hide_what_is_closed_in(draft)
    known = sorted(draft.objects.values(), key=lambda item: item.noun not in vocabulary().nouns)
    objects = _in_order(known[:MOST_SHOWN], draft.relations)
    kept = {item.id for item in objects}
    relations = [edge for edge in draft.relations if {edge.subject, edge.object} <= kept]
    above = {edge.subject for edge in relations if edge.relation == "above"}
    for item in objects:
        item.noun = vocabulary().nearest_noun(item.noun)[0]
        if "pouring" in item.states and item.noun not in POUR_AS_THEY_STAND and item.id not in above:
            item.states.remove("pouring")
        if item.noun in CLOSED and "pouring" not in item.states:
            item.content = None
    return SceneGraph(objects=objects, relations=relations, ground=draft.ground or usual_ground(objects))


def usual_ground(objects: list[SceneObject]) -> str:
    """What things stand on when the text does not say: what is found outdoors on grass, furniture on the floor."""
    nouns, kinds = {item.noun for item in objects}, {vocabulary().nouns[item.noun].kind for item in objects}
    if is_outdoors(nouns, kinds, {item.name for item in objects}):
        return "grass"
    return "wooden floor" if "furniture" in kinds or nouns & INDOORS else "wooden table"


def _hide_what_is_closed_in(draft: Draft) -> None:
    """What is in a kettle or teapot is not seen; what is just put into one, before any water, is shown beside it."""
    for edge in [edge for edge in draft.relations if edge.relation == "in"]:
        if draft.objects[edge.object].noun in CLOSED:
            draft.relations.remove(edge)
            if draft.objects[edge.object].content is None:
                draft.relate_ids(edge.subject, "next to", edge.object)
            else:
                draft.relations = [
                    other for other in draft.relations if edge.subject not in (other.subject, other.object)
                ]
                del draft.objects[edge.subject]


def _in_order(objects: list[SceneObject], relations: list[Relation]) -> list[SceneObject]:
    """Each object after those to which it is related, as far as that goes, so that a caption can name the relation."""
    waiting, ordered = list(objects), []
    while waiting:
        left = {item.id for item in waiting}
        blocked = {edge.subject for edge in relations if edge.object in left}
        ready = next((item for item in waiting if item.id not in blocked), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return ordered
