"""Inspector, critic and refiner: with a model and without, over the real protocol."""

import json

import pytest
from PIL import Image

from agents.critic import WHOLE, criticise, criticise_freely
from agents.inspector import inspect_plan
from agents.llm import Door, LanguageModelError
from agents.refiner import refinement
from tests.openai_server import Server, answer, status
from tests.test_command_line import run
from tools.scene import SceneGraph, SceneObject
from tools.trajectory import Finding

PLAN = SceneGraph(objects=[SceneObject(id="cup", noun="cup", colour="blue"), SceneObject(id="plate", noun="plate")])
BOXES = {"cup": (0.1, 0.2, 0.4, 0.6), "plate": (0.5, 0.5, 0.9, 0.7)}
PICTURE = Image.new("RGB", (32, 32), "white")
FOUND = Finding(
    step=0, round=0, side="picture", kind="colour", object="cup", measured=0.1, wanted=0.25, refine="paint the cup blue"
)


def test_the_inspector_without_a_model_compares_by_rule():
    found = inspect_plan("Put a red cup on the table.", PLAN, 2, 1, Door())
    assert [(f.object, f.side, f.kind, f.step, f.round) for f in found] == [("cup", "text", "contradiction", 2, 1)]
    assert "red" in found[0].refine
    assert inspect_plan("Put a blue cup next to a spoon.", PLAN, 0, 0, Door()) == [], "what is missing is pending"


def test_the_inspector_with_a_model_tells_only_of_the_plan():
    told = {"object": "cup", "attribute": "colour", "wanted": "red", "refine": "Make the cup red."}
    with Server([answer({"contradictions": [told, {**told, "object": "elephant"}]})]) as server:
        found = inspect_plan("a red cup", PLAN, 0, 0, Door(server.url))
    assert [f.refine for f in found] == ["Make the cup red."]
    assert "blue cup" in server.requests[0]["messages"][1]["content"]


def test_the_critic_sees_the_picture_and_tells_what_it_is_sure_of():
    sure = {"object": "cup", "kind": "shape", "confidence": 0.9, "refine": "Draw the cup with a handle."}
    faults = [sure, {**sure, "object": "plate", "confidence": 0.2}, {**sure, "object": "hat"}]
    with Server([answer({"faults": faults})]) as server:
        (found,) = criticise(PICTURE, PLAN, BOXES, 1, 0, Door(server.url))
    assert (found.object, found.kind, found.side, found.box) == ("cup", "critique", "picture", BOXES["cup"])
    assert found.severity == pytest.approx(0.9)
    assert server.requests[0]["messages"][1]["content"][1]["type"] == "image_url"


def test_a_self_sampled_critique_knows_the_prompt_alone():
    told = {"kind": "colour", "confidence": 1.0, "refine": "Paint it blue."}
    faults = [{**told, "object": "the mug"}, {**told, "object": "blue sky"}, {**told, "object": ""}]
    with Server([answer({"faults": faults})]) as server:
        found = criticise_freely(PICTURE, "Put a mug on a plate.", PLAN, BOXES, 0, 0, Door(server.url))
    assert [(f.object, f.box) for f in found] == [("cup", BOXES["cup"]), ("blue sky", WHOLE), ("", WHOLE)]
    asked = json.dumps(server.requests[0]["messages"])
    assert "Put a mug on a plate." in asked and "attributes" not in asked and '"noun"' not in asked


def test_a_critic_that_cannot_see_says_so_in_one_line():
    with Server([status(400, "this model does not support image input")] * 3) as server:
        with pytest.raises(LanguageModelError) as refusal:
            criticise(PICTURE, PLAN, BOXES, 0, 0, Door(server.url))
    assert str(refusal.value).startswith("critic (") and "\n" not in str(refusal.value)


def test_the_refiner_tells_what_to_mend():
    assert refinement(FOUND, PLAN, Door()) == "paint the cup blue"
    with Server([answer({"refine": "Paint the cup blue, with a clear rim."})]) as server:
        assert refinement(FOUND, PLAN, Door(server.url)) == "Paint the cup blue, with a clear rim."


@pytest.mark.parametrize(("critic", "named"), [("plan", "cup"), ("self", "handle")])
def test_a_critique_is_mended_and_named(critic, named, home, tiny_embedded):
    """Three answers of the plan's roles, then inspector, critic and refiner, and the looks at what was mended."""
    caption = {"action": "Put a cup on the table.", "state": "A cup stands on the table."}
    caption |= {"objects": [{"name": "cup", "link": "new", "step": None}]}
    cup = {"id": "cup", "name": "cup", "noun": "cup", "count": 1, "colour": None, "states": [], "content": None}
    scene = {"objects": [cup], "relations": [], "ground": "wooden table"}
    fault = {"object": named, "kind": "shape", "confidence": 1.0, "refine": "Give the cup a handle."}
    script = [caption, {"matrix": [[1.0]]}, scene, {"contradictions": []}, {"faults": [fault]}]
    script += [{"refine": "Give the cup one clear handle."}, {"contradictions": []}, {"faults": []}]
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
    with Server([answer(value) for value in script]) as server:
        arguments = [
            "--steps",
            "-",
            "--critic",
            critic,
            "--llm",
            server.url,
            "--model",
            "m",
            "--json",
            "--no-cache",
            *models,
        ]
        result = run("a cup", *arguments, input="Put a cup on the table.")
    assert result.exit_code == 0, result.output
    assert len(server.requests) == len(script)
    trajectory = json.loads((home / json.loads(result.stdout)["run"] / "trajectory.json").read_text())
    refined = [frame for frame in trajectory["steps"][0]["frames"] if frame["source"] == "refined"]
    assert [frame["ins"] for frame in refined] == ["<refine>Give the cup one clear handle.</refine>"]
    assert refined[0]["kept"]
