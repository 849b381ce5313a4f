"""PPJudge's network (arXiv 2507.09242): frames and a reference in, eight marks after each frame out.

A token sees the reference, its own frame and the frames before. So a frame's keys and values never change as others
come, and marks can be given frame by frame at the cost of one frame (`begin`, `add`), equal to those of the full pass.
"""

import itertools
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.ppjudge.cells import image_tower, patches
from models.ppjudge.config import ATTRIBUTES, FACTORS, HIGHEST, LOWEST, JudgeConfig
from models.ppjudge.experts import Mixed, Mixture, balance_loss, load
from models.ppjudge.rotary import angles, rotate

NONE, VECTORS, IMAGE = 0, 1, 2
"""Kinds of reference: none, vectors that stand for it (a prompt's, or CLIP's of an image), an image for the tower."""


class Reference(NamedTuple):
    """What B processes are to show.

    Attributes:
        vectors: (B, R, W); not looked at where the kind is not VECTORS.
        images: (B, 3, S, S) in [-1, 1]; not looked at where the kind is not IMAGE.
        kinds: (B,) of NONE, VECTORS and IMAGE.
    """

    vectors: Tensor
    images: Tensor
    kinds: Tensor


class Judgement(NamedTuple):
    """The full pass over B processes of T frames.

    Attributes:
        scores: (B, T, 8) from 1 to 10, after each frame.
        factors: (B, T, 11) in [0, 1], what the marks are thought to come from.
        styles: (L, B, W), what the shared experts of each layer say of the style.
        balance: (L,), the routers' balance loss.
        load: (L, E), the share of choices that each expert got.
        choices: (L, B, T, m, k), the experts of each token.
    """

    scores: Tensor
    factors: Tensor
    styles: Tensor
    balance: Tensor
    load: Tensor
    choices: Tensor


class Cache(NamedTuple):
    """All that is kept of the frames so far; never changed, so that several next frames can be tried on one.

    Attributes:
        keys, values: each layer's, (B, heads, N, d).
        frames: how many frames there were.
        total, peak: (B, width), sum and largest of the frames' features.
        last: (B, 3, S, S), the last frame.
        reference: what the process is to show.
    """

    keys: tuple[Tensor, ...]
    values: tuple[Tensor, ...]
    frames: int
    total: Tensor
    peak: Tensor
    last: Tensor
    reference: Reference


class Block(nn.Module):
    """Attention and a mixture of experts, each on what is normalised."""

    def __init__(self, config: JudgeConfig):
        super().__init__()
        self.heads = config.heads
        self.attention_norm, self.mixture_norm = nn.RMSNorm(config.width), nn.RMSNorm(config.width)
        self.query_key_value = nn.Linear(config.width, 3 * config.width, bias=False)
        self.out = nn.Linear(config.width, config.width, bias=False)
        nn.init.normal_(self.out.weight, std=(2 * config.width * config.blocks) ** -0.5)  # alike at every depth
        self.mixture = Mixture(config.width, config.bottleneck, config.shared, config.depths, config.top)

    def forward(
        self, tokens: Tensor, turns: Tensor, sizes: list[int], seen: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, Mixed, tuple[Tensor, Tensor]]:
        """Tokens (B, N, d) after this block, what the mixture did, and all keys and values.

        Args:
            turns: e^(i·angle) of the tokens' angles, (N, d/2).
            sizes: of the groups of tokens, reference or frames, which sum to N: each sees itself and those before it.
            seen: keys and values of tokens before all of them, (B, h, M, d).
        """
        parts = self.query_key_value(self.attention_norm(tokens)).unflatten(-1, (3, self.heads, -1))
        parts = parts.permute(2, 0, 3, 1, 4)
        (query, key), value = rotate(parts[:2], turns), parts[2]
        if seen is not None:
            key, value = torch.cat([seen[0], key], 2), torch.cat([seen[1], value], 2)
        tokens = tokens + self.out(attend(query, key, value, sizes).transpose(1, 2).flatten(2))
        mixed = self.mixture(self.mixture_norm(tokens).flatten(0, 1))
        return tokens + mixed.output.view_as(tokens), mixed, (key, value)


