"""The clean picture that a denoiser has in mind, whatever it was trained to predict."""

from typing import Any

import numpy as np
from torch import Tensor


def predicted_clean(scheduler: Any, predicted: Tensor, latents: Tensor, timestep: Tensor, index: int) -> Tensor:
    """x₀ of the latents x = α x₀ + σ ε at a timestep, before the scheduler's step.

    Args:
        scheduler: of diffusers; its `prediction_type` says what is predicted: x₀, ε, v = α ε − σ x₀ (arXiv 2202.00512,
            app. D), or the velocity ε − x₀ of a flow.
        predicted: the denoiser's guided output, (B, C, h, w).
        latents: what it was shown, (B, C, h, w).
        index: which of the scheduler's timesteps it is.
    """
    kind = scheduler.config.get("prediction_type", "flow_prediction")
    if kind == "sample":
        return predicted
    if "flow" in kind or scheduler.config.get("use_flow_sigmas"):
        noise = float(scheduler.sigmas[index])
        signal = 1 - noise
    else:
        # Schedulers that keep their latents at another scale show them to the network at this one.
        latents = scheduler.scale_model_input(latents, timestep)
        kept = scheduler.alphas_cumprod.cpu().numpy()
        power = float(np.interp(float(timestep), np.arange(len(kept)), kept))
        signal, noise = power**0.5, (1 - power) ** 0.5
    if kind == "epsilon":
        return (latents - noise * predicted) / signal
    if kind == "v_prediction":
        return signal * latents - noise * predicted
    return latents - noise * predicted
