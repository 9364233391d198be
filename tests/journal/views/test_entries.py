from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone
from django.utils.html import escape

from careers.journal.actions import create_entry, update_entry
from careers.journal.content import EntryChange, Support
from careers.journal.models import Entry
from careers.ladders.models import Criterion
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    LevelFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

HTMX = {"HX-Request": "true"}
OPERATION = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"


@pytest.fixture
def entry(maya: Engineer) -> Entry:
    return EntryFactory.create(engineer=maya, title="Halved the build")


def address(entry: Entry, part: str = "") -> str:
    return f"/journal/entries/{entry.pk}/{part}"


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def saved_event(response: Any) -> dict[str, Any]:
    return json.loads(response.headers["HX-Trigger"])["entry-saved"]  # type: ignore[no-any-return]


def is_page(response: Any) -> bool:
    return "<!doctype html>" in response.text


def without_token(response: Any) -> str:
    return re.sub(r'"x-csrftoken": "\w+"', "", response.text)


def ids_of(response: Any) -> list[str]:
    """Of the elements of a fragment that stand at its beginning."""
    return re.findall(r'^\s*<\w+[^>]*? id="([^"]+)"', response.text)


# --- writing one --------------------------------------------------------------------------------


def test_entry_create_saves_the_line_and_goes_where_the_form_says(
    client: Client, maya: Engineer
) -> None:
    data = {"title": "Halved the build", "operation_id": OPERATION, "next": "/journal/"}

    response = client.post("/journal/entries/", data)

    entry = maya.entries.get()
    assert (entry.title, entry.happened_on) == ("Halved the build", FRIDAY)
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/journal/?saved={OPERATION}",
    )


def test_entry_create_for_htmx_answers_with_the_row_and_an_acknowledgement(
    client: Client, maya: Engineer
) -> None:
    data = {"title": "Halved <the> build", "operation_id": OPERATION}

    response = client.post("/journal/entries/", data, headers=HTMX)

    entry = maya.entries.get()
    assert response.status_code == 200
    assert ids_of(response) == [f"entry-{entry.pk}"]
    assert "Halved &lt;the&gt; build" in response.text
    assert saved_event(response) == {"operation": OPERATION, "entry": entry.pk}


def test_entry_create_takes_the_day_of_the_week_it_is_written_in(
    client: Client, maya: Engineer
) -> None:
    client.post("/journal/entries/", {"title": "x", "happened_on": "2026-11-13"})

    assert maya.entries.get().happened_on == dt.date(2026, 11, 13)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_create_sent_twice_makes_one_entry_and_answers_alike(
    client: Client, maya: Engineer, headers: dict[str, str]
) -> None:
    data = {"title": "Halved the build", "operation_id": OPERATION}

    first = client.post("/journal/entries/", data, headers=headers)
    again = client.post("/journal/entries/", data, headers=headers)

    assert maya.entries.count() == 1
    assert again.status_code == first.status_code
    assert again.content == first.content


def test_entry_create_sent_again_on_another_day_keeps_the_day_it_was_written(
    client: Client, maya: Engineer
) -> None:
    data = {"title": "Halved the build", "operation_id": OPERATION}
    client.post("/journal/entries/", data)

    with time_machine.travel(NOON + dt.timedelta(days=3), tick=False):
        client.post("/journal/entries/", data)

    entry = maya.entries.get()
    assert (entry.happened_on, entry.version) == (FRIDAY, 1)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_create_sent_again_after_an_edit_elsewhere_offers_a_new_entry(
    client: Client, maya: Engineer, headers: dict[str, str]
) -> None:
    data = {"title": "Halved the build", "operation_id": OPERATION}
    client.post("/journal/entries/", data)
    update_entry(maya.entries.get(), change=EntryChange(fields={"title": "Edited"}), version=1)

    response = client.post("/journal/entries/", data | {"title": "Typed since"}, headers=headers)

    assert response.status_code == 409
    assert is_page(response) == (headers == {})
    assert 'value="Typed since"' in response.text
    assert "saved before and edited since; save again and it is a new entry" in response.text
    assert [entry.title for entry in maya.entries.all()] == ["Edited"]

    operation = re.search(r'name="operation_id" value="([^"]+)"', response.text)
    assert operation is not None
    client.post("/journal/entries/", data | {"title": "Typed since", "operation_id": operation[1]})
    assert [entry.title for entry in maya.entries.order_by("pk")] == ["Edited", "Typed since"]


