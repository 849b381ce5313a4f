"""Batches to train the judge on: synthetic processes with programmatic marks, or PPAD's annotated ones."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from models.ppjudge.camera import filmed
from models.ppjudge.config import ATTRIBUTES, FACTORS, FELT, GAINED
from models.ppjudge.defects import DEFECTS, foreign_frame, strength_of
from models.ppjudge.frames import as_tensor
from models.ppjudge.marks import by_experts, growth, nearness, rule
from models.ppjudge.modeling import IMAGE, NONE, VECTORS
from models.ppjudge.ppad import Item, item_frames, item_image, read_items
from models.ppjudge.processes import Lacks, Process, random_process
from tools.vocabulary import vocabulary

ASKED = {NONE: 0.15, VECTORS: 0.35, IMAGE: 0.5}
"""How often a process has no reference, a prompt, an image."""
LEAST = 3
"""Frames of a synthetic process, at least."""
HELD_OUT = 8
"""One noun in so many is never trained on."""
LAST_WEIGHT = 3.0
"""How much the marks after the last frame count, against those of each frame before."""


class Judged(NamedTuple):
    """A process with its marks.

    Attributes:
        frames: (T, S, S, 3) uint8.
        kind: NONE, VECTORS (a prompt) or IMAGE; `image` (S, S, 3) and `prompt` are what it was.
        marks: (T, 8), and what each counts, (T, 8).
        style: its name, or "" where it is not known.
        felt: defect → how much of it is felt at the end.
        exact: (T, 8), the marks by the rule, before experts err.
        factors: (T, 11) in [0, 1], what they were made of; NaN where it is not known.
    """

    frames: np.ndarray
    kind: int
    image: np.ndarray
    prompt: str
    marks: np.ndarray
    weights: np.ndarray
    style: str
    felt: dict[str, float]
    exact: np.ndarray
    factors: np.ndarray


class Batch(NamedTuple):
    """B processes of up to T frames.

    Attributes:
        frames: (B, T, 3, S, S) in [-1, 1], padded with zeros; real: (B, T), where they are not.
        images: (B, 3, S, S), references; kinds: (B,); prompts: B strings.
        marks, weights: (B, T, 8).
        factors: (B, T, 11), NaN where they are not known.
        styles: B names.
    """

    frames: Tensor
    real: Tensor
    images: Tensor
    kinds: Tensor
    prompts: list[str]
    marks: Tensor
    weights: Tensor
    factors: Tensor
    styles: list[str]


@lru_cache(maxsize=1)
def held_out_nouns() -> frozenset[str]:
    """The nouns never trained on: those whose SHA-256 divides by 8."""

    def number(noun: str) -> int:
        return int.from_bytes(hashlib.sha256(noun.encode()).digest()[:8], "big")

    return frozenset(noun for noun in vocabulary().nouns if number(noun) % HELD_OUT == 0)


def random_lacks(unseen: bool, rng: np.random.Generator) -> Lacks:
    """What a process leaves out: one in three lack each thing, one in three references is another's."""
    names = ("refinement", "colour", "content", "subject")
    return Lacks(*(strength_of(f"no {name}", unseen, rng) if rng.random() < 0.33 else 0.0 for name in names))


def chosen_defects(rng: np.random.Generator) -> list[str]:
    """None to three defects, in the order of their application; work is lost in one way at most."""
    names = [*DEFECTS, "foreign frame"]
    count = rng.choice(4, p=[0.12, 0.28, 0.32, 0.28])
    chosen = set(rng.choice(names, count, replace=False).tolist())
    if {"wrong order", "regression"} <= chosen:
        chosen.remove("regression")
    return [name for name in names if name in chosen]


def nouns_of(unseen: bool) -> list[str]:
    """The nouns to train on, or all."""
    return [noun for noun in vocabulary().learned if unseen or noun not in held_out_nouns()]


def with_defects(
    process: Process, names: list[str], unseen: bool, rng: np.random.Generator, other: np.ndarray
) -> tuple:
    """The frames with defects, what is felt of each (T,), and the frames by whose content depths are measured."""
    frames = content = process.frames
    felt = {}
    for name in names:
        strength = strength_of(name, unseen, rng)
        if name == "foreign frame":
            flawed = foreign_frame(frames, strength, rng, other)
        else:
            flawed = DEFECTS[name](frames, strength, rng)
        frames, felt[name] = flawed
        content = frames if name in ("wrong order", "regression") else content
    return frames, felt, content


