# `make run` opens the program with a demo station; `make test` runs every check and test.
# Each sets up everything it needs on a fresh machine (a .venv with pinned, hashed packages) and is quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: run test test-long check format bench pictures requirements clean

run: $(VENV)/.run-ready
	$(BIN)/python main.py --demo

test: check
	$(OFFSCREEN) $(BIN)/python -m pytest -n 2 --dist worksteal

test-long: check
	$(OFFSCREEN) $(BIN)/python -m pytest -n 2 --dist worksteal -m ""

check: $(VENV)/.dev-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev-ready
	$(OFFSCREEN) $(BIN)/python -m tests.benchmarks

pictures: $(VENV)/.dev-ready
	$(OFFSCREEN) $(BIN)/python -m tests.pictures --out output/pictures

requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist output .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || \
	  { echo "需要 Python 3.11–3.13（含 venv 模块）；可用 make PYTHON=/path/to/python3.11 指定。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "缺少 venv 模块：Debian/Ubuntu 请先安装 python3-venv。"; exit 1; }

$(VENV)/.run-ready: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run-ready
