"""PPAD's annotations, as the loader that its authors published reads them (github.com/Erinqi/PPJudge, dataset.py).

A file is a list of items, each with a folder of frames and marks in three groups. The published loader takes frames in
the order in which the system lists them and never loads the reference; here frames are in natural order of their names
and the reference is read where the item has one.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from models.ppjudge.config import HIGHEST, LOWEST
from models.ppjudge.frames import JudgeError, picture, read_process

GROUPS = {
    "drawingStability": ("styleStability", "colorStability", "compositionStability", "processStability"),
    "drawingDepth": ("detailEnhancement", "colorDevelopment", "compositionComplexity"),
}
"""The seven marks after consistency, whose key says what the reference is."""


class Item(NamedTuple):
    """An annotated process.

    Attributes:
        frames: folder of its pictures.
        marks: (8,) on 1–10, in the order of `ATTRIBUTES`.
        image: the reference picture, or None.
        prompt: what was to be painted, or "".
    """

    frames: Path
    marks: np.ndarray
    image: Path | None
    prompt: str


def read_items(path: Path) -> list[Item]:
    """The items of an annotation file; folders are relative to it.

    An item is `{"images_path": …, "is_image": …, "valuationResults": {…}}`. Its reference is `reference` (a file) where
    `is_image`, else `prompt`; PPAD's loader names neither, so these two keys are ours.

    Raises:
        JudgeError: if the file or an item of it is not of this form, or a mark is not from 0 to 10.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JudgeError(f"no annotations in {path}: {error}") from error
    if not isinstance(found, list):
        raise JudgeError(f"no list of annotated processes in {path}")
    items = []
    for number, entry in enumerate(found):
        try:
            items.append(_item(entry, path.parent))
        except (KeyError, TypeError, ValueError) as error:
            raise JudgeError(f"item {number} of {path}: {type(error).__name__} {error}") from error
    return items


def _item(entry: dict[str, Any], root: Path) -> Item:
    results, is_image = entry["valuationResults"], bool(entry.get("is_image"))
    accuracy = results["drawingAccuracy"]["imageConsistency" if is_image else "promptConsistency"]
    marks = np.array([accuracy, *(results[group][name] for group, names in GROUPS.items() for name in names)], float)
    if not ((marks >= 0) & (marks <= HIGHEST)).all():
        raise ValueError(f"marks outside 1–10: {marks.tolist()}")
    reference = entry.get("reference") if is_image else None
    return Item(
        root / entry["images_path"],
        marks.clip(LOWEST, HIGHEST),
        root / reference if reference else None,
        "" if is_image else str(entry.get("prompt", "")),
    )


def item_frames(item: Item, slots: int) -> list[np.ndarray]:
    """The frames of an item, the first `slots` of them as the published loader has it.

    Raises:
        JudgeError: if there are none, or one cannot be read.
    """
    return read_process(item.frames)[:slots]


def item_image(item: Item) -> np.ndarray | None:
    """The reference picture (H, W, 3) uint8, if the item has one.

    Raises:
        JudgeError: if it cannot be read.
    """
    return None if item.image is None else picture(item.image)
