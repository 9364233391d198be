"""What people already have, read into rows: brag documents, notes, `git log`, a journal of ours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.journal.importers.brag import read_brag
from careers.journal.importers.commits import read_commits
from careers.journal.importers.days import find_year, guess_year
from careers.journal.importers.gitlog import is_git_log, read_git_log
from careers.journal.importers.notes import read_notes
from careers.journal.importers.ours import is_journal, read_journal
from careers.journal.importers.reading import ImportRefusedError, Reading, gathered, missing_lines

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

FORMATS = ("auto", "markdown", "notes", "git", "json")
MOST_ROWS = 10_000

_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_TABLE = re.compile(r"^ {0,3}\|?[ \t]{0,20}:?-{3,}:?[ \t]{0,20}\|", re.MULTILINE)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)


def recognise(text: str) -> str:
    """One of FORMATS but "auto", by what the text looks like."""
    if is_journal(text):
        return "json"
    if is_git_log(text):
        return "git"
    if _HEADING.search(text) or _TABLE.search(text):
        return "markdown"
    lines = sum(1 for line in text.split("\n") if line.strip())
    items = sum(1 for _match in _ITEM.finditer(text))
    return "markdown" if items and 3 * items >= lines else "notes"


def read(
    text: str,
    *,
    today: dt.date,
    kind: str = "auto",
    name: str = "",
    year: int | None = None,
    me: Iterable[str] = (),
) -> Reading:
    """The rows of a text; raises ImportRefusedError with a sentence when it has none to give.

    `name` is that of its file, which may say the year; `me` are names and addresses of whoever
    brings it, to tell their commits from those of others.
    """
    kind = recognise(text) if kind == "auto" else kind
    year = year or find_year(name) or (guess_year(text, today=today) if kind != "git" else None)
    if kind in {"markdown", "notes"} and _WEB_PAGE.match(text):
        raise ImportRefusedError(
            _("This is the source of a web page. Copy what the browser shows and paste that.")
        )
    if kind == "json":
        reading = read_journal(text, today=today)
    elif kind == "git":
        commits = read_git_log(text, today=today)
        reading = _complete(read_commits(commits, me=me, today=today, year=year), text)
    elif kind == "markdown":
        reading = read_brag(text, year=year, today=today)
    else:
        reading = read_notes(text, year=year, today=today)
    if not reading.rows and not reading.left_out:
        raise ImportRefusedError(_("There is nothing in it that could be an entry."))
    if len(reading.rows) > MOST_ROWS:
        raise ImportRefusedError(
            _("It has %(count)d rows; at most %(most)d come in at once. Split it.")
            % {"count": len(reading.rows), "most": MOST_ROWS}
        )
    return reading


def _complete(reading: Reading, text: str) -> Reading:
    """With every line of a log that is no part of a commit among what was left out."""
    lines = text.split("\n")
    missing = missing_lines(lines, reading.rows, reading.left_out)
    parts = [*reading.left_out, *gathered(missing, lines, _("no part of a commit"))]
    return replace(reading, left_out=tuple(sorted(parts, key=lambda part: part.first)))
