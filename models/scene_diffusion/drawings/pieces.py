"""Shapes that several kinds of food take: mashed, cut and peeled, leaves and stalks."""

import numpy as np

from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Part,
    Points,
    across,
    dark,
    ellipse,
    light,
    line,
    points,
    shine,
    smooth,
    stretched,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

GREEN = (98, 160, 78)
STEM = (110, 76, 50)
SEED = (70, 46, 36)
CLOVE = turned(0.5, (0.0, 0.0), (0.12, 0.2), (0.46, 0.62), (0.36, 0.92), (0.0, 1.0))


def prepared(item: SceneObject, **drawings: Drawing) -> Drawing | None:
    """What is drawn instead of the whole fruit: the drawing that is called like one of its states."""
    return next((drawing for state, drawing in drawings.items() if state in item.states), None)


def heap(rgb: RGB) -> Drawing:
    """A soft mound, of what was mashed or has melted."""
    mound = smooth((0.04, 0.95), (0.14, 0.46), (0.4, 0.2), (0.62, 0.26), (0.88, 0.5), (0.96, 0.95), (0.5, 0.99))
    return Drawing(
        [], [Part(mound, rgb), line(smooth((0.27, 0.58), (0.4, 0.44), (0.55, 0.54), closed=False), dark(rgb))]
    )


def cube(rgb: RGB) -> list[Part]:
    """Three faces of a cube."""
    return [
        Part(points((0.0, 0.28), (0.6, 0.28), (0.6, 1.0), (0.0, 1.0)), rgb),
        Part(points((0.0, 0.28), (0.36, 0.0), (1.0, 0.0), (0.6, 0.28)), light(rgb, 0.5)),
        Part(points((0.6, 0.28), (1.0, 0.0), (1.0, 0.72), (0.6, 1.0)), dark(rgb, 0.16)),
    ]


def rounds(skin: RGB, flesh: RGB, core: RGB | None, count: int = 3, tall: bool = False) -> Drawing:
    """Round slices that lean on each other: in a row with pips, or if `tall` one over the other with a heart."""
    parts = []
    along = 0.72 / count
    for middle in np.linspace(along, 1 - along, count):

        def disc(x: float, y: float, radius: float, rgb: RGB, ink: bool, middle: float = middle) -> Part:
            shape = ellipse(x, y, radius, radius) * [along, 0.48] + [middle, 0.52]
            return Part(shape[:, ::-1] if tall else shape, rgb, ink=ink)

        parts += [disc(0, 0, 1, skin, True), disc(0, 0, 0.78, flesh, False)]
        pips = ((0, 0, 0.32),) if tall else ((-0.3, -0.22, 0.15), (0.3, -0.22, 0.15), (0, 0.3, 0.15))
        parts += [disc(x, y, radius, core, False) for x, y, radius in pips if core]
    return Drawing([], parts)


def shrunk(shape: Points, share: float, cx: float = 0.5, cy: float = 0.5) -> Points:
    """The shape made smaller about a point."""
    return (shape - [cx, cy]) * share + [cx, cy]


def half(outline: Points, skin: RGB, flesh: RGB, share: float = 0.84) -> list[Part]:
    """What is cut through: the skin as a rim round the flesh."""
    return [Part(outline, skin), Part(shrunk(outline, share, 0.5, outline[:, 1].mean()), flesh, ink=False)]


def lobed(cx: float, cy: float, rx: float, ry: float, count: int, depth: float = 0.14) -> Points:
    """A round outline of `count` bumps: a cloud, a frilled leaf."""
    angle = np.linspace(0, 2 * np.pi, 10 * count + 1)[:-1]
    radius = 1 - depth + depth * np.abs(np.sin(count * angle / 2))
    return np.stack([cx + rx * radius * np.cos(angle), cy + ry * radius * np.sin(angle)], 1)


def placed(parts: list[Part], box: tuple[float, float, float, float]) -> list[Part]:
    """The parts drawn smaller, in a box of the unit square."""
    return [part._replace(points=stretched(part.points, 0, box)) for part in parts]


