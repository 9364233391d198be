from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from careers.journal.countable import Lack, Window
from careers.journal.models import Entry
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LadderFactory,
    LevelFactory,
    MetricFactory,
    ProjectFactory,
    RevisionFactory,
    WeekFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

OPERATION = UUID("00000000-0000-4000-8000-000000000001")
WINDOW = Window(dt.date(2025, 5, 20), FRIDAY)


def twice(create: Callable[..., Any], **same: Any) -> None:
    create(**same)
    create(**same)


def refused(breaking: Callable[[], Any]) -> bool:
    """Whether the database itself refuses what `breaking` writes."""
    try:
        breaking()
    except IntegrityError:
        return True
    return False


# --- what the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    "breaking",
    [
        pytest.param(
            lambda: twice(WeekFactory.create, engineer=EngineerFactory.create()),
            id="week twice",
        ),
        pytest.param(
            lambda: twice(ProjectFactory.create, engineer=EngineerFactory.create(), title="Falcon"),
            id="project title twice",
        ),
        pytest.param(lambda: EntryFactory.create(title=""), id="entry without a title"),
        pytest.param(
            lambda: EntryFactory.create(happened_on=dt.date(1969, 12, 31)), id="entry of 1969"
        ),
        pytest.param(
            lambda: EntryFactory.create(happened_on=dt.date(2200, 1, 1)), id="entry of 2200"
        ),
        pytest.param(lambda: EntryFactory.create(version=0), id="version nought"),
        pytest.param(
            lambda: MetricFactory.create(is_new=True, before=Decimal(1)), id="new with a before"
        ),
        pytest.param(lambda: MetricFactory.create(basis=""), id="number without a basis"),
        pytest.param(lambda: MetricFactory.create(basis="guessed"), id="number that is guessed"),
        pytest.param(
            lambda: twice(
                EvidenceFactory.create,
                entry=EntryFactory.create(),
                criterion=CriterionFactory.create(),
            ),
            id="evidence twice",
        ),
        pytest.param(
            lambda: twice(RevisionFactory.create, entry=EntryFactory.create(), number=1),
            id="version saved twice",
        ),
        pytest.param(
            lambda: [
                RevisionFactory.create(entry=entry, operation_id=OPERATION)
                for entry in EntryFactory.create_batch(2, engineer=EngineerFactory.create())
            ],
            id="operation twice",
        ),
    ],
)
def test_database_refuses(breaking: Callable[[], Any]) -> None:
    assert refused(breaking)


@pytest.mark.parametrize(
    "keeping",
    [
        pytest.param(lambda: WeekFactory.create_batch(2), id="one week of two engineers"),
        pytest.param(
            lambda: ProjectFactory.create_batch(2, title="Falcon"), id="one title, two engineers"
        ),
        pytest.param(
            lambda: EntryFactory.create(happened_on=dt.date(1970, 1, 1)), id="entry of 1970"
        ),
        pytest.param(
            lambda: RevisionFactory.create_batch(2, operation_id=OPERATION),
            id="one operation id of two engineers",
        ),
        pytest.param(
            lambda: [
                RevisionFactory.create(entry=entry, operation_id=None)
                for entry in EntryFactory.create_batch(2, engineer=EngineerFactory.create())
            ],
            id="saves without an operation id",
        ),
    ],
)
def test_database_takes(keeping: Callable[[], Any]) -> None:
    assert not refused(keeping)


def test_criterion_with_evidence_cannot_be_deleted() -> None:
    evidence = EvidenceFactory.create()

    assert refused(evidence.criterion.delete)


def test_engineer_takes_journal_and_private_ladder_with_them() -> None:
    engineer = EngineerFactory.create()
    level = LevelFactory.create(track__ladder=LadderFactory.create(owner=engineer))
    EvidenceFactory.create(
        entry=EntryFactory.create(engineer=engineer), criterion=CriterionFactory.create(level=level)
    )

    engineer.delete()

    assert Entry.objects.count() == 0


# --- entries ------------------------------------------------------------------------------------


def test_entry_whose_parts_are_filled_in_lacks_nothing() -> None:
    entry = EntryFactory.create(counted=True)

    assert entry.lacks(WINDOW) == ()


