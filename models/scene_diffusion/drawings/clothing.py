"""Drawings of what one wears and carries."""

import numpy as np

from models.scene_diffusion.drawings.cloth import stack
from models.scene_diffusion.drawings.fittings import hanger as hanger
from models.scene_diffusion.drawings.fittings import zipper as zipper
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    across,
    between,
    both,
    dark,
    ellipse,
    light,
    line,
    patterned,
    points,
    rectangle,
    ring,
    shine,
    smooth,
    symmetric,
)
from models.scene_diffusion.drawings.worn import belt as belt
from models.scene_diffusion.drawings.worn import dress as dress
from models.scene_diffusion.drawings.worn import helmet as helmet
from models.scene_diffusion.drawings.worn import scarf as scarf
from models.scene_diffusion.drawings.worn import sunglasses as sunglasses
from tools.scene import SceneObject
from tools.vocabulary import RGB

METAL, GOLD, WOOD = (172, 178, 188), (236, 190, 84), (150, 98, 62)
RUBBER, INSIDE = (238, 236, 230), (58, 50, 56)


def _seam(rgb: RGB, *knots: tuple[float, float]) -> Part:
    return line(smooth(*knots, closed=False), dark(rgb, 0.4) if sum(rgb) > 300 else light(rgb, 0.3))


def _slant(body: Points, slope: float, low: float, high: float) -> Points:
    """The slanted strip of a polygon between two heights, as measured at x = 0."""
    shear = np.array([[1.0, slope], [0.0, 1.0]])
    return between(body @ shear, low, high) @ np.linalg.inv(shear)


def _collar(rgb: RGB) -> list[Part]:
    flap = points((0.5, 0.16), (0.6, 0.0), (0.68, 0.03), (0.64, 0.24))
    return [Part(points((0.36, 0.0), (0.64, 0.0), (0.5, 0.17)), dark(rgb, 0.4)), *both(Part(flap, light(rgb, 0.2)))]


def _buttons(look: Look, *heights: float) -> list[Part]:
    return [Part(ellipse(0.5, y, 0.018, 0.02), dark(look.accent, 0.25), shade=0) for y in heights]


def shirt(look: Look, item: SceneObject) -> Drawing:
    body = look.body
    if "folded" in item.states:
        fold = both(_seam(body, (0.9, 0.02), (0.78, 0.3), (0.8, 0.74)))
        sewn = [_seam(body, (0.5, 0.18), (0.5, 0.74)), *_buttons(look, 0.28, 0.44, 0.6)]
        return Drawing([], [*stack(body), *fold, *_collar(body), *sewn])
    neck = ((0.5, 0.15), (0.58, 0.12), (0.64, 0.0), (0.77, 0.06))
    right = points(*neck, (1.0, 0.36), (0.87, 0.52), (0.78, 0.4), (0.78, 1.0), (0.5, 1.0))
    nape = Part(ellipse(0.5, 0.04, 0.15, 0.04), dark(body, 0.4))
    if look.shape == 1:
        right = points(*neck, (0.87, 0.2), (1.0, 0.86), (0.88, 0.92), (0.77, 0.45), (0.78, 1.0), (0.5, 1.0))
    cloth = symmetric(right)
    parts, collar = [nape, Part(cloth, body)], ring(0.5, 0.0, 0.17, 0.18, 0.75, 0)
    if look.shape == 1:
        cuff = Part(points((0.985, 0.78), (1.0, 0.88), (0.88, 0.94), (0.86, 0.84)), look.accent)
        hem = [Part(rectangle(0.22, 0.9, 0.78, 1.0), look.accent), Part(collar, look.accent)]
        return Drawing([], [*parts, *patterned(_inner(cloth), look, 0.3, 0.9), *both(cuff), *hem])
    sleeve = _seam(body, (0.78, 0.4), (0.77, 0.25), (0.8, 0.12))
    if look.shape == 0:
        ribbing = Part(collar, dark(body, 0.15))
        return Drawing([], [*parts, *patterned(_inner(cloth), look, 0.3, 0.95), *both(sleeve), ribbing])
    pocket = Part(points((0.58, 0.42), (0.72, 0.42), (0.72, 0.56), (0.65, 0.6), (0.58, 0.56)), light(body, 0.2))
    sewn = [_seam(body, (0.5, 0.18), (0.5, 0.98)), *_buttons(look, 0.3, 0.48, 0.66, 0.84), pocket]
    return Drawing([], [*parts, *both(sleeve), *_collar(body), *sewn])


