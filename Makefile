# Names of what can be done; the work stands in scripts/ and in the programs themselves.  `make run` and `make test` are enough.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test unit soak bench load-test elastic lint lock docs

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/installed ## the virtual environment .venv with the patentry command in it

run: setup ## the service on 127.0.0.1:8000, with a sample and people to sign in as
	@PORT=$(PORT) scripts/run

test: lint ## every check; says what the machine lacks
	@$(BIN)/pytest

unit: setup ## the quick ones only, under 30 seconds
	@$(BIN)/pytest -q -m "not elastic and not postgres and not browser and not data" tests/unit --ignore=tests/unit/bundle --ignore=tests/unit/engine

soak: setup ## every check at its full size: some two hours
	@PATENTRY_SOAK=1 $(BIN)/pytest

bench: setup ## ratios against the anchors, with target and verdict
	@$(BIN)/python -m loadtests.bench all

load-test: setup ## locust against a server of its own, judged by loadtests/limits.toml
	@$(BIN)/python -m loadtests

elastic: setup ## a real Elasticsearch on this machine, until Ctrl-C
	@$(BIN)/python -m tests.servers.elasticsearch

lint: setup ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: setup ## docs/settings.md and docs/errors.md anew from the code
	@$(BIN)/python -m tests.docs.generated

lock: ## requirements.lock anew from pyproject.toml
	@PYTHON=$(PYTHON) scripts/lock

.venv/installed: pyproject.toml requirements.lock
	@PYTHON=$(PYTHON) scripts/setup
