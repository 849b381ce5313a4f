"""Words are looked up in the one vocabulary, and those without a picture of their own are told from synonyms."""

import numpy as np
import pytest

from agents.embedded.world.things import STRENGTH
from models.scene_diffusion.random_scenes import random_scene
from tools.painting import as_trained
from tools.scene import SceneGraph, SceneObject, verbalise
from tools.vocabulary import plural_of, vocabulary


def test_every_stand_in_is_drawn_as_what_it_says():
    words = vocabulary()
    drawn = words.names | words.substance_names
    assert len(words.stand_ins) > 300
    assert {word: noun for word, noun in words.stand_ins.items() if drawn[word] != noun} == {}


def test_no_name_of_a_noun_is_a_stand_in():
    words = vocabulary()
    names = {name for noun in words.nouns.values() for name in (noun.name, noun.singular, noun.plural)}
    assert not (names | set(words.substances)) & set(words.stand_ins)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hang the shirts on a strap.", {"strap": "rope"}),
        ("Two inner tubes and rum!", {"inner tubes": "wheel", "rum": "alcohol"}),
        ("Check it with a spirit level.", {"spirit level": "ruler"}),  # and not a level too
        ("A can of paint stands next to the paint can.", {}),
        ("A mug stands next to the fridge.", {}),
    ],
)
def test_stand_ins_are_found_in_a_text(text, found):
    assert vocabulary().stand_ins_in(text) == found


def test_stand_ins_are_synonyms_too():
    words = vocabulary()
    assert words.find_noun("straps") == "rope" and "strap" in words.nouns["rope"].synonyms
    assert words.find_substance("cat food") == "beans" and "cat food" in words.substances["beans"].synonyms


@pytest.mark.parametrize(
    ("one", "several"),
    [("cup", "cups"), ("box", "boxes"), ("cranberry", "cranberries"), ("tray", "trays"), ("tweezers", "tweezers")],
)
def test_plurals(one, several):
    assert plural_of(one) == several


def test_scenes_to_train_on_are_of_learned_nouns():
    words = vocabulary()
    assert set(words.learned) < set(words.nouns)
    rng = np.random.default_rng(0)
    objects = [item for _ in range(200) for item in random_scene(rng).objects]
    assert {item.noun for item in objects} <= set(words.learned)
    filled = {item.content for item in objects} - {None, "nothing"}
    assert not any(words.substances[name].like for name in filled)


def test_of_all_substances_it_is_known_which_is_seen_in_a_mixture():
    assert sorted(STRENGTH) == sorted(vocabulary().substances)


def test_what_is_painted_like_another_is_of_one_that_was_trained_on():
    substances = vocabulary().substances
    likes = {name: row.like for name, row in substances.items() if row.like}
    assert likes and all(not substances[like].like for like in likes.values())


def test_the_generator_is_told_of_substances_that_it_was_trained_on():
    scene = SceneGraph(objects=[SceneObject(id="bottle", noun="bottle", content="vinegar")])
    assert "vinegar" in verbalise(scene).text
    assert "filled with lemonade" in verbalise(as_trained(scene)).text
