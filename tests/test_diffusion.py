import copy

import numpy as np
import pytest
import torch

from tools.canvas import Sketch, Stroke
from tools.diffusion import PictureRequest, Replay, SharingPlan, paint_pictures
from tools.model_hub import load_models, load_profile
from tools.segment import attention_mask, box_mask

BOX = (0.1, 0.3, 0.5, 0.9)


def request(seed, prompt="a red cup, a kettle"):
    stroke = Stroke(points=[(0.1, 0.3), (0.5, 0.3), (0.5, 0.9), (0.1, 0.9), (0.1, 0.3)], object="cup")
    spans = {"cup": [(0, 9)], "kettle": [(11, 19)]}
    return PictureRequest(
        prompt=prompt,
        spans=spans,
        boxes={"cup": BOX, "kettle": (0.6, 0.2, 0.9, 0.8)},
        sketch=Sketch(strokes=[stroke]),
        seed=seed,
    )


@pytest.fixture(params=["embedded", "sd15"])
def studio(request, tiny_embedded, tiny_sd15):
    """Models and profile of a family, tiny; four timesteps at 64 pixels."""
    if request.param == "embedded":
        profile = load_profile("embedded", str(tiny_embedded), str(tiny_embedded / "adapter"), 64)
    else:
        profile = load_profile("sd15", str(tiny_sd15), str(tiny_sd15 / "controlnet"), 64)
    profile.steps = 4
    return load_models(profile.pipeline, profile.control, profile.control_kind, True), profile


def pixels(picture):
    return np.asarray(picture.image).astype(int)


def sharing(count, value=1.0, masks=True):
    shared = {(i, j): [("cup", "cup")] for i in range(count) for j in range(count) if i != j}
    return SharingPlan(torch.full((count, count), value), shared if masks else None)


def test_the_same_seed_gives_the_same_picture_and_another_one_another(studio):
    first, again = (paint_pictures(*studio, [request(3), request(4)], sharing(2)) for _ in range(2))
    assert all((pixels(a) == pixels(b)).all() for a, b in zip(first, again, strict=True))
    assert (pixels(first[0]) != pixels(first[1])).any()


@pytest.fixture
def precise(studio):
    """The studio in double precision, where batches of different sizes round alike on every machine."""
    models, profile = copy.deepcopy(studio)
    models.pipeline.to(torch.float64)
    models.control.to(torch.float64)
    return models, profile


def test_similarity_zero_is_independent_painting(precise):
    together = paint_pictures(*precise, [request(3), request(4)], sharing(2, 0.0))
    apart = [paint_pictures(*precise, [request(seed)])[0] for seed in (3, 4)]
    for a, b in zip(together, apart, strict=True):
        assert (a.trajectory - b.trajectory).abs().max() <= 1e-5


@pytest.mark.parametrize("masks", [True, False])
def test_sharing_changes_the_pictures(studio, masks):
    shared = paint_pictures(*studio, [request(3), request(4)], sharing(2, 0.9, masks))
    alone = paint_pictures(*studio, [request(3), request(4)])
    assert (shared[0].trajectory[-1] - alone[0].trajectory[-1]).abs().max() > 1e-4


def test_a_redo_by_replay_of_the_others_equals_the_original(studio):
    requests = [request(3), request(4), request(5)]
    original = paint_pictures(*studio, requests, sharing(3))
    replays = {row: Replay(original[row].trajectory) for row in (1, 2)}
    redone = paint_pictures(*studio, requests, sharing(3), replays)
    assert (redone[0].trajectory - original[0].trajectory).abs().max() <= 1e-5


def test_outside_the_free_region_a_redrawn_picture_keeps_its_latents(studio):
    (before,) = paint_pictures(*studio, [request(3)])
    free = box_mask(BOX, before.trajectory.shape[-1])
    (after,) = paint_pictures(*studio, [request(99)], replays={0: Replay(before.trajectory, free)})
    kept = free == 0
    assert torch.equal(after.trajectory[:, :, kept], before.trajectory[:, :, kept])
    assert (after.trajectory[-1][:, ~kept] - before.trajectory[-1][:, ~kept]).abs().max() > 1e-3


def test_the_scribble_and_the_layout_steer_the_picture(studio):
    models, profile = studio
    (drawn,) = paint_pictures(models, profile, [request(3)])
    (blank,) = paint_pictures(models, profile, [request(3).model_copy(update={"sketch": Sketch()})])
    (unbound,) = paint_pictures(models, profile.model_copy(update={"binding": 0.0}), [request(3)])
    assert not torch.equal(drawn.trajectory, unbound.trajectory)
    if profile.control_kind == "adapter":  # a new ControlNet is zero-initialised: it adds nothing until trained
        assert not torch.equal(drawn.trajectory, blank.trajectory)


def test_no_weight_of_the_pipeline_changes(studio):
    models, profile = studio
    before = {name: value.clone() for name, value in models.pipeline.unet.state_dict().items()}
    paint_pictures(models, profile, [request(3), request(4)], sharing(2))
    assert all(torch.equal(value, before[name]) for name, value in models.pipeline.unet.state_dict().items())


def test_progress_is_told_after_every_timestep(studio):
    seen = []
    paint_pictures(*studio, [request(3)], progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1))


def test_attention_mask_keeps_the_brighter_part_of_the_box():
    attention = torch.zeros(16, 16)
    attention[4:8, 2:6] = 1.0
    mask = attention_mask(attention, (0.0, 0.0, 0.5, 1.0))
    assert mask[4:8, 2:6].min() == 1 and mask.sum() == 16
