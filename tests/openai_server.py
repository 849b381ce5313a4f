"""A language model server on this machine that speaks OpenAI's chat completions and misbehaves on a script.

    with Server([status(500), answer({"title": "Tea"})]) as server:
        Door(server.url, model="m").ask(...)
    server.requests  # what was asked, as parsed JSON

A behaviour is a function of the request handler; each request takes the next of the script, and the last one stays.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["_Handler"], None]


def completion(text: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """The JSON of a chat completion that counted 100 tokens."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "chat",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 80, "completion_tokens": 20, "total_tokens": 100},
    }


def answer(value: Any) -> Behaviour:
    """A good answer: the value as JSON."""
    return says(json.dumps(value))


def says(text: str | None, finish: str = "stop", refusal: str | None = None) -> Behaviour:
    """An answer of any text."""
    return lambda handler: handler.reply(200, completion(text, finish, refusal))


def no_choices() -> Behaviour:
    """A completion without a choice."""
    return lambda handler: handler.reply(200, completion("") | {"choices": []})


def uncounted(text: str, usage: Any = None) -> Behaviour:
    """A completion without usage, or with one that counts nothing."""
    return lambda handler: handler.reply(200, completion(text) | {"usage": usage})


def status(code: int, message: str = "no", headers: dict[str, str] | None = None, plain: bool = False) -> Behaviour:
    """An error of HTTP, told as OpenAI does; or `plain`, with the message for its whole body."""
    told = message if plain else {"error": {"message": message, "code": None}}
    return lambda handler: handler.reply(code, told, headers)


def page(html: str = "<html>hello</html>") -> Behaviour:
    """What a web server says that is no language model."""
    return lambda handler: handler.reply(200, html, {"Content-Type": "text/html"})


def body(value: Any) -> Behaviour:
    """Any JSON in the place of a completion."""
    return lambda handler: handler.reply(200, json.dumps(value))


def garbled() -> Behaviour:
    """A body that says it is JSON and is not."""
    return lambda handler: handler.reply(200, '{"choices": [', {"Content-Type": "application/json"})


def drops() -> Behaviour:
    """The connection ends before the answer."""
    return lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)


def hangs() -> Behaviour:
    """No answer until the server is closed."""
    return lambda handler: handler.server.closing.wait(10) and None


def slow(then: Behaviour, seconds: float) -> Behaviour:
    """Takes its time, over before it answers: who has an answer may ask again at once."""

    def behave(handler: "_Handler") -> None:
        with handler.server.counted():
            time.sleep(seconds)
        then(handler)

    return behave


def stalls() -> Behaviour:
    """The beginning of an answer, and no more until the server is closed."""

    def behave(handler: "_Handler") -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"choices"')
        handler.server.closing.wait(10)

    return behave


def echoes(header: str, value: dict[str, Any]) -> Behaviour:
    """An answer that holds a header of the request in the place of "HEADER"."""
    return lambda handler: answer(json.loads(json.dumps(value).replace("HEADER", handler.headers[header])))(handler)


def accepts(*kinds: str, then: Behaviour) -> Behaviour:
    """Refuses with 400 every response format but these ("text" is none given)."""

    def behave(handler: "_Handler") -> None:
        kind = handler.request_json.get("response_format", {"type": "text"})["type"]
        (then if kind in kinds else status(400, f"response_format {kind!r} is not supported"))(handler)

    return behave


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.request_json = json.loads(self.rfile.read(length))
        self.close_connection = True
        if self.path == "/v1/chat/completions":
            behave = self.server.next_behaviour(self.request_json, self.headers)
            behave(self)
        else:
            self.reply(404, {"error": {"message": f"no such path {self.path}"}})

    def reply(self, code: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(code)
        for name, value in ({"Content-Type": "application/json", "Connection": "close"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """The server, listening while its `with` block lasts.

    Attributes:
        requests: the JSON of every request, in order.
        keys: the Authorization header of every request.
        most_at_once: how many slow requests were in flight at the same time.
    """

    daemon_threads = True

    def __init__(self, script: list[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = list(script)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.closing = threading.Event()
        self.most_at_once = self._at_once = 0
        self._order = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def next_behaviour(self, request: dict[str, Any], headers: Any) -> Behaviour:
        with self._order:
            self.requests.append(request)
            self.keys.append(headers.get("Authorization"))
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._order:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        yield
        with self._order:
            self._at_once -= 1

    def __enter__(self) -> "Server":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
