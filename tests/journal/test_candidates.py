from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.journal.candidates import (
    PAGE,
    SHOWN,
    CandidateReader,
    CandidateRow,
    Proposal,
    Tab,
    TrayPage,
    in_tab,
    preview_of,
    tray_page,
)
from careers.journal.evidence import goals_of
from careers.journal.importers.reading import Number
from careers.journal.models import Candidate
from careers.journal.tray import take_in
from tests.factories import (
    FRIDAY,
    CandidateFactory,
    CriterionFactory,
    EngineerFactory,
    EvidenceFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.journal.trays import METRIC, content, reading, row, tagged

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

STATES: dict[str, dict[str, Any]] = {
    "ticked": {},
    "unticked": {"is_ticked": False},
    "dismissed": {"state": "dismissed"},
}


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


def page_of(engineer: Engineer, **which: Any) -> TrayPage:
    return tray_page(engineer, goals_of(engineer), **which)


def row_of(engineer: Engineer, made: dict[str, Any]) -> CandidateRow:
    candidate = CandidateFactory.create(engineer=engineer, content=made)
    return CandidateReader(engineer, goals_of(engineer)).row(candidate)


def titles(page: TrayPage) -> list[str]:
    return [shown.fields["title"] for shown in page.rows]


def proposals(engineer: Engineer, made: dict[str, Any]) -> list[tuple[str, str]]:
    return [(p.criterion.text, p.words) for p in row_of(engineer, made).proposals]


# --- the lists ----------------------------------------------------------------------------------


def test_tray_page_counts_its_three_lists(maya: Engineer) -> None:
    for count, columns in enumerate(STATES.values(), 1):
        CandidateFactory.create_batch(count, engineer=maya, **columns)
    CandidateFactory.create(engineer=maya, state="accepted", content={})
    CandidateFactory.create()

    page = page_of(maya)

    assert page.tabs == (
        Tab("ticked", "To accept", 1),
        Tab("unticked", "Left unticked", 2),
        Tab("dismissed", "Dismissed", 3),
    )


@pytest.mark.parametrize("tab", STATES)
def test_tray_page_shows_the_list_that_is_asked_for(maya: Engineer, tab: str) -> None:
    for title, columns in STATES.items():
        CandidateFactory.create(engineer=maya, title=title, **columns)
        CandidateFactory.create(title="Planted", **columns)

    page = page_of(maya, tab=tab)

    assert (page.tab, page.total, titles(page)) == (tab, 1, [tab])
    assert [c.content["fields"]["title"] for c in in_tab(maya, tab)] == [tab]


@pytest.mark.parametrize(
    ("filled", "tab"),
    [
        (["ticked", "unticked", "dismissed"], "ticked"),
        (["unticked", "dismissed"], "unticked"),
        (["dismissed"], "dismissed"),
        ([], "ticked"),
    ],
)
@pytest.mark.parametrize("asked", ["", "nonsense"])
def test_tray_page_without_a_name_is_the_first_list_with_something_in_it(
    maya: Engineer, asked: str, filled: list[str], tab: str
) -> None:
    for name in filled:
        CandidateFactory.create(engineer=maya, **STATES[name])

    assert page_of(maya, tab=asked).tab == tab


def test_tray_page_of_an_empty_list_may_be_asked_for(maya: Engineer) -> None:
    CandidateFactory.create(engineer=maya)

    page = page_of(maya, tab="dismissed")

    assert (page.tab, page.rows, page.total, page.count) == ("dismissed", (), 0, 1)


def test_tray_page_shows_a_hundred_in_order(maya: Engineer) -> None:
    made = CandidateFactory.create_batch(PAGE + 1, engineer=maya)

    first, second = page_of(maya), page_of(maya, number=2)

    assert [shown.candidate for shown in (*first.rows, *second.rows)] == made
    assert (len(first.rows), first.number, first.count, first.total) == (100, 1, 2, 101)
    assert (first.has_next, second.has_next) == (True, False)


@pytest.mark.parametrize("number", [0, -1, 3, 99_999])
def test_tray_page_that_does_not_exist_is_the_last(maya: Engineer, number: int) -> None:
    CandidateFactory.create_batch(PAGE + 1, engineer=maya)

    assert page_of(maya, number=number).number == 2


# --- a row --------------------------------------------------------------------------------------


def test_row_says_what_a_candidate_is(maya: Engineer) -> None:
    shown = row_of(
        maya, content(happened_on="2026-03-01", kind="fixed", role="co_led", metrics=[METRIC])
    )

    assert (shown.happened_on, shown.kind, shown.role) == (
        dt.date(2026, 3, 1),
        "Fixed",
        "Co-led",
    )
    assert len(shown.numbers) == 1
    assert shown.numbers[0].startswith("build time: 12 → 5.5 min")


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({}, ("why it mattered", "your role", "a criterion")),
        ({"outcome": " \n"}, ("why it mattered", "your role", "a criterion")),
        ({"outcome": "Faster.", "role": "led"}, ("a criterion",)),
        (
            {"outcome": "Faster.", "role": "led", "status": "in_progress"},
            ("an end", "a criterion"),
        ),
    ],
)
def test_row_says_what_its_entry_would_lack(
    maya: Engineer, fields: dict[str, str], lacks: tuple[str, ...]
) -> None:
    assert row_of(maya, content(**{"title": "Sped it up", **fields})).lacks == lacks


