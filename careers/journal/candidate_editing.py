"""The whole of a candidate as one form: fields, numbers, links, criteria."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from careers.journal.content import EntryChange, Support
from careers.journal.editing import if_sent
from careers.journal.forms.entries import LinkFormSet, MetricFormSet, rows_of
from careers.journal.forms.tray import CandidateForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.datastructures import MultiValueDict

    from careers.journal.models import Candidate


class CandidateEditor:
    """The forms of one candidate, checked together and read as one change."""

    def __init__(
        self,
        candidate: Candidate,
        criteria: Sequence[tuple[str, Sequence[tuple[int, str]]]],
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        content = candidate.content
        self.candidate = candidate
        self.form = CandidateForm(
            data, candidate=candidate, criteria=criteria, auto_id=f"candidate-{candidate.pk}-%s"
        )
        self.metrics = MetricFormSet(
            if_sent(data, "metrics"),
            prefix="metrics",
            initial=content["metrics"],
            auto_id=f"candidate-{candidate.pk}-%s",
        )
        self.links = LinkFormSet(
            if_sent(data, "links"),
            prefix="links",
            initial=content["links"],
            auto_id=f"candidate-{candidate.pk}-%s",
        )

    def is_valid(self) -> bool:
        rows = [part.is_valid() for part in (self.metrics, self.links) if part.is_bound]
        return all([self.form.is_valid(), *rows])

    @property
    def version(self) -> int:
        return int(self.form.cleaned_data["version"])

    def begin_from(self, version: int, *, sentence: str) -> None:
        """Shows what was sent as a change of `version`, with a sentence why it was not saved."""
        self.form.data = copy(self.form.data)
        self.form.data["version"] = str(version)  # type: ignore[index]
        self.form.add_error(None, sentence)

    def change(self) -> EntryChange:
        """What was sent; only after is_valid. A part whose form was not sent stays as it is."""
        return replace(
            self.form.change(),
            metrics=rows_of(self.metrics) if self.metrics.is_bound else None,
            links=rows_of(self.links) if self.links.is_bound else None,
            evidence=self._supports(),
        )

    def _supports(self) -> list[Support]:
        """The criteria chosen; those of other levels, which are not offered, stay."""
        chosen = set(self.form.cleaned_data["criteria"])
        offered = self.form.offered
        known = {s["criterion"]: s for s in self.candidate.content["evidence"]}
        kept = [
            Support(key, known[key]["is_primary"], known[key]["note"])
            for key in known
            if key in chosen or key not in offered
        ]
        return kept + [Support(key, is_primary=True) for key in sorted(chosen - known.keys())]
