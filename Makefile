# Everything runs in .venv, which these targets make themselves, pinned by constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint build check audit calibrate clean sandbox

demo: $(READY) sandbox
	$(BIN)/autograder build
	$(BIN)/autograder demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder --durations 20

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check autograder tests --exclude tests/submissions
	$(BIN)/mypy

build: $(READY)
	$(BIN)/autograder build

check: $(READY)
	$(BIN)/autograder build --check

# All that can be asked of the hidden tests; hours. `autograder audit` alone takes minutes.
audit: $(READY) sandbox
	$(BIN)/autograder audit --generate --weaken --whole --seeds 20
	$(BIN)/autograder audit --submissions tests/submissions/more \
	  week2_dna_cnn week3a_tf_binding week3b_wandb

calibrate: $(READY)
	$(BIN)/python tests/calibrate.py

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache *.egg-info

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "error: Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "error: Python's venv is missing: install the package python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@

# Student code runs only in a sandbox. Root on Debian or Ubuntu installs it; others are told how.
sandbox:
	@command -v bwrap >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	  then apt-get update -qq && apt-get install -y -qq bubblewrap >/dev/null; \
	  else echo "error: bubblewrap is missing: install the package bubblewrap" \
	    "(sudo apt-get install bubblewrap, or sudo dnf install bubblewrap)"; exit 1; fi; }
