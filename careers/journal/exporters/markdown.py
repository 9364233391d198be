"""The journal as a brag document in Markdown, under the six headings of the template (S1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from careers.journal.exporters.entries import criteria_of, entries_of, number_of
from careers.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careers.people.models import Engineer

PROJECTS, NEXT = "Projects", "What I Want to Do Next"
KINDS = {
    PROJECTS: ("shipped", "fixed", "prevented"),
    "Design and Architecture": ("design", "decision"),
    "Mentoring and Team Building": ("mentoring", "hiring", "glue"),
    "Operational Excellence": ("operations", "incident"),
    "Learning and Growth": ("learning", "external", "recognition"),
    NEXT: (),
}
_MARKUP = re.compile(r"([\\`*_\[\]<>~])")
_BEGINS = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)")


def as_markdown(engineer: Engineer) -> str:
    """What is still in progress stands under the last heading."""
    entries = list(entries_of(engineer))
    parts = [f"# Brag Document — {_escaped(engineer.name)}{_years(entries)}"]
    for heading in KINDS:
        own = [entry for entry in entries if _heading(entry) == heading]
        items = [_item(entry, heading) for entry in own] or ["—"]
        parts.append("\n".join([f"## {heading}", "", *items]))
    return "\n\n".join(parts) + "\n"


def _heading(entry: Entry) -> str:
    if entry.status == Entry.Status.IN_PROGRESS:
        return NEXT
    return next(heading for heading, kinds in KINDS.items() if entry.kind in kinds)


def _years(entries: Sequence[Entry]) -> str:
    years = sorted({entry.happened_on.year for entry in entries})
    if not years:
        return ""
    return f" — {years[0]}" if len(years) == 1 else f" — {years[0]}–{years[-1]}"


def _item(entry: Entry, heading: str) -> str:
    """An item that begins with its project's name where the template asks for it."""
    project = entry.project.title if entry.project else ""
    is_named = project not in {"", entry.title} and heading == PROJECTS and ":" not in project
    name = f"{_escaped(project)}: " if is_named else ""
    day = date_format(entry.happened_on, "j M Y")
    first = f"- {name}{_escaped(entry.title)} ({day})"
    return "\n".join([first, *_facts(entry, "" if is_named else project)])


def _facts(entry: Entry, project: str) -> Iterator[str]:
    if project:
        yield f"  - Project: {_escaped(project)}"
    if entry.role:
        yield f"  - My role: {entry.get_role_display()}"
    if entry.outcome:
        yield f"  - Impact: {_inside(entry.outcome)}"
    for metric in sorted(entry.metrics.all(), key=lambda m: (m.position, m.pk)):
        yield f"  - Numbers: {_escaped(number_of(metric))}"
    if entry.collaborators:
        yield f"  - With: {_escaped(entry.collaborators)}"
    if criteria := criteria_of(entry):
        yield f"  - Skills demonstrated: {_escaped('; '.join(criteria))}"
    for link in sorted(entry.links.all(), key=lambda m: (m.position, m.pk)):
        yield f"  - Link: [{_escaped(link.label or link.url)}](<{link.url}>)"
    if entry.what:
        yield f"  - Details: {_inside(entry.what)}"


def _inside(text: str) -> str:
    """Text of several lines inside of an item."""
    lines = (_BEGINS.sub(r"\1\\\2", _escaped(line)) for line in text.strip().split("\n"))
    return "\n    ".join(line.strip() for line in lines)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
