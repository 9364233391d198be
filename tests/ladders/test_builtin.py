"""What holds of every built-in ladder; each is counted against its document in its own module."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from careers.ladders.document import read_ladder
from careers.ladders.guidance import KINDS, NOT_SHOWN
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.ladders.canonical import parts

PATHS = sorted(BUILTIN.glob("*.yaml"))
# How many statements each source document has (SOURCES.md).
STATEMENTS = {"S0": 35, "S1": 82, "S2": 36, "S3": 66}
TABLES = ("comparison", "fork-time")


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.name)
def content(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The canonical document of each built-in ladder."""
    found: dict[str, Any] = json.loads(read_ladder(request.param.read_bytes()).canonical)
    return found


def guidance_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in parts(content) if "kind" in part]


def test_every_part_has_a_source_and_every_source_is_a_statement(content: dict[str, Any]) -> None:
    sources = [part["source"] for part in parts(content)]
    known = {f"{name}-{n:02}" for name, most in STATEMENTS.items() for n in range(1, most + 1)}

    assert [part for part in parts(content) if not part["source"]] == []
    assert {source for several in sources for source in several} - known == set()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_every_source_stands_on_a_line_of_its_own(path: Any) -> None:
    lines = [line for line in path.read_text().splitlines() if "source:" in line]

    one = r"S[0-3]-\d\d"
    form = re.compile(rf"\s*source: ({one}|\[{one}(, {one})*\])")
    assert [line for line in lines if not form.fullmatch(line)] == []


def test_every_text_is_a_sentence_and_is_there_once(content: dict[str, Any]) -> None:
    criteria = [part["text"] for part in parts(content) if "lamps" in part]
    texts = [part["text"] for part in parts(content) if "text" in part]

    assert [text for text in texts if not re.fullmatch(r"[A-Z0-9].{8,180}[.?]", text)] == []
    assert [text for text, count in Counter(criteria).items() if count > 1] == []


def test_every_criterion_has_keywords_and_none_twice(content: dict[str, Any]) -> None:
    criteria = [part for part in parts(content) if "lamps" in part]

    assert [part["key"] for part in criteria if len(part["keywords"]) < 3] == []


def test_every_kind_of_guidance_has_a_name_or_is_not_shown(content: dict[str, Any]) -> None:
    kinds = {part["kind"] for part in guidance_of(content)}

    assert kinds - KINDS.keys() - NOT_SHOWN == set()


def test_every_row_of_a_table_has_the_same_columns(content: dict[str, Any]) -> None:
    columns: dict[str, dict[str, list[str]]] = {}
    for part in guidance_of(content):
        if part["kind"] in TABLES:
            column, colon, _cell = part["text"].partition(": ")
            rows = columns.setdefault(part["kind"], {})
            rows.setdefault(part["title"], []).append(column + colon)

    rows_by_kind = {kind: {tuple(row) for row in rows.values()} for kind, rows in columns.items()}
    assert {kind: rows for kind, rows in rows_by_kind.items() if len(rows) > 1} == {}
