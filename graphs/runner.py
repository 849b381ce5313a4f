"""Runs the instruct graph for a person at a terminal: checkpoints, progress, Ctrl-C, and what to say when it stops."""

import json
import re
import secrets
import shutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from graphs.state import InstructInput

RUN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
WEIGHTS = {
    "plan": 1,
    "recaption": 1,
    "relate": 1,
    "subsample": 1,
    "sketch": 4,
    "render": 60,
    "inspect": 30,
    "score": 1,
    "publish": 6,
}
"""Shares of a run's time, for the overall bar."""

err = Console(stderr=True, highlight=False)


class InputError(Exception):
    """Something that the user gave cannot be used; the message is one line: what, which value, what to do."""


class RunError(Exception):
    """A run stopped; the message is one line: why, what to do, and how to go on."""


def run(
    request: "InstructInput | None",
    resume: str | None,
    as_json: bool,
    override: dict[str, Any] | None = None,
    decision: Any = None,
) -> dict[str, Any]:
    """Runs or resumes the instruct graph with checkpoints; returns what there is to report.

    Args:
        request: what to run; None resumes.
        resume: the run to go on with.
        as_json: whether progress is for a program, which is not asked anything.
        override: settings that the resumed run takes on.
        decision: the answer to the plan that waits for review.

    Raises:
        InputError: if the request cannot be met as it stands; nothing is left behind.
        RunError: if a run stops on the way; it can be resumed.
    """
    from langgraph.types import Command

    from agents.embedded import UnknownGoal
    from graphs.checkpoints import saver
    from graphs.instruct import builder
    from graphs.resources import Stopped, check_models, environment, settings_of

    if request is not None:
        check_models(settings_of(request))
    home = environment().home
    identity = checked_run(str(resume), home) if request is None else new_run(request["goal"], home)
    stop, start = threading.Event(), time.perf_counter()
    with closing(sqlite3.connect(home / identity / "checkpoints.sqlite", check_same_thread=False)) as connection:
        graph = builder.compile(checkpointer=saver(connection), name="instruct")
        config: Any = {"configurable": {"thread_id": identity, "override": override or {}, "__stop": stop}}
        if request is None and not graph.get_state(config).values:
            raise InputError(f"run {identity!r} has no checkpoint: start it again")
        if decision is not None and not graph.get_state(config).interrupts:
            raise InputError(f"the plan of run {identity!r} does not wait for review: leave out --accept and --steps")
        given: Any = request if decision is None else Command(resume=decision)
        try:
            while True:
                with interruptible(stop):
                    stream = graph.stream(given, config, stream_mode="custom", subgraphs=True, durability="sync")
                    show(stream, identity, as_json)
                if not (waiting := graph.get_state(config).interrupts):
                    break
                given = Command(resume=asked(waiting[0].value, identity, as_json))
        except UnknownGoal as error:
            shutil.rmtree(home / identity)
            raise InputError(str(error)) from None
        except tuple(expected_faults()) as error:
            raise RunError(f"{first_line(error)}; then go on with --resume {identity}") from None
        except Stopped:
            err.print(f"stopped; nothing finished is lost. Go on with: python -m graphs.instruct --resume {identity}")
            raise SystemExit(130) from None
        state = graph.get_state(config).values
    return recorded(identity, state, round(time.perf_counter() - start, 1))


def asked(question: dict[str, Any], identity: str, as_json: bool) -> Any:
    """A person's answer to what a run waits for; without one the program ends, and says how to go on."""
    from graphs.review import WAITING, ask_at_terminal

    if as_json:
        print(json.dumps({"run": identity, "waiting": question}))
        raise SystemExit(WAITING)
    answer = ask_at_terminal(question)
    if answer is None:
        go_on = f"python -m graphs.instruct --resume {identity}"
        err.print(f"the plan waits for review: {go_on} --accept, or with --steps FILE", soft_wrap=True)
        raise SystemExit(WAITING)
    return answer


