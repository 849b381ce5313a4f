"""Every noun of the vocabulary can be drawn, in its box, in each of its shapes and states."""

import numpy as np
import pytest

from models.scene_diffusion.drawings import draw, random_look
from tools.scene import SceneObject
from tools.vocabulary import vocabulary

NOUNS = vocabulary().nouns


def drawn(noun, shape, states=(), content=None):
    item = SceneObject(id="o", noun=noun, states=list(states), content=content)
    look = random_look(item, np.random.default_rng(shape))._replace(shape=shape)
    drawing = draw(item, look)
    return look, [*drawing.back, *drawing.front]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_fills_its_box_in_every_shape(noun):
    for shape in range(3):
        _, parts = drawn(noun, shape)
        points = np.concatenate([part.points for part in parts])
        assert points.min() > -0.06 and points.max() < 1.06, shape
        assert np.ptp(points, axis=0).min() > 0.45, shape


@pytest.mark.parametrize("noun", NOUNS)
def test_every_state_changes_the_drawing(noun):
    """Compared by what is painted where, at the same look."""
    plain = signature(drawn(noun, 0)[1])
    for state in NOUNS[noun].states:
        assert signature(drawn(noun, 0, [state])[1]) != plain or state in SEEN_OTHERWISE.get(noun, ()), state


def signature(parts):
    return [(part.fill, part.points.round(3).tobytes()) for part in parts]


SEEN_OTHERWISE = {"jar": ("open",)}
"""States that only their content shows."""


def test_what_can_be_painted_shows_its_colour():
    """At least one part of each noun that comes in any colour is of that colour, or a shade of it."""
    for noun in NOUNS.values():
        if noun.paint:
            look, parts = drawn(noun.name, 1)
            tints = [part.fill for part in parts if part.fill and part.alpha > 0.5]
            assert min(np.abs(np.subtract(tint, look.body)).max() for tint in tints) < 50, noun.name


ONE_SHAPE = ("sugar cube", "tea bag", "knife", "fork", "egg")
"""What looks the same wherever it is made."""


def test_shapes_differ():
    for noun in NOUNS:
        shapes = [{part.points.round(3).tobytes() for part in drawn(noun, shape)[1]} for shape in range(3)]
        assert len(set(map(frozenset, shapes))) > 1 or noun in ONE_SHAPE, noun
