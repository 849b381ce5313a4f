"""Answers are whole whatever the model prefers, the same with and without cache; every call of the predictor works."""

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models.painter import generation, predictor
from models.painter.data import row_of
from models.painter.generation import Answer, Request, answers, choose, likelihoods
from models.painter.grammar import BoxGrammar, NumbersGrammar, PhraseGrammar, SketchGrammar
from models.painter.language import sketch_of, words_of
from models.painter.pictures import canvas_of, pen_of
from models.painter.predictor import PainterPredictor
from models.painter.tasks import TASKS, Drawings, Example, taught
from tests.painter_drawings import SHAPES, drawings, tiny_painter
from tools.canvas import Sketch, Stroke, rasterise

CHOICE = Drawings(drawings())
PAINTER = tiny_painter(words=sorted(SHAPES))
TOKENS = PAINTER.tokens
SQUARE = taught(Sketch(strokes=[Stroke(points=[(0.2, 0.2), (0.8, 0.2), (0.8, 0.8)]), Stroke(points=[(0.5, 0.5)])]))


def said(grammar, seed):
    """What a model that prefers anything says, with the likeliest first half of the time."""
    rng = np.random.default_rng(seed)
    ids = []
    while not grammar.done:
        allowed = grammar.allowed()
        assert allowed.any() and len(ids) < 1000
        favourite = rng.normal(0, 3, TOKENS.size)
        index = choose(np.where(allowed, favourite, -np.inf), None if rng.random() < 0.5 else rng)
        assert allowed[index]
        grammar.advance(index)
        ids.append(index)
    return ids


class TestGrammars:
    @given(st.integers(0, 10_000), st.integers(3, 60), st.booleans())
    def test_any_sketch_is_whole_within_its_limit(self, seed, limit, named):
        names = [TOKENS.encode(name) for name in ("coffee cup", "ant")] if named else []
        ids = said(SketchGrammar(TOKENS, limit, names), seed)
        words = TOKENS.words(ids)
        assert len(ids) <= limit and ids[-1] == TOKENS.end
        sketch = sketch_of(words)
        assert sketch.strokes and {stroke.object for stroke in sketch.strokes} <= {"", "coffee cup", "ant"}
        plain = [word for word in words if word[0] != "["]
        assert plain == [word for word in words_of(sketch) if word[0] != "["]  # no move was bent at an edge

    @given(st.integers(0, 10_000))
    def test_any_phrase_is_one_of_those_given(self, seed):
        phrases = ["coffee cup", "coffee", "the eiffel tower", "ant"]
        ids = said(PhraseGrammar(TOKENS, [TOKENS.encode(phrase) for phrase in phrases]), seed)
        assert TOKENS.text(ids[:-1]) in phrases

    @given(st.integers(0, 10_000))
    def test_any_box_has_its_corners_in_order(self, seed):
        x0, y0, x1, y1 = (TOKENS.cells[index] for index in said(BoxGrammar(TOKENS), seed)[:-1])
        assert x0 <= x1 and y0 <= y1

    @given(st.integers(0, 10_000), st.integers(1, 48))
    def test_any_numbers_grow_and_exist(self, seed, count):
        numbers = [TOKENS.numbers.index(index) for index in said(NumbersGrammar(TOKENS, count), seed)[:-1]]
        assert numbers and numbers == sorted(set(numbers)) and max(numbers) < count

    @given(st.integers(0, 10_000))
    def test_likeliest_tokens_alone_are_chosen(self, seed):
        rng = np.random.default_rng(seed)
        logits = rng.normal(0, 2, 30)
        chances = np.exp(logits) / np.exp(logits).sum()
        chosen = choose(logits, rng)
        assert chances[chances > chances[chosen]].sum() < generation.TOP_P
        assert choose(logits, None) == logits.argmax()


def requests(seed=0):
    """One of each kind, with canvases and without, of different lengths."""
    named = SketchGrammar(TOKENS, 30, [TOKENS.encode("ant"), TOKENS.encode("coffee cup")])
    return [
        Request(Example("draw", "draw an ant", Sketch(), ""), SketchGrammar(TOKENS, 40), seed),
        Request(Example("draw in box", "add an ant in x3 y4 x40 y50", SQUARE, ""), SketchGrammar(TOKENS, 40), seed + 1),
        Request(Example("draw scene", "draw an ant left of a coffee cup", Sketch(), ""), named, seed + 2),
        Request(Example("locate", "where is the square", SQUARE, ""), BoxGrammar(TOKENS)),
        Request(Example("remove", "remove the ant", SQUARE, "", listed=True), NumbersGrammar(TOKENS, 2)),
    ]


