"""What a generator of scenes can do: `python -m models.scene_diffusion.evaluate`. Seeds are fixed, nothing is picked.

Scenes are held out by the rule of `random_scenes.is_held_out`: each has a pair of nouns that training never shows
together, and every object shows at least two fifths of itself. The judge is a recogniser that was trained on composed
drawings, never on generated pictures (`recognizer.py`). The same measures on the composer's own drawings, the column
"drawn", say what it would give to a perfect picture. Given to the generator are strokes and forms, as the studio does;
forms alone, which is all that words come to without strokes (a layout of their scene, and how its things look); strokes
alone, as where people draw; the layout alone; the text alone.

- **recognised at its box**: top-1 noun of the window about an object's box (mean of its copies).
- **found**: the noun is among what the recogniser finds when slid over the whole picture; it is not told the layout.
  **asked for, of the nouns found**: how much of what it finds is no mistake, of the generator's or its own.
- **colour**: the recogniser's colour of the object is the named one; at its box, or where it was found.
- **relation**: the boxes at which both nouns were found stand in the relation, give or take 3 % of the picture's side.
  "next to" is left out: it cannot fail.
- **scribble IoU**: strokes and the picture's edges inside the objects' boxes, both thickened by two pixels each way.
- **tasks**: a picture is right if every noun is found, as often as its number says, in its colour and relation.
- **diversity**: mean cosine distance of the recogniser's features of one object between pictures from four seeds, at
  its box or, without a layout, where it is found. What is drawn has another look and place from each seed.

Intervals are of 95 %: Wilson's for shares, normal for means; objects of one picture count as independent. Not covered:
states, contents, grounds, and whether anybody likes the pictures.
"""

import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from models.scene_diffusion.composer import Example, compose
from models.scene_diffusion.held_scenes import TASKS, held_out_examples, task_examples
from models.scene_diffusion.measures import Estimate, Tally, estimate, feature_of, is_met, measure_scene, own_accuracy
from models.scene_diffusion.modeling import WEIGHTS
from models.scene_diffusion.recognizer import FOLDER, Recognizer, load_recognizer
from models.scene_diffusion.sampling import CONDITIONS, Given, Painter

SEED = 10**6
BATCH = 8
DRAWN = Given("drawn", True, True, True)
"""The composer's own picture."""
COLUMNS = (DRAWN, *CONDITIONS)


def pictures(
    painter: Painter, examples: Sequence[Example], given: Given, label: str | None = None
) -> Iterable[np.ndarray]:
    """The picture of each example, each from a seed of its own; with a label, progress is shown."""
    if given is DRAWN:
        yield from (example.image for example in examples)
        return
    starts: Iterable[int] = range(0, len(examples), BATCH)
    if label:
        starts = track(list(starts), f"{label}, {given.name}", console=Console(stderr=True))
    for start in starts:
        part = examples[start : start + BATCH]
        yield from painter.paint(part, given, range(SEED + start, SEED + start + len(part)))


def measure_tasks(tally: Tally, painter: Painter, recognizer: Recognizer, prompts: int) -> None:
    """Adds for each prompt of each task whether its picture is right."""
    for task in TASKS:
        asked = task_examples(task, prompts, SEED + 1)
        for given in COLUMNS:
            for example, picture in zip(asked, pictures(painter, asked, given, task), strict=True):
                tally[f"task: {task}", given.name].append(float(is_met(example.scene, recognizer.find(picture))))


def measure_diversity(tally: Tally, painter: Painter, recognizer: Recognizer, captions: int, seeds: int = 4) -> None:
    """Adds for each of some single objects how far apart its pictures are; all that is painted has the same layout."""
    rng = np.random.default_rng(SEED + 3)
    for _ in track(range(captions), "diversity", console=Console(stderr=True)):
        scene = TASKS["single object"](rng)
        drawn = [compose(scene, rng) for _ in range(seeds)]
        for given in COLUMNS:
            examples = drawn if given is DRAWN else drawn[:1] * seeds
            features = [
                feature_of(recognizer, picture, example, given)
                for example, picture in zip(examples, pictures(painter, examples, given), strict=True)
            ]
            known = [feature for feature in features if feature is not None]
            apart = [1 - float(one @ other) for one, other in itertools.combinations(known, 2)]
            if apart:
                tally["diversity across seeds", given.name].append(float(np.mean(apart)))


