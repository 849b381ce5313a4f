"""Weights that grow: known words keep what they mean, new ones start from their pieces; forms begin as nothing."""

import shutil

import pytest
import torch
from diffusers import T2IAdapter
from transformers import CLIPTextModel, CLIPTokenizer

from models.scene_diffusion import train
from models.scene_diffusion.forms import adapter_input


def embedding(folder, word):
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    rows = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32).get_input_embeddings().weight
    ids = tokenizer(word, add_special_tokens=False).input_ids
    return ids, rows[ids]


def test_new_words_are_whole_and_old_ones_unchanged(tiny_embedded, tmp_path, monkeypatch):
    folder = tmp_path / "pipeline"
    shutil.copytree(tiny_embedded, folder)
    monkeypatch.setattr(train, "caption_corpus", lambda seed: ["a red cup on a plate", "a zebra in the garden"] * 20)
    pieces, before = embedding(folder, "zebra")
    _, cup = embedding(folder, "cup")
    train.words(folder)
    whole, after = embedding(folder, "zebra")
    assert len(pieces) > 1 and len(whole) == 1
    assert torch.allclose(after[0], before.mean(0), atol=2e-3)  # shipped in half precision
    assert torch.allclose(embedding(folder, "cup")[1], cup, atol=2e-3)
    assert (folder / "adapter" / "diffusion_pytorch_model.safetensors").exists()


def test_an_adapter_that_is_widened_paints_as_before(tiny_embedded, tmp_path):
    folder = tmp_path / "pipeline"
    shutil.copytree(tiny_embedded, folder)
    narrow = T2IAdapter(
        in_channels=1, channels=[32, 64], num_res_blocks=1, downscale_factor=16, adapter_type="full_adapter"
    )
    narrow.half().save_pretrained(folder / "adapter")
    with pytest.raises(SystemExit, match="train forms"):
        train.load_trainable(folder)
    train.forms(folder)
    _, wide = train.load_trainable(folder)
    strokes, forms = torch.rand(1, 1, 64, 64), torch.rand(1, 4, 4, 4)
    for before, after in zip(narrow.float()(strokes), wide(adapter_input(strokes, forms)), strict=True):
        assert torch.allclose(before, after, atol=1e-3)
