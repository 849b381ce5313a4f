# Every command sets up what it needs in .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint studio clean

demo: .venv/core
	$(BIN)/python -m graphs.instruct "how to make tea"

test: .venv/dev
	$(BIN)/python -m pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/mypy graphs agents tools models evals

studio: .venv/dev
	LANGGRAPH_CLI_NO_ANALYTICS=1 LANGGRAPH_NO_VERSION_CHECK=true LANGGRAPH_STRICT_MSGPACK=true LANGSMITH_TRACING=false \
		$(BIN)/langgraph dev --no-browser

.venv/core: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -c requirements.lock -e .
	@touch $@

.venv/dev: .venv/core
	$(BIN)/pip install -q -c requirements.lock -e ".[dev]"
	@touch $@

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis .langgraph_api
