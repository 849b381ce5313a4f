"""What the judge looks at: frames in order, of folders, animations, videos and sheets, and the key frames of many."""

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from models.ppjudge.frames import JudgeError, key_frames, natural, picture, read_process, sheet_frames, thinned
from tests.test_ppjudge_network import pictures


class TestFrames:
    def test_names_sort_as_people_count(self):
        names = ["10_3:21.jpg", "2_0:40.jpg", "1_0:15.jpg", "a2", "a10", "2_0:5.jpg"]
        assert sorted(names, key=natural) == ["1_0:15.jpg", "2_0:5.jpg", "2_0:40.jpg", "10_3:21.jpg", "a2", "a10"]

    @given(st.lists(st.text(max_size=8), max_size=6))
    def test_any_names_can_be_sorted(self, names):
        assert sorted(sorted(names, key=natural)[::-1], key=natural) == sorted(names, key=natural)

    def test_animations_and_videos_are_read_in_order(self, tmp_path):
        frames = [Image.new("RGB", (32, 32), (80 * number, 0, 0)) for number in range(3)]
        frames[0].save(tmp_path / "p.gif", save_all=True, append_images=frames[1:])
        writer = cv2.VideoWriter(str(tmp_path / "p.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (32, 32))
        for frame in frames:
            writer.write(np.array(frame)[..., ::-1])
        writer.release()
        for name in ("p.gif", "p.avi"):
            read = read_process(tmp_path / name)
            assert [round(frame[0, 0, 0] / 80) for frame in read] == [0, 1, 2]

    def test_what_is_see_through_is_white(self):
        assert (picture(Image.new("RGBA", (2, 2), (0, 0, 0, 0))) == 255).all()

    @pytest.mark.parametrize("name", ["empty", "text.txt", "missing", "broken.png"])
    def test_what_is_no_process_is_refused_in_one_line(self, tmp_path, name):
        (tmp_path / "empty").mkdir()
        (tmp_path / "text.txt").write_text("no picture")
        (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
        with pytest.raises(JudgeError) as error:
            read_process(tmp_path / name)
        assert name in str(error.value) and "\n" not in str(error.value)

    def test_a_corrupt_frame_in_a_folder_is_named(self, tmp_path):
        Image.new("RGB", (8, 8)).save(tmp_path / "1.png")
        (tmp_path / "2.png").write_bytes((tmp_path / "1.png").read_bytes()[:40])
        with pytest.raises(JudgeError, match="2.png"):
            read_process(tmp_path)

    @given(count=st.integers(1, 300), most=st.integers(2, 40))
    def test_long_recordings_are_thinned_evenly_and_keep_their_ends(self, count, most):
        kept = [int(frame[0]) for frame in thinned((np.array([number]) for number in range(count)), most)]
        assert len(kept) <= most and (kept[0], kept[-1]) == (0, count - 1)
        gaps = np.diff(kept)
        assert len(set(gaps[:-1].tolist())) <= 1 and (count >= most or kept == list(range(count)))

    def test_frames_are_kept_at_a_bounded_size(self, tmp_path):
        for number in range(2):
            Image.new("RGB", (3000, 1500), (number, 0, 0)).save(tmp_path / f"{number}.png")
        assert [frame.shape for frame in read_process(tmp_path)] == [(512, 1024, 3)] * 2

    def test_sheets_run_in_snakes(self):
        cells = np.arange(9).reshape(3, 3).repeat(4, 0).repeat(4, 1)
        frames = sheet_frames(np.stack([cells] * 3, -1), 3)
        assert [int(frame[0, 0, 0]) for frame in frames] == [0, 1, 2, 5, 4, 3, 6, 7, 8]


class TestKeyFrames:
    @settings(max_examples=30)
    @given(count=st.integers(1, 60), least=st.integers(2, 6), more=st.integers(0, 8), seed=st.integers(0, 99))
    @example(count=10, least=2, more=0, seed=69)
    def test_counts_keep_their_limits_and_ends_are_kept(self, count, least, more, seed):
        rng = np.random.default_rng(seed)
        levels = rng.choice([0, 0, 0, 5, 30], count).cumsum().clip(0, 255)
        frames = [np.full((8, 8, 3), level, np.uint8) for level in levels]
        kept = key_frames(frames, least, least + more)
        assert kept == sorted(set(kept)) and kept[0] == 0 and kept[-1] == count - 1
        assert min(count, least) <= len(kept) <= least + more or count <= least

    def test_pauses_are_left_out(self):
        stages = pictures(6)
        frames = [stage for stage in stages for _ in range(20)]
        kept = key_frames(frames, 4, 6)
        assert sorted(number // 20 for number in kept) == [0, 1, 2, 3, 4, 5]
