"""The embedded generator: `StableDiffusionPipeline` with a `T2IAdapter`, small enough to ship."""

from collections.abc import Iterable
from pathlib import Path

import torch
from diffusers import (
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    T2IAdapter,
    UNet2DConditionModel,
)
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from models.scene_diffusion.first_stage import PatchAutoencoder

WEIGHTS = Path(__file__).parent / "weights"
PROMPT_TOKENS = 64
START, END = "<|startoftext|>", "<|endoftext|>"


def build_tokenizer(corpus: Iterable[str], folder: Path, size: int = 2000) -> CLIPTokenizer:
    """A CLIP tokenizer whose byte pairs are learned from captions: known words are whole, others fall into pieces."""
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token=END))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation()])
    letters = list("abcdefghijklmnopqrstuvwxyz0123456789,.-'!?")
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=[START, END], end_of_word_suffix="</w>", initial_alphabet=letters
    )
    tokenizer.train_from_iterator([*corpus, *letters], trainer)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.model.save(str(folder))
    return CLIPTokenizer(
        str(folder / "vocab.json"),
        str(folder / "merges.txt"),
        bos_token=START,
        eos_token=END,
        unk_token=END,
        pad_token=END,
        model_max_length=PROMPT_TOKENS,
    )


def build_pipeline(
    tokenizer: CLIPTokenizer,
    widths: tuple[int, ...] = (160, 256),
    text_width: int = 256,
    text_layers: int = 3,
    latent_channels: int = 32,
) -> tuple[StableDiffusionPipeline, T2IAdapter]:
    """The pipeline with random weights, and its adapter of strokes and forms (see `forms.adapter_input`)."""
    end = tokenizer.eos_token_id
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=text_width,
            intermediate_size=2 * text_width,
            projection_dim=text_width,
            num_hidden_layers=text_layers,
            num_attention_heads=4,
            max_position_embeddings=PROMPT_TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=end,
            pad_token_id=end,
        )
    )
    levels = len(widths)
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=latent_channels,
        out_channels=latent_channels,
        block_out_channels=widths,
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D",) * levels,
        up_block_types=("CrossAttnUpBlock2D",) * levels,
        cross_attention_dim=text_width,
        attention_head_dim=tuple(max(1, width // 64) for width in widths),
        norm_num_groups=32,
    )
    scheduler = DPMSolverMultistepScheduler(
        prediction_type="sample",
        algorithm_type="dpmsolver++",
        solver_order=2,
        use_flow_sigmas=True,
        flow_shift=1.0,
        final_sigmas_type="zero",
        steps_offset=1,
    )
    vae = PatchAutoencoder(latent_channels=latent_channels)
    pipeline = StableDiffusionPipeline(
        vae=vae,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    read = vae.config.patch**2 + latent_channels
    adapter = T2IAdapter(
        in_channels=read, channels=list(widths), num_res_blocks=1, downscale_factor=1, adapter_type="full_adapter"
    )
    return pipeline, adapter


def token_positions(tokenizer: CLIPTokenizer, text: str, spans: list[tuple[int, int]]) -> list[int]:
    """The positions of the tokens that lie in any of the (start, end) character spans of a prompt."""
    encoded = tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=tokenizer.model_max_length)
    offsets = encoded["offset_mapping"]
    return [i for i, (a, b) in enumerate(offsets) if b > a and any(a >= start and b <= end for start, end in spans)]


def parameter_count(*modules: torch.nn.Module) -> int:
    """Parameters in all modules together."""
    return sum(parameter.numel() for module in modules for parameter in module.parameters())
