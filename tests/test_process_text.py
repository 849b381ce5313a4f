import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import described_scenes
from tools.artifacts import Ref
from tools.process_text import (
    Plan,
    Refinement,
    Stage,
    from_text,
    instruction,
    reference,
    stages_of,
    to_text,
    turns_of,
)
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs, phrase, verbalise

MARKS = ["<ins>", "</ins>", "<des>", "</des>", "<refine>", "</refine>", "<|vision_start|>", "<|vision_end|>"]
MARKUP = [*MARKS, "&lt;", "&amp;", "&amp;lt;", "<", ">", "&", "</", "<b>", "\n", "\r\n", " ", "cup"]
TEXTS = st.text() | st.lists(st.sampled_from(MARKUP)).map("".join)
REFS = st.none() | st.builds(Ref, sha256=TEXTS, media_type=TEXTS, size=st.integers(0, 10**12))
TURNS = st.lists(
    st.builds(Plan, ins=TEXTS, des=TEXTS, image=REFS)
    | st.builds(Refinement, refine=TEXTS, des=st.none() | TEXTS, image=REFS)
)
CUP = SceneObject(id="c", noun="cup", colour="red", states=["steaming"])
TABLE = SceneObject(id="t", noun="table")
EGGS = SceneObject(id="e", noun="egg", count=2)


@given(TURNS)
@example([Plan(ins="\ud800", des="")])
def test_turns_come_back_from_their_text(turns):
    assert from_text(to_text(turns)) == turns


@given(TURNS, st.sampled_from(["", " ", "\n\n", "\t\r\n"]))
def test_space_between_pieces_means_nothing(turns, space):
    spaced = "".join(to_text([turn]) + space for turn in turns).replace("</ins>", "</ins>" + space)
    assert from_text(space + spaced) == turns


def test_the_form_is_that_of_the_paper():
    image = Ref(sha256="ab", media_type="image/png", size=3)
    turns = [Plan(ins="Draw 1 < 2 & 3.", des="a cup"), Refinement(refine="Make it red.", image=image)]
    assert to_text(turns) == (
        "<ins>Draw 1 &lt; 2 &amp; 3.</ins><des>a cup</des><|vision_start|><|vision_end|>\n"
        '<refine>Make it red.</refine><|vision_start|>{"sha256":"ab","media_type":"image/png","size":3}<|vision_end|>'
    )


def test_what_cannot_be_taken_for_a_tag_may_stand_as_it_is():
    text = "<ins>salt & pepper > none &c;</ins><des>a jar</des><|vision_start|><|vision_end|>"
    assert from_text(text) == [Plan(ins="salt & pepper > none &c;", des="a jar")]


V = "<|vision_start|><|vision_end|>"


@pytest.mark.parametrize(
    "text, error",
    [
        ("<ins>a cup", "<ins> at character 0 is never closed"),
        ("<ins>a<des>b</des></ins>" + V, "<ins> at character 0 is not closed before <des> at character 6"),
        ("<ins>a<ins>b</ins></ins>" + V, "<ins> at character 0 is not closed before <ins> at character 6"),
        ("<ins>a <b>b</b></ins>" + V, "<ins> at character 0 is not closed before <b> at character 7"),
        ("<ins>1 < 2</ins>" + V, "<ins> at character 0 is not closed before '<' at character 7"),
        ("<ins>a</des>" + V, "<ins> at character 0 is not closed before </des> at character 6"),
        ("<think>a</think>" + V, "unknown tag <think> at character 0"),
        ("<INS>a</INS>" + V, "unknown tag <INS> at character 0"),
        ("</ins>" + V, "</ins> at character 0 closes nothing"),
        ("<|vision_end|>", "<|vision_end|> at character 0 closes nothing"),
        ("Sure! <ins>a</ins>", "stray text 'Sure!' at character 0"),
        ("<ins>a</ins> and\nso <des>b</des>" + V, r"stray text 'and\nso' at character 13"),
        (f"<ins>a</ins><des>b</des>{V} done", "stray text 'done' at character 55"),
        ("<ins>a</ins>" + V, "<|vision_start|> at character 12, where <des> should be"),
        ("<ins>a</ins><des>b</des>", "the end at character 24, where <|vision_start|> should be"),
        ("<ins>a</ins><des>b</des><ins>c</ins>", "<ins> at character 24, where <|vision_start|> should be"),
        ("<refine>a</refine><ins>", "<ins> at character 18 is never closed"),
        ("<refine>a</refine><ins>c</ins>", "<ins> at character 18, where <des> or <|vision_start|> should be"),
        ("<des>b</des>" + V, "<des> at character 0, where <ins> or <refine> should be"),
        (V, "<|vision_start|> at character 0, where <ins> or <refine> should be"),
        ("<refine>a</refine><|vision_start|>", "<|vision_start|> at character 18 is never closed"),
        ("<refine>a</refine><|vision_start|>x<|vision_end|>", "no artefact reference at character 34: 'x'"),
    ],
)
def test_malformed_text_is_refused_by_name_and_place(text, error):
    with pytest.raises(ValueError) as refusal:
        from_text(text)
    assert str(refusal.value).startswith(error)
    assert "\n" not in str(refusal.value)


