"""Coming in, and what people say of themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from careers.people.actions import find_code_file, make_set_up_code
from careers.people.models import Engineer
from tests.factories import PASSWORD, EngineerFactory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN = "/accounts/login/"
SET_UP = "/accounts/set-up/"
PREFERENCES = {"name": "Maya O.", "team": "", "time_zone": "Europe/Berlin", "log_day": "5"}


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create(email="maya@example.com", name="Maya")


@pytest.fixture
def code(settings: Settings, tmp_path: Path) -> str:
    """The set-up code of a folder of its own."""
    settings.DATA_DIR = tmp_path
    return make_set_up_code()


def is_signed_in_as(client: Client, engineer: Engineer) -> bool:
    return client.session.get("_auth_user_id") == str(engineer.pk)


def words_of(page: str, email: str) -> str:
    """A page without what is new in each and without the address that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")


# --- signing in ---------------------------------------------------------------------------------


def test_an_engineer_signs_in_and_comes_where_they_wanted(client: Client, maya: Engineer) -> None:
    response = client.post(
        SIGN_IN, {"login": "MAYA@example.com ", "password": PASSWORD, "next": "/journal/?q=a"}
    )

    assert response.status_code == 302
    assert response.headers["Location"] == "/journal/?q=a"
    assert is_signed_in_as(client, maya)


@pytest.mark.parametrize(
    "next_page",
    ["http://elsewhere.example/", "//elsewhere.example/", "////elsewhere.example", "javascript:x"],
)
def test_signing_in_leads_nowhere_else(client: Client, maya: Engineer, next_page: str) -> None:
    response = client.post(SIGN_IN, {"login": maya.email, "password": PASSWORD, "next": next_page})

    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(
    client: Client, maya: Engineer
) -> None:
    wrong = client.post(SIGN_IN, {"login": maya.email, "password": "wrong"})
    unknown = client.post(SIGN_IN, {"login": "nobody@example.com", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 422
    assert words_of(wrong.text, maya.email) == words_of(unknown.text, "nobody@example.com")


def test_somebody_whose_account_is_closed_is_told_so_and_stays_outside(
    client: Client, maya: Engineer
) -> None:
    Engineer.objects.update(is_active=False)

    response = client.post(SIGN_IN, {"login": maya.email, "password": PASSWORD}, follow=True)

    assert "This account is closed" in response.text
    assert client.get("/accounts/preferences/").status_code == 302


@pytest.mark.parametrize("value", ["", "a\0b@example.com", "x" * 100_000, "a@b\r\nc"])
@pytest.mark.parametrize("field", ["login", "password"])
def test_sign_in_refuses_what_cannot_be_with_a_sentence(
    client: Client, maya: Engineer, field: str, value: str
) -> None:
    response = client.post(SIGN_IN, {"login": maya.email, "password": "wrong", field: value})

    assert response.status_code == 422
    assert '<ul class="error"' in response.text


def test_somebody_signed_in_needs_not_sign_in(client: Client, maya: Engineer) -> None:
    client.force_login(maya)

    assert client.get(SIGN_IN).headers["Location"] == "/"


def test_while_there_is_no_account_sign_in_leads_to_making_it(client: Client) -> None:
    assert client.get(SIGN_IN).headers["Location"] == SET_UP


def test_nobody_signs_up(client: Client, maya: Engineer) -> None:
    shown = client.get("/accounts/signup/")
    client.post("/accounts/signup/", {"email": "sam@example.com", "password1": PASSWORD})

    assert "Accounts are made by whoever runs this server" in shown.text
    assert Engineer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tries_are_counted_across_processes(maya: Engineer) -> None:
    """Another process fails four times, this one once; then not even the right one is taken."""
    cache.clear()
    fail = (
        "import sys, django; django.setup()\n"
        "from django.db import connection\n"
        "from django.test import Client\n"
        "connection.settings_dict['NAME'] = sys.argv[1]\n"
        "client = Client(SERVER_NAME='localhost')\n"
        "data = {'login': 'maya@example.com', 'password': 'wrong'}\n"
        "print([client.post('/accounts/login/', data).status_code for _ in range(4)])\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    there = subprocess.run(
        [sys.executable, "-c", fail, str(connection.settings_dict["NAME"])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    here = Client().post(SIGN_IN, {"login": maya.email, "password": "wrong"})
    right = Client().post(SIGN_IN, {"login": maya.email, "password": PASSWORD})

    assert there.stdout == "[422, 422, 422, 422]\n"
    assert "not correct" in here.text
    assert "Too many failed login attempts" in right.text


# --- a forgotten password -----------------------------------------------------------------------


def test_without_mail_sign_in_and_reset_say_who_can_help(client: Client, maya: Engineer) -> None:
    sign_in = client.get(SIGN_IN).text
    asked = client.get("/accounts/password/reset/").text
    sent = client.post("/accounts/password/reset/", {"email": maya.email}).text

    for page in (sign_in, asked, sent):
        assert "<code>manage.py changepassword you@example.com</code>" in page
    assert 'name="email"' not in asked


def test_with_mail_sign_in_leads_to_the_form_that_sends_it(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.CAN_SEND_MAIL = True

    assert 'href="/accounts/password/reset/"' in client.get(SIGN_IN).text
    assert 'name="email"' in client.get("/accounts/password/reset/").text


def test_changing_the_password_ends_every_session(client: Client, maya: Engineer) -> None:
    other = Client()
    other.force_login(maya)
    client.force_login(maya)
    new = {"password1": "a new password", "password2": "a new password"}

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})

    maya.refresh_from_db()
    assert maya.check_password("a new password")
    assert client.get("/accounts/preferences/").status_code == 302
    assert other.get("/accounts/preferences/").status_code == 302


# --- the first account --------------------------------------------------------------------------


def test_the_code_makes_the_first_account_and_signs_it_in(client: Client, code: str) -> None:
    data = {"code": code, "name": "Maya", "email": "Maya@example.com", "password": PASSWORD}

    shown = client.get(SET_UP)
    response = client.post(SET_UP, data)

    maya = Engineer.objects.get()
    assert "Make the first account" in shown.text
    assert response.headers["Location"] == "/"
    assert (maya.email, maya.is_superuser) == ("maya@example.com", True)
    assert is_signed_in_as(client, maya)
    assert not find_code_file().exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "wrong"), ("code", ""), ("email", "a\0b"), ("password", "short"), ("name", "")],
)
def test_a_set_up_that_is_refused_keeps_the_code(
    client: Client, code: str, field: str, value: str
) -> None:
    data = {"code": code, "name": "Maya", "email": "m@example.com", "password": PASSWORD}

    response = client.post(SET_UP, {**data, field: value})

    assert response.status_code == 422
    assert '<ul class="error"' in response.text
    assert not Engineer.objects.exists()
    assert make_set_up_code() == code


