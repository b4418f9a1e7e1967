# Set-up and the commands of the README. Needs python3 (3.11 or newer) and make; everything else is fetched by hash.
# Compiled modules halve the time to the first window, so they are always written, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PY := .venv/bin/python
STAMP := .venv/.locked
SOURCES := core gui assistant main.py tests benchmarks
PRESENT = $(wildcard $(SOURCES))
PYTEST = QT_QPA_PLATFORM=offscreen $(PY) -m pytest
# Three workers on two cores: many tests wait for processes and windows rather than compute.
PARALLEL := -n 3 --dist loadgroup

.DEFAULT_GOAL := run
.PHONY: run test check soak bench screenshots lock licences system

run: $(STAMP)
	@sh system.sh --name run
	@$(PY) -m compileall -q core gui assistant main.py
	@$(PY) main.py $(ARGS)

test: $(STAMP) system check
	$(PYTEST) -q $(PARALLEL)

# The part of the test command that starts nothing: style, types, and the one-way picture.
check: $(STAMP)
	$(PY) -m ruff check $(PRESENT)
	$(PY) -m ruff format --check $(PRESENT)
	$(PY) -m mypy $(PRESENT)
	.venv/bin/lint-imports

# The long runs with the issues' full figures. Repeat one with SEED=<the number that was printed>.
soak: $(STAMP) system
	@seed=$${SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; echo "soak: SEED=$$seed"; \
	NOD_HYPOTHESIS=soak NOD_SEED=$$seed $(PYTEST) -m soak --hypothesis-seed=$$seed --timeout=3600 $(ARGS)

bench: $(STAMP)
	$(PY) -m benchmarks $(ARGS)

screenshots: $(STAMP) system
	$(PY) docs/make_screenshots.py
	$(PY) docs/make_running_pictures.py

licences: $(STAMP)
	$(PY) docs/make_licences.py > docs/licences.md

system:
	@sh system.sh test

# Names, versions and hashes only: no address of any package index is ever committed.
LOCK := -m uv pip compile --universal --generate-hashes --no-header --no-annotate -q $(UPGRADE)
lock: $(STAMP)
	$(PY) $(LOCK) pyproject.toml --group dev --extra voice --extra postgresql -o requirements.txt
	$(PY) $(LOCK) uv.in -o uv.txt

$(STAMP): requirements.txt uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nod needs Python 3.11 or newer; say make PYTHON=... with one.")'
	test -x $(PY) || $(PYTHON) -m venv .venv || { sh system.sh --install python3-venv && $(PYTHON) -m venv --clear .venv; }
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r uv.txt
	$(PY) -m uv pip sync -q --require-hashes --compile-bytecode requirements.txt
	@touch $@
