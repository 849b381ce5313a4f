"""Forms that are recalled: what they say of a scene, what they leave unsaid, and that the generator reads them."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.scene_diffusion.composer import compose
from models.scene_diffusion.data import some_shapes
from models.scene_diffusion.first_stage import PatchAutoencoder
from models.scene_diffusion.forms import NOTHING, adapter_input, form_latents, form_of, pixels_of, recall
from models.scene_diffusion.random_scenes import random_scene
from tests.strategies import scenes
from tools.diffusion import PictureRequest, paint_pictures
from tools.layout import layout
from tools.model_hub import load_profile, models_of
from tools.scene import Relation, SceneGraph, SceneObject, verbalise
from tools.strokes import Drawing, sketch_chain


def cup(**said) -> SceneGraph:
    return SceneGraph(objects=[SceneObject(id="cup", noun="cup", **said)])


def fitted() -> PatchAutoencoder:
    torch.manual_seed(0)
    vae = PatchAutoencoder(latent_channels=8)
    vae.fit(torch.rand(2, 3, 64, 64) * 2 - 1)
    return vae


@given(scenes())
def test_without_shapes_there_is_nothing_and_nothing_is_zero(scene):
    blank = recall(scene, layout(scene, 0), {}, 64)
    assert (blank == NOTHING).all()
    assert form_latents(fitted(), pixels_of([blank])).abs().max() < 1e-5


@given(scenes(), st.integers(0, 2))
def test_every_thing_with_a_shape_and_a_box_is_seen(scene, shape):
    boxes = layout(scene, 0)
    for item in scene.objects:
        alone = recall(scene, boxes, {item.id: shape}, 128)
        assert (alone != NOTHING).any()
        assert (recall(scene, {}, {item.id: shape}, 128) == NOTHING).all()


def test_forms_do_not_say_what_words_say():
    boxes = layout(cup(), 0)
    plain = recall(cup(), boxes, {"cup": 0}, 128)
    for said in ({"colour": "red"}, {"content": "tea"}, {"states": ["dirty"]}, {"states": ["steaming"]}):
        assert (recall(cup(**said), boxes, {"cup": 0}, 128) == plain).all()
    assert (recall(cup(), boxes, {"cup": 1}, 128) != plain).any()


def test_what_alters_a_thing_alters_its_form():
    item = SceneObject(id="cup", noun="apple", states=["sliced", "wet", "held"], colour="green")
    assert form_of(item).states == ["sliced"] and form_of(item).colour is None
    whole, sliced = (SceneGraph(objects=[item.model_copy(update={"states": states})]) for states in ([], ["sliced"]))
    boxes = layout(whole, 0)
    assert (recall(whole, boxes, {"cup": 0}, 128) != recall(sliced, boxes, {"cup": 0}, 128)).any()


def test_a_relation_to_what_is_left_out_is_left_out():
    scene = SceneGraph(
        objects=[SceneObject(id="a", noun="spoon"), SceneObject(id="b", noun="bowl")],
        relations=[Relation(subject="a", relation="in", object="b")],
    )
    boxes = layout(scene, 0)
    spoon, both = (recall(scene, boxes, shapes, 128) for shapes in ({"a": 0}, {"a": 0, "b": 0}))
    assert (spoon != NOTHING).any() and (both != spoon).any()


def test_what_a_hand_drew_is_the_ink_of_its_form():
    boxes = layout(cup(), 0)
    (x0, y0, x1, y1), far = boxes["cup"], np.array([[0.02, 0.02], [0.3, 0.02]])
    across = np.array([[x0, (y0 + y1) / 2], [x1, (y0 + y1) / 2]])
    own, drawn, steam, none = (
        recall(cup(), boxes, {"cup": 0}, 128, ink) for ink in (None, {"cup": [across]}, {"cup": [far]}, {"cup": []})
    )
    row = round(64 * (y0 + y1))
    assert drawn[row - 1 : row + 2].sum() < own[row - 1 : row + 2].sum()
    assert (steam == none).all()  # what is not near a form is no part of it
    assert (none.astype(int).sum(2) < 500).sum() < (own.astype(int).sum(2) < 500).sum()  # its own outline is gone
    wet = cup(states=["wet"])
    assert (recall(wet, boxes, {"cup": 0}, 128, {"cup": [across]}) == own).all()
    assert (recall(cup(), boxes, {}, 128, {"cup": [across]}) == NOTHING).all()


def test_training_scenes_know_their_shapes_and_lose_some_of_them():
    rng = np.random.default_rng(1)
    example = compose(random_scene(rng), rng, 64)
    assert example.shapes.keys() == {item.id for item in example.scene.objects}
    shapes = {str(number): number % 3 for number in range(4)}
    kept = [some_shapes(shapes, rng) for _ in range(200)]
    assert all(some.items() <= shapes.items() for some in kept)
    assert 20 < sum(not some for some in kept) < 90 and 60 < sum(some == shapes for some in kept) < 140


def test_the_adapter_reads_both():
    strokes, forms = torch.rand(2, 1, 64, 64), torch.rand(2, 8, 4, 4)
    read = adapter_input(strokes, forms)
    assert read.shape == (2, 256 + 8, 4, 4)
    assert torch.equal(read[0, :256, 1, 2], strokes[0, 0, 16:32, 32:48].flatten())
    assert torch.equal(read[:, 256:], forms)


def test_sketches_tell_which_shapes_they_show():
    scene = SceneGraph(objects=[SceneObject(id="a", noun="cup"), SceneObject(id="b", noun="kettle")])
    line = [np.array([[0.1, 0.1], [0.9, 0.9]])]
    drawn = {"b": Drawing(line, "llm")}
    (outlined,), (by_others,) = (sketch_chain([scene], layout(scene, 0), 0, given) for given in (None, drawn))
    assert outlined.shapes.keys() == {"a", "b"} and by_others.shapes == {"a": outlined.shapes["a"]}


def test_pictures_depend_on_what_is_recalled(tiny_embedded):
    profile = load_profile("embedded", str(tiny_embedded), str(tiny_embedded / "adapter"), 64)
    scene, boxes = cup(), layout(cup(), 0)
    asked = PictureRequest(
        prompt=verbalise(scene).text, boxes=boxes, sketch=sketch_chain([scene], boxes, 0)[0], scene=scene
    )
    requests = [asked, asked.model_copy(update={"scene": None})]
    with_forms, without = (
        np.asarray(picture.image) for picture in paint_pictures(models_of(profile), profile, requests)
    )
    assert (with_forms != without).any()
