"""Every family of pipelines through the one loop, tiny, against diffusers' own pipelines; and through the graph."""

import copy
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
import typer
from diffusers import (
    FluxControlNetPipeline,
    StableDiffusion3ControlNetPipeline,
    StableDiffusionControlNetPipeline,
    StableDiffusionXLControlNetPipeline,
)
from PIL import Image
from typer.testing import CliRunner

from graphs.terminal import instruct
from tests.families import (
    BOXES,
    FULL_SIZE,
    PROMPT,
    STROKE,
    bare,
    difference,
    latents,
    place,
    precise,
    request,
    saved_segmenter,
    sharing,
    studio,
)
from tests.tiny import control_of
from tools.canvas import Sketch, rasterise
from tools.denoisers import DENOISERS
from tools.diffusion import paint_pictures
from tools.model_hub import ModelError, load_models

CONTROLLED = {
    "sd15": StableDiffusionControlNetPipeline,
    "sdxl": StableDiffusionXLControlNetPipeline,
    "sd35": StableDiffusion3ControlNetPipeline,
    "flux": FluxControlNetPipeline,
}


def stock_call(profile, count, first=3):
    generators = [torch.Generator().manual_seed(first + row) for row in range(count)]
    call = {"prompt": [PROMPT] * count, "num_inference_steps": profile.steps, "guidance_scale": profile.guidance}
    call |= {"height": profile.size, "width": profile.size, "generator": generators}
    if profile.negative_prompt:
        call["negative_prompt"] = [profile.negative_prompt] * count
    return call


def unpacked(pipeline, latents, size):
    if latents.ndim == 3:
        return pipeline._unpack_latents(latents, size, size, pipeline.vae_scale_factor)
    return latents


@pytest.mark.parametrize("negative", ["blurry", ""])
@pytest.mark.parametrize("family", FULL_SIZE)
def test_similarity_zero_is_the_pipeline_of_diffusers_bit_for_bit(family, negative):
    models, profile = studio(family, control=False, negative_prompt=negative)
    pictures = paint_pictures(models, profile, [bare(3), bare(4)], sharing(2, 0.0, masks=False))
    call = stock_call(profile, 2)
    stock = models.pipeline(**call, output_type="latent").images
    assert torch.equal(latents(pictures)[:, -1], unpacked(models.pipeline, stock, profile.size))
    images = models.pipeline(**stock_call(profile, 2), output_type="np").images
    seen = np.stack([np.asarray(picture.image) / 255 for picture in pictures])
    assert np.abs(seen - images).max() <= 1.01 / 255


def test_true_guidance_of_flux_is_that_of_diffusers():
    models, profile = studio("flux", control=False, negative_prompt="blurry", true_guidance=2.5)
    pictures = paint_pictures(models, profile, [bare(3), bare(4)])
    stock = models.pipeline(**stock_call(profile, 2), true_cfg_scale=2.5, output_type="latent").images
    assert (latents(pictures)[:, -1] - unpacked(models.pipeline, stock, 64)).abs().max() <= 1e-5
    plain = paint_pictures(models, profile.model_copy(update={"true_guidance": 1.0}), [bare(3), bare(4)])
    assert difference(pictures, plain) > 1e-3


@pytest.mark.parametrize("family", FULL_SIZE)
def test_the_scribble_steers_as_in_the_controlnet_pipeline_of_diffusers(family):
    models, profile = studio(family, control_scale=5.0)
    models = models._replace(pipeline=copy.copy(models.pipeline))
    models.pipeline.vae = certain(models.pipeline.vae)
    sketched = bare(3).model_copy(update={"sketch": Sketch(strokes=[STROKE])})
    (drawn,) = paint_pictures(models, profile, [sketched])
    (blank,) = paint_pictures(models, profile, [bare(3)])
    picture = Image.fromarray(np.stack([rasterise(sketched.sketch, 64)] * 3, -1))
    call = stock_call(profile, 1) | {"controlnet_conditioning_scale": profile.control_scale}
    call["image" if family in ("sd15", "sdxl") else "control_image"] = picture
    noise = torch.randn(1, *drawn.trajectory.shape[1:], generator=torch.Generator().manual_seed(3))
    call["latents"] = models.pipeline._pack_latents(noise, *noise.shape) if family == "flux" else noise
    components = {**models.pipeline.components, "controlnet": models.control}
    stock = CONTROLLED[family](**components)
    stock.set_progress_bar_config(disable=True)
    expected = unpacked(stock, stock(**call, output_type="latent").images, 64)
    assert (drawn.trajectory[-1] - expected[0]).abs().max() <= 1e-4
    assert (drawn.trajectory[-1] - blank.trajectory[-1]).abs().max() > 1e-3


