"""Typed questions and answers as text: a template becomes messages, a pydantic model a schema, a reply a model."""

import base64
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image
from pydantic import BaseModel, ValidationError

Messages = list[dict[str, Any]]
Picture = Image.Image | bytes
"""A picture, or the bytes of its file."""

PROMPTS = Path(__file__).parent.parent / "prompts"
OUTPUT_MODES = ("json_schema", "json_object", "text")
"""What a server may know of structured output, the strictest first."""


def roles() -> list[str]:
    """The roles that there are templates for."""
    return sorted(path.stem for path in PROMPTS.glob("*.j2"))


def quote(value: Any) -> str:
    """A JSON string that cannot close a tag of the template: what the user wrote stays data."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def render(role: str, variables: dict[str, Any]) -> Messages:
    """The messages of a role's template: the system's part, a line `---`, the user's part."""
    environment = Environment(
        loader=FileSystemLoader(PROMPTS), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["quote"] = quote
    # Split before rendering: a line `---` in what the user wrote must not divide anything.
    source = (PROMPTS / f"{role}.j2").read_text(encoding="utf-8")
    parts = zip(("system", "user"), source.split("\n---\n", 1), strict=True)
    return [{"role": name, "content": environment.from_string(part).render(variables).strip()} for name, part in parts]


def with_images(messages: Messages, images: Sequence[Picture]) -> Messages:
    """The messages with pictures after the text of the last one, as OpenAI's content parts."""
    if not images:
        return messages
    parts = [{"type": "image_url", "image_url": {"url": _data_url(image)}} for image in images]
    text = {"type": "text", "text": messages[-1]["content"]}
    return [*messages[:-1], {**messages[-1], "content": [text, *parts]}]


def _data_url(image: Picture) -> str:
    """A picture as PNG within a URL. It is saved anew, so that its colours are told and no manifest in it."""
    picture = Image.open(io.BytesIO(image)) if isinstance(image, bytes) else image
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def text_of(messages: Messages) -> str:
    """All that is written in the messages."""
    contents = [message["content"] for message in messages]
    return "".join(content if isinstance(content, str) else content[0]["text"] for content in contents)


def strict_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an answer in the strict dialect: every field required, no others, no defaults."""

    def strict(schema: dict[str, Any]) -> dict[str, Any]:
        schema.pop("default", None)
        if "properties" in schema:
            schema |= {"required": list(schema["properties"]), "additionalProperties": False}
        inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
        inner += [schema["items"]] if "items" in schema else []
        for child in inner:
            strict(child)
        return schema

    return strict(answer.model_json_schema())


def schema_in_words(answer: type[BaseModel]) -> str:
    """The schema for a model that is told of it, rather than held to it."""
    return f"Answer with one JSON object and nothing else. Its schema: {json.dumps(strict_schema(answer))}"


def request_in_mode(mode: str, answer: type[BaseModel], messages: Messages) -> dict[str, Any]:
    """The arguments of a chat completion in one of the output modes."""
    if mode == "json_schema":
        schema = {"name": answer.__name__, "strict": True, "schema": strict_schema(answer)}
        return {"messages": messages, "response_format": {"type": mode, "json_schema": schema}}
    system = {"role": "system", "content": f"{messages[0]['content']}\n\n{schema_in_words(answer)}"}
    request: dict[str, Any] = {"messages": [system, *messages[1:]]}
    return request | ({"response_format": {"type": mode}} if mode == "json_object" else {})


def first_json_object(text: str) -> dict[str, Any]:
    """The first JSON object in a text, after whatever the model thought aloud.

    Raises:
        ValueError: if there is none.
    """
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    for start in re.finditer(r"\{", text):
        try:
            return json.JSONDecoder().raw_decode(text, start.start())[0]
        except (json.JSONDecodeError, RecursionError):
            continue
    raise ValueError("there is no JSON object in it")


def one_line(fault: Exception, longest: int = 300) -> str:
    """An exception's message on one line of bounded length."""
    if isinstance(fault, ValidationError):
        text = "; ".join(f"{'.'.join(map(str, error['loc'])) or 'answer'}: {error['msg']}" for error in fault.errors())
    else:
        text = str(fault)
    return shortened(text, longest)


def shortened(text: str, longest: int = 300) -> str:
    """A text on one line of bounded length."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
