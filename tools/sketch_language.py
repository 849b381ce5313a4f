"""SketchAgent's stroke language (arXiv 2411.17673), in which general language models draw without training.

Cells `x1y1` (bottom left) to `x50y50` (top right); each stroke has points, for each the share of the stroke at which it
is passed (`t_values`), and the part that it draws (`id`). Cubic Bézier curves are fitted through the points, from
corner to corner; a corner is a point that is named twice in a row.
"""

import re
from html import escape, unescape

import numpy as np

from models.painter.language import MAX_STROKE_POINTS, MAX_STROKES, MalformedSketch
from tools.canvas import Point, Sketch, Stroke
from tools.stroke_codecs import MAX_TEXT, bezier

CELLS = 50
"""Cells along a side."""
BEND = 0.008
"""Mean error of a curve, in canvases, above which a stroke of many points is two curves (5 of 612 pixels there)."""
_CELL = re.compile(r"x\s*(-?\d{1,4})\s*y\s*(-?\d{1,4})", re.I)
_STROKE = re.compile(r"<s\d+>(.*?)(?=</s\d+>|<s\d+>|</strokes>|$)", re.S | re.I)


def to_xml(sketch: Sketch, concept: str = "") -> str:
    """The sketch in SketchAgent's language, points at the middles of cells; `read_xml` gives back these."""
    parts = [f"<concept>{escape(concept)}</concept>", "<strokes>"]
    for number, stroke in enumerate(sketch.strokes, 1):
        points = np.asarray(stroke.points, float)
        cells = np.floor(np.clip(points, 0, 1) * CELLS).clip(0, CELLS - 1).astype(int).tolist()
        spelled = ", ".join(f"'x{x + 1}y{CELLS - y}'" for x, y in cells)
        times = ",".join(f"{share:.2f}" for share in _shares(points))
        parts += [
            f"<s{number}>",
            f"<points>{spelled}</points>",
            f"<t_values>{times}</t_values>",
            f"<id>{escape(stroke.object)}</id>",
            f"</s{number}>",
        ]
    return "\n".join([*parts, "</strokes>"])


def _shares(points: np.ndarray) -> np.ndarray:
    """How far along the stroke each point is, in [0, 1]: (n,)."""
    lengths = np.r_[0, np.hypot(*np.diff(points, axis=0).T)].cumsum()
    return lengths / max(lengths[-1], 1e-9)


def read_xml(text: str, curves: bool = False) -> Sketch:
    """The sketch of an answer in SketchAgent's language; thinking before it and an unfinished end are left out.

    Args:
        text: the answer.
        curves: draw fitted curves instead of straight lines from point to point.

    Raises:
        MalformedSketch: if there are no strokes in it, one has no points, or too many.
    """
    if len(text) > MAX_TEXT:
        raise MalformedSketch(f"an answer of {len(text)} characters: at most {MAX_TEXT} are read")
    answer = re.split(r"<answer>", text, flags=re.I)[-1]
    found = _STROKE.findall(answer)
    if not found and not re.search(r"<strokes>\s*</strokes>", answer, re.I):
        raise MalformedSketch(f"no strokes in {answer.strip()[:40]!r}: give <strokes><s1><points>'x1y1'</points></s1>…")
    if len(found) > MAX_STROKES:
        raise MalformedSketch(f"{len(found)} strokes: at most {MAX_STROKES} can be drawn; leave some out")
    strokes = [_stroke(body, number, curves) for number, body in enumerate(found, 1)]
    if len(strokes) > 1 and not answer.rstrip().lower().endswith(">"):
        strokes = [stroke for stroke in strokes if stroke]  # the last was cut off
    return Sketch(strokes=[stroke for stroke in strokes if stroke], source="sketchagent")


