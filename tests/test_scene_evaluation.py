"""The evaluation of the embedded generator: what is held out, who judges, and that it judges what users get."""

import itertools
import json

import numpy as np
import pytest
import torch
import typer
from typer.testing import CliRunner

from models.scene_diffusion import evaluate, measures, recognizer, sampling
from models.scene_diffusion.composer import Example, Placed, compose
from models.scene_diffusion.crops import SIDE, crops_of, cut, seen_shares, window_of
from models.scene_diffusion.drawings.shapes import Part, rectangle
from models.scene_diffusion.held_scenes import TASKS, held_out_examples
from models.scene_diffusion.random_scenes import is_held_out, random_scene
from models.scene_diffusion.recognizer import Found, Recognizer, load_recognizer, save_recognizer
from models.scene_diffusion.sampling import CONDITIONS, Painter
from tools.canvas import Sketch, rasterise
from tools.diffusion import PictureRequest, paint_pictures
from tools.layout import layout
from tools.model_hub import load_profile, models_of
from tools.scene import Relation, SceneGraph, SceneObject, verbalise
from tools.strokes import sketch_chain
from tools.vocabulary import vocabulary

CUP_LEFT_OF_BOWL = SceneGraph(
    objects=[SceneObject(id="a", noun="cup", colour="red"), SceneObject(id="b", noun="bowl", count=2)],
    relations=[Relation(subject="a", relation="left of", object="b")],
)
NOUNS, COLOURS = vocabulary().learned, list(vocabulary().colours)


def run(command, *arguments):
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(word) for word in arguments])


def pairs(scene):
    return itertools.combinations([item.noun for item in scene.objects], 2)


def test_held_out_pairs_never_meet_in_training_and_always_in_the_evaluation():
    rng = np.random.default_rng(0)
    assert not any(is_held_out(*pair) for _ in range(500) for pair in pairs(random_scene(rng)))
    for _ in range(30):
        assert any(is_held_out(*pair) for pair in pairs(random_scene(rng, held_out=True)))
    for task in ("two objects", "position", "colour attribution"):
        assert any(is_held_out(*pair) for pair in pairs(TASKS[task](rng)))


def test_one_pair_in_twenty_is_held_out_whichever_comes_first():
    table = [(one, other) for one, other in itertools.combinations(NOUNS, 2)]
    held = [is_held_out(*pair) for pair in table]
    assert 0.045 < np.mean(held) < 0.055
    assert held[:500] == [is_held_out(other, one) for one, other in table[:500]]


def test_a_crop_shows_its_object_at_the_same_scale_wherever_it_is():
    image = np.full((256, 256, 3), 200, np.uint8)
    image[100:140, 30:90] = (10, 20, 30)
    crop = cut(image, [window_of((30 / 256, 100 / 256, 90 / 256, 140 / 256))])[0]
    dark = np.argwhere(crop[..., 0] < 100)
    assert crop.shape == (SIDE, SIDE, 3)
    assert np.allclose(dark.mean(0), (SIDE - 1) / 2, atol=1)
    assert np.ptp(dark[:, 1]) + 1 == pytest.approx(SIDE / 1.25, abs=2)


def test_crops_are_labelled_and_hold_their_boxes():
    rng = np.random.default_rng(1)
    scene = SceneGraph(objects=[SceneObject(id="a", noun="lemon", colour="yellow", count=3)])
    crops = crops_of(scene, rng, views=2, empty=0)
    assert [NOUNS[row - 1] for row in crops.nouns] == ["lemon"] * 6
    assert {COLOURS[row] for row in crops.colours} == {"yellow"}
    assert ((crops.boxes > -0.2) & (crops.boxes < 1.2)).all() and (crops.boxes[:, 2] > crops.boxes[:, 0]).all()


def test_what_is_covered_is_known():
    below, above = rectangle(0.4, 0.4, 0.6, 0.6), rectangle(0.3, 0.3, 0.7, 0.55)
    shares = seen_shares([Placed("below", Part(below, (1, 2, 3))), Placed("above", Part(above, (1, 2, 3)))])
    assert shares["below"] == pytest.approx(0.25, abs=0.1) and shares["above"] == 1


@pytest.mark.parametrize("given", CONDITIONS, ids=lambda given: given.name)
def test_pictures_are_those_that_users_get(given, tiny_embedded):
    profile = load_profile("embedded", str(tiny_embedded), str(tiny_embedded / "adapter"))
    scene, (text, spans) = CUP_LEFT_OF_BOWL, verbalise(CUP_LEFT_OF_BOWL)
    boxes = layout(scene, 0)
    drawn = sketch_chain([scene], boxes, 0)[0]
    request = PictureRequest(
        prompt=text,
        spans=spans,
        boxes=boxes if given.layout else {},
        sketch=drawn if given.scribble else Sketch(shapes=drawn.shapes),
        scene=scene if given.forms else None,
        seed=5,
    )
    theirs = np.asarray(paint_pictures(models_of(profile), profile, [request])[0].image)
    black = np.zeros((256, 256, 3), np.uint8)
    example = Example(scene, verbalise(scene), black, rasterise(drawn, 256), boxes, [], drawn.shapes)
    ours = Painter(tiny_embedded).paint([example], given, [5])[0]
    assert np.abs(ours.astype(int) - theirs).max() <= 2


