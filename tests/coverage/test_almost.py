from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from careers.coverage.almost import AlmostCounting, almost_counting
from careers.coverage.reader import read_levels
from careers.journal.actions import change_entries, update_entry
from careers.journal.content import EntryChange, Support
from careers.journal.countable import default_window
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
)

if TYPE_CHECKING:
    from careers.journal.models import Entry
    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

WINDOW = default_window(FRIDAY)
DAY = dt.timedelta(days=1)
LACKS: dict[str, dict[str, Any]] = {
    "in_progress": {"status": "in_progress"},
    "no_outcome": {"outcome": ""},
    "no_role": {"role": ""},
}


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


@pytest.fixture
def criterion() -> Criterion:
    return CriterionFactory.create(text="Designs systems")


def almost(engineer: Engineer, criterion: Criterion) -> AlmostCounting:
    level = criterion.level
    covered = read_levels(engineer, [level], window=WINDOW)[level.pk]
    return almost_counting(engineer, covered, window=WINDOW)


def entry_lacking(criterion: Criterion, engineer: Engineer, *lacks: str, **entry: Any) -> Entry:
    """An entry that would count for the criterion if it did not lack these things."""
    fields = {"engineer": engineer, "counted": True, **entry}
    for lack in lacks:
        fields |= LACKS.get(lack, {})
    made = EntryFactory.create(**fields)
    if "untagged" not in lacks:
        EvidenceFactory.create(entry=made, criterion=criterion)
    return made


@pytest.mark.parametrize("lack", LACKS)
def test_entry_that_lacks_one_thing_almost_counts(
    maya: Engineer, criterion: Criterion, lack: str
) -> None:
    entry = entry_lacking(criterion, maya, lack)

    [row] = almost(maya, criterion).rows

    assert (row.entry, row.lack, row.criteria) == (entry, lack, ["Designs systems"])


def test_entry_that_lacks_a_criterion_almost_counts(maya: Engineer, criterion: Criterion) -> None:
    entry = entry_lacking(criterion, maya, "untagged")
    EvidenceFactory.create(entry=entry)  # of another level
    EvidenceFactory.create(
        entry=entry, criterion=CriterionFactory.create(level=criterion.level, is_retired=True)
    )

    [row] = almost(maya, criterion).rows

    assert (row.entry, row.lack, row.criteria) == (entry, "untagged", [])


@pytest.mark.parametrize(
    "lacks",
    [
        (),
        ("no_outcome", "no_role"),
        ("in_progress", "no_outcome"),
        ("no_role", "untagged"),
        ("in_progress", "no_outcome", "no_role", "untagged"),
    ],
)
def test_entry_that_lacks_nothing_or_more_than_one_thing_is_not_listed(
    maya: Engineer, criterion: Criterion, lacks: tuple[str, ...]
) -> None:
    entry_lacking(criterion, maya, *lacks)

    assert almost(maya, criterion).rows == []


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "private"},
        {"happened_on": WINDOW.start - DAY},
        {"happened_on": WINDOW.end + DAY},
        {"deleted_at": dt.datetime(2026, 11, 19, tzinfo=dt.UTC)},
    ],
)
def test_entry_that_cannot_be_mended_in_place_is_not_listed(
    maya: Engineer, criterion: Criterion, fields: dict[str, Any]
) -> None:
    for lack in ("no_outcome", "untagged"):
        entry_lacking(criterion, maya, lack, **fields)

    assert almost(maya, criterion).rows == []


def test_entry_of_another_engineer_is_not_listed(maya: Engineer, criterion: Criterion) -> None:
    entry_lacking(criterion, EngineerFactory.create(), "no_role")

    assert almost(maya, criterion).rows == []


def test_days_at_both_ends_of_the_window_are_inside(maya: Engineer, criterion: Criterion) -> None:
    entries = [
        entry_lacking(criterion, maya, "no_role", happened_on=day)
        for day in (WINDOW.end, WINDOW.start)
    ]

    assert [row.entry for row in almost(maya, criterion).rows] == entries


def test_evidence_of_the_level_comes_first_then_the_newest(
    maya: Engineer, criterion: Criterion
) -> None:
    untagged = entry_lacking(criterion, maya, "untagged", happened_on=FRIDAY)
    old, new, same_day = (
        entry_lacking(criterion, maya, "no_role", happened_on=FRIDAY - days * DAY)
        for days in (30, 10, 10)
    )

    rows = almost(maya, criterion).rows

    assert [row.entry for row in rows] == [same_day, new, old, untagged]


@pytest.mark.parametrize(("count", "shown", "has_more"), [(5, 5, False), (6, 5, True)])
def test_five_are_shown_and_it_is_said_when_there_are_more(
    maya: Engineer, criterion: Criterion, count: int, shown: int, *, has_more: bool
) -> None:
    for _entry in range(count):
        entry_lacking(criterion, maya, "no_outcome")

    found = almost(maya, criterion)

    assert (len(found.rows), found.has_more) == (shown, has_more)


def test_list_takes_one_query(
    maya: Engineer, criterion: Criterion, django_assert_num_queries: Any
) -> None:
    for _entry in range(20):
        entry_lacking(criterion, maya, "no_outcome")
    covered = read_levels(maya, [criterion.level], window=WINDOW)[criterion.level_id]

    with django_assert_num_queries(1):
        found = almost_counting(maya, covered, window=WINDOW)

    assert found.has_more


# --- mending ------------------------------------------------------------------------------------

MENDED: dict[str, dict[str, Any]] = {
    "in_progress": {"status": "outcome_known"},
    "no_outcome": {"outcome": "Forty people wait less."},
    "no_role": {"role": "led"},
}


def is_proven(engineer: Engineer, criterion: Criterion) -> bool:
    covered = read_levels(engineer, [criterion.level], window=WINDOW)
    return covered[criterion.level_id].criteria[0].coverage.is_proven


def two_examples(criterion: Criterion, engineer: Engineer) -> None:
    for days in (200, 100):
        entry = entry_lacking(
            criterion,
            engineer,
            project=ProjectFactory.create(engineer=engineer),
            happened_on=FRIDAY - days * DAY,
        )
        MetricFactory.create(entry=entry)


@pytest.mark.parametrize("lack", LACKS)
def test_mending_it_takes_it_off_the_list_and_turns_the_lamps(
    maya: Engineer, criterion: Criterion, lack: str
) -> None:
    two_examples(criterion, maya)
    third = entry_lacking(criterion, maya, lack, project=ProjectFactory.create(engineer=maya))
    before = is_proven(maya, criterion)

    update_entry(third, change=EntryChange(fields=MENDED[lack]), version=1)

    assert (before, is_proven(maya, criterion)) == (False, True)
    assert almost(maya, criterion).rows == []


def test_tagging_it_takes_it_off_the_list_and_turns_the_lamps(
    maya: Engineer, criterion: Criterion
) -> None:
    two_examples(criterion, maya)
    third = entry_lacking(criterion, maya, "untagged", project=ProjectFactory.create(engineer=maya))
    before = is_proven(maya, criterion)

    change = EntryChange(evidence=[Support(criterion.pk, is_primary=True)])
    change_entries(maya, entry_ids=[third.pk], change=change)

    assert (before, is_proven(maya, criterion)) == (False, True)
    assert almost(maya, criterion).rows == []
