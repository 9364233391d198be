"""The team of `manage.py demo`: the YAML in careers/home/demo/ as rows.

Dates are counted back from the day on which a person is made, so that a fresh demo has a week in
progress. Whoever is there already is left alone, with whatever a visitor wrote.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from careers.home.demo_packets import make_packets
from careers.journal.content import contents_of
from careers.journal.countable import default_window
from careers.journal.importers import read
from careers.journal.models import Entry, EntryLink, Evidence, Metric, Project, Revision, Week
from careers.journal.tray import take_in
from careers.ladders.models import Criterion, Level, Placement, Target
from careers.people.models import Engineer

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent / "demo"
PASSWORD = "every-friday"  # noqa: S105 it is printed on the sign-in page
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WRITTEN_AT = dt.time(16, 40)

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the team, as people.yaml has them; levels are rows of `ladder`, by code."""

    email: str
    name: str
    about: str
    team: str = ""
    time_zone: str = "UTC"
    manager: str = ""
    is_administrator: bool = False
    ladder: str = ""
    placements: list[Row] = field(default_factory=list)
    target: Row | None = None
    journal: str = ""
    packets: str = ""
    notes: str = ""  # what waits in the tray


def read_team() -> list[Person]:
    return [Person(**row) for row in _read("people.yaml")]


def find_emails() -> set[str]:
    """The addresses of all accounts; none where there are no tables yet."""
    if Engineer._meta.db_table not in connection.introspection.table_names():
        return set()
    return set(Engineer.objects.values_list("email", flat=True))


@transaction.atomic
def fill(team: Iterable[Person]) -> None:
    """Make those of the team who are missing, with their levels, journals and packets."""
    present = find_emails()
    missing = [person for person in team if person.email not in present]
    made = {person.email: _make_engineer(person) for person in missing}
    for person in missing:
        engineer = made[person.email]
        if person.manager:
            engineer.manager = Engineer.objects.get(email=person.manager)
            engineer.save(update_fields=["manager"])
        if person.ladder:
            _make_levels(engineer, person)
        if person.journal:
            _make_journal(engineer, _read(person.journal), ladder=person.ladder)
        if person.packets:
            day = partial(_day, today=engineer.today())
            make_packets(engineer, _read(person.packets), ladder=person.ladder, day=day)
        if person.notes:
            text = (FOLDER / person.notes).read_text()
            take_in(engineer, read(text, today=engineer.today()), source=person.notes)


def _read(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C ten times as fast
    return yaml.load((FOLDER / name).read_bytes(), Loader=loader)  # noqa: S506 either is safe


def _make_engineer(person: Person) -> Engineer:
    engineer = Engineer.objects.create_user(
        person.email,
        PASSWORD,
        name=person.name,
        team=person.team,
        time_zone=person.time_zone,
        is_staff=person.is_administrator,
        is_superuser=person.is_administrator,
    )
    EmailAddress.objects.create(user=engineer, email=person.email, verified=True, primary=True)
    return engineer


def _make_levels(engineer: Engineer, person: Person) -> None:
    levels = {level.code: level for level in Level.objects.filter(ladder__slug=person.ladder)}
    today = engineer.today()
    Placement.objects.bulk_create(
        Placement(
            engineer=engineer,
            level=levels[row["level"]],
            since_on=_months_before(today, row["months_ago"]),
            employer=row["employer"],
        )
        for row in person.placements
    )
    if person.target:
        set_on = _months_before(today, person.target["months_ago"])
        Target.objects.create(
            engineer=engineer, level=levels[person.target["level"]], set_on=set_on
        )


def _months_before(today: dt.date, months: int) -> dt.date:
    """The first of the month so many months ago."""
    return default_window(today, months).start.replace(day=1)


def _make_journal(engineer: Engineer, journal: Row, *, ladder: str) -> None:
    today = engineer.today()
    _make_weeks(engineer, journal.get("weeks", ()), today)
    rows = _make_projects(engineer, journal)
    rows.sort(key=lambda row: _day(row["when"], today))  # newest entry, highest key
    entries = [_entry(engineer, row, today) for row in rows]
    Entry.objects.bulk_create(entries)
    _make_parts(list(zip(entries, rows, strict=True)), ladder)
    engineer.entries.update(updated_at=F("created_at"))
    contents = contents_of(entries)
    Revision.objects.bulk_create(
        Revision(
            engineer=engineer,
            entry=entry,
            number=entry.version,
            content=contents[entry.pk],
            saved_at=entry.created_at,
        )
        for entry in entries
    )


def _make_weeks(engineer: Engineer, rows: Iterable[Row], today: dt.date) -> None:
    Week.objects.bulk_create(
        Week(
            engineer=engineer,
            monday=_monday(today, row["weeks_ago"]),
            is_quiet=row.get("is_quiet", False),
            note=row.get("note", ""),
        )
        for row in rows
    )


def _make_projects(engineer: Engineer, journal: Row) -> list[Row]:
    """The rows of all entries, those of a project with the project in them."""
    rows: list[Row] = list(journal["entries"])
    for row in journal["projects"]:
        project = Project.objects.create(
            engineer=engineer, title=row["title"], summary=row.get("summary", "")
        )
        rows += [{**entry, "project": project} for entry in row["entries"]]
    return rows


def _entry(engineer: Engineer, row: Row, today: dt.date) -> Entry:
    parts = {"when", "with", "metrics", "links", "proves", "supports", "notes"}
    day = min(_day(row["when"], today), today)
    written_at = dt.datetime.combine(day, WRITTEN_AT, engineer.zone)
    return Entry(
        engineer=engineer,
        happened_on=day,
        collaborators=row.get("with", ""),
        created_at=min(written_at, timezone.now()),
        **{name: value for name, value in row.items() if name not in parts},
    )


def _make_parts(rows: list[tuple[Entry, Row]], ladder: str) -> None:
    criteria = {row.key: row for row in Criterion.objects.filter(ladder__slug=ladder)}
    Metric.objects.bulk_create(
        _metric(entry, position, metric)
        for entry, row in rows
        for position, metric in enumerate(row.get("metrics", ()))
    )
    EntryLink.objects.bulk_create(
        EntryLink(entry=entry, position=position, **link)
        for entry, row in rows
        for position, link in enumerate(row.get("links", ()))
    )
    Evidence.objects.bulk_create(
        Evidence(
            entry=entry,
            criterion=criteria[key],
            is_primary=is_primary,
            note=row.get("notes", {}).get(key, ""),
            created_at=entry.created_at,
        )
        for entry, row in rows
        for name, is_primary in (("proves", True), ("supports", False))
        for key in row.get(name, ())
    )


def _metric(entry: Entry, position: int, row: Row) -> Metric:
    fields = {"basis": Metric.Basis.MEASURED, **row}
    for_whom = fields.pop("for", "")
    for name in fields.keys() & {"before", "after"}:
        fields[name] = Decimal(str(fields[name]))
    return Metric(
        entry=entry, position=position, is_new=bool(for_whom), for_whom=for_whom, **fields
    )


def _day(when: str, today: dt.date) -> dt.date:
    """The day of "3 fri": the Friday of the third week before that of `today`."""
    weeks, day = when.split()
    return _monday(today, int(weeks)) + dt.timedelta(days=DAYS.index(day))


def _monday(today: dt.date, weeks_ago: int) -> dt.date:
    return today - dt.timedelta(days=today.weekday(), weeks=weeks_ago)
