"""What asks a Painter: draw, complete, remove, reproduce, classify, locate, relate, in plain calls.

The same class serves the embedded weights and a trained one of full size. Sketches go in and come out as strokes in the
unit square; the network is apart, in `modeling.py`.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from models.painter.finding import alone, looks_like, share_within, strokes_that_show
from models.painter.generation import Answer, Request, answers
from models.painter.grammar import BoxGrammar, Grammar, NumbersGrammar, PhraseGrammar, SketchGrammar
from models.painter.language import GRID, on_grid, sketch_of
from models.painter.measures import most_alike, squared_error
from models.painter.modeling import WEIGHTS, Painter
from models.painter.phrasings import PHRASINGS, bare_name, box_words, name_of, plain_words, with_article
from models.painter.pictures import canvas_of
from models.painter.scenes import Box, box_of
from models.painter.tasks import NUMBERS, PLACES, Example, place_of, taught
from tools.canvas import Sketch, Stroke, rasterise

TRIES = 16
"""Drawings, or copies, among which one is chosen."""
SPARING = 2.0
"""How much likelier it has to be that a stroke belongs to a thing, for it to be removed with it (a logarithm)."""
VOTES = 32
"""Answers that vote on the strokes of a part."""
CELL = 1 / GRID
"""Side of the cells that are seen, in canvases."""
AGREEING, LIKELY = 6, 0.6
"""Drawings of a noun, among which the one most like the others is taken, and the probability they are chosen from."""
LONGEST = 300
"""Tokens of the longest drawing."""


class PainterPredictor:
    """A Painter that is asked things."""

    def __init__(
        self, painter: Painter | str | Path = WEIGHTS, device: str | torch.device = "cpu", longest: int = LONGEST
    ):
        self.painter = painter if isinstance(painter, Painter) else Painter.from_pretrained(painter, device)
        self.tokens, self.longest = self.painter.tokens, longest
        self.words = {name_of(word): word for word in self.painter.config.words}
        self.outlines = frozenset(self.painter.config.outlines)

    def draw(
        self, word: str, box: Box | None = None, canvas: Sketch | None = None, seed: int = 0, tries: int = TRIES
    ) -> list[Stroke]:
        """The strokes of a thing, in a box if one is given, beside what is on the canvas.

        Of several tries, the one is taken in which the Painter itself is surest to recognise the thing.

        Raises:
            ValueError: if the word is no category that it was taught.
        """
        return self.draw_each([word], [box], canvas, [seed], tries)[0]

    def draw_each(
        self, words: list[str], boxes: list[Box | None], canvas: Sketch | None, seeds: list[int], tries: int = TRIES
    ) -> list[list[Stroke]]:
        """The same for several things, each by itself on the canvas."""
        asked = [
            (word, box, one)
            for word, box, seed in zip(words, boxes, seeds, strict=True)
            for one in seeds_from(seed, tries)
        ]
        named, placed, chosen = (list(part) for part in zip(*asked, strict=True))
        drawn = self.draw_all(named, placed, canvas, chosen)
        best = []
        for start, word in zip(range(0, len(drawn), tries), words, strict=True):
            sketches = [on_grid(Sketch(strokes=strokes)) for strokes in drawn[start : start + tries]]
            sure = looks_like(self.painter, sketches, self._known(word)) if tries > 1 else [0.0]
            best.append(drawn[start + int(np.argmax(sure))])
        return best

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

    def outline(self, noun: str, manner: tuple[str, ...] = (), shape: int = 0, seed: int = 0) -> list[Stroke]:
        """A noun of the vocabulary as its drawings show it, as large as the canvas allows.

        Of several tries, among them the likeliest, the one is taken that is most like the others: what one of them does
        alone is an error (minimum Bayes risk decoding, with the Chamfer distance).

        Args:
            noun: one of its nouns.
            manner: some of `models.painter.outlines.manners`.
            shape: which of its three shapes.
            seed: of the choice between strokes.

        Raises:
            ValueError: if it was not taught the noun.
        """
        if noun not in self.outlines:
            raise ValueError(
                f"{noun!r} is none of the {len(self.outlines)} nouns whose outlines the Painter has learned"
            )
        example = outline_request(noun, manner, shape)
        seeds = [None, *seeds_from(seed, AGREEING)[1:]]
        found = answers(self.painter, [Request(example, self.strokes(), one, top_p=LIKELY) for one in seeds])
        drawn = [self._drawn(answer, noun) for answer in found]
        return drawn[most_alike([Sketch(strokes=strokes) for strokes in drawn])]

    def draw_scene(self, words: list[str], sentence: str, seed: int = 0) -> list[Stroke]:
        """The strokes of several things as a sentence places them ("a cat left of a dog"), each with its name."""
        names = [self.tokens.encode(self._known(word)) for word in words]
        grammar = SketchGrammar(self.tokens, self.longest, names)
        example = Example("draw scene", f"draw {plain_words(sentence)}", Sketch(), "")
        return self._drawn(answers(self.painter, [Request(example, grammar, seed)])[0], "")

    def complete(self, sketch: Sketch, word: str, seed: int = 0) -> list[Stroke]:
        """The strokes that a sketch of a thing lacks."""
        prompt = PHRASINGS["complete"][0].format(name=self._known(word))
        request = Request(Example("complete", prompt, taught(sketch), ""), self.strokes(), seed)
        return self._drawn(answers(self.painter, [request])[0], word)

    def reproduce(self, image: Image.Image | np.ndarray, seed: int | None = None, tries: int = TRIES) -> list[Stroke]:
        """A picture of lines, dark on light or light on dark, as strokes; for the rest see `best_copy`."""
        return self.best_copy(image, seed, tries)[1]

    def best_copy(
        self, image: Image.Image | np.ndarray, seed: int | None, tries: int = TRIES
    ) -> tuple[int | None, list[Stroke]]:
        """Of several copies, the one whose pixels are nearest to the picture's, and its seed.

        The first is the one of the seed, or the likeliest (its seed is None).

        Raises:
            ValueError: if it is no picture, or larger than MAX_PIXELS.
        """
        config = self.painter.config
        picture = canvas_of(image, config.canvas)
        seeds = [seed, *seeds_from(seed or 0, tries)[1:]]
        found = answers(self.painter, [self.to_reproduce(image, one) for one in seeds])
        copies = [self._drawn(answer, "") for answer in found]
        drawn = [rasterise(Sketch(strokes=strokes), config.canvas, config.pen) for strokes in copies]
        best = int(np.argmin([squared_error(one, picture) for one in drawn]))
        return seeds[best], copies[best]

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

        Only whole strokes are taken away: all others stay as they are.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        gone = self.strokes_of(sketch, phrase)
        return sketch.model_copy(update={"strokes": [s for i, s in enumerate(sketch.strokes) if i not in gone]})

    def strokes_of(self, sketch: Sketch, phrase: str) -> set[int]:
        """Which strokes of a sketch draw a thing or a part of one.

        A thing is found by looking (`models.painter.finding`). The strokes of a part are named by the network, by their
        numbers, and voted upon: those beyond the numbers never are.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        name = bare_name(phrase)
        if name in self.words:
            return strokes_that_show(self.painter, _seen(sketch), name, SPARING)
        prompt = PHRASINGS["remove"][0].format(name=name)
        return self.numbers_of(Example("remove", prompt, _seen(sketch), "", listed=True))

    def numbers_of(self, example: Example) -> set[int]:
        """Which strokes of its canvas an example of removal means: those that most of many answers name.

        What a majority names errs least in expectation; one answer, were it the likeliest, may err in all it names.
        """
        count = min(len(example.canvas.strokes), len(NUMBERS))
        requests = [Request(example, NumbersGrammar(self.tokens, count), seed) for seed in range(VOTES)]
        votes = Counter(index for answer in answers(self.painter, requests) for index in answer.ids[:-1])
        named = [index for index, times in votes.items() if times > VOTES / 2] or [votes.most_common(1)[0][0]]
        return {self.tokens.numbers.index(index) for index in named}

    def locate(self, sketch: Sketch, phrase: str) -> Box:
        """The box of a thing on the canvas, found by looking.

        Raises:
            ValueError: if there is nothing on the canvas, or the thing is no category that it was taught.
        """
        seen = _seen(sketch)
        numbers = strokes_that_show(self.painter, seen, self._known(phrase))
        x0, y0, x1, y1 = box_of([np.array(seen.strokes[number].points) for number in numbers])
        return max(0.0, x0 - CELL / 2), max(0.0, y0 - CELL / 2), min(1.0, x1 + CELL / 2), min(1.0, y1 + CELL / 2)

    def said_box(self, sketch: Sketch, phrase: str) -> Box:
        """The box of a thing as the network says it, in cells.

        Raises:
            ValueError: if there is nothing on the canvas.
        """
        prompt = PHRASINGS["locate"][0].format(name=bare_name(phrase))
        ids = self._answer(Example("locate", prompt, _seen(sketch), ""), BoxGrammar(self.tokens))
        x0, y0, x1, y1 = (int(self.tokens.cells[index]) for index in ids)
        return x0 / GRID, y0 / GRID, (x1 + 1) / GRID, (y1 + 1) / GRID

    def relate(self, sketch: Sketch, phrase: str, other: str) -> str:
        """Where a thing is to another: one of PLACES; as the network says it where their boxes overlap.

        Raises:
            ValueError: if there is nothing on the canvas, or a thing is no category that it was taught.
        """
        if place := place_of(self.locate(sketch, phrase), self.locate(sketch, other)):
            return place
        prompt = PHRASINGS["relate"][0].format(name=bare_name(phrase), other=bare_name(other))
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
        """What `classify` asks the network: of what is in a box, it sees that alone and large."""
        seen = _seen(sketch)
        if box:
            shares = [share_within(stroke, box) for stroke in seen.strokes]
            within = {number for number, share in enumerate(shares) if share > min(0.5, 0.9 * max(shares))}
            if not within:
                raise ValueError("nothing is drawn in the box: make it larger")
            seen = alone(seen, within)
        grammar = PhraseGrammar(self.tokens, [self.tokens.encode(name) for name in self.words])
        return Request(Example("classify", PHRASINGS["classify"][0], seen, ""), grammar)

    def _answer(self, example: Example, grammar: Grammar) -> list[int]:
        """The ids of the likeliest answer, without its end."""
        return answers(self.painter, [Request(example, grammar)])[0].ids[:-1]

    def strokes(self) -> SketchGrammar:
        """The grammar of a drawing without names."""
        return SketchGrammar(self.tokens, self.longest)

    def _known(self, word: str) -> str:
        name = bare_name(word)
        if name not in self.words:
            raise ValueError(
                f"{word!r} is no category that this Painter knows: choose one of its {len(self.words)} words"
            )
        return name

    def _drawn(self, answer: Answer, label: str) -> list[Stroke]:
        strokes = sketch_of(self.tokens.words(answer.ids)).strokes
        return [stroke if stroke.object else stroke.model_copy(update={"object": label}) for stroke in strokes]


def seeds_from(seed: int, count: int) -> list[int]:
    """The seed and further ones that follow from it."""
    return [seed, *np.random.SeedSequence(seed).generate_state(count - 1).tolist()]


def drawing_request(name: str, box: Box | None, canvas: Sketch | None) -> Example:
    """The prompt to draw a thing."""
    task = "draw in box" if box else "draw"
    prompt = PHRASINGS[task][0].format(a=with_article(name), box=box_words(box) if box else "")
    return Example(task, prompt, taught(canvas) if canvas else Sketch(), "")


def outline_request(noun: str, manner: tuple[str, ...], shape: int) -> Example:
    """The prompt to draw a noun of the vocabulary."""
    name = with_article(" ".join([*manner, noun]))
    return Example("outline", PHRASINGS["outline"][0].format(a=name, shape=NUMBERS[shape]), Sketch(), "")


def _seen(sketch: Sketch) -> Sketch:
    if not sketch.strokes:
        raise ValueError("an empty canvas: draw something on it first")
    return on_grid(sketch)
