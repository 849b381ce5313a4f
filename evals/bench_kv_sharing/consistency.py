"""Does sharing work? The ablation of arXiv 2406.04337 with the embedded generator, on the goals that it can draw.

The captions are GPT-4's, from the paper's project page, and so is W. Colours that a caption leaves open are left open,
as the graph would not: what is shared has to come from the other pictures. Independent pictures must differ in it, or
the comparison says nothing ("another seed" tells how much). Boxes and strokes are the same for all methods.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
from PIL import Image

from agents.llm import Door
from agents.scene_grapher import scene_graph
from evals.language.goals import FILE, Goal, read_goals
from evals.language.vocabulary import coverage
from evals.visual_instructions.guides import Guide, Subject, Thing, crop
from evals.visual_instructions.measures import Item, Values, looked_at
from evals.visual_instructions.networks import Network
from tools.diffusion import PictureRequest, SharingPlan, paint_pictures
from tools.layout import Box, layout
from tools.model_hub import Models, Profile
from tools.scene import SceneGraph, verbalise
from tools.strokes import sketch_chain
from tools.vocabulary import vocabulary

METHODS = ("none", "all keys", "+ masks", "+ similarity")
MEASURES = ("same thing", "same colour", "another seed", "recognised")


class Planned(NamedTuple):
    """A goal of GPT-4's, planned: a scene a step, W, and what is to be painted."""

    goal: Goal
    seed: int
    scenes: list[SceneGraph]
    requests: list[PictureRequest]


def drawable(data: Path) -> tuple[list[Goal], int]:
    """The goals in all whose steps the generator has learned GPT-4's first object, and how many goals there are."""
    goals = read_goals(data / FILE)
    known = [goal for goal in goals if all(objects and _is_learned(objects[0].name) for objects in goal.objects)]
    return known, len(goals)


def _is_learned(name: str) -> bool:
    noun = vocabulary().nearest_noun(name)[0]  # of a substance without a thing, the box: a vessel is drawn for it
    return coverage(name) in ("whole", "last") and vocabulary().nouns[noun].learned


def planned(goal: Goal, seed: int) -> Planned:
    """Scenes, boxes and strokes of a goal; a thing has the same shape in every step."""
    door = Door()
    prompts = [f"{action} {state}" for action, state in zip(goal.actions, goal.states, strict=True)]
    scenes = [scene_graph(prompt, door)[0] for prompt in prompts]
    requests = []
    for number, scene in enumerate(scenes):
        boxes, (text, spans) = layout(scene, seed), verbalise(scene)
        sketch = sketch_chain([scene], boxes, seed)[0]
        requests.append(PictureRequest(prompt=text, spans=spans, boxes=boxes, sketch=sketch, seed=100 * seed + number))
    return Planned(goal, seed, scenes, requests)


def sharing_of(plan: Planned, method: str) -> SharingPlan | None:
    """What a method shares: nothing; all keys; those of shared things; those, weighed by W."""
    similarity = torch.tensor(plan.goal.relation, dtype=torch.float32)
    pairs = {
        (i, j): [(a.id, b.id) for a in one.objects for b in other.objects if a.noun == b.noun]
        for i, one in enumerate(plan.scenes)
        for j, other in enumerate(plan.scenes)
        if i != j
    }
    shared = {pair: found for pair, found in pairs.items() if found}
    return {
        "none": None,
        "all keys": SharingPlan(torch.ones_like(similarity), None),
        "+ masks": SharingPlan(torch.ones_like(similarity), shared),
        "+ similarity": SharingPlan(similarity, shared),
    }[method]


def painted(models: Models, profile: Profile, plan: Planned, method: str) -> Guide:
    """The guide that a method makes; a thing goes by its noun, whatever state it is in."""
    pictures = [picture.image for picture in paint_pictures(models, profile, plan.requests, sharing_of(plan, method))]
    things = []
    for scene, request in zip(plan.scenes, plan.requests, strict=True):
        nouns = [item.noun for item in scene.objects]
        single = [item for item in scene.objects if nouns.count(item.noun) == 1 and item.count == 1]
        things.append({item.noun: Thing(item.noun, request.boxes[item.id]) for item in single})
    subject = Subject(plan.goal.title, plan.seed, tuple(plan.goal.actions))
    return Guide("", subject, {}, pictures, things)


def measure(guides: Sequence[Guide], network: Network) -> dict[str, Values]:
    """What a method's guides are worth, by measure: distances in features and colour, and what is recognised."""
    found: dict[str, Values] = {name: {} for name in MEASURES}
    for guide in guides:
        seen = looked_at(network, guide)
        for name in ("same thing", "recognised"):
            found[name][guide.subject] = seen.get(name, {})
        found["same colour"][guide.subject] = _colour_distances(guide)
    for one in guides:
        later = (g for g in guides if g.subject.goal == one.subject.goal and g.subject.seed > one.subject.seed)
        if other := next(later, None):
            found["another seed"][one.subject] = _other_seed(one, other, network)
    return found


def _colour_distances(guide: Guide) -> dict[Item, float]:
    """ΔE between the mean colours of a thing in every two steps that have it."""
    colours = [
        {noun: _mean_lab(picture, thing.box) for noun, thing in things.items()} for picture, things in _steps(guide)
    ]
    return {
        (i + 1, j + 1, noun): float(np.linalg.norm(colours[i][noun] - colours[j][noun]))
        for i in range(len(colours))
        for j in range(i + 1, len(colours))
        for noun in colours[i].keys() & colours[j].keys()
    }


def _steps(guide: Guide) -> list[tuple[Image.Image, dict[str, Thing]]]:
    return list(zip(guide.pictures, guide.things, strict=True))


def _mean_lab(picture: Image.Image, box: Box) -> np.ndarray:
    """The mean Lab colour of the middle of a box."""
    x0, y0, x1, y1 = box
    dx, dy = (x1 - x0) / 5, (y1 - y0) / 5
    pixels = np.asarray(picture)
    height, width = pixels.shape[:2]
    rows = slice(max(0, int((y0 + dy) * height)), max(1, int((y1 - dy) * height)))
    columns = slice(max(0, int((x0 + dx) * width)), max(1, int((x1 - dx) * width)))
    return cv2.cvtColor(pixels[rows, columns].astype(np.float32) / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3).mean(0)


def _other_seed(one: Guide, other: Guide, network: Network) -> dict[Item, float]:
    """How far a step's thing is from that of the same step with another seed: what independent pictures differ by."""
    found: dict[Item, float] = {}
    for number, ((picture, things), (again, also)) in enumerate(zip(_steps(one), _steps(other), strict=True), 1):
        for noun in things.keys() & also.keys():
            crops = [crop(picture, things[noun].box), crop(again, also[noun].box)]
            found[number, noun] = float(network.distances(crops)[0, 1])
    return found


def sheet(rows: list[list[Guide]], path: Path, side: int = 160) -> None:
    """A contact sheet: for each plan its methods' guides, one under the other."""
    guides = [guide for methods in rows for guide in methods]
    canvas = Image.new("RGB", (side * max(len(guide.pictures) for guide in guides), side * len(guides)), "white")
    for y, guide in enumerate(guides):
        for x, picture in enumerate(guide.pictures):
            canvas.paste(picture.resize((side, side), Image.Resampling.LANCZOS), (side * x, side * y))
    canvas.save(path)
