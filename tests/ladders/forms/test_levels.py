from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from careers.ladders.forms.levels import LevelsForm
from careers.ladders.models import Level, Target
from careers.people.models import Engineer
from tests.factories import EngineerFactory, PlacementFactory, TargetFactory
from tests.ladders.small import SMALL, changed, publish

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def maya() -> Engineer:
    publish()
    return EngineerFactory.create()


def answers(**said: Any) -> dict[str, Any]:
    """What a first visit is answered with: A1 since March 2024, aiming for A2."""
    first, second = Level.objects.order_by("code")
    return {
        "level": str(first.pk),
        "since_on": "2024-03-01",
        "employer": "Acme",
        "target": str(second.pk),
    } | said


def errors(engineer: Engineer, **said: Any) -> dict[str, list[str]]:
    with time_machine.travel(NOON, tick=False):
        form = LevelsForm(answers(**said), engineer=engineer)
        return {name: [str(line) for line in lines] for name, lines in form.errors.items()}


def test_answers_become_a_placement_and_a_target(maya: Engineer) -> None:
    form = LevelsForm(answers(), engineer=maya)

    assert form.is_valid()
    form.save()

    placement = maya.placements.get()
    assert (placement.level.code, placement.since_on, placement.employer) == (
        "A1",
        dt.date(2024, 3, 1),
        "Acme",
    )
    assert Target.objects.get(engineer=maya).level.code == "A2"


def test_employer_and_target_may_be_left_out(maya: Engineer) -> None:
    TargetFactory.create(engineer=maya, level=Level.objects.get(code="A2"))
    form = LevelsForm(answers(employer="", target=""), engineer=maya)

    assert form.is_valid()
    form.save()

    assert maya.placements.get().employer == ""
    assert not Target.objects.exists()


def test_form_begins_with_what_was_said_before(maya: Engineer) -> None:
    first, second = Level.objects.order_by("code")
    PlacementFactory.create(engineer=maya, level=first, since_on="2021-09-01", employer="Old")
    PlacementFactory.create(engineer=maya, level=second, since_on="2024-03-01", employer="Acme")
    TargetFactory.create(engineer=maya, level=second)

    form = LevelsForm(engineer=maya)

    assert form.initial == {
        "level": second.pk,
        "since_on": dt.date(2024, 3, 1),
        "employer": "Acme",
        "target": second.pk,
    }


def test_levels_are_grouped_by_ladder_and_track(maya: Engineer) -> None:
    field: Any = LevelsForm(engineer=maya).fields["level"]

    first, second = Level.objects.order_by("code")
    assert field.choices == [
        ("", "Choose…"),
        (
            "Small ladder · Engineer",
            [(str(first.pk), "A1, Beginner"), (str(second.pk), "A2+, Expert")],
        ),
    ]


def test_level_that_its_ladder_no_longer_has_stays_a_choice_for_who_holds_it(
    maya: Engineer,
) -> None:
    level = Level.objects.get(code="A1")
    PlacementFactory.create(engineer=maya, level=level)
    publish(changed(("code: A1", "code: B1"), ("from: A1", "from: B1")))

    mine: Any = LevelsForm(engineer=maya).fields["level"]
    others: Any = LevelsForm(engineer=EngineerFactory.create()).fields["level"]

    assert mine.choices[-1] == ("No longer in the ladder", [(str(level.pk), "A1, Beginner")])
    assert len(others.choices) == 2


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("level", "", "Choose the level you hold, or the one that comes closest."),
        ("level", "999999", "That level is not in the list; choose another."),
        ("level", "9" * 100_000, "That level is not in the list; choose another."),
        ("level", "x\x00y", "That level is not in the list; choose another."),
        ("level", "\ud800", "That level is not in the list; choose another."),
        ("target", "0", "That level is not in the list; choose another."),
        ("since_on", "", "Since when? A rough date is good enough."),
        ("since_on", "last spring", "Write a date as in 2024-03-01."),
        ("since_on", "2024-02-30", "Write a date as in 2024-03-01."),
        ("since_on", "0000-01-01", "Write a date as in 2024-03-01."),
        ("since_on", "2024-03-01\x00", "Write a date as in 2024-03-01."),
        ("since_on", "2" * 100_000, "Write a date as in 2024-03-01."),
        ("since_on", "0001-01-01", "That is before 1960; is the year right?"),
        ("since_on", "1959-12-31", "That is before 1960; is the year right?"),
        ("since_on", "2026-11-21", "That day is still to come."),
        ("since_on", "9999-12-31", "That day is still to come."),
        ("employer", "x" * 161, "Write at most 160 characters."),
        ("employer", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_bad_input_gets_a_sentence(maya: Engineer, name: str, value: str, sentence: str) -> None:
    assert errors(maya, **{name: value}) == {name: [sentence]}


@pytest.mark.parametrize("day", ["1960-01-01", "2026-11-20"])
def test_first_day_and_today_are_days_one_may_hold_a_level_since(maya: Engineer, day: str) -> None:
    assert errors(maya, since_on=day) == {}


def test_today_is_the_day_it_is_where_the_engineer_is(maya: Engineer) -> None:
    maya.time_zone = "Pacific/Kiritimati"

    assert errors(maya, since_on="2026-11-21") == {}


def test_level_of_somebody_elses_ladder_is_no_choice(maya: Engineer) -> None:
    text = changed(("slug: small", "slug: hers"))
    publish(text, owner=EngineerFactory.create())
    level = Level.objects.get(code="A1", ladder__slug="hers")

    refusal = ["That level is not in the list; choose another."]
    data = {"level": level.pk, "since_on": "2024-03-01", "target": level.pk}
    assert LevelsForm(data, engineer=maya).errors == {"level": refusal, "target": refusal}


def test_form_takes_three_queries_however_long_the_history(
    maya: Engineer, django_assert_num_queries: Any
) -> None:
    level = Level.objects.get(code="A1")
    for year in range(2000, 2020):
        PlacementFactory.create(engineer=maya, level=level, since_on=dt.date(year, 1, 1))

    with django_assert_num_queries(3):
        str(LevelsForm(engineer=maya))


def test_private_ladder_is_a_choice_for_its_owner() -> None:
    owner = EngineerFactory.create()
    publish(SMALL, owner=owner)

    assert len(LevelsForm(engineer=owner).levels) == 2
