"""Saying which level one holds and aims for; publishing a ladder."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.ladders.actions import LadderError, aim_for, place_engineer
from careers.ladders.document import DocumentError, read_ladder
from careers.ladders.importers import read_document
from careers.ladders.importers.source import decode
from careers.ladders.models import Level, Target
from careers.ladders.publishing import may_publish_for_everybody, propose
from careers.ladders.yaml_text import ladder_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict  # noqa: TID251 what a form is given
    from django.utils.datastructures import MultiValueDict

    from careers.ladders.models import Placement
    from careers.ladders.publishing import Proposal
    from careers.ladders.yaml_sections import Problem
    from careers.people.models import Engineer

EARLIEST = dt.date(1960, 1, 1)  # nobody holds a level since before
MOST_BYTES = 900_000  # of a ladder in the browser: a form may have 1 MB, the other fields included
MOST_PROBLEMS = 50


class LevelsForm(forms.Form):
    """Which level an engineer holds, since when, at which employer, and which they aim for."""

    level = forms.ChoiceField(
        label=_("Level you hold"),
        error_messages={
            "required": _("Choose the level you hold, or the one that comes closest."),
            "invalid_choice": _("That level is not in the list; choose another."),
        },
    )
    since_on = forms.DateField(
        label=_("Since"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "min": EARLIEST}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Since when? A rough date is good enough."),
            "invalid": _("Write a date as in 2024-03-01."),
        },
    )
    employer = forms.CharField(
        label=_("Employer"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"max_length": _("Write at most %(limit_value)d characters.")},
    )
    target = forms.ChoiceField(
        label=_("Level you aim for"),
        required=False,
        error_messages={"invalid_choice": _("That level is not in the list; choose another.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, engineer: Engineer) -> None:
        self.engineer = engineer
        placements = engineer.placements.newest_first()
        self.placements = list(placements.select_related("level__ladder", "level__track"))
        placement = self.placements[0] if self.placements else None
        targets = Target.objects.filter(engineer=engineer)
        target = targets.select_related("level__ladder", "level__track").first()
        super().__init__(data, initial=_initial(placement, target))
        levels = {level.pk: level for level in Level.objects.readable_by(engineer)}
        # What one holds or aims for stays a choice when its ladder no longer has it.
        kept = {said.level_id: said.level for said in (placement, target) if said}
        self.levels = {str(pk): level for pk, level in (levels | kept).items()}
        choices = _by_track(self.levels.values())
        fields: dict[str, Any] = self.fields
        fields["level"].choices = [("", _("Choose…")), *choices]
        fields["target"].choices = [("", _("Not decided yet")), *choices]
        fields["since_on"].widget.attrs["max"] = engineer.today()

    def clean_level(self) -> Level:
        return self.levels[self.cleaned_data["level"]]

    def clean_target(self) -> Level | None:
        return self.levels.get(self.cleaned_data["target"])

    def clean_since_on(self) -> dt.date:
        since_on: dt.date = self.cleaned_data["since_on"]
        if since_on > self.engineer.today():
            raise forms.ValidationError(_("That day is still to come."))
        if since_on < EARLIEST:
            raise forms.ValidationError(_("That is before 1960; is the year right?"))
        return since_on

    @transaction.atomic
    def save(self) -> None:
        place_engineer(
            self.engineer,
            level=self.cleaned_data["level"],
            since_on=self.cleaned_data["since_on"],
            employer=self.cleaned_data["employer"],
        )
        aim_for(self.engineer, level=self.cleaned_data["target"])


def _initial(placement: Placement | None, target: Target | None) -> dict[str, Any]:
    said: dict[str, Any] = {"target": target.level_id} if target else {}
    if placement:
        said |= {
            "level": placement.level_id,
            "since_on": placement.since_on,
            "employer": placement.employer,
        }
    return said


def _by_track(levels: Iterable[Level]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a select: a group for each track of each ladder."""

    def group(level: Level) -> str:
        if level.is_retired:
            return gettext("No longer in the ladder")
        return f"{level.ladder.name} · {level.track.name}"

    return [
        (name, [(str(level.pk), str(level)) for level in own])
        for name, own in groupby(levels, key=group)
    ]


class PublishForm(forms.Form):
    """A ladder to publish, and for whom. `proposal` is there once the form is valid, and
    `is_foreign` says that it was made of something else than our YAML.

    The text of a file takes the place of what was typed, so that a page that shows the form again
    shows what was sent. `problems` is what is wrong with the text, each with what its line holds.
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
        try:
            data["document"], data["name"] = decode(file.read()), str(file.name)
        except DocumentError as error:
            self._unread = f"{file.name}, {error}"
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
