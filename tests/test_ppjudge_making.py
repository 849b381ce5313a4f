"""Things in the making, and the camera that looks at them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ppjudge import camera, data, making
from models.scene_diffusion.composer import Placed, paint_on
from models.scene_diffusion.drawings import Part

SIZE = 48
BOX = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
THING = [
    Placed("cup", Part(0.3 + 0.4 * BOX, (200, 40, 40))),
    Placed("cup", Part(0.4 + 0.1 * BOX, (40, 40, 200))),
    Placed("cup", Part(0.55 + 0.1 * BOX, (40, 160, 40))),
]
"""Two small squares on a large one."""
DONE_BY = [0.0, 0.3, 0.6, 0.8, 1.0]


def always(monkeypatch, **chances) -> None:
    for name in ("BARS", "EDGES", "LIGHT", "HAND"):
        monkeypatch.setattr(camera, name, chances.get(name, 0.0))


class TestMaking:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 10**6))
    def test_a_thing_grows_before_a_backdrop_that_stays(self, seed):
        rng = np.random.default_rng(seed)
        before = making.backdrop(rng, SIZE)
        assert (
            before.shape == (SIZE, SIZE, 3) and before.dtype == np.float32 and 0 <= before.min() <= before.max() < 256
        )
        frames = making.modelled(THING, before, DONE_BY, 0.0, rng)
        assert (frames[0] == before.astype(np.uint8)).all() and (frames[-1] == paint_on(before, THING)).all()
        outside = np.ones((SIZE, SIZE), bool)
        outside[round(0.2 * SIZE) : round(0.8 * SIZE), round(0.2 * SIZE) : round(0.8 * SIZE)] = False
        assert (frames[:, outside] == frames[0, outside]).all()

    def test_without_refinement_the_small_parts_and_the_colours_never_come(self):
        for seed in range(8):
            before = making.backdrop(np.random.default_rng(seed), SIZE)
            whole, rough = (
                making.modelled(THING, before, DONE_BY, lack, np.random.default_rng(seed)) for lack in (0.0, 0.7)
            )
            assert (whole[-1] != rough[-1]).any() and (rough[-1] != rough[0]).any()

    def test_guides_go_and_lines_stay(self):
        paper = np.full((SIZE, SIZE, 3), 250, np.float32)
        frames = making.constructed(THING, paper, DONE_BY, 0.0)
        blue = [((frame[..., 2].astype(int) - frame[..., 0]) > 20).sum() for frame in frames]
        assert blue[0] == 0 and min(blue[1:-1]) > 0 and blue[-1] == 0
        ink = [(frame.max(2) < 120).sum() for frame in frames]
        assert ink[-1] > 0 and max(ink[:-1]) == 0

    def test_what_is_in_the_middle_fills_its_side_and_keeps_its_shape(self):
        points = np.concatenate([item.part.points for item in making.in_the_middle(THING[1:], 0.8)])
        assert points.min(0) == pytest.approx([0.1, 0.1]) and points.max(0) == pytest.approx([0.9, 0.9])


class TestCamera:
    frames = np.random.default_rng(0).integers(0, 255, (5, 32, 32, 3)).astype(np.uint8)

    def test_bars_are_the_same_on_all_frames_and_the_reference(self, monkeypatch):
        always(monkeypatch, BARS=1.0)
        shown, reference = camera.framed(self.frames, self.frames[-1], np.random.default_rng(1))
        assert shown.shape == self.frames.shape and (shown[-1] == reference).all()
        same = (shown == shown[0]).all((0, 3))
        assert 0.04 < same.mean() < 0.5 and len(np.unique(shown[0][same], axis=0)) == 1

    @pytest.mark.parametrize("name", ["EDGES", "LIGHT", "HAND"])
    def test_what_is_filmed_is_nearly_as_it_is(self, monkeypatch, name):
        smooth = np.full((4, 64, 64, 3), 120, np.uint8)
        smooth[:, 20:40, 20:40] = 180
        always(monkeypatch)
        assert (camera.filmed(smooth, np.random.default_rng(0)) == smooth).all()
        always(monkeypatch, **{name: 1.0})
        shown = camera.filmed(smooth, np.random.default_rng(0))
        assert 0 < abs(shown.astype(int) - smooth).mean() < 12 and shown.dtype == np.uint8

    def test_edges_are_at_the_edges(self, monkeypatch):
        always(monkeypatch, EDGES=1.0)
        shown = camera.filmed(self.frames, np.random.default_rng(2))
        assert (shown[:, 1:-1, 1:-1] == self.frames[:, 1:-1, 1:-1]).all() and (shown != self.frames).any()

    def test_marks_know_nothing_of_the_hand_that_films(self, monkeypatch):
        for seed in range(6):
            always(monkeypatch)
            still = data.judged_process(np.random.default_rng(seed), 32, 6)
            always(monkeypatch, EDGES=1.0, LIGHT=1.0, HAND=1.0)
            filmed = data.judged_process(np.random.default_rng(seed), 32, 6)
            assert (still.exact == filmed.exact).all() and (still.frames != filmed.frames).any()
