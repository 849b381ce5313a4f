"""What the judge is trained on: PPAD's form, synthetic processes, defects and marks."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.ppjudge import data, defects, marks, processes
from models.ppjudge.config import ATTRIBUTES, FACTORS
from models.ppjudge.frames import JudgeError
from models.ppjudge.measures import agreement, correlation, ranks, wilson
from models.ppjudge.modeling import IMAGE, NONE, VECTORS
from models.ppjudge.ppad import item_frames, item_image, read_items
from tests.test_ppjudge_network import pictures

DEPTHS = ("detail depth", "colour depth", "composition depth")


def column(name: str) -> int:
    return ATTRIBUTES.index(name)


def annotation(folder: str, is_image: bool, **more) -> dict:
    accuracy = {"imageConsistency" if is_image else "promptConsistency": 8.5}
    stability = {"styleStability": 1, "colorStability": 2, "compositionStability": 3, "processStability": 4}
    depth = {"detailEnhancement": 5, "colorDevelopment": 6, "compositionComplexity": 7}
    results = {"drawingAccuracy": accuracy, "drawingStability": stability, "drawingDepth": depth}
    return {"images_path": folder, "is_image": is_image, "valuationResults": results} | more


@pytest.fixture
def annotated(tmp_path):
    """Two processes of PPAD's form, with 12 and 3 frames; names sort wrongly as text."""
    for name, count in (("a", 12), ("b", 3)):
        (tmp_path / name).mkdir()
        for number in range(count):
            Image.new("RGB", (20, 10), (number * 20, 0, 0)).save(tmp_path / name / f"step{number + 1}.png")
    Image.new("RGB", (30, 30), "blue").save(tmp_path / "reference.png")
    items = [annotation("a", True, reference="reference.png"), annotation("b", False, prompt="a red cup")]
    (tmp_path / "ppad.json").write_text(json.dumps(items))
    return tmp_path / "ppad.json"


class TestPPAD:
    def test_items_are_read_with_marks_in_order_and_frames_by_number(self, annotated):
        first, second = read_items(annotated)
        assert first.marks.tolist() == [8.5, 1, 2, 3, 4, 5, 6, 7]
        assert [int(frame[0, 0, 0]) for frame in item_frames(first, 11)] == [20 * n for n in range(11)]
        assert item_image(first)[0, 0].tolist() == [0, 0, 255] and first.prompt == ""
        assert second.image is None and second.prompt == "a red cup"

    def test_only_the_marks_after_the_last_frame_count(self, annotated):
        examples = [data.annotated_process(item, 16, 11) for item in read_items(annotated)]
        batch = data.collate(examples, 16, 11)
        assert batch.real.sum(1).tolist() == [11, 3]
        assert batch.weights.sum((1, 2)).tolist() == [8, 8]
        assert batch.marks[1, 2].tolist() == [8.5, 1, 2, 3, 4, 5, 6, 7]
        assert (batch.marks[~batch.real] == 0).all() and (batch.frames[~batch.real] == 0).all()
        assert batch.kinds.tolist() == [IMAGE, VECTORS] and batch.factors.isnan().all()

    @pytest.mark.parametrize(
        "broken", ["{", "{}", '[{"images_path": "a"}]', json.dumps([annotation("a", False) | {"valuationResults": 3}])]
    )
    def test_other_forms_are_refused(self, tmp_path, broken):
        (tmp_path / "ppad.json").write_text(broken)
        with pytest.raises(JudgeError, match="ppad.json"):
            read_items(tmp_path / "ppad.json")

    def test_marks_outside_the_scale_are_refused(self, tmp_path):
        entry = annotation("a", True)
        entry["valuationResults"]["drawingDepth"]["colorDevelopment"] = 70
        (tmp_path / "ppad.json").write_text(json.dumps([entry]))
        with pytest.raises(JudgeError, match="item 0 .* outside"):
            read_items(tmp_path / "ppad.json")


