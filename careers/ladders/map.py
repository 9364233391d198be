"""The map of a ladder: where each level stands and how the lines between them run.

Pure geometry in pixels, y growing downwards. A track is a lane, junior levels at the bottom. A step
leads at least one row up; two levels that lead to one another stand side by side.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from careers.ladders.levels import TrackLevels
    from careers.ladders.models import Level, Transition
    from careers.ladders.steps import Step

WIDTH = 168  # of a level
LANE = WIDTH + 24
GAP = 48  # between rows: a line, its arrow, what is written beside it
LINE = 15  # of a title
LABEL = 22  # from the top of a box to the baseline of its label
PADDING = 12
CLEAR = 8  # between a line and what is written beside it
HEAD = 22  # the name of the track, under its lane
TITLE_LETTERS, TITLE_LINES, LABEL_LETTERS = 23, 3, 20
EDGE = 2  # so that an outline is not cut off
ARROW = 5
ACROSS = 11  # a line that changes lanes runs so far over the row below, under what is written


@dataclass(frozen=True, slots=True)
class Place:
    """A level: the corner of its box at the left and top, and the lines of its title."""

    level: Level
    label: str
    title: Sequence[str]
    x: int
    y: int
    height: int

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def text_x(self) -> int:
        return self.x + PADDING

    @property
    def label_y(self) -> int:
        return self.y + LABEL

    @property
    def title_lines(self) -> list[tuple[int, str]]:
        """Each line of the title with its baseline."""
        return [
            (self.label_y + LINE * number, line) for number, line in enumerate(self.title, start=1)
        ]

    @property
    def mark_y(self) -> int:
        """The baseline of what is written over its left corner."""
        return self.y - ARROW


@dataclass(frozen=True, slots=True)
class Line:
    """How one gets from level to level: the data of a path, and of the arrows at its ends."""

    path: str
    arrows: Sequence[str]


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written beside the line of a step."""

    step: Step
    x: int
    y: int

    @property
    def text(self) -> str:
        """The usual time, or how many conditions there are where the ladder gives none."""
        if self.step.time:
            return self.step.short_time
        if count := len(self.step.transition.conditions):
            words = ngettext("%(count)d condition", "%(count)d conditions", count)
            return words % {"count": count}
        return _("the step")

    @property
    def top(self) -> int:
        """Of an area that is large enough to be hit."""
        return self.y - LINE

    @property
    def width(self) -> int:
        return (LANE - WIDTH) + WIDTH // 2 - 2 * CLEAR


@dataclass(frozen=True, slots=True)
class Lane:
    """A track: where its name stands, its levels from the bottom, the captions beside them."""

    name: str
    x: int
    places: Sequence[Place]
    captions: Sequence[Caption]


@dataclass(frozen=True, slots=True)
class LadderMap:
    width: int
    height: int
    lanes: Sequence[Lane]
    lines: Sequence[Line]

    @property
    def foot(self) -> int:
        """Where the names of the lanes stand."""
        return self.height - LINE // 2

    @property
    def has_several(self) -> bool:
        """Whether there is more than one level to be told apart."""
        return sum(len(lane.places) for lane in self.lanes) > 1

    @property
    def is_wide(self) -> bool:
        """Whether a phone has to scroll it sideways."""
        return len(self.lanes) > 2


def draw_map(tracks: Sequence[TrackLevels], steps: Sequence[Step]) -> LadderMap:
    """The map of these levels; every step is between two of them."""
    transitions = [step.transition for step in steps]
    rows = _rows(tracks, transitions)
    titles = {level.pk: _wrap(level.title) for part in tracks for level in part.levels}
    height = LABEL + PADDING + LINE * max(map(len, titles.values()), default=1)
    top = max(rows.values(), default=0)
    places = {
        level.pk: Place(
            level=level,
            label=_cut(level.label, LABEL_LETTERS),
            title=titles[level.pk],
            x=EDGE + lane * LANE,
            y=GAP // 2 + (top - rows[level.pk]) * (height + GAP),
            height=height,
        )
        for lane, part in enumerate(tracks)
        for level in part.levels
    }
    return LadderMap(
        width=max(len(tracks), 1) * LANE - LANE + WIDTH + 2 * EDGE,
        height=GAP // 2 + (top + 1) * (height + GAP) - GAP + HEAD,
        lanes=[
            Lane(
                name=_cut(part.track.name, TITLE_LETTERS),
                x=EDGE + lane * LANE + WIDTH // 2,
                places=[places[level.pk] for level in part.levels],
                captions=_captions(part, steps, places),
            )
            for lane, part in enumerate(tracks)
        ],
        lines=_lines(tracks, transitions, places),
    )


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def _wrap(title: str) -> list[str]:
    return textwrap.wrap(title, TITLE_LETTERS, max_lines=TITLE_LINES, placeholder="…") or [""]