def first_stage_psnr(painter: Painter, examples: Sequence[Example]) -> list[float]:
    """Decibels between each drawing and what the first stage makes of it."""
    values: list[float] = []
    for start in range(0, len(examples), BATCH):
        images = np.stack([example.image for example in examples[start : start + BATCH]])
        error = ((painter.reconstruct(images).astype(float) - images) ** 2).mean((1, 2, 3))
        values += (10 * np.log10(255**2 / error)).tolist()
    return values


def sheet(rows: list[list[np.ndarray]], path: Path, side: int = 160) -> None:
    """A contact sheet, one row of pictures a list."""
    strip = [
        np.concatenate([cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA) for picture in row], 1)
        for row in rows
    ]
    Image.fromarray(np.concatenate(strip)).save(path)


def show(figures: dict[tuple[str, str], Estimate], title: str) -> None:
    """Prints a row a measure, a column a condition."""
    table = Table("measured", *(given.name for given in COLUMNS), title=title)
    for what in dict.fromkeys(what for what, _ in figures):
        table.add_row(what, *(str(figures.get((what, given.name), "")) for given in COLUMNS))
    Console(width=None if Console().is_terminal else 170).print(table)


def main(
    weights: Annotated[Path, typer.Option(help="The pipeline, with its adapter.")] = WEIGHTS,
    recognizer: Annotated[Path, typer.Option(help="The judge.")] = FOLDER,
    scenes: Annotated[int, typer.Option(help="Held-out scenes.")] = 500,
    prompts: Annotated[int, typer.Option(help="Prompts of each of the six tasks.")] = 50,
    captions: Annotated[int, typer.Option(help="Objects painted from four seeds each, for diversity.")] = 50,
    out: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    sheet_file: Annotated[
        Path | None, typer.Option("--sheet", help="Write the first ten scenes: strokes, drawn, then each condition.")
    ] = None,
) -> None:
    """Measures and prints a table."""
    judge, painter = load_recognizer(recognizer), Painter(weights)
    held, tally = held_out_examples(scenes, SEED), Tally(list)
    rows: list[list[np.ndarray]] = []
    for given in COLUMNS:
        rows.append([])
        for example, picture in zip(held, pictures(painter, held, given, "scenes"), strict=True):
            measure_scene(tally, judge, picture, example, given)
            rows[-1] += [picture] if len(rows[-1]) < 10 else []
    if sheet_file:
        strokes = [cv2.cvtColor(255 - example.scribble, cv2.COLOR_GRAY2RGB) for example in held[:10]]
        sheet([strokes, *rows], sheet_file)
    tally["first stage, PSNR in dB", DRAWN.name] = first_stage_psnr(painter, held)
    measure_tasks(tally, painter, judge, prompts)
    measure_diversity(tally, painter, judge, captions)
    nouns, colours, mistaken = own_accuracy(judge, 4 * scenes, SEED + 2)
    tally["the recogniser's own top-1 noun, crops off centre", DRAWN.name] = nouns
    tally["the recogniser's own colour, crops off centre", DRAWN.name] = colours
    figures = {key: estimate(values) for key, values in tally.items()}
    show(figures, f"{scenes} held-out scenes: mean, interval of 95 % (trials)")
    print("taken for another most often:", ", ".join(f"{one} for {other} ({n})" for one, other, n in mistaken))
    if out:
        records = [{"what": what, "given": given, **figure._asdict()} for (what, given), figure in figures.items()]
        out.write_text(json.dumps({"figures": records, "mistaken": mistaken}, indent=1) + "\n")


if __name__ == "__main__":
    typer.run(main)
