"""One token more: OPT's layers with nothing but what a single token needs, keys and values written in their place.

The library's decoder builds masks and hands options through every layer anew for each token: a third of the time that a
token of a small model takes.
"""

from typing import cast

import torch.nn.functional as F
from torch import Tensor
from transformers import Cache, OPTForCausalLM
from transformers.cache_utils import CacheLayerMixin
from transformers.models.opt.modeling_opt import OPTAttention, OPTDecoderLayer

from models.painter.sight import SeeingLayer, Sight

ROOM = 64
"""Tokens that keys and values get room for at a time."""


class Steps:
    """A language model that has read B prompts and goes on token by token.

    Args:
        lm: the model; some of its layers may see.
        cache: keys and values of the prompts.
        mask: (B, T), 0 for padding.
    """

    def __init__(self, lm: OPTForCausalLM, cache: Cache, mask: Tensor):
        self.decoder, self.length = lm.model.decoder, mask.shape[1]
        layers = cast(list[CacheLayerMixin], cache.layers)
        self.keys = [cast(Tensor, layer.keys) for layer in layers]
        self.values = [cast(Tensor, layer.values) for layer in layers]
        self.positions = mask.sum(1, keepdim=True)
        self.mask = None if bool(mask.all()) else mask.bool()[:, None, None]

    def hidden(self, embedded: Tensor, sight: Sight) -> Tensor:
        """The last hidden state of the next token of each row: (B, 1, width), from its embedding (B, 1, e)."""
        if self.length == self.keys[0].shape[2]:
            self._make_room()
        decoder = self.decoder
        inputs = decoder.project_in(embedded) if decoder.project_in else embedded
        hidden = inputs + F.embedding(self.positions + decoder.embed_positions.offset, decoder.embed_positions.weight)
        self.positions, self.length = self.positions + 1, self.length + 1
        for place, layer in enumerate(decoder.layers):
            seeing = isinstance(layer, SeeingLayer)
            hidden = self._layer(layer.layer if seeing else layer, hidden, place)
            hidden = layer.seen(hidden, sight) if seeing else hidden
        hidden = decoder.final_layer_norm(hidden) if decoder.final_layer_norm else hidden
        return decoder.project_out(hidden) if decoder.project_out else hidden

    def _make_room(self) -> None:
        pad = (0, 0, 0, ROOM)
        self.keys, self.values = ([F.pad(kept, pad) for kept in states] for states in (self.keys, self.values))
        if self.mask is not None:
            self.mask = F.pad(self.mask, (0, ROOM), value=True)

    def _layer(self, layer: OPTDecoderLayer, hidden: Tensor, place: int) -> Tensor:
        """OPT's layer; its norms come before (125 M, 1.3 B and larger) or after (350 M) what they are for."""
        before = layer.do_layer_norm_before
        attended = hidden + self._attention(
            layer.self_attn, layer.self_attn_layer_norm(hidden) if before else hidden, place
        )
        attended = attended if before else layer.self_attn_layer_norm(attended)
        normed = layer.final_layer_norm(attended) if before else attended
        found = attended + layer.fc2(layer.activation_fn(layer.fc1(normed)))
        return found if before else layer.final_layer_norm(found)

    def _attention(self, attention: OPTAttention, hidden: Tensor, place: int) -> Tensor:
        query, key, value = (
            projection(hidden).unflatten(-1, (attention.num_heads, -1)).transpose(1, 2)
            for projection in (attention.q_proj, attention.k_proj, attention.v_proj)
        )
        keys, values = (states[place][:, :, : self.length] for states in (self.keys, self.values))
        keys[:, :, -1:], values[:, :, -1:] = key, value
        mask = None if self.mask is None else self.mask[..., : self.length]
        found = F.scaled_dot_product_attention(query, keys, values, attn_mask=mask)
        return attention.out_proj(found.transpose(1, 2).flatten(2))
