"""Drawings of animals."""

import numpy as np

from models.scene_diffusion.drawings.insects import bee as bee
from models.scene_diffusion.drawings.limbs import (
    INK,
    WHITE,
    ball,
    beast,
    eye_at,
    fitted,
    grown,
    limb,
    markings,
    smile,
    unlike,
)
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    both,
    curve,
    dark,
    ellipse,
    light,
    line,
    mix,
    points,
    rectangle,
    smooth,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

PINK = (240, 158, 164)
RED = (214, 64, 58)
BEAK = (242, 162, 56)


def bird(look: Look, item: SceneObject) -> Drawing:
    wing = Part(smooth((0.46, 0.46), (0.7, 0.44), (0.94, 0.58), (0.66, 0.72), (0.48, 0.64)), unlike(look.body, 0.25))
    beak = Part(points((0.16, 0.19), (0.0, 0.28), (0.16, 0.35)), BEAK)
    feet = [line(points((x, 0.72), (x, 0.93), (x - 0.1, 0.95), (x + 0.06, 0.95)), dark(BEAK)) for x in (0.46, 0.62)]
    eye = eye_at(0.27, 0.21, 0.035)
    if look.shape == 1:
        comb = grown(RED, *[ellipse(x, y, 0.065, 0.065) for x, y in ((0.24, 0.1), (0.33, 0.07), (0.41, 0.12))])
        plumes = [limb((0.8, 0.5, 0.14), (0.95, y, 0.08), (1.02, y - 0.1, 0.06)) for y in (0.3, 0.44)]
        neck = limb((0.32, 0.25, 0.16), (0.36, 0.42, 0.18), (0.5, 0.58, 0.26))
        hide = grown(look.body, neck, ellipse(0.6, 0.57, 0.33, 0.26), *plumes)
        return fitted([*feet, comb, beak, hide, ball(RED, 0.19, 0.42, 0.06, 0.08), wing, *eye])
    if look.shape == 2:
        feet = [Part(points((x, 0.8), (x + 0.08, 0.95), (x - 0.16, 0.95)), BEAK) for x in (0.5, 0.7)]
        bill = grown(BEAK, limb((0.2, 0.27, 0.06), (0.06, 0.3, 0.055)))
        rump = limb((0.46, 0.6, 0.24), (0.7, 0.66, 0.22), (0.86, 0.62, 0.1), (1.06, 0.46, 0.03))
        hide = grown(look.body, limb((0.32, 0.2, 0.19), (0.4, 0.45, 0.14), (0.46, 0.6, 0.24)), rump)
        ring = markings(look.accent, hide, limb((0.2, 0.42, 0.04), (0.56, 0.38, 0.04)))
        return fitted([*feet, bill, hide, *ring, wing, *eye], mirrored=True)
    tail = points((0.72, 0.5), (1.06, 0.42), (1.1, 0.56), (0.76, 0.7))
    hide = grown(look.body, ellipse(0.34, 0.25, 0.24, 0.24), limb((0.42, 0.5, 0.3), (0.68, 0.6, 0.18)), tail)
    belly = markings(light(look.body, 0.55), hide, ellipse(0.3, 0.68, 0.26, 0.24))
    return fitted([*feet, beak, hide, *belly, wing, *eye])


