"""Drawings of people and of what one sees of them: a hand."""

from models.scene_diffusion.drawings.limbs import INK, ball, eye_at, fitted, grown, limb, smile
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    both,
    dark,
    ellipse,
    line,
    mix,
    patterned,
    rectangle,
    smooth,
)
from tools.scene import SceneObject


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
