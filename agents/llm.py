"""The one door to language models: a role asks a typed question and gets a typed answer, or one clear error.

A question is a template of `prompts/` and its variables, an answer is a pydantic model. The door speaks to any server
with OpenAI's chat completions; with none configured, `agents.embedded` answers the same questions by rule.

Layers, each with one duty: `agents.transport` outlives a bad network, `_send` finds the kind of structured output that
the server knows, `ask` insists until the answer fits. `agents.ledger` counts and stops, `agents.cache` remembers.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar, overload

from pydantic import BaseModel

from agents.cache import AnswerCache, key_of
from agents.errors import BudgetExceeded, LanguageModelError, NoFittingAnswer, NotAccepted
from agents.ledger import Ledger
from agents.structured_output import (
    OUTPUT_MODES,
    Messages,
    Picture,
    first_json_object,
    one_line,
    render,
    request_in_mode,
    schema_in_words,
    text_of,
    with_images,
)
from agents.transport import Choice, Reply, Server

__all__ = ["BudgetExceeded", "Door", "LanguageModelError", "NoFittingAnswer"]

Answer = TypeVar("Answer", bound=BaseModel)
Result = TypeVar("Result")

MAX_REASKS = 2


class Door:
    """Sends the questions of all roles to one server. Safe to share between threads.

    Args:
        base_url: address of an OpenAI-compatible server, such as `http://localhost:11434/v1`; None: no server, the
            embedded rules answer.
        api_key: sent to the server and shown nowhere.
        model: the model's name on the server.
        role_models: other models for some roles.
        timeout: seconds that the server may be silent.
        role_timeouts: other seconds for some roles.
        concurrency: requests in flight to the server at most, whatever door they go through.
        ledger: counts what is spent, and keeps to a budget.
        cache: answers kept from earlier; None: every question is asked.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        model: str = "",
        role_models: dict[str, str] | None = None,
        timeout: float = 60,
        role_timeouts: dict[str, float] | None = None,
        concurrency: int = 4,
        ledger: Ledger | None = None,
        cache: AnswerCache | None = None,
    ) -> None:
        self.model = model
        self.role_models = role_models or {}
        self.timeout = timeout
        self.role_timeouts = role_timeouts or {}
        self.ledger = ledger or Ledger()
        self.cache = cache
        self._server = Server(base_url, api_key or "", concurrency) if base_url else None
        self._address = self._server.address if self._server else ""
        self._mode = 0

    def __repr__(self) -> str:
        return f"Door({self.describe('any role')})"

    @property
    def embedded(self) -> bool:
        """Whether the built-in rules answer, for want of a server."""
        return self._server is None

    def describe(self, role: str) -> str:
        """Who answers for a role, in words."""
        if self._server is None:
            return "built-in rules"
        return f"{self._model_of(role) or 'the default model'} at {self._address}"

    @overload
    def ask(
        self,
        role: str,
        answer: type[Answer],
        check: None = None,
        reference: dict[str, Any] | None = None,
        images: Sequence[Picture] = (),
        **variables: Any,
    ) -> Answer: ...

    @overload
    def ask(
        self,
        role: str,
        answer: type[Answer],
        check: Callable[[Answer], Result],
        reference: dict[str, Any] | None = None,
        images: Sequence[Picture] = (),
        **variables: Any,
    ) -> Result: ...

    def ask(
        self,
        role: str,
        answer: type[BaseModel],
        check: Callable[[Any], Any] | None = None,
        reference: dict[str, Any] | None = None,
        images: Sequence[Picture] = (),
        **variables: Any,
    ) -> Any:
        """The answer of a role to its question.

        Args:
            role: names the template, the model and the embedded rule.
            answer: what the answer must be.
            check: turns the answer into what the caller needs; its ValueError is shown to the model, which is asked
                again, just as for an answer that does not parse.
            reference: what only the template needs, such as lists of words to choose from.
            images: pictures shown with the question; the embedded rules do not see them.
            **variables: the question itself.

        Returns:
            What `check` makes of the answer, or the answer itself.

        Raises:
            LanguageModelError: if there is no answer that fits.
        """
        check = check or (lambda given: given)
        if self._server is None:
            from agents.embedded import ANSWERS

            return check(answer.model_validate(ANSWERS[role](**variables).model_dump()))
        question = with_images(render(role, {**variables, **(reference or {})}), images)
        try:
            return self._answer(role, answer, check, question)
        except LanguageModelError as error:
            error.asked = f"{role} ({self.describe(role)})"
            raise

    def _answer(self, role: str, answer: type[BaseModel], check: Callable[[Any], Any], question: Messages) -> Any:
        """The answer from the cache, else from the server, which is told what is wrong with one that does not fit."""
        for text in self._kept(role, answer, question):
            with suppress(ValueError):
                result = check(answer.model_validate(first_json_object(text)))
                self.ledger.record_cached(role)
                return result
        messages, complaint = question, ""
        for _ in range(1 + MAX_REASKS):
            choice = self._choice(role, answer, messages)
            text = choice.message.content or ""
            try:
                result = check(answer.model_validate(first_json_object(text)))
            except ValueError as fault:
                cut_off = choice.finish_reason == "length"
                complaint = "it was cut off; be brief" if cut_off else one_line(fault)
                if "{" not in text and not cut_off:  # the server does not heed the output mode: the schema is told
                    self._mode = len(OUTPUT_MODES) - 1
            else:
                self._keep(role, answer, question, text)
                return result
            again = f"That answer cannot be used: {complaint}.\n{schema_in_words(answer)}"
            messages = [*messages, {"role": "assistant", "content": text}, {"role": "user", "content": again}]
        problem = f"no answer that fits in {1 + MAX_REASKS} tries ({complaint})"
        raise NoFittingAnswer(problem, "try a larger model")

    def _model_of(self, role: str) -> str:
        return self.role_models.get(role, self.model)

    def _request(self, role: str, mode: int, answer: type[BaseModel], messages: Messages) -> dict[str, Any]:
        return {"model": self._model_of(role), **request_in_mode(OUTPUT_MODES[mode], answer, messages)}

    def _kept(self, role: str, answer: type[BaseModel], question: Messages) -> Iterator[str]:
        """Answers to this question in the cache, in whatever output mode it was asked."""
        if self.cache:
            for mode in range(len(OUTPUT_MODES)):
                request = self._request(role, mode, answer, question)
                if (text := self.cache.get(key_of(server=self._address, **request))) is not None:
                    yield text

    def _keep(self, role: str, answer: type[BaseModel], question: Messages, text: str) -> None:
        if self.cache:
            request = self._request(role, self._mode, answer, question)
            self.cache.put(key_of(server=self._address, **request), text)

    def _choice(self, role: str, answer: type[BaseModel], messages: Messages) -> Choice:
        """The first choice of the reply; a reply with nothing to read is asked for once more."""
        for _ in range(2):
            choices = self._send(role, answer, messages).choices
            nothing = _nothing_to_read(choices)
            if choices and not nothing:
                return choices[0]
        raise LanguageModelError(f"the model {nothing} twice", "word the request differently, or try another model")

    def _send(self, role: str, answer: type[BaseModel], messages: Messages) -> Reply:
        """The reply in the strictest output mode that the server accepts, which is remembered."""
        for mode in range(self._mode, len(OUTPUT_MODES)):
            try:
                reply = self._post(role, self._request(role, mode, answer, messages))
            except NotAccepted as fault:
                refusal = fault
            else:
                self._mode = mode
                return reply
        raise refusal

    def _post(self, role: str, request: dict[str, Any]) -> Reply:
        """One request, counted; for a server that does not count, by the rule of thumb of four characters a token."""
        assert self._server is not None, "without a server the embedded rules answer"
        self.ledger.check(request["model"])
        reply = self._server.post(self.role_timeouts.get(role, self.timeout), request)
        if tokens := reply.tokens:
            self.ledger.record(role, request["model"], tokens.prompt_tokens, tokens.completion_tokens)
        else:
            said = "".join(choice.message.content or "" for choice in reply.choices or ())
            prompt, completion = len(text_of(request["messages"])) // 4, len(said) // 4
            self.ledger.record(role, request["model"], prompt, completion, estimated=True)
        return reply


def _nothing_to_read(choices: list[Choice] | None) -> str:
    """What is wrong with a reply that has no text, or nothing. One that was cut off has, be it empty."""
    if not choices:
        return "sent no answer"
    first = choices[0]
    if first.message.refusal or first.finish_reason == "content_filter":
        return "refused to answer"
    return "" if first.message.content or first.finish_reason == "length" else "sent an empty answer"
