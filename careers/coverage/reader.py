"""What an engineer's rows prove of a level: rows in, the results of rules.py with their names out.

Everything in one pass: three queries for any number of levels and entries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from careers.coverage.facts import (
    CriterionCoverage,
    CriterionFacts,
    DimensionCoverage,
    EvidenceFacts,
    LampName,
    LevelCoverage,
    Rules,
)
from careers.coverage.rules import assess_level, facts_line
from careers.journal.countable import EntryFacts, Measure, Window
from careers.journal.models import Entry, Evidence, Metric
from careers.ladders.models import Criterion, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careers.people.models import Engineer

SHOWN = 12  # of the entries of a criterion, counted and supporting each


class EntryCard(NamedTuple):
    """What a page says of an entry that is evidence."""

    id: int
    title: str
    happened_on: dt.date
    project: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CoveredCriterion:
    """A criterion, what is proven of it, and by which entries, newest first."""

    criterion: Criterion
    coverage: CriterionCoverage
    counted: Sequence[EntryCard]
    supporting: Sequence[EntryCard]

    @property
    def facts(self) -> str:
        return facts_line(self.coverage)

    @property
    def newest_counted(self) -> Sequence[EntryCard]:
        return self.counted[:SHOWN]

    @property
    def newest_supporting(self) -> Sequence[EntryCard]:
        return self.supporting[:SHOWN]

    @property
    def left_out(self) -> int:
        """How many entries a page leaves to the journal to list."""
        newest = len(self.newest_counted) + len(self.newest_supporting)
        return len(self.counted) + len(self.supporting) - newest

    @property
    def reds(self) -> int:
        return sum(lamp.state == "red" for lamp in self.coverage.lamps)


@dataclass(frozen=True, slots=True)
class CoveredDimension:
    name: str
    coverage: DimensionCoverage
    criteria: Sequence[CoveredCriterion]
    weakest: CoveredCriterion | None


@dataclass(frozen=True, slots=True)
class CoveredLevel:
    """A level with what the journal proves of it by `evidence`, which lies in the window."""

    level: Level
    coverage: LevelCoverage
    dimensions: Sequence[CoveredDimension]
    evidence: Sequence[EvidenceFacts]

    @property
    def criteria(self) -> list[CoveredCriterion]:
        return [criterion for dimension in self.dimensions for criterion in dimension.criteria]

    def texts_by_entry(self) -> dict[int, list[str]]:
        """The criteria that each tagged entry of the window supports, countable or not."""
        names = {row.criterion.key: row.criterion.text for row in self.criteria}
        texts: dict[int, list[str]] = defaultdict(list)
        for row in self.evidence:
            texts[row.entry.id].append(names[row.criterion])
        return texts

    def nearest(self, count: int = 3) -> list[CoveredCriterion]:
        """The required criteria not proven yet that lack least: most examples, fewest reds."""
        missing = [
            row
            for row in self.criteria
            if row.coverage.required and not row.coverage.is_proven
            if not row.coverage.is_set_aside
        ]
        enough = Rules.from_mapping(self.level.ladder.rules).undeniable_examples
        missing.sort(key=lambda row: (-min(len(row.coverage.examples), enough), row.reds))
        return missing[:count]


@dataclass(frozen=True, slots=True)
class Aside:
    """How many entries have evidence that the page of a level does not count.

    Those tagged to the level that lie outside of the window; those tagged to a criterion, of
    whatever level and ladder, which an edition dropped; those tagged to criteria of other ladders
    alone. An entry may be among several, and count for another criterion.
    """

    outside: int
    no_longer_asked: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Case:
    """What a packet adds to the journal: criteria set aside, by key, and its growth areas."""

    set_aside: Mapping[str, str] = field(default_factory=dict)
    growth_areas: int | None = None


def read_levels(
    engineer: Engineer, levels: Iterable[Level | None], *, window: Window, case: Case | None = None
) -> dict[int, CoveredLevel]:
    """The coverage of these levels by their keys; None among them is passed over."""
    wanted = [level for level in levels if level is not None]
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in Criterion.objects.of_levels(*wanted):
        criteria[criterion.level_id].append(criterion)
    evidence, cards = _evidence(engineer, wanted, window)
    return {
        level.pk: _cover(
            level, criteria[level.pk], evidence[level.pk], cards, window, case or Case()
        )
        for level in wanted
    }


def _cover(
    level: Level,
    criteria: Sequence[Criterion],
    evidence: Sequence[EvidenceFacts],
    cards: Mapping[int, EntryCard],
    window: Window,
    case: Case,
) -> CoveredLevel:
    covered = assess_level(
        [_criterion_facts(criterion, level, case) for criterion in criteria],
        evidence=evidence,
        window=window,
        rules=Rules.from_mapping(level.ladder.rules),
        growth_areas=case.growth_areas,
    )
    rows = {
        criterion.key: CoveredCriterion(
            criterion,
            coverage,
            [cards[key] for key in reversed(coverage.counted)],
            [cards[key] for key in reversed(coverage.supporting)],
        )
        for criterion, coverage in zip(criteria, covered.criteria, strict=True)
    }
    names = {criterion.dimension.key: criterion.dimension.name for criterion in criteria}
    dimensions = [
        CoveredDimension(
            names[dimension.key],
            dimension,
            [row for row in rows.values() if row.coverage.dimension == dimension.key],
            rows.get(dimension.weakest or ""),
        )
        for dimension in covered.dimensions
    ]
    return CoveredLevel(level, covered, dimensions, evidence)


def _criterion_facts(criterion: Criterion, level: Level, case: Case) -> CriterionFacts:
    lamps = criterion.lamps
    return CriterionFacts(
        key=criterion.key,
        dimension=criterion.dimension.key,
        rank=level.rank,
        required=criterion.is_required,
        lamps=None if lamps is None else tuple(map(LampName, lamps)),
        not_applicable_reason=case.set_aside.get(criterion.key, ""),
    )


def count_aside(engineer: Engineer, level: Level, *, window: Window) -> Aside:
    """One query."""
    is_within = Q(entry__happened_on__range=(window.start, window.end))
    outside = Q(criterion__level=level, criterion__is_retired=False) & ~is_within
    dropped = Q(criterion__is_retired=True)
    here = Evidence.objects.filter(entry=OuterRef("entry"), criterion__ladder=level.ladder_id)
    elsewhere = Q(criterion__is_retired=False) & Q(~Exists(here))
    tagged = Evidence.objects.filter(entry__engineer=engineer, entry__deleted_at=None)
    return Aside(
        **tagged.filter(outside | dropped | elsewhere).aggregate(
            outside=Count("entry", distinct=True, filter=outside),
            no_longer_asked=Count("entry", distinct=True, filter=dropped),
            elsewhere=Count("entry", distinct=True, filter=elsewhere),
        )
    )


def _tagged(engineer: Engineer, levels: Sequence[Level]) -> QuerySet[Evidence]:
    return Evidence.objects.filter(
        criterion__level__in=levels,
        criterion__is_retired=False,
        entry__engineer=engineer,
        entry__deleted_at=None,
    )


def _evidence(
    engineer: Engineer, levels: Sequence[Level], window: Window
) -> tuple[dict[int, list[EvidenceFacts]], dict[int, EntryCard]]:
    """Evidence of the window by level, and a card for every entry in it; two queries."""
    within = (window.start, window.end)
    metrics = Metric.objects.complete().filter(
        entry__engineer=engineer, entry__deleted_at=None, entry__happened_on__range=within
    )
    bases = dict(metrics.order_by("basis").values_list("entry_id", "basis"))  # measured comes last
    rows: Iterable[tuple[Any, ...]] = (
        _tagged(engineer, levels)
        .filter(entry__happened_on__range=within)
        .order_by("pk")
        .values_list(
            "criterion__level_id",
            "criterion__key",
            "is_primary",
            "entry_id",
            "entry__title",
            "entry__happened_on",
            "entry__outcome",
            "entry__project_id",
            "entry__project__title",
            "entry__visibility",
            "entry__status",
            "entry__role",
            "entry__kind",
            "entry__reach",
        )
    )
    evidence: dict[int, list[EvidenceFacts]] = defaultdict(list)
    cards: dict[int, EntryCard] = {}
    facts: dict[int, EntryFacts] = {}
    for level_id, key, is_primary, entry_id, *entry in rows:
        if entry_id not in cards:
            title, day, outcome, project_id, project, visibility, status, role, kind, reach = entry
            cards[entry_id] = EntryCard(entry_id, title, day, project or "", outcome)
            facts[entry_id] = EntryFacts(
                id=entry_id,
                project=project_id,
                happened_on=day,
                is_deleted=False,
                is_shareable=visibility == Entry.Visibility.SHAREABLE,
                status=status,
                has_outcome=bool(outcome.strip()),
                role=role,
                kind=kind,
                reach=reach,
                measure=Measure(bases[entry_id]) if entry_id in bases else Measure.NONE,
            )
        evidence[level_id].append(
            EvidenceFacts(criterion=key, entry=facts[entry_id], is_primary=is_primary)
        )
    return evidence, cards
