#!/bin/sh
# What Django checks about us: every model has its migration, and nothing is left to say about production settings.
# POSIX sh only.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Nothing of this shell's own environment reaches the settings.
in_production() {
    env -i PATH="$PATH" DATA_DIR="$folder" SITE_URL=https://careers.example.org EMAIL_URL=smtp://mail.example.org:587 \
        SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')" "$@"
}
in_production "$python" -W error manage.py makemigrations --check --dry-run --skip-checks
# PostgreSQL, because a check warns about SQLite versions that may lose data.
in_production DATABASE_URL=postgres://careers@localhost/careers "$python" -W error manage.py check --deploy --fail-level WARNING
