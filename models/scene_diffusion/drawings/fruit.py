"""Drawings of fruit, whole and cut."""

import numpy as np

from models.scene_diffusion.drawings import pieces
from models.scene_diffusion.drawings.heaps import fruit as fruit
from models.scene_diffusion.drawings.pieces import GREEN, STEM, half, heap, peel, prepared, rounds, spots, stalk
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

CREAM = (250, 242, 214)


def lemon(look: Look, item: SceneObject) -> Drawing:
    if cut := prepared(item, sliced=pieces.citrus(look.body, 1.29), peeled=pieces.segments(look.body)):
        return cut
    tip = (0.0, 0.06, -0.06)[look.shape]
    left = [(0.5, 0.98), (0.16, 0.84), (0.0, 0.52 + tip), (0.16, 0.2)]
    body = smooth(*left, (0.5, 0.04), (0.82, 0.2), (1.0, 0.52 - tip), (0.84, 0.84))
    leaf = [Part(smooth((0.84, 0.2), (0.96, 0.0), (0.74, 0.08)), GREEN)] if look.shape else []
    return Drawing([], [*leaf, Part(body, look.body), shine(0.34, 0.34, 0.12, 0.09)])


def orange(look: Look, item: SceneObject) -> Drawing:
    if cut := prepared(item, sliced=pieces.citrus(look.body, 1.03), peeled=pieces.segments(look.body)):
        return cut
    top = (0.08, 0.15, 0.06)[look.shape]
    body = Part(ellipse(0.5, (1 + top) / 2, 0.5, (1 - top) / 2), look.body, shade=0.2)
    places = ((0.3, 0.6), (0.44, 0.78), (0.62, 0.7), (0.76, 0.52), (0.54, 0.5), (0.72, 0.38))
    green = [pieces.crown(0.13, 0.15, 0.08)] if look.shape == 2 else stalk(0.48, top + 0.15, leafy=True)
    return Drawing([], [body, *spots(dark(look.body, 0.2), 0.018, 1.03, *places), *green, shine(0.27, 0.4, 0.09, 0.08)])


def apple(look: Look, item: SceneObject) -> Drawing:
    if cut := prepared(item, sliced=rounds(look.body, CREAM, (120, 80, 50)), mashed=heap((240, 220, 140))):
        return cut
    body = turned(0.5, (0.0, 0.24), (0.24, 0.16), (0.5, 0.42), (0.4, 0.8), (0.16, 1.0), (0.0, 0.95))
    if "peeled" in item.states:
        return Drawing([], [Part(body, CREAM, shade=0.18), *stalk(0.5, 0.26, False), *peel(look.body)])
    top = stalk(0.5, 0.26, leafy=look.shape > 0)
    return Drawing([], [Part(body, look.body, shade=0.18), *top, shine(0.26, 0.42, 0.07, 0.11)])


def pear(look: Look, item: SceneObject) -> Drawing:
    neck, waist = ((0.16, 0.24), (0.22, 0.32), (0.13, 0.18))[look.shape]
    body = turned(0.5, (0.0, 0.15), (neck, 0.2), (waist, 0.4), (0.5, 0.74), (0.3, 0.98), (0.0, 0.98))
    if "sliced" in item.states:
        core, seeds = (
            Part(ellipse(0.5, 0.72, 0.17, 0.13), (236, 216, 156)),
            spots(pieces.SEED, 0.05, 1.0, (0.43, 0.72), (0.57, 0.72)),
        )
        return Drawing([], [*half(body, look.body, CREAM), core, *seeds, *stalk(0.5, 0.22, False)])
    freckles = spots(dark(look.body), 0.016, 0.7, (0.6, 0.6), (0.72, 0.72), (0.58, 0.82), (0.42, 0.9), (0.7, 0.88))
    parts = [Part(body, look.body, shade=0.2), *freckles, *stalk(0.5, 0.22, look.shape == 1)]
    return Drawing([], [*parts, shine(0.26, 0.68, 0.06, 0.1)])


def banana(look: Look, item: SceneObject) -> Drawing:
    flesh = (252, 240, 190)
    if cut := prepared(item, sliced=rounds(look.body, flesh, (206, 176, 110), count=4), mashed=heap(dark(flesh, 0.08))):
        return cut
    whole = pieces.bananas(look.body, "peeled" in item.states)
    if look.shape == 1:
        return Drawing([], pieces.placed(whole, (0.05, 0.0, 0.85, 0.76)) + whole)
    return Drawing([], pieces.placed(whole, (1.0, 1.0, 0.0, 0.0)) if look.shape else whole)


