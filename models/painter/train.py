"""Trains the Painter: `python -m models.painter.train judge`, `… vision`, then `… painter`.

`judge` is the classifier that evaluation needs; `vision` the tower of the embedded size, which is frozen afterwards;
`painter` the language model with all tasks, by masked cross-entropy. Drawings are varied and scenes composed on the
fly, the vocabulary's own drawings among them; a tenth of people's, by their keys, is never trained on. `--size full`
starts from facebook/opt-1.3b and microsoft/resnet-50 (a GPU of 40 GB or more; several: `accelerate launch -m
models.painter.train painter --size full`).

Not covered: LoRA, sharded optimizers, and images that are no drawings.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import torch
import torch.nn.functional as F
import typer
from safetensors.torch import load_file, save_file
from tokenizers.models import WordPiece
from torch import Tensor, nn

from models.painter.data import IGNORED, PainterBatches, painter_loader
from models.painter.judge import PEN, SIDE, Judge
from models.painter.modeling import WEIGHTS, Painter, PainterConfig, embedded_decoder
from models.painter.phrasings import words_of_prompts
from models.painter.pictures import PictureBatches, picture_loader
from models.painter.quickdraw import Bitmaps, QuickDrawError, read_bitmaps, read_drawings, split
from models.painter.tasks import Drawings
from models.painter.tokens import PainterTokens, build_tokenizer
from models.painter.training import Lesson, Plan, Training
from models.painter.vision import CanvasTeacher, VisionTower, build_backbone, embedded_backbone
from tools.vocabulary import vocabulary

app = typer.Typer(add_completion=False, help=__doc__)
FOLDER = Path("training/painter")
PAIRS = 0.25
"""Share of the tower's pictures that show two things."""
LM, VISION = "facebook/opt-1.3b", "microsoft/resnet-50"
"""Hub ids of the full size."""
Data = Annotated[Path, typer.Option(help="A Quick, Draw! file, or a folder of such, with bitmaps if there are any.")]
State = Annotated[Path, typer.Option(help="Where states, logs and what is trained first are kept.")]
Minutes = Annotated[float, typer.Option(help="Training time in all, over resumptions.")]
Rate = Annotated[float, typer.Option(help="Peak learning rate.")]
Save = Annotated[float, typer.Option(help="Minutes between saved states.")]
Threads = Annotated[int, typer.Option(help="CPU threads; 0 leaves them to torch.")]
PerWord = Annotated[int | None, typer.Option(help="At most so many drawings of a category are read.")]
Workers = Annotated[int, typer.Option(help="Processes that prepare batches.")]


class Material(NamedTuple):
    """Drawings to train on and bitmaps, if there are any; all categories."""

    drawings: Drawings
    bitmaps: Bitmaps | None
    words: list[str]


def read_material(data: Path, per_word: int | None) -> Material:
    """What there is to train on.

    Raises:
        QuickDrawError: if there are fewer than two categories.
    """
    drawings, _ = split(read_drawings(data, per_word))
    words = sorted({drawing.word for drawing in drawings})
    if len(words) < 2:
        raise QuickDrawError(f"{data}: drawings of {words}; give files of at least two categories, in one folder")
    folder = data if data.is_dir() else data.parent
    archives = sorted(folder.glob("*.npz"))
    bitmaps = read_bitmaps(archives[0]) if archives else None
    return Material(Drawings(drawings), bitmaps, words)


class Naming(nn.Module):
    """Teaches a classifier of pictures, and a tower's teacher where the ink is."""

    def __init__(self, model: Judge | CanvasTeacher):
        super().__init__()
        self.model = model

    def forward(self, canvases: Tensor, shares: Tensor) -> Lesson:
        """The loss of pictures (B, S, S) uint8 in which the categories have shares (B, words)."""
        answer = self.model(canvases)
        logits = answer[0] if isinstance(answer, tuple) else answer
        loss = F.cross_entropy(logits.float(), shares, label_smoothing=0.05)
        if isinstance(answer, tuple):
            loss = loss + 2 * F.binary_cross_entropy_with_logits(answer[1].float(), canvases.float() / 255)
        right = (shares.gather(1, logits.argmax(1, keepdim=True)) > 0).float().mean()
        return Lesson(loss, right.detach(), len(shares))


