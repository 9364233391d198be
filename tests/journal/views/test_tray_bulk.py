"""Many candidates at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages

from careers.journal.candidate_content import WHAT
from careers.journal.models import Candidate, Entry
from tests.factories import CandidateFactory, CriterionFactory, TargetFactory
from tests.journal.trays import (
    METRIC,
    content,
    criteria_of_one_level,
    tagged,
    titles_in_tray,
)

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

BULK = "/journal/tray/bulk/"
HTMX = {"HX-Request": "true"}
TOO_MANY = "One entry is primary evidence for at most 3 criteria of a level"


def waiting(engineer: Engineer, *titles: str, **parts: Any) -> list[Candidate]:
    return [
        CandidateFactory.create(engineer=engineer, content=content(title, **parts))
        for title in titles
    ]


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors_of(response: Any) -> list[str]:
    lists = re.findall(r'<ul class="error"[^>]*>(.*?)</ul>', response.text, re.DOTALL)
    return [error for part in lists for error in re.findall(r"<li>(.*?)</li>", part)]


def states() -> list[str]:
    return [*Candidate.objects.order_by("pk").values_list("state", flat=True)]


# --- each action --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "before", "after", "said"),
    [
        ("accept", "pending", "accepted", "2 entries are in the journal."),
        ("dismiss", "pending", "dismissed", "2 were dismissed."),
        ("bring_back", "dismissed", "pending", "2 are in the tray again."),
    ],
)
def test_tray_bulk_moves_those_that_are_ticked(
    client: Client, maya: Engineer, action: str, before: str, after: str, said: str
) -> None:
    first, second, _third = waiting(maya, "First", "Second", "Third")
    Candidate.objects.update(state=before)

    response = client.post(BULK, {"entry": [first.pk, second.pk], "action": action})

    assert states() == [after, after, before]
    assert maya.entries.count() == (2 if action == "accept" else 0)
    assert messages_of(response) == [said]
    assert (response.status_code, response.headers["Location"]) == (302, "/journal/tray/")


def test_tray_bulk_merges_those_that_are_ticked(client: Client, maya: Engineer) -> None:
    first, _second, third = waiting(maya, "First", "Second", "Third")

    response = client.post(BULK, {"entry": [first.pk, third.pk], "action": "merge"})

    assert titles_in_tray(maya) == ["First", "Second"]
    assert messages_of(response) == ["“First” is one now."]


def test_tray_bulk_sets_what_was_chosen(client: Client, maya: Engineer) -> None:
    criterion = CriterionFactory.create(level=TargetFactory.create(engineer=maya).level)
    first, second, third = waiting(maya, "First", "Second", "Third", metrics=[METRIC])
    data = {
        "entry": [first.pk, second.pk],
        "tab": "ticked",
        "role": "led",
        "status": "outcome_known",
        "visibility": "private",
        "happened_on": "2026-01-09",
        "outcome": "Faster.",
        "project_title": "Builds",
        "basis": "measured",
        "criteria": [criterion.pk],
    }

    response = client.post(BULK, data)

    parts: dict[str, Any] = {
        "role": "led",
        "status": "outcome_known",
        "visibility": "private",
        "happened_on": "2026-01-09",
        "outcome": "Faster.",
        "project": "Builds",
        "metrics": [{**METRIC, "basis": "measured"}],
        "evidence": tagged(criterion),
    }
    rows = maya.candidates.in_order().values_list("content", flat=True)
    assert [*rows] == [
        content("First", **parts),
        content("Second", **parts),
        content("Third", metrics=[METRIC]),
    ]
    assert third.version == 1
    assert messages_of(response) == ["2 were changed."]
    assert response.headers["Location"] == "/journal/tray/?tab=ticked"


# --- a whole list -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tab", "data", "expected"),
    [
        ("ticked", {"action": "accept"}, ["accepted", "pending", "dismissed", "pending"]),
        ("unticked", {"action": "dismiss"}, ["pending", "dismissed", "dismissed", "pending"]),
        ("dismissed", {"action": "bring_back"}, ["pending", "pending", "pending", "pending"]),
    ],
)
def test_tray_bulk_of_everything_means_the_whole_of_that_list(
    client: Client, maya: Engineer, tab: str, data: dict[str, str], expected: list[str]
) -> None:
    CandidateFactory.create(engineer=maya)
    CandidateFactory.create(engineer=maya, is_ticked=False)
    CandidateFactory.create(engineer=maya, state="dismissed")
    CandidateFactory.create(title="Planted")

    response = client.post(BULK, {**data, "tab": tab, "everything": "1"})

    assert states() == expected
    assert response.headers["Location"] == f"/journal/tray/?tab={tab}"


def test_tray_bulk_of_everything_reaches_beyond_the_page(client: Client, maya: Engineer) -> None:
    waiting(maya, *(f"Row {number}" for number in range(120)))

    response = client.post(BULK, {"tab": "ticked", "everything": "1", "role": "led"})

    roles = {candidate.content["fields"]["role"] for candidate in maya.candidates.all()}
    assert roles == {"led"}
    assert messages_of(response) == ["120 were changed."]


def test_tray_bulk_of_everything_in_no_list_changes_nothing(client: Client, maya: Engineer) -> None:
    waiting(maya, "First")

    response = client.post(BULK, {"tab": "nonsense", "everything": "1", "action": "dismiss"})

    assert (response.status_code, states()) == (422, ["pending"])


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"action": "accept"}, {"action": "dismiss"}, {"role": "led"}])
def test_tray_bulk_passes_over_candidates_of_somebody_else(
    client: Client, maya: Engineer, data: dict[str, str]
) -> None:
    theirs = CandidateFactory.create(title="Planted")

    response = client.post(BULK, {**data, "entry": theirs.pk}, follow=True)

    assert "Planted" not in response.text
    before = theirs.content
    theirs.refresh_from_db()
    assert (theirs.state, theirs.content, theirs.version) == ("pending", before, 1)
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"action": "accept"}, "Tick something first."),
        ({"entry": "x", "action": "accept"}, "Select a valid choice."),
        ({"entry": "9" * 5_000, "action": "dismiss"}, "Select a valid choice."),
        ({"entry": "1"}, "Choose something to set."),
        ({"entry": "1", "action": "frobnicate"}, "Choose something to set."),
        ({"entry": "1", "happened_on": "2199-01-01"}, "This day is still to come"),
        ({"entry": "1", "outcome": "Typed\x00"}, "Null characters are not allowed."),
        ({"entry": "1", "criteria": "999999"}, "Select a valid choice."),
        ({"entry": "1", "basis": "guessed"}, "Select a valid choice."),
        ({"entry": "1", "action": "merge"}, "Tick at least two to make one of them."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_tray_bulk_refuses_with_a_sentence_and_changes_nothing(
    client: Client, maya: Engineer, headers: dict[str, str], data: dict[str, str], error: str
) -> None:
    (candidate,) = waiting(maya, "First")

    response = client.post(BULK, data, headers=headers)

    assert response.status_code == 422
    assert error in response.text
    candidate.refresh_from_db()
    assert (candidate.state, candidate.version) == ("pending", 1)


def test_tray_bulk_keeps_what_was_typed_and_ticked(client: Client, maya: Engineer) -> None:
    data = {
        "entry": ["7", "9"],
        "happened_on": "2199-01-01",
        "outcome": "Typed outcome",
        "tab": "unticked",
    }

    response = client.post(BULK, data)

    assert re.findall(r'name="entry" value="(\d+)"', response.text) == ["7", "9"]
    assert re.findall(r'name="tab" value="(\w+)"', response.text) == ["unticked"]
    assert "Typed outcome" in response.text


def test_tray_bulk_that_cannot_accept_one_accepts_none_and_says_why(
    client: Client, maya: Engineer
) -> None:
    fine, excessive = waiting(maya, "Fine", "Excessive")
    excessive.content["evidence"] = tagged(*criteria_of_one_level(4))
    excessive.save()

    response = client.post(BULK, {"entry": [fine.pk, excessive.pk], "action": "accept"})

    assert (response.status_code, states(), Entry.objects.count()) == (422, ["pending"] * 2, 0)
    (error,) = errors_of(response)
    assert error.startswith(TOO_MANY)


def test_tray_bulk_that_cannot_merge_says_why(client: Client, maya: Engineer) -> None:
    first, second = waiting(maya, "First", "Second", what="x" * WHAT)

    response = client.post(BULK, {"entry": [first.pk, second.pk], "action": "merge"})

    assert errors_of(response) == ["Together they are too much for one entry. Merge fewer."]
    assert titles_in_tray(maya) == ["First", "Second"]


def test_tray_bulk_that_cannot_change_one_changes_none(client: Client, maya: Engineer) -> None:
    *three, fourth = criteria_of_one_level(4)
    TargetFactory.create(engineer=maya, level=fourth.level)
    (full,) = waiting(maya, "Full", evidence=tagged(*three))

    response = client.post(BULK, {"entry": full.pk, "criteria": fourth.pk, "role": "led"})

    assert response.status_code == 422
    (error,) = errors_of(response)
    assert error.startswith(TOO_MANY)
    full.refresh_from_db()
    assert full.content == content("Full", evidence=tagged(*three))
