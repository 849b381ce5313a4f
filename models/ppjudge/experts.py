"""The heterogeneous mixture of experts (Sec. 4.3 of arXiv 2507.09242): shared ones, and routed ones of many depths."""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FEW, EVEN = 48, 1.5
"""Tokens of the fullest expert up to which they are few, and how many times the mean they may be in an even load."""


class Mixed(NamedTuple):
    """What a mixture makes of tokens (N, d).

    Attributes:
        output: (N, d).
        shared: (N, d), the part that comes from the shared experts.
        chances: (N, E), the router's softmax.
        chosen: (N, k), the experts of each token.
    """

    output: Tensor
    shared: Tensor
    chances: Tensor
    chosen: Tensor


class RoutedExperts(nn.Module):
    """E experts d → r → … → r → d, with SiLU; expert e has `depths[e]` inner activations.

    Depths grow with the number of the expert: those that go a layer deeper are the last ones.
    """

    def __init__(self, width: int, bottleneck: int, depths: tuple[int, ...]):
        super().__init__()
        self.depths = depths
        self.into = nn.Parameter(torch.randn(len(depths), width, bottleneck) * width**-0.5)
        self.out = nn.Parameter(torch.randn(len(depths), bottleneck, width) * bottleneck**-0.5)
        self.inner = nn.ParameterList(
            torch.randn(self._at_least(depth), bottleneck, bottleneck) * (2 / bottleneck) ** 0.5
            for depth in range(2, depths[-1] + 1)
        )

    def _at_least(self, depth: int) -> int:
        return sum(own >= depth for own in self.depths)

    def forward(self, tokens: Tensor, chosen: Tensor, gates: Tensor) -> Tensor:
        """Σ over a token's experts of gate × expert: tokens (N, d), chosen and gates (N, k) → (N, d).

        Tokens are gathered by expert, so that each expert sees its own tokens alone, in one multiplication.
        """
        kind = tokens.dtype
        if tokens.device.type == "cpu":  # in half precision, a kernel would be compiled for every count anew
            tokens = tokens.float()
        owners, weight, rooms = seated(chosen, gates, len(self.depths))
        with torch.autocast(tokens.device.type, enabled=False):
            hidden = F.silu(grouped(tokens.index_select(0, owners), self.into, rooms))
            for weights in self.inner:
                first = len(self.depths) - len(weights)
                done = sum(rooms[:first])
                hidden = torch.cat([hidden[:done], F.silu(grouped(hidden[done:], weights, rooms[first:]))])
            answers = grouped(hidden * weight[:, None].to(hidden.dtype), self.out, rooms)
            return torch.zeros_like(tokens).index_add(0, owners, answers).to(kind)

    def by_loop(self, tokens: Tensor, chosen: Tensor, gates: Tensor) -> Tensor:
        """The same by running every expert on every token: what `forward` is tested against and timed against."""
        total = torch.zeros_like(tokens)
        for expert, depth in enumerate(self.depths):
            hidden = F.silu(tokens @ self.into[expert])
            for weights in self.inner[: depth - 1]:
                hidden = F.silu(hidden @ weights[expert - len(self.depths) + len(weights)])
            gate = (gates * (chosen == expert)).sum(1, keepdim=True)
            total = total + gate * (hidden @ self.out[expert])
        return total


def seated(chosen: Tensor, gates: Tensor, experts: int) -> tuple[Tensor, Tensor, list[int]]:
    """Rows of seats, expert by expert: whose token sits there (S,), its gate (S,), and how many seats each expert has.

    Where tokens are few, or the load is even, every expert has as many seats as the fullest needs, and all can be
    multiplied at once: thirty small multiplications take longer to start than to do. In seats left empty is the first
    token, at gate 0.
    """
    turns = chosen.new_zeros(len(chosen), experts).scatter(1, chosen, 1).cumsum(0)
    rooms, most = turns[-1], int(turns[-1].max())
    if most <= max(FEW, EVEN * chosen.numel() / experts):
        rooms = rooms.new_full(rooms.shape, most)
    seats = ((rooms.cumsum(0) - rooms)[chosen] + turns.gather(1, chosen) - 1).flatten()
    sizes = rooms.tolist()
    rows = torch.arange(len(chosen), device=chosen.device).repeat_interleave(chosen.shape[1])
    owners = rows.new_zeros(sum(sizes)).index_copy(0, seats, rows)
    return owners, gates.new_zeros(sum(sizes)).index_copy(0, seats, gates.flatten()), sizes


def grouped(rows: Tensor, weights: Tensor, counts: list[int]) -> Tensor:
    """Rows (N, a) sorted by group, times the matrix of their group: weights (G, a, b), counts (G) → (N, b)."""
    weights = weights.to(rows.dtype)
    if len(set(counts)) == 1:
        return (rows.unflatten(0, (len(counts), -1)) @ weights).flatten(0, 1)
    return torch.cat([piece @ weight for piece, weight in zip(rows.split(counts), weights, strict=True) if len(piece)])


class Mixture(nn.Module):
    """Shared experts, and the `top` routed ones that the router thinks best for a token."""

    def __init__(self, width: int, bottleneck: int, shared: int, depths: tuple[int, ...], top: int):
        super().__init__()
        self.top = top
        self.router = nn.Linear(width, len(depths), bias=False)
        self.routed = RoutedExperts(width, bottleneck, depths)
        # Shared experts of one layer, added up, are one that is as many times as wide.
        self.shared = nn.Sequential(
            nn.Linear(width, shared * bottleneck, bias=False),
            nn.SiLU(),
            nn.Linear(shared * bottleneck, width, bias=False),
        )

    def forward(self, tokens: Tensor) -> Mixed:
        """Tokens (N, d)."""
        with torch.autocast(tokens.device.type, enabled=False):  # near ties are decided in full precision
            chances = F.linear(tokens.float(), self.router.weight.float()).softmax(-1)
        best, chosen = chances.topk(self.top)
        shared = self.shared(tokens)
        routed = self.routed(tokens.to(shared.dtype), chosen, best / best.sum(-1, keepdim=True))
        return Mixed(shared + routed, shared, chances, chosen)


def load(chosen: Tensor, experts: int) -> Tensor:
    """The share of all choices (…, k) that each expert gets: (experts,), summing to 1."""
    return torch.bincount(chosen.flatten(), minlength=experts) / max(1, chosen.numel())


def balance_loss(chances: Tensor, chosen: Tensor) -> Tensor:
    """E · Σ_e f_e · P_e of Switch Transformers (arXiv 2101.03961): 1 where the load is even, up to E where it is not.

    Args:
        chances: (N, E), the router's softmax, whose mean is P.
        chosen: (N, k), of which f is the share.
    """
    experts = chances.shape[1]
    return experts * (load(chosen, experts) * chances.mean(0)).sum()
