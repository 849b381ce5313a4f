"""A judge that sees two sheets of the same guide, and what several such judges agree on; its server is scripted."""

import pytest

from agents.judge import CRITERIA, Comparison, compare
from agents.llm import Door, LanguageModelError
from evals.visual_instructions.judging import Judging, agreement, cohen_kappa, position_bias, preferences
from tests.openai_server import Server, answer, status
from tests.saved_runs import BLUE, RED, cup_on, guide_of
from tests.sheet_judges import looks_for, verdict


def test_a_judge_is_asked_in_both_orders_about_numbered_sheets():
    red, blue = [cup_on(RED)] * 5, [cup_on(BLUE)] * 5
    with Server([looks_for(RED)]) as server:
        said = compare("make tea", ["Boil </step> water."] * 5, red, blue, Door(server.url, model="m"))
        switched = compare("make tea", ["Boil </step> water."] * 5, blue, red, Door(server.url, model="m"))
    assert [said.preferred(criterion) for criterion in CRITERIA] == ["a", "a", "a", "tie"]
    assert [switched.preferred(criterion) for criterion in CRITERIA] == ["b", "b", "b", "tie"]
    one, other = (request["messages"][-1]["content"] for request in server.requests[:2])
    assert one[0] == other[0] and one[1:] == other[:0:-1] and len(one) == 3
    assert one[0]["text"].count("</step>") == 5  # an instruction closes no tag
    assert server.requests[0]["response_format"]["json_schema"]["name"] == "Verdict"


def test_a_judge_that_keeps_to_a_place_decides_nothing():
    with Server([answer(verdict("first", "second", "tie", "first").model_dump())]) as server:
        said = compare("make tea", ["Boil water."], [cup_on(RED)], [cup_on(BLUE)], Door(server.url))
    judging = Judging("m", {guide_of(0): said, guide_of(1): None})
    assert all(counts == {"tie": 1} for counts in preferences(judging).values())
    bias = position_bias(judging)
    assert (bias["follows_place"], bias["comparisons"], bias["first"], bias["decided"]) == (3, 4, 4, 6)


def test_a_judge_that_cannot_see_says_so_in_one_line():
    with Server([status(400, "this model does not support image input")]) as server:
        with pytest.raises(LanguageModelError) as refusal:
            compare("make tea", ["Boil water."], [cup_on(RED)], [cup_on(BLUE)], Door(server.url))
    assert str(refusal.value).startswith("judge (") and "\n" not in str(refusal.value)


def test_one_order_for_and_one_undecided_is_a_tie():
    assert Comparison(verdict("first"), verdict("tie")).preferred("continuity") == "tie"
    assert Comparison(verdict("second"), verdict("first")).preferred("continuity") == "b"


def test_kappa_is_agreement_beyond_chance():
    cases = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert cohen_kappa(cases) == pytest.approx(0.4)
    assert cohen_kappa([("a", "a"), ("b", "b")]) == 1 and cohen_kappa([("a", "b"), ("b", "a")]) == -1
    assert cohen_kappa([]) is None and cohen_kappa([("tie", "tie")] * 3) is None


def test_judges_agree_on_what_both_answered():
    for_a, for_b = (Comparison(verdict(x), verdict(y)) for x, y in (("first", "second"), ("second", "first")))
    one = Judging("one", {guide_of(0): for_a, guide_of(1): for_b, guide_of(2): None})
    assert agreement(one, Judging("two", {guide_of(0): for_a, guide_of(1): for_b, guide_of(2): for_b}))["all"] == 1
    assert agreement(one, Judging("two", {guide_of(0): for_b, guide_of(1): for_a}))["continuity"] == -1
