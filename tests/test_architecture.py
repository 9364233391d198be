"""The rules of the house that a machine can keep: each says in its name what it keeps."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "careers").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))

# A file over this many lines is two things (house-style.md, rule 23).
MOST_LINES = 400
# Names that say nothing about their subject (rule 4).
EMPTY_NAMES = {"constants", "helpers", "managers", "mixins", "services", "types", "utils"}

# Another machine has none of these folders.
MACHINE_PATH = re.compile(r"(?<![\w.}>])/(?:home|Users|root|work|farm)/[\w.]")
NOT_OURS = {"__pycache__", "test-results", "var"}


def own_texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project: its path from the root, its text."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in NOT_OURS and (f[0] != "." or f == ".ci")]
        for path in (Path(folder, name) for name in names):
            try:
                yield str(path.relative_to(ROOT)), path.read_text()
            except UnicodeDecodeError:
                continue  # a font or a picture


def without_template_tags(path: Path) -> str:
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert status == 0, capsys.readouterr().out


@pytest.mark.django_db
def test_no_model_lacks_a_migration(capsys: pytest.CaptureFixture[str]) -> None:
    # Named one by one: a package without any migration would otherwise be passed over.
    labels = [app.label for app in apps.get_app_configs() if app.name.startswith("careers.")]

    call_command("makemigrations", *labels, check=True, dry_run=True)

    assert capsys.readouterr().out.startswith("No changes detected")


def test_production_settings_leave_the_deploy_check_nothing_to_say() -> None:
    script = ["/bin/sh", str(ROOT / "scripts" / "check_django.sh")]
    environment = {**os.environ, "PYTHON": sys.executable}

    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in MODULES
        if path.parent.name != "migrations"
    }

    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_is_named_for_its_subject() -> None:
    names = [path.relative_to(ROOT) for path in MODULES]

    assert [str(name) for name in names if EMPTY_NAMES & {*name.parts, name.stem}] == []


def test_foreign_keys_name_the_class() -> None:
    relations = {"ForeignKey", "OneToOneField", "ManyToManyField"}
    calls = [
        (path.relative_to(ROOT), node)
        for path in MODULES
        if path.parent.name != "migrations"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in relations
    ]

    by_name = [
        f"{path}:{node.lineno}"
        for path, node in calls
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value != "self"
    ]

    assert by_name == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    """The content security policy would drop it, and only some browser would tell."""
    text = without_template_tags(path)

    scripts = [
        attributes
        for attributes in re.findall(r"<script\b([^>]*)>", text, re.IGNORECASE)
        if not re.search(r'\bsrc=|type="application/json"', attributes)
    ]
    inline = re.findall(
        r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|\shx-on\b|javascript:""", text, re.IGNORECASE
    )

    assert (scripts, inline) == ([], [])


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in own_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes_and_name_no_address(path: Path) -> None:
    text = path.read_text()
    packages = re.split(r"\n(?=\S)", text.strip())

    assert "://" not in text
    assert [
        package
        for package in packages
        if not re.fullmatch(
            r"[a-z0-9-]+==\S+( ; .+?)?( \\\n    --hash=sha256:[0-9a-f]{64})+", package
        )
    ] == []


def test_every_direct_dependency_is_compiled_and_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
        *project["dependency-groups"]["dev"],
    ]
    compiled = (ROOT / "requirements" / "test.txt").read_text()

    missing = [
        name
        for name in (re.split(r"[\[<>=]", dependency)[0] for dependency in wanted)
        if not re.search(rf"^{name}==", compiled, re.MULTILINE)
    ]
    unexplained = [
        dependency
        for dependency in wanted
        if not re.search(rf'"{re.escape(dependency)}", # \S', text)
    ]

    assert (missing, unexplained) == ([], [])


def test_the_example_names_every_variable_that_the_settings_read() -> None:
    settings = (ROOT / "careers" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    read = set(re.findall(r'\bread(?:_flag|_count)?\("([A-Z_]+)"', settings))

    assert set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == read
