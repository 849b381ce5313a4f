"""The Painter's stroke language: a sketch as short words over a grid, one or two a point.

The canvas is a grid of 64 × 64 cells. A stroke begins with its cell, `x12 y40`, and goes on by relative moves: `d+3-2`
is three cells right and two up; what is further than seven cells along an axis is a far step of whole fifteens and a
near one, `f+2+0 d-1+4`. Every displacement has exactly one spelling, 305 words spell all of them, and a Quick, Draw!
drawing takes 55 words in the median: length is what training costs. A stroke ends where the next begins.
`[coffee%20cup]` says whose strokes follow. The Painter paper (arXiv 2308.08520) does not publish its syntax: this one
is ours.

>>> text_of(Sketch(strokes=[Stroke(points=[(0.1, 0.1), (0.9, 0.1)], object="table")]))
'[table] x6 y6 f+3+0 d+6+0'
"""

import re
from urllib.parse import quote, unquote

import cv2
import numpy as np

from tools.canvas import Point, Sketch, Stroke

GRID = 64
"""Cells along a side of the canvas."""
REACH = 7
"""Cells along an axis that a near move goes at most; far steps are multiples of 2 · REACH + 1."""
STEP = 2 * REACH + 1
FAR = (GRID - 1 + REACH) // STEP
"""Far steps along an axis that a move takes at most."""
MAX_STROKE_POINTS, MAX_STROKES, MAX_WORDS = 256, 256, 20_000
"""Longer strokes are simplified, more strokes or words refused: what anybody sends is bounded."""

STARTS = [f"{axis}{cell}" for axis in "xy" for cell in range(GRID)]
NEAR = [f"d{dx:+d}{dy:+d}" for dx in range(-REACH, REACH + 1) for dy in range(-REACH, REACH + 1)]
FAR_STEPS = [f"f{i:+d}{j:+d}" for i in range(-FAR, FAR + 1) for j in range(-FAR, FAR + 1) if (i, j) != (0, 0)]
STROKE_WORDS = [*STARTS, *NEAR, *FAR_STEPS]
"""All words but labels."""

_WORD = re.compile(r"(?P<start>[xy])(?P<cell>\d{1,4})|(?P<move>[df])(?P<dx>[+-]\d{1,3})(?P<dy>[+-]\d{1,3})", re.I)
_LABEL = re.compile(r"\[([^\]]*)\]")


class MalformedSketch(ValueError):
    """A text or array that is no sketch: one line that names what is wrong with which value, and what to do."""


def cells_of(points: list[Point]) -> np.ndarray:
    """The cells (n, 2) int that points of the unit square fall into, the edge's for those outside."""
    return np.floor(np.clip(np.asarray(points, float), 0, 1) * GRID).astype(int).clip(0, GRID - 1)


def stroke_of(cells: np.ndarray, label: str) -> Stroke:
    """A stroke through the middles of cells (n, 2)."""
    return Stroke(points=[((x + 0.5) / GRID, (y + 0.5) / GRID) for x, y in np.asarray(cells).tolist()], object=label)


def on_grid(sketch: Sketch, tolerance: float = 0.0) -> Sketch:
    """The sketch as the language can say it: through middles of cells, no point twice in a row, bounded in length.

    Args:
        sketch: any sketch; parts outside the canvas move to its edge.
        tolerance: by how many cells a stroke may be off to have fewer points (Ramer-Douglas-Peucker).

    Raises:
        MalformedSketch: if it has more than MAX_STROKES strokes.
    """
    if len(sketch.strokes) > MAX_STROKES:
        raise MalformedSketch(f"{len(sketch.strokes)} strokes: at most {MAX_STROKES} can be drawn; leave some out")
    strokes = [stroke_of(_few(_simpler(stroke.points, tolerance)), stroke.object) for stroke in sketch.strokes]
    return Sketch(strokes=strokes, source=sketch.source)


def _simpler(points: list[Point], tolerance: float) -> np.ndarray:
    if tolerance and len(points) > 2:
        line = np.clip(np.asarray(points, np.float32), 0, 1)
        points = cv2.approxPolyDP(line, tolerance / GRID, False)[:, 0].tolist()
    return cells_of(points)


