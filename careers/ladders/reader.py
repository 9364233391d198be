"""Ladders as their pages show them: the matrix of a track, everything about one level.

What an edition dropped is not shown. Each function says how many queries it takes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.ladders.models import Criterion, Ladder, Level, Placement, Target, Transition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import _StrPromise

    from careers.ladders.models import Dimension, Guidance, LevelQuerySet, Track
    from careers.people.models import Engineer

MAX_COLUMNS = 6  # a matrix with more levels scrolls sideways inside of its own frame

LAMPS: dict[str, _StrPromise] = {
    "sustained": gettext_lazy("sustained"),
    "recent": gettext_lazy("recent"),
    "measured": gettext_lazy("measured"),
    "corroborated": gettext_lazy("corroborated"),
    "led": gettext_lazy("led"),
}
NOT_SHOWN = {"pay"}  # kept as data: it is no expectation of a level

KINDS: dict[str, _StrPromise] = {
    "project": gettext_lazy("Typical projects"),
    "pattern": gettext_lazy("Standout patterns"),
    "responsibility": gettext_lazy("Typical responsibilities"),
    "archetype": gettext_lazy("Ways to be at this level"),
    "skill": gettext_lazy("Skills to work on"),
    "principle": gettext_lazy("Principles"),
    "step": gettext_lazy("How a promotion is decided"),
    "timing": gettext_lazy("When to promote"),
    "difference": gettext_lazy("What is different here"),
    "trap": gettext_lazy("Traps"),
    "pitfall": gettext_lazy("Pitfalls"),
    "change": gettext_lazy("What changes on the way up"),
    "pillar": gettext_lazy("What the pillar is about"),
    "evidence": gettext_lazy("What counts as evidence"),
    "held-back": gettext_lazy("What holds people back"),
    "anti-pattern": gettext_lazy("Habits that slow a career, and what helps"),
    "stuck": gettext_lazy("Stuck, and how to get on"),
    "not-yet": gettext_lazy("Not needed yet"),
    "not-needed": gettext_lazy("Not needed any more"),
    "cumulative": gettext_lazy("What is carried over"),
    "milestone": gettext_lazy("Milestones"),
    "certification": gettext_lazy("Certifications that help"),
    "example": gettext_lazy("Examples"),
    "challenge": gettext_lazy("What is hard about it"),
    "week": gettext_lazy("A usual week"),
    "time-split": gettext_lazy("Where the time goes"),
    "option": gettext_lazy("Ways on from here"),
    "odds": gettext_lazy("How many get there"),
    "owns": gettext_lazy("What the role owns"),
    "path": gettext_lazy("How to get there"),
    "market": gettext_lazy("Where the role is found"),
    "also-called": gettext_lazy("Also called"),
    "title": gettext_lazy("Also called"),
    "fork": gettext_lazy("Engineer or manager"),
    "fork-time": gettext_lazy("Where the time goes"),
    "fork-pro": gettext_lazy("What speaks for it"),
    "fork-con": gettext_lazy("What speaks against it"),
    "fork-best-for": gettext_lazy("For whom it is"),
    "fork-experiment": gettext_lazy("How to try it"),
    "comparison": gettext_lazy("Engineer and manager side by side"),
    "scope": gettext_lazy("Creating scope"),
    "strategy": gettext_lazy("What to work on, by experience"),
    "checklist": gettext_lazy("Checklist for a task"),
    "tip": gettext_lazy("Tips"),
    "lateral": gettext_lazy("Changing tracks"),
    "conversation": gettext_lazy("Career talks"),
    "advice": gettext_lazy("Advice"),
}


@dataclass(frozen=True, slots=True)
class TrackLevels:
    track: Track
    levels: Sequence[Level]


@dataclass(frozen=True, slots=True)
class LadderLevels:
    ladder: Ladder
    tracks: Sequence[TrackLevels]


@dataclass(frozen=True, slots=True)
class Cell:
    level: Level
    criteria: Sequence[Criterion]


@dataclass(frozen=True, slots=True)
class Row:
    dimension: Dimension
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A level with how many required and how many optional criteria it has."""

    level: Level
    required: int
    optional: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A track: a row for each dimension that has criteria, a column for each level."""

    track: Track
    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MAX_COLUMNS


@dataclass(frozen=True, slots=True)
class Topic:
    """What guidance says under one title; the title may be empty."""

    title: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class GuidanceGroup:
    kind: str
    name: str
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class LadderPage:
    ladder: Ladder
    matrices: Sequence[Matrix]
    guidance: Sequence[GuidanceGroup]


@dataclass(frozen=True, slots=True)
class Expectation:
    """A criterion with the names of the lamps it asks for."""

    criterion: Criterion
    lamps: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A transition with its usual time in words, "" where the ladder gives none."""

    transition: Transition
    to_level: Level
    time: str


@dataclass(frozen=True, slots=True)
class LevelPage:
    level: Level
    previous: Level | None
    next: Level | None
    dimensions: Sequence[tuple[Dimension, Sequence[Expectation]]]
    criteria: int
    optional: int
    steps: Sequence[Step]
    skills: Sequence[GuidanceGroup]
    guidance: Sequence[GuidanceGroup]


def with_marks(levels: LevelQuerySet, engineer: Engineer) -> LevelQuerySet:
    """Each level with `is_held` and `is_aimed`: whether it is this engineer's."""
    newest = Placement.objects.filter(engineer=engineer).newest_first().values("pk")[:1]
    held = Placement.objects.filter(level=OuterRef("pk"), pk=Subquery(newest))
    aimed = Target.objects.filter(level=OuterRef("pk"), engineer=engineer)
    return levels.annotate(is_held=Exists(held), is_aimed=Exists(aimed))


