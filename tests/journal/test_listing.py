from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.journal.countable import Window
from careers.journal.forms.lists import (
    FilterForm,
)
from careers.journal.listing import (
    PAGE,
    WeekMark,
    journal_page,
    monday_of,
    projects_with_counts,
    row_of,
    search,
    week_name,
    week_of,
    with_marks,
    year_of_weeks,
)
from careers.journal.models import Entry, Metric
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    MetricFactory,
    ProjectFactory,
    WeekFactory,
)

if TYPE_CHECKING:
    from careers.journal.listing import JournalPage
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def entries_of(page: JournalPage) -> list[Entry]:
    return [row.entry for week in page.weeks for row in week.rows]


def all_pages(engineer: Engineer, *, is_whole: bool = True) -> list[JournalPage]:
    """The journal as somebody reads it who asks for older entries until there are none."""
    pages: list[JournalPage] = []
    before = None
    while not pages or pages[-1].before:
        entries = engineer.entries.live()
        pages.append(journal_page(engineer, entries, before=before, is_whole=is_whole))
        if pages[-1].before:
            form = FilterForm({"before": pages[-1].before}, engineer=engineer)
            assert form.is_valid()
            before = form.cleaned_data["before"]
    return pages


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "pages"), [(0, [0]), (1, [1]), (PAGE, [50]), (PAGE + 1, [50, 1]), (120, [50, 50, 20])]
)
def test_journal_comes_fifty_entries_a_page(maya: Engineer, count: int, pages: list[int]) -> None:
    EntryFactory.create_batch(count, engineer=maya)

    assert [page.count for page in all_pages(maya)] == pages


def test_entries_of_one_day_come_newest_written_first(maya: Engineer) -> None:
    entries = EntryFactory.create_batch(PAGE + 5, engineer=maya, happened_on=FRIDAY)

    shown = [entry for page in all_pages(maya) for entry in entries_of(page)]

    assert shown == entries[::-1]


class Pages(TestCase):
    @settings(max_examples=30)
    @given(st.lists(st.integers(0, 40), max_size=130), st.sets(st.integers(0, 6)))
    def test_hold_every_entry_and_every_quiet_week_once(
        self, days_back: list[int], quiet: set[int]
    ) -> None:
        maya = EngineerFactory.create()
        made = Entry.objects.bulk_create(
            EntryFactory.build(engineer=maya, happened_on=FRIDAY - days * DAY) for days in days_back
        )
        for weeks in quiet:
            WeekFactory.create(engineer=maya, monday=MONDAY - weeks * WEEK)

        pages = all_pages(maya)

        shown = [entry for page in pages for entry in entries_of(page)]
        said = [week.monday for page in pages for week in page.weeks if week.week]
        assert shown == sorted(made, key=lambda e: (e.happened_on, e.pk), reverse=True)
        assert said == sorted((MONDAY - weeks * WEEK for weeks in quiet), reverse=True)


def test_page_groups_entries_by_week_and_says_what_was_said_of_it(maya: Engineer) -> None:
    monday, sunday, before = (
        EntryFactory.create(engineer=maya, happened_on=day)
        for day in (MONDAY, MONDAY + 6 * DAY, MONDAY - DAY)
    )
    noted = WeekFactory.create(engineer=maya, monday=MONDAY, is_quiet=False, note="Release week")

    page = journal_page(maya, maya.entries.live())

    assert [(week.name, week.week) for week in page.weeks] == [
        ("2026-W47", noted),
        ("2026-W46", None),
    ]
    assert entries_of(page) == [sunday, monday, before]


def test_page_of_a_search_leaves_out_weeks_without_an_entry(maya: Engineer) -> None:
    WeekFactory.create(engineer=maya)

    assert journal_page(maya, maya.entries.live()).weeks == ()


def test_page_leaves_out_weeks_of_which_nothing_is_said_any_more(maya: Engineer) -> None:
    WeekFactory.create(engineer=maya, is_quiet=False, note="")

    assert journal_page(maya, maya.entries.live(), is_whole=True).weeks == ()


def test_page_takes_two_queries(maya: Engineer, django_assert_num_queries: Any) -> None:
    EvidenceFactory.create_batch(60, entry__engineer=maya)

    with django_assert_num_queries(2):
        page = journal_page(maya, maya.entries.live(), is_whole=True)

    assert page.count == 50


# --- rows ---------------------------------------------------------------------------------------


def row(entry: Entry) -> Any:
    return row_of(with_marks(Entry.objects.filter(pk=entry.pk)).get())


def test_row_of_one_line_says_what_it_still_lacks() -> None:
    assert row(EntryFactory.create()).lacks == ("why it mattered", "your role", "a criterion")


def test_row_of_evidence_lacks_nothing() -> None:
    found = row(EvidenceFactory.create().entry)

    assert (found.lacks, found.is_tagged) == ((), True)


def test_row_of_unfinished_work_lacks_an_end() -> None:
    evidence = EvidenceFactory.create(entry__status="in_progress")

    assert row(evidence.entry).lacks == ("an end",)


