"""What was typed is saved once, or is still there: whatever the session, the line, the tab do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.factories import PASSWORD, EngineerFactory, PlacementFactory

if TYPE_CHECKING:
    from careers.journal.models import Entry
    from careers.people.models import Engineer

LINE = "Cut the nightly build from 40 to 12 minutes"
OFFER = "You typed this and it was not saved:"
HAS_DRAFT = "text => Object.values(localStorage).some(draft => draft.includes(text))"
NIGHTS = "Pages at night are down to two a week"


def test_line_typed_after_the_session_ended_is_saved_once(ines: Engineer, ines_page: Page) -> None:
    type_line(ines_page)
    Session.objects.all().delete()

    ines_page.keyboard.press("Enter")
    sign_in(ines_page, ines)
    expect(line_field(ines_page)).to_have_value("")
    put_back(ines_page, LINE)
    ines_page.keyboard.press("Enter")

    expect(entry_link(ines_page)).to_be_visible()
    ines_page.reload()
    expect(entry_link(ines_page)).to_be_visible()
    expect(offer(ines_page)).to_have_count(0)
    assert count(ines) == 1


@pytest.mark.allow_console("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
def test_line_typed_without_a_connection_goes_by_itself_when_it_is_back(
    ines: Engineer, ines_page: Page, context: BrowserContext
) -> None:
    type_line(ines_page)
    context.set_offline(True)

    ines_page.keyboard.press("Enter")
    expect(ines_page.get_by_role("alert")).to_contain_text("Not saved: the server cannot be")
    expect(line_field(ines_page)).to_have_value(LINE)
    assert count(ines) == 0
    context.set_offline(False)

    expect(entry_link(ines_page)).to_be_visible()
    expect(ines_page.get_by_role("alert")).to_have_count(0)
    expect(line_field(ines_page)).to_have_value("")
    assert count(ines) == 1


@pytest.mark.allow_console("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
def test_page_says_when_it_cannot_be_read_on(ines_page: Page, context: BrowserContext) -> None:
    ines_page.goto("/journal/")
    context.set_offline(True)

    ines_page.get_by_role("link", name=f"Edit {NIGHTS}").click()
    expect(ines_page.get_by_role("alert")).to_contain_text("The server did not answer.")
    context.set_offline(False)
    ines_page.get_by_role("link", name=f"Edit {NIGHTS}").click()

    expect(ines_page.get_by_label("What you did")).to_have_value(NIGHTS)
    expect(ines_page.get_by_role("alert")).to_have_count(0)


@pytest.mark.allow_console("ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest")
def test_line_goes_by_itself_when_a_server_that_was_down_is_up_again(
    ines: Engineer, ines_page: Page
) -> None:
    ines_page.clock.install()
    type_line(ines_page)
    ines_page.route("**/journal/entries/", lambda route: route.abort("connectionrefused"))

    ines_page.keyboard.press("Enter")
    expect(ines_page.get_by_role("alert")).to_contain_text("Not saved: the server cannot be")
    ines_page.unroute("**/journal/entries/")
    ines_page.clock.fast_forward(11_000)

    expect(entry_link(ines_page)).to_be_visible()
    assert count(ines) == 1


@pytest.mark.allow_console("ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
def test_save_whose_answer_was_lost_is_sent_again_and_made_once(
    ines: Engineer, ines_page: Page
) -> None:
    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    type_line(ines_page)
    ines_page.route("**/journal/entries/", lose_answer)

    ines_page.keyboard.press("Enter")
    expect(ines_page.get_by_role("alert")).to_be_visible()
    assert count(ines) == 1
    ines_page.unroute("**/journal/entries/")
    ines_page.keyboard.press("Enter")

    expect(entry_link(ines_page)).to_have_count(1)
    expect(line_field(ines_page)).to_have_value("")
    assert count(ines) == 1


def test_enter_pressed_twice_makes_one_entry(ines: Engineer, ines_page: Page) -> None:
    type_line(ines_page)

    ines_page.keyboard.press("Enter")
    ines_page.keyboard.press("Enter")

    expect(entry_link(ines_page)).to_have_count(1)
    expect(line_field(ines_page)).to_have_value("")
    ines_page.wait_for_load_state("networkidle")
    assert count(ines) == 1


def test_next_line_may_be_typed_while_the_first_is_on_its_way(
    ines: Engineer, ines_page: Page
) -> None:
    held: list[Route] = []
    type_line(ines_page)
    ines_page.route("**/journal/entries/", lambda route: held.append(route), times=1)

    with ines_page.expect_request("**/journal/entries/"):
        ines_page.keyboard.press("Enter")
    ines_page.keyboard.press("ControlOrMeta+a")
    ines_page.keyboard.type("The next one")
    held[0].continue_()

    expect(entry_link(ines_page)).to_be_visible()
    expect(line_field(ines_page)).to_have_value("The next one")
    ines_page.keyboard.press("Enter")
    expect(entry_link(ines_page, "The next one")).to_be_visible()
    assert (count(ines), count(ines, "The next one")) == (1, 1)


def test_half_typed_line_of_a_closed_tab_is_offered_until_it_is_discarded(
    ines_page: Page, context: BrowserContext
) -> None:
    type_line(ines_page)
    ines_page.wait_for_function(HAS_DRAFT, arg=LINE)
    ines_page.close()

    page = context.new_page()
    page.goto("/")
    put_back(page, LINE)
    page.reload()
    expect(offer(page)).to_contain_text(LINE)
    page.get_by_role("button", name="Discard it").click()

    expect(offer(page)).to_have_count(0)
    page.reload()
    expect(line_field(page)).to_have_value("")
    expect(offer(page)).to_have_count(0)


def test_half_typed_note_of_a_week_waits_until_somebody_decides(ines_page: Page) -> None:
    ines_page.goto("/journal/weeks/2026-W46/")
    ines_page.get_by_label("A note about this week").fill("Everybody was ill.")
    ines_page.goto("/journal/weeks/2026-W46/")
    ines_page.goto("/journal/weeks/2026-W46/")

    put_back(ines_page, "Everybody was ill.")
    ines_page.get_by_role("button", name="Save the note").click()

    expect(ines_page.get_by_text("The note is saved.")).to_be_visible()
    expect(offer(ines_page)).to_have_count(0)


def test_everything_typed_on_the_page_of_an_entry_comes_back(
    ines: Engineer, ines_page: Page
) -> None:
    address = page_of(ines, NIGHTS)
    ines_page.goto(address)
    ines_page.get_by_label("Why it mattered", exact=True).fill("Everybody slept.")
    ines_page.get_by_role("button", name="Another number").click()
    number = ines_page.get_by_role("group", name="A number").last
    number.get_by_label("Name", exact=True).fill("alerts a day")
    number.get_by_label("Before", exact=True).fill("480")
    number.get_by_label("After", exact=True).fill("168")
    ines_page.goto(address)

    put_back(ines_page, "Everybody slept.")

    expect(ines_page.get_by_label("Why it mattered", exact=True)).to_have_value("Everybody slept.")
    expect(number.get_by_label("Name", exact=True)).to_have_value("alerts a day")
    expect(ines_page.get_by_text("480 → 168: −65 %")).to_be_visible()
    expect(ines_page.get_by_label("Details", exact=True)).to_be_hidden()  # untouched, still folded


@pytest.mark.allow_console("409")
def test_second_of_two_tabs_sees_both_texts_and_the_first_can_come_back(
    ines: Engineer, ines_page: Page, context: BrowserContext
) -> None:
    other = context.new_page()
    for page in (ines_page, other):
        page.goto(page_of(ines, NIGHTS))
    save_outcome(ines_page, "Nobody resigned from on-call.")
    expect(ines_page.get_by_text("Saved.")).to_be_visible()

    save_outcome(other, "Those on call sleep.")
    conflict = other.get_by_role("alert")
    expect(conflict).to_contain_text("Saved elsewhere meanwhile")
    expect(conflict.get_by_role("row").nth(1)).to_have_text(
        "Why it mattered Nobody resigned from on-call. Those on call sleep."
    )
    expect(other.get_by_label("Why it mattered", exact=True)).to_have_value("Those on call sleep.")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    assert outcome(ines) == "Those on call sleep."

    other.get_by_role("link", name="History").click()
    first = other.locator("section").filter(has_text="Version 3")
    first.get_by_role("button", name="Restore this version").click()
    expect(other.get_by_text("again as it was in version 3")).to_be_visible()
    assert outcome(ines) == "Nobody resigned from on-call."


@pytest.mark.allow_console("409")
def test_text_of_a_conflict_survives_the_closing_of_its_tab(
    ines: Engineer, ines_page: Page, context: BrowserContext
) -> None:
    other = context.new_page()
    for page in (ines_page, other):
        page.goto(page_of(ines, NIGHTS))
    save_outcome(ines_page, "Nobody resigned from on-call.")
    expect(ines_page.get_by_text("Saved.")).to_be_visible()
    save_outcome(other, "Those on call sleep.")
    expect(other.get_by_role("alert")).to_contain_text("Saved elsewhere meanwhile")
    other.close()

    ines_page.goto(page_of(ines, NIGHTS))
    put_back(ines_page, "Those on call sleep.")
    ines_page.get_by_role("button", name="Save", exact=True).click()
    expect(ines_page.get_by_text("Saved.")).to_be_visible()

    assert outcome(ines) == "Those on call sleep."


@pytest.mark.allow_console("409")
def test_draft_older_than_the_newest_save_is_shown_beside_it(
    ines: Engineer, ines_page: Page, context: BrowserContext
) -> None:
    ines_page.goto(page_of(ines, NIGHTS))
    ines_page.get_by_label("Why it mattered", exact=True).fill("Those on call sleep.")
    ines_page.close()
    page = context.new_page()
    page.goto(page_of(ines, NIGHTS))
    save_outcome(page, "Nobody resigned from on-call.")
    expect(page.get_by_text("Saved.")).to_be_visible()

    put_back(page, "Those on call sleep.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Saved elsewhere meanwhile")
    assert outcome(ines) == "Nobody resigned from on-call."


@pytest.mark.allow_console("409")
def test_edit_in_place_of_what_another_tab_saved_shows_both_texts(
    ines: Engineer, ines_page: Page, context: BrowserContext
) -> None:
    ines_page.goto("/journal/")
    ines_page.get_by_role("link", name=f"Edit {NIGHTS}").click()
    ines_page.get_by_label("Why it mattered", exact=True).fill("Those on call sleep.")
    other = context.new_page()
    other.goto(page_of(ines, NIGHTS))
    save_outcome(other, "Nobody resigned from on-call.")
    expect(other.get_by_text("Saved.")).to_be_visible()

    form = ines_page.locator(".is-editing form").first
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("saved elsewhere since you opened it")
    expect(form).to_contain_text("Nobody resigned from on-call.")
    form.get_by_role("button", name="Save").click()

    row = ines_page.get_by_role("listitem").filter(has=entry_link(ines_page, NIGHTS))
    expect(row).to_contain_text("Those on call sleep.")
    assert outcome(ines) == "Those on call sleep."


def test_draft_is_offered_to_nobody_else_and_survives_signing_out(
    ines: Engineer, ines_page: Page
) -> None:
    stranger: Engineer = EngineerFactory.create(email="stranger@example.com")
    PlacementFactory.create(engineer=stranger)
    type_line(ines_page)

    sign_out(ines_page)
    sign_in(ines_page, stranger)
    expect(line_field(ines_page)).to_be_visible()
    assert LINE not in ines_page.content()
    sign_out(ines_page)
    sign_in(ines_page, ines)

    expect(offer(ines_page)).to_contain_text(LINE)


def type_line(page: Page) -> None:
    page.goto("/")
    line_field(page).fill(LINE)


def line_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What did you do?")


def entry_link(page: Page, title: str = LINE) -> Locator:
    return page.get_by_role("link", name=title, exact=True)


def offer(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text=OFFER)


def put_back(page: Page, text: str) -> None:
    expect(offer(page)).to_contain_text(text)
    page.get_by_role("button", name="Put it back").click()
    expect(offer(page)).to_have_count(0)


def save_outcome(page: Page, text: str) -> None:
    page.get_by_label("Why it mattered", exact=True).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()


def sign_in(page: Page, engineer: Engineer) -> None:
    page.get_by_label("E-mail").fill(engineer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail")).to_be_visible()


def count(engineer: Engineer, title: str = LINE) -> int:
    return engineer.entries.filter(title=title).count()


def page_of(engineer: Engineer, title: str) -> str:
    entry: Entry = engineer.entries.get(title=title)
    return f"/journal/entries/{entry.pk}/"


def outcome(engineer: Engineer) -> str:
    return engineer.entries.get(title=NIGHTS).outcome
