"""A scene described in a model's own words becomes a scene graph of the vocabulary, every substitution told."""

import sys
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.llm import Door, LanguageModelError
from agents.scene_grapher import Description, ground_of, look_up, scene_graph
from tests.openai_server import Server, answer
from tests.strategies import scenes
from tools.layout import layout
from tools.scene import Relation, SceneGraph, SceneObject, verbalise
from tools.vocabulary import vocabulary


def described(*objects: dict, relations: tuple = (), ground: str = "wooden table") -> Description:
    edges = [dict(zip(("subject", "relation", "object"), edge, strict=True)) for edge in relations]
    return Description.model_validate({"objects": objects, "relations": edges, "ground": ground})


def test_words_are_looked_up_and_substitutions_told() -> None:
    scene, substitutions = look_up(
        described(
            {"id": "a", "noun": "mug", "colour": "grey", "states": ["steaming", "haunted"], "content": "moondust"},
            {"id": "b", "name": "battered kettle", "noun": "kettle", "count": 99, "content": "water"},
            {"id": "c", "name": "samovar", "noun": "kettle"},
            {"id": "d", "noun": "xylograph"},
        )
    )
    mug, kettle, samovar, unknown = scene.objects
    assert (mug.noun, mug.name, mug.colour, mug.states, mug.content) == ("cup", "mug", "gray", ["steaming"], None)
    assert (kettle.noun, kettle.count, kettle.content) == ("kettle", 6, "water")
    assert (samovar.noun, samovar.name, unknown.noun) == ("kettle", "samovar", "box")
    assert substitutions == {
        "moondust": "left out: no known substance",
        "haunted": "left out: no known state",
        "battered kettle": "kettle: last known word 'kettle'",
        "samovar": "kettle: chosen by the scene grapher",
        "xylograph": "box: no known word: a box stands for it",
    }


def test_relations_that_cannot_hold_are_dropped_and_synonyms_known() -> None:
    cup, plate = {"id": "cup", "noun": "cup"}, {"id": "plate", "noun": "plate"}
    edges = (("cup", "on top of", "plate"), ("cup", "on", "moon"), ("cup", "in", "cup"), ("plate", "admires", "cup"))
    scene, _ = look_up(described(cup, plate, relations=edges, ground="lava"))
    assert [(edge.subject, edge.relation, edge.object) for edge in scene.relations] == [("cup", "on", "plate")]
    assert scene.ground == "wooden table"


@given(scenes(max_objects=4))
def test_a_scene_graph_is_a_description_that_needs_no_change(scene: SceneGraph) -> None:
    looked_up, substitutions = look_up(Description.model_validate(scene.model_dump()))
    named = [item.model_copy(update={"name": item.name or item.noun}) for item in scene.objects]
    assert looked_up == scene.model_copy(update={"objects": named}) and substitutions == {}


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "id": st.sampled_from("abcdef"),
                "name": st.text(max_size=8),
                "noun": st.text(max_size=8),
                "count": st.integers(-5, 50),
                "colour": st.none() | st.text(max_size=5),
                "states": st.lists(st.text(max_size=5), max_size=2),
                "content": st.none() | st.text(max_size=5),
            }
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda item: item["id"],
    ),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.text(max_size=5) | st.just("on"), st.sampled_from("abcdef"))),
)
def test_any_description_can_be_drawn(objects: list[dict], relations: list[tuple]) -> None:
    scene, _ = look_up(described(*objects, relations=tuple(relations)))
    assert layout(scene).keys() == {item["id"] for item in objects[:4]}
    assert verbalise(scene).text


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("Hang two shirts on a strap.", {"strap": "rope: it has no picture of its own"}),
        ("Pour the lentils from a bowl into a pot.", {"lentils": "beans: it has no picture of its own"}),
        ("Pour hot water from the kettle into a mug.", {}),
    ],
)
def test_what_only_stands_for_a_word_is_told(prompt: str, told: dict[str, str]) -> None:
    assert scene_graph(prompt, Door())[1] == told


def test_what_a_model_draws_for_a_word_without_a_picture_is_told() -> None:
    strap = {"id": "strap", "name": "strap", "noun": "rope"}
    with Server([answer({"objects": [strap]})]) as server:
        _, substitutions = scene_graph("a strap on a table, next to a hinge", Door(server.url))
    assert substitutions == {"strap": "rope: it has no picture of its own"}  # no door is drawn for the hinge


def test_a_guide_stays_on_the_ground_of_most_of_its_pictures() -> None:
    scenes = [look_up(described({"id": "a", "noun": "cup"}, ground=ground))[0] for ground in ("grass", "grass", "lava")]
    assert ground_of(scenes) == "grass" and ground_of(scenes[2:]) == "wooden table"


def test_the_prompt_lists_the_vocabulary_and_the_answer_is_checked() -> None:
    twins = {"objects": [{"id": "cup", "noun": "cup"}, {"id": "cup", "noun": "plate"}]}
    with Server([answer(twins), answer({"objects": []}), answer({"objects": twins["objects"][:1]})]) as server:
        scene, _ = scene_graph("a cup", Door(server.url))
    assert [item.noun for item in scene.objects] == ["cup"]
    system = server.requests[0]["messages"][0]["content"]
    words = vocabulary()
    for word in (*words.nouns, *words.drawn_states, *words.substances, *words.relations, *words.grounds):
        assert word in system
    assert "ids must differ" in server.requests[1]["messages"][-1]["content"]


def test_a_model_that_describes_nothing_ends_in_one_line() -> None:
    with Server([answer({"objects": []})]) as server, pytest.raises(LanguageModelError, match="scene_grapher"):
        scene_graph("nothing", Door(server.url))


def test_the_embedded_answer_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    cup = SceneObject(id="cup", noun="cup", name="mug", states=["steaming"], content="tea")
    plate = SceneObject(id="plate", noun="plate", name="plate")
    scene = SceneGraph(objects=[cup, plate], relations=[Relation(subject="cup", relation="on", object="plate")])
    rules = types.SimpleNamespace(ANSWERS={"scene_grapher": lambda prompt: scene})
    monkeypatch.setitem(sys.modules, "agents.embedded", rules)
    assert scene_graph("a mug of tea on a plate", Door()) == (scene, {})
