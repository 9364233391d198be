from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from careers.ladders.differences import MOST_LIKENESSES, MOST_MARKED, compare_criteria
from careers.ladders.models import Criterion, Dimension, Level

if TYPE_CHECKING:
    from careers.ladders.differences import Difference

SENIOR = Level(pk=1, code="L5", label="L5", rank="senior")
STAFF = Level(pk=2, code="L6", label="L6", rank="staff")
JUNIOR = Level(pk=3, code="L3", label="L3", rank="junior")
CRAFT = Dimension(pk=1, key="craft", name="Craft")
PEOPLE = Dimension(pk=2, key="people", name="People")


def criteria(level: Level, *texts: str, dimension: Dimension = CRAFT) -> list[Criterion]:
    return [
        Criterion(
            pk=100 * level.pk + 10 * dimension.pk + number,
            level=level,
            dimension=dimension,
            text=text,
        )
        for number, text in enumerate(texts)
    ]


def only(differences: list[Difference]) -> Difference:
    (difference,) = differences
    return difference


def texts(found: Difference) -> tuple[list[tuple[str, str]], list[str], list[str], list[str]]:
    """What changed, is new, is kept, is gone."""
    return (
        [(change.before.text, change.after.text) for change in found.changes],
        [criterion.text for criterion in found.new],
        [criterion.text for criterion in found.kept],
        [criterion.text for criterion in found.gone],
    )


def test_criteria_that_share_their_words_are_one_that_changed() -> None:
    before = criteria(SENIOR, "Mentors junior engineers.", "Answers alerts at night.")
    after = criteria(STAFF, "Sets the strategy.", "Mentors senior engineers.")

    found = only(compare_criteria(before, after))

    assert texts(found) == (
        [("Mentors junior engineers.", "Mentors senior engineers.")],
        ["Sets the strategy."],
        [],
        ["Answers alerts at night."],
    )


def test_changed_words_are_marked_on_both_sides() -> None:
    before = criteria(SENIOR, "Mentors junior engineers.")
    after = criteria(STAFF, "Mentors senior engineers.")

    (change,) = only(compare_criteria(before, after)).changes

    assert [run.text for run in change.old_words if run.is_changed] == ["junior"]
    assert [run.text for run in change.new_words if run.is_changed] == ["senior"]


def test_criteria_of_the_same_words_are_kept() -> None:
    before = criteria(SENIOR, "Reviews code.", "Writes.")
    after = criteria(STAFF, "Designs.", "Reviews code.")

    assert texts(only(compare_criteria(before, after))) == (
        [],
        ["Designs."],
        ["Reviews code."],
        ["Writes."],
    )


def test_keywords_help_where_the_words_differ() -> None:
    before = criteria(SENIOR, "Holds the pager.", "Teaches.")
    after = criteria(STAFF, "Brings alerts down.", "Hires.")
    before[0].keywords = after[0].keywords = ["on-call", "Pages"]

    found = only(compare_criteria(before, after))

    assert texts(found)[0] == [("Holds the pager.", "Brings alerts down.")]


def test_small_words_make_nothing_alike() -> None:
    before = criteria(SENIOR, "Is one of the best at it.", "Pairs.")
    after = criteria(STAFF, "Is one of the many in this.", "Plans.")

    assert texts(only(compare_criteria(before, after)))[0] == []


def test_one_criterion_at_each_level_is_one_that_changed() -> None:
    before = criteria(SENIOR, "Owns a service.")
    after = criteria(STAFF, "Shapes an organisation.")

    assert texts(only(compare_criteria(before, after)))[0] == [
        ("Owns a service.", "Shapes an organisation.")
    ]


def test_each_criterion_stands_in_one_place() -> None:
    before = criteria(SENIOR, "Designs a service.", "Designs a large service.")
    after = criteria(STAFF, "Designs a large service well.", "Designs services.", "Designs.")

    found = only(compare_criteria(before, after))

    assert len(found.changes) * 2 + len(found.new) + len(found.gone) == 5
    assert texts(found)[0] == [
        ("Designs a large service.", "Designs a large service well."),
        ("Designs a service.", "Designs services."),
    ]


