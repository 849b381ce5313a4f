"""What a model says of similarity becomes a matrix that sharing can rely on, or is asked for again."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.llm import Door, LanguageModelError
from agents.recaptioner import plain_captions
from agents.similarity import SLACK, relate, repair
from tests.openai_server import Server, answer

INSTRUCTIONS = ["Boil water.", "Pour the water into a cup.", "Add a tea bag."]
GOOD = [[1, 0.2, 0], [0.2, 1, 0.9], [0, 0.9, 1]]


def square(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[list[float]]]:
    def of_size(n: int) -> st.SearchStrategy[list[list[float]]]:
        return st.lists(st.lists(values, min_size=n, max_size=n), min_size=n, max_size=n)

    return st.integers(1, 6).flatmap(of_size)


@given(square(st.floats(-SLACK, 1 + SLACK)) | square(st.integers(0, 100).map(float)))
def test_a_repaired_matrix_is_square_symmetric_and_within_bounds(matrix: list[list[float]]) -> None:
    n = len(matrix)
    try:
        repaired, _ = repair(matrix, n)
    except ValueError as refused:
        assert max(map(max, matrix)) > 1 + SLACK and "\n" not in str(refused)
        return
    assert [len(row) for row in repaired] == [n] * n
    for i in range(n):
        assert repaired[i][i] == 1
        for j in range(n):
            assert repaired[i][j] == repaired[j][i] and 0 <= repaired[i][j] <= 1
    assert repair(repaired, n) == (repaired, [])


def test_a_good_matrix_is_left_alone() -> None:
    assert repair(GOOD, 3) == (GOOD, [])


@pytest.mark.parametrize(
    ("given", "mended", "note"),
    [
        ([[1, 0.4], [0.8, 1]], 0.6, "1 uneven pairs"),
        ([[1, 1.2], [1.2, 1]], 1, "2 values clipped"),
        ([[1, -0.1], [-0.1, 1]], 0, "2 values clipped"),
        ([[0, 0.5], [0.5, 0]], 0.5, "diagonal set to 1"),
        ([[100, 70], [70, 100]], 0.7, "percentages"),
        ([[100, 0.7], [0.7, 100]], 0.7, "diagonal set to 1"),
    ],
)
def test_what_is_clearly_meant_is_mended_and_noted(given: list, mended: float, note: str) -> None:
    matrix, notes = repair(given, 2)
    assert matrix == [[1, pytest.approx(mended)], [pytest.approx(mended), 1]]
    assert len(notes) == 1 and note in notes[0]


@pytest.mark.parametrize(
    "given",
    [
        [],
        [[1]],
        [[1, 0], [0]],
        [[1, 0, 0], [0, 1, 0]],
        [[1, math.nan], [0, 1]],
        [[1, math.inf], [0, 1]],
        [[1, 7], [7, 1]],
        [[10, 7], [7, 10]],
        [[100, 0.5], [60, 100]],
        [[100, -70], [70, 100]],
    ],
)
def test_what_is_not_clear_is_refused_in_one_line(given: list) -> None:
    with pytest.raises(ValueError) as caught:
        repair(given, 2)
    assert "matrix" in str(caught.value) and "\n" not in str(caught.value)


def test_a_refused_matrix_is_asked_for_again_with_the_complaint() -> None:
    with Server([answer({"matrix": [[1, 0], [0, 1]]}), answer({"matrix": GOOD})]) as server:
        matrix, notes = relate(INSTRUCTIONS, plain_captions(INSTRUCTIONS), Door(server.url))
    assert matrix == GOOD and notes == []
    assert "3 rows of 3 values" in server.requests[1]["messages"][-1]["content"]
    asked = server.requests[0]["messages"][-1]["content"]
    assert all(json.dumps(instruction) in asked for instruction in INSTRUCTIONS)


def test_a_model_that_insists_ends_in_one_line() -> None:
    with Server([answer({"matrix": [[1, 0], [0, 1]]})]) as server:
        with pytest.raises(LanguageModelError, match="3 rows of 3 values"):
            relate(INSTRUCTIONS, plain_captions(INSTRUCTIONS), Door(server.url))


def test_one_step_is_like_itself_and_nobody_is_asked() -> None:
    assert relate(["Boil water."], plain_captions(["Boil water."]), Door("http://127.0.0.1:9/v1")) == ([[1.0]], [])
