"""A forward pass of an SDXL-shaped UNet for N pictures: time and memory, streamed against independent.

Streamed: two anchors together, then the others one by one, each reading the anchors
(`models/kv_sharing/streaming.py`). Independent: one by one, nobody reads anything. Random weights in bfloat16 at 512²,
both guidance branches; SDXL's widths and heads, fewer transformer layers, so that it fits a small machine. Every
measurement is a process of its own; memory is measured apart from time, with an allocator that keeps nothing back.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any, NamedTuple

import torch
from torch import Tensor

from evals.bench_kv_sharing.memory import peak_bytes
from models.kv_sharing.context import AttentionContext, Sharing
from models.kv_sharing.streaming import Bank

ANCHORS = 2
COVERAGE = 0.25
SIDE = 64
TOKENS = 77
RELEASING = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""glibc gives tensors back to the system as they are freed; else its heap's gaps are counted, which grow with time."""


class Measured(NamedTuple):
    """Seconds of each pass over N pictures, and the memory that one took at most above the loaded model."""

    pictures: int
    taken: list[float]
    megabytes: float

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(self.taken)

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({min(self.taken):.1f}–{max(self.taken):.1f})"


def random_unet() -> Any:
    """SDXL's UNet with fewer transformer layers."""
    from diffusers import UNet2DConditionModel

    from models.kv_sharing.unet import UNetSharingProcessor

    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    unet: Any = UNet2DConditionModel(
        sample_size=SIDE,
        block_out_channels=(320, 640, 1280),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 2, 4),
        attention_head_dim=(5, 10, 20),
        cross_attention_dim=2048,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=256,
        projection_class_embeddings_input_dim=2816,
    )
    unet.set_attn_processor({name: UNetSharingProcessor(name) for name in unet.attn_processors})
    return unet.eval()


def passes(pictures: int, streamed: bool) -> list[tuple[list[int], AttentionContext]]:
    """The pictures of each pass, and what its processors are told."""
    if not streamed:
        return [([row], AttentionContext(1)) for row in range(pictures)]
    anchors, readers = list(range(ANCHORS)), list(range(ANCHORS, pictures))

    def sharing(rows: list[int], mutual: bool) -> Sharing:
        masks = torch.zeros(len(rows), ANCHORS, 16, 16)
        masks[..., : round(16 * COVERAGE), :] = 1
        return Sharing(torch.full((len(rows), ANCHORS), 0.8), masks, mutual)

    bank = Bank(sharing(readers, False))
    first = AttentionContext(ANCHORS, rows=anchors, sharing=sharing(anchors, True), bank=bank)
    rest = [([row], AttentionContext(1, rows=[row], bank=bank, reading=[number])) for number, row in enumerate(readers)]
    return [(anchors, first), *rest]


@torch.inference_mode()
def forward(unet: Any, pictures: int, streamed: bool) -> None:
    """One timestep of N pictures; what comes out is dropped, as a loop would keep only the latents."""
    for rows, context in passes(pictures, streamed):
        batch = 2 * len(rows)
        told = {"text_embeds": torch.randn(batch, 1280), "time_ids": torch.zeros(batch, 6)}
        latents: Tensor = torch.randn(batch, 4, SIDE, SIDE)
        unet(
            latents,
            500,
            torch.randn(batch, TOKENS, 2048),
            added_cond_kwargs=told,
            cross_attention_kwargs={"context": context},
        )


def measure(pictures: int, streamed: bool, repeats: int) -> Measured:
    """Measures in processes of their own: time over `repeats` passes, and memory."""
    (megabytes,) = _apart(pictures, streamed, 0, RELEASING)
    return Measured(pictures, seconds(pictures, streamed, repeats), megabytes)


def seconds(pictures: int, streamed: bool, repeats: int) -> list[float]:
    """Seconds of each pass."""
    return _apart(pictures, streamed, repeats, {})


def _apart(pictures: int, streamed: bool, repeats: int, environment: dict[str, str]) -> list[float]:
    arguments = [str(pictures), str(int(streamed)), str(repeats)]
    command = [sys.executable, "-m", "evals.bench_kv_sharing.forward", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment)
    return list(json.loads(done.stdout.splitlines()[-1]))


def linearity(measured: list[Measured]) -> float:
    """R² of a line through the seconds of all passes by number of pictures."""
    points = [(each.pictures, seconds) for each in measured for seconds in each.taken]
    return statistics.correlation(*zip(*points, strict=True)) ** 2


def _main(pictures: int, streamed: int, repeats: int) -> None:
    """Prints the seconds of each of `repeats` passes; with none, the megabytes that one takes."""
    unet = random_unet()
    forward(unet, ANCHORS + 1 if streamed else 1, bool(streamed))  # kernels are chosen the first time
    if not repeats:
        print(json.dumps([peak_bytes(lambda: forward(unet, pictures, bool(streamed))) / 1e6]))
        return
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        forward(unet, pictures, bool(streamed))
        taken.append(time.perf_counter() - start)
    print(json.dumps(taken))


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