def judged_process(
    rng: np.random.Generator,
    size: int,
    slots: int,
    unseen: bool = False,
    defects: list[str] | None = None,
    count: int | None = None,
) -> Judged:
    """A random process with its marks.

    Args:
        unseen: with nouns and strengths that are never trained on.
        defects: which, in the order of `DEFECTS`; None: random ones.
        count: of frames; None: a random one.
    """
    held = held_out_nouns()
    count = int(rng.integers(LEAST, slots + 1)) if count is None else count
    process = random_process(count, random_lacks(unseen, rng), nouns_of(unseen), held, unseen, rng, size)
    names = chosen_defects(rng) if defects is None else defects
    other = process.frames[0]
    if "foreign frame" in names:
        other = random_process(2, Lacks(), nouns_of(unseen), held, unseen, rng, size).frames[-1]
    frames, felt, content = with_defects(process, names, unseen, rng, other)
    depths, near = growth(content), nearness(frames, process.reference) * (1 - process.strange)
    exact = rule(depths, near, felt)
    kinds = [kind for kind in ASKED if kind != VECTORS or process.caption]
    chances = np.array([ASKED[kind] for kind in kinds])
    kind = int(rng.choice(kinds, p=chances / chances.sum()))
    weights = np.ones((count, len(ATTRIBUTES)))
    weights[-1] = LAST_WEIGHT
    weights[:, 0] *= kind != NONE
    known = dict.fromkeys(FELT, np.zeros(count)) | felt | dict(zip(GAINED, depths.T, strict=True))
    known["nearness"] = near if kind != NONE else np.full(count, np.nan)
    factors = np.stack([known[name] for name in FACTORS], 1)
    at_last = {name: float(amount[-1]) for name, amount in felt.items()}
    frames = filmed(frames, rng)
    return Judged(frames, kind, process.reference, process.caption if kind == VECTORS else "", by_experts(exact, rng),
                  weights, process.style, at_last, exact, factors)  # fmt: skip


def annotated_process(item: Item, size: int, slots: int) -> Judged:
    """A process of PPAD: its marks are of the whole, so that only those after the last frame count.

    Raises:
        JudgeError: if a picture of it cannot be read.
    """
    frames = ((as_tensor(item_frames(item, slots), size).permute(0, 2, 3, 1) + 1) * 127.5).round().byte().numpy()
    image = item_image(item)
    marks = np.tile(item.marks, (len(frames), 1))
    weights = np.zeros_like(marks)
    weights[-1] = 1
    blank = np.zeros((size, size, 3), np.uint8)
    shown = blank if image is None else image
    kind = IMAGE if image is not None else VECTORS if item.prompt else NONE
    weights[:, 0] *= kind != NONE
    factors = np.full((len(frames), len(FACTORS)), np.nan)
    return Judged(frames, kind, shown, item.prompt, marks, weights, "", {}, marks, factors)


def collate(examples: list[Judged], size: int, slots: int) -> Batch:
    """Tensors of processes, padded to `slots` frames."""
    count = len(examples)
    frames = torch.zeros(count, slots, 3, size, size)
    real = torch.zeros(count, slots, dtype=torch.bool)
    marks, weights = torch.zeros(2, count, slots, len(ATTRIBUTES))
    factors = torch.full((count, slots, len(FACTORS)), torch.nan)
    for row, example in enumerate(examples):
        length = len(example.frames)
        frames[row, :length] = as_tensor(example.frames, size)
        real[row, :length] = True
        marks[row, :length] = torch.from_numpy(example.marks).float()
        weights[row, :length] = torch.from_numpy(example.weights).float()
        factors[row, :length] = torch.from_numpy(example.factors).float()
    return Batch(
        frames,
        real,
        as_tensor([example.image for example in examples], size),
        torch.tensor([example.kind for example in examples]),
        [example.prompt for example in examples],
        marks,
        weights,
        factors,
        [example.style for example in examples],
    )


def on_device(batch: Batch, device: torch.device) -> Batch:
    """The batch with its tensors on a device."""
    frames, real, images, kinds, prompts, marks, weights, factors, styles = batch
    return Batch(
        frames.to(device), real.to(device), images.to(device), kinds.to(device), prompts, marks.to(device),
        weights.to(device), factors.to(device), styles,
    )  # fmt: skip


class SyntheticBatches(IterableDataset):
    """Endless batches of processes to train on, those of a batch of one length: a third would be padding else."""

    def __init__(self, batch: int, size: int, slots: int, seed: int):
        self.batch, self.size, self.slots, self.seed = batch, size, slots, seed

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            count = int(rng.integers(LEAST, self.slots + 1))
            examples = [judged_process(rng, self.size, self.slots, count=count) for _ in range(self.batch)]
            yield collate(examples, self.size, count)


class AnnotatedBatches(IterableDataset):
    """Endless batches of PPAD's items, in an order that changes from epoch to epoch."""

    def __init__(self, annotations: Path, batch: int, size: int, slots: int, seed: int):
        self.items = read_items(annotations)
        self.batch, self.size, self.slots, self.seed = batch, size, slots, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            order = rng.permutation(len(self.items))
            for start in range(0, len(order), self.batch):
                chosen = [self.items[number] for number in order[start : start + self.batch]]
                examples = [annotated_process(item, self.size, self.slots) for item in chosen]
                yield collate(examples, self.size, max(len(example.frames) for example in examples))


def loader(dataset: IterableDataset, workers: int) -> Iterator[Batch]:
    """Batches prepared by worker processes."""
    return iter(DataLoader(dataset, batch_size=None, num_workers=workers, prefetch_factor=6 if workers else None))
