# demo: the sample blog, audited offline · test: the tests · lint: style, types, walls. Each sets up .venv when missing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint docs example package warc-tools clean

demo: .venv/installed
	$(BIN)/citecheck demo

test: .venv/installed
	$(BIN)/python -m pytest

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/installed
	$(BIN)/python -m pytest tests/test_documentation.py --update-documentation

example: .venv/installed
	$(BIN)/python -m pytest tests/test_example.py --update-example

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q citecheck
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m citecheck.tables
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m citecheck extract README.md >/dev/null
	touch $@

package: .venv/installed
	$(BIN)/python -m pytest tests/test_packaging.py -m packaging

# The tools of the web-archiving world that some tests hand our archives to. They bring much along: not for .venv.
warc-tools: .warc-tools/installed

.warc-tools/installed:
	$(PYTHON) -m venv .warc-tools
	.warc-tools/bin/python -m pip install --quiet --disable-pip-version-check 'setuptools<81' warcio cdxj-indexer pywb wacz
	touch $@

clean:
	rm -rf .venv .warc-tools dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