def test_row_names_the_criteria_it_is_evidence_for(maya: Engineer) -> None:
    aimed, held, other = CriterionFactory.create_batch(3)
    TargetFactory.create(engineer=maya, level=aimed.level)
    PlacementFactory.create(engineer=maya, level=held.level)

    shown = row_of(maya, content(evidence=tagged(aimed, held, other)))

    assert shown.criteria == (aimed.text, held.text, "another level’s criterion")
    assert "a criterion" not in shown.lacks


# --- proposals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "Cut latency"},
        {"what": "Cut latency."},
        {"outcome": "Less latency."},
        {"project": "Latency"},
    ],
)
def test_row_proposes_criteria_of_the_target_with_the_words_that_led_there(
    maya: Engineer, parts: dict[str, str]
) -> None:
    criterion = CriterionFactory.create(text="Makes it fast", keywords=["latency", "cache"])
    TargetFactory.create(engineer=maya, level=criterion.level)

    shown = row_of(maya, content(**parts))

    assert shown.proposals == (Proposal(criterion, "latency"),)


def test_row_proposes_no_criterion_that_it_is_evidence_for(maya: Engineer) -> None:
    criterion = CriterionFactory.create(keywords=["latency"])
    TargetFactory.create(engineer=maya, level=criterion.level)

    assert proposals(maya, content("Cut latency", evidence=tagged(criterion))) == []


def test_row_proposes_the_level_held_when_there_is_no_target(maya: Engineer) -> None:
    held = CriterionFactory.create(text="Held", keywords=["latency"])
    PlacementFactory.create(engineer=maya, level=held.level)
    assert proposals(maya, content("Cut latency")) == [("Held", "latency")]

    aimed = CriterionFactory.create(text="Aimed", keywords=["latency"])
    TargetFactory.create(engineer=maya, level=aimed.level)
    assert proposals(maya, content("Cut latency")) == [("Aimed", "latency")]


def test_row_proposes_nothing_retired_and_nothing_without_a_level(maya: Engineer) -> None:
    criterion = CriterionFactory.create(keywords=["latency"], is_retired=True)
    assert proposals(maya, content("Cut latency")) == []

    TargetFactory.create(engineer=maya, level=criterion.level)
    assert proposals(maya, content("Cut latency")) == []