def read_ladders(engineer: Engineer) -> list[LadderLevels]:
    """Every ladder that `engineer` may read, with its levels by track; two queries."""
    ladders = Ladder.objects.readable_by(engineer)
    levels: dict[int, list[Level]] = defaultdict(list)
    for level in with_marks(Level.objects.readable_by(engineer), engineer):
        levels[level.ladder_id].append(level)
    return [LadderLevels(ladder, _by_track(levels[ladder.pk])) for ladder in ladders]


def read_ladder_page(ladder: Ladder, engineer: Engineer) -> LadderPage:
    """Three queries, however long the ladder."""
    levels = with_marks(Level.objects.readable_by(engineer).filter(ladder=ladder), engineer)
    criteria = (
        Criterion.objects.filter(ladder=ladder, is_retired=False)
        .select_related("dimension")
        .order_by("dimension__position", "dimension_id", "position", "pk")
    )
    found: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in criteria:
        found[criterion.level_id].append(criterion)
    return LadderPage(
        ladder=ladder,
        matrices=[_matrix(part.track, part.levels, found) for part in _by_track(levels)],
        guidance=_grouped(ladder.guidance.filter(level=None).order_by("position", "pk")),
    )


def read_level_page(engineer: Engineer, *, slug: str, code: str) -> LevelPage | None:
    """The level called `code` of a ladder that `engineer` may read, else None; four queries."""
    levels = with_marks(Level.objects.readable_by(engineer).filter(ladder__slug=slug), engineer)
    by_code = {level.code: level for level in levels}
    level = by_code.get(code)
    if level is None:
        return None
    track = [other for other in by_code.values() if other.track_id == level.track_id]
    place = track.index(level)
    criteria = list(Criterion.objects.of_levels(level))
    guidance = _grouped(level.guidance.order_by("position", "pk"))
    return LevelPage(
        level=level,
        previous=track[place - 1] if place else None,
        next=track[place + 1] if place + 1 < len(track) else None,
        dimensions=[
            (
                dimension,
                [Expectation(criterion, lamps_asked(criterion, level)) for criterion in own],
            )
            for dimension, own in groupby(criteria, key=lambda criterion: criterion.dimension)
        ],
        criteria=len(criteria),
        optional=sum(not criterion.is_required for criterion in criteria),
        steps=_steps(level, by_code.values()),
        skills=[group for group in guidance if group.kind == "skill"],
        guidance=[group for group in guidance if group.kind != "skill"],
    )


def lamps_asked(criterion: Criterion, level: Level) -> list[str]:
    """The names of the lamps, in the language active: those listed, or else those of the rank."""
    if criterion.lamps is not None:
        return [str(name) for lamp, name in LAMPS.items() if lamp in criterion.lamps]
    is_leading = level.rank not in {Level.Rank.JUNIOR, Level.Rank.MID}
    return [str(name) for lamp, name in LAMPS.items() if lamp != "led" or is_leading]


def usual_time(transition: Transition) -> str:
    """ "12–18 months", "3–5 years or more"; "" where the ladder says nothing."""
    least, most = transition.min_months, transition.max_months
    if least is None or most is None:
        return ""
    if least % 12 or most % 12 or most < 24:
        words = ngettext("%(span)s month", "%(span)s months", most)
    else:
        least, most = least // 12, most // 12
        words = ngettext("%(span)s year", "%(span)s years", most)
    span = f"{least}–{most}" if least != most else str(least)
    time = words % {"span": span}
    return _("%(time)s or more") % {"time": time} if transition.is_open_ended else time


def _by_track(levels: Iterable[Level]) -> list[TrackLevels]:
    return [
        TrackLevels(track, list(own))
        for track, own in groupby(levels, key=lambda level: level.track)
    ]


def _matrix(track: Track, levels: Sequence[Level], criteria: dict[int, list[Criterion]]) -> Matrix:
    cells: dict[tuple[int, int], list[Criterion]] = defaultdict(list)
    dimensions: dict[int, Dimension] = {}
    for level in levels:
        for criterion in criteria[level.pk]:
            cells[criterion.dimension_id, level.pk].append(criterion)
            dimensions[criterion.dimension_id] = criterion.dimension
    in_order = sorted(dimensions.values(), key=lambda dimension: (dimension.position, dimension.pk))
    return Matrix(
        track=track,
        columns=[
            Column(
                level=level,
                required=sum(criterion.is_required for criterion in criteria[level.pk]),
                optional=sum(not criterion.is_required for criterion in criteria[level.pk]),
            )
            for level in levels
        ],
        rows=[
            Row(dimension, [Cell(level, cells[dimension.pk, level.pk]) for level in levels])
            for dimension in in_order
        ],
    )


def _steps(level: Level, levels: Iterable[Level]) -> list[Step]:
    known = {other.pk: other for other in levels}
    transitions = level.transitions_onward.order_by("to_level__position", "pk")
    return [
        Step(transition, known[transition.to_level_id], usual_time(transition))
        for transition in transitions
    ]


def _grouped(guidance: Iterable[Guidance]) -> list[GuidanceGroup]:
    """By kind, then by title, each where it first appears."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for part in guidance:
        if part.kind in NOT_SHOWN:
            continue
        kinds.setdefault(part.kind, {}).setdefault(part.title, []).append(part.text)
    return [
        GuidanceGroup(
            kind=kind,
            name=str(KINDS.get(kind) or kind.replace("-", " ").capitalize()),
            topics=[Topic(title, texts) for title, texts in topics.items()],
        )
        for kind, topics in kinds.items()
    ]
