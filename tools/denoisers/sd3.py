"""Stable Diffusion 3 and 3.5: two CLIPs and a T5, classifier-free guidance, flow matching."""

import torch
from torch import Tensor

from models.kv_sharing.context import AttentionContext
from tools.denoisers.denoiser import positions_in
from tools.denoisers.joint import JointDenoiser


class SD3Denoiser(JointDenoiser):
    """`StableDiffusion3Pipeline`, with an `SD3ControlNetModel` or none."""

    T5_TOKENS = 256

    @property
    def latent_channels(self) -> int:
        """C of the latents."""
        return self.pipeline.transformer.config.in_channels

    def token_positions(self, prompt: str, spans: list[tuple[int, int]]) -> list[int]:
        """Where CLIP has the words, and behind CLIP's tokens where T5 has them."""
        clip = self.pipeline.tokenizer_max_length
        found = positions_in(self.pipeline.tokenizer, prompt, spans, clip)
        if self.pipeline.tokenizer_3 is None:
            return found
        return found + [clip + i for i in positions_in(self.pipeline.tokenizer_3, prompt, spans, self.T5_TOKENS)]

    def encode(self, prompts: list[str]) -> None:
        """Encodes prompts and scribbles."""
        said, unsaid, pooled, unsaid_pooled = self.pipeline.encode_prompt(
            prompts,
            prompt_2=None,
            prompt_3=None,
            device=self.device,
            do_classifier_free_guidance=self.branches == 2,
            negative_prompt=self.negative_prompts,
            max_sequence_length=self.T5_TOKENS,
        )
        self.text, self.pooled = self.guided_batch(said, unsaid), self.guided_batch(pooled, unsaid_pooled)
        if self.control is not None:
            # ControlNets that were trained without the pooled prompt were also trained without the shift.
            without = self.control.config.force_zeros_for_pooled_projection
            self.strokes = self.encoded_scribbles(0.0 if without else self.pipeline.vae.config.shift_factor)
            self.control_pooled = torch.zeros_like(self.pooled) if without else self.pooled

    def timesteps(self) -> Tensor:
        """Sets the scheduler, shifted by the picture's size if it is made so."""
        scheduler = self.pipeline.scheduler
        shift = {"mu": self.shift(1.16)} if scheduler.config.get("use_dynamic_shifting") else {}
        scheduler.set_timesteps(self.profile.steps, device=self.device, **shift)
        return scheduler.timesteps

    def predict_branches(self, latents: Tensor, timestep: Tensor, rows: list[int], context: AttentionContext) -> Tensor:
        """The velocity for a batch (branches · len(rows), C, h, w)."""
        times, text, pooled = timestep.expand(len(latents)), self.of(rows, self.text), self.of(rows, self.pooled)
        residuals = None
        if self.control is not None:
            residuals = self.control(
                hidden_states=latents,
                timestep=times,
                encoder_hidden_states=text,
                pooled_projections=self.of(rows, self.control_pooled),
                controlnet_cond=self.doubled(rows, self.strokes),
                conditioning_scale=self.profile.control_scale,
                return_dict=False,
            )[0]
        return self.pipeline.transformer(
            hidden_states=latents,
            timestep=times,
            encoder_hidden_states=text,
            pooled_projections=pooled,
            block_controlnet_hidden_states=residuals,
            joint_attention_kwargs=self.attention(context, rows),
            return_dict=False,
        )[0]
