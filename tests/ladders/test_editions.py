from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from careers.ladders.editions import read_edition_page, read_editions
from tests.ladders.small import SMALL, changed, many_criteria, publish

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

ASKS = "          - {key: asks, dimension: people, text: Asks early.}\n"
WITHOUT = changed((ASKS, ""))


def test_editions_are_listed_newest_first_with_their_criteria() -> None:
    first = publish()
    second = publish(WITHOUT)

    lines = read_editions(first.ladder)

    assert [(line.number, line.criteria, line.short_hash) for line in lines] == [
        (2, 3, second.sha256[:12]),
        (1, 4, first.sha256[:12]),
    ]


def test_criteria_are_counted_whatever_their_words() -> None:
    tricky = changed(("text: Writes tests.", """text: 'Says "keywords":[] and {"keywords": 1}.'"""))

    assert read_editions(publish(tricky).ladder)[0].criteria == 4
    assert read_editions(publish(many_criteria(3, 50)).ladder)[0].criteria == 150


def test_list_of_editions_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ladder = publish().ladder
    for n in range(5):
        publish(changed(("name: Small ladder", f"name: Name {n}")))

    with django_assert_num_queries(1):
        assert len(read_editions(ladder)) == 6


def test_edition_is_held_against_the_one_before() -> None:
    first, second = publish(), publish(WITHOUT)

    page = read_edition_page(second)

    assert (page.before, page.after) == (1, None)
    assert [change.key for change in page.changes.retired] == ["asks"]
    assert (read_edition_page(first).before, read_edition_page(first).after) == (None, 2)


def test_criterion_asked_again_is_told_from_a_new_one() -> None:
    publish()
    publish(WITHOUT)
    publish(WITHOUT.replace("name: Small ladder", "name: New"))

    back = publish(SMALL.replace(ASKS, ASKS + ASKS.replace("asks", "listens")))

    changes = read_edition_page(back).changes
    assert [change.key for change in changes.brought_back] == ["asks"]
    assert [change.key for change in changes.new] == ["listens"]
