"""Who draws the strokes: the Painter what it knows, a language model, the outlines whatever is left; all told."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from agents.llm import LanguageModelError
from graphs.paint import graph
from models.painter.predictor import PainterPredictor
from tests.openai_server import Server, answer, status
from tests.test_command_line import refused, run
from tools.artifacts import ArtifactStore
from tools.canvas import Sketch, Stroke
from tools.layout import layout
from tools.model_hub import ModelError
from tools.painting import strokes_of
from tools.scene import Relation, SceneGraph, SceneObject, chain_of_subgraphs
from tools.strokes import Drawing, _sketched, category_of, lines_in_box, painted, sketch_chain
from tools.trajectory import Frame, Step
from tools.vocabulary import vocabulary

CUP = SceneObject(id="cup", noun="cup", states=["steaming"])
BAG = SceneObject(id="bag", noun="tea bag")
KETTLE = SceneObject(id="kettle", noun="kettle", states=["pouring"])
TEA = SceneGraph(objects=[CUP, BAG, KETTLE], relations=[Relation(subject="bag", relation="in", object="cup")])
BOX_OF_CELLS = "<s1><points>'x1y1','x1y50','x1y50','x50y50','x50y50','x50y1','x50y1','x1y1'</points><id>box</id></s1>"


@pytest.fixture
def counted(monkeypatch):
    """What the Painter is asked to draw."""
    _sketched.cache_clear()
    words, draw = [], PainterPredictor.draw
    monkeypatch.setattr(
        PainterPredictor,
        "draw",
        lambda self, word, *rest, **more: words.append(word) or draw(self, word, *rest, **more),
    )
    return words


class TestPainted:
    def test_it_draws_the_words_it_knows_and_says_what_it_leaves(self, tiny_painter_folder):
        drawn = painted(TEA, 0, tiny_painter_folder)
        assert list(drawn.drawings) == ["cup"] and drawn.drawings["cup"].source.startswith("painter ")
        assert set(drawn.notes) == {"tea bag", "pouring kettle"} and "not learned" in drawn.notes["tea bag"]

    def test_a_thing_is_drawn_once_and_looks_alike_in_every_step(self, tiny_painter_folder, counted):
        other = SceneGraph(objects=[CUP.model_copy(update={"id": "mug", "colour": "red", "count": 2})])
        first, second = (painted(scene, 3, tiny_painter_folder).drawings for scene in (TEA, other))
        assert counted == ["coffee cup"]
        assert all(np.array_equal(a, b) for a, b in zip(first["cup"].lines, second["mug"].lines, strict=True))
        again = painted(other, 4, tiny_painter_folder).drawings["mug"].lines
        assert len(counted) == 2 and not np.array_equal(again[0], second["mug"].lines[0])

    def test_without_weights_there_is_one_line_that_says_what_to_do(self):
        with pytest.raises(ModelError, match="no Painter in 'nowhere'.*--painter.*--strokes outlines"):
            painted(TEA, 0, "nowhere")

    def test_a_broken_painter_is_named(self, tmp_path, tiny_painter_folder):
        (tmp_path / "model.safetensors").write_bytes(b"nothing")
        (tmp_path / "config.json").write_text((Path(tiny_painter_folder) / "config.json").read_text())
        with pytest.raises(ModelError, match="cannot load the Painter"):
            painted(TEA, 0, str(tmp_path))


class TestChain:
    LINES = [np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[0.5, 0.4]]), np.array([[0.0, 1.0], [1.0, 0.0]])]

    def test_drawings_stand_in_their_boxes_and_the_sources_are_recorded(self):
        boxes = layout(TEA, 0)
        sketches = sketch_chain(chain_of_subgraphs(TEA), boxes, 0, {"kettle": Drawing(self.LINES[::2], "painter ab12")})
        assert sketches[0].source == "outlines" and sketches[-1].source == "outlines and painter"
        assert sketches[-1].sources == {"cup": "outlines", "bag": "outlines", "kettle": "painter ab12"}
        plain = SceneGraph(objects=[SceneObject(id="kettle", noun="kettle")])
        boxes = layout(plain, 0)
        (sketch,) = sketch_chain([plain], boxes, 0, {"kettle": Drawing(self.LINES, "painter ab12")})
        points = np.concatenate([stroke.points for stroke in sketch.strokes])
        assert len(sketch.strokes) == 3, "a dot is kept"
        assert np.allclose([*points.min(0), *points.max(0)], boxes["kettle"], atol=1e-3)

    def test_what_covers_a_drawing_hides_its_lines(self):
        held = SceneGraph(
            objects=[SceneObject(id="cup", noun="cup"), SceneObject(id="spoon", noun="spoon")],
            relations=[Relation(subject="spoon", relation="in", object="cup")],
        )
        boxes, line = layout(held, 0), [np.array([[0.5, 0.0], [0.5, 1.0]])]
        (sketch,) = sketch_chain([held], boxes, 0, {"spoon": Drawing(line, "painter")})
        low = max(y for stroke in sketch.strokes if stroke.object == "spoon" for _, y in stroke.points)
        assert low < boxes["spoon"][3] - 0.02, "the foot of the spoon is behind the front of the cup"

    def test_states_are_drawn_over_a_drawing(self):
        def strokes(states):
            scene = SceneGraph(objects=[SceneObject(id="cup", noun="cup", states=states)])
            return sketch_chain([scene], layout(scene, 0), 0, {"cup": Drawing(self.LINES, "painter")})[0].strokes

        assert len(strokes(["steaming"])) == len(strokes([])) + 3

    def test_counted_things_are_copies(self):
        scene = SceneGraph(objects=[SceneObject(id="cup", noun="cup", count=3)])
        (sketch,) = sketch_chain([scene], layout(scene, 0), 0, {"cup": Drawing(self.LINES[1:2], "painter")})
        assert len(sketch.strokes) == 3

    def test_flat_drawings_lie_in_the_middle(self):
        (line,) = lines_in_box([Stroke(points=[(0.2, 0.3), (0.8, 0.3)])])
        assert line.tolist() == [[0, 0.5], [1, 0.5]]


def test_the_words_of_the_painter_are_nouns_of_the_vocabulary():
    table = tomllib.loads(Path("tools/painter_words.toml").read_text())
    assert {*table["words"], *table["not"]} <= set(vocabulary().nouns)
    assert all(noun != word for noun, word in table["words"].items())
    assert (category_of("kettle"), category_of("bread"), category_of("cat")) == ("teapot", None, "cat")


def painting(tiny_embedded, **settings):
    models = {"pipeline": str(tiny_embedded), "control": str(tiny_embedded / "adapter"), "size": 64, "max_rounds": 0}
    return graph.invoke({"prompt": "a cup left of a lemon", "settings": {**models, **settings}})


def last_strokes(state, home) -> Sketch:
    frames = [Frame.model_validate(frame) for frame in state["frames"].values()]
    return strokes_of([frame for frame in frames if frame.kind == "sketch"][-1], ArtifactStore(home / "artifacts"))


class TestPaint:
    def test_the_painters_strokes_come_into_the_picture_and_its_manifest(
        self, home, tiny_embedded, tiny_painter_folder
    ):
        state = painting(tiny_embedded, strokes="painter", painter=tiny_painter_folder)
        frames = [Frame.model_validate(frame) for frame in state["frames"].values()]
        assert [frame.source for frame in frames] == ["outlines", "outlines and painter", "diffusion"]
        manifest = ArtifactStore(home / "artifacts").get_json(frames[-1].manifest)
        assert sorted(source.split()[0] for source in manifest["strokes_from"].values()) == ["outlines", "painter"]
        assert manifest["profile"]["painter"] == Path(tiny_painter_folder).name
        assert list(state["notes"].values()) == [
            "the lemon is drawn by its outlines: the Painter has not learned the word"
        ]

    def test_a_model_draws_and_what_it_cannot_is_drawn_by_outlines(self, home):
        cup, lemon = answer({"thinking": "", "strokes": BOX_OF_CELLS}), answer({"strokes": "<s1>round</s1>"})
        with Server([cup, lemon]) as server:
            state = planned(server)
        sketch = last_strokes(state, home)
        assert sketch.sources == {"cup": "llm m", "lemon": "outlines"}
        assert "lemon" in next(iter(state["notes"].values())) and "3 tries" in next(iter(state["notes"].values()))
        assert state["costs"]["sketch/00"]["llm_tokens"] == 400


def planned(server):
    """The step is planned, so that the model is asked for nothing but drawings."""
    scene = SceneGraph(objects=[SceneObject(id="cup", noun="cup"), SceneObject(id="lemon", noun="lemon")])
    step = Step(number=1, instruction="", action="", state="", prompt="", caption="", scene=scene)
    settings = {"strokes": "llm", "llm": server.url, "model": "m", "cache": False}
    return graph.invoke({"step": 0, "steps": {"00": step.model_dump()}, "settings": settings})


def test_a_server_that_is_down_stops_the_run():
    with Server([status(401, "who are you?")]) as server, pytest.raises(LanguageModelError, match="sketcher"):
        planned(server)


class TestCommandLine:
    def test_no_weights(self, home):
        refused(run("make tea", "--strokes", "painter", "--painter", "nowhere"), "nowhere", "--strokes outlines")
        assert not home.exists()

    def test_no_model(self):
        refused(run("make tea", "--strokes", "llm"), "--llm URL")

    def test_no_such_source(self):
        refused(run("make tea", "--strokes", "crayon"), "strokes", "crayon")

    def test_a_guide_tells_who_drew_it(self, home, tiny_embedded, tiny_painter_folder):
        models = ["--pipeline", str(tiny_embedded), "--control", str(tiny_embedded / "adapter"), "--size", "64"]
        steps = "Put a tea bag in a cup.\nPut a lemon next to the cup.\n"
        painter = ["--strokes", "painter", "--painter", tiny_painter_folder, "--max-rounds", "0"]
        result = run("tea", "--steps", "-", "--json", *painter, *models, input=steps)
        assert result.exit_code == 0, result.output
        folder = home / json.loads(result.stdout)["run"]
        trajectory = json.loads((folder / "trajectory.json").read_text())
        assert trajectory["settings"]["strokes"] == "painter" and "painter" not in trajectory["settings"]
        assert any("tea bag is drawn by its outlines" in note for note in trajectory["notes"])
        sources = json.loads((folder / "step-01.json").read_text())["made"]["strokes_from"]
        assert {source.split()[0] for source in sources.values()} == {"painter", "outlines"}
