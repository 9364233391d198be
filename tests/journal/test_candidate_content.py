from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from careers.journal.candidate_content import (
    COLLABORATORS,
    MOST,
    OUTCOME,
    WHAT,
    changed,
    content_of_row,
    is_too_long,
    merged,
    renamed,
)
from careers.journal.content import EntryChange, Support
from careers.journal.importers.reading import Link, Number
from tests.factories import FRIDAY
from tests.journal.trays import LINK, METRIC, content, row

OTHER_LINK = {"url": "https://example.com/2", "label": ""}
SUPPORT = {"criterion": 7, "is_primary": True, "note": "the whole of it"}


def named(support: dict[str, Any], ladder: str, criterion: str) -> dict[str, Any]:
    """A support as a journal of ours has it: by names."""
    return {**support, "ladder": ladder, "criterion": criterion}


def merged_field(name: str, *values: str) -> str:
    """What becomes of a field when candidates with these values are merged."""
    whole = merged([content(**{"title": "Same", name: value}) for value in values])
    return str(whole["fields"][name])


# --- of a row -----------------------------------------------------------------------------------


def test_content_of_a_short_row_is_that_of_a_short_entry() -> None:
    assert content_of_row(row("Halved the build")) == content("Halved the build")


def test_content_of_a_row_has_all_that_the_row_has() -> None:
    number = Number("build time", Decimal("12.0"), Decimal("5.50"), "min", "lower", "estimated")
    parts: dict[str, Any] = {
        "what": "With a cache.",
        "outcome": "Nobody waits.",
        "kind": "fixed",
        "role": "led",
        "status": "outcome_known",
        "collaborators": "Ines",
    }

    made = content_of_row(
        row(
            happened_on=dt.date(2025, 3, 1),
            project="Builds",
            numbers=(number,),
            links=(Link(LINK["url"], LINK["label"]),),
            **parts,
        )
    )

    assert made == content(
        project="Builds", metrics=[METRIC], links=[LINK], happened_on="2025-03-01", **parts
    )


def test_content_of_a_journals_row_is_kept_whole() -> None:
    whole = content("Halved it", project="Builds", metrics=[METRIC], visibility="private")

    assert content_of_row(row("Halved it", content=whole)) == whole


def test_content_of_a_journals_row_names_criteria_by_key_in_their_order() -> None:
    whole = content(
        evidence=[
            named(SUPPORT, "small", "speed"),
            named(SUPPORT, "small", "teaching"),
            named(SUPPORT, "unheard", "speed"),
        ]
    )
    known = {("small", "speed"): 9, ("small", "teaching"): 7}

    made = content_of_row(row(content=whole), known)

    assert made["evidence"] == [SUPPORT, {**SUPPORT, "criterion": 9}]


def test_content_of_a_journals_row_supports_a_criterion_once() -> None:
    twice = [named(SUPPORT, "small", "teaching")] * 2

    made = content_of_row(row(content=content(evidence=twice)), {("small", "teaching"): 7})

    assert made["evidence"] == [SUPPORT]


def test_content_of_a_journals_row_without_criteria_known_has_no_evidence() -> None:
    whole = content(evidence=[named(SUPPORT, "small", "speed")])

    assert content_of_row(row(content=whole))["evidence"] == []


# --- changed, renamed ---------------------------------------------------------------------------


def test_changed_sets_what_is_named_and_leaves_the_rest() -> None:
    before = content(metrics=[METRIC], links=[LINK], what="With a cache.")
    change = EntryChange(
        fields={"role": "led", "happened_on": FRIDAY - dt.timedelta(days=1)},
        project_title=" Fast  builds",
    )

    assert changed(before, change) == content(
        project="Fast builds",
        metrics=[METRIC],
        links=[LINK],
        what="With a cache.",
        role="led",
        happened_on="2026-11-19",
    )


def test_changed_replaces_parts_as_json() -> None:
    before = content(metrics=[METRIC, METRIC], links=[LINK], evidence=[SUPPORT])
    change = EntryChange(
        metrics=[{**METRIC, "before": Decimal("12.00"), "after": Decimal("5.50")}],
        links=[],
        evidence=[Support(9, is_primary=False)],
    )

    after = changed(before, change)

    assert (after["metrics"], after["links"]) == ([METRIC], [])
    assert after["evidence"] == [{"criterion": 9, "is_primary": False, "note": ""}]