def test_intervals():
    share = measures.estimate([1.0] * 8 + [0.0] * 2)
    assert (share.value, share.n) == (0.8, 10)
    assert (share.low, share.high) == pytest.approx((0.490, 0.943), abs=1e-3)  # Wilson's, by hand
    assert measures.estimate([1.0] * 20).low < 0.9
    assert measures.estimate([30.0, 32.0, 34.0]).low == pytest.approx(32 - 1.96 * 2 / 3**0.5)
    assert measures.estimate([]).n == 0


def found(**nouns):
    return {noun: [Found(0.9, box, colour, np.ones(4)) for box, colour in here] for noun, here in nouns.items()}


LEFT, RIGHT, FARTHER = (0.1, 0.5, 0.3, 0.8), (0.5, 0.5, 0.7, 0.8), (0.75, 0.5, 0.95, 0.8)


@pytest.mark.parametrize(
    "seen, met",
    [
        (found(cup=[(LEFT, "red")], bowl=[(RIGHT, "blue"), (FARTHER, "blue")]), True),
        (found(cup=[(LEFT, "blue")], bowl=[(RIGHT, "red"), (FARTHER, "red")]), False),
        (found(cup=[(LEFT, "red")], bowl=[(RIGHT, "blue")]), False),
        (found(cup=[(FARTHER, "red")], bowl=[(LEFT, "blue"), (RIGHT, "blue")]), False),
        (found(bowl=[(RIGHT, "blue"), (FARTHER, "blue")]), False),
    ],
    ids=["met", "colours swapped", "too few", "wrong side", "missing"],
)
def test_a_task_needs_nouns_numbers_colours_and_relations(seen, met):
    assert measures.is_met(CUP_LEFT_OF_BOWL, seen) is met


def test_relations_are_judged_from_where_things_are_found():
    tally = measures.Tally(list)
    for seen in (found(cup=[(LEFT, "")], bowl=[(RIGHT, "")]), found(cup=[(RIGHT, "")], bowl=[(LEFT, "")]), {}):
        measures.measure_relations(tally, seen, CUP_LEFT_OF_BOWL, evaluate.DRAWN)
    assert tally["relation, of all", "drawn"] == [1, 0, 0]
    assert tally["relation, both found", "drawn"] == [1, 0]


def test_scribble_iou_tells_pictures_apart():
    examples = held_out_examples(6, seed=1)
    own = [measures.scribble_iou(example.image, example) for example in examples]
    others = [measures.scribble_iou(one.image, other) for one, other in itertools.permutations(examples, 2)]
    assert min(own) > 0.5 > np.mean(others) and np.mean(own) > np.mean(others) + 0.3


def test_weights_come_back_as_they_went(tmp_path):
    torch.manual_seed(0)
    model = Recognizer(["cup", "bowl"], ["red"]).eval()
    save_recognizer(model, tmp_path)
    again = load_recognizer(tmp_path)
    crops = np.random.default_rng(0).integers(0, 255, (3, SIDE, SIDE, 3), dtype=np.uint8)
    assert again.names == ["nothing", "cup", "bowl"]
    assert np.allclose(model.classify(crops).nouns, again.classify(crops).nouns, atol=2e-2)


def test_the_shipped_recogniser_knows_and_finds_drawings():
    judge = load_recognizer()
    assert judge.nouns == NOUNS and judge.colours == COLOURS
    right, colours, _ = measures.own_accuracy(judge, scenes=25, seed=8)
    assert np.mean(right) > 0.75 and np.mean(colours) > 0.6
    example = compose(
        SceneGraph(objects=[SceneObject(id="a", noun="elephant"), SceneObject(id="b", noun="bicycle")]),
        np.random.default_rng(2),
    )
    seen = judge.find(example.image)
    for identity, noun in (("a", "elephant"), ("b", "bicycle")):
        assert np.abs(np.subtract(seen[noun][0].box, example.boxes[identity])).max() < 0.1
    assert judge.find(np.full((256, 256, 3), 230, np.uint8)) == {}


def test_training_resumes(tmp_path):
    options = ("--out", tmp_path / "weights", "--folder", tmp_path, "--batch-size", 8)
    assert run(recognizer.main, "--minutes", 0.005, *options).exit_code == 0
    before = torch.load(tmp_path / "state.pt")["step"]
    assert run(recognizer.main, "--minutes", 0.02, *options).exit_code == 0
    assert torch.load(tmp_path / "state.pt")["step"] > before > 0
    assert load_recognizer(tmp_path / "weights").nouns == NOUNS


def test_the_command_measures_every_condition(tiny_embedded, tmp_path, monkeypatch):
    monkeypatch.setattr(recognizer, "SIDES", (0.5,))
    monkeypatch.setattr(sampling, "STEPS", 1)
    recognizer.sliding_windows.cache_clear()
    options = ["--weights", tiny_embedded, "--scenes", 2, "--prompts", 1, "--captions", 0]
    files = ["--out", tmp_path / "figures.json", "--sheet", tmp_path / "sheet.png"]
    done = run(evaluate.main, *options, *files)
    recognizer.sliding_windows.cache_clear()
    assert done.exit_code == 0, done.output
    figures = {
        (row["what"], row["given"]): row for row in json.loads((tmp_path / "figures.json").read_text())["figures"]
    }
    assert {given for _, given in figures} == {given.name for given in evaluate.COLUMNS}
    assert all(("found", given.name) in figures for given in evaluate.COLUMNS)
    assert ("recognised at its box", "text alone") not in figures
    assert figures["task: counting", "text alone"]["n"] == 1
    assert (tmp_path / "sheet.png").exists() and "first stage" in done.output
