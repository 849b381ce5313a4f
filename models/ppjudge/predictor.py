"""What asks a judge for marks: a whole process at once, or frame by frame.

`score` marks frames after each of them; `begin` and `add` do the same as frames come, at the cost of one frame each,
with equal marks. What `begin` and `add` return is never changed, so several next frames can be tried on one state.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from models.ppjudge.config import ATTRIBUTES, HIGHEST, LOWEST, WEIGHTS
from models.ppjudge.frames import JudgeError, as_tensor, key_frames, picture
from models.ppjudge.modeling import IMAGE, NONE, VECTORS, Cache, Reference, load_judge
from models.ppjudge.references import TEXT_ENCODER, encoder_for, image_tensor, reference_of
from models.ppjudge.usage import expert_usage

Picture = Image.Image | np.ndarray | Path | str
"""An image, an array (H, W, 3) uint8, or a file."""
MOST = 5000
"""Frames of a process, at most."""

__all__ = ["JudgeError", "Picture", "ProcessJudge", "Scores", "State"]


class Scores(NamedTuple):
    """Marks of a process on 1–10.

    Attributes:
        attributes: name → mark after the last frame; without a reference, consistency is missing.
        timeline: the same after each of the key frames.
        frames: the numbers of the key frames among those given.
    """

    attributes: dict[str, float]
    timeline: list[dict[str, float]]
    frames: list[int]

    @property
    def mean(self) -> float:
        """The mean of the attributes."""
        return sum(self.attributes.values()) / len(self.attributes)


class State(NamedTuple):
    """What is kept between frames: the cache, and whether there is a reference to be consistent with."""

    cache: Cache
    referred: bool

    @property
    def frames(self) -> int:
        """How many frames there were."""
        return self.cache.frames


class ProcessJudge:
    """A judge with its weights; it holds no process, so one serves many."""

    def __init__(
        self,
        folder: Path = WEIGHTS,
        device: str | torch.device = "cpu",
        clip: Path | None = None,
        texts: Path = TEXT_ENCODER,
    ):
        """Loads a judge.

        Args:
            folder: of its `config.json` and `model.safetensors`.
            clip: folder of the CLIP it was trained with, if it was.
            texts: pipeline whose text encoder reads prompts, for a judge with an image tower.

        Raises:
            JudgeError: if there is no judge in the folder, or the CLIP it needs is not there.
        """
        try:
            self.model = load_judge(folder).to(device).requires_grad_(False)
        except (OSError, ValueError, TypeError, KeyError, RuntimeError, SafetensorError) as error:
            raise JudgeError(f"no judge in {folder}: {str(error).splitlines()[0]}") from error
        self.config = self.model.config
        self.device = torch.device(device)
        self.encoder = encoder_for(self.config, clip, texts).to(device)

    def score(
        self, frames: Sequence[Picture], reference_image: Picture | None = None, prompt: str | None = None
    ) -> Scores:
        """Marks a process; of more frames than there are slots, the key frames.

        Frames may have any sizes: each is looked at as a square.

        Raises:
            JudgeError: if there are fewer than two frames, too many, or one that is no picture; or if the reference is
                no picture, or both an image and a prompt.
        """
        seen, chosen = self._seen(frames)
        reference, referred = self._reference(reference_image, prompt)
        with torch.inference_mode():
            marks = self.model(seen[None], reference).scores[0]
        timeline = [_named(row, referred) for row in marks]
        return Scores(timeline[-1], timeline, chosen)

    def experts(
        self, frames: Sequence[Picture], reference_image: Picture | None = None, prompt: str | None = None
    ) -> Tensor:
        """What share each expert of the last layer has in each attribute of a process: (8, E), rows adding up to 1.

        Raises:
            JudgeError: as `score`.
        """
        seen, _ = self._seen(frames)
        _, usage = expert_usage(self.model, seen[None], self._reference(reference_image, prompt)[0])
        return (usage / usage.sum(1, keepdim=True).clamp(min=1)).cpu()

    def begin(self, reference_image: Picture | None = None, prompt: str | None = None) -> State:
        """The state before the first frame.

        Raises:
            JudgeError: if the reference is no picture, or both an image and a prompt are given.
        """
        reference, referred = self._reference(reference_image, prompt)
        with torch.inference_mode():
            return State(self.model.begin(reference), referred)

    def add(self, frame: Picture, state: State) -> tuple[dict[str, float], State]:
        """Marks by name with one frame more, and the state that has it.

        Raises:
            JudgeError: if the frame is no picture, or all slots are full (then give `score` all frames).
        """
        if state.frames == self.config.slots:
            raise JudgeError(f"the judge follows {self.config.slots} frames at most: score them all at once")
        seen = as_tensor([_numbered(frame, state.frames)], self.config.size).to(self.device)
        with torch.inference_mode():
            marks, cache = self.model.add(seen, state.cache)
        return _named(marks[0], state.referred), State(cache, state.referred)

    def _seen(self, frames: Sequence[Picture]) -> tuple[Tensor, list[int]]:
        """The key frames (T, 3, S, S) in [-1, 1], and their numbers."""
        if len(frames) < 2:
            raise JudgeError(f"a process has two frames at least: {len(frames)} given")
        if len(frames) > MOST:
            raise JudgeError(f"a process has {MOST} frames at most: {len(frames)} given")
        pictures = [_numbered(frame, number) for number, frame in enumerate(frames)]
        chosen = list(range(len(pictures)))
        if len(pictures) > self.config.slots:
            chosen = key_frames(pictures, most=self.config.slots)
        return as_tensor([pictures[number] for number in chosen], self.config.size).to(self.device), chosen

    def _reference(self, image: Picture | None, prompt: str | None) -> tuple[Reference, bool]:
        if image is not None and prompt:
            raise JudgeError("a process has one reference: an image or a prompt, not both")
        kind = IMAGE if image is not None else VECTORS if prompt else NONE
        size = self.config.size
        pixels = torch.zeros(1, 3, size, size) if image is None else image_tensor(image, size)
        kinds = torch.tensor([kind], device=self.device)
        return reference_of(self.encoder, self.config, kinds, [prompt or ""], pixels.to(self.device)), kind != NONE


def _numbered(frame: Picture, number: int) -> np.ndarray:
    try:
        return picture(frame)
    except JudgeError as error:
        raise JudgeError(f"frame {number} is {error}") from error


def _named(marks: Tensor, referred: bool) -> dict[str, float]:
    """Marks (8,) by name, from 1 to 10, rounded to hundredths; consistency only where there is a reference."""
    rounded = marks.clamp(LOWEST, HIGHEST).double().cpu().numpy().round(2).tolist()
    named = dict(zip(ATTRIBUTES, rounded, strict=True))
    if not referred:
        del named["consistency"]
    return named
