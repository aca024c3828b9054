# The two commands that matter: `make demo` and `make test`. Each sets everything up first.
# PYTHON=/path/to/python3.12 picks an interpreter (3.11 or later); WORKERS=N the tests' processes.

PYTHON  ?=
WORKERS ?= 2
BENCH   ?=
run     := .venv/bin/python
# What carries actions and facts is covered to the last line.
COVER   := --cov=console/desk --cov=console/feed --cov-report=term:skip-covered --cov-fail-under=100

.PHONY: setup demo test check bench lock

setup:
	@PYTHON="$(PYTHON)" sh .ci/setup

demo: setup
	$(run) main.py demo

test: setup
	@sh .ci/postgresql
	$(run) -m pytest -n $(WORKERS) --dist worksteal $(COVER)

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup
	$(run) -m tests.benchmarks $(BENCH)

lock:
	@sh .ci/lock
