"""A brag document that somebody has becomes entries of the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import SignIn

if TYPE_CHECKING:
    from careers.people.models import Engineer

BRAG = """# 2026

## Goals

- Sleep more

## Projects

### Fax exit

- [Mar 3, 2026] Retired the gateway. See [the notes](https://docs.example.com/fax).
- Told the shops; the queue went from 45 min to 8 min
- Wrote the runbook
"""
LOG = """1a2b3c4 Add a search page (#12)
2a2b3c4 Fix the search page (#12)
3a2b3c4 Bump django to 6.1.3
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_brag_document_is_previewed_brought_in_and_accepted(
    ines: Engineer,
    new_context: Callable[..., BrowserContext],
    sign_in: SignIn,
    scripts: bool,
) -> None:
    context = new_context(java_script_enabled=scripts)
    sign_in(context, ines)
    page = context.new_page()

    page.goto("/journal/")
    page.get_by_role("link", name="Bring in").click()
    page.get_by_label("Paste anything").fill(BRAG)
    if not scripts:
        page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="A brag document, 2026")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("4 new rows, 3 of them ticked.")
    assert ines.candidates.count() == 0
    page.get_by_role("button", name="Put it into the tray").click()
    expect(page.locator(".message")).to_have_text("4 are new in the tray.")
    page.get_by_role("button", name="Dismiss Wrote the runbook").click()
    page.get_by_role("link", name="Edit Retired the gateway").click()
    form = page.locator(".is-editing form").first
    form.get_by_label("Why it mattered").fill("Nobody waits for paper any more.")
    form.get_by_label("My role").select_option("Led")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tray")).to_contain_text("Nobody waits for paper any more.")
    page.get_by_role("button", name="Accept Retired the gateway").click()
    expect(page.get_by_text("in the journal", exact=False).first).to_be_visible()

    entry = ines.entries.get(title="Retired the gateway")
    assert (str(entry.happened_on), entry.role) == ("2026-03-03", "led")
    assert entry.project
    assert entry.project.title == "Fax exit"
    assert [link.url for link in entry.links.all()] == ["https://docs.example.com/fax"]
    assert sorted(map(str, ines.candidates.pending())) == [
        "Sleep more",
        "Told the shops; the queue went from 45 min to 8 min",
    ]


def test_the_tray_is_emptied_by_keyboard(ines: Engineer, ines_page: Page) -> None:
    page = ines_page
    page.goto("/journal/tray/")
    page.get_by_label("Paste anything").fill(LOG + "\n")
    expect(page.get_by_role("heading", name="A git log")).to_be_visible()
    page.get_by_label("Paste anything").fill("Retired the gateway\nSold the fax\nTold the shops\n")
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()
    page.get_by_role("button", name="Put it into the tray").press("Enter")
    expect(page.locator(".message")).to_have_text("3 are new in the tray.")
    page.wait_for_load_state("load")  # the keys are there once the scripts are

    page.keyboard.press("j")
    page.keyboard.press("x")  # and on to the next
    page.keyboard.press("d")
    expect(page.locator(".is-gone")).to_contain_text("“Sold the fax” was dismissed.")
    page.keyboard.press("a")
    expect(page.locator(".is-gone").nth(1)).to_contain_text("In the journal: Told the shops")
    expect(page.locator("[data-ticked]")).to_have_text("(1)")
    page.get_by_role("button", name="Accept", exact=True).first.press("Enter")
    expect(page.locator(".message")).to_have_text("1 entry is in the journal.")

    titles = ines.entries.order_by("-pk").values_list("title", flat=True)
    assert list(titles[:2]) == ["Retired the gateway", "Told the shops"]
    assert [str(candidate) for candidate in ines.candidates.filter(state="dismissed")] == [
        "Sold the fax"
    ]


def test_what_was_pasted_is_put_back_after_the_tab_was_closed(
    ines: Engineer, context: BrowserContext, sign_in: SignIn
) -> None:
    sign_in(context, ines)
    page = context.new_page()
    page.goto("/journal/tray/")
    page.get_by_label("Paste anything").fill("Retired the gateway")
    page.close()

    page = context.new_page()
    page.goto("/journal/tray/")
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("Paste anything")).to_have_value("Retired the gateway")
