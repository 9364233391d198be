#!/bin/sh
# bootstrap.sh venv run|test, pango, chromium, postgres, lock -- what the Makefile needs from the machine. POSIX sh only.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

home=${HOME:-$(eval echo "~$(id -un)")} # a bare environment has no HOME
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}" # trust whom this machine trusts, as pip does

# The tested version first; pyenv's own last, which its shims hide unless a version is chosen.
find_python() {
    for p in python3.13 python3.12 python3.14 python3 python \
        "${PYENV_ROOT:-$home/.pyenv}"/versions/3.13*/bin/python3 \
        "${PYENV_ROOT:-$home/.pyenv}"/versions/3.1[24]*/bin/python3; do
        # the real file: a shim depends on the folder it is called in
        "$p" -c '
import sys, venv, ensurepip
if not (3, 12) <= sys.version_info[:2] <= (3, 14): sys.exit(1)
print(sys.executable)' 2>/dev/null && return 0
    done
    return 1
}

# Every Python on the path that is too old, for the sentence that says so.
name_pythons() {
    for p in python3 python; do
        "$p" -c 'import sys; print("Python %d.%d.%d" % sys.version_info[:3])' 2>/dev/null && return 0
    done
    echo "no Python"
}

# uv: the one of this machine, else one of our own in .tools
need_uv() {
    for UV in uv "$home/.local/bin/uv" "$home/.cargo/bin/uv" .tools/bin/uv; do
        "$UV" --version >/dev/null 2>&1 && return 0
    done
    python=$(find_python) || die "needs Python 3.12, 3.13 or 3.14 with its venv module, or uv; found $(name_pythons).
  Debian 13, Ubuntu 24.04 or newer: sudo apt install python3 python3-venv
  anywhere: install uv, which brings a Python of its own     macOS: brew install uv"
    say "installing uv into .tools"
    "$python" -m venv --clear .tools || die "could not make .tools with $python"
    .tools/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt ||
        die "pip could not install uv (see above)"
}

need_venv() {
    need_uv
    if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
        python=$(find_python) || python='>=3.12,<3.15' # uv knows of others, or fetches one
        "$UV" venv -q --clear --python "$python" .venv || die "could not make .venv with Python $python (see above)"
    fi
    say "installing packages into .venv"
    VIRTUAL_ENV=.venv "$UV" pip sync -q --require-hashes "requirements/$1.txt" || die "installing requirements/$1.txt failed (see above)"
}

# lock [--upgrade]: pins that are there stay unless --upgrade is given
need_lock() {
    need_uv
    set -- --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate "$@"
    "$UV" pip compile "$@" pyproject.toml -o requirements/run.txt
    "$UV" pip compile "$@" pyproject.toml --all-extras --group dev -o requirements/test.txt
    echo uv | "$UV" pip compile "$@" - -o requirements/uv.txt
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1; fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true || return 1
    say "installing $* with apt"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}

is_debian() { grep -q '^ID=debian' /etc/os-release 2>/dev/null; } # Ubuntu's chromium is a snap stub
has_pango() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

need_pango() {
    if has_pango || { apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && has_pango; }; then
        touch .venv/.pango
        return
    fi
    say "Pango is missing: everything but the PDF works. To have the PDF too:
  Debian/Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  Fedora: sudo dnf install pango     macOS: brew install pango"
}

# Playwright's bundled node needs libatomic, which a bare Debian lacks
has_chromium() {
    .venv/bin/playwright --version >/dev/null 2>&1 || return 1
    [ -n "${CHROMIUM:-}" ] && [ -x "${CHROMIUM:-}" ] && return 0
    for c in chromium chromium-browser google-chrome google-chrome-stable; do
        # run it rather than trust the name: a stub may stand there
        "$c" --version >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && return 0
    .venv/bin/python - <<'PY' >/dev/null 2>&1
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())
PY
}

need_chromium() {
    if has_chromium ||
        { is_debian && apt_install chromium libatomic1 && has_chromium; } ||
        { say "downloading Chromium with Playwright" && .venv/bin/playwright install chromium >/dev/null 2>&1 && has_chromium; }; then
        touch .venv/.chromium
        return
    fi
    die "the browser tests need Chromium and it could not be installed.
  Debian: sudo apt install chromium libatomic1
  any system: .venv/bin/playwright install --with-deps chromium
  or point CHROMIUM at one; or run the rest: .venv/bin/python -m pytest --ignore=tests/journeys"
}

has_postgres() { sh scripts/postgres.sh --find >/dev/null 2>&1; }

need_postgres() {
    has_postgres || { apt_install postgresql && has_postgres; } ||
        die "no PostgreSQL server found on the path or under /usr/lib/postgresql.
  Debian/Ubuntu: sudo apt install postgresql     Fedora: sudo dnf install postgresql-server     macOS: brew install postgresql"
}

what=${1:-}
[ $# -gt 0 ] && shift
case $what in
venv | pango | chromium | postgres | lock) "need_$what" "$@" ;;
*) die "usage: bootstrap.sh venv run|test | pango | chromium | postgres | lock [--upgrade]" ;;
esac