def cat(look: Look, item: SceneObject) -> Drawing:
    body, shade, pale = look.body, unlike(look.body, 0.3), light(look.body, 0.6)
    face = _cat_face(body, pale)
    if look.shape == 1:
        trunk = [limb((1.08, 0.8, 0.07), (1.24, 0.5, 0.07), (1.16, 0.2, 0.06), (1.24, 0.08, 0.055))]
        trunk += [limb((0.42, 0.85, 0.24), (1.0, 0.86, 0.22))]
        parts, hide = beast(body, trunk, (0.28, 1.1), (0.46, 0.94), (0.95, 1.4, 0.09))
        stripes = markings(shade, hide, *[limb((x, 0.5, 0.035), (x, 0.85, 0.03)) for x in (0.76, 0.9, 1.04)])
        return fitted([*parts, *stripes, *[part._replace(points=part.points - [0.22, 0]) for part in face]])
    tail = grown(body, limb((0.85, 1.32, 0.075), (1.18, 1.25, 0.075), (1.2, 0.95, 0.07), (1.08, 0.78, 0.06)))
    chest = Part(smooth((0.42, 0.6), (0.78, 0.6), (0.98, 1.15), (0.92, 1.38), (0.28, 1.38), (0.22, 1.15)), body)
    marks = both(*markings(shade, chest, *[limb((0.1, y, 0.03), (0.34, y + 0.04, 0.03)) for y in (0.95, 1.1)]), cx=0.6)
    if look.shape == 2:
        marks = [*markings(pale, chest, ellipse(0.6, 0.85, 0.2, 0.3)), ball(look.accent, 0.6, 0.76, 0.2, 0.06)]
    leg = line(points((0.5, 1.0), (0.5, 1.3)), unlike(body))
    paw = ball(pale if look.shape else body, 0.46, 1.33, 0.13, 0.075)
    return fitted([tail, chest, *marks, *both(leg, paw, cx=0.6), *face], look.shape == 2)


def _cat_face(rgb: RGB, pale: RGB) -> list[Part]:
    """A cat's head from the front."""
    ears = [points((0.6 + s * 0.33, 0.44), (0.6 + s * 0.33, 0.01), (0.6 + s * 0.05, 0.2)) for s in (-1, 1)]
    lobe = Part(points((0.88, 0.28), (0.89, 0.1), (0.75, 0.2)), PINK, ink=False)
    whiskers = [line(points((0.8, 0.57 + d), (1.0, 0.53 + 2 * d)), unlike(rgb)) for d in (0.0, 0.05)]
    nose = Part(points((0.55, 0.5), (0.65, 0.5), (0.6, 0.56)), PINK)
    sides = both(lobe, ball(pale, 0.68, 0.58, 0.1, 0.08, ink=False), *whiskers, *eye_at(0.75, 0.42, 0.055), cx=0.6)
    return [grown(rgb, ellipse(0.6, 0.44, 0.36, 0.29), *ears), *sides, nose]


def dog(look: Look, item: SceneObject) -> Drawing:
    body, shade = look.body, unlike(look.body, 0.35)
    collar = grown(look.accent, limb((0.4, 0.68, 0.05), (0.8, 0.56, 0.05)))
    tongue = Part(smooth((0.12, 0.54), (0.24, 0.54), (0.22, 0.74), (0.14, 0.74)), PINK)
    head = grown(body, ellipse(0.42, 0.36, 0.28, 0.28), limb((0.35, 0.42, 0.17), (0.12, 0.47, 0.12)))
    ear = Part(smooth((0.5, 0.16), (0.64, 0.2), (0.74, 0.5), (0.64, 0.64), (0.52, 0.5)), shade)
    tail = limb((1.3, 0.72, 0.08), (1.48, 0.55, 0.07), (1.56, 0.3, 0.045))
    if look.shape == 2:
        ear = Part(points((0.36, 0.14), (0.5, -0.08), (0.64, 0.26)), shade)
        tail = limb((1.3, 0.7, 0.09), (1.5, 0.5, 0.09), (1.44, 0.28, 0.08), (1.3, 0.34, 0.06))
    face = [collar, tongue, head, ball(INK, 0.03, 0.4, 0.075, 0.06), *eye_at(0.32, 0.29), ear]
    if look.shape == 1:
        behind = grown(body, limb((1.2, 1.3, 0.08), (1.45, 1.26, 0.07), (1.58, 1.02, 0.05)))
        back = limb((0.56, 0.5, 0.2), (0.64, 0.8, 0.26), (0.95, 1.05, 0.32))
        thigh = Part(smooth((0.85, 1.4), (0.78, 1.1), (1.0, 0.86), (1.24, 1.05), (1.26, 1.4)), body)
        paws = [ball(body, x, 1.33, 0.14, 0.075) for x in (0.45, 0.82)]
        return fitted([behind, grown(body, back, limb((0.5, 0.8, 0.1), (0.5, 1.3, 0.1))), thigh, *paws, *face])
    trunk = [limb((0.6, 0.5, 0.17), (0.64, 0.76, 0.24), (1.0, 0.78, 0.2), (1.3, 0.8, 0.21)), tail]
    parts, hide = beast(body, trunk, (0.54, 1.38), (0.74, 1.2), (0.9, 1.4, 0.09))
    patch = markings(shade, hide, ellipse(1.05, 0.66, 0.2, 0.16)) if look.shape == 2 else []
    return fitted([*parts, *patch, *face], look.shape == 2)


