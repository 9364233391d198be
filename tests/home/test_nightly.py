from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from careers.journal.actions import create_entry, trash_entries
from careers.journal.content import EntryChange, Support
from careers.journal.models import Entry, Evidence, Metric, Project, Revision
from tests.factories import CriterionFactory, EngineerFactory, EntryFactory, MetricFactory

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
pytestmark = [
    pytest.mark.django_db(transaction=True),  # a checkpoint waits for the transaction's end
    pytest.mark.time_machine(NOON, tick=False),
]

SECOND = dt.timedelta(seconds=1)
THIRTY_DAYS = dt.timedelta(days=30)


def run_nightly() -> str:
    out = StringIO()
    call_command("nightly", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("age", "is_gone"),
    [
        (dt.timedelta(0), False),
        (THIRTY_DAYS - SECOND, False),
        (THIRTY_DAYS, True),
        (THIRTY_DAYS + SECOND, True),
    ],
)
def test_nightly_deletes_what_was_in_the_trash_for_thirty_days(
    age: dt.timedelta, *, is_gone: bool
) -> None:
    EntryFactory.create(deleted_at=NOON - age)

    said = run_nightly()

    assert Entry.objects.count() == (0 if is_gone else 1)
    assert said == f"entries deleted: {1 if is_gone else 0}\n"


def test_nightly_leaves_the_journal_alone() -> None:
    old = EntryFactory.create(happened_on=dt.date(1999, 12, 31))

    assert run_nightly() == "entries deleted: 0\n"
    assert Entry.objects.get() == old


def test_nightly_deletes_an_entry_with_all_its_parts_and_history(time_machine: Any) -> None:
    maya = EngineerFactory.create()
    change = EntryChange(
        fields={"title": "Halved the build"},
        project_title="Builds",
        links=[{"url": "https://example.com/", "label": ""}],
        evidence=[Support(CriterionFactory.create().pk, is_primary=True)],
    )
    entry = create_entry(maya, change=change)
    MetricFactory.create(entry=entry)
    trash_entries(maya, entry_ids=[entry.pk])

    time_machine.move_to(NOON + THIRTY_DAYS)
    run_nightly()

    rows = (Entry, Evidence, Metric, Revision)
    assert [model.objects.count() for model in rows] == [0, 0, 0, 0]
    assert [project.title for project in Project.objects.all()] == ["Builds"]


def test_nightly_deletes_sessions_that_have_expired() -> None:
    for key, expires_at in (("old", NOON - SECOND), ("new", NOON + SECOND)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires_at)

    run_nightly()

    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_nightly_forgets_counts_that_have_expired(time_machine: Any) -> None:
    cache.set("old", 1, timeout=60)
    cache.set("new", 1, timeout=3_600)

    time_machine.move_to(NOON + dt.timedelta(minutes=10))
    run_nightly()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert cursor.fetchall() == [(":1:new",)]
    assert cache.get("new") == 1


def test_nightly_may_run_twice() -> None:
    EntryFactory.create(deleted_at=NOON - THIRTY_DAYS)

    assert [run_nightly(), run_nightly()] == ["entries deleted: 1\n", "entries deleted: 0\n"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has such a log")
def test_nightly_folds_the_log_into_the_database() -> None:
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    EntryFactory.create()
    before = log.stat().st_size

    run_nightly()

    assert (before > 0, log.stat().st_size) == (True, 0)
