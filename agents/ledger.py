"""What answers took: tokens as the server counts them, money at the user's prices, and the budget of a run."""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, model_serializer

from agents.errors import BudgetExceeded

Prices = Mapping[str, tuple[float, float]]
"""By model, the price of a million tokens: of the prompt, and of the completion."""


class Usage(BaseModel):
    """What some answers took.

    Attributes:
        requests: answers that a server gave, those that did not fit included.
        from_cache: answers that were there already; they took nothing.
        estimated: requests whose tokens the server did not count.
        unpriced: requests of models without a price; `cost` leaves them out.
        cost: in the currency of the prices.
    """

    requests: int = 0
    from_cache: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: int = 0
    unpriced: int = 0
    cost: float = 0.0

    @property
    def tokens(self) -> int:
        """Tokens of prompts and completions together."""
        return self.prompt_tokens + self.completion_tokens

    @model_serializer
    def _without_zeros(self) -> dict[str, Any]:
        return {name: value for name, value in self if value}

    def __str__(self) -> str:
        """In words; money is named only if all of it is known."""
        told = []
        if self.requests:
            about = "about " if self.estimated else ""
            told.append(f"{about}{self.prompt_tokens:,} tokens in, {self.completion_tokens:,} out")
            told += [] if self.unpriced else [f"cost {about}{money(self.cost)}"]
        if self.from_cache:
            told.append(f"{self.from_cache} {'answer' if self.from_cache == 1 else 'answers'} from cache")
        return ", ".join(told)


class Entry(Usage):
    """One answer in the ledger: for which role, in which task of the graph."""

    role: str
    task: str = ""


def money(amount: float) -> str:
    """An amount to a millionth, without idle zeros."""
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def total(usages: Iterable[Usage]) -> Usage:
    """The sum, field by field."""
    given = list(usages)
    return Usage(**{name: round(sum(getattr(usage, name) for usage in given), 9) for name in Usage.model_fields})


def by_role(items: Iterable[tuple[str, Usage]]) -> dict[str, Usage]:
    """The sum of each role, sorted by its name."""
    roles: dict[str, list[Usage]] = {}
    for role, usage in items:
        roles.setdefault(role, []).append(usage)
    return {role: total(usages) for role, usages in sorted(roles.items())}


class Ledger:
    """Counts what a task of a run spends, and stops it at the run's budget. Safe to share between threads.

    A task that fails or is killed leaves nothing in the run's state, yet its tokens are spent: so each answer is
    put down at once in the run's journal, where the other tasks and the next attempt find it.

    Args:
        prices: by model.
        max_tokens: no request is sent once this many tokens are spent; those in flight may pass it.
        max_cost: the same for money.
        earlier: what the settled tasks spent.
        settled: tasks whose spending is in `earlier`.
        task: the one that spends now.
        journal: the run's file of entries; None: they are kept in memory.
    """

    def __init__(
        self,
        prices: Prices | None = None,
        max_tokens: int | None = None,
        max_cost: float | None = None,
        earlier: Usage | None = None,
        settled: Collection[str] = (),
        task: str = "",
        journal: Path | None = None,
    ) -> None:
        self.prices = prices or {}
        self.max_tokens = max_tokens
        self.max_cost = max_cost
        self.earlier = earlier or Usage()
        self.settled = settled
        self.task = task
        self.journal = journal
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    @property
    def total(self) -> Usage:
        """What the whole run has spent."""
        return total([self.earlier, *(entry for entry in self._read() if entry.task not in self.settled)])

    def by_role(self) -> dict[str, Usage]:
        """What the task has spent, earlier attempts at it included."""
        return by_role((entry.role, entry) for entry in self._read() if entry.task == self.task)

    def spent(self) -> dict[str, Any]:
        """What the task has spent, as its node puts it down."""
        roles = self.by_role()
        return {"llm_tokens": total(roles.values()).tokens, "roles": roles}

    def check(self, model: str) -> None:
        """Lets a request to a model pass, or not.

        Raises:
            BudgetExceeded: if the budget is spent, or is one of money and the model has no price.
        """
        if self.max_tokens is not None and (tokens := self.total.tokens) >= self.max_tokens:
            problem = f"the budget of {self.max_tokens:,} tokens is spent ({tokens:,} so far)"
            raise BudgetExceeded(problem, "allow more with --max-tokens")
        if self.max_cost is None:
            return
        if model not in self.prices:
            problem = f"there is a budget of money, and {model!r} has no price"
            raise BudgetExceeded(problem, f"give one per million tokens: ATELIER_PRICES='{{\"{model}\": [IN, OUT]}}'")
        if any(self.prices[model]) and (cost := self.total.cost) >= self.max_cost:
            problem = f"the budget of {money(self.max_cost)} is spent ({money(cost)} so far)"
            raise BudgetExceeded(problem, "allow more with --max-cost")

    def record(self, role: str, model: str, prompt: int, completion: int, estimated: bool = False) -> None:
        """Puts down an answer of a server."""
        price = self.prices.get(model)
        entry = Entry(
            role=role,
            task=self.task,
            requests=1,
            prompt_tokens=prompt,
            completion_tokens=completion,
            estimated=estimated,
            unpriced=price is None,
            cost=(prompt * price[0] + completion * price[1]) / 1_000_000 if price else 0.0,
        )
        self._write(entry)

    def record_cached(self, role: str) -> None:
        """Puts down an answer that was there already."""
        self._write(Entry(role=role, task=self.task, from_cache=1))

    def _write(self, entry: Entry) -> None:
        with self._lock:
            if self.journal is None:
                self._entries.append(entry)
                return
            self.journal.parent.mkdir(parents=True, exist_ok=True)
            with self.journal.open("a", encoding="utf-8") as file:
                # The break comes first, so that half a line of a task that was killed spoils no other.
                file.write("\n" + entry.model_dump_json())

    def _read(self) -> Iterable[Entry]:
        with self._lock:
            return list(self._lines(self.journal)) if self.journal else list(self._entries)

    @staticmethod
    def _lines(journal: Path) -> Iterator[Entry]:
        for line in journal.read_text(encoding="utf-8").split("\n") if journal.exists() else ():
            with suppress(ValueError):
                yield Entry.model_validate_json(line)
