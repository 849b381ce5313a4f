"""Rows, batches and the training commands: what is taught, that the loss falls, that a stopped training goes on."""

import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from models.painter import data, train
from models.painter.data import IGNORED, Row, bucketed, collate, padded, row_of
from models.painter.judge import Judge
from models.painter.language import sketch_of
from models.painter.modeling import Painter, PainterConfig
from models.painter.pictures import PictureBatches, enlarged, picture
from models.painter.quickdraw import QuickDrawError, is_held_out
from models.painter.tasks import TASKS, Drawings, draw, random_example, remove
from models.painter.training import Plan, Training
from tests.painter_drawings import drawings, tiny_painter, write
from tools.canvas import Sketch, rasterise

CHOICE = Drawings(drawings())


@pytest.fixture(scope="module")
def painter():
    return tiny_painter()


def answer_of(row, painter):
    ids = row.ids.tolist()
    return ids[ids.index(painter.tokens.answer) + 1 :]


class TestRows:
    @pytest.mark.parametrize("task", TASKS)
    def test_an_answer_can_be_read_back_from_its_tokens(self, painter, task):
        for seed in range(10):
            example = TASKS[task](CHOICE, np.random.default_rng(seed))
            row = row_of(example, painter.tokens, painter.config, 2)
            answer = answer_of(row, painter)
            assert answer[-1] == painter.tokens.end
            assert (row.ids == painter.tokens.image).sum() == len(row.canvases)
            if isinstance(example.answer, Sketch):
                assert sketch_of(painter.tokens.words(answer)).strokes == example.answer.strokes
            elif example.answer[1].isdigit():
                assert " ".join(painter.tokens.words(answer)) == example.answer
            else:
                assert painter.tokens.text(answer[:-1]) == example.answer

    def test_only_answers_are_taught_and_placeholders_are_passed_over(self, painter):
        example = draw(Drawings([d for d in drawings() if len(d.strokes) == 3]), np.random.default_rng(0))
        row = row_of(example, painter.tokens, painter.config, 1)
        start = row.ids.tolist().index(painter.tokens.answer)
        assert (row.targets[:start] == IGNORED).all() and row.targets[-1] == IGNORED
        images = np.flatnonzero(row.ids == painter.tokens.image)
        assert len(images) == 2 == len(row.canvases)
        for place in images:
            assert row.targets[place - 1] == row.targets[place] == row.ids[place + 1]
        rest = [place for place in range(start, len(row.ids) - 1) if place + 1 not in images and place not in images]
        assert (row.targets[rest] == row.ids[np.array(rest) + 1]).all()

    def test_each_canvas_shows_what_is_drawn_before_it(self, painter):
        example = draw(Drawings([d for d in drawings() if len(d.strokes) == 3]), np.random.default_rng(0))
        row = row_of(example, painter.tokens, painter.config, 1)
        for count, canvas in enumerate(row.canvases, 1):
            shown = Sketch(strokes=example.answer.strokes[:count])
            assert (canvas == rasterise(shown, painter.config.canvas, painter.config.pen)).all()

    def test_a_copy_sees_its_original_all_the_time(self, painter):
        example = TASKS["reproduce"](CHOICE, np.random.default_rng(3))
        assert len(row_of(example, painter.tokens, painter.config, 1).canvases) == 1

    def test_strokes_to_remove_are_listed_after_the_canvas(self, painter):
        row = row_of(remove(CHOICE, np.random.default_rng(0)), painter.tokens, painter.config, 0)
        ids = row.ids.tolist()
        listed = [place for place, index in enumerate(ids) if index in painter.tokens.numbers]
        assert listed[0] == ids.index(painter.tokens.image) + 1


class TestBatches:
    @given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.integers(60, 300))
    def test_groups_hold_every_row_once_and_keep_to_the_budget(self, lengths, budget):
        rows = [Row(np.full(n, i), np.zeros(n, int), np.zeros((0, 4, 4), np.uint8)) for i, n in enumerate(lengths)]
        groups = bucketed(rows, budget)
        assert sorted(row.ids[0] for group in groups for row in group) == list(range(len(lengths)))
        for group in groups:
            assert len(group) == 1 or len(group) * padded(max(len(row.ids) for row in group)) <= budget
        assert all((len(group) + 1) * padded(len(group[0].ids)) > budget for group in groups[:-1])

    def test_padding_is_not_taught_and_masked(self, painter):
        rng = np.random.default_rng(0)
        rows = [row_of(random_example(CHOICE, rng), painter.tokens, painter.config, 2) for _ in range(6)]
        batch = collate(rows, painter.tokens.pad)
        assert batch.mask.sum(1).tolist() == [len(row.ids) for row in rows]
        assert (batch.targets[batch.mask == 0] == IGNORED).all()
        assert len(batch.canvases) == (batch.ids == painter.tokens.image).sum()

    def test_the_same_seed_gives_the_same_batches(self, painter, monkeypatch):
        monkeypatch.setattr(data, "POOL", 8)
        arguments = (CHOICE, painter.tokens, painter.config, 512)
        first, again, other = (next(iter(data.PainterBatches(*arguments, seed))) for seed in (0, 0, 1))
        assert torch.equal(first.ids, again.ids)
        assert first.ids.shape != other.ids.shape or not torch.equal(first.ids, other.ids)


