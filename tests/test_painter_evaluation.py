"""Measures are exact on what is known, and the evaluation measures a Painter from a folder."""

import json
import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from models.painter import evaluate, measures, sheet
from models.painter.judge import SIDE, Judge
from models.painter.predictor import PainterPredictor
from models.painter.tasks import NUMBERS
from tests.painter_drawings import SHAPES, drawings, tiny_painter, write
from tools.canvas import Sketch, Stroke, rasterise

PAINTER = tiny_painter(words=sorted(SHAPES))
JUDGE = Judge(sorted(SHAPES), 4).eval()
lines = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5)
sketches = st.lists(lines, min_size=1, max_size=3).map(lambda many: Sketch(strokes=[Stroke(points=p) for p in many]))


def line(*points, label=""):
    return Stroke(points=list(points), object=label)


class TestMeasures:
    @given(sketches, sketches)
    def test_chamfer_is_a_distance(self, a, b):
        assert measures.chamfer(a, a) == 0 and measures.chamfer(a, b) == pytest.approx(measures.chamfer(b, a))
        assert 0 <= measures.chamfer(a, b) <= math.sqrt(2) + 1e-9

    def test_chamfer_of_parallel_lines_is_their_distance(self):
        a, b = (Sketch(strokes=[line((0.1, y), (0.9, y))]) for y in (0.2, 0.5))
        assert measures.chamfer(a, b) == pytest.approx(0.3)
        assert measures.chamfer(a, Sketch()) == math.sqrt(2) and measures.chamfer(Sketch(), Sketch()) == 0

    def test_psnr_is_of_the_mean_error(self):
        black, grey = np.zeros((8, 8), np.uint8), np.full((8, 8), 51, np.uint8)
        assert measures.squared_error(black, grey) == pytest.approx(0.04)
        assert measures.psnr([0.04, 0.0]) == pytest.approx(10 * math.log10(50)) and measures.psnr([0]) == math.inf

    def test_intervals_hold_the_mean_and_shrink(self):
        few, many = measures.estimate([0, 1] * 10), measures.estimate([0, 1] * 400)
        assert few.mean == many.mean == 0.5 and few.low < many.low < 0.5 < many.high < few.high
        assert math.isnan(measures.estimate([]).mean)

    def test_touched_pixels_of_others_are_counted(self):
        stays, goes = line((0.1, 0.2), (0.9, 0.2)), line((0.5, 0.1), (0.5, 0.9))
        before, others = Sketch(strokes=[stays, goes]), Sketch(strokes=[stays])
        assert measures.pixels_kept(before, others, others, 64, 0.03) == 1
        assert measures.pixels_kept(before, before, others, 64, 0.03) == 1  # nothing was removed, nothing touched
        assert measures.pixels_kept(before, Sketch(strokes=[goes]), others, 64, 0.03) < 0.2

    def test_statistics_count_strokes_points_and_ink(self):
        found = measures.statistics([Sketch(strokes=[line((0, 0), (1, 0)), line((0, 0))]), Sketch()])
        assert found == (1, 1.5, 0.5)


class TestEvaluation:
    def case(self, painter=None, judge=JUDGE):
        return evaluate.Case(painter or PainterPredictor(PAINTER), judge, drawings(3), 6, 0)

    def test_a_painter_that_is_right_is_measured_so(self):
        """Answers are put in its mouth; the measures around them are real."""

        class Right(PainterPredictor):
            def __init__(self):
                super().__init__(PAINTER)
                self.known = {evaluate.sketch_of_drawing(d).model_dump_json(): d.word for d in drawings(3)}

            def classify_all(self, sketches, boxes):
                return [self.known[sketch.model_dump_json()] for sketch in sketches]

            def numbers_of(self, example):
                return {NUMBERS.index(word) for word in example.answer.split()}

        found = evaluate.classification(self.case(Right()))["painter"]
        assert found["rich"].mean == found["poor"].mean == found["all"].mean == 1
        case = self.case(Right())
        gone = evaluate.removal(case, evaluate.remove_part, case.painter.numbers_of)
        assert gone["dB"]["painter"] == math.inf and gone["exact"].mean == gone["others' pixels kept"].mean == 1
        assert 5 < gone["dB"]["unchanged"] < 40 and 5 < gone["dB"]["blank"] < 40

    def test_a_painter_that_removes_nothing_gains_nothing_over_the_unchanged_canvas(self):
        class Idle(PainterPredictor):
            def strokes_of(self, sketch, phrase):
                return set()

        case = self.case(Idle(PAINTER))
        gone = evaluate.removal(case, evaluate.remove, evaluate.removed_thing(case))
        assert gone["dB"]["painter"] == gone["dB"]["unchanged"] and gone["gain"] <= 0 and gone["exact"].mean == 0

    def test_the_judge_sees_sketches_where_it_expects_them(self):
        class Centred(Judge):
            def names(self, pictures):
                self.seen = pictures
                return ["ant"] * len(pictures)

        judge = Centred(["ant"], 4)
        corner = Sketch(strokes=[line((0.7, 0.7), (0.8, 0.8)), line((0.7, 0.8), (0.8, 0.7))])
        evaluate.judged(judge, [corner])
        rows, columns = np.nonzero(judge.seen[0])
        assert judge.seen.shape == (1, SIDE, SIDE) and rows.min() < 6 and columns.max() > SIDE - 7
        assert evaluate.judged(judge, []) == []

    def test_the_command_measures_everything(self, tmp_path, monkeypatch):
        monkeypatch.setattr(evaluate, "PainterPredictor", partial(PainterPredictor, longest=24))
        PAINTER.save_pretrained(tmp_path / "painter")
        JUDGE.save_pretrained(tmp_path / "judge")
        places = [
            "--data",
            str(write(tmp_path)),
            "--weights",
            str(tmp_path / "painter"),
            "--judge",
            str(tmp_path / "judge"),
        ]
        done = CliRunner().invoke(evaluate_app(), [*places, "--count", "2", "--out", str(tmp_path / "figures.json")])
        assert done.exit_code == 0, done.exception
        figures = json.loads((tmp_path / "figures.json").read_text())
        assert list(figures) == list(evaluate.PARTS)
        assert {way["same drawings"] for way in figures["speed"].values()} == {1}
        assert "paper, its own data: 40.26 %" in done.output and "held-out drawings; canvas 32 px" in done.output

    def test_a_sheet_shows_as_many_sketches_as_were_asked_for(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sheet, "PainterPredictor", partial(PainterPredictor, longest=24))
        PAINTER.save_pretrained(tmp_path / "painter")
        sheet.sheet(tmp_path / "sheet.png", tmp_path / "painter", categories=3, scenes=2)
        page = np.array(Image.open(tmp_path / "sheet.png"))
        assert page.shape == (sheet.CELL, 10 * sheet.CELL)
        inked = [page[:, i * sheet.CELL : (i + 1) * sheet.CELL].min() < 128 for i in range(10)]
        assert inked == [True] * 8 + [False] * 2
        assert sheet.chosen_words(sorted(SHAPES), 3) == ["ant", "coffee cup", "The Eiffel Tower"]


def evaluate_app():
    import typer

    app = typer.Typer()
    app.command()(evaluate.evaluate)
    return app


def test_a_reproduced_picture_is_compared_with_its_own_strokes():
    sketch = Sketch(strokes=[line((0.2, 0.2), (0.8, 0.8))])
    assert measures.squared_error(rasterise(sketch, 32, 0.05), rasterise(sketch, 32, 0.05)) == 0
