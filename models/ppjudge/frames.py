"""Frames of a process from folders, GIFs, videos and sheets; which of them are key frames; and as tensors."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageSequence
from torch import Tensor

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
VIDEOS = (".mp4", ".mov", ".avi", ".mkv", ".webm")
LONGEST = 600
"""Frames of a process that are looked at, at most; a longer one is thinned evenly."""
WIDEST = 1024
"""Pixels of the longer side that a frame is kept at."""


class JudgeError(ValueError):
    """What was given cannot be judged; the message is one line that says why."""


def natural(name: str) -> list[tuple[bool, int, str]]:
    """Sorts names as people count: "2.png" before "10.png", numbers before words."""
    parts = [part for part in re.split(r"(\d+)", name) if part]
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


def picture(source: Image.Image | np.ndarray | Path | str) -> np.ndarray:
    """A picture as (H, W, 3) uint8, from an image, an array (H, W, 3) uint8, or a file; see-through is white.

    Raises:
        JudgeError: if it is no picture.
    """
    try:
        if isinstance(source, np.ndarray):
            source = Image.fromarray(source)
        if isinstance(source, Image.Image):
            return _on_white(source)
        with Image.open(source) as opened:
            return _on_white(opened)
    except (OSError, ValueError, TypeError, AttributeError, SyntaxError, Image.DecompressionBombError) as error:
        name = source if isinstance(source, str | Path) else type(source).__name__
        raise JudgeError(f"not a picture: {name}") from error


def _on_white(image: Image.Image) -> np.ndarray:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return np.array(image.convert("RGB"))
    seen = image.convert("RGBA")
    return np.array(Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB"))


def read_process(path: Path) -> list[np.ndarray]:
    """The frames of a process, in order: a folder of pictures by natural order of names, a GIF, or a video.

    Raises:
        JudgeError: if the path is none of these, or has no frames.
    """
    if not path.exists():
        raise JudgeError(f"there is no file or folder {path}")
    try:
        source = _folder(path) if path.is_dir() else _video(path) if path.suffix.lower() in VIDEOS else _animation(path)
        frames = thinned(_shrunk(frame) for frame in source)
    except JudgeError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise JudgeError(f"neither a folder of pictures nor an animation nor a video: {path}") from error
    if not frames:
        raise JudgeError(f"no pictures in {path}")
    return frames


def thinned(frames: Iterable[np.ndarray], most: int = LONGEST) -> list[np.ndarray]:
    """At most so many of the frames, evenly, first and last among them, however many there are."""
    kept: list[tuple[int, np.ndarray]] = []
    every = 1
    last = None
    for number, frame in enumerate(frames):
        last = number, frame
        if number % every == 0:
            kept.append(last)
        if len(kept) == most:
            every *= 2
            kept = kept[::2]
    if last and kept[-1][0] != last[0]:
        kept.append(last)
    return [frame for _, frame in kept]


def _shrunk(frame: np.ndarray) -> np.ndarray:
    """(H, W, 3) with no side above `WIDEST`: many large frames would not fit into memory."""
    scale = WIDEST / max(frame.shape[:2])
    return frame if scale >= 1 else cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _folder(path: Path) -> Iterator[np.ndarray]:
    for file in sorted(path.iterdir(), key=lambda file: natural(file.name)):
        if file.suffix.lower() in PICTURES:
            yield picture(file)


def _animation(path: Path) -> Iterator[np.ndarray]:
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            yield _on_white(frame)


def _video(path: Path) -> Iterator[np.ndarray]:
    video = cv2.VideoCapture(str(path))
    while (read := video.read())[0]:
        yield cv2.cvtColor(read[1], cv2.COLOR_BGR2RGB)


def sheet_frames(sheet: np.ndarray, side: int) -> list[np.ndarray]:
    """The side × side frames of a sheet (H, W, 3) in snake order: left to right, then right to left, and so on."""
    height, width = sheet.shape[0] // side, sheet.shape[1] // side
    rows = [
        [sheet[y * height : (y + 1) * height, x * width : (x + 1) * width] for x in range(side)] for y in range(side)
    ]
    return [frame for y, row in enumerate(rows) for frame in (row[::-1] if y % 2 else row)]


def key_frames(frames: list[np.ndarray], least: int = 4, most: int = 11, side: int = 64) -> list[int]:
    """Which frames of a recording show it, first and last among them (Sec. 3.1 of arXiv 2507.09242).

    A frame is kept where its distance from the last one kept, in pixels by L2, is above τ, a share of the total change.
    The paper adapts τ without saying how; here it is the smallest share that keeps at most `most`. Where fewer than
    `least` are kept, others are added evenly in time.

    Returns:
        Their numbers, growing; all frames where there are no more than `least`.
    """
    if len(frames) <= least:
        return list(range(len(frames)))
    every = max(1, len(frames) // 400)
    looked = list(range(0, len(frames), every))
    small = np.stack([cv2.resize(frames[n], (side, side), interpolation=cv2.INTER_AREA) for n in looked]) / 255.0
    change = np.sqrt(((small[1:] - small[:-1]) ** 2).mean((1, 2, 3))).sum()
    low, high = 0.0, 1.001  # no frame is farther from another than all change together, rounding apart
    for _ in range(20):
        middle = (low + high) / 2
        fits = len(_beyond(small, middle * change)) <= most
        low, high = (low, middle) if fits else (middle, high)
    kept = {looked[n] for n in _beyond(small, high * change)}
    if len(kept) < least:
        kept = set(np.linspace(0, len(frames) - 1, least).round().astype(int).tolist())
    return sorted(kept)


def _beyond(small: np.ndarray, threshold: float) -> list[int]:
    """Frames (n, s, s, 3) farther than a threshold from the one kept before; the last is always kept."""
    kept = [0]
    for number in range(1, len(small)):
        if np.sqrt(((small[number] - small[kept[-1]]) ** 2).mean()) > threshold:
            kept.append(number)
    last = len(small) - 1
    return kept if kept[-1] == last else [*(kept[:-1] if len(kept) > 2 else kept), last]


def resized(frame: np.ndarray, size: int) -> np.ndarray:
    """(H, W, 3) as (size, size, 3) uint8."""
    if frame.shape[:2] == (size, size):
        return frame
    smaller = min(frame.shape[:2]) > size
    return cv2.resize(frame, (size, size), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)


def as_tensor(frames: Iterable[np.ndarray], size: int) -> Tensor:
    """Pictures (H, W, 3) uint8 as (T, 3, size, size) in [-1, 1]."""
    pixels = np.stack([resized(frame, size) for frame in frames])
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
