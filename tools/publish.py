"""Publishes a finished run: one HTML page that needs nothing else, a contact sheet, the pictures and their manifests.

The same trajectory gives the same bytes: no clock, no random names. Every file is replaced whole, the page last.
"""

import io
import json
import math
import re
import textwrap
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from markupsafe import Markup
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from tools.artifacts import ArtifactStore, Ref
from tools.canvas import Sketch, rasterise, to_svg
from tools.charts import radar, timeline
from tools.pages import data_uri, render, replace
from tools.trajectory import Cost, Finding, Frame, Score, Step, Trajectory

PAPER, INK = "#fbf7ee", "#2b2a33"
PEN, BOLD_PEN = 2.2, 6.0
"""Width of the ink at 512 pixels, and in thumbnails."""
INK_OPACITY = 0.85
PRINT, SCREEN, THUMB = 1024, 640, 112
"""Pixels of a published picture, of a sketch on the page, of a thumbnail."""


class View(NamedTuple):
    """A frame ready to be shown: its colour, and the strokes that lie over it with their reference, if any do."""

    frame: Frame
    colour: Image.Image
    strokes: Sketch | None = None
    sketch: Ref | None = None

    def at(self, size: int, pen: float = PEN) -> Image.Image:
        """As people see it: inked at `size` pixels, or the picture as it is where there is nothing to ink."""
        return ink_wash(self.colour, self.strokes, size, pen) if self.strokes else self.colour


def publish(trajectory: Trajectory, store: ArtifactStore, out: Path) -> list[Path]:
    """Writes `index.html`, `contact_sheet.png`, `trajectory.json`, and `step-NN.png` with `step-NN.json`, into `out`.

    A picture's manifest lies beside it and inside it, in the PNG's iTXt chunk "atelier". A step that has no picture
    is shown by its sketch; one that has neither gets no file.

    Returns:
        The files written, the page first.

    Raises:
        CorruptArtifact: if the store does not hold what the trajectory refers to.
        OSError: if `out` cannot be written.
    """
    files: dict[str, bytes] = {}
    views = [_views(step, store, trajectory.line_and_wash) for step in trajectory.steps]
    pictures: list[Image.Image | None] = []
    for step, frames in zip(trajectory.steps, views, strict=True):
        view = next((view for view in frames if view.frame is standing(step)), None)
        picture = view.at(max(PRINT, view.colour.width)) if view else None
        pictures.append(picture)
        if view and picture:
            manifest = json.dumps(_manifest(trajectory, step, view, store), indent=2, ensure_ascii=False)
            files[f"step-{step.number:02d}.png"] = _png(picture, manifest)
            files[f"step-{step.number:02d}.json"] = manifest.encode()
    files["contact_sheet.png"] = _png(contact_sheet(trajectory, pictures))
    files["trajectory.json"] = trajectory.model_dump_json(indent=2).encode()
    files["index.html"] = page(trajectory, views).encode()
    Path(out).mkdir(parents=True, exist_ok=True)
    for old in Path(out).glob("step-[0-9][0-9].*"):
        if old.name not in files:
            old.unlink()
    for name, data in files.items():
        replace(Path(out) / name, data)
    return [Path(out) / name for name in reversed(files)]


def standing(step: Step) -> Frame | None:
    """What stands for a step: its picture, else the last stage of its sketch, else nothing."""
    return step.picture or (step.sketches[-1] if step.sketches else None)


def ink_wash(picture: Image.Image, sketch: Sketch, size: int, pen: float = PEN) -> Image.Image:
    """Line and wash: the picture enlarged to `size` with the sketch over it in ink; all else is left as it is."""
    wash = _resized(picture, size)
    wash.paste(INK, mask=Image.fromarray(ink_mask(sketch, size, pen)))
    return wash


def ink_mask(sketch: Sketch, size: int, pen: float = PEN) -> np.ndarray:
    """How much ink lies on each pixel: (size, size) uint8, drawn at twice the size so that thin lines are even."""
    double = rasterise(sketch, 2 * size, pen / 512)
    return np.round(cv2.resize(double, (size, size), interpolation=cv2.INTER_AREA) * INK_OPACITY).astype(np.uint8)


