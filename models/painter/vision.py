"""What the Painter sees with: frozen feature maps of a canvas, from a ResNet or a ViT.

The Painter paper (arXiv 2308.08520) takes a frozen ResNet-50, for pixel-level information, over ViT and CLIP. Here any
`ResNetModel` serves: microsoft/resnet-50 for the full size, a small one trained by this project for the embedded size;
`ViTModel` for comparison. Finer stages are folded into the cells of the coarsest, so that the ink keeps its place.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PreTrainedModel, ResNetConfig

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's pixels, for backbones of three channels."""


class VisionTower(nn.Module):
    """Canvases (B, S, S) uint8, ink 255 on 0 → features of their cells (B, N, C), row by row.

    Args:
        backbone: a `ResNetModel` or `ViTModel`; it is frozen.
        stages: which of a ResNet's stages are used, counted from the end; the finest first.
    """

    def __init__(self, backbone: PreTrainedModel, stages: tuple[int, ...] = (-2, -1)):
        super().__init__()
        self.backbone, self.stages = backbone.eval().requires_grad_(False), tuple(stages)
        self.is_resnet = backbone.config.model_type == "resnet"

    def train(self, mode: bool = True) -> "VisionTower":
        """Leaves the frozen backbone, whose normalisation must not change, as it is."""
        return self

    @torch.no_grad()
    def forward(self, canvases: Tensor) -> Tensor:
        """Features (B, N, C)."""
        return self.cells(pixels_of(canvases, self.backbone.config.num_channels).to(self.backbone.dtype))

    def cells(self, pixels: Tensor) -> Tensor:
        """Features (B, N, C) of pixels (B, channels, S, S); gradients flow if the backbone is not frozen."""
        if not self.is_resnet:
            return self.backbone(pixels, interpolate_pos_encoding=True).last_hidden_state[:, 1:]
        maps = self.backbone(pixels, output_hidden_states=True).hidden_states
        chosen = [maps[stage] for stage in self.stages]
        side = chosen[-1].shape[-1]
        folded = [F.pixel_unshuffle(part, part.shape[-1] // side) for part in chosen]
        return torch.cat(folded, 1).flatten(2).transpose(1, 2)

    def shape(self, size: int) -> tuple[int, int]:
        """Number of cells and of features for a canvas of `size` pixels: (N, C)."""
        with torch.no_grad():
            pixels = torch.zeros(1, self.backbone.config.num_channels, size, size, device=self.backbone.device)
            _, cells, features = self.cells(pixels.to(self.backbone.dtype)).shape
        return cells, features


def pixels_of(canvases: Tensor, channels: int) -> Tensor:
    """Canvases (B, S, S) uint8 as a backbone takes them: ink in [0, 1], or dark ink on white, normalised, in colour."""
    ink = canvases[:, None].float() / 255
    if channels == 1:
        return ink
    mean, deviation = (torch.tensor(values, device=ink.device)[:, None, None] for values in (MEAN, DEVIATION))
    return ((1 - ink).expand(-1, 3, -1, -1) - mean) / deviation


def build_backbone(config: dict[str, Any]) -> PreTrainedModel:
    """A backbone with random weights from its configuration (`model_type` and the rest)."""
    fields = dict(config)
    made = AutoConfig.for_model(fields.pop("model_type"), **fields)
    return AutoModel.from_config(made)


def embedded_backbone() -> dict[str, Any]:
    """The small ResNet of the embedded size: strides 4, 8 and 16, one channel; 128 pixels become 8 × 8 cells."""
    config = ResNetConfig(
        num_channels=1, embedding_size=32, hidden_sizes=[32, 64, 160], depths=[1, 2, 2], layer_type="basic"
    )
    return config.to_diff_dict()


class CanvasTeacher(nn.Module):
    """What a tower is trained with: it names the thing on the canvas, and says from each cell what ink is in it.

    The second keeps the features from forgetting where the ink is, which naming alone would.

    Args:
        tower: its backbone is made trainable.
        words: the categories.
        size: side of the canvases in pixels.
    """

    def __init__(self, tower: VisionTower, words: list[str], size: int):
        super().__init__()
        self.tower, self.words = tower, words
        tower.backbone.requires_grad_(True)
        cells, features = tower.shape(size)
        self.patch = size // round(cells**0.5)
        self.name = nn.Sequential(nn.LayerNorm(features), nn.Linear(features, 256), nn.ReLU())
        self.drop, self.head = nn.Dropout(0.2), nn.Linear(256, len(words))
        self.ink = nn.Linear(features, self.patch**2)

    def train(self, mode: bool = True) -> "CanvasTeacher":
        """Here the backbone learns, its normalisation too."""
        super().train(mode)
        self.tower.backbone.train(mode)
        return self

    def forward(self, canvases: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the categories (B, words), and of the ink (B, S, S)."""
        cells = self.tower.cells(pixels_of(canvases, self.tower.backbone.config.num_channels))
        logits = self.head(self.drop(self.name(cells).mean(1)))
        return logits, self.unfolded(self.ink(cells))

    def unfolded(self, patches: Tensor) -> Tensor:
        """Patches (B, N, P²) as pictures (B, S, S)."""
        side = round(patches.shape[1] ** 0.5)
        return F.pixel_shuffle(patches.transpose(1, 2).unflatten(2, (side, side)), self.patch)[:, 0]
