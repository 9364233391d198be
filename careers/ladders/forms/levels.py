"""Saying which level one holds and which one aims for, and which two to compare."""

from __future__ import annotations

import datetime as dt
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.ladders.actions import aim_for, place_engineer
from careers.ladders.models import Level, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from careers.ladders.models import Placement
    from careers.people.models import Engineer

EARLIEST = dt.date(1960, 1, 1)  # nobody holds a level since before


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

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, engineer: Engineer, wished: str = ""
    ) -> None:
        """`wished` is the key of a level that is offered as the one to aim for, to be saved."""
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
        self.retired = [level for level in kept.values() if level.is_retired]
        if wished in self.levels:
            self.initial["target"] = wished
        choices = _by_track(self.levels.values(), value=lambda level: str(level.pk))
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

    @property
    def replaced(self) -> Level | None:
        """The level in the history that the one chosen takes the place of, if there is one."""
        day, level = self.cleaned_data["since_on"], self.cleaned_data["level"]
        same_day = (said.level for said in self.placements if said.since_on == day)
        return next((other for other in same_day if other != level), None)

    @transaction.atomic
    def save(self) -> None:
        place_engineer(
            self.engineer,
            level=self.cleaned_data["level"],
            since_on=self.cleaned_data["since_on"],
            employer=self.cleaned_data["employer"],
        )
        aim_for(self.engineer, level=self.cleaned_data["target"])


class LevelPairForm(forms.Form):
    """Two levels of one ladder, by code: `from` and `to`.

    What is left out is where the person stands or wants to go, or else a level next to the other.
    """

    def __init__(self, data: Mapping[str, str], *, levels: Sequence[Level]) -> None:
        self.levels = {level.code: level for level in levels}
        start, end = data.get("from", ""), data.get("to", "")
        self.is_asked = bool(start or end)
        pair = _pair(levels, start=start, end=end) if self.is_asked else _usual_pair(levels)
        super().__init__(dict(zip(("from", "to"), pair, strict=True)))
        choices = _by_track(levels, value=lambda level: level.code)
        for name, label in (("from", _("from")), ("to", _("to"))):
            message = _("There is no level “%(value)s” in this ladder; choose another.")
            errors = {"invalid_choice": message, "required": _("Choose a level.")}
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, error_messages=errors
            )

    @property
    def pair(self) -> tuple[Level, Level]:
        """The levels chosen, of a form that is valid."""
        return self.levels[self.cleaned_data["from"]], self.levels[self.cleaned_data["to"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and data["from"] == data["to"]:
            raise forms.ValidationError(gettext("This is one level; choose two that differ."))
        return data


def _usual_pair(levels: Sequence[Level]) -> tuple[str, str]:
    """The codes of the level held and of the one aimed for.

    Where one is missing it is a neighbour of the other; where both are, the lowest two levels.
    """
    held, aimed = _marked(levels)
    steps = _neighbours(levels)
    pairs = [
        *((start, end) for start in held for end in aimed if start != end),
        *(step for step in steps if step[0] in held),
        *(step for step in steps if step[1] in aimed),
        *(step for step in steps if {*step} & {*held, *aimed}),
        *steps,
        *pairwise(level.code for level in levels),
    ]
    return pairs[0] if pairs else ("", "")


def _pair(levels: Sequence[Level], *, start: str, end: str) -> tuple[str, str]:
    """The two codes; an empty one is the level held or aimed for, or else a neighbour."""
    held, aimed = _marked(levels)
    below = {high: low for low, high in _neighbours(levels)}
    above = dict(_neighbours(levels))
    codes = [level.code for level in levels]
    starts = [*held, below.get(end), above.get(end), *codes]
    ends = [*aimed, above.get(start), below.get(start), *codes]
    return (
        start or next((code for code in starts if code and code != end), ""),
        end or next((code for code in ends if code and code != start), ""),
    )


def _marked(levels: Sequence[Any]) -> tuple[list[str], list[str]]:
    """The codes of the level held and of the one aimed for, none or one each."""
    return (
        [level.code for level in levels if level.is_held],
        [level.code for level in levels if level.is_aimed],
    )


def _neighbours(levels: Sequence[Level]) -> list[tuple[str, str]]:
    """The codes of each two levels that follow one another in a track."""
    pairs = pairwise(levels)
    return [(low.code, high.code) for low, high in pairs if low.track_id == high.track_id]


def _initial(placement: Placement | None, target: Target | None) -> dict[str, Any]:
    said: dict[str, Any] = {"target": target.level_id} if target else {}
    if placement:
        said |= {
            "level": placement.level_id,
            "since_on": placement.since_on,
            "employer": placement.employer,
        }
    return said


def _by_track(
    levels: Iterable[Level], *, value: Callable[[Level], str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a select: a group for each track of each ladder."""

    def group(level: Level) -> str:
        if level.is_retired:
            return gettext("No longer in the ladder")
        return f"{level.ladder.name} · {level.track.name}"

    return [
        (name, [(value(level), str(level)) for level in own])
        for name, own in groupby(levels, key=group)
    ]
