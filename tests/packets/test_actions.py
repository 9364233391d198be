"""Writing, freezing, withdrawing."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest

from careers.packets.actions import (
    DraftConflictError,
    PacketError,
    destroy_snapshot,
    restore_draft,
    save_packet,
    withdraw_snapshot,
)
from careers.packets.content import content_of
from careers.packets.models import Packet, Snapshot
from tests.factories import FRIDAY, LevelFactory, ProjectFactory
from tests.packets.drafts import begin_draft, freeze, written

pytestmark = pytest.mark.django_db


def test_a_new_packet_is_about_and_written_by_its_engineer() -> None:
    packet = begin_draft().packet

    assert (packet.engineer_name, packet.written_by, packet.version) == (
        "Maya Osei",
        packet.engineer,
        1,
    )


def test_a_saved_draft_holds_every_part() -> None:
    draft = begin_draft()
    content = written(
        draft,
        thesis="Two sentences. Here.",
        headline_results=[{"number": "−75 %", "text": "time to live"}],
        highlights=[
            {
                "project_id": draft.entries[0].project_id,
                "problem": "p",
                "did": "d",
                "result": "r",
                "mine": "m",
            }
        ],
        notes=[{"criterion_id": draft.other.pk, "note": "", "not_applicable_reason": "no team"}],
        growth_areas=[{"gap": "strategy", "action": "a page a quarter"}],
    )

    saved = save_packet(draft.packet, content=content, version=1)

    assert content_of(saved) == content
    assert saved.version == 2


def test_a_save_that_began_from_an_older_version_writes_nothing() -> None:
    draft = begin_draft()
    save_packet(draft.packet, content=written(draft, thesis="first"), version=1)

    with pytest.raises(DraftConflictError):
        save_packet(draft.packet, content=written(draft, thesis="second"), version=1)

    assert Packet.objects.get().thesis == "first"


def test_an_operation_sent_twice_happens_once() -> None:
    draft, operation = begin_draft(), uuid.uuid4()
    content = written(draft, thesis="once")

    for _try in range(2):
        save_packet(draft.packet, content=content, version=1, operation_id=operation)

    assert Packet.objects.get().version == 2


def test_what_was_typed_between_two_tries_is_saved_on_top() -> None:
    draft, operation = begin_draft(), uuid.uuid4()
    save_packet(
        draft.packet, content=written(draft, thesis="one"), version=1, operation_id=operation
    )

    save_packet(
        draft.packet, content=written(draft, thesis="two"), version=1, operation_id=operation
    )

    assert (Packet.objects.get().thesis, Packet.objects.get().version) == ("two", 3)


def test_somebody_elses_project_is_no_highlight() -> None:
    draft, foreign = begin_draft(), ProjectFactory.create()
    story = {"problem": "", "did": "", "result": "", "mine": ""}
    content = written(draft, highlights=[{"project_id": foreign.pk, **story}])

    saved = save_packet(draft.packet, content=content, version=1)

    assert content_of(saved)["highlights"] == []


def test_an_older_version_of_the_draft_comes_back_as_the_newest() -> None:
    draft = begin_draft()
    save_packet(draft.packet, content=written(draft, thesis="changed"), version=1)

    restored = restore_draft(Packet.objects.get(), number=1)

    assert (restored.thesis, restored.version) == ("", 3)


def test_freezing_writes_the_window_down_and_hashes_the_text() -> None:
    draft = begin_draft()

    snapshot = freeze(draft)

    packet = Packet.objects.get()
    assert packet.window_end_on == FRIDAY
    assert snapshot.number == 1
    assert snapshot.sha256 == hashlib.sha256(snapshot.content.encode()).hexdigest()


def test_freezing_the_same_text_again_is_refused_with_the_number() -> None:
    draft = begin_draft()
    freeze(draft)

    with pytest.raises(PacketError, match="Nothing has changed since snapshot 1"):
        freeze(draft)


def test_the_next_freeze_is_the_next_number_and_leaves_the_first_alone() -> None:
    draft = begin_draft()
    first = freeze(draft)
    save_packet(Packet.objects.get(), content=written(draft, thesis="more"), version=1)

    second = freeze(draft)

    assert second.number == 2
    assert Snapshot.objects.get(number=1).content == first.content
    assert json.loads(second.content)["thesis"] == "more"


def test_a_packet_without_evidence_is_not_frozen() -> None:
    draft = begin_draft()
    Packet.objects.update(target_level=LevelFactory.create())

    with pytest.raises(PacketError, match="nothing to freeze"):
        freeze(draft)

    assert Snapshot.objects.count() == 0
    assert Packet.objects.get().window_end_on is None


def test_a_withdrawn_snapshot_is_kept_and_the_same_text_can_be_frozen_again() -> None:
    draft = begin_draft()
    withdraw_snapshot(freeze(draft))

    second = freeze(draft)

    assert second.number == 2
    assert Snapshot.objects.get(number=1).withdrawn_at


def test_a_destroyed_snapshot_is_gone() -> None:
    draft = begin_draft()

    destroy_snapshot(freeze(draft))

    assert Snapshot.objects.count() == 0
