"""Instructions that contradict each other are named; those that do not are left alone."""

import pytest

from agents.embedded import contradictions
from agents.embedded.library import how_tos


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            ["Put a tea bag in a cup.", "Throw away the tea bag.", "Stir the tea bag in the cup."],
            "step 3 uses the tea bag, but step 2 says to throw away the tea bag",
        ),
        (
            ["Roll out the dough.", "Mix the flour and the water into a dough.", "Bake the dough."],
            "step 1 uses the dough, which is only made in step 2",
        ),
        (
            ["Peel an apple.", "Eat the apple.", "Cut the apple."],
            "step 3 uses the apple, but step 2 says to eat the apple",
        ),
    ],
)
def test_what_is_gone_or_not_yet_made_cannot_be_used(steps, said):
    assert contradictions(steps) == [said]


@pytest.mark.parametrize(
    "steps",
    [
        ["Throw away the tea bag.", "Put another tea bag in the cup."],
        ["Throw away the old bulb.", "Screw in a new bulb."],
        ["Mix the flour and the water into a dough.", "Knead the dough."],
        [],
        [""],
    ],
)
def test_other_things_are_no_contradiction(steps):
    assert contradictions(steps) == []


@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_the_library_does_not_contradict_itself(how_to):
    assert contradictions(list(how_to.steps)) == []
