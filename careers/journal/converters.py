"""Weeks in addresses."""

from __future__ import annotations

import datetime as dt

from careers.journal.listing import week_name


class WeekConverter:
    """2026-W47, an ISO week of a working life, to its Monday and back."""

    regex = "(?:19[7-9]|20[0-9]|21[0-9])[0-9]-W[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        year, _w, week = value.partition("-W")
        return dt.date.fromisocalendar(int(year), int(week), 1)

    def to_url(self, value: dt.date) -> str:
        return week_name(value)
