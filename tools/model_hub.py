"""Loads models, places them and shares them. `python -m tools.model_hub prefetch PROFILE` fetches what a profile needs.

A profile names a pipeline and its scribble control by folder or hub id, and how to sample it. Embedded and full-size
models are the same classes and take the same path through here.
"""

import hashlib
import os
import threading
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

# Read when the libraries are imported: their notes and bars would break up our own progress. Errors still come.
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

ROOT = Path(__file__).resolve().parent.parent
PROFILES = Path(__file__).parent / "profiles"
ROOMY = 10 * 2**30
"""Bytes of free GPU memory from which models stay there; with less, each is moved in when it is its turn."""
DEVICE = threading.Lock()
"""Held while a model computes: one device, one computation at a time."""


class ModelError(Exception):
    """A model cannot be loaded; the message says which and what to do."""


class Profile(BaseModel):
    """How pictures are made: which models, at which size, by which sampling."""

    name: str
    pipeline: str
    control: str
    control_kind: Literal["adapter", "controlnet"]
    size: int
    steps: int
    guidance: float
    caption: Literal["scene", "prompt"]
    negative_prompt: str = ""
    control_scale: float = 1.0
    binding: float = 8.0
    pass_over_padding: bool = False
    line_and_wash: bool = False


class Models(NamedTuple):
    """A loaded pipeline with its control, and the revision that manifests record."""

    pipeline: Any
    control: Any
    revision: str


def profile_names() -> list[str]:
    """The profiles there are."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def load_profile(
    name: str, pipeline: str | None = None, control: str | None = None, size: int | None = None
) -> Profile:
    """A profile by name, with other models or another size if asked for.

    Raises:
        ModelError: if there is no such profile.
    """
    if name not in profile_names():
        raise ModelError(f"unknown profile {name!r}: choose one of {', '.join(profile_names())}")
    table = tomllib.loads((PROFILES / f"{name}.toml").read_text(encoding="utf-8"))
    given = {"pipeline": pipeline, "control": control, "size": size}
    return Profile.model_validate({"name": name, **table, **{key: value for key, value in given.items() if value}})


@lru_cache(maxsize=2)
def load_models(pipeline: str, control: str, control_kind: str, offline: bool) -> Models:
    """Loads a pipeline and its control on the best device; the same request again shares them.

    Raises:
        ModelError: if they are not there, or not what they should be.
    """
    import torch
    from diffusers import ControlNetModel, StableDiffusionPipeline, T2IAdapter
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    from models.kv_sharing.unet import UNetSharingProcessor

    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    dtype = torch.float16 if device.type == "cuda" else torch.float32
    options = {"dtype": dtype, "local_files_only": offline}
    kind = T2IAdapter if control_kind == "adapter" else ControlNetModel
    try:
        loaded = StableDiffusionPipeline.from_pretrained(_place(pipeline), safety_checker=None, **options)
        scribble = kind.from_pretrained(_place(control), **options)
    except (OSError, ValueError) as error:
        remedy = (
            "leave out --offline or run `python -m tools.model_hub prefetch PROFILE`"
            if offline
            else "check the id and the network"
        )
        raise ModelError(
            f"cannot load {pipeline!r} with {control!r}: {str(error).splitlines()[0]} ({remedy})"
        ) from None
    loaded.unet.set_attn_processor({name: UNetSharingProcessor() for name in loaded.unet.attn_processors})
    loaded.set_progress_bar_config(disable=True)
    if device.type == "cuda" and torch.cuda.mem_get_info()[0] < ROOMY:
        loaded.enable_model_cpu_offload()
    else:
        loaded.to(device)
    return Models(loaded, scribble.to(device).eval(), f"{_revision(pipeline)}+{_revision(control)}")


def models_of(profile: Profile, offline: bool = False) -> Models:
    """The models of a profile, loaded once a process."""
    with DEVICE:
        return load_models(profile.pipeline, profile.control, profile.control_kind, offline)


def _place(name: str) -> str:
    """A folder of the checkout by its relative path; anything else as it is."""
    return str(ROOT / name) if (ROOT / name).is_dir() else name


def _revision(name: str) -> str:
    """What tells one set of weights from another: the hash of local files, or the commit of a hub model."""
    folder = Path(_place(name))
    if not folder.is_dir():
        from huggingface_hub import try_to_load_from_cache

        found = try_to_load_from_cache(name, "model_index.json")
        return Path(found).parent.name if isinstance(found, str) else "unknown"
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".safetensors", ".json", ".txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _prefetch(profile: Profile) -> None:
    from diffusers import StableDiffusionPipeline
    from huggingface_hub import snapshot_download

    fetch = {
        profile.pipeline: lambda name: StableDiffusionPipeline.download(name, safety_checker=None),
        profile.control: lambda name: snapshot_download(name, allow_patterns=["config.json", "*model.safetensors"]),
    }
    for name, download in fetch.items():
        if Path(_place(name)).is_dir():
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
