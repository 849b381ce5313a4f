"""`langgraph dev` for real, without network: threads, progress, a breakpoint, history, a fork with another caption."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_sync_client

ROOT = Path(__file__).parent.parent
STEPS = ["Put a tea bag in a cup.", "Pour the hot water into the cup."]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("studio")
    environment = {
        **os.environ,
        "ATELIER_HOME": str(folder / "runs"),
        "LANGGRAPH_CLI_NO_ANALYTICS": "1",
        "LANGGRAPH_NO_VERSION_CHECK": "true",
        "LANGGRAPH_STRICT_MSGPACK": "true",
        "LANGSMITH_TRACING": "false",
        "HF_HUB_OFFLINE": "1",
    }
    executable = Path(sys.executable).parent / "langgraph"
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(
            [str(executable), "dev", "--no-browser", "--no-reload", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                if httpx.get(f"{url}/ok", timeout=2).status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            assert process.poll() is None, (folder / "log").read_text()[-2000:]
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def client(server):
    return get_sync_client(url=server, timeout=240)


@pytest.fixture
def request_input(tiny_embedded):
    models = {"pipeline": str(tiny_embedded), "control": str(tiny_embedded / "adapter"), "size": 64, "max_rounds": 0}
    return {"goal": "make tea", "given_steps": STEPS, "settings": models}


def picture(state, step):
    frames = [frame for frame in state["frames"].values() if frame["kind"] == "picture" and frame["step"] == step]
    return frames[-1]["image"]["sha256"]


def test_every_graph_is_served(client):
    names = {assistant["graph_id"] for assistant in client.assistants.search()}
    assert {"instruct", "paint", "sketch", "judge"} <= names


def test_a_person_and_the_painter_draw_by_turns(client, tiny_painter_folder):
    thread = client.threads.create()["thread_id"]
    client.runs.wait(thread, "sketch", input={"word": "mug", "turns": 2, "painter": tiny_painter_folder})
    for turn, strokes in enumerate(([[0.1, 0.1], [0.9, 0.9]], ""), 1):
        stopped = client.threads.get_state(thread)
        (question,) = [interrupt["value"] for task in stopped["tasks"] for interrupt in task["interrupts"]]
        assert question["collaborate"] == "strokes" and question["turn"] == turn and question["word"] == "coffee cup"
        done = client.runs.wait(thread, "sketch", command={"resume": strokes})
    assert [move["by"] for move in done["moves"]] == ["person", "painter"] * 2
    assert [len(move["strokes"]) for move in done["moves"]][::2] == [1, 0]


def test_progress_breakpoint_history_and_fork(client, request_input):
    thread = client.threads.create()["thread_id"]
    parts = list(
        client.runs.stream(
            thread, "instruct", input=request_input, stream_mode=["custom", "updates"], interrupt_before=["render"]
        )
    )
    assert any(part.event.startswith("custom") and part.data.get("node") == "subsample" for part in parts)
    stopped = client.threads.get_state(thread)
    assert stopped["next"] == ["render"]
    assert not any(frame["kind"] == "picture" for frame in stopped["values"]["frames"].values())

    done = client.runs.wait(thread, "instruct", input=None)
    history = client.threads.get_history(thread, limit=50)
    assert Path(done["page"]).exists() or (ROOT / done["page"]).exists()
    assert len(history) > 5

    before = next(point for point in history if point["next"] == ["relate"])
    captions = before["values"]["captions"]
    captions[0]["state"] = "A green cup filled with coffee stands on the table, with two lemons next to it."
    fork = client.threads.update_state(
        thread, {"captions": captions}, as_node="recaption", checkpoint_id=before["checkpoint"]["checkpoint_id"]
    )
    forked = client.runs.wait(thread, "instruct", input=None, checkpoint=fork["checkpoint"])
    assert "green cup" in forked["steps"]["00"]["caption"]
    assert picture(forked, 0) != picture(done, 0)


def test_the_plan_is_reviewed_by_an_interrupt(client, request_input):
    thread = client.threads.create()["thread_id"]
    asked = {**request_input, "settings": {**request_input["settings"], "review": True}}
    client.runs.wait(thread, "instruct", input=asked)
    stopped = client.threads.get_state(thread)
    (question,) = [interrupt["value"] for task in stopped["tasks"] for interrupt in task["interrupts"]]
    assert stopped["next"] == ["review"] and question["review"] == "plan" and question["instructions"] == STEPS
    done = client.runs.wait(thread, "instruct", command={"resume": {"instructions": ["Slice a lemon."]}})
    assert done["instructions"] == ["Slice a lemon."] and "lemon" in done["steps"]["00"]["caption"]


def test_paint_draws_one_canvas(client, request_input):
    thread = client.threads.create()["thread_id"]
    done = client.runs.wait(
        thread, "paint", input={"prompt": "a red cup left of a lemon", "settings": request_input["settings"]}
    )
    assert [frame["kind"] for frame in done["frames"].values()] == ["sketch", "sketch", "picture"]


def test_a_second_run_on_a_thread_keeps_nothing_of_the_first(client, request_input):
    thread = client.threads.create()["thread_id"]
    first = client.runs.wait(thread, "instruct", input=request_input)
    second = client.runs.wait(thread, "instruct", input={**request_input, "given_steps": ["Slice a lemon."]})
    assert list(second["steps"]) == ["00"] and "lemon" in second["steps"]["00"]["caption"]
    assert {frame["step"] for frame in second["frames"].values()} == {0}
    assert picture(second, 0) != picture(first, 0)


def test_a_fork_after_the_pictures_paints_them_anew(client, request_input):
    thread = client.threads.create()["thread_id"]
    done = client.runs.wait(thread, "instruct", input=request_input)
    captions = done["captions"]
    captions[1]["state"] = "A black cup filled with coffee stands on the table."
    fork = client.threads.update_state(thread, {"captions": captions}, as_node="recaption")
    forked = client.runs.wait(thread, "instruct", input=None, checkpoint=fork["checkpoint"])
    assert "black cup" in forked["steps"]["01"]["caption"]
    assert picture(forked, 1) != picture(done, 1)
