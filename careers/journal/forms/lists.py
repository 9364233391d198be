"""Forms of many entries: which page, which filters, which are ticked, what to set on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.journal.forms.entries import DATE, check_day
from careers.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.people.models import Engineer

KEY_DIGITS = 18  # the longest key that can be; one more and it might not fit its column


class PageForm(forms.Form):
    """Which page of a list: the one after an entry, of which `before` names the day and key."""

    before = forms.RegexField(
        r"\A\d{4}-\d{2}-\d{2}\.\d{1,18}\Z", required=False, widget=forms.HiddenInput
    )

    def clean_before(self) -> tuple[dt.date, int] | None:
        """The day and key of the last entry of the page before."""
        text = self.cleaned_data["before"]
        if not text:
            return None
        day, _dot, key = text.partition(".")
        try:
            return dt.date.fromisoformat(day), int(key)
        except ValueError:
            raise ValidationError(_("This page does not exist; start from the newest.")) from None


class FilterForm(PageForm):
    """Search and filters of the journal; everything may be left out."""

    LACKS = [
        ("", gettext_lazy("anything")),
        ("anything", gettext_lazy("something to count")),
        ("no_outcome", gettext_lazy("why it mattered")),
        ("no_role", gettext_lazy("my role")),
        ("in_progress", gettext_lazy("an end: in progress")),
        ("untagged", gettext_lazy("a criterion")),
        ("no_longer_asked", gettext_lazy("a criterion: no longer asked")),
        ("unmeasured", gettext_lazy("a number")),
        ("private", gettext_lazy("permission: private")),
    ]

    q = forms.CharField(
        label=gettext_lazy("search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": gettext_lazy("Search the journal"),
                "aria-label": gettext_lazy("Search the journal"),
            }
        ),
    )
    project = forms.TypedChoiceField(
        label=gettext_lazy("project"), required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), required=False, choices=[("", "—"), *Entry.Kind.choices]
    )
    criterion = forms.TypedChoiceField(
        label=gettext_lazy("criterion"), required=False, coerce=int, empty_value=None
    )
    lacking = forms.ChoiceField(label=gettext_lazy("lacking"), required=False, choices=LACKS)
    since = forms.DateField(label=gettext_lazy("from"), required=False, widget=DATE)
    until = forms.DateField(label=gettext_lazy("to"), required=False, widget=DATE)

    def __init__(
        self,
        *args: Any,
        engineer: Engineer,
        criteria: Sequence[tuple[Any, Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        projects = engineer.projects.order_by("title", "pk").values_list("pk", "title")
        self.fields["project"].choices = [("", "—"), *projects]  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [("", "—"), *criteria]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("since", _("The first day comes after the last."))
        return data


class SelectionForm(forms.Form):
    """Which entries are meant: `entry`, once for each."""

    entry = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any, *, nothing: str = "", **kwargs: Any) -> None:
        """`nothing` is what to say when none is ticked."""
        super().__init__(data, **kwargs)
        chosen = data.getlist("entry")
        self.fields["entry"].choices = [  # type: ignore[attr-defined]
            (text, text) for text in chosen if text.isdecimal() and len(text) <= KEY_DIGITS
        ]
        self.fields["entry"].error_messages["required"] = nothing or _(
            "Tick the entries to change first."
        )


class BulkForm(forms.Form):
    """What to set on many entries; a field left alone stays as each entry has it."""

    KEEP = ("", gettext_lazy("leave as it is"))

    project_title = forms.CharField(
        label=gettext_lazy("project"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "projects", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("my role"), required=False, choices=[KEEP, *Entry.Role.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), required=False, choices=[KEEP, *Entry.Kind.choices]
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("reach"), required=False, choices=[KEEP, *Entry.Reach.choices]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("status"), required=False, choices=[KEEP, *Entry.Status.choices]
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("visibility"), required=False, choices=[KEEP, *Entry.Visibility.choices]
    )
    happened_on = forms.DateField(label=gettext_lazy("date"), required=False, widget=DATE)
    outcome = forms.CharField(
        label=gettext_lazy("why it mattered"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    criteria = forms.TypedMultipleChoiceField(
        label=gettext_lazy("add evidence for"), required=False, coerce=int
    )

    def __init__(
        self, *args: Any, engineer: Engineer, criteria: list[tuple[Any, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.engineer = engineer
        self.fields["criteria"].choices = criteria  # type: ignore[attr-defined]

    def clean_happened_on(self) -> dt.date | None:
        day = self.cleaned_data["happened_on"]
        return check_day(day, today=self.engineer.today()) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Choose something to set."))
        return data
