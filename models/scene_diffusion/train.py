"""Trains the embedded generator: `python -m models.scene_diffusion.train first-stage`, then `… train denoiser`.

Flow matching with a clean-latent prediction, so that stock schedulers sample it (`prediction_type="sample"`,
`use_flow_sigmas`); text encoder, denoiser and scribble adapter are trained together from the first step. Scenes are
composed on the fly from a seed. Every few minutes the whole state is saved; the same command resumes it. The moving
average is what is exported, as fp16 safetensors that `StableDiffusionPipeline.from_pretrained` loads.

Not covered: several GPUs, and training on photographs.
"""

import copy
import itertools
import json
import math
import os
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import torch.nn.functional as F
import typer
from PIL import Image
from torch import Tensor, nn

from models.kv_sharing.context import AttentionContext
from models.kv_sharing.unet import UNetSharingProcessor
from models.scene_diffusion.composer import compose
from models.scene_diffusion.data import Batch, scene_loader
from models.scene_diffusion.forms import adapter_input, form_latents
from models.scene_diffusion.modeling import WEIGHTS, build_pipeline, build_tokenizer, parameter_count
from models.scene_diffusion.phrasings import caption_corpus
from models.scene_diffusion.random_scenes import random_scene

app = typer.Typer(add_completion=False, help=__doc__)
SIZE = 256
PAUSE = 10.0
"""Seconds: a step that took longer was stopped meanwhile (SIGSTOP), which does not count as training time."""
Folder = Annotated[Path, typer.Option(help="Where state, logs and sheets are kept.")]


