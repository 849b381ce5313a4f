"""The entity tracker is measured rightly on OpenPI's procedures and ProPara's grids."""

import pytest

from agents.llm import Door
from evals.language import openpi, propara
from evals.language.tracker import Change, changes, told
from tests.test_evals_language import write

# openpi -----------------------------------------------------------------------------------------------------------


def test_gold_answers_are_parsed():
    assert openpi.parsed("wetness of the top of dishes was dry before and wet afterwards") == Change(
        "the top of dishes", "wetness", "wet"
    )
    assert openpi.parsed("moisture of soil was dry before and now wet afterwards").attribute == "wetness"
    assert openpi.parsed("weight of pot was low before and high afterwards").attribute == "weight"
    assert openpi.parsed("nothing happens") is None


def test_changes_are_matched_one_to_one():
    gold = openpi.gathered(
        [
            Change("the apple", "location", "in the bowl"),
            Change("apple", "location", "on a plate"),
            Change("apples", "state", "chopped up"),
            Change("bowl", "weight", "heavier"),
            Change("knife", "cleanness", "dirty"),
        ]
    )
    ours = openpi.gathered(
        [
            Change("apple", "location", "bowl"),
            Change("apple", "shape", "sliced"),
            Change("apple", "wetness", "wet"),
            Change("knife", "cleanness", "clean"),
            Change("board", "location", "table"),
        ]
    )
    assert openpi.sizes(gold) == {"entity": 3, "attribute": 4, "value": 4}
    assert openpi.sizes(ours) == {"entity": 3, "attribute": 5, "value": 5}
    # apple and knife; the apple's place and state, the knife's cleanness; the knife's value differs
    assert openpi.matches(gold, ours) == {"entity": 2, "attribute": 3, "value": 2}
    twice = openpi.gathered([Change("apple", "shape", "sliced"), Change("apple", "state", "sliced")])
    assert openpi.matches(twice, {("apple", "shape"): {"sliced"}}) == {"entity": 1, "attribute": 1, "value": 1}
    kinds = [miss.kind for miss in openpi.misses("here", "Slice the apple.", gold, ours)]
    assert kinds.count("wrong value of cleanness") == 1 and "missed, the tracker has no “weight”" in kinds


def test_the_tracker_is_measured_on_procedures(tmp_path):
    steps = ["Put the apple in the bowl.", "Wait."]
    ids = ["www.wikihow.com/Apple||1", "www.wikihow.com/Apple||2"]
    gold = [
        [
            "location of apple was on table before and in bowl afterwards",
            "weight of bowl was low before and high afterwards",
        ],
        [],
    ]
    asked = [{"id": i, "question_metadata": {"query": step}} for i, step in zip(ids, steps, strict=True)]
    asked.append({"id": "www.wikihow.com/Untold||1", "question_metadata": {"topic": "unknown"}})
    write(tmp_path, "openpi/dev/id_question_metadata.jsonl", asked)
    write(tmp_path, "openpi/dev/id_answers.jsonl", [{"id": i, "answers": a} for i, a in zip(ids, gold, strict=True)])
    figures = openpi.measure(tmp_path, Door())
    assert "held" not in figures and figures["dev"]["steps"] == 2 and figures["dev"]["reach"] == 0.5
    expected = {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "predicted": 1, "gold": 2}
    assert figures["dev"]["value"] == pytest.approx(expected)
    # "apple and bowl are now at the bowl": both entities are right, one attribute is
    assert figures["dev"]["of_names"]["entity"]["f1"] == 1 and figures["dev"]["of_names"]["value"]["f1"] == 0.5


def test_differences_of_the_world_are_changes():
    (_, first), (_, second) = told(["Fill a pot with water.", "Slice the lemon and put it into the pot."])
    assert Change("pot", "content", "full water") in changes({}, first)
    found = changes(first, second)
    assert Change("lemon", "shape", "sliced") in found and Change("lemon", "location", "pot") in found
    assert Change("lemon", "existence", "gone") in changes(second, first)


# propara ----------------------------------------------------------------------------------------------------------


def test_changes_are_read_off_grids():
    events = propara.gold_events("oil", ["-", "?", "rock", "rock", "-", "-", "sea"])
    assert [(event.sentence, event.kind) for event in events] == [
        (1, "create"),
        (2, "move"),
        (4, "destroy"),
        (6, "create"),
    ]


def test_the_tracker_is_measured_on_grids(tmp_path):
    row = {
        "para_id": "1",
        "sentence_texts": ["Put the apple in the bowl.", "Throw away the apple."],
        "participants": ["apple ; fruit", "seed"],
        "states": [["?", "bowl", "-"], ["-", "?", "?"]],
    }
    write(tmp_path, propara.FILE, [row])
    figures = propara.measure(tmp_path, Door())
    # gold: the apple moves and is destroyed, the seed is created
    assert figures["all"] == pytest.approx({"precision": 1.0, "recall": 2 / 3, "f1": 0.8, "predicted": 2, "gold": 3})
    assert figures["create"]["f1"] == 0 and figures["destroy"]["f1"] == 1
    # the baseline moves the apple twice
    assert figures["of_names"]["precision"] == 0.5 and figures["of_names"]["recall"] == pytest.approx(1 / 3)
