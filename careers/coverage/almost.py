"""Entries that lack one thing to count, so that the next minute goes where it helps most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from careers.journal.countable import Lack, Window
from careers.journal.models import Entry, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.coverage.reader import CoveredLevel
    from careers.people.models import Engineer

SHOWN = 5


@dataclass(frozen=True, slots=True)
class AlmostEntry:
    """An entry, the one thing it lacks, and the criteria it would then be evidence of."""

    entry: Entry
    lack: str
    criteria: Sequence[str]


@dataclass(frozen=True, slots=True)
class AlmostCounting:
    """The first SHOWN of them, and whether there are more."""

    rows: Sequence[AlmostEntry]
    has_more: bool


UNTAGGED = "untagged"

_LACKS = {
    Lack.IN_PROGRESS: Q(status=Entry.Status.IN_PROGRESS),
    Lack.NO_OUTCOME: Q(outcome=""),
    Lack.NO_ROLE: Q(role=""),
    UNTAGGED: Q(is_evidence=False),
}


def almost_counting(engineer: Engineer, covered: CoveredLevel, *, window: Window) -> AlmostCounting:
    """Shareable entries of the window that lack exactly one thing; one query.

    One thing is an outcome, a role, an end, or a criterion of the level; entries that already are
    evidence of the level come first, because mending those turns a lamp at once.
    """
    tagged = Evidence.objects.filter(
        entry=OuterRef("pk"), criterion__level=covered.level, criterion__is_retired=False
    )
    lacks = sum(
        (
            Case(When(lack, then=1), default=0, output_field=IntegerField())
            for lack in _LACKS.values()
        ),
        start=Value(0),
    )
    entries = (
        engineer.entries.live()
        .within(window)
        .filter(visibility=Entry.Visibility.SHAREABLE)
        .annotate(is_evidence=Exists(tagged))
        .annotate(lack_count=lacks)
        .filter(lack_count=1)
        .order_by("-is_evidence", "-happened_on", "-pk")[: SHOWN + 1]
    )
    found = list(entries)
    texts = covered.texts_by_entry()
    return AlmostCounting(
        [AlmostEntry(entry, _lack_of(entry), texts.get(entry.pk, [])) for entry in found[:SHOWN]],
        len(found) > SHOWN,
    )


def _lack_of(entry: Any) -> str:
    if entry.status == Entry.Status.IN_PROGRESS:
        return Lack.IN_PROGRESS
    if not entry.outcome:
        return Lack.NO_OUTCOME
    return UNTAGGED if not entry.is_evidence else Lack.NO_ROLE
