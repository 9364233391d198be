"""What changed between two snapshots, in words; documents in, differences out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from careers.journal.history import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]


def compare(before: Document, after: Document) -> list[Difference]:
    """Where `after` differs from `before`: its texts, its criteria, its entries."""
    old, new = _as_text(before), _as_text(after)
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, "") != new.get(label, "")
    ]


def _as_text(document: Document) -> dict[str, str]:
    packet = document["packet"]
    text = {
        _("Title"): packet["title"],
        _("Name"): packet["engineer"],
        _("Window"): f"{packet['window_start_on']} – {packet['window_end_on']}",
        _("Thesis"): document["thesis"],
        _("The case"): document["case"],
        _("Headline results"): "\n".join(
            f"{row['number']} {row['text']}" for row in document["headline_results"]
        ),
        _("Growth areas"): "\n".join(
            f"{row['gap']} → {row['action']}" for row in document["growth_areas"]
        ),
        _("Quotes"): "\n".join(f"{row['author']}: {row['text']}" for row in document["quotes"]),
    }
    projects = {project["id"]: project["title"] for project in document["projects"]}
    for row in document["highlights"]:
        story = [row[part] for part in ("problem", "did", "result", "mine")]
        text[projects[row["project"]]] = "\n".join(filter(None, story))
    for criterion in document["criteria"]:
        text[criterion["text"]] = _criterion_text(criterion)
    for entry in document["entries"]:
        text[f"{entry['happened_on']} {entry['title']}"] = "\n".join(
            filter(None, [entry["outcome"], entry["what"]])
        )
    return text


def _criterion_text(criterion: Mapping[str, Any]) -> str:
    lamps = ", ".join(f"{name} {lamp['state']}" for name, lamp in criterion["lamps"].items())
    state = _("proven") if criterion["proven"] else _("not proven")
    reason = criterion["not_applicable_reason"]
    said = [_("not applicable: %s") % reason if reason else state, criterion["facts"], lamps]
    return "\n".join(filter(None, [*said, criterion["note"]]))
