"""What goes wrong in a process: defects of known strength, and how much of each is felt after every frame.

A jump or a loss counts as far as it can be seen: a hue that jumps where all is gray does not. So what is felt is the
strength times the change in pixels against `VISIBLE`, or the share of the work that was lost.
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

VISIBLE = 0.07
"""Root mean square change of pixels in [0, 1] from which a jump is seen in full."""
BUCKETS, HELD_OUT = 40, 5
"""Strengths fall into so many buckets; one in five of them, by hash, is never trained on."""


class Flawed(NamedTuple):
    """Frames (T, S, S, 3) with a defect, and how much of it is felt after each: (T,) in [0, 1], never falling."""

    frames: np.ndarray
    felt: np.ndarray


def held_out_strength(name: str, strength: float) -> bool:
    """Whether a defect of this strength is kept for testing: SHA-256 of "name|bucket" divides by 5."""
    digest = hashlib.sha256(f"{name}|{min(BUCKETS - 1, int(strength * BUCKETS))}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % HELD_OUT == 0


def strength_of(name: str, unseen: bool, rng: np.random.Generator, least: float = 0.15) -> float:
    """A random strength to train on, or one kept for testing."""
    while True:
        strength = float(rng.uniform(least, 1))
        if held_out_strength(name, strength) == unseen:
            return strength


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """Root mean square difference of pictures (S, S, 3) uint8, in [0, 1]."""
    return float(np.sqrt(((one.astype(np.float32) - other) ** 2).mean()) / 255)


def visible(one: np.ndarray, other: np.ndarray) -> float:
    """How much of a change between pictures is seen, in [0, 1]."""
    return min(1.0, distance(one, other) / VISIBLE)


def _from(onset: int, frames: int, value: float) -> np.ndarray:
    return np.where(np.arange(frames) >= onset, value, 0.0)


def _jump(frames: np.ndarray, strength: float, rng: np.random.Generator, change: Callable) -> Flawed:
    """A change of look that comes at once, to stay or to go again."""
    count = len(frames)
    onset = int(rng.integers((count + 1) // 2, count))
    until = count if rng.random() < 0.6 else int(rng.integers(onset + 1, count + 1))
    changed = frames.copy()
    for moment in range(onset, until):
        changed[moment] = change(frames[moment])
    return Flawed(changed, _from(onset, count, strength * visible(frames[onset], changed[onset])))


def style_jump(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """From a frame on another hand: coarse pixels, pencil, few tones, a blur, or grain."""
    kind, seed = int(rng.integers(5)), int(rng.integers(2**31))
    size = frames.shape[1]

    def change(frame: np.ndarray) -> np.ndarray:
        if kind == 0:
            side = max(4, size // 12)
            other = cv2.resize(cv2.resize(frame, (side, side), interpolation=cv2.INTER_AREA), (size, size),
                               interpolation=cv2.INTER_NEAREST)  # fmt: skip
        elif kind == 1:
            gray = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
            dodge = cv2.divide(gray, 255 - cv2.GaussianBlur(255 - gray, (0, 0), size / 40), scale=235)
            other = cv2.cvtColor(dodge, cv2.COLOR_GRAY2RGB)
        elif kind == 2:
            other = (frame // 96) * 96 + 30
        elif kind == 3:
            other = cv2.GaussianBlur(frame, (0, 0), size / 16)
        else:
            grain = np.random.default_rng(seed).normal(0, 60, frame.shape)
            other = (frame + grain).clip(0, 255).astype(np.uint8)
        return cv2.addWeighted(frame, 1 - strength, other, strength, 0)

    return _jump(frames, strength, rng, change)


def hue_jump(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """From a frame on other colours: turned around the colour circle, or under a tint."""
    turned, sign = rng.random() < 0.5, int(rng.choice([-1, 1]))
    tint = cv2.cvtColor(np.array([[[rng.integers(180), 220, 255]]], np.uint8), cv2.COLOR_HSV2RGB)[0, 0] / 255.0

    def change(frame: np.ndarray) -> np.ndarray:
        if turned:
            hsv = cv2.cvtColor(frame, cv2.COLOR_RGB2HSV)
            hsv[..., 0] = (hsv[..., 0].astype(int) + sign * round(75 * strength)) % 180
            return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
        return (frame * (1 - 0.7 * strength * (1 - tint))).astype(np.uint8)

    return _jump(frames, strength, rng, change)


def layout_jump(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """From a frame on all is elsewhere: moved, turned, nearer or further."""
    size = frames.shape[1]
    angle, scale = float(rng.uniform(-25, 25)) * strength, 1 + float(rng.uniform(-0.3, 0.3)) * strength
    matrix = cv2.getRotationMatrix2D((size / 2, size / 2), angle, scale)
    way = rng.uniform(0, 2 * np.pi)
    matrix[:, 2] += 0.3 * strength * size * np.array([np.cos(way), np.sin(way)])
    return _jump(
        frames,
        strength,
        rng,
        lambda frame: cv2.warpAffine(frame, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE),
    )


def regression(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """A share of the work is undone, and done again a frame or two later."""
    count = len(frames)
    onset = int(rng.integers((count + 1) // 2, count))
    back = max(0, round((onset - 1) * (1 - strength)))
    changed = frames.copy()
    changed[onset : onset + int(rng.integers(1, 3))] = frames[back]
    whole = distance(frames[0], frames[onset - 1])
    lost = min(1.0, distance(frames[onset - 1], frames[back]) / whole) if whole > 0.01 else 0.0
    return Flawed(changed, _from(onset, count, lost))


def overpainting(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """Broad strokes over what was finished, taken away a frame or two later, or left."""
    count, size = len(frames), frames.shape[1]
    onset = int(rng.integers((count + 1) // 2, count))
    until = count if rng.random() < 0.3 else onset + int(rng.integers(1, 3))
    changed = frames.copy()
    colours = rng.integers(0, 255, (3, 3)).tolist()
    for number in range(1 + round(5 * strength)):
        start, end = rng.integers(0, size, (2, 2)).tolist()
        width = max(2, round(size * rng.uniform(0.08, 0.08 + 0.1 * strength)))
        for frame in changed[onset:until]:
            cv2.line(frame, start, end, colours[number % 3], width, cv2.LINE_AA)
    return Flawed(changed, _from(onset, count, strength * visible(frames[onset], changed[onset])))


def wrong_order(frames: np.ndarray, strength: float, rng: np.random.Generator) -> Flawed:
    """Frames change places: some of them, or all at full strength; or a run of them, at most all, goes backwards."""
    count = len(frames)
    order = np.arange(count)
    if rng.random() < 0.5:
        length = max(2, round(strength * count))
        first = int(rng.integers(count - length + 1))
        order[first : first + length] = order[first : first + length][::-1].copy()
    elif strength > 0.85:
        order = rng.permutation(count)
    else:
        for _ in range(max(1, round(strength * count / 2))):
            one, other = rng.choice(count, 2, replace=False)
            order[[one, other]] = order[[other, one]]
    return Flawed(frames[order], lost_work(frames, order))


def lost_work(frames: np.ndarray, order: np.ndarray) -> np.ndarray:
    """How much of the work is undone up to each frame of an order, a share of all work: (T,) in [0, 1]."""
    work = sum(distance(a, b) for a, b in zip(frames, frames[1:], strict=False))
    lost = [0.0]
    for before, after in zip(order, order[1:], strict=False):
        undone = distance(frames[before], frames[after]) if after < before else 0.0
        lost.append(lost[-1] + undone / max(work, 0.02))
    return np.minimum(1, 1.5 * np.array(lost))


def foreign_frame(frames: np.ndarray, strength: float, rng: np.random.Generator, other: np.ndarray) -> Flawed:
    """A frame of another process (S, S, 3) comes through, or stands in for one."""
    onset = int(rng.integers(max(1, len(frames) // 3), len(frames)))
    changed = frames.copy()
    changed[onset] = cv2.addWeighted(frames[onset], 1 - strength, other, strength, 0)
    return Flawed(changed, _from(onset, len(frames), strength * visible(frames[onset], changed[onset])))


DEFECTS: dict[str, Callable[[np.ndarray, float, np.random.Generator], Flawed]] = {
    "wrong order": wrong_order,
    "regression": regression,
    "overpainting": overpainting,
    "layout jump": layout_jump,
    "hue jump": hue_jump,
    "style jump": style_jump,
}
"""In the order in which they are applied; a foreign frame needs a second process and comes last.

Only the first two change how much of the picture is there."""
