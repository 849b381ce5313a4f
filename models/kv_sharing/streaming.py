"""Streamed sharing: a few anchors are read by all other pictures, one after another, at every timestep.

All pictures together cost memory in proportion to their number. Streamed, the anchors are denoised together, what
others will read of their keys and values is kept for this timestep, and the others follow one by one: memory is that of
the anchors and one picture more. It is exact where the others read nobody but anchors, and anchors each other.
"""

from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.kv_sharing.context import LayerShape, SharedKeys, Sharing


def choose_anchors(similarity: Tensor, most: int, threshold: float = 0.0) -> list[int]:
    """The pictures that all others are to read: at most `most`, in rising order.

    One by one, each the picture that adds most to what the others have: the similarity of their best anchor, summed.

    Args:
        similarity: W, (N, N) in [0, 1].
        threshold: similarities of at most this count as none.
    """
    weight = torch.where(similarity > threshold, similarity, 0.0).double().cpu()
    weight.fill_diagonal_(0)
    best = torch.zeros(len(weight), dtype=torch.float64)
    chosen: list[int] = []
    while len(chosen) < most:
        gain = (weight - best[:, None]).clamp(min=0).sum(0)
        gain[chosen] = 0
        if gain.max() <= 0:
            break
        chosen.append(int(gain.argmax()))
        best = torch.maximum(best, weight[:, chosen[-1]])
        best[chosen[-1]] = 1  # it has itself
    return sorted(chosen)


@dataclass
class Bank:
    """Keys and values of the anchors at one timestep, by layer.

    Only what some picture reads is kept, and the next timestep replaces it: memory depends neither on the number of
    pictures nor on the number of timesteps.

    Attributes:
        readers: who will read what: similarity (readers, anchors).
        states: by layer, keys and values (branches, heads, kept, d).
    """

    readers: Sharing
    states: dict[str, tuple[Tensor, Tensor]] = field(default_factory=dict)
    _plans: dict[LayerShape, tuple[Tensor, list[SharedKeys]] | None] = field(default_factory=dict, repr=False)

    def plan(self, shape: LayerShape) -> list[SharedKeys] | None:
        """What each reader reads at a layer, by position among what is kept; None if nobody reads anything."""
        found = self._plan(shape)
        return found[1] if found else None

    def write(self, layer: str, shape: LayerShape, key: Tensor, value: Tensor) -> None:
        """Keeps what will be read of the anchors' keys and values, (branches · anchors, heads, S, d) each."""
        found = self._plan(shape)
        if found is None:
            return
        anchors = self.readers.similarity.shape[1]
        branches = [slice(first, first + anchors) for first in range(0, len(key), anchors)]
        keys, values = (torch.stack([gather(states[part], found[0]) for part in branches]) for states in (key, value))
        self.states[layer] = keys, values

    def _plan(self, shape: LayerShape) -> tuple[Tensor, list[SharedKeys]] | None:
        if shape not in self._plans:
            plan = self.readers.plan(*shape)
            kept = torch.unique(torch.cat([shared.keys for shared in plan])) if plan else None
            self._plans[shape] = (
                (kept, [shared._replace(keys=torch.searchsorted(kept, shared.keys)) for shared in plan])
                if plan and kept is not None
                else None
            )
        return self._plans[shape]


def gather(states: Tensor, positions: Tensor) -> Tensor:
    """States (P, heads, S, d) at positions of the flattened (P · S): (heads, n, d).

    Heads are split from channels, so that in memory the heads of a position lie side by side: they are copied together.
    """
    return states.transpose(1, 2).flatten(0, 1).index_select(0, positions).transpose(0, 1)
