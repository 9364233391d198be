"""The rows of a table, as CSV or as Markdown writes them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.importers.source import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_COLUMNS = 300
DELIMITERS = ",;\t|"
SAMPLE = 30  # rows by which the delimiter is told

_SEPARATOR = re.compile(r"sep=(?P<mark>[,;\t|])[ \t]*\n", re.IGNORECASE)  # Excel's first line


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells without the spaces around them; `line` is where it begins, from 1."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


def read_csv(text: str) -> list[Row]:
    """The rows of a file that have a cell filled, by whichever delimiter it is written."""
    skipped = 0
    if match := _SEPARATOR.match(text):
        text, skipped = text[match.end() :], 1
    delimiter = match["mark"] if match else _delimiter_of(text)
    rows: list[Row] = []
    try:
        rows.extend(row for row in _rows(text, delimiter, skipped=skipped) if row.filled)
    except csv.Error:
        line = rows[-1].line + 1 if rows else 1
        most = csv.field_size_limit()
        refuse(line, _("A cell has more than %(most)d characters.") % {"most": most})
    check_width(rows)
    if not rows:
        refuse(1, _("The file is empty."))
    return rows


def check_width(rows: Sequence[Row]) -> None:
    for row in rows:
        if len(row.cells) > MOST_COLUMNS:
            refuse(row.line, _("There are more than %(most)d columns.") % {"most": MOST_COLUMNS})


def _rows(text: str, delimiter: str, *, skipped: int = 0) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    line = skipped + 1
    for cells in reader:
        yield Row(line, tuple(cell.strip() for cell in cells))
        line = skipped + reader.line_num + 1


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the most of the first rows into as many cells, at least two."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        with suppress(csv.Error):
            for row in islice(_rows(text, delimiter), SAMPLE):
                widths[len(row.cells)] += 1
        found = [(count, width) for width, count in widths.items() if width > 1]
        return max(found, default=(0, 0))

    return max(DELIMITERS, key=evenness)


def heading_of(rows: Sequence[Row]) -> int:
    """The place of the row that names the columns: the first with two cells filled."""
    return next((place for place, row in enumerate(rows) if len(row.filled) > 1), 0)
