"""One language model server: a request goes out, and a reply comes back or one clear error.

What may pass by itself is outlived: a dropped connection, a hang, too many requests, a failing server.
"""

import re
import threading
import time
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from agents.errors import LanguageModelError, NotAccepted
from agents.structured_output import shortened

MAX_TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds: a server that asks for more patience is asked again after this."""
BACKOFF = wait_random_exponential(multiplier=0.5, max=20)

LONGEST_PLACEHOLDER = 6
"""Keys up to this length stand for none, as "none" and "ollama" do, and may well be words of an answer."""

CHECK_ADDRESS = "check the address: it usually ends in /v1"
LOOK_AT_LOG = "look at the server's log"
REMEDIES = {
    401: "check the API key",
    402: "top up the account",
    403: "check that the API key may use this model",
    404: f"check the model's name, and {CHECK_ADDRESS}",
    405: CHECK_ADDRESS,
    413: "give the role less, or a model with a longer context",
    429: "wait a while, or raise the quota",
}
BLIND_STATUSES = (400, 404, 415, 422, 500, 501)
BLIND = re.compile(r"image|vision|multi-?modal|mmproj|content[\s_-]?(type|part)|valid string", re.IGNORECASE)
"""What servers say when the model cannot see pictures."""

_gates: dict[tuple[str, int], threading.Semaphore] = {}


class Tokens(BaseModel):
    """The server's count."""

    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class Message(BaseModel):
    """What the model said."""

    content: str | None = None
    refusal: str | None = None


class Choice(BaseModel):
    """One answer, and why it ends where it does."""

    message: Message
    finish_reason: str | None = None


class Reply(BaseModel):
    """What matters of a chat completion; some servers put an error in its place."""

    choices: list[Choice] | None = None
    usage: Any = None
    error: Any = None

    @property
    def tokens(self) -> Tokens | None:
        """The tokens, if the server counted them."""
        try:
            return Tokens.model_validate(self.usage)
        except ValidationError:
            return None


class Server:
    """An OpenAI-compatible server. All that is open in this process shares its places for requests in flight.

    Args:
        base_url: its address, such as `http://localhost:11434/v1`.
        api_key: sent to it and shown nowhere.
        concurrency: requests in flight at most.
    """

    def __init__(self, base_url: str, api_key: str, concurrency: int) -> None:
        self.base_url, key = base_url.strip(), api_key.strip()
        if not (self.base_url.startswith(("http://", "https://")) and self.base_url.isprintable()):
            raise LanguageModelError("the language model server has no address", "it starts with http:// or https://")
        if not (key.isascii() and key.isprintable()):
            raise LanguageModelError("the API key has characters that no key has", "copy it again")
        self._api_key = SecretStr(key)
        self._gate = _gates.setdefault((self.address, concurrency), threading.BoundedSemaphore(concurrency))

    @property
    def address(self) -> str:
        """The address as it may be shown: a password or a query in it is left out."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def post(self, timeout: float, request: dict[str, Any]) -> Reply:
        """The reply to a chat completion's request.

        Args:
            timeout: seconds without a word from the server.
            request: the model, the messages and the response format.

        Raises:
            NotAccepted: if the server does not take the request as it stands.
            LanguageModelError: if there is no reply.
        """
        import openai

        retry = Retrying(
            stop=stop_after_attempt(MAX_TRIES), wait=_wait, retry=retry_if_exception(_is_passing), reraise=True
        )
        try:
            return retry(self._attempt, timeout, request)
        except LanguageModelError:
            raise
        except (openai.OpenAIError, ValueError) as fault:
            error = self._error(fault, timeout)
        # Raised out here, so that the SDK's exception, which holds the request and its key, is not chained to it.
        raise error

    @cached_property
    def _client(self) -> Any:
        import openai  # takes more than half a second: only who talks to a server waits for it

        # "none" keeps the SDK from sending a key of the environment to a server it was not meant for.
        key = self._api_key.get_secret_value() or "none"
        return openai.OpenAI(base_url=self.base_url, api_key=key, max_retries=0)

    def _attempt(self, timeout: float, request: dict[str, Any]) -> Reply:
        with self._gate:
            body = self._client.chat.completions.with_raw_response.create(timeout=timeout, **request).text
        try:
            reply = Reply.model_validate_json(self._struck(body))
        except ValidationError:
            reply = Reply()
        if reply.choices is None and reply.error:
            raise _Failing(f"the server failed ({shortened(_words_of(reply.error))})", LOOK_AT_LOG)
        if reply.choices is None:
            raise LanguageModelError("the reply is not a chat completion", CHECK_ADDRESS)
        return reply

    def _error(self, fault: Exception, timeout: float) -> LanguageModelError:
        """What happened, and what to do about it."""
        import openai

        match fault:
            case openai.APITimeoutError():
                remedy = "check that the server is well, or allow more with ATELIER_ROLE_TIMEOUTS"
                return LanguageModelError(f"no answer within {timeout:g} s", remedy)
            case openai.APIConnectionError():
                return LanguageModelError("the connection failed", "check that the server runs at this address")
            case openai.APIStatusError(status_code=code):
                said = shortened(self._struck(f"error {code} {_words_of(fault.body)}"))
                if _is_blind(fault):
                    problem = f"the model cannot see the pictures that this role shows it ({said})"
                    return LanguageModelError(problem, "give the role one that can with ATELIER_ROLE_MODELS")
                if code in (400, 422):
                    problem = f"the request was not accepted ({said})"
                    return NotAccepted(problem, "check the model, and its context length")
                return LanguageModelError(said, REMEDIES.get(code, LOOK_AT_LOG))
        return LanguageModelError("the address cannot be used", CHECK_ADDRESS)

    def _struck(self, text: str) -> str:
        """What the server says without the key, which it may repeat."""
        key = self._api_key.get_secret_value()
        return text.replace(key, "***") if len(key) > LONGEST_PLACEHOLDER else text


class _Failing(LanguageModelError):
    """An error in the place of a reply, as proxies send it when the server behind them fails."""


def _words_of(body: Any) -> str:
    """What the body of an error says, wherever a server puts it; a page of HTML says nothing."""
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail") or body.get("error") or body
    return "" if body is None or str(body).lstrip().startswith("<") else str(body)


def _is_blind(fault: Any) -> bool:
    """Whether a server refuses pictures, and not the form of the answer."""
    shown = b'"image_url"' in fault.request.content
    said = _words_of(fault.body)
    return shown and fault.status_code in BLIND_STATUSES and bool(BLIND.search(said)) and "response_format" not in said


def _is_passing(fault: BaseException) -> bool:
    """Whether a fault may pass by itself: no connection, no answer in time, too many requests, a failing server."""
    import openai

    if isinstance(fault, openai.APIStatusError):
        return (fault.status_code in (408, 409, 429) or fault.status_code >= 500) and not _is_blind(fault)
    return isinstance(fault, (openai.APIConnectionError, _Failing))


def _wait(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for in Retry-After, else longer each time."""
    response: Any = getattr(state.outcome.exception() if state.outcome else None, "response", None)
    asked = response.headers.get("retry-after") if response is not None else None
    seconds = _seconds(asked) if asked else None
    return BACKOFF(state) if seconds is None else min(max(0.0, seconds), LONGEST_WAIT)


def _seconds(retry_after: str) -> float | None:
    """Retry-After in seconds, whether it is a number of them or a date; None if it is neither."""
    try:
        return float(retry_after)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return None
