"""Measures of what a Painter knows of things among others: it removes, finds and names them, and places them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from models.painter.judge import Judge
from models.painter.measures import Estimate, estimate, pixels_kept, psnr, squared_error
from models.painter.phrasings import name_of, with_article
from models.painter.predictor import PainterPredictor
from models.painter.quickdraw import Drawing
from models.painter.scenes import RELATIONS, Box, area, box_of, holds, sketch_of_scene
from models.painter.tasks import Drawings, Example, taught
from tools.canvas import Sketch, rasterise


class Case(NamedTuple):
    """What evaluation works on: the Painter, the judge if there is one, held-out drawings, how many each, a seed."""

    painter: PainterPredictor
    judge: Judge | None
    held: list[Drawing]
    examples: int
    seed: int


def pictures_of(case: Case, *sketches: Sketch) -> list[np.ndarray]:
    """Sketches as the Painter sees them."""
    config = case.painter.painter.config
    return [rasterise(sketch, config.canvas, config.pen) for sketch in sketches]


def removal(
    case: Case, ask: Callable[[Drawings, np.random.Generator], Example], find: Callable[[Example], set[int]]
) -> dict[str, Any]:
    """PSNR after removal of the strokes that are found, beside the blank and the unchanged canvas."""
    rng = np.random.default_rng(case.seed)
    drawings = Drawings(case.held)
    errors: dict[str, list[float]] = {"painter": [], "unchanged": [], "blank": []}
    kept, exact = [], []
    for _ in range(case.examples):
        example = ask(drawings, rng)
        numbers = {int(word[1:]) for word in str(example.answer).split()}
        gone = find(example)
        wanted, after = (_without(example.canvas, which) for which in (numbers, gone))
        target, found, before = pictures_of(case, wanted, after, example.canvas)
        for name, picture in (("painter", found), ("unchanged", before), ("blank", np.zeros_like(target))):
            errors[name].append(squared_error(picture, target))
        config = case.painter.painter.config
        kept.append(pixels_kept(example.canvas, after, wanted, config.canvas, config.pen))
        exact.append(float(gone == numbers))
    ratios = {name: round(psnr(values), 2) for name, values in errors.items()}
    gain = ratios["painter"] - max(ratios["unchanged"], ratios["blank"])
    return {"dB": ratios, "gain": round(gain, 2), "others' pixels kept": estimate(kept), "exact": estimate(exact)}


def removed_thing(case: Case) -> Callable[[Example], set[int]]:
    """Finds the strokes of the thing that an example of removal is about, as `remove` does for a user."""

    def find(example: Example) -> set[int]:
        number = int(str(example.answer).split()[0][1:])
        return case.painter.strokes_of(example.canvas, name_of(example.canvas.strokes[number].object))

    return find


def _without(sketch: Sketch, gone: set[int]) -> Sketch:
    return Sketch(strokes=[stroke for i, stroke in enumerate(sketch.strokes) if i not in gone])


def detection(case: Case) -> dict[str, Estimate]:
    """How often the box of one thing of several overlaps the true one by half, and how often its box is named rightly.

    Both by looking, as users get it; the box also as the network says it.
    """
    rng = np.random.default_rng(case.seed)
    drawings, found, said, named = Drawings(case.held), [], [], []
    for _ in range(case.examples):
        placed = drawings.scene(rng, most=3)
        item = placed[rng.integers(len(placed))]
        sketch, name = taught(sketch_of_scene(placed)), name_of(item.word)
        found.append(float(overlap(case.painter.locate(sketch, name), item.box) > 0.5))
        said.append(float(overlap(case.painter.said_box(sketch, name), item.box) > 0.5))
        named.append(float(case.painter.classify(sketch, item.box) == item.word))
    return {"by looking": estimate(found), "as it says": estimate(said), "named in its box": estimate(named)}


def overlap(a: Box, b: Box) -> float:
    """Intersection of two boxes over their union."""
    both = area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))
    return both / max(area(a) + area(b) - both, 1e-9)


def scenes(case: Case) -> dict[str, Estimate]:
    """How often two things that the network draws at once are both there, and are placed as the sentence says.

    What users get is drawn thing by thing and placed by geometry (`models.painter.placing`): there it always holds.
    """
    rng = np.random.default_rng(case.seed)
    both, right = [], []
    for number in range(case.examples):
        first, second = rng.choice(sorted(case.painter.words), 2, replace=False).tolist()
        relation = RELATIONS[number % len(RELATIONS)]
        sentence = f"{with_article(first)} {relation} {with_article(second)}"
        strokes = case.painter.draw_scene([first, second], sentence, case.seed + number)
        parts = [[np.array(one.points) for one in strokes if one.object == name] for name in (first, second)]
        both.append(float(all(parts)))
        right.append(float(all(parts) and holds(relation, *(box_of(part) for part in parts))))
    return {"both there": estimate(both), "placed as it says": estimate(right)}
