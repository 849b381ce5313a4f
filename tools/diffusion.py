"""Paints pictures: all steps of a guide in one denoising loop, with shared keys and values.

The loop is ours, so that sharing, layout, scribbles, previews and replay are the same for every pipeline. Nothing is
kept between calls, and no weight changes (row V5).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image
from pydantic import BaseModel
from torch import Tensor

from models.kv_sharing.context import AttentionContext, BoundWords, Sharing, WordMaps, layout_bias
from models.scene_diffusion.modeling import token_positions
from tools.canvas import Sketch, rasterise
from tools.layout import Box
from tools.model_hub import DEVICE, Models, Profile
from tools.segment import sharing_masks

MASK_STEPS = 3
"""Timesteps after which masks come from attention; until then they are the layout's boxes."""


class PictureRequest(BaseModel):
    """One picture to paint. `spans` are the (start, end) characters of the prompt that name each object."""

    prompt: str
    spans: dict[str, list[tuple[int, int]]] = {}
    boxes: dict[str, Box] = {}
    sketch: Sketch = Sketch()
    seed: int = 0


class SharingPlan(NamedTuple):
    """W, and for each pair (i, j) the (object in i, object in j) that are one thing; None shares everywhere."""

    similarity: Tensor
    shared: dict[tuple[int, int], list[tuple[str, str]]] | None


class Replay(NamedTuple):
    """Latents of an earlier run (T + 1, C, h, w), followed wherever `free` (h, w) is 0. None: nowhere free."""

    trajectory: Tensor
    free: Tensor | None = None


class Picture(NamedTuple):
    """A painted picture and its latents at every timestep, (T + 1, C, h, w)."""

    image: Image.Image
    trajectory: Tensor


Progress = Callable[[int, int], None]


def paint_pictures(
    models: Models,
    profile: Profile,
    requests: list[PictureRequest],
    sharing: SharingPlan | None = None,
    replays: dict[int, Replay] | None = None,
    progress: Progress = lambda done, total: None,
) -> list[Picture]:
    """Paints pictures together, on the device's turn.

    Args:
        sharing: None paints each picture by itself.
        replays: pictures that follow earlier latents instead of being denoised, wholly or outside a free region.
        progress: called after each timestep with (done, total).
    """
    with DEVICE, torch.inference_mode():
        return _Loop(models, profile, requests, sharing, replays or {}).run(progress)


