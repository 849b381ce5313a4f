"""Draws a scene as strokes, sub-graph by sub-graph: the outlines of the vocabulary's objects in their boxes."""

import hashlib

import numpy as np

from models.scene_diffusion.composer import arrange, visible_lines
from models.scene_diffusion.drawings import Look, random_look
from tools.canvas import Sketch, Stroke
from tools.layout import Box
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary


def look_of(item: SceneObject, seed: int) -> Look:
    """The look of an object in a run: the same noun has the same shape in every step."""
    return random_look(item, _generator(item, seed))


def _generator(item: SceneObject, seed: int) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}/{item.noun}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def with_colours(scene: SceneGraph, seed: int) -> SceneGraph:
    """The scene with a colour for everything that could have any and was given none, the same in every step.

    What a text leaves open has to be decided once for all pictures of a guide; saying it in every caption is the
    plainest way, and inspection can then check it.
    """
    painted = scene.model_copy(deep=True)
    for item in painted.objects:
        noun = vocabulary().nouns[item.noun]
        if noun.paint and item.colour is None:
            item.colour = noun.colours[_generator(item, seed).integers(len(noun.colours))]
    return painted


def sketch_chain(chain: list[SceneGraph], boxes: dict[str, Box], seed: int) -> list[Sketch]:
    """A sketch for each sub-graph, in the boxes of the whole scene; strokes that something covers are left out."""
    sketches = []
    for scene in chain:
        looks = {item.id: look_of(item, seed) for item in scene.objects}
        lines = visible_lines(arrange(scene, boxes, looks))
        strokes = [Stroke(points=points.tolist(), object=identity) for identity, points in lines]
        sketches.append(Sketch(strokes=strokes, source="outlines"))
    return sketches
