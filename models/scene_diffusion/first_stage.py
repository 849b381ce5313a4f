"""The first stage: a linear patch autoencoder with a small refiner, behind the interface of `AutoencoderKL`.

Encoding projects each patch on the principal components of training scenes; nothing there is learned by gradient.
Decoding inverts the projection, and three convolutions remove the seams. It has no posterior: its sample is its mode.
"""

import torch
import torch.nn.functional as F
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config
from diffusers.models.autoencoders.vae import DecoderOutput, DiagonalGaussianDistribution
from diffusers.models.modeling_outputs import AutoencoderKLOutput
from diffusers.utils.accelerate_utils import apply_forward_hook
from torch import Tensor, nn


class PatchAutoencoder(ModelMixin, ConfigMixin):
    """Principal components of image patches.

    Args:
        patch: side of a patch in pixels, a power of two.
        latent_channels: components kept.
        width: channels of the refiner.
        block_out_channels: its length tells pipelines that one latent covers 2 ** (length - 1) pixels.
        scaling_factor: 1: latents are scaled by the stored `scale` already.
    """

    @register_to_config
    def __init__(
        self,
        patch: int = 16,
        latent_channels: int = 32,
        width: int = 64,
        block_out_channels: tuple[int, ...] = (64,) * 5,
        scaling_factor: float = 1.0,
        force_upcast: bool = False,
    ):
        super().__init__()
        self.basis = nn.Parameter(torch.zeros(latent_channels, 3 * patch * patch), requires_grad=False)
        self.mean = nn.Parameter(torch.zeros(3 * patch * patch), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(latent_channels), requires_grad=False)
        self.refiner = nn.Sequential(
            nn.Conv2d(48, width, 3, padding=1),
            nn.SiLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.SiLU(),
            nn.Conv2d(width, 48, 3, padding=1),
        )
        nn.init.zeros_(self.refiner[-1].weight)
        nn.init.zeros_(self.refiner[-1].bias)

    @torch.no_grad()
    def fit(self, images: Tensor) -> None:
        """Sets the projection from images (B, 3, H, W) in [-1, 1].

        Latents are scaled by the root of their deviation, so that the first components stay the loudest and the
        denoiser, trained on squared error, gets them right first.
        """
        rows = F.pixel_unshuffle(images, self.config.patch).permute(0, 2, 3, 1).reshape(-1, self.mean.numel())
        self.mean.copy_(rows.mean(0))
        covariance = (rows - self.mean).T @ (rows - self.mean) / len(rows)
        values, vectors = torch.linalg.eigh(covariance)
        keep = values.argsort(descending=True)[: self.config.latent_channels]
        self.basis.copy_(vectors[:, keep].T)
        self.scale.copy_(values[keep].sqrt().sqrt() * 1.5)

    @apply_forward_hook
    def encode(self, images: Tensor, return_dict: bool = True) -> AutoencoderKLOutput | tuple:
        """Images (B, 3, H, W) in [-1, 1] → latents (B, C, H/patch, W/patch)."""
        patches = F.pixel_unshuffle(images, self.config.patch) - self.mean[:, None, None]
        latents = F.conv2d(patches, (self.basis / self.scale[:, None])[..., None, None])
        spread = torch.full_like(latents, -30.0)
        posterior = DiagonalGaussianDistribution(torch.cat([latents, spread], 1), deterministic=True)
        return AutoencoderKLOutput(latent_dist=posterior) if return_dict else (posterior,)

    def linear_decode(self, latents: Tensor) -> Tensor:
        """Latents → images, without the refiner."""
        patches = F.conv2d(latents, (self.basis.T * self.scale)[..., None, None]) + self.mean[:, None, None]
        return F.pixel_shuffle(patches, self.config.patch)

    @apply_forward_hook
    def decode(self, latents: Tensor, return_dict: bool = True, generator=None) -> DecoderOutput | tuple:
        """Latents (B, C, h, w) → images (B, 3, h·patch, w·patch)."""
        images = self.linear_decode(latents)
        images = images + F.pixel_shuffle(self.refiner(F.pixel_unshuffle(images, 4)), 4)
        return DecoderOutput(sample=images) if return_dict else (images,)

    def forward(self, images: Tensor) -> Tensor:
        """Reconstruction."""
        return self.decode(self.encode(images).latent_dist.mode()).sample
