"""Which experts matter for which attribute, as Fig. 6 of PPJudge (arXiv 2507.09242) shows it, and as a picture."""

import torch
import torch.nn.functional as F
from torch import Tensor

from models.ppjudge.config import ATTRIBUTES
from models.ppjudge.modeling import PPJudge, Reference

SIDE, GAP, LEFT, TOP = 20, 2, 178, 34
"""Pixels of a cell, between cells, and of the room for the names of attributes and the depths of experts."""


def expert_usage(
    model: PPJudge, frames: Tensor, reference: Reference, real: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Marks after the last frame of each process (B, 8), and how often its tokens use each expert, (8, E).

    As Fig. 6 of arXiv 2507.09242 counts it: for each attribute the tokens that contribute to it more than half of what
    the most important one does, in the last layer. The paper does not say how a token contributes; here it is by
    gradient times value, which adds up to the change of the mark to first order.

    Args:
        frames: (B, T, 3, S, S) in [-1, 1].
        real: (B, T) bool, the frames that are no padding.
    """
    final: list[Tensor] = []
    hook = model.norm.register_forward_hook(lambda module, given, made: final.append(made.requires_grad_()))
    try:
        with torch.enable_grad():
            said = model(frames, reference, real)
    finally:
        hook.remove()
    rows = torch.arange(len(frames), device=frames.device)
    last = torch.full_like(rows, frames.shape[1] - 1) if real is None else real.sum(1) - 1
    marks = said.scores[rows, last]
    one_hot = F.one_hot(said.choices[-1], len(model.config.depths)).sum(3).float()
    usage = []
    for column in range(len(ATTRIBUTES)):
        (slope,) = torch.autograd.grad(marks[:, column].sum(), final[0], retain_graph=True)
        share = (slope * final[0]).sum(-1).abs().unflatten(1, (frames.shape[1], -1))
        matters = share > 0.5 * share.amax((1, 2), keepdim=True)
        usage.append(one_hot[matters].sum(0))
    return marks.detach(), torch.stack(usage)


def heat_map(shares: Tensor, depths: tuple[int, ...]) -> str:
    """The use of experts as SVG: a row for each attribute, a column for each expert, darker where it is used more.

    Args:
        shares: (8, E), each row adding up to 1.
        depths: the layers of each expert.
    """
    peak = float(shares.max()) or 1.0
    pitch = SIDE + GAP
    width, height = LEFT + pitch * len(depths) + 12, TOP + pitch * len(ATTRIBUTES) + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="{_told(shares, depths)}" font-family="sans-serif" font-size="12" fill="#2b2a33">',
        f'<rect width="{width}" height="{height}" fill="#fffaf0"/>',
        f'<text x="{LEFT - 10}" y="{TOP - 12}" text-anchor="end">layers of the expert</text>',
    ]
    for expert, depth in enumerate(depths):
        middle = LEFT + pitch * expert + SIDE // 2
        parts.append(f'<text x="{middle}" y="{TOP - 12}" text-anchor="middle">{depth}</text>')
    for row, name in enumerate(ATTRIBUTES):
        y = TOP + pitch * row
        parts.append(f'<text x="{LEFT - 10}" y="{y + 14}" text-anchor="end">{name}</text>')
        for expert in range(len(depths)):
            share = float(shares[row, expert])
            parts.append(
                f'<rect x="{LEFT + pitch * expert}" y="{y}" width="{SIDE}" height="{SIDE}" rx="3" fill="#b04c32"'
                f' fill-opacity="{0.05 + 0.95 * share / peak:.3f}"><title>{name}, expert {expert + 1}: {share:.1%}'
                "</title></rect>"
            )
    darkest = f"darkest: {peak:.1%} of the choices of the tokens that matter"
    parts.append(f'<text x="{LEFT}" y="{height - 10}">{darkest}</text></svg>')
    return "\n".join(parts) + "\n"


def _told(shares: Tensor, depths: tuple[int, ...]) -> str:
    """The heat map in words: which expert each attribute uses most."""
    most = [
        f"{name}: expert {int(row.argmax()) + 1}, {depths[int(row.argmax())]} deep, {float(row.max()):.1%}"
        for name, row in zip(ATTRIBUTES, shares, strict=True)
    ]
    return "Use of experts. Most used for " + "; ".join(most)
