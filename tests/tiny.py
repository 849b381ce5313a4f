"""Tiny pipelines of the real classes, with random weights, saved to a folder with their control."""

from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxControlNetModel,
    FluxPipeline,
    FluxTransformer2DModel,
    SD3ControlNetModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

from models.ppjudge.config import JudgeConfig
from models.ppjudge.modeling import PPJudge, save_judge
from models.scene_diffusion.modeling import PROMPT_TOKENS, build_pipeline, build_tokenizer
from models.segmenter.modeling import build_segmenter

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
    shape = {
        "block_out_channels": (32, 64),
        "layers_per_block": 1,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "cross_attention_dim": 32,
        "attention_head_dim": 8,
    }
    StableDiffusionPipeline(
        vae=autoencoder(),
        text_encoder=CLIPTextModel(clip_config(tokenizer)),
        tokenizer=tokenizer,
        unet=UNet2DConditionModel(sample_size=8, up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), **shape),
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)
    save_control(ControlNetModel(**shape, conditioning_embedding_out_channels=(16,) * 4), folder)


def save_sdxl(folder: Path) -> None:
    """SDXL's classes: two text encoders, size conditioning, Euler."""
    torch.manual_seed(0)
    tokenizer = build_tokenizer(CORPUS, folder / "tokenizer")
    shape = {
        "block_out_channels": (32, 64),
        "layers_per_block": 1,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "transformer_layers_per_block": (1, 2),
        "cross_attention_dim": 64,
        "attention_head_dim": (2, 4),
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 8,
        "projection_class_embeddings_input_dim": 6 * 8 + 32,
    }
    StableDiffusionXLPipeline(
        vae=autoencoder(),
        text_encoder=CLIPTextModel(clip_config(tokenizer)),
        text_encoder_2=CLIPTextModelWithProjection(clip_config(tokenizer)),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=UNet2DConditionModel(sample_size=8, up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), **shape),
        scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear", steps_offset=1, timestep_spacing="leading"),
        add_watermarker=False,
    ).save_pretrained(folder)
    save_control(ControlNetModel(**shape, conditioning_embedding_out_channels=(16,) * 4), folder)


def save_sd35(folder: Path) -> None:
    """Stable Diffusion 3.5 medium's classes: two CLIPs and a T5, joint and dual attention, flow matching."""
    torch.manual_seed(0)
    tokenizer = build_tokenizer(CORPUS, folder / "tokenizer")
    shape = {
        "sample_size": 8,
        "pos_embed_max_size": 8,
        "in_channels": 4,
        "out_channels": 4,
        "num_attention_heads": 2,
        "attention_head_dim": 16,
        "caption_projection_dim": 32,
        "joint_attention_dim": 64,
        "pooled_projection_dim": 64,
        "dual_attention_layers": (0,),
        "qk_norm": "rms_norm",
    }
    StableDiffusion3Pipeline(
        vae=autoencoder(scaling_factor=1.5305, shift_factor=0.0609),
        text_encoder=CLIPTextModelWithProjection(clip_config(tokenizer)),
        text_encoder_2=CLIPTextModelWithProjection(clip_config(tokenizer)),
        text_encoder_3=t5_encoder(64),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        tokenizer_3=t5_tokenizer(),
        transformer=SD3Transformer2DModel(num_layers=2, **shape),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
    ).save_pretrained(folder)
    save_control(SD3ControlNetModel(num_layers=1, force_zeros_for_pooled_projection=False, **shape), folder)


def save_flux(folder: Path) -> None:
    """FLUX.1-dev's classes: double and single blocks, guidance as an input, a shift by the picture's size."""
    torch.manual_seed(0)
    tokenizer = build_tokenizer(CORPUS, folder / "tokenizer")
    shape = {
        "in_channels": 16,
        "num_layers": 1,
        "num_single_layers": 1,
        "num_attention_heads": 2,
        "attention_head_dim": 16,
        "axes_dims_rope": (4, 4, 8),
        "joint_attention_dim": 32,
        "pooled_projection_dim": 32,
        "guidance_embeds": True,
    }
    FluxPipeline(
        vae=autoencoder(scaling_factor=0.3611, shift_factor=0.1159),
        text_encoder=CLIPTextModel(clip_config(tokenizer)),
        text_encoder_2=t5_encoder(32),
        tokenizer=tokenizer,
        tokenizer_2=t5_tokenizer(),
        transformer=FluxTransformer2DModel(**shape),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift=3.0),
    ).save_pretrained(folder)
    save_control(FluxControlNetModel(**shape), folder)


def save_segmenter(folder: Path) -> None:
    """The embedded segmenter's class, which finds something in every box."""
    torch.manual_seed(0)
    build_segmenter(64, dims=(16, 32, 48), blocks=(1, 1, 1), head=16, width=32).save_pretrained(folder)


def save_tiny_judge(folder: Path) -> None:
    """PPJudge, with prompts by the embedded generator's own text encoder."""
    torch.manual_seed(0)
    config = JudgeConfig(
        size=32, patch=8, slots=6, width=32, blocks=2, heads=2, bottleneck=4, depths=(1, 1, 1, 2, 3), top=2,
        reference_width=256, reference_tokens=4, style_width=256, beta=15.5 * 6, differences=True, image_tower=True,
    )  # fmt: skip
    judge = PPJudge(config)
    torch.nn.init.normal_(judge.classifier[-1].weight)  # marks that are far apart
    save_judge(judge, folder)


SAVED = {"embedded": save_embedded, "sd15": save_sd15, "sdxl": save_sdxl, "sd35": save_sd35, "flux": save_flux}


def control_of(folder: Path) -> Path:
    """Where a saved pipeline has its control."""
    return next(place for name in ("adapter", "controlnet") if (place := folder / name).is_dir())


def save_control(control: torch.nn.Module, folder: Path) -> None:
    """A new ControlNet adds nothing, since its last layers are zero: here they are not, and its strokes are strong."""
    for name, parameter in control.named_parameters():
        if not parameter.any() or "cond_embedding" in name:
            torch.nn.init.uniform_(parameter, -0.5, 0.5)
    control.save_pretrained(folder / "controlnet")


def autoencoder(**latents: float) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(8,) * 4,
        norm_num_groups=4,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        sample_size=64,
        **latents,
    )


def clip_config(tokenizer) -> CLIPTextConfig:
    end = tokenizer.eos_token_id
    return CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=37, projection_dim=32, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=PROMPT_TOKENS, bos_token_id=tokenizer.bos_token_id,
        eos_token_id=end, pad_token_id=end,
    )  # fmt: skip


def t5_tokenizer() -> T5Tokenizer:
    words = sorted({"▁" + word.strip(",") for line in CORPUS for word in line.split()})
    pieces = ["▁", *"abcdefghijklmnopqrstuvwxyz0123456789,.-'!?", *(word for word in words if len(word) > 2)]
    special = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    return T5Tokenizer(vocab=[*special, *((piece, -3.0 / len(piece)) for piece in pieces)], extra_ids=0)


def t5_encoder(width: int) -> T5EncoderModel:
    size = len(t5_tokenizer())
    return T5EncoderModel(T5Config(vocab_size=size, d_model=width, d_ff=37, d_kv=8, num_layers=1, num_heads=4))
