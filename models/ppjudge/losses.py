"""PPJudge's losses: style on every layer's shared experts, error of the marks (Eqs. 5–8 of arXiv 2507.09242).

Synthetic marks are taught with what they are made of besides: a mark says only what it comes to.
"""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from models.ppjudge.config import HIGHEST
from models.ppjudge.modeling import Judgement

SCORE_WEIGHT = 10.0
"""λ of Eq. 8; marks are compared on the scale of PPAD's loader, divided by 10."""
STYLE_PEAK = 0.8
"""α of the last layer; the first one's is 0."""
BALANCE_WEIGHT = 0.01
"""Of the router's balance, a layer; the paper names none, this is the one of Switch Transformers."""
FACTOR_WEIGHT = 5.0
"""Of what the marks are made of; not the paper's."""


class Losses(NamedTuple):
    """The total of Eq. 8 with balance and factors, its parts, and the largest share of choices that an expert got."""

    total: Tensor
    score: Tensor
    factors: Tensor
    style: Tensor
    balance: Tensor
    busiest: Tensor


def style_weights(layers: int) -> Tensor:
    """α_l of Eq. 6, growing exponentially from 0 to 0.8: (layers,). The paper gives its ends alone."""
    place = torch.linspace(0, 1, layers) if layers > 1 else torch.ones(1)
    return STYLE_PEAK * torch.expm1(place) / math.expm1(1)


def style_loss(styles: Tensor, wanted: Tensor) -> Tensor:
    """Σ_l α_l · (1 − cos) of Eqs. 5 and 6, a mean over the processes whose style is known.

    Args:
        styles: (L, B, W), the projected shared experts of each layer.
        wanted: (B, W); zeros where a style is not known.
    """
    known = wanted.abs().sum(-1) > 0
    distance = 1 - F.cosine_similarity(styles.float(), wanted[None].float(), dim=-1)
    by_layer = (distance * known).sum(1) / known.sum().clamp_min(1)
    return (style_weights(len(styles)).to(by_layer) * by_layer).sum()


def score_loss(scores: Tensor, marks: Tensor, weights: Tensor) -> Tensor:
    """Squared error of Eq. 7 on marks divided by 10, over those that count: all (B, T, 8)."""
    error = ((scores.float() - marks) / HIGHEST) ** 2
    return (error * weights).sum() / weights.sum().clamp_min(1e-6)


def factor_loss(factors: Tensor, true: Tensor) -> Tensor:
    """Squared error of factors (B, T, 11) where they are known, that is no NaN."""
    known = ~true.isnan()
    return ((factors - true.nan_to_num()) ** 2 * known).sum() / known.sum().clamp_min(1)


def losses(
    judged: Judgement, marks: Tensor, weights: Tensor, factors: Tensor, styles: Tensor, with_style: bool = True
) -> Losses:
    """Eq. 8, and what the marks are made of.

    Args:
        marks, weights: (B, T, 8), on 1–10, and how much each counts.
        factors: (B, T, 11), NaN where not known.
        styles: (B, W), what shared experts are taught.
        with_style: without, the ablation's row "no style loss".
    """
    score = score_loss(judged.scores, marks, weights)
    style = style_loss(judged.styles, styles)
    made_of = factor_loss(judged.factors, factors)
    total = SCORE_WEIGHT * score + FACTOR_WEIGHT * made_of
    total = total + BALANCE_WEIGHT * judged.balance.sum() + (style if with_style else 0)
    return Losses(total, score, made_of, style, judged.balance.mean(), judged.load.max())
