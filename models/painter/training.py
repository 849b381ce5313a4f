"""One training loop for the Painter, its vision tower and its judge: resumable, averaged, on CPU or GPU.

Learning rate and end are set by the time spent, over all resumptions. Every few minutes the whole state is saved; the
same command goes on from it. `accelerate launch -m models.painter.train …` runs it on several GPUs.
"""

import copy
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs, broadcast
from torch import Tensor, nn

WARM_UP = 200
"""Steps in which the learning rate rises."""
PAUSE = 10.0
"""Seconds: a step that took longer was stopped meanwhile (SIGSTOP), which does not count as training time."""
DECAY = 0.999
"""Of the moving average."""


class Lesson(NamedTuple):
    """The loss to descend, the share of right answers, and how many examples it was."""

    loss: Tensor
    right: Tensor
    examples: int


class Plan(NamedTuple):
    """How long and how fast.

    Attributes:
        minutes: training time in all.
        rate: peak learning rate, falling along a cosine with the time spent.
        save_minutes: between saved states.
        report_steps: between lines of the log.
        threads: CPU threads; 0 leaves them to torch.
        seed: of weights and data.
    """

    minutes: float
    rate: float
    save_minutes: float = 4
    report_steps: int = 100
    threads: int = 0
    seed: int = 0


class Training:
    """A module in training: `module(*batch)` gives a `Lesson`; what does not learn is not in its saved state."""

    def __init__(self, module: nn.Module, folder: Path, plan: Plan):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.plan = folder, plan
        if plan.threads:
            torch.set_num_threads(plan.threads)
        # Moments of words that are not in a batch decay until they are denormal, which CPUs compute very slowly.
        torch.set_flush_denormal(True)
        unused = DistributedDataParallelKwargs(find_unused_parameters=True)  # a batch may have nothing to see
        self.accelerator = Accelerator(mixed_precision="bf16", kwargs_handlers=[unused])
        self.step, self.examples, self.spent = 0, 0, 0.0
        self.average = copy.deepcopy(module).requires_grad_(False).to(self.accelerator.device)
        learning = [parameter for parameter in module.parameters() if parameter.requires_grad]
        optimizer = torch.optim.AdamW(learning, plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
        self.module, self.optimizer = self.accelerator.prepare(module.train(), optimizer)
        self._resume()
        self._pairs = [
            (mean, parameter)
            for mean, parameter in zip(self.average.parameters(), self._plain().parameters(), strict=True)
            if parameter.requires_grad
        ]

    def _plain(self) -> nn.Module:
        return self.accelerator.unwrap_model(self.module)

    def _resume(self) -> None:
        if not (self.folder / "state.pt").exists():
            return
        state = torch.load(self.folder / "state.pt", map_location="cpu", weights_only=True)
        self._plain().load_state_dict(state["module"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.examples, self.spent = state["step"], state["examples"], state["spent"]

    def save(self) -> None:
        """Saves the whole state, replacing the last one atomically."""
        state = {
            "module": self._plain().state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "examples": self.examples,
            "spent": self.spent,
        }
        torch.save(state, self.folder / "state.tmp")
        os.replace(self.folder / "state.tmp", self.folder / "state.pt")

    def run(self, batches: Callable[[int], Iterator]) -> nn.Module:
        """Trains until the time is spent; gives the moving average.

        Args:
            batches: makes the batches from a seed, another one after each resumption and in each process.
        """
        total, recent = 60 * self.plan.minutes, []
        torch.manual_seed(self.plan.seed + self.step)
        loader = batches(self.plan.seed + 1000 + 7919 * self.step + self.accelerator.process_index)
        count = sum(parameter.numel() for parameter in self.module.parameters() if parameter.requires_grad)
        print(
            f"{count / 1e6:.2f} M parameters learn on {self.accelerator.device}; "
            f"step {self.step}, {self.spent / 60:.0f} of {self.plan.minutes:.0f} min",
            flush=True,
        )
        saved, last = self.spent, time.time()
        while self.spent < total:
            lesson = self.descend(next(loader), total)
            recent.append((lesson.loss.item(), lesson.right.item()))
            now = time.time()
            self.spent, last = self._agreed(self.spent + min(now - last, PAUSE)), now
            if self.step % self.plan.report_steps == 0 or self.spent >= total:
                self._report(recent)
                recent = []
            if (self.spent - saved > 60 * self.plan.save_minutes or self.spent >= total) and self._is_main:
                self.save()
                saved = self.spent
        return self.average.eval()

    def _agreed(self, spent: float) -> float:
        """The seconds of the first process: all stop together."""
        if self.accelerator.num_processes == 1:
            return spent
        return float(broadcast(torch.tensor(spent, device=self.accelerator.device)).item())

    @property
    def _is_main(self) -> bool:
        return self.accelerator.is_main_process

    def descend(self, batch: tuple[Tensor, ...], total: float) -> Lesson:
        """One step."""
        share = min(1.0, self.spent / total)
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.rate * min(1, (self.step + 1) / WARM_UP) * (0.51 + 0.49 * math.cos(math.pi * share))
        lesson = self.module(*(tensor.to(self.accelerator.device) for tensor in batch))
        self.optimizer.zero_grad()
        self.accelerator.backward(lesson.loss)
        self.accelerator.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self.examples += lesson.examples * self.accelerator.num_processes
        decay = min(DECAY, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_([mean for mean, _ in self._pairs], [now for _, now in self._pairs], 1 - decay)
            for mean, now in zip(self.average.buffers(), self._plain().buffers(), strict=True):
                mean.copy_(now)
        return lesson

    def _report(self, recent: list[tuple[float, float]]) -> None:
        loss, right = np.mean(recent, axis=0).round(4).tolist()
        record = {"step": self.step, "examples": self.examples, "minutes": round(self.spent / 60, 2)}
        line = json.dumps(record | {"loss": loss, "right": right})
        if self._is_main:
            print(line, flush=True)
            with open(self.folder / "log.jsonl", "a") as log:
                log.write(line + "\n")