def _inner(cloth: Points) -> Points:
    """The trunk of a shirt, without its sleeves."""
    return across(between(cloth, 0.16, 1.0), 0.22, 0.78)


def trousers(look: Look, item: SceneObject) -> Drawing:
    body = look.body
    band = Part(rectangle(0.14, 0.0, 0.86, 0.09), dark(body, 0.2))
    button = Part(ellipse(0.5, 0.045, 0.035, 0.026), GOLD)
    pocket = _seam(body, (0.72, 0.1), (0.74, 0.2), (0.86, 0.24))
    if "folded" in item.states:
        belt = [Part(rectangle(0.02, 0.0, 0.98, 0.12, 0.04), dark(body, 0.2))]
        belt += both(Part(rectangle(0.8, 0.0, 0.86, 0.14), light(body, 0.2)))
        rear = Part(points((0.58, 0.24), (0.88, 0.24), (0.88, 0.44), (0.73, 0.52), (0.58, 0.44)), light(body, 0.2))
        return Drawing([], [*stack(body), *belt, *both(rear), _seam(body, (0.5, 0.12), (0.5, 0.74)), button])
    knee, hem, inside = ((0.94, 1.0, 0.58), (0.84, 1.0, 0.56), (0.96, 0.88, 0.6))[look.shape]
    leg = points((0.9, 0.25), (knee, 0.6), (hem, 1.0), (inside, 1.0), (0.53, 0.42), (0.5, 0.38))
    cloth = Part(symmetric(np.concatenate([points((0.5, 0.0), (0.86, 0.0)), leg])), body)
    fly = _seam(body, (0.5, 0.09), (0.5, 0.38))
    if look.shape == 2:
        cuffs = both(Part(rectangle(0.59, 0.93, 0.9, 1.0, 0.02), look.accent))
        strings = both(_seam(look.accent, (0.5, 0.06), (0.54, 0.14), (0.55, 0.24)))
        stripe = points((0.82, 0.1), (0.86, 0.1), (0.94, 0.6), (0.87, 0.93), (0.82, 0.93), (0.89, 0.6))
        return Drawing(
            [], [cloth, *both(Part(stripe, look.accent, ink=False)), Part(band.points, look.accent), *cuffs, *strings]
        )
    turn = both(Part(points((hem - 0.02, 0.92), (hem, 1.0), (inside, 1.0), (inside - 0.01, 0.92)), light(body, 0.35)))
    crease = both(_seam(body, (0.72, 0.4), (0.76, 0.96)))
    return Drawing([], [cloth, band, fly, *both(pocket), button, *(turn if look.shape == 0 else crease)])


