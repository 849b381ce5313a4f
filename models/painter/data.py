"""Examples as rows of tokens with their canvases, and batches of rows of like length.

While the Painter draws, the canvas is looked at again after every few strokes: a placeholder and a picture of what is
drawn so far. The token before a placeholder is taught what comes after it, so that ending a stroke means the same with
and without feedback. Only answers are taught, never prompts or placeholders.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from models.painter.language import label_word, words_of
from models.painter.modeling import PainterConfig
from models.painter.tasks import Drawings, Example, listing, random_example
from models.painter.tokens import PainterTokens
from tools.canvas import Sketch, rasterise

LONGEST = 320
"""Tokens of the longest row that is taught."""
POOL = 1024
"""Rows that are sorted by length before they are cut into batches."""
STEP = 16
"""Rows are padded to a multiple of it: CPUs compile their kernels for every shape anew."""
UNSEEN = 0.3
"""Share of drawings that are taught without feedback."""
IGNORED = -100
"""Target of what is not taught."""


class Row(NamedTuple):
    """Token ids (T,), what each position is taught to say next (T,), and canvases (M, S, S) uint8."""

    ids: np.ndarray
    targets: np.ndarray
    canvases: np.ndarray


class Batch(NamedTuple):
    """B rows padded to the longest: ids, targets and mask (B, T); canvases (M, S, S) row by row."""

    ids: Tensor
    targets: Tensor
    mask: Tensor
    canvases: Tensor


def prompt_ids(example: Example, tokens: PainterTokens) -> list[int]:
    """What comes before the answer: the prompt, the canvas if there is something on it, its strokes if listed."""
    text = example.prompt
    if example.canvas.strokes:
        text += " <image>" + (f" {listing(example.canvas)}" if example.listed else "")
    return [tokens.begin, *tokens.encode(f"{text} <answer>")]


def row_of(example: Example, tokens: PainterTokens, config: PainterConfig, feedback: int) -> Row:
    """The example as a row; its drawing is looked at after every `feedback` strokes (0: never)."""
    ids = prompt_ids(example, tokens)
    start = len(ids) - 1
    shown = [example.canvas] if example.canvas.strokes else []
    if isinstance(example.answer, str):
        ids += tokens.encode(example.answer)
    else:
        label = ""
        strokes = example.answer.strokes
        for number, stroke in enumerate(strokes):
            if feedback and example.grows and number and number % feedback == 0:
                ids.append(tokens.image)
                shown.append(Sketch(strokes=example.canvas.strokes + strokes[:number]))
            if stroke.object != label:
                label = stroke.object
                ids += tokens.encode(label_word(label))
            ids += tokens.encode(" ".join(words_of(Sketch(strokes=[stroke.model_copy(update={"object": ""})]))))
    ids.append(tokens.end)
    canvases = [rasterise(sketch, config.canvas, config.pen) for sketch in shown]
    empty = np.zeros((0, config.canvas, config.canvas), np.uint8)
    return Row(np.array(ids), targets_of(np.array(ids), start, tokens.image), np.stack(canvases) if canvases else empty)


def targets_of(ids: np.ndarray, start: int, image: int) -> np.ndarray:
    """What each position from `start` on says next, placeholders passed over: (T,)."""
    targets = np.full(len(ids), IGNORED)
    following = IGNORED
    for place in range(len(ids) - 1, start, -1):
        following = following if ids[place] == image else ids[place]
        targets[place - 1] = following
    return targets


def padded(length: int) -> int:
    """The length of a row with its padding."""
    return -(-length // STEP) * STEP


def collate(rows: list[Row], pad: int) -> Batch:
    """Rows as a batch, padded at the right."""
    longest = padded(max(len(row.ids) for row in rows))
    ids = np.full((len(rows), longest), pad)
    targets = np.full((len(rows), longest), IGNORED)
    mask = np.zeros((len(rows), longest), int)
    for place, row in enumerate(rows):
        ids[place, : len(row.ids)], targets[place, : len(row.ids)] = row.ids, row.targets
        mask[place, : len(row.ids)] = 1
    canvases = np.concatenate([row.canvases for row in rows])
    return Batch(*(torch.from_numpy(array) for array in (ids, targets, mask, canvases)))


def bucketed(rows: list[Row], tokens: int) -> list[list[Row]]:
    """The rows in groups of like length, each of at most `tokens` with its padding (or one row).

    Longest first: only the last group may be far from full.
    """
    groups: list[list[Row]] = [[]]
    for row in sorted(rows, key=lambda row: -len(row.ids)):
        if groups[-1] and padded(len(groups[-1][0].ids)) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(row)
    return groups


class PainterBatches(IterableDataset):
    """Endless batches of all tasks, each of at most `budget` tokens with its padding."""

    def __init__(self, drawings: Drawings, tokens: PainterTokens, config: PainterConfig, budget: int, seed: int):
        self.drawings, self.tokens, self.config, self.budget, self.seed = drawings, tokens, config, budget, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        if worker:
            torch.set_num_threads(1)
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        rows: list[Row] = []
        while True:
            while len(rows) < POOL:
                feedback = 0 if rng.random() < UNSEEN else self.config.feedback
                row = row_of(random_example(self.drawings, rng), self.tokens, self.config, feedback)
                if len(row.ids) <= LONGEST:
                    rows.append(row)
            groups = bucketed(rows, self.budget)
            full, rows = (
                (groups[:-1], groups[-1]) if len(groups) > 1 else (groups, [])
            )  # a rest waits for the next rows
            for place in rng.permutation(len(full)).tolist():
                yield collate(full[place], self.tokens.pad)


def painter_loader(dataset: PainterBatches, workers: int = 1) -> Iterator[Batch]:
    """Batches prepared by worker processes (0: by this one)."""
    return iter(DataLoader(dataset, batch_size=None, num_workers=workers, prefetch_factor=8 if workers else None))