def rabbit(look: Look, item: SceneObject) -> Drawing:
    body, pale = look.body, light(look.body, 0.55)
    if look.shape == 1:
        long = [limb((0.34, 0.45, 0.08), (0.4 + d, 0.25, 0.1), (0.48 + 2 * d, 0.08, 0.06)) for d in (0.12, 0.0)]
        belly = grown(body, ellipse(0.3, 0.6, 0.25, 0.22), limb((0.42, 0.85, 0.22), (0.72, 0.88, 0.36)))
        haunch = Part(smooth((0.6, 1.22), (0.56, 0.95), (0.76, 0.8), (0.98, 0.95), (0.98, 1.22)), body)
        feet = [ball(body, 0.36, 1.22, 0.14, 0.08), ball(body, 0.72, 1.22, 0.22, 0.08)]
        face = [ball(PINK, 0.06, 0.58, 0.045), *eye_at(0.24, 0.54)]
        behind = [grown(dark(body, 0.15), long[0]), ball(pale, 1.07, 1.0, 0.12), grown(body, long[1])]
        return fitted([*behind, belly, haunch, *feet, *face])
    ear = limb((0.44, 0.5, 0.09), (0.38, 0.22, 0.11), (0.36, 0.1, 0.07))
    ears = both(grown(body, ear), grown(PINK, ear * [1, 1, 0.5])._replace(ink=False), cx=0.55)
    if look.shape == 2:
        bent = limb((0.44, 0.5, 0.09), (0.38, 0.2, 0.1), (0.12, 0.3, 0.08))
        ears[:2] = [grown(body, bent), grown(PINK, bent * [1, 1, 0.5])._replace(ink=False)]
    trunk = Part(smooth((0.36, 0.7), (0.74, 0.7), (0.92, 1.1), (0.8, 1.28), (0.3, 1.28), (0.18, 1.1)), body)
    arm = grown(body, limb((0.34, 0.9, 0.08), (0.46, 1.04, 0.075)))
    fur = [ball(pale, 1.0, 1.08, 0.11), trunk, ball(pale, 0.55, 1.04, 0.2, 0.2, ink=False)]
    cheek = ball(pale, 0.47, 0.68, 0.09, 0.075, ink=False)
    head = [ball(body, 0.55, 0.58, 0.3, 0.25), Part(rectangle(0.5, 0.7, 0.6, 0.78), WHITE)]
    nose = Part(points((0.49, 0.6), (0.61, 0.6), (0.55, 0.67)), PINK)
    feet = both(arm, ball(body, 0.28, 1.22, 0.19, 0.08), cx=0.55)
    return fitted([*ears, *fur, *feet, *head, *both(cheek, *eye_at(0.42, 0.54), cx=0.55), nose])


