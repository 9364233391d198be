"""Which addresses there are and who may come without signing in."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse

from tests.addresses import ADDRESSES, ADMINS_NAMELESS, OURS, Who, is_ours, routes
from tests.world import NOON, World, sign_in

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Whoever marks a view @login_not_required adds it here and says why nobody has to sign in for it.
PUBLIC = {
    "healthz": "asked by machines",
    "readyz": "asked by machines",
    "robots": "asked by machines",
    "set_up": "makes the first account, with the code from the console",
    "demo_sign_in": "enters a demo, and only a demo",
    "account_login": "the sign-in itself",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "account_confirm_login_code": "a step of signing in that is switched off",
    "account_inactive": "says that an account is closed",
    "account_logout": "harmless for whoever is out already",
    "account_signup": "says that nobody signs up here",
    "account_email_verification_sent": "part of signing up",
    "account_confirm_email": "part of signing up",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password, with the key from a mail",
    "account_reset_password_from_key_done": "a forgotten password",
    "admin:login": "leads to the sign-in",
    "sharing:shared_snapshot": "a link opens without an account",
    "sharing:shared_pdf": "a link opens without an account",
    "sharing:nothing_here": "a link that leads nowhere",
    "sharing:verify": "whoever holds a document may ask",
}


def test_public_views_are_those_that_say_why() -> None:
    public = {name for _path, name, view in routes() if not getattr(view, "login_required", True)}

    assert public == set(PUBLIC)


def test_table_of_addresses_holds_every_address() -> None:
    named = {name for _path, name, _view in routes() if name}
    nameless = {path for path, name, _view in routes() if not name}

    assert named == {address.name for address in ADDRESSES}
    assert nameless == ADMINS_NAMELESS
    assert {a.name for a in ADDRESSES if a.who is Who.PUBLIC} == set(PUBLIC)


def test_ours_come_before_those_of_the_same_name() -> None:
    ours = {name for _path, name, view in routes() if is_ours(view)}
    paths = [reverse(name) for name in ours if name.startswith("account_")]

    assert {resolve(path).func.__module__ for path in paths} == {"careers.people.views"}


def test_addresses_name_their_objects_by_numbers_slugs_and_weeks_alone() -> None:
    """A text in an address would reach a query as it is; no key is a text."""
    kinds = {
        part.split(":")[0]
        for path, _name, view in routes()
        if is_ours(view) and not path.startswith("admin/")
        for part in path.split("<")[1:]
    }

    assert kinds == {"int", "slug", "week"}


@pytest.mark.django_db
@pytest.mark.time_machine(NOON, tick=False)
def test_views_of_ours_answer_the_methods_of_the_table_and_no_other() -> None:
    world = World()
    client = sign_in(world.maya)
    refused = {}
    for address in OURS:
        statuses = {method: client.generic(method, address.path(world)) for method in METHODS}
        refused[address.name] = {m for m, answer in statuses.items() if answer.status_code == 405}

    assert refused == {
        address.name: {
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            *(("GET", "HEAD") if address.get is None else ()),
            *(("POST",) if address.post is None else ()),
        }
        for address in OURS
    }
