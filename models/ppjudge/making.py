"""Things in the making, alone before a backdrop: modelled as in clay or wool, or drawn over construction lines.

Processes of scenes are painted all over the canvas; here the backdrop is there from the first frame, and only the thing
grows.
"""

import cv2
import numpy as np

from models.ppjudge.strokes import dream
from models.scene_diffusion.composer import Placed, paint_on, visible_lines
from models.scene_diffusion.drawings import Part
from tools.vocabulary import RGB

LUMP = 0.3
"""Share of the work until which a lump is seen."""
GUIDE: RGB = (176, 186, 226)
NEWEST: RGB = (52, 66, 190)
OLDER: RGB = (140, 146, 208)


def backdrop(rng: np.random.Generator, size: int) -> np.ndarray:
    """What things are made before: plain, lit from a side, a board with grain, or something out of focus; float32."""
    kind = rng.integers(4)
    tone = np.full(3, rng.uniform(20, 253)) if rng.random() < 0.6 else rng.uniform(30, 250, 3)
    image = np.empty((size, size, 3), np.float32)
    image[:] = tone
    if kind == 3:
        blurred = cv2.GaussianBlur(dream(rng, size), (0, 0), size / 24).astype(np.float32)
        return cv2.addWeighted(image, 0.6, blurred, 0.4, 0)
    if kind:
        image += np.linspace(-1, 1, size)[:, None, None] * rng.uniform(-20, 20)
        image += np.linspace(-1, 1, size)[None, :, None] * rng.uniform(-20, 20)
    if kind == 2:
        grain = cv2.resize(rng.normal(0, 9, (size, 6)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
        image += (grain if rng.random() < 0.5 else grain.T)[..., None]
    return image.clip(0, 255)


def in_the_middle(placed: list[Placed], side: float) -> list[Placed]:
    """The parts moved and stretched alike, so that they fill a square of that side in the middle of the canvas."""
    points = np.concatenate([part.points for _, part in placed])
    low, high = points.min(0), points.max(0)
    scale = side / max((high - low).max(), 0.05)
    return [
        item._replace(part=item.part._replace(points=(item.part.points - (low + high) / 2) * scale + 0.5))
        for item in placed
    ]


def modelled(
    placed: list[Placed], before: np.ndarray, done_by: list[float], refinement: float, rng: np.random.Generator
) -> np.ndarray:
    """A thing made of parts, the largest first, often of one material that is painted at the end.

    Args:
        before: (S, S, 3), the backdrop.
        done_by: share of the work that is done at each frame.
        refinement: share of the work that is never done, the last of it.

    Returns:
        (T, S, S, 3) uint8.
    """
    order = sorted(range(len(placed)), key=lambda number: -_extent(placed[number].part))
    raw = rng.random() < 0.5
    material = _material(rng) if raw else placed[order[0]].part.fill or _material(rng)
    lump = _lump(placed, material) if rng.random() < 0.6 else None
    work = [(number, False) for number in order] + [(number, True) for number in order if raw]
    work = work[: max(1, round(len(work) * (1 - refinement)))]
    pictures = []
    for share in done_by:
        done = work[: round(share * len(work))]
        there, painted = (
            {number for number, colour in done if not colour},
            {number for number, colour in done if colour},
        )
        parts = [
            item if not raw or number in painted else item._replace(part=_of(item.part, material))
            for number, item in enumerate(placed)
            if number in there
        ]
        begun = [lump] if lump and 0 < share < LUMP else []
        pictures.append(paint_on(before, [*begun, *parts]))
    return np.stack(pictures)


def _extent(part: Part) -> float:
    """Of the box of a part: how large it is."""
    return float(np.prod(np.ptp(part.points, axis=0) + 0.01))


def _material(rng: np.random.Generator) -> RGB:
    """A colour of clay, wood, wool or wax."""
    red, green, blue = (rng.uniform(60, 235) * rng.uniform(0.8, 1, 3)).astype(int).tolist()
    return red, green, blue


def _of(part: Part, material: RGB) -> Part:
    """The part in a material, as light or dark against it as its own colour is against gray."""
    if part.fill is None:
        return part
    light = 1 + 0.25 * (np.dot(part.fill, [0.3, 0.59, 0.11]) / 128 - 1)
    red, green, blue = (np.array(material) * light).clip(0, 255).astype(int).tolist()
    return part._replace(fill=(red, green, blue))


def _lump(placed: list[Placed], material: RGB) -> Placed:
    """What the parts are made from: somewhat less than their hull."""
    points = np.concatenate([part.points for _, part in placed]).astype(np.float32)
    hull = cv2.convexHull(points)[:, 0].astype(float)
    return Placed("", Part((hull - hull.mean(0)) * 0.85 + hull.mean(0), material, shade=0.12))


def constructed(placed: list[Placed], paper: np.ndarray, done_by: list[float], refinement: float) -> np.ndarray:
    """Round and square guides, then lines over them, the newest strongest; at last the lines alone, in ink.

    Args and what is returned: as for `modelled`; `paper` is the backdrop.
    """
    lines = [points for _, points in visible_lines(placed, 256)]
    lines.sort(key=lambda points: -float(np.hypot(*np.diff(points, axis=0).T).sum()))
    lines = lines[: max(1, round(len(lines) * (1 - refinement)))]
    guides = [_guide(item.part) for item in sorted(placed, key=lambda item: -_extent(item.part))[:4]]
    pictures, before = [], 0
    for moment, share in enumerate(done_by):
        done = round(share * (len(guides) + len(lines)))
        inked, last = max(0, done - len(guides)), moment == len(done_by) - 1
        picture = paper.clip(0, 255).astype(np.uint8)
        if not last:
            _trace(picture, guides[:done], GUIDE)
        _trace(picture, lines[:inked], (30, 30, 36) if last else OLDER)
        if not last:
            _trace(picture, lines[before:inked], NEWEST)
        pictures.append(picture)
        before = inked
    return np.stack(pictures)


def _guide(part: Part) -> np.ndarray:
    """The ellipse in the box of a part: (n, 2)."""
    low, high = part.points.min(0), part.points.max(0)
    turn = np.linspace(0, 2 * np.pi, 33)
    return (low + high) / 2 + np.stack([np.cos(turn), np.sin(turn)], 1) * (high - low) / 2


def _trace(picture: np.ndarray, lines: list[np.ndarray], colour: RGB) -> None:
    size = len(picture)
    fixed = [np.round(points * size * 16).astype(np.int32) for points in lines]
    cv2.polylines(picture, fixed, False, colour, max(1, round(size / 110)), cv2.LINE_AA, 4)
