"""Whether what two steps share has one colour: `python -m evals.shared_colours`. Seeds are fixed and nothing is picked.

On built-in how-tos, how far apart the colours of a shared object are in the steps that share it, for no sharing and for
the full method (ΔE in Lab, mean over the pixels inside the object's strokes). Colours are left open in the captions.
"""

from typing import Annotated

import cv2
import numpy as np
import torch
import typer
from PIL import Image
from rich.console import Console
from rich.table import Table

from agents.llm import Door
from agents.planner import plan
from agents.recaptioner import image_prompt, recaption
from agents.scene_grapher import scene_graph
from agents.similarity import relate
from tools.canvas import Sketch
from tools.diffusion import PictureRequest, SharingPlan, paint_pictures
from tools.layout import layout
from tools.model_hub import Models, Profile, load_profile, models_of
from tools.scene import verbalise
from tools.strokes import sketch_chain

GOALS = ("make tea", "make lemonade", "fry an egg", "make tomato soup", "make hot chocolate", "make a salad")


def colour_of(picture: Image.Image, sketch: Sketch, identity: str) -> np.ndarray:
    """The mean Lab colour inside an object's strokes."""
    lines = [np.array(stroke.points) for stroke in sketch.strokes if stroke.object == identity]
    inside = np.zeros((256, 256), np.uint8)
    cv2.fillConvexPoly(inside, cv2.convexHull((np.concatenate(lines) * 256).astype(np.int32)), 1)
    lab = cv2.cvtColor(np.asarray(picture.resize((256, 256))).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return lab[inside > 0].mean(0)


def shared_colour_distance(models: Models, profile: Profile, goal: str, share: bool, seed: int) -> list[float]:
    """ΔE between the colours of each object in every two steps that share it."""
    door = Door()
    instructions = plan(goal, door).instructions
    captions = recaption(instructions, door)
    matrix, _ = relate(instructions, captions, door)
    scenes = [scene_graph(image_prompt(captions, index), door)[0] for index in range(len(captions))]
    boxes = [layout(scene, seed) for scene in scenes]
    sketches = [sketch_chain([scene], places, seed)[0] for scene, places in zip(scenes, boxes, strict=True)]
    requests = [
        PictureRequest(
            prompt=verbalise(scene).text, spans=verbalise(scene).spans, boxes=places, sketch=sketch, seed=seed + i + 1
        )
        for i, (scene, places, sketch) in enumerate(zip(scenes, boxes, sketches, strict=True))
    ]
    pairs = {
        (i, j): [(a.id, b.id) for a in one.objects for b in other.objects if a.noun == b.noun and not a.states]
        for i, one in enumerate(scenes)
        for j, other in enumerate(scenes)
        if i != j
    }
    pictures = paint_pictures(models, profile, requests, SharingPlan(torch.tensor(matrix), pairs) if share else None)
    return [
        float(
            np.linalg.norm(colour_of(pictures[i].image, sketches[i], a) - colour_of(pictures[j].image, sketches[j], b))
        )
        for (i, j), same in pairs.items()
        if i < j
        for a, b in same
    ]


def main(
    profile: Annotated[str, typer.Option(help="Whose models paint.")] = "embedded",
    seeds: Annotated[int, typer.Option(help="Runs of each how-to.")] = 2,
) -> None:
    """Measures and prints a table."""
    chosen = load_profile(profile)
    models = models_of(chosen)
    table = Table("colour distance of shared objects", "measured", title=f"{profile}, {models.revision}")
    for share in (False, True):
        distances = [
            distance
            for goal in GOALS
            for seed in range(seeds)
            for distance in shared_colour_distance(models, chosen, goal, share, seed)
        ]
        spread = 1.96 * np.std(distances) / len(distances) ** 0.5
        label = "full sharing with masks and similarity" if share else "no sharing"
        table.add_row(label, f"ΔE {np.mean(distances):.1f} ± {spread:.1f} (n={len(distances)})")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
