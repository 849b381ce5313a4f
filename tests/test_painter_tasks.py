"""Scenes and tasks: every relation is true by geometry, every answer follows from the canvas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.painter import phrasings, scenes, tasks
from models.painter.language import GRID, cells_of, on_grid
from models.painter.phrasings import box_words
from models.painter.quickdraw import Drawing
from models.painter.scenes import RELATIONS, compose, holds, relations_between
from models.painter.tasks import NUMBERS, TASKS, Drawings
from tests.painter_drawings import drawings
from tools.canvas import Sketch

CHOICE = Drawings(drawings())
seeds = st.integers(0, 10_000)
corners = st.tuples(*[st.floats(0, 1)] * 4)
boxes = corners.map(lambda c: (min(c[0], c[2]), min(c[1], c[3]), max(c[0], c[2]), max(c[1], c[3])))


class TestRelations:
    @given(boxes, boxes)
    def test_opposites_hold_the_other_way_round_and_never_both(self, a, b):
        for one, other in (("left of", "right of"), ("above", "below"), ("bigger than", "smaller than")):
            assert holds(one, a, b) == holds(other, b, a)
            assert not (holds(one, a, b) and holds(other, a, b)) or a[0] == a[2] or a[1] == a[3]
        assert holds("next to", a, b) == holds("next to", b, a)
        if holds("inside", a, b):
            assert not holds("inside", b, a) and not holds("bigger than", a, b)

    @given(seeds, st.integers(1, 4))
    def test_scenes_stay_on_the_canvas_and_say_only_what_is_true_of_their_ink(self, seed, count):
        rng = np.random.default_rng(seed)
        placed = compose([CHOICE.any(rng) for _ in range(count)], rng)
        assert 1 <= len(placed) <= count and len({item.word for item in placed}) == len(placed)
        for item in placed:
            points = np.concatenate(item.strokes)
            assert points.min() >= -1e-6 and points.max() <= 1 + 1e-6
            assert item.box == pytest.approx((*points.min(0), *points.max(0)))
        for a in placed:
            for b in placed:
                for relation in relations_between(a.box, b.box) if a is not b else []:
                    self.check(relation, np.concatenate(a.strokes), np.concatenate(b.strokes))

    def check(self, relation, a, b):
        """Said again, of all points of the ink."""
        size = {key: np.ptp(points, axis=0).prod() for key, points in (("a", a), ("b", b))}
        assert {
            "left of": a[:, 0].max() <= b[:, 0].min(),
            "right of": a[:, 0].min() >= b[:, 0].max(),
            "above": a[:, 1].max() <= b[:, 1].min(),
            "below": a[:, 1].min() >= b[:, 1].max(),
            "inside": (a.min(0) >= b.min(0)).all() and (a.max(0) <= b.max(0)).all(),
            "next to": max(a[:, 0].min() - b[:, 0].max(), b[:, 0].min() - a[:, 0].max()) <= scenes.NEAR,
            "bigger than": size["a"] >= 1.4 * size["b"],
            "smaller than": size["b"] >= 1.4 * size["a"],
        }[relation]

    def test_all_relations_come_up(self):
        rng = np.random.default_rng(0)
        seen = set()
        for _ in range(150):
            first, second, *_ = CHOICE.scene(rng)
            seen |= {*relations_between(first.box, second.box), *relations_between(second.box, first.box)}
        assert seen == set(RELATIONS)


class TestTasks:
    @pytest.mark.parametrize("task", TASKS)
    @given(seed=seeds)
    def test_what_is_seen_and_drawn_is_on_the_grid(self, task, seed):
        example = TASKS[task](CHOICE, np.random.default_rng(seed))
        assert example.task == task and "{" not in example.prompt and example.prompt == example.prompt.lower()
        assert on_grid(example.canvas) == example.canvas
        if isinstance(example.answer, Sketch):
            assert example.answer.strokes and on_grid(example.answer) == example.answer
        else:
            assert example.answer

    @pytest.mark.parametrize("task", phrasings.PHRASINGS)
    def test_there_are_several_phrasings(self, task):
        rng = np.random.default_rng(0)
        assert len(set(phrasings.PHRASINGS[task])) >= 2
        assert len({TASKS[task](Drawings(drawings(1)), rng).prompt for _ in range(30)}) >= 2

    @given(seeds)
    def test_what_is_removed_is_the_thing_and_all_of_it(self, seed):
        example = tasks.remove(CHOICE, np.random.default_rng(seed))
        numbers = {NUMBERS.index(word) for word in example.answer.split()}
        words = {stroke.object for i, stroke in enumerate(example.canvas.strokes) if i in numbers}
        assert len(words) == 1 and phrasings.name_of(words.pop()) in example.prompt
        rest = {stroke.object for i, stroke in enumerate(example.canvas.strokes) if i not in numbers}
        assert rest and not rest & words

    @given(seeds)
    def test_a_part_is_some_strokes_of_the_thing(self, seed):
        example = tasks.remove_part(CHOICE, np.random.default_rng(seed))
        numbers = [NUMBERS.index(word) for word in example.answer.split()]
        assert 0 < len(numbers) < len(example.canvas.strokes) == 3
        if "ornament" in example.prompt:
            assert numbers == [1, 2]

    @given(seeds)
    def test_a_located_box_is_round_the_thing(self, seed):
        example = tasks.locate(CHOICE, np.random.default_rng(seed))
        names = {phrasings.name_of(stroke.object): stroke.object for stroke in example.canvas.strokes}
        word = next(word for name, word in names.items() if example.prompt.endswith(f"the {name}"))
        points = [point for stroke in example.canvas.strokes if stroke.object == word for point in stroke.points]
        cells = cells_of(points)
        drawn = [*cells.min(0).tolist(), *cells.max(0).tolist()]
        said = [int(part[1:]) for part in example.answer.split()]
        assert np.abs(np.subtract(drawn, said)).max() <= 2  # simplified strokes may be a little smaller

    @given(seeds)
    def test_places_and_sizes_are_true(self, seed):
        rng = np.random.default_rng(seed)
        placed, (first, second) = tasks._two(CHOICE, rng, lambda a, b: tasks.place_of(a, b) is not None)
        assert holds(tasks.place_of(first.box, second.box), first.box, second.box)
        assert tasks.compare(CHOICE, rng).answer in ("bigger than", "smaller than")
        assert tasks.relate(CHOICE, rng).answer in tasks.PLACES

    @given(seeds)
    def test_a_completed_drawing_is_canvas_and_answer(self, seed):
        example = tasks.complete(CHOICE, np.random.default_rng(seed))
        assert example.canvas.strokes and example.answer.strokes

    def test_strokes_are_listed_with_their_boxes(self):
        sketch = tasks.taught(scenes.sketch_of_scene(CHOICE.scene(np.random.default_rng(0))))
        listed = tasks.listing(sketch).split()
        assert len(listed) == 5 * len(sketch.strokes) and listed[::5] == NUMBERS[: len(sketch.strokes)]
        assert box_words((0, 0, 1, 0.5)) == f"x0 y0 x{GRID - 1} y{GRID // 2}"

    def test_scenes_name_their_things_once_each_in_order(self):
        example = tasks.draw_scene(CHOICE, np.random.default_rng(1))
        labels = list(dict.fromkeys(stroke.object for stroke in example.answer.strokes))
        assert len(labels) >= 2 and all(label in example.prompt for label in labels)
        assert [example.prompt.index(label) for label in labels] == sorted(map(example.prompt.index, labels))

    def test_a_removal_with_no_known_parts_is_of_the_whole(self):
        plain = Drawings([Drawing(d.word, d.key, d.strokes) for d in drawings(1)])
        assert tasks.remove_part(plain, np.random.default_rng(0)).task == "remove"

    def test_every_word_of_prompts_is_known(self):
        rng = np.random.default_rng(0)
        known = set(phrasings.words_of_prompts(CHOICE.words, ["body", "roof", "door", "ornament"]))
        for _ in range(300):
            example = tasks.random_example(CHOICE, rng)
            assert {word for word in example.prompt.split() if not word[1:].isdigit()} <= known
