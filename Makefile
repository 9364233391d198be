# Two commands do everything on a fresh machine:
#   make run     the app, with demo data until there is a journal of one's own (make run OWN=1)
#   make test    every test, browser tests included
# Needed beforehand: make, and either uv or any Python 3.12-3.14. Nothing is installed outside this
# folder except, as root or with password-free sudo on Debian/Ubuntu, missing Pango, Chromium or
# (for test-postgres) PostgreSQL.
.POSIX:
.SUFFIXES:
PORT ?= 8000
BIN = .venv/bin

.PHONY: help install run test test-postgres check lock clean
help:
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

.venv/.run: requirements/run.txt requirements/uv.txt scripts/bootstrap.sh
	@if test -e .venv/.dev; then sh scripts/bootstrap.sh venv test; else sh scripts/bootstrap.sh venv run; fi
	@touch $@

.venv/.dev: requirements/test.txt requirements/uv.txt scripts/bootstrap.sh
	@sh scripts/bootstrap.sh venv test
	@touch $@ .venv/.run

.venv/.pango: .venv/.run
	@sh scripts/bootstrap.sh pango

.venv/.chromium: .venv/.dev
	@sh scripts/bootstrap.sh chromium

install: .venv/.dev .venv/.pango .venv/.chromium ## what run, test and check need

run: .venv/.pango ## the app on http://localhost:8000; PORT=8001 chooses the port, OWN=1 starts one's own journal
	@sh scripts/serve.sh '$(PORT)' '$(OWN)'

test: .venv/.dev .venv/.pango .venv/.chromium ## every test; ARGS='-k journal' chooses
	@$(BIN)/python -m pytest $(ARGS)

test-postgres: .venv/.dev .venv/.pango .venv/.chromium ## the same on a PostgreSQL server that is thrown away
	@sh scripts/bootstrap.sh postgres
	@sh scripts/postgres.sh $(BIN)/python -m pytest $(ARGS)

check: .venv/.dev ## lint, format, types, contracts, templates, migrations, production settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 6.1 {} +
	@sh scripts/check_django.sh

lock: .venv/.run ## after a change of pyproject.toml; ARGS=--upgrade takes newer versions
	@sh scripts/bootstrap.sh lock $(ARGS)

clean: ## remove .venv and what tools keep; the data in var/ stays
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results .coverage
