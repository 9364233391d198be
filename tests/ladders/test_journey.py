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

    from playwright.sync_api import BrowserContext, Page

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db(transaction=True)

PATHS = [
    "/ladders/",
    "/ladders/infrastructure/",
    "/ladders/infrastructure/levels/L6/",
    "/ladders/infrastructure/levels/M6/",
    "/ladders/large/",
    "/ladders/large/diff/",
    "/ladders/demands/",
    "/ladders/devops/transitions/3/4A/",
    "/ladders/growth-map/fork/",
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


def test_map_is_walked_by_keyboard_from_the_first_level_to_the_step_and_the_next(
    page: Page, maya: Engineer
) -> None:
    page.goto("/ladders/infrastructure/")
    group = page.get_by_role("group", name="Map of the levels")
    names = [str(link.text_content()).split()[0] for link in group.locator("a.place").all()]
    group.get_by_role("link", name="L5 Senior engineer, you are here").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert names == ["L3", "L4", "L5", "L6", "L7+", "M3", "M4", "M5", "M6+"]
    page.wait_for_url("**/levels/L6/")


def test_coverage_leads_to_the_diff_and_back(page: Page, maya: Engineer) -> None:
    page.goto("/coverage/")

    page.get_by_role("link", name="beside L5").click()
    page.wait_for_url("**/ladders/infrastructure/diff/?from=L5&to=L6")
    heading = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="What your journal proves of L6").click()

    page.wait_for_url("**/coverage/")
    assert heading == "L5 beside L6"


def test_two_levels_are_chosen_and_turned_round_without_javascript(
    maya: Engineer, page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    reader = context.new_page()
    reader.goto("/ladders/devops/diff/")
    reader.get_by_label("from", exact=True).select_option("3")
    reader.get_by_label("to", exact=True).select_option("4B")
    reader.get_by_role("button", name="Compare").click()
    there = reader.get_by_role("heading", level=1).inner_text()

    reader.get_by_role("link", name="The other way round").click()

    back = reader.get_by_role("heading", level=1).inner_text()
    assert (there, back) == ("Level 3 beside Level 4B", "Level 4B beside Level 3")
