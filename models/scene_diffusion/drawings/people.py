"""Drawings of people and of what one sees of them: a head, a hand, a foot."""

from models.scene_diffusion.drawings.limbs import INK, WHITE, ball, eye_at, fitted, grown, limb, smile
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
    patterned,
    points,
    rectangle,
    smooth,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

ROSE = (240, 132, 128)


def person(look: Look, item: SceneObject) -> Drawing:
    skin = ((246, 208, 178), (184, 128, 92), (232, 182, 144))[look.shape]
    hair = ((112, 74, 48), (50, 42, 46), (222, 150, 70))[look.shape]
    coat = smooth((0.3, 0.78), (0.6, 0.78), (0.7, 0.98), (0.68, 1.62), (0.22, 1.62), (0.2, 0.98))
    behind: list[Part] = []
    cap: list[Part] = []
    leg = (70, 82, 116)
    if look.shape == 1:
        coat = smooth((0.34, 0.78), (0.56, 0.78), (0.64, 1.2), (0.84, 1.88), (0.45, 1.95), (0.06, 1.88), (0.26, 1.2))
        behind, leg = [grown(hair, ellipse(0.45, 0.4, 0.38, 0.38), rectangle(0.09, 0.4, 0.81, 0.95, 0.1))], skin
    if look.shape == 2:
        cap = [Part(smooth((0.06, 0.3), (0.22, 0.02), (0.68, 0.02), (0.8, 0.3)), look.accent)]
    legs = both(grown(leg, limb((0.33, 1.5, 0.11), (0.33, 2.28, 0.09))), cx=0.45)
    shoe = Part(smooth((0.17, 2.4), (0.22, 2.24), (0.4, 2.24), (0.45, 2.4)), INK)
    hang = ((0.22, 0.95, 0.1), (0.1, 1.18, 0.1), (0.09, 1.42, 0.09))
    wave = ((0.68, 0.96, 0.1), (0.84, 0.92, 0.1), (0.9, 0.62, 0.09))
    arms = both(ball(skin, *hang[2]), grown(look.body, limb(*hang)[:-4]), cx=0.45)
    if look.shape == 2:
        arms[2:] = [ball(skin, *wave[2]), grown(look.body, limb(*wave)[:-4])]
    head = grown(skin, ellipse(0.45, 0.42, 0.31, 0.33), rectangle(0.37, 0.6, 0.53, 0.84))
    crown = limb((0.15, 0.38, 0.08), (0.25, 0.17, 0.12), (0.45, 0.12, 0.13), (0.65, 0.17, 0.12), (0.75, 0.38, 0.08))
    face = [head, grown(hair, crown), *cap, *both(*eye_at(0.33, 0.43, 0.04), cx=0.45), smile(0.45, 0.59, 0.07)]
    coated = [Part(coat, look.body), *patterned(coat, look, 0.8, 1.6)]
    return fitted([*behind, *legs, *both(shoe, cx=0.45), *face, *coated, *arms])


def hand(look: Look, item: SceneObject) -> Drawing:
    skin = mix(look.body, (255, 222, 194), 0.3)
    if look.shape == 2:
        thumb = limb((0.4, 0.62, 0.15), (0.44, 0.34, 0.1), (0.4, 0.1, 0.09))
        sleeve = Part(rectangle(0.72, 0.5, 0.95, 1.08, 0.04), look.accent)
        curled = [grown(skin, limb((0.14, y, 0.08), (0.44, y, 0.08))) for y in (0.58, 0.73, 0.88, 1.01)]
        return fitted([sleeve, grown(skin, rectangle(0.2, 0.48, 0.8, 1.02, 0.14), thumb), *curled])
    cuff = Part(rectangle(0.27, 0.97, 0.77, 1.1, 0.03), look.accent)
    palm = [rectangle(0.34, 0.75, 0.7, 1.0), ellipse(0.52, 0.7, 0.27, 0.22)]
    if look.shape == 1:
        palm += [limb((0.36, 0.6, 0.09), (0.32, 0.1, 0.08)), limb((0.3, 0.85, 0.1), (0.12, 0.62, 0.08))]
        curled = [grown(skin, limb((x, 0.52, 0.08), (x, 0.68, 0.08))) for x in (0.48, 0.63, 0.77)]
        return fitted([cuff, grown(skin, *palm), *curled])
    tips = ((0.16, 0.24, 0.33), (0.39, 0.08, 0.45), (0.62, 0.09, 0.58), (0.83, 0.24, 0.7), (0.95, 0.6, 0.6))
    fingers = [limb((root, 0.7, 0.085), (x, y, 0.07)) for x, y, root in tips]
    crease = line(smooth((0.38, 0.68), (0.5, 0.74), (0.64, 0.66), closed=False), dark(skin, 0.2))
    return fitted([cuff, grown(skin, *palm, *fingers), crease])


