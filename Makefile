# Color Studio. `make run` and `make test` work on a fresh machine: each target does its own set-up.
#
#   make run PHOTO=path          make test ARGS="-k imaging"          make PYTHON=/path/to/python3 test

VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := resources/samples/astronaut.jpg
export VENV PYTHON

.PHONY: help run test check format bench wheel screenshot translations samples clean distclean run-env dev-env

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: run-env ## Open the studio on a sample photo, or on PHOTO=path; without a display, colour it to output/
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then $(BIN)/python scripts/system_packages.py window; fi
	@$(BIN)/colorstudio gui "$${PHOTO:-$(SAMPLE)}" --headless-output output

test: dev-env ## Run the test suite, without a display; ARGS="..." goes to pytest
	@$(BIN)/python scripts/system_packages.py offscreen
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 $(ARGS)

check: dev-env ## Formatting, lint, types, and the import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

format: dev-env ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: dev-env ## Measure times and memory
	@$(BIN)/python scripts/system_packages.py offscreen
	$(BIN)/python -m pytest tests/benchmarks --quiet --capture=no $(ARGS)

wheel: dev-env ## Build the wheel, weights and resources included, into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

screenshot: dev-env ## Make the picture of the window that the README shows
	@$(BIN)/python scripts/system_packages.py offscreen
	$(BIN)/python scripts/screenshot.py

translations: dev-env ## Bring the translations up to date with the texts of the window
	$(BIN)/python scripts/translations.py

samples: dev-env ## Make the sample photos again from their sources
	$(BIN)/python scripts/make_samples.py

clean: ## Remove caches and built files
	rm -rf build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find colorstudio scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the environment and the output of `make run` too
	rm -rf $(VENV) output

run-env:
	@sh scripts/setup.sh run

dev-env:
	@sh scripts/setup.sh dev
