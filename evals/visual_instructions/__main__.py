"""The command: `python -m evals.visual_instructions --a RUN --b RUN [--clip PATH] [--dino PATH] [--judge MODEL]`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from agents.llm import Door, LanguageModelError
from evals.visual_instructions.guides import read_column, read_goals
from evals.visual_instructions.judging import Judging, judge, pairs
from evals.visual_instructions.measures import Values, looked_at
from evals.visual_instructions.networks import EMBEDDED, Network, clip_scorer, dinov2, dreamsim, shipped
from evals.visual_instructions.report import Columns, Measure, as_json, differing, judges_report, tables
from graphs.runner import InputError, RunError
from graphs.terminal import clear_errors

app = typer.Typer(add_completion=False)


@app.command()
def main(
    runs: Annotated[
        list[Path] | None, typer.Argument(help="Runs to compare: each is a column, by its name.", show_default=False)
    ] = None,
    a: Annotated[
        list[Path] | None, typer.Option(help="Column a: a finished run's folder, or a folder of them. Repeatable.")
    ] = None,
    b: Annotated[list[Path] | None, typer.Option(help="Column b, likewise.")] = None,
    goals: Annotated[Path | None, typer.Option(help="Only runs of these goals: one a line, or JSON.")] = None,
    clip: Annotated[str | None, typer.Option(help="A CLIPModel by folder or hub id, for CLIP scores.")] = None,
    dino: Annotated[str | None, typer.Option(help="A Dinov2Model by folder or hub id.")] = None,
    dreamsim_weights: Annotated[
        str | None, typer.Option("--dreamsim", help="Folder of DreamSim's weights (needs its package).")
    ] = None,
    embedded: Annotated[
        list[str] | None,
        typer.Option(help=f"An embedded network of {', '.join(EMBEDDED)}, or none (default: all). Repeatable."),
    ] = None,
    judges: Annotated[
        list[str] | None, typer.Option("--judge", help="A model that sees, to judge the others against the first.")
    ] = None,
    llm: Annotated[
        str | None, typer.Option(help="Base URL of the judges' OpenAI-compatible server (or OPENAI_BASE_URL).")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write every figure and answer to this JSON file.")] = None,
) -> None:
    """Measures finished guides: CLIP score, distances between steps, and a judge's preference."""
    with clear_errors():
        if judges and len(list(filter(None, (a, b)))) + len(set(runs or ())) < 2:
            raise InputError("a judge compares: give two runs, or --a RUN --b RUN")
        if out and (out.is_dir() or not out.resolve().parent.is_dir()):
            raise InputError(f"cannot write {str(out)!r}: give a file in a folder that is there")
        doors = {model: _door(llm, model) for model in judges or ()}
        columns = read_columns(runs or [], a or [], b or [], read_goals(goals) if goals else None)
        networks = [dinov2(dino)] if dino else []
        networks += [dreamsim(dreamsim_weights)] if dreamsim_weights else []
        networks += [_embedded(name) for name in embedded or shipped() if name != "none"]
        found = [clip_scores(clip, columns)] if clip else []
        found += [measure for network in networks for measure in network_measures(network, columns)]
        show([*differing(columns), *tables(found, columns)])
        judgings = {name: judged(doors, columns, name) for name in list(columns)[1:] if doors}
        for name, heard in judgings.items():
            show(judges_report(heard, next(iter(columns)), name))
        show([f"{model} took {door.ledger.total}" for model, door in doors.items()])
        if out:
            out.write_text(json.dumps(as_json(columns, found, judgings), indent=1, ensure_ascii=False), "utf-8")


def show(lines: Sequence[Table | str]) -> None:
    """Prints tables and lines, which end where they end."""
    console = Console()
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=isinstance(line, str))


def read_columns(runs: list[Path], a: list[Path], b: list[Path], goals: set[str] | None) -> Columns:
    """The guides of every column, `--a` and `--b` first.

    Raises:
        InputError: if there is nothing to measure, or a column has no run of the goals.
    """
    paths = {"a": a, "b": b} | {name: [run] for name, run in zip(_names(runs), runs, strict=True)}
    columns = {name: read_column(given) for name, given in paths.items() if given}
    if not columns:
        raise InputError("nothing to measure: give finished runs, or --a RUN --b RUN")
    if goals is not None:
        columns = {name: [guide for guide in found if guide.subject.goal in goals] for name, found in columns.items()}
        if empty := [name for name, found in columns.items() if not found]:
            raise InputError(f"no run of {empty[0]} has any of the {len(goals)} goals")
    return columns


def _names(runs: list[Path]) -> list[str]:
    """As much of the end of each path as tells it from the others, and from a and b."""
    for parts in (1, 2):
        names = ["/".join(run.parts[-parts:]) for run in runs]
        if len({*names, "a", "b"}) == len(names) + 2:
            return names
    return [str(run) for run in runs]


def _embedded(name: str) -> Network:
    if name not in EMBEDDED:
        raise InputError(f"there is no embedded network {name!r}: choose {', '.join(EMBEDDED)}, or none")
    return EMBEDDED[name]()


def _door(llm: str | None, model: str) -> Door:
    """The door to a judge, whatever model the environment gives the role."""
    from graphs.resources import door_of

    try:
        door = door_of({"settings": {"llm": llm, "model": model}})
    except LanguageModelError as error:
        raise InputError(str(error)) from None
    if door.embedded:
        raise InputError(f"no server for the judge {model!r}: give one with --llm or OPENAI_BASE_URL")
    door.role_models = {"judge": model}
    return door


def clip_scores(place: str, columns: Columns) -> Measure:
    """The CLIP score of every step with its instruction, which does not change with how the run was prompted."""
    scores = clip_scorer(place)
    values: dict[str, Values] = {
        name: {
            guide.subject: {
                (number,): score for number, score in enumerate(scores(guide.pictures, guide.subject.instructions), 1)
            }
            for guide in guides
        }
        for name, guides in columns.items()
    }
    return Measure(f"CLIP score, {place}", "steps", values)


def network_measures(network: Network, columns: Columns) -> list[Measure]:
    """All that a network makes of the guides."""
    seen = {name: {guide.subject: looked_at(network, guide) for guide in guides} for name, guides in columns.items()}
    kinds = dict.fromkeys(kind for guides in seen.values() for found in guides.values() for kind in found)
    return [
        Measure(
            network.name,
            kind,
            {
                name: {subject: found.get(kind, {}) for subject, found in guides.items()}
                for name, guides in seen.items()
            },
        )
        for kind in kinds
    ]


def judged(doors: dict[str, Door], columns: Columns, name: str) -> list[Judging]:
    """What every judge says of the first column (its a) and another one (its b).

    Raises:
        InputError: if they have no guide in common.
        RunError: if a judge cannot be asked.
    """
    first = next(iter(columns))
    matched = pairs(columns[first], columns[name])
    if not matched:
        raise InputError(f"nothing to judge: {first} and {name} have no run of the same goal, seed and instructions")
    try:
        return [judge(model, matched, door) for model, door in doors.items()]
    except LanguageModelError as error:
        raise RunError(str(error)) from None


if __name__ == "__main__":
    app()
