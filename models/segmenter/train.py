"""Trains the embedded segmenter: `python -m models.segmenter.train`.

First the decoder learns what a box means. Then boxes are answered with one mask, single clicks with three of which the
best is taught, several clicks (half of them with a box) with one again, as in SAM (arXiv 2304.02643). All prompts of a
picture share its embedding. Scenes are composed on the fly from a seed. Every few minutes the whole state is saved; the
same command resumes it. The weights are exported as fp16 safetensors that `Sam2Model.from_pretrained` loads.

Not covered: several GPUs, photographs, videos.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
import typer
from torch import Tensor, nn
from transformers import Sam2Model

from models.segmenter.data import Batch, segmented_loader
from models.segmenter.modeling import SIZE, WEIGHTS, build_segmenter

SMALLER, SMALLER_SHARE = 96, 0.45
"""Side of the pictures for the first share of the time: shapes are learned there at half the cost, edges after."""
WARM_UP = 50
"""Steps in which the learning rate rises."""
BOX_STEPS = 400
"""Steps in which only the meaning of boxes is taught."""
PAUSE = 10.0
"""Seconds: a step that took longer was stopped meanwhile (SIGSTOP), which does not count as training time."""


class Lesson(NamedTuple):
    """The loss to descend, and the mean IoU of the masks from boxes and from clicks."""

    loss: Tensor
    box_iou: Tensor
    click_iou: Tensor


def mask_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy and dice: logits (B, P, M, H, W), truth (B, P, 1, H, W) in [0, 1] → (B, P, M)."""
    entropy = F.binary_cross_entropy_with_logits(logits, truth.expand_as(logits), reduction="none").mean((-1, -2))
    chance = logits.sigmoid()
    dice = 1 - (2 * (chance * truth).sum((-1, -2)) + 1) / (chance.sum((-1, -2)) + truth.sum((-1, -2)) + 1)
    return 5 * entropy + dice


def intersection_over_union(masks: Tensor, truth: Tensor) -> Tensor:
    """Of masks (…, H, W) bool: (…)."""
    return (masks & truth).sum((-1, -2)) / (masks | truth).sum((-1, -2)).clamp_min(1)


def taught(logits: Tensor, expected: Tensor, truth: Tensor) -> tuple[Tensor, Tensor]:
    """Loss and mean IoU of the best of the masks (B, P, M, h, w); every mask's expected IoU (B, P, M) is taught."""
    size = truth.shape[-2:]
    larger = F.interpolate(logits.float().flatten(0, 1), size, mode="bilinear", align_corners=False).unflatten(
        0, logits.shape[:2]
    )
    losses, best = mask_loss(larger, truth[:, :, None]).min(-1)
    found = intersection_over_union(larger > 0, truth[:, :, None] > 0.5)
    loss = losses.mean() + F.mse_loss(expected.float(), found)
    return loss, found.gather(-1, best[..., None]).mean()


def teach(model: Sam2Model, batch: Batch, boxed: bool) -> Lesson:
    """One embedding a picture, asked for by boxes and by clicks (with their boxes too where `boxed`)."""
    with torch.autocast(batch.images.device.type, torch.bfloat16):
        from_boxes = model(pixel_values=batch.images, input_boxes=batch.boxes, multimask_output=False)
        from_clicks = model(
            image_embeddings=from_boxes.image_embeddings,
            input_points=batch.points,
            input_labels=batch.labels,
            input_boxes=batch.boxes if boxed else None,
            multimask_output=batch.points.shape[2] == 1,
        )
    box_loss, box_iou = taught(from_boxes.pred_masks, from_boxes.iou_scores, batch.masks)
    click_loss, click_iou = taught(from_clicks.pred_masks, from_clicks.iou_scores, batch.masks)
    return Lesson(box_loss + click_loss, box_iou, click_iou)


