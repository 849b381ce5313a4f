"""Drawings of what one cooks, drinks and pours from: cups, kettles, pots, bowls, bottles."""

import numpy as np

from models.scene_diffusion.drawings.openings import arch, content, open_vessel
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    between,
    dark,
    ellipse,
    light,
    patterned,
    points,
    rectangle,
    shine,
    smooth,
    turned,
)
from tools.scene import SceneObject


def cup(look: Look, item: SceneObject) -> Drawing:
    bottom = (0.24, 0.31, 0.34)[look.shape]
    belly = (0.36, 0.4, 0.38)[look.shape]
    body = turned(0.4, (0.4, 0.14), (belly, 0.5), (bottom + 0.03, 0.86), (bottom, 1.0))
    reach = (0.22, 0.19, 0.2)[look.shape]
    handle = [
        Part(ellipse(0.78, 0.48, reach, 0.27), look.body),
        Part(ellipse(0.77, 0.48, reach - 0.09, 0.16), dark(look.body, 0.5), shade=0, alpha=0.35),
    ]
    return open_vessel(body, (0.4, 0.14, 0.4, 0.12), look, item, handle)


def glass(look: Look, item: SceneObject) -> Drawing:
    bottom = (0.34, 0.4, 0.3)[look.shape]
    body = turned(0.5, (0.46, 0.1), (bottom, 1.0))
    pale = (222, 234, 240)
    back = [Part(ellipse(0.5, 0.1, 0.46, 0.08), light(pale, 0.3)), Part(body, pale, alpha=0.75)]
    if liquid := content(item):
        level = 0.3
        width = 0.46 + (bottom - 0.46) * (level - 0.1) / 0.9
        back.append(Part(turned(0.5, (width - 0.03, level), (bottom - 0.04, 0.95)), liquid, shade=0.08))
        back.append(Part(ellipse(0.5, level, width - 0.03, 0.06), light(liquid, 0.25)))
    front = [shine(0.24, 0.5, 0.05, 0.25), line_pair(0.5, 0.46, bottom)]
    return Drawing(back, front)


def line_pair(cx: float, top: float, bottom: float) -> Part:
    """The foot of a glass."""
    return Part(ellipse(cx, 0.985, bottom * 0.95, 0.025), (206, 220, 228), shade=0)


def kettle(look: Look, item: SceneObject) -> Drawing:
    metal = (92, 92, 100)
    profiles = (
        ((0.2, 0.32), (0.4, 0.5), (0.45, 0.8), (0.36, 1.0)),
        ((0.2, 0.3), (0.34, 0.55), (0.38, 0.85), (0.34, 1.0)),
        ((0.26, 0.28), (0.31, 0.6), (0.35, 0.9), (0.35, 1.0)),
    )
    body = turned(0.53, *profiles[look.shape])
    spout = smooth((0.24, 0.66), (0.1, 0.5), (0.0, 0.36), (0.07, 0.33), (0.18, 0.44), (0.32, 0.5))
    back = [Part(arch(0.53, 0.32, 0.34, 0.31, (0.08, 0.09)), metal), Part(spout, look.body)]
    front = [Part(body, look.body), *patterned(body, look, 0.45, 1.0)]
    front += [
        Part(ellipse(0.53, 0.31, 0.2, 0.055), look.accent),
        Part(ellipse(0.53, 0.24, 0.05, 0.05), metal),
        shine(0.33, 0.66, 0.045, 0.14),
    ]
    return Drawing(back, front)


def teapot(look: Look, item: SceneObject) -> Drawing:
    body = (
        ellipse(0.5, 0.6, 0.34, 0.38),
        turned(0.5, (0.18, 0.24), (0.35, 0.5), (0.3, 0.85), (0.22, 1.0)),
        turned(0.5, (0.26, 0.26), (0.3, 0.55), (0.35, 0.85), (0.3, 1.0)),
    )[look.shape]
    spout = smooth((0.26, 0.78), (0.1, 0.6), (0.0, 0.3), (0.08, 0.28), (0.18, 0.46), (0.3, 0.52))
    back = [
        Part(spout, look.body),
        Part(ellipse(0.84, 0.56, 0.16, 0.25), look.body),
        Part(ellipse(0.82, 0.56, 0.09, 0.16), dark(look.body, 0.5), shade=0, alpha=0.35),
    ]
    front = [Part(body, look.body), *patterned(body, look, 0.36, 0.98)]
    front += [
        Part(ellipse(0.5, 0.26, 0.2, 0.07), look.accent),
        Part(ellipse(0.5, 0.14, 0.07, 0.08), look.accent),
        shine(0.32, 0.56, 0.04, 0.15),
    ]
    return Drawing(back, front)


def pot(look: Look, item: SceneObject) -> Drawing:
    body = turned(0.5, (0.38, 0.18), (0.38, 0.8), (0.33, 1.0))
    if look.shape == 0:
        grips = [Part(rectangle(x, 0.26, x + 0.22, 0.36, 0.04), (70, 66, 70)) for x in (0.78, 0.0)]
    elif look.shape == 1:
        grips = [Part(ellipse(x, 0.4, 0.1, 0.12), look.accent) for x in (0.9, 0.1)]
    else:
        horn = points((0.84, 0.2), (1.0, 0.1), (1.0, 0.2), (0.84, 0.34))
        grips = [Part(horn, look.accent), Part(horn * [-1, 1] + [1, 0], look.accent)]
    return open_vessel(body, (0.5, 0.18, 0.38, 0.13), look, item, grips)


