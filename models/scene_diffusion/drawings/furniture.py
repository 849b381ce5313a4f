"""Drawings of what one sits, lies and stores on: tables, chairs, beds, shelves."""

from models.scene_diffusion.drawings.household import chest_of_drawers as chest_of_drawers
from models.scene_diffusion.drawings.household import ironing_board as ironing_board
from models.scene_diffusion.drawings.shapes import (
    Drawing,
    Look,
    Part,
    angular,
    arched,
    bars,
    dark,
    ellipse,
    light,
    line,
    pair,
    points,
    rectangle,
    smooth,
    soft,
    turned,
)
from tools.scene import SceneObject
from tools.vocabulary import RGB

WOOD, METAL, WHITE = (176, 128, 86), (92, 92, 100), (250, 248, 242)
RED, BLUE, YELLOW, GREEN, VIOLET = (206, 74, 66), (84, 138, 200), (240, 196, 84), (98, 160, 100), (148, 108, 180)


def table(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 1:
        foot = turned(0.5, (0.06, 0.2), (0.04, 0.5), (0.06, 0.82), (0.14, 0.92), (0.3, 1.0))
        top = [Part(ellipse(0.5, 0.17, 0.5, 0.13), dark(rgb, 0.22)), Part(ellipse(0.5, 0.12, 0.5, 0.12), rgb)]
        return Drawing([], [Part(foot, dark(rgb, 0.1)), *top])
    legs = bars((0.15, 0.8), 0.2, 0.86, 0.05, dark(rgb, 0.35)) + bars((0.03, 0.9), 0.2, 1.0, 0.07, dark(rgb, 0.12))
    if look.shape == 2:
        legs = [legs[0], legs[2], *bars((0.58,), 0.2, 1.0, 0.38, rgb)]
        for y in (0.34, 0.56, 0.78):
            legs += bars((0.61,), y, y + 0.17, 0.32, light(rgb, 0.18))
            legs.append(Part(ellipse(0.77, y + 0.085, 0.018, 0.035), METAL))
    top = [Part(points((0.1, 0.0), (0.9, 0.0), (1.0, 0.15), (0.0, 0.15)), light(rgb, 0.15))]
    return Drawing([], [*legs, *top, *bars((0,), 0.15, 0.26, 1, rgb)])


def chair(look: Look, item: SceneObject) -> Drawing:
    rgb = look.body
    if look.shape == 2:
        back = [Part(soft(0.08, 0.0, 0.92, 0.6, 0.2, 0.63), rgb)]
        back.append(Part(soft(0.2, 0.08, 0.8, 0.55, 0.14, 0.63), light(rgb, 0.25)))
    elif look.shape == 1:
        back = [Part(rectangle(0.14, y, 0.86, y + 0.08), rgb) for y in (0.05, 0.19, 0.33)]
        back += bars((0.1, 0.8), 0.0, 0.5, 0.1, rgb)
    else:
        back = bars((0.12, 0.34, 0.55, 0.76), 0.06, 0.5, 0.11, rgb)
        back.append(Part(smooth((0.06, 0.14), (0.1, 0.02), (0.5, 0.0), (0.9, 0.02), (0.94, 0.14), (0.5, 0.12)), rgb))
    legs = bars((0.17, 0.75), 0.6, 0.92, 0.08, dark(rgb, 0.35)) + bars((0.02, 0.87), 0.6, 1.0, 0.11, dark(rgb, 0.1))
    seat = points((0.1, 0.46), (0.9, 0.46), (1.0, 0.6), (0.0, 0.6))
    return Drawing([], [*back, *legs, Part(seat, light(rgb, 0.2)), *bars((0,), 0.6, 0.68, 1, rgb)])


def couch(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    camel = smooth((0.06, 0.3), (0.2, 0.14), (0.5, 0.0), (0.8, 0.14), (0.94, 0.3), (0.93, 0.78), (0.07, 0.78))
    top = (soft(0.07, 0.0, 0.93, 0.8, 0.22, 2), soft(0.08, 0.04, 0.92, 0.8, 0.06, 2), camel)[kind]
    places = ((0.12, 0.5), (0.12, 0.373, 0.627), (0.12, 0.5))[kind]
    seats = [Part(soft(x, 0.46, x + 0.76 / len(places), 0.7, 0.07, 2), rgb) for x in places]
    seams = [line(points((x, 0.1), (x, 0.46)), dark(rgb, 0.4)) for x in places[1:]]
    arms = pair(soft(0.0, (0.28, 0.0, 0.3)[kind], (0.15, 0.13, 0.12)[kind], 0.92, (0.14, 0.05, 0.05)[kind], 2), rgb)
    if kind == 2:
        seams = pair(soft(0.16, 0.2, 0.32, 0.5, 0.07, 2), look.accent)
        arms += pair(ellipse(0.075, 0.38, 0.075, 0.15), rgb)
    feet = bars((0.04, 0.9), 0.88, 1.0, 0.06, WOOD)
    return Drawing([], [*feet, Part(top, dark(rgb, 0.1)), *seams, *bars((0.1,), 0.68, 0.92, 0.8, rgb), *seats, *arms])


def bed(look: Look, item: SceneObject) -> Drawing:
    rgb, wood = look.body, (WOOD, light(look.body, 0.25), METAL)[look.shape]
    if look.shape == 2:
        head = [Part(rectangle(0.0, y, 0.125, y + 0.05), wood) for y in (0.06, 0.24)]
        head += bars((0.0, 0.1), 0.0, 1.0, 0.025, wood)
        foot = [Part(rectangle(0.88, 0.4, 1.0, 0.45), wood), *bars((0.88, 0.975), 0.36, 1.0, 0.025, wood)]
    else:
        head = [Part((soft(0.0, 0.0, 0.1, 1.0, 0.03, 2), soft(0.0, 0.0, 0.14, 1.0, 0.13, 2))[look.shape], wood)]
        foot = [Part(soft(0.93, 0.38, 1.0, 1.0, 0.05, 2), wood)]
    sheet = points((0.08, 0.62), (0.12, 0.42), (0.92, 0.42), (0.96, 0.62), (0.96, 0.74), (0.08, 0.74))
    cover = points((0.32, 0.42), (0.92, 0.42), (0.96, 0.6), (0.96, 0.92), (0.26, 0.92), (0.26, 0.6))
    fold = points((0.32, 0.41), (0.38, 0.41), (0.32, 0.6), (0.32, 0.92), (0.25, 0.92), (0.25, 0.6))
    pillow = smooth((0.09, 0.54), (0.11, 0.32), (0.19, 0.28), (0.27, 0.36), (0.26, 0.54), (0.18, 0.57))
    frame = [*bars((0.04,), 0.74, 0.92, 0.93, wood), Part(sheet, WHITE), Part(pillow, WHITE)]
    edge = line(smooth((0.34, 0.6), (0.7, 0.62), (0.96, 0.6), closed=False), dark(rgb, 0.3))
    return Drawing([], [*head, *frame, Part(cover, rgb), edge, Part(fold, light(rgb, 0.45)), *foot])


def bench(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    iron = dark(rgb, 0.35) if kind == 1 else METAL
    back = bars((0.1, 0.84), 0.04, 0.5, 0.06, iron)
    back += [Part(arched(0.0, 0.0, 1.0, 0.18, 0.12), rgb)] if kind == 2 else []
    for y in ((0.0, 0.18), (0.0,), (0.22,))[kind]:
        back += bars((0,), y, y + (0.13, 0.28, 0.1)[kind], 1, rgb)
    legs = bars((0.16, 0.8), 0.62, 0.9, 0.04, dark(iron)) + bars((0.05, 0.88), 0.62, 1.0, 0.07, iron)
    seat = points((0.05, 0.42), (0.95, 0.42), (1.0, 0.58), (0.0, 0.58))
    seam = [line(points((0.03, 0.5), (0.97, 0.5)), dark(rgb, 0.4))] if kind != 1 else []
    return Drawing([], [*back, *legs, Part(seat, light(rgb, 0.2)), *seam, *bars((0,), 0.58, 0.68, 1, rgb)])


def shelf(look: Look, item: SceneObject) -> Drawing:
    rgb, kind = look.body, look.shape
    parts = bars((0.02,), 0.08, 1.0, 0.96, rgb)
    for top, bottom in (((0.15, 0.44), (0.5, 0.78)), ((0.15, 0.5),), ((0.15, 0.53), (0.59, 0.95)))[kind]:
        parts += bars((0.08,), top, bottom, 0.84, dark(rgb, 0.22))
        for i, tint in enumerate((RED, BLUE, YELLOW, GREEN, VIOLET)):
            x, height = (0.1 if top < 0.3 else 0.56) + 0.066 * i, (0.85, 0.7, 0.9, 0.75, 0.82)[i]
            parts += bars((x,), bottom - height * (bottom - top), bottom, 0.066, tint)
    for y in ((0.82,), (0.56, 0.78), ())[kind]:
        parts += bars((0.08,), y, y + 0.15, 0.84, light(rgb, 0.2))
        parts += [Part(ellipse(x, y + 0.075, 0.022, 0.026), METAL) for x in (0.34, 0.66)]
    divider = bars((0.47,), 0.1, 0.97, 0.06, rgb) if kind == 2 else []
    return Drawing([], [*parts, *divider, *bars((0,), 0.0, 0.09, 1, light(rgb, 0.15))])


def wardrobe(look: Look, item: SceneObject) -> Drawing:
    rgb, kind, pale = look.body, look.shape, light(look.body, 0.12)
    cornice = (rectangle(0.0, 0.0, 1.0, 0.07), arched(0.02, 0.0, 0.98, 0.1, 0.09), rectangle(0.0, 0.0, 1.0, 0.05))[kind]
    case = [*bars((0.08, 0.82), 0.9, 1.0, 0.1, dark(rgb, 0.25)), *bars((0.04,), 0.05, 0.95, 0.92, rgb)]
    case.append(Part(cornice, pale))
    if "open" in item.states:
        door = points((0.2, 0.09), (0.2, 0.88), (0.0, 0.94), (0.0, 0.04))
        return Drawing([], [*case, *_clothes(rgb), *pair(door, pale)])
    low = (0.88, 0.88, 0.62)[kind]
    panels = pair(rectangle(0.15, 0.17, 0.43, 0.42), rgb) + pair(rectangle(0.15, 0.5, 0.43, 0.82), rgb)
    if kind == 1:
        glass = Part(soft(0.56, 0.17, 0.85, 0.82, 0.04, 0.72), (206, 226, 238))
        gleam = Part(points((0.62, 0.5), (0.7, 0.5), (0.82, 0.26), (0.74, 0.26)), WHITE, ink=False, alpha=0.6)
        panels = [Part(soft(0.15, 0.17, 0.44, 0.82, 0.04, 0.72), rgb), glass, gleam]
    elif kind == 2:
        panels = pair(rectangle(0.15, 0.17, 0.43, 0.56), rgb)
        for y in (0.65, 0.78):
            panels += [*bars((0.09,), y, y + 0.11, 0.82, pale), *pair(ellipse(0.3, y + 0.055, 0.025, 0.018), METAL)]
    knobs = pair(ellipse(0.465, (0.11 + low) / 2, 0.02, 0.025), METAL)
    return Drawing([], [*case, *bars((0.09, 0.5), 0.11, low, 0.41, pale), *panels, *knobs])


def _clothes(rgb: RGB) -> list[Part]:
    """The inside of a wardrobe, with a shirt and a dress on its rail."""
    rail = [*bars((0.2,), 0.1, 0.88, 0.6, dark(rgb, 0.6)), *bars((0.2,), 0.16, 0.18, 0.6, METAL)]
    rail += [line(points((x, 0.25), (x, 0.17)), METAL) for x in (0.35, 0.63)]
    shirt = angular(0.35, (0.03, 0.24), (0.11, 0.31), (0.09, 0.36), (0.07, 0.34), (0.07, 0.56))
    dress = angular(0.63, (0.02, 0.24), (0.08, 0.28), (0.05, 0.4), (0.12, 0.68))
    return [*rail, Part(shirt, BLUE), Part(dress, RED)]
