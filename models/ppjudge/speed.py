"""How fast the judge is on this machine, at the paper's size with random weights: `python -m models.ppjudge.speed`.

Ten frames in one pass against CLIP ViT-B/16's image network on each of them (ArtCLIP's cost); one frame added to nine
against the full pass; experts by gathering against every expert on every token. All on one thread, unless another
number is asked for: with several, small passes wait for each other's threads, and ratios wander by a tenth.
"""

import statistics
import time
from collections.abc import Callable
from typing import Annotated

import torch
import typer
from torch import nn

from models.ppjudge.config import PAPER, JudgeConfig
from models.ppjudge.experts import RoutedExperts
from models.ppjudge.modeling import NONE, PPJudge, Reference

FRAMES = 10


def seconds(actions: list[Callable[[], object]], repeats: int) -> list[float]:
    """The median of `repeats` runs of each, after one to warm up; in turns, as a machine may be slow for a while."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(1 + repeats):
        for action, times in zip(actions, taken, strict=True):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
    return [statistics.median(times[1:]) for times in taken]


def no_reference(config: JudgeConfig) -> Reference:
    """For one process."""
    vectors = torch.zeros(1, config.reference_tokens, config.reference_width)
    return Reference(vectors, torch.zeros(1, 3, config.size, config.size), torch.tensor([NONE]))


def clip_image_network() -> nn.Module:
    """CLIP ViT-B/16's, with random weights."""
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    vision = CLIPVisionConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, image_size=224,
        patch_size=16, projection_dim=512,
    )  # fmt: skip
    return CLIPVisionModelWithProjection(vision).eval()


@torch.inference_mode()
def passes(config: JudgeConfig, repeats: int) -> list[float]:
    """Seconds of ten frames in one pass, of one frame added to nine, and of CLIP ViT-B/16 on ten frames, one by one."""
    model, reference = PPJudge(config).eval(), no_reference(config)
    frames = torch.rand(1, FRAMES, 3, config.size, config.size) * 2 - 1
    cache = model.begin(reference)
    for moment in range(FRAMES - 1):
        _, cache = model.add(frames[:, moment], cache)
    clip, frame = clip_image_network(), torch.rand(1, 3, 224, 224)
    return seconds(
        [
            lambda: model(frames, reference),
            lambda: model.add(frames[:, -1], cache),
            lambda: [clip(pixel_values=frame) for _ in range(FRAMES)],
        ],
        repeats,
    )


@torch.inference_mode()
def experts(config: JudgeConfig, repeats: int) -> list[float]:
    """Seconds of the routed experts of one layer on ten frames: by gathering, and by the dense loop."""
    mixture = RoutedExperts(config.width, config.bottleneck, config.depths)
    count = FRAMES * config.cells
    tokens = torch.randn(count, config.width)
    best, chosen = torch.rand(count, len(config.depths)).softmax(-1).topk(config.top)
    return seconds([lambda: mixture(tokens, chosen, best), lambda: mixture.by_loop(tokens, chosen, best)], repeats)


def main(
    repeats: Annotated[int, typer.Option(help="Runs of each; the median is taken.")] = 15,
    threads: Annotated[int, typer.Option(help="CPU threads; 0 leaves them to torch.")] = 1,
) -> None:
    """Prints a table."""
    if threads:
        torch.set_num_threads(threads)
    full, added, clip = passes(PAPER, repeats)
    gathered, dense = experts(PAPER, repeats)
    print("| what | seconds | against | ratio |\n|---|---|---|---|")
    print(
        f"| {FRAMES} frames, one pass | {full:.3f} | CLIP ViT-B/16 on each: {clip:.3f} | {clip / full:.1f} × faster |"
    )
    print(f"| one frame added to nine | {added:.3f} | one pass: {full:.3f} | {added / full:.2f} of it |")
    print(f"| experts, gathered | {gathered:.4f} | dense loop: {dense:.4f} | {dense / gathered:.1f} × faster |")


if __name__ == "__main__":
    typer.run(main)
