"""Sketcher: a language model draws the things of a scene in SketchAgent's stroke language, without training.

Source: SketchAgent (arXiv 2411.17673). The language is read by `tools/sketch_language.py`.
"""

import threading

import numpy as np
from pydantic import BaseModel, Field

from agents.llm import Door, LanguageModelError, NoFittingAnswer
from tools.canvas import Sketch, Stroke
from tools.layout import Box
from tools.scene import SceneGraph, SceneObject
from tools.sketch_language import CELLS, read_xml
from tools.strokes import LLM, Drawing, Drawn, altered, lines_in_box
from tools.vocabulary import vocabulary

TILTED = "pouring"
"""The state that a thing is drawn without: it is tilted afterwards."""
ASKING = threading.Lock()
"""Held while a drawing is asked for, so that a step finds in the cache what another has just had drawn."""


class StrokeAnswer(BaseModel):
    """The drawing, in SketchAgent's language, and what was thought before it."""

    thinking: str = ""
    strokes: str = Field(min_length=1)


def sketch_of_thing(thing: str, size: tuple[float, float], door: Door) -> Sketch:
    """A language model's sketch of a thing, which fills as much of the canvas as its size lets it.

    Args:
        thing: what to draw, in any words.
        size: its width and height, in any unit.
        door: who draws; the embedded rules cannot.

    Raises:
        NoFittingAnswer: if no answer was a sketch.
        LanguageModelError: if there is no server, or no answer.
    """
    if door.embedded:
        raise LanguageModelError("no language model is there to draw", "name a server with --llm URL")
    width, height = (max(1, round(CELLS * side / max(size))) for side in size)
    with ASKING:
        return door.ask("sketcher", StrokeAnswer, _read, thing=thing, width=width, height=height)


def _read(answer: StrokeAnswer) -> Sketch:
    sketch = read_xml(answer.strokes, curves=True)
    if not any(len(stroke.points) > 1 for stroke in sketch.strokes):
        raise ValueError("nothing but dots is drawn: give each stroke the cells that its line passes")
    return sketch


def sketch_in_box(thing: str, box: Box, door: Door) -> Sketch:
    """The same within a box, which it fills.

    Raises:
        LanguageModelError: if there is no sketch.
    """
    low, size = np.array(box[:2]), np.array(box[2:]) - box[:2]
    sketch = sketch_of_thing(thing, tuple(size.tolist()), door)
    lines = [(line * size + low).tolist() for line in lines_in_box(sketch.strokes)]
    strokes = [Stroke(points=line, object=stroke.object) for line, stroke in zip(lines, sketch.strokes, strict=True)]
    return Sketch(strokes=strokes, source=LLM)


def sketched(scene: SceneGraph, door: Door) -> Drawn:
    """A language model's drawing of each thing of a scene, one of each kind; notes where it could not draw one.

    Raises:
        LanguageModelError: if there is no answer at all.
    """
    source = f"{LLM} {door.role_models.get('sketcher', door.model)}".strip()
    found: dict[str, Drawing] = {}
    notes: dict[str, str] = {}
    for item in scene.objects:
        if (thing := thing_of(item)) in found or thing in notes:
            continue
        try:
            sketch = sketch_of_thing(thing, vocabulary().nouns[item.noun].size, door)
        except NoFittingAnswer as error:
            notes[thing] = f"the {thing} is drawn by its outlines: {error.args[0]}"
        else:
            found[thing] = Drawing(lines_in_box(sketch.strokes), source)
    things = {item.id: thing_of(item) for item in scene.objects}
    return Drawn({key: found[thing] for key, thing in things.items() if thing in found}, notes)


def thing_of(item: SceneObject) -> str:
    """What to draw for an object: its noun, with the states that change its shape."""
    return " ".join([*(state for state in altered(item) if state != TILTED), vocabulary().nouns[item.noun].singular])
