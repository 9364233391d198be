"""Bringing entries in and taking the journal out from the command line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from careers.journal.models import Candidate, Entry
from careers.people.models import Engineer
from tests.factories import EngineerFactory, EntryFactory

pytestmark = pytest.mark.django_db

BRAG = """# 2025

## Projects

- Fax exit: Retired the gateway
- Sold the fax

## Goals

- Rest
"""


@pytest.fixture
def ana() -> Engineer:
    return EngineerFactory.create(email="ana@example.com")


def run(command: str, *words: Any, **options: Any) -> list[str]:
    """The lines that a command writes."""
    written = StringIO()
    call_command(command, *map(str, words), engineer="Ana@example.com", stdout=written, **options)
    return written.getvalue().splitlines()


def brag(folder: Path, text: str | bytes = BRAG, name: str = "brag.md") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_import_puts_every_row_into_the_tray(ana: Engineer, tmp_path: Path) -> None:
    lines = run("import_entries", brag(tmp_path))

    assert lines == ["markdown: 3 rows, 2 ticked, 3 left out", "candidates: 3, new: 3"]
    assert ana.candidates.pending().filter(is_ticked=True, source="brag.md").count() == 2
    assert Entry.objects.count() == 0


def test_import_twice_brings_nothing_new(ana: Engineer, tmp_path: Path) -> None:
    run("import_entries", brag(tmp_path))

    assert run("import_entries", brag(tmp_path))[-1] == "candidates: 3, new: 0"


def test_import_accepts_what_is_ticked(ana: Engineer, tmp_path: Path) -> None:
    lines = run("import_entries", brag(tmp_path), accept=True)

    assert lines[-2:] == ["accepted: 2", "candidates: 3, new: 3"]
    assert sorted(ana.entries.values_list("title", flat=True)) == [
        "Retired the gateway",
        "Sold the fax",
    ]


def test_dry_run_tells_and_writes_nothing(ana: Engineer, tmp_path: Path) -> None:
    lines = run("import_entries", brag(tmp_path), dry_run=True, verbosity=2)

    assert lines[-1] == "candidates: 3, new: 3"
    assert "[x] 2025-12-31? Sold the fax" in lines
    assert "[ ] 2025-12-31? Rest" in lines
    assert "line 3, a heading: Projects" in lines
    assert Candidate.objects.count() == 0


def test_format_and_year_may_be_given(ana: Engineer, tmp_path: Path) -> None:
    path = brag(tmp_path, "- Sold the fax on 3 May\n")

    lines = run("import_entries", path, kind="notes", year=2024, dry_run=True, verbosity=2)

    assert lines[0] == "notes: 1 rows, 1 ticked, 0 left out"
    assert lines[1] == "[x] 2024-05-03  Sold the fax on 3 May"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in it to read."),
        (b"%PDF-1.7", "This is a PDF file. Copy its text and paste it."),
        (b"caf\xe9", "Line 1 is not UTF-8 text."),
        (b"a\x00b", "This is not text: it holds null characters."),
        (b"\n" * 100_001 + b"x", "It has 100002 lines; at most 100000 are read at once."),
        (b"x" * (20 * 2**20 + 1), "at most 20.0"),
        (b"<!doctype html><p>x", "This is the source of a web page."),
        (b'{"format": "careers-journal/1", "entries": [{"tit', "This JSON is not a whole journal"),
    ],
)
def test_import_of_what_cannot_be_read_is_a_sentence(
    ana: Engineer, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run("import_entries", brag(tmp_path, content))

    assert sentence in str(refused.value).replace("\xa0", " ")
    assert str(refused.value).endswith("Nothing was brought in.")
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize("command", ["import_entries", "export_journal"])
def test_nobody_of_that_address_is_a_sentence(command: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Nobody here has the address Ana@example\.com\."):
        run(command, brag(tmp_path))


@pytest.mark.parametrize("command", ["import_entries", "export_journal"])
def test_a_file_that_cannot_be_opened_is_a_sentence(
    ana: Engineer, command: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"No such file or directory\.$"):
        run(command, tmp_path / "no" / "such.md")


def test_export_writes_the_file_and_how_much(ana: Engineer, tmp_path: Path) -> None:
    EntryFactory.create(engineer=ana, title="Sold the fax")

    lines = run("export_journal", tmp_path / "journal.csv", name="csv")

    assert lines == ["entries: 1"]
    assert "Sold the fax" in (tmp_path / "journal.csv").read_text(encoding="utf-8-sig")


def test_export_is_markdown_and_may_go_to_standard_output(ana: Engineer) -> None:
    assert run("export_journal", "-")[0] == f"# Brag Document — {ana.name}"
