"""The segmenter: exact masks, prompts that fit them, training that resumes, one predictor for every size."""

import json

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import Sam2Model, Sam2VideoConfig, Sam2VideoModel

from models.scene_diffusion.composer import arrange, paint
from models.scene_diffusion.drawings import random_look
from models.scene_diffusion.random_scenes import random_scene
from models.segmenter import data, evaluate, train
from models.segmenter.modeling import WEIGHTS, build_segmenter
from models.segmenter.predictor import Segmentation, Segmenter, full_size, normalised
from tools.layout import layout
from tools.scene import Relation, SceneGraph, SceneObject


def tiny(size: int = 64) -> Sam2Model:
    torch.manual_seed(0)
    return build_segmenter(size, dims=(16, 32, 48), blocks=(1, 1, 1), head=16, width=32)


def picture(width: int = 96, height: int = 72) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8))


def scene(*nouns: str, **state) -> SceneGraph:
    return SceneGraph(objects=[SceneObject(id=noun, noun=noun, **state) for noun in nouns], relations=[])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("segmenter")
    tiny().half().save_pretrained(place)
    return place


class TestPredictor:
    def test_a_mask_of_the_pictures_size_for_each_box(self, folder):
        segmenter = Segmenter.from_pretrained(folder, local_files_only=True)
        segmenter.set_image(picture())
        masks, scores = segmenter.predict(boxes=[[0.1, 0.2, 0.6, 0.9], [0.3, 0.3, 0.5, 0.5], [0, 0, 1, 1]])
        assert masks.shape == (3, 72, 96) and masks.dtype == bool
        assert scores.shape == (3,)

    def test_the_mask_it_thinks_best_answers_a_click(self, folder):
        segmenter = Segmenter.from_pretrained(folder)
        segmenter.set_image(picture())
        answer = segmenter.model(
            image_embeddings=segmenter._embeddings, input_points=torch.tensor([[[[16.0, 48.0]]]]), multimask_output=True
        )
        best = answer.iou_scores[0, 0].argmax()
        masks, scores = segmenter.predict(points=[[[0.25, 0.75]]])
        assert scores[0] == pytest.approx(answer.iou_scores[0, 0, best].item())
        assert (masks[0] == full_size(answer.pred_masks[0, :, best], (72, 96))[0].numpy()).all()

    def test_what_is_asked_changes_what_is_answered(self, folder):
        model = Segmenter.from_pretrained(folder)
        model.set_image(picture())
        scores = {
            "box": model.predict(boxes=[[0.1, 0.1, 0.4, 0.4]]).scores[0],
            "other box": model.predict(boxes=[[0.5, 0.5, 0.9, 0.9]]).scores[0],
            "click": model.predict(points=[[[0.2, 0.2], [0.8, 0.8]]]).scores[0],
            "click beside": model.predict(points=[[[0.2, 0.2], [0.8, 0.8]]], labels=[[1, 0]]).scores[0],
            "box and click": model.predict(boxes=[[0.1, 0.1, 0.4, 0.4]], points=[[[0.2, 0.2]]]).scores[0],
        }
        assert len({round(float(score), 7) for score in scores.values()}) == len(scores)

    def test_weights_as_the_hub_has_them_load_in_the_same_class(self, tmp_path):
        """SAM 2.1 is kept as a video model, whose memory a picture does not need."""
        parts = tiny().config.to_dict()
        memory = {
            "memory_attention_hidden_size": 32,
            "memory_attention_num_layers": 1,
            "memory_attention_feed_forward_hidden_size": 32,
            "memory_attention_rope_feat_sizes": [4, 4],
            "memory_encoder_hidden_size": 32,
            "memory_encoder_output_channels": 16,
            "memory_fuser_embed_dim": 32,
            "memory_fuser_intermediate_dim": 32,
            "mask_downsampler_embed_dim": 32,
        }
        named = ("vision_config", "prompt_encoder_config", "mask_decoder_config")
        config = Sam2VideoConfig(**{name: parts[name] for name in named}, **memory)
        whole = Sam2VideoModel(config)
        whole.save_pretrained(tmp_path)
        assert json.loads((tmp_path / "config.json").read_text())["model_type"] == "sam2_video"
        segmenter = Segmenter.from_pretrained(tmp_path)
        assert type(segmenter.model) is Sam2Model
        assert torch.equal(segmenter.model.mask_decoder.iou_token.weight, whole.mask_decoder.iou_token.weight)
        segmenter.set_image(picture())
        assert segmenter.predict(boxes=[[0.1, 0.2, 0.6, 0.9]]).masks.shape == (1, 72, 96)

    def test_pixels_are_normalised_and_masks_keep_their_place(self):
        white = normalised(np.full((1, 4, 4, 3), 255, np.uint8))[0, :, 0, 0]
        assert white.tolist() == pytest.approx([2.2489, 2.4286, 2.64], abs=1e-3)
        logits = torch.full((1, 16, 16), -1.0)
        logits[:, :4, 8:] = 1  # the upper quarter, the right half
        mask = full_size(logits, (40, 60))[0].numpy()
        assert data.tight_box(mask) == pytest.approx((0.5, 0, 1, 0.25), abs=0.02)

    def test_nothing_to_look_at_or_to_find_is_an_error(self, folder):
        segmenter = Segmenter.from_pretrained(folder)
        with pytest.raises(ValueError, match="set_image"):
            segmenter.predict(boxes=[[0, 0, 1, 1]])
        segmenter.set_image(picture())
        with pytest.raises(ValueError, match="boxes or points"):
            segmenter.predict()


