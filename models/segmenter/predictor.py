"""What asks a segmenter for masks: a picture once, then any number of boxes or clicks.

The same class serves the embedded weights and SAM 2.1 of the hub (`facebook/sam2.1-hiera-tiny`, or a folder of it).
What SAM 2 does before and after its network is done here, since transformers' own processor needs torchvision.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor
from transformers import Sam2Model

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's pixels, by which SAM 2 normalises."""


class Segmentation(NamedTuple):
    """Masks (P, H, W) bool, one a prompt, and the model's own estimate of their IoU with the object, (P,)."""

    masks: np.ndarray
    scores: np.ndarray


def normalised(images: np.ndarray) -> Tensor:
    """Pictures (B, H, W, 3) uint8 as SAM 2 takes them: (B, 3, H, W)."""
    pixels = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
    return (pixels - torch.tensor(MEAN)[:, None, None]) / torch.tensor(DEVIATION)[:, None, None]


class Segmenter:
    """A segmenter and the picture it looks at."""

    def __init__(self, model: Sam2Model):
        self.model = model.eval()
        self.size = int(np.max(model.prompt_encoder.input_image_size))
        self._embeddings: list[Tensor] | None = None
        self._shape = (0, 0)

    @classmethod
    def from_pretrained(
        cls, name: str | Path, device: str | torch.device = "cpu", local_files_only: bool = False
    ) -> "Segmenter":
        """Loads a hub id or a folder, in half precision on a GPU.

        Raises:
            OSError: if it is not there.
        """
        dtype = torch.float16 if torch.device(device).type == "cuda" else torch.float32
        model = Sam2Model.from_pretrained(name, dtype=dtype, local_files_only=local_files_only)
        return cls(model.to(device))  # type: ignore[arg-type]  # its annotations leave out `self`

    @torch.inference_mode()
    def set_image(self, image: Image.Image) -> None:
        """Embeds a picture of any size; `predict` then asks about it."""
        self._shape = (image.height, image.width)
        resized = image.convert("RGB").resize((self.size, self.size), Image.Resampling.BILINEAR)
        pixels = normalised(np.array(resized)[None])
        self._embeddings = self.model.get_image_embeddings(pixels.to(self.model.device, self.model.dtype))

    @torch.inference_mode()
    def predict(
        self,
        boxes: np.ndarray | list | None = None,
        points: np.ndarray | list | None = None,
        labels: np.ndarray | list | None = None,
    ) -> Segmentation:
        """One mask a prompt, for P prompts: boxes, clicks, or both.

        A single click says little (a lid, or the pot?): the model answers with three masks, and the one that it thinks
        best is taken.

        Args:
            boxes: (P, 4), x0, y0, x1, y1 in the unit square.
            points: (P, K, 2), x, y in the unit square.
            labels: (P, K), 1 for a click on the object and 0 for one beside it; None: all on it.

        Raises:
            ValueError: if no picture is set, or neither boxes nor points are given.
        """
        if self._embeddings is None:
            raise ValueError("no picture: call set_image first")
        if boxes is None and points is None:
            raise ValueError("no prompt: give boxes or points")
        place = {"device": self.model.device, "dtype": self.model.dtype}
        prompts: dict[str, Tensor] = {}
        if boxes is not None:
            prompts["input_boxes"] = torch.as_tensor(np.asarray(boxes) * self.size, **place)[None]
        single = False
        if points is not None:
            clicked = np.asarray(points) * self.size
            given = np.ones(clicked.shape[:2], int) if labels is None else np.asarray(labels)
            prompts["input_points"] = torch.as_tensor(clicked, **place)[None]
            prompts["input_labels"] = torch.as_tensor(given, device=self.model.device, dtype=torch.int)[None]
            single = boxes is None and clicked.shape[1] == 1
        answer = self.model(image_embeddings=self._embeddings, multimask_output=single, **prompts)
        scores, best = answer.iou_scores[0].float().max(-1)
        chosen = answer.pred_masks[0][torch.arange(len(best)), best]
        return Segmentation(full_size(chosen, self._shape).cpu().numpy(), scores.cpu().numpy())


def full_size(logits: Tensor, shape: tuple[int, int]) -> Tensor:
    """Low-resolution logits (P, h, w) as masks of the picture, (P, H, W) bool."""
    return F.interpolate(logits[None].float(), shape, mode="bilinear", align_corners=False)[0] > 0