@pytest.mark.parametrize(
    ("whose", "expected"),
    [("hers", [("Makes it fast", "checkout")]), ("theirs", []), ("thrown away", [])],
)
def test_row_proposes_what_ones_own_entries_with_that_word_are_tagged_with(
    maya: Engineer, whose: str, expected: list[tuple[str, str]]
) -> None:
    criterion = CriterionFactory.create(text="Makes it fast")
    TargetFactory.create(engineer=maya, level=criterion.level)
    for title in ("Moved the checkout", "Checkout again"):
        EvidenceFactory.create(
            criterion=criterion,
            entry__title=title,
            entry__engineer=EngineerFactory.create() if whose == "theirs" else maya,
            entry__deleted_at=timezone.now() if whose == "thrown away" else None,
        )

    assert proposals(maya, content("Sped up the checkout")) == expected


# --- a preview ----------------------------------------------------------------------------------


def test_preview_tells_new_rows_from_known_ones_and_writes_nothing(maya: Engineer) -> None:
    take_in(maya, reading(row("Known")))
    read = reading(
        row("New", kind="fixed"),
        row("Known"),
        row("Unticked", is_ticked=False, is_day_proposed=True),
        row("Dayless", is_day_proposed=True),
    )

    preview = preview_of(maya, read)

    assert [(r.row.title, r.is_known, r.kind) for r in preview.rows] == [
        ("New", False, "Fixed"),
        ("Known", True, "Shipped"),
        ("Unticked", False, "Shipped"),
        ("Dayless", False, "Shipped"),
    ]
    assert (preview.reading, preview.more) == (read, 0)
    assert (preview.new, preview.known, preview.ticked, preview.without_day) == (3, 1, 2, 1)
    assert Candidate.objects.count() == 1


def test_preview_shows_numbers_as_they_will_be(maya: Engineer) -> None:
    number = Number("build time", Decimal(12), Decimal("5.5"), "min", "lower", "measured")
    bare = Number("builds", Decimal(1000), Decimal("2E+3"), "", "higher", "measured")

    (shown,) = preview_of(maya, reading(row(numbers=(number, bare)))).rows

    assert shown.numbers == ("build time: 12 → 5.5 min", "builds: 1000 → 2000")


def test_preview_shows_the_first_rows_and_counts_the_rest(maya: Engineer) -> None:
    read = reading(*(row(f"Row {number}") for number in range(SHOWN + 3)))

    preview = preview_of(maya, read)

    assert (len(preview.rows), preview.more, preview.new) == (SHOWN, 3, SHOWN + 3)


# --- queries ------------------------------------------------------------------------------------


def test_tray_page_asks_as_often_for_a_hundred_as_for_three(maya: Engineer) -> None:
    criterion = CriterionFactory.create(keywords=["halved"])
    TargetFactory.create(engineer=maya, level=criterion.level)
    PlacementFactory.create(engineer=maya)
    EvidenceFactory.create(criterion=criterion, entry__engineer=maya)
    goals = goals_of(maya)

    def fill(count: int) -> None:
        whole = content(metrics=[METRIC], evidence=tagged(CriterionFactory.create()))
        CandidateFactory.create_batch(count, engineer=maya, content=whole)

    fill(3)
    with CaptureQueriesContext(connection) as few:
        tray_page(maya, goals)
    fill(97)
    with CaptureQueriesContext(connection) as many:
        page = tray_page(maya, goals)

    assert len(page.rows) == 100
    assert (len(few), len(many)) == (4, 4)


def test_preview_asks_as_often_for_a_hundred_as_for_three(maya: Engineer) -> None:
    rows = [row(f"Row {number}", happened_on=FRIDAY) for number in range(100)]

    with CaptureQueriesContext(connection) as few:
        preview_of(maya, reading(*rows[:3]))
    with CaptureQueriesContext(connection) as many:
        preview_of(maya, reading(*rows))

    assert (len(few), len(many)) == (2, 2)
