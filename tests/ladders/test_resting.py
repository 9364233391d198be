from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from careers.feedback.models import Quote
from careers.ladders.actions import LadderError, delete_ladder
from careers.ladders.models import Criterion, Edition, Ladder, Level
from careers.ladders.resting import Resting, resting_on
from careers.packets.actions import create_packet
from careers.packets.models import CriterionNote
from careers.people.models import Engineer
from tests.factories import (
    FRIDAY,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.ladders.small import changed, publish

pytestmark = pytest.mark.django_db

NOTHING = Resting(placements=0, targets=0, entries=0, quotes=0, packets=0)


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


@pytest.fixture
def ladder(maya: Engineer) -> Ladder:
    """Maya's own; beside it one that is everybody's, on which everything rests as well."""
    own = publish(owner=maya).ladder
    other = publish(changed(("slug: small", "slug: other"))).ladder
    for rest in (rest_placement, rest_target, rest_evidence, rest_quote, rest_packet, rest_note):
        rest(EngineerFactory.create(), other)
    return own


def rest_placement(engineer: Engineer, ladder: Ladder) -> None:
    PlacementFactory.create(engineer=engineer, level=ladder.levels.get(code="A1"))


def rest_target(engineer: Engineer, ladder: Ladder) -> None:
    TargetFactory.create(engineer=engineer, level=ladder.levels.get(code="A2"))


def rest_evidence(engineer: Engineer, ladder: Ladder) -> None:
    entry = EntryFactory.create(engineer=engineer, deleted_at=timezone.now())
    for criterion in ladder.criteria.filter(key__in=["tests", "asks"]):
        EvidenceFactory.create(entry=entry, criterion=criterion)


def rest_quote(engineer: Engineer, ladder: Ladder) -> None:
    quote = Quote.objects.create(
        engineer=engineer,
        author="Ann",
        relation="lead",
        said_on=FRIDAY,
        text="Good.",
        entry=EntryFactory.create(engineer=engineer),
    )
    quote.criteria.set(ladder.criteria.all())


def rest_packet(engineer: Engineer, ladder: Ladder) -> None:
    first, second = ladder.levels.order_by("code")
    create_packet(engineer, title="To A2", target=second, held=first)


def rest_note(engineer: Engineer, ladder: Ladder) -> None:
    """In a packet about a level of another ladder."""
    other = publish(changed(("slug: small", f"slug: for-{engineer.pk}"))).ladder
    packet = create_packet(engineer, title="T", target=other.levels.get(code="A2"), held=None)
    for criterion in ladder.criteria.all():
        CriterionNote.objects.create(packet=packet, criterion=criterion, note="Hm.")


RESTING = [
    (rest_placement, Resting(placements=1, targets=0, entries=0, quotes=0, packets=0)),
    (rest_target, Resting(placements=0, targets=1, entries=0, quotes=0, packets=0)),
    (rest_evidence, Resting(placements=0, targets=0, entries=1, quotes=0, packets=0)),
    (rest_quote, Resting(placements=0, targets=0, entries=0, quotes=1, packets=0)),
    (rest_packet, Resting(placements=0, targets=0, entries=0, quotes=0, packets=1)),
    (rest_note, Resting(placements=0, targets=0, entries=0, quotes=0, packets=1)),
]


@pytest.mark.parametrize(("rest", "expected"), RESTING)
def test_ladder_on_which_something_rests_is_not_deleted(
    maya: Engineer,
    ladder: Ladder,
    rest: Callable[[Engineer, Ladder], None],
    expected: Resting,
) -> None:
    rest(maya, ladder)

    with pytest.raises(LadderError, match="Something still rests on this ladder"):
        delete_ladder(ladder)

    assert resting_on(ladder) == expected
    assert Ladder.objects.get(pk=ladder.pk).criteria.count() == 4


def test_what_rests_on_retired_parts_counts_too(maya: Engineer, ladder: Ladder) -> None:
    rest_target(maya, ladder)
    publish(changed(("code: A2", "code: B2"), ("to: A2", "to: B2")), owner=maya)

    assert resting_on(ladder).targets == 1


def test_private_ladder_on_which_nothing_rests_goes_with_all_of_it(
    maya: Engineer, ladder: Ladder
) -> None:
    publish(changed(("name: Small ladder", "name: New")), owner=maya)
    assert (resting_on(ladder), bool(resting_on(ladder))) == (NOTHING, False)
    pk = ladder.pk

    delete_ladder(ladder)

    left = [model.objects.filter(ladder=pk).exists() for model in (Edition, Level, Criterion)]
    assert (Ladder.objects.filter(pk=pk).exists(), left) == (False, [False] * 3)


def test_ladder_that_is_gone_already_stays_gone(maya: Engineer, ladder: Ladder) -> None:
    again = Ladder.objects.get(pk=ladder.pk)
    delete_ladder(ladder)

    delete_ladder(again)

    assert not Ladder.objects.filter(slug="small").exists()


def test_ladder_of_everybody_is_not_deleted() -> None:
    ladder = publish().ladder

    with pytest.raises(LadderError, match="A ladder that is everybody's is not deleted"):
        delete_ladder(ladder)

    assert Ladder.objects.get() == ladder


def test_publication_of_a_ladder_that_is_deleted_meanwhile_is_refused(maya: Engineer) -> None:
    own = publish(owner=maya).ladder
    gone: list[bool] = []

    def delete_before_the_lock(execute: Any, sql: str, *rest: Any) -> Any:
        if "FROM" in sql and '"ladders_ladder"."id" = ' in sql and not gone:
            gone.append(True)
            delete_ladder(own)
        return execute(sql, *rest)

    with (
        connection.execute_wrapper(delete_before_the_lock),
        pytest.raises(LadderError, match="was deleted meanwhile"),
    ):
        publish(changed(("name: Small ladder", "name: New")), owner=maya)

    assert gone == [True]
