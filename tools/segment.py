"""Masks: where in a picture an object is, for sharing and for redrawing.

With a segmenter the mask of an object is what SAM 2 finds in its box (arXiv 2408.00714); without one it is where its
words attend, cut by Otsu's threshold, inside its box.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from tools.layout import Box

if TYPE_CHECKING:
    from models.segmenter.predictor import Segmenter

GRID = 16
"""Cells of a mask from boxes or attention: the resolution at which maps are collected."""
FINE = 64
"""Cells of a segmenter's mask: as fine as the finest layers of the full-size models."""
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


def box_mask(box: Box, cells: int = GRID) -> Tensor:
    """The cells that a box touches: (cells, cells) of 0 and 1."""
    x0, y0, x1, y1 = (min(max(value, 0.0), 1.0) * cells for value in box)
    mask = torch.zeros(cells, cells)
    mask[int(y0) : int(np.ceil(y1)), int(x0) : int(np.ceil(x1))] = 1
    return mask


def attention_mask(attention: Tensor, box: Box) -> Tensor:
    """The part of a box where the attention (cells, cells) of an object's words is above Otsu's threshold."""
    inside = box_mask(box, len(attention)).bool()
    values = attention[inside]
    if values.numel() < 2 or values.max() == values.min():
        return inside.float()
    levels = ((values - values.min()) / (values.max() - values.min()) * 255).round().to(torch.uint8).cpu().numpy()
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = torch.zeros_like(attention)
    mask[inside] = torch.from_numpy((levels > threshold).astype(np.float32))
    return mask


def object_mask(box: Box | None, attention: Tensor | None) -> Tensor:
    """Where an object is as far as its box and its words tell, (GRID, GRID): all over if nothing is known of it.

    Args:
        box: None where the layout has none.
        attention: (GRID, GRID) of its words; None where no words name it, or none were seen yet.
    """
    return box_mask(box or WHOLE) if attention is None else attention_mask(attention, box or WHOLE)


def box_around(mask: Tensor) -> Box:
    """The smallest box around a mask (cells, cells) that is not empty."""
    rows, columns = (mask.any(side).nonzero().flatten() for side in (1, 0))
    cells = len(mask)
    x0, y0, x1, y1 = (int(edge) / cells for edge in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    return x0, y0, x1, y1


def segmented_masks(segmenter: "Segmenter", image: Image.Image, boxes: Mapping[str, Box]) -> dict[str, Tensor]:
    """The share of each cell that an object covers, (FINE, FINE) in [0, 1]; objects that are not found are left out.

    Args:
        boxes: where to look for each object; what is found beyond its box is of something else.
    """
    if not boxes:
        return {}
    segmenter.set_image(image)
    masks = torch.from_numpy(segmenter.predict(boxes=list(boxes.values())).masks).float()
    covered = F.adaptive_avg_pool2d(masks, FINE) * torch.stack([box_mask(box, FINE) for box in boxes.values()])
    return {identity: mask for identity, mask in zip(boxes, covered, strict=True) if mask.any()}


def sharing_masks(
    masks: Sequence[Mapping[str, Tensor]], shared: Mapping[tuple[int, int], list[tuple[str, str]]]
) -> Tensor:
    """M: (N, N, cells, cells), where in picture j is what it shares with picture i; all of it for i = j.

    Args:
        masks: for each picture, the masks (cells, cells) of its objects; coarser ones are enlarged to the finest.
        shared: for each pair (i, j), the (object id in i, object id in j) that are one thing.
    """
    cells = max((len(mask) for objects in masks for mask in objects.values()), default=GRID)
    found = torch.zeros(len(masks), len(masks), cells, cells)
    found[range(len(masks)), range(len(masks))] = 1
    for (i, j), pairs in shared.items():
        for _, identity in pairs:
            mask = F.interpolate(masks[j][identity][None, None], (cells, cells))[0, 0]
            found[i, j] = torch.maximum(found[i, j], mask)
    return found
