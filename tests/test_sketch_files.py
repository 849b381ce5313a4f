"""Sketches and pictures come in and go out in many forms; nonsense, traps and giants are one clear line."""

import json
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.painter.language import MalformedSketch, text_of
from tools.canvas import Sketch, Stroke, rasterise, to_svg
from tools.sketch_files import process_frames, read_picture, read_sketch, read_strokes, save_sketch
from tools.sketch_language import to_xml
from tools.stroke_codecs import to_stroke3, to_stroke5

LINE = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75]]
SKETCH = Sketch(strokes=[Stroke(points=LINE), Stroke(points=[(0.5, 0.5), (0.5, 0.75)])])


@pytest.mark.parametrize(
    "text",
    [
        to_svg(SKETCH),
        to_xml(SKETCH),
        text_of(SKETCH),
        SKETCH.model_dump_json(),
        json.dumps([stroke.points for stroke in SKETCH.strokes]),
        json.dumps(to_stroke3(SKETCH).tolist()),
        json.dumps(to_stroke5(SKETCH).tolist()),
        json.dumps({"word": "x", "drawing": [(255 * np.array(s.points)).T.tolist() for s in SKETCH.strokes]}),
    ],
    ids=["svg", "sketchagent", "words", "sketch", "points", "stroke-3", "stroke-5", "quickdraw"],
)
def test_every_form_is_read(text):
    found = read_strokes(f"\n {text}\n")
    assert len(found.strokes) == 2
    for a, b in zip(found.strokes, SKETCH.strokes, strict=True):
        assert np.allclose([a.points[0], a.points[-1]], [b.points[0], b.points[-1]], atol=0.02)


def test_one_stroke_needs_no_list_around_it():
    assert read_strokes(json.dumps(LINE)).strokes[0].points == [(x, y) for x, y in LINE]


def test_what_lies_beyond_the_canvas_is_fitted_into_it():
    (stroke,) = read_strokes("[[-50, 0], [50, 0], [50, 20]]").strokes
    points = np.array(stroke.points)
    assert points.min() >= 0.039 and points.max() <= 0.961
    assert np.ptp(points[:, 0]) == pytest.approx(5 * np.ptp(points[:, 1]), rel=1e-3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[NaN, 0], [1, 1]]", "NaN"),
        ("[[Infinity, 0]]", "Infinity"),
        ("[[1e300, 0], [-1e300, 1]]", "scale"),
        ('{"strokes": [{"points": []}]}', "strokes.0.points"),
        ('{"strokes": [{"points": [[0.1, "x"]]}]}', "strokes.0.points"),
        ('{"shapes": []}', "no strokes"),
        ("[[0.1, 0.2", "no JSON"),
        ("[[[[1]]]]", "points"),
        ('{"drawing": [[1, 2]]}', "points.0"),
        ("[" * 100_000, "recursion"),
        ("a drawing of a cat", "not a word of a sketch"),
        ("<svg viewBox='0 0 9 9'><path d='M0 0 L9'/></svg>", "'L'"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><svg viewBox="0 0 9 9"><path d="&a;"/></svg>', "entities"),
        ("<p>hello</p>", "no strokes"),
        (json.dumps([LINE] * 300), "300 strokes"),
        ("x" * 2_000_001, "2000001"),
    ],
)
def test_nonsense_is_refused_in_one_line(text, word):
    with pytest.raises(MalformedSketch) as refusal:
        read_strokes(text)
    assert word in str(refusal.value) and "\n" not in str(refusal.value) and len(str(refusal.value)) < 250


@given(st.text(max_size=60) | st.text('[]{},.0123456789-e "', max_size=60))
def test_any_text_is_a_sketch_or_refused(text):
    try:
        assert isinstance(read_strokes(text), Sketch)
    except MalformedSketch as error:
        assert "\n" not in str(error)


def test_a_very_long_stroke_is_read():
    angles = np.linspace(0, 60, 10_000)
    points = np.column_stack([0.5 + 0.4 * np.cos(angles), 0.5 + 0.4 * np.sin(angles)])
    assert len(read_strokes(json.dumps([points.tolist()])).strokes[0].points) == 10_000


@pytest.mark.parametrize("content", [b"", b"  \n", b"[]", b"<svg viewBox='0 0 9 9'/>"])
def test_an_empty_sketch_is_refused(tmp_path, content):
    (tmp_path / "s").write_bytes(content)
    with pytest.raises(MalformedSketch, match="no stroke in it"):
        read_sketch(tmp_path / "s")


def test_files_that_are_no_sketch_are_named(tmp_path):
    (tmp_path / "binary").write_bytes(b"\x89PNG\xff\x00")
    for name, word in (("missing", "No such file"), ("binary", "no sketch"), (".", "directory")):
        with pytest.raises(MalformedSketch, match=word):
            read_sketch(tmp_path / name)


class TestPictures:
    def test_what_is_transparent_is_white(self, tmp_path):
        image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
        image.paste((0, 0, 0, 255), (5, 5, 9, 9))
        image.save(tmp_path / "a.png")
        grey = np.array(read_picture(tmp_path / "a.png"))
        assert grey[0, 0] == 255 and grey[6, 6] == 0

    @pytest.mark.parametrize("side", [8_000, 20_000])
    def test_a_giant_is_refused_before_it_is_unpacked(self, tmp_path, side):
        Image.new("1", (side, side)).save(tmp_path / "giant.png")
        start = time.perf_counter()
        with pytest.raises(MalformedSketch, match="too large .*50 million pixels"):
            read_picture(tmp_path / "giant.png")
        assert time.perf_counter() - start < 5

    def test_what_is_no_picture_is_named(self, tmp_path):
        (tmp_path / "a.png").write_text("<svg/>")
        Image.new("L", (50, 50)).save(tmp_path / "b.png")
        (tmp_path / "b.png").write_bytes((tmp_path / "b.png").read_bytes()[:60])
        for name, word in (("a.png", "no picture"), ("b.png", "cannot read"), ("c.png", "No such file")):
            with pytest.raises(MalformedSketch, match=word) as refusal:
                read_picture(tmp_path / name)
            assert name in str(refusal.value)


class TestSaving:
    def test_a_sketch_is_saved_as_vectors_pixels_and_process(self, tmp_path):
        paths = save_sketch(SKETCH, tmp_path / "new" / "folder", "cat")
        assert len(read_sketch(tmp_path / "new" / "folder" / "cat.svg").strokes) == 2
        assert np.array_equal(np.array(Image.open(paths["png"])), 255 - rasterise(SKETCH, 512))
        with Image.open(paths["gif"]) as gif:
            assert 3 <= gif.n_frames <= 5 and gif.info["loop"] == 0

    def test_the_process_grows_to_the_whole_and_is_bounded(self):
        frames = [np.array(frame) < 128 for frame in process_frames(SKETCH)]
        assert all((later | ~earlier).all() for earlier, later in zip(frames, frames[1:], strict=False))
        assert frames[0].sum() < frames[-1].sum()
        long = Sketch(strokes=[Stroke(points=[(i / 5000, 0.5) for i in range(5000)])])
        assert len(process_frames(long)) == 48

    def test_nothing_is_a_blank_sheet(self, tmp_path):
        save_sketch(Sketch(), tmp_path, "blank")
        assert (np.array(Image.open(tmp_path / "blank.gif").convert("L")) == 255).all()