def _views(step: Step, store: ArtifactStore, line_and_wash: bool) -> list[View]:
    """All frames of a step in order. A picture without strokes of its own has those of the last sketch."""
    views: list[View] = []
    sketch: Ref | None = None
    for frame in sorted(step.frames, key=lambda frame: frame.key):
        sketch = frame.sketch or sketch
        inked = (sketch if line_and_wash else None) if frame.kind == "picture" else frame.sketch
        colour = Image.new("RGB", (8, 8), PAPER) if inked and frame.kind == "sketch" else store.get_image(frame.image)
        views.append(View(frame, colour, store.get_model(inked, Sketch), inked) if inked else View(frame, colour))
    return views


def _resized(picture: Image.Image, size: int) -> Image.Image:
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _manifest(trajectory: Trajectory, step: Step, view: View, store: ArtifactStore) -> dict:
    """All that is needed to make a shown picture again."""
    frame = view.frame
    return {
        **trajectory.model_dump(include={"goal", "profile", "seed"}),
        "step": step.number,
        **step.model_dump(include={"instruction", "caption", "prompt"}),
        "shows": frame.kind,
        "round": frame.round,
        "source": frame.source,
        "image_sha256": frame.image.sha256,
        "sketch_sha256": view.sketch.sha256 if view.sketch else None,
        "line_and_wash": frame.kind == "picture" and view.sketch is not None,
        "made": store.get_json(frame.manifest) if frame.manifest else {},
    }


def _png(image: Image.Image, manifest: str | None = None) -> bytes:
    info = PngInfo()
    if manifest:
        info.add_itxt("atelier", manifest)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


class Slide(NamedTuple):
    """One frame on the page: `picture` and `thumb` are data URIs, `ink` the SVG that lies over the picture."""

    frame: Frame
    label: str
    picture: str
    thumb: str
    ink: Markup
    shown: bool


def page(trajectory: Trajectory, views: list[list[View]]) -> str:
    """The page: pictures, style and script are inside it, and its content security policy lets nothing else in."""
    slides = [_slides(step, frames) for step, frames in zip(trajectory.steps, views, strict=True)]
    return render(
        "page.html.j2",
        run=trajectory,
        slides=slides,
        charts=[_charts(step.score, shown) for step, shown in zip(trajectory.steps, slides, strict=True)],
        checks=[checked(step) for step in trajectory.steps],
        costs=spent(trajectory.costs),
        marks=list(dict.fromkeys(name for score in _scores(trajectory) for name in score.attributes)),
        sources=list(dict.fromkeys(score.source for score in _scores(trajectory) if score.source)),
        unscored=_unscored(trajectory.steps),
        settings={name.replace("_", " "): _plain(value) for name, value in trajectory.settings.items()},
    )


def _slides(step: Step, views: list[View]) -> list[Slide]:
    slides = []
    for view in views:
        frame, ink = view.frame, Markup()
        if frame.kind == "sketch":
            label, picture = f"Sketch {frame.stage + 1} of {len(step.sketches)}", view.at(SCREEN)
        else:
            label, picture = f"Round {frame.round}" if frame.round else "Picture", view.colour
            label += f" (marked {frame.mark:.2f})" if frame.mark else ""
            label += "" if frame.kept else ", not kept"
            if view.strokes:
                picture, ink = _resized(picture, max(512, picture.width)), Markup(to_svg(view.strokes, 512, PEN, INK))
        how: dict[str, Any] = {"lossless": True} if frame.kind == "sketch" else {"quality": 88}
        shown, thumb = data_uri(picture, PRINT, **how), data_uri(view.at(THUMB, BOLD_PEN), THUMB, **how)
        slides.append(Slide(frame, label, shown, thumb, ink, frame is standing(step)))
    return slides


def _scores(trajectory: Trajectory) -> list[Score]:
    """The scores that have marks: the steps' and the guide's."""
    scores = [*(step.score for step in trajectory.steps), trajectory.score]
    return [score for score in scores if score and score.attributes]


def _charts(score: Score | None, slides: list[Slide]) -> Markup:
    """The radar and the timeline of a step's marks, if it has any."""
    if not (score and score.timeline):
        return Markup()
    thumbs = {slide.frame.key: slide.thumb for slide in slides}
    names = [str(number) for number in range(1, len(score.frames) + 1)]
    return radar(score.attributes) + timeline(score.timeline, names, [thumbs[key] for key in score.frames])


_CHECKED = {"shape": "shape", "colour": "colour", "contradiction": "agreement with the plan"}


