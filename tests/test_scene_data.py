"""What training scenes are told and drawn with: phrasings, ways of drawing, hands and motion, the lattice of places."""

import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scene_diffusion.composer import compose
from models.scene_diffusion.drawings import draw, random_look
from models.scene_diffusion.phrasings import rephrase
from models.scene_diffusion.random_scenes import random_scene
from models.scene_diffusion.scribbles import edges, hand_drawn, random_scribble, read_drawings, rough, with_drawings
from tests.strategies import described_scenes, scenes
from tools.layout import CELL, SCALES, layout
from tools.scene import Relation, SceneGraph, SceneObject, verbalise
from tools.vocabulary import vocabulary


@given(described_scenes(), st.integers(0, 2**31))
def test_every_phrasing_names_every_object_where_it_says(scene, seed):
    text, spans = rephrase(scene, np.random.default_rng(seed))
    assert spans.keys() == {item.id for item in scene.objects}
    for item in scene.objects:
        noun = vocabulary().nouns[item.noun]
        for start, end in spans[item.id]:
            words = text[start:end]
            assert words == words.strip()
            assert any(name in words for name in (noun.name, noun.singular, noun.plural, *noun.synonyms))
        start, end = spans[item.id][0]
        assert (item.colour or "") in text[start:end]


def test_phrasings_vary_and_relations_stay_true():
    scene = SceneGraph(
        objects=[SceneObject(id="a", noun="cup"), SceneObject(id="b", noun="kettle")],
        relations=[Relation(subject="a", relation="left of", object="b")],
    )
    rng = np.random.default_rng(0)
    said = [rephrase(scene, rng) for _ in range(200)]
    assert sum(caption == verbalise(scene) for caption in said) > 80
    assert len({caption.text for caption in said}) > 20
    for text, spans in said:
        first, second = ("left", "right") if spans["a"][0] < spans["b"][0] else ("right", "left")
        if text != verbalise(scene).text:
            assert first in text and second not in text


@given(scenes(max_objects=4), st.integers(0, 1000))
def test_things_stand_at_whole_cells_in_few_sizes(scene, seed):
    boxes = layout(scene, seed)
    lifted = {edge.subject for edge in scene.relations if edge.relation == "above"}
    lifted |= {edge.object for edge in scene.relations if edge.relation == "below"}
    for item in scene.objects:
        x0, y0, x1, y1 = boxes[item.id]
        if item.id in scene.supports() or item.id in lifted:
            continue
        assert (x0 + x1) / 2 / CELL == pytest.approx(round((x0 + x1) / 2 / CELL), abs=1e-6)
        assert min(abs((y1 - y0) / vocabulary().nouns[item.noun].size[1] - scale) for scale in SCALES) < 1e-6


@pytest.fixture(scope="module")
def square(tmp_path_factory):
    """A file of people's drawings: two squares for a cup, one of them not recognised, and something unknown."""
    path = tmp_path_factory.mktemp("drawings") / "simplified.ndjson.gz"
    strokes = [[[10, 110, 110, 10, 10], [20, 20, 120, 120, 20]]]
    with gzip.open(path, "wt") as lines:
        for key, word, recognized in (("1", "cup", True), ("2", "cup", False), ("3", "The Eiffel Tower", True)):
            record = {"key_id": key, "word": word, "recognized": recognized, "drawing": strokes}
            lines.write(json.dumps(record) + "\n")
    return path


def test_drawings_are_read_by_noun_and_fill_the_unit_square(square):
    drawings = read_drawings(square)
    assert set(drawings) == {"cup"} and len(drawings["cup"]) == 1
    (stroke,) = drawings["cup"][0]
    assert stroke.min(0).tolist() == [0, 0] and stroke.max(0).tolist() == [1, 1]


def test_peoples_drawings_take_the_place_of_the_lines_of_plain_things(square):
    scene = SceneGraph(objects=[SceneObject(id="a", noun="cup", count=2), SceneObject(id="b", noun="kettle")])
    example = compose(scene, np.random.default_rng(0))
    lines = [("a", np.zeros((3, 2))), ("b", np.ones((3, 2)))]
    taken = [with_drawings(lines, example, np.random.default_rng(seed), read_drawings(square)) for seed in range(30)]
    changed = [found for found in taken if not any(points is lines[0][1] for _, points in found)]
    assert 10 < len(changed) < 30
    x0, y0, x1, y1 = example.boxes["a"]
    for found in changed:
        assert any(points is lines[1][1] for _, points in found)
        drawn = [points for identity, points in found if identity == "a"]
        assert len(drawn) == 2
        assert np.allclose(np.concatenate(drawn).min(0), [x0, y0])
        assert np.allclose(np.concatenate(drawn).max(0), [x1, y1])
    scene.objects[0].states = ["open"]
    kept = with_drawings(lines, compose(scene, np.random.default_rng(0)), np.random.default_rng(1), {"cup": []})
    assert all(a is b for (_, a), (_, b) in zip(kept, lines, strict=True))


def test_every_way_of_drawing_leaves_ink_of_the_same_scene(square):
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(40):
        example = compose(random_scene(rng), rng)
        ink = random_scribble(example, rng, read_drawings(square))
        assert ink.shape == (256, 256) and ink.dtype == np.uint8 and ink.max() == 255
        seen.add(
            "as the studio" if np.array_equal(ink, example.scribble) else "edges" if ink[100:, 0].any() else "hand"
        )
    assert seen == {"as the studio", "edges", "hand"}


def test_a_hand_wobbles_little_and_a_rough_one_leaves_out_short_lines():
    example = compose(random_scene(np.random.default_rng(7)), np.random.default_rng(7))
    lines = [("a", np.stack([np.linspace(0.1, 0.9, n), np.full(n, 0.5)], 1)) for n in range(5, 60)]
    wobbly = hand_drawn(lines, np.random.default_rng(0))
    assert 40 < len(wobbly) <= 55
    assert all(0 < np.abs(points[:, 1] - 0.5).max() < 0.03 for points in wobbly)
    kept = rough(lines, np.random.default_rng(0))
    assert all(len(points) == 2 for _, points in kept) and 30 < len(kept) <= 55
    assert edges(example.image).shape == (256, 256)


@pytest.mark.parametrize("state", ["held", "moving"])
def test_what_a_hand_does_is_drawn_beside_the_thing(state):
    plain, handled = SceneObject(id="o", noun="spoon"), SceneObject(id="o", noun="spoon", states=[state])
    look = random_look(plain, np.random.default_rng(0))
    before, after = draw(plain, look), draw(handled, look)
    added = after.front[len(before.front) :]
    assert len(added) >= 4 and max(part.points[:, 0].max() for part in added) > 1
    assert state in vocabulary().nouns["spoon"].states and state not in vocabulary().nouns["bus"].states
