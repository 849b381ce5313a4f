"""Sketches and pictures as people bring them and take them away: SVG, JSON, stroke text; SVG, PNG, animated GIF.

What cannot be read is refused with a `MalformedSketch` of one line, and nothing that is read is unbounded.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError
from pydantic import ValidationError

from models.painter.language import MAX_STROKES, MalformedSketch, read_text
from tools.canvas import Sketch, Stroke, draw_lines, rasterise, to_svg
from tools.sketch_language import read_xml
from tools.stroke_codecs import FARTHEST, MAX_POINTS, MAX_TEXT, SCALE, from_stroke3, from_stroke5, from_svg

MARGIN = 0.04
"""Of the canvas, on each side, around a sketch that had to be fitted into it."""
BEYOND = 0.02
"""How far over the edge a sketch may go before it is fitted."""
PNG_SIZE, GIF_SIZE, GIF_FRAMES = 512, 256, 48
"""Pixels of the pictures, and frames of the process at most."""
FRAME_MS, LAST_MS = 80, 2000
"""Milliseconds for which a frame of the process is shown, and the last one."""


def read_strokes(text: str) -> Sketch:
    """The sketch of a text in any of the forms that are known.

    These are SVG, SketchAgent's XML, the Painter's own words, and JSON: `{"strokes": […]}` as `Sketch` is written,
    `{"drawing": […]}` of Quick, Draw!, points `[[x, y], …]` of one stroke or lists of points of several (in the unit
    square, y down), stroke-3 or stroke-5 rows. What lies beyond the canvas is fitted into it.

    Raises:
        MalformedSketch: if it is none of these, or too large.
    """
    text = text.strip().lstrip("\ufeff")
    if len(text) > MAX_TEXT:
        raise MalformedSketch(f"a sketch of {len(text)} characters: at most {MAX_TEXT} are read")
    if text.startswith("<"):
        sketch = from_svg(text) if "<svg" in text else read_xml(text, curves=True)
    elif text.startswith("{") or _is_array(text):
        sketch = _from_json(text)
    else:
        sketch = read_text(text)
    return _on_canvas(sketch)


def _is_array(text: str) -> bool:
    """Whether it is a JSON array; a label of the Painter's words is in brackets too."""
    return text.startswith("[") and text[1:].lstrip()[:1] in ("[", "]", "{")


def _from_json(text: str) -> Sketch:
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise MalformedSketch(f"no JSON: {str(error) or 'nested too deep'}; give strokes as lists of [x, y]") from None
    try:
        if isinstance(value, dict) and "strokes" in value:
            return Sketch.model_validate({"strokes": value["strokes"], "source": value.get("source", "json")})
        if isinstance(value, dict) and "drawing" in value:
            columns = [np.array([xs, ys], float).T / SCALE for xs, ys, *_ in value["drawing"]]
            return Sketch(strokes=[Stroke(points=line.tolist()) for line in columns], source="json")
        if isinstance(value, list):
            return _from_array(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise MalformedSketch(f"{'.'.join(map(str, first['loc']))}: {first['msg']}; give points as [x, y]") from None
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, MalformedSketch):
            raise
        raise MalformedSketch(f"no strokes in the JSON: {str(error).splitlines()[0]}; give lists of [x, y]") from None
    raise MalformedSketch('no strokes in the JSON: give {"strokes": […]} or lists of [x, y]')


def _no_constant(name: str) -> float:
    raise MalformedSketch(f"{name} is no place on a canvas: give finite numbers")


def _from_array(value: list[Any]) -> Sketch:
    if not value:
        return Sketch()
    first = value[0]
    if isinstance(first, list) and first and not isinstance(first[0], list):
        match len(first):
            case 3:
                return from_stroke3(value)
            case 5:
                return from_stroke5(value)
            case _:
                value = [value]
    if len(value) > MAX_STROKES:
        raise MalformedSketch(f"{len(value)} strokes: at most {MAX_STROKES} are read; leave some out")
    return Sketch(strokes=[Stroke(points=points) for points in value], source="json")


