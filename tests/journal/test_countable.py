from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.journal.countable import (
    EntryFacts,
    Lack,
    Measure,
    MetricFacts,
    Window,
    best_measure,
    change_of,
    default_window,
    is_countable,
    lack_sentence,
    lacks,
    measure_of,
    missing_from_metric,
)

WINDOW = Window(date(2025, 5, 20), date(2026, 11, 20))
COUNTABLE = EntryFacts(
    id=1,
    project=None,
    happened_on=date(2026, 10, 12),
    is_deleted=False,
    is_shareable=True,
    status="shipped",
    has_outcome=True,
    role="led",
    kind="shipped",
    reach="team",
    measure=Measure.NONE,
)
COMPLETE = MetricFacts(
    before=Decimal(800),
    after=Decimal(200),
    unit="ms",
    basis="measured",
    is_new=False,
    for_whom="",
)
ESTIMATED = replace(COMPLETE, basis="estimated")
INCOMPLETE = replace(COMPLETE, after=None)


def test_entry_that_is_whole_lacks_nothing() -> None:
    found = lacks(COUNTABLE, WINDOW)

    assert found == ()


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"is_deleted": True}, Lack.DELETED),
        ({"is_shareable": False}, Lack.PRIVATE),
        ({"happened_on": date(2024, 1, 1)}, Lack.OUTSIDE),
        ({"status": "in_progress"}, Lack.IN_PROGRESS),
        ({"has_outcome": False}, Lack.NO_OUTCOME),
        ({"role": ""}, Lack.NO_ROLE),
    ],
    ids=[lack.value for lack in Lack],
)
def test_entry_that_lacks_one_thing_says_which_and_does_not_count(
    change: dict[str, Any], lack: Lack
) -> None:
    entry = replace(COUNTABLE, **change)

    found = lacks(entry, WINDOW)

    assert found == (lack,)
    assert is_countable(entry, WINDOW) is False


def test_entry_that_lacks_everything_says_so_in_a_fixed_order() -> None:
    entry = replace(
        COUNTABLE,
        role="",
        has_outcome=False,
        status="in_progress",
        happened_on=date(2024, 1, 1),
        is_shareable=False,
        is_deleted=True,
    )

    found = lacks(entry, WINDOW)

    assert found == tuple(Lack)


@pytest.mark.parametrize("status", ["shipped", "outcome_known", "dropped"])
def test_entry_counts_once_the_work_is_over_even_when_dropped(status: str) -> None:
    entry = replace(COUNTABLE, status=status)

    assert is_countable(entry, WINDOW) is True


@pytest.mark.parametrize("role", ["led", "co_led", "contributed", "supported"])
def test_entry_of_any_role_is_countable_once_it_is_chosen(role: str) -> None:
    entry = replace(COUNTABLE, role=role)

    assert is_countable(entry, WINDOW) is True


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 5, 19), False),
        (date(2025, 5, 20), True),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
    ],
)
def test_window_includes_both_of_its_days_and_none_beside(day: date, expected: bool) -> None:
    entry = replace(COUNTABLE, happened_on=day)

    assert is_countable(entry, WINDOW) is expected


def test_window_may_be_a_single_day() -> None:
    window = Window(date(2026, 1, 1), date(2026, 1, 1))

    assert date(2026, 1, 1) in window


