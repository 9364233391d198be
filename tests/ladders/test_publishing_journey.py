"""A ladder copied, changed, published and taken away in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from careers.ladders.models import Criterion, Ladder
from tests.factories import EntryFactory, EvidenceFactory
from tests.journeys.test_accessibility import SIDEWAYS, SMALL_TARGETS
from tests.ladders.small import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db(transaction=True)


def change(page: Page, old: str, new: str) -> None:
    field = page.get_by_label("The ladder")
    field.fill(field.input_value().replace(old, new))
    page.get_by_role("button", name="Check it").click()


@pytest.mark.allow_console("422")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_ladder_is_copied_changed_and_deleted(
    page: Page, signed_in: Engineer, axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    def look() -> None:
        page.wait_for_load_state()
        seen.append((axe(page), page.evaluate(SMALL_TARGETS), page.evaluate(SIDEWAYS)))

    seen: list[tuple[list[str], list[str], int]] = []
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    publish()

    page.goto("/ladders/small/")
    page.get_by_role("link", name="Make a copy of your own").click()
    look()
    page.get_by_role("button", name="Check it").click()
    look()
    page.get_by_role("button", name="Publish it for you alone").click()
    said = "Edition 1 of “Small ladder, my copy” is published."
    expect(page.get_by_role("status")).to_contain_text(said)
    slug = signed_in.private_ladders.get().slug
    criterion = Criterion.objects.get(ladder__owner=signed_in, key="tests")
    EvidenceFactory.create(entry=EntryFactory.create(engineer=signed_in), criterion=criterion)

    page.get_by_role("link", name="Publish a change").click()
    change(page, "dimension: craft", "dimension: trade")
    expect(page.get_by_role("alert")).to_contain_text("The track has no dimension “trade”")
    look()
    change(page, "dimension: trade", "dimension: craft")
    change(page, "Writes tests.", "Writes good tests.")
    expect(page.get_by_text("1 of your entries is tagged to criteria that")).to_be_visible()
    look()
    page.get_by_role("button", name="Publish edition 2").click()

    page.get_by_role("link", name="Editions").click()
    look()
    page.get_by_role("link", name="Edition 2", exact=True).click()
    expect(page.get_by_text("Writes good tests.")).to_be_visible()
    look()

    page.goto(f"/ladders/{slug}/delete/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot be deleted yet")
    look()
    criterion.evidence.all().delete()
    page.reload()
    look()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_role("status")).to_contain_text("“Small ladder, my copy” is gone.")
    assert not Ladder.objects.filter(owner=signed_in).exists()
    assert seen == [([], [], 0)] * 8


@pytest.mark.parametrize("script", [True, False])
def test_ladder_is_published_with_and_without_javascript(
    new_context: Callable[..., object],
    sign_in: Callable[..., None],
    signed_in: Engineer,
    script: bool,
) -> None:
    context = new_context(java_script_enabled=script)
    sign_in(context, signed_in)
    page = context.new_page()  # type: ignore[attr-defined]
    publish()

    page.goto("/ladders/mine/publish/?copy=small")
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Publish it for you alone").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Small ladder, my copy")
    assert signed_in.private_ladders.count() == 1


def test_what_was_typed_is_offered_again_until_it_is_published(
    page: Page, signed_in: Engineer
) -> None:
    publish()
    page.goto("/ladders/mine/publish/?copy=small")
    change(page, "name: Small ladder", "name: Half done")
    expect(page.get_by_role("button", name="Check it again")).to_be_visible()

    page.goto("/ladders/mine/publish/?copy=small")
    page.get_by_role("button", name="Put it back").click()

    assert "name: Half done" in page.get_by_label("The ladder").input_value()
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Publish it for you alone").click()
    expect(page.get_by_role("status")).to_contain_text("is published.")
    slug = signed_in.private_ladders.get().slug
    page.goto(f"/ladders/mine/publish/?ladder={slug}")
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