def _on_canvas(sketch: Sketch) -> Sketch:
    """The sketch as it is, or fitted into the canvas if it goes beyond it.

    Raises:
        MalformedSketch: if it is too large to be handled.
    """
    if len(sketch.strokes) > MAX_STROKES:
        raise MalformedSketch(f"{len(sketch.strokes)} strokes: at most {MAX_STROKES} are read; leave some out")
    if (count := sum(len(stroke.points) for stroke in sketch.strokes)) > MAX_POINTS:
        raise MalformedSketch(f"{count} points: at most {MAX_POINTS} are read; simplify the sketch")
    if not sketch.strokes:
        return sketch
    points = np.concatenate([np.array(stroke.points) for stroke in sketch.strokes])
    low, high = points.min(0), points.max(0)
    if max(abs(low.min()), high.max()) > FARTHEST:
        raise MalformedSketch(f"a point at {max(abs(low.min()), high.max()):.3g}: scale the sketch")
    if low.min() >= -BEYOND and high.max() <= 1 + BEYOND:
        return sketch
    scale = (1 - 2 * MARGIN) / max(float((high - low).max()), 1e-9)
    middle = (low + high) / 2
    moved = [(np.array(stroke.points) - middle) * scale + 0.5 for stroke in sketch.strokes]
    strokes = [Stroke(points=m.tolist(), object=s.object) for m, s in zip(moved, sketch.strokes, strict=True)]
    return sketch.model_copy(update={"strokes": strokes})


def read_sketch(path: Path) -> Sketch:
    """The sketch in a file; see `read_strokes`.

    Raises:
        MalformedSketch: if it cannot be read, is no sketch, or is empty.
    """
    try:
        with open(path, "rb") as file:
            text = file.read(4 * MAX_TEXT + 1).decode("utf-8")
    except OSError as error:
        raise MalformedSketch(f"cannot read the sketch in {str(path)!r}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise MalformedSketch(f"{str(path)!r} is no sketch: give SVG or strokes as JSON") from None
    try:
        sketch = read_strokes(text)
    except MalformedSketch as error:
        raise MalformedSketch(f"{path}: {error}") from None
    if not sketch.strokes:
        raise MalformedSketch(f"{path}: there is no stroke in it: draw something first")
    return sketch


def read_picture(path: Path) -> Image.Image:
    """The picture in a file, on white where it is transparent.

    Raises:
        MalformedSketch: if it cannot be read, is no picture, or has more pixels than are looked at.
    """
    from models.painter.pictures import MAX_PIXELS

    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError(f"{image.width}×{image.height} pixels")
            if not image.has_transparency_data:
                return image.convert("L")
            clear = image.convert("RGBA")
            return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("L")
    except UnidentifiedImageError:
        raise MalformedSketch(f"{str(path)!r} is no picture: give a PNG or JPEG") from None
    except Image.DecompressionBombError as error:
        limit = f"at most {MAX_PIXELS // 10**6} million pixels are looked at; make it smaller"
        raise MalformedSketch(f"{str(path)!r} is too large ({error}): {limit}") from None
    except (OSError, SyntaxError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise MalformedSketch(f"cannot read the picture in {str(path)!r}: {what}") from None


def process_frames(sketch: Sketch, size: int = GIF_SIZE, count: int = GIF_FRAMES) -> list[Image.Image]:
    """The sketch as it grows, point by point: at most `count` pictures of `size` pixels, the last one whole."""
    total = sum(len(stroke.points) for stroke in sketch.strokes)
    frames = []
    for shown in np.unique(np.linspace(1, total, count).round().astype(int)).tolist() if total else [0]:
        lines = []
        for stroke in sketch.strokes:
            if shown > 0:
                lines.append(stroke.points[:shown])
            shown -= len(stroke.points)
        frames.append(Image.fromarray(255 - draw_lines(lines, size, 0.012)))
    return frames


def save_sketch(sketch: Sketch, folder: Path, name: str) -> dict[str, str]:
    """Writes a sketch as SVG, PNG and a GIF of its drawing: their paths by kind.

    Raises:
        OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / f"{name}.{kind}" for kind in ("svg", "png", "gif")}
    paths["svg"].write_text(to_svg(sketch), encoding="utf-8")
    Image.fromarray(255 - rasterise(sketch, PNG_SIZE)).save(paths["png"])
    first, *rest = process_frames(sketch)
    shown = [*[FRAME_MS] * len(rest), LAST_MS]
    first.save(paths["gif"], save_all=True, append_images=rest, duration=shown, loop=0)
    return {kind: str(path) for kind, path in paths.items()}
