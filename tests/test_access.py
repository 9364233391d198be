"""Who gets what: every address, asked as whom it is for, as everybody else and as nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from careers.journal.models import Entry, Evidence
from careers.ladders.models import Placement, Target
from careers.people.models import Engineer
from tests.addresses import ADDRESSES, ADMINS, OURS, Address, Who
from tests.world import NOON, World, digest, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

OTHERS = ["tomas", "sam", "admin"]  # her manager, a stranger, the administrator
METHODS = ["GET", "POST", "PUT", "DELETE"]
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/journal/?q=friday"}
UNKNOWN = 999_999
OWNERS = [address for address in ADDRESSES if address.who is Who.OWNER]


@pytest.fixture
def world() -> World:
    return World()


def ask(client: Client, method: str, path: str, **request: Any) -> Any:
    """The answer; what it did to rows and cookies is undone."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path, **request)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer


def body_of(answer: Any) -> str:
    """Its text without the tokens of forms, which are new every time."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", answer.text)


EXEMPT = ("sharing:shared", "sharing:nothing", "sharing:verify")


def say(answer: Any, path: str) -> tuple[Any, ...]:
    """All that an answer to `path` says: status, headers, cookies, body, the path itself apart."""
    headers = {k: v.replace(path, "PATH") for k, v in answer.headers.items() if k != "X-Request-Id"}
    body = body_of(answer).replace(path, "PATH")
    return answer.status_code, headers, sorted(answer.cookies), body


def words_of(answer: Any) -> tuple[int, str]:
    """Its status, and its body without any number: without the id that was sent."""
    return answer.status_code, re.sub(r"\d+", "N", body_of(answer))


def requests_of(address: Address) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each method, as a page, by htmx and with fields that would be taken from the owner."""
    form = {"version": "2", "title": "Mine now", "outcome": "Taken", "next": "/journal/"}
    data = {"content_type": "application/x-www-form-urlencoded"}
    for method in METHODS:
        yield method, {}
        yield method, {"headers": HTMX}
    yield "POST", data | {"data": "&".join(f"{name}={value}" for name, value in form.items())}


# --- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["maya", *OTHERS])
def test_address_answers_whom_it_is_for(world: World, name: str) -> None:
    """Maya at hers, and each of the four at what is for all who are signed in."""
    client = sign_in(getattr(world, name))
    mine = {Who.SIGNED_IN, Who.OWNER} if name == "maya" else {Who.SIGNED_IN}
    addresses = [address for address in OURS if address.who in mine]

    answers = {
        address.name: (
            ask(client, "GET", address.path(world)).status_code,
            ask(client, "POST", address.path(world)).status_code,
        )
        for address in addresses
    }

    expected = {a.name: (a.get or 405, a.post or 405) for a in addresses}
    if not getattr(world, name).placements.exists():
        expected["home"] = (200, 422)  # its questions are still to be answered
    assert answers == expected


@pytest.mark.parametrize("who", [Who.PUBLIC, Who.SIGNED_IN, Who.OWNER, Who.STAFF])
def test_address_of_a_library_answers_whom_it_is_for(world: World, who: Who) -> None:
    person = {Who.PUBLIC: None, Who.STAFF: world.admin}.get(who, world.maya)
    client = sign_in(person)
    addresses = [a for a in ADDRESSES if a.who is who and a not in OURS]

    answers = {
        address.name: (
            ask(client, "GET", address.path(world)).status_code,
            ask(client, "POST", address.path(world)).status_code,
        )
        for address in addresses
    }

    assert answers == {a.name: (a.get or 405, a.post or 405) for a in addresses}


# --- somebody else's ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_mayas_is_nothing_to_anybody_else(world: World, name: str) -> None:
    client = sign_in(getattr(world, name))
    before = digest()
    different, found = [], []
    for address in OWNERS:
        path, nothing = address.path(world), address.unknown_path(world)
        for method, request in requests_of(address):
            answer = ask(client, method, path, **request)
            if say(answer, path) != say(ask(client, method, nothing, **request), nothing):
                different.append((address.name, method, request))
            is_known = {"GET": address.get, "POST": address.post}.get(method)
            if answer.status_code not in ({404} if is_known else {404, 405}):
                found.append((address.name, method, answer.status_code))

    assert (different, found) == ([], [])
    assert digest() == before


@pytest.mark.parametrize("name", ["maya", "tomas", "sam"])
def test_administration_leads_everybody_else_to_the_same_closed_door(
    world: World, name: str
) -> None:
    client = sign_in(getattr(world, name))
    wrong = []
    for address in (a for a in ADMINS if a.who is Who.STAFF and a.name != "admin:logout"):
        path, nothing = address.path(world), address.unknown_path(world)
        for method in METHODS:
            answer = ask(client, method, path)
            if say(answer, path) != say(ask(client, method, nothing), nothing) or (
                answer.status_code,
                answer.headers.get("Location"),
            ) != (302, f"/admin/login/?next={path}"):
                wrong.append((address.name, method, answer.status_code))

    assert wrong == []
    assert ask(client, "GET", "/admin/login/?next=/admin/").status_code == 403


