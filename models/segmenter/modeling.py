"""The embedded segmenter: SAM 2 for pictures (arXiv 2408.00714) as `Sam2Model`, with a Hiera of three stages.

Nothing of the video model is built: no memory attention, no memory encoder.
"""

from pathlib import Path

import torch
from torch import nn
from transformers import Sam2Config, Sam2HieraDetConfig, Sam2MaskDecoderConfig, Sam2Model, Sam2VisionConfig
from transformers.models.sam2 import Sam2PromptEncoderConfig

WEIGHTS = Path(__file__).parent / "weights"
SIZE = 192
"""Side in pixels at which pictures are looked at."""
STRIDE = 4
"""Pixels of a patch; low-resolution masks have one cell a patch, the image embedding one for 4 × 4 patches."""


def build_segmenter(
    size: int = SIZE,
    dims: tuple[int, int, int] = (32, 64, 160),
    blocks: tuple[int, int, int] = (1, 1, 4),
    head: int = 32,
    width: int = 96,
) -> Sam2Model:
    """The model with random weights.

    Args:
        size: side of the picture in pixels, a multiple of 32.
        dims: channels of the three stages, at strides 4, 8 and 16; growing multiples of `head`.
        blocks: transformer blocks of each; the last stage sees the whole picture, the others windows of 8 × 8.
        width: channels of feature pyramid, prompts and mask decoder, a multiple of 32.
    """
    grids = [[size // stride] * 2 for stride in (STRIDE, 2 * STRIDE, 4 * STRIDE)]
    backbone = Sam2HieraDetConfig(
        hidden_size=dims[0],
        num_attention_heads=dims[0] // head,
        image_size=[size, size],
        patch_kernel_size=[7, 7],
        patch_stride=[STRIDE, STRIDE],
        patch_padding=[3, 3],
        window_positional_embedding_background_size=[4, 4],
        num_query_pool_stages=2,
        blocks_per_stage=list(blocks),
        embed_dim_per_stage=list(dims),
        num_attention_heads_per_stage=[dim // head for dim in dims],
        window_size_per_stage=[8, 8, grids[2][0]],
        global_attention_blocks=[],
    )
    vision = Sam2VisionConfig(
        backbone_config=backbone,
        backbone_channel_list=list(dims[::-1]),
        backbone_feature_sizes=grids,
        fpn_hidden_size=width,
        fpn_top_down_levels=[1, 2],
    )
    prompts = Sam2PromptEncoderConfig(hidden_size=width, image_size=size, patch_size=4 * STRIDE)
    decoder = Sam2MaskDecoderConfig(
        hidden_size=width,
        mlp_dim=4 * width,
        num_attention_heads=8,
        attention_downsample_rate=1,
        iou_head_hidden_dim=width,
        dynamic_multimask_via_stability=False,  # the three masks are trained for single clicks alone
    )
    model = Sam2Model(Sam2Config(vision_config=vision, prompt_encoder_config=prompts, mask_decoder_config=decoder))
    for module in model.modules():
        # The library's small random weights are meant to be overwritten by trained ones: attention would stay uniform.
        if isinstance(module, nn.Linear | nn.Conv2d | nn.ConvTranspose2d | nn.Embedding):
            module.reset_parameters()
    # Pictures and prompts are told where things are by the same frequencies. SAM draws them at random; these are along
    # the axes, and the lowest grow from one side of the picture to the other, so that "inside the box" is learned soon.
    along = 2.0 ** torch.linspace(-3, 1.5, width // 4)
    frequencies = torch.block_diag(along[None], along[None])
    for embedding in (model.shared_image_embedding, model.prompt_encoder.shared_embedding):
        embedding.positional_embedding.copy_(frequencies)
    return model
