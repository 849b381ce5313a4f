"""Trains PPJudge: `python -m models.ppjudge.train synthetic`, then `… annotated FILE` where there are PPAD's labels.

The two phases of arXiv 2507.09242: synthetic processes with AdamW, then annotated ones with Adam at a rate of 1e-5. The
first phase's marks are programmatic (`marks.py`); the weights shipped have seen this phase alone. Processes are made
on the fly from a seed. Every few minutes the whole state is saved; the same command resumes it. The moving average is
what is exported, as fp16 safetensors.

Not covered: several GPUs.
"""

import copy
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import torch
import typer
from torch import nn

from models.ppjudge.config import SIZES, WEIGHTS, JudgeConfig, ablations
from models.ppjudge.data import AnnotatedBatches, Batch, SyntheticBatches, loader, on_device
from models.ppjudge.losses import Losses, losses
from models.ppjudge.modeling import PPJudge, load_judge, parameter_count, save_judge
from models.ppjudge.processes import STYLES
from models.ppjudge.references import TEXT_ENCODER, Encoder, encoder_for, reference_of, style_targets

app = typer.Typer(add_completion=False, help=__doc__)
WARM_UP = 100
"""Steps in which the learning rate rises."""
PAUSE = 20.0
"""Seconds: a step that took longer was stopped meanwhile (SIGSTOP), which does not count as training time."""
REPORT = 50
"""Steps between reports."""

Minutes = Annotated[float, typer.Option(help="Training time in all, over resumptions.")]
BatchSize = Annotated[int, typer.Option(help="Processes a step.")]
SaveMinutes = Annotated[float, typer.Option(help="Time between saved states.")]
Threads = Annotated[int, typer.Option(help="CPU threads; 0 leaves them to torch.")]
Clip = Annotated[Path | None, typer.Option(help="Folder of a CLIP, for judges without an image tower.")]
Texts = Annotated[Path, typer.Option(help="Pipeline whose text encoder reads prompts, for judges with one.")]