class PPJudge(nn.Module):
    """The judge; see `Judgement` for what it says."""

    turns: Tensor

    def __init__(self, config: JudgeConfig):
        super().__init__()
        self.config = config
        width = config.width
        self.patches = patches(3 + 6 * config.differences + 3 * config.compared, width, config.patch)
        self.first_seen = nn.Parameter(torch.zeros(width))
        self.reference = nn.Linear(config.reference_width, width)
        self.reference_places = nn.Parameter(0.02 * torch.randn(config.reference_tokens, width))
        self.reference_kinds = nn.Embedding(3, width)
        self.no_reference = nn.Parameter(torch.zeros(config.reference_tokens, config.reference_width))
        self.tower = image_tower(config) if config.image_tower else None
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.blocks))
        self.norm = nn.RMSNorm(width)
        self.style = nn.Linear(width, config.style_width, bias=False)
        self.classifier = nn.Sequential(
            nn.Linear(3 * width, 256),
            nn.SiLU(),
            nn.Linear(256, 64),
            nn.SiLU(),
            nn.Linear(64, len(ATTRIBUTES) + len(FACTORS)),
        )
        turned = angles(config.slots, config.cells, width // config.heads, config.beta, config.gamma).flatten(0, 1)
        still = torch.zeros(config.reference_tokens, turned.shape[1])
        turned = torch.cat([still, turned])
        turns = torch.polar(torch.ones_like(turned), turned).to(torch.complex64)
        self.register_buffer("turns", turns, persistent=False)

    def reference_tokens(self, reference: Reference) -> Tensor:
        """The tokens that come first: (B, R, width)."""
        kinds = reference.kinds[:, None, None]
        vectors = reference.vectors
        if self.tower is not None:
            vectors = torch.where(kinds == IMAGE, self.tower(reference.images), vectors)
        vectors = torch.where(kinds == NONE, self.no_reference, vectors)
        return self.reference(vectors) + self.reference_places + self.reference_kinds(reference.kinds)[:, None]

    def frame_tokens(self, frames: Tensor, before: Tensor, reference: Reference) -> Tensor:
        """Cells of frames (B, T, 3, S, S), each with the frame before it and, as the config has it, how far it is from
        the reference image: (B, T, m, width).
        """
        pixels = [frames]
        if self.config.differences:
            pixels += [frames - before, (frames - before).abs()]
        if self.config.compared:
            shown = (reference.kinds == IMAGE)[:, None, None, None, None]
            pixels.append((frames - reference.images[:, None]).abs() * shown)
        cells = self.patches(torch.cat(pixels, 2).flatten(0, 1)).flatten(2).transpose(1, 2)
        return cells.unflatten(0, frames.shape[:2])

    def forward(self, frames: Tensor, reference: Reference, real: Tensor | None = None) -> Judgement:
        """Judges processes after each of their frames.

        Args:
            frames: (B, T, 3, S, S) in [-1, 1], T up to the number of slots.
            reference: what they are to show.
            real: (B, T) bool, the frames that are no padding; padding comes last, so no frame ever looks at it.

        Raises:
            ValueError: if there are more frames than slots.
        """
        count, places = frames.shape[1], self.config.reference_tokens
        if count > self.config.slots:
            raise ValueError(f"{count} frames, but the judge has {self.config.slots} slots: choose key frames")
        before = torch.cat([frames[:, :1], frames[:, :-1]], 1)
        cells = self.frame_tokens(frames, before, reference)
        cells = torch.cat([cells[:, :1] + self.first_seen, cells[:, 1:]], 1)
        tokens = torch.cat([self.reference_tokens(reference), cells.flatten(1, 2)], 1)
        turns = self.turns[: tokens.shape[1]]
        sizes = [places] + [self.config.cells] * count
        keep = torch.ones(frames.shape[:2], dtype=torch.bool, device=frames.device) if real is None else real
        kept = torch.cat([keep[:, :1].expand(-1, places), keep.repeat_interleave(self.config.cells, 1)], 1)
        said: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []
        for block in self.blocks:
            tokens, mixed, _ = block(tokens, turns, sizes)
            said.append(self._said(mixed, kept))
        features = self.norm(tokens[:, places:]).unflatten(1, (count, -1)).mean(2)
        total, peak = features.cumsum(1), features.cummax(1).values
        moments = torch.arange(1, count + 1, device=frames.device)[:, None]
        choices = torch.stack([choice[:, places:].unflatten(1, (count, -1)) for *_, choice in said])
        styles, balance, loads = (torch.stack(parts) for parts in list(zip(*said, strict=True))[:3])
        return Judgement(*self._rated(features, total / moments, peak), styles, balance, loads, choices)

    def _said(self, mixed: Mixed, kept: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Style (B, W), balance, load (E,) and choices (B, N, k) of a layer, over the tokens that are kept (B, N)."""
        share = kept / kept.sum(1, keepdim=True)
        style = self.style((mixed.shared.unflatten(0, kept.shape) * share[..., None]).sum(1))
        chances, chosen = mixed.chances[kept.flatten()], mixed.chosen[kept.flatten()]
        loads = load(chosen, chances.shape[1])
        return style, balance_loss(chances, chosen), loads, mixed.chosen.unflatten(0, kept.shape)

    def _rated(self, last: Tensor, mean: Tensor, peak: Tensor) -> tuple[Tensor, Tensor]:
        """Marks on 1–10 (…, 8) and factors (…, 11), from features of the last frame, their mean and largest so far."""
        rated = self.classifier(torch.cat([last, mean, peak], -1)).float().sigmoid()
        return LOWEST + (HIGHEST - LOWEST) * rated[..., : len(ATTRIBUTES)], rated[..., len(ATTRIBUTES) :]

    def begin(self, reference: Reference) -> Cache:
        """The cache before the first frame: the reference alone."""
        tokens = self.reference_tokens(reference)
        places = tokens.shape[1]
        pairs = []
        for block in self.blocks:
            tokens, _, pair = block(tokens, self.turns[:places], [places])
            pairs.append(pair)
        features = tokens.new_zeros(len(tokens), self.config.width)
        keys, values = zip(*pairs, strict=True)
        return Cache(keys, values, 0, features, torch.full_like(features, -torch.inf), reference.images, reference)

    def add(self, frame: Tensor, cache: Cache) -> tuple[Tensor, Cache]:
        """Marks (B, 8) with one frame (B, 3, S, S) more, and the cache that has it.

        Raises:
            ValueError: if all slots are full.
        """
        moment, cells = cache.frames, self.config.cells
        if moment == self.config.slots:
            raise ValueError(f"all {moment} slots of the judge are full: choose key frames")
        before = frame if moment == 0 else cache.last
        tokens = self.frame_tokens(frame[:, None], before[:, None], cache.reference)[:, 0]
        tokens = tokens + self.first_seen if moment == 0 else tokens
        start = self.config.reference_tokens + moment * cells
        turns = self.turns[start : start + cells]
        pairs = []
        for block, key, value in zip(self.blocks, cache.keys, cache.values, strict=True):
            tokens, _, pair = block(tokens, turns, [cells], (key, value))
            pairs.append(pair)
        features = self.norm(tokens).mean(1)
        total, peak = cache.total + features, torch.maximum(cache.peak, features)
        keys, values = zip(*pairs, strict=True)
        scores, _ = self._rated(features, total / (moment + 1), peak)
        return scores, Cache(keys, values, moment + 1, total, peak, frame, cache.reference)


def attend(query: Tensor, key: Tensor, value: Tensor, sizes: list[int]) -> Tensor:
    """Attention of the last queries (B, h, n, d) among keys and values (B, h, N, d), each group to those up to its own.

    Where CPUs train it is written out, for all groups at once: the backward passes of their fused attention, and of the
    cuts between groups, took half of a step.

    Args:
        sizes: of the groups, which sum to n.
    """
    before = key.shape[2] - query.shape[2]
    if query.requires_grad and query.device.type == "cpu":
        group = torch.arange(len(sizes)).repeat_interleave(torch.tensor(sizes))
        later = F.pad(group[:, None] < group, (before, 0))
        hidden = query.new_zeros(later.shape).masked_fill(later, -torch.inf)
        queries, keys = (states.flatten(0, 1) for states in (query * query.shape[-1] ** -0.5, key))
        chances = torch.baddbmm(hidden, queries, keys.transpose(1, 2)).softmax(-1)
        return (chances.to(value.dtype) @ value.flatten(0, 1)).unflatten(0, query.shape[:2])
    ends = itertools.accumulate(sizes, initial=before)
    return torch.cat(
        [
            F.scaled_dot_product_attention(group, key[:, :, : end + size], value[:, :, : end + size])
            for group, size, end in zip(query.split(sizes, 2), sizes, ends, strict=False)
        ],
        2,
    )


def parameter_count(model: nn.Module) -> int:
    """How many numbers are learned."""
    return sum(parameter.numel() for parameter in model.parameters())


def save_judge(model: PPJudge, folder: Path) -> None:
    """Writes `config.json` and `model.safetensors` in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save(folder)
    state = {name: value.detach().half().contiguous().cpu() for name, value in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")


def load_judge(folder: Path) -> PPJudge:
    """A judge from its folder, in full precision.

    Raises:
        FileNotFoundError: if it is not there.
    """
    model = PPJudge(JudgeConfig.load(folder))
    model.load_state_dict({name: value.float() for name, value in load_file(folder / "model.safetensors").items()})
    return model.eval()
