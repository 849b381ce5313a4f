"""Layout: a box for each object of a scene, so that every relation that can hold does; and whether one holds."""

import math

import networkx as nx
import numpy as np

from tools.scene import SceneGraph, SceneObject
from tools.vocabulary import vocabulary

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the unit square, y down."""

FEET = 0.83
"""Height at which things stand on the ground."""


CELL = 1 / 16
"""Things stand at whole cells of the canvas, one of the embedded generator's latents each.

A latent holds a patch of 16×16 pixels: a thing that may stand anywhere looks different to the generator at each of 256
offsets, and it has to learn them all.
"""
SCALES = tuple(0.5 * 0.8**power for power in range(14))
"""Sizes of a cup, shares of the canvas: few, for the same reason."""


def layout(scene: SceneGraph, seed: int = 0) -> dict[str, Box]:
    """A box for each object that satisfies every relation that can hold together.

    What stands on the ground is put in a row, ordered by left-of and right-of, each thing's middle on a line of cells;
    what is on, in or above another is placed over it; the scale is the largest at which all of it fits. `seed` moves
    the row a little.
    """
    for scale in SCALES:
        boxes = _relative_boxes(scene, CELL / scale)
        points = np.array(list(boxes.values())) * scale
        low, high = points[:, :2].min(0), points[:, 2:].max(0)
        if high[0] - low[0] <= 0.88 and high[1] - low[1] <= 0.68:
            break
    spare = max(0.0, 0.92 - (high[0] - low[0]))
    left = (1 - low[0] - high[0]) / 2 + np.random.default_rng(seed).uniform(-1, 1) * spare / 5
    x, y = CELL * round(left / CELL), FEET
    return {
        identity: (float(x + scale * x0), float(y + scale * y0), float(x + scale * x1), float(y + scale * y1))
        for identity, (x0, y0, x1, y1) in boxes.items()
    }


GAP = 0.2
"""Least distance of neighbours in cups."""
COPY_STEP = 0.85
"""Distance between the copies of a counted object, in widths of one."""
TILT = 38.0
"""Degrees by which what pours is tilted, to the left."""


POUR_AS_THEY_STAND = ("tap", "pipe", "hose")


def tilted_size(width: float, height: float) -> tuple[float, float]:
    """The extent of a tilted rectangle."""
    cos, sin = math.cos(math.radians(TILT)), math.sin(math.radians(TILT))
    return width * cos + height * sin, width * sin + height * cos


def _size(item: SceneObject) -> tuple[float, float]:
    width, height = vocabulary().nouns[item.noun].size
    if "melted" in item.states or ("fried" in item.states and item.noun == "egg"):
        width, height = max(width, 0.9), 0.36
    if "pouring" in item.states and item.noun not in POUR_AS_THEY_STAND:
        width, height = tilted_size(width, height)
    return width * (1 + COPY_STEP * (item.count - 1)), height


def _relative_boxes(scene: SceneGraph, cell: float) -> dict[str, Box]:
    """Boxes in units of a cup, the ground at y = 0; the middle of what stands on it at multiples of `cell`."""
    items = {item.id: item for item in scene.objects}
    supports, lifted, order = _dependencies(scene)
    boxes: dict[str, Box] = {}
    free = 0.0
    for identity in _row(scene, [i for i in items if i not in supports and i not in lifted]):
        width, height = _size(items[identity])
        middle = cell * math.ceil((free + width / 2) / cell)
        boxes[identity] = (middle - width / 2, -height, middle + width / 2, 0.0)
        free = middle + width / 2 + GAP
    for identity in order:
        if identity in supports:
            boxes[identity] = _supported_box(identity, items, supports, boxes)
        elif identity in lifted:
            carried = [boxes[i][1] for i, (_, holder) in supports.items() if holder == lifted[identity] and i in boxes]
            boxes[identity] = _lifted_box(items[identity], boxes[lifted[identity]], carried)
    return boxes


def _dependencies(scene: SceneGraph) -> tuple[dict[str, tuple[str, str]], dict[str, str], list[str]]:
    """What is on or in what, what hangs over what, and an order in which each comes after what it needs.

    Of relations that contradict each other (above what it carries) the first is kept.
    """
    supports = scene.supports()
    needs = nx.DiGraph()
    needs.add_nodes_from(item.id for item in scene.objects)
    needs.add_edges_from((holder, held) for held, (_, holder) in supports.items())
    lifted: dict[str, str] = {}
    for edge in scene.relations:
        upper, lower = (edge.subject, edge.object) if edge.relation == "above" else (edge.object, edge.subject)
        if (
            edge.relation in ("above", "below")
            and upper not in supports
            and upper not in lifted
            and not nx.has_path(needs, upper, lower)
        ):
            lifted[upper] = lower
            needs.add_edge(lower, upper)
            carried = [
                held
                for held, (_, holder) in supports.items()
                if holder == lower and not nx.has_path(needs, upper, held)
            ]
            needs.add_edges_from((held, upper) for held in carried)
    position = {item.id: index for index, item in enumerate(scene.objects)}
    return supports, lifted, list(nx.lexicographical_topological_sort(needs, key=position.__getitem__))


def _row(scene: SceneGraph, standing: list[str]) -> list[str]:
    """The order from left to right: left-of and right-of are kept, also where they speak of what is carried."""
    supports = scene.supports()

    def base(identity: str) -> str:
        while identity in supports:
            identity = supports[identity][1]
        return identity

    order = nx.DiGraph()
    order.add_nodes_from(standing)
    for edge in scene.relations:
        ends = (base(edge.subject), base(edge.object))
        if edge.relation == "right of":
            ends = ends[::-1]
        if edge.relation in ("left of", "right of") and ends[0] != ends[1] and set(ends) <= set(standing):
            order.add_edge(*ends)
            if not nx.is_directed_acyclic_graph(order):
                order.remove_edge(*ends)
    return list(nx.lexicographical_topological_sort(order, key=standing.index))


COVERS = ("towel", "foil", "blanket")
"""What hangs down over a thing on which it is laid, unless it is folded."""
COVERED = ("vessels", "containers", "ingredients", "dishes", "vegetables", "fruit")
"""Kinds of things that are covered."""
LINED = ("tray", "plate", "basket")
"""What foil lies in, not over."""


def _covers(item: SceneObject, holder: SceneObject, relation: str) -> bool:
    if relation != "on" or item.noun not in COVERS or "folded" in item.states or holder.noun in LINED:
        return False
    return vocabulary().nouns[holder.noun].kind in COVERED


def _draped_box(item: SceneObject, below: Box) -> Box:
    """Over the top of another object, a little wider than that."""
    x0, y0, x1, y1 = below
    own, high = _size(item)
    width = 1.12 * (x1 - x0)
    height = min(width * high / own, 0.8 * (y1 - y0))
    centre, foot = (x0 + x1) / 2, y0 + 0.65 * height
    return (centre - width / 2, foot - height, centre + width / 2, foot)


def _supported_box(identity: str, items: dict, supports: dict, boxes: dict[str, Box]) -> Box:
    relation, holder = supports[identity]
    carries = any(other == identity for _, other in supports.values())
    if _covers(items[identity], items[holder], relation) and not carries:
        return _draped_box(items[identity], boxes[holder])
    held = [(i, r) for i, (r, h) in supports.items() if h == holder]
    siblings = [i for i, r in held if not _covers(items[i], items[holder], r)]
    place = (siblings.index(identity) + 0.5) / len(siblings)
    noun = vocabulary().nouns[items[holder].noun]
    x0, y0, x1, y1 = boxes[holder]
    width, height = _size(items[identity])
    inside = relation == "in" and (noun.mouth is not None or noun.inside is not None)
    level = next((height for height in (noun.mouth, noun.stand) if height is not None), 0.06)
    if noun.inside is not None and relation == "in":
        level = noun.inside
    elif noun.face is not None and noun.stand is None and noun.mouth is None:
        level = noun.face
    span = (0.62 if inside else 0.9) * (x1 - x0)
    shrink = (
        min(1.0, span / len(siblings) / width)
        if inside or relation == "in"
        else min(1.0, 1.15 * span / len(siblings) / width)
    )
    width, height = width * shrink, height * shrink
    centre = (x0 + x1) / 2 + (place - 0.5) * span
    foot = y0 + level * (y1 - y0)
    if inside and noun.inside is None:
        foot += min(0.45 * height, 0.6 * (1 - level) * (y1 - y0))
    if relation == "on":
        foot = min(foot, (y0 + y1 + height) / 2 - 0.01)
    return (centre - width / 2, foot - height, centre + width / 2, foot)


def _lifted_box(item: SceneObject, below: Box, carried: list[float]) -> Box:
    """Over another object and over the tops of what it carries; what pours has its spout over the middle."""
    x0, y0, x1, _ = below
    width, height = _size(item)
    centre = (x0 + x1) / 2
    if "pouring" in item.states:
        foot = y0 + 0.12 * height
        return (centre - 0.16 * width, foot - height, centre + 0.84 * width, foot)
    top = min([y0, *carried])
    return (centre - width / 2, top - 0.22 - height, centre + width / 2, top - 0.22)


def relation_holds(relation: str, subject: Box, other: Box) -> bool:
    """Whether two boxes stand in a relation: the geometry that layout promises and evaluations test."""
    sx, sy = (subject[0] + subject[2]) / 2, (subject[1] + subject[3]) / 2
    ox, oy = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    overlap = min(subject[2], other[2]) - max(subject[0], other[0])
    match relation:
        case "left of":
            return sx < ox
        case "right of":
            return sx > ox
        case "above":
            return sy < oy and overlap > 0
        case "below":
            return sy > oy and overlap > 0
        case "on":
            return overlap > 0 and other[1] - 1e-6 <= subject[3] <= other[3] and sy < oy
        case "in":
            return overlap > 0 and other[1] <= subject[3] <= other[3] and other[0] - 1e-6 <= sx <= other[2] + 1e-6
        case "next to":
            return sx != ox
    raise ValueError(f"unknown relation {relation!r}")