class TestMasks:
    def test_a_change_of_colour_shows_in_the_mask_alone(self):
        graph = scene("cup", "sponge")
        boxes = layout(graph, 1)
        looks = {item.id: random_look(item, np.random.default_rng(4)) for item in graph.objects}
        red, blue = (
            arrange(graph, boxes, {**looks, "cup": looks["cup"]._replace(body=body, accent=body, pattern="plain")})
            for body in ((200, 30, 30), (30, 30, 200))
        )
        ground, wall = (190, 190, 190), (230, 230, 230)
        changed = np.abs(paint(red, 256, ground, wall).astype(int) - paint(blue, 256, ground, wall)).max(-1) > 40
        mask = data.visible_masks(red, 256)["cup"]
        assert changed.sum() > 0.5 * mask.sum()
        assert (changed & mask).sum() > 0.98 * changed.sum()

    def test_no_pixel_has_two_owners_and_what_is_in_front_has_it(self):
        graph = scene("pot", "stove")
        graph.relations = [Relation(subject="pot", relation="on", object="stove")]
        whole = data.segmented(scene("stove"), np.random.default_rng(0)).masks["stove"].mean()
        example = data.segmented(graph, np.random.default_rng(0))
        assert not (example.masks["pot"] & example.masks["stove"]).any()
        assert 0 < example.masks["stove"].mean() < whole

    def test_steam_is_no_part_of_what_steams(self):
        rng = np.random.default_rng(0)
        example = data.segmented(scene("cup", states=["steaming"]), rng)
        assert data.tight_box(example.masks["cup"]) == pytest.approx(example.boxes["cup"], abs=0.06)

    def test_a_scene_seen_otherwise_keeps_masks_and_boxes_together(self):
        rng = np.random.default_rng(2)
        for _ in range(10):
            example = data.varied([scene("book")], rng, 128)
            if example.masks:
                assert data.tight_box(example.masks["0 book"]) == pytest.approx(example.boxes["0 book"], abs=0.04)


