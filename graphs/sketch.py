"""`python -m graphs.sketch draw "cat"`: sketches. The graph is `collaborate`: a person and the Painter draw by turns.

    begin ─ person ─┬─ painter ─┐
              │     └─ END      │
              └─────────────────┘

Source: Painter (arXiv 2308.08520) for the strokes; drawing by turns is SketchAgent's (arXiv 2411.17673, §4.3).
"""

if __name__ == "__main__":  # first of all, so that --help is quick; the commands import this module by its name
    from graphs.sketch_terminal import app

    app()

import operator
from typing import Annotated, Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite
from typing_extensions import TypedDict

from graphs.collaboration import Collaboration, Move, asked_for_strokes, canvas_of
from graphs.resources import painter_of
from tools.model_hub import DEVICE
from tools.sketch_query import known


class CollaborateInput(TypedDict, total=False):
    """What is drawn together: a thing, in how many turns, and how many strokes of the Painter's in each."""

    word: str
    turns: int
    strokes_a_turn: int
    seed: int
    painter: str | None


class CollaborateState(CollaborateInput, total=False):
    """The state of a drawing by turns; moves are `Move`s as `model_dump` writes them."""

    moves: Annotated[list[dict[str, Any]], operator.add]


def begin(state: CollaborateState) -> dict[str, Any]:
    """An empty canvas, and a word that the Painter knows."""
    asked = Collaboration.model_validate(state)
    return {**asked.model_dump(), "word": known(painter_of(asked.painter), asked.word), "moves": Overwrite([])}


def person(state: CollaborateState) -> dict[str, Any]:
    """A person's strokes; none is a pass."""
    return {"moves": [asked_for_strokes(state).model_dump()]}


def painter(state: CollaborateState) -> dict[str, Any]:
    """The next strokes that the Painter would draw."""
    asked, canvas = Collaboration.model_validate(state), canvas_of(state)
    predictor, seed = painter_of(asked.painter), asked.seed + len(state["moves"])
    with DEVICE:
        if canvas.strokes:
            strokes = predictor.complete(canvas, asked.word, seed)
        else:
            strokes = predictor.draw(asked.word, seed=seed)
    return {"moves": [Move(by="painter", strokes=strokes[: asked.strokes_a_turn]).model_dump()]}


def done_or_painter(state: CollaborateState) -> str:
    """The person ends the drawing."""
    return END if state["moves"][-1]["done"] else "painter"


def person_or_end(state: CollaborateState) -> str:
    """The drawing ends after as many turns as were asked for."""
    return "person" if len(state["moves"]) < 2 * state["turns"] else END


builder = StateGraph(CollaborateState, input_schema=CollaborateInput)
builder.add_node("begin", begin)
builder.add_node("person", person)
builder.add_node("painter", painter)
builder.add_edge(START, "begin")
builder.add_edge("begin", "person")
builder.add_conditional_edges("person", done_or_painter, ["painter", END])
builder.add_conditional_edges("painter", person_or_end, ["person", END])

graph = builder.compile(name="sketch")