def strawberry(look: Look, item: SceneObject) -> Drawing:
    low = (0.6, 0.7, 0.52)[look.shape]
    body = turned(0.5, (0.0, 0.16), (0.3, 0.13), (0.5, 0.34), (0.42, low), (0.18, low + 0.26), (0.0, 1.0))
    green = pieces.crown(0.16, 0.44, 0.17)
    if "sliced" in item.states:
        heart = Part(turned(0.5, (0.0, 0.36), (0.16, 0.34), (0.16, 0.54), (0.0, 0.76)), (255, 236, 230), ink=False)
        return Drawing([], [*half(body, look.body, mix(look.body, (255, 180, 170), 0.6)), heart, green])
    seeds = ((0.22, 0.4), (0.5, 0.42), (0.78, 0.4), (0.36, 0.56), (0.64, 0.56), (0.5, 0.7), (0.38, 0.8), (0.62, 0.8))
    return Drawing([], [Part(body, look.body), *spots((250, 220, 120), 0.03, 1.2, *seeds), green])


def plum(look: Look, item: SceneObject) -> Drawing:
    bulge = (0.0, 0.1, -0.1)[look.shape]
    left = [(0.44, 0.98), (0.1, 0.84), (0.0, 0.54), (0.16, 0.22 - bulge / 2), (0.5, 0.16)]
    body = smooth(*left, (0.84, 0.22 + bulge / 2), (1.0, 0.54), (0.88, 0.84), (0.56, 0.98))
    cleft = line(smooth((0.5, 0.18), (0.66 + bulge, 0.5), (0.52, 0.96), closed=False), dark(look.body))
    top = stalk(0.5, 0.23, leafy=look.shape != 1)
    return Drawing([], [Part(body, look.body, shade=0.22), cleft, *top, shine(0.24, 0.46, 0.07, 0.12)])


def pineapple(look: Look, item: SceneObject) -> Drawing:
    if "sliced" in item.states:
        return rounds(dark(look.body, 0.15), light(look.body, 0.3), dark(look.body, 0.3), tall=True)
    half_width = (0.48, 0.5, 0.44)[look.shape]
    body = Part(ellipse(0.5, 0.68, half_width, 0.32), look.body, shade=0.2)
    eyes = pieces.lattice(0.5, 0.68, half_width, 0.32, dark(look.body, 0.35))
    return Drawing([], [*pieces.tuft((50, 64, 40)[look.shape]), body, *eyes])


def melon(look: Look, item: SceneObject) -> Drawing:
    if "sliced" in item.states:
        rinds = ((1.0, look.body), (0.9, (240, 246, 220)), (0.82, (232, 88, 84)))
        moon = [Part(ellipse(0.5, 0.12, 0.5 * r, 0.88 * r, 0, 180), rgb, ink=r != 0.9) for r, rgb in rinds]
        seeds = ((0.26, 0.25), (0.42, 0.32), (0.58, 0.27), (0.74, 0.25), (0.36, 0.54), (0.52, 0.62), (0.64, 0.5))
        return Drawing([], [*moon, *spots(pieces.SEED, 0.02, 1.8, *seeds)])
    skin = pieces.meridians(dark(look.body), 0.07, lying=look.shape == 2)
    if look.shape == 1:
        skin = pieces.lattice(0.5, 0.53, 0.48, 0.45, light(look.body))
    stem = line(smooth((0.5, 0.08), (0.52, 0.02), (0.58, 0.0), closed=False), STEM)
    return Drawing([], [Part(ellipse(0.5, 0.53, 0.5, 0.47), look.body), *skin, stem, shine(0.27, 0.32, 0.07, 0.08)])


def mango(look: Look, item: SceneObject) -> Drawing:
    flesh = (252, 190, 72)
    beak = [(0.84, 0.42), (1.0, 0.78), (0.9, 0.97), (0.54, 1.0)]
    body = smooth((0.3, 0.12), (0.6, 0.17 - 0.06 * look.shape), *beak, (0.16, 0.9), (0.0, 0.54), (0.08, 0.24))
    if "sliced" in item.states:
        return Drawing([], [*half(body, look.body, flesh), *pieces.lattice(0.46, 0.56, 0.36, 0.34, dark(flesh, 0.25))])
    if "peeled" in item.states:
        return Drawing([], [Part(body, flesh, shade=0.18), *stalk(0.34, 0.22, False), *peel(look.body)])
    blush = [
        Part(pieces.shrunk(body, k, 0.84, 0.8), (226, 70, 60), ink=False, shade=0, alpha=0.2) for k in (0.7, 0.56, 0.42)
    ]
    parts = [
        Part(body, look.body, shade=0.18),
        *blush,
        *stalk(0.34, 0.23, look.shape > 0),
        shine(0.2, 0.38, 0.07, 0.09),
    ]
    return Drawing([], pieces.mirrored(parts) if look.shape == 2 else parts)