def _steed(look: Look, muzzle: RGB, mane: RGB) -> tuple[list[Part], Part, list[Part]]:
    """The parts of a horse or zebra, the hide among them, and its mane and face; the third shape is a stout pony."""
    stout = 0.06 if look.shape == 2 else 0.0
    trunk = [limb((0.82, 0.9, 0.27 + stout), (1.25, 0.94, 0.25 + stout), (1.66, 0.88, 0.29 + stout))]
    trunk += [limb((0.74, 0.82, 0.27), (0.52, 0.48, 0.19), (0.42, 0.26, 0.15))]
    trunk += [limb((0.4, 0.28, 0.16 + 0.4 * stout), (0.12, 0.5, 0.11))]
    parts, hide = beast(look.body, trunk, (0.68, 1.8), (0.9, 1.58), (1.0, 1.9, 0.085 + 0.3 * stout), dark(muzzle, 0.5))
    tail = grown(mane, limb((1.9, 0.75, 0.06), (2.06, 1.0, 0.09), (2.1, 1.4 + 6 * stout, 0.05)))
    crest = smooth((0.34, 0.08), (0.5, 0.02), (0.7 + stout, 0.3), (0.88 + stout, 0.62), (0.76, 0.72), (0.56, 0.4))
    ear = Part(points((0.38, 0.17), (0.42, -0.05), (0.54, 0.17)), look.body)
    fringe = [Part(smooth((0.4, 0.06), (0.5, 0.14), (0.36, 0.24), (0.22, 0.3), (0.28, 0.14)), mane)] if stout else []
    snout = [ball(muzzle, 0.12, 0.5, 0.12, 0.11), ball(INK, 0.08, 0.5, 0.025, ink=False)]
    return [tail, *parts], hide, [Part(crest, mane), ear, *fringe, *snout, *eye_at(0.32, 0.3)]


def horse(look: Look, item: SceneObject) -> Drawing:
    parts, _, face = _steed(look, unlike(look.body, 0.25), unlike(look.body))
    saddle = smooth((1.05, 0.66), (1.15, 0.7), (1.36, 0.7), (1.48, 0.62), (1.5, 0.94), (1.28, 1.06), (1.06, 0.94))
    tack = [Part(saddle, look.accent), line(points((1.28, 1.04), (1.28, 1.18)), dark(look.accent))]
    return fitted([*parts, *(tack if look.shape == 1 else []), *face], look.shape == 1)


def zebra(look: Look, item: SceneObject) -> Drawing:
    parts, hide, face = _steed(look, (92, 88, 96), INK)
    bars = [limb((x, 0.5, 0.05), (x + 0.06, 0.88, 0.05), (x, 1.16, 0.02)) for x in np.arange(0.98, 2.0, 0.2)]
    slants = ((0.24, 0.44), (0.3, 0.6), (0.36, 0.76), (0.42, 0.93))
    bars += [limb((x, y, 0.035), (x + 0.3, y + 0.02, 0.04), (x + 0.44, y - 0.1, 0.02)) for x, y in slants]
    bars += [rectangle(x - 0.2, y, x + 0.2, y + 0.07) for x in (0.68, 1.8) for y in (1.26, 1.42, 1.58)]
    return fitted([*parts, *markings(INK, hide, *bars, ink=True), *face], look.shape == 1)


def sheep(look: Look, item: SceneObject) -> Drawing:
    face = (84, 76, 80) if sum(look.body) > 330 else (222, 198, 176)
    horns: list[Part] = []
    x, y = ((0.28, 0.5), (0.36, 0.5), (0.26, 0.8))[look.shape]
    puffs = [ellipse(0.95 + 0.56 * np.cos(a), 0.58 + 0.33 * np.sin(a), 0.22, 0.22) for a in np.arange(0, 6.2, 0.57)]
    parts, _ = beast(face, [ellipse(0.95, 0.6, 0.5, 0.3)], (0.66, 1.34), (0.88, 1.14), (0.85, 1.3, 0.07), dark(face))
    wool = [grown(look.body, ellipse(0.95, 0.58, 0.58, 0.36), *puffs)]
    curls = [ellipse(x, y, 0.09, 0.08, 20, 230) for x, y in ((0.9, 0.4), (1.25, 0.5), (1.0, 0.72))]
    wool += [line(curl, unlike(look.body, 0.2)) for curl in curls]
    skull = ((-0.2, -0.16), (0.2, -0.16), (0.14, 0.22), (0.0, 0.3), (-0.14, 0.22))
    head = Part(smooth(*skull) + [x, y], face)
    tuft = grown(look.body, *[ellipse(x + d, y - 0.2, 0.1, 0.1) for d in (-0.12, 0.0, 0.12)])
    if look.shape == 1:
        curl = ((0.1, -0.2, 0.06), (0.28, -0.3, 0.06), (0.36, -0.08, 0.05), (0.24, 0.04, 0.03))
        horns = both(grown((214, 186, 140), limb(*[(x + a, y + b, r) for a, b, r in curl])), cx=x)
    ears = both(ball(face, x + 0.24, y - 0.08, 0.12, 0.06), cx=x)
    return fitted([*parts, *wool, *ears, head, *horns, tuft, *both(*eye_at(x - 0.09, y), cx=x)], look.shape == 2)


