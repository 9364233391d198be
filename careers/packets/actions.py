"""Writing, freezing and withdrawing a packet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.packets.content import content_of, write_parts
from careers.packets.document import canonical, compose, digest
from careers.packets.models import Packet, PacketRevision, Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from careers.ladders.models import Level
    from careers.people.models import Engineer


class PacketError(Exception):
    """A change that was refused; the message is fit to show."""


class DraftConflictError(PacketError):
    """The draft was saved elsewhere since it was opened."""

    def __init__(self, packet: Packet) -> None:
        super().__init__(_("This draft was saved elsewhere since you opened it."))
        self.packet = packet


@transaction.atomic
def create_packet(engineer: Engineer, *, title: str, target: Level, held: Level | None) -> Packet:
    """An empty draft about `engineer`, written by them."""
    packet = Packet.objects.create(
        engineer=engineer,
        engineer_name=engineer.name,
        written_by=engineer,
        written_by_name=engineer.name,
        title=title,
        from_level=held,
        target_level=target,
    )
    _record(packet)
    return packet


def save_packet(
    packet: Packet, *, content: Mapping[str, Any], version: int, operation_id: UUID | None = None
) -> Packet:
    """The draft as saved; raises DraftConflictError when `version` is no longer the newest.

    An operation that is sent again is answered with what it already did; what was typed between
    the two is saved on top.
    """
    try:
        with transaction.atomic():
            done = packet.revisions.filter(operation_id=operation_id).first()
            if operation_id and done:
                if done.content == content:
                    return Packet.objects.get(pk=packet.pk)
                operation_id, version = None, done.number
            _take_version(packet, version, content["fields"])
            write_parts(packet, content)
            packet.refresh_from_db()
            _record(packet, operation_id)
            return packet
    except IntegrityError:
        if operation_id and packet.revisions.filter(operation_id=operation_id).exists():
            return Packet.objects.get(pk=packet.pk)
        raise


def restore_draft(packet: Packet, *, number: int) -> Packet:
    """The draft as it was in version `number`, as a new version."""
    content = packet.revisions.get(number=number).content
    return save_packet(packet, content=content, version=packet.version)


def freeze_packet(packet: Packet, *, today: dt.date, version: int) -> Snapshot:
    """The next snapshot. What the window left open is fixed by it, in the draft too.

    Raises PacketError when the draft was saved elsewhere, argues for a level that its ladder
    dropped, holds no evidence at all, or is the same as the newest snapshot, which then is enough.
    """
    with transaction.atomic():
        # the row is taken first, so that two freezes at once are one after the other
        if not Packet.objects.filter(pk=packet.pk, version=version).update(version=version):
            raise DraftConflictError(packet)
        packet.refresh_from_db()
        if packet.target_level.is_retired:
            raise PacketError(_say_retired(packet.target_level))
        window = packet.window(today)
        packet.window_start_on, packet.window_end_on = window.start, window.end
        document = compose(packet, today=today)
        if not document["entries"]:
            raise PacketError(
                _("There is nothing to freeze yet: no entry of this window is evidence for it.")
            )
        content = canonical(document)
        newest = packet.snapshots.order_by("-number").first()
        if newest and newest.content == content and not newest.withdrawn_at:
            raise PacketError(_("Nothing has changed since snapshot %(n)d.") % {"n": newest.number})
        packet.save(update_fields=["window_start_on", "window_end_on", "updated_at"])
        return Snapshot.objects.create(
            packet=packet,
            number=newest.number + 1 if newest else 1,
            content=content,
            sha256=digest(content),
            paper=packet.paper,
        )


def withdraw_snapshot(snapshot: Snapshot) -> None:
    """Its links die; its owner still reads it, and the draft goes on towards the next."""
    Snapshot.objects.filter(pk=snapshot.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


def destroy_snapshot(snapshot: Snapshot) -> None:
    """For good: its links die and verification no longer knows it."""
    snapshot.delete()


def _say_retired(level: Level) -> str:
    sentence = _(
        "%(label)s is no longer in its ladder, so nothing is asked for it and there is nothing to "
        "freeze. Your draft and its snapshots are kept; begin a packet for another level."
    )
    return sentence % {"label": level.label}


def _take_version(packet: Packet, version: int, fields: Mapping[str, Any]) -> None:
    taken = Packet.objects.filter(pk=packet.pk, version=version).update(
        version=version + 1, updated_at=timezone.now(), **fields
    )
    if not taken:
        packet.refresh_from_db()
        raise DraftConflictError(packet)


def _record(packet: Packet, operation_id: UUID | None = None) -> None:
    PacketRevision.objects.create(
        packet=packet, number=packet.version, operation_id=operation_id, content=content_of(packet)
    )
