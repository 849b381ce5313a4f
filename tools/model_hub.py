"""Loads models, places them and shares them. `python -m tools.model_hub prefetch PROFILE` fetches what a profile needs.

A profile names a pipeline, its scribble control and a segmenter by folder or hub id, and how to sample it. Embedded
and full-size models are the same classes and take the same path through here.
"""

import hashlib
import os
import threading
import warnings
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tools.profile import ModelError, Profile, load_profile, profile_names

__all__ = [
    "DEVICE",
    "FAMILIES",
    "ROOT",
    "ModelError",
    "Models",
    "Profile",
    "load_models",
    "load_profile",
    "load_segmenter",
    "models_of",
    "profile_names",
]

# Read when the libraries are imported: their notes and bars would break up our own progress. Errors still come.
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

ROOT = Path(__file__).resolve().parent.parent
ACTIVATIONS = 4 * 2**30
"""Bytes of GPU memory to leave beside the weights; with less, each model is moved in when it is its turn."""
DEVICE = threading.Lock()
"""Held while a model computes: one device, one computation at a time."""


class Family(NamedTuple):
    """What a class of pipelines is made of.

    Attributes:
        denoiser: the component that denoises.
        processor: its attention processor, by module and name.
        control: the class of its ControlNets.
        half: the dtype on a GPU.
    """

    denoiser: str
    processor: tuple[str, str]
    control: str
    half: str


FAMILIES = {
    "StableDiffusionPipeline": Family("unet", ("unet", "UNetSharingProcessor"), "ControlNetModel", "float16"),
    "StableDiffusionXLPipeline": Family("unet", ("unet", "UNetSharingProcessor"), "ControlNetModel", "float16"),
    "StableDiffusion3Pipeline": Family("transformer", ("sd3", "SD3SharingProcessor"), "SD3ControlNetModel", "bfloat16"),
    "FluxPipeline": Family("transformer", ("flux", "FluxSharingProcessor"), "FluxControlNetModel", "bfloat16"),
}


class Models(NamedTuple):
    """A loaded pipeline with its control and segmenter, if it has them, and the revision that manifests record."""

    pipeline: Any
    control: Any
    revision: str
    segmenter: Any = None


@lru_cache(maxsize=2)
def load_models(pipeline: str, control: str, control_kind: str, offline: bool) -> Models:
    """Loads a pipeline and its control on the best device; the same request again shares them.

    Args:
        control: empty for none.

    Raises:
        ModelError: if they are not there, or not what they should be.
    """
    import diffusers
    import torch
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    import models.scene_diffusion.first_stage  # noqa: F401  # a class that the embedded pipeline's index names

    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()
    warnings.filterwarnings("ignore", "`FluxPosEmbed`", FutureWarning)  # diffusers' own FLUX ControlNet calls it
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        kind = _pipeline_class(pipeline, offline)
        family = FAMILIES[kind]
        dtype = getattr(torch, family.half) if device.type == "cuda" else torch.float32
        options = {"dtype": dtype, "local_files_only": offline}
        unchecked = {"safety_checker": None} if kind == "StableDiffusionPipeline" else {}
        loaded = getattr(diffusers, kind).from_pretrained(_place(pipeline), **unchecked, **options)
        control_class = getattr(diffusers, "T2IAdapter" if control_kind == "adapter" else family.control)
        scribble = control_class.from_pretrained(_place(control), **options) if control else None
    except (OSError, ValueError) as error:
        with_control, without = (f" with {control!r}", "; --control none paints without it") if control else ("", "")
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load {pipeline!r}{with_control}: {reason} ({_remedy(offline)}{without})") from None
    denoiser = getattr(loaded, family.denoiser)
    if scribble is not None and not _fits(denoiser, scribble):
        raise ModelError(f"{control!r} is no control for {pipeline!r}: choose another with --control, or none")
    _take_sharing(denoiser, family)
    _place_on(device, loaded, scribble)
    revisions = [_revision(name) for name in (pipeline, control) if name]
    return Models(loaded, scribble, "+".join(revisions))


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
        kind = PretrainedConfig.get_config_dict(_place(name), local_files_only=offline)[0].get("model_type")
        if kind not in ("sam2", "sam2_video"):
            raise ModelError(f"{name!r} is no SAM 2: choose another with --segmenter; {without}")
        return Segmenter.from_pretrained(_place(name), device, local_files_only=offline)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load the segmenter {name!r}: {reason} ({_remedy(offline)}; {without})") from None


