"""Marks for processes by PPJudge, on eight attributes from 1 to 10, after each frame (arXiv 2507.09242).

The process of a step is its sketch, stage by stage, its picture, and the refinements that were kept; that of a guide is
the picture of each step in turn. The judge never saw a guide: of its marks, those of stability say most. What has no
marks says why.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from tools.artifacts import ArtifactStore, Ref
from tools.model_hub import DEVICE, Judge, ModelError, load_judge
from tools.trajectory import Frame, Score, Step

if TYPE_CHECKING:
    from models.ppjudge.predictor import ProcessJudge, Scores, State

GUIDE_LIMIT = 20
"""Steps whose sketches are kept judged: those of a guide, at most."""


class NotScored(Exception):
    """A process has no marks; the message is one line that says why."""


class Process(NamedTuple):
    """The key frames of a process, their numbers counted from 0, and how many frames there were."""

    frames: list[Image.Image]
    numbers: list[int]
    total: int


def score_step(step: Step, frames: list[Frame], judge: str, store: ArtifactStore) -> Score:
    """The marks of a step's process, for which its caption was asked; or the reason why there are none.

    Args:
        frames: all frames of the step, in order.
        judge: the folder of a PPJudge, or "none".
    """
    kept = [frame for frame in frames if frame.kept]
    return _scored(step.number - 1, kept, step.caption or step.prompt, judge, store)


def score_guide(steps: list[list[Frame]], judge: str, store: ArtifactStore) -> Score:
    """The marks of a guide, without a reference, since no single picture was asked for; or the reason for none.

    Args:
        steps: the frames of each step, in order.
    """
    standing = [[frame for frame in frames if frame.kind == "picture" and frame.kept][-1:] for frames in steps]
    return _scored(None, [frame for frames in standing for frame in frames], "", judge, store)


def mark_of(step: Step, frames: list[Frame], judge: str, store: ArtifactStore) -> float:
    """The mean mark of a step's sketch with its latest picture after it: what refinements are compared by.

    All pictures of a step are tried on one state, that of the judge after the sketch.

    Raises:
        NotScored: if there is no judge, or nothing that it can mark.
    """
    sketches = [frame for frame in frames if frame.kind == "sketch"]
    with _judging(judge) as loaded:
        return round(_followed(loaded.network, [*sketches, frames[-1]], step.caption or step.prompt, store).mean, 3)


def read_process(path: Path, judge: str) -> Process:
    """The key frames of a folder of pictures, a GIF or a video: as many as the judge can follow, at most.

    Raises:
        NotScored: if there is no judge, or no such process.
    """
    with _judging(judge) as loaded:
        from models.ppjudge import frames

        found = frames.read_process(path)
        slots = loaded.network.config.slots
        numbers = list(range(len(found))) if len(found) <= slots else frames.key_frames(found, most=slots)
        return Process([Image.fromarray(found[number]) for number in numbers], numbers, len(found))


def read_picture(path: Path) -> Image.Image:
    """A reference picture.

    Raises:
        NotScored: if it is none.
    """
    from models.ppjudge.frames import JudgeError, picture

    try:
        return Image.fromarray(picture(path))
    except JudgeError as error:
        raise NotScored(f"the reference is {error}") from None


def score_frames(
    frames: list[Image.Image], names: list[str], judge: str, reference: Image.Image | None = None, prompt: str = ""
) -> Score:
    """The marks of any process, after each of its frames.

    Args:
        names: what the frames are called in the score.

    Raises:
        NotScored: if there is no judge, or nothing that it can mark, or both a reference and a prompt.
    """
    with _judging(judge) as loaded:
        found = loaded.network.score(frames, reference_image=reference, prompt=prompt or None)
        return _score(None, found, names, loaded.source)


def experts_used(frames: list[Image.Image], judge: str, reference: Image.Image | None = None, prompt: str = "") -> str:
    """Which experts matter for each attribute of a process, as SVG (Fig. 6 of arXiv 2507.09242).

    Raises:
        NotScored: as `score_frames`.
    """
    with _judging(judge) as loaded:
        from models.ppjudge.usage import heat_map

        shares = loaded.network.experts(frames, reference_image=reference, prompt=prompt or None)
        return heat_map(shares, loaded.network.config.depths)


@contextmanager
def _judging(name: str) -> Iterator[Judge]:
    """The judge with the device to itself; whatever goes wrong is told as `NotScored`."""
    try:
        with DEVICE:
            loaded = load_judge(name)
    except ModelError as error:
        raise NotScored(str(error)) from None
    from models.ppjudge.frames import JudgeError

    try:
        with DEVICE:
            yield loaded
    except JudgeError as error:
        raise NotScored(str(error)) from None


def _scored(step: int | None, process: list[Frame], prompt: str, judge: str, store: ArtifactStore) -> Score:
    try:
        with _judging(judge) as loaded:
            found = _followed(loaded.network, process, prompt, store)
            return _score(step, found, [frame.key for frame in process], loaded.source)
    except NotScored as error:
        return Score(step=step, reason=str(error))


def _score(step: int | None, found: "Scores", names: list[str], source: str) -> Score:
    timeline = {name: [marks[name] for marks in found.timeline] for name in found.attributes}
    frames = [names[number] for number in found.frames]
    return Score(step=step, attributes=found.attributes, timeline=timeline, frames=frames, source=source)


def _followed(network: "ProcessJudge", process: list[Frame], prompt: str, store: ArtifactStore) -> "Scores":
    """Marks after each frame, at the cost of one frame each; of more than there are slots, the key frames at once."""
    from models.ppjudge.predictor import Scores

    if not 2 <= len(process) <= network.config.slots:
        return network.score([store.get_image(frame.image) for frame in process], prompt=prompt or None)
    sketches = tuple(frame.image for frame in process if frame.kind == "sketch")
    timeline, state = _after_sketch(network, sketches, prompt, store.root)
    timeline = list(timeline)
    for frame in process[len(sketches) :]:
        marks, state = network.add(store.get_image(frame.image), state)
        timeline.append(marks)
    return Scores(timeline[-1], timeline, list(range(len(process))))


@lru_cache(maxsize=GUIDE_LIMIT)
def _after_sketch(
    network: "ProcessJudge", sketches: tuple[Ref, ...], prompt: str, root: Path
) -> tuple[list[dict[str, float]], "State"]:
    """Marks after each stage of a sketch, and the judge's state with all of them, kept for the pictures that follow."""
    store, timeline, state = ArtifactStore(root), [], network.begin(prompt=prompt or None)
    for image in sketches:
        marks, state = network.add(store.get_image(image), state)
        timeline.append(marks)
    return timeline, state
