"""Tagging a candidate with what was suggested, and splitting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages

from careers.journal.models import Candidate
from tests.factories import CandidateFactory, CriterionFactory, TargetFactory
from tests.journal.trays import content, criteria_of_one_level, tagged, titles_in_tray

if TYPE_CHECKING:
    from django.test import Client

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
NOT_OFFERED = "This criterion is not one of your levels’."
TOO_MANY = "One entry is primary evidence for at most 3 criteria of a level"


@pytest.fixture
def candidate(maya: Engineer) -> Candidate:
    return CandidateFactory.create(engineer=maya, content=content("Cut latency"))


@pytest.fixture
def criterion(maya: Engineer) -> Criterion:
    """Of the target, suggested for the candidate."""
    criterion: Criterion = CriterionFactory.create(text="Makes it fast", keywords=["latency"])
    TargetFactory.create(engineer=maya, level=criterion.level)
    return criterion


def address(candidate: Candidate, part: str) -> str:
    return f"/journal/tray/{candidate.pk}/{part}/"


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def evidence_of(candidate: Candidate) -> Any:
    return Candidate.objects.get(pk=candidate.pk).content["evidence"]


# --- tag ----------------------------------------------------------------------------------------


def test_row_offers_what_it_may_be_evidence_for(
    client: Client, candidate: Candidate, criterion: Criterion
) -> None:
    response = client.get(address(candidate, "row"))

    assert f'name="criterion" value="{criterion.pk}"' in response.text
    assert "because of “latency”" in response.text


def test_candidate_tag_makes_it_evidence(
    client: Client, candidate: Candidate, criterion: Criterion
) -> None:
    response = client.post(address(candidate, "tag"), {"criterion": criterion.pk})

    assert evidence_of(candidate) == tagged(criterion)
    assert response.headers["Location"] == "/journal/tray/?tab=ticked"


def test_candidate_tag_for_htmx_shows_the_row_with_it(
    client: Client, candidate: Candidate, criterion: Criterion
) -> None:
    response = client.post(address(candidate, "tag"), {"criterion": criterion.pk}, headers=HTMX)

    assert evidence_of(candidate) == tagged(criterion)
    assert '<p class="tagged">✓ Makes it fast</p>' in response.text
    assert 'name="criterion"' not in response.text


@pytest.mark.parametrize("sent", ["", "x", "999999", "9" * 5_000, "other"])
def test_candidate_tag_refuses_what_is_no_criterion_of_ones_levels(
    client: Client, candidate: Candidate, criterion: Criterion, sent: str
) -> None:
    other = CriterionFactory.create(text="Planted")
    data = {"criterion": str(other.pk) if sent == "other" else sent}

    page = client.post(address(candidate, "tag"), data)
    row = client.post(address(candidate, "tag"), data, headers=HTMX)

    assert messages_of(page) == [NOT_OFFERED]
    assert f'<p class="error" role="alert">{NOT_OFFERED}</p>' in row.text
    assert "Planted" not in row.text
    assert evidence_of(candidate) == []


def test_candidate_tag_with_one_primary_too_many_is_refused(client: Client, maya: Engineer) -> None:
    *three, fourth = criteria_of_one_level(4)
    TargetFactory.create(engineer=maya, level=fourth.level)
    candidate = CandidateFactory.create(engineer=maya, content=content(evidence=tagged(*three)))

    page = client.post(address(candidate, "tag"), {"criterion": fourth.pk})
    row = client.post(address(candidate, "tag"), {"criterion": fourth.pk}, headers=HTMX)

    assert messages_of(page)[0].startswith(TOO_MANY)
    assert TOO_MANY in row.text
    assert evidence_of(candidate) == tagged(*three)


def test_candidate_tag_that_is_refused_for_htmx_says_so_in_its_status(
    client: Client, candidate: Candidate
) -> None:
    response = client.post(address(candidate, "tag"), {"criterion": "x"}, headers=HTMX)

    assert response.status_code == 422


# --- split --------------------------------------------------------------------------------------


def test_candidate_split_makes_one_of_every_line(client: Client, candidate: Candidate) -> None:
    lines = "- First\r\n\r\n* Second half\r\n• Third"

    response = client.post(address(candidate, "split"), {"lines": lines})

    assert titles_in_tray(candidate.engineer) == ["First", "Second half", "Third"]
    assert messages_of(response) == ["It is 3 now."]
    assert response.headers["Location"] == "/journal/tray/?tab=ticked"


def test_candidate_detail_proposes_the_lines_of_its_details(client: Client, maya: Engineer) -> None:
    candidate = CandidateFactory.create(
        engineer=maya, content=content("Both", what="- First\n\n  * Second")
    )

    response = client.get(f"/journal/tray/{candidate.pk}/")

    assert 'name="lines" rows="6">Both\nFirst\nSecond</textarea>' in response.text


def test_candidate_split_into_a_hundred_is_the_most(client: Client, candidate: Candidate) -> None:
    lines = [f"Part {number}" for number in range(101)]

    refused = client.post(address(candidate, "split"), {"lines": "\n".join(lines)})
    assert refused.status_code == 422
    assert "At most 100 come of one; delete some lines." in refused.text

    client.post(address(candidate, "split"), {"lines": "\n".join(lines[:100])})
    assert titles_in_tray(candidate.engineer) == lines[:100]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ("", "This field is required."),
        ("Only one", "Write at least two lines; each becomes one of its own."),
        ("- \n Only one \n * ", "Write at least two lines; each becomes one of its own."),
        (f"Typed\n{'x' * 301}", "A title has at most 300 letters; shorten the longest line."),
        ("Typed\n\x00", "Null characters are not allowed."),
        ("Typed\n" + "x\n" * 10_000, "at most 20000 characters"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_split_refuses_with_a_sentence_and_keeps_what_was_typed(
    client: Client, candidate: Candidate, headers: dict[str, str], lines: str, error: str
) -> None:
    response = client.post(address(candidate, "split"), {"lines": lines}, headers=headers)

    assert response.status_code == 422
    assert error in response.text
    assert lines.partition("\n")[0] in response.text
    assert titles_in_tray(candidate.engineer) == ["Cut latency"]


def test_candidate_split_of_what_was_dismissed_is_not_found(
    client: Client, candidate: Candidate
) -> None:
    Candidate.objects.update(state="dismissed")

    response = client.post(address(candidate, "split"), {"lines": "First\nSecond"})

    assert (response.status_code, Candidate.objects.count()) == (404, 1)
