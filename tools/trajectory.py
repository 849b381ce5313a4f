"""The canvas trajectory as data: frames, findings, scores and costs of a run, all plain JSON by reference.

The graph's state holds these as dicts; `Frame.model_validate` and its like give the typed view.
"""

from typing import Literal

from pydantic import BaseModel, Field

from tools.artifacts import Ref
from tools.layout import Box
from tools.scene import SceneGraph


class Frame(BaseModel):
    """One moment of a canvas: a stage of the sketch, or a picture of a round.

    Attributes:
        step: the step of the how-to, from 0.
        round: 0 for the first picture, then one for each refinement.
        stage: sketch stages count from 0; pictures have the number of stages.
        ins: what was done since the frame before; des: what the canvas should show now (Think in Strokes).
        source: what drew it: "outlines", "painter", "llm" or several of them; "diffusion", "refined".
        manifest: what made it, as JSON: models and their revision, sampler, prompt, seed, layout, strokes, sharing.
        trajectory: the latents of every timestep, for replay.
        kept: whether a refined picture was better than the one before it.
        mark: the mean of PPJudge's marks with this picture after the sketch, where it chose among the refinements.
    """

    step: int
    round: int = 0
    stage: int
    kind: Literal["sketch", "picture"]
    image: Ref
    sketch: Ref | None = None
    ins: str = ""
    des: str = ""
    source: str = ""
    manifest: Ref | None = None
    trajectory: Ref | None = None
    kept: bool = True
    mark: float | None = None

    @property
    def key(self) -> str:
        """Where the frame lives in the state: sorts by step, round and stage."""
        return f"{self.step:02d}/{self.round:02d}/{self.stage:02d}"


class Finding(BaseModel):
    """What an inspection found: one check of one object, with the value measured.

    `side` text: plan against prompt; picture: picture against plan.
    """

    step: int
    round: int
    side: Literal["text", "picture"]
    kind: Literal["shape", "colour", "contradiction", "critique"]
    object: str
    measured: float
    wanted: float = Field(gt=0)
    box: Box | None = None
    refine: str = ""

    @property
    def severity(self) -> float:
        """How far below what is wanted, as a share of it; 0 when it is met."""
        return max(0.0, 1 - self.measured / self.wanted)


def worst(findings: list[Finding]) -> Finding | None:
    """The finding farthest below what is wanted; None when all are met."""
    missed = [finding for finding in findings if finding.severity > 0]
    return max(missed, key=lambda finding: finding.severity) if missed else None


def shortfall(findings: list[Finding]) -> float:
    """How much is amiss altogether: the sum of severities. A refinement is kept only if this falls."""
    return sum(finding.severity for finding in findings)


class Score(BaseModel):
    """PPJudge's marks for a process on 1–10, or the reason why there are none.

    Attributes:
        step: None for the whole guide, whose process is the picture of each step in turn.
        attributes: name → mark after the last frame.
        timeline: name → the marks after each of the key frames.
        frames: the key frames: their keys in the state, or their numbers, counted from 1.
        source: which judge, and what it was taught by.
    """

    step: int | None = None
    attributes: dict[str, float] = {}
    timeline: dict[str, list[float]] = {}
    frames: list[str] = []
    source: str = ""
    reason: str = ""

    @property
    def mean(self) -> float:
        """The mean of the attributes; there must be some."""
        return sum(self.attributes.values()) / len(self.attributes)


class Cost(BaseModel):
    """What a node spent; `node` names it with its step and round."""

    node: str
    seconds: float = 0.0
    llm_tokens: int = 0
    denoising_steps: int = 0


class Step(BaseModel):
    """One step of the guide: what was planned for it and, once a run is put together, all that became of it."""

    number: int
    instruction: str
    action: str
    state: str
    prompt: str
    caption: str
    scene: SceneGraph
    frames: list[Frame] = []
    findings: list[Finding] = []
    score: Score | None = None
    substitutions: dict[str, str] = {}

    @property
    def key(self) -> str:
        """Where the step lives in the state."""
        return f"{self.number - 1:02d}"

    @property
    def sketches(self) -> list[Frame]:
        """The stages of the sketch, first to last."""
        return [frame for frame in self.frames if frame.kind == "sketch"]

    @property
    def picture(self) -> Frame | None:
        """The picture that stands: the last one kept."""
        kept = [frame for frame in self.frames if frame.kind == "picture" and frame.kept]
        return kept[-1] if kept else None


class Trajectory(BaseModel):
    """A whole run: what `trajectory.json` holds and the page shows.

    Nothing in it depends on the clock, so that a resumed run ends in the same files as an uninterrupted one; seconds
    are in the ledger.
    """

    schema_version: int = 1
    goal: str
    title: str
    plan_source: str
    profile: str
    seed: int
    settings: dict = {}
    line_and_wash: bool = False
    steps: list[Step]
    similarity: list[list[float]]
    similarity_source: str = ""
    score: Score | None = None
    costs: list[Cost] = []
    notes: list[str] = []
