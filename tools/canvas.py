"""Strokes and sketches: the canvas that both people and models draw on, as data, as pixels and as SVG."""

from html import escape

import cv2
import numpy as np
from pydantic import BaseModel, field_validator

Point = tuple[float, float]


class Stroke(BaseModel):
    """A polyline in the unit square (x right, y down), drawn for the scene object `object` ("" for none).

    Raises:
        ValueError: if it has no points, or one that is not finite.
    """

    points: list[Point]
    object: str = ""

    @field_validator("points")
    @classmethod
    def _finite(cls, value: list[Point]) -> list[Point]:
        if not value or not np.isfinite(value).all():
            raise ValueError("a stroke needs at least one point, all of them finite")
        return [(round(x, 4), round(y, 4)) for x, y in value]


class Sketch(BaseModel):
    """Strokes in drawing order.

    Attributes:
        source: where they came from: outlines, painter, llm (a language model), a person, or several of these.
        sources: the same of each object, with what tells one Painter or model from another.
        shapes: of each object that is drawn as the vocabulary has it, which of its noun's three shapes it is.
    """

    strokes: list[Stroke] = []
    source: str = ""
    sources: dict[str, str] = {}
    shapes: dict[str, int] = {}


def rasterise(sketch: Sketch, size: int, width: float = 0.008) -> np.ndarray:
    """The sketch as pixels: (size, size) uint8, ink 255 on 0; `width` is the pen's share of the canvas."""
    return draw_lines([stroke.points for stroke in sketch.strokes], size, width)


def draw_lines(lines: list, size: int, width: float) -> np.ndarray:
    """Polylines in the unit square as pixels: (size, size) uint8, ink 255 on 0."""
    image = np.zeros((size, size), np.uint8)
    shift = 4
    fixed = [np.round(np.asarray(line) * size * 2**shift).astype(np.int32) for line in lines]
    cv2.polylines(image, fixed, False, 255, max(1, round(width * size)), cv2.LINE_AA, shift)
    return image


def stroke_path(stroke: Stroke, size: float) -> str:
    """The `d` attribute of an SVG path: quadratic curves through the middles, so that ink looks drawn."""
    points = [(x * size, y * size) for x, y in stroke.points]
    points = points if len(points) > 2 else [points[0], *points, points[-1]]
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (nx, ny) in zip(points[1:-1], points[2:], strict=True):
        parts.append(f"Q{x:.1f} {y:.1f} {(x + nx) / 2:.1f} {(y + ny) / 2:.1f}")
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return " ".join(parts)


def to_svg(sketch: Sketch, size: int = 512, width: float = 2.2, ink: str = "#2b2a33") -> str:
    """The sketch as an SVG element of `size` pixels, one path a stroke."""
    paths = "".join(
        f'<path d="{stroke_path(stroke, size)}" data-object="{escape(stroke.object, quote=True)}"/>'
        for stroke in sketch.strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><g fill="none" stroke="{ink}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    )