def process(style: str, lacks: processes.Lacks = processes.Lacks(), frames: int = 7, seed: int = 0):
    rng = np.random.default_rng(seed)
    nouns = ["cup", "plate", "chair"]
    scene = processes.random_scene(rng)
    return processes.scene_process(scene, style, frames, lacks, nouns, rng, 64)


class TestProcesses:
    @pytest.mark.parametrize("style", processes.STYLES)
    def test_a_scene_grows_into_its_reference(self, style):
        made = process(style)
        assert made.frames.shape == (7, 64, 64, 3) and made.style == style and made.caption
        away = [defects.distance(frame, made.reference) for frame in made.frames]
        assert away[-1] < 0.6 * away[0]
        assert away[-1] < 0.03 or style == "brush stroke"

    def test_the_studios_own_process_is_a_sketch_and_then_the_picture(self):
        made = process("sketched")
        assert (made.frames[-1] == made.reference).all()
        assert all((frame > 240).mean() > 0.6 for frame in made.frames[:-1])

    @pytest.mark.parametrize("style", processes.STYLES)
    def test_the_same_seed_gives_the_same_process(self, style):
        assert (process(style).frames == process(style).frames).all()

    @pytest.mark.parametrize(
        ("lack", "mark"), [("refinement", "detail depth"), ("colour", "colour depth"), ("content", "composition depth")]
    )
    def test_what_is_left_out_lowers_its_depth(self, lack, mark):
        depths = []
        for strength in (0.0, 0.95):
            found = [process("flat colour", processes.Lacks(**{lack: strength}), seed=seed) for seed in range(8)]
            depths.append(np.mean([marks.growth(made.frames)[-1, column(mark) - 5] for made in found]))
        assert depths[1] < 0.9 * depths[0]

    def test_another_subject_is_another_in_words_and_picture(self):
        own, other = process("flat colour"), process("flat colour", processes.Lacks(subject=1.0))
        assert other.strange == 1 and own.strange == 0
        assert defects.distance(other.frames[-1], other.reference) > 0.02

    def test_a_share_of_the_objects_is_replaced_and_the_scene_itself_is_kept(self):
        for seed in range(30):
            rng = np.random.default_rng(seed)
            scene = processes.random_scene(rng)
            before = scene.model_dump()
            other = processes.other_subject(scene, 0.5, ["cup", "plate", "chair", "dog", "apple"], rng)
            same = [one == two for one, two in zip(scene.objects, other.objects, strict=True)]
            nouns = [one.noun == two.noun for one, two in zip(scene.objects, other.objects, strict=True)]
            assert scene.model_dump() == before
            assert nouns.count(False) == max(1, round(0.5 * len(nouns)))
            assert all(kept for kept, noun, item in zip(same, nouns, scene.objects, strict=True)
                       if noun and "pouring" not in item.states)  # fmt: skip

    def test_refinements_come_after_big_shapes(self):
        rng = np.random.default_rng(3)
        scene = processes.random_scene(rng)
        looks = {item.id: processes.random_look(item, rng) for item in scene.objects}
        placed = processes.drawn(scene, looks, 0).placed
        todo = processes.acts(placed, 0.0, by_object=False)
        finished = [act.finished for act in todo[1:]]
        assert todo[0] == processes.Act(-1, True) and finished == sorted(finished)
        assert {act.part for act in todo if act.finished} >= set(range(len(placed)))
        assert len(processes.acts(placed, 0.5, False)) < len(todo)


