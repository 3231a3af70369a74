# `make leaflet` builds the sample, `make test` runs all tests. Both install what is missing. `make csl-suite verapdf` fetches
# two official tools into .tools/, which `make test` uses where they are there.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable
TOOLS := .tools
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := build/tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade
CSL_SUITE := https://github.com/citation-style-language/test-suite
CSL_SUITE_COMMIT := 13724f99a9b253e4a363f72e55b90cf8889e92b8

# On macOS the libraries that Homebrew installs are not on the default search path.
ifeq ($(shell uname),Darwin)
RUN := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib:/usr/lib" $(BIN)/
else
RUN := $(BIN)/
endif

ifneq ($(wildcard $(TOOLS)/csl-suite/processor-tests),)
export LEAFLET_CSL_SUITE ?= $(CURDIR)/$(TOOLS)/csl-suite/processor-tests/humans
endif
ifneq ($(wildcard $(TOOLS)/verapdf/verapdf),)
export LEAFLET_VERAPDF ?= $(CURDIR)/$(TOOLS)/verapdf/verapdf
endif

.PHONY: leaflet test tests long fuzz lint coverage csl-suite verapdf format gallery preview-pictures editor docs requirements sbom wheels clean

leaflet: $(INSTALLED)
	@$(RUN)leaflet build source/ms-beta-interferon.md

# Both at once: the linters keep one core busy, the tests all that are free.
test: $(TESTABLE)
	@$(MAKE) --no-print-directory --jobs=2 lint tests

tests: $(TESTABLE)
	$(RUN)pytest -n auto --dist loadfile

# Tests with many costly cases try a part of them; `make long` tries all.
long: $(TESTABLE)
	LEAFLET_LONG=1 $(RUN)pytest -n auto --dist loadfile

# Tests of laws try the same cases each time; `make fuzz` draws others.
fuzz: $(TESTABLE)
	LEAFLET_HYPOTHESIS=search $(RUN)pytest -n auto --dist loadfile $$(grep -rl --include='test_*.py' hypothesis tests)

lint: $(TESTABLE)
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports --no-cache

coverage: $(TESTABLE)
	$(RUN)pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered --cov-report=html

csl-suite:
	@test -d $(TOOLS)/csl-suite || git init --quiet $(TOOLS)/csl-suite
	git -C $(TOOLS)/csl-suite fetch --quiet --depth 1 $(CSL_SUITE) $(CSL_SUITE_COMMIT)
	git -C $(TOOLS)/csl-suite checkout --quiet FETCH_HEAD

verapdf:
	@.ci/verapdf $(TOOLS)/verapdf

preview-pictures: $(TESTABLE)
	$(RUN)python docs/tools/preview_pictures.py

editor: $(TESTABLE)
	$(RUN)python docs/tools/editor/bundle.py

gallery: $(INSTALLED)
	$(RUN)python docs/tools/gallery.py
	$(RUN)python docs/tools/components.py
	$(RUN)python docs/tools/css_variables.py
	$(RUN)python docs/tools/readme_picture.py

docs: $(TESTABLE)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[site]'
	$(RUN)python docs/tools/site.py

format: $(TESTABLE)
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

$(INSTALLED): pyproject.toml .ci/system-packages
	@test -n "$(PYTHON)" || { echo "leaflet: Python 3.11 or newer is needed"; exit 1; }
	@.ci/system-packages $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifdef NEWEST
	@$(PIP) install --editable .
else
	@$(PIP) install --require-hashes --requirement .ci/requirements/leaflet.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
endif
	@touch $@

$(TESTABLE): $(INSTALLED) .ci/requirements/development.txt
ifdef NEWEST
	@$(PIP) install --editable '.[dev]'
else
	@$(PIP) install --require-hashes --requirement .ci/requirements/development.txt
endif
	@touch $@

# The versions and hashes of all that `make` installs, for each system and Python; `make NEWEST=1 …` installs the newest instead.
requirements: build/tools/.installed
	@printf 'hatchling>=1.25\neditables>=0.5\n' > build/build.in
	$(COMPILE) --extra dev pyproject.toml build/build.in --output-file .ci/requirements/development.txt
	$(COMPILE) --constraint .ci/requirements/development.txt pyproject.toml build/build.in --output-file .ci/requirements/leaflet.txt

# A list of all packages that leaflet runs with, as CycloneDX, and their licences.
sbom: $(INSTALLED) build/tools/.installed
	@$(PYTHON) -m venv build/leaflet && build/leaflet/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement .ci/requirements/leaflet.txt && build/leaflet/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-build-isolation --no-deps .
	build/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json \
		build/leaflet/bin/python
	build/tools/bin/pip-licenses --python build/leaflet/bin/python --from mixed --format markdown --output-file build/licences.md

# Two wheels from two copies of the last commit, which must be the same.
wheels: $(INSTALLED)
	$(RUN)python docs/tools/same_wheels.py

build/tools/.installed:
	@mkdir -p build
	@$(PYTHON) -m venv build/tools
	@build/tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 cyclonedx-bom==7.5.0 pip-licenses==5.5.5
	@touch $@

clean:
	rm -rf $(VENV) build dist output/*
