"""The embedded planner answers from its written how-tos: what it finds, what it refuses, and that all can be drawn."""

import pytest

from agents.embedded import ANSWERS, UnknownGoal, plan, recaption, scene
from agents.embedded.library import HowTo, how_tos
from agents.embedded.reading.instructions import clauses_of
from agents.embedded.reading.lexicon import lexicon
from agents.planner import Plan
from agents.recaptioner import Recaption, image_prompt
from tools.layout import layout
from tools.scene import SceneGraph
from tools.vocabulary import vocabulary


def told(instructions: list[str]) -> list[Recaption]:
    """The re-captions of all steps, each made from those before it."""
    captions: list[Recaption] = []
    for number in range(1, len(instructions) + 1):
        captions.append(recaption(instructions[:number], captions))
    return captions


def pictures(instructions: list[str], form: str = "after") -> list[SceneGraph]:
    """The scene graphs of all steps."""
    captions = told(instructions)
    return [scene(image_prompt(captions, step, form)) for step in range(len(instructions))]


@pytest.mark.parametrize(
    ("goal", "title"),
    [
        ("make tea", "make tea"),
        ("How to make tea?", "make tea"),
        ("making a cup of tea", "make tea"),
        ("brew tea", "make tea"),
        ("Make Mint Tea", "make mint tea"),
        ("how do I make iced tea", "make iced tea"),
        ("boiling an egg", "boil an egg"),
        ("how to fry an egg", "fry an egg"),
        ("how to make a fried egg", "fry an egg"),
        ("cheese sandwich", "make a cheese sandwich"),
        ("prepare tomato soup at home", "make tomato soup"),
        ("make scrambeld eggs", "make scrambled eggs"),
    ],
)
def test_a_goal_finds_its_how_to(goal, title):
    assert plan(goal).title == title


@pytest.mark.parametrize(
    "goal",
    [
        "how to change a tyre",
        "paint a fence",
        "make",
        "",
        "make a violin",
        "fix tea cups",
        "перевести часы",
        "a" * 5000,
    ],
)
def test_a_goal_that_is_not_in_the_library_is_refused(goal):
    with pytest.raises(UnknownGoal):
        plan(goal)


def test_the_refusal_names_the_goal_the_nearest_and_the_ways_on():
    with pytest.raises(UnknownGoal) as refusal:
        plan("make tea ice cream with " + "very " * 50 + "sweet beans")
    line = str(refusal.value)
    assert "\n" not in line
    assert "'make tea ice cream" in line and "very very very very very very very very" not in line
    assert "'make tea'" in line
    assert sum(f"'{how_to.title}'" in line for how_to in how_tos()) == 3
    assert "--llm URL" in line and "--steps FILE" in line


def test_a_plan_says_where_it_came_from():
    assert plan("make tea") == Plan(
        title="make tea", instructions=list(plan("make tea").instructions), source="from the built-in library"
    )
    assert len(plan("make tea").instructions) == 5


def test_each_role_is_answered_by_keyword():
    steps = ANSWERS["planner"](goal="make tea").instructions
    captions = [ANSWERS["recaptioner"](instructions=steps[:1], captions=[])]
    assert captions[0].action and captions[0].state and captions[0].objects
    assert ANSWERS["similarity"](instructions=steps[:1], captions=captions).matrix == [[1.0]]
    assert ANSWERS["scene_grapher"](prompt=captions[0].action).objects


@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_every_how_to_is_short_and_understood(how_to: HowTo):
    assert 3 <= len(how_to.steps) <= 8
    assert plan(how_to.title).title == how_to.title
    for name in how_to.also:
        assert plan(name).title == how_to.title
    for step in how_to.steps:
        assert clauses_of(step), f"no action found in {step!r}"


@pytest.mark.parametrize("form", ["after", "previous", "action"])
@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_every_step_can_be_drawn(how_to: HowTo, form: str):
    for graph in pictures(list(how_to.steps), form):
        assert 1 <= len(graph.objects) <= 4
        assert all(0 <= corner <= 1 for box in layout(graph).values() for corner in box)
        pouring = {item.id for item in graph.objects if "pouring" in item.states and item.noun != "tap"}
        assert pouring <= {edge.subject for edge in graph.relations if edge.relation == "above"}
        assert all(vocabulary().find_noun(item.name) == item.noun for item in graph.objects), graph


@pytest.mark.parametrize("how_to", how_tos(), ids=lambda how_to: how_to.title)
def test_each_picture_differs_from_the_one_before(how_to: HowTo):
    told = [(graph.objects, graph.relations) for graph in pictures(list(how_to.steps))]
    same = [step for step, one, other in zip(how_to.steps[1:], told, told[1:], strict=False) if one == other]
    assert not same


def test_few_words_of_the_library_have_no_picture_of_their_own():
    """Each is told in its picture's manifest; a how-to that needs many is not for this library."""
    without = {how_to.title: vocabulary().stand_ins_in(" . ".join(how_to.steps)) for how_to in how_tos()}
    without = {title: {word for word in words if word not in lexicon().verbs} for title, words in without.items()}
    assert sum(bool(words) for words in without.values()) <= 15, without
    assert all(len(words) <= 2 for words in without.values()), without


def test_pictures_show_what_the_instructions_name():
    """Of the nouns and substances that instructions name, at least 95 % are in their pictures."""
    named, missing = 0, []
    for how_to in how_tos():
        for step, graph in zip(how_to.steps, pictures(list(how_to.steps)), strict=True):
            shown = {item.noun for item in graph.objects} | {item.content for item in graph.objects}
            for word in _named(step):
                named += 1
                if word not in shown:
                    missing.append((step, word))
    assert named > 250
    assert len(missing) <= 0.05 * named, missing


def _named(text: str) -> set[str]:
    """The vocabulary's words in a text, read apart from the planner's own reading: longest names first.

    Words that are verbs too ("tie", "paint") are left out, as is the table on which all of it stands.
    """
    table, found, text = vocabulary(), set(), f" {text.lower().rstrip('.')} "
    for name in sorted([*table.names, *table.substance_names], key=len, reverse=True):
        if f" {name} " in text:
            if name not in {*lexicon().verbs, "table", "sheet"}:
                found.add(table.names.get(name) or table.substance_names[name])
            text = text.replace(f" {name} ", " | ")
    return found
