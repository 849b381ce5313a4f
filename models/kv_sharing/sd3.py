"""The processor for SD3 and SD3.5: the picture's keys and values are shared, the prompt's are not."""

from typing import Any

from diffusers.models.attention_processor import JointAttnProcessor2_0
from torch import Tensor, cat, nn

from models.kv_sharing.attention import attend, layout_of, word_attention
from models.kv_sharing.context import AttentionContext, LayerShape


class SD3SharingProcessor(JointAttnProcessor2_0):
    """`JointAttnProcessor2_0` that reads an `AttentionContext`; where nobody shares it is the stock processor.

    For the joint layers, whose sequence is [picture, prompt] (arXiv 2403.03206, fig. 2), and for the layers of the
    picture alone that SD3.5-medium has beside them (`attn2`). In Eq. of arXiv 2406.04337, Q_i are all queries of
    picture i, its prompt's too: they read the other pictures' cells as they read their own.
    """

    def __init__(self, layer: str = ""):
        super().__init__()
        self.layer = layer

    def __call__(  # type: ignore[override]  # the stock annotations allow less than it does
        self,
        attn: Any,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
        context: AttentionContext | None = None,
    ) -> Tensor | tuple[Tensor, Tensor]:
        """The picture's states (B, L, C), and the prompt's (B, T, C) if given → the same shapes."""
        cells = hidden_states.shape[1]
        shape = LayerShape(cells, after=0 if encoder_hidden_states is None else encoder_hidden_states.shape[1])
        if context is None or not concerns(context, self.layer, shape):
            stock: Any = super().__call__
            return stock(attn, hidden_states, encoder_hidden_states, attention_mask)
        query, key, value = picture_heads(attn, hidden_states)
        if encoder_hidden_states is not None:
            prompt = prompt_heads(attn, encoder_hidden_states)
            query, key, value = (cat(both, 2) for both in zip((query, key, value), prompt, strict=True))
        collect_maps(context, shape, query, key)
        mixed = attend(context, self.layer, shape, query, key, value).transpose(1, 2).flatten(2)
        picture = attn.to_out[1](attn.to_out[0](mixed[:, :cells]))
        if encoder_hidden_states is None:
            return picture
        return picture, mixed[:, cells:] if attn.context_pre_only else attn.to_add_out(mixed[:, cells:])


def concerns(context: AttentionContext, layer: str, shape: LayerShape) -> bool:
    """Whether a layer is to do anything but what it always does: share, bind words, or tell where they attend."""
    prompted = shape.before + shape.after > 0
    return context.concerns(layer, shape) or (prompted and (context.layout is not None or context.maps is not None))


def collect_maps(context: AttentionContext, shape: LayerShape, query: Tensor, key: Tensor) -> None:
    """Adds where cells attend, among the prompt's tokens alone: what the picture's own cells take is no one's word."""
    if context.maps is None or not shape.before + shape.after:
        return
    cells, before, after = shape
    tokens = slice(0, before) if before else slice(cells, None)
    last = slice(-context.pictures, None)
    seen = word_attention(
        query[last, :, before : before + cells], key[last, :, tokens], layout_of(context.layout, context.pictures)
    )
    context.maps.add(seen, context.rows or range(context.pictures))


def picture_heads(attn: Any, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value (B, heads, L, d) of the picture's states (B, L, C), before any rotary embedding."""
    query, key = _split(attn, attn.to_q(states), attn.norm_q), _split(attn, attn.to_k(states), attn.norm_k)
    return query, key, _split(attn, attn.to_v(states))


def prompt_heads(attn: Any, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value (B, heads, T, d) of the prompt's states (B, T, C), which have projections of their own."""
    query = _split(attn, attn.add_q_proj(states), attn.norm_added_q)
    key = _split(attn, attn.add_k_proj(states), attn.norm_added_k)
    return query, key, _split(attn, attn.add_v_proj(states))


def _split(attn: Any, states: Tensor, norm: nn.Module | None = None) -> Tensor:
    """Heads of projected states, each normalised: (B, L, heads · d) → (B, heads, L, d)."""
    heads = states.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
    return heads if norm is None else norm(heads)
