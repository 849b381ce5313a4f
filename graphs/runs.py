"""`python -m graphs.runs list|show|resume|delete`: looks after runs. A run is a folder with its checkpoints and page.

Artefacts are shared by all runs and stay; deleting them is a matter of deleting `runs/artifacts`.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graphs.resources import environment
from graphs.runner import checked_run, run
from graphs.terminal import clear_errors, report

app = typer.Typer(add_completion=False, help=__doc__)


def state_of(folder: Path) -> dict[str, Any]:
    """The last state of a run, and under `next` the nodes that are still to come."""

    from graphs.checkpoints import saver
    from graphs.instruct import builder

    with closing(sqlite3.connect(folder / "checkpoints.sqlite", check_same_thread=False)) as connection:
        snapshot = builder.compile(checkpointer=saver(connection)).get_state(
            {"configurable": {"thread_id": folder.name}}
        )
    return {**snapshot.values, "next": list(snapshot.next)}


@app.command("list")
def list_runs() -> None:
    """Every run: its goal, how far it is, its page."""
    with clear_errors():
        table = Table("run", "goal", "state", "page")
        for path in sorted(environment().home.glob("*/checkpoints.sqlite")):
            try:
                state = state_of(path.parent)
            except sqlite3.DatabaseError as error:
                state = {"goal": f"cannot be read: {error}", "next": []}
            place = f"before {state['next'][0]}" if state["next"] else "done" if "page" in state else "empty"
            table.add_row(path.parent.name, escape(state.get("goal", "")), place, escape(state.get("page", "")))
        Console().print(table)


@app.command()
def show(identity: str) -> None:
    """One run's state as JSON: references, no pixels."""
    with clear_errors():
        print(json.dumps(state_of(environment().home / checked_run(identity, environment().home)), indent=1))


@app.command()
def resume(identity: str) -> None:
    """Goes on with a run that was stopped."""
    with clear_errors():
        report(run(None, identity, as_json=False), as_json=False)


@app.command()
def delete(identity: str) -> None:
    """Deletes a run's checkpoints and its page, where that lies in the run's own folder."""
    with clear_errors():
        shutil.rmtree(environment().home / checked_run(identity, environment().home))
        print(f"deleted {identity}")


if __name__ == "__main__":
    app()
