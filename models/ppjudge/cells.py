"""What makes tokens of pixels: cells of frames, and squares of a reference image."""

from torch import Tensor, nn

from models.ppjudge.config import JudgeConfig


def stem(channels: int) -> list[nn.Module]:
    """Two small convolutions, (B, c, S, S) → (B, 96, S/8, S/8): lines and textures are seen before cells are cut."""
    layers: list[nn.Module] = []
    for convolution in (nn.Conv2d(channels, 48, 4, stride=4), nn.Conv2d(48, 96, 3, stride=2, padding=1)):
        nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
        layers += [convolution, nn.SiLU()]
    return layers


def patches(channels: int, width: int, patch: int) -> nn.Sequential:
    """Cells of patch × patch pixels as tokens."""
    return nn.Sequential(*stem(channels), nn.Conv2d(96, width, patch // 8, stride=patch // 8))


def image_tower(config: JudgeConfig) -> nn.Sequential:
    """Reference images (B, 3, S, S) as vectors (B, R, W), one for each of R squares.

    Raises:
        ValueError: if R is no square, or its squares do not fill the picture.
    """
    side = round(config.reference_tokens**0.5)
    if side**2 != config.reference_tokens or config.size % (8 * side):
        raise ValueError(f"{config.reference_tokens} references are no squares of {config.size} pixels")
    stride = config.size // (8 * side)
    return nn.Sequential(
        *stem(3),
        nn.Conv2d(96, config.reference_width, stride, stride=stride),
        nn.SiLU(),
        nn.Conv2d(config.reference_width, config.reference_width, 3, padding=1),
        nn.Flatten(2),
        Transposed(),
    )


class Transposed(nn.Module):
    """(B, W, R) → (B, R, W)."""

    def forward(self, vectors: Tensor) -> Tensor:
        """Swaps the last two axes."""
        return vectors.transpose(1, 2)