def mirrored(parts: list[Part]) -> list[Part]:
    """The parts with left and right changed."""
    return placed(parts, (1.0, 0.0, 0.0, 1.0))


def spots(rgb: RGB, radius: float, ratio: float, *places: tuple[float, float]) -> list[Part]:
    """Seeds, pores or crumbs; `ratio` is the width of the box over its height."""
    return [Part(ellipse(x, y, radius, radius * ratio), rgb, ink=False, shade=0) for x, y in places]


def stalk(x: float, y: float, leafy: bool) -> list[Part]:
    """A short stalk that rises from a fruit, maybe with a leaf."""
    stem = line(smooth((x, y), (x + 0.01, y - 0.12), (x + 0.07, y - 0.23), closed=False), STEM)
    leaf = smooth((x + 0.05, y - 0.13), (x + 0.16, y - 0.24), (x + 0.38, y - 0.2), (x + 0.24, y - 0.07))
    return [stem, Part(leaf, GREEN)] if leafy else [stem]


def crown(y: float, width: float, height: float) -> Part:
    """The green star on top of a tomato or a strawberry, `y` being its middle."""
    angle = np.radians(np.arange(-90, 270, 36))
    reach = np.where(np.arange(10) % 2, 0.42, 1.0)
    return Part(np.stack([0.5 + width * reach * np.cos(angle), y + height * reach * np.sin(angle)], 1), GREEN)


def peel(skin: RGB, top: float = 0.76) -> list[Part]:
    """A long curl of skin that lies at the foot of what was peeled."""
    upper = [(0.0, 0.7), (0.1, 0.2), (0.3, 0.0), (0.5, 0.3), (0.7, 0.34), (0.86, 0.0), (1.0, 0.3)]
    lower = [(0.92, 0.62), (0.82, 0.5), (0.68, 0.92), (0.48, 0.9), (0.3, 0.56), (0.16, 0.74), (0.08, 1.0)]
    return [Part(stretched(smooth(*upper, *lower), 0, (0.0, top, 1.0, 1.0)), skin)]


def segments(skin: RGB) -> Drawing:
    """A peeled citrus fruit on its opened peel."""
    flesh = light(skin, 0.35)
    petals = [
        smooth((0.5, 1.0), (0.5 + 0.3 * side, 0.98), (0.5 + 0.5 * side, 0.72), (0.5 + 0.42 * side, 0.58), (0.5, 0.84))
        for side in (-1, 1)
    ]
    ribs = [line(ellipse(0.5, 0.46, abs(r), 0.44, -90, 90) * [np.sign(r), 1], light(flesh, 0.75)) for r in (0.14, 0.28)]
    ribs += [rib._replace(points=rib.points * [-1, 1] + [1, 0]) for rib in ribs]
    lap = Part(smooth((0.5, 1.0), (0.26, 0.94), (0.34, 0.66), (0.5, 0.78), (0.68, 0.66), (0.76, 0.94)), skin)
    return Drawing([], [*(Part(p, skin) for p in petals), Part(ellipse(0.5, 0.46, 0.4, 0.46), flesh), *ribs, lap])


def citrus(skin: RGB, ratio: float) -> Drawing:
    """A round slice of a citrus fruit in front of another; `ratio` is the width of the box over its height."""
    parts = []
    flesh, large = light(skin, 0.2), min(0.4, 0.5 / ratio)
    for cx, radius in ((0.98 - 0.8 * large, 0.8 * large), (large + 0.01, large)):
        cy = 1 - radius * ratio
        rim = ellipse(cx, cy, radius, radius * ratio)
        parts += [Part(rim, skin), Part(shrunk(rim, 0.86, cx, cy), light(flesh, 0.85), ink=False)]
        for start in range(0, 360, 60):
            arc = ellipse(cx, cy, 0.74 * radius, 0.74 * radius * ratio, start + 5, start + 55)
            tip = ellipse(cx, cy, 0.12 * radius, 0.12 * radius * ratio, start + 29, start + 31)[:1]
            parts.append(Part(np.concatenate([arc, tip]), flesh, ink=False))
    return Drawing([], parts)


