from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection

from careers.ladders.actions import LadderError, aim_for, place_engineer, publish_ladder
from careers.ladders.document import TransitionPart, read_ladder
from careers.ladders.models import (
    Criterion,
    Dimension,
    Edition,
    Guidance,
    Ladder,
    Level,
    Target,
    Track,
    Transition,
)
from tests.factories import CriterionFactory, EngineerFactory, EvidenceFactory, LevelFactory
from tests.ladders.small import SMALL, changed, many_criteria, publish

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


# --- publishing ---------------------------------------------------------------------------------


def test_first_publication_makes_edition_one_and_all_rows() -> None:
    edition = publish()

    ladder = Ladder.objects.get()
    assert (edition.ladder, edition.number) == (ladder, 1)
    assert edition.document == read_ladder(SMALL.encode()).canonical
    assert edition.sha256 == read_ladder(SMALL.encode()).sha256
    assert (ladder.slug, ladder.name, ladder.summary) == ("small", "Small ladder", "Two levels.")
    assert (ladder.owner, ladder.is_builtin, ladder.rules) == (None, False, {})
    assert list(Track.objects.values_list("key", "name", "position", "is_retired")) == [
        ("ic", "Engineer", 0, False)
    ]
    assert list(
        Dimension.objects.order_by("position").values_list("key", "name", "is_retired")
    ) == [("craft", "Craft", False), ("people", "People", False)]
    levels = Level.objects.order_by("position")
    assert list(levels.values_list("code", "label", "title", "rank", "is_terminal")) == [
        ("A1", "A1", "Beginner", "junior", False),
        ("A2", "A2+", "Expert", "senior", True),
    ]
    assert list(
        Criterion.objects.order_by("key").values_list(
            "key", "level__code", "dimension__key", "is_required", "lamps", "reworded_at"
        )
    ) == [
        ("asks", "A1", "people", True, None, None),
        ("designs", "A2", "craft", True, None, None),
        ("talks", "A2", "people", False, [], None),
        ("tests", "A1", "craft", True, ["recent"], None),
    ]


def test_transitions_and_guidance_are_there_too() -> None:
    publish()

    transition = Transition.objects.get()
    assert (transition.from_level.code, transition.to_level.code) == ("A1", "A2")
    assert (transition.min_months, transition.max_months) == (24, 36)
    assert (transition.is_open_ended, transition.conditions) == (False, ["Delivers alone."])
    assert list(
        Guidance.objects.order_by("position").values_list("level__code", "kind", "title", "text")
    ) == [
        ("A1", "project", "", "Mend a defect."),
        (None, "principle", "Fair", "The same bar for everybody."),
    ]


def test_unchanged_document_publishes_nothing_new() -> None:
    first = publish()
    Criterion.objects.filter(key="tests").update(text="Touched by nobody.")

    again = publish("# only a comment is new\n" + SMALL)

    assert again == first
    assert Edition.objects.count() == 1
    assert Criterion.objects.get(key="tests").text == "Touched by nobody."


def test_changed_document_is_the_next_edition_and_the_first_stays_as_it_was() -> None:
    first = publish()

    second = publish(changed(("name: Small ladder", "name: New name")))

    assert (second.number, second.ladder.name) == (2, "New name")
    first.refresh_from_db()
    assert first.document == read_ladder(SMALL.encode()).canonical


def test_document_of_an_older_edition_is_a_new_edition_again() -> None:
    publish()
    publish(changed(("name: Small ladder", "name: New name")))

    assert publish().number == 3


def test_rewording_keeps_the_row_and_says_when() -> None:
    publish()
    before = Criterion.objects.get(key="tests")

    with time_machine.travel(NOON, tick=False):
        publish(changed(("text: Writes tests.", "text: Writes good tests.")))

    after = Criterion.objects.get(key="tests")
    assert (after.pk, after.text, after.reworded_at) == (before.pk, "Writes good tests.", NOON)
    assert not Criterion.objects.exclude(key="tests").exclude(reworded_at=None).exists()


def test_later_edition_keeps_the_day_of_an_earlier_rewording() -> None:
    publish()
    reworded = ("text: Writes tests.", "text: Writes good tests.")
    with time_machine.travel(NOON, tick=False):
        publish(changed(reworded))

    publish(changed(reworded, ("name: Small ladder", "name: New name")))

    assert Criterion.objects.get(key="tests").reworded_at == NOON


def test_dropped_criterion_is_retired_and_keeps_its_evidence() -> None:
    publish()
    evidence = EvidenceFactory.create(criterion=Criterion.objects.get(key="asks"))

    publish(changed(("          - {key: asks, dimension: people, text: Asks early.}\n", "")))

    evidence.refresh_from_db()
    assert (evidence.criterion.key, evidence.criterion.is_retired) == ("asks", True)
    assert list(Criterion.objects.filter(is_retired=True)) == [evidence.criterion]