def avocado(look: Look, item: SceneObject) -> Drawing:
    waist = (0.34, 0.42, 0.3)[look.shape]
    body = turned(0.5, (0.0, 0.02), (0.2, 0.05), (waist, 0.3), (0.5, 0.66), (0.3, 0.96), (0.0, 1.0))
    skin = dark(look.body, 0.3)
    half_of_it = pieces.avocado_half(body, skin)
    if cut := prepared(item, sliced=Drawing([], half_of_it), mashed=heap((176, 200, 100))):
        return cut
    places = ((0.4, 0.2), (0.6, 0.3), (0.36, 0.46), (0.54, 0.52), (0.7, 0.6), (0.3, 0.72), (0.5, 0.78), (0.66, 0.84))
    bumps = spots(light(skin, 0.25), 0.026, 0.8, *places)
    whole = [Part(body, skin, shade=0.2), *bumps, Part(ellipse(0.5, 0.03, 0.08, 0.04), STEM)]
    if look.shape < 2:
        return Drawing([], [*whole, shine(0.28, 0.58, 0.06, 0.12)])
    beside = pieces.placed(half_of_it, (0.34, 0.28, 1.0, 1.0))
    return Drawing([], pieces.placed(whole, (0.0, 0.0, 0.8, 1.0)) + beside)


def _coconut_half(rgb: RGB) -> list[Part]:
    """Half a coconut that lies like a bowl, its white flesh up."""
    bowl = np.concatenate([ellipse(0.5, 0.28, 0.5, 0.72, 0, 180), ellipse(0.5, 0.28, 0.5, 0.28, 180, 360)])
    face = ((0.5, 0.28, rgb), (0.43, 0.22, (252, 250, 244)), (0.27, 0.12, (222, 222, 212)))
    strokes = ((0.2, 0.62, 0.06), (0.34, 0.76, 0.04), (0.66, 0.76, -0.04), (0.8, 0.62, -0.06))
    hairs = [line(curve((x, y), (x + lean, y + 0.13)), dark(rgb)) for x, y, lean in strokes]
    return [Part(bowl, rgb), *(Part(ellipse(0.5, 0.28, rx, ry), fill) for rx, ry, fill in face), *hairs]


def coconut(look: Look, item: SceneObject) -> Drawing:
    half_of_it = _coconut_half(look.body)
    if "sliced" in item.states:
        beside = pieces.placed(half_of_it, (0.28, 0.0, 1.0, 0.66))
        return Drawing([], beside + pieces.placed(half_of_it, (0.0, 0.34, 0.72, 1.0)))
    if look.shape == 2:
        return Drawing([], pieces.placed(half_of_it, (0.0, 0.1, 1.0, 1.0)))
    eyes = [Part(ellipse(x, y, 0.055, 0.07), pieces.SEED) for x, y in ((0.38, 0.22), (0.58, 0.18), (0.52, 0.38))]
    strokes = ((0.1, 0.4, 0.58), (0.27, 0.58, 0.84), (0.5, 0.64, 0.88), (0.72, 0.56, 0.82), (0.88, 0.34, 0.56))
    hairs = [line(curve((x, a), (1.1 * x - 0.05, (a + b) / 2), (x, b)), dark(look.body)) for x, a, b in strokes]
    ball = [Part(ellipse(0.5, 0.5, 0.5, 0.5), look.body, shade=0.2), *eyes, *hairs]
    if look.shape == 1:
        return Drawing([], ball)
    return Drawing([], pieces.placed(ball, (0.0, 0.0, 0.78, 0.84)) + pieces.placed(half_of_it, (0.32, 0.42, 1.0, 1.0)))


def _lime_cut(end: int, skin: RGB) -> list[Part]:
    """The cut side of a lime as far as an angle: a round of segments, or half of it."""
    cy, high, pith = *((0.5, 0.5) if end == 360 else (0.0, 1.0)), (242, 248, 220)
    rinds = ((1.0, skin), (0.88, pith), (0.78, light(skin, 0.3)))
    rays = [ellipse(0.5, cy, 0.39, 0.78 * high, a, a + 1)[0] for a in range(0, end, 60 if end == 360 else 45)]
    return [
        *(
            Part(ellipse(0.5, cy, 0.5 * r, high * r, 0, end), rgb, ink=r == 1 or (r < 0.8 and end < 360))
            for r, rgb in rinds
        ),
        *(line(np.array([[0.5, cy], ray]), pith) for ray in rays),
    ]


