"""The embedded planner: the roles of a language model answered by rules and a written library, with no model.

`ANSWERS` maps each role to the function that plays it; they take and return what a language model would.
"""

from collections.abc import Callable

from agents.embedded.library import BadHowTo, UnknownGoal, plan, written
from agents.embedded.showing.likeness import similarity
from agents.embedded.showing.scenes import scene
from agents.embedded.showing.unpictured import with_known_things
from agents.embedded.telling.captions import recaption
from agents.embedded.telling.order import contradictions

ANSWERS: dict[str, Callable] = {
    "planner": plan,
    "recaptioner": recaption,
    "similarity": similarity,
    "scene_grapher": scene,
}
"""Called with keywords: planner(goal=), recaptioner(instructions=, captions=, goal=),
similarity(instructions=, captions=), scene_grapher(prompt=)."""

__all__ = [
    "ANSWERS",
    "BadHowTo",
    "UnknownGoal",
    "contradictions",
    "plan",
    "recaption",
    "scene",
    "similarity",
    "with_known_things",
    "written",
]
