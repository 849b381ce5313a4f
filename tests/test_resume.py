"""Killed at any node, a run resumes by its id, repeats no finished picture and ends in the same files."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STEPS = "Boil water.\nPut a tea bag in a blue cup.\nPour the water.\n"


def command(*arguments):
    return [sys.executable, "-m", "graphs.instruct", *arguments]


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "ATELIER_"))}
    return {**kept, "ATELIER_HOME": str(home), "HF_HUB_OFFLINE": "1"}


def run_until(arguments, home, stop):
    """Runs the command and kills it (SIGKILL) at the first event for which `stop` holds; gives the run's id."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdin.write(STEPS)
    process.stdin.close()
    for line in process.stderr:
        event = json.loads(line)
        if stop(event):
            process.send_signal(signal.SIGKILL)
            process.wait()
            return event["run"]
    raise AssertionError("the run ended before it could be killed")


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "ledger.json"}


@pytest.mark.parametrize(
    "killed_in, stop",
    [
        ("subsample", lambda event: event["node"] == "subsample" and event.get("event") == "end"),
        ("render", lambda event: event["node"] == "render" and event.get("done") == 4),
        ("refine", lambda event: event["node"].startswith("refine") and event.get("done") == 4),
    ],
    ids=["after-planning", "while-painting", "while-refining"],
)
def test_a_killed_run_resumes_to_the_same_files(killed_in, stop, tmp_path, tiny_embedded):
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
    arguments = ["tea", "--steps", "-", "--seed", "5", "--json", *models]
    subprocess.run(
        command(*arguments, "--out", str(tmp_path / "whole")),
        cwd=ROOT, env=environment(tmp_path / "home-whole"), input=STEPS, text=True, check=True, capture_output=True,
    )  # fmt: skip
    home = tmp_path / "home"
    identity = run_until([*arguments, "--out", str(tmp_path / "resumed")], home, stop)
    finished = {path: path.stat().st_mtime_ns for path in (home / "artifacts").rglob("*") if path.is_file()}
    resumed = subprocess.run(
        command("--resume", identity, "--json"), cwd=ROOT, env=environment(home), text=True, capture_output=True
    )
    assert resumed.returncode == 0, resumed.stderr
    assert files(tmp_path / "resumed") == files(tmp_path / "whole")
    assert all(path.stat().st_mtime_ns == written for path, written in finished.items())
    events = [json.loads(line) for line in resumed.stderr.splitlines()]
    again = {event["node"].split("/")[0] for event in events}
    assert "plan" not in again and ("render" not in again or killed_in != "refine"), "a finished node ran again"
