"""Scenes with the exact masks of their objects, and the boxes and clicks that ask for them."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from models.scene_diffusion.composer import Placed, arrange, paint
from models.scene_diffusion.drawings import random_look
from models.scene_diffusion.drawings.overlays import STEAM
from models.scene_diffusion.random_scenes import random_scene
from models.segmenter.predictor import normalised
from tools.layout import Box, layout
from tools.scene import SceneGraph
from tools.vocabulary import RGB, vocabulary

HELD_OUT = frozenset(
    (
        "jug", "vase", "ladle", "iron", "candle", "clock", "cookie", "donut", "pear", "mushroom", "bench", "mirror",
        "sponge", "wrench", "wheel", "shovel", "balloon", "hat", "giraffe", "truck", "stop sign", "kite",
    )
)  # fmt: skip
"""Nouns never trained on: one of each kind but people, which are two."""
SMALLEST = 0.001
"""Share of the picture under which what is left of an object is no object to ask for."""
OPAQUE = 0.3
"""Paint thinner than this leaves a pixel to what is behind it."""


class Segmented(NamedTuple):
    """A picture (S, S, 3) uint8; for each object that can be seen its mask (S, S) bool and its layout box."""

    image: np.ndarray
    masks: dict[str, np.ndarray]
    boxes: dict[str, Box]


class Batch(NamedTuple):
    """B pictures with P prompts each.

    Attributes:
        images: (B, 3, S, S), normalised.
        masks: (B, P, S/2, S/2) in [0, 1], the share of each 2 × 2 pixels that the object covers.
        boxes: (B, P, 4) in pixels.
        points: (B, P, K, 2) in pixels, the first of them on the object.
        labels: (B, P, K), 1 on the object and 0 beside it.
    """

    images: Tensor
    masks: Tensor
    boxes: Tensor
    points: Tensor
    labels: Tensor


def visible_masks(placed: list[Placed], size: int) -> dict[str, np.ndarray]:
    """The pixels (size, size) that each object owns: what it paints last. Steam and shadows are no part of a thing."""
    names = list(dict.fromkeys(identity for identity, _ in placed))
    owner = np.full((size, size), -1, np.int32)
    shift, pen = 4, max(1, round(size / 150))
    for identity, part in placed:
        if part.fill == STEAM or part.alpha <= OPAQUE:
            continue
        fixed = [np.round(part.points * size * 2**shift).astype(np.int32)]
        filled = part.closed and part.fill is not None
        if filled:
            cv2.fillPoly(owner, fixed, names.index(identity), cv2.LINE_8, shift)
        if part.ink or not filled:
            cv2.polylines(owner, fixed, part.closed, names.index(identity), pen + (not part.closed), cv2.LINE_8, shift)
    masks = {identity: owner == index for index, identity in enumerate(names)}
    return {identity: mask for identity, mask in masks.items() if mask.mean() >= SMALLEST}


def segmented(scene: SceneGraph, rng: np.random.Generator, size: int = 256) -> Segmented:
    """A scene as the generator is trained on it, with its masks."""
    boxes = layout(scene, int(rng.integers(2**31)))
    placed = arrange(scene, boxes, {item.id: random_look(item, rng) for item in scene.objects})
    return Segmented(paint(placed, size, *vocabulary().grounds[scene.ground]), visible_masks(placed, size), boxes)


def varied(scenes: list[SceneGraph], rng: np.random.Generator, size: int = 256) -> Segmented:
    """Scenes on one canvas, each nearer or further and from either side, in other light: painted pictures vary too."""
    parts: list[Placed] = []
    seen: dict[str, Box] = {}
    for index, scene in enumerate(scenes):
        boxes = layout(scene, int(rng.integers(2**31)))
        placed = arrange(scene, boxes, {item.id: random_look(item, rng) for item in scene.objects})
        scale = rng.uniform(0.85, 1.6) if len(scenes) == 1 else rng.uniform(0.4, 1.2)
        factor = np.array([scale * rng.choice([-1, 1]), scale])
        reach = 0.1 if len(scenes) == 1 else 0.4
        shift = 0.5 + rng.uniform(-reach, reach, 2) - factor * rng.uniform([0.35, 0.5], [0.65, 0.7])
        parts += [
            Placed(f"{index} {name}", part._replace(points=part.points * factor + shift)) for name, part in placed
        ]
        seen |= {f"{index} {name}": _moved(box, factor, shift) for name, box in boxes.items()}
    ground, wall = vocabulary().grounds[scenes[0].ground] if rng.random() < 0.5 else (_tint(rng), _tint(rng))
    return Segmented(_relit(paint(parts, size, ground, wall), rng), visible_masks(parts, size), seen)


def _tint(rng: np.random.Generator) -> RGB:
    red, green, blue = rng.integers(90, 250, 3).tolist()
    return red, green, blue


def _moved(box: Box, factor: np.ndarray, shift: np.ndarray) -> Box:
    corners = np.array([box[:2], box[2:]]) * factor + shift
    (x0, y0), (x1, y1) = corners.min(0).clip(0, 1).tolist(), corners.max(0).clip(0, 1).tolist()
    return x0, y0, x1, y1


def _relit(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Uneven light and colour, blur and grain, each in some of the pictures."""
    pixels = image.astype(np.float32)
    if rng.random() < 0.5:
        cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.4, 1.8), dst=pixels)
    if rng.random() < 0.5:
        cells = int(rng.integers(3, 24))
        uneven = rng.normal(0, rng.uniform(2, 14), (cells, cells, 3)).astype(np.float32)
        pixels += cv2.resize(uneven, image.shape[:2], interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.4:
        pixels += rng.normal(0, rng.uniform(1, 9), pixels.shape).astype(np.float32)
    pixels = pixels * rng.uniform(0.85, 1.12, 3).astype(np.float32) + rng.uniform(-14, 14)
    return pixels.clip(0, 255).astype(np.uint8)


def tight_box(mask: np.ndarray) -> Box:
    """The smallest box around a mask (S, S), in the unit square."""
    columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
    height, width = mask.shape
    return columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height


def middle(mask: np.ndarray) -> tuple[float, float]:
    """The point of a mask (S, S) that is farthest from its edge, in the unit square."""
    depth = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(depth.argmax(), mask.shape)
    return (float(x) + 0.5) / mask.shape[1], (float(y) + 0.5) / mask.shape[0]


def rough_box(example: Segmented, identity: str, rng: np.random.Generator) -> Box:
    """A box as people and layouts give it: around what is seen or around the whole thing, and a little off."""
    tight = np.array(tight_box(example.masks[identity]))
    box = np.array(example.boxes[identity]) if rng.random() < 0.4 else tight
    box = box if min(box[2:] - box[:2]) > 0.02 else tight
    sides = np.tile(box[2:] - box[:2], 2)
    x0, y0, x1, y1 = (box + rng.normal(0, 0.05, 4).clip(-0.1, 0.1) * sides).clip(0, 1).tolist()
    return x0, y0, x1, y1


def clicks(mask: np.ndarray, box: Box, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points (count, 2) in the unit square, the first on the object and others on or beside it; labels (count,)."""
    size = len(mask)
    x0, y0, x1, y1 = (np.array(box) * size).astype(int)
    beside = ~mask
    beside[:y0], beside[y1 + 1 :], beside[:, :x0], beside[:, x1 + 1 :] = False, False, False, False
    places = [np.argwhere(beside), np.argwhere(mask)]
    labels = [1, *(int(len(places[0]) == 0 or rng.random() < 0.5) for _ in range(count - 1))]
    points = [places[label][rng.integers(len(places[label]))][::-1] for label in labels]
    return (np.array(points) + 0.5) / size, np.array(labels)


def collate(examples: list[Segmented], prompts: int, count: int, rng: np.random.Generator) -> Batch:
    """Tensors of examples, with `prompts` objects each (some twice where there are fewer) and `count` clicks."""
    size = len(examples[0].image)
    masks, boxes, points, labels = [], [], [], []
    for example in examples:
        names = list(example.masks)
        for name in [*rng.permutation(names)[:prompts], *rng.choice(names, max(0, prompts - len(names)))]:
            box = rough_box(example, name, rng)
            clicked, label = clicks(example.masks[name], box, count, rng)
            masks.append(
                cv2.resize(example.masks[name].astype(np.float32), (size // 2,) * 2, interpolation=cv2.INTER_AREA)
            )
            boxes.append(np.array(box) * size)
            points.append(clicked * size)
            labels.append(label)
    shape = (len(examples), prompts)
    return Batch(
        normalised(np.stack([example.image for example in examples])),
        torch.from_numpy(np.stack(masks)).reshape(*shape, size // 2, size // 2),
        torch.from_numpy(np.stack(boxes)).float().reshape(*shape, 4),
        torch.from_numpy(np.stack(points)).float().reshape(*shape, count, 2),
        torch.from_numpy(np.stack(labels)).int().reshape(*shape, count),
    )


def trained_on(scene: SceneGraph) -> bool:
    """Whether a scene has none of the nouns that are held out."""
    return HELD_OUT.isdisjoint(item.noun for item in scene.objects)


class SegmentedBatches(IterableDataset):
    """Endless batches of scenes without the nouns that are held out; half have one click a prompt, half two to four."""

    def __init__(self, batch: int, prompts: int, size: int, seed: int):
        self.batch, self.prompts, self.size, self.seed = batch, prompts, size, seed

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            examples: list[Segmented] = []
            while len(examples) < self.batch:
                scenes = [random_scene(rng) for _ in range(rng.integers(1, 4))]
                if all(map(trained_on, scenes)) and (example := varied(scenes, rng, self.size)).masks:
                    examples.append(example)
            yield collate(examples, self.prompts, 1 if rng.random() < 0.5 else int(rng.integers(2, 5)), rng)


def segmented_loader(batch: int, prompts: int, size: int, seed: int, workers: int = 1) -> Iterator[Batch]:
    """Batches prepared by worker processes."""
    dataset = SegmentedBatches(batch, prompts, size, seed)
    return iter(DataLoader(dataset, batch_size=None, num_workers=workers, prefetch_factor=6 if workers else None))
