# From a clone: `make report` and `make test` do their own set-up in .venv. The contract for users is `pip install` and
# `mixedmig`; this file only wraps it.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/.ready
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup report test quick golden golden-renew browser pictures bench lab app clean

help: ## Show the targets.
	@grep -E '^[a-z-]+:.*##' Makefile | sed -e 's/:.*## /\t/'

setup: $(READY) ## Install everything into .venv (uv where present, else venv and pip).

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; found " + sys.version) if sys.version_info < (3, 11) else 0'
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing .venv && \
	  uv pip install --quiet --python .venv --compile-bytecode -c constraints.txt -e '.[dev]'; \
	else \
	  $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'; \
	fi
	@$(BIN)/python -m compileall -q mixedmig_model
	@touch $(READY)

report: $(READY) ## The Andaman Sea report; ends with its path.
	@$(BIN)/mixedmig report andaman_sea_2015

test: $(READY) ## Lint, types, and all tests but the slow ones.
	@$(BIN)/ruff check .
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder -q; tests=$$?; \
	wait $$types && exit $$tests

quick: $(READY) ## Lint and quick tests: no compiling, no notebooks, a minute at most.
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest -q -m "not slow and not compiled and not notebooks and not solves and not lengthy"

golden: $(READY) ## Compare the results of the shipped cases with the stored ones.
	@$(BIN)/python tests/golden.py

golden-renew: $(READY) ## Store the results of the shipped cases as they are now.
	@$(BIN)/python tests/golden.py --renew

browser: $(READY) ## Build the modules for pages anew, after equations or formulas of indicators have changed.
	@$(BIN)/python -m mixedmig_model.results.browser --build

pictures: $(READY) ## Take the pictures of the panel and of exercises in docs anew, with the system's Chromium.
	@$(BIN)/python tests/panel/journeys/pictures.py
	@$(BIN)/python tests/panel/journeys/exercise_pictures.py

bench: $(READY) ## Measure this machine and write docs/benchmarks.md (BENCH=--quick: two minutes, prints it).
	@$(BIN)/python tests/benchmarks/bench.py $(BENCH)

lab: $(READY) ## JupyterLab on the workbooks, on this machine only.
	@$(BIN)/mixedmig lab

app: $(READY) ## The panel in a browser, on this machine only.
	@$(BIN)/mixedmig app andaman_sea_2015

clean: ## Remove the environment and caches.
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
