import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.scene_diffusion.composer import compose
from models.scene_diffusion.random_scenes import random_scene
from tests.strategies import NOUNS, RELATIONS, scenes
from tools.layout import layout, relation_holds
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs, drawing_order, verbalise
from tools.strokes import CHANGED, look_of, with_colours
from tools.vocabulary import vocabulary


@given(scenes())
def test_chain_is_nested_grows_and_ends_in_the_whole(scene):
    chain = chain_of_subgraphs(scene)
    assert 1 <= len(chain) <= 5
    assert {item.id for item in chain[-1].objects} == {item.id for item in scene.objects}
    assert chain[-1].relations == scene.relations
    for smaller, larger in zip(chain, chain[1:], strict=False):
        small, large = smaller.graph(), larger.graph()
        assert set(small.nodes) < set(large.nodes)
        assert set(small.edges(keys=True)) <= set(large.edges(keys=True))
        assert all(small.nodes[node]["object"] == large.nodes[node]["object"] for node in small.nodes)


@given(scenes())
def test_chain_has_an_edge_as_soon_as_both_ends_are_there(scene):
    for part in chain_of_subgraphs(scene):
        ids = {item.id for item in part.objects}
        assert part.relations == [edge for edge in scene.relations if {edge.subject, edge.object} <= ids]


@given(scenes())
def test_what_carries_is_drawn_before_what_it_carries(scene):
    order = drawing_order(scene)
    assert sorted(order) == sorted(item.id for item in scene.objects)
    for held, (_, holder) in scene.supports().items():
        assert order.index(holder) < order.index(held)


@given(scenes(), st.integers(0, 2**31))
def test_layout_is_on_the_canvas_and_repeatable(scene, seed):
    boxes = layout(scene, seed)
    assert boxes == layout(scene, seed)
    for x0, y0, x1, y1 in boxes.values():
        assert -0.15 <= x0 < x1 <= 1.15 and -0.05 <= y0 < y1 <= 1.0


@pytest.mark.parametrize("relation", RELATIONS)
def test_layout_satisfies_a_relation_of_any_two(relation):
    for one, other in itertools.product(NOUNS[::3], NOUNS):
        scene = SceneGraph(
            objects=[SceneObject(id="a", noun=one), SceneObject(id="b", noun=other)],
            relations=[Relation(subject="a", relation=relation, object="b")],
        )
        boxes = layout(scene, 0)
        assert relation_holds(relation, boxes["a"], boxes["b"]), (one, relation, other)


@given(st.sampled_from(NOUNS), st.sampled_from(NOUNS), st.sampled_from(RELATIONS), st.integers(0, 1000))
def test_layout_satisfies_a_relation_with_any_seed(one, other, relation, seed):
    scene = SceneGraph(
        objects=[SceneObject(id="a", noun=one), SceneObject(id="b", noun=other)],
        relations=[Relation(subject="a", relation=relation, object="b")],
    )
    boxes = layout(scene, seed)
    assert relation_holds(relation, boxes["a"], boxes["b"])


def test_layout_satisfies_the_relations_of_training_scenes():
    rng = np.random.default_rng(0)
    held = []
    for _ in range(400):
        scene = random_scene(rng)
        boxes = layout(scene, int(rng.integers(1000)))
        held += [relation_holds(edge.relation, boxes[edge.subject], boxes[edge.object]) for edge in scene.relations]
    assert len(held) > 200 and np.mean(held) > 0.97


@given(scenes())
def test_spans_of_a_caption_name_their_objects(scene):
    text, spans = verbalise(scene)
    for item in scene.objects:
        start, end = spans[item.id][0]
        assert text[start:end]
        assert (item.colour or "") in text[start:end]


def test_graph_view_is_networkx():
    scene = SceneGraph(
        objects=[SceneObject(id="a", noun="cup"), SceneObject(id="b", noun="plate")],
        relations=[Relation(subject="a", relation="on", object="b")],
    )
    assert isinstance(scene.graph(), nx.MultiDiGraph)
    assert list(scene.graph().edges(keys=True)) == [("a", "b", "on")]


@pytest.mark.parametrize(
    "objects, relations",
    [
        ([{"id": "a", "noun": "cup"}] * 2, []),
        ([{"id": "a", "noun": "cup"}], [{"subject": "a", "relation": "on", "object": "b"}]),
        ([{"id": "a", "noun": "cup"}], [{"subject": "a", "relation": "on", "object": "a"}]),
    ],
)
def test_inconsistent_scenes_are_refused(objects, relations):
    with pytest.raises(ValidationError):
        SceneGraph(objects=objects, relations=relations)


def test_composed_scene_has_ink_in_every_box():
    rng = np.random.default_rng(3)
    for _ in range(20):
        example = compose(random_scene(rng), rng, 128)
        assert example.image.shape == (128, 128, 3)
        for x0, y0, x1, y1 in example.boxes.values():
            inside = example.scribble[
                max(0, int(y0 * 128)) : int(y1 * 128) + 1, max(0, int(x0 * 128)) : int(x1 * 128) + 1
            ]
            assert inside.max() > 0


@given(scenes(), st.integers(0, 100))
def test_colours_left_open_are_chosen_once_for_all_steps(scene, seed):
    painted = with_colours(scene, seed)
    for before, after in zip(scene.objects, painted.objects, strict=True):
        assert after.colour == before.colour or before.colour is None
        noun = vocabulary().nouns[after.noun]
        if noun.paint or (noun.kind != "people" and not CHANGED & set(after.states)):
            assert before.colour or after.colour in noun.colours
            alone = SceneGraph(objects=[SceneObject(id="x", noun=after.noun)])
            assert after.colour and (before.colour or after.colour == with_colours(alone, seed).objects[0].colour)


@given(st.sampled_from(NOUNS), st.sampled_from(sorted(vocabulary().colours)), st.integers(0, 100))
def test_naming_a_colour_changes_nothing_but_the_colour(noun, colour, seed):
    plain = look_of(SceneObject(id="a", noun=noun), seed)
    named = look_of(SceneObject(id="b", noun=noun, colour=colour), seed)
    assert plain.shape == named.shape and plain.pattern == named.pattern


@pytest.mark.parametrize(("cover", "holder"), [("towel", "bowl"), ("foil", "whole chicken"), ("blanket", "box")])
def test_what_is_laid_over_a_thing_hangs_down_over_it(cover, holder):
    items = [SceneObject(id="holder", noun=holder), SceneObject(id="cover", noun=cover)]
    scene = SceneGraph(objects=items, relations=[Relation(subject="cover", relation="on", object="holder")])
    boxes = layout(scene, 0)
    (x0, y0, x1, _), (left, top, right, foot) = boxes["holder"], boxes["cover"]
    assert left < x0 and right > x1 and top < y0 and foot > y0 + 0.3 * (foot - top)
    assert relation_holds("on", boxes["cover"], boxes["holder"])
    folded = SceneGraph(
        objects=[items[0], items[1].model_copy(update={"states": ["folded"]})], relations=scene.relations
    )
    assert layout(folded, 0)["cover"] != boxes["cover"]
