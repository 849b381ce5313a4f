"""Sketches by the Painter: draw, remove, reproduce, classify, locate, and collaborate, in which you draw by turns.

Sketches come in as SVG, as JSON, or as text of strokes, and go out as SVG, PNG and a GIF of their drawing.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from graphs.runner import InputError, RunError, err, first_line, writable
from graphs.terminal import clear_errors
from tools.canvas import Sketch
from tools.layout import Box

if TYPE_CHECKING:
    from models.painter.generation import Request
    from models.painter.predictor import PainterPredictor

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

WHOLE: Box = (0.04, 0.04, 0.96, 0.96)
Out = Annotated[Path | None, typer.Option(help="Folder for SVG, PNG and GIF (default: runs/sketches).")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same strokes.")]
PainterFolder = Annotated[str | None, typer.Option("--painter", help="A Painter's folder instead of the profile's.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Attention = Annotated[Path | None, typer.Option(help="Write a picture of where the Painter looks here, a PNG.")]
SketchFile = Annotated[Path, typer.Argument(help="A sketch: SVG, JSON of strokes, or text of strokes.")]
BoxOption = Annotated[str | None, typer.Option(help="Where: x0,y0,x1,y1 in 0…1, y down.")]


@contextmanager
def clear() -> Iterator[None]:
    """Turns what is wrong with an input into one line on stderr and exit code 2, and other failures into 1."""
    from agents.llm import LanguageModelError

    with clear_errors():
        try:
            yield
        except LanguageModelError as error:
            raise RunError(first_line(error)) from None
        except OSError as error:
            raise RunError(f"{error.filename or 'a file'}: {error.strerror or error}") from None
        except ValidationError:
            raise
        except ValueError as error:  # with which the tools refuse what they are given
            raise InputError(first_line(error)) from None


@app.command()
def draw(
    what: Annotated[str, typer.Argument(help='A thing, or a scene: "cat", "a cat left of a dog".')],
    box: BoxOption = None,
    seed: Seed = 0,
    count: Annotated[int, typer.Option(min=1, max=100, help="So many different sketches.")] = 1,
    strokes: Annotated[
        str, typer.Option(help="Who draws: the 'painter', an 'llm', or 'outlines' of the vocabulary.")
    ] = "painter",
    llm: Annotated[
        str | None, typer.Option(help="Base URL of an OpenAI-compatible server (or OPENAI_BASE_URL).")
    ] = None,
    model: Annotated[str, typer.Option(help="Model name on that server (or OPENAI_MODEL).")] = "",
    painter: PainterFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Draws a thing, or several as a sentence places them."""
    with clear():
        place, seeds = box_of(box) if box else None, list(range(seed, seed + count))
        match strokes:
            case "painter":
                sketches = by_painter(what, place, seeds, painter)
            case "llm":
                sketches = by_llm(what, place, count, llm, model)
            case "outlines":
                sketches = [by_outlines(what, place, one) for one in seeds]
            case _:
                raise InputError(f"--strokes {strokes!r}: choose painter, llm or outlines")
        names = [slug(what) if count == 1 else f"{slug(what)}-{number}" for number in range(1, count + 1)]
        saved = [save(sketch, out, name) for sketch, name in zip(sketches, names, strict=True)]
        tell({"sketches": saved}, as_json, "\n".join(one["svg"] for one in saved))


def by_painter(what: str, box: Box | None, seeds: list[int], painter: str | None) -> list[Sketch]:
    """The Painter's sketches, one for each seed."""
    from graphs.resources import painter_of
    from tools.sketch_query import draw

    return draw(painter_of(painter), what, box, seeds)


def by_llm(what: str, box: Box | None, count: int, llm: str | None, model: str) -> list[Sketch]:
    """A language model's sketches; of several, none is an answer kept from earlier."""
    from agents.sketcher import sketch_in_box
    from graphs.resources import door_of

    settings = {"llm": llm, "model": model, **({"cache": False} if count > 1 else {})}
    return [sketch_in_box(what, box or WHOLE, door_of({"settings": settings})) for _ in range(count)]


def by_outlines(what: str, box: Box | None, seed: int) -> Sketch:
    """The outlines of what the vocabulary has, as the embedded rules lay it out; what stands for what is said."""
    from agents.llm import Door
    from agents.scene_grapher import scene_graph
    from tools.layout import layout
    from tools.strokes import sketch_chain

    scene, substitutions = scene_graph(what, Door())
    for word, drawn in substitutions.items():
        err.print(f"{word} is drawn as {drawn}", markup=False)
    if box and len(scene.objects) > 1:
        raise InputError(f"a box for {len(scene.objects)} things: give it for one, or leave out --box")
    boxes = {scene.objects[0].id: box} if box else layout(scene, seed)
    return sketch_chain([scene], boxes, seed)[0]


