"""What was measured, as tables for a person and as JSON."""

import json
from itertools import combinations
from typing import Any, NamedTuple

from rich.markup import escape
from rich.table import Table

from agents.judge import CRITERIA
from evals.visual_instructions.guides import Guide
from evals.visual_instructions.judging import Judging, agreement, pairs, position_bias, preferences
from evals.visual_instructions.measures import Estimate, Values, difference, estimate, wilson

Columns = dict[str, list[Guide]]


class Measure(NamedTuple):
    """A line of the table: who looks at what, and by column what was measured."""

    network: str
    what: str
    values: dict[str, Values]


def tables(found: list[Measure], columns: Columns) -> list[Table]:
    """A table a network: means with 95 % intervals, and how far each column is from the first in the same guides."""
    first, *others = columns
    shown: dict[str, Table] = {}
    for network, what, values in found:
        if network not in shown:
            heads = [*columns, *(f"{name} − {first}" for name in others)]
            shown[network] = Table("mean ± 95 %", "n", *map(escape, heads), title=escape(network), title_justify="left")
        means = [estimate(values[name]) for name in columns]
        moved = [difference(values[first], values[name]) for name in others]
        cases = dict.fromkeys(_cases(figure) for figure in [*means, *moved] if figure)
        shown[network].add_row(what, " / ".join(cases), *map(told_of, means), *(told_of(one, "+") for one in moved))
    return list(shown.values())


def told_of(figure: Estimate | None, sign: str = "") -> str:
    """A figure as it is shown; a sign "+" is told too."""
    if figure is None:
        return "–"
    spread = "" if figure.half_width is None else f" ± {figure.half_width:.3f}"
    return f"{figure.mean:{sign}.3f}{spread}"


def _cases(figure: Estimate) -> str:
    return f"{figure.n} {figure.case}{'s' if figure.n > 1 else ''}"


def differing(columns: Columns) -> list[str]:
    """The settings by which the columns differ, save those that vary within one; columns that share no guide."""
    told: dict[str, dict[str, str]] = {}
    for name, guides in columns.items():
        for setting in sorted({setting for guide in guides for setting in guide.settings}):
            values = {json.dumps(guide.settings.get(setting)) for guide in guides}
            if len(values) == 1:
                told.setdefault(setting, {})[name] = values.pop()
    settings = [
        f"{setting}: " + ", ".join(f"{name} {value}" for name, value in values.items())
        for setting, values in told.items()
        if len(values) == len(columns) and len(set(values.values())) > 1
    ]
    first, *others = columns
    strange = [name for name in others if not pairs(columns[first], columns[name])]
    apart = [f"{first} and {name} have no guide of the same goal, seed and instructions" for name in strange]
    return [*(["; ".join(settings)] if settings else []), *apart]


def judges_report(heard: list[Judging], a: str, b: str) -> list[Table | str]:
    """How often each column was preferred in both orders, then the judges' position bias and their agreement."""
    sides = f"{escape(a)} preferred", f"{escape(b)} preferred", "tie", f"{escape(b)}, of what is decided (95 %)"
    shown = Table("judge", "criterion", *sides, title="judged in both orders", title_justify="left")
    for judging in heard:
        for criterion, counts in preferences(judging).items():
            decided = counts["a"] + counts["b"]
            numbers = [str(counts[side]) for side in ("a", "b", "tie")]
            name = escape(judging.model) if criterion == CRITERIA[0] else ""
            shown.add_row(name, _words(criterion), *numbers, _share(counts["b"], decided))
        shown.add_section()
    lines = [_bias(judging) for judging in heard]
    lines += [_agreed(one, other) for one, other in combinations(heard, 2)]
    return [shown, *lines]


def _words(criterion: str) -> str:
    return criterion.replace("_", " ")


def _share(hits: int, n: int) -> str:
    bounds = wilson(hits, n)
    return f"{hits / n:.2f} ({bounds[0]:.2f} to {bounds[1]:.2f})" if bounds else "–"


def _bias(judging: Judging) -> str:
    bias, silent = position_bias(judging), sum(said is None for said in judging.comparisons.values())
    told = f"{judging.model} kept to a place in {bias['follows_place']} of {bias['comparisons']} comparisons"
    told += f"; of {bias['decided']} answers for one side, for the first: {_share(bias['first'], bias['decided'])}"
    return told + (f"; gave no answer to {silent} of {len(judging.comparisons)} pairs" if silent else "")


def _agreed(one: Judging, other: Judging) -> str:
    kappas = ", ".join(
        f"{_words(name)} {'–' if kappa is None else f'{kappa:.2f}'}" for name, kappa in agreement(one, other).items()
    )
    return f"Cohen's κ of {one.model} and {other.model}, {len(one.comparisons)} pairs of guides: {kappas}"


def as_json(columns: Columns, found: list[Measure], judgings: dict[str, list[Judging]]) -> dict[str, Any]:
    """Every figure, with what it was made of."""
    first, *others = columns
    return {
        "columns": {name: [_described(guide) for guide in guides] for name, guides in columns.items()},
        "measures": [
            {
                "network": network,
                "what": what,
                "means": {name: _plain(estimate(values[name])) for name in columns},
                "differences": {name: _plain(difference(values[first], values[name])) for name in others},
                "values": {
                    name: [
                        {
                            "goal": subject.goal,
                            "seed": subject.seed,
                            "items": [[*item, value] for item, value in items.items()],
                        }
                        for subject, items in values[name].items()
                    ]
                    for name in columns
                },
            }
            for network, what, values in found
        ],
        "judgements": {
            name: {
                "judges": [_heard(judging) for judging in heard],
                "agreement": [
                    {"judges": [one.model, other.model], "kappa": agreement(one, other)}
                    for one, other in combinations(heard, 2)
                ],
            }
            for name, heard in judgings.items()
        },
    }


def _described(guide: Guide) -> dict[str, Any]:
    return {"place": guide.place, "goal": guide.subject.goal, "seed": guide.subject.seed, "settings": guide.settings}


def _plain(figure: Estimate | None) -> dict[str, Any] | None:
    return figure._asdict() if figure else None


def _heard(judging: Judging) -> dict[str, Any]:
    return {
        "model": judging.model,
        "preferences": preferences(judging),
        "position_bias": position_bias(judging),
        "comparisons": [
            {
                "goal": subject.goal,
                "seed": subject.seed,
                "a_first": said.a_first.model_dump() if said else None,
                "b_first": said.b_first.model_dump() if said else None,
            }
            for subject, said in judging.comparisons.items()
        ],
    }
