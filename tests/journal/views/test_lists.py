from __future__ import annotations

import datetime as dt
import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from careers.journal.models import Entry
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EntryFactory,
    EvidenceFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
    WeekFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from careers.ladders.models import Criterion
    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]

HTMX = {"HX-Request": "true"}
MONDAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
MOST_QUERIES = 8  # of a page, the session and the person included


def titles_of(response: Any) -> list[str]:
    return re.findall(r'<a class="entry-title"[^>]*>(.*?)</a>', response.text)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def is_page(response: Any) -> bool:
    return "<!doctype html>" in response.text


def older_of(response: Any) -> str:
    """The address of the next page, "" on the last."""
    found = re.search(r'<a class="button" href="([^"]*before=[^"]*)"', response.text)
    return found[1].replace("&amp;", "&") if found else ""


# --- the journal --------------------------------------------------------------------------------


def test_entry_list_shows_the_journal_by_week_newest_first(client: Client, maya: Engineer) -> None:
    for title, day in (("Monday", MONDAY), ("Friday", FRIDAY), ("Sunday", MONDAY - DAY)):
        EntryFactory.create(engineer=maya, title=title, happened_on=day)
    EntryFactory.create(title="Planted")
    EntryFactory.create(engineer=maya, title="Trashed", deleted_at=timezone.now())
    WeekFactory.create(engineer=maya, monday=MONDAY - 14 * DAY)

    response = client.get("/journal/")

    assert response.status_code == 200
    assert titles_of(response) == ["Friday", "Monday", "Sunday"]
    weeks = re.findall(r'<span class="fine">(2026-W\d\d[^<]*)</span>', response.text)
    assert weeks == ["2026-W47", "2026-W46", "2026-W45 · quiet"]


def test_entry_list_without_an_entry_teaches(client: Client, maya: Engineer) -> None:
    response = client.get("/journal/")

    assert "Here stands what you did, week by week, newest first." in response.text
    assert 'id="bulk"' not in response.text


def test_entry_list_leads_through_every_page(client: Client, maya: Engineer) -> None:
    entries = EntryFactory.create_batch(120, engineer=maya)

    pages, here = [], "/journal/"
    while here:
        response = client.get(here)
        pages.append(titles_of(response))
        here = older_of(response) and f"/journal/{older_of(response)}"

    assert [len(titles) for titles in pages] == [50, 50, 20]
    assert [*chain(*pages)] == [entry.title for entry in entries[::-1]]


def test_older_entries_for_htmx_are_weeks_alone(client: Client, maya: Engineer) -> None:
    EntryFactory.create_batch(51, engineer=maya, title="Newer")
    EntryFactory.create(engineer=maya, title="Oldest", happened_on=MONDAY - DAY)
    older = older_of(client.get("/journal/"))

    response = client.get(f"/journal/{older}", headers=HTMX)

    assert not is_page(response)
    assert titles_of(response) == ["Newer", "Oldest"]
    assert "<form" not in response.text


def test_older_entries_keep_the_filters(client: Client, maya: Engineer) -> None:
    EntryFactory.create_batch(60, engineer=maya, kind="fixed")
    EntryFactory.create_batch(10, engineer=maya)

    older = older_of(client.get("/journal/?kind=fixed"))

    assert "kind=fixed" in older
    assert len(titles_of(client.get(f"/journal/{older}"))) == 10


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_list_searches(client: Client, maya: Engineer, headers: dict[str, str]) -> None:
    EntryFactory.create(engineer=maya, title="Halved the build")
    EntryFactory.create(engineer=maya, title="Something else")

    response = client.get("/journal/?q=halved&kind=shipped&since=2026-11-20", headers=headers)

    assert is_page(response) == (headers == {})
    assert titles_of(response) == ["Halved the build"]


def test_entry_list_says_when_nothing_fits(client: Client, maya: Engineer) -> None:
    EntryFactory.create(engineer=maya)

    assert "No entry fits this search." in client.get("/journal/?q=nowhere").text


