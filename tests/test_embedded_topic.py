"""What a how-to is about: which "it" its steps mean, and what is drawn for words without a picture."""

import pytest

from agents.embedded import with_known_things
from agents.embedded.reading.clearer import clarified
from agents.embedded.world.topic import topic_of
from agents.llm import Door
from agents.recaptioner import image_prompt, recaption
from agents.scene_grapher import scene_graph


def told(goal: str, *steps: str) -> str:
    """The state after the last step."""
    return recaption(list(steps), Door(), goal)[-1].state


def drawn(goal: str, *steps: str) -> tuple[list[str], dict[str, str]]:
    """What the picture of the last step shows, and its substitutions."""
    captions = recaption(list(steps), Door(), goal)
    scenes = [scene_graph(image_prompt(captions, index), Door()) for index in range(len(captions))]
    scene, substitutions = with_known_things(scenes, goal)[-1]
    return [item.noun for item in scene.objects], substitutions


@pytest.mark.parametrize(
    ("goal", "word", "made"),
    [
        ("How to wash the car by hand", "car", False),
        ("Patch a hole in a wall", "wall", False),
        ("Clean a down jacket in the washing machine", "shirt", False),
        ("apple pie like my grandma's", "pie", True),
        ("Bandage a sprained ankle", "human foot", False),
    ],
)
def test_the_topic_is_what_the_goals_verb_acts_on(goal: str, word: str, made: bool) -> None:
    topic = topic_of(goal)
    assert topic is not None
    assert (topic.phrase.word, topic.made) == (word, made)


def test_no_goal_has_no_topic() -> None:
    assert topic_of("") is None


@pytest.mark.parametrize(
    ("goal", "steps", "state"),
    [
        ("Iron a shirt", ["Steer the tip of the iron around the buttons.", "Hang it up."], "The shirt is hung up."),
        (
            "Wash the car",
            ["Fill one bucket with soapy water.", "Wash from the roof down with a sponge."],
            "The car is washed from the roof down with a sponge.",
        ),
        ("Bake a pie", ["Crimp the edge with a fork.", "Bake for 50 minutes."], "The pie is baked."),
        (
            "Iron a shirt",
            ["Drape the back over a chair and smooth it."],
            "The back is draped over a chair, and the shirt is",
        ),
        ("Wash the car", ["Hang up the curtain.", "Wash it with a sponge."], "The car is washed"),
        (
            "Light a campfire",
            ["Strike a match.", "Add bigger sticks.", "Drown it with a bucket of water."],
            "The campfire is drowned",
        ),
        ("Descale a kettle", ["Unplug it."], "The kettle is unplugged."),
        ("Paint a chair", ["Wipe off the dust and paint it."], "The dust is wiped off, and the chair is painted."),
    ],
)
def test_a_topic_that_no_step_names_comes_before_tools_vessels_parts_and_dirt(
    goal: str, steps: list[str], state: str
) -> None:
    assert told(goal, *steps).startswith(state)


@pytest.mark.parametrize(
    ("goal", "steps", "subject"),
    [
        ("Iron a shirt", ["Fold the trousers and lay them on the chair."], "The trousers are folded and laid"),
        ("Paint a chair", ["Spread the paint on the seat.", "Let it dry."], "The paint is left to dry"),
        ("Make a cake", ["Crack an egg into a bowl.", "Beat it with a whisk."], "The egg is beaten"),
        (
            "Patch a hole in a wall",
            ["Trim the edges of the hole.", "Stick a patch over it."],
            "A patch is stuck over the hole",
        ),
        ("Pack dishes", ["Tape the bottom of a box.", "Put every plate in it.", "Seal it."], "The box is sealed"),
    ],
)
def test_what_a_step_did_act_on_comes_before_the_topic(goal: str, steps: list[str], subject: str) -> None:
    assert told(goal, *steps).startswith(subject)


def test_the_state_names_the_vessel_in_use() -> None:
    steps = ["Simmer the tea in a saucepan.", "Pour in the milk."]
    assert told("Make chai", *steps).startswith("The milk is poured into the saucepan.")
    assert "pot" in drawn("Make chai", *steps)[0]


