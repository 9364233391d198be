"""What holds for every text, whatever stands in it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careers.journal.importers import FORMATS, read
from careers.journal.importers.days import EARLIEST
from careers.journal.importers.notes import read_notes
from careers.journal.importers.ours import FORMAT
from careers.journal.importers.reading import (
    COLLABORATORS,
    LABEL,
    MOST_LINKS,
    MOST_METRICS,
    OUTCOME,
    PROJECT,
    TITLE,
    WHAT,
    ImportRefusedError,
    Reading,
    Row,
    missing_lines,
)
from careers.journal.importers.source import clean, decode
from careers.journal.models import Entry

TODAY = dt.date(2026, 11, 21)
TEXT_FORMATS = ["markdown", "notes", "git"]

# Pieces that mean something to one of the readers, to be put together in any order.
PIECES = [
    *("# ", "## ", "### ", "- ", "* ", "1. ", "  - ", "    ", "> ", "---", "```", "|", "| - | - |"),
    *("<!--", "-->", "[", "](https://x.test/a)", "[a]: https://x.test", "https://x.test/1", "{:a}"),
    *("**", "_", "`", "~~", "\\", "&amp;", "![", "![](a.png)", "[](https://x.test/b)", "[x] "),
    *("2025", "2025-03-09", "Mar 3", "[Mar 3, 2025] ", "Q3 2025", "20 ส.ค. 2568", "May", "9999"),
    *(
        "Projects",
        "Goals",
        "Talks",
        "Books read",
        "Week of Mar 3",
        "Atlas",
        "งาน",
        "Bragfile Export",
    ),
    *(
        "Impact: ",
        "My role: led",
        "Date: 2025-03-09",
        "Project: Atlas",
        "With: Ines",
        "Status: wip",
    ),
    *("from 45 min to 8 min", "9 s → 1 ns", "999999999 weeks to 1 ns", "40 %", " — ", ": ", ". "),
    *(
        "**Jun 15, 2026** · Delivery",
        "Shipped it",
        "and then",
        "#tag",
        "as follows:",
        "—",
        "…",
        "é",
    ),
    *(
        "commit 1a2b3c4d",
        "1a2b3c4 ",
        "Author: Ines <ines@x.test>",
        "Date:   2026-06-27",
        "|\\",
        "* ",
    ),
    *(
        "Date:   9999999999 +0000",
        "Merge: 1 2",
        "12\t3\ta/b.py",
        "Fix #12",
        "feat(search): ",
        "(#7)",
    ),
    *(
        "Co-authored-by: Tomas <t@x.test>",
        "Merge pull request #7",
        "\x1e",
        "\x1f",
        "\ufeff",
        "\u200b",
    ),
    *("\n", "\n", "\n", "\n\n", "\t", " ", "\u3000", "\u2028", "\x85", "\x1c", "w" * 400, "0" * 30),
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=20).map("".join),
    st.text(max_size=200),
)
values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.text(st.characters(categories=["Cs", "Cc", "Lu"]), max_size=3),
        st.sampled_from(["1e-5000", "1e5000", "2026-06-15", "shipped", "led", "https://x.test"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
NAMES = [
    *("title", "what", "outcome", "happened_on", "kind", "role", "reach", "status", "visibility"),
    *("collaborators", "project", "metrics", "links", "evidence"),
]
GOOD: dict[str, Any] = {
    "title": "Cut it",
    "happened_on": "2026-06-15",
    "kind": "shipped",
    "reach": "team",
    "status": "shipped",
    "visibility": "shareable",
}


def reading_of(text: str, kind: str) -> Reading | None:
    """What is read of a text that somebody pastes; None when it is refused with a sentence."""
    try:
        return read(clean(text), today=TODAY, kind=kind, me=["ines@x.test"])
    except ImportRefusedError as error:
        refusal = str(error)
    assert refusal.endswith(".")
    return None


def check_fits(row: Row) -> None:
    assert 1 <= len(row.title.strip()) <= len(row.title) <= TITLE
    assert (len(row.what) <= WHAT, len(row.outcome) <= OUTCOME) == (True, True)
    assert (len(row.project) <= PROJECT, len(row.collaborators) <= COLLABORATORS) == (True, True)
    assert dt.date(EARLIEST, 1, 1) <= row.happened_on <= TODAY
    assert row.kind in Entry.Kind.values
    assert row.role in ["", *Entry.Role.values]
    assert row.status in Entry.Status.values
    assert row.is_ticked == (not row.reason)
    assert (len(row.links) <= MOST_LINKS, len(row.numbers) <= MOST_METRICS) == (True, True)
    for link in row.links:
        assert (len(link.url) <= 2_000, len(link.label) <= LABEL) == (True, True)
        assert link.url.startswith(("http://", "https://"))
    for number in row.numbers:
        assert (len(number.name) <= LABEL, len(number.unit) <= 40) == (True, True)
        assert max(abs(number.before), abs(number.after)) < 10**14
        assert (number.better in {"lower", "higher"}, number.basis) == (True, "estimated")


@given(texts, st.sampled_from(FORMATS))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    reading = reading_of(text, kind)

    assert reading is None or reading.rows or reading.left_out


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ImportRefusedError:
        return

    assert reading_of(text, "auto") is None or text.strip()


@pytest.mark.parametrize("kind", TEXT_FORMATS)
@given(text=texts)
@example(text="$ git log\n1a2b3c4 Add quills\n")
@example(text="\x1e1a2b3c4\x1fI\x1fi@x.test\x1f2026-06-27\x1fAdd quills\x1f\x1f\n\x1ebroken\n")
def test_no_line_of_a_text_is_lost(kind: str, text: str) -> None:
    reading = reading_of(text, kind)

    if reading:
        lines = clean(text).split("\n")
        assert missing_lines(lines, reading.rows, reading.left_out) == []


@pytest.mark.parametrize("kind", TEXT_FORMATS)
@given(text=texts)
@example(text="> # Retired it")
@example(text="![](a.png)")
@example(text="1a2b3c4 (#7)")
@example(text="- from 999999999 weeks to 1 ns")
@example(text="commit 1a2b3c4d\nAuthor: I <i@x.test>\nDate:   9999999999 +0000\n\n    Add quills\n")
def test_every_row_fits_an_entry(kind: str, text: str) -> None:
    reading = reading_of(text, kind)

    for row in reading.rows if reading else ():
        check_fits(row)


@pytest.mark.parametrize("kind", TEXT_FORMATS)
@given(text=texts)
def test_lines_of_rows_are_those_of_the_text(kind: str, text: str) -> None:
    reading = reading_of(text, kind)

    count = clean(text).count("\n") + 1 if reading else 0
    for row in reading.rows if reading else ():
        assert row.lines
        assert [number for number in row.lines if not 1 <= number <= count] == []


@pytest.mark.parametrize("kind", TEXT_FORMATS)
@given(text=texts)
def test_reading_twice_gives_the_same(kind: str, text: str) -> None:
    assert reading_of(text, kind) == reading_of(text, kind)


@pytest.mark.parametrize("kind", TEXT_FORMATS)
@given(text=texts)
@example(text="1a2b3c4 feat: quills\n1a2b3c4 feat: quills\n")
def test_keys_are_unique_within_a_reading(kind: str, text: str) -> None:
    reading = reading_of(text, kind)

    keys = [key for row in reading.rows for key in row.keys] if reading else []
    assert len(keys) == len(set(keys))


@given(texts, texts)
def test_keys_stay_when_other_lines_are_added_below(text: str, more: str) -> None:
    first = read_notes(f"{text}\n\n", year=2025, today=TODAY)
    both = read_notes(f"{text}\n\n{more}", year=2025, today=TODAY)

    assert [row.keys for row in both.rows][: len(first.rows)] == [row.keys for row in first.rows]


@given(st.dictionaries(st.sampled_from(NAMES), values, max_size=3), values, values)
def test_any_journal_is_rows_and_what_was_left_out(
    change: dict[str, Any], projects: Any, weeks: Any
) -> None:
    entries = [{**GOOD, **change}, change, GOOD]
    document = {"format": FORMAT, "entries": entries, "projects": projects, "weeks": weeks}

    reading = reading_of(json.dumps(document), "json")

    assert reading is not None
    assert len(reading.rows) + len(reading.left_out) == len(entries)


@given(st.lists(st.fixed_dictionaries({"url": values, "label": values}), max_size=2))
def test_any_link_of_a_journal_is_read_or_leaves_its_entry_out(links: list[Any]) -> None:
    document = {"format": FORMAT, "entries": [{**GOOD, "links": links}]}

    reading = reading_of(json.dumps(document), "json")

    assert reading is not None
    assert len(reading.rows) + len(reading.left_out) == 1


@given(before=values, after=values)
def test_any_number_of_a_journal_is_read_or_leaves_its_entry_out(before: Any, after: Any) -> None:
    metric = {"before": before, "after": after, "better": "lower", "basis": "measured"}
    document = {"format": FORMAT, "entries": [{**GOOD, "metrics": [metric]}]}

    reading = reading_of(json.dumps(document), "json")

    assert reading is not None
    for row in reading.rows:
        assert row.content is not None
        for number in row.content["metrics"]:
            assert len(number["before"] or "") <= 24
