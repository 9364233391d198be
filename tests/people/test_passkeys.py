"""Signing in with a passkey, in a browser, under the content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from careers.people.models import Engineer
from tests.factories import PASSWORD, EngineerFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page_with_a_key(page: Page) -> Page:
    """A page whose browser holds a key of its own, its owner's finger always on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return page


def test_a_passkey_is_added_and_signs_in_without_a_password(
    live_server: LiveServer, page_with_a_key: Page, axe: Callable[[Page], list[str]]
) -> None:
    page = page_with_a_key
    maya: Engineer = EngineerFactory.create(email="maya@example.com")

    page.goto("/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("E-mail").fill(maya.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Passwordless").check()
    found = axe(page)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("banner")).to_contain_text(maya.get_short_name())

    assert found == []
    assert Authenticator.objects.filter(user=maya, type="webauthn").count() == 1
