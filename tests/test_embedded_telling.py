"""What a step did is told in its own words; how known things look follows, all of it where all was understood."""

import pytest

from agents.embedded import recaption, scene
from agents.embedded.reading.instructions import clauses_of
from agents.embedded.reading.lexicon import participle
from agents.embedded.telling.passive import is_told
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
    assert told([step])[0].state.startswith(state)


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("Add the quince, two gizmo sticks, a star puck and 3 spoons of brine.",
         "The quince, two gizmo sticks, a star puck and 3 spoons of brine are added."),
        ("Get the hawser, jack and lug wrench out of the trunk.",
         "The hawser, jack and lug wrench are taken out of the trunk."),
        ("Wash 1 kg of plums.", "1 kg of plums is washed."),
        ("Set the puck down, skin side up.", "The puck is set down."),
        ("Set the bird breast side up in a tin.", "The bird is set breast side up in a tin."),
        ("Pinch the edges shut.", "The edges are pinched shut."),
        ("Cover what's left with brine.", "What's left is covered with brine."),
        ("Preheat oven.", "The oven is preheated."),
        ("Take out canes that cross.", "Some canes are taken out."),
    ],
)  # fmt: skip
def test_lists_and_half_known_phrases_stay_whole(step, state):
    assert told([step])[0].state.startswith(state)


@pytest.mark.parametrize(
    ("steps", "sight"),
    [
        (["Mash the apples in a pot with the frobber.", "Frob the gizmo."], "The mashed apples are in the pot."),
        (["Put the plums in a pot.", "Frob the plums off.", "Frob the gizmo."], "The plums are in view."),
        (["Slice the plums.", "Frob the plums into the gizmo."], ""),  # the words say all that is sure
    ],
)
def test_only_what_is_certain_is_told_beside_what_was_done(steps, sight):
    """Where a thing is follows if the text put it there, and nothing moved it since in words that were not read."""
    assert told(steps)[-1].state.partition(". ")[2] == sight


def test_what_no_word_speaks_of_is_not_drawn_where_not_all_was_understood():
    nouns = {item.noun for item in scene("Frob and stir the gizmo until it clicks, whisking the quoit.").objects}
    assert not nouns & {"bowl", "spoon", "plate"}


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (
            ["Quarter a turnip and rub brine between the layers.", "Leave it for two hours."],
            "The sliced turnip is left.",
        ),
        (["Snap the poles together.", "Thread them through the holes."], "The poles are threaded through the holes."),
        (["Wring the toga.", "Drain the basin.", "Roll it up in a sheet."], "The toga is rolled up in a sheet."),
        (["Turn down the heat and simmer the dal.", "Stir it."], "The dal is stirred."),
        (["Trim the wick.", "Wait for an hour."], "The wick is trimmed."),
        (["Pull out the laces and stuff the clogs with rags.", "Leave them to dry."], "The clogs are left to dry."),
    ],
)
def test_pronouns_stand_for_what_was_acted_on(steps, state):
    """ "It" is what the step before acted on first, not what was added, taken off or only near; nor what cannot be."""
    assert told(steps)[-1].state.startswith(state)


@pytest.mark.parametrize(
    ("step", "pictured"),
    [
        ("Put two eggs in a bowl.", "A bowl stands on the table, with two eggs in it."),
        ("Put two quoits in a bowl.", ""),  # of the quoits, nobody knows how they look, and the bowl is told of
        ("Stir in the milk.", ""),  # into what?
    ],
)
def test_only_what_is_known_and_named_is_pictured(step, pictured):
    """Of what is not understood, and of vessels that the text does not name, nothing is said."""
    _, _, after = told([step])[0].state.partition(". ")
    assert after == pictured


def test_a_step_that_cannot_be_read_shows_what_it_names():
    """Whatever is done to two eggs in a bowl, they are seen."""
    assert told(["Frob two eggs in a bowl."])[0].state == "The eggs and the bowl are in view."


def test_what_is_worked_on_stays_in_sight():
    """The onion that was sliced is there while something unknown is done, and what the pan holds stays in it."""
    steps = ["Slice an onion.", "Frob the quoit.", "Put the onion in a pan.", "Take the pan off the heat."]
    states = [caption.state for caption in told(steps)]
    assert states[1] == "The quoit is frobbed. The sliced onion is in view."
    assert states[3] == "The pan is taken off the heat. The sliced onion is in the pan."


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


@pytest.mark.parametrize(
    ("step", "phrases"),
    [
        ("Add a cup of flour.", ["flour"]),
        ("Pour in half a cup of water.", ["water"]),
        ("Put a cup of tea on the shelf.", ["cup"]),
        ("Fold the towel in half.", ["towel"]),
    ],
)
def test_a_measure_is_no_vessel_where_things_are_mixed(step, phrases):
    assert [phrase.word for phrase in clauses_of(step)[0].objects] == phrases


def test_mixtures_become_what_they_are():
    """Flour with eggs is batter, batter from the oven what the how-to makes, and dough with cheese on it a pizza."""
    steps = ["Crack an egg into a bowl.", "Add the flour and stir.", "Pour the batter into a cake tin.", "Bake it."]
    captions: list[Recaption] = []
    for number in range(1, len(steps) + 1):
        captions.append(recaption(steps[:number], captions, "Bake muffins"))
    assert "filled with batter" in captions[1].state
    assert "muffin" in {item.noun for item in scene(image_prompt(captions, 3)).objects}


def test_the_vegetables_are_those_that_were_chopped():
    states = [caption.state for caption in told(["Chop a carrot.", "Put the vegetables in a bowl."])]
    assert states[1].endswith("A bowl stands on the table, with the sliced carrot in it.")


def test_on_top_is_on_what_is_at_hand():
    steps = ["Put a pizza on a plate.", "Lay a tomato on the pizza.", "Put the cheese on top."]
    assert "The cheese is on the pizza." in told(steps)[2].state


def test_or_and_otherwise_are_no_verbs():
    steps = ["Throw away any with broken shells, or that stay shut.", "Let it rest, otherwise it will fall apart."]
    for caption in told(steps):
        assert "ored" not in caption.state and "otherwised" not in caption.state


def test_what_is_plural_by_its_name_takes_are():
    states = [caption.state for caption in told(["Put the jeans in a bag.", "Freeze until the gum is hard."])]
    assert "jeans is" not in " ".join(states) and "jeans are" in " ".join(states)
