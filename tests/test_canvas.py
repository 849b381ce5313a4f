import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tools.canvas import Sketch, Stroke, rasterise, stroke_path, to_svg

points = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(st.lists(st.lists(points, min_size=1, max_size=8), max_size=4))
def test_any_sketch_becomes_pixels_and_svg(lines):
    sketch = Sketch(strokes=[Stroke(points=line) for line in lines])
    image = rasterise(sketch, 64)
    assert image.shape == (64, 64) and image.dtype == np.uint8
    assert to_svg(sketch).count("<path") == len(lines)


def test_ink_is_where_the_stroke_is():
    image = rasterise(Sketch(strokes=[Stroke(points=[(0.25, 0.5), (0.75, 0.5)])]), 64)
    assert image[32, 16:48].min() > 100 and image[:28].max() == 0 and image[36:].max() == 0


@pytest.mark.parametrize("bad", [[], [(float("nan"), 0.0)], [(float("inf"), 0.0)]])
def test_strokes_without_finite_points_are_refused(bad):
    with pytest.raises(ValidationError):
        Stroke(points=bad)


def test_object_names_are_escaped_in_svg():
    svg = to_svg(Sketch(strokes=[Stroke(points=[(0, 0), (1, 1)], object='"><script>')]))
    assert "<script>" not in svg


@given(st.lists(points, min_size=1, max_size=6))
def test_a_path_begins_at_its_first_point(line):
    stroke = Stroke(points=line)
    x, y = stroke.points[0]
    assert stroke_path(stroke, 100).startswith(f"M{x * 100:.1f} {y * 100:.1f}")
