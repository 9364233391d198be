from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from careers.coverage.rules import (
    DEFAULT_RULES,
    CriterionCoverage,
    CriterionFacts,
    EvidenceFacts,
    Example,
    Gate,
    GateCode,
    LampName,
    LevelCoverage,
    ManagerPosition,
    Rules,
    Standing,
    Strength,
    Voice,
    assess_criterion,
    assess_level,
    facts_line,
    strength_of,
)
from careers.journal.countable import EntryFacts, Measure, Window

WINDOW = Window(date(2025, 5, 20), date(2026, 11, 20))
CRITERION = CriterionFacts(key="c1", dimension="craft", rank="staff", required=True, lamps=None)
LETTERS = {"green": "G", "amber": "A", "red": "R", "not_asked": "-"}
MEASURED: dict[str, Any] = {"measure": Measure.MEASURED}
ESTIMATED: dict[str, Any] = {"measure": Measure.ESTIMATED}
CO_LED: dict[str, Any] = {"role": "co_led"}
INDEPENDENT = Voice(criterion="c1", entry=None, project=1, standing=Standing.INDEPENDENT)


def evidence(
    project: int | None, days: int, criterion: str = "c1", primary: bool = True, **changes: Any
) -> EvidenceFacts:
    """Primary evidence that counts, dated so many days before the window's end, its id."""
    entry = EntryFacts(
        id=days,
        project=project,
        happened_on=WINDOW.end - timedelta(days=days),
        is_deleted=False,
        is_shareable=True,
        status="shipped",
        has_outcome=True,
        role="led",
        kind="shipped",
        reach="team",
        measure=Measure.NONE,
    )
    entry = replace(entry, **changes)
    return EvidenceFacts(criterion=criterion, entry=entry, is_primary=primary)


THREE = [evidence(1, 400, **MEASURED), evidence(2, 200), evidence(3, 20)]


def assess(
    rows: list[EvidenceFacts],
    voices: tuple[Voice, ...] = (),
    criterion: CriterionFacts = CRITERION,
    rules: Rules = DEFAULT_RULES,
    statements_available: bool = True,
) -> CriterionCoverage:
    return assess_criterion(
        criterion,
        evidence=rows,
        voices=voices,
        window=WINDOW,
        rules=rules,
        statements_available=statements_available,
    )


def letters(coverage: CriterionCoverage) -> str:
    return "".join(LETTERS[lamp.state] for lamp in coverage.lamps)


def sentence(coverage: CriterionCoverage, name: LampName) -> str:
    return {lamp.name: lamp.sentence for lamp in coverage.lamps}[name]


WORKED_CASES = {
    "P1 400 d led measured, P2 200 d led, P3 20 d led, one independent statement": (
        THREE,
        (INDEPENDENT,),
        (Strength.UNDENIABLE, True, "GGGGG"),
    ),
    "the same without a statement": (THREE, (), (Strength.UNDENIABLE, False, "GGGRG")),
    "three led entries of one week 10 d, no project, one measured": (
        [evidence(None, 10, **MEASURED), evidence(None, 11), evidence(None, 12)],
        (),
        (Strength.LUCK, False, "RGGRG"),
    ),
    "P1 400, P2 380, P3 300 d led, unmeasured, none corroborated; "
    "P3 again 5 d secondary, supported, measured": (
        [
            evidence(1, 400),
            evidence(2, 380),
            evidence(3, 300),
            evidence(3, 5, primary=False, role="supported", **MEASURED),
        ],
        (),
        (Strength.UNDENIABLE, False, "ARRRG"),
    ),
    "one project, 12 led entries 500 d to 38 d, measured, independent": (
        [evidence(1, 500 - 42 * n, **MEASURED) for n in range(12)],
        (INDEPENDENT,),
        (Strength.LUCK, False, "GGGGG"),
    ),
    "three projects, co-led, one entry each, 360 / 300 / 170 d, estimated, "
    "the manager's statement only": (
        [evidence(p, d, **CO_LED, **ESTIMATED) for p, d in ((1, 360), (2, 300), (3, 170))],
        (replace(INDEPENDENT, standing=Standing.ABOVE),),
        (Strength.UNDENIABLE, False, "GGAAA"),
    ),
    "nothing": ([], (), (Strength.NONE, False, "RRRRR")),
}


