"""The built-in ladders against the documents they come from, counted there by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from careers.ladders.document import LadderDocument, read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.ladders.canonical import parts

PATHS = sorted(BUILTIN.glob("*.yaml"))
# How many statements each source document has (SOURCES.md).
STATEMENTS = {"S0": 35, "S1": 82, "S2": 36, "S3": 66}

TABLES = ("comparison", "fork-time")

# S2's bullets below each level: the section "Individual Contributor (IC) Track" (technical skills,
# impact, collaboration) and "Manager (M) Track" (people, delivery, technical, collaboration).
CRITERIA = {
    "L3": (4, 3, 4),
    "L4": (4, 4, 4),
    "L5": (4, 4, 5),
    "L6": (4, 5, 5),
    "L7": (4, 5, 5),
    "M3": (5, 4, 4, 4),
    "M4": (5, 4, 4, 4),
    "M5": (5, 4, 4, 4),
    "M6": (4, 4, 4, 4),
}
# Typical projects or responsibilities; archetypes; skills towards the next level (S2-31, 4 × 5).
GUIDANCE = {
    "L3": {"project": 4, "skill": 5},
    "L4": {"project": 4, "skill": 5},
    "L5": {"project": 4, "skill": 5},
    "L6": {"project": 4, "archetype": 4, "skill": 5},
    "L7": {"project": 4},
    "M3": {"responsibility": 5},
    "M4": {"responsibility": 5},
    "M5": {"responsibility": 5},
    "M6": {},
}
# "Promotion to …": years turned into months, whether "+", the bullets without the one on time.
TRANSITIONS = {
    ("L3", "L4"): ((12, 18), False, 2),
    ("L4", "L5"): ((24, 36), False, 3),
    ("L5", "L6"): ((36, 60), False, 3),
    ("L6", "L7"): ((36, 60), True, 3),
    ("M3", "M4"): ((24, 36), False, 3),
    ("M4", "M5"): ((36, 60), False, 3),
    ("M5", "M6"): ((36, 60), True, 3),
}
HEADS = {
    "L3": ("L3", "junior", "0–2", False),
    "L4": ("L4", "mid", "2–5", False),
    "L5": ("L5", "senior", "5–8", False),
    "L6": ("L6", "staff", "8–12", False),
    "L7": ("L7+", "principal", "12+", True),
    "M3": ("M3", "", "5–8 in all, 0–2 managing", False),
    "M4": ("M4", "", "8–12 in all, 2–5 managing", False),
    "M5": ("M5", "", "12+ in all, 5+ managing", False),
    "M6": ("M6+", "", "", True),
}


@pytest.fixture(scope="module")
def infrastructure() -> LadderDocument:
    return read_ladder((BUILTIN / "infrastructure.yaml").read_bytes())


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.name)
def content(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The canonical document of each built-in ladder."""
    found: dict[str, Any] = json.loads(read_ladder(request.param.read_bytes()).canonical)
    return found


def test_infrastructure_has_the_criteria_of_its_source(infrastructure: LadderDocument) -> None:
    counted = {
        level.code: tuple(
            Counter(criterion.dimension for criterion in level.criteria)[dimension.key]
            for dimension in track.dimensions
        )
        for track in infrastructure.tracks
        for level in track.levels
    }

    assert counted == CRITERIA
    assert len(infrastructure.criteria) == 131


def test_infrastructure_has_the_guidance_of_its_source(infrastructure: LadderDocument) -> None:
    counted = {
        level.code: dict(Counter(part.kind for part in level.guidance))
        for level in infrastructure.levels
    }

    assert counted == GUIDANCE


def test_infrastructure_has_the_transitions_of_its_source(infrastructure: LadderDocument) -> None:
    counted = {
        (part.from_code, part.to_code): (part.months, part.open_ended, len(part.conditions))
        for part in infrastructure.transitions
    }

    assert counted == TRANSITIONS


def test_infrastructure_has_the_levels_of_its_source(infrastructure: LadderDocument) -> None:
    heads = {
        level.code: (level.label, level.rank, level.years, level.terminal)
        for level in infrastructure.levels
    }

    assert heads == HEADS
    assert all(level.scope for level in infrastructure.levels)


def test_infrastructure_cites_every_statement_on_levels_promotion_and_moves() -> None:
    content = json.loads(read_ladder((BUILTIN / "infrastructure.yaml").read_bytes()).canonical)
    cited = {source for part in parts(content) for source in part["source"]}

    wanted = {f"S2-{n:02}" for n in (*range(2, 14), *range(17, 32))}
    assert wanted - cited == set()


def test_every_part_has_a_source_and_every_source_is_a_statement(content: dict[str, Any]) -> None:
    sources = [part["source"] for part in parts(content)]
    known = {f"{name}-{n:02}" for name, most in STATEMENTS.items() for n in range(1, most + 1)}

    assert [part for part in parts(content) if not part["source"]] == []
    assert {source for several in sources for source in several} - known == set()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_every_source_stands_on_a_line_of_its_own(path: Any) -> None:
    lines = [line for line in path.read_text().splitlines() if "source:" in line]

    one = r"S[0-3]-\d\d"
    form = re.compile(rf"\s*source: ({one}|\[{one}(, {one})*\])")
    assert [line for line in lines if not form.fullmatch(line)] == []


def test_every_text_is_a_sentence_and_is_there_once(content: dict[str, Any]) -> None:
    criteria = [part["text"] for part in parts(content) if "lamps" in part]
    texts = [part["text"] for part in parts(content) if "text" in part]

    assert [text for text in texts if not re.fullmatch(r"[A-Z0-9].{8,180}[.?]", text)] == []
    assert [text for text, count in Counter(criteria).items() if count > 1] == []


def test_every_criterion_has_keywords_and_none_twice(content: dict[str, Any]) -> None:
    criteria = [part for part in parts(content) if "lamps" in part]

    assert [part["key"] for part in criteria if len(part["keywords"]) < 3] == []


def test_only_what_is_shown_in_public_is_optional(infrastructure: LadderDocument) -> None:
    optional = [criterion.key for criterion in infrastructure.criteria if not criterion.required]

    assert optional == [
        "l6-public-voice",
        "l7-industry-expert",
        "l7-industry-partnerships",
        "l7-talks-and-papers",
        "l7-standards",
        "m6-external-partnerships",
        "m6-industry",
    ]


def test_mentoring_is_not_asked_to_be_measured(infrastructure: LadderDocument) -> None:
    mentoring = {
        criterion.key: criterion.lamps
        for criterion in infrastructure.criteria
        if "mentor" in criterion.key
    }

    assert len(mentoring) >= 6
    assert [key for key, lamps in mentoring.items() if lamps is None or "measured" in lamps] == []


def test_every_row_of_a_table_has_the_same_columns(content: dict[str, Any]) -> None:
    columns: dict[str, dict[str, list[str]]] = {}
    for part in parts(content):
        if part.get("kind") in TABLES:
            column, colon, _cell = part["text"].partition(": ")
            rows = columns.setdefault(part["kind"], {})
            rows.setdefault(part["title"], []).append(column + colon)

    rows_by_kind = {kind: {tuple(row) for row in rows.values()} for kind, rows in columns.items()}
    assert {kind: rows for kind, rows in rows_by_kind.items() if len(rows) > 1} == {}