def _baby_face(skin: RGB, hair: RGB, x: float, y: float, cap: RGB | None) -> list[Part]:
    """A big round head: with a curl, or a bonnet and a dummy."""
    crown = ellipse(x, y, 0.41, 0.39, 170, 370)
    bonnet = [Part(crown, cap)] if cap else []
    curl = line(curve((x - 0.02, y - 0.33), (x + 0.1, y - 0.28), (x + 0.08, y - 0.14), (x - 0.02, y - 0.17)), hair)
    ears = both(ball(skin, x + 0.35, y + 0.06, 0.08), cx=x)
    head = [ball(skin, x, y + 0.02, 0.36, 0.33), *([] if cap else [curl])]
    cheek = ball(ROSE, x + 0.22, y + 0.14, 0.065, 0.05, ink=False)
    mouth = [ball((108, 168, 216), x, y + 0.18, 0.11, 0.075), ball(WHITE, x, y + 0.18, 0.04)] if cap else []
    face = both(cheek, *eye_at(x + 0.14, y + 0.02, 0.045), cx=x)
    return [*([] if cap else ears), *bonnet, *head, *face, *(mouth or [smile(x, y + 0.17, 0.08)])]


def baby(look: Look, item: SceneObject) -> Drawing:
    skin = ((250, 214, 184), (190, 134, 98), (236, 188, 150))[look.shape]
    hair, body = ((150, 100, 60), (50, 42, 46), (110, 74, 50))[look.shape], look.body
    if look.shape == 1:
        near = [ball(skin, 0.42, 1.22, 0.1, 0.08), grown(body, limb((0.52, 0.78, 0.13), (0.44, 1.12, 0.1)))]
        shin = limb((0.98, 0.82, 0.17), (0.8, 1.14, 0.12), (1.08, 1.18, 0.09))
        far = [ball(skin, 0.2, 1.14, 0.09, 0.08), grown(dark(body, 0.15), limb((0.42, 0.8, 0.12), (0.24, 1.04, 0.09)))]
        trunk = grown(body, limb((0.5, 0.78, 0.2), (0.76, 0.76, 0.22), (1.0, 0.74, 0.25)), shin)
        toes = ball(skin, 1.16, 1.19, 0.1)
        return fitted([*far, toes, trunk, *near, *_baby_face(skin, hair, 0.4, 0.4, None)])
    cap = look.accent if look.shape == 2 else None
    hands = (
        ((0.4, 0.86, 0.1), (0.2, 0.86, 0.09), (0.09, 0.68, 0.08))
        if cap
        else ((0.38, 0.84, 0.1), (0.2, 0.86, 0.09), (0.06, 0.94, 0.08))
    )
    arms = both(ball(skin, hands[-1][0] - 0.02, hands[-1][1], 0.09), grown(body, limb(*hands)[:-3]), cx=0.55)
    legs = both(ball(skin, 0.12, 1.19, 0.1, 0.12), grown(body, limb((0.44, 1.14, 0.14), (0.22, 1.18, 0.11))), cx=0.55)
    suit = Part(smooth((0.4, 0.68), (0.7, 0.68), (0.86, 1.08), (0.72, 1.28), (0.38, 1.28), (0.24, 1.08)), body)
    bib = Part(ellipse(0.55, 0.74, 0.19, 0.2), light(look.accent, 0.5))
    return fitted([suit, *legs, *([] if cap else [bib]), *arms, *_baby_face(skin, hair, 0.55, 0.4, cap)])


