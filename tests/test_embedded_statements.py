"""The story reader follows statements, and takes no word for a thing that is none; captions stay descriptions."""

import pytest

from agents.embedded import recaption, scene
from agents.embedded.telling.story import follow
from agents.embedded.world.things import Thing
from agents.embedded.world.world import World
from agents.recaptioner import Recaption
from tools.scene import verbalise
from tools.vocabulary import vocabulary


def states(instructions: list[str]) -> list[str]:
    captions: list[Recaption] = []
    for number in range(1, len(instructions) + 1):
        captions.append(recaption(instructions[:number], captions))
    return [caption.state for caption in captions]


def things(sentences: list[str]) -> dict[str, Thing]:
    world = World()
    for sentence in sentences:
        follow(world, sentence)
    return {thing.name: thing for thing in world.things.values()}


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The water boils.", "A steaming kettle filled with water stands on the lit stove."),
        ("A person pours water into the glass.", "A glass filled with water stands on the table"),
        ("An apple is placed on a chopping board.", "An apple lies on the chopping board."),
        ("Carrots are being cut into slices on a board.", "Carrots are being cut into slices on a board."),
        ("The slices of carrots are put into a cooking pot.", "A cooking pot stands on the table, with sliced"),
        ("A person uses a peeler to remove the skin from it.", "The skin is removed from it with a peeler."),
    ],
)
def test_statements_are_followed(sentence, state):
    """A statement does to the world what the instruction would do."""
    assert state in states([sentence])[0]


def test_nature_moves_makes_and_ends():
    """Things move, become others and end in statements about nature, substances as things of their own."""
    found = things(["Magma rises to the ocean.", "The magma turns into rock."])
    assert "magma" not in found and found["rock"].place == ("on", "ocean")
    assert things(["Water flows into the dam."])["water"].place is not None
    assert "leaf" not in things(["A leaf falls.", "The leaf decays."])


def test_a_caption_stays_a_description():
    """The state of a caption is read as it stands: nothing in it is done."""
    assert verbalise(scene("A cup stands on the table.")).text == "a cup, wooden table"


@pytest.mark.parametrize(
    ("instruction", "no_things"),
    [
        ("Place the cookies into a rigid, airtight container.", ["rigid", "airtight"]),
        ("Cut the pipe from the tip of where the beak should be.", ["where"]),
        ("Use 2 ribbons to enlarge the torso.", ["enlarge"]),
        ("Fold the towel in thirds lengthwise.", ["thirds", "lengthwise"]),
        ("Clean the inner side of the windshield.", ["inner", "tap"]),
        ("Serve with fruit or whatever else you like.", ["whatever", "else"]),
    ],
)
def test_words_that_are_no_things_are_not_shown(instruction, no_things):
    """Adjectives, infinitives, relative words and adverbs are no things."""
    shown = {item.name for item in recaption([instruction], []).objects}
    assert shown and not shown & set(no_things), shown


@pytest.mark.parametrize("word", ["body", "where", "number", "attack", "skid"])
def test_a_short_word_is_not_taken_for_another(word):
    """The spelling rule takes no word for a known one that it only resembles."""
    assert vocabulary().nearest_noun(word)[1].startswith("no known word")


def test_a_misspelt_word_is_found():
    """A long word with one letter wrong is still found."""
    assert vocabulary().nearest_noun("screwdrivver")[0] == "screwdriver"


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["Shape the clay into a bowl."], "The clay is shaped into a bowl. A bowl stands on the table."),
        (["Roll three balls of snow.", "Stack the balls into a snowman."], "A snowman stands on the grass."),
        (["Put six balls of dough on a tray.", "Bake the cookies."], "A tray stands in the lit oven, with six baked"),
        (["Press two stones into the snowman."], "Two stones are pressed into the snowman."),
        (["Put a pie in the freezer for an hour."], "A frozen pie lies in the freezer."),
        (["Bend one pipe cleaner in half to form the legs."], "One pipe cleaner is bent in half."),
        (["Put the eggs in a bowl.", "Put the eggs in a box or attach them to a wall."], "The eggs are put in a box."),
        (["Put four apples in a bin.", "Cover the apples with soil."], "A bin filled with soil stands"),
        (["Simmer the rhubarb with the sugar, cloves and water."], "simmered with the sugar, cloves and water."),
        (["Turn on the blender."], "A switched-on blender stands on the table."),
    ],
)
def test_a_step_is_true_afterwards(steps, state):
    """What is shaped is what it became, what is frozen is frozen, one of two ways is taken."""
    assert state in states(steps)[-1], states(steps)


def test_all_that_is_poured_in_is_there():
    """Every substance of a list has gone into the vessel."""
    assert {"milk", "oil"} <= things(["Put an egg in a bowl.", "Pour the milk and the oil into the bowl."])[
        "bowl"
    ].parts
