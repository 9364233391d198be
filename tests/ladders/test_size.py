"""Ladders of a size that nobody should need, published and shown."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from careers.ladders.models import Criterion, Edition, Level
from tests.factories import EngineerFactory, EvidenceFactory, PlacementFactory, TargetFactory
from tests.ladders.small import many_criteria, publish

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 40  # of a publication


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


def expected_on(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r"<li[^>]*>\s*(?:<p>)?(Does [^<]+)<", page)]


def test_matrix_of_twelve_levels_shows_each_of_sixty_criteria_once(
    client: Client, maya: Engineer
) -> None:
    publish(many_criteria(12, 60))

    page = client.get("/ladders/large/").text

    texts = Criterion.objects.values_list("text", flat=True)
    assert len(texts) == 720
    assert sorted(expected_on(page)) == sorted(texts)
    assert re.findall(r'<th [^>]*scope="col">\s*<a href="/ladders/large/levels/(\w+)/"', page) == [
        f"A{n}" for n in range(12)
    ]


@pytest.mark.parametrize(("path", "most"), [("", 8), ("levels/A1/", 6)])
def test_page_of_a_large_ladder_asks_as_often_as_that_of_a_small_one(
    client: Client, maya: Engineer, django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    publish(many_criteria(2, 1))
    level = Level.objects.get(code="A1")
    PlacementFactory.create(engineer=maya, level=level)
    TargetFactory.create(engineer=maya, level=level)
    with django_assert_max_num_queries(most) as few:
        client.get(f"/ladders/large/{path}")

    publish(many_criteria(12, 60))

    with django_assert_max_num_queries(len(few)):
        page = client.get(f"/ladders/large/{path}").text
    assert len(expected_on(page)) == (60 if path else 720)


def test_eight_thousand_criteria_are_changed_in_few_statements_and_stay_who_they_are(
    django_assert_max_num_queries: Any,
) -> None:
    text = many_criteria(20, 400)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        publish(text)
    before = dict(Criterion.objects.values_list("key", "pk"))
    evidence = EvidenceFactory.create(criterion=Criterion.objects.get(key="a7-0"))
    dropped = text.index("      - code: A19\n")
    changed = text[:dropped].replace("Does a7-", "Does well a7-")

    with django_assert_max_num_queries(MOST_STATEMENTS):
        publish(changed)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        publish(changed)

    evidence.refresh_from_db()
    assert len(before) == 8_000
    assert dict(Criterion.objects.values_list("key", "pk")) == before
    assert Criterion.objects.filter(is_retired=True).count() == 400
    assert Criterion.objects.filter(text__startswith="Does well").count() == 400
    assert Criterion.objects.exclude(reworded_at=None).count() == 400
    assert (evidence.criterion.key, evidence.criterion.text) == ("a7-0", "Does well a7-0.")
    assert Edition.objects.count() == 2
