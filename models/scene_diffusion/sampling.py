"""Paints composed examples with a generator, with or without their scribbles and layouts.

The same pictures as `tools/diffusion.py` makes of the same requests (a test compares them), from what training has:
an import from there would point upwards.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from models.scene_diffusion.composer import Example
from models.scene_diffusion.data import Batch, collate
from models.scene_diffusion.modeling import WEIGHTS
from models.scene_diffusion.train import Trainee, device_of_choice, load_trainable, to_device

STEPS, GUIDANCE = 10, 2.5
"""As in the embedded profile."""


class Given(NamedTuple):
    """What a generator is given besides the caption. Without a layout, no word is bound to a place."""

    name: str
    scribble: bool
    layout: bool
    forms: bool


CONDITIONS = (
    Given("strokes and forms", True, True, True),
    Given("forms", False, True, True),
    Given("strokes", True, True, False),
    Given("layout only", False, True, False),
    Given("text alone", False, False, False),
)


class Painter:
    """A pipeline with its adapter, ready to paint."""

    def __init__(self, weights: Path = WEIGHTS):
        self.device = device_of_choice()
        self.pipeline: Any
        self.pipeline, adapter = load_trainable(weights)
        self.model = Trainee(self.pipeline, adapter).to(self.device).eval()
        self.vae = self.pipeline.vae.to(self.device).eval()

    @torch.inference_mode()
    def paint(self, examples: Sequence[Example], given: Given, seeds: Sequence[int]) -> np.ndarray:
        """Pictures (n, size, size, 3) uint8, each from the noise of its own seed."""
        count, size = len(examples), len(examples[0].image)
        side = size // self.pipeline.vae_scale_factor
        shape = (self.pipeline.unet.config.in_channels, side, side)
        noise = [torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        latents = torch.stack(noise).to(self.device)
        said = self._batch(examples, given, [not given.layout] * count, [False] * count)
        unsaid = self._batch(examples, given, [True] * count, [True] * count)
        scheduler = self.pipeline.scheduler
        scheduler.set_timesteps(STEPS)
        latents = latents * scheduler.init_noise_sigma
        for timestep in scheduler.timesteps:
            sigma = torch.full((count,), float(timestep) / 1000, device=self.device)
            without, guided = (self.model(latents, sigma, batch) for batch in (unsaid, said))
            latents = scheduler.step(without + GUIDANCE * (guided - without), timestep, latents).prev_sample
        return _bytes(self.vae.decode(latents).sample)

    def _batch(self, examples: Sequence[Example], given: Given, unbound: list[bool], dropped: list[bool]) -> Batch:
        batch = collate(list(examples), self.pipeline.tokenizer, unbound, dropped)
        if not given.scribble:
            batch.scribbles.zero_()
        batch = to_device(batch, self.device, self.vae)
        return batch if given.forms else batch._replace(forms=torch.zeros_like(batch.forms))

    @torch.inference_mode()
    def reconstruct(self, images: np.ndarray) -> np.ndarray:
        """What the first stage makes of pictures (n, size, size, 3) uint8: the same."""
        pixels = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 127.5 - 1
        return _bytes(self.vae(pixels.to(self.device)))


def _bytes(pixels: torch.Tensor) -> np.ndarray:
    """(n, 3, h, w) in [-1, 1] → (n, h, w, 3) uint8."""
    return ((pixels.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
