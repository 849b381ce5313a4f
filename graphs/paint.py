"""One canvas: plan, sketch, render, inspect, refine. `instruct` runs this graph once a step, around a joint render.

Source: Think in Strokes, Not Pixels (arXiv 2604.04746).
"""

from collections.abc import Iterable
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite

from agents.critic import criticise, criticise_freely
from agents.inspector import inspect_plan
from agents.refiner import refinement
from agents.scene_grapher import scene_graph
from agents.sketcher import sketched
from graphs.resources import door_of, metered, previews_of, profile_of, progress_of, settings_of, store
from graphs.state import (
    PaintInput,
    PaintOutput,
    PaintState,
    findings_of,
    first_picture,
    frames_of,
    last_sketch,
    step_of,
)
from tools.layout import layout
from tools.painting import SharingOptions, anchors_of, inspect_step, paint_steps, refine_step, sketch_step
from tools.scene import verbalise
from tools.score import mark_of
from tools.strokes import Drawn, painted
from tools.trajectory import Finding, Frame, Step, shortfall, worst


@metered
def plan(state: PaintState) -> dict[str, Any]:
    """Prompt → scene graph and caption."""
    door = door_of(state)
    scene, substitutions = scene_graph(state["prompt"], door)
    step = Step(
        number=1,
        instruction=state["prompt"],
        action=state["prompt"],
        state="",
        prompt=state["prompt"],
        caption=verbalise(scene).text,
        scene=scene,
        substitutions=substitutions,
    )
    return {
        "step": 0,
        "steps": Overwrite({step.key: step.model_dump()}),
        "frames": Overwrite({}),
        "findings": Overwrite({}),
        "similarity": [[1.0]],
        "alone": True,
        "spent": door.ledger.spent(),
    }


@metered
def sketch(state: PaintState) -> dict[str, Any]:
    """The strokes of each sub-graph in turn; every stage is a frame."""
    settings, step, door = settings_of(state), step_of(state), door_of(state)
    drawn = Drawn({}, {})
    if settings.strokes == "painter":
        drawn = painted(step.scene, settings.seed, profile_of(settings).painter)
    if settings.strokes == "llm":
        drawn = sketched(step.scene, door)
    frames = sketch_step(step, settings.seed, store(), settings.stages, drawn.drawings)
    return {
        "frames": {frame.key: frame.model_dump() for frame in frames},
        "notes": {f"sketch/{thing}": note for thing, note in drawn.notes.items()},
        "spent": door.ledger.spent(),
    }


@metered
def render(state: PaintState) -> dict[str, Any]:
    """The first picture of a step that is painted by itself."""
    settings, step = settings_of(state), step_of(state)
    profile, last = profile_of(settings), last_sketch(state, state["step"])
    alone = SharingOptions([[1.0]], {}, sharing=False)
    shown = (progress_of("render"), previews_of([step]))
    (frame,) = paint_steps([step], [last], profile, settings.seed, alone, store(), settings.offline, *shown)
    return {"frames": {frame.key: frame.model_dump()}, "spent": {"denoising_steps": profile.steps}}


@metered
def inspect(state: PaintState) -> dict[str, Any]:
    """Two checks, plan against prompt and picture against plan; a refinement that is no better is dropped."""
    settings, step, frames = settings_of(state), step_of(state), frames_of(state, state["step"])
    latest = [frame for frame in frames if frame.kind == "picture"][-1]
    door, found = door_of(state), []
    if settings.check_plan:
        found += inspect_plan(step.prompt, step.scene, latest.step, latest.round, door)
    if settings.check_picture:
        found += inspect_step(step, frames, settings.seed, store())
    if settings.check_picture and settings.critic and not door.embedded:
        picture, boxes = store().get_image(latest.image), layout(step.scene, settings.seed)
        if settings.critic == "plan":
            found += criticise(picture, step.scene, boxes, latest.step, latest.round, door)
        else:
            found += criticise_freely(picture, step.prompt, step.scene, boxes, latest.step, latest.round, door)
    if settings.best_of == "ppjudge":
        latest.mark = mark_of(step, frames, settings.judge, store())
    latest.kept = _is_best(state, latest, found)
    return {
        "findings": {latest.key: [finding.model_dump() for finding in found]},
        "frames": {latest.key: latest.model_dump()},
        "spent": {"name": f"inspect/{latest.key}", **door.ledger.spent()},
    }


