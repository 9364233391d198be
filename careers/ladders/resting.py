"""What rests on a ladder, so that it cannot be taken away from under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from careers.ladders.models import Placement, Target

if TYPE_CHECKING:
    from careers.ladders.models import Ladder


@dataclass(frozen=True, slots=True)
class Resting:
    """How many of each; of a private ladder all are its owner's, for nobody else can read it."""

    placements: int
    targets: int
    entries: int
    quotes: int
    packets: int

    def __bool__(self) -> bool:
        return any((self.placements, self.targets, self.entries, self.quotes, self.packets))


def resting_on(ladder: Ladder) -> Resting:
    """Seven queries. What is in the trash counts: it can be restored.

    Evidence, quotes and packets belong to packages that this one may not import; its levels and
    criteria lead to them.
    """
    tagged = ladder.criteria.aggregate(
        entries=Count("evidence__entry", distinct=True),
    )
    quoted = ladder.criteria.aggregate(quotes=Count("quotes", distinct=True))
    levels = ladder.levels.exclude(packets=None).values_list("packets", flat=True)
    from_levels = ladder.levels.exclude(packets_from=None).values_list("packets_from", flat=True)
    notes = ladder.criteria.exclude(packet_notes=None).values_list(
        "packet_notes__packet", flat=True
    )
    return Resting(
        placements=Placement.objects.filter(level__ladder=ladder).count(),
        targets=Target.objects.filter(level__ladder=ladder).count(),
        entries=tagged["entries"],
        quotes=quoted["quotes"],
        packets=len({*levels, *from_levels, *notes}),
    )
