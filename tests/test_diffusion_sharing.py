"""Sharing through the loop in every family: who reads whom, streamed or all at once, replayed, stopped."""

import pytest
import torch

from models.kv_sharing.streaming import choose_anchors
from tests.families import BOXES, FULL_SIZE, difference, precise, request, sharing, studio
from tools.diffusion import Replay, SharingPlan, paint_pictures
from tools.model_hub import DEVICE
from tools.refine import redraw

PART = {"sd15": "up_blocks", "sdxl": "up_blocks", "sd35": "transformer_blocks.0.", "flux": "single_"}


@pytest.mark.parametrize("family, anchors", [(family, 1) for family in FULL_SIZE] + [("sd35", 0), ("flux", 0)])
def test_a_redo_by_replay_of_the_others_equals_the_original(family, anchors):
    models, profile = precise(studio(family, anchors=anchors, steps=4))
    requests, plan = [request(seed) for seed in (3, 4, 5)], sharing(3)
    original = paint_pictures(models, profile, requests, plan)
    for redone in (0, 2):
        replays = {row: Replay(original[row].trajectory) for row in range(3) if row != redone}
        again = paint_pictures(models, profile, requests, plan, replays)
        assert difference([again[redone]], [original[redone]]) <= 1e-9


@pytest.mark.parametrize("family, masks", [(family, True) for family in FULL_SIZE] + [("sd15", False), ("flux", False)])
def test_streamed_equals_joint_with_the_same_visibility(family, masks):
    models, profile = precise(studio(family, anchors=2, anchor_similarity=0.2, steps=4))
    requests = [request(seed) for seed in range(4)]
    similarity = torch.rand(4, 4, generator=torch.Generator().manual_seed(1))
    anchors = choose_anchors(similarity, 2, 0.2)
    visible = torch.zeros(4, 4)
    visible[:, anchors] = torch.where(similarity > 0.2, similarity, 0.0)[:, anchors]
    streamed = paint_pictures(models, profile, requests, sharing(4, similarity, masks))
    together = profile.model_copy(update={"anchors": 0})
    joint = paint_pictures(models, together, requests, sharing(4, visible, masks))
    assert len(anchors) == 2 and (visible > 0).sum() > 4
    assert difference(streamed, joint) <= 1e-9
    assert difference(streamed, paint_pictures(models, together, requests)) > 1e-4


@pytest.mark.parametrize("family", ["sd15", "flux"])
def test_streamed_without_sharing_each_picture_is_painted_by_itself(family):
    models, profile = precise(studio(family, anchors=2))
    requests = [request(seed) for seed in range(3)]
    alone = [paint_pictures(models, profile, [single])[0] for single in requests]
    assert difference(paint_pictures(models, profile, requests, sharing(3, 0.0)), alone) <= 1e-9
    assert difference(paint_pictures(models, profile, requests), alone) <= 1e-9


def test_a_picture_mended_under_streaming_reads_the_pictures_that_are_replayed():
    models, profile = precise(studio("sd15", anchors=2))
    requests = [request(seed) for seed in (3, 4, 5)]
    before = paint_pictures(models, profile, requests, sharing(3))
    others = [(requests[row], before[row].trajectory) for row in (1, 2)]
    mended = redraw(models, profile, request(9), before[0].trajectory, BOXES["cup"], others, sharing(3))
    together = profile.model_copy(update={"anchors": 0})
    visible = torch.ones(3, 3)
    visible[1:, 0] = 0  # what is replayed reads nobody that matters
    expected = redraw(models, together, request(9), before[0].trajectory, BOXES["cup"], others, sharing(3, visible))
    assert difference([mended], [expected]) <= 1e-9


