"""Captions of training scenes: half of them as the verbaliser says it, the rest as people say it.

What the studio paints is always verbalised (`tools/scene.py`). Other words reach the generator where somebody uses the
pipeline by itself: other names of things, of relations, another order, a sentence.
"""

import numpy as np

from models.scene_diffusion.random_scenes import random_scene
from tools.scene import INVERSE, Caption, SceneGraph, phrase, verbalise
from tools.vocabulary import vocabulary

FRAMES = (("", ""), ("", ""), ("a picture of ", ""), ("a drawing of ", ""), ("there is ", ""), ("", ", illustration"))
"""What may stand before and after."""
PLACES = (", {}", " on the {}", ", the {}", "")
"""How the ground is told, if at all."""


def rephrase(scene: SceneGraph, rng: np.random.Generator) -> Caption:
    """A caption of a scene, with the characters that name each object."""
    if rng.random() < 0.5:
        return verbalise(scene)
    before, after = FRAMES[rng.integers(len(FRAMES))]
    text = before
    spans: dict[str, list[tuple[int, int]]] = {item.id: [] for item in scene.objects}

    def name(identity: str, words: str) -> None:
        nonlocal text
        spans[identity].append((len(text), len(text) + len(words)))
        text += words

    words_of = {item.id: _renamed(phrase(item), item.noun, item.count, rng) for item in scene.objects}
    told: set[str] = set()
    for index, place in enumerate(rng.permutation(len(scene.relations))):
        edge = scene.relations[place]
        subject, relation, other = edge.subject, str(edge.relation), edge.object
        if relation in INVERSE and rng.random() < 0.5:
            subject, relation, other = other, INVERSE[relation], subject
        text += (" and ", ", ")[rng.integers(2)] if index else ""
        for identity, link in ((subject, f" {_said(relation, rng)} "), (other, "")):
            name(identity, _again(words_of[identity]) if identity in told else words_of[identity])
            told.add(identity)
            text += link
    rest = [item.id for item in scene.objects if item.id not in told]
    for index, identity in enumerate(rng.permutation(rest).tolist()):
        text += (" and ", ", ")[rng.integers(2)] if index or told else ""
        name(identity, words_of[identity])
    return Caption(text + PLACES[rng.integers(len(PLACES))].format(scene.ground) + after, spans)


def _said(relation: str, rng: np.random.Generator) -> str:
    """A relation in one of its words."""
    words = (relation, *vocabulary().relations[relation])
    return str(words[rng.integers(len(words))])


def _renamed(words: str, noun: str, count: int, rng: np.random.Generator) -> str:
    """A noun phrase, now and then with a synonym of its noun."""
    row = vocabulary().nouns[noun]
    own = [word for word in row.synonyms if word not in row.stands_for]
    if count > 1 or not own or rng.random() < 0.7:
        return words
    article, _, rest = words.partition(" ")
    rest = rest.replace(row.singular, own[rng.integers(len(own))], 1)
    return f"{'an' if rest[0] in 'aeiou' else 'a'} {rest}" if article in ("a", "an") else f"{article} {rest}"


def _again(words: str) -> str:
    """What was named before: "a red cup" → "the red cup"."""
    article, _, rest = words.partition(" ")
    return f"the {rest}" if article in ("a", "an") else f"the {words}"


def caption_corpus(seed: int = 0) -> list[str]:
    """What the tokenizer learns its words from: captions, and every word of the vocabulary."""
    table = vocabulary()
    rng = np.random.default_rng(seed)
    words = [
        *(name for noun in table.nouns.values() for name in (noun.name, noun.singular, noun.plural, *noun.synonyms)),
        *table.substances,
        *table.colours,
        *table.told_states,
        *table.drawn_states,
        *table.grounds,
    ]
    told = [rephrase(random_scene(rng), rng).text for _ in range(6000)]
    relations = [word for relation, others in table.relations.items() for word in (relation, *others)]
    return told + [*words, *relations] * 20
