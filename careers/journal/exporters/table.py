"""The journal as CSV, a row for each entry, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from careers.journal.countable import plain
from careers.journal.exporters.entries import criteria_of, entries_of

if TYPE_CHECKING:
    from careers.journal.models import Entry
    from careers.people.models import Engineer

MARK = "\ufeff"  # spreadsheets take a file without it for one in another encoding
COLUMNS = [
    "date", "title", "project", "kind", "role", "reach", "status", "visibility", "outcome",
    "details", "with", "criteria", "links",
]  # fmt: skip
METRIC = ["name", "before", "after", "unit", "basis"]

# A cell that begins so is a formula to a spreadsheet; a number is not.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")


def as_csv(engineer: Engineer) -> str:
    entries = list(entries_of(engineer))
    most = max((len(entry.metrics.all()) for entry in entries), default=0)
    names = [f"metric_{n}_{part}" for n in range(1, most + 1) for part in METRIC]
    written = io.StringIO()
    written.write(MARK)
    writer = csv.writer(written)
    writer.writerow([*COLUMNS, *names])
    for entry in entries:
        writer.writerow([_safe(cell) for cell in [*_cells(entry), *_metrics(entry)]])
    return written.getvalue()


def _cells(entry: Entry) -> list[str]:
    return [
        entry.happened_on.isoformat(),
        entry.title,
        entry.project.title if entry.project else "",
        entry.kind,
        entry.role,
        entry.reach,
        entry.status,
        entry.visibility,
        entry.outcome,
        entry.what,
        entry.collaborators,
        "\n".join(criteria_of(entry)),
        "\n".join(link.url for link in sorted(entry.links.all(), key=lambda m: (m.position, m.pk))),
    ]


def _metrics(entry: Entry) -> list[str]:
    cells = []
    for metric in sorted(entry.metrics.all(), key=lambda m: (m.position, m.pk)):
        before, after = plain(metric.before) or "", plain(metric.after) or ""
        cells += [metric.name, before, after, metric.unit, metric.basis]
    return cells


def _safe(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell
