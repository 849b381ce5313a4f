"""What things hang by, close with and are switched on with: hooks, pegs, hangers, zippers, switches."""

import numpy as np

from models.scene_diffusion.drawings.cups import (
    IRON,
    STEEL,
    block,
    disc,
    hollow,
    hoop,
    in_cups,
    marks,
    ribbon,
)
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    angular,
    both,
    curve,
    dark,
    ellipse,
    light,
    points,
    rectangle,
    shine,
    smooth,
    symmetric,
)
from tools.scene import SceneObject


def _screw(x: float, y: float, radius: float = 0.045) -> list[Part]:
    """The head of a screw."""
    return [disc(light(STEEL), x, y, radius), *marks(IRON, (x - 0.6 * radius, y, x + 0.6 * radius, y))]


def hook(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = look.body, light(look.body, 0.25)
    if look.shape == 1:
        way = curve((0.38, 0.2), (0.38, 0.6), (0.34, 0.8), (0.2, 0.87), (0.08, 0.78), (0.08, 0.6))
        plate = [disc(rgb, 0.38, 0.22, 0.22), *_screw(0.38, 0.1), disc(dark(rgb, 0.2), 0.38, 0.25, 0.09)]
        return in_cups(item, *plate, ribbon(pale, way, 0.13), disc(pale, 0.08, 0.56, 0.08))
    if look.shape == 2:
        plate = [block(rgb, 0.18, 0.0, 0.42, 0.64, 0.12), *_screw(0.3, 0.12), *_screw(0.3, 0.34)]
        arm = ribbon(pale, curve((0.3, 0.54), (0.3, 0.8), (0.24, 0.88), (0.12, 0.82), (0.08, 0.58)), 0.11)
        return in_cups(item, *plate, *both(arm, disc(pale, 0.08, 0.55, 0.08), cx=0.3))
    plate = [block(rgb, 0.0, 0.0, 0.28, 0.95, 0.12), *_screw(0.14, 0.13), *_screw(0.14, 0.82)]
    upper = ribbon(pale, curve((0.14, 0.4), (0.28, 0.36), (0.38, 0.26), (0.5, 0.12)), 0.11)
    lower = ribbon(pale, curve((0.14, 0.44), (0.18, 0.64), (0.32, 0.76), (0.46, 0.7), (0.52, 0.52)), 0.11)
    knobs = [disc(pale, *knob) for knob in ((0.14, 0.43, 0.1), (0.52, 0.09, 0.08), (0.52, 0.5, 0.08))]
    return in_cups(item, *plate, lower, upper, *knobs)


def light_switch(look: Look, item: SceneObject) -> Drawing:
    rgb, deep = look.body, dark(look.body, 0.16)
    plate = block(rgb, 0.0, 0.0, 0.85, 1.1, 0.08)
    if look.shape == 1:
        key = [block(deep, 0.2, 0.16, 0.65, 0.94, 0.04), block(light(rgb), 0.24, 0.2, 0.61, 0.58)]
        key += [block(dark(rgb, 0.08), 0.24, 0.5, 0.61, 0.9), block(IRON, 0.41, 0.28, 0.44, 0.42)]
        return in_cups(item, plate, *key, *hoop(IRON, 0.425, 0.72, 0.085, 0.05))
    if look.shape == 2:
        well = [disc(deep, 0.425, 0.55, 0.36), disc(dark(rgb, 0.08), 0.425, 0.58, 0.31)._replace(ink=False)]
        clips = [block(STEEL, 0.385, y, 0.465, y + 0.13, 0.02) for y in (0.19, 0.78)]
        return in_cups(item, plate, *well, *clips, *[disc(IRON, x, 0.55, 0.065) for x in (0.265, 0.585)])
    slot = block(dark(rgb, 0.55), 0.24, 0.34, 0.61, 0.84, 0.03)
    lever = [Part(angular(0.425, (0.13, 0.3), (0.12, 0.66)), deep), block(rgb, 0.27, 0.17, 0.58, 0.42, 0.06)]
    return in_cups(item, plate, *_screw(0.425, 0.09), *_screw(0.425, 1.0), slot, *lever)


def clothespin(look: Look, item: SceneObject) -> Drawing:
    rgb = light(look.body, 0.2)
    tail = ((0.1, 0.88), (0.1, 1.1), (0.16, 1.1), (0.195, 1.02), (0.14, 0.94), (0.195, 0.86))
    legs = (
        points((0.195, 0.52), (0.14, 0.0), (0.0, 0.02), (0.05, 0.56), *tail),
        points((0.195, 0.58), (0.17, 0.0), (0.04, 0.0), (0.0, 0.5), (0.0, 0.8), *tail[1:]),
        points((0.195, 0.5), (0.19, 0.02), (0.06, 0.0), (0.03, 0.56), (0.0, 1.06), (0.1, 1.1), (0.14, 0.88)),
    )
    wires = [ribbon(STEEL, curve((0.01, y), (0.2, y - 0.03), (0.39, y)), 0.045) for y in (0.52, 0.62)]
    coil = [disc(STEEL, 0.2, 0.57, 0.1), disc(dark(STEEL, 0.4), 0.2, 0.57, 0.045)]
    grips = both(*marks(dark(rgb), *[(0.08, y, 0.13, y) for y in (0.1, 0.17, 0.24)]), cx=0.2)
    return in_cups(item, *both(Part(legs[look.shape], rgb), cx=0.2), *grips, *wires, *coil)


def hanger(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    crook = curve((0.8, 0.36), (0.8, 0.28), (0.9, 0.2), (0.92, 0.1), (0.82, 0.03), (0.71, 0.07), (0.69, 0.15))
    if look.shape == 1:
        corners = (1.5, 0.76), (1.55, 0.84), (1.48, 0.87), (0.12, 0.87), (0.05, 0.84), (0.1, 0.76)
        frame = ribbon(rgb, points((0.8, 0.36), *corners, (0.8, 0.36)), 0.06)
        return in_cups(item, ribbon(rgb, crook, 0.06), frame, block(rgb, 0.75, 0.27, 0.85, 0.42, 0.03))
    if look.shape == 2:
        below = (1.56, 0.7), (1.52, 0.88), (0.8, 0.88), (0.08, 0.88), (0.04, 0.7)
        outer = smooth((0.8, 0.28), (1.2, 0.46), *below, (0.4, 0.46))
        inner = smooth((0.8, 0.42), (1.14, 0.56), (1.38, 0.72), (0.8, 0.76), (0.22, 0.72), (0.46, 0.56))
        return in_cups(item, ribbon(rgb, crook, 0.09), *hollow(rgb, outer, inner))
    upper = curve((0.0, 0.76), (0.2, 0.6), (0.6, 0.36), (0.8, 0.28), (1.0, 0.36), (1.4, 0.6), (1.6, 0.76))
    lower = curve((1.54, 0.88), (1.3, 0.7), (1.0, 0.54), (0.8, 0.5), (0.6, 0.54), (0.3, 0.7), (0.06, 0.88))
    body = [block(light(rgb, 0.2), 0.22, 0.74, 1.38, 0.82, 0.04), Part(np.concatenate([upper, lower]), rgb)]
    return in_cups(item, ribbon(STEEL, crook, 0.06), *body, shine(0.6, 0.43, 0.1, 0.02))


def zipper(look: Look, item: SceneObject) -> Drawing:
    rgb, metal = look.body, look.accent if look.shape == 1 else light(STEEL, 0.3)
    at, flare = ((0.72, 0.14), (0.98, 0.18), (0.86, 0.18))[look.shape]
    edge = curve((0.25 + flare, 0.0), (0.25 + 0.9 * flare, 0.3 * at), (0.25 + 0.35 * flare, 0.75 * at), (0.25, at))
    outside = points((0.25, 1.6), (0.47, 1.6), (0.47, at), (0.5, 0.3 * at), (0.5, 0.0))
    cloth = both(Part(np.concatenate([edge, outside]), rgb), cx=0.25)
    if look.shape == 2:
        cloth = [block(rgb, 0.0, 0.0, 0.5, 1.6, 0.03), Part(symmetric(edge * 2) / 2, dark(rgb, 0.75))]
    heights = np.arange(0.04, at - 0.14, 0.15)
    spots = zip(np.interp(heights, edge[:, 1], edge[:, 0]).tolist(), heights.tolist(), strict=True)
    teeth = both(*[block(metal, x - 0.06, y, x + 0.03, y + 0.085, 0.01) for x, y in spots], cx=0.25)
    seam = enumerate(np.arange(1.5, at + 0.06, -0.1).tolist())
    teeth += [block(metal, 0.16 + 0.08 * (i % 2), y, 0.26 + 0.08 * (i % 2), y + 0.1) for i, y in seam]
    slider = [Part(angular(0.25, (0.15, at - 0.12), (0.14, at), (0.1, at + 0.12)), STEEL)]
    pull = rectangle(0.17, at, 0.33, at + 0.42, 0.06), rectangle(0.215, at + 0.26, 0.285, at + 0.36, 0.02)
    if look.shape == 1:
        pull = ellipse(0.25, at + 0.18, 0.13, 0.16), ellipse(0.25, at + 0.18, 0.08, 0.11)
    return in_cups(item, *cloth, *teeth, *slider, *hollow(dark(STEEL, 0.15), *pull))
