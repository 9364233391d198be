"""Everything one has shared."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.packets.models import Packet, Snapshot
from careers.people.models import Engineer
from careers.sharing.actions import open_share, revoke_share
from careers.sharing.models import Share, Visit
from tests.sharing.links import (
    ENDS,
    FORM,
    RECIPIENT,
    SHARES,
    TITLE,
    end,
    make_snapshot,
    making,
    revoking,
    rotating,
    share,
    signed_in,
    writer_of,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

HOUR = dt.timedelta(hours=1)


def test_who_shared_nothing_reads_what_belongs_there(client: Client, maya: Engineer) -> None:
    assert "Nothing is shared." in client.get(SHARES).text


def test_the_overview_says_for_whom_of_what_until_when_and_how_often_opened(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    _share, token = share(snapshot)
    open_share(token)
    with time_machine.travel(NOON + HOUR, tick=False):
        open_share(token)
        open_share(token, kind=Visit.Kind.PDF)

    text = " ".join(client.get(SHARES).text.split())

    assert f"<h3>{RECIPIENT}</h3>" in text
    assert f"{TITLE}, snapshot 1" in text
    assert f"address begins {token[:6]}…" in text
    assert "Open until 20 Dec 2026, 12:00. Opened 2 times, first 20 Nov 2026," in text
    assert "last 20 Nov 2026, 13:00. PDF taken once." in text
    assert text.count("</time> opened") == 2
    assert text.count("</time> took the PDF") == 1
    assert token not in text


def test_times_are_those_of_the_owner_s_clock(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    Engineer.objects.update(time_zone="Asia/Tokyo")
    _share, token = share(snapshot)
    open_share(token)

    text = client.get(SHARES).text

    assert "Opened once, 20 Nov 2026, 21:00." in text


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("revoked", "Revoked 20 Nov 2026, 12:00."),
        ("expired", "Expired 20 Nov 2026, 12:00."),
        ("withdrawn", "Dead: snapshot withdrawn."),
    ],
)
def test_a_dead_link_stays_in_the_overview_and_says_why_it_is_dead(
    client: Client, maya: Engineer, snapshot: Snapshot, how: str, said: str
) -> None:
    made, _token = share(snapshot)
    end(made, how)

    text = client.get(SHARES).text

    assert said in text
    assert revoking(made) not in text
    assert rotating(made) not in text


@pytest.mark.parametrize("how", [*ENDS, "alive"])
def test_the_overview_calls_a_link_open_exactly_when_it_opens(
    client: Client, maya: Engineer, snapshot: Snapshot, how: str
) -> None:
    Packet.objects.update(written_by=None)
    writer = writer_of(snapshot)
    signed_in(writer).post(making(snapshot), FORM)
    made = Share.objects.get()
    if how != "alive":
        end(made, how)

    is_offered = "Open until" in client.get(SHARES).text

    assert is_offered is Share.objects.live().filter(pk=made.pk).exists()


def test_live_links_come_first_by_their_end_and_dead_ones_after(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    dead, _token = share(snapshot, recipient="Dead")
    revoke_share(dead)
    share(snapshot, recipient="Later", days=60)
    share(snapshot, recipient="Sooner", days=2)

    names = re.findall(r"<h3>(\w+)</h3>", client.get(SHARES).text)

    assert names == ["Sooner", "Later", "Dead"]


def test_the_page_of_a_snapshot_lists_its_links_alone(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    share(snapshot, recipient="Of this one")
    share(make_snapshot(maya), recipient="Of another")

    text = client.get(making(snapshot)).text

    assert "Of this one" in text
    assert "Of another" not in text


def test_the_overview_asks_as_often_for_three_links_as_for_three_hundred(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    counts = []
    for number in (3, 297):
        for _link in range(number):
            _share, token = share(snapshot)
            open_share(token)
        with CaptureQueriesContext(connection) as queries:
            client.get(SHARES)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 5


def test_of_many_openings_the_newest_are_listed_and_all_are_counted(
    client: Client, maya: Engineer, snapshot: Snapshot
) -> None:
    made, _token = share(snapshot)
    Visit.objects.bulk_create(Visit(share=made, kind=Visit.Kind.PAGE) for _time in range(60))

    text = client.get(SHARES).text

    assert "Opened 60 times" in text
    assert text.count("</time> opened") == 50
    assert "Older ones are counted above" in text
