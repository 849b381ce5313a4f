"""What the attention processors are told at every call: who shares with whom, where, and which words go where.

A context is built for one forward pass of the denoiser and goes through its attention kwargs; processors keep nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

if TYPE_CHECKING:
    from models.kv_sharing.streaming import Bank

Box = tuple[float, float, float, float]


class BoundWords(NamedTuple):
    """The token positions that name an object, and the object's box in the unit square."""

    tokens: list[int]
    box: Box


def grid(queries: int, aspect: float = 1.0) -> tuple[int, int]:
    """Height and width of a latent grid of `queries` cells, `aspect` = width / height."""
    height = round((queries / aspect) ** 0.5)
    return height, queries // height


def outside_of(box: Box, height: int, width: int) -> Tensor:
    """The cells that a box does not touch: (height, width) of bool."""
    outside = torch.ones(height, width, dtype=torch.bool)
    x0, y0, x1, y1 = (min(max(value, 0.0), 1.0) for value in box)
    outside[int(y0 * height) : -int(-y1 * height // 1), int(x0 * width) : -int(-x1 * width // 1)] = False
    return outside


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
            outside = outside_of(box, height, width)
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


class LayerShape(NamedTuple):
    """The sequence of a picture at a layer: its cells, row by row, with tokens in front and behind, not shared."""

    cells: int
    before: int = 0
    after: int = 0


@dataclass
class Sharing:
    """Which keys and values each picture takes from the others: Eq. of arXiv 2406.04337, method figure.

    O_i = softmax(Q_i [K_1 … K_N]ᵀ/√d + log W_i + log M) [V_1 … V_N], own block W = M = 1.

    Attributes:
        similarity: W, (R, N) in [0, 1]: of each picture that reads with each that is read; 0 drops a picture.
        masks: M, (R, N, h, w) in [0, 1]: where in picture j is what it shares with picture i; 0 drops a key. None
            shares everywhere. h / w is the picture's: its cells at any layer are in that proportion.
        mutual: the pictures that are read are those that read, R = N; nobody reads its own keys twice.
    """

    similarity: Tensor
    masks: Tensor | None = None
    mutual: bool = True
    _plans: dict[LayerShape, list[SharedKeys] | None] = field(default_factory=dict, repr=False)

    def plan(self, length: int, before: int = 0, after: int = 0) -> list[SharedKeys] | None:
        """The shared keys of each picture at a layer of `length` positions; None if nobody shares anything.

        Args:
            length: L, cells of a picture, row by row.
            before: tokens in front of the cells in each picture's sequence: not shared.
            after: tokens behind them: not shared.
        """
        layer = LayerShape(length, before, after)
        if layer not in self._plans:
            keys = [self._keys_of(i, layer) for i in range(len(self.similarity))]
            self._plans[layer] = keys if any(len(shared.keys) for shared in keys) else None
        return self._plans[layer]

    def _keys_of(self, i: int, layer: LayerShape) -> SharedKeys:
        weight = self.similarity[i].clone()
        if self.mutual:
            weight[i] = 0
        visible = weight[:, None].expand(-1, layer.cells)
        if self.masks is not None:
            cells = grid(layer.cells, self.masks.shape[-1] / self.masks.shape[-2])
            visible = visible * F.adaptive_avg_pool2d(self.masks[i][:, None].float(), cells).flatten(1)
        visible = visible.flatten()
        index = torch.nonzero(visible > 1e-4).flatten()
        keys = index // layer.cells * sum(layer) + layer.before + index % layer.cells
        return SharedKeys(keys, visible[index].log())


@dataclass
class WordMaps:
    """Collects where the pictures attend to each bound object: the source of masks when there is no segmenter.

    Attributes:
        words: for each picture, the token positions of each object.
        aspect: width / height of the pictures.
        maps: the summed attention (16, 16) by (picture, object).
    """

    words: list[list[list[int]]]
    aspect: float = 1.0
    maps: dict[tuple[int, int], Tensor] = field(default_factory=dict)

    def add(self, probabilities: Tensor, rows: Sequence[int]) -> None:
        """Adds the head-averaged cross-attention (len(rows), Q, L) of a layer, for these of the pictures."""
        height, width = grid(probabilities.shape[1], self.aspect)
        for seen_by, picture in zip(probabilities, rows, strict=True):
            for index, tokens in enumerate(self.words[picture]):
                if not tokens:  # the prompt does not name it: its box stands for it
                    continue
                seen = seen_by[:, tokens].mean(1).view(1, 1, height, width).float()
                seen = F.interpolate(seen, size=(16, 16), mode="bilinear", align_corners=False)[0, 0]
                self.maps[picture, index] = self.maps.get((picture, index), torch.zeros_like(seen)) + seen

    def map_of(self, picture: int, index: int) -> Tensor | None:
        """The summed attention (16, 16) of an object's words, on the CPU; None if the prompt does not name it."""
        found = self.maps.get((picture, index))
        return None if found is None else found.cpu()


class JointLayout(NamedTuple):
    """Layout binding where prompt and picture are one sequence, as a product: the bias is outside · wordsᵀ.

    A whole bias would be (S, S) for every picture, and no fused kernel without a mask would take it; as O further
    dimensions of queries and keys it costs next to nothing.

    Attributes:
        outside: (B, L, O), 1 where a cell is outside the box of an object.
        words: (B, T, O), −strength at the tokens that name it.
    """

    outside: Tensor
    words: Tensor

    @classmethod
    def of(
        cls, bound: Sequence[Sequence[BoundWords]], cells: int, tokens: int, strength: float, aspect: float = 1.0
    ) -> "JointLayout":
        """The layout of pictures by their bound words; O is the most objects that any of them has."""
        height, width = grid(cells, aspect)
        most = max(map(len, bound))
        outside, words = torch.zeros(len(bound), cells, most), torch.zeros(len(bound), tokens, most)
        for picture, objects in enumerate(bound):
            for index, (positions, box) in enumerate(objects):
                outside[picture, :, index] = outside_of(box, height, width).flatten()
                words[picture, positions, index] = -strength
        return cls(outside, words)

    def dimensions(self, shape: LayerShape) -> tuple[Tensor, Tensor]:
        """The further dimensions of queries and of keys, (B, S, O) each, before division by √d."""
        cells, before, after = shape
        return (
            F.pad(self.outside, (0, 0, before, after)),
            F.pad(self.words, (0, 0, 0, cells) if before else (0, 0, cells, 0)),
        )


@dataclass
class AttentionContext:
    """All that a processor is told for one forward pass.

    Attributes:
        pictures: P, the pictures of this pass; a batch holds them once for every guidance branch, branch by branch.
        rows: which of the guide's pictures they are; None: the first P.
        bias: cross-attention bias by number of queries: (B, Q, L).
        layout: the same for prompt and picture in one sequence.
        sharing: who of this pass shares with whom; None for nobody.
        bank: anchors' keys and values at this timestep: written by this pass, or with `reading` read by it.
        reading: which of the bank's readers the pictures of this pass are.
        layers: parts of layers' names, one of which a layer must have to share; empty: all layers share.
        conditional_only: whether pictures share in the last (conditional) branch alone.
        maps: if set, collects cross-attention of the last (conditional) branch.
        text_tokens: tokens of the prompt, for layers that get prompt and picture as one sequence (FLUX's single-stream
            blocks) and cannot tell them apart.
    """

    pictures: int
    bias: dict[int, Tensor] = field(default_factory=dict)
    sharing: Sharing | None = None
    maps: WordMaps | None = None
    text_tokens: int | None = None
    rows: Sequence[int] | None = None
    layout: JointLayout | None = None
    bank: "Bank | None" = None
    reading: Sequence[int] | None = None
    layers: tuple[str, ...] = ()
    conditional_only: bool = False

    def plan(self, layer: str, shape: LayerShape) -> list[SharedKeys] | None:
        """What the pictures of this pass read at a layer of this name; None if nothing."""
        if not self._shares_in(layer):
            return None
        if self.bank is None or self.reading is None:
            return self.sharing.plan(*shape) if self.sharing else None
        everyone = self.bank.plan(shape)
        mine = [everyone[reader] for reader in self.reading] if everyone else []
        return mine if any(len(shared.keys) for shared in mine) else None

    def writes(self, layer: str, shape: LayerShape) -> bool:
        """Whether another pass will read keys of this one at a layer of this name."""
        writing = self.bank is not None and self.reading is None and self._shares_in(layer)
        return writing and self.bank.plan(shape) is not None  # type: ignore[union-attr]

    def concerns(self, layer: str, shape: LayerShape) -> bool:
        """Whether a layer of this name is to do anything but what it always does to a picture's cells."""
        return self.plan(layer, shape) is not None or self.writes(layer, shape)

    def _shares_in(self, layer: str) -> bool:
        return not self.layers or any(part in layer for part in self.layers)
