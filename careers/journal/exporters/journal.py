"""The journal as JSON (careers-journal/1), from which an empty journal becomes the same again.

{format, projects [{title, summary}], weeks [{monday, is_quiet, note}], entries [the fields of an
entry, project, metrics, links, evidence [{ladder, level, criterion, is_primary, note}]]}. Entries
by day, then as they were written; decimals are strings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from careers.journal.content import contents_of
from careers.journal.importers.ours import FORMAT
from careers.ladders.models import Criterion

if TYPE_CHECKING:
    from careers.people.models import Engineer


def as_json(engineer: Engineer) -> str:
    document = {
        "format": FORMAT,
        "projects": [
            {"title": project.title, "summary": project.summary}
            for project in engineer.projects.order_by("title", "pk")
        ],
        "weeks": [
            {"monday": week.monday.isoformat(), "is_quiet": week.is_quiet, "note": week.note}
            for week in engineer.weeks.order_by("monday")
        ],
        "entries": _entries(engineer),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entries(engineer: Engineer) -> list[dict[str, Any]]:
    entries = list(engineer.entries.live().order_by("happened_on", "pk"))
    contents = contents_of(entries)
    keys = {s["criterion"] for content in contents.values() for s in content["evidence"]}
    criteria = Criterion.objects.select_related("ladder", "level").in_bulk(keys)
    return [_entry(contents[entry.pk], criteria) for entry in entries]


def _entry(content: dict[str, Any], criteria: dict[int, Criterion]) -> dict[str, Any]:
    evidence = [
        {
            "ladder": criteria[support["criterion"]].ladder.slug,
            "level": criteria[support["criterion"]].level.code,
            "criterion": criteria[support["criterion"]].key,
            "is_primary": support["is_primary"],
            "note": support["note"],
        }
        for support in content["evidence"]
    ]
    evidence.sort(key=lambda support: (support["ladder"], support["criterion"]))
    return {
        **content["fields"],
        "project": content["project"],
        "metrics": content["metrics"],
        "links": content["links"],
        "evidence": evidence,
    }
