"""The page that carries evidence over to the ladder of the level aimed for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from careers.journal.models import Evidence
from careers.ladders.models import Ladder
from tests.factories import EvidenceFactory, TargetFactory
from tests.ladders.small import changed, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

PAGE = "/journal/carry/"


@pytest.fixture
def here(maya: Engineer) -> Ladder:
    """The ladder of the level that Maya aims for; one of its criteria is reworded."""
    ladder = publish(
        changed(("slug: small", "slug: copy"), ("Asks early", "Asks before it is late"))
    ).ladder
    TargetFactory.create(engineer=maya, level=ladder.levels.get(code="A2"))
    return ladder


@pytest.fixture
def tagged(maya: Engineer) -> dict[str, Criterion]:
    """What Maya's entries are evidence of in another ladder, by key."""
    criteria = {one.key: one for one in publish().ladder.criteria.all()}
    for key in ("tests", "asks"):
        EvidenceFactory.create(entry__engineer=maya, entry__title=key, criterion=criteria[key])
    return criteria


def marks(response: Any) -> dict[str, str]:
    """What the form sends of each criterion, by the criterion's key."""
    return {match.there.key: match.mark for match, _ in response.context["form"].rows()}


def ticked(response: Any) -> list[str]:
    return [match.there.key for match, is_ticked in response.context["form"].rows() if is_ticked]


def test_page_ticks_what_says_the_same_and_shows_what_is_reworded(
    client: Client, here: Ladder, tagged: dict[str, Criterion]
) -> None:
    response = client.get(PAGE)

    assert ticked(response) == ["tests"]
    assert "Asks before it is late. There it says: Asks early." in text_of(response)
    assert "1 entry of “Small ladder”, A1" in text_of(response)


def test_ticked_criteria_are_carried_over(
    client: Client, here: Ladder, tagged: dict[str, Criterion]
) -> None:
    mark = marks(client.get(PAGE))["asks"]

    response = client.post(PAGE, {"criterion": [mark]}, follow=True)

    assert response.redirect_chain == [("/coverage/", 302)]
    assert "1 entry is evidence here too." in text_of(response)
    carried = Evidence.objects.filter(criterion__ladder=here)
    assert [(row.entry.title, row.criterion.key) for row in carried] == [("asks", "asks")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([], "Tick at least one criterion; nothing was changed."),
        (["x"], "Something changed since you looked; look again."),
        (["9223372036854775808"], "Something changed since you looked; look again."),
    ],
)
def test_bad_choice_gets_a_sentence_and_changes_nothing(
    client: Client, here: Ladder, tagged: dict[str, Criterion], sent: list[str], sentence: str
) -> None:
    response = client.post(PAGE, {"criterion": sent})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Evidence.objects.filter(criterion__ladder=here).exists()


def test_choice_that_was_refused_stays_ticked(
    client: Client, here: Ladder, tagged: dict[str, Criterion]
) -> None:
    mark = marks(client.get(PAGE))["asks"]

    response = client.post(PAGE, {"criterion": [mark, "0"]})

    assert ticked(response) == ["asks"]


def test_criterion_reworded_since_it_was_looked_at_is_not_carried(
    client: Client, here: Ladder, tagged: dict[str, Criterion]
) -> None:
    mark = marks(client.get(PAGE))["tests"]
    here.criteria.filter(key="tests").update(text="Never tests at all.")

    response = client.post(PAGE, {"criterion": [mark]})

    assert response.status_code == 422
    assert "Something changed since you looked; look again." in text_of(response)
    assert ticked(response) == []
    assert not Evidence.objects.filter(criterion__ladder=here).exists()


def test_entry_that_is_left_out_is_named(
    client: Client, here: Ladder, tagged: dict[str, Criterion], maya: Engineer
) -> None:
    entry = maya.entries.get(title="tests")
    EvidenceFactory.create(entry=entry, criterion=tagged["asks"])
    Ladder.objects.filter(slug="small").update(rules={"primary_criteria_per_level": 1})
    mark = marks(client.get(PAGE))["tests"]

    response = client.post(PAGE, {"criterion": [mark]}, follow=True)

    assert "“tests” was left out:" in text_of(response)
    assert "evidence here too" not in text_of(response)


def test_nothing_of_somebody_else_is_shown(client: Client, here: Ladder) -> None:
    EvidenceFactory.create(criterion=publish().ladder.criteria.get(key="tests"))

    assert "None of your entries is evidence" in text_of(client.get(PAGE))


def test_without_a_target_the_page_says_what_to_do_first(client: Client, maya: Engineer) -> None:
    assert "Say first which level you aim for" in text_of(client.get(PAGE))
