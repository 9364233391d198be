from __future__ import annotations

import datetime as dt

import pytest

from careers.coverage.forms import WindowForm
from careers.journal.countable import Window
from careers.journal.evidence import Goals
from careers.ladders.models import Ladder, Level

TODAY = dt.date(2026, 11, 20)
NOWHERE = Goals(target=None, held=None)


def window_of(sent: dict[str, str], goals: Goals = NOWHERE) -> Window:
    form = WindowForm(sent, goals=goals, today=TODAY)
    assert form.is_valid(), form.errors
    found: Window = form.cleaned_data["window"]
    return found


@pytest.mark.parametrize(
    ("sent", "window"),
    [
        ({}, (dt.date(2025, 5, 20), TODAY)),
        ({"to": "2026-06-30"}, (dt.date(2024, 12, 30), dt.date(2026, 6, 30))),
        ({"to": "2026-08-31"}, (dt.date(2025, 2, 28), dt.date(2026, 8, 31))),
        ({"from": "2026-01-01"}, (dt.date(2026, 1, 1), TODAY)),
        (
            {"from": "2020-01-01", "to": "2020-12-31"},
            (dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        ),
        ({"from": "2026-11-20", "to": "2026-11-20"}, (TODAY, TODAY)),
        ({"to": "0001-01-01"}, (dt.date.min, dt.date.min)),
        ({"to": "9999-12-31"}, (dt.date(9998, 6, 30), dt.date.max)),
        ({"from": "", "to": ""}, (dt.date(2025, 5, 20), TODAY)),
    ],
)
def test_window_form_fills_in_what_was_left_out(
    sent: dict[str, str], window: tuple[dt.date, dt.date]
) -> None:
    assert window_of(sent) == Window(*window)


def test_window_form_goes_back_as_far_as_the_ladder_of_the_target_asks() -> None:
    goals = Goals(target=Level(ladder=Ladder(rules={"window_months": 24})), held=None)

    assert window_of({}, goals) == Window(dt.date(2024, 11, 20), TODAY)


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"from": "2026-11-20", "to": "2026-11-19"},
            {"__all__": ["The first day comes after the last."]},
        ),
        ({"from": "2026-11-21"}, {"__all__": ["The first day comes after the last."]}),
        ({"from": "0000-01-01"}, {"from": ["Enter a valid date."]}),
        ({"to": "10000-01-01"}, {"to": ["Enter a valid date."]}),
        (
            {"from": "then", "to": "2026-02-30"},
            {"from": ["Enter a valid date."], "to": ["Enter a valid date."]},
        ),
    ],
)
def test_window_form_refuses(sent: dict[str, str], errors: dict[str, list[str]]) -> None:
    form = WindowForm(sent, goals=NOWHERE, today=TODAY)

    assert form.errors == errors
