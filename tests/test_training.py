"""A vocabulary that has grown: known words keep what they mean, new ones start from their pieces."""

import shutil

import torch
from transformers import CLIPTextModel, CLIPTokenizer

from models.scene_diffusion import train


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
