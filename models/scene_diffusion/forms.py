"""The forms of things, recalled: what each thing of a scene looks like, laid into its box, for the generator to read.

A small generator cannot keep three hundred things in its weights, let alone in three shapes each; the vocabulary's
drawings are in this project anyway. So it is given them, as retrieval-augmented generators are given the nearest
pictures of a database (Blattmann et al., arXiv 2204.11824; Chen et al., arXiv 2209.14491), and what it has to learn is
to paint with them. A form says little: it is gray where a thing comes in any colour, without pattern, content, dirt,
steam or hand, on nothing. The rest is for words, strokes and noise to say.

A thing that is in no drawing, or is drawn otherwise than the vocabulary has it, has no form: it is left out, and the
generator goes by strokes and words alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.scene_diffusion.composer import Placed, arrange, paint_on
from models.scene_diffusion.drawings import Look, Part
from tools.layout import Box
from tools.scene import SceneGraph, SceneObject, part_of
from tools.vocabulary import RGB, vocabulary

NOTHING: RGB = (232, 232, 232)
"""What forms are laid on, and latents are zero of."""
ANY_COLOUR: RGB = (172, 172, 176)
"""Of what comes in any colour."""
SEEN_BESIDES = {"steaming", "boiling", "buttered"}
"""States that change nothing of a form, like dirt, drops, cracks, hands and marks of motion."""


def recall(
    scene: SceneGraph,
    boxes: dict[str, Box],
    shapes: Mapping[str, int],
    size: int,
    ink: Mapping[str, list[np.ndarray]] | None = None,
) -> np.ndarray:
    """The forms of a scene's things in their boxes: (size, size, 3) uint8.

    Args:
        scene: what there is.
        boxes: object id → box.
        shapes: object id → which of its noun's three shapes; what has none, or no box, is left out.
        size: of the picture in pixels.
        ink: object id → lines (n, 2) in the unit square, of what was drawn by a hand of its own: where that is off by a
            little, the picture is to follow it, and not to have two outlines.
    """
    lines = ink or {}
    known = part_of(scene, set(shapes) & set(boxes))
    plain = known.model_copy(update={"objects": [form_of(item) for item in known.objects]})
    looks = {item.id: _look(item, shapes[item.id]) for item in plain.objects}
    placed = [part for part in arrange(plain, boxes, looks) if part.object not in lines or part.part.fill]
    placed = [_uninked(part) if part.object in lines else part for part in placed]
    placed += [Placed(key, Part(line, None, closed=False)) for key in looks for line in lines.get(key, [])]
    return paint_on(np.full((size, size, 3), NOTHING, np.float32), placed)


def _uninked(placed: Placed) -> Placed:
    return placed._replace(part=placed.part._replace(ink=False))


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
    nothing = torch.tensor(NOTHING).to(forms) / 127.5 - 1
    blank = nothing[None, :, None, None].expand(1, 3, *forms.shape[2:])
    return vae.encode(forms).latent_dist.mode() - vae.encode(blank).latent_dist.mode()


def adapter_input(scribbles: Tensor, forms: Tensor) -> Tensor:
    """What the embedded adapter reads: strokes (B, 1, H, W), a cell's pixels as channels, and forms (B, C, h, w)."""
    return torch.cat([F.pixel_unshuffle(scribbles, scribbles.shape[-1] // forms.shape[-1]), forms], 1)
