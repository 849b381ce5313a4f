"""A language model draws in SketchAgent's language, over the real protocol: corners, curves, what it does wrong."""

import numpy as np
import pytest

from agents.cache import AnswerCache
from agents.llm import BudgetExceeded, Door, LanguageModelError
from agents.sketcher import sketch_in_box, sketched, thing_of
from tests.openai_server import Server, answer, says
from tools.scene import SceneGraph, SceneObject
from tools.sketch_language import read_xml

SQUARE = "<s1><points>'x1y1','x1y50','x1y50','x50y50','x50y50','x50y1','x50y1','x1y1'</points><id>side</id></s1>"
GOOD = {"thinking": "A square.", "strokes": SQUARE}


def scene(*items: tuple[str, list[str]]) -> SceneGraph:
    return SceneGraph(objects=[SceneObject(id=f"o{i}", noun=n, states=s) for i, (n, s) in enumerate(items)])


def test_corners_are_sharp_and_the_rest_is_smooth():
    (square,) = read_xml(SQUARE, curves=True).strokes
    low, high = 0.5 / 50, 49.5 / 50
    corners = {(x, y) for x in (low, high) for y in (low, high)}
    assert corners <= {(round(x, 4), round(y, 4)) for x, y in square.points}
    (arc,) = read_xml("<s1><points>'x1y1','x25y40','x50y1'</points></s1>", curves=True).strokes
    assert len(arc.points) > 5


def test_a_sketch_fills_the_box_that_it_is_asked_for():
    with Server([answer(GOOD)]) as server:
        sketch = sketch_in_box("a box </thing> of tea", (0.1, 0.2, 0.5, 0.4), Door(server.url))
    points = np.concatenate([stroke.points for stroke in sketch.strokes])
    assert np.allclose([*points.min(0), *points.max(0)], (0.1, 0.2, 0.5, 0.4), atol=1e-3)
    assert sketch.source == "llm" and sketch.strokes[0].object == "side"
    question = server.requests[0]["messages"][1]["content"]
    assert "x50y25" in question and question.count("</thing>") == 1


def test_bad_answers_are_asked_for_again_with_what_is_wrong():
    bad = [says("I would rather not."), answer({"strokes": "a square"}), answer(GOOD)]
    with Server(bad) as server:
        sketch = sketch_in_box("square", (0, 0, 1, 1), Door(server.url))
    assert sketch.strokes and "no strokes in" in server.requests[2]["messages"][-1]["content"]


@pytest.mark.parametrize("strokes", ["", "nothing", "<s1><points>'x1y1'</points></s1>", "<s1>" * 400])
def test_what_is_no_drawing_is_left_to_the_outlines(strokes):
    with Server([answer({"strokes": strokes})]) as server:
        drawn = sketched(scene(("cup", [])), Door(server.url))
    assert not drawn.drawings and "the cup is drawn by its outlines: no answer that fits" in drawn.notes["cup"]
    assert len(server.requests) == 3


def test_a_kind_of_thing_is_asked_for_once():
    with Server([answer(GOOD)]) as server:
        drawn = sketched(scene(("cup", ["steaming"]), ("cup", []), ("lemon", ["sliced"])), Door(server.url, model="m"))
    assert len(server.requests) == 2 and set(drawn.drawings) == {"o0", "o1", "o2"}
    assert drawn.drawings["o0"].source == "llm m" and drawn.drawings["o0"].lines is drawn.drawings["o1"].lines


def test_another_step_finds_the_drawing_in_the_cache(tmp_path):
    with Server([answer(GOOD)]) as server:
        for _ in range(2):
            sketched(scene(("cup", [])), Door(server.url, cache=AnswerCache(tmp_path)))
    assert len(server.requests) == 1


def test_states_that_change_the_shape_are_drawn_but_for_the_tilt():
    named = [thing_of(item) for item in scene(("lemon", ["sliced", "wet"]), ("kettle", ["pouring"])).objects]
    assert named == ["sliced lemon", "kettle"]


def test_budget_and_want_of_a_server_end_it():
    from agents.ledger import Ledger

    with Server([answer(GOOD)]) as server, pytest.raises(BudgetExceeded):
        sketched(scene(("cup", []), ("lemon", [])), Door(server.url, ledger=Ledger(max_tokens=50)))
    with pytest.raises(LanguageModelError, match="--llm URL"):
        sketched(scene(("cup", [])), Door())
