"""`python -m graphs.instruct "how to make tea"`: a how-to becomes a coherent illustrated guide.

    plan ─ review ─ recaption ─ relate ─ subsample ─┬─ sketch(step) ─┬─ render ─┬─ inspect(step) ─┬─ score ─ publish
      └──────┘                                      └─ one a step ───┘  joint   └─ and refine ────┘

Source: Coherent Zero-Shot Visual Instruction Generation (arXiv 2406.04337); sketch, inspect and refine are `paint`.
"""

if __name__ == "__main__":  # first of all, so that --help is quick; a run imports this module by its name
    from graphs.terminal import run_instruct

    run_instruct()

from pathlib import Path
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite, Send

from agents import planner, recaptioner, similarity
from agents.embedded import UnknownGoal, contradictions, with_known_things
from agents.inspector import corrected
from agents.recaptioner import Recaption, image_prompt
from agents.scene_grapher import ground_of, scene_graph
from graphs.paint import graph as paint
from graphs.resources import door_of, metered, out_of, previews_of, profile_of, progress_of, settings_of, store
from graphs.review import decide
from graphs.state import (
    GUIDE,
    InstructInput,
    InstructState,
    Request,
    frames_of,
    last_sketch,
    shared_of,
    step_of,
    trajectory_of,
)
from tools.painting import SharingOptions, anchors_of, paint_steps
from tools.publish import publish as publish_run
from tools.scene import verbalise
from tools.score import score_guide, score_step
from tools.strokes import with_colours
from tools.trajectory import Step

GOAL_REFUSED = "plan/goal"
"""The note that another goal could not be planned; it is gone once the plan is accepted."""


@metered
def plan(state: InstructState) -> dict[str, Any]:
    """Goal → instructions, unless the steps were given; contradictions among them are noted."""
    asked, settings = Request.model_validate(state), settings_of(state)
    fresh = {"settings": settings.model_dump(), "other_goal": None}
    other = state.get("other_goal")
    if asked.given_steps and not other:
        made, door = planner.Plan(title=asked.goal, instructions=asked.given_steps, source="steps given"), None
    else:
        door = door_of(state)
        try:
            made = planner.plan(other or asked.goal, door, Path(settings.library) if settings.library else None)
        except UnknownGoal as error:
            if other is None:
                raise
            return {**fresh, "notes": {GOAL_REFUSED: str(error)}}  # the plan of before stands
    doubts = [f"left open by the goal: {made.ambiguity}"] if made.ambiguity else []
    doubts += contradictions(made.instructions)
    return {
        **fresh,
        "goal": other or asked.goal,
        "title": _headline(made.title),
        "instructions": made.instructions,
        "plan_source": made.source,
        "notes": Overwrite({f"plan/{index}": doubt for index, doubt in enumerate(doubts)}),
        "spent": door.ledger.spent() if door else {},
    }


def review(state: InstructState) -> dict[str, Any]:
    """The plan as a person wants it, if one is to be asked."""
    if not settings_of(state).review:
        return {}
    decision = decide(state)
    if decision.goal:
        return {"other_goal": decision.goal}
    if not decision.instructions or decision.instructions == state["instructions"]:
        notes = state.get("notes", {})
        return {"notes": Overwrite({key: note for key, note in notes.items() if key != GOAL_REFUSED})}
    doubts = {f"plan/{index}": doubt for index, doubt in enumerate(contradictions(decision.instructions))}
    return {
        "instructions": decision.instructions,
        "plan_source": f"{state['plan_source']}, edited",
        "notes": Overwrite(doubts),
    }


def reviewed(state: InstructState) -> str:
    """Another goal is planned anew."""
    return "plan" if state.get("other_goal") else "recaption"


@metered
def recaption(state: InstructState) -> dict[str, Any]:
    """Turn by turn, the action and the state of each step."""
    settings = settings_of(state)
    door = door_of(state)
    if settings.recaption:
        captions = recaptioner.recaption(state["instructions"], door, state["title"])
    else:
        captions = recaptioner.plain_captions(state["instructions"])
    return {"captions": [caption.model_dump() for caption in captions], "spent": door.ledger.spent()}


@metered
def relate(state: InstructState) -> dict[str, Any]:
    """The similarity matrix W: (N, N)."""
    settings, captions = settings_of(state), _captions(state)
    if not settings.similarity:
        return {
            "similarity": [[1.0] * len(captions) for _ in captions],
            "similarity_source": "left out: every pair counts as 1",
        }
    door = door_of(state)
    matrix, notes = similarity.relate(state["instructions"], captions, door)
    source = "from the overlap of entity states" if door.embedded else "from the language model"
    update = {"similarity": matrix, "similarity_source": source, "spent": door.ledger.spent()}
    return update | {"notes": {f"relate/{index}": note for index, note in enumerate(notes)}}