def test_entry_create_sent_again_after_it_was_trashed_says_where_it_is(
    client: Client, maya: Engineer
) -> None:
    data = {"title": "Halved the build", "operation_id": OPERATION}
    client.post("/journal/entries/", data)
    maya.entries.update(deleted_at=timezone.now())

    response = client.post("/journal/entries/", data, headers=HTMX)

    assert response.status_code == 200
    assert "“Halved the build” is in the trash for 30 days." in response.text
    assert saved_event(response)["operation"] == OPERATION


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "Typed" + "x" * 300}, "Ensure this value has at most 300 characters"),
        ({"title": "Typed", "happened_on": "2026-11-22"}, "This day is still to come"),
        ({"title": "Typed", "happened_on": "0000-01-01"}, "Enter a valid date."),
        ({"title": "Typed", "operation_id": "1"}, "Enter a valid UUID."),
        ({"title": "Typed\x00"}, "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_create_refuses_and_keeps_what_was_typed(
    client: Client, maya: Engineer, headers: dict[str, str], data: dict[str, str], error: str
) -> None:
    response = client.post("/journal/entries/", data, headers=headers)

    assert response.status_code == 422
    assert is_page(response) == (headers == {})
    assert error in response.text
    assert f'value="{data["title"]}"' in response.text or not data["title"]
    assert (response.headers["HX-Retarget"], response.headers["HX-Reswap"]) == (
        "#capture",
        "outerHTML",
    )
    assert maya.entries.count() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"title=%ED%A0%80", 400),
        (b"title=%FF", 400),
        (b"title=" + b"x" * 2_000_000, 413),
        (b"title=" + b"x" * 100_000, 422),
    ],
)
def test_entry_create_answers_what_cannot_be_read(
    client: Client, maya: Engineer, body: bytes, status: int
) -> None:
    response = client.post(
        "/journal/entries/", body, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == status
    assert maya.entries.count() == 0


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil",
        "http:evil",
        "javascript:alert(1)",
        " //evil.example",
        "\t//evil.example",
        "evil.example",
        "",
    ],
)
def test_redirects_stay_on_this_site(client: Client, maya: Engineer, elsewhere: str) -> None:
    response = client.post("/journal/entries/", {"title": "x", "next": elsewhere})

    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("here", ["/", "/journal/?q=a%20b&kind=fixed", "/journal/weeks/2026-W47/"])
def test_redirects_lead_back_to_the_page(client: Client, maya: Engineer, here: str) -> None:
    response = client.post("/journal/entries/", {"title": "x", "next": here})

    assert response.headers["Location"] == here


# --- the page of one ----------------------------------------------------------------------------


@pytest.fixture
def whole(maya: Engineer) -> Entry:
    """An entry with every part, of a level that Maya aims for."""
    entry = EntryFactory.create(
        project=ProjectFactory.create(engineer=maya, title="Falcon"),
        title="Halved the build",
        counted=True,
        what="Cached the toolchain.",
        collaborators="Sam",
    )
    evidence = EvidenceFactory.create(entry=entry, criterion__text="Designs systems", note="why so")
    TargetFactory.create(engineer=maya, level=evidence.criterion.level)
    PlacementFactory.create(engineer=maya)
    MetricFactory.create(entry=entry)
    EntryLinkFactory.create(entry=entry, url="https://example.com/change", label="the change")
    return entry


