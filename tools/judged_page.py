"""The page of a judged process: a radar of its marks, and how they went over the key frames. It needs nothing else."""

import json
from pathlib import Path

from markupsafe import Markup
from PIL import Image

from tools.charts import radar, timeline
from tools.pages import data_uri, render, replace
from tools.trajectory import Score

THUMB, SHOWN, WIDE = 144, 512, 880
"""Pixels of a thumbnail, of the reference, and of the timeline."""


def publish_process(
    name: str,
    frames: list[Image.Image],
    count: int,
    score: Score,
    out: Path,
    reference: Image.Image | None = None,
    prompt: str = "",
    experts: str = "",
) -> Path:
    """Writes `index.html` and `marks.json` into `out`, and gives the page.

    Args:
        frames: the key frames, of `count` frames.
        score: the marks after each of them.
        experts: a heat map of the experts used, as SVG.

    Raises:
        OSError: if `out` cannot be written.
    """
    page = render(
        "judged_page.html.j2",
        name=name,
        count=count,
        score=score,
        radar=radar(score.attributes),
        timeline=timeline(score.timeline, score.frames, [_thumb(frame) for frame in frames], WIDE),
        last=data_uri(frames[-1], SHOWN, quality=88),
        reference=data_uri(reference, SHOWN, quality=88) if reference else "",
        prompt=prompt,
        experts=Markup(experts),
    )
    out.mkdir(parents=True, exist_ok=True)
    replace(out / "marks.json", json.dumps(score.model_dump(exclude={"step", "reason"}), indent=1).encode())
    replace(out / "index.html", page.encode())
    return out / "index.html"


def _thumb(frame: Image.Image) -> str:
    """A square of a frame, as the judge sees it."""
    return data_uri(frame.resize((THUMB, THUMB), Image.Resampling.LANCZOS), THUMB, quality=80)
