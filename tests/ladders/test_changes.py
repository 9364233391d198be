from __future__ import annotations

import pytest

from careers.ladders.changes import Changes, CriterionChange, Fate, PartChange, changes
from careers.ladders.document import LadderDocument, read_ladder
from tests.ladders.small import SMALL, changed

ASKS = "          - {key: asks, dimension: people, text: Asks early.}\n"


def read(*pieces: tuple[str, str]) -> LadderDocument:
    return read_ladder(changed(*pieces).encode())


def after(*pieces: tuple[str, str]) -> Changes:
    """What SMALL with these pieces replaced changes against SMALL."""
    return changes(read(), read(*pieces))


def moved(found: Changes) -> list[CriterionChange]:
    return [change for change in found.criteria if change.was_level or change.was_dimension]


def told(found: Changes) -> list[tuple[str, str]]:
    return [(change.key, change.fate.value) for change in found.criteria]


def test_same_document_changes_nothing() -> None:
    found = changes(read(), read())

    assert (found, bool(found)) == (Changes(), False)


def test_first_document_is_new_in_every_part() -> None:
    found = changes(None, read())

    assert [(part.kind, part.name, part.fate) for part in found.parts] == [
        ("track", "Engineer", Fate.NEW),
        ("dimension", "Craft", Fate.NEW),
        ("dimension", "People", Fate.NEW),
        ("level", "A1, Beginner", Fate.NEW),
        ("level", "A2+, Expert", Fate.NEW),
    ]
    assert [change.key for change in found.new] == ["tests", "asks", "designs", "talks"]
    assert found.rest == ()


def test_rewording_tells_both_texts_and_where_it_stands() -> None:
    found = after(("text: Writes tests.", "text: Writes good tests."))

    [change] = found.criteria
    assert [change] == found.reworded == found.changed
    assert (change.was_text, change.text) == ("Writes tests.", "Writes good tests.")
    assert (change.level, change.dimension) == ("A1, Beginner", "Craft")
    assert (moved(found), change.asks_anew) == ([], False)


def test_dropped_criterion_is_retired_and_stands_last() -> None:
    found = after(
        (ASKS, ""),
        (
            "text: Designs systems.",
            "text: Designs.}\n          - {key: new, dimension: craft, text: New.",
        ),
    )

    assert told(found) == [("designs", "changed"), ("new", "new"), ("asks", "retired")]
    assert [change.text for change in found.retired] == ["Asks early."]


def test_criterion_under_another_key_is_another_criterion() -> None:
    assert told(after(("key: asks", "key: asks-2"))) == [("asks-2", "new"), ("asks", "retired")]


def test_criterion_of_an_earlier_edition_is_brought_back() -> None:
    found = changes(read((ASKS, "")), read(), known={"asks", "tests"})

    assert told(found) == [("asks", "back")]
    assert [change.key for change in found.brought_back] == ["asks"]
    assert told(changes(read((ASKS, "")), read())) == [("asks", "new")]


def test_criterion_moves_between_dimensions() -> None:
    found = after(("key: asks, dimension: people", "key: asks, dimension: craft"))

    [change] = moved(found)
    assert (change.was_dimension, change.dimension) == ("People", "Craft")
    assert (change.was_level, change.was_text) == ("", "")


def test_criterion_moves_between_levels_and_may_be_reworded_on_the_way() -> None:
    found = after(
        (ASKS, ""),
        (
            "          - {key: talks",
            "          - {key: asks, dimension: people, text: Asks.}\n          - {key: talks",
        ),
    )

    [change] = found.criteria
    assert (change.was_level, change.level) == ("A1, Beginner", "A2+, Expert")
    assert (change.was_text, change.text) == ("Asks early.", "Asks.")
    assert moved(found) == found.reworded == [change]


@pytest.mark.parametrize(
    ("old", "new"),
    [("lamps: [recent]", "lamps: [recent, led]"), ("required: false", "required: true")],
)
def test_criterion_that_asks_for_something_else_is_changed(old: str, new: str) -> None:
    found = after((old, new))

    [change] = found.changed
    assert (change.asks_anew, moved(found), change.was_text) == (True, [], "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Expert", "title: Senior", ("level", "A2+, Senior", "A2+, Expert")),
        ("name: Engineer", "name: IC", ("track", "IC", "Engineer")),
        ("name: Craft", "name: Trade", ("dimension", "Trade", "Craft")),
        ("years: 0–2", "years: 1–2", ("level", "A1, Beginner", "")),
        ("text: Mend a defect.", "text: Mend two.", ("level", "A1, Beginner", "")),
    ],
)
def test_renaming_a_part_moves_no_criterion(
    old: str, new: str, expected: tuple[str, str, str]
) -> None:
    found = after((old, new))

    [part] = found.parts
    assert (part.kind, part.name, part.was) == expected
    assert (part.fate, found.criteria) == (Fate.CHANGED, ())


def test_level_under_another_code_is_another_level_and_its_criteria_moved() -> None:
    found = after(("code: A2", "code: B2"), ("to: A2", "to: B2"))

    assert found.parts == (
        PartChange(kind="level", name="A2+, Expert", fate=Fate.NEW),
        PartChange(kind="level", name="A2+, Expert", fate=Fate.RETIRED),
    )
    assert [(change.key, change.was_level, change.level) for change in moved(found)] == [
        (key, "A2+, Expert (A2)", "A2+, Expert (B2)") for key in ("designs", "talks")
    ]


def test_dimension_of_the_same_name_under_another_key_is_told_by_its_key() -> None:
    found = after(("{key: craft,", "{key: trade,"), ("dimension: craft", "dimension: trade"))

    assert [(change.key, change.was_dimension, change.dimension) for change in moved(found)] == [
        (key, "Craft (craft)", "Craft (trade)") for key in ("tests", "designs")
    ]


def test_splitting_a_level_moves_the_criteria_that_go_along() -> None:
    found = after(
        (
            "          - {key: talks",
            "      - code: A3\n        title: Master\n        criteria:\n          - {key: talks",
        )
    )

    assert found.parts == (PartChange(kind="level", name="A3, Master", fate=Fate.NEW),)
    [change] = found.criteria
    assert (change.key, change.was_level, change.level) == ("talks", "A2+, Expert", "A3, Master")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Small ladder", "name: New", "the name"),
        ("summary: Two levels.", "summary: Two.", "the summary"),
        ("months: [24, 36]", "months: [12, 36]", "what a step to another level asks"),
        ("text: Delivers alone.", "text: Delivers.", "what a step to another level asks"),
        ("title: Fair", "title: Just", "what is said around the levels"),
        (
            "guidance:\n  - {kind",
            "rules: {recent_days: 90}\nguidance:\n  - {kind",
            "the rules of coverage",
        ),
        (
            "text: Asks early.",
            "text: Asks early., keywords: [asked]",
            "the order, keywords or sources",
        ),
    ],
)
def test_everything_else_is_named(old: str, new: str, expected: str) -> None:
    found = after((old, new))

    assert (found.rest, found.parts, found.criteria) == ((expected,), (), ())


def test_order_alone_is_a_change() -> None:
    lines = SMALL.splitlines(keepends=True)
    place = lines.index(ASKS)
    lines[place - 1 : place + 1] = [ASKS, lines[place - 1]]

    found = changes(read(), read_ladder("".join(lines).encode()))

    assert found == Changes(rest=("the order, keywords or sources",))
