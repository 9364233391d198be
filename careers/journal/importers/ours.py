"""A journal as `export_journal --format json` writes it (careers-journal/1), read back."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from careers.journal.importers.outline import LONGEST_ADDRESS
from careers.journal.importers.reading import (
    COLLABORATORS,
    LABEL,
    OUTCOME,
    PROJECT,
    TITLE,
    WHAT,
    ImportRefusedError,
    LeftOut,
    Reading,
    Row,
    key_of,
    number_repeats,
)

FORMAT = "careers-journal/1"
NOTE = 500
_CHOICES = {
    "kind": "shipped fixed design decision incident mentoring glue operations learning recognition "
    "hiring external prevented",
    "role": "led co_led contributed supported",
    "reach": "self team several_teams organisation company industry",
    "status": "shipped in_progress outcome_known dropped",
    "visibility": "shareable private",
}
_TEXTS = {"title": TITLE, "what": WHAT, "outcome": OUTCOME, "collaborators": COLLABORATORS}
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # what no database keeps
_is_address = URLValidator(schemes=["http", "https"])


class _UnreadableError(Exception):
    """What is wrong with one part of the file, in a few words."""


def is_journal(text: str) -> bool:
    return text.lstrip()[:1] == "{" and f'"{FORMAT}"' in text[:2_000]


def read_journal(text: str, *, today: dt.date) -> Reading:
    """Every entry of the file that can be read as a row; the others are left out, with the reason.

    Raises ImportRefusedError when the file is no journal of ours.
    """
    try:
        document = json.loads(text, parse_float=str, parse_int=_whole)
        entries = document["entries"] if document["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise ImportRefusedError(
            _("This JSON is not a whole journal of Careers; perhaps it was cut off.")
        )
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for number, raw in enumerate(entries, 1):
        try:
            rows.append(_row(_content(raw), number, today))
        except _UnreadableError as error:
            title = str(raw.get("title", ""))[:200] if isinstance(raw, dict) else ""
            left_out.append(LeftOut(number, number, title, str(error)))
    return Reading(
        "json",
        number_repeats(rows),
        tuple(left_out),
        projects=tuple(_each(document, "projects", _project)),
        weeks=tuple(_each(document, "weeks", _week)),
    )


def _whole(digits: str) -> int | str:
    """A whole number, or its digits when there are more than any field takes."""
    return int(digits) if len(digits) < 20 else digits


def _each(document: Mapping[str, Any], name: str, read: Any) -> list[Mapping[str, Any]]:
    """What can be read of a list; the rest is nothing to lose an entry for."""
    parts = []
    listed = document.get(name)
    for raw in listed if isinstance(listed, list) else ():
        try:
            parts.append(read(raw))
        except _UnreadableError:
            continue
    return parts


def _row(content: Mapping[str, Any], number: int, today: dt.date) -> Row:
    fields = content["fields"]
    day = dt.date.fromisoformat(fields["happened_on"])
    if day > today + dt.timedelta(days=1):
        raise _UnreadableError(_("its day is still to come"))
    said = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return Row(
        title=fields["title"],
        keys=(key_of("journal", said),),
        lines=(number,),
        happened_on=day,
        content=content,
    )


def _content(raw: Any) -> dict[str, Any]:
    """The whole of an entry in the shape of a revision; evidence names ladder and criterion."""
    entry = _mapping(raw)
    fields = {name: _text(entry, name, most) for name, most in _TEXTS.items()}
    if not fields["title"].strip():
        raise _UnreadableError(_("it has no title"))
    fields["happened_on"] = _day(entry, "happened_on")
    for name, choices in _CHOICES.items():
        fields[name] = _text(entry, name, 20)
        if fields[name] not in choices.split() and not (name == "role" and not fields[name]):
            raise _UnreadableError(
                _("“%(value)s” is no %(name)s") % {"value": fields[name], "name": name}
            )
    return {
        "fields": fields,
        "project": " ".join(_text(entry, "project", PROJECT).split()),
        "metrics": [_metric(_mapping(part)) for part in _list(entry, "metrics")],
        "links": [_link(_mapping(part)) for part in _list(entry, "links")],
        "evidence": [_support(_mapping(part)) for part in _list(entry, "evidence")],
    }


def _metric(raw: Mapping[str, Any]) -> dict[str, Any]:
    metric: dict[str, Any] = {
        "name": _text(raw, "name", LABEL),
        "before": _number(raw, "before"),
        "after": _number(raw, "after"),
        "unit": _text(raw, "unit", 40),
        "better": _text(raw, "better", 8),
        "basis": _text(raw, "basis", 16),
        "is_new": raw.get("is_new") is True,
        "for_whom": _text(raw, "for_whom", LABEL),
    }
    is_right = metric["better"] in {"lower", "higher"} and metric["basis"] in {
        "measured",
        "estimated",
    }
    if not is_right or (metric["is_new"] and metric["before"] is not None):
        raise _UnreadableError(_("a number of it is not complete"))
    return metric


def _link(raw: Mapping[str, Any]) -> dict[str, Any]:
    url = _text(raw, "url", LONGEST_ADDRESS)
    try:
        _is_address(url)
    except ValidationError:
        raise _UnreadableError(_("a link of it is no address")) from None
    return {"url": url, "label": _text(raw, "label", LABEL)}


def _support(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ladder": _text(raw, "ladder", 100),
        "criterion": _text(raw, "criterion", 100),
        "is_primary": raw.get("is_primary") is True,
        "note": _text(raw, "note", NOTE),
    }


def _project(raw: Any) -> dict[str, Any]:
    title = " ".join(_text(_mapping(raw), "title", PROJECT).split())
    if not title:
        raise _UnreadableError(_("it has no title"))
    return {"title": title, "summary": _text(raw, "summary", OUTCOME)}


def _week(raw: Any) -> dict[str, Any]:
    monday = dt.date.fromisoformat(_day(_mapping(raw), "monday"))
    if monday.weekday():
        raise _UnreadableError(_("its day is no Monday"))
    is_quiet = raw.get("is_quiet") is True
    return {"monday": monday, "is_quiet": is_quiet, "note": _text(raw, "note", OUTCOME)}


def _mapping(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise _UnreadableError(_("it is not written as an entry"))
    return raw


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name) or []
    if not isinstance(value, list) or len(value) > 200:
        raise _UnreadableError(_("its %s are no list") % name)
    return value


def _text(raw: Mapping[str, Any], name: str, most: int) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str) or len(value) > most or _UNFIT.search(value):
        raise _UnreadableError(
            _("its %(name)s is no text of at most %(most)d letters") % {"name": name, "most": most}
        )
    return value


def _day(raw: Mapping[str, Any], name: str) -> str:
    try:
        day = dt.date.fromisoformat(_text(raw, name, 10))
    except ValueError:
        raise _UnreadableError(_("it has no day")) from None
    if not 1970 <= day.year <= 2199:
        raise _UnreadableError(_("its day is in no working life"))
    return day.isoformat()


def _number(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _UnreadableError(_("a number of it is no number")) from None
    if not number:
        return "0"
    _sign, digits, exponent = number.as_tuple()
    is_fit = isinstance(exponent, int) and exponent >= -6 and len(digits) + exponent <= 14
    if not is_fit or len("".join(map(str, digits)).strip("0")) > 15:
        raise _UnreadableError(_("a number of it has too many digits"))
    return f"{number:f}"
