"""An interleaved drawing process as text: what to draw, what the canvas then shows, what to mend, where a picture is.

Source: Think in Strokes, Not Pixels (arXiv 2604.04746), Eq. 1 and 2. A plan is `<ins>…</ins><des>…</des>`, a correction
`<refine>…</refine>` (`<des>` may follow), and after each comes its picture between vision boundaries: an empty
placeholder, or a reference to the artefact store. The first half reads and writes this form, the second puts a chain
of sub-graphs into words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, unescape

from pydantic import BaseModel

from tools.artifacts import Ref
from tools.scene import INVERSE, SceneGraph, SceneObject, drawing_order, part_of, phrase, verbalise
from tools.vocabulary import vocabulary

VISION_START, VISION_END = "<|vision_start|>", "<|vision_end|>"


class Plan(BaseModel):
    """A turn that adds: what to draw, what the whole canvas then shows, and the picture if there is one."""

    ins: str
    des: str
    image: Ref | None = None


class Refinement(BaseModel):
    """A turn that mends: the correction, what the whole canvas then shows, and the picture if there is one."""

    refine: str
    des: str | None = None
    image: Ref | None = None


Turn = Plan | Refinement

_CLOSED_BY = {f"<{tag}>": f"</{tag}>" for tag in ("ins", "des", "refine")} | {VISION_START: VISION_END}
_NEXT: dict[tuple[str, ...], tuple[str, ...]] = {
    (): ("<ins>", "<refine>"),
    ("<ins>",): ("<des>",),
    ("<refine>",): ("<des>", VISION_START),
    ("<ins>", "<des>"): (VISION_START,),
    ("<refine>", "<des>"): (VISION_START,),
}
"""What may come after the pieces that a turn has so far."""
_TAG = re.compile(r"<[^<>\s]*>")


def to_text(turns: Sequence[Turn]) -> str:
    """The process as text, a line a turn (if its texts are lines); `&`, `<` and `>` within a text are escaped."""
    lines = []
    for turn in turns:
        texts = turn.model_dump(exclude={"image"}, exclude_none=True)
        image = turn.image.model_dump_json() if turn.image else ""
        pieces = [f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts.items()]
        lines.append("".join([*pieces, VISION_START, escape(image), VISION_END]))
    return "\n".join(lines)


def from_text(text: str) -> list[Turn]:
    """The turns of a process: exactly those that `to_text` was given.

    Space between pieces means nothing. Within a text `&` and `>` may stand unescaped, as models write them.

    Raises:
        ValueError: if the text is malformed; one line that says what is wrong and at which character.
    """
    turns: list[Turn] = []
    turn: dict[str, str] = {}
    for mark, content, at in _pieces(text):
        allowed = _NEXT[tuple(turn)]
        if mark not in allowed:
            raise ValueError(f"{mark or 'the end'} at character {at}, where {' or '.join(allowed)} should be")
        turn[mark] = content
        if mark == VISION_START:
            image = _image(turn.pop(mark), at + len(mark))
            if "<ins>" in turn:
                turns.append(Plan(ins=turn["<ins>"], des=turn["<des>"], image=image))
            else:
                turns.append(Refinement(refine=turn["<refine>"], des=turn.get("<des>"), image=image))
            turn = {}
    return turns


def _pieces(text: str) -> Iterator[tuple[str, str, int]]:
    """(opening mark, content, where) of each piece; ("", "", where) for an end in the middle of a turn."""
    at, whole = 0, True
    while rest := text[at:].lstrip():
        at = len(text) - len(rest)
        mark = next((mark for mark in _CLOSED_BY if text.startswith(mark, at)), None)
        if mark is None:
            raise ValueError(_stray(text, at))
        end = text.find("<", at + len(mark))
        if end < 0:
            raise ValueError(f"{mark} at character {at} is never closed by {_CLOSED_BY[mark]}")
        if not text.startswith(_CLOSED_BY[mark], end):
            found = _TAG.match(text, end)
            inner = _shown(found[0]) if found else "'<'"
            raise ValueError(f"{mark} at character {at} is not closed before {inner} at character {end}")
        yield mark, unescape(text[at + len(mark) : end]), at
        at, whole = end + len(_CLOSED_BY[mark]), mark == VISION_START
    if not whole:
        yield "", "", len(text)


def _stray(text: str, at: int) -> str:
    tag = _TAG.match(text, at)
    if tag is None:
        return f"stray text {text[at:].split('<')[0].strip()[:30] or '<'!r} at character {at}"
    if tag[0] in _CLOSED_BY.values():
        return f"{tag[0]} at character {at} closes nothing"
    return f"unknown tag {_shown(tag[0])} at character {at}"


def _shown(tag: str) -> str:
    """A tag as an error names it, in one line however it is written."""
    return tag[:30] if tag.isprintable() else repr(tag[:30])


def _image(content: str, at: int) -> Ref | None:
    if not content.strip():
        return None
    try:
        return Ref.model_validate_json(content)
    except ValueError:
        raise ValueError(f"no artefact reference at character {at}: {content.strip()[:30]!r}") from None


class Stage(NamedTuple):
    """A stage of a process before it is drawn: the scene it leads to, and the order that leads there.

    `detour` names the kind of detour the stage belongs to (`tools/detours.py`); "" on the straight way.
    """

    scene: SceneGraph
    tag: Literal["ins", "refine"]
    text: str
    detour: str = ""


def stages_of(chain: Sequence[SceneGraph]) -> list[Stage]:
    """A stage for each sub-graph of a chain G1 ⊂ … ⊂ Gk, with the instruction that says what it adds.

    Raises:
        ValueError: if a sub-graph is not part of the next.
    """
    stages: list[Stage] = []
    before = None
    for number, scene in enumerate(chain, 1):
        if before and (reason := _no_growth(before, scene)):
            raise ValueError(f"stage {number} is no growth of stage {number - 1}: {reason}")
        stages.append(Stage(scene, "ins", instruction(before, scene)))
        before = scene
    return stages


def turns_of(stages: Sequence[Stage], images: Sequence[Ref | None] | None = None) -> list[Turn]:
    """The turns of a process: each stage's order, the caption of its scene, and its picture where there is one.

    Raises:
        ValueError: if there is not a picture (or None) for every stage.
    """
    images = [None] * len(stages) if images is None else images
    if len(images) != len(stages):
        raise ValueError(f"{len(stages)} stages, {len(images)} pictures: give one each")
    turns: list[Turn] = []
    for stage, image in zip(stages, images, strict=True):
        caption = verbalise(stage.scene).text
        if stage.tag == "ins":
            turns.append(Plan(ins=stage.text, des=caption, image=image))
        else:
            turns.append(Refinement(refine=stage.text, des=caption, image=image))
    return turns


def instruction(before: SceneGraph | None, after: SceneGraph) -> str:
    """What to add to `before` (None: an empty canvas) to make `after`: "Add a steaming red cup on the table."

    Raises:
        ValueError: if `after` has no object that `before` has not.
    """
    told = {item.id for item in before.objects} if before else set()
    words = []
    for identity in drawing_order(after):
        if identity not in told:
            words.append(placed(identity, after, told))
            told.add(identity)
    if not words:
        raise ValueError("there is no object to add")
    things = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return f"Add {things}." if before else f"On {_ground(after.ground)}, draw {things}."


def placed(identity: str, scene: SceneGraph, told: set[str]) -> str:
    """An object's phrase and how it stands to the objects of `told`: "a red cup on the table left of the plate"."""
    items = {item.id: item for item in scene.objects}
    text = phrase(items[identity])
    for edge in scene.relations:
        if edge.subject == identity and edge.object in told:
            text += f" {edge.relation} {reference(items[edge.object], scene)}"
        elif edge.object == identity and edge.subject in told:
            other = reference(items[edge.subject], scene)
            inverse = INVERSE.get(edge.relation)
            text += f" {inverse} {other}" if inverse else f" with {other} {edge.relation} it"
    return text


