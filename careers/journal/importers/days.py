"""Days as people write them: ISO, English and Thai months, ranges, quarters, weeks.

A range counts by its last day, a month or a quarter by its last day too, and then the day is only
proposed. A day without a year takes that of its document.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

EARLIEST = 1970
BUDDHIST = 543  # years that Thai calendars are ahead

_ENGLISH = [
    r"jan(?:uary)?", r"feb(?:ruary)?", r"mar(?:ch)?", r"apr(?:il)?", "may", "june?", "july?",
    r"aug(?:ust)?", r"sept?(?:ember)?", r"oct(?:ober)?", r"nov(?:ember)?", r"dec(?:ember)?",
]  # fmt: skip
_THAI = [
    r"ม\.ค\.|มกราคม", r"ก\.พ\.|กุมภาพันธ์", r"มี\.ค\.|มีนาคม", r"เม\.ย\.|เมษายน", r"พ\.ค\.|พฤษภาคม",
    r"มิ\.ย\.|มิถุนายน", r"ก\.ค\.|กรกฎาคม", r"ส\.ค\.|สิงหาคม", r"ก\.ย\.|กันยายน", r"ต\.ค\.|ตุลาคม",
    r"พ\.ย\.|พฤศจิกายน", r"ธ\.ค\.|ธันวาคม",
]  # fmt: skip
_MONTHS = [
    re.compile(f"(?:{english})\\.?|{thai}", re.IGNORECASE)
    for english, thai in zip(_ENGLISH, _THAI, strict=True)
]
_WORDS = {"may", "mar", "march"}  # words too, unless written as a name or with a year

_MONTH = rf"(?:(?<![^\W\d_])(?:{'|'.join(_ENGLISH)})(?![^\W\d_])\.?|{'|'.join(_THAI)})"
_YEAR = r"(?<!\d)(?:19[7-9]\d|20\d\d|25[4-9]\d)(?!\d)"
_DAY = r"(?<![\d.,/])(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,/]\d)"
_TO = r"\s*(?:-|–|—|−|&|to|and|until|through|ถึง)\s*"
_THEN_YEAR = rf"(?:,?\s*(?:พ\.ศ\.\s*)?(?P<y>{_YEAR}))"
_FROM_DAY = rf"(?:{_DAY}\s*(?:{_MONTH})?(?:,?\s*{_YEAR})?{_TO})"


class Precision(IntEnum):
    MONTH = 1
    DAY = 2


_PATTERNS = [
    (
        rf"(?P<y>{_YEAR})([-/.])(?P<n>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        Precision.DAY,
    ),
    (rf"(?:{_MONTH}\s*{_DAY}{_TO})(?P<m>{_MONTH})\s*(?P<d>{_DAY}){_THEN_YEAR}?", Precision.DAY),
    (rf"(?P<m>{_MONTH})\s*(?:{_DAY}{_TO})?(?P<d>{_DAY}){_THEN_YEAR}?", Precision.DAY),
    (
        rf"{_FROM_DAY}?(?P<d>{_DAY})(?:\s+of)?\s*(?P<m>{_MONTH}){_THEN_YEAR}?",
        Precision.DAY,
    ),
    (rf"(?:{_MONTH}(?:,?\s*{_YEAR})?{_TO})(?P<m>{_MONTH}){_THEN_YEAR}?", Precision.MONTH),
    (rf"(?P<m>{_MONTH}){_THEN_YEAR}", Precision.MONTH),
    (rf"(?<![\d.])(?P<d>\d\d?)\.(?P<n>\d\d?)\.(?P<y>{_YEAR})", Precision.DAY),
    (rf"(?<![\d/])(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_YEAR})", Precision.DAY),
    (rf"(?P<y>{_YEAR})-?W(?P<w>0[1-9]|[1-4]\d|5[0-3])(?!\d)", Precision.DAY),
    (rf"(?P<y>{_YEAR})[-/](?P<n>0[1-9]|1[0-2])(?![\d/-])", Precision.MONTH),
    (rf"(?P<y>{_YEAR})[\s-]*Q(?P<q>[1-4])(?!\d)", Precision.MONTH),
    (rf"\bQ(?P<q>[1-4])[\s,/-]*(?P<y>{_YEAR})", Precision.MONTH),
    (rf"(?P<y>{_YEAR})[\s-]*H(?P<h>[12])(?!\d)", Precision.MONTH),
    (rf"\bH(?P<h>[12])[\s,/-]*(?P<y>{_YEAR})", Precision.MONTH),
]
_FORMS = [(re.compile(pattern, re.IGNORECASE), precision) for pattern, precision in _PATTERNS]
_OF_A_MONTH = [(form, precision) for form, precision in _FORMS if "(?P<m>" in form.pattern]
_OF_A_YEAR = [(form, precision) for form, precision in _FORMS if "(?P<m>" not in form.pattern]
_HAS_MONTH = re.compile(_MONTH, re.IGNORECASE)
_HAS_YEAR = re.compile(_YEAR)
_YEAR_ALONE = re.compile(rf"(?<![\w/#.-]){_YEAR}(?![\w/]|[-.]\d)")
_BRACKET = re.compile(r"\s*[\[(](?P<inside>[^\])]{3,60})[\])](?!\()[\s:.–—-]*")
_AT_THE_END = re.compile(r"\s*[\[(](?P<inside>[^\])]{3,40})[\])]\.?\s*\Z")
_AFTER = re.compile(r"[\s:,.|–—-]+")
_LONGEST = 2_000  # letters of a text in which a day is looked for


@dataclass(frozen=True, slots=True)
class Found:
    """A day that a text names, and where it stands."""

    day: dt.date
    precision: Precision
    has_year: bool
    start: int
    end: int

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.DAY


def find_days(text: str, *, year: int | None, today: dt.date) -> list[Found]:
    """Every day named in a text, in its order; days still to come are none."""
    text = text[:_LONGEST]
    forms = _OF_A_YEAR if _HAS_YEAR.search(text) else []
    if _HAS_MONTH.search(text):
        forms = [*forms, *_OF_A_MONTH]
    found: list[Found] = []
    for form, precision in forms:
        for match in form.finditer(text):
            if any(f.start < match.end() and match.start() < f.end for f in found):
                continue
            if day := _read(match, year, today):
                has_year = bool(match["y"])
                found.append(Found(day, precision, has_year, match.start(), match.end()))
    return sorted(found, key=lambda f: f.start)


def best_day(days: list[Found]) -> Found | None:
    """The last of the most precise ones."""
    return max(days, key=lambda f: (f.precision, f.start), default=None)


def take_day(text: str, *, year: int | None, today: dt.date) -> tuple[Found | None, str]:
    """The day of a text, and the text without the mark of a day that it begins or ends with."""
    if (bracket := _BRACKET.match(text)) and len(text) > bracket.end():
        days = find_days(bracket["inside"], year=year, today=today)
        if days:
            return best_day(days), text[bracket.end() :]
    if (end := _AT_THE_END.search(text[-60:])) and len(text) > len(end[0]):
        days = find_days(end["inside"], year=year, today=today)
        if days and days[-1].end - days[0].start == len(end["inside"].strip()):
            return best_day(days), text[: len(text) - len(end[0])]
    days = find_days(text, year=year, today=today)
    best = best_day(days)
    if days and not text[: days[0].start].strip(" *_"):
        rest = _AFTER.sub("", text[days[0].end :].lstrip("*_"), count=1)
        return (best, rest) if rest.strip() else (best, text)
    return best, text


def find_year(text: str) -> int | None:
    """The year that a heading or a file's name says."""
    match = _YEAR_ALONE.search(text.replace("_", " ")[:_LONGEST])
    return _christian(int(match[0])) if match else None


