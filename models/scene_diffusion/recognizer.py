"""Recognises the vocabulary's nouns in pictures, to measure generators: `python -m models.scene_diffusion.recognizer`.

A small convolutional network of the crops of composed scenes. It never sees a generated picture. For a window it says
which noun is in its middle (or nothing), which of the eleven colours that has, and where its box is; slid over a
picture, it finds objects. The same command resumes a training that was stopped.

Not covered: states, contents, and things that are not in the vocabulary.
"""

import json
import math
import os
import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple

import cv2
import numpy as np
import torch
import torch.nn.functional as F
import typer
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.scene_diffusion.crops import SIDE, Crops, Window, box_overlap, crops_of, cut, scene_to_learn, window_of
from tools.layout import Box
from tools.vocabulary import vocabulary

FOLDER = Path(__file__).parent / "recognizer_weights"
SIDES = (0.16, 0.23, 0.33, 0.47, 0.67, 0.95)
"""Sides of the windows that are slid over a picture."""
STRIDE = 0.33
"""How far a window is moved, in its own sides."""
PLAIN = 7.0
"""Deviation of the pixels below which a window is not looked at: wall or ground."""
CERTAIN = 0.7
"""Probability from which a noun counts as found: on drawings, few are missed and most of what is found is there."""
SAME = 0.25
"""Boxes of one noun whose intersection over union is more are one object."""
RIVAL = 0.6
"""Boxes of two nouns whose intersection over union is more are one object, which is what it is more surely."""


class Seen(NamedTuple):
    """What the recogniser makes of windows.

    Attributes:
        nouns: (n, 1 + nouns) probabilities; column 0 is nothing.
        colours: (n, colours) probabilities.
        boxes: (n, 4) the object's box, in the unit square of the picture or of the crop.
        features: (n, 192), of length 1.
    """

    nouns: np.ndarray
    colours: np.ndarray
    boxes: np.ndarray
    features: np.ndarray


class Found(NamedTuple):
    """An object that was found in a picture."""

    probability: float
    box: Box
    colour: str
    feature: np.ndarray


def _shrink(inputs: int, outputs: int) -> nn.Sequential:
    """Half the side."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Residual(nn.Module):
    """Two convolutions beside a shortcut (He et al., arXiv 1512.03385)."""

    def __init__(self, width: int):
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, maps: Tensor) -> Tensor:
        """(B, C, h, w) → the same."""
        return F.relu(maps + self.inner(maps))


class Recognizer(nn.Module):
    """Crops (B, 3, 64, 64) in [-1, 1] → noun logits, colour logits, boxes in the window, features (B, 192)."""

    def __init__(self, nouns: list[str], colours: list[str]):
        super().__init__()
        self.nouns, self.colours = nouns, colours
        self.trunk = nn.Sequential(
            _shrink(3, 32), _shrink(32, 48), _shrink(48, 96), Residual(96), _shrink(96, 160), Residual(160),
            nn.Conv2d(160, 64, 1), nn.Flatten(), nn.Linear(64 * (SIDE // 16) ** 2, 192), nn.ReLU(),
        )  # fmt: skip
        self.noun, self.colour, self.box = (
            nn.Linear(192, 1 + len(nouns)),
            nn.Linear(192, len(colours)),
            nn.Linear(192, 4),
        )

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The four outputs."""
        features = self.trunk(crops)
        return self.noun(features), self.colour(features), self.box(features), features

    @property
    def names(self) -> list[str]:
        """What the noun logits stand for."""
        return ["nothing", *self.nouns]

    @torch.inference_mode()
    def classify(self, crops: np.ndarray) -> Seen:
        """What is in crops (n, SIDE, SIDE, 3) uint8; their boxes are in the crop as the unit square."""
        parts = [self(_pixels(crops[start : start + 128])) for start in range(0, len(crops), 128)]
        nouns, colours, boxes, features = (torch.cat(part) for part in zip(*parts, strict=True))
        return Seen(nouns.softmax(1).numpy(), colours.softmax(1).numpy(), boxes.numpy(), F.normalize(features).numpy())

    def look(self, image: np.ndarray, windows: list[Window]) -> Seen:
        """What is in the windows of a picture (size, size, 3) uint8."""
        seen = self.classify(cut(image, windows))
        x, y, side = np.array(windows).T[..., None]
        return seen._replace(boxes=(seen.boxes - 0.5) * side + np.concatenate([x, y, x, y], 1))

    def find(self, image: np.ndarray) -> dict[str, list[Found]]:
        """The objects of a picture by noun, the surest first.

        Windows of all sizes are slid over it; what they show is looked at once more, in the middle of a window.
        """
        windows = eventful_windows(image)
        found: dict[str, list[Found]] = {}
        for again in (False, True):
            if not windows:
                break
            seen = self.look(image, windows)
            best = best_of(seen)
            windows = [window_of(box) for box in seen.boxes[best].tolist()]
            for index in best if again else []:
                x0, y0, x1, y1 = seen.boxes[index].tolist()
                colour = self.colours[seen.colours[index].argmax()]
                item = Found(float(seen.nouns[index].max()), (x0, y0, x1, y1), colour, seen.features[index])
                found.setdefault(self.names[seen.nouns[index].argmax()], []).append(item)
        return found