class TestPrompts:
    def test_clicks_and_labels_say_what_the_mask_says(self):
        rng = np.random.default_rng(0)
        examples = [data.segmented(scene("chair", "lemon"), rng, 128) for _ in range(3)]
        batch = data.collate(examples, prompts=4, count=4, rng=rng)
        assert batch.images.shape == (3, 3, 128, 128) and batch.masks.shape == (3, 4, 64, 64)
        assert batch.points.shape == (3, 4, 4, 2) and (batch.labels[..., 0] == 1).all()
        columns, rows = (batch.points / 2).long().unbind(-1)
        cover = batch.masks.flatten(2).gather(2, rows * 64 + columns)
        assert (cover[batch.labels == 1] > 0).all()
        assert (cover[batch.labels == 0] < 1).all()
        assert (batch.labels == 0).any()

    def test_boxes_lie_round_their_objects(self):
        rng = np.random.default_rng(0)
        batch = data.collate([data.segmented(scene("cup", "book"), rng) for _ in range(4)], 2, 1, rng)
        for mask, box in zip(batch.masks.flatten(0, 1), batch.boxes.flatten(0, 1), strict=True):
            x0, y0, x1, y1 = (box / 2).int().tolist()
            assert mask[max(0, y0 - 6) : y1 + 7, max(0, x0 - 6) : x1 + 7].sum() > 0.9 * mask.sum()

    def test_held_out_nouns_are_in_the_vocabulary_and_in_no_training_scene(self, monkeypatch):
        assert data.HELD_OUT <= set(data.vocabulary().nouns)
        shown: list[str] = []

        def watched(graphs, rng, size):
            shown.extend(item.noun for graph in graphs for item in graph.objects)
            return data.segmented(graphs[0], rng, size)

        monkeypatch.setattr(data, "varied", watched)
        batches = iter(data.SegmentedBatches(batch=40, prompts=1, size=64, seed=0))
        next(batches)
        assert len(shown) >= 40 and data.HELD_OUT.isdisjoint(shown)
        assert any(not data.trained_on(random_scene(np.random.default_rng(seed))) for seed in range(40))


