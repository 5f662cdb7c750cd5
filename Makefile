# Everything works on a fresh machine with Python 3.11 or later and access to a package registry.

PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/ready
WORKERS ?= 2
STRATEGY ?= strategies/golden_cross.strat

.PHONY: demo test lint soak bench mutants vsix clean

demo: $(READY)
	$(BIN)/strat backtest $(STRATEGY) --data sample:AAPL --out build/demo

# A shell may forbid compiled modules to be kept: every worker, and each of the processes that tests start, would then
# compile all of them again, for more than a minute of the whole. They are kept in any case.
test: $(READY)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -q -n $(WORKERS)

lint: $(READY)
	$(BIN)/ruff check .
	MYPYPATH=.venv/types $(BIN)/mypy -m stratagem -p stratagem.lang -p stratagem.runtime -p stratagem.stdlib -p stratagem.tools

soak: $(READY)
	$(BIN)/python -m pytest -q -n $(WORKERS) -m soak --timeout 0

# Every small change of the trading core must be noticed by a test. Some 11,500 changes take hours: a killed one most often
# a fifth of a second, one that nobody notices all tests of its line. So NAMES="lots fill.fill", WITH="--again", "--one-in 20"
mutants: $(READY)
	$(BIN)/python -m tests.mutants $(NAMES) $(WITH)

bench: $(READY)
	$(BIN)/python -m pytest -q -s -m bench --timeout 0
	$(BIN)/python -m tests.benchmarks $(PARTS)

# The extension for VS Code, build/stratagem.vsix: needs npm. Its colours are held against the engine that editors use.
VSCODE := build/vscode
vsix: $(READY)
	mkdir -p $(VSCODE) && cp -r tools/editors/vscode/. $(VSCODE) && cp LICENSE $(VSCODE)/LICENSE.txt
	cd $(VSCODE) && npm ci --silent --ignore-scripts --no-audit --no-fund
	$(BIN)/python -m stratagem.tools.editors.textmate --expected $$PWD/strategies/*.strat > build/colours.json
	cd $(VSCODE) && npm test --silent -- ../colours.json && npm run --silent package

# Set up once, and again when the dependencies change. The operators are compiled here, so that no first run waits for it.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found as python3.11 ... python3" >&2; exit 1; }
	@echo "Setting up .venv, once: about two minutes, and 1.1 GB with what development needs" >&2
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	mkdir -p .venv/types && ln -sfn ../.. .venv/types/stratagem
	$(BIN)/python -m stratagem.runtime.native.warm
	touch $@

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