def lattice(cx: float, cy: float, rx: float, ry: float, rgb: RGB, slant: float = 45) -> list[Part]:
    """Lines that cross on an oval, in two directions."""
    return [
        line(ellipse(cx, cy, rx, ry, middle - open_, middle + open_)[[0, -1]], rgb)._replace(ink=False)
        for middle in (slant, 180 - slant)
        for open_ in (35, 62, 90, 118, 145)
    ]


def bananas(rgb: RGB, peeled: bool) -> list[Part]:
    """A banana that lies on its back; with its skin half open if it is peeled."""
    flesh = (252, 240, 190)
    outer = [(0.06, 0.03), (0.02, 0.34), (0.2, 0.8), (0.55, 1.0), (0.86, 0.78), (1.0, 0.24)]
    crescent = smooth(*outer, (0.93, 0.18), (0.8, 0.42), (0.6, 0.56), (0.38, 0.5), (0.2, 0.28), (0.14, 0.05))
    tips = [Part(ellipse(x, y, rx, 0.06), STEM) for x, y, rx in ((0.1, 0.08, 0.055), (0.965, 0.22, 0.035))]
    if not peeled:
        ridge = smooth((0.1, 0.1), (0.22, 0.5), (0.5, 0.74), (0.76, 0.66), (0.95, 0.26), closed=False)
        return [Part(crescent, rgb), line(ridge, dark(rgb, 0.2)), *tips]
    skin = across(crescent, 0.0, 0.5)
    flaps = [
        smooth((0.5, 0.62), (0.5, 0.3), (0.36, 0.1), (0.26, 0.14), (0.36, 0.36), (0.38, 0.56)),
        smooth((0.5, 0.6), (0.62, 0.72), (0.62, 0.98), (0.46, 1.0), (0.36, 0.9), (0.36, 0.6)),
    ]
    return [Part(crescent, flesh), Part(skin, rgb), tips[0], Part(flaps[0], light(rgb, 0.5)), Part(flaps[1], rgb)]


def tuft(spread: float) -> list[Part]:
    """The crown of leaves of a pineapple."""
    blade = points((0.0, 0.0), (-0.09, -0.2), (0.0, -0.4), (0.09, -0.2))
    parts = []
    for angle in np.radians([-spread, spread, -0.6 * spread, 0.6 * spread, -0.25 * spread, 0.25 * spread, 0.0]):
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        parts.append(Part(smooth(*((blade @ turn) * [1.25, 1.0] + [0.5, 0.41]).tolist()), GREEN))
    return parts


def meridians(rgb: RGB, width: float, lying: bool) -> list[Part]:
    """Jagged bands from pole to pole of a melon."""
    bands = []
    for k in (-0.8, -0.42, 0.0, 0.42, 0.8):
        right, left = (ellipse(0, 0, k + side * width, 1, -90, 90) for side in (1, -1))
        band = np.concatenate([right, left[::-1]])
        band[::4, 0] += 0.05
        bands.append(Part((band[:, ::-1] if lying else band) * [0.48, 0.45] + [0.5, 0.53], rgb, ink=False))
    return bands


def avocado_half(outline: Points, skin: RGB) -> list[Part]:
    """The cut side of an avocado, with its stone."""
    inner = Part(shrunk(outline, 0.66, 0.5, 0.58), (240, 236, 160), ink=False)
    stone = [Part(ellipse(0.5, 0.66, 0.2, 0.16), (142, 90, 54)), shine(0.44, 0.6, 0.05, 0.04)]
    return [*half(outline, skin, (198, 212, 112)), inner, *stone]


