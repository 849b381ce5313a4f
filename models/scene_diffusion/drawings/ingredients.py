"""Drawings of what one cooks with: tea bags, eggs, bread, meat, fish, chocolate."""

import numpy as np

from models.scene_diffusion.drawings.meats import bacon as bacon
from models.scene_diffusion.drawings.meats import chicken as chicken
from models.scene_diffusion.drawings.meats import crab as crab
from models.scene_diffusion.drawings.meats import fish as fish
from models.scene_diffusion.drawings.meats import meat as meat
from models.scene_diffusion.drawings.meats import mussel as mussel
from models.scene_diffusion.drawings.meats import sausage as sausage
from models.scene_diffusion.drawings.meats import shrimp as shrimp
from models.scene_diffusion.drawings.pieces import cube, heap
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    dark,
    ellipse,
    inset,
    light,
    line,
    mix,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

CRUMB = (246, 222, 172)
TOAST = (190, 124, 62)


def _mound(*tops: tuple[float, float]) -> Points:
    """What lies on a flat base, by the points of its upper side."""
    return smooth((0.01, 0.78), *tops, (0.99, 0.78), (0.88, 0.98), (0.12, 0.98))


def tea_bag(look: Look, item: SceneObject) -> Drawing:
    bag = points((0.12, 0.5), (0.3, 0.36), (0.7, 0.36), (0.88, 0.5), (0.88, 1.0), (0.12, 1.0))
    tag = rectangle(0.3, 0.0, 0.74, 0.2)
    leaves = Part(points((0.2, 0.66), (0.8, 0.66), (0.8, 0.94), (0.2, 0.94)), (142, 104, 62), ink=False, alpha=0.8)
    string = line(smooth((0.5, 0.2), (0.42, 0.28), (0.5, 0.36), closed=False), (130, 120, 110))
    return Drawing([], [string, Part(bag, light(look.body, 0.3)), leaves, Part(tag, look.accent)])


def sugar_cube(look: Look, item: SceneObject) -> Drawing:
    return Drawing([], cube(light(look.body, 0.2)))


def salt_shaker(look: Look, item: SceneObject) -> Drawing:
    body = points((0.2, 0.3), (0.8, 0.3), (0.96, 1.0), (0.04, 1.0))
    if look.shape == 1:
        body = smooth((0.22, 0.3), (0.78, 0.3), (0.9, 0.7), (0.86, 1.0), (0.14, 1.0), (0.1, 0.7))
    cap = Part(ellipse(0.5, 0.3, 0.3, 0.3, 180, 360), (176, 182, 190))
    holes = [Part(ellipse(x, 0.13, 0.04, 0.03), (70, 70, 78), ink=False) for x in (0.36, 0.5, 0.64)]
    return Drawing([], [Part(body, look.body), *patterned(body, look, 0.35, 0.98), cap, *holes])


def egg(look: Look, item: SceneObject) -> Drawing:
    white, yolk = (250, 248, 240), (246, 186, 52)
    if "fried" in item.states:
        edge = ((0.02, 0.6), (0.2, 0.12), (0.52, 0.22), (0.85, 0.1), (0.98, 0.55), (0.74, 0.94), (0.45, 0.82))
        pool = Part(smooth(*edge, (0.18, 0.96)), white)
        return Drawing([], [pool, Part(ellipse(0.5, 0.46, 0.19, 0.26), yolk), shine(0.45, 0.36, 0.05, 0.06)])
    if "sliced" in item.states:
        return Drawing([], [Part(ellipse(0.5, 0.5, 0.48, 0.48), white), Part(ellipse(0.5, 0.54, 0.26, 0.26), yolk)])
    if "mashed" in item.states:
        return heap((248, 214, 96))
    half = ((0.0, 0.0), (0.12, 0.02), (0.28, 0.15), (0.43, 0.44), (0.46, 0.7), (0.3, 0.94), (0.12, 0.995))
    outline = turned(0.5, *half, (0.0, 1.0))
    if "peeled" in item.states:
        chip = points((0.0, 1.0), (0.04, 0.9), (0.14, 0.93), (0.2, 0.88), (0.26, 1.0))
        bits = [Part(chip + [x, 0], mix(light(look.body), (214, 160, 116), 0.5)) for x in (0.0, 0.72)]
        return Drawing([], [Part(outline, (253, 252, 246), shade=0.1), shine(0.36, 0.4, 0.1, 0.16), *bits])
    body = light(look.body, 0.45) if look.body != (246, 244, 238) else (248, 240, 226)
    return Drawing([], [Part(outline, body, shade=0.2), shine(0.36, 0.4, 0.1, 0.13)])


