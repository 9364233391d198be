"""Choosing which evidence to carry over to another ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.journal.carrying import Match


class CarryForm(forms.Form):
    """`criterion`, once for each criterion of another ladder whose evidence is to be carried."""

    criterion = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Tick at least one criterion; nothing was changed."),
            "invalid_choice": _("One of these no longer has anything to carry over. Look again."),
        },
    )

    def __init__(self, *args: Any, matches: Sequence[Match], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = matches
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (match.there.pk, match.there.text) for match in matches
        ]

    def rows(self) -> list[tuple[Match, bool]]:
        """Each match, and whether it is ticked: at first those that say the same word for word."""
        if not self.is_bound:
            return [(match, not match.is_reworded) for match in self.matches]
        ticked = set(self["criterion"].value() or ())
        return [(match, str(match.there.pk) in ticked) for match in self.matches]

    def chosen(self) -> list[Match]:
        """What was ticked; only after is_valid."""
        keys = set(self.cleaned_data["criterion"])
        return [match for match in self.matches if match.there.pk in keys]