def test_entry_as_one_line_makes_it_lacks_outcome_and_role() -> None:
    entry = EntryFactory.create()

    assert entry.lacks(WINDOW) == (Lack.NO_OUTCOME, Lack.NO_ROLE)


def test_entry_outcome_of_blanks_is_none() -> None:
    entry = EntryFactory.create(counted=True, outcome=" \n ")

    assert entry.lacks(WINDOW) == (Lack.NO_OUTCOME,)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (dt.date(2026, 11, 16), dt.date(2026, 11, 16)),
        (dt.date(2026, 11, 22), dt.date(2026, 11, 16)),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 28)),
    ],
)
def test_entry_belongs_to_the_iso_week_of_its_day(day: dt.date, monday: dt.date) -> None:
    entry = EntryFactory.build(engineer=None, happened_on=day)

    assert entry.monday == monday


def test_entries_within_a_window_include_both_its_days() -> None:
    engineer = EngineerFactory.create()
    days = [
        WINDOW.start - dt.timedelta(days=1),
        WINDOW.start,
        WINDOW.end,
        WINDOW.end + dt.timedelta(days=1),
    ]
    for day in days:
        EntryFactory.create(engineer=engineer, happened_on=day)

    found = engineer.entries.within(WINDOW).newest_first()

    assert [entry.happened_on for entry in found] == [WINDOW.end, WINDOW.start]


@pytest.mark.parametrize(
    ("lack", "fields"),
    [
        ("private", {"visibility": "private"}),
        ("in_progress", {"status": "in_progress"}),
        ("no_outcome", {"outcome": ""}),
        ("no_role", {"role": ""}),
    ],
)
def test_entries_lacking_something_are_found_by_it_and_by_anything(
    lack: str, fields: dict[str, str]
) -> None:
    EntryFactory.create(counted=True)
    lacking = EntryFactory.create(**{"counted": True, **fields})

    assert [*Entry.objects.lacking(lack)] == [lacking]
    assert [*Entry.objects.lacking("anything")] == [lacking]


def test_entries_lacking_evidence_or_a_number_are_found() -> None:
    tagged = EvidenceFactory.create().entry
    measured = MetricFactory.create().entry

    assert [*Entry.objects.lacking("untagged")] == [measured]
    assert [*Entry.objects.lacking("unmeasured")] == [tagged]


def test_entries_that_are_evidence_for_what_is_no_longer_asked_are_found() -> None:
    dropped = EvidenceFactory.create(criterion__is_retired=True)
    EvidenceFactory.create(entry=dropped.entry)
    EvidenceFactory.create()

    assert [*Entry.objects.lacking("no_longer_asked")] == [dropped.entry]


def test_entries_lacking_something_unheard_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="'taste' is nothing that an entry lacks"):
        Entry.objects.lacking("taste")


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"before": 800, "after": 200, "unit": "ms"}, "800 → 200 ms: −75 %"),
        ({"before": 10, "after": 12, "unit": ""}, "10 → 12: +20 %"),
        ({"before": 200, "after": 190, "unit": "s"}, "200 → 190 s: −5.0 %"),
        ({"before": 5, "after": 5, "unit": "s"}, "5 → 5 s: ±0.0 %"),
        ({"before": 0, "after": 5, "unit": "s"}, "0 → 5 s; no percentage without a base"),
        ({"before": -4, "after": -2, "unit": "°"}, "-4 → -2 °: +50 %"),
        ({"before": "1.50", "after": "0.750", "unit": "h"}, "1.5 → 0.75 h: −50 %"),
        ({"before": None, "after": 40, "unit": "users"}, ""),
        ({"before": 40, "after": None, "unit": "users"}, ""),
        ({"before": None, "after": 40, "unit": "users", "is_new": True}, "40 users"),
        (
            {"before": None, "after": 4, "unit": "runs", "is_new": True, "for_whom": "on-call"},
            "4 runs, on-call",
        ),
    ],
)
def test_metric_arithmetic(fields: dict[str, Any], text: str) -> None:
    numbers = {
        name: Decimal(value)
        for name, value in fields.items()
        if name in {"before", "after"} and value is not None
    }

    metric = MetricFactory.build(entry=None, **(fields | numbers))

    assert metric.arithmetic == text
