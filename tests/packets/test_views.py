"""Pages of packets, for whom they are and for nobody else."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from careers.ladders.actions import delete_ladder
from careers.packets import actions
from careers.packets.content import STORY
from careers.packets.editing import PacketEditor
from careers.packets.models import Packet, Snapshot
from tests.factories import FRIDAY, EngineerFactory, EntryFactory, EvidenceFactory, MetricFactory
from tests.ladders.small import publish
from tests.packets.drafts import Draft, begin_draft, freeze

NOON = dt.datetime.combine(FRIDAY, dt.time(12), dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(client: Client) -> Draft:
    draft = begin_draft()
    client.force_login(draft.engineer)
    return draft


def form_of(draft: Draft, **changes: str) -> dict[str, Any]:
    """What a browser sends of the draft as it stands, with these fields changed."""
    editor = PacketEditor(Packet.objects.get(pk=draft.packet.pk))
    data: dict[str, Any] = {}
    for part in editor.parts:
        forms = [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]
        for form in forms:
            for field in form:
                value = field.value()
                data[field.html_name] = "" if value is None else value
    return {**data, **changes}


def test_a_packet_is_begun_for_the_level_aimed_for(client: Client, draft: Draft) -> None:
    answer = client.post("/packets/", {"title": "Spring", "target": draft.level.pk})

    packet = Packet.objects.get(title="Spring")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/packets/{packet.pk}/")
    assert packet.target_level == draft.level


def test_a_packet_without_a_title_is_refused_with_a_sentence(client: Client, draft: Draft) -> None:
    answer = client.post("/packets/", {"title": "", "target": draft.level.pk})

    assert answer.status_code == 422
    assert Packet.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_packet_on_a_ladder_deleted_meanwhile_is_told_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya = EngineerFactory.create()
    client.force_login(maya)
    ladder = publish(owner=maya).ladder
    create = actions.create_packet

    def create_late(*args: Any, **kwargs: Any) -> Packet:
        delete_ladder(ladder)
        return create(*args, **kwargs)

    monkeypatch.setattr(actions, "create_packet", create_late)

    answer = client.post("/packets/", {"title": "Spring", "target": ladder.levels.all()[0].pk})

    assert answer.status_code == 503
    assert "was changed or deleted while it was being saved" in answer.text
    assert "Nothing was saved." in answer.text
    assert not Packet.objects.exists()


def test_the_draft_is_saved_with_all_its_parts(client: Client, draft: Draft) -> None:
    project = draft.entries[0].project
    assert project
    changes = {
        "thesis": "Two sentences.",
        "headlines-0-number": "−75 %",
        "headlines-0-text": "time to live",
        "highlights-0-project_id": str(project.pk),
        "highlights-0-rank": "1",
        "highlights-0-did": "Moved it.",
        "growth-0-gap": "strategy",
        "growth-0-action": "a page a quarter",
        f"criterion-{draft.other.pk}-not_applicable_reason": "I have no team.",
    }

    answer = client.post(f"/packets/{draft.packet.pk}/", form_of(draft, **changes))

    packet = Packet.objects.get()
    assert answer.status_code == 302
    assert packet.headline_results == [{"number": "−75 %", "text": "time to live"}]
    assert packet.highlights.get().did == "Moved it."
    assert packet.growth_areas.get().gap == "strategy"
    assert packet.criterion_notes.get().not_applicable_reason == "I have no team."


def test_a_save_as_it_is_typed_answers_with_what_it_proves(client: Client, draft: Draft) -> None:
    form = form_of(draft, thesis="Typed.")

    answer = client.post(f"/packets/{draft.packet.pk}/", form, headers=HTMX)

    said = json.loads(answer.headers["HX-Trigger"])["draft-saved"]
    assert (answer.status_code, said["version"]) == (200, 2)
    assert "1 of 2 required proven" in answer.text
    assert "<html" not in answer.text


def test_a_second_tab_is_shown_both_texts_and_keeps_its_own(client: Client, draft: Draft) -> None:
    address = f"/packets/{draft.packet.pk}/"
    mine = form_of(draft, thesis="Mine.")
    client.post(address, form_of(draft, thesis="Theirs."))

    answer = client.post(address, mine)

    assert answer.status_code == 409
    assert "Theirs." in answer.text
    assert "Mine." in answer.text
    assert Packet.objects.get().thesis == "Theirs."


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"window_start_on": "2026-11-20", "window_end_on": "2026-11-19"},
        {"headlines-0-number": "3"},
        {"highlights-0-did": "told of no project"},
        {"highlights-0-project_id": "999999999"},
        {"growth-0-action": "without a gap"},
        {"thesis": "x" * 601},
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_written(
    client: Client, draft: Draft, changes: dict[str, str]
) -> None:
    answer = client.post(f"/packets/{draft.packet.pk}/", form_of(draft, **changes))

    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert Packet.objects.get().version == 1


def test_the_preview_is_the_document_and_says_draft(client: Client, draft: Draft) -> None:
    answer = client.get(f"/packets/{draft.packet.pk}/preview/")

    assert answer.status_code == 200
    assert "Maya Osei" in answer.text
    assert draft.entries[0].title in answer.text
    assert "draft" in answer.text.lower()


def test_freezing_leads_to_the_snapshot_and_its_files(client: Client, draft: Draft) -> None:
    freeze(draft)
    snapshot = Snapshot.objects.get()
    address = f"/packets/{draft.packet.pk}/snapshots/1/"

    page = client.get(address)
    files = {kind: client.get(f"{address}packet.{kind}") for kind in ("json", "md", "html")}

    assert snapshot.short_hash in page.text
    assert files["json"].content == snapshot.content.encode()
    assert draft.entries[0].title in files["md"].text
    assert draft.entries[0].title in files["html"].text
    assert [answer.headers["Content-Disposition"] for answer in files.values()] == [
        f'attachment; filename="packet.{kind}"' for kind in files
    ]


def test_the_second_snapshot_says_what_changed_since_the_first(
    client: Client, draft: Draft
) -> None:
    freeze(draft)
    client.post(f"/packets/{draft.packet.pk}/", form_of(draft, thesis="A new thesis."))
    freeze(draft)

    answer = client.get(f"/packets/{draft.packet.pk}/snapshots/2/")

    assert "1 change since snapshot 1" in answer.text


@pytest.mark.parametrize(
    "rest", ["", "preview/", "history/", "snapshots/1/", "snapshots/1/packet.json"]
)
def test_somebody_else_finds_no_packet(client: Client, draft: Draft, rest: str) -> None:
    freeze(draft)
    client.force_login(EngineerFactory.create())

    answer = client.get(f"/packets/{draft.packet.pk}/{rest}")

    assert answer.status_code == 404
    assert "To L6" not in answer.text


def test_coverage_looks_at_the_window_of_ones_own_packet_alone(
    client: Client, draft: Draft
) -> None:
    Packet.objects.update(window_start_on="2026-01-05", window_end_on="2026-03-06")
    address = f"/coverage/?packet={draft.packet.pk}"

    mine = client.get(address)
    client.force_login(EngineerFactory.create())
    theirs = client.get(address)

    assert "5 Jan 2026 – 6 Mar 2026" in mine.text
    assert theirs.status_code == 404


@pytest.mark.parametrize("more", [0, 40])
def test_the_page_of_a_packet_asks_as_often_for_many_entries(
    client: Client,
    draft: Draft,
    more: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _entry in range(more):
        entry = EntryFactory.create(engineer=draft.engineer, counted=True)
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=draft.criterion)
    freeze(draft)

    with django_assert_max_num_queries(12):
        client.get(f"/packets/{draft.packet.pk}/")


def test_every_part_of_the_story_has_a_field(draft: Draft) -> None:
    highlight = PacketEditor(draft.packet).highlights.forms[0]

    assert set(STORY) < set(highlight.fields)
