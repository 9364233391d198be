"""Ladders as their pages show them: the matrix of a track, everything about one level.

What an edition dropped is not shown. Each function says how many queries it takes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from careers.ladders.fork import choices_of
from careers.ladders.guidance import EVIDENCE, FORK, evidence_of, group_guidance, read_guidance_of
from careers.ladders.lamps import lamps_asked
from careers.ladders.levels import by_track, read_levels, with_marks
from careers.ladders.map import draw_map
from careers.ladders.models import Criterion, Ladder, Level
from careers.ladders.steps import read_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careers.ladders.guidance import Elsewhere, GuidanceGroup
    from careers.ladders.lamps import Lamp
    from careers.ladders.levels import TrackLevels
    from careers.ladders.map import LadderMap
    from careers.ladders.models import Dimension, Track
    from careers.ladders.steps import Step
    from careers.people.models import Engineer

MAX_COLUMNS = 6  # a matrix with more levels scrolls sideways inside of its own frame


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

    @property
    def has_years(self) -> bool:
        return any(column.level.years for column in self.columns)

    @property
    def has_scope(self) -> bool:
        """Whether any level says more of itself than its title."""
        return self.has_years or any(column.level.scope for column in self.columns)


@dataclass(frozen=True, slots=True)
class LadderPage:
    ladder: Ladder
    map: LadderMap
    steps: Sequence[Step]
    matrices: Sequence[Matrix]
    guidance: Sequence[GuidanceGroup]
    has_fork: bool
    has_archetypes: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """A criterion with the lamps it asks for."""

    criterion: Criterion
    lamps: Sequence[Lamp]


@dataclass(frozen=True, slots=True)
class LevelPage:
    """`evidence` is what a person could do and show; `elsewhere` the same at levels of its rank."""

    level: Level
    previous: Level | None
    next: Level | None
    dimensions: Sequence[tuple[Dimension, Sequence[Expectation]]]
    criteria: int
    optional: int
    onward: Sequence[Step]
    arriving: Sequence[Step]
    evidence: Sequence[GuidanceGroup]
    elsewhere: Elsewhere
    skills: Sequence[GuidanceGroup]
    guidance: Sequence[GuidanceGroup]
    has_fork: bool

    @property
    def has_no_criteria(self) -> bool:
        return not self.dimensions


def read_ladders(engineer: Engineer) -> list[LadderLevels]:
    """Every ladder that `engineer` may read, with its levels by track, those in which they hold or
    aim for a level first; two queries."""
    ladders = Ladder.objects.readable_by(engineer)
    levels: dict[int, list[Any]] = defaultdict(list)
    for level in with_marks(Level.objects.readable_by(engineer), engineer):
        levels[level.ladder_id].append(level)
    own = {pk for pk, found in levels.items() if any(one.is_held or one.is_aimed for one in found)}
    in_order = sorted(ladders, key=lambda ladder: ladder.pk not in own)
    return [LadderLevels(ladder, by_track(levels[ladder.pk])) for ladder in in_order]


def read_ladder_page(engineer: Engineer, *, slug: str) -> LadderPage | None:
    """The ladder of that slug where `engineer` may read it, else None; four queries."""
    levels = read_levels(engineer, slug=slug)
    if not levels:  # a document has at least one
        return None
    ladder = levels[0].ladder
    criteria = (
        Criterion.objects.filter(ladder=ladder, is_retired=False)
        .select_related("dimension")
        .order_by("dimension__position", "dimension_id", "position", "pk")
    )
    found: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in criteria:
        found[criterion.level_id].append(criterion)
    tracks, steps = by_track(levels), read_steps(levels)
    said = Q(level=None) | Q(kind__in=FORK | {"archetype"})
    guidance = list(ladder.guidance.filter(said).order_by("position", "pk"))
    return LadderPage(
        ladder=ladder,
        map=draw_map(tracks, steps),
        steps=steps,
        matrices=[_matrix(part.track, part.levels, found) for part in tracks],
        guidance=group_guidance(
            part for part in guidance if part.level_id is None and part.kind not in FORK
        ),
        has_fork=bool(choices_of(steps)) or any(part.kind in FORK for part in guidance),
        has_archetypes=any(part.kind == "archetype" and part.level_id for part in guidance),
    )


def read_level_page(engineer: Engineer, *, slug: str, code: str) -> LevelPage | None:
    """The level called `code` of a ladder that `engineer` may read, else None; four queries."""
    levels = read_levels(engineer, slug=slug)
    level = next((other for other in levels if other.code == code), None)
    if level is None:
        return None
    track = [other for other in levels if other.track_id == level.track_id]
    place = track.index(level)
    criteria = list(Criterion.objects.of_levels(level))
    steps = read_steps(levels)
    own, elsewhere = read_guidance_of(level, engineer)
    return LevelPage(
        level=level,
        previous=track[place - 1] if place else None,
        next=track[place + 1] if place + 1 < len(track) else None,
        dimensions=[
            (
                dimension,
                [Expectation(criterion, lamps_asked(criterion, level)) for criterion in expected],
            )
            for dimension, expected in groupby(criteria, key=lambda criterion: criterion.dimension)
        ],
        criteria=len(criteria),
        optional=sum(not criterion.is_required for criterion in criteria),
        onward=[step for step in steps if step.from_level == level],
        arriving=[step for step in steps if step.to_level == level],
        evidence=evidence_of(own),
        elsewhere=elsewhere,
        skills=[group for group in own if group.kind == "skill"],
        guidance=[group for group in own if group.kind not in {*EVIDENCE, *FORK, "skill"}],
        has_fork=any(group.kind in FORK for group in own),
    )


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
