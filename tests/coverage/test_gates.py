from datetime import date

import pytest

from careers.coverage.facts import Gate, GateCode, LevelCoverage, ManagerPosition, Rules
from tests.coverage.facts_for_tests import criterion, evidence, level, three_for


def gate(coverage: LevelCoverage, code: GateCode) -> Gate:
    return {gate.code: gate for gate in coverage.gates}[code]


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
