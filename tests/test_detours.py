import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import described_scenes
from tools.detours import KINDS, with_detours
from tools.layout import layout
from tools.process_text import from_text, reference, stages_of, to_text, turns_of
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs, phrase, verbalise

SEEDS = st.integers(0, 2**31)
PLANS = st.lists(st.sampled_from(KINDS), min_size=1, max_size=4)


def detoured(scene, kinds, seed):
    assume("remove" not in kinds or len(scene.objects) > 1)
    chain = chain_of_subgraphs(scene)
    return chain, with_detours(chain, kinds, np.random.default_rng(seed))


def pairs(stages):
    """(before, wrong, mended) of every detour."""
    for i, stage in enumerate(stages):
        if stage.detour and stage.tag == "ins":
            yield stages[i - 1], stage, stages[i + 1]


@given(described_scenes(), PLANS, SEEDS)
def test_without_its_detours_a_process_is_the_chain(scene, kinds, seed):
    chain, stages = detoured(scene, kinds, seed)
    assert [stage for stage in stages if not stage.detour] == stages_of(chain)
    assert sorted(stage.detour for stage in stages if stage.detour) == sorted(kinds * 2)
    assert stages[-1].scene == scene


@given(described_scenes(), PLANS, SEEDS)
def test_a_detour_is_a_wrong_stage_and_its_mending(scene, kinds, seed):
    found = list(pairs(detoured(scene, kinds, seed)[1]))
    assert len(found) == len(kinds)
    for before, wrong, mended in found:
        assert mended.scene == before.scene and mended.tag == "refine" and mended.detour == wrong.detour
        assert wrong.scene != before.scene
        assert verbalise(wrong.scene).text != verbalise(before.scene).text


@given(described_scenes(), PLANS, SEEDS)
def test_every_scene_on_the_way_can_be_drawn(scene, kinds, seed):
    for stage in detoured(scene, kinds, seed)[1]:
        assert SceneGraph.model_validate(stage.scene.model_dump()) == stage.scene
        assert set(layout(stage.scene)) == {item.id for item in stage.scene.objects}
        assert len(stage.scene.supports()) <= len(stage.scene.objects)


@given(described_scenes(), st.sampled_from(KINDS), SEEDS)
def test_each_kind_changes_what_it_says(scene, kind, seed):
    ((before, wrong, _),) = pairs(detoured(scene, [kind], seed)[1])
    old, new = ({item.id: item for item in stage.scene.objects} for stage in (before, wrong))
    nouns = {item.noun for item in scene.objects}
    changed = [identity for identity in old.keys() & new.keys() if old[identity] != new[identity]]
    if kind == "add":
        (extra,) = new.keys() - old.keys()
        assert new[extra].noun not in nouns and extra not in {item.id for item in scene.objects}
        assert not changed and len(new) == len(old) + 1
    elif kind == "remove":
        assert len(old.keys() - new.keys()) == 1 and not changed and new
    elif kind == "modify":
        (one,) = changed
        fields = {name for name in SceneObject.model_fields if getattr(old[one], name) != getattr(new[one], name)}
        assert len(fields) == 1 and fields <= {"colour", "count", "states", "content"}
        assert old.keys() == new.keys() and before.scene.relations == wrong.scene.relations
    elif changed:
        (one,) = changed
        assert new[one].noun not in nouns and before.scene.relations == wrong.scene.relations
    else:
        assert old == new and len(before.scene.relations) == len(wrong.scene.relations)


@given(described_scenes(), st.sampled_from(KINDS), SEEDS)
def test_instructions_name_what_changes(scene, kind, seed):
    ((before, wrong, mended),) = pairs(detoured(scene, [kind], seed)[1])
    old, new = ({item.id: item for item in stage.scene.objects} for stage in (before, wrong))
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    changed = [identity for identity in old.keys() & new.keys() if old[identity] != new[identity]]
    for identity in come:
        assert phrase(new[identity]) in wrong.text and reference(new[identity], wrong.scene) in mended.text
    for identity in gone:
        assert reference(old[identity], before.scene) in wrong.text and phrase(old[identity]) in mended.text
    for identity in changed:
        assert reference(old[identity], before.scene) in wrong.text
        assert reference(new[identity], wrong.scene) in mended.text
        assert wrong.text != mended.text
    if not (come or gone or changed):
        moved = {edge.subject for edge in wrong.scene.relations if edge not in before.scene.relations}
        moved |= {edge.object for edge in wrong.scene.relations if edge not in before.scene.relations}
        named = [identity for identity in old if reference(old[identity], before.scene) in wrong.text]
        assert len(named) >= 2 and moved & set(named)