def _slice_outline(shape: int = 0) -> Points:
    if shape == 2:
        return smooth((0.0, 0.62), (0.1, 0.22), (0.42, 0.02), (0.8, 0.08), (0.98, 0.44), (0.92, 0.94), (0.1, 0.94))
    top = ((0.04, 0.24), (0.22, 0.02), (0.5, 0.08), (0.78, 0.02), (0.97, 0.24))
    return smooth(*top, (0.88, 0.46), (0.88, 0.95), (0.12, 0.95), (0.12, 0.46))


def bread(look: Look, item: SceneObject) -> Drawing:
    crumb, crust = mix(look.body, CRUMB, 0.65), mix(look.body, TOAST, 0.7)
    if "toasted" in item.states:
        crumb, crust = (192, 128, 66), (132, 80, 42)
    outline, parts = _slice_outline(look.shape), []
    if "sliced" in item.states:
        outline = outline * [0.84, 0.92] + [0, 0.08]
        behind = outline + [0.16, -0.08]
        parts = [Part(behind, crust), Part(inset(behind), crumb, ink=False)]
    parts += [Part(outline, crust), Part(inset(outline), crumb, ink=look.shape == 1)]
    if look.shape == 2:
        pores = ((0.3, 0.42, 0.05), (0.54, 0.28, 0.035), (0.64, 0.52, 0.055), (0.4, 0.7, 0.04), (0.62, 0.76, 0.03))
        parts += [Part(ellipse(x, y, r, 0.8 * r), dark(crumb, 0.16), ink=False) for x, y, r in pores]
    if "buttered" in item.states:
        parts.append(Part(smooth((0.3, 0.4), (0.6, 0.34), (0.72, 0.6), (0.4, 0.72)), (250, 220, 96)))
    return Drawing([], parts)


def loaf(look: Look, item: SceneObject) -> Drawing:
    crust = look.body
    if "sliced" in item.states or look.shape == 1:
        x0, x1, slices = (0.42, 1.0, (0.34, 0.17, 0.0)) if "sliced" in item.states else (0.0, 0.86, (0.6,))
        side = _mound((0.03, 0.34), (0.2, 0.08), (0.5, 0.03), (0.9, 0.05), (0.98, 0.34))
        cuts = [_slice_outline() * [0.4, 0.92] + [x, 0.07] for x in slices]
        faces = [part for cut in cuts for part in (Part(cut, dark(crust, 0.1)), Part(inset(cut), CRUMB, ink=False))]
        return Drawing([], [Part(side * [x1 - x0, 1] + [x0, 0], crust), *faces])
    if look.shape == 0:
        body = _mound((0.06, 0.34), (0.3, 0.06), (0.7, 0.04), (0.95, 0.34))
        cuts = [smooth((x, 0.6), (x + 0.02, 0.36), (x + 0.14, 0.2), (x + 0.12, 0.42)) for x in (0.14, 0.38, 0.62)]
    else:
        body = _mound((0.16, 0.24), (0.5, 0.01), (0.84, 0.24))
        leaf = smooth((0.0, 0.5), (0.5, 0.4), (1.0, 0.5), (0.5, 0.6))
        cuts = [leaf * [0.6, 0.6] + [0.2, 0.14], leaf[:, ::-1] * [0.4, 0.7] + [0.3, 0.1]]
    return Drawing([], [Part(body, crust, shade=0.2), *[Part(cut, mix(crust, CRUMB, 0.7)) for cut in cuts]])


