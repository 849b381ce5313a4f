"""The processor for UNet pipelines (SD 1.5, SDXL, embedded): shared self-attention, bound cross-attention."""

import torch
import torch.nn.functional as F
from diffusers.models.attention_processor import Attention, AttnProcessor2_0
from torch import Tensor

from models.kv_sharing.context import AttentionContext, SharedKeys


class UNetSharingProcessor(AttnProcessor2_0):
    """`AttnProcessor2_0` that reads an `AttentionContext`; without one it is the stock processor."""

    def __call__(
        self,
        attn: Attention,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
        temb: Tensor | None = None,
        context: AttentionContext | None = None,
    ) -> Tensor:
        """Hidden states (B, L, C) → (B, L, C)."""
        if context is not None and encoder_hidden_states is not None:
            attention_mask = context.bias.get(hidden_states.shape[1], attention_mask)
            if context.maps is not None:
                context.maps.add(
                    word_attention(attn, hidden_states, encoder_hidden_states, attention_mask, context.pictures)
                )
        plan = (
            context.sharing.plan(hidden_states.shape[1])
            if context and context.sharing and encoder_hidden_states is None
            else None
        )
        if plan is None:
            return super().__call__(attn, hidden_states, encoder_hidden_states, attention_mask, temb)
        return _project(attn, shared_attention(*_heads(attn, hidden_states, hidden_states), plan))


def _heads(attn: Attention, queries_from: Tensor, keys_from: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value as (B, heads, L, d)."""

    def split(states: Tensor) -> Tensor:
        return states.unflatten(-1, (attn.heads, -1)).transpose(1, 2)

    return split(attn.to_q(queries_from)), split(attn.to_k(keys_from)), split(attn.to_v(keys_from))


def _project(attn: Attention, states: Tensor) -> Tensor:
    return attn.to_out[1](attn.to_out[0](states.transpose(1, 2).flatten(2)))


def shared_attention(query: Tensor, key: Tensor, value: Tensor, plan: list[SharedKeys]) -> Tensor:
    """Attention of each picture over its own keys and those it shares: (B, heads, L, d), B = branches · N.

    Only the kept keys are gathered; log W + log M is a bias per key, own keys have none.
    """
    pictures, length = len(plan), query.shape[2]
    outputs = []
    for row in range(len(query)):
        branch, (kept, bias) = row - row % pictures, plan[row % pictures]
        picture, position = kept // length, kept % length
        own_key, own_value = key[row], value[row]
        shared_key = key[branch + picture, :, position].transpose(0, 1)
        shared_value = value[branch + picture, :, position].transpose(0, 1)
        mask = torch.cat([bias.new_zeros(length), bias]).to(query.dtype) if len(kept) else None
        outputs.append(
            F.scaled_dot_product_attention(
                query[row : row + 1],
                torch.cat([own_key, shared_key], 1)[None],
                torch.cat([own_value, shared_value], 1)[None],
                attn_mask=mask[None, None, None] if mask is not None else None,
            )
        )
    return torch.cat(outputs)


def word_attention(attn: Attention, hidden_states: Tensor, text: Tensor, bias: Tensor | None, pictures: int) -> Tensor:
    """Head-averaged cross-attention of the last branch: (N, Q, L)."""
    query, key, _ = _heads(attn, hidden_states[-pictures:], text[-pictures:])
    logits = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if bias is not None:
        logits = logits + bias[-pictures:, None].to(logits.dtype)
    return logits.softmax(-1).mean(1)
