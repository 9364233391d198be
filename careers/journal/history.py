"""What changed between two states of an entry, in words a person reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Field
from django.utils.translation import gettext as _

from careers.journal.content import FIELDS, EntryChange, content_of_change
from careers.journal.models import Entry
from careers.ladders.models import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it was and as it became; each value is lines of text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    saved_at: dt.datetime
    title: str
    differences: tuple[Difference, ...]


def history_of(entry: Entry) -> list[Version]:
    """Every save of an entry, newest first, each with what it changed; two queries."""
    revisions = list(entry.revisions.order_by("number"))
    texts = _criterion_texts(revision.content for revision in revisions)
    versions = [
        Version(
            newer.number,
            newer.saved_at,
            newer.content["fields"]["title"],
            differences(older.content, newer.content, texts),
        )
        for older, newer in pairwise(revisions)
    ]
    if revisions:
        first = revisions[0]
        versions.insert(
            0, Version(first.number, first.saved_at, first.content["fields"]["title"], ())
        )
    return versions[::-1]


def conflict_between(saved: Content, change: EntryChange) -> tuple[Difference, ...]:
    """Where what somebody sent differs from what was saved meanwhile; `before` is the saved."""
    sent = content_of_change(change)
    whole = {**saved, **sent, "fields": {**saved["fields"], **sent["fields"]}}
    return differences(saved, whole, _criterion_texts([saved, whole]))


def differences(
    older: Content, newer: Content, criterion_texts: Mapping[int, str]
) -> tuple[Difference, ...]:
    before, after = (_as_text(content, criterion_texts) for content in (older, newer))
    labels = {
        **{name: str(_field(name).verbose_name) for name in FIELDS},
        "project": _("project"),
        "metrics": _("numbers"),
        "links": _("links"),
        "evidence": _("evidence for"),
    }
    return tuple(
        Difference(labels[part].capitalize(), before[part], after[part])
        for part in labels
        if before[part] != after[part]
    )


def _as_text(content: Content, criterion_texts: Mapping[int, str]) -> dict[str, str]:
    text = {name: _display(name, content["fields"][name]) for name in FIELDS}
    text["project"] = content["project"]
    text["metrics"] = "\n".join(metric_text(metric) for metric in content["metrics"])
    text["links"] = "\n".join(
        " ".join(filter(None, [link["label"], link["url"]])) for link in content["links"]
    )
    text["evidence"] = "\n".join(_support_text(row, criterion_texts) for row in content["evidence"])
    return text


def _field(name: str) -> Field[Any, Any]:
    field = Entry._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 FIELDS names columns of Entry, no relations
    return field


def _display(name: str, value: str) -> str:
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value))


def metric_text(metric: Mapping[str, Any]) -> str:
    before = _("new") if metric["is_new"] else metric["before"] or "?"
    numbers = f"{before} → {metric['after'] or '?'} {metric['unit']}".strip()
    return f"{metric['name']}: {numbers}, {metric['basis']}"


def _support_text(row: Mapping[str, Any], criterion_texts: Mapping[int, str]) -> str:
    text = criterion_texts.get(row["criterion"], _("a criterion that is gone"))
    kind = _("primary") if row["is_primary"] else _("supporting")
    return f"{text} ({kind})" + (f": {row['note']}" if row["note"] else "")


def _criterion_texts(contents: Iterable[Content]) -> dict[int, str]:
    keys = {row["criterion"] for content in contents for row in content["evidence"]}
    return dict(Criterion.objects.filter(pk__in=keys).values_list("pk", "text"))
