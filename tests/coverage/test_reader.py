"""What the reader makes of rows, checked against a few lines of their own that read design.md."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from careers.coverage.reader import SHOWN, Aside, count_aside, read_levels
from careers.journal.countable import default_window
from careers.journal.models import Entry
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    DimensionFactory,
    EngineerFactory,
    EntryFactory,
    EvidenceFactory,
    LadderFactory,
    LevelFactory,
    MetricFactory,
    ProjectFactory,
    TrackFactory,
)

if TYPE_CHECKING:
    from careers.coverage.reader import CoveredCriterion, CoveredLevel
    from careers.ladders.models import Criterion, Level
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

WINDOW = default_window(FRIDAY)
DAY = dt.timedelta(days=1)


def read(engineer: Engineer, level: Level, window: Any = WINDOW) -> CoveredLevel:
    return read_levels(engineer, [level], window=window)[level.pk]


def of(criterion: Criterion, engineer: Engineer) -> CoveredCriterion:
    [row] = [row for row in read(engineer, criterion.level).criteria if row.criterion == criterion]
    return row


def lamps_of(row: CoveredCriterion) -> dict[str, str]:
    return {str(lamp.name): str(lamp.state) for lamp in row.coverage.lamps}


def prove(criterion: Criterion, engineer: Engineer, examples: int = 3, **entry: Any) -> list[Entry]:
    """So many projects, each with an entry led and measured, a hundred days apart."""
    entries = []
    for n in range(examples):
        entries.append(
            EntryFactory.create(
                **{
                    "counted": True,
                    "project": ProjectFactory.create(engineer=engineer),
                    "happened_on": FRIDAY - n * 100 * DAY,
                    **entry,
                }
            )
        )
        MetricFactory.create(entry=entries[-1])
        EvidenceFactory.create(entry=entries[-1], criterion=criterion)
    return entries


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


@pytest.fixture
def criterion() -> Criterion:
    return CriterionFactory.create()


# --- the same as an independent reading ---------------------------------------------------------


def random_ladder(chance: random.Random) -> list[Level]:
    """Two levels of a senior and a junior rank, with lamps listed and not, and one optional."""
    track = TrackFactory.create()
    levels = []
    for rank in ("senior", "junior"):
        level = LevelFactory.create(track=track, rank=rank)
        levels.append(level)
        for _dimension in range(2):
            dimension = DimensionFactory.create(track=track)
            for _criterion in range(3):
                CriterionFactory.create(
                    level=level,
                    dimension=dimension,
                    is_required=chance.random() < 0.8,
                    lamps=chance.choice([None, None, ["recent", "led"], ["measured"], []]),
                )
    return levels


def random_journal(engineer: Engineer, levels: list[Level], chance: random.Random) -> None:
    projects = [None, *ProjectFactory.create_batch(5, engineer=engineer)]
    criteria = [criterion for level in levels for criterion in level.criteria.all()]
    for _entry in range(120):
        entry = EntryFactory.create(
            engineer=engineer,
            project=chance.choice(projects),
            happened_on=FRIDAY - chance.randrange(-1, 700) * DAY,
            outcome=chance.choice(["Faster."] * 6 + ["", "  "]),
            role=chance.choice(["led", "led", "co_led", "contributed", "supported", ""]),
            status=chance.choice(["shipped", "shipped", "dropped", "in_progress"]),
            visibility=chance.choice(["shareable"] * 5 + ["private"]),
            deleted_at=chance.choice([None] * 8 + [timezone.now()]),
        )
        for criterion in chance.sample(criteria, chance.randrange(4)):
            EvidenceFactory.create(
                entry=entry, criterion=criterion, is_primary=chance.random() < 0.8
            )
        for _metric in range(chance.randrange(3)):
            is_new = chance.random() < 0.3
            MetricFactory.create(
                entry=entry,
                is_new=is_new,
                for_whom=chance.choice(["", "on-call"]),
                before=None if is_new else chance.choice([None, Decimal(0), Decimal(8)]),
                after=chance.choice([None, Decimal(0), Decimal(2)]),
                unit=chance.choice(["", "ms", "ms"]),
                basis=chance.choice(["measured", "estimated"]),
            )


def expected(engineer: Engineer, criterion: Criterion) -> tuple[str, str, bool]:
    """Strength, lamps (sustained, recent, measured, corroborated, led) and proven."""
    counted = [
        entry
        for entry in engineer.entries.filter(
            evidence__criterion=criterion,
            evidence__is_primary=True,
            deleted_at=None,
            visibility="shareable",
            role__in=["led", "co_led", "contributed"],
        ).exclude(status="in_progress")
        if entry.outcome.strip() and dt.date(2025, 5, 20) <= entry.happened_on <= FRIDAY
    ]
    examples = {entry.project_id for entry in counted}
    strength = ["none", "luck", "pattern", "undeniable"][min(len(examples), 3)]
    days = sorted(entry.happened_on for entry in counted)
    roles = {entry.role for entry in counted}
    bases = {
        metric.basis
        for entry in counted
        for metric in entry.metrics.all()
        if metric.after is not None
        and metric.unit
        and (metric.before is not None or (metric.is_new and metric.for_whom))
    }
    lamps = ["R"] * 5
    if days:
        span, months = (days[-1] - days[0]).days, {(day.year, day.month) for day in days}
        age = (FRIDAY - days[-1]).days
        lamps[0] = "G" if span >= 180 and len(months) >= 3 else "A" if span >= 90 else "R"
        lamps[1] = "G" if age <= 180 else "A" if age <= 270 else "R"
        lamps[2] = "G" if "measured" in bases else "A" if bases else "R"
        lamps[4] = "G" if "led" in roles else "A" if "co_led" in roles else "R"
    asked = criterion.lamps
    if asked is None:
        asked = ["sustained", "recent", "measured"]
        asked += [] if criterion.level.rank in {"junior", "mid"} else ["led"]
    for n, name in enumerate(["sustained", "recent", "measured", "corroborated", "led"]):
        if name not in asked or name == "corroborated":
            lamps[n] = "-"
    is_proven = len(examples) >= 3 and "R" not in lamps and lamps.count("A") <= 1
    return strength, "".join(lamps), is_proven


@pytest.mark.parametrize("seed", range(8))
def test_reader_agrees_with_an_independent_reading_of_the_rows(maya: Engineer, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 the same journal every time
    levels = random_ladder(chance)
    random_journal(maya, levels, chance)
    random_journal(EngineerFactory.create(), levels, chance)

    covered = read_levels(maya, levels, window=WINDOW)

    letters = {"green": "G", "amber": "A", "red": "R", "not_asked": "-"}
    for level in levels:
        met: dict[int, list[bool]] = defaultdict(list)
        for row in covered[level.pk].criteria:
            strength, lamps, is_proven = expected(maya, row.criterion)
            lit = "".join(letters[lamp.state] for lamp in row.coverage.lamps)
            assert (row.coverage.strength, lit) == (strength, lamps)
            assert row.coverage.is_proven == is_proven
            if row.criterion.is_required:
                met[row.criterion.dimension_id].append(is_proven)
        required = [is_proven for own in met.values() for is_proven in own]
        coverage = covered[level.pk].coverage
        assert (coverage.proven, coverage.required) == (sum(required), len(required))
        cells = {
            cell.name: (cell.coverage.met, cell.coverage.required)
            for cell in covered[level.pk].dimensions
        }
        for criterion in level.criteria.select_related("dimension"):
            own = met[criterion.dimension_id]
            assert cells[criterion.dimension.name] == (sum(own), len(own))


# --- what counts --------------------------------------------------------------------------------


def test_empty_journal_is_red_all_over(maya: Engineer, criterion: Criterion) -> None:
    covered = read(maya, criterion.level)

    [row] = covered.criteria
    assert (covered.coverage.proven, covered.coverage.required) == (0, 1)
    assert (row.coverage.strength, row.counted, row.supporting) == ("none", [], [])
    assert lamps_of(row) == {
        "sustained": "red",
        "recent": "red",
        "measured": "red",
        "corroborated": "not_asked",
        "led": "red",
    }


def test_three_measured_projects_led_over_months_prove_a_criterion(
    maya: Engineer, criterion: Criterion
) -> None:
    prove(criterion, maya)

    covered = read(maya, criterion.level)

    assert (covered.coverage.proven, covered.coverage.required) == (1, 1)
    assert set(lamps_of(covered.criteria[0]).values()) == {"green", "not_asked"}
    assert covered.criteria[0].facts == "3 projects · May 2026 – Nov 2026 · 3 measured · led"


def test_evidence_of_another_engineer_never_counts(maya: Engineer, criterion: Criterion) -> None:
    prove(criterion, EngineerFactory.create())

    assert of(criterion, maya).coverage.strength == "none"


def test_trashed_entry_never_counts(maya: Engineer, criterion: Criterion) -> None:
    prove(criterion, maya, deleted_at=timezone.now())

    row = of(criterion, maya)

    assert (row.coverage.strength, row.supporting) == ("none", [])
    assert count_aside(maya, criterion.level, window=WINDOW) == Aside(
        outside=0, no_longer_asked=0, elsewhere=0
    )


def test_private_entry_never_counts(maya: Engineer, criterion: Criterion) -> None:
    prove(criterion, maya, visibility="private")

    row = of(criterion, maya)

    assert (row.coverage.strength, row.counted, row.supporting) == ("none", [], [])


def test_retired_criterion_is_out(maya: Engineer, criterion: Criterion) -> None:
    retired = CriterionFactory.create(level=criterion.level, is_retired=True)
    prove(retired, maya)

    covered = read(maya, criterion.level)

    assert [row.criterion for row in covered.criteria] == [criterion]
    assert covered.coverage.gates[0].sentence == "0 examples, 3 asked"
    long_ago = default_window(dt.date(2020, 1, 1))
    assert count_aside(maya, criterion.level, window=long_ago) == Aside(
        outside=0, no_longer_asked=3, elsewhere=0
    )


def test_optional_criterion_is_shown_and_not_counted(maya: Engineer, criterion: Criterion) -> None:
    optional = CriterionFactory.create(level=criterion.level, is_required=False)
    prove(optional, maya)

    covered = read(maya, criterion.level)

    assert (covered.coverage.proven, covered.coverage.required) == (0, 1)
    assert [row.coverage.is_proven for row in covered.criteria] == [False, True]


def test_entries_outside_of_the_window_are_counted_apart(
    maya: Engineer, criterion: Criterion
) -> None:
    second = CriterionFactory.create(level=criterion.level)
    for day in (WINDOW.start - DAY, WINDOW.start, WINDOW.end, WINDOW.end + DAY):
        entry = EntryFactory.create(engineer=maya, counted=True, happened_on=day)
        EvidenceFactory.create(entry=entry, criterion=criterion)
        EvidenceFactory.create(entry=entry, criterion=second)
    EvidenceFactory.create(criterion=criterion, entry__happened_on=WINDOW.start - DAY)

    row = of(criterion, maya)

    assert [card.happened_on for card in row.counted] == [WINDOW.end, WINDOW.start]
    assert count_aside(maya, criterion.level, window=WINDOW) == Aside(
        outside=2, no_longer_asked=0, elsewhere=0
    )


def test_entries_tagged_to_another_ladder_alone_are_counted_apart(
    maya: Engineer, criterion: Criterion
) -> None:
    there = CriterionFactory.create(level__ladder=LadderFactory.create())
    both, alone = (EntryFactory.create(engineer=maya, counted=True) for _n in range(2))
    EvidenceFactory.create(entry=both, criterion=there)
    EvidenceFactory.create(entry=both, criterion=criterion)
    EvidenceFactory.create(entry=alone, criterion=there)
    EvidenceFactory.create(criterion=there)

    aside = count_aside(maya, criterion.level, window=WINDOW)

    assert aside.elsewhere == 1


def test_best_complete_metric_of_an_entry_counts(maya: Engineer, criterion: Criterion) -> None:
    [entry] = prove(criterion, maya, examples=1)
    MetricFactory.create(entry=entry, basis="estimated")
    MetricFactory.create(entry=entry, after=None)

    assert lamps_of(of(criterion, maya))["measured"] == "green"


def test_incomplete_metric_lights_nothing(maya: Engineer, criterion: Criterion) -> None:
    evidence = EvidenceFactory.create(criterion=criterion, entry__engineer=maya)
    MetricFactory.create(entry=evidence.entry, unit="")

    assert lamps_of(of(criterion, maya))["measured"] == "red"


def test_ladder_may_ask_for_more_examples(maya: Engineer) -> None:
    ladder = LadderFactory.create(rules={"undeniable_examples": 4})
    criterion = CriterionFactory.create(level__track__ladder=ladder)
    prove(criterion, maya)
    three = of(criterion, maya).coverage
    prove(criterion, maya, examples=1)

    four = of(criterion, maya).coverage

    assert (three.strength, three.is_proven) == ("pattern", False)
    assert (four.strength, four.is_proven) == ("undeniable", True)


# --- what a page says of it ---------------------------------------------------------------------


def test_cards_come_newest_first_the_counted_apart(maya: Engineer, criterion: Criterion) -> None:
    counted = prove(criterion, maya)
    supporting = EvidenceFactory.create(
        criterion=criterion, entry__engineer=maya, entry__counted=True, is_primary=False
    )

    row = of(criterion, maya)

    assert [card.id for card in row.counted] == [entry.pk for entry in counted]
    assert [card.id for card in row.supporting] == [supporting.entry_id]
    newest = row.counted[0]
    assert counted[0].project is not None
    assert (newest.title, newest.project, newest.outcome) == (
        counted[0].title,
        counted[0].project.title,
        "Two teams stopped waiting.",
    )


@pytest.mark.parametrize(("count", "left_out"), [(SHOWN, 0), (SHOWN + 1, 1), (40, 28)])
def test_page_leaves_the_older_entries_of_a_criterion_to_the_journal(
    maya: Engineer, criterion: Criterion, count: int, left_out: int
) -> None:
    EvidenceFactory.create_batch(count, criterion=criterion, entry__engineer=maya)

    row = of(criterion, maya)

    assert len(row.newest_counted) == SHOWN
    assert (row.newest_supporting, row.left_out) == ([], left_out)


def test_dimensions_come_in_the_order_of_the_ladder_with_their_weakest(maya: Engineer) -> None:
    level = LevelFactory.create()
    craft, people = (
        DimensionFactory.create(track=level.track, name=name, position=position)
        for position, name in enumerate(["Craft", "People"])
    )
    talks = CriterionFactory.create(level=level, dimension=people)
    strong, weak = CriterionFactory.create_batch(2, level=level, dimension=craft)
    prove(strong, maya)

    dimensions = read(maya, level).dimensions

    assert [(d.name, d.coverage.met, d.coverage.required) for d in dimensions] == [
        ("Craft", 1, 2),
        ("People", 0, 1),
    ]
    assert [d.weakest and d.weakest.criterion for d in dimensions] == [weak, talks]


def test_nearest_are_the_unproven_with_most_examples_then_fewest_reds(maya: Engineer) -> None:
    level = LevelFactory.create()
    proven, none, two, one_led, one, _optional = (
        CriterionFactory.create(level=level, position=n, is_required=n != 5) for n in range(6)
    )
    prove(proven, maya)
    prove(two, maya, examples=2)
    prove(one, maya, examples=1, role="contributed")
    prove(one_led, maya, examples=1)

    nearest = read(maya, level).nearest(4)

    assert [row.criterion for row in nearest] == [two, one_led, one, none]


def test_nearest_counts_examples_up_to_what_the_ladder_asks_for(maya: Engineer) -> None:
    ladder = LadderFactory.create(rules={"undeniable_examples": 4})
    level = LevelFactory.create(track__ladder=ladder)
    three, four_unled = (CriterionFactory.create(level=level, position=n) for n in range(2))
    prove(three, maya, examples=3)
    prove(four_unled, maya, examples=4, role="contributed")

    nearest = read(maya, level).nearest()

    assert [row.criterion for row in nearest] == [four_unled, three]


# --- levels and queries -------------------------------------------------------------------------


def test_evidence_counts_for_the_level_of_its_criterion_alone(maya: Engineer) -> None:
    track = TrackFactory.create()
    aimed, held = (CriterionFactory.create(level__track=track) for _n in range(2))
    prove(held, maya)

    covered = read_levels(maya, [aimed.level, None, held.level], window=WINDOW)

    assert {level: found.coverage.proven for level, found in covered.items()} == {
        aimed.level_id: 0,
        held.level_id: 1,
    }


def test_reading_no_level_finds_nothing(maya: Engineer) -> None:
    assert read_levels(maya, [None], window=WINDOW) == {}


def test_levels_are_read_in_three_queries(maya: Engineer, django_assert_num_queries: Any) -> None:
    criteria = CriterionFactory.create_batch(3)
    for criterion in criteria:
        prove(criterion, maya, examples=5)
    levels = [criterion.level for criterion in criteria]

    with django_assert_num_queries(3):
        covered = read_levels(maya, levels, window=WINDOW)

    assert [found.coverage.proven for found in covered.values()] == [1, 1, 1]
