"""Words that are nouns and verbs, words of two meanings, and tools that nobody named."""

import pytest

from agents.embedded import recaption, scene
from agents.embedded.reading.instructions import clauses_of
from agents.embedded.reading.language import phrases_at
from agents.embedded.reading.lexicon import lexicon
from agents.embedded.reading.words import words_of
from agents.recaptioner import image_prompt
from tools.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("Fan the puck until it cools.", "The puck is fanned."),
        ("Sand the hawser so nobody gets splinters.", "The hawser is sanded."),
        ("Sit the puck on a shelf and hose off the loose grit.",
         "The puck is sat on a shelf, and the loose grit is hosed off."),
        ("Cut three nicks and brush with brine.", "Three nicks are cut and brushed with brine."),
        ("Grip the latch and stamp on the treadle.", "The latch is gripped, and the treadle is stamped on."),
        ("Rub the toga with a chamois and finish the hem with a rag.",
         "The toga is rubbed with a chamois, and the hem is finished with a rag."),
        ("Start the tourniquet at the wrist and wrap toward the elbow.",
         "The tourniquet is started at the wrist and wrapped toward the elbow."),
        ("Half fill the samovar with brine.", "The samovar is half filled with brine."),
        ("Peel and core six quinces.", "Six quinces are peeled and cored."),
        ("Get the clog and sock off.", "The clog and sock are taken off."),
        ("Blow gently at the grate until the twigs catch.", "Air is blown gently at the grate."),
        ("Clear the twigs away and make a ring of pucks.",
         "The twigs are cleared away, and a ring of pucks is made."),
    ],
)  # fmt: skip
def test_verbs_that_are_nouns_too(step, state):
    """What begins a clause and has an object right after it is a verb, and so is what is joined to one."""
    assert recaption([step], []).state.partition(". ")[0].rstrip(".") + "." == state


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("Roll the toga away from you, squeezing as you go.", "The toga is rolled away."),
        ("Oil the hawser the day before so it bends.", "The hawser is oiled."),
        ("Scrub the clogs last with a separate rag.", "The clogs are scrubbed last with a separate rag."),
        ("Carry the samovar straight to the yurt.", "The samovar is carried straight to the yurt."),
        ("Press the collar first, from the tips to the seam.", "The collar is pressed."),
        ("Cut out any dead or brown canes down to the base.",
         "Any dead or brown canes are cut out down to the base."),
        ("Work the file from heel to tip.", "The file is worked from heel to tip."),
        ("Remove the canes that cross.", "Some canes are removed."),
        ("Lay the hawser down and try not to fray the end.", "The hawser is laid down."),
    ],
)  # fmt: skip
def test_phrases_are_whole_or_left_out(step, state):
    """Adverbs are no nouns, and what is cut off leaves no loose preposition."""
    assert recaption([step], []).state.partition(". ")[0].rstrip(".") + "." == state


def test_rinse_and_add_share_no_object():
    """Of "peel and core", both verbs have the object; of "drain and add", the first acts on what was there."""
    assert [bool(clause.objects) for clause in clauses_of("Peel and core the quinces.")] == [True, True]
    assert [bool(clause.objects) for clause in clauses_of("Drain and add the quinces.")] == [False, True]


@pytest.mark.parametrize(
    "step",
    ["Pour the milk and water into the pan.", "Put the hammer and nail on the bench.", "Mix salt and water in a jug."],
)
def test_joined_nouns_stay_nouns(step):
    """What is a noun too is one where a place follows, not an object."""
    assert [len(clause.objects) for clause in clauses_of(step)] == [2]


def meant(text: str) -> list[str]:
    """The nouns and substances of the phrases of a text, known or not."""
    words = words_of(text)
    return [phrase.word for i in range(len(words)) for phrase in phrases_at(words, i)[0][:1] if phrase.kind != "other"]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("kick the ball", "sports ball"),
        ("join a new ball at the edge", "yarn"),
        ("a ball of dough", "dough"),
        ("roll it with a roller over the dough", "rolling pin"),
        ("apply a second coat", "paint"),
        ("a can of paint", "paint can"),
        ("put a layer of compost in the pot", "flower pot"),
        ("put the pot on the stove", "pot"),
        ("wipe the glass with a microfibre cloth", "window"),
        ("drink a glass of water", "glass"),
    ],
)
def test_the_sentence_says_which_meaning(text, noun):
    assert noun in meant(text)


@pytest.mark.parametrize("text", ["chill the ball", "a mat", "lean it against the board", "hose off the dirt"])
def test_without_a_mark_the_commoner_picture_is_not_taken(text):
    """Better nothing known than a football for pastry: these words name no noun of the table by themselves."""
    wrong = {"sports ball", "rug", "plank", "soil"}
    assert not wrong & set(meant(text))


def test_senses_are_nouns_of_the_vocabulary():
    """Every sense can be drawn or is said to have no picture, and is marked by something."""
    known = {"", *vocabulary().nouns, *vocabulary().substances}
    senses = [sense for listed in lexicon().senses.values() for sense in listed]
    assert senses and all(noun in known and beside for noun, beside in senses)


def test_captions_are_read_back_whatever_stands_beside():
    """A pot beside a light bulb is a pot: what names a picture changes the meaning of no other name of one."""
    known = vocabulary()
    names = {word for name in (*known.nouns, *known.substances) for word in name.split()}
    for word in {*known.nouns, *known.substances} & lexicon().senses.keys():
        beside = {mark for _, marks in lexicon().senses[word] for mark in marks}
        assert not beside & (names | {*known.drawn_states, *known.told_states, *known.colours}), word


@pytest.mark.parametrize(
    "step", ["Break up the clumps with your fingers.", "Grate a thumb of ginger.", "Slice a sheet of newspaper."]
)
def test_tools_that_nobody_named_are_not_drawn(step):
    """Scissors are for what one snips: "cut the ribbon"."""
    nouns = {item.noun for item in scene(image_prompt([recaption([step], [])], 0)).objects}
    assert "scissors" not in nouns
    assert "scissors" in {item.noun for item in scene("Cut the ribbon.").objects}


def test_the_noun_of_a_verb_is_not_drawn():
    """ "Sand the edges" needs no bucket of sand, "brush with egg" no brush."""
    assert "sand" not in {item.content for item in scene("Sand the edges.").objects}
    assert "fan" not in {item.noun for item in scene("Fan the rice.").objects}


@pytest.mark.parametrize(
    ("goal", "step", "noun"),
    [
        ("Wash windows", "Wipe the glass from top to bottom.", "window"),
        ("Wash windows", "Drink a glass of water.", "glass"),
        ("Unclog a toilet", "Squirt some dish soap into the bowl.", "toilet"),
        ("Unclog a toilet", "Fill a mixing bowl.", "bowl"),
        ("Bathe a dog", "Comb the coat.", "dog"),
        ("Put up a shelf", "Sand the board.", "plank"),
    ],
)
def test_the_goal_says_which_meaning(goal, step, noun):
    """The action names such a word in full, so that the picture is right though it knows no goal."""
    assert noun in {item.noun for item in scene(recaption([step], [], goal).action).objects}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the dog's coat", "dog"),
        ("the dog's bowl", "bowl"),
        ("a stick of butter", "butter"),
        ("turn off the water supply", "tap"),
    ],
)
def test_what_has_no_picture_is_seen_on_whose_it_is(text, word):
    assert word in meant(text)


def test_a_manner_is_no_thing():
    assert "star" not in meant("tighten the screws in a star pattern")