class Answering(nn.Module):
    """Teaches the Painter by masked cross-entropy."""

    def __init__(self, painter: Painter):
        super().__init__()
        self.painter = painter
        if not torch.cuda.is_available():  # fused attention is a sixth slower on CPUs, at lengths as short as these
            painter.lm.set_attn_implementation("eager")

    def forward(self, ids: Tensor, targets: Tensor, mask: Tensor, canvases: Tensor) -> Lesson:
        """The loss of a `Batch`; logits are computed only where something is taught."""
        hidden = self.painter.hidden(ids, self.painter.sight_of(ids, canvases), mask)
        taught = targets != IGNORED
        logits = self.painter.lm.lm_head(hidden[taught]).float()
        # An example counts by the root of its answer's length: else strokes drown the answers of a word or two.
        weights = taught.sum(1, keepdim=True).rsqrt().expand_as(taught)[taught]
        loss = (F.cross_entropy(logits, targets[taught], reduction="none") * weights).sum() / weights.sum()
        return Lesson(loss, (logits.argmax(1) == targets[taught]).float().mean().detach(), len(ids))


@app.command()
def judge(
    data: Data,
    folder: State = FOLDER,
    minutes: Minutes = 40,
    rate: Rate = 2e-3,
    batch_size: Annotated[int, typer.Option(help="Pictures a step.")] = 64,
    save_minutes: Save = 4,
    threads: Threads = 0,
    workers: Workers = 1,
    per_word: PerWord = None,
    seed: int = 0,
) -> None:
    """Trains the classifier that judges drawn sketches; writes it to FOLDER/judge."""
    torch.manual_seed(seed)
    material = read_material(data, per_word)

    def batches(seed: int) -> Iterator:
        dataset = PictureBatches(material.drawings, material.bitmaps, material.words, batch_size, SIDE, PEN, seed)
        return picture_loader(dataset, workers)

    plan = Plan(minutes, rate, save_minutes, threads=threads, seed=seed)
    average = Training(Naming(Judge(material.words)), folder / "judge", plan).run(batches)
    average.model.save_pretrained(folder / "judge")  # type: ignore[union-attr, operator]


@app.command()
def vision(
    data: Data,
    folder: State = FOLDER,
    minutes: Minutes = 60,
    rate: Rate = 2e-3,
    batch_size: Annotated[int, typer.Option(help="Pictures a step.")] = 64,
    save_minutes: Save = 4,
    threads: Threads = 0,
    workers: Workers = 1,
    per_word: PerWord = None,
    seed: int = 0,
) -> None:
    """Trains the tower of the embedded size to name drawings and to keep their ink; writes it to FOLDER/vision."""
    torch.manual_seed(seed)
    material = read_material(data, per_word)
    config = embedded_config()
    teacher = CanvasTeacher(embedded_tower(config), material.words, config.canvas)

    def batches(seed: int) -> Iterator:
        arguments = (material.words, batch_size, config.canvas, config.pen, seed)
        return picture_loader(PictureBatches(material.drawings, material.bitmaps, *arguments, pairs=PAIRS), workers)

    plan = Plan(minutes, rate, save_minutes, threads=threads, seed=seed)
    average = Training(Naming(teacher), folder / "vision", plan).run(batches)
    save_file(average.model.tower.backbone.state_dict(), folder / "vision" / "tower.safetensors")  # type: ignore[union-attr, operator, arg-type]