def pan(look: Look, item: SceneObject) -> Drawing:
    foot = (0.26, 0.32, 0.2)[look.shape]
    body = turned(0.36, (0.36, 0.38), (foot + 0.04, 0.8), (foot, 1.0))
    wood = ((60, 56, 60), (150, 98, 62), (110, 112, 120))[look.shape]
    handle = [Part(points((0.68, 0.42), (0.98, 0.2), (1.0, 0.34), (0.68, 0.6)), wood)]
    return open_vessel(body, (0.36, 0.38, 0.36, 0.26), look._replace(pattern="plain"), item, handle)


def bowl(look: Look, item: SceneObject) -> Drawing:
    profiles = (
        ((0.5, 0.22), (0.43, 0.6), (0.24, 0.95), (0.2, 1.0)),
        ((0.5, 0.22), (0.48, 0.55), (0.34, 0.9), (0.3, 1.0)),
        ((0.5, 0.22), (0.36, 0.65), (0.2, 0.88), (0.26, 1.0)),
    )
    return open_vessel(turned(0.5, *profiles[look.shape]), (0.5, 0.22, 0.5, 0.17), look, item, [])


def plate(look: Look, item: SceneObject) -> Drawing:
    side = smooth((0.0, 0.42), (0.15, 0.8), (0.5, 1.0), (0.85, 0.8), (1.0, 0.42))
    hollow = (0.34, 0.34, 0.26)[look.shape]
    back = [
        Part(side, dark(look.body, 0.15)),
        Part(ellipse(0.5, 0.42, 0.5, 0.36), look.body),
        Part(ellipse(0.5, 0.44, hollow, 0.65 * hollow), light(look.accent if look.shape == 1 else look.body, 0.3)),
    ]
    if liquid := content(item):
        back.append(Part(ellipse(0.5, 0.44, 0.32, 0.2), liquid))
    return Drawing(back, [])


def jug(look: Look, item: SceneObject) -> Drawing:
    profiles = (
        ((0.3, 0.12), (0.28, 0.35), (0.37, 0.7), (0.3, 1.0)),
        ((0.33, 0.12), (0.33, 0.6), (0.36, 0.95), (0.36, 1.0)),
        ((0.27, 0.12), (0.24, 0.3), (0.38, 0.65), (0.26, 1.0)),
    )
    extra = [
        Part(ellipse(0.78, 0.45, 0.22, 0.27), look.body),
        Part(ellipse(0.75, 0.45, 0.13, 0.18), dark(look.body, 0.5), shade=0, alpha=0.35),
        Part(points((0.14, 0.08), (0.0, 0.1), (0.18, 0.3), (0.4, 0.1)), look.body),
    ]
    return open_vessel(
        turned(0.42, *profiles[look.shape]), (0.42, 0.12, profiles[look.shape][0][0], 0.07), look, item, extra
    )


def bottle(look: Look, item: SceneObject) -> Drawing:
    shoulder = (0.4, 0.32, 0.46)[look.shape]
    body = turned(0.5, (0.2, 0.08), (0.2, shoulder - 0.14), (0.48, shoulder + 0.08), (0.48, 0.7), (0.46, 1.0))
    tint = content(item) or look.body
    front = [
        Part(body, tint),
        Part(rectangle(0.26, 0.0, 0.74, 0.1, 0.03), look.accent),
        Part(rectangle(0.03, 0.58, 0.97, 0.82), light(look.accent, 0.55)),
        shine(0.2, 0.5, 0.05, 0.12),
    ]
    return Drawing([], front)


def jar(look: Look, item: SceneObject) -> Drawing:
    tint = content(item) or (236, 226, 206)
    body = turned(0.5, (0.36, 0.14), (0.47, 0.3), (0.47, 0.85), (0.42, 1.0))
    if look.shape == 1:
        body = turned(0.5, (0.4, 0.14), (0.46, 0.2), (0.46, 0.96), (0.44, 1.0))
    label = ellipse(0.5, 0.6, 0.3, 0.2) if look.shape == 2 else rectangle(0.12, 0.44, 0.88, 0.78)
    front = [
        Part(body, tint),
        Part(rectangle(0.1, 0.0, 0.9, 0.17, 0.05), look.body),
        Part(label, light(look.body, 0.7)),
        shine(0.17, 0.34, 0.04, 0.07),
    ]
    return Drawing([], front)


def wine_glass(look: Look, item: SceneObject) -> Drawing:
    top, *bowl = (
        ((0.42, 0.08), (0.5, 0.3), (0.34, 0.52), (0.04, 0.6)),
        ((0.5, 0.08), (0.04, 0.6)),
        ((0.36, 0.08), (0.36, 0.4), (0.24, 0.62), (0.04, 0.72)),
    )[look.shape]
    body, pale = turned(0.5, top, *bowl), (222, 234, 240)
    back = [
        Part(turned(0.5, (0.045, bowl[-1][1] - 0.02), (0.045, 0.86), (0.16, 0.97)), pale),
        Part(ellipse(0.5, 0.96, 0.46, 0.04), pale),
        Part(body, pale, alpha=0.75),
        Part(ellipse(0.5, 0.08, top[0], 0.06), light(pale, 0.3)),
    ]
    if liquid := content(item):
        wine = between((body - [0.5, 0]) * [0.86, 0.98] + [0.5, 0], 0.26, 1.0)
        back += [Part(wine, liquid, shade=0.08), Part(ellipse(0.5, 0.26, np.ptp(wine[:, 0]) / 2, 0.035), light(liquid))]
    return Drawing(back, [shine(0.5 - 0.55 * top[0], 0.28, 0.05, 0.1)])