def _stroke(body: str, number: int, curves: bool) -> Stroke | None:
    given = _element(body, "points")
    cells = [(int(x), int(y)) for x, y in _CELL.findall(given or "")]
    if not cells:
        if given is None and not re.search(r"</?points", body, re.I):
            return None  # cut off before its points
        raise MalformedSketch(
            f"stroke {number} has no points in {body.strip()[:40]!r}: name cells as 'x1y1' to 'x50y50'"
        )
    if len(cells) > MAX_STROKE_POINTS:
        raise MalformedSketch(f"stroke {number} has {len(cells)} points: at most {MAX_STROKE_POINTS}; use fewer")
    inside = np.clip(cells, 1, CELLS)
    points = np.column_stack([(inside[:, 0] - 0.5) / CELLS, (CELLS + 0.5 - inside[:, 1]) / CELLS])
    if curves:
        points = _curve(points, _times(_element(body, "t_values"), points))
    label = unescape((_element(body, "id") or "").strip())
    return Stroke(points=[(x, y) for x, y in points.tolist()], object=label)


def _element(body: str, tag: str) -> str | None:
    match = re.search(rf"<{tag}>(.*?)(?:</{tag}>|<|$)", body, re.S | re.I)
    return match[1] if match else None


def _times(given: str | None, points: np.ndarray) -> np.ndarray:
    """The t of each point: those given, if they are as many and grow from 0 to 1, or the share of the length."""
    times = np.array([float(number) for number in re.findall(r"\d*\.\d+|\d+", given or "")][:MAX_STROKE_POINTS])
    good = len(times) == len(points) and (np.diff(times) >= 0).all() and times.min() >= 0 and times.max() <= 1
    return times if good else _shares(points)


def _curve(points: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Points along a stroke, smooth but for its corners: the points that are named twice in a row (n, 2) → (m, 2)."""
    corners = np.flatnonzero((np.diff(points, axis=0) == 0).all(1)) + 1
    parts = zip(np.split(points, corners), np.split(times, corners), strict=True)
    return np.concatenate([smooth(part, _stretched(time)) for part, time in parts])


def smooth(points: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Points along the Bézier curves fitted to a stroke: (n, 2) → (m, 2).

    One point is a dot, two a line, three a quadratic curve, more a cubic by least squares; where that is off by more
    than BEND for seven points or more, the stroke is two curves that meet in its middle.
    """
    if len(points) < 3:
        return points
    degree = min(len(points) - 1, 3)
    controls = _fit(points, times, degree)
    if len(points) >= 7:
        error = np.abs(_basis(times, degree) @ controls - points).sum(1).mean()
        if error > BEND:
            middle = len(points) // 2
            halves = [(points[: middle + 1], times[: middle + 1]), (points[middle:], times[middle:])]
            parts = [smooth(part, _stretched(time)) for part, time in halves]
            return np.concatenate([parts[0], parts[1][1:]])
    return np.array([(point.real, point.imag) for point in bezier([complex(x, y) for x, y in controls])])


def _stretched(times: np.ndarray) -> np.ndarray:
    return (times - times[0]) / max(times[-1] - times[0], 1e-9)


def _basis(times: np.ndarray, degree: int) -> np.ndarray:
    """Bernstein polynomials: (n, degree + 1)."""
    t = times[:, None]
    binomial = {2: [1, 2, 1], 3: [1, 3, 3, 1]}[degree]
    k = np.arange(degree + 1)
    return np.array(binomial) * t**k * (1 - t) ** (degree - k)


def _fit(points: np.ndarray, times: np.ndarray, degree: int) -> np.ndarray:
    """Control points (degree + 1, 2) of the curve nearest to the points, whose ends are kept."""
    basis = _basis(times, degree)
    ends = np.stack([points[0], points[-1]])
    rest = points - basis[:, [0, -1]] @ ends
    inner = np.linalg.lstsq(basis[:, 1:-1], rest, rcond=None)[0]
    return np.concatenate([ends[:1], inner.clip(-1, 2), ends[1:]])


def cells_kept(points: list[Point]) -> list[Point]:
    """The points at the middles of SketchAgent's cells, as `read_xml(to_xml(…))` gives them back."""
    cells = np.floor(np.clip(points, 0, 1) * CELLS).clip(0, CELLS - 1)
    return [(x, y) for x, y in ((cells + 0.5) / CELLS).tolist()]
