# Everything runs in .venv. These targets create it, with the versions that constraints.txt pins.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-fast property coverage lint build check audit vulnerabilities calibrate bench \
  lock clean sandbox

demo: $(READY) sandbox
	$(BIN)/autograder build
	$(BIN)/autograder demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --durations 20

# Lint and the unit tests: no kernel, no browser, under a minute.
test-fast: lint
	$(BIN)/python -m pytest tests/unit

# The property tests with many random examples: minutes. A failure prints how to repeat it.
property: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --hypothesis-profile random \
	  $$(find tests/unit -name 'test_*_properties.py')

# All tests, and which lines of the package they run.
coverage: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check autograder tests --exclude tests/submissions
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-logo

build: $(READY)
	$(BIN)/autograder build

check: $(READY)
	$(BIN)/autograder build --check

# All that can be asked of the hidden tests and the sandbox; hours. `autograder audit` alone takes
# minutes.
audit: $(READY) sandbox
	$(BIN)/autograder audit --generate --weaken --whole --seeds 20
	$(BIN)/autograder audit --submissions tests/submissions/more \
	  $$(cd tests/submissions/more && ls -d -- */ | tr -d /)
	$(BIN)/autograder audit --attacks
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --thorough -m thorough
	$(MAKE) property

# Asks a public database whether a pinned version has a known vulnerability.
vulnerabilities: $(READY)
	$(BIN)/python .github/vulnerabilities.py

calibrate: $(READY)
	$(BIN)/python tests/calibrate.py

# Hours, on a machine with nothing else to do. tests/benchmarks/README.md has the last results.
bench: $(READY) sandbox
	$(BIN)/python tests/benchmarks

clean:
	rm -rf $(VENV) demo .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info

# Pins every package for all Python versions from 3.11.2 on. It keeps the pins that still fit;
# `make lock UPGRADE=--upgrade` takes the newest versions.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11.2 $(UPGRADE) \
	  --no-annotate --quiet --custom-compile-command "make lock" --output-file constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11, 2) <= sys.version_info[:3] < (3, 15))' || { \
	  echo "error: this needs Python 3.11.2 or newer, up to 3.14; $(PYTHON) is" \
	    "$$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "error: Python's venv module is missing. Install it (Debian, Ubuntu:" \
	    "sudo apt-get install python3-venv) and run make again"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@echo "Installing packages into $(VENV). PyTorch is large: this can take several minutes."
	@$(BIN)/pip install --constraint constraints.txt --editable ".[dev]" > $(VENV)/pip.log 2>&1 || { \
	  cat $(VENV)/pip.log; \
	  echo "error: pip could not install the packages; its output is above and in $(VENV)/pip.log."; \
	  echo "Check the network and the free disk space, then run make again."; \
	  echo "If pip names versions that conflict: run 'make clean', then name another Python, such as" \
	    "'make PYTHON=python3.12'."; exit 1; }
	@touch $@

# Student code runs only in a sandbox. As root on Debian or Ubuntu, this installs it; otherwise it
# says how.
sandbox:
	@command -v bwrap >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	  then apt-get update -qq && apt-get install -y -qq bubblewrap >/dev/null; \
	  else echo "error: bubblewrap is missing: install the package bubblewrap" \
	    "(sudo apt-get install bubblewrap, or sudo dnf install bubblewrap)"; exit 1; fi; }