class TestDefects:
    @pytest.mark.parametrize("name", list(defects.DEFECTS))
    def test_stronger_defects_are_felt_more_and_begin_when_they_do(self, name):
        felt: dict[float, list[float]] = {0.1: [], 0.95: []}
        for strength, values in felt.items():
            for seed in range(12):
                frames = process("flat colour", seed=seed % 4).frames
                flawed = defects.DEFECTS[name](frames, strength, np.random.default_rng(seed))
                assert flawed.frames.shape == frames.shape and flawed.frames.dtype == np.uint8
                assert (np.diff(flawed.felt) >= 0).all() and 0 <= flawed.felt[0] and flawed.felt[-1] <= 1
                same = [(one == other).all() for one, other in zip(frames, flawed.frames, strict=True)]
                before = int((flawed.felt > 0).argmax()) if flawed.felt.any() else 0
                assert name == "wrong order" or all(same[:before])
                values.append(float(flawed.felt[-1]))
        assert np.mean(felt[0.95]) > np.mean(felt[0.1])

    def test_a_jump_that_cannot_be_seen_is_not_felt(self):
        gray = np.full((6, 32, 32, 3), 128, np.uint8)
        turned = [defects.hue_jump(gray, 0.9, np.random.default_rng(seed)).felt[-1] for seed in range(10)]
        assert 0 in turned
        assert defects.layout_jump(gray, 0.9, np.random.default_rng(0)).felt[-1] == 0

    def test_all_work_is_lost_backwards_and_none_forwards(self):
        frames = process("flat colour").frames
        assert defects.lost_work(frames, np.arange(7))[-1] == 0
        assert defects.lost_work(frames, np.arange(7)[::-1])[-1] == 1

    def test_strengths_to_test_on_are_never_trained_on(self):
        rng = np.random.default_rng(0)
        for unseen in (False, True):
            drawn = [defects.strength_of("hue jump", unseen, rng) for _ in range(60)]
            assert {defects.held_out_strength("hue jump", strength) for strength in drawn} == {unseen}


class TestMarks:
    @given(
        depths=st.lists(st.floats(0, 1), min_size=3, max_size=3),
        near=st.floats(0, 1),
        felt=st.dictionaries(st.sampled_from(list(marks.SENSITIVITY)), st.floats(0, 1)),
    )
    def test_marks_keep_the_scale_and_each_defect_lowers_what_it_should(self, depths, near, felt):
        def given_marks(amounts):
            return marks.rule(np.array([depths]), np.array([near]), {n: np.array([a]) for n, a in amounts.items()})[0]

        clean, found = given_marks({}), given_marks(felt)
        assert (found >= 1).all() and (found <= 10).all() and (found <= clean + 1e-9).all()
        assert (clean[1:5] == marks.CLEAN).all()
        for name, amount in felt.items():
            for attribute in marks.SENSITIVITY[name]:
                weaker = given_marks(felt | {name: amount / 2})
                assert weaker[column(attribute)] >= found[column(attribute)] - 1e-9
        touched = {attribute for name in felt for attribute in marks.SENSITIVITY[name]}
        kept = [column(attribute) for attribute in ATTRIBUTES if attribute not in touched]
        assert (found[kept] == clean[kept]).all()

    def test_depth_needs_rises_one_after_another(self):
        stages = np.stack(pictures(6, 64))
        slowly = marks.growth(stages)[-1]
        at_once = marks.growth(np.stack([stages[0]] * 5 + [stages[-1]]))[-1]
        backwards = marks.growth(stages[::-1])[-1]
        assert (at_once < slowly).all() and (backwards == 0).all()

    def test_experts_err_but_agree_in_the_mean(self):
        exact = np.full((3, 8), 6.0)
        found = np.stack([marks.by_experts(exact, np.random.default_rng(seed)) for seed in range(200)])
        assert abs(found.mean() - 6) < 0.05 and 0.1 < found[:, 0].std() < 0.3
        assert (found[:, 0] == found[:, 2]).all()  # an expert's error is of the process, not of the frame

    def test_the_process_stability_of_true_orders_is_above_that_of_wrong_ones(self):
        frames = process("brush stroke").frames
        for order in ([6, 5, 4, 3, 2, 1, 0], [3, 0, 6, 1, 5, 2, 4]):
            felt = {"wrong order": defects.lost_work(frames, np.array(order))}
            marked = marks.rule(np.zeros((7, 3)), np.ones(7), felt)[-1]
            assert marked[column("process stability")] < 5


