"""The evidence of a window by month, as the bars of a picture. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext, ngettext

from careers.packets.parts import Bar, Timeline, YearLabel
from careers.packets.wording import months_between, say_month

# The picture's own unit: a tenth of a millimetre on paper.
WIDTH, TALLEST, BASE = 1660, 220, 270
WIDEST_BAR = 64
MOST_MONTHS = 48  # a longer window is shown by year
MOST_NUMBERS = 30  # more bars leave no room for a number above each


def draw_timeline(
    counted: Iterable[dt.date], supporting: Iterable[dt.date], *, start: dt.date, end: dt.date
) -> Timeline | None:
    """Every month of the window with its counted and its only supporting entries; None for none."""
    is_yearly = months_between(start, end) > MOST_MONTHS
    first = _floor(start, is_yearly)
    steps = [first]
    while (following := _next(steps[-1], is_yearly)) <= end:
        steps.append(following)
    solid = Counter(_floor(day, is_yearly) for day in counted)
    light = Counter(_floor(day, is_yearly) for day in supporting)
    if not solid and not light:
        return None
    highest = max(solid[step] + light[step] for step in steps)
    bars = [
        _bar(position, len(steps), step, solid[step], light[step], highest, is_yearly)
        for position, step in enumerate(steps)
    ]
    return Timeline(
        bars=bars,
        years=[] if is_yearly else _years(steps, bars),
        text=_text(steps, bars, is_yearly),
        summary=_summary(solid, is_yearly, len(steps)),
        has_numbers=len(bars) <= MOST_NUMBERS,
    )


def _floor(day: dt.date, is_yearly: bool) -> dt.date:
    return day.replace(month=1, day=1) if is_yearly else day.replace(day=1)


def _next(step: dt.date, is_yearly: bool) -> dt.date:
    if is_yearly or step.month == 12:
        return dt.date(step.year + 1, 1, 1)
    return step.replace(month=step.month + 1)


def _bar(
    position: int,
    count: int,
    step: dt.date,
    counted: int,
    supporting: int,
    highest: int,
    is_yearly: bool,
) -> Bar:
    room = WIDTH / count
    width = min(room * 0.72, WIDEST_BAR)
    tall, light = TALLEST * counted / highest, TALLEST * supporting / highest
    middle = room * (position + 0.5)
    return Bar(
        label=str(step.year) if is_yearly else str(MONTHS_3[step.month]).title(),
        counted=counted,
        supporting=supporting,
        x=round(middle - width / 2, 1),
        width=round(width, 1),
        middle=round(middle, 1),
        counted_y=round(BASE - tall, 1),
        counted_height=round(tall, 1),
        supporting_y=round(BASE - tall - light, 1),
        supporting_height=round(light, 1),
        number_y=round(BASE - tall - light - 10, 1),
    )


def _years(steps: list[dt.date], bars: list[Bar]) -> list[YearLabel]:
    return [
        YearLabel(str(step.year), bar.x)
        for position, (step, bar) in enumerate(zip(steps, bars, strict=True))
        if position == 0 or step.month == 1
    ]


def _text(steps: list[dt.date], bars: list[Bar], is_yearly: bool) -> str:
    said = []
    for step, bar in zip(steps, bars, strict=True):
        name = str(step.year) if is_yearly else say_month(step)
        count = f"{bar.counted} + {bar.supporting}" if bar.supporting else str(bar.counted)
        said.append(f"{name}: {count}")
    lead = gettext("Counted entries, and after a plus those that only support.")
    return f"{lead} {'; '.join(said)}."


def _summary(solid: Counter[dt.date], is_yearly: bool, length: int) -> str:
    entries, filled = sum(solid.values()), len(solid)
    counted = ngettext("%d counted entry", "%d counted entries", entries) % entries
    facts = {"entries": counted, "filled": filled, "length": length}
    if is_yearly:
        return gettext("%(entries)s in %(filled)d of %(length)d years of the window.") % facts
    return gettext("%(entries)s in %(filled)d of %(length)d months of the window.") % facts
