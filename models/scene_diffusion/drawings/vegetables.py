"""Drawings of vegetables and leaves, whole and cut; and of ice."""

import numpy as np

from models.scene_diffusion.drawings import pieces
from models.scene_diffusion.drawings.heaps import vegetables as vegetables
from models.scene_diffusion.drawings.pieces import GREEN, STEM, cube, half, heap, peel, prepared, rounds, spots
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    across,
    dark,
    ellipse,
    light,
    line,
    mix,
    points,
    rectangle,
    shine,
    smooth,
    stretched,
    turned,
)
from models.scene_diffusion.drawings.stalks import beet as beet
from models.scene_diffusion.drawings.stalks import celery as celery
from models.scene_diffusion.drawings.stalks import ginger as ginger
from models.scene_diffusion.drawings.stalks import spring_onion as spring_onion
from tools.scene import SceneObject

CREAM = (250, 242, 214)


def tomato(look: Look, item: SceneObject) -> Drawing:
    slices = rounds(look.body, light(look.body, 0.3), (250, 214, 120))
    if cut := prepared(item, sliced=slices, mashed=heap(look.body)):
        return cut
    squash = (0.44, 0.38, 0.45)[look.shape]
    body = Part(ellipse(0.5, 0.99 - squash, 0.5, squash), look.body, shade=0.18)
    ribs = [line(ellipse(0.5, 0.54, 0.28, 0.38, a, a + 60), dark(look.body)) for a in (150, 330)]
    return Drawing([], [body, *ribs[: look.shape], pieces.crown(0.17, 0.3, 0.17), shine(0.28, 0.5, 0.07, 0.1)])


def carrot(look: Look, item: SceneObject) -> Drawing:
    if "sliced" in item.states:
        return rounds(look.body, light(look.body, 0.3), dark(look.body, 0.06), count=4, tall=True)
    top, tip = ((0.44, 0.2), (0.48, 0.32), (0.4, 0.2))[look.shape]
    root = turned(0.5, (top, 0.3), (0.9 * top, 0.5), (tip, 0.8), (0.04, 1.0))
    leaves = ((-24, (-0.12, 0.0, 0.68, 0.34)), (24, (0.32, 0.0, 1.12, 0.34)), (0, (0.1, 0.0, 0.9, 0.34)))
    fronds = [Part(stretched(ellipse(0.5, 0.5, 0.18, 0.5), angle, box), GREEN) for angle, box in leaves]
    starts = ((0.5 - 0.9 * top, 0.44), (0.5 - 0.68 * top, 0.62))
    rings = [line(smooth((x, y), (x + 0.16, y + 0.03), closed=False), dark(look.body)) for x, y in starts]
    flesh, skin = (light(look.body, 0.4), peel(look.body, 0.88)) if "peeled" in item.states else (look.body, rings)
    return Drawing([], [*fronds[: 3 - look.shape % 2], Part(root, flesh), *skin])


def onion(look: Look, item: SceneObject) -> Drawing:
    rgb, neck = light(look.body, 0.2), (0.06, 0.12, 0.04)[look.shape]
    body = turned(0.5, (neck, 0.0), (neck + 0.02, 0.14), (0.4, 0.36), (0.5, 0.62), (0.3, 0.92), (0.0, 0.95))
    roots = [line(points((0.5 + x, 0.93), (0.5 + 1.8 * x, 1.0)), STEM) for x in (-0.08, 0.0, 0.08)]
    if "sliced" in item.states:
        rings = [pieces.shrunk(body, k, 0.5, 0.62) for k in (0.62, 0.42, 0.2)]
        layers = [line(np.concatenate([ring, ring[:1]]), dark(rgb, 0.1)) for ring in rings]
        return Drawing([], [*roots, *half(body, look.body, (246, 240, 232)), *layers])
    flesh, skin, rib = rgb, [], dark(rgb, 0.2)
    if "peeled" in item.states:
        flesh, skin, rib = (248, 246, 226), peel(look.body), (214, 214, 180)
    curves = [smooth((0.5, 0.14), (0.5 + x, 0.55), (0.5 + 0.4 * x, 0.93), closed=False) for x in (-0.26, 0.0, 0.26)]
    return Drawing([], [*roots, Part(body, flesh), *(line(curve, rib) for curve in curves), *skin])