def reference(item: SceneObject, scene: SceneGraph) -> str:
    """The words that mean this object and no other of its scene: "the cup", "the red cup", "the second red cup"."""
    noun = _noun(item)
    if [_noun(other) for other in scene.objects].count(noun) == 1:
        return f"the {noun}"
    described = phrase(item).split(" ", 1)[1]
    same = [other.id for other in scene.objects if phrase(other).split(" ", 1)[1] == described]
    if len(same) == 1:
        return f"the {described}"
    place = same.index(item.id)
    return f"the {_ORDINALS[place] if place < len(_ORDINALS) else f'{place + 1}th'} {described}"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def _noun(item: SceneObject) -> str:
    noun = vocabulary().row(item.noun)
    return noun.singular if item.count == 1 else noun.plural


def _ground(ground: str) -> str:
    return ground if ground == "grass" else f"{'an' if ground[:1] in 'aeiou' else 'a'} {ground}"


def _no_growth(before: SceneGraph, after: SceneGraph) -> str:
    """Why `before` is not a proper part of `after`; "" if it is."""
    now = {item.id: item for item in after.objects}
    for item in before.objects:
        if now.get(item.id) != item:
            return f"{item.id!r} is gone or changed"
    if len(now) == len(before.objects):
        return "it adds no object"
    if before.ground != after.ground:
        return "the ground has changed"
    kept = part_of(after, {item.id for item in before.objects})
    edges = [sorted((edge.subject, edge.relation, edge.object) for edge in g.relations) for g in (before, kept)]
    return "" if edges[0] == edges[1] else "relations of earlier objects have changed"