def device_of_choice() -> torch.device:
    """The GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@app.command()
def words(weights: Annotated[Path, typer.Option(help="The pipeline to change.")] = WEIGHTS, seed: int = 0) -> None:
    """Learns the words of a vocabulary that has grown; words known before keep what they mean, new ones start from
    the mean of the pieces that they fell into."""
    pipeline, adapter = load_trainable(weights)
    tokenizer = build_tokenizer(caption_corpus(seed), weights / "tokenizer")
    known, before = pipeline.tokenizer.get_vocab(), pipeline.text_encoder.get_input_embeddings().weight
    rows = []
    for token in sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__):
        pieces = pipeline.tokenizer(token.removesuffix("</w>"), add_special_tokens=False).input_ids
        rows.append(before[known[token]] if token in known or not pieces else before[pieces].mean(0))
    pipeline.text_encoder.resize_token_embeddings(len(rows))
    pipeline.text_encoder.get_input_embeddings().weight.data.copy_(torch.stack(rows))
    for name in ("bos_token_id", "eos_token_id", "pad_token_id"):
        setattr(pipeline.text_encoder.config, name, getattr(tokenizer, name))
    pipeline.tokenizer = tokenizer
    export(Trainee(pipeline, adapter), pipeline, weights)


@app.command()
def forms(weights: Annotated[Path, typer.Option(help="The pipeline to change.")] = WEIGHTS) -> None:
    """Widens an adapter that has read strokes alone by channels of zeros for forms: it paints as before."""
    from diffusers import StableDiffusionPipeline, T2IAdapter

    pipeline = StableDiffusionPipeline.from_pretrained(weights, safety_checker=None, dtype=torch.float32)
    narrow = T2IAdapter.from_pretrained(weights / "adapter", dtype=torch.float32)
    latents, state = pipeline.unet.config.in_channels, narrow.state_dict()
    first = state["adapter.conv_in.weight"]
    state["adapter.conv_in.weight"] = torch.cat([first, torch.zeros(len(first), latents, *first.shape[2:])], 1)
    wide = T2IAdapter.from_config(narrow.config, in_channels=first.shape[1] + latents, downscale_factor=1)
    wide.load_state_dict(state)
    wide.half().save_pretrained(weights / "adapter")


@app.command("first-stage")
def first_stage(
    minutes: Annotated[float, typer.Option(help="Training time of the refiner.")] = 4,
    out: Annotated[Path, typer.Option(help="Folder of the pipeline.")] = WEIGHTS,
    seed: int = 0,
) -> None:
    """Builds the tokenizer, fits the first stage on composed scenes and trains its refiner; writes the pipeline."""
    torch.manual_seed(seed)
    tokenizer = build_tokenizer(caption_corpus(seed), out / "tokenizer")
    pipeline, adapter = build_pipeline(tokenizer)
    vae = pipeline.vae
    rng = np.random.default_rng(seed)
    scenes = np.stack([compose(random_scene(rng), rng, SIZE).image for _ in range(500)])
    vae.fit(torch.from_numpy(scenes).permute(0, 3, 1, 2).float() / 127.5 - 1)
    optimizer = torch.optim.AdamW(vae.refiner.parameters(), 1e-3)
    start, losses = time.time(), []
    loader = scene_loader(tokenizer, 8, SIZE, seed + 1)
    while (spent := time.time() - start) < 60 * minutes:
        images = next(loader).images
        with torch.no_grad():
            latents = vae.encode(images).latent_dist.mode()
            # The denoiser's latents are never exact: the refiner must not sharpen their errors.
            latents = latents + 0.08 * torch.rand(len(latents), 1, 1, 1) * torch.randn_like(latents)
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * (1 - spent / (60 * minutes)) + 1e-5
        loss = F.mse_loss(vae.decode(latents).sample, images)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) % 100 == 0:
            print(f"refiner step {len(losses)}: {-10 * math.log10(np.mean(losses[-100:]) / 4):.2f} dB", flush=True)
    pipeline.save_pretrained(out, variant=None)
    adapter.save_pretrained(out / "adapter")


class Trainee(nn.Module):
    """Text encoder, denoiser and adapter as one module."""

    def __init__(self, pipeline, adapter):
        super().__init__()
        self.text_encoder, self.unet, self.adapter = pipeline.text_encoder, pipeline.unet, adapter
        self.unet.set_attn_processor({name: UNetSharingProcessor() for name in self.unet.attn_processors})

    def forward(self, noisy: Tensor, sigma: Tensor, batch: Batch) -> Tensor:
        """The clean latents predicted from noisy ones: (B, C, h, w)."""
        text = self.text_encoder(batch.tokens)[0]
        residuals = self.adapter(adapter_input(batch.scribbles, batch.forms))
        context = AttentionContext(len(noisy), {queries: bias.to(noisy.device) for queries, bias in batch.bias.items()})
        return self.unet(
            noisy,
            sigma * 1000,
            text,
            cross_attention_kwargs={"context": context},
            down_intrablock_additional_residuals=list(residuals),
        ).sample


def flow_matching_loss(model: Trainee, latents: Tensor, batch: Batch) -> Tensor:
    """Squared error of the velocity implied by the clean prediction.

    Noise levels are drawn logit-normal, high ones more often: there it is decided what a thing is.
    """
    sigma = torch.sigmoid(torch.randn(len(latents), device=latents.device) + 0.8)
    level = sigma[:, None, None, None]
    noisy = (1 - level) * latents + level * torch.randn_like(latents)
    with torch.autocast(latents.device.type, torch.bfloat16):
        predicted = model(noisy.contiguous(memory_format=torch.channels_last), sigma, batch)
    return ((predicted.float() - latents) ** 2 / level.clamp_min(0.1) ** 2).mean()


@app.command()
def denoiser(
    minutes: Annotated[float, typer.Option(help="Training time in all, over resumptions.")] = 90,
    weights: Annotated[Path, typer.Option(help="The pipeline to start from and to export to.")] = WEIGHTS,
    folder: Folder = Path("training/scene_diffusion"),
    batch_size: int = 16,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 6e-4,
    save_minutes: Annotated[float, typer.Option(help="Time between saved states.")] = 4,
    sheet_minutes: Annotated[float, typer.Option(help="Time between sample sheets.")] = 15,
    sketches: Annotated[Path | None, typer.Option(help="A Quick, Draw! file: people's drawings as scribbles.")] = None,
    seed: int = 0,
) -> None:
    """Trains text encoder, denoiser and adapter; resumes from `folder` if a state is there."""
    folder.mkdir(parents=True, exist_ok=True)
    device = device_of_choice()
    pipeline, adapter = load_trainable(weights)
    vae = pipeline.vae.to(device)
    model = Trainee(pipeline, adapter).to(device, memory_format=torch.channels_last).train()
    average = copy.deepcopy(model).requires_grad_(False).eval()
    optimizer = torch.optim.AdamW(model.parameters(), rate, betas=(0.9, 0.95), weight_decay=0.01)
    step, spent = resume(folder, model, average, optimizer)
    torch.manual_seed(seed + step)
    # Moments of words that are not in a batch decay until they are denormal, which CPUs compute very slowly.
    torch.set_flush_denormal(True)
    loader = scene_loader(
        pipeline.tokenizer,
        batch_size,
        SIZE,
        seed + 1000 + step,
        workers=1 if device.type == "cpu" else os.cpu_count() or 1,
        drawings=sketches,
    )
    millions = parameter_count(model) / 1e6
    print(f"{millions:.1f} M parameters on {device}; step {step}, {spent / 60:.0f} of {minutes:.0f} min", flush=True)
    losses, saved, drawn, last = [], spent, spent, time.time()
    while spent < 60 * minutes:
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 200) * (1 - spent / (60 * minutes)) + 1e-6
        batch = to_device(next(loader), device, vae)
        with torch.no_grad():
            latents = vae.encode(batch.images).latent_dist.mode()
        loss = flow_matching_loss(model, latents, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        decay = min(0.999, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - decay)
        losses.append(loss.item())
        now = time.time()
        spent, last = spent + min(now - last, PAUSE), now
        if step % 100 == 0:
            record = {
                "step": step,
                "scenes": step * batch_size,
                "minutes": round(spent / 60, 2),
                "loss": round(float(np.mean(losses[-100:])), 4),
            }
            print(json.dumps(record), flush=True)
            with open(folder / "log.jsonl", "a") as log:
                log.write(json.dumps(record) + "\n")
        if spent - saved > 60 * save_minutes or spent >= 60 * minutes:
            save(folder, model, average, optimizer, step, spent)
            saved = spent
        if spent - drawn > 60 * sheet_minutes:
            sheet(average, vae, pipeline, folder / f"sheet_{round(spent / 60):03d}.png")
            drawn, last = spent, time.time()
    sheet(average, vae, pipeline, folder / "sheet_final.png")
    export(average, pipeline, weights)


def load_trainable(weights: Path):
    """Pipeline and adapter in fp32, to be trained.

    Raises:
        SystemExit: if the adapter reads no forms.
    """
    from diffusers import StableDiffusionPipeline, T2IAdapter

    pipeline = StableDiffusionPipeline.from_pretrained(weights, safety_checker=None, dtype=torch.float32)
    adapter = T2IAdapter.from_pretrained(weights / "adapter", dtype=torch.float32)
    if adapter.config.downscale_factor != 1:
        raise SystemExit(
            f"{weights / 'adapter'} reads no forms: run `python -m models.scene_diffusion.train forms` on it first"
        )
    return pipeline, adapter


@torch.no_grad()
def to_device(batch: Batch, device: torch.device, vae: nn.Module) -> Batch:
    """The batch on the device, its forms as latents (biases follow in the model, where they are used)."""
    forms = form_latents(vae, batch.forms.to(device))
    return Batch(batch.images.to(device), forms, batch.scribbles.to(device), batch.tokens.to(device), batch.bias)


def resume(folder: Path, model: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    """Loads the saved state, if any: (step, seconds spent)."""
    if not (folder / "state.pt").exists():
        return 0, 0.0
    state = torch.load(folder / "state.pt", map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    return state["step"], state["spent"]


def save(
    folder: Path, model: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer, step: int, spent: float
) -> None:
    """Saves the whole state, replacing the last one atomically."""
    state = {
        "model": model.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "spent": spent,
    }
    torch.save(state, folder / "state.tmp")
    os.replace(folder / "state.tmp", folder / "state.pt")


def export(average: Trainee, pipeline, weights: Path) -> None:
    """Writes the moving average in fp16 where `from_pretrained` finds it."""
    pipeline.text_encoder, pipeline.unet = average.text_encoder, average.unet
    pipeline.to(dtype=torch.float16).save_pretrained(weights)
    average.adapter.half().save_pretrained(weights / "adapter")
    for path in weights.rglob("*.json"):
        config = json.loads(path.read_text())
        if config.pop("_name_or_path", None):  # a folder of the machine that trained it
            path.write_text(json.dumps(config, indent=2) + "\n")
    print(f"exported to {weights}", flush=True)


@torch.no_grad()
def sheet(
    average: Trainee, vae: nn.Module, pipeline, path: Path, scenes: int = 8, guidance: float = 2.5, seed: int = 5
) -> None:
    """A sheet of held seeds; rows: truth, first stage, forms, scribble; with both, with either, with neither."""
    from models.scene_diffusion.data import collate

    rng = np.random.default_rng(seed)
    device = next(average.parameters()).device
    examples = [compose(random_scene(rng), rng, SIZE) for _ in range(scenes)]
    seen = collate(examples, pipeline.tokenizer, [False] * scenes, [False] * scenes)
    batch = to_device(seen, device, vae)
    empty = to_device(collate(examples, pipeline.tokenizer, [True] * scenes, [True] * scenes), device, vae)
    rows = [batch.images, vae(batch.images), seen.forms.to(device), 1 - 2 * batch.scribbles.expand(-1, 3, -1, -1)]
    for strokes, recalled in itertools.product((1, 0), (1, 0)):
        given = {"scribbles": strokes * batch.scribbles, "forms": recalled * batch.forms}
        pipeline.scheduler.set_timesteps(10)
        latents = torch.randn(
            scenes, vae.config.latent_channels, 16, 16, generator=torch.Generator().manual_seed(seed)
        ).to(device)
        for timestep in pipeline.scheduler.timesteps:
            sigma = torch.full((scenes,), float(timestep) / 1000, device=device)
            with torch.autocast(device.type, torch.bfloat16):
                said = average(latents, sigma, batch._replace(**given)).float()
                unsaid = average(latents, sigma, empty._replace(**given)).float()
            latents = pipeline.scheduler.step(unsaid + guidance * (said - unsaid), timestep, latents).prev_sample
        rows.append(vae.decode(latents).sample)
    grid = torch.stack(rows).clamp(-1, 1).add(1).mul(127.5).byte().cpu()
    pixels = grid.permute(0, 3, 1, 4, 2).reshape(len(rows) * SIZE, scenes * SIZE, 3).numpy()
    Image.fromarray(pixels).resize((scenes * 160, len(rows) * 160), Image.Resampling.LANCZOS).save(path)


if __name__ == "__main__":
    app()