def garlic(look: Look, item: SceneObject) -> Drawing:
    if cut := prepared(item, sliced=pieces.clove_slices(), mashed=heap((240, 234, 206))):
        return cut
    boxes = [(0.0, 0.26, 0.5, 0.96), (0.5, 0.26, 1.0, 0.96), (0.24, 0.2, 0.76, 1.0)]
    if look.shape == 1:
        boxes = [(0.0, 0.26, 0.44, 0.96), (0.56, 0.26, 1.0, 0.96), (0.14, 0.2, 0.6, 1.0), (0.4, 0.2, 0.86, 1.0)]
    neck = Part(turned(0.5, (0.07, 0.0), (0.08, 0.16), (0.2, 0.4), (0.2, 0.6)), look.body)
    rgb = mix(look.body, (214, 170, 206), 0.12 * look.shape)
    cloves = [Part(stretched(pieces.CLOVE, 0, box), rgb) for box in boxes]
    return Drawing([], [neck, *cloves, shine(0.4, 0.68, 0.03, 0.1)])


def potato(look: Look, item: SceneObject) -> Drawing:
    rgb, flesh = light(look.body, 0.22), (248, 230, 168)
    if cut := prepared(item, sliced=rounds(rgb, flesh, None), mashed=heap((246, 224, 150))):
        return cut
    bump = (0.0, 0.1, -0.08)[look.shape]
    left = [(0.46, 0.98), (0.12, 0.86), (0.02, 0.55), (0.14, 0.18 + bump), (0.5, 0.04)]
    body = smooth(*left, (0.86, 0.16 - bump), (0.99, 0.52), (0.86, 0.88))
    if "peeled" in item.states:
        cuts = [line(points((x, 0.18), (x + 0.06, 0.62)), dark(flesh, 0.15)) for x in (0.24, 0.46, 0.7)]
        return Drawing([], [Part(body, flesh), *cuts, *peel(rgb)])
    places = ((0.24, 0.38), (0.58, 0.26), (0.44, 0.66), (0.72, 0.6))
    eyes = [line(smooth((x, y), (x + 0.05, y + 0.06), (x + 0.1, y), closed=False), dark(rgb, 0.35)) for x, y in places]
    return Drawing([], [Part(body, rgb), *eyes])


