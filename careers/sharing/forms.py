"""Whom a link is for, and what is to be verified."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.sharing.models import LINK_DAYS, Share
from careers.sharing.verification import FULL, SHORT
from careers.web.uploads import HashedFile

MOST_DAYS = 90
LARGEST_FILE = 5_000_000  # bytes


class ShareForm(forms.Form):
    recipient = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=Share._meta.get_field("recipient").max_length,
        help_text=gettext_lazy("One person. The name stands small at the foot of page and PDF."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Open for how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=LINK_DAYS,
        help_text=gettext_lazy("1 to 90. You can end it earlier at any time."),
    )

    def clean_recipient(self) -> str:
        recipient = " ".join(self.cleaned_data["recipient"].split())
        if not any(letter.isalnum() for letter in recipient):
            raise ValidationError(_("Write the name of whoever the link is for."))
        return recipient


class VerifyForm(forms.Form):
    """A hash or a file. `sha256()` is what to look for; a form that is invalid says why."""

    hash = forms.CharField(
        label=gettext_lazy("Hash"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The 12 digits printed in the packet, or all 64."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("PDF or JSON"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("At most 5 MB. It is hashed as it arrives and not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )

    def clean_hash(self) -> str:
        digits: str = re.sub(r"\s", "", self.cleaned_data["hash"]).lower()
        if digits and not re.fullmatch(rf"[0-9a-f]{{{SHORT}}}|[0-9a-f]{{{FULL}}}", digits):
            raise ValidationError(
                _("A hash is 12 or 64 of the digits 0 to 9 and the letters a to f.")
            )
        return digits

    def clean_file(self) -> HashedFile | None:
        file: HashedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size is None or file.size > LARGEST_FILE:
            raise ValidationError(_("This file is over 5 MB; no packet is."), code="too_large")
        if not file.beginning.startswith(b"%PDF-") and not file.beginning.lstrip().startswith(b"{"):
            raise ValidationError(
                _("This is neither a PDF nor JSON. Choose packet.pdf or packet.json as you got it.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not data["hash"] and not data["file"]:
            raise ValidationError(_("Type a hash or choose a file."))
        if not self.errors and data["hash"] and data["file"]:
            raise ValidationError(_("One at a time: a hash or a file."))
        return data

    def sha256(self) -> str:
        file: HashedFile | None = self.cleaned_data["file"]
        digits: str = self.cleaned_data["hash"]
        return file.sha256 if file else digits

    def status(self) -> int:
        """Of the answer that shows this form."""
        return 413 if self.has_error("file", "too_large") else 422 if self.errors else 200
