"""The forms of things, recalled: what each thing of a scene looks like, laid into its box, for the generator to read.

A small generator cannot keep three hundred things in its weights, let alone in three shapes each; the vocabulary's
drawings are in this project anyway. So it is given them, as retrieval-augmented generators are given the nearest
pictures of a database (Blattmann et al., arXiv 2204.11824; Chen et al., arXiv 2209.14491), and what it has to learn is
to paint with them. A form says little: it is gray where a thing comes in any colour and else of its usual one, without
pattern, content, dirt, steam or hand, on nothing. The rest is for words, strokes and noise to say.

A thing that is in no drawing, or is drawn otherwise than the vocabulary has it, has no form: it is left out, and the
generator goes by strokes and words alone.
"""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.scene_diffusion.composer import PEN, Placed, arrange, paint_on
from models.scene_diffusion.drawings import Look
from models.scene_diffusion.drawings.shapes import dark
from tools.canvas import draw_lines
from tools.layout import Box
from tools.scene import SceneGraph, SceneObject, part_of
from tools.vocabulary import RGB, vocabulary

NOTHING: RGB = (232, 232, 232)
"""What forms are laid on, and latents are zero of."""
ANY_COLOUR: RGB = (172, 172, 176)
"""Of what comes in any colour."""
SEEN_BESIDES = {"steaming", "boiling", "buttered"}
"""States that change nothing of a form, like dirt, drops, cracks, hands and marks of motion."""
DRAWN_ON = {"wet", "broken", "held"}
"""States whose strokes lie on the thing itself, and cannot be told from its own."""
ASTRAY = 9
"""Pixels across which strokes may be off."""


def recall(
    scene: SceneGraph,
    boxes: dict[str, Box],
    shapes: Mapping[str, int],
    size: int,
    ink: Mapping[str, list[np.ndarray]] | None = None,
) -> np.ndarray:
    """The forms of a scene's things in their boxes, (size, size, 3) uint8.

    Args:
        scene: what there is.
        boxes: object id → box.
        shapes: object id → which of its noun's three shapes; what has none, or no box, is left out.
        size: of the picture in pixels.
        ink: object id → lines (n, 2) in the unit square, of what the Painter drew: where that is off by a little, the
            picture is to follow it, and not to have two outlines.
    """
    known = part_of(scene, set(shapes) & set(boxes))
    plain = known.model_copy(update={"objects": [form_of(item) for item in known.objects]})
    looks = {item.id: _look(item, shapes[item.id]) for item in plain.objects}
    clear = {item.id for item in known.objects if not DRAWN_ON & set(item.states)}
    lines = {key: drawn for key, drawn in (ink or {}).items() if key in clear}
    placed = [part if part.object not in lines else _uninked(part) for part in arrange(plain, boxes, looks)]
    picture = paint_on(np.full((size, size, 3), NOTHING, np.float32), [part for part in placed if part])
    near = cv2.dilate((picture != NOTHING).any(2).astype(np.uint8), np.ones((ASTRAY, ASTRAY)))
    for key, drawn in lines.items():
        there = draw_lines(drawn, size, PEN) * near  # steam is no part of a form
        rgb = np.array(dark(looks[key].body, 0.55))
        picture = (picture + (rgb - picture) * (there[..., None] * (0.9 / 255))).astype(np.uint8)
    return picture


def _uninked(placed: Placed) -> Placed | None:
    """A part without its outline; of a line, nothing."""
    part = placed.part
    return placed._replace(part=part._replace(ink=False)) if part.closed or not part.ink else None


def form_of(item: SceneObject) -> SceneObject:
    """An object without what its form does not say."""
    table = vocabulary()
    aside = {*table.common_states, *table.handled_states, *SEEN_BESIDES}
    states = [state for state in item.states if state not in aside]
    return item.model_copy(update={"colour": None, "content": None, "states": states})


def _look(item: SceneObject, shape: int) -> Look:
    table = vocabulary()
    noun = table.nouns[item.noun]
    body = ANY_COLOUR if noun.paint else table.colours[noun.colours[0]]
    return Look(body, table.colours["white"], "plain", shape)


def pixels_of(pictures: list[np.ndarray]) -> Tensor:
    """Pictures (H, W, 3) uint8 → (B, 3, H, W) in [-1, 1]."""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1


def form_latents(vae: Any, forms: Tensor) -> Tensor:
    """Recalled pictures (B, 3, H, W) in [-1, 1] as latents (B, C, h, w), zero where there is nothing."""
    blank = pixels_of([np.full((1, 1, 3), NOTHING, np.uint8)]).to(forms).expand(1, 3, *forms.shape[2:])
    return vae.encode(forms).latent_dist.mode() - vae.encode(blank).latent_dist.mode()


def adapter_input(scribbles: Tensor, forms: Tensor) -> Tensor:
    """What the embedded adapter reads: strokes (B, 1, H, W), a cell's pixels as channels, and forms (B, C, h, w)."""
    return torch.cat([F.pixel_unshuffle(scribbles, scribbles.shape[-1] // forms.shape[-1]), forms], 1)
