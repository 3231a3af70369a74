# Two commands: `make leaflet` builds the sample, `make test` runs all tests. Both install what is missing.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable

# On macOS the libraries that Homebrew installs are not on the default search path.
ifeq ($(shell uname),Darwin)
RUN := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib:/usr/lib" $(BIN)/
else
RUN := $(BIN)/
endif

.PHONY: leaflet test format gallery clean

leaflet: $(INSTALLED)
	@$(RUN)leaflet build source/ms-beta-interferon.md

test: $(TESTABLE)
	$(RUN)ruff check src tests
	$(RUN)ruff format --check src tests
	$(RUN)mypy
	$(RUN)lint-imports --no-cache
	$(RUN)pytest -n auto

gallery: $(INSTALLED)
	$(RUN)python docs/gallery.py

format: $(TESTABLE)
	$(RUN)ruff check --fix src tests
	$(RUN)ruff format src tests

$(INSTALLED): pyproject.toml .ci/system-packages
	@test -n "$(PYTHON)" || { echo "leaflet: Python 3.11 or newer is needed"; exit 1; }
	@.ci/system-packages $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TESTABLE): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist output/*
