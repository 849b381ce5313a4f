"""Sheets of guides to look at: `python -m evals.sheets --data ../data --out sheets`. Nothing is picked.

Half of them are goals that GPT-4 planned for the authors of arXiv 2406.04337, taken evenly from those that can be
drawn, half are how-tos of the library, taken evenly too. A column is a step; the rows: painted from strokes
and forms, the same under line and wash, painted from words without strokes, the same under line and wash.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import torch
import typer
from PIL import Image, ImageDraw, ImageFont
from rich.progress import track

from agents.embedded.library import how_tos
from agents.llm import Door
from agents.recaptioner import image_prompt, recaption
from agents.scene_grapher import scene_graph
from agents.similarity import relate
from evals.bench_kv_sharing.consistency import drawable
from evals.language.figures import evenly
from tools.canvas import Sketch
from tools.diffusion import PictureRequest, SharingPlan, paint_pictures
from tools.layout import layout
from tools.model_hub import Models, Profile, load_profile, models_of
from tools.publish import ink_wash
from tools.scene import SceneGraph, verbalise
from tools.strokes import sketch_chain, with_colours

SIDE, TITLE = 192, 24
STEPS = 6
"""Columns at most."""


class Guide(NamedTuple):
    """What is to be painted: a scene a step, and W."""

    title: str
    scenes: list[SceneGraph]
    similarity: list[list[float]]


def from_goals(data: Path, count: int) -> Iterator[Guide]:
    """Goals as GPT-4 planned them."""
    door = Door()
    for goal in evenly(drawable(data)[0], count):
        prompts = [f"{action} {state}" for action, state in zip(goal.actions, goal.states, strict=True)]
        yield Guide(goal.title, [scene_graph(prompt, door)[0] for prompt in prompts], goal.relation.tolist())


def from_library(count: int) -> Iterator[Guide]:
    """How-tos of the library, planned as `graphs.instruct` plans them."""
    door = Door()
    for how_to in evenly(how_tos(), count):
        captions = recaption(list(how_to.steps), door, how_to.title)
        scenes = [scene_graph(image_prompt(captions, index), door)[0] for index in range(len(captions))]
        yield Guide(how_to.title, scenes, relate(list(how_to.steps), captions, door)[0])


def requests_of(guide: Guide, seed: int) -> list[PictureRequest]:
    """What is asked for, colours named once for all steps."""
    requests = []
    for number, scene in enumerate(guide.scenes[:STEPS]):
        scene = with_colours(scene, seed)
        (text, spans), boxes = verbalise(scene), layout(scene, seed)
        sketch = sketch_chain([scene], boxes, seed)[0]
        asked = PictureRequest(prompt=text, spans=spans, boxes=boxes, sketch=sketch, scene=scene, seed=seed + number)
        requests.append(asked)
    return requests


def sharing_of(guide: Guide) -> SharingPlan:
    """The whole method: things of the same noun, weighed by W."""
    scenes = guide.scenes[:STEPS]
    pairs = {
        (i, j): [(a.id, b.id) for a in one.objects for b in other.objects if a.noun == b.noun]
        for i, one in enumerate(scenes)
        for j, other in enumerate(scenes)
        if i != j
    }
    similarity = torch.tensor(guide.similarity, dtype=torch.float32)[: len(scenes), : len(scenes)]
    return SharingPlan(similarity, {pair: same for pair, same in pairs.items() if same})


def sheet(models: Models, profile: Profile, guide: Guide, seed: int) -> Image.Image:
    """The guide's pictures with their title."""
    requests, plan = requests_of(guide, seed), sharing_of(guide)
    blind = [request.model_copy(update={"sketch": Sketch(shapes=request.sketch.shapes)}) for request in requests]
    rows: list[list[Image.Image]] = []
    for asked in (requests, blind):
        pictures = [picture.image for picture in paint_pictures(models, profile, asked, plan)]
        rows.append([picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS) for picture in pictures])
        inked = [ink_wash(picture, request.sketch, 512) for picture, request in zip(pictures, requests, strict=True)]
        rows.append([picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS) for picture in inked])
    canvas = Image.new("RGB", (SIDE * len(requests), TITLE + SIDE * len(rows)), "white")
    ImageDraw.Draw(canvas).text((6, 4), guide.title, fill=(50, 50, 60), font=ImageFont.load_default(15))
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            canvas.paste(picture, (SIDE * x, TITLE + SIDE * y))
    return canvas


def main(
    out: Annotated[Path, typer.Option(help="Folder for the sheets.")],
    data: Annotated[Path, typer.Option(envvar="ATELIER_DATA", help="The folder of the data sets.")] = Path("data"),
    profile: Annotated[str, typer.Option(help="Whose models paint.")] = "embedded",
    sheets: Annotated[int, typer.Option(help="How many, half of each kind.")] = 10,
    seed: int = 0,
) -> None:
    """Paints and writes the sheets."""
    chosen = load_profile(profile)
    models = models_of(chosen)
    out.mkdir(parents=True, exist_ok=True)
    guides = [*from_goals(data, sheets // 2), *from_library(sheets - sheets // 2)]
    for number, guide in enumerate(track(guides, "painting"), 1):
        sheet(models, chosen, guide, seed).save(out / f"sheet-{number:02d}.jpg", quality=88)


if __name__ == "__main__":
    typer.run(main)
