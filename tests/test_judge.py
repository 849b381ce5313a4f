"""`python -m graphs.judge`: a process comes in as a folder, a GIF or a video, and out as marks, a table and a page."""

import json
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

from graphs.judge import graph
from graphs.judge_terminal import judge
from models.ppjudge.config import ATTRIBUTES
from models.ppjudge.predictor import ProcessJudge
from tests.test_command_line import refused
from tests.test_ppjudge_network import pictures

app = typer.Typer()
app.command()(judge)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "a painting"
    place.mkdir()
    for number, frame in enumerate(pictures(5)):
        Image.fromarray(frame).save(place / f"{number + 8}_{59 - number}.png")
    return place


def saved(frames, place):
    place.mkdir(exist_ok=True)
    for number, frame in enumerate(frames):
        Image.fromarray(frame).save(place / f"{number}.png")
    return place


class TestMarks:
    def test_they_are_those_of_the_judge_on_frames_in_natural_order(self, folder, judge_folder):
        result = run(folder, "--judge", judge_folder, "--prompt", "a red cup", "--json")
        assert result.exit_code == 0, result.output
        told, alone = json.loads(result.stdout), ProcessJudge(Path(judge_folder)).score(pictures(5), prompt="a red cup")
        assert told["attributes"] == alone.attributes and told["mean"] == pytest.approx(alone.mean, abs=0.001)
        assert told["timeline"]["colour depth"] == [marks["colour depth"] for marks in alone.timeline]
        assert told["frames"] == 5 and told["key_frames"] == [1, 2, 3, 4, 5]

    def test_a_reference_picture_is_what_consistency_is_held_against(self, folder, judge_folder, tmp_path):
        Image.fromarray(pictures(2, seed=8)[1]).save(tmp_path / "asked.png")
        told = json.loads(run(folder, "--judge", judge_folder, "--reference", tmp_path / "asked.png", "--json").stdout)
        alone = ProcessJudge(Path(judge_folder)).score(pictures(5), reference_image=pictures(2, seed=8)[1])
        assert told["attributes"] == alone.attributes
        assert "consistency" not in json.loads(run(folder, "--judge", judge_folder, "--json").stdout)["attributes"]

    def test_a_gif_and_a_video_are_read(self, judge_folder, tmp_path):
        frames = [Image.fromarray(frame) for frame in pictures(5, 64)]
        frames[0].save(tmp_path / "made.gif", save_all=True, append_images=frames[1:])
        video = cv2.VideoWriter(str(tmp_path / "made.mp4"), cv2.VideoWriter_fourcc(*"mp4v"), 5, (64, 64))
        for frame in pictures(5, 64):
            video.write(frame[..., ::-1].copy())
        video.release()
        for name in ("made.gif", "made.mp4"):
            assert json.loads(run(tmp_path / name, "--judge", judge_folder, "--json").stdout)["frames"] == 5

    def test_two_hundred_frames_of_many_sizes_are_judged_by_key_frames(self, judge_folder, tmp_path):
        frames = [cv2.resize(frame, (30 + n % 7, 40 + n % 5)) for n, frame in enumerate(pictures(200))]
        told = json.loads(run(saved(frames, tmp_path / "long"), "--judge", judge_folder, "--json").stdout)
        keys = told["key_frames"]
        assert told["frames"] == 200 and 4 <= len(keys) <= 6 and (keys[0], keys[-1]) == (1, 200)
        assert {len(marks) for marks in told["timeline"].values()} == {len(keys)}

    def test_the_state_is_small_and_plain(self, folder, judge_folder, tmp_path):
        state = graph.invoke({"process": str(folder), "judge": judge_folder, "out": str(tmp_path / "out")})
        assert len(json.dumps(state)) < 4000
        assert [frame["media_type"] for frame in state["frames"]] == ["image/png"] * 5


class TestTable:
    def test_it_has_the_eight_attributes_the_mean_and_their_course(self, folder, judge_folder):
        result = run(folder, "--judge", judge_folder)
        assert result.exit_code == 0
        for name in (*ATTRIBUTES, "mean"):
            assert name in result.stdout
        assert (
            len(re.findall(r"│ [▁-█]{5}\s+│", result.stdout)) == 7 and "needs --reference or --prompt" in result.stdout
        )