def test_entry_detail_shows_every_part(client: Client, whole: Entry) -> None:
    response = client.get(address(whole))

    assert response.status_code == 200
    for text in (
        "Halved the build",
        "Cached the toolchain.",
        "Two teams stopped waiting.",
        "Falcon",
        "Sam",
        "800 → 200 ms: −75 %",
        "https://example.com/change",
        "the change",
        "Designs systems",
        "why so",
        "2026-W47",
    ):
        assert escape(text) in response.text
    assert "In the window from 20 May 2025 to 20 Nov 2026." in response.text


def test_entry_detail_says_what_the_entry_still_lacks_to_count(
    client: Client, entry: Entry
) -> None:
    response = client.get(address(entry))

    lacks = re.search(r'<ul class="lack-list">(.*?)</ul>', response.text, re.DOTALL)
    assert lacks is not None
    assert re.findall(r"<li>(.*?)</li>", lacks[1]) == [
        "It has no outcome; say why it mattered, or nobody can judge it.",
        "Your role is not chosen; say what part of it was yours.",
        "It is evidence of nothing yet; choose a criterion.",
    ]


def test_entry_detail_saves_and_says_so(client: Client, entry: Entry) -> None:
    data = {"version": "1", "title": "Halved every build", "operation_id": OPERATION}

    response = client.post(address(entry), data)

    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("Halved every build", 2)
    assert response.headers["Location"] == f"{address(entry)}?saved={OPERATION}"
    assert messages_of(response) == ["Saved."]


def test_entry_detail_saves_evidence_numbers_and_links(client: Client, whole: Entry) -> None:
    known = whole.evidence.get()
    other = CriterionFactory.create(level=known.criterion.level)
    data = {
        "version": "1",
        f"evidence-{known.criterion_id}": "",
        f"evidence-{other.pk}": "supporting",
        f"note-{other.pk}": "also",
        "metrics-TOTAL_FORMS": "2",
        "metrics-INITIAL_FORMS": "1",
        "metrics-0-DELETE": "on",
        "metrics-1-name": "queue",
        "metrics-1-before": "12",
        "metrics-1-after": "3",
        "metrics-1-unit": "jobs",
        "metrics-1-better": "lower",
        "metrics-1-basis": "estimated",
        "links-TOTAL_FORMS": "0",
        "links-INITIAL_FORMS": "0",
    }

    response = client.post(address(whole), data)

    assert response.status_code == 302
    assert [*whole.evidence.values_list("criterion", "is_primary", "note")] == [
        (other.pk, False, "also")
    ]
    assert [metric.arithmetic for metric in whole.metrics.all()] == ["12 → 3 jobs: −75 %"]
    assert whole.links.count() == 0


def test_entry_detail_makes_a_project_of_its_own(client: Client, entry: Entry) -> None:
    ProjectFactory.create(engineer=entry.engineer, title="Halved the build")

    client.post(address(entry), {"version": "1", "project_title": "", "own_project": "1"})

    entry.refresh_from_db()
    assert entry.project is not None
    assert entry.project.title == "Halved the build (2)"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"title": ""}, "This field is required."),
        ({"happened_on": "2026-11-22"}, "This day is still to come"),
        ({"version": ""}, "This field is required."),
        (
            {
                "metrics-TOTAL_FORMS": "1",
                "metrics-INITIAL_FORMS": "0",
                "metrics-0-name": "queue",
                "metrics-0-after": "5",
                "metrics-0-unit": "%",
                "metrics-0-basis": "measured",
            },
            "A percentage needs its base: per cent of what?",
        ),
        (
            {
                "links-TOTAL_FORMS": "1",
                "links-INITIAL_FORMS": "0",
                "links-0-url": "javascript:alert(1)",
            },
            "Write the whole address: https:// and the rest.",
        ),
        ({"metrics-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
        ({"links-TOTAL_FORMS": "1000", "links-INITIAL_FORMS": "0"}, "at most 20"),
    ],
)
def test_entry_detail_refuses_and_keeps_what_was_typed(
    client: Client, entry: Entry, wrong: dict[str, str], error: str
) -> None:
    data = {"version": "1", "title": "Typed title", "outcome": "Typed outcome"} | wrong

    response = client.post(address(entry), data)

    assert response.status_code == 422
    assert error in response.text
    assert "Not saved yet" in response.text
    for name, value in data.items():
        if name in {"title", "outcome", "metrics-0-name", "links-0-url"}:
            assert value in response.text
    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("Halved the build", 1)


