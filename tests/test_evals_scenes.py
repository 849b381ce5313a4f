"""Scene graphs are measured rightly on GenEval's prompts, and broken chains are found."""

from evals.language import chains, geneval
from tests.test_evals_language import PROMPTS
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs

# geneval ----------------------------------------------------------------------------------------------------------


def scene(*items, relations=()):
    objects = [SceneObject(id=item[0], noun=item[0], **(item[1] if len(item) > 1 else {})) for item in items]
    return SceneGraph(objects=objects, relations=[Relation(subject=a, relation=r, object=b) for a, r, b in relations])


def test_what_is_drawn_for_a_word_is_not_that_word():
    giraffe = SceneObject(id="a", noun="horse", name="giraffe")
    assert geneval.is_called(giraffe, "giraffe") and not geneval.is_called(giraffe, "horse")
    assert geneval.is_called(SceneObject(id="a", noun="cup", name="big cups"), "cup")
    assert geneval.is_called(SceneObject(id="a", noun="cup", name="mug"), "cup")
    assert not geneval.is_called(SceneObject(id="a", noun="cup", name="cup"), "bowl")


def test_verdicts_on_a_prompt():
    position, counting = (row["include"] for row in PROMPTS)
    turned = scene(("dog",), ("cat",), relations=[("dog", "right of", "cat")])
    assert [verdict.get("relations") for verdict in geneval.verdicts(position, turned)] == [None, True]
    wrong = scene(("dog",), ("cat",), relations=[("cat", "right of", "dog")])
    assert geneval.verdicts(position, wrong)[1] == {"objects": True, "counts": True, "relations": False}
    assert geneval.verdicts(position, None)[1] == {"objects": False, "counts": False, "relations": False}
    right = {"objects": True, "counts": True, "counts_many": True, "colours": True}
    assert geneval.verdicts(counting, scene(("cup", {"count": 3, "colour": "red"}))) == [right]
    apart = scene(("cup", {"count": 2, "colour": "red"}), ("mug", {"name": "cup", "colour": "blue"}))
    assert geneval.verdicts(counting, apart) == [right]
    assert geneval.nothing_extra(counting, apart) and not geneval.nothing_extra(counting, turned)


# chains -----------------------------------------------------------------------------------------------------------


def test_broken_chains_are_found():
    whole = scene(("cup",), ("plate",), ("table",), relations=[("cup", "on", "plate"), ("plate", "on", "table")])
    chain = chain_of_subgraphs(whole)
    assert chains.broken_promise(whole, chain) is None
    assert chains.broken_promise(whole, []) == "0 stages"
    assert chains.broken_promise(whole, [*chain, whole]) == "a stage adds no object"
    assert chains.broken_promise(whole, chain[:-1]) == "the last stage is not the whole scene"
    painted = SceneGraph(objects=[chain[0].objects[0].model_copy(update={"colour": "red"})])
    assert chains.broken_promise(whole, [painted, *chain[1:]]) == "an object is lost or changed"
    bare = chain[1].model_copy(update={"relations": []})
    assert (
        chains.broken_promise(whole, [chain[0], bare, chain[2]])
        == "a relation without both its ends, or both ends without their relation"
    )