def lime(look: Look, item: SceneObject) -> Drawing:
    if cut := prepared(item, sliced=pieces.citrus(look.body, 1.16), peeled=pieces.segments(look.body)):
        return cut
    left = [(0.5, 0.98), (0.2, 0.88), (0.06, 0.62), (0.0, 0.52), (0.06, 0.4), (0.2, 0.14)]
    body = smooth(*left, (0.5, 0.04), (0.82, 0.16), (0.98, 0.52), (0.82, 0.88))
    whole = [Part(body, look.body, shade=0.2), shine(0.34, 0.32, 0.12, 0.09)]
    if look.shape == 1:
        return Drawing([], [Part(smooth((0.8, 0.2), (0.98, 0.0), (0.64, 0.02)), GREEN), *whole])
    if look.shape == 2:
        return Drawing([], pieces.placed(_lime_cut(180, look.body), (0.0, 0.18, 1.0, 1.0)))
    cut_side = pieces.placed(_lime_cut(360, look.body), (0.4, 0.28, 1.0, 1.0))
    return Drawing([], pieces.placed(whole, (0.0, 0.0, 0.74, 0.82)) + cut_side)


def _cherry(x: float, y: float, rgb: RGB, top: tuple[float, float]) -> list[Part]:
    """One cherry about a point, its stalk ending at `top`."""
    right = [(x + 0.1, y - 0.21), (x + 0.25, y - 0.08), (x + 0.2, y + 0.14), (x, y + 0.22)]
    body = smooth((x, y - 0.16), *right, *[(2 * x - a, b) for a, b in right[2::-1]])
    stem = curve((x, y - 0.13), (0.5 * (x + top[0]) + 0.3 * (x - top[0]), 0.5 * (y + top[1]) - 0.06), top)
    return [Part(body, rgb, shade=0.2), line(stem, STEM), shine(x - 0.11, y - 0.03, 0.05, 0.06)]


def cherry(look: Look, item: SceneObject) -> Drawing:
    rgb, top = dark(look.body, 0.08), (0.56, 0.05)
    left, right = ((0.76, 0.77), (0.77, 0.77), (0.6, 0.78))[look.shape]
    fruits = _cherry(0.25, left, rgb, top) + _cherry(0.75, right, rgb, top)
    leaf = Part(smooth((0.56, 0.05), (0.36, 0.0), (0.12, 0.06), (0.02, 0.2), (0.34, 0.22)), GREEN)
    other = Part(smooth(top, (0.72, 0.0), (0.9, 0.06), (0.98, 0.22), (0.72, 0.18)), GREEN)
    knob = Part(smooth((0.46, 0.0), (0.68, 0.0), (0.66, 0.07), (0.48, 0.07)), STEM)
    return Drawing([], [*fruits, *([leaf], [other, leaf], [knob])[look.shape]])


def grapes(look: Look, item: SceneObject) -> Drawing:
    bunches = ((4, 3, 2, 1), 0.25, 0.25), ((3, 4, 3, 2, 1), 0.25, 0.21), ((2, 3, 2, 1), 0.33, 0.25)
    rows, wide, tall = bunches[look.shape]
    step = (0.98 - 0.24 - tall) / (len(rows) - 1)
    berries = []
    for row, count in reversed(list(enumerate(rows))):
        y = 0.24 + tall / 2 + row * step
        for x in 0.5 + wide * (np.arange(count) - (count - 1) / 2):
            ball = Part(ellipse(x, y, 0.54 * wide, 0.54 * tall), look.body, shade=0.18)
            berries += [ball, shine(x - 0.04, y - 0.05, 0.03, 0.03)]
    stem = line(curve((0.5, 0.26), (0.5, 0.1), (0.58, 0.0)), STEM)
    tips = ((0.54, 0.16), (0.6, 0.04), (0.7, 0.08), (0.8, 0.0), (0.86, 0.1), (1.0, 0.12), (0.94, 0.22), (0.96, 0.34))
    leaf = Part(smooth(*tips, (0.8, 0.32), (0.66, 0.36), (0.64, 0.24)), GREEN)
    curl = line(curve((0.5, 0.14), (0.36, 0.02), (0.22, 0.1), (0.3, 0.18), (0.34, 0.1)), GREEN)
    return Drawing([], [*berries, stem, curl if look.shape == 1 else leaf])
