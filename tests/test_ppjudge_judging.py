"""What calls the judge: plain marks, frame by frame or at once; bad input; references; real sequences; speed."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPVisionConfig

from models.ppjudge import evaluate, sequences, speed
from models.ppjudge.config import ATTRIBUTES, EMBEDDED, WEIGHTS
from models.ppjudge.data import judged_process
from models.ppjudge.modeling import IMAGE, NONE, VECTORS, save_judge
from models.ppjudge.predictor import JudgeError, ProcessJudge
from models.ppjudge.references import ClipReferences, TextReferences, encoder_for, reference_of, style_targets
from models.ppjudge.train import earlier_judge
from tests.test_ppjudge_network import TINY, pictures, tiny_judge


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("judge")
    save_judge(tiny_judge(), place)
    return place


@pytest.fixture(scope="module")
def judge(folder, tiny_embedded):
    return ProcessJudge(folder, texts=tiny_embedded)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    from models.scene_diffusion.modeling import build_tokenizer
    from tests.tiny import CORPUS

    place = tmp_path_factory.mktemp("clip")
    tokenizer = build_tokenizer(CORPUS, place)
    tokenizer.save_pretrained(place)
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = CLIPTextConfig(vocab_size=len(tokenizer), bos_token_id=0, eos_token_id=1, pad_token_id=1, **sizes)
    vision = CLIPVisionConfig(image_size=32, patch_size=16, **sizes)
    torch.manual_seed(0)
    model = CLIPModel(CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=24))
    model.save_pretrained(place)
    return place


class TestMarks:
    def test_marks_are_named_and_given_after_every_frame(self, judge):
        found = judge.score(pictures(3), prompt="a red cup on a plate")
        assert tuple(found.attributes) == ATTRIBUTES and found.frames == [0, 1, 2]
        assert len(found.timeline) == 3 and found.timeline[-1] == found.attributes
        assert all(1 <= mark <= 10 for marks in found.timeline for mark in marks.values())
        assert found.mean == pytest.approx(np.mean(list(found.attributes.values())))

    @pytest.mark.parametrize("told", [{}, {"prompt": "a lemon in a glass"}, {"reference_image": pictures(2)[-1]}])
    def test_frame_by_frame_gives_the_same_marks(self, judge, told):
        frames = pictures(4)
        state, whole = judge.begin(**told), judge.score(frames, **told)
        for number, frame in enumerate(frames):
            marks, state = judge.add(frame, state)
            assert marks == pytest.approx(whole.timeline[number], abs=0.011)
            assert state.frames == number + 1

    def test_a_state_can_be_held_to_compare_refinements(self, judge):
        first, one, other = pictures(3)
        _, state = judge.add(first, judge.begin())
        tried = [judge.add(frame, state)[0] for frame in (one, other, one)]
        assert tried[0] == tried[2] != tried[1]

    def test_without_a_reference_there_is_no_consistency(self, judge):
        assert tuple(judge.score(pictures(2)).attributes) == ATTRIBUTES[1:]
        assert "consistency" in judge.score(pictures(2), reference_image=pictures(2)[1]).attributes

    def test_two_hundred_frames_of_many_sizes_are_judged_by_key_frames(self, judge):
        frames = [Image.fromarray(frame).resize((30 + n % 7, 40 + n % 5)) for n, frame in enumerate(pictures(200))]
        found = judge.score(frames)
        assert len(found.frames) == len(found.timeline) <= TINY.slots
        assert found.frames[0] == 0 and found.frames[-1] == 199

    def test_files_arrays_and_images_are_one(self, judge, tmp_path):
        frames = pictures(2)
        Image.fromarray(frames[0]).save(tmp_path / "0.png")
        mixed = [tmp_path / "0.png", Image.fromarray(frames[1])]
        assert judge.score(mixed) == judge.score(frames) == judge.score([str(mixed[0]), frames[1]])


class TestShippedJudge:
    def test_it_is_of_the_embedded_make_and_can_go_on_in_training(self):
        assert ProcessJudge().config == EMBEDDED
        assert earlier_judge(WEIGHTS, EMBEDDED).config == EMBEDDED

    def test_it_sees_that_a_frame_is_of_another_picture(self):
        def clean(seed: int) -> list[np.ndarray]:
            return list(judged_process(np.random.default_rng(seed), 128, 8, unseen=True, defects=[], count=6).frames)

        judge, lowered = ProcessJudge(), []
        for seed in range(12):
            frames, other = clean(seed), clean(seed + 99)
            true, wrong = (judge.score(shown).attributes for shown in (frames, [*frames[:4], other[-1], frames[5]]))
            lowered.append(wrong["composition stability"] < true["composition stability"])
        assert sum(lowered) >= 10


class TestBadInput:
    @pytest.mark.parametrize(
        ("frames", "told", "why"),
        [
            ([], {}, "two frames at least: 0 given"),
            (pictures(1), {}, "two frames at least: 1 given"),
            (["no.png", "such.png"], {}, "frame 0 is not a picture: no.png"),
            ([*pictures(2), np.zeros((4, 4, 9))], {}, "frame 2 is not a picture"),
            ([pictures(2)[0], None], {}, "frame 1 is not a picture: NoneType"),
            (pictures(2), {"reference_image": "no.png"}, "the reference is not a picture: no.png"),
            (pictures(2), {"reference_image": pictures(2)[1], "prompt": "a cup"}, "an image or a prompt, not both"),
        ],
    )
    def test_one_clear_line_says_why(self, judge, frames, told, why):
        with pytest.raises(ValueError, match=why) as error:
            judge.score(frames, **told)
        assert isinstance(error.value, JudgeError) and "\n" not in str(error.value)

    def test_a_corrupt_or_other_file_is_named(self, judge, tmp_path):
        Image.fromarray(pictures(2)[1]).save(tmp_path / "whole.png")
        (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:900])
        (tmp_path / "text.png").write_text("no picture")
        for name in ("half.png", "text.png"):
            with pytest.raises(JudgeError, match=f"frame 1 is not a picture: .*{name}"):
                judge.score([tmp_path / "whole.png", tmp_path / name])

    def test_more_frames_than_it_can_follow_are_refused_one_by_one(self, judge):
        state = judge.begin()
        for frame in pictures(TINY.slots):
            _, state = judge.add(frame, state)
        with pytest.raises(JudgeError, match="follows 4 frames at most"):
            judge.add(frame, state)

    def test_a_folder_without_a_judge_is_refused(self, tmp_path, folder):
        with pytest.raises(JudgeError, match="no judge in"):
            ProcessJudge(tmp_path)
        (tmp_path / "config.json").write_text((folder / "config.json").read_text())
        (tmp_path / "model.safetensors").write_bytes(b"broken")
        with pytest.raises(JudgeError, match="no judge in") as error:
            ProcessJudge(tmp_path)
        assert "\n" not in str(error.value)


class TestReferences:
    def test_texts_are_read_as_so_many_vectors_whatever_their_neighbours(self, tiny_embedded):
        encoder = TextReferences(4, tiny_embedded)
        both = encoder.prompts(["a red cup", "a lemon in a glass filled with water on a plate"])
        assert both.shape == (2, 4, 32)
        assert torch.allclose(both[:1], encoder.prompts(["a red cup"]), atol=1e-5)

    def test_styles_are_apart(self, tiny_embedded):
        vectors = TextReferences(4, tiny_embedded).styles(["oil", "line drawing", "wash"])
        assert torch.allclose(vectors.norm(dim=1), torch.ones(3), atol=1e-5)
        assert (vectors @ vectors.T).fill_diagonal_(0).max() < 0.5

    def test_clip_embeds_images_as_its_own_processor_would_and_texts(self, clip):
        encoder = ClipReferences(clip)
        pixels = torch.rand(2, 3, 32, 32) * 2 - 1
        mean, deviation = torch.tensor([[0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]])
        inputs = ((pixels + 1) / 2 - mean[:, None, None]) / deviation[:, None, None]
        tokens = encoder.tokenizer(["a red cup"], return_tensors="pt")
        with torch.no_grad():
            whole = encoder.clip(pixel_values=inputs, **tokens)
        assert torch.allclose(encoder.images(pixels)[:, 0], whole.image_embeds, atol=1e-4)
        assert torch.allclose(encoder.prompts(["a red cup"])[:, 0], whole.text_embeds, atol=1e-4)

    def test_a_judge_by_clip_knows_images_and_texts_and_styles(self, clip, tmp_path):
        config = replace(TINY, image_tower=False, reference_tokens=1, reference_width=24, style_width=24)
        save_judge(tiny_judge(config), tmp_path)
        judge = ProcessJudge(tmp_path, clip=clip)
        references = [{"prompt": "a red cup"}, {"prompt": "a lemon"}, {"reference_image": pictures(2)[1]}]
        for told in references:
            assert tuple(judge.score(pictures(3), **told).attributes) == ATTRIBUTES
        values = [judge.begin(**told).cache.values[0] for told in references]
        assert not torch.equal(values[0], values[1]) and not torch.equal(values[1], values[2])
        with pytest.raises(JudgeError, match="give the folder of one"):
            ProcessJudge(tmp_path)
        with pytest.raises(JudgeError, match="the judge takes 32 numbers"):
            encoder_for(replace(config, reference_width=32), clip)

    def test_an_unknown_style_is_by_clip_the_nearest_one_and_else_none(self, clip, tiny_embedded):
        config = replace(TINY, reference_tokens=1, reference_width=24, style_width=24)
        kinds, images = torch.tensor([IMAGE, VECTORS, NONE]), torch.rand(3, 3, 32, 32) * 2 - 1
        encoder = ClipReferences(clip)
        told = reference_of(encoder, config, kinds, ["", "a red cup", ""], images)
        assert told.kinds.tolist() == [VECTORS, VECTORS, NONE]
        table = dict(zip(("oil", "wash"), encoder.styles(["oil", "wash"]), strict=True))
        found = style_targets(encoder, ["", "", ""], table, told)
        rows = torch.stack(list(table.values()))
        for row in (0, 1):
            assert torch.equal(found[row], rows[(rows @ told.vectors[row, 0]).argmax()])
        assert (found[2] == 0).all()
        assert torch.equal(style_targets(encoder, ["wash"] * 3, table, told)[0], table["wash"])
        texts = TextReferences(4, tiny_embedded)
        plain = reference_of(texts, TINY, kinds, ["", "a red cup", ""], images)
        assert (style_targets(texts, ["", "", ""], {"oil": torch.ones(32)}, plain) == 0).all()
        assert plain.kinds.tolist() == kinds.tolist() and (plain.vectors[0] == 0).all()


@pytest.fixture
def real(tmp_path):
    """The layout of the real processes, with pictures of our own."""
    place = tmp_path / "inverse_painting_sample/data/sample_data/train/rgb/example"
    place.mkdir(parents=True)
    for number, frame in enumerate(pictures(12)):
        Image.fromarray(frame).save(place / f"{number + 1}_{number}:15.jpg")
    (tmp_path / "learningtopaint/demo").mkdir(parents=True)
    frames = [Image.fromarray(frame) for frame in pictures(20, 48, seed=5)]
    frames[0].save(tmp_path / "learningtopaint/demo/sun.gif", save_all=True, append_images=frames[1:])
    place = tmp_path / "makeanything_sheets/images/datasets"
    place.mkdir(parents=True)
    rows = [np.concatenate(pair, 1) for pair in (pictures(4, 512)[:2], pictures(4, 512)[2:][::-1])]
    Image.fromarray(np.concatenate(rows)).save(place / "clay.png")
    return tmp_path


class TestRealSequences:
    def test_each_source_is_read_in_its_order(self, real):
        found = sequences.real_sequences(real, 6)
        assert [sequence.name for sequence in found] == ["example", "sun", "clay"]
        for sequence in found:
            white = [(frame > 250).mean() for frame in sequence.frames]
            assert len(sequence.frames) <= 6 and white == sorted(white, reverse=True)

    def test_trials_are_counted_and_won_by_a_judge_that_sees_order(self, real):
        class Whiteness:
            """Marks a process by how seldom the canvas gets whiter, and by its largest change."""

            def score(self, frames):
                white = [(frame > 250).mean() for frame in frames]
                losses = sum(later > before for before, later in zip(white, white[1:], strict=False))
                means = [frame.mean() for frame in frames]
                change = max(abs(a - b) for a, b in zip(means, means[1:], strict=False))
                marks = dict.fromkeys(ATTRIBUTES, 5.0) | {"process stability": -losses, "style stability": -change}
                return type("Scores", (), {"attributes": marks})

        found = sequences.real_sequences(real, 6)
        won = sequences.orders(Whiteness(), found, 3)
        assert won["shuffled"][:2] == (9, 9) and won["reversed"][:2] == (3, 3)
        share = sequences.swapped(Whiteness(), found, 2)
        assert share.trials == 6 and 0 < share.successes <= 6

    def test_what_is_there_is_measured_and_told(self, judge, real, capsys):
        evaluate.report_real(judge, real, 2, 0)
        lines = capsys.readouterr().out.strip().splitlines()
        assert [line.split("|")[1].strip() for line in lines] == [
            "source", "---", "all", "inverse_painting_sample", "learningtopaint", "makeanything_sheets",
        ]  # fmt: skip
        assert "of 6" in lines[2]


class TestEvaluation:
    def test_the_rule_agrees_with_its_experts_and_every_attribute_is_measured(self, judge):
        found, best, usage = evaluate.measure(judge, 24, 0)
        assert tuple(found) == tuple(best) == ATTRIBUTES
        assert evaluate.mean_of(best).srcc > 0.85 and evaluate.mean_of(best).mse < 0.15
        assert usage.shape == (8, len(TINY.depths))
        assert torch.allclose(usage.sum(1), torch.ones(8), atol=1e-5)

    def test_marks_are_those_of_the_predictor(self, judge):
        examples = next(evaluate.held_out_processes(3, TINY.size, TINY.slots, 1))
        marks, _ = evaluate.judged(judge, examples)
        for example, row in zip(examples, marks, strict=True):
            told = {NONE: {}, VECTORS: {"prompt": example.prompt}, IMAGE: {"reference_image": example.image}}
            alone = judge.score(list(example.frames), **told[example.kind]).attributes
            assert [alone[name] for name in ATTRIBUTES[1:]] == pytest.approx(row[1:].tolist(), abs=0.02)


class TestExperts:
    def test_a_process_of_its_own_has_the_usage_that_is_measured(self, judge):
        example = next(evaluate.held_out_processes(1, TINY.size, TINY.slots, 1))[0]
        _, usage = evaluate.judged(judge, [example])
        told = {NONE: {}, VECTORS: {"prompt": example.prompt}, IMAGE: {"reference_image": example.image}}
        shares = judge.experts(list(example.frames), **told[example.kind])
        assert torch.allclose(shares, usage / usage.sum(1, keepdim=True), atol=1e-5)

    def test_the_heat_map_is_darkest_where_an_expert_is_used_most(self, folder, tiny_embedded, tmp_path):
        evaluate.draw_experts(tmp_path / "experts.svg", folder, 16, texts=tiny_embedded)
        root = ElementTree.parse(tmp_path / "experts.svg").getroot()
        cells = [cell for cell in root.iter("{http://www.w3.org/2000/svg}rect") if len(cell)]
        assert len(cells) == len(ATTRIBUTES) * len(TINY.depths)
        shade = [float(cell.get("fill-opacity")) for cell in cells]
        share = [float(cell[0].text.rsplit(" ", 1)[1].rstrip("%")) for cell in cells]
        assert max(shade) == 1 and max(share) == share[int(np.argmax(shade))] and min(shade) < 0.7
        assert all(name in root.get("aria-label") for name in ATTRIBUTES)


class TestSpeed:
    def test_every_figure_can_be_taken(self):
        config = replace(TINY, slots=speed.FRAMES, image_tower=False)
        full, added, clip = speed.passes(config, 1)
        gathered, dense = speed.experts(config, 1)
        assert min(full, added, clip, gathered, dense) > 0
