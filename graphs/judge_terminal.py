"""The command of `graphs.judge`: a process in, a table and a page out, and one clear line for every error."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from graphs.runner import InputError, writable
from graphs.terminal import clear_errors

if TYPE_CHECKING:
    from graphs.state import JudgeInput

BARS = "▁▂▃▄▅▆▇█"


def run_judge() -> None:
    """The command of `python -m graphs.judge`."""
    typer.run(judge)


def judge(
    process: Annotated[str, typer.Argument(help="A folder of pictures, a GIF or a video; names sort as people count.")],
    reference: Annotated[Path | None, typer.Option(help="The picture that was asked for.")] = None,
    prompt: Annotated[str | None, typer.Option(help="What was asked for, in words.")] = None,
    weights: Annotated[Path | None, typer.Option("--judge", help="A PPJudge's folder instead of the embedded.")] = None,
    experts: Annotated[bool, typer.Option("--experts", help="Show on the page which experts the marks go by.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the page (default: runs/judged/NAME).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Marks the process of a picture on eight attributes, after each of its key frames."""
    with clear_errors():
        if reference is not None and prompt is not None:
            raise InputError("give --reference or --prompt, not both: a process is held against one of them")
        if prompt is not None and not prompt.strip():
            raise InputError("the prompt is empty: say what was to be painted, or leave out --prompt")
        asked: JudgeInput = {
            "process": process,
            "reference": str(reference) if reference else "",
            "prompt": (prompt or "").strip(),
            "judge": str(weights) if weights else "",
            "experts": experts,
            "out": str(writable(out)) if out else "",
        }
        state = _judged(asked)
    if as_json:
        print(json.dumps(_report(state)))
    else:
        _show(state)


def _judged(asked: "JudgeInput") -> dict[str, Any]:
    from graphs.judge import graph

    try:
        return graph.invoke(asked)
    except OSError as error:
        raise InputError(f"{error.filename or asked['process']}: {error.strerror or error}") from None


def _report(state: dict[str, Any]) -> dict[str, Any]:
    score = state["score"]
    return {
        "process": state["process"],
        "frames": state["count"],
        "key_frames": [number + 1 for number in state["numbers"]],
        "attributes": score["attributes"],
        "mean": round(sum(score["attributes"].values()) / len(score["attributes"]), 3),
        "timeline": score["timeline"],
        "source": score["source"],
        "page": state["page"],
    }


def _show(state: dict[str, Any]) -> None:
    """A table of the marks with their course over the key frames."""
    told = _report(state)
    table = Table("attribute", "mark", "over the key frames")
    for name, mark in told["attributes"].items():
        table.add_row(name, f"{mark:.2f}", "".join(_bar(value) for value in told["timeline"][name]))
    if "consistency" not in told["attributes"]:
        table.add_row("consistency", "–", "needs --reference or --prompt")
    table.add_section()
    table.add_row("mean", f"{told['mean']:.2f}", "out of 10")
    console = Console(highlight=False)
    console.print(table)
    frames = ", ".join(str(number) for number in told["key_frames"])
    console.print(f"{told['frames']} frames, key frames {frames}; {told['source']}", soft_wrap=True, markup=False)
    console.print(told["page"], soft_wrap=True, markup=False)


def _bar(mark: float) -> str:
    """A mark from 1 to 10 as a block of its height."""
    return BARS[min(len(BARS) - 1, int((mark - 1) / 9 * len(BARS)))]
