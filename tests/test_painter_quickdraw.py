"""Quick, Draw! files of every form are read alike; what is broken is named; the held-out tenth is stable."""

import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.painter import quickdraw
from models.painter.augment import into_box, varied
from models.painter.quickdraw import QuickDrawError, is_held_out, read_bitmaps, read_drawings, split

SQUARE = [[[0, 100, 100, 0, 0], [0, 0, 50, 50, 0]], [[20], [30]]]


def record(word="cat", key="1", drawing=SQUARE, **more):
    return json.dumps({"word": word, "key_id": key, "drawing": drawing, **more}) + "\n"


def test_plain_gzipped_and_folders_are_read_alike(tmp_path):
    text = record() + "\n" + record("dog", "2") + record("dog", "3", recognized=False)
    (tmp_path / "a.ndjson").write_text(text)
    with gzip.open(tmp_path / "b.ndjson.gz", "wt") as file:
        file.write(text)
    (tmp_path / "notes.txt").write_text("not a drawing")
    plain, packed = (list(read_drawings(tmp_path / name)) for name in ("a.ndjson", "b.ndjson.gz"))
    assert [(d.word, d.key) for d in plain] == [(d.word, d.key) for d in packed] == [("cat", "1"), ("dog", "2")]
    assert len(list(read_drawings(tmp_path))) == 4
    assert len(list(read_drawings(tmp_path, per_word=1))) == 2


def test_raw_and_simplified_give_the_same_shape(tmp_path):
    """Raw drawings have times, any scale and place, and a point wherever the pen was seen."""
    xs, ys = np.r_[0:100:30j, [100] * 29][:30], np.linspace(0, 1, 30)
    raw = [[(400 + 3 * xs).tolist(), (90 + 3 * ys).tolist(), list(range(30))], [[700], [240], [31]]]
    (tmp_path / "raw.ndjson").write_text(record(drawing=raw))
    drawing = next(read_drawings(tmp_path / "raw.ndjson"))
    points = np.concatenate(drawing.strokes)
    assert points.min(0).tolist() == [0, 0] and points.max() == pytest.approx(1)
    assert len(drawing.strokes[0]) < 5 and drawing.strokes[1].shape == (1, 2)


def test_proportions_are_kept(tmp_path):
    (tmp_path / "a.ndjson").write_text(record())
    first = next(read_drawings(tmp_path / "a.ndjson")).strokes[0]
    assert first.max(0).tolist() == [1, 0.5]


def test_part_labels_are_read_as_words(tmp_path):
    (tmp_path / "part_names.json").write_text(json.dumps({"cat": ["ear", "piont", ""]}))
    (tmp_path / "a.ndjson").write_text(record(part=[1, 0]) + record(part=[2, 9]) + record(part=None))
    assert [d.parts for d in read_drawings(tmp_path / "a.ndjson")] == [("hands", "ears"), ("", ""), ()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: no drawing"),
        ('{"word": "cat"}', "line 1: no drawing .'key_id'"),
        (record(drawing=[]), "cat 1 has a stroke without points, or none"),
        (record(drawing=[[[], []]]), "without points"),
        (record(drawing=[[[1, 2], [3]]]), "no drawing"),
        (record(drawing=[[[float("nan")], [1]]]), "not finite"),
        (record(drawing=7), "no drawing"),
    ],
)
def test_what_is_no_drawing_is_named_with_its_line(tmp_path, line, said):
    (tmp_path / "a.ndjson").write_text(line)
    with pytest.raises(QuickDrawError, match=said):
        list(read_drawings(tmp_path / "a.ndjson"))


def test_no_file_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "cat.ndjson"):
        with pytest.raises(QuickDrawError, match=r"no \.ndjson"):
            list(read_drawings(path))


def test_a_tenth_is_held_out_and_always_the_same():
    keys = [str(key) for key in range(5_000_000, 5_005_000)]
    held = {key for key in keys if is_held_out(key)}
    assert 0.085 < len(held) / len(keys) < 0.115
    assert held == {key for key in keys if is_held_out(key)}
    drawings = [quickdraw.Drawing("cat", key, []) for key in keys]
    train, apart = split(iter(drawings))
    assert {d.key for d in apart} == held and len(train) + len(apart) == len(keys)


def test_bitmaps_are_read(tmp_path):
    images = np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28)
    np.savez(tmp_path / "b.npz", bitmap=images, word=np.array(["cat", "dog", "cat"]))
    found = read_bitmaps(tmp_path / "b.npz")
    assert found.words == ["cat", "dog", "cat"] and (found.images == images).all()
    np.savez(tmp_path / "c.npz", bitmap=images[:, :5], word=np.array(["cat"] * 3))
    with pytest.raises(QuickDrawError, match="28 × 28"):
        read_bitmaps(tmp_path / "c.npz")


strokes = st.lists(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6).map(np.array), min_size=1, max_size=4
)


@given(strokes, st.integers(0, 1000))
def test_varied_drawings_are_fitted_and_keep_their_strokes(lines, seed):
    moved = varied(quickdraw.fitted(lines), np.random.default_rng(seed))
    assert [len(a) for a in moved] == [len(b) for b in lines]
    points = np.concatenate(moved)
    assert np.abs(points.min(0)).max() < 1e-5 and points.max() <= 1 + 1e-5


@given(strokes)
def test_a_drawing_fits_its_box(lines):
    box = (0.2, 0.3, 0.5, 0.9)
    points = np.concatenate(into_box(quickdraw.fitted(lines), box))
    assert (points >= np.array(box[:2]) - 1e-5).all() and (points <= np.array(box[2:]) + 1e-5).all()
