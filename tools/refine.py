"""Looks at a picture and mends it: does it follow its plan, and the worst region painted again.

The picture side of inspection by measurement: no model is asked. Each planned object is checked in its own box: do
the picture's edges follow its strokes, and is its colour the one that was named.
"""

import cv2
import numpy as np
import torch
from PIL import Image

from tools.canvas import Sketch, draw_lines
from tools.diffusion import Picture, PictureRequest, Progress, Replay, SharingPlan, paint_pictures
from tools.layout import Box
from tools.model_hub import Models, Profile
from tools.scene import SceneGraph
from tools.segment import box_mask
from tools.trajectory import Finding
from tools.vocabulary import vocabulary

SHAPE_WANTED = 0.5
"""Share of an object's strokes that an edge of the picture must follow."""
COLOUR_WANTED = 0.25
"""Share of an object's pixels that must be nearest to its named colour."""
SIDE = 256
"""Pixels at which a picture is measured, whatever its size."""


def measure(
    picture: Image.Image, sketch: Sketch, scene: SceneGraph, boxes: dict[str, Box], step: int, round: int
) -> list[Finding]:
    """A finding for each check of each planned object that has visible strokes, met or not, with the measured value."""
    pixels = np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    near_edge = _near_edges(pixels)
    findings: list[Finding] = []
    for item in scene.objects:
        lines = [stroke.points for stroke in sketch.strokes if stroke.object == item.id]
        if not lines:
            continue
        followed = float(near_edge[draw_lines(lines, SIDE, 0.004) > 127].mean())
        checks = [("shape", followed, SHAPE_WANTED, f"draw the {item.noun} again, along its outline")]
        noun = vocabulary().nouns[item.noun]
        if item.colour and (noun.paint or item.colour != noun.colours[0]):  # else it is as it usually is
            share = _colour_share(pixels, lines, item.colour)
            checks.append(("colour", share, COLOUR_WANTED, f"paint the {item.noun} {item.colour}"))
        findings += [
            Finding(
                step=step,
                round=round,
                side="picture",
                kind=kind,
                object=item.id,
                measured=measured,
                wanted=wanted,
                box=boxes[item.id],
                refine=text,
            )
            for kind, measured, wanted, text in checks
        ]
    return findings


def _near_edges(pixels: np.ndarray) -> np.ndarray:
    """Where an edge of the picture is at most 3 pixels away: (SIDE, SIDE) of bool."""
    smooth = cv2.GaussianBlur(pixels, (3, 3), 0)
    edges = cv2.Canny(smooth, 30, 80)
    return cv2.dilate(edges, np.ones((7, 7), np.uint8)) > 0


def _colour_share(pixels: np.ndarray, lines: list, colour: str) -> float:
    """The share of the pixels inside an object's strokes whose nearest colour name is the wanted one."""
    hull = cv2.convexHull((np.concatenate([np.asarray(line) for line in lines]) * SIDE).astype(np.int32))
    inside = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillConvexPoly(inside, hull, 1)
    table = vocabulary().colours
    lab = cv2.cvtColor(np.array([list(table.values())], np.uint8), cv2.COLOR_RGB2LAB)[0].astype(float)
    seen = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)[inside > 0].astype(float)
    nearest = np.linalg.norm(seen[:, None] - lab[None], axis=2).argmin(1)
    return float((nearest == list(table).index(colour)).mean())


def redraw(
    models: Models,
    profile: Profile,
    request: PictureRequest,
    before: torch.Tensor,
    region: Box,
    others: list[tuple[PictureRequest, torch.Tensor]],
    sharing: SharingPlan | None,
    progress: Progress = lambda done, total: None,
) -> Picture:
    """Paints a region of a picture again under the same sharing.

    Args:
        request: the picture, with a new seed for the region.
        before: its latents at every timestep; outside the region they are followed exactly.
        region: the box to paint again.
        others: the pictures that it shares with, and their latents, which are replayed; they are rows 1… of `sharing`.
    """
    free = box_mask(_grown(region), before.shape[-1])
    replays = {0: Replay(before, free), **{row + 1: Replay(path) for row, (_, path) in enumerate(others)}}
    requests = [request, *[other for other, _ in others]]
    if sharing is not None:
        sharing = sharing._replace(anchors=list(range(1, len(requests))))
    return paint_pictures(models, profile, requests, sharing, replays, progress)[0]


def _grown(box: Box, margin: float = 0.02) -> Box:
    return (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
