"""A packet as one text: everything shown, from rows to canonical JSON.

The keys are the format's (careers-packet/1). Decimals are strings, dates ISO. Nothing private, no
word of strength and no finding is in it: only entries that count or support in the window, and
what the packet itself says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from careers.coverage.facts import Rules
from careers.coverage.reader import Case, CoveredCriterion, CoveredLevel, read_levels
from careers.journal.countable import plain
from careers.journal.models import Entry, Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from careers.feedback.models import Quote
    from careers.ladders.models import Level
    from careers.packets.models import Packet

FORMAT = "careers-packet/1"
LANGUAGE = "en"


def canonical(document: dict[str, Any]) -> str:
    """The one text of a document: sorted keys, no spaces, every character as itself."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(content: str) -> str:
    """The SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(content.encode()).hexdigest()


def read_case(packet: Packet) -> Case:
    """What the packet adds to the journal's coverage; two queries."""
    notes = packet.criterion_notes.exclude(not_applicable_reason="").select_related("criterion")
    areas = packet.growth_areas.exclude(gap="").exclude(action="").count()
    return Case({note.criterion.key: note.not_applicable_reason for note in notes}, areas)


def compose(packet: Packet, *, today: dt.date) -> dict[str, Any]:
    """The document of a packet as it stands on that day; a fixed number of queries."""
    window = packet.window(today)
    level = packet.target_level
    covered = read_levels(packet.engineer, [level], window=window, case=read_case(packet))[level.pk]
    highlights = list(packet.highlights.select_related("project").order_by("rank", "pk"))
    entries = _cited(packet, covered)
    projects = {entry.project_id: entry.project for entry in entries if entry.project}
    projects |= {highlight.project_id: highlight.project for highlight in highlights}
    quotes = _quotes(packet, {entry.pk for entry in entries}, projects.keys())
    return {
        "format": FORMAT,
        "language": LANGUAGE,
        "rules": Rules.from_mapping(level.ladder.rules).as_dict(),
        "statements_available": False,
        "packet": _packet(packet, window.start, window.end),
        "levels": [_level(each) for each in (packet.from_level, level) if each],
        "ladder": _ladder(level),
        "dimensions": [
            {
                "key": dimension.coverage.key,
                "name": dimension.name,
                "met": dimension.coverage.met,
                "required": dimension.coverage.required,
                "set_aside": dimension.coverage.set_aside,
                "weakest": dimension.coverage.weakest,
            }
            for dimension in covered.dimensions
        ],
        "criteria": _criteria(packet, covered),
        "projects": [
            {"id": key, "title": project.title}
            for key, project in sorted(projects.items(), key=lambda item: (item[1].title, item[0]))
        ],
        "entries": [_entry(entry) for entry in entries],
        "thesis": packet.thesis,
        "case": packet.case,
        "headline_results": packet.headline_results,
        "highlights": [
            {
                "project": highlight.project_id,
                "problem": highlight.problem,
                "did": highlight.did,
                "result": highlight.result,
                "mine": highlight.mine,
            }
            for highlight in highlights
        ],
        "growth_areas": [
            {"gap": area.gap, "action": area.action}
            for area in packet.growth_areas.order_by("position", "pk")
        ],
        "quotes": quotes,
        "gates": [
            {"code": gate.code.value, "met": gate.is_met, "sentence": gate.sentence}
            for gate in covered.coverage.gates
        ],
        "statements": [],
        "manager_position": None,
    }


def _packet(packet: Packet, start: dt.date, end: dt.date) -> dict[str, Any]:
    return {
        "title": packet.title,
        "engineer": packet.engineer_name,
        "written_by": packet.written_by_name,
        "from_level": packet.from_level.code if packet.from_level else None,
        "target_level": packet.target_level.code,
        "window_start_on": start.isoformat(),
        "window_end_on": end.isoformat(),
    }


def _level(level: Level) -> dict[str, Any]:
    return {"code": level.code, "label": level.label, "title": level.title, "rank": level.rank}