class TestExamples:
    def test_what_is_held_out_is_in_no_training_scene_and_in_every_test_scene(self, monkeypatch):
        scenes = []
        monkeypatch.setattr(
            data, "random_process", lambda *given: scenes.append(given) or processes.random_process(*given)
        )
        seen: list = []
        draw = processes.scene_process
        monkeypatch.setattr(processes, "scene_process", lambda scene, *rest: seen.append(scene) or draw(scene, *rest))
        for unseen in (False, True):
            seen.clear()
            for seed in range(6):
                data.judged_process(np.random.default_rng(seed), 32, 5, unseen)
            held = [not data.held_out_nouns().isdisjoint(item.noun for item in scene.objects) for scene in seen]
            assert held and all(value == unseen for value in held)

    def test_marks_follow_the_defects_that_were_asked_for(self):
        for name, attribute in (("style jump", "style stability"), ("foreign frame", "composition stability")):
            found = [data.judged_process(np.random.default_rng(s), 32, 8, False, [name]) for s in range(8)]
            clean = [data.judged_process(np.random.default_rng(s), 32, 8, False, []) for s in range(8)]
            low, high = (np.mean([one.exact[-1, column(attribute)] for one in many]) for many in (found, clean))
            assert high == marks.CLEAN and low < high - 1

    def test_factors_are_what_the_marks_are_made_of(self):
        for seed in range(8):
            found = data.judged_process(np.random.default_rng(seed), 32, 6)
            made_of = dict(zip(FACTORS, found.factors.T, strict=True))
            near = made_of.pop("nearness")
            depths = np.stack([made_of.pop(name) for name in ("detail", "colour", "composition")], 1)
            again = marks.rule(depths, np.nan_to_num(near), made_of)
            assert np.isnan(near).all() == (found.kind == NONE)
            assert np.allclose(again[:, 1:], found.exact[:, 1:])
            assert found.kind == NONE or np.allclose(again, found.exact)

    def test_without_a_reference_consistency_does_not_count(self):
        found = [data.judged_process(np.random.default_rng(seed), 32, 4) for seed in range(24)]
        assert {example.kind for example in found} == {NONE, VECTORS, IMAGE}
        for example in found:
            assert (example.weights[:, 0] == 0).all() == (example.kind == NONE)
            assert bool(example.prompt) == (example.kind == VECTORS)

    def test_work_is_lost_in_one_way_at_most(self):
        chosen = [data.chosen_defects(np.random.default_rng(seed)) for seed in range(200)]
        assert not any({"wrong order", "regression"} <= set(names) for names in chosen)
        assert {len(names) for names in chosen} == {0, 1, 2, 3}


class TestMeasures:
    @given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
    def test_ranks_share_ties(self, values):
        array = np.array(values)
        wanted = [(array < value).sum() + ((array == value).sum() - 1) / 2 for value in values]
        assert ranks(array).tolist() == wanted

    def test_agreement_on_both_scales(self):
        true = np.array([1.0, 4.0, 6.0, 9.0])
        found = agreement(np.array([1.4, 4.6, 5.6, 8.8]), true)
        assert found.srcc == pytest.approx(1) and found.acc == 0.75
        assert found.mse == pytest.approx(0.18) and found.mse_unit == pytest.approx(0.0018)
        assert agreement(-true, true).srcc == pytest.approx(-1)
        assert correlation(np.ones(3), np.arange(3)) == 0

    def test_wilsons_interval(self):
        share = wilson(90, 100)
        assert (share.low, share.high) == (pytest.approx(0.8256, abs=1e-3), pytest.approx(0.9448, abs=1e-3))
        assert wilson(0, 0)[2:] == (0, 1)