@pytest.mark.parametrize(
    ("rows", "voices", "expected"), WORKED_CASES.values(), ids=WORKED_CASES.keys()
)
def test_worked_case_comes_out_as_the_design_says(
    rows: list[EvidenceFacts],
    voices: tuple[Voice, ...],
    expected: tuple[Strength, bool, str],
) -> None:
    coverage = assess(rows, voices)

    assert (coverage.strength, coverage.is_proven, letters(coverage)) == expected


def test_worked_case_first_day_last_day_and_the_day_before_the_first() -> None:
    whole = (WINDOW.end - WINDOW.start).days

    coverage = assess([evidence(1, whole), evidence(2, 0), evidence(3, whole + 1)])

    assert coverage.strength == Strength.PATTERN
    assert letters(coverage)[0] == "A"
    assert (coverage.first_on, coverage.last_on) == (WINDOW.start, WINDOW.end)


@pytest.mark.parametrize(
    "third",
    [
        evidence(3, 20, is_shareable=False),
        evidence(3, 20, primary=False),
        evidence(3, 20, status="in_progress"),
        evidence(3, 20, has_outcome=False),
        evidence(3, 20, role=""),
        evidence(3, 20, role="supported"),
        evidence(3, 20, is_deleted=True),
    ],
    ids=["private", "secondary", "in progress", "outcome blank", "no role", "supported", "trash"],
)
def test_worked_case_three_projects_of_which_the_third_does_not_count(
    third: EvidenceFacts,
) -> None:
    coverage = assess([evidence(1, 400), evidence(2, 200), third])

    assert coverage.strength == Strength.PATTERN
    assert coverage.counted == (400, 200)


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
    ("rows", "lamps", "is_proven"),
    [
        (THREE, ("sustained", "recent", "measured", "led"), True),
        ([*THREE[1:], evidence(1, 400, **ESTIMATED)], ("measured", "led"), True),
        (
            [evidence(p, 200 + p, **CO_LED, **ESTIMATED) for p in (1, 2, 3)],
            ("measured", "led"),
            False,
        ),
        ([evidence(p, 200 + p) for p in (1, 2, 3)], ("recent", "measured"), False),
        (THREE[:2], (), False),
        ([evidence(p, 300 + p) for p in (1, 2, 3)], (), True),
    ],
    ids=["all green", "one amber", "two ambers", "one red", "two examples", "nothing asked"],
)
def test_proven_is_undeniable_without_red_and_with_one_amber_at_most(
    rows: list[EvidenceFacts], lamps: tuple[str, ...], is_proven: bool
) -> None:
    criterion = replace(CRITERION, lamps=tuple(map(LampName, lamps)))

    assert assess(rows, criterion=criterion).is_proven is is_proven


def test_proven_allows_as_many_ambers_as_the_rules_say() -> None:
    rows = [evidence(p, 200 + p, **CO_LED, **ESTIMATED) for p in (1, 2, 3)]
    criterion = replace(CRITERION, lamps=(LampName.MEASURED, LampName.LED))

    assert assess(rows, criterion=criterion, rules=Rules(amber_allowed=2)).is_proven is True


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (2, ["none", "luck", "undeniable", "undeniable", "undeniable"]),
        (3, ["none", "luck", "pattern", "undeniable", "undeniable"]),
        (4, ["none", "luck", "pattern", "pattern", "undeniable"]),
    ],
)
def test_strength_follows_the_setting_of_undeniable(setting: int, words: list[str]) -> None:
    rules = Rules(undeniable_examples=setting)

    assert [strength_of(examples, rules) for examples in range(5)] == words


def test_examples_are_projects_and_all_loose_entries_together_are_one() -> None:
    rows = [evidence(1, 9), evidence(None, 8), evidence(1, 7), evidence(None, 6), evidence(2, 5)]

    coverage = assess(rows)

    assert coverage.examples == (Example(1, (9, 7)), Example(None, (8, 6)), Example(2, (5,)))
    assert coverage.strength == Strength.UNDENIABLE


def test_supporting_evidence_is_shown_by_date_and_lights_nothing() -> None:
    rows = [
        evidence(2, 5, role="supported", **MEASURED),
        evidence(3, 50, primary=False),
        evidence(4, 51, primary=False, status="in_progress"),
    ]

    coverage = assess(rows)

    assert coverage.supporting == (50, 5)
    assert (coverage.counted, letters(coverage)) == ((), "RRRRR")


def test_entry_tagged_twice_to_a_criterion_counts_once_as_primary() -> None:
    rows = [evidence(1, 5), evidence(1, 5, primary=False), evidence(1, 5)]

    coverage = assess(rows)

    assert (coverage.counted, coverage.supporting) == ((5,), ())