def test_entry_detail_refuses_a_fourth_primary_and_keeps_the_choice(
    client: Client, entry: Entry
) -> None:
    target = TargetFactory.create(engineer=entry.engineer)
    criteria = CriterionFactory.create_batch(4, level=target.level)
    data = {f"evidence-{criterion.pk}": "primary" for criterion in criteria}

    response = client.post(address(entry), data | {"version": "1"})

    assert response.status_code == 422
    assert "One entry is primary evidence for at most 3 criteria of a level" in response.text
    assert response.text.count('<option value="primary" selected>') == 4
    assert entry.evidence.count() == 0


def test_entry_detail_saved_elsewhere_meanwhile_shows_both_texts(
    client: Client, entry: Entry
) -> None:
    update_entry(entry, change=EntryChange(fields={"title": "Theirs"}), version=1)
    data = {"version": "1", "title": "Mine", "outcome": "My outcome"}

    response = client.post(address(entry), data)

    assert response.status_code == 409
    table = re.search(r'<table class="table differences">.*?</table>', response.text, re.DOTALL)
    assert table is not None
    assert re.findall(r"<td>(.*?)</td>", table[0]) == ["Theirs", "Mine", "—", "My outcome"]
    assert 'value="Mine"' in response.text
    assert '<input type="hidden" name="version" value="2"' in response.text
    assert Entry.objects.get().title == "Theirs"

    again = client.post(address(entry), data | {"version": "2"})
    assert again.status_code == 302
    assert Entry.objects.get().title == "Mine"


def test_entry_detail_sent_twice_saves_once(client: Client, entry: Entry) -> None:
    data = {"version": "1", "title": "Halved every build", "operation_id": OPERATION}

    first = client.post(address(entry), data)
    again = client.post(address(entry), data)

    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert Entry.objects.get().version == 2


# --- in place -----------------------------------------------------------------------------------


def test_entry_edit_for_htmx_is_the_short_form_in_the_place_of_the_row(
    client: Client, entry: Entry
) -> None:
    response = client.get(address(entry, "edit/"), headers=HTMX)

    assert ids_of(response) == [f"entry-{entry.pk}"]
    assert 'value="Halved the build"' in response.text


def test_entry_edit_without_htmx_is_the_page_of_the_entry(client: Client, entry: Entry) -> None:
    response = client.get(address(entry, "edit/"))

    assert response.headers["Location"] == address(entry)


def test_entry_edit_saves_and_answers_with_the_row(client: Client, entry: Entry) -> None:
    data = {"version": "1", "outcome": "Forty people wait less.", "operation_id": OPERATION}

    response = client.post(address(entry, "edit/"), data, headers=HTMX)

    entry.refresh_from_db()
    assert (entry.outcome, entry.title) == ("Forty people wait less.", "Halved the build")
    assert ids_of(response) == [f"entry-{entry.pk}"]
    assert "Forty people wait less." in response.text
    assert saved_event(response) == {"operation": OPERATION, "entry": entry.pk}


