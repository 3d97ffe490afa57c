# One task list, the same here and in CI. Every target that needs it makes .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from
# nbgrader starts programs of its environment, so these must be on PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test lint release verify docs bench clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(STAMP)  ## make a demo class and grade it
	$(BIN)/autograder demo

# The attacks look for what they left behind on this machine, so no other grader may be at work beside them.
test: $(STAMP)  ## the project's own tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --ignore tests/attacks $(ARGS)
	$(BIN)/python -m pytest tests/attacks $(ARGS)

lint: $(STAMP)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy benchmarks/honest_notebooks.py
	$(BIN)/mypy benchmarks/against_nbgrader.py benchmarks/own_code.py benchmarks/breakdown.py benchmarks/class_of_1000.py

verify: $(STAMP)  ## prove that the grading tests tell right from wrong
	$(BIN)/autograder verify $(ARGS)

release: $(STAMP)  ## release/, solutions/ and the recorded checks, from source/
	$(BIN)/autograder release

docs: $(STAMP)  ## the documents as a site, in .site/
	$(BIN)/mkdocs build --strict --quiet

bench: $(STAMP)  ## speed, side by side with stock nbgrader
	$(BIN)/python benchmarks/against_nbgrader.py

clean:  ## remove the environment, the demo class and caches
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache

# Stale when what it was made from has changed.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11 to 3.13 is needed; this is " + sys.version + ". Try make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[instructor,cluster,postgresql,dev]'
	touch $(STAMP)
