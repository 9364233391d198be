"""Bringing in: what is new, what is known, what grows; test_tray_changes.py has the rest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.journal.content import EntryChange
from careers.journal.models import Candidate, CandidatePiece, Entry, Project
from careers.journal.tray import (
    Delivery,
    TrayError,
    accept,
    compare,
    dismiss,
    merge,
    take_in,
    update_candidate,
)
from tests.factories import (
    FRIDAY,
    CandidateFactory,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    LadderFactory,
    LevelFactory,
    ProjectFactory,
    WeekFactory,
)
from tests.journal.trays import content, reading, row, tagged, titles_in_tray

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MONDAY = FRIDAY - 4 * DAY


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def bring(engineer: Engineer, *keys: str, title: str = "Sped it up", **parts: Any) -> Candidate:
    """The one candidate of a reading with one row, which is new."""
    (candidate,) = take_in(engineer, reading(row(title, *keys, **parts))).candidates
    return candidate


def counts(delivery: Delivery) -> tuple[int, int, int]:
    return delivery.rows, delivery.new, delivery.grown


def keys_of(candidate: Candidate) -> set[str]:
    return {piece.key for piece in candidate.pieces.all()}


def rename(candidate: Candidate, title: str, **fields: Any) -> None:
    change = EntryChange(fields={"title": title, **fields})
    update_candidate(candidate, change=change, version=candidate.version)


# --- what is new --------------------------------------------------------------------------------


def test_take_in_puts_every_row_into_the_tray_in_its_order(maya: Engineer) -> None:
    first, second = row("First"), row("Second", what="With a cache.", project="Builds")

    delivery = take_in(maya, reading(first, second), source="brag.md")

    assert counts(delivery) == (2, 2, 0)
    candidates = [*maya.candidates.in_order()]
    assert candidates == [*delivery.candidates]
    assert [candidate.content for candidate in candidates] == [
        content("First"),
        content("Second", what="With a cache.", project="Builds"),
    ]
    assert {(c.state, c.source, c.version) for c in candidates} == {("pending", "brag.md", 1)}


def test_take_in_keeps_why_a_row_is_not_ticked(maya: Engineer) -> None:
    candidate = bring(maya, is_ticked=False, reason="a goal", is_day_proposed=True)

    candidate.refresh_from_db()
    assert (candidate.is_ticked, candidate.reason, candidate.is_day_proposed) == (
        False,
        "a goal",
        True,
    )


def test_take_in_puts_a_later_delivery_below(maya: Engineer) -> None:
    take_in(maya, reading(row("First"), row("Second")))

    take_in(maya, reading(row("Third")))

    assert titles_in_tray(maya) == ["First", "Second", "Third"]


def test_take_in_cuts_what_is_longer_than_its_column(maya: Engineer) -> None:
    rows = reading(row(reason="r" * 400))

    (candidate,) = take_in(maya, rows, source="s" * 400).candidates

    candidate.refresh_from_db()
    assert (candidate.reason, candidate.source) == ("r" * 300, "s" * 200)


def test_take_in_of_nothing_does_nothing(maya: Engineer) -> None:
    assert counts(take_in(maya, reading())) == (0, 0, 0)
    assert Candidate.objects.count() == 0


def test_take_in_makes_no_entry(maya: Engineer) -> None:
    bring(maya, project="Builds")

    assert (Entry.objects.count(), Project.objects.count()) == (0, 0)


# --- what is known ------------------------------------------------------------------------------


def test_take_in_of_what_is_in_the_tray_brings_nothing(maya: Engineer) -> None:
    take_in(maya, reading(row("First"), row("Second")))

    delivery = take_in(maya, reading(row("First"), row("New"), row("Second")))

    assert counts(delivery) == (3, 1, 0)
    assert titles_in_tray(maya) == ["First", "Second", "New"]


def test_take_in_of_what_somebody_else_brought_in_brings_it(maya: Engineer) -> None:
    bring(EngineerFactory.create())

    assert counts(take_in(maya, reading(row("Sped it up")))) == (1, 1, 0)


def test_take_in_of_a_piece_that_is_in_two_rows_brings_it_once(maya: Engineer) -> None:
    twice = reading(row("First", "commit 1"), row("Again", "commit 1"))

    take_in(maya, twice)

    assert titles_in_tray(maya) == ["First"]


def test_take_in_of_what_was_dismissed_brings_nothing(maya: Engineer) -> None:
    dismiss(maya, [bring(maya).pk])

    assert counts(take_in(maya, reading(row("Sped it up")))) == (1, 0, 0)
    assert titles_in_tray(maya) == []


def test_take_in_of_more_of_what_was_dismissed_brings_nothing(maya: Engineer) -> None:
    dismiss(maya, [bring(maya, "commit 1").pk])

    more = reading(row("Sped it up", "commit 1", "commit 2"))

    assert counts(take_in(maya, more)) == (1, 0, 0)


@pytest.mark.parametrize("is_gone", [False, True], ids=["in the trash", "gone"])
def test_take_in_of_an_entry_that_was_deleted_brings_nothing(maya: Engineer, is_gone: bool) -> None:
    (entry,) = accept(maya, [bring(maya).pk])
    if is_gone:
        entry.delete()
    else:
        Entry.objects.update(deleted_at=timezone.now())

    assert counts(take_in(maya, reading(row("Sped it up")))) == (1, 0, 0)
    assert titles_in_tray(maya) == []


@pytest.mark.parametrize("title", ["Halved the build", "HALVED the build", " Halved  the build"])
def test_take_in_of_an_entry_of_that_day_and_title_brings_nothing(
    maya: Engineer, title: str
) -> None:
    EntryFactory.create(engineer=maya, title=title)

    assert counts(take_in(maya, reading(row("Halved the build")))) == (1, 0, 0)


@pytest.mark.parametrize(
    ("title", "day"), [("Halved the build", FRIDAY - DAY), ("Halved the builds", FRIDAY)]
)
def test_take_in_beside_an_entry_of_another_day_or_title_brings_it(
    maya: Engineer, title: str, day: dt.date
) -> None:
    EntryFactory.create(engineer=maya, title=title, happened_on=day)
    EntryFactory.create(title="Halved the build")

    assert counts(take_in(maya, reading(row("Halved the build")))) == (1, 1, 0)


def test_compare_tells_new_rows_from_known_ones_and_writes_nothing(maya: Engineer) -> None:
    growing = bring(maya, "commit 1")
    rows = (row("New", "commit 3"), row("Known", "commit 1"), row("More", "commit 1", "commit 2"))

    new, known, more = compare(maya, reading(*rows))

    assert (new.is_known, new.new_keys, new.candidate_id) == (False, ("commit 3",), None)
    assert (known.is_known, known.row) == (True, rows[1])
    assert (more.is_known, more.new_keys, more.candidate_id) == (
        False,
        ("commit 2",),
        growing.pk,
    )
    assert (Candidate.objects.count(), CandidatePiece.objects.count()) == (1, 1)


# --- what grows ---------------------------------------------------------------------------------


def test_take_in_of_more_of_what_was_left_alone_reads_it_anew(maya: Engineer) -> None:
    candidate = bring(maya, "commit 1", what="- first")
    more = row("Sped all up", "commit 1", "commit 2", what="- first\n- second")

    delivery = take_in(maya, reading(more))

    assert counts(delivery) == (1, 0, 1)
    candidate.refresh_from_db()
    assert candidate.content == content("Sped all up", what="- first\n- second")
    assert keys_of(candidate) == {"commit 1", "commit 2"}


def test_take_in_of_more_of_what_was_edited_adds_new_lines_below(maya: Engineer) -> None:
    candidate = bring(maya, "commit 1", what="- first\n- second")
    rename(candidate, "In my words", what="- second\nand mine", outcome="Faster.")
    more = row(
        "Sped all up", "commit 1", "commit 2", what="- second\n- third", happened_on=FRIDAY + DAY
    )

    take_in(maya, reading(more))

    candidate.refresh_from_db()
    assert candidate.content == content(
        "In my words",
        what="- second\nand mine\n- third",
        outcome="Faster.",
    )
    assert keys_of(candidate) == {"commit 1", "commit 2"}


def test_take_in_of_more_of_what_was_accepted_brings_the_new_pieces(maya: Engineer) -> None:
    (entry,) = accept(maya, [bring(maya, "commit 1").pk])

    delivery = take_in(maya, reading(row("Sped all up", "commit 1", "commit 2")))

    assert counts(delivery) == (1, 1, 0)
    assert keys_of(delivery.candidates[0]) == {"commit 2"}
    entry.refresh_from_db()
    assert entry.title == "Sped it up"


def test_take_in_of_what_was_merged_grows_the_one_it_became(maya: Engineer) -> None:
    first, second = bring(maya, "commit 1"), bring(maya, "commit 2", title="Other")
    merge(maya, [first.pk, second.pk])

    delivery = take_in(maya, reading(row("Other", "commit 2", "commit 3", what="- third")))

    assert counts(delivery) == (1, 0, 1)
    first.refresh_from_db()
    assert first.content == content("Sped it up", what="- Other\n- third")
    assert keys_of(first) == {"commit 1", "commit 2", "commit 3"}


def test_take_in_of_two_rows_that_were_one_keeps_the_words_of_both(maya: Engineer) -> None:
    candidate = bring(maya, "commit 1", "commit 2", what="- first\n- second")
    left = row("Left", "commit 1", "commit 3", what="- first\n- third")
    right = row("Right", "commit 2", "commit 4", what="- second\n- fourth")

    take_in(maya, reading(left, right))

    candidate.refresh_from_db()
    lines = set(candidate.content["fields"]["what"].split("\n"))
    assert {"- first", "- second", "- third", "- fourth"} <= lines


def test_take_in_of_a_log_from_later_on_keeps_the_words_of_before(maya: Engineer) -> None:
    candidate = bring(maya, "commit 1", "commit 2", what="- first\n- second")

    take_in(maya, reading(row("Later", "commit 2", "commit 3", what="- second\n- third")))

    candidate.refresh_from_db()
    assert candidate.content["fields"]["what"].split("\n") == ["- first", "- second", "- third"]


@pytest.mark.parametrize("is_edited", [False, True])
def test_save_of_what_has_grown_meanwhile_is_refused(maya: Engineer, is_edited: bool) -> None:
    candidate = bring(maya, "commit 1", what="- first")
    if is_edited:
        rename(candidate, "In my words")
    opened = candidate.version
    take_in(maya, reading(row("Sped it up", "commit 1", "commit 2", what="- first\n- second")))

    with pytest.raises(TrayError, match="changed in another tab"):
        update_candidate(candidate, change=EntryChange(fields={"what": "- mine"}), version=opened)


# --- a journal of ours --------------------------------------------------------------------------


def test_take_in_of_a_journal_keeps_evidence_for_ladders_that_one_may_read(maya: Engineer) -> None:
    ours, own, theirs = (
        CriterionFactory.create(level=LevelFactory.create(track__ladder=ladder))
        for ladder in (
            LadderFactory.create(),
            LadderFactory.create(owner=maya),
            LadderFactory.create(owner=EngineerFactory.create()),
        )
    )
    supports = [
        {"ladder": c.ladder.slug, "criterion": c.key, "is_primary": True, "note": ""}
        for c in (ours, own, theirs)
    ]

    candidate = bring(maya, content=content("Sped it up", evidence=supports))

    assert candidate.content["evidence"] == tagged(ours, own)


def test_take_in_of_a_journal_keeps_its_projects_and_weeks(maya: Engineer) -> None:
    ProjectFactory.create(title="Falcon")
    WeekFactory.create(monday=MONDAY)
    week = {"monday": MONDAY, "is_quiet": True, "note": "Holidays."}

    take_in(maya, reading(projects=({"title": "Falcon", "summary": "The build."},), weeks=(week,)))

    assert [*maya.projects.values_list("title", "summary")] == [("Falcon", "The build.")]
    assert [*maya.weeks.values("monday", "is_quiet", "note")] == [week]


def test_take_in_of_a_journal_overwrites_no_project_and_no_week(maya: Engineer) -> None:
    ProjectFactory.create(engineer=maya, title="Falcon", summary="Mine.")
    WeekFactory.create(engineer=maya, monday=MONDAY, is_quiet=False, note="Mine.")
    week = {"monday": MONDAY, "is_quiet": True, "note": "Theirs."}
    project = {"title": "FALCON", "summary": "Theirs."}

    take_in(maya, reading(projects=(project,), weeks=(week,)))

    assert [*maya.projects.values_list("title", "summary")] == [("Falcon", "Mine.")]
    assert [*maya.weeks.values_list("is_quiet", "note")] == [(False, "Mine.")]


def test_take_in_of_a_journal_that_names_things_twice_keeps_them_once(maya: Engineer) -> None:
    weeks = [{"monday": MONDAY, "is_quiet": True, "note": ""}] * 2
    projects = [{"title": title, "summary": ""} for title in ("Falcon", "falcon")]

    take_in(maya, reading(projects=tuple(projects), weeks=tuple(weeks)))

    assert (maya.projects.count(), maya.weeks.count()) == (1, 1)


# --- queries ------------------------------------------------------------------------------------


def test_compare_asks_twice_however_long_a_reading_is(maya: Engineer) -> None:
    CandidateFactory.create_batch(3, engineer=maya)
    rows = [row(f"Row {number}") for number in range(300)]

    with CaptureQueriesContext(connection) as few:
        compare(maya, reading(*rows[:3]))
    with CaptureQueriesContext(connection) as many:
        compare(maya, reading(*rows))

    assert (len(few), len(many)) == (2, 2)