@app.command()
def remove(
    sketch: SketchFile,
    phrase: Annotated[str, typer.Argument(help='A thing or a part of one: "the cat", "the wheels of the car".')],
    painter: PainterFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Takes a thing, or a part of one, off a sketch; the other strokes stay as they are."""
    with clear():
        from graphs.resources import painter_of
        from tools.sketch_files import read_sketch
        from tools.sketch_query import thing_or_part

        before, predictor = read_sketch(sketch), painter_of(painter)
        left = predictor.remove(before, thing_or_part(predictor, phrase))
        saved = save(left, out, f"{slug(sketch.stem)}-without-{slug(phrase)}")
        gone = len(before.strokes) - len(left.strokes)
        tell({**saved, "removed": gone}, as_json, f"{gone} of {len(before.strokes)} strokes removed\n{saved['svg']}")


@app.command()
def reproduce(
    image: Annotated[Path, typer.Argument(help="A picture of lines: PNG, JPEG, …")],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Other copies to choose from (default: the likeliest is among them).")
    ] = None,
    painter: PainterFolder = None,
    attention: Attention = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Copies a picture of lines as strokes."""
    with clear():
        from graphs.resources import painter_of
        from tools.sketch_files import read_picture

        picture, predictor = read_picture(image), painter_of(painter)
        chosen, strokes = predictor.best_copy(picture, seed)
        copied = Sketch(strokes=strokes, source="painter")
        show(attention, predictor, lambda: predictor.to_reproduce(picture, chosen))
        saved = save(copied, out, f"{slug(image.stem)}-copied")
        tell(saved, as_json, saved["svg"])


@app.command()
def classify(
    sketch: SketchFile,
    box: BoxOption = None,
    painter: PainterFolder = None,
    attention: Attention = None,
    as_json: AsJson = False,
) -> None:
    """Names what is drawn, on the whole canvas or in a box."""
    with clear():
        from graphs.resources import painter_of
        from tools.sketch_files import read_sketch

        seen, place, predictor = read_sketch(sketch), box_of(box) if box else None, painter_of(painter)
        name = predictor.classify(seen, place)
        show(attention, predictor, lambda: predictor.to_classify(seen, place))
        tell({"category": name}, as_json, name)


@app.command()
def locate(
    sketch: SketchFile,
    phrase: Annotated[str, typer.Argument(help='What to find: "the cat".')],
    painter: PainterFolder = None,
    attention: Attention = None,
    as_json: AsJson = False,
) -> None:
    """Tells where a thing is on a sketch: x0 y0 x1 y1 in 0…1, y down."""
    with clear():
        from graphs.resources import painter_of
        from tools.sketch_files import read_sketch
        from tools.sketch_query import known

        seen, predictor = read_sketch(sketch), painter_of(painter)
        word = known(predictor, phrase)
        found = predictor.locate(seen, word)
        show(attention, predictor, lambda: predictor.to_classify(seen, found))
        tell({"box": found}, as_json, " ".join(f"{side:.3f}" for side in found))


@app.command()
def collaborate(
    word: Annotated[str, typer.Argument(help='What you draw together: "cat".')] = "",
    turns: Annotated[int, typer.Option(help="Turns of each of you at most.")] = 5,
    strokes_a_turn: Annotated[int, typer.Option(help="Strokes of the Painter in a turn at most.")] = 3,
    seed: Seed = 0,
    resume: Annotated[str | None, typer.Option(help="Go on with this drawing.")] = None,
    painter: PainterFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """You and the Painter draw by turns. Your turn is a line: a file, points, nothing, or "done"."""
    with clear():
        if bool(word) == bool(resume):
            raise InputError('say what to draw, such as "cat", or which drawing to go on with: --resume ID')
        wanted = {"word": word, "turns": turns, "strokes_a_turn": strokes_a_turn, "seed": seed, "painter": painter}
        from graphs.collaboration import by_turns

        identity, finished = by_turns(None if resume else wanted, resume, as_json)
        saved = save(finished, out, identity)
        tell({**saved, "run": identity, "by": finished.source}, as_json, saved["svg"])


def box_of(text: str) -> Box:
    """The box that an option gives.

    Raises:
        InputError: if it is none.
    """
    try:
        x0, y0, x1, y1 = (float(part) for part in re.split(r"[\s,]+", text.strip()))
    except ValueError:
        raise InputError(f"--box {text!r} is no box: give x0,y0,x1,y1") from None
    if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
        raise InputError(f"--box {text!r} is not on the canvas: give 0 ≤ x0 < x1 ≤ 1 and 0 ≤ y0 < y1 ≤ 1")
    return x0, y0, x1, y1


def slug(text: str) -> str:
    """Words as a file's name."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-") or "sketch"


def save(sketch: Sketch, out: Path | None, name: str) -> dict[str, Any]:
    """Writes a sketch as SVG, PNG and GIF: their paths, and who drew it."""
    from graphs.resources import environment
    from tools.sketch_files import save_sketch

    folder = writable(out or environment().home / "sketches")
    return {**save_sketch(sketch, folder, name), "strokes": len(sketch.strokes), "source": sketch.source}


def show(path: Path | None, predictor: "PainterPredictor", request: "Callable[[], Request]") -> None:
    """Writes where the Painter looks for its answer to a request, if that is wanted."""
    if path:
        from models.painter.attention import attention_picture, looks_of

        picture = attention_picture(looks_of(predictor.painter, request()))
        writable(path.parent)
        picture.save(path, "PNG")


def tell(result: dict[str, Any], as_json: bool, plain: str) -> None:
    """Prints what came out, for a program or for a person."""
    print(json.dumps(result) if as_json else plain)
