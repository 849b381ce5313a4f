"""Crops of composed scenes, to train and to test the recogniser on: square windows with the noun in their middle.

A window is a square (centre x, centre y, side) in the unit square of its picture, a little larger than the object.
Each copy of a counted object is an object of its own. What lies mostly behind something else is not asked for.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from models.scene_diffusion.composer import Placed, arrange, copies_of, paint
from models.scene_diffusion.drawings import random_look
from models.scene_diffusion.random_scenes import random_object, random_scene
from tools.layout import Box, layout
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

SIDE = 64
"""Pixels of a crop."""
MARGIN = 1.25
"""Side of a window in longer sides of its object."""
SEEN = 0.4
"""An object of which less can be seen is not asked for."""

Window = tuple[float, float, float]


class Crops(NamedTuple):
    """Labelled crops.

    Attributes:
        pixels: (n, SIDE, SIDE, 3) uint8.
        nouns: (n,) row of the noun in the vocabulary, from 1; 0 is nothing.
        colours: (n,) row of the colour; -1 where there is none.
        boxes: (n, 4) the object's box with the window as the unit square.
    """

    pixels: np.ndarray
    nouns: np.ndarray
    colours: np.ndarray
    boxes: np.ndarray


def window_of(box: Box) -> Window:
    """The square about a box."""
    x0, y0, x1, y1 = box
    return (x0 + x1) / 2, (y0 + y1) / 2, MARGIN * max(x1 - x0, y1 - y0)


def copies(item: SceneObject, box: Box) -> list[Box]:
    """The box of each copy of an object."""
    return copies_of(item, box)


def cut(image: np.ndarray, windows: Iterable[Window]) -> np.ndarray:
    """Windows of a picture (size, size, 3) as crops (n, SIDE, SIDE, 3) uint8; beyond the edge its last pixels go on."""
    pyramid = [image]  # what shrinks is averaged first, or lines flicker
    while len(pyramid[-1]) >= 2 * SIDE:
        pyramid.append(cv2.resize(pyramid[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    crops = []
    for x, y, side in windows:
        level = min(len(pyramid) - 1, max(0, round(np.log2(side * len(image) / SIDE))))
        size = len(pyramid[level])
        scale = SIDE / (side * size)
        to_crop = np.array([[scale, 0, SIDE / 2 - x * size * scale], [0, scale, SIDE / 2 - y * size * scale]])
        crops.append(cv2.warpAffine(pyramid[level], to_crop, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE))
    return np.stack(crops) if crops else np.zeros((0, SIDE, SIDE, 3), np.uint8)


def seen_shares(placed: Sequence[Placed], resolution: int = 96) -> dict[str, float]:
    """For each object, how much of the area it covers nothing else covers."""
    owner = np.full((resolution, resolution), -1, np.int32)
    names = list(dict.fromkeys(identity for identity, _ in placed))
    area = {name: np.zeros((resolution, resolution), np.uint8) for name in names}
    for identity, part in placed:
        if part.ink and part.closed and part.fill is not None and part.alpha > 0.3:
            polygon = [np.round(part.points * resolution).astype(np.int32)]
            cv2.fillPoly(owner, polygon, names.index(identity))
            cv2.fillPoly(area[identity], polygon, 1)
    return {
        name: float((owner[area[name] > 0] == index).mean()) if area[name].any() else 0.0
        for index, name in enumerate(names)
    }


def scene_to_learn(rng: np.random.Generator) -> SceneGraph:
    """Half of the time a scene as the generator learns; else one to three nouns side by side, all as likely.

    Every object has a colour, in a fifth of the cases one that it never has, so that colours are not guessed from
    shapes.
    """
    colours = list(vocabulary().colours)
    if rng.random() < 0.4:
        scene = random_scene(rng)
    else:
        names = rng.choice(vocabulary().learned, rng.integers(1, 4), replace=False)
        ground = rng.choice(list(vocabulary().grounds))
        items = [random_object(f"o{index}", str(name), rng) for index, name in enumerate(names)]
        scene = SceneGraph(objects=items, ground=str(ground))
    for item in scene.objects:
        noun = vocabulary().nouns[item.noun]
        usual = colours if noun.paint or rng.random() < 0.2 else noun.colours
        item.colour = str(rng.choice(list(usual)))
    return scene


def crops_of(scene: SceneGraph, rng: np.random.Generator, views: int = 2, empty: int = 3) -> Crops:
    """Crops of a scene composed with random looks: of each object that can be seen, and of nothing.

    Args:
        views: crops of each object, as far off as the windows that `Recognizer.find` slides over a picture.
        empty: windows of nothing that are tried.
    """
    boxes = layout(scene, int(rng.integers(2**31)))
    placed = arrange(scene, boxes, {item.id: random_look(item, rng) for item in scene.objects})
    image = paint(placed, 256, *vocabulary().grounds[scene.ground])
    seen = seen_shares(placed)
    every = [(item, box) for item in scene.objects for box in copies(item, boxes[item.id])]
    windows, nouns, colours, inner = [], [], [], []
    for item, box in every * views:
        if seen.get(item.id, 0) < SEEN:
            continue
        x, y, side = window_of(box)
        x, y = (value + side * rng.uniform(-0.15, 0.15) for value in (x, y))
        side *= float(np.exp(rng.uniform(-0.2, 0.2)))
        windows.append((x, y, side))
        nouns.append(vocabulary().learned.index(item.noun) + 1)
        colours.append(list(vocabulary().colours).index(item.colour) if item.colour else -1)
        inner.append([(value - start) / side + 0.5 for value, start in zip(box, (x, y, x, y), strict=True)])
    taken = [window_of(box) for _, box in every]
    for _ in range(empty):
        near = taken[rng.integers(len(taken))]
        side = float(np.exp(rng.uniform(np.log(0.12), np.log(0.85))))
        reach = rng.choice([0.6, 1.2]) * near[2]
        window = (near[0] + reach * rng.uniform(-1, 1), near[1] + reach * rng.uniform(-1, 1), side)
        if all(overlap(window, other) < 0.25 for other in taken):
            windows.append(window)
            nouns.append(0)
            colours.append(-1)
            inner.append([0.0] * 4)
    return Crops(
        cut(image, windows), np.array(nouns, int), np.array(colours, int), np.array(inner, np.float32).reshape(-1, 4)
    )


def overlap(one: Window, other: Window) -> float:
    """Intersection over union of two windows."""
    squares = [(x - side / 2, y - side / 2, x + side / 2, y + side / 2) for x, y, side in (one, other)]
    return box_overlap(*squares)


def box_overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    common = max(0.0, width) * max(0.0, height)
    areas = [(x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (one, other)]
    return common / (sum(areas) - common) if common else 0.0
