"""Which window to look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.journal.countable import Window

if TYPE_CHECKING:
    from careers.journal.evidence import Goals

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WindowForm(forms.Form):
    """`from` and `to`, both included; what is left out is that of the default window."""

    def __init__(self, *args: Any, goals: Goals, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        self.today = today
        for name, label in (("from", gettext_lazy("from")), ("to", gettext_lazy("to"))):
            self.fields[name] = forms.DateField(label=label, required=False, widget=DATE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            default = self.goals.window(data.get("to") or self.today)
            try:
                data["window"] = Window(data.get("from") or default.start, default.end)
            except ValueError:
                raise ValidationError(_("The first day comes after the last.")) from None
        return data
