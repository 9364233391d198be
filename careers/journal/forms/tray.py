"""Forms of what is brought in: the text or file, one candidate, many of them, one as several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.journal.content import EntryChange
from careers.journal.forms.entries import EngineersForm, EntryForm
from careers.journal.forms.lists import BulkForm
from careers.journal.importers import FORMATS, read
from careers.journal.importers.reading import ImportRefusedError
from careers.journal.importers.source import MOST_BYTES, clean, decode, too_large
from careers.journal.models import Candidate, Entry, Metric

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careers.journal.importers.reading import Reading
    from careers.people.models import Engineer

KINDS = [
    ("auto", gettext_lazy("recognise it")),
    ("markdown", gettext_lazy("a brag document")),
    ("notes", gettext_lazy("notes, a line each")),
    ("git", gettext_lazy("git log")),
    ("json", gettext_lazy("a journal from Careers")),
]


class ImportForm(forms.Form):
    """What to read: pasted text, or a file. `reading` is there once the form is valid."""

    text = forms.CharField(
        label=gettext_lazy("paste anything"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("A brag document in Markdown, plain notes, or git log."),
    )
    file = forms.FileField(
        label=gettext_lazy("or choose a file"), required=False, allow_empty_file=True
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("what it is"), choices=KINDS, required=False, initial="auto"
    )
    year = forms.IntegerField(
        label=gettext_lazy("year of days without one"),
        required=False,
        min_value=1970,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        help_text=gettext_lazy("Left empty: the one the text says."),
    )

    def __init__(self, *args: Any, engineer: Engineer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engineer = engineer
        self.source = ""
        self.reading: Reading | None = None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if "\ufffd" in text:  # what Django makes of bytes that are no text
            raise ValidationError(_("Some of it is not UTF-8 text. Copy it anew."))
        return text

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"] or "auto"
        assert kind in FORMATS  # noqa: S101 KINDS names them all
        return kind

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            text = self._text(data)
            self.reading = read(
                text,
                today=self.engineer.today(),
                kind=data["kind"],
                name=self.source,
                year=data["year"],
                me=[self.engineer.email, self.engineer.name],
            )
        except ImportRefusedError as error:
            raise ValidationError(str(error)) from None
        data["text"] = text
        return data

    def _text(self, data: Mapping[str, Any]) -> str:
        file = data.get("file")
        if file:
            self.source = str(file.name)[:200]
            if file.size > MOST_BYTES:
                raise too_large(file.size, MOST_BYTES)
            return decode(file.read())
        self.source = data.get("name") or ""
        return clean(data["text"])


class CandidateForm(EngineersForm):
    """The fields of a candidate but its numbers, links and evidence."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    project_title = forms.CharField(
        label=gettext_lazy("project"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "projects", "autocomplete": "off"}),
        help_text=gettext_lazy("Choose one or write a new one."),
    )

    criteria = forms.TypedMultipleChoiceField(
        label=gettext_lazy("evidence for"), required=False, coerce=int
    )

    class Meta(EntryForm.Meta):
        pass

    def __init__(
        self, *args: Any, candidate: Candidate, criteria: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        content = candidate.content
        self.offered = {key for _level, choices in criteria for key, _text in choices}
        kwargs["initial"] = {
            "version": candidate.version,
            "project_title": content["project"],
            "criteria": [support["criterion"] for support in content["evidence"]],
        }
        instance = Entry(engineer=candidate.engineer, **content["fields"])
        super().__init__(*args, instance=instance, engineer=candidate.engineer, **kwargs)
        self.fields["criteria"].choices = criteria  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("not chosen")), *Entry.Role.choices]  # type: ignore[attr-defined]

    def change(self) -> EntryChange:
        data = self.cleaned_data
        return EntryChange(
            fields={name: data[name] for name in self.Meta.fields},
            project_title=data["project_title"],
        )


class TrayBulkForm(BulkForm):
    """What to set on many candidates."""

    basis = forms.ChoiceField(
        label=gettext_lazy("their numbers are"),
        required=False,
        choices=[BulkForm.KEEP, *Metric.Basis.choices],
    )


class SplitForm(forms.Form):
    """One line for each of the candidates to be."""

    lines = forms.CharField(
        label=gettext_lazy("one line for each"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def titles(self) -> list[str]:
        lines = [line.strip().lstrip("-*• ").strip() for line in self.data["lines"].split("\n")]
        return [line for line in lines if line]

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        if any(len(title) > 300 for title in self.titles()):
            raise ValidationError(_("A title has at most 300 letters; shorten the longest line."))
        if len(self.titles()) > 100:
            raise ValidationError(_("At most 100 come of one; delete some lines."))
        return lines


def split_lines(content: Mapping[str, Any]) -> str:
    """The title and the lines of the details, as a first proposal."""
    fields = content["fields"]
    lines = [line.strip().lstrip("-*• ").strip()[:300] for line in fields["what"].split("\n")]
    return "\n".join([fields["title"], *filter(None, lines)][:100])
