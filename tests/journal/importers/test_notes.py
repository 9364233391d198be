from __future__ import annotations

import datetime as dt

import pytest

from careers.journal.importers.notes import WRAPPED, read_notes
from careers.journal.importers.reading import WHAT, Link, Reading

TODAY = dt.date(2026, 11, 21)


def read(text: str, *, year: int | None = 2025) -> Reading:
    return read_notes(text, year=year, today=TODAY)


def titles(text: str) -> list[str]:
    return [row.title for row in read(text).rows]


def test_line_is_a_row() -> None:
    rows = read("Retired the fax gateway\nSold the last printer\n").rows

    assert [(row.title, row.lines, row.is_ticked) for row in rows] == [
        ("Retired the fax gateway", (1,), True),
        ("Sold the last printer", (2,), True),
    ]


def test_wrapped_lines_are_one_row() -> None:
    first = "Retired the fax gateway in all three offices after asking every"
    assert len(first) >= WRAPPED

    rows = read(f"{first}\nTeam that still had one\n").rows

    assert [row.lines for row in rows] == [(1, 2)]
    assert rows[0].title == f"{first} Team that still had one"


def test_line_that_begins_small_goes_on() -> None:
    assert titles("Retired the gateway\nin all offices\n") == ["Retired the gateway in all offices"]


def test_blank_line_ends_a_paragraph() -> None:
    assert titles("Retired the gateway\n\nin all offices\n") == [
        "Retired the gateway",
        "in all offices",
    ]


def test_long_line_that_ends_a_sentence_does_not_go_on() -> None:
    first = "Retired the fax gateway in all three offices after asking everybody"

    assert titles(f"{first}.\nSold it\n") == [first, "Sold it"]


@pytest.mark.parametrize("bullet", ["• ", "– ", "— ", "- ", "1. ", "12) ", "◦ ", "* ", "+ "])
def test_bullet_is_no_part_of_the_title(bullet: str) -> None:
    assert titles(f"{bullet}Retired the gateway\n") == ["Retired the gateway"]


def test_bullet_begins_a_row_even_when_it_begins_small() -> None:
    assert titles("- retired the gateway\n- sold it\n") == ["retired the gateway", "sold it"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-03-09", dt.date(2025, 3, 9)),
        ("Mon, 3 March 2025:", dt.date(2025, 3, 3)),
        ("Week of Mar 3", dt.date(2025, 3, 3)),
        ("March 2025", dt.date(2025, 3, 31)),
        ("2024", dt.date(2024, 12, 31)),
        ("== Q1 2025 ==", dt.date(2025, 3, 31)),
    ],
)
def test_line_that_is_a_day_dates_those_below(line: str, day: dt.date) -> None:
    reading = read(f"{line}\n\nRetired the gateway\n")

    assert [(part.first, part.text) for part in reading.left_out] == [(1, line)]
    assert [(row.happened_on, row.is_day_proposed) for row in reading.rows] == [(day, True)]


def test_line_with_its_own_day_keeps_it() -> None:
    (row,) = read("2025-03-09: Retired the gateway\n").rows

    assert (row.title, row.happened_on, row.is_day_proposed) == (
        "Retired the gateway",
        dt.date(2025, 3, 9),
        False,
    )


@pytest.mark.parametrize("line", ["---", "=====", "…", "* * *"])
def test_line_without_words_is_left_out(line: str) -> None:
    reading = read(f"{line}\n\nRetired the gateway\n")

    assert [(part.first, part.text) for part in reading.left_out] == [(1, line)]


def test_address_becomes_a_link() -> None:
    (row,) = read("Wrote the guide https://x.test/guide\n").rows

    assert (row.title, row.links) == ("Wrote the guide", (Link("https://x.test/guide"),))


def test_thai_line_is_a_row() -> None:
    (row,) = read("20 ส.ค. 2568 ปิดระบบแฟกซ์เก่า\n").rows

    assert (row.title, row.happened_on) == ("ปิดระบบแฟกซ์เก่า", dt.date(2025, 8, 20))


@pytest.mark.parametrize("line", ["![](shot.png)", "[](https://x.test/a)"])
def test_line_without_visible_words_makes_no_row_without_a_title(line: str) -> None:
    reading = read(f"{line}\n")

    assert [row for row in reading.rows if not row.title.strip()] == []


def test_paragraph_longer_than_an_entry_is_left_out() -> None:
    reading = read("word " * (WHAT // 5 + 100))

    assert (reading.rows, [part.last for part in reading.left_out]) == ((), [1])
