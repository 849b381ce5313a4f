"""Training the judge: both phases run, resume and export; the loss falls; styles and experts are taught."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
import typer
from typer.testing import CliRunner

from models.ppjudge import config, evaluate, train
from models.ppjudge.config import ATTRIBUTES
from models.ppjudge.data import collate, judged_process
from models.ppjudge.modeling import PPJudge, load_judge
from models.ppjudge.predictor import ProcessJudge
from models.ppjudge.references import TextReferences
from tests.test_ppjudge_data import annotated  # noqa: F401 (a fixture)
from tests.test_ppjudge_network import TINY, pictures


@pytest.fixture
def sizes(monkeypatch):
    monkeypatch.setitem(config.SIZES, "tiny", TINY)
    monkeypatch.setattr(train, "REPORT", 2)


def invoke(app, *words) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def test_the_loss_falls(tiny_embedded, tmp_path):
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    batch = collate([judged_process(rng, TINY.size, TINY.slots) for _ in range(8)], TINY.size, TINY.slots)
    training = train.Training(PPJudge(TINY), torch.optim.AdamW, tmp_path, TextReferences(4, tiny_embedded))
    scores, styles = [], []
    for _ in range(40):
        found = training.losses(batch, with_style=True)
        training.descend(found, 3e-3)
        scores.append(found.score.item())
        styles.append(found.style.item())
    assert np.mean(scores[-5:]) < 0.5 * np.mean(scores[:5])
    assert np.mean(styles[-5:]) < 0.8 * np.mean(styles[:5])


def test_without_style_loss_nothing_teaches_styles(tiny_embedded, tmp_path):
    rng = np.random.default_rng(0)
    batch = collate([judged_process(rng, TINY.size, TINY.slots) for _ in range(2)], TINY.size, TINY.slots)
    training = train.Training(PPJudge(TINY), torch.optim.AdamW, tmp_path, TextReferences(4, tiny_embedded))
    for with_style in (False, True):
        training.optimizer.zero_grad()
        training.losses(batch, with_style).total.backward()
        grad = training.model.style.weight.grad
        assert (grad is not None and grad.abs().sum() > 0) == with_style


def test_both_phases_run_resume_and_export(sizes, tiny_embedded, annotated, tmp_path):  # noqa: F811
    first, weights = tmp_path / "one", tmp_path / "weights"
    common = ("--texts", tiny_embedded, "--batch-size", 2, "--threads", 1)
    phase_one = ("synthetic", "--size", "tiny", "--weights", weights, "--folder", first, *common)
    said = invoke(train.app, *phase_one, "--minutes", 0.02)
    assert "step 0" in said and "exported" in said
    state = torch.load(first / "state.pt", weights_only=True)
    said = invoke(train.app, *phase_one, "--minutes", state["spent"] / 60 + 0.01)
    assert f"step {state['step']}," in said
    again = torch.load(first / "state.pt", weights_only=True)
    assert again["step"] > state["step"] and again["processes"] == 2 * again["step"]
    log = [json.loads(line) for line in (first / "log.jsonl").read_text().splitlines()]
    assert log[-1]["step"] == again["step"] and log[-1]["error"] > 0

    average = {name: value.half() for name, value in again["average"].items()}
    exported = load_judge(weights).state_dict()
    assert all(torch.equal(exported[name].half(), value) for name, value in average.items())

    go_on = (*phase_one[:6], tmp_path / "other", *common, "--minutes", 0)
    invoke(train.app, *go_on)  # what was exported is where it starts
    later = load_judge(weights).state_dict()
    assert all(torch.equal(later[name], value) for name, value in exported.items())
    with pytest.raises(typer.BadParameter, match="another make"):
        train.earlier_judge(weights, replace(TINY, beta=0.0))

    second, tuned = tmp_path / "two", tmp_path / "tuned"
    phase_two = ("annotated", annotated, "--start-from", weights, "--weights", tuned, "--folder", second, *common)
    invoke(train.app, *phase_two, "--minutes", 0.02, "--rate", 1e-3)
    marks = ProcessJudge(tuned, texts=tiny_embedded).score(pictures(3), prompt="a red cup").attributes
    assert tuple(marks) == ATTRIBUTES
    before = ProcessJudge(weights, texts=tiny_embedded).score(pictures(3), prompt="a red cup").attributes
    assert marks != before


def test_annotated_marks_are_learned(tiny_embedded, annotated, tmp_path):  # noqa: F811
    from models.ppjudge.data import AnnotatedBatches, loader

    torch.manual_seed(0)
    batches = loader(AnnotatedBatches(annotated, 2, TINY.size, TINY.slots, 0), 0)
    training = train.Training(PPJudge(TINY), torch.optim.Adam, tmp_path, TextReferences(4, tiny_embedded))
    scores = []
    for _ in range(40):
        found = training.losses(next(batches), with_style=True)
        training.descend(found, 3e-3)
        scores.append(found.score.item())
        assert found.style == 0  # no CLIP, so no style is known
    assert scores[-1] < 0.3 * scores[0]


def test_rows_of_the_ablations_are_trained_and_measured(sizes, tiny_embedded, tmp_path):
    words = ("ablations", "--size", "tiny", "--minutes", 0.01, "--processes", 4, "--folder", tmp_path, "--threads", 1)
    said = invoke(evaluate.app, *words, "--rows", "no angular correction,no style loss", "--texts", tiny_embedded)
    rows = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")]
    assert rows == ["network", "no angular correction", "no style loss"]
    assert load_judge(tmp_path / "no_angular_correction").config.beta == 0


def test_a_table_is_printed(sizes, tiny_embedded, tmp_path):
    from models.ppjudge.modeling import save_judge

    save_judge(PPJudge(TINY), tmp_path)
    said = invoke(evaluate.app, "--weights", tmp_path, "--processes", 4, "--texts", tiny_embedded)
    for name in (*ATTRIBUTES, "**mean**", "the rule itself"):
        assert f"| {name} |" in said
