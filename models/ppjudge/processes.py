"""Synthetic painting processes: scenes painted part by part or drawn line by line, pictures rendered in brush strokes.

What a process leaves out (its refinement, its colours, its objects) is decided here, since it changes what is painted;
what goes wrong on the way is in `defects.py`.
"""

from typing import NamedTuple

import cv2
import numpy as np

from models.ppjudge.camera import framed
from models.ppjudge.making import backdrop, constructed, in_the_middle, modelled
from models.ppjudge.strokes import brush_frames, dream
from models.scene_diffusion.composer import Placed, arrange, paint, paint_on, visible_lines
from models.scene_diffusion.drawings import Look, random_look
from models.scene_diffusion.phrasings import rephrase
from models.scene_diffusion.random_scenes import random_object, random_scene
from tools.layout import layout
from tools.scene import SceneGraph
from tools.vocabulary import RGB, vocabulary

STYLES = ("flat colour", "line drawing", "line and wash", "brush stroke", "sketched", "modelled", "constructed")
"""As in "This is a {style} painting."; "sketched" is the studio's own: stages of a sketch, then the picture."""
CHANCES = (0.25, 0.08, 0.13, 0.22, 0.08, 0.16, 0.08)
PAPER: RGB = (250, 249, 246)
BLOCK = 0.04
"""Share of the canvas from which a part counts as a big shape."""


class Lacks(NamedTuple):
    """What a process leaves out, each from 0 to 1: refinement, colour, content; and how much its reference differs."""

    refinement: float = 0.0
    colour: float = 0.0
    content: float = 0.0
    subject: float = 0.0


class Process(NamedTuple):
    """A process and what it was to show.

    Attributes:
        frames: (T, S, S, 3) uint8.
        reference: (S, S, 3) uint8, the picture that was asked for.
        caption: the same in words, "" where there are none.
        style: one of `STYLES`.
        strange: the share of the reference that the process does not show.
    """

    frames: np.ndarray
    reference: np.ndarray
    caption: str
    style: str
    strange: float


class Drawn(NamedTuple):
    """A scene on the canvas: its parts in painter's order, and the colours of ground and wall."""

    placed: list[Placed]
    ground: RGB
    wall: RGB

    def image(self, size: int) -> np.ndarray:
        """The finished picture: (size, size, 3) uint8."""
        return paint(self.placed, size, self.ground, self.wall)


class Act(NamedTuple):
    """One thing that a painter does: part number `part` (-1: the ground), blocked in or finished."""

    part: int
    finished: bool


def drawn(scene: SceneGraph, looks: dict[str, Look], seed: int) -> Drawn:
    """A scene laid out and arranged."""
    placed = arrange(scene, layout(scene, seed), looks)
    return Drawn(placed, *vocabulary().grounds[scene.ground])


def other_subject(scene: SceneGraph, share: float, nouns: list[str], rng: np.random.Generator) -> SceneGraph:
    """The scene with a share of its objects, at least one, replaced by things of other nouns."""
    count = max(1, round(share * len(scene.objects)))
    replaced = {item.id for item in rng.permutation(np.array(scene.objects, object))[:count]}
    free = [noun for noun in nouns if noun not in {item.noun for item in scene.objects}]
    objects = [
        random_object(item.id, str(rng.choice(free)), rng) if item.id in replaced else item.model_copy(deep=True)
        for item in scene.objects
    ]
    relations = [edge for edge in scene.relations if not {edge.subject, edge.object} & replaced]
    alone = replaced | {edge.subject for edge in scene.relations if edge not in relations}
    for item in objects:
        if item.id in alone:  # it has nothing to pour into
            item.states = [state for state in item.states if state != "pouring"]
    return SceneGraph(objects=objects, relations=relations, ground=scene.ground)