class TestTraining:
    def test_masks_from_boxes_improve(self):
        torch.manual_seed(0)
        model = tiny()
        rng = np.random.default_rng(0)
        batch = data.collate([data.segmented(scene("book"), rng, 64) for _ in range(4)], 1, 1, rng)
        optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
        first = train.teach(model, batch, False)
        for _ in range(25):
            lesson = train.teach(model, batch, False)
            optimizer.zero_grad()
            lesson.loss.backward()
            optimizer.step()
        assert lesson.loss < 0.7 * first.loss and lesson.box_iou > max(0.6, first.box_iou)

    def test_the_best_of_three_masks_is_taught(self):
        truth = torch.zeros(1, 1, 8, 8)
        truth[..., :4] = 1
        right, wrong = 20 * (truth - 0.5), 20 * (0.5 - truth)
        logits = torch.stack([wrong, right, wrong], 2).requires_grad_()
        loss, iou = train.taught(logits, torch.tensor([[[0.0, 1.0, 0.0]]]), truth)
        loss.backward()
        assert iou == 1 and loss < 0.01
        assert logits.grad[:, :, [0, 2]].abs().max() == 0

    def test_the_first_lesson_is_the_inside_of_boxes_for_the_decoder_alone(self):
        torch.manual_seed(0)
        boxes, truth = train.boxes_and_insides(64, 20, torch.device("cpu"))
        for box, mask in zip(boxes[0], truth[0].bool().numpy(), strict=True):
            assert data.tight_box(mask) == pytest.approx((box / 64).tolist(), abs=1.01 / 32)
        model = tiny()
        train.teach_boxes(model, count=4).loss.backward()
        assert model.prompt_encoder.point_embed.weight.grad.abs().sum() > 0
        assert all(parameter.grad is None for parameter in model.vision_encoder.parameters())

    def test_it_resumes_at_another_size_and_exports_what_the_predictor_loads(self, tmp_path, monkeypatch):
        monkeypatch.setattr(train, "build_segmenter", lambda size: tiny(size))
        monkeypatch.setattr(train, "SIZE", 128)
        monkeypatch.setattr(train, "SMALLER", 64)
        monkeypatch.setattr(train, "BOX_STEPS", 2)
        steps = []
        monkeypatch.setattr(train, "segmented_loader", lambda *given: iter(data.SegmentedBatches(*given[:-1])))
        state = tmp_path / "state"
        for minutes in (0.02, 0.04):
            train.train(minutes, tmp_path / "weights", state, batch_size=1, prompts=2)
            steps.append(torch.load(state / "state.pt", weights_only=True)["step"])
        assert 0 < steps[0] < steps[1]
        segmenter = Segmenter.from_pretrained(tmp_path / "weights")
        assert segmenter.size == 128
        trained = torch.load(state / "state.pt", weights_only=True)["model"]
        assert torch.allclose(
            segmenter.model.mask_decoder.iou_token.weight, trained["mask_decoder.iou_token.weight"], atol=1e-3
        )

    def test_it_goes_on_from_weights_without_the_first_lesson(self, tmp_path, monkeypatch):
        monkeypatch.setattr(train, "build_segmenter", lambda size: tiny(size))
        monkeypatch.setattr(train, "segmented_loader", lambda *given: iter(data.SegmentedBatches(*given[:-1])))
        monkeypatch.setattr(train, "teach_boxes", lambda model: pytest.fail("boxes are known"))
        known = tiny()
        known.save_pretrained(tmp_path / "known")
        train.train(0, tmp_path / "same", tmp_path / "none", start=tmp_path / "known")
        same = Segmenter.from_pretrained(tmp_path / "same").model.state_dict()
        assert all(torch.allclose(same[name], value, atol=1e-3) for name, value in known.state_dict().items())
        train.train(0.01, tmp_path / "more", tmp_path / "state", batch_size=1, prompts=2, start=tmp_path / "known")
        assert torch.load(tmp_path / "state" / "state.pt", weights_only=True)["scenes"] > 0


class TestEvaluation:
    def test_a_segmenter_that_fills_the_box_is_measured_exactly(self):
        class Filling:
            def predict(self, boxes):
                (x0, y0, x1, y1), mask = np.round(np.array(boxes[0]) * 256).astype(int), np.zeros((1, 256, 256), bool)
                mask[0, y0:y1, x0:x1] = True
                return Segmentation(mask, np.ones(1))

        case = next(evaluate.cases(True, 1, seed=0))
        assert case.names
        truth = case.example.masks[case.names[0]]
        x0, y0, x1, y1 = np.array(data.tight_box(truth)) * 256
        found = evaluate.ious(Filling(), case, evaluate.PROMPTS["box"])
        assert found[0] == pytest.approx(truth.sum() / ((x1 - x0) * (y1 - y0)))

    def test_the_interval_is_around_the_mean_over_objects(self):
        mean, low, high, n = evaluate.estimate([[1.0, 1.0, 1.0], [0.0]] * 20)
        assert mean == 0.75 and n == 80 and low < mean < high
        assert evaluate.estimate([[0.5]] * 9)[:3] == (0.5, 0.5, 0.5)


class TestShippedWeights:
    def test_they_are_small_and_hold_nothing_of_video(self):
        assert (WEIGHTS / "model.safetensors").stat().st_size <= 8e6
        model = Segmenter.from_pretrained(WEIGHTS).model
        assert sum(parameter.numel() for parameter in model.parameters()) <= 4e6
        assert not [name for name in model.state_dict() if name.startswith("memory_")]

    def test_boxes_find_objects_that_were_never_trained_on(self):
        measured = evaluate.measure(Segmenter.from_pretrained(WEIGHTS), held_out=True, scenes=12, seed=5)
        assert measured["box"].mean > 0.8
