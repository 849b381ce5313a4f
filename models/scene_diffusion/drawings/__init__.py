"""The vocabulary's objects as vector drawings of our own: the truth that training scenes and sketches are made from.

Every noun has three shapes, tints and patterns that captions mostly leave unsaid, so that a word alone does not fix
the picture, and shared keys and values have something to agree on.
"""

from importlib import import_module

import numpy as np

from models.scene_diffusion.drawings.overlays import tilted, with_states
from models.scene_diffusion.drawings.shapes import (
    PATTERNS,
    Drawing,
    Look,
    Part,
    Points,
    inked,
    points,
)
from tools.layout import POUR_AS_THEY_STAND
from tools.scene import SceneObject
from tools.vocabulary import vocabulary

ACCENTS = ("white", "red", "blue", "yellow", "green", "brown", "gray")


def random_look(item: SceneObject, rng: np.random.Generator) -> Look:
    """A look for an object: its named colour or one of its usual ones, an accent, a pattern, a shape."""
    table = vocabulary()
    noun = table.nouns[item.noun]
    usual = list(table.colours) if noun.paint and rng.random() < 0.4 else noun.colours
    drawn = usual[rng.integers(len(usual))]  # drawn even if a colour is named: a name changes nothing but the colour
    colour = item.colour or drawn
    tint = np.clip(np.array(table.colours[colour]) + rng.integers(-14, 15, 3), 0, 255)
    accent = rng.integers(len(ACCENTS))
    return Look(
        body=(int(tint[0]), int(tint[1]), int(tint[2])),
        accent=table.colours[ACCENTS[accent] if ACCENTS[accent] != colour else ACCENTS[accent - 1]],
        pattern=PATTERNS[rng.integers(len(PATTERNS))] if noun.paint else "plain",
        shape=int(rng.integers(3)),
    )


def draw(item: SceneObject, look: Look, lines: list[Points] | None = None) -> Drawing:
    """The parts of one object in its unit box, with its states; `lines` are its ink instead of its own outlines."""
    kind = import_module(f"{__name__}.{vocabulary().nouns[item.noun].kind}")
    drawing = getattr(kind, item.noun.replace(" ", "_"))(look, item)
    if lines is not None:
        drawing = inked(drawing, lines)
    if "pouring" in item.states and item.noun not in POUR_AS_THEY_STAND:
        drawing = tilted(drawing, item)
    return with_states(drawing, item, look)


__all__ = ["Drawing", "Look", "Part", "draw", "points", "random_look"]
