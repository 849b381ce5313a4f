"""Masks in the loop: by a segmenter from what the model expects to paint, or from pictures painted before; previews."""

import numpy as np
import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
)
from PIL import Image

from models.scene_diffusion.random_scenes import random_scene
from models.segmenter.data import segmented
from models.segmenter.modeling import SIZE, WEIGHTS
from tests.families import (
    BOXES,
    bare,
    control_of,
    difference,
    place,
    precise,
    request,
    saved_segmenter,
    sharing,
    studio,
)
from tools.denoisers import predicted_clean
from tools.diffusion import MASK_STEPS, Replay, paint_pictures
from tools.model_hub import DEVICE, ModelError, load_profile, load_segmenter, models_of
from tools.refine import redraw
from tools.segment import WHOLE, attention_mask, box_around, box_mask, segmented_masks, sharing_masks

STEPS = MASK_STEPS + 2
SCHEDULERS = {
    "noise": DDIMScheduler(),
    "noise, at another scale": EulerDiscreteScheduler(timestep_spacing="leading"),
    "v": DDIMScheduler(prediction_type="v_prediction"),
    "the picture": DPMSolverMultistepScheduler(prediction_type="sample", use_flow_sigmas=True),
    "velocity": FlowMatchEulerDiscreteScheduler(shift=3.0),
    "velocity, by another solver": DPMSolverMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True),
}


@pytest.mark.parametrize("predicts, scheduler", SCHEDULERS.items(), ids=SCHEDULERS)
def test_the_clean_picture_is_found_whatever_is_predicted(predicts, scheduler):
    clean, noise = torch.randn(2, 1, 4, 8, 8, generator=torch.Generator().manual_seed(0)).double()
    for index in (0, 3, 8):
        scheduler.set_timesteps(10)
        timestep = scheduler.timesteps[index]
        if "velocity" in predicts:
            ideal, latents = noise - clean, clean + scheduler.sigmas[index] * (noise - clean)
        else:
            latents = scheduler.add_noise(clean, noise, timestep[None])
            ideal = clean if predicts == "the picture" else noise
        if predicts == "v":
            ideal = scheduler.get_velocity(clean, noise, timestep[None])
        found = predicted_clean(scheduler, ideal, latents, timestep, index)
        assert (found - clean).abs().max() <= 1e-3


def test_a_segmenter_finds_objects_in_their_boxes():
    segmenter, rng = load_segmenter(str(WEIGHTS), True), np.random.default_rng(5)
    overlaps, boxed = [], []
    for example in (segmented(random_scene(rng), rng) for _ in range(4)):
        boxes = {name: example.boxes[name] for name in example.masks}
        found = segmented_masks(segmenter, Image.fromarray(example.image), boxes)
        for name, mask in found.items():
            assert not mask[box_mask(boxes[name], len(mask)) == 0].any()
            truth = torch.from_numpy(example.masks[name]).float()[None]
            truth = torch.nn.functional.adaptive_avg_pool2d(truth, len(mask))[0]
            for guess, values in ((mask, overlaps), (box_mask(boxes[name], len(mask)), boxed)):
                values.append(float(torch.minimum(guess, truth).sum() / torch.maximum(guess, truth).sum()))
    assert len(overlaps) >= 6 and np.mean(overlaps) > max(0.7, np.mean(boxed) + 0.05)


def test_masks_of_any_fineness_share_together():
    coarse, fine = box_mask((0.0, 0.0, 0.5, 0.5), 16), box_mask((0.25, 0.0, 1.0, 1.0), 64)
    masks = sharing_masks([{"cup": coarse}, {"cup": fine}, {}], {(0, 1): [("cup", "cup")], (1, 0): [("cup", "cup")]})
    assert torch.equal(masks[1, 0], box_mask((0.0, 0.0, 0.5, 0.5), 64)) and torch.equal(masks[0, 1], fine)
    assert masks[2, 2].all() and not masks[0, 2].any() and not masks[2, 0].any()


