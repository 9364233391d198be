"""Tables that a Markdown text holds as HTML, because their cells are lists."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from careers.ladders.importers.rows import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BELOW = 1_000  # rows that one cell spans
MOST_SPANNED = 20_000  # cells that stand there only because another spans them

_BEGIN = re.compile(r"<table\b", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MARKS = re.compile(r"[\\`*_\[\]<>&|~!]")
_BREAKS = {"br", "p", "div", "ul", "ol"}


def with_pipe_tables(text: str, blocks: Iterable[tuple[int, int]]) -> str:
    """The text with the tables that begin in these blocks of HTML as Markdown writes tables.

    A block is its first line and the one behind its last, from 0. A table goes on to its end, also
    over empty lines. What follows keeps its line where the table leaves room for that.
    """
    lines = text.split("\n")
    done = 0
    pieces: list[str] = []
    for first, end in blocks:
        place = max(first, done)
        while place < end:
            if not _BEGIN.search(lines[place]):
                place += 1
                continue
            last = next((n for n in range(place, len(lines)) if _END.search(lines[n])), None)
            if last is None:
                return "\n".join([*pieces, *lines[done:]])
            pieces += lines[done:place] + _as_pipes(lines[place : last + 1])
            place = done = last + 1
    return "\n".join([*pieces, *lines[done:]])


def _as_pipes(lines: list[str]) -> list[str]:
    """A table's lines as others, of which the last is empty: it ends the table."""
    parser = _Table()
    parser.feed("\n".join(lines))
    parser.close()
    if not parser.rows:
        return lines
    width = max(map(len, parser.rows))
    heading, *rows = parser.rows
    heading += [""] * (width - len(heading))
    table = [_row(heading), _row(["-"] * width), *map(_row, rows)]
    return table + [""] * max(len(lines) - len(table), 1)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


class _Table(HTMLParser):
    """The rows of a table that have a cell; a cell's lines with <br> between, items with a hyphen.

    A cell that spans rows or columns stands in each of them; in the first row, which names the
    columns, in the first of them alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._row: list[str] = []
        self._below: dict[int, tuple[int, str]] = {}  # by column: how many more rows, and its text
        self._cell: list[str] | None = None
        self._spans = (1, 1)  # columns and rows of the cell
        self._left = MOST_SPANNED

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
        elif tag in {"td", "th"}:
            self._end_cell()
            said = dict(attrs)
            self._cell = []
            self._spans = (
                _span(said.get("colspan"), most=MOST_COLUMNS),
                _span(said.get("rowspan"), most=MOST_BELOW),
            )
        elif self._cell is not None and tag == "li":
            self._cell.append("\n- ")
        elif self._cell is not None and tag in _BREAKS:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"\s+", " ", _MARKS.sub(r"\\\g<0>", data)))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text = "<br>".join(line for line in lines if line.strip("- "))
        self._cell = None
        columns, rows = self._spans
        self._fill()
        for number in range(min(columns, MOST_COLUMNS + 1 - len(self._row), self._left + 1)):
            self._left -= min(number, 1)
            if rows > 1:
                self._below[len(self._row)] = (rows - 1, text)
            self._row.append(text if self.rows or number == 0 else "")

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self._fill()
            self.rows.append(self._row)
        self._row = []

    def _fill(self) -> None:
        """Put in what comes down from the rows above at this place."""
        while len(self._row) in self._below and self._left:
            self._left -= 1
            column = len(self._row)
            more, text = self._below.pop(column)
            if more > 1:
                self._below[column] = (more - 1, text)
            self._row.append(text)


def _span(value: str | None, *, most: int) -> int:
    is_number = value is not None and value.isascii() and value.isdecimal() and len(value) < 6
    return min(max(int(value or 1), 1), most) if is_number else 1
