"""Marks as pictures: a radar of the attributes, and how each went from frame to frame, as SVG for a page.

They take their colours from the page's style sheet (`page.css`), and say in words what they show.
"""

import math
from collections.abc import Iterable

from markupsafe import Markup, escape

HIGHEST = 10
RADIUS, RADAR_WIDTH, RADAR_HEIGHT = 92, 400, 270
NAMES, ENDS, ROW, LEGEND = 142, 44, 30, 18
"""Of the timeline, in pixels: the room for names and for the last marks, a row, and the line of frame names."""
LARGEST_THUMB = 72


def radar(marks: dict[str, float]) -> Markup:
    """The marks of attributes, each on an axis of its own from the middle (0) to the rim (10)."""
    middle_x, middle_y = RADAR_WIDTH / 2, RADAR_HEIGHT / 2
    turns = [2 * math.pi * number / len(marks) for number in range(len(marks))]

    def place(turn: float, reach: float) -> str:
        return f"{middle_x + reach * math.sin(turn):.1f},{middle_y - reach * math.cos(turn):.1f}"

    parts = []
    for ring in (2, 4, 6, 8, 10):
        corners = _joined(place(turn, RADIUS * ring / HIGHEST) for turn in turns)
        parts.append(f'<polygon class="grid" points="{corners}"/>')
    for turn in turns:
        x, y = place(turn, RADIUS).split(",")
        parts.append(f'<line class="grid" x1="{middle_x}" y1="{middle_y}" x2="{x}" y2="{y}"/>')
    shape = [place(turn, RADIUS * mark / HIGHEST) for turn, mark in zip(turns, marks.values(), strict=True)]
    parts.append(f'<polygon class="shape" points="{_joined(shape)}"/>')
    for turn, (name, mark) in zip(turns, marks.items(), strict=True):
        x, y = place(turn, RADIUS + 13).split(",")
        side = math.sin(turn)
        anchor = "middle" if abs(side) < 0.1 else "start" if side > 0 else "end"
        first, _, rest = name.partition(" ")
        lift = -8 if math.cos(turn) > 0.9 else 14 if math.cos(turn) < -0.9 else 3
        parts.append(
            f'<text x="{x}" y="{float(y) + lift - 4:.1f}" text-anchor="{anchor}">{escape(first)}'
            f'<tspan x="{x}" dy="1.2em">{escape(rest)} <tspan class="mark">{mark:.1f}</tspan></tspan></text>'
        )
    told = "Marks out of 10: " + ", ".join(f"{name} {mark:.1f}" for name, mark in marks.items())
    return _svg("radar", RADAR_WIDTH, RADAR_HEIGHT, told, parts)


def timeline(marks: dict[str, list[float]], frames: list[str], thumbs: list[str], width: int = 440) -> Markup:
    """How each attribute went, a row each, over the frames that it was marked after.

    Args:
        marks: name → a mark for each frame, from 1 to 10.
        frames: what each frame is called.
        thumbs: a small picture of each, as a data URI.
        width: of the drawing, in pixels.
    """
    pitch = (width - NAMES - ENDS) / len(frames)
    middles = [NAMES + pitch * (number + 0.5) for number in range(len(frames))]
    parts = []
    for row, (name, values) in enumerate(marks.items()):
        low, high = ROW * row + ROW - 4, ROW * row + 5
        heights = [low + (high - low) * (value - 1) / (HIGHEST - 1) for value in values]
        points = [f"{x:.1f},{y:.1f}" for x, y in zip(middles, heights, strict=True)]
        parts += [
            f'<text x="{NAMES - 14}" y="{low - 3}" text-anchor="end">{escape(name)}</text>',
            f'<line class="grid" x1="{NAMES}" y1="{low}" x2="{width - ENDS}" y2="{low}"/>',
            f'<polyline class="line" points="{_joined(points)}"/>',
            f'<circle class="dot" cx="{middles[-1]:.1f}" cy="{heights[-1]:.1f}" r="2.6"/>',
            f'<text class="mark" x="{width - ENDS + 10}" y="{low - 3}">{values[-1]:.1f}</text>',
        ]
    top, side = ROW * len(marks) + 8, min(pitch - 3, LARGEST_THUMB)
    for x, frame, thumb in zip(middles, frames, thumbs, strict=True):
        parts += [
            f'<image href="{thumb}" x="{x - side / 2:.1f}" y="{top}" width="{side:.1f}" height="{side:.1f}"/>',
            f'<text class="frame" x="{x:.1f}" y="{top + side + 13:.1f}" text-anchor="middle">{escape(frame)}</text>',
        ]
    told = f"Marks after {', '.join(frames)}: " + "; ".join(
        f"{name} {', '.join(f'{value:.1f}' for value in values)}" for name, values in marks.items()
    )
    return _svg("timeline", width, math.ceil(top + side + LEGEND), told, parts)


def _joined(points: Iterable[str]) -> str:
    return " ".join(points)


def _svg(kind: str, width: int, height: int, told: str, parts: list[str]) -> Markup:
    head = f'<svg class="chart {kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(told)}">'
    return Markup("\n".join([head, *parts, "</svg>"]))
