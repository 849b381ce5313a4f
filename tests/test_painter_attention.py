"""Where the Painter looks, as pictures: a panel for each word or stroke, on the canvas that was seen then."""

import numpy as np
import pytest
from PIL import Image

from models.painter.attention import PANEL, attention_picture, looks_of
from models.painter.predictor import PainterPredictor
from tests.painter_drawings import SHAPES, tiny_painter
from tools.canvas import Sketch, Stroke

PREDICTOR = PainterPredictor(tiny_painter(words=sorted(SHAPES)), longest=40)
LINE = Sketch(strokes=[Stroke(points=[(0.1, 0.1), (0.9, 0.9)])])


def test_words_have_a_look_each():
    looks = looks_of(PREDICTOR.painter, PREDICTOR.to_classify(LINE, None))
    assert " ".join(look.said for look in looks) in PREDICTOR.words
    assert all(look.share.shape == (2, 2) and look.share.sum() == pytest.approx(1, abs=1e-3) for look in looks)
    assert all(look.canvas.shape == (32, 32) and look.canvas.any() for look in looks)


def test_strokes_see_what_was_drawn_before_them():
    seeds = [s for s in range(20) if len(PREDICTOR.draw("ant", seed=s)) > 4]
    grown = []
    for seed in seeds[:4]:
        looks = looks_of(PREDICTOR.painter, PREDICTOR.to_draw("ant", None, None, seed))
        assert looks[0].said == "stroke 3", "the canvas is looked at after two strokes"
        ink = [int(look.canvas.sum()) for look in looks]
        assert ink == sorted(ink) and ink[0] > 0
        grown.append(ink[-1] > ink[0])
    assert any(grown), "strokes may lie on each other, but not in all drawings"


def test_a_picture_is_seen_as_it_is():
    picture = np.zeros((32, 32), np.uint8)
    picture[4:9] = 255
    looks = looks_of(PREDICTOR.painter, PREDICTOR.to_reproduce(picture, None))
    assert len(looks) == len(PREDICTOR.reproduce(picture, tries=1)) and all(
        (look.canvas == picture).all() for look in looks
    )


def test_panels_are_ink_on_heat():
    looks = looks_of(PREDICTOR.painter, PREDICTOR.to_classify(LINE, None))
    page = attention_picture([looks[0]._replace(share=np.array([[1.0, 0.0], [0.0, 0.0]])), *looks[1:]])
    assert page.size == (len(looks) * PANEL, PANEL) and isinstance(page, Image.Image)
    seen, unseen = page.getpixel((30, PANEL // 2 - 30)), page.getpixel((PANEL - 20, 40))
    assert seen[0] == 255 and seen[1] < 200 and unseen == (255, 255, 255)
    with pytest.raises(ValueError, match="looked at nothing"):
        attention_picture([])
