from __future__ import annotations

import datetime as dt

import pytest

from careers.journal.importers.days import (
    Precision,
    best_day,
    find_days,
    find_year,
    guess_year,
    last_day_of,
    take_day,
)

TODAY = dt.date(2026, 11, 21)


def days_in(text: str, *, year: int | None = 2025) -> list[dt.date]:
    return [found.day for found in find_days(text, year=year, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shipped on 2025-03-09", dt.date(2025, 3, 9)),
        ("Shipped on 2025/03/09", dt.date(2025, 3, 9)),
        ("Shipped on 2025.03.09", dt.date(2025, 3, 9)),
        ("2025-03-09T10:15:00Z", dt.date(2025, 3, 9)),
        ("Mar 9, 2025", dt.date(2025, 3, 9)),
        ("March 9th, 2025", dt.date(2025, 3, 9)),
        ("9 March 2025", dt.date(2025, 3, 9)),
        ("9th of March 2025", dt.date(2025, 3, 9)),
        ("Sept. 1, 2025", dt.date(2025, 9, 1)),
        ("JULY 4, 2025", dt.date(2025, 7, 4)),
        ("May 5, 2025", dt.date(2025, 5, 5)),
        ("9.3.2025", dt.date(2025, 3, 9)),
        ("3/9/2025", dt.date(2025, 3, 9)),
        ("19/3/2025", dt.date(2025, 3, 19)),
        ("20 ส.ค. 2568", dt.date(2025, 8, 20)),
        ("20 สิงหาคม พ.ศ. 2568", dt.date(2025, 8, 20)),
        ("2025-W10", dt.date(2025, 3, 7)),
        ("2025W10", dt.date(2025, 3, 7)),
    ],
)
def test_day_is_exact(text: str, day: dt.date) -> None:
    (found,) = find_days(text, year=None, today=TODAY)

    assert (found.day, found.is_exact, found.has_year) == (day, True, True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 2025", dt.date(2025, 3, 31)),
        ("Feb 2024", dt.date(2024, 2, 29)),
        ("2025-02", dt.date(2025, 2, 28)),
        ("2025/02", dt.date(2025, 2, 28)),
        ("Jan – Mar 2025", dt.date(2025, 3, 31)),
        ("January 2025 to March 2025", dt.date(2025, 3, 31)),
        ("Q2 2025", dt.date(2025, 6, 30)),
        ("2025 Q2", dt.date(2025, 6, 30)),
        ("2025-Q2", dt.date(2025, 6, 30)),
        ("H1 2025", dt.date(2025, 6, 30)),
        ("2025H2", dt.date(2025, 12, 31)),
        ("มีนาคม 2568", dt.date(2025, 3, 31)),
    ],
)
def test_month_or_quarter_is_its_last_day(text: str, day: dt.date) -> None:
    (found,) = find_days(text, year=None, today=TODAY)

    assert (found.day, found.precision) == (day, Precision.MONTH)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nov 22-24, 2025", dt.date(2025, 11, 24)),
        ("Sep 27 – Oct 2, 2025", dt.date(2025, 10, 2)),
        ("Apr 22 - May 27, 2025", dt.date(2025, 5, 27)),
        ("22–24 November 2025", dt.date(2025, 11, 24)),
        ("20 ส.ค. ถึง 23 ธ.ค. 2568", dt.date(2025, 12, 23)),
        ("20 Aug until 3 Sep 2025", dt.date(2025, 9, 3)),
    ],
)
def test_range_counts_by_its_last_day(text: str, day: dt.date) -> None:
    found = best_day(find_days(text, year=None, today=TODAY))

    assert found is not None
    assert (found.day, found.is_exact) == (day, True)


def test_day_without_a_year_takes_that_of_its_document() -> None:
    (found,) = find_days("Launched on Aug 22", year=2024, today=TODAY)

    assert (found.day, found.has_year) == (dt.date(2024, 8, 22), False)


def test_day_without_a_year_to_come_is_of_the_year_before() -> None:
    assert days_in("Launched on Dec 22", year=2026) == [dt.date(2025, 12, 22)]


def test_day_without_any_year_is_none() -> None:
    assert days_in("Launched on Aug 22", year=None) == []