def test_criterion_that_comes_back_is_the_same_row_in_force() -> None:
    publish()
    before = Criterion.objects.get(key="asks")
    publish(changed(("          - {key: asks, dimension: people, text: Asks early.}\n", "")))

    publish()

    after = Criterion.objects.get(key="asks")
    assert (after.pk, after.is_retired, after.reworded_at) == (before.pk, False, None)


def test_criterion_that_comes_back_reworded_says_when() -> None:
    publish()
    publish(changed(("          - {key: asks, dimension: people, text: Asks early.}\n", "")))

    with time_machine.travel(NOON, tick=False):
        publish(changed(("text: Asks early.", "text: Asks.")))

    after = Criterion.objects.get(key="asks")
    assert (after.is_retired, after.reworded_at) == (False, NOON)


def test_criterion_may_move_to_another_dimension_and_level() -> None:
    publish()
    before = Criterion.objects.get(key="asks")
    line = "          - {key: asks, dimension: people, text: Asks early.}\n"
    moved = "          - {key: asks, dimension: craft, text: Asks early.}\n"

    publish(changed((line, ""), ("          - {key: designs", moved + "          - {key: designs")))

    after = Criterion.objects.get(key="asks")
    assert (after.pk, after.level.code, after.dimension.key) == (before.pk, "A2", "craft")


def test_dropped_level_is_retired_with_its_placements_and_targets_kept() -> None:
    publish()
    level = Level.objects.get(code="A2")
    engineer = EngineerFactory.create()
    place_engineer(engineer, level=level, since_on=dt.date(2024, 3, 1))
    aim_for(engineer, level=level)
    start, end = SMALL.index("      - code: A2"), SMALL.index("guidance:\n  - {kind: pr")

    publish(SMALL[:start] + SMALL[end:])

    level.refresh_from_db()
    assert level.is_retired
    assert engineer.placements.get().level == level
    assert Target.objects.get().level == level
    assert sorted(Criterion.objects.filter(is_retired=True).values_list("key", flat=True)) == [
        "designs",
        "talks",
    ]
    assert not Transition.objects.exists()


def test_track_and_dimension_that_are_renamed_by_key_leave_retired_rows() -> None:
    publish()

    publish(changed(("key: ic", "key: engineers")))

    tracks = dict(Track.objects.values_list("key", "is_retired"))
    assert tracks == {"ic": True, "engineers": False}
    assert Dimension.objects.filter(is_retired=False).count() == 2
    assert Dimension.objects.filter(is_retired=True).count() == 2
    assert set(Level.objects.values_list("track__key", flat=True)) == {"engineers"}


def test_rules_follow_the_document() -> None:
    publish(SMALL + "rules: {undeniable_examples: 4}\n")
    assert Ladder.objects.get().rules == {"undeniable_examples": 4}

    publish()

    assert Ladder.objects.get().rules == {}


def test_private_ladder_belongs_to_its_owner() -> None:
    owner = EngineerFactory.create()

    edition = publish(owner=owner)

    assert edition.ladder.owner == owner


def test_slug_of_somebody_elses_ladder_is_refused_and_nothing_changes() -> None:
    publish(owner=EngineerFactory.create())

    with pytest.raises(LadderError, match="“small” is the slug of another ladder"):
        publish(changed(("name: Small ladder", "name: Taken")))

    assert Ladder.objects.get().name == "Small ladder"
    assert Edition.objects.count() == 1


def test_builtin_ladder_is_changed_by_its_own_file_only() -> None:
    publish_ladder(read_ladder(SMALL.encode()), is_builtin=True)

    with pytest.raises(LadderError):
        publish(changed(("name: Small ladder", "name: Taken")))

    assert publish().number == 1  # the same document is no change


def test_failure_half_way_leaves_nothing() -> None:
    publish()
    text = changed(("text: Writes tests.", "text: Else."), ("name: Small ", "name: New "))
    nowhere = TransitionPart(from_code="A1", to_code="nowhere")  # no document is read with one

    with pytest.raises(KeyError):
        publish_ladder(replace(read_ladder(text.encode()), transitions=(nowhere,)))

    assert Ladder.objects.get().name == "Small ladder"
    assert Criterion.objects.get(key="tests").text == "Writes tests."
    assert Edition.objects.count() == 1


def test_eight_thousand_criteria_are_published_in_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    text = many_criteria(20, 400)

    with django_assert_max_num_queries(40):
        publish(text)
    with django_assert_max_num_queries(40):
        publish(text.replace("Does a7-", "Does well a7-"))

    assert Criterion.objects.filter(is_retired=False).count() == 8_000
    assert Criterion.objects.exclude(reworded_at=None).count() == 400


@pytest.mark.django_db(transaction=True)
def test_publications_at_once_make_one_edition_of_one_document() -> None:
    document = read_ladder(SMALL.encode())

    def publish_once(_n: int) -> int:
        try:
            return publish_ladder(document).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(publish_once, range(8)))

    assert numbers == [1] * 8
    assert (Ladder.objects.count(), Edition.objects.count()) == (1, 1)
    assert Criterion.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_different_publications_at_once_each_make_an_edition() -> None:
    documents = [
        read_ladder(changed(("name: Small ladder", f"name: Name {n}")).encode()) for n in range(6)
    ]

    def publish_one(n: int) -> int:
        try:
            return publish_ladder(documents[n]).number
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        numbers = list(pool.map(publish_one, range(6)))

    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    newest = Edition.objects.get(number=6)
    assert f'"name":"{newest.ladder.name}"' in newest.document


