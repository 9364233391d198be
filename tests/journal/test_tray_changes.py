"""Accepting, dismissing, changing, merging and splitting; test_tray.py has how things come in."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from careers.journal.actions import JournalError
from careers.journal.content import EntryChange, contents_of
from careers.journal.models import Candidate, CandidatePiece, Entry, Project
from careers.journal.tray import (
    TrayError,
    accept,
    bring_back,
    change_candidates,
    dismiss,
    update_candidate,
)
from tests.factories import CandidateFactory, CriterionFactory, EngineerFactory, ProjectFactory
from tests.journal.trays import (
    LINK,
    METRIC,
    content,
    criteria_of_one_level,
    primary,
    tagged,
    titles_in_tray,
)

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

TOO_MANY = "at most 3 criteria of a level; here it is 4"


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def waiting(engineer: Engineer, title: str = "Halved the build", **parts: Any) -> Candidate:
    return CandidateFactory.create(engineer=engineer, content=content(title, **parts))


def piece(candidate: Candidate, key: str) -> CandidatePiece:
    return candidate.pieces.create(engineer=candidate.engineer, key=key)


def contents(*candidates: Candidate) -> list[dict[str, Any]]:
    """As the database has them."""
    return [Candidate.objects.get(pk=candidate.pk).content for candidate in candidates]


# --- accept -------------------------------------------------------------------------------------


def test_accept_makes_entries_that_equal_the_candidates(maya: Engineer) -> None:
    (criterion,) = criteria_of_one_level(1)
    whole = content(
        "Whole",
        project="Builds",
        metrics=[METRIC, {**METRIC, "before": None, "is_new": True, "for_whom": "on-call"}],
        links=[LINK, {"url": "https://example.com/0", "label": ""}],
        evidence=tagged(criterion, is_primary=False),
        what="With a cache.",
        outcome="Faster.",
        kind="fixed",
        role="led",
        reach="company",
        status="outcome_known",
        visibility="private",
        collaborators="Ines",
        happened_on="2025-03-01",
    )
    bare = content("Bare")
    candidates = [CandidateFactory.create(engineer=maya, content=made) for made in (whole, bare)]

    entries = accept(maya, [candidate.pk for candidate in candidates])

    made = contents_of(entries)
    assert [made[entry.pk] for entry in entries] == [whole, bare]
    assert [entry.revisions.get().content for entry in entries] == [whole, bare]
    assert {entry.engineer for entry in entries} == {maya}


def test_accept_leaves_the_candidate_empty_beside_its_entry(maya: Engineer) -> None:
    candidate = waiting(maya)
    piece(candidate, "commit 1")

    (entry,) = accept(maya, [candidate.pk])

    candidate.refresh_from_db()
    assert (candidate.state, candidate.entry, candidate.content) == ("accepted", entry, {})
    assert candidate.pieces.count() == 1


def test_accept_takes_them_in_the_order_of_the_tray(maya: Engineer) -> None:
    first, second, third = (waiting(maya, title) for title in ("First", "Second", "Third"))

    entries = accept(maya, [third.pk, first.pk])

    assert [entry.title for entry in entries] == ["First", "Third"]
    assert [*maya.candidates.pending()] == [second]


@pytest.mark.parametrize("title", ["Fast builds", "FAST builds"])
def test_accept_finds_the_project_whatever_its_capitals(maya: Engineer, title: str) -> None:
    known = ProjectFactory.create(engineer=maya, title="Fast builds")

    (entry,) = accept(maya, [waiting(maya, project=title).pk])

    assert entry.project == known


def test_accept_twice_makes_one_entry(maya: Engineer) -> None:
    candidate = waiting(maya)
    accept(maya, [candidate.pk])

    again = accept(maya, [candidate.pk])

    assert again == []
    assert maya.entries.count() == 1


def test_accept_of_one_named_very_often_makes_one_entry(maya: Engineer) -> None:
    candidate = waiting(maya)

    accept(maya, [candidate.pk] * 501)

    assert maya.entries.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accept_twice_at_once_makes_one_entry() -> None:
    maya = EngineerFactory.create()
    candidate = waiting(maya)

    def accept_again() -> list[Entry]:
        with closing(connection):
            return accept(maya, [candidate.pk])

    with ThreadPoolExecutor() as threads:
        with transaction.atomic():
            accept(maya, [candidate.pk])
            second = threads.submit(accept_again)
            time.sleep(0.3)  # until the second waits for the first

        assert second.result() == []
    assert Entry.objects.count() == 1


def test_accept_passes_over_candidates_of_others(maya: Engineer) -> None:
    theirs = CandidateFactory.create()

    assert accept(maya, [theirs.pk]) == []
    theirs.refresh_from_db()
    assert (theirs.state, Entry.objects.count()) == ("pending", 0)


@pytest.mark.parametrize("state", ["accepted", "dismissed"])
def test_accept_passes_over_what_left_the_tray(maya: Engineer, state: str) -> None:
    candidate = CandidateFactory.create(engineer=maya, state=state)

    assert accept(maya, [candidate.pk]) == []
    assert Entry.objects.count() == 0


def test_accept_with_too_many_primaries_in_one_makes_none(maya: Engineer) -> None:
    fine = waiting(maya, "Fine", project="Falcon")
    excessive = waiting(maya, "Excessive", evidence=tagged(*criteria_of_one_level(4)))

    with pytest.raises(JournalError, match=TOO_MANY):
        accept(maya, [fine.pk, excessive.pk])

    assert (Entry.objects.count(), Project.objects.count()) == (0, 0)
    assert titles_in_tray(maya) == ["Fine", "Excessive"]


def test_accept_leaves_out_evidence_for_a_criterion_that_is_gone(maya: Engineer) -> None:
    gone, kept = CriterionFactory.create_batch(2)
    candidate = waiting(maya, evidence=tagged(gone, kept))
    gone.delete()

    (entry,) = accept(maya, [candidate.pk])

    assert [row.criterion for row in entry.evidence.all()] == [kept]


def test_accept_asks_as_often_for_thirty_as_for_three(maya: Engineer) -> None:
    evidence = tagged(*criteria_of_one_level(1))
    three, thirty = (
        [waiting(maya, evidence=evidence, metrics=[METRIC]).pk for _n in range(count)]
        for count in (3, 30)
    )

    with CaptureQueriesContext(connection) as few:
        accept(maya, three)
    with CaptureQueriesContext(connection) as many:
        accept(maya, thirty)

    assert len(many) == len(few)


# --- dismiss, bring back ------------------------------------------------------------------------


def test_dismiss_and_bring_back_move_between_tray_and_away(maya: Engineer) -> None:
    candidates = [waiting(maya, title) for title in ("First", "Second", "Third")]
    keys = [candidate.pk for candidate in candidates]

    assert dismiss(maya, keys[:2]) == 2
    assert titles_in_tray(maya) == ["Third"]
    assert bring_back(maya, keys) == 2
    assert titles_in_tray(maya) == ["First", "Second", "Third"]


def test_dismiss_keeps_the_words(maya: Engineer) -> None:
    candidate = waiting(maya, what="Details.")

    dismiss(maya, [candidate.pk])

    assert contents(candidate) == [content(what="Details.")]


@pytest.mark.parametrize("move", [dismiss, bring_back])
def test_candidates_of_others_and_accepted_ones_do_not_move(maya: Engineer, move: Any) -> None:
    candidates = [
        CandidateFactory.create(engineer=maya, state="accepted", content={}),
        CandidateFactory.create(state="pending"),
        CandidateFactory.create(state="dismissed"),
    ]

    assert move(maya, [candidate.pk for candidate in candidates]) == 0
    rows = Candidate.objects.order_by("pk").values_list("state", flat=True)
    assert [*rows] == ["accepted", "pending", "dismissed"]


# --- change one ---------------------------------------------------------------------------------


def test_update_candidate_saves_what_is_named_as_a_new_version(maya: Engineer) -> None:
    candidate = waiting(maya, links=[LINK])
    change = EntryChange(
        fields={"outcome": "Faster.", "happened_on": dt.date(2026, 11, 19)},
        project_title=" Fast  builds",
        metrics=[{**METRIC, "before": Decimal(12), "after": Decimal("5.50")}],
    )

    saved = update_candidate(candidate, change=change, version=1)

    assert (saved, saved.version) == (candidate, 2)
    assert contents(candidate) == [
        content(
            project="Fast builds",
            metrics=[METRIC],
            links=[LINK],
            outcome="Faster.",
            happened_on="2026-11-19",
        )
    ]


def test_update_candidate_ticks_it_and_ends_the_proposal(maya: Engineer) -> None:
    candidate = CandidateFactory.create(
        engineer=maya, is_ticked=False, reason="a goal", is_day_proposed=True
    )

    saved = update_candidate(candidate, change=EntryChange(), version=1)

    assert (saved.is_ticked, saved.reason, saved.is_day_proposed) == (True, "", False)


def test_update_candidate_may_leave_it_unticked(maya: Engineer) -> None:
    saved = update_candidate(waiting(maya), change=EntryChange(), version=1, is_ticked=False)

    assert saved.is_ticked is False


def test_update_candidate_from_an_older_version_is_refused(maya: Engineer) -> None:
    candidate = waiting(maya)
    update_candidate(candidate, change=EntryChange(fields={"title": "Theirs"}), version=1)

    with pytest.raises(TrayError, match="changed in another tab since you opened it"):
        update_candidate(candidate, change=EntryChange(fields={"title": "Mine"}), version=1)

    assert titles_in_tray(maya) == ["Theirs"]


@pytest.mark.parametrize("leave", [accept, dismiss])
def test_update_candidate_that_left_the_tray_is_refused(maya: Engineer, leave: Any) -> None:
    candidate = waiting(maya)
    leave(maya, [candidate.pk])

    with pytest.raises(TrayError):
        update_candidate(candidate, change=EntryChange(fields={"title": "Mine"}), version=1)


def test_update_candidate_with_too_many_primaries_is_refused(maya: Engineer) -> None:
    candidate = waiting(maya)
    change = EntryChange(fields={"title": "Mine"}, evidence=primary(*criteria_of_one_level(4)))

    with pytest.raises(JournalError, match=TOO_MANY):
        update_candidate(candidate, change=change, version=1)

    assert contents(candidate) == [content()]


# --- change many --------------------------------------------------------------------------------


def test_change_candidates_sets_the_same_on_all(maya: Engineer) -> None:
    first, second, third = (waiting(maya, title) for title in ("First", "Second", "Third"))
    change = EntryChange(fields={"role": "led"}, project_title="Builds")

    assert change_candidates(maya, [first.pk, second.pk], change=change) == 2

    assert contents(first, second, third) == [
        content("First", role="led", project="Builds"),
        content("Second", role="led", project="Builds"),
        content("Third"),
    ]
    versions = Candidate.objects.order_by("pk").values_list("version", flat=True)
    assert [*versions] == [2, 2, 1]


@pytest.mark.parametrize(
    ("fields", "is_proposed"),
    [({"role": "led"}, True), ({"happened_on": dt.date(2026, 11, 19)}, False)],
)
def test_change_candidates_ends_the_proposal_of_a_day_that_is_set(
    maya: Engineer, fields: dict[str, Any], is_proposed: bool
) -> None:
    candidate = CandidateFactory.create(engineer=maya, is_day_proposed=True)

    change_candidates(maya, [candidate.pk], change=EntryChange(fields=fields))

    candidate.refresh_from_db()
    assert candidate.is_day_proposed == is_proposed


def test_change_candidates_sets_the_basis_of_every_number(maya: Engineer) -> None:
    candidate, bare = waiting(maya, metrics=[METRIC, METRIC]), waiting(maya)

    change_candidates(maya, [candidate.pk, bare.pk], change=EntryChange(), basis="measured")

    measured = {**METRIC, "basis": "measured"}
    assert contents(candidate, bare) == [content(metrics=[measured] * 2), content()]


def test_change_candidates_adds_evidence_to_what_is_there(maya: Engineer) -> None:
    known, new = criteria_of_one_level(2)
    candidate = waiting(maya, evidence=tagged(known, is_primary=False))

    change_candidates(maya, [candidate.pk], change=EntryChange(evidence=primary(known, new)))

    evidence = [*tagged(known, is_primary=False), *tagged(new)]
    assert contents(candidate) == [content(evidence=evidence)]


def test_change_candidates_with_too_many_primaries_for_one_changes_none(maya: Engineer) -> None:
    *three, fourth = criteria_of_one_level(4)
    fine, full = waiting(maya, "Fine"), waiting(maya, "Full", evidence=tagged(*three))

    with pytest.raises(JournalError, match=TOO_MANY):
        change_candidates(maya, [fine.pk, full.pk], change=EntryChange(evidence=primary(fourth)))

    assert contents(fine, full) == [content("Fine"), content("Full", evidence=tagged(*three))]


def test_change_candidates_passes_over_others_and_what_left_the_tray(maya: Engineer) -> None:
    theirs = CandidateFactory.create(content=content())
    dismissed = CandidateFactory.create(engineer=maya, state="dismissed", content=content())
    change = EntryChange(fields={"title": "Mine"})

    assert change_candidates(maya, [theirs.pk, dismissed.pk], change=change) == 0
    assert contents(theirs, dismissed) == [content(), content()]
