"""Django's admin is for people and ladders; it shows no personal row."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory
from django.utils import timezone

from careers.people.models import Engineer
from tests.factories import (
    PASSWORD,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    LadderFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
    WeekFactory,
)

pytestmark = pytest.mark.django_db

PLANTED = "planted-word"
LIST = "/admin/people/engineer/"
NEW = {
    "email": "Sam@Example.com",
    "name": "Sam",
    "team": "",
    "manager": "",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture
def ada(client: Client) -> Engineer:
    """The administrator, signed in as `client`."""
    engineer = EngineerFactory.create(
        email="ada@example.com", name="Ada", is_staff=True, is_superuser=True
    )
    client.force_login(engineer)
    return engineer


@pytest.fixture
def maya() -> Engineer:
    """Somebody who has signed in before."""
    return EngineerFactory.create(email="maya@example.com", name="Maya", last_login=timezone.now())


def change(engineer: Engineer) -> str:
    return f"{LIST}{engineer.pk}/change/"


def test_only_people_and_ladders_are_in_the_admin() -> None:
    assert {model._meta.label for model in admin.site._registry} == {
        "people.Engineer",
        "ladders.Ladder",
    }


def test_nothing_is_deleted_in_the_admin_because_the_question_would_list_what_hangs_on_it(
    rf: RequestFactory, ada: Engineer
) -> None:
    request = rf.get("/admin/")
    request.user = ada

    allowed = [
        model._meta.label
        for model, page in admin.site._registry.items()
        if page.has_delete_permission(request) or "delete_selected" in page.get_actions(request)
    ]

    assert allowed == []


def test_no_page_of_the_admin_shows_a_personal_row(
    client: Client, ada: Engineer, maya: Engineer
) -> None:
    project = ProjectFactory.create(engineer=maya, title=PLANTED, summary=PLANTED)
    entry = EntryFactory.create(project=project, title=PLANTED, what=PLANTED, outcome=PLANTED)
    EvidenceFactory.create(entry=entry, note=PLANTED)
    MetricFactory.create(entry=entry, name=PLANTED)
    EntryLinkFactory.create(entry=entry, label=PLANTED)
    WeekFactory.create(engineer=maya, note=PLANTED)
    PlacementFactory.create(engineer=maya, employer=PLANTED)
    TargetFactory.create(engineer=maya)
    TOTP.activate(maya, "JBSWY3DPEHPK3PXP")
    LadderFactory.create(owner=maya, name=PLANTED, slug=PLANTED)
    seen, waiting = set(), ["/admin/", f"{LIST}{maya.pk}/delete/", f"{LIST}?q={PLANTED[:3]}"]

    while waiting:
        path = waiting.pop()
        seen.add(path)
        text = client.get(path).text
        assert PLANTED not in text, path
        links = {link.split("#")[0] for link in re.findall(r'href="(/admin/[^"]*)"', text)}
        waiting += links - seen - {"/admin/logout/"} - set(waiting)

    assert change(maya) in seen


@pytest.mark.parametrize("path", ["/admin/", LIST, f"{LIST}add/", "/admin/nothing/"])
def test_the_admin_is_closed_to_who_is_no_administrator(
    client: Client, maya: Engineer, path: str
) -> None:
    client.force_login(maya)

    answer = client.get(path, follow=True)

    assert answer.status_code == 403
    assert "This is not open to you" in answer.text


def test_nobody_is_led_to_our_own_sign_in(client: Client) -> None:
    assert client.get(LIST).headers["Location"] == f"/accounts/login/?next={LIST}"
    assert client.get("/admin/login/").headers["Location"].startswith("/accounts/login/?next=")


def test_an_administrator_makes_an_account_with_a_password(client: Client, ada: Engineer) -> None:
    response = client.post(f"{LIST}add/", NEW)

    sam = Engineer.objects.get(email="sam@example.com")
    assert response.status_code == 302
    assert (sam.name, sam.is_staff, sam.check_password(PASSWORD)) == ("Sam", False, True)
    signed_in = Client().post("/accounts/login/", {"login": sam.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "ADA@example.com"),
        ("email", "not an address"),
        ("name", "a\0b"),
        ("manager", "abc"),
        ("manager", "9" * 30),
        ("password1", ""),
        ("password2", "another password"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    client: Client, ada: Engineer, field: str, value: str
) -> None:
    response = client.post(f"{LIST}add/", {**NEW, field: value})

    assert response.status_code == 422
    assert Engineer.objects.count() == 1


def test_until_somebody_has_signed_in_their_address_and_password_can_be_mended(
    client: Client, ada: Engineer
) -> None:
    sam = EngineerFactory.create(email="sma@example.com", name="Sam")
    EmailAddress.objects.create(user=sam, email=sam.email, primary=True)
    new = {"password1": "another password", "password2": "another password"}

    client.post(change(sam), {"email": "Sam@example.com", "name": "Sam", "is_active": "on"})
    client.post(f"{LIST}{sam.pk}/password/", {**new, "usable_password": "true"})

    sam.refresh_from_db()
    assert (sam.email, sam.check_password("another password")) == ("sam@example.com", True)
    assert not EmailAddress.objects.filter(user=sam).exists()


def test_an_administrator_cannot_become_somebody_who_has_signed_in(
    client: Client, ada: Engineer, maya: Engineer
) -> None:
    page = client.get(change(maya))
    new = {"password1": "another password", "password2": "another password"}

    client.post(
        change(maya),
        {"email": "ada2@example.com", "password": "x", "name": "Maya", "is_active": "on"},
    )
    response = client.post(f"{LIST}{maya.pk}/password/", {**new, "usable_password": "true"})

    maya.refresh_from_db()
    assert "../password/" not in page.text
    assert response.status_code == 403
    assert (maya.email, maya.check_password(PASSWORD)) == ("maya@example.com", True)


def test_an_administrator_gives_and_takes_the_right_to_publish_ladders(
    client: Client, ada: Engineer, maya: Engineer
) -> None:
    right = Permission.objects.get(codename="publish_ladder")
    page = client.get(change(maya)).text

    client.post(
        change(maya), {"name": "Maya", "is_active": "on", "user_permissions": [str(right.pk)]}
    )

    assert re.findall(r'name="user_permissions" value="(\d+)"', page) == [str(right.pk)]
    assert Engineer.objects.get(pk=maya.pk).has_perm("ladders.publish_ladder")
    client.post(change(maya), {"name": "Maya", "is_active": "on"})
    assert not Engineer.objects.get(pk=maya.pk).has_perm("ladders.publish_ladder")


def test_a_right_that_was_given_by_other_means_stays_with_the_rest(
    client: Client, ada: Engineer, maya: Engineer
) -> None:
    right = Permission.objects.get(codename="view_engineer")
    other = Permission.objects.get(codename="change_engineer")
    maya.user_permissions.add(right)
    posted = {"name": "Maya", "is_active": "on", "user_permissions": [str(right.pk)]}

    client.post(change(maya), posted)
    refused = client.post(change(maya), {**posted, "user_permissions": [str(other.pk)]})

    assert refused.status_code == 422
    assert list(maya.user_permissions.all()) == [right]


def test_an_administrator_closes_an_account(client: Client, ada: Engineer, maya: Engineer) -> None:
    theirs = Client()
    theirs.force_login(maya)

    client.post(change(maya), {"name": "Maya", "team": "Storage"})  # is_active not ticked

    maya.refresh_from_db()
    assert (maya.is_active, maya.team) == (False, "Storage")
    assert theirs.get("/accounts/preferences/").status_code == 302


def test_nobody_is_made_their_own_manager(client: Client, ada: Engineer, maya: Engineer) -> None:
    response = client.post(
        change(maya), {"name": "Maya", "manager": str(maya.pk), "is_active": "on"}
    )

    assert response.status_code == 422


def test_a_second_factor_has_no_page(client: Client, ada: Engineer) -> None:
    assert Authenticator not in admin.site._registry
    assert client.get("/admin/mfa/authenticator/").status_code == 404
