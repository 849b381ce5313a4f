"""What the Painter is asked, in several phrasings each, and what it should answer.

The tasks of the Painter paper (arXiv 2308.08520: draw, remove, reproduce, classify, locate) and some more that ground
words in places or show the vocabulary's own drawings. An answer is strokes or words. What is to be removed is told by
the numbers of strokes, each of which the prompt lists with its box: what is not named stays untouched.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from models.painter.language import on_grid, words_of
from models.painter.outlines import SHAPES, as_drawn, random_manner
from models.painter.phrasings import asked, box_words, name_of, with_article
from models.painter.quickdraw import Drawing
from models.painter.scenes import RELATIONS, Box, Placed, area, compose, holds, place, random_box, sketch_of_scene
from tools.canvas import Sketch, Stroke
from tools.vocabulary import vocabulary

TOLERANCE = 0.7
"""Cells by which a taught stroke may be off, to have fewer points."""
FINE = 0.5
"""The same where strokes are to be seen in guides, as long as they take no more than `MOST_WORDS`."""
MOST_WORDS = 280
"""Of a noun's outlines: with its prompt and the canvases in between it has to fit into a taught row."""
NUMBERS = [f"n{number}" for number in range(48)]
"""Words for the strokes of a canvas, in drawing order."""
PLACES = ("inside", "left of", "right of", "above", "below")
"""Relations that answer where something is."""
WEIGHTS = {
    "draw": 7, "draw in box": 3, "outline": 8, "draw scene": 1, "complete": 1.5, "remove": 0.5, "remove part": 2.5,
    "reproduce": 3, "classify": 6, "classify in box": 0.25, "locate": 0.5, "relate": 0.25, "compare": 0.25,
}  # fmt: skip
"""How often each task is taught: seldom where a small network does better by looking (`models.painter.finding`).

Outlines came last, when the embedded Painter had six hours of the other tasks behind it: at first with a weight of 25.
"""


class Example(NamedTuple):
    """One thing asked and answered.

    Attributes:
        prompt: what is said, boxes as cells.
        canvas: what can be seen at first; nothing is shown of an empty one.
        answer: the strokes to draw, or the words to say.
        grows: whether the strokes are added to the canvas; else they are a copy beside it.
        listed: whether the prompt lists the strokes of the canvas.
    """

    task: str
    prompt: str
    canvas: Sketch
    answer: Sketch | str
    grows: bool = True
    listed: bool = False


class Drawings:
    """Drawings to choose from, by category."""

    def __init__(self, drawings: list[Drawing]):
        self.by_word: dict[str, list[Drawing]] = defaultdict(list)
        for drawing in drawings:
            self.by_word[drawing.word].append(drawing)
        self.all = drawings
        self.parted = [drawing for drawing in drawings if len(set(drawing.parts) - {""}) > 1]
        self.several = any(len(drawing.strokes) > 1 for drawing in drawings)
        self.words = sorted(self.by_word)

    def any(self, rng: np.random.Generator) -> Drawing:
        """A drawing: half of the time each drawing is as likely as another, half of the time each category."""
        drawings = self.all if rng.random() < 0.5 else self.by_word[self.words[rng.integers(len(self.words))]]
        return drawings[rng.integers(len(drawings))]

    def scene(self, rng: np.random.Generator, fewest: int = 2, most: int = 4) -> list[Placed]:
        """A scene of at least `fewest` objects (if there are as many categories)."""
        while True:
            placed = compose([self.any(rng) for _ in range(rng.integers(fewest, most + 1))], rng)
            if len(placed) >= min(fewest, len(self.words)):
                return placed


def listing(canvas: Sketch) -> str:
    """The strokes of a canvas with their numbers and boxes; those beyond the numbers are not listed."""
    parts = []
    for number, stroke in zip(NUMBERS, canvas.strokes, strict=False):
        points = np.array(stroke.points)
        (x0, y0), (x1, y1) = points.min(0).tolist(), points.max(0).tolist()
        parts.append(f"{number} {box_words((x0, y0, x1, y1))}")
    return " ".join(parts)


def _plain(placed: Placed) -> Sketch:
    """The strokes of one thing, without labels, on the grid."""
    return taught(Sketch(strokes=[Stroke(points=s.tolist()) for s in placed.strokes]))