def best_of(seen: Seen) -> list[int]:
    """The windows that surely show something, the surest first, without those that show the same once more."""
    rows, sure = seen.nouns.argmax(1), seen.nouns.max(1)
    best: list[int] = []

    def is_new(index: int, other: int) -> bool:
        bound = SAME if rows[index] == rows[other] else RIVAL
        return box_overlap(seen.boxes[index], seen.boxes[other]) <= bound

    for index in np.argsort(-sure).tolist():
        if rows[index] > 0 and sure[index] >= CERTAIN and all(is_new(index, other) for other in best):
            best.append(index)
    return best


def eventful_windows(image: np.ndarray) -> list[Window]:
    """The sliding windows that show more than wall and ground."""
    deviation = cut(image, sliding_windows())[:, ::4, ::4].std((1, 2)).max(1)
    return [window for window, value in zip(sliding_windows(), deviation, strict=True) if value > PLAIN]


@lru_cache(maxsize=1)
def sliding_windows() -> list[Window]:
    """Windows of all sizes over the unit square, a little beyond its edges."""
    windows = []
    for side in SIDES:
        steps = max(2, math.ceil((1 - 0.7 * side) / (STRIDE * side)) + 1)
        centres = np.linspace(0.35 * side, 1 - 0.35 * side, steps)
        windows += [(float(x), float(y), side) for y in centres for x in centres]
    return windows


def _pixels(crops: np.ndarray) -> Tensor:
    """(n, SIDE, SIDE, 3) uint8 → (n, 3, SIDE, SIDE) in [-1, 1]."""
    return torch.from_numpy(crops).permute(0, 3, 1, 2).float() / 127.5 - 1


def load_recognizer(folder: Path = FOLDER) -> Recognizer:
    """The shipped recogniser, in fp32."""
    config = json.loads((folder / "config.json").read_text())
    model = Recognizer(config["nouns"], config["colours"])
    model.load_state_dict(load_file(folder / "model.safetensors"))
    return model.eval()


def save_recognizer(model: Recognizer, folder: Path) -> None:
    """Writes weights in fp16, and what their outputs stand for."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in model.state_dict().items()
    }
    save_file(state, folder / "model.safetensors")
    config = {"nouns": model.nouns, "colours": model.colours}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")


def batch_to_learn(rng: np.random.Generator, size: int) -> Crops:
    """Crops of as many new scenes as it takes."""
    parts: list[Crops] = []
    while sum(len(part.nouns) for part in parts) < size:
        parts.append(crops_of(scene_to_learn(rng), rng))
    return Crops(*(np.concatenate(fields)[:size] for fields in zip(*parts, strict=True)))


def changed(crops: Crops, rng: np.random.Generator) -> Crops:
    """Half of the crops mirrored, half blurred, all a little lighter or darker and noisy: pictures are not so clean."""
    pixels, boxes = crops.pixels.astype(np.float32), crops.boxes.copy()
    for row in range(len(pixels)):
        if rng.random() < 0.5:
            pixels[row] = pixels[row][:, ::-1]
            boxes[row, [0, 2]] = 1 - boxes[row, [2, 0]]
        if rng.random() < 0.5:
            pixels[row] = cv2.GaussianBlur(pixels[row], (0, 0), rng.uniform(0.4, 2.0))
        pixels[row] = pixels[row] * rng.uniform(0.93, 1.07) + rng.normal(0, rng.uniform(0, 6), pixels[row].shape)
    return crops._replace(pixels=pixels.clip(0, 255).astype(np.uint8), boxes=boxes)


def loss_of(model: Recognizer, crops: Crops) -> Tensor:
    """Cross-entropy of noun and colour, and the error of the boxes of what is there."""
    with torch.autocast("cpu", torch.bfloat16):
        noun, colour, box, _ = model(_pixels(crops.pixels))
    nouns, colours = torch.from_numpy(crops.nouns), torch.from_numpy(crops.colours)
    there = nouns > 0
    return (
        F.cross_entropy(noun.float(), nouns)
        + 0.3 * F.cross_entropy(colour.float(), colours, ignore_index=-1)
        + 5 * F.smooth_l1_loss(box.float()[there], torch.from_numpy(crops.boxes)[there], beta=0.1)
    )


def main(
    minutes: Annotated[float, typer.Option(help="Time of one core in all, over resumptions.")] = 25,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = FOLDER,
    folder: Annotated[Path, typer.Option(help="Where the state is kept.")] = Path("training/recognizer"),
    batch_size: int = 128,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 2e-3,
    seed: int = 0,
) -> None:
    """Trains the recogniser on one core; resumes from `folder` if a state is there."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    cv2.setNumThreads(1)
    torch.manual_seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    model = Recognizer(vocabulary().learned, list(vocabulary().colours))
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=0.02)
    step, spent = 0, 0.0
    if (folder / "state.pt").exists():
        state = torch.load(folder / "state.pt", weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["spent"]
    losses, saved, last = [], spent, time.process_time()
    while spent < 60 * minutes:
        rng = np.random.default_rng([seed, step])
        loss = loss_of(model, changed(batch_to_learn(rng, batch_size), rng))
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 100) * (1 - spent / (60 * minutes)) + 1e-6
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        losses.append(loss.item())
        spent, last = spent + time.process_time() - last, time.process_time()
        if step % 50 == 0:
            print(f"step {step}, {spent / 60:.1f} min: loss {np.mean(losses[-50:]):.3f}", flush=True)
        if spent - saved > 120 or spent >= 60 * minutes:
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
            torch.save(state, folder / "state.tmp")
            os.replace(folder / "state.tmp", folder / "state.pt")
            save_recognizer(model, out)
            saved = spent
    print(f"{step * batch_size} crops; exported to {out}")


if __name__ == "__main__":
    typer.run(main)
