"""Questions with pictures: OpenAI's content parts, and one clear line from a model that cannot see."""

import base64
import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from agents.cache import AnswerCache
from tests.doors import GOOD, error_line, open_door, put
from tests.openai_server import Server, accepts, answer, says, status, uncounted

RED, BLUE = Image.new("RGB", (8, 6), "red"), Image.new("RGBA", (8, 6), "blue")


def shown(part) -> Image.Image:
    head, data = part["image_url"]["url"].split(",")
    assert part["type"] == "image_url" and head == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


def jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


def test_pictures_follow_the_text_as_png_however_they_are_given() -> None:
    with Server([answer(GOOD)]) as server:
        assert put(open_door(server), images=[RED, BLUE, jpeg(RED)]).title == "Tea"
    system, user = server.requests[0]["messages"]
    assert isinstance(system["content"], str)
    text, *pictures = user["content"]
    assert text["type"] == "text" and "make tea" in text["text"]
    assert [shown(part).getpixel((3, 3)) for part in pictures] == [(255, 0, 0), (0, 0, 255), (254, 0, 0)]


def test_a_question_without_pictures_stays_plain_text() -> None:
    with Server([answer(GOOD)]) as server:
        put(open_door(server), images=[])
    assert isinstance(server.requests[0]["messages"][1]["content"], str)


def test_a_picture_tells_its_colours_and_not_its_manifest() -> None:
    note, buffer = PngInfo(), io.BytesIO()
    note.add_text("manifest", "made by hand")
    RED.save(buffer, "PNG", pnginfo=note)
    with Server([answer(GOOD)]) as server:
        put(open_door(server), images=[buffer.getvalue()])
    assert "manifest" not in shown(server.requests[0]["messages"][1]["content"][1]).info


def test_pictures_are_shown_again_when_the_answer_does_not_fit_and_in_every_output_mode() -> None:
    with Server([accepts("text", then=says("no")), *[accepts("text", then=answer(GOOD))] * 3]) as server:
        server.script[:0] = server.script[:1] * 2
        assert put(open_door(server), images=[RED]).title == "Tea"
    assert len(server.requests) == 4
    assert all(shown(request["messages"][1]["content"][1]).size == (8, 6) for request in server.requests)


def test_other_pictures_are_another_question(tmp_path) -> None:
    cache = AnswerCache(tmp_path)
    with Server([answer(GOOD)]) as server:
        for images in ([RED], [BLUE], [], [RED, BLUE], [RED], [BLUE]):
            put(open_door(server, cache=cache), images=images)
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (400, "this model does not support image input"),
        (400, "facebook/opt-125m is not a multimodal model"),
        (400, "messages[1]: unknown variant `image_url`, expected `text`"),
        (400, "Invalid content type. image_url is only supported by certain models."),
        (422, "messages.1.content: Input should be a valid string"),
        (404, "No endpoints found that support image input"),
        (500, "image input is not supported - hint: you may need to provide the mmproj"),
    ],
)
def test_a_model_that_cannot_see_is_named_at_once_with_the_role_that_needs_it(code: int, told: str) -> None:
    with Server([status(code, told)]) as server:
        line = error_line(server, images=[RED])
    assert line.startswith("planner (m at ") and "cannot see" in line and told in line and "ATELIER_ROLE_MODELS" in line
    assert len(server.requests) == 1


def test_a_refusal_of_the_output_mode_is_no_blindness() -> None:
    words = "response_format json_schema cannot be used with image input"
    with Server([status(400, words), answer(GOOD)]) as server:
        assert put(open_door(server), images=[RED]).title == "Tea"


def test_without_pictures_the_same_words_are_an_ordinary_fault() -> None:
    with Server([status(500, "the vision tower is loading"), answer(GOOD)]) as server:
        assert put(open_door(server)).title == "Tea"
    with Server([status(400, "image_url is not known")]) as server:
        assert "not accepted" in error_line(server) and len(server.requests) == 3


def test_an_estimate_of_tokens_leaves_the_pictures_out() -> None:
    noise = Image.effect_noise((64, 64), 90)
    with Server([uncounted('{"title": "Tea", "instructions": ["Boil water."]}')]) as server:
        plain, pictured = open_door(server), open_door(server)
        put(plain)
        put(pictured, images=[noise])
    assert plain.ledger.total == pictured.ledger.total