@app.command()
def painter(
    data: Data,
    folder: State = FOLDER,
    weights: Annotated[Path, typer.Option(help="Folder to export to; a Painter that is there goes on.")] = WEIGHTS,
    size: Annotated[str, typer.Option(help="embedded, or full: --lm with --eyes.")] = "embedded",
    lm: Annotated[str, typer.Option(help="Language model of the full size, a hub id or a folder.")] = LM,
    eyes: Annotated[str, typer.Option(help="Backbone of the full size, a hub id or a folder.")] = VISION,
    minutes: Minutes = 300,
    rate: Rate = 1e-3,
    batch_tokens: Annotated[int, typer.Option(help="Tokens a step, with their padding.")] = 4096,
    save_minutes: Save = 4,
    threads: Threads = 0,
    workers: Workers = 1,
    per_word: PerWord = None,
    seed: int = 0,
) -> None:
    """Trains the Painter with all tasks; writes it to the weights. Take another seed to go on, for other batches."""
    torch.manual_seed(seed)
    material = read_material(data, per_word)
    if (weights / "model.safetensors").exists():
        made = earlier_painter(weights, material)
    else:
        made = full_painter(lm, eyes) if size == "full" else embedded_painter(material, folder / "vision")
    made.config.words, made.config.outlines = material.words, list(vocabulary().nouns)

    def batches(seed: int) -> Iterator:
        dataset = PainterBatches(material.drawings, made.tokens, made.config, batch_tokens, seed)
        return painter_loader(dataset, workers)

    plan = Plan(minutes, rate, save_minutes, threads=threads, seed=seed)
    average = Training(Answering(made), folder / size, plan).run(batches)
    average.painter.save_pretrained(weights)  # type: ignore[union-attr, operator]
    print(f"exported to {weights}", flush=True)


def embedded_config() -> PainterConfig:
    """The embedded size: about 7 M parameters with its tower."""
    return PainterConfig(embedded_decoder(), embedded_backbone())


def embedded_tower(config: PainterConfig) -> VisionTower:
    """The tower of the embedded size, untrained."""
    return VisionTower(build_backbone(config.vision), tuple(config.stages))


def embedded_painter(material: Material, vision: Path) -> Painter:
    """A Painter that knows the material's words and sees with the trained tower.

    Raises:
        FileNotFoundError: if the tower has not been trained.
    """
    if not (vision / "tower.safetensors").exists():
        raise FileNotFoundError(f"{vision}: no tower there; run `python -m models.painter.train vision` first")
    tokens = PainterTokens(build_tokenizer(words_to_know(material)))
    made = Painter.from_config(embedded_config(), tokens)
    made.tower.backbone.load_state_dict(load_file(vision / "tower.safetensors"))
    return made


def words_to_know(material: Material) -> list[str]:
    """The words that the embedded tokenizer knows whole."""
    parts = sorted({part for drawing in material.drawings.parted for part in drawing.parts})
    return words_of_prompts(material.words, parts)


def earlier_painter(weights: Path, material: Material) -> Painter:
    """The Painter of a folder, to be trained on; words that an embedded one has so far spelled become tokens.

    Raises:
        QuickDrawError: if it was taught other words than the material has.
    """
    made = Painter.from_pretrained(weights)
    if made.config.words != material.words:
        known, there = len(made.config.words), len(material.words)
        raise QuickDrawError(
            f"{weights}: this Painter learned {known} categories, other ones than the data's {there}; name another"
            " folder with --weights to start afresh"
        )
    small = isinstance(made.tokens.tokenizer.backend_tokenizer.model, WordPiece)
    return made.with_words(words_to_know(material)) if small else made


def full_painter(lm: str, eyes: str) -> Painter:
    """A Painter of full size with the hub's weights; activations of the language model are computed again backward."""
    made = Painter.from_parts(lm, eyes, every=4, heads=32, canvas=224)
    made.lm.gradient_checkpointing_enable()
    return made


if __name__ == "__main__":
    app()
