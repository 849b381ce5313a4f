"""Loads diffusion pipelines with their controls, gives their attention the processor that shares, and places them."""

import os
import warnings
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from tools.model_names import place_of, remedy, revision_of
from tools.profile import ModelError

# Read when the libraries are imported: their notes and bars would break up our own progress. Errors still come.
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")


ACTIVATIONS = 4 * 2**30
"""Bytes of GPU memory to leave beside the weights; with less, each model is moved in when it is its turn."""


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
        loaded = getattr(diffusers, kind).from_pretrained(place_of(pipeline), **unchecked, **options)
        control_class = getattr(diffusers, "T2IAdapter" if control_kind == "adapter" else family.control)
        scribble = control_class.from_pretrained(place_of(control), **options) if control else None
    except (OSError, ValueError) as error:
        with_control, without = (f" with {control!r}", "; --control none paints without it") if control else ("", "")
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load {pipeline!r}{with_control}: {reason} ({remedy(offline)}{without})") from None
    denoiser = getattr(loaded, family.denoiser)
    if scribble is not None and not _fits(loaded, denoiser, scribble):
        raise ModelError(f"{control!r} is no control for {pipeline!r}: choose another with --control, or none")
    _take_sharing(denoiser, family)
    _place_on(device, loaded, scribble)
    revisions = [revision_of(name) for name in (pipeline, control) if name]
    return Models(loaded, scribble, "+".join(revisions))


def _pipeline_class(pipeline: str, offline: bool) -> str:
    """The class that a pipeline's `model_index.json` names.

    Raises:
        ModelError: if pictures cannot be painted with it here.
    """
    from diffusers import DiffusionPipeline

    kind = DiffusionPipeline.load_config(place_of(pipeline), local_files_only=offline)["_class_name"]
    if kind not in FAMILIES:
        raise ModelError(f"{pipeline!r} is a {kind}: Atelier paints with {', '.join(FAMILIES)}")
    return kind


def _fits(pipeline: Any, denoiser: Any, control: Any) -> bool:
    """Whether a ControlNet reads the same prompts as a denoiser; those that read none or want a mode are not known.

    An adapter of cells reads a cell's pixels and its latents (`models.scene_diffusion.forms.adapter_input`).
    """
    if control.config.get("downscale_factor") == 1:
        return control.config.in_channels == pipeline.vae_scale_factor**2 + denoiser.config.in_channels
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
