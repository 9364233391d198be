"""Every save of a draft, and what it changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from careers.journal.history import Version
from careers.packets.content import differences

if TYPE_CHECKING:
    from careers.packets.models import Packet

SHOWN = 40


def history_of(packet: Packet) -> list[Version]:
    """The newest SHOWN saves, newest first."""
    revisions = list(packet.revisions.order_by("-number")[: SHOWN + 1])
    versions = [
        Version(
            newer.number,
            newer.saved_at,
            newer.content["fields"]["title"],
            tuple(differences(older.content, newer.content)),
        )
        for newer, older in pairwise(revisions)
    ]
    if revisions and len(revisions) <= SHOWN:
        first = revisions[-1]
        versions.append(Version(first.number, first.saved_at, first.content["fields"]["title"], ()))
    return versions
