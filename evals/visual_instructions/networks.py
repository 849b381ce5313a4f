"""Networks that look at pictures: CLIP scores and distances between pictures.

Models of others are named by folder or hub id and loaded by their class in transformers; the embedded ones are this
project's own and always there. Distances of different networks have nothing to do with each other.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image

from graphs.runner import first_line
from tools.model_hub import DEVICE, ROOT, ModelError, Profile, load_profile, models_of

if TYPE_CHECKING:
    from torch import Tensor

Pictures = Sequence[Image.Image]
RECOGNIZER = ROOT / "models" / "scene_diffusion" / "recognizer_weights"


class Network(NamedTuple):
    """Who looks, by name, and what it says.

    Attributes:
        distances: of every two of N pictures, (N, N).
        nouns: which noun of the vocabulary a crop shows, "nothing" if none; None: it knows no nouns. A network that
            knows them has learned crops of single things and is shown no whole pictures.
    """

    name: str
    distances: Callable[[Pictures], np.ndarray]
    nouns: Callable[[Pictures], list[str]] | None = None


def clip_scorer(place: str) -> Callable[[Pictures, Sequence[str]], list[float]]:
    """The CLIP score of each picture with its text: 100 · the cosine of their embeddings.

    CLIPScore (arXiv 2104.08718) is 2.5 · the cosine, and 0 where that is negative. Texts are cut at the model's length.

    Args:
        place: folder or hub id of a `CLIPModel` with its tokenizer and image processor.

    Raises:
        ModelError: if it cannot be loaded.
    """
    from transformers import AutoImageProcessor, AutoTokenizer, CLIPModel

    model, processor = _loaded(place, CLIPModel), _loaded(place, AutoImageProcessor)
    tokenizer = _loaded(place, AutoTokenizer)

    def scores(pictures: Pictures, texts: Sequence[str]) -> list[float]:
        import torch

        longest = model.config.text_config.max_position_embeddings
        words = tokenizer(list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt")
        pixels = processor(images=list(pictures), return_tensors="pt")
        with torch.inference_mode():
            seen = model(
                input_ids=words["input_ids"].to(model.device),
                attention_mask=words["attention_mask"].to(model.device),
                pixel_values=pixels["pixel_values"].to(model.device),
            )
        return [100 * float(cosine) for cosine in (seen.image_embeds * seen.text_embeds).sum(-1)]

    return scores


def dinov2(place: str) -> Network:
    """L2 distance of the class tokens of a `Dinov2Model`, each of length 1: from 0 to 2.

    Args:
        place: folder or hub id of the model with its image processor.

    Raises:
        ModelError: if it cannot be loaded.
    """
    from transformers import AutoImageProcessor, Dinov2Model

    model, processor = _loaded(place, Dinov2Model), _loaded(place, AutoImageProcessor)

    def distances(pictures: Pictures) -> np.ndarray:
        import torch

        with torch.inference_mode():
            pixels = processor(images=list(pictures), return_tensors="pt")["pixel_values"].to(model.device)
            return _euclidean(model(pixel_values=pixels).pooler_output)

    return Network(f"L2 DINOv2, {place}", distances)


def dreamsim(folder: str) -> Network:
    """DreamSim's ensemble (arXiv 2306.09344): the cosine distance of its embeddings, from 0 to 2.

    Its package fetches its weights into the folder unless they are there. It wants torchvision and is no dependency of
    this project: without it there is no DreamSim, for its tuned weights have no class in transformers.

    Raises:
        ModelError: if the package or its weights are missing.
    """
    try:
        import dreamsim as package
    except (ImportError, OSError, RuntimeError) as error:  # the last two: torchvision that does not fit torch
        problem = f"DreamSim cannot be imported ({first_line(error)})"
        raise ModelError(f"{problem}: pip install dreamsim, with a torchvision that fits torch") from None
    try:
        model, prepared = package.dreamsim(pretrained=True, device=_device(), cache_dir=folder)
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"cannot load DreamSim from {folder!r}: {first_line(error)}") from None

    def distances(pictures: Pictures) -> np.ndarray:
        import torch

        with torch.inference_mode():
            return _cosine(torch.cat([model.embed(prepared(picture).to(_device())) for picture in pictures]))

    return Network("DreamSim", distances)


def generator(profile: Profile | None = None) -> Network:
    """Cosine distance of the mean features in the middle of the embedded generator's own UNet.

    Diffusion features correspond across pictures (arXiv 2306.03881). The network is not trained apart from what
    painted the pictures: good to look for changes, no proof of consistency.
    """
    from models.scene_diffusion import first_stage  # noqa: F401  diffusers loads what is imported, and nothing else

    profile = profile or load_profile("embedded")
    loaded = models_of(profile)
    pipeline = loaded.pipeline

    def distances(pictures: Pictures) -> np.ndarray:
        import torch

        size = (profile.size, profile.size)
        pixels = np.stack([np.asarray(picture.convert("RGB").resize(size)) for picture in pictures])
        features: list[Tensor] = []
        hook = pipeline.unet.mid_block.register_forward_hook(lambda _, __, seen: features.append(seen))
        try:
            with DEVICE, torch.inference_mode():
                device, dtype = pipeline._execution_device, pipeline.unet.dtype
                images = torch.from_numpy(pixels).permute(0, 3, 1, 2).to(device, dtype) / 127.5 - 1
                latents = pipeline.vae.encode(images).latent_dist.mode() * pipeline.vae.config.scaling_factor
                unsaid = pipeline.encode_prompt("", device, len(pixels), False)[0]
                pipeline.unet(latents, 0, unsaid)
        finally:
            hook.remove()
        return _cosine(features[0].float().mean((2, 3)))

    return Network(f"embedded generator's UNet, {loaded.revision.split('+')[0][:8]}", distances)


def recognizer(folder: Path = RECOGNIZER) -> Network:
    """Cosine distance of the features of the project's recogniser, which learned crops of composed scenes.

    It never saw a generated picture, nor had a part in one: what the generator is rather to be judged by.

    Raises:
        ModelError: if its weights are missing.
    """
    import torch
    from safetensors import SafetensorError

    from models.scene_diffusion.crops import SIDE
    from models.scene_diffusion.recognizer import Seen, load_recognizer

    try:
        model = load_recognizer(folder)
    except (OSError, KeyError, ValueError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"cannot load the recogniser from {str(folder)!r}: {first_line(error)}") from None

    def seen(crops: Pictures) -> Seen:
        side = (SIDE, SIDE)
        return model.classify(np.stack([np.asarray(crop.resize(side, Image.Resampling.BOX)) for crop in crops]))

    return Network(
        "embedded recogniser",
        lambda crops: _cosine(torch.from_numpy(seen(crops).features)),
        lambda crops: [model.names[row] for row in seen(crops).nouns.argmax(1)],
    )


EMBEDDED: dict[str, Callable[[], Network]] = {"recognizer": recognizer, "generator": generator}
"""The embedded networks by name."""


def shipped() -> list[str]:
    """The names of the embedded networks whose weights are there."""
    return [name for name in EMBEDDED if name != "recognizer" or RECOGNIZER.is_dir()]


def _loaded(place: str, kind: Any) -> Any:
    """Something of a class of transformers, a model ready to look.

    Raises:
        ModelError: if it is not there, or something else.
    """
    from huggingface_hub.utils import logging
    from safetensors import SafetensorError
    from transformers import AutoConfig, PreTrainedModel

    logging.set_verbosity_error()  # our own line tells what did not work
    try:
        if not issubclass(kind, PreTrainedModel):
            return kind.from_pretrained(place)
        if not isinstance(config := AutoConfig.from_pretrained(place), kind.config_class):
            raise ValueError(f"it is a {config.model_type} model")
        model, report = kind.from_pretrained(place, output_loading_info=True)
    except (OSError, ValueError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"cannot load {place!r} as {kind.__name__}: {first_line(error)}") from None
    if report["missing_keys"]:
        raise ModelError(f"{place!r} is no whole {kind.__name__}: it lacks {len(report['missing_keys'])} weights")
    return model.eval().to(_device())


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _euclidean(features: "Tensor") -> np.ndarray:
    """L2 distances (N, N) of features (N, D), each of length 1."""
    unit = _unit(features)
    return np.linalg.norm(unit[:, None] - unit[None], axis=-1)


def _cosine(features: "Tensor") -> np.ndarray:
    """1 − cosine, (N, N), of features (N, D)."""
    unit = _unit(features)
    return 1 - unit @ unit.T


def _unit(features: "Tensor") -> np.ndarray:
    rows = features.double().cpu().numpy()
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
