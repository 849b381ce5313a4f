"""What the attention processors are told at every call: who shares with whom, where, and which words go where.

A context is built for one forward pass of the denoiser and goes through its attention kwargs; processors keep nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

Box = tuple[float, float, float, float]


class BoundWords(NamedTuple):
    """The token positions that name an object, and the object's box in the unit square."""

    tokens: list[int]
    box: Box


def grid(queries: int, aspect: float = 1.0) -> tuple[int, int]:
    """Height and width of a latent grid of `queries` cells, `aspect` = width / height."""
    height = round((queries / aspect) ** 0.5)
    return height, queries // height


def layout_bias(
    bound: Sequence[Sequence[BoundWords]],
    queries: int,
    length: int,
    strength: float,
    prompt_lengths: Sequence[int] | None = None,
) -> Tensor:
    """The cross-attention bias that keeps an object's words in its box: (B, Q, L), −strength outside, 0 elsewhere.

    Args:
        bound: for each picture of the batch, its bound words.
        queries: cells of the (square) latent grid.
        length: tokens of the prompt, padding included.
        prompt_lengths: tokens of each prompt without padding, for models that were trained to pass padding over; it
            would otherwise take half of the attention.
    """
    height, width = grid(queries)
    bias = torch.zeros(len(bound), height, width, length)
    for picture, words in zip(bias, bound, strict=True):
        for tokens, box in words:
            outside = torch.ones(height, width, dtype=torch.bool)
            x0, y0, x1, y1 = (min(max(value, 0.0), 1.0) for value in box)
            outside[int(y0 * height) : -int(-y1 * height // 1), int(x0 * width) : -int(-x1 * width // 1)] = False
            for token in tokens:
                picture[:, :, token][outside] = -strength
    for picture, used in zip(bias, prompt_lengths or [], strict=False):
        picture[:, :, used:] = -strength
    return bias.flatten(1, 2)


class SharedKeys(NamedTuple):
    """For one picture: which keys of the other pictures it sees.

    Attributes:
        keys: (n,) positions in the flattened (N · S) keys of all pictures, own keys not among them; S is the length of
            a picture's sequence: its cells, and its prompt where both are one sequence.
        bias: (n,) log W + log M of each.
    """

    keys: Tensor
    bias: Tensor


@dataclass
class Sharing:
    """Which keys and values each picture takes from the others: Eq. of arXiv 2406.04337, method figure.

    O_i = softmax(Q_i [K_1 … K_N]ᵀ/√d + log W_i + log M) [V_1 … V_N], own block W = M = 1.

    Attributes:
        similarity: W, (N, N) in [0, 1]; 0 drops a picture.
        masks: M, (N, N, h, w) in [0, 1]: where in picture j is what it shares with picture i; 0 drops a key. None
            shares everywhere. h / w is the picture's: its cells at any layer are in that proportion.
    """

    similarity: Tensor
    masks: Tensor | None = None
    _plans: dict[tuple[int, int, int], list[SharedKeys] | None] = field(default_factory=dict, repr=False)

    def plan(self, length: int, before: int = 0, after: int = 0) -> list[SharedKeys] | None:
        """The shared keys of each picture at a layer of `length` positions; None if nobody shares anything.

        Args:
            length: L, cells of a picture, row by row.
            before: tokens in front of the cells in each picture's sequence: not shared.
            after: tokens behind them: not shared.
        """
        layer = length, before, after
        if layer not in self._plans:
            keys = [self._keys_of(i, *layer) for i in range(len(self.similarity))]
            self._plans[layer] = keys if any(len(shared.keys) for shared in keys) else None
        return self._plans[layer]

    def _keys_of(self, i: int, length: int, before: int, after: int) -> SharedKeys:
        weight = self.similarity[i].clone()
        weight[i] = 0
        visible = weight[:, None].expand(-1, length)
        if self.masks is not None:
            cells = grid(length, self.masks.shape[-1] / self.masks.shape[-2])
            visible = visible * F.adaptive_avg_pool2d(self.masks[i][:, None].float(), cells).flatten(1)
        visible = visible.flatten()
        index = torch.nonzero(visible > 1e-4).flatten()
        keys = index // length * (before + length + after) + before + index % length
        return SharedKeys(keys, visible[index].log())


@dataclass
class WordMaps:
    """Collects where the pictures attend to each bound object: the source of masks when there is no segmenter.

    Attributes:
        words: for each picture, the token positions of each object.
        maps: the summed attention (16, 16) by (picture, object).
    """

    words: list[list[list[int]]]
    maps: dict[tuple[int, int], Tensor] = field(default_factory=dict)

    def add(self, probabilities: Tensor) -> None:
        """Adds the head-averaged cross-attention (N, Q, L) of a layer."""
        height, width = grid(probabilities.shape[1])
        for picture, objects in enumerate(self.words):
            for index, tokens in enumerate(objects):
                if not tokens:  # the prompt does not name it: its box stands for it
                    continue
                seen = probabilities[picture][:, tokens].mean(1).view(1, 1, height, width).float()
                seen = F.interpolate(seen, size=(16, 16), mode="bilinear", align_corners=False)[0, 0]
                self.maps[picture, index] = self.maps.get((picture, index), torch.zeros_like(seen)) + seen

    def map_of(self, picture: int, index: int) -> Tensor | None:
        """The summed attention (16, 16) of an object's words, on the CPU; None if the prompt does not name it."""
        found = self.maps.get((picture, index))
        return None if found is None else found.cpu()


@dataclass
class AttentionContext:
    """All that a processor is told for one forward pass.

    Attributes:
        pictures: N, the steps drawn together; a batch holds them once for every guidance branch, branch by branch.
        bias: cross-attention bias by number of queries: (B, Q, L).
        sharing: who shares with whom; None for nobody.
        maps: if set, collects cross-attention of the last (conditional) branch.
        text_tokens: tokens of the prompt, for layers that get prompt and picture as one sequence (FLUX's single-stream
            blocks) and cannot tell them apart.
    """

    pictures: int
    bias: dict[int, Tensor] = field(default_factory=dict)
    sharing: Sharing | None = None
    maps: WordMaps | None = None
    text_tokens: int | None = None
