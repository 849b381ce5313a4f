"""What a picture of a held-out scene is worth, as the recogniser sees it; `evaluate.py` says what each measure is."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from models.scene_diffusion.composer import Example
from models.scene_diffusion.crops import copies, crops_of, window_of
from models.scene_diffusion.random_scenes import random_scene
from models.scene_diffusion.recognizer import Found, Recognizer
from models.scene_diffusion.sampling import Given
from tools.layout import Box, relation_holds
from tools.scene import SceneGraph

SLACK = 0.03
"""How far off a found box may be, in the unit square."""
REACH = 2
"""Pixels by which strokes and edges are thickened each way."""
Z = 1.96

Tally = defaultdict[tuple[str, str], list[float]]
"""(measure, condition) → its values, one a trial."""


class Estimate(NamedTuple):
    """A mean with its interval and the number of trials."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] ({self.n})"


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of trials: Wilson's interval if all are 0 or 1 (JASA 22, 1927), else the normal one."""
    n = len(values)
    if not n:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(np.mean(values))
    if set(values) <= {0, 1}:
        centre = (mean + Z**2 / (2 * n)) / (1 + Z**2 / n)
        reach = Z / (1 + Z**2 / n) * math.sqrt(mean * (1 - mean) / n + Z**2 / (4 * n**2))
        return Estimate(mean, centre - reach, centre + reach, n)
    reach = Z * float(np.std(values, ddof=1)) / math.sqrt(n) if n > 1 else math.nan
    return Estimate(mean, mean - reach, mean + reach, n)


def at_boxes(recognizer: Recognizer, picture: np.ndarray, example: Example) -> dict[str, tuple[str, str, np.ndarray]]:
    """Object id → the noun, colour and feature that are seen in the window about its box."""
    answers = {}
    for item in example.scene.objects:
        seen = recognizer.look(picture, [window_of(box) for box in copies(item, example.boxes[item.id])])
        noun, colour = int(seen.nouns.mean(0).argmax()), int(seen.colours.mean(0).argmax())
        answers[item.id] = (recognizer.names[noun], recognizer.colours[colour], seen.features[0])
    return answers


def relation_seen(relation: str, subject: Box, other: Box) -> bool:
    """Whether two found boxes stand in a relation, as far as they can be trusted."""
    x0, y0, x1, y1 = other
    return relation_holds(relation, subject, (x0 - SLACK, y0 - SLACK, x1 + SLACK, y1 + SLACK))


def scribble_iou(picture: np.ndarray, example: Example) -> float:
    """Intersection over union of strokes and edges, thickened, inside the objects' boxes."""
    edges = cv2.Canny(cv2.GaussianBlur(picture, (3, 3), 0), 30, 80)
    inside = np.zeros(edges.shape, np.uint8)
    for x0, y0, x1, y1 in np.array(list(example.boxes.values())) * len(edges):
        cv2.rectangle(inside, (int(x0) - 4, int(y0) - 4), (int(x1) + 4, int(y1) + 4), 1, -1)
    kernel = np.ones((2 * REACH + 1,) * 2, np.uint8)
    drawn, seen = (cv2.dilate(mask, kernel) * inside > 0 for mask in (edges, (example.scribble > 127).astype(np.uint8)))
    return float((drawn & seen).sum() / max(1, (drawn | seen).sum()))


def is_met(scene: SceneGraph, found: dict[str, list[Found]]) -> bool:
    """Whether a picture shows all that a scene names: nouns, numbers above one, colours, relations."""
    places = {}
    for item in scene.objects:
        here = found.get(item.noun, [])
        if not here or (item.count > 1 and len(here) != item.count) or (item.colour and here[0].colour != item.colour):
            return False
        places[item.id] = here[0].box
    return all(relation_seen(edge.relation, places[edge.subject], places[edge.object]) for edge in scene.relations)


def measure_scene(tally: Tally, recognizer: Recognizer, picture: np.ndarray, example: Example, given: Given) -> None:
    """Adds all that a picture of a held-out scene says."""

    def add(name: str, value: float) -> None:
        tally[name, given.name].append(float(value))

    items = example.scene.objects
    if given.layout:
        for item, (noun, colour, _) in zip(items, at_boxes(recognizer, picture, example).values(), strict=True):
            add("recognised at its box", noun == item.noun)
            if item.colour:
                add("colour, at its box", colour == item.colour)
        add("scribble IoU", scribble_iou(picture, example))
    found = recognizer.find(picture)
    for item in items:
        add("found", item.noun in found)
        if item.colour and item.noun in found:
            add("colour, where found", found[item.noun][0].colour == item.colour)
    for noun in found:
        add("asked for, of the nouns found", any(item.noun == noun for item in items))
    measure_relations(tally, found, example.scene, given)


def measure_relations(tally: Tally, found: dict[str, list[Found]], scene: SceneGraph, given: Given) -> None:
    """Adds each relation that can fail: of all, and of those whose two ends were found."""
    nouns = {item.id: item.noun for item in scene.objects}
    for edge in scene.relations:
        if edge.relation == "next to":
            continue
        ends = [found.get(nouns[identity], []) for identity in (edge.subject, edge.object)]
        holds = all(ends) and relation_seen(edge.relation, ends[0][0].box, ends[1][0].box)
        tally["relation, of all", given.name].append(float(holds))
        if all(ends):
            tally["relation, both found", given.name].append(float(holds))


def feature_of(recognizer: Recognizer, picture: np.ndarray, example: Example, given: Given) -> np.ndarray | None:
    """The feature of an example's first object, at its box or, without a layout, where it is found, if it is."""
    item = example.scene.objects[0]
    if given.layout:
        return at_boxes(recognizer, picture, example)[item.id][2]
    found = recognizer.find(picture).get(item.noun)
    return found[0].feature if found else None


def own_accuracy(
    recognizer: Recognizer, scenes: int, seed: int
) -> tuple[list[float], list[float], list[tuple[str, str, int]]]:
    """The recogniser on crops of held-out drawings, off centre: nouns right, colours right, and what it mistakes most.

    Returns:
        a value a crop, a value a crop with a named colour, and (noun, taken for, times), the most frequent first.
    """
    rng = np.random.default_rng(seed)
    nouns: list[float] = []
    colours: list[float] = []
    mistaken: Counter[tuple[str, str]] = Counter()
    for _ in range(scenes):
        crops = crops_of(random_scene(rng, held_out=True), rng, views=1, empty=0)
        if not len(crops.nouns):
            continue
        seen = recognizer.classify(crops.pixels)
        guesses, named = seen.nouns.argmax(1), crops.colours >= 0
        nouns += (guesses == crops.nouns).astype(float).tolist()
        colours += (seen.colours.argmax(1) == crops.colours)[named].astype(float).tolist()
        mistaken.update(
            (recognizer.names[truth], recognizer.names[guess])
            for truth, guess in zip(crops.nouns, guesses, strict=True)
            if truth != guess
        )
    return nouns, colours, [(*pair, count) for pair, count in mistaken.most_common(12)]
