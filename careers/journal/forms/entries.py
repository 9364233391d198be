"""Forms of one entry, of a project, of a week's note."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.journal.content import EntryChange
from careers.journal.models import EARLIEST, Entry, EntryLink, Metric, Project, Week

if TYPE_CHECKING:
    from careers.people.models import Engineer

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def check_day(day: dt.date, *, today: dt.date) -> dt.date:
    """`day`, when an accomplishment can have happened on it; raises ValidationError otherwise."""
    if day > today + dt.timedelta(days=1):  # tomorrow is today further east
        raise ValidationError(_("This day is still to come; write it down once it has happened."))
    if day < EARLIEST:
        raise ValidationError(_("Before 1970 there is nothing to prove; check the year."))
    return day


class OperationField(forms.UUIDField):
    """Names one save, so that sending it twice saves it once."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)


class EngineersForm(forms.ModelForm):
    """A form of `engineer`; today is the day it is where they are."""

    def __init__(self, *args: Any, engineer: Engineer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engineer = engineer

    def clean_happened_on(self) -> dt.date | None:
        day = self.cleaned_data["happened_on"]
        return check_day(day, today=self.engineer.today()) if day else None

    def validate_constraints(self) -> None:
        """Nothing: the fields say the same in better words, and without a query."""


class CaptureForm(EngineersForm):
    """One line: what you did, today unless another day is given."""

    operation_id = OperationField()
    happened_on = forms.DateField(required=False, label=gettext_lazy("date"), widget=DATE)

    class Meta:
        model = Entry
        fields = ["title"]
        widgets = {
            "title": forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "enterkeyhint": "done",
                    "placeholder": gettext_lazy("What did you do?"),
                    "aria-label": gettext_lazy("What did you do?"),
                }
            )
        }

    def change(self) -> EntryChange:
        data = self.cleaned_data
        return EntryChange(
            fields={name: data[name] for name in ("title", "happened_on") if data[name]}
        )

    def begin_anew(self) -> None:
        """Shows what was sent as a new operation: the one it named has made another entry."""
        self.data = copy(self.data)
        self.data["operation_id"] = str(uuid4())  # type: ignore[index]
        self.add_error(
            "title",
            _("This line was saved before and edited since; save again and it is a new entry."),
        )


class ShortEntryForm(EngineersForm):
    """What an entry needs to count, for editing in place; only the fields that were sent change."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    operation_id = OperationField()
    project_title = forms.CharField(
        label=gettext_lazy("project"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "projects", "autocomplete": "off"}),
        help_text=gettext_lazy("Choose one or write a new one."),
    )

    class Meta:
        model = Entry
        fields = ["title", "happened_on", "outcome", "role", "status"]
        widgets = {"happened_on": DATE, "outcome": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("not chosen")), *Entry.Role.choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
            project = self.instance.project
            self.fields["project_title"].initial = project.title if project else ""
        if self.is_bound:
            for name in self.fields.keys() - {"version"}:
                if self.add_prefix(name) not in self.data:
                    del self.fields[name]

    def begin_from(self, version: int) -> None:
        """Shows what was sent as a change of `version`, which is newer than the one it named."""
        self.data = copy(self.data)
        self.data["version"] = str(version)  # type: ignore[index]

    def change(self) -> EntryChange:
        """What was sent, and of that only the entry's own fields."""
        own = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        project = self.cleaned_data.get("project_title")
        if "own_project" in self.data and not project:
            return EntryChange(fields=own, has_own_project=True)
        return EntryChange(fields=own, project_title=project)


class EntryForm(ShortEntryForm):
    """The whole of an entry but its metrics, links and evidence."""

    class Meta(ShortEntryForm.Meta):
        fields = [
            *ShortEntryForm.Meta.fields,
            "what",
            "kind",
            "reach",
            "visibility",
            "collaborators",
        ]
        widgets = {
            **ShortEntryForm.Meta.widgets,
            "what": forms.Textarea(attrs={"rows": 5}),
            "visibility": forms.RadioSelect(),
        }
        help_texts = {
            "visibility": gettext_lazy("Nobody sees an entry until you share a packet with it."),
            "collaborators": gettext_lazy("Who did it with you."),
        }


class MetricForm(forms.ModelForm):
    """A number and its arithmetic."""

    class Meta:
        model = Metric
        fields = ["name", "before", "after", "unit", "better", "basis", "is_new", "for_whom"]
        widgets = {
            "before": forms.TextInput(attrs={"inputmode": "decimal"}),
            "after": forms.TextInput(attrs={"inputmode": "decimal"}),
            "unit": forms.TextInput(attrs={"placeholder": gettext_lazy("ms, %, hours a week …")}),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_new") and data.get("before") is not None:
            self.add_error("before", _("Something new has no number before; clear one of the two."))
        is_bare = data.get("before") is None and not data.get("is_new")
        if is_bare and data.get("unit", "").strip() == "%" and data.get("after") is not None:
            self.add_error("before", _("A percentage needs its base: per cent of what?"))
        return data


class LinkForm(forms.ModelForm):
    class Meta:
        model = EntryLink
        fields = ["url", "label"]
        widgets = {
            "url": forms.TextInput(
                attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}
            )
        }
        error_messages = {
            "url": {"invalid": gettext_lazy("Write the whole address: https:// and the rest.")}
        }


def rows_of(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The rows of a valid formset; one left blank or ticked for removal is none."""
    rows = []
    for form in formset.forms:
        if form.has_changed() or form.initial:
            row = dict(form.cleaned_data)
            if row and not row.pop("DELETE", False):
                rows.append(row)
    return rows


def formset_of(form: type[forms.ModelForm]) -> type[BaseFormSet]:
    """Up to twenty rows; of a few too many each is shown again, to choose from."""
    return forms.formset_factory(
        form, extra=1, max_num=20, validate_max=True, absolute_max=40, can_delete=True
    )


MetricFormSet = formset_of(MetricForm)
LinkFormSet = formset_of(LinkForm)


class ProjectForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ["title", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        others = Project.objects.filter(engineer=self.instance.engineer).exclude(
            pk=self.instance.pk
        )
        if others.filter(title__iexact=title).exists():
            raise ValidationError(_("You have a project of this title already."))
        return title


class WeekNoteForm(forms.ModelForm):
    note = forms.CharField(
        label=gettext_lazy("a note about this week"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Week
        fields = ["note"]
