"""From a planned step to its frames: sketching, painting together, inspecting, refining.

What the nodes of `graphs.paint` and `graphs.instruct` do, usable without LangGraph. Every picture's manifest holds all
that made it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from tools.artifacts import ArtifactStore, Ref
from tools.canvas import Sketch, rasterise
from tools.layout import layout
from tools.model_hub import Models, Profile, models_of
from tools.scene import MAX_STAGES, SceneGraph, chain_of_subgraphs, phrase, verbalise
from tools.trajectory import Finding, Frame, Step
from tools.vocabulary import vocabulary

if TYPE_CHECKING:
    from torch import Tensor

    from tools.diffusion import PictureRequest, Preview, Progress, SharingPlan
    from tools.strokes import Drawing

ANCHORS = 2
"""Other pictures that a refined region shares with, at most: the most similar ones."""
REFINE_SEED = 7919
"""Added to the seed for each round, so that a region is not painted the same way again."""


SharedObjects = dict[tuple[int, int], list[tuple[str, str]]]


class SharingOptions(NamedTuple):
    """The ablations of row V7, and who is one thing with whom.

    Attributes:
        similarity: W, N rows of N values.
        shared: for each pair of steps (i, j), the object ids that are one thing in both.
    """

    similarity: list[list[float]]
    shared: SharedObjects
    sharing: bool = True
    masks: bool = True


def sketch_step(
    step: Step,
    seed: int,
    store: ArtifactStore,
    stages: int = MAX_STAGES,
    drawings: "Mapping[str, Drawing] | None" = None,
) -> list[Frame]:
    """The frames of a step's sketch, one for each of at most `stages` sub-graphs of its scene.

    `drawings` are of the objects that are not drawn by their outlines, as for `tools.strokes.sketch_chain`.
    """
    from tools.strokes import sketch_chain

    chain = chain_of_subgraphs(step.scene, stages)
    sketches = sketch_chain(chain, layout(step.scene, seed), seed, drawings)
    frames, known = [], set()
    for stage, (scene, sketch) in enumerate(zip(chain, sketches, strict=True)):
        new = [phrase(item) for item in scene.objects if item.id not in known]
        known |= {item.id for item in scene.objects}
        frames.append(
            Frame(
                step=step.number - 1,
                stage=stage,
                kind="sketch",
                image=store.put_image(Image.fromarray(255 - rasterise(sketch, 256))),
                sketch=store.put_model(sketch),
                ins=f"draw {' and '.join(new)}",
                des=verbalise(scene).text,
                source=sketch.source,
            )
        )
    return frames


def paint_steps(
    steps: list[Step],
    sketches: list[Frame],
    profile: Profile,
    seed: int,
    options: SharingOptions,
    store: ArtifactStore,
    offline: bool = False,
    progress: "Progress" = lambda done, total: None,
    preview: "Preview | None" = None,
) -> list[Frame]:
    """The first pictures of all steps, painted together; `sketches` are the last sketch frames of each."""
    from tools.diffusion import paint_pictures

    models = models_of(profile, offline)
    requests = [picture_request(step, frame, profile, seed, store) for step, frame in zip(steps, sketches, strict=True)]
    pictures = paint_pictures(models, profile, requests, _sharing_plan(options), progress=progress, preview=preview)
    frames = []
    for step, sketch, request, picture in zip(steps, sketches, requests, pictures, strict=True):
        manifest = _manifest(profile, models, request, sketch, options, step.number - 1)
        frames.append(
            Frame(
                step=step.number - 1,
                stage=sketch.stage + 1,
                kind="picture",
                image=store.put_image(picture.image),
                sketch=sketch.sketch,
                ins=f"paint: {step.action}",
                des=step.caption,
                source="diffusion",
                manifest=store.put_json(manifest),
                trajectory=_put_trajectory(picture.trajectory, store),
            )
        )
    return frames


def picture_request(step: Step, sketch: Frame, profile: Profile, seed: int, store: ArtifactStore) -> "PictureRequest":
    """What the generator is asked for: the scene's caption or the prompt itself, as the profile has it."""
    from tools.diffusion import PictureRequest

    text, spans = verbalise(as_trained(step.scene))
    if profile.caption == "prompt":
        text, spans = step.prompt, spans_in(step.prompt, step.scene)
    return PictureRequest(
        prompt=text,
        spans=spans,
        boxes=layout(step.scene, seed),
        sketch=strokes_of(sketch, store),
        scene=step.scene,
        seed=seed + step.number,
    )


def as_trained(scene: SceneGraph) -> SceneGraph:
    """The scene with contents that the generator has been trained on: vinegar is painted as lemonade is."""
    substances = vocabulary().substances
    names = {name: row.like for name, row in substances.items() if row.like}
    objects = [
        item.model_copy(update={"content": names.get(item.content or "", item.content)}) for item in scene.objects
    ]
    return scene.model_copy(update={"objects": objects})


def strokes_of(frame: Frame, store: ArtifactStore) -> Sketch:
    """The strokes under a frame."""
    return store.get_model(frame.sketch, Sketch) if frame.sketch else Sketch()