class Training:
    """A judge in training, with all that its saved state has."""

    def __init__(self, model: PPJudge, optimizer: type[torch.optim.Adam], folder: Path, encoder: Encoder):
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.folder, self.encoder = folder, encoder.to(self.device)
        self.model = model.to(self.device).train()
        self.average = copy.deepcopy(self.model).requires_grad_(False).eval()
        self.optimizer = optimizer(self.model.parameters())
        self.styles = dict(zip(STYLES, encoder.styles(list(STYLES)), strict=True))
        self.step, self.processes, self.spent = 0, 0, 0.0
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "state.pt").exists():
            state = torch.load(folder / "state.pt", map_location="cpu", weights_only=True)
            for name in ("model", "average", "optimizer"):
                getattr(self, name).load_state_dict(state[name])
            self.step, self.processes, self.spent = state["step"], state["processes"], state["spent"]

    def losses(self, batch: Batch, with_style: bool) -> Losses:
        """The losses of a batch, computed in bfloat16."""
        batch = on_device(batch, self.device)
        reference = reference_of(self.encoder, self.model.config, batch.kinds, batch.prompts, batch.images)
        wanted = style_targets(self.encoder, batch.styles, self.styles, reference)
        with torch.autocast(self.device.type, torch.bfloat16):
            judged = self.model(batch.frames, reference, batch.real)
        return losses(judged, batch.marks, batch.weights, batch.factors, wanted, with_style)

    def descend(self, found: Losses, rate: float) -> None:
        """One step of the optimiser, and of the moving average."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        found.total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        decay = min(0.999, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)

    def save(self) -> None:
        """Saves the whole state, replacing the last one atomically."""
        state = {name: getattr(self, name).state_dict() for name in ("model", "average", "optimizer")}
        state |= {"step": self.step, "processes": self.processes, "spent": self.spent}
        torch.save(state, self.folder / "state.tmp")
        os.replace(self.folder / "state.tmp", self.folder / "state.pt")

    def report(self, recent: list[list[float]]) -> None:
        """Prints and logs the means of the last steps; `error` is the root mean square one on 1–10."""
        total, score, factors, style, balance, busiest = np.mean(recent, axis=0).tolist()
        record = {
            "step": self.step,
            "processes": self.processes,
            "minutes": round(self.spent / 60, 2),
            "loss": round(total, 4),
            "error": round(10 * score**0.5, 3),
            "factors": round(factors, 4),
            "style": round(style, 4),
            "balance": round(balance, 3),
            "busiest_expert": round(busiest, 3),
        }
        line = json.dumps(record)
        print(line, flush=True)
        with open(self.folder / "log.jsonl", "a") as log:
            log.write(line + "\n")


def run(
    training: Training,
    batches: Iterator[Batch],
    until: float,
    rate: Callable[[float], float],
    save_every: float,
    with_style: bool = True,
) -> None:
    """Trains until `until` seconds are spent, at the learning rate of the seconds spent."""
    recent: list[list[float]] = []
    saved, last = training.spent, time.time()
    while training.spent < until:
        batch = next(batches)
        found = training.losses(batch, with_style)
        training.descend(found, min(1.0, (training.step + 1) / WARM_UP) * rate(training.spent))
        training.processes += len(batch.prompts)
        recent.append([value.item() for value in found])
        now = time.time()
        training.spent, last = training.spent + min(now - last, PAUSE), now
        if training.step % REPORT == 0:
            training.report(recent[-REPORT:])
        if training.spent - saved > save_every or training.spent >= until:
            training.save()
            saved = training.spent
    if recent and training.step % REPORT:
        training.report(recent[-(training.step % REPORT) :])


def prepare(threads: int, seed: int) -> int:
    """Sets up torch; the number of worker processes that prepare batches."""
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)
    cv2.setNumThreads(1)
    if threads:
        torch.set_num_threads(threads)
    return os.cpu_count() or 1 if torch.cuda.is_available() else 1


def start(training: Training, minutes: float, seed: int) -> None:
    """Says where training stands; what is drawn from here on depends on the step alone."""
    torch.manual_seed(seed + training.step)
    millions = parameter_count(training.model) / 1e6
    spent = f"{training.spent / 60:.0f} of {minutes:.0f} min"
    print(f"{millions:.2f} M parameters on {training.device}; step {training.step}, {spent}", flush=True)


@app.command()
def synthetic(
    minutes: Minutes = 90,
    weights: Annotated[Path, typer.Option(help="Folder to export to; a judge that is there goes on.")] = WEIGHTS,
    folder: Annotated[Path, typer.Option(help="Where state and log are kept.")] = Path("training/ppjudge"),
    size: Annotated[str, typer.Option(help=f"One of {', '.join(SIZES)}.")] = "embedded",
    ablation: Annotated[str, typer.Option(help="A row of the paper's tables; see models.ppjudge.config.")] = "full",
    with_style: Annotated[bool, typer.Option("--style/--no-style", help="Whether styles are taught.")] = True,
    batch_size: BatchSize = 16,
    rate: Annotated[float, typer.Option(help="Peak learning rate; the paper's, for 200 epochs, is 1e-4.")] = 6e-4,
    save_minutes: SaveMinutes = 4,
    threads: Threads = 0,
    clip: Clip = None,
    texts: Texts = TEXT_ENCODER,
    seed: int = 0,
) -> None:
    """Phase one: synthetic processes, AdamW. Resumes from `folder`; a later leg wants another one and another seed."""
    train_synthetic(
        ablations(SIZES[size])[ablation],
        minutes,
        weights,
        folder,
        with_style,
        batch_size,
        rate,
        save_minutes,
        threads,
        clip,
        texts,
        seed,
    )


def train_synthetic(
    config: JudgeConfig,
    minutes: float,
    weights: Path,
    folder: Path,
    with_style: bool = True,
    batch_size: int = 16,
    rate: float = 6e-4,
    save_minutes: float = 4,
    threads: int = 0,
    clip: Path | None = None,
    texts: Path = TEXT_ENCODER,
    seed: int = 0,
) -> Training:
    """Phase one for a judge of any size; see `synthetic`."""
    workers = prepare(threads, seed)
    model = earlier_judge(weights, config) if (weights / "config.json").exists() else PPJudge(config)
    training = Training(model, torch.optim.AdamW, folder, encoder_for(config, clip, texts))
    start(training, minutes, seed)
    batches = loader(SyntheticBatches(batch_size, config.size, config.slots, seed + 1000 + training.step), workers)
    until = 60 * minutes
    run(training, batches, until, lambda spent: rate * (1 - spent / until) + 1e-6, 60 * save_minutes, with_style)
    export(training, weights)
    return training


def earlier_judge(weights: Path, config: JudgeConfig) -> PPJudge:
    """The judge of a folder, to be trained on.

    Raises:
        typer.BadParameter: if it is of another size.
    """
    if JudgeConfig.load(weights) != config:
        raise typer.BadParameter(f"{weights} has a judge of another make: name another folder with --weights")
    return load_judge(weights)


@app.command()
def annotated(
    annotations: Annotated[Path, typer.Argument(help="PPAD's JSON, or one of its form.")],
    minutes: Minutes = 20,
    start_from: Annotated[Path, typer.Option(help="The judge of phase one.")] = WEIGHTS,
    weights: Annotated[Path, typer.Option(help="Folder to export to.")] = Path("training/ppjudge_annotated/weights"),
    folder: Annotated[Path, typer.Option(help="Where state and log are kept.")] = Path("training/ppjudge_annotated"),
    batch_size: BatchSize = 16,
    rate: Annotated[float, typer.Option(help="Learning rate, the paper's.")] = 1e-5,
    save_minutes: SaveMinutes = 4,
    threads: Threads = 0,
    clip: Clip = None,
    texts: Texts = TEXT_ENCODER,
    seed: int = 0,
) -> None:
    """Phase two: processes that people have marked, Adam. Resumes from `folder` if a state is there."""
    workers = prepare(threads, seed)
    model = load_judge(start_from)
    training = Training(model, torch.optim.Adam, folder, encoder_for(model.config, clip, texts))
    start(training, minutes, seed)
    config = model.config
    batches = loader(
        AnnotatedBatches(annotations, batch_size, config.size, config.slots, seed + training.step), workers
    )
    run(training, batches, 60 * minutes, lambda spent: rate, 60 * save_minutes)
    export(training, weights)


def export(training: Training, weights: Path) -> None:
    """Writes the moving average in fp16."""
    save_judge(training.average, weights)
    print(f"exported to {weights}", flush=True)


if __name__ == "__main__":
    app()
