"""Hypothesis strategies: scene graphs of the vocabulary, with any relations that make sense one by one."""

from hypothesis import strategies as st

from tools.scene import Relation, SceneGraph, SceneObject
from tools.vocabulary import vocabulary

NOUNS = sorted(vocabulary().nouns)
RELATIONS = ["on", "in", "above", "below", "left of", "right of", "next to"]


@st.composite
def scenes(draw, max_objects=6):
    count = draw(st.integers(1, max_objects))
    items = [
        SceneObject(
            id=f"o{i}",
            noun=draw(st.sampled_from(NOUNS)),
            count=draw(st.integers(1, 4)),
            colour=draw(st.none() | st.sampled_from(sorted(vocabulary().colours))),
        )
        for i in range(count)
    ]
    edges = []
    for i in range(1, count):
        if draw(st.booleans()):
            edges.append(
                Relation(
                    subject=f"o{i}", relation=draw(st.sampled_from(RELATIONS)), object=f"o{draw(st.integers(0, i - 1))}"
                )
            )
    return SceneGraph(objects=items, relations=edges)


@st.composite
def described_scenes(draw, max_objects=6):
    """Scenes whose objects also have states and contents."""
    scene = draw(scenes(max_objects))
    for item in scene.objects:
        noun = vocabulary().nouns[item.noun]
        item.states = draw(st.lists(st.sampled_from(noun.states), max_size=2, unique=True))
        if noun.mouth is not None:
            item.content = draw(st.sampled_from([None, "nothing", *vocabulary().substances]))
    return scene