def human_head(look: Look, item: SceneObject) -> Drawing:
    skin, hair = mix(look.body, (255, 222, 194), 0.5), ((112, 74, 48), (58, 48, 52), (222, 158, 74))[look.shape]
    shirt = Part(smooth((0.1, 1.6), (0.18, 1.42), (0.48, 1.32), (0.82, 1.32), (1.12, 1.42), (1.2, 1.6)), look.accent)
    neck = Part(smooth((0.5, 1.1), (0.8, 1.1), (0.84, 1.34), (0.65, 1.46), (0.46, 1.34)), dark(skin, 0.12))
    outline = (0.3, 0.4), (1.0, 0.4), (1.06, 0.78), (0.94, 1.1), (0.65, 1.27), (0.36, 1.1), (0.24, 0.78)
    eye = [ball(WHITE, 0.85, 0.79, 0.1, 0.075, ink=False), ball(INK, 0.85, 0.79, 0.05, 0.06)]
    eye.append(line(curve((0.74, 0.77), (0.85, 0.7), (0.97, 0.77)), INK))
    brow = line(curve((0.74, 0.64), (0.86, 0.59), (0.97, 0.65)), hair)
    sides = both(ball(ROSE, 0.9, 0.95, 0.08, 0.06, ink=False), *eye, brow, cx=0.65)
    nose = line(curve((0.64, 0.78), (0.58, 0.95), (0.68, 0.97)), dark(skin, 0.4))
    lips = Part(smooth((0.52, 1.07), (0.6, 1.05), (0.65, 1.06), (0.7, 1.05), (0.78, 1.07), (0.65, 1.14)), (206, 90, 90))
    face = [Part(smooth(*outline), skin), *sides, nose, lips]
    ears = both(ball(skin, 1.08, 0.8, 0.09, 0.13), cx=0.65)
    if look.shape == 1:
        long = smooth(
            (0.65, 0.0),
            (1.1, 0.16),
            (1.22, 0.7),
            (1.3, 1.36),
            (0.9, 1.42),
            (0.4, 1.42),
            (0.0, 1.36),
            (0.08, 0.7),
            (0.2, 0.16),
        )
        lock = Part(
            smooth((0.7, 0.12), (1.0, 0.22), (1.14, 0.66), (1.08, 0.96), (1.0, 0.62), (0.82, 0.42), (0.62, 0.28)), hair
        )
        return fitted([Part(long, hair), neck, shirt, *face, *both(lock, cx=0.65)])
    if look.shape == 2:
        curls = [
            (0.65 + 0.52 * x, 0.46 + 0.36 * y)
            for x, y in (
                (-1, 0.7),
                (-0.98, 0.1),
                (-0.7, -0.5),
                (-0.24, -0.86),
                (0.24, -0.86),
                (0.7, -0.5),
                (0.98, 0.1),
                (1, 0.7),
            )
        ]
        mop = grown(hair, *[ellipse(x, y, 0.18, 0.17) for x, y in curls], ellipse(0.65, 0.46, 0.44, 0.3))
        fringe = grown(hair, *[ellipse(x, 0.36, 0.15, 0.13) for x in (0.35, 0.55, 0.75, 0.95)])
        return fitted([mop, neck, shirt, *ears, *face, fringe])
    short = smooth(
        (0.18, 0.72),
        (0.14, 0.36),
        (0.34, 0.1),
        (0.7, 0.02),
        (1.02, 0.14),
        (1.16, 0.4),
        (1.12, 0.72),
        (1.02, 0.52),
        (0.86, 0.4),
        (0.5, 0.46),
        (0.28, 0.52),
    )
    return fitted([*ears, neck, shirt, *face, Part(short, hair)])


def human_foot(look: Look, item: SceneObject) -> Drawing:
    skin, nail = mix(look.body, (255, 222, 194), 0.35), (252, 226, 214)
    if look.shape == 1:  # the sole
        toes = ((0.12, 0.26, 0.13), (0.09, 0.48, 0.085), (0.13, 0.63, 0.075), (0.2, 0.75, 0.065), (0.29, 0.84, 0.055))
        sole = grown(skin, limb((0.98, 0.46, 0.21), (0.7, 0.56, 0.17), (0.46, 0.5, 0.27), (0.38, 0.46, 0.25)))
        pads = [ball(dark(skin, 0.12), x, 0.46, r, 1.2 * r, ink=False) for x, r in ((0.98, 0.12), (0.4, 0.15))]
        return fitted([sole, *pads, *[ball(skin, x, y, r) for x, y, r in toes]])
    tips = [ball(skin, x, 0.87 - r, r) for x, r in ((0.46, 0.06), (0.37, 0.07), (0.27, 0.085))]
    tips += [ball(skin, 0.1, 0.75, 0.15, 0.12), ball(nail, 0.02, 0.71, 0.055, 0.045)]
    if look.shape == 2:  # on its toes
        back = (0.74, 0.0), (1.14, 0.0), (1.1, 0.26), (1.2, 0.46), (1.12, 0.62), (0.72, 0.66), (0.5, 0.84), (0.32, 0.87)
        raised = grown(skin, points(*back, (0.1, 0.86), (0.18, 0.62), (0.46, 0.48), (0.7, 0.22)))
        return fitted([raised, *tips, line(curve((0.86, 0.36), (0.93, 0.3), (1.0, 0.36)), dark(skin))], mirrored=True)
    heel = ((0.62, 0.0), (1.06, 0.0), (1.06, 0.36), (1.14, 0.66), (1.06, 0.86), (0.8, 0.86), (0.6, 0.8), (0.3, 0.86))
    flat = grown(skin, points(*heel, (0.1, 0.84), (0.16, 0.6), (0.42, 0.5), (0.62, 0.3)))
    ankle = line(curve((0.8, 0.5), (0.88, 0.45), (0.94, 0.52)), dark(skin))
    return fitted([flat, *tips, ankle, Part(rectangle(0.56, 0.0, 1.12, 0.17, 0.03), look.accent)])
