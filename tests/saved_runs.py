"""Runs as `publish` leaves them on disk, with pictures of a cup instead of painted ones."""

from PIL import Image

from evals.visual_instructions.guides import Subject
from tools.artifacts import ArtifactStore
from tools.scene import SceneGraph, SceneObject
from tools.trajectory import Frame, Step, Trajectory

RED, BLUE = "#d01010", "#1010d0"
BOX = (0.25, 0.5, 0.5, 0.75)


def cup_on(colour):
    """A picture of a white cup in the box, on a ground of a colour."""
    picture = Image.new("RGB", (64, 64), colour)
    picture.paste("white", (16, 32, 32, 48))
    return picture


def guide_of(seed):
    """Which guide it is."""
    return Subject("make tea", seed, ("Boil water.",))


def save_run(folder, pictures, seed=0, goal="make tea", states=(), extra=None, **settings):
    """A run's folder as `publish` leaves it, with the store beside it."""
    store, steps = ArtifactStore(folder.parent / "artifacts"), []
    for index, picture in enumerate(pictures):
        things = [SceneObject(id="it", noun="cup", states=[s for i, s in states if i == index])]
        things += [SceneObject(id="more", noun=extra[0])] if extra else []
        scene = SceneGraph(objects=things)
        manifest = store.put_json({"boxes": {"it": BOX, "more": extra[1] if extra else BOX}})
        frame = Frame(step=index, stage=1, kind="picture", image=store.put_image(picture), manifest=manifest)
        texts = {name: f"Step {index}." for name in ("instruction", "action", "state", "prompt", "caption")}
        steps.append(Step(number=index + 1, scene=scene, frames=[frame], **texts))
    run = Trajectory(
        goal=goal, title=goal, plan_source="", profile="tiny", seed=seed, settings=settings, steps=steps, similarity=[]
    )
    folder.mkdir(parents=True)
    (folder / "trajectory.json").write_text(run.model_dump_json())
    return folder
