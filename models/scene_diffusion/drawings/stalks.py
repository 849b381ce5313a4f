"""Drawings of vegetables that are roots with leaves, or stalks."""

import numpy as np

from models.scene_diffusion.drawings import pieces
from models.scene_diffusion.drawings.pieces import GREEN, STEM, peel, rounds
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
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB


def _stick(middle: float, lean: float, wide: float, rgb: RGB) -> list[Part]:
    """A stalk of celery with a rib and frilled leaves, that leans to one side."""
    foot, neck, top, pale = 0.5 * wide, 0.4 * wide, middle + lean, light(rgb, 0.45)
    body = smooth((middle - foot, 0.9), (top - neck, 0.3), (top + neck, 0.3), (middle + foot, 0.9), (middle, 0.99))
    places = ((-0.36, 0.22, 0.42, 0.1), (0.36, 0.24, 0.42, 0.1), (0.0, 0.12, 0.5, 0.12))
    frills = [pieces.lobed(top + 0.2 * lean + x * wide, y, rx * wide, ry, 6, 0.2) for x, y, rx, ry in places]
    rib = line(points((middle, 0.86), (middle + 0.9 * lean, 0.44)), dark(pale, 0.2))
    return [Part(body, pale), rib, *(Part(frill, dark(rgb, 0.06)) for frill in frills)]


def celery(look: Look, item: SceneObject) -> Drawing:
    pale = light(look.body, 0.4)
    if "sliced" in item.states:
        arch = np.concatenate([ellipse(0.5, 0.6, 0.5, 0.6, 180, 360), ellipse(0.5, 0.64, 0.28, 0.3, 360, 180)])
        piece = [Part(arch + [0.0, 0.34], dark(pale, 0.12)), Part(arch, light(pale, 0.4))]
        boxes = ((0.2, 0.0, 0.8, 0.3), (0.0, 0.26, 0.56, 0.56), (0.44, 0.36, 1.0, 0.66), (0.16, 0.66, 0.8, 1.0))
        return Drawing([], [part for box in boxes for part in pieces.placed(piece, box)])
    sticks = (
        ((0.32, -0.08, 0.36), (0.68, 0.08, 0.36), (0.5, 0.0, 0.36)),
        ((0.36, -0.14, 0.24), (0.64, 0.14, 0.24), (0.43, -0.05, 0.26), (0.57, 0.05, 0.26)),
        ((0.7, -0.38, 0.34), (0.3, 0.38, 0.34)),
    )[look.shape]
    return Drawing([], [part for stick in sticks for part in _stick(*stick, look.body)])


def ginger(look: Look, item: SceneObject) -> Drawing:
    rgb, flesh = mix(look.body, (206, 160, 100), 0.7), (250, 226, 142)
    low = ((0.72, 0.72), (0.68, 0.92), (0.54, 0.99), (0.44, 0.78), (0.18, 0.84), (0.02, 0.6), (0.1, 0.42), (0.26, 0.46))
    top = ((0.28, 0.2), (0.4, 0.08), (0.5, 0.2), (0.5, 0.42), (0.66, 0.4), (0.72, 0.22), (0.88, 0.16), (0.98, 0.34))
    rings = ((0.32, 0.26, 0.48, 0.28), (0.15, 0.5, 0.15, 0.74), (0.78, 0.28, 0.92, 0.46), (0.5, 0.84, 0.66, 0.82))
    body = smooth(*low, *top, (0.9, 0.6))
    if look.shape == 1:
        left = ((0.5, 0.98), (0.34, 0.96), (0.32, 0.7), (0.12, 0.56), (0.0, 0.34), (0.14, 0.2), (0.28, 0.36))
        right = ((0.52, 0.1), (0.68, 0.02), (0.76, 0.18), (0.7, 0.4), (0.88, 0.42), (1.0, 0.56), (0.94, 0.74))
        body = smooth(*left, (0.44, 0.4), *right, (0.62, 0.76))
        rings = ((0.52, 0.24, 0.72, 0.24), (0.16, 0.3, 0.12, 0.5), (0.86, 0.48, 0.86, 0.68), (0.36, 0.82, 0.52, 0.84))
    bends = [curve((a, b), ((a + c) / 2 + 0.02, (b + d) / 2 + 0.04), (c, d)) for a, b, c, d in rings]
    root = [Part(body, rgb, shade=0.18), *(line(bend, dark(rgb)) for bend in bends)]
    if "sliced" in item.states:
        slices = pieces.placed(rounds(rgb, flesh, None).front, (0.0, 0.48, 0.66, 1.0))
        return Drawing([], pieces.placed(root, (0.2, 0.0, 1.0, 0.8)) + slices)
    if "peeled" in item.states:
        return Drawing([], [Part(body, flesh, shade=0.18), *peel(dark(rgb, 0.1))])
    return Drawing([], pieces.placed(root, (1.0, 1.0, 0.0, 0.0)) if look.shape == 2 else root)