class TestPictures:
    def test_drawings_and_bitmaps_become_canvases_with_ink(self):
        rng = np.random.default_rng(0)
        bitmap = np.zeros((28, 28), np.uint8)
        bitmap[8:20, 13:15] = 255
        for made in (picture(CHOICE.all[0], 64, rng, 0.02), enlarged(bitmap, 64, rng)):
            assert made.shape == (64, 64) and made.dtype == np.uint8
            assert made.max() > 200 and 0.005 < (made > 128).mean() < 0.5

    def test_labels_are_those_of_the_words(self):
        words = CHOICE.words
        batch = next(iter(PictureBatches(CHOICE, None, words, 16, 32, 0.05, 0)))
        assert batch.canvases.shape == (16, 32, 32)
        assert (batch.shares.max(1).values == 1).all() and (batch.shares.sum(1) == 1).all()
        pairs = next(iter(PictureBatches(CHOICE, None, words, 16, 32, 0.05, 0, pairs=1.0)))
        assert (pairs.shares.sum(1) == 1).all() and (pairs.shares == 0.5).any()


class TestMaterial:
    def test_one_category_alone_is_refused(self, tmp_path):
        path = write(tmp_path) / "drawings.ndjson"
        path.write_text("\n".join(line for line in path.read_text().splitlines() if '"ant"' in line))
        with pytest.raises(QuickDrawError, match="at least two categories"):
            train.read_material(path, None)

    def test_held_out_drawings_are_not_in_it(self, tmp_path):
        material = train.read_material(write(tmp_path), None)
        assert len(material.drawings.all) < 150 and not any(is_held_out(d.key) for d in material.drawings.all)
        assert material.bitmaps is None and material.words == CHOICE.words


class TestTraining:
    def test_the_loss_falls(self, painter, tmp_path):
        """Twenty drawings by heart: a third of the loss is gone in a few steps."""
        torch.manual_seed(0)
        rng = np.random.default_rng(0)
        painter = tiny_painter()
        rows = [row_of(random_example(CHOICE, rng), painter.tokens, painter.config, 2) for _ in range(20)]
        batch = collate([row for row in rows if len(row.ids) < 120], painter.tokens.pad)
        training = Training(train.Answering(painter), tmp_path, Plan(1, 1e-2))
        losses = [training.descend(batch, 60).loss.item() for _ in range(60)]
        assert losses[-1] < 0.66 * losses[0]

    def test_a_stopped_training_goes_on_where_it_was(self, tmp_path):
        def run(minutes):
            training = Training(train.Naming(Judge(CHOICE.words, 4)), tmp_path, Plan(minutes, 1e-3, report_steps=1))
            return training, training.run(
                lambda seed: iter(PictureBatches(CHOICE, None, CHOICE.words, 4, 64, 0.03, seed))
            )

        first, average = run(0.005)
        second, _ = run(0.01)
        assert second.step > first.step > 0 and second.examples == 4 * second.step and second.spent >= 0.6
        records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
        assert [record["step"] for record in records] == list(range(1, second.step + 1))
        again = Training(train.Naming(Judge(CHOICE.words, 4)), tmp_path, Plan(0.01, 1e-3))
        for mean, kept in zip(again.average.parameters(), second.average.parameters(), strict=True):
            assert torch.equal(mean, kept)

    def test_the_commands_train_one_after_the_other(self, tmp_path, monkeypatch):
        """Tiny sizes of the same classes."""
        small = tiny_painter().config
        config = PainterConfig(small.decoder, small.vision, canvas=32, heads=2, pen=0.05, feedback=2)
        monkeypatch.setattr(train, "embedded_config", lambda: config)
        monkeypatch.setattr(data, "POOL", 16)
        places = ["--data", str(write(tmp_path)), "--folder", str(tmp_path / "state"), "--workers", "0"]
        common = [*places, "--minutes", "0.01"]
        np.savez(tmp_path / "bitmaps.npz", bitmap=np.zeros((2, 28, 28), np.uint8), word=np.array(["ant", "zebra"]))
        weights = ["--weights", str(tmp_path / "weights")]
        refused = CliRunner().invoke(train.app, ["painter", *common, *weights])
        assert isinstance(refused.exception, FileNotFoundError) and "train vision" in str(refused.exception)
        for command in (
            ["judge", "--batch-size", "4"],
            ["vision", "--batch-size", "4"],
            ["painter", "--batch-tokens", "256"],
        ):
            done = CliRunner().invoke(train.app, [*command, *common, *(weights if command[0] == "painter" else [])])
            assert done.exit_code == 0, done.exception
        painter = Painter.from_pretrained(tmp_path / "weights")
        assert painter.tokens.encode("roof") == [painter.tokens.tokenizer.get_vocab()["roof"]]
        assert Judge.from_pretrained(tmp_path / "state" / "judge").words == CHOICE.words
        tower = train.load_file(tmp_path / "state" / "vision" / "tower.safetensors")
        kept = painter.tower.backbone.state_dict()
        assert all(torch.allclose(kept[name].float(), value.float(), atol=1e-2) for name, value in tower.items())

        elsewhere = ["--data", str(tmp_path), "--folder", str(tmp_path / "other"), "--workers", "0", *weights]
        done = CliRunner().invoke(train.app, ["painter", *elsewhere, "--minutes", "0"])  # no tower there: it goes on
        assert done.exit_code == 0, done.exception
        later = Painter.from_pretrained(tmp_path / "weights").state_dict()
        assert all(torch.equal(later[name], value) for name, value in painter.state_dict().items())
        painter.config.words = ["zebra"]
        painter.save_pretrained(tmp_path / "weights")
        refused = CliRunner().invoke(train.app, ["painter", *elsewhere, "--minutes", "0"])
        assert isinstance(refused.exception, QuickDrawError) and "--weights" in str(refused.exception)
