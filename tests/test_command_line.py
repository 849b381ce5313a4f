"""What a user types wrong ends in one clear line and a non-zero exit."""

import json
import sqlite3

import pytest
import typer
from typer.testing import CliRunner

from graphs.runner import RUN_ID, new_run
from graphs.terminal import instruct

app = typer.Typer()
app.command()(instruct)
THREE = "Boil water.\nPut a tea bag in a cup.\nPour the water.\n"


def run(*arguments, **options):
    return CliRunner().invoke(app, list(arguments), **options)


@pytest.fixture
def tiny(tiny_embedded):
    return [
        "--pipeline",
        str(tiny_embedded),
        "--control",
        str(tiny_embedded / "adapter"),
        "--size",
        "64",
        "--max-rounds",
        "0",
    ]


def refused(result, *words):
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert result.exit_code in (1, 2), result.output
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("error: ") and all(word in lines[0] for word in words), lines[0]
    assert "Traceback" not in result.output


@pytest.mark.parametrize("goal", ["", "   "])
def test_empty_goal(goal):
    refused(run(goal), "goal is empty", "how to make tea")


def test_long_goal():
    refused(run("x" * 4001), "4001", "4000")


@pytest.mark.parametrize(
    "goal", ["как заварить чай", "怎么泡茶", "how to fly to the moon", "<script>alert(1)</script>"]
)
def test_unknown_goal_names_known_ones_and_the_ways_on(goal, home):
    refused(run(goal), "--llm", "--steps", "nearest are", "known goal")
    assert not list(home.glob("*/checkpoints.sqlite"))


def test_missing_steps_file():
    refused(run("tea", "--steps", "nowhere.txt"), "nowhere.txt")


@pytest.mark.parametrize(
    "content, word",
    [(b"", "no steps"), (b"\n \n", "no steps"), (b"\x89PNG\r\n\x00\xff", "not text"), (b"a\0b", "not text")],
)
def test_empty_and_binary_steps(tmp_path, content, word):
    path = tmp_path / "steps.txt"
    path.write_bytes(content)
    refused(run("tea", "--steps", str(path)), word)


def test_a_folder_is_no_steps_file(tmp_path):
    refused(run("tea", "--steps", str(tmp_path)), str(tmp_path))


def test_too_many_steps():
    refused(run("tea", "--steps", "-", input="Boil water.\n" * 21), "21", "20")


def test_unknown_profile_names_the_known_ones():
    refused(run("how to make tea", "--profile", "dalle"), "'dalle'", "embedded", "sd15")


@pytest.mark.parametrize(
    "option, value, word",
    [("--size", "100", "size"), ("--seed", "-1", "seed"), ("--prompt-form", "next", "prompt_form")],
)
def test_values_out_of_range(option, value, word):
    refused(run("how to make tea", option, value), word, value)


def test_unwritable_out(tmp_path):
    (tmp_path / "file").write_text("")
    refused(run("how to make tea", "--out", str(tmp_path / "file" / "out")), "cannot write", "--out")


@pytest.mark.parametrize("identity", ["../escape", "/etc/passwd", "a b", "..", "A"])
def test_a_run_id_is_never_a_path(identity):
    refused(run("--resume", identity), "not a run id")


def test_unknown_run():
    refused(run("--resume", "tea-0000"), "there is no run 'tea-0000'")


def test_missing_models():
    refused(run("how to make tea", "--pipeline", "nowhere/model", "--offline"), "nowhere/model", "--offline")


def test_steps_from_standard_input_become_a_guide(home, tiny):
    result = run(
        "tea",
        "--steps",
        "-",
        "--json",
        *tiny,
        input="1. Boil <b>water</b>.\n- Put a tea bag in a cup.\n* Pour the water.\n",
    )
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    page = (home / report["run"] / "index.html").read_text()
    assert "Boil &lt;b&gt;water&lt;/b&gt;." in page and "<b>water</b>" not in page
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert {"render", "publish"} <= {event["node"] for event in events}
    previews = {event["step"]: event["image"] for event in events if event.get("event") == "preview"}
    assert previews.keys() == {0, 1, 2}
    assert len({image["sha256"] for image in previews.values()}) == 3
    ledger = json.loads((home / report["run"] / "ledger.json").read_text())
    assert sum(cost["denoising_steps"] for cost in ledger["costs"]) == 30


def test_twenty_steps_are_painted(tmp_path, tiny):
    result = run("tea", "--steps", "-", "--out", str(tmp_path / "out"), *tiny, input=THREE * 6 + "Stir.\nServe it.\n")
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").glob("step-*.png"))) == 20


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path, tiny):
    pictures = []
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        result = run("tea", "--steps", "-", "--seed", seed, "--out", str(tmp_path / name), *tiny, input=THREE)
        assert result.exit_code == 0, result.output
        pictures.append([(tmp_path / name / f"step-{i:02d}.png").read_bytes() for i in (1, 2, 3)])
    assert pictures[0] == pictures[1] and pictures[0] != pictures[2]


@pytest.mark.parametrize(
    "flag",
    [
        "--no-recaption",
        "--no-similarity",
        "--no-masks",
        "--masks-from=two-pass",
        "--no-sharing",
        "--prompt-form=previous",
    ],
)
def test_every_ablation_changes_the_pictures(tmp_path, tiny, flag):
    result = run("tea", "--steps", "-", "--out", str(tmp_path / "out"), flag, *tiny, input=THREE)
    assert result.exit_code == 0, result.output
    default = run("tea", "--steps", "-", "--out", str(tmp_path / "plain"), *tiny, input=THREE)
    assert default.exit_code == 0
    one, other = (json.loads((tmp_path / name / "trajectory.json").read_text())["steps"] for name in ("out", "plain"))
    if flag in ("--no-recaption", "--prompt-form=previous"):
        assert [step["prompt"] for step in one] != [step["prompt"] for step in other]
    pictures = [[frame["image"]["sha256"] for step in steps for frame in step["frames"][-1:]] for steps in (one, other)]
    assert pictures[0] != pictures[1]


