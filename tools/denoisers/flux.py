"""FLUX.1: CLIP's pooled prompt and T5's tokens, guidance as an input of the network, flow matching.

Latents stay (N, C, h, w) in the loop, as in every family; the transformer gets them packed, two by two cells a token.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.kv_sharing.context import AttentionContext
from tools.denoisers.denoiser import positions_in
from tools.denoisers.joint import JointDenoiser


class FluxDenoiser(JointDenoiser):
    """`FluxPipeline`, with a `FluxControlNetModel` or none."""

    T5_TOKENS = 512

    @property
    def guidance(self) -> float:
        """Classifier-free guidance comes on top of the guidance that the network was given, and only if asked for."""
        return self.profile.true_guidance

    @property
    def latent_channels(self) -> int:
        """C of the latents, of which a token packs four cells."""
        return self.pipeline.transformer.config.in_channels // 4

    def token_positions(self, prompt: str, spans: list[tuple[int, int]]) -> list[int]:
        """Where T5 has the words: CLIP gives the prompt as a whole."""
        return positions_in(self.pipeline.tokenizer_2, prompt, spans, self.T5_TOKENS)

    def encode(self, prompts: list[str]) -> None:
        """Encodes prompts and scribbles, and says where the cells stand."""
        encoded = {"prompt_2": None, "device": self.device, "max_sequence_length": self.T5_TOKENS}
        said, pooled, self.text_ids = self.pipeline.encode_prompt(prompts, **encoded)
        unsaid = unsaid_pooled = None
        if self.branches == 2:
            negative = self.negative_prompts or [""] * self.count
            unsaid, unsaid_pooled, _ = self.pipeline.encode_prompt(negative, **encoded)
        self.text, self.pooled = self.guided_batch(said, unsaid), self.guided_batch(pooled, unsaid_pooled)
        self.image_ids = self.pipeline._prepare_latent_image_ids(
            1, self.side // 2, self.side // 2, self.device, self.text.dtype
        )
        if self.control is not None:
            self.strokes = self._control_input()

    def _control_input(self) -> Tensor:
        """Scribbles as packed latents, or as they are for ControlNets with an encoder of their own."""
        if self.control.input_hint_block is not None:
            return self.scribbles() * 2 - 1
        return self._packed(self.encoded_scribbles(self.pipeline.vae.config.shift_factor))

    def timesteps(self) -> Tensor:
        """Sets the scheduler, shifted by the picture's size if it is made so."""
        scheduler, steps = self.pipeline.scheduler, self.profile.steps
        if scheduler.config.get("use_flow_sigmas"):
            scheduler.set_timesteps(steps, device=self.device, mu=self.shift(1.15))
        else:
            sigmas = np.linspace(1.0, 1 / steps, steps)
            scheduler.set_timesteps(sigmas=sigmas, device=self.device, mu=self.shift(1.15))
        return scheduler.timesteps

    def predict_branches(self, latents: Tensor, timestep: Tensor, rows: list[int], context: AttentionContext) -> Tensor:
        """The velocity for a batch (branches · len(rows), C, h, w)."""
        given: dict[str, Any] = {
            "hidden_states": self._packed(latents),
            "timestep": timestep.expand(len(latents)).to(latents.dtype) / 1000,
            "encoder_hidden_states": self.of(rows, self.text),
            "pooled_projections": self.of(rows, self.pooled),
            "txt_ids": self.text_ids,
            "img_ids": self.image_ids,
            "return_dict": False,
        }
        velocity = self.pipeline.transformer(
            **given,
            **self._residuals(given, rows),
            guidance=self._guidance_of(self.pipeline.transformer, len(latents)),
            joint_attention_kwargs=self.attention(context, rows),
        )[0]
        size = self.profile.size
        return self.pipeline._unpack_latents(velocity, size, size, self.pipeline.vae_scale_factor)

    def _residuals(self, given: dict[str, Any], rows: list[int]) -> dict[str, Any]:
        """What the control adds to the transformer."""
        if self.control is None:
            return {}
        double, single = self.control(
            **given,
            controlnet_cond=self.doubled(rows, self.strokes),
            conditioning_scale=self.profile.control_scale,
            guidance=self._guidance_of(self.control, len(given["hidden_states"])),
        )
        return {
            "controlnet_block_samples": double,
            "controlnet_single_block_samples": single,
            "controlnet_blocks_repeat": self.control.input_hint_block is not None,
        }

    def _guidance_of(self, model: Any, batch: int) -> Tensor | None:
        """The guidance that a distilled network takes as an input; None for the others."""
        if not model.config.guidance_embeds:
            return None
        return torch.full([batch], self.profile.guidance, device=self.device, dtype=torch.float32)

    def _packed(self, latents: Tensor) -> Tensor:
        return self.pipeline._pack_latents(latents, *latents.shape)
