"""Rotary position embedding with the time correction of PPJudge (Sec. 4.2 of arXiv 2507.09242)."""

import torch
from torch import Tensor

BASE = 10000.0


def frequencies(head: int) -> Tensor:
    """ω_i of RoFormer (arXiv 2104.09864), one for each pair of a head's channels: (head / 2,)."""
    return BASE ** (-torch.arange(0, head, 2, dtype=torch.float64) / head)


def angles(slots: int, cells: int, head: int, beta: float, gamma: float) -> Tensor:
    """The angles by which tokens of all frames are turned: (slots, cells, head / 2).

    Token j of frame t stands at p = t·m + j, m cells a frame, so that the same cell of two frames is far apart. Eq. 2
    turns it back by β·θ_base·(t/T)^γ. Read literally θ_base is RoPE's angle at p = 0, which is 0, and nothing would
    change; taken as ω_i, the angle is ω_i·(t·m + j) − β·ω_i·(t/T)^γ. With β = m·T and γ = 1 a cell has the same angle
    in every frame; with β = 0 this is plain RoPE.
    """
    time = torch.arange(slots, dtype=torch.float64)[:, None]
    position = time * cells + torch.arange(cells, dtype=torch.float64)
    corrected = position - beta * (time / slots) ** gamma
    return corrected[..., None] * frequencies(head)


def rotate(vectors: Tensor, turns: Tensor) -> Tensor:
    """Vectors (…, N, d) turned, pair by pair: pairs are complex numbers, times turns e^(i·angle) (N, d/2)."""
    pairs = torch.view_as_complex(vectors.to(turns.real.dtype).unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * turns).flatten(-2).to(vectors.dtype)
