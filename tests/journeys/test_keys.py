"""Single keys: each does what the list of keys says, and none when somebody is typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.factories import EngineerFactory
from tests.journeys.conftest import SignIn

if TYPE_CHECKING:
    from careers.people.models import Engineer

NIGHTS = "Pages at night are down to two a week"


@pytest.mark.parametrize(
    "address", ["/journal/", "/coverage/", "/ladders/infrastructure/", "/accounts/preferences/"]
)
def test_n_writes_an_entry_from_any_page(ines_page: Page, address: str) -> None:
    ines_page.goto(address)

    ines_page.keyboard.press("n")

    expect(line_field(ines_page)).to_be_focused()


def test_n_leads_somebody_without_levels_to_the_first_questions_once(
    ladder: None, context: BrowserContext, sign_in: SignIn
) -> None:
    engineer: Engineer = EngineerFactory.create()
    sign_in(context, engineer)
    page = context.new_page()
    page.goto("/journal/")
    visits: list[str] = []
    page.on("framenavigated", lambda frame: visits.append(frame.url))

    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")
    page.wait_for_load_state("networkidle")

    assert [visit.split("/")[-1] for visit in visits] == ["?write"]


def test_slash_searches_the_journal(ines_page: Page) -> None:
    ines_page.goto("/")
    search = ines_page.get_by_role("searchbox", name="Search the journal")

    ines_page.keyboard.press("/")
    expect(search).to_be_focused()
    ines_page.keyboard.type("firmware/")
    expect(search).to_have_value("firmware/")
    ines_page.keyboard.press("Tab")
    ines_page.keyboard.press("/")

    expect(search).to_be_focused()


def test_question_mark_lists_the_keys_and_escape_closes_the_list(ines_page: Page) -> None:
    ines_page.goto("/journal/")
    keys = ines_page.get_by_role("dialog", name="Keys")

    ines_page.keyboard.press("?")
    expect(keys).to_be_visible()
    assert "".join(keys.locator("kbd").all_text_contents()) == "n/jkexadEsc?"
    ines_page.keyboard.press("n")
    expect(keys).to_be_visible()
    ines_page.keyboard.press("Escape")

    expect(keys).to_be_hidden()
    assert ines_page.url.endswith("/journal/")


def test_j_and_k_walk_through_the_entries(ines_page: Page) -> None:
    ines_page.goto("/journal/")
    titles = ines_page.locator("a.entry-title")

    ines_page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    ines_page.keyboard.press("j")
    ines_page.keyboard.press("j")
    expect(titles.nth(2)).to_be_focused()
    ines_page.keyboard.press("k")
    expect(titles.nth(1)).to_be_focused()
    for _press in range(30):
        ines_page.keyboard.press("j")

    expect(titles.last).to_be_focused()


def test_e_edits_in_place_and_escape_keeps_the_text_for_later(ines_page: Page) -> None:
    ines_page.goto("/journal/")
    title = ines_page.get_by_role("link", name=NIGHTS, exact=True)
    form = ines_page.locator(".is-editing form").first
    title.focus()

    ines_page.keyboard.press("e")
    expect(form.get_by_label("What you did")).to_be_focused()
    form.get_by_label("Why it mattered").fill("Those on call sleep.")
    ines_page.keyboard.press("Escape")
    expect(title).to_be_focused()
    expect(ines_page.get_by_text("Those on call sleep.")).to_have_count(0)
    ines_page.keyboard.press("e")
    form.get_by_role("button", name="Put it back").click()

    expect(form.get_by_label("Why it mattered")).to_have_value("Those on call sleep.")


def test_keys_switched_off_do_nothing(ines_page: Page) -> None:
    ines_page.goto("/accounts/preferences/")
    ines_page.get_by_label("Single keys").uncheck()
    ines_page.get_by_role("button", name="Save").click()
    expect(ines_page.get_by_text("Saved.")).to_be_visible()

    ines_page.goto("/journal/")
    for key in ("?", "n", "/", "j", "e"):
        ines_page.keyboard.press(key)
    expect(ines_page.locator("body")).to_be_focused()
    expect(ines_page.get_by_role("dialog")).to_have_count(0)
    assert ines_page.url.endswith("/journal/")

    ines_page.locator(".menu summary").click()
    ines_page.get_by_role("button", name="Keys").click()
    expect(ines_page.get_by_role("dialog")).to_contain_text("switched off in the preferences")


def test_no_key_fires_while_somebody_types_or_holds_another(ines_page: Page) -> None:
    ines_page.goto("/")

    line_field(ines_page).focus()
    ines_page.keyboard.type("n/j?ke")
    expect(line_field(ines_page)).to_have_value("n/j?ke")
    line_field(ines_page).fill("")
    ines_page.goto("/journal/")
    ines_page.get_by_text("Filters", exact=True).click()
    ines_page.get_by_label("Kind").focus()
    ines_page.keyboard.press("n")
    ines_page.locator("body").evaluate("() => document.activeElement.blur()")
    for chord in ("Control+e", "Alt+n", "Meta+j"):
        ines_page.keyboard.press(chord)

    expect(ines_page.locator("body")).to_be_focused()
    expect(ines_page.get_by_role("dialog")).to_have_count(0)
    assert "/journal/" in ines_page.url


def line_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What did you do?")