def test_entries_of_one_day_are_ordered_by_id() -> None:
    rows = [evidence(1, 5, id=9), evidence(1, 5, id=8), evidence(1, 6, id=10)]

    assert assess(rows).counted == (10, 8, 9)


def criterion(key: str, dimension: str = "craft", **changes: Any) -> CriterionFacts:
    """Asks for nothing but examples, unless told otherwise."""
    facts = replace(CRITERION, key=key, dimension=dimension, lamps=())
    return replace(facts, **changes)


def three_for(key: str) -> list[EvidenceFacts]:
    return [replace(row, criterion=key) for row in THREE]


def level(
    criteria: list[CriterionFacts],
    rows: list[EvidenceFacts],
    growth_areas: int | None = None,
    manager_position: ManagerPosition | None = None,
    rules: Rules = DEFAULT_RULES,
) -> LevelCoverage:
    return assess_level(
        criteria,
        evidence=rows,
        window=WINDOW,
        rules=rules,
        growth_areas=growth_areas,
        manager_position=manager_position,
    )


def gate(coverage: LevelCoverage, code: GateCode) -> Gate:
    return {gate.code: gate for gate in coverage.gates}[code]


def test_level_counts_required_criteria_and_shows_optional_ones() -> None:
    criteria = [criterion("a"), criterion("b"), criterion("c", required=False)]

    coverage = level(criteria, [*three_for("a"), *three_for("c")])

    assert (coverage.proven, coverage.required, coverage.set_aside) == (1, 2, 0)
    assert [c.is_proven for c in coverage.criteria] == [True, False, True]


def test_level_takes_criteria_set_aside_out_of_both_numbers() -> None:
    reason = "We run no production systems."
    criteria = [
        criterion("a", not_applicable_reason=reason),
        criterion("b"),
        criterion("c", not_applicable_reason=" "),
        criterion("d", required=False, not_applicable_reason=reason),
    ]

    coverage = level(criteria, [*three_for("a"), *three_for("b")])

    assert (coverage.proven, coverage.required, coverage.set_aside) == (1, 2, 1)
    assert coverage.criteria[0].not_applicable_reason == reason


def test_level_ignores_evidence_for_criteria_of_other_levels() -> None:
    coverage = level([criterion("a")], three_for("elsewhere"))

    assert coverage == level([criterion("a")], [])


def test_dimensions_come_in_the_order_in_which_the_ladder_names_them() -> None:
    criteria = [
        criterion("a", "people"),
        criterion("b", "craft"),
        criterion("c", "people"),
        criterion("d", "craft", not_applicable_reason="No reports."),
    ]

    people, craft = level(criteria, three_for("c")).dimensions

    assert (people.key, people.met, people.required, people.set_aside) == ("people", 1, 2, 0)
    assert (craft.key, craft.met, craft.required, craft.set_aside) == ("craft", 0, 1, 1)
    assert (people.weakest, craft.weakest) == ("a", "b")


@pytest.mark.parametrize(
    ("criteria", "rows", "weakest"),
    [
        (
            [criterion("a", lamps=("led", "recent")), criterion("b")],
            [evidence(1, 400, "a", role="contributed"), evidence(2, 400, "a")],
            "b",
        ),
        (
            [criterion("a", lamps=("led",)), criterion("b", lamps=("led", "recent"))],
            [evidence(1, 400, "a", **CO_LED), evidence(1, 400, "b")],
            "b",
        ),
        (
            [criterion("a", lamps=("led",)), criterion("b", lamps=("led", "recent"))],
            [evidence(1, 200, "a", **CO_LED), evidence(1, 200, "b", **CO_LED)],
            "b",
        ),
        (
            [criterion("a"), criterion("b", lamps=("led", "recent"))],
            [evidence(1, 400, "a", role="contributed"), evidence(1, 5, "b")],
            "a",
        ),
        ([criterion("a"), criterion("b")], [], "a"),
        ([criterion("a", required=False), criterion("b")], three_for("b"), "b"),
        ([criterion("a", not_applicable_reason="No."), criterion("b")], three_for("b"), "b"),
        ([criterion("a", not_applicable_reason="No.")], [], None),
        ([criterion("a", required=False)], [], None),
    ],
    ids=[
        "fewest examples first",
        "then most reds",
        "then most ambers",
        "lamps not asked weigh nothing",
        "then the ladder's order",
        "optional is never the weakest",
        "set aside is never the weakest",
        "none left, all set aside",
        "none left, all optional",
    ],
)
def test_weakest_of_a_dimension_is_a_required_criterion(
    criteria: list[CriterionFacts], rows: list[EvidenceFacts], weakest: str | None
) -> None:
    assert level(criteria, rows).dimensions[0].weakest == weakest


