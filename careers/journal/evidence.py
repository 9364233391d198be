"""Choosing the criteria that an entry supports."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from careers.journal.actions import JournalError, check_evidence
from careers.journal.content import Support
from careers.ladders.models import Criterion, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.journal.models import Entry, Evidence
    from careers.people.models import Engineer

NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion and how the entry supports it: "", "primary" or "supporting"."""

    criterion: Criterion
    support: str
    note: str
    is_reworded: bool


@dataclass(frozen=True, slots=True)
class LevelChoices:
    """The criteria of a level by dimension; open when they are what the person works on."""

    level: Level
    dimensions: Sequence[tuple[str, Sequence[Choice]]]
    chosen: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Goals:
    """The level an engineer aims for and the one they hold; None where not said."""

    target: Level | None
    held: Level | None


def goals_of(engineer: Engineer) -> Goals:
    """Two queries."""
    target = getattr(engineer, "target", None)
    held = engineer.placements.newest_first().select_related("level__ladder").first()
    return Goals(target.level if target else None, held.level if held else None)


def criteria_choices(goals: Goals) -> list[tuple[str, list[tuple[int, str]]]]:
    """For selects: the criteria of the target level, then of the level held; one query."""
    criteria = Criterion.objects.of_levels(goals.target, goals.held)
    return [
        (str(level), [(criterion.pk, criterion.text) for criterion in group])
        for level, group in groupby(criteria, key=lambda criterion: criterion.level)
    ]


class EvidenceForm:
    """The criteria of an entry, as sent: `evidence-<id>` is "", primary or supporting.

    A criterion that was not sent stays as it is. Offers the levels of the track of the target and
    of the level held, the target first, and whatever the entry supports already.
    """

    def __init__(self, entry: Entry, goals: Goals, data: Mapping[str, Any] | None = None) -> None:
        self.goals = goals
        self.data = data
        self.error = ""
        self.rows: dict[int, Evidence] = {row.criterion_id: row for row in entry.evidence.all()}
        self.criteria = self._criteria(entry.engineer)

    def _criteria(self, engineer: Engineer) -> list[Criterion]:
        tracks = [level.track_id for level in (self.goals.target, self.goals.held) if level]
        offered = Criterion.objects.readable_by(engineer).filter(
            level__track_id__in=tracks, level__is_retired=False, is_retired=False
        )
        tagged = Criterion.objects.filter(pk__in=self.rows)
        return list(
            (offered | tagged)
            .select_related("level", "dimension")
            .order_by("level__position", "level_id", "dimension__position", "position", "pk")
        )

    def is_valid(self) -> bool:
        if any(len(support.note) > NOTE_LIMIT for support in self.supports()):
            self.error = _("A note may have 500 characters; shorten it.")
        elif any("\x00" in support.note for support in self.supports()):
            self.error = _("Null characters are not allowed.")
        else:
            try:
                check_evidence(self.supports())
            except JournalError as error:
                self.error = str(error)
        return not self.error

    def supports(self) -> list[Support]:
        """What the entry supports, with what was sent applied."""
        supports = []
        for criterion in self.criteria:
            support, note = self._state(criterion)
            if support:
                supports.append(Support(criterion.pk, support == "primary", note))
        return supports

    def levels(self) -> list[LevelChoices]:
        """For the page: the target level first, then the one held, then the others."""
        groups = [
            self._level(level, list(group))
            for level, group in groupby(self.criteria, key=lambda criterion: criterion.level)
        ]
        first = [level.pk for level in (self.goals.target, self.goals.held) if level]
        return sorted(
            groups,
            key=lambda g: first.index(g.level.pk) if g.level.pk in first else len(first),
        )

    def _level(self, level: Level, criteria: Sequence[Criterion]) -> LevelChoices:
        choices = [self._choice(criterion) for criterion in criteria]
        chosen = sum(bool(choice.support) for choice in choices)
        return LevelChoices(
            level=level,
            dimensions=[
                (dimension.name, list(group))
                for dimension, group in groupby(choices, key=lambda c: c.criterion.dimension)
            ],
            chosen=chosen,
            is_open=level == self.goals.target or bool(chosen),
        )

    def _choice(self, criterion: Criterion) -> Choice:
        support, note = self._state(criterion)
        row = self.rows.get(criterion.pk)
        reworded = bool(row and criterion.reworded_at and criterion.reworded_at > row.created_at)
        return Choice(criterion, support, note, reworded)

    def _state(self, criterion: Criterion) -> tuple[str, str]:
        row = self.rows.get(criterion.pk)
        support = "" if row is None else "primary" if row.is_primary else "supporting"
        note = row.note if row else ""
        if self.data is None:
            return support, note
        sent = self.data.get(f"evidence-{criterion.pk}", support)
        support = sent if sent in {"primary", "supporting"} else ""
        return support, str(self.data.get(f"note-{criterion.pk}", note)).strip()