def _ladder(level: Level) -> dict[str, Any]:
    newest = level.ladder.editions.order_by("-number").values_list("number", flat=True).first()
    return {"slug": level.ladder.slug, "name": level.ladder.name, "edition": newest}


def _criteria(packet: Packet, covered: CoveredLevel) -> list[dict[str, Any]]:
    notes = dict(packet.criterion_notes.values_list("criterion_id", "note"))
    said = Evidence.objects.filter(entry__engineer=packet.engineer, criterion__level=covered.level)
    tags: dict[tuple[int, int], tuple[bool, str]] = {
        (entry_id, criterion_id): (is_primary, note)
        for entry_id, criterion_id, is_primary, note in said.values_list(
            "entry_id", "criterion_id", "is_primary", "note"
        )
    }
    return [_criterion(row, notes, tags) for row in covered.criteria]


def _criterion(
    row: CoveredCriterion, notes: dict[int, str], tags: dict[tuple[int, int], tuple[bool, str]]
) -> dict[str, Any]:
    coverage = row.coverage
    evidence = []
    for card, is_counted in [
        *((card, True) for card in row.counted),
        *((card, False) for card in row.supporting),
    ]:
        is_primary, note = tags[card.id, row.criterion.pk]
        evidence.append(
            {"entry": card.id, "primary": is_primary, "counted": is_counted, "note": note}
        )
    return {
        "key": row.criterion.key,
        "dimension": coverage.dimension,
        "text": row.criterion.text,
        "required": coverage.required,
        "proven": coverage.is_proven,
        "not_applicable_reason": coverage.not_applicable_reason,
        "note": notes.get(row.criterion.pk, ""),
        "evidence": sorted(evidence, key=lambda item: item["entry"]),
        "examples": [
            {"project": example.project, "entries": list(example.entries)}
            for example in coverage.examples
        ],
        "lamps": {
            lamp.name.value: {"state": lamp.state.value, "sentence": lamp.sentence}
            for lamp in coverage.lamps
        },
        "facts": row.facts,
    }


def _cited(packet: Packet, covered: CoveredLevel) -> list[Entry]:
    """Every entry that counts or supports, by date; four queries."""
    keys = {card.id for row in covered.criteria for card in [*row.counted, *row.supporting]}
    rows = packet.engineer.entries.live().filter(pk__in=keys).select_related("project")
    return list(rows.prefetch_related("metrics", "links").order_by("happened_on", "pk"))


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "project": entry.project_id,
        "happened_on": entry.happened_on.isoformat(),
        "title": entry.title,
        "what": entry.what,
        "outcome": entry.outcome,
        "kind": entry.kind,
        "role": entry.role,
        "reach": entry.reach,
        "status": entry.status,
        "metrics": [
            {
                "name": metric.name,
                "before": plain(metric.before),
                "after": plain(metric.after),
                "unit": metric.unit,
                "better": metric.better,
                "basis": metric.basis,
                "new": metric.is_new,
                "for_whom": metric.for_whom,
            }
            for metric in sorted(entry.metrics.all(), key=lambda row: (row.position, row.pk))
        ],
        "links": [
            {"url": link.url, "label": link.label}
            for link in sorted(entry.links.all(), key=lambda row: (row.position, row.pk))
        ],
    }


def _quotes(
    packet: Packet, entries: Collection[int], projects: Iterable[int | None]
) -> list[dict[str, Any]]:
    """Quotes about what the packet cites; others stay in the journal. Two queries."""
    quotes = packet.engineer.quotes.prefetch_related("criteria").order_by("said_on", "pk")
    known = set(projects) - {None}
    cited = [q for q in quotes if q.entry_id in entries or q.project_id in known]
    return [_quote(quote, packet.target_level_id) for quote in cited]


def _quote(quote: Quote, level_id: int) -> dict[str, Any]:
    own = [criterion.key for criterion in quote.criteria.all() if criterion.level_id == level_id]
    about = {"entry": quote.entry_id} if quote.entry_id else {"project": quote.project_id}
    return {
        "author": quote.author,
        "relation": quote.relation,
        "on": quote.said_on.isoformat(),
        "about": about,
        "criteria": sorted(own),
        "text": quote.text,
    }