def _few(cells: np.ndarray) -> np.ndarray:
    """Cells without immediate repetition; coarser and coarser until there are few enough."""
    moved = np.ones(len(cells), bool)
    moved[1:] = (np.diff(cells, axis=0) != 0).any(1)
    cells, tolerance = cells[moved], 1.0
    while len(cells) > MAX_STROKE_POINTS:
        cells = cv2.approxPolyDP(cells.astype(np.int32), tolerance, False)[:, 0]
        tolerance *= 1.5
    return cells


def words_of(sketch: Sketch) -> list[str]:
    """The words of a sketch; `sketch_of` gives back exactly `on_grid(sketch)`, but for its source."""
    words, label = [], ""
    for stroke in on_grid(sketch).strokes:
        if stroke.object != label:
            label = stroke.object
            words.append(label_word(label))
        cells = cells_of(stroke.points)
        words += [f"x{cells[0, 0]}", f"y{cells[0, 1]}"]
        for dx, dy in np.diff(cells, axis=0).tolist():
            words += move_words(dx, dy)
    return words


def move_words(dx: int, dy: int) -> list[str]:
    """A displacement in cells: a near move, or a far step and a near move."""
    i, j = (dx + REACH) // STEP, (dy + REACH) // STEP
    near = f"d{dx - STEP * i:+d}{dy - STEP * j:+d}"
    return [f"f{i:+d}{j:+d}", near] if (i, j) != (0, 0) else [near]


def label_word(label: str) -> str:
    """The word that says whose strokes follow."""
    return f"[{quote(label, safe='')}]"


def sketch_of(words: list[str]) -> Sketch:
    """The sketch that words spell.

    Where the intent is clear it is followed: a far step alone is a whole move, a move over the edge ends at the edge, a
    near move may be longer than any of ours, and a start cut off at the end of the text is left out.

    Raises:
        MalformedSketch: at a word that is none, a move without a start, half of a start, a cell beyond the grid.
    """
    if len(words) > MAX_WORDS:
        raise MalformedSketch(f"{len(words)} words of a sketch: at most {MAX_WORDS} are read; cut it into several")
    strokes: list[Stroke] = []
    cells: list[tuple[int, int]] = []
    label, column, far = "", None, (0, 0)

    def finish() -> None:
        if far != (0, 0):
            cells.append(_moved(cells[-1], *far))
        if cells:
            strokes.append(stroke_of(np.array(cells), label))

    for place, word in enumerate(words, 1):
        here = f"word {place}, {word[:40]!r}"
        named, match = _LABEL.fullmatch(word), _WORD.fullmatch(word)
        if not named and not match:
            raise MalformedSketch(f"{here}: not a word of a sketch; use x12, y40, d+3-2, f+1+0 or [name]")
        letter = (match["start"] or match["move"]).lower() if match else "["
        if (column is not None) != (letter == "y"):
            what = "a row without a column" if letter == "y" else f"the row after column x{column} is missing"
            raise MalformedSketch(f"{here}: {what}; begin strokes with x and y")
        if letter in "x[":
            finish()
            cells, far = [], (0, 0)
        if named:
            label = unquote(named[1])
        elif match and match["start"]:
            cell = int(match["cell"])
            if cell >= GRID:
                raise MalformedSketch(f"{here}: cells go from 0 to {GRID - 1}; scale the sketch")
            if column is None:
                column = cell
            else:
                cells, column = [(column, cell)], None
        elif match:
            if not cells:
                raise MalformedSketch(f"{here}: a move before any start; begin strokes with x and y")
            dx, dy = int(match["dx"]), int(match["dy"])
            if letter == "f":
                far = (far[0] + STEP * dx, far[1] + STEP * dy)
            else:
                cells.append(_moved(cells[-1], far[0] + dx, far[1] + dy))
                far = (0, 0)
    finish()
    return on_grid(Sketch(strokes=strokes))


def _moved(cell: tuple[int, int], dx: int, dy: int) -> tuple[int, int]:
    return min(max(cell[0] + dx, 0), GRID - 1), min(max(cell[1] + dy, 0), GRID - 1)


def text_of(sketch: Sketch) -> str:
    """The sketch as one line of text."""
    return " ".join(words_of(sketch))


def read_text(text: str) -> Sketch:
    """The sketch of a text, words apart by any spaces or commas; see `sketch_of`."""
    return sketch_of(re.split(r"[\s,;]+", text.strip(" \t\r\n,;")) if text.strip(" \t\r\n,;") else [])
