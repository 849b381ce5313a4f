"""Steps are marked after each of their frames, or it is said why not; PPJudge chooses among refinements if asked to."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from graphs.paint import _is_best
from graphs.paint import graph as paint
from models.ppjudge.predictor import ProcessJudge
from tests.test_command_line import refused, run
from tools.artifacts import ArtifactStore
from tools.scene import SceneGraph, SceneObject
from tools.score import NotScored, mark_of, score_guide, score_step
from tools.trajectory import Finding, Frame, Step

STEP = Step(
    number=2, instruction="Put a red cup on a plate.", action="", state="", prompt="a cup", caption="a red cup",
    scene=SceneGraph(objects=[SceneObject(id="cup", noun="cup")]),
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return ArtifactStore(tmp_path / "store")


def drawn(store, sketches=2, pictures=1, seed=0, step=1):
    """A step's frames: noise that differs from frame to frame."""
    rng = np.random.default_rng(seed)
    images = [store.put_image(Image.fromarray(rng.integers(0, 256, (40, 40, 3), np.uint8))) for _ in range(20)]
    return [
        *(Frame(step=step, stage=n, kind="sketch", image=images[n]) for n in range(sketches)),
        *(Frame(step=step, stage=sketches, round=n, kind="picture", image=images[10 + n]) for n in range(pictures)),
    ]


def marks_of(judge_folder, frames, store, **told):
    return ProcessJudge(Path(judge_folder)).score([store.get_image(frame.image) for frame in frames], **told)


class TestSteps:
    def test_each_frame_is_marked_as_if_all_were_judged_at_once(self, judge_folder, store):
        frames = drawn(store, pictures=2)
        score, whole = (
            score_step(STEP, frames, judge_folder, store),
            marks_of(judge_folder, frames, store, prompt="a red cup"),
        )
        assert score.step == 1 and score.frames == [frame.key for frame in frames] and not score.reason
        assert score.attributes == pytest.approx(whole.attributes, abs=0.011)
        for name, marks in score.timeline.items():
            assert marks == pytest.approx([row[name] for row in whole.timeline], abs=0.011)
        assert score.mean == pytest.approx(whole.mean, abs=0.011)
        assert "tiny-judge" in score.source and "/" not in score.source
        assert len(json.dumps(score.model_dump())) < 2000

    def test_a_refinement_that_was_dropped_does_not_count(self, judge_folder, store):
        frames = drawn(store, pictures=3)
        frames[-1].kept = False
        assert score_step(STEP, frames, judge_folder, store) == score_step(STEP, frames[:-1], judge_folder, store)

    def test_more_frames_than_the_judge_follows_are_judged_by_key_frames(self, judge_folder, store):
        frames = drawn(store, sketches=5, pictures=4)
        score = score_step(STEP, frames, judge_folder, store)
        assert 4 <= len(score.frames) <= 6 and (score.frames[0], score.frames[-1]) == (frames[0].key, frames[-1].key)

    def test_the_sketch_is_judged_once_and_every_picture_added_to_it(self, judge_folder, store, monkeypatch):
        frames, added = drawn(store, sketches=3, pictures=2, seed=9), []
        real = ProcessJudge.add
        monkeypatch.setattr(ProcessJudge, "add", lambda self, frame, state: added.append(1) or real(self, frame, state))
        first = mark_of(STEP, frames[:-1], judge_folder, store)
        assert len(added) == 4
        second = mark_of(STEP, frames, judge_folder, store)
        assert len(added) == 5 and first != second
        score_step(STEP, frames, judge_folder, store)
        assert len(added) == 7
        alone = marks_of(judge_folder, [*frames[:3], frames[-1]], store, prompt="a red cup")
        assert second == pytest.approx(alone.mean, abs=0.011)


class TestReasons:
    def test_the_reason_names_no_folder_of_this_machine(self, store, tmp_path):
        nowhere = str(tmp_path / "nowhere")
        score = score_step(STEP, drawn(store), nowhere, store)
        assert "no judge in nowhere" in score.reason and str(tmp_path) not in score.reason and not score.attributes
        with pytest.raises(NotScored, match="no judge in nowhere"):
            mark_of(STEP, drawn(store), nowhere, store)

    def test_a_judge_left_out_and_a_process_too_short(self, judge_folder, store):
        assert score_step(STEP, drawn(store), "none", store).reason == "the judge was left out"
        score = score_step(STEP, drawn(store, 1, 0), judge_folder, store)
        assert score.reason == "a process has two frames at least: 1 given" and not score.timeline


