"""Measures a Painter on held-out drawings: `python -m models.painter.evaluate --data PATH`.

The Painter paper's figures (arXiv 2308.08520: 40.26 % of classifications, 20.64 dB of partial removal, 23.90 dB of
reproduction) are printed beside ours: they are for its own data, canvas and a model 100 times larger, no like for like.
Thin ink flatters PSNR, so the blank and the unchanged canvas stand beside it.

Not covered: what people think of the drawings.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
import torch.nn.functional as F
import typer

from models.painter.data import IGNORED, collate, row_of
from models.painter.generation import Request, answers
from models.painter.grounding import Case, detection, pictures_of, removal, removed_thing, scenes
from models.painter.judge import PEN, SIDE, Judge
from models.painter.measures import Estimate, chamfer, estimate, psnr, squared_error, statistics
from models.painter.modeling import WEIGHTS
from models.painter.outlines import SHAPES, as_it_is, random_manner
from models.painter.phrasings import name_of
from models.painter.pictures import plain_picture
from models.painter.predictor import TRIES, PainterPredictor, drawing_request
from models.painter.quickdraw import RICH, Drawing, fitted, read_drawings, split
from models.painter.tasks import TASKS, Drawings, remove, remove_part, reproduce, taught
from models.painter.train import FOLDER
from tools.canvas import Sketch, Stroke

PAPER = {"classification": "40.26 %", "partial removal": "20.64 dB", "reproduction": "23.90 dB"}
BATCH = 32
"""Requests that are answered together."""
NEAR = 0.02
"""Canvases (1.3 cells) by which the lines of a drawing are off on average, at most, for it to be as it was taught."""
TIMED = 16
"""Words that are drawn, from all over the vocabulary, to time drawing."""


def sketch_of_drawing(drawing: Drawing) -> Sketch:
    """A drawing as it is, filling the canvas but for a margin."""
    strokes = [Stroke(points=(0.04 + 0.92 * stroke).tolist()) for stroke in drawing.strokes]
    return taught(Sketch(strokes=strokes))


def judged(judge: Judge, sketches: list[Sketch]) -> list[str]:
    """What the judge sees in sketches, each fitted to its canvas."""
    drawn = [fitted([np.array(stroke.points) for stroke in sketch.strokes]) for sketch in sketches]
    return judge.names(np.stack([plain_picture(strokes, SIDE, PEN) for strokes in drawn])) if drawn else []


def by_wealth(words: list[str], right: list[bool]) -> dict[str, Estimate]:
    """The share of right answers for the rich categories, the poor ones, and all."""
    pairs = list(zip(words, right, strict=True))
    groups = {
        "rich": [ok for word, ok in pairs if word in RICH],
        "poor": [ok for word, ok in pairs if word not in RICH],
        "all": [ok for _, ok in pairs],
    }
    return {group: estimate([float(ok) for ok in values]) for group, values in groups.items() if values}


def every(count: int, items: list[Drawing], seed: int) -> list[Drawing]:
    """So many of the drawings, the same for a seed."""
    return [items[i] for i in np.random.default_rng(seed).permutation(len(items))[:count].tolist()]


def classification(case: Case) -> dict[str, Any]:
    """How often Painter and judge name a held-out drawing, over drawings and over categories alike."""
    chosen = every(4 * case.examples, case.held, case.seed)
    words, sketches = [drawing.word for drawing in chosen], [sketch_of_drawing(drawing) for drawing in chosen]
    said: list[str] = []
    for start in range(0, len(sketches), BATCH):
        part = sketches[start : start + BATCH]
        said += case.painter.classify_all(part, [None] * len(part))
    named = {"painter": said} | ({"plain CNN": judged(case.judge, sketches)} if case.judge else {})
    found: dict[str, Any] = {}
    for name, names in named.items():
        right = [one == word for one, word in zip(names, words, strict=True)]
        found[name] = by_wealth(words, right)
        by_word = {word: [ok for w, ok in zip(words, right, strict=True) if w == word] for word in set(words)}
        found[name]["mean over categories"] = estimate([float(np.mean(values)) for values in by_word.values()])
    return found


def reproduction(case: Case) -> dict[str, Any]:
    """PSNR and Chamfer distance of copies of pictures, beside the blank canvas."""
    rng = np.random.default_rng(case.seed)
    errors: dict[str, list[float]] = {"painter": [], "blank": []}
    distances, others = [], []
    examples = [reproduce(Drawings(case.held), rng) for _ in range(case.examples)]
    for example, before in zip(examples, [*examples[-1:], *examples], strict=False):
        picture = pictures_of(case, example.canvas)[0]
        drawn = Sketch(strokes=case.painter.reproduce(picture))
        errors["painter"].append(squared_error(pictures_of(case, drawn)[0], picture))
        errors["blank"].append(squared_error(np.zeros_like(picture), picture))
        distances.append(chamfer(drawn, example.canvas))
        others.append(chamfer(before.canvas, example.canvas))
    ratios = {name: round(psnr(values), 2) for name, values in errors.items()}
    gain = round(ratios["painter"] - ratios["blank"], 2)
    return {"dB": ratios, "gain": gain, "chamfer": estimate(distances), "chamfer of another drawing": estimate(others)}


def drawing(case: Case) -> dict[str, Any]:
    """How often the judge recognises what was drawn, with feedback and without, and chosen of several; and how."""
    if case.judge is None:
        return {"left out": "there is no judge; train one by `python -m models.painter.train judge`"}
    rich = [word for word in RICH if name_of(word) in case.painter.words]
    poor = [word for word in case.painter.words.values() if word not in RICH]
    rng = np.random.default_rng(case.seed)
    words = [choice[rng.integers(len(choice))] for choice in (rich, poor) if choice for _ in range(case.examples)]
    found: dict[str, Any] = {}
    for name, feedback in (("feedback", None), ("no feedback", 0)):
        sketches = draw_many(case.painter, words, case.seed, feedback)
        right = [one == word for one, word in zip(judged(case.judge, sketches), words, strict=True)]
        found[name] = by_wealth(words, right) | {"strokes": statistics(sketches)}
        found[name]["rights"] = [float(ok) for ok in right]
    best = draw_best(case.painter, words, case.seed)
    right = [one == word for one, word in zip(judged(case.judge, best), words, strict=True)]
    found[f"best of {TRIES}"] = by_wealth(words, right)
    pairs = np.subtract(found["feedback"].pop("rights"), found["no feedback"].pop("rights"))
    real = [sketch_of_drawing(one) for one in every(4 * case.examples, case.held, case.seed)]
    return found | {"gain of feedback": estimate(pairs), "strokes of people": statistics(real)}


def outlines(case: Case) -> dict[str, Any]:
    """How far nouns of the vocabulary, as guides show them, are from its drawings; and how far other nouns' are."""
    nouns = sorted(case.painter.outlines)
    if not nouns:
        return {"left out": "this Painter has not learned the vocabulary's outlines"}
    rng = np.random.default_rng(case.seed)
    distances, others = [], []
    for noun, other in (rng.choice(nouns, 2, replace=False).tolist() for _ in range(case.examples)):
        shape, manner = int(rng.integers(SHAPES)), random_manner(noun, rng)
        truth, foreign = as_it_is(noun, manner, shape), as_it_is(other, (), shape)
        distances.append(chamfer(Sketch(strokes=case.painter.outline(noun, manner, shape)), truth))
        others.append(chamfer(foreign, truth))
    near = [float(distance < NEAR) for distance in distances]
    return {
        "chamfer": estimate(distances),
        f"nearer than {NEAR}": estimate(near),
        "chamfer of another noun": estimate(others),
    }


