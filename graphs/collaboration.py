"""A person and the Painter draw by turns (row P9): what is asked, what may be answered, and the asking at a terminal.

The `person` node of `graphs.sketch` interrupts with a `StrokesAsked`; whoever resumes it, in Studio or at the terminal,
answers with strokes in any of the forms of `tools.sketch_files`, with "pass", or with "done".
"""

import json
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from langgraph.types import interrupt
from pydantic import BaseModel, Field

from graphs.review import WAITING
from graphs.runner import RUN_ID, InputError, err, new_run
from models.painter.language import MAX_STROKES, MalformedSketch
from tools.canvas import Sketch, Stroke, to_svg
from tools.sketch_files import read_sketch, read_strokes

CHECKPOINTS = "collaboration.sqlite"
PASS, DONE = ("", "pass", None), ("done", "end", {"done": True})


class Collaboration(BaseModel):
    """What is drawn together, and by which Painter; None is the profile's."""

    word: str = Field(min_length=1, max_length=100)
    turns: int = Field(5, ge=1, le=50)
    strokes_a_turn: int = Field(3, ge=1, le=50)
    seed: int = Field(0, ge=0, lt=2**32)
    painter: str | None = None


class Move(BaseModel):
    """One turn: who drew which strokes; `done` ends the drawing."""

    by: Literal["person", "painter"]
    strokes: list[Stroke] = []
    done: bool = False


class StrokesAsked(BaseModel):
    """The question. `svg` is the canvas so far; `problem` says why an answer could not be used."""

    collaborate: Literal["strokes"] = "strokes"
    word: str
    turn: int
    turns: int
    svg: str
    problem: str = ""
    answers: str = 'an SVG of new strokes, points [[x, y], …] or lists of them in 0…1, "pass", or "done"'


def canvas_of(state: Mapping[str, Any]) -> Sketch:
    """All strokes so far."""
    moves = [Move.model_validate(move) for move in state.get("moves", [])]
    by = " and ".join(dict.fromkeys(move.by for move in moves if move.strokes))
    return Sketch(strokes=[stroke for move in moves for stroke in move.strokes], source=by)


def asked_for_strokes(state: Mapping[str, Any]) -> Move:
    """Asks the person for strokes, until the answer can be used."""
    canvas, turn = canvas_of(state), len(state["moves"]) // 2 + 1
    question = StrokesAsked(word=state["word"], turn=turn, turns=state["turns"], svg=to_svg(canvas))
    while True:
        try:
            return move_of(interrupt(question.model_dump()), MAX_STROKES - len(canvas.strokes))
        except MalformedSketch as error:
            question = question.model_copy(update={"problem": str(error)})


def move_of(answer: Any, room: int) -> Move:
    """The move that an answer means, of at most `room` strokes.

    Raises:
        MalformedSketch: if it cannot be understood.
    """
    if answer in PASS:
        return Move(by="person")
    if answer in DONE:
        return Move(by="person", done=True)
    if isinstance(answer, dict) and isinstance(answer.get("svg"), str):
        answer = answer["svg"]
    sketch = read_strokes(answer if isinstance(answer, str) else json.dumps(answer))
    if len(sketch.strokes) > room:
        raise MalformedSketch(f"{len(sketch.strokes)} strokes: there is room for {room}; draw fewer, or say done")
    return Move(by="person", strokes=sketch.strokes)


def ask_at_terminal(question: dict[str, Any], shown: Path) -> Any:
    """Tells where the canvas lies and reads a person's answer: a file, strokes, nothing, "done"; None if they leave."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    asked = StrokesAsked.model_validate(question)
    shown.write_text(asked.svg, encoding="utf-8")
    problem = asked.problem
    console.print(f"turn {asked.turn} of {asked.turns}: {asked.word}, so far in {shown}", markup=False)
    while True:
        if problem:
            console.print(f"  ! {problem}", style="yellow", markup=False)
        if sys.stdin.isatty():
            console.print("a file of strokes, [[x, y], …], Enter to pass, done, or Ctrl-D to go on later", markup=False)
        try:
            answer = input().strip()
        except (EOFError, KeyboardInterrupt):
            return None
        if len(answer) > 255 or not Path(answer).is_file():
            return answer or "pass"
        try:
            return read_sketch(Path(answer)).model_dump(include={"strokes"})
        except MalformedSketch as error:
            problem = str(error)


def by_turns(wanted: dict[str, Any] | None, resume: str | None, as_json: bool) -> tuple[str, Sketch]:
    """Runs or resumes a drawing by turns with checkpoints: its id, and the sketch.

    Raises:
        InputError: if there is nothing to resume, or what is wanted cannot be drawn.
        SystemExit: with WAITING if the person leaves; the drawing can be gone on with.
    """
    from langgraph.types import Command

    from graphs.checkpoints import saver
    from graphs.resources import environment, painter_of
    from graphs.sketch import builder
    from tools.sketch_query import known

    home = environment().home
    if wanted is not None:
        known(painter_of(wanted["painter"]), Collaboration.model_validate(wanted).word)  # before anything is written
    identity = checked_drawing(str(resume), home) if wanted is None else new_run(wanted["word"], home)
    with closing(sqlite3.connect(home / identity / CHECKPOINTS, check_same_thread=False)) as connection:
        graph = builder.compile(checkpointer=saver(connection), name="sketch")
        config: Any = {"configurable": {"thread_id": identity}, "recursion_limit": 250}
        given: Any = wanted
        while True:
            if given is not None or not graph.get_state(config).interrupts:
                graph.invoke(given, config)
            if not (waiting := graph.get_state(config).interrupts):
                return identity, canvas_of(graph.get_state(config).values)
            answer = ask_at_terminal(waiting[0].value, home / identity / "canvas.svg")
            if answer is None:
                if as_json:
                    print(json.dumps({"run": identity, "waiting": waiting[0].value}))
                err.print(f"it is your turn: python -m graphs.sketch collaborate --resume {identity}", soft_wrap=True)
                raise SystemExit(WAITING)
            given = Command(resume=answer)


def checked_drawing(identity: str, home: Path) -> str:
    """The id of a drawing by turns that exists.

    Raises:
        InputError: if it is not an id, or there is none.
    """
    if not RUN_ID.fullmatch(identity) or not (home / identity / CHECKPOINTS).exists():
        there = sorted(path.parent.name for path in home.glob(f"*/{CHECKPOINTS}"))[-5:]
        raise InputError(
            f"there is no drawing {identity[:80]!r} to go on with"
            + (f"; there are {', '.join(there)}" if there else "")
        )
    return identity
