"""The vocabulary's own drawings as strokes: what the Painter learns beside people's drawings, to illustrate guides.

Quick, Draw! has neither a kettle nor a tea bag, and of most things 25 drawings. The vocabulary has each of its nouns in
three shapes, and in the states that change its strokes: few drawings, which even a small Painter learns well.
"""

from functools import cache

import numpy as np

from models.painter.augment import into_box, varied
from models.painter.quickdraw import fitted
from models.painter.scenes import Box
from models.scene_diffusion.composer import arrange, visible_lines
from models.scene_diffusion.drawings import Look, draw
from tools.canvas import Sketch, Stroke
from tools.layout import POUR_AS_THEY_STAND
from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

MARGIN = 0.04
"""Of the canvas that a thing is drawn on, on each side."""
SHAPES = 3
"""Of every noun."""
STEADY = 0.25
"""How strongly the drawings are varied when they are taught: as a steady hand would."""
OTHERWISE = 0.4
"""Share of the drawings that are taught in another state than the usual one, of nouns that have any."""
ADDED = {"steaming", "boiling"}
"""States that are drawn about a thing, like those of every noun and those of handled ones: they change none of it."""
PLAIN = Look((120, 120, 200), (240, 240, 240))
"""A look without a pattern."""


def canvas_box(noun: str) -> Box:
    """The box in which a noun is drawn as large as the canvas allows."""
    size = vocabulary().nouns[noun].size
    half = (0.5 - MARGIN) * np.array(size) / max(size)
    (x0, y0), (x1, y1) = (0.5 - half).tolist(), (0.5 + half).tolist()
    return x0, y0, x1, y1


def object_of(noun: str, manner: tuple[str, ...] = ()) -> SceneObject:
    """A noun with states, among which "filled" and "empty" tell of its content."""
    content = {"filled": "water", "empty": "nothing"}
    told = [content[word] for word in manner if word in content]
    states = [word for word in manner if word not in content]
    return SceneObject(id="thing", noun=noun, states=states, content=told[0] if told else None)


def manner_of(item: SceneObject) -> tuple[str, ...]:
    """What of an object's states and content its own strokes show, in words."""
    filling = "empty" if item.content == "nothing" else "filled" if item.content else ""
    return tuple(word for word in manners(item.noun) if word in (*item.states, filling))


@cache
def manners(noun: str) -> tuple[str, ...]:
    """The states of a noun, "filled" and "empty" among them, in each of which its own strokes are others than usual."""
    table = vocabulary()
    aside = {*table.common_states, *table.handled_states, *ADDED}
    if noun not in POUR_AS_THEY_STAND:
        aside.add("pouring")  # it is tilted as it is
    states = [word for word in (*table.nouns[noun].states, "filled", "empty") if word not in aside]
    return tuple(word for word in states if any(_ink(noun, (word,), s) != _ink(noun, (), s) for s in range(SHAPES)))


def _ink(noun: str, manner: tuple[str, ...], shape: int) -> list:
    drawing = draw(object_of(noun, manner), PLAIN._replace(shape=shape))
    return [part.points.round(4).tolist() for part in (*drawing.back, *drawing.front) if part.ink]


@cache
def outline(noun: str, manner: tuple[str, ...], shape: int) -> list[np.ndarray]:
    """The lines of a noun in a manner and one of its shapes, in its unit box: (n, 2) each."""
    scene = SceneGraph(objects=[object_of(noun, manner)])
    placed = arrange(scene, {"thing": (0.0, 0.0, 1.0, 1.0)}, {"thing": PLAIN._replace(shape=shape)})
    return [points for _, points in visible_lines(placed)]


def random_manner(noun: str, rng: np.random.Generator) -> tuple[str, ...]:
    """None, or one or two, of the manners of a noun."""
    known = manners(noun)
    if not known or rng.random() > OTHERWISE:
        return ()
    count = 2 if len(known) > 1 and rng.random() < 0.25 else 1
    return tuple(known[place] for place in sorted(rng.permutation(len(known))[:count]))


def as_it_is(noun: str, manner: tuple[str, ...], shape: int) -> Sketch:
    """The outline, large and alone."""
    return _sketch(into_box(_fitted(noun, manner, shape), canvas_box(noun)))


def as_drawn(noun: str, manner: tuple[str, ...], shape: int, rng: np.random.Generator) -> Sketch:
    """The same as a steady hand might draw it."""
    return _sketch(into_box(varied(_fitted(noun, manner, shape), rng, STEADY, mirrored=False), canvas_box(noun)))


def _fitted(noun: str, manner: tuple[str, ...], shape: int) -> list[np.ndarray]:
    return fitted([line * vocabulary().nouns[noun].size for line in outline(noun, manner, shape)])


def _sketch(lines: list[np.ndarray]) -> Sketch:
    return Sketch(strokes=[Stroke(points=line.tolist()) for line in lines])