@pytest.mark.parametrize("family", FULL_SIZE)
def test_which_layers_timesteps_and_branches_share_is_a_setting(family):
    models, profile = precise(studio(family, true_guidance=2.0))
    requests, plan = [request(3), request(4)], sharing(2)
    painted = {
        name: paint_pictures(models, profile.model_copy(update=update), requests, plan)
        for name, update in {
            "all": {},
            "no layer": {"share_layers": ["nowhere"]},
            "one layer": {"share_layers": [PART[family]]},
            "never": {"share_timesteps": (0.0, 0.0)},
            "at first": {"share_timesteps": (0.0, 0.5)},
            "one branch": {"share_branches": "conditional"},
        }.items()
    }
    alone = [paint_pictures(models, profile, [single])[0] for single in requests]
    assert difference(painted["no layer"], alone) <= 1e-9 and difference(painted["never"], alone) <= 1e-5
    some = [painted[name] for name in ("one layer", "at first", "one branch")]
    assert all(difference(one, other) > 1e-9 for one in some for other in (alone, painted["all"]))


@pytest.mark.parametrize("anchors", [0, 1])
def test_a_cancelled_run_leaves_the_device_free_within_a_timestep(anchors):
    models, profile = studio("sdxl", anchors=anchors)
    seen = []

    class Cancelled(Exception):
        pass

    def stop(done, total):
        seen.append(done)
        raise Cancelled

    with pytest.raises(Cancelled):
        paint_pictures(models, profile, [request(3), request(4)], sharing(2), progress=stop)
    assert seen == [1] and not DEVICE.locked()


def test_anchors_cover_the_others():
    similarity = torch.eye(6)
    similarity[:4, 1] = similarity[4:, 5] = 0.9
    similarity[0, 2] = 0.95
    assert choose_anchors(similarity, 2) == [1, 5]
    assert choose_anchors(similarity, 1) == [1]
    assert choose_anchors(similarity, 6) == [1, 2, 5]
    assert choose_anchors(similarity, 2, threshold=0.9) == [2]
    assert choose_anchors(torch.eye(4), 2) == []


@pytest.mark.parametrize("family", FULL_SIZE)
def test_permuting_the_steps_permutes_the_pictures(family):
    models, profile = precise(studio(family))
    generator, order = torch.Generator().manual_seed(0), [2, 0, 1]
    similarity = torch.rand(3, 3, generator=generator)
    requests = [request(seed) for seed in (3, 4, 5)]
    pictures = paint_pictures(models, profile, requests, sharing(3, similarity))
    moved = sharing(3, similarity[order][:, order])
    permuted = paint_pictures(models, profile, [requests[row] for row in order], moved)
    assert difference([pictures[row] for row in order], permuted) <= 1e-9 < difference(pictures, permuted)


@pytest.mark.parametrize("family", FULL_SIZE)
def test_streamed_no_pass_is_larger_than_the_anchors_and_a_redo_paints_no_more_than_it_needs(family):
    models, profile = studio(family, anchors=2)
    similarity = torch.rand(6, 6, generator=torch.Generator().manual_seed(0))
    requests, plan, batches = [request(seed) for seed in range(6)], sharing(6, similarity), []
    denoiser = getattr(models.pipeline, "unet", None) or models.pipeline.transformer
    watch = denoiser.register_forward_hook(lambda module, given, made: batches.append(len(made[0])))
    try:
        original = paint_pictures(models, profile, requests, plan)
        branches = 1 if family == "flux" else 2
        assert batches == [2 * branches, *[branches] * 4] * 3
        batches.clear()
        redone = next(row for row in range(6) if row not in choose_anchors(similarity, 2))
        replays = {row: Replay(original[row].trajectory) for row in range(6) if row != redone}
        paint_pictures(models, profile, requests, plan, replays)
        assert batches == [2 * branches, branches] * 3
    finally:
        watch.remove()


def test_pictures_without_a_thing_in_common_are_no_anchors_of_each_other():
    models, profile = precise(studio("sd15", anchors=1))
    requests, similarity = [request(seed) for seed in range(3)], torch.ones(3, 3)
    plan = SharingPlan(similarity, {pair: [("cup", "cup")] for pair in ((0, 2), (2, 0))})
    streamed = paint_pictures(models, profile, requests, plan)
    expected = paint_pictures(models, profile, requests, plan._replace(anchors=[0]))
    assert torch.equal(streamed[2].trajectory, expected[2].trajectory)
    alone = paint_pictures(models, profile, requests)
    assert difference([streamed[2]], [alone[2]]) > 1e-9 and difference([streamed[1]], [alone[1]]) <= 1e-9
