"""The whole instruct graph with a language model, and with one that fails: one clear line, nothing finished is lost."""

import json
import re
from pathlib import Path

import pytest

from graphs.resources import Environment, environment
from tests.openai_server import Server, answer, hangs, says, status
from tests.test_command_line import refused, run

PLAN = {"title": "Brew <b>tea</b>", "instructions": ["Put a tea bag in a cup.", "Pour water in."], "ambiguity": None}
NEW_CUP = [{"name": "cup", "link": "new", "step": None}]
SAME_CUP = [{"name": "cup", "link": "similar", "step": 1}]
CAPTIONS = [
    {"action": "Put a tea bag in a cup.", "state": "A red cup holds a tea bag.", "objects": NEW_CUP},
    {"action": "Pour water in.", "state": "The red cup is full.", "objects": SAME_CUP},
]
MATRIX = {"matrix": [[1.0, 0.9], [0.7, 1.0]]}
SCENE = {
    "objects": [
        {"id": "mug", "name": "mug", "noun": "mug", "count": 1, "colour": "red", "states": [], "content": "tea"},
        {"id": "urn", "name": "samovar", "noun": "samovar", "count": 1, "colour": None, "states": [], "content": None},
    ],
    "relations": [{"subject": "mug", "relation": "left of", "object": "urn"}],
    "ground": "wooden table",
}
AGREED: dict[str, list] = {"contradictions": []}
SCRIPT = [PLAN, *CAPTIONS, MATRIX, SCENE, SCENE, AGREED, AGREED]
KEY = "sk-secret-of-the-user"
GOAL = "how to repot a fern"
COUNTED = {"requests": 1, "prompt_tokens": 80, "completion_tokens": 20}


