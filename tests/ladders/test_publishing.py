from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from careers.ladders.actions import LadderError, publish_ladder
from careers.ladders.document import LadderDocument, document_of, read_ladder
from careers.ladders.models import Criterion, Edition, Ladder, Level
from careers.ladders.publishing import (
    Proposal,
    Touched,
    copy_for,
    may_publish,
    own_slug,
    propose,
    publish,
)
from careers.people.models import Engineer
from tests.factories import (
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.ladders.owners import as_owner
from tests.ladders.small import changed
from tests.ladders.small import publish as publish_small

pytestmark = pytest.mark.django_db

REWORDED = ("text: Writes tests.", "text: Writes good tests.")
DROPPED = ("          - {key: asks, dimension: people, text: Asks early.}\n", "")


def read(*pieces: tuple[str, str]) -> LadderDocument:
    return read_ladder(changed(*pieces).encode())


def proposed(engineer: Engineer, *pieces: tuple[str, str], for_all: bool = False) -> Proposal:
    return propose(read(*pieces), by=engineer, is_for_everybody=for_all)


def refusal(engineer: Engineer, *, for_all: bool) -> str:
    with pytest.raises(LadderError) as refused:
        proposed(engineer, for_all=for_all)
    return str(refused.value)


# --- proposing ----------------------------------------------------------------------------------


def test_new_ladder_is_proposed_and_nothing_is_written() -> None:
    maya = EngineerFactory.create()

    proposal = proposed(maya)

    assert (proposal.newest, proposal.number, proposal.is_unchanged) == (0, 1, False)
    assert (proposal.owner, len(proposal.changes.new)) == (maya, 4)
    assert not Ladder.objects.exists()


def test_next_edition_is_proposed_with_what_it_changes() -> None:
    maya = EngineerFactory.create()
    publish_small(owner=maya)

    proposal = proposed(maya, REWORDED)

    assert (proposal.newest, proposal.number, proposal.is_unchanged) == (1, 2, False)
    assert [change.key for change in proposal.changes.criteria] == ["tests"]


def test_document_of_the_newest_edition_changes_nothing() -> None:
    maya = EngineerFactory.create()
    publish_small(owner=maya)

    proposal = proposed(maya)

    assert (proposal.is_unchanged, bool(proposal.changes)) == (True, False)
    assert publish(proposal).number == 1


def test_criterion_that_was_dropped_once_is_brought_back() -> None:
    maya = EngineerFactory.create()
    publish_small(owner=maya)
    publish_small(changed(DROPPED), owner=maya)

    assert [change.key for change in proposed(maya).changes.brought_back] == ["asks"]


def test_mark_tells_edition_audience_and_document_apart() -> None:
    owner = as_owner(EngineerFactory.create())
    first = proposed(owner)
    marks = {first.mark, proposed(owner, for_all=True).mark, proposed(owner, REWORDED).mark}
    publish(first)

    marks.add(proposed(owner, REWORDED).mark)

    assert len(marks) == 4
    assert proposed(owner, REWORDED).mark in marks


# --- what it touches ----------------------------------------------------------------------------


def test_own_entries_are_counted_and_nobody_elses() -> None:
    owner = as_owner(EngineerFactory.create())
    publish_small()
    tests, asks = (Criterion.objects.get(key=key) for key in ("tests", "asks"))
    entry = EntryFactory.create(engineer=owner)
    trashed = EntryFactory.create(engineer=owner, deleted_at=timezone.now())
    for criterion in (tests, asks):
        EvidenceFactory.create(entry=entry, criterion=criterion)
        EvidenceFactory.create(entry=trashed, criterion=criterion)
        EvidenceFactory.create(criterion=criterion)
    EvidenceFactory.create(entry=EntryFactory.create(engineer=owner), criterion=tests)

    proposal = proposed(owner, REWORDED, DROPPED, for_all=True)

    assert proposal.touched == Touched(reworded=2, retired=1)


def test_levels_that_go_are_told_to_who_holds_them_or_aims_for_them() -> None:
    owner, other = as_owner(EngineerFactory.create()), EngineerFactory.create()
    publish_small()
    first, second = Level.objects.order_by("code")
    PlacementFactory.create(engineer=owner, level=first)
    TargetFactory.create(engineer=owner, level=second)
    PlacementFactory.create(engineer=other, level=second)
    gone = (("code: A2", "code: B2"), ("to: A2", "to: B2"))

    assert proposed(owner, *gone, for_all=True).touched == Touched(aimed="A2+")
    assert not proposed(owner, REWORDED, for_all=True).touched


def test_retired_level_that_stays_retired_is_not_told_again() -> None:
    owner = as_owner(EngineerFactory.create())
    publish_small()
    TargetFactory.create(engineer=owner, level=Level.objects.get(code="A2"))
    gone = (("code: A2", "code: B2"), ("to: A2", "to: B2"))
    publish_small(changed(*gone))

    assert not proposed(owner, *gone, REWORDED, for_all=True).touched


# --- who may ------------------------------------------------------------------------------------


def test_who_is_no_ladder_owner_publishes_for_nobody_else() -> None:
    said = refusal(EngineerFactory.create(), for_all=True)

    assert said == "Ladder owners alone publish for everybody."


def test_slug_of_somebody_elses_private_ladder_is_refused_for_everybody() -> None:
    publish_small(owner=EngineerFactory.create())

    said = refusal(as_owner(EngineerFactory.create()), for_all=True)

    assert said == "“small” is the slug of another ladder; give this one another."


@pytest.mark.parametrize("taken_by", ["nobody", "everybody", "somebody"])
def test_private_ladder_gets_the_same_slug_whoever_else_has_it(taken_by: str) -> None:
    maya = EngineerFactory.create()
    if taken_by != "nobody":
        publish_small(owner=None if taken_by == "everybody" else EngineerFactory.create())

    proposal = proposed(maya)

    assert re.fullmatch("small-[0-9a-f]{4}", proposal.document.slug)
    assert proposal.document.slug == own_slug("small", maya)
    assert publish(proposal).number == 1


def test_private_ladder_keeps_its_slug_in_its_next_edition() -> None:
    maya = EngineerFactory.create()
    first = publish(proposed(maya))
    slug = first.ladder.slug

    again = [proposed(maya), propose(document_of(first.document), by=maya, is_for_everybody=False)]

    assert [(one.document.slug, one.newest, one.is_unchanged) for one in again] == [
        (slug, 1, True)
    ] * 2


def test_slug_stays_as_short_as_a_slug_may_be() -> None:
    maya = EngineerFactory.create()

    assert len(own_slug("s" * 64, maya)) == 64
    assert own_slug(own_slug("s" * 64, maya), maya) == own_slug("s" * 64, maya)
    assert own_slug("s" * 63 + "a", maya) != own_slug("s" * 63 + "b", maya)


def test_private_ladder_does_not_become_everybodys() -> None:
    owner = as_owner(EngineerFactory.create())
    publish_small(owner=owner)

    said = refusal(owner, for_all=True)

    assert said == "“small” is the slug of a private ladder of yours; give this one another."


def test_built_in_ladder_is_changed_by_nobody_in_the_browser() -> None:
    publish_ladder(read(), is_builtin=True)

    said = refusal(as_owner(EngineerFactory.create()), for_all=True)

    assert said == "“small” is built in and comes with Careers; give this one another slug."


def test_next_edition_is_its_owners_or_of_who_may_publish_for_everybody() -> None:
    maya, owner = EngineerFactory.create(), as_owner(EngineerFactory.create())
    private = publish_small(changed(("slug: small", "slug: own")), owner=maya).ladder
    shared = publish_small().ladder
    builtin = publish_ladder(read(("slug: small", "slug: builtin")), is_builtin=True).ladder

    allowed = [
        [may_publish(ladder, by=engineer) for ladder in (private, shared, builtin)]
        for engineer in (maya, owner)
    ]

    assert allowed == [[True, False, False], [False, True, False]]


def test_right_may_come_from_a_superuser_and_ends_with_the_account() -> None:
    ladder = publish_small().ladder
    chief = EngineerFactory.create(is_superuser=True)
    former = as_owner(EngineerFactory.create(is_active=False))

    assert [may_publish(ladder, by=engineer) for engineer in (chief, former)] == [True, False]


# --- publishing ---------------------------------------------------------------------------------


def test_proposal_is_published_for_whom_it_was_made() -> None:
    owner = as_owner(EngineerFactory.create())

    private = publish(proposed(owner))
    shared = publish(proposed(owner, ("slug: small", "slug: shared"), for_all=True))

    assert [edition.ladder.owner for edition in (private, shared)] == [owner, None]
    assert shared.ladder.is_builtin is False


@pytest.mark.parametrize("editions", [0, 1])
def test_proposal_is_refused_when_another_edition_came_first(editions: int) -> None:
    owner = as_owner(EngineerFactory.create())
    if editions:
        publish_small()
    proposal = proposed(owner, REWORDED, for_all=True)
    publish_small(changed(("name: Small ladder", "name: New")))

    with pytest.raises(LadderError, match="Another edition was published meanwhile"):
        publish(proposal)

    assert Edition.objects.count() == editions + 1
    assert Criterion.objects.get(key="tests").text == "Writes tests."


@pytest.mark.django_db(transaction=True)
def test_of_two_publications_at_once_one_is_refused() -> None:
    owner = as_owner(EngineerFactory.create())
    publish_small()
    proposals = [proposed(owner, ("Small ladder", f"Name {n}"), for_all=True) for n in range(4)]

    def publish_one(proposal: Proposal) -> int:
        try:
            return publish(proposal).number
        except LadderError:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(publish_one, proposals))

    assert numbers == [0, 0, 0, 2]
    assert Edition.objects.count() == 2


