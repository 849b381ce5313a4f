"""PPJudge's experts against a loop over all of them: gathering, depth, gates, balance."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ppjudge.experts import Mixture, RoutedExperts, balance_loss, load, seated


class TestExperts:
    @settings(max_examples=25)
    @given(
        depths=st.lists(st.integers(1, 5), min_size=2, max_size=9).map(sorted),
        tokens=st.integers(1, 40),
        seed=st.integers(0, 1000),
        data=st.data(),
    )
    def test_gathered_experts_equal_the_loop(self, depths, tokens, seed, data):
        torch.manual_seed(seed)
        experts = RoutedExperts(12, 3, tuple(depths))
        top = data.draw(st.integers(1, len(depths)))
        rows, chances = torch.randn(tokens, 12, requires_grad=True), torch.rand(tokens, len(depths)).softmax(-1)
        gates, chosen = chances.topk(top)
        found, wanted = experts(rows, chosen, gates), experts.by_loop(rows, chosen, gates)
        assert torch.allclose(found, wanted, atol=1e-5)
        one, other = (
            torch.autograd.grad(value.square().sum(), rows, retain_graph=True)[0] for value in (found, wanted)
        )
        assert torch.allclose(one, other, atol=1e-4)

    def test_many_tokens_under_an_uneven_load_are_not_padded_and_equal_the_loop(self):
        experts = RoutedExperts(12, 3, (1, 1, 2, 3, 3))
        liking = torch.tensor([9.0, 0.0, 4.0, -9.0, 0.0])  # nobody asks the fourth
        gates, chosen = (torch.rand(300, 5) + liking).softmax(-1).topk(2)
        owners, _, rooms = seated(chosen, gates, 5)
        assert len(owners) == chosen.numel() and rooms == torch.bincount(chosen.flatten(), minlength=5).tolist()
        assert rooms[0] == 300 and rooms[3] == 0
        rows = torch.randn(300, 12)
        assert torch.allclose(experts(rows, chosen, gates), experts.by_loop(rows, chosen, gates), atol=1e-5)

    @pytest.mark.parametrize("tokens", [1, 20, 200])
    def test_every_choice_has_one_seat_with_its_expert(self, tokens):
        gates, chosen = torch.rand(tokens, 6).softmax(-1).topk(3)
        owners, weight, rooms = seated(chosen, gates, 6)
        keepers = torch.arange(6).repeat_interleave(torch.tensor(rooms))
        sitting = weight > 0
        found = {
            (int(row), int(expert)): float(gate)
            for row, expert, gate in zip(owners[sitting], keepers[sitting], weight[sitting], strict=True)
        }
        assert found == {
            (row, int(e)): float(g) for row in range(tokens) for e, g in zip(chosen[row], gates[row], strict=True)
        }

    def test_an_expert_is_as_deep_as_it_is_said_to_be(self):
        experts = RoutedExperts(12, 3, (1, 2, 4))
        token, gate = torch.randn(1, 12), torch.ones(1, 1)
        hidden = F.silu(token @ experts.into[2])
        for weights in experts.inner:
            hidden = F.silu(hidden @ weights[-1])
        assert len(experts.inner) == 3
        assert torch.allclose(experts(token, torch.tensor([[2]]), gate), hidden @ experts.out[2], atol=1e-6)

    def test_gates_sum_to_one_and_shared_experts_see_every_token(self):
        mixture = Mixture(12, 3, 2, (1, 1, 2), 2)
        tokens = torch.randn(7, 12)
        mixed = mixture(tokens)
        best, chosen = mixed.chances.topk(2)
        gates = best / best.sum(1, keepdim=True)
        assert torch.allclose(gates.sum(1), torch.ones(7))
        assert torch.allclose(mixed.output, mixed.shared + mixture.routed.by_loop(tokens, chosen, gates), atol=1e-5)
        into, _, out = mixture.shared
        halves = [F.silu(tokens @ into.weight[part].T) @ out.weight[:, part].T for part in (slice(0, 3), slice(3, 6))]
        assert torch.allclose(mixed.shared, sum(halves), atol=1e-6)

    def test_balance_is_one_where_the_load_is_even_and_grows_with_imbalance(self):
        even = torch.arange(6).view(6, 1)
        assert balance_loss(torch.full((6, 6), 1 / 6), even) == pytest.approx(1)
        one = torch.zeros(6, 6)
        one[:, 0] = 1
        assert balance_loss(one, torch.zeros(6, 1, dtype=torch.long)) == pytest.approx(6)
        assert load(even, 6).sum() == pytest.approx(1)
