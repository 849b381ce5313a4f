"""What a scripted server says that judges sheets of pictures."""

import base64
import io

import numpy as np
from PIL import Image

from agents.judge import CRITERIA, Verdict
from tests.openai_server import answer


def verdict(*choices):
    return Verdict(reason="seen", **dict(zip(CRITERIA, choices * (4 // len(choices)), strict=True)))


def looks_for(colour):
    """A judge that sees: it prefers the sheet with more of a colour, by every criterion but relevance."""

    def behave(handler):
        parts = handler.request_json["messages"][-1]["content"]
        urls = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
        sheets = [Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))) for url in urls]
        close = [
            np.abs(np.asarray(sheet, float) - Image.new("RGB", (1, 1), colour).getpixel((0, 0))) for sheet in sheets
        ]
        first, second = (float((distance.max(-1) < 40).mean()) for distance in close)
        choice = "first" if first > second else "second"
        answer(verdict(choice, choice, choice, "tie").model_dump())(handler)

    return behave