# --- nobody -------------------------------------------------------------------------------------


def test_nobody_is_led_to_the_sign_in_whether_it_exists_or_not(world: World) -> None:
    client = sign_in()
    before = digest()
    different, let_in = [], []
    for address in (a for a in ADDRESSES if a.who is not Who.PUBLIC):
        path, nothing = address.path(world), address.unknown_path(world)
        for method in METHODS:
            answer = ask(client, method, path)
            if say(answer, path) != say(ask(client, method, nothing), nothing):
                different.append((address.name, method))
            page = path if method == "GET" else "/"
            doors = {f"/accounts/login/?next={page}", f"/admin/login/?next={path}", "/admin/"}
            if (answer.status_code, answer.content) != (302, b"") or (
                answer.headers.get("Location") not in doors
            ):
                let_in.append((address.name, method, answer.status_code, answer.headers))

    assert (different, let_in) == ([], [])
    assert digest() == before


def test_nobody_asking_by_htmx_is_led_from_page_to_sign_in_and_back(world: World) -> None:
    client = sign_in()
    different, let_in = [], []
    for address in (a for a in ADDRESSES if a.who in {Who.SIGNED_IN, Who.OWNER}):
        path, nothing = address.path(world), address.unknown_path(world)
        for method in METHODS:
            answer = ask(client, method, path, headers=HTMX)
            if say(answer, path) != say(ask(client, method, nothing, headers=HTMX), nothing):
                different.append((address.name, method))
            if (answer.status_code, answer.headers.get("HX-Redirect"), answer.content) != (
                200,
                "/accounts/login/?next=/journal/%3Fq%3Dfriday",
                b"",
            ):
                let_in.append((address.name, method, answer.status_code, answer.headers))

    assert (different, let_in) == ([], [])


