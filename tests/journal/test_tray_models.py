from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from careers.journal.models import Candidate, CandidatePiece
from tests.factories import CandidateFactory, EngineerFactory, EntryFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db


def refused(breaking: Callable[[], Any]) -> bool:
    """Whether the database itself refuses what `breaking` writes."""
    try:
        breaking()
    except IntegrityError:
        return True
    return False


def piece(engineer: Engineer, key: str = "commit 1234567") -> CandidatePiece:
    candidate = CandidateFactory.create(engineer=engineer)
    return CandidatePiece.objects.create(engineer=engineer, candidate=candidate, key=key)


def as_entry(state: str) -> Candidate:
    return CandidateFactory.create(state=state, entry=EntryFactory.create())


# --- what the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize("state", ["pending", "dismissed"])
def test_database_refuses_an_entry_of_what_was_not_accepted(state: str) -> None:
    assert refused(lambda: as_entry(state))


def test_database_takes_an_entry_of_what_was_accepted() -> None:
    assert not refused(lambda: as_entry("accepted"))


def test_database_takes_what_was_accepted_and_whose_entry_is_gone() -> None:
    candidate = as_entry("accepted")
    assert candidate.entry is not None

    candidate.entry.delete()

    candidate.refresh_from_db()
    assert candidate.state == "accepted"
    assert candidate.entry_id is None


def test_database_refuses_a_piece_that_came_in_before() -> None:
    engineer = EngineerFactory.create()
    piece(engineer)

    assert refused(lambda: piece(engineer))


def test_database_takes_one_piece_of_two_engineers() -> None:
    piece(EngineerFactory.create())

    assert not refused(lambda: piece(EngineerFactory.create()))


@pytest.mark.parametrize("column", ["position", "version"])
def test_database_refuses_numbers_below_nought(column: str) -> None:
    assert refused(lambda: CandidateFactory.create(**{column: -1}))


# --- candidates ---------------------------------------------------------------------------------


def test_candidate_goes_with_its_engineer_and_takes_its_pieces() -> None:
    engineer = EngineerFactory.create()
    piece(engineer)

    engineer.delete()

    assert (Candidate.objects.count(), CandidatePiece.objects.count()) == (0, 0)


def test_candidate_is_called_as_its_title() -> None:
    assert str(CandidateFactory.create(title="Halved the build")) == "Halved the build"


def test_candidate_whose_words_are_gone_is_called_by_its_key() -> None:
    candidate = CandidateFactory.create(state="accepted", content={})

    assert str(candidate) == str(candidate.pk)


def test_candidates_in_order_stand_as_they_came() -> None:
    engineer = EngineerFactory.create()
    last = CandidateFactory.create(engineer=engineer, position=2)
    first, second = CandidateFactory.create_batch(2, engineer=engineer, position=1)

    assert [*engineer.candidates.in_order()] == [first, second, last]


def test_candidates_pending_are_those_still_in_the_tray() -> None:
    engineer = EngineerFactory.create()
    pending, *_others = (
        CandidateFactory.create(engineer=engineer, state=state) for state in Candidate.State.values
    )

    assert [*engineer.candidates.pending()] == [pending]
