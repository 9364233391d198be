"""The infrastructure ladder against S2, the document it comes from, counted there by hand.

Every row of the tables names the heading in S2 under which its statements stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from careers.ladders.document import LadderDocument, read_ladder
from careers.ladders.management.commands.load_ladders import BUILTIN
from tests.ladders.canonical import parts

# S2, "Individual Contributor (IC) Track" and "Manager (M) Track", the headings of the levels:
# label, rank, years, whether nothing comes after.
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
# Level, statement; the bullets below each of the level's bold headings, by dimension.
CRITERIA = [
    ("L3", "S2-04", {"Technical Skills": 4, "Impact": 3, "Collaboration": 4}),
    ("L4", "S2-05", {"Technical Skills": 4, "Impact": 4, "Collaboration": 4}),
    ("L5", "S2-06", {"Technical Skills": 4, "Impact": 4, "Collaboration": 5}),
    ("L6", "S2-07", {"Technical Skills": 4, "Impact": 5, "Collaboration": 5}),
    ("L7", "S2-08", {"Technical Skills": 4, "Impact": 5, "Collaboration": 5}),
    ("M3", "S2-09", {"People Management": 5, "Delivery": 4, "Technical": 4, "Collaboration": 4}),
    ("M4", "S2-10", {"People Management": 5, "Delivery": 4, "Technical": 4, "Collaboration": 4}),
    ("M5", "S2-11", {"People Management": 5, "Delivery": 4, "Technical": 4, "Collaboration": 4}),
    ("M6", "S2-12", {"People Management": 4, "Delivery": 4, "Technical": 4, "Collaboration": 4}),
]
DIMENSIONS = {
    "Technical Skills": "technical",
    "Impact": "impact",
    "Collaboration": "collaboration",
    "People Management": "people",
    "Delivery": "delivery",
    "Technical": "technical",
}
# Level, heading, statement, kind; how many.
GUIDANCE = [
    ("L3", "Typical Projects", "S2-04", "project", 4),
    ("L3", "Skills Development: L3 → L4", "S2-31", "skill", 5),
    ("L3", "Compensation Bands: Individual Contributor", "S2-14", "pay", 2),
    ("L4", "Typical Projects", "S2-05", "project", 4),
    ("L4", "Skills Development: L4 → L5", "S2-31", "skill", 5),
    ("L4", "Compensation Bands: Individual Contributor", "S2-14", "pay", 2),
    ("L5", "Typical Projects", "S2-06", "project", 4),
    ("L5", "Skills Development: L5 → L6", "S2-31", "skill", 5),
    ("L5", "Compensation Bands: Individual Contributor", "S2-14", "pay", 2),
    ("L6", "Typical Projects", "S2-07", "project", 4),
    ("L6", "Archetypes", "S2-07", "archetype", 4),
    ("L6", "Skills Development: L6 → L7", "S2-31", "skill", 5),
    ("L6", "Compensation Bands: Individual Contributor", "S2-14", "pay", 2),
    ("L7", "Typical Projects", "S2-08", "project", 4),
    ("L7", "Compensation Bands: Individual Contributor", "S2-14", "pay", 2),
    ("M3", "Typical Responsibilities", "S2-09", "responsibility", 5),
    ("M3", "Compensation Bands: Manager Track", "S2-15", "pay", 2),
    ("M4", "Typical Responsibilities", "S2-10", "responsibility", 5),
    ("M4", "Compensation Bands: Manager Track", "S2-15", "pay", 2),
    ("M5", "Typical Responsibilities", "S2-11", "responsibility", 5),
    ("M5", "Compensation Bands: Manager Track", "S2-15", "pay", 2),
    ("M6", "Compensation Bands: Manager Track", "S2-15", "pay", 2),
]
# Of the ladder as a whole: heading, statement, kind; how many under each title.
AROUND = [
    ("Overview: Career ladders provide", "S2-01", "principle", [4]),
    ("Overview: Key principle", "S2-02", "principle", [1]),
    ("L7+: Terminal level", "S2-08", "principle", [1]),
    ("L3: Promotion to L4, in brackets", "S2-04", "timing", [1]),
    ("General Principles: What promotion means", "S2-17", "principle", [3]),
    ("General Principles: What promotion is NOT", "S2-18", "principle", [4]),
    ("Promotion Process: 1. Manager Assessment", "S2-19", "step", [3]),
    ("Promotion Process: 2. Promotion Packet", "S2-20", "step", [4]),
    ("Promotion Process: 3. Calibration", "S2-21", "step", [4]),
    ("Promotion Process: 4. Communication", "S2-22", "step", [4]),
    ("Common Promotion Mistakes: too early", "S2-23", "timing", [3]),
    ("Common Promotion Mistakes: too late", "S2-24", "timing", [3]),
    ("Common Promotion Mistakes: wrong reasons", "S2-25", "timing", [3]),
    ("Common Promotion Mistakes: Right approach", "S2-26", "timing", [3]),
    ("IC → Manager: When to consider", "S2-27", "lateral", [4]),
    ("IC → Manager: Process 4, Important 1", "S2-28", "lateral", [5]),
    ("Manager → IC: Why engineers return", "S2-29", "lateral", [4]),
    ("Manager → IC: Process 4, Important 1", "S2-30", "lateral", [5]),
    ("Quarterly Career 1-on-1: Manager preparation", "S2-32", "conversation", [4]),
    ("Quarterly Career 1-on-1: Discussion structure", "S2-33", "conversation", [3, 3, 3, 3]),
    ("Annual Promotion Discussion: possible", "S2-34", "conversation", [4]),
    ("Annual Promotion Discussion: not yet ready", "S2-35", "conversation", [4]),
    ("Key Takeaways for Managers", "S2-36", "advice", [10]),
    ("Compensation Bands: L8, base and total", "S2-14", "pay", [1, 1]),
    ("Compensation Bands: M7, base and total", "S2-15", "pay", [1, 1]),
    ("Compensation Bands: Note 2, Regional multipliers 4", "S2-16", "pay", [2, 4]),
]
# "Promotion to …": years turned into months, whether "+", the bullets without the one on time.
TRANSITIONS = {
    ("L3", "L4"): ((12, 18), False, 2, "S2-04"),
    ("L4", "L5"): ((24, 36), False, 3, "S2-05"),
    ("L5", "L6"): ((36, 60), False, 3, "S2-06"),
    ("L6", "L7"): ((36, 60), True, 3, "S2-07"),
    ("M3", "M4"): ((24, 36), False, 3, "S2-09"),
    ("M4", "M5"): ((36, 60), False, 3, "S2-10"),
    ("M5", "M6"): ((36, 60), True, 3, "S2-11"),
}
# "Compensation Bands": base salary, total compensation. L8 and M7 have bands and no level.
BANDS = {
    "L3": ["$100K–$130K", "$110K–$150K"],
    "L4": ["$130K–$160K", "$150K–$190K"],
    "L5": ["$160K–$200K", "$190K–$250K"],
    "L6": ["$200K–$250K", "$250K–$350K"],
    "L7": ["$250K–$300K", "$350K–$500K"],
    "M3": ["$170K–$210K", "$200K–$270K"],
    "M4": ["$210K–$260K", "$260K–$350K"],
    "M5": ["$250K–$320K", "$320K–$450K"],
    "M6": ["$300K–$400K+", "$450K–$700K+"],
}
BEYOND = {"L8": ["$300K–$400K+", "$500K–$800K+"], "M7": ["$350K–$500K+", "$600K–$1M+"]}
REGIONS = {
    "San Francisco Bay Area": "1.2–1.3",
    "New York and Seattle": "1.1–1.2",
    "Austin and Denver": "1.0–1.1",
    "Remote in the US": "0.9–1.0",
}
BAND = re.compile(r"\$\d+K–\$\d+[KM]\+?")


@pytest.fixture(scope="module")
def infrastructure() -> LadderDocument:
    return read_ladder((BUILTIN / "infrastructure.yaml").read_bytes())


def test_infrastructure_has_the_levels_of_its_source(infrastructure: LadderDocument) -> None:
    heads = {
        level.code: (level.label, level.rank, level.years, level.terminal)
        for level in infrastructure.levels
    }

    assert heads == HEADS
    assert all(level.scope for level in infrastructure.levels)


def test_infrastructure_has_the_criteria_of_its_source(infrastructure: LadderDocument) -> None:
    counted = Counter(
        (level.code, source, criterion.dimension)
        for level in infrastructure.levels
        for criterion in level.criteria
        for source in criterion.source
    )

    assert counted == {
        (code, source, DIMENSIONS[heading]): count
        for code, source, counts in CRITERIA
        for heading, count in counts.items()
    }
    assert len(infrastructure.criteria) == 131


def test_infrastructure_has_the_guidance_of_its_source(infrastructure: LadderDocument) -> None:
    counted = Counter(
        (level.code, source, part.kind)
        for level in infrastructure.levels
        for part in level.guidance
        for source in part.source
    )

    assert counted == {
        (code, source, kind): count for code, _heading, source, kind, count in GUIDANCE
    }


def test_infrastructure_has_the_guidance_around_the_levels(infrastructure: LadderDocument) -> None:
    titles = Counter((part.source, part.kind, part.title) for part in infrastructure.guidance)

    counted: dict[tuple[str, str], list[int]] = {}
    for ((source,), kind, _title), count in titles.items():
        counted.setdefault((source, kind), []).append(count)
    assert counted == {(source, kind): counts for _heading, source, kind, counts in AROUND}


def test_infrastructure_has_the_transitions_of_its_source(infrastructure: LadderDocument) -> None:
    counted = {
        (part.from_code, part.to_code): (
            part.months,
            part.open_ended,
            len(part.conditions),
            *part.source,
        )
        for part in infrastructure.transitions
    }

    assert counted == TRANSITIONS


def test_infrastructure_keeps_the_pay_of_its_source(infrastructure: LadderDocument) -> None:
    bands = {
        level.code: [
            band
            for part in level.guidance
            if part.kind == "pay"
            for band in BAND.findall(part.text)
        ]
        for level in infrastructure.levels
    }
    around = [part.text for part in infrastructure.guidance if part.kind == "pay"]
    beyond = {
        code: [band for text in around if text.startswith(code) for band in BAND.findall(text)]
        for code in BEYOND
    }

    assert bands == BANDS
    assert beyond == BEYOND


def test_infrastructure_keeps_the_multipliers_by_region(infrastructure: LadderDocument) -> None:
    texts = [part.text for part in infrastructure.guidance if part.title == "Multiplied by region"]

    factors = {text.partition(":")[0]: re.findall(r"\d\.\d–\d\.\d", text) for text in texts}
    assert factors == {region: [factor] for region, factor in REGIONS.items()}


def test_infrastructure_asks_for_no_pay(infrastructure: LadderDocument) -> None:
    asked = [criterion.text for criterion in infrastructure.criteria]
    asked += [one.text for part in infrastructure.transitions for one in part.conditions]

    assert [text for text in asked if BAND.search(text)] == []


def test_infrastructure_cites_every_statement_of_its_source() -> None:
    content = json.loads(read_ladder((BUILTIN / "infrastructure.yaml").read_bytes()).canonical)
    cited = {source for part in parts(content) for source in part["source"]}

    assert cited == {f"S2-{number:02}" for number in range(1, 37)}


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