def checked(step: Step) -> str:
    """What the inspections found of the picture that stands, in one line; "" if there were none."""
    picture = step.picture
    findings = [f for f in step.findings if f.side == "text" or (picture and f.round == picture.round)]
    if not findings:
        return ""
    missed = [finding for finding in findings if finding.measured < finding.wanted]
    told = [f"checked: {len(findings) - len(missed)} of {len(findings)} met"]
    for f in missed:
        told.append(f"the {_name(step, f)}’s {_CHECKED[f.kind]} measured {f.measured:.2f}, wanted {f.wanted:.2f}")
    return "; ".join(told)


def _name(step: Step, finding: Finding) -> str:
    item = next((item for item in step.scene.objects if item.id == finding.object), None)
    return (item.name or item.noun) if item else finding.object


def spent(costs: list[Cost]) -> list[Cost]:
    """Costs by node, whatever step and round it ran for, in the order of their first run."""
    nodes: dict[str, list[Cost]] = {}
    for cost in costs:
        nodes.setdefault(re.split(r"[^\w-]", cost.node)[0] or cost.node, []).append(cost)
    return [
        Cost(
            node=node if len(runs) == 1 else f"{node} ×{len(runs)}",
            seconds=sum(run.seconds for run in runs),
            llm_tokens=sum(run.llm_tokens for run in runs),
            denoising_steps=sum(run.denoising_steps for run in runs),
        )
        for node, runs in nodes.items()
    ]


def _unscored(steps: list[Step]) -> dict[str, list[int]]:
    """Reasons for having no score, each with the numbers of its steps."""
    reasons: dict[str, list[int]] = {}
    for step in steps:
        if not (step.score and step.score.attributes):
            reasons.setdefault(step.score.reason if step.score else "", []).append(step.number)
    return {reason: numbers for reason, numbers in reasons.items() if reason}


def _plain(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "on", False: "off"}[value]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


CELL, GAP, MARGIN, WORDS, HEAD = 360, 36, 56, 84, 120
"""Pixels of the contact sheet: a picture, between pictures, around all, for the words under one, for the title."""


def contact_sheet(trajectory: Trajectory, pictures: list[Image.Image | None]) -> Image.Image:
    """All steps in a grid, each with its number and a short instruction."""
    columns = max(1, math.ceil(math.sqrt(len(pictures))))
    rows = math.ceil(len(pictures) / columns)
    width = 2 * MARGIN + columns * (CELL + GAP) - GAP
    sheet = Image.new("RGB", (width, MARGIN + HEAD + rows * (CELL + WORDS + GAP)), "#f6efe2")
    pen = ImageDraw.Draw(sheet)
    title, words = ImageFont.load_default(44), ImageFont.load_default(22)
    pen.text((MARGIN, MARGIN), _fitted(trajectory.title, title, width - 2 * MARGIN, 1), font=title, fill=INK)
    for index, (step, picture) in enumerate(zip(trajectory.steps, pictures, strict=True)):
        row, column = divmod(index, columns)
        short = columns * (row + 1) - len(pictures) if row == rows - 1 else 0
        x, y = MARGIN + column * (CELL + GAP) + short * (CELL + GAP) // 2, MARGIN + HEAD + row * (CELL + WORDS + GAP)
        pen.rectangle((x - 1, y - 1, x + CELL, y + CELL), fill=PAPER, outline="#d9cdb8")
        if picture:
            sheet.paste(picture.resize((CELL, CELL), Image.Resampling.LANCZOS), (x, y))
        pen.text((x, y + CELL + 14), str(step.number), font=words, fill="#b5533c")
        pen.text((x + 34, y + CELL + 14), _fitted(step.instruction, words, CELL - 34, 2), font=words, fill=INK)
    return sheet


def _fitted(text: str, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont", width: int, lines: int) -> str:
    """The text in so many lines of at most that width; letters that the font has not are left out."""
    missing = bytes(font.getmask("\uffff"))
    letters = unicodedata.normalize("NFKD", text)
    drawable = "".join(c for c in letters if c.isspace() or bytes(font.getmask(c)) != missing)
    for columns in range(120, 1, -1):
        fitted = textwrap.wrap(drawable, columns, max_lines=lines, placeholder="…")
        if all(font.getlength(line) <= width for line in fitted):
            break
    return "\n".join(fitted)
