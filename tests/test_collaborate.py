"""A person and the Painter draw by turns: typed interrupts, answers in any form, at the terminal too, with resume."""

import json

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from graphs.collaboration import Move, StrokesAsked, canvas_of
from graphs.review import WAITING
from graphs.sketch import builder
from tests.test_command_line import refused
from tests.test_sketch_commands import LINES, done, painter, run, sketch  # noqa: F401  # fixtures
from tools.canvas import Sketch, to_svg

STROKE = [[0.1, 0.1], [0.9, 0.9]]


@pytest.fixture
def drawing(painter):  # noqa: F811
    graph = builder.compile(checkpointer=InMemorySaver())
    config = {"configurable": {"thread_id": "t"}}
    graph.invoke({"word": "a mug", "turns": 3, "strokes_a_turn": 2, "painter": painter[1]}, config)

    def answer(value):
        graph.invoke(Command(resume=value), config)
        return graph.get_state(config)

    return graph.get_state(config), answer


def asked(state) -> StrokesAsked:
    return StrokesAsked.model_validate(state.interrupts[0].value)


def moves(state) -> list[Move]:
    return [Move.model_validate(move) for move in state.values["moves"]]


def test_the_person_is_asked_first_with_the_canvas(drawing):
    question = asked(drawing[0])
    assert (question.word, question.turn, question.turns) == ("coffee cup", 1, 3) and question.svg.startswith("<svg")


@pytest.mark.parametrize(
    "value",
    [
        [STROKE],
        STROKE,
        json.dumps(STROKE),
        {"strokes": [{"points": STROKE}]},
        {"svg": to_svg(Sketch(strokes=LINES[:1]))},
    ],
)
def test_strokes_in_any_form_are_taken_and_answered(drawing, value):
    state = drawing[1](value)
    person, own = moves(state)
    assert person.by == "person" and len(person.strokes) == 1
    assert own.by == "painter" and 1 <= len(own.strokes) <= 2 and own.strokes[0].object == "coffee cup"
    assert asked(state).turn == 2 and asked(state).svg.count("<path") == 1 + len(own.strokes)


def test_a_pass_leaves_the_painter_to_begin(drawing):
    person, own = moves(drawing[1]("pass"))
    assert not person.strokes and own.strokes


def test_both_draw_until_the_turns_are_over_or_the_person_is_done(drawing):
    for _ in range(2):
        assert drawing[1](STROKE).interrupts
    state = drawing[1](STROKE)
    assert not state.interrupts and [move.by for move in moves(state)] == ["person", "painter"] * 3
    assert canvas_of(state.values).source == "person and painter"


def test_done_ends_it(drawing):
    drawing[1](STROKE)
    state = drawing[1]("done")
    assert not state.next and len(canvas_of(state.values).strokes) == 1 + len(moves(state)[1].strokes)


@pytest.mark.parametrize("value", [7, "a cat", [[float("nan"), 0]], {"shape": 1}, "<svg/>", [STROKE] * 300])
def test_an_answer_that_cannot_be_used_is_asked_for_again(drawing, value):
    state = drawing[1](value)
    assert asked(state).problem and asked(state).turn == 1 and not moves(state)
    assert len(moves(drawing[1](STROKE))) == 2


def test_a_drawing_begins_anew_on_the_same_thread(painter):  # noqa: F811
    graph = builder.compile(checkpointer=InMemorySaver())
    config = {"configurable": {"thread_id": "t"}}
    for word in ("ant", "square"):
        graph.invoke({"word": word, "turns": 1, "painter": painter[1]}, config)
        assert graph.get_state(config).values["moves"] == []
        graph.invoke(Command(resume=STROKE), config)


class TestTerminal:
    def test_lines_of_the_person_are_moves(self, painter, sketch, tmp_path):  # noqa: F811
        lines = f"{sketch}\n{json.dumps(STROKE)}\n\n"
        result = run("collaborate", "mug", "--turns", 3, "--json", "--out", tmp_path, *painter, input=lines)
        told = done(result)
        assert told["by"] == "person and painter" and told["strokes"] >= 7 + 1 + 3

    def test_it_waits_and_goes_on(self, painter, home, tmp_path):  # noqa: F811
        waiting = run("collaborate", "ant", "--json", *painter, input=json.dumps(STROKE) + "\n")
        assert waiting.exit_code == WAITING and "--resume ant-" in waiting.stderr
        told = json.loads(waiting.stdout)
        assert told["waiting"]["turn"] == 2 and (home / told["run"] / "canvas.svg").exists()
        over = done(run("collaborate", "--resume", told["run"], "--json", "--out", tmp_path, input="done\n"))
        assert over["run"] == told["run"] and over["strokes"] > 1
        again = done(run("collaborate", "--resume", told["run"], "--json", "--out", tmp_path))
        assert again["strokes"] == over["strokes"]

    def test_what_is_wrong_is_said_and_asked_again(self, painter, tmp_path):  # noqa: F811
        (tmp_path / "bad").write_text("[[[NaN, 0]]]")
        result = run("collaborate", "ant", "--out", tmp_path, *painter, input=f"scribble\n{tmp_path / 'bad'}\ndone\n")
        assert result.exit_code == 0 and "'scribble'" in result.stderr and "NaN" in result.stderr

    def test_what_cannot_be_begun(self, painter, home):  # noqa: F811
        refused(run("collaborate", *painter), "--resume ID")
        refused(run("collaborate", "giraffe", *painter), "'giraffe'")
        refused(run("collaborate", "ant", "--turns", 0, *painter), "turns", "not 0")
        refused(run("collaborate", "--resume", "../x"), "'../x'")
        assert not list(home.glob("*/collaboration.sqlite"))
