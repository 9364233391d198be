"""The journal as it is read, searched, changed in bulk, thrown away and brought back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.factories import FRIDAY, EngineerFactory, EntryFactory, PlacementFactory
from tests.journeys.conftest import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from careers.people.models import Engineer

DRILL = "Second data centre took over in a drill"
LEAK = "Found the leak behind the Tuesday restarts"
NIGHTS = "Pages at night are down to two a week"
RAVI = "Showed Ravi how to read a flame graph"
RELEASE = "Wrote down when a release may be stopped, and by whom"
FAULTS = "Clears up the most complex faults, including those that nobody can describe yet."


@pytest.fixture
def plain_page(ines: Engineer, new_context: Callable[..., BrowserContext], sign_in: SignIn) -> Page:
    """Ines in a browser without JavaScript."""
    context = new_context(java_script_enabled=False)
    sign_in(context, ines)
    return context.new_page()


def test_filters_narrow_the_journal_as_they_are_chosen(ines_page: Page) -> None:
    ines_page.goto("/journal/")
    ines_page.evaluate("window.isSamePage = true")
    search = ines_page.get_by_role("searchbox", name="Search the journal")

    search.fill("restart")
    expect_titles(ines_page, [LEAK])
    search.fill("")
    expect(titles(ines_page)).to_have_count(10)
    ines_page.get_by_text("Filters", exact=True).click()
    ines_page.get_by_label("Lacking").select_option(label="my role")
    expect_titles(ines_page, [RAVI, RELEASE])
    ines_page.get_by_label("Kind").select_option(label="Decision")
    expect_titles(ines_page, [RELEASE])
    ines_page.get_by_label("Criterion").select_option(label=FAULTS)
    expect(ines_page.get_by_text("No entry fits this search.")).to_be_visible()
    assert ines_page.evaluate("window.isSamePage")

    ines_page.go_back()
    expect_titles(ines_page, [RELEASE])
    expect(ines_page.get_by_label("Kind")).to_have_value("decision")


def test_filters_narrow_the_journal_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/journal/")

    plain_page.get_by_role("searchbox", name="Search the journal").fill("restart")
    plain_page.keyboard.press("Enter")
    expect_titles(plain_page, [LEAK])
    plain_page.get_by_role("searchbox", name="Search the journal").fill("")
    plain_page.get_by_role("search").get_by_label("Project").select_option(
        label="Storage moves house"
    )
    plain_page.get_by_label("to", exact=True).fill("2026-09-30")
    plain_page.get_by_label("Lacking").select_option(label="an end: in progress")
    plain_page.get_by_role("button", name="Search").click()

    expect_titles(plain_page, [DRILL])


def test_role_and_criteria_are_set_on_the_ticked_entries(ines: Engineer, ines_page: Page) -> None:
    ines_page.goto("/journal/")

    set_on_ticked(ines_page)

    expect(ines_page.get_by_text("2 entries changed.")).to_be_visible()
    assert roles_and_criteria(ines) == [("led", [FAULTS]), ("led", [FAULTS])]
    expect(row(ines_page, LEAK)).to_contain_text("Led")


def test_role_and_criteria_are_set_on_the_ticked_entries_without_javascript(
    ines: Engineer, plain_page: Page
) -> None:
    plain_page.goto("/journal/")

    set_on_ticked(plain_page)

    expect(plain_page.get_by_text("2 entries changed.")).to_be_visible()
    assert roles_and_criteria(ines) == [("led", [FAULTS]), ("led", [FAULTS])]


@pytest.mark.allow_console("422")
def test_bulk_change_of_nothing_is_refused_in_words(ines_page: Page) -> None:
    ines_page.goto("/journal/")

    ines_page.get_by_role("checkbox", name=f"Choose {LEAK}").check()
    bar = ines_page.get_by_text("Change the ticked entries (1)")
    expect(bar).to_be_in_viewport()
    bar.click()
    ines_page.get_by_role("button", name="Change them").click()
    expect(ines_page.get_by_text("Choose something to set.")).to_be_visible()
    ines_page.get_by_label("My role").select_option(label="Co-led")
    ines_page.get_by_role("button", name="Change them").click()

    expect(ines_page.get_by_text("1 entry changed.")).to_be_visible()
    assert ines_page.url.endswith("/journal/")


def test_entry_thrown_away_in_place_comes_back_with_undo(ines: Engineer, ines_page: Page) -> None:
    ines_page.goto("/journal/")
    ines_page.get_by_role("link", name=f"Edit {LEAK}").click()

    ines_page.get_by_role("button", name="Put into the trash").click()
    expect(ines_page.get_by_text(f"“{LEAK}” is in the trash for 30 days.")).to_be_visible()
    assert not ines.entries.live().filter(title=LEAK).exists()
    ines_page.get_by_role("button", name="Undo").click()

    expect(row(ines_page, LEAK)).to_be_visible()
    assert ines.entries.live().filter(title=LEAK).exists()


def test_trash_shows_what_was_thrown_away_and_restores_it(ines: Engineer, plain_page: Page) -> None:
    plain_page.goto("/journal/")
    for title in (LEAK, RAVI):
        plain_page.get_by_role("checkbox", name=f"Choose {title}").check()
    plain_page.get_by_text("Change the ticked entries").click()
    plain_page.get_by_role("button", name="Put them into the trash").click()
    expect(plain_page.get_by_text("2 entries are in the trash.")).to_be_visible()

    plain_page.goto("/journal/trash/")
    thrown = plain_page.get_by_role("listitem").filter(has_text=LEAK)
    expect(plain_page.locator(".entries > li")).to_have_count(3)
    thrown.get_by_role("button", name="Restore").click()

    expect(plain_page.get_by_text(f"“{LEAK}” is back.")).to_be_visible()
    expect(plain_page.locator(".entries > li")).to_have_count(2)
    assert ines.entries.live().filter(title=LEAK).exists()


def test_quiet_week_is_recorded_and_taken_back(
    ladder: None, context: BrowserContext, sign_in: SignIn
) -> None:
    engineer: Engineer = PlacementFactory.create().engineer
    sign_in(context, engineer)
    page = context.new_page()
    page.goto("/")

    page.get_by_role("button", name="It was a quiet week").click()
    expect(page.get_by_text("Quiet weeks count as logged.")).to_be_visible()
    assert engineer.weeks.get().is_quiet
    page.get_by_role("button", name="It was not, after all").click()

    expect(page.get_by_text("Nothing yet this week.")).to_be_visible()
    assert not engineer.weeks.get().is_quiet


@pytest.mark.parametrize("has_javascript", [True, False], ids=["javascript", "plain"])
def test_older_entries_follow_page_by_page(
    ladder: None,
    new_context: Callable[..., BrowserContext],
    sign_in: SignIn,
    has_javascript: bool,
) -> None:
    engineer: Engineer = EngineerFactory.create()
    for number in range(60):
        day = FRIDAY - dt.timedelta(days=number)
        EntryFactory.create(engineer=engineer, title=f"Day {number}", happened_on=day)
    context = new_context(java_script_enabled=has_javascript)
    sign_in(context, engineer)
    page = context.new_page()
    page.goto("/journal/")

    expect(titles(page)).to_have_count(50)
    page.get_by_role("link", name="Older entries").click()

    expect_titles(page, [f"Day {n}" for n in range(0 if has_javascript else 50, 60)])
    expect(page.get_by_role("link", name="Older entries")).to_have_count(0)


def set_on_ticked(page: Page) -> None:
    for title in (LEAK, RAVI):
        page.get_by_role("checkbox", name=f"Choose {title}").check()
    page.get_by_text("Change the ticked entries").click()
    page.get_by_label("My role").select_option(label="Led")
    page.get_by_label("Add evidence for").select_option(label=FAULTS)
    page.get_by_role("button", name="Change them").click()


def roles_and_criteria(engineer: Engineer) -> list[tuple[str, list[str]]]:
    return [
        (entry.role, [evidence.criterion.text for evidence in entry.evidence.all()])
        for entry in engineer.entries.filter(title__in=[LEAK, RAVI])
    ]


def titles(page: Page) -> Locator:
    return page.locator("#results a.entry-title")


def expect_titles(page: Page, wanted: list[str]) -> None:
    expect(titles(page)).to_have_text(wanted)


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))
