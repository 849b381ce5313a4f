"""The look-sentence of a step never denies what the step did, nor shows what only an earlier step needed."""

import pytest

from agents.embedded import recaption
from agents.recaptioner import Recaption


def states(goal: str, *instructions: str) -> list[str]:
    """The states after all steps."""
    captions: list[Recaption] = []
    for number in range(1, len(instructions) + 1):
        captions.append(recaption(list(instructions[:number]), captions, goal))
    return [caption.state for caption in captions]


@pytest.mark.parametrize(
    ("step", "denial"),
    [("Tuck socks into the gaps.", "socks lie"), ("Hang the shirt out to dry.", "shirt lies")],
)
def test_nothing_is_said_of_where_a_thing_is_that_was_put_elsewhere(step, denial):
    assert denial not in states("Pack a suitcase", "Open the suitcase.", step)[-1]


def test_what_was_put_where_nobody_knows_is_not_told_of_later():
    told = states("Pack a suitcase", "Open the suitcase.", "Tuck socks into the gaps.", "Close the zip.")
    assert "sock" not in told[-1]


def test_what_has_the_place_that_the_step_says_is_told_of():
    assert "apple" in states("", "Put an apple in the bowl.")[0].split(". ")[1]


def test_an_emptied_bucket_is_empty():
    told = states("Clean a floor", "Fill a bucket with water.", "Empty the bucket.")
    assert "n empty bucket" in told[-1] and "filled" not in told[-1]


@pytest.mark.parametrize(("step", "gone"), [("Stir in the sugar.", "sugar cube"), ("Beat in the egg.", "egg lies")])
def test_what_was_stirred_in_is_no_thing_of_its_own(step, gone):
    assert gone not in states("Make cookies", "Put butter in a bowl.", step)[-1]


def test_butter_and_sugar_are_creamed_in_a_bowl():
    assert "sugar cube" not in states("Make cookies", "Cream the butter and sugar together.")[0]


def test_no_food_lies_on_a_bottle():
    told = states("Make soup", "Chop an onion and two cloves of garlic.", "Fry them gently in olive oil.")
    assert "bottle" not in told[-1]
    assert "onion" in told[-1] and "garlic" in told[-1]


def test_a_tool_of_an_earlier_step_is_not_told_of():
    told = states("Refinish a chair", "Sand the chair with coarse sandpaper.", "Brush on a coat of varnish.")
    assert "sandpaper" in told[0] and "sandpaper" not in told[1] and "chair is in view" in told[1]


def test_what_is_grown_or_planted_is_there_once_it_is_named():
    told = states("Grow tomatoes from seed", "Fill small pots with compost.", "Pick the tomatoes.")
    assert "tomato" not in told[0] and "tomatoes" in told[1]
    assert "hedge" not in states("Plant a hedge", "Dig a trench along a string line.")[0]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Pump up the tube and listen for the hole.", "The tube is pumped up."),
        ("Drive in the screw.", "The screw is driven in."),
        ("Put a tea bag in a jug and pour over the hot water.", "the hot water is poured over."),
    ],
)
def test_a_verb_after_and_is_a_verb(step, told):
    assert told in states("", step)[0]


def test_what_is_checked_to_be_so_is_not_done():
    assert "is straight" not in states("Hang a picture", "Hang the picture on the nail.", "Check it is straight.")[-1]


def test_what_is_blended_is_what_the_how_to_makes():
    told = states(
        "Make a smoothie", "Put two bananas in the blender.", "Add a spoonful of peanut butter.", "Blend until smooth."
    )
    assert "filled with smoothie" in told[-1] and "peanut" not in told[-1]


def test_the_bags_are_the_tea_bags():
    assert "two tea bags" in states("Make tea", "Put two tea bags in a jug.", "Take out the bags.")[-1]


def test_a_plant_is_set_in_its_pot():
    told = states("Repot a houseplant", "Put soil in the flower pot.", "Set the plant in.")
    assert "with a plant in it" in told[-1]


def test_what_came_out_of_the_oven_is_told_of_first():
    told = states("", "Bake a pizza in the oven.", "Take the pizza out of the oven.")
    assert "pizza lies on the table" in told[-1]


def test_what_was_refitted_does_not_lie_about():
    told = states("Fix a flat bicycle tyre", "Take off the wheel.", "Refit the wheel.")
    assert "wheel lies" in told[0] and "wheel lies" not in told[1]


def test_what_is_planted_outside_is_not_in_its_pot():
    told = states("Grow tomatoes", "Fill small pots with compost.", "Plant the seedlings outside.")
    assert "pot" not in told[-1]
