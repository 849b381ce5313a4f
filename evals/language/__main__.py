"""The command: `python -m evals.language [--data DIR] [--llm URL --model NAME] [--only PART]`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agents.llm import Door, LanguageModelError
from evals.language import chains, geneval, goals, openpi, propara, visual_instructions, vocabulary
from evals.language.figures import Miss, Row, look_up

KINDS_SHOWN = 20


class Part(NamedTuple):
    """A part: how it is measured and shown, the files that it needs, and whether a model takes part."""

    measure: Callable[[Path, Door, int | None], dict[str, Any]]
    rows: tuple[Row, ...]
    needs: tuple[str, ...]
    asks: bool


PARTS = {
    "visual_instructions": Part(visual_instructions.measure, visual_instructions.ROWS, (goals.FILE,), asks=True),
    "vocabulary": Part(vocabulary.measure, vocabulary.ROWS, (goals.FILE,), asks=False),
    "openpi": Part(openpi.measure, openpi.ROWS, ("openpi/dev",), asks=False),
    "propara": Part(propara.measure, propara.ROWS, (propara.FILE,), asks=False),
    "geneval": Part(geneval.measure, geneval.ROWS, (geneval.FILE,), asks=True),
    "chains": Part(chains.measure, chains.ROWS, (geneval.FILE, goals.FILE), asks=True),
}


app = typer.Typer(add_completion=False)


@app.command()
def main(
    data: Annotated[Path, typer.Option(envvar="ATELIER_DATA", help="The folder of the data sets.")] = Path("data"),
    llm: Annotated[str | None, typer.Option(help="Base URL of an OpenAI-compatible server, measured too.")] = None,
    model: Annotated[str, typer.Option(help="Model name on that server.")] = "",
    only: Annotated[list[str] | None, typer.Option(help=f"Only this part, of {', '.join(PARTS)}. Repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Goals, prompts, procedures a part at most.")] = None,
    verbose: Annotated[bool, typer.Option(help="Tell the commonest misses, of GenEval all.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures and misses here.")] = None,
) -> None:
    """Measures the language roles: the embedded rules, and next to them a model's if `--llm` names one."""
    unknown = set(only or ()) - set(PARTS)
    if unknown or not data.is_dir():
        problem = f"no part {sorted(unknown)}: there are {', '.join(PARTS)}" if unknown else f"no data at {data}"
        typer.echo(problem if unknown else f"{problem}: give the folder of the data sets with --data", err=True)
        raise typer.Exit(2)
    doors = {"embedded": Door()} | ({model or "model": _door(llm, model)} if llm else {})
    console = Console()
    results: dict[str, dict[str, Any]] = {}
    for name in only or PARTS:
        part = PARTS[name]
        if missing := [file for file in part.needs if not (data / file).exists()]:
            typer.echo(f"{name}: skipped, {data / missing[0]} is missing", err=True)
            continue
        try:
            results[name] = {
                column: part.measure(data, door, limit)
                for column, door in doors.items()
                if part.asks or column == "embedded"
            }
        except LanguageModelError as fault:
            typer.echo(f"{name}: {fault}", err=True)
            raise typer.Exit(1) from None
        console.print(table(name, part.rows, results[name], list(doors)))
        if verbose:
            for column, figures in results[name].items():
                show_misses(console, f"{name}, {column}", figures["misses"], everything=name == "geneval")
    if json_file:
        json_file.write_text(json.dumps(plain(results), indent=1) + "\n", encoding="utf-8")
    if not results:
        raise typer.Exit(2)


def _door(llm: str, model: str) -> Door:
    """The door to a server, with the key that the environment has for it."""
    from graphs.resources import door_of

    return door_of({"settings": {"llm": llm, "model": model}})


def plain(results: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """All figures as JSON has them, a miss with its keys."""
    return {
        name: {
            column: {**figures, "misses": [miss._asdict() for miss in figures["misses"]]}
            for column, figures in columns.items()
        }
        for name, columns in results.items()
    }


def table(name: str, rows: tuple[Row, ...], results: dict[str, dict[str, Any]], columns: list[str]) -> Table:
    """A part's figures, a column each for the rules and the model; in red what misses its goal."""
    shown = Table("measure", "n", *columns, "baseline", "goal", title=name, title_justify="left")
    shown.caption = next(iter(results.values())).get("note")
    for row in rows:
        values = {column: look_up(figures, row.key) for column, figures in results.items()}
        if all(value is None for value in values.values()):
            continue
        goal = "" if row.goal is None else f"{'≤' if row.lower else '≥'} {number(row.goal)}"
        told = [judged(row, values[column]) if column in values else "–" for column in columns]
        shown.add_row(row.label, _each(results, row.n), *told, _each(results, row.baseline), goal)
    return shown


def _each(results: dict[str, dict[str, Any]], key: str | None) -> str:
    """A figure of every column; once if they agree."""
    return " / ".join(dict.fromkeys(number(look_up(figures, key)) for figures in results.values()))


def judged(row: Row, value: float | None) -> str:
    """A figure, red if it misses its goal."""
    missed = value is not None and row.goal is not None and (value > row.goal if row.lower else value < row.goal)
    return f"[red]{number(value)}[/red]" if missed else number(value)


def number(value: float | None) -> str:
    """A figure as it is shown: counts whole, shares with three digits."""
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def show_misses(console: Console, title: str, misses: list[Miss], everything: bool) -> None:
    """The commonest kinds of miss, each with its number and a case, or every one."""
    kinds: dict[str, list[Miss]] = {}
    for miss in misses:
        kinds.setdefault(miss.kind, []).append(miss)
    console.print(f"{escape(title)}: {len(misses)} misses of {len(kinds)} kinds", style="bold")
    for kind, cases in sorted(kinds.items(), key=lambda pair: -len(pair[1]))[: None if everything else KINDS_SHOWN]:
        console.print(f"{len(cases):4d} {escape(kind)}", highlight=False, soft_wrap=True)
        for miss in cases if everything else cases[:1]:
            console.print(f"     [dim]{escape(miss.where)}[/dim] {escape(miss.case)}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    app()
