"""The levels of a ladder in their order, marked as one's own, and by track."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from careers.ladders.models import Level, Placement, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careers.ladders.models import LevelQuerySet, Track
    from careers.people.models import Engineer


@dataclass(frozen=True, slots=True)
class TrackLevels:
    track: Track
    levels: Sequence[Level]


def with_marks(levels: LevelQuerySet, engineer: Engineer) -> LevelQuerySet:
    """Each level with `is_held` and `is_aimed`: whether it is this engineer's."""
    newest = Placement.objects.filter(engineer=engineer).newest_first().values("pk")[:1]
    held = Placement.objects.filter(level=OuterRef("pk"), pk=Subquery(newest))
    aimed = Target.objects.filter(level=OuterRef("pk"), engineer=engineer)
    return levels.annotate(is_held=Exists(held), is_aimed=Exists(aimed))


def read_levels(engineer: Engineer, *, slug: str) -> list[Level]:
    """The levels in force of a ladder that `engineer` may read, in its order, marked; one query."""
    levels = Level.objects.readable_by(engineer).filter(ladder__slug=slug)
    return list(with_marks(levels, engineer))


def by_track(levels: Iterable[Level]) -> list[TrackLevels]:
    return [
        TrackLevels(track, list(own))
        for track, own in groupby(levels, key=lambda level: level.track)
    ]
