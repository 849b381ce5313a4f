"""Paints pictures: all steps of a guide in one denoising loop, with shared keys and values.

The loop is ours, so that sharing, layout, scribbles, previews and replay are the same for every pipeline. Nothing is
kept between calls, and no weight changes (row V5).
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from PIL import Image
from torch import Tensor

from models.kv_sharing.context import AttentionContext, Sharing, WordMaps
from models.kv_sharing.streaming import Bank, choose_anchors
from tools.denoisers import DENOISERS, PictureRequest
from tools.model_hub import DEVICE, Models, Profile
from tools.segment import sharing_masks

__all__ = ["MASK_STEPS", "Picture", "PictureRequest", "Progress", "Replay", "SharingPlan", "paint_pictures"]

MASK_STEPS = 3
"""Timesteps after which masks come from attention; until then they are the layout's boxes."""


class SharingPlan(NamedTuple):
    """Who shares with whom.

    Attributes:
        similarity: W, (N, N) in [0, 1].
        shared: for each pair (i, j) the (object in i, object in j) that are one thing; None shares everywhere.
        anchors: where the profile streams, the pictures that all others read; None chooses them from W.
    """

    similarity: Tensor
    shared: dict[tuple[int, int], list[tuple[str, str]]] | None
    anchors: list[int] | None = None


class Replay(NamedTuple):
    """Latents of an earlier run (T + 1, C, h, w), followed wherever `free` (h, w) is 0. None: nowhere free."""

    trajectory: Tensor
    free: Tensor | None = None


class Picture(NamedTuple):
    """A painted picture and its latents at every timestep, (T + 1, C, h, w)."""

    image: Image.Image
    trajectory: Tensor


Progress = Callable[[int, int], None]


def paint_pictures(
    models: Models,
    profile: Profile,
    requests: list[PictureRequest],
    sharing: SharingPlan | None = None,
    replays: dict[int, Replay] | None = None,
    progress: Progress = lambda done, total: None,
) -> list[Picture]:
    """Paints pictures together, on the device's turn.

    Args:
        sharing: None paints each picture by itself.
        replays: pictures that follow earlier latents instead of being denoised, wholly or outside a free region.
        progress: called after each timestep with (done, total). What it raises ends the run there and then, and the
            device is free for the next.
    """
    with DEVICE, torch.inference_mode():
        try:
            return _Loop(models, profile, requests, sharing, replays or {}).run(progress)
        finally:
            models.pipeline.maybe_free_model_hooks()


class _Pass(NamedTuple):
    """Pictures that go through the denoiser together; of a bank they are the writers, or the readers `reading`."""

    rows: list[int]
    sharing: Sharing | None = None
    bank: Bank | None = None
    reading: list[int] | None = None


class _Loop:
    """One denoising run."""

    def __init__(
        self,
        models: Models,
        profile: Profile,
        requests: list[PictureRequest],
        sharing: SharingPlan | None,
        replays: dict[int, Replay],
    ):
        self.profile, self.requests, self.sharing, self.replays = profile, requests, sharing, replays
        self.scheduler = models.pipeline.scheduler
        self.denoiser = DENOISERS[type(models.pipeline).__name__](models, profile, requests)

    def run(self, progress: Progress) -> list[Picture]:
        """Denoises all pictures from their seeds."""
        timesteps = self.denoiser.timesteps()
        latents = self._follow(self.denoiser.noise(), 0)
        path = [latents.cpu()]
        maps = WordMaps(self.denoiser.tokens) if self.sharing and self.sharing.shared is not None else None
        passes = alone = self._passes(None)
        for index, timestep in enumerate(timesteps):
            if index in (0, MASK_STEPS):
                passes = self._passes(self._everyone(maps if index else None))
            first, last = self.profile.share_timesteps
            now = passes if first <= index / len(timesteps) < last else alone
            predicted = self._predict(latents, timestep, now, maps if index < MASK_STEPS else None)
            latents = self._follow(self.scheduler.step(predicted, timestep, latents, return_dict=False)[0], index + 1)
            path.append(latents.cpu())
            progress(index + 1, len(timesteps))
        pictures = [self.denoiser.decode(latents[row : row + 1]) for row in range(len(latents))]
        return [Picture(*made) for made in zip(pictures, torch.stack(path, 1), strict=True)]

    def _predict(self, latents: Tensor, timestep: Tensor, passes: list[_Pass], maps: WordMaps | None) -> Tensor:
        """The guided prediction for all pictures, pass by pass. Those only replayed may be in none."""
        predicted = torch.zeros_like(latents)
        for rows, sharing, bank, reading in passes:
            context = AttentionContext(
                pictures=len(rows),
                rows=rows,
                sharing=sharing,
                bank=bank,
                reading=reading,
                maps=maps,
                layers=tuple(self.profile.share_layers),
                conditional_only=self.profile.share_branches == "conditional",
            )
            predicted[rows] = self.denoiser.predict(latents[rows], timestep, rows, context)
        return predicted

    def _follow(self, latents: Tensor, index: int) -> Tensor:
        """Replayed pictures take their latents of this timestep, outside their free region."""
        latents = latents.clone() if self.replays else latents
        for row, (trajectory, free) in self.replays.items():
            earlier = trajectory[index].to(latents)
            latents[row] = earlier if free is None else torch.where(free.to(latents.device) > 0, latents[row], earlier)
        return latents

    def _everyone(self, maps: WordMaps | None) -> Sharing | None:
        """W and M of all pictures; masks are the boxes, or with `maps` where the words attend."""
        if self.sharing is None or self.sharing.shared == {}:
            return None
        similarity, shared, _ = self.sharing
        device, masks = self.denoiser.device, None
        if shared is not None:
            boxes = [request.boxes for request in self.requests]
            masks = sharing_masks(boxes, shared, maps, self.denoiser.words).to(device)
        return Sharing(similarity.to(device), masks)

    def _passes(self, everyone: Sharing | None) -> list[_Pass]:
        """All pictures in one pass; where the profile streams, the anchors and then the others one by one."""
        rows = list(range(len(self.requests)))
        if not self.profile.anchors:
            return [_Pass(rows, everyone)]
        painted = [row for row in rows if row not in self.replays or self.replays[row].free is not None]
        if everyone is None or self.sharing is None:
            return [_Pass([row]) for row in painted]
        anchors = self._anchors(self.sharing)
        readers = [row for row in painted if row not in anchors]
        if not anchors:
            return [_Pass([row]) for row in readers]
        bank = Bank(self._between(everyone, readers, anchors)) if readers else None
        first = _Pass(anchors, self._between(everyone, anchors, anchors), bank)
        return [first, *(_Pass([row], bank=bank, reading=[number]) for number, row in enumerate(readers))]

    def _anchors(self, plan: SharingPlan) -> list[int]:
        """The pictures that all others read: those named, else chosen among pictures with a thing in common."""
        if plan.anchors is not None:
            return plan.anchors
        similarity = plan.similarity
        if plan.shared is not None:
            common = torch.zeros_like(similarity)
            common[tuple(zip(*plan.shared, strict=True))] = 1
            similarity = similarity * common
        return choose_anchors(similarity, self.profile.anchors, self.profile.anchor_similarity)

    def _between(self, everyone: Sharing, readers: list[int], read: list[int]) -> Sharing:
        """What some pictures read of some; similarities up to the profile's threshold count as none."""
        similarity = everyone.similarity[readers][:, read]
        similarity = torch.where(similarity > self.profile.anchor_similarity, similarity, 0.0)
        masks = None if everyone.masks is None else everyone.masks[readers][:, read]
        return Sharing(similarity, masks, mutual=readers == read)
