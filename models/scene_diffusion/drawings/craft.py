"""Drawings of what one makes things of, and of what is made: paper, yarn, clay, gifts."""

import numpy as np

from models.scene_diffusion.drawings.fittings import clothespin as clothespin
from models.scene_diffusion.drawings.sewing import needle as needle
from models.scene_diffusion.drawings.sewing import thread as thread
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    dark,
    ellipse,
    light,
    line,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from models.scene_diffusion.drawings.trimmings import beads as beads
from models.scene_diffusion.drawings.trimmings import bow as _bow
from models.scene_diffusion.drawings.trimmings import cardboard as cardboard
from models.scene_diffusion.drawings.trimmings import coin as coin
from models.scene_diffusion.drawings.trimmings import wreath as wreath
from tools.scene import SceneObject
from tools.vocabulary import RGB

WOOD = (232, 194, 144)
METAL = (172, 178, 188)
PAPER = (250, 248, 240)


def _strokes(rgb: RGB, *strokes: Points) -> list[Part]:
    """Lines that are no strokes of a sketch."""
    return [line(stroke, rgb)._replace(ink=False) for stroke in strokes]


def _shadow(shape: Points, alpha: float = 0.16) -> Part:
    """A face turned from the light, thin enough to leave outlines to be seen."""
    return Part(shape, (20, 20, 32), ink=False, shade=0, alpha=alpha)


def paper(look: Look, item: SceneObject) -> Drawing:
    if "folded" in item.states:
        back = points((0.1, 0.1), (0.86, 0.0), (1.0, 0.86), (0.26, 0.96))
        front = points((0.1, 0.1), (0.6, 0.22), (0.62, 1.0), (0.0, 0.92))
        crease = line(points((0.1, 0.1), (0.0, 0.92)), dark(look.body, 0.5))
        return Drawing([], [Part(back, dark(look.body, 0.16)), Part(front, light(look.body, 0.15)), crease])
    sheet = points((0.02, 0.0), (0.72, 0.0), (0.98, 0.22), (0.98, 1.0), (0.02, 1.0))
    if look.shape == 1:
        side = [(0.0, 0.0), (0.03, 0.25), (0.0, 0.5), (0.03, 0.75), (0.0, 0.97)]
        top = smooth(side[0], (0.34, 0.05), (0.66, 0.0), (1.0, 0.03), closed=False)
        edge = smooth(*side, closed=False)
        sheet = np.concatenate([top, edge + [0.97, 0.03], top[::-1] + [0, 0.96], edge[::-1]])
    elif look.shape == 2:
        sheet = points((0.14, 0.0), (1.0, 0.12), (0.86, 1.0), (0.0, 0.88))
    ink = dark(look.body, 0.35)
    if look.shape == 2:
        rules = [points((0.26 - 0.12 * y, y + 0.04), (0.88 - 0.14 * y, y + 0.12)) for y in (0.16, 0.32, 0.48, 0.64)]
        return Drawing([], [Part(sheet, look.body, shade=0.05), *_strokes(ink, *rules)])
    parts = [Part(sheet, look.body, shade=0.05), *patterned(sheet, look, 0.1, 0.98)]
    if look.shape == 0:
        rules = [points((0.16, y), (0.84, y)) for y in (0.36, 0.52, 0.68, 0.84)]
        parts += _strokes(ink, *(rules if look.pattern == "plain" else []))
        parts.append(Part(points((0.72, 0.0), (0.72, 0.22), (0.98, 0.22)), dark(look.body, 0.18)))
    return Drawing([], parts)


