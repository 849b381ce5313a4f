"""Measures a segmenter on composed scenes: `python -m models.segmenter.evaluate`.

The mean IoU of objects with nouns that were never trained on, and of others, when asked for by the smallest box around
what is seen, by the box of the layout (around the whole object, also where it is hidden or said to steam), and by one
click in the middle. Intervals are of 95 %, by resampling scenes.

Not covered: photographs, and painted pictures, of which no exact masks are known.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, NamedTuple

import numpy as np
import typer
from PIL import Image

from models.scene_diffusion.random_scenes import random_scene
from models.segmenter.data import HELD_OUT, Segmented, middle, segmented, tight_box, trained_on
from models.segmenter.modeling import WEIGHTS
from models.segmenter.predictor import Segmenter

PROMPTS: dict[str, Callable[[Segmented, str], dict[str, list]]] = {
    "box": lambda example, name: {"boxes": [tight_box(example.masks[name])]},
    "layout box": lambda example, name: {"boxes": [example.boxes[name]]},
    "one click": lambda example, name: {"points": [[middle(example.masks[name])]]},
}
"""How an object of an example is asked for."""


class Case(NamedTuple):
    """A scene with its masks, and the objects of it that are measured."""

    example: Segmented
    names: list[str]


class Estimate(NamedTuple):
    """A mean over n objects and its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def cases(held_out: bool, count: int, seed: int) -> Iterator[Case]:
    """Scenes that show nouns held out (these are measured), or none of them (all objects are)."""
    rng = np.random.default_rng([seed, held_out])
    while count:
        scene = random_scene(rng)
        if trained_on(scene) == held_out:
            continue
        example = segmented(scene, rng)
        wanted = [item.id for item in scene.objects if (item.noun in HELD_OUT) == held_out and item.id in example.masks]
        if wanted:
            count -= 1
            yield Case(example, wanted)


def ious(segmenter: Segmenter, case: Case, prompt: Callable[[Segmented, str], dict[str, list]]) -> list[float]:
    """Intersection over union of each object's predicted mask and its true one; the picture is set."""
    found = []
    for name in case.names:
        mask, truth = segmenter.predict(**prompt(case.example, name)).masks[0], case.example.masks[name]
        found.append(float((mask & truth).sum() / (mask | truth).sum()))
    return found


def estimate(by_scene: list[list[float]], draws: int = 1000) -> Estimate:
    """The mean over objects, with an interval from resampled scenes: objects of one scene are not independent."""
    rng = np.random.default_rng(0)
    sums, sizes = np.array([sum(values) for values in by_scene]), np.array([len(values) for values in by_scene])
    picks = rng.integers(len(by_scene), size=(draws, len(by_scene)))
    low, high = np.quantile(sums[picks].sum(1) / sizes[picks].sum(1), [0.025, 0.975])
    return Estimate(float(sums.sum() / sizes.sum()), float(low), float(high), int(sizes.sum()))


def measure(segmenter: Segmenter, held_out: bool, scenes: int, seed: int) -> dict[str, Estimate]:
    """The mean IoU of each prompt."""
    found: dict[str, list[list[float]]] = {name: [] for name in PROMPTS}
    for case in cases(held_out, scenes, seed):
        segmenter.set_image(Image.fromarray(case.example.image))
        for name, prompt in PROMPTS.items():
            found[name].append(ious(segmenter, case, prompt))
    return {name: estimate(values) for name, values in found.items()}


def evaluate(
    weights: Annotated[str, typer.Option(help="A folder, or the hub id of a SAM 2.")] = str(WEIGHTS),
    scenes: Annotated[int, typer.Option(help="Scenes with nouns held out, and as many without.")] = 300,
    seed: int = 77,
) -> None:
    """Prints a table of mean IoU."""
    segmenter = Segmenter.from_pretrained(weights)
    print("| nouns | asked by | mean IoU | 95 % | objects |\n|---|---|---|---|---|")
    for label, held_out in (("never trained on", True), ("trained on", False)):
        for prompt, (mean, low, high, n) in measure(segmenter, held_out, scenes, seed).items():
            print(f"| {label} | {prompt} | {mean:.3f} | {low:.3f} – {high:.3f} | {n} |", flush=True)


if __name__ == "__main__":
    typer.run(evaluate)
