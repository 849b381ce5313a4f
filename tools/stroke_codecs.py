"""Sketches in the forms that others read and write: stroke-3 and stroke-5 arrays, and SVG paths.

stroke-3 and stroke-5 are sketch-rnn's (arXiv 1704.03477, §3.1): offsets from point to point and the state of the pen.
They know no objects, so labels are lost in them. The Painter's own language is `models.painter.language`, SketchAgent's
is `tools.sketch_language`. What cannot be read is refused with a `MalformedSketch` of one line.
"""

import cmath
import math
import re
import xml.etree.ElementTree as ET

import numpy as np

from models.painter.language import MAX_STROKES, MalformedSketch
from tools.canvas import Point, Sketch, Stroke

SCALE = 255.0
"""Units of a Quick, Draw! canvas, in which arrays are given."""
MAX_POINTS = 100_000
"""Points that are read of one sketch."""
MAX_TEXT = 2_000_000
"""Characters that are read of one SVG."""
FARTHEST = 1e9
"""Units from the origin that a path may go."""
CURVE_POINTS = 12
"""Points by which a curve of an SVG path is drawn."""
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def to_stroke3(sketch: Sketch, scale: float = SCALE) -> np.ndarray:
    """Offsets and pen: (points, 3) float32; the third is 1 at the last point of a stroke. Begins at the origin."""
    points = [np.asarray(stroke.points, float) * scale for stroke in sketch.strokes]
    if not points:
        return np.zeros((0, 3), np.float32)
    lifted = np.concatenate([np.arange(len(part)) == len(part) - 1 for part in points])
    moves = np.diff(np.concatenate(points), axis=0, prepend=np.zeros((1, 2)))
    return np.column_stack([moves, lifted]).astype(np.float32)


def from_stroke3(array: np.ndarray | list, scale: float = SCALE) -> Sketch:
    """The sketch of offsets and pen (points, 3); a last stroke that is not ended ends there.

    Raises:
        MalformedSketch: if the array has another shape, a value that is not finite, or too many points or strokes.
    """
    rows = _checked(array, 3)
    places = rows[:, :2].cumsum(0) / scale
    ends = np.flatnonzero(rows[:, 2] > 0.5) + 1
    parts = [part for part in np.split(places, ends) if len(part)]
    if len(parts) > MAX_STROKES:
        raise MalformedSketch(f"{len(parts)} strokes: at most {MAX_STROKES} are read; leave some out")
    return Sketch(strokes=[Stroke(points=part.tolist()) for part in parts])


def to_stroke5(sketch: Sketch, length: int | None = None, scale: float = SCALE) -> np.ndarray:
    """Offsets and one-hot pen (down, up after this, end): (points + 1, 5) float32, or (length, 5) padded with ends.

    Raises:
        MalformedSketch: if it has more points than fit into `length`.
    """
    rows = to_stroke3(sketch, scale)
    length = len(rows) + 1 if length is None else length
    if len(rows) >= length:
        raise MalformedSketch(f"{len(rows)} points: {length} rows hold at most {length - 1}; simplify the sketch")
    full = np.zeros((length, 5), np.float32)
    full[: len(rows), :2] = rows[:, :2]
    full[: len(rows), 2], full[: len(rows), 3] = 1 - rows[:, 2], rows[:, 2]
    full[len(rows) :, 4] = 1
    return full


def from_stroke5(array: np.ndarray | list, scale: float = SCALE) -> Sketch:
    """The sketch of offsets and one-hot pen (points, 5), up to the first end.

    Raises:
        MalformedSketch: as for `from_stroke3`.
    """
    rows = _checked(array, 5)
    ends = np.flatnonzero(rows[:, 4] > 0.5)
    rows = rows[: ends[0]] if len(ends) else rows
    return from_stroke3(rows[:, [0, 1, 3]], scale)


def _checked(array: np.ndarray | list, columns: int) -> np.ndarray:
    try:
        rows = np.asarray(array, float)
    except (TypeError, ValueError) as error:
        raise MalformedSketch(f"no array of numbers: give rows of {columns}") from error
    rows = rows.reshape(0, columns) if rows.size == 0 else rows
    if rows.ndim != 2 or rows.shape[1] != columns:
        raise MalformedSketch(f"an array of shape {rows.shape}: stroke-{columns} has rows of {columns}")
    if len(rows) > MAX_POINTS:
        raise MalformedSketch(f"{len(rows)} points: at most {MAX_POINTS} are read; simplify the sketch")
    if len(bad := np.argwhere(~np.isfinite(rows))):
        row, column = bad[0].tolist()
        raise MalformedSketch(f"row {row}, column {column} is {rows[row, column]}: give finite numbers")
    return rows


