"""PPJudge's place: marks for the process of a picture, on eight attributes.

Until its weights are there a trajectory is not scored, and no number is given.
"""

from tools.trajectory import Frame, Score


def score_process(step: int, frames: list[Frame]) -> Score:
    """The marks of a step's frames, or the reason why there are none."""
    return Score(step=step, reason="not scored: PPJudge has no weights yet")