def taught(sketch: Sketch) -> Sketch:
    """The sketch as its strokes are taught: on the grid, with few points."""
    return on_grid(sketch, TOLERANCE)


def draw(drawings: Drawings, rng: np.random.Generator) -> Example:
    """One thing, large."""
    placed = compose([drawings.any(rng)], rng)[0]
    prompt = asked("draw", rng, a=with_article(placed.word), name=name_of(placed.word))
    return Example("draw", prompt, Sketch(), _plain(placed))


def draw_in_box(drawings: Drawings, rng: np.random.Generator) -> Example:
    """One thing where it belongs, on an empty canvas or beside others."""
    if rng.random() < 0.5:
        item, others = place(drawings.any(rng), random_box(rng, 0.2, 0.95), rng), []
    else:
        item, *others = drawings.scene(rng)
    words = {"a": with_article(item.word), "name": name_of(item.word), "box": box_words(item.box)}
    return Example("draw in box", asked("draw in box", rng, **words), taught(sketch_of_scene(others)), _plain(item))


def outline(drawings: Drawings, rng: np.random.Generator) -> Example:
    """A noun of the vocabulary in one of its shapes, large and alone."""
    nouns = list(vocabulary().nouns)
    noun, shape = nouns[rng.integers(len(nouns))], int(rng.integers(SHAPES))
    manner = random_manner(noun, rng)
    name = " ".join([*manner, name_of(noun)])
    prompt = asked("outline", rng, a=with_article(name), name=name, shape=NUMBERS[shape])
    drawn = as_drawn(noun, manner, shape, rng)
    sketches = (on_grid(drawn, FINE * 1.5**step) for step in range(9))
    sketch = next(sketch for sketch in sketches if len(words_of(sketch)) <= MOST_WORDS)
    return Example("outline", prompt, Sketch(), sketch)


def draw_scene(drawings: Drawings, rng: np.random.Generator) -> Example:
    """Several things as a sentence says that they are placed."""
    placed = drawings.scene(rng, most=3)
    prompt = asked("draw scene", rng, scene=described(placed, rng))
    named = [item._replace(word=name_of(item.word)) for item in placed]
    return Example("draw scene", prompt, Sketch(), taught(sketch_of_scene(named)))


def described(placed: list[Placed], rng: np.random.Generator) -> str:
    """A sentence that is true of the scene: "a cat left of a dog and a sun above the dog"."""
    said = with_article(placed[0].word)
    for before, item in zip(placed, placed[1:], strict=False):
        true = [relation for relation in RELATIONS if holds(relation, item.box, before.box)]
        relation = f" {true[rng.integers(len(true))]} the {name_of(before.word)}" if true else ""
        said += f" and {with_article(item.word)}{relation}"
    return said


def complete(drawings: Drawings, rng: np.random.Generator) -> Example:
    """The strokes that are still missing."""
    if not drawings.several:
        return draw(drawings, rng)
    while len((drawing := drawings.any(rng)).strokes) < 2:
        pass
    placed = compose([drawing], rng)[0]
    whole = _plain(placed)
    there = int(rng.integers(1, len(whole.strokes)))
    prompt = asked("complete", rng, name=name_of(placed.word))
    return Example("complete", prompt, Sketch(strokes=whole.strokes[:there]), Sketch(strokes=whole.strokes[there:]))


def remove(drawings: Drawings, rng: np.random.Generator) -> Example:
    """A whole thing among others: the numbers of its strokes."""
    while True:
        placed = drawings.scene(rng, most=3)
        sketch = taught(sketch_of_scene(placed))
        if len(sketch.strokes) <= len(NUMBERS):
            break
    word = placed[rng.integers(len(placed))].word
    numbers = [NUMBERS[i] for i, stroke in enumerate(sketch.strokes) if stroke.object == word]
    return Example("remove", asked("remove", rng, name=name_of(word)), sketch, " ".join(numbers), listed=True)


def remove_part(drawings: Drawings, rng: np.random.Generator) -> Example:
    """A part of a thing; a whole thing where no parts are known."""
    fits = [drawing for drawing in drawings.parted if len(drawing.strokes) <= len(NUMBERS)]
    if not fits:
        return remove(drawings, rng)
    drawing = fits[rng.integers(len(fits))]
    placed = place(drawing, random_box(rng, 0.6, 0.96), rng)
    known = sorted(set(drawing.parts) - {""})
    part = known[rng.integers(len(known))]
    numbers = [NUMBERS[i] for i, other in enumerate(drawing.parts) if other == part]
    prompt = asked("remove part", rng, part=part, name=name_of(drawing.word))
    return Example("remove part", prompt, _plain(placed), " ".join(numbers), listed=True)