def boxes_and_insides(size: int, count: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Random boxes (1, count, 4) in pixels, and their insides as masks (1, count, size / 2, size / 2)."""
    middle = size * torch.rand(1, count, 2, device=device)
    reach = 3 + 0.225 * size * torch.rand(1, count, 2, device=device)
    boxes = torch.cat([middle - reach, middle + reach], -1).clamp(0, size)
    pixels = torch.arange(1, size, 2, device=device)
    inside = (pixels > boxes[..., :2, None]) & (pixels < boxes[..., 2:, None])
    return boxes, (inside[..., 0, None, :] & inside[..., 1, :, None]).float()


def teach_boxes(model: Sam2Model, count: int = 64) -> Lesson:
    """What a box means: its inside, in a picture of noise. Decoder and prompts alone, so that it costs little.

    Without this the decoder takes long to find out that prompts matter at all.
    """
    device = model.device
    boxes, truth = boxes_and_insides(int(np.max(model.prompt_encoder.input_image_size)), count, device)
    width = model.hidden_dim
    noise = [
        0.3 * torch.randn(1, channels, *cells, device=device)
        for channels, cells in zip((width // 8, width // 4, width), model.backbone_feature_sizes, strict=True)
    ]
    with torch.autocast(device.type, torch.bfloat16):
        answer = model(image_embeddings=noise, input_boxes=boxes, multimask_output=False)
    loss, iou = taught(answer.pred_masks, answer.iou_scores, truth)
    return Lesson(loss, iou, torch.zeros(()))


class Training:
    """A model in training, with all that its saved state has."""

    def __init__(self, folder: Path, device: torch.device, start: Path | None = None):
        self.folder, self.device = folder, device
        self.step, self.scenes, self.spent = 0, 0, 0.0
        self.box_steps = 0 if start else BOX_STEPS
        self.model, self.optimizer = self._built(SIZE)
        if start:
            self.model.load_state_dict(Sam2Model.from_pretrained(start, dtype=torch.float32).state_dict())
        if (folder / "state.pt").exists():
            state = torch.load(folder / "state.pt", map_location="cpu", weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.scenes, self.spent = state["step"], state["scenes"], state["spent"]

    def _built(self, size: int) -> tuple[Sam2Model, torch.optim.Optimizer]:
        with self.device:
            model = build_segmenter(size).train()
        if self.device.type == "cpu":  # whose fused attention took half of a step, at lengths as short as these
            model.set_attn_implementation("eager")
        return model, torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01)

    def set_size(self, size: int) -> None:
        """Goes on with pictures of another size: no weight depends on it."""
        model, optimizer = self._built(size)
        model.load_state_dict(self.model.state_dict())
        optimizer.load_state_dict(self.optimizer.state_dict())
        self.model, self.optimizer = model, optimizer

    def descend(self, lesson: Lesson, rate: float) -> None:
        """One step."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        lesson.loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1

    def save(self) -> None:
        """Saves the whole state, replacing the last one atomically."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "scenes": self.scenes,
            "spent": self.spent,
        }
        torch.save(state, self.folder / "state.tmp")
        os.replace(self.folder / "state.tmp", self.folder / "state.pt")

    def report(self, recent: list[list[float]]) -> None:
        """Prints and logs the means of the last steps."""
        loss, box_iou, click_iou = np.mean(recent, axis=0).round(4).tolist()
        record = {"step": self.step, "scenes": self.scenes, "minutes": round(self.spent / 60, 2)}
        line = json.dumps(record | {"loss": loss, "box_iou": box_iou, "click_iou": click_iou})
        print(line, flush=True)
        with open(self.folder / "log.jsonl", "a") as log:
            log.write(line + "\n")


def train(
    minutes: Annotated[float, typer.Option(help="Training time in all, over resumptions.")] = 40,
    weights: Annotated[Path, typer.Option(help="Folder to export to.")] = WEIGHTS,
    folder: Annotated[Path, typer.Option(help="Where state and log are kept.")] = Path("training/segmenter"),
    batch_size: Annotated[int, typer.Option(help="Pictures a step.")] = 8,
    prompts: Annotated[int, typer.Option(help="Objects asked for in a picture.")] = 8,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 2e-3,
    save_minutes: Annotated[float, typer.Option(help="Time between saved states.")] = 4,
    threads: Annotated[int, typer.Option(help="CPU threads; 0 leaves them to torch.")] = 0,
    start: Annotated[Path | None, typer.Option(help="Weights to go on from; boxes need no lesson then.")] = None,
    seed: int = 0,
) -> None:
    """Trains from random weights or from others; resumes from `folder` if a state is there."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    if threads:
        torch.set_num_threads(threads)
    training = Training(folder, torch.device("cuda" if torch.cuda.is_available() else "cpu"), start)
    torch.manual_seed(seed + training.step)
    total = 60 * minutes
    print(f"step {training.step}, {training.spent / 60:.0f} of {minutes:.0f} min on {training.device}", flush=True)
    for size, until in ((SMALLER, 0.0 if start else SMALLER_SHARE * total), (SIZE, total)):
        if training.spent < until:
            training.set_size(size)
            workers = 1 if training.device.type == "cpu" else os.cpu_count() or 1
            loader = segmented_loader(batch_size, prompts, size, seed + 1000 + training.step, workers)
            run(training, loader, until, lambda spent: rate * (1 - spent / total) + 1e-6, 60 * save_minutes)
    export(training.model, weights)


def run(
    training: Training, loader: Iterator[Batch], until: float, rate: Callable[[float], float], save_every: float
) -> None:
    """Trains until `until` seconds are spent, at the learning rate of the seconds spent."""
    recent: list[list[float]] = []
    saved, last = training.spent, time.time()
    while training.spent < until:
        if training.step < training.box_steps:
            lesson = teach_boxes(training.model)
        else:
            batch = Batch(*(tensor.to(training.device) for tensor in next(loader)))
            training.scenes += len(batch.images)
            lesson = teach(training.model, batch, batch.points.shape[2] > 1 and torch.rand(()).item() < 0.5)
        training.descend(lesson, min(1.0, (training.step + 1) / WARM_UP) * rate(training.spent))
        recent.append([value.item() for value in lesson])
        now = time.time()
        training.spent, last = training.spent + min(now - last, PAUSE), now
        if training.step % 50 == 0:
            training.report(recent[-50:])
        if training.spent - saved > save_every or training.spent >= until:
            training.save()
            saved = training.spent


def export(model: Sam2Model, weights: Path) -> None:
    """Writes the weights in fp16 where `from_pretrained` finds them."""
    model.half().save_pretrained(weights)
    print(f"exported to {weights}", flush=True)


if __name__ == "__main__":
    typer.run(train)
