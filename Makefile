# `make demo` and `make test` each do all the set-up that a fresh machine needs.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
UV := $(VENV)/bin/uv

# Whatever the shell says: without it each of the many processes compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo serve test check lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	@$(RUN) app.py demo $(ARGS)

# The app for your own workspace; docs/admins.md has the steps.
serve: $(VENV)/.installed
	@$(RUN) app.py migrate
	@$(RUN) app.py serve

test: $(VENV)/.installed-dev
	@$(RUN) -m pytest -n auto --dist worksteal $(ARGS)

# Linters, types and import rules.
check: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/hadolint Dockerfile

$(UV): requirements-uv.lock
	@command -v $(PYTHON) >/dev/null || { echo "Lunchmates needs Python 3.11 or newer. Install it (Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Lunchmates needs Python 3.11 or newer; $$($(PYTHON) --version) is too old. Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. Install it (Debian: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $(UV)

# uv is quick; pip takes over where uv cannot reach the package index.
$(VENV)/.installed $(VENV)/.installed-dev: $(VENV)/.installed%: requirements%.lock $(UV)
	@$(UV) pip install --quiet --python $(RUN) --require-hashes -r $< \
		|| $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# After a change of the dependencies in pyproject.toml.
lock: $(UV)
	@echo uv | $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - -o requirements-uv.lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV)
