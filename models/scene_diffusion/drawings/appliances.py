"""Drawings of machines of kitchen and house: stove, tap, oven, washing machine."""

import numpy as np

from models.scene_diffusion.drawings.cases import IRON, METAL, box, boxes, circles, feet, glow, keypad, size_of, tube
from models.scene_diffusion.drawings.kitchenware import coffee_maker as coffee_maker
from models.scene_diffusion.drawings.openings import content
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    between,
    dark,
    ellipse,
    inset,
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

FLAME = (92, 146, 236)
GLASS = (206, 228, 240)


def stove(look: Look, item: SceneObject) -> Drawing:
    body = rectangle(0.04, 0.26, 0.96, 1.0, 0.03)
    knob = [Part(ellipse(x, 0.43, 0.035, 0.08), look.accent) for x in (0.2, 0.34, 0.66, 0.8)]
    window = (
        [Part(rectangle(0.2, 0.6, 0.8, 0.9, 0.03), (84, 88, 100))]
        if look.shape != 2
        else [Part(rectangle(0.12, 0.62, 0.88, 0.68), dark(look.body, 0.3))]
    )
    grate = Part(rectangle(0.14, 0.18, 0.86, 0.27), (58, 58, 66))
    flames = []
    if "lit" in item.states:
        flames = [
            Part(smooth((x - 0.035, 0.2), (x - 0.02, 0.08), (x, -0.02), (x + 0.02, 0.08), (x + 0.035, 0.2)), FLAME)
            for x in (0.25, 0.34, 0.43, 0.52, 0.61, 0.7, 0.78)
        ]
    return Drawing([Part(body, look.body), *knob, *window, *flames, grate], [])


