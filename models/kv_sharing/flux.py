"""The processor for FLUX: the picture's keys and values are shared in double- and single-stream blocks.

Where does a shared key stand? FLUX turns queries and keys by their cell of the grid (rotary embedding, arXiv
2104.09864), so a key of another picture needs a place in the reader's. Here it is **its own cell**: keys stay unturned
until the reader's table is applied, and the key of row y, column x of picture j is read at (y, x). Because:

- the cells of all pictures then stand in the range the model was trained on; laid out side by side, as on one wide
  canvas, they would not, and how far each picture is would weigh beside W;
- no picture comes before another: permuting the pictures permutes the outputs;
- reading a picture equal to one's own is counting one's own cells twice, as in a UNet without positions.

What it costs: an object that moved between pictures is read where it was. CharaConsist moves keys to matched cells for
that, which takes a match for every pair; it is not done here. A batch has one table (`img_ids` have no batch
dimension), so turning all keys once before gathering equals gathering and then turning for every reader.
"""

from typing import Any

from diffusers.models.embeddings import apply_rotary_emb
from diffusers.models.transformers.transformer_flux import FluxAttnProcessor
from torch import Tensor, cat

from models.kv_sharing.attention import attend
from models.kv_sharing.context import AttentionContext, LayerShape
from models.kv_sharing.sd3 import collect_maps, concerns, picture_heads, prompt_heads


class FluxSharingProcessor(FluxAttnProcessor):
    """`FluxAttnProcessor` that reads an `AttentionContext`; where nobody shares it is the stock processor.

    Sequences are [prompt, picture]. Double-stream blocks give the two apart; single-stream blocks give one sequence, of
    which `AttentionContext.text_tokens` are the prompt. Sharing calls torch's fused attention with a bias per key, not
    the attention backend that may be set: those for varying lengths would make a bare mask of the bias.
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
        image_rotary_emb: Any = None,
        context: AttentionContext | None = None,
    ) -> Tensor | tuple[Tensor, Tensor]:
        """States → states: of a double-stream block the picture's (B, L, C) and the prompt's (B, T, C), a pair.

        Of a single-stream block both in one, (B, T + L, C). `image_rotary_emb` is the table of cosines and sines,
        (T + L, d) each.
        """
        text_tokens = _text_tokens(encoder_hidden_states, context) if context else 0
        cells = hidden_states.shape[1] - (text_tokens if encoder_hidden_states is None else 0)
        shape = LayerShape(cells, before=text_tokens)
        if context is None or not concerns(context, self.layer, shape):
            stock: Any = super().__call__
            return stock(attn, hidden_states, encoder_hidden_states, attention_mask, image_rotary_emb)
        if attention_mask is not None:
            raise ValueError("Pictures that share keys take no attention mask besides; pass masks in the context.")
        query, key, value = picture_heads(attn, hidden_states)
        if encoder_hidden_states is not None:
            prompt = prompt_heads(attn, encoder_hidden_states)
            query, key, value = (cat(both, 2) for both in zip(prompt, (query, key, value), strict=True))
        if image_rotary_emb is not None:  # every key at its own cell, for its own picture and for those that read it
            turned: list[Any] = [apply_rotary_emb(states, image_rotary_emb, sequence_dim=2) for states in (query, key)]
            query, key = turned
        collect_maps(context, shape, query, key)
        mixed = attend(context, self.layer, shape, query, key, value).transpose(1, 2).flatten(2)
        if encoder_hidden_states is None:
            return mixed
        picture = attn.to_out[1](attn.to_out[0](mixed[:, text_tokens:]))
        return picture, attn.to_add_out(mixed[:, :text_tokens])


def _text_tokens(encoder_hidden_states: Tensor | None, context: AttentionContext) -> int:
    if encoder_hidden_states is not None:
        return encoder_hidden_states.shape[1]
    if context.text_tokens is None:
        raise ValueError("FLUX's single-stream blocks share keys only if the context says its text_tokens.")
    return context.text_tokens
