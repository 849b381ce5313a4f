"""What asks a Painter: draw, complete, remove, reproduce, classify, locate, relate, in plain calls.

The same class serves the embedded weights and a trained one of full size. Sketches go in and come out as strokes in the
unit square; the network is apart, in `modeling.py`.
"""

from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image

from models.painter.generation import Answer, Request, answers, likelihoods
from models.painter.grammar import BoxGrammar, Grammar, NumbersGrammar, PhraseGrammar, SketchGrammar
from models.painter.language import GRID, on_grid, sketch_of
from models.painter.modeling import WEIGHTS, Painter
from models.painter.scenes import Box
from models.painter.tasks import NUMBERS, PHRASINGS, PLACES, Example, box_words, name_of, taught, with_article
from tools.canvas import Sketch, Stroke

TRIES = 6
"""Drawings among which one is chosen."""
LONGEST = 300
"""Tokens of the longest drawing."""
MAX_PIXELS = 50_000_000
"""Of a picture that is looked at."""


class PainterPredictor:
    """A Painter that is asked things."""

    def __init__(
        self, painter: Painter | str | Path = WEIGHTS, device: str | torch.device = "cpu", longest: int = LONGEST
    ):
        self.painter = painter if isinstance(painter, Painter) else Painter.from_pretrained(painter, device)
        self.tokens, self.longest = self.painter.tokens, longest
        self.words = {name_of(word): word for word in self.painter.config.words}

    def draw(
        self, word: str, box: Box | None = None, canvas: Sketch | None = None, seed: int = 0, tries: int = TRIES
    ) -> list[Stroke]:
        """The strokes of a thing, in a box if one is given, beside what is on the canvas.

        Of several tries, the one is taken in which the Painter itself is surest to recognise the thing.

        Raises:
            ValueError: if the word is no category that it was taught.
        """
        seeds = [seed, *np.random.SeedSequence(seed).generate_state(tries - 1).tolist()]
        drawn = self.draw_all([word] * tries, [box] * tries, canvas, seeds)
        if tries == 1:
            return drawn[0]
        name, question = self._known(word), PHRASINGS["classify"][0]
        named = [Example("classify", question, on_grid(Sketch(strokes=strokes)), name) for strokes in drawn]
        return drawn[int(np.argmax(likelihoods(self.painter, named)))]

    def draw_all(
        self,
        words: list[str],
        boxes: list[Box | None],
        canvas: Sketch | None,
        seeds: list[int],
        feedback: int | None = None,
    ) -> list[list[Stroke]]:
        """One try at each of several things, each by itself on the canvas; `feedback` as for `answers`."""
        asked = zip(words, boxes, seeds, strict=True)
        requests = [self.to_draw(word, box, canvas, seed) for word, box, seed in asked]
        found = answers(self.painter, requests, feedback)
        return [self._drawn(answer, name) for answer, name in zip(found, words, strict=True)]

    def draw_scene(self, words: list[str], sentence: str, seed: int = 0) -> list[Stroke]:
        """The strokes of several things as a sentence places them ("a cat left of a dog"), each with its name."""
        names = [self.tokens.encode(self._known(word)) for word in words]
        grammar = SketchGrammar(self.tokens, self.longest, names)
        example = Example("draw scene", f"draw {_words(sentence)}", Sketch(), "")
        return self._drawn(answers(self.painter, [Request(example, grammar, seed)])[0], "")

    def complete(self, sketch: Sketch, word: str, seed: int = 0) -> list[Stroke]:
        """The strokes that a sketch of a thing lacks."""
        prompt = PHRASINGS["complete"][0].format(name=self._known(word))
        request = Request(Example("complete", prompt, taught(sketch), ""), self.strokes(), seed)
        return self._drawn(answers(self.painter, [request])[0], word)

    def reproduce(self, image: Image.Image | np.ndarray, seed: int | None = None) -> list[Stroke]:
        """A picture of lines, dark on light or light on dark, as strokes: the likeliest copy, or one chosen by a seed.

        Raises:
            ValueError: if it is no picture, or larger than MAX_PIXELS.
        """
        return self._drawn(answers(self.painter, [self.to_reproduce(image, seed)])[0], "")

    def classify(self, sketch: Sketch, box: Box | None = None) -> str:
        """The category of what is drawn (in a box, if one is given)."""
        return self.classify_all([sketch], [box])[0]

    def classify_all(self, sketches: list[Sketch], boxes: list[Box | None]) -> list[str]:
        """The same for several sketches at once.

        Raises:
            ValueError: if there is nothing on a canvas.
        """
        names = {tuple(self.tokens.encode(name)): word for name, word in self.words.items()}
        requests = [self.to_classify(sketch, box) for sketch, box in zip(sketches, boxes, strict=True)]
        return [names[tuple(answer.ids[:-1])] for answer in answers(self.painter, requests)]

    def remove(self, sketch: Sketch, phrase: str) -> Sketch:
        """The sketch without a thing ("the cat") or a part of one ("the wheels of the ambulance").

        Only whole strokes are taken away: all others stay as they are. Those beyond the numbers are never named.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        gone = self.strokes_of(sketch, phrase)
        return sketch.model_copy(update={"strokes": [s for i, s in enumerate(sketch.strokes) if i not in gone]})

    def strokes_of(self, sketch: Sketch, phrase: str) -> set[int]:
        """Which strokes of a sketch draw a thing or a part of one."""
        prompt = PHRASINGS["remove"][0].format(name=_without_article(phrase))
        return self.numbers_of(Example("remove", prompt, _seen(sketch), "", listed=True))

    def numbers_of(self, example: Example) -> set[int]:
        """Which strokes of its canvas an example of removal means."""
        grammar = NumbersGrammar(self.tokens, min(len(example.canvas.strokes), len(NUMBERS)))
        return {self.tokens.numbers.index(index) for index in self._answer(example, grammar)}

    def locate(self, sketch: Sketch, phrase: str) -> Box:
        """The box of a thing on the canvas.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        ids = answers(self.painter, [self.to_locate(sketch, phrase)])[0].ids[:-1]
        x0, y0, x1, y1 = (int(self.tokens.cells[index]) for index in ids)
        return x0 / GRID, y0 / GRID, (x1 + 1) / GRID, (y1 + 1) / GRID

    def relate(self, sketch: Sketch, phrase: str, other: str) -> str:
        """Where a thing is to another: one of PLACES.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        prompt = PHRASINGS["relate"][0].format(name=_without_article(phrase), other=_without_article(other))
        grammar = PhraseGrammar(self.tokens, [self.tokens.encode(place) for place in PLACES])
        return self.tokens.text(self._answer(Example("relate", prompt, _seen(sketch), ""), grammar))

    def to_draw(self, word: str, box: Box | None, canvas: Sketch | None, seed: int) -> Request:
        """What `draw` asks the network."""
        return Request(drawing_request(self._known(word), box, canvas), self.strokes(), seed)

    def to_reproduce(self, image: Image.Image | np.ndarray, seed: int | None) -> Request:
        """What `reproduce` asks the network."""
        example = Example("reproduce", PHRASINGS["reproduce"][0], Sketch(), "", grows=False)
        return Request(example, self.strokes(), seed, canvas_of(image, self.painter.config.canvas))

    def to_classify(self, sketch: Sketch, box: Box | None) -> Request:
        """What `classify` asks the network."""
        task = "classify in box" if box else "classify"
        prompt = PHRASINGS[task][0].format(box=box_words(box) if box else "")
        grammar = PhraseGrammar(self.tokens, [self.tokens.encode(name) for name in self.words])
        return Request(Example(task, prompt, _seen(sketch), ""), grammar)

    def to_locate(self, sketch: Sketch, phrase: str) -> Request:
        """What `locate` asks the network."""
        prompt = PHRASINGS["locate"][0].format(name=_without_article(phrase))
        return Request(Example("locate", prompt, _seen(sketch), ""), BoxGrammar(self.tokens))

    def _answer(self, example: Example, grammar: Grammar) -> list[int]:
        """The ids of the likeliest answer, without its end."""
        return answers(self.painter, [Request(example, grammar)])[0].ids[:-1]

    def strokes(self) -> SketchGrammar:
        """The grammar of a drawing without names."""
        return SketchGrammar(self.tokens, self.longest)

    def _known(self, word: str) -> str:
        name = _without_article(word)
        if name not in self.words:
            raise ValueError(
                f"{word!r} is no category that this Painter knows: choose one of its {len(self.words)} words"
            )
        return name

    def _drawn(self, answer: Answer, label: str) -> list[Stroke]:
        strokes = sketch_of(self.tokens.words(answer.ids)).strokes
        return [stroke if stroke.object else stroke.model_copy(update={"object": label}) for stroke in strokes]


def drawing_request(name: str, box: Box | None, canvas: Sketch | None) -> Example:
    """The prompt to draw a thing."""
    task = "draw in box" if box else "draw"
    prompt = PHRASINGS[task][0].format(a=with_article(name), box=box_words(box) if box else "")
    return Example(task, prompt, taught(canvas) if canvas else Sketch(), "")


def _seen(sketch: Sketch) -> Sketch:
    if not sketch.strokes:
        raise ValueError("an empty canvas: draw something on it first")
    return on_grid(sketch)


def _words(text: str) -> str:
    """A phrase as prompts have them: nothing in it draws or stands for a canvas."""
    return " ".join(word for word in text.lower().replace("<", " ").replace("[", " ").split())


def _without_article(phrase: str) -> str:
    words = _words(phrase)
    kept = words.split(" ", 1)
    plain = len(kept) == 2 and (kept[0] in ("a", "an") or (kept[0] == "the" and not words.startswith(OFFICIAL_THE)))
    return kept[1] if plain else words


OFFICIAL_THE = ("the eiffel", "the great wall", "the mona")
"""Categories whose name begins with the article."""


def canvas_of(image: Image.Image | np.ndarray, size: int) -> np.ndarray:
    """A picture as a canvas: (size, size) uint8, ink 255 on 0, fitted without being stretched.

    Raises:
        ValueError: if it is no picture, or larger than MAX_PIXELS.
    """
    if isinstance(image, np.ndarray):
        if image.dtype != np.uint8 or image.ndim not in (2, 3) or not image.size:
            raise ValueError(f"an array of {image.dtype} of shape {image.shape}: give (H, W) or (H, W, 3) of uint8")
        height, width = image.shape[:2]
    else:
        width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValueError(
            f"a picture of {width}×{height}: at most {MAX_PIXELS // 10**6} million pixels; make it smaller"
        )
    grey = np.array((Image.fromarray(image) if isinstance(image, np.ndarray) else image).convert("L"))
    grey = 255 - grey if np.median(grey) > 127 else grey
    scale = size / max(grey.shape)
    fitted = cv2.resize(
        grey, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    canvas = np.zeros((size, size), np.uint8)
    top, left = (size - fitted.shape[0]) // 2, (size - fitted.shape[1]) // 2
    canvas[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return (canvas.astype(np.float32) * 255 / max(canvas.max(), 1)).astype(np.uint8)
