"""What stands on the first page, cut and sized so that it is exactly one page on A4 and Letter.

The smallest of three sizes holds the longest texts that the caps let through; `size` is the first
of the three in which the estimate of heights fits. Lengths are points, measured in paper.css.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from careers.packets.parts import Dimension, Front, GrowthArea, Headline, Level, StripRow
from careers.packets.wording import paragraphs, shorten, width_of

# The narrower and the lower of the two papers, less a part for what an estimate gets wrong.
WIDTH, HEIGHT = 470, 649 * 0.96

TITLE, NAME, LEVEL, LADDER = 90, 76, 44, 54
THESIS, RESULT_NUMBER, RESULT, AREA, AREAS, RESULTS = 610, 26, 130, 100, 3, 3
DIMENSION, DIMENSION_OF_TWO, MARKS_OF_TWO, ONE_COLUMN, DIMENSIONS = 38, 24, 8, 5, 12
LONG_NAME, LONG_LEVELS, LONG_NUMBER = 22, 54, 11


@dataclass(frozen=True, slots=True)
class Size:
    """Heights of lines and distances, and how many letters a line holds, for one of the sizes."""

    name: str
    kicker: float
    head: float
    gap: float
    thesis_letters: int
    thesis_line: float
    result_letters: int
    result_line: float
    number: float
    row: float
    area_letters: int
    area_line: float


SIZES = (
    Size("", 31, 44, 26, 70, 21, 38, 12.5, 36, 19, 92, 16),
    Size("is-dense", 14, 34, 14, 86, 16, 41, 10.5, 27, 16.5, 100, 13),
    Size("is-dense is-tight", 6, 34, 9, 97, 13.5, 43, 9.5, 22, 13.5, 106, 12),
)


def compose_front(
    document: Mapping[str, Any],
    *,
    levels: Sequence[Level],
    dimensions: Sequence[Dimension],
    growth: Sequence[GrowthArea],
    concerns: Sequence[str],
) -> Front:
    packet, ladder = document["packet"], document["ladder"]
    name = shorten(packet["engineer"], NAME)
    rows = _strip(dimensions)
    areas = [shorten(" ".join(area.gap), AREA) for area in growth[:AREAS]]
    front = Front(
        title=shorten(packet["title"], TITLE),
        name=name,
        ladder=shorten(ladder.get("name") or ladder["slug"], LADDER),
        written_by=shorten(packet["written_by"], LADDER),
        rows=rows,
        rows_more=len(dimensions) - len(rows),
        growth=areas,
        growth_more=len(growth) - len(areas),
        is_double=len(dimensions) > ONE_COLUMN,
        is_long_name=width_of(name) > LONG_NAME,
        size="",
        **_told(document),
        **_named(levels),
    )
    fitting = (size for size in SIZES if _height(front, concerns, size) <= HEIGHT)
    return replace(front, size=next(fitting, SIZES[-1]).name)


def _told(document: Mapping[str, Any]) -> dict[str, Any]:
    thesis = shorten(document["thesis"], THESIS)
    is_cut = width_of(" ".join(document["thesis"].split())) > THESIS
    results = [_result(result) for result in document["headline_results"][:RESULTS]]
    return {
        "thesis": [thesis] if is_cut else paragraphs(document["thesis"]),
        "is_thesis_cut": is_cut,
        "headlines": results,
        "is_long_number": any(width_of(result.number) > LONG_NUMBER for result in results),
    }


def _named(levels: Sequence[Level]) -> dict[str, Any]:
    """The level aimed for, the last of them, and the one before it."""
    names = [Level(level.code, shorten(level.name, LEVEL)) for level in levels]
    return {
        "from_level": names[0] if len(names) > 1 else None,
        "target_level": names[-1],
        "is_long_level": sum(width_of(f"{one.code} {one.name}") for one in names) > LONG_LEVELS,
    }


def _result(result: Mapping[str, Any]) -> Headline:
    return Headline(
        shorten(str(result.get("number", "")), RESULT_NUMBER),
        shorten(str(result.get("text", "")), RESULT),
    )


def _strip(dimensions: Sequence[Dimension]) -> list[StripRow]:
    is_double = len(dimensions) > ONE_COLUMN
    most = DIMENSION_OF_TWO if is_double else DIMENSION
    return [
        StripRow(
            name=shorten(one.name, most),
            met=one.met,
            required=one.required,
            marks=[] if is_double and one.required > MARKS_OF_TWO else one.marks,
        )
        for one in dimensions[:DIMENSIONS]
    ]


def _height(front: Front, concerns: Sequence[str], size: Size) -> float:
    """Of the whole page in this size, from the kicker to the colophon."""
    label = size.gap + 17
    rows = ceil(len(front.rows) / 2) if front.is_double else len(front.rows)
    heights = [
        size.kicker + 11,
        _lines([front.name], 40) * 25 if front.is_long_name else size.head,
        7 + (30 if front.is_long_level else 21),
        size.gap * 0.9 + 22 + 12 * (1 + _deepest_particular(front)),
        size.gap + _lines(front.thesis, size.thesis_letters) * size.thesis_line,
        label + 24 + rows * size.row,
        4 + 11 * _lines(["; ".join(concerns)], 112),
        20,
    ]
    if front.headlines:
        deepest = max(_lines([one.text], size.result_letters) for one in front.headlines)
        heights.append(label + size.number + 15 * front.is_long_number + deepest * size.result_line)
    if front.growth:
        lines = sum(_lines([area], size.area_letters) for area in front.growth)
        heights.append(label + lines * size.area_line + (15 if front.growth_more else 0))
    return sum(heights)


def _deepest_particular(front: Front) -> int:
    """Lines of the ladder's name, or of the writer's where that makes four columns of three."""
    if front.written_by == front.name:
        return _lines([front.ladder], 32)
    return max(_lines([front.ladder], 24), _lines([front.written_by], 24))


def _lines(texts: Sequence[str], letters: int) -> int:
    """Lines of the paragraphs, line breaks kept."""
    lines = [line for text in texts for line in text.splitlines()]
    return sum(ceil(width_of(line) / letters) or 1 for line in lines)