def _beet_leaf(lean: float, height: float, vein: RGB) -> list[Part]:
    blade = turned(0.5, (0.0, 0.0), (0.13, 0.18), (0.17, 0.46), (0.08, 0.66), (0.0, 0.72))
    parts = Part(blade, GREEN), line(points((0.5, 0.2), (0.5, 1.0)), vein)
    shear = np.array([[1, 0], [-lean, height - 0.2 * abs(lean) * height]])
    return [part._replace(points=part.points @ shear + [lean, 0.2 * abs(lean) * height]) for part in parts]


def beet(look: Look, item: SceneObject) -> Drawing:
    rgb = mix(look.body, (140, 24, 76), 0.6)
    if "sliced" in item.states:
        shades = ((1.0, dark(rgb)), (0.86, rgb), (0.5, light(rgb, 0.3)))
        discs = [(x, y, k, fill) for x, y in ((0.36, 0.24), (0.64, 0.5), (0.36, 0.76)) for k, fill in shades]
        return Drawing([], [Part(ellipse(x, y, 0.36 * k, 0.24 * k), fill, ink=k != 0.86) for x, y, k, fill in discs])
    wide, top, leaves = ((0.46, 0.46, 3), (0.5, 0.54, 2), (0.36, 0.36, 3))[look.shape]
    shoulders = ((0.0, top + 0.02), (0.7 * wide, top + 0.05), (wide, top + 0.2))
    root = Part(turned(0.5, *shoulders, (0.6 * wide, 0.82), (0.06, 0.91), (0.0, 1.0)), rgb, shade=0.2)
    if "peeled" in item.states:
        bare = pieces.placed([root._replace(fill=light(rgb, 0.2))], (0.0, -0.6, 1.0, 0.98))
        return Drawing([], bare + peel(rgb, 0.8))
    greens = [part for lean in (-0.3, 0.3, 0.0)[:leaves] for part in _beet_leaf(lean, top + 0.04, rgb)]
    lines = [
        curve((0.5 - x, y), (0.5 - 0.8 * x, y + 0.02), (0.5 - x / 2, y + 0.02)) for x, y in ((0.3, 0.72), (0.2, 0.79))
    ]
    return Drawing([], [*greens, root, *(line(mark, dark(rgb)) for mark in lines), shine(0.7, top + 0.16, 0.05, 0.04)])


def _scallion(x: float, wide: float, spread: float, rgb: RGB) -> list[Part]:
    """A spring onion: its leaves, its white shaft and its roots."""
    half_, blades = 0.5 * wide, []
    for d, y in ((-spread, 0.06), (spread, 0.03), (0.1 * spread, 0.0))[: 2 if wide < 0.3 else 3]:
        blade = ((-half_, 0.6), (0.5 * d - half_, 0.3), (d, y), (0.5 * d + half_, 0.32), (half_, 0.6))
        blades.append(Part(smooth(*blade) + [x, 0], rgb))
    shaft = turned(x, (half_, 0.52), (0.9 * half_, 0.76), (1.5 * half_, 0.87), (half_, 0.93), (0.0, 0.94))
    roots = [line(points((x + k * wide, 0.93), (x + 2 * k * wide, 1.0)), STEM) for k in (-0.3, 0.0, 0.3)]
    return [*blades, *roots, Part(shaft, mix((250, 250, 240), rgb, 0.12))]


def spring_onion(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = dark(look.body, 0.1), (246, 250, 230)
    if "sliced" in item.states:
        places = ((0.26, 0.62), (0.74, 0.6), (0.5, 0.74), (0.22, 0.86), (0.76, 0.88))
        rings = [(x, y, k) for x, y in places for k in (1.0, 0.6)]
        discs = [Part(ellipse(x, y, 0.24 * k, 0.1 * k), rgb if k == 1 else pale) for x, y, k in rings]
        return Drawing([], pieces.placed(_scallion(0.5, 0.3, 0.36, rgb)[:3], (0.0, 0.0, 1.0, 0.84)) + discs)
    bunches = ((0.5, 0.34, 0.46),), ((0.27, 0.26, 0.22), (0.73, 0.26, 0.22)), ((0.5, 0.56, 0.4),)
    tie = [Part(rectangle(0.06, 0.62, 0.94, 0.68, 0.02), (214, 64, 58))] if look.shape == 1 else []
    return Drawing([], [part for stalk in bunches[look.shape] for part in _scallion(*stalk, rgb)] + tie)
