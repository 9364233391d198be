"""Recording what somebody said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.feedback.models import Quote
from careers.journal.forms.entries import (
    DATE,
    check_day,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.people.models import Engineer

ENTRIES_OFFERED = 200  # the newest; an older entry is quoted through its project


class QuoteForm(forms.ModelForm):
    """Who said what, when, about which entry or project, for which criteria.

    Criteria that are not offered, because of another level or no longer asked, stay as they are.
    """

    about = forms.ChoiceField(label=gettext_lazy("about"))
    criteria = forms.TypedMultipleChoiceField(
        label=gettext_lazy("speaks for"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    class Meta:
        model = Quote
        fields = ["author", "relation", "said_on", "text"]
        widgets = {"said_on": DATE, "text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": gettext_lazy("As they said or wrote it.")}

    field_order = ("text", "author", "relation", "said_on", "about", "criteria")

    def __init__(
        self, *args: Any, engineer: Engineer, criteria: Sequence[tuple[Any, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.engineer = engineer
        self.offered = criteria
        projects = engineer.projects.order_by("title", "pk").values_list("pk", "title")
        entries = engineer.entries.live().newest_first()[:ENTRIES_OFFERED]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            (_("Projects"), [(f"project-{key}", title) for key, title in projects]),
            (_("Entries"), [(f"entry-{entry.pk}", entry.title) for entry in entries]),
        ]
        self.fields["criteria"].choices = criteria  # type: ignore[attr-defined]
        if self.instance.pk:
            kind = "entry" if self.instance.entry_id else "project"
            self.initial["about"] = f"{kind}-{getattr(self.instance, f'{kind}_id')}"
            self.initial["criteria"] = [row.pk for row in self.instance.criteria.all()]

    def clean_said_on(self) -> dt.date:
        return check_day(self.cleaned_data["said_on"], today=self.engineer.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, _dash, key = data.get("about", "").partition("-")
        self.instance.engineer = self.engineer
        self.instance.entry_id = int(key) if kind == "entry" else None
        self.instance.project_id = int(key) if kind == "project" else None
        if data.get("about") and not data.get("text", "").strip():
            raise ValidationError(_("Write what they said."))
        return data

    def validate_constraints(self) -> None:
        """Nothing: `about` cannot be both, and says so without a query."""

    def save(self, commit: bool = True) -> Quote:
        quote: Quote = super().save(commit)
        offered = {key for _level, group in self.offered for key, _text in group}
        kept = {row.pk for row in quote.criteria.all()} - offered
        quote.criteria.set({*self.cleaned_data["criteria"], *kept})
        return quote
