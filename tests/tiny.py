"""Tiny pipelines of the real classes, with random weights, saved to a folder."""

from pathlib import Path

import torch
from diffusers import AutoencoderKL, ControlNetModel, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from models.scene_diffusion.modeling import PROMPT_TOKENS, build_pipeline, build_tokenizer

CORPUS = ["a red cup on a plate", "a kettle left of a bowl, wooden table", "a lemon in a glass filled with water"] * 3


def save_embedded(folder: Path) -> None:
    """The embedded generator's classes: patch autoencoder, adapter, flow sampler."""
    torch.manual_seed(0)
    tokenizer = build_tokenizer(CORPUS, folder / "tokenizer")
    pipeline, adapter = build_pipeline(tokenizer, widths=(32, 64), text_width=32, text_layers=1, latent_channels=4)
    pipeline.vae.fit(torch.rand(2, 3, 64, 64) * 2 - 1)
    pipeline.save_pretrained(folder)
    adapter.save_pretrained(folder / "adapter")


def save_sd15(folder: Path) -> None:
    """Stable Diffusion 1.5's classes: KL autoencoder, ControlNet, DDIM."""
    torch.manual_seed(0)
    tokenizer = build_tokenizer(CORPUS, folder / "tokenizer")
    end = tokenizer.eos_token_id
    text = CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=37, num_hidden_layers=1, num_attention_heads=4,
        max_position_embeddings=PROMPT_TOKENS, eos_token_id=end, pad_token_id=end,
    )  # fmt: skip
    shape = {
        "block_out_channels": (32, 64),
        "layers_per_block": 1,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "cross_attention_dim": 32,
        "attention_head_dim": 8,
    }
    unet = UNet2DConditionModel(sample_size=8, up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), **shape)
    vae = AutoencoderKL(
        block_out_channels=(32, 32, 32, 32),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        sample_size=64,
    )
    StableDiffusionPipeline(
        vae=vae,
        text_encoder=CLIPTextModel(text),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)
    ControlNetModel(**shape, conditioning_embedding_out_channels=(16, 16, 16, 16)).save_pretrained(
        folder / "controlnet"
    )
