"""The attention op alone: gathered keys against dense masking and against the floor.

One picture reads its own keys and the kept ones of N − 1 others. Dense: all keys of all pictures and a mask of −inf for
those that are not kept, as StoryDiffusion does (arXiv 2405.01434). Floor: the stock kernel over exactly the kept keys,
already lying together and without weights: no way of sharing can be faster. Random tensors at real shapes.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from models.kv_sharing.attention import shared_attention
from models.kv_sharing.context import SharedKeys

HEADS, WIDTH = 10, 64
"""Those of SDXL's 64² level."""
Way = Literal["ours", "dense", "floor"]
WAYS: tuple[Way, ...] = ("ours", "dense", "floor")


class Case(NamedTuple):
    """L cells a picture, N pictures, the share of the others' keys that is kept."""

    cells: int
    pictures: int
    coverage: float


class Timing(NamedTuple):
    """Seconds of each way in every repetition."""

    case: Case
    seconds: dict[Way, list[float]]

    def ratio(self, one: Way, other: Way) -> float:
        """Median of the ratios within a repetition: what else the machine does falls on both alike."""
        return statistics.median(a / b for a, b in zip(self.seconds[one], self.seconds[other], strict=True))

    def spread(self, one: Way, other: Way) -> tuple[float, float]:
        """First and third quartile of these ratios."""
        ratios = [a / b for a, b in zip(self.seconds[one], self.seconds[other], strict=True)]
        low, _, high = statistics.quantiles(ratios, n=4)
        return low, high


def cases(cells: tuple[int, ...], pictures: tuple[int, ...], coverages: tuple[float, ...]) -> Iterator[Case]:
    """Every combination."""
    return (Case(*case) for case in ((L, N, c) for L in cells for N in pictures for c in coverages))


def attention_of(case: Case, way: Way, device: str, dtype: torch.dtype) -> Callable[[], Tensor]:
    """The op of a case in one of the ways, its inputs made."""
    length, count, coverage = case
    generator = torch.Generator().manual_seed(0)

    def states(pictures: int) -> Tensor:
        channels = torch.randn(pictures, length, HEADS * WIDTH, generator=generator).to(device, dtype)
        return channels.unflatten(-1, (HEADS, WIDTH)).transpose(1, 2)  # as a layer splits its heads

    query, keys, values = states(1), states(count), states(count)
    kept = torch.randperm((count - 1) * length, generator=generator)[: round(coverage * (count - 1) * length)].sort()[0]
    bias = torch.full((len(kept),), 0.7).log().to(device)
    own, other = slice(0, 1), slice(1, None)
    if way == "ours":
        plan = [SharedKeys(kept.to(device), bias)]
        source = keys[other], values[other]
        return lambda: shared_attention(query, keys[own], values[own], plan, source)
    all_keys, all_values = (states.transpose(0, 1).flatten(1, 2)[None] for states in (keys, values))
    if way == "dense":
        seen = torch.zeros(count * length, dtype=torch.bool)
        seen[:length], seen[length + kept] = True, True
        mask = torch.zeros(length, count * length, dtype=dtype).masked_fill(~seen, -torch.inf).to(device)
        return lambda: F.scaled_dot_product_attention(query, all_keys, all_values, attn_mask=mask)
    positions = torch.cat([torch.arange(length), length + kept]).to(device)
    kept_keys, kept_values = (states[:, :, positions].contiguous() for states in (all_keys, all_values))
    return lambda: F.scaled_dot_product_attention(query, kept_keys, kept_values)


def time_case(case: Case, repeats: int, device: str, dtype: torch.dtype) -> Timing:
    """Times the three ways in turn, again and again, after a warm-up."""
    ops = {way: attention_of(case, way, device, dtype) for way in WAYS}
    seconds: dict[Way, list[float]] = {way: [] for way in WAYS}
    for repeat in range(repeats + 1):
        for way, op in ops.items():
            start = time.perf_counter()
            op()
            if device == "cuda":
                torch.cuda.synchronize()
            if repeat:
                seconds[way].append(time.perf_counter() - start)
    return Timing(case, seconds)


def peak_bytes(case: Case, way: Way) -> int:
    """Memory that the op takes on the CPU at its peak above queries, keys and values; a dense mask counts with it.

    Measured in a process of its own.
    """
    code = f"""
import torch
from evals.bench_kv_sharing.attention import Case, attention_of
from evals.bench_kv_sharing.memory import peak_bytes
attention_of(Case(64, 2, 0.5), "{way}", "cpu", torch.float32)()
print(peak_bytes(attention_of(Case(*{tuple(case)}), "{way}", "cpu", torch.float32)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    mask = case.cells * case.pictures * case.cells * 4 if way == "dense" else 0
    return int(done.stdout) + mask
