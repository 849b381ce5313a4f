"""The embedded re-captioner follows things through a how-to: names, links, colours, and how alike steps are."""

import pytest

from agents.embedded import plan, recaption, scene, similarity
from agents.embedded.library import how_tos
from agents.recaptioner import Recaption, image_prompt
from tools.scene import SceneGraph


def told(instructions: list[str]) -> list[Recaption]:
    """The re-captions of all steps, each made from those before it."""
    captions: list[Recaption] = []
    for number in range(1, len(instructions) + 1):
        captions.append(recaption(instructions[:number], captions))
    return captions


def linked(caption: Recaption) -> dict[str, int | None]:
    """Name → step of each object."""
    return {item.name: item.step for item in caption.objects}


def relations(graph: SceneGraph) -> set[tuple[str, str, str]]:
    """Relations by noun."""
    noun = {item.id: item.noun for item in graph.objects}
    return {(noun[edge.subject], edge.relation, noun[edge.object]) for edge in graph.relations}


def test_the_cup_of_tea_is_one_cup():
    captions = told(plan("make tea").instructions)
    assert captions[2].objects[0].name == "cup" and captions[2].objects[0].link == "new"
    assert linked(captions[3])["cup"] == 3 and linked(captions[3])["kettle"] == 2
    assert linked(captions[4])["cup"] == 4
    assert "steaming cup filled with tea" in captions[4].state


def test_the_kettle_pours_above_the_cup():
    captions = told(plan("make tea").instructions)
    graph = scene(image_prompt(captions, 3))
    kettle = next(item for item in graph.objects if item.noun == "kettle")
    assert kettle.states == ["pouring"] and kettle.content == "water"
    assert ("kettle", "above", "cup") in relations(graph) and ("tea bag", "in", "cup") in relations(graph)


def test_pronouns_are_named():
    captions = told(["Put a tea bag in a cup.", "Pour hot water into it.", "Peel the carrot.", "Chop it."])
    assert captions[1].action == "Pour hot water into the cup."
    assert captions[3].action == "Chop the carrot."
    captions = told(["Wash two potatoes.", "Put them in a pot.", "Fill it with water."])
    assert captions[1].action == "Put the potatoes in a pot."
    assert captions[2].action == "Fill the pot with water."


def test_an_it_of_the_same_sentence_stays():
    assert told(["Heat the kettle until it boils."])[0].action == "Heat the kettle until it boils."


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("1. First, fill the kettle", "Fill the kettle."),
        ("Pouring the water into the cup", "Pour the water into the cup."),
        ("  Step 2: Stir   the tea! ", "Stir the tea."),
        ("Then, put the egg on a plate;", "Put the egg on a plate."),
    ],
)
def test_actions_are_plain_imperative_sentences(given, clean):
    assert told([given])[0].action == clean


def test_steps_never_seen_are_followed():
    captions = told(["Boil water.", "Put a tea bag in a cup.", "Pour the water."])
    assert linked(captions[2]) == {"cup": 2, "kettle": 1, "tea bag": 2}
    assert "A steaming cup filled with tea stands on the table, with the tea bag in it" in captions[2].state
    assert ("kettle", "above", "cup") in relations(scene(image_prompt(captions, 2)))


def test_a_named_colour_stays():
    captions = told(["Put a tea bag in a red cup.", "Pour hot water into the cup.", "Stir."])
    assert all("red cup" in caption.state for caption in captions)


def test_a_colour_that_someone_wrote_into_a_caption_stays():
    steps = ["Put a tea bag in a cup.", "Pour hot water into the cup."]
    first = recaption(steps[:1], [])
    edited = first.model_copy(update={"state": first.state.replace("cup", "green cup", 1)})
    assert "green cup" in recaption(steps, [edited]).state


def test_two_cups_of_two_colours_are_two():
    captions = told(["Put a red cup on the table.", "Put a blue cup on the table.", "Pour milk into the red cup."])
    assert captions[1].objects[0].link == "new"
    assert "red cup filled with milk" in captions[2].state


def test_a_split_verb_is_one_verb():
    assert "lit stove" in told(["Put a pan on the stove.", "Turn the stove on."])[1].state
    captions = told(["Put a tea bag in a cup.", "Take the tea bag out."])
    assert captions[1].state == "The tea bag is taken out. A cup stands on the table, with the tea bag next to it."


def test_beaten_eggs_are_a_mixture():
    captions = told(["Crack two eggs into a bowl.", "Whisk them.", "Heat a pan.", "Pour the eggs into the pan."])
    told_last = "The beaten eggs are poured into the pan. The pan filled with egg mixture is on the stove."
    assert captions[3].state == told_last
    bowl = next(item for item in scene(image_prompt(captions, 1)).objects if item.noun == "bowl")
    assert bowl.content == "batter"


@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_links_point_back_and_states_are_read_back(how_to):
    captions = told(list(how_to.steps))
    for number, caption in enumerate(captions, 1):
        for item in caption.objects:
            assert (item.link == "similar") == (item.step is not None)
            assert item.step is None or 1 <= item.step < number
        told_of = {item.noun for item in scene(caption.state).objects}
        pictured = {item.noun for item in scene(image_prompt(captions, number - 1)).objects}
        assert told_of <= pictured
    assert len({caption.state for caption in captions}) >= len(captions) / 2


@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_similarity_is_a_similarity(how_to):
    steps = list(how_to.steps)
    matrix = similarity(steps, told(steps)).matrix
    assert [len(row) for row in matrix] == [len(steps)] * len(steps)
    for i, row in enumerate(matrix):
        assert row[i] == 1.0
        assert all(0.0 <= value <= 1.0 and value == matrix[j][i] for j, value in enumerate(row))


def test_steps_with_the_same_cup_are_alike_and_others_are_not():
    steps = plan("make tea").instructions
    matrix = similarity(steps, told(steps)).matrix
    assert all(0.6 <= matrix[i][j] <= 0.95 for i, j in ((2, 3), (2, 4), (3, 4)))
    assert matrix[1][4] < matrix[0][2] < 0.6  # nothing in common but the place
    assert matrix[0][1] > matrix[0][2]
