"""Masks: where in a picture an object is, for sharing and for redrawing.

Without a segmenter the mask of an object is where its words attend, cut by Otsu's threshold, inside its box.
"""

import cv2
import numpy as np
import torch
from torch import Tensor

from models.kv_sharing.context import WordMaps
from tools.layout import Box

GRID = 16
"""Cells of a mask: the resolution at which maps are collected."""


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


def sharing_masks(
    boxes: list[dict[str, Box]],
    shared: dict[tuple[int, int], list[tuple[str, str]]],
    maps: WordMaps | None,
    words: list[list[str]],
) -> Tensor:
    """M: (N, N, cells, cells), where in picture j is what it shares with picture i.

    Args:
        boxes: for each picture, the boxes of its objects.
        shared: for each pair (i, j), the (object id in i, object id in j) that are one thing.
        maps: attention collected so far; None takes the boxes themselves.
        words: for each picture, the object ids in the order in which `maps` has them.
    """
    count = len(boxes)
    masks = torch.zeros(count, count, GRID, GRID)
    masks[range(count), range(count)] = 1
    for (i, j), pairs in shared.items():
        for _, identity in pairs:
            attention = maps.map_of(j, words[j].index(identity)) if maps else None
            box = boxes[j][identity]
            mask = box_mask(box) if attention is None else attention_mask(attention, box)
            masks[i, j] = torch.maximum(masks[i, j], mask)
    return masks