@given(TEXTS | st.lists(st.sampled_from(MARKUP + MARKS * 3)).map("".join))
@example("<refine>a</refine><|vision_start|>\n{\n<|vision_end|>")
@example("<refine>a</refine><|vision_start|>\ud800<|vision_end|>")
@example("\u2028<ins>")
@example("<\x1b>")
def test_any_text_is_read_or_refused_in_one_plain_line(text):
    try:
        turns = from_text(text)
    except ValueError as refusal:
        assert str(refusal).isprintable()
    else:
        assert from_text(to_text(turns)) == turns


@given(TURNS.filter(len), st.data())
def test_a_text_that_lost_a_mark_is_refused(turns, data):
    text = to_text(turns)
    places = [
        (text.find(mark, start), mark) for mark in MARKS for start in range(len(text)) if text.startswith(mark, start)
    ]
    at, mark = data.draw(st.sampled_from(sorted(set(places))))
    with pytest.raises(ValueError):
        from_text(text[:at] + text[at + len(mark) :])


def scene(*objects, relations=(), ground="wooden table"):
    edges = [Relation(subject=a, relation=relation, object=b) for a, relation, b in relations]
    return SceneGraph(objects=list(objects), relations=edges, ground=ground)


def test_instructions_in_plain_english():
    table = scene(TABLE, ground="tiled floor")
    laid = scene(TABLE, CUP, relations=[("c", "on", "t")], ground="tiled floor")
    full = scene(TABLE, CUP, EGGS, relations=[("c", "on", "t"), ("e", "on", "t"), ("c", "left of", "e")])
    assert instruction(None, table) == "On a tiled floor, draw a table."
    assert instruction(table, laid) == "Add a steaming red cup on the table."
    assert instruction(laid, full) == "Add two eggs on the table right of the cup."
    assert instruction(table, full) == "Add a steaming red cup on the table and two eggs on the table right of the cup."
    assert instruction(None, scene(CUP, ground="grass")) == "On grass, draw a steaming red cup."


def test_what_comes_under_or_around_something_is_told_with_it():
    whole = scene(CUP, TABLE, relations=[("c", "on", "t")])
    assert instruction(scene(CUP), whole) == "Add a table with the cup on it."


def test_two_of_a_kind_are_told_apart():
    blue, again = CUP.model_copy(update={"id": "b", "colour": "blue"}), CUP.model_copy(update={"id": "r"})
    assert reference(CUP, scene(CUP, TABLE)) == "the cup"
    assert reference(EGGS, scene(EGGS)) == "the eggs"
    assert reference(blue, scene(CUP, blue)) == "the steaming blue cup"
    assert reference(again, scene(CUP, blue, again)) == "the second steaming red cup"


@given(described_scenes())
def test_every_reference_is_to_one_object(graph):
    assert len({reference(item, graph) for item in graph.objects}) == len(graph.objects)


@given(described_scenes())
def test_a_stage_orders_what_is_new_and_describes_all(graph):
    chain = chain_of_subgraphs(graph)
    stages = stages_of(chain)
    turns = turns_of(stages)
    assert [stage.scene for stage in stages] == chain
    assert from_text(to_text(turns)) == turns
    known: set[str] = set()
    for part, turn in zip(chain, turns, strict=True):
        assert isinstance(turn, Plan) and turn.des == verbalise(part).text
        new = [item for item in part.objects if item.id not in known]
        known |= {item.id for item in part.objects}
        assert all(phrase(item) in turn.ins for item in new)
        assert turn.ins[0].isupper() and turn.ins.endswith(".")


@given(described_scenes())
def test_every_relation_is_told_once(graph):
    first, *later = [stage.text for stage in stages_of(chain_of_subgraphs(graph))]
    told = " ".join([first.removeprefix("On a wooden table"), *later])
    relation = r" (on|in|above|below|left of|right of|next to) (the|it)\b"
    assert len(re.findall(relation, told)) == len(graph.relations)


@pytest.mark.parametrize(
    "chain, error",
    [
        ([scene(CUP), scene(TABLE)], "stage 2 is no growth of stage 1: 'c' is gone or changed"),
        ([scene(CUP), scene(TABLE, CUP.model_copy(update={"colour": "blue"}))], "stage 2 is no growth of stage 1: 'c'"),
        ([scene(CUP), scene(CUP)], "stage 2 is no growth of stage 1: it adds no object"),
        ([scene(CUP), scene(CUP, TABLE, ground="grass")], "stage 2 is no growth of stage 1: the ground has changed"),
        (
            [scene(CUP, TABLE), scene(CUP, TABLE, EGGS, relations=[("c", "on", "t")])],
            "stage 2 is no growth of stage 1: relations of earlier objects have changed",
        ),
    ],
)
def test_what_is_no_chain_is_refused(chain, error):
    with pytest.raises(ValueError, match=f"^{error}"):
        stages_of(chain)


def test_turns_take_the_pictures_of_their_stages():
    image = Ref(sha256="ab", media_type="image/png", size=3)
    stages = [Stage(scene(CUP), "ins", "Draw a cup."), Stage(scene(CUP), "refine", "Make it steam.")]
    first, second = turns_of(stages, [image, image])
    assert first == Plan(ins="Draw a cup.", des=verbalise(scene(CUP)).text, image=image)
    assert second == Refinement(refine="Make it steam.", des=verbalise(scene(CUP)).text, image=image)
    with pytest.raises(ValueError, match="2 stages, 1 pictures"):
        turns_of(stages, [image])