def dough(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (250, 228, 176), 0.55)
    tops, *fold = (
        (((0.08, 0.4), (0.34, 0.05), (0.68, 0.04), (0.93, 0.4)), (0.26, 0.4), (0.4, 0.3), (0.52, 0.42), (0.7, 0.34)),
        (((0.16, 0.26), (0.5, 0.01), (0.84, 0.26)), (0.24, 0.56), (0.36, 0.4), (0.56, 0.36)),
        (((0.12, 0.36), (0.34, 0.2), (0.5, 0.24), (0.68, 0.01), (0.94, 0.2)), (0.5, 0.24), (0.6, 0.44), (0.3, 0.68)),
    )[look.shape]
    body = _mound(*tops)
    if "folded" in item.states:
        edge = ((0.02, 0.6), (0.06, 0.16), (0.5, 0.02), (0.96, 0.14), (0.86, 0.48), (0.98, 0.8), (0.5, 0.99))
        body, fold = smooth(*edge, (0.08, 0.92)), [(0.88, 0.48), (0.6, 0.46), (0.3, 0.5), (0.16, 0.58)]
    flour = Part(ellipse(0.5, 0.95, 0.5, 0.05), (252, 250, 244), ink=False, shade=0)
    crease = line(smooth(*fold, closed=False), dark(rgb, 0.3))
    return Drawing([], [flour, Part(body, rgb, shade=0.2), crease, shine(0.24, 0.3, 0.06, 0.07)])


def butter(look: Look, item: SceneObject) -> Drawing:
    rgb = (250, 222, 110)
    if "melted" in item.states:
        pool = smooth((0.0, 0.6), (0.3, 0.2), (0.8, 0.25), (1.0, 0.6), (0.6, 0.95), (0.2, 0.9))
        return Drawing([], [Part(pool, rgb), Part(ellipse(0.5, 0.5, 0.16, 0.16), light(rgb))])
    dish = smooth((0.0, 0.86), (0.5, 0.8), (1.0, 0.86), (0.8, 1.0), (0.2, 1.0))
    parts = [Part(dish, (226, 232, 238))] if look.shape == 1 else []
    parts += [
        Part(points((0.06, 0.4), (0.72, 0.4), (0.72, 0.94), (0.06, 0.94)), rgb),
        Part(points((0.06, 0.4), (0.26, 0.12), (0.94, 0.12), (0.72, 0.4)), light(rgb)),
        Part(points((0.72, 0.4), (0.94, 0.12), (0.94, 0.66), (0.72, 0.94)), dark(rgb, 0.14)),
    ]
    if look.shape == 2 or "sliced" in item.states:
        parts.append(line(points((0.26, 0.4), (0.26, 0.94)), dark(rgb, 0.3)))
    return Drawing([], parts)


