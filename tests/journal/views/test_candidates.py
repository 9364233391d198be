"""One candidate: its form, and what its buttons do."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages

from careers.journal.models import Candidate, Entry
from tests.factories import (
    CandidateFactory,
    CriterionFactory,
    EntryFactory,
    TargetFactory,
)
from tests.journal.trays import (
    LINK,
    METRIC,
    content,
    criteria_of_one_level,
    tagged,
    titles_in_tray,
)

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]

HTMX = {"HX-Request": "true"}
OPERATION = "00000000-0000-4000-8000-000000000001"
TOO_MANY = "One entry is primary evidence for at most 3 criteria of a level"
WHOLE = content(metrics=[METRIC], links=[LINK], what="Details.")


@pytest.fixture
def candidate(maya: Engineer) -> Candidate:
    return CandidateFactory.create(engineer=maya, content=WHOLE)


def address(candidate: Candidate, part: str = "") -> str:
    return f"/journal/tray/{candidate.pk}/{part}"


def form(candidate: Candidate, **fields: Any) -> dict[str, Any]:
    """What the form of a candidate sends when only `fields` are touched; no number and no link."""
    sent = {
        **candidate.content["fields"],
        "version": candidate.version,
        "project_title": candidate.content["project"],
        "criteria": [support["criterion"] for support in candidate.content["evidence"]],
        "operation_id": OPERATION,
    }
    return {**sent, **fields}


def parts(prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """A formset as it is sent."""
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    named = {f"{prefix}-{n}-{name}": v for n, row in enumerate(rows) for name, v in row.items()}
    return sent | {name: value for name, value in named.items() if value not in (None, False)}


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def is_page(response: Any) -> bool:
    return "<!doctype html>" in response.text


def is_row_of(response: Any, candidate: Candidate) -> bool:
    return bool(response.text.lstrip().startswith(f'<li id="candidate-{candidate.pk}"'))


def fields_of(candidate: Candidate) -> Any:
    return Candidate.objects.get(pk=candidate.pk).content["fields"]


# --- whose it is --------------------------------------------------------------------------------

PARTS = ["", "row/", "accept/", "dismiss/", "restore/", "split/", "tag/"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_of_somebody_else_is_not_found(
    client: Client, maya: Engineer, headers: dict[str, str], part: str
) -> None:
    theirs = CandidateFactory.create(title="Planted")
    here = address(theirs, part)

    sent = form(theirs, title="Mine", lines="First\nSecond")
    response = client.get(here) if part == "row/" else client.post(here, sent, headers=headers)

    assert response.status_code == 404
    assert "Planted" not in response.text
    assert titles_in_tray(theirs.engineer) == ["Planted"]
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("part", ["", "row/"])
def test_candidate_of_somebody_else_cannot_be_looked_at(
    client: Client, maya: Engineer, part: str
) -> None:
    theirs = CandidateFactory.create(title="Planted")

    response = client.get(address(theirs, part), headers=HTMX)

    assert response.status_code == 404
    assert "Planted" not in response.text


@pytest.mark.parametrize("part", PARTS)
def test_candidate_that_was_accepted_is_not_found(
    client: Client, maya: Engineer, part: str
) -> None:
    gone = CandidateFactory.create(engineer=maya, state="accepted", content={})

    response = (
        client.get(address(gone, part)) if part == "row/" else client.post(address(gone, part))
    )

    assert response.status_code == (409 if part == "" else 404)


def test_candidate_that_was_accepted_meanwhile_shows_what_was_typed(
    client: Client, maya: Engineer
) -> None:
    entry = EntryFactory.create(engineer=maya)
    gone = CandidateFactory.create(engineer=maya, state="accepted", content={}, entry=entry)

    response = client.post(address(gone), {"title": "Typed", "outcome": "And typed <more>"})

    assert response.status_code == 409
    assert "And typed &lt;more&gt;" in response.text
    assert f"/journal/entries/{entry.pk}/" in response.text


@pytest.mark.parametrize("part", PARTS[2:])
def test_buttons_of_a_candidate_are_pressed_and_not_followed(
    client: Client, candidate: Candidate, part: str
) -> None:
    assert client.get(address(candidate, part)).status_code == 405


# --- its form -----------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_detail_shows_its_form(
    client: Client, candidate: Candidate, headers: dict[str, str]
) -> None:
    response = client.get(address(candidate), headers=headers)

    assert (response.status_code, is_page(response)) == (200, headers == {})
    values = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', response.text))
    assert (values["title"], values["version"]) == ("Halved the build", "1")
    assert (values["metrics-0-name"], values["links-0-url"]) == ("build time", LINK["url"])


@pytest.mark.parametrize("part", ["", "row/"])
def test_candidate_for_htmx_takes_the_place_of_its_row(
    client: Client, candidate: Candidate, part: str
) -> None:
    assert is_row_of(client.get(address(candidate, part), headers=HTMX), candidate)


def test_candidate_detail_saves_and_goes_to_the_tray(client: Client, candidate: Candidate) -> None:
    TargetFactory.create(
        engineer=candidate.engineer, level=(criterion := CriterionFactory.create()).level
    )
    sent = form(
        candidate,
        title="In my words",
        outcome="Faster.",
        role="led",
        happened_on="2026-03-01",
        project_title="Builds",
        criteria=[criterion.pk],
        **parts("metrics", METRIC, {**METRIC, "name": "wait"}),
        **parts("links"),
    )

    response = client.post(address(candidate), sent)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/journal/tray/?saved={OPERATION}"
    candidate.refresh_from_db()
    assert candidate.content == content(
        "In my words",
        what="Details.",
        project="Builds",
        metrics=[METRIC, {**METRIC, "name": "wait"}],
        evidence=tagged(criterion),
        outcome="Faster.",
        role="led",
        happened_on="2026-03-01",
    )


def test_candidate_detail_for_htmx_saves_and_shows_the_row(
    client: Client, candidate: Candidate
) -> None:
    response = client.post(address(candidate), form(candidate, title="Mine"), headers=HTMX)

    assert (response.status_code, is_row_of(response, candidate)) == (200, True)
    assert ">Mine</a>" in response.text
    assert json.loads(response.headers["HX-Trigger"]) == {"entry-saved": {"operation": OPERATION}}


def test_candidate_detail_leaves_numbers_and_links_that_were_not_sent(
    client: Client, candidate: Candidate
) -> None:
    client.post(address(candidate), form(candidate))

    candidate.refresh_from_db()
    assert (candidate.content, candidate.version) == (WHOLE, 2)


def test_candidate_detail_keeps_evidence_for_levels_that_are_not_offered(
    client: Client, maya: Engineer
) -> None:
    offered, other = CriterionFactory.create_batch(2)
    TargetFactory.create(engineer=maya, level=offered.level)
    candidate = CandidateFactory.create(
        engineer=maya, content=content(evidence=tagged(offered, other, is_primary=False))
    )

    client.post(address(candidate), form(candidate, criteria=[]))

    candidate.refresh_from_db()
    assert candidate.content["evidence"] == tagged(other, is_primary=False)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_detail_saves_and_accepts(
    client: Client, candidate: Candidate, headers: dict[str, str]
) -> None:
    sent = form(candidate, title="Mine", accept="1")

    response = client.post(address(candidate), sent, headers=headers)

    entry = Entry.objects.get()
    assert (entry.title, entry.what) == ("Mine", "Details.")
    assert titles_in_tray(candidate.engineer) == []
    if headers:
        assert f'href="/journal/entries/{entry.pk}/">Mine</a>' in response.text
    else:
        assert messages_of(response) == ["“Mine” is in the journal."]


BAD = [
    ({"title": ""}, "This field is required."),
    ({"title": "x" * 301}, "at most 300 characters"),
    ({"happened_on": "2199-01-01"}, "This day is still to come"),
    ({"happened_on": "soon"}, "Enter a valid date."),
    ({"role": "hero"}, "Select a valid choice."),
    ({"criteria": "999999"}, "Select a valid choice."),
    ({"version": "x"}, "Enter a whole number."),
    ({"version": ""}, "This field is required."),
    ({"outcome": "Typed\x00"}, "Null characters are not allowed."),
    (parts("metrics", {**METRIC, "after": "many"}), "Enter a number."),
    (parts("links", {"url": "nowhere"}), "Write the whole address"),
    ({"metrics-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
]


@pytest.mark.parametrize(("fields", "error"), BAD)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_detail_refuses_with_a_sentence_and_keeps_what_was_typed(
    client: Client,
    candidate: Candidate,
    headers: dict[str, str],
    fields: dict[str, Any],
    error: str,
) -> None:
    sent = form(candidate, what="Typed by hand", **fields)

    response = client.post(address(candidate), sent, headers=headers)

    assert (response.status_code, is_page(response)) == (422, headers == {})
    assert error in response.text
    assert "Typed by hand" in response.text
    assert fields_of(candidate)["what"] == "Details."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_detail_of_an_older_version_is_a_conflict_that_can_be_saved_again(
    client: Client, candidate: Candidate, headers: dict[str, str]
) -> None:
    client.post(address(candidate), form(candidate, title="Theirs"))

    response = client.post(address(candidate), form(candidate, title="Mine"), headers=headers)

    assert (response.status_code, is_page(response)) == (409, headers == {})
    assert "This was changed in another tab since you opened it." in response.text
    values = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', response.text))
    assert (values["title"], values["version"]) == ("Mine", "2")
    assert fields_of(candidate)["title"] == "Theirs"
    client.post(address(candidate), form(candidate, title="Mine", version=values["version"]))
    assert fields_of(candidate)["title"] == "Mine"


def test_candidate_detail_with_too_many_primaries_is_refused(
    client: Client, candidate: Candidate
) -> None:
    criteria = criteria_of_one_level(4)
    TargetFactory.create(engineer=candidate.engineer, level=criteria[0].level)
    sent = form(candidate, title="Mine", criteria=[criterion.pk for criterion in criteria])

    response = client.post(address(candidate), sent)

    assert response.status_code == 422
    assert TOO_MANY in response.text
    assert len(re.findall(r'<option value="\d+" selected>', response.text)) == 4
    assert fields_of(candidate)["title"] == "Halved the build"


# --- its buttons --------------------------------------------------------------------------------


def test_candidate_accept_makes_an_entry(client: Client, candidate: Candidate) -> None:
    response = client.post(address(candidate, "accept/"))

    assert [*candidate.engineer.entries.values_list("title", flat=True)] == ["Halved the build"]
    assert messages_of(response) == ["“Halved the build” is in the journal."]
    assert response.headers["Location"] == "/journal/tray/?tab=ticked"


def test_candidate_accept_for_htmx_leaves_a_link_to_the_entry(
    client: Client, candidate: Candidate
) -> None:
    response = client.post(address(candidate, "accept/"), headers=HTMX)

    assert is_row_of(response, candidate)
    entry = Entry.objects.get()
    assert f'href="/journal/entries/{entry.pk}/">Halved the build</a>' in response.text


def test_candidate_accept_twice_makes_one_entry(client: Client, candidate: Candidate) -> None:
    client.post(address(candidate, "accept/"))

    again = client.post(address(candidate, "accept/"))

    assert (again.status_code, Entry.objects.count()) == (404, 1)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_accept_with_too_many_primaries_says_why(
    client: Client, maya: Engineer, headers: dict[str, str]
) -> None:
    evidence = tagged(*criteria_of_one_level(4))
    candidate = CandidateFactory.create(engineer=maya, content=content(evidence=evidence))

    response = client.post(address(candidate, "accept/"), headers=headers, follow=True)

    assert TOO_MANY in response.text
    assert is_page(response) == (headers == {})
    assert (Entry.objects.count(), titles_in_tray(maya)) == (0, ["Halved the build"])


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_candidate_dismiss_and_restore(
    client: Client, candidate: Candidate, headers: dict[str, str]
) -> None:
    dismissed = client.post(address(candidate, "dismiss/"), headers=headers)

    assert titles_in_tray(candidate.engineer) == []
    if headers:
        assert is_row_of(dismissed, candidate)
        assert f'hx-post="{address(candidate, "restore/")}"' in dismissed.text
    else:
        assert messages_of(dismissed) == ["“Halved the build” was dismissed."]

    restored = client.post(address(candidate, "restore/"), headers=headers)

    assert titles_in_tray(candidate.engineer) == ["Halved the build"]
    if headers:
        assert is_row_of(restored, candidate)
    else:
        assert restored.headers["Location"] == "/journal/tray/?tab=dismissed"
