"""How tokens see a canvas: cross-attention to its cells, and glimpses of the ink where the pen is.

Everything here is added to the language model, and begins as zero.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.painter.language import GRID, REACH, STEP

NOWHERE = GRID
"""Index of the pen's embedding for tokens that are no strokes."""


@dataclass
class Sight:
    """The canvases of B rows as the blocks of cross-attention see them.

    Attributes:
        keys: for each block (B, heads, K · N, d): K canvases of N cells.
        values: the same.
        ink: (B, K, P, P) the ink of each cell of the grid in [0, 1], with a margin of REACH cells around it.
        cells: N.
        index: (B, T) which canvas each token looks at, −1 for none.
        maps: where not None, each block adds its attention (B, heads, T, K · N).
    """

    keys: list[Tensor]
    values: list[Tensor]
    ink: Tensor
    cells: int
    index: Tensor
    maps: list[Tensor] | None = None


class Glimpse(nn.Module):
    """What the ink around the pen adds to a token's embedding; after a column alone, the ink of that column."""

    def __init__(self, width: int):
        super().__init__()
        self.out, self.down = nn.Linear(STEP**2, width, bias=False), nn.Linear(3 * GRID, width, bias=False)
        for linear in (self.out, self.down):
            nn.init.zeros_(linear.weight)

    def forward(self, sight: Sight, pens: Tensor) -> Tensor:
        """Pens (B, T, 2) in cells → (B, T, width), zero without a pen or a canvas."""
        dtype = self.out.weight.dtype
        return self.out(self.around(sight, pens).to(dtype)) + self.down(self.along(sight, pens).to(dtype))

    @staticmethod
    def around(sight: Sight, pens: Tensor) -> Tensor:
        """The ink of the STEP × STEP cells around each pen, row by row: (B, T, STEP²)."""
        rows, canvases, side, _ = sight.ink.shape
        here = (pens < NOWHERE).all(-1) & (sight.index >= 0)
        x, y = torch.where(here[..., None], pens, 0).unbind(-1)
        row = torch.arange(rows, device=pens.device)[:, None]
        corner = ((row * canvases + sight.index.clamp_min(0)) * side + y) * side + x
        reach = torch.arange(STEP, device=pens.device)
        window = (reach[:, None] * side + reach).flatten()
        return sight.ink.flatten()[corner[..., None] + window] * here[..., None]

    @staticmethod
    def along(sight: Sight, pens: Tensor) -> Tensor:
        """The ink of a pen's column and its two neighbours, where its row is not known yet: (B, T, 3 · GRID)."""
        here = (pens[..., 0] < NOWHERE) & (pens[..., 1] == NOWHERE) & (sight.index >= 0)
        row = torch.arange(len(sight.ink), device=pens.device)[:, None, None, None]
        canvas = sight.index.clamp_min(0)[..., None, None]
        y = torch.arange(REACH, REACH + GRID, device=pens.device)[:, None]
        x = torch.where(here, pens[..., 0], 0)[..., None, None] + torch.arange(REACH - 1, REACH + 2, device=pens.device)
        return sight.ink[row, canvas, y, x].flatten(2) * here[..., None]


class CrossAttention(nn.Module):
    """Attention of tokens to the cells of a canvas, to be added to their hidden states."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.query, self.out = nn.Linear(width, width), nn.Linear(width, width)
        self.key, self.value = nn.Linear(width, width, bias=False), nn.Linear(width, width, bias=False)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, hidden: Tensor, keys: Tensor, values: Tensor, sight: Sight) -> Tensor:
        """What the canvas adds: hidden (B, T, width), keys and values (B, heads, K · N, d) → (B, T, width)."""
        query = self.query(self.norm(hidden)).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        scores = query @ keys.to(query.dtype).transpose(-1, -2) / query.shape[-1] ** 0.5
        if keys.shape[2] > sight.cells:  # several canvases
            index = sight.index[:, None, :, None]
            owner = torch.arange(keys.shape[2], device=hidden.device) // sight.cells
            seen = (owner == index) | (index < 0)  # without a canvas something must be attended to: it is dropped below
            scores = scores.masked_fill(~seen, -torch.inf)
        weights = scores.softmax(-1)
        if sight.maps is not None:
            sight.maps.append(weights)
        found = weights.to(query.dtype) @ values.to(query.dtype)
        return self.out(found.transpose(1, 2).flatten(2)) * (sight.index >= 0)[..., None]


class SeeingLayer(nn.Module):
    """A layer of the language model, and the block of cross-attention after it."""

    def __init__(self, layer: nn.Module, attention: CrossAttention, block: int):
        super().__init__()
        self.layer, self.attention, self.block = layer, attention, block

    def forward(self, hidden: Tensor, sight: Sight | None = None, **options: Any) -> Tensor:
        """Hidden states (B, T, width); without a sight those of the language model."""
        hidden = self.layer(hidden, **options)
        return hidden if sight is None else self.seen(hidden, sight)

    def seen(self, hidden: Tensor, sight: Sight) -> Tensor:
        """Hidden states of the layer, and what the canvas adds to them."""
        return hidden + self.attention(hidden, sight.keys[self.block], sight.values[self.block], sight)