def test_full_size_classes_run_the_same_way(tmp_path, tiny_sd15):
    models = [
        "--profile",
        "sd15",
        "--pipeline",
        str(tiny_sd15),
        "--control",
        str(tiny_sd15 / "controlnet"),
        "--segmenter",
        "none",
        "--size",
        "64",
    ]
    result = run("tea", "--steps", "-", "--out", str(tmp_path / "out"), "--max-rounds", "0", *models, input=THREE)
    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "out" / "step-01.json").read_text())
    assert manifest["made"]["prompt"].startswith("Boil") and manifest["made"]["profile"]["control_kind"] == "controlnet"


def started_run(home, tiny):
    result = run("tea", "--steps", "-", "--json", *tiny, input=THREE)
    return json.loads(result.stdout)["run"]


def test_a_corrupt_checkpoint_is_named(home, tiny):
    identity = started_run(home, tiny)
    (home / identity / "checkpoints.sqlite").write_bytes(b"not a database" * 1000)
    refused(run("--resume", identity), "checkpoints", "start the run again")


def test_an_empty_checkpoint_is_named(home, tiny):
    identity = started_run(home, tiny)
    (home / identity / "checkpoints.sqlite").unlink()
    sqlite3.connect(home / identity / "checkpoints.sqlite").close()
    (home / identity / "checkpoints.sqlite").touch()
    refused(run("--resume", identity), "no checkpoint")


def test_a_corrupt_artefact_is_named(home, tiny, monkeypatch):
    """The page is lost after the pictures: publishing again meets a changed picture."""
    monkeypatch.setattr("graphs.instruct.publish_run", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("tea", "--steps", "-", *tiny, input=THREE, catch_exceptions=False)
    monkeypatch.undo()
    monkeypatch.setenv("ATELIER_HOME", str(home))
    for path in (home / "artifacts").rglob("*"):
        if path.is_file() and path.read_bytes().startswith(b"\x89PNG"):
            path.write_bytes(b"\x89PNG changed")
    (identity,) = [path.parent.name for path in home.glob("*/checkpoints.sqlite")]
    result = run("--resume", identity)
    assert result.exit_code == 1 and "corrupt" in result.stderr and "Traceback" not in result.output


def test_run_ids_are_readable_safe_and_never_used_twice(tmp_path):
    for goal in ("how to make tea", "чай", "a" * 300, "../../etc"):
        assert RUN_ID.fullmatch(new_run(goal, tmp_path)) and RUN_ID.fullmatch(new_run(goal, tmp_path))
    assert len(list(tmp_path.iterdir())) == 8


def test_a_resume_keeps_its_settings():
    refused(run("--resume", "tea-0000", "--seed", "3"), "--seed", "keeps its settings")


def test_a_server_address_that_is_none(home):
    refused(run("how to make tea", "--llm", "localhost"), "llm", "http://")
    assert not list(home.glob("*/checkpoints.sqlite"))


def test_a_library_of_ones_own_comes_first(tmp_path, home, tiny):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "tea.md").write_text(
        "# make tea\nalso: brew a cuppa\n\n1. Put a tea bag in a cup.\n2. Pour hot water in.\n"
    )
    result = run("brew a cuppa", "--library", str(folder), "--json", *tiny)
    assert result.exit_code == 0, result.output
    trajectory = json.loads((home / json.loads(result.stdout)["run"] / "trajectory.json").read_text())
    assert trajectory["plan_source"] == "from the library mine" and len(trajectory["steps"]) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "no how-tos"),
        ("1. Boil water.", "no line '# title'"),
        ("# tea\nBoil.", "0 numbered"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_library_that_cannot_be_read(tmp_path, text, said):
    if text:
        (tmp_path / "tea.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    refused(run("make tea", "--library", str(tmp_path)), said)


def test_a_library_that_is_not_there():
    refused(run("make tea", "--library", "/nowhere/at/all"), "/nowhere/at/all", "--library")


def test_checks_can_be_switched_off_and_sketches_drawn_whole(home, tiny):
    result = run("make tea", "--no-check-plan", "--no-check-picture", "--stages", "1", "--json", *tiny)
    assert result.exit_code == 0, result.output
    trajectory = json.loads((home / json.loads(result.stdout)["run"] / "trajectory.json").read_text())
    for step in trajectory["steps"]:
        assert not step["findings"]
        assert [frame["kind"] for frame in step["frames"]] == ["sketch", "picture"]


def test_checkpoints_of_twenty_steps_stay_small(home, tiny_embedded):
    """The design's bar, a megabyte for 20 steps; their pictures are refined once each, where anything is found."""
    models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
    places = ("bowl", "pan", "pot", "box", "basket", "bucket", "sink", "cup", "tray", "plate")
    steps = "\n".join(f"Put {count} eggs in the {place}." for count in ("two", "three") for place in places)
    result = run("eggs", "--steps", "-", *models, input=steps)
    assert result.exit_code == 0, result.output
    (database,) = home.glob("*/checkpoints.sqlite")
    assert database.stat().st_size < 1_000_000