def scene_process(
    scene: SceneGraph, style: str, frames: int, lacks: Lacks, nouns: list[str], rng: np.random.Generator, size: int
) -> Process:
    """A scene painted or drawn in one of the styles, in `frames` frames; `nouns` may stand in for its own."""
    looks = {item.id: random_look(item, rng) for item in scene.objects}
    seed = int(rng.integers(2**31))
    wanted, shown = scene, drawn(scene, looks, seed)
    target, strange = shown, 0.0
    if lacks.subject:
        wanted = other_subject(scene, lacks.subject, nouns, rng)
        own = {item.id: item.noun for item in scene.objects}
        changed = [item for item in wanted.objects if own[item.id] != item.noun]
        strange = len(changed) / len(scene.objects)
        target = drawn(wanted, looks | {item.id: random_look(item, rng) for item in changed}, seed)
    shown = shown._replace(placed=_in_fewer_colours(_with_less(shown.placed, lacks.content, rng), lacks.colour))
    if style == "flat colour":
        pictures, reference = painted(shown, frames, lacks.refinement, rng, size), target.image(size)
    elif style == "brush stroke":
        reference = target.image(size)
        pictures = brush_frames(shown.image(size), frames, lacks.refinement, 0.0, rng)
    elif style == "sketched":
        reference = target.image(size)
        stages = sketched(shown, frames - 1, lacks.refinement, False, rng, size)
        pictures = np.concatenate([stages, shown.image(size)[None]])
    elif style in ("modelled", "constructed"):
        pictures, reference = made(shown.placed, target.placed, style, frames, lacks.refinement, rng, size)
    else:
        washed = style == "line and wash"
        pictures = sketched(shown, frames, lacks.refinement, washed, rng, size)
        reference = sketched(target, 2, 0.0, washed, rng, size)[-1]
    return Process(pictures, reference, rephrase(wanted, rng).text, style, strange)