@pytest.fixture
def tiny(tiny_embedded, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter")]
    return [*models, "--size", "64", "--max-rounds", "0", "--model", "m"]


def test_a_model_plays_every_role(home, tiny):
    with Server([answer(value) for value in SCRIPT]) as server:
        result = run(GOAL, "--llm", server.url, "--json", *tiny)
    assert result.exit_code == 0, result.output
    assert len(server.requests) == len(SCRIPT)
    report = json.loads(result.stdout)
    folder = home / report["run"]
    trajectory = json.loads((folder / "trajectory.json").read_text())
    assert trajectory["similarity"] == [[1.0, 0.8], [0.8, 1.0]] and trajectory["notes"]
    assert trajectory["steps"][0]["scene"]["objects"][0]["noun"] == "cup"
    assert "samovar" in trajectory["steps"][0]["substitutions"]
    assert sum(cost["llm_tokens"] for cost in trajectory["costs"]) == 100 * len(SCRIPT)
    assert "<b>tea</b>" not in (folder / "index.html").read_text()


def test_no_file_of_a_run_holds_the_key(home, tiny, monkeypatch):
    with Server([answer(value) for value in SCRIPT]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run(GOAL, *tiny).exit_code == 0
    assert server.keys == [f"Bearer {KEY}"] * len(SCRIPT)
    assert all(KEY.encode() not in path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "failure, words",
    [(status(401), ["recaptioner", "key"]), (status(404), ["recaptioner"]), (says("no json here"), ["recaptioner"])],
    ids=["401", "404", "not-json"],
)
def test_a_failing_model_ends_in_one_line_and_the_run_goes_on_from_there(home, tiny, failure, words):
    with Server([answer(PLAN), failure]) as server:
        refused(run(GOAL, "--llm", server.url, *tiny), "--resume", *words)
        server.script[:] = [answer(value) for value in SCRIPT[1:]]
        asked = len(server.requests)
        (identity,) = [path.parent.name for path in home.glob("*/checkpoints.sqlite")]
        resumed = run("--resume", identity)
        assert resumed.exit_code == 0, resumed.output
        assert len(server.requests) - asked == len(SCRIPT) - 1, "the plan was asked for again"
    assert (home / identity / "index.html").exists()


def only_run(home) -> str:
    (identity,) = [path.parent.name for path in home.glob("*/checkpoints.sqlite")]
    return identity


def test_what_every_role_took_is_in_the_ledger_and_at_the_end(home, tiny, monkeypatch):
    monkeypatch.setenv("ATELIER_PRICES", '{"m": [10, 100]}')
    with Server([answer(value) for value in SCRIPT]) as server:
        result = run(GOAL, "--llm", server.url, *tiny)
    assert result.stdout.splitlines()[0].endswith(" s; 640 tokens in, 160 out, cost 0.0224")
    ledger = json.loads((home / only_run(home) / "ledger.json").read_text())
    assert ledger["roles"]["planner"] == COUNTED | {"cost": 0.0028}
    assert ledger["roles"]["recaptioner"]["requests"] == 2
    costs = {cost["node"]: cost for cost in ledger["costs"]}
    assert costs["plan"]["roles"] == {"planner": COUNTED | {"cost": 0.0028}}
    assert costs["subsample"]["llm_tokens"] == 200 and costs["render"]["roles"] == {}


def test_no_money_is_named_without_a_price_and_nothing_of_models_without_one(home, tiny):
    with Server([answer(value) for value in SCRIPT]) as server:
        result = run(GOAL, "--llm", server.url, *tiny)
    assert result.stdout.splitlines()[0].endswith(" s; 640 tokens in, 160 out")
    assert '"cost"' not in (home / only_run(home) / "ledger.json").read_text()
    plain = run("tea", "--steps", "-", *tiny, input="Boil water.")
    assert plain.stdout.splitlines()[0].endswith(" s") and "tokens" not in plain.stdout


def test_a_second_run_asks_nothing_and_costs_nothing(home, tiny):
    with Server([answer(value) for value in SCRIPT]) as server:
        assert run(GOAL, "--llm", server.url, *tiny).exit_code == 0
        again = run(GOAL, "--llm", server.url, "--json", *tiny)
        assert len(server.requests) == len(SCRIPT)
        report = json.loads(again.stdout)
        assert report["usage"] == {"from_cache": len(SCRIPT)}


def test_the_environment_may_switch_the_cache_off(home, tiny, monkeypatch):
    monkeypatch.setenv("ATELIER_CACHE", "0")
    with Server([answer(PLAN), status(401)]) as server:
        refused(run(GOAL, "--llm", server.url, *tiny), "recaptioner")
        assert not (home / ".cache").exists()
        monkeypatch.setenv("ATELIER_CACHE", "1")
        environment.cache_clear()
        server.script.insert(0, answer(PLAN))
        refused(run(GOAL, "--llm", server.url, *tiny), "recaptioner")
        assert (home / ".cache").exists()


@pytest.mark.parametrize("caching", [(), ("--no-cache",)], ids=["cache", "no-cache"])
def test_the_budget_spans_nodes_and_resumptions_and_nothing_is_lost(home, tiny, caching):
    with Server([answer(value) for value in SCRIPT]) as server:
        limited = run(GOAL, "--llm", server.url, "--max-tokens", "200", *caching, *tiny)
        refused(limited, "recaptioner", "200 tokens", "--max-tokens", f"--resume {only_run(home)}")
        assert limited.exit_code == 1 and len(server.requests) == 2
        refused(run("--resume", only_run(home)), "recaptioner", "(200 so far)")
        assert len(server.requests) == 2, "what the unfinished node had spent was forgotten"
        if caching:
            server.script.insert(0, answer(CAPTIONS[0]))
        result = run("--resume", only_run(home), "--max-tokens", "1000")
        assert result.exit_code == 0, result.output
    asked = len(SCRIPT) + len(caching)
    assert len(server.requests) == asked
    trajectory = json.loads((home / only_run(home) / "trajectory.json").read_text())
    assert sum(cost["llm_tokens"] for cost in trajectory["costs"]) == 100 * asked
    assert "max_tokens" not in trajectory["settings"]


def test_the_budget_counts_what_the_state_knows_to_be_spent(home, tiny):
    with Server([answer(PLAN), *[answer(caption) for caption in CAPTIONS], status(401)]) as server:
        refused(run(GOAL, "--llm", server.url, *tiny), "similarity", "API key")
        (home / only_run(home) / "usage.jsonl").unlink()
        refused(run("--resume", only_run(home), "--max-tokens", "300"), "similarity", "(300 so far)")
    assert len(server.requests) == 4


def test_the_budget_of_money_stops_the_run(home, tiny, monkeypatch):
    monkeypatch.setenv("ATELIER_PRICES", '{"m": [10, 100]}')
    monkeypatch.setenv("ATELIER_MAX_COST", "0.005")
    with Server([answer(value) for value in SCRIPT]) as server:
        refused(run(GOAL, "--llm", server.url, *tiny), "recaptioner", "budget of 0.005", "--max-cost", "--resume")
        refused(run("--resume", only_run(home), "--max-cost", "0.006"), "similarity", "(0.0084 so far)")
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "option, value",
    [("--max-tokens", "0"), ("--max-tokens", "-5"), ("--max-cost", "-0.5"), ("--max-cost", "nan")],
)
def test_a_budget_that_is_none_is_bad_input(home, tiny, option, value):
    refused(run(GOAL, f"{option}={value}"), option[2:].replace("-", "_"), value)
    assert not list(home.glob("*/checkpoints.sqlite"))
    with Server([answer(PLAN), status(401)]) as server:
        run(GOAL, "--llm", server.url, *tiny)
        refused(run("--resume", only_run(home), f"{option}={value}"), option[2:].replace("-", "_"), value)


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("MAX_TOKENS", "0", ["max_tokens", "0"]),
        ("PRICES", '{"m": [1]}', ["prices.m"]),
        ("PRICES", '{"m": [1, -1]}', ["prices.m", "-1"]),
        ("PRICES", "m=1", ["prices"]),
        ("ROLE_TIMEOUTS", '{"planner": 0}', ["role_timeouts.planner", "0"]),
        ("ROLE_MODELS", '{"plannner": "m"}', ["role_models", "'plannner'", "planner, recaptioner"]),
        ("LLM_CONCURRENCY", "0", ["llm_concurrency", "0"]),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_line(monkeypatch, name, value, words):
    monkeypatch.setenv(f"ATELIER_{name}", value)
    refused(run(GOAL), *words)


@pytest.mark.parametrize("address", ["http://me:hidden@127.0.0.1:1/v1", "http://127.0.0.1:1/v1?key=hidden"])
def test_a_password_in_the_address_is_refused_and_not_repeated(home, monkeypatch, address):
    given = run(GOAL, "--llm", address)
    refused(given, "OPENAI_API_KEY")
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    environment.cache_clear()
    found = run(GOAL)
    refused(found, "OPENAI_API_KEY")
    assert "hidden" not in given.output + found.output and not list(home.rglob("*.sqlite"))


def test_the_settings_of_roles_reach_the_server(home, tiny, monkeypatch):
    monkeypatch.setenv("ATELIER_ROLE_MODELS", '{"recaptioner": "small"}')
    monkeypatch.setenv("ATELIER_ROLE_TIMEOUTS", '{"similarity": 0.1}')
    with Server([*[answer(value) for value in SCRIPT[:3]], hangs()]) as server:
        refused(run(GOAL, "--llm", server.url, *tiny), "similarity", "no answer within 0.1 s")
    assert [request["model"] for request in server.requests[:3]] == ["m", "small", "small"]


def test_the_settings_in_the_documentation_are_those_there_are():
    text = (Path(__file__).parent.parent / "docs" / "language_models.md").read_text()
    told = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    others = {"ATELIER_HOME", "ATELIER_PROFILE"}
    known = {
        str(field.validation_alias or f"ATELIER_{name.upper()}") for name, field in Environment.model_fields.items()
    }
    assert told == known - others
