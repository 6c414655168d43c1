# install · run · test · check · bench · clean: each sets up what it needs.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: help install run test check bench pictures clean

VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .constraints.txt
# What Python makes ready of a module is made when the module is first used: of all there is in the
# packages it would take 50 MB, of what is used 14. Kept from it, each command makes it anew.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -B -m pip --disable-pip-version-check --quiet install --no-compile --constraint $(CONSTRAINTS)
# What `make check` runs of the tests. Whoever has just run it tells `make test` so: SEEN="...".
CHECKED := tests/architecture tests/pages
# Which tests took longest is told, so that the whole stays within its quarter of an hour.
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal --durations 15 --durations-min 5
SOURCES := $(shell find lms/foundation/web/static/css lms/foundation/web/static/js lms/foundation/web/static/img translations -type f ! -name '*.mo' 2>/dev/null)

help:
	@echo "make run      install, migrate, load courses and demo, serve on http://127.0.0.1:8000 (HOST=, PORT=)"
	@echo "make install  only the environment: $(BIN)/lms"
	@echo "make test     install what tests need and run all of them, on SQLite and PostgreSQL"
	@echo "make check    style, types, floors, templates, HTML, accessibility, translations"
	@echo "make bench    benchmarks beside a floor application"
	@echo "make pictures the pictures of README and docs/, taken anew from the demo"
	@echo "make clean    remove the environment and what was built (never var/)"

install: $(VENV)/.installed $(VENV)/.built

run: install
	@$(BIN)/lms demo
	@exec $(BIN)/lms serve

test: $(VENV)/.test $(VENV)/.built
	@$(BIN)/python -m tests.provide browser java pdfsig openssl
	$(PYTEST) --database sqlite $(addprefix --ignore=,$(SEEN))
	$(PYTEST) --database postgresql -m "not pure and not sqlite and (not browser or journey)"

check: $(VENV)/.check $(VENV)/.test $(VENV)/.built
	@$(BIN)/python -m tests.provide browser java
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lms courses check courses
	$(PYTEST) -q $(CHECKED)

bench: $(VENV)/.test $(VENV)/.built
	$(BIN)/python -m bench

pictures: $(VENV)/.test $(VENV)/.built
	@$(BIN)/python -m tests.provide browser
	$(BIN)/python -m tests.pictures

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis lms/foundation/web/static/dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is new enough; the newest first, for it is the fastest.
$(BIN)/python:
	@for found in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if $$found -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    if $$found -m venv $(VENV); then exit 0; fi; \
	    rm -rf $(VENV); \
	    echo "Python cannot make an environment. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "Cabildo needs Python 3.11 or newer. Install it (Debian, Ubuntu: apt install python3 python3-venv) and repeat." >&2; exit 1

$(VENV)/.installed: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@echo "Installing (once; about half a minute) …"
	@$(PIP) --editable . || { echo "The packages could not be installed. Is there a connection, and room on the disk?" >&2; exit 1; }
	@$(BIN)/python -B -m pip --disable-pip-version-check --quiet uninstall --yes setuptools  # Python 3.11 brings it; nothing here needs it
	@touch $@

$(VENV)/.built: $(SOURCES) lms/build.py $(VENV)/.installed
	@$(BIN)/python -m lms.build
	@touch $@

$(VENV)/.test: pyproject.toml $(CONSTRAINTS) $(VENV)/.installed
	@echo "Installing what tests need …"
	@$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.check: pyproject.toml $(CONSTRAINTS) $(VENV)/.installed
	@$(PIP) --editable '.[check]'
	@touch $@
