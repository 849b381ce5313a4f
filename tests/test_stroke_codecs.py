"""stroke-3, stroke-5, SVG and SketchAgent's language: what is written is read back, nonsense is one clear line."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.painter.language import MalformedSketch
from tools import sketch_language, stroke_codecs
from tools.canvas import Sketch, Stroke, to_svg
from tools.sketch_language import read_xml, smooth, to_xml
from tools.stroke_codecs import (
    from_path,
    from_stroke3,
    from_stroke5,
    from_svg,
    to_path,
    to_stroke3,
    to_stroke5,
)

points = st.tuples(st.floats(0, 1), st.floats(0, 1))
lines = st.lists(points, min_size=1, max_size=10)
names = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=6).map(str.strip)
sketches = st.builds(Sketch, strokes=st.lists(st.builds(Stroke, points=lines, object=names), max_size=5))


def same_points(first: Sketch, second: Sketch, within: float) -> bool:
    return len(first.strokes) == len(second.strokes) and all(
        np.shape(a.points) == np.shape(b.points) and np.abs(np.subtract(a.points, b.points)).max() <= within
        for a, b in zip(first.strokes, second.strokes, strict=True)
    )


class TestArrays:
    @given(sketches)
    def test_stroke3_and_stroke5_are_read_back(self, sketch):
        assert same_points(from_stroke3(to_stroke3(sketch)), sketch, 2e-4)
        assert same_points(from_stroke5(to_stroke5(sketch)), sketch, 2e-4)
        count = len(to_stroke3(sketch))
        padded = to_stroke5(sketch, count + 3)
        assert padded.shape == (count + 3, 5) and (padded[:, 2:].sum(1) == 1).all() and padded[count:, 4].all()
        assert same_points(from_stroke5(padded), sketch, 2e-4)

    def test_the_pen_is_lifted_at_the_last_point_of_a_stroke(self):
        sketch = Sketch(strokes=[Stroke(points=[(0, 0.2), (0.4, 0.2)]), Stroke(points=[(1, 1)])])
        assert to_stroke3(sketch, scale=10).tolist() == [[0, 2, 0], [4, 0, 1], [6, 8, 1]]

    def test_a_stroke_that_is_not_ended_ends_there(self):
        assert len(from_stroke3([[1, 1, 0], [2, 2, 0]]).strokes) == 1

    @pytest.mark.parametrize(
        ("array", "said"),
        [
            ([[1, 2, 3, 4]], r"shape \(1, 4\)"),
            ([[0, 0, 0], [1, math.nan, 0]], "row 1, column 1 is nan"),
            ([["a", 0, 0]], "no array of numbers"),
            (np.zeros((200_000, 3)), "at most 100000"),
            (np.ones((300, 3)), "300 strokes"),
        ],
    )
    def test_what_is_no_stroke3_is_refused(self, array, said):
        with pytest.raises(MalformedSketch, match=said):
            from_stroke3(array)

    def test_too_few_rows_for_the_points_are_refused(self):
        with pytest.raises(MalformedSketch, match="2 points: 2 rows hold at most 1"):
            to_stroke5(Sketch(strokes=[Stroke(points=[(0, 0), (1, 1)])]), 2)

    def test_nothing_is_an_empty_sketch(self):
        assert from_stroke3([]) == Sketch() and from_stroke5(to_stroke5(Sketch())) == Sketch()


class TestPaths:
    @given(sketches)
    def test_paths_are_read_back(self, sketch):
        doubled = [Stroke(points=s.points if len(s.points) > 1 else s.points * 2) for s in sketch.strokes]
        assert same_points(from_path(to_path(sketch, 512), 512), Sketch(strokes=doubled), 1e-4)

    @given(sketches)
    def test_our_own_svg_is_read_with_its_objects(self, sketch):
        read = from_svg(to_svg(sketch))
        assert [stroke.object for stroke in read.strokes] == [stroke.object for stroke in sketch.strokes]
        for a, b in zip(read.strokes, sketch.strokes, strict=True):
            assert a.points[0] == pytest.approx(b.points[0], abs=1e-3)
            assert a.points[-1] == pytest.approx(b.points[-1], abs=1e-3)

    @pytest.mark.parametrize(
        ("path", "ends"),
        [
            ("M1 2 3 4l1 1", [(1, 2), (3, 4), (4, 5)]),
            ("m1 2h2v2H0V0z", [(1, 2), (3, 2), (3, 4), (0, 4), (0, 0), (1, 2)]),
            ("M.5.5-1-1e0", [(0.5, 0.5), (-1, -1)]),
        ],
    )
    def test_straight_commands(self, path, ends):
        assert from_path(path).strokes[0].points == ends

    def test_curves_go_where_svg_says(self):
        assert from_path("M0 0Q1 0 1 1").strokes[0].points[6] == (0.75, 0.25)
        assert from_path("M0 0C0 1 1 1 1 0").strokes[0].points[6] == (0.5, 0.75)
        assert from_path("M0 0Q1 0 1 1T2 2").strokes[0].points[18] == (1.25, 1.75)
        assert from_path("M0 0C0 0 0 1 1 1S2 2 2 2").strokes[0].points[-1] == (2, 2)

    @pytest.mark.parametrize("flags", ["0 0", "0 1", "1 0", "1 1"])
    def test_arcs_stay_on_their_circle_on_the_side_of_their_flags(self, flags):
        large, sweep = flags.split()
        arc = np.array(from_path(f"M1 0A1 1 0 {flags} 0 1").strokes[0].points)
        centre = (0, 0) if large != sweep else (1, 1)
        assert np.hypot(*(arc - centre).T) == pytest.approx(np.ones(len(arc)), abs=1e-3)
        assert arc[-1] == pytest.approx((0, 1))
        length = np.hypot(*np.diff(arc, axis=0).T).sum()
        assert (length > math.pi) == (large == "1")
        assert (
            from_path(f"M1 0a1 1 0 {large}{sweep}-1 1").strokes[0].points
            == from_path(f"M1 0A1 1 0 {flags} 0 1").strokes[0].points
        )

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("L1 1", "before any M"),
            ("1 1", "begins with '1 1'"),
            ("M1", "'M' with 1 numbers: give 2"),
            ("M1 1 R2 2", "character 'R' at 5"),
            ("M0 0 nan 0", "character 'n'"),
            ("M0 0 A1 1 0 2 0 1 1", "path arc"),
            ("M0 0 L1e300 0", "number 1e.300: scale the path"),
            ("M0 0 Q1e999 0 1 1", "number inf"),
            ("M9e8 0" + "l9e8 0" * 3, "goes to"),
            ("M0 0" + "Q1 1 2 2" * 20_000, "simplify"),
            ("M0 0 1 1" * 300, "300 sub-paths"),
        ],
    )
    def test_what_is_no_path_is_refused(self, path, said):
        with pytest.raises(MalformedSketch, match=said):
            from_path(path)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "no SVG"),
            ("<svg>", "no SVG"),
            ("<p/>", "viewBox"),
            ("<svg viewBox='0 0 0 0'/>", "viewBox"),
            ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'/>", "entities"),
            ("<svg>" + " " * 3_000_000 + "</svg>", "at most 2000000"),
        ],
    )
    def test_what_is_no_svg_is_refused(self, text, said):
        with pytest.raises(MalformedSketch, match=said):
            from_svg(text)

    def test_other_shapes_and_sizes_are_read(self):
        text = "<svg width='10px' height='5'><line x1='1' y1='1' x2='5' y2='5'/><polygon points='0,0 10,0 0,5'/></svg>"
        first, second = from_svg(text).strokes
        assert first.points == [(0.1, 0.1), (0.5, 0.5)]
        assert second.points == [(0, 0), (1, 0), (0, 0.5), (0, 0)]


class TestSketchAgent:
    @given(sketches)
    def test_what_is_written_is_read_back(self, sketch):
        read = read_xml(to_xml(sketch, "a <cat>"))
        kept = [Stroke(points=sketch_language.cells_kept(s.points), object=s.object) for s in sketch.strokes]
        assert read.strokes == kept

    def test_an_answer_of_a_model_is_read(self):
        answer = """<thinking>It has <s1> strokes.</thinking><answer><concept>Tree</concept><strokes>
        <s1><points>'x1y1', 'x25y50', 'x50y1'</points><t_values>0.00,0.50,1.00</t_values><id>crown</id></s1>
        <s2><points>'x10y10', 'x60y10'</points><t_values>0,1</t_values><id>ground</id></s2></strokes></answer>"""
        sketch = read_xml(answer)
        assert [stroke.object for stroke in sketch.strokes] == ["crown", "ground"]
        assert sketch.strokes[0].points == [(0.01, 0.99), (0.49, 0.01), (0.99, 0.99)]
        assert sketch.strokes[1].points[1] == (0.99, 0.81)
        drawn = read_xml(answer, curves=True).strokes[0].points
        assert len(drawn) > 10 and min(y for _, y in drawn) == pytest.approx(0.01, abs=0.03)

    def test_an_answer_that_was_cut_off_keeps_what_is_whole(self):
        answer = "<answer><strokes><s1><points>'x1y1','x2y2'</points><id>a</id></s1><s2><points>'x3y3', 'x4"
        assert [len(stroke.points) for stroke in read_xml(answer).strokes] == [2, 1]
        assert len(read_xml("<strokes><s1><points>'x1y1'</points></s1><s2>").strokes) == 1

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("I cannot draw.", "no strokes in 'I cannot draw.'"),
            ("", "no strokes"),
            ("<s1><points>nan, nan</points></s1>", "stroke 1 has no points"),
            ("<s1><points>" + "'x1y1'," * 10_000 + "</points></s1>", "10000 points: at most 256"),
            ("<s1><points>'x1y1'</points></s1>" * 300, "300 strokes"),
        ],
    )
    def test_no_sketch_is_refused(self, text, said):
        with pytest.raises(MalformedSketch, match=said):
            read_xml(text)

    def test_a_quarter_circle_is_fitted_closely_and_its_ends_are_kept(self):
        angles = np.linspace(0, math.pi / 2, 6)
        circle = np.column_stack([np.cos(angles), np.sin(angles)]) / 2
        curve = smooth(circle, np.linspace(0, 1, 6))
        assert np.hypot(*curve.T) == pytest.approx(np.full(len(curve), 0.5), abs=2e-3)
        assert curve[[0, -1]] == pytest.approx(circle[[0, -1]])

    def test_what_one_curve_cannot_follow_is_two(self):
        x = np.linspace(0, 1, 13)
        wave = np.column_stack([x, 0.5 + 0.3 * np.sin(4 * math.pi * x)])
        curve = smooth(wave, x)
        assert len(curve) > stroke_codecs.CURVE_POINTS + 1
        assert np.interp(x, curve[:, 0], curve[:, 1]) == pytest.approx(wave[:, 1], abs=0.05)
