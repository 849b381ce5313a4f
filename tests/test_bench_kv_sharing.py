"""The sharing bench compares like with like: its three ways of attending are one op, its masks are scored rightly."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from evals.bench_kv_sharing import attention, forward, masks
from evals.bench_kv_sharing.forward import Measured, linearity, passes
from evals.bench_kv_sharing.memory import peak_bytes
from models.scene_diffusion.composer import compose
from models.scene_diffusion.random_scenes import random_scene
from tests.families import studio
from tools.segment import FINE


@pytest.mark.parametrize("coverage", [0.25, 1.0])
def test_dense_masking_and_the_floor_attend_to_the_same_keys(coverage):
    case = attention.Case(16, 3, coverage)
    dense, floor = (attention.attention_of(case, way, "cpu", torch.float32)() for way in ("dense", "floor"))
    assert dense.shape == floor.shape and (dense - floor).abs().max() <= 1e-5


def test_ours_attends_to_the_same_keys_but_for_the_weights(monkeypatch):
    monkeypatch.setattr(torch.Tensor, "log", lambda values: torch.zeros_like(values))  # W = 1
    case = attention.Case(16, 4, 0.5)
    ours, floor = (attention.attention_of(case, way, "cpu", torch.float32)() for way in ("ours", "floor"))
    assert (ours - floor).abs().max() <= 1e-5


def test_ratios_are_taken_within_a_repetition():
    timing = attention.Timing(
        attention.Case(1, 2, 1.0), {"ours": [1.0, 2.0, 4.0], "dense": [], "floor": [1.0, 1.0, 2.0]}
    )
    assert timing.ratio("ours", "floor") == 2.0
    low, high = timing.spread("ours", "floor")
    assert low <= 2.0 <= high


@given(st.integers(forward.ANCHORS + 1, 20))
def test_streamed_passes_cover_every_picture_once(pictures):
    streamed, alone = passes(pictures, True), passes(pictures, False)
    for kind in (streamed, alone):
        assert sorted(itertools.chain(*(rows for rows, _ in kind))) == list(range(pictures))
    assert max(len(rows) for rows, _ in streamed) == forward.ANCHORS and all(len(rows) == 1 for rows, _ in alone)
    assert all(context.sharing is None and context.bank is None for _, context in alone)


def test_time_on_a_line_is_linear_and_off_it_is_not():
    line = [Measured(n, [2.0 * n + 1] * 2, 0) for n in (4, 8, 12, 16)]
    assert linearity(line) == pytest.approx(1)
    assert linearity([Measured(n, [float(n**4)], 0) for n in (4, 8, 12, 16)]) < 0.95


def test_a_peak_is_told_though_more_was_taken_before():
    size = 64 * 2**20
    bytearray(4 * size)  # ones that the peak of the process hides
    assert 0.9 * size <= peak_bytes(lambda: bytearray(b"x") * size) <= 1.5 * size
    assert peak_bytes(lambda: None) < size / 8


def test_a_mask_is_scored_by_its_overlap():
    truth = np.zeros((128, 128), bool)
    truth[:64] = True
    half = torch.zeros(FINE, FINE)
    half[: FINE // 2] = 1
    assert masks.overlap(truth, half, (0, 0, 1, 1)) == 1
    assert masks.overlap(truth, torch.ones(FINE, FINE), (0, 0, 1, 1)) == 0.5
    assert masks.overlap(truth, 1 - half, (0, 0, 1, 1)) == 0
    assert masks.overlap(truth, None, (0, 0, 1, 0.5)) == 1  # nothing found: its box stands for it


def test_every_thing_has_a_mask_of_every_kind():
    models, profile = studio("embedded", segmenter=True, steps=4)
    rng = np.random.default_rng(1)
    examples = [compose(random_scene(rng), rng, 64) for _ in range(2)]
    found = masks.overlaps(models, profile, examples, seed=0)
    counts = {len(values) for values in found.values()}
    assert found.keys() == set(masks.WAYS) and len(counts) == 1 and counts.pop() >= 2
    assert all(0 <= value <= 1 for values in found.values() for value in values)
