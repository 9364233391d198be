"""builtin/demands.yaml against S0, the document it comes from, counted there by hand."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from careers.ladders.document import LadderDocument, read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.ladders.canonical import parts

PATH = BUILTIN / "demands.yaml"

TRACKS = {
    "ic": ("coding", "design", "people", "cross-team"),
    "management": ("span", "people", "output"),
    "data-architect": ("platform", "patterns", "vendors"),
    "ai-architect": ("architecture", "evaluation", "spending"),
}
# Label, rank, what the scope has to say.
HEADS = {
    "L5": ("L5", "senior", "Executes"),  # section 2, the trap
    "L6": ("L6", "staff", "organisation"),  # section 2
    "L7": ("L7", "principal", "business unit or throughout the company"),  # section 3
    "EM5": ("L5, manager", "", "5–8"),  # section 4
    "EM6": ("L6, manager", "", "10–25"),
    "EM7": ("L7, manager", "", "40+"),
    "DA": ("DA", "staff", "CTO, the VP of engineering or the chief data officer"),  # section 5
    "AI": ("AI", "staff", "language models"),  # section 6
}
# For each level the section of S0, then criteria by dimension, in the order of TRACKS.
CRITERIA = {
    "L5": ("no section of its own", (0, 0, 0, 0)),
    "L6": ("2: four differences, five signals", (1, 3, 1, 4)),
    "L7": ("3: four differences, two of them one sentence each; five signals", (0, 3, 2, 4)),
    "EM5": ("4: the span; the checklist of four, the last of them two statements", (1, 3, 2)),
    "EM6": ("4: the span", (1, 0, 0)),
    "EM7": ("4: the span", (1, 0, 0)),
    "DA": ("5: the list of four; the last, whom the role reports to, is its scope", (1, 1, 1)),
    "AI": ("6: what the role owns, five", (2, 1, 2)),
}
GUIDANCE = {
    "L5": ("no section of its own", {}),
    "L6": ("2: archetypes, trap", {"difference": 1, "archetype": 4, "trap": 3}),
    "L7": ("3: the stake, trap", {"difference": 1, "trap": 2}),
    "EM5": ("4: checklist", {"trap": 2, "advice": 2}),
    "EM6": ("4", {}),
    "EM7": ("4", {}),
    "DA": ("5: path of four, introduction, closing remark", {"path": 4, "market": 3}),
    "AI": (
        "6: introduction, path of four, closing remark",
        {"difference": 1, "also-called": 2, "path": 4, "market": 2},
    ),
}
AROUND = {
    "fork": 8,  # section 1: introduction, closing remark
    "fork-time": 15,  # section 1: the table, 5 rows of 3
    "lateral": 3,  # section 4: the swing
    "scope": 16,  # section 7: introduction, six steps
    "principle": 3,  # section 7: the mathematics
}
# Section 1, the table: senior, Staff, manager at L6.
SHARES = {
    "Coding": (60, 20, 5),
    "Design and strategy documents": (20, 40, 25),
    "One-on-ones, hiring and performance": (5, 10, 50),
    "Across teams and with partners": (10, 25, 15),
    "Undisturbed concentration": (5, 5, 5),
}
# Section 7: what a step is about, its statements.
STEPS = {
    "Why scope has to be made": 2,
    "1. Look for what hurts": 4,
    "2. Put it on paper": 2,
    "3. Win a sponsor": 2,
    "4. Deliver early": 2,
    "5. Win a partner": 2,
    "6. Make it known": 2,
}
# Months, conditions, what they come from.
TRANSITIONS = {
    ("L5", "L6"): ((), 3, "S0-13"),
    ("L6", "L7"): ((), 2, "S0-16"),
    ("L5", "EM5"): ((), 1, "S0-19"),
    ("EM5", "L5"): ((), 0, "S0-19"),
    ("L6", "EM6"): ((), 1, "S0-19"),
    ("EM6", "L6"): ((), 0, "S0-19"),
    ("L7", "EM7"): ((), 1, "S0-19"),
    ("EM7", "L7"): ((), 0, "S0-19"),
    ("L5", "DA"): ((60, 120), 0, "S0-22"),
    ("L5", "AI"): ((), 0, "S0-26"),
}
# Numbers, and whose items have to say them.
NUMBERS = [
    ("S0-09", "3+ teams"),
    ("S0-14", "2–3 years"),
    ("S0-15", "2 years"),
    ("S0-17", "5–8"),
    ("S0-17", "10–25"),
    ("S0-17", "40+"),
    ("S0-18", "2 years"),
    ("S0-22", "5–10 years"),
    ("S0-23", "$10M"),
    ("S0-24", "2026"),
    ("S0-26", "1–2"),
    ("S0-03", "L8 or L9"),
    ("S0-04", "5 years"),
    ("S0-30", "1 page"),
    ("S0-31", "L7+"),
    ("S0-32", "4–6 weeks"),
    ("S0-35", "3–5 examples"),
    ("S0-35", "12–18 months"),
    ("S0-35", "1 of them"),
    ("S0-35", "with 2"),
    ("S0-35", "3+"),
]


@pytest.fixture(scope="module")
def demands() -> LadderDocument:
    return read_ladder(PATH.read_bytes())


@pytest.fixture(scope="module")
def said(demands: LadderDocument) -> dict[str, str]:
    """All that is said with each source, by its id."""
    found: dict[str, str] = {}
    for part in parts(json.loads(demands.canonical)):
        words = " ".join(
            part.get(name, "") for name in ("title", "name", "summary", "scope", "text")
        )
        for source in part["source"]:
            found[source] = f"{found.get(source, '')} {words}".strip()
    return found


def test_demands_is_read_without_problems(demands: LadderDocument) -> None:
    assert (demands.slug, demands.name) == ("demands", "What each level demands")


def test_demands_has_its_tracks_and_dimensions(demands: LadderDocument) -> None:
    found = {
        track.key: tuple(dimension.key for dimension in track.dimensions)
        for track in demands.tracks
    }

    assert found == TRACKS


def test_demands_has_the_levels_of_its_source(demands: LadderDocument) -> None:
    heads = {level.code: (level.label, level.rank) for level in demands.levels}

    assert heads == {code: head[:2] for code, head in HEADS.items()}
    assert [level.code for level in demands.levels if HEADS[level.code][2] not in level.scope] == []


def test_demands_ends_no_track(demands: LadderDocument) -> None:
    assert [level.code for level in demands.levels if level.terminal] == []  # S0-03: L8, L9


@pytest.mark.parametrize("code", CRITERIA)
def test_demands_has_the_criteria_of_its_source(demands: LadderDocument, code: str) -> None:
    section, expected = CRITERIA[code]
    track = next(
        track for track in demands.tracks if code in {level.code for level in track.levels}
    )
    level = next(level for level in track.levels if level.code == code)

    counted = Counter(criterion.dimension for criterion in level.criteria)

    assert (section, tuple(counted[part.key] for part in track.dimensions)) == (section, expected)


def test_demands_has_as_many_criteria_as_counted(demands: LadderDocument) -> None:
    assert len(demands.criteria) == sum(sum(counts) for _, counts in CRITERIA.values()) == 34


@pytest.mark.parametrize("code", GUIDANCE)
def test_demands_has_the_guidance_of_its_source(demands: LadderDocument, code: str) -> None:
    section, expected = GUIDANCE[code]
    level = next(level for level in demands.levels if level.code == code)

    counted = dict(Counter(part.kind for part in level.guidance))

    assert (section, counted) == (section, expected)


def test_demands_has_the_guidance_around_the_levels(demands: LadderDocument) -> None:
    assert dict(Counter(part.kind for part in demands.guidance)) == AROUND


def test_the_four_archetypes_are_named_each_once(demands: LadderDocument) -> None:
    titles = [
        part.title
        for level in demands.levels
        for part in level.guidance
        if part.kind == "archetype"
    ]

    assert titles == ["Tech lead", "Architect", "Solver", "Right hand"]


def test_the_time_table_has_the_shares_of_its_source(demands: LadderDocument) -> None:
    table = [part for part in demands.guidance if part.kind == "fork-time"]

    rows: dict[str, str] = {}
    for part in table:
        rows[part.title] = f"{rows.get(part.title, '')} {part.text}"
    shares = {title: tuple(map(int, re.findall(r"(\d+)%", row))) for title, row in rows.items()}
    assert shares == SHARES
    assert [sum(column) for column in zip(*shares.values(), strict=True)] == [100, 100, 100]


def test_the_steps_towards_scope_are_numbered_in_order(demands: LadderDocument) -> None:
    titles = Counter(part.title for part in demands.guidance if part.kind == "scope")

    assert dict(titles) == STEPS
    assert list(titles) == list(STEPS)


def test_demands_has_the_transitions_of_its_source(demands: LadderDocument) -> None:
    counted = {
        (part.from_code, part.to_code): (part.months, len(part.conditions), *part.source)
        for part in demands.transitions
    }

    assert counted == TRANSITIONS
    assert [part for part in demands.transitions if part.open_ended] == []


@pytest.mark.parametrize("number", range(1, 36))
def test_demands_cites_every_statement(said: dict[str, str], number: int) -> None:
    assert said.get(f"S0-{number:02}", "") != ""


def test_demands_cites_no_other_document(said: dict[str, str]) -> None:
    assert [source for source in said if not source.startswith("S0-")] == []


@pytest.mark.parametrize(("source", "number"), NUMBERS)
def test_demands_carries_numbers_over_unchanged(
    said: dict[str, str], source: str, number: str
) -> None:
    assert re.search(rf"(?<!\d){re.escape(number)}(?!\w)", said[source])


def test_keys_begin_with_the_code_of_their_level(demands: LadderDocument) -> None:
    wrong = [
        criterion.key
        for level in demands.levels
        for criterion in level.criteria
        if not criterion.key.startswith(f"{level.code.lower()}-")
    ]

    assert wrong == []


def test_every_criterion_has_three_to_eight_keywords(demands: LadderDocument) -> None:
    found = [part.key for part in demands.criteria if not 3 <= len(part.keywords) <= 8]

    assert found == []


def test_only_what_is_shown_in_public_is_optional(demands: LadderDocument) -> None:
    optional = [criterion.key for criterion in demands.criteria if not criterion.required]

    assert optional == ["l7-external"]


def test_hiring_and_parting_asks_nobody_to_confirm(demands: LadderDocument) -> None:
    lamps = {criterion.key: criterion.lamps for criterion in demands.criteria}

    assert lamps["l7-staff-hiring"] == ("recent", "led")


def test_pay_is_left_out() -> None:
    text = re.sub(r"#.*", "", PATH.read_text())

    assert re.findall(r"\b(?:salar\w+|compensation|pays?)\b", text, re.IGNORECASE) == []


def test_no_line_is_too_long() -> None:
    assert [line for line in PATH.read_text().splitlines() if len(line) >= 120] == []
