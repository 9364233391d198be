"""Entries as pages show them: rows, weeks, the year of weeks."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from careers.journal import countable
from careers.journal.models import Entry, EntryQuerySet, Evidence, Metric, Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.people.models import Engineer

PAGE = 50  # entries
ALWAYS = countable.Window(dt.date.min, dt.date.max)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list; `lacks` are the words for what it still lacks to count."""

    entry: Entry
    lacks: tuple[str, ...]
    is_tagged: bool
    is_measured: bool


@dataclass(frozen=True, slots=True)
class JournalWeek:
    monday: dt.date
    rows: tuple[EntryRow, ...]
    week: Week | None

    @property
    def name(self) -> str:
        return week_name(self.monday)

    @property
    def friday(self) -> dt.date:
        return self.monday + dt.timedelta(days=4)

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Up to PAGE entries by week, newest first; `before` is where the next page begins."""

    weeks: tuple[JournalWeek, ...]
    before: str

    @property
    def count(self) -> int:
        return sum(len(week.rows) for week in self.weeks)


@dataclass(frozen=True, slots=True)
class WeekMark:
    """A week of the year of Fridays."""

    monday: dt.date
    entries: int
    is_quiet: bool

    @property
    def name(self) -> str:
        return week_name(self.monday)

    @property
    def depth(self) -> int:
        """From 0, nothing, to 4, a great deal."""
        return min(self.entries, 4) if self.entries < 4 else min(4, 3 + self.entries // 6)

    @property
    def begins_month(self) -> bool:
        """Whether its Monday is the first of a month."""
        return self.monday.day <= 7

    @property
    def month(self) -> countable.Window:
        """The month of its Monday."""
        days = monthrange(self.monday.year, self.monday.month)[1]
        return countable.Window(self.monday.replace(day=1), self.monday.replace(day=days))


def week_name(monday: dt.date) -> str:
    """As in an address: 2026-W47."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def with_marks(entries: EntryQuerySet) -> EntryQuerySet:
    """Entries with what a row shows besides their own fields, still one query."""
    own = Q(entry=OuterRef("pk"))
    return entries.select_related("project").annotate(
        is_tagged=Exists(Evidence.objects.filter(own)),
        is_measured=Exists(Metric.objects.complete().filter(own, basis=Metric.Basis.MEASURED)),
    )


def row_of(entry: Entry) -> EntryRow:
    """The row of an entry that came through `with_marks`."""
    words = lack_words()
    lacks = [words[lack] for lack in entry.lacks(ALWAYS) if lack in words]
    marks: Any = entry
    if not marks.is_tagged:
        lacks.append(_("a criterion"))
    return EntryRow(entry, tuple(lacks), marks.is_tagged, marks.is_measured)


def lack_words() -> dict[countable.Lack, str]:
    """What an entry lacks, in a word or two; private and deleted are told otherwise."""
    return {
        countable.Lack.IN_PROGRESS: _("an end"),
        countable.Lack.NO_OUTCOME: _("why it mattered"),
        countable.Lack.NO_ROLE: _("your role"),
    }


def week_of(engineer: Engineer, monday: dt.date) -> JournalWeek:
    """One week of the journal, in two queries."""
    window = countable.Window(monday, monday + dt.timedelta(days=6))
    entries = with_marks(engineer.entries.live().within(window)).newest_first()
    week = engineer.weeks.filter(monday=monday).first()
    return JournalWeek(monday, tuple(map(row_of, entries)), week)


def search(entries: EntryQuerySet, filters: Mapping[str, Any]) -> EntryQuerySet:
    """`entries` narrowed by the cleaned data of a FilterForm, its page apart."""
    for word in filters["q"].split()[:8]:
        entries = entries.filter(
            Q(title__icontains=word)
            | Q(what__icontains=word)
            | Q(outcome__icontains=word)
            | Q(collaborators__icontains=word)
            | Q(project__title__icontains=word)
        )
    if filters["project"]:
        entries = entries.filter(project=filters["project"])
    if filters["kind"]:
        entries = entries.filter(kind=filters["kind"])
    if filters["criterion"]:
        tagged = Evidence.objects.filter(entry=OuterRef("pk"), criterion=filters["criterion"])
        entries = entries.filter(Exists(tagged))
    if filters["lacking"]:
        entries = entries.lacking(filters["lacking"])
    if filters["since"]:
        entries = entries.filter(happened_on__gte=filters["since"])
    if filters["until"]:
        entries = entries.filter(happened_on__lte=filters["until"])
    return entries


def journal_page(
    engineer: Engineer,
    entries: EntryQuerySet,
    *,
    before: tuple[dt.date, int] | None = None,
    is_whole: bool = False,
) -> JournalPage:
    """The PAGE newest of `entries` after the one that `before` names; two queries.

    When `entries` are the whole journal, weeks of which only a note or quiet is said come too.
    """
    if before:
        day, key = before
        entries = entries.filter(Q(happened_on__lt=day) | Q(happened_on=day, pk__lt=key))
    found = list(with_marks(entries).newest_first()[: PAGE + 1])
    shown = found[:PAGE]
    cursor = f"{shown[-1].happened_on}.{shown[-1].pk}" if len(found) > PAGE else ""
    weeks = engineer.weeks.filter(monday__in={entry.monday for entry in shown})
    if is_whole:
        weeks = engineer.weeks.filter(Q(is_quiet=True) | ~Q(note=""))
        if before:
            weeks = weeks.filter(monday__lt=monday_of(before[0]))
        if cursor:
            weeks = weeks.filter(monday__gte=shown[-1].monday)
    return JournalPage(_by_week(shown, {week.monday: week for week in weeks}), cursor)


def year_of_weeks(engineer: Engineer, *, today: dt.date) -> list[WeekMark]:
    """The 53 weeks up to this one, oldest first, in two queries."""
    last = monday_of(today)
    mondays = [last - dt.timedelta(weeks=back) for back in range(52, -1, -1)]
    window = countable.Window(mondays[0], last + dt.timedelta(days=6))
    counts: dict[dt.date, int] = dict.fromkeys(mondays, 0)
    days = engineer.entries.live().within(window).values_list("happened_on")
    for day, count in days.annotate(count=Count("pk")).order_by("happened_on"):
        counts[monday_of(day)] += count
    quiet = set(
        engineer.weeks.filter(is_quiet=True, monday__gte=mondays[0]).values_list(
            "monday", flat=True
        )
    )
    return [WeekMark(monday, counts[monday], monday in quiet) for monday in mondays]


def projects_with_counts(engineer: Engineer) -> Any:
    """Projects, the most recently worked on first, with `entry_count` and `last_on`."""
    live = Entry.objects.live().filter(project=OuterRef("pk")).order_by()
    counts = live.values("project").annotate(count=Count("pk")).values("count")
    newest = live.newest_first().values("happened_on")[:1]
    return engineer.projects.annotate(
        entry_count=Coalesce(Subquery(counts), 0), last_on=Subquery(newest)
    ).order_by(F("last_on").desc(nulls_last=True), "title", "pk")


def _by_week(entries: Sequence[Entry], said: Mapping[dt.date, Week]) -> tuple[JournalWeek, ...]:
    rows = {
        monday: tuple(map(row_of, group))
        for monday, group in groupby(entries, key=lambda entry: entry.monday)
    }
    return tuple(
        JournalWeek(monday, rows.get(monday, ()), said.get(monday))
        for monday in sorted(rows.keys() | said.keys(), reverse=True)
    )