def shoe(look: Look, item: SceneObject) -> Drawing:
    body = look.body
    if look.shape == 2:
        shaft = ((0.46, 0.36), (0.46, 0.04), (0.97, 0.04), (0.94, 0.4))
        upper = smooth(*shaft, (0.96, 0.88), (0.05, 0.88), (0.06, 0.6), (0.3, 0.46))
        tread = points((0.0, 0.86), (1.0, 0.86), (1.0, 1.0), (0.68, 1.0), (0.64, 0.94), (0.56, 1.0), (0.0, 1.0))
        laces = [_seam(body, (0.4, y), (0.54, y + 0.06)) for y in (0.22, 0.36, 0.5)]
        trim = [Part(tread, dark(body, 0.6)), Part(rectangle(0.44, 0.0, 1.0, 0.16, 0.05), look.accent)]
        return Drawing([], [Part(upper, body), *trim, *laces])
    front = ((0.58, 0.04), (0.48, 0.26), (0.2, 0.46), (0.05, 0.68), (0.06, 0.88))
    upper = smooth(*front, (0.95, 0.88), (0.96, 0.5), (0.93, 0.02), (0.78, 0.16))
    toe = smooth((0.22, 0.48), (0.05, 0.68), (0.05, 0.87), (0.26, 0.88), (0.28, 0.64))
    shell = [Part(ellipse(0.75, 0.1, 0.2, 0.09), dark(body, 0.45)), Part(upper, body)]
    steps = (0.0, 0.08, 0.16)
    if look.shape == 1:
        tread = points((0.0, 0.86), (1.0, 0.86), (1.0, 1.0), (0.7, 1.0), (0.66, 0.94), (0.0, 0.94))
        laces = [_seam(body, (0.4 + d, 0.38 - d), (0.5 + d, 0.5 - d)) for d in steps]
        caps = [Part(toe, dark(body, 0.25)), _seam(body, (0.72, 0.2), (0.66, 0.5), (0.7, 0.86))]
        return Drawing([], [*shell, *caps, *laces, Part(tread, INSIDE), shine(0.12, 0.68, 0.04, 0.05)])
    sole = [Part(rectangle(0.0, 0.82, 1.0, 1.0, 0.08), RUBBER), _seam(RUBBER, (0.04, 0.91), (0.96, 0.91))]
    laces = [line(points((0.34 + d, 0.4 - d), (0.46 + d, 0.54 - d)), RUBBER) for d in steps]
    badge = Part(points((0.6, 0.78), (0.68, 0.78), (0.84, 0.4), (0.76, 0.4)), look.accent)
    return Drawing([], [*shell, Part(toe, RUBBER), *sole, badge, *laces])


def sock(look: Look, item: SceneObject) -> Drawing:
    body, accent = look.body, look.accent
    if "folded" in item.states:
        ball = smooth((0.0, 0.56), (0.2, 0.1), (0.6, 0.03), (0.95, 0.3), (0.95, 0.76), (0.6, 0.98), (0.16, 0.92))
        cuff = smooth((0.58, 0.02), (0.84, 0.08), (1.0, 0.5), (0.84, 0.92), (0.58, 0.98), (0.72, 0.5))
        rib = _seam(accent, (0.84, 0.1), (0.93, 0.5), (0.84, 0.9))
        coil = _seam(body, (0.5, 0.5), (0.36, 0.42), (0.24, 0.54), (0.36, 0.7), (0.56, 0.66), (0.6, 0.42), (0.4, 0.26))
        return Drawing([], [Part(ball, body), Part(cuff, accent), rib, coil])
    slim = (0.0, 0.06, -0.02)[look.shape]
    foot = ((0.96, 0.62), (0.93, 0.88), (0.7, 1.0), (0.2, 1.0), (0.0, 0.86), (0.08, 0.7), (0.36, 0.6))
    cloth = smooth((0.94, 0.02), *foot, (0.42 + slim, 0.44), (0.42 + slim, 0.02), closed=False)
    toe = Part(across(cloth, -0.1, 0.2), accent)
    heel = Part(smooth((0.95, 0.58), (0.92, 0.89), (0.76, 0.98), (0.7, 0.82), (0.8, 0.64)), accent)
    top = [Part(rectangle(0.38 + slim, 0.0, 0.98, 0.16, 0.03), accent)]
    top += [_seam(accent, (x + slim / 2, 0.03), (x + slim / 2, 0.13)) for x in (0.53, 0.68, 0.83)]
    if look.shape == 2:
        top = [Part(rectangle(0.3, 0.0, 1.0, 0.2, 0.09), RUBBER)]
    bands = [Part(between(cloth, y, y + 0.07), accent, ink=False) for y in (0.24, 0.4)] if look.shape == 1 else []
    return Drawing([], [Part(cloth, body), *bands, toe, heel, *top])