def test_entry_edit_without_htmx_goes_where_the_form_says(client: Client, entry: Entry) -> None:
    data = {
        "version": "1",
        "role": "led",
        "operation_id": OPERATION,
        "next": "/coverage/?to=2026-11-20",
    }

    response = client.post(address(entry, "edit/"), data)

    assert response.headers["Location"] == f"/coverage/?to=2026-11-20&saved={OPERATION}"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_edit_refuses_and_keeps_what_was_typed(
    client: Client, entry: Entry, headers: dict[str, str]
) -> None:
    data = {"version": "1", "title": "", "outcome": "Typed outcome"}

    response = client.post(address(entry, "edit/"), data, headers=headers)

    assert response.status_code == 422
    assert is_page(response) == (headers == {})
    assert "This field is required." in response.text
    assert "Typed outcome" in response.text
    assert Entry.objects.get().outcome == ""


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_edit_saved_elsewhere_meanwhile_shows_both_texts(
    client: Client, entry: Entry, headers: dict[str, str]
) -> None:
    update_entry(entry, change=EntryChange(fields={"title": "Theirs"}), version=1)

    response = client.post(
        address(entry, "edit/"), {"version": "1", "title": "Mine"}, headers=headers
    )

    assert response.status_code == 409
    assert is_page(response) == (headers == {})
    assert re.findall(r"<td>(.*?)</td>", response.text) == ["Theirs", "Mine"]
    assert '<input type="hidden" name="version" value="2"' in response.text


def test_entry_row_is_the_row(client: Client, entry: Entry) -> None:
    response = client.get(address(entry, "row/"), headers=HTMX)

    assert ids_of(response) == [f"entry-{entry.pk}"]


# --- the trash, projects, history ---------------------------------------------------------------


def test_entry_trash_and_back_again(client: Client, entry: Entry) -> None:
    gone = client.post(address(entry, "trash/"))
    assert gone.headers["Location"] == "/journal/trash/"
    assert messages_of(gone) == ["“Halved the build” is in the trash."]
    assert client.get(address(entry)).status_code == 404

    back = client.post(address(entry, "restore/"))
    assert back.headers["Location"] == address(entry)
    assert "“Halved the build” is back." in messages_of(back)
    assert client.get(address(entry)).status_code == 200


def test_entry_trash_for_htmx_offers_to_undo_it(client: Client, entry: Entry) -> None:
    gone = client.post(address(entry, "trash/"), headers=HTMX)
    assert ids_of(gone) == [f"entry-{entry.pk}"]
    assert "“Halved the build” is in the trash for 30 days." in gone.text
    assert f'hx-post="{address(entry, "restore/")}"' in gone.text

    back = client.post(address(entry, "restore/"), headers=HTMX)
    assert ids_of(back) == [f"entry-{entry.pk}"]
    assert "Halved the build" in back.text
    assert saved_event(back)["entry"] == entry.pk


def test_entry_restore_of_a_live_entry_is_unknown(client: Client, entry: Entry) -> None:
    assert client.post(address(entry, "restore/")).status_code == 404


def test_entry_own_project_makes_one_and_only_once(client: Client, entry: Entry) -> None:
    made = client.post(address(entry, "project/"))
    assert made.headers["Location"] == address(entry)
    assert messages_of(made) == ["“Halved the build” is a project now."]

    client.post(address(entry, "project/"))
    assert [project.title for project in entry.engineer.projects.all()] == ["Halved the build"]


def test_entry_history_shows_what_each_save_changed(client: Client, maya: Engineer) -> None:
    entry = create_entry(maya, change=EntryChange(fields={"title": "Halved the build"}))
    update_entry(entry, change=EntryChange(fields={"title": "Halved every build"}), version=1)

    response = client.get(address(entry, "history/"))

    assert re.findall(r"Version (\d)", response.text) == ["2", "1"]
    assert re.findall(r"<td>(.*?)</td>", response.text) == [
        "Halved the build",
        "Halved every build",
    ]