@pytest.mark.parametrize("name", ["maya", "sam"])
def test_a_form_without_its_token_is_refused_whether_the_thing_exists_or_not(
    world: World, name: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(getattr(world, name))
    before = digest()
    wrong = []
    # forms that borrow nobody's session: a link says by itself what it opens, a hash whose it is
    for address in (a for a in OURS if a.post and not a.name.startswith(EXEMPT)):
        path, nothing = address.path(world), address.unknown_path(world)
        answer = client.post(path)
        if (answer.status_code, say(answer, path)) != (403, say(client.post(nothing), nothing)):
            wrong.append((address.name, answer.status_code))

    assert wrong == []
    assert digest() == before


# --- ids of somebody else in one's own forms ----------------------------------------------------


def test_filter_by_somebody_elses_project_reads_like_an_unknown_one(world: World) -> None:
    client = sign_in(world.sam)

    theirs, nothing = (client.get(f"/journal/?project={pk}") for pk in (world.project.pk, UNKNOWN))

    assert theirs.status_code == 422
    assert words_of(theirs) == words_of(nothing)


@pytest.mark.parametrize("name", ["criterion", "criteria"])
def test_criterion_of_a_private_ladder_reads_like_an_unknown_one(world: World, name: str) -> None:
    client = sign_in(world.sam)

    def send(key: int) -> Any:
        if name == "criterion":
            return client.get(f"/journal/?criterion={key}")
        return client.post("/journal/entries/bulk/", {"entry": world.sams_entry.pk, name: key})

    theirs = send(world.private_criterion.pk)

    assert theirs.status_code == 422
    assert words_of(theirs) == words_of(send(UNKNOWN))
    assert not Evidence.objects.filter(entry=world.sams_entry).exists()


@pytest.mark.parametrize("name", OTHERS)
def test_changing_many_passes_over_somebody_elses(world: World, name: str) -> None:
    client = sign_in(getattr(world, name))
    theirs = Entry.objects.filter(engineer=world.maya).order_by("pk")
    before = list(theirs.values())
    keys = [entry.pk for entry in theirs]

    said = [
        client.post("/journal/entries/bulk/", {"entry": keys, **change}, follow=True).text
        for change in ({"role": "led"}, {"trash": "1"}, {"project_title": "Hm"}, {"outcome": "Hm"})
    ]

    assert ["0 entries" in text for text in said] == [True] * 4
    assert list(theirs.values()) == before


def test_evidence_of_a_private_criterion_is_not_taken(world: World) -> None:
    client = sign_in(world.sam)
    key = world.private_criterion.pk

    answer = client.post(
        f"/journal/entries/{world.sams_entry.pk}/",
        {"version": "1", f"evidence-{key}": "primary", f"note-{key}": "mine"},
    )

    assert answer.status_code == 302
    assert not Evidence.objects.filter(entry=world.sams_entry).exists()
    assert world.private_criterion.text not in client.get(answer.headers["Location"]).text


def test_project_of_the_same_title_is_ones_own(world: World) -> None:
    client = sign_in(world.sam)

    client.post(
        f"/journal/entries/{world.sams_entry.pk}/",
        {"version": "1", "project_title": world.project.title},
    )

    world.sams_entry.refresh_from_db()
    assert world.sams_entry.project
    assert world.sams_entry.project.engineer == world.sam
    assert list(world.project.entries.all()) == [world.entry]


def test_rename_to_somebody_elses_title_says_nothing_of_theirs(world: World) -> None:
    client = sign_in(world.sam)

    answer = client.post(
        f"/journal/projects/{world.sams_project.pk}/", {"title": world.project.title}
    )

    assert answer.status_code == 302


def test_operation_of_somebody_else_is_as_good_as_a_new_one(world: World) -> None:
    operation = "0b6c51c2-9c3f-4c0e-9a3c-6a2f7a1f3f10"
    sign_in(world.maya).post("/journal/entries/", {"title": "Hers", "operation_id": operation})

    answer = sign_in(world.sam).post(
        "/journal/entries/", {"title": "His", "operation_id": operation}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "Hers" not in answer.text
    made = Entry.objects.filter(title__in=["Hers", "His"]).order_by("pk")
    assert [(entry.title, entry.engineer) for entry in made] == [
        ("Hers", world.maya),
        ("His", world.sam),
    ]


def test_version_of_one_entry_is_not_restored_through_another(world: World) -> None:
    client = sign_in(world.sam)
    their = world.entry.revisions.get(number=2)

    answer = client.post(f"/journal/entries/{world.sams_entry.pk}/history/{their.number}/")

    assert answer.status_code == 404
    world.sams_entry.refresh_from_db()
    assert world.sams_entry.version == 1


@pytest.mark.parametrize("field", ["level", "target"])
def test_level_of_a_private_ladder_is_no_choice(world: World, field: str) -> None:
    client = sign_in(world.sam)
    own = Target.objects.get(engineer=world.sam).level
    form = {"level": own.pk, "since_on": "2026-01-01", "target": own.pk}

    def send(key: int) -> Any:
        return client.post("/ladders/mine/", form | {field: key})

    theirs = send(world.private_level.pk)

    assert theirs.status_code == 422
    assert words_of(theirs) == words_of(send(UNKNOWN))
    assert not Target.objects.filter(level=world.private_level).exists()
    assert not Placement.objects.filter(level=world.private_level).exists()


def test_form_fields_beside_the_forms_own_are_not_taken(world: World) -> None:
    client = sign_in(world.sam)

    client.post(
        f"/journal/entries/{world.sams_entry.pk}/",
        {"version": "1", "title": "Mine", "engineer": world.maya.pk, "project": world.project.pk},
    )
    client.post(
        "/accounts/preferences/",
        {
            "name": "Sam",
            "time_zone": "UTC",
            "log_day": "5",
            "is_staff": "on",
            "is_superuser": "on",
            "manager": world.maya.pk,
            "email": "maya@example.com",
        },
    )

    world.sams_entry.refresh_from_db()
    world.sam.refresh_from_db()
    assert (world.sams_entry.title, world.sams_entry.engineer) == ("Mine", world.sam)
    assert world.sams_entry.project == world.sams_project
    assert (world.sam.email, world.sam.is_staff, world.sam.is_superuser, world.sam.manager) == (
        "sam@example.com",
        False,
        False,
        None,
    )


# --- the administrator --------------------------------------------------------------------------


def test_list_of_engineers_cannot_be_filtered_by_what_they_wrote(world: World) -> None:
    """Whose entry 17 is, and who has any, would be told by who is left in the list."""
    client = sign_in(world.admin)
    own = {relation.name for relation in Engineer._meta.related_objects}
    lookups = [*own, *(f"{name}__isnull" for name in own), "entries__title__contains", "password"]

    statuses = {
        name: client.get(f"/admin/people/engineer/?{name}=1").status_code for name in lookups
    }

    assert {"entries", "projects", "weeks", "placements", "target", "private_ladders"} <= own
    assert statuses == dict.fromkeys(lookups, 400)


def test_administrator_sets_neither_password_nor_address_of_who_has_signed_in(
    world: World,
) -> None:
    client = sign_in(world.admin)
    change = f"/admin/people/engineer/{world.maya.pk}/change/"
    before = (world.maya.email, world.maya.password)

    client.post(
        change,
        {
            "email": "admin2@example.com",
            "name": "Maya",
            "password": "every-friday-2",
            "is_active": "on",
        },
    )
    asked = client.get(f"/admin/people/engineer/{world.maya.pk}/password/")
    sent = client.post(
        f"/admin/people/engineer/{world.maya.pk}/password/",
        {"password1": "every-friday-2", "password2": "every-friday-2", "usable_password": "true"},
    )

    world.maya.refresh_from_db()
    assert (asked.status_code, sent.status_code) == (403, 403)
    assert (world.maya.email, world.maya.password) == before
