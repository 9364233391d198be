"""Tables that a Markdown text holds as HTML, because their cells are lists."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from careers.ladders.importers.rows import MOST_COLUMNS

_BEGIN = re.compile(r"<table\b", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MARKS = re.compile(r"[\\`*_\[\]<>&|~!]")
_BLOCKS = {"br", "p", "div", "ul", "ol"}


def with_pipe_tables(text: str) -> str:
    """The text with its HTML tables as Markdown writes tables, lines kept where there is room.

    Of tables within one another the innermost is read.
    """
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(text):
        before = text[start : end.end()]
        begins = [begin.start() for begin in _BEGIN.finditer(before)]
        pieces += [before[: begins[-1]], _as_pipes(before[begins[-1] :])] if begins else [before]
        start = end.end()
    return "".join([*pieces, text[start:]])


def _as_pipes(table: str) -> str:
    parser = _Table()
    parser.feed(table)
    parser.close()
    if not parser.rows:
        return "\n" * table.count("\n")
    width = min(max(map(len, parser.rows)), MOST_COLUMNS + 1)
    heading, *rows = (_row([*cells, *[""] * width][:width]) for cells in parser.rows)
    lines = [heading, _row(["-"] * width), *rows]
    return "\n".join(lines) + "\n" * max(table.count("\n") + 1 - len(lines), 0)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


class _Table(HTMLParser):
    """The rows of a table; a cell's lines with <br> between, those of a list with a hyphen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._lines: list[str] | None = None  # of the cell that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            self._lines = [""]
        elif self._lines is not None and tag == "li":
            self._lines.append("- ")
        elif self._lines is not None and tag in _BLOCKS:
            self._lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._lines is not None:
            words = " ".join(_MARKS.sub(r"\\\g<0>", data).split())
            self._lines[-1] = f"{self._lines[-1]}{' ' if data[:1].isspace() else ''}{words}"
            if words and data[-1:].isspace():
                self._lines[-1] += " "

    def _end_cell(self) -> None:
        if self._lines is None:
            return
        lines = (" ".join(line.split()) for line in self._lines)
        cell = "<br>".join(line for line in lines if line.strip("- "))
        self._lines = None
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)
