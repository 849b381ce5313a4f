"""UNet pipelines: Stable Diffusion, SDXL and the embedded generator, with a ControlNet or an adapter."""

from collections import defaultdict
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.kv_sharing.context import AttentionContext, layout_bias
from models.scene_diffusion.forms import adapter_input, form_latents, pixels_of, recall
from tools.denoisers.denoiser import Denoiser, PictureRequest, positions_in
from tools.scene import SceneGraph
from tools.strokes import OUTLINES


class UNetDenoiser(Denoiser):
    """`StableDiffusionPipeline` and `StableDiffusionXLPipeline`."""

    @property
    def latent_channels(self) -> int:
        """C of the latents."""
        return self.pipeline.unet.config.in_channels

    @property
    def _tokenizer(self) -> Any:
        """SDXL's two tokenizers have the same tokens at the same places; its refiner has the second alone."""
        return self.pipeline.tokenizer or self.pipeline.tokenizer_2

    def token_positions(self, prompt: str, spans: list[tuple[int, int]]) -> list[int]:
        """The positions in the encoded prompt of the tokens in any of these spans of its characters."""
        return positions_in(self._tokenizer, prompt, spans, self._tokenizer.model_max_length)

    def encode(self, prompts: list[str]) -> None:
        """Encodes prompts, layout and scribbles."""
        said, unsaid, *pooled = self.pipeline.encode_prompt(
            prompts,
            device=self.device,
            num_images_per_prompt=1,
            do_classifier_free_guidance=self.branches == 2,
            negative_prompt=self.negative_prompts,
        )
        self.text = torch.cat([unsaid, said]) if self.branches == 2 else said
        self.added: dict[str, Tensor] = {}
        if pooled:
            said, unsaid = pooled
            both = torch.cat([unsaid, said]) if self.branches == 2 else said
            self.added = {"text_embeds": both, "time_ids": self._time_ids().expand(len(both), -1)}
        self.bias = self._layout()
        self.strokes = self._control_input() if self.control is not None else None

    def _time_ids(self) -> Tensor:
        """SDXL's size conditioning: a whole picture of the profile's size."""
        size = (self.profile.size, self.profile.size)
        width = self.pipeline.text_encoder_2.config.projection_dim
        return self.pipeline._get_add_time_ids(size, (0, 0), size, self.text.dtype, width).to(self.device)

    def _layout(self) -> dict[int, Tensor]:
        """Cross-attention biases by number of queries; the negative prompt has no words to bind."""
        bound = self.bound_words()
        if not self.profile.binding or not (any(bound) or self.profile.pass_over_padding):
            return {}
        lengths = self._prompt_lengths() if self.profile.pass_over_padding else None
        unbound: list[list] = [[] for _ in range((self.branches - 1) * self.count)]
        biases = {}
        for level in range(len(self.pipeline.unet.config.block_out_channels)):
            queries = (self.side // 2**level) ** 2
            bias = layout_bias([*unbound, *bound], queries, self.text.shape[1], self.profile.binding, lengths)
            biases[queries] = bias.to(self.device, self.text.dtype)
        return biases

    def _prompt_lengths(self) -> list[int]:
        """Tokens of every prompt of the batch without padding."""
        negative = [self.profile.negative_prompt] * self.count * (self.branches - 1)
        prompts = negative + [request.prompt for request in self.requests]
        return [len(ids) for ids in self._tokenizer(prompts, truncation=True).input_ids]

    def _control_input(self) -> Tensor | list[Tensor]:
        """Scribbles (N, C, H, W) for a ControlNet, or the features that an adapter makes of them, by level."""
        if self.profile.control_kind == "controlnet":
            return self.scribbles()
        embedded = self.control.config.downscale_factor == 1  # it takes cells of latents, and forms besides strokes
        read = self._strokes_and_forms() if embedded else self.scribbles(self.control.config.in_channels)
        return [feature * self.profile.control_scale for feature in self.control(read)]

    def _strokes_and_forms(self) -> Tensor:
        """What the embedded generator's adapter reads, (N, C, h, w)."""
        forms = pixels_of([self._recalled(request) for request in self.requests])
        latents = form_latents(self.pipeline.vae, forms.to(self.device, self.text.dtype))
        return adapter_input(self.scribbles(channels=1), latents)

    def _recalled(self, request: PictureRequest) -> np.ndarray:
        """The forms of a picture's things, with the strokes of what was not drawn by its outlines as their ink."""
        ink: dict[str, list[np.ndarray]] = defaultdict(list)
        for stroke in request.sketch.strokes:
            if request.sketch.sources.get(stroke.object) != OUTLINES:
                ink[stroke.object].append(np.array(stroke.points))
        scene = request.scene or SceneGraph(objects=[])
        return recall(scene, request.boxes, request.sketch.shapes, self.profile.size, ink)

    def predict_branches(self, latents: Tensor, timestep: Tensor, rows: list[int], context: AttentionContext) -> Tensor:
        """The UNet's output for a batch (branches · len(rows), C, h, w)."""
        latents = self.pipeline.scheduler.scale_model_input(latents, timestep)
        context.bias = {queries: self.of(rows, bias) for queries, bias in self.bias.items()}
        text = self.of(rows, self.text)
        added = {name: self.of(rows, tensor) for name, tensor in self.added.items()} or None
        return self.pipeline.unet(
            latents,
            timestep,
            text,
            added_cond_kwargs=added,
            cross_attention_kwargs={"context": context},
            return_dict=False,
            **self._residuals(latents, timestep, rows, text, added),
        )[0]

    def _residuals(self, latents: Tensor, timestep: Tensor, rows: list[int], text: Tensor, added: Any) -> dict:
        """What the control adds to the UNet."""
        if self.strokes is None:
            return {}
        if isinstance(self.strokes, list):
            # The UNet empties the list and adds in place.
            features = [torch.cat([self.of(rows, feature, 1)] * self.branches) for feature in self.strokes]
            return {"down_intrablock_additional_residuals": features}
        down, middle = self.control(
            latents,
            timestep,
            text,
            controlnet_cond=torch.cat([self.of(rows, self.strokes, 1)] * self.branches),
            conditioning_scale=self.profile.control_scale,
            added_cond_kwargs=added,
            return_dict=False,
        )
        return {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
