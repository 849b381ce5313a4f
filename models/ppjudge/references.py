"""What the judge is told about the picture that was asked for, as vectors: of a prompt, or of an image.

Either a CLIP of the user's embeds both, one vector each, as in the paper. Or, where no CLIP is at hand, the embedded
generator's text encoder reads prompts, and images are left to the judge's own tower.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from models.ppjudge.config import JudgeConfig
from models.ppjudge.frames import JudgeError
from models.ppjudge.modeling import IMAGE, NONE, VECTORS, Reference

TEXT_ENCODER = Path(__file__).parent.parent / "scene_diffusion" / "weights"
"""The embedded generator, whose tokenizer and text encoder are used."""
STYLE_TEXT = "This is a {style} painting."
"""Of Sec. 4.4 of arXiv 2507.09242."""
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
"""Of CLIP's pixels (arXiv 2103.00020)."""


class TextReferences(nn.Module):
    """Prompts by the embedded generator's text encoder; images are the judge's own affair."""

    sees = False

    def __init__(self, tokens: int, folder: Path = TEXT_ENCODER):
        super().__init__()
        from transformers import CLIPTextModel, CLIPTokenizer

        self.tokens = tokens
        self.tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
        self.encoder = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32).requires_grad_(False)

    @torch.no_grad()
    def prompts(self, texts: list[str]) -> Tensor:
        """Texts as (B, R, W): the words' vectors, as many neighbours averaged as it takes to be R."""
        encoded = self.tokenizer(texts, padding=True, truncation=True, return_tensors="pt").to(self.encoder.device)
        hidden = self.encoder(**encoded).last_hidden_state
        lengths = encoded.attention_mask.sum(1).tolist()
        rows = [F.adaptive_avg_pool1d(row[:length].T, self.tokens) for row, length in zip(hidden, lengths, strict=True)]
        return torch.stack(rows).transpose(1, 2)

    def styles(self, names: list[str]) -> Tensor:
        """What shared experts are taught for each style: (S, W) of length 1, the mean of all taken away.

        The encoder learned what things are, not what paintings are like: its sentences differ little as they stand.
        """
        vectors = self.prompts([STYLE_TEXT.format(style=name) for name in names]).mean(1)
        return F.normalize(vectors - vectors.mean(0), dim=-1)


class ClipReferences(nn.Module):
    """Prompts and images by a CLIP of a local folder, one vector of length 1 each."""

    sees = True

    def __init__(self, folder: Path):
        super().__init__()
        from transformers import CLIPModel, CLIPTokenizer

        if not (folder / "config.json").exists():
            raise JudgeError(f"no CLIP in {folder}")
        self.tokenizer = CLIPTokenizer.from_pretrained(folder, local_files_only=True)
        self.clip = CLIPModel.from_pretrained(folder, dtype=torch.float32, local_files_only=True).requires_grad_(False)
        self.size = int(self.clip.vision_model.config.image_size)  # type: ignore[arg-type]  # a pair in other models

    @torch.no_grad()
    def prompts(self, texts: list[str]) -> Tensor:
        """Texts as (B, 1, W)."""
        longest = self.clip.text_model.config.max_position_embeddings
        encoded = self.tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        pooled = self.clip.text_model(**encoded.to(self.clip.device)).pooler_output
        return F.normalize(self.clip.text_projection(pooled), dim=-1)[:, None]

    @torch.no_grad()
    def images(self, pictures: Tensor) -> Tensor:
        """Pictures (B, 3, S, S) in [-1, 1] as (B, 1, W)."""
        scaled = F.interpolate(pictures, (self.size,) * 2, mode="bicubic", align_corners=False, antialias=True)
        mean, deviation = (scaled.new_tensor(values)[:, None, None] for values in (MEAN, DEVIATION))
        pooled = self.clip.vision_model(pixel_values=((scaled.clamp(-1, 1) + 1) / 2 - mean) / deviation).pooler_output
        return F.normalize(self.clip.visual_projection(pooled), dim=-1)[:, None]

    def styles(self, names: list[str]) -> Tensor:
        """CLIP's own text vectors: (S, W)."""
        return self.prompts([STYLE_TEXT.format(style=name) for name in names])[:, 0]


Encoder = TextReferences | ClipReferences


def encoder_for(config: JudgeConfig, clip: Path | None = None, texts: Path = TEXT_ENCODER) -> Encoder:
    """What embeds the references of a judge.

    Raises:
        JudgeError: if the judge needs a CLIP and none is given, or one of another width.
    """
    if config.image_tower:
        return TextReferences(config.reference_tokens, texts)
    if clip is None:
        raise JudgeError("this judge knows references by CLIP: give the folder of one")
    encoder = ClipReferences(clip)
    if encoder.clip.config.projection_dim != config.reference_width:
        raise JudgeError(f"the judge takes {config.reference_width} numbers, {clip} gives another count")
    return encoder


def reference_of(encoder: Encoder, config: JudgeConfig, kinds: Tensor, prompts: list[str], images: Tensor) -> Reference:
    """References of B processes: kinds (B,), prompts, images (B, 3, S, S) in [-1, 1], used by kind."""
    vectors = images.new_zeros(len(kinds), config.reference_tokens, config.reference_width)
    told = (kinds == VECTORS).nonzero()[:, 0]
    if len(told):
        vectors[told] = encoder.prompts([prompts[row] for row in told.tolist()]).to(vectors)
    if isinstance(encoder, ClipReferences):
        shown = (kinds == IMAGE).nonzero()[:, 0]
        if len(shown):
            vectors[shown] = encoder.images(images[shown]).to(vectors)
        kinds = torch.where(kinds == IMAGE, VECTORS, kinds)
    return Reference(vectors, images, kinds)


def style_targets(encoder: Encoder, names: list[str], table: dict[str, Tensor], reference: Reference) -> Tensor:
    """What shared experts are taught for B processes: (B, W), zeros where the style is not known.

    A known style is its text's vector. An unknown one is, by CLIP, the style nearest to the reference (Eq. 3).

    Args:
        names: the style of each process, or "".
        table: style → (W,).
    """
    rows = torch.stack(list(table.values()))
    targets = []
    for row, name in enumerate(names):
        if name:
            targets.append(table[name])
        elif encoder.sees and reference.kinds[row] != NONE:
            targets.append(rows[F.cosine_similarity(reference.vectors[row, :1], rows).argmax()])
        else:
            targets.append(torch.zeros_like(rows[0]))
    return torch.stack(targets)


def image_tensor(image: Image.Image | np.ndarray | Path | str, size: int) -> Tensor:
    """A reference picture as (1, 3, size, size) in [-1, 1].

    Raises:
        JudgeError: if it is no picture.
    """
    from models.ppjudge.frames import as_tensor, picture

    try:
        return as_tensor([picture(image)], size)
    except JudgeError as error:
        raise JudgeError(f"the reference is {error}") from error