def certain(vae):
    """An autoencoder whose samples are their mode: diffusers' ControlNet pipelines sample, ours take the mode."""
    vae = copy.deepcopy(vae)
    last = vae.quant_conv if vae.quant_conv is not None else vae.encoder.conv_out
    with torch.no_grad():
        last.weight[len(last.weight) // 2 :] = 0
        last.bias[len(last.bias) // 2 :] = -60
    return vae


def weights(models):
    digest = hashlib.sha256()
    for part in (*models.pipeline.components.values(), models.control):
        for name, tensor in part.state_dict().items() if isinstance(part, torch.nn.Module) else ():
            digest.update(name.encode() + tensor.numpy().tobytes())
    return digest.hexdigest()


@pytest.mark.parametrize("family", FULL_SIZE)
def test_no_weight_changes(family):
    models, profile = studio(family, anchors=1)
    before = weights(models)
    paint_pictures(models, profile, [request(3), request(4)], sharing(2))
    assert weights(models) == before


@pytest.mark.parametrize("family", FULL_SIZE)
def test_layout_binds_words_of_the_prompt(family):
    models, profile = precise(studio(family))
    (bound,) = paint_pictures(models, profile, [request(3)])
    (unbound,) = paint_pictures(models, profile.model_copy(update={"binding": 0.0}), [request(3)])
    assert difference([bound], [unbound]) > 1e-6


def test_words_are_found_in_every_encoders_tokens():
    at = {family: denoiser_of(*studio(family)).tokens[0] for family in FULL_SIZE}
    assert at["sd15"] == at["sdxl"] and all(at["sd15"])
    clip, t5 = at["sd15"], at["flux"]
    assert at["sd35"] == [one + [64 + i for i in two] for one, two in zip(clip, t5, strict=True)] and all(t5)


def denoiser_of(models, profile):
    return DENOISERS[type(models.pipeline).__name__](models, profile, [request(3)])


@pytest.mark.parametrize("family", ["sd35", "flux"])
def test_words_bound_to_the_whole_picture_change_nothing(family):
    models, profile = precise(studio(family))
    everywhere = request(3).model_copy(update={"boxes": dict.fromkeys(BOXES, (0.0, 0.0, 1.0, 1.0))})
    (bound,) = paint_pictures(models, profile, [everywhere])
    (unbound,) = paint_pictures(models, profile.model_copy(update={"binding": 0.0}), [everywhere])
    assert difference([bound], [unbound]) <= 1e-6


@pytest.mark.parametrize("family", ["sdxl", "sd35", "flux"])
def test_the_graph_paints_with_every_profile(tmp_path, family):
    folder = place(family)
    models = ["--profile", family, "--pipeline", str(folder), "--control", str(control_of(folder)), "--size", "64"]
    models += ["--segmenter", saved_segmenter().name]
    steps = "Boil water.\nPut a red apple on a blue plate.\n"  # in noise no object has its colour: it is refined
    app = typer.Typer()
    app.command()(instruct)
    arguments = ["tea", "--steps", "-", "--out", str(tmp_path / "out"), "--max-rounds", "1", *models]
    result = CliRunner().invoke(app, arguments, input=steps)
    assert result.exit_code == 0, result.output
    assert "refine/" in (tmp_path / "out" / "ledger.json").read_text()
    made = json.loads((tmp_path / "out" / "step-01.json").read_text())["made"]
    assert made["prompt"].startswith("Boil") and made["profile"]["name"] == family and made["profile"]["anchors"] == 2
    assert made["profile"]["segmenter"] == Path(saved_segmenter().name).name and made["revision"].count("+") == 2


def test_a_pipeline_of_another_class_is_named(tmp_path):
    (tmp_path / "model_index.json").write_text('{"_class_name": "KandinskyPipeline"}')
    with pytest.raises(ModelError, match="KandinskyPipeline.*FluxPipeline"):
        load_models(str(tmp_path), "", "controlnet", True)


@pytest.mark.parametrize("family", FULL_SIZE)
def test_half_precision_paints_the_same_roughly(family):
    """As on a GPU, where nothing may mix dtypes; UNet pipelines there decode in single precision."""
    models, profile = studio(family, anchors=1, steps=4)
    half = copy.deepcopy(models)
    half.pipeline.to(torch.bfloat16)
    half.control.to(torch.bfloat16)
    half.pipeline.vae.to(torch.float32 if family in ("sd15", "sdxl") else torch.bfloat16)
    requests = [request(3), request(4)]
    exact, rough = (paint_pictures(each, profile, requests, sharing(2)) for each in (models, half))
    assert rough[0].trajectory.dtype == torch.bfloat16
    assert difference(exact, rough) <= 0.1 * latents(exact).abs().max()


def test_a_control_of_another_family_is_refused():
    with pytest.raises(ModelError, match="no control for"):
        load_models(str(place("sdxl")), str(control_of(place("sd15"))), "controlnet", True)


def test_without_its_control_a_profile_says_how_to_paint_without():
    with pytest.raises(ModelError, match="nowhere/control.*--control none"):
        load_models(str(place("flux")), "nowhere/control", "controlnet", True)
