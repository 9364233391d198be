"""What other tools write, each as a small document."""

from __future__ import annotations

import datetime as dt

from careers.journal.importers.brag import read_brag
from careers.journal.importers.reading import Link, Reading

TODAY = dt.date(2026, 11, 21)

BRAGBIT = """\
# My year at Northwind

_January 2026 – June 2026_

## Goals & focus areas

- Fewer pages at night

---

## June 2026

### Cut checkout time in half

**Jun 15, 2026** · Delivery · Shipped

> Checkout p95 from 1200 ms to 600 ms

Moved the tax call out of the request.

**Links:** [pull request](https://git.example.com/p/12)

**Attachments:** chart.png (12 KB)

**Collaborators:** Ines, Tomas

**Recognized by:** Head of Sales

#performance #checkout

### Wrote the on-call guide

**Jun 2, 2026** · Documentation · In progress

Eight pages.
"""

BRAGFILE = """\
# Bragfile Export

Exported: 2026-02-01T10:00:00Z
Entries: 2
Filters: none

**By type**

- shipped: 1
- learning: 1

**By project**

- atlas: 1
- (no project): 1

## atlas

### Cut cold start

| Field | Value |
| --- | --- |
| Date | 2026-01-12 |
| Type | shipped |
| Tags | perf, startup |
| Impact | from 9 s to 2 s |

#### Description

Loaded the tables lazily.

## (no project)

### Learned about tries

| Field | Value |
| --- | --- |
| Date | 2026-01-20 |
| Type | learning |

#### Description

Read two papers.
"""

DEX = """\
# Faster search for support

**Date**: 2025-09-30
**Project**: Helpdesk
**Category**: Delivery

## What I Did

Rebuilt the index with trigrams.

## Impact

- Search from 4 s to 300 ms
- Agents stopped keeping their own notes

## Skills Demonstrated

- Databases

## Stakeholders

- Support, Platform

## Challenges Overcome

No downtime was allowed.

## Ladder Alignment

Maps to: Execution, senior
"""


def read(text: str) -> Reading:
    return read_brag(text, year=None, today=TODAY)


def test_bragbit_export_gives_whole_entries() -> None:
    goal, checkout, guide = read(BRAGBIT).rows

    assert (goal.title, goal.is_ticked) == ("Fewer pages at night", False)
    assert (checkout.title, checkout.happened_on) == (
        "Cut checkout time in half",
        dt.date(2026, 6, 15),
    )
    assert checkout.outcome == "Checkout p95 from 1200 ms to 600 ms"
    assert checkout.what.split("\n") == [
        "Moved the tax call out of the request.",
        "#performance #checkout",
        "Attachments: chart.png (12 KB)",
    ]
    assert checkout.links == (Link("https://git.example.com/p/12", "pull request"),)
    assert checkout.collaborators == "Ines, Tomas, Head of Sales"
    assert (guide.kind, guide.status, guide.what) == ("design", "in_progress", "Eight pages.")


def test_bragfile_export_gives_whole_entries_and_no_counts() -> None:
    cold, tries = read(BRAGFILE).rows

    assert (cold.title, cold.project, cold.happened_on) == (
        "Cut cold start",
        "atlas",
        dt.date(2026, 1, 12),
    )
    assert (cold.outcome, cold.what) == (
        "from 9 s to 2 s",
        "Loaded the tables lazily.\nSkills: perf, startup",
    )
    assert (tries.title, tries.project, tries.kind) == ("Learned about tries", "", "learning")
    assert (cold.is_day_proposed, tries.is_day_proposed) == (False, False)


def test_evidence_file_is_one_entry() -> None:
    (row,) = read(DEX).rows

    assert (row.title, row.project) == ("Faster search for support", "Helpdesk")
    assert (row.happened_on, row.is_day_proposed) == (dt.date(2025, 9, 30), False)
    assert row.outcome.split("\n") == [
        "Search from 4 s to 300 ms",
        "Agents stopped keeping their own notes",
    ]
    assert row.what.split("\n")[:2] == [
        "Rebuilt the index with trigrams.",
        "No downtime was allowed.",
    ]
    assert row.collaborators == "Support, Platform"
