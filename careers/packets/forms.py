"""Forms of a draft."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.journal.models import Project
from careers.ladders.models import Level
from careers.packets.models import CriterionNote, GrowthArea, Highlight, Packet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.people.models import Engineer

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
STORY_LIMIT = 2_000


class NewPacketForm(forms.Form):
    """A title and the level it argues for; the target, unless another is chosen."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=160)
    target = forms.ModelChoiceField(Level.objects.none(), label=gettext_lazy("for the level"))

    def __init__(self, *args: Any, engineer: Engineer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = Level.objects.readable_by(engineer)  # type: ignore[attr-defined]


class PacketForm(forms.ModelForm):
    """What the draft itself says; its parts have forms of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    operation_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Packet
        fields = [
            "title",
            "engineer_name",
            "window_start_on",
            "window_end_on",
            "paper",
            "thesis",
            "case",
        ]
        widgets = {
            "window_start_on": DATE,
            "window_end_on": DATE,
            "paper": forms.RadioSelect(),
            "thesis": forms.Textarea(attrs={"rows": 3, "data-words": "20-60"}),
            "case": forms.Textarea(attrs={"rows": 9, "data-words": "150-250"}),
        }
        help_texts = {
            "window_start_on": gettext_lazy("Left empty: 18 months before the end."),
            "window_end_on": gettext_lazy("Left empty: today, until you freeze."),
            "thesis": gettext_lazy("Two sentences: what you have been doing, and what it proves."),
            "case": gettext_lazy("150 to 250 words: why this level, why now, sustained by what."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("window_start_on"), data.get("window_end_on")
        if start and end and start > end:
            self.add_error("window_start_on", _("The first day comes after the last."))
        return data

    def begin_from(self, version: int) -> None:
        """Shows what was sent as a change of `version`, which is newer than the one it named."""
        self.data = copy(self.data)
        self.data["version"] = str(version)  # type: ignore[index]

    def validate_constraints(self) -> None:
        """Nothing: `clean` says the same in better words, and without a query."""


class HeadlineForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("number"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "−75 %"}),
    )
    text = forms.CharField(
        label=gettext_lazy("of what"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("time from merge to live")}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("number")) != bool(data.get("text")):
            raise ValidationError(_("A headline result has a number and says of what."))
        return data


class HighlightForm(forms.ModelForm):
    rank = forms.TypedChoiceField(
        label=gettext_lazy("place"),
        coerce=int,
        choices=[(number, number) for number in range(1, 6)],
        required=False,
        empty_value="5",
    )

    project_id = forms.TypedChoiceField(
        label=gettext_lazy("project"), coerce=int, required=False, empty_value=""
    )

    class Meta:
        model = Highlight
        fields = ["problem", "did", "result", "mine"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2, "maxlength": STORY_LIMIT})
            for name in ("problem", "did", "result", "mine")
        }

    def __init__(self, *args: Any, projects: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project_id"].choices = [("", "—"), *projects]  # type: ignore[attr-defined]
        for name in ("problem", "did", "result", "mine"):
            self.fields[name].max_length = STORY_LIMIT  # type: ignore[attr-defined]
            self.fields[name].validators.append(_at_most(STORY_LIMIT))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        told = any(data.get(name) for name in ("problem", "did", "result", "mine"))
        if told and not data.get("project_id") and "project_id" not in self.errors:
            self.add_error("project_id", _("Which project is this about?"))
        return data


class BaseHighlightFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        chosen = [form.cleaned_data.get("project_id") for form in self.forms if form.is_valid()]
        projects = [project for project in chosen if project]
        if len(set(projects)) != len(projects):
            raise ValidationError(_("A project is highlighted once; choose another."))


HeadlineFormSet = forms.formset_factory(HeadlineForm, extra=3, max_num=3, absolute_max=3)
HighlightFormSet = forms.formset_factory(
    HighlightForm, formset=BaseHighlightFormSet, extra=5, max_num=5, absolute_max=5
)


class GrowthAreaForm(forms.ModelForm):
    class Meta:
        model = GrowthArea
        fields = ["gap", "action"]
        widgets = {
            "gap": forms.Textarea(attrs={"rows": 2}),
            "action": forms.Textarea(attrs={"rows": 2}),
        }


GrowthAreaFormSet = forms.formset_factory(GrowthAreaForm, extra=4, max_num=4, absolute_max=4)


class CriterionNoteForm(forms.ModelForm):
    class Meta:
        model = CriterionNote
        fields = ["note", "not_applicable_reason"]
        labels = {
            "note": gettext_lazy("note"),
            "not_applicable_reason": gettext_lazy("not applicable, because"),
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 1}),
            "not_applicable_reason": forms.TextInput(),
        }


def known_projects(engineer: Engineer) -> list[tuple[int, str]]:
    """Keys and titles, for the selects of all highlights at once; one query."""
    projects = Project.objects.filter(engineer=engineer).order_by("title", "pk")
    return list(projects.values_list("pk", "title"))


def _at_most(limit: int) -> Any:
    def check(text: str) -> None:
        if len(text) > limit:
            raise ValidationError(
                _("Write at most %(limit)d characters; these are %(count)d.")
                % {"limit": limit, "count": len(text)}
            )

    return check
