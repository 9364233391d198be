"""The journal as files: nothing of it is lost, and nothing in it can do harm."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest
from pytest_django import DjangoAssertNumQueries

from careers.journal.exporters import export
from careers.journal.importers import read
from careers.journal.models import Entry
from careers.journal.tray import accept, take_in
from careers.people.models import Engineer
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
    WeekFactory,
)

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Projects",
    "Design and Architecture",
    "Mentoring and Team Building",
    "Operational Excellence",
    "Learning and Growth",
    "What I Want to Do Next",
]


@pytest.fixture
def engineer() -> Engineer:
    """Somebody whose journal has something in each of its places."""
    engineer = EngineerFactory.create(name="Ana Lima")
    project = ProjectFactory.create(engineer=engineer, title="Atlas", summary="The move.")
    ProjectFactory.create(engineer=engineer, title="Not begun", summary="")
    WeekFactory.create(engineer=engineer, note="Ill on Monday.")
    entry = EntryFactory.create(
        project=project,
        engineer=engineer,
        title="Moved *the* [atlas]",
        what="First line.\n- second\n# third",
        outcome="Nobody noticed.",
        role="co_led",
        kind="shipped",
        collaborators="Li, Omar",
        happened_on=FRIDAY - dt.timedelta(days=40),
    )
    MetricFactory.create(entry=entry)
    EntryLinkFactory.create(entry=entry, url="https://git.example.com/1?a=(b)", label="the change")
    EvidenceFactory.create(entry=entry, criterion=CriterionFactory.create(), note="why")
    EntryFactory.create(engineer=engineer, title="Wrote the plan", kind="design", what="")
    EntryFactory.create(engineer=engineer, title="Mine alone", visibility="private")
    EntryFactory.create(engineer=engineer, title="Not done yet", status="in_progress")
    EntryFactory.create(engineer=engineer, title="Thrown away", deleted_at=dt.datetime.now(dt.UTC))
    return engineer


def text_of(engineer: Engineer, name: str) -> str:
    return export(engineer, name).decode()


def bring(engineer: Engineer, text: str) -> list[Entry]:
    reading = read(text, today=FRIDAY)
    delivery = take_in(engineer, reading)
    return accept(engineer, [candidate.pk for candidate in delivery.candidates])


def test_json_makes_the_same_journal_of_an_empty_one(engineer: Engineer) -> None:
    other = EngineerFactory.create()
    written = text_of(engineer, "json")

    bring(other, written)

    assert text_of(other, "json") == written
    assert json.loads(written)["entries"][0]["title"] == "Moved *the* [atlas]"


def test_json_of_ones_own_brings_nothing_twice(engineer: Engineer) -> None:
    made = bring(engineer, text_of(engineer, "json"))

    assert made == []


def test_markdown_has_the_six_headings_of_the_template(engineer: Engineer) -> None:
    empty = text_of(EngineerFactory.create(name="Nobody"), "markdown")

    found = re.findall(r"^## (.+)$", text_of(engineer, "markdown"), re.MULTILINE)

    assert found == HEADINGS
    assert re.findall(r"^## (.+)$", empty, re.MULTILINE) == HEADINGS
    assert empty.startswith("# Brag Document — Nobody\n")


def test_markdown_puts_what_is_in_progress_under_what_comes_next(engineer: Engineer) -> None:
    written = text_of(engineer, "markdown")

    assert "Not done yet" in written.split("## What I Want to Do Next")[1]
    assert "Thrown away" not in written


def test_markdown_is_read_back_as_the_same_entries(engineer: Engineer) -> None:
    other = EngineerFactory.create()

    made = bring(other, text_of(engineer, "markdown"))

    first = next(entry for entry in made if entry.title.startswith("Moved"))
    first.refresh_from_db()
    assert (first.title, first.happened_on, first.role) == (
        "Moved *the* [atlas]",
        FRIDAY - dt.timedelta(days=40),
        "co_led",
    )
    assert first.project
    assert (first.project.title, first.outcome) == ("Atlas", "Nobody noticed.")
    assert first.collaborators == "Li, Omar"
    assert first.what.startswith("First line.\n- second\n# third")
    assert [link.url for link in first.links.all()] == ["https://git.example.com/1?a=(b)"]


@pytest.mark.parametrize("begins", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", " =1", "＝1"])
def test_csv_has_no_cell_that_a_spreadsheet_calculates(begins: str) -> None:
    entry = EntryFactory.create(title=f"{begins}|x", outcome=begins, collaborators=begins)

    rows = list(csv.reader(io.StringIO(text_of(entry.engineer, "csv")[1:])))

    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝]", cell)] == []
    assert rows[1][1] == f"'{begins}|x"


def test_csv_keeps_numbers_as_numbers() -> None:
    metric = MetricFactory.create(before="-5", after="7.5", name="Margin", unit="%")

    rows = list(csv.DictReader(io.StringIO(text_of(metric.entry.engineer, "csv")[1:])))

    assert [rows[0][f"metric_1_{part}"] for part in ("name", "before", "after", "unit")] == [
        "Margin",
        "-5",
        "7.5",
        "%",
    ]


def test_csv_begins_with_the_mark_of_its_encoding(engineer: Engineer) -> None:
    assert export(engineer, "csv").startswith(b"\xef\xbb\xbfdate,title,")


def test_calendar_has_a_day_for_each_entry_in_lines_of_75_octets() -> None:
    entry = EntryFactory.create(title="ทำระบบใหม่ " * 12 + "a, b; c", outcome="One\nTwo")

    written = export(entry.engineer, "ics")

    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    text = written.decode().replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{entry.happened_on:%Y%m%d}" in text
    assert "a\\, b\\; c" in text
    assert "DESCRIPTION:One\\nTwo" in text


@pytest.mark.parametrize("name", ["markdown", "csv", "json", "ics"])
def test_export_asks_as_often_for_few_entries_as_for_many(
    name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    engineer = EngineerFactory.create()
    queries = {"markdown": 6, "csv": 6, "json": 8, "ics": 6}[name]
    for count in (3, 60):
        for _number in range(count):
            entry = EntryFactory.create(engineer=engineer)
            MetricFactory.create(entry=entry)
            EvidenceFactory.create(entry=entry)

        with django_assert_num_queries(queries):
            export(engineer, name)
