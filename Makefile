# `make help` lists what can be done here. `run` and `test` need Python 3.11 and make, nothing else.
PYTHON ?= python3.11
PORT ?= 8000
export DEBUG ?= 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help run test postgresql check browser screenshots bench shape mutants lock

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "PORT=8001 chooses another port, PYTHON=/path/to/python3.11 another Python."

run: $(VENV)/.requirements ## Serve Astana with the demonstration dossier on 127.0.0.1:8000
	@$(BIN)/python manage.py demo
	@echo
	@echo "Astana: http://127.0.0.1:$(PORT)/   (Ctrl+C ends it; PORT=8001 make run takes another port)"
	@echo "To enter data, make an admin account in a second terminal:"
	@echo "  DEBUG=1 $(BIN)/python manage.py createsuperuser"
	@echo
	@$(BIN)/python manage.py db_worker --no-reload --verbosity 0 & worker=$$!; \
	trap 'kill $$worker 2>/dev/null' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

test: $(VENV)/.requirements-dev ## Run the tests that need no browser
	@$(BIN)/pytest --numprocesses auto --dist worksteal
	@echo "The tests in a real browser are run by: make browser"

postgresql: $(VENV)/.requirements-dev ## Run on the PostgreSQL of DATABASE_URL what can differ there
	@$(BIN)/pytest $$(grep -v '^\#' tests/on_postgresql.txt) --numprocesses auto --dist worksteal

browser: $(VENV)/.requirements-dev ## Run the journeys and the accessibility checks in Chromium
	@$(BIN)/pytest tests/browser --numprocesses 2 --dist worksteal

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

shape: $(VENV)/.requirements-dev ## Print lines by folder, files to open for a page, circles and what is alike
	@DJANGO_SETTINGS_MODULE=astana.settings $(BIN)/python -m tests.shape

mutants: $(VENV)/.requirements-dev ## Change the cores in thousands of ways, and print what no test noticed (hours)
	@$(BIN)/mutmut run $(MUTANTS) || true
	@$(BIN)/mutmut results

lock: $(VENV)/.requirements-dev ## Pin the requirements with hashes
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

# The environment hangs on the pinned files: it is made once and brought up to date when they change.
$(VENV)/.requirements: requirements.txt
	@$(call make_environment)
	@echo "Installing what Astana needs into $(VENV) (once; about a minute) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt
	@$(call make_environment)
	@echo "Installing what the tests and checks need into $(VENV) (once; about a minute) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.requirements

define make_environment
if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	command -v "$(PYTHON)" >/dev/null || { \
		echo "Astana needs Python 3.11, and there is no $(PYTHON) here."; \
		echo "Get it (Debian 12: apt-get install python3.11 python3.11-venv; macOS: brew install python@3.11)"; \
		echo "or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }; \
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo "Astana needs Python 3.11, and $(PYTHON) is $$("$(PYTHON)" --version)."; exit 1; }; \
	"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make environments. Debian: apt-get install python3.11-venv"; exit 1; }; \
	"$(PYTHON)" -m venv $(VENV); \
fi
endef
