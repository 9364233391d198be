"""The whole journal as one file: Markdown, CSV, JSON, a calendar; without what is in the trash."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from careers.journal.exporters.calendar import as_calendar
from careers.journal.exporters.journal import as_json
from careers.journal.exporters.markdown import as_markdown
from careers.journal.exporters.table import as_csv

if TYPE_CHECKING:
    from careers.people.models import Engineer

# format: how a file's name ends, its media type, what makes its text
FORMATS: dict[str, tuple[str, str, Callable[[Engineer], str]]] = {
    "markdown": ("md", "text/markdown", as_markdown),
    "csv": ("csv", "text/csv", as_csv),
    "json": ("json", "application/json", as_json),
    "ics": ("ics", "text/calendar", as_calendar),
}
BY_ENDING = {ending: name for name, (ending, _type, _make) in FORMATS.items()}


def export(engineer: Engineer, name: str) -> bytes:
    """The journal in one of FORMATS, as the bytes of a file in UTF-8."""
    _ending, _media_type, make = FORMATS[name]
    return make(engineer).encode()
