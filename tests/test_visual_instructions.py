"""Finished guides are measured with tiny networks of the real classes and judged by a scripted server."""

import json
import shutil
import sys

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import (
    BitImageProcessorPil,
    CLIPConfig,
    CLIPImageProcessorPil,
    CLIPModel,
    Dinov2Config,
    Dinov2Model,
)
from typer.testing import CliRunner

from agents.judge import CRITERIA
from evals.visual_instructions.__main__ import app
from evals.visual_instructions.guides import Guide, Subject, crop, read_column, read_guide
from evals.visual_instructions.measures import difference, estimate, looked_at, wilson
from evals.visual_instructions.networks import EMBEDDED, clip_scorer, dinov2, generator, recognizer
from models.scene_diffusion.modeling import build_tokenizer
from models.scene_diffusion.recognizer import Recognizer, save_recognizer
from tests.openai_server import Server, says
from tests.saved_runs import BLUE, BOX, RED, cup_on, guide_of, save_run
from tests.sheet_judges import looks_for
from tests.test_command_line import THREE, refused
from tests.test_command_line import run as instruct
from tests.tiny import CORPUS
from tools.model_hub import ModelError, load_profile


def measure(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "250"})


@pytest.fixture
def tea(tmp_path):
    return save_run(tmp_path / "tea", [cup_on(RED), cup_on(RED), cup_on(BLUE)])


@pytest.fixture(scope="module")
def tiny_clip(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("clip")
    tokenizer = build_tokenizer(CORPUS, folder)
    layers = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4}
    end = tokenizer.eos_token_id
    text = layers | {"vocab_size": len(tokenizer), "max_position_embeddings": 24, "eos_token_id": end}
    text |= {"bos_token_id": tokenizer.bos_token_id, "pad_token_id": end}
    vision = layers | {"image_size": 32, "patch_size": 8}
    CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=16)).save_pretrained(folder)
    sides = {"height": 32, "width": 32}
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=sides).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny_dino(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("dino")
    config = Dinov2Config(hidden_size=32, num_hidden_layers=1, num_attention_heads=4, image_size=28, patch_size=14)
    Dinov2Model(config).save_pretrained(folder)
    BitImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}).save_pretrained(folder)
    return folder


@pytest.fixture
def tiny_generator(tiny_embedded):
    return generator(load_profile("embedded", str(tiny_embedded), str(tiny_embedded / "adapter"), 64))


# What is read of a run


def test_a_real_run_is_read_without_the_ink_of_its_page(tiny_embedded, home):
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
    done = instruct("how to make tea", "--steps", "-", "--max-rounds", "0", "--json", *models, input=THREE)
    guide = read_guide(home / json.loads(done.stdout)["run"])
    assert guide.subject == Subject("make tea", 0, tuple(THREE.split("\n")[:-1]))
    assert [picture.size for picture in guide.pictures] == [(64, 64)] * 3  # the page's are of 1024, and inked
    assert guide.settings["sharing"] is True and guide.settings["profile"] == "embedded"
    assert any(thing.noun == "cup" and len(thing.box) == 4 for thing in guide.things[1].values())


def test_a_folder_of_runs_is_one_column_and_no_two_of_its_guides_are_about_the_same(tea, tmp_path):
    save_run(tmp_path / "more", [cup_on(RED)] * 3, seed=1)
    assert [guide.subject.seed for guide in read_column([tmp_path])] == [1, 0]
    refused(measure("--a", tmp_path, "--a", tea), "2 runs", "make tea", "tea")


def test_a_thing_that_is_planned_twice_in_a_picture_is_passed_over(tmp_path):
    twice = save_run(tmp_path / "tea", [cup_on(RED)], extra=("cup", (0.6, 0.6, 0.9, 0.9)))
    assert read_guide(twice).things == [{}]


def test_a_crop_is_square_with_its_thing_in_the_middle_even_at_the_edge():
    picture = Image.new("RGB", (100, 100), "red")
    picture.paste("blue", (60, 80, 100, 100))
    cut = np.asarray(crop(picture, (0.6, 0.8, 1.0, 1.0)))
    assert cut.shape == (50, 50, 3)
    rows, columns = np.nonzero(cut[..., 2])
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (15, 49, 5, 49)  # the edge goes on


# Networks


