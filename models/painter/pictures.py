"""Pictures of one drawing or two with their categories, to learn from, and pictures that users show."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from models.painter.augment import into_box, varied
from models.painter.quickdraw import Bitmaps, Drawing
from models.painter.scenes import compose, random_box
from models.painter.tasks import Drawings
from tools.canvas import draw_lines

MAX_PIXELS = 50_000_000
"""Of a picture that is looked at."""
THIN = 3.0
"""Width in pixels from which lines are as the Painter was taught them: a pen of 2.6 measures 5, edges included."""


class Pictures(NamedTuple):
    """Canvases (B, S, S) uint8, ink 255 on 0, and the share that each category has in each, (B, words)."""

    canvases: Tensor
    shares: Tensor


def picture(drawing: Drawing, size: int, rng: np.random.Generator, pen: float, smallest: float = 0.35) -> np.ndarray:
    """A varied drawing anywhere on a canvas, of a pen about `pen` wide: (size, size) uint8."""
    box = random_box(rng, 0.75 if rng.random() < 0.5 else smallest, 0.98)
    strokes = into_box(varied(drawing.strokes, rng), box)
    return draw_lines(strokes, size, pen * float(rng.uniform(0.7, 1.8)))


def plain_picture(strokes: list[np.ndarray], size: int, pen: float) -> np.ndarray:
    """A drawing as it is, in the middle of a canvas: (size, size) uint8."""
    return draw_lines(into_box(strokes, (0.04, 0.04, 0.96, 0.96)), size, pen)


def enlarged(bitmap: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """A 28 × 28 bitmap on a canvas, turned, leaning, mirrored and scaled at random, its edges sharpened again."""
    scale = size / 28 * rng.uniform(0.55, 1.0)
    angle, lean = rng.normal(0, 0.1, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = scale * turn @ np.array([[1, lean], [0, 1]]) @ np.diag(np.exp(rng.normal(0, 0.08, 2)))
    if rng.random() < 0.5:
        matrix[:, 0] *= -1
    slack = 0.5 * max(0.0, size - 28 * scale)
    shift = size / 2 + rng.uniform(-slack, slack, 2) - matrix @ [13.5, 13.5]
    grown = cv2.warpAffine(
        bitmap.astype(np.float32), np.column_stack([matrix, shift]), (size, size), flags=cv2.INTER_CUBIC
    )
    return ((grown - rng.uniform(70, 150)) * 4 + 128).clip(0, 255).astype(np.uint8)


class PictureBatches(IterableDataset):
    """Endless batches of varied drawings and bitmaps.

    Args:
        drawings: to train on.
        bitmaps: more of the same categories, or None.
        words: the categories in the order of their labels.
        batch: pictures a batch, half of them bitmaps where there are any.
        size: side in pixels.
        pen: share of the canvas.
        seed: of all that is random.
        pairs: share of the pictures that show two things side by side.
    """

    def __init__(
        self,
        drawings: Drawings,
        bitmaps: Bitmaps | None,
        words: list[str],
        batch: int,
        size: int,
        pen: float,
        seed: int,
        pairs: float = 0.0,
    ):
        self.drawings, self.words, self.batch, self.size, self.pen, self.seed = drawings, words, batch, size, pen, seed
        self.labels = {word: label for label, word in enumerate(words)}
        self.bitmaps, self.pairs = bitmaps, pairs
        self.chosen = [i for i, word in enumerate(bitmaps.words) if word in self.labels] if bitmaps else []

    def __iter__(self) -> Iterator[Pictures]:
        worker = torch.utils.data.get_worker_info()
        if worker:
            torch.set_num_threads(1)
            cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            shares = torch.zeros(self.batch, len(self.words))
            canvases = []
            for row in shares:
                canvas, shown = self._one(rng)
                canvases.append(canvas)
                for word in shown:
                    row[self.labels[word]] += 1 / len(shown)
            yield Pictures(torch.from_numpy(np.stack(canvases)), shares)

    def _one(self, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
        """A picture and what it shows."""
        if rng.random() < self.pairs:
            placed = compose([self.drawings.any(rng), self.drawings.any(rng)], rng)
            strokes = [stroke for item in placed for stroke in item.strokes]
            return draw_lines(strokes, self.size, self.pen * float(rng.uniform(0.7, 1.8))), [p.word for p in placed]
        if self.bitmaps and self.chosen and rng.random() < 0.5:
            index = self.chosen[rng.integers(len(self.chosen))]
            return enlarged(self.bitmaps.images[index], self.size, rng), [self.bitmaps.words[index]]
        drawing = self.drawings.any(rng)
        return picture(drawing, self.size, rng, self.pen), [drawing.word]


def picture_loader(dataset: PictureBatches, workers: int = 1) -> Iterator[Pictures]:
    """Batches prepared by worker processes (0: by this one)."""
    return iter(DataLoader(dataset, batch_size=None, num_workers=workers, prefetch_factor=6 if workers else None))


def canvas_of(image: Image.Image | np.ndarray, size: int) -> np.ndarray:
    """A picture as a canvas: (size, size) uint8, ink 255 on 0, not stretched; thin lines are thickened.

    Raises:
        ValueError: if it is no picture, or larger than MAX_PIXELS.
    """
    if isinstance(image, np.ndarray):
        if image.dtype != np.uint8 or image.ndim not in (2, 3) or not image.size:
            raise ValueError(f"an array of {image.dtype} of shape {image.shape}: give (H, W) or (H, W, 3) of uint8")
        height, width = image.shape[:2]
    else:
        width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValueError(
            f"a picture of {width}×{height}: at most {MAX_PIXELS // 10**6} million pixels; make it smaller"
        )
    grey = np.array((Image.fromarray(image) if isinstance(image, np.ndarray) else image).convert("L"))
    grey = 255 - grey if np.median(grey) > 127 else grey
    scale = size / max(grey.shape)
    fitted = cv2.resize(
        grey, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    canvas = np.zeros((size, size), np.uint8)
    top, left = (size - fitted.shape[0]) // 2, (size - fitted.shape[1]) // 2
    canvas[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    canvas = (canvas.astype(np.float32) * 255 / max(canvas.max(), 1)).astype(np.uint8)
    return cv2.dilate(canvas, np.ones((3, 3), np.uint8)) if pen_of(canvas) < THIN else canvas


def pen_of(canvas: np.ndarray) -> float:
    """About how wide the lines of a canvas are, in pixels: their area over half the length of their outlines."""
    ink = (canvas > 96).astype(np.uint8)
    outlines, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return float(ink.sum()) / max(1.0, sum(cv2.arcLength(line, True) for line in outlines) / 2)
