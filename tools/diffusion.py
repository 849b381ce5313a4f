"""Paints pictures: all steps of a guide in one denoising loop, with shared keys and values.

The loop is ours, so that sharing, layout, scribbles, previews and replay are the same for every pipeline. Nothing is
kept between calls, and no weight changes (row V5).
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import torch
from PIL import Image
from torch import Tensor

from models.kv_sharing.context import AttentionContext, Sharing, WordMaps
from models.kv_sharing.streaming import Bank, choose_anchors
from tools.denoisers import DENOISERS, PictureRequest, predicted_clean
from tools.layout import Box
from tools.model_hub import DEVICE, Models, Profile
from tools.segment import WHOLE, box_around, object_mask, segmented_masks, sharing_masks

__all__ = ["MASK_STEPS", "Picture", "PictureRequest", "Preview", "Progress", "Replay", "SharingPlan", "paint_pictures"]

MASK_STEPS = 3
"""Timesteps after which masks come from the pictures or from attention; until then they are the layout's boxes."""


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
Preview = Callable[[int, Image.Image], None]


def paint_pictures(
    models: Models,
    profile: Profile,
    requests: list[PictureRequest],
    sharing: SharingPlan | None = None,
    replays: dict[int, Replay] | None = None,
    progress: Progress = lambda done, total: None,
    preview: Preview | None = None,
) -> list[Picture]:
    """Paints pictures together, on the device's turn.

    Args:
        sharing: None paints each picture by itself.
        replays: pictures that follow earlier latents instead of being denoised, wholly or outside a free region.
        progress: called after each timestep with (done, total). What it raises ends the run there and then, and the
            device is free for the next.
        preview: called after `MASK_STEPS` timesteps with (row, picture) for each picture that is being painted, as the
            model expects it to become.
    """
    with DEVICE, torch.inference_mode():
        try:
            loop = _Loop(models, profile, requests, sharing, replays or {}, preview)
            if profile.masks == "two-pass" and loop.to_segment:
                # Replays are not followed: a picture painted again is to share by the same masks as at first.
                first = _Loop(models, profile, [requests[row] for row in loop.to_segment], None, {})
                alone = first.run(lambda done, total: progress(done, 2 * total))
                loop.segment({row: picture.image for row, picture in zip(loop.to_segment, alone, strict=True)})
                return loop.run(lambda done, total: progress(done + total, 2 * total))
            return loop.run(progress)
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
        preview: Preview | None = None,
    ):
        self.profile, self.requests, self.sharing, self.replays = profile, requests, sharing, replays
        self.scheduler, self.segmenter, self.preview = models.pipeline.scheduler, models.segmenter, preview
        self.denoiser = DENOISERS[type(models.pipeline).__name__](models, profile, requests)
        self.maps = WordMaps(self.denoiser.tokens) if sharing and sharing.shared is not None else None
        self.segmented: dict[int, dict[str, Tensor]] = {}

    def run(self, progress: Progress) -> list[Picture]:
        """Denoises all pictures from their seeds."""
        timesteps = self.denoiser.timesteps()
        latents = self._follow(self.denoiser.noise(), 0)
        path = [latents.cpu()]
        passes = alone = self._passes(None)
        for index, timestep in enumerate(timesteps):
            if index in (0, MASK_STEPS):
                passes = self._passes(self._everyone())
            first, last = self.profile.share_timesteps
            now = passes if first <= index / len(timesteps) < last else alone
            predicted = self._predict(latents, timestep, now, self.maps if index < MASK_STEPS else None)
            if index + 1 == MASK_STEPS < len(timesteps):
                self._look(predicted_clean(self.scheduler, predicted, latents, timestep, index))
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

    @cached_property
    def _shared_in(self) -> list[set[str]]:
        """For each picture, what of it others read by masks."""
        things: list[set[str]] = [set() for _ in self.requests]
        for (_, j), pairs in (self.sharing and self.sharing.shared or {}).items():
            things[j] |= {identity for _, identity in pairs}
        return things

    @cached_property
    def to_segment(self) -> list[int]:
        """The pictures that others read by masks, if there is a segmenter."""
        if self.segmenter is None or self.sharing is None or not self.sharing.shared:
            return []
        read = {j for i, j in self.sharing.shared if i != j and self.sharing.similarity[i, j] > 0}
        return sorted(read & set(self._anchors(self.sharing)) if self.profile.anchors else read)

    def segment(self, images: dict[int, Image.Image]) -> None:
        """Takes the masks of shared objects from pictures, by row."""
        for row, image in images.items():
            boxes = {identity: self._box_of(row, identity) for identity in sorted(self._shared_in[row])}
            self.segmented[row] = segmented_masks(self.segmenter, image, boxes)

    def _look(self, clean: Tensor) -> None:
        """Shows the pictures that are expected, (N, C, h, w), and segments those that others read."""
        early = [] if self.segmented else self.to_segment
        shown = self._painted if self.preview else []
        images = {row: self.denoiser.decode(clean[row : row + 1]) for row in sorted({*early, *shown})}
        if self.preview:
            for row in shown:
                self.preview(row, images[row])
        self.segment({row: images[row] for row in early})

    def _box_of(self, row: int, identity: str) -> Box:
        """Where an object is looked for: its box in the layout, else the box around where its words attend."""
        if identity in self.requests[row].boxes:
            return self.requests[row].boxes[identity]
        attention = self._attention_of(row, identity)
        return WHOLE if attention is None else box_around(object_mask(None, attention))

    def _attention_of(self, row: int, identity: str) -> Tensor | None:
        """Where an object's words attended so far."""
        words = self.denoiser.words[row]
        return self.maps.map_of(row, words.index(identity)) if self.maps and identity in words else None

    def _mask_of(self, row: int, identity: str) -> Tensor:
        """Where an object is, by the segmenter if it found it, else by its words, else by its box."""
        if identity in self.segmented.get(row, {}):
            return self.segmented[row][identity]
        return object_mask(self.requests[row].boxes.get(identity), self._attention_of(row, identity))

    def _everyone(self) -> Sharing | None:
        """W and M of all pictures, as far as is known where their objects are."""
        if self.sharing is None or self.sharing.shared == {}:
            return None
        similarity, shared, _ = self.sharing
        device, masks = self.denoiser.device, None
        if shared is not None:
            objects = [
                {identity: self._mask_of(row, identity) for identity in identities}
                for row, identities in enumerate(self._shared_in)
            ]
            masks = sharing_masks(objects, shared).to(device)
        return Sharing(similarity.to(device), masks)

    @property
    def _painted(self) -> list[int]:
        """The pictures that are not wholly replayed."""
        return [
            row for row in range(len(self.requests)) if row not in self.replays or self.replays[row].free is not None
        ]

    def _passes(self, everyone: Sharing | None) -> list[_Pass]:
        """All pictures in one pass; where the profile streams, the anchors and then the others one by one."""
        rows = list(range(len(self.requests)))
        if not self.profile.anchors:
            return [_Pass(rows, everyone)]
        if everyone is None or self.sharing is None:
            # What is segmented has to be predicted, replayed or not.
            return [_Pass([row]) for row in sorted({*self._painted, *self.to_segment})]
        anchors = self._anchors(self.sharing)
        readers = [row for row in self._painted if row not in anchors]
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
