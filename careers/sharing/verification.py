"""Was it made here: from a hash to what may be said of it to whoever asks.

That is a number and dates. Who is in it the holder of the document knows, and nobody else learns.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careers.packets.models import Snapshot

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHORT = 12  # the digits that a packet prints
FULL = 64


@dataclass(frozen=True, slots=True)
class Finding:
    """A snapshot that was made here."""

    number: int
    frozen_on: dt.date
    withdrawn_on: dt.date | None


def find_snapshots(sha256: str) -> list[Finding]:
    """What has this hash, by age: a snapshot's JSON, whole or by its first 12 digits, or a PDF.

    Two snapshots that say the same have the same hash. What its owner destroyed is not found.
    """
    if len(sha256) == SHORT:  # a range, because no index serves LIKE on every database
        return read(Snapshot.objects.filter(sha256__gte=sha256, sha256__lt=sha256 + "g"))
    return read(Snapshot.objects.filter(sha256=sha256)) or read(
        Snapshot.objects.filter(renderings__sha256=sha256)
    )


def read(snapshots: QuerySet[Snapshot]) -> list[Finding]:
    columns = snapshots.order_by("frozen_at", "pk").values_list(
        "pk", "number", "frozen_at", "withdrawn_at"
    )
    return [
        Finding(number, frozen_at.date(), withdrawn_at.date() if withdrawn_at else None)
        for _pk, number, frozen_at, withdrawn_at in columns.distinct()
    ]
