"""What another edition of a ladder does to drafts and snapshots."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from careers.packets.actions import PacketError, freeze_packet
from careers.packets.models import CriterionNote, Packet
from tests.editions import (
    MOVED,
    NOON,
    RENAMED,
    REWORDED,
    WITHOUT_DESIGNS,
    Case,
    make_case,
    publish_changed,
    read,
    without_level,
)
from tests.factories import FRIDAY

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


@pytest.fixture
def case(client: Client) -> Case:
    return make_case(client)


def freeze_again(case: Case) -> dict[str, Any]:
    packet = Packet.objects.get(pk=case.packet.pk)
    snapshot = freeze_packet(packet, today=FRIDAY, version=packet.version)
    document: dict[str, Any] = json.loads(snapshot.content)
    return document


def texts_of(document: dict[str, Any]) -> dict[str, str]:
    return {row["key"]: row["text"] for row in document["criteria"]}


def test_snapshot_keeps_its_edition_and_its_words(client: Client, case: Case) -> None:
    address = f"/packets/{case.packet.pk}/snapshots/1/packet.json"
    before = client.get(address).content

    publish_changed(REWORDED, MOVED, RENAMED)

    document = json.loads(client.get(address).content)
    assert client.get(address).content == before
    assert document["ladder"]["edition"] == 1
    assert texts_of(document)["designs"] == "Designs systems."
    assert "edition 1" in read(client, f"/packets/{case.packet.pk}/snapshots/1/")


def test_next_snapshot_has_the_new_edition_and_its_words(case: Case) -> None:
    publish_changed(REWORDED, MOVED, RENAMED)

    document = freeze_again(case)

    assert document["ladder"]["edition"] == 2
    assert texts_of(document)["designs"] == "Designs systems that last."
    assert [one["required"] for one in document["dimensions"]] == [1, 2]
    assert document["levels"][1] == {
        "code": "L5",
        "label": "L5+",
        "title": "Lead engineer",
        "rank": "senior",
    }


def test_next_snapshot_is_silent_about_what_is_no_longer_asked(case: Case) -> None:
    publish_changed(WITHOUT_DESIGNS)

    document = freeze_again(case)

    assert list(texts_of(document)) == ["debugs", "mentors"]
    assert [entry["id"] for entry in document["entries"]] == [case.mentoring.pk]


def test_draft_for_a_dropped_level_is_read_and_not_frozen(client: Client, case: Case) -> None:
    publish_changed(without_level("L5"))
    packet = Packet.objects.get(pk=case.packet.pk)

    with pytest.raises(PacketError, match="^L5 is no longer in its ladder"):
        freeze_packet(packet, today=FRIDAY, version=packet.version)
    address = f"/packets/{packet.pk}/"
    refused = client.post(f"{address}freeze/", follow=True)

    assert "L5 is no longer in its ladder, so nothing is asked for it" in refused.text
    assert f'action="{address}freeze/"' not in client.get(address).text
    assert "draft" in read(client, f"{address}preview/").lower()
    assert packet.snapshots.count() == 1


def test_draft_keeps_its_note_on_a_criterion_that_is_not_asked_for_a_while(
    client: Client, case: Case
) -> None:
    publish_changed(WITHOUT_DESIGNS)
    version = Packet.objects.get().version
    sent: dict[str, Any] = {
        "title": "To L5, again",
        "engineer_name": "Maya",
        "paper": "a4",
        "version": version,
        **{f"{part}-TOTAL_FORMS": 0 for part in ("headlines", "highlights", "growth")},
        **{f"{part}-INITIAL_FORMS": 0 for part in ("headlines", "highlights", "growth")},
    }

    saved = client.post(f"/packets/{case.packet.pk}/", sent)

    assert saved.status_code == 302
    assert Packet.objects.get().title == "To L5, again"
    assert [(row.criterion.key, row.note) for row in CriterionNote.objects.all()] == [
        ("designs", "Look at it.")
    ]


def test_note_on_a_criterion_no_longer_asked_is_shown_as_kept(client: Client, case: Case) -> None:
    address = f"/packets/{case.packet.pk}/"
    assert "no longer asked is kept" not in read(client, address)

    publish_changed(WITHOUT_DESIGNS)

    page = read(client, address)
    assert "1 note on a criterion no longer asked is kept Designs systems. Look at it." in page
