"""A table of dimensions and levels, whichever of them stand in its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from careers.ladders.importers.draft import NO_DIMENSION, NO_TRACK, DraftCriterion
from careers.ladders.importers.groups import Group, add_to_level, group_of
from careers.ladders.importers.naming import has_code, is_level, level_name, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.importers.draft import Draft, DraftLevel
    from careers.ladders.importers.rows import Row

# Columns before the levels; the last two of those that are there say what the row is about.
# "Level / Skill" says both what the rows are and what the columns are.
_LABEL = (
    r"|competenc(?:y|ies)|dimensions?|areas?|categor(?:y|ies)|themes?|ax[ie]s|pillars?|groups?"
    r"|attributes?|skills?|sub ?competenc(?:y|ies)|capabilit(?:y|ies)|topics?|focus areas?|traits?"
    r"|functions?|aspects?|criteri(?:on|a)|levels?|competency areas?|core competencies"
)
LABELS = re.compile(rf"(?:{_LABEL})(?:\s*/\s*(?:{_LABEL}))?", re.IGNORECASE)
PASSED = re.compile(
    r"ids?|no|notes?|weights?|comments?|descriptions?|definitions?|objectives?|.*objective|summary",
    re.IGNORECASE,
)
NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "x", "tbd"}

_ITEM = re.compile(r"\s*(?:[-*•‣◦·–]|\d{1,2}[.)])\s+(?P<text>\S.*)")


def is_matrix(rows: Sequence[Row]) -> bool:
    """Whether the heading row or the first column, but for its first cell, name levels."""
    rows = rows[1:] if _has_tracks(rows) else rows
    return len(rows) > 1 and (_has_levels(rows[0].cells) or _has_levels(_first_column(rows)))


def read_matrix(rows: Sequence[Row], draft: Draft, *, above: str = "") -> None:
    """The criteria of a table into the draft; a level that it has already gets more of them.

    `above` is the heading that the table stands under: the dimension of one that has levels alone.
    """
    tracks = [NO_TRACK] * len(rows[0].cells)
    if _has_tracks(rows):
        tracks, rows = _tracks_of(rows[0], width=len(rows[1].cells)), rows[1:]
    heading = rows[0]
    if not _has_levels(heading.cells) and _has_levels(_first_column(rows)):
        _read_levels_below(rows, draft)
        return
    labels = _labels_of(rows)
    levels = {
        place: draft.find_level(level_name(cell), line=heading.line, track=tracks[place])
        for place, cell in enumerate(heading.cells)
        if cell and place not in labels and not PASSED.fullmatch(one_line(cell))
    }
    for row in rows[1:]:
        label = [one_line(row.cell(place)) for place in labels] or [""]
        above = label[0] or above
        dimension, within = (above or label[-1]), (label[-1] if len(label) > 1 else "")
        draft.dimensions.append(dimension or NO_DIMENSION)
        for column, level in levels.items():
            path = f"{within or dimension} / {one_line(heading.cells[column])}"
            _add(level, row.cell(column), row.line, path, dimension=dimension, within=within)


def _read_levels_below(rows: Sequence[Row], draft: Draft) -> None:
    """A row for each level, a column for each dimension."""
    dimensions = [one_line(name) for name in rows[0].cells]
    draft.dimensions.extend(dimensions)
    for row in rows[1:]:
        if not row.cell(0):
            continue
        level = draft.find_level(level_name(row.cell(0)), line=row.line)
        for column, dimension in enumerate(dimensions[1:], 1):
            if group_of(dimension).kind or not PASSED.fullmatch(dimension):
                path = f"{one_line(row.cell(0))} / {dimension}"
                _add(level, row.cell(column), row.line, path, dimension=dimension)


def _add(
    level: DraftLevel, cell: str, line: int, path: str, *, dimension: str, within: str = ""
) -> None:
    """A cell's criteria, one for its text or one for each of its items; or what else it says."""
    if one_line(cell).casefold() in NOTHING:
        return
    items = items_of(cell)
    group = Group(dimension) if within else group_of(dimension)
    for text in items:
        if not group.expects(text):
            add_to_level(level, group, text)
            continue
        is_alone = len(items) == 1
        level.criteria.append(
            DraftCriterion(
                text=f"{within}: {text}" if within else text,
                dimension=dimension or NO_DIMENSION,
                line=line,
                path=path[:80],
                place=(f"{dimension} {within}".strip() or NO_DIMENSION) if is_alone else "",
            )
        )


def items_of(cell: str) -> list[str]:
    """The items of a cell that is a list, each line behind one being part of it; else the cell."""
    lines = re.sub(r"<br\s*/?>", "\n", cell, flags=re.IGNORECASE).split("\n")
    if not _ITEM.match(lines[0]):
        return ["\n".join(lines).strip()]
    items: list[list[str]] = []
    for line in lines:
        if match := _ITEM.match(line):
            items.append([match["text"].strip()])
        elif line.strip():
            items[-1].append(line.strip())
    return [" ".join(item) for item in items]


def _labels_of(rows: Sequence[Row]) -> list[int]:
    """The first column and the second too, where its name says that it tells rows apart.

    None of them, where the first is a level as the others are and nothing is told apart.
    """
    heading = rows[0].cells
    is_label = bool(LABELS.fullmatch(one_line(heading[0]))) or not is_level(heading[0])
    is_coded = [has_code(name) for name in heading[:2]]
    if not is_label and (all(is_coded) or (len(rows) == 2 and not any(is_coded))):
        return []
    labels = [0]
    if len(heading) > 2 and not is_level(heading[1]) and LABELS.fullmatch(one_line(heading[1])):
        labels.append(1)
    return labels


def _has_tracks(rows: Sequence[Row]) -> bool:
    """Whether a row of merged cells, fewer than those below, stands above the row of levels."""
    if len(rows) < 3 or not _has_levels(rows[1].cells):
        return False
    tracks, levels = rows[0].cells[1:], rows[1].cells[1:]
    is_merged = sum(map(bool, tracks)) < sum(map(bool, levels))
    return is_merged and sum(map(is_level, tracks)) < sum(map(is_level, levels))


def _has_levels(names: Sequence[str]) -> bool:
    """Whether at least half of some names, but for the first, are those of levels.

    Mere numbers are, where the first says of what.
    """
    rest = [name for name in names[1:] if name and not PASSED.fullmatch(one_line(name))]
    has_label = bool(names[0]) and bool(LABELS.fullmatch(one_line(names[0])))
    found = [name for name in rest if is_level(name) or (has_label and name.isdecimal())]
    return bool(found) and 2 * len(found) >= len(rest)


def _tracks_of(merged: Row, *, width: int) -> list[str]:
    """The track of each column: cells that were merged say it in the first of them."""
    tracks = [NO_TRACK]
    for place in range(1, width):
        tracks.append(one_line(merged.cell(place)) or tracks[-1])
    return tracks


def _first_column(rows: Sequence[Row]) -> list[str]:
    return [row.cell(0) for row in rows]