def test_revision_restore_brings_it_back(client: Client, maya: Engineer) -> None:
    entry = create_entry(maya, change=EntryChange(fields={"title": "Halved the build"}))
    update_entry(entry, change=EntryChange(fields={"title": "Spoilt"}), version=1)

    response = client.post(address(entry, "history/1/"))

    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("Halved the build", 3)
    assert response.headers["Location"] == address(entry)
    assert messages_of(response) == ["The entry is again as it was in version 1."]


def test_revision_restore_that_breaks_a_rule_says_so_and_changes_nothing(
    client: Client, maya: Engineer
) -> None:
    criteria = CriterionFactory.create_batch(4)
    change = EntryChange(
        fields={"title": "Halved the build"},
        evidence=[Support(criterion.pk, is_primary=True) for criterion in criteria],
    )
    entry = create_entry(maya, change=change)
    update_entry(entry, change=EntryChange(evidence=[]), version=1)
    level = LevelFactory.create(label="L6+")
    Criterion.objects.update(level=level)  # as a new edition may

    response = client.post(address(entry, "history/1/"))

    [message] = messages_of(response)
    assert message.startswith("One entry is primary evidence for at most 3 criteria of a level;")
    assert (entry.revisions.count(), entry.evidence.count()) == (2, 0)


def test_revision_restore_of_a_version_that_never_was_is_unknown(
    client: Client, entry: Entry
) -> None:
    assert client.post(address(entry, "history/7/")).status_code == 404


# --- strangers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("get", ""),
        ("post", ""),
        ("get", "row/"),
        ("get", "edit/"),
        ("post", "edit/"),
        ("post", "trash/"),
        ("post", "restore/"),
        ("post", "project/"),
        ("get", "history/"),
        ("post", "history/1/"),
    ],
)
def test_entry_of_somebody_else_is_unknown_and_stays_as_it_is(
    client: Client, maya: Engineer, method: str, part: str
) -> None:
    theirs = create_entry(EngineerFactory.create(), change=EntryChange(fields={"title": "Planted"}))

    response = client.generic(method.upper(), address(theirs, part))

    unknown = client.generic(method.upper(), f"/journal/entries/999999/{part}")
    assert (response.status_code, without_token(response)) == (404, without_token(unknown))
    theirs.refresh_from_db()
    assert (theirs.version, theirs.deleted_at, theirs.project) == (1, None, None)


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("put", ""),
        ("delete", ""),
        ("post", "row/"),
        ("put", "edit/"),
        ("get", "trash/"),
        ("get", "restore/"),
        ("get", "project/"),
        ("post", "history/"),
        ("get", "history/1/"),
    ],
)
def test_entry_pages_answer_their_own_methods_alone(
    client: Client, entry: Entry, method: str, part: str
) -> None:
    assert client.generic(method.upper(), address(entry, part)).status_code == 405


# --- queries ------------------------------------------------------------------------------------


def test_entry_detail_asks_as_often_however_much_there_is(
    client: Client, whole: Entry, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(10) as few:
        client.get(address(whole))
    target = whole.evidence.get().criterion.level
    for criterion in CriterionFactory.create_batch(30, level=target):
        EvidenceFactory.create(entry=whole, criterion=criterion, is_primary=False)
    MetricFactory.create_batch(20, entry=whole)
    EntryLinkFactory.create_batch(20, entry=whole)
    ProjectFactory.create_batch(300, engineer=whole.engineer)
    EntryFactory.create_batch(300, engineer=whole.engineer)

    with django_assert_num_queries(len(few)):
        client.get(address(whole))


def test_entry_create_asks_as_often_in_a_long_journal(
    client: Client, maya: Engineer, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(12) as few:
        client.post("/journal/entries/", {"title": "x", "operation_id": OPERATION}, headers=HTMX)
    EntryFactory.create_batch(300, engineer=maya)

    with django_assert_num_queries(len(few)):
        client.post("/journal/entries/", {"title": "y", "operation_id": OTHER}, headers=HTMX)
