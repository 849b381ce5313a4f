"""What nodes reach for: the artefact store, the door to language models, the profile; and the ledger."""

import time
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit

from langgraph.config import get_config, get_stream_writer
from PIL.Image import Image
from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agents.cache import AnswerCache
from agents.ledger import Ledger, total
from agents.llm import Door
from agents.structured_output import roles
from graphs.state import LIMITS, NodeCost, Settings
from tools.artifacts import ArtifactStore
from tools.model_hub import DEVICE, JUDGE, ModelError, Profile, load_judge, load_painter, load_profile, painter_folder
from tools.trajectory import Step

if TYPE_CHECKING:
    from models.painter.predictor import PainterPredictor


class Environment(BaseSettings):
    """`ATELIER_*` variables and `.env`, with the names that the OpenAI SDK uses for the server."""

    model_config = SettingsConfigDict(env_prefix="ATELIER_", env_file=".env", extra="ignore")

    home: Path = Path("runs")
    profile: str = "embedded"
    llm_timeout: PositiveFloat = 60
    llm_concurrency: PositiveInt = 4
    role_models: dict[str, str] = {}
    role_timeouts: dict[str, PositiveFloat] = {}
    prices: dict[str, tuple[NonNegativeFloat, NonNegativeFloat]] = {}
    max_tokens: int | None = None
    max_cost: float | None = None
    cache: bool = True
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_model: str = Field("", validation_alias="OPENAI_MODEL")

    @field_validator("role_models", "role_timeouts")
    @classmethod
    def _known(cls, value: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(value) - set(roles())):
            raise ValueError(f"there is no role {unknown[0]!r}, only {', '.join(roles())}")
        return value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment, read once."""
    return Environment()


def store() -> ArtifactStore:
    """The artefact store that all runs share."""
    return ArtifactStore(environment().home / "artifacts")


def settings_of(state: Mapping[str, Any]) -> Settings:
    """The settings of a run: what was asked for, the environment's choices, defaults; and over all a resume's own.

    `plan` puts them into the state, so that a run keeps its settings wherever it is resumed.
    """
    known = environment()
    settings = {
        "profile": known.profile,
        "llm": known.openai_base_url,
        "model": known.openai_model,
        **{name: getattr(known, name) for name in LIMITS},
    }
    asked = {key: value for key, value in (state.get("settings") or {}).items() if value not in (None, "")}
    return Settings.model_validate(settings | asked | configured("override", {}))


def profile_of(settings: Settings) -> Profile:
    """The profile with the run's own models, size and masks."""
    own = (settings.pipeline, settings.control, settings.size, settings.segmenter, settings.masks_from)
    return load_profile(settings.profile, *own, settings.painter)


def check_models(settings: Settings) -> None:
    """Makes sure, before anything is begun, that there is such a profile, and who is to draw the strokes and to judge.

    Raises:
        ModelError: if there is not.
    """
    profile = profile_of(settings)
    if settings.strokes == "painter":
        painter_folder(profile.painter)
    if settings.best_of == "ppjudge" or settings.judge not in (JUDGE, "none"):
        with DEVICE:
            load_judge(settings.judge)
    if settings.strokes == "llm" and not settings.llm:
        raise ModelError(
            "--strokes llm needs a language model: name a server with --llm URL, or draw with painter or outlines"
        )


def painter_of(folder: str | None) -> "PainterPredictor":
    """The Painter of a folder, by default the profile's.

    Raises:
        ModelError: if there is none.
    """
    with DEVICE:
        return load_painter(load_profile(environment().profile, painter=folder).painter).predictor


def door_of(state: Mapping[str, Any]) -> Door:
    """The door to language models: the run's server, else the environment's, else the embedded planner.

    Its ledger goes on from what the state's nodes spent, and from what nodes spent that never came to their end.
    """
    known, settings = environment(), settings_of(state)
    costs = [NodeCost.model_validate(cost) for cost in state.get("costs", {}).values()]
    ledger = Ledger(
        prices=known.prices,
        max_tokens=settings.max_tokens,
        max_cost=settings.max_cost,
        earlier=total(usage for cost in costs for usage in cost.roles.values()),
        settled={cost.task for cost in costs},
        task=task_id(),
        journal=known.home / run_id() / "usage.jsonl" if configured("thread_id", None) else None,
    )
    return Door(
        base_url=settings.llm,
        api_key=known.openai_api_key.get_secret_value() if known.openai_api_key and _at_home(settings.llm) else None,
        model=settings.model,
        role_models=known.role_models,
        timeout=known.llm_timeout,
        role_timeouts=known.role_timeouts,
        concurrency=known.llm_concurrency,
        ledger=ledger,
        cache=AnswerCache(known.home / ".cache" / "llm") if settings.cache else None,
    )


def _at_home(address: str | None) -> bool:
    """Whether the environment's key belongs to this server: its own, or OpenAI's. No other server is shown it."""
    host = urlsplit(address or "").netloc
    return host in {urlsplit(environment().openai_base_url or "").netloc, "api.openai.com"}


def configured(name: str, default: Any) -> Any:
    """A value of the run's configuration; the default outside a run."""
    try:
        return get_config()["configurable"].get(name, default)
    except RuntimeError:
        return default


class Stopped(Exception):
    """The person at the terminal stopped the run."""


def run_id() -> str:
    """The id of the run: the thread of its checkpoints."""
    return str(configured("thread_id", "unnamed"))


def task_id() -> str:
    """What names this run of a node: the same when it is tried again, another in a fork or a new round."""
    return str(configured("checkpoint_ns", ""))


def out_of(settings: Settings) -> Path:
    """The folder of a run's page."""
    return Path(settings.out) if settings.out else environment().home / run_id()


def progress_of(node: str) -> Callable[[int, int], None]:
    """A callback that tells the stream how far a node is, and ends the node where the run is to stop."""
    write, stop = get_stream_writer(), configured("__stop", None)

    def tell(done: int, total: int) -> None:
        write({"node": node, "done": done, "total": total})
        if stop is not None and stop.is_set():
            raise Stopped

    return tell


def previews_of(steps: list[Step]) -> Callable[[int, Image], None]:
    """A callback that shows the stream what the steps are about to look like."""
    write = get_stream_writer()

    def show(row: int, image: Image) -> None:
        step = steps[row].number - 1
        write({"node": "render", "event": "preview", "step": step, "image": store().put_image(image).model_dump()})

    return show


State = TypeVar("State", bound=Mapping[str, Any], contravariant=True)


class Node(Protocol[State]):
    """A node: state in, partial state out."""

    __name__: str

    def __call__(self, state: State) -> dict[str, Any]:
        """State → update."""
        ...


def metered(node: Node[State]) -> Node[State]:
    """Adds what a node spent to its update, and tells the stream when it starts and ends.

    A step's node is named with its step and round, so that a node that runs again replaces its own entry only.
    """

    @wraps(node)
    def run(state: State) -> dict[str, Any]:
        name = "/".join([node.__name__, *([f"{state['step']:02d}"] if "step" in state else [])])
        write, start = get_stream_writer(), time.perf_counter()
        write({"node": name, "event": "start"})
        update = node(state)
        spent = update.pop("spent", {})
        seconds = round(time.perf_counter() - start, 3)
        cost = NodeCost(node=spent.pop("name", name), seconds=seconds, task=task_id(), **spent)
        write({"node": name, "event": "end", "seconds": cost.seconds})
        return update | {"costs": {cost.node: cost.model_dump()}}

    return run
