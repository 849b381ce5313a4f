"""The Painter's network: an unchanged language model at first, the latest canvas alone, pens, frozen eyes, saving."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import OPTConfig, OPTForCausalLM, PreTrainedTokenizerFast, ResNetConfig, ResNetModel, ViTConfig

from models.painter import language
from models.painter.modeling import Painter, PainterConfig, embedded_decoder
from models.painter.sight import Glimpse, SeeingLayer
from models.painter.tokens import ADDED, PainterTokens, build_tokenizer
from models.painter.vision import CanvasTeacher, VisionTower, build_backbone, embedded_backbone
from tests.painter_drawings import tiny_painter
from tools.canvas import Sketch, Stroke


@pytest.fixture(scope="module")
def painter():
    return tiny_painter()


def canvases(count, size=32, seed=0):
    return torch.from_numpy(np.random.default_rng(seed).integers(0, 255, (count, size, size), dtype=np.uint8))


def rows(painter, *texts):
    ids = [painter.tokens.encode(text) for text in texts]
    longest = max(map(len, ids))
    return torch.tensor([row + [painter.tokens.pad] * (longest - len(row)) for row in ids])


class TestTokens:
    def test_words_strokes_and_names_are_told_apart(self, painter):
        tokens = painter.tokens
        ids = tokens.encode("Draw a coffee cup, please! <image> <answer> [coffee%20cup] x3 y4 d+1+0 [] x1 y1")
        assert tokens.words(ids) == ["[coffee%20cup]", "x3", "y4", "d+1+0", "[]", "x1", "y1"]
        assert tokens.text(ids[:5]) == "draw a coffee cup please"
        assert ids[5] == tokens.image and ids[6] == tokens.answer

    @given(st.text(max_size=20))
    def test_any_prompt_has_ids_and_none_of_them_draws(self, text):
        tokens = tiny_tokens()
        ids = tokens.encode(" ".join(word for word in text.split() if word not in ADDED and word[0] != "["))
        assert not set(ids) & {tokens.image, tokens.end, tokens.answer} and not tokens.kinds[ids].any()

    def test_unknown_words_are_spelled(self, painter):
        assert painter.tokens.text(painter.tokens.encode("a zebra's ant")) == "a zebra's ant"

    def test_a_language_models_own_tokenizer_gets_the_words_of_strokes(self):
        model = Tokenizer(WordLevel({"</s>": 0, "<pad>": 1, "<unk>": 2, "draw": 3}, unk_token="<unk>"))
        model.pre_tokenizer = Whitespace()
        own = PreTrainedTokenizerFast(tokenizer_object=model, bos_token="</s>", pad_token="<pad>", unk_token="<unk>")
        tokens = PainterTokens(own)
        assert tokens.size == 4 + len(ADDED) and tokens.begin == 0
        assert tokens.encode("draw draw x3 <image> d+1-1") == [
            3,
            3,
            *(tokens.id_of[w] for w in ("x3", "<image>", "d+1-1")),
        ]

    def test_further_words_become_tokens_and_nothing_else_changes(self, painter):
        taught = painter.eval().with_words(["gryphon", "ant", "basilisk"]).eval()
        assert taught.tokens.size == painter.tokens.size + 2, "the ant was known"
        assert len(taught.tokens.encode("gryphon")) == 1 < len(painter.tokens.encode("gryphon"))
        assert taught.tokens.text(taught.tokens.encode("a basilisk")) == "a basilisk"
        ids = painter.tokens.encode("draw an ant <answer> x3 y4 d+1-1 [ant] n3")
        assert taught.tokens.encode("draw an ant <answer> x3 y4 d+1-1 [ant] n3") == ids
        blank = torch.zeros((0, painter.config.canvas, painter.config.canvas), dtype=torch.uint8)
        with torch.no_grad():
            before, after = (model(torch.tensor([ids]), blank) for model in (painter, taught))
        assert torch.allclose(before, after[..., : painter.tokens.size], atol=1e-5)


def tiny_tokens(made=[]):  # noqa: B006  (built once)
    if not made:
        made.append(PainterTokens(build_tokenizer(["draw", "a", "cat"])))
    return made[0]


class TestLanguageModel:
    def test_new_blocks_leave_its_logits_as_they_are_bit_for_bit(self):
        torch.manual_seed(0)
        tokens = tiny_tokens()
        config = PainterConfig({**embedded_decoder(), "num_hidden_layers": 4}, embedded_backbone())
        painter = Painter.from_config(config, tokens).eval()
        plain = OPTForCausalLM(OPTConfig(**config.decoder)).eval()
        state = {name.replace(".layer.", "."): value for name, value in painter.lm.state_dict().items()}
        plain.load_state_dict({name: value for name, value in state.items() if ".attention." not in name})
        ids = torch.tensor([tokens.encode("draw a cat <image> <answer> x3 y4 d+1-1 x9 y9 <image> x1 y2")])
        with torch.no_grad():
            assert torch.equal(painter(ids, canvases(2, 128)), plain(ids).logits)

    def test_blocks_follow_every_nth_layer(self, painter):
        kinds = [isinstance(layer, SeeingLayer) for layer in painter.lm.model.decoder.layers]
        assert kinds == [False, True, False, True] and len(painter.attentions) == painter.blocks == 2

    def test_without_a_canvas_it_is_the_language_model(self, painter):
        ids = rows(painter, "draw a square <answer> x3 y4")
        seen = painter.lm.lm_head(painter.hidden(ids, None))
        assert torch.equal(seen, painter(ids, canvases(0)))


class TestCanvases:
    text = "draw a square <image> <answer> x3 y4 d+1-1 <image> x5 y5 d+2+2 <image> x1 y1"

    @torch.no_grad()
    def test_a_later_canvas_cannot_change_earlier_logits_and_each_token_sees_the_latest(self, painter):
        ids = rows(painter, self.text)
        first = painter(ids, canvases(3))
        places = (ids[0] == painter.tokens.image).nonzero()[:, 0].tolist()
        for number, place in enumerate(places):
            changed = canvases(3)
            changed[number] = canvases(1, seed=9)[0]
            other = painter(ids, changed)
            assert torch.equal(other[:, :place], first[:, :place])
            assert not torch.allclose(other[:, place], first[:, place], atol=1e-4)

    @torch.no_grad()
    def test_only_the_latest_canvas_is_attended_to(self, painter):
        ids = rows(painter, self.text)
        sight = painter.sight_of(ids, canvases(3))
        sight.maps = []
        painter.hidden(ids, sight)
        for weights in sight.maps:
            shares = weights.unflatten(-1, (3, painter.cells)).sum(-1)[0, 0]
            for token, index in enumerate(sight.index[0].tolist()):
                if index >= 0:
                    assert shares[token].tolist() == pytest.approx([float(i == index) for i in range(3)], abs=1e-5)

    @torch.no_grad()
    def test_rows_of_a_batch_do_not_mix(self, painter):
        texts = [self.text, "what is this <image> <answer>", "draw a square <answer> x3 y4"]
        ids = rows(painter, *texts)
        seen = canvases(4)
        together = painter(ids, seen, (ids != painter.tokens.pad).long())
        for row, part in enumerate((seen[:3], seen[3:], seen[:0])):
            alone = rows(painter, texts[row])
            assert torch.allclose(together[row, : alone.shape[1]], painter(alone, part)[0], atol=1e-5)

    def test_as_many_canvases_as_placeholders(self, painter):
        with pytest.raises(ValueError, match="2 canvases for 3 placeholders"):
            painter(rows(painter, self.text), canvases(2))


class TestPens:
    @given(st.integers(0, 10_000))
    def test_the_pen_is_where_the_strokes_are(self, seed):
        rng = np.random.default_rng(seed)
        painter = tiny_once()
        strokes = [Stroke(points=rng.random((rng.integers(1, 6), 2)).tolist()) for _ in range(3)]
        sketch = language.on_grid(Sketch(strokes=strokes))
        words = language.words_of(sketch)
        pens = painter.pens(torch.tensor([painter.tokens.encode("draw a square <image> <answer> " + " ".join(words))]))[
            0
        ]
        assert (pens[:5] == language.GRID).all()
        at_points = [pen for pen, word in zip(pens[5:].tolist(), words, strict=True) if word[0] in "yd"]
        assert at_points == [cell for s in sketch.strokes for cell in language.cells_of(s.points).tolist()]

    def test_after_a_column_the_row_is_not_known(self):
        painter = tiny_once()
        pens = painter.pens(torch.tensor([painter.tokens.encode("x3 y4 f+1+0 d+1+1 x7")]))[0].tolist()
        assert pens == [[3, 64], [3, 4], [18, 4], [19, 5], [7, 64]]


class TestGlimpses:
    def test_the_ink_around_the_pen_is_shown_of_the_latest_canvas(self):
        painter = tiny_painter(canvas=64)
        text = "copy this <image> <answer> x0 y0 x20 y40 d+3-2 <image> x20 f+1+0 d+1+0"
        ids = torch.tensor([painter.tokens.encode(text)])
        seen = torch.zeros(2, 64, 64, dtype=torch.uint8)
        seen[0, 40, 20] = seen[1, 38, 23] = seen[0, 0, 0] = seen[1, 12, 21] = 255
        shown = Glimpse.around(painter.sight_of(ids, seen), painter.pens(ids))[0].unflatten(-1, (15, 15))
        inked = [part.nonzero().tolist() for part in shown]
        assert inked[:4] == [[]] * 4  # neither words nor placeholders have a pen
        assert inked[4:10] == [[], [[7, 7]], [], [[7, 7]], [[9, 4]], []]
        assert inked[10:] == [[], [], []]  # a column alone, then a pen whose row was never said
        columns = Glimpse.along(painter.sight_of(ids, seen), painter.pens(ids))[0].unflatten(-1, (64, 3))
        inked = {place: part.nonzero().tolist() for place, part in enumerate(columns) if part.any()}
        assert inked == {4: [[0, 1]], 6: [[40, 1]], 10: [[12, 2]]}

    def test_without_a_canvas_nothing_is_shown(self):
        painter = tiny_once()
        ids = torch.tensor([painter.tokens.encode("x3 y4")])
        assert not painter.glimpse(painter.blind(1), painter.pens(ids)).any()


def tiny_once(made=[]):  # noqa: B006
    if not made:
        made.append(tiny_painter())
    return made[0]


class TestEyes:
    def test_they_are_frozen_and_the_rest_learns(self, painter):
        painter = tiny_painter().train()
        before = {name: value.clone() for name, value in painter.tower.state_dict().items()}
        painter(rows(painter, "what is this <image> <answer> ant"), canvases(1)).sum().backward()
        assert all(torch.equal(before[name], value) for name, value in painter.tower.state_dict().items())
        assert not any(parameter.requires_grad for parameter in painter.tower.parameters())
        assert all(parameter.grad is not None for parameter in painter.join.parameters())

    def test_activations_that_are_computed_again_give_the_same_gradients(self):
        """As the full size is trained."""
        found = []
        for again in (False, True):
            painter = tiny_painter().train()
            if again:
                painter.lm.gradient_checkpointing_enable()
            painter(rows(painter, "what is this <image> <answer> ant"), canvases(1))[0, -1, 5].backward()
            found.append(painter.attentions[0].query.weight.grad)
        assert found[0].abs().sum() > 0 and torch.allclose(*found)

    def test_finer_stages_keep_their_place(self):
        tower = VisionTower(build_backbone(embedded_backbone()))
        assert tower.shape(128) == (64, 160 + 4 * 64)
        dot = torch.zeros(2, 128, 128, dtype=torch.uint8)
        dot[1, 8 + 16 * 2, 8 + 16 * 5] = 255  # in cell (5, 2)
        plain, dotted = tower(dot)
        assert (plain - dotted).abs().sum(-1).argmax() == 2 * 8 + 5

    def test_other_backbones_serve(self):
        resnet = ResNetConfig(embedding_size=8, hidden_sizes=[16, 32], depths=[1, 1])  # three channels, bottlenecks
        vit = ViTConfig(image_size=32, patch_size=8, hidden_size=16, num_hidden_layers=1, num_attention_heads=2)
        for config, cells in ((resnet, 16), (vit, 16)):
            fields = {**config.to_diff_dict(), "model_type": config.model_type}
            tower = VisionTower(build_backbone(fields), (-1,))
            assert tower(canvases(2, 32)).shape == (2, cells, 32 if config is resnet else 16)

    def test_the_teacher_names_things_and_tells_where_ink_is(self):
        torch.manual_seed(0)
        tower = VisionTower(build_backbone(embedded_backbone()))
        teacher = CanvasTeacher(tower, ["a", "b"], 128).train()
        names, ink = teacher(canvases(3, 128))
        assert names.shape == (3, 2) and ink.shape == (3, 128, 128)
        patches = torch.arange(64.0)[None, :, None].expand(1, 64, 256)
        assert teacher.unfolded(patches)[0, 40, 90] == 2 * 8 + 5
        names.sum().backward()
        assert next(tower.backbone.parameters()).grad is not None


class TestSaved:
    def test_a_saved_painter_is_the_same(self, painter, tmp_path):
        painter.save_pretrained(tmp_path)
        loaded = Painter.from_pretrained(tmp_path)
        ids = rows(painter, TestCanvases.text)
        with torch.no_grad():
            assert torch.allclose(loaded(ids, canvases(3)), painter(ids, canvases(3)), atol=2e-2)
        assert loaded.config == painter.config and loaded.tokens.size == painter.tokens.size
        assert loaded.lm.lm_head.weight is loaded.lm.get_input_embeddings().weight

    def test_weights_of_another_model_are_refused(self, painter, tmp_path):
        painter.save_pretrained(tmp_path)
        text = (tmp_path / "config.json").read_text()
        (tmp_path / "config.json").write_text(text.replace('"every": 2', '"every": 4'))
        with pytest.raises(OSError, match="weights of another model"):
            Painter.from_pretrained(tmp_path)

    def test_the_full_size_is_made_of_the_hubs_parts(self, tmp_path):
        """Folders of the same classes stand for facebook/opt-1.3b and microsoft/resnet-50."""
        model = Tokenizer(WordLevel({"</s>": 0, "<pad>": 1, "<unk>": 2, "draw": 3}, unk_token="<unk>"))
        own = PreTrainedTokenizerFast(tokenizer_object=model, bos_token="</s>", pad_token="<pad>", unk_token="<unk>")
        own.save_pretrained(tmp_path / "lm")
        lm = OPTForCausalLM(
            OPTConfig(
                vocab_size=10, hidden_size=16, word_embed_proj_dim=16, ffn_dim=32, num_hidden_layers=2,
                num_attention_heads=2, max_position_embeddings=64,
            )
        )  # fmt: skip
        lm.save_pretrained(tmp_path / "lm")
        ResNetModel(ResNetConfig(embedding_size=8, hidden_sizes=[16, 32], depths=[1, 1])).save_pretrained(
            tmp_path / "eyes"
        )
        painter = Painter.from_parts(tmp_path / "lm", tmp_path / "eyes", every=1, heads=2, canvas=64)
        assert painter.lm.config.vocab_size == painter.tokens.size and len(painter.attentions) == 2
        grown = painter.lm.get_input_embeddings().weight[3]
        assert torch.allclose(grown, lm.get_input_embeddings().weight[3])
        painter.save_pretrained(tmp_path / "whole")
        assert Painter.from_pretrained(tmp_path / "whole").tokens.size == painter.tokens.size

    def test_the_embedded_size_fits_into_sixteen_megabytes(self):
        painter = Painter.from_config(PainterConfig(embedded_decoder(), embedded_backbone()), tiny_tokens())
        assert 6e6 < sum(parameter.numel() for parameter in painter.parameters()) < 7.9e6