def reproduce(drawings: Drawings, rng: np.random.Generator) -> Example:
    """A copy of what is seen, stroke for stroke."""
    placed = compose([drawings.any(rng)], rng) if rng.random() < 0.7 else drawings.scene(rng, most=2)
    strokes = [stroke for item in placed for stroke in _plain(item).strokes]
    return Example("reproduce", asked("reproduce", rng), Sketch(strokes=strokes), Sketch(strokes=strokes), grows=False)


def classify(drawings: Drawings, rng: np.random.Generator) -> Example:
    """The name of the only thing."""
    placed = compose([drawings.any(rng)], rng)[0]
    return Example("classify", asked("classify", rng), _plain(placed), name_of(placed.word))


def classify_in_box(drawings: Drawings, rng: np.random.Generator) -> Example:
    """The name of one thing of several."""
    placed = drawings.scene(rng)
    item = placed[rng.integers(len(placed))]
    prompt = asked("classify in box", rng, box=box_words(item.box))
    return Example("classify in box", prompt, taught(sketch_of_scene(placed)), name_of(item.word))


def locate(drawings: Drawings, rng: np.random.Generator) -> Example:
    """The box of one thing of several."""
    placed = drawings.scene(rng)
    item = placed[rng.integers(len(placed))]
    prompt = asked("locate", rng, name=name_of(item.word))
    return Example("locate", prompt, taught(sketch_of_scene(placed)), box_words(item.box))


def relate(drawings: Drawings, rng: np.random.Generator) -> Example:
    """Where a thing is to another: inside it, or to the side on which the gap is widest."""
    placed, (first, second) = _two(drawings, rng, lambda a, b: place_of(a, b) is not None)
    prompt = asked("relate", rng, name=name_of(first.word), other=name_of(second.word))
    return Example("relate", prompt, taught(sketch_of_scene(placed)), place_of(first.box, second.box) or "")


def place_of(a: Box, b: Box) -> str | None:
    """The relation of `a` to `b` that says most about where it is, or None where they overlap."""
    if holds("inside", a, b):
        return "inside"
    gaps = {"left of": b[0] - a[2], "right of": a[0] - b[2], "above": b[1] - a[3], "below": a[1] - b[3]}
    widest = max(gaps, key=gaps.__getitem__)
    return widest if holds(widest, a, b) else None


def compare(drawings: Drawings, rng: np.random.Generator) -> Example:
    """Which is bigger."""
    placed, (first, second) = _two(
        drawings, rng, lambda a, b: holds("bigger than", a, b) or holds("smaller than", a, b)
    )
    prompt = asked("compare", rng, name=name_of(first.word), other=name_of(second.word))
    relation = "bigger than" if area(first.box) > area(second.box) else "smaller than"
    return Example("compare", prompt, taught(sketch_of_scene(placed)), relation)


def _two(
    drawings: Drawings, rng: np.random.Generator, fit: Callable[[Box, Box], bool]
) -> tuple[list[Placed], tuple[Placed, Placed]]:
    """A scene, and two of its things whose boxes fit."""
    while True:
        placed = drawings.scene(rng)
        first, second = (placed[i] for i in rng.permutation(len(placed))[:2])
        if fit(first.box, second.box):
            return placed, (first, second)


TASKS: dict[str, Callable[[Drawings, np.random.Generator], Example]] = {
    "draw": draw,
    "draw in box": draw_in_box,
    "outline": outline,
    "draw scene": draw_scene,
    "complete": complete,
    "remove": remove,
    "remove part": remove_part,
    "reproduce": reproduce,
    "classify": classify,
    "classify in box": classify_in_box,
    "locate": locate,
    "relate": relate,
    "compare": compare,
}
_CHANCES = np.array([WEIGHTS[task] for task in TASKS]) / sum(WEIGHTS.values())


def random_example(drawings: Drawings, rng: np.random.Generator) -> Example:
    """Any task, by its weight."""
    return list(TASKS.values())[rng.choice(len(TASKS), p=_CHANCES)](drawings, rng)