def _remedy(offline: bool) -> str:
    """What to do where a model is not found."""
    if offline:
        return "leave out --offline or run `python -m tools.model_hub prefetch PROFILE`"
    return "check the id and the network"


def _pipeline_class(pipeline: str, offline: bool) -> str:
    """The class that a pipeline's `model_index.json` names.

    Raises:
        ModelError: if pictures cannot be painted with it here.
    """
    from diffusers import DiffusionPipeline

    kind = DiffusionPipeline.load_config(_place(pipeline), local_files_only=offline)["_class_name"]
    if kind not in FAMILIES:
        raise ModelError(f"{pipeline!r} is a {kind}: Atelier paints with {', '.join(FAMILIES)}")
    return kind


def _fits(denoiser: Any, control: Any) -> bool:
    """Whether a ControlNet reads the same prompts as a denoiser; those that read none or want a mode are not known."""
    same = all(
        denoiser.config[width] == control.config[width]
        for width in ("cross_attention_dim", "joint_attention_dim")
        if width in denoiser.config and width in control.config
    )
    return same and not control.config.get("num_mode")


def _take_sharing(denoiser: Any, family: Family) -> None:
    """Gives every attention layer of a denoiser the processor that shares; no weight is touched."""
    module, name = family.processor
    processor = getattr(import_module(f"models.kv_sharing.{module}"), name)
    denoiser.set_attn_processor({layer: processor(layer) for layer in denoiser.attn_processors})


def _place_on(device: Any, pipeline: Any, control: Any) -> None:
    """Places models on a device; on a GPU that they fill, each is moved in when it is its turn."""
    import torch

    pipeline.set_progress_bar_config(disable=True)
    vae = pipeline.vae
    if hasattr(vae, "enable_tiling"):
        vae.enable_tiling()  # only pictures larger than those it was trained on are decoded in tiles
    if vae.dtype == torch.float16 and vae.config.get("force_upcast"):
        vae.to(torch.float32)  # SDXL's overflows in half precision
    if control is not None:
        control.to(device).eval()
    modules = [part for part in pipeline.components.values() if isinstance(part, torch.nn.Module)]
    weights = sum(tensor.numel() * tensor.element_size() for module in modules for tensor in module.parameters())
    if device.type == "cuda" and torch.cuda.mem_get_info()[0] < weights + ACTIVATIONS:
        pipeline.enable_model_cpu_offload()
    else:
        pipeline.to(device)


def models_of(profile: Profile, offline: bool = False) -> Models:
    """The models of a profile, loaded once a process."""
    with DEVICE:
        loaded = load_models(profile.pipeline, profile.control, profile.control_kind, offline)
        if not profile.segmenter:
            return loaded
        segmenter = load_segmenter(profile.segmenter, offline)
    return loaded._replace(segmenter=segmenter, revision=f"{loaded.revision}+{_revision(profile.segmenter)}")


def _place(name: str) -> str:
    """A folder of the checkout by its relative path; anything else as it is."""
    return str(ROOT / name) if (ROOT / name).is_dir() else name


def _revision(name: str) -> str:
    """What tells one set of weights from another: the hash of local files, or the commit of a hub model."""
    folder = Path(_place(name))
    if not folder.is_dir():
        from huggingface_hub import try_to_load_from_cache

        cached = (try_to_load_from_cache(name, file) for file in ("model_index.json", "config.json"))
        return next((Path(found).parent.name for found in cached if isinstance(found, str)), "unknown")
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".safetensors", ".json", ".txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


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