def test_entry_list_offers_the_criteria_of_ones_levels_to_filter_by(
    client: Client, maya: Engineer
) -> None:
    aimed, held = CriterionFactory.create_batch(2)
    TargetFactory.create(engineer=maya, level=aimed.level)
    PlacementFactory.create(engineer=maya, level=held.level)
    wanted = EvidenceFactory.create(entry__engineer=maya, criterion=held)
    EvidenceFactory.create(entry__engineer=maya, criterion=aimed)

    response = client.get(f"/journal/?criterion={held.pk}")

    assert titles_of(response) == [wanted.entry.title]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("since=0000-01-01", "since: Enter a valid date."),
        ("since=2026-11-20&until=2026-11-19", "since: The first day comes after the last."),
        ("project=999999", "project: Select a valid choice."),
        ("criterion=999999", "criterion: Select a valid choice."),
        ("lacking=taste", "lacking: Select a valid choice."),
        ("before=x", "before: Enter a valid value."),
        (f"q={'x' * 100_000}", "q: Ensure this value has at most 200 characters"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_list_says_what_it_cannot_read(
    client: Client, maya: Engineer, headers: dict[str, str], query: str, error: str
) -> None:
    response = client.get(f"/journal/?{query}", headers=headers)

    assert response.status_code == 422
    assert is_page(response) == (headers == {})
    assert "This search cannot be read:" in response.text
    assert error in response.text


@pytest.mark.parametrize("query", ["q=%00", "q=%ED%A0%80", "since=%FF"])
def test_entry_list_of_what_is_no_text(client: Client, maya: Engineer, query: str) -> None:
    assert client.get(f"/journal/?{query}").status_code == 400


def test_entry_list_shows_a_year_of_weeks(client: Client, maya: Engineer) -> None:
    EntryFactory.create_batch(2, engineer=maya)

    response = client.get("/journal/")

    marks = re.findall(r'<li class="depth-(\d)', response.text)
    assert marks == ["0"] * 52 + ["2"]


# --- many at once -------------------------------------------------------------------------------


def test_entry_bulk_update_sets_what_was_chosen(client: Client, maya: Engineer) -> None:
    target = TargetFactory.create(engineer=maya)
    criterion = CriterionFactory.create(level=target.level)
    entries = EntryFactory.create_batch(3, engineer=maya)
    data = {
        "entry": [entries[0].pk, entries[1].pk],
        "role": "led",
        "status": "outcome_known",
        "visibility": "private",
        "happened_on": "2026-11-19",
        "outcome": "Faster.",
        "project_title": "Builds",
        "criteria": [criterion.pk],
        "next": "/journal/?kind=shipped",
    }

    response = client.post("/journal/entries/bulk/", data)

    changed = {
        "role": "led",
        "status": "outcome_known",
        "visibility": "private",
        "happened_on": dt.date(2026, 11, 19),
        "outcome": "Faster.",
        "project__title": "Builds",
        "evidence__criterion": criterion.pk,
        "evidence__is_primary": True,
    }
    rows = [*maya.entries.order_by("pk").values(*changed)]
    assert rows[:2] == [changed] * 2
    assert rows[2]["role"] == ""
    assert response.headers["Location"] == "/journal/?kind=shipped"
    assert messages_of(response) == ["2 entries changed."]


def test_entry_bulk_update_leaves_what_was_not_chosen(client: Client, maya: Engineer) -> None:
    entry = EntryFactory.create(
        counted=True, project=ProjectFactory.create(engineer=maya), visibility="private"
    )
    blank = dict.fromkeys(["status", "visibility", "happened_on", "outcome", "project_title"], "")

    client.post("/journal/entries/bulk/", {**blank, "entry": entry.pk, "role": "co_led"})

    before = entry
    entry = Entry.objects.get()
    names = ("status", "visibility", "happened_on", "outcome", "project_id")
    assert [getattr(entry, name) for name in names] == [getattr(before, name) for name in names]
    assert entry.role == "co_led"


def test_entry_bulk_update_for_htmx_says_that_pages_are_stale(
    client: Client, maya: Engineer
) -> None:
    entry = EntryFactory.create(engineer=maya)

    response = client.post(
        "/journal/entries/bulk/", {"entry": entry.pk, "role": "led"}, headers=HTMX
    )

    assert (response.status_code, response.content) == (204, b"")
    assert json.loads(response.headers["HX-Trigger"]) == {"entry-saved": {"operation": ""}}


def test_entry_bulk_update_puts_them_into_the_trash(client: Client, maya: Engineer) -> None:
    entries = EntryFactory.create_batch(2, engineer=maya)

    response = client.post(
        "/journal/entries/bulk/", {"entry": [entry.pk for entry in entries], "trash": "1"}
    )

    assert maya.entries.live().count() == 0
    assert messages_of(response) == ["2 entries are in the trash."]


def test_entry_bulk_update_passes_over_entries_of_somebody_else(
    client: Client, maya: Engineer
) -> None:
    theirs = EntryFactory.create()

    changed = client.post("/journal/entries/bulk/", {"entry": theirs.pk, "role": "led"})
    trashed = client.post("/journal/entries/bulk/", {"entry": theirs.pk, "trash": "1"})

    theirs.refresh_from_db()
    assert (theirs.role, theirs.deleted_at) == ("", None)
    assert messages_of(changed) == ["0 entries changed."]
    assert "0 entries are in the trash." in messages_of(trashed)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"role": "led"}, "Tick the entries to change first."),
        ({"entry": "x", "role": "led"}, "Select a valid choice."),
        ({"entry": "9" * 5_000, "role": "led"}, "Select a valid choice."),
        ({"entry": "1"}, "Choose something to set."),
        ({"entry": "1", "happened_on": "9999-12-31"}, "This day is still to come"),
        ({"entry": "1", "outcome": "Typed\x00"}, "Null characters are not allowed."),
        ({"entry": "1", "criteria": "999999"}, "Select a valid choice."),
        ({"entry": range(1, 502), "role": "led"}, "Change at most 500 entries at once."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_entry_bulk_update_refuses_and_changes_nothing(
    client: Client, maya: Engineer, headers: dict[str, str], data: dict[str, Any], error: str
) -> None:
    entry = EntryFactory.create(engineer=maya)

    response = client.post("/journal/entries/bulk/", data, headers=headers)

    assert response.status_code == 422
    assert is_page(response) == (headers == {})
    assert error in response.text
    entry.refresh_from_db()
    assert entry.version == 1


def test_entry_bulk_update_keeps_what_was_typed_and_ticked(client: Client, maya: Engineer) -> None:
    data = {"entry": ["7", "9"], "happened_on": "9999-12-31", "outcome": "Typed outcome"}

    response = client.post("/journal/entries/bulk/", data)

    assert re.findall(r'name="entry" value="(\d+)"', response.text) == ["7", "9"]
    assert "Typed outcome" in response.text
    assert "Nothing was changed yet" in response.text


# --- the trash ----------------------------------------------------------------------------------


def test_trash_shows_what_can_come_back(client: Client, maya: Engineer) -> None:
    for title, days in (("Older", 3), ("Newer", 1)):
        deleted_at = timezone.now() - days * DAY
        EntryFactory.create(engineer=maya, title=title, deleted_at=deleted_at)
    EntryFactory.create(engineer=maya, title="Live")
    EntryFactory.create(title="Planted", deleted_at=timezone.now())

    response = client.get("/journal/trash/")

    assert re.findall(r'<p class="entry-title">(.*?)</p>', response.text) == ["Newer", "Older"]
    assert "30 days after" in response.text


# --- one week -----------------------------------------------------------------------------------


def test_week_detail_shows_the_week_and_takes_a_line_for_its_last_day(
    client: Client, maya: Engineer
) -> None:
    EntryFactory.create(engineer=maya, title="That Sunday", happened_on=MONDAY - DAY)
    EntryFactory.create(engineer=maya, title="Another week")

    response = client.get("/journal/weeks/2026-W46/")

    assert titles_of(response) == ["That Sunday"]
    assert '<input type="hidden" name="happened_on" value="2026-11-15">' in response.text
    assert re.findall(r'href="/journal/weeks/([^"]+)/"', response.text) == ["2026-W45", "2026-W47"]


def test_week_detail_of_this_week_takes_a_line_for_today_and_has_none_after(
    client: Client, maya: Engineer
) -> None:
    response = client.get("/journal/weeks/2026-W47/")

    assert '<input type="hidden" name="happened_on" value="2026-11-20">' in response.text
    assert re.findall(r'href="/journal/weeks/([^"]+)/"', response.text) == ["2026-W46"]


def test_week_detail_of_a_week_to_come_takes_no_line(client: Client, maya: Engineer) -> None:
    response = client.get("/journal/weeks/2026-W48/")

    assert response.status_code == 200
    assert 'id="capture"' not in response.text


@pytest.mark.parametrize(
    ("week", "others"), [("1970-W01", ["1970-W02"]), ("2199-W52", ["2199-W51"])]
)
def test_week_detail_at_the_ends_of_time(
    client: Client, maya: Engineer, week: str, others: list[str]
) -> None:
    response = client.get(f"/journal/weeks/{week}/")

    assert re.findall(r'href="/journal/weeks/([^"]+)/"', response.text) == others


@pytest.mark.parametrize("week", ["2026-W00", "2026-W54", "2025-W53", "9999-W01", "0000-W01"])
def test_week_that_never_is_has_no_page(client: Client, maya: Engineer, week: str) -> None:
    assert client.get(f"/journal/weeks/{week}/").status_code == 404


def test_week_detail_keeps_a_note(client: Client, maya: Engineer) -> None:
    response = client.post("/journal/weeks/2026-W47/", {"note": "Release week."})

    assert (maya.weeks.get().monday, maya.weeks.get().note) == (MONDAY, "Release week.")
    assert response.headers["Location"] == "/journal/weeks/2026-W47/"
    assert messages_of(response) == ["The note is saved."]
    assert "Release week." in client.get("/journal/weeks/2026-W47/").text


def test_week_detail_changes_a_note_and_leaves_the_week_quiet(
    client: Client, maya: Engineer
) -> None:
    WeekFactory.create(engineer=maya, note="Before")

    client.post("/journal/weeks/2026-W47/", {"note": ""})

    assert [*maya.weeks.values_list("monday", "is_quiet", "note")] == [(MONDAY, True, "")]


def test_week_detail_sent_without_a_note_keeps_an_empty_one(client: Client, maya: Engineer) -> None:
    response = client.post("/journal/weeks/2026-W47/")

    assert response.status_code == 302
    assert maya.weeks.get().note == ""


@pytest.mark.parametrize("note", ["Typed " + "x" * 100_000, "Typed \x00"])
def test_week_detail_refuses_a_note_and_keeps_what_was_typed(
    client: Client, maya: Engineer, note: str
) -> None:
    response = client.post("/journal/weeks/2026-W47/", {"note": note})

    assert response.status_code == 422
    assert note in response.text
    assert maya.weeks.count() == 0


def test_week_quiet_and_not_after_all(client: Client, maya: Engineer) -> None:
    WeekFactory.create(monday=MONDAY, is_quiet=False)

    response = client.post("/journal/weeks/2026-W47/quiet/", {"next": "/"})
    assert response.headers["Location"] == "/"
    assert [*maya.weeks.values_list("monday", "is_quiet")] == [(MONDAY, True)]

    response = client.post("/journal/weeks/2026-W47/quiet/", {"quiet": "0"})
    assert response.headers["Location"] == "/journal/weeks/2026-W47/"
    assert [*maya.weeks.values_list("monday", "is_quiet")] == [(MONDAY, False)]


# --- queries ------------------------------------------------------------------------------------


def fill(engineer: Engineer, criterion: Criterion, count: int) -> None:
    """So many entries of the week, each with a project, a number and evidence of the target."""
    for _n in range(count):
        entry = EntryFactory.create(project=ProjectFactory.create(engineer=engineer))
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=criterion)


@pytest.mark.parametrize(
    "address",
    [
        "/journal/",
        "/journal/?q=entry&lacking=unmeasured&since=2026-01-01",
        "/journal/?project={project}&criterion={criterion}&before=2026-12-31.1",
        "/journal/weeks/2026-W47/",
        "/journal/projects/",
        "/journal/trash/",
    ],
)
def test_lists_ask_as_often_for_three_hundred_as_for_three(
    client: Client, maya: Engineer, address: str, django_assert_max_num_queries: Any
) -> None:
    criterion = CriterionFactory.create()
    TargetFactory.create(engineer=maya, level=criterion.level)
    PlacementFactory.create(engineer=maya)
    fill(maya, criterion, 3)
    address = address.format(project=maya.projects.all()[0].pk, criterion=criterion.pk)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(address)
    fill(maya, criterion, 297)

    with django_assert_max_num_queries(len(few)):
        client.get(address)
