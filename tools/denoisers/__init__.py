"""What differs between the families of pipelines that paint: prompts, scribbles, a guided prediction, decoding.

The loop itself is `tools.diffusion`'s, the same for all.
"""

from tools.denoisers.denoiser import Denoiser, PictureRequest
from tools.denoisers.flux import FluxDenoiser
from tools.denoisers.prediction import predicted_clean
from tools.denoisers.sd3 import SD3Denoiser
from tools.denoisers.unet import UNetDenoiser

DENOISERS: dict[str, type[Denoiser]] = {
    "StableDiffusionPipeline": UNetDenoiser,
    "StableDiffusionXLPipeline": UNetDenoiser,
    "StableDiffusion3Pipeline": SD3Denoiser,
    "FluxPipeline": FluxDenoiser,
}

__all__ = ["DENOISERS", "Denoiser", "PictureRequest", "predicted_clean"]
