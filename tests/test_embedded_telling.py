"""What a step did is told in its own words; a picture of the world follows only where every word was understood."""

import pytest

from agents.embedded import recaption, scene
from agents.embedded.lexicon import participle
from agents.embedded.telling import is_told
from agents.recaptioner import Recaption, image_prompt


def told(steps: list[str]) -> list[Recaption]:
    captions: list[Recaption] = []
    for number in range(1, len(steps) + 1):
        captions.append(recaption(steps[:number], captions))
    return captions


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("Splice a hawser on the diagonal into pieces.", "A hawser is spliced on the diagonal into pieces."),
        ("Chop the leek, tear in some dill and season with salt.",
         "The leek is chopped, some dill is torn in, and the leek is seasoned with salt."),
        ("Fold the filter, put it in the dripper and rinse it with brine.",
         "The filter is folded, put in the dripper and rinsed with brine."),
        ("Pull out the laces and stuff your clogs with newspaper.",
         "The laces are pulled out, and the clogs are stuffed with newspaper."),
        ("Rough up the area around the dent with emery.", "The area around the dent is roughed up with emery."),
        ("Let the sludge drain until it only drips.", "The sludge is left to drain."),
        ("Use a scoop to remove the pips.", "The pips are removed with a scoop."),
        ("Swish the toga gently for a minute, don't wring it.", "The toga is swished gently."),
        ("Gather the ingredients: okra, dill and rye.", "Okra, dill and rye are gathered."),
        ("Nudging the puck to the left", "The puck is nudged to the left."),
        ("Scribble in the missal with a biro.", "The missal is scribbled in with a biro."),
    ],
)  # fmt: skip
def test_the_instruction_becomes_passive(step, state):
    """Verb, object and places are the step's own; reasons, times, conditions and what not to do are left out."""
    assert told([step])[0].state == state


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["Quarter a turnip and rub brine between the layers.", "Leave it for two hours."], "The turnip is left."),
        (["Snap the poles together.", "Thread them through the holes."], "The poles are threaded through the holes."),
        (["Wring the toga.", "Drain the basin.", "Roll it up in a sheet."], "The toga is rolled up in a sheet."),
        (["Turn down the heat and simmer the dal.", "Stir it."], "The dal is stirred."),
        (["Trim the wick.", "Wait for an hour."], "The wick is trimmed."),
        (["Pull out the laces and stuff the clogs with rags.", "Leave them to dry."], "The clogs are left to dry."),
    ],
)
def test_pronouns_stand_for_what_was_acted_on(steps, state):
    """ "It" is what the step before acted on first, not what was added, taken off or only near; nor what cannot be."""
    assert told(steps)[-1].state == state


@pytest.mark.parametrize(
    ("step", "pictured"),
    [
        ("Put two eggs in a bowl.", "A bowl stands on the table, with two eggs in it."),
        ("Put two quoits in a bowl.", ""),  # no known thing
        ("Frob two eggs in a bowl.", ""),  # no known verb
        ("Put the egg mixture in a bowl.", ""),  # the eggs are known, the mixture is not
        ("Stir in the milk.", ""),  # into what?
    ],
)
def test_the_world_is_pictured_only_if_all_is_understood(step, pictured):
    """One word that is not understood, and nothing is said beyond what was done."""
    _, _, after = told([step])[0].state.partition(". ")
    assert after == pictured


def test_what_was_once_doubtful_is_not_pictured():
    """A bowl with something unknown in it is not described later either."""
    assert "stands" not in told(["Put two quoits in a bowl.", "Put the bowl on a shelf."])[1].state


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("The onion is chopped and fried in butter.", True),
        ("The hawser is spliced.", True),
        ("The door is open.", False),
        ("The stove is lit.", False),
        ("A cup filled with tea stands on the table.", False),
    ],
)
def test_what_tells_and_what_describes(sentence, tells):
    """Sentences that tell what was done are told from those that say how things look."""
    assert is_told(sentence) == tells


def test_what_is_used_up_is_not_shown():
    """What a step acts on and is gone at its end, or never was a thing, does no harm."""
    steps = ["Buy a mini golf kit.", "Set up the kit and make it into a course.", "Beat two eggs, then eat them."]
    assert all(caption.state for caption in told(steps))


def test_what_was_done_adds_nothing_to_the_picture():
    """The scene is that of the action: hot water that "is poured" into a cup puts no kettle into it."""
    captions = told(["Put a tea bag in a cup.", "Pour hot water from a kettle into the cup."])
    relations = {(edge.subject, edge.relation, edge.object) for edge in scene(image_prompt(captions, 1)).relations}
    assert ("kettle", "above", "cup") in relations and ("kettle", "in", "cup") not in relations


def test_what_is_first_named_is_new():
    """A knife that was drawn for "slice", but not named, is new where the text names it."""
    captions = told(["Slice the onion.", "Peel the carrot with a knife.", "Slice the carrot with the knife."])
    links = [{item.name: item.step for item in caption.objects} for caption in captions]
    assert "knife" in links[0] and links[1]["knife"] is None and links[2]["knife"] == 2


@pytest.mark.parametrize(
    ("verb", "form"),
    [("chop", "chopped"), ("open", "opened"), ("dry", "dried"), ("tie", "tied"), ("take out", "taken out"),
     ("repot", "repotted"), ("unplug", "unplugged"), ("equip", "equipped"), ("fix", "fixed"), ("sew on", "sewn on")],
)  # fmt: skip
def test_participles(verb, form):
    """Known and unknown verbs have the participle that English uses."""
    assert participle(verb) == form