class TestPage:
    def test_it_needs_nothing_else_and_says_all_in_words(self, folder, judge_folder, tmp_path):
        run(folder, "--judge", judge_folder, "--prompt", "<b>a cup</b>", "--experts", "--out", tmp_path / "out")
        page, marks = (tmp_path / "out/index.html").read_text(), json.loads((tmp_path / "out/marks.json").read_text())
        assert "&lt;b&gt;a cup" in page and "<b>a cup" not in page and "a painting" in page
        assert "default-src 'none'" in page and " style=" not in page and "<script" not in page
        loads = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(loads) >= 7 and all(place.startswith("data:") for place in loads)
        charts = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', page)
        assert len(charts) == 3
        for name, mark in marks["attributes"].items():
            assert f"{name} {mark:.1f}" in charts[0] and f"<td>{mark:.2f}</td>" in page
            assert ", ".join(f"{value:.1f}" for value in marks["timeline"][name]) in charts[1]
        assert "Use of experts" in charts[2] and "(prefers-color-scheme: dark)" in page

    def test_the_radar_reaches_as_far_as_the_marks(self):
        from tools.charts import RADIUS, radar

        drawn = radar({"up": 10.0, "right <": 5.0, "down": 1.0, "left": 2.5})
        (shape,) = re.findall(r'class="shape" points="([^"]+)"', drawn)
        points = np.array([[float(n) for n in pair.split(",")] for pair in shape.split()])
        reach = np.linalg.norm(points - [200, 135], axis=1) / RADIUS
        assert reach == pytest.approx([1, 0.5, 0.1, 0.25], abs=0.01) and "right &lt;" in drawn

    def test_without_out_it_lies_among_the_runs(self, folder, judge_folder, home):
        told = json.loads(run(folder, "--judge", judge_folder, "--json").stdout)
        assert told["page"] == str(home / "judged" / "a painting" / "index.html")
        assert (home / "judged" / "a painting" / "index.html").exists()


class TestBadInput:
    @pytest.mark.parametrize(
        "files, words",
        [
            ({}, ["no pictures in"]),
            ({"notes.txt": b"no picture"}, ["no pictures in"]),
            ({"0.png": None}, ["two frames at least", "1 given"]),
            ({"0.png": None, "1.png": b"no picture"}, ["not a picture", "1.png"]),
            ({"0.png": None, "1.png": "half"}, ["not a picture", "1.png"]),
        ],
        ids=["empty", "text only", "one frame", "text as a picture", "corrupt"],
    )
    def test_a_folder_that_is_no_process(self, files, words, judge_folder, tmp_path):
        place = saved(pictures(2), tmp_path / "whole")
        whole = (place / "1.png").read_bytes()
        (tmp_path / "bad").mkdir()
        for name, data in files.items():
            (tmp_path / "bad" / name).write_bytes(whole if data is None else whole[:900] if data == "half" else data)
        refused(run(tmp_path / "bad", "--judge", judge_folder), *words)

    @pytest.mark.parametrize(
        "name, data, word",
        [
            ("notes.txt", b"a text", "neither a folder of pictures"),
            ("made.mp4", b"a text", "no pictures in"),
            ("made.gif", b"GIF89a", "neither a folder of pictures"),
            (None, b"", "there is no file or folder"),
        ],
    )
    def test_a_file_that_is_no_process(self, name, data, word, judge_folder, tmp_path):
        if name:
            (tmp_path / name).write_bytes(data)
        refused(run(tmp_path / (name or "nowhere"), "--judge", judge_folder), word)

    def test_a_reference_that_is_no_picture_is_not_there_or_is_one_too_many(self, folder, judge_folder, tmp_path):
        (tmp_path / "text.png").write_text("no picture")
        for reference in (tmp_path / "text.png", tmp_path / "nowhere.png", tmp_path):
            refused(run(folder, "--judge", judge_folder, "--reference", reference), "the reference is not a picture")
        refused(run(folder, "--reference", tmp_path / "text.png", "--prompt", "a cup"), "not both")
        refused(run(folder, "--prompt", "  "), "prompt is empty")

    def test_no_judge(self, folder, tmp_path):
        refused(run(folder, "--judge", tmp_path / "nowhere"), "no judge in nowhere")

    def test_unwritable_out(self, folder, judge_folder, tmp_path):
        (tmp_path / "file").write_text("")
        refused(run(folder, "--judge", judge_folder, "--out", tmp_path / "file" / "out"), "cannot write", "--out")
