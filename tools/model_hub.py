"""Loads models, places them and shares them. `python -m tools.model_hub prefetch PROFILE` fetches what a profile needs.

A profile names a pipeline, its scribble control and a segmenter by folder or hub id, and how to sample it. Embedded
and full-size models are the same classes and take the same path through here.
"""

import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.model_names import ROOT, place_of, remedy, revision_of
from tools.pipelines import FAMILIES, Models, load_models
from tools.profile import ModelError, Profile, load_profile, profile_names

if TYPE_CHECKING:
    from models.painter.predictor import PainterPredictor
    from models.ppjudge.predictor import ProcessJudge

__all__ = [
    "DEVICE",
    "FAMILIES",
    "JUDGE",
    "ROOT",
    "Judge",
    "LoadedPainter",
    "ModelError",
    "Models",
    "Profile",
    "load_judge",
    "load_models",
    "load_painter",
    "load_profile",
    "load_segmenter",
    "models_of",
    "painter_folder",
    "profile_names",
]

JUDGE = "models/ppjudge/weights"
"""The embedded PPJudge."""
DEVICE = threading.Lock()
"""Held while a model computes: one device, one computation at a time."""


@lru_cache(maxsize=1)
def load_segmenter(name: str, offline: bool) -> Any:
    """Loads a SAM 2 on the best device, as a `Segmenter`; the same request again shares it.

    Raises:
        ModelError: if it is not there, or no SAM 2.
    """
    import torch
    from transformers import PretrainedConfig

    from models.segmenter.predictor import Segmenter

    device = "cuda" if torch.cuda.is_available() else "cpu"
    without = "--segmenter none takes masks from attention"
    try:
        kind = PretrainedConfig.get_config_dict(place_of(name), local_files_only=offline)[0].get("model_type")
        if kind not in ("sam2", "sam2_video"):
            raise ModelError(f"{name!r} is no SAM 2: choose another with --segmenter; {without}")
        return Segmenter.from_pretrained(place_of(name), device, local_files_only=offline)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load the segmenter {name!r}: {reason} ({remedy(offline)}; {without})") from None


class Judge(NamedTuple):
    """A loaded PPJudge, and what is to be said of its marks: which judge gave them, and what it was taught by."""

    network: "ProcessJudge"
    source: str


@lru_cache(maxsize=1)
def load_judge(name: str) -> Judge:
    """Loads a PPJudge from its folder on the best device; the same request again shares it.

    A judge that knows references by a CLIP has it in its folder, as `clip`.

    Raises:
        ModelError: if the name is "none", or there is no judge.
    """
    folder = Path(place_of(name))
    if name == "none":
        raise ModelError("the judge was left out")
    import torch

    from models.ppjudge.predictor import JudgeError, ProcessJudge

    clip = folder / "clip"
    try:
        network = ProcessJudge(
            folder, "cuda" if torch.cuda.is_available() else "cpu", clip=clip if clip.is_dir() else None
        )
    except JudgeError as error:
        raise ModelError(str(error).replace(str(folder), folder.name)) from None  # it may end on a page
    taught = "trained on synthetic processes with programmatic labels" if name == JUDGE else f"from {folder.name!r}"
    return Judge(network, f"PPJudge {revision_of(name)[:8]}, {taught}")


def painter_folder(name: str) -> Path:
    """The folder of a Painter.

    Raises:
        ModelError: if there is none.
    """
    folder = Path(place_of(name))
    if not (folder / "model.safetensors").is_file():
        raise ModelError(
            f"there is no Painter in {name!r}: name the folder of one with --painter, train one with"
            " `python -m models.painter.train`, or draw with --strokes outlines"
        )
    return folder


class LoadedPainter(NamedTuple):
    """A Painter, and the revision that sketches record."""

    predictor: "PainterPredictor"
    revision: str


@lru_cache(maxsize=1)
def load_painter(name: str) -> LoadedPainter:
    """Loads a Painter from its folder on the best device; the same request again shares it.

    Raises:
        ModelError: if it is not there, or no Painter.
    """
    folder = painter_folder(name)
    import torch
    from safetensors import SafetensorError

    from models.painter.predictor import PainterPredictor

    try:
        predictor = PainterPredictor(folder, "cuda" if torch.cuda.is_available() else "cpu")
    except (OSError, ValueError, TypeError, KeyError, RuntimeError, SafetensorError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load the Painter {name!r}: {reason}; choose another with --painter") from None
    return LoadedPainter(predictor, revision_of(name))


def models_of(profile: Profile, offline: bool = False) -> Models:
    """The models of a profile, loaded once a process."""
    with DEVICE:
        loaded = load_models(profile.pipeline, profile.control, profile.control_kind, offline)
        if not profile.segmenter:
            return loaded
        segmenter = load_segmenter(profile.segmenter, offline)
    return loaded._replace(segmenter=segmenter, revision=f"{loaded.revision}+{revision_of(profile.segmenter)}")


def _prefetch(profile: Profile) -> None:
    from diffusers import DiffusionPipeline
    from huggingface_hub import snapshot_download

    fetch = {
        profile.pipeline: lambda name: DiffusionPipeline.download(name, safety_checker=None),
        profile.control: lambda name: snapshot_download(name, allow_patterns=["config.json", "*model*.safetensors*"]),
        profile.segmenter: lambda name: snapshot_download(name, allow_patterns=["config.json", "model*.safetensors*"]),
    }
    for name, download in fetch.items():
        if not name:
            continue
        if Path(place_of(name)).is_dir():
            print(f"{name}: on this machine")
        else:
            print(f"{name}: fetching\n{download(name)}")


def _main() -> None:
    import typer

    app = typer.Typer(add_completion=False, help=__doc__)

    @app.command()
    def prefetch(profile: str) -> None:
        """Names and fetches all that a profile needs."""
        try:
            _prefetch(load_profile(profile))
        except (ModelError, OSError) as error:
            raise SystemExit(f"error: {error}") from None

    @app.command()
    def profiles() -> None:
        """Names the profiles."""
        for name in profile_names():
            print(name)

    app()


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    _main()
