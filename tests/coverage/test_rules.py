from dataclasses import replace

import pytest

from careers.coverage.facts import (
    CriterionFacts,
    EvidenceFacts,
    Example,
    LampName,
    Rules,
    Standing,
    Strength,
    Voice,
)
from careers.coverage.rules import facts_line, strength_of
from tests.coverage.facts_for_tests import (
    CO_LED,
    CRITERION,
    ESTIMATED,
    INDEPENDENT,
    MEASURED,
    THREE,
    WINDOW,
    assess,
    criterion,
    evidence,
    letters,
    level,
    three_for,
)

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
