"""Entries as files of words show them: with their labels, numbers, links and criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careers.journal.models import Entry, EntryQuerySet, Metric
    from careers.people.models import Engineer


def entries_of(engineer: Engineer) -> EntryQuerySet:
    """All that is not in the trash, oldest first, with everything of it; five queries."""
    return (
        engineer.entries.live()
        .select_related("project")
        .prefetch_related("metrics", "links", "evidence__criterion__level")
        .order_by("happened_on", "pk")
    )


def number_of(metric: Metric) -> str:
    """A metric in a line: "p99 of checkout: 800 → 200 ms: −75 %, measured"."""
    said = metric.arithmetic or metric.unit
    return f"{metric.name}: {said}, {metric.get_basis_display().lower()}".replace(": ,", ",")


def criteria_of(entry: Entry) -> list[str]:
    """What it is evidence of: "L6: the criterion's text"."""
    rows = sorted(entry.evidence.all(), key=lambda row: (not row.is_primary, row.criterion_id))
    return [f"{row.criterion.level.label}: {row.criterion.text}" for row in rows]
