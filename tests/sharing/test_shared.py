"""What stands behind a link, and what a dead one says."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from careers.ladders.models import Criterion
from careers.packets.models import Packet, Rendering, Snapshot
from careers.packets.rendering import TRIES
from careers.people.models import Engineer
from careers.sharing.models import Visit
from careers.web.tokens import new_token
from tests.factories import FRIDAY, EngineerFactory, EntryFactory, EvidenceFactory
from tests.sharing.links import (
    ADDRESSES,
    ENDS,
    ENTRY,
    HALF_AN_HOUR,
    RECIPIENT,
    browser,
    end,
    freeze,
    headers_of,
    is_packet,
    make_snapshot,
    opened,
    page,
    pdf,
    share,
    with_entries,
)
from tests.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

METHODS = ["GET", "HEAD", "POST"]

# --- the page -------------------------------------------------------------------------------------


def test_the_recipient_stands_at_the_foot_of_the_page(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)

    text = opened(token).get(page(token)).text

    assert f"For {RECIPIENT}" in text.partition("<footer")[2]


def test_the_recipient_s_name_is_text_and_not_markup(snapshot: Snapshot) -> None:
    _share, token = share(snapshot, recipient="<b>Priya</b> & co")

    text = opened(token).get(page(token)).text

    assert "&lt;b&gt;Priya&lt;/b&gt; &amp; co" in text
    assert "<b>Priya" not in text


def test_links_out_of_the_page_tell_nobody_where_they_come_from(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)

    links = re.findall(r'<a\b[^>]*href="http[^>]*>', opened(token).get(page(token)).text)

    said = [set(rel.split()) for link in links for rel in re.findall(r'rel="([^"]*)"', link)]
    assert links
    assert said == [{"noopener", "noreferrer", "nofollow"}] * len(links)


def test_the_page_holds_no_script_and_nothing_from_elsewhere(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)

    text = opened(token).get(page(token)).text

    assert not re.search(r"<script|<iframe|<object|<embed|javascript:|\son\w+=", text)
    assert [
        url for url in re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', text) if "//" in url
    ] == []


def test_nothing_that_its_owner_kept_to_themselves_is_on_the_page() -> None:
    maya = EngineerFactory.create(name="Maya Okonkwo", email="xyzzy1@example.com")
    planted = {"engineer": maya, "counted": True}
    private = EntryFactory.create(visibility="private", title="xyzzy2", what="xyzzy3", **planted)
    trashed = EntryFactory.create(deleted_at=NOON, title="xyzzy4", **planted)
    unfinished = EntryFactory.create(status="in_progress", title="xyzzy5", **planted)
    snapshot = make_snapshot(maya)
    maya.entries.filter(title=ENTRY).update(title="plain", collaborators="xyzzy6")
    criterion = Criterion.objects.get()
    for entry in (private, trashed, unfinished):
        EvidenceFactory.create(entry=entry, criterion=criterion, note="xyzzy7")
    maya.entries.create(happened_on=FRIDAY, title="xyzzy8")  # evidence of nothing
    Packet.objects.update(title="plain again", version=2)

    _share, token = share(freeze(Packet.objects.get()))
    shown = opened(token).get(page(token))

    assert snapshot.number == 1
    assert "plain again" in shown.text
    assert "xyzzy" not in shown.text + repr(shown.headers)


@pytest.mark.parametrize("number", [20, 500])
def test_the_page_asks_for_its_share_and_nothing_else_however_long_it_is(
    snapshot: Snapshot, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    _share, token = share(with_entries(snapshot, number))
    client = opened(token)
    client.force_login(EngineerFactory.create())

    with django_assert_num_queries(1):
        text = client.get(page(token)).text

    assert text.count(ENTRY) >= number


def test_what_happens_to_the_draft_later_does_not_reach_the_page(snapshot: Snapshot) -> None:
    _share, token = share(snapshot)
    client = opened(token)
    before = client.get(page(token)).content
    engineer = snapshot.packet.engineer
    engineer.entries.update(title="changed", outcome="changed")
    Engineer.objects.update(name="changed")
    type(snapshot.packet).objects.update(title="changed", engineer_name="changed")

    assert client.get(page(token)).content == before


# --- dead links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_dead_link_answers_as_one_that_never_was(
    snapshot: Snapshot, how: str, method: str, address: Any
) -> None:
    made, token = share(snapshot)
    end(made, how)

    dead = browser().generic(method, address(token))
    unknown = browser().generic(method, address(new_token()))

    assert dead.status_code == (405 if (address, method) == (pdf, "POST") else 404)
    assert dead.content == unknown.content
    assert dead.status_code == unknown.status_code
    assert headers_of(dead) == headers_of(unknown)


@pytest.mark.parametrize(
    "path",
    ["/s/", "/s/x/", "/s/x", f"/s/{'a' * 43}", f"/s/{'a' * 44}/", "/s/a.b/", f"/s/{'a' * 43}/p"]
    + ["/s/%00/", "/s/%FF/", "/s/%E2%80%AE/", "/s/../", "/s/x/?q=%FF", f"/s/{'a' * 5000}/"],
)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_no_link_at_all_answers_the_same(path: str, method: str) -> None:
    answer = browser().generic(method, path)
    unknown = browser().generic(method, page(new_token()))

    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert headers_of(answer) == headers_of(unknown)


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_that_ends_is_dead_in_an_open_tab_at_the_next_request(
    snapshot: Snapshot, how: str, address: Any
) -> None:
    made, token = share(snapshot)
    client = opened(token)
    assert is_packet(client.get(page(token)))

    end(made, how)

    answer = client.get(address(token))
    assert (answer.status_code, answer.content) == (404, browser().get(page(new_token())).content)


@pytest.mark.parametrize("how", ["revoked", "destroyed"])
@pytest.mark.django_db(transaction=True)
def test_a_link_that_ends_while_its_pdf_is_made_hands_out_none(
    snapshot: Snapshot, how: str
) -> None:
    made, token = share(snapshot)
    client = opened(token)
    # as if another process were making it
    rendering = Rendering.objects.filter(snapshot=snapshot)
    rendering.update(state=Rendering.State.RUNNING, lease_until=NOON + HALF_AN_HOUR, pdf=None)

    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(in_own_thread, lambda: client.get(pdf(token)))
        assert not wait([waiting], timeout=0.5).done
        end(made, how)
        rendering.update(state=Rendering.State.DONE, pdf=b"%PDF-")

    assert waiting.result().status_code == 404
    assert not Visit.objects.filter(kind=Visit.Kind.PDF).exists()


def in_own_thread(action: Callable[[], Any]) -> Any:
    try:
        return action()
    finally:
        connection.close()


def test_a_pdf_that_cannot_be_made_is_said_in_a_sentence(snapshot: Snapshot) -> None:
    made, token = share(snapshot)
    client = opened(token)
    Rendering.objects.update(
        state=Rendering.State.FAILED,
        attempts=TRIES,
        lease_until=NOON + HALF_AN_HOUR,
        problem="Long.",
    )

    response = client.get(pdf(token))

    assert response.status_code == 503
    assert "Long. It was tried" in response.text
    assert made.visits.count() == 1  # the opening
