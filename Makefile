# Every target sets itself up: a virtual environment in .venv, nothing outside the checkout.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MARK := $(VENV)/.installed

.PHONY: demo test lint types bench bench-archive clean

demo: $(MARK)            ## read the sample articles; writes demo/graph.ttl and demo/graph.html
	$(BIN)/kg demo --output demo

test: $(MARK)            ## the whole test suite
	$(BIN)/python -m pytest

lint: $(MARK)            ## style and mistakes
	$(BIN)/ruff check .

types: $(MARK)           ## static types
	$(BIN)/mypy

bench: $(MARK)           ## speed and memory, beside the bare pipeline and rdflib in the same run
	$(BIN)/python -m kg.score.bench

bench-archive: $(MARK)    ## what an article of 2,000 and of 20,000 costs: an hour, 30 GB of disk
	$(BIN)/python -m kg.score.bench 2000 20000

clean:
	rm -rf $(VENV) demo build dist *.egg-info

$(MARK): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	touch $(MARK)
