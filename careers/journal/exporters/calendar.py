"""The journal as a calendar (RFC 5545): each entry a whole day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from careers.journal.exporters.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careers.journal.models import Entry
    from careers.people.models import Engineer

LONGEST = 75  # octets of a line, section 3.1


def as_calendar(engineer: Engineer) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Careers//Journal//EN"]
    for entry in entries_of(engineer):
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry) -> list[str]:
    end = entry.happened_on + dt.timedelta(days=1)
    event = [
        "BEGIN:VEVENT",
        f"UID:entry-{entry.pk}@careers",
        f"DTSTAMP:{entry.updated_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.happened_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}",
    ]
    if entry.outcome:
        event.append(f"DESCRIPTION:{_text(entry.outcome)}")
    return [*event, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _text(text: str) -> str:
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most LONGEST octets, no letter torn apart."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
