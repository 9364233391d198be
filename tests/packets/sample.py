"""Documents (careers-packet/1) of any size, and a snapshot of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from careers.coverage.facts import DEFAULT_RULES
from careers.packets.document import canonical, digest
from careers.packets.models import Packet, Snapshot
from careers.packets.presentation import present
from careers.packets.publishing import paper_request
from tests.factories import EngineerFactory, LevelFactory

START, END = dt.date(2025, 5, 20), dt.date(2026, 11, 20)
DIMENSIONS = ("Technical skills", "Impact", "Collaboration")
STATES = ("green", "amber", "red", "not_asked")
LAMPS = ("sustained", "recent", "measured", "corroborated", "led")
KINDS = ("shipped", "fixed", "design", "mentoring", "incident", "prevented")

SENTENCES = (
    "Moved the ingest path to a new key without losing a scan.",
    "Wrote to old and new side by side for nine days and compared what came out.",
    "Seven teams agreed on one deploy freeze, on one page.",
    "Nobody asks in the channel any more whether they may deploy.",
    "The restore took ninety-four minutes, and the second one eleven.",
)


def sentence(number: int) -> str:
    return f"{SENTENCES[number % len(SENTENCES)][:-1]}, number {number}."


def entry(number: int, count: int) -> dict[str, Any]:
    day = START + (END - START) * number // max(count, 1)
    has_metric, has_link = number % 2 == 0, number % 3 == 0
    metric = {
        "name": f"p99 of checkout {number}",
        "before": "800",
        "after": "200",
        "unit": "ms",
        "better": "lower",
        "basis": "measured" if number % 4 == 0 else "estimated",
        "new": False,
        "for_whom": "",
    }
    link = {"url": f"https://git.example.com/checkout/pull/{number}", "label": f"Change {number}"}
    return {
        "id": 1_000 + number,
        "project": 1 + number % 5 if number % 6 else None,
        "happened_on": day.isoformat(),
        "title": f"Entry {number}: {SENTENCES[number % len(SENTENCES)][:-1].lower()}",
        "what": f"{sentence(number)} {sentence(number + 1)}" if number % 2 else "",
        "outcome": sentence(number + 2),
        "kind": KINDS[number % len(KINDS)],
        "role": ("led", "co_led", "contributed")[number % 3],
        "reach": ("team", "several_teams", "organisation")[number % 3],
        "status": ("shipped", "outcome_known")[number % 2],
        "metrics": [metric] if has_metric else [],
        "links": [link] if has_link else [],
    }


def criterion(number: int, entries: list[dict[str, Any]], count: int) -> dict[str, Any]:
    own = entries[number::count]
    lamps = {
        name: {
            "state": "not_asked" if name == "corroborated" else STATES[(number + place) % 3],
            "sentence": "not asked while statements cannot be requested"
            if name == "corroborated"
            else f"the {name} fact of criterion {number}",
        }
        for place, name in enumerate(LAMPS)
    }
    return {
        "key": f"criterion-{number}",
        "dimension": f"dimension-{number % len(DIMENSIONS)}",
        "text": f"Does what criterion {number} expects of somebody at this level, for others too.",
        "required": number % 7 != 6,
        "proven": number % 3 == 0,
        "not_applicable_reason": "",
        "note": f"A note on criterion {number}." if number == 1 else "",
        "evidence": [
            {
                "entry": each["id"],
                "primary": place % 3 != 2,
                "counted": place % 3 != 2,
                "note": f"why {each['id']} speaks for it" if place == 0 else "",
            }
            for place, each in enumerate(own)
        ],
        "examples": [],
        "lamps": lamps,
        "facts": "3 projects · Sep 2025 – Sep 2026 · 3 measured · led",
    }


def document(count: int = 20, *, criteria: int = 14, **changes: Any) -> dict[str, Any]:
    """A document that cites `count` entries; `changes` replaces top-level keys."""
    entries = [entry(number, count) for number in range(count)]
    rows = sorted(
        (criterion(number, entries, criteria) for number in range(criteria)),
        key=lambda row: row["dimension"],
    )
    made: dict[str, Any] = {
        "format": "careers-packet/1",
        "language": "en",
        "rules": DEFAULT_RULES.as_dict(),
        "statements_available": False,
        "packet": {
            "title": "Promotion to Staff engineer",
            "engineer": "Maya Osei",
            "written_by": "Maya Osei",
            "from_level": "L5",
            "target_level": "L6",
            "window_start_on": START.isoformat(),
            "window_end_on": END.isoformat(),
        },
        "levels": [
            {"code": "L5", "label": "L5", "title": "Senior engineer", "rank": "senior"},
            {"code": "L6", "label": "L6", "title": "Staff engineer", "rank": "staff"},
        ],
        "ladder": {"slug": "small", "name": "Infrastructure engineering", "edition": 1},
        "dimensions": [_dimension(place, rows) for place in range(len(DIMENSIONS))],
        "criteria": rows,
        "projects": [{"id": number, "title": f"Project {number}"} for number in range(1, 6)],
        "entries": entries,
        "thesis": "Maya already works at the scope of the level. The next step makes it formal.",
        "case": "\n\n".join(" ".join(SENTENCES) for _paragraph in range(4)),
        "headline_results": [
            {"number": "−75 %", "text": "p99 latency of checkout, measured for six weeks"},
            {"number": "4 teams", "text": "use the design review and run it themselves"},
        ],
        "highlights": [
            {
                "project": number,
                "problem": f"The problem of project {number}. {sentence(number)}",
                "did": f"What was done in project {number}. {sentence(number)}",
                "result": f"The result of project {number}. {sentence(number)}",
                "mine": f"Mine in project {number}. {sentence(number)}",
            }
            for number in range(1, 4)
        ],
        "growth_areas": [{"gap": "My reach is one group.", "action": "I lead both reviews."}],
        "quotes": [
            {
                "author": "Jonas Lindqvist",
                "relation": "senior engineer of payments",
                "on": "2026-09-14",
                "about": {"project": 1},
                "criteria": ["criterion-0"],
                "text": "It was the first change in three years that made our week calmer.",
            }
        ]
        if count
        else [],
        "gates": [
            {"code": "examples", "met": True, "sentence": "5 examples, 3 asked"},
            {"code": "mentoring", "met": False, "sentence": "0 entries of mentoring or hiring"},
        ],
        "statements": [],
        "manager_position": None,
    }
    return {**made, **changes}


def _dimension(place: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    own = [row for row in rows if row["dimension"] == f"dimension-{place}" and row["required"]]
    return {
        "key": f"dimension-{place}",
        "name": DIMENSIONS[place],
        "met": sum(row["proven"] for row in own),
        "required": len(own),
        "set_aside": 0,
        "weakest": own[0]["key"] if own else None,
    }


def request_of(made: dict[str, Any], *, paper: str = "a4", recipient: str = "") -> bytes:
    """What the PDF's child process reads for a document frozen on its last day."""
    shown = present(
        made, sha256=digest(canonical(made)), number=1, frozen_on=END, recipient=recipient
    )
    return paper_request(shown, paper=paper)


def frozen(made: dict[str, Any], *, number: int = 1, packet: Packet | None = None) -> Snapshot:
    """The document as a snapshot of a packet, saved; without `packet` of a new one."""
    if packet is None:
        level = LevelFactory.create()
        engineer = EngineerFactory.create()
        packet = Packet.objects.create(
            engineer=engineer,
            engineer_name=engineer.name,
            written_by=engineer,
            written_by_name=engineer.name,
            title="Promotion",
            target_level=level,
        )
    content = canonical(made)
    return Snapshot.objects.create(
        packet=packet,
        number=number,
        content=content,
        sha256=digest(content),
        paper=packet.paper,
        frozen_at=dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC),
    )