def expected_faults() -> list[type[Exception]]:
    """What can go wrong in a run through no fault of ours."""
    from agents.llm import LanguageModelError
    from tools.artifacts import CorruptArtifact
    from tools.model_hub import ModelError
    from tools.score import NotScored

    return [LanguageModelError, ModelError, NotScored, CorruptArtifact, OSError]


@contextmanager
def interruptible(stop: threading.Event) -> Iterator[None]:
    """Ctrl-C ends the run after the timestep in hand; a second one at once."""

    def ask(number: int, frame: Any) -> None:
        signal.signal(signal.SIGINT, before)
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def recorded(identity: str, state: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Writes the ledger beside the page, and gives what there is to report; `seconds` are those of this leg.

    Steps work in parallel and wait for the device in turn, so the ledger's seconds add up to more.
    """
    from agents.ledger import by_role, total
    from graphs.state import NodeCost

    page, costs = Path(state["page"]), list(state["costs"].values())
    roles = by_role(item for cost in costs for item in NodeCost.model_validate(cost).roles.items())
    ledger = {"run": identity, "costs": costs, "roles": {role: usage.model_dump() for role, usage in roles.items()}}
    (page.parent / "ledger.json").write_text(json.dumps(ledger, indent=1))
    return {
        "run": identity,
        "page": str(page),
        "title": state["title"],
        "steps": len(state["steps"]),
        "seconds": seconds,
        "usage": total(roles.values()).model_dump(),
    }


def first_line(error: BaseException) -> str:
    """The first line of an error's message."""
    return (str(error) or type(error).__name__).splitlines()[0]


def show(stream: Iterator[Any], identity: str, as_json: bool) -> None:
    """Follows a run: overall and per-node progress with an estimate on a terminal, JSON lines for programs."""
    if as_json:
        for _, event in stream:
            print(json.dumps({"run": identity, **event}), file=sys.stderr, flush=True)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<24}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        total = progress.add_task(f"[bold]{identity[:24]}", total=sum(WEIGHTS.values()))
        current, done = progress.add_task("plan", total=1), 0.0
        for _, event in stream:
            node = event["node"].split("/")[0]
            if "done" in event:
                progress.update(current, description=event["node"], total=event["total"], completed=event["done"])
                if node == "render":
                    progress.update(total, completed=done + WEIGHTS["render"] * event["done"] / event["total"])
            elif event["event"] == "preview":
                continue
            elif event["event"] == "start":
                progress.reset(current, description=event["node"], total=1)
            else:
                done = sum(
                    weight
                    for name, weight in WEIGHTS.items()
                    if list(WEIGHTS).index(name) <= list(WEIGHTS).index(_main(node))
                )
                progress.update(
                    total, completed=done if "/" not in event["node"] else max(done - WEIGHTS[_main(node)], 0)
                )


def _main(node: str) -> str:
    return "inspect" if node == "refine" else node


def writable(folder: Path, remedy: str = "choose another folder with --out") -> Path:
    """The folder, made if need be.

    Raises:
        InputError: if it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".atelier-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"cannot write to {str(folder)!r}: {error.strerror}; choose another folder with --out"
        ) from None
    return folder


def new_run(goal: str, home: Path) -> str:
    """Makes the folder of a run and gives its id: the goal's words and four random characters."""
    words = re.findall(r"[a-z0-9]+", goal.lower().removeprefix("how to "))
    while True:
        identity = "-".join([*words[:5], secrets.token_hex(2)])[-80:].lstrip("-")
        if not (home / identity).exists():
            writable(home / identity, "set ATELIER_HOME to another folder")
            return identity


def checked_run(identity: str, home: Path) -> str:
    """The id of a run that exists.

    Raises:
        InputError: if it is not an id, or there is no such run.
    """
    if not RUN_ID.fullmatch(identity):
        raise InputError(
            f"{identity[:80]!r} is not a run id: use small letters, digits and hyphens, as the run printed it"
        )
    if not (home / identity / "checkpoints.sqlite").exists():
        known = sorted(path.parent.name for path in home.glob("*/checkpoints.sqlite"))[-5:]
        raise InputError(
            f"there is no run {identity!r} in {str(home)!r}" + (f"; the last ones: {', '.join(known)}" if known else "")
        )
    return identity
