"""Answers that fitted are kept: a run that is started or resumed asks nothing twice, and nothing secret is stored."""

import json

import pytest

from agents.cache import AnswerCache
from agents.ledger import Ledger
from agents.llm import LanguageModelError
from tests.doors import GOOD, KEY, Steps, open_door, put
from tests.openai_server import Server, accepts, answer, echoes, says, status


@pytest.fixture
def cache(tmp_path) -> AnswerCache:
    return AnswerCache(tmp_path / "llm")


def kept(cache: AnswerCache):
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def test_a_question_is_asked_once_and_costs_nothing_again(cache) -> None:
    with Server([answer(GOOD), status(500)]) as server:
        put(open_door(server, cache=cache))
        door = open_door(server, cache=cache, ledger=Ledger(max_tokens=1))
        assert put(door) == Steps(**GOOD) and put(door).title == "Tea"
    assert len(server.requests) == 1
    assert door.ledger.total.tokens == 0 and str(door.ledger.total) == "2 answers from cache"
    (path,) = kept(cache)
    assert path.parent.name == path.name[:2] and len(path.stem) == 64


def test_another_question_model_schema_or_server_is_another_request(cache) -> None:
    class Other(Steps):
        """Another schema."""

    with Server([answer(GOOD)]) as server, Server([answer(GOOD)]) as elsewhere:
        put(open_door(server, cache=cache))
        put(open_door(server, cache=cache), goal="make coffee")
        put(open_door(server, cache=cache, role_models={"planner": "large"}))
        open_door(server, cache=cache).ask("planner", Other, goal="make tea", reference={"max_steps": 20})
        put(open_door(elsewhere, cache=cache))
        assert len(server.requests) == 4 and len(elsewhere.requests) == 1
        put(open_door(server, cache=cache, api_key="another-key-0123", timeout=1))
        assert len(server.requests) == 4


def test_without_a_cache_every_question_is_asked(cache) -> None:
    with Server([answer(GOOD)]) as server:
        put(open_door(server, cache=cache))
        put(open_door(server))
    assert len(server.requests) == 2


def test_an_answer_is_found_in_the_output_mode_that_the_server_took(cache) -> None:
    with Server([accepts("text", then=answer(GOOD))]) as server:
        put(open_door(server, cache=cache))
        asked = len(server.requests)
        put(open_door(server, cache=cache))
    assert asked == len(server.requests) == 3


def test_only_the_answer_that_fitted_is_kept_and_found_without_the_detour(cache) -> None:
    with Server([says("no"), answer(GOOD), status(500)]) as server:
        put(open_door(server, cache=cache))
        assert put(open_door(server, cache=cache)).title == "Tea"
    assert len(server.requests) == 2 and len(kept(cache)) == 1


def test_what_no_longer_fits_is_asked_again(cache) -> None:
    def check(steps: Steps) -> Steps:
        if steps.title == "Tea":
            raise ValueError("not Tea")
        return steps

    with Server([answer(GOOD), answer(GOOD | {"title": "Green tea"})]) as server:
        put(open_door(server, cache=cache))
        assert put(open_door(server, cache=cache), check=check).title == "Green tea"
        assert put(open_door(server, cache=cache), check=check).title == "Green tea"
    assert len(server.requests) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[]", b'{"answer": 3}', b'{"answer": "no"}'])
def test_a_corrupt_file_is_no_answer_and_is_mended(cache, content: bytes) -> None:
    with Server([answer(GOOD)]) as server:
        put(open_door(server, cache=cache))
        kept(cache)[0].write_bytes(content)
        assert put(open_door(server, cache=cache)).title == "Tea" and len(server.requests) == 2
        put(open_door(server, cache=cache))
    assert len(server.requests) == 2 and len(kept(cache)) == 1


def test_a_folder_that_cannot_be_read_or_written_stops_nothing(tmp_path, cache) -> None:
    with Server([answer(GOOD)]) as server:
        put(open_door(server, cache=cache))
        path = kept(cache)[0]
        path.unlink()
        path.mkdir()
        assert put(open_door(server, cache=cache)).title == "Tea"
        assert not kept(cache), "a temporary file was left behind"
        (tmp_path / "file").write_text("")
        assert put(open_door(server, cache=AnswerCache(tmp_path / "file"))).title == "Tea"


def test_what_failed_is_not_kept(cache) -> None:
    with Server([says("no")]) as server, pytest.raises(LanguageModelError):
        put(open_door(server, cache=cache))
    assert not kept(cache)


def test_the_cache_holds_no_key_and_no_question(cache) -> None:
    with Server([echoes("Authorization", GOOD | {"title": "HEADER"})]) as server:
        put(open_door(server, cache=cache), goal="a private goal")
    (path,) = kept(cache)
    assert KEY not in path.read_text() and "private" not in path.read_text()
    assert list(json.loads(path.read_text())) == ["answer"]