@pytest.mark.parametrize(
    ("fields", "is_measured"),
    [
        ({}, True),
        ({"basis": "estimated"}, False),
        ({"unit": ""}, False),
        ({"after": None}, False),
        ({"before": None}, False),
        ({"before": None, "is_new": True}, False),
        ({"before": None, "is_new": True, "for_whom": "on-call"}, True),
    ],
)
def test_row_is_measured_by_a_complete_measured_number(
    fields: dict[str, Any], *, is_measured: bool
) -> None:
    metric = MetricFactory.create(**fields)

    assert row(metric.entry).is_measured == is_measured
    assert (metric.facts().basis == "measured" and is_complete(metric)) == is_measured


def is_complete(metric: Metric) -> bool:
    return Metric.objects.complete().filter(pk=metric.pk).exists()


# --- one week -----------------------------------------------------------------------------------


def test_week_of_holds_monday_to_sunday_newest_first(maya: Engineer) -> None:
    days = [MONDAY - DAY, MONDAY, MONDAY + 6 * DAY, MONDAY + 7 * DAY]
    entries = [EntryFactory.create(engineer=maya, happened_on=day) for day in days]

    week = week_of(maya, MONDAY)

    assert [row.entry for row in week.rows] == [entries[2], entries[1]]
    assert (week.friday, week.sunday) == (dt.date(2026, 11, 20), dt.date(2026, 11, 22))
    assert week.week is None


def test_week_of_leaves_out_the_trash_and_what_others_wrote(maya: Engineer) -> None:
    EntryFactory.create(engineer=maya, deleted_at=timezone.now())
    EntryFactory.create()
    WeekFactory.create()

    week = week_of(maya, MONDAY)

    assert (week.rows, week.week) == ((), None)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 11, 20), "2026-W47"),
        (dt.date(2027, 1, 3), "2026-W53"),
        (dt.date(2027, 1, 4), "2027-W01"),
        (dt.date(2024, 12, 30), "2025-W01"),
        (dt.date(2023, 1, 1), "2022-W52"),
    ],
)
def test_week_is_named_by_its_iso_year(day: dt.date, name: str) -> None:
    assert week_name(monday_of(day)) == name


# --- the year of weeks --------------------------------------------------------------------------


def test_year_of_weeks_ends_with_this_one(maya: Engineer) -> None:
    marks = year_of_weeks(maya, today=FRIDAY)

    assert len(marks) == 53
    assert (marks[0].name, marks[-1].name) == ("2025-W47", "2026-W47")
    assert {(mark.entries, mark.is_quiet) for mark in marks} == {(0, False)}


def test_year_of_weeks_counts_by_iso_week_across_the_new_year(maya: Engineer) -> None:
    for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 1, 3)):
        EntryFactory.create(engineer=maya, happened_on=day)
    EntryFactory.create(engineer=maya, happened_on=dt.date(2027, 1, 4))
    WeekFactory.create(engineer=maya, monday=dt.date(2026, 12, 21))

    marks = year_of_weeks(maya, today=dt.date(2027, 1, 8))

    assert [(mark.name, mark.entries, mark.is_quiet) for mark in marks[-4:]] == [
        ("2026-W51", 0, False),
        ("2026-W52", 0, True),
        ("2026-W53", 3, False),
        ("2027-W01", 1, False),
    ]


def test_year_of_weeks_includes_its_first_and_last_day_and_no_more(maya: Engineer) -> None:
    first = dt.date(2025, 11, 17)
    sunday = dt.date(2026, 11, 22)
    for day in (first - DAY, first, sunday, sunday + DAY):
        EntryFactory.create(engineer=maya, happened_on=day)
    EntryFactory.create(happened_on=first)
    EntryFactory.create(engineer=maya, happened_on=first, deleted_at=timezone.now())

    marks = year_of_weeks(maya, today=FRIDAY)

    assert [mark.name for mark in marks if mark.entries] == ["2025-W47", "2026-W47"]
    assert sum(mark.entries for mark in marks) == 2


def test_year_of_weeks_takes_two_queries(maya: Engineer, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        year_of_weeks(maya, today=FRIDAY)


@pytest.mark.parametrize(
    ("entries", "depth"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3), (6, 4), (90, 4)]
)
def test_week_mark_is_deeper_the_more_there_is(entries: int, depth: int) -> None:
    assert WeekMark(MONDAY, entries, is_quiet=False).depth == depth


