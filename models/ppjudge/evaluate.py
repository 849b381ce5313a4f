"""Measures a judge: `python -m models.ppjudge.evaluate [--data DATA]`.

On synthetic processes with nouns and defect strengths that were never trained on: correlation of ranks (SRCC) and of
marks (PCC), share of equal rounded marks (ACC) and squared error, attribute by attribute, after the last frame, and
what the rule itself would reach against the "experts". On real processes: whether true orders and whole sequences are
marked above wrong ones. `experts` draws which experts are used for which attribute. `ablations` trains the rows of the
paper's tables for a few minutes each and measures them.

Not covered: how far the marks agree with people's: there are no annotated processes here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from torch import Tensor

from models.ppjudge.config import ATTRIBUTES, SIZES, WEIGHTS, ablations
from models.ppjudge.data import Judged, collate, judged_process, on_device
from models.ppjudge.measures import Agreement, agreement
from models.ppjudge.modeling import NONE
from models.ppjudge.predictor import ProcessJudge
from models.ppjudge.references import TEXT_ENCODER, reference_of
from models.ppjudge.sequences import SWAPPED, orders, real_sequences, swapped
from models.ppjudge.usage import expert_usage, heat_map

app = typer.Typer(add_completion=False, help=__doc__, invoke_without_command=True)
BATCH = 16
HEAD = "| SRCC | PCC | ACC | MSE (1–10) | MSE (÷10) |"


def held_out_processes(count: int, size: int, slots: int, seed: int) -> Iterator[list[Judged]]:
    """Processes with unseen nouns and strengths, in batches."""
    rng = np.random.default_rng([seed, 7])
    for start in range(0, count, BATCH):
        yield [judged_process(rng, size, slots, unseen=True) for _ in range(min(BATCH, count - start))]


def judged(judge: ProcessJudge, examples: list[Judged]) -> tuple[np.ndarray, Tensor]:
    """Marks after the last frame of each process (n, 8), and how often its tokens use each expert, (8, E)."""
    config = judge.config
    batch = on_device(collate(examples, config.size, config.slots), judge.device)
    reference = reference_of(judge.encoder, config, batch.kinds, batch.prompts, batch.images)
    marks, usage = expert_usage(judge.model, batch.frames, reference, batch.real)
    return marks.float().cpu().numpy(), usage.cpu()


def measure(judge: ProcessJudge, count: int, seed: int) -> tuple[dict[str, Agreement], dict[str, Agreement], Tensor]:
    """Agreement of each attribute: the judge's and the rule's with the "experts"; and the use of experts, (8, E).

    Consistency is measured where there is a reference.
    """
    predicted, exact, true, referred, used = [], [], [], [], []
    for examples in held_out_processes(count, judge.config.size, judge.config.slots, seed):
        marks, usage = judged(judge, examples)
        predicted.append(marks)
        used.append(usage)
        exact += [example.exact[-1] for example in examples]
        true += [example.marks[-1] for example in examples]
        referred += [example.kind != NONE for example in examples]
    found, wanted, best = np.concatenate(predicted), np.stack(true), np.stack(exact)
    rows = {name: np.array(referred) if name == "consistency" else np.ones(count, bool) for name in ATTRIBUTES}

    def by_attribute(marks: np.ndarray) -> dict[str, Agreement]:
        return {name: agreement(marks[rows[name], n], wanted[rows[name], n]) for n, name in enumerate(ATTRIBUTES)}

    usage = torch.stack(used).sum(0)
    return by_attribute(found), by_attribute(best), usage / usage.sum(1, keepdim=True)


def mean_of(found: dict[str, Agreement]) -> Agreement:
    """The mean over attributes."""
    return Agreement(*np.mean(list(found.values()), axis=0).tolist())


def line(name: str, values: Agreement) -> str:
    """A row of the table."""
    srcc, pcc, acc, mse, unit = values
    return f"| {name} | {srcc:.3f} | {pcc:.3f} | {acc:.3f} | {mse:.2f} | {unit:.4f} |"


@app.callback()
def evaluate(
    context: typer.Context,
    weights: Annotated[Path, typer.Option(help="Folder of the judge.")] = WEIGHTS,
    processes: Annotated[int, typer.Option(help="Synthetic processes with what was never trained on.")] = 400,
    data: Annotated[Path | None, typer.Option(help="Folder of the data sets with real processes.")] = None,
    shuffles: Annotated[int, typer.Option(help="Shuffled orders, and swapped frames, of each real process.")] = 10,
    clip: Annotated[Path | None, typer.Option(help="Folder of a CLIP, for judges trained with one.")] = None,
    texts: Annotated[Path, typer.Option(help="Pipeline whose text encoder reads prompts.")] = TEXT_ENCODER,
    seed: int = 77,
) -> None:
    """Prints tables of agreement with the programmatic marks, and of trials on real processes."""
    if context.invoked_subcommand:
        return
    judge = ProcessJudge(weights, clip=clip, texts=texts)
    found, best, usage = measure(judge, processes, seed)
    print(f"{processes} synthetic processes; marks are programmatic\n\n| attribute {HEAD}\n|---|---|---|---|---|---|")
    for name, values in {**found, "**mean**": mean_of(found), "the rule itself": mean_of(best)}.items():
        print(line(name, values))
    depths = sorted(set(judge.config.depths))
    print("\n| use of experts in the last layer, of depth | " + " | ".join(map(str, depths)) + " | most used |")
    print("|---" * (len(depths) + 2) + "|")
    for name, row in zip(ATTRIBUTES, usage, strict=True):
        shares = [row[torch.tensor(judge.config.depths) == depth].sum() for depth in depths]
        print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + f" | {row.max():.3f} |")
    if data is not None:
        report_real(judge, data, shuffles, seed)


def report_real(judge: ProcessJudge, data: Path, trials: int, seed: int) -> None:
    """Prints the trials on real processes, for all sources and for each."""
    sequences = real_sequences(data, judge.config.slots)
    print("\n| source | sequences | above shuffled | above reversed | swapped frame lowers |\n|---|---|---|---|---|")
    for source in ["all", *dict.fromkeys(sequence.source for sequence in sequences)]:
        chosen = [sequence for sequence in sequences if source in ("all", sequence.source)]
        won = orders(judge, chosen, trials, seed) | {SWAPPED: swapped(judge, chosen, trials, seed)}
        print(f"| {source} | {len(chosen)} | " + " | ".join(map(str, won.values())) + " |", flush=True)


@app.command("experts")
def draw_experts(
    out: Annotated[Path, typer.Option(help="The SVG file to write.")],
    weights: Annotated[Path, typer.Option(help="Folder of the judge.")] = WEIGHTS,
    processes: Annotated[int, typer.Option(help="Synthetic processes with what was never trained on.")] = 100,
    clip: Annotated[Path | None, typer.Option(help="Folder of a CLIP, for judges trained with one.")] = None,
    texts: Annotated[Path, typer.Option(help="Pipeline whose text encoder reads prompts.")] = TEXT_ENCODER,
    seed: int = 77,
) -> None:
    """Draws a heat map: which experts of the last layer are used for which attribute."""
    judge = ProcessJudge(weights, clip=clip, texts=texts)
    _, _, usage = measure(judge, processes, seed)
    out.write_text(heat_map(usage, judge.config.depths), encoding="utf-8")
    print(out)


@app.command("ablations")
def ablate(
    minutes: Annotated[float, typer.Option(help="Training time of each row.")] = 10,
    processes: Annotated[int, typer.Option(help="Synthetic processes each is measured on.")] = 300,
    size: Annotated[str, typer.Option(help=f"One of {', '.join(SIZES)}.")] = "embedded",
    rows: Annotated[str, typer.Option(help="Rows by name, with commas; empty: all.")] = "",
    folder: Annotated[Path, typer.Option(help="Where states and weights are kept.")] = Path("training/ppjudge_rows"),
    threads: Annotated[int, typer.Option(help="CPU threads; 0 leaves them to torch.")] = 0,
    clip: Annotated[Path | None, typer.Option(help="Folder of a CLIP, for judges without an image tower.")] = None,
    texts: Annotated[Path, typer.Option(help="Pipeline whose text encoder reads prompts.")] = TEXT_ENCODER,
    seed: int = 77,
) -> None:
    """Trains the rows of Tables 3 to 5 from scratch for the same time each, and prints one table."""
    from models.ppjudge.train import train_synthetic

    configs = ablations(SIZES[size]) | {"no style loss": SIZES[size]}
    table = []
    for name in rows.split(",") if rows else configs:
        place = folder / name.replace(" ", "_")
        style = name != "no style loss"
        train_synthetic(configs[name], minutes, place, place, style, threads=threads, clip=clip, texts=texts, seed=seed)
        found, _, _ = measure(ProcessJudge(place, clip=clip, texts=texts), processes, seed)
        table.append(line(name, mean_of(found)))
    print("\n".join(["", f"| network {HEAD}", "|---|---|---|---|---|---|", *table]), flush=True)


if __name__ == "__main__":
    app()