def spans_in(text: str, scene: SceneGraph) -> dict[str, list[tuple[int, int]]]:
    """Where a free text names the objects of a scene, by any word of the vocabulary for them."""
    lowered, spans = text.lower(), {}
    for item in scene.objects:
        noun = vocabulary().nouns[item.noun]
        names = {item.name.lower(), noun.name, noun.plural, *noun.synonyms} - {""}
        longest_first = sorted(names, key=len, reverse=True)
        found = [match for name in longest_first if (match := re.search(rf"\b{re.escape(name)}\b", lowered))]
        spans[item.id] = [match.span() for match in found[:1]]
    return spans


def inspect_step(step: Step, frames: list[Frame], seed: int, store: ArtifactStore) -> list[Finding]:
    """The picture side of inspection: the latest picture against its plan."""
    from tools.refine import measure

    latest = [frame for frame in frames if frame.kind == "picture"][-1]
    return measure(
        store.get_image(latest.image),
        strokes_of(latest, store),
        step.scene,
        layout(step.scene, seed),
        latest.step,
        latest.round,
    )


def refine_step(
    step: Step,
    frames: list[Frame],
    finding: Finding,
    others: list[tuple[Step, Frame]],
    profile: Profile,
    seed: int,
    options: SharingOptions,
    store: ArtifactStore,
    offline: bool = False,
    progress: "Progress" = lambda done, total: None,
) -> Frame:
    """The next round's picture: the region of a finding painted again, `others` replayed and shared with."""
    from tools.refine import redraw

    models = models_of(profile, offline)
    best = [frame for frame in frames if frame.kind == "picture" and frame.kept][-1]
    round = max(frame.round for frame in frames) + 1
    request = picture_request(step, best, profile, seed, store)
    request.seed += REFINE_SEED * round
    replayed = [
        (picture_request(other, frame, profile, seed, store), _get_trajectory(frame, store)) for other, frame in others
    ]
    rows = [step.number - 1, *[other.number - 1 for other, _ in others]]
    options = _restricted(options, rows)
    region = finding.box or request.boxes[finding.object]
    picture = redraw(
        models, profile, request, _get_trajectory(best, store), region, replayed, _sharing_plan(options), progress
    )
    manifest = _manifest(profile, models, request, best, options, 0)
    manifest |= {"refines": best.image.sha256, "region": region, "replays": [frame.image.sha256 for _, frame in others]}
    return Frame(
        step=best.step,
        round=round,
        stage=best.stage,
        kind="picture",
        image=store.put_image(picture.image),
        sketch=best.sketch,
        ins=f"<refine>{finding.refine}</refine>",
        des=step.caption,
        source="refined",
        manifest=store.put_json(manifest),
        trajectory=_put_trajectory(picture.trajectory, store),
    )


def anchors_of(step: int, similarity: list[list[float]], shared: SharedObjects | None = None) -> list[int]:
    """The steps most similar to a step; those of no similarity, or with no object in `shared`, are left out."""
    order = np.argsort([-value for value in similarity[step]], kind="stable")
    sharing = [j for j in order if j != step and similarity[step][j] > 0 and (shared is None or (step, j) in shared)]
    return [int(j) for j in sharing[:ANCHORS]]


def _restricted(options: SharingOptions, rows: list[int]) -> SharingOptions:
    """The options for some of the steps, renumbered."""
    shared = {
        (a, b): options.shared[i, j] for a, i in enumerate(rows) for b, j in enumerate(rows) if (i, j) in options.shared
    }
    return options._replace(similarity=[[options.similarity[i][j] for j in rows] for i in rows], shared=shared)


def _sharing_plan(options: SharingOptions) -> "SharingPlan | None":
    import torch

    from tools.diffusion import SharingPlan

    if not options.sharing or len(options.similarity) < 2:
        return None
    return SharingPlan(torch.tensor(options.similarity), options.shared if options.masks else None)


def _manifest(
    profile: Profile, models: Models, request: "PictureRequest", sketch: Frame, options: SharingOptions, row: int
) -> dict:
    return {
        "atelier": 1,
        "profile": profile.model_dump()
        | {part: _name(getattr(profile, part)) for part in ("pipeline", "control", "segmenter", "painter")},
        "revision": models.revision,
        "sampler": type(models.pipeline.scheduler).__name__,
        "prompt": request.prompt,
        "seed": request.seed,
        "boxes": request.boxes,
        "sketch": sketch.sketch.sha256 if sketch.sketch else None,
        "strokes_from": request.sketch.sources,
        "shapes": request.sketch.shapes,
        "sharing": {"similarity": options.similarity[row], "masks": options.masks} if options.sharing else None,
    }


def _name(model: str) -> str:
    """A hub id or a folder of the checkout as it is; of another folder its name alone, for manifests are shared."""
    return Path(model).name if Path(model).is_absolute() else model


def _put_trajectory(latents: "Tensor", store: ArtifactStore) -> Ref:
    from safetensors.torch import save

    return store.put(save({"latents": latents.contiguous()}), "application/x-safetensors")


def _get_trajectory(frame: Frame, store: ArtifactStore) -> "Tensor":
    from safetensors.torch import load

    if frame.trajectory is None:
        raise ValueError(f"frame {frame.key} has no latents to replay: paint the step again")
    return load(store.get(frame.trajectory))["latents"]
