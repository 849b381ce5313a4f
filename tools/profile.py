"""How pictures are made: `tools/profiles/NAME.toml` names the models, the sampling, and who shares."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, NonNegativeInt

PROFILES = Path(__file__).parent / "profiles"


class ModelError(Exception):
    """A model cannot be loaded; the message says which and what to do."""


class Profile(BaseModel):
    """How pictures are made: which models, at which size, by which sampling, and who shares.

    Attributes:
        control: a scribble control by folder or hub id; empty: the strokes are not seen, layout alone steers.
        segmenter: a SAM 2 by folder or hub id; empty: masks are where words attend.
        painter: the Painter that draws strokes, by folder.
        masks: what the segmenter looks at: the picture that the first timesteps predict, or a picture painted before
            without sharing, at twice the cost.
        guidance: of FLUX, what the network is given as an input; else classifier-free guidance, none up to 1.
        true_guidance: of FLUX, classifier-free guidance besides, at twice the cost.
        binding: how strongly an object's words are kept in its box.
        anchors: 0 paints all pictures in one batch, each seeing all others; else at most so many are chosen that all
            others see, one after another, and memory no longer grows with the number of pictures.
        anchor_similarity: with anchors, similarities up to this count as none.
        share_layers: parts of layers' names, any of which a layer must have to share; empty: all layers share.
        share_timesteps: from which to which part of the timesteps pictures share.
        share_branches: whether they share under the negative prompt too.
    """

    name: str
    pipeline: str
    control: str = ""
    control_kind: Literal["adapter", "controlnet"] = "controlnet"
    segmenter: str = ""
    painter: str = "models/painter/weights"
    masks: Literal["early", "two-pass"] = "early"
    size: int
    steps: int
    guidance: float
    true_guidance: float = 1.0
    caption: Literal["scene", "prompt"]
    negative_prompt: str = ""
    control_scale: float = 1.0
    binding: float = 8.0
    pass_over_padding: bool = False
    line_and_wash: bool = False
    anchors: NonNegativeInt = 0
    anchor_similarity: float = 0.0
    share_layers: list[str] = []
    share_timesteps: tuple[float, float] = (0.0, 1.0)
    share_branches: Literal["all", "conditional"] = "all"


def profile_names() -> list[str]:
    """The profiles there are."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def load_profile(
    name: str,
    pipeline: str | None = None,
    control: str | None = None,
    size: int | None = None,
    segmenter: str | None = None,
    masks: str | None = None,
    painter: str | None = None,
) -> Profile:
    """A profile by name, with other models, size or masks if asked for. "none" is no control or no segmenter.

    Raises:
        ModelError: if there is no such profile.
    """
    if name not in profile_names():
        raise ModelError(f"unknown profile {name!r}: choose one of {', '.join(profile_names())}")
    table = tomllib.loads((PROFILES / f"{name}.toml").read_text(encoding="utf-8"))
    models = {"pipeline": pipeline, "control": control, "segmenter": segmenter, "painter": painter}
    given = {key: value for key, value in {**models, "size": size, "masks": masks}.items() if value}
    profile = Profile.model_validate({"name": name, **table, **given})
    return profile.model_copy(
        update={part: "" for part in ("control", "segmenter") if getattr(profile, part) == "none"}
    )