def test_clip_scores_are_cosines_and_do_not_depend_on_the_company(tiny_clip):
    scores = clip_scorer(str(tiny_clip))
    pictures, texts = [cup_on(RED), cup_on(BLUE)], ["a cup", "a kettle left of a bowl, wooden table, and a cup " * 9]
    both = scores(pictures, texts)
    assert both == pytest.approx([scores([p], [t])[0] for p, t in zip(pictures, texts, strict=True)], abs=1e-3)
    assert all(-100 <= score <= 100 for score in both) and both[0] != pytest.approx(both[1])
    model = CLIPModel.from_pretrained(tiny_clip)
    model.text_projection.weight.data.neg_()
    model.save_pretrained(tiny_clip / "negative")
    for file in tiny_clip.glob("*.json"):
        (tiny_clip / "negative" / file.name).write_bytes(file.read_bytes())
    assert clip_scorer(str(tiny_clip / "negative"))(pictures, texts) == pytest.approx([-s for s in both], abs=1e-3)


def test_dinov2_distances_are_those_of_class_tokens_of_length_one(tiny_dino):
    between = dinov2(str(tiny_dino)).distances([cup_on(RED), cup_on(BLUE), cup_on(RED)])
    assert between[0, 2] == pytest.approx(0, abs=1e-6) and np.allclose(between, between.T)
    pixels = BitImageProcessorPil.from_pretrained(tiny_dino)(images=[cup_on(RED), cup_on(BLUE)], return_tensors="pt")
    with torch.no_grad():
        tokens = Dinov2Model.from_pretrained(tiny_dino).eval()(**pixels).last_hidden_state[:, 0]
    wanted = (torch.nn.functional.normalize(tokens[0], dim=0) - torch.nn.functional.normalize(tokens[1], dim=0)).norm()
    assert between[0, 1] == pytest.approx(float(wanted), abs=1e-5) and 0 < between[0, 1] <= 2


def test_the_embedded_network_tells_pictures_apart_and_says_which_it_is(tiny_generator):
    between = tiny_generator.distances([cup_on(RED), cup_on(BLUE), cup_on(RED)])
    assert between[0, 2] == pytest.approx(0, abs=1e-6) and between[0, 1] > 1e-3
    assert tiny_generator.name.startswith("embedded generator's UNet")


def test_the_recogniser_is_asked_about_things_alone(tmp_path):
    torch.manual_seed(0)
    model = Recognizer(["kettle", "cup"], ["red"])
    for bias, wanted in (([0, 0, 9], 1), ([0, 9, 0], 0)):
        model.noun.bias.data = torch.tensor(bias, dtype=torch.float32)
        save_recognizer(model, tmp_path / "recognizer")
        run = save_run(tmp_path / f"tea-{wanted}", [cup_on(RED), cup_on(BLUE)], extra=("spoon", (0.6, 0.6, 0.9, 0.9)))
        found = looked_at(recognizer(tmp_path / "recognizer"), read_guide(run))
        assert found["recognised"][1, "a cup"] == wanted and found["recognised"][1, "a spoon"] == 0
    assert set(found) == {"same thing", "other things", "recognised"}
    assert set(found["same thing"]) == {(1, 2, "a cup"), (1, 2, "a spoon")}
    assert set(found["other things"]) == {(1, 2, "a cup", "a spoon"), (1, 2, "a spoon", "a cup")}
    with pytest.raises(ModelError, match="nowhere"):
        recognizer(tmp_path / "nowhere")


# Measures


def test_steps_are_compared_with_the_next_with_all_and_by_what_they_plan_alike(tmp_path, tiny_dino):
    network = dinov2(str(tiny_dino))
    pictures = [cup_on(RED), cup_on(BLUE), cup_on(BLUE), cup_on(RED)]
    guide = read_guide(save_run(tmp_path / "tea", pictures, states=[(3, "broken")]))
    found = looked_at(network, guide)
    assert list(found["step to next"]) == [(1, 2), (2, 3), (3, 4)]
    assert len(found["any two steps"]) == 6 and found["any two steps"][1, 4] == pytest.approx(0, abs=1e-6)
    assert {item[:2] for item in found["same thing"]} == {(1, 2), (1, 3), (2, 3)}  # the fourth is planned otherwise
    assert found["other things"] == {}  # it is a cup all the same
    cut = network.distances([crop(picture, BOX) for picture in pictures[:2]])
    assert found["same thing"][1, 2, "a cup"] == pytest.approx(cut[0, 1], abs=1e-6)


