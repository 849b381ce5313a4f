"""A person reviews the plan: the run waits with a typed question, and goes on with the plan as it was answered."""

import json
import re

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from graphs.instruct import builder
from graphs.review import WAITING, PlanReview
from tests.test_command_line import refused, run

GOAL = "make tea"


@pytest.fixture
def waiting():
    """A graph that waits at its plan, and stops before pictures are made."""
    graph = builder.compile(checkpointer=InMemorySaver(), interrupt_before=["relate"])
    config = {"configurable": {"thread_id": "r"}}
    graph.invoke({"goal": GOAL, "settings": {"review": True}}, config)
    return graph, config


def question(graph, config):
    return PlanReview.model_validate(graph.get_state(config).interrupts[0].value)


def answered(waiting, answer):
    graph, config = waiting
    graph.invoke(Command(resume=answer), config)
    return graph.get_state(config)


def test_the_run_waits_with_the_plan(waiting):
    asked = question(*waiting)
    assert asked.goal == GOAL and len(asked.instructions) == 5 and asked.title == "Make tea"
    assert waiting[0].get_state(waiting[1]).next == ("review",)


@pytest.mark.parametrize("answer", ["accept", True, {"instructions": None}])
def test_an_accepted_plan_stands(waiting, answer):
    before = question(*waiting).instructions
    state = answered(waiting, answer)
    assert state.next == ("relate",) and state.values["instructions"] == before
    assert state.values["plan_source"] == "from the built-in library"


@pytest.mark.parametrize("form", [list, lambda steps: {"instructions": [*steps, " ", ""]}])
def test_an_edited_plan_is_drawn(waiting, form):
    steps = ["Put a tea bag in a red cup.", "Throw away the tea bag.", "Stir the tea bag."]
    state = answered(waiting, form(steps))
    assert state.values["instructions"] == steps and len(state.values["captions"]) == 3
    assert state.values["plan_source"].endswith(", edited")
    assert any("step 3 uses the tea bag" in note for note in state.values["notes"].values())


def test_another_goal_is_planned_and_asked_about_again(waiting):
    state = answered(waiting, {"goal": "make lemonade"})
    asked = question(*waiting)
    assert state.next == ("review",) and asked.goal == "make lemonade" and "lemon" in " ".join(asked.instructions)
    assert answered(waiting, "accept").values["goal"] == "make lemonade"


def test_a_goal_that_cannot_be_planned_leaves_the_plan_and_says_so(waiting):
    answered(waiting, {"goal": "fly to the moon"})
    asked = question(*waiting)
    assert asked.goal == GOAL and len(asked.instructions) == 5
    assert any("fly to the moon" in doubt for doubt in asked.doubts)
    assert not answered(waiting, "accept").values["notes"]


@pytest.mark.parametrize("answer", [7, "perhaps", {"plan": 1}, [], [""], {"instructions": ["x"] * 21}, {"goal": ""}])
def test_an_answer_that_cannot_be_used_is_asked_for_again(waiting, answer):
    assert answered(waiting, answer).next == ("review",)
    assert question(*waiting).problem
    assert answered(waiting, "accept").next == ("relate",)


def test_doubts_are_told():
    graph = builder.compile(checkpointer=InMemorySaver())
    config = {"configurable": {"thread_id": "d"}}
    steps = ["Eat the apple.", "Cut the apple."]
    graph.invoke({"goal": "an apple", "given_steps": steps, "settings": {"review": True}}, config)
    assert question(graph, config).doubts == ["step 2 uses the apple, but step 1 says to eat the apple"]


@pytest.fixture
def tiny(tiny_embedded):
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter")]
    return [*models, "--size", "64", "--max-rounds", "0"]


def test_at_the_terminal_a_run_waits_and_goes_on(home, tiny, tmp_path):
    result = run("make toast", "--review", *tiny)
    assert result.exit_code == WAITING and "1. " in result.stderr
    (identity,) = re.findall(r"--resume (\S+)", result.stderr)
    assert run("--resume", identity).exit_code == WAITING
    (tmp_path / "steps").write_text("Put a slice of bread on a plate.\nButter the bread.\n")
    result = run("--resume", identity, "--steps", str(tmp_path / "steps"))
    assert result.exit_code == 0, result.output
    trajectory = json.loads((home / identity / "trajectory.json").read_text())
    assert [step["instruction"] for step in trajectory["steps"]] == (tmp_path / "steps").read_text().splitlines()
    refused(run("--resume", identity, "--accept"), identity, "does not wait")


def test_a_program_is_told_what_waits(home, tiny):
    result = run("make toast", "--review", "--json", *tiny)
    assert result.exit_code == WAITING
    told = json.loads(result.stdout)
    assert told["waiting"]["review"] == "plan" and told["waiting"]["instructions"]
    assert run("--resume", told["run"], "--accept", "--json").exit_code == 0


def test_there_is_nothing_to_accept_in_a_new_run():
    refused(run("make tea", "--accept"), "--accept", "--resume")
