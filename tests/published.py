"""A run of tea as it is when it is published, without a generator."""

import cv2
import numpy as np
from PIL import Image

from models.scene_diffusion.composer import arrange, paint, random_look, visible_lines
from tools.artifacts import ArtifactStore
from tools.canvas import Sketch, Stroke, rasterise
from tools.layout import layout
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs, verbalise
from tools.trajectory import Cost, Finding, Frame, Score, Step, Trajectory
from tools.vocabulary import vocabulary


def scene(objects: dict[str, dict], *relations: tuple[str, str, str]) -> SceneGraph:
    return SceneGraph(
        objects=[SceneObject(id=noun, noun=noun, **how) for noun, how in objects.items()],
        relations=[
            Relation(subject=subject, relation=relation, object=other) for subject, relation, other in relations
        ],
    )


KETTLE, CUP = {"colour": "red"}, {"colour": "white"}
TEA = [
    (
        "Fill the kettle with fresh water",
        "Hold the kettle under the tap and fill it about half.",
        "The red kettle is full of cold water and stands by the cup.",
        scene({"kettle": KETTLE, "cup": CUP}, ("kettle", "left of", "cup")),
    ),
    (
        "Bring the water to a boil on the stove",
        "Set the kettle on the stove, and light it.",
        "Steam rises from the spout.",
        scene({"stove": {"states": ["lit"]}, "kettle": KETTLE | {"states": ["steaming"]}}, ("kettle", "on", "stove")),
    ),
    (
        "Put a tea bag into the cup",
        "Lay the tea bag into the empty cup.",
        "A dry tea bag lies in the cup.",
        scene({"cup": CUP, "tea bag": {}, "kettle": KETTLE}, ("tea bag", "in", "cup"), ("kettle", "left of", "cup")),
    ),
    (
        "Pour the hot water over the tea bag and let it steep for three minutes",
        "Pour slowly until the cup is nearly full.",
        "The water in the cup turns brown.",
        scene(
            {"cup": CUP | {"content": "tea"}, "kettle": KETTLE | {"states": ["pouring"]}}, ("kettle", "above", "cup")
        ),
    ),
    (
        "Serve it with a slice of lemon",
        "Take the tea bag out and put a lemon beside the cup.",
        "A steaming cup of tea, ready to drink.",
        scene(
            {"plate": {"colour": "blue"}, "cup": CUP | {"content": "tea", "states": ["steaming"]}, "lemon": {}},
            ("cup", "on", "plate"),
            ("lemon", "right of", "cup"),
        ),
    ),
]


def drawn_step(store: ArtifactStore, index: int, words: tuple[str, ...], scene: SceneGraph, rounds: int = 1) -> Step:
    """A step as a run leaves it: composed pictures stand for the generator's, a little soft and noisy like them."""
    rng = np.random.default_rng(index)
    looks = {item.id: random_look(item, rng) for item in scene.objects}
    boxes, frames = layout(scene, 1), []
    chain = chain_of_subgraphs(scene)
    strokes: list[Stroke] = []
    for stage, part in enumerate(chain):
        names = {item.id for item in part.objects}
        lines = visible_lines([placed for placed in arrange(scene, boxes, looks) if placed.object in names])
        new = sorted(names - {stroke.object for stroke in strokes})
        strokes = [Stroke(points=points.tolist(), object=identity) for identity, points in lines]
        sketch = Sketch(strokes=strokes, source="outlines")
        image = store.put_image(Image.fromarray(255 - rasterise(sketch, 256)))
        ins, des = f"Draw the {' and the '.join(new)}.", verbalise(part).text
        shown = {"image": image, "sketch": store.put_model(sketch), "ins": ins, "des": des, "source": "outlines"}
        frames.append(Frame(step=index, stage=stage, kind="sketch", **shown))
    pixels = paint(arrange(scene, boxes, looks), 256, *vocabulary().grounds[scene.ground])
    for round in range(rounds):
        soft = cv2.GaussianBlur(pixels, (0, 0), 1.6 - 0.4 * round) + rng.normal(0, 5, pixels.shape)
        image = store.put_image(Image.fromarray(soft.clip(0, 255).astype(np.uint8)))
        frames.append(
            Frame(
                step=index,
                round=round,
                stage=len(chain),
                kind="picture",
                image=image,
                sketch=frames[len(chain) - 1].sketch,
                ins="Paint it." if round == 0 else f"Paint the {scene.objects[0].noun} again.",
                des=verbalise(scene).text,
                source="refined" if round else "diffusion",
                manifest=store.put_json({"seed": 7 + round, "sampler": "dpm++", "steps": 10, "guidance": 3.0}),
                kept=round < 2,
            )
        )
    item = scene.objects[-1]
    findings = [
        Finding(step=index, round=round, side="picture", kind=kind, object=item.id, measured=measured, wanted=0.5)
        for round in range(rounds)
        for kind, measured in (("shape", 0.91), ("colour", 0.42 + 0.2 * (index % 2)))
    ]
    caption = verbalise(scene).text
    return Step(
        number=index + 1,
        **dict(zip(("instruction", "action", "state"), words, strict=True)),
        prompt=caption,
        caption=caption,
        scene=scene,
        frames=frames,
        findings=findings,
        score=Score(step=index, reason="PPJudge’s weights are not installed"),
        substitutions={"samovar": "kettle"} if index == 1 else {},
    )


def tea_run(store: ArtifactStore) -> Trajectory:
    """Five steps of "how to make tea"."""
    steps = [drawn_step(store, i, row[:3], row[3], rounds=3 if i == 3 else 1) for i, row in enumerate(TEA)]
    n = len(steps)
    return Trajectory(
        goal="how to make tea",
        title="How to make tea",
        plan_source="the written how-to library",
        profile="embedded",
        seed=7,
        settings={"size": 256, "max_rounds": 2, "sharing": True, "llm": None},
        line_and_wash=True,
        steps=steps,
        similarity=[[round(1 / (1 + 0.4 * abs(i - j)), 2) for j in range(n)] for i in range(n)],
        similarity_source="shared objects and their states",
        costs=[
            Cost(node="plan", seconds=0.02),
            *[Cost(node=f"sketch/{i:02d}", seconds=0.11) for i in range(n)],
            Cost(node="render", seconds=31.4, denoising_steps=50),
            Cost(node="refine/03/01", seconds=7.9, denoising_steps=10),
        ],
        notes=["No language model is configured: the plan comes from the written library."],
    )


def changed(run: Trajectory, number: int, **update) -> Trajectory:
    """The run with one step changed."""
    steps = [step.model_copy(update=update) if step.number == number else step for step in run.steps]
    return run.model_copy(update={"steps": steps})


def sketches_only(run: Trajectory, number: int) -> Trajectory:
    return changed(run, number, frames=run.steps[number - 1].sketches)
