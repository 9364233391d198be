"""The document's codes, dates, numbers and addresses in words. Pure: no rows, no clock."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.dates import MONTHS
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from careers.journal.countable import change_of

NO_BREAK = "\u00a0"

# The format's own vocabulary: a snapshot outlives what the journal's forms offer.
KINDS = {
    "shipped": gettext_lazy("Shipped"),
    "fixed": gettext_lazy("Fixed"),
    "design": gettext_lazy("Design"),
    "decision": gettext_lazy("Decision"),
    "incident": gettext_lazy("Incident"),
    "mentoring": gettext_lazy("Mentoring"),
    "glue": gettext_lazy("Glue"),
    "operations": gettext_lazy("Operations"),
    "learning": gettext_lazy("Learning"),
    "recognition": gettext_lazy("Recognition"),
    "hiring": gettext_lazy("Hiring"),
    "external": gettext_lazy("External"),
    "prevented": gettext_lazy("Prevented"),
}
ROLES = {
    "led": gettext_lazy("led"),
    "co_led": gettext_lazy("co-led"),
    "contributed": gettext_lazy("contributed"),
    "supported": gettext_lazy("supported"),
}
REACHES = {
    "self": gettext_lazy("for myself"),
    "team": gettext_lazy("for my team"),
    "several_teams": gettext_lazy("for several teams"),
    "organisation": gettext_lazy("for the organisation"),
    "company": gettext_lazy("for the company"),
    "industry": gettext_lazy("for the industry"),
}
STATUSES = {
    "shipped": gettext_lazy("shipped"),
    "in_progress": gettext_lazy("in progress"),
    "outcome_known": gettext_lazy("outcome known"),
    "dropped": gettext_lazy("dropped, with a lesson"),
}
BASES = {"measured": gettext_lazy("measured"), "estimated": gettext_lazy("estimated")}
LAMPS = {
    "sustained": gettext_lazy("Sustained"),
    "recent": gettext_lazy("Recent"),
    "measured": gettext_lazy("Measured"),
    "corroborated": gettext_lazy("Corroborated"),
    "led": gettext_lazy("Led"),
}
STATES = {
    "green": gettext_lazy("green"),
    "amber": gettext_lazy("amber"),
    "red": gettext_lazy("red"),
    "not_asked": gettext_lazy("not asked"),
}
GATES = {
    "examples": gettext_lazy("Different examples"),
    "sustained": gettext_lazy("Sustained over time"),
    "reach": gettext_lazy("Reach beyond the team"),
    "mentoring": gettext_lazy("Mentoring or hiring"),
    "growth_area": gettext_lazy("Growth areas named"),
    "manager_position": gettext_lazy("The manager's position"),
}


def word_of(words: Mapping[str, Any], code: str) -> str:
    """The word of a code; of a code that nobody knows, the code without its underscores."""
    return str(words.get(code) or code.replace("_", " "))


class Words(str):
    """What somebody wrote. `attributes` are those of the element that holds it: dir and lang."""

    __slots__ = ()

    @property
    def attributes(self) -> SafeString:
        return mark_safe(_attributes(self))  # noqa: S308 one of a few texts of our own


def _attributes(text: str) -> str:
    """By the first letter that has a direction, and by letters that only one language uses."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "R" | "AL":
                return ' dir="rtl"'
            case "L":
                break
    for language, letters in _LETTERS.items():
        if letters.search(text):
            return f' lang="{language}"'
    return ""


_LETTERS = {
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}


def paragraphs(text: str) -> tuple[Words, ...]:
    """The paragraphs of a text, which an empty line parts; line breaks inside stay."""
    return tuple(Words(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())


def width_of(text: str) -> float:
    """About, in small Latin letters: an ideograph is as wide as two, other letters as 1 to 1.9."""
    return sum(map(_width_of_letter, text))


def _width_of_letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    if unicodedata.category(letter) == "Mn":
        return 0
    if letter in "MWmw@%":
        return 1.9
    return 1.4 if letter.isupper() else 1


def shorten(text: str, most: int) -> Words:
    """The text, cut after a word to the width of `most` Latin letters, with an ellipsis."""
    text = " ".join(text.split())
    if width_of(text) <= most:
        return Words(text)
    width = 0.0
    for end, letter in enumerate(text):  # noqa: B007 the place is what is looked for
        width += width_of(letter)
        if width >= most:
            break
    cut = text[:end]
    kept, space, _rest = cut.rpartition(" ")
    return Words((kept if space and len(kept) > most // 2 else cut).rstrip(" ,;:.") + "…")


# --- dates --------------------------------------------------------------------------------------


def say_day(day: dt.date) -> str:
    """20 November 2026."""
    return f"{day.day}{NO_BREAK}{MONTHS[day.month]} {day.year}"


def say_month(day: dt.date) -> str:
    return f"{MONTHS[day.month]} {day.year}"


def months_between(first: dt.date, last: dt.date) -> int:
    """Calendar months that the days touch, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


# --- numbers ------------------------------------------------------------------------------------


def say_numbers(metric: Mapping[str, Any]) -> str:
    """What was measured: "800 → 200 ms", or "4 teams" where nothing was before."""
    before, after, unit = metric["before"], metric["after"], metric["unit"]
    if after is None:
        known = "" if before is None else f"{before}{NO_BREAK}{unit}".strip()
        return gettext("%(before)s before, not measured since") % {"before": known} if known else ""
    numbers = after if before is None else f"{before}{NO_BREAK}→{NO_BREAK}{after}"
    return f"{numbers}{NO_BREAK}{unit}".strip()


def say_change(metric: Mapping[str, Any]) -> str:
    """In per cent: "−75 %"; "" where there is no base."""
    if metric["before"] is None or metric["after"] is None:
        return ""
    change = change_of(Decimal(metric["before"]), Decimal(metric["after"]))
    if change is None:
        return ""
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{abs(change):.{1 if abs(change) < 10 else 0}f}{NO_BREAK}%"


# --- addresses ----------------------------------------------------------------------------------


def safe_address(url: str) -> str:
    """The address where it is one of the web without a name and password in it, else ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    return url if is_web and "@" not in parts.netloc else ""


def short_address(url: str) -> str:
    """Its host, as the machine writes it, and its last part: github.com/…/482."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return shorten(url, 40)
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if not steps:
        return host or shorten(url, 40)
    between = "/…/" if len(steps) > 1 else "/"
    return f"{host}{between}{shorten(steps[-1], 32)}"


# --- counts -------------------------------------------------------------------------------------


def say_proven(met: int, required: int, set_aside: int) -> str:
    """ "5 of 13 required criteria proven, 1 set aside"."""
    sentence = ngettext(
        "%(met)d of %(required)d required criterion proven",
        "%(met)d of %(required)d required criteria proven",
        required,
    )
    said = sentence % {"met": met, "required": required}
    if set_aside:
        aside = ngettext("%d set aside", "%d set aside", set_aside) % set_aside
        said = gettext("%(proven)s, %(aside)s") % {"proven": said, "aside": aside}
    return said
