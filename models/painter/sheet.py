"""A sheet of what a Painter draws, unpicked: `python -m models.painter.sheet sheet.png`.

Two drawings of each of fifty categories, the rich ones first and the others evenly by name, then scenes of two things,
then nouns of the vocabulary as guides show them. Each is what `graphs.sketch draw`, or a guide, gives a user: the
Painter chooses among its own tries, nobody else does.
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image

from models.painter.evaluate import draw_best
from models.painter.modeling import WEIGHTS
from models.painter.outlines import SHAPES
from models.painter.placing import Placement, together
from models.painter.predictor import PainterPredictor
from models.painter.quickdraw import RICH
from tools.canvas import Sketch, rasterise

CELL, COLUMNS = 160, 10
"""Pixels of a sketch, and sketches in a row."""
SAID = ("left of", "above", "inside", "next to")
"""Relations of the scenes."""


def chosen_words(words: list[str], count: int) -> list[str]:
    """The rich categories, and others evenly by their names."""
    rich = [word for word in words if word in RICH][:count]
    others = [word for word in words if word not in RICH]
    places = np.linspace(0, len(others) - 1, min(count - len(rich), len(others))).astype(int)
    return rich + [others[place] for place in places]


def scene_of(painter: PainterPredictor, words: list[str], number: int) -> Sketch:
    """A scene of two of the words, the second placed to the first; different ones for each number."""
    chosen = [words[(7 * number) % len(words)], words[(7 * number + 3) % len(words)]]
    things = painter.draw_each(chosen, [None] * 2, None, [number] * 2)
    return Sketch(strokes=together(things, [Placement(1, SAID[number % len(SAID)], 0)], number))


def tiled(sketches: list[Sketch]) -> Image.Image:
    """The sketches, dark on white, row by row."""
    rows = -(-len(sketches) // COLUMNS)
    page = np.full((rows * CELL, COLUMNS * CELL), 255, np.uint8)
    for place, sketch in enumerate(sketches):
        y, x = (CELL * part for part in divmod(place, COLUMNS))
        page[y : y + CELL, x : x + CELL] -= rasterise(sketch, CELL, 0.012)
    return Image.fromarray(page)


def sheet(
    out: Annotated[Path, typer.Argument(help="The PNG to write.")],
    weights: Annotated[Path, typer.Option(help="The Painter.")] = WEIGHTS,
    categories: Annotated[int, typer.Option(help="Categories, two drawings each.")] = 50,
    scenes: Annotated[int, typer.Option(help="Scenes of two things.")] = 20,
    nouns: Annotated[int, typer.Option(help="Nouns of the vocabulary, evenly by name.")] = 100,
    seed: int = 0,
) -> None:
    """Draws the sheet and says what is on it."""
    painter = PainterPredictor(weights)
    words = chosen_words(painter.painter.config.words, categories)
    drawn = draw_best(painter, [word for word in words for _ in range(2)], seed)
    drawn += [scene_of(painter, words, number) for number in range(scenes)]
    known = sorted(painter.painter.config.outlines)
    shown = [known[place] for place in np.linspace(0, len(known) - 1, min(nouns, len(known))).astype(int)]
    drawn += [Sketch(strokes=painter.outline(noun, (), number % SHAPES)) for number, noun in enumerate(shown)]
    tiled(drawn).save(out)
    print(f"{out}: two each of {', '.join(words)}; then {scenes} scenes; then {', '.join(shown)}")


if __name__ == "__main__":
    typer.run(sheet)
