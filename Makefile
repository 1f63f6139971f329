# make cv does everything on a fresh machine; see "make help".
#
# PYTHON   the interpreter to make the virtual environment with (3.11 or later)
# VENV     where that environment goes
# OUTPUT   where the PDFs go

PYTHON ?= python3
VENV ?= .venv
OUTPUT ?= build

# Relative, and no names of profiles: make cannot tell a space in a path from one between two.
BIN := $(VENV)/bin

# Where BasicTeX puts its programs: a shell opened before its installation does not know.
export PATH := $(PATH):/Library/TeX/texbin
export PYTHON

.DEFAULT_GOAL := cv
.NOTPARALLEL:
.PHONY: cv test lint pictures bench fuzz clean help system system-test

cv: $(VENV)/.cv | system  ## build every profile in profiles/ into build/, installing what is missing
	$(BIN)/cvforge build --output "$(OUTPUT)"

test: lint  ## lint, types and all tests, installing what is missing
	PATH="$$(cd $(BIN) && pwd):$$PATH" $(BIN)/pytest -n auto

lint: $(VENV)/.test | system-test  ## lint and types alone
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

pictures: $(VENV)/.test | system-test  ## the README's pictures of pages
	$(BIN)/cvforge build -q --variant one-page --output "$(OUTPUT)/pictures" \
	  examples/ada-quill.yaml examples/bo-rune.yaml
	$(BIN)/cvforge build -q --output $(OUTPUT)/pictures profiles/jing-xu.yaml
	pdftoppm -r 80 -png -singlefile $(OUTPUT)/pictures/jing-xu-full.pdf docs/fitting-before
	pdftoppm -r 80 -png -singlefile $(OUTPUT)/pictures/jing-xu-one-page.pdf docs/fitting-after
	pdftoppm -r 110 -png -singlefile "$(OUTPUT)/pictures/ada-quill-one-page.pdf" docs/ada-quill-one-page
	pdftoppm -r 150 -png -singlefile -y 120 -H 330 "$(OUTPUT)/pictures/bo-rune-one-page.pdf" docs/bo-rune

bench: $(VENV)/.cv | system  ## measure what things cost, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

# Half a minute each; what is found is kept in build/fuzz, and tried first the next time.
FUZZ := -max_total_time=30 -max_len=16384

fuzz: $(VENV)/.fuzz  ## search a minute for input that breaks the readers of profiles and .bib files
	mkdir -p "$(OUTPUT)/fuzz/profile" "$(OUTPUT)/fuzz/bibliography"
	$(BIN)/python fuzz/fuzz_profile.py $(FUZZ) -dict=fuzz/profile.dict \
	  -artifact_prefix="$(OUTPUT)/fuzz/" "$(OUTPUT)/fuzz/profile" profiles examples
	$(BIN)/python fuzz/fuzz_bibliography.py $(FUZZ) -dict=fuzz/bibliography.dict \
	  -artifact_prefix="$(OUTPUT)/fuzz/" "$(OUTPUT)/fuzz/bibliography" \
	  profiles examples tests/cases/torture

clean:  ## remove what make made: the PDFs, the environment, the caches
	rm -rf "$(OUTPUT)" dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	if [ -f $(VENV)/.cv ]; then rm -rf $(VENV); fi

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# An environment that is there already has its Python; only a new one asks for python3-venv.
VENV_LEVEL := $(if $(wildcard $(BIN)/pip),,venv)

system:
	@scripts/setup.sh $(VENV_LEVEL) user

system-test:
	@scripts/setup.sh $(VENV_LEVEL) user test

# An environment without pip is half made (Debian's python3 alone leaves one behind): make it again.
$(BIN)/pip: | $(if $(filter test lint pictures,$(MAKECMDGOALS)),system-test,system)
	$(PYTHON) -m venv --clear $(VENV)

# The installation is editable, so that only a change of pyproject.toml asks for a new one.
$(VENV)/.cv: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.fuzz: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	@touch $@ $(VENV)/.cv

$(VENV)/.test: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.cv