def test_a_word_without_a_picture_is_no_box_beside_what_is_known() -> None:
    nouns, substitutions = drawn("Make shakshuka", "Put a bowl and a zyzzyva on the table.")
    assert nouns == ["bowl"]
    assert substitutions["zyzzyva"] == "left out: no known word, and the bowl can be shown"


def test_the_topic_stands_for_a_word_without_a_picture_beside_tools() -> None:
    nouns, substitutions = drawn("Iron a shirt", "Press the sleeves with a ruler.")
    assert set(nouns) == {"shirt", "ruler"}
    assert substitutions["sleeve"] == "left out: no known word, and the shirt and ruler can be shown"


def test_else_the_last_known_thing_stands_for_it() -> None:
    nouns, substitutions = drawn("Make zyzzyva", "Slice an onion.", "Crimp the zyzzyva.")
    assert "onion" in nouns and "box" not in nouns
    assert substitutions["zyzzyva"].startswith("left out: no known word")


def test_a_person_stands_for_it_where_nothing_known_is_ever_named() -> None:
    nouns, substitutions = drawn("Make zyzzyva", "Crimp the zyzzyva.")
    assert nouns == ["person"]
    assert substitutions["zyzzyva"] == "person: no known word, and nothing known is named"


def test_before_anything_known_what_is_shown_later_stands_for_it() -> None:
    steps = ["Crimp the zyzzyva.", "Tie a rope around the zyzzyva.", "Cut the rope."]
    captions = recaption(steps, Door(), "Make zyzzyva")
    graphs = [scene_graph(image_prompt(captions, n), Door()) for n in range(3)]
    scene, told = with_known_things(graphs, "Make zyzzyva")[0]
    assert [item.noun for item in scene.objects] == ["rope"]
    assert told["zyzzyva"] == "rope: no known word, and it is shown in later steps"


def test_a_box_that_is_meant_stays() -> None:
    assert "box" in drawn("Iron a shirt", "Put the shirt in a box.")[0]


def test_what_is_made_is_shown_at_the_end() -> None:
    goal, crimp = "Make a paper plane", "Crimp the zyzzyva."
    captions = recaption(["Fold the paper.", crimp, crimp, crimp], Door(), goal)
    scenes = [scene_graph(image_prompt(captions, index), Door()) for index in range(4)]
    shown = [[item.noun for item in scene.objects] for scene, _ in with_known_things(scenes, goal)]
    assert shown == [["paper"], ["paper"], ["paper"], ["paper plane", "paper"]]


@pytest.mark.parametrize(
    ("goal", "text", "clear"),
    [
        ("Wax a surfboard", "Wipe the board.", "Wipe the surfboard."),
        ("Sew a tote bag", "Iron the bag.", "Iron the tote bag."),
        ("Sew a tote bag", "Fill a bag.", "Fill a bag."),
        ("Roast vegetables", "Lay the table.", "Lay the table."),
        ("Replace a torn window screen", "Lay down the screen.", "Lay down the window screen."),
    ],
)
def test_the_last_part_of_a_name_means_the_whole(goal: str, text: str, clear: str) -> None:
    assert clarified(text, goal) == clear


def test_the_last_part_of_a_name_means_what_was_named_before() -> None:
    assert clarified("Lay it on the sheet.", "", "Line a baking sheet with foil.") == "Lay it on the baking sheet."
    assert clarified("Lay it on the sheet.", "", "Wash the sheets.") == "Lay it on the sheet."
    assert clarified("Cut the sheet.", "", "Line a baking sheet. Roll a thin sheet.") == "Cut the sheet."
    assert clarified("Chop it on the board.", "", "Open the cupboard.") == "Chop it on the board."


def test_what_two_verbs_of_a_goal_act_on_is_its_topic() -> None:
    topic = topic_of("How to fold and fry pork dumplings")
    assert topic is not None and topic.phrase.name == "dumplings" and topic.verb == "fold"


@pytest.mark.parametrize("goal", ["Vegetable stir fry", "Strawberry parfait", "Make a cat flap"])
def test_a_known_word_does_not_stand_for_what_it_only_describes(goal: str) -> None:
    topic = topic_of(goal)
    assert topic is not None and topic.phrase.kind == "other"
