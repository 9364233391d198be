"""Facts that count unless told otherwise, and their coverage at a glance."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from careers.coverage.facts import (
    DEFAULT_RULES,
    CriterionCoverage,
    CriterionFacts,
    EvidenceFacts,
    LampName,
    LevelCoverage,
    ManagerPosition,
    Rules,
    Standing,
    Voice,
)
from careers.coverage.rules import assess_criterion, assess_level
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


def three_for(key: str) -> list[EvidenceFacts]:
    return [replace(row, criterion=key) for row in THREE]


def criterion(key: str, dimension: str = "craft", **changes: Any) -> CriterionFacts:
    """Asks for nothing but examples, unless told otherwise."""
    facts = replace(CRITERION, key=key, dimension=dimension, lamps=())
    return replace(facts, **changes)


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


def letters(coverage: CriterionCoverage) -> str:
    return "".join(LETTERS[lamp.state] for lamp in coverage.lamps)


def sentence(coverage: CriterionCoverage, name: LampName) -> str:
    return {lamp.name: lamp.sentence for lamp in coverage.lamps}[name]