def to_path(sketch: Sketch, size: float = 1.0) -> str:
    """The `d` of one SVG path of straight lines, a sub-path a stroke, on a canvas of `size` units."""
    return " ".join(
        "M" + " L".join(f"{x * size:.6g} {y * size:.6g}" for x, y in _at_least_two(stroke.points))
        for stroke in sketch.strokes
    )


def _at_least_two(points: list[Point]) -> list[Point]:
    return points if len(points) > 1 else points * 2


def from_path(path: str, size: float = 1.0, label: str = "") -> Sketch:
    """The sketch of an SVG path's `d`: each sub-path is a stroke, curves are drawn by CURVE_POINTS points.

    Raises:
        MalformedSketch: at a command that is none, too few numbers, or numbers beyond all measure.
    """
    strokes = [Stroke(points=[(x / size, y / size) for x, y in line], object=label) for line in _lines(path)]
    if len(strokes) > MAX_STROKES:
        raise MalformedSketch(f"{len(strokes)} sub-paths: at most {MAX_STROKES} are read; leave some out")
    return Sketch(strokes=strokes)


def from_svg(text: str) -> Sketch:
    """The sketch of a whole SVG: its paths, polylines, polygons and lines, scaled by its viewBox or size.

    `data-object` names the object, as `tools.canvas.to_svg` writes it. Transforms and other shapes are left out.

    Raises:
        MalformedSketch: if it is no SVG, has entities, no size, or a malformed path.
    """
    if len(text) > MAX_TEXT:
        raise MalformedSketch(f"an SVG of {len(text)} characters: at most {MAX_TEXT} are read")
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.S):
        raise MalformedSketch("an SVG with a document type or entities: give plain elements")
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise MalformedSketch(f"no SVG: {error}; give one well-formed <svg> element") from error
    x0, y0, side = _view(root)
    strokes: list[Stroke] = []
    for element in root.iter():
        path, label = _as_path(element), element.get("data-object", "")
        for stroke in from_path(path, label=label).strokes if path else []:
            moved = [((x - x0) / side, (y - y0) / side) for x, y in stroke.points]
            strokes.append(Stroke(points=moved, object=label))
    if len(strokes) > MAX_STROKES:
        raise MalformedSketch(f"{len(strokes)} strokes: at most {MAX_STROKES} are read; leave some out")
    return Sketch(strokes=strokes, source="svg")


def _view(root: ET.Element) -> tuple[float, float, float]:
    given = root.get("viewBox") or f"0 0 {root.get('width', '')} {root.get('height', '')}"
    numbers = [float(number) for number in _NUMBER.findall(given)]
    if not root.tag.endswith("svg") or len(numbers) != 4 or not max(numbers[2:]) > 0:
        raise MalformedSketch(f"<{root.tag.split('}')[-1]}> of size {given.strip()!r}: give an <svg> with a viewBox")
    return numbers[0], numbers[1], max(numbers[2:])


def _as_path(element: ET.Element) -> str:
    tag = element.tag.split("}")[-1] if isinstance(element.tag, str) else ""
    if tag == "path":
        return element.get("d", "")
    if tag in ("polyline", "polygon") and element.get("points", "").strip():
        return "M" + element.get("points", "") + ("Z" if tag == "polygon" else "")
    if tag == "line":
        return "M" + " ".join(element.get(name, "0") for name in ("x1", "y1", "x2", "y2"))
    return ""


def _lines(path: str) -> list[list[Point]]:
    """The polylines of a path (SVG 1.1, §8.3)."""
    lines: list[list[Point]] = []
    place = start = control = 0j
    last, count = "", 0
    for command, numbers in _commands(path):
        name = command.upper()
        base = place if command.islower() else 0j
        if name == "M":
            place = start = base + complex(*numbers)
            lines.append([(place.real, place.imag)])
        elif not lines:
            raise MalformedSketch(f"path command {command!r} before any M: begin with M x y")
        else:
            if last == "Z":
                lines.append([(place.real, place.imag)])
            reflected = (
                2 * place - control if last in {"C": "CS", "S": "CS", "Q": "QT", "T": "QT"}.get(name, "") else place
            )
            drawn, control = _segment(name, numbers, place, base, reflected, start)
            place = drawn[-1]
            lines[-1] += [(point.real, point.imag) for point in drawn]
        last = name
        count += CURVE_POINTS
        if count > MAX_POINTS or not max(abs(place.real), abs(place.imag)) < FARTHEST:
            raise MalformedSketch(f"path command {command!r} goes to {place}, {count} points in: simplify the path")
    return lines