class _Loop:
    """One denoising run; what stays the same at every timestep is made once."""

    def __init__(
        self,
        models: Models,
        profile: Profile,
        requests: list[PictureRequest],
        sharing: SharingPlan | None,
        replays: dict[int, Replay],
    ):
        self.models, self.profile, self.requests = models, profile, requests
        self.sharing, self.replays = sharing, replays
        self.pipeline, self.count = models.pipeline, len(requests)
        self.device = self.pipeline._execution_device
        self.words = [list(request.boxes) for request in requests]
        self.tokens = [[self._tokens(request, identity) for identity in request.boxes] for request in requests]
        conditional, empty = self.pipeline.encode_prompt(
            [request.prompt for request in requests], self.device, 1, True, [profile.negative_prompt] * self.count
        )[:2]
        self.text = torch.cat([empty, conditional])
        self.bias = self._layout()
        self.control = self._control_input()

    def _tokens(self, request: PictureRequest, identity: str) -> list[int]:
        return token_positions(self.pipeline.tokenizer, request.prompt, request.spans.get(identity, []))

    def _layout(self) -> dict[int, Tensor]:
        """Cross-attention biases by number of queries; the empty prompt has no words to bind."""
        bound = [
            [
                BoundWords(tokens, request.boxes[identity])
                for identity, tokens in zip(words, positions, strict=True)
                if tokens
            ]
            for request, words, positions in zip(self.requests, self.words, self.tokens, strict=True)
        ]
        if not self.profile.binding or not (any(bound) or self.profile.pass_over_padding):
            return {}
        lengths = self._prompt_lengths() if self.profile.pass_over_padding else None
        side = self.profile.size // self.pipeline.vae_scale_factor
        biases = {}
        for level in range(len(self.pipeline.unet.config.block_out_channels)):
            queries = (side // 2**level) ** 2
            bias = layout_bias(
                [*([] for _ in bound), *bound], queries, self.text.shape[1], self.profile.binding, lengths
            )
            biases[queries] = bias.to(self.device, self.text.dtype)
        return biases

    def _prompt_lengths(self) -> list[int]:
        """Tokens of every prompt of the batch without padding."""
        prompts = [self.profile.negative_prompt] * self.count + [request.prompt for request in self.requests]
        return [len(ids) for ids in self.pipeline.tokenizer(prompts, truncation=True).input_ids]

    def _control_input(self) -> Tensor | list[Tensor]:
        """Scribbles (2N, C, H, W) of a ControlNet, or the features that an adapter makes of them."""
        channels = 1 if self.profile.control_kind == "adapter" else 3
        if self.profile.control_kind == "adapter":
            channels = self.models.control.config.in_channels
        size = self.profile.size
        ink = np.stack([rasterise(request.sketch, size) for request in self.requests])
        scribbles = torch.from_numpy(ink)[:, None].expand(-1, channels, -1, -1).to(self.device, self.text.dtype) / 255
        if self.profile.control_kind == "adapter":
            scale = self.profile.control_scale
            return [torch.cat([feature * scale] * 2) for feature in self.models.control(scribbles)]
        return torch.cat([scribbles] * 2)

    def run(self, progress: Progress) -> list[Picture]:
        """Denoises all pictures from their seeds."""
        scheduler = self.pipeline.scheduler
        scheduler.set_timesteps(self.profile.steps, device=self.device)
        latents = self._follow(self._noise() * scheduler.init_noise_sigma, 0)
        path = [latents]
        maps = WordMaps(self.tokens) if self.sharing and self.sharing.shared is not None else None
        sharing = None
        for index, timestep in enumerate(scheduler.timesteps):
            collecting = maps if index < MASK_STEPS else None
            if index in (0, MASK_STEPS):
                sharing = self._sharing(maps if index else None)
            context = AttentionContext(self.count, self.bias, sharing, collecting)
            predicted = self._predict(scheduler.scale_model_input(latents, timestep), timestep, context)
            latents = self._follow(scheduler.step(predicted, timestep, latents, return_dict=False)[0], index + 1)
            path.append(latents)
            progress(index + 1, len(scheduler.timesteps))
        trajectories = torch.stack(path, 1)
        return [Picture(self._decode(trajectory[-1:]), trajectory.cpu()) for trajectory in trajectories]

    def _noise(self) -> Tensor:
        """Each picture's noise comes from its own seed on the CPU: the same on any device and in any company."""
        side = self.profile.size // self.pipeline.vae_scale_factor
        shape = (self.pipeline.unet.config.in_channels, side, side)
        noise = [torch.randn(shape, generator=torch.Generator().manual_seed(request.seed)) for request in self.requests]
        return torch.stack(noise).to(self.device, self.text.dtype)

    def _follow(self, latents: Tensor, index: int) -> Tensor:
        """Replayed pictures take their latents of this timestep, outside their free region."""
        latents = latents.clone() if self.replays else latents
        for row, (trajectory, free) in self.replays.items():
            earlier = trajectory[index].to(latents)
            latents[row] = earlier if free is None else torch.where(free.to(latents.device) > 0, latents[row], earlier)
        return latents

    def _sharing(self, maps: WordMaps | None) -> Sharing | None:
        """Who shares with whom; masks are the boxes, or with `maps` where the words attend."""
        if self.sharing is None:
            return None
        similarity, shared = self.sharing
        masks = (
            sharing_masks([request.boxes for request in self.requests], shared, maps, self.words) if shared else None
        )
        if shared is not None and masks is None:
            return None
        return Sharing(similarity.to(self.device), None if masks is None else masks.to(self.device))

    def _predict(self, latents: Tensor, timestep: Tensor, context: AttentionContext) -> Tensor:
        """The guided prediction for all pictures, both branches in one batch."""
        doubled = torch.cat([latents] * 2)
        if self.profile.control_kind == "adapter":
            residuals = {"down_intrablock_additional_residuals": [feature.clone() for feature in self.control]}
        else:
            down, middle = self.models.control(
                doubled,
                timestep,
                self.text,
                controlnet_cond=self.control,
                conditioning_scale=self.profile.control_scale,
                return_dict=False,
            )
            residuals = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
        unsaid, said = self.pipeline.unet(
            doubled, timestep, self.text, cross_attention_kwargs={"context": context}, return_dict=False, **residuals
        )[0].chunk(2)
        return unsaid + self.profile.guidance * (said - unsaid)

    def _decode(self, latents: Tensor) -> Image.Image:
        vae = self.pipeline.vae
        decoded = vae.decode(latents / vae.config.scaling_factor, return_dict=False)[0]
        pixels = (decoded[0].float().clamp(-1, 1) + 1) * 127.5
        return Image.fromarray(pixels.round().byte().permute(1, 2, 0).cpu().numpy())