def test_gates_of_features_that_are_not_there_are_not_listed() -> None:
    without = level([criterion("a")], [])
    with_both = level([criterion("a")], [], growth_areas=0, manager_position=ManagerPosition(None))

    assert [gate.code for gate in without.gates] == list(GateCode)[:4]
    assert [gate.code for gate in with_both.gates] == list(GateCode)
    assert not any(gate.is_met for gate in with_both.gates)


def test_gates_read_each_entry_once_over_optional_criteria_and_not_over_those_set_aside() -> None:
    criteria = [
        criterion("a"),
        criterion("b", required=False),
        criterion("c", not_applicable_reason="No."),
    ]
    rows = [
        evidence(1, 300, "a", reach="company"),
        evidence(1, 300, "b", reach="company"),
        evidence(None, 20, "b", kind="hiring"),
        evidence(3, 100, "c", kind="mentoring"),
        evidence(4, 100, "a", primary=False, reach="industry"),
    ]

    coverage = level(criteria, rows)

    assert [(gate.is_met, gate.sentence) for gate in coverage.gates] == [
        (False, "2 examples, 3 asked"),
        (False, "280 days in 2 months; 180 days in 3 months turn it green"),
        (True, "1 entry reaches several teams or wider"),
        (True, "1 entry of mentoring or hiring"),
    ]


@pytest.mark.parametrize(("days", "is_met"), [(189, False), (190, True)])
def test_gate_of_sustained_work_is_met_by_what_turns_the_lamp_green(
    days: int, is_met: bool
) -> None:
    rows = [evidence(1, 10, "a"), evidence(1, 100, "b"), evidence(1, days, "b")]

    coverage = level([criterion("a"), criterion("b")], rows)

    assert gate(coverage, GateCode.SUSTAINED).is_met is is_met


@pytest.mark.parametrize(("asked", "is_met"), [(2, True), (3, True), (4, False)])
def test_gate_of_examples_follows_its_own_setting(asked: int, is_met: bool) -> None:
    coverage = level([criterion("a")], three_for("a"), rules=Rules(gate_examples=asked))

    assert gate(coverage, GateCode.EXAMPLES).is_met is is_met


@pytest.mark.parametrize(
    ("reach", "is_met"),
    [
        ("self", False),
        ("team", False),
        ("several_teams", True),
        ("organisation", True),
        ("company", True),
        ("industry", True),
    ],
)
def test_gate_of_reach_asks_for_several_teams_or_wider(reach: str, is_met: bool) -> None:
    coverage = level([criterion("a")], [evidence(1, 5, "a", reach=reach)])

    assert gate(coverage, GateCode.REACH).is_met is is_met


@pytest.mark.parametrize(
    ("kind", "is_met"), [("mentoring", True), ("hiring", True), ("glue", False)]
)
def test_gate_of_mentoring_takes_hiring_too(kind: str, is_met: bool) -> None:
    coverage = level([criterion("a")], [evidence(1, 5, "a", kind=kind)])

    assert gate(coverage, GateCode.MENTORING).is_met is is_met


@pytest.mark.parametrize(
    ("growth_areas", "expected"),
    [
        (0, (False, "0 growth areas with gap and action")),
        (1, (True, "1 growth area with gap and action")),
        (2, (True, "2 growth areas with gap and action")),
    ],
)
def test_gate_of_growth_asks_for_one_area(growth_areas: int, expected: tuple[bool, str]) -> None:
    coverage = level([criterion("a")], [], growth_areas=growth_areas)

    found = gate(coverage, GateCode.GROWTH_AREA)

    assert (found.is_met, found.sentence) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (None, (False, "no position of the manager recorded")),
        (
            date(2026, 8, 21),
            (
                False,
                (
                    "recorded 21 Aug 2026, 91 days before the window's end; "
                    "at most 90 days meet this gate"
                ),
            ),
        ),
        (date(2026, 8, 22), (True, "recorded 22 Aug 2026, 90 days before the window's end")),
        (date(2026, 11, 20), (True, "recorded 20 Nov 2026, the window's last day")),
        (date(2026, 11, 21), (True, "recorded 21 Nov 2026, 1 day after the window's end")),
    ],
)
def test_gate_of_the_manager_s_position_reads_its_age_at_the_window_s_end(
    on: date | None, expected: tuple[bool, str]
) -> None:
    coverage = level([criterion("a")], [], manager_position=ManagerPosition(on))

    found = gate(coverage, GateCode.MANAGER_POSITION)

    assert (found.is_met, found.sentence) == expected


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


