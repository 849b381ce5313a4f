"""A finished run becomes a page, a contact sheet, pictures and data that stand on their own."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from markupsafe import escape
from PIL import Image

from tests.published import changed, sketches_only, tea_run
from tools.artifacts import ArtifactStore, CorruptArtifact
from tools.canvas import Sketch, Stroke
from tools.publish import CELL, GAP, MARGIN, PRINT, checked, ink_mask, publish, spent
from tools.trajectory import Cost, Finding, Score, Trajectory

NASTY = "<script>alert(1)</script> \"quotes\" 'single' </style> & ünïcödé 茶を淹れる"


def attributes(html: str) -> list[tuple[str, str]]:
    """Every (name, value) of every tag, as a parser reads them."""
    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.extend((f"{tag} {name}", value or "") for name, value in attrs)

    Reader().feed(html)
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> ArtifactStore:
    return ArtifactStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def run(store) -> Trajectory:
    return tea_run(store)


@pytest.fixture(scope="module")
def out(run, store, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    publish(run, store, folder)
    return folder


@pytest.fixture(scope="module")
def html(out) -> str:
    return (out / "index.html").read_text("utf-8")


def test_the_files_are_those_returned_and_no_others(run, store, tmp_path):
    written = publish(run, store, tmp_path / "new" / "folder")
    assert written[0].name == "index.html"
    assert sorted(written) == sorted((tmp_path / "new" / "folder").iterdir())
    numbered = {f"step-{n:02d}.{end}" for n in range(1, 6) for end in ("png", "json")}
    assert {path.name for path in written} == numbered | {"index.html", "contact_sheet.png", "trajectory.json"}


def test_the_page_loads_nothing_from_outside(html):
    loads = [
        value for name, value in attributes(html) if name.split()[1] in ("src", "href", "srcset", "action", "data")
    ]
    assert len(loads) > 20
    assert all(value.startswith("data:") for value in loads)
    assert "@import" not in html and "url(" not in html and "fetch(" not in html
    assert len(html.encode()) < 3_000_000


def test_the_policy_forbids_all_but_the_pages_own_style_and_script(html):
    policy = next(value for name, value in attributes(html) if name == "meta content" and "default-src" in value)
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert not [name for name, _ in attributes(html) if name.split()[1] == "style" or name.split()[1].startswith("on")]


def test_every_text_is_escaped(run, store, tmp_path):
    first = run.steps[0]
    nasty = run.model_copy(
        update={
            **dict.fromkeys(("goal", "title", "plan_source", "profile", "similarity_source"), NASTY),
            "settings": {NASTY: NASTY, "nested": {"x": NASTY}},
            "costs": [Cost(node=NASTY, seconds=1)],
            "notes": [NASTY],
        }
    )
    strokes = store.put_model(Sketch(strokes=[Stroke(points=[(0.1, 0.1), (0.9, 0.9)], object=NASTY)]))
    texts = {
        **dict.fromkeys(("instruction", "action", "state", "prompt", "caption"), NASTY),
        "substitutions": {NASTY: NASTY},
    }
    frames = [frame.model_copy(update={"ins": NASTY, "des": NASTY, "sketch": strokes}) for frame in first.frames]
    finding = Finding(step=0, round=0, side="text", kind="shape", object=NASTY, measured=0, wanted=0.5)
    score = Score(step=0, attributes={NASTY: 0.5})
    nasty = changed(nasty, 1, **texts, frames=frames, findings=[finding], score=score)
    publish(changed(nasty, 2, score=Score(step=1, reason=NASTY)), store, tmp_path)
    html = (tmp_path / "index.html").read_text("utf-8")
    assert html.count("<script") == html.count("</script") == html.count("</style") == 1
    assert html.count(str(escape(NASTY))) >= 20 and NASTY not in html
    assert json.loads((tmp_path / "step-01.json").read_text("utf-8"))["instruction"] == NASTY


def test_the_same_run_gives_the_same_bytes(run, store, out, tmp_path):
    again = publish(Trajectory.model_validate_json(run.model_dump_json()), store, tmp_path)
    for path in again:
        assert path.read_bytes() == (out / path.name).read_bytes(), path.name


def test_the_trajectory_comes_back_from_its_file(run, out):
    assert Trajectory.model_validate_json((out / "trajectory.json").read_bytes()) == run


def test_the_manifest_is_in_the_picture_and_beside_it(run, store, out):
    for step in run.steps:
        path = out / f"step-{step.number:02d}.png"
        manifest = json.loads(Image.open(path).text["atelier"])
        assert manifest == json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert manifest["made"] == store.get_json(step.picture.manifest)
        assert manifest["image_sha256"] == step.picture.image.sha256
        assert manifest["sketch_sha256"] == step.sketches[-1].sketch.sha256
        assert (manifest["line_and_wash"], manifest["shows"], manifest["seed"]) == (True, "picture", 7)


def test_line_and_wash_changes_pixels_only_where_the_ink_is(run, store, out):
    step = run.steps[0]
    shown = np.asarray(Image.open(out / "step-01.png")).astype(int)
    raw = store.get_image(step.picture.image).resize((PRINT, PRINT), Image.Resampling.LANCZOS)
    ink = ink_mask(store.get_model(step.sketches[-1].sketch, Sketch), PRINT)
    difference = np.abs(shown - np.asarray(raw)).max(axis=2)
    assert 0.005 < (ink > 0).mean() < 0.2
    assert difference[ink == 0].max() == 0
    assert difference[ink == ink.max()].mean() > 20


def test_without_line_and_wash_the_picture_is_the_generators_own(run, store, tmp_path):
    publish(run.model_copy(update={"line_and_wash": False}), store, tmp_path)
    shown, raw = Image.open(tmp_path / "step-01.png"), store.get_image(run.steps[0].picture.image)
    assert np.array_equal(np.asarray(shown), np.asarray(raw))
    assert json.loads(shown.text["atelier"])["line_and_wash"] is False
    html = (tmp_path / "index.html").read_text("utf-8")
    assert 'class="ink"' not in html and 'id="ink"' not in html


def test_a_picture_without_strokes_of_its_own_is_inked_with_the_last_sketch(run, store, out, tmp_path):
    bare = [
        frame.model_copy(update={"sketch": None}) if frame.kind == "picture" else frame for frame in run.steps[0].frames
    ]
    publish(changed(run, 1, frames=bare), store, tmp_path)
    assert (tmp_path / "step-01.png").read_bytes() == (out / "step-01.png").read_bytes()


def test_a_step_without_a_picture_shows_its_sketch_and_says_so(run, store, out, tmp_path):
    publish(sketches_only(run, 2), store, tmp_path)
    html = (tmp_path / "index.html").read_text("utf-8")
    assert html.count("This step was not painted") == 1
    manifest = json.loads(Image.open(tmp_path / "step-02.png").text["atelier"])
    assert (manifest["shows"], manifest["line_and_wash"]) == ("sketch", False)
    pixels = np.asarray(Image.open(tmp_path / "step-02.png"))
    assert tuple(np.median(pixels.reshape(-1, 3), axis=0)) == (0xFB, 0xF7, 0xEE)


def test_a_step_without_any_frame_is_still_told(run, store, tmp_path):
    written = publish(changed(run, 5, frames=[]), store, tmp_path)
    assert "step-05.png" not in {path.name for path in written}
    html = (tmp_path / "index.html").read_text("utf-8")
    assert "This step was not drawn" in html and "Serve it with a slice of lemon" in html


def test_a_refinement_that_was_not_kept_is_offered_but_not_shown(html):
    card = html[html.index('id="step-4"') : html.index('id="step-5"')]
    assert card.count('class="slide"') == card.count('class="slide" hidden') + 1 == 5
    assert re.search(r'class="rejected" aria-pressed="false" aria-label="Round 2, not kept"', card)
    assert re.search(r'aria-pressed="true" aria-label="Round 1"', card)


def test_buttons_and_pictures_have_names(html):
    assert all(re.search(r'aria-label="[^"]+"|id="ink"', tag) for tag in re.findall(r"<button[^>]*>", html))
    assert all(' alt="' in tag for tag in re.findall(r"<img[^>]*>", html))


def test_findings_are_those_of_the_picture_that_stands(run):
    assert checked(run.steps[0]) == "checked: 1 of 2 met; the cup’s colour measured 0.42, wanted 0.50"
    assert checked(run.steps[3]) == "checked: 2 of 2 met"
    assert checked(run.steps[0].model_copy(update={"findings": []})) == ""


def test_costs_are_told_by_node(run):
    told = {cost.node: (round(cost.seconds, 2), cost.denoising_steps) for cost in spent(run.costs)}
    assert told == {"plan": (0.02, 0), "sketch ×5": (0.55, 0), "render": (31.4, 50), "refine": (7.9, 10)}


def test_the_reason_for_no_score_is_told_once(html):
    assert html.count("weights are not installed") == 1
    assert "No step was scored" in html


def test_marks_are_shown_frame_by_frame_where_there_are_any(run, store, html, tmp_path):
    def marked(frames, names):
        marks = {name: [4.0 + number for number in range(len(frames))] for name in names}
        last = {name: values[-1] for name, values in marks.items()}
        keys = [frame.key for frame in frames]
        return Score(step=3, attributes=last, timeline=marks, frames=keys, source="PPJudge, by rule")

    step = run.steps[3]
    kept = [frame for frame in step.frames if frame.kept]
    names = ("style stability", "colour depth", "detail depth")
    some = changed(run, 4, score=marked(kept, names))
    whole = marked([other.picture for other in run.steps[:2]], names[:2])
    publish(some.model_copy(update={"score": whole}), store, tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert page.count("<details") == page.count('<svg class="chart radar"') == 1 and "<svg class=" not in html
    card = page[page.index('id="step-4"') : page.index('id="step-5"')]
    assert card.count("<image ") == len(kept) and f"{4.0 + len(kept) - 1:.1f} of 10 by PPJudge" in card
    thumbs = [re.search(rf'aria-label="{label}"[^>]*><img src="([^"]+)"', card)[1] for label in ("Picture", "Round 1")]
    assert re.findall(r'<image href="([^"]+)"', card)[-2:] == thumbs
    assert page.count("PPJudge, by rule.") == 2 and "Without marks: 1, 2, 3, 5" in page
    assert '<th scope="row">All</th><td>5.00</td><td>5.00</td><td>–</td>' in page


def test_the_similarity_matrix_is_a_table_with_all_its_values(run, html):
    table = html[html.index('class="heat"') : html.index("</table>")]
    assert [float(v) for v in re.findall(r">(\d\.\d\d)</td>", table)] == [v for row in run.similarity for v in row]


def test_the_contact_sheet_is_a_grid_of_all_steps(out):
    sheet = Image.open(out / "contact_sheet.png")
    assert sheet.width == 2 * MARGIN + 3 * CELL + 2 * GAP
    assert CELL * 2 < sheet.height < sheet.width


def test_twenty_steps_with_endless_words_and_no_latin_letters(run, store, tmp_path):
    step = run.steps[0].model_copy(
        update={"instruction": "w" * 400, "state": "茶" * 400, "substitutions": {"q" * 400: "cup"}}
    )
    steps = [step.model_copy(update={"number": n, "score": None}) for n in range(1, 21)]
    similarity = np.eye(20).tolist()
    long = run.model_copy(
        update={"steps": steps, "similarity": similarity, "title": "お茶の淹れ方", "line_and_wash": True}
    )
    written = publish(long, store, tmp_path)
    assert len(written) == 43
    assert Image.open(tmp_path / "contact_sheet.png").width == 2 * MARGIN + 5 * CELL + 4 * GAP


def test_a_missing_artefact_or_a_killed_write_leaves_the_page_as_it_was(run, store, tmp_path, monkeypatch):
    short = run.model_copy(update={"steps": run.steps[:1], "title": "As it was"})
    before = {path: path.read_bytes() for path in publish(short, store, tmp_path)}
    *sketches, picture = short.steps[0].frames
    gone = picture.model_copy(update={"image": picture.image.model_copy(update={"sha256": "0" * 64})})
    with pytest.raises(CorruptArtifact):
        publish(changed(short, 1, frames=[*sketches, gone]), store, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before

    def killed(self, data):
        self.open("wb").write(data[:10])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(short.model_copy(update={"title": "Another"}), store, tmp_path)
    assert {path: path.read_bytes() for path in before} == before
