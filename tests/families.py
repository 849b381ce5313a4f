"""Tiny pipelines of every family, loaded, and what is asked of them."""

import copy
import tempfile
from functools import cache
from pathlib import Path

import torch

from tests.tiny import SAVED, control_of, save_segmenter
from tools.canvas import Sketch, Stroke
from tools.diffusion import PictureRequest, SharingPlan
from tools.model_hub import load_models, load_profile, load_segmenter

FULL_SIZE = ["sd15", "sdxl", "sd35", "flux"]
PROMPT = "a red cup, a kettle"
STROKE = Stroke(points=[(0.1, 0.3), (0.5, 0.3), (0.5, 0.9), (0.1, 0.9), (0.1, 0.3)], object="cup")
BOXES = {"cup": (0.1, 0.3, 0.5, 0.9), "kettle": (0.6, 0.2, 0.9, 0.8)}
SPANS = {"cup": [(2, 9)], "kettle": [(13, 19)]}


@cache
def saved(family):
    """A family's tiny pipeline, saved when first asked for; the folder goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix=family)
    SAVED[family](Path(folder.name))
    return folder


def place(family):
    return Path(saved(family).name)


@cache
def saved_segmenter():
    folder = tempfile.TemporaryDirectory(prefix="segmenter")
    save_segmenter(Path(folder.name))
    return folder


def studio(family, control=True, segmenter=False, **changes):
    """Models and profile of a family; three timesteps at 64 pixels, all pictures in one batch."""
    folder = place(family)
    profile = load_profile(family, str(folder), str(control_of(folder)) if control else "none", 64)
    profile = profile.model_copy(update={"steps": 3, "anchors": 0, **changes})
    models = load_models(profile.pipeline, profile.control, profile.control_kind, True)
    return models._replace(segmenter=load_segmenter(saved_segmenter().name, True) if segmenter else None), profile


@cache
def doubled(models):
    models = copy.deepcopy(models)
    models.pipeline.to(torch.float64)
    models.control.to(torch.float64)
    return models


def precise(studio):
    """A studio in double precision, where batches of different sizes round alike on every machine."""
    models, profile = studio
    return doubled(models), profile


def bare(seed):
    return PictureRequest(prompt=PROMPT, seed=seed)


def request(seed, prompt=PROMPT):
    return PictureRequest(prompt=prompt, spans=SPANS, boxes=BOXES, sketch=Sketch(strokes=[STROKE]), seed=seed)


def sharing(count, value=1.0, masks=True):
    similarity = value if isinstance(value, torch.Tensor) else torch.full((count, count), value)
    pairs = {(i, j): [("cup", "cup")] for i in range(count) for j in range(count) if i != j}
    return SharingPlan(similarity, pairs if masks else None)


def latents(pictures):
    return torch.stack([picture.trajectory for picture in pictures])


def difference(some, others):
    return (latents(some) - latents(others)).abs().max()
