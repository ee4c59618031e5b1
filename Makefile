# Polyfolio needs Python 3.11 or newer and make. Everything else is installed here, into .venv and node_modules.
#
#   make demo    the example networks in your browser        make test   everything that proves it works
#   make serve   your own installation                       make bench  the measured figures
#   make lint    style, types, floors, templates             make format

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

RUN_STAMP   := $(VENV)/.installed-run
DEV_STAMP   := $(VENV)/.installed-dev
NODE_STAMP  := node_modules/.installed
BUILD_STAMP := polyfolio/web/assets/manifest.json
FRONTEND    := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-postgresql lint format bench build lock clean install

help:
	@sed -n '1,6p' Makefile | sed 's/^# \{0,1\}//'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Polyfolio needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(RUN_STAMP): requirements.txt requirements-build.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt -r requirements-build.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

frontend/$(NODE_STAMP): frontend/package-lock.json $(RUN_STAMP)
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD_STAMP): frontend/$(NODE_STAMP) $(FRONTEND)
	cd frontend && npm run --silent build
	@touch $@

install: $(RUN_STAMP)
build: $(BUILD_STAMP)

demo: $(BUILD_STAMP)
	@$(BIN)/polyfolio demo --port $(PORT)

serve: $(BUILD_STAMP)
	@$(BIN)/polyfolio serve --port $(PORT)

test: $(DEV_STAMP) $(BUILD_STAMP) lint
	cd frontend && npm test --silent
	$(BIN)/coverage erase
	$(BIN)/pytest -n auto --cov --cov-report=
ifdef POLYFOLIO_TEST_POSTGRES_URL
	POLYFOLIO_TEST_ON=postgresql $(BIN)/pytest -n auto -m "not journey"
else
	@echo "skipped: the suite on PostgreSQL. Set POLYFOLIO_TEST_POSTGRES_URL=postgresql://… to run it there too."
endif
	$(BIN)/coverage report --fail-under=$(COVERAGE) --format=total

COVERAGE ?= 95

lint: $(DEV_STAMP)
	$(BIN)/ruff check polyfolio tests benchmarks
	$(BIN)/ruff format --check polyfolio tests benchmarks
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet polyfolio
	$(BIN)/python -m django makemigrations --check --dry-run --settings polyfolio.config.settings
	cd frontend && npm run --silent lint

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix polyfolio tests benchmarks
	$(BIN)/ruff format polyfolio tests benchmarks
	cd frontend && npm run --silent format

bench: $(DEV_STAMP) $(BUILD_STAMP)
	$(BIN)/python -m benchmarks

lock: $(DEV_STAMP)
	for name in requirements requirements-build requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    $$name.in --output-file $$name.txt; done
	cd frontend && npm install --package-lock-only --omit-lockfile-registry-resolved=true

clean:
	rm -rf $(VENV) frontend/node_modules polyfolio/web/assets
