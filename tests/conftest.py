"""No test reaches the network or waits to try again; every test has its own home for runs.

Property tests look for new examples at each run; HYPOTHESIS_PROFILE=repeatable, as in CI, tries the same ones, and
HYPOTHESIS_PROFILE=search many more.
"""

import os
import socket
import sys

import pytest
from hypothesis import settings
from tenacity import wait_none

settings.register_profile("suite", max_examples=50, deadline=None)
settings.register_profile("repeatable", settings.get_profile("suite"), derandomize=True)
settings.register_profile("search", settings.get_profile("suite"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise RuntimeError(f"a test tried to reach {address!r}")
        return _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("agents.transport.BACKOFF", wait_none())
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def denormal_numbers():
    """Training flushes them in the whole process; other tests draw them."""
    yield
    if torch := sys.modules.get("torch"):
        torch.set_flush_denormal(False)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    from graphs.resources import Environment, environment

    monkeypatch.setenv("ATELIER_HOME", str(tmp_path / "runs"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL", "ATELIER_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(Environment.model_config, "env_file", None)
    environment.cache_clear()
    yield tmp_path / "runs"
    environment.cache_clear()


@pytest.fixture(scope="session")
def tiny_embedded(tmp_path_factory):
    from tests.tiny import save_embedded

    folder = tmp_path_factory.mktemp("embedded")
    save_embedded(folder)
    return folder


@pytest.fixture(scope="session")
def judge_folder(tmp_path_factory):
    from tests.tiny import save_tiny_judge

    folder = tmp_path_factory.mktemp("tiny-judge")
    save_tiny_judge(folder)
    return str(folder)


@pytest.fixture(scope="session")
def tiny_sd15(tmp_path_factory):
    from tests.tiny import save_sd15

    folder = tmp_path_factory.mktemp("sd15")
    save_sd15(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_painter_folder(tmp_path_factory):
    from tests.painter_drawings import SHAPES, tiny_painter

    folder = tmp_path_factory.mktemp("painter")
    tiny_painter(words=sorted(SHAPES)).save_pretrained(folder)
    return str(folder)
