"""growth-map and senior-pillars against S1, their document, counted there by hand."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from careers.ladders.document import LadderDocument, read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from careers.ladders.document import ConditionPart, CriterionPart, GuidancePart

SLUGS = ["growth-map", "senior-pillars"]

# S1, "The Level Map": code, label, rank, whether nothing is described beyond it.
HEADS = [
    ("L1", "L1–L2", "junior", False),
    ("L3", "L3", "mid", False),
    ("L4", "L4", "senior", False),
    ("L5", "L5", "staff", False),
    ("L6", "L6+", "principal", True),
]
# The rows of the map, in the document's order; 2 where the cell of that level states two things:
# self-directed and directing, own team and adjacent ones, chooses and adapts, systems and teams.
CELLS = {
    "scope": (1, 1, 1, 2, 1),
    "autonomy": (1, 1, 2, 1, 1),
    "influence": (1, 1, 2, 1, 1),
    "technical-depth": (1, 1, 2, 1, 1),
    "ambiguity": (1, 1, 1, 1, 1),
    "failure-impact": (1, 1, 1, 1, 1),
}
# S1, "The Key Transitions": statement, levels, sentences of "What changes", the bullets of
# "Concrete signals" and of "What holds people back".
STEPS = [
    pytest.param("S1-08", "L1", "L3", 2, 5, 3, id="S1-08 junior to mid"),
    pytest.param("S1-09", "L3", "L4", 2, 6, 3, id="S1-09 mid to senior"),
    pytest.param("S1-10", "L4", "L5", 2, 6, 4, id="S1-10 senior to staff"),
    pytest.param("S1-11", "L5", "L6", 2, 6, 4, id="S1-11 staff to principal"),
]
# S1, "Anti-Patterns at Every Level": the level it is about ("" for none), how it shows ("Pattern"),
# the harm ("Why it is a problem"), the antidote ("How to avoid it").
ANTI_PATTERNS = [
    pytest.param("S1-12", "L4", (5, 2, 2), id="S1-12 senior by length of service"),
    pytest.param("S1-13", "L5", (3, 2, 3), id="S1-13 architect who no longer builds"),
    pytest.param("S1-14", "", (6, 2, 2), id="S1-14 brilliant loner"),
]
FOUR_QUESTIONS = ("Performance", "Security", "Observability", "Maintainability", "Operability")
COMPARED = ("Main lever", "Day to day", "Measured by", "How it fails", "The way across")
# What else a section of S1 says: where it stands, its kind, its titles and their items.
GUIDANCE = [
    pytest.param(
        "S1-07", "", "principle", {"Impact, not years": 3}, id="S1-07 paragraph below The Level Map"
    ),
    pytest.param(
        "S1-15", "", "evidence", {"Work above one's level": 3}, id="S1-15 Interview Question"
    ),
    pytest.param(
        "S1-23",
        "",
        "checklist",
        {"Correctness": 3} | dict.fromkeys(FOUR_QUESTIONS, 4),
        id="S1-23 The Senior Engineer Task Checklist",
    ),
    pytest.param(
        "S1-23", "", "tip", {"Using the checklist for tasks": 3}, id="S1-23 how to use it"
    ),
    pytest.param("S1-24", "", "principle", {"Two tracks": 6}, id="S1-24 the two tracks"),
    pytest.param(
        "S1-25",
        "",
        "comparison",
        dict.fromkeys(COMPARED, 2),
        id="S1-25 IC Track vs. Management Track",
    ),
    pytest.param("S1-26", "", "principle", {"Both tracks lead": 3}, id="S1-26 The key insight"),
    pytest.param("S1-27", "L5", "tip", {"Choosing an archetype": 2}, id="S1-27 Which one are you?"),
    pytest.param(
        "S1-28",
        "L5",
        "archetype",
        {"Tech lead": 4, "Architect": 4, "Solver": 4, "Right hand": 4},
        id="S1-28 archetypes",
    ),
    pytest.param(
        "S1-29",
        "L5",
        "evidence",
        {"Design documents and RFCs": 4},
        id="S1-29 Design Docs and RFCs",
    ),
    pytest.param(
        "S1-30", "L5", "evidence", {"Projects between teams": 3}, id="S1-30 Cross-Team Projects"
    ),
    pytest.param(
        "S1-31",
        "L5",
        "evidence",
        {"A document on technical strategy": 3},
        id="S1-31 Technical Strategy Documents",
    ),
    pytest.param(
        "S1-32",
        "L5",
        "evidence",
        {"Senior engineers mentored": 2},
        id="S1-32 Mentoring Senior Engineers",
    ),
]
# All of it again, so that nothing stands there that no table knows.
GUIDANCE_KINDS = {
    "": {
        "principle": 12,
        "comparison": 10,
        "anti-pattern": 10,
        "evidence": 3,
        "checklist": 23,
        "tip": 3,
    },
    "L1": {"change": 2, "held-back": 3},
    "L3": {"change": 2, "held-back": 3},
    "L4": {"change": 2, "held-back": 4, "anti-pattern": 9},
    "L5": {
        "change": 2,
        "held-back": 4,
        "anti-pattern": 8,
        "archetype": 16,
        "tip": 2,
        "evidence": 12,
    },
    "L6": {},
}

# S1, "The Six Pillars of Senior Engineering": criteria out of "What it means", out of the bullets
# of "In practice", and out of the test, the measure, the framework or the checklist that follows.
PILLARS = [
    pytest.param("S1-16", "code", 0 + 5 + 1, {"pillar": 3, "difference": 2}, id="S1-16 code"),
    pytest.param("S1-17", "ownership", 3 + 5 + 0, {"anti-pattern": 3}, id="S1-17 ownership"),
    pytest.param("S1-18", "multiplier", 0 + 5 + 1, {"pillar": 4}, id="S1-18 multiplier"),
    pytest.param(
        "S1-19", "trade-offs", 0 + 5 + 1, {"pillar": 2, "checklist": 5}, id="S1-19 trade-offs"
    ),
    pytest.param("S1-20", "production", 1 + 5 + 1, {"checklist": 5}, id="S1-20 production"),
    pytest.param("S1-21", "communication", 2 + 5 + 1, {"pillar": 2}, id="S1-21 communication"),
]


def read_builtin(slug: str) -> LadderDocument:
    return read_ladder((BUILTIN / f"{slug}.yaml").read_bytes())


@pytest.fixture(scope="module")
def growth_map() -> LadderDocument:
    return read_builtin("growth-map")


@pytest.fixture(scope="module")
def senior_pillars() -> LadderDocument:
    return read_builtin("senior-pillars")


@pytest.fixture(scope="module")
def cited() -> Counter[str]:
    """How often the two ladders cite each statement."""
    contents = [json.loads(read_builtin(slug).canonical) for slug in SLUGS]
    return Counter(source for content in contents for source in sources(content))


def sources(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        yield from content.get("source", ())
        for value in content.values():
            yield from sources(value)
    if isinstance(content, list):
        for value in content:
            yield from sources(value)


def criteria_of(document: LadderDocument, code: str) -> tuple[CriterionPart, ...]:
    return next(level.criteria for level in document.levels if level.code == code)


def guidance_of(document: LadderDocument, code: str) -> tuple[GuidancePart, ...]:
    """The guidance of a level, or of the ladder itself for ""."""
    if not code:
        return document.guidance
    return next(level.guidance for level in document.levels if level.code == code)


def parts_of(
    parts: Iterable[CriterionPart | GuidancePart | ConditionPart],
) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.text, part.source) for part in parts]


def words_of(document: LadderDocument, source: str) -> str:
    """The texts that cite `source`, one after the other."""
    parts = [*parts_of(document.criteria), *parts_of(document.guidance)]
    for level in document.levels:
        parts += parts_of(level.guidance)
    for step in document.transitions:
        parts += parts_of(step.conditions)
    return " ".join(text for text, several in parts if source in several)


def count_kinds(guidance: Collection[GuidancePart]) -> dict[str, int]:
    return dict(Counter(part.kind for part in guidance))


@pytest.mark.parametrize("slug", SLUGS)
def test_ladder_is_read_without_problems_under_its_slug(slug: str) -> None:
    document = read_builtin(slug)

    assert document.slug == slug


@pytest.mark.parametrize("source", [f"S1-{n:02}" for n in range(6, 33)])
def test_statement_on_levels_and_seniors_is_cited(source: str, cited: Counter[str]) -> None:
    assert cited[source] > 0


def test_no_statement_beyond_levels_and_seniors_is_cited(cited: Counter[str]) -> None:
    assert sorted(cited) == [f"S1-{n:02}" for n in range(6, 33)]


def test_keys_are_unique_in_both_ladders_together(
    growth_map: LadderDocument, senior_pillars: LadderDocument
) -> None:
    keys = [criterion.key for criterion in (*growth_map.criteria, *senior_pillars.criteria)]

    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_keys_begin_with_their_level_or_pillar(
    growth_map: LadderDocument, senior_pillars: LadderDocument
) -> None:
    levels = [
        criterion.key.startswith(f"{level.code.lower()}-")
        for level in growth_map.levels
        for criterion in level.criteria
    ]
    pillars = [
        criterion.key.startswith(f"{criterion.dimension}-") for criterion in senior_pillars.criteria
    ]

    assert all(levels)
    assert all(pillars)


@pytest.mark.parametrize("slug", SLUGS)
def test_criterion_has_three_to_eight_keywords(slug: str) -> None:
    counts = {criterion.key: len(criterion.keywords) for criterion in read_builtin(slug).criteria}

    assert {key: count for key, count in counts.items() if not 3 <= count <= 8} == {}


def test_growth_map_has_the_five_levels_with_a_rank_each(growth_map: LadderDocument) -> None:
    heads = [(level.code, level.label, level.rank, level.terminal) for level in growth_map.levels]

    assert heads == HEADS


def test_growth_map_counts_neither_years_nor_months(growth_map: LadderDocument) -> None:
    assert [level.code for level in growth_map.levels if level.years] == []
    assert [part.from_code for part in growth_map.transitions if part.months] == []


def test_growth_map_has_the_six_dimensions_in_order(growth_map: LadderDocument) -> None:
    assert [dimension.key for dimension in growth_map.dimensions] == list(CELLS)


@pytest.mark.parametrize("dimension", CELLS, ids=lambda key: f"S1-06 {key}")
def test_every_cell_of_a_row_has_its_criteria(growth_map: LadderDocument, dimension: str) -> None:
    row = tuple(
        sum(criterion.dimension == dimension for criterion in level.criteria)
        for level in growth_map.levels
    )

    assert row == CELLS[dimension]


def test_growth_map_has_34_criteria_all_out_of_the_map(growth_map: LadderDocument) -> None:
    assert len(growth_map.criteria) == 34
    assert {criterion.source for criterion in growth_map.criteria} == {("S1-06",)}


def test_only_patterns_for_the_industry_are_optional(growth_map: LadderDocument) -> None:
    optional = [criterion.key for criterion in growth_map.criteria if not criterion.required]

    assert optional == ["l6-depth"]


def test_transitions_lead_through_all_levels(growth_map: LadderDocument) -> None:
    steps = [(part.from_code, part.to_code) for part in growth_map.transitions]

    assert steps == [("L1", "L3"), ("L3", "L4"), ("L4", "L5"), ("L5", "L6")]
    assert sum(len(part.conditions) for part in growth_map.transitions) == 23


@pytest.mark.parametrize(("source", "start", "end", "changes", "signals", "obstacles"), STEPS)
def test_transition_has_its_signals_and_the_level_left_what_holds_back(
    growth_map: LadderDocument,
    source: str,
    start: str,
    end: str,
    changes: int,
    signals: int,
    obstacles: int,
) -> None:
    step = next(part for part in growth_map.transitions if part.from_code == start)
    guidance = [part for part in guidance_of(growth_map, start) if part.source == (source,)]

    assert step.to_code == end
    assert [part.source for part in step.conditions] == [(source,)] * signals
    assert count_kinds(guidance) == {"change": changes, "held-back": obstacles}


@pytest.mark.parametrize(("source", "code", "counts"), ANTI_PATTERNS)
def test_anti_pattern_tells_how_it_shows_the_harm_and_the_antidote(
    growth_map: LadderDocument, source: str, code: str, counts: tuple[int, int, int]
) -> None:
    parts = [part for part in guidance_of(growth_map, code) if part.kind == "anti-pattern"]

    beginnings = [part.text.partition(":")[0] for part in parts]
    assert {part.source for part in parts} == {(source,)}
    assert len({part.title for part in parts}) == 1
    assert beginnings == [
        *["How it shows"] * counts[0],
        *["The harm"] * counts[1],
        *["The antidote"] * counts[2],
    ]


@pytest.mark.parametrize(("source", "code", "kind", "titles"), GUIDANCE)
def test_guidance_has_the_items_of_its_section(
    growth_map: LadderDocument, source: str, code: str, kind: str, titles: dict[str, int]
) -> None:
    counted = Counter(
        part.title
        for part in guidance_of(growth_map, code)
        if part.kind == kind and part.source == (source,)
    )

    assert dict(counted) == titles


@pytest.mark.parametrize("code", GUIDANCE_KINDS, ids=lambda code: code or "ladder")
def test_guidance_has_nothing_besides(growth_map: LadderDocument, code: str) -> None:
    assert count_kinds(guidance_of(growth_map, code)) == GUIDANCE_KINDS[code]


def test_archetypes_tell_the_everyday_work_and_the_risk(growth_map: LadderDocument) -> None:
    texts = [part.text for part in guidance_of(growth_map, "L5") if part.kind == "archetype"]

    assert sum(text.startswith("Everyday work: ") for text in texts) == 4
    assert sum(text.startswith("The risk: ") for text in texts) == 4


def test_senior_pillars_is_one_level_for_seniors(senior_pillars: LadderDocument) -> None:
    heads = [(level.code, level.rank, level.years) for level in senior_pillars.levels]

    assert heads == [("L4", "senior", "")]
    assert senior_pillars.transitions == ()


def test_senior_pillars_has_the_six_pillars_as_dimensions(senior_pillars: LadderDocument) -> None:
    pillars = [(dimension.key, dimension.source) for dimension in senior_pillars.dimensions]

    assert pillars == [
        ("code", ("S1-16",)),
        ("ownership", ("S1-17",)),
        ("multiplier", ("S1-18",)),
        ("trade-offs", ("S1-19",)),
        ("production", ("S1-20",)),
        ("communication", ("S1-21",)),
    ]


@pytest.mark.parametrize(("source", "pillar", "criteria", "guidance"), PILLARS)
def test_pillar_has_the_criteria_and_guidance_of_its_section(
    senior_pillars: LadderDocument,
    source: str,
    pillar: str,
    criteria: int,
    guidance: dict[str, int],
) -> None:
    own = [part for part in criteria_of(senior_pillars, "L4") if part.dimension == pillar]
    parts = [part for part in guidance_of(senior_pillars, "L4") if part.source == (source,)]

    assert [criterion.source for criterion in own] == [(source,)] * criteria
    assert count_kinds(parts) == guidance


def test_senior_pillars_has_41_criteria_all_required(senior_pillars: LadderDocument) -> None:
    assert len(senior_pillars.criteria) == 41
    assert [criterion.key for criterion in senior_pillars.criteria if not criterion.required] == []


def test_senior_pillars_tells_the_shift_of_mind(senior_pillars: LadderDocument) -> None:
    parts = guidance_of(senior_pillars, "")

    assert count_kinds(parts) == {"principle": 2}
    assert {part.source for part in parts} == {("S1-22",)}


@pytest.mark.parametrize(
    ("slug", "source", "numbers"),
    [
        ("growth-map", "S1-07", ["10 years", "ten times", "3 intense years"]),
        ("growth-map", "S1-11", ["hundreds of engineers"]),
        ("growth-map", "S1-12", ["5+ years", "every 6 months"]),
        ("growth-map", "S1-14", ["10x", "10 people", "2x"]),
        ("growth-map", "S1-15", ["2–3 examples"]),
        ("growth-map", "S1-23", ["10x", "N+1", "6 months"]),
        ("growth-map", "S1-29", ["3+ teams"]),
        ("senior-pillars", "S1-18", ["two weeks"]),
        ("senior-pillars", "S1-19", ["3 months", "0.5 FTE", "2 years", "10x"]),
        ("senior-pillars", "S1-20", ["less than 5 minutes", "3 AM"]),
        ("senior-pillars", "S1-21", ["15 minutes"]),
    ],
)
def test_numbers_of_the_source_carry_over(slug: str, source: str, numbers: list[str]) -> None:
    words = words_of(read_builtin(slug), source)

    assert [number for number in numbers if number not in words] == []