class TestGuide:
    def test_its_process_is_the_picture_that_stands_for_each_step(self, judge_folder, store):
        steps = [drawn(store, pictures=2, seed=step, step=step) for step in range(3)]
        steps[1][-1].kept = False
        score = score_guide(steps, judge_folder, store)
        assert score.step is None and score.frames == ["00/01/02", "01/00/02", "02/01/02"]
        alone = marks_of(judge_folder, [steps[0][-1], steps[1][-2], steps[2][-1]], store)
        assert score.attributes == pytest.approx(alone.attributes, abs=0.011) and "consistency" not in score.attributes

    def test_one_step_is_no_process(self, judge_folder, store):
        assert "two frames at least: 1 given" in score_guide([drawn(store)], judge_folder, store).reason


class TestChoice:
    @pytest.mark.parametrize("marks, kept", [((5.0, 6.0), True), ((6.0, 5.0), False), ((5.0, 5.0), False)])
    def test_the_mark_decides_against_the_findings(self, store, marks, kept):
        finding = {"step": 1, "side": "picture", "kind": "shape", "object": "cup", "wanted": 0.5}
        before, latest = drawn(store, pictures=2)[-2:]
        amiss = Finding(round=0, measured=0.4 if kept else 0.1, **finding)
        found = [Finding(round=1, measured=0.1 if kept else 0.4, **finding)]
        state = {"step": 1, "findings": {before.key: [amiss.model_dump()]}}
        assert _is_best(self.with_frames(state, before, latest), latest, found) is not kept
        before.mark, latest.mark = marks
        assert _is_best(self.with_frames(state, before, latest), latest, found) is kept

    def with_frames(self, state, *frames):
        return state | {"frames": {frame.key: frame.model_dump() for frame in frames}}

    def test_pictures_are_kept_by_their_marks(self, judge_folder, tiny_embedded, home):
        models = {"pipeline": str(tiny_embedded), "control": str(tiny_embedded / "adapter"), "size": 64}
        settings = {**models, "max_rounds": 2, "best_of": "ppjudge", "judge": judge_folder}
        state = paint.invoke({"prompt": "a red cup left of a lemon", "settings": settings})
        store, caption = ArtifactStore(home / "artifacts"), state["steps"]["00"]["caption"]
        frames = [Frame.model_validate(frame) for frame in state["frames"].values()]
        sketches = [frame for frame in frames if frame.kind == "sketch"]
        best = 0.0
        for picture in frames[len(sketches) :]:
            alone = marks_of(judge_folder, [*sketches, picture], store, prompt=caption)
            assert picture.mark == pytest.approx(alone.mean, abs=0.011)
            assert picture.kept == (picture.mark > best)
            best = max(best, picture.mark)
        assert len(frames) - len(sketches) == 3 and all(sketch.mark is None for sketch in sketches)


class TestRun:
    def test_the_page_shows_radar_and_timeline_of_every_step(self, judge_folder, tiny_embedded, home):
        models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
        more = ["--judge", judge_folder, "--max-rounds", "0", "--steps", "-", "--json"]
        result = run("tea", *more, *models, input="Boil water.\nPut a tea bag in a cup.\n")
        assert result.exit_code == 0, result.output
        folder = home / json.loads(result.stdout)["run"]
        page, told = (folder / "index.html").read_text(), json.loads((folder / "trajectory.json").read_text())
        assert page.count('<svg class="chart radar"') == page.count('<svg class="chart timeline"') == 2
        assert "from &#39;tiny-judge" in page and judge_folder not in page + json.dumps(told)
        for step in told["steps"]:
            kept = [frame for frame in step["frames"] if frame["kept"]]
            assert len(step["score"]["frames"]) == len(kept) and len(step["score"]["attributes"]) == 8
        assert len(told["score"]["attributes"]) == 7 and told["score"]["step"] is None

    @pytest.mark.parametrize(
        "options, word",
        [
            (["--judge", "nowhere"], "no judge in nowhere"),
            (["--judge", "none", "--best-of", "ppjudge"], "the judge was left out"),
            (["--best-of", "luck"], "best_of"),
        ],
    )
    def test_a_judge_that_is_not_there_is_refused_before_anything_is_drawn(self, options, word, home):
        refused(run("how to make tea", *options), word)
        assert not list(home.glob("*/checkpoints.sqlite"))