def _rows(tracks: Sequence[TrackLevels], transitions: Sequence[Transition]) -> dict[int, int]:
    """The row of each level, 0 at the bottom, without a row that is empty.

    A document whose steps run in a circle cannot be drawn upwards: the passes are as many as there
    are levels, and what still points down then does so.
    """
    ends = {(step.from_level_id, step.to_level_id) for step in transitions}
    beside = {(one, other) for one, other in ends if (other, one) in ends}
    upwards = [*(ends - beside), *(pair for part in tracks for pair in _neighbours(part))]
    rows = {level.pk: 0 for part in tracks for level in part.levels}
    for _pass in rows:
        before = dict(rows)
        for low, high in upwards:
            rows[high] = max(rows[high], min(rows[low], len(rows)) + 1)
        for one, other in beside:
            rows[one] = rows[other] = max(rows[one], rows[other])
        if rows == before:
            break
    for part in tracks:
        for low, high in _neighbours(part):
            rows[high] = max(rows[high], rows[low] + 1)
    dense = {row: number for number, row in enumerate(sorted(set(rows.values())))}
    return {pk: dense[row] for pk, row in rows.items()}


def _neighbours(part: TrackLevels) -> list[tuple[int, int]]:
    keys = [level.pk for level in part.levels]
    return list(pairwise(keys))


def _captions(
    part: TrackLevels, steps: Sequence[Step], places: Mapping[int, Place]
) -> list[Caption]:
    """What is written beside the line that comes up to each level of the lane.

    There is room for one: where several steps lead to a level it is of that within the lane, or
    else of the first.
    """
    own = {level.pk for level in part.levels}
    captions: dict[int, Caption] = {}
    for step in sorted(steps, key=lambda step: step.is_change_of_track):
        start, end = places[step.transition.from_level_id], places[step.transition.to_level_id]
        if end.level.pk in own and start.y > end.y:
            caption = Caption(step, end.middle + CLEAR, end.bottom + GAP // 2 + 2)
            captions.setdefault(end.level.pk, caption)
    return [captions[level.pk] for level in part.levels if level.pk in captions]


def _lines(
    tracks: Sequence[TrackLevels], transitions: Sequence[Transition], places: Mapping[int, Place]
) -> list[Line]:
    """One for each step, a pair of levels that lead to one another sharing it, and one without an
    arrow between neighbours of a track that no step joins."""
    ends = dict.fromkeys((step.from_level_id, step.to_level_id) for step in transitions)
    lines = []
    for one, other in ends:
        if (other, one) not in ends:
            lines.append(_step(places[one], places[other], places.values()))
        elif one < other:
            lines.append(_beside(places[one], places[other], places.values()))
    for part in tracks:
        for low, high in _neighbours(part):
            if (low, high) not in ends and (high, low) not in ends:
                low_place, high_place = places[low], places[high]
                lines.append(Line(f"M{low_place.middle} {low_place.y}V{high_place.bottom}", ()))
    return lines


def _step(start: Place, end: Place, places: Collection[Place]) -> Line:
    """Up from `start`, across in a gap between two rows, up to `end`."""
    if start.y <= end.y:  # drawn in a circle: level or down
        return _beside(start, end, places)
    is_free = not any(
        place.x == end.x and end.bottom < place.y and place.bottom <= start.y for place in places
    )
    gap = (start.y if is_free else end.bottom + GAP) - ACROSS
    tip = end.bottom + ARROW
    return Line(f"M{start.middle} {start.y}V{gap}H{end.middle}V{tip}", (_arrow(end.middle, tip),))


def _beside(one: Place, other: Place, places: Collection[Place]) -> Line:
    """From side to side; over the row where another level stands between; up and down a lane."""
    if one.x == other.x:
        high, low = sorted((one, other), key=lambda place: place.y)
        top, foot = high.bottom + ARROW, low.y - ARROW
        arrows = (_arrow(high.middle, top), _arrow(high.middle, foot, ARROW))
        return Line(f"M{high.middle} {foot}V{top}", arrows)
    left, right = sorted((one, other), key=lambda place: place.x)
    start, end = left.x + WIDTH, right.x
    is_free = left.y == right.y and not any(
        place.y == left.y and left.x < place.x < right.x for place in places
    )
    y = left.y + left.height // 2
    if is_free:
        arrows = (_sideways(start + ARROW, y, -ARROW), _sideways(end - ARROW, y, ARROW))
        return Line(f"M{start + ARROW} {y}H{end - ARROW}", arrows)
    over = min(left.y, right.y) - GAP // 3
    first, second = left.middle + 24, right.middle - 24
    return Line(f"M{first} {left.y}V{over}H{second}V{right.y}", ())


def _arrow(x: int, y: int, length: int = -ARROW) -> str:
    return f"M{x - ARROW} {y - length}L{x} {y + length}L{x + ARROW} {y - length}Z"


def _sideways(x: int, y: int, length: int) -> str:
    return f"M{x - length} {y - ARROW}L{x + length} {y}L{x - length} {y + ARROW}Z"
