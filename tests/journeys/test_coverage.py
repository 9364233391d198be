"""Mending what almost counts, while looking at the lamps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from careers.ladders.actions import aim_for, publish_ladder
from careers.ladders.publishing import copy_for
from tests.journeys.conftest import builtin_ladder

if TYPE_CHECKING:
    from careers.people.models import Engineer

Axe = Callable[[Page], list[str]]
NIGHTS = "Pages at night are down to two a week"
RELEASE = "Wrote down when a release may be stopped, and by whom"


def test_mending_keeps_what_was_unfolded_and_what_was_typed_beside(ines_page: Page) -> None:
    ines_page.goto("/coverage/")
    risk = ines_page.locator("#l6-risk")
    risk.locator("summary").click()
    expect(risk).to_contain_text("1 project")
    almost(ines_page, NIGHTS).get_by_label("Why it mattered").fill("Those on call sleep.")

    almost(ines_page, RELEASE).get_by_label("My role").select_option(label="Led")
    almost(ines_page, RELEASE).get_by_role("button", name="Save").click()
    expect(almost(ines_page, RELEASE)).to_have_count(0)
    expect(ines_page.locator("#l6-culture")).to_contain_text("luck")
    expect(ines_page.get_by_role("heading", name="Almost counts")).to_be_focused()
    expect(risk.get_by_text("Alerts that nobody acted on are gone")).to_be_visible()
    almost(ines_page, NIGHTS).get_by_role("button", name="Put it back").click()
    almost(ines_page, NIGHTS).get_by_role("button", name="Save").click()

    expect(almost(ines_page, NIGHTS)).to_have_count(0)
    expect(risk.get_by_text(NIGHTS)).to_be_visible()


def test_window_is_chosen_and_left_again(ines_page: Page) -> None:
    ines_page.goto("/coverage/")

    ines_page.get_by_text("20 May 2025 – 20 Nov 2026").click()
    ines_page.get_by_label("from").fill("2026-06-01")
    ines_page.get_by_label("to", exact=True).fill("2026-09-30")
    ines_page.get_by_role("button", name="Show this window").click()
    expect(ines_page.get_by_text("1 Jun 2026 – 30 Sep 2026")).to_be_visible()
    ines_page.get_by_text("1 Jun 2026 – 30 Sep 2026").click()
    ines_page.get_by_role("link", name="The last 18 months").click()

    expect(ines_page.get_by_text("20 May 2025 – 20 Nov 2026")).to_be_visible()


def test_copy_of_a_ladder_is_proven_by_what_was_written_before(
    ines: Engineer, ines_page: Page, axe: Axe
) -> None:
    ines_page.goto("/coverage/")
    before = ines_page.get_by_role("heading", name="required proven").inner_text()
    copy = copy_for(ines, builtin_ladder())
    ladder = publish_ladder(copy, owner=ines).ladder
    aim_for(ines, level=ladder.levels.get(code="L6"))

    ines_page.reload()
    expect(ines_page.get_by_role("heading", name="0 of 13 required proven")).to_be_visible()
    ines_page.get_by_role("link", name="Carry them over").click()
    ines_page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert axe(ines_page) == []
    ines_page.get_by_role("button", name="Tag them here too").click()

    expect(ines_page.get_by_text("evidence here too")).to_be_visible()
    expect(ines_page.get_by_role("heading", name=before)).to_be_visible()


def almost(page: Page, title: str) -> Locator:
    """The row of an entry among those that almost count."""
    section = page.get_by_role("region", name="Almost counts")
    return section.get_by_role("listitem").filter(has_text=title)