def test_lamps_that_only_the_second_level_asks_for_are_told() -> None:
    before = criteria(JUNIOR, "Mentors one engineer.")
    after = criteria(SENIOR, "Mentors two engineers.")

    (change,) = only(compare_criteria(before, after)).changes

    assert [str(lamp.name) for lamp in change.also_asked] == ["led"]


def test_same_words_that_ask_for_more_are_a_change() -> None:
    before = criteria(JUNIOR, "Reviews code.")
    after = criteria(SENIOR, "Reviews code.")

    found = only(compare_criteria(before, after))

    assert texts(found) == ([("Reviews code.", "Reviews code.")], [], [], [])
    assert [run.is_changed for run in found.changes[0].new_words] == [False]


def test_same_words_that_become_required_are_a_change() -> None:
    before, after = criteria(SENIOR, "Gives talks."), criteria(STAFF, "Gives talks.")
    before[0].is_required = False

    assert texts(only(compare_criteria(before, after)))[0] == [("Gives talks.", "Gives talks.")]


def test_dimensions_are_the_same_by_name_across_tracks() -> None:
    craft_of_managers = Dimension(pk=9, key="technical", name="craft")
    before = criteria(SENIOR, "Codes.") + criteria(SENIOR, "Asks.", dimension=PEOPLE)
    after = criteria(STAFF, "Codes less.", dimension=craft_of_managers)

    differences = compare_criteria(before, after)

    assert [(found.name, texts(found)) for found in differences] == [
        ("craft", ([("Codes.", "Codes less.")], [], [], [])),
        ("People", ([], [], [], ["Asks."])),
    ]


def test_levels_without_criteria_differ_in_nothing() -> None:
    assert compare_criteria([], []) == []


def test_very_many_criteria_are_paired_by_their_exact_words_alone() -> None:
    many = int(MOST_LIKENESSES**0.5) + 1
    before = criteria(SENIOR, *(f"Does thing {n} well." for n in range(many)))
    after = criteria(STAFF, *(f"Does thing {n} well." for n in range(1, many)), "Does thing 0.")

    found = only(compare_criteria(before, after))

    assert (len(found.kept), len(found.changes)) == (many - 1, 0)
    assert (texts(found)[1], texts(found)[3]) == (["Does thing 0."], ["Does thing 0 well."])


def test_very_many_criteria_of_the_same_words_stand_in_one_place_each() -> None:
    many = int(MOST_LIKENESSES**0.5) + 1
    before = criteria(SENIOR, *["Does it."] * many)
    after = criteria(STAFF, *["Does it."] * many, "Does it.")

    found = only(compare_criteria(before, after))

    assert (len(found.kept), texts(found)[1], texts(found)[3]) == (many, ["Does it."], [])


def test_criteria_of_many_dimensions_are_very_many_together() -> None:
    many = [Dimension(pk=n, key=str(n), name=f"Dimension {n}") for n in range(1, 9)]
    each = int((MOST_LIKENESSES / len(many)) ** 0.5) + 1
    sides = [
        [
            one
            for dimension in many
            for one in criteria(
                level, *(f"Does thing {n}{end}" for n in range(each)), dimension=dimension
            )
        ]
        for level, end in ((SENIOR, " well."), (STAFF, "."))
    ]

    assert [len(found.changes) for found in compare_criteria(*sides)] == [0] * len(many)


def test_texts_that_share_nothing_are_not_marked() -> None:
    before = criteria(SENIOR, "Owns a service with them.")
    after = criteria(STAFF, "Shapes an organisation with them.")

    (change,) = only(compare_criteria(before, after)).changes

    assert [run.is_changed for run in (*change.old_words, *change.new_words)] == [False, False]


@pytest.mark.parametrize(("pairs", "marked"), [(MOST_MARKED, ["slowly"]), (MOST_MARKED + 1, [])])
def test_words_of_very_many_pairs_are_not_compared(pairs: int, marked: list[str]) -> None:
    dimensions = [Dimension(pk=n, key=str(n), name=f"Dimension {n}") for n in range(1, pairs + 1)]
    before, after = (
        [
            one
            for dimension in dimensions
            for one in criteria(level, f"Writes reports {word}", dimension=dimension)
        ]
        for level, word in ((SENIOR, "quickly"), (STAFF, "slowly"))
    )

    found = compare_criteria(before, after)

    words = [run.text for run in found[-1].changes[0].new_words if run.is_changed]
    assert words == marked
