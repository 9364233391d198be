from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from careers.ladders.models import Criterion, Ladder, Level
from tests.factories import (
    CriterionFactory,
    DimensionFactory,
    EditionFactory,
    EngineerFactory,
    LadderFactory,
    LevelFactory,
    PlacementFactory,
    TargetFactory,
    TrackFactory,
    TransitionFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def twice(create: Callable[..., Any], **same: Any) -> None:
    create(**same)
    create(**same)


def refused(breaking: Callable[[], Any]) -> bool:
    """Whether the database itself refuses what `breaking` writes."""
    try:
        breaking()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "breaking",
    [
        pytest.param(lambda: LadderFactory.create(slug="mine"), id="slug mine"),
        pytest.param(lambda: twice(LadderFactory.create, slug="a"), id="slug twice"),
        pytest.param(
            lambda: twice(EditionFactory.create, ladder=LadderFactory.create(), number=1),
            id="edition number twice",
        ),
        pytest.param(
            lambda: twice(TrackFactory.create, ladder=LadderFactory.create(), key="a"),
            id="track key twice",
        ),
        pytest.param(
            lambda: twice(DimensionFactory.create, track=TrackFactory.create(), key="a"),
            id="dimension key twice",
        ),
        pytest.param(
            lambda: twice(LevelFactory.create, track=TrackFactory.create(), code="A1"),
            id="level code twice",
        ),
        pytest.param(lambda: LevelFactory.create(rank="boss"), id="unknown rank"),
        pytest.param(
            lambda: twice(CriterionFactory.create, level=LevelFactory.create(), key="a"),
            id="criterion key twice",
        ),
        pytest.param(
            lambda: twice(
                TransitionFactory.create,
                from_level=LevelFactory.create(),
                to_level=LevelFactory.create(),
            ),
            id="transition twice",
        ),
        pytest.param(
            lambda: TransitionFactory.create(
                from_level=(level := LevelFactory.create()), to_level=level
            ),
            id="transition to the same level",
        ),
        pytest.param(
            lambda: twice(PlacementFactory.create, engineer=EngineerFactory.create()),
            id="two placements on one day",
        ),
        pytest.param(
            lambda: twice(TargetFactory.create, engineer=EngineerFactory.create()),
            id="two targets",
        ),
    ],
)
def test_database_refuses(breaking: Callable[[], Any]) -> None:
    assert refused(breaking)


def test_ladders_of_others_are_not_readable() -> None:
    maya, sam = EngineerFactory.create(), EngineerFactory.create()
    common = LadderFactory.create(name="B")
    hers = LadderFactory.create(name="A", owner=maya)

    assert list(Ladder.objects.readable_by(maya)) == [hers, common]
    assert list(Ladder.objects.readable_by(sam)) == [common]


def test_levels_of_others_and_retired_levels_are_not_readable() -> None:
    maya, sam = EngineerFactory.create(), EngineerFactory.create()
    level = LevelFactory.create()
    LevelFactory.create(track=level.track, is_retired=True)
    hers = LevelFactory.create(track__ladder__owner=maya)

    assert set(Level.objects.readable_by(maya)) == {level, hers}
    assert set(Level.objects.readable_by(sam)) == {level}


def test_criteria_of_others_are_not_readable() -> None:
    maya, sam = EngineerFactory.create(), EngineerFactory.create()
    hers = CriterionFactory.create(level__track__ladder__owner=maya)

    assert list(Criterion.objects.readable_by(maya)) == [hers]
    assert list(Criterion.objects.readable_by(sam)) == []


def test_newest_placement_comes_first() -> None:
    engineer = EngineerFactory.create()
    older = PlacementFactory.create(engineer=engineer, since_on="2021-09-01")
    newer = PlacementFactory.create(engineer=engineer, since_on="2024-03-01")

    assert list(engineer.placements.newest_first()) == [newer, older]
