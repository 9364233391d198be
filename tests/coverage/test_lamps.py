from dataclasses import replace
from typing import Any

import pytest

from careers.coverage.facts import (
    CriterionFacts,
    EvidenceFacts,
    LampName,
    Rules,
    Standing,
    Voice,
)
from careers.journal.countable import Measure
from tests.coverage.facts_for_tests import (
    CO_LED,
    CRITERION,
    ESTIMATED,
    INDEPENDENT,
    THREE,
    assess,
    evidence,
    letters,
    sentence,
)


@pytest.mark.parametrize(
    ("days", "letter"),
    [
        ((10, 100, 189), "A"),
        ((10, 100, 190), "G"),
        ((10, 100, 191), "G"),
        ((10, 210), "A"),
        ((10, 11, 210), "A"),
        ((10, 50, 99), "R"),
        ((10, 50, 100), "A"),
        ((10,), "R"),
    ],
    ids=[
        "179 d in 3 months",
        "180 d in 3 months",
        "181 d in 3 months",
        "200 d in 2 months",
        "200 d in 2 months, three entries",
        "89 d in 3 months",
        "90 d in 3 months",
        "one entry",
    ],
)
def test_sustained_asks_for_180_days_in_3_months(days: tuple[int, ...], letter: str) -> None:
    coverage = assess([evidence(1, day) for day in days])

    assert letters(coverage)[0] == letter


def test_sustained_tells_the_same_month_of_two_years_apart() -> None:
    coverage = assess([evidence(1, 0), evidence(1, 365), evidence(1, 185)])

    assert sentence(coverage, LampName.SUSTAINED) == "365 days, in 3 months"


@pytest.mark.parametrize(
    ("days", "letter"),
    [(0, "G"), (179, "G"), (180, "G"), (181, "A"), (269, "A"), (270, "A"), (271, "R")],
)
def test_recent_reads_the_newest_counted_entry(days: int, letter: str) -> None:
    coverage = assess([evidence(1, 400), evidence(1, days)])

    assert letters(coverage)[1] == letter


@pytest.mark.parametrize(
    ("measures", "letter"),
    [
        ((Measure.NONE, Measure.MEASURED), "G"),
        ((Measure.ESTIMATED, Measure.MEASURED), "G"),
        ((Measure.NONE, Measure.ESTIMATED), "A"),
        ((Measure.NONE, Measure.NONE), "R"),
    ],
)
def test_measured_takes_the_best_of_the_counted(measures: tuple[Measure, ...], letter: str) -> None:
    rows = [evidence(1, day, measure=measure) for day, measure in enumerate(measures)]

    assert letters(assess(rows))[2] == letter


@pytest.mark.parametrize(
    ("roles", "letter"),
    [
        (("contributed", "led"), "G"),
        (("contributed", "co_led"), "A"),
        (("contributed", "contributed"), "R"),
    ],
)
def test_led_takes_the_best_role_of_the_counted(roles: tuple[str, ...], letter: str) -> None:
    rows = [evidence(1, day, role=role) for day, role in enumerate(roles)]

    assert letters(assess(rows))[4] == letter


@pytest.mark.parametrize(
    ("standings", "letter"),
    [
        ((Standing.INDEPENDENT,), "G"),
        ((Standing.ABOVE, Standing.INDEPENDENT), "G"),
        ((Standing.ABOVE,), "A"),
        ((Standing.BELOW,), "A"),
        ((Standing.QUOTE,), "A"),
        ((Standing.OWN, Standing.QUOTE), "A"),
        ((Standing.OWN,), "R"),
        ((), "R"),
    ],
)
def test_corroborated_depends_on_where_the_author_stands(
    standings: tuple[Standing, ...], letter: str
) -> None:
    voices = tuple(replace(INDEPENDENT, standing=standing) for standing in standings)

    assert letters(assess(THREE, voices))[3] == letter


@pytest.mark.parametrize(
    ("about", "letter"),
    [
        ({"entry": 20, "project": None}, "G"),
        ({"entry": None, "project": 3}, "G"),
        ({"entry": 5, "project": None}, "R"),
        ({"entry": 5, "project": 3}, "R"),
        ({"entry": None, "project": 4}, "R"),
        ({"entry": None, "project": None}, "R"),
        ({"criterion": "c2"}, "R"),
    ],
    ids=[
        "a counted entry",
        "the project of one",
        "a supporting entry",
        "a supporting entry of a counted project",
        "another project",
        "nothing, though a loose entry counts",
        "another criterion",
    ],
)
def test_corroborated_hears_only_voices_about_what_is_counted(
    about: dict[str, Any], letter: str
) -> None:
    rows = [*THREE, evidence(None, 30), evidence(3, 5, primary=False)]
    voice = replace(INDEPENDENT, **about)

    assert letters(assess(rows, (voice,)))[3] == letter