def hat(look: Look, item: SceneObject) -> Drawing:
    body, accent = look.body, look.accent
    if look.shape == 1:
        dome = smooth((0.22, 0.8), (0.26, 0.36), (0.6, 0.06), (0.94, 0.36), (0.98, 0.8), (0.6, 0.86))
        visor = smooth((0.24, 0.74), (0.56, 0.82), (0.52, 0.94), (0.16, 1.0), (0.0, 0.92), (0.08, 0.8))
        seams = [_seam(body, (0.6, 0.08), (x, 0.4), (x, 0.8)) for x in (0.5, 0.78)]
        knob = Part(ellipse(0.6, 0.05, 0.05, 0.05), accent)
        return Drawing([], [knob, Part(dome, body), *seams, Part(visor, accent), shine(0.36, 0.36, 0.04, 0.1)])
    if look.shape == 2:
        dome = smooth((0.06, 0.8), (0.14, 0.4), (0.5, 0.16), (0.86, 0.4), (0.94, 0.8), (0.5, 0.84))
        ribs = [_seam(body, (x, 0.74), (x, 0.96)) for x in np.linspace(0.12, 0.88, 7)]
        pompom = ellipse(0.5, 0.14, 0.12, 0.14)
        brim = Part(rectangle(0.0, 0.68, 1.0, 1.0, 0.08), light(body, 0.2))
        return Drawing([], [Part(dome, body), *patterned(dome, look, 0.25, 0.7), Part(pompom, accent), brim, *ribs])
    crown = smooth((0.22, 0.84), (0.25, 0.3), (0.36, 0.02), (0.5, 0.1), (0.64, 0.02), (0.75, 0.3), (0.78, 0.84))
    back = Part(ellipse(0.5, 0.8, 0.5, 0.2), dark(body, 0.2))
    upper = ((0.0, 0.76), (0.22, 0.84), (0.5, 0.87), (0.78, 0.84), (1.0, 0.76))
    brim = Part(smooth(*upper, (0.84, 0.95), (0.5, 1.0), (0.16, 0.95)), body)
    felt = [Part(crown, body), Part(between(crown, 0.58, 0.82), accent), _seam(body, (0.5, 0.1), (0.5, 0.36))]
    return Drawing([], [back, *felt, brim])


def tie(look: Look, item: SceneObject) -> Drawing:
    body = look.body
    top = 0.16 if look.shape == 2 else 0.0
    end = ((1.0, 0.84), (0.5, 1.0)) if look.shape != 1 else ((0.94, 1.0), (0.5, 1.0))
    blade = symmetric(points((0.5, top + 0.1), (0.66, top + 0.1), *end))
    knot = Part(points((0.2, top), (0.8, top), (0.68, top + 0.13), (0.32, top + 0.13)), dark(body, 0.15))
    middle = (blade - 0.5) * [0.88, 0.97] + 0.5
    strips = [_slant(middle, 0.12, y, y + 0.06) for y in (0.34, 0.54, 0.74, 0.94)] if look.shape != 1 else []
    marks = [Part(strip, look.accent, ink=False) for strip in strips if len(strip) > 2]
    if look.shape == 1:
        marks = [Part(between(middle, y, y + 0.05), look.accent, ink=False) for y in (0.78, 0.88)]
    loop = [Part(ring(0.5, 0.18, 0.5, 0.18, 0.7), dark(body, 0.2))] if look.shape == 2 else []
    return Drawing([], [*loop, Part(blade, body), *marks, knot])


