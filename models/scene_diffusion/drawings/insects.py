"""Drawings of insects: a bee."""

from models.scene_diffusion.drawings.limbs import INK, WHITE, ball, eye_at, fitted, grown, limb, markings, smile
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    Points,
    both,
    curve,
    ellipse,
    line,
    points,
    rectangle,
    stretched,
)
from tools.scene import SceneObject

CLEAR = (206, 230, 246)


def _wing(x: float, y: float, angle: float, length: float = 0.2) -> Part:
    """A wing about its middle, in cups."""
    tilted: Points = stretched(ellipse(0.5, 0.5, length, 0.11), angle, (x - 0.5, y - 0.5, x + 0.5, y + 0.5))
    return Part(tilted, CLEAR)


def bee(look: Look, item: SceneObject) -> Drawing:
    body = look.body
    if look.shape == 1:  # from above
        wings = [_wing(0.72, 0.28, -14, 0.25), _wing(0.68, 0.54, 24, 0.25)]
        hide, sting = grown(body, ellipse(0.45, 0.47, 0.15, 0.24)), points((0.41, 0.68), (0.49, 0.68), (0.45, 0.76))
        stripes = markings(INK, hide, *[rectangle(0.2, y, 0.7, y + 0.07) for y in (0.38, 0.52, 0.64)], ink=True)
        feeler = line(curve((0.48, 0.14), (0.52, 0.04), (0.6, 0.0)), INK)
        head = [ball(INK, 0.45, 0.2, 0.11, 0.09), *both(ball(WHITE, 0.5, 0.16, 0.03), cx=0.45)]
        return fitted([*both(*wings, feeler, cx=0.45), Part(sting, INK), hide, *stripes, *head])
    rx, ry = (0.26, 0.25) if look.shape else (0.31, 0.21)
    spread = ((0.64, 0.18, -40), (0.5, 0.14, -86)) if look.shape else ((0.62, 0.16, -66), (0.44, 0.16, -112))
    wings = [_wing(*wing) for wing in spread]
    hide, sting = grown(body, ellipse(0.52, 0.5, rx, ry)), points((0.5, 0.44), (0.62, 0.5), (0.5, 0.56)) + [rx, 0.0]
    bars = [limb((x, 0.22, 0.035), (x + 0.04, 0.5, 0.035), (x, 0.78, 0.035)) for x in (0.46, 0.6, 0.73)]
    feelers = [line(curve((x, 0.34), (x - 0.04, 0.22), (x - 0.12, 0.18)), INK) for x in (0.2, 0.3)]
    head = [ball(body, 0.24, 0.48, 0.17), *eye_at(0.18, 0.45, 0.04), smile(0.17, 0.56, 0.05)]
    stripes = markings(INK, hide, *bars, ink=True)
    return fitted([Part(sting, INK), *wings, hide, *stripes, *feelers, *head], look.shape == 2)
