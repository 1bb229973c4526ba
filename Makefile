# One environment in .venv serves everything; `make demo` and `make test` set it up.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo test check format bench docs clean

help:
	@echo "make demo    run the shipped case, write out/demo/report.html"
	@echo "make test    run the tests"
	@echo "make check   ruff, format, pyright strict"
	@echo "make bench   measure everything, write benchmarks/results.md"
	@echo "make docs    regenerate the generated pages of docs/"

.venv: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Detente needs Python 3.11 or later; name one with: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev --editable .
	@touch $@

demo: $(STAMP)
	$(BIN)/detente run budapest-2025 --out out/demo

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)
	$(BIN)/python benchmarks/run.py

docs: $(STAMP)
	$(BIN)/python scripts/reference.py

clean:
	rm -rf .venv out .pytest_cache .ruff_cache .hypothesis
