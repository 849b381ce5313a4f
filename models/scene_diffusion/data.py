"""Training batches: scenes composed on the fly, as tensors."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset
from transformers import CLIPTokenizer

from models.kv_sharing.context import BoundWords, layout_bias
from models.scene_diffusion.composer import Example, compose
from models.scene_diffusion.forms import pixels_of, recall
from models.scene_diffusion.modeling import token_positions
from models.scene_diffusion.phrasings import rephrase
from models.scene_diffusion.random_scenes import random_scene
from models.scene_diffusion.scribbles import Drawings, random_scribble, read_drawings

BINDING_STRENGTH = 8.0
QUERIES = (256, 64)
"""Cells of the latent grids at which the embedded UNet attends to words."""


class Batch(NamedTuple):
    """Examples as tensors.

    Attributes:
        images: (B, 3, H, W) in [-1, 1].
        forms: as images; on the device as latents (B, C, h, w).
        scribbles: (B, 1, H, W) in [0, 1].
        tokens: (B, L).
        bias: of words, (B, Q, L) by Q.
    """

    images: Tensor
    forms: Tensor
    scribbles: Tensor
    tokens: Tensor
    bias: dict[int, Tensor]


def bound_words(example: Example, tokenizer: CLIPTokenizer) -> list[BoundWords]:
    """The token positions of each object of an example, with its box."""
    text, spans = example.caption
    return [
        BoundWords(token_positions(tokenizer, text, spans[identity]), box) for identity, box in example.boxes.items()
    ]


def collate(examples: list[Example], tokenizer: CLIPTokenizer, unbound: list[bool], dropped: list[bool]) -> Batch:
    """Tensors of examples; `dropped` captions become empty, `unbound` ones lose their layout."""
    captions = ["" if drop else example.caption.text for example, drop in zip(examples, dropped, strict=True)]
    words = [
        [] if drop or free else bound_words(example, tokenizer)
        for example, drop, free in zip(examples, dropped, unbound, strict=True)
    ]
    encoded = tokenizer(captions, padding="max_length", truncation=True, return_tensors="pt")
    tokens, used = encoded.input_ids, encoded.attention_mask.sum(1).tolist()
    forms = [recall(example.scene, example.boxes, example.shapes, len(example.image)) for example in examples]
    return Batch(
        pixels_of([example.image for example in examples]),
        pixels_of(forms),
        torch.from_numpy(np.stack([example.scribble for example in examples]))[:, None].float() / 255,
        tokens,
        {queries: layout_bias(words, queries, tokens.shape[1], BINDING_STRENGTH, used) for queries in QUERIES},
    )


def training_example(rng: np.random.Generator, size: int, drawings: Drawings | None = None) -> Example:
    """A random scene, told and drawn in one of the ways in which it may come."""
    example = compose(random_scene(rng), rng, size)
    return example._replace(
        caption=rephrase(example.scene, rng),
        scribble=random_scribble(example, rng, drawings),
        shapes=some_shapes(example.shapes, rng),
    )


def some_shapes(shapes: dict[str, int], rng: np.random.Generator) -> dict[str, int]:
    """Those of the objects whose forms are recalled: in a quarter of the scenes none, else most."""
    if rng.random() < 0.25:
        return {}
    return {identity: shape for identity, shape in shapes.items() if rng.random() > 0.12}


class SceneBatches(IterableDataset):
    """Endless batches. 10 % of captions, 20 % of layouts, a third of the forms, half of the scribbles are dropped."""

    def __init__(self, tokenizer: CLIPTokenizer, batch: int, size: int, seed: int, drawings: Path | None = None):
        self.tokenizer, self.batch, self.size, self.seed = tokenizer, batch, size, seed
        self.drawings = read_drawings(drawings) if drawings else None

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            examples = [training_example(rng, self.size, self.drawings) for _ in range(self.batch)]
            batch = collate(
                examples, self.tokenizer, list(rng.random(self.batch) < 0.2), list(rng.random(self.batch) < 0.1)
            )
            batch.scribbles[torch.from_numpy(rng.random(self.batch) < 0.5)] = 0
            yield batch


def scene_loader(
    tokenizer: CLIPTokenizer, batch: int, size: int, seed: int, workers: int = 1, drawings: Path | None = None
) -> Iterator[Batch]:
    """Batches prepared by worker processes."""
    dataset = SceneBatches(tokenizer, batch, size, seed, drawings)
    return iter(DataLoader(dataset, batch_size=None, num_workers=workers, prefetch_factor=6 if workers else None))
