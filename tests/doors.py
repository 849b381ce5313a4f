"""A question to ask of a door, and what every error must be."""

import traceback

import pytest
from pydantic import BaseModel, Field

from agents.llm import Door, LanguageModelError
from tests.openai_server import Server

KEY = "sk-very-secret-0123456789"
GOOD = {"title": "Tea", "instructions": ["Boil water."]}


class Steps(BaseModel):
    title: str
    instructions: list[str] = Field(min_length=1)
    note: str | None = None


def open_door(server: Server, **options) -> Door:
    return Door(server.url, **({"api_key": KEY, "model": "m", "timeout": 5} | options))


def put(door: Door, goal: str = "make tea", **options) -> Steps:
    """The planner's question to a door."""
    return door.ask("planner", Steps, goal=goal, reference={"max_steps": 20}, **options)


def ask(server: Server, **options) -> Steps:
    return put(open_door(server, **options))


def error_line(server: Server, images=(), **options) -> str:
    """The error's text, after checks that every error must pass."""
    with pytest.raises(LanguageModelError) as caught:
        put(open_door(server, **options), images=images)
    line = str(caught.value)
    assert "\n" not in line and line.startswith("planner (") and server.url in line
    whole = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(vars(caught.value))
    assert KEY not in whole and KEY[:12] not in whole
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    return line
