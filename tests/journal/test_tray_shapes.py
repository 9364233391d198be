"""One of several candidates, several of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from careers.journal.candidate_content import WHAT
from careers.journal.models import Candidate
from careers.journal.tray import TrayError, merge, split
from tests.factories import CandidateFactory, CriterionFactory, EngineerFactory
from tests.journal.trays import LINK, METRIC, content, tagged, titles_in_tray

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def waiting(engineer: Engineer, title: str, **parts: Any) -> Candidate:
    return CandidateFactory.create(engineer=engineer, content=content(title, **parts))


def brought(engineer: Engineer, title: str, key: str) -> Candidate:
    """Made of one piece."""
    candidate = waiting(engineer, title)
    candidate.pieces.create(engineer=engineer, key=key)
    return candidate


# --- merge --------------------------------------------------------------------------------------


def test_merge_makes_one_of_several_in_the_place_of_the_first(maya: Engineer) -> None:
    _above, first, _between, second, _below = (
        waiting(maya, title) for title in ("Above", "First", "Between", "Second", "Below")
    )

    made = merge(maya, [second.pk, first.pk])

    assert made == first
    assert titles_in_tray(maya) == ["Above", "First", "Between", "Below"]
    made.refresh_from_db()
    assert (made.content, made.version) == (content("First", what="- Second"), 2)


def test_merge_moves_the_pieces(maya: Engineer) -> None:
    first, second, other = (brought(maya, key, key) for key in ("first", "second", "other"))

    merge(maya, [first.pk, second.pk])

    assert {piece.key for piece in first.pieces.all()} == {"first", "second"}
    assert {piece.key for piece in other.pieces.all()} == {"other"}


def test_merge_ticks_what_it_makes(maya: Engineer) -> None:
    unticked = {"engineer": maya, "is_ticked": False, "reason": "a goal"}
    chosen = CandidateFactory.create_batch(2, **unticked)

    made = merge(maya, [candidate.pk for candidate in chosen])

    made.refresh_from_db()
    assert (made.is_ticked, made.reason) == (True, "")


@pytest.mark.parametrize(
    ("proposed", "expected"), [((True, True), True), ((True, False), False), ((False, True), False)]
)
def test_merge_proposes_a_day_when_all_of_them_do(
    maya: Engineer, proposed: tuple[bool, bool], expected: bool
) -> None:
    chosen = [CandidateFactory.create(engineer=maya, is_day_proposed=is_it) for is_it in proposed]

    made = merge(maya, [candidate.pk for candidate in chosen])

    assert made.is_day_proposed == expected


def test_merge_of_fewer_than_two_is_refused(maya: Engineer) -> None:
    candidate = waiting(maya, "Mine")
    theirs = CandidateFactory.create()
    dismissed = CandidateFactory.create(engineer=maya, state="dismissed")

    for keys in ([], [candidate.pk], [candidate.pk, theirs.pk], [candidate.pk, dismissed.pk]):
        with pytest.raises(TrayError, match="Tick at least two"):
            merge(maya, keys)

    assert Candidate.objects.count() == 3
    assert titles_in_tray(maya) == ["Mine"]


@pytest.mark.parametrize(
    "parts",
    [{"what": "x" * WHAT}, {"metrics": [{**METRIC, "name": str(n)} for n in range(11)]}],
    ids=["words", "numbers"],
)
def test_merge_into_more_than_an_entry_holds_is_refused(
    maya: Engineer, parts: dict[str, Any]
) -> None:
    other = {**parts, "metrics": [{**METRIC, "unit": str(n)} for n in range(11)]}
    first, second = waiting(maya, "First", **parts), waiting(maya, "Second", **other)
    second.pieces.create(engineer=maya, key="second")

    with pytest.raises(TrayError, match="Together they are too much for one entry"):
        merge(maya, [first.pk, second.pk])

    assert titles_in_tray(maya) == ["First", "Second"]
    assert second.pieces.count() == 1


# --- split --------------------------------------------------------------------------------------


def test_split_makes_one_for_each_title_in_its_place(maya: Engineer) -> None:
    _above, candidate, _below = (waiting(maya, title) for title in ("Above", "Both", "Below"))

    made = split(candidate, titles=["First", " Second  half ", "", "Third"])

    assert made[0] == candidate
    assert titles_in_tray(maya) == ["Above", "First", "Second half", "Third", "Below"]
    positions = [found.position for found in maya.candidates.in_order()]
    assert len({*positions}) == 5


def test_split_leaves_details_links_and_numbers_with_the_first(maya: Engineer) -> None:
    evidence = tagged(CriterionFactory.create())
    same: dict[str, Any] = {
        "project": "Builds",
        "evidence": evidence,
        "happened_on": "2026-03-01",
        "kind": "fixed",
        "visibility": "private",
    }
    candidate = waiting(maya, "Both", what="Details.", metrics=[METRIC], links=[LINK], **same)

    first, second = split(candidate, titles=["First", "Second"])

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.content == content(
        "First", what="Details.", metrics=[METRIC], links=[LINK], **same
    )
    assert second.content == content("Second", **same)
    assert (first.version, second.version) == (2, 1)


def test_split_leaves_the_pieces_with_the_first(maya: Engineer) -> None:
    first, second = split(brought(maya, "Both", "commit 1"), titles=["First", "Second"])

    assert (first.pieces.count(), second.pieces.count()) == (1, 0)


def test_split_makes_candidates_that_stand_as_the_first_did(maya: Engineer) -> None:
    same = {"source": "log.txt", "is_ticked": False, "is_day_proposed": True, "reason": "a goal"}
    candidate = CandidateFactory.create(engineer=maya, **same)

    made = split(candidate, titles=["First", "Second"])

    rows = Candidate.objects.filter(pk__in=[found.pk for found in made])
    assert [*rows.values(*same)] == [same, same]


def test_split_moves_nothing_of_others(maya: Engineer) -> None:
    theirs = CandidateFactory.create(position=7)

    split(CandidateFactory.create(engineer=maya, position=1), titles=["First", "Second"])

    theirs.refresh_from_db()
    assert theirs.position == 7


@pytest.mark.parametrize("titles", [[], ["One"], ["One", "  ", ""]])
def test_split_into_fewer_than_two_is_refused(maya: Engineer, titles: list[str]) -> None:
    candidate = waiting(maya, "Both")

    with pytest.raises(TrayError, match="at least two lines"):
        split(candidate, titles=titles)

    assert titles_in_tray(maya) == ["Both"]


@pytest.mark.parametrize("state", ["accepted", "dismissed"])
def test_split_of_what_left_the_tray_is_refused(maya: Engineer, state: str) -> None:
    candidate = waiting(maya, "Both")
    Candidate.objects.update(state=state)

    with pytest.raises(TrayError, match="no longer in the tray"):
        split(candidate, titles=["First", "Second"])

    assert Candidate.objects.count() == 1
