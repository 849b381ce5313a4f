"""What a guide shows where a step's words have no picture: something known that can stand for the step, not a box."""

from agents.embedded.reading.lexicon import lexicon, suits
from agents.embedded.showing.scenes import usual_ground
from agents.embedded.world.foreground import MOST_SHOWN
from agents.embedded.world.places import is_about_outdoors
from agents.embedded.world.things import EATEN
from agents.embedded.world.topic import Topic, topic_of
from tools.layout import POUR_AS_THEY_STAND
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

Drawn = tuple[SceneGraph, dict[str, str]]
"""A scene graph, and what was drawn for the words that could not be drawn as they stand."""
_BYSTANDERS = ("utensils", "tools", "cleaning", "appliances", "furniture", "people")
"""Kinds of things with which, or at which, something is done to another."""
_SOMEBODY = SceneObject(id="person", noun="person", name="person")
_TOOLS = (
    "scissors", "paintbrush", "pump", "glove", "watering can", "shovel", "trowel", "rake", "hose", "pencil", "key",
    "needle", "lawn mower", "thermometer",
)  # fmt: skip
"""Tools of other kinds."""
_HAND = frozenset("hand finger thumb wrist nail cuticle splinter cut blister wart sting".split())
_BODY = frozenset(
    "ankle foot leg knee arm elbow wrist shoulder head hair face skin neck nose nosebleed back burn".split()
)


def with_known_things(drawn: list[Drawn], goal: str) -> list[Drawn]:
    """The scenes of a guide's steps with no box for a word without a picture if anything known can stand for it.

    That is, in turn: the other things of the step; what the guide is about; the main thing that was shown last. What
    the guide makes comes after that in the first half of its steps. Where nothing known was named yet, it is what is
    shown first later on; where nothing is shown twice, a person.

    Args:
        drawn: the scene graph of each step, with its substitutions.
        goal: what the guide is for.

    Returns:
        The same in new scene graphs; the substitutions say what stands for each word, and why.
    """
    about = topic_of(goal)
    topic = _topic_object(about)
    known: list[Drawn] = []
    last: SceneObject | None = None
    mains = [item for scene, _ in drawn if (item := _main(scene))]
    coming = next((item for item in mains if [other.noun for other in mains].count(item.noun) > 1), None)
    anyway = (coming, "it is shown in later steps") if coming else (_SOMEBODY, "nothing known is named")
    for number, (scene, substitutions) in enumerate(drawn):
        choices = [(topic, "the steps are about it"), (last, "it was the last known thing shown")]
        if about and about.made and 2 * number < len(drawn):
            choices.reverse()
        new, told = _step_with_known_things(
            scene, substitutions, [(item, why) for item, why in choices if item], anyway
        )
        if about and (not about.made or is_about_outdoors(about)) and scene.ground == usual_ground(scene.objects):
            ground = "grass" if is_about_outdoors(about) else usual_ground(new.objects)
            new = new.model_copy(update={"ground": ground})
        last = _main(new) or last
        known.append((new, told))
    sown = about is not None and about.verb == "sow"  # seeds are in the soil by then
    if about and about.made and not sown and topic and (topic.content or _is_like(topic)):
        known[-1:] = [(_with_product(scene, topic), told) for scene, told in known[-1:]]
    return known


def _is_like(product: SceneObject) -> bool:
    """Whether the picture of what is made can be its own: an omelette may be a pancake, a bracelet is no chain."""
    return product.name not in vocabulary().stand_ins or vocabulary().row(product.noun).kind in EATEN


def _with_product(scene: SceneGraph, product: SceneObject) -> SceneGraph:
    """The last scene with what was made, if nothing in it is that."""
    there = any(
        item.noun == product.noun or (product.content and item.content == product.content) for item in scene.objects
    )
    if there or any(item.id == product.id for item in scene.objects) or len(scene.objects) >= MOST_SHOWN:
        return scene
    return scene.model_copy(update={"objects": [product, *scene.objects]})


def is_unpictured(item: SceneObject) -> bool:
    """Whether a box stands for the word because it is not known."""
    return item.noun == "box" and vocabulary().nearest_noun(item.name)[1].startswith("no known word")


