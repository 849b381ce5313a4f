"""Speed and size of the demo: `python -m evals.bench_demo`. Everything is measured in fresh processes, in one run.

Bars (2 CPU cores): `--help` under 1.5 s; five steps under 60 s, imports and one refinement round included; peak
memory under 4 GB; checkpoint database under 1 MB; one picture at the default steps with guidance under 1.5 s.
Not covered: `make demo` from a clean clone, which is timed by hand.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5


def seconds_of(arguments: list[str], home: Path) -> tuple[float, str]:
    """Wall time and standard output of a command."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "ATELIER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout


def picture_seconds(count: int = 5) -> list[float]:
    """Seconds a picture, painting five together, for each of several repetitions after a warm-up."""
    code = f"""
import json, time
from tools.diffusion import PictureRequest, paint_pictures
from tools.model_hub import load_profile, models_of
profile = load_profile("embedded")
models = models_of(profile)
requests = [PictureRequest(prompt="a red cup on a plate, wooden table", seed=seed) for seed in range({count})]
times = []
for _ in range({REPEATS + 1}):
    start = time.perf_counter()
    paint_pictures(models, profile, requests)
    times.append((time.perf_counter() - start) / {count})
print(json.dumps(times[1:]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measures and prints a table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        helps = [seconds_of(["-m", "graphs.instruct", "--help"], home)[0] for _ in range(REPEATS)]
        wall, output = seconds_of(["-m", "graphs.instruct", "how to make tea", "--json"], home)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        run = json.loads(output)
        database = (home / run["run"] / "checkpoints.sqlite").stat().st_size / 1e6
        refined = sum(
            cost["node"].startswith("refine")
            for cost in json.loads((home / run["run"] / "ledger.json").read_text())["costs"]
        )
    pictures = picture_seconds()
    table = Table("what", "measured", "bar", title=f"{os.cpu_count()} cores")
    table.add_row("--help, median of five", f"{statistics.median(helps):.2f} s", "< 1.5 s")
    table.add_row(f"how to make tea, {run['steps']} steps, {refined} refined, whole process", f"{wall:.1f} s", "< 60 s")
    table.add_row("peak memory of it", f"{peak:.0f} MB", "< 4096 MB")
    table.add_row("checkpoint database of it", f"{database:.2f} MB", "< 1 MB")
    spread = f"{min(pictures):.2f}–{max(pictures):.2f}"
    table.add_row("a picture, five painted together", f"{statistics.median(pictures):.2f} s ({spread})", "< 1.5 s")
    Console().print(table)


if __name__ == "__main__":
    main()