def test_where_the_layout_has_no_box_there_is_one_around_where_words_attend():
    attention = torch.zeros(16, 16)
    attention[4:8, 2:6] = 1.0
    assert box_around(attention_mask(attention, WHOLE)) == (2 / 16, 4 / 16, 6 / 16, 8 / 16)


@pytest.mark.parametrize("family", ["embedded", "sd15", "sdxl", "sd35", "flux"])
def test_a_segmenters_masks_are_shared_by(family):
    models, profile = precise(studio(family, segmenter=True, steps=STEPS))
    requests = [request(seed) for seed in (3, 4)]
    early, again = (paint_pictures(models, profile, requests, sharing(2)) for _ in range(2))
    words = paint_pictures(models._replace(segmenter=None), profile, requests, sharing(2))
    assert difference(early, again) == 0
    assert torch.equal(early[0].trajectory[: MASK_STEPS + 1], words[0].trajectory[: MASK_STEPS + 1])
    assert difference(early, words) > 1e-9
    first = paint_pictures(models, profile.model_copy(update={"masks": "two-pass"}), requests, sharing(2))
    assert not torch.equal(first[0].trajectory[1], early[0].trajectory[1])


@pytest.mark.parametrize("masks", ["early", "two-pass"])
def test_similarity_zero_is_independent_painting_and_segments_nothing(masks):
    models, profile = precise(studio("embedded", segmenter=True, steps=STEPS, masks=masks))
    models.segmenter._embeddings = None
    together = paint_pictures(models, profile, [request(3), request(4)], sharing(2, 0.0))
    apart = [paint_pictures(models, profile, [request(seed)])[0] for seed in (3, 4)]
    assert difference(together, apart) <= 1e-9 and models.segmenter._embeddings is None


@pytest.mark.parametrize("masks", ["early", "two-pass"])
@pytest.mark.parametrize("family, anchors, share_from", [("embedded", 0, 0.0), ("sd15", 1, 0.5), ("flux", 1, 0.0)])
def test_a_redo_by_replay_has_the_same_masks(family, anchors, share_from, masks):
    models, profile = precise(studio(family, segmenter=True, steps=STEPS, anchors=anchors, masks=masks))
    profile.share_timesteps = (share_from, 1.0)
    requests, plan = [request(seed) for seed in (3, 4, 5)], sharing(3)
    original = paint_pictures(models, profile, requests, plan)
    for redone in (0, 2):
        replays = {row: Replay(original[row].trajectory) for row in range(3) if row != redone}
        again = paint_pictures(models, profile, requests, plan, replays)
        assert difference([again[redone]], [original[redone]]) <= 1e-9


@pytest.mark.parametrize("masks", ["early", "two-pass"])
def test_permuting_the_steps_permutes_the_pictures(masks):
    models, profile = precise(studio("embedded", segmenter=True, steps=STEPS, masks=masks))
    requests, order = [request(seed) for seed in (3, 4, 5)], [2, 0, 1]
    similarity = torch.rand(3, 3, generator=torch.Generator().manual_seed(0))
    pictures = paint_pictures(models, profile, requests, sharing(3, similarity))
    moved = sharing(3, similarity[order][:, order])
    permuted = paint_pictures(models, profile, [requests[row] for row in order], moved)
    assert difference([pictures[row] for row in order], permuted) <= 1e-9 < difference(pictures, permuted)


@pytest.mark.parametrize("masks", ["early", "two-pass"])
def test_streamed_masks_equal_joint_masks_of_the_same_visibility(masks):
    models, profile = precise(studio("sd15", segmenter=True, steps=STEPS, anchors=1, masks=masks))
    requests, visible = [request(seed) for seed in range(3)], torch.zeros(3, 3)
    visible[:, 1] = 0.8
    plan = sharing(3, visible)._replace(anchors=[1])
    streamed = paint_pictures(models, profile, requests, plan)
    joint = paint_pictures(models, profile.model_copy(update={"anchors": 0}), requests, plan)
    assert difference(streamed, joint) <= 1e-9