@given(described_scenes(), PLANS, SEEDS)
def test_same_seed_same_detours(scene, kinds, seed):
    assert detoured(scene, kinds, seed) == detoured(scene, kinds, seed)


def test_same_seed_same_exchange():
    for seed in range(20):
        first, again = (with_detours([kitchen()], ["swap"], np.random.default_rng(seed)) for _ in range(2))
        assert first == again


def test_other_seeds_other_detours():
    chain = chain_of_subgraphs(SceneGraph(objects=[SceneObject(id="c", noun="cup", colour="red")]))
    for kind in ("add", "modify", "swap"):
        told = {with_detours(chain, [kind], np.random.default_rng(seed))[1].text for seed in range(20)}
        assert len(told) > 5


@given(described_scenes(), PLANS, SEEDS)
def test_a_process_with_detours_is_written_and_read(scene, kinds, seed):
    turns = turns_of(detoured(scene, kinds, seed)[1])
    assert from_text(to_text(turns)) == turns


def kitchen():
    return SceneGraph(
        objects=[
            SceneObject(id="b", noun="bowl", content="milk"),
            SceneObject(id="e", noun="egg"),
            SceneObject(id="s", noun="spoon", colour="gray"),
        ],
        relations=[
            Relation(subject="e", relation="in", object="b"),
            Relation(subject="s", relation="left of", object="b"),
        ],
    )


def told(kind, seeds=300):
    chain = [kitchen()]
    found = (with_detours(chain, [kind], np.random.default_rng(seed)) for seed in range(seeds))
    return {(wrong.text, mended.text) for _, wrong, mended in found}


def test_detours_in_plain_english():
    assert (
        "Exchange the places of the egg and the spoon.",
        "Put the egg and the spoon back in each other's place.",
    ) in told("swap")
    assert ("Remove the egg.", "Put back an egg in the bowl.") in told("remove")
    modified = told("modify", 1000)
    assert ("Make the spoon red.", "Make the spoon gray again.") in modified
    assert ("Make the egg dirty.", "Make the egg no longer dirty.") in modified
    assert ("Turn the egg into three eggs.", "Turn the eggs into one egg again.") in modified
    assert ("Fill the bowl with tea.", "Fill the bowl with milk again.") in modified
    assert ("Empty the bowl.", "Fill the bowl with milk again.") in modified
    for wrong, mended in told("add"):
        assert re.fullmatch(r"Add an? .* (left of|right of|next to) the (bowl|egg|spoon)\.", wrong)
        assert re.fullmatch(r"Remove the .*\.", mended)
    assert any(
        wrong == "Replace the bowl with a cup filled with milk."
        and mended == "Put a bowl filled with milk back in place of the cup."
        for wrong, mended in told("swap", 1000)
    )


def test_all_four_attributes_get_modified_and_places_do_get_exchanged():
    modified, swapped = told("modify"), told("swap")
    for start in ("Make the spoon ", "Turn the ", "Fill the bowl", "Make the egg "):
        assert any(wrong.startswith(start) for wrong, _ in modified)
    assert {wrong.split()[0] for wrong, _ in swapped} == {"Exchange", "Replace"}


def test_what_holds_others_is_not_taken_out():
    assert {wrong for wrong, _ in told("remove")} == {"Remove the egg.", "Remove the spoon."}


def edges(*relations):
    return [Relation(subject=a, relation=relation, object=b) for a, relation, b in relations]


