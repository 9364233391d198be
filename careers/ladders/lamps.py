"""Which questions a criterion asks of its evidence, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from careers.ladders.models import Level

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from careers.ladders.models import Criterion


class Lamp(NamedTuple):
    """Its name, and what an entry has to show for it to turn green."""

    name: _StrPromise
    meaning: _StrPromise


LAMPS = {
    "sustained": Lamp(_("sustained"), _("shown over months, not in one push")),
    "recent": Lamp(_("recent"), _("shown lately, not long ago")),
    "measured": Lamp(_("measured"), _("with a number, before and after")),
    "corroborated": Lamp(
        _("corroborated"),
        _("confirmed by somebody else, once statements can be requested here"),
    ),
    "led": Lamp(_("led"), _("done under your lead")),
}


def lamps_asked(criterion: Criterion, level: Level) -> list[Lamp]:
    """Those the criterion lists, or else those of its level's rank."""
    if criterion.lamps is not None:
        return [lamp for name, lamp in LAMPS.items() if name in criterion.lamps]
    is_leading = level.rank not in {Level.Rank.JUNIOR, Level.Rank.MID}
    return [lamp for name, lamp in LAMPS.items() if name != "led" or is_leading]