def cheese(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if "melted" in item.states:
        return heap(rgb)
    if "sliced" in item.states:
        sheets = [
            Part(points((0.05 + d, 0.7 - d), (0.55 + d, 0.5 - d), (0.95, 0.75 - d), (0.45, 0.98 - d)), rgb)
            for d in (0.0, 0.1, 0.2)
        ]
        return Drawing([], sheets)
    front = points((0.0, 0.5), (1.0, 0.32), (1.0, 0.98), (0.0, 0.98))
    top = points((0.0, 0.5), (0.6, 0.0), (1.0, 0.32))
    holes = [
        Part(ellipse(x, y, rx, 1.3 * rx), dark(rgb, 0.2))
        for x, y, rx in ((0.25, 0.76, 0.07), (0.58, 0.62, 0.06), (0.8, 0.82, 0.08))
    ]
    return Drawing([], [Part(top, light(rgb)), Part(front, rgb), *holes[: 3 - look.shape % 2]])


def _square(x: float, y: float, w: float, h: float, rgb: RGB) -> list[Part]:
    """A piece of a bar of chocolate."""
    face = rectangle(x, y, x + w, y + h)
    return [Part(face, rgb), Part(inset(face, 0.66), light(rgb, 0.16), ink=False)]


def chocolate(look: Look, item: SceneObject) -> Drawing:
    rgb = dark(look.body, 0.2)
    if "melted" in item.states:
        pool = smooth((0.0, 0.66), (0.16, 0.36), (0.4, 0.46), (0.72, 0.26), (1.0, 0.6), (0.7, 0.98), (0.2, 0.98))
        squares = [*_square(0.28, 0.0, 0.22, 0.58, rgb), *_square(0.5, 0.06, 0.22, 0.54, rgb)]
        return Drawing([], [Part(pool, rgb), *squares, shine(0.16, 0.62, 0.06, 0.06)])
    if "sliced" in item.states:
        spots = ((0.0, 0.56), (0.36, 0.6), (0.7, 0.52), (0.16, 0.1), (0.54, 0.0))
        return Drawing([], [part for x, y in spots for part in _square(x, y, 0.29, 0.4, rgb)])
    broken = ((2, 0), (3, 0), (3, 1)) if look.shape == 2 else ()
    step = ((1.0, 0.0),) if look.shape != 2 else ((0.5, 0.0), (0.5, 1 / 3), (0.75, 1 / 3), (0.75, 2 / 3), (1.0, 2 / 3))
    cells = [(x, y) for y in range(3) for x in range(4) if (x, y) not in broken]
    parts = [Part(points((0.0, 0.0), *step, (1.0, 1.0), (0.0, 1.0)), rgb)]
    parts += [part for x, y in cells for part in _square(0.25 * x, y / 3, 0.25, 1 / 3, rgb)]
    if look.shape == 1:
        foil = points((0.0, 0.6), *[(i / 8, 0.56 + 0.1 * (i % 2)) for i in range(9)], (1.0, 1.0), (0.0, 1.0))
        parts += [Part(foil, (214, 218, 226)), Part(rectangle(0.0, 0.72, 1.0, 1.0), look.accent)]
    return Drawing([], parts)


def cookie(look: Look, item: SceneObject) -> Drawing:
    turn = np.linspace(0, 2 * np.pi, 73)
    wave = 0.96 + 0.04 * np.cos(12 * turn) if look.shape == 2 else np.ones(73)
    disc = 0.5 + 0.5 * (wave * np.stack([np.cos(turn), np.sin(turn)])).T
    if look.shape == 2:
        jam = Part(ellipse(0.5, 0.47, 0.22, 0.23), look.accent)
        spots = [(0.5 + 0.36 * np.cos(a), 0.47 + 0.35 * np.sin(a)) for a in turn[:-1:9]]
        holes = [Part(ellipse(x, y, 0.025, 0.03), dark(look.body), ink=False) for x, y in spots]
        return Drawing([], [Part(disc, dark(look.body, 0.2)), Part(disc * [1, 0.94], look.body), *holes, jam])
    if look.shape == 1:
        bite = smooth((0.66, 0.04), (0.66, 0.24), (0.8, 0.28), (0.84, 0.42), (0.99, 0.42), closed=False)
        disc = np.concatenate([disc[:59], bite])
    chips = ((0.3, 0.26), (0.56, 0.4), (0.22, 0.54), (0.44, 0.68), (0.74, 0.64), (0.5, 0.16))
    parts = [Part(disc, dark(look.body, 0.25)), Part(disc * [1, 0.94], look.body)]
    return Drawing([], parts + [Part(ellipse(x, y, 0.07, 0.07), (84, 52, 36)) for x, y in chips[: 6 - look.shape]])