def dream_process(frames: int, lacks: Lacks, rng: np.random.Generator, size: int) -> Process:
    """A picture of nothing in particular, rendered in brush strokes: it widens what is seen beyond scenes."""
    target = dream(rng, size)
    shown = target
    if lacks.colour:
        gray = cv2.cvtColor(cv2.cvtColor(target, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        shown = cv2.addWeighted(target, 1 - lacks.colour, gray, lacks.colour, 0)
    if lacks.subject:
        target = target.copy()
        width = round(size * lacks.subject)
        start = int(rng.integers(size - width + 1))
        target[:, start : start + width] = dream(rng, size)[:, start : start + width]
    pictures = brush_frames(shown, frames, lacks.refinement, lacks.content, rng)
    return Process(pictures, target, "", "brush stroke", lacks.subject)


def _with_less(placed: list[Placed], share: float, rng: np.random.Generator) -> list[Placed]:
    """Parts without a share of the objects; one always stays."""
    names = list(dict.fromkeys(part.object for part in placed))
    gone = set(rng.permutation(names)[: min(len(names) - 1, round(share * len(names)))])
    return [part for part in placed if part.object not in gone]


def _in_fewer_colours(placed: list[Placed], share: float) -> list[Placed]:
    """Parts whose colours are a share nearer to one dull tone, each keeping its lightness."""

    def dulled(fill: RGB | None) -> RGB | None:
        if fill is None or not share:
            return fill
        tone = np.array([1.02, 1.0, 0.95]) * np.dot(fill, [0.3, 0.59, 0.11])
        red, green, blue = (np.array(fill) * (1 - share) + tone * share).clip(0, 255).astype(int).tolist()
        return red, green, blue

    return [part._replace(part=part.part._replace(fill=dulled(part.part.fill))) for part in placed]


def acts(placed: list[Placed], refinement: float, by_object: bool) -> list[Act]:
    """What a painter does, in order: ground, big shapes in flat colour, small parts, then outlines and shading.

    Args:
        refinement: share of the small parts and finishing touches that never come, the last ones.
        by_object: object after object, not all over the canvas.
    """
    big, small, touches = [], [], []
    for index, (_, part) in enumerate(placed):
        filled = part.closed and part.fill is not None
        area = cv2.contourArea(part.points.astype(np.float32)) if filled else 0.0
        if filled and part.alpha > 0.3 and area > BLOCK:
            big.append(Act(index, False))
            touches.append(Act(index, True))
        else:
            small.append(Act(index, True))
    order = list(dict.fromkeys(part.object for part in placed))
    if not big and small:
        big, small = small[:1], small[1:]

    def place(act: Act) -> int:
        return order.index(placed[act.part].object)

    refined = sorted(small, key=place) + sorted(touches, key=place)
    refined = refined[: round(len(refined) * (1 - refinement))]
    done = sorted(big, key=place) + refined
    return [Act(-1, True), *(sorted(done, key=place) if by_object else done)]


def moments(count: int, frames: int, rng: np.random.Generator) -> list[int]:
    """How much of `count` is done at each frame: unevenly, nothing or little at first, all at last; growing."""
    gaps = rng.uniform(0.5, 1.5, frames)
    gaps[0] *= rng.random()
    done = np.round(gaps.cumsum() / gaps.sum() * count).astype(int)
    return done.tolist()


def painted(scene: Drawn, frames: int, refinement: float, rng: np.random.Generator, size: int) -> np.ndarray:
    """A scene painted in `frames` frames: (T, size, size, 3) uint8."""
    todo = acts(scene.placed, refinement, rng.random() < 0.4)
    pictures = []
    for done in moments(len(todo), frames, rng):
        state: dict[int, bool] = {}
        for act in todo[:done]:
            state[act.part] = state.get(act.part, False) or act.finished
        parts = [_as_far(part, state[index]) for index, part in enumerate(scene.placed) if index in state]
        ground, wall = (scene.ground, scene.wall) if -1 in state else (PAPER, PAPER)
        pictures.append(paint(parts, size, ground, wall))
    return np.stack(pictures)


def _as_far(placed: Placed, finished: bool) -> Placed:
    return placed if finished else placed._replace(part=placed.part._replace(ink=False, shade=0.0))


def sketched(
    scene: Drawn, frames: int, refinement: float, washed: bool, rng: np.random.Generator, size: int
) -> np.ndarray:
    """A scene drawn in ink, object by object, long lines first; then washed with colour: (T, size, size, 3) uint8."""
    lines = visible_lines(scene.placed, 256)
    order = list(dict.fromkeys(name for name, _ in lines))
    lines.sort(key=lambda line: (order.index(line[0]), -len(line[1])))
    kept = sorted(range(len(lines)), key=lambda n: -len(lines[n][1]))[: max(1, round(len(lines) * (1 - refinement)))]
    lines = [lines[n] for n in sorted(kept)]
    fills = [part for part in scene.placed if part.part.fill is not None and part.part.closed] if washed else []
    pen = max(1, round(rng.uniform(0.006, 0.013) * size))
    ink = tuple(rng.integers(20, 70, 3).tolist())
    pictures = []
    for done in moments(len(lines) + len(fills), frames, rng):
        washes = [part._replace(part=part.part._replace(ink=False)) for part in fills[: max(0, done - len(lines))]]
        picture = paint(washes, size, PAPER, PAPER)
        fixed = [np.round(points * size * 16).astype(np.int32) for _, points in lines[:done]]
        cv2.polylines(picture, fixed, False, ink, pen, cv2.LINE_AA, 4)
        pictures.append(picture)
    return np.stack(pictures)


def made(
    placed: list[Placed],
    wanted: list[Placed],
    style: str,
    frames: int,
    refinement: float,
    rng: np.random.Generator,
    size: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Things alone before a backdrop, in the making: (T, size, size, 3) uint8, and what was to be made."""
    side = float(rng.uniform(0.5, 0.9))
    placed, wanted = in_the_middle(placed, side), in_the_middle(wanted, side)
    done_by = [done / 1000 for done in moments(1000, frames, rng)]
    if style == "modelled":
        before = backdrop(rng, size)
        return modelled(placed, before, done_by, refinement, rng), paint_on(before, wanted)
    paper = np.full((size, size, 3), rng.uniform(225, 255), np.float32)
    return constructed(placed, paper, done_by, refinement), constructed(wanted, paper, [1.0], 0.0)[-1]


def random_process(
    frames: int, lacks: Lacks, nouns: list[str], held: frozenset[str], unseen: bool, rng: np.random.Generator, size: int
) -> Process:
    """A process of a random kind, now and then between bars.

    Args:
        nouns: that may stand in for what a scene has.
        held: nouns that scenes have none of, or where `unseen`, one of at least.
    """
    if rng.random() < 0.15:
        process = dream_process(frames, lacks, rng, size)
    else:
        scene = random_scene(rng)
        while held.isdisjoint(item.noun for item in scene.objects) == unseen:
            scene = random_scene(rng)
        style = STYLES[rng.choice(len(STYLES), p=CHANCES)]
        process = scene_process(scene, style, frames, lacks, nouns, rng, size)
    pictures, reference = framed(process.frames, process.reference, rng)
    return process._replace(frames=pictures, reference=reference)
