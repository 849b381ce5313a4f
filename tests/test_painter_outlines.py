"""The vocabulary's drawings as strokes to learn: true to their shapes and states, steady, short enough; and drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.painter import tasks
from models.painter.data import LONGEST, row_of
from models.painter.language import words_of
from models.painter.measures import chamfer, most_alike
from models.painter.outlines import SHAPES, as_drawn, as_it_is, canvas_box, manner_of, manners, outline
from models.painter.predictor import PainterPredictor, outline_request
from models.painter.tasks import MOST_WORDS, NUMBERS, TASKS, Drawings
from tests.painter_drawings import drawings, tiny_painter
from tools.canvas import Sketch
from tools.scene import SceneGraph, SceneObject
from tools.sketch_query import draw, drawable
from tools.strokes import _outlined, look_of, painted
from tools.vocabulary import vocabulary

CHOICE = Drawings(drawings())
nouns = st.sampled_from(sorted(vocabulary().nouns))


def ink(sketch: Sketch) -> np.ndarray:
    return np.concatenate([stroke.points for stroke in sketch.strokes])


class TestManners:
    def test_they_are_the_states_that_change_a_things_own_strokes(self):
        assert manners("candle") == ("lit",) and manners("spoon") == ()
        assert "filled" in manners("cup") and "sliced" in manners("lemon")
        assert manners("kettle") == (), "it is tilted, and steam is drawn about it"
        assert manners("tap") == ("pouring",), "it pours as it stands"

    def test_an_objects_manner_is_what_its_strokes_show(self):
        full = SceneObject(id="a", noun="cup", states=["steaming", "held"], content="tea")
        assert manner_of(full) == ("filled",)
        assert manner_of(full.model_copy(update={"content": "nothing"})) == ()
        assert manner_of(SceneObject(id="a", noun="lemon", states=["wet", "sliced"])) == ("sliced",)

    @given(nouns)
    def test_another_manner_looks_otherwise_in_some_shape(self, noun):
        for manner in manners(noun):
            pairs = [(as_it_is(noun, (manner,), shape), as_it_is(noun, (), shape)) for shape in range(SHAPES)]
            assert any(one != other for one, other in pairs)


class TestDrawn:
    @given(nouns, st.integers(0, SHAPES - 1), st.integers(0, 999))
    def test_a_steady_hand_stays_near_the_drawing_and_in_its_box(self, noun, shape, seed):
        truth, drawn = as_it_is(noun, (), shape), as_drawn(noun, (), shape, np.random.default_rng(seed))
        assert len(drawn.strokes) == len(truth.strokes) and chamfer(drawn, truth) < 0.04
        x0, y0, x1, y1 = canvas_box(noun)
        for points in (ink(truth), ink(drawn)):
            assert (points >= np.array([x0, y0]) - 1e-4).all() and (points <= np.array([x1, y1]) + 1e-4).all()

    def test_nothing_is_mirrored(self):
        kettle, rng = as_it_is("kettle", (), 0), np.random.default_rng(0)
        flipped = Sketch(
            strokes=[s.model_copy(update={"points": [(1 - x, y) for x, y in s.points]}) for s in kettle.strokes]
        )
        for _ in range(8):
            drawn = as_drawn("kettle", (), 0, rng)
            assert chamfer(drawn, kettle) < chamfer(drawn, flipped)

    @given(st.integers(0, 10_000))
    def test_a_task_names_noun_manner_and_shape_and_is_short_enough_to_be_taught(self, seed):
        example = TASKS["outline"](CHOICE, np.random.default_rng(seed))
        manner, noun, shape = self.asked(example.prompt)
        assert set(manner) <= set(manners(noun))
        assert chamfer(example.answer, as_it_is(noun, manner, shape)) < 0.05
        assert len(words_of(example.answer)) <= MOST_WORDS
        painter = PAINTER.painter
        assert len(row_of(example, painter.tokens, painter.config, 4).ids) <= LONGEST

    def test_every_noun_comes_up(self):
        rng = np.random.default_rng(0)
        named = {self.asked(tasks.outline(CHOICE, rng).prompt)[1] for _ in range(4000)}
        assert named == set(vocabulary().nouns)

    def asked(self, prompt: str) -> tuple[tuple[str, ...], str, int]:
        """What a prompt says: manner, noun and shape."""
        *words, number = prompt.split()
        said = " ".join(words)
        for lead in ("outline", "the outlines of"):
            said = said.removeprefix(lead).strip()
        names = {noun.lower(): noun for noun in vocabulary().nouns}
        whole = next(part for part in (said, said.partition(" ")[2]) if self.manner_and_noun(part, names))
        return *self.manner_and_noun(whole, names), NUMBERS.index(number)

    def manner_and_noun(self, said: str, names: dict[str, str]) -> tuple[tuple[str, ...], str] | None:
        words = said.split()
        for count in range(3):
            noun = names.get(" ".join(words[count:]))
            if noun and set(words[:count]) <= set(manners(noun)):
                return tuple(words[:count]), noun
        return None


PAINTER = PainterPredictor(tiny_painter(words=["coffee cup"], outlines=["cup", "spoon", "lemon"]), longest=60)


class TestPredictor:
    def test_what_is_most_like_the_others_is_taken(self):
        spoon, kettle = as_it_is("spoon", (), 0), as_it_is("kettle", (), 0)
        like = [as_drawn("spoon", (), 0, np.random.default_rng(seed)) for seed in range(3)]
        assert most_alike([kettle, *like]) > 0 and most_alike([spoon]) == 0

    def test_a_seed_always_draws_the_same_and_seeds_differ(self):
        one, same = (PAINTER.outline("spoon", (), 1) for _ in range(2))
        assert one == same and {stroke.object for stroke in one} == {"spoon"}
        assert len({str(PAINTER.outline("spoon", (), 1, seed)) for seed in range(4)}) > 1

    def test_manner_and_shape_are_told(self):
        assert outline_request("lemon", ("sliced",), 1).prompt == "outline a sliced lemon n1"

    def test_what_it_has_not_learned_is_refused(self):
        with pytest.raises(ValueError, match="'kettle' is none of the 3 nouns"):
            PAINTER.outline("kettle")


class TestTools:
    @pytest.fixture
    def folder(self, tmp_path):
        _outlined.cache_clear()
        PAINTER.painter.save_pretrained(tmp_path)
        return str(tmp_path)

    def test_guides_show_learned_nouns_in_their_manner_where_the_drawings_have_their_ink(self, folder, monkeypatch):
        asked, outline_of = [], PainterPredictor.outline
        monkeypatch.setattr(
            PainterPredictor, "outline", lambda self, *args: asked.append(args) or outline_of(self, *args)
        )
        cup = SceneObject(id="cup", noun="cup", content="tea")
        lemon = SceneObject(id="lemon", noun="lemon", states=["sliced"])
        scene = SceneGraph(objects=[cup, lemon, SceneObject(id="pot", noun="pot")])
        drawn = painted(scene, 0, folder)
        assert [args[:2] for args in asked] == [("cup", ("filled",)), ("lemon", ("sliced",))]
        assert set(drawn.drawings) == {"cup", "lemon"} and set(drawn.notes) == {"pot"}

    def test_drawings_lie_where_the_vocabularys_do(self, monkeypatch, folder):
        monkeypatch.setattr(
            PainterPredictor, "outline", lambda self, noun, manner, shape: as_it_is(noun, manner, shape).strokes
        )
        item = SceneObject(id="lemon", noun="lemon", states=["sliced"])
        lines = painted(SceneGraph(objects=[item]), 0, folder).drawings["lemon"].lines
        taught = outline("lemon", ("sliced",), look_of(item, 0).shape)
        assert all(np.allclose(a, b, atol=1e-3) for a, b in zip(lines, taught, strict=True))

    def test_words_are_drawn_as_people_do_or_as_the_vocabulary_has_them(self):
        assert drawable(PAINTER, "a coffee cup") == "coffee cup"
        assert drawable(PAINTER, "the teaspoon") == "spoon"
        (sketch,) = draw(PAINTER, "a spoon left of a coffee cup", None, [3])
        spoon = np.concatenate([s.points for s in sketch.strokes if s.object == "spoon"])
        cup = np.concatenate([s.points for s in sketch.strokes if s.object == "coffee cup"])
        assert spoon[:, 0].max() <= cup[:, 0].min()
        (boxed,) = draw(PAINTER, "a lemon", (0.5, 0.5, 0.9, 0.9), [0])
        assert (ink(boxed) >= 0.5 - 1e-6).all() and (ink(boxed) <= 0.9 + 1e-6).all()
