"""A table with a row for each criterion: the columns may stand in any order and in any case.

15Five's columns are among those known: Path, Job title, Competency, Skill, Key behavior.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.document import RANKS, GuidancePart
from careers.ladders.importers.draft import NO_DIMENSION, DraftCriterion
from careers.ladders.importers.naming import LevelName, level_name, name_of, one_line, years_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.importers.draft import Draft, DraftLevel
    from careers.ladders.importers.rows import Row

# What a column holds, by its name; of two names for the same, the first that is there.
COLUMNS = {
    "text": (
        "key behavior, key behaviour, criterion, criteria, behavior, behaviour, expectation,"
        "expectations, text, requirement, statement, description, what it looks like"
    ),
    "level": "level code, code, level, grade, level name, career level, seniority",
    "title": "job title, title, role, position, level title, level name",
    "track": "path, career path, track, ladder, job family, family, department",
    "dimension": (
        "competency, dimension, competency area, area, category, theme, axis, pillar, attribute,"
        "group, capability, focus area"
    ),
    "skill": "skill, subcompetency, sub competency, topic, skills",
    "identifier": "id, uuid, key, identifier",
    "required": "required, mandatory, optional",
    "keywords": "keywords, tags",
    "rank": "rank",
    "years": "years, years of experience, experience",
    "scope": "scope",
    "example": "examples, example, evidence",
}
MOST_KEYWORDS = 40
NO = {"no", "n", "false", "0", "optional", "nice to have"}
CARRIED = ("track", "level", "title", "dimension")  # as merged cells of a spreadsheet come out

_NO_LETTER = re.compile(r"\([^)]*\)|[^\w ]+|_")


def columns_of(row: Row) -> dict[str, int]:
    """Which column holds what; a column of another name is none of them."""
    names: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        names.setdefault(" ".join(_NO_LETTER.sub(" ", cell.casefold()).split()), place)
    columns: dict[str, int] = {}
    for field, known in COLUMNS.items():
        for name in known.split(","):
            place = names.get(name.strip(), -1)
            if place >= 0 and place not in columns.values():
                columns.setdefault(field, place)
    return columns


def is_listing(row: Row) -> bool:
    """Whether a heading row is that of such a table: it names a text and a level.

    A description beside columns that nobody knows is one of the level: those are its dimensions.
    """
    columns = columns_of(row)
    if "text" not in columns or not {"level", "title"} & columns.keys():
        return False
    has_dimensions = bool({"dimension", "skill"} & columns.keys())
    is_of_level = row.cells[columns["text"]].casefold() == "description" and not has_dimensions
    return not is_of_level or len(columns) == len(row.filled)


def read_listing(rows: Sequence[Row], draft: Draft) -> None:
    """The criteria of rows below their heading row, the first of them, into the draft."""
    listing = _Listing(rows[0], draft)
    listing.tell_roles(rows[1:])
    for row in rows[1:]:
        listing.read(row)
    tracks = {level.track for level in draft.levels}
    if len(tracks) == 1 and not draft.name:
        draft.name = tracks.pop()  # a file of one path is called as the path


class _Listing:
    def __init__(self, heading: Row, draft: Draft) -> None:
        self._draft = draft
        self._columns = columns_of(heading)
        self._names = heading.cells
        self._carried: dict[str, str] = {}

    def tell_roles(self, rows: Sequence[Row]) -> None:
        """Where a level has several titles, those are roles, and each is a track of its own."""
        columns = self._columns
        if "track" in columns or not {"level", "title"} <= columns.keys():
            return
        titles: dict[str, str] = {}
        for row in rows:
            level, title = row.cell(columns["level"]), row.cell(columns["title"])
            if level and title and titles.setdefault(level, title) != title:
                columns["track"] = columns.pop("title")
                return

    def read(self, row: Row) -> None:
        cells = {field: row.cell(place) for field, place in self._columns.items()}
        self._carry(cells)
        if not cells["text"]:
            return
        if not (cells.get("level") or cells.get("title")):
            place = self._columns.get("level", self._columns.get("title", 0))
            self._draft.report(row.line, self._names[place][:40], _("This is missing."))
            return
        level = self._level(cells, line=row.line)
        self._add_criterion(level, cells, line=row.line)

    def _carry(self, cells: dict[str, str]) -> None:
        """Fill what the row above says too: empty cells with nothing but empty ones before them."""
        is_same = True
        for field in sorted({*CARRIED} & cells.keys(), key=self._columns.__getitem__):
            is_same = is_same and not cells[field]
            cells[field] = self._carried.get(field, "") if is_same else cells[field]
            self._carried[field] = cells[field]

    def _level(self, cells: dict[str, str], *, line: int) -> DraftLevel:
        track = one_line(cells.get("track", ""))
        called = one_line(cells.get("level") or cells["title"])
        level = self._draft.find_level(_name(cells, called=called), line=line, track=track)
        rank = cells.get("rank", "").lower()
        level.rank = rank if rank in RANKS else level.rank
        level.scope = level.scope or cells.get("scope", "")
        return level

    def _add_criterion(self, level: DraftLevel, cells: dict[str, str], *, line: int) -> None:
        skill = one_line(cells.get("skill", ""))
        dimension = one_line(cells.get("dimension", ""))
        text = f"{skill}: {cells['text']}" if skill and dimension else cells["text"]
        dimension = dimension or skill or NO_DIMENSION
        self._draft.dimensions.append(dimension)
        keywords = re.split(r"[,;\n]", cells.get("keywords", ""))
        required = cells.get("required", "").casefold()
        is_optional = required in NO
        if required and "optional" in self._names[self._columns["required"]].casefold():
            is_optional = required not in NO
        level.criteria.append(
            DraftCriterion(
                text=text,
                dimension=dimension,
                line=line,
                path=self._names[self._columns["text"]][:40],
                identifier=cells.get("identifier", ""),
                is_required=not is_optional,
                keywords=tuple(
                    dict.fromkeys(one_line(word)[:80] for word in keywords if word.strip())
                )[:MOST_KEYWORDS],
            )
        )
        if example := cells.get("example"):
            title = one_line(text)
            title = title if len(title) <= 160 else f"{title[:159]}…"
            level.guidance.append(GuidancePart(kind="example", title=title, text=example))


def _name(cells: dict[str, str], *, called: str) -> LevelName:
    """The name of a level, from its code and its title where both are there."""
    name = level_name(called)
    title = one_line(cells.get("title", ""))
    years = years_of(cells.get("years", "")) or name.years
    if cells.get("level") and title and not name.has_code:
        code = name_of(called, kind="level", limit=32)
        return LevelName(code, called[:64], title, years, has_code=True)
    if cells.get("level") and title:
        return LevelName(name.code, name.label, title, years, has_code=True)
    title = f"{one_line(cells.get('track', ''))} {called}" if called.isdecimal() else name.title
    return LevelName(name.code, name.label, title.strip(), years, has_code=name.has_code)