def test_guides_are_the_cases_and_a_single_guide_is_measured_within():
    two = {guide_of(0): {(1, 2): 1.0}, guide_of(1): {(1, 2): 2.0, (2, 3): 4.0}}
    assert estimate(two) == pytest.approx((2.0, 12.706, 2, "guide"))
    assert estimate({guide_of(1): {(1, 2): 2.0, (2, 3): 4.0}}) == pytest.approx((3.0, 12.706, 2, "value"))
    assert estimate({guide_of(0): {(1,): 5.0}}) == (5.0, None, 1, "value")
    assert estimate({guide_of(0): {}}) is None


def test_a_difference_is_that_of_the_same_items_of_the_same_guides():
    a = {guide_of(0): {(1,): 1.0, (2,): 9.0}, guide_of(1): {(1,): 5.0}}
    b = {guide_of(0): {(1,): 2.0, (2,): 10.0}, guide_of(2): {(1,): 70.0}}
    assert difference(a, b) == (1.0, 0.0, 2, "value")
    assert difference(a, {guide_of(2): {(1,): 70.0}}) is None


def test_wilson_interval():
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert wilson(0, 0) is None and wilson(3, 3)[1] == 1


# The command


def test_two_ablations_are_compared_by_every_network_and_two_judges(
    tmp_path, tiny_clip, tiny_dino, tiny_generator, monkeypatch
):
    monkeypatch.setitem(EMBEDDED, "generator", lambda: tiny_generator)
    monkeypatch.setenv("ATELIER_ROLE_MODELS", '{"judge": "another"}')  # the judges that are named are asked
    for seed in (0, 1):
        save_run(tmp_path / "none" / f"tea-{seed}", [cup_on(RED), cup_on(BLUE)] * (1 + seed), seed, sharing=False)
        save_run(tmp_path / "full" / f"tea-{seed}", [cup_on(RED)] * 2 * (1 + seed), seed, sharing=True)
    options = ["--clip", tiny_clip, "--dino", tiny_dino, "--embedded", "generator", "--out", tmp_path / "figures.json"]
    with Server([looks_for(BLUE)] * 4 + [looks_for(RED)]) as server:
        judges = ["--judge", "one", "--judge", "two", "--llm", server.url]
        result = measure("--a", tmp_path / "none", "--b", tmp_path / "full", *options, *judges)
    assert result.exit_code == 0, result.output
    for told in (
        "CLIP score",
        "L2 DINOv2",
        "UNet",
        "sharing: a false, b true",
        "2 guides",
        "kept to a place in 0 of 8",
        "Cohen",
        "two took 320 tokens in",
    ):
        assert told in result.output, result.output
    assert [request["model"] for request in server.requests] == ["one"] * 4 + ["two"] * 4
    figures = json.loads((tmp_path / "figures.json").read_text())
    found = {(row["network"][:7], row["what"]): row for row in figures["measures"]}
    assert found["L2 DINO", "any two steps"]["means"]["b"]["mean"] == pytest.approx(0, abs=1e-6)
    assert found["L2 DINO", "any two steps"]["differences"]["b"]["mean"] < 0
    assert found["embedde", "same thing"]["means"]["a"]["n"] == 2
    heard = figures["judgements"]["b"]
    assert [judge["preferences"]["continuity"] for judge in heard["judges"]] == [{"a": 2}, {"b": 2}]
    assert heard["agreement"][0]["kappa"] == dict.fromkeys(CRITERIA, 0) | {"relevance": None, "all": pytest.approx(0.2)}


def test_runs_are_columns_and_goals_choose_among_them(tmp_path):
    for name in ("one", "two", "three"):
        save_run(tmp_path / name / "tea", [cup_on(RED)] * 2)
        save_run(tmp_path / name / "egg", [cup_on(BLUE)] * 2, goal="how to fry an egg")
    (tmp_path / "goals.txt").write_text("Fry an egg\n")
    places = [tmp_path / name for name in ("one", "two", "three")]
    result = measure(
        *places, "--embedded", "none", "--goals", tmp_path / "goals.txt", "--out", tmp_path / "figures.json"
    )
    assert result.exit_code == 0, result.output
    assert "no guide of the same" not in result.output
    columns = json.loads((tmp_path / "figures.json").read_text())["columns"]
    assert list(columns) == ["one", "two", "three"] and all(
        [guide["goal"] for guide in guides] == ["fry an egg"] for guides in columns.values()
    )