def envelope(look: Look, item: SceneObject) -> Drawing:
    seal = Part(ellipse(0.5, 0.56, 0.07, 0.107), look.accent)
    if "open" in item.states:
        flap = Part(points((0.0, 0.42), (0.5, 0.0), (1.0, 0.42)), dark(look.body, 0.2))
        letter = Part(rectangle(0.14, 0.14, 0.86, 0.8), PAPER)
        rules = _strokes((150, 156, 170), points((0.24, 0.28), (0.76, 0.28)), points((0.24, 0.4), (0.6, 0.4)))
        pocket = points((0.0, 0.42), (0.5, 0.74), (1.0, 0.42), (1.0, 1.0), (0.0, 1.0))
        inside = Part(rectangle(0.0, 0.42, 1.0, 1.0), dark(look.body, 0.3))
        return Drawing([], [flap, inside, letter, *rules, Part(pocket, look.body)])
    body = Part(rectangle(0.0, 0.0, 1.0, 1.0, 0.02), look.body)
    if look.shape == 1:
        stamp = Part(rectangle(0.76, 0.1, 0.92, 0.38), look.accent)
        address = [points((0.3, y), (x, y)) for x, y in ((0.72, 0.52), (0.66, 0.66), (0.6, 0.8))]
        return Drawing([], [body, stamp, *_strokes(dark(look.body, 0.4), *address)])
    fold = points((0.0, 0.0), (1.0, 0.0), (0.5, 0.58))
    creases = _strokes(dark(look.body), points((0.0, 1.0), (0.4, 0.47)), points((1.0, 1.0), (0.6, 0.47)))
    if look.shape == 2:
        fold = smooth((0.0, 0.0), (0.1, 0.24), (0.4, 0.54), (0.6, 0.54), (0.9, 0.24), (1.0, 0.0), closed=False)
        return Drawing([], [body, Part(fold, light(look.body, 0.2))])
    return Drawing([], [body, *creases, Part(fold, light(look.body, 0.2)), seal])


def paper_boat(look: Look, item: SceneObject) -> Drawing:
    peak, deck, foot = ((0.0, 0.42, 0.24), (0.0, 0.54, 0.16), (0.0, 0.36, 0.3))[look.shape]
    sail = points((0.5, peak), (0.78, 0.7), (0.22, 0.7))
    fold = points((0.5, peak), (0.78, 0.7), (0.5, 0.7))
    hull = points((0.0, deck), (0.5, 0.66), (1.0, deck), (1.0 - foot, 1.0), (foot, 1.0))
    shade = points((0.5, 0.66), (1.0, deck), (1.0 - foot, 1.0))
    parts = [Part(sail, dark(look.body, 0.1)), _shadow(fold), Part(hull, look.body), _shadow(shade, 0.12)]
    if look.shape == 1:
        parts.append(Part(points((0.5, 0.0), (0.68, 0.09), (0.5, 0.18)), look.accent))
    return Drawing([], parts)


def paper_plane(look: Look, item: SceneObject) -> Drawing:
    nose, keel = (0.0, 0.5), (0.62, 1.0)
    far, near, tail = (
        ((0.78, 0.0), (1.0, 0.34), (0.76, 0.46)),
        ((0.9, 0.0), (1.0, 0.58), (0.84, 0.36)),
        ((0.62, 0.0), (1.0, 0.2), (0.7, 0.42)),
    )[look.shape]
    wing, inside = (
        Part(points(nose, far, tail), light(look.body, 0.15)),
        Part(points(nose, tail, keel), dark(look.body)),
    )
    return Drawing([], [wing, inside, Part(points(nose, near, (0.66, 0.72)), look.body)])


