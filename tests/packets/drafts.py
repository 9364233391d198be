"""A draft with evidence behind it: three projects over a year, one private word beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from careers.journal.models import Entry
from careers.ladders.models import Criterion, Level
from careers.packets.actions import create_packet, freeze_packet
from careers.packets.content import content_of
from careers.packets.models import Packet, Snapshot
from careers.people.models import Engineer
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EditionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LevelFactory,
    MetricFactory,
    ProjectFactory,
    TargetFactory,
)

SECRET = "mimsyborogove"


@dataclass(frozen=True, slots=True)
class Draft:
    """`criterion` is proven by an entry of each of three projects; `other` by nothing."""

    engineer: Engineer
    packet: Packet
    level: Level
    criterion: Criterion
    other: Criterion
    entries: list[Entry]


def begin_draft() -> Draft:
    engineer = EngineerFactory.create(name="Maya Osei")
    level = LevelFactory.create(code="L6", rank=Level.Rank.STAFF)
    EditionFactory.create(ladder=level.ladder, number=3)
    criterion = CriterionFactory.create(level=level, key="designs")
    other = CriterionFactory.create(level=level, key="mentors", dimension=criterion.dimension)
    TargetFactory.create(engineer=engineer, level=level)
    entries = []
    for months in range(3):
        project = ProjectFactory.create(engineer=engineer)
        day = FRIDAY - dt.timedelta(days=10 + 150 * months)
        entry = EntryFactory.create(project=project, counted=True, happened_on=day)
        MetricFactory.create(entry=entry)
        EvidenceFactory.create(entry=entry, criterion=criterion)
        entries.append(entry)
    hidden = EntryFactory.create(
        engineer=engineer, counted=True, visibility="private", title=f"A {SECRET} matter"
    )
    EvidenceFactory.create(entry=hidden, criterion=criterion, note=SECRET)
    packet = create_packet(engineer, title="To L6", target=level, held=None)
    return Draft(engineer, packet, level, criterion, other, entries)


def freeze(draft: Draft) -> Snapshot:
    packet = Packet.objects.get(pk=draft.packet.pk)
    return freeze_packet(packet, today=FRIDAY, version=packet.version)


def written(draft: Draft, **fields: Any) -> dict[str, Any]:
    """The draft's content with these fields and parts in it."""
    content = content_of(draft.packet)
    for name, value in fields.items():
        place = content if name in content else content["fields"]
        place[name] = value
    return content