def cow(look: Look, item: SceneObject) -> Drawing:
    body, marks, x, y = look.body, unlike(look.body, 0.7), 0.38, (0.5, 0.5, 0.75)[look.shape]
    trunk = [rectangle(0.5, 0.4, 1.98, 1.12, 0.2), limb((0.46, y + 0.05, 0.22), (0.8, 0.7, 0.25))]
    parts, hide = beast(body, trunk, (0.66, 1.84), (0.9, 1.6), (1.0, 1.6, 0.1), INK)
    tail = [grown(body, limb((1.92, 0.5, 0.045), (2.1, 0.75, 0.04), (2.08, 1.1, 0.04)))]
    tail += [Part(smooth((2.06, 1.04), (2.18, 1.22), (2.08, 1.4), (1.98, 1.22)), marks)]
    udder = ball(PINK, 1.34, 1.12, 0.2, 0.15)
    patches = (1.5, 0.8, 0.26), (1.0, 0.5, 0.22), (1.95, 0.45, 0.22), (0.8, 1.05, 0.16)
    shown = patches[: 1 if look.shape == 1 else 4]
    spots = markings(marks, hide, *[ellipse(a, b, r, 0.2) for a, b, r in shown], ink=True)
    horn = limb((x + 0.16, y - 0.28, 0.06), (x + 0.26, y - 0.38, 0.05), (x + 0.22, y - 0.46, 0.03))
    sides = both(grown((240, 226, 196), horn), ball(marks, x + 0.3, y - 0.16, 0.12, 0.07), cx=x)
    skull = smooth((-0.22, -0.28), (0.22, -0.28), (0.2, 0.2), (0.0, 0.36), (-0.2, 0.2)) + [x, y]
    cone = points((0.29, 0.84), (0.47, 0.84), (0.54, 1.1), (0.22, 1.1))
    bell = [ball(INK, 0.38, 1.12, 0.05), Part(cone, look.accent)]
    head = [*(bell if look.shape == 1 else []), *sides, Part(skull, body), ball(PINK, x, y + 0.22, 0.25, 0.17)]
    face = both(ball(INK, x + 0.09, y + 0.2, 0.035, 0.045, ink=False), *eye_at(x + 0.12, y - 0.08), cx=x)
    return fitted([*tail, udder, *parts, *spots, *head, *face], look.shape == 2)


def elephant(look: Look, item: SceneObject) -> Drawing:
    trunk = limb((0.48, 0.7, 0.26), (0.24, 1.05, 0.17), (0.22, 1.5, 0.12), (0.08, 1.72, 0.09))
    if look.shape == 1:
        trunk = limb((0.48, 0.75, 0.26), (0.2, 0.9, 0.18), (0.1, 0.5, 0.12), (0.14, 0.16, 0.09), (0.3, 0.09, 0.09))
    shapes = [limb((1.1, 0.78, 0.56), (1.85, 0.85, 0.54)), ellipse(0.72, 0.6, 0.4, 0.4), trunk]
    parts, _ = beast(look.body, shapes, (0.86, 2.14), (1.24, 1.76), (1.1, 2.0, 0.2))
    toes = [x + d for x in (0.86, 2.14) for d in (-0.1, 0.0, 0.1)]
    nails = [ball(light(look.body, 0.6), x, 1.9, 0.05, 0.045, ink=False) for x in toes]
    tail = [grown(look.body, limb((2.3, 0.7, 0.04), (2.5, 0.95, 0.035), (2.52, 1.2, 0.035)))]
    tail += [ball(INK, 2.53, 1.28, 0.07, 0.12)]
    flap = smooth((0.86, 0.24), (1.24, 0.2), (1.44, 0.58), (1.24, 1.0), (1.0, 1.02), (0.84, 0.7))
    ear = Part(flap, dark(look.body, 0.12))
    tusk = Part(smooth((0.44, 0.92), (0.58, 0.96), (0.48, 1.16), (0.24, 1.24), (0.4, 1.08)), WHITE)
    rug = Part(smooth((1.5, 0.26), (1.75, 0.24), (2.02, 0.28), (2.1, 0.8), (1.8, 0.92), (1.46, 0.8)), look.accent)
    rugs = [rug] if look.shape == 2 else []
    return fitted([*tail, *parts, *nails, *rugs, tusk, ear, *eye_at(0.6, 0.52, 0.055)], look.shape == 2)


