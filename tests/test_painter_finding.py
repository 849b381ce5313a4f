"""Things are found among strokes by looking, and put together where a sentence says; both by geometry alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.painter import finding, placing
from models.painter.finding import MOST, alone, groups_of, share_within, strokes_that_show
from models.painter.measures import squared_error
from models.painter.placing import Placement, places, together
from models.painter.predictor import PainterPredictor
from models.painter.scenes import RELATIONS, box_of, holds
from tests.painter_drawings import SHAPES, tiny_painter
from tools.canvas import Sketch, Stroke, rasterise

PAINTER = tiny_painter(words=sorted(SHAPES))
PREDICTOR = PainterPredictor(PAINTER, longest=24)


def stroke(*points) -> Stroke:
    return Stroke(points=list(points))


def cross(x: float, y: float, side: float = 0.2) -> list[Stroke]:
    return [stroke((x, y), (x + side, y + side)), stroke((x, y + side), (x + side, y))]


TWO = Sketch(strokes=[*cross(0.1, 0.1), *cross(0.6, 0.6), stroke((0.7, 0.55), (0.7, 0.85))])
"""A cross, and far from it a star."""


class TestGroups:
    def test_what_is_apart_is_most_distinct(self):
        first, second = groups_of(TWO)[:2]
        assert {first.strokes, second.strokes} == {frozenset({0, 1}), frozenset({2, 3, 4})}

    def test_strokes_drawn_later_are_further_apart(self):
        line = stroke((0.31, 0.1), (0.4, 0.1))
        at_once = [*cross(0.1, 0.1), line, *cross(0.7, 0.1)]
        later = [*cross(0.1, 0.1), *cross(0.7, 0.1), line]
        found = [{one.strokes: one.distinct for one in groups_of(Sketch(strokes=lines))} for lines in (at_once, later)]
        assert found[0][frozenset({0, 1, 2})] > found[1].get(frozenset({0, 1, 4}), 0)

    @settings(max_examples=25)
    @given(st.lists(st.tuples(*[st.floats(0, 1)] * 4), min_size=1, max_size=40))
    def test_groups_nest_and_have_no_other_strokes(self, lines):
        sketch = Sketch(strokes=[stroke((x0, y0), (x1, y1)) for x0, y0, x1, y1 in lines])
        groups = [group.strokes for group in groups_of(sketch)]
        assert 0 < len(groups) <= min(MOST, 2 * len(lines) - 1) and len(set(groups)) == len(groups)
        assert all(group and group <= set(range(len(lines))) for group in groups)
        assert all(a <= b or b <= a or not a & b for a in groups for b in groups)
        assert np.isfinite([group.distinct for group in groups_of(sketch)]).all()


class TestFinding:
    @pytest.mark.parametrize(("many", "expected"), [(2, {0, 1}), (3, {2, 3, 4})])
    def test_the_strokes_that_look_like_it_are_found(self, monkeypatch, many, expected):
        """The network's part is played: it is sure of what has so many strokes."""
        sure = [-8.0, -0.1]
        monkeypatch.setattr(
            finding, "looks_like", lambda _, sketches, name: [sure[len(sketch.strokes) == many] for sketch in sketches]
        )
        assert strokes_that_show(PAINTER, TWO, "ant") == expected
        left = PREDICTOR.remove(TWO, "the ant")
        assert left.strokes == [one for number, one in enumerate(TWO.strokes) if number not in expected]
        box = PREDICTOR.locate(TWO, "ant")
        assert box == pytest.approx((0.1, 0.1, 0.3, 0.3) if many == 2 else (0.6, 0.55, 0.8, 0.85), abs=0.02)

    def test_of_what_is_about_as_likely_the_least_ink_is_taken(self):
        found = [strokes_that_show(PAINTER, TWO, "ant", sparing) for sparing in (0.0, 1.0, 100.0)]
        inks = [finding._ink(TWO, frozenset(strokes)) for strokes in found]
        assert inks == sorted(inks, reverse=True)
        assert len(found[-1]) == 1

    def test_a_thing_alone_is_found_whole(self, monkeypatch):
        """What is left without a part looks no more like it than nothing does."""
        monkeypatch.setattr(
            finding, "looks_like", lambda _, sketches, name: [-0.1 * 5 / len(s.strokes) for s in sketches]
        )
        lines = [stroke((0.2, 0.2 + 0.1 * n), (0.8, 0.2 + 0.1 * n)) for n in range(6)]
        joined = Sketch(strokes=[*lines, stroke((0.5, 0.1), (0.5, 0.8))])
        assert strokes_that_show(PAINTER, joined, "ant") == set(range(7))

    def test_likelihoods_do_not_depend_on_the_batch(self, monkeypatch):
        sketches = [alone(TWO, {0, 1}), alone(TWO, {2}), alone(TWO, {2, 3, 4})]
        whole = finding.looks_like(PAINTER, sketches, "ant")
        monkeypatch.setattr(finding, "TOGETHER", 2)
        assert finding.looks_like(PAINTER, sketches, "ant") == pytest.approx(whole, abs=1e-4)

    def test_alone_is_large_and_of_the_same_shape(self):
        points = np.concatenate([one.points for one in alone(TWO, {2, 3, 4}).strokes])
        assert points.min() == pytest.approx(0.07, abs=0.03) and points.max() == pytest.approx(0.93, abs=0.03)
        assert len(alone(TWO, {1}).strokes) == 1

    def test_a_box_is_classified_by_what_is_in_it_alone(self):
        request = PREDICTOR.to_classify(TWO, (0.5, 0.5, 0.9, 0.9))
        assert request.example.canvas == alone(PREDICTOR.to_classify(TWO, None).example.canvas, {2, 3, 4})
        with pytest.raises(ValueError, match="nothing is drawn in the box"):
            PREDICTOR.classify(TWO, (0.8, 0.0, 0.95, 0.1))
        assert share_within(stroke((0, 0.5), (1, 0.5)), (0, 0, 0.25, 1)) == pytest.approx(0.25, abs=0.02)

    def test_where_boxes_are_apart_geometry_says_where_a_thing_is(self, monkeypatch):
        boxes = {"ant": (0.1, 0.1, 0.3, 0.3), "square": (0.6, 0.1, 0.9, 0.4)}
        monkeypatch.setattr(PREDICTOR, "locate", lambda sketch, phrase: boxes[phrase])
        assert PREDICTOR.relate(TWO, "ant", "square") == "left of"
        assert PREDICTOR.relate(TWO, "square", "ant") == "right of"

    def test_the_copy_nearest_to_the_picture_is_taken(self):
        size, pen = PAINTER.config.canvas, PAINTER.config.pen
        picture = rasterise(TWO, size, pen)

        def error(tries):
            drawn = Sketch(strokes=PREDICTOR.reproduce(picture, tries=tries))
            return squared_error(rasterise(drawn, size, pen), picture)

        errors = [error(tries) for tries in (1, 3, 8)]
        assert errors == sorted(errors, reverse=True) and errors[-1] < errors[0]
        seed, strokes = PREDICTOR.best_copy(picture, None, 8)
        assert seed is not None and strokes == PREDICTOR.reproduce(picture, seed, tries=1)


