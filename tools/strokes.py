"""Draws a scene as strokes, sub-graph by sub-graph: by the Painter, a language model, or the vocabulary's outlines.

Whoever draws, a thing is drawn once, large and alone, and then put into its boxes: so it looks alike in all stages and
steps of a run. What covers what is decided by the vocabulary's shapes; lines that something covers are left out.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from models.painter.outlines import as_it_is, canvas_box, manner_of, outline
from models.scene_diffusion.composer import arrange, visible_lines
from models.scene_diffusion.drawings import Look, random_look
from models.scene_diffusion.scribbles import ALTERED
from tools.canvas import Sketch, Stroke
from tools.layout import Box
from tools.model_hub import DEVICE, load_painter
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

OUTLINES, PAINTER, LLM = "outlines", "painter", "llm"
"""Who draws."""


CHANGED = {"sliced", "mashed", "peeled", "melted", "fried", "toasted"}
"""States in which a thing has other colours than it had."""


class Drawing(NamedTuple):
    """A thing as it is drawn wherever it stands.

    Attributes:
        lines: (n, 2) each in its unit box.
        source: who drew them.
        shape: which of its noun's shapes it is, if it is one of those.
    """

    lines: list[np.ndarray]
    source: str
    shape: int | None = None


class Drawn(NamedTuple):
    """Drawings by object id, and by noun why there is none."""

    drawings: dict[str, Drawing]
    notes: dict[str, str]


def look_of(item: SceneObject, seed: int) -> Look:
    """The look of an object in a run: the same noun has the same shape in every step."""
    return random_look(item, _generator(item, seed))


def _generator(item: SceneObject, seed: int) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}/{item.noun}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def altered(item: SceneObject) -> list[str]:
    """Those of its states that change an object's shape."""
    return sorted(ALTERED & set(item.states))


def with_colours(scene: SceneGraph, seed: int) -> SceneGraph:
    """The scene with a colour for everything that could have any and was given none, the same in every step.

    What a text leaves open has to be decided once for all pictures of a guide; saying it in every caption is the
    plainest way. What does not come in any colour has its first, but for people and what has been cut or cooked: left
    to itself, the generator makes of a tap all that taps can be.
    """
    painted = scene.model_copy(deep=True)
    for item in painted.objects:
        noun = vocabulary().nouns[item.noun]
        if item.colour is None and noun.paint:
            item.colour = noun.colours[_generator(item, seed).integers(len(noun.colours))]
        elif item.colour is None and noun.kind != "people" and not CHANGED & set(item.states):
            item.colour = noun.colours[0]
    return painted


def sketch_chain(
    chain: list[SceneGraph], boxes: dict[str, Box], seed: int, drawings: Mapping[str, Drawing] | None = None
) -> list[Sketch]:
    """A sketch for each sub-graph, in the boxes of the whole scene; strokes that something covers are left out.

    Args:
        chain: nested scenes.
        boxes: object id → box.
        seed: of the outlines' looks.
        drawings: object id → its drawing, where it is not drawn by its outlines.
    """
    drawn = drawings or {}
    sketches = []
    for scene in chain:
        looks = {item.id: look_of(item, seed) for item in scene.objects}
        lines = visible_lines(arrange(scene, boxes, looks, {key: drawing.lines for key, drawing in drawn.items()}))
        strokes = [Stroke(points=points.tolist(), object=identity) for identity, points in lines]
        sources = {item.id: drawn[item.id].source if item.id in drawn else OUTLINES for item in scene.objects}
        shapes = {key: drawn[key].shape if key in drawn else look.shape for key, look in looks.items()}
        known = {key: shape for key, shape in shapes.items() if shape is not None}
        sketches.append(Sketch(strokes=strokes, source=_together(sources.values()), sources=sources, shapes=known))
    return sketches


def _together(sources: Iterable[str]) -> str:
    """Who drew, once each: "painter and outlines"."""
    return " and ".join(dict.fromkeys(source.split()[0] for source in sources))


def painted(scene: SceneGraph, seed: int, painter: str) -> Drawn:
    """What the Painter draws of a scene: nouns as the vocabulary's drawings taught it, or else as people draw them.

    Args:
        scene: the objects.
        seed: of the run.
        painter: the Painter's folder.

    Raises:
        ModelError: if there is no such Painter.
    """
    with DEVICE:
        predictor, revision = load_painter(painter)
    drawn = Drawn({}, {})
    for item in scene.objects:
        word, shape = category_of(item.noun), None
        with DEVICE:  # it guards the caches too: a step that draws in parallel finds what another has drawn
            if item.noun in predictor.outlines:
                shape = look_of(item, seed).shape
                lines = _outlined(painter, item.noun, manner_of(item), shape)
            elif altered(item):
                key = " ".join([*altered(item), item.noun])
                drawn.notes[key] = f"the {key} is drawn by its outlines: the Painter draws things as they usually are"
                continue
            elif word is None or word.lower() not in predictor.words:
                note = f"the {item.noun} is drawn by its outlines: the Painter has not learned the word"
                drawn.notes[item.noun] = note
                continue
            else:
                lines = _sketched(painter, word, item.noun, int(_generator(item, seed).integers(2**31)))
        drawn.drawings[item.id] = Drawing(lines, f"{PAINTER} {revision}", shape)
    return drawn


@lru_cache(maxsize=512)
def _outlined(painter: str, noun: str, manner: tuple[str, ...], shape: int) -> list[np.ndarray]:
    """A noun as the vocabulary's drawings show it, where they have their ink: lines in its unit box."""
    low, extent = _bounds(outline(noun, manner, shape))
    there, size = _bounds([np.array(stroke.points) for stroke in as_it_is(noun, manner, shape).strokes])
    strokes = load_painter(painter).predictor.outline(noun, manner, shape)
    return [low + extent * (np.array(stroke.points) - there) / size for stroke in strokes]


def _bounds(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The corner and the sides of the box round lines; no side is nothing."""
    points = np.concatenate(lines)
    return points.min(0), np.maximum(np.ptp(points, axis=0), 1e-6)


@lru_cache(maxsize=512)
def _sketched(painter: str, word: str, noun: str, seed: int) -> list[np.ndarray]:
    """A noun as people draw a category, as large as the canvas allows: lines in its unit box."""
    return lines_in_box(load_painter(painter).predictor.draw(word, canvas_box(noun), seed=seed))


def lines_in_box(strokes: list[Stroke]) -> list[np.ndarray]:
    """Strokes moved and stretched so that together they fill the unit box: (n, 2) each."""
    lines = [np.array(stroke.points) for stroke in strokes]
    points = np.concatenate(lines)
    low, extent = points.min(0), np.ptp(points, axis=0)
    flat = extent < 1e-6  # a straight line lies in the middle
    scale = np.where(flat, 1, extent)
    return [np.where(flat, 0.5, (line - low) / scale) for line in lines]


@lru_cache(maxsize=1)
def _painter_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "painter_words.toml").read_text(encoding="utf-8"))


def category_of(noun: str) -> str | None:
    """The Quick, Draw! category that shows a noun: its row of `painter_words.toml`, else the one of its own name.

    Nobody has drawn a "grater" there: whether there is such a category, a Painter's own words tell.
    """
    table = _painter_words()
    return None if noun in table["not"] else table["words"].get(noun, noun)