def bear(look: Look, item: SceneObject) -> Drawing:
    body, pale, x, y = look.body, light(look.body, 0.45), 0.42, (0.62, 0.46, 0.86)[look.shape]
    trunk = [limb((x + 0.1, y, 0.26), (0.78, 0.7, 0.44), (1.4, 0.8, 0.46)), ellipse(1.84, 0.7, 0.09, 0.09)]
    parts, _ = beast(body, trunk, (0.6, 1.62), (0.94, 1.3), (1.0, 1.7, 0.18))
    claws = [ball(WHITE, foot + d, 1.6, 0.03, 0.04, ink=False) for foot in (0.6, 1.62) for d in (-0.1, -0.02, 0.06)]
    ears = both(ball(body, x + 0.25, y - 0.26, 0.12), ball(pale, x + 0.25, y - 0.25, 0.06, ink=False), cx=x)
    head = [ball(body, x, y, 0.36, 0.33), ball(pale, x - 0.04, y + 0.14, 0.19, 0.15)]
    face = [ball(INK, x - 0.04, y + 0.07, 0.08, 0.055), smile(x - 0.04, y + 0.2, 0.07)]
    eyes = both(*eye_at(x - 0.18, y - 0.07), cx=x - 0.04)
    return fitted([*parts, *claws, *ears, *head, *face, *eyes], look.shape == 2)


def giraffe(look: Look, item: SceneObject) -> Drawing:
    brown, body, size = (166, 104, 56), look.body, (0.075, 0.06, 0.09)[look.shape]
    neck = limb((0.6, 1.35, 0.24), (0.46, 0.8, 0.15), (0.4, 0.32, 0.13))
    trunk = [limb((0.62, 1.38, 0.28), (1.2, 1.5, 0.26)), neck, limb((0.38, 0.28, 0.15), (0.11, 0.41, 0.1))]
    parts, hide = beast(body, trunk, (0.5, 1.36), (0.72, 1.14), (1.5, 2.7, 0.075), dark(brown))
    tail = [grown(body, limb((1.4, 1.4, 0.035), (1.55, 1.6, 0.03), (1.57, 1.9, 0.03)))]
    rows = ((0.45, 0.5, 1), (0.44, 0.72, 1), (0.48, 0.94, 2), (0.42, 1.18, 2), (0.42, 1.4, 5), (0.56, 1.6, 4))
    places = [(x + 0.23 * i, y + 0.03 * i) for x, y, count in rows for i in range(count)] + [(0.5, 1.82), (1.36, 1.82)]
    spot = points((-1, -0.9), (0.9, -1), (1, 0.8), (-0.7, 1)) * size
    spots = markings(brown, hide, *[spot + place for place in places])
    mane = Part(smooth((0.52, 0.3), (0.6, 0.5), (0.68, 0.85), (0.86, 1.2), (0.7, 1.15), (0.56, 0.8), (0.5, 0.5)), brown)
    horn = grown(brown, limb((0.35, 0.2, 0.03), (0.35, 0.06, 0.03)), ellipse(0.35, 0.05, 0.055, 0.055))
    face = [ball(body, 0.62, 0.22, 0.12, 0.06), ball(light(brown, 0.5), 0.1, 0.42, 0.11, 0.1), *eye_at(0.32, 0.27)]
    behind = [*tail, ball(brown, 1.57, 1.98, 0.06, 0.13), mane]
    parts = [*behind, *parts, *spots, *both(horn, cx=0.41), *face]
    if look.shape == 1:  # the neck leans forward
        lean = [np.outer((1.35 - part.points[:, 1]).clip(0), (-0.3, 0)) for part in parts]
        parts = [part._replace(points=part.points + shift) for part, shift in zip(parts, lean, strict=True)]
    return fitted(parts, look.shape == 2)


