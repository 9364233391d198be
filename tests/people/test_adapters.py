"""Where allauth asks us: second factors, mails, how tries are counted."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from careers.people.adapters import EncryptingMFAAdapter, UnreadableSecretError
from careers.people.models import Engineer
from tests.factories import PASSWORD, EngineerFactory

pytestmark = pytest.mark.django_db

KEY = re.compile(r"<code>([A-Z2-7]{32})</code>")
OTHER_KEY = "another key, known to every reader of the tests as well"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create(email="maya@example.com")


@pytest.fixture
def key(client: Client, maya: Engineer) -> str:
    """The key of an authenticator app as it is shown to Maya, who is signed in as `client`."""
    client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    found = KEY.search(client.get("/accounts/2fa/totp/activate/").text)
    assert found
    return found[1]


@pytest.fixture
def app(client: Client, key: str, clock: time_machine.Traveller) -> str:
    """The same key, in use; Maya is signed out and the next code is due."""
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(key)})
    client.post("/accounts/logout/")
    clock.shift(30)
    return key


def code_of(key: str) -> str:
    """What an app with the key shows now."""
    return str(format_hotp_value(hotp_value(key, int(time.time()) // 30)))


def everything_stored() -> str:
    """What the tables that second factors touch hold, sessions unpacked."""
    authenticators = Authenticator.objects.values_list("data", flat=True)
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([*authenticators, *sessions])


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/preferences/").status_code == 200


# --- second factors -----------------------------------------------------------------------------


def test_a_key_is_stored_sealed_while_it_is_shown_and_when_it_is_used(
    client: Client, key: str
) -> None:
    while_shown = everything_stored()
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(key)})
    when_used = everything_stored()

    assert response.headers["Location"] == "/accounts/2fa/recovery-codes/"
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert decrypt(stored) == key
    assert key not in while_shown + when_used


def test_a_wrong_code_is_refused_and_the_same_key_stays_on_the_page(
    client: Client, key: str
) -> None:
    response = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert response.status_code == 422
    assert f"<code>{key}</code>" in response.text
    assert not Authenticator.objects.exists()


def test_a_code_without_a_key_before_it_is_refused(client: Client, key: str) -> None:
    session = client.session
    del session["mfa.totp.secret"]
    session.save()

    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(key)})

    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_seeds_of_recovery_codes_are_stored_sealed(client: Client, app: str) -> None:
    stored = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data["seed"]

    assert re.fullmatch(r"[0-9a-f]{80}", decrypt(stored))
    assert decrypt(stored) not in everything_stored()


def test_signing_in_asks_for_the_code_of_the_app(client: Client, app: str, maya: Engineer) -> None:
    first = client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
    was_in = is_signed_in(client)
    second = client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})

    assert (first.headers["Location"], was_in) == ("/accounts/2fa/authenticate/", False)
    assert (second.headers["Location"], is_signed_in(client)) == ("/", True)


def test_a_code_is_taken_once(client: Client, app: str, maya: Engineer) -> None:
    other = Client()
    for browser in (client, other):
        browser.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})

    client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})
    again = other.post("/accounts/2fa/authenticate/", {"code": code_of(app)})

    assert again.status_code == 422
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def test_a_recovery_code_lets_in_once(client: Client, app: str, maya: Engineer) -> None:
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]
    other = Client()

    for browser in (client, other):
        browser.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
        browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def test_a_second_factor_survives_a_new_key_that_names_the_old_one(
    client: Client, app: str, maya: Engineer, settings: Settings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = OTHER_KEY

    client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})

    assert is_signed_in(client)


def test_a_second_factor_that_no_key_opens_is_told_in_a_sentence(
    client: Client, app: str, maya: Engineer, settings: Settings
) -> None:
    settings.SECRET_KEY = OTHER_KEY

    client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})

    assert response.status_code == 422
    assert "SECRET_KEY_FALLBACKS" in response.text


def test_what_is_sealed_is_sealed_differently_each_time_and_opened_by_its_key_alone(
    settings: Settings,
) -> None:
    first, second = encrypt("word"), encrypt("word")

    assert first != second
    assert decrypt(first) == decrypt(second) == "word"
    settings.SECRET_KEY = OTHER_KEY
    with pytest.raises(UnreadableSecretError):
        decrypt(first)


def test_the_picture_of_a_key_is_black_on_white_in_every_theme() -> None:
    svg = EncryptingMFAAdapter().build_totp_svg("otpauth://totp/maya")

    background, squares = ET.fromstring(svg)  # noqa: S314 our own
    assert (background.tag.split("}")[-1], background.get("fill")) == ("rect", "white")
    assert squares.tag.split("}")[-1] == "path"


def test_pages_of_second_factors_are_shown(client: Client, app: str, maya: Engineer) -> None:
    client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(app)})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    paths = ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/add/")

    shown = [client.get(f"/accounts/2fa/{path}").text for path in (*paths, "webauthn/")]

    assert [re.findall("<h1>(.*?)</h1>", page, re.DOTALL)[0].strip() for page in shown] == [
        "A second factor",
        "Stop using the authenticator app",
        "Recovery codes",
        "New recovery codes",
        "Add Security Key",
        "Passkeys and security keys",
    ]


# --- mails --------------------------------------------------------------------------------------


def test_a_link_in_a_mail_begins_with_the_site_whatever_host_is_asked(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.CAN_SEND_MAIL = True
    settings.SITE_URL = "https://careers.example.org"
    settings.SITE_HOST = "careers.example.org"
    settings.ALLOWED_HOSTS = ["planted.example"]

    client.post(
        "/accounts/password/reset/", {"email": maya.email}, headers={"Host": "planted.example"}
    )

    (message,) = mail.outbox
    (link,) = re.findall(r"https?://\S+", str(message.body))
    assert link.startswith("https://careers.example.org/accounts/password/reset/key/")
    assert "planted" not in f"{message.subject} {message.body}"
    assert message.from_email == django_settings.DEFAULT_FROM_EMAIL


def test_the_link_in_a_mail_sets_a_new_password(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.CAN_SEND_MAIL = True
    client.post("/accounts/password/reset/", {"email": maya.email})
    (link,) = re.findall(r"http://localhost:8000(/\S+)", str(mail.outbox[0].body))

    form = client.get(link, follow=True)
    new = {"password1": "a new password", "password2": "a new password"}
    client.post(form.redirect_chain[-1][0], new)
    again = Client().get(link, follow=True)

    maya.refresh_from_db()
    assert maya.check_password("a new password")
    assert "invalid" in again.text


def test_an_address_without_an_account_gets_no_mail_and_the_same_answer(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.CAN_SEND_MAIL = True

    known = client.post("/accounts/password/reset/", {"email": maya.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert [message.to for message in mail.outbox] == [[maya.email]]
    assert (known.status_code, known.headers["Location"], known.content) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.content,
    )


# --- counting tries -----------------------------------------------------------------------------


def test_tries_are_counted_by_address_whatever_host_they_name(
    client: Client, maya: Engineer, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}

    for port in range(5):
        client.post(
            "/accounts/login/",
            {"login": "MAYA@example.com", "password": "wrong"},
            headers={"Host": f"testserver:{port + 1}"},
        )
    response = client.post("/accounts/login/", {"login": maya.email, "password": PASSWORD})

    assert response.status_code == 422
    assert "Too many failed login attempts" in response.text