class TestAnswers:
    @pytest.mark.parametrize("feedback", [0, 1, 2])
    def test_with_and_without_cache_they_are_the_same(self, feedback):
        kept = answers(PAINTER, requests(), feedback, maps=True)
        again = answers(PAINTER, requests(), feedback, cached=False, maps=True)
        assert [answer.ids for answer in kept] == [answer.ids for answer in again]
        for one, other in zip(kept, again, strict=True):
            assert one.maps.shape == (len(one.ids), 2, 2)
            assert one.maps == pytest.approx(other.maps, abs=1e-4)
        looks = [answer.ids.count(TOKENS.image) for answer in kept]
        assert looks[3:] == [0, 0] and (max(looks) > 0) == (feedback > 0)

    def test_a_batch_answers_as_each_alone(self):
        together = answers(PAINTER, requests(5))
        alone = [answers(PAINTER, [request])[0] for request in requests(5)]
        assert [answer.ids for answer in together] == [answer.ids for answer in alone]

    def test_canvases_are_encoded_when_they_changed_and_then_alone(self, monkeypatch):
        counted = []
        look = PAINTER.look
        monkeypatch.setattr(
            PAINTER, "look", lambda canvases, *rest: counted.append(len(canvases)) or look(canvases, *rest)
        )
        kept = answers(PAINTER, requests(), 1)
        assert counted[0] == 3 and sum(counted[1:]) == sum(answer.ids.count(TOKENS.image) for answer in kept) > 0

    def test_a_canvas_is_looked_at_after_every_so_many_strokes(self):
        for answer in answers(PAINTER, requests(), 2)[:3]:
            strokes = 0
            for index in answer.ids:
                if index == TOKENS.image:
                    assert strokes and strokes % 2 == 0
                strokes += TOKENS.kinds[index] == 2

    def test_seeds_decide(self):
        first, again, other = (answers(PAINTER, requests(seed)[:1])[0].ids for seed in (0, 0, 1))
        assert first == again != other

    def test_what_was_taught_can_be_seen_in_the_likeliest_answer(self):
        """Teacher forcing agrees with decoding: the greedy answer is the arg max of the whole row at each place."""
        from models.painter.data import prompt_ids

        request = requests()[3]
        ids = answers(PAINTER, [request])[0].ids
        row = torch.tensor([prompt_ids(request.example, TOKENS) + ids])
        picture = generation._Row(PAINTER, request, 0).first_look()
        with torch.no_grad():
            logits = PAINTER(row, torch.from_numpy(picture)[None])[0, -len(ids) - 1 :]
        grammar = BoxGrammar(TOKENS)
        for place, index in enumerate(ids):
            assert index == np.where(grammar.allowed(), logits[place].numpy(), -np.inf).argmax()
            grammar.advance(index)

    def test_a_prompt_that_fills_everything_is_refused(self):
        long = Example("draw", "draw a " * 200, Sketch(), "")
        with pytest.raises(ValueError, match="say it shorter"):
            answers(PAINTER, [Request(long, SketchGrammar(TOKENS, 10), 0)])