class TestPlacing:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 10**6), st.sampled_from(RELATIONS), st.integers(2, 4))
    def test_what_is_said_holds_and_nothing_else_touches(self, seed, relation, count):
        rng = np.random.default_rng(seed)
        sides = rng.uniform(0.3, 1, (count, 2))
        sides /= sides.max(1, keepdims=True)
        boxes = places(sides, [Placement(0, relation, 1)], rng)
        assert holds(relation, boxes[0], boxes[1])
        assert all(0 <= min(box) and max(box) <= 1 for box in boxes)
        for one in range(count):
            width, height = np.subtract(boxes[one][2:], boxes[one][:2])
            assert width / height == pytest.approx(sides[one][0] / sides[one][1], rel=1e-6)
            for other in range(one):
                pair = {one, other} == {0, 1} and relation == "inside"
                assert pair or placing._apart(boxes[one], boxes[other])

    def test_the_ink_of_the_things_is_where_it_should_be(self):
        things = [cross(0.1, 0.1), [stroke((0.2, 0.2), (0.2, 0.9)), stroke((0.2, 0.2), (0.4, 0.2))]]
        drawn = together(things, [Placement(0, "left of", 1)], 3)
        boxes = [box_of([np.array(one.points) for one in part]) for part in (drawn[:2], drawn[2:])]
        assert holds("left of", *boxes)
        assert together(things, [Placement(0, "left of", 1)], 3) == drawn

    @pytest.mark.parametrize("pairs", [[(0, 1), (1, 2)], [(0, 1), (2, 1)], [(0, 3), (1, 3), (2, 3)]])
    def test_things_are_in_things_in_things(self, pairs):
        count = max(map(max, pairs)) + 1
        boxes = places(
            np.tile([1, 0.8], (count, 1)), [Placement(a, "inside", b) for a, b in pairs], np.random.default_rng(0)
        )
        assert all(holds("inside", boxes[a], boxes[b]) for a, b in pairs)

    def test_what_cannot_hold_is_refused(self, monkeypatch):
        monkeypatch.setattr(placing, "ATTEMPTS", 200)
        with pytest.raises(ValueError, match="say less of where things are"):
            places(np.ones((2, 2)), [Placement(0, "left of", 1), Placement(1, "left of", 0)], np.random.default_rng(0))
