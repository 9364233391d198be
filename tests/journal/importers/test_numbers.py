from __future__ import annotations

from decimal import Decimal

import pytest

from careers.journal.importers.numbers import find_numbers, is_guess
from careers.journal.importers.reading import LABEL, MOST_METRICS

COLUMN = Decimal(10) ** 14  # what the columns of a metric hold


@pytest.mark.parametrize(
    ("text", "before", "after", "unit", "better"),
    [
        ("Cut the build from 45 min to 8 min", "45", "8", "min", "lower"),
        ("p99 800ms→200ms", "800", "200", "ms", "lower"),
        ("p99 800ms -> 200ms", "800", "200", "ms", "lower"),
        ("p99 800 => 200 ms", "800", "200", "ms", "lower"),
        ("availability 99.5 % → 99.99 %", "99.5", "99.99", "%", "higher"),
        ("errors from 1,200 to 300 a week", "1200", "300", "", "lower"),
        ("alerts from 40 to 6 alerts a week", "40", "6", "alerts a week", "lower"),
        ("sign-ups from 3k to 12k", "3000", "12000", "", "higher"),
        ("cost from $1,200 to $300", "1200", "300", "USD", "lower"),
        ("cost from €12,50 to €3,25", "12.5", "3.25", "EUR", "lower"),
        ("start from 9 s to 900 ms", "9000", "900", "ms", "lower"),
        ("image from 1.2 GB to 300 MB", "1200", "300", "MB", "lower"),
        ("reports down from 12 hours to 30 minutes", "720", "30", "minutes", "lower"),
        ("throughput 50 rps up to 400 rps", "50", "400", "rps", "higher"),
    ],
)
def test_numbers_are_read_with_their_unit(
    text: str, before: str, after: str, unit: str, better: str
) -> None:
    (number,) = find_numbers(text)

    assert (number.before, number.after) == (Decimal(before), Decimal(after))
    assert (number.unit, number.better, number.basis) == (unit, better, "estimated")


@pytest.mark.parametrize(
    "text",
    [
        "40 % faster",
        "took 2 to 3 weeks",
        "saved 12 hours",
        "upgraded from 1.2.3 to 1.3.0",
        "from 5 to 5",
        "moved 3 s to 4 GB",
        "opened 9 to 5",
        "from 99999999999 to 1",
        "Django 4 to the end",
        "see 2025-01-02 to 2025-02-03",
        "",
        "from → to",
    ],
)
def test_text_tells_no_metric(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Checkout p95 from 1200 ms to 600 ms", "Checkout p95"),
        ("It went well. Build time: 45 min → 8 min", "Build time"),
        ("Moved the tax call and search latency 4 s → 1 s", "search latency"),
        ("45 min → 8 min build time for everyone here today", "build time for everyone"),
        ("45 min → 8 min", "the pipeline"),
    ],
)
def test_number_is_named_by_the_words_around_it(text: str, name: str) -> None:
    (number,) = find_numbers(text, title="the pipeline")

    assert number.name == name


def test_name_has_at_most_six_words() -> None:
    (number,) = find_numbers("one two three four five six seven eight 9 s → 2 s")

    assert number.name == "three four five six seven eight"


def test_name_fits_its_column() -> None:
    (number,) = find_numbers(f"{'w' * 400} 9 s → 2 s", title="t" * 400)

    assert len(number.name) <= LABEL


def test_numbers_of_a_text_stand_in_its_order() -> None:
    numbers = find_numbers("Build from 45 min to 8 min; start from 9 s to 2 s.")

    assert [(number.name, number.unit) for number in numbers] == [("Build", "min"), ("start", "s")]


def test_numbers_are_bounded() -> None:
    text = "; ".join(f"thing {n + 100} ms → {n} ms" for n in range(40))

    assert len(find_numbers(text)) == MOST_METRICS


def test_numbers_have_at_most_six_decimals() -> None:
    (number,) = find_numbers("from 1.123456789 s to 0.5 s")

    assert number.before == Decimal("1.123457")


@pytest.mark.parametrize(
    "text",
    [
        "from 999999999 weeks to 1 ns",
        "from 900,000,000 weeks to 5 µs",
        "from 2 days to 5 ns",
        "from 999999999 TB to 1 B",
        "from 1 ns to 999999999 weeks",
    ],
)
def test_number_too_large_for_its_column_is_none(text: str) -> None:
    numbers = find_numbers(text)

    assert [number for number in numbers if max(number.before, number.after) >= COLUMN] == []


@pytest.mark.parametrize(
    ("text", "is_guessed"),
    [
        ("about 40 hours", True),
        ("~40 hours", True),
        ("roughly 40 hours", True),
        ("approximately 40 hours", True),
        ("an estimate", True),
        ("40 hours", False),
        ("a roundabout", False),
    ],
)
def test_guess_says_so(text: str, *, is_guessed: bool) -> None:
    assert is_guess(text) == is_guessed
