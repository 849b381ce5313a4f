"""Guides: what is measured of a finished run of `instruct`, read from its folder and the artefact store."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image
from pydantic import ValidationError

from graphs.resources import environment
from graphs.runner import InputError
from tools.artifacts import ArtifactStore, CorruptArtifact
from tools.layout import Box
from tools.scene import phrase
from tools.trajectory import Step, Trajectory

MARGIN = 1.25
"""Side of a crop in longer sides of its thing, as the recogniser learned them."""


class Subject(NamedTuple):
    """What a guide is about. Two guides with the same subject may be compared step by step."""

    goal: str
    seed: int
    instructions: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.goal!r}, seed {self.seed}"


class Thing(NamedTuple):
    """What the plan puts at a place: a noun of the vocabulary and its box."""

    noun: str
    box: Box


class Guide(NamedTuple):
    """A finished run.

    Attributes:
        place: its folder.
        settings: those of the run, the profile among them.
        pictures: one a step, RGB, as the generator left it: no ink of line and wash lies over it.
        things: for each step, where the layout put what the plan shows once, by the words for it ("a red cup").
    """

    place: str
    subject: Subject
    settings: dict[str, Any]
    pictures: list[Image.Image]
    things: list[dict[str, Thing]]


def read_column(paths: list[Path]) -> list[Guide]:
    """The guides of some paths, each the folder of a run or a folder of such folders.

    Raises:
        InputError: if a path has no finished run, or two guides have the same subject.
    """
    guides = [read_guide(folder) for path in paths for folder in run_folders(path)]
    for subject, times in Counter(guide.subject for guide in guides).items():
        if times > 1:
            places = ", ".join(guide.place for guide in guides if guide.subject == subject)
            raise InputError(f"{times} runs of {subject} are to stand for one thing: {places}; give one of them")
    return guides


def run_folders(path: Path) -> list[Path]:
    """The folder itself if it is a finished run's, else the finished runs in it.

    Raises:
        InputError: if there is none.
    """
    if (path / "trajectory.json").exists():
        return [path]
    if not path.is_dir():
        raise InputError(f"there is no folder {str(path)!r}: give that of a finished run, where its index.html lies")
    if found := sorted(file.parent for file in path.glob("*/trajectory.json")):
        return found
    raise InputError(f"no finished run in {str(path)!r}: there is no trajectory.json in it, nor in a folder of it")


def read_guide(folder: Path) -> Guide:
    """The guide of a run's folder; pictures come from the store beside it, else from that of ATELIER_HOME.

    Raises:
        InputError: if the run is damaged, or a step has no picture.
    """
    beside = folder.resolve().parent / "artifacts"
    store = ArtifactStore(beside if beside.is_dir() else environment().home / "artifacts")
    try:
        run = Trajectory.model_validate_json((folder / "trajectory.json").read_bytes())
        if not run.steps:
            raise ValueError("it has no steps")
        pictures, things = zip(*(_looked_up(step, store) for step in run.steps), strict=True)
    except ValidationError as error:
        raise InputError(
            f"{folder / 'trajectory.json'} is not a run's trajectory: {error.error_count()} faults"
        ) from None
    except (OSError, CorruptArtifact, ValueError) as error:
        raise InputError(f"cannot measure {str(folder)!r}: {error}") from None
    subject = Subject(plain(run.goal), run.seed, tuple(step.instruction for step in run.steps))
    return Guide(str(folder), subject, {"profile": run.profile, **run.settings}, list(pictures), list(things))


def _looked_up(step: Step, store: ArtifactStore) -> tuple[Image.Image, dict[str, Thing]]:
    if step.picture is None:
        raise ValueError(f"step {step.number} has no picture")
    made = store.get_json(step.picture.manifest) if step.picture.manifest else {}
    boxes, words = made.get("boxes", {}), [phrase(item) for item in step.scene.objects]
    things = {
        name: Thing(item.noun, tuple(boxes[item.id]))
        for name, item in zip(words, step.scene.objects, strict=True)
        if words.count(name) == 1 and item.id in boxes
    }
    return store.get_image(step.picture.image), things


def plain(goal: str) -> str:
    """A goal however it is put: "How to make tea" is "make tea"."""
    return " ".join(goal.lower().split()).removeprefix("how to ")


def crop(picture: Image.Image, box: Box) -> Image.Image:
    """The square about a box, a little larger, with the box in its middle; beyond the edge its last pixels go on."""
    width, height = (box[2] - box[0]) * picture.width, (box[3] - box[1]) * picture.height
    side = max(1, round(MARGIN * max(width, height)))
    pixels = np.pad(np.asarray(picture), ((side, side), (side, side), (0, 0)), mode="edge")
    left = side + round((box[0] + box[2]) / 2 * picture.width - side / 2)
    top = side + round((box[1] + box[3]) / 2 * picture.height - side / 2)
    return Image.fromarray(pixels[top : top + side, left : left + side])


def read_goals(path: Path) -> set[str]:
    """The goals of a file: one a line, or a JSON list of texts or of objects with a `goal`.

    Raises:
        InputError: if it cannot be read, or names none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot read the goals in {str(path)!r}: {getattr(error, 'strerror', None) or error}"
        ) from None
    try:
        rows = json.loads(text) if text.lstrip().startswith("[") else text.splitlines()
        goals = {plain(str(row["goal"] if isinstance(row, dict) else row)) for row in rows} - {""}
    except (ValueError, KeyError) as error:
        raise InputError(f"the goals in {str(path)!r} are neither lines nor a JSON list of them: {error}") from None
    if not goals:
        raise InputError(f"there are no goals in {str(path)!r}: write one a line")
    return goals