@pytest.mark.parametrize(
    "nouns, relations, pair",
    [
        (["cup", "cup"], edges(("0", "left of", "1")), "the first cup and the second cup"),
        (["cup", "plate"], edges(("0", "next to", "1")), "the cup and the plate"),
        (["cup", "jug", "plate"], edges(("0", "next to", "2"), ("1", "next to", "2")), "the cup and the jug"),
        (["cup", "plate"], edges(("0", "left of", "1"), ("1", "left of", "0")), "the cup and the plate"),
        (["cup", "plate"], edges(("0", "on", "1")), "the cup and the plate"),
    ],
)
def test_an_exchange_that_shows_nothing_or_cannot_be_is_not_made(nouns, relations, pair):
    items = [SceneObject(id=str(i), noun=noun) for i, noun in enumerate(nouns)]
    graph = SceneGraph(objects=items, relations=relations)
    texts = {with_detours([graph], ["swap"], np.random.default_rng(seed))[1].text for seed in range(60)}
    assert f"Exchange the places of {pair}." not in texts


def test_an_exchange_that_no_caption_tells_is_not_made():
    red, blue = (SceneObject(id=colour, noun="cup", colour=colour) for colour in ("red", "blue"))
    graph = SceneGraph(objects=[red, blue, SceneObject(id="p", noun="plate")], relations=edges(("p", "next to", "red")))
    texts = {with_detours([graph], ["swap"], np.random.default_rng(seed))[1].text for seed in range(100)}
    assert "Exchange the places of the red cup and the blue cup." not in texts
    assert "Exchange the places of the blue cup and the plate." in texts


def test_what_is_in_a_thing_goes_where_it_goes():
    for seed in range(300):
        wrong = with_detours([kitchen()], ["swap"], np.random.default_rng(seed))[1]
        if wrong.text == "Exchange the places of the bowl and the spoon.":
            break
    assert wrong.scene.relations == edges(("e", "in", "b"), ("b", "left of", "s"))


def test_what_is_modified_is_never_what_it_was():
    for seed in range(1000):
        right, wrong, _ = with_detours([kitchen()], ["modify"], np.random.default_rng(seed))
        assert right.scene != wrong.scene


def test_detours_come_at_any_stage():
    chain = chain_of_subgraphs(kitchen())
    places = set()
    for seed in range(60):
        stages = with_detours(chain, ["modify"], np.random.default_rng(seed))
        places.add(next(i for i, stage in enumerate(stages) if stage.detour))
    assert places == {1, 2, 3}


@pytest.mark.parametrize(
    "chain, kinds, error",
    [
        ([], ["add"], "an empty chain has no detours"),
        ([SceneGraph(objects=[])], ["modify"], "no stage of the chain can take a 'modify' detour"),
        (
            [SceneGraph(objects=[SceneObject(id="c", noun="cup")])],
            ["remove"],
            "no stage of the chain can take a 'remove'",
        ),
        ([kitchen()], ["rotate"], "unknown kind of detour 'rotate': one of add, modify, swap, remove"),
    ],
)
def test_impossible_detours_are_refused(chain, kinds, error):
    with pytest.raises(ValueError, match=f"^{error}"):
        with_detours(chain, kinds, np.random.default_rng(0))


def test_what_is_wrongly_there_is_in_no_later_stage_either():
    chain = chain_of_subgraphs(kitchen())
    for seed in range(1000):
        for kind in ("add", "swap"):
            stages = with_detours(chain, [kind], np.random.default_rng(seed))
            ((before, wrong, _),) = pairs(stages)
            own = {item.noun for item in before.scene.objects}
            assert not ({item.noun for item in wrong.scene.objects} - own) & {"bowl", "egg", "spoon"}
            assert len({item.noun for item in wrong.scene.objects}) == len(wrong.scene.objects)


def test_nothing_is_made_to_pour_where_nothing_stands_under_it():
    jug = SceneGraph(objects=[SceneObject(id="j", noun="jug")])
    texts = {with_detours([jug], ["modify"], np.random.default_rng(seed))[1].text for seed in range(200)}
    assert "Make the jug wet." in texts and "Make the jug pouring." not in texts
