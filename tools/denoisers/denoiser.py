"""A family of pipelines, as the denoising loop sees it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image
from pydantic import BaseModel
from torch import Tensor

from models.kv_sharing.context import AttentionContext, BoundWords
from tools.canvas import Sketch, rasterise
from tools.layout import Box
from tools.model_hub import Models, Profile
from tools.scene import SceneGraph


class PictureRequest(BaseModel):
    """One picture to paint.

    Attributes:
        spans: the (start, end) characters of the prompt that name each object.
        scene: of whose things the embedded generator recalls the forms: those in boxes whose shapes the sketch tells.
    """

    prompt: str
    spans: dict[str, list[tuple[int, int]]] = {}
    boxes: dict[str, Box] = {}
    sketch: Sketch = Sketch()
    scene: SceneGraph | None = None
    seed: int = 0


class Denoiser(ABC):
    """The pictures of one run, encoded; predicts for any of them at a timestep.

    Batches are branch by branch: with guidance first all pictures under the negative prompt, then under their own.

    Attributes:
        branches: 2 with classifier-free guidance, else 1.
        words: for each picture, the ids of its objects.
        tokens: for each picture, the positions in its prompt of the tokens that name each object.
        text: prompts, (branches · N, T, C).
    """

    text: Tensor

    def __init__(self, models: Models, profile: Profile, requests: Sequence[PictureRequest]):
        self.pipeline, self.control, self.profile, self.requests = models.pipeline, models.control, profile, requests
        self.device = self.pipeline._execution_device
        self.count = len(requests)
        self.branches = 2 if self.guidance > 1 else 1
        self.words = [list(dict.fromkeys([*request.boxes, *request.spans])) for request in requests]
        self.tokens = [
            [self.token_positions(request.prompt, request.spans.get(identity, [])) for identity in words]
            for request, words in zip(requests, self.words, strict=True)
        ]
        self.encode([request.prompt for request in requests])

    @property
    def guidance(self) -> float:
        """The strength of classifier-free guidance; up to 1 there is none."""
        return self.profile.guidance

    @property
    @abstractmethod
    def latent_channels(self) -> int:
        """C of the latents."""

    @abstractmethod
    def token_positions(self, prompt: str, spans: list[tuple[int, int]]) -> list[int]:
        """The positions in the encoded prompt of the tokens in any of these spans of its characters."""

    @abstractmethod
    def encode(self, prompts: list[str]) -> None:
        """Encodes prompts, layout and scribbles: what stays the same at every timestep."""

    @abstractmethod
    def predict_branches(self, latents: Tensor, timestep: Tensor, rows: list[int], context: AttentionContext) -> Tensor:
        """The denoiser's output for a batch (branches · len(rows), C, h, w), in the scheduler's terms."""

    def timesteps(self) -> Tensor:
        """Sets the scheduler to the profile's number of timesteps, and gives them."""
        self.pipeline.scheduler.set_timesteps(self.profile.steps, device=self.device)
        return self.pipeline.scheduler.timesteps

    @property
    def side(self) -> int:
        """Height and width of the latents."""
        return self.profile.size // self.pipeline.vae_scale_factor

    @property
    def negative_prompts(self) -> list[str] | None:
        """The negative prompt for each picture; None leaves it to the pipeline, which may take zeros for it."""
        return [self.profile.negative_prompt] * self.count if self.profile.negative_prompt else None

    def noise(self) -> Tensor:
        """Each picture's noise comes from its own seed on the CPU: the same on any device and in any company.

        As strong as the scheduler wants it for its timesteps.
        """
        shape = (self.latent_channels, self.side, self.side)
        noise = [torch.randn(shape, generator=torch.Generator().manual_seed(request.seed)) for request in self.requests]
        strength = getattr(self.pipeline.scheduler, "init_noise_sigma", 1.0)
        return torch.stack(noise).to(self.device, self.text.dtype) * strength

    def predict(self, latents: Tensor, timestep: Tensor, rows: list[int], context: AttentionContext) -> Tensor:
        """The guided prediction for some of the pictures, all branches in one batch.

        Args:
            latents: (len(rows), C, h, w).
            rows: which pictures they are.
        """
        predicted = self.predict_branches(torch.cat([latents] * self.branches), timestep, rows, context)
        if self.branches == 1:
            return predicted
        unsaid, said = predicted.chunk(2)
        return unsaid + self.guidance * (said - unsaid)

    def decode(self, latents: Tensor) -> Image.Image:
        """The picture of latents (1, C, h, w)."""
        vae = self.pipeline.vae
        latents = latents / vae.config.scaling_factor + (vae.config.get("shift_factor") or 0.0)
        decoded = vae.decode(latents.to(vae.dtype), return_dict=False)[0]
        pixels = (decoded[0].float().clamp(-1, 1) + 1) * 127.5
        return Image.fromarray(pixels.round().byte().permute(1, 2, 0).cpu().numpy())

    def bound_words(self) -> list[list[BoundWords]]:
        """For each picture, the tokens that name an object with its box."""
        return [
            [
                BoundWords(tokens, request.boxes[word])
                for word, tokens in zip(words, positions, strict=True)
                if tokens and word in request.boxes
            ]
            for request, words, positions in zip(self.requests, self.words, self.tokens, strict=True)
        ]

    def scribbles(self, channels: int = 3) -> Tensor:
        """The pictures' strokes, 1 on 0: (N, channels, H, W)."""
        ink = np.stack([rasterise(request.sketch, self.profile.size) for request in self.requests])
        return torch.from_numpy(ink)[:, None].expand(-1, channels, -1, -1).to(self.device, self.text.dtype) / 255

    def encoded_scribbles(self, shift: float) -> Tensor:
        """The strokes as latents (N, C, h, w), for ControlNets that want them so. The mode, not a sample of it."""
        vae = self.pipeline.vae
        pictures = (self.scribbles() * 2 - 1).to(vae.dtype)
        latents = torch.cat([vae.encode(picture[None]).latent_dist.mode() for picture in pictures])
        return ((latents - shift) * vae.config.scaling_factor).to(self.text.dtype)

    def of(self, rows: list[int], tensor: Tensor, branches: int | None = None) -> Tensor:
        """The rows of some pictures in a tensor that holds all of them, branch by branch."""
        branches = self.branches if branches is None else branches
        if rows == list(range(self.count)):
            return tensor
        return tensor[[branch * self.count + row for branch in range(branches) for row in rows]]


def positions_in(tokenizer: Any, text: str, spans: list[tuple[int, int]], length: int) -> list[int]:
    """The positions of the tokens that lie in any of the spans of a text, among the first `length`."""
    offsets = tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=length)["offset_mapping"]
    return [i for i, (a, b) in enumerate(offsets) if b > a and any(a >= start and b <= end for start, end in spans)]
