"""What the graphs remember: plain JSON, references instead of pixels, and reducers that do not care about order."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator
from typing_extensions import TypedDict

from agents.ledger import Usage
from tools.model_hub import JUDGE, Profile
from tools.painting import SharedObjects
from tools.trajectory import Cost, Finding, Frame, Score, Step, Trajectory
from tools.vocabulary import vocabulary

STROKES: Literal["painter", "llm", "outlines"] = "painter"
"""Who draws the strokes, if nobody says."""
GUIDE = "guide"
"""Where the score of the whole guide lives in the state, beside those of its steps."""
OWN_MODELS = ("pipeline", "control", "segmenter", "painter", "judge")
"""Settings that may be paths of this machine."""
LIMITS = ("max_tokens", "max_cost", "cache")
"""Settings of which the result says nothing."""


class Settings(BaseModel):
    """Everything that can change a picture, and the limits of a run. Kept in the state, so that a resume has it too."""

    # Somebody may have written a password into the address.
    model_config = ConfigDict(hide_input_in_errors=True)

    profile: str = "embedded"
    pipeline: str | None = Field(None, description="a pipeline folder or hub id instead of the profile's")
    control: str | None = Field(None, description="an adapter or ControlNet folder or hub id instead of the profile's")
    segmenter: str | None = Field(None, description="a SAM 2 folder or hub id instead of the profile's; none has none")
    seed: int = Field(0, ge=0, lt=2**32)
    size: int | None = Field(None, ge=64, le=2048, multiple_of=64, description="pixels; the profile's if not given")
    max_rounds: int = Field(1, ge=0, le=10, description="refinements of a step at most")
    prompt_form: Literal["after", "previous"] = "after"
    recaption: bool = True
    similarity: bool = True
    masks: bool = True
    masks_from: Literal["early", "two-pass"] | None = Field(
        None, description="what is segmented: the pictures that early timesteps expect, or pictures painted before"
    )
    sharing: bool = True
    strokes: Literal["painter", "llm", "outlines"] = Field(
        STROKES, description="who draws: the Painter, a language model, the vocabulary's outlines, which help out"
    )
    painter: str | None = Field(None, description="a Painter's folder instead of the profile's")
    stages: int = Field(5, ge=1, le=5, description="sub-graphs that a sketch is drawn in; 1 draws it whole")
    check_plan: bool = Field(True, description="inspect the plan against the prompt")
    check_picture: bool = Field(True, description="inspect the picture against the plan")
    critic: Literal["plan", "self"] | None = Field(
        None, description="have a language model that sees look at the pictures too, with the plan or by itself"
    )
    best_of: Literal["findings", "ppjudge"] = Field(
        "findings", description="what chooses among a step's picture and its refinements: the findings, or PPJudge"
    )
    judge: str = Field(JUDGE, description="a PPJudge's folder; none does not score")
    review: bool = Field(False, description="stop at the plan, for a person to accept or change it")
    library: str | None = Field(None, description="a folder of how-tos that come before any other plan")
    offline: bool = False
    llm: str | None = Field(None, description="base URL of an OpenAI-compatible server")
    model: str = ""
    max_tokens: int | None = Field(None, gt=0, description="tokens that language models may use")
    max_cost: float | None = Field(None, ge=0, allow_inf_nan=False, description="money that they may cost")
    cache: bool = Field(True, description="whether answers of language models are kept, and found again")
    out: str | None = None

    @field_validator("llm")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        value = value.strip() if value else None
        parts = urlsplit(value or "")
        if value and not (
            parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and value.isprintable()
        ):
            raise ValueError("give the address of a server, such as http://localhost:11434/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("give the address alone; a key goes into OPENAI_API_KEY, where it is not kept")
        return value


class NodeCost(Cost):
    """What a node spent, with what each role of a language model took of it.

    Attributes:
        task: the node's run in the graph, by which its spending is found in the run's journal.
    """

    roles: dict[str, Usage] = {}
    task: str = ""


class Request(BaseModel):
    """What may be asked for, however it comes in."""

    goal: str = Field(min_length=1, max_length=4000)
    given_steps: list[Annotated[str, Field(min_length=1, max_length=4000)]] = Field([], max_length=20)


def merge_by_key(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Union by key, sorted: branches may land in any order, and the same update twice changes nothing."""
    return dict(sorted({**old, **new}.items()))


Keyed = Annotated[dict[str, Any], merge_by_key]


class InstructInput(TypedDict, total=False):
    """What a run is asked for: a goal, or a goal with its steps."""

    goal: str
    given_steps: list[str]
    settings: dict[str, Any]


class InstructState(InstructInput, total=False):
    """The state of `instruct`. Scenes, frames, findings, scores and costs are keyed; values are `model_dump`s."""

    title: str
    plan_source: str
    other_goal: str | None
    instructions: list[str]
    captions: list[dict[str, Any]]
    similarity: list[list[float]]
    similarity_source: str
    steps: Keyed
    frames: Keyed
    findings: Keyed
    scores: Keyed
    costs: Keyed
    notes: Keyed
    page: str