# --- what one holds and aims for ----------------------------------------------------------------

MARCH = dt.date(2024, 3, 1)
MAY = dt.date(2025, 5, 1)


def test_another_level_joins_the_history() -> None:
    engineer, first, second = EngineerFactory.create(), LevelFactory.create(), LevelFactory.create()
    place_engineer(engineer, level=first, since_on=MARCH, employer="Acme")

    place_engineer(engineer, level=second, since_on=MAY, employer="Acme")

    assert [placement.level for placement in engineer.placements.newest_first()] == [second, first]


def test_same_day_is_one_placement_brought_up_to_date() -> None:
    engineer, first, second = EngineerFactory.create(), LevelFactory.create(), LevelFactory.create()
    placement = place_engineer(engineer, level=first, since_on=MARCH, employer="Acme")

    place_engineer(engineer, level=second, since_on=MARCH, employer="Initech")

    again = engineer.placements.get()
    assert (again.pk, again.level, again.employer) == (placement.pk, second, "Initech")


def test_same_level_and_employer_with_another_day_is_its_day_put_right() -> None:
    engineer, level = EngineerFactory.create(), LevelFactory.create()
    place_engineer(engineer, level=level, since_on=MAY, employer="Acme")

    place_engineer(engineer, level=level, since_on=MARCH, employer="Acme")

    assert engineer.placements.get().since_on == MARCH


def test_day_put_right_onto_another_placement_takes_its_place() -> None:
    engineer, first, second = EngineerFactory.create(), LevelFactory.create(), LevelFactory.create()
    place_engineer(engineer, level=first, since_on=MARCH)
    place_engineer(engineer, level=second, since_on=MAY)

    place_engineer(engineer, level=second, since_on=MARCH)

    placement = engineer.placements.get()
    assert (placement.level, placement.since_on) == (second, MARCH)


def test_same_level_at_another_employer_joins_the_history() -> None:
    engineer, level = EngineerFactory.create(), LevelFactory.create()
    place_engineer(engineer, level=level, since_on=MARCH, employer="Acme")

    place_engineer(engineer, level=level, since_on=MAY, employer="Initech")

    assert engineer.placements.count() == 2


def test_target_remembers_the_day_it_changed_and_not_the_day_it_was_saved_again() -> None:
    engineer, first, second = EngineerFactory.create(), LevelFactory.create(), LevelFactory.create()

    with time_machine.travel(NOON, tick=False):
        aim_for(engineer, level=first)
    with time_machine.travel(NOON + dt.timedelta(days=3), tick=False):
        aim_for(engineer, level=first)
        unchanged = Target.objects.get().set_on
        aim_for(engineer, level=second)

    target = Target.objects.get()
    assert (unchanged, target.level, target.set_on) == (
        dt.date(2026, 11, 20),
        second,
        dt.date(2026, 11, 23),
    )


def test_target_is_set_on_the_day_it_is_where_the_engineer_is() -> None:
    engineer = EngineerFactory.create(time_zone="Pacific/Kiritimati")

    with time_machine.travel(NOON, tick=False):
        aim_for(engineer, level=LevelFactory.create())

    assert Target.objects.get().set_on == dt.date(2026, 11, 21)


def test_target_can_be_taken_away() -> None:
    engineer = EngineerFactory.create()
    aim_for(engineer, level=LevelFactory.create())

    assert aim_for(engineer, level=None) is None
    assert not Target.objects.exists()


def test_level_of_a_ladder_one_may_not_read_is_refused() -> None:
    engineer, stranger = EngineerFactory.create(), EngineerFactory.create()
    publish(owner=stranger)
    level = Level.objects.get(code="A1")

    with pytest.raises(LadderError, match="There is no such level"):
        place_engineer(engineer, level=level, since_on=MARCH)
    with pytest.raises(LadderError, match="There is no such level"):
        aim_for(engineer, level=level)

    assert not engineer.placements.exists()
    assert not Target.objects.exists()


def test_engineer_who_leaves_takes_their_private_ladder_and_levels_along() -> None:
    engineer = EngineerFactory.create()
    publish(owner=engineer)
    level = Level.objects.get(code="A1")
    place_engineer(engineer, level=level, since_on=MARCH)
    aim_for(engineer, level=level)

    engineer.delete()

    assert (Ladder.objects.count(), Target.objects.count()) == (0, 0)


def test_criterion_of_another_ladder_is_left_alone() -> None:
    other = CriterionFactory.create(key="tests")

    publish()
    publish(changed(("key: tests", "key: proofs")))

    other.refresh_from_db()
    assert not other.is_retired
