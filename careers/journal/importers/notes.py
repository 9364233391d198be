"""Plain notes as rows: a line each, or a paragraph where lines are wrapped."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from django.utils.translation import gettext as _

from careers.journal.importers.days import find_days, find_year
from careers.journal.importers.outline import Outline
from careers.journal.importers.pieces import NothingSaidError, Piece, Place, TooLongError
from careers.journal.importers.reading import WHAT, LeftOut, Reading, Row, number_repeats

WRAPPED = 60  # letters: a line that goes on below it has about so many
_ENDS = re.compile(r"[.!?:;。]\W{0,9}\Z")
_GOES_ON = re.compile(r"\s*[a-zß-öø-ÿа-яα-ω,;)]")
_BULLET = re.compile(r"\A\s*(?:[•◦‣▪–—*+-]|\d{1,3}[.)])\s+")
_NO_WORD = re.compile(r"[\W\d_]+")
_DAY_WORDS = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\b|\b(?:week|of|to|the)\b", re.IGNORECASE
)


def read_notes(text: str, *, year: int | None, today: dt.date) -> Reading:
    """A row for every line that does not go on the one above; a line that is a day dates those
    below it."""
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    place = Place(today=today, year=year)
    outline = Outline("")
    for first, last, said in _paragraphs(text.split("\n")):
        lines = range(first, last + 1)
        if below := _place_below(said, place):
            place = below
            left_out.append(LeftOut(first, last, said[:200], _("the day of what is below it")))
            continue
        if not re.search(r"\w", said):
            left_out.append(LeftOut(first, last, said[:200], _("nothing is written there")))
            continue
        piece = Piece(outline, place)
        title = piece.words(_BULLET.sub("", said), is_title=True)
        try:
            rows.append(piece.row(title, lines=lines, said=title))
        except NothingSaidError:
            left_out.append(LeftOut(first, last, said[:200], _("nothing is written there")))
        except TooLongError:
            reason = _("longer than an entry, which has at most %(most)d letters") % {"most": WHAT}
            left_out.append(LeftOut(first, last, said[:200], reason))
    return Reading("notes", number_repeats(rows), tuple(left_out), year=place.year)


def _paragraphs(lines: list[str]) -> list[tuple[int, int, str]]:
    """First and last line, and text, of everything that is written as one."""
    parts: list[tuple[int, int, list[str]]] = []
    above = ""
    for number, line in enumerate(lines, 1):
        if line.strip():
            is_wrapped = len(above) >= WRAPPED and not _ENDS.search(above[-12:])
            goes_on = bool(above) and (is_wrapped or bool(_GOES_ON.match(line)))
            if goes_on and not _BULLET.match(line) and len(parts[-1][2]) < 200:
                first, _last, said = parts[-1]
                said.append(line.strip())
                parts[-1] = (first, number, said)
            else:
                parts.append((number, number, [line.strip()]))
        above = line.strip()
    return [(first, last, " ".join(said)) for first, last, said in parts]


def _place_below(said: str, place: Place) -> Place | None:
    """What a line that is nothing but a day, a month or a year says of those below; else None."""
    if len(said) > 60:
        return None
    year = find_year(said) or place.year
    days = find_days(said, year=year, today=place.today)
    rest = said[: days[0].start] + said[days[-1].end :] if days else said
    if _NO_WORD.sub("", _DAY_WORDS.sub("", rest)) or not (days or find_year(said)):
        return None
    return replace(place, year=year, period=days[-1] if days else None)
