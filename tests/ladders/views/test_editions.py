from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import EngineerFactory, LadderFactory
from tests.ladders.small import changed, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

RENAMED = changed(("name: Small ladder", "name: New name"))


def test_edition_list_shows_every_edition_newest_first(client: Client, maya: Engineer) -> None:
    first, second = publish(), publish(RENAMED)

    response = client.get("/ladders/small/editions/")

    text = text_of(response)
    assert text.index(second.sha256[:12]) < text.index(first.sha256[:12])
    assert "Edition 2 in force" in text
    assert 'href="/ladders/small/editions/1/ladder.yaml"' in response.text
    assert "Publish a change" not in text


def test_edition_list_of_one_says_what_comes_next(client: Client, maya: Engineer) -> None:
    publish()

    assert "There is one edition so far." in text_of(client.get("/ladders/small/editions/"))


def test_edition_list_of_none_says_so(client: Client, maya: Engineer) -> None:
    LadderFactory.create(slug="empty")

    assert "This ladder has no edition." in text_of(client.get("/ladders/empty/editions/"))


def test_edition_list_leads_ladder_owners_to_a_change(client: Client, owner: Engineer) -> None:
    publish()

    response = client.get("/ladders/small/editions/")

    assert 'href="/ladders/mine/publish/?ladder=small"' in response.text


def test_edition_detail_tells_what_it_changed(client: Client, maya: Engineer) -> None:
    publish()
    edition = publish(changed(("text: Writes tests.", "text: Writes good tests.")))

    text = text_of(client.get("/ladders/small/editions/2/"))

    assert "What it changed against edition 1" in text
    assert "before Writes tests. now Writes good tests." in text
    assert edition.sha256 in text


def test_first_edition_shows_what_it_holds(client: Client, maya: Engineer) -> None:
    publish()

    text = text_of(client.get("/ladders/small/editions/1/"))

    assert "The first edition Level Track Criteria A1 Beginner Engineer 2" in text


def test_editions_of_a_private_ladder_are_its_owners(client: Client, maya: Engineer) -> None:
    publish(changed(("Small ladder", "Plover")), owner=EngineerFactory.create())
    publish(changed(("slug: small", "slug: own")), owner=maya)
    unknown = text_of(client.get("/ladders/nobodys/editions/"))

    pages = [client.get(f"/ladders/small/editions/{path}") for path in ("", "1/", "1/ladder.yaml")]
    own = [client.get(f"/ladders/own/editions/{path}") for path in ("", "1/", "1/ladder.yaml")]

    assert [page.status_code for page in pages] == [404] * 3
    assert [text_of(page) for page in pages] == [unknown] * 3
    assert [page.status_code for page in own] == [200] * 3


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "9" * 5_000, "x", "-1"])
def test_edition_that_is_none_is_not_found(client: Client, maya: Engineer, number: str) -> None:
    publish()

    assert client.get(f"/ladders/small/editions/{number}/").status_code == 404


def test_editions_take_few_queries_however_many_there_are(client: Client, maya: Engineer) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/ladders/small/editions/{path}").status_code == 200
        return len(captured)

    publish()
    publish(RENAMED)
    few = [queries(""), queries("2/")]
    for n in range(20):
        publish(changed(("name: Small ladder", f"name: Name {n}")))

    assert [queries(""), queries("22/")] == few
    assert max(few) <= 7