def test_changed_with_evidence_added_keeps_what_is_there() -> None:
    change = EntryChange(evidence=[Support(7, is_primary=False), Support(9, is_primary=True)])

    after = changed(content(evidence=[SUPPORT]), change, is_added=True)

    assert after["evidence"] == [SUPPORT, {"criterion": 9, "is_primary": True, "note": ""}]


def test_changed_leaves_the_content_it_began_from() -> None:
    before = content()

    changed(before, EntryChange(fields={"title": "Other"}, evidence=[Support(9, is_primary=True)]))

    assert before == content()


def test_renamed_has_another_title_and_other_fields() -> None:
    before = content("Before", what="Details.", outcome="Faster.", links=[LINK])

    assert renamed(before, "After", what="") == content("After", outcome="Faster.", links=[LINK])
    assert before == content("Before", what="Details.", outcome="Faster.", links=[LINK])


# --- merged -------------------------------------------------------------------------------------


def test_merged_tells_the_others_below_the_first() -> None:
    whole = merged(
        [
            content("First", what="Of the first."),
            content("Second"),
            content("Third", what="Of the third."),
        ]
    )

    assert whole["fields"]["title"] == "First"
    assert whole["fields"]["what"] == "Of the first.\n- Second\n- Third\nOf the third."


def test_merged_takes_what_the_first_lacks() -> None:
    whole = merged([content("First"), content("Second", role="led", project="Builds")])

    assert (whole["fields"]["role"], whole["project"]) == ("led", "Builds")


def test_merged_keeps_what_the_first_has() -> None:
    whole = merged(
        [
            content("First", role="led", project="Builds", kind="fixed"),
            content("Second", role="supported", project="Other", kind="design"),
        ]
    )

    fields = whole["fields"]
    assert (fields["role"], whole["project"], fields["kind"]) == ("led", "Builds", "fixed")


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("outcome", ("Faster.", "Cheaper."), "Faster.\nCheaper."),
        ("outcome", ("", "Cheaper."), "Cheaper."),
        ("outcome", ("Faster.", "Faster."), "Faster."),
        ("collaborators", ("Ines", "Noor"), "Ines, Noor"),
        ("collaborators", ("Ines", "", "Ines"), "Ines"),
        ("collaborators", ("Annabel", "Anna"), "Annabel, Anna"),
        ("happened_on", ("2026-01-01", "2026-03-01", "2026-02-01"), "2026-03-01"),
    ],
)
def test_merged_field(name: str, values: tuple[str, ...], expected: str) -> None:
    assert merged_field(name, *values) == expected


@pytest.mark.parametrize("values", [("private", "shareable"), ("shareable", "private")])
def test_merged_is_private_when_one_of_them_is(values: tuple[str, str]) -> None:
    assert merged_field("visibility", *values) == "private"


def test_merged_has_every_number_and_link_once() -> None:
    slower = {**METRIC, "after": "7"}

    whole = merged(
        [
            content(metrics=[METRIC], links=[LINK]),
            content(metrics=[METRIC, slower], links=[OTHER_LINK, LINK]),
        ]
    )

    assert (whole["metrics"], whole["links"]) == ([METRIC, slower], [LINK, OTHER_LINK])


def test_merged_supports_a_criterion_as_the_first_that_does() -> None:
    weaker = {**SUPPORT, "is_primary": False, "note": ""}
    other = {**SUPPORT, "criterion": 3}

    whole = merged([content(evidence=[SUPPORT]), content(evidence=[weaker, other])])

    assert whole["evidence"] == [other, SUPPORT]


def test_merged_leaves_those_it_was_made_of() -> None:
    first, second = content("First"), content("Second", what="More.", role="led")

    merged([first, second])

    assert (first, second) == (content("First"), content("Second", what="More.", role="led"))


# --- too long -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"), [("what", WHAT), ("outcome", OUTCOME), ("collaborators", COLLABORATORS)]
)
def test_content_is_too_long_above_what_its_column_holds(name: str, most: int) -> None:
    assert not is_too_long(content(**{"title": "Long", name: "x" * most}))
    assert is_too_long(content(**{"title": "Long", name: "x" * (most + 1)}))


@pytest.mark.parametrize(("part", "one"), [("metrics", METRIC), ("links", LINK)])
def test_content_is_too_long_above_the_numbers_and_links_of_a_form(
    part: str, one: dict[str, Any]
) -> None:
    assert not is_too_long({**content(), part: [one] * MOST})
    assert is_too_long({**content(), part: [one] * (MOST + 1)})
