"""What answers took: counted by role, priced only at the user's prices, and stopped at the budget."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from agents.ledger import Ledger, Usage, total
from agents.llm import BudgetExceeded
from tests.doors import GOOD, Steps, open_door, put
from tests.openai_server import Server, answer, says, status, uncounted

PRICES = {"m": (10.0, 100.0), "free": (0.0, 0.0)}
"""An answer of `m`, 80 tokens in and 20 out, costs 0.0028."""
NEEDED = ("nouns", "colours", "states", "substances", "relations", "grounds", "max_objects")


def stopped(door) -> str:
    with pytest.raises(BudgetExceeded) as caught:
        put(door)
    assert "\n" not in str(caught.value) and str(caught.value).startswith(f"planner ({door.describe('planner')}): ")
    return str(caught.value)


def test_tokens_of_prompts_and_answers_are_counted_apart_by_role() -> None:
    with Server([answer(GOOD)]) as server:
        door = open_door(server)
        put(door)
        put(door)
        door.ask("scene_grapher", Steps, prompt="tea", reference=dict.fromkeys(NEEDED, []))
    assert door.ledger.by_role() == {
        "planner": Usage(requests=2, prompt_tokens=160, completion_tokens=40, unpriced=2),
        "scene_grapher": Usage(requests=1, prompt_tokens=80, completion_tokens=20, unpriced=1),
    }
    assert door.ledger.spent()["llm_tokens"] == 300


def test_answers_that_do_not_fit_are_paid_for_too() -> None:
    with Server([says("no"), answer(GOOD)]) as server:
        door = open_door(server)
        put(door)
    assert door.ledger.total.requests == 2 and door.ledger.total.tokens == 200


def test_tokens_are_counted_from_many_threads() -> None:
    with Server([answer(GOOD)]) as server:
        door = open_door(server)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(put, [door] * 16))
    assert door.ledger.total.tokens == 1600


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": 7}, {"prompt_tokens": -1, "completion_tokens": 2}, "no"])
def test_tokens_that_the_server_does_not_count_are_estimated_and_said_to_be(usage) -> None:
    with Server([uncounted(json.dumps(GOOD), usage)]) as server:
        door = open_door(server, ledger=Ledger(PRICES))
        put(door)
    spent = door.ledger.total
    assert spent.prompt_tokens > 100 and 5 < spent.completion_tokens < 20 and spent.estimated == 1
    assert str(spent).startswith("about ") and "cost about " in str(spent)


def test_money_is_named_at_the_users_prices_and_never_without() -> None:
    with Server([answer(GOOD)]) as server:
        door = open_door(server, ledger=Ledger(PRICES))
        put(door)
        assert str(door.ledger.total) == "80 tokens in, 20 out, cost 0.0028"
        door = open_door(server, ledger=Ledger({"other": (10.0, 100.0)}))
        put(door)
        assert str(door.ledger.total) == "80 tokens in, 20 out"
    partly = total([Usage(requests=1, cost=0.5), Usage(requests=1, unpriced=1)])
    assert "cost" not in str(partly)
    assert str(Usage(requests=1, prompt_tokens=1200, cost=1e-6)) == "1,200 tokens in, 0 out, cost 0.000001"


def test_the_budget_of_tokens_stops_before_the_next_request() -> None:
    with Server([answer(GOOD)]) as server:
        door = open_door(server, ledger=Ledger(max_tokens=150))
        put(door)
        put(door)
        line = stopped(door)
    assert "the budget of 150 tokens is spent (200 so far); allow more with --max-tokens" in line
    assert len(server.requests) == 2


def test_the_budget_of_money_stops_before_the_next_request_that_costs_some() -> None:
    with Server([answer(GOOD)]) as server:
        door = open_door(server, ledger=Ledger(PRICES, max_cost=0.005))
        put(door)
        put(door)
        assert "the budget of 0.005 is spent (0.0056 so far); allow more with --max-cost" in stopped(door)
        door.model = "free"
        assert put(door).title == "Tea"
        assert "the budget of 0 is spent" in stopped(open_door(server, ledger=Ledger(PRICES, max_cost=0)))
    assert len(server.requests) == 3


def test_a_budget_of_money_needs_a_price() -> None:
    with Server([answer(GOOD)]) as server:
        line = stopped(open_door(server, model="gpt-x", ledger=Ledger(PRICES, max_cost=1)))
    assert "'gpt-x' has no price" in line and """ATELIER_PRICES='{"gpt-x": [IN, OUT]}'""" in line
    assert not server.requests


def test_a_budget_counts_what_was_spent_before_and_what_others_spend_meanwhile(tmp_path) -> None:
    def ledger(task, **options):
        return Ledger(max_tokens=300, task=task, journal=tmp_path / "run" / "usage.jsonl", **options)

    with Server([answer(GOOD)]) as server:
        settled = {"earlier": Usage(requests=1, prompt_tokens=100), "settled": {"plan:1"}}
        put(open_door(server, ledger=ledger("plan:1")))
        put(open_door(server, ledger=ledger("scene:2", **settled)))
        other = open_door(server, ledger=ledger("scene:3", **settled))
        put(other)
        assert "(300 so far)" in stopped(other)
        again = open_door(server, ledger=ledger("scene:2", **settled))
        assert "(300 so far)" in stopped(again) and again.ledger.spent()["llm_tokens"] == 100
    assert len(server.requests) == 3


def test_half_a_line_of_a_killed_run_spoils_no_other(tmp_path) -> None:
    journal = tmp_path / "usage.jsonl"
    Ledger(journal=journal).record("planner", "m", 10, 1)
    journal.write_text(journal.read_text() + '\n{"requests": 1, "prom')
    Ledger(journal=journal).record("planner", "m", 20, 2)
    assert Ledger(journal=journal).total.tokens == 33


def test_a_request_that_fails_is_not_counted() -> None:
    with Server([status(500), answer(GOOD)]) as server:
        door = open_door(server)
        put(door)
    assert len(server.requests) == 2 and door.ledger.total.requests == 1
