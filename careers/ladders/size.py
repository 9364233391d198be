"""How large a ladder may be: so large that nobody needs more, and that each page can be drawn.

The pages draw a cell for each dimension and level of a track, and a line for each transition; with
a thousand of each they would take minutes and gigabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument

MOST_TRACKS = 40
MOST_DIMENSIONS = 100  # of a track
MOST_LEVELS = 200  # in all
MOST_CRITERIA = 20_000  # in all
MOST_CRITERIA_HERE = 2_000  # of a level: its page and its coverage tell all about each
MOST_TRANSITIONS = 2_000


def too_much_of(document: LadderDocument) -> str:
    """What there is too much of, as a sentence; "" where all of it has room."""
    dimensions = max((len(track.dimensions) for track in document.tracks), default=0)
    criteria = max((len(level.criteria) for level in document.levels), default=0)
    for count, most, sentence in (
        (len(document.tracks), MOST_TRACKS, _("There are more than %(most)d tracks.")),
        (dimensions, MOST_DIMENSIONS, _("A track has more than %(most)d dimensions.")),
        (len(document.levels), MOST_LEVELS, _("There are more than %(most)d levels.")),
        (len(document.criteria), MOST_CRITERIA, _("There are more than %(most)d criteria.")),
        (criteria, MOST_CRITERIA_HERE, _("A level has more than %(most)d criteria.")),
        (
            len(document.transitions),
            MOST_TRANSITIONS,
            _("There are more than %(most)d transitions."),
        ),
    ):
        if count > most:
            return sentence % {"most": most}
    return ""