def floret(rgb: RGB, *clouds: tuple[float, float, float]) -> list[Part]:
    """A broccoli's stem and its clouds, each (x, y, radius)."""
    stem = smooth((0.2, 0.5), (0.8, 0.5), (0.66, 0.7), (0.62, 0.97), (0.38, 0.97), (0.34, 0.7))
    parts = [Part(stem, light(rgb, 0.45))]
    for x, y, r in clouds:
        buds = spots(light(rgb, 0.2), 0.12 * r, 1.0, (x - 0.4 * r, y - 0.3 * r), (x + 0.3 * r, y - 0.1 * r))
        parts += [Part(lobed(x, y, r, r, 7), dark(rgb, 0.12)), *buds]
    return parts


def florets(rgb: RGB) -> Drawing:
    """Broccoli cut into three small ones."""
    small = floret(rgb, (0.28, 0.42, 0.28), (0.72, 0.42, 0.28), (0.5, 0.3, 0.3))
    boxes = ((0.24, 0.0, 0.76, 0.6), (0.0, 0.38, 0.52, 1.0), (0.48, 0.38, 1.0, 1.0))
    return Drawing([], [part for box in boxes for part in placed(small, box)])


def clove_slices() -> Drawing:
    """Garlic: three slices of a clove, each with its green germ."""
    germ = line(smooth((0.5, 0.34), (0.54, 0.56), (0.5, 0.78), closed=False), (186, 196, 120))
    cut = [*half(CLOVE, (226, 206, 160), (252, 246, 224), 0.78), germ]
    boxes = ((0.0, 0.3, 0.4, 1.0), (0.3, 0.0, 0.7, 0.72), (0.6, 0.3, 1.0, 1.0))
    return Drawing([], [part for box in boxes for part in placed(cut, box)])


def wedge(rgb: RGB, seed: RGB) -> Drawing:
    """A slice of a pumpkin, with its seeds."""
    lower = [(1.0, 0.02), (0.94, 0.46), (0.74, 0.87), (0.5, 1.0), (0.26, 0.87), (0.06, 0.46), (0.0, 0.02)]
    slice_ = smooth(*lower, (0.2, 0.3), (0.5, 0.42), (0.8, 0.3))
    shades = ((1.0, rgb), (0.9, light(rgb, 0.5)), (0.68, dark(rgb, 0.06)))
    flesh = [Part(slice_ * [1, share], shade, ink=share > 0.7) for share, shade in shades]
    return Drawing([], [*flesh, *spots(seed, 0.026, 2.0, (0.34, 0.38), (0.46, 0.46), (0.58, 0.42), (0.7, 0.36))])


def kernels(rgb: RGB) -> list[Part]:
    """The rows of grains of an ear of corn."""
    widths = ((0.14, 0.25), (0.26, 0.31), (0.38, 0.35), (0.5, 0.36), (0.62, 0.35))
    rows = [points((0.5 - w, y), (0.5 + w, y)) for y, w in widths]
    rows += [smooth((0.5 + 0.5 * x, 0.06), (0.5 + x, 0.4), (0.5 + x, 0.8), closed=False) for x in (-0.18, 0.0, 0.18)]
    return [line(row, rgb)._replace(ink=False) for row in rows]


def cabbage_half(rgb: RGB, pale: RGB) -> Drawing:
    """The cut side of a cabbage: folded leaves round a white heart."""
    folds = [line(lobed(0.5, 0.5, r, r, 9, 0.1), rgb) for r in (0.34, 0.2)]
    heart = Part(smooth((0.4, 0.92), (0.46, 0.7), (0.5, 0.5), (0.54, 0.7), (0.6, 0.92)), (250, 250, 236))
    return Drawing([], [*half(ellipse(0.5, 0.5, 0.5, 0.5), rgb, pale, 0.88), *folds, heart])


def puddle(rgb: RGB) -> list[Part]:
    """What has melted away, flat on the ground."""
    left = [(0.5, 0.9), (0.2, 1.0), (0.0, 0.66), (0.16, 0.34), (0.46, 0.36)]
    pool = smooth(*left, (0.74, 0.24), (1.0, 0.6), (0.84, 0.94))
    return [Part(pool, rgb), Part(shrunk(pool, 0.7, 0.5, 0.65), light(rgb, 0.4), ink=False)]
