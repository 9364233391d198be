"""What ladders know of pay is data: no page, packet or export shows a figure of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.utils.html import escape

from careers.ladders.models import Criterion, Guidance, Ladder, Level
from careers.packets.actions import create_packet, freeze_packet
from tests.factories import (
    FRIDAY,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    PlacementFactory,
    TargetFactory,
)
from tests.ladders.pages import ladder_pages

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from careers.packets.models import Snapshot
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

FIGURE = re.compile(r"\$[\d.]+[KM]\+?–\$[\d.]+[KM]\+?|\b\d\.\d–\d\.\d\b")


@pytest.fixture
def figures() -> set[str]:
    """Every band and multiplier of the built-in ladders, and the sentences they stand in."""
    call_command("load_ladders", verbosity=0)
    texts = list(Guidance.objects.filter(kind="pay").values_list("text", flat=True))
    return {*texts, *(figure for text in texts for figure in FIGURE.findall(text))}


@pytest.fixture
def maya(client: Client) -> Engineer:
    """Signed in as `client`."""
    engineer = EngineerFactory.create()
    client.force_login(engineer)
    return engineer


def found(figures: set[str], text: str) -> list[str]:
    return sorted(figure for figure in figures if figure in text or escape(figure) in text)


def frozen(engineer: Engineer, *, target: Level, held: Level) -> Snapshot:
    PlacementFactory.create(engineer=engineer, level=held)
    TargetFactory.create(engineer=engineer, level=target)
    entry = EntryFactory.create(engineer=engineer, counted=True)
    criterion = Criterion.objects.of_levels(target)[0]
    EvidenceFactory.create(entry=entry, criterion=criterion)
    packet = create_packet(engineer, title="The case", target=target, held=held)
    return freeze_packet(packet, today=FRIDAY, version=1)


def test_built_in_ladders_have_pay_as_data(figures: set[str]) -> None:
    slugs = Ladder.objects.filter(guidance__kind="pay").values_list("slug", flat=True)

    assert {*slugs} == {"infrastructure", "devops"}
    assert {"$100K–$130K", "$800K–$1.2M+", "1.2–1.3"} - figures == set()


def test_pay_stands_on_no_page_of_a_ladder(
    client: Client, maya: Engineer, figures: set[str]
) -> None:
    pages = ladder_pages(client)

    shown = {address: found(figures, text) for address, text in pages.items()}

    assert len([address for address in pages if "/levels/" in address]) == 34
    assert {address: several for address, several in shown.items() if several} == {}


@pytest.mark.time_machine("2026-11-20T12:00:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("slug", "held", "target"), [("infrastructure", "L5", "L6"), ("devops", "3", "4A")]
)
def test_pay_is_in_no_packet_and_no_export(
    client: Client,
    maya: Engineer,
    figures: set[str],
    tmp_path: Path,
    slug: str,
    held: str,
    target: str,
) -> None:
    levels = {level.code: level for level in Level.objects.filter(ladder__slug=slug)}
    snapshot = frozen(maya, target=levels[target], held=levels[held])
    packet = f"/packets/{snapshot.packet_id}/"

    texts: dict[str, Any] = {"snapshot": snapshot.content}
    for name in (
        "",
        "preview/",
        "snapshots/1/",
        *(f"snapshots/1/packet.{k}" for k in ("json", "md", "html")),
    ):
        texts[packet + name] = client.get(packet + name).content.decode()
    for address in ("/", "/coverage/"):
        texts[address] = client.get(address).text
    for name in ("markdown", "csv", "json"):
        path = tmp_path / name
        call_command("export_journal", path, engineer=maya.email, format=name, verbosity=0)
        texts[name] = path.read_text()

    assert {
        name: found(figures, text) for name, text in texts.items() if found(figures, text)
    } == {}
    assert levels[target].title in texts[f"{packet}snapshots/1/packet.md"]
