"""What the embedded generator can do: `python -m evals.scene_diffusion`. Seeds are fixed and nothing is picked.

Measured on composed scenes that training never saw (other seeds of the same composer): PSNR of the first stage; with
and without scribble, how much of the strokes the picture's edges follow and how often a named colour is met. Then, on
the built-in how-tos, how far apart the colours of a shared object are in the steps that share it, for no sharing and
for the full method. Not covered: recognition by a classifier, GenEval-style tables, relation accuracy.
"""

from pathlib import Path
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
from models.scene_diffusion.composer import arrange, compose, visible_lines
from models.scene_diffusion.random_scenes import random_scene
from tools.canvas import Sketch, Stroke
from tools.diffusion import PictureRequest, SharingPlan, paint_pictures
from tools.layout import layout
from tools.model_hub import Models, Profile, load_profile, models_of
from tools.refine import measure
from tools.scene import SceneGraph, verbalise
from tools.strokes import look_of, sketch_chain

HELD_SEED = 10**6
GOALS = ("make tea", "make lemonade", "fry an egg", "make tomato soup", "make hot chocolate", "make a salad")


def first_stage_psnr(models: Models, scenes: int = 64) -> float:
    """Decibels between composed scenes and what the first stage makes of them."""
    rng = np.random.default_rng(HELD_SEED)
    images = np.stack([compose(random_scene(rng), rng).image for _ in range(scenes)])
    pixels = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.inference_mode():
        error = (models.pipeline.vae(pixels).clamp(-1, 1) - pixels).pow(2).mean()
    return float(-10 * torch.log10(error / 4))


def held_scenes(count: int) -> list[tuple[SceneGraph, dict, Sketch]]:
    """Scenes, their boxes and their outlines."""
    rng, found = np.random.default_rng(HELD_SEED + 1), []
    for _ in range(count):
        scene = random_scene(rng)
        boxes = layout(scene, int(rng.integers(2**31)))
        looks = {item.id: look_of(item, int(rng.integers(2**31))) for item in scene.objects}
        lines = visible_lines(arrange(scene, boxes, looks))
        found.append((scene, boxes, Sketch(strokes=[Stroke(points=p.tolist(), object=i) for i, p in lines])))
    return found


def follow(models: Models, profile: Profile, scenes: list, scribble: bool) -> tuple[float, float, list[Image.Image]]:
    """Mean share of strokes followed, share of named colours met, and the pictures."""
    shape, colour, pictures = [], [], []
    for start in range(0, len(scenes), 8):
        part = scenes[start : start + 8]
        requests = [
            PictureRequest(
                prompt=verbalise(scene).text,
                spans=verbalise(scene).spans,
                boxes=boxes,
                sketch=sketch if scribble else Sketch(),
                seed=HELD_SEED + start + index,
            )
            for index, (scene, boxes, sketch) in enumerate(part)
        ]
        for (scene, boxes, sketch), picture in zip(part, paint_pictures(models, profile, requests), strict=True):
            findings = measure(picture.image, sketch, scene, boxes, 0, 0)
            shape += [finding.measured for finding in findings if finding.kind == "shape"]
            colour += [finding.severity == 0 for finding in findings if finding.kind == "colour"]
            pictures.append(picture.image)
    return float(np.mean(shape)), float(np.mean(colour)), pictures


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


def sheet(rows: list[list[Image.Image]], path: Path) -> None:
    """A contact sheet, one row of pictures a list."""
    canvas = Image.new("RGB", (len(rows[0]) * 192, len(rows) * 192))
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            canvas.paste(picture.resize((192, 192), Image.Resampling.LANCZOS), (x * 192, y * 192))
    canvas.save(path)


def main(
    scenes: Annotated[int, typer.Option(help="Held-out scenes.")] = 64,
    out: Annotated[Path | None, typer.Option(help="Write a sheet of the first eight: with scribble, without.")] = None,
) -> None:
    """Measures and prints a table."""
    profile = load_profile("embedded")
    models, held = models_of(profile), held_scenes(scenes)
    shape, colour, drawn = follow(models, profile, held, scribble=True)
    free_shape, free_colour, free = follow(models, profile, held, scribble=False)
    table = Table("what", "measured", title=f"embedded generator {models.revision}, {scenes} held-out scenes")
    table.add_row("first stage, PSNR at 256²", f"{first_stage_psnr(models):.1f} dB")
    table.add_row("strokes followed, with scribble / layout only", f"{shape:.2f} / {free_shape:.2f}")
    table.add_row("named colours met, with scribble / layout only", f"{colour:.2f} / {free_colour:.2f}")
    for share in (False, True):
        distances = [
            d for goal in GOALS for seed in (0, 1) for d in shared_colour_distance(models, profile, goal, share, seed)
        ]
        spread = 1.96 * np.std(distances) / len(distances) ** 0.5
        label = "full sharing with masks and similarity" if share else "no sharing"
        table.add_row(
            f"colour distance of shared objects, {label}",
            f"ΔE {np.mean(distances):.1f} ± {spread:.1f} (n={len(distances)})",
        )
    Console().print(table)
    if out:
        sheet([drawn[:8], free[:8]], out)


if __name__ == "__main__":
    typer.run(main)
