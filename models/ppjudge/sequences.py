"""Real processes, to test the judge on and never to train it: four collections, each in its own layout."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from models.ppjudge.config import ATTRIBUTES
from models.ppjudge.frames import key_frames, picture, read_process, sheet_frames
from models.ppjudge.measures import Share, wilson
from models.ppjudge.predictor import ProcessJudge

SIDES = {1056: 3, 1024: 2}
"""Frames along a side of the sheets of MakeAnything, by their width in pixels."""
PROCESS = ATTRIBUTES[4]
ORDERS = ("shuffled", "reversed")
SWAPPED = "swapped frame"


class Sequence(NamedTuple):
    """A real process: its name, where it is from, and its key frames (H, W, 3) uint8 in order."""

    name: str
    source: str
    frames: list[np.ndarray]


def real_sequences(data: Path, slots: int) -> list[Sequence]:
    """All that is there of the four sources, in the order of their names.

    The sample of Inverse Painting is a folder of frames; Learning to Paint and Paint Transformer have animations;
    MakeAnything has sheets, whose frames run in snake order.
    """
    found: list[tuple[str, Path]] = []
    folder = data / "inverse_painting_sample" / "data" / "sample_data" / "train" / "rgb" / "example"
    if folder.is_dir():
        found.append(("inverse_painting_sample", folder))
    for source, place in (("learningtopaint", "demo"), ("painttransformer", "picture")):
        found += [(source, path) for path in sorted((data / source / place).glob("*.gif"))]
    sequences = [Sequence(path.stem, source, _keys(read_process(path), slots)) for source, path in found]
    for path in sorted((data / "makeanything_sheets" / "images" / "datasets").glob("*.png")):
        sheet = picture(path)
        if side := SIDES.get(sheet.shape[1]):
            sequences.append(Sequence(path.stem, "makeanything_sheets", sheet_frames(sheet, side)))
    return sequences


def _keys(frames: list[np.ndarray], slots: int) -> list[np.ndarray]:
    return [frames[number] for number in key_frames(frames, most=slots)]


def orders(judge: ProcessJudge, sequences: list[Sequence], shuffles: int, seed: int = 0) -> dict[str, Share]:
    """How often the true order has more process stability than a shuffled one, and than the reversed one."""
    rng = np.random.default_rng(seed)
    won = {name: [0, 0] for name in ORDERS}
    for sequence in sequences:
        true = judge.score(sequence.frames).attributes[PROCESS]
        count = len(sequence.frames)
        tried = [("shuffled", _shuffled(count, rng)) for _ in range(shuffles)]
        for name, order in [*tried, ("reversed", list(range(count))[::-1])]:
            wrong = judge.score([sequence.frames[number] for number in order]).attributes[PROCESS]
            won[name][0] += true > wrong
            won[name][1] += 1
    return {name: wilson(*counts) for name, counts in won.items()}


def _shuffled(count: int, rng: np.random.Generator) -> list[int]:
    """An order that is neither the true one nor it reversed, where there is one."""
    while True:
        order = rng.permutation(count).tolist()
        if order != sorted(order) and (count < 3 or order != sorted(order)[::-1]):
            return order


def swapped(judge: ProcessJudge, sequences: list[Sequence], swaps: int, seed: int = 0) -> Share:
    """How often style or composition stability falls where a frame, not the first, is one of another sequence."""
    rng = np.random.default_rng(seed)
    fell, tried = 0, 0
    for sequence in sequences:
        others = [other for other in sequences if other.name != sequence.name]
        true = judge.score(sequence.frames).attributes
        for _ in range(swaps if others else 0):
            frames = list(sequence.frames)
            frames[rng.integers(1, len(frames))] = others[rng.integers(len(others))].frames[-1]
            wrong = judge.score(frames).attributes
            fell += any(wrong[name] < true[name] for name in ("style stability", "composition stability"))
            tried += 1
    return wilson(fell, tried)
