"""The processor for UNet pipelines (SD 1.5, SDXL, embedded): shared self-attention, bound cross-attention."""

from diffusers.models.attention_processor import Attention, AttnProcessor2_0
from torch import Tensor

from models.kv_sharing.attention import attend, word_attention
from models.kv_sharing.context import AttentionContext, LayerShape


class UNetSharingProcessor(AttnProcessor2_0):
    """`AttnProcessor2_0` that reads an `AttentionContext`; where nobody shares it is the stock processor.

    Attributes:
        layer: the name of its layer.
    """

    def __init__(self, layer: str = ""):
        super().__init__()
        self.layer = layer

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
                last = slice(-context.pictures, None)
                query, key, _ = _heads(attn, hidden_states[last], encoder_hidden_states[last])
                bias = None if attention_mask is None else attention_mask[last]
                context.maps.add(word_attention(query, key, bias), context.rows or range(context.pictures))
        shape = LayerShape(hidden_states.shape[1])
        if context is None or encoder_hidden_states is not None or not context.concerns(self.layer, shape):
            return super().__call__(attn, hidden_states, encoder_hidden_states, attention_mask, temb)
        mixed = attend(context, self.layer, shape, *_heads(attn, hidden_states, hidden_states))
        return attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))


def _heads(attn: Attention, queries_from: Tensor, keys_from: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value as (B, heads, L, d)."""

    def split(states: Tensor) -> Tensor:
        return states.unflatten(-1, (attn.heads, -1)).transpose(1, 2)

    return split(attn.to_q(queries_from)), split(attn.to_k(keys_from)), split(attn.to_v(keys_from))