@metered
def refine(state: PaintState) -> dict[str, Any]:
    """The region of the worst finding painted again, under the same sharing."""
    settings, step, frames = settings_of(state), step_of(state), frames_of(state, state["step"])
    profile, finding = profile_of(settings), _worst_of_best(state)
    assert finding is not None, "good_enough sends here only while something is amiss"
    door = door_of(state)
    finding = finding.model_copy(update={"refine": refinement(finding, step.scene, door)})
    others = state.get("others") or {"steps": {}, "frames": {}}
    shared = {(i, j): [(a, b) for a, b in pairs] for i, j, pairs in state.get("shared", [])}
    limited = shared if settings.masks else None
    near = anchors_of(state["step"], state["similarity"], limited) if settings.sharing else []
    options = SharingOptions(state["similarity"], shared, settings.sharing, settings.masks)
    frame = refine_step(
        step,
        frames,
        finding,
        [(step_of(others, index), first_picture(others, index)) for index in near],
        profile,
        settings.seed,
        options,
        store(),
        settings.offline,
        progress_of(f"refine/{state['step']:02d}"),
    )
    return {
        "frames": {frame.key: frame.model_dump()},
        "spent": {"name": f"refine/{frame.key}", "denoising_steps": profile.steps, **door.ledger.spent()},
    }


def _is_best(state: PaintState, latest: Frame, found: list[Finding]) -> bool:
    """Whether the latest picture is better than the one that stood: by PPJudge's mark if it has one, or by findings."""
    before = _standing(frame for frame in frames_of(state, latest.step) if frame.round < latest.round)
    if before is None:
        return True
    if latest.mark is not None and before.mark is not None:
        return latest.mark > before.mark
    return shortfall(found) < shortfall(findings_of(state, latest.step)[before.key])


def _standing(frames: Iterable[Frame]) -> Frame | None:
    """The picture that stands: the last one kept."""
    return next((frame for frame in reversed([*frames]) if frame.kind == "picture" and frame.kept), None)


def _worst_of_best(state: PaintState) -> Finding | None:
    """What to paint again: the worst finding in the best picture so far."""
    best = _standing(frames_of(state, state["step"]))
    found = findings_of(state, state["step"])[best.key] if best else []
    return worst([finding for finding in found if finding.side == "picture"])


def what_first(state: PaintState) -> str:
    """A prompt is planned, a planned step sketched, a painted one inspected."""
    if "prompt" in state:
        return "plan"
    return "inspect" if any(frame.kind == "picture" for frame in frames_of(state, state["step"])) else "sketch"


def alone_or_together(state: PaintState) -> str:
    """A step of a guide is rendered with the others, by the graph around this one."""
    return "render" if state.get("alone") else END


def good_enough(state: PaintState) -> str:
    """Refines while something is amiss and rounds are left."""
    rounds = max(frame.round for frame in frames_of(state, state["step"]))
    return "refine" if _worst_of_best(state) and rounds < settings_of(state).max_rounds else END


builder = StateGraph(PaintState, input_schema=PaintInput, output_schema=PaintOutput)
builder.add_node("plan", plan)
builder.add_node("sketch", sketch)
builder.add_node("render", render)
builder.add_node("inspect", inspect)
builder.add_node("refine", refine)
builder.add_conditional_edges(START, what_first, ["plan", "sketch", "inspect"])
builder.add_edge("plan", "sketch")
builder.add_conditional_edges("sketch", alone_or_together, ["render", END])
builder.add_edge("render", "inspect")
builder.add_conditional_edges("inspect", good_enough, ["refine", END])
builder.add_edge("refine", "inspect")

graph = builder.compile(name="paint")
