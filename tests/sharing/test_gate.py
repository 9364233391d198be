"""One click opens a link, for half an hour, in one browser."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from careers.packets.models import Snapshot
from careers.sharing.actions import rotate_share
from careers.sharing.models import Visit
from tests.sharing.links import (
    ADDRESSES,
    ENTRY,
    HALF_AN_HOUR,
    RECIPIENT,
    TITLE,
    browser,
    is_gate,
    is_packet,
    make_snapshot,
    opened,
    page,
    pdf,
    share,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

SECOND = dt.timedelta(seconds=1)
ROBOTS = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16) SafeLinks",
    "Mozilla/5.0 (compatible; BarracudaCentral; mail scanner)",
]

# --- the gate -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("robot", ROBOTS)
def test_a_robot_sees_an_empty_gate_and_is_not_counted(
    snapshot: Snapshot, robot: str, address: Any
) -> None:
    made, token = share(snapshot)
    client = browser()

    looked = client.get(address(token), headers={"User-Agent": robot})
    asked = client.head(address(token), headers={"User-Agent": robot, "Sec-Purpose": "prefetch"})

    assert is_gate(looked)
    assert (asked.status_code, asked.content) == (200, b"")
    assert not re.search(f"{TITLE}|{ENTRY}|{RECIPIENT}|Maya|Okonkwo|og:|{token}", looked.text)
    assert not client.cookies
    assert not made.visits.exists()


def test_the_gate_is_the_same_for_every_link_and_for_its_pdf(snapshot: Snapshot) -> None:
    _share, first = share(snapshot)
    _share, second = share(make_snapshot(), recipient="Somebody else")

    gates = {browser().get(a(token)).content for token in (first, second) for a in ADDRESSES}

    assert len(gates) == 1


def test_the_gate_does_not_depend_on_who_is_signed_in(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)
    client = browser()
    client.force_login(snapshot.packet.engineer)

    assert client.get(page(token)).content == browser().get(page(token)).content


def test_one_click_in_a_fresh_browser_opens_the_page_and_its_pdf(snapshot: Snapshot) -> None:
    made, token = share(snapshot)
    client = browser()

    # A browser that was told to send no referrer says that its form comes from nowhere.
    clicked = client.post(page(token), headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    shown = client.get(page(token))
    document = client.get(pdf(token))

    assert (clicked.status_code, clicked.headers["Location"]) == (302, page(token))
    assert is_packet(shown)
    assert ENTRY in shown.text
    assert document.content.startswith(b"%PDF-")
    assert document.headers["Content-Type"] == "application/pdf"
    assert document.headers["Content-Disposition"] == 'attachment; filename="packet.pdf"'
    visits = made.visits.order_by("pk").values_list("kind", flat=True)
    assert list(visits) == [Visit.Kind.PAGE, Visit.Kind.PDF]


def test_a_click_is_one_visit_however_often_the_page_is_read_afterwards(
    snapshot: Snapshot,
) -> None:
    made, token = share(snapshot)
    client = opened(token)

    for _time in range(3):
        client.get(page(token))
        client.head(page(token))
        client.head(pdf(token))

    assert made.visits.count() == 1


def test_what_another_site_sends_is_no_click(snapshot: Snapshot) -> None:
    made, token = share(snapshot)

    response = browser().post(page(token), headers={"Sec-Fetch-Site": "cross-site"})

    assert is_gate(response)
    assert not response.cookies
    assert not made.visits.exists()


# --- what the click leaves ------------------------------------------------------------------------


def test_a_click_leaves_one_cookie_for_this_link_alone(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)
    client = opened(token)
    client.get(page(token))
    client.get(pdf(token))

    ((name, cookie),) = client.cookies.items()

    assert name == "opened"
    assert (cookie["path"], cookie["max-age"]) == (page(token), 1800)
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


def test_cookies_are_for_https_alone_where_the_site_is(
    snapshot: Snapshot, settings: Settings
) -> None:
    settings.IS_HTTPS = True
    _share, token = share(snapshot)

    cookie = opened(token).cookies["opened"]

    assert cookie["secure"] is True


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_click_is_remembered_for_half_an_hour(snapshot: Snapshot, address: Any) -> None:
    _share, token = share(snapshot)
    client = opened(token)

    with time_machine.travel(NOON + HALF_AN_HOUR - SECOND, tick=False):
        assert not is_gate(client.get(address(token)))
    with time_machine.travel(NOON + HALF_AN_HOUR + SECOND, tick=False):
        client.cookies["opened"]["max-age"] = ""  # as if the browser kept it for ever
        assert is_gate(client.get(address(token)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_cookie_of_one_link_opens_no_other(snapshot: Snapshot, address: Any) -> None:
    _share, first = share(snapshot)
    _share, second = share(snapshot)
    value = opened(first).cookies["opened"].value
    client = browser()
    client.cookies["opened"] = value

    assert is_gate(client.get(address(second)))


@pytest.mark.parametrize("value", ["", "opened", "opened:1wKXBb:xyz", "1", "a:b:c", "é"])
def test_a_cookie_of_one_s_own_making_opens_nothing(snapshot: Snapshot, value: str) -> None:
    _share, token = share(snapshot)
    client = browser()
    client.cookies["opened"] = value

    assert is_gate(client.get(page(token)))


def test_a_new_address_asks_for_a_click_again(snapshot: Snapshot) -> None:
    made, old = share(snapshot)
    client = opened(old)
    value = client.cookies["opened"].value
    _made, new = rotate_share(made)
    client.cookies["opened"] = value

    assert client.get(page(old)).status_code == 404
    assert is_gate(client.get(page(new)))
