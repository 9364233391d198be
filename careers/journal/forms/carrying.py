"""Choosing which evidence to carry over to another ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.journal.carrying import Match


class CarryForm(forms.Form):
    """`criterion`: the mark of each match whose evidence is to be carried over."""

    criterion = forms.MultipleChoiceField(
        error_messages={
            "required": _("Tick at least one criterion; nothing was changed."),
            "invalid_choice": _(
                "Something changed since you looked; look again. Nothing was changed."
            ),
        },
    )

    def __init__(self, *args: Any, matches: Sequence[Match], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = matches
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (match.mark, match.there.text) for match in matches
        ]

    def rows(self) -> list[tuple[Match, bool]]:
        """Each match, and whether it is ticked: at first those that say the same word for word."""
        if not self.is_bound:
            return [(match, not match.is_reworded) for match in self.matches]
        ticked = set(self["criterion"].value() or ())
        return [(match, match.mark in ticked) for match in self.matches]

    def chosen(self) -> list[Match]:
        """What was ticked; only after is_valid."""
        marks = set(self.cleaned_data["criterion"])
        return [match for match in self.matches if match.mark in marks]