def test_set_up_is_gone_once_there_is_an_account(client: Client, code: str, maya: Engineer) -> None:
    unknown = client.get("/accounts/nothing-here/")
    data = {"code": code, "name": "Sam", "email": "sam@example.com", "password": PASSWORD}

    shown, sent = client.get(SET_UP), client.post(SET_UP, data)

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert shown.content == unknown.content
    assert Engineer.objects.get() == maya


# --- the demo -----------------------------------------------------------------------------------


def test_a_demo_is_entered_as_maya_in_one_click(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.IS_DEMO = True

    page = client.get(SIGN_IN).text
    response = client.post("/accounts/demo/", {"next": "/journal/"})

    assert "Enter as Maya" in page
    assert "tomas@example.com, sam@example.com, admin@example.com" in page
    assert "every-friday" in page
    assert "<code>make run OWN=1</code>" in page
    assert response.headers["Location"] == "/journal/"
    assert is_signed_in_as(client, maya)


def test_entering_a_demo_leads_nowhere_else(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.IS_DEMO = True

    response = client.post("/accounts/demo/", {"next": "//elsewhere.example/"})

    assert response.headers["Location"] == "/"


def test_entering_a_demo_takes_a_click(client: Client, maya: Engineer, settings: Settings) -> None:
    settings.IS_DEMO = True

    assert client.get("/accounts/demo/").status_code == 405


def test_outside_a_demo_there_is_no_such_door(client: Client, maya: Engineer) -> None:
    page = client.get(SIGN_IN).text
    response = client.post("/accounts/demo/", {"next": "/journal/"})

    assert response.status_code == 404
    assert response.content == client.post("/accounts/nothing-here/").content
    assert not is_signed_in_as(client, maya)
    assert "Enter as Maya" not in page
    assert "every-friday" not in page


def test_a_demo_without_maya_has_no_such_door(client: Client, settings: Settings) -> None:
    settings.IS_DEMO = True
    EngineerFactory.create(email="sam@example.com")

    assert client.post("/accounts/demo/").status_code == 404


# --- preferences --------------------------------------------------------------------------------


def test_an_engineer_changes_their_preferences(client: Client, maya: Engineer) -> None:
    client.force_login(maya)

    shown = client.get("/accounts/preferences/").text
    response = client.post("/accounts/preferences/", PREFERENCES, follow=True)

    maya.refresh_from_db()
    assert 'value="Maya"' in shown
    assert 'href="/accounts/2fa/"' in shown
    assert 'href="/accounts/password/change/"' in shown
    assert "Saved." in response.text
    assert (maya.name, maya.time_zone, maya.has_single_keys) == ("Maya O.", "Europe/Berlin", False)


def test_preferences_change_nothing_else_and_nobody_else(client: Client, maya: Engineer) -> None:
    sam = EngineerFactory.create(email="sam@example.com", name="Sam")
    client.force_login(sam)

    client.post(
        "/accounts/preferences/",
        {**PREFERENCES, "id": maya.pk, "email": "x@example.com", "is_staff": "on", "manager": "1"},
    )

    maya.refresh_from_db()
    sam.refresh_from_db()
    assert maya.name == "Maya"
    assert (sam.email, sam.is_staff, sam.manager) == ("sam@example.com", False, None)


def test_preferences_that_are_refused_are_shown_again(client: Client, maya: Engineer) -> None:
    client.force_login(maya)

    response = client.post("/accounts/preferences/", {**PREFERENCES, "name": ""})

    maya.refresh_from_db()
    assert response.status_code == 422
    assert "This field is required" in response.text
    assert "<summary>Maya</summary>" in response.text
    assert maya.name == "Maya"


def test_preferences_are_asked_of_whoever_is_signed_in(client: Client) -> None:
    response = client.get("/accounts/preferences/")

    assert response.headers["Location"] == "/accounts/login/?next=/accounts/preferences/"


def test_an_engineer_has_one_address(client: Client, maya: Engineer) -> None:
    client.force_login(maya)

    assert client.get("/accounts/email/").headers["Location"] == "/accounts/preferences/"
    assert client.post("/accounts/email/", {"email": "x@example.com"}).status_code == 405


@pytest.mark.parametrize("path", [SIGN_IN, SET_UP, "/accounts/password/reset/"])
def test_pages_of_coming_in_take_no_other_method(client: Client, path: str) -> None:
    assert client.put(path).status_code == 405
    assert client.delete(path).status_code == 405
