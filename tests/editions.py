"""A small ladder, what may be changed in it, and Maya, who has proven a part of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import time_machine

from careers.coverage.reader import read_levels
from careers.journal.evidence import goals_of
from careers.journal.models import Entry
from careers.ladders.models import Criterion, Level
from careers.packets.actions import create_packet, freeze_packet
from careers.packets.models import CriterionNote, Packet, Snapshot
from tests.factories import (
    FRIDAY,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    PlacementFactory,
    ProjectFactory,
    TargetFactory,
)
from tests.ladders.small import publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.coverage.reader import CoveredLevel
    from careers.people.models import Engineer

NOON = dt.datetime.combine(FRIDAY, dt.time(12), dt.UTC)

LADDER = """\
slug: rungs
name: Rungs
tracks:
  - key: ic
    name: Engineer
    dimensions:
      - {key: craft, name: Craft}
      - {key: people, name: People}
    levels:
      - code: L4
        title: Engineer
        rank: mid
        criteria:
          - {key: ships, dimension: craft, text: Ships features., lamps: [recent]}
      - code: L5
        title: Senior engineer
        rank: senior
        criteria:
          - {key: designs, dimension: craft, text: Designs systems., lamps: [recent]}
          - {key: debugs, dimension: craft, text: Finds hard faults., lamps: [recent]}
          - {key: mentors, dimension: people, text: Mentors engineers., lamps: [recent]}
"""
REWORDED = ("text: Designs systems.", "text: Designs systems that last.")
WITHOUT_DESIGNS = (
    "          - {key: designs, dimension: craft, text: Designs systems., lamps: [recent]}\n",
    "",
)
RENAMED = ("title: Senior engineer", "label: L5+\n        title: Lead engineer")
MOVED = ("{key: debugs, dimension: craft", "{key: debugs, dimension: people")
SPLIT = (
    "          - {key: mentors",
    (
        "      - code: L5P\n        title: Senior engineer, people\n        rank: senior\n"
        "        criteria:\n          - {key: mentors"
    ),
)
# A ladder has at least one level.
ADDED = (
    "    levels:\n",
    "    levels:\n      - {code: L9, title: Newcomer}\n",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Maya holds L4 and aims for L5.

    Three projects prove `designs`, one entry is an example of `mentors`; a packet of it is frozen.
    """

    maya: Engineer
    entries: list[Entry]
    mentoring: Entry
    packet: Packet
    snapshot: Snapshot

    def covered(self) -> CoveredLevel:
        goals = goals_of(self.maya)
        assert goals.target
        window = goals.window(FRIDAY)
        return read_levels(self.maya, [goals.target], window=window)[goals.target.pk]


def make_case(client: Client) -> Case:
    """Maya's; she is signed in as `client`."""
    publish(LADDER)
    levels = {level.code: level for level in Level.objects.all()}
    maya = EngineerFactory.create()
    client.force_login(maya)
    PlacementFactory.create(engineer=maya, level=levels["L4"])
    TargetFactory.create(engineer=maya, level=levels["L5"])
    entries = [
        EntryFactory.create(project=ProjectFactory.create(engineer=maya), counted=True)
        for _n in range(3)
    ]
    for entry in entries:
        EvidenceFactory.create(entry=entry, criterion=criterion("designs"))
    mentoring = EntryFactory.create(engineer=maya, counted=True)
    EvidenceFactory.create(entry=mentoring, criterion=criterion("mentors"))
    packet = create_packet(maya, title="To L5", target=levels["L5"], held=levels["L4"])
    CriterionNote.objects.create(packet=packet, criterion=criterion("designs"), note="Look at it.")
    snapshot = freeze_packet(packet, today=FRIDAY, version=1)
    return Case(maya, entries, mentoring, packet, snapshot)


def criterion(key: str) -> Criterion:
    return Criterion.objects.get(key=key)


def publish_changed(*pieces: tuple[str, str], days: int = 1) -> None:
    """The ladder with each old piece replaced, published that many days after noon."""
    text = LADDER
    for old, new in pieces:
        assert old in text, old
        text = text.replace(old, new)
    with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
        publish(text)


def without_level(code: str) -> tuple[str, str]:
    found = re.search(rf"      - code: {code}\n(?:        .*\n)+", LADDER)
    assert found
    return found[0], ""


def read(client: Client, address: str) -> str:
    """The words of a page that answers 200, without markup and with single spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    return text_of(response)
