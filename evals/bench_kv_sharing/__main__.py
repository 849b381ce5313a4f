"""`python -m evals.bench_kv_sharing attention|forward|masks|consistency`: what KV sharing costs, and what it does.

Speed and memory are of random weights at real shapes and say nothing of pictures. Every comparison is made in one run,
its ways in turn, and told as a ratio with quartiles. Not covered: FLUX and SD 3.5 at their real size.
"""

from pathlib import Path
from statistics import median
from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.table import Table

from evals.bench_kv_sharing import attention as op
from evals.bench_kv_sharing import forward as unet

app = typer.Typer(add_completion=False, help=__doc__)
console = Console()


@app.command()
def attention(
    cells: Annotated[list[int], typer.Option(help="L: cells of a picture.")] = [1024, 4096],  # noqa: B006
    pictures: Annotated[list[int], typer.Option(help="N: pictures.")] = [2, 4, 8, 12],  # noqa: B006
    coverage: Annotated[list[float], typer.Option(help="Share of the others' keys.")] = [0.25, 0.5, 1.0],  # noqa: B006
    repeats: int = 5,
) -> None:
    """The attention op: ours against dense masking, and against the stock kernel over exactly the kept keys."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = torch.float16 if device == "cuda" else torch.float32
    title = f"one picture's attention, random tensors, {dtype}, {device}, median of {repeats} (quartiles)"
    table = Table("L", "N", "coverage", "ms", "ours / floor", "dense / ours", "keys, dense / kept", title=title)
    with torch.inference_mode():
        for case in op.cases(tuple(cells), tuple(pictures), tuple(coverage)):
            timing = op.time_case(case, repeats, device, dtype)
            ratios = [
                f"{timing.ratio(*pair):.2f} ({timing.spread(*pair)[0]:.2f}–{timing.spread(*pair)[1]:.2f})"
                for pair in (("ours", "floor"), ("dense", "ours"))
            ]
            keys = case.pictures / (1 + case.coverage * (case.pictures - 1))
            milliseconds = f"{1000 * sorted(timing.seconds['ours'])[repeats // 2]:.1f}"
            table.add_row(
                str(case.cells), str(case.pictures), f"{case.coverage:.0%}", milliseconds, *ratios, f"{keys:.2f}"
            )
    console.print(table)
    if device == "cpu":
        case = op.Case(4096, 8, 0.25)
        ours, dense = (op.peak_bytes(case, way) for way in ("ours", "dense"))
        console.print(
            f"peak memory at N=8, L=4096, 25 %: {ours / 1e6:.0f} MB, dense {dense / 1e6:.0f} MB: {ours / dense:.2f}"
        )


@app.command()
def forward(
    pictures: Annotated[list[int], typer.Option(help="N: pictures.")] = [4, 8, 12, 16],  # noqa: B006
    repeats: int = 3,
) -> None:
    """A timestep of an SDXL-shaped UNet for N pictures: streamed, against independent."""
    title = (
        f"one timestep, SDXL-shaped, random weights, bf16, 512², guidance, {unet.ANCHORS} anchors, {unet.COVERAGE:.0%}"
    )
    table = Table("N", "streamed", "independent", "overhead", "memory, streamed", "memory, independent", title=title)
    streamed = []
    for count in pictures:
        ours, alone = unet.measure(count, True, repeats), unet.measure(count, False, repeats)
        streamed.append(ours)
        table.add_row(
            str(count),
            str(ours),
            str(alone),
            f"{ours.seconds / alone.seconds - 1:+.0%}",
            f"{ours.megabytes:.0f} MB",
            f"{alone.megabytes:.0f} MB",
        )
    console.print(table)
    growth = streamed[-1].megabytes / streamed[0].megabytes - 1
    console.print(
        f"memory from N={pictures[0]} to N={pictures[-1]}: {growth:+.0%}; R² of time: {unet.linearity(streamed):.4f}"
    )
    one, ten = (median(unet.seconds(count, True, repeats)) for count in (unet.ANCHORS + 1, 10))
    console.print(f"redo of one of ten by replay of {unet.ANCHORS} anchors: {one / ten:.2f} of the whole")


@app.command()
def consistency(
    data: Annotated[Path, typer.Option(envvar="ATELIER_DATA", help="The folder of the data sets.")] = Path("data"),
    goals: Annotated[int | None, typer.Option(help="At most so many goals, evenly chosen.")] = None,
    seeds: int = 2,
    sheet: Annotated[Path | None, typer.Option(help="Write the first goals' pictures, a row a method.")] = None,
) -> None:
    """What sharing does to the embedded generator's guides: none, all keys, masks, similarity."""
    from evals.bench_kv_sharing import consistency as effect
    from evals.language.figures import evenly
    from evals.visual_instructions.measures import difference, estimate
    from evals.visual_instructions.networks import recognizer
    from tools.model_hub import load_profile, models_of

    profile = load_profile("embedded")
    models, network = models_of(profile), recognizer()
    known, total = effect.drawable(data)
    plans = [effect.planned(goal, seed) for goal in evenly(known, goals) for seed in range(seeds)]
    console.print(f"{len(known)} of {total} goals can be drawn; {len(plans) // seeds} of them, {seeds} seeds each")
    table = Table("method", *effect.MEASURES, title=f"{models.revision}; mean ± 95 %, and against none")
    guides = {method: [effect.painted(models, profile, plan, method) for plan in plans] for method in effect.METHODS}
    measured = {method: effect.measure(guides[method], network) for method in effect.METHODS}
    for method, values in measured.items():
        cells = []
        for name in effect.MEASURES:
            mean, change = estimate(values[name]), difference(measured["none"][name], values[name])
            told = "–" if mean is None else f"{mean.mean:.3f} ± {mean.half_width or 0:.3f}"
            if method != "none" and change is not None:
                told += f"\n{change.mean:+.3f} ± {change.half_width or 0:.3f}"
            cells.append(told)
        table.add_row(method, *cells)
    console.print(table)
    if sheet:
        effect.sheet(
            [[guides[method][row] for method in effect.METHODS] for row in range(0, len(plans), seeds)][:3], sheet
        )


@app.command()
def masks(
    scenes: Annotated[int, typer.Option(help="Held-out scenes.")] = 100,
    batch: Annotated[int, typer.Option(help="Scenes painted together.")] = 8,
) -> None:
    """How near masks come to the things, by the embedded generator and segmenter."""
    from evals.bench_kv_sharing import masks as where
    from models.scene_diffusion.evaluate import SEED
    from models.scene_diffusion.held_scenes import held_out_examples
    from models.scene_diffusion.measures import estimate
    from tools.model_hub import load_profile, models_of

    profile = load_profile("embedded")
    models, examples = models_of(profile), held_out_examples(scenes, SEED)
    found: dict[str, list[float]] = {way: [] for way in where.WAYS}
    for start in range(0, scenes, batch):
        for way, values in where.overlaps(models, profile, examples[start : start + batch], SEED + start).items():
            found[way] += values
    table = Table("mask", "IoU, mean with interval of 95 % (things)", title=f"{models.revision}, {scenes} scenes")
    for way, values in found.items():
        table.add_row(way, str(estimate(values)))
    console.print(table)


if __name__ == "__main__":
    app()