def test_columns_are_named_by_what_tells_them_apart_and_need_not_have_a_guide_in_common(tmp_path, tiny_dino):
    for name, seed in (("a", 0), ("more", 1)):
        save_run(tmp_path / name / "tea", [cup_on(RED)] * 2, seed, sharing=bool(seed))
    result = measure(tmp_path / "a" / "tea", tmp_path / "more" / "tea", "--dino", tiny_dino, "--embedded", "none")
    assert "sharing: a/tea false, more/tea true" in result.output
    assert "a/tea and more/tea have no guide of the same goal, seed and instructions" in result.output


def test_what_cannot_be_measured_ends_in_one_line(tea, tmp_path, tiny_dino, monkeypatch):
    monkeypatch.setitem(sys.modules, "dreamsim", None)
    (tmp_path / "empty").mkdir()
    refused(measure(), "nothing to measure")
    refused(measure(tmp_path / "nowhere"), "no folder", "nowhere")
    refused(measure(tmp_path / "empty"), "no finished run", "empty")
    refused(measure(tea, "--embedded", "oracle"), "'oracle'", "generator")
    refused(measure(tea, "--clip", tiny_dino), "cannot load", "CLIPModel")
    refused(measure(tea, "--dino", tmp_path / "empty"), "cannot load", "empty")
    half = shutil.copytree(tiny_dino, tmp_path / "half")
    (half / "model.safetensors").write_bytes((half / "model.safetensors").read_bytes()[:300])
    refused(measure(tea, "--dino", half), "cannot load", "half")
    refused(measure(tea, "--dreamsim", tmp_path), "DreamSim", "pip install dreamsim")
    refused(measure(tea, "--judge", "m"), "a judge compares")
    refused(measure("--a", tea, "--b", tea, "--judge", "m"), "no server", "--llm")
    refused(measure("--a", tea, "--b", tea, "--judge", "m", "--llm", "localhost"), "http://localhost")
    refused(measure(tea, "--goals", tmp_path / "goals.txt"), "goals.txt")
    refused(measure(tea, "--out", tmp_path / "nowhere" / "figures.json"), "cannot write")
    (tmp_path / "goals.txt").write_text("fly to the moon\n")
    refused(measure(tea, "--goals", tmp_path / "goals.txt"), "no run of", "goals")


def test_a_damaged_run_ends_in_one_line(tea, tmp_path):
    next(path for path in (tmp_path / "artifacts").glob("*/*") if path.stat().st_size > 100).write_bytes(b"no")
    refused(measure(tea), "cannot measure", "corrupt")
    (tea / "trajectory.json").write_text("{}")
    refused(measure(tea), "trajectory.json", "not a run's trajectory")


def test_a_judge_that_does_not_answer_ends_in_one_line_after_the_figures(tea, tmp_path, tiny_dino):
    other = save_run(tmp_path / "other" / "tea", [cup_on(BLUE)] * 3)
    with Server([says("no")]) as server:
        judges = ["--judge", "m", "--llm", server.url, "--embedded", "none"]
        result = measure("--a", tea, "--b", other, "--dino", tiny_dino, *judges)
    refused(result, "judge (m at", "no answer that fits")
    assert "L2 DINOv2" in result.stdout
    egg = save_run(tmp_path / "egg", [cup_on(BLUE)] * 3, goal="fry an egg")
    with Server([says("no")]) as server:
        judges = ["--judge", "m", "--llm", server.url, "--embedded", "none"]
        refused(measure("--a", tea, "--b", egg, *judges), "nothing to judge")


def test_a_guide_of_one_step_has_no_distances(tmp_path, tiny_dino):
    guide = read_guide(save_run(tmp_path / "tea", [cup_on(RED)]))
    assert isinstance(guide, Guide) and not any(looked_at(dinov2(str(tiny_dino)), guide).values())
    assert "–" in measure(tmp_path / "tea", "--dino", tiny_dino, "--embedded", "none").output
