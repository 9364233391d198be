"""The tray and what is brought in; test_candidates.py has the pages of one candidate."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from careers.journal.importers.source import MOST_BYTES
from careers.journal.models import Candidate, CandidatePiece, Entry
from tests.factories import (
    CandidateFactory,
    CriterionFactory,
    EngineerFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.journal.trays import METRIC, content, titles_in_tray

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]

HTMX = {"HX-Request": "true"}
OPERATION = "00000000-0000-4000-8000-000000000001"
MOST_QUERIES = 12  # of a page, the session and the person included
BRAG = "# Brag 2026\n\n- 2026-03-01: Halved the build\n- 2026-04-01: Sped up the checkout\n"
BRAG_TITLES = ["Halved the build", "Sped up the checkout"]
TWO_SUBJECTS = "1111111 2026-06-01 Abolish quills (#1)\n2222222 2026-06-02 Banish moths (#2)"


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def is_page(response: Any) -> bool:
    return "<!doctype html>" in response.text


def titles_of(response: Any) -> list[str]:
    return re.findall(r'<a class="entry-title"[^>]*>(.*?)</a>', response.text)


def previewed(response: Any) -> list[str]:
    return re.findall(r"<b>(.*?)</b>", response.text.partition("<tbody>")[2])


def file(data: bytes | str, name: str = "brag.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def nothing_is_written() -> bool:
    rows = (Candidate.objects.count(), CandidatePiece.objects.count(), Entry.objects.count())
    return rows == (0, 0, 0)


# --- the list -----------------------------------------------------------------------------------


def test_tray_list_shows_what_waits(client: Client, maya: Engineer) -> None:
    CandidateFactory.create(engineer=maya, title="Ticked", source="brag.md")
    CandidateFactory.create(engineer=maya, title="Unticked", is_ticked=False)
    CandidateFactory.create(title="Planted")

    response = client.get("/journal/tray/")

    assert response.status_code == 200
    assert titles_of(response) == ["Ticked"]
    assert '<li class="source">brag.md</li>' in response.text
    assert "Planted" not in response.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?tab=unticked", ["Unticked"]),
        ("?tab=dismissed", ["Dismissed"]),
        ("?tab=nonsense", ["Ticked"]),
        ("?page=2", ["Ticked"]),
        ("?page=x", ["Ticked"]),
        (f"?page={'9' * 5_000}", ["Ticked"]),
    ],
)
def test_tray_list_shows_the_list_that_is_asked_for(
    client: Client, maya: Engineer, query: str, expected: list[str]
) -> None:
    CandidateFactory.create(engineer=maya, title="Ticked")
    CandidateFactory.create(engineer=maya, title="Unticked", is_ticked=False)
    CandidateFactory.create(engineer=maya, title="Dismissed", state="dismissed")

    response = client.get(f"/journal/tray/{query}")

    assert (response.status_code, titles_of(response)) == (200, expected)


def test_tray_list_leads_to_the_next_page(client: Client, maya: Engineer) -> None:
    CandidateFactory.create_batch(100, engineer=maya)
    CandidateFactory.create(engineer=maya, title="Last")

    assert '<a class="button" href="?tab=ticked&amp;page=2">' in client.get("/journal/tray/").text
    assert titles_of(client.get("/journal/tray/?tab=ticked&page=2")) == ["Last"]


def test_tray_list_that_is_empty_opens_the_box(client: Client, maya: Engineer) -> None:
    response = client.get("/journal/tray/")

    assert '<details class="bring-in" open>' in response.text
    assert 'id="bulk"' not in response.text


def test_tray_list_asks_as_often_for_a_hundred_as_for_three(
    client: Client, maya: Engineer, django_assert_max_num_queries: Any
) -> None:
    criterion = CriterionFactory.create(keywords=["halved"])
    TargetFactory.create(engineer=maya, level=criterion.level)
    PlacementFactory.create(engineer=maya)
    CandidateFactory.create_batch(3, engineer=maya, content=content(metrics=[METRIC]))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get("/journal/tray/")
    CandidateFactory.create_batch(97, engineer=maya, content=content(metrics=[METRIC]))

    with django_assert_max_num_queries(len(few)):
        client.get("/journal/tray/")


# --- preview ------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("sent", ["text", "file"])
def test_tray_preview_shows_what_would_come_in_and_writes_nothing(
    client: Client, maya: Engineer, sent: str, headers: dict[str, str]
) -> None:
    data = {sent: BRAG if sent == "text" else file(BRAG)}

    response = client.post("/journal/tray/preview/", data, headers=headers)

    assert (response.status_code, is_page(response)) == (200, headers == {})
    assert previewed(response) == BRAG_TITLES
    assert "2 new rows, 2 of them ticked." in response.text
    assert nothing_is_written()


def test_tray_preview_holds_the_text_of_a_file_to_be_brought_in(
    client: Client, maya: Engineer
) -> None:
    data = {"file": file(BRAG), "operation_id": OPERATION, "year": "2026"}

    response = client.post("/journal/tray/preview/", data)

    assert "- 2026-03-01: Halved the build\n" in response.text
    assert re.findall(r'name="(name|year|operation_id)"[^>]* value="([^"]*)"', response.text) == [
        ("operation_id", OPERATION),
        ("name", "brag.md"),
        ("year", "2026"),
    ]


def test_tray_preview_marks_what_is_known_to_oneself_alone(client: Client, maya: Engineer) -> None:
    client.post("/journal/tray/fill/", {"text": BRAG})
    text = f"{BRAG}- 2026-05-01: Wrote the guide\n"

    assert "1 new row, 1 of them ticked. 2 are known already." in (
        client.post("/journal/tray/preview/", {"text": text}, headers=HTMX).text
    )
    client.force_login(EngineerFactory.create())
    assert "3 new rows, 3 of them ticked." in (
        client.post("/journal/tray/preview/", {"text": text}, headers=HTMX).text
    )


def test_tray_preview_of_an_empty_box_for_htmx_is_empty(client: Client, maya: Engineer) -> None:
    response = client.post("/journal/tray/preview/", {"text": " \n"}, headers=HTMX)

    assert (response.status_code, is_page(response)) == (200, False)
    assert re.sub(r"\s+", " ", response.text).strip() == (
        '<section id="preview" class="stack preview" aria-live="polite"> </section>'
    )


@pytest.mark.parametrize("address", ["preview", "fill"])
def test_empty_box_that_is_sent_is_refused(client: Client, maya: Engineer, address: str) -> None:
    response = client.post(f"/journal/tray/{address}/", {"text": " \n"})

    assert response.status_code == 422
    assert "There is nothing in it to read." in response.text
    assert nothing_is_written()


UNREADABLE = [
    ({"text": "Typed", "year": "soon"}, "Enter a whole number."),
    ({"text": "Typed", "year": "1066"}, "greater than or equal to 1970"),
    ({"text": "Typed", "kind": "poem"}, "Select a valid choice."),
    ({"text": "Typed", "name": "x" * 201}, "at most 200 characters"),
    ({"text": "Typed\x00"}, "Null characters are not allowed."),
    ({"text": "<!doctype html><p>Typed"}, "Copy what the browser shows and paste that."),
    ({"text": "{}", "kind": "json"}, "This JSON is not a whole journal of Careers"),
    ({"file": ("empty.md", b"")}, "There is nothing in it to read."),
    ({"file": ("cv.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")}, "This is a PDF file. Copy its text"),
    ({"file": ("a.docx", b"PK\x03\x04")}, "This is a Word, Pages or ZIP file."),
    ({"file": ("old.txt", b"ok\ncaf\xe9")}, "Line 2 is not UTF-8 text."),
    ({"file": ("null.txt", b"a\x00b")}, "it holds null characters"),
    ({"file": ("big.txt", b"x" * (MOST_BYTES + 1))}, "are read at once. Split it"),
]


@pytest.mark.parametrize(("sent", "error"), UNREADABLE)
@pytest.mark.parametrize("address", ["preview", "fill"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_read_is_refused_with_a_sentence(
    client: Client,
    maya: Engineer,
    headers: dict[str, str],
    address: str,
    sent: dict[str, Any],
    error: str,
) -> None:
    data = {**sent, "file": file(sent["file"][1], sent["file"][0])} if "file" in sent else sent

    response = client.post(f"/journal/tray/{address}/", data, headers=headers)

    assert (response.status_code, is_page(response)) == (422, headers == {})
    assert error in response.text
    assert nothing_is_written()


@pytest.mark.parametrize("address", ["preview", "fill"])
def test_what_is_refused_keeps_what_was_typed(client: Client, maya: Engineer, address: str) -> None:
    data = {"text": "Typed by hand", "year": "soon"}

    response = client.post(f"/journal/tray/{address}/", data)

    assert "Typed by hand" in response.text
    assert 'value="soon"' in response.text


# --- fill ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["text", "file"])
def test_tray_fill_puts_it_into_the_tray(client: Client, maya: Engineer, sent: str) -> None:
    data = {sent: BRAG if sent == "text" else file(BRAG), "operation_id": OPERATION}

    response = client.post("/journal/tray/fill/", data)

    assert titles_in_tray(maya) == BRAG_TITLES
    assert {c.source for c in maya.candidates.all()} == {"" if sent == "text" else "brag.md"}
    assert response.status_code == 302
    assert response.headers["Location"] == f"/journal/tray/?saved={OPERATION}"
    assert messages_of(response) == ["2 are new in the tray."]


def test_tray_fill_reads_a_file_as_windows_saves_it(client: Client, maya: Engineer) -> None:
    client.post("/journal/tray/fill/", {"file": file(BRAG.encode("utf-16"))})

    assert titles_in_tray(maya) == BRAG_TITLES


def test_tray_fill_of_a_previewed_file_names_its_source(client: Client, maya: Engineer) -> None:
    client.post("/journal/tray/fill/", {"text": BRAG, "name": "brag.md"})

    assert {candidate.source for candidate in maya.candidates.all()} == {"brag.md"}


def test_tray_fill_sent_again_says_what_was_known(client: Client, maya: Engineer) -> None:
    client.post("/journal/tray/fill/", {"text": BRAG})

    response = client.post(
        "/journal/tray/fill/", {"text": f"{BRAG}- 2026-05-01: Wrote the guide\n"}
    )

    assert messages_of(response)[-1] == "1 is new in the tray. 2 were known."
    assert titles_in_tray(maya) == [*BRAG_TITLES, "Wrote the guide"]


def test_tray_fill_says_what_has_grown(client: Client, maya: Engineer) -> None:
    client.post("/journal/tray/fill/", {"text": TWO_SUBJECTS})

    more = f"{TWO_SUBJECTS}\n3333333 2026-06-03 Abolish more quills (#1)"
    response = client.post("/journal/tray/fill/", {"text": more})

    assert messages_of(response)[-1] == "0 are new in the tray. 1 has grown. 1 was known."


def test_tray_fill_of_a_log_that_was_pasted_twice_brings_it_once(
    client: Client, maya: Engineer
) -> None:
    log = "1111111 2026-06-01 feat: Abolish quills\n2222222 2026-06-02 feat: Banish moths"

    client.post("/journal/tray/fill/", {"text": f"{log}\n{log}"})

    assert CandidatePiece.objects.count() == 2


def test_tray_fill_of_a_journal_that_is_evidence_for_one_thing_twice_can_be_accepted(
    client: Client, maya: Engineer
) -> None:
    criterion = CriterionFactory.create()
    support = {"ladder": criterion.ladder.slug, "criterion": criterion.key, "is_primary": True}
    whole = content("Halved the build")
    entry = {**whole.pop("fields"), **whole, "evidence": [support, support]}
    text = json.dumps({"format": "careers-journal/1", "entries": [entry]})
    client.post("/journal/tray/fill/", {"text": text})

    client.post("/journal/tray/bulk/", {"action": "accept", "everything": "1", "tab": "ticked"})

    (made,) = maya.entries.all()
    assert [row.criterion for row in made.evidence.all()] == [criterion]


def test_tray_fill_of_the_text_of_a_large_file_that_was_previewed(
    client: Client, maya: Engineer
) -> None:
    text = f"{BRAG}\n{'x' * (MOST_BYTES - 1_000)}\n"

    response = client.post("/journal/tray/fill/", {"text": text, "name": "brag.md"})

    assert response.status_code == 302
