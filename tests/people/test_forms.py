"""What people say of themselves."""

from __future__ import annotations

import pytest

from careers.people.forms import PreferencesForm, SetUpForm, list_time_zones
from careers.people.models import Engineer
from tests.factories import EngineerFactory

pytestmark = pytest.mark.django_db

ACCOUNT = {
    "code": "abcd",
    "email": "Maya@Example.com",
    "name": "Maya",
    "password": "every-friday",
}
PREFERENCES = {"name": "Maya", "team": "Storage", "time_zone": "Asia/Bangkok", "log_day": "4"}


def errors_of_set_up(**changes: str) -> list[str]:
    """The fields that are refused."""
    return list(SetUpForm({**ACCOUNT, **changes}).errors)


def errors_of_preferences(**changes: str) -> list[str]:
    """The fields that are refused."""
    form = PreferencesForm({**PREFERENCES, **changes}, instance=EngineerFactory.create())
    return list(form.errors)


def test_set_up_asks_for_a_code_a_name_an_address_and_a_password() -> None:
    assert list(SetUpForm().fields) == ["code", "name", "email", "password"]
    assert errors_of_set_up() == []


@pytest.mark.parametrize("field", ["code", "name", "email", "password"])
@pytest.mark.parametrize("value", ["", "a\0b", "x" * 100_000])
def test_set_up_refuses_what_cannot_be_at_its_field(field: str, value: str) -> None:
    assert errors_of_set_up(**{field: value}) == [field]


@pytest.mark.parametrize("password", ["short", "password1234", "maya@example.com", "1234567890"])
def test_set_up_refuses_a_password_that_is_guessed(password: str) -> None:
    assert errors_of_set_up(password=password) == ["password"]


@pytest.mark.parametrize("email", ["maya", "maya@", "a b@example.com", "a@b\r\nBcc: c"])
def test_set_up_refuses_what_is_no_address(email: str) -> None:
    assert errors_of_set_up(email=email) == ["email"]


def test_preferences_are_those_of_the_engineer() -> None:
    maya = EngineerFactory.create()
    form = PreferencesForm(PREFERENCES, instance=maya)

    assert form.is_valid()
    form.save()

    maya = Engineer.objects.get(pk=maya.pk)
    assert (maya.name, maya.team, maya.time_zone, maya.log_day, maya.has_single_keys) == (
        "Maya",
        "Storage",
        "Asia/Bangkok",
        4,
        False,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\0b"),
        ("team", "x" * 121),
        ("team", "a\0b"),
        ("time_zone", ""),
        ("time_zone", "Nowhere/Atlantis"),
        ("time_zone", "localtime"),
        ("time_zone", "a\0b"),
        ("log_day", ""),
        ("log_day", "0"),
        ("log_day", "8"),
        ("log_day", "NaN"),
        ("log_day", "9" * 5_000),
    ],
)
def test_preferences_refuse_what_cannot_be_at_its_field(field: str, value: str) -> None:
    assert errors_of_preferences(**{field: value}) == [field]


def test_time_zones_stand_under_their_regions() -> None:
    zones = dict(list_time_zones())

    assert zones["UTC"] == "UTC"
    assert ("Asia/Bangkok", "Bangkok") in zones["Asia"]
    assert ("America/Argentina/Buenos_Aires", "Argentina/Buenos Aires") in zones["America"]
    assert not {"Etc", "US", "posix"} & set(zones)