def pig(look: Look, item: SceneObject) -> Drawing:
    body, rosy, x, y = look.body, mix(look.body, PINK, 0.6), 0.38, (0.52, 0.44, 0.62)[look.shape]
    trunk = [limb((0.62, 0.58, 0.36), (1.2, 0.6, 0.38))]
    parts, hide = beast(body, trunk, (0.52, 1.36), (0.74, 1.16), (0.8, 1.2, 0.1), dark(rosy, 0.4))
    curl = (1.52, 0.5), (1.66, 0.44), (1.64, 0.3), (1.54, 0.34), (1.6, 0.48), (1.74, 0.42)
    tail = line(curve(*curl), dark(body, 0.3))
    spots = markings(unlike(body, 0.4), hide, ellipse(1.3, 0.4, 0.2, 0.16), ellipse(0.9, 0.72, 0.15, 0.12), ink=True)
    ear = points((0.08, -0.26), (0.3, -0.42), (0.3, -0.12)) + [x, y]
    if look.shape == 2:
        ear = smooth((0.08, -0.3), (0.28, -0.3), (0.38, -0.02), (0.28, 0.04), (0.2, -0.14)) + [x, y]
    ears = both(Part(ear, dark(body, 0.1)), cx=x)
    snout = [ball(rosy, x, y + 0.1, 0.17, 0.13), *both(ball(dark(rosy, 0.6), x + 0.06, y + 0.1, 0.03, 0.05), cx=x)]
    face = [*both(*eye_at(x + 0.15, y - 0.08), cx=x), *snout, smile(x, y + 0.26, 0.08)]
    shown = [*parts, *(spots if look.shape == 1 else []), ball(body, x, y, 0.35, 0.33), *ears, *face]
    return fitted([tail, *shown], look.shape == 2)


def teddy_bear(look: Look, item: SceneObject) -> Drawing:
    body, pale = look.body, light(look.body, 0.5)
    ears = both(ball(body, 0.3, 0.15, 0.15), ball(pale, 0.3, 0.16, 0.085, ink=False), cx=0.6)
    hand_y = 0.55 if look.shape == 1 else 1.0
    arms = both(grown(body, limb((0.36, 0.82, 0.12), (0.1, hand_y, 0.12))), cx=0.6)
    belly = [ball(body, 0.6, 0.98, 0.34, 0.36), ball(pale, 0.6, 1.0, 0.21, 0.23, ink=False)]
    bow = Part(points((0.6, 0.78), (0.4, 0.69), (0.4, 0.88)), look.accent)
    knot = [*both(bow, cx=0.6), ball(dark(look.accent), 0.6, 0.79, 0.05)]
    if look.shape == 2:
        seam = line(points((0.6, 0.76), (0.6, 1.3)), dark(look.accent))
        belly, knot = [ball(look.accent, 0.6, 0.98, 0.36, 0.36), seam], []
    feet = both(ball(body, 0.24, 1.2, 0.2), ball(pale, 0.23, 1.21, 0.11), cx=0.6)
    head = [ball(body, 0.6, 0.42, 0.38, 0.34), ball(pale, 0.6, 0.55, 0.17, 0.14)]
    face = [ball(INK, 0.6, 0.49, 0.065, 0.045), smile(0.6, 0.6, 0.07), *both(*eye_at(0.45, 0.38), cx=0.6)]
    return fitted([*ears, *belly, *arms, *feet, *head, *face, *knot])
