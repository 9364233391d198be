"""From the first sign-in to a criterion that turns proven: with each kind of hands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD, EngineerFactory
from tests.journeys.hands import Finger, Hands, Keyboard, Mouse

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from careers.people.models import Engineer

HANGS = "Found why checkouts hung for a minute on Mondays"
DISKS = "Traced lost writes to the firmware of one disk"
RACE = "Named the race in the scheduler that nobody could reproduce"
CRITERION = "Clears up the most complex faults, including those that nobody can describe yet."
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@pytest.fixture
def newcomer(ladder: None) -> Engineer:
    engineer: Engineer = EngineerFactory.create(name="Ada Reyes", email="ada@example.com")
    return engineer


@pytest.mark.usefixtures("newcomer")
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        pytest.param(Mouse, {}, id="mouse"),
        pytest.param(Keyboard, {}, id="keyboard"),
        pytest.param(Finger, PHONE, id="finger-at-360-px"),
    ],
)
def test_first_sign_in_leads_to_a_proven_criterion(
    new_context: Callable[..., BrowserContext], kind: type[Hands], options: dict[str, Any]
) -> None:
    page = new_context(**options).new_page()
    hands = kind(page)

    sign_in(page, hands)
    say_levels(page, hands)
    for line in (HANGS, DISKS, RACE):
        hands.capture(line)
        expect(entry_link(page, line)).to_be_visible()
    complete_in_place(page, hands, HANGS, project="Monday hangs", role="Led", day=(2026, 2, 12))
    complete_in_place(
        page, hands, RACE, project="A race with a name", role="Led", outcome="It is gone."
    )
    complete_on_its_page(page, hands)
    tag_on_its_page(page, hands, HANGS)

    go_to(page, hands, "Coverage")
    criterion = page.locator("#l6-hardest-faults")
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 13 required proven")
    page.evaluate("window.isSamePage = true")
    expect(criterion).to_contain_text("luck")
    assert lamps(criterion) == ["sustained red", "recent green", "measured green", "led green"]

    hands.write(almost(page, HANGS).get_by_label("Why it mattered"), "Mondays sell like Tuesdays.")
    hands.press(almost(page, HANGS).get_by_role("button", name="Save"))
    expect(criterion).to_contain_text("pattern")
    assert lamps(criterion) == ["sustained amber", "recent green", "measured green", "led green"]

    hands.choose(almost(page, RACE).get_by_label("Evidence of"), CRITERION.split(" ")[0])
    hands.press(almost(page, RACE).get_by_role("button", name="Save"))
    expect(criterion).to_contain_text("✓ proven")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 13 required proven")
    assert lamps(criterion) == ["sustained green", "recent green", "measured green", "led green"]
    assert page.evaluate("window.isSamePage")

    go_to(page, hands, "This week")
    expect(page.get_by_role("heading", name="1 of 13 required proven")).to_be_visible()


@pytest.mark.usefixtures("newcomer")
def test_first_sign_in_leads_to_a_proven_criterion_without_javascript(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    hands = Mouse(page)

    sign_in(page, hands)
    say_levels(page, hands)
    for line in (HANGS, DISKS, RACE):
        hands.capture(line)
        expect(entry_link(page, line)).to_be_visible()
    for title, project, day in (
        (HANGS, "Monday hangs", dt.date(2026, 2, 12)),
        (RACE, "A race with a name", dt.date(2026, 11, 18)),
    ):
        hands.press(page.get_by_role("link", name=f"Edit {title}"))
        hands.choose(field(page, "My role"), "Led")
        hands.write(field(page, "project"), project)
        hands.date(field(page, "Date"), day)
        if title == HANGS:
            hands.choose(field(page, CRITERION), "primary")
        else:
            hands.write(field(page, "Why it mattered"), "Nightly builds stopped failing at random.")
        save(page, hands)
        go_to(page, hands, "This week")
    complete_on_its_page(page, hands)

    go_to(page, hands, "Coverage")
    criterion = page.locator("#l6-hardest-faults")
    hands.write(almost(page, HANGS).get_by_label("Why it mattered"), "Mondays sell like Tuesdays.")
    hands.press(almost(page, HANGS).get_by_role("button", name="Save"))
    expect(criterion).to_contain_text("pattern")
    hands.choose(almost(page, RACE).get_by_label("Evidence of"), CRITERION)
    hands.press(almost(page, RACE).get_by_role("button", name="Save"))
    expect(criterion).to_contain_text("✓ proven")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 13 required proven")


def sign_in(page: Page, hands: Hands) -> None:
    page.goto("/")
    hands.write(page.get_by_label("E-mail"), "ada@example.com")
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.press(page.get_by_role("button", name="Sign in"))


def say_levels(page: Page, hands: Hands) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Ada")
    hands.choose(page.get_by_label("Level you hold"), "L5")
    hands.date(page.get_by_label("Since"), dt.date(2024, 3, 1))
    hands.write(page.get_by_label("Employer"), "Example Systems")
    hands.choose(page.get_by_label("Level you aim for"), "L6")
    hands.press(page.get_by_role("button", name="Begin"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday, 20 November")


def complete_in_place(
    page: Page,
    hands: Hands,
    title: str,
    *,
    project: str,
    role: str = "",
    outcome: str = "",
    day: tuple[int, int, int] | None = None,
) -> None:
    form = hands.edit(title)
    if outcome:
        hands.write(field(form, "Why it mattered"), outcome)
    if role:
        hands.choose(field(form, "My role"), role)
    hands.write(field(form, "project"), project)
    if day:
        hands.date(field(form, "Date"), dt.date(*day))
    hands.press(form.get_by_role("button", name="Save"))
    expect(row(page, title)).to_contain_text(project)
    expect(entry_link(page, title)).to_be_focused()


def complete_on_its_page(page: Page, hands: Hands) -> None:
    """All that an entry can have; the arithmetic is there as it is typed, and when it is saved."""
    hands.press(entry_link(page, DISKS))
    hands.write(field(page, "Why it mattered"), "No write was lost in five months.")
    hands.choose(field(page, "My role"), "Led")
    hands.write(field(page, "project"), "Writes that stay")
    hands.date(field(page, "Date"), dt.date(2026, 6, 18))
    hands.press(page.get_by_text("Numbers", exact=True))
    number = page.get_by_role("group", name="A number")
    hands.write(field(number, "Name"), "time to find a faulty disk")
    hands.write(field(number, "Before"), "240")
    hands.write(field(number, "After"), "60")
    hands.write(field(number, "Unit"), "minutes")
    if has_javascript(page):
        expect(page.get_by_text("240 → 60 minutes: −75 %")).to_be_visible()
    hands.choose(field(number, "Basis"), "Measured")
    hands.press(page.get_by_text("Links", exact=True))
    hands.write(field(page, "Address"), "https://git.example.com/disks/41")
    support(page, hands)
    expect(page.get_by_role("heading", name="It counts")).to_be_visible()
    expect(page.get_by_text("240 → 60 minutes: −75 %")).to_be_visible()
    expect(field(page, "Address").first).to_have_value("https://git.example.com/disks/41")
    go_to(page, hands, "This week")


def tag_on_its_page(page: Page, hands: Hands, title: str) -> None:
    go_to(page, hands, "Journal")
    hands.press(entry_link(page, title))
    support(page, hands)
    expect(page.get_by_text("It has no outcome")).to_be_visible()


def support(page: Page, hands: Hands) -> None:
    """Finds the criterion by a word of it, and makes the entry primary evidence for it."""
    if has_javascript(page):
        hands.write(page.get_by_label("Find a criterion"), "complex faults")
    hands.choose(field(page, CRITERION), "primary")
    save(page, hands)


def save(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Saved.")).to_be_visible()


def go_to(page: Page, hands: Hands, name: str) -> None:
    hands.press(page.get_by_role("navigation", name="Main").get_by_role("link", name=name))


def has_javascript(page: Page) -> bool:
    return page.get_by_label("Find a criterion").is_visible()


def field(form: Page | Locator, label: str) -> Locator:
    """The field of exactly this label; criteria hold the same words among others."""
    return form.get_by_label(label, exact=True)


def entry_link(page: Page, title: str) -> Locator:
    return page.get_by_role("link", name=title, exact=True)


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has=entry_link(page, title))


def almost(page: Page, title: str) -> Locator:
    """The row of an entry among those that almost count."""
    section = page.get_by_role("region", name="Almost counts")
    return section.get_by_role("listitem").filter(has_text=title)


def lamps(criterion: Locator) -> list[str]:
    """What is said of the lamps asked, without their sentences."""
    said = criterion.locator(".lamp .visually-hidden").all_text_contents()
    return [text.split(":")[0] for text in said if "not asked" not in text]
