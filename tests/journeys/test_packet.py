"""From a draft to a link that somebody without an account opens, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import SignIn

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.allow_console("404")  # of the link that is revoked

THESIS = "I moved nine teams onto one way to deliver. It is run by others now."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_draft_becomes_a_link_that_opens_for_nobody_until_it_is_revoked(
    ines: Engineer,
    new_context: Callable[..., BrowserContext],
    sign_in: SignIn,
    scripts: bool,
) -> None:
    own = new_context(java_script_enabled=scripts)
    sign_in(own, ines)
    page = own.new_page()

    write_draft(page, scripts=scripts)
    freeze(page)
    assert pdf_at(page, page.url + "packet.pdf").startswith(b"%PDF-1.7")
    link = share(page)
    reader = new_context(java_script_enabled=scripts).new_page()
    reader.goto(link)
    expect(reader.get_by_text(THESIS)).to_have_count(0)  # the gate says nothing
    reader.get_by_role("button", name="Open it").click()
    expect(reader.get_by_text("I moved nine teams").first).to_be_visible()
    assert pdf_at(reader, link + "packet.pdf").startswith(b"%PDF-1.7")
    revoke(page)
    answer = reader.goto(link)

    assert answer
    assert answer.status == 404
    expect(reader.get_by_text(THESIS)).to_have_count(0)


def write_draft(page: Page, *, scripts: bool) -> None:
    page.goto("/packets/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Thesis").fill(THESIS)
    if scripts:
        expect(page.locator("[data-saved-at]")).to_contain_text("✓")  # as it was typed
    else:
        page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("I moved nine teams").first).to_be_visible()
    page.get_by_role("link", name="Back to writing").click()


def freeze(page: Page) -> None:
    page.get_by_role("button", name="Freeze it").click()
    expect(page.get_by_role("heading", name="Snapshot 1", exact=True)).to_be_visible()


def share(page: Page) -> str:
    page.get_by_role("link", name="Share it").click()
    page.locator("[name=recipient]").fill("Priya Raman")
    page.get_by_role("button", name="Make the link").click()
    field = page.locator("#new-link")
    link = field.get_attribute("value") or ""
    assert "/s/" in link
    # the live server has an address of its own
    return re.sub(r"^https?://[^/]+", re.sub(r"(https?://[^/]+).*", r"\1", page.url), link)


def revoke(page: Page) -> None:
    page.goto("/packets/shares/")
    page.get_by_role("button", name=re.compile("Revoke")).first.click()
    expect(page.get_by_text("revoked").first).to_be_visible()


def pdf_at(page: Page, address: str) -> bytes:
    answer = page.context.request.get(address)
    assert answer.status == 200
    return answer.body()