def _commands(path: str) -> list[tuple[str, list[float]]]:
    if bad := re.search(r"[^MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]", path):
        raise MalformedSketch(f"path character {bad[0]!r} at {bad.start()}: use the commands of SVG and numbers")
    commands: list[tuple[str, list[float]]] = []
    parts = re.split(r"([MmLlHhVvCcSsQqTtAaZz])", path)
    if parts[0].strip(" ,\t\r\n"):
        raise MalformedSketch(f"path begins with {parts[0].strip()[:20]!r}: begin with M x y")
    for command, rest in zip(parts[1::2], parts[2::2], strict=True):
        arity = _ARITY[command.upper()]
        numbers = _arc_numbers(rest) if command in "Aa" else [float(number) for number in _NUMBER.findall(rest)]
        if (arity == 0) != (not numbers) or (arity and len(numbers) % arity):
            raise MalformedSketch(f"path command {command!r} with {len(numbers)} numbers: give {arity} for each")
        if numbers and not max(map(abs, numbers)) < FARTHEST:
            raise MalformedSketch(f"path command {command!r} with the number {max(numbers, key=abs)}: scale the path")
        groups = [numbers[i : i + arity] for i in range(0, len(numbers), arity)] if arity else [[]]
        for index, group in enumerate(groups):
            follows = {"M": "L", "m": "l"}.get(command, command) if index else command
            commands.append((follows, group))
    return commands


def _arc_numbers(text: str) -> list[float]:
    """An arc's flags may be written without spaces: `a1 1 0 01.5.5`."""
    numbers: list[float] = []
    while text := text.lstrip(" ,\t\r\n"):
        match = re.match(r"[01]", text) if len(numbers) % 7 in (3, 4) else _NUMBER.match(text)
        if not match:
            raise MalformedSketch(f"path arc at {text[:20]!r}: give two radii, an angle, two flags of 0 or 1, x and y")
        numbers.append(float(match[0]))
        text = text[match.end() :]
    return numbers


def _segment(
    name: str, numbers: list[float], place: complex, base: complex, reflected: complex, start: complex
) -> tuple[list[complex], complex]:
    """The points after `place` of one command, and its last control point."""
    if name == "Z":
        return [start], start
    if name == "H":
        return [complex(base.real + numbers[0], place.imag)], place
    if name == "V":
        return [complex(place.real, base.imag + numbers[0])], place
    if name == "A":
        rx, ry, angle, large, sweep = numbers[:5]
        end = base + complex(*numbers[5:])
        return _arc(place, end, (abs(rx), abs(ry)), math.radians(angle), bool(large), bool(sweep)), end
    given = [base + complex(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    controls = [place, *([reflected] if name in "ST" else []), *given]
    return (given if name == "L" else bezier(controls)[1:]), controls[-2]


def bezier(controls: list[complex], count: int = CURVE_POINTS) -> list[complex]:
    """`count` + 1 points of a Bézier curve from its first control point to its last, at even parameters."""
    degree = len(controls) - 1
    return [
        sum(math.comb(degree, k) * (1 - t) ** (degree - k) * t**k * point for k, point in enumerate(controls))
        for t in np.linspace(0, 1, count + 1).tolist()
    ]


def _arc(
    place: complex, end: complex, radii: tuple[float, float], angle: float, large: bool, sweep: bool
) -> list[complex]:
    """The points of an elliptic arc: its centre is found where the ellipse is the unit circle (SVG 1.1, F.6.5)."""
    turn = complex(math.cos(angle), math.sin(angle))
    if place == end or not all(radii):
        return [end]

    def rounded(point: complex) -> complex:
        turned = point / turn
        return complex(turned.real / radii[0], turned.imag / radii[1])

    first, last = rounded(place), rounded(end)
    grown = max(1.0, abs(last - first) / 2)  # radii that are too small grow until the arc reaches
    first, last = first / grown, last / grown
    half = (last - first) / 2
    aside = 1j * half / abs(half) * math.sqrt(max(0.0, 1 - abs(half) ** 2))
    centre = (first + last) / 2 + (aside if large != sweep else -aside)
    begin, finish = cmath.phase(first - centre), cmath.phase(last - centre)
    if sweep and finish < begin:
        finish += 2 * math.pi
    if not sweep and finish > begin:
        finish -= 2 * math.pi
    circle = [grown * (centre + cmath.exp(1j * phase)) for phase in np.linspace(begin, finish, 2 * CURVE_POINTS)]
    return [complex(point.real * radii[0], point.imag * radii[1]) * turn for point in circle[1:-1]] + [end]
