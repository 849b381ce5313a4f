"""Reads Google's Quick, Draw! (CC BY 4.0): people's drawings as strokes and as bitmaps, and which are held out.

Takes the official files, raw and simplified (`full/raw/cat.ndjson`, `full/simplified/cat.ndjson`), all categories in
one file, plain or gzipped, or a folder of such files. Part labels of the 20 categories of the SPG data set (arXiv
1901.03427) are read where a record has `part` and `part_names.json` lies beside the file.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import cv2
import numpy as np

RICH = (
    "airplane", "alarm clock", "ambulance", "ant", "apple", "backpack", "basket", "butterfly", "cactus", "calculator",
    "campfire", "candle", "coffee cup", "crab", "duck", "face", "ice cream", "pig", "pineapple", "suitcase",
)  # fmt: skip
"""The categories with part labels, of which there are about 730 drawings instead of 25."""
HELD_TENTH = 10
"""One drawing in this many is held out."""
SIMPLE = 2 / 255
"""Tolerance of the official simplified form, in drawings (Ramer-Douglas-Peucker, ε = 2 of 255)."""
MAX_LINE = 4_000_000
"""Characters of a record that are read."""
PART_WORDS = {
    "piont": "hands", "scale,number": "numbers", "clock leg,base": "legs", "tentacle": "antennae",
    "eye,mouth": "eyes and mouth", "zipper,ornament": "zipper", "body,head": "body", "main": "stem",
    "pot or base": "pot", "keyborad": "keys", "water or ornament": "ornament", "hot-gas": "steam", "pliers": "claws",
    "mouth and head": "head", "eye or eyebrow": "eyes", "outline of face": "outline", "cream or ornament": "cream",
    "sweet tube": "cone", "ornament on sweet tube": "pattern on the cone", "eye and eyebrow": "eyes", "eye": "eyes",
    "outline of head": "head", "limbs and legs": "legs", "outline of body": "body", "ornament on body": "pattern",
    "candlewick": "wick", "clock face": "face", "ear": "ears", "branch": "branches", "thorn": "thorns",
}  # fmt: skip
"""What the parts are called in prompts, where their label is not said like that."""


class QuickDrawError(ValueError):
    """Data that is no Quick, Draw! file: one line with the file, the line in it and what is wrong."""


class Drawing(NamedTuple):
    """A person's drawing of `word`.

    Attributes:
        strokes: (n, 2) float32 each, in drawing order; x and y from 0, the longer side 1.
        parts: the part that each stroke draws, "" where it is not known.
    """

    word: str
    key: str
    strokes: list[np.ndarray]
    parts: tuple[str, ...] = ()


def is_held_out(key: str) -> bool:
    """Whether a drawing belongs to the tenth that is never trained on."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % HELD_TENTH == 0


def read_drawings(path: Path, per_word: int | None = None) -> Iterator[Drawing]:
    """The recognised drawings of a file or a folder of files.

    Args:
        path: an .ndjson or .ndjson.gz file, or a folder of such.
        per_word: so many of each category at most; None: all.

    Raises:
        QuickDrawError: if there is no such file, or at a line that is no drawing.
    """
    counts: Counter[str] = Counter()
    for file in _files(path):
        names = _part_names(file.parent / "part_names.json")
        with _opened(file) as lines:
            for number, line in enumerate(lines, 1):
                drawing = _drawing(line, f"{file}, line {number}", names) if line.strip() else None
                if drawing and (per_word is None or counts[drawing.word] < per_word):
                    counts[drawing.word] += 1
                    yield drawing


def split(drawings: Iterator[Drawing]) -> tuple[list[Drawing], list[Drawing]]:
    """Those to train on, and those held out."""
    sides: tuple[list[Drawing], list[Drawing]] = ([], [])
    for drawing in drawings:
        sides[is_held_out(drawing.key)].append(drawing)
    return sides


def _files(path: Path) -> list[Path]:
    endings = (".ndjson", ".ndjson.gz")
    found = sorted(file for file in path.iterdir() if file.name.endswith(endings)) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise QuickDrawError(f"{path}: no {' or '.join(endings)} there; give a Quick, Draw! file or a folder of them")
    return found


def _opened(file: Path) -> TextIO:
    return gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else open(file, encoding="utf-8")


def _part_names(path: Path) -> dict[str, list[str]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _drawing(line: str, place: str, names: dict[str, list[str]]) -> Drawing | None:
    """The drawing of a record, or None for one that the game did not recognise."""
    if len(line) > MAX_LINE:
        raise QuickDrawError(f"{place}: {len(line)} characters; at most {MAX_LINE} are read")
    try:
        record: dict[str, Any] = json.loads(line)
        word, key = str(record["word"]), str(record["key_id"])
        strokes = [np.array(stroke[:2], np.float32).T for stroke in record["drawing"]]
    except (ValueError, TypeError, KeyError) as error:
        raise QuickDrawError(f"{place}: no drawing ({error}); give records of word, key_id and drawing") from error
    if not strokes or any(stroke.ndim != 2 or not stroke.size or stroke.shape[1] != 2 for stroke in strokes):
        raise QuickDrawError(f"{place}: {word} {key} has a stroke without points, or none")
    if not all(np.isfinite(stroke).all() for stroke in strokes):
        raise QuickDrawError(f"{place}: {word} {key} has a coordinate that is not finite")
    if not record.get("recognized", True):
        return None
    return Drawing(word, key, simplified(fitted(strokes)), _parts(record.get("part") or [], names.get(word, [])))


def _parts(labels: list[int], names: list[str]) -> tuple[str, ...]:
    known = [names[label].lower() if label < len(names) else "" for label in labels]
    return tuple(PART_WORDS.get(name, name) for name in known)


def fitted(strokes: list[np.ndarray]) -> list[np.ndarray]:
    """Strokes moved to the origin and scaled so that their longer side is 1 (a single dot is in the origin)."""
    points = np.concatenate(strokes)
    low = points.min(0)
    side = float((points.max(0) - low).max()) or 1.0
    return [(stroke - low) / side for stroke in strokes]


def simplified(strokes: list[np.ndarray], tolerance: float = SIMPLE) -> list[np.ndarray]:
    """Strokes without points that are almost on the line of their neighbours; simplified files hardly change."""
    return [
        cv2.approxPolyDP(np.ascontiguousarray(stroke, np.float32), tolerance, False)[:, 0]
        if len(stroke) > 2
        else stroke
        for stroke in strokes
    ]


class Bitmaps(NamedTuple):
    """Images (n, 28, 28) uint8, ink 255 on 0, and the category of each."""

    images: np.ndarray
    words: list[str]


def read_bitmaps(path: Path) -> Bitmaps:
    """The bitmaps of an .npz of `bitmap` (n, 28, 28) and `word` (n,).

    The official `cat.npy` files are not read: they show all drawings without their keys, those held out among them.

    Raises:
        QuickDrawError: if they have another size.
    """
    with np.load(path) as archive:
        images, words = archive["bitmap"], [str(word) for word in archive["word"]]
    if images.shape != (len(words), 28, 28):
        raise QuickDrawError(f"{path}: bitmaps of {images.shape} for {len(words)} words; give 28 × 28, a word each")
    return Bitmaps(images.astype(np.uint8), words)
