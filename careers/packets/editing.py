"""The whole of a draft as one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careers.coverage.reader import Case
from careers.ladders.models import Criterion
from careers.packets.content import STORY, as_json, content_of
from careers.packets.forms import (
    CriterionNoteForm,
    GrowthAreaFormSet,
    HeadlineFormSet,
    HighlightFormSet,
    PacketForm,
    known_projects,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.datastructures import MultiValueDict

    from careers.packets.models import Packet

NOTE_TEXTS = ("note", "not_applicable_reason")


class PacketEditor:
    """The forms of one draft, checked together and read as one content."""

    def __init__(self, packet: Packet, data: MultiValueDict[str, str] | None = None) -> None:
        self.packet = packet
        self.saved = saved = content_of(packet)
        self.form = PacketForm(data, instance=packet, initial={"version": packet.version})
        self.headlines = HeadlineFormSet(data, prefix="headlines", initial=packet.headline_results)
        self.highlights = HighlightFormSet(
            data,
            prefix="highlights",
            initial=[
                {"rank": rank, **row} for rank, row in enumerate(saved["highlights"], start=1)
            ],
            form_kwargs={"projects": known_projects(packet.engineer)},
        )
        self.growth_areas = GrowthAreaFormSet(data, prefix="growth", initial=saved["growth_areas"])
        notes = {row["criterion_id"]: row for row in saved["notes"]}
        self.notes = [
            (criterion, self._note_form(criterion, notes.get(criterion.pk, {}), data))
            for criterion in Criterion.objects.of_levels(packet.target_level)
        ]

    def _note_form(self, criterion: Criterion, saved: dict[str, Any], data: Any) -> Any:
        prefix = f"criterion-{criterion.pk}"
        return CriterionNoteForm(data, prefix=prefix, initial=saved)

    @property
    def parts(self) -> list[Any]:
        forms = [form for _criterion, form in self.notes]
        return [self.form, self.headlines, self.highlights, self.growth_areas, *forms]

    def is_valid(self) -> bool:
        answers = [part.is_valid() for part in self.parts]  # each of them, so that all say why
        return all(answers)

    @property
    def version(self) -> int:
        return int(self.form.cleaned_data["version"])

    @property
    def operation_id(self) -> UUID | None:
        return self.form.cleaned_data.get("operation_id")

    def case(self) -> Case:
        """What the draft as saved adds to the coverage of the journal; no query."""
        reasons = {row["criterion_id"]: row["not_applicable_reason"] for row in self.saved["notes"]}
        set_aside = {
            criterion.key: reasons[criterion.pk]
            for criterion, _form in self.notes
            if reasons.get(criterion.pk)
        }
        areas = [row for row in self.saved["growth_areas"] if row["gap"] and row["action"]]
        return Case(set_aside, len(areas))

    def content(self) -> dict[str, Any]:
        """What was sent, in the shape of a draft's content; only after is_valid."""
        fields = {name: as_json(self.form.cleaned_data[name]) for name in PacketForm.Meta.fields}
        rows = [form.cleaned_data for form in self.headlines if form.cleaned_data.get("number")]
        fields["headline_results"] = [
            {"number": row["number"], "text": row["text"]} for row in rows
        ]
        told = [f.cleaned_data for f in self.highlights if f.cleaned_data.get("project_id")]
        return {
            "fields": fields,
            "highlights": [
                {name: row[name] for name in ("project_id", *STORY)}
                for row in sorted(told, key=lambda row: int(row["rank"]))
            ],
            "notes": sorted(
                [*self._sent_notes(), *self._hidden_notes()], key=lambda row: row["criterion_id"]
            ),
            "growth_areas": [
                {"gap": row["gap"], "action": row["action"]}
                for row in (form.cleaned_data for form in self.growth_areas)
                if row.get("gap")
            ],
        }

    def _sent_notes(self) -> list[dict[str, Any]]:
        return [
            {"criterion_id": criterion.pk, **form.cleaned_data}
            for criterion, form in self.notes
            if any(form.cleaned_data.values())
        ]

    def hidden_notes(self) -> list[tuple[str, str]]:
        """What the draft says of criteria that are no longer asked: the criterion, the words."""
        rows = {row["criterion_id"]: row for row in self._hidden_notes()}
        criteria = Criterion.objects.filter(pk__in=rows).order_by("pk") if rows else ()
        return [
            (
                criterion.text,
                "\n".join(filter(None, (rows[criterion.pk][name] for name in NOTE_TEXTS))),
            )
            for criterion in criteria
        ]

    def _hidden_notes(self) -> list[dict[str, Any]]:
        """Of criteria that the level asks no longer; they may come back with the next edition."""
        shown = {criterion.pk for criterion, _form in self.notes}
        return [row for row in self.saved["notes"] if row["criterion_id"] not in shown]