@metered
def subsample(state: InstructState) -> dict[str, Any]:
    """A scene graph for each step; its nested chain of sub-graphs is what is sketched."""
    settings, captions = settings_of(state), _captions(state)
    door, steps = door_of(state), {}
    prompts = [image_prompt(captions, index, settings.prompt_form) for index in range(len(captions))]
    graphs = [scene_graph(prompt, door) for prompt in prompts]
    graphs = with_known_things(graphs, state["title"]) if door.embedded else graphs
    ground = ground_of([scene for scene, _ in graphs])
    for index, (instruction, caption) in enumerate(zip(state["instructions"], captions, strict=True)):
        prompt, (scene, substitutions) = prompts[index], graphs[index]
        scene = scene.model_copy(update={"ground": ground})
        scene = corrected(scene, prompt) if settings.check_plan else scene
        if profile_of(settings).caption == "scene":
            scene = with_colours(scene, settings.seed)
        step = Step(
            number=index + 1,
            instruction=instruction,
            action=caption.action,
            state=caption.state,
            prompt=prompt,
            caption=verbalise(scene).text,
            scene=scene,
            substitutions=substitutions,
        )
        steps[step.key] = step.model_dump()
    emptied = {name: Overwrite({}) for name in ("frames", "findings", "scores")}
    return {"steps": Overwrite(steps), **emptied, "spent": door.ledger.spent()}


@metered
def render(state: InstructState) -> dict[str, Any]:
    """All steps through one denoising loop with shared keys and values."""
    settings = settings_of(state)
    profile, count = profile_of(settings), len(state["steps"])
    steps = [step_of(state, index) for index in range(count)]
    sketches = [last_sketch(state, index) for index in range(count)]
    options = SharingOptions(
        state["similarity"], shared_of(state["steps"], state["captions"]), settings.sharing, settings.masks
    )
    shown = (progress_of("render"), previews_of(steps))
    frames = paint_steps(steps, sketches, profile, settings.seed, options, store(), settings.offline, *shown)
    return {
        "frames": {frame.key: frame.model_dump() for frame in frames},
        "spent": {"denoising_steps": profile.steps * count},
    }


@metered
def score(state: InstructState) -> dict[str, Any]:
    """PPJudge on every step's trajectory, and on the whole."""
    judge, tell = settings_of(state).judge, progress_of("score")
    frames = [frames_of(state, index) for index in range(len(state["steps"]))]
    scores = {}
    for index, own in enumerate(frames):
        step = step_of(state, index)
        scores[step.key] = score_step(step, own, judge, store()).model_dump()
        tell(index + 1, len(frames))
    return {"scores": scores | {GUIDE: score_guide(frames, judge, store()).model_dump()}}


@metered
def publish(state: InstructState) -> dict[str, Any]:
    """The page, the contact sheet, the trajectory and the manifests."""
    settings = settings_of(state)
    paths = publish_run(trajectory_of(state, settings, profile_of(settings)), store(), out_of(settings))
    return {"page": str(paths[0])}


def _headline(text: str) -> str:
    return text[:1].upper() + text[1:]


def _captions(state: InstructState) -> list[Recaption]:
    return [Recaption.model_validate(caption) for caption in state["captions"]]


def to_sketch(state: InstructState) -> list[Send]:
    """Every step by itself: a sketch needs nothing of the others."""
    return [Send("sketch", _step_alone(state, index)) for index in range(len(state["steps"]))]


def to_inspect(state: InstructState) -> list[Send]:
    """Every step with the steps that it shares with, which a refinement replays."""
    shared = shared_of(state["steps"], state["captions"])
    limited = shared if settings_of(state).masks else None
    parts = []
    for index in range(len(state["steps"])):
        near = anchors_of(index, state["similarity"], limited)
        parts.append(_step_alone(state, index) | {"others": _pictured(state, near), "similarity": state["similarity"]})
        parts[-1]["shared"] = [[i, j, pairs] for (i, j), pairs in shared.items() if {i, j} <= {index, *near}]
    return [Send("inspect", part) for part in parts]


def _step_alone(state: InstructState, index: int) -> dict[str, Any]:
    return {
        "step": index,
        "steps": {key: step for key, step in state["steps"].items() if int(key) == index},
        "frames": {key: frame for key, frame in state.get("frames", {}).items() if frame["step"] == index},
        "settings": state["settings"],
    }


def _pictured(state: InstructState, steps: list[int]) -> dict[str, Any]:
    """The plans and pictures of some steps."""
    frames = state["frames"].items()
    return {
        "steps": {key: step for key, step in state["steps"].items() if int(key) in steps},
        "frames": {key: frame for key, frame in frames if frame["step"] in steps and frame["kind"] == "picture"},
    }


builder = StateGraph(InstructState, input_schema=InstructInput)
builder.add_node("plan", plan)
builder.add_node("review", review)
builder.add_node("recaption", recaption)
builder.add_node("relate", relate)
builder.add_node("subsample", subsample)
builder.add_node("sketch", paint)
builder.add_node("render", render)
builder.add_node("inspect", paint)
builder.add_node("score", score)
builder.add_node("publish", publish)
builder.add_edge(START, "plan")
builder.add_edge("plan", "review")
builder.add_conditional_edges("review", reviewed, ["plan", "recaption"])
builder.add_edge("recaption", "relate")
builder.add_edge("relate", "subsample")
builder.add_conditional_edges("subsample", to_sketch, ["sketch"])
builder.add_edge("sketch", "render")
builder.add_conditional_edges("render", to_inspect, ["inspect"])
builder.add_edge("inspect", "score")
builder.add_edge("score", "publish")
builder.add_edge("publish", END)

graph = builder.compile(name="instruct")
