"""Steps from level to level: what a transition asks, and how long it usually takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.ladders.models import Transition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careers.ladders.models import Level


@dataclass(frozen=True, slots=True)
class Step:
    """A transition between two levels, with its usual time in words, "" where there is none."""

    transition: Transition
    from_level: Level
    to_level: Level
    time: str

    @property
    def short_time(self) -> str:
        """The same where there is little room: "3–5+ years"."""
        return usual_time(self.transition, is_short=True)

    @property
    def is_change_of_track(self) -> bool:
        return self.from_level.track_id != self.to_level.track_id


def read_steps(levels: Iterable[Level]) -> list[Step]:
    """Every step between two of `levels`, in their order; one query."""
    known = {level.pk: level for level in levels}
    place = {pk: position for position, pk in enumerate(known)}
    transitions = Transition.objects.filter(from_level__in=known, to_level__in=known)
    steps = [
        Step(
            transition,
            from_level=known[transition.from_level_id],
            to_level=known[transition.to_level_id],
            time=usual_time(transition),
        )
        for transition in transitions
    ]
    return sorted(steps, key=lambda step: (place[step.from_level.pk], place[step.to_level.pk]))


def usual_time(transition: Transition, *, is_short: bool = False) -> str:
    """ "12–18 months", "3–5 years or more", in short "3–5+ years"; "" where nothing is said."""
    least, most = transition.min_months, transition.max_months
    if least is None or most is None:
        return ""
    if least % 12 or most % 12 or most < 24:
        words = ngettext("%(span)s month", "%(span)s months", most)
    else:
        least, most = least // 12, most // 12
        words = ngettext("%(span)s year", "%(span)s years", most)
    span = f"{least}–{most}" if least != most else str(least)
    if not transition.is_open_ended:
        return words % {"span": span}
    if is_short:
        return words % {"span": f"{span}+"}
    return _("%(time)s or more") % {"time": words % {"span": span}}