def test_window_that_starts_after_it_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot start after it ends"):
        Window(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize("lack", Lack)
def test_lack_sentence_is_one_of_its_own_for_every_lack(lack: Lack) -> None:
    others = {lack_sentence(other) for other in Lack if other != lack}

    sentence = lack_sentence(lack)

    assert sentence.endswith(".")
    assert sentence not in others


@pytest.mark.parametrize(
    ("today", "months", "start"),
    [
        (date(2026, 11, 20), 18, date(2025, 5, 20)),
        (date(2026, 8, 31), 18, date(2025, 2, 28)),
        (date(2025, 8, 31), 18, date(2024, 2, 29)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 12, 31), 18, date(2025, 6, 30)),
        (date(2026, 6, 1), 18, date(2024, 12, 1)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(9999, 12, 31), 18, date(9998, 6, 30)),
        (date(2, 12, 15), 18, date(1, 6, 15)),
        (date(2, 7, 1), 18, date(1, 1, 1)),
        (date(2, 6, 30), 18, date.min),
        (date(1, 1, 1), 18, date.min),
    ],
)
def test_default_window_starts_on_the_same_day_or_its_month_s_last(
    today: date, months: int, start: date
) -> None:
    window = default_window(today, months)

    assert window == Window(start, today)


def test_default_window_is_eighteen_months_long() -> None:
    assert default_window(date(2026, 11, 20)) == WINDOW


@given(today=st.dates(), months=st.integers(1, 600))
def test_default_window_of_the_next_day_never_starts_earlier(today: date, months: int) -> None:
    yesterday = max(today, date.min + timedelta(days=1)) - timedelta(days=1)

    assert default_window(yesterday, months).start <= default_window(today, months).start


@pytest.mark.parametrize(
    ("metric", "missing"),
    [
        (COMPLETE, ()),
        (ESTIMATED, ()),
        (replace(COMPLETE, after=Decimal(0)), ()),
        (replace(COMPLETE, before=Decimal(0)), ()),
        (replace(COMPLETE, before=None, is_new=True, for_whom="40 engineers"), ()),
        (INCOMPLETE, ("after",)),
        (replace(COMPLETE, unit=" "), ("unit",)),
        (replace(COMPLETE, basis=""), ("basis",)),
        (replace(COMPLETE, basis="guessed"), ("basis",)),
        (replace(COMPLETE, before=None), ("before_or_for_whom",)),
        (replace(COMPLETE, before=None, is_new=True), ("before_or_for_whom",)),
        (replace(COMPLETE, before=None, for_whom="40 engineers"), ("before_or_for_whom",)),
        (replace(COMPLETE, is_new=True), ()),
        (
            replace(COMPLETE, before=None, after=None, unit="", basis=""),
            ("after", "unit", "basis", "before_or_for_whom"),
        ),
    ],
)
def test_metric_says_which_parts_it_misses(metric: MetricFacts, missing: tuple[str, ...]) -> None:
    assert missing_from_metric(metric) == missing


@pytest.mark.parametrize(
    ("metric", "measure"),
    [
        (COMPLETE, Measure.MEASURED),
        (ESTIMATED, Measure.ESTIMATED),
        (INCOMPLETE, Measure.NONE),
        (replace(ESTIMATED, unit=""), Measure.NONE),
    ],
)
def test_metric_is_worth_its_basis_only_when_complete(
    metric: MetricFacts, measure: Measure
) -> None:
    assert measure_of(metric) == measure


@pytest.mark.parametrize(
    ("metrics", "best"),
    [
        ([], Measure.NONE),
        ([INCOMPLETE], Measure.NONE),
        ([INCOMPLETE, ESTIMATED], Measure.ESTIMATED),
        ([ESTIMATED, COMPLETE, INCOMPLETE], Measure.MEASURED),
    ],
)
def test_best_measure_prefers_measured_to_estimated_to_none(
    metrics: list[MetricFacts], best: Measure
) -> None:
    assert best_measure(metrics) == best


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("800", "200", Decimal(-75)),
        ("200", "800", Decimal(300)),
        ("4", "4", Decimal(0)),
        ("0.5", "0.25", Decimal(-50)),
        ("10", "0", Decimal(-100)),
        ("-200", "-100", Decimal(50)),
        ("0", "5", None),
        ("0", "0", None),
    ],
)
def test_change_is_in_per_cent_and_refused_without_a_base(
    before: str, after: str, change: Decimal | None
) -> None:
    assert change_of(Decimal(before), Decimal(after)) == change