class PaintInput(TypedDict, total=False):
    """What `paint` is asked for: a prompt; or, within `instruct`, a planned step and the steps it shares with.

    `shared` lists [step, other step, pairs of object ids that are one thing], as far as it concerns the step.
    """

    prompt: str
    settings: dict[str, Any]
    step: int
    steps: Keyed
    shared: list[list[Any]]
    similarity: list[list[float]]
    frames: Keyed
    others: dict[str, dict[str, Any]]


class PaintOutput(TypedDict, total=False):
    """What `paint` gives back: keyed channels only, so that parallel steps never collide."""

    steps: Keyed
    frames: Keyed
    findings: Keyed
    costs: Keyed
    notes: Keyed


class PaintState(PaintInput, PaintOutput, total=False):
    """The state of `paint`: one canvas. `others` has the steps and frames of those it shares with."""

    alone: bool


class JudgeInput(TypedDict, total=False):
    """What `judge` is asked for: a folder of pictures, a GIF or a video, and what it was to show, if that is known."""

    process: str
    reference: str
    prompt: str
    judge: str
    experts: bool
    out: str


class JudgeState(JudgeInput, total=False):
    """The state of `judge`: references to the key frames with their numbers, the score, and where the page is."""

    frames: list[dict[str, Any]]
    numbers: list[int]
    count: int
    reference_image: dict[str, Any] | None
    score: dict[str, Any]
    page: str


def step_of(state: Mapping[str, Any], step: int | None = None) -> Step:
    """The typed plan of a step, by default the one that the state is about."""
    return Step.model_validate(state["steps"][f"{state['step'] if step is None else step:02d}"])


def frames_of(state: Mapping[str, Any], step: int) -> list[Frame]:
    """The typed frames of a step, in order."""
    return [Frame.model_validate(frame) for frame in state.get("frames", {}).values() if frame["step"] == step]


def first_picture(state: Mapping[str, Any], step: int) -> Frame:
    """The picture of a step as it was painted together with the others."""
    return next(frame for frame in frames_of(state, step) if frame.kind == "picture")


def last_sketch(state: Mapping[str, Any], step: int) -> Frame:
    """The last stage of a step's sketch."""
    return [frame for frame in frames_of(state, step) if frame.kind == "sketch"][-1]


def findings_of(state: Mapping[str, Any], step: int) -> dict[str, list[Finding]]:
    """The typed findings of a step's pictures, by the key of their frame."""
    return {
        key: [Finding.model_validate(finding) for finding in findings]
        for key, findings in state.get("findings", {}).items()
        if key.startswith(f"{step:02d}/")
    }


def shared_of(steps: Mapping[str, Any], captions: list[dict[str, Any]]) -> SharedObjects:
    """For each pair of steps, the (object id in one, object id in the other) that are one thing.

    Two objects are one if they have the same noun, and the re-captioner's links lead to the same first appearance.
    """
    scenes = {int(key): Step.model_validate(step).scene for key, step in steps.items()}
    pairs: SharedObjects = {}
    for i, scene in scenes.items():
        for j, other in scenes.items():
            same = [
                (a.id, b.id)
                for a in scene.objects
                for b in other.objects
                if a.noun == b.noun and _origin(a.noun, i, captions) == _origin(b.noun, j, captions)
            ]
            if i != j and same:
                pairs[i, j] = same
    return pairs


def _origin(noun: str, step: int, captions: list[dict[str, Any]]) -> int:
    """The step in which the thing that has this noun in `step` first appeared, by the captions' links; -1 if unsaid."""
    for index in range(min(step, len(captions) - 1), -1, -1):
        for thing in captions[index]["objects"]:
            if vocabulary().find_noun(thing["name"]) == noun:
                earlier = (thing["step"] or index + 1) - 1
                return index if thing["link"] == "new" or earlier >= index else _origin(noun, earlier, captions)
    return -1


def trajectory_of(state: Mapping[str, Any], settings: Settings, profile: Profile) -> Trajectory:
    """The whole run, put together for its page; no server and no path of this machine is named."""
    steps = []
    for index in range(len(state["steps"])):
        step = step_of(state, index)
        step.frames = frames_of(state, index)
        step.findings = [finding for findings in findings_of(state, index).values() for finding in findings]
        step.score = Score.model_validate(state["scores"][step.key]) if step.key in state.get("scores", {}) else None
        steps.append(step)
    return Trajectory(
        goal=state["goal"],
        title=state["title"],
        plan_source=state["plan_source"],
        profile=settings.profile,
        seed=settings.seed,
        settings=settings.model_dump(exclude={"out", "llm", *OWN_MODELS, *LIMITS}),
        line_and_wash=profile.line_and_wash,
        steps=steps,
        score=Score.model_validate(state["scores"][GUIDE]) if GUIDE in state.get("scores", {}) else None,
        similarity=state["similarity"],
        similarity_source=state["similarity_source"],
        costs=[
            Cost.model_validate(cost).model_copy(update={"seconds": 0.0}) for cost in state.get("costs", {}).values()
        ],
        notes=list(state.get("notes", {}).values()),
    )
