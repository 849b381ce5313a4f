"""Attention over a picture's own keys and those it shares: what the processors of all families have in common."""

import torch
import torch.nn.functional as F
from torch import Tensor

from models.kv_sharing.context import AttentionContext, JointLayout, LayerShape, SharedKeys
from models.kv_sharing.streaming import gather


def attend(
    context: AttentionContext, layer: str, shape: LayerShape, query: Tensor, key: Tensor, value: Tensor
) -> Tensor:
    """Attention of a pass's pictures at a layer, as the context has it: (B, heads, S, d) → the same.

    Anchors' keys and values are written to the bank, and read from there by the others.
    """
    if context.writes(layer, shape):
        context.bank.write(layer, shape, key, value)  # type: ignore[union-attr]
    plan = context.plan(layer, shape)
    source = context.bank.states[layer] if plan and context.bank and context.reading is not None else None
    nothing = SharedKeys(torch.zeros(0, dtype=torch.long, device=key.device), torch.zeros(0, device=key.device))
    return shared_attention(
        query,
        key,
        value,
        plan or [nothing] * context.pictures,
        source,
        alone=len(query) - context.pictures if context.conditional_only else 0,
        extra=context.layout.dimensions(shape) if context.layout and shape.before + shape.after else None,
    )


def shared_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    plan: list[SharedKeys],
    source: tuple[Tensor, Tensor] | None = None,
    alone: int = 0,
    extra: tuple[Tensor, Tensor] | None = None,
) -> Tensor:
    """Attention of each picture over its own keys and those it shares: (B, heads, S, d), B = branches · P.

    Only the kept keys are gathered; log W + log M is a bias per key, own keys have none.

    Args:
        plan: what each of the P pictures shares.
        source: keys and values to share, (branches · pictures, heads, S', d); None: `key` and `value` themselves.
        alone: the first rows of the batch share nothing.
        extra: further dimensions of queries and own keys, (B, S, O) each: their product is a bias besides.
    """
    source_key, source_value = source or (key, value)
    pictures, length = len(plan), key.shape[2]
    sources = len(source_key) * pictures // len(query)
    outputs = []
    for row in range(len(query)):
        more = None if extra is None else (extra[0][row], extra[1][row])
        kept, bias = plan[row % pictures]
        if not len(kept) or row < alone:
            outputs.append(_mixed(query[row], key[row], value[row], None, more))
            continue
        branch = slice(row // pictures * sources, (row // pictures + 1) * sources)
        mask = torch.cat([bias.new_zeros(length), bias]).to(query.dtype)[None, None, None]
        mixed = []
        for heads in _heads_together(query):
            keys = _joined(key[row, heads], gather(source_key[branch, heads], kept))
            values = _joined(value[row, heads], gather(source_value[branch, heads], kept))
            mixed.append(_mixed(query[row, heads], keys, values, mask, more))
        outputs.append(torch.cat(mixed, 1))
    return torch.cat(outputs)


def _heads_together(query: Tensor) -> list[slice]:
    """Heads whose keys are gathered at one time: on a CPU few, which still lie in its cache when they are read."""
    heads = query.shape[1]
    together = 2 if query.device.type == "cpu" else heads
    return [slice(first, first + together) for first in range(0, heads, together)]


def _mixed(
    queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None, more: tuple[Tensor, Tensor] | None
) -> Tensor:
    """The values that queries (heads, S, d) mix by their keys, (1, heads, S, d); `more` as in `widened`."""
    scale, width = queries.shape[-1] ** -0.5, values.shape[-1]
    if more is not None:
        queries, keys, values = widened(queries, keys, values, more[0], more[1] / scale)
    mixed = F.scaled_dot_product_attention(queries[None], keys[None], values[None], attn_mask=mask, scale=scale)
    return mixed[..., :width]


def _joined(own: Tensor, shared: Tensor) -> Tensor:
    """Own and shared states (heads, …, d) behind each other, row by row as they lie in memory."""
    return torch.cat([own.transpose(0, 1), shared.transpose(0, 1)]).transpose(0, 1)


def widened(
    queries: Tensor, keys: Tensor, values: Tensor, of_queries: Tensor, of_keys: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Queries and keys with further dimensions, and values with zeros: fused kernels want one width for all three.

    Keys beyond the first S, which are shared, get zeros.
    """
    more = -len(of_queries[0]) % 8  # fused kernels want a multiple of eight
    heads = len(queries)
    of_queries = F.pad(of_queries, (0, more)).to(queries.dtype).expand(heads, -1, -1)
    of_keys = F.pad(of_keys, (0, more, 0, keys.shape[1] - len(of_keys))).to(keys.dtype).expand(heads, -1, -1)
    return (
        torch.cat([queries, of_queries], -1),
        torch.cat([keys, of_keys], -1),
        F.pad(values, (0, of_keys.shape[-1])),
    )


def word_attention(query: Tensor, key: Tensor, bias: Tensor | None = None) -> Tensor:
    """Head-averaged attention of cells (P, heads, L, d) among a prompt's tokens (P, heads, T, d): (P, L, T).

    One picture after another: the weights of all heads are large.

    Args:
        bias: (P, L, T), added to the logits.
    """
    seen = []
    for row in range(len(query)):
        logits = query[row] @ key[row].transpose(-1, -2) * query.shape[-1] ** -0.5
        if bias is not None:
            logits = logits + bias[row].to(logits.dtype)
        seen.append(logits.softmax(-1).mean(0))
    return torch.stack(seen)


def layout_of(layout: JointLayout | None, pictures: int) -> Tensor | None:
    """The bias (P, L, T) that a layout stands for, of the last P rows."""
    return None if layout is None else layout.outside[-pictures:] @ layout.words[-pictures:].transpose(-1, -2)