def pencil(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        tip = Part(turned(0.5, (0.1, 0.0), (0.16, 0.01), (0.4, 0.16)), look.body)
        wrap = [Part(rectangle(0.0, y, 1.0, y + 0.05), dark(look.body, 0.4)) for y in (0.24, 0.88)]
        return Drawing([], [tip, Part(rectangle(0.0, 0.16, 1.0, 1.0, 0.03), look.body), *wrap])
    if look.shape == 2:
        body = Part(rectangle(0.06, 0.36, 0.94, 1.0, 0.04), light(look.body, 0.1))
        cap = [rectangle(0.0, 0.0, 1.0, 0.4, 0.06), rectangle(0.7, 0.06, 1.0, 0.5, 0.05)]
        return Drawing(
            [], [body, Part(rectangle(0.06, 0.6, 0.94, 0.8), PAPER), *(Part(shape, look.body) for shape in cap)]
        )
    barrel = Part(rectangle(0.0, 0.18, 1.0, 0.8), look.body)
    side = _shadow(rectangle(0.68, 0.18, 1.0, 0.8))
    eraser = Part(rectangle(0.04, 0.0, 0.96, 0.14, 0.06), (238, 140, 150))
    cone = Part(points((0.0, 0.79), (1.0, 0.79), (0.5, 1.0)), WOOD)
    lead = Part(points((0.3, 0.918), (0.7, 0.918), (0.5, 1.0)), dark(look.body, 0.6))
    return Drawing([], [barrel, side, eraser, Part(rectangle(0.0, 0.11, 1.0, 0.19), METAL), cone, lead])


def ribbon(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 2:
        wave = [(0.0, 0.12), (0.18, 0.0), (0.38, 0.26), (0.6, 0.5), (0.8, 0.34), (1.0, 0.36)]
        top = smooth(*wave, closed=False)
        strip = np.concatenate([top, points((0.92, 0.61)), top[::-1] + [0, 0.5], points((0.09, 0.35))])
        return Drawing([], [Part(strip, look.body)])
    end, bow = ((0.3, (0.0, 1.0, 0.72)), (0.5, (0.1, 0.9, 0.6)))[look.shape]
    tail = points((-0.06, 0.34), (0.1, 0.34), (end, 0.92), (end - 0.1, 0.88), (end - 0.16, 1.0))
    tails = [Part(tail * [s, 1] + [0.5, 0], dark(look.body, 0.1)) for s in (-1, 1)]
    return Drawing([], [*tails, *_bow(look.body, *bow)])


def yarn(look: Look, item: SceneObject) -> Drawing:
    ball = ellipse(0.46, 0.51, 0.46, 0.49)
    thread = smooth((0.5, 0.97), (0.7, 0.93), (0.86, 0.86), (0.94, 0.93), (1.0, 1.0), closed=False)
    tail = Part(np.concatenate([thread, thread[::-1] - [0, 0.055]]), look.body)
    knots = [((0.1 + d, 0.4 - d), (0.36 + 0.8 * d, 0.42 - 0.5 * d), (0.56 + d, 0.62 - d)) for d in (0.0, 0.1, 0.2)]
    knots += [((0.12 + d, 0.72 + 0.5 * d), (0.34 + d, 0.6 + 0.5 * d), (0.6 + d, 0.68)) for d in (0.0, 0.1)]
    knots += [((0.62 + d, 0.2 + d), (0.7 + d, 0.42 + d), (0.64 + d, 0.66 + 0.5 * d)) for d in (0.0, 0.08)]
    strands = [smooth(*three, closed=False) for three in knots]
    if look.shape == 1:
        strands = [ellipse(0.46, 0.51, 0.46 * k, 0.49, a, a + 180) for k in (0.25, 0.6) for a in (90, -90)]
    needles: list[Part] = []
    if look.shape == 2:
        for s in (-1, 1):
            needle = points((0.46 - 0.34 * s, 0.86), (0.46 + 0.36 * s, 0.06), (0.46 + 0.4 * s, 0.1))
            needles += [Part(needle, METAL), Part(ellipse(0.46 + 0.4 * s, 0.06, 0.055, 0.06), look.accent)]
    wound = [line(strand, dark(look.body, 0.32)) for strand in strands]
    return Drawing([], [tail, *needles, Part(ball, look.body, shade=0.2), *wound])


def gift(look: Look, item: SceneObject) -> Drawing:
    bow = _bow(look.accent, 0.22, 0.78, 0.27)
    if look.shape == 1:
        front = Part(points((0.0, 0.4), (0.66, 0.4), (0.66, 1.0), (0.0, 1.0)), look.body)
        top = Part(points((0.0, 0.4), (0.32, 0.22), (1.0, 0.22), (0.66, 0.4)), light(look.body, 0.3))
        side = Part(points((0.66, 0.4), (1.0, 0.22), (1.0, 0.8), (0.66, 1.0)), dark(look.body, 0.18))
        bands = [points((0.25, 0.4), (0.58, 0.22), (0.72, 0.22), (0.4, 0.4)), rectangle(0.25, 0.4, 0.4, 1.0)]
        faces = [front, *patterned(front.points, look, 0.42, 1.0), top, side]
        return Drawing([], [*faces, *(Part(band, look.accent) for band in bands), *bow])
    box = rectangle(0.06, 0.44, 0.94, 1.0)
    lid = Part(rectangle(0.0, 0.24, 1.0, 0.46, 0.02), light(look.body, 0.12))
    if look.shape == 2:
        box, lid = rectangle(0.0, 0.24, 1.0, 1.0, 0.03), Part(rectangle(0.0, 0.54, 1.0, 0.68), look.accent)
    band = Part(rectangle(0.42, 0.24, 0.58, 1.0), look.accent)
    return Drawing([], [Part(box, look.body), *patterned(box, look, 0.46, 1.0), lid, band, *bow])


def clay(look: Look, item: SceneObject) -> Drawing:
    prints = [_shadow(ellipse(x, y, 0.09, 0.12), 0.22) for x, y in ((0.26, 0.56), (0.5, 0.72))]
    if look.shape == 1:
        front = Part(rectangle(0.0, 0.3, 0.8, 1.0), look.body)
        top = Part(points((0.0, 0.3), (0.2, 0.0), (1.0, 0.0), (0.8, 0.3)), light(look.body, 0.25))
        side = Part(points((0.8, 0.3), (1.0, 0.0), (1.0, 0.66), (0.8, 1.0)), dark(look.body, 0.2))
        return Drawing([], [front, top, side, *prints])
    if look.shape == 2:
        tool = points((0.5, 0.46), (0.86, 0.03), (0.97, 0.0), (1.0, 0.09), (0.6, 0.56))
        lump = smooth(
            (0.0, 0.86), (0.06, 0.4), (0.3, 0.16), (0.56, 0.26), (0.86, 0.44), (1.0, 0.84), (0.9, 1.0), (0.1, 1.0)
        )
        return Drawing([], [Part(tool, WOOD), Part(lump, look.body), *prints])
    sides = [(0.0, 0.84), (0.04, 0.44), (0.2, 0.14), (0.44, 0.0), (0.64, 0.12), (0.72, 0.4)]
    lump = smooth(*sides, (0.84, 0.9), (0.7, 1.0), (0.1, 1.0))
    return Drawing([], [Part(lump, look.body), *prints, Part(ellipse(0.85, 0.78, 0.15, 0.22), light(look.body, 0.1))])


def button(look: Look, item: SceneObject) -> Drawing:
    outline = ellipse(0.5, 0.5, 0.5, 0.5)
    if look.shape == 2:
        t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
        reach = 0.42 + 0.08 * np.abs(np.sin(4 * t))
        outline = np.stack([0.5 + reach * np.cos(t), 0.5 + reach * np.sin(t)], 1)
    holes = [(x, y) for x in (0.38, 0.62) for y in (0.38, 0.62)] if look.shape != 1 else [(0.36, 0.5), (0.64, 0.5)]
    dish = Part(ellipse(0.5, 0.5, 0.34, 0.34), light(look.body, 0.12))
    dots = [Part(ellipse(x, y, 0.075, 0.075), dark(look.body, 0.7)) for x, y in holes]
    return Drawing([], [Part(outline, look.body, shade=0.2), dish, *dots])


def balloon(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 2:
        bag = turned(
            0.5, (0.0, 0.0), (0.18, 0.012), (0.36, 0.08), (0.47, 0.2), (0.48, 0.36), (0.36, 0.58), (0.16, 0.76)
        )
        gores = [smooth((0.5, 0.0), (0.5 + x, 0.3), (0.5 + 0.3 * x, 0.76), closed=False) for x in (-0.2, 0.2)]
        ropes = [line(points((0.5 + s * 0.15, 0.76), (0.5 + s * 0.12, 0.88)), (120, 96, 76)) for s in (-1, 1)]
        basket = Part(rectangle(0.36, 0.86, 0.64, 1.0, 0.02), (176, 128, 86))
        details = [*patterned(bag, look, 0.0, 0.76), *_strokes(dark(look.body), *gores), shine(0.26, 0.2, 0.06, 0.08)]
        return Drawing([], [*ropes, Part(bag, look.body), *details, basket])
    low = (0.7, 0.62)[look.shape]
    bag = turned(0.5, (0.0, 0.0), (0.18, 0.012), (0.36, 0.08), (0.48, 0.21), (0.48, 0.38), (0.3, 0.6), (0.04, low))
    if look.shape == 1:
        bag = ellipse(0.5, 0.31, 0.5, 0.31)
    string = line(smooth((0.5, low), (0.56, low + 0.1), (0.44, 0.9), (0.52, 1.0), closed=False), (110, 106, 112))
    knot = Part(points((0.5, low - 0.03), (0.6, low + 0.04), (0.4, low + 0.04)), dark(look.body, 0.12))
    details = [*patterned(bag, look, 0.02, low), shine(0.28, 0.2, 0.08, 0.08)]
    return Drawing([], [string, knot, Part(bag, look.body, shade=0.2), *details])


def _star(tips: int, inner: float) -> Points:
    """A star that fills its box, one tip up."""
    t = np.radians(np.arange(2 * tips) * 180 / tips - 90)
    reach = np.where(np.arange(2 * tips) % 2, inner, 1.0)
    star = np.stack([reach * np.cos(t), reach * np.sin(t)], 1)
    return (star - star.min(0)) / np.ptp(star, axis=0)


def star(look: Look, item: SceneObject) -> Drawing:
    outline = _star((5, 6, 5)[look.shape], (0.46, 0.5, 0.46)[look.shape])
    if look.shape == 2:
        outline = smooth(*outline.tolist())
        outline = (outline - outline.min(0)) / np.ptp(outline, axis=0)
        eyes = [Part(ellipse(x, 0.5, 0.035, 0.05), dark(look.body, 0.75), ink=False) for x in (0.41, 0.59)]
        smile = line(ellipse(0.5, 0.58, 0.09, 0.08, 20, 160), dark(look.body, 0.75))
        return Drawing([], [Part(outline, look.body), *eyes, smile._replace(ink=False)])
    middle = np.array([0.5, 0.54 if look.shape == 0 else 0.5])
    tips = len(outline) // 2
    facets = [_shadow(np.array([middle, outline[2 * i], outline[2 * i + 1]])) for i in range(tips)]
    return Drawing([], [Part(outline, look.body), *facets])


def snowman(look: Look, item: SceneObject) -> Drawing:
    coal = (58, 58, 66)
    balls = [
        Part(ellipse(0.5, y, rx, 0.684 * rx), look.body, shade=0.1)
        for y, rx in ((0.79, 0.31), (0.53, 0.24), (0.31, 0.19))
    ]
    arms = [line(points((0.5 + 0.2 * s, 0.52), (0.5 + 0.48 * s, 0.38)), (120, 82, 56)) for s in (-1, 1)]
    arms += [line(points((0.5 + 0.38 * s, 0.43), (0.5 + 0.5 * s, 0.47)), (120, 82, 56)) for s in (-1, 1)]
    dots = [
        Part(ellipse(x, y, 0.025, 0.018), coal, ink=False)
        for x, y in ((0.44, 0.28), (0.57, 0.28), (0.5, 0.5), (0.5, 0.58))
    ]
    nose = Part(points((0.5, 0.3), (0.5, 0.345), (0.3, 0.34)), (240, 142, 52))
    scarf = [
        Part(rectangle(0.32, 0.4, 0.68, 0.46, 0.025), look.accent),
        Part(rectangle(0.54, 0.43, 0.65, 0.6, 0.02), look.accent),
    ]
    hats = (
        [Part(rectangle(0.36, 0.0, 0.64, 0.2, 0.015), coal), Part(rectangle(0.26, 0.18, 0.74, 0.225, 0.015), coal)],
        [
            Part(points((0.32, 0.22), (0.4, 0.0), (0.62, 0.0), (0.7, 0.22)), METAL),
            Part(ellipse(0.51, 0.01, 0.11, 0.018), METAL),
        ],
        [Part(ellipse(0.5, 0.23, 0.2, 0.17, 180, 360), look.accent), Part(ellipse(0.5, 0.045, 0.06, 0.042), PAPER)],
    )
    return Drawing([], [*arms, *balls, *dots, nose, *scarf, *hats[look.shape]])
