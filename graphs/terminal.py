"""The command line of the graphs: options in, progress and one clear line for every error out."""

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from graphs.runner import InputError, RunError, err, first_line, run, writable

if TYPE_CHECKING:
    from graphs.state import InstructInput

GOAL_LIMIT = 4000
STEP_LIMIT = 20


def run_instruct() -> None:
    """The command of `python -m graphs.instruct`."""
    typer.run(instruct)


def resumable(context: typer.Context, **options: Any) -> dict[str, Any]:
    """What a resume may change: how language models are reached, their limits, and whether hubs are reached.

    The rest is the run's own.

    Raises:
        InputError: if anything else is given with `--resume`.
    """
    given = {name for name in context.params if str(context.get_parameter_source(name)).endswith("COMMANDLINE")}
    if other := sorted(given - set(options) - {"resume", "as_json", "accept", "steps"}):
        flags = ", ".join("the goal" if name == "goal" else f"--{name.replace('_', '-')}" for name in other)
        raise InputError(f"a run keeps its settings: leave out {flags} with --resume, or start another run")
    return {name: value for name, value in options.items() if name in given}


def instruct(
    context: typer.Context,
    goal: Annotated[str, typer.Argument(help='What to explain: "how to make tea".')] = "",
    steps: Annotated[
        str | None, typer.Option(help="Take the steps from this file, one a line; '-' reads standard input.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the page and pictures (default: runs/RUN).")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same pictures.")] = 0,
    profile: Annotated[str | None, typer.Option(help="Which models paint: embedded (default), sd15, …")] = None,
    pipeline: Annotated[str | None, typer.Option(help="A pipeline folder or hub id instead of the profile's.")] = None,
    control: Annotated[str | None, typer.Option(help="An adapter or ControlNet instead of the profile's.")] = None,
    segmenter: Annotated[str | None, typer.Option(help="A SAM 2 instead of the profile's; 'none' has none.")] = None,
    strokes: Annotated[
        str | None,
        typer.Option(help="Who draws the strokes: the 'painter' (default), an 'llm', or 'outlines' of the vocabulary."),
    ] = None,
    painter: Annotated[str | None, typer.Option(help="A Painter's folder instead of the profile's.")] = None,
    size: Annotated[int | None, typer.Option(help="Side of the pictures in pixels (default: the profile's).")] = None,
    resume: Annotated[str | None, typer.Option(help="Go on with this run.")] = None,
    review: Annotated[bool, typer.Option("--review", help="Stop at the plan, to accept or change it.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="With --resume: accept the plan that waits.")] = False,
    library: Annotated[
        Path | None, typer.Option(help="A folder of your own how-tos (.md), which come before any other plan.")
    ] = None,
    max_rounds: Annotated[int, typer.Option(help="Refinements of a picture at most.")] = 1,
    stages: Annotated[int, typer.Option(help="Stages of a sketch at most; 1 draws it whole.")] = 5,
    check_plan: Annotated[bool, typer.Option(help="Inspect the plan against the prompt.")] = True,
    check_picture: Annotated[bool, typer.Option(help="Inspect the picture against the plan.")] = True,
    critic: Annotated[
        str | None,
        typer.Option(help="Let a language model that sees inspect too: against the 'plan', or 'self'-sampled."),
    ] = None,
    best_of: Annotated[
        str, typer.Option(help="What chooses among a picture and its refinements: the 'findings', or 'ppjudge'.")
    ] = "findings",
    judge: Annotated[str | None, typer.Option(help="A PPJudge's folder; 'none' does not score.")] = None,
    prompt_form: Annotated[
        str, typer.Option(help="State in the image prompt: 'after' this step, or 'previous'.")
    ] = "after",
    recaption: Annotated[bool, typer.Option(help="Re-caption the instructions.")] = True,
    similarity: Annotated[bool, typer.Option(help="Weigh sharing by state similarity.")] = True,
    masks: Annotated[bool, typer.Option(help="Limit sharing to the shared objects.")] = True,
    masks_from: Annotated[
        str | None, typer.Option(help="Masks from 'early' timesteps, or a 'two-pass' run at twice the cost.")
    ] = None,
    sharing: Annotated[bool, typer.Option(help="Share keys and values between the steps.")] = True,
    llm: Annotated[
        str | None, typer.Option(help="Base URL of an OpenAI-compatible server (or OPENAI_BASE_URL).")
    ] = None,
    model: Annotated[str, typer.Option(help="Model name on that server (or OPENAI_MODEL).")] = "",
    max_tokens: Annotated[int | None, typer.Option(help="Stop once language models used this many tokens.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(help="Stop once they cost this much, by the prices in ATELIER_PRICES.")
    ] = None,
    cache: Annotated[
        bool | None, typer.Option("--cache/--no-cache", help="Keep the models' answers, and ask nothing twice.")
    ] = None,
    offline: Annotated[bool, typer.Option(help="Never touch the network for models.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON, progress as JSON lines on stderr.")
    ] = False,
) -> None:
    """Draws an illustrated how-to: one picture a step, an HTML page, a JSON trajectory."""
    with clear_errors():
        override: dict[str, Any] = {}
        decision: Any = None
        if resume:
            request: InstructInput | None = None
            decision = {"instructions": read_steps(steps)} if steps else "accept" if accept else None
            override = resumable(
                context, llm=llm, model=model, max_tokens=max_tokens, max_cost=max_cost, cache=cache, offline=offline
            )
        else:
            if accept:
                raise InputError("--accept is for a plan that waits: give its run with --resume")
            given = read_steps(steps) if steps else None
            settings = {
                "seed": seed,
                "size": size,
                "pipeline": pipeline,
                "control": control,
                "segmenter": segmenter,
                "strokes": strokes,
                "painter": painter,
                "review": review,
                "library": str(checked_library(library)) if library else None,
                "max_rounds": max_rounds,
                "stages": stages,
                "check_plan": check_plan,
                "check_picture": check_picture,
                "critic": critic,
                "best_of": best_of,
                "judge": judge,
                "prompt_form": prompt_form,
                "recaption": recaption,
                "similarity": similarity,
                "masks": masks,
                "masks_from": masks_from,
                "sharing": sharing,
                "llm": llm,
                "model": model,
                "max_tokens": max_tokens,
                "max_cost": max_cost,
                "cache": cache,
                "offline": offline,
                "out": str(writable(out).resolve()) if out else None,
            }
            settings |= {"profile": profile} if profile else {}
            request = {"goal": checked_goal(goal), "settings": settings, **({"given_steps": given} if given else {})}
        report(run(request, resume, as_json, override, decision), as_json)


def report(result: dict[str, Any], as_json: bool) -> None:
    """Tells where the page is, and what language models took."""
    if as_json:
        print(json.dumps(result))
    else:
        from agents.ledger import Usage

        used = f"; {Usage(**result['usage'])}" if result["usage"] else ""
        print(f"{result['title']}: {result['steps']} steps in {result['seconds']} s{used}\n{result['page']}")


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turns every expected failure into one line on stderr and exit code 2 or 1."""
    from tools.model_hub import ModelError
    from tools.score import NotScored

    try:
        yield
    except InputError as error:
        _fail(str(error), 2)
    except ValidationError as error:
        first = error.errors()[0]
        # What was given as an address may hold a password, and is not repeated.
        given = "" if "llm" in first["loc"] else f", not {first['input']!r}"
        _fail(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}{given}", 2)
    except (RunError, ModelError, NotScored) as error:
        _fail(str(error), 1)
    except sqlite3.OperationalError as error:
        _fail(f"the run's checkpoints cannot be used now ({error}): is the run going on elsewhere?", 1)
    except sqlite3.DatabaseError as error:
        _fail(f"the run's checkpoints cannot be read ({error}): start the run again", 1)
    except SettingsError as error:
        _fail(f"the environment or .env: {first_line(error)}", 2)


def _fail(message: str, code: int) -> None:
    err.print(f"error: {message}", style="red", markup=False, soft_wrap=True)
    raise SystemExit(code)


def checked_goal(goal: str) -> str:
    """The goal, or an error if it is empty or too long."""
    goal = goal.strip()
    if not goal:
        raise InputError('the goal is empty: say what to explain, such as "how to make tea"')
    if len(goal) > GOAL_LIMIT:
        raise InputError(
            f"the goal has {len(goal)} characters: at most {GOAL_LIMIT}; give the steps with --steps FILE instead"
        )
    return goal


def checked_library(folder: Path) -> Path:
    """The folder of a user's how-tos, all of which can be read.

    Raises:
        InputError: if it is missing, empty, or one of them is no how-to.
    """
    from agents.embedded import BadHowTo
    from agents.embedded.library import how_tos

    if not folder.is_dir():
        raise InputError(f"there is no folder {str(folder)!r}: give one with how-tos as .md files to --library")
    try:
        how_tos(folder.resolve())
    except BadHowTo as error:
        raise InputError(str(error)) from None
    return folder.resolve()


def read_steps(source: str) -> list[str]:
    """The steps of a file, one a line; numbers and bullets in front are dropped.

    Raises:
        InputError: if the file is missing, empty or not text, or has more than 20 steps.
    """
    try:
        data = sys.stdin.buffer.read(1_000_000) if source == "-" else Path(source).read_bytes()[:1_000_000]
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read the steps in {source!r}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"the steps in {source!r} are not text: give a UTF-8 file with one step a line") from None
    if "\0" in text:
        raise InputError(f"the steps in {source!r} are not text: give a UTF-8 file with one step a line")
    lines = [re.sub(r"^\s*(\d+[.)]|[-*•])\s+", "", line).strip() for line in text.splitlines()]
    found = [line for line in lines if line]
    if not found:
        raise InputError(f"there are no steps in {source!r}: write one step a line")
    if len(found) > STEP_LIMIT:
        raise InputError(f"{len(found)} steps in {source!r}: at most {STEP_LIMIT}; split the how-to in two")
    if longest := next((line for line in found if len(line) > GOAL_LIMIT), None):
        raise InputError(f"a step in {source!r} has {len(longest)} characters: at most {GOAL_LIMIT}")
    return found