def test_month_that_has_begun_is_today() -> None:
    assert days_in("November 2026") == [TODAY]


@pytest.mark.parametrize("text", ["Q4 2026", "2026-H2"])
def test_quarter_or_half_that_has_begun_is_today(text: str) -> None:
    assert days_in(text, year=None) == [TODAY]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "Dec 2026",
        "2031-01-01",
        "Q1 2027",
        "1969-12-31",
        "2025-02-30",
        "Feb 30, 2025",
        "13/13/2025",
        "32.1.2025",
        "2025-W60",
        "nothing at all",
        "version 1.2.3",
        "took 12:30",
        "192.168.10.25",
        "room 2025",
        "may 5 people",
        "a march 3 abreast",
        "decode 12 frames",
        "marched 5 miles",
    ],
)
def test_text_names_no_day(text: str) -> None:
    assert days_in(text, year=2025) == []


def test_days_stand_in_the_order_of_the_text() -> None:
    text = "From 2025-05-02 on, then Jan 3, 2025, then Q1 2024"

    assert days_in(text) == [dt.date(2025, 5, 2), dt.date(2025, 1, 3), dt.date(2024, 3, 31)]


def test_best_day_is_the_last_of_the_most_precise() -> None:
    days = find_days("Jan 3, 2025 and Feb 4, 2025, told in Q3 2025", year=None, today=TODAY)

    best = best_day(days)

    assert best is not None
    assert best.day == dt.date(2025, 2, 4)


def test_best_day_of_none_is_none() -> None:
    assert best_day([]) is None


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("[Mar 30, 2025] Wrote the guide", dt.date(2025, 3, 30), "Wrote the guide"),
        ("[Nov 22-24, 2025] Gave a course", dt.date(2025, 11, 24), "Gave a course"),
        ("(2025-03-30): Wrote the guide", dt.date(2025, 3, 30), "Wrote the guide"),
        ("2025-03-30: Wrote the guide", dt.date(2025, 3, 30), "Wrote the guide"),
        ("Mar 30 – Wrote the guide", dt.date(2025, 3, 30), "Wrote the guide"),
        ("Wrote the guide on Mar 30", dt.date(2025, 3, 30), "Wrote the guide on Mar 30"),
        ("[Mar 30, 2025]", dt.date(2025, 3, 30), "[Mar 30, 2025]"),
        ("2025-03-30", dt.date(2025, 3, 30), "2025-03-30"),
        ("[20 ส.ค. 2568] จัดงานเล็ก ๆ", dt.date(2025, 8, 20), "จัดงานเล็ก ๆ"),
    ],
)
def test_take_day_removes_the_mark_it_begins_with(text: str, day: dt.date, rest: str) -> None:
    found, left = take_day(text, year=2025, today=TODAY)

    assert found is not None
    assert (found.day, left) == (day, rest)


@pytest.mark.parametrize("text", ["[draft] Wrote the guide", "Wrote the guide", "", "[", "()"])
def test_take_day_leaves_a_text_without_a_day(text: str) -> None:
    assert take_day(text, year=2025, today=TODAY) == (None, text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Brag document 2024", 2024),
        ("brag_2024.md", 2024),
        ("2023", 2023),
        ("Goals for 2024!", 2024),
        ("ปี 2567", 2024),
        ("Q3 2025", 2025),
        ("brag document", None),
        ("ticket #2024", None),
        ("v12024", None),
        ("12024", None),
        ("/2024/", None),
    ],
)
def test_find_year_reads_a_heading_or_a_name(text: str, year: int | None) -> None:
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024 2024 2023", 2024),
        ("2023 2024", 2024),
        ("2567 2567 2023", 2024),
        ("2050 2050 2024", 2024),
        ("no year", None),
    ],
)
def test_guess_year_is_the_most_frequent_and_then_the_newest(text: str, year: int | None) -> None:
    assert guess_year(text, today=TODAY) == year


def test_last_day_of_knows_leap_years() -> None:
    assert (last_day_of(2024, 2), last_day_of(2025, 2)) == (
        dt.date(2024, 2, 29),
        dt.date(2025, 2, 28),
    )


def test_week_53_of_a_year_without_one_is_none() -> None:
    assert days_in("2025-W53", year=None) == []
