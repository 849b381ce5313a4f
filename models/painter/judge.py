"""A plain convolutional classifier of drawings, trained apart from the Painter.

It is what the Painter's classification is compared with, and what says whether drawn sketches can be recognised; it
never sees a drawn one.
"""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

SIDE = 64
"""Side of its pictures in pixels."""
PEN = 0.03
"""Width of the pen in them, as a share of the side."""


def _block(inputs: int, outputs: int) -> nn.Sequential:
    """Two convolutions, and half the side."""
    layers: list[nn.Module] = []
    for width in (inputs, outputs):
        layers += [nn.Conv2d(width, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.MaxPool2d(2))


class Judge(nn.Module):
    """Pictures (B, SIDE, SIDE) uint8 → logits of the categories (B, words)."""

    def __init__(self, words: list[str], width: int = 32):
        super().__init__()
        self.words, self.width = words, width
        self.trunk = nn.Sequential(
            _block(1, width), _block(width, 2 * width), _block(2 * width, 4 * width), _block(4 * width, 6 * width)
        )
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(6 * width, len(words)))

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits."""
        maps = self.trunk(pictures[:, None].float() / 255)
        return self.head(maps.mean((-1, -2)))

    @torch.inference_mode()
    def names(self, pictures: np.ndarray) -> list[str]:
        """The likeliest category of each picture (n, SIDE, SIDE) uint8."""
        found = [self(torch.from_numpy(pictures[i : i + 128])).argmax(1) for i in range(0, len(pictures), 128)]
        return [self.words[index] for index in torch.cat(found).tolist()] if found else []

    def save_pretrained(self, folder: Path) -> None:
        """Writes weights in fp16 and the categories."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {
            name: value.half() if value.is_floating_point() else value for name, value in self.state_dict().items()
        }
        save_file(state, folder / "model.safetensors")
        (folder / "config.json").write_text(json.dumps({"words": self.words, "width": self.width}, indent=1) + "\n")

    @classmethod
    def from_pretrained(cls, folder: Path) -> "Judge":
        """The judge of a folder, in fp32."""
        judge = cls(**json.loads((folder / "config.json").read_text()))
        judge.load_state_dict(load_file(folder / "model.safetensors"))
        return judge.eval()