def backpack(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.25)
    sides = both(Part(rectangle(0.86, 0.56, 1.0, 0.94, 0.05), shade))
    loop = Part(ring(0.5, 0.12, 0.14, 0.12, 0.6), shade)
    top = ((0.09, 0.4), (0.18, 0.14), (0.5, 0.05), (0.82, 0.14), (0.91, 0.4))
    pack = smooth(*top, (0.92, 0.9), (0.86, 1.0), (0.14, 1.0), (0.08, 0.9))
    pocket = [Part(rectangle(0.2, 0.58, 0.8, 0.94, 0.07), light(body, 0.18)), _seam(body, (0.26, 0.67), (0.74, 0.67))]
    pocket.append(Part(rectangle(0.66, 0.65, 0.7, 0.74), look.accent))
    if "open" in item.states:
        lid = Part(smooth((0.12, 0.28), (0.2, 0.04), (0.5, 0.0), (0.8, 0.04), (0.88, 0.28)), shade)
        books = [Part(rectangle(0.3, 0.12, 0.52, 0.5), look.accent), Part(rectangle(0.5, 0.18, 0.7, 0.5), RUBBER)]
        mouth = Part(ellipse(0.5, 0.31, 0.4, 0.1), INSIDE)
        return Drawing([], [*sides, lid, mouth, *books, Part(between(pack, 0.34, 1.0), body), *pocket])
    if look.shape == 1:
        flap = smooth((0.08, 0.34), (0.16, 0.1), (0.5, 0.02), (0.84, 0.1), (0.92, 0.34), (0.86, 0.5), (0.14, 0.5))
        strap = [Part(rectangle(0.64, 0.34, 0.73, 0.7), look.accent), Part(rectangle(0.62, 0.54, 0.75, 0.62), GOLD)]
        return Drawing([], [loop, *sides, Part(pack, body), pocket[0], Part(flap, shade), *both(*strap)])
    zipper = _seam(body, (0.2, 0.5), (0.22, 0.24), (0.5, 0.16), (0.78, 0.24), (0.8, 0.5))
    if look.shape == 2:
        pocket = [Part(ellipse(0.5, 0.72, 0.3, 0.2), look.accent)]
        pocket += [_seam(look.accent, (0.24, 0.68), (0.5, 0.63), (0.76, 0.68))]
    return Drawing([], [loop, *sides, Part(pack, body), zipper, *pocket])


