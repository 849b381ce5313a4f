"""The Painter's stroke language: nothing is lost, nothing is unbounded, nonsense is refused in one line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.painter import language
from models.painter.language import MalformedSketch, on_grid, read_text, sketch_of, text_of, words_of
from tools.canvas import Sketch, Stroke

points = st.tuples(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))
strokes = st.builds(Stroke, points=st.lists(points, min_size=1, max_size=12), object=st.text(max_size=6))
sketches = st.builds(Sketch, strokes=st.lists(strokes, max_size=5))


@given(sketches)
def test_what_is_written_is_read_back(sketch):
    assert sketch_of(words_of(sketch)) == on_grid(sketch)
    assert read_text(text_of(sketch)) == on_grid(sketch)
    assert on_grid(on_grid(sketch)) == on_grid(sketch)


@given(sketches)
def test_every_word_but_labels_is_one_of_the_vocabulary(sketch):
    assert {word for word in words_of(sketch) if not word.startswith("[")} <= set(language.STROKE_WORDS)


@given(points, points)
def test_points_move_by_half_a_cell_at_most(first, second):
    drawn = np.clip([first, second], 0, 1)
    read = np.array(on_grid(Sketch(strokes=[Stroke(points=drawn.tolist())])).strokes[0].points)
    assert np.abs(read[0] - drawn[0]).max() <= 0.5 / language.GRID + 1e-3


def test_every_displacement_has_one_spelling_of_at_most_two_words():
    reach = range(-language.GRID + 1, language.GRID)
    spelled = [tuple(language.move_words(dx, dy)) for dx in reach for dy in reach]
    assert len(set(spelled)) == len(spelled) and max(map(len, spelled)) == 2
    assert {word for words in spelled for word in words} == set(language.NEAR) | set(language.FAR_STEPS)


@given(st.lists(st.sampled_from([*language.STROKE_WORDS, "[cat]", "", "cat", "x99", "d+20+3"]), max_size=20))
def test_any_words_are_a_sketch_or_an_error_of_one_line(words):
    try:
        sketch = sketch_of(words)
    except MalformedSketch as error:
        assert "\n" not in str(error) and len(str(error)) < 200
    else:
        assert sketch_of(words_of(sketch)) == sketch


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("X3, Y4; d+1+0", [(3, 4), (4, 4)]),
        ("x3 y4 f+1+0", [(3, 4), (18, 4)]),
        ("x3 y4 f+1+0 f+1+0 d+1+0", [(3, 4), (34, 4)]),
        ("x60 y4 d+7+0", [(60, 4), (63, 4)]),
        ("x3 y4 d+20-9", [(3, 4), (23, 0)]),
        ("x3 y4 d+1+1 x9", [(3, 4), (4, 5)]),
    ],
)
def test_clear_intent_is_followed(text, points):
    assert language.cells_of(read_text(text).strokes[0].points).tolist() == [list(point) for point in points]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("d+1+1", "a move before any start"),
        ("[cat] f+1+1", "a move before any start"),
        ("y3 x4", "a row without a column"),
        ("x3 x4 y4", "row after column x3 is missing"),
        ("x3 [cat] y4", "row after column x3 is missing"),
        ("x64 y0", "'x64': cells go from 0 to 63"),
        ("x3 y4 nan", "word 3, 'nan': not a word"),
        ("x3 y4 " * 7000, "28000 words|14000 words|21000 words"),
    ],
)
def test_nonsense_is_refused_with_its_place_and_a_way_out(text, said):
    with pytest.raises(MalformedSketch, match=said):
        read_text(text * (2 if len(text) > 1000 else 1))


def test_nothing_is_an_empty_sketch():
    assert read_text(" \n") == sketch_of([]) == Sketch() and words_of(Sketch()) == []


def test_long_strokes_and_many_strokes_are_bounded():
    walk = np.random.default_rng(0).normal(0, 0.03, (10_000, 2)).cumsum(0) % 1
    words = words_of(Sketch(strokes=[Stroke(points=walk.tolist())]))
    assert len(words) <= 2 * language.MAX_STROKE_POINTS + 1
    with pytest.raises(MalformedSketch, match="at most 256"):
        words_of(Sketch(strokes=[Stroke(points=[(0, 0)])] * 300))


def test_a_tolerance_leaves_out_what_is_almost_straight():
    line = [(x, 0.5 + 0.002 * (i % 2)) for i, x in enumerate(np.linspace(0.1, 0.9, 30))]
    assert len(on_grid(Sketch(strokes=[Stroke(points=line)]), tolerance=0.7).strokes[0].points) == 2
