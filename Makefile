# `make help` lists what can be done here. All of it needs Python and make, nothing else.
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$one" -c '$(FITS)' && echo "$$one" && break; done 2>/dev/null)
FITS = import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
# For all but `run`: faults are shown in full, and nothing depends on the .env of this machine.
export DEBUG ?= 1
export ENV_FILE ?= /dev/null
# What was compiled is kept: tests alone start hundreds of processes that import the same.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile --require-hashes
# pip where uv cannot: it may be told of another index than uv is.
INSTALL = { $(PIP) -r requirements-uv.txt && $(BIN)/uv pip install --quiet --require-hashes \
	--python $(BIN)/python -r $(1); } || $(PIP) -r $(1)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help run dev test postgresql check browser screenshots bench drill shape mutants bom lock

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "PORT=8001 chooses another port, PYTHON=/path/to/python3.13 another Python."

run: $(VENV)/.requirements ## Serve Astana with the demonstration dossier on 127.0.0.1:8000
	@unset ENV_FILE; exec $(BIN)/python -m astana

dev: $(VENV)/.requirements ## The same for developers: what is changed is seen at once, faults in full
	@$(BIN)/python manage.py demo
	@$(BIN)/python manage.py db_worker --verbosity 0 & worker=$$!; \
	trap 'kill $$worker 2>/dev/null' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(BIN)/python manage.py runserver 127.0.0.1:$${PORT:-8000}

test: $(VENV)/.requirements-dev ## Run the tests that need no browser
	@$(BIN)/pytest --numprocesses auto --dist worksteal
	@echo "The tests in a real browser are run by: make browser"

postgresql: $(VENV)/.requirements-dev ## Run on the PostgreSQL of DATABASE_URL what can differ there
	@$(BIN)/pytest $$(grep -v '^\#' tests/on_postgresql.txt) --numprocesses auto --dist worksteal

browser: $(VENV)/.requirements-dev ## Run the journeys and the accessibility checks in Chromium
	@$(BIN)/pytest tests/browser --numprocesses 2 --dist loadfile

screenshots: $(VENV)/.requirements-dev ## Take pictures of every page into screenshots/
	@$(BIN)/pytest tests/browser/pictures.py

check: $(VENV)/.requirements-dev ## Check style, types, layers, templates, migrations and settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy astana/comparison astana/evidence astana/formats astana/intake astana/words
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	env DEBUG=0 SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		ALLOWED_HOSTS=astana.example SITE_URL=https://astana.example DATABASE_URL=sqlite://:memory: \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.requirements-dev ## Print times as ratios to a floor measured in the same run
	@$(BIN)/python -m benchmarks.run $(BENCH)

drill: $(VENV)/.requirements-dev ## Start a site of two nodes, walk through it, break parts of it, and print what holds
	@$(BIN)/python -m benchmarks.drill $(DRILL)
	@$(if $(filter-out --short,$(DRILL)),,$(BIN)/python -m benchmarks.faults $(DRILL))

shape: $(VENV)/.requirements-dev ## Print lines by folder, files to open for a page, circles and what is alike
	@DJANGO_SETTINGS_MODULE=astana.settings $(BIN)/python -m tests.shape

mutants: $(VENV)/.requirements-dev ## Change the cores in thousands of ways, and print what no test noticed (hours)
	@$(BIN)/mutmut run $(MUTANTS) || true
	@$(BIN)/mutmut results

bom: $(VENV)/.requirements-dev ## Write bom.json: all that runs with its licences, as a bill of materials (CycloneDX)
	$(BIN)/python deploy/bom.py

lock: $(VENV)/.requirements-dev ## Pin the requirements with hashes
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-uv.in -o requirements-uv.txt
	$(LOCK) requirements-watch.in -o requirements-watch.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

# The environment hangs on the pinned files: it is made once and brought up to date when they change.
$(VENV)/.requirements: requirements.txt
	@$(call make_environment)
	@echo "Installing what Astana needs into $(VENV) (once) ..."
	@$(call INSTALL,requirements.txt)
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt
	@$(call make_environment)
	@echo "Installing what the tests and checks need into $(VENV) (once) ..."
	@$(call INSTALL,requirements-dev.txt)
	@touch $@ $(VENV)/.requirements

define make_environment
if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	"$(PYTHON)" -c '$(FITS)' 2>/dev/null || { \
		echo "Astana needs Python 3.11 to 3.14 that can make environments, and finds none."; \
		echo "Get it (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13)"; \
		echo "or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3.13"; exit 1; }; \
	"$(PYTHON)" -m venv $(VENV); \
fi
endef