# --- copies -------------------------------------------------------------------------------------


def test_copy_takes_the_first_slug_that_is_free() -> None:
    maya = EngineerFactory.create()
    publish_small(owner=EngineerFactory.create())
    document = read()
    slugs = []

    for _n in range(3):
        copy = copy_for(maya, document)
        publish_ladder(copy, owner=maya)
        slugs.append(copy.slug)

    assert re.fullmatch(r"small-[0-9a-f]{4}", slugs[0])
    assert slugs == [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"]


def test_copies_of_two_people_do_not_meet() -> None:
    slugs = {copy_for(EngineerFactory.create(), read()).slug for _n in range(8)}

    assert len(slugs) == 8


def test_copy_is_called_ones_own_where_the_name_has_room() -> None:
    long = "n" * 160

    names = [
        copy_for(EngineerFactory.create(), document).name
        for document in (read(), read(("name: Small ladder", f"name: {long}")))
    ]

    assert names == ["Small ladder, my copy", long]


def test_copy_of_a_long_slug_stays_a_slug() -> None:
    document = read(("slug: small", f"slug: {'a' * 59}-bcde"))

    slug = copy_for(EngineerFactory.create(), document).slug

    assert re.fullmatch("a{54}-[0-9a-f]{4}-[0-9a-f]{4}", slug)
