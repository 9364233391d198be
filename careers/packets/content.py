"""The whole of a draft as plain data: what a PacketRevision keeps, what a conflict compares."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from careers.journal.history import Difference
from careers.journal.models import Project
from careers.ladders.models import Criterion
from careers.packets.models import CriterionNote, GrowthArea, Highlight, Packet

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = (
    "title",
    "engineer_name",
    "window_start_on",
    "window_end_on",
    "paper",
    "thesis",
    "case",
    "headline_results",
)
STORY = ("problem", "did", "result", "mine")


def content_of(packet: Packet) -> dict[str, Any]:
    """{fields, highlights, notes, growth_areas} as its rows stand, fit for JSON; three queries."""
    fields = {name: as_json(getattr(packet, name)) for name in FIELDS}
    return {
        "fields": fields,
        "highlights": list(packet.highlights.order_by("rank", "pk").values("project_id", *STORY)),
        "notes": list(
            packet.criterion_notes.order_by("criterion_id").values(
                "criterion_id", "note", "not_applicable_reason"
            )
        ),
        "growth_areas": list(
            packet.growth_areas.order_by("position", "pk").values("gap", "action")
        ),
    }


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def write_parts(packet: Packet, content: Mapping[str, Any]) -> None:
    """Replaces highlights, notes and growth areas by those of `content`.

    Of another's project, or one that is gone, nothing is kept.
    """
    packet.highlights.all().delete()
    own = set(Project.objects.filter(engineer=packet.engineer).values_list("pk", flat=True))
    highlights = [row for row in content["highlights"] if row["project_id"] in own]
    Highlight.objects.bulk_create(
        Highlight(packet=packet, rank=rank, **row) for rank, row in enumerate(highlights, start=1)
    )
    packet.criterion_notes.all().delete()
    CriterionNote.objects.bulk_create(
        CriterionNote(packet=packet, **row) for row in content["notes"]
    )
    packet.growth_areas.all().delete()
    GrowthArea.objects.bulk_create(
        GrowthArea(packet=packet, position=position, **row)
        for position, row in enumerate(content["growth_areas"])
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two contents, field by field, in words."""
    names = _names_of(before, after)
    old, new = (_as_text(content, names) for content in (before, after))
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, "") != new.get(label, "")
    ]


def _names_of(*contents: Mapping[str, Any]) -> dict[str, dict[int, str]]:
    projects = {row["project_id"] for content in contents for row in content["highlights"]}
    criteria = {row["criterion_id"] for content in contents for row in content["notes"]}
    return {
        "projects": dict(Project.objects.filter(pk__in=projects).values_list("pk", "title")),
        "criteria": dict(Criterion.objects.filter(pk__in=criteria).values_list("pk", "text")),
    }


def _as_text(content: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> dict[str, str]:
    text = {}
    for name in FIELDS:
        value = content["fields"][name]
        if name == "headline_results":
            value = "\n".join(f"{row['number']} {row['text']}" for row in value)
        label = str(Packet._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
        text[label] = str(value or "")
    for rank, row in enumerate(content["highlights"], start=1):
        title = names["projects"].get(row["project_id"], _("a project that is gone"))
        story = [title, *(row[part] for part in STORY)]
        text[_("Highlight %(rank)d") % {"rank": rank}] = "\n".join(filter(None, story))
    for row in content["notes"]:
        reason = row["not_applicable_reason"]
        lines = [row["note"], _("Not applicable: %s") % reason if reason else ""]
        text[names["criteria"].get(row["criterion_id"], "?")] = "\n".join(filter(None, lines))
    areas = [f"{row['gap']} → {row['action']}" for row in content["growth_areas"]]
    text[_("Growth areas")] = "\n".join(areas)
    return text
