"""Which evidence another ladder asks for too, and carrying it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from careers.journal.actions import update_entry
from careers.journal.carrying import Match, carry_over, find_matches
from careers.journal.content import EntryChange
from tests.factories import EngineerFactory, EntryFactory, EvidenceFactory
from tests.ladders.small import changed, publish

if TYPE_CHECKING:
    from careers.ladders.models import Ladder
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

COPY = ("slug: small", "slug: copy")


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def copy(*pieces: tuple[str, str]) -> Ladder:
    """Another ladder, begun as a copy of the small one and changed so."""
    return publish(changed(COPY, *pieces)).ladder


def tag(engineer: Engineer, ladder: Ladder, key: str, **evidence: Any) -> Any:
    return EvidenceFactory.create(
        entry__engineer=engineer, criterion=ladder.criteria.get(key=key), **evidence
    )


def keys_of(matches: list[Match]) -> list[tuple[str, str, bool]]:
    return [(match.there.key, match.here.key, match.is_reworded) for match in matches]


def tags_of(entry: Any) -> list[tuple[str, str, bool, str]]:
    rows = entry.evidence.order_by("criterion__ladder__slug", "criterion__key")
    columns = ("criterion__ladder__slug", "criterion__key", "is_primary", "note")
    return list(rows.values_list(*columns))


# --- what asks the same -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (("Writes tests.", "Writes tests."), [("tests", "tests", False)]),
        (("Writes tests.", "writes  TESTS."), [("tests", "tests", False)]),
        (("{key: tests,", "{key: checks,"), [("tests", "checks", False)]),
        (("Writes tests.", "Writes many tests."), [("tests", "tests", True)]),
        (("code: A1", "code: B1"), [("tests", "tests", False)]),
        (
            ("{key: tests, dimension: craft, text: Writes", "{key: x, dimension: craft, text: No"),
            [],
        ),
    ],
    ids=["same", "capitals and spaces", "other key", "reworded", "other level", "nothing"],
)
def test_same_is_asked_by_the_same_words_or_by_the_key_at_the_level(
    maya: Engineer, piece: tuple[str, str], expected: list[tuple[str, str, bool]]
) -> None:
    tag(maya, publish().ladder, "tests")
    pieces = [piece, ("from: A1", "from: B1")] if "B1" in piece[1] else [piece]

    assert keys_of(find_matches(maya, copy(*pieces))) == expected


def test_reworded_criterion_at_a_level_of_another_code_is_no_match(maya: Engineer) -> None:
    tag(maya, publish().ladder, "tests")
    moved = [("code: A1", "code: B1"), ("from: A1", "from: B1"), ("Writes tests", "Checks it")]

    assert find_matches(maya, copy(*moved)) == []


def test_matches_come_in_the_order_of_the_ladder_with_their_entries(maya: Engineer) -> None:
    small = publish().ladder
    later, earlier = tag(maya, small, "designs"), tag(maya, small, "asks")
    other = EntryFactory.create(engineer=maya)
    EvidenceFactory.create(entry=other, criterion=later.criterion)

    matches = find_matches(maya, copy())

    assert [(match.here.key, {*match.entries}) for match in matches] == [
        ("asks", {earlier.entry}),
        ("designs", {later.entry, other}),
    ]


def test_what_is_evidence_here_already_is_left_out(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    both = tag(maya, small, "tests").entry
    EvidenceFactory.create(entry=both, criterion=here.criteria.get(key="tests"))

    assert find_matches(maya, here) == []
    assert find_matches(maya, small) == []


def test_trash_what_others_wrote_and_what_is_not_asked_here_are_left_out(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    tag(EngineerFactory.create(), small, "tests")
    tag(maya, small, "asks", entry__deleted_at=timezone.now())
    tag(maya, small, "designs")
    here.criteria.filter(key="designs").update(is_retired=True)

    assert find_matches(maya, here) == []


def test_matches_take_two_queries(maya: Engineer, django_assert_num_queries: Any) -> None:
    small, here = publish().ladder, copy()
    for key in ("tests", "asks", "designs", "talks"):
        tag(maya, small, key)

    with django_assert_num_queries(2):
        matches = find_matches(maya, here)
        shown = [(match.here.level.label, match.there.level.ladder.name) for match in matches]

    assert len(shown) == 4


# --- carrying over ------------------------------------------------------------------------------


def test_entries_are_evidence_there_and_here_as_primary_and_with_the_note(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    entry = tag(maya, small, "tests", note="why").entry
    EvidenceFactory.create(entry=entry, criterion=small.criteria.get(key="asks"), is_primary=False)

    assert carry_over(find_matches(maya, here)) == (1, [])

    assert tags_of(entry) == [
        ("copy", "asks", False, ""),
        ("copy", "tests", True, "why"),
        ("small", "asks", False, ""),
        ("small", "tests", True, "why"),
    ]
    assert find_matches(maya, here) == []
    assert list(entry.revisions.values_list("number", flat=True)) == [2]


def test_what_was_not_chosen_is_not_carried(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    entry = tag(maya, small, "tests").entry
    EvidenceFactory.create(entry=entry, criterion=small.criteria.get(key="asks"))

    carry_over(find_matches(maya, here)[:1])

    assert [key for slug, key, *_rest in tags_of(entry) if slug == "copy"] == ["tests"]


def test_two_criteria_that_lead_to_one_make_it_primary_with_the_first_note(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    second = publish(changed(("slug: small", "slug: second"))).ladder
    entry = tag(maya, small, "tests", is_primary=False).entry
    for ladder, is_primary, note in ((second, True, "a note"), (publish_third(), False, "other")):
        EvidenceFactory.create(
            entry=entry,
            criterion=ladder.criteria.get(key="tests"),
            is_primary=is_primary,
            note=note,
        )

    carry_over(find_matches(maya, here))

    assert tags_of(entry)[0] == ("copy", "tests", True, "a note")


def publish_third() -> Ladder:
    return publish(changed(("slug: small", "slug: third"))).ladder


def test_entry_that_breaks_a_rule_elsewhere_is_left_out_alone(maya: Engineer) -> None:
    small, here = publish().ladder, copy()
    broken, fine = tag(maya, small, "tests").entry, tag(maya, small, "asks").entry
    EvidenceFactory.create(entry=broken, criterion=small.criteria.get(key="asks"))
    small.rules = {"primary_criteria_per_level": 1}
    small.save()

    assert carry_over(find_matches(maya, here)) == (1, [broken])

    assert [slug for slug, *_rest in tags_of(broken)] == ["small", "small"]
    assert [slug for slug, *_rest in tags_of(fine)] == ["copy", "small"]


def test_entry_untagged_since_it_was_looked_at_is_left_out(maya: Engineer) -> None:
    entry = tag(maya, publish().ladder, "tests").entry
    matches = find_matches(maya, copy())
    update_entry(entry, change=EntryChange(evidence=[]), version=entry.version)

    assert carry_over(matches) == (0, [entry])

    assert tags_of(entry) == []


def test_too_many_primary_criteria_of_a_level_become_supporting(maya: Engineer) -> None:
    small = publish().ladder
    here = copy(("slug: copy", "slug: copy\nrules: {primary_criteria_per_level: 1}"))
    entry = tag(maya, small, "tests").entry
    for key in ("asks", "designs"):
        EvidenceFactory.create(entry=entry, criterion=small.criteria.get(key=key))

    carry_over(find_matches(maya, here))

    assert tags_of(entry)[:3] == [
        ("copy", "asks", False, ""),
        ("copy", "designs", True, ""),
        ("copy", "tests", True, ""),
    ]
