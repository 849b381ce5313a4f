"""`python -m graphs.sketch`: every command with a tiny Painter; what a user gets wrong is one clear line."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from graphs.sketch_terminal import app
from models.painter.predictor import TRIES, PainterPredictor
from models.painter.scenes import box_of, holds
from tests.openai_server import Server, answer
from tests.test_command_line import refused
from tests.test_sketcher import GOOD
from tools import sketch_query
from tools.canvas import Sketch, Stroke, to_svg
from tools.model_hub import load_painter
from tools.sketch_files import read_sketch

LINES = [Stroke(points=[(0.1 * i, 0.2), (0.1 * i, 0.8)]) for i in range(1, 8)]


def run(*arguments, **options):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)


@pytest.fixture
def painter(tiny_painter_folder, monkeypatch):
    """The options that name it; it draws less than it could, to be quick."""
    monkeypatch.setattr(load_painter(tiny_painter_folder).predictor, "longest", 30)
    return ["--painter", tiny_painter_folder]


@pytest.fixture
def sketch(tmp_path):
    path = tmp_path / "lines.svg"
    path.write_text(to_svg(Sketch(strokes=LINES)))
    return path


def done(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


class TestDraw:
    def test_a_thing_in_three_forms(self, painter, home):
        result = run("draw", "a mug", *painter)
        assert result.exit_code == 0 and result.stdout.strip() == str(home / "sketches" / "a-mug.svg")
        assert {path.suffix for path in (home / "sketches").iterdir()} == {".svg", ".png", ".gif"}
        assert 'data-object="coffee cup"' in Path(result.stdout.strip()).read_text()

    def test_seeds_and_counts(self, painter, tmp_path):
        first = done(run("draw", "ant", "--count", 2, "--seed", 5, "--json", "--out", tmp_path, *painter))["sketches"]
        (again,) = done(run("draw", "ant", "--seed", 6, "--json", "--out", tmp_path, *painter))["sketches"]
        texts = [Path(one["svg"]).read_text() for one in (*first, again)]
        assert texts[0] != texts[1] == texts[2] and first[0]["source"] == "painter"

    def test_a_box_is_told(self, painter, monkeypatch, tmp_path):
        asked = []
        draw_all = PainterPredictor.draw_all
        monkeypatch.setattr(
            PainterPredictor, "draw_all", lambda self, *given: asked.append(given[1]) or draw_all(self, *given)
        )
        done(run("draw", "ant", "--box", "0.1,0.2,0.5,0.9", "--json", "--out", tmp_path, *painter))
        assert asked == [[(0.1, 0.2, 0.5, 0.9)] * TRIES]

    def test_a_scene(self, painter, tmp_path):
        (found,) = done(run("draw", "an ant left of a mug", "--json", "--out", tmp_path, *painter))["sketches"]
        strokes = read_sketch(Path(found["svg"])).strokes
        boxes = {
            name: box_of([np.array(stroke.points) for stroke in strokes if stroke.object == name])
            for name in ("ant", "coffee cup")
        }
        assert holds("left of", boxes["ant"], boxes["coffee cup"])

    def test_outlines_need_no_weights_and_say_what_stands_for_what(self, tmp_path):
        result = run("draw", "a cat left of a dog", "--strokes", "outlines", "--out", tmp_path, "--json")
        labels = {stroke.object for stroke in read_sketch(Path(done(result)["sketches"][0]["svg"])).strokes}
        assert len(labels) == 2
        boxed = run("draw", "cat", "--strokes", "outlines", "--box", "0 0 .5 .5", "--out", tmp_path, "--json")
        points = [stroke.points for stroke in read_sketch(Path(done(boxed)["sketches"][0]["svg"])).strokes]
        assert np.concatenate(points).max() < 0.6

    def test_a_language_model_draws_anything(self, tmp_path):
        with Server([answer(GOOD)]) as server:
            (found,) = done(
                run("draw", "a unicorn", "--strokes", "llm", "--llm", server.url, "--out", tmp_path, "--json")
            )["sketches"]
        assert found["source"] == "llm" and "unicorn" in server.requests[0]["messages"][1]["content"]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["giraffe"], ["'giraffe'", "coffee cup"]),
            (["an ant left of a unicorn"], ["'unicorn'"]),
            (["anti"], ["'anti'", "such as ant"]),
            (["left of the"], ["names nothing"]),
            (["an ant, a mug, a square, a zigzag and the Eiffel Tower"], ["5 things", "at most 4"]),
            (["an ant left of an ant"], ["'ant' twice"]),
            (["an ant and a mug", "--box", "0,0,1,1"], ["2 things", "--box"]),
            (["ant", "--box", "0,0,1"], ["'0,0,1'"]),
            (["ant", "--box", "0.5,0,0.2,1"], ["x0 < x1"]),
            (["ant", "--box", "nan,0,1,1"], ["x0 < x1"]),
            (["ant", "--strokes", "crayon"], ["'crayon'", "outlines"]),
            (["ant", "--strokes", "llm"], ["--llm URL"]),
            (["ant", "--out", "/dev/null/x"], ["/dev/null/x"]),
        ],
    )
    def test_what_cannot_be_drawn(self, painter, arguments, words):
        refused(run("draw", *arguments, *painter), *words)

    def test_no_weights(self):
        refused(run("draw", "cat", "--painter", "nowhere"), "'nowhere'", "models.painter.train", "--strokes outlines")


class TestQuestions:
    def test_remove_takes_strokes_away_alone(self, painter, sketch, tmp_path):
        told = done(run("remove", sketch, "the roof of the Eiffel Tower", "--json", "--out", tmp_path, *painter))
        left = read_sketch(Path(told["svg"])).strokes
        assert len(left) + told["removed"] == 7 and told["removed"] > 0
        assert all(np.abs(np.array(stroke.points)[:, 0] * 10 % 1).max() < 0.02 for stroke in left)

    def test_classify_and_locate(self, painter, sketch):
        assert (
            done(run("classify", sketch, "--json", *painter))["category"]
            in load_painter(painter[1]).predictor.words.values()
        )
        x0, y0, x1, y1 = done(run("locate", sketch, "the mug", "--json", *painter))["box"]
        assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
        assert len(run("locate", sketch, "an ant", *painter).stdout.split()) == 4

    def test_attention_is_a_picture(self, painter, sketch, tmp_path):
        done(run("locate", sketch, "the mug", "--attention", tmp_path / "new" / "where.png", "--json", *painter))
        assert Image.open(tmp_path / "new" / "where.png").width > 0

    def test_reproduce(self, painter, tmp_path):
        image = Image.new("RGB", (90, 60), "white")
        image.paste((0, 0, 0), (10, 10, 70, 14))
        image.save(tmp_path / "line.png")
        told = done(run("reproduce", tmp_path / "line.png", "--json", "--out", tmp_path, *painter))
        assert Path(told["gif"]).name == "line-copied.gif" and told["strokes"] > 0

    def test_ten_thousand_points_are_looked_at(self, painter, tmp_path):
        angles = np.linspace(0, 60, 10_000)
        points = np.column_stack([0.5 + 0.4 * np.cos(angles), 0.5 + 0.4 * np.sin(angles)])
        (tmp_path / "long.json").write_text(json.dumps([points.tolist()]))
        assert run("classify", tmp_path / "long.json", *painter).exit_code == 0

    def test_what_is_no_sketch(self, painter, tmp_path, sketch):
        (tmp_path / "nan.json").write_text("[[[NaN, 0], [1, 1]]]")
        (tmp_path / "empty.json").write_text("[]")
        (tmp_path / "words.txt").write_text("x12 hello")
        for name, word in (("nan.json", "NaN"), ("empty.json", "no stroke"), ("words.txt", "word 2"), ("none", "none")):
            for command in (["classify"], ["locate", "ant"], ["remove", "ant"]):
                refused(run(command[0], tmp_path / name, *command[1:], *painter), word)
        refused(run("locate", sketch, "giraffe", *painter), "'giraffe'")
        refused(run("remove", sketch, "the neck of the giraffe", *painter), "'giraffe'")
        refused(run("reproduce", sketch, *painter), "no picture")


class TestWords:
    def test_synonyms_become_what_the_painter_knows(self, tiny_painter_folder):
        predictor = load_painter(tiny_painter_folder).predictor
        asked = sketch_query.wish(predictor, "A teacup to the left of the Eiffel Tower, and an ant under the cup!")
        assert asked.words == ["coffee cup", "the eiffel tower", "ant"]
        assert asked.placements == [(0, "left of", 1), (2, "below", 0)]
        assert sketch_query.thing_or_part(predictor, "the handle of the mug") == "handle of the coffee cup"

    @pytest.mark.parametrize(
        ("text", "placements"),
        [
            ("an ant", []),
            ("an ant and a mug", []),
            ("an ant left of a mug and above a square", [(0, "left of", 1), (0, "above", 2)]),
            ("an ant left of a mug above a square", [(0, "left of", 1), (1, "above", 2)]),
            ("a mug with an ant inside", [(1, "inside", 0)]),
            ("a mug with an ant above and a square below", [(1, "above", 0), (2, "below", 0)]),
            ("an ant left of and above a mug", [(0, "left of", 1), (0, "above", 1)]),
            ("above the mug an ant", [(1, "above", 0)]),
            ("an ant in a mug", [(0, "inside", 1)]),
            ("an ant, a mug left of the ant, a square below the mug", [(1, "left of", 0), (2, "below", 1)]),
        ],
    )
    def test_sentences_say_who_is_where(self, tiny_painter_folder, text, placements):
        assert sketch_query.wish(load_painter(tiny_painter_folder).predictor, text).placements == placements

    def test_what_only_stands_for_a_thing_is_not_drawn_as_it(self, tiny_painter_folder):
        predictor = load_painter(tiny_painter_folder).predictor
        assert sketch_query.category(predictor, "mug") == "coffee cup"
        assert sketch_query.category(predictor, "goat") is None


def test_help_comes_quickly_and_explains():
    found = subprocess.run([sys.executable, "-m", "graphs.sketch", "draw", "--help"], capture_output=True, text=True)
    assert found.returncode == 0 and "--strokes" in found.stdout and "torch" not in found.stderr
