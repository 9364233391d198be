"""Publishing a ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.ladders.actions import LadderError
from careers.ladders.document import DocumentError, read_ladder
from careers.ladders.importers import read_document
from careers.ladders.importers.source import decode
from careers.ladders.publishing import may_publish_for_everybody, propose
from careers.ladders.yaml_text import ladder_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict  # noqa: TID251 what a form is given
    from django.utils.datastructures import MultiValueDict

    from careers.ladders.publishing import Proposal
    from careers.ladders.yaml_sections import Problem
    from careers.people.models import Engineer

MOST_BYTES = 900_000  # of a ladder in the browser: a form may have 1 MB, the other fields included
MOST_PROBLEMS = 50


class PublishForm(forms.Form):
    """A ladder to publish, and for whom. `proposal` is there once the form is valid, and
    `is_foreign` says that it was made of something else than our YAML.

    The text of a file takes the place of what was typed, so that a page that shows the form again
    shows what was sent; `replaced` is what stood there. `problems` is what is wrong with the text,
    each with what its line holds.
    """

    document = forms.CharField(
        label=_("The ladder"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("As YAML, CSV or Markdown: its levels and what each of them expects."),
    )
    file = forms.FileField(label=_("Or choose a file"), required=False, allow_empty_file=True)
    name = forms.CharField(required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[("me", _("I alone")), ("everybody", _("Everybody here"))],
        initial="me",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who sees it."),
            "invalid_choice": _("Ladder owners alone publish for everybody."),
        },
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    begun_from = forms.CharField(required=False, widget=forms.HiddenInput)
    operation_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        engineer: Engineer,
        **kwargs: Any,
    ) -> None:
        self.engineer = engineer
        self.proposal: Proposal | None = None
        self.is_foreign = False
        self.problems: Sequence[tuple[Problem, str]] = ()
        self.replaced = ""
        self._unread = ""
        if data is not None and files and (file := files.get("file")):
            data = self._with_file(data.copy(), file)
        super().__init__(data, files, **kwargs)
        if not may_publish_for_everybody(engineer):
            audience: Any = self.fields["audience"]
            audience.choices = [("me", gettext("I alone"))]
            audience.required = False
            audience.widget = forms.HiddenInput()

    def clean_document(self) -> str:
        text: str = self.cleaned_data["document"].replace("\r\n", "\n")
        if self._unread:
            raise forms.ValidationError(self._unread)
        if not text.strip():
            raise forms.ValidationError(gettext("Write or paste a ladder, or choose a file."))
        if "\ufffd" in text:  # what Django makes of bytes that are no text
            raise forms.ValidationError(gettext("Some of it is not UTF-8 text. Copy it anew."))
        if (size := len(text.encode())) > MOST_BYTES:
            raise forms.ValidationError(too_large(size))
        return text

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or "me"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self.check()
        return data

    def check(self) -> None:
        """Say in `proposal` what publishing would do as things stand, or else in errors why not."""
        self.proposal = None
        try:
            name = self.cleaned_data["name"] or "ladder"
            document = read_document(self.cleaned_data["document"].encode(), name=name)
            self.proposal = propose(
                document,
                by=self.engineer,
                is_for_everybody=self.cleaned_data["audience"] == "everybody",
            )
            self.is_foreign = not is_ours(self.cleaned_data["document"])
        except DocumentError as error:
            lines = ["", *self.cleaned_data["document"].split("\n")]
            self.problems = [
                (problem, lines[problem.line].strip() if problem.line < len(lines) else "")
                for problem in error.problems
            ]
            self.add_error("document", [str(problem) for problem in error.problems[:MOST_PROBLEMS]])
        except LadderError as error:
            self.add_error("document", str(error))

    def in_yaml(self) -> PublishForm:
        """A form that holds the ladder which was read from this one, as our YAML."""
        if self.proposal is None:
            return self
        kept = {
            name: self.cleaned_data[name] for name in ("audience", "begun_from", "operation_id")
        }
        initial = {**kept, "document": ladder_yaml(self.proposal.document)}
        return PublishForm(engineer=self.engineer, initial=initial)

    def _with_file(self, data: QueryDict, file: UploadedFile) -> QueryDict:
        """What was sent, with the text of the file as if it had been typed."""
        if file.size and file.size > MOST_BYTES:
            self._unread = too_large(file.size)
            return data
        typed = str(data.get("document", "")).replace("\r\n", "\n").strip()
        try:
            text = decode(file.read())
        except DocumentError as error:
            self._unread = f"{file.name}, {error}"
        else:
            self.replaced = typed if typed != text.strip() else ""
            data["document"], data["name"] = text, str(file.name)
        return data


def is_ours(text: str) -> bool:
    try:
        read_ladder(text.encode())
    except DocumentError:
        return False
    return True


def too_large(size: int) -> str:
    sentence = gettext(
        "It has %(size)s; the browser may send %(most)s. Whoever runs this server publishes "
        "larger ladders with manage.py import_ladder."
    )
    return sentence % {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)}
