"""A finished run becomes a page, a contact sheet, pictures and data that stand on their own."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest
from markupsafe import escape
from PIL import Image

from models.scene_diffusion.composer import arrange, paint, random_look, visible_lines
from tools.artifacts import ArtifactStore, CorruptArtifact
from tools.canvas import Sketch, Stroke, rasterise
from tools.layout import layout
from tools.publish import CELL, GAP, MARGIN, PRINT, checked, ink_mask, publish, spent
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs, verbalise
from tools.trajectory import Cost, Finding, Frame, Score, Step, Trajectory
from tools.vocabulary import vocabulary

NASTY = "<script>alert(1)</script> \"quotes\" 'single' </style> & ünïcödé 茶を淹れる"


def scene(objects: dict[str, dict], *relations: tuple[str, str, str]) -> SceneGraph:
    return SceneGraph(
        objects=[SceneObject(id=noun, noun=noun, **how) for noun, how in objects.items()],
        relations=[
            Relation(subject=subject, relation=relation, object=other) for subject, relation, other in relations
        ],
    )


KETTLE, CUP = {"colour": "red"}, {"colour": "white"}
TEA = [
    (
        "Fill the kettle with fresh water",
        "Hold the kettle under the tap and fill it about half.",
        "The red kettle is full of cold water and stands by the cup.",
        scene({"kettle": KETTLE, "cup": CUP}, ("kettle", "left of", "cup")),
    ),
    (
        "Bring the water to a boil on the stove",
        "Set the kettle on the stove, and light it.",
        "Steam rises from the spout.",
        scene({"stove": {"states": ["lit"]}, "kettle": KETTLE | {"states": ["steaming"]}}, ("kettle", "on", "stove")),
    ),
    (
        "Put a tea bag into the cup",
        "Lay the tea bag into the empty cup.",
        "A dry tea bag lies in the cup.",
        scene({"cup": CUP, "tea bag": {}, "kettle": KETTLE}, ("tea bag", "in", "cup"), ("kettle", "left of", "cup")),
    ),
    (
        "Pour the hot water over the tea bag and let it steep for three minutes",
        "Pour slowly until the cup is nearly full.",
        "The water in the cup turns brown.",
        scene(
            {"cup": CUP | {"content": "tea"}, "kettle": KETTLE | {"states": ["pouring"]}}, ("kettle", "above", "cup")
        ),
    ),
    (
        "Serve it with a slice of lemon",
        "Take the tea bag out and put a lemon beside the cup.",
        "A steaming cup of tea, ready to drink.",
        scene(
            {"plate": {"colour": "blue"}, "cup": CUP | {"content": "tea", "states": ["steaming"]}, "lemon": {}},
            ("cup", "on", "plate"),
            ("lemon", "right of", "cup"),
        ),
    ),
]


def drawn_step(store: ArtifactStore, index: int, words: tuple[str, ...], scene: SceneGraph, rounds: int = 1) -> Step:
    """A step as a run leaves it: composed pictures stand for the generator's, a little soft and noisy like them."""
    rng = np.random.default_rng(index)
    looks = {item.id: random_look(item, rng) for item in scene.objects}
    boxes, frames = layout(scene, 1), []
    chain = chain_of_subgraphs(scene)
    strokes: list[Stroke] = []
    for stage, part in enumerate(chain):
        names = {item.id for item in part.objects}
        lines = visible_lines([placed for placed in arrange(scene, boxes, looks) if placed.object in names])
        new = sorted(names - {stroke.object for stroke in strokes})
        strokes = [Stroke(points=points.tolist(), object=identity) for identity, points in lines]
        sketch = Sketch(strokes=strokes, source="outlines")
        image = store.put_image(Image.fromarray(255 - rasterise(sketch, 256)))
        ins, des = f"Draw the {' and the '.join(new)}.", verbalise(part).text
        shown = {"image": image, "sketch": store.put_model(sketch), "ins": ins, "des": des, "source": "outlines"}
        frames.append(Frame(step=index, stage=stage, kind="sketch", **shown))
    pixels = paint(arrange(scene, boxes, looks), 256, *vocabulary().grounds[scene.ground])
    for round in range(rounds):
        soft = cv2.GaussianBlur(pixels, (0, 0), 1.6 - 0.4 * round) + rng.normal(0, 5, pixels.shape)
        image = store.put_image(Image.fromarray(soft.clip(0, 255).astype(np.uint8)))
        frames.append(
            Frame(
                step=index,
                round=round,
                stage=len(chain),
                kind="picture",
                image=image,
                sketch=frames[len(chain) - 1].sketch,
                ins="Paint it." if round == 0 else f"Paint the {scene.objects[0].noun} again.",
                des=verbalise(scene).text,
                source="refined" if round else "diffusion",
                manifest=store.put_json({"seed": 7 + round, "sampler": "dpm++", "steps": 10, "guidance": 3.0}),
                kept=round < 2,
            )
        )
    item = scene.objects[-1]
    findings = [
        Finding(step=index, round=round, side="picture", kind=kind, object=item.id, measured=measured, wanted=0.5)
        for round in range(rounds)
        for kind, measured in (("shape", 0.91), ("colour", 0.42 + 0.2 * (index % 2)))
    ]
    caption = verbalise(scene).text
    return Step(
        number=index + 1,
        **dict(zip(("instruction", "action", "state"), words, strict=True)),
        prompt=caption,
        caption=caption,
        scene=scene,
        frames=frames,
        findings=findings,
        score=Score(step=index, reason="PPJudge’s weights are not installed"),
        substitutions={"samovar": "kettle"} if index == 1 else {},
    )


def tea_run(store: ArtifactStore) -> Trajectory:
    """Five steps of "how to make tea"."""
    steps = [drawn_step(store, i, row[:3], row[3], rounds=3 if i == 3 else 1) for i, row in enumerate(TEA)]
    n = len(steps)
    return Trajectory(
        goal="how to make tea",
        title="How to make tea",
        plan_source="the written how-to library",
        profile="embedded",
        seed=7,
        settings={"size": 256, "max_rounds": 2, "sharing": True, "llm": None},
        line_and_wash=True,
        steps=steps,
        similarity=[[round(1 / (1 + 0.4 * abs(i - j)), 2) for j in range(n)] for i in range(n)],
        similarity_source="shared objects and their states",
        costs=[
            Cost(node="plan", seconds=0.02),
            *[Cost(node=f"sketch/{i:02d}", seconds=0.11) for i in range(n)],
            Cost(node="render", seconds=31.4, denoising_steps=50),
            Cost(node="refine/03/01", seconds=7.9, denoising_steps=10),
        ],
        notes=["No language model is configured: the plan comes from the written library."],
    )


def changed(run: Trajectory, number: int, **update) -> Trajectory:
    """The run with one step changed."""
    steps = [step.model_copy(update=update) if step.number == number else step for step in run.steps]
    return run.model_copy(update={"steps": steps})


def sketches_only(run: Trajectory, number: int) -> Trajectory:
    return changed(run, number, frames=run.steps[number - 1].sketches)


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
