"""What SD3 and FLUX have in common: flow matching, and prompt and picture in one sequence."""

from functools import cached_property
from typing import Any

import torch
from diffusers.pipelines.flux.pipeline_flux import calculate_shift
from torch import Tensor

from models.kv_sharing.context import JointLayout
from tools.denoisers.denoiser import Denoiser

PATCH = 2
"""Latent cells along the side of a token, in both families."""


class JointDenoiser(Denoiser):
    """A transformer over the tokens of prompt and picture together."""

    @property
    def cells(self) -> int:
        """Tokens of a picture."""
        return (self.side // PATCH) ** 2

    def shift(self, largest: float) -> float:
        """μ of the timestep shift for this size of picture (arXiv 2403.03206, sec. 5.3.2).

        Args:
            largest: μ at the largest size, where the scheduler does not say.
        """
        config = self.pipeline.scheduler.config
        return calculate_shift(
            self.cells,
            config.get("base_image_seq_len", 256),
            config.get("max_image_seq_len", 4096),
            config.get("base_shift", 0.5),
            config.get("max_shift", largest),
        )

    @cached_property
    def layout(self) -> JointLayout | None:
        """Words bound to boxes, for all rows of a batch; the negative prompt has no words to bind."""
        bound = self.bound_words()
        if not self.profile.binding or not any(bound):
            return None
        unbound: list[list] = [[] for _ in range((self.branches - 1) * self.count)]
        layout = JointLayout.of([*unbound, *bound], self.cells, self.text.shape[1], self.profile.binding)
        return JointLayout(*(part.to(self.device, self.text.dtype) for part in layout))

    def layout_of(self, rows: list[int]) -> JointLayout | None:
        """The layout of some pictures."""
        return self.layout and JointLayout(*(self.of(rows, part) for part in self.layout))

    def guided_batch(self, said: Tensor, unsaid: Tensor | None) -> Tensor:
        """Both branches of an encoding, or the only one."""
        return said if unsaid is None else torch.cat([unsaid, said])

    def doubled(self, rows: list[int], tensor: Tensor) -> Tensor:
        """The same for every branch: rows of a tensor (N, …) → (branches · len(rows), …)."""
        return torch.cat([self.of(rows, tensor, 1)] * self.branches)

    def attention(self, context: Any, rows: list[int]) -> dict[str, Any]:
        """The attention kwargs of a pass, its context completed."""
        context.layout, context.text_tokens = self.layout_of(rows), self.text.shape[1]
        return {"context": context}
