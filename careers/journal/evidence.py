"""Choosing the criteria that an entry supports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from careers.journal.actions import PRIMARY_PER_LEVEL, JournalError, check_evidence
from careers.journal.content import Support
from careers.journal.countable import WINDOW_MONTHS, Window, default_window
from careers.ladders.editions import read_texts_at
from careers.ladders.levels import with_marks
from careers.ladders.models import Criterion, Level, Target
from careers.web.words import compare_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.journal.models import Entry, Evidence
    from careers.people.models import Engineer
    from careers.web.words import Run

NOTE_LIMIT = 500
SUPPORT = {"", "primary", "supporting"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion and how the entry supports it: "", "primary" or "supporting".

    `was`: where it was reworded since, what it said when it was tagged, the words that changed
    marked; empty where no edition of then tells.
    """

    criterion: Criterion
    support: str
    note: str
    is_reworded: bool
    was: Sequence[Run] = ()


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

    def window(self, end: dt.date) -> Window:
        """The default window to `end`, as long as the ladder of the target asks for."""
        return default_window(end, self._rule("window_months", WINDOW_MONTHS))

    @property
    def most_primary(self) -> int:
        """For how many criteria of one level an entry may be primary evidence."""
        return self._rule("primary_criteria_per_level", PRIMARY_PER_LEVEL)

    def _rule(self, name: str, default: int) -> int:
        return int(self.target.ladder.rules.get(name, default)) if self.target else default


def goals_of(engineer: Engineer) -> Goals:
    """One query, the ladders included."""
    marked = with_marks(Level.objects.select_related("ladder"), engineer)
    levels: list[Any] = [*marked.filter(Q(is_aimed=True) | Q(is_held=True))]
    return Goals(
        target=next((level for level in levels if level.is_aimed), None),
        held=next((level for level in levels if level.is_held), None),
    )


def criteria_choices(engineer: Engineer) -> list[tuple[str, list[tuple[int, str]]]]:
    """For selects: the criteria of the target level, then of the level held; one query."""
    aimed = Q(level__in=Target.objects.filter(engineer=engineer).values("level"))
    held = Q(level__in=engineer.placements.newest_first().values("level")[:1])
    criteria = (
        Criterion.objects.filter(aimed | held, is_retired=False)
        .select_related("level")
        .order_by(
            Case(When(aimed, then=0), default=1),
            "level_id",
            "dimension__position",
            "position",
            "pk",
        )
    )
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
        self.error = self._find_error()
        return not self.error

    def _find_error(self) -> str:
        """What is wrong about what was sent, in a sentence; "" when nothing is."""
        states = [self._state(criterion) for criterion in self.criteria]
        if any(support not in SUPPORT for support, _note in states):
            return _("An entry supports a criterion as primary or supporting evidence.")
        if any(len(note) > NOTE_LIMIT for _support, note in states):
            return _("A note may have 500 characters; shorten it.")
        if any("\x00" in note for _support, note in states):
            return _("Null characters are not allowed.")
        try:
            check_evidence(self.supports())
        except JournalError as error:
            return str(error)
        return ""

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
        was = self._old_words()
        groups = [
            self._level(level, list(group), was)
            for level, group in groupby(self.criteria, key=lambda criterion: criterion.level)
        ]
        first = [level.pk for level in (self.goals.target, self.goals.held) if level]
        return sorted(
            groups,
            key=lambda g: first.index(g.level.pk) if g.level.pk in first else len(first),
        )

    def _old_words(self) -> dict[Criterion, Sequence[Run]]:
        """What the criteria said that were reworded since they were tagged."""
        tagged_at = {
            criterion: row.created_at
            for criterion in self.criteria
            if (row := self.rows.get(criterion.pk))
            and criterion.reworded_at
            and criterion.reworded_at > row.created_at
        }
        texts = read_texts_at(tagged_at)
        return {
            criterion: compare_words(texts.get(criterion.pk, ""), criterion.text)[0]
            for criterion in tagged_at
            if texts.get(criterion.pk) != criterion.text  # and not reworded back
        }

    def _level(
        self, level: Level, criteria: Sequence[Criterion], was: Mapping[Criterion, Sequence[Run]]
    ) -> LevelChoices:
        choices = [
            Choice(criterion, *self._state(criterion), criterion in was, was.get(criterion, ()))
            for criterion in criteria
        ]
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

    def _state(self, criterion: Criterion) -> tuple[str, str]:
        row = self.rows.get(criterion.pk)
        support = "" if row is None else "primary" if row.is_primary else "supporting"
        note = row.note if row else ""
        if self.data is None:
            return support, note
        support = str(self.data.get(f"evidence-{criterion.pk}", support))
        return support, str(self.data.get(f"note-{criterion.pk}", note)).strip()
