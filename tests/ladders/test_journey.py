"""The pages of the ladders in a real browser: by axe, on a phone, by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from careers.ladders.models import Level
from tests.factories import PlacementFactory, TargetFactory
from tests.ladders.small import many_criteria, publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db(transaction=True)

PATHS = [
    "/ladders/",
    "/ladders/infrastructure/",
    "/ladders/infrastructure/levels/L6/",
    "/ladders/infrastructure/levels/M6/",
    "/ladders/large/",
    "/ladders/mine/",
]


@pytest.fixture
def maya(signed_in: Engineer) -> Engineer:
    """Signed in on `page`: holds L5, aims for L6; a ladder of twelve levels beside ours."""
    call_command("load_ladders", verbosity=0)
    publish(many_criteria(12, 3))
    levels = Level.objects.filter(ladder__slug="infrastructure")
    PlacementFactory.create(engineer=signed_in, level=levels.get(code="L5"))
    TargetFactory.create(engineer=signed_in, level=levels.get(code="L6"))
    return signed_in


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    page: Page,
    maya: Engineer,
    axe: Callable[[Page], list[str]],
    width: int,
    scheme: str,
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in PATHS:
        page.goto(path)
        is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[path] = (axe(page), is_wide)

    assert found == dict.fromkeys(PATHS, ([], False))


def test_levels_are_said_by_keyboard_alone(page: Page, maya: Engineer) -> None:
    page.goto("/ladders/mine/")
    page.get_by_label("Level you hold").focus()
    page.keyboard.type("L6")
    page.keyboard.press("Tab")
    page.keyboard.type("01152026")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "employer":
        page.keyboard.press("Tab")
    page.keyboard.type("Initech")
    page.keyboard.press("Tab")
    page.keyboard.type("L7")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("since 15 Jan 2026").wait_for()
    placement = maya.placements.newest_first()[0]
    assert (placement.level.code, placement.since_on, placement.employer) == (
        "L6",
        dt.date(2026, 1, 15),
        "Initech",
    )
    maya.target.refresh_from_db()
    assert maya.target.level.code == "L7"


def test_matrix_on_a_phone_shows_whose_each_cell_is(page: Page, maya: Engineer) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/ladders/infrastructure/")

    cell = page.get_by_role("cell").filter(has_text="Takes charge of large projects").first

    assert cell.inner_text().startswith("L5")
