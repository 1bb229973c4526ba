# One environment in .venv serves everything; `make demo` and `make test` set it up.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo serve test browser postgres check format bench docs clean

help:
	@echo "make demo    run the shipped case, write out/demo/report.html"
	@echo "make serve   open the workbench on the shipped case"
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
	@echo
	@echo "What became of it, from the ledger that ships with the case:"
	@$(BIN)/detente ledger show --ledger budapest-2025

# The workbench on the shipped case, until Ctrl-C.
serve: $(STAMP)
	$(BIN)/detente serve budapest-2025

# Two processes share the tests: kernels are compiled once each, and a browser leaves time over.
test: $(STAMP) browser postgres
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --quiet

# Tests of the workbench look with Debian's Chromium. Where it cannot be had they are skipped.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing chromium" && \
	    { apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || \
	      { apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; }; } || \
	  echo "No chromium on this machine: tests that need a browser will be skipped"; }

# The ledger is tested on PostgreSQL as well, on a server that the tests start and stop.
postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing postgresql" && \
	    { apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1 || \
	      { apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1; }; } || \
	  echo "No PostgreSQL on this machine: tests that need it will be skipped"; }

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