@pytest.mark.parametrize(
    ("monday", "begins_month", "first", "last"),
    [
        (dt.date(2026, 11, 2), True, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        (dt.date(2026, 11, 9), False, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        (dt.date(2024, 2, 26), False, dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 7), True, dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
    ],
)
def test_week_mark_belongs_to_the_month_of_its_monday(
    monday: dt.date, first: dt.date, last: dt.date, *, begins_month: bool
) -> None:
    mark = WeekMark(monday, 0, is_quiet=False)

    assert (mark.begins_month, mark.month) == (begins_month, Window(first, last))


# --- search and filters -------------------------------------------------------------------------


def found(engineer: Engineer, **asked: Any) -> list[Entry]:
    criteria = [(asked["criterion"], "a criterion")] if "criterion" in asked else []
    form = FilterForm(asked, engineer=engineer, criteria=criteria)
    assert form.is_valid(), form.errors
    return [*search(engineer.entries.live(), form.cleaned_data).newest_first()]


@pytest.mark.parametrize(
    "words", ["toolchain", "TOOLCHAIN", "tool", "halved sam", "  Falcon   waits ", "100%", "a_b"]
)
def test_search_finds_an_entry_by_words_of_any_of_its_texts(maya: Engineer, words: str) -> None:
    EntryFactory.create(engineer=maya, title="Something else", what="100 times aXb")
    wanted = EntryFactory.create(
        engineer=maya,
        project=ProjectFactory.create(engineer=maya, title="Falcon"),
        title="Halved the build",
        what="Cached the toolchain, 100% of a_b.",
        outcome="Nobody waits.",
        collaborators="Sam",
    )

    assert found(maya, q=words) == [wanted]


def test_search_wants_every_word(maya: Engineer) -> None:
    EntryFactory.create(engineer=maya, title="Halved the build")

    assert found(maya, q="halved nowhere") == []


def test_search_without_words_finds_everything(maya: Engineer) -> None:
    entries = EntryFactory.create_batch(2, engineer=maya)

    assert found(maya) == entries[::-1]


def test_filter_by_project(maya: Engineer) -> None:
    wanted = EntryFactory.create(project=ProjectFactory.create(engineer=maya))
    EntryFactory.create(project=ProjectFactory.create(engineer=maya))

    assert found(maya, project=wanted.project_id) == [wanted]


def test_filter_by_kind(maya: Engineer) -> None:
    wanted = EntryFactory.create(engineer=maya, kind="mentoring")
    EntryFactory.create(engineer=maya)

    assert found(maya, kind="mentoring") == [wanted]


def test_filter_by_criterion(maya: Engineer) -> None:
    wanted = EvidenceFactory.create(entry__engineer=maya, is_primary=False)
    EvidenceFactory.create(entry__engineer=maya)

    assert found(maya, criterion=wanted.criterion_id) == [wanted.entry]


@pytest.mark.parametrize(
    ("lacking", "titles"),
    [
        ("anything", ["private", "unfinished", "no role", "no outcome"]),
        ("no_outcome", ["no outcome"]),
        ("no_role", ["no role"]),
        ("in_progress", ["unfinished"]),
        ("private", ["private"]),
        ("untagged", ["untagged"]),
        ("unmeasured", ["unmeasured"]),
    ],
)
def test_filter_by_what_is_lacking(maya: Engineer, lacking: str, titles: list[str]) -> None:
    lacks: dict[str, dict[str, Any]] = {
        "nothing": {},
        "no outcome": {"outcome": ""},
        "no role": {"role": ""},
        "unfinished": {"status": "in_progress"},
        "private": {"visibility": "private"},
    }
    criterion = CriterionFactory.create()
    for title, fields in lacks.items():
        entry = EntryFactory.create(**{"engineer": maya, "counted": True, "title": title, **fields})
        EvidenceFactory.create(entry=entry, criterion=criterion)
        MetricFactory.create(entry=entry)
    untagged = EntryFactory.create(engineer=maya, counted=True, title="untagged")
    MetricFactory.create(entry=untagged)
    unmeasured = EntryFactory.create(engineer=maya, counted=True, title="unmeasured")
    EvidenceFactory.create(entry=unmeasured, criterion=criterion)

    assert [entry.title for entry in found(maya, lacking=lacking)] == titles


def test_filter_by_dates_includes_both(maya: Engineer) -> None:
    days = [FRIDAY - 2 * DAY, FRIDAY - DAY, FRIDAY]
    entries = [EntryFactory.create(engineer=maya, happened_on=day) for day in days]

    assert found(maya, since=days[1]) == [entries[2], entries[1]]
    assert found(maya, until=days[1]) == [entries[1], entries[0]]
    assert found(maya, since=days[1], until=days[1]) == [entries[1]]


# --- projects -----------------------------------------------------------------------------------


def test_projects_come_most_recently_worked_on_first(maya: Engineer) -> None:
    idle, old, new = (ProjectFactory.create(engineer=maya, title=title) for title in "abc")
    for project, days in ((old, 30), (old, 20), (new, 1)):
        EntryFactory.create(project=project, happened_on=FRIDAY - days * DAY)
    EntryFactory.create(project=idle, deleted_at=timezone.now())
    ProjectFactory.create()

    projects = projects_with_counts(maya)

    assert [(p.title, p.entry_count, p.last_on) for p in projects] == [
        ("c", 1, FRIDAY - DAY),
        ("b", 2, FRIDAY - 20 * DAY),
        ("a", 0, None),
    ]
