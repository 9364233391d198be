"""The templates that people copy, each as a small document."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from careers.journal.importers import sections
from careers.journal.importers.brag import read_brag
from careers.journal.importers.reading import Reading

TODAY = dt.date(2026, 11, 21)

QUARTER = """\
# Brag Document — Noor Haddad — Q3 2025

## Projects

- Atlas: Moved the parcel lookup to one index
  - My role: led
  - Impact: p99 800ms→200ms for every warehouse
  - Skills demonstrated: profiling, writing
- Harbor: Shipped the label printer queue

## Design and Architecture

- One address format for all carriers: adopted by three teams

## Mentoring and Team Building

- Coached two juniors through their first release

## Operational Excellence

- Cut pager noise from 40 to 6 alerts a week

## Learning and Growth

- Finished a course on query plans

## What I Want to Do Next

- Own the returns flow
"""

EVANS = """\
# Brag document 2025

## Goals for this year

* Speak at one meetup

## Goals for next year

* Lead a migration

## Projects

### Parcel search

Rewrote the parcel search. It now answers in one query.

* [Mar 3, 2025] Wrote the new index
* Retired the old one

## Collaboration & mentorship

* Paired every week with Ines

## Design & documentation

* Wrote the guide to retries

## Company building

—

## What you learned

* How to read a flame graph

## Outside of work

### Talks

* [Jun 4, 2025] Small indexes, big wins @ Lisbon Data Night

### Books Read

* [May 21, 2025] A Field Guide to Queues
"""

WEEK = """\
# Week of 2 June 2025

## Wins This Week

- Delivery: Shipped the label preview
- Impact: Reprints down from 40 to 12 a day
- Learning: Wrote my first linter rule
- Collaboration: Helped Sales with a demo
- Recognition: Thanked in the all-hands

## Notes for Later

- Ask about the budget
"""

WORK_LOG = """\
# Work log

## Week of 13 October 2025

### Code changes

- Split the billing job in two

### Code reviews

- Reviewed the new retry code

### Design docs

- Wrote the plan for archiving

### Discussions and planning

- Planned the quarter with Ops

### Helping others

- Explained locks to Tomas

### Post-mortems

- Wrote up the queue outage
"""

LARSON = """\
# Promotion packet

## Staff projects

### Ledger

**Role:** led

Built the ledger that closes the month in a day.

## Glue work

- Started the reading group

## Mentorship

- Coached Tomas to his first design

## Real or perceived gaps

- Too little public speaking
"""


def read(text: str) -> Reading:
    return read_brag(text, year=None, today=TODAY)


def test_quarter_template_gives_projects_with_their_fields() -> None:
    first, second, *_rest = read(QUARTER).rows

    assert (first.project, first.title) == ("Atlas", "Moved the parcel lookup to one index")
    assert (first.role, first.outcome) == ("led", "p99 800ms→200ms for every warehouse")
    assert first.what == "Skills: profiling, writing"
    assert [(n.name, n.before, n.after) for n in first.numbers] == [
        ("p99", Decimal(800), Decimal(200))
    ]
    assert (second.project, second.title) == ("Harbor", "Shipped the label printer queue")


def test_quarter_template_gives_kinds_and_proposes_the_end_of_the_quarter() -> None:
    rows = read(QUARTER).rows

    assert [(row.kind, row.is_ticked) for row in rows] == [
        ("shipped", True),
        ("shipped", True),
        ("design", True),
        ("mentoring", True),
        ("operations", True),
        ("learning", True),
        ("shipped", False),
    ]
    assert {(row.happened_on, row.is_day_proposed) for row in rows} == {
        (dt.date(2025, 9, 30), True)
    }


def test_yearly_template_ticks_what_was_done() -> None:
    rows = read(EVANS).rows

    assert [row.title for row in rows if row.is_ticked] == [
        "Parcel search",
        "Wrote the new index",
        "Retired the old one",
        "Paired every week with Ines",
        "Wrote the guide to retries",
        "How to read a flame graph",
        "Small indexes, big wins @ Lisbon Data Night",
    ]
    assert [(row.title, row.reason) for row in rows if not row.is_ticked] == [
        ("Speak at one meetup", str(sections.GOAL)),
        ("Lead a migration", str(sections.GOAL)),
        ("A Field Guide to Queues", str(sections.BOOK)),
    ]


def test_yearly_template_keeps_projects_apart_from_sections() -> None:
    rows = read(EVANS).rows

    assert [row.title for row in rows if row.project == "Parcel search"] == [
        "Parcel search",
        "Wrote the new index",
        "Retired the old one",
    ]
    assert {row.project for row in rows} == {"", "Parcel search"}


def test_weekly_file_dates_its_wins_on_the_friday() -> None:
    rows = read(WEEK).rows

    assert [(row.title, row.kind) for row in rows] == [
        ("Shipped the label preview", "shipped"),
        ("Wrote my first linter rule", "learning"),
        ("Helped Sales with a demo", "glue"),
        ("Thanked in the all-hands", "recognition"),
        ("Ask about the budget", "shipped"),
    ]
    assert rows[0].outcome == "Reprints down from 40 to 12 a day"
    assert {row.happened_on for row in rows} == {dt.date(2025, 6, 6)}
    assert [row.is_ticked for row in rows] == [True, True, True, True, False]


def test_work_log_gives_kinds_of_its_headings() -> None:
    rows = read(WORK_LOG).rows

    assert [(row.kind, row.happened_on) for row in rows] == [
        (kind, dt.date(2025, 10, 17))
        for kind in ("shipped", "mentoring", "design", "glue", "mentoring", "incident")
    ]


def test_promotion_packet_gives_its_projects_and_leaves_gaps_unticked() -> None:
    rows = read(LARSON).rows

    assert [(row.title, row.kind, row.is_ticked) for row in rows] == [
        ("Ledger", "shipped", True),
        ("Started the reading group", "glue", True),
        ("Coached Tomas to his first design", "mentoring", True),
        ("Too little public speaking", "shipped", False),
    ]
    assert (rows[0].project, rows[0].role) == ("Ledger", "led")
    assert rows[0].what == "Built the ledger that closes the month in a day."


def test_question_headings_of_a_packet_are_no_projects() -> None:
    text = (
        "# Packet 2025\n\n## What are your key projects?\n\n- Built the ledger\n\n"
        "## Do you have a real or perceived skill gap?\n\n- Too little public speaking\n"
    )

    rows = read(text).rows

    assert [(row.project, row.is_ticked) for row in rows] == [("", True), ("", False)]
