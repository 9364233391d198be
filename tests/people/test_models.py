"""Who is here, and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from careers.people.models import Engineer
from tests.factories import PASSWORD, EngineerFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters() -> None:
    engineer = Engineer.objects.create_user("Maya@Example.COM", PASSWORD, name="Maya")

    assert engineer.email == "maya@example.com"
    assert engineer.check_password(PASSWORD)
    assert (engineer.is_staff, engineer.is_superuser) == (False, False)


def test_an_engineer_without_a_password_cannot_sign_in() -> None:
    engineer = Engineer.objects.create_user("maya@example.com", name="Maya")

    assert not engineer.has_usable_password()


def test_an_engineer_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Engineer.objects.create_user("", PASSWORD)


def test_an_administrator_enters_the_administration() -> None:
    engineer = Engineer.objects.create_superuser("admin@example.com", PASSWORD, name="Ada")

    assert (engineer.is_staff, engineer.is_superuser) == (True, True)


def test_an_engineer_is_found_by_their_address_in_any_letters() -> None:
    maya = EngineerFactory.create(email="maya@example.com")

    assert Engineer.objects.get_by_natural_key("MAYA@example.com") == maya


def test_the_database_refuses_a_second_engineer_with_an_address() -> None:
    EngineerFactory.create(email="maya@example.com")

    with pytest.raises(IntegrityError):
        EngineerFactory.create(email="Maya@example.com")


@pytest.mark.parametrize("day", [0, 8])
def test_the_database_refuses_a_day_that_no_week_has(day: int) -> None:
    with pytest.raises(IntegrityError):
        EngineerFactory.create(log_day=day)


def test_the_database_refuses_somebody_as_their_own_manager() -> None:
    maya = EngineerFactory.create()

    with pytest.raises(IntegrityError):
        Engineer.objects.filter(pk=maya.pk).update(manager=maya)


def test_reports_stay_when_their_manager_goes() -> None:
    tomas = EngineerFactory.create()
    maya = EngineerFactory.create(manager=tomas)

    tomas.delete()

    maya.refresh_from_db()
    assert maya.manager is None


@pytest.mark.parametrize("zone", ["Nowhere/Atlantis", "../../etc/passwd", "", "utc"])
def test_a_zone_that_is_not_one_is_refused(zone: str) -> None:
    engineer = EngineerFactory.build(time_zone=zone)

    with pytest.raises(ValidationError) as caught:
        engineer.full_clean()

    assert list(caught.value.message_dict) == ["time_zone"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", dt.date(2026, 11, 20)),
        ("Pacific/Kiritimati", dt.date(2026, 11, 21)),
        ("America/Los_Angeles", dt.date(2026, 11, 20)),
    ],
)
def test_today_is_the_day_where_the_engineer_is(zone: str, day: dt.date) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False):
        assert EngineerFactory.build(time_zone=zone).today() == day


def test_an_engineer_is_called_by_their_name_or_else_their_address() -> None:
    maya = EngineerFactory.build(name="Maya Okafor", email="maya@example.com")
    nameless = EngineerFactory.build(name="", email="maya@example.com")

    assert (str(maya), maya.get_full_name(), maya.get_short_name()) == (
        "Maya Okafor",
        "Maya Okafor",
        "Maya",
    )
    assert (str(nameless), nameless.get_short_name()) == ("maya@example.com", "maya@example.com")
