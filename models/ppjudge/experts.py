"""The heterogeneous mixture of experts (Sec. 4.3 of arXiv 2507.09242): shared ones, and routed ones of many depths."""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


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

    Depths grow with the number of the expert. So once tokens are sorted by expert, those that go a layer deeper are the
    last ones.
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
        order = chosen.flatten().argsort(stable=True)
        rows = order // chosen.shape[1]
        counts = torch.bincount(chosen.flatten(), minlength=len(self.depths)).tolist()
        hidden = F.silu(grouped(tokens.index_select(0, rows), self.into, counts))
        for weights in self.inner:
            first = len(self.depths) - len(weights)
            done = sum(counts[:first])
            hidden = torch.cat([hidden[:done], F.silu(grouped(hidden[done:], weights, counts[first:]))])
        answers = grouped(hidden * gates.flatten()[order, None].to(hidden.dtype), self.out, counts)
        return torch.zeros_like(tokens, dtype=answers.dtype).index_add(0, rows, answers)

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


def grouped(rows: Tensor, weights: Tensor, counts: list[int]) -> Tensor:
    """Rows (N, a) sorted by group, times the matrix of their group: weights (G, a, b), counts (G) → (N, b)."""
    kind = rows.dtype
    if rows.device.type == "cpu":  # in half precision, a kernel would be compiled for every count anew
        rows = rows.float()
    pieces = zip(rows.split(counts), weights.to(rows.dtype), counts, strict=True)
    with torch.autocast(rows.device.type, enabled=False):
        products = [piece @ weight for piece, weight, count in pieces if count]
    return torch.cat(products).to(kind) if products else rows.new_zeros(0, weights.shape[2])


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
