from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages

from careers.ladders.models import Criterion, Ladder, Level
from tests.factories import (
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.ladders.small import changed, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

PAGE = "/ladders/small/delete/"


def test_ladder_delete_asks_first(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    publish(changed(("title: Expert", "title: Senior")), owner=maya)

    response = client.get(PAGE)

    assert response.status_code == 200
    assert "Delete “Small ladder”? Its 2 editions go with it." in text_of(response)
    assert Ladder.objects.exists()


def test_ladder_delete_takes_it_away(client: Client, maya: Engineer) -> None:
    publish(owner=maya)

    response = client.post(PAGE)

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert (response.status_code, response.headers["Location"]) == (302, "/ladders/")
    assert said == ["“Small ladder” is gone."]
    assert not Ladder.objects.exists()


def test_ladder_delete_says_what_keeps_it(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    first, second = Level.objects.order_by("code")
    PlacementFactory.create(engineer=maya, level=first)
    TargetFactory.create(engineer=maya, level=second)
    for _n in range(2):
        entry = EntryFactory.create(engineer=maya)
        EvidenceFactory.create(entry=entry, criterion=Criterion.objects.get(key="tests"))

    pages = [client.get(PAGE), client.post(PAGE)]

    assert [page.status_code for page in pages] == [200, 409]
    for page in pages:
        text = text_of(page)
        assert "“Small ladder” cannot be deleted yet Nothing was deleted." in text
        assert "1 level in your history the level you aim for 2 entries tagged" in text
        assert "Delete it for good" not in text
    assert Ladder.objects.exists()


@pytest.mark.parametrize("whose", ["somebody else's", "everybody's", "nobody's"])
def test_ladder_that_is_not_ones_own_is_not_found(
    client: Client, owner: Engineer, whose: str
) -> None:
    if whose != "nobody's":
        publish(owner=EngineerFactory.create() if whose == "somebody else's" else None)
    count = Ladder.objects.count()

    statuses = [client.get(PAGE).status_code, client.post(PAGE).status_code]

    assert statuses == [404, 404]
    assert Ladder.objects.count() == count