@pytest.mark.parametrize(
    ("rows", "voices", "line"),
    [
        (
            [evidence(1, 400, **MEASURED), evidence(2, 39, **MEASURED), evidence(3, 45)],
            (INDEPENDENT, replace(INDEPENDENT, standing=Standing.ABOVE)),
            "3 projects · Oct 2025 – Oct 2026 · 2 measured · 1 independent voice · led",
        ),
        (
            [evidence(1, 40, role="co_led"), evidence(None, 39), evidence(None, 38)],
            (INDEPENDENT, INDEPENDENT),
            "1 project · 1 without a project · Oct 2026 · 2 independent voices · led",
        ),
        ([evidence(None, 39, **CO_LED)], (), "1 without a project · Oct 2026 · co-led"),
        (
            [evidence(1, 39, **MEASURED, role="contributed"), evidence(1, 38, **MEASURED)],
            (),
            "1 project · Oct 2026 · 1 measured · led",
        ),
        ([evidence(1, 39, **ESTIMATED, role="contributed")], (), "1 project · Oct 2026"),
        ([evidence(1, 39, primary=False)], (), ""),
    ],
    ids=["all facts", "loose beside a project", "loose alone", "measured once", "bare", "nothing"],
)
def test_facts_line_states_only_what_is_there(
    rows: list[EvidenceFacts], voices: tuple[Voice, ...], line: str
) -> None:
    assert facts_line(assess(rows, voices)) == line


def test_rules_are_by_default_the_numbers_of_the_design() -> None:
    assert DEFAULT_RULES.as_dict() == {
        "undeniable_examples": 3,
        "sustained_days": 180,
        "sustained_months": 3,
        "sustained_amber_days": 90,
        "recent_days": 180,
        "recent_amber_days": 270,
        "gate_examples": 3,
        "primary_criteria_per_level": 3,
        "window_months": 18,
        "manager_position_days": 90,
        "amber_allowed": 1,
    }


def test_rules_come_back_from_their_mapping() -> None:
    rules = Rules(undeniable_examples=4, amber_allowed=0)

    assert Rules.from_mapping(rules.as_dict()) == rules
    assert Rules.from_mapping({"recent_days": 90}) == Rules(recent_days=90)


def test_rules_may_be_as_low_as_their_least_and_have_no_amber_between() -> None:
    least = Rules(
        undeniable_examples=2,
        sustained_days=0,
        sustained_months=1,
        sustained_amber_days=0,
        recent_days=0,
        recent_amber_days=0,
        gate_examples=1,
        primary_criteria_per_level=1,
        window_months=1,
        manager_position_days=0,
        amber_allowed=0,
    )

    assert letters(assess([evidence(1, 0)], rules=least))[:2] == "GG"
    assert letters(assess([evidence(1, 1)], rules=least))[:2] == "GR"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"luck": 1, "charm": 2}, "There is no setting called charm, luck."),
        (
            {"undeniable_examples": 1},
            "undeniable_examples must be a whole number of at least 2.",
        ),
        ({"sustained_months": 0}, "sustained_months must be a whole number of at least 1."),
        ({"gate_examples": 0}, "gate_examples must be a whole number of at least 1."),
        (
            {"primary_criteria_per_level": 0},
            "primary_criteria_per_level must be a whole number of at least 1.",
        ),
        ({"window_months": 0}, "window_months must be a whole number of at least 1."),
        ({"amber_allowed": -1}, "amber_allowed must be a whole number of at least 0."),
        ({"recent_days": True}, "recent_days must be a whole number of at least 0."),
        ({"recent_days": "9"}, "recent_days must be a whole number of at least 0."),
        ({"sustained_days": 89}, "sustained_amber_days cannot be more than sustained_days."),
        ({"recent_days": 271}, "recent_days cannot be more than recent_amber_days."),
    ],
)
def test_rules_refuse_what_makes_no_sense(mapping: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        Rules.from_mapping(mapping)

    assert str(caught.value) == message


def test_rules_that_differ_move_the_borders() -> None:
    rules = Rules(sustained_days=10, sustained_months=1, sustained_amber_days=5, recent_days=19)

    coverage = assess([evidence(1, 20), evidence(1, 31)], rules=rules)

    assert letters(coverage)[:2] == "GA"
