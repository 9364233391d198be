"""Numbers that a text tells: "45 min to 8 min", "p99 800ms→200ms", "99.5 % → 99.99 %".

Only with a base: "40 % faster" is no metric, because nobody says 40 % of what.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from careers.journal.importers.reading import LABEL, MOST_METRICS, Number

# In what smallest unit two of different size are compared.
_TIME = {
    "ns": Decimal("0.000001"), "us": Decimal("0.001"), "µs": Decimal("0.001"), "ms": Decimal(1),
    "s": Decimal(1_000), "sec": Decimal(1_000), "secs": Decimal(1_000), "second": Decimal(1_000),
    "seconds": Decimal(1_000), "m": Decimal(60_000), "min": Decimal(60_000),
    "mins": Decimal(60_000), "minute": Decimal(60_000), "minutes": Decimal(60_000),
    "h": Decimal(3_600_000), "hr": Decimal(3_600_000), "hrs": Decimal(3_600_000),
    "hour": Decimal(3_600_000), "hours": Decimal(3_600_000), "day": Decimal(86_400_000),
    "days": Decimal(86_400_000), "week": Decimal(604_800_000), "weeks": Decimal(604_800_000),
}  # fmt: skip
_SIZE = {
    name: Decimal(1_000) ** power
    for power, names in enumerate([("B",), ("kB", "KB"), ("MB",), ("GB",), ("TB",)])
    for name in names
}
_SCALES = (_TIME, _SIZE)
_THOUSANDS = {"k": Decimal(1_000), "K": Decimal(1_000), "M": Decimal(1_000_000)}

_NUMBER = r"(?:[$€£¥]\s?)?\d{1,12}(?:[.,]\d{1,9})*(?:[kKM](?![\w/]))?"
_UNIT = (
    r"(?:%|(?:ns|us|µs|ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|"
    r"B|[kK]B|MB|GB|TB|rps|qps|req/s|x|tickets|pages|alerts|incidents|errors|tests|users|"
    r"customers|teams|services|deploys|people|engineers|points|bugs)(?:(?:/|\sa\s|\sper\s)"
    r"(?:s|sec|min|h|hour|day|week|month|quarter|year))?)(?![\w])"
)
_PAIR = re.compile(
    rf"(?P<from>\bfrom\s+)?(?P<b>(?<![\w.,/-]){_NUMBER})\s?(?P<u1>{_UNIT})?"
    rf"\s*(?P<arrow>→|⟶|->|=>|–>|—>|(?:down\s|up\s)?\bto\b)\s*"
    rf"(?P<a>{_NUMBER})\s?(?P<u2>{_UNIT})?(?![\w/-])"
)
_GUESSED = re.compile(
    r"\b(?:about|around|roughly|approx\w*|estimat\w*|est\.|maybe|circa)\b|[~≈]", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;:,()\[\]–—!?\n]|\b(?:and|from|by|was|were|went|is|are)\b", re.IGNORECASE)
_LONGEST = 5_000
LARGEST = 10**9  # with six decimals a column holds fifteen digits


def find_numbers(text: str, *, title: str = "") -> list[Number]:
    """The metrics of a text, named by the words before them, else by `title`.

    Their basis is "estimated" until somebody says that it was measured: a text does not tell.
    """
    found: list[Number] = []
    text = text[:_LONGEST]
    for match in _PAIR.finditer(text) if re.search(r"\d", text) else ():
        number = _number_of(match, name=_name_of(text, *match.span()) or title)
        if number and len(found) < MOST_METRICS:
            found.append(number)
    return found


def is_guess(text: str) -> bool:
    """Whether a text says of its numbers that they are estimates."""
    return bool(_GUESSED.search(text))


def _number_of(match: re.Match[str], *, name: str) -> Number | None:
    first = match["u1"] or _currency(match["b"])
    second = match["u2"] or _currency(match["a"])
    is_arrow = "to" not in match["arrow"]
    if not (is_arrow or match["from"] or (first and second)):
        return None  # "2 to 3 weeks" is a range
    before, after = _decimal(match["b"]), _decimal(match["a"])
    if before is None or after is None or before == after:
        return None
    unit = second or first
    if first and second and first != second:
        scale = next((s for s in _SCALES if first in s and second in s), None)
        if scale is None:
            return None
        unit = min(first, second, key=lambda name: scale[name])
        before, after = before * scale[first] / scale[unit], after * scale[second] / scale[unit]
    if max(before, after) >= LARGEST:
        return None
    better = "lower" if after < before else "higher"
    return Number(name[:LABEL], _fit(before), _fit(after), unit, better, "estimated")


def _decimal(text: str) -> Decimal | None:
    text = text.strip("$€£¥ ")
    factor = _THOUSANDS.get(text[-1], Decimal(1))
    digits = text.rstrip("kKM")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    try:
        return Decimal(digits.replace(",", ".")) * factor
    except InvalidOperation:
        return None  # such as 1.2.3, a version


def _fit(number: Decimal) -> Decimal:
    return round(number, 6).normalize() + 0


def _currency(text: str) -> str:
    return {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}.get(text[0], "")


def _name_of(text: str, start: int, end: int) -> str:
    """The words of the clause before a number, at most six, else the few after it."""
    said = text[max(0, start - 120) : start].rstrip()
    before = _CLAUSE.split(said.removesuffix(":"))[-1].strip(" *_-")
    after = _CLAUSE.split(text[end : end + 60])[0].strip(" *_-")
    words = before.split()[-6:] if re.search(r"[^\W\d]", before) else after.split()[:4]
    return " ".join(words)
