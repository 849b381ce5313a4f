"""`python -m graphs.judge PROCESS`: marks for the process of a picture, on eight attributes, after each of its frames.

    read ─ score ─ publish

Source: PPJudge (arXiv 2507.09242).
"""

if __name__ == "__main__":  # first of all, so that --help is quick
    from graphs.judge_terminal import run_judge

    run_judge()

from pathlib import Path
from typing import Any

from langgraph.graph import END, START, StateGraph
from PIL.Image import Image

from graphs.resources import environment, store
from graphs.state import JudgeInput, JudgeState
from tools.artifacts import Ref
from tools.judged_page import publish_process
from tools.model_hub import JUDGE
from tools.score import experts_used, read_picture, read_process, score_frames
from tools.trajectory import Score


def read(state: JudgeState) -> dict[str, Any]:
    """The key frames of a folder of pictures, a GIF or a video; and the picture that was asked for, if one was."""
    process = read_process(Path(state["process"]), judge_of(state))
    asked = read_picture(Path(state["reference"])) if state.get("reference") else None
    return {
        "frames": [store().put_image(frame).model_dump() for frame in process.frames],
        "numbers": process.numbers,
        "count": process.total,
        "reference_image": store().put_image(asked).model_dump() if asked else None,
    }


def score(state: JudgeState) -> dict[str, Any]:
    """PPJudge on the key frames, against the reference."""
    names = [str(number + 1) for number in state["numbers"]]
    marks = score_frames(frames_of(state), names, judge_of(state), reference_of(state), state.get("prompt", ""))
    return {"score": marks.model_dump()}


def publish(state: JudgeState) -> dict[str, Any]:
    """The page: a radar of the attributes, and how they went over the key frames; and the same as JSON."""
    frames, reference, prompt = frames_of(state), reference_of(state), state.get("prompt", "")
    used = experts_used(frames, judge_of(state), reference, prompt) if state.get("experts") else ""
    name = Path(state["process"]).resolve().stem
    out = Path(state["out"]) if state.get("out") else environment().home / "judged" / name
    marks = Score.model_validate(state["score"])
    page = publish_process(name, frames, state["count"], marks, out, reference, prompt, used)
    return {"page": str(page)}


def judge_of(state: JudgeState) -> str:
    """The folder of the judge: the one asked for, or the embedded one."""
    return state.get("judge") or JUDGE


def frames_of(state: JudgeState) -> list[Image]:
    """The key frames."""
    return [store().get_image(Ref.model_validate(frame)) for frame in state["frames"]]


def reference_of(state: JudgeState) -> Image | None:
    """The picture that was asked for, if one was."""
    asked = state.get("reference_image")
    return store().get_image(Ref.model_validate(asked)) if asked else None


builder = StateGraph(JudgeState, input_schema=JudgeInput)
builder.add_node("read", read)
builder.add_node("score", score)
builder.add_node("publish", publish)
builder.add_edge(START, "read")
builder.add_edge("read", "score")
builder.add_edge("score", "publish")
builder.add_edge("publish", END)

graph = builder.compile(name="judge")
