"""How near the masks that limit sharing come to the things: by box, by words, by the segmenter early or afterwards.

Held-out scenes of the composer, painted by the embedded generator from their strokes. The truth is where the composer
drew each thing; a generator that paints beside its strokes lowers all figures but the box's.
"""

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.kv_sharing.context import AttentionContext, WordMaps
from models.scene_diffusion.composer import Example, visible_lines
from models.segmenter.data import visible_masks
from tools.canvas import Sketch, Stroke
from tools.denoisers import DENOISERS, PictureRequest, predicted_clean
from tools.diffusion import MASK_STEPS
from tools.layout import Box
from tools.model_hub import Models, Profile
from tools.segment import FINE, attention_mask, box_mask, segmented_masks

WAYS = ("box", "words, Otsu", "segmenter, early", "segmenter, two-pass")


def request_of(example: Example, seed: int) -> PictureRequest:
    """What the studio would ask for to paint an example, but for its forms: sharing has to do without them too."""
    text, spans = example.caption
    strokes = [Stroke(points=points.tolist(), object=identity) for identity, points in visible_lines(example.placed)]
    return PictureRequest(prompt=text, spans=spans, boxes=example.boxes, sketch=Sketch(strokes=strokes), seed=seed)


@torch.inference_mode()
def overlaps(models: Models, profile: Profile, examples: Sequence[Example], seed: int) -> dict[str, list[float]]:
    """The intersection over union of each thing's mask with where it was drawn, by way."""
    requests = [request_of(example, seed + index) for index, example in enumerate(examples)]
    denoiser = DENOISERS[type(models.pipeline).__name__](models, profile, requests)
    maps, rows = WordMaps(denoiser.tokens), list(range(len(requests)))
    scheduler, timesteps = models.pipeline.scheduler, denoiser.timesteps()
    latents, early = denoiser.noise(), None
    for index, timestep in enumerate(timesteps):
        context = AttentionContext(len(rows), rows=rows, maps=maps if index < MASK_STEPS else None)
        predicted = denoiser.predict(latents, timestep, rows, context)
        if index + 1 == MASK_STEPS:
            early = predicted_clean(scheduler, predicted, latents, timestep, index)
        latents = scheduler.step(predicted, timestep, latents, return_dict=False)[0]
    assert early is not None
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for row, (example, request) in enumerate(zip(examples, requests, strict=True)):
        looks = [
            segmented_masks(models.segmenter, denoiser.decode(seen[row : row + 1]), request.boxes)
            for seen in (early, latents)
        ]
        for identity, truth in visible_masks(example.placed, len(example.image)).items():
            box, words = request.boxes[identity], maps.map_of(row, denoiser.words[row].index(identity))
            assert words is not None
            masks = [box_mask(box), attention_mask(words, box), *(look.get(identity) for look in looks)]
            for way, mask in zip(WAYS, masks, strict=True):
                found[way].append(overlap(truth, mask, box))
    return found


def overlap(truth: np.ndarray, mask: Tensor | None, box: Box) -> float:
    """Intersection over union in a grid of FINE cells; what was not found counts as its box, as in the loop."""
    drawn = F.adaptive_avg_pool2d(torch.from_numpy(truth)[None].float(), FINE)[0] > 0.5
    taken = F.interpolate((box_mask(box) if mask is None else mask)[None, None], (FINE, FINE))[0, 0] > 0.5
    union = (drawn | taken).sum()
    return float((drawn & taken).sum() / union) if union else 1.0
