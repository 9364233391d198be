"""Ladders whose words are as long as they may be, and have no space to be broken at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_accessibility import SIDEWAYS
from tests.ladders.small import publish

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db(transaction=True)

NAME, LABEL, TEXT = "W" * 160, "M" * 63, "V" * 1_000
KINDS = ("project", "archetype", "difference", "anti-pattern", "fork", "fork-pro", "unheard-of")
PATHS = [
    "/ladders/",
    "/ladders/long/",
    *(f"/ladders/long/levels/{code}/" for code in ("T0-0", "T1-0")),
    "/ladders/long/diff/",
    "/ladders/long/diff/?from=T0-0&to=T2-1",
    f"/ladders/long/diff/?from={'x' * 300}&to=y",
    "/ladders/long/transitions/T0-0/T0-1/",
    "/ladders/long/fork/",
    "/ladders/long/archetypes/",
    "/ladders/long/editions/",
    "/ladders/long/editions/1/",
    "/ladders/long/editions/2/",
    "/ladders/long/delete/",
    "/ladders/mine/",
    "/ladders/mine/publish/?ladder=long",
]


def long_ladder(text: str = TEXT) -> str:
    """Three tracks of two levels, with a step to each other level, guidance and a table."""
    codes = [f"T{track}-{level}" for track in range(3) for level in range(2)]
    lines = ["slug: long", f"name: {NAME}", f"summary: {text}", "tracks:"]
    for track in range(3):
        lines += [f"  - {{key: t{track}, name: {NAME}, summary: {text},"]
        lines += [f"     dimensions: [{{key: d, name: {NAME}}}], levels: ["]
        lines += [
            f"       {{code: {code}, label: {LABEL}{code[1]}, title: {NAME}, rank: staff,"
            f" years: {'9' * 80}, scope: {text},"
            f" criteria: [{{key: {code.lower()}, dimension: d, text: {text}{code}}}],"
            f" guidance: [{guidance(text)}]}},"
            for code in codes[2 * track : 2 * track + 2]
        ]
        lines.append("     ]}")
    lines.append("transitions:")
    lines += [
        f"  - {{from: T0-0, to: {code}, conditions: [{{text: {text}}}]}}" for code in codes[1:]
    ]
    cells = [f"{{kind: comparison, title: {NAME}, text: '{n}{NAME}: {NAME}'}}" for n in range(9)]
    lines.append(f"guidance: [{guidance(text)}, {', '.join(cells)}]")
    return "\n".join(lines)


def guidance(text: str) -> str:
    return ", ".join(f"{{kind: {kind}, title: {NAME}, text: {text}}}" for kind in KINDS)


@pytest.mark.allow_console("422")
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_long_words_make_no_page_wider(page: Page, signed_in: Engineer, width: int) -> None:
    publish(long_ladder(), owner=signed_in)
    publish(long_ladder("U" * 1_000), owner=signed_in)
    page.set_viewport_size({"width": width, "height": 800})
    beyond = {}

    for path in PATHS:
        page.goto(path)
        beyond[path] = page.evaluate(SIDEWAYS)
    page.get_by_label("The ladder").fill(long_ladder())
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("button", name="Publish edition 3")).to_be_visible()
    beyond["proposal"] = page.evaluate(SIDEWAYS)

    assert beyond == dict.fromkeys([*PATHS, "proposal"], 0)
