from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from careers.ladders.models import Target
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LadderFactory,
    LevelFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
    WeekFactory,
)
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

DAY = dt.timedelta(days=1)
MOST_QUERIES = 8  # of a page, the session and the person included


@pytest.fixture
def newcomer(client: Client) -> Engineer:
    """Signed in as `client`, and nothing said yet."""
    engineer = EngineerFactory.create(name="Maya Lindqvist")
    client.force_login(engineer)
    return engineer


@pytest.fixture
def maya(newcomer: Engineer) -> Engineer:
    """Who said which level she holds."""
    PlacementFactory.create(engineer=newcomer)
    return newcomer


def aim(engineer: Engineer) -> Criterion:
    criterion = CriterionFactory.create(text="Designs systems", level__label="L6+")
    TargetFactory.create(engineer=engineer, level=criterion.level)
    return criterion


def prove(criterion: Criterion, engineer: Engineer) -> None:
    for days in (200, 100, 0):
        entry = EntryFactory.create(
            project=ProjectFactory.create(engineer=engineer),
            counted=True,
            happened_on=FRIDAY - days * DAY,
        )
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=criterion)


def titles_of(response: Any) -> list[str]:
    return re.findall(r'<a class="entry-title"[^>]*>(.*?)</a>', response.text)


# --- the first time -----------------------------------------------------------------------------


def test_home_asks_a_newcomer_where_they_stand_and_nothing_more(
    client: Client, newcomer: Engineer
) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "Welcome, Maya" in text_of(response)
    names = re.findall(r'<(?:input|select)[^>]* name="(\w+)"', response.text)
    assert names == ["csrfmiddlewaretoken", "level", "since_on", "employer", "target"]


def test_home_keeps_what_a_newcomer_says_and_goes_on(client: Client, newcomer: Engineer) -> None:
    held, aimed = LevelFactory.create_batch(2)
    data = {
        "level": held.pk,
        "since_on": "2024-03-01",
        "employer": "Example Systems",
        "target": aimed.pk,
    }

    response = client.post("/", data)

    assert response.headers["Location"] == "/"
    placement = newcomer.placements.get()
    assert (placement.level, placement.since_on, placement.employer) == (
        held,
        dt.date(2024, 3, 1),
        "Example Systems",
    )
    assert Target.objects.get(engineer=newcomer).level == aimed
    assert "The week so far" in client.get("/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"level": ""}, "Choose the level you hold, or the one that comes closest."),
        ({"level": "x"}, "That level is not in the list; choose another."),
        ({"since_on": "2026-11-21"}, "That day is still to come."),
        ({"since_on": "0000-01-01"}, "Write a date as in 2024-03-01."),
        ({"employer": "Typed employer" + "x" * 160}, "Write at most 160 characters."),
    ],
)
def test_home_refuses_what_a_newcomer_cannot_mean_and_keeps_it(
    client: Client, newcomer: Engineer, wrong: dict[str, str], sentence: str
) -> None:
    level = LevelFactory.create()
    data = {"level": level.pk, "since_on": "2024-03-01", "employer": "Typed employer"}

    response = client.post("/", data | wrong)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert 'value="Typed employer' in response.text
    assert newcomer.placements.count() == 0


def test_home_refuses_a_form_without_anything(client: Client, newcomer: Engineer) -> None:
    assert client.post("/").status_code == 422


# --- this week ----------------------------------------------------------------------------------


def test_home_is_this_week_with_a_line_to_write(client: Client, maya: Engineer) -> None:
    for title, day in (("Monday", 4), ("Friday", 0), ("Last Sunday", 5)):
        EntryFactory.create(engineer=maya, title=title, happened_on=FRIDAY - day * DAY)
    EntryFactory.create(title="Planted")

    response = client.get("/")

    assert titles_of(response) == ["Friday", "Monday"]
    assert "Friday, 20 November" in text_of(response)
    assert re.findall(r'<input type="text" name="title"', response.text) != []
    assert re.findall(r'name="operation_id" value="([0-9a-f-]{36})"', response.text) != []


def test_home_gives_every_visit_an_operation_of_its_own(client: Client, maya: Engineer) -> None:
    operations = [
        re.findall(r'name="operation_id" value="([^"]+)"', client.get("/").text) for _visit in "ab"
    ]

    assert operations[0] != operations[1]


def test_home_is_the_week_of_where_the_engineer_is(client: Client, maya: Engineer) -> None:
    maya.time_zone = "Pacific/Kiritimati"
    maya.save()

    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        response = client.get("/")

    assert "2026-W48 Monday, 23 November" in text_of(response)


def test_home_knows_a_quiet_week(client: Client, maya: Engineer) -> None:
    before = text_of(client.get("/"))
    WeekFactory.create(engineer=maya)

    after = text_of(client.get("/"))

    assert "It was a quiet week" in before
    assert "A quiet week. Quiet weeks count as logged." in after
    assert "It was not, after all" in after


def test_home_shows_an_entry_once_it_is_saved(client: Client, maya: Engineer) -> None:
    client.post("/journal/entries/", {"title": "Halved the build", "next": "/"})

    assert titles_of(client.get("/")) == ["Halved the build"]


# --- the gap ------------------------------------------------------------------------------------


def test_home_without_a_target_asks_for_one(client: Client, maya: Engineer) -> None:
    text = text_of(client.get("/"))

    assert "Say which level you aim for, and the gap to it stands here." in text


def test_home_shows_the_gap_in_one_glance(client: Client, maya: Engineer) -> None:
    criterion = aim(maya)
    before = text_of(client.get("/"))
    prove(criterion, maya)

    after = text_of(client.get("/"))

    assert "To L6+" in before
    assert "0 of 1 required proven" in before
    assert "Nearest to proven Designs systems 0 examples" in before
    assert "1 of 1 required proven" in after
    assert "Nearest to proven" not in after


def test_home_looks_as_far_back_as_the_ladder_asks(client: Client, maya: Engineer) -> None:
    ladder = LadderFactory.create(rules={"window_months": 6})
    criterion = CriterionFactory.create(level__track__ladder=ladder, text="Designs systems")
    TargetFactory.create(engineer=maya, level=criterion.level)
    prove(criterion, maya)

    assert "Designs systems 2 examples" in text_of(client.get("/"))


def test_home_asks_as_often_for_three_hundred_entries_as_for_three(
    client: Client, maya: Engineer, django_assert_max_num_queries: Any
) -> None:
    criterion = aim(maya)
    prove(criterion, maya)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/")
    for _n in range(99):
        prove(criterion, maya)

    with django_assert_max_num_queries(len(few)):
        client.get("/")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_home_answers_its_own_methods_alone(client: Client, maya: Engineer, method: str) -> None:
    assert client.generic(method, "/").status_code == 405
