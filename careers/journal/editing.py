"""The whole of an entry as one form: fields, numbers, links, evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from careers.journal.countable import plain
from careers.journal.evidence import EvidenceForm, Goals
from careers.journal.forms.entries import (
    EntryForm,
    LinkFormSet,
    MetricFormSet,
    rows_of,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.datastructures import MultiValueDict

    from careers.journal.content import EntryChange
    from careers.journal.models import Entry


class EntryEditor:
    """The forms of one entry, checked together and read as one change.

    A part whose form was not sent stays as it is.
    """

    def __init__(
        self, entry: Entry, goals: Goals, data: MultiValueDict[str, str] | None = None
    ) -> None:
        self.entry = entry
        self.form = EntryForm(data, instance=entry, engineer=entry.engineer)
        self.metrics = MetricFormSet(
            if_sent(data, "metrics"), prefix="metrics", initial=_metric_values(entry)
        )
        self.links = LinkFormSet(
            if_sent(data, "links"),
            prefix="links",
            initial=[{"url": link.url, "label": link.label} for link in _in_order(entry.links)],
        )
        self.evidence = EvidenceForm(entry, goals, data)

    def is_valid(self) -> bool:
        rows = [part.is_valid() for part in (self.metrics, self.links) if part.is_bound]
        answers = [self.form.is_valid(), self.evidence.is_valid(), *rows]  # each has its errors
        return all(answers)

    @property
    def version(self) -> int:
        return int(self.form.cleaned_data["version"])

    @property
    def operation_id(self) -> UUID | None:
        return self.form.cleaned_data.get("operation_id")

    def change(self) -> EntryChange:
        """What was sent; only after is_valid."""
        return replace(
            self.form.change(),
            metrics=rows_of(self.metrics) if self.metrics.is_bound else None,
            links=rows_of(self.links) if self.links.is_bound else None,
            evidence=self.evidence.supports(),
        )


def if_sent(data: MultiValueDict[str, str] | None, prefix: str) -> MultiValueDict[str, str] | None:
    """What was sent of a part of a form; None when the part was not."""
    return data if data is not None and f"{prefix}-TOTAL_FORMS" in data else None


def _in_order(related: Any) -> list[Any]:
    return sorted(related.all(), key=lambda row: (row.position, row.pk))


def _metric_values(entry: Entry) -> list[dict[str, Any]]:
    names = ("name", "unit", "better", "basis", "is_new", "for_whom")
    return [
        {
            **{name: getattr(metric, name) for name in names},
            "before": plain(metric.before),
            "after": plain(metric.after),
            "arithmetic": metric.arithmetic,
        }
        for metric in _in_order(entry.metrics)
    ]