def handbag(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, dark(look.body, 0.3)
    sides = ((0.86, 0.38), (0.93, 0.6), (1.0, 0.96), (0.9, 1.0), (0.1, 1.0), (0.0, 0.96), (0.07, 0.6), (0.14, 0.38))
    sack, handle = smooth(*sides), ring(0.5, 0.4, 0.28, 0.4, 0.78)
    if look.shape == 1:
        sack = smooth((0.1, 0.42), (0.5, 0.38), (0.9, 0.42), (1.0, 0.78), (0.86, 0.99), (0.14, 0.99), (0.0, 0.78))
        handle = ring(0.5, 0.46, 0.42, 0.46, 0.86)
    if look.shape == 2:
        sack, handle = points((0.02, 0.36), (0.98, 0.36), (0.92, 1.0), (0.08, 1.0)), ring(0.5, 0.4, 0.26, 0.4, 0.8)
    parts = [Part(handle, shade), Part(sack, body), *patterned(sack, look, 0.5, 1.0)]
    if "open" in item.states:
        mouth = [Part(ellipse(0.5, 0.4, 0.4, 0.1), INSIDE), Part(rectangle(0.28, 0.24, 0.46, 0.44, 0.02), look.accent)]
        lip = np.concatenate([ellipse(0.5, 0.4, 0.4, 0.1, 0, 180), points((0.07, 0.6), (0.93, 0.6))])
        clasp = Part(ellipse(0.5, 0.58, 0.05, 0.055), GOLD)
        return Drawing([], [*parts[:2], *mouth, Part(lip, light(body, 0.15)), clasp])
    if look.shape == 2:
        studs = both(Part(ellipse(0.73, 0.46, 0.03, 0.032), GOLD))
        return Drawing([], [*parts, *studs, Part(rectangle(0.0, 0.36, 1.0, 0.42), shade)])
    if look.shape == 1:
        zipper = [_seam(body, (0.16, 0.52), (0.5, 0.48), (0.84, 0.52))]
        zipper.append(Part(points((0.78, 0.52), (0.84, 0.52), (0.86, 0.72), (0.76, 0.72)), look.accent))
        return Drawing([], [*parts, *zipper, shine(0.18, 0.68, 0.05, 0.08)])
    flap = smooth((0.12, 0.4), (0.5, 0.36), (0.88, 0.4), (0.84, 0.62), (0.5, 0.74), (0.16, 0.62))
    return Drawing([], [*parts, Part(flap, light(body, 0.15)), Part(ellipse(0.5, 0.7, 0.06, 0.065), GOLD)])


def suitcase(look: Look, item: SceneObject) -> Drawing:
    body, shade, leather = look.body, dark(look.body, 0.3), (122, 82, 56)
    if "open" in item.states:
        lid = [Part(rectangle(0.04, 0.0, 0.96, 0.62, 0.05), body)]
        lid.append(Part(rectangle(0.1, 0.06, 0.9, 0.62, 0.03), light(look.accent, 0.6)))
        heights = ((0.12, 0.44, (226, 120, 96)), (0.37, 0.5, RUBBER), (0.62, 0.46, (98, 148, 196)))
        piles = [Part(rectangle(x, y, x + 0.26, 0.7, 0.04), rgb) for x, y, rgb in heights]
        tray = [
            Part(rectangle(0.0, 0.6, 1.0, 1.0, 0.05), body),
            Part(ring(0.5, 0.78, 0.14, 0.12, 0.65, 0), shade),
        ]
        return Drawing([], [*lid, *piles, *tray, *both(Part(rectangle(0.76, 0.6, 0.86, 0.7), GOLD))])
    case = Part(rectangle(0.0, 0.2, 1.0, 0.95, 0.07), body)
    feet = both(Part(rectangle(0.78, 0.92, 0.9, 1.0, 0.02), INSIDE))
    grip = Part(ring(0.5, 0.22, 0.2, 0.22, 0.7), leather)
    if look.shape == 1:
        posts = points((0.5, 0.0), (0.7, 0.0), (0.7, 0.24), (0.64, 0.24), (0.64, 0.07), (0.5, 0.07))
        wheels = both(Part(ellipse(0.84, 0.94, 0.06, 0.06), INSIDE))
        ribs = [Part(rectangle(x, 0.26, x + 0.05, 0.89, 0.02), dark(body, 0.15)) for x in (0.16, 0.38, 0.57, 0.79)]
        pull = Part(symmetric(posts), METAL)
        return Drawing([], [*wheels, pull, case, *ribs, shine(0.08, 0.4, 0.02, 0.1)])
    if look.shape == 2:
        seam = [
            Part(rectangle(0.0, 0.5, 1.0, 0.57), shade),
            *both(Part(rectangle(0.72, 0.46, 0.84, 0.62, 0.02), GOLD)),
        ]
        return Drawing([], [*feet, grip, case, *seam, Part(rectangle(0.4, 0.64, 0.6, 0.76, 0.02), look.accent)])
    corners = both(*[Part(points((1.0, y), (1.0, z), (0.84, y)), leather) for y, z in ((0.22, 0.42), (0.93, 0.73))])
    straps = both(Part(rectangle(0.68, 0.2, 0.76, 0.95), leather), Part(rectangle(0.66, 0.5, 0.78, 0.6), GOLD))
    sticker = Part(ellipse(0.46, 0.62, 0.09, 0.11), look.accent)
    return Drawing([], [*feet, grip, case, *corners, *straps, sticker])


def umbrella(look: Look, item: SceneObject) -> Drawing:
    deep, count = ((0.55, 4), (0.5, 6), (0.46, 6))[look.shape]
    hook = ring(0.585, 0.9, 0.1, 0.1, 0.5, -10, 200)
    shaft = [Part(rectangle(0.485, 0.0, 0.515, 0.94), METAL), Part(hook, WOOD)]
    if look.shape == 2:
        knob = Part(ellipse(0.5, 0.03, 0.035, 0.03), look.accent)
        shaft = [Part(rectangle(0.47, 0.0, 0.53, 1.0), light(WOOD)), knob]
    t = np.radians(np.linspace(0, 90, 17))
    curve = np.column_stack([np.sin(t), (0.06 - deep) * np.cos(t) + deep])
    ribs = [curve * [x - 0.5, 1] + [0.5, 0] for x in np.linspace(0, 1, count + 1)]
    panels = []
    for i, (left, right) in enumerate(zip(ribs, ribs[1:], strict=False)):
        scallop = ellipse((i + 0.5) / count, deep, 0.5 / count, 0.06, 180, 360 if look.shape < 2 else 0)
        rgb = look.body if i % 2 else dark(look.body, 0.15)
        rgb = look.accent if look.shape and i in (1, 4) else rgb
        panels.append(Part(np.concatenate([left, scallop, right[::-1]]), rgb))
    return Drawing([], [*shaft, *panels])
