"""One's own links: making them, seeing what became of them, ending them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from pytest_django import Settings

from careers.packets.models import Packet, Snapshot
from careers.people.models import Engineer
from careers.sharing.actions import find_share, revoke_share
from careers.sharing.models import Share, Visit
from tests.factories import EngineerFactory
from tests.sharing.links import (
    FORM,
    RECIPIENT,
    SHARES,
    TITLE,
    dump,
    make_snapshot,
    making,
    opened,
    page,
    revoking,
    rotating,
    share,
    signed_in,
    writer_of,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

LINK = re.compile(r'value="(http[^"]+/s/([\w-]{43})/)"')


def words_of(page: str) -> str:
    """A page without what is new in each."""
    return re.sub(r'"x-csrftoken": "\w+"', "", page)


def tomas(snapshot: Snapshot) -> Engineer:
    return EngineerFactory.create(name="Tomas")


def manager(snapshot: Snapshot) -> Engineer:
    engineer = EngineerFactory.create(name="Tomas")
    Engineer.objects.filter(pk=snapshot.packet.engineer_id).update(manager=engineer)
    return engineer


def administrator(snapshot: Snapshot) -> Engineer:
    return EngineerFactory.create(is_staff=True, is_superuser=True)


OTHERS = [tomas, manager, administrator]


# --- making -------------------------------------------------------------------------------------


def test_the_form_begins_with_thirty_days(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    text = client.get(making(snapshot)).text

    assert '<input type="number" name="days" value="30" min="1" max="90"' in text
    assert not LINK.search(text)


def test_a_link_is_shown_once_and_opens_the_snapshot(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    made = client.post(making(snapshot), FORM)
    first = client.get(making(snapshot))
    second = client.get(making(snapshot))

    match = LINK.search(first.text)
    assert match
    url, token = match.groups()
    assert (made.status_code, made.headers["Location"]) == (302, making(snapshot))
    assert url == f"http://localhost:8000/s/{token}/"
    assert token not in second.text
    share = Share.objects.get()
    assert find_share(token) == share
    assert (share.owner, share.recipient) == (maya, RECIPIENT)
    assert share.expires_at == NOON + dt.timedelta(days=30)
    assert TITLE in opened(token).get(page(token)).text


def test_the_token_passes_by_every_table_on_its_way_to_the_page(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    client.post(making(snapshot), FORM)
    token = client.cookies["new-link"].value
    client.get(making(snapshot))
    client.get(SHARES)

    assert find_share(token)
    assert token not in dump()


def test_the_cookie_that_carries_the_link_is_read_by_no_script_and_gone_when_it_was_shown(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    cookie = client.post(making(snapshot), FORM).cookies["new-link"]
    facts = (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"])

    shown = client.get(making(snapshot))

    assert facts == (making(snapshot), True, "Strict", 120)
    assert shown.cookies["new-link"]["max-age"] == 0
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_link_of_somebody_s_making_is_not_shown_as_one_s_own(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    _share, token = share(make_snapshot())
    client.cookies["new-link"] = token

    assert token not in client.get(making(snapshot)).text


def test_a_link_on_this_machine_alone_says_so(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    text = client.post(making(snapshot), FORM, follow=True).text

    assert "Nobody else can open it yet" in text
    assert "http://localhost:8000, an address of this machine alone" in text
    assert "SITE_URL=https://careers.example.org" in text


def test_a_link_on_a_real_site_says_nothing_of_it(
    client: Client, maya: Engineer, snapshot: Snapshot, settings: Settings
) -> None:
    settings.SITE_URL, settings.SITE_HOST = "https://careers.acme.example", "careers.acme.example"

    text = client.post(making(snapshot), FORM, follow=True).text

    match = LINK.search(text)
    assert match
    assert match[1].startswith("https://careers.acme.example/s/")
    assert "Nobody else can open it" not in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"recipient": ""}, "This field is required"),
        ({"recipient": "   "}, "This field is required"),
        ({"recipient": "\u200b—"}, "Write the name of whoever the link is for"),
        ({"recipient": "a\0b"}, "Null characters are not allowed"),
        ({"recipient": "a" * 161}, "at most 160 characters"),
        ({"days": ""}, "This field is required"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "-1"}, "greater than or equal to 1"),
        ({"days": "91"}, "less than or equal to 90"),
        ({"days": "9" * 30}, "less than or equal to 90"),
        ({"days": "1.5"}, "Enter a whole number"),
        ({"days": "NaN"}, "Enter a whole number"),
    ],
)
def test_a_form_that_is_not_right_makes_nothing(
    client: Client, maya: Engineer, snapshot: Snapshot, change: dict[str, str], said: str
) -> None:
    response = client.post(making(snapshot), FORM | change)

    assert response.status_code == 422
    assert said in response.text
    assert not Share.objects.exists()


@pytest.mark.parametrize("days", ["1", "90"])
def test_the_first_and_the_last_number_of_days_are_taken(
    client: Client, maya: Engineer, snapshot: Snapshot, days: str
) -> None:
    client.post(making(snapshot), FORM | {"days": days})

    assert Share.objects.get().expires_at == NOON + dt.timedelta(days=int(days))


def test_a_name_over_several_lines_is_kept_as_one(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    client.post(making(snapshot), FORM | {"recipient": " Priya\r\n\t Natarajan "})

    assert Share.objects.get().recipient == RECIPIENT


def test_a_withdrawn_snapshot_offers_no_form_and_takes_none(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    Snapshot.objects.update(withdrawn_at=NOON)

    page = client.get(making(snapshot))
    refused = client.post(making(snapshot), FORM)

    assert "This snapshot is withdrawn" in page.text
    assert 'name="recipient"' not in page.text
    assert refused.status_code == 422
    assert not Share.objects.exists()


def test_whoever_writes_the_packet_may_share_it_and_whom_it_is_about_may_end_that(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    theirs = signed_in(writer_of(snapshot))

    theirs.post(making(snapshot), FORM)

    made = Share.objects.get()
    assert "by Tomas Writer" in client.get(SHARES).text
    client.post(revoking(made))
    made.refresh_from_db()
    assert made.revoked_at == NOON


# --- for nobody else ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_shares_a_snapshot_or_sees_its_links(
    snapshot: Snapshot, who: Callable[[Snapshot], Engineer]
) -> None:
    share(snapshot)
    client = signed_in(who(snapshot))

    looked, sent = client.get(making(snapshot)), client.post(making(snapshot), FORM)
    unknown = client.get(f"/packets/{snapshot.packet_id}/snapshots/99/shares/")

    assert (looked.status_code, sent.status_code) == (404, 404)
    assert words_of(looked.text) == words_of(unknown.text)
    assert Share.objects.count() == 1
    assert RECIPIENT not in client.get(SHARES).text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_ends_or_renews_a_link(
    snapshot: Snapshot, who: Callable[[Snapshot], Engineer]
) -> None:
    made, token = share(snapshot)
    client = signed_in(who(snapshot))

    answers = [client.post(revoking(made)), client.post(rotating(made))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert find_share(token) == made


def test_the_administration_has_no_page_of_links_or_visits() -> None:
    assert not {Share, Visit, Packet, Snapshot} & set(admin.site._registry)


def test_nobody_comes_without_signing_in(client: Client, snapshot: Snapshot) -> None:
    made, _token = share(snapshot)

    for path in (SHARES, making(snapshot)):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    for path in (revoking(made), rotating(made)):
        assert client.post(path).headers["Location"].startswith("/accounts/login/")
    made.refresh_from_db()
    assert made.revoked_at is None


def test_who_writes_the_packet_no_longer_ends_their_links_and_renews_none(
    snapshot: Snapshot,
) -> None:
    writer = writer_of(snapshot)
    client = signed_in(writer)
    client.post(making(snapshot), FORM)
    made = Share.objects.get()
    Packet.objects.update(written_by=None)

    assert RECIPIENT in client.get(SHARES).text
    assert client.post(rotating(made)).status_code == 404
    assert client.post(revoking(made)).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at == NOON


# --- ending and renewing ------------------------------------------------------------------------


def test_a_link_is_ended_from_the_overview(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    made, token = share(snapshot)
    reader = opened(token)

    response = client.post(revoking(made), follow=True)

    assert f"The link for {RECIPIENT} opens nothing any more." in response.text
    assert reader.get(page(token)).status_code == 404


def test_a_new_address_is_shown_once_and_the_old_one_is_dead(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    made, old = share(snapshot)
    reader = opened(old)

    shown = client.post(rotating(made), follow=True)

    match = LINK.search(shown.text)
    assert match
    new = match[2]
    assert new != old
    assert reader.get(page(old)).status_code == 404
    assert find_share(new) == made
    assert new not in client.get(making(snapshot)).text
    assert "Opened once" in client.get(SHARES).text


def test_a_dead_link_is_not_renewed_and_the_page_says_so(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    made, _token = share(snapshot)
    revoke_share(made)

    response = client.post(rotating(made), follow=True)

    assert response.redirect_chain == [(SHARES, 302)]
    assert "This link opens nothing any more; make a new one." in response.text


def test_reading_changes_nothing(client: Client, maya: Engineer, snapshot: Snapshot) -> None:
    made, _token = share(snapshot)

    answers = [client.get(revoking(made)), client.get(rotating(made))]

    assert [answer.status_code for answer in answers] == [405, 405]
    made.refresh_from_db()
    assert made.revoked_at is None
