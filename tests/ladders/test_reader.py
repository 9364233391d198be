from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from careers.coverage.facts import CriterionFacts, LampName, LampState
from careers.coverage.rules import assess_criterion
from careers.journal.countable import Window
from careers.ladders.lamps import LAMPS, lamps_asked
from careers.ladders.models import Criterion, Ladder, Transition
from careers.ladders.reader import (
    read_ladder_page,
    read_ladders,
    read_level_page,
)
from careers.ladders.steps import usual_time
from tests.factories import EngineerFactory, PlacementFactory, TargetFactory
from tests.ladders.small import SMALL, changed, publish

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

WINDOW = Window(dt.date(2025, 5, 20), dt.date(2026, 11, 20))


def test_lamps_a_page_names_are_those_the_coverage_asks() -> None:
    call_command("load_ladders", verbosity=0)
    differing = []
    for criterion in Criterion.objects.select_related("level", "dimension"):
        lamps = criterion.lamps
        facts = CriterionFacts(
            key=criterion.key,
            dimension=criterion.dimension.key,
            rank=criterion.level.rank,
            required=criterion.is_required,
            lamps=None if lamps is None else tuple(LampName(lamp) for lamp in lamps),
        )
        coverage = assess_criterion(facts, evidence=[], window=WINDOW, statements_available=True)
        asked = [lamp.name for lamp in coverage.lamps if lamp.state != LampState.NOT_ASKED]
        if lamps_asked(criterion, criterion.level) != [LAMPS[name] for name in asked]:
            differing.append(criterion.key)

    assert differing == []


@pytest.mark.parametrize(
    ("least", "most", "is_open_ended", "words"),
    [
        (12, 18, False, "12–18 months"),
        (24, 36, False, "2–3 years"),
        (36, 60, True, "3–5 years or more"),
        (12, 12, False, "12 months"),
        (1, 1, False, "1 month"),
        (24, 24, False, "2 years"),
        (18, 24, False, "18–24 months"),
        (None, None, False, ""),
        (None, None, True, ""),
    ],
)
def test_usual_time_is_told_in_years_where_it_is_years(
    least: int | None, most: int | None, is_open_ended: bool, words: str
) -> None:
    transition = Transition(min_months=least, max_months=most, is_open_ended=is_open_ended)

    assert usual_time(transition) == words


def test_matrix_has_a_row_for_each_dimension_and_a_cell_for_each_level() -> None:
    publish()

    page = read_ladder_page(EngineerFactory.create(), slug="small")

    assert page is not None
    (matrix,) = page.matrices
    assert [(column.level.code, column.required, column.optional) for column in matrix.columns] == [
        ("A1", 2, 0),
        ("A2", 1, 1),
    ]
    assert [
        (row.dimension.key, [[criterion.key for criterion in cell.criteria] for cell in row.cells])
        for row in matrix.rows
    ] == [("craft", [["tests"], ["designs"]]), ("people", [["asks"], ["talks"]])]


def test_dimension_without_criteria_has_no_row() -> None:
    publish(
        changed(
            ("{key: people, name: People}", "{key: people, name: P}\n      - {key: x, name: X}")
        )
    )

    page = read_ladder_page(EngineerFactory.create(), slug="small")

    assert page is not None
    assert [row.dimension.key for row in page.matrices[0].rows] == ["craft", "people"]


def test_guidance_is_grouped_by_kind_and_title_in_its_order() -> None:
    publish(
        SMALL
        + "  - {kind: principle, title: Fair, text: And open.}\n"
        + "  - {kind: own-kind, text: Something else.}\n"
    )

    page = read_ladder_page(EngineerFactory.create(), slug="small")

    assert page is not None
    assert [
        (group.name, [(topic.title, topic.texts) for topic in group.topics])
        for group in page.guidance
    ] == [
        ("Principles", [("Fair", ["The same bar for everybody.", "And open."])]),
        ("Own kind", [("", ["Something else."])]),
    ]


def test_level_page_knows_its_neighbours_its_step_and_its_end() -> None:
    publish()
    engineer = EngineerFactory.create()

    first = read_level_page(engineer, slug="small", code="A1")
    last = read_level_page(engineer, slug="small", code="A2")

    assert first is not None
    assert last is not None
    assert (first.previous, first.next) == (None, last.level)
    assert (last.previous, last.next) == (first.level, None)
    assert [(step.to_level.code, step.time) for step in first.onward] == [("A2", "2–3 years")]
    assert [(step.from_level.code, step.time) for step in last.arriving] == [("A1", "2–3 years")]
    assert (first.arriving, last.onward, last.level.is_terminal) == ([], [], True)


def test_only_the_newest_placement_and_the_target_are_marked_and_only_ones_own() -> None:
    publish()
    maya, sam = EngineerFactory.create(), EngineerFactory.create()
    first, second = Ladder.objects.get().levels.order_by("position")
    PlacementFactory.create(engineer=maya, level=second, since_on="2021-09-01")
    PlacementFactory.create(engineer=maya, level=first, since_on="2024-03-01")
    TargetFactory.create(engineer=maya, level=second)

    def marks(engineer: Engineer) -> list[tuple[bool, bool]]:
        (ladder,) = read_ladders(engineer)
        levels: Any = ladder.tracks[0].levels  # annotated
        return [(level.is_held, level.is_aimed) for level in levels]

    assert marks(maya) == [(True, False), (False, True)]
    assert marks(sam) == [(False, False), (False, False)]
