"""Every page in both themes, wide and narrow: axe, sideways scrolling, focus, sizes of targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from careers.feedback.models import Quote
from careers.ladders.models import Level
from careers.packets.actions import create_packet, freeze_packet, save_packet
from careers.packets.content import content_of
from careers.sharing.actions import create_share
from tests.factories import FRIDAY, PASSWORD, EngineerFactory
from tests.journeys.conftest import SignIn
from tests.web import faulty_urls

if TYPE_CHECKING:
    from careers.packets.models import Packet
    from careers.people.models import Engineer

Axe = Callable[[Page], list[str]]

NIGHTS = "Pages at night are down to two a week"
SECRET = "JBSWY3DPEHPK3PXP"
# Contrast is a matter of the theme and layout of the width: two looks show both of each.
LOOKS = [(1280, "light"), (360, "dark")]

# How wide a page is beyond its window.
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"

# WCAG 2.5.8; axe leaves it out unless asked.
SMALL_TARGETS = """async () => {
    const found = await axe.run({ runOnly: ["target-size"], resultTypes: ["violations"] });
    return found.violations.flatMap(({ nodes }) => nodes.map(({ html }) => html));
}"""

# What can have focus, and then shows no ring or lies under something else.
UNSEEN_FOCUS = """() => {
    const unseen = [];
    const all = "a, button, input, select, textarea, summary";
    for (const element of document.querySelectorAll(all)) {
        element.focus();
        if (document.activeElement !== element) continue; // hidden, or folded away
        const style = getComputedStyle(element);
        const { left, top, width, height } = element.getBoundingClientRect();
        const above = document.elementFromPoint(left + width / 2, top + height / 2);
        const isSeen = element.matches(":focus-visible") && style.outlineStyle !== "none";
        const isBare = !above || element.contains(above) || above.contains(element);
        if (!isSeen || !isBare) unseen.push(element.outerHTML);
    }
    return unseen;
}"""


def in_place(page: Page) -> None:
    page.get_by_role("link", name=f"Edit {NIGHTS}").click()
    expect(page.locator(".is-editing form").first).to_be_visible()


def in_conflict(page: Page) -> None:
    page.locator("[name=version]").evaluate("field => { field.value = 1; }")
    page.get_by_label("Why it mattered", exact=True).fill("Those on call sleep.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Saved elsewhere meanwhile")


def refused(page: Page) -> None:
    page.get_by_label("What you did").fill("")
    page.get_by_label("Date", exact=True).fill("1901-01-01")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Not saved yet")


def with_draft(page: Page) -> None:
    page.get_by_role("textbox", name="What did you do?").fill("Half a line of text")
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()


def with_menu(page: Page) -> None:
    page.locator(".menu summary").click()


def with_keys(page: Page) -> None:
    page.keyboard.press("?")


def ticked(page: Page) -> None:
    """With the filters open, and what can be done with ticked entries."""
    page.get_by_role("checkbox", name=f"Choose {NIGHTS}").check()
    unfolded(page)


def unfolded(page: Page) -> None:
    """Whatever can be unfolded."""
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def as_it_is(page: Page) -> None:
    """Nothing to do first."""


def previewed(page: Page) -> None:
    page.get_by_label("Paste anything").fill("# 2026\n\n- Retired it\n\n## Goals\n\n- Rest")
    expect(page.locator("#preview h2")).to_be_visible()
    unfolded(page)


def filled(page: Page) -> None:
    """With something in the tray, one of it in its form."""
    page.get_by_label("Paste anything").fill("Retired the gateway\nCut jams from 45 min to 8 min")
    page.get_by_role("button", name="Put it into the tray").click()
    page.get_by_role("link", name="Edit Retired the gateway").click()
    expect(page.locator(".is-editing form").first).to_be_visible()
    page.locator(".pick input").last.check()
    unfolded(page)


ENTRY = "/journal/entries/{nights}/"
PAGES: dict[str, list[tuple[str, Callable[[Page], None]]]] = {
    "home": [("/", as_it_is), ("/", with_draft), ("/", with_menu), ("/", with_keys)],
    "journal": [
        ("/journal/", as_it_is),
        ("/journal/?lacking=anything", ticked),
        ("/journal/?q=zeppelin", as_it_is),
        ("/journal/", in_place),
    ],
    "entry": [(ENTRY, unfolded), (ENTRY, refused), (ENTRY, in_conflict)],
    "around the journal": [
        (f"{ENTRY}history/", as_it_is),
        ("/journal/weeks/2026-W45/", as_it_is),
        ("/journal/weeks/2026-W44/", as_it_is),
        ("/journal/trash/", as_it_is),
        ("/journal/projects/", as_it_is),
        ("/journal/projects/{project}/", unfolded),
    ],
    "tray": [
        ("/journal/tray/", unfolded),
        ("/journal/tray/", previewed),
        ("/journal/tray/", filled),
    ],
    "coverage": [("/coverage/", unfolded), ("/journal/carry/", unfolded)],
    "ladders": [
        ("/ladders/", as_it_is),
        ("/ladders/infrastructure/", unfolded),
        ("/ladders/infrastructure/levels/L6/", unfolded),
        ("/ladders/mine/", as_it_is),
    ],
    "account": [
        ("/accounts/preferences/", as_it_is),
        ("/accounts/logout/", as_it_is),
        ("/journal/entries/999999/", as_it_is),
    ],
}


@pytest.mark.allow_console("404", "409", "422")
@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES)
def test_pages_are_accessible(
    ines: Engineer, ines_page: Page, axe: Axe, pages: list[tuple[str, Callable[[Page], None]]]
) -> None:
    entry = ines.entries.get(title=NIGHTS)
    found = []
    for address, prepare in pages:
        ines_page.goto(address.format(nights=entry.pk, project=entry.project_id))
        prepare(ines_page)
        found += faults(ines_page, axe)

    assert "\n".join(found) == ""


@pytest.mark.allow_console("422")
def test_pages_between_levels_are_accessible(ines_page: Page, axe: Axe) -> None:
    call_command("load_ladders", verbosity=0)
    addresses = [
        "demands/",
        "infrastructure/diff/",
        "infrastructure/diff/?from=L5&to=M4",
        "infrastructure/diff/?from=L5&to=M9",
        "growth-map/transitions/L4/L5/",
        "devops/fork/",
        "demands/archetypes/",
    ]
    found = []
    for address in addresses:
        ines_page.goto(f"/ladders/{address}")
        unfolded(ines_page)
        found += faults(ines_page, axe)

    assert "\n".join(found) == ""


@pytest.mark.allow_console("404")
def test_packets_and_what_is_shared_are_accessible(
    ines: Engineer, ines_page: Page, new_context: Callable[..., BrowserContext], axe: Axe
) -> None:
    packet = draft_of(ines)
    snapshot = freeze_packet(packet, today=FRIDAY, version=packet.version)
    _share, token = create_share(snapshot, by=ines, recipient="Priya Raman", days=30)
    own = f"/packets/{packet.pk}/"
    addresses = ["/packets/", own, f"{own}preview/", f"{own}history/", f"{own}delete/"]
    addresses += [f"{own}snapshots/1/", f"{own}snapshots/1/shares/", "/packets/shares/"]
    addresses += ["/feedback/quotes/", f"/feedback/quotes/{ines.quotes.get().pk}/", "/verify/"]

    found = []
    for address in addresses:
        ines_page.goto(address)
        unfolded(ines_page)
        found += faults(ines_page, axe)
    reader = new_context().new_page()
    found += faults_of(reader, axe, f"/s/{token}/")
    reader.get_by_role("button", name="Open it").click()
    found += faults(reader, axe)
    found += faults_of(reader, axe, "/s/nothing-here/")

    assert "\n".join(found) == ""


def draft_of(engineer: Engineer) -> Packet:
    """A packet with something in each of its parts."""
    target = Level.objects.get(code="L6", ladder__slug="infrastructure")
    packet = create_packet(engineer, title="Towards L6", target=target, held=None)
    entry = engineer.entries.get(title=NIGHTS)
    said = {"author": "Ravi", "relation": "my team", "said_on": FRIDAY, "text": "I sleep now."}
    Quote.objects.create(engineer=engineer, entry=entry, **said)
    content = content_of(packet)
    content["fields"] |= {"thesis": "Eleven teams deploy without me.", "case": "Since May. " * 30}
    content["growth_areas"] = [{"gap": "My reach is one group.", "action": "I lead two reviews."}]
    return save_packet(packet, content=content, version=packet.version)


def test_first_questions_are_accessible(
    ladder: None, context: BrowserContext, sign_in: SignIn, axe: Axe
) -> None:
    sign_in(context, EngineerFactory.create())
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")

    assert faults(page, axe) == []


@pytest.mark.usefixtures("ines")
def test_public_pages_are_accessible(page: Page, axe: Axe) -> None:
    found = faults_of(page, axe, "/accounts/login/")

    assert found + faults_of(page, axe, "/accounts/password/reset/") == []


@pytest.mark.usefixtures("live_server")
def test_set_up_is_accessible(page: Page, axe: Axe) -> None:
    page.goto("/accounts/set-up/")

    assert faults(page, axe) == []


def test_pages_of_passwords_and_second_factors_are_accessible(
    ines: Engineer, page: Page, axe: Axe
) -> None:
    sign_in_by_password(page, ines)
    addresses = ["", "totp/activate/", "webauthn/add/", "webauthn/"]
    found = faults_of(page, axe, "/accounts/password/change/")
    for address in addresses:
        found += faults_of(page, axe, f"/accounts/2fa/{address}")

    TOTP.activate(ines, SECRET)
    RecoveryCodes.activate(ines)
    for address in ["", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"]:
        found += faults_of(page, axe, f"/accounts/2fa/{address}")
    page.context.clear_cookies()
    cache.clear()
    sign_in_by_password(page, ines)
    expect(page.get_by_role("textbox")).to_have_count(1)

    assert found + faults(page, axe) == []


@pytest.mark.allow_console("500", "400")
@pytest.mark.urls(faulty_urls.__name__)
def test_error_pages_are_accessible(ines_page: Page, axe: Axe) -> None:
    found = faults_of(ines_page, axe, "/fail/")

    assert found + faults_of(ines_page, axe, "/journal/?q=%00") == []


def sign_in_by_password(page: Page, engineer: Engineer) -> None:
    page.goto("/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("E-mail").fill(engineer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/2fa/**")


def faults_of(page: Page, axe: Axe, address: str) -> list[str]:
    page.goto(address)
    return faults(page, axe)


def faults(page: Page, axe: Axe) -> list[str]:
    """What is wrong with a page as it stands, in both themes, wide and narrow."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [f"{width} px, {scheme}: {fault}" for fault in axe(page)]
        if beyond := page.evaluate(SIDEWAYS):
            found.append(f"{width} px: {beyond} px stick out")
    found += [f"small target: {html}" for html in page.evaluate(SMALL_TARGETS)]
    page.set_viewport_size({"width": 320, "height": 640})
    if beyond := page.evaluate(SIDEWAYS):
        found.append(f"320 px: {beyond} px stick out")
    page.keyboard.press("Tab")  # from now on focus is shown as to somebody with a keyboard
    found += [f"unseen focus: {html}" for html in page.evaluate(UNSEEN_FOCUS)]
    return [f"{page.url} {fault}" for fault in found]