def tap(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 2:
        outer = [(0.78, 0.94), (0.78, 0.3), (0.6, 0.05), (0.3, 0.05), (0.1, 0.22), (0.1, 0.36)]
        pipe = smooth(*outer, (0.26, 0.36), (0.32, 0.25), (0.5, 0.22), (0.6, 0.36), (0.6, 0.94))
    else:
        pipe = points(
            (0.82, 1.0), (0.82, 0.26), (0.06, 0.26), (0.06, 0.56), (0.22, 0.56), (0.22, 0.42), (0.64, 0.42), (0.64, 1.0)
        )
    lever = [
        Part(rectangle(0.56, 0.04, 0.9, 0.13, 0.04), look.accent),
        Part(rectangle(0.69, 0.12, 0.77, 0.28), look.body),
    ]
    base = Part(rectangle(0.54, 0.92, 0.92, 1.0), dark(look.body, 0.2))
    parts = [*(lever if look.shape != 2 else []), Part(pipe, look.body), base]
    if "pouring" in item.states:
        parts.insert(0, Part(rectangle(0.08, 0.5, 0.2, 1.0), (150, 204, 236), shade=0.05))
    return Drawing([], parts)


def oven(look: Look, item: SceneObject) -> Drawing:
    inside = (250, 158, 62) if "lit" in item.states else (78, 82, 96)
    knobs = ((0.13, 0.29, 0.71, 0.87), (0.13, 0.87), (0.14, 0.32, 0.5, 0.68, 0.86))[look.shape]
    parts = [Part(rectangle(0.08, 0.94, 0.92, 1), IRON), Part(box(item, 0, 0, 1, 0.96, 0.1), look.body)]
    parts += circles(item, look.accent, 0.1, *[(x, 0.115) for x in knobs])
    if look.shape != 2:
        parts.append(Part(rectangle(0.4, 0.06, 0.6, 0.17), (110, 190, 150) if look.shape else IRON))
    if "open" in item.states:
        door = points((0.07, 0.74), (0.93, 0.74), (1, 0.94), (0, 0.94))
        parts += [Part(box(item, 0.09, 0.27, 0.91, 0.75, 0.05), inside), Part(door, dark(look.body, 0.16))]
        parts += [Part(inset(door, 0.7, 0.66), (120, 128, 142)), Part(rectangle(0, 0.94, 1, 1), look.body)]
    else:
        window = box(item, 0.16, 0.42, 0.84, (0.84, 0.88, 0.74)[look.shape], (0.1, 0.02, 0.26)[look.shape])
        parts += [*boxes(item, light(look.body, 0.1), 0.06, (0.06, 0.24, 0.94, 0.92)), Part(window, inside)]
        parts += [glow(inset(window, 0.7, 0.7)) if "lit" in item.states else shine(0.27, 0.52, 0.03, 0.05)]
        parts += boxes(item, METAL, 0.04, (0.18, 0.3, 0.82, 0.35))
    racks = (0.42, 0.58) if "open" in item.states else (0.6,)
    return Drawing([], parts + [Part(rectangle(0.16, y, 0.84, y + 0.018), METAL, ink=False) for y in racks])


def microwave(look: Look, item: SceneObject) -> Drawing:
    pane = (255, 214, 110) if "lit" in item.states else (84, 92, 108)
    parts = [*feet(0.08, 0.8), Part(box(item, 0, 0, 1, 0.94, 0.09), look.body)]
    parts += boxes(item, pane, (0.06, 0.02, 0.24)[look.shape], (0.06, 0.16, 0.68, 0.78))
    if {"lit", "open"} & set(item.states):
        parts.append(Part(ellipse(0.38, 0.68, 0.2, 0.06), (226, 238, 244)))
    if look.shape != 1:
        parts.append(Part(rectangle(0.78, 0.14, 0.94, 0.27), (120, 206, 160)))
    dials = ([], [(0.86, 0.3), (0.86, 0.64)], [(0.86, 0.6)])[look.shape]
    parts += circles(item, look.accent, 0.14, *dials) or keypad(rectangle(0.77, 0.36, 0.95, 0.8), 3, 3, look.accent)
    if "open" in item.states:
        door = points((0.05, 0.1), (0.2, 0), (0.2, 1), (0.05, 0.84))
        return Drawing([], [*parts, Part(door, light(look.body, 0.2)), Part(inset(door, 0.66, 0.7), pane)])
    return Drawing([], [*parts, shine(0.2, 0.36, 0.05, 0.1), *boxes(item, METAL, 0.02, (0.705, 0.16, 0.735, 0.78))])


def toaster(look: Look, item: SceneObject) -> Drawing:
    curved = smooth((0.06, 0.13), (0.84, 0.13), (0.88, 0.45), (0.87, 0.92), (0.06, 0.92), (0.05, 0.45))
    front = (box(item, 0, 0.12, 0.9, 0.92, 0.24), box(item, 0, 0.12, 0.9, 0.92, 0.04), curved)[look.shape]
    back = boxes(item, light(look.body, 0.25), 0.1, (0.03, 0, 0.87, 0.4))
    back += boxes(item, (66, 60, 62), 0.02, (0.12, 0.03, 0.78, 0.08), (0.12, 0.1, 0.78, 0.15))
    parts = [*feet(0.08, 0.66), Part(rectangle(0.925, 0.3, 0.945, 0.74), IRON, ink=False)]
    parts += [*boxes(item, look.accent, 0.05, (0.86, 0.36, 1, 0.47)), Part(front, look.body)]
    if look.shape == 1:
        parts.append(Part(rectangle(0, 0.7, 0.9, 0.82), look.accent))
    else:
        parts += [*circles(item, look.accent, 0.12, (0.7, 0.62)), *circles(item, METAL, 0.05, (0.7, 0.62), ink=False)]
    return Drawing(back, [*parts, shine(0.16, 0.42, 0.05, 0.14)])


def refrigerator(look: Look, item: SceneObject) -> Drawing:
    if "open" in item.states:
        return Drawing([], [*feet(0.08, 0.46), *_open_fridge(look, item)])
    doors = ([(0, 0, 1, 0.32), (0, 0.33, 1, 0.97)], [(0, 0, 0.45, 0.97), (0.46, 0, 1, 0.97)], [(0, 0, 1, 0.97)])
    grips = [(0.83, 0.14, 0.9, 0.28), (0.83, 0.38, 0.9, 0.6)], [(0.35, 0.3, 0.41, 0.62), (0.5, 0.3, 0.56, 0.62)]
    badge = ((0.12, 0.39, 0.3, 0.44), (0.1, 0.34, 0.29, 0.52), (0.3, 0.08, 0.7, 0.13))[look.shape]
    parts = [*feet(0.08, 0.78), *boxes(item, look.body, (0.08, 0.06, 0.34)[look.shape], *doors[look.shape])]
    parts += boxes(item, METAL, 0.04, *[*grips, [(0.7, 0.36, 0.94, 0.4)]][look.shape])
    parts += boxes(item, IRON if look.shape == 1 else look.accent, 0.04, badge)
    return Drawing([], [*parts, shine(0.14, 0.18, 0.05, 0.06)])


def _open_fridge(look: Look, item: SceneObject) -> list[Part]:
    """A cabinet with food in it, its door swung to the right."""
    pale, red, green, yellow = (236, 246, 250), (214, 64, 58), (98, 168, 84), (247, 204, 70)
    parts = [*boxes(item, look.body, 0.08, (0, 0, 0.68, 0.97)), *boxes(item, pale, 0.05, (0.07, 0.05, 0.62, 0.92))]
    parts += [Part(rectangle(0.07, y, 0.62, y + 0.012), METAL, ink=False) for y in (0.27, 0.49, 0.7)]
    for radius, y, rgb in ((0.14, 0.213, red), (0.17, 0.85, green)):
        parts += circles(item, rgb, radius, (0.21, y), (0.46, y))
    for rgb, *corners in (
        (light(pale), 0.38, 0.33, 0.5, 0.49),
        (yellow, 0.13, 0.39, 0.3, 0.49),
        (red, 0.2, 0.6, 0.48, 0.7),
    ):
        parts.append(Part(rectangle(*corners), rgb))
    parts.append(Part(points((0.68, 0), (1, 0.03), (1, 1), (0.68, 0.97)), look.body))
    shelf = points((0.73, 0.1), (0.95, 0.11), (0.95, 0.29), (0.73, 0.28))
    return parts + [Part(shelf + [0, y], pale) for y in (0, 0.3, 0.6)]


def blender(look: Look, item: SceneObject) -> Drawing:
    top, low = ((0.43, 0.27), (0.36, 0.36), (0.44, 0.34))[look.shape]
    jar = points((0.46 + top, 0.12), (0.46 + low, 0.62), (0.46 - low, 0.62), (0.46 - top, 0.12))
    back = [tube(item, 0.1, look.body, (0.4 + top, 0.2), (0.95, 0.24), (0.94, 0.44), (0.42 + low, 0.5))]
    back += [Part(ellipse(0.46, 0.12, top, 0.1), look.body), Part(jar, GLASS, alpha=0.8)]
    back.append(Part(ellipse(0.46, 0.12, top - 0.06, 0.065), (150, 172, 188)))
    if liquid := content(item):
        back.append(Part(between(jar, 0.28, 0.61), liquid, shade=0.06))
    back.append(Part(points((0.3, 0.54), (0.46, 0.58), (0.62, 0.54), (0.46, 0.62)), METAL))
    lip = np.concatenate([ellipse(0.46, 0.12, top, 0.1, 0, 180), ellipse(0.46, 0.12, top - 0.06, 0.065, 180, 0)])
    round_base = turned(0.46, (0.34, 0.68), (0.44, 0.8), (0.46, 0.94), (0.4, 1))
    base = (points((0.22, 0.66), (0.7, 0.66), (0.92, 1), (0, 1)), box(item, 0, 0.66, 0.92, 1, 0.1), round_base)
    front = [Part(jar, GLASS, ink=False, alpha=0.25), Part(lip, look.body), Part(base[look.shape], look.body)]
    front += boxes(item, dark(look.body, 0.3), 0.04, (0.42 - low, 0.6, 0.5 + low, 0.68))
    knobs = ((0.46,), (0.22, 0.46, 0.7), (0.32, 0.6))[look.shape]
    front += circles(item, look.accent, 0.1, *[(x, 0.86) for x in knobs])
    front += [Part(rectangle(0.5, y, 0.64, y + 0.012), IRON, ink=False) for y in (0.32, 0.4, 0.48)]
    return Drawing(back, [*front, shine(0.26, 0.36, 0.04, 0.1)])


def sink(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        rim, hollow = rectangle(0, 0.34, 1, 0.56), points((0.12, 0.38), (0.88, 0.38), (0.93, 0.53), (0.07, 0.53))
        wall = points((0, 0.56), (0.07, 0.53), (0.93, 0.53), (1, 0.56), (0.97, 1), (0.03, 1))
    else:
        bowl = [(0.5, 0.45), (0.47, 0.7), (0.34, 0.93), (0.22, 1)]
        pedestal = [(0.5, 0.45), (0.42, 0.68), (0.18, 0.8), (0.13, 0.88), (0.22, 1)]
        rim, hollow = ellipse(0.5, 0.45, 0.5, 0.16), ellipse(0.5, 0.45, 0.44, 0.115)
        side = turned(0.5, *(pedestal if look.shape else bowl))
        wall = np.concatenate([side, ellipse(0.5, 0.45, 0.44, 0.115, 180, 0)])
    inside = content(item) or dark(look.body, 0.25)
    back = [Part(rim, light(look.body, 0.3)), Part(hollow, inside)]
    back.append(Part(ellipse(0.5, 0.5, 0.05, 0.02), IRON, ink=False))
    back += boxes(item, METAL, 0.05, (0.28, 0.22, 0.36, 0.42), (0.66, 0.22, 0.74, 0.42))
    back.append(tube(item, 0.14, METAL, (0.46, 0.42), (0.46, 0.14), (0.5, 0.06), (0.56, 0.08), (0.58, 0.22)))
    edge = points((0, 0.57), (1, 0.57)) if look.shape == 1 else ellipse(0.5, 0.45, 0.5, 0.16, 10, 170)
    return Drawing(back, [Part(wall, look.body), line(edge, dark(look.body, 0.35)), shine(0.24, 0.7, 0.03, 0.06)])


def washing_machine(look: Look, item: SceneObject) -> Drawing:
    radius, cx, cy = (0.56, 0.62, 0.52)[look.shape], 0.5 + 0.06 * ("open" in item.states), 0.6
    tray = ((0.06, 0.05, 0.36, 0.15), (0.64, 0.05, 0.92, 0.15), (0.6, 0.05, 0.94, 0.15))[look.shape]
    parts = [*feet(0.08, 0.78), *boxes(item, look.body, 0.1, (0, 0, 1, 0.97))]
    parts.append(Part(rectangle(0.01, 0.19, 0.99, 0.205), dark(look.body, 0.3), ink=False))
    parts += circles(item, look.accent, 0.12, ((0.84, 0.5, 0.16)[look.shape], 0.1))
    parts += boxes(item, light(look.body, 0.5), 0.03, tray)
    if look.shape == 2:
        parts += boxes(item, METAL, 0.2, (cx - 0.33, 0.3, cx + 0.33, 0.9))
    else:
        parts += circles(item, look.accent if look.shape else METAL, radius, (cx, cy))
    if "open" in item.states:
        holes = [(cx + x, cy + y) for x in (-0.1, 0, 0.1) for y in (-0.12, 0, 0.12)]
        parts += circles(item, (70, 76, 90), radius * 0.76, (cx, cy)) + circles(item, METAL, 0.03, *holes, ink=False)
        door = ellipse(0.13, cy, 0.13, 0.3)
        return Drawing([], [*parts, Part(door, METAL), Part(inset(door, 0.62, 0.7), GLASS)])
    parts += circles(item, (176, 212, 232), radius * 0.76, (cx, cy))
    parts.append(Part(between(inset(parts[-1].points, 0.94, 0.94), cy + 0.03, 1), (96, 156, 206), ink=False))
    suds = [(cx + x, cy + y) for x, y in ((-0.14, 0.03), (-0.05, 0.02), (0.05, 0.03), (0.14, 0.025))]
    parts += circles(item, (244, 250, 252), 0.1, *suds, ink=False)
    return Drawing([], [*parts, shine(cx - 0.1, cy - 0.12, 0.05, 0.04)])


def iron(look: Look, item: SceneObject) -> Drawing:
    body = smooth((0.06, 0.86), (0.16, 0.62), (0.36, 0.46), (0.66, 0.42), (0.9, 0.44), (0.94, 0.66), (0.94, 0.86))
    grip = (
        [(0.3, 0.52), (0.36, 0.18), (0.52, 0.08), (0.78, 0.1), (0.88, 0.24), (0.88, 0.52)],
        [(0.3, 0.16), (0.5, 0.09), (0.74, 0.12), (0.86, 0.26), (0.86, 0.52)],
        [(0.4, 0.5), (0.38, 0.24), (0.46, 0.1), (0.62, 0.08), (0.78, 0.1), (0.86, 0.24), (0.84, 0.5)],
    )[look.shape]
    cord = smooth((0.86, 0.14), (0.93, 0.06), (0.98, 0.2), (0.97, 0.5), (0.99, 0.98), closed=False)
    parts = [line(cord, IRON), tube(item, 0.16, (104, 70, 52) if look.shape == 2 else look.body, *grip)]
    parts += [*boxes(item, look.accent, 0.03, (0.52, 0, 0.68, 0.08)), Part(body, look.body)]
    parts += circles(item, look.accent, 0.13, (0.6, 0.64)) + [shine(0.3, 0.6, 0.06, 0.05)]
    return Drawing([], [*parts, Part(points((0, 0.86), (0.98, 0.86), (0.96, 1), (0.02, 1)), METAL)])


def vacuum_cleaner(look: Look, item: SceneObject) -> Drawing:
    if look.shape == 1:
        parts = [tube(item, 0.09, METAL, (0.2, 0.04), (0.12, 0.92))]
        parts.append(Part(points((0.06, 0.9), (0.2, 0.9), (0.27, 1), (0, 1)), IRON))
        parts.append(tube(item, 0.12, IRON, (0.5, 0.74), (0.42, 0.5), (0.46, 0.24), (0.36, 0.07), (0.2, 0.05)))
        tank = smooth((0.34, 0.94), (0.36, 0.72), (0.54, 0.53), (0.8, 0.5), (0.96, 0.62), (1, 0.94), closed=False)
        parts += [Part(tank, look.body), *circles(item, look.accent, 0.2, (0.8, 0.9)), shine(0.56, 0.64, 0.06, 0.03)]
        return Drawing([], parts + circles(item, IRON, 0.1, (0.46, 0.95)))
    if look.shape == 2:
        parts = [tube(item, 0.1, IRON, (0.36, 0.4), (0.36, 0.08), (0.5, 0.03), (0.64, 0.08), (0.64, 0.4))]
        parts += boxes(item, look.body, 0.2, (0.2, 0.28, 0.8, 0.9)) + boxes(item, GLASS, 0.1, (0.32, 0.42, 0.68, 0.66))
        parts += boxes(item, look.body, 0.14, (0, 0.82, 1, 1))
        return Drawing([], [*parts, Part(rectangle(0.08, 0.94, 0.92, 0.99), look.accent)])
    bag = smooth((0.74, 0.2), (0.9, 0.32), (0.84, 0.6), (0.64, 0.82), (0.38, 0.78), (0.38, 0.56), (0.56, 0.32))
    head = smooth((0.05, 0.97), (0.07, 0.86), (0.26, 0.78), (0.56, 0.76), (0.72, 0.86), (0.72, 0.97))
    parts = [tube(item, 0.1, IRON, (0.97, 0.1), (0.93, 0.03), (0.84, 0.08), (0.6, 0.5), (0.42, 0.86))]
    parts += [Part(bag, look.body), Part(head, look.body), Part(rectangle(0.02, 0.93, 0.7, 0.98), IRON)]
    return Drawing([], parts + circles(item, look.accent, 0.12, (0.2, 0.94), (0.56, 0.94)))


def fan(look: Look, item: SceneObject) -> Drawing:
    radius, cy = ((0.74, 0.395), (0.66, 0.36), (0.66, 0.52))[look.shape]
    if look.shape == 2:
        parts = [tube(item, 0.09, IRON, (0.3, 0.14), (0.36, 0.03), (0.64, 0.03), (0.7, 0.14)), *feet(0.1, 0.76)]
        parts += boxes(item, look.body, 0.16, (0, 0.08, 1, 0.96))
    else:
        foot = points((0.5, 0.86), (1, 1), (0, 1)) if look.shape else turned(0.5, (0.1, 0.88), (0.34, 0.94), (0.44, 1))
        parts = [Part(rectangle(0.44, 0.6, 0.56, 0.94), look.body), Part(foot, look.body)]
    parts += circles(item, look.body, radius, (0.5, cy))
    parts += circles(item, light(mix(look.body, (200, 214, 226), 0.6), 0.5), radius * 0.88, (0.5, cy))
    count = (3, 4, 5)[look.shape]
    blade = smooth((0.1, -0.04), (0.34, -0.26), (0.72, -0.3), (0.86, -0.08), (0.7, 0.12), (0.3, 0.08)) * radius
    for a in np.radians(np.arange(count) * 360 / count - 80):
        turn = [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]
        parts.append(Part(blade @ turn / size_of(item) + [0.5, cy], look.body))
    return Drawing([], parts + circles(item, look.accent, 0.14, (0.5, cy)))


def hair_drier(look: Look, item: SceneObject) -> Drawing:
    barrel, nozzle = (
        (smooth((0.24, 0.12), (0.6, 0.01), (0.9, 0.06), (1, 0.28), (0.9, 0.5), (0.6, 0.53), (0.24, 0.46)), 0.06),
        (box(item, 0.24, 0, 1, 0.54, 0.26), -0.06),
        (points((0.22, 0.18), (0.66, 0), (0.92, 0.05), (1, 0.28), (0.92, 0.49), (0.66, 0.54), (0.22, 0.4)), 0.19),
    )[look.shape]
    cord = smooth((0.72, 0.93), (0.7, 0.99), (0.5, 0.97), (0.4, 0.8), (0.24, 0.8), (0.14, 0.98), closed=False)
    cone = points((0, max(nozzle, 0)), (0.26, 0.17), (0.26, 0.41), (0, 0.58 - max(nozzle, 0)))
    grip = points((0.6, 0.46), (0.86, 0.46), (0.82, 0.94), (0.62, 0.94))
    parts = [line(cord, IRON), Part(cone, IRON), Part(grip, look.body)]
    parts += boxes(item, look.accent, 0.03, (0.65, 0.6, 0.73, 0.74)) + boxes(item, IRON, 0.02, (0.64, 0.92, 0.8, 1))
    parts += [Part(barrel, look.body), *circles(item, dark(look.body, 0.35), 0.19, (0.8, 0.28))]
    parts += circles(item, look.accent, 0.09, (0.8, 0.28), ink=False)
    return Drawing([], [*parts, shine(0.42, 0.17, 0.08, 0.03)])