def _step_with_known_things(
    scene: SceneGraph,
    substitutions: dict[str, str],
    choices: list[tuple[SceneObject, str]],
    anyway: tuple[SceneObject, str],
) -> Drawn:
    """A step's scene with the first of the choices for its boxes, if they have no better company; else `anyway`."""
    boxes = [item for item in scene.objects if is_unpictured(item)]
    known = [item for item in scene.objects if item not in boxes]
    if not boxes:
        return _with_work(scene, choices), substitutions
    substitutions = {word: why for word, why in substitutions.items() if word not in {box.name for box in boxes}}
    if any(not _is_bystander(item) for item in known):
        beside = " and ".join(item.noun for item in known)
        told = {box.name: f"left out: no known word, and the {beside} can be shown" for box in boxes}
        return _without(scene, boxes), told | substitutions
    stand_in, why = choices[0] if choices else anyway
    if known and (not choices or any(item.noun == stand_in.noun for item in known)):
        told = {box.name: "left out: no known word, and other things can be shown" for box in boxes}
        return _without(scene, boxes), told | substitutions
    related = {identity for edge in scene.relations for identity in (edge.subject, edge.object)}
    first = next((box for box in boxes if box.id in related), boxes[0])
    told = {box.name: f"{stand_in.noun}: no known word, and {why}" for box in boxes}
    return _replaced(_without(scene, [box for box in boxes if box is not first]), first, stand_in), told | substitutions


def _with_work(scene: SceneGraph, choices: list[tuple[SceneObject, str]]) -> SceneGraph:
    """A scene in which only tools are seen, with what they are for."""
    if not choices or any(not _is_bystander(item) for item in scene.objects) or len(scene.objects) > MOST_SHOWN - 1:
        return scene
    work = choices[0][0]
    if any(item.noun == work.noun or item.id == work.id for item in scene.objects):
        return scene
    objects = [work, *scene.objects]
    ground = usual_ground(objects) if scene.ground == usual_ground(scene.objects) else scene.ground
    return scene.model_copy(update={"objects": objects, "ground": ground})


def _topic_object(topic: Topic | None) -> SceneObject | None:
    """What a guide is about as it can be drawn: a thing, or a substance in its usual vessel."""
    if topic is None:
        return None
    phrase, words = topic.phrase, vocabulary()
    if phrase.kind == "other":
        noun = _kind_of(topic)
        return SceneObject(id=noun, noun=noun, name=noun) if noun else None
    if phrase.kind == "substance":
        vessel = words.substances[phrase.word].vessel
        return SceneObject(id=vessel, noun=vessel, name=vessel, content=phrase.word)
    if phrase.word == "box":
        return None
    return SceneObject(
        id=phrase.word,
        noun=phrase.word,
        name=phrase.name,
        count=phrase.count or (2 if phrase.plural else 1),
        colour=phrase.colour,
    )


def _kind_of(topic: Topic) -> str | None:
    """The noun for a topic without a picture: the wall of "drywall", whose ankle or claws it is, the plant to prune."""
    *owner, word = topic.phrase.word.replace("'s ", " ").split()
    if owner and "'s " in topic.phrase.word and (noun := vocabulary().find_noun(owner[-1])):
        return noun
    if word in _HAND:
        return "hand"
    if word in _BODY:
        return "person"
    if lexicon().verbs.get(topic.verb) in ("plant", "prune", "water"):
        return "potted plant"
    return next((noun for noun in vocabulary().nouns if len(noun) > 3 and word.endswith(noun)), None)


def _main(scene: SceneGraph) -> SceneObject | None:
    """The first known thing that is acted on."""
    return next((item for item in scene.objects if not is_unpictured(item) and not _is_bystander(item)), None)


def _is_bystander(item: SceneObject) -> bool:
    return item.noun in _TOOLS or vocabulary().nouns[item.noun].kind in _BYSTANDERS


def _without(scene: SceneGraph, gone: list[SceneObject]) -> SceneGraph:
    """A scene without some objects; nothing pours over what is gone."""
    ids = {item.id for item in gone}
    relations = [edge for edge in scene.relations if not {edge.subject, edge.object} & ids]
    above = {edge.subject for edge in relations if edge.relation == "above"}
    objects = [
        item
        if item.id in above or item.noun in POUR_AS_THEY_STAND
        else item.model_copy(update={"states": [state for state in item.states if state != "pouring"]})
        for item in scene.objects
        if item.id not in ids
    ]
    return scene.model_copy(update={"objects": objects, "relations": relations})


def _replaced(scene: SceneGraph, box: SceneObject, stand_in: SceneObject) -> SceneGraph:
    """A scene with a known thing in the place of a box, though not in or on what the box was."""
    states = [state for state in (*stand_in.states, *box.states) if state != "pouring" and suits(stand_in.noun, state)]
    new = stand_in.model_copy(update={"id": box.id, "states": list(dict.fromkeys(states))})
    relations = [
        edge
        for edge in scene.relations
        if edge.relation not in ("in", "on") or box.id not in (edge.subject, edge.object)
    ]
    objects = [new if item.id == box.id else item for item in scene.objects]
    return scene.model_copy(update={"objects": objects, "relations": relations})