def draw_many(painter: PainterPredictor, words: list[str], seed: int, feedback: int | None) -> list[Sketch]:
    """A sketch of each word, some at a time."""
    drawn = []
    for start in range(0, len(words), BATCH):
        part = words[start : start + BATCH]
        seeds = [seed + start + i for i in range(len(part))]
        drawn += painter.draw_all(part, [None] * len(part), None, seeds, feedback)
    return [Sketch(strokes=strokes) for strokes in drawn]


def draw_best(painter: PainterPredictor, words: list[str], seed: int) -> list[Sketch]:
    """A sketch of each word as users get it, the one of several tries that the Painter is surest of; some at a time."""
    drawn = []
    for start in range(0, len(words), BATCH // TRIES):
        part = words[start : start + BATCH // TRIES]
        drawn += painter.draw_each(part, [None] * len(part), None, [seed + start + i for i in range(len(part))])
    return [Sketch(strokes=strokes) for strokes in drawn]


def speed(case: Case) -> dict[str, Any]:
    """Drawing with and without what is kept between tokens: as users get it, one try, many tries; both draw alike."""
    words = list(case.painter.words)[:: max(1, len(case.painter.words) // TIMED)]
    return {
        f"a drawing, best of {TRIES}": _speed(case, [[word] * TRIES for word in words]),
        "one try": _speed(case, [[word] for word in words]),
        f"{len(words)} together": _speed(case, [words]),
    }


def _speed(case: Case, groups: list[list[str]]) -> dict[str, float]:
    spent: dict[bool, float] = {}
    said: dict[bool, list[list[int]]] = {}
    for cached in (True, False):
        start = time.perf_counter()
        said[cached] = [ids for words in groups for ids in _drawn_ids(case.painter, words, case.seed, cached)]
        spent[cached] = time.perf_counter() - start
    return {
        "tokens a second": round(sum(map(len, said[True])) / spent[True], 1),
        "times as fast as without": round(spent[False] / spent[True], 2),
        "same drawings": float(np.mean([a == b for a, b in zip(said[True], said[False], strict=True)])),
    }


def _drawn_ids(painter: PainterPredictor, words: list[str], seed: int, cached: bool) -> list[list[int]]:
    requests = [Request(drawing_request(word, None, None), painter.strokes(), seed + i) for i, word in enumerate(words)]
    return [answer.ids for answer in answers(painter.painter, requests, cached=cached)]


@torch.inference_mode()
def losses(case: Case) -> dict[str, dict[str, float]]:
    """Cross-entropy and share of right tokens of held-out answers that are read along, for each task."""
    painter, rng, drawings = case.painter.painter, np.random.default_rng(case.seed), Drawings(case.held)
    found = {}
    for task, ask in TASKS.items():
        parts = []
        for start in range(0, case.examples, BATCH):
            asked = [ask(drawings, rng) for _ in range(min(BATCH, case.examples - start))]
            rows = [row_of(one, painter.tokens, painter.config, painter.config.feedback) for one in asked]
            batch = collate(rows, painter.tokens.pad)
            taught = batch.targets != IGNORED
            logits = painter(batch.ids, batch.canvases, batch.mask)[taught].float()
            right = (logits.argmax(1) == batch.targets[taught]).float()
            parts.append(torch.stack([F.cross_entropy(logits, batch.targets[taught], reduction="none"), right]))
        loss, right_share = torch.cat(parts, 1).mean(1).tolist()
        found[task] = {"loss": round(loss, 3), "right": round(right_share, 3)}
    return found


PARTS: dict[str, Callable[[Case], dict]] = {
    "losses": losses,
    "classification": classification,
    "partial removal": lambda case: removal(case, remove_part, case.painter.numbers_of),
    "removal": lambda case: removal(case, remove, removed_thing(case)),
    "removal by numbers": lambda case: removal(case, remove, case.painter.numbers_of),
    "detection": detection,
    "scenes": scenes,
    "reproduction": reproduction,
    "drawing": drawing,
    "outlines": outlines,
    "speed": speed,
}


def lines_of(found: dict[str, Any], indent: str = "") -> list[str]:
    """The measures as lines of text."""
    lines = []
    for name, value in found.items():
        if isinstance(value, Estimate):
            lines.append(f"{indent}{name}: {value.mean:.3f} ({value.low:.3f} – {value.high:.3f}, n = {value.examples})")
        elif isinstance(value, dict):
            paper = f" (paper, its own data: {PAPER[name]})" if name in PAPER else ""
            lines += [f"{indent}{name}{paper}", *lines_of(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value}")
    return lines


def evaluate(
    data: Annotated[Path, typer.Option(help="A Quick, Draw! file, or a folder of such; held-out drawings are used.")],
    weights: Annotated[Path, typer.Option(help="The Painter.")] = WEIGHTS,
    judge: Annotated[Path, typer.Option(help="The classifier trained apart.")] = FOLDER / "judge",
    count: Annotated[int, typer.Option(help="Examples of each kind.")] = 200,
    only: Annotated[str | None, typer.Option(help=f"One part: {', '.join(PARTS)}.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write the figures as JSON.")] = None,
    per_word: Annotated[int | None, typer.Option(help="At most so many drawings of a category are read.")] = None,
    seed: int = 0,
) -> None:
    """Prints all measures, each with its 95 % interval."""
    _, held = split(read_drawings(data, per_word))
    painter = PainterPredictor(weights)
    held = [drawing for drawing in held if name_of(drawing.word) in painter.words]
    case = Case(painter, Judge.from_pretrained(judge) if (judge / "config.json").is_file() else None, held, count, seed)
    config = painter.painter.config
    pen = max(1, round(config.pen * config.canvas))
    print(f"{len(held)} held-out drawings; canvas {config.canvas} px, pen {pen} px", flush=True)
    found = {}
    for name, measure in PARTS.items():
        if only in (None, name):
            found[name] = measure(case)
            print("\n".join(lines_of({name: found[name]})), flush=True)
    if out:
        out.write_text(json.dumps(found, indent=1, default=float) + "\n")


if __name__ == "__main__":
    typer.run(evaluate)
