"""Drawings of our own for the Painter's tests: plain shapes under some of Quick, Draw!'s names, and a tiny Painter."""

import json
from pathlib import Path

import numpy as np

from models.painter.quickdraw import Drawing, fitted

SQUARE = [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]]
CROSS = [[(0, 0), (1, 1)], [(0, 1), (1, 0)]]
ZIGZAG = [[(0, 0.3), (0.25, 0), (0.5, 0.3), (0.75, 0), (1, 0.3)]]
HOUSE = [*SQUARE, [(0, 0), (0.5, -0.6), (1, 0)], [(0.4, 1), (0.4, 0.6), (0.6, 0.6), (0.6, 1)]]
WHEEL = [[(np.cos(a), np.sin(a)) for a in np.linspace(0, 6.3, 13)], [(-1, 0), (1, 0)], [(0, -1), (0, 1)]]
SHAPES = {"square": SQUARE, "ant": CROSS, "The Eiffel Tower": HOUSE, "zigzag": ZIGZAG, "coffee cup": WHEEL}
PARTS = {"The Eiffel Tower": ("body", "roof", "door"), "coffee cup": ("body", "ornament", "ornament")}


def drawings(per_word: int = 6) -> list[Drawing]:
    """A few of each, a little different."""
    rng = np.random.default_rng(0)
    made = []
    for word, lines in SHAPES.items():
        for number in range(per_word):
            strokes = [np.array(line, np.float32) + rng.normal(0, 0.02, (len(line), 2)) for line in lines]
            made.append(Drawing(word, f"{word}-{number}", fitted(strokes), PARTS.get(word, ())))
    return made


def write(folder: Path, per_word: int = 30) -> Path:
    """The same as a Quick, Draw! file with bitmaps and part names beside it, as training reads them."""
    lines, names = [], {word: sorted(set(parts)) for word, parts in PARTS.items()}
    for drawing in drawings(per_word):
        strokes = [(stroke * 255).round().astype(int).T.tolist() for stroke in drawing.strokes]
        record = {"word": drawing.word, "key_id": drawing.key, "recognized": True, "drawing": strokes}
        if drawing.parts:
            record["part"] = [names[drawing.word].index(part) for part in drawing.parts]
        lines.append(json.dumps(record))
    (folder / "drawings.ndjson").write_text("\n".join(lines))
    (folder / "part_names.json").write_text(json.dumps(names))
    return folder


def tiny_painter(**settings):
    """A Painter of the real classes that knows our words, with random weights everywhere, no zeros."""
    import torch
    from transformers import ResNetConfig

    from models.painter.modeling import Painter, PainterConfig
    from models.painter.phrasings import words_of_prompts
    from models.painter.tokens import PainterTokens, build_tokenizer

    torch.manual_seed(0)
    words = words_of_prompts(list(SHAPES), ["body", "roof", "door", "ornament"])
    decoder = {
        "hidden_size": 32, "word_embed_proj_dim": 32, "num_hidden_layers": 4, "ffn_dim": 64, "num_attention_heads": 2,
        "max_position_embeddings": 384, "dropout": 0.0,
    }  # fmt: skip
    vision = ResNetConfig(num_channels=1, embedding_size=8, hidden_sizes=[8, 16, 24], depths=[1, 1, 1])
    fields = {**vision.to_diff_dict(), "layer_type": "basic"}
    config = PainterConfig(decoder, fields, **{"canvas": 32, "heads": 2, "pen": 0.05, "feedback": 2, **settings})
    painter = Painter.from_config(config, PainterTokens(build_tokenizer(words)))
    for parameter in painter.parameters():
        if parameter.requires_grad and not parameter.any():
            torch.nn.init.normal_(parameter, std=0.2)
    return painter.eval()
