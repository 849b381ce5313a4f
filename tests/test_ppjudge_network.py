"""PPJudge's network against plain references: angles, causality, cached keys, losses, size."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from models.ppjudge.config import EMBEDDED, PAPER, JudgeConfig, ablations
from models.ppjudge.losses import factor_loss, losses, score_loss, style_loss, style_weights
from models.ppjudge.modeling import PPJudge, Reference, attend, load_judge, parameter_count, save_judge
from models.ppjudge.rotary import angles, frequencies, rotate

TINY = JudgeConfig(
    size=32,
    patch=8,
    slots=4,
    width=32,
    blocks=2,
    heads=2,
    bottleneck=4,
    depths=(1, 1, 1, 2, 3),
    top=2,
    reference_width=32,
    reference_tokens=4,
    style_width=32,
    beta=15.5 * 4,
    differences=True,
    compared=True,
    image_tower=True,
)


def tiny_judge(config: JudgeConfig = TINY) -> PPJudge:
    torch.manual_seed(0)
    model = PPJudge(config).eval()
    with torch.no_grad():
        for parameter in (model.first_seen, model.no_reference):
            parameter.normal_()
    return model


def frames_of(count: int, batch: int = 2, config: JudgeConfig = TINY, seed: int = 1) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(batch, count, 3, config.size, config.size, generator=generator) * 2 - 1


def reference(batch: int = 2, config: JudgeConfig = TINY, seed: int = 2) -> Reference:
    generator = torch.Generator().manual_seed(seed)
    vectors = torch.randn(batch, config.reference_tokens, config.reference_width, generator=generator)
    images = torch.rand(batch, 3, config.size, config.size, generator=generator)
    return Reference(vectors, images, torch.arange(batch) % 3)


def pictures(count: int, size: int = 40, seed: int = 3) -> list[np.ndarray]:
    """Noise that grows from the top."""
    noise = np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)
    found = []
    for number in range(count):
        picture = np.full_like(noise, 255)
        picture[: size * number // max(1, count - 1)] = noise[: size * number // max(1, count - 1)]
        found.append(picture)
    return found


class TestAngles:
    @given(slots=st.integers(1, 20), cells=st.integers(1, 300), pairs=st.integers(1, 32))
    def test_a_cell_has_the_same_angle_in_every_frame_when_all_is_corrected(self, slots, cells, pairs):
        found = angles(slots, cells, 2 * pairs, beta=cells * slots, gamma=1)
        assert torch.allclose(found, found[:1].expand_as(found), atol=1e-9)

    @given(slots=st.integers(1, 20), cells=st.integers(1, 300), gamma=st.floats(0.2, 4))
    def test_without_beta_it_is_plain_rope(self, slots, cells, gamma):
        position = torch.arange(slots * cells, dtype=torch.float64).view(slots, cells, 1)
        assert torch.equal(angles(slots, cells, 16, 0.0, gamma), position * frequencies(16))

    @given(slots=st.integers(3, 20), beta=st.floats(0.1, 1000), gamma=st.floats(0.2, 4))
    def test_later_frames_are_turned_back_further(self, slots, beta, gamma):
        back = angles(slots, 4, 8, 0.0, gamma) - angles(slots, 4, 8, beta, gamma)
        assert (back[0] == 0).all()
        assert (back.diff(dim=0) > 0).all()

    def test_the_configured_correction_leaves_half_a_cell(self):
        for config in (PAPER, EMBEDDED):
            found = angles(config.slots, config.cells, 8, config.beta, config.gamma)
            assert torch.allclose(
                found[1:] - found[:-1], 0.5 * frequencies(8).expand(config.slots - 1, config.cells, 4)
            )

    def test_turned_vectors_meet_by_the_difference_of_their_angles(self):
        query, key = torch.randn(2, 1, 1, 1, 8, dtype=torch.float64)
        one, other = (torch.tensor([[p]]) * frequencies(8) for p in (3.0, 7.0))
        once, twice, apart = (torch.polar(torch.ones_like(angle), angle) for angle in (one, other, other - one))
        turned = (rotate(query, once) * rotate(key, twice)).sum()
        assert torch.allclose(turned, (query * rotate(key, apart)).sum())

    def test_a_pair_is_turned_by_its_angle(self):
        angle = torch.tensor([[0.3, 2.0]])
        turned = rotate(torch.tensor([[1.0, 0.0, 0.0, 1.0]]), torch.polar(torch.ones_like(angle), angle))
        assert torch.allclose(turned, torch.tensor([[math.cos(0.3), math.sin(0.3), -math.sin(2.0), math.cos(2.0)]]))


class TestNetwork:
    def test_the_papers_size_has_the_papers_count(self):
        with torch.device("meta"):
            assert parameter_count(PPJudge(PAPER)) == pytest.approx(17.21e6, rel=0.01)
            assert 2 * parameter_count(PPJudge(EMBEDDED)) < 36e6
        counts = [PAPER.depths.count(depth) for depth in range(1, 6)]
        assert counts == [16, 6, 4, 2, 2] and PAPER.shared == 2 and PAPER.top == 4

    @pytest.mark.parametrize(
        "config", [TINY, replace(TINY, differences=False, compared=False, beta=0.0), replace(TINY, gamma=2.0)]
    )
    def test_frame_by_frame_equals_the_full_pass_at_every_prefix(self, config):
        model, told = tiny_judge(config), reference(3, config)
        frames = frames_of(config.slots, 3, config)
        with torch.no_grad():
            cache = model.begin(told)
            for moment in range(config.slots):
                scores, cache = model.add(frames[:, moment], cache)
                full = model(frames[:, : moment + 1], told).scores
                assert torch.allclose(scores, full[:, -1], atol=1e-4)
                assert torch.allclose(full, model(frames, told).scores[:, : moment + 1], atol=1e-4)

    def test_the_papers_size_too(self):
        config = replace(PAPER, blocks=2)
        model = PPJudge(config).eval()
        frames, told = frames_of(3, 1, config), reference(1, config)
        with torch.no_grad():
            full, cache = model(frames, told).scores, model.begin(told)
            for moment in range(3):
                scores, cache = model.add(frames[:, moment], cache)
                assert torch.allclose(scores, full[:, moment], atol=1e-4)

    def test_one_state_serves_several_next_frames(self):
        model, told, frames = tiny_judge(), reference(), frames_of(3)
        with torch.no_grad():
            _, cache = model.add(frames[:, 0], model.begin(told))
            first, _ = model.add(frames[:, 1], cache)
            other, _ = model.add(frames[:, 2], cache)
            again, _ = model.add(frames[:, 1], cache)
        assert torch.equal(first, again) and not torch.allclose(first, other)

    def test_order_and_reference_matter(self):
        model, frames, told = tiny_judge(), frames_of(3), reference(2)
        with torch.no_grad():
            true = model(frames, told).scores[:, -1]
            assert not torch.allclose(true, model(frames.flip(1), told).scores[:, -1], atol=1e-4)
            for kind in (0, 1, 2):
                kinds = torch.full((2,), kind)
                one = model(frames, told._replace(kinds=kinds)).scores
                other = model(frames, Reference(told.vectors + 1, 0.5 - told.images, kinds)).scores
                assert torch.allclose(one, other) == (kind == 0)

    def test_padding_changes_nothing_that_is_read(self):
        model, told, frames = tiny_judge(), reference(), frames_of(4)
        real = torch.tensor([[1, 1, 1, 0], [1, 1, 1, 0]], dtype=torch.bool)
        noisy = frames.clone()
        noisy[:, 3] = 7
        with torch.no_grad():
            short, padded = model(frames[:, :3], told), model(noisy, told, real)
        assert torch.allclose(short.scores, padded.scores[:, :3], atol=1e-5)
        assert torch.allclose(short.styles, padded.styles, atol=1e-5)
        assert torch.allclose(short.balance, padded.balance, atol=1e-5)

    def test_attention_is_that_of_a_mask_over_blocks_of_frames(self):
        block, tokens = tiny_judge().blocks[0], torch.randn(2, 4 + 3 * 16, 32)
        model = tiny_judge()
        turns = model.turns[: tokens.shape[1]]
        moment = torch.tensor([-1] * 4 + [0] * 16 + [1] * 16 + [2] * 16)
        parts = block.query_key_value(block.attention_norm(tokens)).unflatten(-1, (3, 2, 16)).permute(2, 0, 3, 1, 4)
        query, key, value = rotate(parts[0], turns), rotate(parts[1], turns), parts[2]
        weights = (query @ key.transpose(2, 3) / 4).masked_fill(moment[:, None] < moment, -math.inf).softmax(-1)
        attended = tokens + block.out((weights @ value).transpose(1, 2).flatten(2))
        wanted = attended + block.mixture(block.mixture_norm(attended).flatten(0, 1)).output.view_as(tokens)
        found, _, _ = block(tokens, turns, [4, 16, 16, 16])
        assert torch.allclose(found, wanted, atol=1e-5)

    def test_attention_written_out_for_training_is_the_fused_one(self):
        query, key, value = torch.randn(3, 2, 2, 7, 8)
        for first, sizes in ((0, [2, 1, 4]), (2, [1, 4]), (3, [4])):
            asked = query[:, :, first:]
            written = attend(asked.clone().requires_grad_(), key, value, sizes)
            assert torch.allclose(written, attend(asked, key, value, sizes), atol=1e-6)

    def test_marks_are_from_one_to_ten(self):
        with torch.no_grad():
            scores = tiny_judge()(50 * frames_of(2), reference()).scores
        assert scores.shape == (2, 2, 8) and scores.min() >= 1 and scores.max() <= 10

    def test_too_many_frames_are_refused(self):
        with pytest.raises(ValueError, match="5 frames, but the judge has 4 slots"):
            tiny_judge()(frames_of(5), reference())

    def test_weights_come_back_in_half_precision(self, tmp_path):
        model = tiny_judge()
        save_judge(model, tmp_path)
        again = load_judge(tmp_path)
        assert again.config == TINY
        assert (tmp_path / "model.safetensors").stat().st_size < 2.5 * parameter_count(model)
        with torch.no_grad():
            one, other = (judge(frames_of(2), reference()).scores for judge in (model, again))
        assert torch.allclose(one, other, atol=0.05)

    def test_every_row_of_the_ablations_can_be_built(self):
        rows = ablations(replace(TINY, depths=PAPER.depths))
        assert rows["no angular correction"].beta == 0
        for name, config in rows.items():
            assert len(config.depths) + config.shared == 32, name
            with torch.no_grad():
                assert PPJudge(config)(frames_of(2), reference()).scores.shape == (2, 2, 8)

    def test_configs_that_cannot_be_built_are_refused(self):
        with pytest.raises(ValueError, match="patches of 28"):
            JudgeConfig(patch=28)
        with pytest.raises(ValueError, match="depths must grow"):
            JudgeConfig(depths=(2, 1))


class TestLosses:
    def test_style_weights_grow_exponentially_to_their_peak(self):
        weights = style_weights(8)
        assert weights[0] == 0 and weights[-1] == pytest.approx(0.8)
        steps = weights.diff()
        assert (
            torch.allclose(steps[1:] / steps[:-1], (steps[1] / steps[0]).expand(6), atol=1e-4) and steps[1] > steps[0]
        )

    def test_style_loss_is_the_sum_of_equation_6_over_known_styles(self):
        styles, wanted = torch.randn(3, 2, 5), torch.randn(2, 5)
        wanted[1] = 0
        by_hand = sum(
            a * (1 - F.cosine_similarity(s[0], wanted[0], dim=0)) for a, s in zip(style_weights(3), styles, strict=True)
        )
        assert style_loss(styles, wanted) == pytest.approx(by_hand.item(), abs=1e-6)
        assert style_loss(styles, torch.zeros(2, 5)) == 0

    def test_marks_are_compared_divided_by_ten_where_they_count(self):
        scores, marks, weights = torch.full((1, 2, 8), 5.0), torch.full((1, 2, 8), 7.0), torch.zeros(1, 2, 8)
        weights[0, 1] = 1
        marks[0, 0] = 1
        assert score_loss(scores, marks, weights) == pytest.approx(0.04)

    def test_factors_are_compared_where_they_are_known(self):
        found, true = torch.full((1, 2, 11), 0.5), torch.full((1, 2, 11), torch.nan)
        assert factor_loss(found, true) == 0
        true[0, 1, 3], true[0, 0, 2] = 0.7, 0.5
        assert factor_loss(found, true) == pytest.approx(0.02)

    def test_the_total_is_equation_8_with_the_routers_balance_and_the_factors(self):
        model, told = tiny_judge(), reference()
        judged = model(frames_of(2), told)
        marks, weights, wanted = torch.full((2, 2, 8), 6.0), torch.ones(2, 2, 8), torch.randn(2, 32)
        factors = torch.rand(2, 2, 11)
        found = losses(judged, marks, weights, factors, wanted)
        made_of = 5 * factor_loss(judged.factors, factors)
        assert found.total.item() == pytest.approx(
            (10 * found.score + made_of + found.style + 0.01 * judged.balance.sum()).item(), rel=1e-5
        )
        without = losses(judged, marks, weights, factors, wanted, with_style=False)
        assert (found.total - without.total).item() == pytest.approx(found.style.item(), abs=1e-5)
