"""Ines and her journal: four projects, some things lacking, one entry private, one thrown away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from careers.journal.actions import create_entry, trash_entries, update_entry
from careers.journal.content import EntryChange, Support
from careers.ladders.actions import aim_for, place_engineer
from careers.ladders.models import Criterion, Level
from tests.factories import FRIDAY, EngineerFactory, WeekFactory

if TYPE_CHECKING:
    from careers.journal.models import Entry
    from careers.people.models import Engineer

STORAGE = "Storage moves house"
PAGER = "A pager that sleeps"
DEPLOY = "One way to deploy"

# days ago, title, project, why it mattered, role, primary evidence of, the rest
ROWS: list[tuple[int, str, str, str, str, list[str], dict[str, Any]]] = [
    (3, "Showed Ravi how to read a flame graph", "", "", "", [], {"kind": "mentoring"}),
    (
        4,
        "Half the deploys go through the new pipeline",
        DEPLOY,
        "Eleven teams deploy without asking us.",
        "led",
        ["l6-org-productivity"],
        {"reach": "several_teams"},
    ),
    (
        24,
        "Found the leak behind the Tuesday restarts",
        "",
        "Search has run for three weeks without a restart.",
        "led",
        [],
        {"kind": "fixed"},
    ),
    (
        38,
        "Pages at night are down to two a week",
        PAGER,
        "",
        "led",
        ["l6-risk"],
        {"kind": "operations"},
    ),
    (
        66,
        "Wrote down when a release may be stopped, and by whom",
        DEPLOY,
        "Nobody was woken to decide it since.",
        "",
        ["l6-culture"],
        {"kind": "decision"},
    ),
    (
        80,
        "Second data centre took over in a drill",
        STORAGE,
        "The board signed the contract with the bank.",
        "co_led",
        ["l6-risk", "l6-org-scale"],
        {"status": "in_progress", "reach": "organisation"},
    ),
    (
        120,
        "What I would ask for in the next review",
        "",
        "For nobody but me.",
        "led",
        [],
        {"visibility": "private"},
    ),
    (
        170,
        "Moved the largest customer without a pause",
        STORAGE,
        "They noticed the invoice, not the move.",
        "led",
        ["l6-org-scale", "l6-initiatives"],
        {"what": "Wrote to both stores for nine days, compared every row, then turned the reads."},
    ),
    (
        210,
        "Alerts that nobody acted on are gone",
        PAGER,
        "312 of 480 alerts were noise; those on call read the rest.",
        "led",
        ["l6-risk"],
        {"kind": "operations", "collaborators": "Ravi, Noor"},
    ),
    (
        320,
        "Design of the move agreed by five teams",
        STORAGE,
        "Work could begin in January instead of in spring.",
        "led",
        ["l6-initiatives"],
        {"kind": "design", "reach": "several_teams"},
    ),
]

NIGHTS: dict[str, Any] = {
    "name": "pages at night",
    "before": Decimal(9),
    "after": Decimal(2),
    "unit": "a week",
    "better": "lower",
    "basis": "measured",
    "is_new": False,
    "for_whom": "",
}


def make_ines() -> Engineer:
    """Ines with her levels, journal, a quiet week, an entry in the trash and one saved twice."""
    ines: Engineer = EngineerFactory.create(name="Ines Duarte", email="ines@example.com")
    levels = {level.code: level for level in Level.objects.filter(ladder__slug="infrastructure")}
    place_engineer(ines, level=levels["L5"], since_on=dt.date(2024, 3, 1), employer="Example Rail")
    aim_for(ines, level=levels["L6"])
    entries = write_journal(ines)
    night = entries["Pages at night are down to two a week"]
    update_entry(night, change=EntryChange(fields={}, metrics=[NIGHTS]), version=night.version)
    lost = write_entry(ines, {}, 9, "Tidied the wiki", "", "", "", [], {})
    trash_entries(ines, entry_ids=[lost.pk])
    WeekFactory.create(engineer=ines, monday=FRIDAY - dt.timedelta(days=18))
    return ines


def write_journal(engineer: Engineer) -> dict[str, Entry]:
    """The entries of ROWS by title, each saved as a person would save it."""
    criteria = dict(Criterion.objects.values_list("key", "pk"))
    return {row[1]: write_entry(engineer, criteria, *row) for row in reversed(ROWS)}


def write_entry(
    engineer: Engineer,
    criteria: dict[str, int],
    days_ago: int,
    title: str,
    project: str,
    outcome: str,
    role: str,
    proves: list[str],
    rest: dict[str, Any],
) -> Entry:
    fields = {
        "title": title,
        "happened_on": FRIDAY - dt.timedelta(days=days_ago),
        "outcome": outcome,
        "role": role,
        **rest,
    }
    evidence = [Support(criteria[key], is_primary=True) for key in proves]
    change = EntryChange(fields=fields, project_title=project, evidence=evidence, links=[LINK])
    return create_entry(engineer, change=change)


LINK = {"url": "https://git.example.com/rail/storage/pull/266", "label": "pull request 266"}