class TestPredictor:
    predictor = PainterPredictor(PAINTER, longest=24)

    def test_drawing_gives_strokes_of_the_word(self):
        strokes = self.predictor.draw("the ant", seed=3)
        assert strokes and {stroke.object for stroke in strokes} == {"the ant"}
        assert self.predictor.draw("The Eiffel Tower", box=(0.1, 0.1, 0.4, 0.5), canvas=SQUARE)
        assert self.predictor.draw("ant", seed=3)[0].points == strokes[0].points
        scene = self.predictor.draw_scene(["ant", "square"], "An ant, left of a square!")
        assert {stroke.object for stroke in scene} <= {"ant", "square", ""}
        assert self.predictor.complete(SQUARE, "square")

    def test_of_several_tries_the_surest_is_taken(self, monkeypatch):
        tries: list[list[Stroke]] = []
        monkeypatch.setattr(predictor, "looks_like", lambda painter, sketches, name: [0.0, 2.0, 1.0])
        draw_all = self.predictor.draw_all
        monkeypatch.setattr(self.predictor, "draw_all", lambda *asked: tries.extend(draw_all(*asked)) or tries)
        assert self.predictor.draw("ant", seed=3, tries=3) == tries[1]
        assert len({str(drawn) for drawn in tries}) == 3

    def test_likelihoods_are_those_of_each_answer_alone(self):
        asked = [Example("classify", "what is this", SQUARE, name) for name in ("ant", "the eiffel tower", "ant and a")]
        together = likelihoods(PAINTER, asked)
        assert together == pytest.approx([likelihoods(PAINTER, [example])[0] for example in asked], abs=1e-4)
        row = row_of(asked[0], TOKENS, PAINTER.config, 0)
        with torch.inference_mode():
            logits = PAINTER(torch.tensor(row.ids)[None], torch.from_numpy(row.canvases))[0].log_softmax(-1)
        told = [logits[place, row.ids[place + 1]].item() for place in range(len(row.ids) - 3, len(row.ids) - 1)]
        assert together[0] == pytest.approx(sum(told), abs=1e-4)

    def test_an_unknown_word_is_refused(self):
        with pytest.raises(ValueError, match="'giraffe' is no category that this Painter knows"):
            self.predictor.draw("giraffe")

    def test_questions_have_answers_of_their_kind(self):
        assert self.predictor.classify(SQUARE) in SHAPES
        assert self.predictor.classify(SQUARE, box=(0, 0, 1, 1)) in SHAPES
        for x0, y0, x1, y1 in (
            self.predictor.locate(SQUARE, "the square"),
            self.predictor.said_box(SQUARE, "the square"),
        ):
            assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
        assert self.predictor.relate(SQUARE, "ant", "square") in ("inside", "left of", "right of", "above", "below")

    def test_removal_takes_strokes_away_and_leaves_the_others_as_they_are(self):
        sketch = Sketch(strokes=[Stroke(points=[(0.1 * i, 0.31), (0.1 * i, 0.77)], object=str(i)) for i in range(9)])
        left = self.predictor.remove(sketch, "the roof of the Eiffel Tower")
        assert len(left.strokes) < 9 and all(stroke in sketch.strokes for stroke in left.strokes)

    def test_an_empty_canvas_is_refused(self):
        for ask in (
            self.predictor.classify,
            lambda s: self.predictor.locate(s, "ant"),
            lambda s: self.predictor.remove(s, "x"),
        ):
            with pytest.raises(ValueError, match="an empty canvas"):
                ask(Sketch())

    def test_marks_in_a_phrase_are_only_words(self):
        assert self.predictor.said_box(SQUARE, "<image> [x] x3 <answer> ant")

    def test_pictures_are_reproduced_whatever_their_ground(self):
        dark = Image.new("RGB", (90, 60), "white")
        dark.paste((0, 0, 0), (10, 10, 70, 14))
        light = Image.eval(dark, lambda value: 255 - value)
        assert np.array_equal(canvas_of(dark, 32), canvas_of(light, 32))
        assert self.predictor.reproduce(dark)[0].points == self.predictor.reproduce(np.array(light))[0].points

    def test_thin_lines_are_thickened_and_those_of_the_pen_stay(self):
        lines = Sketch(strokes=[Stroke(points=[(0.1, 0.2), (0.8, 0.9)]), Stroke(points=[(0.2, 0.8), (0.9, 0.1)])])
        taught = rasterise(lines, 128, 0.02)
        assert np.array_equal(canvas_of(taught, 128), taught)
        thin = rasterise(lines, 512, 0.006)
        assert pen_of(canvas_of(thin, 128)) > 1.5 * pen_of(cv2.resize(thin, (128, 128), interpolation=cv2.INTER_AREA))

    def test_no_picture_and_giants_are_refused(self):
        with pytest.raises(ValueError, match="float64 of shape"):
            canvas_of(np.zeros((3, 3)), 32)

        class Giant:
            size = (20_000, 20_000)

        with pytest.raises(ValueError, match="20000×20000: at most 50 million pixels"):
            canvas_of(Giant(), 32)

    @settings(max_examples=2)
    @given(st.integers(0, 100))
    def test_every_task_of_training_can_be_asked(self, seed):
        for task in TASKS:
            example = TASKS[task](CHOICE, np.random.default_rng(seed))
            grammar = SketchGrammar(TOKENS, 12) if isinstance(example.answer, Sketch) else BoxGrammar(TOKENS)
            assert answers(PAINTER, [Request(example, grammar)])[0].ids[-1] == TOKENS.end


class TestVotes:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ([[0, 2], [0], [0, 1], [2, 0]], {0}),  # two of four are no majority
            ([[0], [1], [2], [2]], {2}),  # none has one: the most named
            ([[0, 1], [0, 1], [0, 1], [2]], {0, 1}),
        ],
    )
    def test_a_part_is_what_most_answers_name(self, said, meant, monkeypatch):
        monkeypatch.setattr(predictor, "VOTES", len(said))
        seeds = []

        def answered(painter, requests):
            seeds.extend(request.seed for request in requests)
            return [Answer([*(TOKENS.numbers[number] for number in numbers), TOKENS.end]) for numbers in said]

        monkeypatch.setattr(predictor, "answers", answered)
        three = taught(Sketch(strokes=[Stroke(points=[(x, 0.2), (x, 0.8)]) for x in (0.2, 0.5, 0.8)]))
        example = Example("remove", "remove the legs of the ant", three, "", listed=True)
        assert PainterPredictor(PAINTER).numbers_of(example) == meant
        assert len(set(seeds)) == len(said)