def test_a_region_is_mended_with_the_segmenters_masks():
    models, profile = studio("embedded", segmenter=True, steps=STEPS)
    before = paint_pictures(models, profile, [request(3), request(4)], sharing(2))
    others = [(request(4), before[1].trajectory)]
    by_masks, by_words = (
        redraw(each, profile, request(9), before[0].trajectory, BOXES["cup"], others, sharing(2))
        for each in (models, models._replace(segmenter=None))
    )
    assert difference([by_masks], [by_words]) > 1e-6


def test_a_thing_without_a_box_is_shared_too():
    models, profile = studio("embedded", segmenter=True, steps=STEPS)
    requests = [request(seed).model_copy(update={"boxes": {}}) for seed in (3, 4)]
    for each in (models, models._replace(segmenter=None)):
        shared = paint_pictures(each, profile, requests, sharing(2))
        assert difference(shared, paint_pictures(each, profile, requests)) > 1e-6


def test_what_is_expected_is_shown_once_while_it_is_painted():
    models, profile = studio("embedded", steps=STEPS)
    told, shown = [], {}
    original = paint_pictures(
        models, profile, [request(3), request(4)], sharing(2),
        progress=lambda done, total: told.append(done),
        preview=lambda row, image: shown.setdefault(row, (image, len(told))),
    )  # fmt: skip
    assert sorted(shown) == [0, 1] and {size for image, size in shown.values()} == {MASK_STEPS - 1}
    assert all(image.size == original[0].image.size for image, _ in shown.values())
    unseen = paint_pictures(models, profile, [request(3), request(4)], sharing(2))
    assert difference(original, unseen) == 0
    seen = []
    replays = {1: Replay(original[1].trajectory)}
    paint_pictures(
        models, profile, [request(3), request(4)], sharing(2), replays, preview=lambda row, _: seen.append(row)
    )
    assert seen == [0]


def test_two_passes_are_one_progress_and_can_be_stopped_in_either():
    models, profile = studio("embedded", segmenter=True, steps=STEPS, masks="two-pass")
    requests, told = [request(3), request(4)], []

    class Cancelled(Exception):
        pass

    def stop(done, total):
        told.append((done, total))
        if done == 2:
            raise Cancelled

    paint_pictures(models, profile, requests, sharing(2), progress=lambda done, total: told.append((done, total)))
    total = told[-1][1]
    assert told == [(done, total) for done in range(1, total + 1)]
    told.clear()
    with pytest.raises(Cancelled):
        paint_pictures(models, profile, requests, sharing(2), progress=stop)
    assert len(told) == 2 and not DEVICE.locked()


def test_a_profile_has_a_segmenter_another_or_none():
    folder, named = place("embedded"), ("embedded", str(place("embedded")), str(control_of(place("embedded"))), 64)
    assert folder.is_dir() and load_profile("sdxl").segmenter == "facebook/sam2.1-hiera-tiny"
    without, other, own = (
        models_of(load_profile(*named, segmenter)) for segmenter in ("none", saved_segmenter().name, None)
    )
    assert without.segmenter is None and other.segmenter.size == 64 and own.segmenter.size == SIZE
    assert without.pipeline is own.pipeline and own.revision.startswith(without.revision + "+")
    assert len({without.revision, other.revision, own.revision}) == 3


def test_what_is_no_segmenter_is_named_and_the_way_without(tmp_path):
    with pytest.raises(ModelError, match="nowhere/sam.*--segmenter none"):
        load_segmenter("nowhere/sam", True)
    with pytest.raises(ModelError, match="text_encoder' is no SAM 2.*--segmenter none"):
        load_segmenter(str(place("embedded") / "text_encoder"), True)


def test_few_timesteps_are_painted_without_looking():
    models, profile = studio("embedded", segmenter=True, steps=2)
    assert len(paint_pictures(models, profile, [bare(3), request(4)], sharing(2), preview=pytest.fail)) == 2
