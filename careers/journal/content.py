"""The whole of an entry as plain data: what a Revision keeps, what a conflict compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from careers.journal.countable import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.journal.models import Entry

FIELDS = (
    "title",
    "happened_on",
    "what",
    "outcome",
    "kind",
    "role",
    "reach",
    "status",
    "visibility",
    "collaborators",
)


@dataclass(frozen=True, slots=True)
class Support:
    """That an entry supports a criterion."""

    criterion_id: int
    is_primary: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What a save sets. A field that is not named, and a part that is None, stays as it was.

    With `has_own_project` the entry gets a new project, called as the entry.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    project_title: str | None = None
    has_own_project: bool = False
    metrics: Sequence[Mapping[str, Any]] | None = None
    links: Sequence[Mapping[str, Any]] | None = None
    evidence: Sequence[Support] | None = None


def content_of_change(change: EntryChange) -> dict[str, Any]:
    """What `change` names, in the shape of an entry's content."""
    content: dict[str, Any] = {
        "fields": {name: _as_json(value) for name, value in change.fields.items()}
    }
    if change.project_title is not None:
        content["project"] = " ".join(change.project_title.split())
    if change.metrics is not None:
        content["metrics"] = [{k: _as_json(v) for k, v in m.items()} for m in change.metrics]
    if change.links is not None:
        content["links"] = [dict(link) for link in change.links]
    if change.evidence is not None:
        content["evidence"] = [
            {"criterion": s.criterion_id, "is_primary": s.is_primary, "note": s.note}
            for s in sorted(change.evidence, key=lambda s: s.criterion_id)
        ]
    return content


def differs(content: Mapping[str, Any], change: EntryChange) -> bool:
    """Whether `change` would leave an entry of that content other than it is."""
    asked = content_of_change(change)
    fields = asked.pop("fields")
    project = asked.pop("project", content["project"])
    return (
        any(content["fields"].get(name) != value for name, value in fields.items())
        or project.casefold() != content["project"].casefold()  # as find_or_make_project finds it
        or any(content[part] != value for part, value in asked.items())
    )


def contents_of(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """For each entry's pk: {fields, project, metrics, links, evidence}, fit for JSON.

    `project` is a title or "". Decimals are strings without trailing zeros, dates ISO. Reads the
    rows anew, four queries however many entries there are.
    """
    if not entries:
        return {}
    fresh = type(entries[0]).objects.filter(pk__in=[entry.pk for entry in entries])
    rows = fresh.select_related("project").prefetch_related("metrics", "links", "evidence")
    return {entry.pk: _content(entry) for entry in rows}


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return plain(value) if isinstance(value, Decimal) else str(value)


def _content(entry: Entry) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in FIELDS}
    fields["happened_on"] = str(fields["happened_on"])
    return {
        "fields": fields,
        "project": entry.project.title if entry.project else "",
        "metrics": [
            {
                "name": metric.name,
                "before": plain(metric.before),
                "after": plain(metric.after),
                "unit": metric.unit,
                "better": metric.better,
                "basis": metric.basis,
                "is_new": metric.is_new,
                "for_whom": metric.for_whom,
            }
            for metric in sorted(entry.metrics.all(), key=lambda m: (m.position, m.pk))
        ],
        "links": [
            {"url": link.url, "label": link.label}
            for link in sorted(entry.links.all(), key=lambda m: (m.position, m.pk))
        ],
        "evidence": [
            {"criterion": row.criterion_id, "is_primary": row.is_primary, "note": row.note}
            for row in sorted(entry.evidence.all(), key=lambda m: m.criterion_id)
        ],
    }
