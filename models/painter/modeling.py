"""The Painter: any OPT decoder that looks at a canvas through residual cross-attention (arXiv 2308.08520).

After every `every`-th layer of the language model a block of cross-attention adds what the canvas shows; its output
starts at zero, so that the language model is unchanged at first (as in Flamingo, arXiv 2204.14198, without a gate). A
placeholder token stands for each canvas, and a token sees the latest canvas before it alone. The paper gives neither
the number of blocks nor how often the canvas is fed back; both are settings here.

Two things are ours, and start at zero as well. Where its pen is, the model is told by embeddings: moves are relative,
places are not. And it is shown the ink around its pen, as far as a near move goes (after the column of a start, that
column): the features of a tower are too coarse to trace a line by.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoModel, Cache, OPTConfig, OPTForCausalLM

from models.painter.language import GRID, REACH
from models.painter.sight import NOWHERE, CrossAttention, Glimpse, SeeingLayer, Sight
from models.painter.tokens import COLUMN, FAR, NEAR, ROW, PainterTokens, extended
from models.painter.vision import VisionTower, build_backbone

WEIGHTS = Path(__file__).parent / "weights"


@dataclass
class PainterConfig:
    """What a Painter is built from.

    Attributes:
        decoder: fields of an `OPTConfig`.
        vision: fields of the backbone's configuration with its `model_type`, resnet or vit.
        every: a block of cross-attention follows every so many layers.
        heads: of the cross-attention.
        canvas: side of the canvas in pixels, as the tower sees it.
        pen: width of the pen as a share of the canvas.
        stages: the ResNet's stages that are looked at.
        feedback: strokes after which the canvas is looked at again; 0: never.
        words: the categories it was taught, in their official spelling.
        outlines: the nouns of the vocabulary whose own drawings it was taught.
    """

    decoder: dict[str, Any]
    vision: dict[str, Any]
    every: int = 2
    heads: int = 4
    canvas: int = 128
    pen: float = 0.02
    stages: list[int] = field(default_factory=lambda: [-2, -1])
    feedback: int = 4
    words: list[str] = field(default_factory=list)
    outlines: list[str] = field(default_factory=list)


class Painter(nn.Module):
    """A language model, a frozen vision tower, and what joins them."""

    def __init__(self, config: PainterConfig, tokens: PainterTokens, lm: OPTForCausalLM, tower: VisionTower):
        super().__init__()
        self.config, self.tokens, self.lm, self.tower = config, tokens, lm, tower
        if lm.config.vocab_size != tokens.size:
            lm.resize_token_embeddings(tokens.size)
            config.decoder = {**config.decoder, "vocab_size": tokens.size}
        width, layers = lm.config.hidden_size, lm.model.decoder.layers
        self.cells, features = tower.shape(config.canvas)
        self.blocks = 0
        for place in range(config.every - 1, len(layers), config.every):
            layers[place] = SeeingLayer(layers[place], CrossAttention(width, config.heads), self.blocks)
            self.blocks += 1
        self.join = nn.Sequential(nn.LayerNorm(features), nn.Linear(features, width))
        self.places = nn.Parameter(0.02 * torch.randn(self.cells, width))
        embedded = lm.get_input_embeddings().weight.shape[1]
        self.pen = nn.ModuleList(nn.Embedding(GRID + 1, embedded) for _ in "xy")
        for embedding in self.pen:
            nn.init.zeros_(embedding.weight)  # type: ignore[arg-type]
        self.glimpse = Glimpse(embedded)
        for name in ("kinds", "cells", "steps"):
            self.register_buffer(f"token_{name}", torch.from_numpy(getattr(tokens, name)), persistent=False)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.places.device

    @property
    def attentions(self) -> list[CrossAttention]:
        """The blocks of cross-attention in order."""
        return [layer.attention for layer in self.lm.model.decoder.layers if isinstance(layer, SeeingLayer)]

    def canvas_index(self, ids: Tensor) -> Tensor:
        """Which canvas each token looks at, the latest up to itself, −1 for none: (B, T)."""
        return (ids == self.tokens.image).cumsum(1) - 1

    def look(self, canvases: Tensor, rows: Tensor, slots: Tensor, shape: tuple[int, int]) -> Sight:
        """Looks at M canvases once, for all tokens to come.

        Args:
            canvases: (M, S, S) uint8, ink 255 on 0.
            rows: (M,) the row of the batch that each belongs to.
            slots: (M,) its place among the row's canvases.
            shape: rows of the batch, and canvases of the row that has most.
        """
        cells = self.join(self.tower(canvases).to(self.places.dtype)) + self.places
        keys: list[Tensor] = []
        values: list[Tensor] = []
        for attention in self.attentions:
            for made, projected in ((keys, attention.key(cells)), (values, attention.value(cells))):
                placed = projected.new_zeros(*shape, *projected.shape[1:])
                placed[rows, slots] = projected
                made.append(placed.flatten(1, 2).unflatten(-1, (attention.heads, -1)).transpose(1, 2))
        ink = F.pad(F.adaptive_avg_pool2d(canvases[:, None].float() / 255, GRID), [REACH] * 4)[:, 0]
        field_ = ink.new_zeros(*shape, *ink.shape[1:])
        field_[rows, slots] = ink
        return Sight(keys, values, field_, self.cells, torch.full((shape[0], 1), -1, device=self.device))

    def blind(self, count: int) -> Sight:
        """The sight of `count` rows that have seen nothing yet, with room for one canvas each."""
        keys: list[Tensor] = []
        values: list[Tensor] = []
        for attention in self.attentions:
            width = self.lm.config.hidden_size // attention.heads
            for made in (keys, values):
                made.append(self.places.new_zeros(count, attention.heads, self.cells, width))
        ink = self.places.new_zeros(count, 1, GRID + 2 * REACH, GRID + 2 * REACH, dtype=torch.float32)
        return Sight(keys, values, ink, self.cells, torch.full((count, 1), -1, device=self.device))

    def pens(self, ids: Tensor) -> Tensor:
        """Where the pen is after each token, in cells: (B, T) → (B, T, 2), NOWHERE for what is no stroke.

        After a start's first word the row is not known yet.
        """
        kinds, cells, steps = self.token_kinds[ids], self.token_cells[ids], self.token_steps[ids]  # type: ignore[index]
        moved = steps.cumsum(1)
        here = torch.arange(ids.shape[1], device=ids.device).expand_as(ids)
        found = []
        for axis, kind in enumerate((COLUMN, ROW)):
            start = torch.where(kinds == kind, here, -1).cummax(1).values.clamp_min(0)
            place = cells.gather(1, start) + moved[..., axis] - moved[..., axis].gather(1, start)
            known = (kinds == NEAR) | (kinds == FAR) | (kinds == ROW) | (kinds == kind)
            found.append(torch.where(known, place.clamp(0, GRID - 1), NOWHERE))
        return torch.stack(found, -1)

    def hidden(
        self, ids: Tensor, sight: Sight | None, mask: Tensor | None = None, cache: Cache | None = None
    ) -> Tensor:
        """Last hidden states (B, T, width) of whole rows of tokens (B, T).

        Args:
            ids: token ids.
            sight: the canvases and which of them each token looks at; None: there is nothing to see.
            mask: (B, T), 0 for padding.
            cache: an empty one, to which their keys and values are added.
        """
        embedded = self.embedded(ids, sight, self.pens(ids))
        return self.lm.model.decoder(
            inputs_embeds=embedded, attention_mask=mask, past_key_values=cache, use_cache=cache is not None, sight=sight
        ).last_hidden_state

    def embedded(self, ids: Tensor, sight: Sight | None, pens: Tensor) -> Tensor:
        """Embeddings (B, T, e) of tokens (B, T), with where the pen is (B, T, 2), and the ink there."""
        embedded = self.lm.get_input_embeddings()(ids) + self.pen[0](pens[..., 0]) + self.pen[1](pens[..., 1])
        return embedded if sight is None else embedded + self.glimpse(sight, pens)

    def forward(self, ids: Tensor, canvases: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits (B, T, V) of whole rows (B, T), whose placeholders stand for the canvases (M, S, S) in their order."""
        return self.lm.lm_head(self.hidden(ids, self.sight_of(ids, canvases), mask))

    def sight_of(self, ids: Tensor, canvases: Tensor) -> Sight | None:
        """The canvases (M, S, S) of the placeholders of a batch, row by row.

        Raises:
            ValueError: if there are more or fewer canvases than placeholders.
        """
        index = self.canvas_index(ids)
        rows, places = (ids == self.tokens.image).nonzero(as_tuple=True)
        if len(rows) != len(canvases):
            raise ValueError(f"{len(canvases)} canvases for {len(rows)} placeholders: give one each")
        if not len(rows):
            return None
        sight = self.look(canvases, rows, index[rows, places], (len(ids), int(index.max()) + 1))
        sight.index = index
        return sight

    @classmethod
    def from_config(cls, config: PainterConfig, tokens: PainterTokens) -> "Painter":
        """A Painter with random weights."""
        config.decoder = {**config.decoder, "vocab_size": tokens.size}
        lm = OPTForCausalLM(OPTConfig(**config.decoder))
        return cls(config, tokens, lm, VisionTower(build_backbone(config.vision), tuple(config.stages)))

    @classmethod
    def from_parts(cls, lm: str | Path, vision: str | Path, **settings: Any) -> "Painter":
        """A Painter to be trained from a language model and a backbone of the hub, with the tokens it lacks added."""
        tokens = PainterTokens.from_pretrained(lm)
        decoder, backbone = OPTForCausalLM.from_pretrained(lm), AutoModel.from_pretrained(vision)
        config = PainterConfig(decoder.config.to_diff_dict(), backbone.config.to_diff_dict(), **settings)
        config.vision["model_type"] = backbone.config.model_type
        return cls(config, tokens, decoder, VisionTower(backbone, tuple(config.stages)))

    @classmethod
    def from_pretrained(cls, folder: str | Path, device: str | torch.device = "cpu") -> "Painter":
        """The Painter of a folder, in half precision on a GPU and in fp32 elsewhere.

        Raises:
            OSError: if it is not there.
        """
        folder = Path(folder)
        config = PainterConfig(**json.loads((folder / "config.json").read_text()))
        painter = cls.from_config(config, PainterTokens.from_pretrained(folder / "tokenizer", local_files_only=True))
        missing, unknown = painter.load_state_dict(load_file(folder / "model.safetensors"), strict=False)
        if unknown or set(missing) - {"lm.lm_head.weight"}:
            raise OSError(f"{folder}: weights of another model ({[*unknown, *missing][:3]}); export them again")
        painter.lm.tie_weights()
        dtype = torch.float16 if torch.device(device).type == "cuda" else torch.float32
        return painter.to(device, dtype).eval()

    def with_words(self, words: list[str]) -> "Painter":
        """This Painter of the embedded size, but with further words as tokens, which it has yet to learn."""
        tokens = PainterTokens(extended(self.tokens.tokenizer, words))
        painter = Painter.from_config(replace(self.config), tokens)
        own = painter.state_dict()
        for name, value in self.state_dict().items():
            (own[name] if own[name].shape == value.shape else own[name][: len(value)]).copy_(value)
        return painter

    def save_pretrained(self, folder: str | Path) -> None:
        """Writes configuration, tokenizer and weights in fp16 where `from_pretrained` finds them."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.tokens.save_pretrained(folder / "tokenizer")
        (folder / "config.json").write_text(json.dumps(asdict(self.config), indent=2) + "\n")
        kept = {name: value for name, value in self.state_dict().items() if name != "lm.lm_head.weight"}
        half = {name: value.half() if value.is_floating_point() else value for name, value in kept.items()}
        save_file({name: value.cpu().contiguous() for name, value in half.items()}, folder / "model.safetensors")


def embedded_decoder() -> dict[str, Any]:
    """The language model of the embedded size: OPT's shape, 6 layers of width 256."""
    return {
        "hidden_size": 256, "word_embed_proj_dim": 256, "num_hidden_layers": 6, "ffn_dim": 1024,
        "num_attention_heads": 4, "max_position_embeddings": 512, "dropout": 0.0, "init_std": 0.02,
    }  # fmt: skip
