"""A Markdown brag document as rows: each item one, each project told in prose one.

Headings say what is below them (careers.journal.importers.sections); the name of a project is one
of theirs, and so may be a year, a month or a week. A heading with `Date:`, a date line or a table
of facts right below it is an entry itself, as exports of other tools write them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.journal.importers import sections
from careers.journal.importers.days import find_days, find_year, take_day
from careers.journal.importers.facts import add_facts, is_entry
from careers.journal.importers.numbers import find_numbers
from careers.journal.importers.outline import (
    Block,
    Outline,
    is_open_task,
    without_comments,
    without_front_matter,
)
from careers.journal.importers.pieces import NothingSaidError, Piece, Place, TooLongError
from careers.journal.importers.reading import (
    COLLABORATORS,
    MOST_METRICS,
    OUTCOME,
    PROJECT,
    WHAT,
    LeftOut,
    Reading,
    Row,
    gathered,
    missing_lines,
    number_repeats,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BELOW = 400  # blocks of an entry that is a heading
_EMPTY = re.compile(r"[\W_]*(?:(?:none|n/?a|tbd|todo|nothing( yet)?)[\W_]*)?", re.IGNORECASE)
_PERIOD_WORDS = re.compile(
    r"\b(?:(?:the )?week(?: of| ending)?|weekly|sprint|friday|monday|month(?: of)?|to|of|on|for|and"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b"
    r"|[\W\d_]+|ถึง",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\W*(?:the )?week\b", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:[:：]|ตามนี้|ดังนี้|as follows|the following|below|outline|agenda|syllabus)[\s.*_]*\Z",
    re.IGNORECASE,
)
_BRAGFILE = "Bragfile Export"
_NO_PROJECT = "(no project)"
_DELIMITER = re.compile(r"[\s|:-]+\Z")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]]+\]:")
_TITLE_COLUMNS = {"title", "accomplishment", "what", "what i did", "entry", "name", "item", "task"}
_WEEKLY = {"delivery", "learning", "collaboration", "recognition", "decision"}  # of a weekly file
_ATTACHED = {"role", "outcome", "collaborators"}  # fields of the item above, when they stand alone


def read_brag(text: str, *, year: int | None, today: dt.date) -> Reading:
    """The rows of a Markdown document; days without a year take `year` or that of a heading."""
    reader = _Reader(text, Place(today=today, year=year))
    reader.read()
    rows = number_repeats(reader.rows)
    lines = text.split("\n")
    missing = missing_lines(lines, rows, reader.left_out)
    references = [number for number in missing if _REFERENCE.match(lines[number - 1])]
    tables = [number for number in missing if _DELIMITER.match(lines[number - 1])]
    told = {*references, *tables}
    rest = [number for number in missing if number not in told]
    left_out = [
        *reader.left_out,
        *gathered(references, lines, _("the address of a link")),
        *gathered(tables, lines, _("the head of a table")),
        *gathered(rest, lines, _("neither an item nor a text")),
    ]
    left_out.sort(key=lambda part: part.first)
    return Reading("markdown", rows, tuple(left_out), year=reader.year)


class _Reader:
    """Goes through the blocks once, with the headings that it stands below."""

    def __init__(self, text: str, place: Place) -> None:
        self.rows: list[Row] = []
        self.left_out: list[LeftOut] = []
        body, preamble = without_front_matter(text)
        body, comments = without_comments(body)
        self.left_out += [*preamble, *comments]
        self.outline = Outline(body)
        self.blocks = self.outline.blocks
        self.year = place.year
        self.places: list[tuple[int, Place]] = [(0, place)]
        self.top_levels = sum(b.kind == "heading" and b.level == 1 for b in self.blocks)
        self.is_outline = False  # the items that follow belong to the prose above them
        self.head: list[str] = []  # of the table that is open
        self.is_cover = False  # what stands above the first section of an export

    @property
    def place(self) -> Place:
        return self.places[-1][1]

    def read(self) -> None:
        index = 0
        while index < len(self.blocks):
            index += self._take(self.blocks, index)

    def _take(self, blocks: Sequence[Block], index: int) -> int:
        """Reads the block there, and perhaps those after it; how many it took."""
        block = blocks[index]
        if block.kind != "row":
            self.head = []
        if block.kind == "heading":
            self.is_cover = block.text.strip() == _BRAGFILE
            return self._take_heading(blocks, index)
        if self.is_cover:
            self._leave(block, _("facts about the document"))
            return 1
        if block.kind in {"text", "quote"}:
            return self._take_prose(blocks, index)
        if block.kind == "item":
            self._take_item(block)
        elif block.kind == "row":
            self._take_table_row(block)
        else:
            reason = _("a line across the page") if block.kind == "rule" else _("code")
            self._leave(block, reason)
        return 1

    # --- headings ------------------------------------------------------------------------------

    def _take_heading(self, blocks: Sequence[Block], index: int) -> int:
        block = blocks[index]
        words = self.outline.words(block.text).text
        while self.places[-1][0] >= block.level:
            self.places.pop()
        self.is_outline = False
        below = self._below(blocks, index)
        if is_entry(block, below):
            piece = Piece(self.outline, self.place)
            add_facts(piece, below)
            lines = range(block.first, below[-1].last + 1)
            self._keep(piece, words, lines, said=words, block=block)
            return 1 + len(below)
        self.places.append((block.level, self._place_below(words, block.level)))
        section, place = sections.section_of(words), self.place
        if self.year is None:
            self.year = place.year
        if block.level == 1 and self.top_levels == 1:
            reason = _("the title of the document")
        elif section is None and place.project:
            reason = _("a heading: the project of what is below it")
        else:
            reason = _("a heading")
        self._leave(block, reason)
        return 1

    def _place_below(self, words: str, level: int) -> Place:
        above = self.place
        place = replace(above, path=(*above.path, words), year=find_year(words) or above.year)
        section = sections.section_of(words)
        days = find_days(words, year=place.year, today=place.today)
        if days and _WEEK.match(words):
            friday = days[-1].day + dt.timedelta(days=4 - days[-1].day.weekday())
            return replace(place, period=replace(days[-1], day=min(friday, place.today)))
        if section is None and not _PERIOD_WORDS.sub("", words):
            return replace(place, period=days[-1] if days else above.period)
        if days:
            place = replace(place, period=days[-1])
        if above.section.reason:
            return place  # what is below goals are goals
        if section:
            return replace(place, section=section)
        if words.endswith("?") or (level == 1 and self.top_levels == 1):
            return place  # a question, or the document's title, names no project
        return replace(place, project="" if words == _NO_PROJECT else _cut(words))

    @staticmethod
    def _below(blocks: Sequence[Block], index: int) -> list[Block]:
        """What stands below a heading, deeper headings included."""
        level = blocks[index].level
        below: list[Block] = []
        for block in blocks[index + 1 : index + 1 + MOST_BELOW]:
            if block.kind == "heading" and block.level <= level:
                break
            below.append(block)
        return below

    # --- items, prose, tables ------------------------------------------------------------------

    def _take_item(self, block: Block) -> None:
        words = self.outline.words(block.text).text
        if not words:
            for child in block.children:
                if child.kind == "item":
                    self._take_item(child)
            return None
        if _EMPTY.fullmatch(words) and not block.children:
            return self._leave(block, _("nothing is written there"))
        pair = sections.pair_of(words)
        if pair and pair[0] in _ATTACHED and self._attach(block, *pair):
            return None
        piece = Piece(self.outline, self.place)
        title = piece.words(block.text, is_title=True)
        key, _colon, value = title.partition(": ")
        if value and key.casefold() in _WEEKLY:
            piece.say("kind", key)
            title = value
        piece.add(block.children)
        reason = str(sections.OUTLINE) if self.is_outline else ""
        if is_open_task(block.text):
            reason = str(sections.OPEN)
        self._keep(piece, title, block.lines, said=words, block=block, reason=reason)
        return None

    def _attach(self, block: Block, name: str, value: str) -> bool:
        """Gives a field that stands as an item of its own to the row above; False without one."""
        above = self.rows[-1] if self.rows else None
        if above is None or not block.first - 1 <= above.lines[-1] + 1 <= block.first:
            return False
        said = sections.role_of(value) if name == "role" else value
        if getattr(above, name) or not said:
            return False
        lines = (*above.lines, *block.lines)
        if name == "role":
            self.rows[-1] = replace(above, lines=lines, role=said)
        elif name == "outcome":
            numbers = (*above.numbers, *find_numbers(said, title=above.title))[:MOST_METRICS]
            self.rows[-1] = replace(above, lines=lines, outcome=said[:OUTCOME], numbers=numbers)
        else:
            self.rows[-1] = replace(above, lines=lines, collaborators=said[:COLLABORATORS])
        return True

    def _take_prose(self, blocks: Sequence[Block], index: int) -> int:
        """Texts up to the next item or heading: what tells a project, or what explains."""
        count = 0
        while index + count < len(blocks) and blocks[index + count].kind in {"text", "quote"}:
            count += 1
        told = blocks[index : index + count]
        if all(self._is_nothing(block) for block in told):
            for block in told:
                says_when = bool(re.search(r"\d", block.text))
                reason = _("the time it is about") if says_when else _("nothing is written there")
                self._leave(block, reason)
            return count
        place = self.place
        if not self.rows and all(_is_fact(block.text) for block in told):
            for block in told:
                self._leave(block, _("facts about the document"))
            return count
        is_project = (
            bool(place.project)
            and not place.section.reason
            and not any(
                row.project == place.project and row.title == place.project
                for row in self.rows[-1:]
            )
        )
        follows = blocks[index + count].kind == "item" if index + count < len(blocks) else False
        piece = Piece(self.outline, place)
        said = self.outline.words(told[0].text).text
        if is_project:
            piece.add(told)
            title, reason = place.project, ""
            self.is_outline = follows and bool(_INTRODUCES.search(told[-1].text))
            if self.is_outline:
                self._add_outline(piece, blocks[index + count :])
        else:
            first, *rest = told
            title = piece.words(first.text, is_title=True) if first.kind == "text" else ""
            piece.add(rest if title else told)
            title = title or said or piece.fields.get("what", [""])[0]
            reason = "" if place.section.reason else str(sections.PROSE)
        lines = range(told[0].first, told[-1].last + 1)
        self._keep(piece, title, lines, said=f"{title}\n{said}", block=told[0], reason=reason)
        return count

    def _is_nothing(self, block: Block) -> bool:
        text = block.text or " ".join(child.text for child in block.children)
        text = self.outline.words(text).text
        days = find_days(text, year=self.place.year, today=self.place.today)
        return bool(_EMPTY.fullmatch(text)) or bool(days and not _PERIOD_WORDS.sub("", text))

    @staticmethod
    def _add_outline(piece: Piece, following: Sequence[Block]) -> None:
        for block in following:
            if block.kind != "item":
                break
            piece.say("what", f"- {piece.words(block.text)}")

    def _take_table_row(self, block: Block) -> None:
        cells = [self.outline.words(cell).text for cell in block.text.split("\t")]
        if not self.head:
            self.head = cells
            return self._leave(block, _("the head of a table"))
        if not any(cells):
            return self._leave(block, _("nothing is written there"))
        piece = Piece(self.outline, self.place)
        title = ""
        for name, cell in zip(self.head, block.text.split("\t"), strict=False):
            if not cell.strip():
                continue
            if not title and name.casefold() in _TITLE_COLUMNS:
                title = piece.words(cell, is_title=True)
            elif not piece.set_pair(f"{name}: {cell}"):
                piece.say("what", f"{name}: {piece.words(cell)}" if name else piece.words(cell))
        if not title:
            title = next(
                (cell for cell in cells if not _is_day(cell, self.place)), " · ".join(cells)
            )
        self._keep(piece, title, block.lines, said="\t".join(cells), block=block)
        return None

    # --- keeping -------------------------------------------------------------------------------

    def _keep(
        self,
        piece: Piece,
        title: str,
        lines: range,
        *,
        said: str,
        block: Block,
        reason: str = "",
    ) -> None:
        try:
            self.rows.append(piece.row(title, lines=lines, said=said, reason=reason))
        except NothingSaidError:
            sentence = _("nothing is written there")
            self.left_out.append(LeftOut(lines[0], lines[-1], block.text[:200], sentence))
        except TooLongError:
            sentence = _("longer than an entry, which has at most %(most)d letters") % {
                "most": WHAT
            }
            self.left_out.append(LeftOut(lines[0], lines[-1], block.text[:200], sentence))

    def _leave(self, block: Block, reason: str) -> None:
        text = " ".join(block.text.split())[:200]
        self.left_out.append(LeftOut(block.first, block.last, text, reason))


def _is_fact(text: str) -> bool:
    """Whether every line is of the form `Key: value`."""
    return bool(text) and all(sections.pair_of(line) for line in text.split("\n"))


def _is_day(cell: str, place: Place) -> bool:
    found, _rest = take_day(cell, year=place.year, today=place.today)
    return not cell or (found is not None and not _PERIOD_WORDS.sub("", cell))


def _cut(words: str) -> str:
    return words if len(words) <= PROJECT else f"{words[: PROJECT - 1].rstrip()}…"