def test_voices_of_one_author_are_one_voice() -> None:
    twice = (replace(INDEPENDENT, author="ada"), replace(INDEPENDENT, author="ada", project=2))

    coverage = assess(THREE, (*twice, INDEPENDENT, INDEPENDENT))

    assert coverage.independent_voices == 3


@pytest.mark.parametrize(
    ("rank", "lamps", "statements_available", "expected"),
    [
        ("staff", None, True, "RRRRR"),
        ("", None, True, "RRRRR"),
        ("senior", None, True, "RRRRR"),
        ("junior", None, True, "RRRR-"),
        ("mid", None, True, "RRRR-"),
        ("mid", None, False, "RRR--"),
        ("staff", None, False, "RRR-R"),
        ("junior", (LampName.LED,), True, "----R"),
        ("staff", (LampName.CORROBORATED, LampName.RECENT), True, "-R-R-"),
        ("staff", (LampName.CORROBORATED, LampName.RECENT), False, "-R---"),
        ("staff", (), True, "-----"),
    ],
)
def test_lamps_are_asked_by_list_rank_and_whether_statements_exist(
    rank: str, lamps: tuple[LampName, ...] | None, statements_available: bool, expected: str
) -> None:
    criterion = replace(CRITERION, rank=rank, lamps=lamps)

    coverage = assess([], criterion=criterion, statements_available=statements_available)

    assert letters(coverage) == expected


def test_quotes_do_not_make_corroborated_asked_while_statements_are_off() -> None:
    quote = replace(INDEPENDENT, standing=Standing.QUOTE)

    coverage = assess(THREE, (quote,), statements_available=False)

    assert letters(coverage) == "GGG-G"
    assert coverage.is_proven is True


@pytest.mark.parametrize(
    ("rows", "voices", "sentences"),
    [
        (
            THREE,
            (INDEPENDENT,),
            [
                "380 days, in 3 months",
                "newest 31 Oct 2026, 20 days before the window's end",
                "1 measured entry",
                "1 independent voice",
                "3 entries led",
            ],
        ),
        (
            [evidence(p, d, **CO_LED, **ESTIMATED) for p, d in ((1, 290), (1, 190))],
            (replace(INDEPENDENT, standing=Standing.ABOVE),),
            [
                "100 days in 2 months; 180 days in 3 months turn it green",
                (
                    "newest 14 May 2026, 190 days before the window's end; "
                    "at most 180 days turn it green"
                ),
                "2 estimated entries; a measured one turns it green",
                "1 voice, not independent; an independent one turns it green",
                "2 entries co-led; one led turns it green",
            ],
        ),
        (
            [evidence(1, 1, role="contributed")],
            (),
            [
                "0 days in 1 month; 180 days in 3 months turn it green",
                "newest 19 Nov 2026, 1 day before the window's end",
                "no complete metric; a measured one turns it green",
                "no accepted statement; an independent one turns it green",
                "contributed only; one entry led turns it green",
            ],
        ),
        ([], (), ["no counted entry"] * 5),
    ],
    ids=["green", "amber", "red", "nothing"],
)
def test_lamps_say_their_fact_and_what_would_turn_them_green(
    rows: list[EvidenceFacts], voices: tuple[Voice, ...], sentences: list[str]
) -> None:
    assert [lamp.sentence for lamp in assess(rows, voices).lamps] == sentences


@pytest.mark.parametrize(
    ("criterion", "name", "expected"),
    [
        (replace(CRITERION, rank="mid"), LampName.LED, "not asked at this rank"),
        (replace(CRITERION, lamps=()), LampName.LED, "not asked of this criterion"),
        (CRITERION, LampName.CORROBORATED, "not asked while statements cannot be requested"),
    ],
)
def test_lamps_not_asked_say_why(criterion: CriterionFacts, name: LampName, expected: str) -> None:
    coverage = assess(THREE, criterion=criterion, statements_available=False)

    assert sentence(coverage, name) == expected


def test_rules_that_differ_move_the_borders() -> None:
    rules = Rules(sustained_days=10, sustained_months=1, sustained_amber_days=5, recent_days=19)

    coverage = assess([evidence(1, 20), evidence(1, 31)], rules=rules)

    assert letters(coverage)[:2] == "GA"