def pepper(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if "sliced" in item.states:
        rings = (pieces.lobed(0.64, 0.36, 0.36, 0.36, 4, 0.2), pieces.lobed(0.41, 0.59, 0.41, 0.41, 4, 0.2))
        seeds = spots((240, 206, 120), 0.04, 0.9, (0.32, 0.56), (0.47, 0.53), (0.41, 0.68))
        return Drawing([], [*(part for ring in rings for part in half(ring, rgb, light(rgb, 0.75), 0.74)), *seeds])
    foot, low = ((0.36, 0.96), (0.24, 0.97), (0.42, 0.94))[look.shape]
    body = turned(0.5, (0.0, 0.24), (0.26, 0.16), (0.5, 0.34), (0.46, 0.62), (foot, low), (0.16, 1.0), (0.0, 0.95))
    curves = [smooth((0.5 + x, 0.24), (0.5 + 1.2 * x, 0.5), (0.5 + 0.7 * x, 0.88), closed=False) for x in (-0.18, 0.18)]
    stem = smooth((0.44, 0.24), (0.46, 0.08), (0.56, 0.0), (0.64, 0.02), (0.57, 0.12), (0.58, 0.24))
    cap = smooth((0.3, 0.22), (0.5, 0.14), (0.7, 0.22), (0.5, 0.3))
    parts = [Part(body, rgb, shade=0.2), *(line(c, dark(rgb)) for c in curves), Part(cap, GREEN), Part(stem, GREEN)]
    return Drawing([], [*parts, shine(0.18, 0.42, 0.04, 0.1)])


def cucumber(look: Look, item: SceneObject) -> Drawing:
    rgb, flesh, pale = dark(look.body, 0.2), (214, 232, 166), (246, 246, 206)
    if "sliced" in item.states:
        return rounds(rgb, flesh, pale, count=5)
    bend = 0.2 * (look.shape == 1)
    left = [
        (0.5, 1 - bend),
        (0.15, 0.97),
        (0.03, 0.82),
        (0.0, 0.5 + bend / 2),
        (0.03, 0.18 + bend),
        (0.15, 0.04 + bend),
    ]
    body = smooth(*left, (0.5, 0.0), *[(1 - x, y) for x, y in left[:0:-1]])
    if "peeled" in item.states:
        ends = [Part(across(body, x, x + 0.12), rgb) for x in (0.0, 0.88)]
        return Drawing([], [Part(body, flesh), *ends, *peel(rgb, 0.7)])
    rows = [
        smooth((0.08, y + bend / 2), (0.5, y - bend / 2), (0.9, y + bend / 2), closed=False) for y in (0.3, 0.52, 0.74)
    ]
    stripes = [line(row, light(rgb, 0.35))._replace(ink=False) for row in rows]
    cut = [Part(ellipse(0.9, 0.5, 0.1, 0.44), flesh), *spots(pale, 0.016, 4.0, (0.88, 0.4), (0.92, 0.4), (0.9, 0.62))]
    return Drawing([], [Part(body, rgb), *stripes, *(cut if look.shape == 2 else [])])


def mushroom(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = light(look.body, 0.15), (246, 236, 220)
    edge, foot = ((0.52, 0.2), (0.62, 0.24), (0.4, 0.15))[look.shape]
    hem = [(1.0, edge), (0.86, edge + 0.12), (0.5, edge + 0.14), (0.14, edge + 0.12)]
    cap = smooth((0.0, edge), (0.1, 0.2), (0.5, 0.0), (0.9, 0.2), *hem)
    stem = Part(turned(0.5, (0.16, edge), (0.17, 0.7), (foot, 0.92), (0.1, 1.0)), pale)
    if "sliced" in item.states:
        gills = [Part(ellipse(x, edge - 0.04, 0.13, 0.1), dark(rgb, 0.25), ink=False) for x in (0.28, 0.72)]
        core = Part(rectangle(0.4, edge - 0.1, 0.6, edge + 0.2), pale, ink=False)
        return Drawing([], [stem, *half(cap, rgb, pale), *gills, core])
    under = Part(ellipse(0.5, edge + 0.05, 0.42, 0.07), dark(pale, 0.25))
    dots = spots(light(rgb, 0.6), 0.06, 1.0, (0.2, 0.42), (0.58, 0.14), (0.74, 0.36), (0.46, 0.4))[
        : 4 * (look.shape == 1)
    ]
    return Drawing([], [Part(cap, rgb, shade=0.2), under, stem, *dots, shine(0.3, 0.22, 0.08, 0.05)])


def broccoli(look: Look, item: SceneObject) -> Drawing:
    if "sliced" in item.states:
        return pieces.florets(look.body)
    clouds = (
        ((0.3, 0.24, 0.22), (0.7, 0.24, 0.22), (0.5, 0.4, 0.26)),
        ((0.5, 0.22, 0.22), (0.34, 0.4, 0.24), (0.66, 0.4, 0.24)),
        ((0.34, 0.24, 0.24), (0.68, 0.28, 0.24), (0.42, 0.5, 0.18), (0.62, 0.5, 0.18)),
    )
    return Drawing([], pieces.floret(look.body, (0.2, 0.46, 0.2), (0.8, 0.46, 0.2), *clouds[look.shape]))


def cabbage(look: Look, item: SceneObject) -> Drawing:
    rgb, pale = light(look.body, 0.2), light(look.body, 0.7)
    if "sliced" in item.states:
        return pieces.cabbage_half(rgb, pale)
    frill = 12 if look.shape == 2 else 7
    outer = [Part(pieces.lobed(x, 0.58, 0.36, 0.42, frill, 0.08), dark(rgb, 0.12)) for x in (0.35, 0.65)]
    ball = Part(pieces.lobed(0.5, 0.47, 0.4, 0.47, frill, 0.05 * (look.shape > 0)), rgb, shade=0.18)
    curves = [smooth((0.5, 0.92), (0.5 + 0.6 * x, 0.5), (0.5 + x, 0.2), closed=False) for x in (-0.26, 0.0, 0.26)]
    lap = Part(smooth((0.16, 0.6), (0.34, 0.7), (0.56, 0.96), (0.3, 1.0), (0.1, 0.9)), dark(rgb, 0.06))
    return Drawing([], [*outer, ball, *(line(c, pale) for c in curves), *([lap] if look.shape != 1 else [])])


def pumpkin(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if "sliced" in item.states:
        return pieces.wedge(rgb, CREAM)
    top = (0.2, 0.14, 0.28)[look.shape]
    tall = (1 - top) / 2
    ribs = ((-0.29, 0.21), (0.29, 0.21), (-0.16, 0.2), (0.16, 0.2), (0.0, 0.17))
    body = [Part(ellipse(0.5 + x, 1 - tall, r, tall - abs(x) * 0.14), rgb, shade=0.05) for x, r in ribs]
    stem = smooth((0.44, top + 0.06), (0.46, 0.1), (0.54, 0.0), (0.62, 0.03), (0.55, 0.12), (0.56, top + 0.06))
    curl = line(smooth((0.56, top), (0.7, 0.06), (0.78, 0.16), (0.72, 0.2), closed=False), GREEN)
    extra = [curl] if look.shape == 2 else []
    return Drawing([], [Part(stem, (112, 128, 62)), *body, *extra, shine(0.3, 0.44, 0.04, 0.1)])


def corn(look: Look, item: SceneObject) -> Drawing:
    cob = turned(0.5, (0.0, 0.0), (0.22, 0.08), (0.36, 0.4), (0.32, 0.8), (0.0, 0.96))
    grains = pieces.kernels(dark(look.body, 0.25))
    reach = (0.36, 0.5, 0.2)[look.shape]
    husk = smooth((0.5, 1.0), (0.9, 0.86), (1.0, reach), (0.8, 0.66), (0.44, 0.86))
    husks = [Part(husk, GREEN)]
    return Drawing([], [Part(cob, look.body, shade=0.2), *grains, *pieces.mirrored(husks), *husks])


def chili(look: Look, item: SceneObject) -> Drawing:
    inside, tip = ((0.76, 0.22), (0.6, 0.46), (0.36, 0.62)), ((0.0, 0.5), (0.1, 0.76), (0.34, 0.97), (0.66, 0.94))
    if look.shape == 1:
        inside, tip = ((0.8, 0.2), (0.58, 0.26), (0.3, 0.62)), ((0.0, 0.98), (0.2, 0.97), (0.46, 0.92), (0.7, 0.78))
    pod = smooth(*inside, *tip, (0.9, 0.6))
    cap = smooth((0.72, 0.24), (0.84, 0.12), (0.94, 0.24), (0.93, 0.5), (0.84, 0.42), (0.8, 0.5), (0.78, 0.36))
    stem = smooth((0.84, 0.22), (0.84, 0.08), (0.94, 0.0), (1.0, 0.04), (0.92, 0.14), (0.91, 0.26))
    top = [Part(stem, GREEN), Part(cap, GREEN)]
    if "sliced" in item.states:
        rims = [(x, k) for x in (0.46, 0.27, 0.08) for k in (1.0, 0.62)]
        discs = [Part(ellipse(x, 0.7, 0.08 * k, 0.28 * k), CREAM if k < 1 else look.body) for x, k in rims]
        seeds = spots((226, 190, 110), 0.014, 2.2, *((x + 0.02 * k, 0.7 + 0.08 * k) for x, _ in rims for k in (-1, 1)))
        return Drawing([], [Part(across(pod, 0.57, 1.0), look.body), *top, *discs, *seeds])
    parts = [Part(pod, look.body, shade=0.2), *top, shine(0.62, 0.7, 0.1, 0.06)]
    if look.shape < 2:
        return Drawing([], parts)
    return Drawing([], pieces.placed(parts, (0.9, 0.0, 0.0, 0.8)) + pieces.placed(parts, (0.1, 0.2, 1.0, 1.0)))


def eggplant(look: Look, item: SceneObject) -> Drawing:
    rgb, flesh = mix(look.body, (72, 28, 92), 0.6), (246, 236, 196)
    outline = (
        turned(0.5, (0.0, 0.16), (0.2, 0.18), (0.28, 0.4), (0.5, 0.76), (0.3, 0.98), (0.0, 1.0)),
        smooth((0.56, 0.16), (0.94, 0.2), (1.0, 0.56), (0.8, 0.88), (0.4, 1.0), (0.02, 0.86), (0.1, 0.62), (0.4, 0.48)),
        turned(0.5, (0.0, 0.18), (0.3, 0.2), (0.5, 0.56), (0.4, 0.88), (0.0, 1.0)),
    )[look.shape]
    cx = 0.74 if look.shape == 1 else 0.5
    star = ((-0.3, 0.3), (-0.22, 0.16), (0.0, 0.12), (0.22, 0.16), (0.3, 0.3), (0.15, 0.24), (0.0, 0.34), (-0.15, 0.24))
    stem = smooth((-0.05, 0.18), (-0.04, 0.06), (0.06, 0.0), (0.14, 0.03), (0.06, 0.18))
    top = [Part(stem + [cx, 0], GREEN), Part(smooth(*star) * [0.9, 1] + [cx, 0], GREEN)]
    if "sliced" in item.states:
        seeds = spots((206, 176, 116), 0.03, 0.62, (0.38, 0.7), (0.5, 0.62), (0.62, 0.7), (0.44, 0.82), (0.58, 0.84))
        return Drawing([], [*(part._replace(ink=True) for part in half(outline, rgb, flesh)), *seeds, *top])
    if "fried" in item.states:
        grill = pieces.lattice(0.5, 0.7, 0.32, 0.22, (120, 66, 30))
        return Drawing([], [part._replace(ink=True) for part in (*half(outline, rgb, (206, 140, 70)), *grill, *top)])
    return Drawing([], [Part(outline, rgb, shade=0.2), *top, shine(0.3, 0.74, 0.06, 0.1)])


def leaf(look: Look, item: SceneObject) -> Drawing:
    places = (
        ((-0.06, -0.08, 1.06, 1.2, 28),),
        ((-0.04, -0.06, 0.7, 1.14, -30), (0.3, -0.06, 1.04, 1.14, 30)),
        ((0.0, 0.22, 0.6, 1.1, 20), (0.4, 0.22, 1.0, 1.1, -20), (0.2, 0.0, 0.8, 0.8, -90)),
    )
    blade = smooth(
        (0.1, 0.5), (0.3, 0.18), (0.7, 0.24), (0.96, 0.48), (1.0, 0.5), (0.96, 0.52), (0.7, 0.76), (0.3, 0.82)
    )
    parts = []
    for x0, y0, x1, y1, angle in places[look.shape]:
        box = (x0, y0, x1, y1)
        rib = stretched(points((0.0, 0.5), (0.88, 0.5)), angle, box)
        parts += [Part(stretched(blade, angle, box), look.body), line(rib, dark(look.body))]
    return Drawing([], parts)


def ice_cube(look: Look, item: SceneObject) -> Drawing:
    rgb = (196, 226, 242)
    block = [*cube(rgb), shine(0.3, 0.6, 0.06, 0.14)]
    if "melted" in item.states:
        return Drawing([], pieces.puddle(rgb) + pieces.placed(block, (0.4, 0.0, 0.62, 0.58)))
    cracks = [line(smooth((0.12, 0.4), (0.26, 0.56), (0.2, 0.8), closed=False), light(rgb, 0.7))]
    block += cracks if look.shape == 2 else []
    return Drawing([], pieces.mirrored(block) if look.shape == 1 else block)
