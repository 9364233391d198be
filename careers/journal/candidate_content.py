"""The content of a candidate, in the shape of a Revision's: made of a row, changed, merged."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from careers.journal.content import EntryChange, content_of_change
from careers.journal.countable import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careers.journal.importers.reading import Row

MOST = 20  # links, and numbers
WHAT, OUTCOME, COLLABORATORS = 20_000, 5_000, 500
DEFAULTS = {"reach": "team", "visibility": "shareable"}


def content_of_row(
    row: Row, criteria: Mapping[tuple[str, str], int] | None = None
) -> dict[str, Any]:
    """A row in the shape of a Revision's content; `criteria` are keys by ladder and criterion."""
    if row.content is not None:
        return {**row.content, "evidence": _evidence(row.content["evidence"], criteria or {})}
    names = ("title", "what", "outcome", "kind", "role", "status", "collaborators")
    fields: dict[str, Any] = {name: getattr(row, name) for name in names}
    fields |= {**DEFAULTS, "happened_on": row.happened_on.isoformat()}
    return {
        "fields": fields,
        "project": row.project,
        "metrics": [
            {
                "name": number.name,
                "before": plain(number.before),
                "after": plain(number.after),
                "unit": number.unit,
                "better": number.better,
                "basis": number.basis,
                "is_new": False,
                "for_whom": "",
            }
            for number in row.numbers
        ],
        "links": [{"url": link.url, "label": link.label} for link in row.links],
        "evidence": [],
    }


def _evidence(
    supports: Iterable[Mapping[str, Any]], criteria: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    """Each criterion that is known here once; named twice it is primary if it is so once."""
    found: dict[int, dict[str, Any]] = {}
    for support in supports:
        key = criteria.get((support["ladder"], support["criterion"]))
        if key is not None and (key not in found or support["is_primary"]):
            said = {"is_primary": support["is_primary"], "note": support["note"]}
            found[key] = {"criterion": key, **said}
    return [found[key] for key in sorted(found)]


def merged(contents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One content of several: the first's, what it lacks from the others, the rest in its details.

    Its day is the last of theirs, and it is private when one of them is.
    """
    first, *others = contents
    fields = dict(first["fields"])
    told = [fields["what"]]
    for other in others:
        own = other["fields"]
        told.append("\n".join(filter(None, [f"- {own['title']}", own["what"]])))
        for name, glue in (("outcome", "\n"), ("collaborators", ", ")):
            parts = [*fields[name].split(glue), *own[name].split(glue)]
            fields[name] = glue.join(dict.fromkeys(filter(None, parts)))
        fields["role"] = fields["role"] or own["role"]
        if own["visibility"] == "private":
            fields["visibility"] = "private"
    fields["what"] = "\n".join(filter(None, told))
    fields["happened_on"] = max(content["fields"]["happened_on"] for content in contents)
    evidence = {s["criterion"]: s for content in reversed(contents) for s in content["evidence"]}
    return {
        "fields": fields,
        "project": next((c["project"] for c in contents if c["project"]), ""),
        "metrics": _distinct(content["metrics"] for content in contents),
        "links": _distinct(content["links"] for content in contents),
        "evidence": sorted(evidence.values(), key=lambda support: support["criterion"]),
    }


def is_too_long(content: Mapping[str, Any]) -> bool:
    """Whether a content has more than an entry holds."""
    most = {"what": WHAT, "outcome": OUTCOME, "collaborators": COLLABORATORS}
    is_long = any(len(content["fields"][name]) > letters for name, letters in most.items())
    return is_long or max(len(content["metrics"]), len(content["links"])) > MOST


def _distinct(parts: Iterable[Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in chain.from_iterable(parts):
        if part not in found:
            found.append(part)
    return found


def grown(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The old content with the lines of the new one's details that it lacks, below its own."""
    what = old["fields"]["what"]
    known = set(what.split("\n"))
    lines = [line for line in new["fields"]["what"].split("\n") if line not in known]
    told = "\n".join(filter(None, [what, *lines]))[:WHAT]
    return {**old, "fields": {**old["fields"], "what": told}}


def renamed(content: Mapping[str, Any], title: str, **fields: str) -> dict[str, Any]:
    """The same under another title, and with other `fields`."""
    return {**content, "fields": {**content["fields"], "title": title, **fields}}


def changed(
    content: Mapping[str, Any], change: EntryChange, *, is_added: bool = False
) -> dict[str, Any]:
    """The content with what `change` names; with `is_added` evidence comes on top."""
    asked = content_of_change(change)
    fields = {**content["fields"], **asked.pop("fields")}
    if is_added and "evidence" in asked:
        known = {support["criterion"] for support in content["evidence"]}
        new = [support for support in asked["evidence"] if support["criterion"] not in known]
        asked["evidence"] = [*content["evidence"], *new]
    return {**content, **asked, "fields": fields}