def guess_year(text: str, *, today: dt.date) -> int | None:
    """The year that a text names most often, the newest of equals."""
    years = Counter(_christian(int(year)) for year in re.findall(_YEAR, text))
    said = [(count, year) for year, count in years.items() if 1990 <= year <= today.year]
    return max(said)[1] if said else None


def last_day_of(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def _read(match: re.Match[str], year: int | None, today: dt.date) -> dt.date | None:
    parts = match.groupdict()
    word = parts.get("m") or ""
    if word in _WORDS and not parts["y"]:
        return None
    has_year = bool(parts["y"])
    in_year = _christian(int(parts["y"])) if has_year else year
    if in_year is None:
        return None
    day = _day_in(in_year, parts)
    if day and day > today and not has_year:
        day = _day_in(in_year - 1, parts) if in_year == today.year else None
    if day and day > today and (not parts.get("d") and not parts.get("a")):
        months = 3 if parts.get("q") else 6 if parts.get("h") else 1
        first = dt.date(day.year, day.month - months + 1, 1)
        day = today if first <= today else None  # a month, quarter or half that has begun
    return day if day and day <= today and day.year >= EARLIEST else None


def _day_in(year: int, parts: dict[str, str | None]) -> dt.date | None:
    try:
        if parts.get("w"):
            return dt.date.fromisocalendar(year, int(parts["w"] or 0), 5)
        if quarter := parts.get("q"):
            return last_day_of(year, 3 * int(quarter))
        if half := parts.get("h"):
            return last_day_of(year, 6 * int(half))
        if parts.get("a"):
            return _slashed(year, int(parts["a"] or 0), int(parts["b"] or 0))
        month = int(parts["n"] or 0) if parts.get("n") else _month(parts["m"] or "")
        if not parts.get("d"):
            return last_day_of(year, month)
        return dt.date(year, month, int(re.sub(r"\D", "", parts["d"] or "")))
    except ValueError:
        return None


def _slashed(year: int, first: int, second: int) -> dt.date:
    """Month first, as in the United States, unless only the second can be one."""
    return dt.date(year, second, first) if first > 12 else dt.date(year, first, second)


def _month(name: str) -> int:
    return next(n for n, form in enumerate(_MONTHS, 1) if form.fullmatch(name.strip()))


def _christian(year: int) -> int:
    return year - BUDDHIST if year > 2400 else year
